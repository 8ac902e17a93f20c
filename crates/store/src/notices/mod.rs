//! Notices 通知: that something happened which somebody should know of, told to them alone.
//!
//! Rule: a notice holds a kind, ids and moments. Its sentence is the console's, and what it is about is looked at where it stands,
//! by the rights its reader has then: no title, no word and no value of a customer is copied into it. It is written in the unit of
//! the act that it tells of, or by the house itself ([`Store::tell_due`]), and the event names it, so that one that was made up,
//! taken away or put back is found.
//!
//! ```text
//! let told = store.tell(News::of(NoticeKind::Mentioned, grant.now()).on(&object, id).about(comment).by(user), [colleague]);
//! told.into_write(&mut write, &mut changes);      // the same unit, the same event
//! ```
//!
//! The same news to the same person is one notice (`News::once_for` says what is the same): told again, it is unread again.

mod due;
mod list;
mod own;

use std::collections::BTreeSet;

use access::path::{Change, OnRecords, Param, Refusal, Write};
use model::{NoticeId, ObjectName, RecordId, UnixMs, UserId, UserKind, UserStatus};
use serde_json::json;

use crate::database::DatabaseError;
use crate::identity::Told;
use crate::proof::tables::NOTICE;
use crate::{Row, Store};

pub use due::Due;
pub use list::{CountNotices, ListNotices, NoticeView, NoticesPage, ReadNotices, Waiting};
pub use own::{MuteNotices, ShowNoticeSettings};

