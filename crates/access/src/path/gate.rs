//! The gate: authenticates nobody, decides everything, and records what it refuses before it answers.

use std::sync::Arc;

use arc_swap::ArcSwap;
use model::{AccessEvent, Action, Caller, Decision, Disclosure, EventId, RecordId, Touch};

use super::counters::Counters;
use super::grant::{Grant, Reach};
use super::journal::{Change, JournalError, Position};
use super::operation::{OnRecords, OnSystem};
use super::reasons::Ties;
use super::recorder::Recorder;
use super::refusal::Refusal;
use super::restrictions::Restrictions;
use super::settings::Settings;
use crate::engine::{Context, Engine, Verdict};

/// What a gate is made of.
pub struct Parts {
    pub engine: Arc<Engine>,
    pub settings: Settings,
    pub recorder: Recorder,
    /// Where business reasons are looked up.
    pub ties: Arc<dyn Ties>,
}

pub(crate) struct Core {
    pub(crate) engine: ArcSwap<Engine>,
    pub(crate) settings: ArcSwap<Settings>,
    pub(crate) recorder: Recorder,
    pub(crate) counters: Counters,
    pub(crate) ties: Arc<dyn Ties>,
    pub(crate) restrictions: ArcSwap<Restrictions>,
}

/// The only maker of grants.
#[derive(Clone)]
pub struct Gate(Arc<Core>);

/// Random bytes from the operating system. Without them no identifier, nonce or key can be made, so the process ends.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[allow(clippy::expect_used, reason = "a system without randomness cannot make keys; carrying on would be worse")]
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

impl Gate {
    pub fn new(parts: Parts) -> Self {
        Gate(Arc::new(Core {
            engine: ArcSwap::new(parts.engine),
            settings: ArcSwap::from_pointee(parts.settings),
            recorder: parts.recorder,
            counters: Counters::default(),
            ties: parts.ties,
            restrictions: ArcSwap::default(),
        }))
    }

    pub(crate) fn core(&self) -> &Core {
        &self.0
    }
    /// The policy and directory in force. Reading it decides nothing.
    pub fn engine(&self) -> Arc<Engine> {
        self.0.engine.load_full()
    }
    pub fn settings(&self) -> Arc<Settings> {
        self.0.settings.load_full()
    }
    pub fn recorder(&self) -> &Recorder {
        &self.0.recorder
    }
    pub fn counters(&self) -> &Counters {
        &self.0.counters
    }

    /// Puts a new policy or directory in force: the next request is decided by it.
    pub fn install(&self, engine: Arc<Engine>) {
        self.0.engine.store(engine);
    }
    pub fn install_settings(&self, settings: Settings) {
        self.0.settings.store(Arc::new(settings));
    }

    /// Puts responses in force: the next request meets them.
    pub fn install_restrictions(&self, restrictions: Restrictions) {
        self.0.restrictions.store(Arc::new(restrictions));
    }
    /// The responses in force.
    pub fn restrictions(&self) -> Arc<Restrictions> {
        self.0.restrictions.load_full()
    }

    /// Decides whether the caller may do this to any record at all, and if so to which.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] once the refusal is durable; [`Refusal::AuditUnavailable`] if it cannot be made so.
    pub async fn admit<O: OnRecords>(&self, caller: &Caller, op: O) -> Result<Grant<O>, Refusal> {
        let engine = self.0.engine.load_full();
        let ctx = self.context(caller, &engine);
        let reach = match self.unrestricted(caller, O::ACTION, true) {
            Ok(()) => reach_of(&engine, caller, &ctx, O::ACTION, op.object()),
            Err(verdict) => Err(verdict),
        };
        match reach {
            Ok(reach) => {
                Ok(Grant { core: self.0.clone(), engine, caller: caller.clone(), ctx, reach, along: vec![], op })
            }
            Err(verdict) => {
                let mut event = refused(self, caller, &engine, O::ACTION, &op, &verdict);
                event.asked = Some(ctx.asked(&engine));
                Err(self.record_refusal(event, verdict).await)
            }
        }
    }

    /// Decides whether the caller has this administrative duty.
    ///
    /// # Errors
    /// As [`Gate::admit`].
    pub async fn admit_system<O: OnSystem>(&self, caller: &Caller, op: O) -> Result<Grant<O>, Refusal> {
        let engine = self.0.engine.load_full();
        let ctx = self.context(caller, &engine);
        let mut verdict = match self.unrestricted(caller, O::ACTION, true) {
            Ok(()) => token_verdict(caller, O::ACTION),
            Err(verdict) => verdict,
        };
        let own_session = O::ACTION.on() == model::action::On::Session;
        if verdict.allowed && !own_session {
            for user in std::iter::once(caller.user).chain(caller.on_behalf_of) {
                verdict = engine.may_system(user, O::ACTION, &ctx);
                if !verdict.allowed {
                    break;
                }
            }
        }
        if !verdict.allowed {
            let mut event = self.event(caller, &engine, O::ACTION);
            event.asked = Some(ctx.asked(&engine));
            event.decision = Decision::Refused;
            event.rules = verdict.rules.iter().map(ToString::to_string).collect();
            event.detail = op.detail();
            if let Some(record) = op.about() {
                about(&mut event, record);
            }
            return Err(self.record_refusal(event, verdict).await);
        }
        Ok(Grant { core: self.0.clone(), engine, caller: caller.clone(), ctx, reach: vec![], along: vec![], op })
    }

