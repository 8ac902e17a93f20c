//! What becomes of a finding 漏洞: over scans, by people, and by the passing of time. The clock and the company's rules are handed in.
//!
//! One story. The scan of Monday shows an injection in `crm-web`: it is open, and due in a week. Li gives it to Zhao, Zhao says that it is fixed.
//! The scan of Friday does not show it any more: it is verified, and closed. A month later it shows again: it is open again, and due anew.
//!
//! Rules.
//! - A claim closes nothing. What is claimed to be fixed counts as open until a scan of the same tool and asset shows it no more.
//! - Where it is grave, it is set aside by two people: one asks, another agrees.
//! - What an assessor raised by hand no scan shows or closes: that it is fixed is verified by somebody who did not claim it.
//! - What is accepted is accepted as grave as it was then, and until a day. Graver or later it is open again.
//! - A false positive stays one, also when scans show it again; what tells that it is one is the fingerprint.

use model::{AssessmentId, AssessmentQuestionId, ScanId, Severity, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::Finding;
use crate::trend::Span;

/// What stands for the tool where people raised it.
pub const TOOL: &str = "assessment";
/// Characters of a reason or note.
pub const MOST_WORDS: usize = 2_000;
/// Lines of history that are kept; the first one always is. The log has all of them.
const MOST_HISTORY: usize = 200;
const MOST_SPANS: usize = 50;
const DAY_MS: i64 = 86_400_000;
/// The longest time that the rules may name, in days.
const MOST_DAYS: u32 = 3_650;

/// Where a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Open,
    /// Somebody says so; no scan has shown it yet.
    Fixed,
    /// A scan of the same tool and asset shows it no more.
    Verified,
    Accepted,
    FalsePositive,
}

impl State {
    pub const ALL: [State; 5] = [State::Open, State::Fixed, State::Verified, State::Accepted, State::FalsePositive];
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Fixed => "fixed",
            State::Verified => "verified",
            State::Accepted => "accepted",
            State::FalsePositive => "false_positive",
        }
    }
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
    /// Whether something is still to be done.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Open | State::Fixed)
    }
}

/// How long what may stay open, and what takes two people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Days until a finding is due, by how grave it is.
    pub critical_days: u32,
    pub high_days: u32,
    pub medium_days: u32,
    pub low_days: u32,
    pub informational_days: u32,
    /// The longest time for which a finding is accepted, in days.
    pub accept_days: u32,
    /// From here on setting aside takes a second person.
    pub second_from: Severity,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            critical_days: 7,
            high_days: 30,
            medium_days: 90,
            low_days: 180,
            informational_days: 365,
            accept_days: 180,
            second_from: Severity::High,
        }
    }
}

impl Rules {
    const fn days(&self, severity: Severity) -> u32 {
        match severity {
            Severity::Critical => self.critical_days,
            Severity::High => self.high_days,
            Severity::Medium => self.medium_days,
            Severity::Low => self.low_days,
            Severity::Informational => self.informational_days,
        }
    }
    fn due(&self, severity: Severity, from: UnixMs) -> UnixMs {
        from.plus_days(i64::from(self.days(severity)))
    }

    /// The first field that is not as it must be, and what it must be.
    ///
    /// # Errors
    /// The field's name, with the reason.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        let all = [
            ("critical_days", self.critical_days),
            ("high_days", self.high_days),
            ("medium_days", self.medium_days),
            ("low_days", self.low_days),
            ("informational_days", self.informational_days),
        ];
        for (field, days) in all.into_iter().chain([("accept_days", self.accept_days)]) {
            if !(1..=MOST_DAYS).contains(&days) {
                return Err((field, format!("1 to {MOST_DAYS} days")));
            }
        }
        let mut before = 0;
        for (field, days) in all {
            if days < before {
                return Err((field, "what is graver is not due later".to_owned()));
            }
            before = days;
        }
        Ok(())
    }
}

/// As what a finding is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsideKind {
    Accepted,
    FalsePositive,
}

impl AsideKind {
    pub const fn as_str(self) -> &'static str {
        self.state().as_str()
    }
    const fn state(self) -> State {
        match self {
            AsideKind::Accepted => State::Accepted,
            AsideKind::FalsePositive => State::FalsePositive,
        }
    }
}

