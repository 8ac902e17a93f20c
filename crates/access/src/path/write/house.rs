//! What the house writes by itself, by a rule of the company: a task that comes of an act, a field that a rule sets on a day.
//!
//! Rule: nobody's rights are asked, so nothing of it is shown to anybody, and the event that tells of it names the rule. The statements
//! are worth nothing without an event: they become durable with the act's, or with one of [`Gate::note_on_all`].

use model::{AccessEvent, Action, Caller, Decision, Disclosure, FieldDef, ObjectType, StoredRow, Touch, Value};

use super::super::gate::Gate;
use super::super::grant::{Changed, Grant, tell};
use super::super::journal::{Change, JournalError};
use super::super::operation::{OnRecords, OnSystem};
use super::super::refusal::Refusal;
use super::super::sealed::Disclosed;
use super::{NewRecord, Places, Values, Write, blank, missing, seal_values};

impl Gate {
    /// As [`super::super::Grant::unique_mac`], for the house's own acts.
    ///
    /// # Errors
    /// [`Refusal::Damaged`] when the vault has no key for it.
    pub fn unique_mac(&self, object: &ObjectType, def: &FieldDef, value: &Value) -> Result<[u8; 32], Refusal> {
        super::unique_mac(self.recorder().vault(), object, def, value).map_err(|error| {
            tracing::error!(%error, "a unique value has no hash");
            Refusal::Damaged
        })
    }

    /// Seals a record that a rule makes at `at`.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a required value, [`Refusal::NotFound`] for an erased customer's.
    pub fn seal_new(&self, caller: &Caller, object: &ObjectType, new: &NewRecord) -> Result<Places, Refusal> {
        let row = blank(object, new, (caller.user, caller.at));
        let lacks = missing(object, |f| new.values.get(&f.name).is_none_or(Option::is_none));
        if !lacks.is_empty() {
            return Err(Refusal::Invalid(lacks));
        }
        let mut written = new.values.clone();
        written.extend(new.given.clone());
        written.extend(object.worked_out(|name| row.clear.get(name)));
        seal_values(self.recorder(), object, &row, &written)
    }

    /// Seals what a rule sets of a stored record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an erased customer's, [`Refusal::Damaged`].
    pub fn seal_change(&self, object: &ObjectType, row: &StoredRow, values: &Values) -> Result<Places, Refusal> {
        let mut written = values.clone();
        written.extend(object.worked_out(|name| values.get(name).map_or_else(|| row.clear.get(name), Option::as_ref)));
        seal_values(self.recorder(), object, row, &written)
    }

    /// Records what a rule did to records, with the statements that do it. Needs no permission: the company's rule is it.
    ///
    /// # Errors
    /// [`JournalError`]: nothing was done.
    pub async fn note_on_all(
        &self,
        caller: &Caller,
        (action, object): (Action, &model::ObjectName),
        detail: serde_json::Value,
        (rule, records): (&str, &[Changed]),
        changes: Vec<Change>,
    ) -> Result<(), JournalError> {
        let mut event: AccessEvent = self.blank_event(caller, action);
        event.object = Some(object.clone());
        event.decision = Decision::Allowed;
        event.disclosures = vec![Disclosure { rules: vec![rule.to_owned()], ..Disclosure::default() }];
        event.touches =
            records.iter().map(|r| Touch { record: r.record, customer: r.customer, disclosure: 0 }).collect();
        let changed = records.iter().filter(|r| r.version > 0);
        let versions: serde_json::Map<String, serde_json::Value> =
            changed.map(|r| (r.record.to_string(), serde_json::json!(r.version))).collect();
        event.detail = tell(detail, [("versions", versions.into())]);
        self.recorder().record(&event, &[], changes).await?;
        Ok(())
    }
}

impl<O: OnRecords> Write<O> {
    /// The act also makes this record, by a rule: the event names it with the rule, and shows nothing of it.
    pub fn makes(&mut self, record: Changed, rule: String) {
        self.versions.push((record.record, record.version));
        self.more.push((record.record, record.customer, Disclosure { rules: vec![rule], ..Disclosure::default() }));
    }
}

impl<O: OnSystem> Grant<O> {
    /// As [`Grant::carry_out_on`], with records that rules make of the act, each with its rule.
    ///
    /// # Errors
    /// As [`Grant::carry_out`].
    pub async fn carry_out_on_with<T>(
        self,
        (object, row): (&model::ObjectName, &StoredRow),
        rules: Vec<String>,
        more: Vec<(&'static str, serde_json::Value)>,
        (changes, made): (Vec<Change>, Vec<(Changed, String)>),
        answer: T,
    ) -> Result<Disclosed<T>, Refusal> {
        let mut event = self.event();
        event.object = Some(object.clone());
        event.detail = tell(self.op.detail(), more);
        event.rules.clone_from(&rules);
        event.disclosures = vec![Disclosure { rules, ..Disclosure::default() }];
        event.touches = vec![Touch { record: row.id, customer: row.customer, disclosure: 0 }];
        for (record, rule) in made {
            let at = u16::try_from(event.disclosures.len()).unwrap_or(u16::MAX);
            event.disclosures.push(Disclosure { rules: vec![rule], ..Disclosure::default() });
            event.touches.push(Touch { record: record.record, customer: record.customer, disclosure: at });
        }
        match self.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new(answer, event.id)),
            Err(error) => Err(self.failed(event, error).await),
        }
    }
}
