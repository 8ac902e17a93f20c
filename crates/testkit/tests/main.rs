//! The test PostgreSQL is real, durable and private.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, like the tests themselves"
)]

#[path = "main/house_rules.rs"]
mod house_rules;

use testkit::postgres::Database;

#[test]
fn each_test_has_an_empty_database_of_its_own_with_fsync_on() {
    let (one, two) = (Database::fresh(), Database::fresh());
    one.sql("CREATE TABLE t (n BIGINT); INSERT INTO t VALUES (7)").unwrap();
    assert_eq!(one.sql("SELECT n FROM t").unwrap().trim(), "7");
    assert!(two.sql("SELECT n FROM t").unwrap_err().to_string().contains("does not exist"));
    assert_eq!(one.sql("SHOW fsync").unwrap().trim(), "on");
    assert_eq!(one.sql("SHOW listen_addresses").unwrap().trim(), "");
}
