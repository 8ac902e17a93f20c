//! From findings to alerts: pure.
//!
//! Rule: one alert is open per person and pattern. What comes while it is open joins it; after it was closed it opens another, unless it
//! was closed as expected with a time until which that holds.

use std::collections::HashMap;

use access::path::Seals;
use detect::{Family, Finding, Lang, Pack};
use model::{AlertId, AlertState, EventId, Feedback, Severity, UnixMs};

use super::{Alert, AlertBody, MOST_EVIDENCE, Whose};
use crate::company::SYSTEM;

/// The rule that says that the detector failed at an event.
pub const DETECTOR_FAILED: &str = "detector_failed";
/// The rule that says that events are not as they were recorded.
pub const LOG_ALTERED: &str = "log_altered";

/// What became of an alert with a round's findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Became {
    Opened,
    Grew,
}

/// How a finding is worded: by its rule, or by the house.
struct Words {
    title_zh: String,
    title_en: String,
    why_zh: String,
    why_en: String,
}

/// What is found in another system's log says so first.
fn words_of(pack: &Pack, finding: &Finding, whose: Option<&Whose>) -> Words {
    let mut words = words(pack, finding);
    if let Some(Whose { source, .. }) = whose {
        words.why_zh = format!("外部系统 {source} 的日志：{}", words.why_zh);
        words.why_en = format!("In the log of another system, {source}: {}", words.why_en);
    }
    words
}

fn words(pack: &Pack, finding: &Finding) -> Words {
    if let Some(rule) = pack.rules.iter().find(|r| r.name == finding.rule) {
        return Words {
            title_zh: rule.title.zh.clone(),
            title_en: rule.title.en.clone(),
            why_zh: rule.why(finding, Lang::Zh),
            why_en: rule.why(finding, Lang::En),
        };
    }
    let n = finding.count;
    let (title_zh, title_en, why_zh, why_en) = match finding.rule.as_str() {
        DETECTOR_FAILED => (
            "异常监控处理事件时出错",
            "Detection failed at an event",
            format!("异常监控处理 {n} 条事件时出错，已跳过；这些事件未被规则检查"),
            format!("Detection failed at {n} events and passed over them: no rule has looked at these"),
        ),
        LOG_ALTERED => (
            "访问日志被改动",
            "The access log was altered",
            format!("{n} 条访问日志缺失或与记录时不符，请运行 whosaw doctor 并通知审计员"),
            format!("{n} events are missing or not as they were recorded; run `whosaw doctor` and call the auditor"),
        ),
        other => (other, other, format!("{n}"), format!("{n}")),
    };
    Words { title_zh: title_zh.to_owned(), title_en: title_en.to_owned(), why_zh, why_en }
}

/// A finding of the house's own.
pub(super) fn own_finding(rule: &str, event: EventId, seq: u64, at: UnixMs, day: i32, count: u64) -> Finding {
    Finding {
        rule: rule.to_owned(),
        family: Family::Other,
        severity: if rule == LOG_ALTERED { Severity::Critical } else { Severity::High },
        user: SYSTEM,
        group: vec![],
        evidence: vec![event],
        count,
        threshold: 1,
        score: 3.0,
        parts: vec![],
        first: at,
        last: at,
        day,
        fingerprint: format!("{rule}:{day}"),
        seq,
    }
}

/// Of person (or group) and rule, without the day.
pub(super) fn pattern(seals: &Seals, finding: &Finding, whose: Option<&Whose>) -> String {
    let mut params: Vec<access::path::Param> = vec![finding.rule.as_str().into()];
    if let Some(whose) = whose {
        // Never one with what is found in our own log.
        params.extend(["source".into(), whose.source.as_str().into()]);
    }
    if finding.group.is_empty() {
        params.push(finding.user.into());
    }
    for (name, value) in &finding.group {
        params.push(name.as_str().into());
        params.push(value.as_str().into());
    }
    let seal = seals.row("alert.fingerprint", &params);
    hex::encode(seal.get(..16).unwrap_or(&seal))
}

