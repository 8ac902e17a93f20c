//! Responses 处置: what is taken from somebody for a time, by a security officer or by the house when an alert opens.
//!
//! Rule: a response takes away and never gives, it has a reason and an end, and one that nobody decided ends within a day. What the
//! house may take by itself is bounded by [`plan`]: of all people at most one in a hundred within an hour, never the last who can set
//! it right again, and never the same twice.
//!
//! ```
//! use model::response::{AutoRule, ResponseKind, ResponseRules};
//! let rules = ResponseRules::default();
//! assert!(rules.automatic.is_empty(), "the house takes nothing by itself until somebody says so");
//! ```

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::alert::Severity;
use crate::ids::{ResponseId, UserId};
use crate::time::UnixMs;

/// Longest that the house takes something by itself: a day.
pub const MOST_AUTOMATIC_MINUTES: u32 = 1_440;
/// Longest that one officer takes something alone: thirty days. Beyond, a second one consents.
pub const MOST_MINUTES: u32 = 43_200;
/// Rules of automatic responses at most.
pub const MOST_RULES: usize = 20;
/// Longest reason, or sentence to the person, in characters.
pub const MOST_WORDS: usize = 500;
/// Most reads a minute that still are a limit.
pub const MOST_PER_MINUTE: u32 = 600;
/// The moments over which the circuit breaker counts.
const BREAKER_MS: i64 = 3_600_000;

/// What is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseKind {
    /// 限速: so many reads a minute and no more.
    Throttle,
    /// 二次验证: a second factor, proved after the response began.
    StepUp,
    /// 停用登录: no session, no token, no signing in.
    Suspend,
    /// 停用导出: nothing leaves as a file or on paper.
    NoExport,
}

impl ResponseKind {
    pub const ALL: [ResponseKind; 4] =
        [ResponseKind::Throttle, ResponseKind::StepUp, ResponseKind::Suspend, ResponseKind::NoExport];
    pub const fn as_str(self) -> &'static str {
        match self {
            ResponseKind::Throttle => "throttle",
            ResponseKind::StepUp => "step_up",
            ResponseKind::Suspend => "suspend",
            ResponseKind::NoExport => "no_export",
        }
    }
    /// The rule that a refusal by it names.
    pub const fn rule(self) -> &'static str {
        match self {
            ResponseKind::Throttle => "response.throttle",
            ResponseKind::StepUp => "response.step_up",
            ResponseKind::Suspend => "response.suspend",
            ResponseKind::NoExport => "response.no_export",
        }
    }
}

/// What set off an automatic one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// The rule of detection.
    pub rule: String,
    /// The alert, if there is one.
    #[serde(default)]
    pub alert: Option<uuid::Uuid>,
}

/// That it was ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    pub at: UnixMs,
    pub by: UserId,
    pub reason: String,
}

/// That one officer wants it without an end, and what a second one said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lasting {
    pub asked_by: UserId,
    pub asked_at: UnixMs,
    pub reason: String,
    #[serde(default)]
    pub decided: Option<Consent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    pub by: UserId,
    pub at: UnixMs,
    pub consent: bool,
}

/// One response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    pub id: ResponseId,
    pub subject: UserId,
    pub kind: ResponseKind,
    /// For the file: the officers read it, the person does not.
    pub reason: String,
    /// What the person is told besides the sentence that they are told in any case.
    #[serde(default)]
    pub message: String,
    /// `None`: the house.
    pub by: Option<UserId>,
    #[serde(default)]
    pub cause: Option<Cause>,
    pub began: UnixMs,
    /// `None`: until it is ended.
    pub until: Option<UnixMs>,
    /// Of a throttle.
    #[serde(default)]
    pub per_minute: Option<u32>,
    #[serde(default)]
    pub ended: Option<Ended>,
    #[serde(default)]
    pub lasting: Option<Lasting>,
}

