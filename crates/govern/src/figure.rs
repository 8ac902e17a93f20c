//! Numbers, each with the question that it is the answer to.

use model::{Action, Channel, Decision, DepartmentId, Text, UnixMs, UserId};
use serde::{Deserialize, Serialize};

/// A question about the access log: which events a number counts. What other systems' logs say is never among them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Query {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<UserId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<bool>,
    /// From this moment, up to but not including the last.
    pub from: UnixMs,
    pub until: UnixMs,
}

/// How a number is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Events.
    Events,
    /// Records touched by the events.
    Records,
    /// Thousandths of the events.
    PerMille,
    /// People, days, or what the name says.
    Count,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub id: String,
    pub value: i64,
    pub is: Value,
    /// The same of the period before; `None` where there is none to compare with.
    pub before: Option<i64>,
    /// The events behind it.
    pub query: Option<Query>,
}

/// One number in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    pub value: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub query: Option<Query>,
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// An id, a day or the name of an operation.
    pub key: String,
    /// As people knew it then.
    pub label: Text,
    pub cells: Vec<Cell>,
}

/// Numbers of one kind of thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub id: String,
    /// Names of the numbers' columns.
    pub columns: Vec<String>,
    pub rows: Vec<TableRow>,
    /// Rows that are not shown.
    pub more: u64,
}
