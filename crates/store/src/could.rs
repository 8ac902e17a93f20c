//! Access on a past day 历史权限: who could do something to a record at a moment of the past, and what somebody could do.
//!
//! Rule: it is answered by the policy and by the picture of people of that moment. Whose the record was and what it held is known where it has not
//! changed since, or where the log tells it; who that makes uncertain is told as uncertain, never left out and never guessed.

use std::sync::Arc;

use access::engine::replay::{Unknown, could};
use access::engine::{Compiled, Context, Engine};
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::action::On;
use model::{Action, Disclosure, ObjectName, ObjectType, RecordId, Relation, StoredRow, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::audit::line::{EVENT, EventRow, TouchRow};
use crate::audit::{name_of, settle};
use crate::company::{operations, policy_version, unreadable};
use crate::explain::Circumstances;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Store};

/// Most people in one answer, of each kind.
const LISTED: usize = 1000;
/// Events of a record that are looked at for whose it was.
const LOOKED_AT: i64 = 50;

/// Who could do this to a record then?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoCould {
    pub action: Action,
    pub object: ObjectName,
    pub record: RecordId,
    pub at: UnixMs,
    #[serde(default)]
    pub circumstances: Circumstances,
}

/// What could somebody do then?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatCould {
    pub user: UserId,
    pub object: ObjectName,
    pub at: UnixMs,
}

operations! {
    WhoCould: AccessExplain, |op| json!({ "question": "who_could", "asked": op });
    WhatCould: AccessExplain, |op| json!({ "question": "what_could", "asked": op });
}

/// Somebody who could.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CouldPerson {
    pub user: UserId,
    pub user_name: String,
    /// The rules that permitted it, as far as is known.
    pub rules: Vec<String>,
}

/// The answer to [`WhoCould`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhoCouldAnswer {
    /// The first thousand, by id.
    pub users: Vec<CouldPerson>,
    pub count: usize,
    /// People of whom it depends on what is not known any more.
    pub unsure: Vec<CouldPerson>,
    pub unsure_count: usize,
    /// What of the record is not known for that moment: `owner`, `members`, `fields`.
    pub unknown: Vec<&'static str>,
    pub policy_version: u64,
    /// Since when the people are as they were asked.
    pub people_since: UnixMs,
}

/// One operation of [`WhatCould`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CouldDo {
    pub action: Action,
    /// The rules that gave it, each with the records they reach by it.
    pub rules: Vec<String>,
    /// Whether every record was open to it, whatever its owner.
    pub all: bool,
}

/// The answer to [`WhatCould`]. To how many records cannot be said: what there was then is not counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatCouldAnswer {
    pub user: UserId,
    pub user_name: String,
    pub roles: Vec<String>,
    pub could: Vec<CouldDo>,
    pub policy_version: u64,
    pub people_since: UnixMs,
}

/// A company as it decided at a moment.
struct Then {
    engine: Arc<Engine>,
    since: UnixMs,
}

/// A record as it was, as far as is known.
struct Was {
    row: StoredRow,
    unknown: Unknown,
}

