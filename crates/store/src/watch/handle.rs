//! Alerts as people see and handle them.
//!
//! Rules: seeing them is recorded with which were seen. An alert about oneself is as if it were not there; one about one's own manager is
//! seen, and handled by somebody else. What was done with an alert stands in it, and in the ledger.

use access::path::{Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use detect::baseline::{Measure, Reading};
use model::{Action, AlertId, AlertState, Directory, Feedback, Severity, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Alert, Handled};
use crate::Store;
use crate::audit::line::{EVENT, EventRow, open};
use crate::audit::{Cursor, EventLine, Page, Paging, Span, name_of};
use crate::cases::OwnWords;
use crate::company::{SYSTEM, barred, operations};
use crate::proof::tables::ALERT;
use crate::records::broken;
use crate::sql::Sql;

/// Most values in one list of a filter.
const MAX_VALUES: usize = 200;
/// Characters of a note.
pub const MOST_NOTE: usize = 1_000;
/// Days for which an alert may be put off.
pub const MOST_SNOOZE_DAYS: i64 = 90;
/// Alerts that are handled with one request.
pub const MOST_AT_ONCE: usize = 200;
/// Other alerts of the same person that are shown beside one.
const OTHERS: i64 = 20;
/// Alerts a page by rank may go down to.
const DEEPEST: i64 = 10_000;

/// Which alerts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlertFilter {
    pub states: Vec<AlertState>,
    pub severities: Vec<Severity>,
    pub rules: Vec<String>,
    pub families: Vec<String>,
    pub users: Vec<UserId>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertSort {
    /// What to look at first: the gravest, and of those what its rule has seldom said so loudly.
    #[default]
    Rank,
    /// What grew last.
    Recent,
}

/// Alerts that pass a filter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ListAlerts {
    pub filter: AlertFilter,
    /// By the moment at which they grew last.
    pub span: Span,
    pub sort: AlertSort,
    pub paging: Paging,
}

/// One alert with its evidence.
#[derive(Debug, Clone, Copy)]
pub struct ShowAlert {
    pub id: AlertId,
}

/// How many are open.
#[derive(Debug, Clone, Copy)]
pub struct CountAlerts;

/// Watch alerts as they come; `seen` says how many were seen by now, `None` when it begins.
#[derive(Debug, Clone, Copy)]
pub struct WatchAlerts {
    pub seen: Option<u64>,
}

/// What is done with an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "do")]
pub enum Triage {
    /// Put off until then.
    Snooze { until: UnixMs },
    /// Closed with what it was. What is expected may hold until a moment: until then nothing new is opened.
    Close { feedback: Feedback, until: Option<UnixMs> },
    /// Looked at again.
    Reopen,
}

/// Handle one alert.
#[derive(Debug, Clone)]
pub struct TriageAlert {
    pub id: AlertId,
    /// The version that was seen; `None` takes it as it stands.
    pub version: Option<i64>,
    pub triage: Triage,
    pub note: Option<String>,
}

/// Handle several alerts: each is an act of its own, and this tells that they were one request.
#[derive(Debug, Clone)]
pub struct TriageMany {
    pub ids: Vec<AlertId>,
    pub triage: Triage,
    pub note: Option<String>,
}

operations! {
    TriageMany: AlertHandle, |op| json!({ "act": "alert.triage_many", "asked": op.ids, "triage": op.triage });
    ListAlerts: AlertRead, |op| json!({ "act": "alert.list", "asked": op });
    ShowAlert: AlertRead, |op| json!({ "act": "alert.show", "alert": op.id });
    CountAlerts: AlertRead, |_op| json!({ "act": "alert.count" });
    WatchAlerts: AlertRead, |op| json!({ "act": "alert.live", "seen": op.seen });
    // The words of a note stand in the alert, sealed; that there is one, here.
    TriageAlert: AlertHandle, |op| json!({
        "act": "alert.triage", "alert": op.id, "triage": op.triage, "note": op.note.is_some(),
    });
}

/// An alert in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlertLine {
    pub id: AlertId,
    pub subject: UserId,
    pub subject_name: String,
    pub rule: String,
    pub title_zh: String,
    pub title_en: String,
    pub why_zh: String,
    pub why_en: String,
    pub family: &'static str,
    pub severity: Severity,
    pub state: AlertState,
    pub score: f64,
    pub first_at: UnixMs,
    pub last_at: UnixMs,
    pub opened_at: UnixMs,
    /// How often its rule said it.
    pub findings: u64,
    /// Events it names, and that it does not name any more.
    pub events: u64,
    pub feedback: Option<Feedback>,
    pub snoozed_until: Option<UnixMs>,
    pub case: Option<model::CaseId>,
    pub version: i64,
    /// The other system whose log it is about; `None` for our own.
    pub source: Option<String>,
    /// Why the asker may not handle it, by one word: `own_manager`.
    pub barred: Option<&'static str>,
}

