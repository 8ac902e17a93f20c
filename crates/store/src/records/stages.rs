//! What a stage asks for, and what acts alone may close.

use std::collections::BTreeSet;

use access::path::{FieldProblem, Refusal, Values};
use model::aggregate::Board;
use model::process::{Outcome, Pipeline, Process};
use model::{FieldName, ObjectType, StoredRow, Value};

use crate::company::barred;

/// Checks a change (or, without a row, a new record) against the object type's process.
///
/// # Errors
/// [`Refusal::Invalid`] with `required_in_stage` for each field that the stage asks for, `by_act_only` for a status that is
/// given by an act; [`Refusal::Barred`] `closed` for a converted record.
///
/// `files` are the fields of files that have one.
pub(crate) fn check(
    object: &ObjectType,
    row: Option<&StoredRow>,
    values: &Values,
    files: &BTreeSet<FieldName>,
) -> Result<(), Refusal> {
    let Some(process) = object.process() else { return Ok(()) };
    check_closing(process, row, values)?;
    check_board(process, values)?;
    if row.is_none() {
        super::approval::check_new(object, values)?;
    }
    match &process.pipeline {
        Some(pipeline) => check_stage(object, pipeline, row, values, files),
        None => Ok(()),
    }
}

/// Whether an act has closed the record, and how.
pub(super) fn closed(process: &Process, row: &StoredRow) -> bool {
    process.closing().any(|(status, to)| is(row.clear.get(status), to))
}

fn is(value: Option<&Value>, text: &str) -> bool {
    matches!(value, Some(Value::Text(t)) if t == text)
}

fn check_closing(process: &Process, row: Option<&StoredRow>, values: &Values) -> Result<(), Refusal> {
    for (status, to) in process.closing() {
        let Some(wanted) = values.get(status) else { continue };
        let was = row.and_then(|r| r.clear.get(status));
        if is(wanted.as_ref(), to) && !is(was, to) {
            let reason = "this status is given by converting or discarding";
            return Err(Refusal::invalid(status.as_str(), "by_act_only", reason));
        }
    }
    if let (Some(convert), Some(row)) = (&process.convert, row)
        && values.contains_key(&convert.status)
        && is(row.clear.get(&convert.status), &convert.to)
    {
        return Err(barred("closed", "what was converted stays so"));
    }
    Ok(())
}

/// What draws charts is well formed before it is kept.
fn check_board(process: &Process, values: &Values) -> Result<(), Refusal> {
    let Some(field) = process.dashboard.as_ref().map(|d| &d.cards) else { return Ok(()) };
    match values.get(field) {
        Some(Some(Value::Text(text))) => Board::read(text)
            .map(|_| ())
            .map_err(|error| Refusal::invalid(field.as_str(), "bad_board", error.to_string())),
        _ => Ok(()),
    }
}

fn check_stage(
    object: &ObjectType,
    pipeline: &Pipeline,
    row: Option<&StoredRow>,
    values: &Values,
    files: &BTreeSet<FieldName>,
) -> Result<(), Refusal> {
    let has = |name: &FieldName| match values.get(name) {
        Some(value) => value.is_some(),
        None => files.contains(name) || row.is_some_and(|r| r.clear.contains_key(name) || r.sealed.contains_key(name)),
    };
    let stage = match values.get(&pipeline.stage) {
        Some(value) => value.as_ref(),
        None => row.and_then(|r| r.clear.get(&pipeline.stage)),
    };
    let Some(Value::Text(stage)) = stage else { return Ok(()) };
    let Some(stage) = pipeline.stage(stage) else { return Ok(()) };
    // A record that is in the stage already is asked only for what is taken from it: rules may have come later.
    let enters =
        values.contains_key(&pipeline.stage) && !is(row.and_then(|r| r.clear.get(&pipeline.stage)), &stage.value);
    // Files that a field requires are asked for when the record moves on: before, there is nothing they could be added to.
    // What is lost needs none.
    let moves_on = enters && row.is_some() && stage.outcome != Some(Outcome::Lost);
    let of_files = |f: &&model::FieldDef| f.required && f.kind.is_beside();
    let always = object.fields.iter().filter(of_files).map(|f| &f.name).filter(|_| moves_on);
    let missing =
        stage.required.iter().chain(always).filter(|name| !has(name) && (enters || values.contains_key(*name)));
    let problems: Vec<FieldProblem> = missing
        .filter(|name| object.field(name.as_str()).is_some())
        .map(|name| FieldProblem::new(name.as_str(), "required_in_stage", "this stage needs a value here"))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Invalid(problems)) }
}