/// That a finding is set aside, or that somebody asks that it be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    pub kind: AsideKind,
    pub reason: String,
    /// Of what is accepted.
    pub until: Option<UnixMs>,
    pub by: UserId,
    /// For whom they act, where they act for somebody.
    pub by_for: Option<UserId>,
    pub at: UnixMs,
    /// How grave it was then.
    pub severity: Severity,
    pub consented: Option<UserId>,
    /// Or it waits for a second person.
    pub in_force: bool,
}

/// What happened to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Found,
    /// Claimed to be fixed, and a scan shows it all the same.
    NotFixed,
    /// It was closed, and a scan shows it again.
    ShownAgain,
    Verified,
    Regraded,
    Assigned,
    Due,
    Fixed,
    Asked,
    Accepted,
    FalsePositive,
    Declined,
    Reopened,
    /// The acceptance ran out.
    Expired,
    /// The acceptance was of something less grave.
    Outgrown,
    Overdue,
}

impl StepKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            StepKind::Found => "found",
            StepKind::NotFixed => "not_fixed",
            StepKind::ShownAgain => "shown_again",
            StepKind::Verified => "verified",
            StepKind::Regraded => "regraded",
            StepKind::Assigned => "assigned",
            StepKind::Due => "due",
            StepKind::Fixed => "fixed",
            StepKind::Asked => "asked",
            StepKind::Accepted => "accepted",
            StepKind::FalsePositive => "false_positive",
            StepKind::Declined => "declined",
            StepKind::Reopened => "reopened",
            StepKind::Expired => "expired",
            StepKind::Outgrown => "outgrown",
            StepKind::Overdue => "overdue",
        }
    }
}

/// One line of a finding's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub at: UnixMs,
    pub kind: StepKind,
    /// `None`: the house, by a scan or by the time.
    pub by: Option<UserId>,
    pub scan: Option<ScanId>,
    pub to: Option<UserId>,
    pub until: Option<UnixMs>,
    pub severity: Option<Severity>,
    pub text: Option<String>,
}

impl Step {
    const fn new(kind: StepKind, at: UnixMs) -> Self {
        Self { at, kind, by: None, scan: None, to: None, until: None, severity: None, text: None }
    }
    fn by(mut self, who: &Who) -> Self {
        self.by = Some(who.user);
        self
    }
    fn text(mut self, text: &str) -> Self {
        self.text = Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        self
    }
}

/// Who acts, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    pub user: UserId,
    pub acts_for: Option<UserId>,
}

impl Who {
    fn is_of(&self, aside: &Aside) -> bool {
        let mine = [Some(self.user), self.acts_for];
        [Some(aside.by), aside.by_for].iter().flatten().any(|one| mine.contains(&Some(*one)))
    }
}

/// What people do with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Whose it is, and by when. Without a day it stays due when it is.
    Assign {
        to: Option<UserId>,
        due: Option<UnixMs>,
    },
    /// It was mended; the next scan tells whether.
    Fixed {
        note: String,
    },
    Accept {
        reason: String,
        until: UnixMs,
    },
    FalsePositive {
        reason: String,
    },
    /// The second person's word.
    Consent {
        agree: bool,
    },
    Reopen {
        reason: String,
    },
    /// Somebody looked, and what was claimed holds: of what people raised.
    Verify {
        note: String,
    },
}

impl Act {
    pub const fn as_str(&self) -> &'static str {
        match self {
            Act::Assign { .. } => "assign",
            Act::Fixed { .. } => "fixed",
            Act::Accept { .. } => "accept",
            Act::FalsePositive { .. } => "false_positive",
            Act::Consent { .. } => "consent",
            Act::Reopen { .. } => "reopen",
            Act::Verify { .. } => "verify",
        }
    }
}

/// Why an act is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Barred {
    /// A field of the act, and what it must be.
    Field(&'static str, String),
    /// It is closed or set aside.
    NotOpen,
    IsOpen,
    /// A first word waits for its second already.
    Waits,
    NothingWaits,
    /// Who asked cannot be the second person.
    OwnWord,
    /// It is not claimed to be fixed.
    NotFixed,
    /// Scans found it, and scans verify it.
    ByScans,
}

