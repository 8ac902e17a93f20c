//! A finding: a rule fired for somebody. Plain data, with what it takes to say why.

use model::{EventId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::baseline::{Measure, Reading};
use crate::rule::{Body, Family, Lang, Rule, Severity};
use crate::window::Shape;

/// A rule fired. The same person, pattern and day have the same fingerprint: later findings of it replace earlier ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Name of the rule.
    pub rule: String,
    pub family: Family,
    pub severity: Severity,
    /// Whose act it was; for patterns over several people, whose act completed it.
    pub user: UserId,
    /// What the rule groups by, with its values (ids and words, never a customer's data).
    pub group: Vec<(String, String)>,
    /// The last events that made it, oldest first; at most [`EVIDENCE`].
    pub evidence: Vec<EventId>,
    /// What was counted: the window's value, or the number of matches of the day.
    pub count: u64,
    /// The value at which the rule fires.
    pub threshold: u64,
    /// How far out it is, comparable over rules: −log10 of the tail where a baseline says it, else 3 at the threshold
    /// and one more for each doubling.
    pub score: f64,
    pub parts: Vec<(Measure, Reading)>,
    pub first: UnixMs,
    pub last: UnixMs,
    /// The company's day.
    pub day: i32,
    /// Of person (or group), rule and day.
    pub fingerprint: String,
    /// Place in the ledger of the event that made it.
    pub seq: u64,
}

/// Events a finding carries.
pub const EVIDENCE: usize = 20;

impl Rule {
    /// Why it fired, as a sentence.
    pub fn why(&self, finding: &Finding, lang: Lang) -> String {
        let mut text = self.why.get(lang).to_string();
        let window = match &self.body {
            Body::Correlation(c) => span(c.span, lang),
            Body::Detection { .. } => match lang {
                Lang::Zh => "当日".to_string(),
                Lang::En => "the day".to_string(),
            },
        };
        let part = finding.parts.iter().map(|(_, r)| r).max_by(|a, b| a.score.total_cmp(&b.score));
        let mut fill = |name: &str, value: String| {
            if text.contains(name) {
                text = text.replace(name, &value);
            }
        };
        fill("{count}", finding.count.to_string());
        fill("{threshold}", finding.threshold.to_string());
        fill("{window}", window);
        fill("{observed}", part.map_or_else(|| "?".into(), |r| format!("{:.0}", r.observed)));
        fill("{expected}", part.map_or_else(|| "?".into(), |r| amount(r.expected)));
        fill("{peers}", part.map_or_else(|| "?".into(), |r| amount(r.peers)));
        fill("{score}", format!("{:.1}", finding.score));
        fill("{group}", finding.group.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", "));
        text
    }

    /// What the value is made of: for the console.
    pub fn is_distinct(&self) -> bool {
        matches!(&self.body, Body::Correlation(c) if matches!(c.shape, Shape::Distinct(_)))
    }
}

fn amount(x: f64) -> String {
    if x < 10.0 { format!("{x:.1}") } else { format!("{x:.0}") }
}

fn span(seconds: i64, lang: Lang) -> String {
    let (n, zh, en) = match seconds {
        s if s % 86_400 == 0 => (s / 86_400, "天", "day"),
        s if s % 3_600 == 0 => (s / 3_600, "小时", "hour"),
        s if s % 60 == 0 => (s / 60, "分钟", "minute"),
        s => (s, "秒", "second"),
    };
    match lang {
        Lang::Zh => format!("{n} {zh}"),
        Lang::En if n == 1 => format!("{n} {en}"),
        Lang::En => format!("{n} {en}s"),
    }
}
