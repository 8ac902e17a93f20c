//! Shares 共享, collaborators and viewers 协作人 of a record.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Param, Refusal};
use model::record::Grantee;
use model::{
    Action, FieldDef, FieldLevel, ObjectName, ObjectType, RecordId, Sensitivity, ShareId, UnixMs, UserId, UserStatus,
};
use serde::{Deserialize, Serialize};

use super::fetch::broken;
use crate::company::barred;
use crate::proof::tables::MEMBER;
use crate::{Query, Store, ids};

/// How somebody takes part in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// 共享, until a date.
    Share,
    /// 协作人(读写)
    Collaborator,
    /// 协作人(只读)
    Viewer,
}

impl MemberKind {
    const fn as_str(self) -> &'static str {
        match self {
            MemberKind::Share => "share",
            MemberKind::Collaborator => "collaborator",
            MemberKind::Viewer => "viewer",
        }
    }
}

/// Longest a share lasts: a year, after which somebody must want it again.
const LONGEST_DAYS: i64 = 366;

/// Share a record, or let somebody take part in it.
pub struct ShareRecord {
    pub object: ObjectName,
    pub id: RecordId,
    pub kind: MemberKind,
    pub to: Grantee,
    pub edit: bool,
    /// Required for a share.
    pub until: Option<UnixMs>,
}

impl Operation for ShareRecord {
    const ACTION: Action = Action::Share;
}
impl OnRecords for ShareRecord {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "share": self.kind, "to": self.to, "edit": self.edit, "until": self.until })
    }
}

/// End a share or participation.
pub struct EndShare {
    pub object: ObjectName,
    pub id: RecordId,
    pub share: ShareId,
}

impl Operation for EndShare {
    const ACTION: Action = Action::Share;
}
impl OnRecords for EndShare {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "end_share": self.share })
    }
}

/// A share as shown to those who may share the record.
#[derive(Debug, Clone, Serialize)]
pub struct MemberView {
    pub id: ShareId,
    pub kind: String,
    pub grantee_kind: String,
    pub grantee: String,
    pub edit: bool,
    pub until: Option<UnixMs>,
    pub granted_by: UserId,
}

impl Store {
    /// Shares a record.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `share_exceeds_own` when the caller would give more than they have; `Invalid` for a grantee
    /// that is not there, a date in the past or too far; and as [`Store::edit`]. All recorded.
    pub async fn share(&self, grant: Grant<ShareRecord>) -> Result<Disclosed<ShareId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        if let Err(refusal) = check_share(&grant, &row) {
            return Err(grant.refuse(refusal).await);
        }
        let op = grant.operation();
        let (grantee_kind, grantee) = match &op.to {
            Grantee::User(u) => ("user", u.to_string()),
            Grantee::Department(d) => ("department", d.to_string()),
            Grantee::Role(r) => ("role", r.to_string()),
        };
        let id = ShareId::new(grant.now(), ids::random());
        let edit = op.edit || op.kind == MemberKind::Collaborator;
        let mut params: Vec<Param> = vec![
            id.into(),
            row.id.into(),
            op.kind.as_str().into(),
            grantee_kind.into(),
            grantee.into(),
            (if edit { "edit" } else { "read" }).into(),
            op.until.into(),
            grant.caller().user.into(),
            grant.now().into(),
        ];
        params.push(self.seals().row(MEMBER.name, &params).to_vec().into());
        let change = Change::new(
            "INSERT INTO member (id, record, kind, grantee_kind, grantee, level, expires_at, granted_by, created_at, seal) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params,
        );
        let mut write = grant.act_on(&row).await?;
        write.tells("member", serde_json::json!(id));
        Ok(write.commit(vec![change]).await?.map(|_| id))
    }

    /// Ends a share at once.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when it has ended already; and as [`Store::edit`].
    pub async fn end_share(&self, grant: Grant<EndShare>) -> Result<Disclosed<RecordId>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let share = grant.operation().share;
        let write = grant.act_on(&row).await?;
        let change = Change::new("DELETE FROM member WHERE id = ?1 AND record = ?2", vec![share.into(), row.id.into()]);
        write.commit(vec![change.expecting(1)]).await
    }

    /// Who takes part in a record, for callers who may view it. Recorded like a view.
    ///
    /// # Errors
    /// As [`Store::view`].
    pub async fn members(&self, grant: Grant<super::ViewRecord>) -> Result<Disclosed<Vec<MemberView>>, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        let query = Query::point(
            MEMBER.select("record = ?1 AND (expires_at IS NULL OR expires_at > ?2) ORDER BY id"),
            vec![row.id.into(), grant.now().into()],
        );
        let found = match self.read(query).await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut members = Vec::with_capacity(found.len());
        // What was altered beside the program gives nothing, and is not shown as if it did.
        for m in found.iter().filter(|m| MEMBER.is_sealed(self.seals(), m)) {
            let view = || -> Result<MemberView, crate::DatabaseError> {
                Ok(MemberView {
                    id: ShareId::from_bytes(m.id(0)?),
                    kind: m.text(2)?.to_owned(),
                    grantee_kind: m.text(3)?.to_owned(),
                    grantee: m.text(4)?.to_owned(),
                    edit: m.text(5)? == "edit",
                    until: m.opt_time(6)?,
                    granted_by: m.user(7)?,
                })
            };
            members.push(view().map_err(broken)?);
        }
        grant.answer(members).await
    }
}

