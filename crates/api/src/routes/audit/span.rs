//! Spans, pages and filters as query parameters.

use std::str::FromStr;

use model::{ObjectName, UnixMs};
use serde::Deserialize;
use store::audit::{EventFilter, Paging, Span};
use utoipa::{IntoParams, ToSchema};

use crate::problem::{Code, Outcome, Problem};

/// A span of time and a page of the answer.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct SpanQuery {
    /// From this moment on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
    /// Rows of a page, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// From the page before.
    pub cursor: Option<String>,
}

/// One of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    Yes,
    No,
}

/// A filter over events, a span and a page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// Ids of users, with commas between: who acted, or for whom.
    pub users: Option<String>,
    /// Ids of departments the actor was in at that time.
    pub departments: Option<String>,
    /// Operations: `view,export`.
    pub actions: Option<String>,
    /// `allowed`, `refused`, `conflict`, `intent`, `unknown`, `failed`.
    pub decisions: Option<String>,
    /// `web`, `api`, `cli`, `import`, `export`, `job`, `agent`, `demo`.
    pub channels: Option<String>,
    /// Object types.
    pub objects: Option<String>,
    /// `yes`: every record was touched with a business reason; `no`: at least one without.
    #[param(inline)]
    pub explained: Option<YesNo>,
    /// Lines of these other systems' logs, by the names of their sources.
    pub sources: Option<String>,
    /// `yes`: lines of other systems' logs alone; `no`: what happened here alone.
    #[param(inline)]
    pub foreign: Option<YesNo>,
    /// From this moment on, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this moment.
    pub to: Option<i64>,
    /// Rows of a page, 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// From the page before.
    pub cursor: Option<String>,
}

pub(super) fn span(from: Option<i64>, to: Option<i64>) -> Span {
    Span { from: from.map(UnixMs), to: to.map(UnixMs) }
}

pub(super) fn paging(limit: Option<u32>, cursor: Option<String>) -> Paging {
    Paging { limit: limit.unwrap_or(Paging::default().limit), cursor }
}

impl SpanQuery {
    pub(super) fn parts(self) -> (Span, Paging) {
        (span(self.from, self.to), paging(self.limit, self.cursor))
    }
}

/// Values with commas between, and nothing else: what is not as the document says is refused.
fn list<T>(name: &str, text: Option<&str>, read: impl Fn(&str) -> Option<T>) -> Outcome<Vec<T>> {
    let bad = || Problem::new(Code::MalformedQuery).item(format!("/query/{name}"), "invalid_value", "an unknown value");
    let values = text.into_iter().filter(|t| !t.is_empty()).flat_map(|t| t.split(','));
    values.map(|t| read(t).ok_or_else(bad)).collect()
}

/// Reads a word that the type itself reads from JSON.
fn word<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

/// Lists of values in query parameters, for other rooms.
pub(in crate::routes) mod values {
    use super::{FromStr, Outcome};

    /// Words that the type itself reads from JSON, with commas between.
    pub(in crate::routes) fn words<T: serde::de::DeserializeOwned>(name: &str, text: Option<&str>) -> Outcome<Vec<T>> {
        super::list(name, text, super::word)
    }
    /// Ids and names, with commas between.
    pub(in crate::routes) fn parsed<T: FromStr>(name: &str, text: Option<&str>) -> Outcome<Vec<T>> {
        super::list(name, text, super::parsed)
    }
}

impl EventQuery {
    pub(super) fn filter(&self) -> Outcome<EventFilter> {
        Ok(EventFilter {
            users: list("users", self.users.as_deref(), parsed)?,
            departments: list("departments", self.departments.as_deref(), parsed)?,
            actions: list("actions", self.actions.as_deref(), parsed)?,
            decisions: list("decisions", self.decisions.as_deref(), word)?,
            channels: list("channels", self.channels.as_deref(), word)?,
            objects: list("objects", self.objects.as_deref(), parsed)?,
            explained: self.explained.map(|answer| answer == YesNo::Yes),
            sources: list::<ObjectName>("sources", self.sources.as_deref(), parsed)?
                .into_iter()
                .map(String::from)
                .collect(),
            foreign: self.foreign.map(|answer| answer == YesNo::Yes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_and_nonsense_is_refused() {
        let q = EventQuery {
            actions: Some("view,export".into()),
            users: Some(String::new()),
            decisions: Some("refused".into()),
            ..EventQuery::default()
        };
        let f = q.filter().unwrap();
        assert_eq!((f.actions.len(), f.decisions.len(), f.users.len()), (2, 1, 0));
        for bad in ["telepathy", "web,", "web, api", ",", " "] {
            let bad = EventQuery { channels: Some(bad.into()), ..EventQuery::default() };
            assert_eq!(bad.filter().unwrap_err().code, Code::MalformedQuery);
        }
    }
}
