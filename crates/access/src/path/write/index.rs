//! What indexes hold of sealed values: blind tokens to find them by, keyed hashes of unique ones. A candidate found by tokens is
//! opened and compared.

use model::object::Search;
use model::{FieldDef, FieldKind, FieldName, ObjectType, StoredRow, Value};
use vault::{WrappedKey, blind};

use super::super::grant::Grant;
use super::super::operation::{OnRecords, Operation};
use super::super::recorder::Recorder;
use super::super::refusal::Refusal;
use super::super::sealed::{key_of, open_field};

/// Tokens of a blind index for one field: all old ones are replaced.
pub struct Tokens {
    pub field: FieldName,
    pub tokens: Vec<u64>,
}

impl<O: OnRecords> Grant<O> {
    /// Blind tokens to look for a value of a sealed field. Candidates found by them MUST be opened and compared.
    pub fn search_tokens(&self, object: &ObjectType, def: &FieldDef, term: &str) -> Vec<u64> {
        tokens_of_query(self.core.recorder.vault(), object, def, term)
    }

    /// Whether an opened candidate row really matches: tokens are truncated, so some do not. Shows nothing to anyone.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when stored data does not open.
    pub fn matches(&self, row: &StoredRow, def: &FieldDef, term: &str) -> Result<bool, Refusal> {
        let object = self.object_type()?;
        let key = key_of(self, row)?;
        let Some(value) = open_field(object, row, key.as_ref(), &def.name)? else { return Ok(false) };
        let have = normalize(&def.kind, &value.to_text(&def.kind));
        let want = normalize(&def.kind, term);
        Ok(!want.is_empty() && if def.search == Search::Part { have.contains(&want) } else { have == want })
    }
}

impl<O: Operation> Grant<O> {
    /// The keyed hash by which a unique value is known, whoever has it. Shows nothing to anyone.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when the vault has no key for it.
    pub fn unique_mac(&self, object: &ObjectType, def: &FieldDef, value: &Value) -> Result<[u8; 32], Refusal> {
        unique_mac(self.core.recorder.vault(), object, def, value).map_err(|error| {
            tracing::error!(%error, "a unique value has no hash");
            Refusal::Damaged
        })
    }
}

/// What the indexes must hold for a record.
pub struct Index {
    pub tokens: Vec<Tokens>,
    pub unique: Vec<(FieldName, Option<[u8; 32]>)>,
}

impl Recorder {
    /// Opens every value of a stored record to compute what its indexes must hold. Gives tokens and keyed hashes, and no
    /// value: for examinations.
    ///
    /// # Errors
    /// When a value does not open: it, or its customer's key, was altered.
    pub fn index_of(&self, object: &ObjectType, row: &StoredRow) -> Result<Index, vault::VaultError> {
        let vault = self.vault();
        let key = match &row.key {
            Some((kek_version, bytes)) => {
                let wrapped = WrappedKey { kek_version: *kek_version, bytes: bytes.clone() };
                Some(vault.open_data_key(row.customer, &wrapped)?)
            }
            None => None,
        };
        if key.is_none() && !row.sealed.is_empty() {
            return Err(vault::VaultError::Damaged);
        }
        let mut index = Index { tokens: vec![], unique: vec![] };
        for def in &object.fields {
            let value = match def.slot {
                Some(_) => row.clear.get(&def.name).cloned(),
                None => open_field(object, row, key.as_ref(), &def.name).map_err(|_| vault::VaultError::Damaged)?,
            };
            let Some(value) = value else { continue };
            if def.search != Search::None {
                let mut tokens = tokens(vault, object, def, &value.to_text(&def.kind));
                tokens.sort_unstable();
                tokens.dedup();
                index.tokens.push(Tokens { field: def.name.clone(), tokens });
            }
            if def.unique {
                index.unique.push((def.name.clone(), Some(unique_mac(vault, object, def, &value)?)));
            }
        }
        Ok(index)
    }
}

/// Bits kept of a blind token: about 2^16 classes for exact values, 2^12 for name parts (docs/encryption.md).
const EXACT_BITS: u8 = 24;

fn field_key(object: &ObjectType, def: &FieldDef) -> String {
    format!("{}.{}", object.name, def.name)
}

/// The form in which values of a kind are compared: spelling differences that people ignore are gone.
pub fn normalize(kind: &FieldKind, text: &str) -> String {
    match kind {
        FieldKind::Phone => blind::normalize_phone(text),
        FieldKind::Email => blind::normalize_email(text),
        FieldKind::IdNumber => blind::normalize_id_number(text),
        _ => Some(blind::normalize_name(text)),
    }
    .unwrap_or_else(|| blind::normalize_name(text))
}

pub(super) fn tokens(vault: &vault::Vault, object: &ObjectType, def: &FieldDef, text: &str) -> Vec<u64> {
    let normalized = normalize(&def.kind, text);
    if normalized.is_empty() {
        return vec![];
    }
    match def.search {
        Search::None => vec![],
        Search::Exact => vec![vault.blind().exact(&field_key(object, def), &normalized, EXACT_BITS)],
        Search::Part => vault.blind().bigrams(&field_key(object, def), &normalized),
    }
}

fn tokens_of_query(vault: &vault::Vault, object: &ObjectType, def: &FieldDef, term: &str) -> Vec<u64> {
    let normalized = normalize(&def.kind, term);
    match def.search {
        Search::Part if !normalized.is_empty() => vault.blind().query_bigrams(&field_key(object, def), &normalized),
        _ => tokens(vault, object, def, term),
    }
}

pub(super) fn unique_mac(
    vault: &vault::Vault,
    object: &ObjectType,
    def: &FieldDef,
    value: &Value,
) -> Result<[u8; 32], vault::VaultError> {
    let text = normalize(&def.kind, &value.to_text(&def.kind));
    Ok(vault.system_key("unique")?.mac(field_key(object, def).as_bytes(), text.as_bytes()))
}
