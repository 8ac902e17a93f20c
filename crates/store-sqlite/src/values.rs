//! Parameters and columns between the path's values and SQLite's.

use access::path::Param;
use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

/// A parameter as SQLite takes it.
pub struct Bound<'a>(pub &'a Param);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Param::Null => ToSqlOutput::Owned(Value::Null),
            Param::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Param::Text(t) => ToSqlOutput::Borrowed(ValueRef::Text(t.as_bytes())),
            Param::Bytes(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
        })
    }
}

/// A column as the store reads it. Reals do not occur: every table is STRICT and has none.
pub fn param(value: ValueRef<'_>) -> Param {
    match value {
        ValueRef::Null => Param::Null,
        ValueRef::Integer(n) => Param::Int(n),
        #[allow(clippy::cast_possible_truncation, reason = "sums of integers that overflow; no table holds reals")]
        ValueRef::Real(r) => Param::Int(r as i64),
        ValueRef::Text(t) => Param::Text(String::from_utf8_lossy(t).into_owned()),
        ValueRef::Blob(b) => Param::Bytes(b.to_vec()),
    }
}