impl Barred {
    /// Stable; empty of a field.
    pub const fn code(&self) -> &'static str {
        match self {
            Barred::Field(..) => "",
            Barred::NotOpen => "finding_not_open",
            Barred::IsOpen => "finding_is_open",
            Barred::Waits => "finding_waits",
            Barred::NothingWaits => "finding_nothing_waits",
            Barred::OwnWord => "finding_own_word",
            Barred::NotFixed => "finding_not_fixed",
            Barred::ByScans => "finding_by_scans",
        }
    }
}

/// What a scan tells of a finding that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Still,
    /// It was closed, or claimed to be fixed, or accepted as less than it is.
    Reopened,
}

/// What the time does to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// It is past its date, and nobody was told yet.
    Overdue,
    /// What was accepted is open again.
    Expired,
}

/// Where somebody raised a finding by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    pub assessment: AssessmentId,
    pub question: AssessmentQuestionId,
}

/// A finding as it is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// What was scanned, as the company calls it.
    pub asset: String,
    /// The tools of the scan that showed it last.
    pub tool: String,
    /// As that scan says it.
    pub finding: Finding,
    pub state: State,
    pub owner: Option<UserId>,
    pub found_at: UnixMs,
    /// When it was opened last.
    pub opened_at: UnixMs,
    /// When a scan showed it last.
    pub seen_at: UnixMs,
    /// The last scan that had a word on it; of nobody's where people raised it.
    pub scan: ScanId,
    /// Where people raised it: no scan has a word on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<Raised>,
    /// While it is open.
    pub due_at: Option<UnixMs>,
    /// Whether somebody named the day.
    pub due_by_hand: bool,
    pub aside: Option<Aside>,
    /// The date of which it was told that it is past.
    pub told_due: Option<UnixMs>,
    /// When it was open.
    pub spans: Vec<Span>,
    pub history: Vec<Step>,
}

fn words(field: &'static str, text: &str, needed: bool) -> Result<(), Barred> {
    let strange = text.chars().any(|c| c.is_control() && c != '\n');
    let empty = needed && text.trim().is_empty();
    if empty || strange || text.chars().count() > MOST_WORDS {
        let least = usize::from(needed);
        return Err(Barred::Field(field, format!("{least} to {MOST_WORDS} characters")));
    }
    Ok(())
}

impl Tracked {
    /// One that a scan shows for the first time.
    pub fn found(asset: &str, tool: &str, finding: Finding, scan: ScanId, now: UnixMs, rules: &Rules) -> Self {
        let severity = finding.severity;
        let mut tracked = Self {
            asset: asset.to_owned(),
            tool: tool.to_owned(),
            finding,
            state: State::Open,
            owner: None,
            found_at: now,
            opened_at: now,
            seen_at: now,
            scan,
            raised: None,
            due_at: Some(rules.due(severity, now)),
            due_by_hand: false,
            aside: None,
            told_due: None,
            spans: vec![Span { from: now, to: None, verified: false }],
            history: vec![],
        };
        tracked.note(Step { scan: Some(scan), severity: Some(severity), ..Step::new(StepKind::Found, now) });
        tracked
    }

    /// One that somebody raised in an assessment. It is due as what scans find is.
    pub fn raised(asset: &str, finding: Finding, by: &Who, raised: Raised, now: UnixMs, rules: &Rules) -> Self {
        let nobody = ScanId::from_bytes([0; 16]);
        let mut tracked = Self::found(asset, TOOL, finding, nobody, now, rules);
        tracked.raised = Some(raised);
        for step in &mut tracked.history {
            (step.scan, step.by) = (None, Some(by.user));
        }
        tracked
    }

    fn note(&mut self, step: Step) {
        if self.history.len() >= MOST_HISTORY {
            self.history.remove(1);
        }
        self.history.push(step);
    }

    fn open(&mut self, now: UnixMs, rules: &Rules) {
        if self.state.is_open() {
            self.state = State::Open;
            return;
        }
        self.state = State::Open;
        self.aside = None;
        self.opened_at = now;
        (self.due_at, self.due_by_hand, self.told_due) = (Some(rules.due(self.finding.severity, now)), false, None);
        if self.spans.len() >= MOST_SPANS {
            self.spans.remove(0);
        }
        self.spans.push(Span { from: now, to: None, verified: false });
    }

    fn close(&mut self, state: State, now: UnixMs) {
        self.state = state;
        self.due_at = None;
        if let Some(span) = self.spans.last_mut().filter(|s| s.to.is_none()) {
            (span.to, span.verified) = (Some(now), state == State::Verified);
        }
    }

