//! Predicates as SQL: the one place where scope and conditions become a WHERE, for both databases.
//!
//! Rule: every leaf is two-valued (`COALESCE(…, FALSE)`), so that NOT means what the decision means by it; text is compared
//! by code points; values are bound, never written into the text. What the builder writes and what
//! `Predicate::eval` decides are held equal by a property test on both databases.

use access::engine::{BoundFilter, FieldTest, Predicate, Test};
use access::path::Param;
use model::{Comparison, ObjectType, UnixMs, Value};

use crate::database::{Dialect, Query};

/// A statement under construction.
pub struct Sql {
    pub dialect: Dialect,
    text: String,
    params: Vec<Param>,
}

impl Sql {
    pub fn new(dialect: Dialect, text: &str) -> Self {
        Self { dialect, text: text.to_owned(), params: vec![] }
    }
    /// Appends literal SQL. MUST NOT be given text from outside.
    pub fn push(&mut self, sql: &str) -> &mut Self {
        self.text.push_str(sql);
        self
    }
    /// Appends a placeholder bound to the value.
    pub fn bind(&mut self, value: impl Into<Param>) -> &mut Self {
        self.params.push(value.into());
        let n = self.params.len();
        self.text.push('?');
        self.text.push_str(&n.to_string());
        self
    }
    /// Appends `(?1, ?2, …)`; an empty list matches nothing.
    pub fn bind_list<T: Into<Param>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self {
        self.push("(");
        let mut first = true;
        for v in values {
            if !first {
                self.push(", ");
            }
            first = false;
            self.bind(v);
        }
        self.push(if first { "NULL)" } else { ")" })
    }
    /// Values bound so far. SQLite takes 32,766, PostgreSQL 65,535.
    pub fn bound(&self) -> usize {
        self.params.len()
    }
    pub fn finish(self) -> Query {
        Query::new(self.text, self.params)
    }
    pub fn finish_point(self) -> Query {
        Query::point(self.text, self.params)
    }