/// The alerts of a round: those there are under the patterns of its findings, and what becomes of them.
pub(super) struct Fold<'a> {
    pub(super) pack: &'a Pack,
    pub(super) now: UnixMs,
    /// By pattern: the one that is not closed, else the one closed last.
    pub(super) known: HashMap<String, Alert>,
    pub(super) changed: Vec<(Alert, Became)>,
}

impl Fold<'_> {
    /// Takes a finding in.
    pub(super) fn take(
        &mut self,
        fingerprint: &str,
        (finding, whose): (&Finding, Option<&Whose>),
        id: impl FnOnce() -> AlertId,
    ) {
        let pack = self.pack;
        if let Some((alert, _)) = self.changed.iter_mut().find(|(a, _)| a.fingerprint == fingerprint) {
            alert.grow(finding, words_of(pack, finding, whose));
            return;
        }
        match self.known.remove(fingerprint) {
            Some(mut alert) if alert.takes(finding.last) => {
                alert.grow(finding, words_of(pack, finding, whose));
                self.changed.push((alert, Became::Grew));
            }
            _ => {
                let words = words_of(pack, finding, whose);
                let mut alert = Alert::open(id(), fingerprint, finding, words, self.now);
                alert.body.foreign = whose.cloned();
                self.changed.push((alert, Became::Opened));
            }
        }
    }
}

impl Alert {
    fn open(id: AlertId, fingerprint: &str, finding: &Finding, words: Words, now: UnixMs) -> Alert {
        let mut alert = Alert {
            id,
            subject: finding.user,
            rule: finding.rule.clone(),
            family: finding.family,
            fingerprint: fingerprint.to_owned(),
            severity: finding.severity,
            state: AlertState::Open,
            score: finding.score,
            first_at: finding.first,
            last_at: finding.last,
            last_seq: i64::try_from(finding.seq).unwrap_or(i64::MAX),
            case: None,
            version: 1,
            body: AlertBody {
                finding: finding.clone(),
                findings: 1,
                evidence: vec![],
                earlier: 0,
                why_zh: words.why_zh,
                why_en: words.why_en,
                title_zh: words.title_zh,
                title_en: words.title_en,
                opened_at: now,
                snoozed_until: None,
                feedback: None,
                handled: vec![],
                foreign: None,
            },
        };
        alert.add_evidence(&finding.evidence);
        alert
    }

    /// Whether what happens at this moment joins it.
    fn takes(&self, at: UnixMs) -> bool {
        match self.state {
            AlertState::Open | AlertState::Snoozed => true,
            AlertState::Closed => {
                self.body.feedback == Some(Feedback::Expected)
                    && self.body.snoozed_until.is_some_and(|until| at < until)
            }
        }
    }

    fn grow(&mut self, finding: &Finding, words: Words) {
        if self.state == AlertState::Snoozed && self.body.snoozed_until.is_none_or(|until| finding.last >= until) {
            self.wake();
        }
        self.body.findings = self.body.findings.saturating_add(1);
        self.add_evidence(&finding.evidence);
        self.first_at = self.first_at.min(finding.first);
        self.last_at = self.last_at.max(finding.last);
        self.last_seq = self.last_seq.max(i64::try_from(finding.seq).unwrap_or(i64::MAX));
        self.severity = self.severity.max(finding.severity);
        self.score = self.score.max(finding.score);
        // What it says is what was loudest.
        if finding.score >= self.body.finding.score {
            self.body.finding = finding.clone();
            (self.body.why_zh, self.body.why_en) = (words.why_zh, words.why_en);
            (self.body.title_zh, self.body.title_en) = (words.title_zh, words.title_en);
        }
    }

    /// It is looked at again.
    pub(super) fn wake(&mut self) {
        self.state = AlertState::Open;
        self.body.snoozed_until = None;
    }

