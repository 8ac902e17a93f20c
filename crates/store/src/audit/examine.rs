//! Holds an event's rows against its leaf: columns, sealed body and touches must be what was committed to.

use std::collections::{HashMap, HashSet};

use access::path::{Body, ItemSalts, Recorder, Refusal, item_of};
use ledger::{Group, Hash, Leaf, commit, object_root};
use model::{RecordId, UnixMs};
use serde::Serialize;
use vault::{VaultError, WrappedKey};

use super::line::{ERASED, EVENT, EVENT_COLUMNS, EventRow, TOUCH, TouchRow};
use crate::Store;
use crate::database::Query;
use crate::records::broken;
use crate::sql::Sql;

/// What is not as it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "part", content = "n")]
pub enum Alteration {
    /// There is a leaf and no row beside it.
    RowMissing,
    /// There is a row and no leaf, or something else in its place.
    Leaf,
    /// The row carries another event's id.
    EventId,
    /// Operation or decision differ from the leaf's.
    Operation,
    /// The row says a later time than the leaf.
    Time,
    /// The body or its key is gone, and no retention says so.
    BodyMissing,
    /// The body does not open: its bytes were changed, or it is another event's.
    Body,
    /// The columns beside the body say something else than it does.
    Columns,
    /// The leaf commits to another account of what was done.
    Meta,
    /// The leaf commits to another actor.
    Actor,
    /// Touches are missing or added.
    TouchCount,
    /// The touches together are not those the leaf commits to.
    Touches,
    /// This touch names another record, customer or disclosure than was committed to.
    Touch(i64),
    /// This touch is marked as erased, and no erasure stands in the log.
    NoErasure(i64),
}

/// An event's rows.
pub(crate) struct Loaded {
    pub(crate) row: EventRow,
    pub(crate) leaf: Option<Vec<u8>>,
    pub(crate) touches: Vec<TouchRow>,
}

/// What an examination may look at besides the rows.
pub(crate) struct Known<'a> {
    pub(crate) recorder: &'a Recorder,
    /// Events before this moment may lack body and touches: the newest retention on record.
    pub(crate) retained_before: UnixMs,
    /// Positions of erasures by customer.
    pub(crate) erasures: HashMap<RecordId, i64>,
    /// Salts of customers whose keyed touches are to be checked.
    pub(crate) salts: HashMap<RecordId, ItemSalts<'a>>,
    /// Those among them that never had a key: nothing can have been salted by it.
    pub(crate) keyless: HashSet<RecordId>,
}

/// What an examination gives.
pub(crate) struct Examined {
    pub(crate) leaf: Option<Leaf>,
    /// Only if it is what was recorded.
    pub(crate) body: Option<Body>,
    /// Commitments of all touches, in order; empty where they are not what the leaf commits to.
    pub(crate) commitments: Vec<Hash>,
    pub(crate) alterations: Vec<Alteration>,
}

