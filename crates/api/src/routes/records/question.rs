//! Which records a list, a count or an export is about.

use model::{Condition, FieldName, ObjectName, RecordId};
use serde::Deserialize;
use store::records::{Direction, ListRecords, Sort};
use utoipa::{IntoParams, ToSchema};

use crate::extract::json;
use crate::problem::{Code, Outcome, Problem};

/// Rows of a page where none are asked for.
const DEFAULT_LIMIT: u32 = 50;

/// A question in a query string.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// A condition as JSON: `{"test":{"field":"level","op":"eq","value":"A"}}`, nested by `all`, `any`, `not`.
    pub filter: Option<String>,
    /// Part of a name, or a whole phone number, e-mail address or identity number.
    #[param(min_length = 2, max_length = 100)]
    pub search: Option<String>,
    /// Up to three keys with commas between: a field, or `created_at`, `updated_at`; with `-` before it, downwards.
    /// `-updated_at` if left out.
    #[param(example = "-updated_at")]
    pub sort: Option<String>,
    /// Names of the wanted fields, with commas between; all the caller may see if left out.
    #[param(example = "name,level")]
    pub fields: Option<String>,
    /// Rows of a page, 1 to 500; 50 if left out.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<u32>,
    /// From the page before.
    pub cursor: Option<String>,
    /// Only records of this customer.
    #[param(value_type = Option<uuid::Uuid>)]
    pub customer: Option<String>,
}

/// A question in a query string that asks for no page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct CountQuery {
    /// As in a list.
    pub filter: Option<String>,
    /// As in a list.
    #[param(min_length = 2, max_length = 100)]
    pub search: Option<String>,
    /// As in a list.
    #[param(value_type = Option<uuid::Uuid>)]
    pub customer: Option<String>,
}

/// A question in a body.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Question {
    /// A condition, as in a list's `filter`.
    #[schema(value_type = Option<crate::schema::Condition>)]
    pub filter: Option<Condition>,
    #[schema(min_length = 2, max_length = 100)]
    pub search: Option<String>,
    /// As in a list.
    #[schema(example = "-updated_at")]
    pub sort: Option<String>,
    /// All the caller may see if left out.
    pub fields: Option<Vec<String>>,
    #[schema(value_type = Option<uuid::Uuid>)]
    pub customer: Option<String>,
}

/// `-revenue,name`
fn sort(text: &str) -> Vec<Sort> {
    let key = |text: &str| {
        let (by, direction) = match text.strip_prefix('-') {
            Some(by) => (by, Direction::Desc),
            None => (text, Direction::Asc),
        };
        Sort { by: by.to_owned(), direction }
    };
    text.split(',').map(|part| key(part.trim())).collect()
}

/// A name that cannot be a field's is answered like a field that is not there.
fn field_names<'a>(names: impl Iterator<Item = &'a str>) -> Outcome<Vec<FieldName>> {
    let mut all = Vec::new();
    for name in names {
        let unknown = || Problem::new(Code::InvalidValues).item("/fields", "unknown_field", "there is no such field");
        let name: FieldName = name.trim().parse().map_err(|_| unknown())?;
        if !all.contains(&name) {
            all.push(name);
        }
    }
    Ok(all)
}

/// Ids of records are never told apart by whether they could be ids.
fn customer(text: Option<String>) -> Outcome<Option<RecordId>> {
    let bad = || Problem::new(Code::InvalidValues).item("/customer", "invalid_value", "expected the id of a record");
    text.map(|t| t.parse().map_err(|_| bad())).transpose()
}

fn filter(text: Option<&str>) -> Outcome<Option<Condition>> {
    let bad = |why: Option<String>| {
        let problem = Problem::new(Code::MalformedQuery);
        problem.item("/query/filter", "malformed", why.unwrap_or_else(|| "expected a condition as JSON".to_owned()))
    };
    let Some(text) = text else { return Ok(None) };
    let value = json::parse(text.as_bytes()).map_err(|p| bad(p.detail))?;
    json::shape(value).map(Some).map_err(|p| bad(p.errors.first().map(|e| format!("{}: {}", e.pointer, e.reason))))
}

impl ListQuery {
    /// The operation it asks for.
    ///
    /// # Errors
    /// [`Code::MalformedQuery`], [`Code::InvalidValues`].
    pub fn operation(self, object: ObjectName) -> Outcome<ListRecords> {
        Ok(ListRecords {
            object,
            filter: filter(self.filter.as_deref())?,
            search: self.search,
            sort: self.sort.as_deref().map(sort),
            fields: self.fields.as_deref().map(|f| field_names(f.split(','))).transpose()?,
            customer: customer(self.customer)?,
            limit: self.limit.unwrap_or(DEFAULT_LIMIT),
            cursor: self.cursor,
        })
    }
}

impl CountQuery {
    /// The list whose rows are counted.
    ///
    /// # Errors
    /// As [`ListQuery::operation`].
    pub fn operation(self, object: ObjectName) -> Outcome<ListRecords> {
        ListQuery { filter: self.filter, search: self.search, customer: self.customer, ..ListQuery::default() }
            .operation(object)
    }
}

impl Question {
    /// The list that is exported, by pages of `limit`.
    ///
    /// # Errors
    /// As [`ListQuery::operation`].
    pub fn operation(self, object: ObjectName, limit: u32) -> Outcome<ListRecords> {
        Ok(ListRecords {
            object,
            filter: self.filter,
            search: self.search,
            sort: self.sort.as_deref().map(sort),
            fields: self.fields.map(|f| field_names(f.iter().map(String::as_str))).transpose()?,
            customer: customer(self.customer)?,
            limit,
            cursor: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_from_a_query() {
        let q = ListQuery {
            filter: Some(r#"{"test":{"field":"level","op":"eq","value":"A"}}"#.into()),
            sort: Some("-revenue, name".into()),
            fields: Some("name, level,name".into()),
            ..ListQuery::default()
        };
        let op = q.operation("customer".parse().unwrap()).unwrap();
        let key = |by: &str, direction| Sort { by: by.into(), direction };
        assert_eq!(op.sort, Some(vec![key("revenue", Direction::Desc), key("name", Direction::Asc)]));
        assert_eq!(op.fields.unwrap().len(), 2);
        assert_eq!(op.limit, 50);
    }

    #[test]
    fn nonsense_is_refused_without_repeating_it() {
        for (filter, fields, customer) in [
            (Some("{"), None, None),
            (Some(r#"{"test":{"field":"a","op":"like","value":1}}"#), None, None),
            (Some(r#"{"test":{"field":"a","op":"eq","value":1,"value":2}}"#), None, None),
            (None, Some("name;drop"), None),
            (None, None, Some("13800138000")),
        ] {
            let own = |t: Option<&str>| t.map(str::to_owned);
            let q =
                ListQuery { filter: own(filter), fields: own(fields), customer: own(customer), ..ListQuery::default() };
            let p = q.operation("customer".parse().unwrap()).unwrap_err();
            assert!(!format!("{p:?}").contains("13800138000"));
        }
    }
}
