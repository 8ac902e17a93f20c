//! Why the actor had to do with a record 业务理由, as far as the system can see: worked out for every record an event touches, before the
//! event is made, so that it is committed to with it.
//!
//! What stands in the row and in the directory is judged here, purely. What must be looked up (an open task, the customer a contact
//! belongs to) is asked of the store once for all records that are not explained otherwise; for most lists that is never.
//!
//! Rule: a reason gives no right. It is worked out after the decision, from what the decision saw, and only told.

use std::collections::BTreeMap;

use model::{
    AccessEvent, Action, Caller, Channel, DepartmentId, Directory, Disclosure, Explanation, ObjectName, ObjectType,
    ReasonRules, RecordId, StoredRow, Touch, User, UserId, UserKind,
};

use super::gate::Core;
use super::grant::Grant;
use super::operation::{OnRecords, Operation};
use super::refusal::Refusal;
use crate::engine::{Engine, Obligation};

/// What is asked of the store: what ties these people's records to one person.
pub struct AskTies<'a> {
    pub engine: &'a Engine,
    pub rules: &'a ReasonRules,
    /// Who is to be explained: the person, where an agent or a job acts for one.
    pub who: &'a User,
    /// Their department and those above.
    pub departments: &'a [DepartmentId],
    pub now: model::UnixMs,
    /// Customers that are not explained otherwise, each once, sorted.
    pub customers: &'a [RecordId],
}

/// Something found of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tie {
    /// A reason by itself: a template's record, a share of the customer, an open handover.
    Reason(Explanation),
    /// The customer's own row: whoever it explains is explained for all that belongs to it.
    Home { object: ObjectName, owner: Option<UserId>, department: Option<DepartmentId>, pool: bool },
}

/// The store did not answer; nothing may be shown on a guess.
#[derive(Debug, Clone, thiserror::Error)]
#[error("what ties a person to a customer could not be asked: {0}")]
pub struct TiesError(pub String);

/// Where ties are looked up. Implementations MUST answer with one query for any page of a list, and MUST NOT count what `who` made
/// less than the rules' weak minutes before, nor a share that `who` gave themselves.
#[async_trait::async_trait]
pub trait Ties: Send + Sync + 'static {
    /// # Errors
    /// [`TiesError`].
    async fn ties(&self, ask: AskTies<'_>) -> Result<Vec<(RecordId, Tie)>, TiesError>;
}

/// Nothing is looked up: where there is no store yet, and in tests of what is judged purely.
pub struct NoTies;

#[async_trait::async_trait]
impl Ties for NoTies {
    async fn ties(&self, _ask: AskTies<'_>) -> Result<Vec<(RecordId, Tie)>, TiesError> {
        Ok(vec![])
    }
}

/// Whose record it is, where it belongs, and in whose pool it waits.
struct Standing<'a> {
    object: &'a ObjectName,
    owner: Option<UserId>,
    department: Option<DepartmentId>,
    pool: bool,
}

/// Who is to be explained: the person, where an agent or a job acts for one.
fn who<'a>(caller: &Caller, directory: &'a Directory) -> Option<&'a User> {
    directory.user(caller.on_behalf_of.unwrap_or(caller.user))
}

fn standing(of: &Standing<'_>, who: &User, above: &[DepartmentId], directory: &Directory) -> [(Explanation, bool); 3] {
    let duty = of.owner.is_some_and(|owner| directory.is_above(who.id, owner))
        || of.department.is_some_and(|department| directory.leads(who.id, department));
    let member = || directory.pools.iter().any(|pool| pool.object == *of.object && pool.has_member(who, above));
    [
        (Explanation::Owner, of.owner == Some(who.id)),
        (Explanation::TeamDuty, duty),
        (Explanation::Pool, of.pool && member()),
    ]
}

/// The strongest reason that stands in the row and in the directory.
pub(crate) fn of_row(
    (engine, rules): (&Engine, &ReasonRules),
    caller: &Caller,
    action: Action,
    (object, row): (&ObjectName, &StoredRow),
    by: &[std::sync::Arc<str>],
) -> Explanation {
    let directory = engine.directory();
    let Some(who) = who(caller, directory) else { return Explanation::None };
    let above = directory.ancestors(who.department);
    let of = Standing { object, owner: row.owner, department: row.department, pool: row.pool };
    // Made in this very act: its maker wrote all there is of it.
    let made = row.version == 1 && row.created_by == caller.user && row.created_at == caller.at;
    let by_job = caller.on_behalf_of.is_none() && caller.origin.channel == Channel::Job && who.kind != UserKind::Person;
    let given = |collaborator: bool| {
        row.members
            .given
            .iter()
            .any(|given| given.collaborator == collaborator && given.by != who.id && is_to(&given.to, who, &above))
    };
    let more = [
        (Explanation::CoOwner, given(true)),
        (Explanation::Share, given(false)),
        (Explanation::Job, made || action == Action::Import || by_job),
        // Who looks after a pool need not be one of those who claim from it: the rule that lets them says so.
        (Explanation::Pool, row.pool && by.iter().any(|rule| engine.compiled().is_of_pools(rule))),
    ];
    strongest(rules, standing(&of, who, &above, directory).into_iter().chain(more))
}

fn strongest(rules: &ReasonRules, found: impl IntoIterator<Item = (Explanation, bool)>) -> Explanation {
    let held = found.into_iter().filter(|(reason, holds)| *holds && rules.counts(*reason));
    held.map(|(reason, _)| reason).min().unwrap_or(Explanation::None)
}

