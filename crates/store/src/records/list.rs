//! Lists: filter, search, sort, pages. Each row shown is a disclosure.
//!
//! The side doors: a filter or search by a field reaches only rows where the caller may read that field; a sort by a field
//! takes rows where they may not as having no value; a count counts what a list would show; a cursor is good for the same
//! caller and question only, and the next page is decided anew.

use std::collections::BTreeSet;

use access::engine::{BoundFilter, predicate_of};
use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal, Sealed};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::object::{ColumnKind, Search};
use model::{Action, Condition, FieldDef, FieldLevel, FieldName, ObjectName, ObjectType, RecordId, StoredRow};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::fetch::broken;
use super::statements::SEGMENT;
use crate::sql::Sql;
use crate::{Dialect, Query, Store, row};

/// Most rows of a page.
pub const MAX_PAGE: u32 = 500;
/// Most candidates of a search that are opened and compared.
const MAX_CANDIDATES: usize = 500;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Asc,
    Desc,
}

/// By which field, or one of `created_at`, `updated_at`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    pub by: String,
    pub direction: Direction,
}

/// Which records, in which order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListRecords {
    pub object: ObjectName,
    pub filter: Option<Condition>,
    /// Part of a name, or a whole phone number, e-mail address or identity number.
    pub search: Option<String>,
    pub sort: Option<Sort>,
    /// Which fields; `None` for all the caller may see.
    pub fields: Option<Vec<FieldName>>,
    /// Only records of this customer.
    pub customer: Option<RecordId>,
    /// 1 to [`MAX_PAGE`].
    pub limit: u32,
    /// From the page before.
    pub cursor: Option<String>,
}

impl Operation for ListRecords {
    const ACTION: Action = Action::List;
}
impl OnRecords for ListRecords {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn wanted(&self) -> Option<&[FieldName]> {
        self.fields.as_deref()
    }
    fn detail(&self) -> serde_json::Value {
        detail(self)
    }
    fn refused_detail(&self) -> serde_json::Value {
        refused_detail(self)
    }
}

/// What the record tells of a question: the fields asked by, and clear values; never a searched text, which may be a
/// customer's name or number.
pub(crate) fn detail(q: &ListRecords) -> serde_json::Value {
    described(q, q.filter.as_ref())
}

/// The same before it is known that only clear fields are asked by: without the values.
pub(crate) fn refused_detail(q: &ListRecords) -> serde_json::Value {
    described(q, q.filter.as_ref().map(Condition::without_values).as_ref())
}

fn described(q: &ListRecords, filter: Option<&Condition>) -> serde_json::Value {
    serde_json::json!({
        "filter": filter,
        "searched": q.search.is_some(),
        "sort": q.sort,
        "of_customer": q.customer,
        "page": q.cursor.is_some(),
        "limit": q.limit,
    })
}

/// How many records a list without pages would show.
pub struct CountRecords(pub ListRecords);

impl Operation for CountRecords {
    const ACTION: Action = Action::List;
}
impl OnRecords for CountRecords {
    fn object(&self) -> &ObjectName {
        &self.0.object
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "count": true, "question": detail(&self.0) })
    }
    fn refused_detail(&self) -> serde_json::Value {
        serde_json::json!({ "count": true, "question": refused_detail(&self.0) })
    }
}

/// A page, still sealed, and where the next begins.
pub struct Page<O: OnRecords> {
    pub sealed: Sealed<O>,
    pub next: Option<String>,
}

