//! What goes over to the survivor: records of the others' customers and those that refer to them, parts in them, requests about
//! them, what was said about them, their files, and the outside keys by which an import finds them again.

use std::sync::Arc;

use access::path::{Change, Grant, OnRecords, Param, Refusal, Write};
use model::approval::Wanted;
use model::{
    Action, FieldKind, FieldLevel, ObjectType, RecordId, Sensitivity, ShareId, Slot, StoredRow, UnixMs, UserId, Value,
};
use serde_json::json;

use super::MergeRecords;
use crate::attachments::StoredFile;
use crate::comments::Comment;
use crate::company::barred;
use crate::proof::tables::{IMPORTED, MEMBER};
use crate::records::broken;
use crate::records::statements::rehome;
use crate::requests::Request;
use crate::sql::Sql;
use crate::{Row, Store, row};

/// Records, and rows of other kinds, that go along with one merge: one unit stays bounded.
const MOST: usize = 500;

/// A record that goes along.
pub(super) struct Follower {
    pub(super) object: Arc<ObjectType>,
    pub(super) row: StoredRow,
    /// Its references to one of the others.
    slots: Vec<Slot>,
}

/// Everything that goes along.
pub(super) struct Along {
    pub(super) followers: Vec<Follower>,
    pub(super) members: Vec<Row>,
    /// Of the members, those that the survivor takes over; the rest end.
    pub(super) kept: Vec<bool>,
    pub(super) requests: Vec<Request>,
    pub(super) imported: Vec<Row>,
    pub(super) comments: Vec<Comment>,
    pub(super) files: Vec<StoredFile>,
    giver: UserId,
}

fn too_large() -> Refusal {
    barred("merge_too_large", format!("more than {MOST} records or shares hang on them; move or delete some first"))
}

