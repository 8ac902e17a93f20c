//! Migrations and the schema.

use std::collections::BTreeSet;

use store::{Database, Query};
use store_postgres::{OpenError, PostgresDatabase, migrate};
use store_sqlite::SqliteDatabase;
use testkit::postgres::Database as Fresh;

use crate::support::{connect, node};

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let fresh = Fresh::fresh();
    migrate(&fresh.url()).await.unwrap();
    let first = fresh.sql("SELECT number, checksum FROM migration").unwrap();
    migrate(&fresh.url()).await.unwrap();
    assert_eq!(fresh.sql("SELECT number, checksum FROM migration").unwrap(), first);
}

#[tokio::test]
async fn nodes_that_start_at_once_make_the_schema_once() {
    let fresh = Fresh::fresh();
    let url = fresh.url();
    let starts = (1..=6).map(|n| {
        let url = url.clone();
        tokio::spawn(async move { PostgresDatabase::connect(&url, &node(n)).await.map(|_| ()) })
    });
    for start in starts.collect::<Vec<_>>() {
        start.await.unwrap().unwrap();
    }
    assert_eq!(fresh.sql("SELECT COUNT(*) FROM migration").unwrap().trim(), "36");
}

#[tokio::test]
async fn a_newer_database_is_refused_and_a_changed_migration_too() {
    let fresh = Fresh::fresh();
    migrate(&fresh.url()).await.unwrap();
    fresh.sql("INSERT INTO migration (number, checksum) VALUES (99, '')").unwrap();
    assert!(matches!(migrate(&fresh.url()).await, Err(OpenError::NewerSchema { found: 99, .. })));
    fresh.sql("DELETE FROM migration WHERE number = 99; UPDATE migration SET checksum = 'x'").unwrap();
    assert!(matches!(migrate(&fresh.url()).await, Err(OpenError::ChangedMigration(1))));
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_its_password() {
    let error = migrate("postgresql://whosaw:secret@db:port/whosaw").await.unwrap_err();
    assert!(matches!(error, OpenError::Address(_)));
    assert!(!error.to_string().contains("secret"));
}

/// The same tables and columns; beside them each database has what its own way of writing takes.
#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let fresh = Fresh::fresh();
    let postgres = connect(&fresh.url(), 1).await;
    let sql = "SELECT table_name::TEXT, column_name::TEXT, data_type::TEXT, collation_name::TEXT \
               FROM information_schema.columns WHERE table_schema = 'public'";
    let columns = postgres.read(Query::new(sql, vec![])).await.unwrap();
    let mut here = BTreeSet::new();
    for c in &columns {
        let of = |n| c.opt_text(n).unwrap().map(str::to_owned);
        let (table, kind) = (of(0).unwrap(), of(2).unwrap());
        assert!(["bigint", "text", "bytea"].contains(&kind.as_str()), "{table}: {kind}");
        assert!(kind != "text" || of(3).as_deref() == Some("C"), "{table} compares text by language");
        // What several nodes share, and the parts of a table.
        if !["ledger_writer", "ledger_inbox", "ledger_lease"].contains(&table.as_str())
            && !table.starts_with("data_key_")
        {
            here.insert((table, of(1).unwrap(), kind));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let sqlite = SqliteDatabase::open(&folder.path().join("whosaw.db"), &store_sqlite::Options::default()).unwrap();
    let sql = "SELECT m.name, p.name, p.type FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'";
    let rows = sqlite.read(Query::new(sql, vec![])).await.unwrap();
    let kind = |t: &str| match t {
        "INTEGER" => "bigint",
        "TEXT" => "text",
        _ => "bytea",
    };
    let there: BTreeSet<_> = rows
        .iter()
        // What the embedded database has instead of an inbox that nodes share.
        .filter(|r| r.text(0).unwrap() != "ledger_batch")
        .map(|r| (r.text(0).unwrap().to_owned(), r.text(1).unwrap().to_owned(), kind(r.text(2).unwrap()).to_owned()))
        .collect();
    assert_eq!(here, there);
}