/// Where a page ends.
#[derive(Serialize, Deserialize)]
struct Cursor {
    /// The last row's sort key; `None` when it has no value.
    k: Key,
    id: RecordId,
    /// Hash of the question and the caller.
    q: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum Key {
    Int(i64),
    Text(String),
}

/// A question made ready: everything that the filters and the caller's rights demand.
struct Prepared {
    object: std::sync::Arc<ObjectType>,
    filters: Vec<BoundFilter>,
    condition: Option<access::engine::Predicate>,
}

impl Store {
    /// One page of a list.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with a stable code for each: `unknown_field`, `not_filterable`, `not_sortable`, `bad_cursor`,
    /// `search_too_broad`; recorded.
    pub async fn list(&self, grant: Grant<ListRecords>) -> Result<Page<ListRecords>, Refusal> {
        let question = grant.operation().clone();
        match self.page(&grant, &question).await {
            Ok((rows, next)) => Ok(Page { sealed: grant.seal(rows), next }),
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// How many records the same list has.
    ///
    /// # Errors
    /// As [`Store::list`].
    pub async fn count(&self, grant: Grant<CountRecords>) -> Result<Disclosed<u64>, Refusal> {
        match self.count_rows(&grant).await {
            Ok(n) => grant.answer(n).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn count_rows(&self, grant: &Grant<CountRecords>) -> Result<u64, Refusal> {
        let q = &grant.operation().0;
        let p = prepare(grant, q)?;
        if let Some(term) = &q.search {
            return Ok(self.search(grant, &p, q, term).await?.len() as u64);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM record r WHERE r.object = ");
        sql.bind(p.object.name.as_str());
        narrow(&mut sql, &p, q, grant.now());
        let rows = self.read(sql.finish()).await?;
        let n = rows.first().map(|r| r.int(0)).transpose().map_err(broken)?.unwrap_or(0);
        Ok(u64::try_from(n).unwrap_or(0))
    }

    pub(crate) async fn page<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        q: &ListRecords,
    ) -> Result<(Vec<StoredRow>, Option<String>), Refusal> {
        let p = prepare(grant, q)?;
        if let Some(term) = &q.search {
            let mut rows = self.search(grant, &p, q, term).await?;
            rows.truncate(usize::try_from(q.limit).unwrap_or(usize::MAX));
            return Ok((rows, None));
        }
        let order = Order::of(grant, &p.object, q.sort.as_ref())?;
        let fingerprint = fingerprint(grant, q);
        let after = match &q.cursor {
            Some(text) => Some(self.open_cursor(text, &fingerprint)?),
            None => None,
        };
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&p.object)).push(", ");
        order.key(&mut sql, &p.object, grant.now());
        sql.push(row::FROM).push(" WHERE r.object = ").bind(p.object.name.as_str());
        narrow(&mut sql, &p, q, grant.now());
        if let Some(after) = after {
            order.after(&mut sql, &p.object, grant.now(), &after);
        }
        order.by(&mut sql, &p.object, grant.now());
        sql.push(" LIMIT ").bind(i64::from(q.limit) + 1);
        let mut found = self.read(sql.finish()).await?;
        let limit = usize::try_from(q.limit).unwrap_or(usize::MAX);
        let more = found.len() > limit;
        found.truncate(limit);
        let mut rows = Vec::with_capacity(found.len());
        for r in &found {
            rows.push(row::read(r, &p.object, self.seals()).map_err(broken)?);
        }
        let next = match (more, found.last(), rows.last()) {
            (true, Some(last), Some(stored)) => {
                let at = last.0.len() - 1;
                let k = match order.kind {
                    ColumnKind::Number => Key::Int(last.int(at).map_err(broken)?),
                    ColumnKind::Text => Key::Text(last.text(at).map_err(broken)?.to_owned()),
                };
                Some(self.seal_cursor(&Cursor { k, id: stored.id, q: fingerprint })?)
            }
            _ => None,
        };
        self.add_members(&mut rows, grant.now()).await?;
        Ok((rows, next))
    }

    /// Candidates by blind tokens, opened and compared. Newest first.
    async fn search<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        p: &Prepared,
        q: &ListRecords,
        term: &str,
    ) -> Result<Vec<StoredRow>, Refusal> {
        if q.sort.is_some() || q.cursor.is_some() {
            return Err(Refusal::invalid("search", "invalid_value", "a search has its own order and one page"));
        }
        let chars = term.trim().chars().count();
        if !(2..=100).contains(&chars) {
            return Err(Refusal::invalid("search", "invalid_value", "a search has 2 to 100 characters"));
        }
        let mut rows: Vec<StoredRow> = vec![];
        let mut seen = BTreeSet::new();
        for def in p.object.fields.iter().filter(|f| f.search != Search::None) {
            let readable = grant.field_filters(def.name.as_str(), FieldLevel::ReadOnly);
            if readable.iter().any(BoundFilter::is_never) {
                continue;
            }
            let tokens = grant.search_tokens(&p.object, def, term);
            if tokens.is_empty() {
                continue;
            }
            for candidate in self.candidates(grant, p, q, def, &readable, &tokens).await? {
                if !seen.contains(&candidate.id) && grant.matches(&candidate, def, term)? {
                    seen.insert(candidate.id);
                    rows.push(candidate);
                }
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.updated_at, row.id)));
        self.add_members(&mut rows, grant.now()).await?;
        Ok(rows)
    }

