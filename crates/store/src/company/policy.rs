//! Versions of the policy: each has an author, a reason, a diff and a hash; the greatest is in force, none is ever changed.

use access::path::{Disclosed, FieldProblem, Grant, OnSystem, Operation, Param, Refusal};
use model::{
    Action, Effect, GrantId, MatrixRow, ObjectSelect, Policy, Principals, Scope, Text, UnixMs, UserId, What, When,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

use super::draft::{Draft, Note};
use super::load::{Loaded, PolicyVersion, policy_hash, policy_version, unreadable};
use super::people::operations;
use super::policy_rules;
pub use super::policy_rules::{Diff, TEMPORARY_DAYS};
use crate::ids::random;
use crate::{Query, Store};

/// Asks what publishing this policy would change and what stands against it. Changes nothing.
#[derive(Debug)]
pub struct CheckPolicy {
    pub policy: Policy,
}

/// Answer of [`CheckPolicy`]: it can be published if `problems` is empty.
#[derive(Debug, Clone)]
pub struct PolicyCheck {
    /// The version it was compared with.
    pub base: u64,
    pub diff: Diff,
    pub problems: Vec<FieldProblem>,
}

/// Puts a policy in force as version `base` + 1.
#[derive(Debug)]
pub struct PublishPolicy {
    /// The version the author started from: if another has come first, nothing is published.
    pub base: u64,
    pub policy: Policy,
    pub reason: String,
    pub note: Note,
}

/// Puts an earlier policy in force again, as a new version.
#[derive(Debug)]
pub struct RollBackPolicy {
    pub base: u64,
    pub to: u64,
    pub reason: String,
    pub note: Note,
}

/// What one person may do for a while 临时权限.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemporaryGrant {
    pub user: UserId,
    pub objects: ObjectSelect,
    pub what: What,
    pub scope: Scope,
    #[serde(default)]
    pub when: Vec<When>,
    /// At most [`TEMPORARY_DAYS`] from now; at this moment it is gone, with no job needed.
    pub valid_until: UnixMs,
    pub title: Text,
}

/// Adds a row for one person to the policy in force.
#[derive(Debug)]
pub struct GrantTemporarily {
    pub grant: TemporaryGrant,
    pub reason: String,
    pub note: Note,
}

/// Versions, newest first.
#[derive(Debug)]
pub struct ListPolicies {
    /// Only versions before this one, for the next page.
    pub before: Option<u64>,
    /// 1 to 200.
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySummary {
    pub version: u64,
    pub at: UnixMs,
    pub author: UserId,
    pub reason: String,
    pub hash: [u8; 32],
    pub diff: Diff,
}

#[derive(Debug)]
pub struct GetPolicy {
    /// `None`: the one in force.
    pub version: Option<u64>,
}

operations! {
    CheckPolicy: PolicyManage, |op| json!({ "act": "policy.check", "rows": op.policy.rows.len() });
    PublishPolicy: PolicyManage, |op| json!({
        "act": "policy.publish", "base": op.base, "reason": op.reason, "made": op.note.get(),
    });
    RollBackPolicy: PolicyManage, |op| json!({
        "act": "policy.roll_back", "base": op.base, "to": op.to, "reason": op.reason, "made": op.note.get(),
    });
    GrantTemporarily: PolicyManage, |op| json!({
        "act": "policy.grant", "grant": op.grant, "reason": op.reason, "made": op.note.get(),
    });
    ListPolicies: DirectoryRead, |op| json!({ "act": "policy.list", "before": op.before, "limit": op.limit });
    GetPolicy: DirectoryRead, |op| json!({ "act": "policy.read", "version": op.version });
}

fn check_reason(reason: &str) -> Result<(), Refusal> {
    let length = reason.trim().chars().count();
    if (1..=500).contains(&length) {
        return Ok(());
    }
    Err(Refusal::invalid("reason", "required", "a reason of 1 to 500 characters"))
}

/// Every problem the compiler has with the picture's policy and objects, by row.
pub(crate) fn compile(next: &mut Loaded) -> Result<(), Refusal> {
    next.compile().map_err(|problems| {
        Refusal::Invalid(
            problems
                .into_iter()
                .map(|p| FieldProblem {
                    own: Some(Text::new(p.zh, p.en.clone())),
                    ..FieldProblem::new(format!("rows.{}", p.row), p.code, p.en)
                })
                .collect(),
        )
    })
}

struct Publication<'a> {
    author: UserId,
    at: UnixMs,
    base: u64,
    reason: &'a str,
    note: &'a Note,
}

