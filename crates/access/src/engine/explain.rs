//! Why a decision is what it is, who could do something, and what someone reaches: 权限查询.
//!
//! Rule: an explanation is made from the same policies as the decision, never from a second reading of the matrix, and it
//! decides nothing. It names rules and may tell of records: asking is itself an access, recorded by whoever asks.

use std::sync::Arc;

use model::policy::{Beyond, Counted, Counter, Effect, Principals, When};
use model::{Action, ObjectName, Scope, StoredRow, Text, UserId};

use super::cedar::{self, Principal};
use super::compiled::Rule;
use super::context::{Context, RequestTest, Verdict};
use super::decide::{Engine, EngineError};
use super::filter::Filter;
use super::rows::{Reach, Source};
use super::schema;

/// A condition of a rule that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Stable: `principal`, `not_yet`, `expired`, `scope`, `office_hours`, `network`, `mfa`, `purpose`, `training`,
    /// `channel`, `rate`.
    pub code: &'static str,
    pub text: Text,
}

/// A rule and how it stands to the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub rule: Arc<str>,
    pub title: Text,
    pub effect: Effect,
    /// What does not hold: for a permit, why it does not permit; for a forbid, what would lift it.
    pub failed: Vec<Failure>,
}

/// The answer to "why" and "why not".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub verdict: Verdict,
    /// The rules that decided.
    pub decided: Vec<Reason>,
    /// For a refusal: the permits of this operation that came nearest, the nearest first.
    pub nearest: Vec<Reason>,
}

/// Someone who may, and the rules that say so.
pub type Able = (UserId, Vec<Arc<str>>);

/// How many near misses an explanation tells of.
const NEAREST: usize = 5;

/// Why the user may or may not do this to the record.
///
/// # Errors
/// As [`Engine::rights`].
pub fn why(
    engine: &Engine,
    user: UserId,
    action: Action,
    object: &ObjectName,
    ctx: &Context,
    row: &StoredRow,
) -> Result<Explanation, EngineError> {
    let verdict = engine.rights(user, object)?.filter(action).decide(ctx, row);
    let mut decided = vec![];
    for id in &verdict.rules {
        if let Some(rule) = engine.compiled().rule(id) {
            decided.push(reason(engine, user, rule, object, action, ctx, row)?);
        }
    }
    let mut nearest = vec![];
    if !verdict.allowed {
        let permits = engine.compiled().rules().iter().filter(|r| r.source.effect == Effect::Permit);
        for rule in permits.filter(|r| r.covers_operation(object, action)) {
            nearest.push(reason(engine, user, rule, object, action, ctx, row)?);
        }
        nearest.sort_by(|a, b| (a.failed.len(), &a.rule).cmp(&(b.failed.len(), &b.rule)));
        nearest.truncate(NEAREST);
    }
    Ok(Explanation { verdict, decided, nearest })
}

/// Everyone who may do this to the record under these circumstances, with the rules that permit it; by user id.
///
/// # Errors
/// As [`Engine::rights`].
pub fn who_can(
    engine: &Engine,
    action: Action,
    object: &ObjectName,
    ctx: &Context,
    row: &StoredRow,
) -> Result<Vec<Able>, EngineError> {
    let mut able = vec![];
    for user in engine.might(action, object, row) {
        let verdict = engine.filter_of(user, object, action)?.decide(ctx, row);
        if verdict.allowed {
            able.push((user, verdict.rules));
        }
    }
    Ok(able)
}

/// The operations that reach any record of the object at all, each with its filter: bind it and count.
///
/// # Errors
/// As [`Engine::rights`].
pub fn reach(engine: &Engine, user: UserId, object: &ObjectName) -> Result<Vec<(Action, Filter)>, EngineError> {
    let rights = engine.rights(user, object)?;
    Ok(schema::record_actions().map(|a| (a, rights.filter(a).clone())).filter(|(_, f)| !f.never()).collect())
}

fn reason(
    engine: &Engine,
    user: UserId,
    rule: &Rule,
    object: &ObjectName,
    action: Action,
    ctx: &Context,
    row: &StoredRow,
) -> Result<Reason, EngineError> {
    let source = &rule.source;
    let mut failed = vec![];
    let known = engine.active_user(user);
    let addressed = known.is_some_and(|u| rule.is_for(u, &engine.directory().ancestors(u.department)));
    if !addressed {
        failed.push(Failure { code: "principal", text: principal_words(&source.who) });
    }
    if let Some(from) = source.valid_from.filter(|t| ctx.now < *t) {
        failed.push(failure("not_yet", format!("{from} 起生效"), format!("in force from {from}")));
    }
    if let Some(until) = source.valid_until.filter(|t| ctx.now >= *t) {
        failed.push(failure("expired", format!("已于 {until} 到期"), format!("ended at {until}")));
    }
    if known.is_some() && !in_scope(engine, user, source, object, action, row)? {
        failed.push(Failure { code: "scope", text: scope_words(&source.reach) });
    }
    failed.extend(source.when.iter().filter(|w| !holds(w, ctx, user, row)).map(when_words));
    Ok(Reason { rule: rule.id.clone(), title: source.title.clone(), effect: source.effect, failed })
}