    async fn candidates<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        p: &Prepared,
        q: &ListRecords,
        def: &FieldDef,
        readable: &[BoundFilter],
        tokens: &[u64],
    ) -> Result<Vec<StoredRow>, Refusal> {
        let token = |t: &u64| i64::try_from(*t).unwrap_or(i64::MAX);
        let segments = self.segments().await?;
        // The rarest token leads: a common one ("有限") would walk through every customer.
        let mut lead = None;
        for t in tokens {
            let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM (SELECT 1 FROM blind b WHERE b.object = ");
            sql.bind(p.object.name.as_str()).push(" AND b.field = ").bind(def.name.as_str());
            sql.push(&segments).push(" AND b.token = ").bind(token(t)).push(" LIMIT 5000) x");
            let rows = self.read(sql.finish()).await?;
            let n = rows.first().map(|r| r.int(0)).transpose().map_err(broken)?.unwrap_or(0);
            if lead.is_none_or(|(least, _)| n < least) {
                lead = Some((n, *t));
            }
            if n == 0 {
                return Ok(vec![]);
            }
        }
        let Some((_, lead)) = lead else { return Ok(vec![]) };
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&p.object));
        sql.push(" FROM blind b JOIN record r ON r.id = b.record LEFT JOIN data_key k ON k.customer = r.customer");
        sql.push(" WHERE b.object = ").bind(p.object.name.as_str()).push(" AND b.field = ").bind(def.name.as_str());
        sql.push(&segments);
        sql.push(" AND b.token = ").bind(token(&lead)).push(" AND r.object = ").bind(p.object.name.as_str());
        for other in tokens.iter().filter(|t| **t != lead) {
            sql.push(" AND EXISTS (SELECT 1 FROM blind o WHERE o.object = b.object AND o.field = b.field AND o.segment = b.segment AND o.record = b.record AND o.token = ");
            sql.bind(token(other)).push(")");
        }
        sql.and_filters(readable, &p.object, grant.now());
        narrow(&mut sql, p, q, grant.now());
        sql.push(" LIMIT ").bind(i64::try_from(MAX_CANDIDATES).unwrap_or(i64::MAX) + 1);
        let found = self.read(sql.finish()).await?;
        if found.len() > MAX_CANDIDATES {
            // Said plainly: an answer cut short would look like "there is no other".
            return Err(Refusal::invalid(
                "search",
                "search_too_broad",
                "too many records match; search for more of the name",
            ));
        }
        found.iter().map(|r| row::read(r, &p.object, self.seals()).map_err(broken)).collect()
    }

    /// The condition that names every segment of the blind index, so that each is looked into at the token's place. Rounded up,
    /// so that the statement stays the same for a while.
    async fn segments(&self) -> Result<String, Refusal> {
        if self.db.dialect() == Dialect::Postgres {
            return Ok(" AND b.segment = 0".to_owned());
        }
        let newest = self.read(Query::point("SELECT COALESCE(MAX(seq), 0) FROM record", vec![])).await?;
        let newest = newest.first().map(|r| r.int(0)).transpose().map_err(broken)?.unwrap_or(0);
        let last = (newest / SEGMENT) | 15;
        let all: Vec<String> = (0..=last).map(|n| n.to_string()).collect();
        Ok(format!(" AND b.segment IN ({})", all.join(", ")))
    }

    fn seal_cursor(&self, cursor: &Cursor) -> Result<String, Refusal> {
        let body = serde_json::to_vec(cursor).map_err(|_| Refusal::Damaged)?;
        let mac = self.gate.mac("cursor", &body).map_err(|_| Refusal::Damaged)?;
        let short = mac.get(..16).unwrap_or_default();
        Ok(BASE64_URL_SAFE_NO_PAD.encode([short, &body].concat()))
    }

    fn open_cursor(&self, text: &str, fingerprint: &str) -> Result<Cursor, Refusal> {
        let bad =
            || Refusal::invalid("cursor", "bad_cursor", "this cursor is not one of this list; begin again without it");
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| bad())?;
        let (mac, body) = bytes.split_at_checked(16).ok_or_else(bad)?;
        let expected = self.gate.mac("cursor", body).map_err(|_| Refusal::Damaged)?;
        if !bool::from(subtle::ConstantTimeEq::ct_eq(expected.get(..16).unwrap_or_default(), mac)) {
            return Err(bad());
        }
        let cursor: Cursor = serde_json::from_slice(body).map_err(|_| bad())?;
        if cursor.q == fingerprint { Ok(cursor) } else { Err(bad()) }
    }
}