impl Response {
    pub fn in_force(&self, at: UnixMs) -> bool {
        self.ended.is_none() && self.until.is_none_or(|until| at < until)
    }
    /// When it was over, if it is.
    pub fn over_at(&self, at: UnixMs) -> Option<UnixMs> {
        match &self.ended {
            Some(ended) => Some(ended.at),
            None => self.until.filter(|until| *until <= at),
        }
    }
    /// Whether somebody asked that it last, and nobody decided yet.
    pub fn waits(&self, at: UnixMs) -> bool {
        self.in_force(at) && self.lasting.as_ref().is_some_and(|l| l.decided.is_none())
    }
    /// What the gate needs of it.
    pub fn restriction(&self) -> Restriction {
        Restriction {
            kind: self.kind,
            since: self.began,
            until: self.until,
            per_minute: self.per_minute.unwrap_or(MOST_PER_MINUTE),
        }
    }
}

/// A response as the gate holds it against each request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restriction {
    pub kind: ResponseKind,
    pub since: UnixMs,
    pub until: Option<UnixMs>,
    pub per_minute: u32,
}

impl Restriction {
    pub fn in_force(&self, at: UnixMs) -> bool {
        self.until.is_none_or(|until| at < until)
    }
}

/// One rule of what the house takes by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutoRule {
    /// Rules of detection by id, and whole families of them; with neither, every rule.
    #[serde(default)]
    pub rules: BTreeSet<String>,
    #[serde(default)]
    pub families: BTreeSet<String>,
    /// From this severity on.
    pub severity: Severity,
    pub response: ResponseKind,
    /// 1 to [`MOST_AUTOMATIC_MINUTES`].
    pub minutes: u32,
    /// Reads a minute, of a throttle.
    #[serde(default)]
    pub per_minute: Option<u32>,
}

/// What the house takes by itself: nothing, as it is shipped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseRules {
    #[serde(default)]
    pub automatic: Vec<AutoRule>,
}

impl ResponseRules {
    /// The first rule that cannot be one, by its place, and what is wrong with it.
    pub fn wrong(&self) -> Option<(usize, &'static str, &'static str)> {
        if self.automatic.len() > MOST_RULES {
            return Some((MOST_RULES, "automatic", "at most 20 rules"));
        }
        let named = |names: &BTreeSet<String>| {
            names.len() <= 100 && names.iter().all(|n| (1..=80).contains(&n.len()) && !n.chars().any(char::is_control))
        };
        self.automatic.iter().enumerate().find_map(|(n, rule)| {
            if !(1..=MOST_AUTOMATIC_MINUTES).contains(&rule.minutes) {
                return Some((n, "minutes", "1 to 1440 minutes"));
            }
            if !named(&rule.rules) {
                return Some((n, "rules", "at most 100 ids of at most 80 characters"));
            }
            if !named(&rule.families) {
                return Some((n, "families", "at most 100 names of at most 80 characters"));
            }
            match (rule.response, rule.per_minute) {
                (ResponseKind::Throttle, Some(1..=MOST_PER_MINUTE)) => None,
                (ResponseKind::Throttle, _) => Some((n, "per_minute", "a throttle allows 1 to 600 reads a minute")),
                (_, Some(_)) => Some((n, "per_minute", "only a throttle counts reads")),
                (_, None) => None,
            }
        })
    }
}

/// What an alert tells [`plan`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    pub subject: UserId,
    pub rule: String,
    pub family: String,
    pub severity: Severity,
    pub alert: Option<uuid::Uuid>,
}

impl AutoRule {
    pub fn is_set_off_by(&self, trigger: &Trigger) -> bool {
        let any = self.rules.is_empty() && self.families.is_empty();
        trigger.severity >= self.severity
            && (any || self.rules.contains(&trigger.rule) || self.families.contains(&trigger.family))
    }
}

/// Why the house takes nothing although a rule says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breaker {
    /// One in a hundred were restricted within the hour.
    TooMany,
    /// The last active holder of an administrative duty.
    LastHolder,
}

