//! Files that belong to a field 附件字段: what the field lets somebody do with them.
//!
//! Rule: a file of a field is governed by the field beside the operations of files. Where the field is hidden the file is not there: not listed,
//! not counted, not taken; where it is masked there is a file, and neither its name nor its content; where it may be read, who may
//! take files takes it; only where it may be changed are files added and taken away.

use std::collections::BTreeSet;

use access::path::{FileNote, Grant, OnRecords, Refusal};
use model::object::FieldKind;
use model::process::Standing;
use model::{FieldDef, FieldLevel, FieldName, ObjectType, StoredRow, file};

use super::add::refused_type;
use crate::Store;
use crate::company::barred;
use crate::records::approval;

/// The fields of files of an object type.
pub(super) fn fields(object: &ObjectType) -> impl Iterator<Item = (usize, &FieldDef)> {
    object.fields.iter().enumerate().filter(|(_, f)| matches!(f.kind, FieldKind::Attachment { .. }))
}

/// The level of the caller on what a file is of; a file of no field is the record's, and one whose field is gone as well.
pub(super) fn level_of(object: &ObjectType, levels: &[FieldLevel], note: &FileNote) -> Option<FieldLevel> {
    let wanted = note.field.as_ref()?;
    let (at, _) = fields(object).find(|(_, f)| f.name == *wanted)?;
    Some(levels.get(at).copied().unwrap_or(FieldLevel::Hidden))
}

/// A field that a file is to be added to, for who may change it.
///
/// # Errors
/// [`Refusal::Invalid`]: a hidden field is answered like one that does not exist.
pub(super) fn open_to<'a>(
    object: &'a ObjectType,
    levels: &[FieldLevel],
    wanted: &FieldName,
) -> Result<&'a FieldDef, Refusal> {
    let found = fields(object).find(|(_, f)| f.name == *wanted);
    let level = found.and_then(|(at, _)| levels.get(at)).copied().unwrap_or(FieldLevel::Hidden);
    match found {
        Some((_, def)) if level == FieldLevel::Editable => Ok(def),
        Some(_) if level != FieldLevel::Hidden => {
            Err(Refusal::invalid(wanted.as_str(), "not_editable", "this field cannot be changed"))
        }
        _ => Err(Refusal::invalid(wanted.as_str(), "unknown_field", "there is no such field of files")),
    }
}

/// Whether the field takes a file of this name, beside so many that it has.
pub(super) fn takes(def: &FieldDef, name: &str, has: usize) -> Result<(), Refusal> {
    let FieldKind::Attachment { max, types } = &def.kind else { return Ok(()) };
    let ending = file::ending(name);
    if !types.is_empty() && !ending.as_ref().is_some_and(|e| types.contains(e)) {
        return Err(refused_type(ending.as_deref().unwrap_or("?")));
    }
    if has >= usize::from(*max) {
        return Err(barred("too_many_files", format!("this field has at most {max} files")));
    }
    Ok(())
}

/// Files of a field that an approval names stand still with it.
pub(super) fn stands_still(object: &ObjectType, row: &StoredRow, field: &FieldName) -> Result<(), Refusal> {
    let Some(process) = approval::of(object).filter(|a| a.guards.contains(field)) else { return Ok(()) };
    match approval::stored(process, row) {
        Standing::Waiting => Err(approval::waits()),
        Standing::Approved => Err(barred("approval_needed", format!("`{field}` was approved as it is"))),
        Standing::Draft | Standing::Refused => Ok(()),
    }
}

impl Store {
    /// The fields of the record that have files, each as often as it has one. Shows nothing to anyone.
    pub(super) async fn fields_with_files<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        row: &StoredRow,
    ) -> Result<Vec<FieldName>, Refusal> {
        let mut found = vec![];
        for stored in self.files_of(row.id).await? {
            found.extend(grant.open_file(row, stored.id, &stored.note)?.0.field);
        }
        Ok(found)
    }

    /// Which of the record's fields of files have one, where a change of its stage asks: else nothing is opened.
    pub(crate) async fn files_for_stage<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        row: &StoredRow,
        values: &access::path::Values,
    ) -> Result<BTreeSet<FieldName>, Refusal> {
        let moves = object.process().and_then(|p| p.pipeline.as_ref()).is_some_and(|p| values.contains_key(&p.stage));
        if !moves || fields(object).next().is_none() {
            return Ok(BTreeSet::new());
        }
        Ok(self.fields_with_files(grant, row).await?.into_iter().collect())
    }

    /// What is submitted has its required files.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] `required` for each field that lacks one.
    pub(crate) async fn check_files_to_submit<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        row: &StoredRow,
    ) -> Result<(), Refusal> {
        let required: Vec<&FieldDef> = fields(object).map(|(_, f)| f).filter(|f| f.required).collect();
        if required.is_empty() {
            return Ok(());
        }
        let have = self.fields_with_files(grant, row).await?;
        let lacking = required.into_iter().filter(|f| !have.contains(&f.name));
        let problems: Vec<_> = lacking
            .map(|f| access::path::FieldProblem::new(f.name.as_str(), "required", "this field needs a file"))
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
    }
}