fn fingerprint<O: OnRecords>(grant: &Grant<O>, q: &ListRecords) -> String {
    let question = ListRecords { cursor: None, limit: 0, fields: None, ..q.clone() };
    let text = serde_json::json!({ "user": grant.caller().user, "for": grant.caller().on_behalf_of, "q": question });
    let hash = Sha256::digest(text.to_string().as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(hash.get(..12).unwrap_or_default())
}

fn prepare<O: OnRecords>(grant: &Grant<O>, q: &ListRecords) -> Result<Prepared, Refusal> {
    let object = grant.object_type()?.clone();
    if !(1..=MAX_PAGE).contains(&q.limit) {
        return Err(Refusal::invalid("limit", "invalid_value", format!("a page has 1 to {MAX_PAGE} rows")));
    }
    let mut filters: Vec<BoundFilter> = grant.filters().into_iter().cloned().collect();
    for name in q.fields.iter().flatten() {
        known_field(grant, &object, name.as_str(), FieldLevel::Masked)?;
    }
    let condition = match &q.filter {
        None => None,
        Some(c) => {
            for name in c.fields() {
                if !matches!(name, "owner" | "department" | "pool" | "created_at" | "updated_at") {
                    known_field(grant, &object, name, FieldLevel::ReadOnly)?;
                    filters.extend(grant.field_filters(name, FieldLevel::ReadOnly));
                }
            }
            Some(predicate_of(c, &object).map_err(|e| Refusal::invalid("filter", "not_filterable", e.to_string()))?)
        }
    };
    Ok(Prepared { object, filters, condition })
}

/// A field that the caller can have at this level on some record; any other is answered like one that does not exist.
fn known_field<'a, O: OnRecords>(
    grant: &Grant<O>,
    object: &'a ObjectType,
    name: &str,
    level: FieldLevel,
) -> Result<&'a FieldDef, Refusal> {
    let shown: String = name.chars().take(64).collect();
    object
        .field(name)
        .filter(|f| !grant.field_filters(f.name.as_str(), level).iter().any(BoundFilter::is_never))
        .ok_or_else(|| Refusal::invalid(&shown, "unknown_field", "there is no such field"))
}

fn narrow(sql: &mut Sql, p: &Prepared, q: &ListRecords, now: model::UnixMs) {
    sql.and_filters(&p.filters, &p.object, now);
    if let Some(condition) = &p.condition {
        sql.push(" AND ");
        sql.predicate(condition, &p.object, now);
    }
    if let Some(customer) = q.customer {
        sql.push(" AND r.customer = ").bind(customer);
    }
}

/// The order of a list: a key that is never NULL, then the id.
struct Order {
    column: String,
    kind: ColumnKind,
    /// Rows where the caller may read the sort field; `None` when that is every row.
    readable: Option<Vec<BoundFilter>>,
    nullable: bool,
    direction: Direction,
}

impl Order {
    fn of<O: OnRecords>(grant: &Grant<O>, object: &ObjectType, sort: Option<&Sort>) -> Result<Self, Refusal> {
        let newest = Sort { by: "updated_at".into(), direction: Direction::Desc };
        let sort = sort.unwrap_or(&newest);
        if matches!(sort.by.as_str(), "updated_at" | "created_at") {
            return Ok(Self {
                column: format!("r.{}", sort.by),
                kind: ColumnKind::Number,
                readable: None,
                nullable: false,
                direction: sort.direction,
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
        let every = readable.iter().all(BoundFilter::is_always);
        Ok(Self {
            column: format!("r.{}", slot.column()),
            kind: slot.kind,
            readable: (!every).then_some(readable),
            nullable: true,
            direction: sort.direction,
        })
    }

    fn key(&self, sql: &mut Sql, object: &ObjectType, now: model::UnixMs) {
        if !self.nullable {
            sql.push(&self.column);
            return;
        }
        sql.push("COALESCE(");
        match &self.readable {
            None => {
                sql.push(&self.column);
            }
            Some(filters) => {
                sql.push("CASE WHEN TRUE");
                sql.and_filters(filters, object, now);
                sql.push(" THEN ").push(&self.column).push(" END");
            }
        }
        sql.push(match self.kind {
            ColumnKind::Number => ", -9223372036854775807)",
            ColumnKind::Text => ", '')",
        });
    }

    fn after(&self, sql: &mut Sql, object: &ObjectType, now: model::UnixMs, cursor: &Cursor) {
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
        self.key(sql, object, now);
        sql.push(" ").push(sign).push("= ");
        bind(sql);
        sql.push(" AND (");
        self.key(sql, object, now);
        sql.push(" ").push(sign).push(" ");
        bind(sql);
        sql.push(" OR r.id ").push(sign).push(" ").bind(cursor.id).push("))");
    }

    fn by(&self, sql: &mut Sql, object: &ObjectType, now: model::UnixMs) {
        let direction = if self.direction == Direction::Asc { " ASC" } else { " DESC" };
        sql.push(" ORDER BY ");
        self.key(sql, object, now);
        sql.push(direction).push(", r.id").push(direction);
    }
}
