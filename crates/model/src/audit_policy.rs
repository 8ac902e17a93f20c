//! The audit policy 审计策略: how much the log says of looks at data that is nobody's, how often it is checked, how long it is kept.
//!
//! One story. A company with 40,000 products finds that most of its log is people paging through the price list. It decides that
//! lists of products are *counted*: each page is still an event, made durable before the page is shown, but it says "40 products"
//! and not which. No list of customers can be treated so, whatever anybody wants.
//!
//! Rule: the policy thins what an event says and never whether there is one. What is about a person's data, what changes anything,
//! what is refused and what administrators do is always told in full: [`LOCKED`] says which and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::action::{Action, On};
use crate::event::Decision;
use crate::ids::ObjectName;
use crate::object::ObjectType;

/// The least that network logs must be kept: six months (Cybersecurity Law of the PRC, article 23), here 180 days.
pub const MIN_AUDIT_DAYS: u32 = 180;
/// The longest retention, in days: a hundred years.
pub const MAX_DAYS: u32 = 36_500;
/// Object types that a policy may name.
const MOST_OBJECTS: usize = 100;

/// How much an event says of the records that were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Depth {
    /// Each record, with the fields shown.
    #[default]
    Full,
    /// One event in so many says each record, picked at random; the others how many there were. 2 to 100.
    Sampled { one_in: u32 },
    /// How many there were.
    Counted,
}

/// How often what is watched over is watched over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// A checkpoint is signed at most so many seconds after the log has grown. 1 to 60.
    pub checkpoint_seconds: u32,
    /// The server computes the whole log anew every so many hours, and records what it found. 1 to 168.
    pub verify_hours: u32,
    /// Somebody looks through the log, and says so, every so many days. 1 to 90.
    pub review_days: u32,
}

impl Default for Frequency {
    fn default() -> Self {
        Self { checkpoint_seconds: 1, verify_hours: 24, review_days: 7 }
    }
}

/// How fields that are not personal are told of in lists and views. Personal and sensitive ones are always named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldsTold {
    #[default]
    Names,
    /// How many of each class.
    Classes,
}

/// How the question of a list is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionTold {
    /// With the values of open and internal fields that were asked by. Others are never told.
    #[default]
    Values,
    /// Without values; a keyed hash tells equal questions.
    Digest,
}

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    pub fields: FieldsTold,
    pub question: QuestionTold,
}

/// Kinds of events that may be kept longer than the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventClass {
    /// Whatever was not allowed, or did not come about.
    Refusals,
    /// Records made, changed, given away or destroyed.
    Changes,
    /// Exports and their files, and masked fields shown in the clear.
    Exports,
    /// What administrators did.
    Administration,
}

impl EventClass {
    pub const ALL: [EventClass; 4] =
        [EventClass::Refusals, EventClass::Changes, EventClass::Exports, EventClass::Administration];

    pub const fn as_str(self) -> &'static str {
        match self {
            EventClass::Refusals => "refusals",
            EventClass::Changes => "changes",
            EventClass::Exports => "exports",
            EventClass::Administration => "administration",
        }
    }

    /// The operations whose events belong to it; `None` for what goes by the decision.
    pub fn actions(self) -> Option<Vec<Action>> {
        use Action::{BreakGlass, Download, Export, List, NodeStart, NodeStop, Reveal, View, WhoLooked};
        let of = |wanted: fn(Action) -> bool| Action::ALL.iter().copied().filter(|a| wanted(*a)).collect();
        match self {
            EventClass::Refusals => None,
            EventClass::Exports => Some(vec![Export, Download, Reveal, BreakGlass]),
            EventClass::Changes => Some(of(|a| {
                a.on() == On::Record && !matches!(a, List | View | Reveal | WhoLooked | Export | BreakGlass)
            })),
            EventClass::Administration => Some(of(|a| a.on() == On::System && !matches!(a, NodeStart | NodeStop))),
        }
    }

    pub fn holds(self, action: Option<Action>, decision: Option<Decision>) -> bool {
        match self.actions() {
            None => !matches!(decision, Some(Decision::Allowed | Decision::Intent)),
            Some(actions) => action.is_some_and(|a| actions.contains(&a)),
        }
    }
}

/// How long what events say is kept. That they happened is kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRetention {
    /// [`MIN_AUDIT_DAYS`] to [`MAX_DAYS`]; `None` keeps all for good.
    pub days: Option<u32>,
    /// Kinds that are kept for longer, in days.
    #[serde(default)]
    pub longer: BTreeMap<EventClass, u32>,
}

/// What a company has decided about its log.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditPolicy {
    /// Lists and views of which object types say less. Each MUST be [`may_thin`].
    pub scope: BTreeMap<ObjectName, Depth>,
    pub frequency: Frequency,
    pub method: Method,
    pub retention: AuditRetention,
}

/// What no policy can switch off.
pub const LOCKED: [&str; 6] = ["personal", "writes", "refusals", "duties", "event", "hash"];

/// What is wrong with a policy: which part, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct BadAuditPolicy {
    pub field: String,
    pub reason: String,
}

/// Whether lists and views of records of the type may say less than everything: its records belong to no customer, are no person's,
/// and have no personal or sensitive field. Asked of the definition in force each time, so that a field added later ends it.
pub fn may_thin(object: &ObjectType) -> bool {
    object.customer_field.is_none() && !object.fields.is_empty() && object.fields.iter().all(|f| !f.class.is_sealed())
}