    fn add_evidence(&mut self, events: &[EventId]) {
        for event in events {
            if !self.body.evidence.contains(event) {
                self.body.evidence.push(*event);
            }
        }
        let over = self.body.evidence.len().saturating_sub(MOST_EVIDENCE);
        self.body.evidence.drain(..over);
        self.body.earlier = self.body.earlier.saturating_add(over as u64);
    }

    /// Whether the house tells security officers of it.
    pub(super) fn is_told(&self) -> bool {
        self.severity >= Severity::High && self.state == AlertState::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400_000;

    fn finding(at: i64, score: f64, event: u8) -> Finding {
        let mut f = own_finding("x", EventId::from_bytes([event; 16]), u64::from(event), UnixMs(at), 1, 1);
        f.severity = Severity::Medium;
        f.score = score;
        f
    }
    fn fold<'a>(pack: &'a Pack, known: Vec<Alert>) -> Fold<'a> {
        let known = known.into_iter().map(|a| (a.fingerprint.clone(), a)).collect();
        Fold { pack, now: UnixMs(0), known, changed: vec![] }
    }
    fn after(known: Vec<Alert>, findings: &[Finding]) -> Vec<(Alert, Became)> {
        let pack = Pack::shipped().unwrap();
        let mut fold = fold(&pack, known);
        for f in findings {
            fold.take("p", (f, None), || AlertId::from_bytes([9; 16]));
        }
        fold.changed
    }

    #[test]
    fn a_storm_is_one_alert_that_says_what_was_loudest() {
        let storm: Vec<Finding> = (0..100).map(|n| finding(i64::from(n), f64::from(n % 50), n)).collect();
        let all = after(vec![], &storm);
        assert_eq!(all.len(), 1);
        let (alert, became) = &all[0];
        assert_eq!((*became, alert.body.findings, alert.score), (Became::Opened, 100, 49.0));
        assert_eq!((alert.body.evidence.len(), alert.body.earlier), (MOST_EVIDENCE, 40));
        assert_eq!((alert.first_at, alert.last_at), (UnixMs(0), UnixMs(99)));
        assert_eq!(alert.body.finding.score, 49.0);
    }

    #[test]
    fn what_comes_joins_what_is_open_and_opens_another_once_it_is_closed() {
        let (open, _) = after(vec![], &[finding(0, 3.0, 1)]).remove(0);
        let (grown, became) = after(vec![open.clone()], &[finding(5, 4.0, 2)]).remove(0);
        assert_eq!((became, grown.id, grown.body.findings), (Became::Grew, open.id, 2));
        let mut closed = open.clone();
        closed.state = AlertState::Closed;
        closed.body.feedback = Some(Feedback::Suspicious);
        assert_eq!(after(vec![closed.clone()], &[finding(5, 4.0, 2)])[0].1, Became::Opened);
        // Expected, and quiet for a while.
        closed.body.feedback = Some(Feedback::Expected);
        assert_eq!(after(vec![closed.clone()], &[finding(5, 4.0, 2)])[0].1, Became::Opened);
        closed.body.snoozed_until = Some(UnixMs(DAY));
        let quiet = after(vec![closed.clone()], &[finding(5, 4.0, 2)]).remove(0);
        assert_eq!((quiet.1, quiet.0.state), (Became::Grew, AlertState::Closed));
        assert_eq!(after(vec![closed], &[finding(DAY, 4.0, 2)])[0].1, Became::Opened);
    }

    #[test]
    fn what_was_put_off_wakes_with_what_comes_after_its_time() {
        let (mut alert, _) = after(vec![], &[finding(0, 3.0, 1)]).remove(0);
        alert.state = AlertState::Snoozed;
        alert.body.snoozed_until = Some(UnixMs(DAY));
        assert_eq!(after(vec![alert.clone()], &[finding(5, 9.0, 2)])[0].0.state, AlertState::Snoozed);
        assert_eq!(after(vec![alert], &[finding(DAY, 9.0, 2)])[0].0.state, AlertState::Open);
    }
}
