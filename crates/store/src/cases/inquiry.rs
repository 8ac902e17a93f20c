//! Questions to people about what they themselves opened 问询, of a case or without one.
//!
//! Rule: whoever is asked sees the question and their own accesses that it names, and nothing else: not whether there is a case, nor
//! who asks. What they answer is kept as evidence.

use access::path::{Change, Disclosed, Grant, Param, Refusal};
use model::case::MOST_WORDS;
use model::{CaseId, DepartmentId, Directory, EventId, InquiryId, ObjectName, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use vault::Place;

use super::evening::{Evening, EveningGroup, Said, Why, unexplained};
use super::refusal_of;
use super::row::Also;
use crate::audit::settle;
use crate::identity::Told;
use crate::ids::random;
use crate::notices::{NoticeKind, Telling};
use crate::proof::tables::INQUIRY;
use crate::records::broken;
use crate::{Query, Row, Store};

/// Questions shown in a list.
const LISTED: i64 = 100;
/// Records named of one event.
const MOST_RECORDS: usize = 50;
/// Customers named of one group.
const MOST_CUSTOMERS: usize = 200;

/// Where a question stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InquiryState {
    Waiting,
    Answered,
    /// Taken back: nothing is to be answered any more.
    Withdrawn,
}

impl InquiryState {
    pub const fn as_str(self) -> &'static str {
        match self {
            InquiryState::Waiting => "waiting",
            InquiryState::Answered => "answered",
            InquiryState::Withdrawn => "withdrawn",
        }
    }
    fn read(text: &str) -> Option<Self> {
        [InquiryState::Waiting, InquiryState::Answered, InquiryState::Withdrawn]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// The caller's own questions, newest first.
#[derive(Debug)]
pub struct ListOwnInquiries;

/// One of them, with the accesses it names.
#[derive(Debug)]
pub struct ShowOwnInquiry {
    pub id: InquiryId,
}

/// Answer one.
#[derive(Debug)]
pub struct AnswerInquiry {
    pub id: InquiryId,
    /// The answer to a question in words.
    pub text: String,
    /// The answer to an evening note: one for all, or one for each of its groups.
    pub said: Vec<Said>,
}

/// What was asked, and what was said. Stored sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    asked_by: UserId,
    text: String,
    events: Vec<EventId>,
    answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    evening: Option<Evening>,
}

/// A question as stored.
#[derive(Debug, Clone)]
pub(super) struct StoredInquiry {
    pub(super) id: InquiryId,
    subject: UserId,
    case: Option<CaseId>,
    pub(super) state: InquiryState,
    asked_at: UnixMs,
    answered_at: Option<UnixMs>,
    body: Body,
    pub(super) version: i64,
}

impl StoredInquiry {
    pub(super) fn new(
        id: InquiryId,
        subject: UserId,
        case: Option<CaseId>,
        asked_by: UserId,
        text: String,
        events: Vec<EventId>,
        asked_at: UnixMs,
    ) -> Self {
        let body = Body { asked_by, text, events, answer: None, evening: None };
        Self { id, subject, case, state: InquiryState::Waiting, asked_at, answered_at: None, body, version: 1 }
    }

    pub(super) fn ask_of_an_evening(&mut self, evening: Evening) {
        self.body.evening = Some(evening);
    }

    /// What an event tells of it: its version, and the digest of what it says from then on.
    pub(super) fn told(&self) -> Result<Told, Refusal> {
        let body = serde_json::to_vec(&self.body).map_err(|_| Refusal::Damaged)?;
        let digest = hex::encode(Sha256::digest(body));
        Ok(("inquiry_row", json!({ "id": self.id, "version": self.version, "sha256": digest })))
    }

    /// Of an evening note: what was said of these accesses, or that nobody said anything yet.
    fn own_words(self, events: &[(EventId, UnixMs)], directory: &Directory, now: UnixMs) -> Option<OwnWords> {
        let evening = self.body.evening?;
        let named = |id: DepartmentId| directory.departments.get(&id).map(|d| d.name.clone());
        let group = |g: EveningGroup| {
            let events: Vec<EventId> = events.iter().map(|(id, _)| *id).filter(|id| g.events.contains(id)).collect();
            let said = g.said.map(|s| (s.why, s.text)).unzip();
            let (department, customers) = (g.department.and_then(named), g.customers);
            (!events.is_empty()).then_some(WordsOfGroup { department, customers, why: said.0, text: said.1, events })
        };
        let groups: Vec<WordsOfGroup> = evening.groups.into_iter().filter_map(group).collect();
        let late = self.state == InquiryState::Waiting && evening.answer_by < now;
        (!groups.is_empty()).then(|| OwnWords {
            inquiry: self.id,
            state: if late { "late" } else { self.state.as_str() },
            asked_at: self.asked_at,
            answered_at: self.answered_at,
            groups,
        })
    }
}

