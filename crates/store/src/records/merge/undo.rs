//! Taking a merge back 撤销合并: the records that were merged away come back with what hung on them, and the one that stayed gets
//! back what the merge had taken from it.
//!
//! Rule: who may merge each of the records may take it apart, for [`UNDO_DAYS`] days; having merged them gives no right of its own.
//! What was changed since stays as it is: a field that has another value than the merge gave it, a record that hangs on something
//! else by now, a share that was ended. What came since is the survivor's. Merges are taken back in the reverse of their order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Param, Parting, Refusal, Sealed, Write};
use model::approval::Wanted;
use model::record::{Grantee, Members};
use model::{
    Action, FieldLevel, FieldName, ObjectName, ObjectType, RecordId, StoredRow, UnixMs, UserId, UserStatus, Value,
};
use serde_json::json;

use super::keep::{Kept, KeptShare, UNDO_DAYS, merge_name};
use crate::attachments::StoredFile;
use crate::comments::Comment;
use crate::company::barred;
use crate::hold::check_reason;
use crate::proof::tables::{ATTACHMENT, COMMENT, IMPORTED, MEMBER, MERGE_KEPT, PARTED};
use crate::records::{broken, statements};
use crate::requests::Request;
use crate::sql::Sql;
use crate::{Query, Row, Store, row};

/// Rows of each kind that come back with one undo: what a merge takes along, and what came to it since.
const MOST: usize = 1000;

/// Look at what taking a merge back would do.
pub struct CompareUndo {
    pub object: ObjectName,
    /// The record that stayed.
    pub into: RecordId,
    /// The version that the merge gave it.
    pub merge: i64,
}

/// Take a merge back, if the record that stayed still has the version that the caller saw.
pub struct UndoMerge {
    pub object: ObjectName,
    pub into: RecordId,
    pub merge: i64,
    pub version: i64,
    pub reason: String,
}

impl Operation for CompareUndo {
    const ACTION: Action = Action::View;
}
impl OnRecords for CompareUndo {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.into)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "merge.undo.compare", "merge": self.merge })
    }
}
impl Operation for UndoMerge {
    const ACTION: Action = Action::Merge;
}
impl OnRecords for UndoMerge {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.into)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "merge.undo", "into": self.into, "merge": self.merge, "reason": self.reason })
    }
    /// A reason that was refused may be anything.
    fn refused_detail(&self) -> serde_json::Value {
        json!({ "act": "merge.undo", "merge": self.merge })
    }
}

/// What taking a merge back would do.
pub struct ComparedUndo {
    /// The record that stayed as it is, then the others as they come back.
    pub sealed: Sealed<CompareUndo>,
    pub at: UnixMs,
    pub by: UserId,
    pub by_name: String,
    /// Until when it can be taken back.
    pub until: UnixMs,
    /// Fields of the record that stayed that get back what they were, of those that the caller sees.
    pub back: Vec<FieldName>,
    /// Those that were changed since, and stay.
    pub stays: Vec<FieldName>,
    /// Records of each type that go back, of those that the caller may list.
    pub along: BTreeMap<ObjectName, u64>,
}

/// What was taken back.
pub struct UndoneMerge {
    pub into: RecordId,
    pub version: i64,
    pub records: Vec<RecordId>,
    pub back: Vec<FieldName>,
    pub stays: Vec<FieldName>,
}

/// A record that came along with the merge and goes back.
struct Returns {
    object: Arc<ObjectType>,
    row: StoredRow,
    /// Whose it is again, by its place among the others.
    home: Option<usize>,
    /// References that point at one of the others again.
    points: Vec<(FieldName, RecordId)>,
}

/// Everything as it is to be again.
struct Before {
    at: UnixMs,
    by: UserId,
    rows: usize,
    others: Vec<StoredRow>,
    parting: Parting,
    returns: Vec<Returns>,
    /// For each of the others: shares, with the row that is there if it was not ended.
    shares: Vec<(usize, KeptShare, Option<Row>)>,
    requests: Vec<(usize, Request)>,
    /// Outside keys, with whose they are again.
    imported: Vec<(usize, Row)>,
    /// Whether the record that stayed has outside keys of its own.
    own_keys: bool,
    comments: Vec<(usize, Comment)>,
    files: Vec<(usize, StoredFile)>,
}