    /// ` AND (…)` for each filter.
    pub fn and_filters<'a>(
        &mut self,
        filters: impl IntoIterator<Item = &'a BoundFilter>,
        object: &ObjectType,
        now: UnixMs,
    ) -> &mut Self {
        for f in filters {
            self.push(" AND ");
            self.filter(f, object, now);
        }
        self
    }

    /// `((permit OR permit …) AND NOT (forbid OR …))` of a filter on the record table as `r`.
    pub fn filter(&mut self, filter: &BoundFilter, object: &ObjectType, now: UnixMs) -> &mut Self {
        if filter.is_never() {
            return self.push("FALSE");
        }
        self.push("(");
        self.any(filter.permits.iter().map(|(_, p)| p), object, now);
        if !filter.forbids.is_empty() {
            self.push(" AND NOT ");
            self.any(filter.forbids.iter().map(|(_, p)| p), object, now);
        }
        self.push(")")
    }

    fn any<'a>(&mut self, parts: impl Iterator<Item = &'a Predicate>, object: &ObjectType, now: UnixMs) {
        self.joined(parts, " OR ", "FALSE", object, now);
    }

    fn joined<'a>(
        &mut self,
        parts: impl Iterator<Item = &'a Predicate>,
        between: &str,
        empty: &str,
        object: &ObjectType,
        now: UnixMs,
    ) {
        self.push("(");
        let mut first = true;
        for p in parts {
            if !first {
                self.push(between);
            }
            first = false;
            self.predicate(p, object, now);
        }
        self.push(if first { empty } else { "" });
        self.push(")");
    }

    /// A predicate on the record table as `r`.
    pub fn predicate(&mut self, p: &Predicate, object: &ObjectType, now: UnixMs) -> &mut Self {
        match p {
            Predicate::True => self.push("TRUE"),
            Predicate::False => self.push("FALSE"),
            Predicate::All(parts) => {
                self.joined(parts.iter(), " AND ", "TRUE", object, now);
                self
            }
            Predicate::Any(parts) => {
                self.joined(parts.iter(), " OR ", "FALSE", object, now);
                self
            }
            Predicate::Not(inner) => {
                self.push("NOT (");
                self.predicate(inner, object, now);
                self.push(")")
            }
            Predicate::Test(test) => self.test(test, object, now),
        }
    }

    fn test(&mut self, test: &Test, object: &ObjectType, now: UnixMs) -> &mut Self {
        match test {
            Test::OwnerIs(user) => self.push("COALESCE(r.owner = ").bind(*user).push(", FALSE)"),
            Test::OwnerIn(users) => self.push("COALESCE(r.owner IN ").bind_list(users.iter().copied()).push(", FALSE)"),
            Test::DepartmentIn(list) => {
                self.push("COALESCE(r.department IN ").bind_list(list.iter().copied()).push(", FALSE)")
            }
            Test::Pool(value) => self.push("r.pool = ").bind(*value),
            Test::Collaborator(_) | Test::Viewer(_) | Test::SharedRead(_) | Test::SharedEdit(_) => {
                self.exists(test, now)
            }
            Test::CreatedAt(op, at) => self.compare("r.created_at", *op, Param::Int(at.0)),
            Test::UpdatedAt(op, at) => self.compare("r.updated_at", *op, Param::Int(at.0)),
            Test::Field { name, test } => match object.field(name.as_str()).and_then(|f| f.slot) {
                Some(slot) => self.field_test(&format!("r.{}", slot.column()), test),
                // A field without a column cannot be tested in SQL: the decision says false, and so does this.
                None => self.push("FALSE"),
            },
            // Requests are folded in before a filter is bound; what is left of one matches nothing.
            Test::Request(_) => self.push("FALSE"),
        }
    }

    /// `EXISTS (…)`: whether somebody takes part in the record, as a test of membership says.
    pub fn exists(&mut self, taking_part: &Test, now: UnixMs) -> &mut Self {
        self.push("EXISTS (SELECT 1 FROM member m WHERE m.record = r.id AND ").membership(taking_part, now).push(")")
    }

    /// The condition on the member table as `m`; any other test has no member.
    pub fn membership(&mut self, test: &Test, now: UnixMs) -> &mut Self {
        match test {
            Test::Collaborator(user) => self.grantee("m.kind = 'collaborator'", user.to_string()),
            Test::Viewer(user) => self.grantee("m.kind = 'viewer'", user.to_string()),
            Test::SharedRead(g) => self.shared("'read', 'edit'", g),
            Test::SharedEdit(g) => self.shared("'edit'", g),
            _ => self.push("FALSE"),
        };
        self.push(" AND (m.expires_at IS NULL OR m.expires_at > ").bind(now).push(")")
    }

    fn grantee(&mut self, kind: &str, user: String) -> &mut Self {
        self.push(kind).push(" AND m.grantee_kind = 'user' AND m.grantee = ").bind(user)
    }

    fn shared(&mut self, levels: &str, g: &access::engine::Grantees) -> &mut Self {
        self.push("m.kind = 'share' AND m.level IN (")
            .push(levels)
            .push(") AND ((m.grantee_kind = 'user' AND m.grantee = ")
            .bind(g.user.to_string())
            .push(") OR (m.grantee_kind = 'department' AND m.grantee IN ")
            .bind_list(g.departments.iter().map(ToString::to_string))
            .push(") OR (m.grantee_kind = 'role' AND m.grantee IN ")
            .bind_list(g.roles.iter().map(ToString::to_string))
            .push("))")
    }

    fn compare(&mut self, column: &str, op: Comparison, value: Param) -> &mut Self {
        let sign = match op {
            Comparison::Eq => " = ",
            Comparison::Ne => " <> ",
            Comparison::Lt => " < ",
            Comparison::Le => " <= ",
            Comparison::Gt => " > ",
            Comparison::Ge => " >= ",
            _ => return self.push("FALSE"),
        };
        self.push("COALESCE(").push(column).push(sign).bind(value).push(", FALSE)")
    }

    fn field_test(&mut self, column: &str, test: &FieldTest) -> &mut Self {
        match test {
            FieldTest::Compare { op, value } => self.compare(column, *op, param(value)),
            FieldTest::In(values) => {
                self.push("COALESCE(").push(column).push(" IN ").bind_list(values.iter().map(param)).push(", FALSE)")
            }
            FieldTest::StartsWith(text) => {
                // By characters, not LIKE: no wildcard, no case folding.
                let n = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
                // PostgreSQL counts characters in 32 bits, and every bound number has 64.
                self.push("COALESCE(substr(").push(column).push(", 1, CAST(CAST(").bind(n);
                self.push(" AS BIGINT) AS INTEGER)) = ").bind(text.as_str()).push(", FALSE)")
            }
            FieldTest::Contains(text) => {
                let function = match self.dialect {
                    Dialect::Sqlite => "instr(",
                    Dialect::Postgres => "strpos(",
                };
                self.push("COALESCE(").push(function).push(column).push(", ").bind(text.as_str()).push(") > 0, FALSE)")
            }
            FieldTest::IsEmpty => self.push("(").push(column).push(" IS NULL)"),
            FieldTest::IsNotEmpty => self.push("(").push(column).push(" IS NOT NULL)"),
        }
    }
}

/// A clear value as its column holds it.
pub fn param(value: &Value) -> Param {
    match value {
        Value::Text(t) => Param::Text(t.clone()),
        Value::Int(n) => Param::Int(*n),
        Value::Bool(b) => Param::Int(i64::from(*b)),
        // Ids in clear columns are text, so that a reference column sorts and joins like any other text column.
        Value::Record(id) => Param::Text(id.to_string()),
        Value::User(id) => Param::Text(id.to_string()),
        Value::List(_) | Value::Address(_) => value.to_column().map_or(Param::Null, Param::Text),
    }
}