/// Drafts the next version. The one place where a policy comes into force.
fn publish(draft: &mut Draft, policy: Policy, p: &Publication<'_>) -> Result<u64, Refusal> {
    check_reason(p.reason)?;
    let current = draft.from.policy.version;
    if p.base != current {
        return Err(Refusal::Conflict);
    }
    let diff = policy_rules::check(&draft.from, p.author, &policy, p.at)?;
    if diff.is_empty() {
        return Err(Refusal::invalid("policy", "unchanged", "this is the policy in force"));
    }
    let body = serde_json::to_string(&policy).map_err(|_| Refusal::Damaged)?;
    let version = PolicyVersion {
        version: current.saturating_add(1),
        at: p.at,
        author: p.author,
        reason: p.reason.trim().to_owned(),
        hash: policy_hash(&body),
        policy,
    };
    draft.publish(insert_policy(&version, body, &diff)?);
    let number = version.version;
    p.note.set(json!({ "version": number, "hash": hex::encode(version.hash), "diff": diff }));
    draft.next.policy = Arc::new(version);
    compile(&mut draft.next)?;
    Ok(number)
}

pub(crate) fn insert_policy(
    version: &PolicyVersion,
    body: String,
    diff: &Diff,
) -> Result<access::path::Change, Refusal> {
    let diff = serde_json::to_string(diff).map_err(|_| Refusal::Damaged)?;
    Ok(access::path::Change::new(
        "INSERT INTO policy (version, at, author, reason, hash, body, diff) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        vec![
            number(version.version),
            version.at.into(),
            version.author.into(),
            version.reason.as_str().into(),
            version.hash.to_vec().into(),
            body.into(),
            diff.into(),
        ],
    ))
}