impl Store {
    /// What taking a merge back would do: a look at each of the records.
    ///
    /// # Errors
    /// As [`Store::undo_merge`]; recorded.
    pub async fn compare_undo(&self, grant: Grant<CompareUndo>) -> Result<ComparedUndo, Refusal> {
        let (grant, row) = self.reached(grant).await?;
        let grant = grant.permit(&row).await?;
        let found = async {
            let object = grant.object_type()?.clone();
            grant.right_on(Action::Merge, &object.name, &row)?;
            let before = self.before(&grant, &object, &row, grant.operation().merge).await?;
            for other in &before.others {
                if !grant.filters().iter().all(|f| f.allows(other)) {
                    return Err(Refusal::NotFound);
                }
                grant.right_on(Action::Merge, &object.name, other)?;
            }
            let mut along: BTreeMap<ObjectName, u64> = BTreeMap::new();
            for returns in &before.returns {
                let mut rows = vec![returns.row.clone()];
                self.add_members(&mut rows, grant.now()).await?;
                let filters = grant.filters_for(Action::List, &returns.object.name);
                if rows.iter().all(|row| filters.iter().all(|f| f.allows(row))) {
                    *along.entry(returns.object.name.clone()).or_insert(0) += 1;
                }
            }
            Ok((object, before, along))
        };
        let (object, before, along) = match found.await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (back, stays) = visible(&grant, &object, &row, &before.parting);
        let by_name = crate::audit::name_of(grant.engine().directory(), before.by);
        let rows = std::iter::once(row).chain(before.others).collect();
        let until = before.at.plus_days(UNDO_DAYS);
        Ok(ComparedUndo { sealed: grant.seal(rows), at: before.at, by: before.by, by_name, until, back, stays, along })
    }

    /// Takes a merge back.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `merge_undo_over`, `merge_undone`, `merged_since`, `merged`, `merge_erased`, `legal_hold`,
    /// `approval_waits`, `merge_too_large` or `definition_changed`; [`Refusal::NotFound`] and [`Refusal::ForbiddenOnRecord`] for any
    /// of the records; [`Refusal::Taken`] when a value that no two may have was given to another since; [`Refusal::Conflict`]. All
    /// recorded; nothing was changed.
    pub async fn undo_merge(&self, grant: Grant<UndoMerge>) -> Result<Disclosed<UndoneMerge>, Refusal> {
        if let Err(refusal) = check_reason(&grant.operation().reason) {
            return Err(grant.refuse(refusal).await);
        }
        let (grant, row) = self.reached(grant).await?;
        let mut grant = grant.permit(&row).await?;
        let found = async {
            let object = grant.object_type()?.clone();
            let before = self.before(&grant, &object, &row, grant.operation().merge).await?;
            Ok((object, before))
        };
        let (object, before) = match found.await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        for other in &before.others {
            grant = grant.permit(other).await?;
        }
        let (back, stays) = visible(&grant, &object, &row, &before.parting);
        let (at, seen, merge) = (grant.now(), grant.operation().version, grant.operation().merge);
        let Before { at: merged_at, rows, others, parting, returns, shares, requests, imported, own_keys, .. } = before;
        let mut write = grant.unblend(&row, &others, parting).await?;
        let from: Vec<RecordId> = others.iter().map(|o| o.id).collect();
        write.tells("from", json!(from));
        write.tells("merged_at", json!(merged_at));
        let made = || {
            let mut changes = vec![statements::unless_seen(&row, seen)];
            let gone = "DELETE FROM merge_kept WHERE survivor = ?1 AND version = ?2";
            let gone = Change::new(gone, vec![row.id.into(), merge.into()]);
            changes.push(gone.expecting(u64::try_from(rows).unwrap_or(0)));
            // First, so that it gives up a value that no two may have.
            changes.extend(statements::update(&object, &row, &write.places, at));
            for other in &others {
                let became = "DELETE FROM merged WHERE record = ?1 AND survivor = ?2";
                changes.push(Change::new(became, vec![other.id.into(), row.id.into()]).expecting(1));
                changes.push(self.part(other.id, &object.name, (row.id, merge), (merged_at, at)));
                let index = self.gate().recorder().index_of(&object, other).map_err(|error| {
                    tracing::error!(%error, "a merged record does not open");
                    Refusal::Damaged
                })?;
                changes.extend(statements::restore(&object, other, index, self.seals()));
            }
            Ok::<_, Refusal>(changes)
        };
        let made = made();
        let mut changes = match made {
            Ok(changes) => changes,
            Err(refusal) => return Err(write.refuse(refusal).await),
        };
        let hung =
            Hung { returns, shares, requests, imported, own_keys, comments: before.comments, files: before.files };
        match self.hang_back(&mut write, hung, (&row, &others), at) {
            Ok(more) => changes.extend(more),
            Err(refusal) => return Err(write.refuse(refusal).await),
        }
        let version = row.version.saturating_add(1);
        let done = write.commit(changes).await?;
        Ok(done.map(|into| UndoneMerge { into, version, records: from, back, stays }))
    }

