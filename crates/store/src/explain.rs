//! Permission queries 权限查询: why may or may not someone do this, who can, what can someone reach.
//!
//! Rule: answers come from the policies that decide, for the circumstances that the question names, and show no field of
//! any record. Counts use the filters that lists use. Asking is recorded, with the customer it was about.

use std::net::IpAddr;
use std::sync::Arc;

use access::engine::{BoundFilter, Context, Engine, Obligation, explain};
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Channel, ObjectName, RecordId, StoredRow, Text, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::audit::{name_of, settle};
use crate::sql::Sql;

/// Most people in one answer.
const LISTED_USERS: usize = 1000;

/// Under which circumstances: by default now, signed in with a second factor, with a purpose, over the web, from an
/// address that no network rule knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Circumstances {
    /// `None`: when the question is asked.
    pub at: Option<UnixMs>,
    pub mfa: bool,
    pub purpose: bool,
    pub channel: Channel,
    pub address: Option<IpAddr>,
}

impl Default for Circumstances {
    fn default() -> Self {
        Self { at: None, mfa: true, purpose: true, channel: Channel::Web, address: None }
    }
}

/// Why may, or may not, a user do something to a record?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    pub user: UserId,
    pub action: Action,
    pub object: ObjectName,
    pub record: RecordId,
    #[serde(default)]
    pub circumstances: Circumstances,
}

/// Who can do something to a record?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhoCan {
    pub action: Action,
    pub object: ObjectName,
    pub record: RecordId,
    #[serde(default)]
    pub circumstances: Circumstances,
}

/// What can a user do to records of an object type, and to how many?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatCan {
    pub user: UserId,
    pub object: ObjectName,
    #[serde(default)]
    pub circumstances: Circumstances,
}

macro_rules! question {
    ($($name:ident $word:literal),*) => {$(
        impl Operation for $name {
            const ACTION: Action = Action::AccessExplain;
        }
        impl OnSystem for $name {
            fn detail(&self) -> serde_json::Value {
                serde_json::json!({ "question": $word, "asked": self })
            }
        }
    )*};
}
question!(Why "why", WhoCan "who_can", WhatCan "what_can");

/// A condition of a rule that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unmet {
    /// Stable: `principal`, `not_yet`, `expired`, `scope`, `office_hours`, `network`, `mfa`, `purpose`, `training`,
    /// `channel`, `rate`.
    pub code: &'static str,
    pub text: Text,
}

/// A rule and how it stands to the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleReason {
    pub rule: String,
    pub title: Text,
    pub effect: model::Effect,
    /// For a permit, why it does not permit; for a forbid, what would lift it.
    pub unmet: Vec<Unmet>,
}

/// The answer to [`Why`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyAnswer {
    pub user: UserId,
    pub user_name: String,
    pub allowed: bool,
    /// The rules that decided.
    pub decided: Vec<RuleReason>,
    /// For a refusal: the permits that came nearest.
    pub nearest: Vec<RuleReason>,
    /// For a refusal: what would turn it into permission, if the request alone stands in the way.
    pub obligation: Option<Obligation>,
    /// The policy that was asked.
    pub policy_version: u64,
}

/// One person who can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Able {
    pub user: UserId,
    pub user_name: String,
    /// The rules that permit it.
    pub rules: Vec<String>,
}

/// The answer to [`WhoCan`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhoCanAnswer {
    /// The first thousand, by id.
    pub users: Vec<Able>,
    pub count: usize,
    pub policy_version: u64,
}

/// One operation and what it reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reach {
    pub action: Action,
    /// Records under these circumstances.
    pub records: i64,
    /// The rules by which they are reached.
    pub rules: Vec<String>,
    /// For none: what would help, if the request alone stands in the way.
    pub obligation: Option<Obligation>,
}

/// The answer to [`WhatCan`]. Operations that no rule gives are not listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhatCanAnswer {
    pub user: UserId,
    pub user_name: String,
    /// Records of the object type altogether.
    pub of: i64,
    pub reach: Vec<Reach>,
    pub policy_version: u64,
}

fn words(rules: &[Arc<str>]) -> Vec<String> {
    rules.iter().map(ToString::to_string).collect()
}

fn reason(r: explain::Reason) -> RuleReason {
    let unmet = r.failed.into_iter().map(|f| Unmet { code: f.code, text: f.text }).collect();
    RuleReason { rule: r.rule.to_string(), title: r.title, effect: r.effect, unmet }
}

/// The policy could not be asked: whatever it is, it would have denied.
fn undecided(error: access::engine::EngineError) -> Refusal {
    tracing::error!(%error, "a permission query could not be answered");
    Refusal::NotFound
}

impl Store {
    /// Answers [`Why`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is no such object type or record; [`Refusal::StoreUnavailable`],
    /// [`Refusal::AuditUnavailable`].
    pub async fn why(&self, grant: Grant<Why>) -> Result<Disclosed<WhyAnswer>, Refusal> {
        let answer = self.explain_why(&grant).await;
        settle(grant, answer).await
    }

