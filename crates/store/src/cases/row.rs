//! Cases as rows: what lists ask by in the clear, all the rest under a key of the vault, the whole sealed.

use access::path::{Change, Param, Refusal};
use model::case::Case;
use model::{CaseId, EventId, RecordId, UserId};
use serde_json::json;
use sha2::{Digest, Sha256};
use vault::Place;

use crate::identity::Told;
use crate::ids::random;
use crate::proof::tables::CASE_FILE;
use crate::records::broken;
use crate::{Query, Row, Store};

/// A case as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) id: CaseId,
    pub(crate) case: Case,
    pub(crate) version: i64,
}

/// What else an event tells of a case's row.
#[derive(Default)]
pub(super) struct Also<'a> {
    pub(super) cited: &'a [EventId],
    pub(super) sessions_of: Option<UserId>,
}

fn place(id: CaseId) -> Place<'static> {
    Place { object: "case_file", record: RecordId(id.0), field: "body" }
}

impl Stored {
    /// What the case says, byte for byte: what events tell the digest of.
    ///
    /// # Errors
    /// [`Refusal::Damaged`].
    pub(super) fn body(&self) -> Result<Vec<u8>, Refusal> {
        serde_json::to_vec(&self.case).map_err(|_| Refusal::Damaged)
    }

    /// What an event tells of it.
    pub(super) fn told(&self, also: &Also<'_>) -> Result<Told, Refusal> {
        let digest = hex::encode(Sha256::digest(self.body()?));
        let mut told = json!({ "id": self.id, "version": self.version, "sha256": digest });
        if let Some(fields) = told.as_object_mut() {
            if !also.cited.is_empty() {
                fields.insert("cited".into(), json!(also.cited));
            }
            if let Some(user) = also.sessions_of {
                fields.insert("sessions_of".into(), json!(user));
            }
        }
        Ok(("case_row", told))
    }
}

impl Store {
    fn case_params(&self, stored: &Stored) -> Result<Vec<Param>, Refusal> {
        let case = &stored.case;
        let body = zeroize::Zeroizing::new(stored.body()?);
        let body = self.identity.case_key.seal(&place(stored.id), random(), &body).map_err(|error| {
            tracing::error!(%error, "a case could not be sealed");
            Refusal::Damaged
        })?;
        let mut params: Vec<Param> = vec![
            stored.id.into(),
            case.state.as_str().into(),
            case.severity.as_str().into(),
            case.subject.into(),
            case.owner.into(),
            case.opened_at.into(),
            case.due_at.into(),
            case.closing.as_ref().and_then(|c| c.closed_at).into(),
            body.into(),
            stored.version.into(),
        ];
        params.push(self.seals().row(CASE_FILE.name, &params).to_vec().into());
        Ok(params)
    }

    pub(super) fn insert_case(&self, stored: &Stored) -> Result<Change, Refusal> {
        let sql = "INSERT INTO case_file (id, state, severity, subject, owner, opened_at, due_at, closed_at, body, version, \
                   seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        Ok(Change::new(sql, self.case_params(stored)?))
    }

    /// Keeps a changed case, if nobody changed it meanwhile. It has its old version, and the next one afterwards.
    pub(super) fn update_case(&self, stored: &mut Stored) -> Result<Change, Refusal> {
        stored.version = stored.version.saturating_add(1);
        let mut params = self.case_params(stored)?;
        params.push(stored.version.saturating_sub(1).into());
        let sql = "UPDATE case_file SET state = ?2, severity = ?3, subject = ?4, owner = ?5, opened_at = ?6, due_at = ?7, \
                   closed_at = ?8, body = ?9, version = ?10, seal = ?11 WHERE id = ?1 AND version = ?12";
        Ok(Change::new(sql, params).expecting(1))
    }

    /// Reads a row of `CASE_FILE.select`.
    pub(crate) fn read_case(&self, row: &Row) -> Result<Stored, Refusal> {
        if !CASE_FILE.is_sealed(self.seals(), row) {
            tracing::error!("a case was altered beside the program; nothing is decided by it");
            return Err(Refusal::Damaged);
        }
        let id = CaseId::from_bytes(row.id(0).map_err(broken)?);
        let body = self.identity.case_key.open(&place(id), row.bytes(8).map_err(broken)?).map_err(|error| {
            tracing::error!(%error, "a case does not open");
            Refusal::Damaged
        })?;
        let case = serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?;
        Ok(Stored { id, case, version: row.int(9).map_err(broken)? })
    }

    pub(super) async fn case(&self, id: CaseId) -> Result<Option<Stored>, Refusal> {
        let rows = self.read(Query::point(CASE_FILE.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_case(row)).transpose()
    }

    /// A case that the caller may know of.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Damaged`].
    pub(super) async fn case_for(&self, id: CaseId, caller: &model::Caller) -> Result<Stored, Refusal> {
        let found = self.case(id).await?.ok_or(Refusal::NotFound)?;
        if self.strangers_to(caller).contains(&found.case.subject) {
            return Err(Refusal::NotFound);
        }
        Ok(found)
    }
}