impl Store {
    /// Records of every type that belong to one of the others or refer to one.
    pub(super) async fn followers<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        merged: &ObjectType,
        row: &StoredRow,
        from: &[RecordId],
    ) -> Result<Vec<Follower>, Refusal> {
        let mut found = vec![];
        for object in grant.engine().compiled().objects() {
            let refers = object
                .fields
                .iter()
                .filter(|f| matches!(&f.kind, FieldKind::Reference { object } if *object == merged.name));
            let slots: Vec<(&model::FieldName, Slot)> = refers.filter_map(|f| Some((&f.name, f.slot?))).collect();
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
            sql.push(" AND (r.customer IN ").bind_list(from.iter().copied());
            for (_, slot) in &slots {
                sql.push(" OR r.").push(&slot.column()).push(" IN ").bind_list(from.iter().map(ToString::to_string));
            }
            sql.push(") AND r.id NOT IN ").bind_list(from.iter().copied().chain([row.id]));
            sql.push(" ORDER BY r.id LIMIT ").bind(i64::try_from(MOST + 1).unwrap_or(i64::MAX));
            for other in self.read(sql.finish()).await? {
                let row = row::read(&other, object, self.seals()).map_err(broken)?;
                let points = |name: &model::FieldName| matches!(row.clear.get(name), Some(Value::Record(id)) if from.contains(id));
                let slots = slots.iter().filter(|(name, _)| points(name)).map(|(_, slot)| *slot).collect();
                found.push(Follower { object: object.clone(), row, slots });
            }
            if found.len() > MOST {
                return Err(too_large());
            }
        }
        Ok(found)
    }

    pub(super) async fn along(
        &self,
        grant: &Grant<MergeRecords>,
        object: &ObjectType,
        row: &StoredRow,
        from: &[RecordId],
    ) -> Result<Along, Refusal> {
        let followers = self.followers(grant, object, row, from).await?;
        let members = self.rows_about(&MEMBER, from).await?;
        let present = self.rows_about(&MEMBER, &[row.id]).await?;
        let imported = self.rows_about(&IMPORTED, from).await?;
        let mut requests = vec![];
        for id in from {
            requests.extend(self.requests("record = ?1 ORDER BY id", vec![(*id).into()]).await?);
        }
        let comments = self.comments_about(from, MOST + 1).await?;
        let files = self.files_about(from, MOST + 1).await?;
        if members.len() + imported.len() + requests.len() + comments.len() + files.len() > MOST {
            return Err(too_large());
        }
        let mut kept = vec![];
        for member in &members {
            kept.push(takes_over(grant, object, row, member, &present).map_err(broken)?);
        }
        let giver = row.owner.unwrap_or(grant.caller().user);
        Ok(Along { followers, members, kept, requests, imported, comments, files, giver })
    }

    /// Rows about some records. One that was altered beside the program is no reason to go on: it would stay behind.
    pub(super) async fn rows_about(
        &self,
        table: &crate::proof::tables::Table,
        ids: &[RecordId],
    ) -> Result<Vec<Row>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &table.select("record IN "));
        sql.bind_list(ids.iter().copied()).push(" LIMIT ").bind(i64::try_from(MOST + 1).unwrap_or(i64::MAX));
        let rows = self.read(sql.finish_point()).await?;
        if rows.iter().any(|row| !table.is_sealed(self.seals(), row)) {
            tracing::error!(table = table.name, "a row about a merged record was altered beside the program");
            return Err(Refusal::Damaged);
        }
        Ok(rows)
    }

    /// The statements that take everything over to the survivor; the event tells of them.
    pub(super) fn carry_along(
        &self,
        write: &mut Write<MergeRecords>,
        along: Along,
        (others, into): (&[StoredRow], &StoredRow),
        at: UnixMs,
    ) -> Result<Vec<Change>, Refusal> {
        let from: Vec<RecordId> = write.grant().operation().from.iter().map(|(id, _)| *id).collect();
        let mut changes = vec![];
        for Follower { object, row, slots } in along.followers {
            let mut next = StoredRow { updated_at: at, version: row.version.saturating_add(1), ..row.clone() };
            for field in object.fields.iter().filter(|f| f.slot.is_some_and(|slot| slots.contains(&slot))) {
                next.clear.insert(field.name.clone(), Value::Record(into.id));
            }
            if from.contains(&row.customer) {
                next.customer = into.customer;
                next.sealed = write.under(&object, &row, into)?;
            }
            write.moves(row.id, next.customer, next.version);
            changes.push(rehome(&object, &row, &next, &slots, self.seals()));
        }
        self.carry_members(write, &along.members, &along.kept, (into.id, along.giver), &mut changes)?;
        self.carry_requests(write, along.requests, into.id, &mut changes)?;
        changes.extend(self.carry_comments(write, along.comments, others, into)?);
        changes.extend(self.carry_files(write, along.files, others, into)?);
        // What people were told of the others leads nowhere any more.
        for one in &from {
            changes.push(Change::new("DELETE FROM notice WHERE record = ?1", vec![(*one).into()]));
        }
        for row in &along.imported {
            let mut columns: Vec<Param> = row.0.iter().take(IMPORTED.columns.len()).cloned().collect();
            if let Some(record) = columns.get_mut(3) {
                *record = into.id.into();
            }
            let seal = self.seals().row(IMPORTED.name, &columns).to_vec();
            let mut params: Vec<Param> = columns.into_iter().take(4).collect();
            params.push(seal.into());
            let sql = "UPDATE imported SET record = ?4, seal = ?5 WHERE object = ?1 AND source = ?2 AND mac = ?3";
            changes.push(Change::new(sql, params).expecting(1));
        }
        Ok(changes)
    }

    fn carry_members(
        &self,
        write: &mut Write<MergeRecords>,
        members: &[Row],
        kept: &[bool],
        (into, giver): (RecordId, UserId),
        changes: &mut Vec<Change>,
    ) -> Result<(), Refusal> {
        let (mut ended, mut moved) = (vec![], vec![]);
        for (member, keep) in members.iter().zip(kept) {
            let id = ShareId::from_bytes(member.id(0).map_err(broken)?);
            let was = member.record(1).map_err(broken)?;
            if !keep {
                ended.push(id);
                let sql = "DELETE FROM member WHERE id = ?1 AND record = ?2";
                changes.push(Change::new(sql, vec![id.into(), was.into()]).expecting(1));
                continue;
            }
            let mut columns: Vec<Param> = member.0.iter().take(MEMBER.columns.len()).cloned().collect();
            for (at, value) in [(1, Param::from(into)), (7, giver.into())] {
                if let Some(column) = columns.get_mut(at) {
                    *column = value;
                }
            }
            let seal = self.seals().row(MEMBER.name, &columns).to_vec();
            let sql = "UPDATE member SET record = ?3, granted_by = ?4, seal = ?5 WHERE id = ?1 AND record = ?2";
            let params = vec![id.into(), was.into(), into.into(), giver.into(), seal.into()];
            changes.push(Change::new(sql, params).expecting(1));
            moved.push(id);
        }
        if !ended.is_empty() {
            write.tells("shares_ended", json!(ended));
        }
        if !moved.is_empty() {
            write.tells("shares_moved", json!({ "shares": moved, "giver": giver }));
        }
        Ok(())
    }

    fn carry_requests(
        &self,
        write: &mut Write<MergeRecords>,
        requests: Vec<Request>,
        into: RecordId,
        changes: &mut Vec<Change>,
    ) -> Result<(), Refusal> {
        let mut moved = serde_json::Map::new();
        for mut request in requests {
            match &mut request.body.wanted {
                Wanted::Access { record, .. } | Wanted::BreakGlass { record, .. } | Wanted::Record { record, .. } => {
                    *record = into;
                }
                Wanted::Export { .. } => continue,
            }
            changes.push(self.update_request(&mut request)?);
            moved.insert(request.id.to_string(), json!(request.version));
        }
        if !moved.is_empty() {
            write.tells("requests_moved", moved.into());
        }
        Ok(())
    }
}

/// Whether a part in one of the others becomes one in the survivor: a merge gives nobody a part that the caller could not give,
/// none to its owner, and none that they have already.
fn takes_over(
    grant: &Grant<MergeRecords>,
    object: &ObjectType,
    row: &StoredRow,
    member: &Row,
    present: &[Row],
) -> Result<bool, crate::DatabaseError> {
    let (grantee, edit) = (member.text(4)?, member.text(5)? == "edit");
    if row.owner.is_some_and(|owner| owner.to_string() == grantee) {
        return Ok(false);
    }
    for other in present {
        let same = (other.text(2)?, other.text(3)?, other.text(4)?) == (member.text(2)?, member.text(3)?, grantee);
        if same && (other.text(5)? == "edit" || !edit) {
            return Ok(false);
        }
    }
    let needed = if edit { FieldLevel::Editable } else { FieldLevel::ReadOnly };
    let levels = grant.levels_of(object, row);
    let within = object
        .fields
        .iter()
        .zip(levels)
        .all(|(f, level)| f.class == Sensitivity::Sensitive || f.is_given() || level >= needed);
    Ok(within && grant.right_on(Action::Share, &object.name, row).is_ok())
}
