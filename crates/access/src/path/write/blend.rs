//! Several records become one 合并: whose value each field has afterwards, and one customer's data under another's key.
//!
//! Rule: what the caller chooses they may read where it comes from and write where it goes. Of fields that are not theirs to
//! choose the survivor's value stays, and where it has none the first of the others' that there is comes in, unseen. Values are
//! opened and sealed anew in here and shown to nobody.
//!
//! ```text
//! let (mut write, replaced) = grant.blend(&survivor, &others, &choose).await?;   // the survivor's fields
//! let sealed = write.under(&contact_type, &contact, &survivor)?;     // a child's, under the survivor's key
//! write.moves(contact.id, survivor.customer, contact.version + 1);   // named by the same event
//! write.commit(changes).await?;
//! ```

use std::collections::BTreeMap;

use model::{Disclosure, FieldDef, FieldLevel, FieldName, ObjectType, RecordId, StoredRow, Value};
use vault::Place;

use super::super::gate::random;
use super::super::grant::Grant;
use super::super::operation::OnRecords;
use super::super::refusal::{FieldProblem, Refusal};
use super::super::sealed::{key_of, open_field};
use super::unblend::Replaced;
use super::{Values, Write};

/// Which record's value a field is to have; what is left out follows the rule.
pub type Choose = BTreeMap<FieldName, RecordId>;

/// What is written onto the survivor.
#[derive(Default)]
struct Blended {
    values: Values,
    /// Fields that the caller chose from another record.
    chosen: Vec<FieldName>,
    /// Fields that were empty and came from another record by the rule.
    filled: Vec<FieldName>,
}

impl<O: OnRecords> Grant<O> {
    /// Checks that the caller may do the act on every one of the records, and seals what comes to `row` from the others.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`], [`Refusal::Invalid`] with every field that is not theirs to
    /// choose, [`Refusal::Damaged`]; recorded.
    pub async fn blend(
        self,
        row: &StoredRow,
        others: &[StoredRow],
        choose: &Choose,
    ) -> Result<(Write<O>, Replaced), Refusal> {
        match self.blended(row, others, choose) {
            Ok((places, disclosure, filled, replaced)) => {
                let mut write = Write {
                    record: row.id,
                    customer: row.customer,
                    disclosure,
                    versions: vec![(row.id, row.version.saturating_add(1))],
                    told: vec![],
                    more: vec![],
                    places,
                    grant: self,
                };
                write.tells("filled", serde_json::json!(filled));
                for other in others {
                    let disclosure = write.grant.touched(write.grant.op.object(), other, vec![]);
                    write.more.push((other.id, other.customer, disclosure));
                }
                Ok((write, replaced))
            }
            Err(refusal) => Err(self.refuse(refusal).await),
        }
    }

    fn blended(
        &self,
        row: &StoredRow,
        others: &[StoredRow],
        choose: &Choose,
    ) -> Result<(super::Places, Disclosure, Vec<FieldName>, Replaced), Refusal> {
        for one in std::iter::once(row).chain(others) {
            self.check_row(one)?;
        }
        let object = self.object_type()?.clone();
        let Blended { values, mut chosen, filled } = self.chosen(&object, row, others, choose)?;
        // Asked of what was chosen alone: what comes in unseen is not to be told of.
        let asked = values.iter().filter(|(name, _)| chosen.contains(name));
        let asked = asked.map(|(name, value)| (name.clone(), value.clone())).collect();
        let problems = super::rules::broken(&object, row, &asked, false);
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        let mut written = values;
        let worked = object.worked_out(|name| written.get(name).map_or_else(|| row.clear.get(name), Option::as_ref));
        written.extend(worked);
        if let Some(approval) = object.process().and_then(|p| p.approval.as_ref())
            && written.keys().any(|name| approval.guards(name))
        {
            // What was approved is not what stands there now.
            let draft = Value::Text(model::process::Standing::Draft.as_str().to_owned());
            written.insert(approval.status.clone(), Some(draft));
        }
        let replaced = Replaced::of(self, &object, row, &written)?;
        let places = super::seal_values(&self.core.recorder, &object, row, &written)?;
        chosen.sort();
        Ok((places, self.touched(&object.name, row, chosen), filled, replaced))
    }

