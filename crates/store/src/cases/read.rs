//! Cases as those see them who may: a list, one in full, and who handles cases.
//!
//! Rule: who it is about stands nowhere but under its pseudonym, until the reader has had it shown.

use access::path::{Disclosed, Grant, Refusal};
use model::case::{Case, CaseState, Closing, Entry, Measure, Severity, Task};
use model::response::Response;
use model::{Caller, CaseId, Directory, EventId, InquiryId, UnixMs, UserId};

use super::inquiry::OwnWords;
use super::{MOST_CASES, OPEN_STATES, Stored};
use crate::Store;
use crate::audit::name_of;
use crate::proof::tables::CASE_FILE;
use crate::sql::Sql;
use crate::watch::AlertOfCase;

/// The cases the caller may know of, newest first.
#[derive(Debug, Clone, Default)]
pub struct ListCases {
    /// Of these states; of all where empty.
    pub states: Vec<CaseState>,
    pub severity: Option<Severity>,
    pub owner: Option<UserId>,
    pub overdue: bool,
    pub limit: usize,
    /// What a page before gave.
    pub after: Option<String>,
}

/// One case in full.
#[derive(Debug)]
pub struct ShowCase {
    pub id: CaseId,
}

/// Who handles cases.
#[derive(Debug)]
pub struct ListHandlers;

/// Somebody in a case. The subject has a pseudonym for a name, and no id, until they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: Option<UserId>,
    pub name: String,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseCard {
    pub id: CaseId,
    pub title: String,
    pub state: CaseState,
    pub severity: Severity,
    pub subject: Person,
    pub owner: Option<Person>,
    pub opened_at: UnixMs,
    pub due_at: UnixMs,
    pub overdue: bool,
    pub waits_for_consent: bool,
    pub closed_at: Option<UnixMs>,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasesPage {
    pub cases: Vec<CaseCard>,
    pub next: Option<String>,
}

/// A cited event, without who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceLine {
    pub event: EventId,
    pub index: i64,
    pub at: UnixMs,
    pub action: String,
    pub object: Option<String>,
    pub decision: String,
    pub channel: String,
    pub touches: i64,
}

/// A case in full.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseView {
    pub card: CaseCard,
    pub version: i64,
    pub worst: Severity,
    pub opened_by: Person,
    pub watching: bool,
    pub watchers: Vec<Person>,
    /// Whether the caller was shown who it is about.
    pub revealed: bool,
    pub rules: Vec<String>,
    /// The alerts it came of, as they stand.
    pub alerts: Vec<AlertOfCase>,
    pub evidence: Vec<EvidenceLine>,
    /// What the subject said of these accesses on their evenings.
    pub own_words: Vec<OwnWords>,
    pub tasks: Vec<Task>,
    pub measures: Vec<MeasureLine>,
    pub question: Option<InquiryId>,
    pub closing: Option<(Closing, Person, Option<Person>)>,
    pub timeline: Vec<(Entry, Person)>,
    /// Names of those whom lines of the timeline name.
    pub named: Vec<Person>,
    /// Whether the caller's word would close it.
    pub may_consent: bool,
    pub handles: bool,
}

/// A measure, and how what it took stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureLine {
    pub measure: Measure,
    pub by: Person,
    pub taken: Option<Taken>,
}

/// How something that was taken from the subject stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub in_force: bool,
    /// `None`: until it is ended.
    pub until: Option<UnixMs>,
    /// When it was ended before its time, by whom and why.
    pub ended: Option<(UnixMs, Person, String)>,
    /// Somebody asked that it lasts, and nobody decided yet.
    pub waits: bool,
}

/// How the people of one case are named to one reader.
pub(super) struct Names<'a> {
    directory: &'a Directory,
    subject: UserId,
    pseudonym: Option<String>,
}

impl Names<'_> {
    pub(super) fn person(&self, user: UserId) -> Person {
        match &self.pseudonym {
            Some(name) if user == self.subject => Person { id: None, name: name.clone() },
            _ => Person { id: Some(user), name: name_of(self.directory, user) },
        }
    }
}

