//! Files as evidence 证据文件: what is kept elsewhere (a policy, a certificate), put into the room.
//!
//! Rules.
//! - What a file is (name, length, SHA-256) stands in its assessment, so the digest that events tell of the assessment's version covers it.
//! - A file belongs to the one assessment that it was put into. Out of the room it can be taken; it stays as long as the assessment.

use access::path::{Change, Disclosed, Grant, Refusal};
use model::file::{self, FileKind};
use model::{AssessmentId, FileId, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use vault::Place;

use super::evidence::Evidence;
use super::plan::MOST_EVIDENCE;
use super::row::{Assessment, shut};
use crate::arrived::Arrived;
use crate::attachments::{check_content, check_name};
use crate::company::{Note, barred};
use crate::ids::random;
use crate::proof::StateReport;
use crate::records::broken;
use crate::{Query, Store};

/// The longest file, in bytes.
pub const MOST_FILE_BYTES: usize = 10 << 20;
/// Files that one assessment has.
const MOST_FILES: usize = 50;
const TABLE: &str = "assessment_file";

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFile {
    pub name: String,
    pub kind: FileKind,
    pub bytes: u64,
    /// In hexadecimal.
    pub sha256: String,
    pub by: UserId,
    pub at: UnixMs,
}

/// Put a file into the room of an assessment as it was read.
#[derive(Debug)]
pub struct AddEvidenceFile {
    pub id: AssessmentId,
    pub version: i64,
    pub file: FileId,
    /// As it was sent.
    pub name: String,
    pub body: Arrived,
    pub note: Note,
}

impl AddEvidenceFile {
    pub fn new(id: AssessmentId, version: i64, name: String, body: Arrived, at: UnixMs) -> Self {
        Self { id, version, file: FileId::new(at, random()), name, body, note: Note::default() }
    }
}

fn place(file: FileId) -> Place<'static> {
    Place { object: TABLE, record: RecordId(file.0), field: "body" }
}

impl Store {
    /// Puts a file into the room; gives the assessment's version.
    ///
    /// # Errors
    /// As [`Store::change_assessment`]; [`Refusal::Invalid`] for its name; [`Refusal::Barred`] with `file_empty`, `file_too_large`,
    /// `file_type_refused`, `malformed_request`, `too_many_evidence_files`; recorded. Nothing of the file stays.
    pub async fn add_evidence_file(&self, grant: Grant<AddEvidenceFile>) -> Result<Disclosed<i64>, Refusal> {
        let drafted = async {
            let AddEvidenceFile { id, version, file, name, body, note } = grant.operation();
            let (mut a, _) = self.running(&grant, *id, *version).await?;
            let rules = self.company().file_rules.clone();
            let bytes = body.bytes("file_too_large", MOST_FILE_BYTES)?;
            let name = check_name(&rules, name, Some(bytes.len() as u64))?;
            let head = bytes.get(..file::HEAD.min(bytes.len())).unwrap_or_default();
            check_content(&rules, head)?;
            if a.body.files.len() >= MOST_FILES {
                return Err(barred("too_many_evidence_files", format!("an assessment has at most {MOST_FILES} files")));
            }
            // Its plan would be refused at the next change of it.
            if a.body.plan.evidence.len() >= MOST_EVIDENCE {
                return Err(barred(
                    "too_many_evidence_files",
                    format!("the room holds {MOST_EVIDENCE} already: take one out"),
                ));
            }
            let sha256 = hex::encode(Sha256::digest(bytes));
            note.set(json!({ "bytes": bytes.len(), "sha256": sha256 }));
            let what = EvidenceFile {
                name,
                kind: FileKind::of(head),
                bytes: bytes.len() as u64,
                sha256,
                by: grant.caller().user,
                at: grant.now(),
            };
            a.body.files.insert(*file, what);
            a.body.plan.evidence.insert(Evidence::File(*file));
            let sealed = self.identity.assessment_key.seal(&place(*file), random(), bytes).map_err(shut)?;
            let sql = "INSERT INTO assessment_file (id, body) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING";
            Ok((a, None, vec![Change::new(sql, vec![(*file).into(), sealed.into()]).expecting(1)]))
        };
        let drafted = drafted.await;
        self.keep_assessment(grant, drafted, |_, _, _| Ok(())).await
    }

    /// A file of an assessment, which is the one that its digest is of.
    pub(super) async fn evidence_file(&self, a: &Assessment, file: FileId) -> Result<(EvidenceFile, Vec<u8>), Refusal> {
        let what = a.body.files.get(&file).cloned().ok_or(Refusal::NotFound)?;
        let rows = self.read(Query::point("SELECT body FROM assessment_file WHERE id = ?1", vec![file.into()])).await?;
        let Some(row) = rows.first() else {
            tracing::error!(file.id = %file, "a file of an assessment is not there");
            return Err(Refusal::Damaged);
        };
        let body = self.identity.assessment_key.open(&place(file), row.bytes(0).map_err(broken)?).map_err(shut)?;
        if hex::encode(Sha256::digest(&body)) != what.sha256 {
            tracing::error!(file.id = %file, "a file of an assessment is not what was put there");
            return Err(Refusal::Damaged);
        }
        Ok((what, body.to_vec()))
    }

    /// Doctor: the files that assessments have are there and are what was put there, and there are no others.
    pub(crate) async fn check_evidence_files(&self, report: &mut StateReport) -> Result<(), Refusal> {
        let mut said = std::collections::HashSet::new();
        for a in self.assessments_where("TRUE", vec![]).await? {
            for file in a.body.files.keys() {
                said.insert(*file.as_bytes());
                match self.evidence_file(&a, *file).await {
                    Ok(_) => {}
                    Err(Refusal::Damaged) => report.add(TABLE, &[(*file).into()], "part"),
                    Err(refusal) => return Err(refusal),
                }
            }
        }
        for row in self.read(Query::new("SELECT id FROM assessment_file", vec![])).await? {
            report.rows += 1;
            if !row.id(0).is_ok_and(|id| said.contains(&id)) {
                report.add(TABLE, row.0.get(..1).unwrap_or_default(), "not_on_record");
            }
        }
        Ok(())
    }
}
