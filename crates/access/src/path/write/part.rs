//! One act that makes records of other object types too: a conversion. Each is checked as if the caller made it alone.
//!
//! ```text
//! let part = grant.part(&contact)?;              // the caller may make contacts at all
//! let mut write = grant.change(row, &values).await?;
//! let places = write.make(&part, &new, &kept)?;         // … and this one, with these fields
//! write.commit(changes).await?;                  // one unit, one event
//! ```

use model::{Action, FieldDef, ObjectName, ObjectType, StoredRow};
use zeroize::Zeroizing;

use super::super::gate::reach_of;
use super::{Grant, NewRecord, Places, Refusal, Write, Written};
use crate::path::operation::{OnRecords, Operation};

/// Making records of a type within an act on another.
struct Making(ObjectName);

impl Operation for Making {
    const ACTION: Action = Action::Create;
}
impl OnRecords for Making {
    fn object(&self) -> &ObjectName {
        &self.0
    }
}

/// The proof that the caller may make records of an object type, within the act it was asked for.
pub struct Part(Grant<Making>);

/// A stored value that others are compared with. It can be compared, and neither read nor printed.
pub struct Alike {
    form: Zeroizing<String>,
    text: Zeroizing<String>,
}

impl<O: OnRecords> Grant<O> {
    /// # Errors
    /// [`Refusal::Forbidden`]: not recorded; the act is refused with it.
    pub fn part(&self, object: &ObjectName) -> Result<Part, Refusal> {
        self.part_by(Action::Create, object)
    }

    /// The same for who may change records of the type, to compare them with others. What is made with it is decided by the
    /// right to make.
    ///
    /// # Errors
    /// As [`Grant::part`].
    pub fn part_of_edit(&self, object: &ObjectName) -> Result<Part, Refusal> {
        self.part_by(Action::Edit, object)
    }

    fn part_by(&self, action: Action, object: &ObjectName) -> Result<Part, Refusal> {
        let reach = reach_of(&self.engine, &self.caller, &self.ctx, action, object).map_err(|verdict| {
            let rules = verdict.rules.iter().map(ToString::to_string).collect();
            Refusal::Forbidden { rules, obligation: verdict.obligation }
        })?;
        Ok(Part(Grant {
            core: self.core.clone(),
            engine: self.engine.clone(),
            caller: self.caller.clone(),
            ctx: self.ctx.clone(),
            reach,
            along: vec![],
            op: Making(object.clone()),
        }))
    }
}

impl Part {
    /// # Errors
    /// [`Refusal::NotFound`] when there is no such object type any more.
    pub fn object_type(&self) -> Result<&std::sync::Arc<ObjectType>, Refusal> {
        self.0.object_type()
    }
    /// Blind tokens to look for records with the same value.
    pub fn tokens(&self, object: &ObjectType, def: &FieldDef, term: &str) -> Vec<u64> {
        self.0.search_tokens(object, def, term)
    }
    /// Whether an opened candidate has exactly this value. Shows nothing to anyone.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when stored data does not open.
    pub fn is_same(&self, row: &StoredRow, def: &FieldDef, value: &model::Value) -> Result<bool, Refusal> {
        let key = super::key_of(&self.0, row)?;
        let have = super::open_field(self.0.object_type()?, row, key.as_ref(), &def.name)?;
        let text = |v: &model::Value| super::normalize(&def.kind, &v.to_text(&def.kind));
        Ok(have.is_some_and(|have| text(&have) == text(value)))
    }
    /// Whether an opened candidate's value is alike in a form of the caller's choice. Shows nothing to anyone.
    ///
    /// # Errors
    /// As [`Part::is_same`].
    pub fn resembles(
        &self,
        row: &StoredRow,
        def: &FieldDef,
        want: &str,
        form: impl Fn(&FieldDef, &str) -> String,
    ) -> Result<bool, Refusal> {
        let key = super::key_of(&self.0, row)?;
        let have = super::open_field(self.0.object_type()?, row, key.as_ref(), &def.name)?;
        Ok(have.is_some_and(|have| form(def, &have.to_text(&def.kind)) == want))
    }
    /// A stored value in the form in which others are compared with it, if the row has one.
    ///
    /// # Errors
    /// As [`Part::is_same`].
    pub fn alike(
        &self,
        row: &StoredRow,
        def: &FieldDef,
        form: impl Fn(&FieldDef, &str) -> String,
    ) -> Result<Option<Alike>, Refusal> {
        let key = super::key_of(&self.0, row)?;
        let have = super::open_field(self.0.object_type()?, row, key.as_ref(), &def.name)?;
        let Some(text) = have.map(|have| Zeroizing::new(have.to_text(&def.kind))) else { return Ok(None) };
        let form = Zeroizing::new(form(def, &text));
        Ok((!form.is_empty()).then_some(Alike { form, text }))
    }
    /// Blind tokens to look for records that are alike.
    pub fn tokens_alike(&self, object: &ObjectType, def: &FieldDef, alike: &Alike) -> Vec<u64> {
        // Exact tokens are of the whole value; those of parts are found by what is left of it.
        let term = if def.search == model::object::Search::Part { &alike.form } else { &alike.text };
        self.0.search_tokens(object, def, term)
    }
    /// Whether an opened candidate is alike.
    ///
    /// # Errors
    /// As [`Part::is_same`].
    pub fn is_alike(
        &self,
        row: &StoredRow,
        def: &FieldDef,
        alike: &Alike,
        form: impl Fn(&FieldDef, &str) -> String,
    ) -> Result<bool, Refusal> {
        self.resembles(row, def, &alike.form, form)
    }
    /// Whether the caller may view a stored record of this type.
    pub fn sees(&self, row: &StoredRow) -> bool {
        self.0.verdict_of(Action::View, row).allowed
    }
}

impl<O: OnRecords> Write<O> {
    /// Checks and seals a new record of the act, with what the house writes besides. Its problems are named `object.field`.
    ///
    /// # Errors
    /// The refusal of the act, not yet recorded: end the act with [`Write::refuse`].
    pub fn make(&mut self, part: &Part, new: &NewRecord) -> Result<Places, Refusal> {
        let object = part.object_type()?.clone();
        let (row, mut problems) = part.0.new_row(&object, new);
        let written = Written { values: &new.values, given: &new.given, is_new: true };
        let sealed = part.0.check_and_seal(&object, &row, written, &mut problems);
        let (places, disclosure) = sealed.map_err(|refusal| match refusal {
            Refusal::Invalid(mut problems) => {
                problems.iter_mut().for_each(|p| p.field = format!("{}.{}", object.name, p.field));
                Refusal::Invalid(problems)
            }
            other => other,
        })?;
        self.versions.push((row.id, row.version));
        self.more.push((row.id, row.customer, disclosure));
        Ok(places)
    }

    /// Ends the act without writing anything; recorded.
    pub async fn refuse(self, refusal: Refusal) -> Refusal {
        self.grant.refuse(refusal).await
    }
}
