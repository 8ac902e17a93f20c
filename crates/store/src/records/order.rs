//! The order of a list: a key that is never NULL, then the id.
//!
//! Rule: where the caller may not read the sort field, the row has no value, whatever it holds.

use access::engine::{BoundFilter, Predicate};
use access::path::{Grant, OnRecords, Refusal};
use model::object::ColumnKind;
use model::{FieldLevel, ObjectType, UnixMs};

use super::list::{Cursor, Direction, Key, Sort, known_field};
use super::sorted;
use crate::sql::Sql;

/// Which index gives the rows of one department in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Index {
    None,
    /// That of a field marked `sorted`.
    Field,
    /// Those by the time of the last change: of all records, of a department, of an owner, of the pool.
    Recent,
}

pub(super) struct Order {
    column: String,
    pub kind: ColumnKind,
    nullable: bool,
    /// Where the caller may read the sort field.
    pub readable: Predicate,
    direction: Direction,
    pub index: Index,
}

impl Order {
    /// # Errors
    /// [`Refusal::Invalid`] `unknown_field` or `not_sortable`.
    pub fn of<O: OnRecords>(grant: &Grant<O>, object: &ObjectType, sort: Option<&Sort>) -> Result<Self, Refusal> {
        let newest = Sort { by: "updated_at".into(), direction: Direction::Desc };
        let sort = sort.unwrap_or(&newest);
        if matches!(sort.by.as_str(), "updated_at" | "created_at") {
            return Ok(Self {
                column: format!("r.{}", sort.by),
                kind: ColumnKind::Number,
                nullable: false,
                readable: Predicate::True,
                direction: sort.direction,
                index: if sort.by == "updated_at" { Index::Recent } else { Index::None },
            });
        }
        let def = known_field(grant, object, &sort.by, FieldLevel::ReadOnly)?;
        let Some(slot) = def.slot else {
            return Err(Refusal::invalid(
                "sort",
                "not_sortable",
                "a personal field cannot be sorted by: it is stored sealed",
            ));
        };
        let readable = grant.field_filters(&sort.by, FieldLevel::ReadOnly);
        Ok(Self {
            column: format!("r.{}", slot.column()),
            kind: slot.kind,
            nullable: true,
            readable: Predicate::All(readable.iter().map(BoundFilter::whole).collect()).fold(&|_| None),
            direction: sort.direction,
            index: if def.sorted { Index::Field } else { Index::None },
        })
    }

    pub fn sql_direction(&self) -> &'static str {
        if self.direction == Direction::Asc { " ASC" } else { " DESC" }
    }

    /// The key, among rows of which `readable` says where the field may be read.
    pub fn key(&self, sql: &mut Sql, object: &ObjectType, now: UnixMs, readable: &Predicate) {
        if !self.nullable {
            sql.push(&self.column);
            return;
        }
        if *readable == Predicate::True {
            sql.push(&sorted::key(&self.column, self.kind));
            return;
        }
        sql.push("COALESCE(CASE WHEN ");
        sql.predicate(readable, object, now);
        sql.push(" THEN ").push(&self.column).push(" END, ").push(sorted::least(self.kind)).push(")");
    }

    /// Rows behind the cursor.
    pub fn after(&self, sql: &mut Sql, object: &ObjectType, now: UnixMs, readable: &Predicate, cursor: &Cursor) {
        let sign = if self.direction == Direction::Asc { ">" } else { "<" };
        let bind = |sql: &mut Sql| match &cursor.k {
            Key::Int(n) => {
                sql.bind(*n);
            }
            Key::Text(t) => {
                sql.bind(t.as_str());
            }
        };
        // Row values would be shorter, but not every engine of PostgreSQL's kin walks an index by them.
        sql.push(" AND (");
        self.key(sql, object, now, readable);
        sql.push(" ").push(sign).push("= ");
        bind(sql);
        sql.push(" AND (");
        self.key(sql, object, now, readable);
        sql.push(" ").push(sign).push(" ");
        bind(sql);
        sql.push(" OR r.id ").push(sign).push(" ").bind(cursor.id).push("))");
    }
}
