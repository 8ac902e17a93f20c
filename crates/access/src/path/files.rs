//! Files that records carry 附件: their keys, and how they are disclosed.
//!
//! Rule: a file has a key of its own. The key lies in the file's note, with its name, and the note is sealed under the data key of
//! the customer whose record it is: destroying that key destroys every file of theirs, and a rotation touches none. A note is
//! opened through a grant, and what it says leaves only with the event that tells of it.

use model::{Disclosure, FieldName, FileId, FileKind, RecordId, StoredRow, Touch};
use serde::{Deserialize, Serialize};
use vault::{DataKey, Place, VaultError, WrappedKey};
use zeroize::{Zeroize as _, Zeroizing};

use super::gate::random;
use super::grant::{Grant, tell};
use super::operation::OnRecords;
use super::recorder::Recorder;
use super::refusal::Refusal;
use super::sealed::{Disclosed, key_of};
use super::write::Write;

const OBJECT: &str = "attachment";

fn place(file: FileId, field: &str) -> Place<'_> {
    Place { object: OBJECT, record: RecordId::from_bytes(*file.as_bytes()), field }
}

fn shut(file: FileId) -> impl Fn(VaultError) -> Refusal {
    move |error| {
        tracing::error!(file.id = %file, %error, "a file does not open");
        Refusal::Damaged
    }
}

/// What is told of a file to who may take it. No `Debug`: a name is personal data.
#[derive(Clone, Serialize, Deserialize)]
pub struct FileNote {
    pub name: String,
    pub kind: FileKind,
    /// SHA-256 of the content, in hexadecimal digits.
    pub sha256: String,
    /// The field it is of; `None` of a file of the record as such.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<FieldName>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    note: FileNote,
    key: [u8; 32],
}

/// The key of one file: its parts open under it, each at its place.
pub struct FileKey {
    key: DataKey,
    file: FileId,
}

impl FileKey {
    fn new(file: FileId, secret: &[u8; 32]) -> Result<Self, VaultError> {
        Ok(Self { key: DataKey::of_file(secret)?, file })
    }
    /// # Errors
    /// [`Refusal::Damaged`].
    pub fn seal_part(&self, n: u32, plain: &[u8]) -> Result<Vec<u8>, Refusal> {
        self.key.seal(&place(self.file, &format!("part/{n}")), random(), plain).map_err(shut(self.file))
    }
    /// # Errors
    /// [`Refusal::Damaged`] when it is no part of this file, or not this one.
    pub fn open_part(&self, n: u32, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        self.key.open(&place(self.file, &format!("part/{n}")), sealed).map_err(shut(self.file))
    }
}

/// A file about to be added: what its note will be sealed with.
pub struct NewFile {
    customer: DataKey,
    secret: Zeroizing<[u8; 32]>,
    file: FileId,
}

impl NewFile {
    /// # Errors
    /// [`Refusal::Damaged`].
    pub fn key(&self) -> Result<FileKey, Refusal> {
        FileKey::new(self.file, &self.secret).map_err(shut(self.file))
    }
    /// The note as it is stored.
    ///
    /// # Errors
    /// [`Refusal::Damaged`].
    pub fn seal(&self, note: FileNote) -> Result<Vec<u8>, Refusal> {
        let mut kept = Kept { note, key: *self.secret };
        let text = serde_json::to_vec(&kept).map(Zeroizing::new).map_err(|_| Refusal::Damaged);
        kept.key.zeroize();
        self.customer.seal(&place(self.file, "note"), random(), &text?).map_err(shut(self.file))
    }
}

fn open(customer: &DataKey, file: FileId, sealed: &[u8]) -> Result<(FileNote, FileKey), VaultError> {
    let text = customer.open(&place(file, "note"), sealed)?;
    let mut kept: Kept = serde_json::from_slice(&text).map_err(|_| VaultError::Damaged)?;
    let key = FileKey::new(file, &kept.key);
    kept.key.zeroize();
    Ok((kept.note, key?))
}

impl<O: OnRecords> Grant<O> {
    /// Makes the key of a new file of this record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an erased customer's record; [`Refusal::Damaged`]. Not recorded.
    pub fn new_file(&self, row: &StoredRow, file: FileId) -> Result<NewFile, Refusal> {
        let customer = key_of(self, row)?.ok_or(Refusal::NotFound)?;
        Ok(NewFile { customer, secret: Zeroizing::new(random()), file })
    }