    /// The record that stayed, as [`Store::fetch_for_act`]; one that became another by now is answered by that.
    async fn reached<O: OnRecords>(&self, grant: Grant<O>) -> Result<(Grant<O>, StoredRow), Refusal> {
        let found = async {
            let (object, id) = (grant.object_type()?.clone(), grant.operation().record().ok_or(Refusal::NotFound)?);
            let act: Vec<_> = grant.filters().into_iter().cloned().collect();
            for filters in [act, grant.filters_for(Action::View, &object.name)] {
                if let Some(row) = self.fetch(&object, id, &filters, grant.now()).await? {
                    return Ok(row);
                }
            }
            Err(self.not_there(&grant, &object, id).await)
        };
        match found.await {
            Ok(row) => Ok((grant, row)),
            Err(refusal) => Err(grant.refuse(refusal).await),
        }
    }

    async fn before<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        row: &StoredRow,
        merge: i64,
    ) -> Result<Before, Refusal> {
        let now = grant.now();
        let kept = self.kept_of(row.id, merge).await?;
        let first = kept.first().map(|kept| Ok((kept.time(5)?, kept.user(6)?))).transpose().map_err(broken)?;
        let Some((at, by)) = first.filter(|(at, _)| now < at.plus_days(UNDO_DAYS)) else {
            let parted = PARTED.select("survivor = ?1 AND version = ?2");
            let parted = self.read(Query::new(parted, vec![row.id.into(), merge.into()])).await?;
            return Err(if parted.is_empty() {
                let days = format!("there is no such merge, or it was more than {UNDO_DAYS} days ago");
                barred("merge_undo_over", days)
            } else {
                barred("merge_undone", "this merge was taken back already")
            });
        };
        let since = "SELECT COUNT(*) FROM merged WHERE survivor = ?1 AND merged_at > ?2";
        let since = self.read(Query::new(since, vec![row.id.into(), at.into()])).await?;
        let later = since.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)? > 0;
        let mut others = vec![];
        let mut bodies = vec![];
        let mut parting = None;
        let name = merge_name(row.id, merge);
        for one in &kept {
            let (record, customer) = (one.record(2).map_err(broken)?, one.record(4).map_err(broken)?);
            let body = one.bytes(7).map_err(broken)?;
            // Its customer was merged in between, and the key is another.
            if later || (customer != record && customer != row.customer) {
                return Err(barred("merged_since", "a later merge must be taken back first"));
            }
            if record == row.id {
                parting = Some(grant.parting(row, &name, body, row.version == merge)?);
                continue;
            }
            let key = if customer == row.customer { row.key.clone() } else { self.key_of_customer(customer).await? };
            let Some(key) = key else {
                return Err(barred("merge_erased", "one of them was erased"));
            };
            let plain = grant.open_kept((record, customer), &key, &name, body)?;
            let body: Kept = serde_json::from_slice(&plain).map_err(|_| Refusal::Damaged)?;
            others.push(restored(grant, object, row, (record, customer, key), &body)?);
            bodies.push(body);
        }
        let parting = parting.ok_or(Refusal::Damaged)?;
        for customer in std::iter::once(row.customer).chain(others.iter().map(|o| o.customer)) {
            if self.is_held(customer).await? {
                return Err(barred("legal_hold", "a legal hold stands on the data of one of them"));
            }
        }
        self.unless_waiting(object, row, now).await?;
        let returns = self.returning_followers(grant, row, &others, &bodies).await?;
        let shares = self.returning_shares(row, &mut bodies, now).await?;
        for (n, share, there) in &shares {
            // Judged as it will be.
            if let Some(other) = others.get_mut(*n)
                && (there.is_some() || share.ended)
            {
                add_member(&mut other.members, share);
            }
        }
        let requests = self.returning_requests(row, &bodies).await?;
        let (imported, own_keys) = self.returning_keys(object, row, &bodies).await?;
        let (comments, files) = self.returning_words(row, &bodies, &returns).await?;
        let rows = kept.len();
        Ok(Before { at, by, rows, others, parting, returns, shares, requests, imported, own_keys, comments, files })
    }

    async fn kept_of(&self, survivor: RecordId, merge: i64) -> Result<Vec<Row>, Refusal> {
        let sql = MERGE_KEPT.select("survivor = ?1 AND version = ?2 ORDER BY record");
        let rows = self.read(Query::new(sql, vec![survivor.into(), merge.into()])).await?;
        if rows.iter().any(|row| !MERGE_KEPT.is_sealed(self.seals(), row)) {
            tracing::error!("what a merge kept was altered beside the program");
            return Err(Refusal::Damaged);
        }
        Ok(rows)
    }

    async fn key_of_customer(&self, customer: RecordId) -> Result<Option<(u32, Vec<u8>)>, Refusal> {
        let sql = "SELECT kek_version, wrapped FROM data_key WHERE customer = ?1";
        let rows = self.read(Query::point(sql, vec![customer.into()])).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let (version, wrapped) = (row.opt_int(0).map_err(broken)?, row.opt_bytes(1).map_err(broken)?);
        Ok(version.zip(wrapped).map(|(v, bytes)| (u32::try_from(v).unwrap_or(0), bytes.to_vec())))
    }

    /// Records that came along and still hang on the one that stayed.
    async fn returning_followers<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        row: &StoredRow,
        others: &[StoredRow],
        bodies: &[Kept],
    ) -> Result<Vec<Returns>, Refusal> {
        let mut wanted: BTreeMap<ObjectName, Vec<RecordId>> = BTreeMap::new();
        for follower in bodies.iter().flat_map(|b| &b.followers) {
            wanted.entry(follower.object.clone()).or_default().push(follower.id);
        }
        let mut found = vec![];
        for (name, ids) in wanted {
            let Some(object) = grant.engine().compiled().object(&name).cloned() else { continue };
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(&object)).push(row::FROM).push(" WHERE r.object = ").bind(name.as_str());
            sql.push(" AND r.id IN ").bind_list(ids).push(" ORDER BY r.id");
            for stored in self.read(sql.finish()).await? {
                let follower = row::read(&stored, &object, self.seals()).map_err(broken)?;
                let mut returns = Returns { object: object.clone(), row: follower, home: None, points: vec![] };
                for (n, (other, body)) in others.iter().zip(bodies).enumerate() {
                    let Some(kept) = body.followers.iter().find(|f| f.id == returns.row.id) else { continue };
                    let still = |name: &&FieldName| {
                        object.field(name.as_str()).is_some_and(|f| f.slot.is_some())
                            && returns.row.clear.get(*name) == Some(&Value::Record(row.id))
                    };
                    let points: Vec<_> = kept.fields.iter().filter(still).map(|f| (f.clone(), other.id)).collect();
                    // Whose it is goes by one reference: if that says something else by now, it stays.
                    let moved_on = object
                        .customer_field
                        .as_ref()
                        .is_some_and(|name| kept.fields.contains(name) && !points.iter().any(|(have, _)| have == name));
                    if kept.belongs && returns.row.customer == row.id && !moved_on {
                        returns.home = Some(n);
                    }
                    returns.points.extend(points);
                }
                if returns.home.is_some() || !returns.points.is_empty() {
                    found.push(returns);
                }
            }
        }
        Ok(found)
    }

    async fn returning_shares(
        &self,
        row: &StoredRow,
        bodies: &mut [Kept],
        now: UnixMs,
    ) -> Result<Vec<(usize, KeptShare, Option<Row>)>, Refusal> {
        let there = self.rows_about(&MEMBER, &[row.id]).await?;
        let mut found = vec![];
        for (n, body) in bodies.iter_mut().enumerate() {
            for share in std::mem::take(&mut body.shares) {
                let is = there.iter().find(|row| row.id(0).is_ok_and(|id| id == share.id)).cloned();
                let lasts = share.expires_at.is_none_or(|at| at > now);
                if is.is_some() || (share.ended && lasts) {
                    found.push((n, share, is));
                }
            }
        }
        Ok(found)
    }

    async fn returning_requests(&self, row: &StoredRow, bodies: &[Kept]) -> Result<Vec<(usize, Request)>, Refusal> {
        let mut found = vec![];
        if bodies.iter().all(|b| b.requests.is_empty()) {
            return Ok(found);
        }
        for request in self.requests("record = ?1 ORDER BY id", vec![row.id.into()]).await? {
            // One that was decided since is about the record that stayed, as is what it gave.
            let of = bodies.iter().position(|b| b.requests.contains(&(request.id, request.version)));
            if let Some(n) = of {
                found.push((n, request));
            }
        }
        Ok(found)
    }

    /// Outside keys that go back, and whether others stay.
    async fn returning_keys(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        bodies: &[Kept],
    ) -> Result<(Vec<(usize, Row)>, bool), Refusal> {
        let (mut found, mut own) = (vec![], false);
        for key in self.rows_about(&IMPORTED, &[row.id]).await? {
            let (of, source, mac) =
                (key.text(0).map_err(broken)?, key.text(1).map_err(broken)?, key.bytes(2).map_err(broken)?);
            let is = |(s, m): &(String, Vec<u8>)| s == source && m == mac;
            let n = bodies.iter().position(|b| of == object.name.as_str() && b.imported.iter().any(is));
            match n {
                Some(n) => found.push((n, key)),
                None => own = true,
            }
        }
        Ok((found, own))
    }

    /// What was said about the others, and about what goes back to their customers; and the files of both.
    async fn returning_words(
        &self,
        row: &StoredRow,
        bodies: &[Kept],
        returns: &[Returns],
    ) -> Result<(Vec<(usize, Comment)>, Vec<(usize, StoredFile)>), Refusal> {
        let homes: HashMap<RecordId, usize> = returns.iter().filter_map(|r| Some((r.row.id, r.home?))).collect();
        let (mut words, mut files) = (vec![], vec![]);
        let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let said = bodies.iter().flat_map(|b| &b.comments).map(|c| RecordId(c.0));
        for (table, ids) in [
            (&COMMENT, said.collect::<Vec<_>>()),
            (&ATTACHMENT, bodies.iter().flat_map(|b| &b.files).map(|f| RecordId(f.0)).collect()),
        ] {
            if ids.is_empty() && homes.is_empty() {
                continue;
            }
            let mut sql = Sql::new(self.db.dialect(), &table.select("(record = "));
            sql.bind(row.id).push(" AND id IN ").bind_list(ids).push(") OR record IN ");
            sql.bind_list(homes.keys().copied()).push(" ORDER BY id LIMIT ").bind(most);
            if table.name == COMMENT.name {
                for comment in self.comments(sql.finish_point()).await? {
                    let of = bodies.iter().position(|b| b.comments.contains(&comment.id()));
                    if let Some(n) = homes.get(&comment.record()).copied().or(of) {
                        words.push((n, comment));
                    }
                }
                continue;
            }
            let rows = self.read(sql.finish_point()).await?;
            if rows.iter().any(|row| !ATTACHMENT.is_sealed(self.seals(), row)) {
                tracing::error!("the row of a merged record's file was altered beside the program");
                return Err(Refusal::Damaged);
            }
            for file in rows.iter().map(StoredFile::read) {
                let file = file.map_err(broken)?;
                let of = bodies.iter().position(|b| b.files.contains(&file.id));
                if let Some(n) = homes.get(&file.record).copied().or(of) {
                    files.push((n, file));
                }
            }
        }
        if words.len() > MOST || files.len() > MOST {
            return Err(barred("merge_too_large", "more than 1000 comments or files would go back"));
        }
        Ok((words, files))
    }

    /// The statements that hang everything on the others again; the event tells of them.
    fn hang_back(
        &self,
        write: &mut Write<UndoMerge>,
        hung: Hung,
        (row, others): (&StoredRow, &[StoredRow]),
        at: UnixMs,
    ) -> Result<Vec<Change>, Refusal> {
        let mut changes = vec![];
        for Returns { object, row: follower, home, points } in hung.returns {
            let mut next =
                StoredRow { updated_at: at, version: follower.version.saturating_add(1), ..follower.clone() };
            let mut slots = vec![];
            for (name, other) in points {
                slots.extend(object.field(name.as_str()).and_then(|f| f.slot));
                next.clear.insert(name, Value::Record(other));
            }
            if let Some(home) = home.and_then(|n| others.get(n)) {
                next.customer = home.customer;
                next.sealed = write.under(&object, &follower, home)?;
            }
            write.moves(follower.id, next.customer, next.version);
            changes.push(statements::rehome(&object, &follower, &next, &slots, self.seals()));
        }
        self.hang_shares(write, hung.shares, others, &mut changes);
        let mut moved = serde_json::Map::new();
        for (n, mut request) in hung.requests {
            let Some(other) = others.get(n) else { continue };
            match &mut request.body.wanted {
                Wanted::Access { record, .. } | Wanted::BreakGlass { record, .. } | Wanted::Record { record, .. } => {
                    *record = other.id;
                }
                Wanted::Export { .. } => continue,
            }
            changes.push(self.update_request(&mut request)?);
            moved.insert(request.id.to_string(), json!([request.version, other.id]));
        }
        if !moved.is_empty() {
            write.tells("requests_back", moved.into());
        }
        let mut keyed: HashSet<RecordId> = hung.own_keys.then_some(row.id).into_iter().collect();
        for (n, key) in hung.imported {
            let Some(other) = others.get(n) else { continue };
            keyed.insert(other.id);
            let mut columns: Vec<Param> = key.0.iter().take(IMPORTED.columns.len()).cloned().collect();
            if let Some(record) = columns.get_mut(3) {
                *record = other.id.into();
            }
            let seal = self.seals().row(IMPORTED.name, &columns).to_vec();
            let mut params: Vec<Param> = columns.into_iter().take(4).collect();
            params.push(seal.into());
            let sql = "UPDATE imported SET record = ?4, seal = ?5 WHERE object = ?1 AND source = ?2 AND mac = ?3";
            changes.push(Change::new(sql, params).expecting(1));
        }
        let mut keyed: Vec<RecordId> = keyed.into_iter().collect();
        keyed.sort();
        write.tells("imported", json!(keyed));
        let was = std::slice::from_ref(row);
        let mut told = vec![];
        for (n, other) in others.iter().enumerate() {
            let comments = hung.comments.iter().filter(|(of, _)| *of == n).map(|(_, c)| c.clone()).collect();
            changes.extend(self.carry_comments(write, comments, was, other)?);
        }
        for (n, file) in hung.files {
            let Some(other) = others.get(n) else { continue };
            let record = if file.record == row.id { other.id } else { file.record };
            told.push(json!([file.id, record, other.customer]));
            changes.extend(self.carry_files(write, vec![file], was, other)?);
        }
        if !told.is_empty() {
            write.tells("files_back", json!(told));
        }
        // What people were told of them since is about the record that stayed.
        Ok(changes)
    }

    fn hang_shares(
        &self,
        write: &mut Write<UndoMerge>,
        shares: Vec<(usize, KeptShare, Option<Row>)>,
        others: &[StoredRow],
        changes: &mut Vec<Change>,
    ) {
        let mut told = vec![];
        for (n, share, there) in shares {
            let Some(other) = others.get(n) else { continue };
            let mut columns = share.columns(other.id);
            if let Some(there) = there {
                // As it is by now, but for whose it is and who gave it.
                let is = there.0.iter().take(MEMBER.columns.len()).cloned().enumerate();
                for (at, value) in is.filter(|(at, _)| *at != 1 && *at != 7) {
                    if let Some(column) = columns.get_mut(at) {
                        *column = value;
                    }
                }
                let params = there.0.iter().take(2).cloned().collect();
                changes.push(Change::new("DELETE FROM member WHERE id = ?1 AND record = ?2", params).expecting(1));
            }
            columns.push(self.seals().row(MEMBER.name, &columns).to_vec().into());
            let names = MEMBER.columns.join(", ");
            let sql = format!("INSERT INTO member ({names}, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
            changes.push(Change::new(sql, columns));
            let id = model::ShareId::from_bytes(share.id);
            told.push(json!([id, other.id, share.granted_by, share.kind == "share"]));
        }
        if !told.is_empty() {
            write.tells("shares_back", json!(told));
        }
    }
}

