//! The order of a list: one to three keys that are never NULL, then the id.
//!
//! Rule: where the caller may not read a field that is sorted by, the row has no value there, whatever it holds.
//!
//! ```text
//! ORDER BY k0 DESC, k1 ASC, id ASC          -- `-amount,name`
//! the next page: k0 <= a AND (k0 < a OR (k1 >= b AND (k1 > b OR id > c)))
//! ```

use access::engine::{BoundFilter, Predicate};
use access::path::{Grant, OnRecords, Refusal};
use model::object::ColumnKind;
use model::{FieldLevel, ObjectType, UnixMs};

use super::fetch::broken;
use super::list::{Cursor, Direction, Key, Sort, known_field};
use super::sorted;
use crate::Row;
use crate::sql::Sql;

/// Most keys of one list: more are not read by anybody, and each makes every page dearer.
pub const MOST_KEYS: usize = 3;

/// Which index gives the rows of one department in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Index {
    None,
    /// That of a field marked `sorted`. With further keys the database sorts rows of one value among themselves.
    Field,
    /// Those by the time of the last change: of all records, of a department, of an owner, of the pool.
    Recent,
}

/// One key.
struct By {
    column: String,
    kind: ColumnKind,
    nullable: bool,
    /// Where the caller may read the field.
    readable: Predicate,
    direction: Direction,
}

pub(super) struct Order {
    keys: Vec<By>,
    /// By the first key.
    pub index: Index,
}

impl Order {
    /// # Errors
    /// [`Refusal::Invalid`] `unknown_field`, `not_sortable`, or `invalid_value` for too many keys or one that stands twice.
    pub fn of<O: OnRecords>(grant: &Grant<O>, object: &ObjectType, sort: Option<&[Sort]>) -> Result<Self, Refusal> {
        let newest = [Sort { by: "updated_at".into(), direction: Direction::Desc }];
        let sort = sort.filter(|keys| !keys.is_empty()).unwrap_or(&newest);
        if sort.len() > MOST_KEYS {
            return Err(Refusal::invalid("sort", "invalid_value", format!("a list has at most {MOST_KEYS} keys")));
        }
        let (mut keys, mut index) = (Vec::with_capacity(sort.len()), Index::None);
        for (n, key) in sort.iter().enumerate() {
            let (by, of_key) = by(grant, object, key)?;
            if sort.iter().take(n).any(|earlier| earlier.by == key.by) {
                return Err(Refusal::invalid("sort", "invalid_value", "a field is sorted by once"));
            }
            if n == 0 {
                index = of_key;
            }
            keys.push(by);
        }
        Ok(Self { keys, index })
    }

    /// Where each key may be read, as far as `known` does not settle it.
    pub fn readable(&self, known: impl Fn(&Predicate) -> Predicate) -> Vec<Predicate> {
        self.keys.iter().map(|k| known(&k.readable)).collect()
    }

    /// The keys as columns `k0`, `k1`, … of a SELECT, among rows of which `readable` says where each may be read.
    pub fn select(&self, sql: &mut Sql, object: &ObjectType, now: UnixMs, readable: &[Predicate]) {
        for (n, (key, readable)) in self.keys.iter().zip(readable).enumerate() {
            sql.push(if n > 0 { ", " } else { "" });
            key.value(sql, object, now, readable);
            sql.push(&format!(" AS k{n}"));
        }
    }

    /// The names that [`Order::select`] gave, of table `x` if that is named.
    pub fn names(&self, of: &str) -> String {
        let dot = if of.is_empty() { "" } else { "." };
        (0..self.keys.len()).map(|n| format!("{of}{dot}k{n}")).collect::<Vec<_>>().join(", ")
    }

    /// `x.k0 DESC, x.k1 ASC, r.id ASC`, of columns that [`Order::select`] named.
    pub fn order_by(&self, sql: &mut Sql, of: &str, id: &str) {
        let dot = if of.is_empty() { "" } else { "." };
        for (n, key) in self.keys.iter().enumerate() {
            sql.push(&format!("{of}{dot}k{n}{}, ", key.sql_direction()));
        }
        sql.push(id).push(self.last());
    }