    /// A scan of the same asset shows it.
    pub fn shown(&mut self, tool: &str, finding: Finding, scan: ScanId, now: UnixMs, rules: &Rules) -> Shown {
        let (was, is) = (self.finding.severity, finding.severity);
        self.finding = finding;
        tool.clone_into(&mut self.tool);
        (self.seen_at, self.scan) = (now, scan);
        let by_scan = |kind| Step { scan: Some(scan), ..Step::new(kind, now) };
        if was != is {
            self.note(Step { severity: Some(is), ..by_scan(StepKind::Regraded) });
            if self.state.is_open() && !self.due_by_hand {
                self.due_at = Some(rules.due(is, self.opened_at));
            }
        }
        // What waits for a second word was asked of something less grave.
        if self.aside.as_ref().is_some_and(|a| !a.in_force && a.severity < is) {
            self.aside = None;
        }
        match self.state {
            State::Open | State::FalsePositive => return Shown::Still,
            State::Accepted if self.aside.as_ref().is_some_and(|a| is <= a.severity) => return Shown::Still,
            State::Accepted => self.note(by_scan(StepKind::Outgrown)),
            State::Fixed => self.note(by_scan(StepKind::NotFixed)),
            State::Verified => self.note(by_scan(StepKind::ShownAgain)),
        }
        self.open(now, rules);
        Shown::Reopened
    }

    /// A complete scan of the same tool and asset shows it no more. Gives whether that closes it.
    pub fn gone(&mut self, scan: ScanId, now: UnixMs) -> bool {
        if self.raised.is_some() || matches!(self.state, State::Verified | State::FalsePositive) {
            return false;
        }
        self.scan = scan;
        self.aside = None;
        self.close(State::Verified, now);
        self.note(Step { scan: Some(scan), ..Step::new(StepKind::Verified, now) });
        true
    }

    /// Whether somebody's first word waits for a second one.
    pub fn waits(&self) -> bool {
        self.aside.as_ref().is_some_and(|a| !a.in_force)
    }
    pub fn is_overdue(&self, now: UnixMs) -> bool {
        self.state.is_open() && self.due_at.is_some_and(|due| due < now)
    }

    /// When the time does something to it next.
    pub fn next_at(&self) -> Option<UnixMs> {
        match self.state {
            State::Accepted => self.aside.as_ref().and_then(|a| a.until),
            State::Open | State::Fixed => self.due_at.filter(|due| self.told_due != Some(*due)),
            _ => None,
        }
    }

    /// What the time has done to it, once.
    pub fn pass(&mut self, now: UnixMs, rules: &Rules) -> Option<Passed> {
        if self.next_at().is_none_or(|at| now < at) {
            return None;
        }
        if self.state == State::Accepted {
            self.note(Step::new(StepKind::Expired, now));
            self.open(now, rules);
            return Some(Passed::Expired);
        }
        self.told_due = self.due_at;
        self.note(Step { until: self.due_at, ..Step::new(StepKind::Overdue, now) });
        Some(Passed::Overdue)
    }

    /// Does it, or says why not and changes nothing.
    ///
    /// # Errors
    /// [`Barred`].
    pub fn act(&mut self, who: &Who, act: &Act, now: UnixMs, rules: &Rules) -> Result<(), Barred> {
        match act {
            Act::Assign { to, due } => self.assign(who, *to, *due, now),
            Act::Fixed { note } => {
                words("note", note, false)?;
                if self.state != State::Open {
                    return Err(Barred::NotOpen);
                }
                self.state = State::Fixed;
                self.note(Step::new(StepKind::Fixed, now).by(who).text(note));
                Ok(())
            }
            Act::Accept { reason, until } => {
                let last = now.plus_days(i64::from(rules.accept_days));
                if *until <= now || last < *until {
                    let most = rules.accept_days;
                    return Err(Barred::Field("until", format!("a moment to come, at most {most} days from now")));
                }
                self.set_aside(who, AsideKind::Accepted, (reason, Some(*until)), now, rules)
            }
            Act::FalsePositive { reason } => self.set_aside(who, AsideKind::FalsePositive, (reason, None), now, rules),
            Act::Consent { agree } => self.consent(who, *agree, now),
            Act::Reopen { reason } => {
                words("reason", reason, true)?;
                if self.state == State::Open {
                    return Err(Barred::IsOpen);
                }
                self.open(now, rules);
                self.note(Step::new(StepKind::Reopened, now).by(who).text(reason));
                Ok(())
            }
            Act::Verify { note } => self.verify(who, note, now),
        }
    }

