//! A grant: the proof that an operation was allowed for a caller, good for one use.

use std::sync::Arc;

use model::{AccessEvent, Caller, Decision, Disclosure, FieldLevel, ObjectType, RecordId, StoredRow, Touch, UnixMs};

use super::gate::{Core, about, new_event};
use super::journal::{Change, JournalError};
use super::operation::{OnRecords, OnSystem, Operation};
use super::refusal::Refusal;
use super::sealed::{Disclosed, Sealed};
use crate::engine::{BoundFilter, Context, Engine, Rights, Verdict};

/// Where one principal reaches: an agent's grant has two, and both must hold.
pub(crate) struct Reach {
    pub(crate) rights: Arc<Rights>,
    pub(crate) filter: BoundFilter,
}

/// Proof that `O` is allowed for one caller. Made by the gate alone; neither cloned nor printed; used up by its use.
#[must_use = "a grant that is not used leaves no record of what it was asked for"]
pub struct Grant<O: Operation> {
    pub(crate) core: Arc<Core>,
    pub(crate) engine: Arc<Engine>,
    pub(crate) caller: Caller,
    pub(crate) ctx: Context,
    pub(crate) reach: Vec<Reach>,
    /// The store's own statements that stand or fall with the act.
    pub(crate) along: Vec<Change>,
    pub(crate) op: O,
}

/// A record that an administrative act changes, and the version it has afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    pub record: RecordId,
    pub customer: RecordId,
    pub version: i64,
}