    /// Records something that needs no permission, only to have happened: sign-in, refused sign-in, node start.
    ///
    /// # Errors
    /// [`JournalError`]: neither the event nor the changes are durable.
    pub async fn note(
        &self,
        caller: &Caller,
        action: Action,
        decision: Decision,
        detail: serde_json::Value,
        changes: Vec<Change>,
    ) -> Result<Position, JournalError> {
        let engine = self.0.engine.load_full();
        let mut event = self.event(caller, &engine, action);
        event.decision = decision;
        event.detail = detail;
        self.0.recorder.record(&event, &[], changes).await
    }

    /// As [`Gate::note`], about a record: what is done with it is found with it.
    ///
    /// # Errors
    /// As [`Gate::note`].
    pub async fn note_about(
        &self,
        caller: &Caller,
        action: Action,
        record: RecordId,
        detail: serde_json::Value,
        changes: Vec<Change>,
    ) -> Result<Position, JournalError> {
        let engine = self.0.engine.load_full();
        let mut event = self.event(caller, &engine, action);
        event.detail = detail;
        about(&mut event, record);
        self.0.recorder.record(&event, &[], changes).await
    }

    /// As [`Gate::note`], as an event that is named before: `id` is new.
    ///
    /// # Errors
    /// As [`Gate::note`].
    pub async fn note_named(
        &self,
        caller: &Caller,
        (id, action, decision): (EventId, Action, Decision),
        detail: serde_json::Value,
        changes: Vec<Change>,
    ) -> Result<Position, JournalError> {
        let engine = self.0.engine.load_full();
        let mut event = self.event(caller, &engine, action);
        event.id = id;
        event.decision = decision;
        event.detail = detail;
        self.0.recorder.record(&event, &[], changes).await
    }

    /// Takes in a line of another system's log. Nobody here acted, and no policy of ours decided: its event says neither. `id` is new.
    ///
    /// # Errors
    /// As [`Gate::note`].
    pub async fn note_foreign(
        &self,
        caller: &Caller,
        id: EventId,
        detail: serde_json::Value,
        changes: Vec<Change>,
    ) -> Result<Position, JournalError> {
        let engine = self.0.engine.load_full();
        let mut event = self.event(caller, &engine, Action::Foreign);
        event.id = id;
        event.policy_version = 0;
        event.department = None;
        event.detail = detail;
        self.0.recorder.record(&event, &[], changes).await
    }

    /// The same about records of an object type: how an act ended whose beginning was admitted. Ending needs no permission.
    ///
    /// # Errors
    /// As [`Gate::note`].
    pub async fn note_on(
        &self,
        caller: &Caller,
        action: Action,
        object: &model::ObjectName,
        decision: Decision,
        detail: serde_json::Value,
        changes: Vec<Change>,
    ) -> Result<EventId, JournalError> {
        let engine = self.0.engine.load_full();
        let mut event = self.event(caller, &engine, action);
        event.object = Some(object.clone());
        event.decision = decision;
        event.detail = detail;
        self.0.recorder.record(&event, &[], changes).await?;
        Ok(event.id)
    }

    /// Whether a request would be admitted now and could show each of the fields on some record. It decides nothing and leaves
    /// no record: for what an act of another kind depends on.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], not recorded.
    pub fn would_admit(
        &self,
        caller: &Caller,
        action: Action,
        object: &model::ObjectName,
        fields: &[model::FieldName],
    ) -> Result<(), Refusal> {
        let engine = self.0.engine.load_full();
        let ctx = self.context(caller, &engine);
        let unrestricted = self.unrestricted(caller, action, false);
        let reach = unrestricted.and_then(|()| reach_of(&engine, caller, &ctx, action, object));
        let reach = reach.map_err(|verdict| Refusal::Forbidden {
            rules: verdict.rules.iter().map(ToString::to_string).collect(),
            obligation: verdict.obligation,
        })?;
        let hidden = |field: &model::FieldName| {
            reach.iter().any(|r| r.rights.field(field.as_str(), model::FieldLevel::Masked).bind(&ctx).is_never())
        };
        if fields.iter().any(hidden) {
            return Err(Refusal::Forbidden { rules: vec![], obligation: None });
        }
        Ok(())
    }

    /// Whether an administrative act would be admitted now. It decides nothing and leaves no record: for whether what was begun by
    /// a recorded act may go on.
    pub fn would_admit_system(&self, caller: &Caller, action: Action) -> bool {
        let engine = self.0.engine.load_full();
        let ctx = self.context(caller, &engine);
        let mut own = std::iter::once(caller.user).chain(caller.on_behalf_of);
        self.unrestricted(caller, action, false).is_ok()
            && token_verdict(caller, action).allowed
            && own.all(|user| engine.may_system(user, action, &ctx).allowed)
    }