    async fn explain_why(&self, grant: &Grant<Why>) -> Result<(Vec<RecordId>, WhyAnswer), Refusal> {
        let op = grant.operation();
        let engine = grant.engine();
        let row = self.row_to_explain(engine, &op.object, op.record, grant.now()).await?;
        let ctx = self.hypothetical(engine, op.user, &op.circumstances, grant.now());
        let found = explain::why(engine, op.user, op.action, &op.object, &ctx, &row).map_err(undecided)?;
        let answer = WhyAnswer {
            user: op.user,
            user_name: name_of(engine.directory(), op.user),
            allowed: found.verdict.allowed,
            obligation: found.verdict.obligation,
            decided: found.decided.into_iter().map(reason).collect(),
            nearest: found.nearest.into_iter().map(reason).collect(),
            policy_version: engine.compiled().version(),
        };
        Ok((vec![row.customer], answer))
    }

    /// Answers [`WhoCan`].
    ///
    /// # Errors
    /// As [`Store::why`].
    pub async fn who_can(&self, grant: Grant<WhoCan>) -> Result<Disclosed<WhoCanAnswer>, Refusal> {
        let answer = self.explain_who_can(&grant).await;
        settle(grant, answer).await
    }

    async fn explain_who_can(&self, grant: &Grant<WhoCan>) -> Result<(Vec<RecordId>, WhoCanAnswer), Refusal> {
        let op = grant.operation().clone();
        let engine = grant.engine().clone();
        let row = self.row_to_explain(&engine, &op.object, op.record, grant.now()).await?;
        let customer = row.customer;
        let (store, now) = (self.clone(), grant.now());
        // One decision for each whom a permit could reach, in the worst case everybody: not on a thread that answers requests.
        let work = move || {
            let mut able = Vec::new();
            let mut count = 0;
            for user in engine.might(op.action, &op.object, &row) {
                let ctx = store.hypothetical(&engine, user, &op.circumstances, now);
                let rights = engine.rights(user, &op.object).map_err(undecided)?;
                let verdict = rights.filter(op.action).decide(&ctx, &row);
                if !verdict.allowed {
                    continue;
                }
                count += 1;
                if able.len() < LISTED_USERS {
                    let user_name = name_of(engine.directory(), user);
                    able.push(Able { user, user_name, rules: words(&verdict.rules) });
                }
            }
            Ok(WhoCanAnswer { users: able, count, policy_version: engine.compiled().version() })
        };
        let answer = tokio::task::spawn_blocking(work).await;
        let answer = answer.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?;
        answer.map(|answer| (vec![customer], answer))
    }

    /// Answers [`WhatCan`].
    ///
    /// # Errors
    /// As [`Store::why`].
    pub async fn what_can(&self, grant: Grant<WhatCan>) -> Result<Disclosed<WhatCanAnswer>, Refusal> {
        let answer = self.explain_what_can(&grant).await;
        settle(grant, answer).await
    }

    async fn explain_what_can(&self, grant: &Grant<WhatCan>) -> Result<(Vec<RecordId>, WhatCanAnswer), Refusal> {
        let op = grant.operation();
        let engine = grant.engine();
        let ctx = self.hypothetical(engine, op.user, &op.circumstances, grant.now());
        let filters = explain::reach(engine, op.user, &op.object).map_err(undecided)?;
        let mut reach = Vec::with_capacity(filters.len());
        for (action, filter) in filters {
            let bound = filter.bind(&ctx);
            let records = self.count_reached(engine, &op.object, Some(&bound), ctx.now).await?;
            let obligation = if bound.is_never() { bound.refusal().obligation } else { None };
            reach.push(Reach { action, records, rules: words(&bound.rules()), obligation });
        }
        let answer = WhatCanAnswer {
            user: op.user,
            user_name: name_of(engine.directory(), op.user),
            of: self.count_reached(engine, &op.object, None, ctx.now).await?,
            reach,
            policy_version: engine.compiled().version(),
        };
        Ok((vec![], answer))
    }

    async fn count_reached(
        &self,
        engine: &Engine,
        object: &ObjectName,
        filter: Option<&BoundFilter>,
        now: UnixMs,
    ) -> Result<i64, Refusal> {
        let object = engine.compiled().object(object).ok_or(Refusal::NotFound)?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM record r WHERE r.object = ");
        sql.bind(object.name.as_str()).and_filters(filter, object, now);
        self.one_number(sql).await
    }

    /// The record a question is about, read without anyone's filter: it stays in this crate, and answers show none of it.
    async fn row_to_explain(
        &self,
        engine: &Engine,
        object: &ObjectName,
        record: RecordId,
        now: UnixMs,
    ) -> Result<StoredRow, Refusal> {
        let object = engine.compiled().object(object).ok_or(Refusal::NotFound)?;
        self.fetch(object, record, [], now).await?.ok_or(Refusal::NotFound)
    }

    pub(crate) fn hypothetical(&self, engine: &Engine, user: UserId, c: &Circumstances, now: UnixMs) -> Context {
        let now = c.at.unwrap_or(now);
        Context {
            now,
            mfa: c.mfa,
            office_hours: self.gate().settings().calendar.is_open(now),
            address: c.address,
            channel: c.channel,
            purpose: c.purpose,
            trained: engine.directory().user(user).and_then(|u| u.trained_until).is_some_and(|t| now < t),
            counters: self.gate().counters().read(user, now),
        }
    }
}
