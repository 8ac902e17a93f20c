//! Files of a case 案件附件: what was gathered about it, sealed at rest under the key of cases.
//!
//! Rules.
//! - Whoever handles the case may add a file, whoever reads it may take one; each time is an event.
//! - A file comes in parts and is there once its last part is, with its event, in the unit of the act that the timeline keeps. So the
//!   digest that events tell of the case covers the file's SHA-256.
//! - It stays as long as the case: evidence is not taken back.

use access::path::{Change, Disclosed, Grant, Param, Refusal};
use model::case::{Act, CaseAttachment};
use model::file::{self, FileKind};
use model::{CaseId, FileId, RecordId, UnixMs};
use sha2::{Digest, Sha256};
use vault::Place;
use zeroize::Zeroizing;

use super::row::Also;
use super::{Stored, refusal_of};
use crate::attachments::{FileRules, PART, check_content, check_name, too_large};
use crate::company::barred;
use crate::exports::not_noted;
use crate::ids::random;
use crate::proof::check::StateReport;
use crate::proof::tables::CASE_ATTACHMENT;
use crate::records::broken;
use crate::{Query, Store};

/// An upload takes no longer: parts of an older file that no case has are left over.
const UPLOAD_MS: i64 = 2 * 3_600_000;
/// Parts removed in one transaction.
const STEP: i64 = 40;
const PARTS: &str = "case_attachment_part";

/// Give a case, as it was read, a file.
#[derive(Debug)]
pub struct AttachToCase {
    pub id: CaseId,
    pub version: i64,
    pub file: FileId,
    /// As it was sent.
    pub name: String,
    /// How long it will be, if that was said.
    pub length: Option<u64>,
}

/// Take a file of a case.
#[derive(Debug)]
pub struct TakeCaseFile {
    pub id: CaseId,
    pub file: FileId,
}

/// A file that is coming in. MUST be ended by [`Self::finish`] or [`Self::refuse`].
#[must_use = "an upload that is not ended leaves no record of what was asked for"]
pub struct CaseUpload {
    store: Store,
    grant: Grant<AttachToCase>,
    rules: FileRules,
    name: String,
    /// The first bytes, which tell the kind.
    head: Vec<u8>,
    waiting: Zeroizing<Vec<u8>>,
    digest: Sha256,
    parts: u32,
    bytes: u64,
}

/// A file being taken: its parts, one after the other.
pub struct CaseFileStream {
    store: Store,
    pub file: CaseAttachment,
    next: u32,
}

fn place(file: FileId, field: &str) -> Place<'_> {
    Place { object: PARTS, record: RecordId(file.0), field }
}

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "a file of a case could not be sealed or opened");
    Refusal::Damaged
}