/// What a score is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScorePart {
    pub measure: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    pub score: f64,
    pub observed: f64,
    pub expected: f64,
    pub peers: f64,
}

impl ScorePart {
    pub(crate) fn new(measure: Measure, reading: Reading) -> Self {
        let Reading { score, observed, expected, peers } = reading;
        Self { measure: measure.as_str(), zh: measure.zh(), en: measure.en(), score, observed, expected, peers }
    }
}

/// One act on an alert, with the name of who did it.
#[derive(Debug, Clone, PartialEq)]
pub struct HandledLine {
    pub by: UserId,
    pub by_name: String,
    pub handled: Handled,
}

/// An alert with its evidence.
#[derive(Debug, Clone)]
pub struct AlertDetail {
    pub line: AlertLine,
    pub count: u64,
    pub threshold: u64,
    pub parts: Vec<ScorePart>,
    /// The events it names, oldest first.
    pub evidence: Vec<EventLine>,
    pub earlier: u64,
    /// What the person said of these events on their evenings.
    pub own_words: Vec<OwnWords>,
    pub handled: Vec<HandledLine>,
    /// Other alerts about the same person, newest first.
    pub others: Vec<AlertLine>,
    /// Of one that was closed as expected: a filter that would quiet its rule for this person, as Sigma YAML.
    pub proposal: Option<String>,
}

/// Alerts that are open, by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AlertCounts {
    pub critical: i64,
    pub high: i64,
    pub medium: i64,
    pub low: i64,
    pub informational: i64,
}

impl AlertCounts {
    fn add(&mut self, severity: Severity, n: i64) {
        match severity {
            Severity::Critical => self.critical += n,
            Severity::High => self.high += n,
            Severity::Medium => self.medium += n,
            Severity::Low => self.low += n,
            Severity::Informational => self.informational += n,
        }
    }
}

/// An alert that was handled, and what follows from it.
#[derive(Debug, Clone)]
pub struct Triaged {
    pub line: AlertLine,
    pub proposal: Option<String>,
}

/// What became of each, in the order asked: nothing to say, or why not.
pub type TriagedMany = Vec<(AlertId, Option<Refusal>)>;

/// Those whose alerts an asker does not see: their own.
pub(super) fn own<O: Operation>(grant: &Grant<O>) -> Vec<UserId> {
    std::iter::once(grant.caller().user).chain(grant.caller().on_behalf_of).collect()
}

impl AlertFilter {
    fn check(&self) -> Result<(), Refusal> {
        let lengths = [
            ("states", self.states.len()),
            ("severities", self.severities.len()),
            ("rules", self.rules.len()),
            ("families", self.families.len()),
            ("users", self.users.len()),
        ];
        if let Some((field, _)) = lengths.into_iter().find(|(_, n)| *n > MAX_VALUES) {
            return Err(Refusal::invalid(field, "too_many", format!("at most {MAX_VALUES} values in one list")));
        }
        match self.families.iter().find(|f| detect::Family::named(f).is_none()) {
            Some(_) => Err(Refusal::invalid("families", "invalid_value", "not a family of rules")),
            None => Ok(()),
        }
    }

    fn push(&self, sql: &mut Sql) {
        let list = |sql: &mut Sql, column: &str, values: Vec<Param>| {
            if !values.is_empty() {
                sql.push(" AND ").push(column).push(" IN ").bind_list(values);
            }
        };
        list(sql, "state", self.states.iter().map(|s| s.as_str().into()).collect());
        list(sql, "severity", self.severities.iter().map(|s| s.rank().into()).collect());
        list(sql, "rule", self.rules.iter().map(|r| r.as_str().into()).collect());
        list(sql, "family", self.families.iter().map(|f| f.as_str().into()).collect());
        list(sql, "subject", self.users.iter().map(|u| (*u).into()).collect());
    }
}

impl Alert {
    /// A filter that quiets its rule for this person, as Sigma YAML: a proposal, which nobody has put in force.
    pub fn proposal(&self) -> Option<String> {
        if self.subject == SYSTEM {
            return None;
        }
        // A text in JSON is one in YAML.
        let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let short: String = self.id.to_string().chars().rev().take(6).collect();
        Some(format!(
            "name: {}\ntitle: {}\nlogsource:\n  product: crm\n  service: access\nfilter:\n  rules:\n    - {}\n  selection:\n    \
             actor.user_id: {}\n  condition: not selection\n",
            text(&format!("expected-{}-{short}", self.rule)),
            text(&format!("Expected: {}", self.body.title_en)),
            text(&self.rule),
            text(&self.subject.to_string()),
        ))
    }
}