/// Whether the record lies in the rule's scope as this user sees it: the rule's own policy, freed of all but its scope.
fn in_scope(
    engine: &Engine,
    user: UserId,
    source: &Source,
    object: &ObjectName,
    action: Action,
    row: &StoredRow,
) -> Result<bool, EngineError> {
    let compiled = engine.compiled();
    let (Some(user), Some(object)) = (engine.active_user(user), compiled.object(object)) else { return Ok(false) };
    let bare =
        Source { who: Principals::Everyone, when: vec![], valid_from: None, valid_until: None, ..source.clone() };
    let types: Vec<_> = compiled.objects().map(AsRef::as_ref).collect();
    let answer = || {
        let policy = cedar::policy(&bare, &types)?;
        let principal = Principal::new(compiled.schema(), user, engine.directory())?;
        let action = schema::operation_id(&object.name, action);
        principal.residual(&policy, &action, &schema::record_type(&object.name), Some(object))
    };
    answer()
        .map(|p| p.eval(row))
        .map_err(|e: cedar::CedarError| EngineError::Evaluation { rule: source.id.clone(), reason: e.to_string() })
}

/// Whether a condition holds, with what lets pass beyond a rate.
fn holds(when: &When, ctx: &Context, user: UserId, row: &StoredRow) -> bool {
    let beyond = match when {
        When::Rate { beyond: Beyond::StepUp, .. } => ctx.mfa,
        When::Rate { beyond: Beyond::Approval, .. } => row.members.given_by_name().contains(&user),
        _ => false,
    };
    beyond || test_of(when).holds(ctx)
}

fn test_of(when: &When) -> RequestTest {
    match when {
        When::OfficeHours => RequestTest::OfficeHours,
        When::Network(nets) => RequestTest::Network(nets.clone()),
        When::Mfa => RequestTest::Mfa,
        When::Purpose => RequestTest::Purpose,
        When::Trained => RequestTest::Trained,
        When::Channel(channels) => RequestTest::Channel(channels.iter().copied().collect()),
        When::Rate { counter, below, .. } => RequestTest::Below { counter: *counter, below: i64::from(*below) },
    }
}

fn failure(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Failure {
    Failure { code, text: Text::new(zh, en) }
}

fn when_words(when: &When) -> Failure {
    match when {
        When::OfficeHours => failure("office_hours", "须在工作时间内", "only within working hours"),
        When::Network(nets) => {
            let nets: Vec<String> = nets.iter().map(ToString::to_string).collect();
            let nets = nets.join(", ");
            failure("network", format!("须来自网段 {nets}"), format!("only from {nets}"))
        }
        When::Mfa => failure("mfa", "须完成多因素认证", "only after signing in with a second factor"),
        When::Purpose => failure("purpose", "须说明用途", "only with a purpose given"),
        When::Trained => failure("training", "安全培训须在有效期内", "only with current security training"),
        When::Channel(channels) => {
            let names: Vec<&str> = channels.iter().map(|c| c.as_str()).collect();
            let names = names.join(", ");
            failure("channel", format!("须通过 {names} 访问"), format!("only by way of {names}"))
        }
        When::Rate { counter, below, beyond } => {
            let (zh, en) = match beyond {
                Beyond::Refuse => ("", ""),
                Beyond::StepUp => ("，超出须完成多因素认证", ", beyond that with a second factor"),
                Beyond::Approval => ("，超出须经审批", ", beyond that with an approval"),
            };
            let counted = counted_words(*counter);
            failure(
                "rate",
                format!("{}须少于 {below}{zh}", counted.zh),
                format!("only below {below} {}{en}", counted.en),
            )
        }
    }
}

/// What a counter counts, in words.
pub fn counted_words(counter: Counter) -> Text {
    let (zh, en) = match counter.counted() {
        Counted::Reveals => ("查看明文次数", "reveals"),
        Counted::Customers => ("接触客户数", "customers"),
        Counted::ExportedRows => ("导出行数", "exported rows"),
    };
    let (time_zh, time_en) = match counter.minutes() {
        10 => ("十分钟内", "in ten minutes"),
        60 => ("每小时", "an hour"),
        _ => ("每天", "a day"),
    };
    Text::new(format!("{time_zh}{zh}"), format!("{en} {time_en}"))
}

pub(crate) fn principal_words(who: &Principals) -> Text {
    match who {
        Principals::Everyone => Text::new("所有人", "everyone who may sign in"),
        Principals::Role(r) => Text::new(format!("限角色 {r}"), format!("only for the role {r}")),
        Principals::Department(d) => {
            Text::new(format!("限部门 {d} 及下级部门"), format!("only for department {d} and those below"))
        }
        Principals::User(u) => Text::new(format!("限用户 {u}"), format!("only for user {u}")),
    }
}

pub(crate) fn scope_words(reach: &Reach) -> Text {
    let scope = match reach {
        Reach::SharedRead => return Text::new("共享给本人的记录", "shared to them"),
        Reach::SharedEdit => return Text::new("共享给本人编辑的记录", "shared to them to edit"),
        Reach::Scope(scope) => scope,
    };
    match scope {
        Scope::Own => Text::new("仅本人", "own"),
        Scope::Reports => Text::new("本人及下属", "own and reports"),
        Scope::Participant => Text::new("我参与的", "taking part"),
        Scope::Department => Text::new("本部门(不含下级)", "department, without those below"),
        Scope::Subtree => Text::new("本部门及下级部门", "department and those below"),
        Scope::Chosen { departments, with_children } => {
            let n = departments.len();
            if *with_children {
                Text::new(format!("指定的 {n} 个部门(含下级)"), format!("{n} chosen departments with those below"))
            } else {
                Text::new(format!("指定的 {n} 个部门(不含下级)"), format!("{n} chosen departments without those below"))
            }
        }
        Scope::Pool => Text::new("公海", "pool"),
        Scope::Condition { .. } => Text::new("自定义条件", "a condition"),
        Scope::All => Text::new("全部", "all"),
    }
}
