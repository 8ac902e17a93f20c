//! Adding a file 上传附件: in parts as it comes, and there once it is whole.

use access::path::{Change, Disclosed, FileKey, FileNote, Grant, NewFile, OnRecords, Operation, Refusal, Write};
use model::file::{self, FileKind};
use model::{Action, FieldName, FileId, ObjectName, RecordId, StoredRow};
use serde_json::json;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::list::FileView;
use super::row::StoredFile;
use super::rules::FileRules;
use super::{attachments, field};
use crate::Store;
use crate::company::barred;
use crate::database::Query;
use crate::exports::not_noted;
use crate::hold::lock_customer;
use crate::records::broken;

/// Plain bytes of a part.
pub(crate) const PART: usize = 256 << 10;

/// Give one record a file.
pub struct AttachFile {
    pub object: ObjectName,
    pub id: RecordId,
    pub file: FileId,
    /// As it was sent. It never comes into the log.
    pub name: String,
    /// How long it will be, if that was said.
    pub length: Option<u64>,
    /// The field it is to be of.
    pub field: Option<FieldName>,
}

impl Operation for AttachFile {
    const ACTION: Action = Action::Attach;
}
impl OnRecords for AttachFile {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "attachment.add", "attachment": { "id": self.file } })
    }
}

/// A file that is coming in. MUST be ended by [`Self::finish`] or [`Self::refuse`].
#[must_use = "an upload that is not ended leaves no record of what was asked for"]
pub struct FileUpload {
    store: Store,
    write: Write<AttachFile>,
    row: StoredRow,
    rules: FileRules,
    name: String,
    new: NewFile,
    key: FileKey,
    /// The first bytes, which tell the kind.
    head: Vec<u8>,
    waiting: Zeroizing<Vec<u8>>,
    digest: Sha256,
    parts: u32,
    bytes: u64,
}

pub(crate) fn too_large(rules: &FileRules) -> Refusal {
    barred("file_too_large", format!("at most {} MB", rules.most_mb))
}

pub(crate) fn refused_type(ending: &str) -> Refusal {
    // An ending is told; a name is not.
    let ending: String = ending.chars().take(10).collect();
    barred("file_type_refused", format!("files of the type {ending} are not taken"))
}