impl AuditPolicy {
    /// # Errors
    /// The first thing found wrong.
    pub fn check<'a>(&self, object: impl Fn(&ObjectName) -> Option<&'a ObjectType>) -> Result<(), BadAuditPolicy> {
        let wrong = |field: &str, reason: String| Err(BadAuditPolicy { field: field.to_owned(), reason });
        if self.scope.len() > MOST_OBJECTS {
            return wrong("scope", format!("at most {MOST_OBJECTS} object types"));
        }
        for (name, depth) in &self.scope {
            let field = format!("scope.{name}");
            match object(name) {
                None => return wrong(&field, "there is no such object".to_owned()),
                Some(object) if *depth != Depth::Full && !may_thin(object) => {
                    let why = "records of customers, and types with personal or sensitive fields, are told in full";
                    return wrong(&field, why.to_owned());
                }
                Some(_) => {}
            }
            if matches!(depth, Depth::Sampled { one_in } if !(2..=100).contains(one_in)) {
                return wrong(&field, "one in 2 to 100".to_owned());
            }
        }
        let Frequency { checkpoint_seconds, verify_hours, review_days } = self.frequency;
        if !(1..=60).contains(&checkpoint_seconds) {
            return wrong("frequency.checkpoint_seconds", "1 to 60 seconds".to_owned());
        }
        if !(1..=168).contains(&verify_hours) {
            return wrong("frequency.verify_hours", "1 to 168 hours".to_owned());
        }
        if !(1..=90).contains(&review_days) {
            return wrong("frequency.review_days", "1 to 90 days".to_owned());
        }
        let AuditRetention { days, longer } = &self.retention;
        if days.is_some_and(|days| !(MIN_AUDIT_DAYS..=MAX_DAYS).contains(&days)) {
            return wrong("retention.days", format!("{MIN_AUDIT_DAYS} to {MAX_DAYS} days, as the law wants"));
        }
        for (class, kept) in longer {
            if days.is_none_or(|days| *kept <= days) || *kept > MAX_DAYS {
                let reason = format!("more days than the rest, at most {MAX_DAYS}");
                return wrong(&format!("retention.longer.{}", class.as_str()), reason);
            }
        }
        Ok(())
    }

    /// How much the event of an allowed look at records of the type says.
    pub fn depth(&self, action: Action, object: &ObjectType) -> Depth {
        match self.scope.get(&object.name) {
            Some(depth) if matches!(action, Action::List | Action::View) && may_thin(object) => *depth,
            _ => Depth::Full,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defaults;

    fn thinned(name: &str, depth: Depth) -> AuditPolicy {
        AuditPolicy { scope: [(name.parse().unwrap(), depth)].into(), ..AuditPolicy::default() }
    }

    #[test]
    fn only_what_is_nobodys_is_told_in_less() {
        let all = defaults::objects();
        let find = |n: &ObjectName| all.iter().find(|o| o.name == *n);
        for object in &all {
            let policy = thinned(object.name.as_str(), Depth::Counted);
            assert_eq!(policy.check(find).is_ok(), may_thin(object), "{}", object.name);
            if object.customer_field.is_some() || object.fields.iter().any(|f| f.class.is_sealed()) {
                assert_eq!(policy.depth(Action::List, object), Depth::Full, "{}", object.name);
            }
        }
        let product = defaults::product();
        let policy = thinned("product", Depth::Sampled { one_in: 10 });
        assert_eq!(policy.check(find), Ok(()));
        assert_eq!(policy.depth(Action::List, &product), Depth::Sampled { one_in: 10 });
        for action in Action::ALL.iter().filter(|a| !matches!(a, Action::List | Action::View)) {
            assert_eq!(policy.depth(*action, &product), Depth::Full, "{action}");
        }
        // A personal field that is added later ends it.
        let mut later = product;
        later.fields[0].class = crate::Sensitivity::Personal;
        assert_eq!(policy.depth(Action::List, &later), Depth::Full);
        assert_eq!(thinned("product", Depth::Sampled { one_in: 1 }).check(find).unwrap_err().field, "scope.product");
    }

    #[test]
    fn the_law_and_the_order_of_classes_hold() {
        let none = |_: &ObjectName| None;
        let kept = |days, longer: &[(EventClass, u32)]| {
            let retention = AuditRetention { days, longer: longer.iter().copied().collect() };
            AuditPolicy { retention, ..AuditPolicy::default() }.check(none).is_ok()
        };
        assert!(kept(None, &[]) && kept(Some(180), &[]) && kept(Some(180), &[(EventClass::Exports, 1095)]));
        assert!(!kept(Some(179), &[]) && !kept(Some(MAX_DAYS + 1), &[]));
        assert!(!kept(Some(365), &[(EventClass::Refusals, 365)]) && !kept(None, &[(EventClass::Refusals, 365)]));
        let often = Frequency { checkpoint_seconds: 61, ..Frequency::default() };
        assert!(AuditPolicy { frequency: often, ..AuditPolicy::default() }.check(none).is_err());
        // Nothing is in two classes but by being refused.
        let mut seen = std::collections::BTreeSet::new();
        for action in EventClass::ALL.iter().filter_map(|c| c.actions()).flatten() {
            assert!(seen.insert(action), "{action}");
        }
    }
}