/// What hangs on the others again.
struct Hung {
    returns: Vec<Returns>,
    shares: Vec<(usize, KeptShare, Option<Row>)>,
    requests: Vec<(usize, Request)>,
    imported: Vec<(usize, Row)>,
    own_keys: bool,
    comments: Vec<(usize, Comment)>,
    files: Vec<(usize, StoredFile)>,
}

/// Of the fields that go back, and of those that stay, those that the caller sees.
fn visible<O: OnRecords>(
    grant: &Grant<O>,
    object: &ObjectType,
    row: &StoredRow,
    parting: &Parting,
) -> (Vec<FieldName>, Vec<FieldName>) {
    let levels = grant.levels_of(object, row);
    let seen: HashSet<&FieldName> =
        object.fields.iter().zip(&levels).filter(|(_, l)| **l > FieldLevel::Hidden).map(|(f, _)| &f.name).collect();
    let of = |names: &[FieldName]| names.iter().filter(|n| seen.contains(n)).cloned().collect();
    (of(&parting.back), of(&parting.stays))
}

/// A merged record as it comes back: with the next version, and of somebody who is there.
fn restored<O: OnRecords>(
    grant: &Grant<O>,
    object: &ObjectType,
    row: &StoredRow,
    (id, customer, key): (RecordId, RecordId, (u32, Vec<u8>)),
    body: &Kept,
) -> Result<StoredRow, Refusal> {
    let mut clear = body.clear.clone();
    // What the definition has no more is gone from every record; what it keeps elsewhere by now cannot be put back.
    clear.retain(|name, _| object.field(name.as_str()).is_some());
    let open = |name: &FieldName| object.field(name.as_str()).map(|f| f.slot.is_some());
    if clear.keys().any(|name| open(name) == Some(false)) || body.sealed.keys().any(|name| open(name) == Some(true)) {
        return Err(barred(
            "definition_changed",
            "the fields of this object were changed since; it cannot be taken back",
        ));
    }
    for (name, value) in object.worked_out(|name| clear.get(name)) {
        match value {
            Some(value) => clear.insert(name, value),
            None => clear.remove(&name),
        };
    }
    let active = |user: UserId| grant.engine().directory().user(user).is_some_and(|u| u.status == UserStatus::Active);
    // Who left since has handed over what they had: it is the same customer's, so it is whose the other is.
    let (owner, department, pool) = match body.owner {
        Some(owner) if !active(owner) => (row.owner, row.department, row.pool),
        _ => (body.owner, body.department, body.pool),
    };
    Ok(StoredRow {
        id,
        customer,
        owner,
        department,
        pool,
        version: body.version.saturating_add(1),
        created_at: body.created_at,
        updated_at: grant.now(),
        created_by: body.created_by,
        clear,
        sealed: body.sealed.clone(),
        key: Some(key),
        members: Members::default(),
    })
}

fn add_member(members: &mut Members, share: &KeptShare) {
    let grantee = match share.grantee_kind.as_str() {
        "user" => share.grantee.parse().ok().map(Grantee::User),
        "department" => share.grantee.parse().ok().map(Grantee::Department),
        _ => share.grantee.parse().ok().map(Grantee::Role),
    };
    match (share.kind.as_str(), share.level.as_str(), grantee) {
        ("collaborator", _, Some(Grantee::User(u))) => members.collaborators.push(u),
        ("viewer", _, Some(Grantee::User(u))) => members.viewers.push(u),
        ("share", "edit", Some(g)) => {
            members.shared_read.push(g.clone());
            members.shared_edit.push(g);
        }
        ("share", _, Some(g)) => members.shared_read.push(g),
        _ => {}
    }
}