impl Known<'_> {
    pub(crate) fn examine(&self, event: &Loaded) -> Examined {
        let row = &event.row;
        let leaf = event.leaf.as_deref().and_then(|bytes| Leaf::decode(bytes).ok());
        let mut found = Vec::new();
        let Some(leaf) = leaf else {
            found.push(Alteration::Leaf);
            return Examined { leaf: None, body: None, commitments: vec![], alterations: found };
        };
        if leaf.event_id != *row.id.as_bytes() {
            found.push(Alteration::EventId);
        }
        if i64::from(leaf.action) != row.action || i64::from(leaf.decision.code()) != row.decision {
            found.push(Alteration::Operation);
        }
        if u64::try_from(row.at.0).is_ok_and(|at| at > leaf.time_ms) {
            found.push(Alteration::Time);
        }
        let body = self.body(row, &leaf, &mut found);
        let commitments = self.touches(event, &leaf, &mut found);
        Examined { leaf: Some(leaf), body, commitments, alterations: found }
    }

    /// Whether a retention took the body: it is gone, or its key is.
    pub(crate) fn dropped(&self, row: &EventRow) -> bool {
        row.at < self.retained_before && !self.recorder.has_key(row.body.as_deref())
    }

    fn body(&self, row: &EventRow, leaf: &Leaf, found: &mut Vec<Alteration>) -> Option<Body> {
        let Some(sealed) = &row.body else {
            if !self.dropped(row) {
                found.push(Alteration::BodyMissing);
            }
            return None;
        };
        let body = match self.recorder.open_body(row.id, sealed) {
            Ok(body) => body,
            Err(_) if self.dropped(row) => return None,
            Err(VaultError::Dropped) => {
                found.push(Alteration::BodyMissing);
                return None;
            }
            Err(_) => {
                found.push(Alteration::Body);
                return None;
            }
        };
        if !row.agrees(&body) {
            found.push(Alteration::Columns);
        }
        let (meta, actor) = self.recorder.salts(row.id);
        let committed = found.len();
        if commit(Group::Meta, &meta, &body.meta) != Ok(leaf.c_meta) {
            found.push(Alteration::Meta);
        }
        if commit(Group::Actor, &actor, &body.actor) != Ok(leaf.c_actor) {
            found.push(Alteration::Actor);
        }
        // Columns may lie while the body still is what was recorded.
        (found.len() == committed).then_some(body)
    }

    fn touches(&self, event: &Loaded, leaf: &Leaf, found: &mut Vec<Alteration>) -> Vec<Hash> {
        let row = &event.row;
        if event.touches.is_empty() && self.dropped(row) {
            return vec![];
        }
        let dense = (0..).zip(&event.touches).all(|(n, t)| t.n == n);
        if !dense || i64::try_from(event.touches.len()) != Ok(row.touches) {
            found.push(Alteration::TouchCount);
        }
        let commitments: Option<Vec<Hash>> =
            event.touches.iter().map(|t| Hash::try_from(t.commitment.as_slice()).ok()).collect();
        let commitments = commitments.filter(|c| object_root(c) == leaf.c_object);
        if commitments.is_none() {
            found.push(Alteration::Touches);
        }
        for touch in &event.touches {
            if let Some(fault) = self.touch(row, touch) {
                found.push(fault);
            }
        }
        commitments.unwrap_or_default()
    }

    fn touch(&self, row: &EventRow, touch: &TouchRow) -> Option<Alteration> {
        if touch.keyed == ERASED {
            let erased = self.erasures.get(&touch.customer).is_some_and(|seq| *seq > row.seq);
            return (!erased).then_some(Alteration::NoErasure(touch.n));
        }
        let keyed = touch.keyed != 0;
        // Without the customer's key at hand a keyed touch is held to its commitment's place in the leaf alone.
        if keyed && self.keyless.contains(&touch.customer) {
            return Some(Alteration::Touch(touch.n));
        }
        let salts = match self.salts.get(&touch.customer) {
            None if keyed => return None,
            Some(salts) => salts.salt(keyed, row.id, number(touch.n)),
            None => self.unkeyed(row, touch),
        }?;
        let item = self.item(row, touch);
        let same = commit(Group::Object, &salts, &item).is_ok_and(|c| c.as_slice() == touch.commitment);
        (!same).then_some(Alteration::Touch(touch.n))
    }

    fn unkeyed(&self, row: &EventRow, touch: &TouchRow) -> Option<[u8; 32]> {
        self.recorder.item_salts(touch.customer, None).ok()?.salt(false, row.id, number(touch.n))
    }

    /// The salt of a touch, if it can still be had.
    pub(crate) fn salt(&self, row: &EventRow, touch: &TouchRow) -> Option<[u8; 32]> {
        match (self.salts.get(&touch.customer), touch.keyed) {
            (_, ERASED) => None,
            (_, 0) => self.unkeyed(row, touch),
            (Some(salts), _) => salts.salt(true, row.id, number(touch.n)),
            (None, _) => None,
        }
    }

    pub(crate) fn item(&self, row: &EventRow, touch: &TouchRow) -> serde_json::Value {
        let disclosure = u16::try_from(touch.disclosure).unwrap_or(u16::MAX);
        item_of(row.object.as_deref(), touch.record, touch.customer, disclosure)
    }
}