    /// The second pair of eyes: not of whoever said last that it is fixed.
    fn verify(&mut self, who: &Who, note: &str, now: UnixMs) -> Result<(), Barred> {
        words("note", note, false)?;
        if self.raised.is_none() {
            return Err(Barred::ByScans);
        }
        if self.state != State::Fixed {
            return Err(Barred::NotFixed);
        }
        let claimed = self.history.iter().rev().find(|s| s.kind == StepKind::Fixed).and_then(|s| s.by);
        if claimed.is_some_and(|by| by == who.user || who.acts_for == Some(by)) {
            return Err(Barred::OwnWord);
        }
        self.aside = None;
        self.close(State::Verified, now);
        self.note(Step::new(StepKind::Verified, now).by(who).text(note));
        Ok(())
    }

    fn assign(&mut self, who: &Who, to: Option<UserId>, due: Option<UnixMs>, now: UnixMs) -> Result<(), Barred> {
        if !self.state.is_open() {
            return Err(Barred::NotOpen);
        }
        if let Some(due) = due {
            if due <= now || now.plus_days(i64::from(MOST_DAYS)) < due {
                return Err(Barred::Field("due_at", format!("a moment to come, at most {MOST_DAYS} days from now")));
            }
            if self.due_at != Some(due) {
                (self.due_at, self.due_by_hand) = (Some(due), true);
                self.note(Step { until: Some(due), ..Step::new(StepKind::Due, now) }.by(who));
            }
        }
        if self.owner != to {
            self.owner = to;
            self.note(Step { to, ..Step::new(StepKind::Assigned, now) }.by(who));
        }
        Ok(())
    }

    fn set_aside(
        &mut self,
        who: &Who,
        kind: AsideKind,
        (reason, until): (&str, Option<UnixMs>),
        now: UnixMs,
        rules: &Rules,
    ) -> Result<(), Barred> {
        words("reason", reason, true)?;
        if !self.state.is_open() {
            return Err(Barred::NotOpen);
        }
        if self.waits() {
            return Err(Barred::Waits);
        }
        let severity = self.finding.severity;
        let alone = severity < rules.second_from;
        let step = if alone { state_step(kind) } else { StepKind::Asked };
        self.aside = Some(Aside {
            kind,
            reason: reason.trim().to_owned(),
            until,
            by: who.user,
            by_for: who.acts_for,
            at: now,
            severity,
            consented: None,
            in_force: alone,
        });
        self.note(Step { until, ..Step::new(step, now) }.by(who).text(reason));
        if alone {
            self.close(kind.state(), now);
        }
        Ok(())
    }

    fn consent(&mut self, who: &Who, agree: bool, now: UnixMs) -> Result<(), Barred> {
        let Some(aside) = self.aside.as_mut().filter(|a| !a.in_force) else { return Err(Barred::NothingWaits) };
        if !agree {
            // Who asked takes it back by the same word.
            self.aside = None;
            self.note(Step::new(StepKind::Declined, now).by(who));
            return Ok(());
        }
        if who.is_of(aside) {
            return Err(Barred::OwnWord);
        }
        if aside.until.is_some_and(|until| until <= now) {
            return Err(Barred::NothingWaits);
        }
        (aside.consented, aside.in_force) = (Some(who.user), true);
        let (kind, until) = (aside.kind, aside.until);
        self.close(kind.state(), now);
        self.note(Step { until, ..Step::new(state_step(kind), now) }.by(who));
        Ok(())
    }

    /// Days for which it has been open, the last one begun.
    pub fn open_days(&self, now: UnixMs) -> i64 {
        now.0.saturating_sub(self.opened_at.0).max(0) / DAY_MS
    }
}

const fn state_step(kind: AsideKind) -> StepKind {
    match kind {
        AsideKind::Accepted => StepKind::Accepted,
        AsideKind::FalsePositive => StepKind::FalsePositive,
    }
}

#[cfg(test)]
mod tests;