/// What is known of the company at the moment of a trigger.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub now: UnixMs,
    /// Responses in force, and those that the house began within the last hour; more do no harm.
    pub responses: &'a [Response],
    /// People who may sign in.
    pub active: usize,
    /// Whether a duty would be left without anybody if the subject could not work.
    pub last_holder: bool,
}

/// What to do about a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// By these rules, each once by its kind.
    Take(Vec<AutoRule>),
    /// No rule is set off, or all that they take is taken already.
    Nothing,
    Open(Breaker),
}

/// People whom the house may restrict within an hour.
pub const fn most_an_hour(active: usize) -> usize {
    let share = active / 100;
    if share == 0 { 1 } else { share }
}

/// What the house does about a trigger by these rules: the strictest rule of each kind, unless a breaker opens.
pub fn plan(rules: &ResponseRules, trigger: &Trigger, standing: &Standing<'_>) -> Plan {
    let now = standing.now;
    let has = |kind: ResponseKind| {
        standing.responses.iter().any(|r| r.subject == trigger.subject && r.kind == kind && r.in_force(now))
    };
    let mut wanted: Vec<AutoRule> = vec![];
    for rule in rules.automatic.iter().filter(|r| r.is_set_off_by(trigger) && !has(r.response)) {
        match wanted.iter_mut().find(|w| w.response == rule.response) {
            // The longer one of a kind; of two throttles as long, the tighter.
            Some(have) if (rule.minutes, have.per_minute) > (have.minutes, rule.per_minute) => *have = rule.clone(),
            Some(_) => {}
            None => wanted.push(rule.clone()),
        }
    }
    if wanted.is_empty() {
        return Plan::Nothing;
    }
    if standing.last_holder {
        return Plan::Open(Breaker::LastHolder);
    }
    let since = now.plus_ms(-BREAKER_MS);
    let hit: BTreeSet<UserId> =
        standing.responses.iter().filter(|r| r.by.is_none() && r.began > since).map(|r| r.subject).collect();
    if !hit.contains(&trigger.subject) && hit.len() >= most_an_hour(standing.active) {
        return Plan::Open(Breaker::TooMany);
    }
    Plan::Take(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn user(n: u8) -> UserId {
        UserId::from_bytes([n; 16])
    }
    fn rule(response: ResponseKind, minutes: u32) -> AutoRule {
        AutoRule {
            rules: BTreeSet::new(),
            families: BTreeSet::new(),
            severity: Severity::High,
            response,
            minutes,
            per_minute: (response == ResponseKind::Throttle).then_some(10),
        }
    }
    fn trigger(n: u8, severity: Severity) -> Trigger {
        Trigger { subject: user(n), rule: "r".into(), family: "volume".into(), severity, alert: None }
    }
    fn taken(trigger: &Trigger, rule: &AutoRule, now: UnixMs) -> Response {
        Response {
            id: ResponseId::new(now, [0; 10]),
            subject: trigger.subject,
            kind: rule.response,
            reason: String::new(),
            message: String::new(),
            by: None,
            cause: None,
            began: now,
            until: Some(now.plus_ms(i64::from(rule.minutes) * 60_000)),
            per_minute: rule.per_minute,
            ended: None,
            lasting: None,
        }
    }

    #[test]
    fn a_rule_is_set_off_by_its_rules_its_families_and_from_its_severity_on() {
        let mut only = rule(ResponseKind::Suspend, 60);
        assert!(only.is_set_off_by(&trigger(1, Severity::Critical)));
        assert!(!only.is_set_off_by(&trigger(1, Severity::Medium)));
        only.families.insert("canary".into());
        assert!(!only.is_set_off_by(&trigger(1, Severity::Critical)));
        only.rules.insert("r".into());
        assert!(only.is_set_off_by(&trigger(1, Severity::High)));
    }

    #[test]
    fn of_two_rules_of_a_kind_the_stricter_is_taken_once() {
        let rules = ResponseRules {
            automatic: vec![
                rule(ResponseKind::Suspend, 5),
                rule(ResponseKind::Suspend, 60),
                rule(ResponseKind::NoExport, 5),
            ],
        };
        let standing = Standing { now: UnixMs(0), responses: &[], active: 3, last_holder: false };
        let Plan::Take(took) = plan(&rules, &trigger(1, Severity::High), &standing) else { panic!() };
        assert_eq!(
            took.iter().map(|r| (r.response, r.minutes)).collect::<Vec<_>>(),
            [(ResponseKind::Suspend, 60), (ResponseKind::NoExport, 5)]
        );
        let last = Standing { last_holder: true, ..standing };
        assert_eq!(plan(&rules, &trigger(1, Severity::High), &last), Plan::Open(Breaker::LastHolder));
    }

    #[test]
    fn rules_that_cannot_be_ones_are_named() {
        let wrong = |rule: AutoRule| ResponseRules { automatic: vec![rule] }.wrong().map(|w| w.1);
        assert_eq!(wrong(rule(ResponseKind::Throttle, 60)), None);
        assert_eq!(wrong(rule(ResponseKind::Suspend, 0)), Some("minutes"));
        assert_eq!(wrong(rule(ResponseKind::Suspend, 1_441)), Some("minutes"));
        assert_eq!(wrong(AutoRule { per_minute: None, ..rule(ResponseKind::Throttle, 1) }), Some("per_minute"));
        assert_eq!(wrong(AutoRule { per_minute: Some(1), ..rule(ResponseKind::StepUp, 1) }), Some("per_minute"));
        assert_eq!(wrong(AutoRule { rules: ["".into()].into(), ..rule(ResponseKind::StepUp, 1) }), Some("rules"));
    }

    proptest! {
        /// Whatever comes, and whatever officers end in between: of the people at most one in a hundred (at least one) are restricted
        /// within any hour, nobody twice by the same, nobody who is the last.
        #[test]
        fn the_breaker_holds(
            active in 1_usize..600,
            steps in prop::collection::vec((0_u8..40, 0_i64..40, 0_usize..5, any::<bool>(), any::<bool>()), 1..200),
        ) {
            let kinds = [ResponseKind::Throttle, ResponseKind::StepUp, ResponseKind::Suspend, ResponseKind::NoExport];
            let rules = ResponseRules { automatic: kinds.into_iter().zip([30, 60, 90, 1_440]).map(|(k, m)| rule(k, m)).collect() };
            let (mut now, mut all): (UnixMs, Vec<Response>) = (UnixMs(1_000_000_000), vec![]);
            for (who, minutes, severity, last, ends) in steps {
                now = now.plus_ms(minutes * 60_000);
                if ends && let Some(r) = all.iter_mut().rev().find(|r| r.in_force(now)) {
                    r.ended = Some(Ended { at: now, by: user(99), reason: String::new() });
                }
                let trigger = trigger(who, Severity::ALL[severity]);
                let standing = Standing { now, responses: &all, active, last_holder: last };
                if let Plan::Take(took) = plan(&rules, &trigger, &standing) {
                    prop_assert!(!last && trigger.severity >= Severity::High);
                    for r in took {
                        prop_assert!(!all.iter().any(|h| h.subject == user(who) && h.kind == r.response && h.in_force(now)));
                        all.push(taken(&trigger, &r, now));
                    }
                }
                let hour: BTreeSet<_> =
                    all.iter().filter(|r| r.began > now.plus_ms(-BREAKER_MS)).map(|r| r.subject).collect();
                prop_assert!(hour.len() <= (active / 100).max(1));
                prop_assert!(all.iter().all(|r| r.until.is_some_and(|u| u.0 - r.began.0 <= 86_400_000)));
            }
        }
    }
}
