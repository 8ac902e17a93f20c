//! Which events a question is about.

use model::{Action, Channel, Decision, DepartmentId, ObjectName, UserId};
use serde::{Deserialize, Serialize};

use access::path::Refusal;

use crate::sql::Sql;

/// Most values in one list of a filter.
const MAX_VALUES: usize = 200;

/// A filter over events. An empty list asks for nothing; lists are joined by "and", the values of one by "or".
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EventFilter {
    /// Who acted, or for whom.
    pub users: Vec<UserId>,
    /// The actor's department at that time.
    pub departments: Vec<DepartmentId>,
    pub actions: Vec<Action>,
    pub decisions: Vec<Decision>,
    pub channels: Vec<Channel>,
    pub objects: Vec<ObjectName>,
    /// `true`: every record was touched with a business reason; `false`: at least one without. Events of which none was asked are
    /// in neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explained: Option<bool>,
    /// Lines of these other systems' logs. Nothing that happened here is among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// `true`: lines of other systems' logs; `false`: what happened here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foreign: Option<bool>,
}

impl EventFilter {
    /// # Errors
    /// [`Refusal::Invalid`] when a list is too long.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let lengths = [
            ("users", self.users.len()),
            ("departments", self.departments.len()),
            ("actions", self.actions.len()),
            ("decisions", self.decisions.len()),
            ("channels", self.channels.len()),
            ("objects", self.objects.len()),
            ("sources", self.sources.len()),
        ];
        match lengths.into_iter().find(|(_, n)| *n > MAX_VALUES) {
            Some((field, _)) => {
                Err(Refusal::invalid(field, "too_many", format!("at most {MAX_VALUES} values in one list")))
            }
            None => Ok(()),
        }
    }

    /// ` AND …` over the event table as `e`.
    pub(crate) fn push(&self, sql: &mut Sql) {
        if !self.users.is_empty() {
            sql.push(" AND (e.actor IN ").bind_list(self.users.iter().copied());
            sql.push(" OR e.on_behalf_of IN ").bind_list(self.users.iter().copied()).push(")");
        }
        if !self.departments.is_empty() {
            sql.push(" AND e.department IN ").bind_list(self.departments.iter().copied());
        }
        if !self.actions.is_empty() {
            sql.push(" AND e.action IN ").bind_list(self.actions.iter().map(|a| i64::from(a.code())));
        }
        if !self.decisions.is_empty() {
            sql.push(" AND e.decision IN ").bind_list(self.decisions.iter().map(|d| i64::from(d.code())));
        }
        if !self.channels.is_empty() {
            sql.push(" AND e.channel IN ").bind_list(self.channels.iter().map(|c| c.as_str()));
        }
        if !self.objects.is_empty() {
            sql.push(" AND e.object IN ").bind_list(self.objects.iter().map(model::ObjectName::as_str));
        }
        let code = i64::from(Action::Foreign.code());
        if !self.sources.is_empty() {
            sql.push(" AND e.action = ").bind(code);
            sql.push(" AND EXISTS (SELECT 1 FROM feed_line f WHERE f.event = e.id AND f.source IN ");
            sql.bind_list(self.sources.iter().map(String::as_str)).push(")");
        }
        match self.foreign {
            Some(true) => drop(sql.push(" AND e.action = ").bind(code)),
            Some(false) => drop(sql.push(" AND e.action <> ").bind(code)),
            None => {}
        }
        match self.explained {
            Some(true) => drop(sql.push(" AND e.unexplained = 0")),
            Some(false) => drop(sql.push(" AND e.unexplained > 0")),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dialect;

    #[test]
    fn every_part_of_a_filter_is_asked_and_an_empty_one_asks_nothing() {
        let text = |filter: &EventFilter| {
            let mut sql = Sql::new(Dialect::Sqlite, "");
            filter.push(&mut sql);
            sql.finish()
        };
        assert_eq!(text(&EventFilter::default()).sql, "");
        let filter = EventFilter {
            users: vec![UserId::from_bytes([1; 16])],
            departments: vec![DepartmentId::from_bytes([2; 16])],
            actions: vec![Action::View, Action::List],
            decisions: vec![Decision::Refused],
            channels: vec![Channel::Web],
            objects: vec!["customer".parse().unwrap()],
            explained: None,
            sources: vec![],
            foreign: None,
        };
        let without = EventFilter { explained: Some(false), ..EventFilter::default() };
        assert_eq!(text(&without).sql, " AND e.unexplained > 0");
        let query = text(&filter);
        for column in ["actor", "on_behalf_of", "department", "action", "decision", "channel", "object"] {
            assert!(query.sql.contains(&format!("e.{column} IN (")), "{column}");
        }
        assert_eq!(query.params.len(), 8);
        let long = EventFilter { users: vec![UserId::from_bytes([1; 16]); 201], ..EventFilter::default() };
        assert!(filter.check().is_ok() && long.check().is_err());
    }
}