/// What somebody said of accesses of theirs when the house asked on that evening: their own words, and no reason that the system saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnWords {
    pub inquiry: InquiryId,
    /// `waiting`, `late` once the days to answer have passed, `answered`.
    pub state: &'static str,
    pub asked_at: UnixMs,
    pub answered_at: Option<UnixMs>,
    pub groups: Vec<WordsOfGroup>,
}

/// Of one department's customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordsOfGroup {
    pub department: Option<String>,
    /// How many it asked about, of all that evening.
    pub customers: u64,
    pub why: Option<Why>,
    pub text: Option<String>,
    /// Of the accesses that are looked at, those it is about.
    pub events: Vec<EventId>,
}

/// A question as its subject sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    pub id: InquiryId,
    pub text: String,
    pub state: InquiryState,
    pub asked_at: UnixMs,
    pub answered_at: Option<UnixMs>,
    /// Of an evening note.
    pub evening: Option<Evening>,
}

/// One of the subject's own accesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedLine {
    pub at: UnixMs,
    pub action: String,
    pub object: Option<ObjectName>,
    /// How many records, and the first of them.
    pub touches: i64,
    pub records: Vec<RecordId>,
}

/// A question with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedView {
    pub inquiry: Inquiry,
    pub answer: Option<String>,
    pub opened: Vec<OpenedLine>,
    /// Of an evening note: the customers of each group, as far as the log still tells of them, with the group's department.
    pub customers: Vec<(Option<String>, Vec<RecordId>)>,
}

fn place(id: InquiryId) -> Place<'static> {
    Place { object: "inquiry", record: RecordId(id.0), field: "body" }
}

fn shown(stored: &StoredInquiry) -> Inquiry {
    Inquiry {
        id: stored.id,
        text: stored.body.text.clone(),
        state: stored.state,
        asked_at: stored.asked_at,
        answered_at: stored.answered_at,
        evening: stored.body.evening.clone(),
    }
}

impl Store {
    fn inquiry_params(&self, inquiry: &StoredInquiry) -> Result<Vec<Param>, Refusal> {
        let body = zeroize::Zeroizing::new(serde_json::to_vec(&inquiry.body).map_err(|_| Refusal::Damaged)?);
        let body = self.identity.case_key.seal(&place(inquiry.id), random(), &body).map_err(|error| {
            tracing::error!(%error, "a question could not be sealed");
            Refusal::Damaged
        })?;
        let mut params: Vec<Param> = vec![
            inquiry.id.into(),
            inquiry.subject.into(),
            inquiry.case.into(),
            inquiry.state.as_str().into(),
            inquiry.asked_at.into(),
            inquiry.answered_at.into(),
            body.into(),
            inquiry.version.into(),
        ];
        params.push(self.seals().row(INQUIRY.name, &params).to_vec().into());
        Ok(params)
    }

    /// The same; of one that is there already it writes nothing, and the unit is none.
    pub(super) fn insert_inquiry_once(&self, inquiry: &StoredInquiry) -> Result<Change, Refusal> {
        let sql = "INSERT INTO inquiry (id, subject, case_file, state, asked_at, answered_at, body, version, seal) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING";
        Ok(Change::new(sql, self.inquiry_params(inquiry)?).expecting(1))
    }

    pub(super) fn insert_inquiry(&self, inquiry: &StoredInquiry) -> Result<Change, Refusal> {
        let sql = "INSERT INTO inquiry (id, subject, case_file, state, asked_at, answered_at, body, version, seal) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        Ok(Change::new(sql, self.inquiry_params(inquiry)?))
    }