fn number(version: u64) -> Param {
    Param::Int(i64::try_from(version).unwrap_or(i64::MAX))
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn check_policy(&self, grant: Grant<CheckPolicy>) -> Result<Disclosed<PolicyCheck>, Refusal> {
        let mut next = Loaded::clone(&self.company());
        let policy = grant.operation().policy.clone();
        let diff = Diff::between(&next.policy.policy, &policy);
        let base = next.policy.version;
        let mut problems = match policy_rules::problems(&next, grant.caller().user, &policy, grant.now()) {
            Ok(problems) => problems,
            Err(other) => return Err(grant.refuse_system(other).await),
        };
        next.policy = Arc::new(PolicyVersion { policy, ..PolicyVersion::clone(&next.policy) });
        if let Err(Refusal::Invalid(more)) = compile(&mut next) {
            problems.extend(more);
        }
        grant.carry_out(vec![], PolicyCheck { base, diff, problems }).await
    }

    /// Publishes a policy; gives its version.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when `base` is not in force any more; [`Refusal::Invalid`] with every problem of every row,
    /// or with `unchanged`, `valid_until`, `required` (the reason); [`Refusal::Barred`] with `self_grant`,
    /// `separate_duty` or `last_policy_manager`; and as every change.
    pub async fn publish_policy(&self, grant: Grant<PublishPolicy>) -> Result<Disclosed<u64>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let p = Publication {
                author: grant.caller().user,
                at: grant.now(),
                base: op.base,
                reason: &op.reason,
                note: &op.note,
            };
            publish(draft, op.policy.clone(), &p)
        })
        .await
    }

    /// Puts an earlier policy in force as a new version; gives the version. The same rules hold as for any other.
    ///
    /// # Errors
    /// As [`Store::publish_policy`]; [`Refusal::NotFound`] when there is no such version.
    pub async fn roll_back_policy(&self, grant: Grant<RollBackPolicy>) -> Result<Disclosed<u64>, Refusal> {
        let earlier = match self.policy_of(grant.operation().to).await {
            Ok(earlier) => earlier,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let p = Publication {
                author: grant.caller().user,
                at: grant.now(),
                base: op.base,
                reason: &op.reason,
                note: &op.note,
            };
            publish(draft, earlier.policy, &p)
        })
        .await
    }

    /// Lets one person do something until a moment; gives the new row's id. The row stays in the policy after its end and
    /// permits nothing then.
    ///
    /// # Errors
    /// As [`Store::publish_policy`].
    pub async fn grant_temporarily(&self, grant: Grant<GrantTemporarily>) -> Result<Disclosed<String>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let wanted = &op.grant;
            if wanted.valid_until <= grant.now() {
                return Err(Refusal::invalid("valid_until", "valid_until", "the end lies in the past"));
            }
            if !draft.from.users.contains_key(&wanted.user) {
                return Err(Refusal::invalid("user", "unknown_user", "there is no such user"));
            }
            let id = format!("temp.{}", GrantId::new(grant.now(), random()));
            let mut policy = draft.from.policy.policy.clone();
            policy.rows.push(MatrixRow {
                id: id.clone(),
                effect: Effect::Permit,
                who: Principals::User(wanted.user),
                objects: wanted.objects.clone(),
                what: wanted.what.clone(),
                scope: wanted.scope.clone(),
                when: wanted.when.clone(),
                valid_from: Some(grant.now()),
                valid_until: Some(wanted.valid_until),
                title: wanted.title.clone(),
            });
            let p = Publication {
                author: grant.caller().user,
                at: grant.now(),
                base: draft.from.policy.version,
                reason: &op.reason,
                note: &op.note,
            };
            publish(draft, policy, &p)?;
            Ok(id)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_policies(&self, grant: Grant<ListPolicies>) -> Result<Disclosed<Vec<PolicySummary>>, Refusal> {
        let ListPolicies { before, limit } = *grant.operation();
        let query = Query::new(
            "SELECT version, at, author, reason, hash, diff FROM policy WHERE version < ?1 ORDER BY version DESC LIMIT ?2",
            vec![number(before.unwrap_or(u64::MAX)), Param::Int(i64::from(limit.clamp(1, 200)))],
        );
        let read = match self.read(query).await {
            Ok(rows) => rows.iter().map(summary).collect::<Result<Vec<_>, _>>(),
            Err(refusal) => Err(refusal),
        };
        match read {
            Ok(summaries) => grant.carry_out(vec![], summaries).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Damaged`] when it does not have its recorded hash, [`Refusal::AuditUnavailable`].
    pub async fn get_policy(&self, grant: Grant<GetPolicy>) -> Result<Disclosed<PolicyVersion>, Refusal> {
        let found = match grant.operation().version {
            None => Ok(PolicyVersion::clone(&self.company().policy)),
            Some(version) => self.policy_of(version).await,
        };
        match found {
            Ok(version) => grant.carry_out(vec![], version).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn policy_of(&self, version: u64) -> Result<PolicyVersion, Refusal> {
        let query = Query::point(
            "SELECT version, at, author, reason, hash, body FROM policy WHERE version = ?1",
            vec![number(version)],
        );
        let rows = self.read(query).await?;
        policy_version(rows.first().ok_or(Refusal::NotFound)?).map_err(|e| unreadable(&e))
    }
}

fn summary(row: &crate::Row) -> Result<PolicySummary, Refusal> {
    let read = || -> Result<PolicySummary, crate::DatabaseError> {
        let bad = |column, expected| crate::DatabaseError::Unexpected { column, expected };
        Ok(PolicySummary {
            version: u64::try_from(row.int(0)?).map_err(|_| bad(0, "a version"))?,
            at: row.time(1)?,
            author: row.user(2)?,
            reason: row.text(3)?.to_owned(),
            hash: row.bytes(4)?.try_into().map_err(|_| bad(4, "a hash"))?,
            diff: serde_json::from_str(row.text(5)?).map_err(|_| bad(5, "a diff"))?,
        })
    };
    read().map_err(|error| {
        tracing::error!(%error, "a policy row cannot be read");
        Refusal::Damaged
    })
}
