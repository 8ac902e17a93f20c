//! What a merge keeps so that it can be taken back: of each record that is merged away its row and what hung on it, of the one
//! that stays what its fields were.
//!
//! Rule: kept in the merge's own unit, for [`UNDO_DAYS`] days, sealed under the key of the customer it is of: an erasure takes it
//! along, and so does deleting the record that stays.

use std::collections::BTreeMap;

use access::path::{Change, Param, Refusal, Replaced, Write};
use model::{
    CommentId, DepartmentId, FieldName, FileId, ObjectName, ObjectType, RecordId, RequestId, StoredRow, UnixMs, UserId,
    Value,
};
use serde::{Deserialize, Serialize};

use super::MergeRecords;
use super::along::Along;
use crate::proof::tables::{MERGE_KEPT, PARTED};
use crate::records::broken;
use crate::{DatabaseError, Row, Store};

/// For how many days a merge can be taken back.
pub const UNDO_DAYS: i64 = 30;

/// A record that went along with a merged one.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptFollower {
    pub(super) object: ObjectName,
    pub(super) id: RecordId,
    /// It was the merged customer's.
    pub(super) belongs: bool,
    /// Its references to the merged record.
    pub(super) fields: Vec<FieldName>,
}

/// A share of a merged record.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptShare {
    pub(super) id: [u8; 16],
    pub(super) kind: String,
    pub(super) grantee_kind: String,
    pub(super) grantee: String,
    pub(super) level: String,
    pub(super) expires_at: Option<UnixMs>,
    pub(super) granted_by: UserId,
    pub(super) created_at: UnixMs,
    /// The merge ended it.
    pub(super) ended: bool,
}

impl KeptShare {
    fn read(row: &Row, ended: bool) -> Result<Self, DatabaseError> {
        Ok(Self {
            id: row.id(0)?,
            kind: row.text(2)?.to_owned(),
            grantee_kind: row.text(3)?.to_owned(),
            grantee: row.text(4)?.to_owned(),
            level: row.text(5)?.to_owned(),
            expires_at: row.opt_time(6)?,
            granted_by: row.user(7)?,
            created_at: row.time(8)?,
            ended,
        })
    }

    /// The columns of its row, of `record`.
    pub(super) fn columns(&self, record: RecordId) -> Vec<Param> {
        vec![
            self.id.to_vec().into(),
            record.into(),
            self.kind.as_str().into(),
            self.grantee_kind.as_str().into(),
            self.grantee.as_str().into(),
            self.level.as_str().into(),
            self.expires_at.into(),
            self.granted_by.into(),
            self.created_at.into(),
        ]
    }
}

/// A merged record as it was. No `Debug`: it is customer data.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) owner: Option<UserId>,
    pub(super) department: Option<DepartmentId>,
    pub(super) pool: bool,
    pub(super) version: i64,
    pub(super) created_at: UnixMs,
    pub(super) created_by: UserId,
    pub(super) clear: BTreeMap<FieldName, Value>,
    pub(super) sealed: BTreeMap<FieldName, Vec<u8>>,
    pub(super) followers: Vec<KeptFollower>,
    pub(super) shares: Vec<KeptShare>,
    /// With the version that the merge gave them.
    pub(super) requests: Vec<(RequestId, i64)>,
    /// Outside keys: source and keyed hash.
    pub(super) imported: Vec<(String, Vec<u8>)>,
    /// Of the record itself; those of its followers go with them.
    pub(super) comments: Vec<CommentId>,
    pub(super) files: Vec<FileId>,
}

/// How a merge is called where something of it is sealed.
pub(super) fn merge_name(survivor: RecordId, version: i64) -> String {
    format!("{survivor}/{version}")
}

fn follower(object: &ObjectType, row: &StoredRow, other: RecordId) -> Option<KeptFollower> {
    let points = |f: &&model::FieldDef| f.slot.is_some() && row.clear.get(&f.name) == Some(&Value::Record(other));
    let fields: Vec<FieldName> = object.fields.iter().filter(points).map(|f| f.name.clone()).collect();
    let belongs = row.customer == other;
    (belongs || !fields.is_empty()).then(|| KeptFollower { object: object.name.clone(), id: row.id, belongs, fields })
}

