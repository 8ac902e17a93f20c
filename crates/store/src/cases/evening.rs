//! The evening note 晚间询问: whoever opened customers without a reason that the system saw is asked why, on the same evening.
//!
//! One story. Wang opened fourteen customers of other departments today. At seven in the evening a notice asks him, politely, what
//! they were about. He answers once for all of them: he covers for a colleague. The answer stands beside those accesses, as his own
//! words; a security officer who looks at an alert about them reads it there.
//!
//! Rules.
//! - Once for a person and a day, whoever asks and however often: the question's id is made of both.
//! - What is asked about is what was opened: nothing is said of rules, scores or alerts, and who asks is the house.
//! - Of customers the question keeps counts and events; which they were is read from the log when it is shown, so that an erasure
//!   reaches it, and their names are asked for by the rights of that moment.
//! - An answer never counts as a reason that the system saw.

use std::collections::{BTreeMap, BTreeSet};

use access::path::{Change, Disclosed, Grant, JournalError, OnSystem, Operation, Refusal};
use model::{
    Action, Channel, Decision, DepartmentId, EventId, Explanation, InquiryId, RecordId, UnixMs, UserId, UserKind,
    UserStatus,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::inquiry::StoredInquiry;
use crate::Store;
use crate::audit::examine::Loaded as LoadedEvent;
use crate::audit::line::{ERASED, open};
use crate::company::{Note, SYSTEM, operations};
use crate::notices::{News, NoticeKind};
use crate::records::broken;
use crate::sql::Sql;

/// Key of the setting.
pub(crate) const EVENING: &str = "evening_note";
/// How late a note is still one of the same evening: a house that was down longer asks nothing about that day.
const LATE_MS: i64 = 6 * 3_600_000;
const HOUR_MS: i64 = 3_600_000;
/// Most events of one person and day that are looked at one by one, and that a question names.
const MOST_EVENTS: i64 = 500;
/// Most that a company may set.
const MOST_CUSTOMERS: u32 = 1_000;
const MOST_DAYS: u32 = 30;

/// When and about how much people are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EveningRules {
    /// Nobody is asked until the company says so.
    pub on: bool,
    /// Of the company's day.
    pub hour: u8,
    /// From so many different customers on.
    pub customers: u32,
    /// Whether what a list showed counts too, and not only what was opened.
    pub lists: bool,
    /// Days to answer; past them it is shown that nobody did.
    pub answer_days: u32,
}

impl Default for EveningRules {
    fn default() -> Self {
        Self { on: false, hour: 19, customers: 5, lists: false, answer_days: 3 }
    }
}

impl EveningRules {
    fn check(self) -> Result<(), Refusal> {
        let wrong = |field: &str, reason: String| Err(Refusal::invalid(field, "invalid_value", reason));
        if self.hour > 23 {
            return wrong("hour", "0 to 23".to_owned());
        }
        if !(1..=MOST_CUSTOMERS).contains(&self.customers) {
            return wrong("customers", format!("1 to {MOST_CUSTOMERS} customers"));
        }
        if !(1..=MOST_DAYS).contains(&self.answer_days) {
            return wrong("answer_days", format!("1 to {MOST_DAYS} days"));
        }
        Ok(())
    }
}

#[derive(Debug)]
pub struct ChangeEveningRules {
    pub rules: EveningRules,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadEveningRules;

operations! {
    ChangeEveningRules: DetectionManage, |op| json!({ "act": "evening_note.change", "old": op.note.get(), "new": op.rules });
    ReadEveningRules: DetectionManage, |_op| json!({ "act": "evening_note.read" });
}

/// Why somebody opened what they opened, in their own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// In place of a colleague.
    Covering,
    /// The customer got in touch.
    Customer,
    /// A colleague or a manager asked for it.
    Asked,
    /// Getting ready for a visit, an offer, a report.
    Preparing,
    /// Not meant.
    Mistake,
    /// As the words say, which are needed then.
    Other,
}

impl Why {
    pub const ALL: [Why; 6] = [Why::Covering, Why::Customer, Why::Asked, Why::Preparing, Why::Mistake, Why::Other];
    pub const fn as_str(self) -> &'static str {
        match self {
            Why::Covering => "covering",
            Why::Customer => "customer",
            Why::Asked => "asked",
            Why::Preparing => "preparing",
            Why::Mistake => "mistake",
            Why::Other => "other",
        }
    }
}

/// What somebody said of a group of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub why: Why,
    pub text: String,
}

/// Customers of one department, or of none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EveningGroup {
    /// Whose they were then.
    pub department: Option<DepartmentId>,
    /// How many different ones.
    pub customers: u64,
    pub events: Vec<EventId>,
    #[serde(default)]
    pub said: Option<Said>,
}

