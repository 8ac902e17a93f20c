//! Rows of the log, read and opened.

use access::path::{Body, Recorder};
use model::feed::ForeignEvent;
use model::{
    Action, Decision, DepartmentId, Directory, Disclosure, EventId, Explanation, FieldName, RecordId, UnixMs, UserId,
};
use serde::Serialize;

use crate::database::{DatabaseError, Row};

/// Columns of an event, in the order [`EventRow::read`] wants them.
pub(crate) const EVENT: &str = "e.seq, e.id, e.at, e.actor, e.on_behalf_of, e.department, e.channel, e.source, \
     e.action, e.object, e.decision, e.policy_version, e.touches, e.body, e.unexplained";
/// How many [`EVENT`] has.
pub(crate) const EVENT_COLUMNS: usize = 15;

/// An event as the database holds it.
#[derive(Debug, Clone)]
pub(crate) struct EventRow {
    pub(crate) seq: i64,
    pub(crate) id: EventId,
    pub(crate) at: UnixMs,
    pub(crate) actor: UserId,
    pub(crate) on_behalf_of: Option<UserId>,
    pub(crate) department: Option<DepartmentId>,
    pub(crate) channel: String,
    pub(crate) source: Option<String>,
    pub(crate) action: i64,
    pub(crate) object: Option<String>,
    pub(crate) decision: i64,
    pub(crate) policy_version: i64,
    pub(crate) touches: i64,
    pub(crate) body: Option<Vec<u8>>,
    /// Records touched without a business reason; `None` where none was asked for.
    pub(crate) unexplained: Option<i64>,
}

impl EventRow {
    pub(crate) fn read(row: &Row) -> Result<Self, DatabaseError> {
        Ok(Self {
            seq: row.int(0)?,
            id: row.event(1)?,
            at: row.time(2)?,
            actor: row.user(3)?,
            on_behalf_of: row.opt_id(4)?.map(UserId::from_bytes),
            department: row.opt_id(5)?.map(DepartmentId::from_bytes),
            channel: row.text(6)?.to_owned(),
            source: row.opt_text(7)?.map(str::to_owned),
            action: row.int(8)?,
            object: row.opt_text(9)?.map(str::to_owned),
            decision: row.int(10)?,
            policy_version: row.int(11)?,
            touches: row.int(12)?,
            body: row.opt_bytes(13)?.map(<[u8]>::to_vec),
            unexplained: row.opt_int(14)?,
        })
    }

    pub(crate) fn action(&self) -> Option<Action> {
        u16::try_from(self.action).ok().and_then(Action::from_code)
    }
    pub(crate) fn decision(&self) -> Option<Decision> {
        u8::try_from(self.decision).ok().and_then(Decision::from_code)
    }

    /// Whether the columns say what the sealed body says.
    pub(crate) fn agrees(&self, body: &Body) -> bool {
        let id = |id: Option<String>| id.map_or(serde_json::Value::Null, Into::into);
        let text = |text: &Option<String>| text.clone().map_or(serde_json::Value::Null, Into::into);
        let of = |part: &serde_json::Value, key: &str| part.get(key).cloned().unwrap_or(serde_json::Value::Null);
        of(&body.meta, "at") == self.at.0
            && self.action().is_some_and(|a| of(&body.meta, "action") == a.as_str())
            && self.decision().is_some_and(|d| of(&body.meta, "decision") == d.as_str())
            && of(&body.meta, "object") == text(&self.object)
            && of(&body.meta, "policy_version") == self.policy_version
            && of(&body.meta, "touches") == self.touches
            && of(&body.meta, "unexplained") == self.unexplained.map_or(serde_json::Value::Null, Into::into)
            && of(&body.actor, "user") == self.actor.to_string()
            && of(&body.actor, "on_behalf_of") == id(self.on_behalf_of.map(|u| u.to_string()))
            && of(&body.actor, "department") == id(self.department.map(|d| d.to_string()))
            && of(&body.actor, "channel") == self.channel.as_str()
            && of(&body.actor, "address") == text(&self.source)
    }
}

/// What is left of an event, or of one record in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it was recorded.
    Whole,
    /// The customer was erased: the link to a record, and what was shown of it, are gone.
    Erased,
    /// The body was dropped when its retention ended.
    Dropped,
    /// The row is not what was recorded: it was altered in the database.
    Altered,
}

/// One event, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventLine {
    pub event: EventId,
    /// Position in the ledger, from 0.
    pub index: i64,
    pub at: UnixMs,
    pub user: UserId,
    /// The account's name now; its id where the account is gone.
    pub user_name: String,
    pub on_behalf_of: Option<UserId>,
    /// The user's department at that time.
    pub department: Option<DepartmentId>,
    pub channel: String,
    /// The address it came from.
    pub source: Option<String>,
    /// The operation's name, or its number where this version does not know it.
    pub action: String,
    pub object: Option<String>,
    pub decision: String,
    pub policy_version: i64,
    /// How many records it touched.
    pub touches: i64,
    /// How many of them without a business reason that the system could see; `None` where none was asked for.
    pub unexplained: Option<i64>,
    /// The rules that decided, of all records together.
    pub rules: Vec<String>,
    /// What another system says happened there, of an event that took in a line of its log. Then nobody acted here.
    pub foreign: Option<ForeignLine>,
    pub state: State,
}

/// A line of another system's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForeignLine {
    /// The source that says so.
    pub source: String,
    #[serde(flatten)]
    pub said: ForeignEvent,
}

