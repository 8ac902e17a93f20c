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

use super::gate::{Core, Gate};
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
        if rules.counted.is_empty() {
            return Ok(());
        }
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

impl Gate {
    /// The reason somebody would have for a row now. It decides nothing and leaves no record.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn reason_for(
        &self,
        user: UserId,
        object: &ObjectName,
        row: &StoredRow,
        now: model::UnixMs,
    ) -> Result<Explanation, Refusal> {
        let core = self.core();
        let (engine, settings) = (core.engine.load_full(), core.settings.load_full());
        let caller = Caller {
            user,
            on_behalf_of: None,
            session: None,
            token: None,
            token_actions: None,
            mfa: false,
            origin: model::Origin { address: None, user_agent: None, channel: Channel::Web },
            purpose: None,
            request_id: String::new(),
            at: now,
        };
        let mut event = self.blank_event(&caller, Action::View);
        let reason = of_row((&engine, &settings.reasons), &caller, Action::View, (object, row), &[]);
        let disclosure = Disclosure { reason: Some(reason), ..Disclosure::default() };
        touch(&mut event, (row.id, row.customer), disclosure);
        core.tie(&engine, &mut event).await?;
        Ok(event.disclosures.first().and_then(|d| d.reason).unwrap_or(Explanation::None))
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
        let own = std::iter::once(self.caller.user).chain(self.caller.on_behalf_of);
        let relation = Some(crate::engine::replay::relation(row, own, self.engine.directory()));
        Disclosure { reason: Some(reason), owner: row.owner, department: row.department, relation, ..disclosure }
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use model::org::{Department, UserStatus};
    use model::record::{Given, Grantee, Members};
    use model::{Origin, Pool, UnixMs, defaults};

    use super::*;
    use crate::engine::Compiled;
    use crate::path::{Journal, JournalError, Parts, Position, Recorder, Settings, Unit};

    const NOW: UnixMs = UnixMs(1_795_000_000_000);
    const HEAD: u8 = 100;
    const TEAM: u8 = 101;
    const OTHER: u8 = 102;

    fn user(n: u8) -> UserId {
        UserId::from_bytes([n; 16])
    }
    fn department(n: u8) -> DepartmentId {
        DepartmentId::from_bytes([n; 16])
    }

    /// 1 is led by 2, 2 by 3; 4 is a representative elsewhere, 5 a service account, 6 an agent.
    fn engine() -> Arc<Engine> {
        static ONCE: std::sync::OnceLock<Arc<Engine>> = std::sync::OnceLock::new();
        ONCE.get_or_init(|| Arc::new(made())).clone()
    }

    fn made() -> Engine {
        let person = |n: u8, dep: u8, manager: Option<u8>, role: &str, kind| User {
            id: user(n),
            login: format!("user{n}"),
            name: format!("User {n}"),
            kind,
            department: department(dep),
            manager: manager.map(user),
            roles: [role.parse().unwrap()].into(),
            status: UserStatus::Active,
            trained_until: None,
        };
        let dep = |n, parent: Option<u8>| Department {
            id: department(n),
            parent: parent.map(department),
            name: n.to_string(),
        };
        let people = vec![
            person(1, TEAM, Some(2), "sales_rep", UserKind::Person),
            person(2, TEAM, Some(3), "sales_manager", UserKind::Person),
            person(3, HEAD, None, "sales_director", UserKind::Person),
            person(4, OTHER, None, "sales_rep", UserKind::Person),
            person(5, HEAD, None, "service", UserKind::Service),
            person(6, HEAD, None, "service", UserKind::Agent),
        ];
        let pool: Pool = serde_json::from_value(serde_json::json!({
            "name": "east", "label": { "zh": "东", "en": "East" }, "object": "customer",
            "members": [{ "kind": "role", "id": "sales_rep" }],
        }))
        .unwrap();
        let departments = vec![dep(HEAD, None), dep(TEAM, Some(HEAD)), dep(OTHER, Some(HEAD))];
        let directory = Directory::new(people, departments, defaults::roles()).with_pools(vec![pool]);
        let compiled = Compiled::compile(1, &defaults::policy(), &defaults::objects()).unwrap();
        Engine::new(Arc::new(compiled), Arc::new(directory))
    }

    fn caller(n: u8) -> Caller {
        Caller {
            user: user(n),
            on_behalf_of: None,
            session: None,
            token: None,
            token_actions: None,
            mfa: true,
            origin: Origin { address: None, user_agent: None, channel: Channel::Web },
            purpose: None,
            request_id: "r".into(),
            at: NOW,
        }
    }

    fn row(n: u8, owner: Option<u8>) -> StoredRow {
        StoredRow {
            id: RecordId::from_bytes([n; 16]),
            customer: RecordId::from_bytes([n; 16]),
            owner: owner.map(user),
            department: owner.map(|_| department(TEAM)),
            pool: owner.is_none(),
            version: 3,
            created_at: UnixMs(1_700_000_000_000),
            updated_at: UnixMs(1_700_000_000_000),
            created_by: user(77),
            clear: BTreeMap::new(),
            sealed: BTreeMap::new(),
            key: None,
            members: Members::default(),
        }
    }

    fn reason(rules: &ReasonRules, caller: &Caller, row: &StoredRow, by: &[&str]) -> Explanation {
        let by: Vec<Arc<str>> = by.iter().map(|rule| Arc::from(*rule)).collect();
        of_row((&engine(), rules), caller, Action::View, (&"customer".parse().unwrap(), row), &by)
    }

    #[test]
    fn the_strongest_reason_in_row_and_directory_is_told() {
        let rules = ReasonRules::default();
        let of = |n: u8, row: &StoredRow| reason(&rules, &caller(n), row, &[]);
        let mut owned = row(50, Some(1));
        assert_eq!([1, 2, 3, 4, 5, 99].map(|n| of(n, &owned)), {
            use Explanation::{None, Owner, TeamDuty};
            [Owner, TeamDuty, TeamDuty, None, None, None]
        });
        // Of nobody's in the team: who leads the team answers for it, who is in it does not.
        owned.owner = None;
        assert_eq!([1, 2, 3, 4].map(|n| of(n, &owned)), {
            use Explanation::{None, TeamDuty};
            [None, TeamDuty, TeamDuty, None]
        });
        // In a pool whoever may claim from it, and whom a rule of pools lets.
        let pooled = row(51, None);
        assert_eq!((of(4, &pooled), of(5, &pooled)), (Explanation::Pool, Explanation::None));
        assert_eq!(reason(&rules, &caller(5), &pooled, &["pool_manager.pool"]), Explanation::Pool);
        assert_eq!(reason(&rules, &caller(5), &owned, &["pool_manager.pool"]), Explanation::None);
        // Somebody else's word counts, one's own does not.
        let mut shared = row(52, Some(1));
        for (by, told) in [(4, Explanation::None), (1, Explanation::Share)] {
            shared.members.given = vec![Given { to: Grantee::User(user(4)), by: user(by), collaborator: false }];
            assert_eq!(of(4, &shared), told);
        }
        shared.members.given =
            vec![Given { to: Grantee::Department(department(HEAD)), by: user(2), collaborator: true }];
        assert_eq!(of(4, &shared), Explanation::CoOwner, "a department's with those below");
        // A reason that does not count is none, and the next one is told.
        let mut fewer = rules.clone();
        fewer.counted.remove(&Explanation::Owner);
        assert_eq!(reason(&fewer, &caller(1), &shared, &[]), Explanation::CoOwner);
    }

    #[test]
    fn who_acts_for_somebody_has_their_reason_and_jobs_of_the_house_have_their_own() {
        let rules = ReasonRules::default();
        let owned = row(50, Some(1));
        let agent = Caller { on_behalf_of: Some(user(1)), ..caller(6) };
        assert_eq!(reason(&rules, &agent, &owned, &[]), Explanation::Owner);
        let job = |n: u8| {
            let mut caller = caller(n);
            caller.origin.channel = Channel::Job;
            caller
        };
        assert_eq!(reason(&rules, &job(5), &owned, &[]), Explanation::Job);
        assert_eq!(reason(&rules, &job(4), &owned, &[]), Explanation::None, "a person's job is the person's");
        let made = StoredRow { version: 1, created_at: NOW, created_by: user(4), ..row(53, Some(1)) };
        assert_eq!(reason(&rules, &caller(4), &made, &[]), Explanation::Job);
    }

    /// Takes everything, keeps nothing.
    struct Sink;
    #[async_trait::async_trait]
    impl Journal for Sink {
        async fn append(&self, _unit: Unit) -> Result<Position, JournalError> {
            Ok(Position { index: None })
        }
    }

    #[derive(Default)]
    struct Counting(AtomicUsize);
    #[async_trait::async_trait]
    impl Ties for Counting {
        async fn ties(&self, ask: AskTies<'_>) -> Result<Vec<(RecordId, Tie)>, TiesError> {
            self.0.fetch_add(1, Ordering::Relaxed);
            let (first, rest) = ask.customers.split_first().unwrap();
            let object = "customer".parse().unwrap();
            let home = Tie::Home { object, owner: Some(user(4)), department: None, pool: false };
            let more = rest.first().map(|second| (*second, Tie::Reason(Explanation::OpenTask)));
            Ok(std::iter::once((*first, home)).chain(more).collect())
        }
    }

    #[tokio::test]
    async fn one_question_for_all_that_nothing_explains_and_none_where_all_is() {
        let dir = tempfile::tempdir().unwrap();
        let keys = vault::KeyFile::create(&dir.path().join("key"), [1; 32], [2; 32], NOW).unwrap();
        let vault = Arc::new(vault::Vault::new(Arc::new(keys), 10));
        let asked = Arc::new(Counting::default());
        let recorder = Recorder::new(Arc::new(Sink), vault).unwrap();
        let parts = Parts { engine: engine(), settings: Settings::default(), recorder, ties: asked.clone() };
        let gate = Gate::new(parts);
        let page = |owner: u8| {
            let mut event = gate.blank_event(&caller(4), Action::List);
            for n in 1..=50 {
                let row = row(n, Some(owner));
                let reason = reason(&ReasonRules::default(), &caller(4), &row, &[]);
                let disclosure = Disclosure { reason: Some(reason), owner: row.owner, ..Disclosure::default() };
                touch(&mut event, (row.id, row.customer), disclosure);
            }
            event
        };
        let mut mine = page(4);
        gate.core().tie(&gate.engine(), &mut mine).await.unwrap();
        assert_eq!((mine.unexplained(), mine.disclosures.len(), asked.0.load(Ordering::Relaxed)), (Some(0), 1, 0));
        let mut theirs = page(1);
        assert_eq!(theirs.unexplained(), Some(50));
        gate.core().tie(&gate.engine(), &mut theirs).await.unwrap();
        assert_eq!((theirs.unexplained(), asked.0.load(Ordering::Relaxed)), (Some(48), 1));
        let told = |n: usize| theirs.disclosures[usize::from(theirs.touches[n].disclosure)].reason;
        assert_eq!(
            [told(0), told(1), told(2)],
            [Some(Explanation::Owner), Some(Explanation::OpenTask), Some(Explanation::None)]
        );
        assert_eq!(theirs.disclosures.len(), 3);
    }
}