/// What an evening's question is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evening {
    /// The accesses of this span.
    pub from: UnixMs,
    pub until: UnixMs,
    /// By when an answer is hoped for.
    pub answer_by: UnixMs,
    pub customers: u64,
    /// The most customers first.
    pub groups: Vec<EveningGroup>,
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EveningRound {
    /// The day that is done: nothing of it is left to ask.
    pub day: Option<i64>,
    pub asked: u64,
}

/// One person's unexplained accesses of a day, in the making.
#[derive(Default)]
struct Opened {
    customers: BTreeSet<RecordId>,
    groups: BTreeMap<Option<DepartmentId>, (BTreeSet<RecordId>, Vec<EventId>)>,
}

/// The customers that an event opened without a reason that the system saw, each with the department it was of.
pub(super) fn unexplained(
    event: &LoadedEvent,
    recorder: &access::path::Recorder,
) -> Vec<(Option<DepartmentId>, RecordId)> {
    let opened = open(event.row.clone(), recorder);
    let standing = event.touches.iter().filter(|t| t.keyed != ERASED);
    let of = |t: &crate::audit::line::TouchRow| {
        let disclosure = usize::try_from(t.disclosure).ok().and_then(|n| opened.disclosures.get(n))?;
        (disclosure.reason == Some(Explanation::None)).then_some((disclosure.department, t.customer))
    };
    standing.filter_map(of).collect()
}

impl Opened {
    fn take(&mut self, event: EventId, found: Vec<(Option<DepartmentId>, RecordId)>) {
        for (department, customer) in found {
            self.customers.insert(customer);
            let (customers, events) = self.groups.entry(department).or_default();
            customers.insert(customer);
            if events.last() != Some(&event) {
                events.push(event);
            }
        }
    }

    fn into_evening(self, (from, until): (UnixMs, UnixMs), answer_by: UnixMs) -> Evening {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let group = |(department, (customers, events)): (_, (BTreeSet<RecordId>, Vec<EventId>))| EveningGroup {
            department,
            customers: count(customers.len()),
            events,
            said: None,
        };
        let mut groups: Vec<EveningGroup> = self.groups.into_iter().map(group).collect();
        groups.sort_by_key(|g| std::cmp::Reverse(g.customers));
        Evening { from, until, answer_by, customers: count(self.customers.len()), groups }
    }
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_evening_rules(&self, grant: Grant<ReadEveningRules>) -> Result<Disclosed<EveningRules>, Refusal> {
        let rules = self.company().evening;
        grant.carry_out(vec![], rules).await
    }