impl Store {
    fn alert_line<O: Operation>(&self, grant: &Grant<O>, alert: &Alert) -> AlertLine {
        self.line_of(grant.engine().directory(), &own(grant), alert)
    }

    /// An alert as `readers` see it: who asks, and for whom.
    pub(super) fn line_of(&self, directory: &Directory, readers: &[UserId], alert: &Alert) -> AlertLine {
        let subject_name = match &alert.body.foreign {
            _ if alert.subject == SYSTEM => "系统 / system".to_owned(),
            Some(whose) if !whose.person => format!("{} @ {}", whose.user.as_deref().unwrap_or("?"), whose.source),
            _ => name_of(directory, alert.subject),
        };
        AlertLine {
            id: alert.id,
            subject: alert.subject,
            subject_name,
            rule: alert.rule.clone(),
            title_zh: alert.body.title_zh.clone(),
            title_en: alert.body.title_en.clone(),
            why_zh: alert.body.why_zh.clone(),
            why_en: alert.body.why_en.clone(),
            family: alert.family.as_str(),
            severity: alert.severity,
            state: alert.state,
            score: alert.score,
            first_at: alert.first_at,
            last_at: alert.last_at,
            opened_at: alert.body.opened_at,
            findings: alert.body.findings,
            events: alert.body.earlier.saturating_add(alert.body.evidence.len() as u64),
            feedback: alert.body.feedback,
            snoozed_until: alert.body.snoozed_until,
            case: alert.case,
            version: alert.version,
            source: alert.body.foreign.as_ref().map(|whose| whose.source.clone()),
            barred: readers
                .iter()
                .any(|me| directory.user(*me).and_then(|u| u.manager) == Some(alert.subject))
                .then_some("own_manager"),
        }
    }

    /// Answers [`ListAlerts`]; which were shown is recorded.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_alerts(&self, grant: Grant<ListAlerts>) -> Result<Disclosed<Page<AlertLine>>, Refusal> {
        match self.alerts_passing(&grant).await {
            Ok(page) => {
                let shown = page.items.iter().map(|line| json!(line.id)).collect();
                grant.carry_out_telling(vec![("shown", shown)], vec![], page).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn alerts_passing(&self, grant: &Grant<ListAlerts>) -> Result<Page<AlertLine>, Refusal> {
        let op = grant.operation();
        let (limit, cursor) = op.paging.read()?;
        op.filter.check()?;
        let mut sql = Sql::new(self.db.dialect(), &ALERT.select("subject NOT IN "));
        sql.bind_list(own(grant));
        op.filter.push(&mut sql);
        if let Some(from) = op.span.from {
            sql.push(" AND last_at >= ").bind(from);
        }
        if let Some(to) = op.span.to {
            sql.push(" AND last_at < ").bind(to);
        }
        let mut skipped = 0;
        match op.sort {
            AlertSort::Recent => {
                if let Some(c) = cursor {
                    // Of one moment, by what came later in the ledger.
                    sql.push(" AND (last_at, last_seq) < (").bind(c.at).push(", ").bind(c.seq).push(")");
                }
                sql.push(" ORDER BY last_at DESC, last_seq DESC, id");
            }
            AlertSort::Rank => {
                skipped = cursor.map_or(0, |c| c.n);
                if !(0..=DEEPEST).contains(&skipped) {
                    return Err(Refusal::invalid("cursor", "invalid_value", "this cursor comes from no page"));
                }
                sql.push(" ORDER BY severity DESC, ");
                sql.push("(SELECT COUNT(*) FROM alert b WHERE b.rule = alert.rule AND b.score > alert.score), last_at DESC, id");
            }
        }
        sql.push(" LIMIT ").bind(limit + 1).push(" OFFSET ").bind(skipped);
        let mut found = self.alerts(sql.finish()).await?;
        let most = usize::try_from(limit).unwrap_or(0);
        let more = found.len() > most;
        found.truncate(most);
        let next = found.last().filter(|_| more).map(|last| {
            let n = match op.sort {
                AlertSort::Rank => skipped.saturating_add(limit),
                AlertSort::Recent => 0,
            };
            Cursor { at: last.last_at.0, seq: last.last_seq, n }.to_text()
        });
        Ok(Page { items: found.iter().map(|alert| self.alert_line(grant, alert)).collect(), next })
    }

    /// An alert that the asker may know of.
    async fn alert_for<O: Operation>(&self, grant: &Grant<O>, id: AlertId) -> Result<Alert, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &ALERT.select("id = "));
        sql.bind(id).push(" AND subject NOT IN ").bind_list(own(grant));
        let rows = self.read(sql.finish_point()).await?;
        self.read_alert(rows.first().ok_or(Refusal::NotFound)?)
    }