/// Days a notice is kept after it was told, or read.
pub const NOTICE_DAYS: i64 = 90;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a notice tells. The console has a sentence for each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NoticeKind { $($(#[$doc])* $name,)* }
        impl NoticeKind {
            pub const ALL: &'static [NoticeKind] = &[$(NoticeKind::$name,)*];
            pub const fn as_str(self) -> &'static str {
                match self { $(NoticeKind::$name => $text,)* }
            }
            pub fn read(text: &str) -> Option<Self> {
                match text { $($text => Some(NoticeKind::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    /// Somebody gave the reader a record.
    Assigned = "assigned",
    /// Records of somebody who left are the reader's now.
    HandedOver = "handed_over",
    /// A record of the reader's went to a public pool.
    Returned = "returned",
    /// Somebody named the reader in a comment.
    Mentioned = "mentioned",
    /// Somebody commented on a record of the reader's.
    Commented = "commented",
    /// A request waits for the reader's word.
    RequestWaits = "request_waits",
    /// A request of the reader's was decided.
    RequestDecided = "request_decided",
    /// Something of the reader's is due today.
    DueToday = "due_today",
    /// A record of the reader's goes back to its pool soon.
    Returning = "returning",
    /// A file that the reader asked for can be taken.
    ExportReady = "export_ready",
    /// Somebody opened a record of the reader's by emergency access.
    EmergencyAccess = "emergency_access",
    /// A job of the reader's has ended.
    JobEnded = "job_ended",
    /// Something was taken from the reader for a time.
    Restricted = "restricted",
    /// An officer wants that a response lasts: the reader is another one.
    ResponseWaits = "response_waits",
    /// The house did not take what a rule says: a circuit breaker is open.
    BreakerOpen = "breaker_open",
    /// A rule of the company has something to say of a record.
    Rule = "rule",
    /// An alert waits for somebody to look at it.
    Alert = "alert",
    /// The reader is asked about what they opened themselves. It cannot be muted.
    CaseQuestion = "case_question",
    /// The reader is asked this evening about what they opened today. It cannot be muted.
    EveningNote = "evening_note",
    /// A case is the reader's now.
    CaseAssigned = "case_assigned",
    /// The subject of a case of the reader's has answered.
    CaseAnswered = "case_answered",
    /// The closing of a case waits for a second person.
    CaseConsent = "case_consent",
    /// A case is past its date.
    CaseOverdue = "case_overdue",
    /// A course waits to be taken. It cannot be muted.
    Training = "training",
    /// A vulnerability is the reader's now.
    FindingAssigned = "finding_assigned",
    /// A vulnerability of the reader's, or of nobody's, is past its date.
    FindingOverdue = "finding_overdue",
    /// A vulnerability that was closed or accepted is open again.
    FindingBack = "finding_back",
    /// That a vulnerability is set aside waits for a second person.
    FindingConsent = "finding_consent",
    /// Somebody who assesses the company raised a finding.
    FindingRaised = "finding_raised",
    /// Questions of an assessment wait for the reader's answer.
    AssessmentQuestion = "assessment_question",
    /// Something of the instance is not as it should be any more.
    Posture = "posture",
    /// Lines of an access review wait for the reader. It cannot be muted.
    ReviewWaits = "review_waits",
    /// An access review that the reader looks after has ended, or is not answered.
    ReviewEnded = "review_ended",
    /// The last day of somebody who leaves is near or over, and no verdict stands or it is not closed.
    LeaverDue = "leaver_due",
    /// A report that is addressed to the reader was made.
    ReportMade = "report_made",
    /// An activity of the audit programme that is the reader's is due soon.
    ProgrammeDue = "programme_due",
    /// One was not done in its cycle.
    ProgrammeSkipped = "programme_skipped",
}

/// What is told, to whoever it is told to.
#[derive(Debug, Clone)]
pub(crate) struct News {
    kind: NoticeKind,
    at: UnixMs,
    object: Option<ObjectName>,
    record: Option<RecordId>,
    about: Option<[u8; 16]>,
    author: Option<UserId>,
    until: Option<UnixMs>,
    once: i64,
}

impl News {
    pub(crate) fn of(kind: NoticeKind, at: UnixMs) -> Self {
        Self { kind, at, object: None, record: None, about: None, author: None, until: None, once: 0 }
    }
    /// The record it is about. A reader who may not see it any more finds nothing there.
    pub(crate) fn on(mut self, object: &ObjectName, record: RecordId) -> Self {
        self.record = Some(record);
        self.in_object(object)
    }
    pub(crate) fn in_object(mut self, object: &ObjectName) -> Self {
        self.object = Some(object.clone());
        self
    }
    /// A comment, request, export or handover.
    pub(crate) fn about(mut self, id: &[u8; 16]) -> Self {
        self.about = Some(*id);
        self
    }
    /// Who did it: they are not told.
    pub(crate) fn by(mut self, author: UserId) -> Self {
        self.author = Some(author);
        self
    }
    pub(crate) fn until(mut self, until: UnixMs) -> Self {
        self.until = Some(until);
        self
    }
    /// News of one kind, record and thing is the same as long as this number is: a day, a step.
    pub(crate) fn once_for(mut self, number: i64) -> Self {
        self.once = number;
        self
    }

    fn id(&self, store: &Store, to: UserId) -> NoticeId {
        let same: [Param; 5] = [
            to.into(),
            self.kind.as_str().into(),
            self.record.into(),
            self.about.map(|id| id.to_vec()).into(),
            self.once.into(),
        ];
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = store.seals().row("notice.id", &same);
        NoticeId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }
}

/// Statements of notices, and what the event of their unit MUST tell.
#[derive(Default)]
pub(crate) struct Telling {
    pub(crate) changes: Vec<Change>,
    ids: Vec<(NoticeId, Option<RecordId>)>,
    version: i64,
}

/// What an event tells of notices that have this version from then on.
pub(crate) fn told(version: i64, ids: &[(NoticeId, Option<RecordId>)]) -> Option<Told> {
    (!ids.is_empty()).then(|| ("notices", json!({ "version": version, "of": ids })))
}

/// What two tellings of one moment tell.
fn together(before: Option<serde_json::Value>, mut value: serde_json::Value) -> serde_json::Value {
    let before = before.and_then(|mut b| b.get_mut("of").and_then(serde_json::Value::as_array_mut).map(std::mem::take));
    if let (Some(before), Some(of)) = (before, value.get_mut("of").and_then(serde_json::Value::as_array_mut)) {
        of.extend(before);
    }
    value
}

impl Telling {
    pub(crate) fn told(&self) -> Option<Told> {
        told(self.version, &self.ids)
    }
    pub(crate) fn and(mut self, other: Telling) -> Telling {
        self.version = self.version.max(other.version);
        self.changes.extend(other.changes);
        self.ids.extend(other.ids);
        self
    }
    /// Adds both to a change of records. Several of one unit, all of its moment, are told together.
    pub(crate) fn into_write<O: OnRecords>(self, write: &mut Write<O>, changes: &mut Vec<Change>) {
        if let Some((name, value)) = self.told() {
            let before = write.untell(name);
            write.tells(name, together(before, value));
        }
        changes.extend(self.changes);
    }
    /// Adds both to an administrative act, likewise.
    pub(crate) fn into_parts(self, told: &mut Vec<Told>, changes: &mut Vec<Change>) {
        if let Some((name, value)) = self.told() {
            let at = told.iter().position(|(n, _)| *n == name);
            let before = at.map(|at| told.swap_remove(at).1);
            told.push((name, together(before, value)));
        }
        changes.extend(self.changes);
    }
}

/// A notice as stored.
#[derive(Debug, Clone)]
struct Notice {
    id: NoticeId,
    user: UserId,
    kind: String,
    object: Option<String>,
    record: Option<RecordId>,
    about: Option<[u8; 16]>,
    author: Option<UserId>,
    at: UnixMs,
    until: Option<UnixMs>,
    read_at: Option<UnixMs>,
    version: i64,
}

impl Notice {
    fn params(&self, store: &Store) -> Vec<Param> {
        let mut params: Vec<Param> = vec![
            self.id.as_bytes().to_vec().into(),
            self.user.into(),
            self.kind.as_str().into(),
            self.object.as_deref().into(),
            self.record.into(),
            self.about.map(|id| id.to_vec()).into(),
            self.author.into(),
            self.at.into(),
            self.until.into(),
            self.read_at.into(),
            self.version.into(),
        ];
        params.push(store.seals().row(NOTICE.name, &params).to_vec().into());
        params
    }

    fn read(row: &Row) -> Result<Self, DatabaseError> {
        Ok(Self {
            id: NoticeId::from_bytes(row.id(0)?),
            user: row.user(1)?,
            kind: row.text(2)?.to_owned(),
            object: row.opt_text(3)?.map(str::to_owned),
            record: row.opt_id(4)?.map(RecordId::from_bytes),
            about: row.opt_id(5)?,
            author: row.opt_id(6)?.map(UserId::from_bytes),
            at: row.time(7)?,
            until: row.opt_time(8)?,
            read_at: row.opt_time(9)?,
            version: row.int(10)?,
        })
    }
}

impl Store {
    /// Notices of one piece of news for several people; whoever did it, accounts that are no active person's, and a second naming
    /// of one are passed over. MUST be made durable in one unit with an event that tells [`Telling::told`], at `news`'s moment.
    pub(crate) fn tell(&self, news: &News, to: impl IntoIterator<Item = UserId>) -> Telling {
        let company = self.company();
        let active = |id: &UserId| {
            let user = company.users.get(id);
            user.is_some_and(|u| u.kind == UserKind::Person && u.status == UserStatus::Active)
        };
        let to: BTreeSet<UserId> = to.into_iter().filter(|id| Some(*id) != news.author && active(id)).collect();
        let mut telling = Telling { version: news.at.0, ..Telling::default() };
        for user in to {
            let notice = Notice {
                id: news.id(self, user),
                user,
                kind: news.kind.as_str().to_owned(),
                object: news.object.as_ref().map(ToString::to_string),
                record: news.record,
                about: news.about,
                author: news.author,
                at: news.at,
                until: news.until,
                read_at: None,
                version: news.at.0,
            };
            // Told again, it is unread again. The greater version stands, as in the log.
            let sql = "INSERT INTO notice (id, user_id, kind, object, record, about, author, at, until, read_at, version, seal) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (id) DO UPDATE SET \
                       object = ?4, author = ?7, at = ?8, until = ?9, read_at = ?10, version = ?11, seal = ?12 \
                       WHERE notice.version < ?11";
            telling.changes.push(Change::new(sql, notice.params(self)));
            telling.ids.push((notice.id, news.record));
        }
        telling
    }

    /// To whom, of which kind and when, by a query of `NOTICE.select`.
    pub(crate) async fn told_lately(&self, query: crate::Query) -> Result<Vec<(UserId, NoticeKind, UnixMs)>, Refusal> {
        let found = self.notices(query).await?;
        Ok(found.iter().filter_map(|n| Some((n.user, NoticeKind::read(&n.kind)?, n.at))).collect())
    }

    /// Rows of a query of `NOTICE.select`; one that was altered beside the program is as if it were not there.
    async fn notices(&self, query: crate::Query) -> Result<Vec<Notice>, Refusal> {
        let mut found = vec![];
        for row in self.read(query).await? {
            if NOTICE.is_sealed(self.seals(), &row) {
                found.push(Notice::read(&row).map_err(crate::records::broken)?);
            } else {
                tracing::error!("a notice was altered beside the program; it is as if it were not there");
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in NoticeKind::ALL {
            assert_eq!(NoticeKind::read(kind.as_str()), Some(*kind));
        }
        assert_eq!(NoticeKind::read("gossip"), None);
    }
}