    fn chosen(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        others: &[StoredRow],
        choose: &Choose,
    ) -> Result<Blended, Refusal> {
        let mut keys = vec![];
        for one in std::iter::once(row).chain(others) {
            keys.push((one, key_of(self, one)?, self.levels(one)));
        }
        let mut problems = vec![];
        for name in choose.keys().filter(|name| object.field(name.as_str()).is_none()) {
            problems.push(problem(name, FieldLevel::Hidden));
        }
        let gone = |value: &Option<Value>| match value {
            Some(Value::Record(id)) => others.iter().any(|o| o.id == *id),
            _ => false,
        };
        let mut out = Blended::default();
        for (at, def) in object.fields.iter().enumerate() {
            let level =
                |n: usize| keys.get(n).and_then(|(_, _, levels)| levels.get(at)).copied().unwrap_or(FieldLevel::Hidden);
            let value = |n: usize| -> Result<Option<Value>, Refusal> {
                let Some((of, key, _)) = keys.get(n) else { return Ok(None) };
                match def.slot {
                    Some(_) => Ok(of.clear.get(&def.name).cloned()),
                    None => open_field(object, of, key.as_ref(), &def.name),
                }
            };
            // What would name the record itself, or one that is gone, names nothing.
            let from = |n: usize| -> Result<Option<Value>, Refusal> {
                let found = value(n)?;
                Ok(found.filter(|v| !gone(&Some(v.clone())) && *v != Value::Record(row.id)))
            };
            let choice = choose.get(&def.name);
            if def.is_given() || def.kind.is_beside() || object.customer_field.as_ref() == Some(&def.name) {
                if choice.is_some() {
                    problems.push(problem(&def.name, level(0).min(FieldLevel::ReadOnly)));
                }
                continue;
            }
            let own = value(0)?;
            let points_at_gone = gone(&own);
            if let Some(id) = choice {
                let Some(n) = keys.iter().position(|(one, ..)| one.id == *id) else {
                    problems.push(FieldProblem::new(
                        def.name.as_str(),
                        "invalid_value",
                        "choose one of the records that are merged",
                    ));
                    continue;
                };
                let least = (0..keys.len()).map(level).min().unwrap_or(FieldLevel::Hidden);
                if level(0) < FieldLevel::Editable || least < FieldLevel::ReadOnly {
                    problems.push(problem(&def.name, level(0)));
                    continue;
                }
                if n > 0 {
                    let taken = from(n)?;
                    if taken.is_none() && def.required {
                        problems.push(FieldProblem::new(def.name.as_str(), "required", "this field needs a value"));
                        continue;
                    }
                    out.values.insert(def.name.clone(), taken);
                    out.chosen.push(def.name.clone());
                    continue;
                }
                if !points_at_gone {
                    continue;
                }
            }
            if own.is_some() && !points_at_gone {
                continue;
            }
            let mut found = None;
            if choice.is_none() {
                for n in 1..keys.len() {
                    found = from(n)?;
                    if found.is_some() {
                        break;
                    }
                }
            }
            if found.is_some() {
                out.filled.push(def.name.clone());
            }
            if found.is_some() || points_at_gone {
                // A required reference that has nowhere else to go stays with what became of its target.
                let stays = (found.is_none() && def.required).then_some(Value::Record(row.id));
                out.values.insert(def.name.clone(), found.or(stays));
            }
        }
        if problems.is_empty() { Ok(out) } else { Err(Refusal::Invalid(problems)) }
    }
}

/// A field that is not the caller's to choose; a hidden one is answered like one that does not exist.
fn problem(name: &FieldName, level: FieldLevel) -> FieldProblem {
    let (code, reason) = if level == FieldLevel::Hidden {
        ("unknown_field", "there is no such field")
    } else {
        ("not_choosable", "you may not read it on every record, or not change it")
    };
    FieldProblem::new(name.as_str(), code, reason)
}

/// Whether the caller, with these levels on each of the records (the survivor's first), may choose a field's value.
pub fn may_choose(object: &ObjectType, def: &FieldDef, levels: &[FieldLevel]) -> bool {
    !def.is_given()
        && !def.kind.is_beside()
        && object.customer_field.as_ref() != Some(&def.name)
        && levels.first() == Some(&FieldLevel::Editable)
        && levels.iter().all(|l| *l >= FieldLevel::ReadOnly)
}

impl<O: OnRecords> Write<O> {
    /// The sealed fields of a stored record of any type, sealed anew under the key of `home`'s customer.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when a value does not open, not yet recorded: end the act with [`Write::refuse`].
    pub fn under(
        &self,
        object: &ObjectType,
        row: &StoredRow,
        home: &StoredRow,
    ) -> Result<BTreeMap<FieldName, Vec<u8>>, Refusal> {
        let old = key_of(&self.grant, row)?;
        let new = key_of(&self.grant, home)?.ok_or(Refusal::NotFound)?;
        if old.is_none() && !row.sealed.is_empty() {
            return Err(Refusal::Damaged);
        }
        let mut sealed = BTreeMap::new();
        for name in row.sealed.keys() {
            // A field that the definition has no more stays sealed to its record, and goes over all the same.
            let Some(value) = open_field(object, row, old.as_ref(), name)? else { continue };
            let place = Place { object: object.name.as_str(), record: row.id, field: name.as_str() };
            let plain = zeroize::Zeroizing::new(serde_json::to_vec(&value).map_err(|_| Refusal::Damaged)?);
            let bytes = new.seal(&place, random(), &plain).map_err(|error| {
                tracing::error!(%error, "a value could not be sealed");
                Refusal::Damaged
            })?;
            sealed.insert(name.clone(), bytes);
        }
        Ok(sealed)
    }

    /// The act gives this record of `customer` this version; the event names it.
    pub fn moves(&mut self, record: RecordId, customer: RecordId, version: i64) {
        self.versions.push((record, version));
        self.more.push((record, customer, Disclosure::default()));
    }

    /// The act is about this record too, and gives it no version: it is gone afterwards.
    pub fn about(&mut self, record: RecordId, customer: RecordId) {
        self.more.push((record, customer, Disclosure::default()));
    }
}
