//! A real database of either kind, new for each test, and what its administrator can do to it behind the server's back.
//!
//! The two have the same names, so that one story is told on both: a test program says `use testkit::base::sqlite as base`
//! or `postgres`, and its stories ask `crate::base`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test without its database must fail, and say why")]

mod ordered;
pub mod postgres;
pub mod sqlite;