impl Store {
    /// Begins a file of a case: what can be refused is refused before its first byte.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Conflict`] for a case that was changed since; [`Refusal::Invalid`] for its name;
    /// [`Refusal::Barred`] by the state machine, or with `file_too_large`, `file_empty`, `file_type_refused`; all recorded.
    pub async fn attach_to_case(&self, grant: Grant<AttachToCase>) -> Result<CaseUpload, Refusal> {
        let rules = self.company().file_rules.clone();
        let begun = async {
            let op = grant.operation();
            let name = check_name(&rules, &op.name, op.length)?;
            let note = CaseAttachment {
                id: op.file,
                name: name.clone(),
                kind: FileKind::Other,
                bytes: op.length.unwrap_or(0),
                parts: 0,
                sha256: String::new(),
            };
            // To nothing: whether the case would take one.
            self.case_with(&grant, note).await?;
            Ok(name)
        };
        match begun.await {
            Ok(name) => Ok(CaseUpload {
                store: self.clone(),
                grant,
                rules,
                name,
                head: vec![],
                waiting: Zeroizing::default(),
                digest: Sha256::new(),
                parts: 0,
                bytes: 0,
            }),
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn case_with(&self, grant: &Grant<AttachToCase>, file: CaseAttachment) -> Result<Stored, Refusal> {
        let op = grant.operation();
        let mut stored = self.case_for(op.id, grant.caller()).await?;
        if stored.version != op.version {
            return Err(Refusal::Conflict);
        }
        let by = grant.caller().user;
        self.on_ground(grant.now(), |ground| stored.case.act(by, Act::Attach { file }, ground))
            .map_err(|error| refusal_of(error, "case"))?;
        Ok(stored)
    }

    /// Records that a file of a case is taken, then gives it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], recorded.
    pub async fn take_case_file(&self, grant: Grant<TakeCaseFile>) -> Result<Disclosed<CaseFileStream>, Refusal> {
        let found = async {
            let stored = self.case_for(grant.operation().id, grant.caller()).await?;
            let file = stored.case.files().find(|f| f.id == grant.operation().file).cloned();
            file.ok_or(Refusal::NotFound)
        };
        match found.await {
            Ok(file) => {
                let told = serde_json::json!({ "id": file.id, "bytes": file.bytes, "sha256": file.sha256 });
                let stream = CaseFileStream { store: self.clone(), file, next: 0 };
                self.end_telling(grant, vec![("case_attachment", told)], vec![], vec![], stream).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// A file of a case as a whole, for the case file.
    pub(super) async fn whole_case_file(&self, file: CaseAttachment) -> Result<Vec<u8>, Refusal> {
        let mut whole = Vec::with_capacity(usize::try_from(file.bytes).unwrap_or(0));
        let mut stream = CaseFileStream { store: self.clone(), file, next: 0 };
        while let Some(part) = stream.next().await? {
            whole.extend_from_slice(&part);
        }
        Ok(whole)
    }

    async fn part_of_case_file(&self, file: FileId, n: u32) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        let sql = "SELECT body FROM case_attachment_part WHERE file = ?1 AND n = ?2";
        let rows = self.read(Query::point(sql, vec![file.into(), i64::from(n).into()])).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let sealed = row.bytes(0).map_err(broken)?;
        self.identity.case_key.open(&place(file, &n.to_string()), sealed).map(Some).map_err(shut)
    }

    /// Removes parts that belong to no file of a case, and are not of an upload under way. Of how many files.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the next round goes on.
    pub async fn sweep_case_files(&self, now: UnixMs) -> Result<usize, Refusal> {
        // Ids begin with the moment they were made in.
        let before = FileId::new(UnixMs(now.0.saturating_sub(UPLOAD_MS)), [0; 10]);
        let sql = "SELECT DISTINCT p.file FROM case_attachment_part p WHERE p.file < ?1 \
                   AND NOT EXISTS (SELECT 1 FROM case_attachment a WHERE a.id = p.file) LIMIT 1000";
        let rows = self.read(Query::new(sql, vec![before.into()])).await?;
        for row in &rows {
            self.clear_case_file(FileId::from_bytes(row.id(0).map_err(broken)?)).await?;
        }
        Ok(rows.len())
    }

    async fn clear_case_file(&self, file: FileId) -> Result<(), Refusal> {
        let sql = "SELECT p.n FROM case_attachment_part p WHERE p.file = ?1 \
                   AND NOT EXISTS (SELECT 1 FROM case_attachment a WHERE a.id = p.file) ORDER BY p.n LIMIT ?2";
        loop {
            let rows = self.read(Query::new(sql, vec![file.into(), STEP.into()])).await?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut changes = vec![];
            for row in &rows {
                let n = row.int(0).map_err(broken)?;
                let sql = "DELETE FROM case_attachment_part WHERE file = ?1 AND n = ?2";
                changes.push(Change::new(sql, vec![file.into(), n.into()]));
            }
            self.db.maintain(changes).await.map_err(not_noted)?;
        }
    }

    /// Doctor: the files that cases say they have are there, whole, and no case has others.
    pub(crate) async fn check_case_files(&self, report: &mut StateReport) -> Result<(), Refusal> {
        let mut said = std::collections::HashMap::new();
        let sql = crate::proof::tables::CASE_FILE.select("TRUE");
        for row in &self.read(Query::new(sql, vec![])).await? {
            // One that does not open is told of elsewhere.
            let Ok(stored) = self.read_case(row) else { continue };
            said.extend(stored.case.files().map(|f| (*f.id.as_bytes(), (stored.id, f.parts))));
        }
        let mut there = std::collections::HashSet::new();
        for row in &self.sealed_rows(&CASE_ATTACHMENT, "", report).await? {
            let (id, case) = (row.id(0).map_err(broken)?, CaseId::from_bytes(row.id(1).map_err(broken)?));
            there.insert(id);
            if said.get(&id).is_none_or(|(of, _)| *of != case) {
                report.add(CASE_ATTACHMENT.name, CASE_ATTACHMENT.key(row), "not_on_record");
            }
        }
        for (id, (_, parts)) in &said {
            if !there.contains(id) {
                report.add(CASE_ATTACHMENT.name, &[Param::Bytes(id.to_vec())], "missing");
            }
            for n in 0..*parts {
                let at = [Param::Bytes(id.to_vec()), i64::from(n).into()];
                match self.part_of_case_file(FileId::from_bytes(*id), n).await {
                    Ok(Some(_)) => {}
                    Ok(None) => report.add(PARTS, &at, "missing"),
                    Err(Refusal::Damaged) => report.add(PARTS, &at, "part"),
                    Err(refusal) => return Err(refusal),
                }
            }
        }
        // Parts of no file at all are of an upload under way, or swept; of a file, there are no more than it has.
        for row in self.read(Query::new("SELECT file, n FROM case_attachment_part", vec![])).await? {
            report.rows += 1;
            let at = row.0.get(..2).unwrap_or_default();
            let Ok(id) = row.id(0) else {
                report.add(PARTS, at, "part");
                continue;
            };
            if let Some((_, parts)) = said.get(&id)
                && row.int(1).map_err(broken)? >= i64::from(*parts)
            {
                report.add(PARTS, at, "not_on_record");
            }
        }
        Ok(())
    }
}

impl CaseFileStream {
    /// The next part of the plain file; `None` at its end.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when a part is not there or does not open: what was read is not the file.
    pub async fn next(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, Refusal> {
        if self.next >= self.file.parts {
            return Ok(None);
        }
        let part = self.store.part_of_case_file(self.file.id, self.next).await?.ok_or(Refusal::Damaged)?;
        self.next = self.next.saturating_add(1);
        Ok(Some(part))
    }
}

impl CaseUpload {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// Not yet recorded: end with [`Self::refuse`].
    pub async fn put(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        if self.bytes > self.rules.most_bytes() {
            return Err(too_large(&self.rules));
        }
        self.digest.update(bytes);
        if self.head.len() < file::HEAD {
            let lacks = file::HEAD.saturating_sub(self.head.len());
            self.head.extend(bytes.iter().take(lacks));
            if self.head.len() >= file::HEAD {
                check_content(&self.rules, &self.head)?;
            }
        }
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() >= PART {
            let part = Zeroizing::new(self.waiting.drain(..PART).collect::<Vec<u8>>());
            self.part(&part).await?;
        }
        Ok(())
    }

    async fn part(&mut self, plain: &[u8]) -> Result<(), Refusal> {
        let file = self.grant.operation().file;
        let n = self.parts.to_string();
        let body = self.store.identity.case_key.seal(&place(file, &n), random(), plain).map_err(shut)?;
        let insert = Change::new(
            "INSERT INTO case_attachment_part (file, n, body) VALUES (?1, ?2, ?3)",
            vec![file.into(), i64::from(self.parts).into(), body.into()],
        );
        self.parts = self.parts.saturating_add(1);
        self.store.db.maintain(vec![insert]).await.map_err(not_noted)
    }

    async fn rest(&mut self) -> Result<(Stored, Vec<Change>), Refusal> {
        if self.bytes == 0 {
            return Err(barred("file_empty", "it has no content"));
        }
        check_content(&self.rules, &self.head)?;
        if !self.waiting.is_empty() {
            let rest = std::mem::take(&mut self.waiting);
            self.part(&rest).await?;
        }
        let id = self.grant.operation().file;
        let note = CaseAttachment {
            id,
            name: self.name.clone(),
            kind: FileKind::of(&self.head),
            bytes: self.bytes,
            parts: self.parts,
            sha256: hex::encode(std::mem::take(&mut self.digest).finalize()),
        };
        let mut stored = self.store.case_with(&self.grant, note).await?;
        let mut params: Vec<Param> = vec![id.into(), stored.id.into(), self.grant.now().into()];
        params.push(self.store.seals().row(CASE_ATTACHMENT.name, &params).to_vec().into());
        let row = Change::new("INSERT INTO case_attachment (id, case_file, at, seal) VALUES (?1, ?2, ?3, ?4)", params);
        let case = self.store.update_case(&mut stored)?;
        Ok((stored, vec![row, case]))
    }

    /// The whole file is there: the case has it from now on. Gives the case's version.
    ///
    /// # Errors
    /// As [`Store::attach_to_case`]; recorded. Nothing of the file stays.
    pub async fn finish(mut self) -> Result<Disclosed<i64>, Refusal> {
        let file = self.grant.operation().file;
        let done = match self.rest().await {
            Ok((stored, changes)) => match stored.told(&Also::default()) {
                Ok(told) => {
                    let Self { store, grant, .. } = self;
                    (store.clone(), store.end_telling(grant, vec![told], changes, vec![], stored.version).await)
                }
                Err(refusal) => return Err(self.refuse(refusal).await),
            },
            Err(refusal) => return Err(self.refuse(refusal).await),
        };
        let (store, done) = done;
        if done.is_err() {
            store.clear_broken(file).await;
        }
        done
    }

    /// It ends here; what came of it is taken away.
    pub async fn refuse(self, refusal: Refusal) -> Refusal {
        let Self { store, grant, .. } = self;
        let file = grant.operation().file;
        let refusal = grant.refuse_system(refusal).await;
        store.clear_broken(file).await;
        refusal
    }
}

impl Store {
    async fn clear_broken(&self, file: FileId) {
        if let Err(refusal) = self.clear_case_file(file).await {
            tracing::warn!(file.id = %file, %refusal, "parts of a file that is gone are still there; they are swept later");
        }
    }
}