fn kept(other: &StoredRow, along: &Along) -> Result<Kept, DatabaseError> {
    let mut shares = vec![];
    for (member, keep) in along.members.iter().zip(&along.kept) {
        if member.record(1)? == other.id {
            shares.push(KeptShare::read(member, !keep)?);
        }
    }
    let mut imported = vec![];
    for row in &along.imported {
        if row.record(3)? == other.id {
            imported.push((row.text(1)?.to_owned(), row.bytes(2)?.to_vec()));
        }
    }
    let asked = along.requests.iter().filter(|r| r.record() == Some(other.id));
    Ok(Kept {
        owner: other.owner,
        department: other.department,
        pool: other.pool,
        version: other.version,
        created_at: other.created_at,
        created_by: other.created_by,
        clear: other.clear.clone(),
        sealed: other.sealed.clone(),
        followers: along.followers.iter().filter_map(|f| follower(&f.object, &f.row, other.id)).collect(),
        shares,
        requests: asked.map(|r| (r.id, r.version.saturating_add(1))).collect(),
        imported,
        comments: along.comments.iter().filter(|c| c.record() == other.id).map(|c| c.id()).collect(),
        files: along.files.iter().filter(|f| f.record == other.id).map(|f| f.id).collect(),
    })
}

impl Store {
    /// The statements that keep what `write` is about to merge; the event tells that it is kept.
    ///
    /// # Errors
    /// [`Refusal::Damaged`]: end the act with [`Write::refuse`].
    pub(super) fn keep(
        &self,
        write: &mut Write<MergeRecords>,
        (row, others): (&StoredRow, &[StoredRow]),
        replaced: &Replaced,
        along: &Along,
    ) -> Result<Vec<Change>, Refusal> {
        let (grant, version) = (write.grant(), row.version.saturating_add(1));
        let (at, by, object) = (grant.now(), grant.caller().user, grant.operation().object.clone());
        let name = merge_name(row.id, version);
        let mut rows = vec![(row, replaced.seal(grant, row, &name)?)];
        for other in others {
            let body = serde_json::to_vec(&kept(other, along).map_err(broken)?).map_err(|_| Refusal::Damaged)?;
            rows.push((other, grant.seal_kept(other, &name, &zeroize::Zeroizing::new(body))?));
        }
        let mut changes = vec![];
        for (one, body) in rows {
            let mut params: Vec<Param> = vec![
                row.id.into(),
                version.into(),
                one.id.into(),
                object.as_str().into(),
                one.customer.into(),
                at.into(),
                by.into(),
                body.into(),
            ];
            params.push(self.seals().row(MERGE_KEPT.name, &params).to_vec().into());
            let columns = MERGE_KEPT.columns.join(", ");
            let sql = format!("INSERT INTO merge_kept ({columns}, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
            changes.push(Change::new(sql, params));
        }
        write.tells("kept", version.into());
        Ok(changes)
    }

    /// Clears away what merges of long ago kept.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn sweep_merges(&self, now: UnixMs) -> Result<(), Refusal> {
        let old = Change::new("DELETE FROM merge_kept WHERE merged_at <= ?1", vec![now.plus_days(-UNDO_DAYS).into()]);
        self.db.maintain(vec![old]).await.map_err(|e| Refusal::StoreUnavailable(e.to_string()))
    }

    /// The statement that keeps when a record was part of another.
    pub(super) fn part(
        &self,
        record: RecordId,
        object: &ObjectName,
        (survivor, version): (RecordId, i64),
        (merged_at, parted_at): (UnixMs, UnixMs),
    ) -> Change {
        let mut params: Vec<Param> = vec![
            record.into(),
            merged_at.into(),
            object.as_str().into(),
            survivor.into(),
            version.into(),
            parted_at.into(),
        ];
        params.push(self.seals().row(PARTED.name, &params).to_vec().into());
        let columns = PARTED.columns.join(", ");
        Change::new(format!("INSERT INTO parted ({columns}, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"), params)
    }
}
