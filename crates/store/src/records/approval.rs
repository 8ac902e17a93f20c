//! What an approval 审批 holds still, and what a record does not become without it.
//!
//! Rule: a change is judged by the record as it would be. What is approved stands still while others decide; a change of it
//! afterwards takes the approval away in the same unit; and what the approval comes before is refused until it is there, by
//! whichever way the record would get there: made so, edited so, or changed behind the approval's back once it is.

use access::engine::predicate_of;
use access::path::{NewRecord, Refusal, Values, blank};
use model::process::{Approval, Standing};
use model::{FieldName, ObjectType, RecordId, StoredRow, UnixMs, UserId, Value};

use crate::Store;
use crate::company::barred;

pub(crate) fn of(object: &ObjectType) -> Option<&Approval> {
    object.process().and_then(|p| p.approval.as_ref())
}

/// Where the row says that it stands.
pub(crate) fn stored(approval: &Approval, row: &StoredRow) -> Standing {
    match row.clear.get(&approval.status) {
        Some(Value::Text(text)) => Standing::of(text),
        _ => Standing::Draft,
    }
}

/// Whether the record needs an approval. A condition that cannot be asked any more asks for one.
pub(crate) fn is_needed(approval: &Approval, object: &ObjectType, row: &StoredRow) -> bool {
    let Some(condition) = &approval.needed else { return true };
    predicate_of(condition, object).map_or(true, |p| p.eval(row))
}

/// What the house keeps of where a record stands.
pub(crate) fn kept(approval: &Approval, standing: Standing) -> Values {
    Values::from([(approval.status.clone(), Some(Value::Text(standing.as_str().to_owned())))])
}

/// The refusal of whatever would move a record that waits.
pub(crate) fn waits() -> Refusal {
    barred("approval_waits", "it waits for an approval, and stands still until that is given, refused or taken back")
}

/// The clear fields as they would be.
pub(crate) fn after(object: &ObjectType, row: &StoredRow, values: &Values) -> StoredRow {
    let mut next = row.clone();
    let clear = values.iter().filter(|(name, _)| object.field(name.as_str()).is_some_and(|f| f.slot.is_some()));
    let worked_out = object.worked_out(|name| values.get(name).map_or_else(|| row.clear.get(name), Option::as_ref));
    for (name, value) in clear.map(|(n, v)| (n.clone(), v.clone())).chain(worked_out) {
        match value {
            Some(value) => next.clear.insert(name, value),
            None => next.clear.remove(&name),
        };
    }
    next
}

/// The guarded fields that the change changes. Of what is sealed every value counts as another.
fn touched(
    approval: &Approval,
    object: &ObjectType,
    (row, next): (&StoredRow, &StoredRow),
    values: &Values,
) -> Vec<FieldName> {
    let guarded = object.fields.iter().filter(|f| approval.guards(&f.name));
    let differs = |f: &&model::FieldDef| match f.slot {
        Some(_) => row.clear.get(&f.name) != next.clear.get(&f.name),
        None => values.get(&f.name).is_some_and(|v| v.is_some() || row.sealed.contains_key(&f.name)),
    };
    guarded.filter(differs).map(|f| f.name.clone()).collect()
}

/// Judges a change of a record that stands at `standing`; gives where it stands afterwards.
///
/// # Errors
/// [`Refusal::Barred`] with `approval_waits` or `approval_needed`.
fn judge(
    approval: &Approval,
    object: &ObjectType,
    row: &StoredRow,
    standing: Standing,
    values: &Values,
) -> Result<Standing, Refusal> {
    let next = after(object, row, values);
    let touched = touched(approval, object, (row, &next), values);
    let stands = match (touched.is_empty(), standing) {
        (true, _) => standing,
        (false, Standing::Waiting) => return Err(waits()),
        (false, _) => Standing::Draft,
    };
    let Some(before) = &approval.before else { return Ok(stands) };
    let among = |row: &StoredRow| matches!(row.clear.get(&before.field), Some(Value::Text(t)) if before.values.iter().any(|v| v == t));
    let (was, is) = (among(row), among(&next));
    let asks = is && (!was || !touched.is_empty());
    if asks && stands != Standing::Approved && is_needed(approval, object, &next) {
        let field = if was { touched.first().unwrap_or(&before.field) } else { &before.field };
        return Err(barred("approval_needed", format!("`{field}` waits for an approval of the record")));
    }
    Ok(stands)
}

/// As [`judge`], of a new record.
pub(super) fn check_new(object: &ObjectType, values: &Values) -> Result<(), Refusal> {
    let Some(approval) = of(object) else { return Ok(()) };
    // Conditions are over the type's own fields: whose record it is does not matter.
    let id = RecordId(uuid::Uuid::nil());
    let new = NewRecord {
        id,
        customer: None,
        owner: None,
        department: None,
        pool: false,
        values: Values::new(),
        given: Values::new(),
    };
    let empty = blank(object, &new, (UserId(uuid::Uuid::nil()), UnixMs(0)));
    judge(approval, object, &empty, Standing::Draft, values).map(|_| ())
}