    /// Opens the note of a file of this record. MUST NOT leave but by [`Self::disclose_beside`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an erased customer's record; [`Refusal::Damaged`]. Not recorded.
    pub fn open_file(&self, row: &StoredRow, file: FileId, sealed: &[u8]) -> Result<(FileNote, FileKey), Refusal> {
        let customer = key_of(self, row)?.ok_or(Refusal::NotFound)?;
        open(&customer, file, sealed).map_err(shut(file))
    }

    /// Releases something of one record that is none of its fields; the event names it among what was `shown`, or `masked`. As with
    /// every look, the touch is salted by the customer's key.
    ///
    /// # Errors
    /// As [`Grant::permit`]; [`Refusal::AuditUnavailable`]: nothing is released.
    pub async fn disclose_beside<T>(
        self,
        row: &StoredRow,
        (shown, masked): (Vec<FieldName>, Vec<FieldName>),
        more: Vec<(&'static str, serde_json::Value)>,
        value: T,
    ) -> Result<Disclosed<T>, Refusal> {
        let grant = self.permit(row).await?;
        let key = match key_of(&grant, row) {
            Ok(key) => key,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut event = grant.event();
        event.object = Some(grant.op.object().clone());
        event.detail = tell(grant.op.detail(), more);
        let object = match grant.object_type() {
            Ok(object) => object.clone(),
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let by = grant.verdict(row).rules;
        let rules = by.iter().map(ToString::to_string).collect();
        let disclosure = Disclosure { shown, masked, rules, ..Disclosure::default() };
        event.disclosures = vec![grant.facts(&object.name, row, &by, disclosure)];
        event.touches = vec![Touch { record: row.id, customer: row.customer, disclosure: 0 }];
        if let Err(refusal) = grant.explain_look(&mut event, &object).await {
            return Err(grant.refuse(refusal).await);
        }
        grant.core.recorder.record(&event, &[key], vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        grant.core.counters.customers(event.caller.user, event.at, [row.customer].into_iter());
        Ok(Disclosed::new(value, event.id))
    }
}

impl<O: OnRecords> Write<O> {
    /// The act wrote this of the record beside its fields: the event names it, for its writer knows it.
    pub fn wrote(&mut self, what: FieldName) {
        self.disclosure.shown.push(what);
    }

    /// The note of a file of the customer of `row`, sealed anew under the key of `home`'s. Its parts stay as they are.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when it does not open, not yet recorded: end the act with [`Write::refuse`].
    pub fn note_under(
        &self,
        row: &StoredRow,
        file: FileId,
        sealed: &[u8],
        home: &StoredRow,
    ) -> Result<Vec<u8>, Refusal> {
        let old = key_of(self.grant(), row)?.ok_or(Refusal::Damaged)?;
        let new = key_of(self.grant(), home)?.ok_or(Refusal::NotFound)?;
        let text = old.open(&place(file, "note"), sealed).map_err(shut(file))?;
        new.seal(&place(file, "note"), random(), &text).map_err(shut(file))
    }
}

impl Recorder {
    /// The field that a stored file is of, and the ending of its name: to count by. It tells nothing else of the file.
    ///
    /// # Errors
    /// As [`Recorder::file_key`].
    pub fn file_kind(
        &self,
        customer: RecordId,
        wrapped: &WrappedKey,
        file: FileId,
        sealed: &[u8],
    ) -> Result<(Option<FieldName>, Option<String>), VaultError> {
        let note = open(&self.vault().open_data_key(customer, wrapped)?, file, sealed)?.0;
        Ok((note.field, model::file::ending(&note.name)))
    }

    /// The key of a stored file, to see whether its parts open: for `doctor`. It tells nothing of the file.
    ///
    /// # Errors
    /// When the customer's key does not open, or the note does not.
    pub fn file_key(
        &self,
        customer: RecordId,
        wrapped: &WrappedKey,
        file: FileId,
        sealed: &[u8],
    ) -> Result<FileKey, VaultError> {
        Ok(open(&self.vault().open_data_key(customer, wrapped)?, file, sealed)?.1)
    }
}