impl Store {
    /// Begins a file: the rights, then the rules.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`]; [`Refusal::Invalid`] for its name; [`Refusal::Barred`] with
    /// `file_too_large`, `file_empty`, `file_type_refused`, `too_many_files`, `files_full`; all recorded.
    pub async fn attach(&self, grant: Grant<AttachFile>) -> Result<FileUpload, Refusal> {
        let (grant, row) = self.fetch_for_act(grant).await?;
        // Who may not add files learns nothing of those that are there.
        let grant = grant.permit(&row).await?;
        let rules = self.company().file_rules.clone();
        let begun = async {
            let op = grant.operation();
            let of = match &op.field {
                Some(wanted) => Some(field::open_to(grant.object_type()?, &grant.levels_on(&row), wanted)?.clone()),
                None => None,
            };
            let name = check_name(&rules, &op.name, op.length)?;
            if let Some(def) = &of {
                field::stands_still(grant.object_type()?, &row, &def.name)?;
                let have = self.fields_with_files(&grant, &row).await?;
                field::takes(def, &name, have.iter().filter(|f| **f == def.name).count())?;
            }
            self.room_for(&rules, row.id, op.length.unwrap_or(0)).await?;
            let new = grant.new_file(&row, op.file)?;
            let key = new.key()?;
            Ok((name, new, key))
        };
        let (name, new, key) = match begun.await {
            Ok(begun) => begun,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let write = grant.act_on(&row).await?;
        Ok(FileUpload {
            store: self.clone(),
            write,
            row,
            rules,
            name,
            new,
            key,
            head: vec![],
            waiting: Zeroizing::default(),
            digest: Sha256::new(),
            parts: 0,
            bytes: 0,
        })
    }

    /// Whether the record may have one file more, and the company so many bytes. Two that come at the very same moment may both
    /// pass the second.
    async fn room_for(&self, rules: &FileRules, record: RecordId, length: u64) -> Result<(), Refusal> {
        let sql = "SELECT (SELECT COUNT(*) FROM attachment WHERE record = ?1), \
                   (SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM attachment)";
        let rows = self.read(Query::new(sql, vec![record.into()])).await?;
        let Some(row) = rows.first() else { return Err(Refusal::Damaged) };
        if row.int(0).map_err(broken)? >= i64::from(rules.per_record) {
            return Err(barred("too_many_files", format!("a record carries at most {} files", rules.per_record)));
        }
        let used = u64::try_from(row.int(1).map_err(broken)?).unwrap_or(u64::MAX);
        if used.saturating_add(length) > rules.total_bytes() {
            return Err(barred("files_full", format!("all files together have at most {} MB", rules.total_mb)));
        }
        Ok(())
    }
}

/// The name it is kept under, if the rules take it.
pub(crate) fn check_name(rules: &FileRules, sent: &str, length: Option<u64>) -> Result<String, Refusal> {
    let name = file::clean_name(sent)
        .ok_or_else(|| Refusal::invalid("name", "invalid_value", "a file needs a name of its own"))?;
    if let Some(ending) = file::ending(&name).filter(|ending| rules.refuses(ending)) {
        return Err(refused_type(&ending));
    }
    match length {
        Some(0) => Err(barred("file_empty", "it has no content")),
        Some(n) if n > rules.most_bytes() => Err(too_large(rules)),
        _ => Ok(name),
    }
}

/// A program is one, whatever it is called.
pub(crate) fn check_content(rules: &FileRules, head: &[u8]) -> Result<(), Refusal> {
    match file::program(head).filter(|ending| rules.refuses(ending)) {
        Some(ending) => Err(refused_type(ending)),
        None => Ok(()),
    }
}

impl FileUpload {
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
                self.check_content()?;
            }
        }
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() >= PART {
            let part = Zeroizing::new(self.waiting.drain(..PART).collect::<Vec<u8>>());
            self.part(&part).await?;
        }
        Ok(())
    }

    fn check_content(&self) -> Result<(), Refusal> {
        check_content(&self.rules, &self.head)
    }

    async fn part(&mut self, plain: &[u8]) -> Result<(), Refusal> {
        let body = self.key.seal_part(self.parts, plain)?;
        let file = self.write.grant().operation().file;
        let insert = Change::new(
            "INSERT INTO attachment_part (file, n, body) VALUES (?1, ?2, ?3)",
            vec![file.into(), i64::from(self.parts).into(), body.into()],
        );
        self.parts = self.parts.saturating_add(1);
        self.store.db.maintain(vec![insert]).await.map_err(not_noted)
    }

    async fn rest(&mut self) -> Result<(), Refusal> {
        if self.bytes == 0 {
            return Err(barred("file_empty", "it has no content"));
        }
        self.check_content()?;
        if !self.waiting.is_empty() {
            let rest = std::mem::take(&mut self.waiting);
            self.part(&rest).await?;
        }
        let record = self.row.id;
        self.store.room_for(&self.rules, record, self.bytes).await
    }

    /// The whole file is there: the record carries it from now on.
    ///
    /// # Errors
    /// As [`Store::attach`]; [`Refusal::Conflict`] when the record is not there any more, or got its last file meanwhile; all recorded.
    /// Nothing of the file stays.
    pub async fn finish(mut self) -> Result<Disclosed<FileView>, Refusal> {
        if let Err(refusal) = self.rest().await {
            return Err(self.refuse(refusal).await);
        }
        let sha256 = hex::encode(std::mem::take(&mut self.digest).finalize());
        let note = FileNote {
            name: self.name.clone(),
            kind: FileKind::of(&self.head),
            sha256,
            field: self.write.grant().operation().field.clone(),
        };
        let grant = self.write.grant();
        let (file, by, at) = (grant.operation().file, grant.caller().user, grant.now());
        let sealed = match (self.new.seal(note.clone()), attachments()) {
            (Ok(sealed), Ok(name)) => {
                self.write.wrote(name);
                note.field.iter().for_each(|field| self.write.wrote(field.clone()));
                sealed
            }
            (Err(refusal), _) | (_, Err(refusal)) => return Err(self.refuse(refusal).await),
        };
        let stored = StoredFile {
            id: file,
            object: self.write.grant().operation().object.clone(),
            record: self.row.id,
            customer: self.row.customer,
            added_by: by,
            added_at: at,
            parts: self.parts,
            bytes: self.bytes,
            note: sealed,
        };
        let Self { store, mut write, row, rules, .. } = self;
        write.tells("attachment", json!({ "id": file, "bytes": stored.bytes, "sha256": note.sha256 }));
        let changes = vec![
            lock_customer(row.customer),
            // The record is there and still this customer's, and has room: asked before for the answer's sake.
            Change::new(
                "UPDATE record SET version = version WHERE id = ?1 AND customer = ?2 \
                 AND (SELECT COUNT(*) FROM attachment a WHERE a.record = ?1) < CAST(?3 AS BIGINT)",
                vec![row.id.into(), row.customer.into(), i64::from(rules.per_record).into()],
            )
            .expecting(1),
            stored.insert(&store),
        ];
        match write.commit(changes).await {
            Ok(done) => Ok(done.map(|_| FileView::new(&stored, Some(note), true, true))),
            Err(refusal) => {
                store.clear_files(&[file]).await;
                Err(refusal)
            }
        }
    }

    /// It ends here; what came of it is taken away.
    pub async fn refuse(self, refusal: Refusal) -> Refusal {
        let Self { store, write, .. } = self;
        let file = write.grant().operation().file;
        let refusal = write.refuse(refusal).await;
        store.clear_files(&[file]).await;
        refusal
    }
}