impl<O: Operation> Grant<O> {
    pub fn operation(&self) -> &O {
        &self.op
    }
    pub fn caller(&self) -> &Caller {
        &self.caller
    }
    /// The moment the decision is for: shares and grants that have ended by then do not count.
    pub fn now(&self) -> UnixMs {
        self.caller.at
    }
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Whether an administrative operation is open to the caller, at once or once they do what would help (prove a second
    /// factor, give a purpose). Tells what may be asked for; the gate decides anew when it is.
    pub fn has_duty(&self, action: model::Action) -> bool {
        let mut own = std::iter::once(self.caller.user).chain(self.caller.on_behalf_of);
        self.may_ask(action)
            && own.all(|user| {
                let verdict = self.engine.may_system(user, action, &self.ctx);
                verdict.allowed || verdict.obligation.is_some()
            })
    }

    /// Whether some record may be open to the operation, whatever the request: as [`Grant::has_duty`].
    pub fn has_right(&self, action: model::Action, object: &model::ObjectName) -> bool {
        self.may_ask(action) && self.all_rights(object, |rights| !rights.filter(action).never())
    }

    /// The highest level the caller has a field at on some record.
    pub fn best_level(&self, object: &model::ObjectName, field: &model::FieldName) -> FieldLevel {
        let kept = self
            .engine
            .compiled()
            .object(object)
            .and_then(|o| o.field(field.as_str()))
            .is_some_and(model::FieldDef::is_given);
        let reached =
            |level: &FieldLevel| self.all_rights(object, |rights| !rights.field(field.as_str(), *level).never());
        [FieldLevel::Editable, FieldLevel::ReadOnly, FieldLevel::Masked]
            .into_iter()
            .find(reached)
            .map_or(FieldLevel::Hidden, |level| if kept { level.min(FieldLevel::ReadOnly) } else { level })
    }

    /// The rows of an object type on which the caller may do `action`: for acts that answer differently to those who
    /// know a record and those who do not, and for references to other records.
    pub fn filters_for(&self, action: model::Action, object: &model::ObjectName) -> Vec<BoundFilter> {
        let own = std::iter::once(self.caller.user).chain(self.caller.on_behalf_of);
        own.map(|user| match self.engine.rights(user, object) {
            Ok(rights) => rights.filter(action).bind(&self.ctx),
            Err(_) => BoundFilter::default(),
        })
        .collect()
    }

    /// Whether somebody else may do `action` to this row, at once or once they do what would help: for acts that wait for
    /// another's word. It decides nothing: they are asked anew when they act.
    pub fn might(
        &self,
        user: model::UserId,
        action: model::Action,
        object: &model::ObjectName,
        row: &StoredRow,
    ) -> bool {
        self.engine.rights(user, object).is_ok_and(|rights| {
            let verdict = rights.filter(action).decide(&self.ctx, row);
            verdict.allowed || verdict.obligation.is_some()
        })
    }

    /// Whether the caller may do `action` to this row, though the grant is for something else; gives the rules that permit it.
    /// An act that lets another act happen (an approval that shares) MUST ask so at that moment.
    ///
    /// # Errors
    /// [`Refusal::ForbiddenOnRecord`], to be recorded by the caller.
    pub fn right_on(
        &self,
        action: model::Action,
        object: &model::ObjectName,
        row: &StoredRow,
    ) -> Result<Vec<String>, Refusal> {
        let none = |rules, obligation| Refusal::ForbiddenOnRecord { rules, obligation };
        if !self.may_ask(action) {
            return Err(none(vec!["token.actions".to_owned()], None));
        }
        let mut by = vec![];
        for user in std::iter::once(self.caller.user).chain(self.caller.on_behalf_of) {
            let rights = self.engine.rights(user, object).map_err(|_| none(vec![], None))?;
            let verdict = rights.filter(action).decide(&self.ctx, row);
            let rules = verdict.rules.iter().map(ToString::to_string);
            if !verdict.allowed {
                return Err(none(rules.collect(), verdict.obligation));
            }
            by.extend(rules);
        }
        by.sort();
        by.dedup();
        Ok(by)
    }

    /// The caller's level on every field of a row of `object`, in the definition's order; the lower of both for an agent.
    pub fn levels_of(&self, object: &ObjectType, row: &StoredRow) -> Vec<FieldLevel> {
        let mut all: Option<Vec<FieldLevel>> = None;
        for user in std::iter::once(self.caller.user).chain(self.caller.on_behalf_of) {
            let Ok(rights) = self.engine.rights(user, &object.name) else { return vec![] };
            let levels = rights.levels(&self.ctx, row);
            all = Some(match all {
                None => levels,
                Some(have) => have.into_iter().zip(levels).map(|(a, b)| a.min(b)).collect(),
            });
        }
        all.unwrap_or_default()
    }

    fn may_ask(&self, action: model::Action) -> bool {
        self.caller.token_actions.as_ref().is_none_or(|actions| actions.contains(&action))
    }

    fn all_rights(&self, object: &model::ObjectName, holds: impl Fn(&crate::engine::Rights) -> bool) -> bool {
        let mut own = std::iter::once(self.caller.user).chain(self.caller.on_behalf_of);
        own.all(|user| self.engine.rights(user, object).is_ok_and(|rights| holds(&rights)))
    }

    pub(crate) fn event(&self) -> AccessEvent {
        let mut event = new_event(&self.caller, &self.engine, O::ACTION);
        event.asked = Some(self.ctx.asked(&self.engine));
        event
    }
}

impl<O: OnRecords> Grant<O> {
    /// The definition of the operation's object type.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it was removed since the grant was made.
    pub fn object_type(&self) -> Result<&Arc<ObjectType>, Refusal> {
        self.engine.compiled().object(self.op.object()).ok_or(Refusal::NotFound)
    }

    /// Makes the store's own statements durable in the unit of the act, or not at all: where a job stands that acts on many
    /// records. They MUST NOT be of a record. Nothing becomes of them when the act is refused.
    pub fn along(mut self, changes: Vec<Change>) -> Self {
        self.along.extend(changes);
        self
    }

    /// The rows the operation reaches: all of these must hold. Every query MUST carry them.
    pub fn filters(&self) -> Vec<&BoundFilter> {
        self.reach.iter().map(|r| &r.filter).collect()
    }

    /// The rows where a field is at least at this level: a filter, sort, count or search by the field MUST carry them too,
    /// or it tells what the caller may not see.
    pub fn field_filters(&self, field: &str, level: FieldLevel) -> Vec<BoundFilter> {
        self.reach.iter().map(|r| r.rights.field(field, level).bind(&self.ctx)).collect()
    }