    /// The same by the expressions themselves, which an index is found by.
    pub fn order_by_values(&self, sql: &mut Sql, object: &ObjectType, now: UnixMs, readable: &[Predicate]) {
        for (key, readable) in self.keys.iter().zip(readable) {
            key.value(sql, object, now, readable);
            sql.push(key.sql_direction()).push(", ");
        }
        sql.push("r.id").push(self.last());
    }

    /// Ids go the way of the last key.
    fn last(&self) -> &'static str {
        self.keys.last().map_or(" ASC", By::sql_direction)
    }

    /// Rows behind the cursor.
    pub fn after(&self, sql: &mut Sql, object: &ObjectType, now: UnixMs, readable: &[Predicate], cursor: &Cursor) {
        // Row values would be shorter, but not every engine of PostgreSQL's kin walks an index by them, and they know no
        // mixed directions.
        sql.push(" AND ");
        let keys = self.keys.iter().zip(readable).zip(&cursor.k);
        for ((key, readable), value) in keys {
            sql.push("(");
            key.compare(sql, object, now, readable, "=", value);
            sql.push(" AND (");
            key.compare(sql, object, now, readable, "", value);
            sql.push(" OR ");
        }
        let sign = if self.last() == " ASC" { ">" } else { "<" };
        sql.push("r.id ").push(sign).push(" ").bind(cursor.id);
        sql.push(&"))".repeat(self.keys.len()));
    }

    /// Whether the cursor is one of so many keys.
    pub fn fits(&self, cursor: &Cursor) -> bool {
        cursor.k.len() == self.keys.len()
    }

    /// The keys of a row that has them as its last columns.
    pub fn keys_of(&self, row: &Row) -> Result<Vec<Key>, Refusal> {
        let from = row.0.len().saturating_sub(self.keys.len());
        let read = |(at, key): (usize, &By)| match key.kind {
            ColumnKind::Number => row.int(from + at).map(Key::Int),
            ColumnKind::Text => row.text(from + at).map(|t| Key::Text(t.to_owned())),
        };
        self.keys.iter().enumerate().map(read).collect::<Result<_, _>>().map_err(broken)
    }
}

fn by<O: OnRecords>(grant: &Grant<O>, object: &ObjectType, sort: &Sort) -> Result<(By, Index), Refusal> {
    if matches!(sort.by.as_str(), "updated_at" | "created_at") {
        let by = By {
            column: format!("r.{}", sort.by),
            kind: ColumnKind::Number,
            nullable: false,
            readable: Predicate::True,
            direction: sort.direction,
        };
        return Ok((by, if sort.by == "updated_at" { Index::Recent } else { Index::None }));
    }
    let def = known_field(grant, object, &sort.by, FieldLevel::ReadOnly)?;
    let Some(slot) = def.slot.filter(|_| def.kind.is_single()) else {
        return Err(Refusal::invalid(
            "sort",
            "not_sortable",
            "a personal field cannot be sorted by, for it is stored sealed, nor one of several values",
        ));
    };
    let readable = grant.field_filters(&sort.by, FieldLevel::ReadOnly);
    let by = By {
        column: format!("r.{}", slot.column()),
        kind: slot.kind,
        nullable: true,
        readable: Predicate::All(readable.iter().map(BoundFilter::whole).collect()).fold(&|_| None),
        direction: sort.direction,
    };
    Ok((by, if def.sorted { Index::Field } else { Index::None }))
}

impl By {
    fn sql_direction(&self) -> &'static str {
        if self.direction == Direction::Asc { " ASC" } else { " DESC" }
    }

    /// The key, among rows of which `readable` says where the field may be read.
    fn value(&self, sql: &mut Sql, object: &ObjectType, now: UnixMs, readable: &Predicate) {
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

    /// The key behind a value in this direction; with `or` as `=`, or at it.
    fn compare(&self, sql: &mut Sql, object: &ObjectType, now: UnixMs, readable: &Predicate, or: &str, value: &Key) {
        self.value(sql, object, now, readable);
        sql.push(if self.direction == Direction::Asc { " >" } else { " <" }).push(or).push(" ");
        match value {
            Key::Int(n) => sql.bind(*n),
            Key::Text(t) => sql.bind(t.as_str()),
        };
    }
}