    /// Answers [`ShowAlert`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`], also for an alert about the asker; recorded.
    pub async fn show_alert(&self, grant: Grant<ShowAlert>) -> Result<Disclosed<AlertDetail>, Refusal> {
        match self.alert_detail(&grant).await {
            Ok(detail) => {
                let shown = detail.others.iter().map(|line| json!(line.id)).collect();
                let about = json!(detail.line.subject);
                grant.carry_out_telling(vec![("about", about), ("others", shown)], vec![], detail).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn alert_detail(&self, grant: &Grant<ShowAlert>) -> Result<AlertDetail, Refusal> {
        let alert = self.alert_for(grant, grant.operation().id).await?;
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE e.id IN ").bind_list(alert.body.evidence.iter().copied());
        sql.push(" ORDER BY e.seq");
        let directory = grant.engine().directory();
        let mut evidence: Vec<EventLine> = vec![];
        for row in self.read(sql.finish()).await? {
            let row = EventRow::read(&row).map_err(broken)?;
            evidence.push(open(row, self.gate.recorder()).line(directory));
        }
        let moments: Vec<(model::EventId, UnixMs)> = evidence.iter().map(|e| (e.event, e.at)).collect();
        let own_words = self.own_words(alert.subject, &moments, directory, grant.now()).await?;
        let mut others = vec![];
        if alert.subject != SYSTEM {
            let mut sql = Sql::new(self.db.dialect(), &ALERT.select("subject = "));
            sql.bind(alert.subject).push(" AND id <> ").bind(alert.id);
            sql.push(" ORDER BY last_at DESC, id LIMIT ").bind(OTHERS);
            others = self.alerts(sql.finish()).await?.iter().map(|a| self.alert_line(grant, a)).collect();
        }
        let part = |(measure, reading): &(Measure, Reading)| ScorePart::new(*measure, *reading);
        let handled = alert.body.handled.iter().map(|h| HandledLine {
            by: h.by,
            by_name: name_of(directory, h.by),
            handled: h.clone(),
        });
        Ok(AlertDetail {
            line: self.alert_line(grant, &alert),
            count: alert.body.finding.count,
            threshold: alert.body.finding.threshold,
            parts: alert.body.finding.parts.iter().map(part).collect(),
            evidence,
            earlier: alert.body.earlier,
            own_words,
            handled: handled.collect(),
            others,
            proposal: alert.proposal().filter(|_| alert.body.feedback == Some(Feedback::Expected)),
        })
    }

    /// Answers [`CountAlerts`].
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn count_alerts(&self, grant: Grant<CountAlerts>) -> Result<Disclosed<AlertCounts>, Refusal> {
        match self.open_alerts(&own(&grant)).await {
            Ok(counts) => grant.carry_out(vec![], counts).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(super) async fn open_alerts(&self, without: &[UserId]) -> Result<AlertCounts, Refusal> {
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT severity, COUNT(*) FROM alert WHERE state = 'open' AND subject NOT IN ",
        );
        sql.bind_list(without.iter().copied()).push(" GROUP BY severity");
        let mut counts = AlertCounts::default();
        for row in self.read(sql.finish()).await? {
            if let Some(severity) = Severity::of_rank(row.int(0).map_err(broken)?) {
                counts.add(severity, row.int(1).map_err(broken)?);
            }
        }
        Ok(counts)
    }

    /// Handles an alert.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], also for an alert about the asker; [`Refusal::Barred`] `own_manager`, `alert_closed`, `alert_open`,
    /// `alert_again`; [`Refusal::Invalid`]; [`Refusal::Conflict`] when it is not the version that was seen. Recorded.
    pub async fn triage_alert(&self, grant: Grant<TriageAlert>) -> Result<Disclosed<Triaged>, Refusal> {
        let drafted = async {
            let op = grant.operation();
            let mut alert = self.alert_for(&grant, op.id).await?;
            if self.alert_line(&grant, &alert).barred.is_some() {
                return Err(barred("own_manager", "it is about your own manager; somebody else handles it"));
            }
            if op.version.is_some_and(|seen| seen != alert.version) {
                return Err(Refusal::Conflict);
            }
            self.apply_triage(&grant, &mut alert).await?;
            let change = self.update_alert(&mut alert)?;
            Ok((alert, change))
        };
        match drafted.await {
            Ok((alert, change)) => {
                let line = self.alert_line(&grant, &alert);
                let proposal = alert.proposal().filter(|_| alert.body.feedback == Some(Feedback::Expected));
                let told = vec![("alerts", json!([alert.told()])), ("about", json!(alert.subject))];
                grant.carry_out_telling(told, vec![change], Triaged { line, proposal }).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Handles several alerts, one after the other; tells of each why it was not done.
    ///
    /// # Errors
    /// [`Refusal::Invalid`]; [`Refusal::AuditUnavailable`].
    pub async fn triage_alerts(&self, grant: Grant<TriageMany>) -> Result<Disclosed<TriagedMany>, Refusal> {
        let op = grant.operation();
        if op.ids.is_empty() || op.ids.len() > MOST_AT_ONCE {
            let refusal = Refusal::invalid("ids", "too_many", format!("1 to {MOST_AT_ONCE} alerts at once"));
            return Err(grant.refuse_system(refusal).await);
        }
        let mut outcomes = vec![];
        for id in &op.ids {
            let one = TriageAlert { id: *id, version: None, triage: op.triage.clone(), note: op.note.clone() };
            let done = match self.gate.admit_system(grant.caller(), one).await {
                Ok(one) => self.triage_alert(one).await.map(|_| ()),
                Err(refusal) => Err(refusal),
            };
            match done {
                Err(refusal @ (Refusal::AuditUnavailable | Refusal::StoreUnavailable(_))) => return Err(refusal),
                done => outcomes.push((*id, done.err())),
            }
        }
        let done: Vec<Value> = outcomes.iter().filter(|(_, r)| r.is_none()).map(|(id, _)| json!(id)).collect();
        grant.carry_out_telling(vec![("done", done.into())], vec![], outcomes).await
    }

    /// Whether a later one about the same is open.
    pub(super) async fn has_successor(&self, alert: &Alert) -> Result<bool, Refusal> {
        let mut sql =
            Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM alert WHERE state <> 'closed' AND fingerprint = ");
        sql.bind(alert.fingerprint.as_str()).push(" AND id <> ").bind(alert.id);
        let rows = self.read(sql.finish_point()).await?;
        Ok(rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)? > 0)
    }

    async fn apply_triage(&self, grant: &Grant<TriageAlert>, alert: &mut Alert) -> Result<(), Refusal> {
        let (op, now) = (grant.operation(), grant.now());
        let note = op.note.as_deref().map(str::trim).filter(|n| !n.is_empty());
        if note.is_some_and(|n| n.chars().count() > MOST_NOTE) {
            return Err(Refusal::invalid("note", "too_long", format!("at most {MOST_NOTE} characters")));
        }
        let later = |until: UnixMs| {
            if until <= now || until > now.plus_days(MOST_SNOOZE_DAYS) {
                let reason = format!("a moment within the next {MOST_SNOOZE_DAYS} days");
                return Err(Refusal::invalid("until", "invalid_value", reason));
            }
            Ok(until)
        };
        let (mut until, mut feedback) = (None, None);
        match &op.triage {
            Triage::Snooze { .. } | Triage::Close { .. } if alert.state == AlertState::Closed => {
                return Err(barred("alert_closed", "it is closed already; reopen it first"));
            }
            Triage::Snooze { until: wanted } => {
                until = Some(later(*wanted)?);
                alert.state = AlertState::Snoozed;
            }
            Triage::Close { feedback: word, until: wanted } => {
                if wanted.is_some() && *word != Feedback::Expected {
                    let reason = "only what is expected is expected for a time";
                    return Err(Refusal::invalid("until", "invalid_value", reason));
                }
                until = wanted.map(later).transpose()?;
                feedback = Some(*word);
                alert.state = AlertState::Closed;
            }
            Triage::Reopen => {
                if alert.state == AlertState::Open {
                    return Err(barred("alert_open", "it is open already"));
                }
                if self.has_successor(alert).await? {
                    return Err(barred("alert_again", "a later one about the same is open; handle that one"));
                }
                alert.state = AlertState::Open;
            }
        }
        alert.body.snoozed_until = until;
        alert.body.feedback = feedback;
        let by = grant.caller().on_behalf_of.unwrap_or(grant.caller().user);
        let note = note.map(str::to_owned);
        alert.body.handled.push(Handled { by, at: now, state: alert.state, until, feedback, note, case: None });
        Ok(())
    }
}
