//! What the audited view is held against: the same record from a plain table, read by its key and written as JSON, with
//! nobody asking who reads, nothing encrypted and nothing recorded. Built here only; no server has it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use model::RecordId;
use rusqlite::Connection;
use serde_json::{Map, Value};
use store::{Database, Query};
use store_sqlite::SqliteDatabase;

use crate::house::{House, name, phone};

const FIELDS: [&str; 13] = [
    "name",
    "phone",
    "email",
    "address",
    "level",
    "status",
    "industry",
    "region",
    "revenue",
    "employees",
    "founded",
    "external_id",
    "notes",
];

/// Makes the plain table beside the real ones, with one row for each customer.
///
/// # Errors
/// SQLite's.
pub fn make(house: &House, ids: &[(RecordId, model::UserId)]) -> anyhow::Result<()> {
    let mut c = Connection::open(house.file())?;
    c.busy_timeout(std::time::Duration::from_secs(30))?;
    let columns: Vec<String> = FIELDS.iter().map(|f| format!("{f} TEXT")).collect();
    c.execute_batch(&format!(
        "CREATE TABLE bench_plain (id BLOB PRIMARY KEY, owner BLOB, version INTEGER, created_at INTEGER, \
         updated_at INTEGER, {}) STRICT, WITHOUT ROWID",
        columns.join(", ")
    ))?;
    let t = c.transaction()?;
    {
        let mut insert = t.prepare(&format!(
            "INSERT INTO bench_plain VALUES (?1, ?2, 1, 0, 0, {})",
            (0..FIELDS.len()).map(|n| format!("?{}", n + 3)).collect::<Vec<_>>().join(", ")
        ))?;
        for (n, (id, owner)) in (0..).zip(ids) {
            let values = row(n);
            let mut params: Vec<&dyn rusqlite::ToSql> = vec![];
            let (id, owner) = (id.as_bytes().to_vec(), owner.as_bytes().to_vec());
            params.push(&id);
            params.push(&owner);
            params.extend(values.iter().map(|v| v as &dyn rusqlite::ToSql));
            insert.execute(params.as_slice())?;
        }
    }
    t.commit()?;
    Ok(())
}

/// Values as long as those of the imported customers.
pub fn row(n: u64) -> [String; 13] {
    [
        name(n),
        phone(n),
        format!("c{n}@customer.example"),
        format!("北京人民路{}号", n % 999),
        "A".into(),
        "active".into(),
        "科技".into(),
        "上海".into(),
        "123456.78".into(),
        "320".into(),
        "1999".into(),
        format!("K{n}"),
        "老客户介绍,重视交付时间;决策人为总经理。".into(),
    ]
}

/// The record as JSON, as any web application would answer it.
///
/// # Errors
/// The database's.
pub async fn read(db: &SqliteDatabase, id: RecordId) -> anyhow::Result<Map<String, Value>> {
    let sql = "SELECT id, owner, version, created_at, updated_at, name, phone, email, address, level, status, industry, \
               region, revenue, employees, founded, external_id, notes FROM bench_plain WHERE id = ?1";
    let rows = db.read(Query::point(sql, vec![id.into()])).await?;
    let row = rows.first().ok_or_else(|| anyhow::anyhow!("no such record"))?;
    let mut fields = Map::new();
    for (at, field) in (5..).zip(FIELDS) {
        fields.insert(field.to_owned(), row.opt_text(at)?.into());
    }
    let mut out = Map::new();
    out.insert("id".into(), row.record(0)?.to_string().into());
    out.insert("object".into(), "customer".into());
    out.insert("owner".into(), row.user(1)?.to_string().into());
    out.insert("version".into(), row.int(2)?.into());
    out.insert("created_at".into(), row.int(3)?.into());
    out.insert("updated_at".into(), row.int(4)?.into());
    out.insert("fields".into(), Value::Object(fields));
    Ok(out)
}

/// The same over HTTP: `GET /plain/{id}`.
pub fn router(db: Arc<SqliteDatabase>) -> Router {
    async fn one(
        State(db): State<Arc<SqliteDatabase>>,
        Path(id): Path<String>,
    ) -> Result<Json<Map<String, Value>>, StatusCode> {
        let id = id.parse().map_err(|_| StatusCode::NOT_FOUND)?;
        read(&db, id).await.map(Json).map_err(|_| StatusCode::NOT_FOUND)
    }
    Router::new().route("/plain/{id}", get(one)).with_state(db)
}