impl Store {
    pub(super) fn names<'a>(&self, stored: &Stored, caller: &Caller, directory: &'a Directory) -> Names<'a> {
        let shown = stored.case.revealed.contains(&caller.user);
        let subject = stored.case.subject;
        let pseudonym = (!shown).then(|| self.pseudonym(stored.id, subject));
        Names { directory, subject, pseudonym }
    }

    fn card(&self, stored: &Stored, names: &Names<'_>, now: UnixMs) -> CaseCard {
        let case = &stored.case;
        CaseCard {
            id: stored.id,
            title: case.title.clone(),
            state: case.state,
            severity: case.severity,
            subject: names.person(case.subject),
            owner: case.owner.map(|o| names.person(o)),
            opened_at: case.opened_at,
            due_at: case.due_at,
            overdue: case.is_overdue(now),
            waits_for_consent: case.waits_for_consent(),
            closed_at: case.closing.as_ref().and_then(|c| c.closed_at),
        }
    }

    /// # Errors
    /// [`Refusal::Invalid`] for the cursor; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_cases(&self, grant: Grant<ListCases>) -> Result<Disclosed<CasesPage>, Refusal> {
        match self.page_of_cases(&grant).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn page_of_cases(&self, grant: &Grant<ListCases>) -> Result<CasesPage, Refusal> {
        let (op, now) = (grant.operation(), grant.now());
        let limit = op.limit.clamp(1, MOST_CASES);
        let mut sql = Sql::new(self.db.dialect(), &CASE_FILE.select("subject NOT IN "));
        sql.bind_list(self.strangers_to(grant.caller()));
        if !op.states.is_empty() {
            sql.push(" AND state IN ").bind_list(op.states.iter().map(|s| s.as_str()));
        }
        if let Some(severity) = op.severity {
            sql.push(" AND severity = ").bind(severity.as_str());
        }
        if let Some(owner) = op.owner {
            sql.push(" AND owner = ").bind(owner);
        }
        if op.overdue {
            sql.push(" AND closed_at IS NULL AND due_at < ").bind(now);
        }
        if let Some(after) = &op.after {
            let bad = || Refusal::invalid("cursor", "invalid_value", "not a place in this list");
            let (at, id) = after.split_once('.').ok_or_else(bad)?;
            let (at, id): (i64, CaseId) = (at.parse().map_err(|_| bad())?, id.parse().map_err(|_| bad())?);
            sql.push(" AND (opened_at, id) < (").bind(at).push(", ").bind(id).push(")");
        }
        sql.push(" ORDER BY opened_at DESC, id DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(50).saturating_add(1));
        let rows = self.read(sql.finish()).await?;
        // One that was altered beside the program is left out: doctor tells of it.
        let mut found: Vec<Stored> = rows.iter().filter_map(|row| self.read_case(row).ok()).collect();
        let more = rows.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|s| format!("{}.{}", s.case.opened_at.0, s.id));
        let directory = grant.engine().directory();
        let cases = found.iter().map(|s| self.card(s, &self.names(s, grant.caller(), directory), now)).collect();
        Ok(CasesPage { cases, next })
    }

    /// # Errors
    /// [`Refusal::NotFound`], recorded; [`Refusal::Damaged`].
    pub async fn show_case(&self, grant: Grant<ShowCase>) -> Result<Disclosed<CaseView>, Refusal> {
        let made = async {
            let stored = self.case_for(grant.operation().id, grant.caller()).await?;
            self.view_of_case(&stored, (grant.caller(), grant.now()), grant.engine().directory()).await
        };
        match made.await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(super) async fn view_of_case(
        &self,
        stored: &Stored,
        (caller, now): (&Caller, UnixMs),
        directory: &Directory,
    ) -> Result<CaseView, Refusal> {
        let names = self.names(stored, caller, directory);
        let evidence = self.evidence_lines(&stored.case.evidence).await?;
        let moments: Vec<(EventId, UnixMs)> = evidence.iter().map(|e| (e.event, e.at)).collect();
        let own_words = self.own_words(stored.case.subject, &moments, directory, now).await?;
        let of_alerts = self.alerts_of_case(stored.id, &stored.case.alerts).await?;
        let company = self.company();
        let taken = |r: &Response| Taken {
            in_force: r.in_force(now),
            until: r.until,
            ended: r.ended.as_ref().map(|e| (e.at, names.person(e.by), e.reason.clone())),
            waits: r.waits(now),
        };
        let line = |m: Measure| MeasureLine {
            by: names.person(m.by),
            taken: m.response.and_then(|id| company.responses.get(&id)).map(taken),
            measure: m,
        };
        let Case { worst, opened_by, watchers, revealed, alerts, tasks, measures, question, closing, timeline, .. } =
            stored.case.clone();
        let user = caller.user;
        let handles = self.handles_cases(user, now);
        let second = closing.as_ref().is_some_and(|c| c.by != user) && stored.case.owner != Some(user);
        let mut named: Vec<UserId> = timeline
            .iter()
            .filter_map(|e| match e.act {
                model::case::Act::Assign { to } => Some(to),
                _ => None,
            })
            .collect();
        named.sort();
        named.dedup();
        Ok(CaseView {
            card: self.card(stored, &names, now),
            version: stored.version,
            worst,
            opened_by: names.person(opened_by),
            watching: watchers.contains(&user),
            watchers: watchers.iter().map(|w| names.person(*w)).collect(),
            revealed: revealed.contains(&user),
            rules: alerts.into_iter().map(|a| a.rule).collect(),
            alerts: of_alerts,
            evidence,
            own_words,
            tasks,
            measures: measures.into_iter().map(line).collect(),
            question,
            may_consent: handles && stored.case.waits_for_consent() && second,
            closing: closing.map(|c| (c.clone(), names.person(c.by), c.consented.map(|u| names.person(u)))),
            timeline: timeline.into_iter().map(|e| (e.clone(), names.person(e.by))).collect(),
            named: named.into_iter().map(|u| names.person(u)).collect(),
            handles,
        })
    }

    async fn evidence_lines(&self, events: &[EventId]) -> Result<Vec<EvidenceLine>, Refusal> {
        let seqs = self.positions_of(events).await?;
        let loaded = self.load_events(&seqs).await?;
        let line = |event: crate::audit::examine::Loaded| EvidenceLine {
            event: event.row.id,
            index: event.row.seq,
            at: event.row.at,
            action: event.row.action().map_or_else(|| event.row.action.to_string(), |a| a.as_str().to_owned()),
            object: event.row.object.clone(),
            decision: event.row.decision().map_or_else(|| event.row.decision.to_string(), |d| d.as_str().to_owned()),
            channel: event.row.channel.clone(),
            touches: event.row.touches,
        };
        Ok(loaded.into_iter().map(line).collect())
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn list_handlers(&self, grant: Grant<ListHandlers>) -> Result<Disclosed<Vec<Person>>, Refusal> {
        let directory = grant.engine().directory().clone();
        let person = |id: UserId| Person { id: Some(id), name: name_of(&directory, id) };
        let all = self.case_handlers(grant.now()).into_iter().map(person).collect();
        grant.carry_out(vec![], all).await
    }
}

/// Whether it is one of the states that are not over.
pub(super) fn is_open(state: CaseState) -> bool {
    OPEN_STATES.contains(&state)
}
