//! Lists: filter, search, sort, pages. Each row shown is a disclosure.
//!
//! The side doors: a filter or search by a field reaches only rows where the caller may read that field; a sort by a field
//! takes rows where they may not as having no value; a count counts what a list would show; a cursor is good for the same
//! caller and question only, and the next page is decided anew.

use access::engine::{BoundFilter, Predicate, predicate_of};
use access::path::{Disclosed, Grant, OnRecords, Operation, Refusal, Sealed};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::{Action, Condition, FieldDef, FieldLevel, FieldName, ObjectName, ObjectType, RecordId, StoredRow, UnixMs};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::arms;
use super::fetch::broken;
use super::order::Order;
use crate::sql::Sql;
use crate::{Store, row};

/// Most rows of a page.
pub const MAX_PAGE: u32 = 500;

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
    /// One to three keys, the first before the others; `None` for those changed last.
    pub sort: Option<Vec<Sort>>,
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
        "exact": q.search.as_deref().is_some_and(is_exact),
        "sort": q.sort,
        "of_customer": q.customer,
        "page": q.cursor.is_some(),
        "limit": q.limit,
    })
}

/// Whether a searched text is one number or address: who knows it looks for somebody, not for something.
fn is_exact(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let number = digits >= 7 && text.chars().all(|c| c.is_ascii_alphanumeric() || " +-()".contains(c));
    number || (text.contains('@') && text.contains('.') && !text.contains(char::is_whitespace))
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
pub(super) struct Cursor {
    /// The last row's sort keys.
    pub k: Vec<Key>,
    pub id: RecordId,
    /// Hash of the question and the caller.
    q: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Key {
    Int(i64),
    Text(String),
}

/// A question made ready: everything that the filters and the caller's rights demand.
pub(super) struct Prepared {
    pub object: std::sync::Arc<ObjectType>,
    pub filters: Vec<BoundFilter>,
    pub condition: Option<access::engine::Predicate>,
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
        match self.count_of(&grant, &grant.operation().0).await {
            Ok(n) => grant.answer(n).await,
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    /// How many rows a list of the grant's operation has.
    pub(crate) async fn count_of<O: OnRecords>(&self, grant: &Grant<O>, q: &ListRecords) -> Result<u64, Refusal> {
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
        let order = Order::of(grant, &p.object, q.sort.as_deref())?;
        let fingerprint = fingerprint(grant, q);
        let after = match &q.cursor {
            Some(text) => Some(
                self.open_cursor(text, &fingerprint)
                    .and_then(|c| if order.fits(&c) { Ok(c) } else { Err(bad_cursor()) })?,
            ),
            None => None,
        };
        let ask = Asked { p: &p, q, order: &order, after: after.as_ref(), now: grant.now() };
        let sql = arms::of(&p, q, &order, grant.engine().directory())
            .and_then(|arms| arms::merged(self.db.dialect(), &ask, &arms))
            .unwrap_or_else(|| one_by_one(self.db.dialect(), &ask));
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
                let k = order.keys_of(last)?;
                Some(self.seal_cursor(&Cursor { k, id: stored.id, q: fingerprint })?)
            }
            _ => None,
        };
        self.add_members(&mut rows, grant.now()).await?;
        Ok((rows, next))
    }

    /// The next rows of a question in the order of their ids, of those that were there at a moment: for what is done to each once.
    pub(crate) async fn walk<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        q: &ListRecords,
        (after, there_at): (Option<RecordId>, UnixMs),
    ) -> Result<Vec<StoredRow>, Refusal> {
        let p = prepare(grant, q)?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(&p.object)).push(row::FROM).push(" WHERE r.object = ").bind(p.object.name.as_str());
        narrow(&mut sql, &p, q, grant.now());
        sql.push(" AND r.created_at <= ").bind(there_at);
        if let Some(after) = after {
            sql.push(" AND r.id > ").bind(after);
        }
        sql.push(" ORDER BY r.id LIMIT ").bind(i64::from(q.limit));
        let mut rows = vec![];
        for found in &self.read(sql.finish()).await? {
            rows.push(row::read(found, &p.object, self.seals()).map_err(broken)?);
        }
        self.add_members(&mut rows, grant.now()).await?;
        Ok(rows)
    }

    fn seal_cursor(&self, cursor: &Cursor) -> Result<String, Refusal> {
        let body = serde_json::to_vec(cursor).map_err(|_| Refusal::Damaged)?;
        let mac = self.gate.mac("cursor", &body).map_err(|_| Refusal::Damaged)?;
        let short = mac.get(..16).unwrap_or_default();
        Ok(BASE64_URL_SAFE_NO_PAD.encode([short, &body].concat()))
    }

    fn open_cursor(&self, text: &str, fingerprint: &str) -> Result<Cursor, Refusal> {
        let bad = bad_cursor;
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

fn bad_cursor() -> Refusal {
    Refusal::invalid("cursor", "bad_cursor", "this cursor is not one of this list; begin again without it")
}

/// A page as it is asked of the database.
pub(super) struct Asked<'a> {
    pub p: &'a Prepared,
    pub q: &'a ListRecords,
    pub order: &'a Order,
    pub after: Option<&'a Cursor>,
    pub now: model::UnixMs,
}

impl Asked<'_> {
    /// One more than are shown tells whether there is a next page.
    pub fn limit(&self) -> i64 {
        i64::from(self.q.limit) + 1
    }
}

/// All rows of the object, each asked whether it is within reach.
fn one_by_one(dialect: crate::Dialect, ask: &Asked<'_>) -> Sql {
    let (object, order, now) = (&ask.p.object, ask.order, ask.now);
    let readable = order.readable(Predicate::clone);
    let mut sql = Sql::new(dialect, "SELECT ");
    sql.push(&row::select(object)).push(", ");
    order.select(&mut sql, object, now, &readable);
    sql.push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
    narrow(&mut sql, ask.p, ask.q, now);
    if let Some(after) = ask.after {
        order.after(&mut sql, object, now, &readable, after);
    }
    sql.push(" ORDER BY ");
    order.order_by_values(&mut sql, object, now, &readable);
    sql.push(" LIMIT ").bind(ask.limit());
    sql
}

fn fingerprint<O: OnRecords>(grant: &Grant<O>, q: &ListRecords) -> String {
    let question = ListRecords { cursor: None, limit: 0, fields: None, ..q.clone() };
    let text = serde_json::json!({ "user": grant.caller().user, "for": grant.caller().on_behalf_of, "q": question });
    let hash = Sha256::digest(text.to_string().as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(hash.get(..12).unwrap_or_default())
}

pub(super) fn prepare<O: OnRecords>(grant: &Grant<O>, q: &ListRecords) -> Result<Prepared, Refusal> {
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
pub(super) fn known_field<'a, O: OnRecords>(
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

pub(super) fn narrow(sql: &mut Sql, p: &Prepared, q: &ListRecords, now: model::UnixMs) {
    sql.and_filters(&p.filters, &p.object, now);
    if let Some(condition) = &p.condition {
        sql.push(" AND ");
        sql.predicate(condition, &p.object, now);
    }
    if let Some(customer) = q.customer {
        sql.push(" AND r.customer = ").bind(customer);
    }
}