/// One record in one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TouchLine {
    #[serde(flatten)]
    pub event: EventLine,
    pub customer: RecordId,
    /// The customer itself, or a record of theirs; `None` once erased.
    pub record: Option<RecordId>,
    /// Fields shown in the clear.
    pub shown: Vec<FieldName>,
    /// Fields shown masked.
    pub masked: Vec<FieldName>,
    /// Rules that decided about this record.
    pub touch_rules: Vec<String>,
    /// Why the actor had to do with it, the strongest that was seen then; `None` where it was not asked.
    pub reason: Option<Explanation>,
    /// Whose the record was then, and its department.
    pub owner: Option<UserId>,
    pub owner_name: Option<String>,
    pub record_department: Option<DepartmentId>,
    pub touch_state: State,
}

/// A touch as the database holds it.
#[derive(Debug, Clone)]
pub(crate) struct TouchRow {
    pub(crate) customer: RecordId,
    pub(crate) n: i64,
    pub(crate) record: RecordId,
    pub(crate) disclosure: i64,
    pub(crate) keyed: i64,
    pub(crate) commitment: Vec<u8>,
}

/// Columns of a touch.
pub(crate) const TOUCH: &str = "t.customer, t.n, t.record, t.disclosure, t.keyed, t.commitment";
/// `touch.keyed` of a touch whose customer was erased.
pub(crate) const ERASED: i64 = 2;

impl TouchRow {
    pub(crate) fn read(row: &Row, from: usize) -> Result<Self, DatabaseError> {
        Ok(Self {
            customer: row.record(from)?,
            n: row.int(from + 1)?,
            record: row.record(from + 2)?,
            disclosure: row.int(from + 3)?,
            keyed: row.int(from + 4)?,
            commitment: row.bytes(from + 5)?.to_vec(),
        })
    }
}

/// An event with what its body says.
pub(crate) struct Opened {
    pub(crate) row: EventRow,
    pub(crate) disclosures: Vec<Disclosure>,
    pub(crate) rules: Vec<String>,
    pub(crate) foreign: Option<(String, ForeignEvent)>,
    pub(crate) state: State,
}

/// Opens the body of an event and holds the columns against it.
pub(crate) fn open(row: EventRow, recorder: &Recorder) -> Opened {
    let Some(sealed) = row.body.as_deref().filter(|sealed| recorder.has_key(Some(sealed))) else {
        // What its columns still say of it goes with the body, though it may be swept away a little later.
        let row = EventRow { source: None, ..row };
        return Opened { row, disclosures: vec![], rules: vec![], foreign: None, state: State::Dropped };
    };
    let body = recorder.open_body(row.id, sealed).ok().filter(|body| row.agrees(body));
    let Some(body) = body else {
        return Opened { row, disclosures: vec![], rules: vec![], foreign: None, state: State::Altered };
    };
    let list = |key: &str| body.meta.get(key).cloned().unwrap_or_default();
    let disclosures: Vec<Disclosure> = serde_json::from_value(list("disclosures")).unwrap_or_default();
    let mut rules: Vec<String> = serde_json::from_value(list("rules")).unwrap_or_default();
    rules.extend(disclosures.iter().flat_map(|d| d.rules.iter().cloned()));
    rules.sort();
    rules.dedup();
    let foreign = (row.action() == Some(Action::Foreign)).then(|| {
        let detail = body.actor.get("detail")?;
        let source = detail.get("source")?.as_str()?.to_owned();
        Some((source, serde_json::from_value(detail.get("foreign")?.clone()).ok()?))
    });
    Opened { row, disclosures, rules, foreign: foreign.flatten(), state: State::Whole }
}

impl Opened {
    pub(crate) fn line(&self, directory: &Directory) -> EventLine {
        let row = &self.row;
        EventLine {
            event: row.id,
            index: row.seq,
            at: row.at,
            user: row.actor,
            user_name: name(directory, row.actor),
            on_behalf_of: row.on_behalf_of,
            department: row.department,
            channel: row.channel.clone(),
            source: row.source.clone(),
            action: row.action().map_or_else(|| row.action.to_string(), |a| a.as_str().to_owned()),
            object: row.object.clone(),
            decision: row.decision().map_or_else(|| row.decision.to_string(), |d| d.as_str().to_owned()),
            policy_version: row.policy_version,
            touches: row.touches,
            unexplained: row.unexplained,
            rules: self.rules.clone(),
            foreign: self.foreign.clone().map(|(source, said)| ForeignLine { source, said }),
            state: self.state,
        }
    }

    pub(crate) fn touch(&self, touch: &TouchRow, directory: &Directory) -> TouchLine {
        let erased = touch.keyed == ERASED;
        let disclosure = usize::try_from(touch.disclosure).ok().and_then(|n| self.disclosures.get(n));
        let mut state = if erased { State::Erased } else { self.state };
        if disclosure.is_none() && state == State::Whole {
            state = State::Altered;
        }
        let shown = disclosure.filter(|_| state == State::Whole).cloned().unwrap_or_default();
        TouchLine {
            event: self.line(directory),
            customer: touch.customer,
            record: (!erased).then_some(touch.record),
            shown: shown.shown,
            masked: shown.masked,
            touch_rules: shown.rules,
            reason: shown.reason,
            owner: shown.owner,
            owner_name: shown.owner.map(|owner| name(directory, owner)),
            record_department: shown.department,
            touch_state: state,
        }
    }
}

/// The account's name; its id where there is none any more.
pub(crate) fn name(directory: &Directory, user: UserId) -> String {
    directory.user(user).map_or_else(|| user.to_string(), |u| u.name.clone())
}
