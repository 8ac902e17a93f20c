//! Sealing the rows of a database that was made before there were seals: once, at its first start by this program.
//!
//! Rule: what is adopted is believed as it stands, so it is done only while no event tells of a sealed company, and is
//! itself an event, which counts the rows. Whoever takes the seals away to have altered rows adopted is refused, or, if the
//! events were taken away too, found by `doctor` with the events.

use access::path::{Change, Param};
use model::{Action, Channel, Decision, UnixMs};
use serde_json::json;

use super::tables::{SEALED, SESSION, TOKEN, Table, live, strong};
use crate::Store;
use crate::company::{OpenError, SEAL};
use crate::database::Query;

/// Rows sealed in one transaction.
const PART: usize = 500;

impl Store {
    /// Seals what has no seal yet. One that was interrupted goes on where it stopped.
    ///
    /// # Errors
    /// [`OpenError::Altered`] when the log tells of a sealed company.
    pub(crate) async fn adopt(&self) -> Result<(), OpenError> {
        self.log_ready().await?;
        if self.newest_anchor(None).await?.is_some() {
            return Err(OpenError::Altered);
        }
        tracing::info!("sealing the rows of before; this is done once");
        let mut rows = serde_json::Map::new();
        for table in SEALED {
            rows.insert(table.name.to_owned(), self.adopt_table(table).await?.into());
        }
        let anchor = self.company().anchor();
        let insert = Change::new(
            "INSERT INTO meta (key, value) VALUES (?1, ?2)",
            vec![SEAL.into(), anchor.seal(self.seals()).into()],
        );
        let credentials = self.db.read(Query::new("SELECT user_id FROM credential", vec![])).await?;
        let credentials = credentials.iter().map(|row| row.user(0)).collect::<Result<Vec<_>, _>>()?;
        // The store has no clock: it was later than all that happened.
        let last = self.db.read(Query::new("SELECT COALESCE(MAX(at), 0) FROM event", vec![])).await?;
        let at = last.first().map_or(Ok(UnixMs(0)), |row| row.time(0))?;
        let detail = json!({ "act": "rows.seal", "company": anchor, "rows": rows, "credentials": credentials });
        let caller = Store::system_caller(Channel::Job, "seal-rows", at);
        // The first event of this opening: another node that adopts at the same moment meets a taken key.
        let noted = self.gate.note(&caller, Action::NodeStart, Decision::Allowed, detail, vec![insert]).await;
        noted.map(|_| ()).map_err(|e| OpenError::Sealing(e.to_string()))
    }

    async fn adopt_table(&self, table: &Table) -> Result<u64, OpenError> {
        let keys = table.columns.get(..table.keys).unwrap_or_default().join(", ");
        let mut after: Vec<Param> = vec![];
        let mut sealed = 0;
        loop {
            let marks: Vec<String> = (1..=after.len()).map(|n| format!("?{n}")).collect();
            let from = if after.is_empty() { "TRUE".to_owned() } else { format!("({keys}) > ({})", marks.join(", ")) };
            let sql = table.select(&format!("seal IS NULL AND {from} ORDER BY {keys} LIMIT {PART}"));
            let rows = self.db.read(Query::new(sql, after.clone())).await?;
            let Some(last) = rows.last() else { return Ok(sealed) };
            after = table.key(last).to_vec();
            sealed += u64::try_from(rows.len()).unwrap_or(0);
            let changes = rows.iter().flat_map(|row| self.adopted(table, row)).collect();
            self.db.maintain(changes).await.map_err(|e| OpenError::Sealing(e.to_string()))?;
        }
    }

    fn adopted(&self, table: &Table, row: &crate::Row) -> Vec<Change> {
        let name = table.name;
        let key = table.key(row);
        let given: Vec<String> =
            table.columns.iter().take(table.keys).enumerate().map(|(n, c)| format!("{c} = ?{}", n + 1)).collect();
        let with = |last: Vec<u8>| {
            let mut params = key.to_vec();
            params.push(last.into());
            params
        };
        let condition = given.join(" AND ");
        let next = key.len() + 1;
        let seal = with(table.seal(self.seals(), row).to_vec());
        let mut changes = vec![Change::new(format!("UPDATE {name} SET seal = ?{next} WHERE {condition}"), seal)];
        let id = key.first().unwrap_or(&Param::Null);
        if [SESSION.name, TOKEN.name].contains(&name) {
            let proof = with(live(self.seals(), table, id).to_vec());
            let sql = format!("UPDATE {name} SET live = ?{next} WHERE {condition} AND ended_at IS NULL");
            changes.push(Change::new(sql, proof));
        }
        if name == SESSION.name {
            let sql = format!("UPDATE {name} SET strong = ?{next} WHERE {condition} AND mfa = 1");
            changes.push(Change::new(sql, with(strong(self.seals(), id).to_vec())));
        }
        changes
    }
}