    pub(super) fn update_inquiry(&self, inquiry: &mut StoredInquiry) -> Result<Change, Refusal> {
        inquiry.version = inquiry.version.saturating_add(1);
        let mut params = self.inquiry_params(inquiry)?;
        params.push(inquiry.version.saturating_sub(1).into());
        let sql = "UPDATE inquiry SET subject = ?2, case_file = ?3, state = ?4, asked_at = ?5, answered_at = ?6, body = ?7, \
                   version = ?8, seal = ?9 WHERE id = ?1 AND version = ?10";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_inquiry(&self, row: &Row) -> Result<StoredInquiry, Refusal> {
        if !INQUIRY.is_sealed(self.seals(), row) {
            tracing::error!("a question was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = InquiryId::from_bytes(row.id(0).map_err(broken)?);
        let body = self.identity.case_key.open(&place(id), row.bytes(6).map_err(broken)?).map_err(|error| {
            tracing::error!(%error, "a question does not open");
            Refusal::Damaged
        })?;
        Ok(StoredInquiry {
            id,
            subject: row.user(1).map_err(broken)?,
            case: row.opt_id(2).map_err(broken)?.map(CaseId::from_bytes),
            state: InquiryState::read(row.text(3).map_err(broken)?).ok_or(Refusal::Damaged)?,
            asked_at: row.time(4).map_err(broken)?,
            answered_at: row.opt_time(5).map_err(broken)?,
            body: serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?,
            version: row.int(7).map_err(broken)?,
        })
    }

    pub(super) async fn inquiry(&self, id: InquiryId) -> Result<Option<StoredInquiry>, Refusal> {
        let rows = self.read(Query::point(INQUIRY.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_inquiry(row)).transpose()
    }

    async fn own_inquiry(&self, id: InquiryId, user: UserId) -> Result<StoredInquiry, Refusal> {
        self.inquiry(id).await?.filter(|i| i.subject == user).ok_or(Refusal::NotFound)
    }

    /// What somebody was asked on evenings about these accesses of theirs, and said, oldest first.
    pub(crate) async fn own_words(
        &self,
        subject: UserId,
        events: &[(EventId, UnixMs)],
        directory: &Directory,
        now: UnixMs,
    ) -> Result<Vec<OwnWords>, Refusal> {
        let moments = || events.iter().map(|(_, at)| *at);
        let (Some(first), Some(last)) = (moments().min(), moments().max()) else { return Ok(vec![]) };
        // An evening's question comes within two days after what it is about.
        let condition = format!(
            "subject = ?1 AND case_file IS NULL AND asked_at >= ?2 AND asked_at < ?3 ORDER BY asked_at, id LIMIT {LISTED}"
        );
        let params = vec![subject.into(), first.into(), last.plus_days(2).into()];
        let rows = self.read(Query::new(INQUIRY.select(&condition), params)).await?;
        let words = |row: &Row| self.read_inquiry(row).ok()?.own_words(events, directory, now);
        Ok(rows.iter().filter_map(words).collect())
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_own_inquiries(&self, grant: Grant<ListOwnInquiries>) -> Result<Disclosed<Vec<Inquiry>>, Refusal> {
        let condition = format!("subject = ?1 ORDER BY asked_at DESC, id LIMIT {LISTED}");
        let query = Query::new(INQUIRY.select(&condition), vec![grant.caller().user.into()]);
        let found = self.read(query).await;
        match found {
            Ok(rows) => {
                let mine = rows.iter().filter_map(|row| self.read_inquiry(row).ok()).map(|i| shown(&i)).collect();
                grant.carry_out(vec![], mine).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// The question with the accesses it names; each record among them is a touch of the look.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for one that is not the caller's; recorded.
    pub async fn show_own_inquiry(&self, grant: Grant<ShowOwnInquiry>) -> Result<Disclosed<AskedView>, Refusal> {
        let answer = self.asked(&grant).await;
        settle(grant, answer).await
    }

    async fn asked(&self, grant: &Grant<ShowOwnInquiry>) -> Result<(Vec<RecordId>, AskedView), Refusal> {
        let stored = self.own_inquiry(grant.operation().id, grant.caller().user).await?;
        let seqs = self.positions_of(&stored.body.events).await?;
        let (mut opened, mut about) = (vec![], vec![]);
        let evening = stored.body.evening.as_ref();
        let groups = || evening.iter().flat_map(|e| &e.groups);
        let mut customers: Vec<Vec<RecordId>> = groups().map(|_| vec![]).collect();
        for event in self.load_events(&seqs).await? {
            let mut records = vec![];
            if evening.is_some() {
                let found = unexplained(&event, self.gate.recorder());
                for (group, named) in groups().zip(&mut customers).filter(|(g, _)| g.events.contains(&event.row.id)) {
                    let of = found.iter().filter(|(department, _)| *department == group.department);
                    named.extend(of.map(|(_, customer)| *customer));
                }
            }
            for touch in event.touches.iter().filter(|t| t.keyed != crate::audit::line::ERASED).take(MOST_RECORDS) {
                records.push(touch.record);
                about.push(touch.customer);
            }
            opened.push(OpenedLine {
                at: event.row.at,
                action: event.row.action().map_or_else(|| event.row.action.to_string(), |a| a.as_str().to_owned()),
                object: event.row.object.as_deref().and_then(|o| o.parse().ok()),
                touches: event.row.touches,
                records,
            });
        }
        let directory = grant.engine().directory();
        let department = |id: DepartmentId| directory.departments.get(&id).map(|d| d.name.clone());
        let named = groups().zip(customers).map(|(group, mut customers)| {
            customers.sort();
            customers.dedup();
            customers.truncate(MOST_CUSTOMERS);
            (group.department.and_then(department), customers)
        });
        let customers = named.collect();
        Ok((about, AskedView { inquiry: shown(&stored), answer: stored.body.answer.clone(), opened, customers }))
    }

    /// Positions of events in the log, ascending.
    pub(super) async fn positions_of(&self, events: &[EventId]) -> Result<Vec<i64>, Refusal> {
        self.ready_to_ask().await?;
        let mut seqs = vec![];
        for part in events.chunks(500) {
            let mut sql = crate::sql::Sql::new(self.db.dialect(), "SELECT e.seq FROM event e WHERE e.id IN ");
            sql.bind_list(part.iter().copied());
            for row in self.read(sql.finish()).await? {
                seqs.push(row.int(0).map_err(broken)?);
            }
        }
        seqs.sort_unstable();
        Ok(seqs)
    }

    /// Keeps the answer, once.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for one that is not the caller's; [`Refusal::Barred`] `no_question` when it does not wait any more;
    /// [`Refusal::Invalid`] for the words; recorded.
    pub async fn answer_inquiry(&self, grant: Grant<AnswerInquiry>) -> Result<Disclosed<()>, Refusal> {
        match self.draft_answer(&grant).await {
            Ok((told, changes)) => grant.carry_out_telling(told, changes, ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_answer(
        &self,
        grant: &Grant<AnswerInquiry>,
    ) -> Result<(Vec<crate::identity::Told>, Vec<Change>), Refusal> {
        let (op, now, user) = (grant.operation(), grant.now(), grant.caller().user);
        let mut inquiry = self.own_inquiry(op.id, user).await?;
        let text = op.text.trim().to_owned();
        if inquiry.state != InquiryState::Waiting {
            return Err(refusal_of(model::case::Barred::NoQuestion, "text"));
        }
        if let Some(evening) = &mut inquiry.body.evening {
            say(evening, &text, &op.said)?;
        } else {
            if !op.said.is_empty() {
                return Err(Refusal::invalid("said", "invalid_value", "this question is answered in words"));
            }
            check_words("text", &text, 1)?;
            inquiry.body.answer = Some(text.clone());
        }
        inquiry.state = InquiryState::Answered;
        inquiry.answered_at = Some(now);
        let mut changes = vec![self.update_inquiry(&mut inquiry)?];
        let mut told = vec![inquiry.told()?];
        if let Some(case) = inquiry.case {
            let mut stored = self.case(case).await?.ok_or(Refusal::Damaged)?;
            self.on_ground(now, |ground| stored.case.answer(inquiry.id, text, ground))
                .map_err(|error| refusal_of(error, "text"))?;
            changes.push(self.update_case(&mut stored)?);
            told.push(stored.told(&Also::default())?);
            let to = stored.case.owner.into_iter().chain(stored.case.watchers.iter().copied());
            let telling: Telling = self.tell_case_from_house(NoticeKind::CaseAnswered, &stored, now, to);
            telling.into_parts(&mut told, &mut changes);
        }
        Ok((told, changes))
    }
}

/// Words of an answer: a few lines.
fn check_words(field: &str, text: &str, least: usize) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length < least {
        return Err(Refusal::invalid(field, "required", "words are needed"));
    }
    if length > MOST_WORDS || text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::invalid(field, "invalid_value", "at most 2000 characters"));
    }
    Ok(())
}

/// Takes the answer to an evening note: one reason for all groups, or one for each.
fn say(evening: &mut Evening, text: &str, said: &[Said]) -> Result<(), Refusal> {
    if !text.is_empty() {
        return Err(Refusal::invalid("text", "invalid_value", "an evening note is answered by `said`"));
    }
    if said.is_empty() || (said.len() != 1 && said.len() != evening.groups.len()) {
        return Err(Refusal::invalid("said", "invalid_value", "one reason for all, or one for each group"));
    }
    for (n, one) in said.iter().enumerate() {
        // What no choice says needs words.
        check_words(&format!("said.{n}.text"), one.text.trim(), usize::from(one.why == Why::Other))?;
    }
    for (group, one) in evening.groups.iter_mut().zip(said.iter().cycle()) {
        group.said = Some(Said { why: one.why, text: one.text.trim().to_owned() });
    }
    Ok(())
}