fn number(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Store {
    /// The rows of events by position, in ascending order; what has no row is not among them.
    pub(crate) async fn load_events(&self, seqs: &[i64]) -> Result<Vec<Loaded>, Refusal> {
        let dialect = self.db.dialect();
        let mut out: Vec<Loaded> = Vec::with_capacity(seqs.len());
        for part in seqs.chunks(200) {
            let mut sql = Sql::new(dialect, "SELECT ");
            sql.push(EVENT).push(", l.leaf FROM event e LEFT JOIN ledger_leaf l ON l.idx = e.seq WHERE e.seq IN ");
            sql.bind_list(part.iter().copied()).push(" ORDER BY e.seq");
            let first = out.len();
            for row in self.read(sql.finish()).await? {
                let leaf = row.opt_bytes(EVENT_COLUMNS).map_err(broken)?.map(<[u8]>::to_vec);
                out.push(Loaded { row: EventRow::read(&row).map_err(broken)?, leaf, touches: vec![] });
            }
            let mut sql = Sql::new(dialect, "SELECT t.seq, ");
            sql.push(TOUCH).push(" FROM touch t WHERE t.seq IN ").bind_list(part.iter().copied());
            sql.push(" ORDER BY t.seq, t.n");
            let mut events = out.iter_mut().skip(first).peekable();
            for row in self.read(sql.finish()).await? {
                let seq = row.int(0).map_err(broken)?;
                while events.next_if(|event| event.row.seq < seq).is_some() {}
                let touch = TouchRow::read(&row, 1).map_err(broken)?;
                if let Some(event) = events.peek_mut().filter(|event| event.row.seq == seq) {
                    event.touches.push(touch);
                }
            }
        }
        Ok(out)
    }

    /// What is needed to examine the events: retentions, erasures of the customers in them, and the keys of `keyed`.
    pub(crate) async fn known(&self, events: &[Loaded], keyed: &[RecordId]) -> Result<Known<'_>, Refusal> {
        let recorder = self.gate().recorder();
        let mut erased: Vec<RecordId> =
            events.iter().flat_map(|e| &e.touches).filter(|t| t.keyed == ERASED).map(|t| t.customer).collect();
        erased.extend_from_slice(keyed);
        erased.sort();
        erased.dedup();
        let mut erasures = HashMap::new();
        for part in erased.chunks(500) {
            // From the few erasures to their touches. The number is written out, so that SQLite finds its partial index.
            let mut sql = Sql::new(self.db.dialect(), "SELECT t.customer, MIN(e.seq) FROM ");
            sql.push("event e CROSS JOIN touch t WHERE e.action = 14 AND t.seq = e.seq AND t.keyed = 0");
            sql.push(" AND e.decision = ").bind(i64::from(model::Decision::Allowed.code()));
            sql.push(" AND t.customer IN ").bind_list(part.iter().copied()).push(" GROUP BY t.customer");
            for row in self.read(sql.finish()).await? {
                erasures.insert(row.record(0).map_err(broken)?, row.int(1).map_err(broken)?);
            }
        }
        let mut salts = HashMap::new();
        for part in keyed.chunks(500) {
            let mut sql =
                Sql::new(self.db.dialect(), "SELECT customer, kek_version, wrapped FROM data_key WHERE customer IN ");
            sql.bind_list(part.iter().copied());
            for row in self.read(sql.finish()).await? {
                let customer = row.record(0).map_err(broken)?;
                let wrapped = match (row.opt_int(1).map_err(broken)?, row.opt_bytes(2).map_err(broken)?) {
                    (Some(version), Some(bytes)) => {
                        Some(WrappedKey { kek_version: u32::try_from(version).unwrap_or(0), bytes: bytes.to_vec() })
                    }
                    _ => None,
                };
                let opened = recorder.item_salts(customer, wrapped.as_ref());
                salts.insert(customer, opened.map_err(|_| Refusal::Damaged)?);
            }
        }
        let keyless = keyed.iter().filter(|c| !salts.contains_key(*c)).copied().collect();
        let retained_before = self.retained_before().await?;
        Ok(Known { recorder, retained_before, erasures, salts, keyless })
    }

    /// Up to when bodies may be missing: the newest retention on record whose body is what was recorded.
    pub(crate) async fn retained_before(&self) -> Result<UnixMs, Refusal> {
        // Written out, so that both databases find their partial index over these few rows.
        let sql = "SELECT e.id, e.body FROM event e WHERE e.action = 114 ORDER BY e.seq DESC LIMIT 50";
        let mut newest = UnixMs(i64::MIN);
        for row in self.read(Query::new(sql, vec![])).await? {
            let (id, body) = (row.event(0).map_err(broken)?, row.opt_bytes(1).map_err(broken)?);
            let Some(body) = body.and_then(|b| self.gate().recorder().open_body(id, b).ok()) else { continue };
            let allowed = body.meta.get("decision").is_some_and(|d| d == "allowed");
            let before = body.actor.get("detail").and_then(|d| d.get("before")).and_then(serde_json::Value::as_i64);
            if let Some(before) = before.filter(|_| allowed) {
                newest = newest.max(UnixMs(before));
            }
        }
        Ok(newest)
    }
}
