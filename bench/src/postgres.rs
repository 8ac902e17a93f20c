//! What people build by hand: PostgreSQL with row-level security, and one INSERT and COMMIT into an audit table per read.

use std::sync::Arc;

use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};

use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::plain;
use crate::sample::{Load, Random, Turns, load};
use crate::view::{CLIENTS, Reads};

const SCHEMA: &str = "
CREATE TABLE customer (id bytea PRIMARY KEY, owner bytea NOT NULL, name text, phone text, email text, address text,
  level text, status text, industry text, region text, revenue text, employees text, founded text, external_id text,
  notes text);
CREATE INDEX customer_owner ON customer (owner);
CREATE TABLE audit (seq bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), actor bytea NOT NULL,
  action text NOT NULL, object text NOT NULL, record bytea NOT NULL, address text, fields text NOT NULL, rule text NOT NULL);
CREATE INDEX audit_record ON audit (record, at);
CREATE INDEX audit_actor ON audit (actor, at);
ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON customer USING (owner = decode(current_setting('app.user'), 'hex'));
DO $$ BEGIN CREATE ROLE bench_app; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT SELECT ON customer TO bench_app;
GRANT INSERT ON audit TO bench_app;
GRANT USAGE ON SEQUENCE audit_seq_seq TO bench_app;
";
const SELECT: &str = "SELECT id, owner, name, phone, email, address, level, status, industry, region, revenue, employees, \
                      founded, external_id, notes FROM customer WHERE id = $1";
const INSERT: &str = "INSERT INTO audit (actor, action, object, record, address, fields, rule) \
                      VALUES ($1, 'view', 'customer', $2, '192.0.2.7', $3, 'sales_rep.own')";
const FIELDS: &str =
    "name,phone,email,address,level,status,industry,region,revenue,employees,founded,external_id,notes";

/// A connection as one representative, with both statements prepared.
struct Reader {
    client: Client,
    select: Statement,
    insert: Statement,
    user: Vec<u8>,
    customers: Vec<Vec<u8>>,
}

impl Reader {
    /// Reads one customer under row-level security and commits its audit row; both travel together.
    async fn view(&self, id: &[u8]) -> anyhow::Result<()> {
        let which: [&(dyn ToSql + Sync); 1] = [&id];
        let what: [&(dyn ToSql + Sync); 3] = [&self.user, &id, &FIELDS];
        let (found, inserted) =
            tokio::try_join!(self.client.query(&self.select, &which), self.client.execute(&self.insert, &what))?;
        let row = found.first().ok_or_else(|| anyhow::anyhow!("row-level security hid an own customer"))?;
        anyhow::ensure!(inserted == 1, "the audit row is missing");
        let mut fields = serde_json::Map::new();
        for (at, column) in row.columns().iter().enumerate().skip(2) {
            fields.insert(column.name().to_owned(), row.try_get::<_, Option<&str>>(at)?.into());
        }
        std::hint::black_box(serde_json::to_vec(&fields)?);
        Ok(())
    }
}

async fn connect(url: &str) -> anyhow::Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

async fn fill(client: &Client, reads: &Reads) -> anyhow::Result<()> {
    client.batch_execute(SCHEMA).await?;
    let insert = client
        .prepare("INSERT INTO customer VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
        .await?;
    client.batch_execute("BEGIN").await?;
    for (n, (id, owner)) in (0..).zip(reads.owned.iter()) {
        let (id, owner, values) = (id.as_bytes().to_vec(), owner.as_bytes().to_vec(), plain::row(n));
        let mut params: Vec<&(dyn ToSql + Sync)> = vec![&id, &owner];
        params.extend(values.iter().map(|v| v as &(dyn ToSql + Sync)));
        client.execute(&insert, &params).await?;
    }
    client.batch_execute("COMMIT").await?;
    client.batch_execute("VACUUM ANALYZE customer").await?;
    Ok(())
}

async fn readers(url: &str, reads: &Reads) -> anyhow::Result<Vec<Arc<Reader>>> {
    let mut all = vec![];
    for n in 0..CLIENTS {
        let reps = &reads.house.reps;
        let rep = reps.get(n % reps.len().max(1)).ok_or_else(|| anyhow::anyhow!("no representatives"))?;
        let user = rep.user.as_bytes().to_vec();
        let client = connect(url).await?;
        client
            .batch_execute(&format!(
                "SELECT set_config('app.user', '{}', false); SET ROLE bench_app",
                hex::encode(&user)
            ))
            .await?;
        let (select, insert) = (client.prepare(SELECT).await?, client.prepare(INSERT).await?);
        let owned = reads.owned.iter().filter(|(_, owner)| *owner == rep.user);
        let customers = owned.map(|(id, _)| id.as_bytes().to_vec()).collect();
        all.push(Arc::new(Reader { client, select, insert, user, customers }));
    }
    Ok(all)
}

async fn turn(readers: &[Arc<Reader>], seconds: f64, seed: u64) -> anyhow::Result<Load> {
    load(readers.len(), seconds, |n| {
        let reader = readers.get(n).cloned();
        let mut random = Random::new(seed ^ ((n as u64) << 32));
        move || {
            let picked = reader.clone().and_then(|r| random.pick(&r.customers).cloned().map(|id| (r, id)));
            async move {
                let (reader, id) = picked.ok_or_else(|| anyhow::anyhow!("no customers"))?;
                reader.view(&id).await
            }
        }
    })
    .await
}

pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let database = tokio::task::spawn_blocking(testkit::postgres::Database::create).await??;
    let reads = Reads::new(sizes).await?;
    fill(&connect(&database.url()).await?, &reads).await?;
    let readers = readers(&database.url(), &reads).await?;
    let (mut by_hand, mut store, mut http) = (Turns::default(), Turns::default(), Turns::default());
    for round in 0..sizes.rounds {
        let seed = round as u64 + 1;
        by_hand.push(turn(&readers, sizes.seconds, seed).await?);
        store.push(reads.through_the_store(CLIENTS, sizes.seconds, seed).await?);
        http.push(reads.over_http(CLIENTS, sizes.seconds, seed).await?);
    }
    drop(readers);
    let (by_hand_per_second, p99) = (by_hand.per_second(), by_hand.latency(0.99));
    let note = format!(
        "{CLIENTS} connections over a Unix socket, statements prepared, both sent together, fsync on; \
         PostgreSQL p50 {:.2} ms, p99 {p99:.2} ms",
        by_hand.latency(0.5)
    );
    Ok(vec![
        Figure::new(
            "audited view through the store (SQLite), against PostgreSQL by hand",
            store.per_second(),
            "requests/s",
        )
        .against("PostgreSQL 15: RLS read + INSERT + COMMIT", by_hand_per_second)
        .target(Target::RatioAtLeast(3.0))
        .note(note.clone()),
        Figure::new(
            "audited view over HTTP (SQLite), against PostgreSQL by hand without HTTP",
            http.per_second(),
            "requests/s",
        )
        .against("PostgreSQL 15: RLS read + INSERT + COMMIT", by_hand_per_second)
        .target(Target::RatioAtLeast(3.0))
        .note(note),
    ])
}
