//! Looking at a rule before it is saved: what is wrong with it, and why it matches an event or does not.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use detect::flat::Flat;
use detect::{Both, Family, Pack, Problem, Trace};
use model::{Action, EventId, Severity};
use serde_json::{Value, json};

use super::change::{check_filter, check_own};
use super::kept::shipped_text;
use crate::Store;
use crate::company::operations;
use crate::watch::ScorePart;

/// Looks at a text: of a rule of the company's own, or with `of` of a filter of that rule. Changes nothing.
#[derive(Debug)]
pub struct CheckRule {
    pub text: String,
    /// The rule a filter narrows.
    pub of: Option<String>,
    /// The name the rule has already.
    pub name: Option<String>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// With the line each is about.
    pub problems: Vec<(Option<usize>, Problem)>,
    /// The rule, if it reads.
    pub found: Option<Found>,
}

/// What a text says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    pub title: Both,
    pub family: Family,
    pub severity: Severity,
}

/// Asks why a rule matches an event, or does not.
#[derive(Debug)]
pub struct ExplainRule {
    /// The rule's name; with a text, one that may not be saved yet.
    pub name: Option<String>,
    pub text: Option<String>,
    pub event: EventId,
}

operations! {
    CheckRule: DetectionManage, |op| json!({ "act": "detection.check", "bytes": op.text.len(), "of": op.of });
    ExplainRule: DetectionManage, |op| json!({
        "act": "detection.explain", "rule": op.name, "draft": op.text.is_some(), "event": op.event,
    });
}

/// Why.
#[derive(Debug, Clone)]
pub struct Explained {
    pub trace: Trace,
    /// What the rule could ask about: every field of the event with its value, as the rule sees it.
    pub fields: Value,
    /// What the baselines said of the event when it was judged; `None` where that was not kept.
    pub scores: Option<Vec<ScorePart>>,
    /// The rule asks for scores and they were not kept: here they are as if there were none.
    pub scored: bool,
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn check_rule(&self, grant: Grant<CheckRule>) -> Result<Disclosed<Checked>, Refusal> {
        let op = grant.operation();
        let read = match &op.of {
            Some(of) => check_filter(of, &op.text).map(|()| None),
            None => check_own(op.name.as_deref(), &op.text).and_then(|(pack, name)| {
                if op.name.is_none() && self.knows_rule(&name) {
                    let (zh, en) = ("已有同名规则".to_owned(), "another rule has this name".to_owned());
                    return Err(vec![Problem { code: "rule.twice", at: name, zh, en }]);
                }
                let rule = pack.rule(&name);
                Ok(rule.map(|r| Found { name, title: r.title.clone(), family: r.family, severity: r.severity }))
            }),
        };
        let checked = match read {
            Ok(found) => Checked { problems: vec![], found },
            Err(problems) => {
                let lines = problems.into_iter().map(|p| (p.line(&op.text), p)).collect();
                Checked { problems: lines, found: None }
            }
        };
        grant.carry_out(vec![], checked).await
    }

    fn knows_rule(&self, name: &str) -> bool {
        shipped_text(name).is_some() || self.company().detection.items.contains_key(name)
    }

    /// The text of a rule in force, of whatever state.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        let company = self.company();
        let own = company.detection.items.get(name).and_then(|(_, item)| item.text.clone());
        own.or_else(|| shipped_text(name).map(str::to_owned))
    }

    /// # Errors
    /// [`Refusal::NotFound`] for a rule or an event there is not, or whose contents are not kept any more; [`Refusal::Invalid`] for a text
    /// that does not read; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn explain_rule(&self, grant: Grant<ExplainRule>) -> Result<Disclosed<Explained>, Refusal> {
        let op = grant.operation();
        let own = [Some(grant.caller().user), grant.caller().on_behalf_of];
        let explained = async {
            let text = match (&op.text, &op.name) {
                (Some(text), _) => text.clone(),
                (None, Some(name)) => self.text_of(name).ok_or(Refusal::NotFound)?,
                (None, None) => return Err(Refusal::invalid("name", "required", "name a rule, or give a text")),
            };
            let refused = |problems: Vec<Problem>| {
                Refusal::Invalid(problems.iter().map(|p| super::change::told("text", &text, p)).collect())
            };
            let (pack, name) = match (&op.text, &op.name) {
                (None, Some(name)) => (Pack::read([(name.as_str(), text.as_str())]).map_err(refused)?, name.clone()),
                _ => check_own(None, &text).map_err(refused)?,
            };
            let rule = pack.rule(&name).ok_or(Refusal::NotFound)?;
            let seen = self.seen_of(&[op.event]).await?;
            // What is known of oneself is not asked of the detector.
            let judged = seen.first().filter(|j| !own.contains(&Some(j.of.actor.user))).ok_or(Refusal::NotFound)?;
            let scores = judged.scores.clone().unwrap_or_default();
            let trace = pack.explain(rule, &judged.of, &scores);
            let fields = Flat::new(&judged.of, &scores).to_json();
            let part = |(measure, reading)| ScorePart::new(measure, reading);
            let kept = judged.scores.as_ref().map(|scores| scores.iter().map(part).collect());
            Ok(Explained { trace, fields, scored: kept.is_none() && !rule.measures.is_empty(), scores: kept })
        };
        match explained.await {
            Ok(explained) => grant.carry_out(vec![], explained).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