fn is_to(to: &model::record::Grantee, who: &User, above: &[DepartmentId]) -> bool {
    use model::record::Grantee;
    match to {
        Grantee::User(id) => *id == who.id,
        Grantee::Department(id) => above.contains(id),
        Grantee::Role(role) => who.roles.contains(role),
    }
}

impl Core {
    /// Looks up what explains the records of the event that nothing has explained yet.
    pub(crate) async fn tie(&self, engine: &Engine, event: &mut AccessEvent) -> Result<(), Refusal> {
        if event.unexplained().unwrap_or(0) == 0 {
            return Ok(());
        }
        let settings = self.settings.load_full();
        let rules = &settings.reasons;
        let directory = engine.directory();
        let Some(who) = who(&event.caller, directory) else { return Ok(()) };
        let above = directory.ancestors(who.department);
        let open = |d: &Disclosure| d.reason == Some(Explanation::None);
        let mut customers: Vec<RecordId> = event
            .touches
            .iter()
            .filter(|t| event.disclosures.get(usize::from(t.disclosure)).is_some_and(open))
            .map(|t| t.customer)
            .collect();
        customers.sort();
        customers.dedup();
        let ask = AskTies { engine, rules, who, departments: &above, now: event.at, customers: &customers };
        let found = self.ties.ties(ask).await.map_err(|error| Refusal::StoreUnavailable(error.to_string()))?;
        let mut best: BTreeMap<RecordId, Explanation> = BTreeMap::new();
        for (customer, tie) in found {
            let reason = match tie {
                Tie::Reason(reason) => strongest(rules, [(reason, true)]),
                Tie::Home { object, owner, department, pool } => {
                    let of = Standing { object: &object, owner, department, pool };
                    strongest(rules, standing(&of, who, &above, directory))
                }
            };
            let have = best.entry(customer).or_insert(Explanation::None);
            *have = reason.min(*have);
        }
        best.retain(|_, reason| reason.is_explained());
        retell(event, &best);
        Ok(())
    }
}

/// Adds a record to the event: those alike share what is told of them.
pub(crate) fn touch(event: &mut AccessEvent, (record, customer): (RecordId, RecordId), disclosure: Disclosure) {
    let at = event.disclosures.iter().position(|d| *d == disclosure).unwrap_or_else(|| {
        event.disclosures.push(disclosure);
        event.disclosures.len() - 1
    });
    event.touches.push(Touch { record, customer, disclosure: u16::try_from(at).unwrap_or(u16::MAX) });
}

/// Gives the unexplained touches of these customers their reason: touches of differing facts have differing disclosures.
fn retell(event: &mut AccessEvent, best: &BTreeMap<RecordId, Explanation>) {
    if best.is_empty() {
        return;
    }
    let mut told: BTreeMap<Disclosure, u16> = BTreeMap::new();
    let mut disclosures = vec![];
    for touch in &mut event.touches {
        let Some(disclosure) = event.disclosures.get(usize::from(touch.disclosure)) else { continue };
        let mut disclosure = disclosure.clone();
        if disclosure.reason == Some(Explanation::None)
            && let Some(reason) = best.get(&touch.customer)
        {
            disclosure.reason = Some(*reason);
        }
        let next = u16::try_from(told.len()).unwrap_or(u16::MAX);
        touch.disclosure = *told.entry(disclosure).or_insert_with_key(|new| {
            disclosures.push(new.clone());
            next
        });
    }
    event.disclosures = disclosures;
}

impl<O: Operation> Grant<O> {
    /// The same, told of a row of an object type: the strongest reason that can be seen without asking, whose it is and where it
    /// belongs. [`Core::tie`] asks for the rest.
    pub(crate) fn facts(
        &self,
        object: &ObjectName,
        row: &StoredRow,
        by: &[std::sync::Arc<str>],
        disclosure: Disclosure,
    ) -> Disclosure {
        let settings = self.core.settings.load();
        let reason = of_row((&self.engine, &settings.reasons), &self.caller, O::ACTION, (object, row), by);
        Disclosure { reason: Some(reason), owner: row.owner, department: row.department, ..disclosure }
    }

    /// Explains the event's records, and asks for a purpose where the company wants one of who has no reason.
    pub(crate) async fn explain(&self, event: &mut AccessEvent) -> Result<(), Refusal> {
        self.core.tie(&self.engine, event).await
    }
}

impl<O: OnRecords> Grant<O> {
    /// As [`Grant::explain`], of a look at one record: without a reason and without a purpose there is no personal data, where the
    /// company wants it so.
    pub(crate) async fn explain_look(&self, event: &mut AccessEvent, object: &ObjectType) -> Result<(), Refusal> {
        self.explain(event).await?;
        let personal = |name: &model::FieldName| object.field(name.as_str()).is_none_or(|f| f.class.is_sealed());
        let asked = self.core.settings.load().reasons.ask_purpose
            && self.op.record().is_some()
            && !self.ctx.purpose
            && event.unexplained().unwrap_or(0) > 0
            && event.disclosures.iter().any(|d| d.shown.iter().chain(&d.masked).any(personal));
        if asked {
            let obligation = Some(Obligation::SayWhy);
            return Err(Refusal::ForbiddenOnRecord { rules: vec![PURPOSE_RULE.to_owned()], obligation });
        }
        Ok(())
    }
}

/// The name under which a look is refused that has neither reason nor purpose.
pub const PURPOSE_RULE: &str = "reasons.purpose";