/// What an import's change of a record keeps besides. History is as it was: nothing is asked of the values that an approval
/// comes before.
pub(super) fn of_import(object: &ObjectType, row: &StoredRow, values: &Values) -> Result<Values, Refusal> {
    let Some(approval) = of(object) else { return Ok(Values::new()) };
    let (standing, free) = (stored(approval, row), Approval { before: None, ..approval.clone() });
    let stands = judge(&free, object, row, standing, values).map_err(|_| {
        Refusal::invalid(approval.status.as_str(), "approval_waits", "it waits for an approval and stands still")
    })?;
    Ok(if stands == standing { Values::new() } else { kept(approval, stands) })
}

impl Store {
    /// Where a record stands: one whose request has lapsed waits no more.
    pub(crate) async fn standing(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        now: UnixMs,
    ) -> Result<Standing, Refusal> {
        let Some(approval) = of(object) else { return Ok(Standing::Draft) };
        match stored(approval, row) {
            Standing::Waiting if self.waiting_for(row.id, now).await?.is_none() => Ok(Standing::Draft),
            standing => Ok(standing),
        }
    }

    /// Judges a change of a stored record; gives what the house keeps besides.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `approval_waits` or `approval_needed`.
    pub(crate) async fn approval_of_change(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        values: &Values,
        now: UnixMs,
    ) -> Result<Values, Refusal> {
        let Some(approval) = of(object) else { return Ok(Values::new()) };
        let standing = self.standing(object, row, now).await?;
        let stands = judge(approval, object, row, standing, values)?;
        Ok(if stands == stored(approval, row) { Values::new() } else { kept(approval, stands) })
    }

    /// # Errors
    /// [`Refusal::Barred`] `approval_waits` of a record that waits.
    pub(super) async fn unless_waiting(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        now: UnixMs,
    ) -> Result<(), Refusal> {
        match self.standing(object, row, now).await? {
            Standing::Waiting => Err(waits()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deal(fields: &[(&str, Value)]) -> (ObjectType, StoredRow) {
        let mut object = model::defaults::opportunity();
        object.assign_slots().unwrap();
        let values: Values = fields.iter().map(|(n, v)| (n.parse().unwrap(), Some(v.clone()))).collect();
        let id = RecordId(uuid::Uuid::nil());
        let new =
            NewRecord { id, customer: None, owner: None, department: None, pool: false, values, given: Values::new() };
        let row = blank(&object, &new, (UserId(uuid::Uuid::nil()), UnixMs(0)));
        (object, row)
    }

    fn text(t: &str) -> Value {
        Value::Text(t.to_owned())
    }

    #[test]
    fn a_deal_with_a_discount_is_won_once_it_is_approved_and_not_changed_behind_that() {
        let change = |fields: &[(&str, Value)]| -> Values {
            fields.iter().map(|(n, v)| (n.parse().unwrap(), Some(v.clone()))).collect()
        };
        let judged = |row: &[(&str, Value)], standing, fields: &[(&str, Value)]| {
            let (object, row) = deal(row);
            let approval = of(&object).unwrap();
            judge(approval, &object, &row, standing, &change(fields)).map_err(|r| r.to_string())
        };
        let (small, large) = (("discount", Value::Int(500)), ("discount", Value::Int(1500)));
        let (open, won) = (("stage", text("proposal")), ("stage", text("won")));
        use Standing::{Approved, Draft, Waiting};
        let needed = || Err("approval_needed".to_owned());
        assert_eq!(judged(&[open.clone(), small.clone()], Draft, std::slice::from_ref(&won)), Ok(Draft));
        assert_eq!(judged(&[open.clone(), large.clone()], Draft, std::slice::from_ref(&won)), needed());
        assert_eq!(judged(&[open.clone(), large.clone()], Waiting, std::slice::from_ref(&won)), needed());
        assert_eq!(judged(&[open.clone(), large.clone()], Approved, std::slice::from_ref(&won)), Ok(Approved));
        assert_eq!(judged(&[open.clone(), small.clone()], Draft, &[won.clone(), large.clone()]), needed());
        assert_eq!(
            judged(&[open.clone(), large.clone()], Waiting, std::slice::from_ref(&small)),
            Err("approval_waits".to_owned())
        );
        assert_eq!(judged(&[open.clone(), large.clone()], Waiting, std::slice::from_ref(&large)), Ok(Waiting));
        assert_eq!(judged(&[open.clone(), large.clone()], Approved, &[("discount", Value::Int(2000))]), Ok(Draft));
        assert_eq!(judged(&[won.clone(), small.clone()], Draft, std::slice::from_ref(&large)), needed());
        assert_eq!(judged(&[won.clone(), large], Approved, &[small]), Ok(Draft));
    }
}