    /// A keyed hash under a system key: for cursors and other tokens the server hands out and takes back.
    ///
    /// # Errors
    /// When the key cannot be derived.
    pub fn mac(&self, purpose: &'static str, bytes: &[u8]) -> Result<[u8; 32], vault::VaultError> {
        Ok(self.0.recorder.vault().system_key("tokens")?.mac(purpose.as_bytes(), bytes))
    }

    pub(crate) fn context(&self, caller: &Caller, engine: &Engine) -> Context {
        let settings = self.0.settings.load();
        Context {
            now: caller.at,
            mfa: caller.mfa,
            office_hours: settings.calendar.is_open(caller.at),
            address: caller.origin.address,
            channel: caller.origin.channel,
            purpose: caller.purpose.as_deref().is_some_and(|p| !p.trim().is_empty()),
            trained: engine.directory().user(caller.user).and_then(|u| u.trained_until).is_some_and(|t| caller.at < t),
            counters: self.0.counters.read(caller.user, caller.at),
        }
    }

    /// An event with nothing in it yet, by the rules in force.
    pub(crate) fn blank_event(&self, caller: &Caller, action: Action) -> AccessEvent {
        new_event(caller, &self.0.engine.load_full(), action)
    }

    fn event(&self, caller: &Caller, engine: &Engine, action: Action) -> AccessEvent {
        new_event(caller, engine, action)
    }

    /// Whether no response stands against it. `takes`: a throttled person's read is counted.
    fn unrestricted(&self, caller: &Caller, action: Action, takes: bool) -> Result<(), Verdict> {
        let all = self.0.restrictions.load();
        if all.is_empty() {
            return Ok(());
        }
        for user in std::iter::once(caller.user).chain(caller.on_behalf_of) {
            all.check(user, caller, action, |per_minute| {
                if takes { self.0.counters.take_read(user, caller.at, per_minute) } else { Ok(()) }
            })?;
        }
        Ok(())
    }

    async fn record_refusal(&self, event: AccessEvent, verdict: Verdict) -> Refusal {
        match self.0.recorder.record(&event, &[], vec![]).await {
            Ok(_) => Refusal::Forbidden { rules: event.rules, obligation: verdict.obligation },
            Err(_) => Refusal::AuditUnavailable,
        }
    }
}

/// Where the caller's principals reach, all of them; else the verdict that says why one does not.
pub(crate) fn reach_of(
    engine: &Engine,
    caller: &Caller,
    ctx: &Context,
    action: Action,
    object: &model::ObjectName,
) -> Result<Vec<Reach>, Verdict> {
    let verdict = token_verdict(caller, action);
    if !verdict.allowed {
        return Err(verdict);
    }
    let mut reach = Vec::with_capacity(1);
    for user in std::iter::once(caller.user).chain(caller.on_behalf_of) {
        let Ok(rights) = engine.rights(user, object) else {
            return Err(Verdict { allowed: false, rules: vec![], obligation: None });
        };
        let filter = rights.filter(action).bind(ctx);
        if filter.is_never() {
            return Err(filter.refusal());
        }
        reach.push(Reach { rights, filter });
    }
    Ok(reach)
}

/// A token can do what it was made for and nothing else, whatever its owner may.
fn token_verdict(caller: &Caller, action: Action) -> Verdict {
    let allowed = caller.token_actions.as_ref().is_none_or(|actions| actions.contains(&action));
    let rules = if allowed { vec![] } else { vec!["token.actions".into()] };
    Verdict { allowed, rules, obligation: None }
}

pub(crate) fn new_event(caller: &Caller, engine: &Engine, action: Action) -> AccessEvent {
    AccessEvent {
        id: EventId::new(caller.at, random()),
        at: caller.at,
        caller: caller.clone(),
        department: engine.directory().user(caller.user).map(|u| u.department),
        action,
        object: None,
        decision: Decision::Allowed,
        policy_version: engine.compiled().version(),
        disclosures: vec![],
        touches: vec![],
        rules: vec![],
        asked: None,
        detail: serde_json::Value::Null,
    }
}

/// Makes the event one about a record of which nothing was shown.
pub(crate) fn about(event: &mut AccessEvent, record: RecordId) {
    event.disclosures = vec![Disclosure { rules: event.rules.clone(), ..Disclosure::default() }];
    event.touches = vec![Touch { record, customer: record, disclosure: 0 }];
}

fn refused<O: OnRecords>(
    gate: &Gate,
    caller: &Caller,
    engine: &Engine,
    action: Action,
    op: &O,
    verdict: &Verdict,
) -> AccessEvent {
    let mut event = gate.event(caller, engine, action);
    event.object = Some(op.object().clone());
    event.decision = Decision::Refused;
    event.rules = verdict.rules.iter().map(ToString::to_string).collect();
    event.detail = op.refused_detail();
    if let Some(record) = op.record() {
        about(&mut event, record);
    }
    event
}
