//! How many files of a field would not be taken by other limits: asked before a designer narrows them. They stay where they are.
//!
//! Rule: it tells numbers and nothing of any file. Which field a file is of, and its ending, lie sealed with its name: each is opened
//! in here and shown to nobody.

use std::collections::HashMap;

use access::path::{Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use model::{Action, FieldKind, FieldName, ObjectName, RecordId};
use serde_json::json;
use vault::WrappedKey;

use super::StoredFile;
use crate::Store;
use crate::company::FileLimits;
use crate::database::Query;
use crate::proof::tables::ATTACHMENT;
use crate::records::broken;

/// Files read at once.
const PAGE: usize = 500;

/// Count the files of a field that other limits would not take.
#[derive(Debug)]
pub struct CountMisfits {
    pub object: ObjectName,
    pub field: FieldName,
    pub limits: FileLimits,
}

impl Operation for CountMisfits {
    const ACTION: Action = Action::ObjectManage;
}
impl OnSystem for CountMisfits {
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "field.files.count", "object": self.object, "field": self.field, "limits": self.limits })
    }
}

/// How many do not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Misfits {
    /// Files of the field.
    pub files: u64,
    /// Of them, those of a type that would not be taken.
    pub other_types: u64,
    /// Records that carry more files in the field than they could.
    pub too_many: u64,
}

impl Store {
    /// Counts the files of a field that other limits would not take.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`] for a field of something else; recorded.
    pub async fn count_misfits(&self, grant: Grant<CountMisfits>) -> Result<Disclosed<Misfits>, Refusal> {
        match self.misfits(grant.operation()).await {
            Ok(found) => grant.carry_out(vec![], found).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn misfits(&self, op: &CountMisfits) -> Result<Misfits, Refusal> {
        let company = self.company();
        let (_, object) = company.objects.get(&op.object).ok_or(Refusal::NotFound)?;
        let def = object.field(op.field.as_str()).ok_or(Refusal::NotFound)?;
        if !matches!(def.kind, FieldKind::Attachment { .. }) {
            return Err(Refusal::invalid("field", "invalid_value", "only a field of files takes files"));
        }
        let mut found = Misfits::default();
        let mut by_record: HashMap<RecordId, u64> = HashMap::new();
        let mut keys: HashMap<RecordId, Option<WrappedKey>> = HashMap::new();
        let mut after = Param::Bytes(vec![]);
        loop {
            let sql = ATTACHMENT.select(&format!("object = ?1 AND id > ?2 ORDER BY id LIMIT {PAGE}"));
            let rows = self.read(Query::new(sql, vec![op.object.as_str().into(), after.clone()])).await?;
            let Some(last) = rows.last().and_then(|row| row.0.first()) else { break };
            after = last.clone();
            for row in &rows {
                if !ATTACHMENT.is_sealed(self.seals(), row) {
                    // As if it were not there; doctor names it.
                    continue;
                }
                let file = StoredFile::read(row).map_err(broken)?;
                if !keys.contains_key(&file.customer) {
                    let key = self.wrapped_key(file.customer).await?;
                    keys.insert(file.customer, key);
                }
                let Some(Some(key)) = keys.get(&file.customer) else { continue };
                let kind = self.gate().recorder().file_kind(file.customer, key, file.id, &file.note);
                let Ok((Some(field), ending)) = kind else { continue };
                if field != op.field {
                    continue;
                }
                found.files += 1;
                let types = &op.limits.types;
                if !types.is_empty() && !ending.is_some_and(|e| types.contains(&e)) {
                    found.other_types += 1;
                }
                *by_record.entry(file.record).or_insert(0) += 1;
            }
        }
        let most = u64::from(op.limits.max);
        found.too_many = by_record.values().filter(|n| **n > most).count() as u64;
        Ok(found)
    }
}
