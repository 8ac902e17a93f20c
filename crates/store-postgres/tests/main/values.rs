//! Values in and out, with the statements the store writes.

use access::path::{Change, Param};
use store::{Database, DatabaseError, Query, Row};
use testkit::postgres::Database as Fresh;

use crate::support::{connect, int};

async fn one(db: &impl Database, sql: &str, params: Vec<Param>) -> Row {
    db.read(Query::new(sql, params)).await.unwrap().remove(0)
}

#[tokio::test]
async fn every_kind_of_value_comes_back_as_it_went() {
    let fresh = Fresh::fresh();
    let db = connect(&fresh.url(), 1).await;
    let values = vec![int(i64::MIN), "客户'?1".into(), Param::Bytes(vec![0, 255]), Param::Null];
    let row = one(&db, "SELECT ?1, ?2, ?3, ?4::BIGINT, '?1', TRUE, 7, ?1", values.clone()).await;
    assert_eq!(row.0[..4], values[..]);
    assert_eq!((row.text(4).unwrap(), row.bool(5).unwrap(), row.int(6).unwrap()), ("?1", true, 7));
    assert_eq!(row.int(7).unwrap(), i64::MIN);
    let sum =
        one(&db, "SELECT SUM(x), AVG(x) FROM (SELECT CAST(2 AS BIGINT) AS x UNION ALL SELECT 3) AS t", vec![]).await;
    assert_eq!((sum.int(0).unwrap(), sum.int(1).unwrap()), (5, 2));
    let real = db.read(Query::new("SELECT CAST(1 AS DOUBLE PRECISION)", vec![])).await;
    assert!(matches!(real, Err(DatabaseError::Unexpected { column: 0, .. })));
}

#[tokio::test]
async fn a_column_may_be_null_in_one_run_of_a_statement_and_not_in_the_next() {
    let fresh = Fresh::fresh();
    let db = connect(&fresh.url(), 1).await;
    let insert = |id: u8, parent: Param| {
        let sql = "INSERT INTO department (id, parent, name) SELECT ?1, ?2, ?3";
        Change::new(sql, vec![Param::Bytes(vec![id]), parent, "x".into()])
    };
    for (id, parent) in [(1, Param::Bytes(vec![9])), (2, Param::Null), (3, Param::Bytes(vec![8])), (4, Param::Null)] {
        db.maintain(vec![insert(id, parent)]).await.unwrap();
    }
    let nulls = one(&db, "SELECT COUNT(*) FROM department WHERE parent IS NULL", vec![]).await;
    assert_eq!(nulls.int(0).unwrap(), 2);
}

#[tokio::test]
async fn a_question_is_answered_without_being_compiled() {
    let fresh = Fresh::fresh();
    let db = connect(&fresh.url(), 1).await;
    assert_eq!(one(&db, "SHOW jit", vec![]).await.text(0).unwrap(), "off");
}

#[tokio::test]
async fn text_is_ordered_by_code_points() {
    let fresh = Fresh::fresh();
    let db = connect(&fresh.url(), 1).await;
    for (n, key) in (0..).zip(["b", "B", "a", "é", "客", "Z", "_"]) {
        let sql = "INSERT INTO setting (key, value) VALUES (?1, ?2)";
        db.maintain(vec![Change::new(sql, vec![key.into(), format!("{n}").into()])]).await.unwrap();
    }
    let rows = db.read(Query::new("SELECT key FROM setting ORDER BY key", vec![])).await.unwrap();
    let keys: Vec<&str> = rows.iter().map(|r| r.text(0).unwrap()).collect();
    assert_eq!(keys, ["B", "Z", "_", "a", "b", "é", "客"]);
}

#[tokio::test]
async fn reading_writes_nothing_and_ends_in_time() {
    let fresh = Fresh::fresh();
    let options =
        store_postgres::Options { statement_timeout: std::time::Duration::from_millis(50), ..crate::support::node(1) };
    let db = store_postgres::PostgresDatabase::connect(&fresh.url(), &options).await.unwrap();
    let write = db.read(Query::new("INSERT INTO setting (key, value) VALUES ('a', 'b') RETURNING key", vec![])).await;
    assert!(write.unwrap_err().to_string().contains("read-only"));
    let slow = db.read(Query::new("SELECT CAST(pg_sleep(600) AS TEXT)", vec![])).await;
    assert!(slow.unwrap_err().to_string().contains("statement timeout"));
    assert_eq!(one(&db, "SELECT COUNT(*) FROM setting", vec![]).await.int(0).unwrap(), 0);
}