    /// Records a step of a long act that shows nothing itself: its intent before it begins, its outcome when it has ended.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn step(self, decision: Decision, changes: Vec<Change>) -> Result<Disclosed<()>, Refusal> {
        let mut event = self.event();
        event.object = Some(self.op.object().clone());
        event.decision = decision;
        event.detail = self.op.detail();
        match self.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new((), event.id)),
            Err(error) => Err(record_failure(&self.core, event, error).await),
        }
    }

    pub(crate) fn verdict(&self, row: &StoredRow) -> Verdict {
        self.verdict_of(O::ACTION, row)
    }

    pub(crate) fn verdict_of(&self, action: model::Action, row: &StoredRow) -> Verdict {
        let mut all = Verdict { allowed: !self.reach.is_empty(), rules: vec![], obligation: None };
        for r in &self.reach {
            let v = r.rights.filter(action).decide(&self.ctx, row);
            if !v.allowed {
                return v;
            }
            all.rules.extend(v.rules);
        }
        all.rules.sort();
        all.rules.dedup();
        all
    }

    /// Each field's level for the row, by the definition's order; the lower of both principals for an agent.
    pub(crate) fn levels(&self, row: &StoredRow) -> Vec<FieldLevel> {
        let mut reach = self.reach.iter();
        let Some(first) = reach.next() else { return vec![] };
        let mut levels = first.rights.levels(&self.ctx, row);
        for r in reach {
            for (level, other) in levels.iter_mut().zip(r.rights.levels(&self.ctx, row)) {
                *level = (*level).min(other);
            }
        }
        if let Ok(object) = self.object_type() {
            // History is as it was: an import may bring the numbers that records had elsewhere.
            let brings = |f: &model::FieldDef| O::ACTION == model::Action::Import && f.numbered.is_some();
            for (level, _) in levels.iter_mut().zip(&object.fields).filter(|(_, f)| f.is_given() && !brings(f)) {
                *level = (*level).min(FieldLevel::ReadOnly);
            }
        }
        levels
    }

    /// Binds rows to this grant. Only [`Sealed::disclose`] gets them out again.
    pub fn seal(self, rows: Vec<StoredRow>) -> Sealed<O> {
        Sealed { grant: self, rows }
    }

    /// Records that nothing was shown or done, and why, and gives back the refusal to answer with.
    pub async fn refuse(self, refusal: Refusal) -> Refusal {
        let decision = match &refusal {
            Refusal::Conflict | Refusal::Taken { .. } => Decision::Conflict,
            Refusal::StoreUnavailable(_) | Refusal::Damaged => Decision::Failed,
            _ => Decision::Refused,
        };
        let mut event = self.event();
        event.object = Some(self.op.object().clone());
        event.decision = decision;
        event.detail = self.op.refused_detail();
        if let Refusal::ForbiddenOnRecord { rules, .. } | Refusal::Forbidden { rules, .. } = &refusal {
            event.rules.clone_from(rules);
        }
        if let Some(record) = self.op.record() {
            about(&mut event, record);
        }
        match self.core.recorder.record(&event, &[], vec![]).await {
            Ok(_) => refusal,
            Err(_) => Refusal::AuditUnavailable,
        }
    }

    /// Answers with something that is not a record but was learnt from records the caller may see: a count, a sum.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: the answer is not released.
    pub async fn answer<T>(self, value: T) -> Result<Disclosed<T>, Refusal> {
        let mut event = self.event();
        event.object = Some(self.op.object().clone());
        event.detail = super::thin::question(&self.core, &self.op);
        event.rules = self.reach.iter().flat_map(|r| r.filter.rules()).map(|r| r.to_string()).collect();
        event.rules.sort();
        event.rules.dedup();
        self.core.recorder.record(&event, &[], vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        Ok(Disclosed::new(value, event.id))
    }

    /// Answers with something learnt from records the caller may see, some of which the answer tells apart: each of those, given
    /// with whose data it is, was touched, and these fields of it were shown.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: the answer is not released.
    pub async fn answer_touching<T>(
        self,
        touched: Vec<(model::RecordId, model::RecordId)>,
        shown: Vec<model::FieldName>,
        value: T,
    ) -> Result<Disclosed<T>, Refusal> {
        if touched.is_empty() {
            return self.answer(value).await;
        }
        let mut event = self.event();
        event.object = Some(self.op.object().clone());
        event.detail = super::thin::question(&self.core, &self.op);
        let mut rules: Vec<String> = self.reach.iter().flat_map(|r| r.filter.rules()).map(|r| r.to_string()).collect();
        rules.sort();
        rules.dedup();
        // There are no rows of them here: each is explained by what ties the actor to the customer.
        let reason = Some(model::Explanation::None);
        event.disclosures = vec![Disclosure { shown, rules, reason, ..Disclosure::default() }];
        event.touches =
            touched.into_iter().map(|(record, customer)| Touch { record, customer, disclosure: 0 }).collect();
        if let Err(refusal) = self.explain(&mut event).await {
            return Err(self.refuse(refusal).await);
        }
        self.core.recorder.record(&event, &[], vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        let customers = event.touches.iter().map(|t| t.customer);
        self.core.counters.customers(event.caller.user, event.at, customers);
        Ok(Disclosed::new(value, event.id))
    }

    /// As [`Self::answer_about`], about several: that they are there was told, and no field of them.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: the answer is not released.
    pub async fn answer_about_all<T>(self, rows: &[StoredRow], value: T) -> Result<Disclosed<T>, Refusal> {
        let mut event = self.event();
        event.object = Some(self.op.object().clone());
        event.detail = super::thin::question(&self.core, &self.op);
        for row in rows {
            let disclosure = self.facts(self.op.object(), row, &self.verdict(row).rules, Disclosure::default());
            super::reasons::touch(&mut event, (row.id, row.customer), disclosure);
        }
        if let Err(refusal) = self.explain(&mut event).await {
            return Err(self.refuse(refusal).await);
        }
        self.core.recorder.record(&event, &[], vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        Ok(Disclosed::new(value, event.id))
    }

    /// Answers with something about one record that shows no field of it, to a caller who may: who looked at it.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: the answer is not released.
    pub async fn answer_about<T>(self, row: &StoredRow, value: T) -> Result<Disclosed<T>, Refusal> {
        let mut event = self.event();
        event.object = Some(self.op.object().clone());
        event.detail = super::thin::question(&self.core, &self.op);
        let rules = self.verdict(row).rules;
        event.rules = rules.iter().map(ToString::to_string).collect();
        let disclosure = Disclosure { rules: event.rules.clone(), ..Disclosure::default() };
        event.disclosures = vec![self.facts(self.op.object(), row, &rules, disclosure)];
        event.touches = vec![Touch { record: row.id, customer: row.customer, disclosure: 0 }];
        if let Err(refusal) = self.explain(&mut event).await {
            return Err(self.refuse(refusal).await);
        }
        self.core.recorder.record(&event, &[], vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        Ok(Disclosed::new(value, event.id))
    }
}

impl<O: OnSystem> Grant<O> {
    /// Makes the changes of an administrative act together with its event, then releases the answer.
    ///
    /// # Errors
    /// [`Refusal`]: nothing was changed. A conflict is recorded as such.
    pub async fn carry_out<T>(self, changes: Vec<Change>, answer: T) -> Result<Disclosed<T>, Refusal> {
        self.carry_out_telling(vec![], changes, answer).await
    }

    /// As [`Self::carry_out`], with more in the event's detail than the operation itself can tell.
    ///
    /// # Errors
    /// As [`Self::carry_out`].
    pub async fn carry_out_telling<T>(
        self,
        more: Vec<(&'static str, serde_json::Value)>,
        changes: Vec<Change>,
        answer: T,
    ) -> Result<Disclosed<T>, Refusal> {
        let mut event = self.event();
        event.detail = tell(self.op.detail(), more);
        if let Some(record) = self.op.about() {
            event.disclosures = vec![Disclosure::default()];
            event.touches = vec![Touch { record, customer: record, disclosure: 0 }];
        }
        match self.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new(answer, event.id)),
            Err(error) => Err(self.failed(event, error).await),
        }
    }

    /// As [`Self::carry_out_telling`], for an act that has an effect on one record: the event touches it, and tells by which
    /// rules. As with every change, the touch is salted by the audit key.
    ///
    /// # Errors
    /// As [`Self::carry_out`].
    pub async fn carry_out_on<T>(
        self,
        (object, row): (&model::ObjectName, &StoredRow),
        rules: Vec<String>,
        more: Vec<(&'static str, serde_json::Value)>,
        changes: Vec<Change>,
        answer: T,
    ) -> Result<Disclosed<T>, Refusal> {
        self.carry_out_on_with((object, row), rules, more, (changes, vec![]), answer).await
    }

    /// Makes an act's changes to records durable with one event that names each of them, in the order given. It shows nothing
    /// of them, so the duty itself is the right: no filter, no field.
    ///
    /// # Errors
    /// As [`Self::carry_out`].
    pub async fn carry_out_on_all<T>(
        self,
        records: &[Changed],
        more: Vec<(&'static str, serde_json::Value)>,
        changes: Vec<Change>,
        answer: T,
    ) -> Result<Disclosed<T>, Refusal> {
        let mut event = self.event();
        event.detail = tell(self.op.detail(), more);
        let touch = |r: &Changed| Touch { record: r.record, customer: r.customer, disclosure: 0 };
        event.touches = records.iter().map(touch).collect();
        if !records.is_empty() {
            event.disclosures = vec![Disclosure::default()];
            let versions: Vec<i64> = records.iter().map(|r| r.version).collect();
            event.detail = tell(event.detail, [("versions", super::write::runs(&versions))]);
        }
        match self.core.recorder.record(&event, &[], changes).await {
            Ok(_) => Ok(Disclosed::new(answer, event.id)),
            Err(error) => Err(self.failed(event, error).await),
        }
    }

    /// Releases the answer to a question that names customers, with one touch for each of them.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`]: the answer is not released.
    pub async fn tell<T>(self, about: Vec<RecordId>, answer: T) -> Result<Disclosed<T>, Refusal> {
        let mut event = self.event();
        event.detail = self.op.detail();
        event.disclosures = vec![Disclosure::default()];
        event.touches = about.into_iter().map(|id| Touch { record: id, customer: id, disclosure: 0 }).collect();
        self.core.recorder.record(&event, &[], vec![]).await.map_err(|_| Refusal::AuditUnavailable)?;
        Ok(Disclosed::new(answer, event.id))
    }

    /// Records that the act was refused for a reason found after admission.
    pub async fn refuse_system(self, refusal: Refusal) -> Refusal {
        let mut event = self.event();
        event.decision = Decision::Refused;
        event.detail = self.op.detail();
        if let Some(record) = self.op.about() {
            about(&mut event, record);
        }
        match self.core.recorder.record(&event, &[], vec![]).await {
            Ok(_) => refusal,
            Err(_) => Refusal::AuditUnavailable,
        }
    }

    pub(crate) async fn failed(self, event: AccessEvent, error: JournalError) -> Refusal {
        record_failure(&self.core, event, error).await
    }
}

/// A detail with more in it.
pub fn tell(
    detail: serde_json::Value,
    more: impl IntoIterator<Item = (&'static str, serde_json::Value)>,
) -> serde_json::Value {
    let mut fields = match detail {
        serde_json::Value::Object(fields) => fields,
        serde_json::Value::Null => serde_json::Map::new(),
        other => serde_json::Map::from_iter([("detail".to_owned(), other)]),
    };
    fields.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    if fields.is_empty() { serde_json::Value::Null } else { fields.into() }
}

/// Records that a change was allowed but not made, and gives the refusal that says why.
pub(crate) async fn record_failure(core: &Core, mut event: AccessEvent, error: JournalError) -> Refusal {
    let refusal = match error {
        JournalError::Unavailable => return Refusal::AuditUnavailable,
        JournalError::Conflict { .. } => Refusal::Conflict,
        JournalError::Taken { .. } => Refusal::Taken { field: None },
        JournalError::Failed { reason, .. } => Refusal::StoreUnavailable(reason),
    };
    event.decision =
        if matches!(refusal, Refusal::StoreUnavailable(_)) { Decision::Failed } else { Decision::Conflict };
    event.id = model::EventId::new(event.at, super::gate::random());
    for d in &mut event.disclosures {
        d.shown.clear();
        d.masked.clear();
    }
    match core.recorder.record(&event, &[], vec![]).await {
        Ok(_) => refusal,
        Err(_) => Refusal::AuditUnavailable,
    }
}