    /// # Errors
    /// [`Refusal::Invalid`] with the field, and as every change.
    pub async fn change_evening_rules(&self, grant: Grant<ChangeEveningRules>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeEveningRules { rules, note } = grant.operation();
            rules.check()?;
            note.set(json!(draft.from.evening));
            draft.next.evening = *rules;
            draft.set(EVENING, rules)
        })
        .await
    }

    /// Asks whom there is to ask this evening; `done` is the day that a round before was done with. Whatever happens in between,
    /// nobody is asked twice about one day.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: who was asked until then is; the others are by the next round.
    pub async fn ask_this_evening(&self, done: Option<i64>, now: UnixMs) -> Result<EveningRound, Refusal> {
        let rules = self.company().evening;
        let Some((span, day)) = self.evening_of(rules, now).filter(|(_, day)| done != Some(*day)) else {
            return Ok(EveningRound { day: done, asked: 0 });
        };
        self.ready_to_ask().await?;
        let mut asked = 0;
        for person in self.opened_much(rules, span).await? {
            let id = self.evening_id(person, day);
            if !self.can_be_asked(person) || self.inquiry(id).await?.is_some() {
                continue;
            }
            let opened = self.opened_by(person, rules, span).await?;
            if opened.customers.len() < usize::try_from(rules.customers).unwrap_or(usize::MAX) {
                continue;
            }
            let evening = opened.into_evening(span, now.plus_days(i64::from(rules.answer_days)));
            asked += u64::from(self.ask_politely((id, person), evening, now).await?);
        }
        Ok(EveningRound { day: Some(day), asked })
    }

    /// The span of accesses that is asked about at this moment, and the company's day that it ends in: from one evening's hour to the
    /// next.
    fn evening_of(&self, rules: EveningRules, now: UnixMs) -> Option<((UnixMs, UnixMs), i64)> {
        if !rules.on {
            return None;
        }
        let settings = self.gate.settings();
        let hour = |at: UnixMs| {
            let (began, day) = settings.calendar.day(at);
            (began.plus_ms(i64::from(rules.hour) * HOUR_MS), began, day)
        };
        let before = |began: UnixMs| hour(began.plus_ms(-1));
        let (mut until, mut began, mut day) = hour(now);
        if now < until {
            (until, began, day) = before(began);
        }
        let (from, ..) = before(began);
        (now.0 - until.0 < LATE_MS).then_some(((from, until), day))
    }

    /// Of whom a question at most may be worked out: by the columns of the log alone.
    async fn opened_much(&self, rules: EveningRules, span: (UnixMs, UnixMs)) -> Result<Vec<UserId>, Refusal> {
        let mut sql =
            Sql::new(self.db.dialect(), "SELECT COALESCE(e.on_behalf_of, e.actor) AS person FROM event e WHERE ");
        unexplained_events(&mut sql, rules, span);
        sql.push(" GROUP BY COALESCE(e.on_behalf_of, e.actor) HAVING SUM(e.unexplained) >= ");
        sql.bind(i64::from(rules.customers)).push(" ORDER BY person");
        let rows = self.read(sql.finish()).await?;
        rows.iter().map(|row| row.user(0).map_err(broken)).collect()
    }

    /// The last of them in the day, at most [`MOST_EVENTS`] events.
    async fn opened_by(&self, person: UserId, rules: EveningRules, span: (UnixMs, UnixMs)) -> Result<Opened, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.seq FROM event e WHERE ");
        unexplained_events(&mut sql, rules, span);
        sql.push(" AND COALESCE(e.on_behalf_of, e.actor) = ").bind(person);
        sql.push(" ORDER BY e.seq DESC LIMIT ").bind(MOST_EVENTS);
        let rows = self.read(sql.finish()).await?;
        let mut seqs: Vec<i64> = rows.iter().map(|row| row.int(0)).collect::<Result<_, _>>().map_err(broken)?;
        seqs.sort_unstable();
        let mut opened = Opened::default();
        for event in self.load_events(&seqs).await? {
            if self.is_by_id(&event) {
                continue;
            }
            opened.take(event.row.id, unexplained(&event, self.gate.recorder()));
        }
        Ok(opened)
    }

    /// Whether it is a list of records that were asked for by their ids, as names beside references are: nobody walked through a
    /// list there. The note's own page asks so.
    fn is_by_id(&self, event: &LoadedEvent) -> bool {
        let row = &event.row;
        let body = row.body.as_deref().filter(|_| row.action() == Some(Action::List));
        let body = body.and_then(|body| self.gate.recorder().open_body(row.id, body).ok());
        body.is_some_and(|body| body.actor.get("detail").is_some_and(|d| d.get("by_id").is_some()))
    }

    /// Somebody at work. To read and answer what one is asked oneself needs no permission.
    fn can_be_asked(&self, person: UserId) -> bool {
        let company = self.company();
        let at_work = |u: &model::User| u.kind == UserKind::Person && u.status == UserStatus::Active;
        company.users.get(&person).is_some_and(at_work)
    }

    fn evening_id(&self, person: UserId, day: i64) -> InquiryId {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] =
            self.seals().row("inquiry.evening", &[person.into(), day.into()]);
        InquiryId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }

    /// Whether it was asked now; not, if another node did so at the same moment.
    async fn ask_politely(
        &self,
        (id, person): (InquiryId, UserId),
        evening: Evening,
        now: UnixMs,
    ) -> Result<bool, Refusal> {
        let events: BTreeSet<EventId> = evening.groups.iter().flat_map(|g| g.events.iter().copied()).collect();
        let (customers, until) = (evening.customers, evening.until);
        let mut inquiry =
            StoredInquiry::new(id, person, None, SYSTEM, String::new(), events.into_iter().collect(), now);
        inquiry.ask_of_an_evening(evening);
        let mut changes: Vec<Change> = vec![self.insert_inquiry_once(&inquiry)?];
        let mut told = vec![inquiry.told()?];
        let news = News::of(NoticeKind::EveningNote, now).about(id.as_bytes());
        self.tell(&news, [person]).into_parts(&mut told, &mut changes);
        let detail = json!({
            "act": "inquiry.evening", "inquiry": id, "user": person, "customers": customers, "until": until,
        });
        let caller = Self::system_caller(Channel::Job, "cases", now);
        let detail = access::path::tell(detail, told);
        match self.gate.note(&caller, Action::CaseHandle, Decision::Allowed, detail, changes).await {
            Ok(_) => Ok(true),
            Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Ok(false),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
        }
    }
}

/// The condition that the event `e` is one of those that count.
fn unexplained_events(sql: &mut Sql, rules: EveningRules, (from, until): (UnixMs, UnixMs)) {
    sql.push("e.unexplained > 0 AND e.at >= ").bind(from).push(" AND e.at < ").bind(until);
    sql.push(" AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
    if !rules.lists {
        sql.push(" AND e.action <> ").bind(i64::from(Action::List.code()));
    }
}