fn check_share(grant: &Grant<ShareRecord>, row: &model::StoredRow) -> Result<(), Refusal> {
    let op = grant.operation();
    let directory = grant.engine().directory();
    let known = match &op.to {
        Grantee::User(u) => {
            *u != grant.caller().user && directory.user(*u).is_some_and(|u| u.status == UserStatus::Active)
        }
        Grantee::Department(d) => directory.departments.contains_key(d),
        Grantee::Role(r) => directory.roles.contains_key(r),
    };
    if !known {
        return Err(Refusal::invalid("to", "invalid_value", "there is nobody of that id to share with"));
    }
    if op.kind != MemberKind::Share && !matches!(op.to, Grantee::User(_)) {
        return Err(Refusal::invalid("to", "invalid_value", "only a user can take part in a record"));
    }
    match (op.kind, op.until) {
        (MemberKind::Share, None) => return Err(Refusal::invalid("until", "required", "a share needs an end")),
        (_, Some(until)) if until <= grant.now() || until > grant.now().plus_days(LONGEST_DAYS) => {
            return Err(Refusal::invalid(
                "until",
                "invalid_value",
                "the end lies in the past or more than 366 days away",
            ));
        }
        _ => {}
    }
    let object = grant.object_type()?;
    unless_exceeding(object, &grant.levels_on(row), op.edit || op.kind == MemberKind::Collaborator)?;
    Ok(())
}

/// Nobody gives more than they have. A share shows personal fields, so who sees them masked cannot show them to another; one to
/// edit needs whoever gives it to be able to edit. What the house keeps itself nobody writes, by a share or without: there it is
/// enough to see it.
///
/// # Errors
/// [`Refusal::Barred`] `share_exceeds_own`.
pub(crate) fn unless_exceeding(object: &ObjectType, own: &[FieldLevel], edit: bool) -> Result<(), Refusal> {
    let needed = |f: &FieldDef| if edit && !f.kept { FieldLevel::Editable } else { FieldLevel::ReadOnly };
    let short = |(f, level): (&FieldDef, &FieldLevel)| f.class != Sensitivity::Sensitive && *level < needed(f);
    if own.len() != object.fields.len() || object.fields.iter().zip(own).any(short) {
        return Err(barred("share_exceeds_own", "a share cannot give more than its giver has"));
    }
    Ok(())
}