impl Store {
    /// Answers [`WhoCould`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an object type or a record there is not; [`Refusal::Invalid`] for a moment before it was kept who was whom, before
    /// the record was made, or to come; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn who_could(&self, grant: Grant<WhoCould>) -> Result<Disclosed<WhoCouldAnswer>, Refusal> {
        let answer = self.find_who_could(&grant).await;
        settle(grant, answer).await
    }

    async fn find_who_could(&self, grant: &Grant<WhoCould>) -> Result<(Vec<RecordId>, WhoCouldAnswer), Refusal> {
        let op = grant.operation().clone();
        if op.action.on() != On::Record {
            return Err(Refusal::invalid("action", "invalid_value", "an operation on records"));
        }
        let then = self.company_then(op.at, grant.now()).await?;
        let object = grant.engine().compiled().object(&op.object).cloned().ok_or(Refusal::NotFound)?;
        let row = self.fetch(&object, op.record, [], op.at).await?.ok_or(Refusal::NotFound)?;
        if row.created_at > op.at {
            return Err(Refusal::invalid("at", "before_record", "the record was not made yet"));
        }
        let customer = row.customer;
        let was = self.record_then(row, op.at).await?;
        let names = grant.engine().directory().clone();
        let (version, since) = (then.engine.compiled().version(), then.since);
        let unknown = was.unknown.words();
        let office_hours = self.gate().settings().calendar.is_open(op.at);
        // One decision for everybody: not on a thread that answers requests.
        let work = move || {
            let (mut users, mut unsure, mut count, mut unsure_count) = (vec![], vec![], 0, 0);
            let mut all: Vec<UserId> = then.engine.directory().users.keys().copied().collect();
            all.sort();
            for user in all {
                let ctx = then_context(&op.circumstances, &then.engine, user, op.at, office_hours);
                let Ok(rights) = then.engine.rights(user, &op.object) else { continue };
                let filter = rights.filter(op.action);
                if filter.never() {
                    continue;
                }
                let (holds, rules) = could(filter, &ctx, &was.row, was.unknown);
                let rules = rules.iter().map(ToString::to_string).collect();
                let person = || CouldPerson { user, user_name: name_of(&names, user), rules };
                match holds {
                    Some(true) => {
                        count += 1;
                        if users.len() < LISTED {
                            users.push(person());
                        }
                    }
                    None => {
                        unsure_count += 1;
                        if unsure.len() < LISTED {
                            unsure.push(person());
                        }
                    }
                    Some(false) => {}
                }
            }
            WhoCouldAnswer { users, count, unsure, unsure_count, unknown, policy_version: version, people_since: since }
        };
        let answer = tokio::task::spawn_blocking(work).await;
        Ok((vec![customer], answer.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?))
    }

    /// Answers [`WhatCould`].
    ///
    /// # Errors
    /// As [`Store::who_could`].
    pub async fn what_could(&self, grant: Grant<WhatCould>) -> Result<Disclosed<WhatCouldAnswer>, Refusal> {
        match self.find_what_could(&grant).await {
            Ok(answer) => grant.carry_out(vec![], answer).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn find_what_could(&self, grant: &Grant<WhatCould>) -> Result<WhatCouldAnswer, Refusal> {
        let op = grant.operation();
        let then = self.company_then(op.at, grant.now()).await?;
        let user = then.engine.directory().user(op.user).ok_or(Refusal::NotFound)?;
        let rights = then.engine.rights(op.user, &op.object).map_err(|_| Refusal::NotFound)?;
        let best = access::engine::compare::best(op.at);
        let mut found = vec![];
        for action in Action::ALL.iter().copied().filter(|a| a.on() == On::Record) {
            let bound = rights.filter(action).bind(&best);
            if bound.is_never() {
                continue;
            }
            let rules = bound.rules().iter().map(ToString::to_string).collect();
            found.push(CouldDo { action, rules, all: bound.is_always() });
        }
        Ok(WhatCouldAnswer {
            user: op.user,
            user_name: name_of(grant.engine().directory(), op.user),
            roles: user.roles.iter().map(ToString::to_string).collect(),
            could: found,
            policy_version: then.engine.compiled().version(),
            people_since: then.since,
        })
    }

    /// The policy and the people of a moment.
    async fn company_then(&self, at: UnixMs, now: UnixMs) -> Result<Then, Refusal> {
        if at > now {
            return Err(Refusal::invalid("at", "invalid_value", "a moment of the past"));
        }
        let mut past = self.past().await?;
        let not_kept = || Refusal::invalid("at", "not_kept", "it was not kept yet who was whom");
        let since = past.since(at).ok_or_else(not_kept)?;
        let (_, directory) = past.at(at).ok_or_else(not_kept)?;
        let query =
            "SELECT version, at, author, reason, hash, body FROM policy WHERE at <= ?1 ORDER BY version DESC LIMIT 1";
        let rows = self.read(Query::point(query, vec![at.into()])).await?;
        let kept = policy_version(rows.first().ok_or_else(not_kept)?).map_err(|e| unreadable(&e))?;
        let company = self.company();
        if kept.version == company.policy.version {
            return Ok(Then { engine: Arc::new(Engine::new(company.compiled.clone(), directory)), since });
        }
        let types: Vec<ObjectType> = company.object_types();
        let work = move || Compiled::compile(kept.version, &kept.policy, &types).ok();
        let compiled = tokio::task::spawn_blocking(work).await;
        let compiled = compiled.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?;
        let gone = || Refusal::invalid("at", "policy_gone", "the policy of then does not fit the object types of now");
        Ok(Then { engine: Arc::new(Engine::new(Arc::new(compiled.ok_or_else(gone)?), directory)), since })
    }

    /// A record as it was: by its row where nothing changed since; else by what the log tells of it.
    async fn record_then(&self, mut row: StoredRow, at: UnixMs) -> Result<Was, Refusal> {
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(", t.customer, t.n, t.record, t.disclosure, t.keyed, t.commitment FROM touch t JOIN event e ON e.seq = t.seq ");
        sql.push("WHERE t.customer = ").bind(row.customer).push(" AND t.record = ").bind(row.id);
        sql.push(" AND e.at > ").bind(at).push(" ORDER BY e.seq LIMIT ").bind(LOOKED_AT);
        let found = self.read(sql.finish()).await?;
        let mut shared_since = found.len() >= usize::try_from(LOOKED_AT).unwrap_or(usize::MAX);
        let mut told: Option<Disclosure> = None;
        for one in &found {
            let event = EventRow::read(one).map_err(broken)?;
            let touch = TouchRow::read(one, crate::audit::line::EVENT_COLUMNS).map_err(broken)?;
            let action = event.action();
            let looks = matches!(
                action,
                Some(Action::List | Action::View | Action::Reveal | Action::Export | Action::Print | Action::WhoLooked)
            );
            // Whatever wrote to it may have ended a share or begun one; shares of then that are over are not kept.
            shared_since |= !looks && event.decision() == Some(model::Decision::Allowed);
            if told.is_none() {
                let body =
                    event.body.as_deref().and_then(|sealed| self.gate.recorder().open_body(event.id, sealed).ok());
                let all: Vec<Disclosure> = body
                    .and_then(|b| b.meta.get("disclosures").cloned())
                    .and_then(|d| serde_json::from_value(d).ok())
                    .unwrap_or_default();
                let one = usize::try_from(touch.disclosure).ok().and_then(|n| all.into_iter().nth(n));
                // The first that tells of it after that moment tells how it was before it, if nothing changed it in between.
                told = one.filter(|d| d.relation.is_some());
                if told.is_none() && event.decision() == Some(model::Decision::Allowed) {
                    break;
                }
            }
        }
        let unchanged = row.updated_at <= at;
        let mut unknown = Unknown { owner: !unchanged, fields: !unchanged, members: shared_since };
        if !unchanged && let Some(told) = told {
            row.owner = told.owner;
            row.department = told.department;
            row.pool = told.relation.is_some_and(|r| r.has(0, Relation::POOL));
            unknown.owner = false;
        }
        Ok(Was { row, unknown })
    }
}

fn then_context(c: &Circumstances, engine: &Engine, user: UserId, at: UnixMs, office_hours: bool) -> Context {
    Context {
        now: at,
        mfa: c.mfa,
        office_hours,
        address: c.address,
        channel: c.channel,
        purpose: c.purpose,
        trained: engine.directory().user(user).and_then(|u| u.trained_until).is_some_and(|t| at < t),
        counters: [0; model::policy::Counter::ALL.len()],
    }
}
