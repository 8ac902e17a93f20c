//! From an event and what surrounds it to what a detector sees.
//!
//! Rule: what is seen is what the record says, and what was true when it was followed. Of an event that cannot be read any more, its
//! columns are seen and nothing else, and that it was so is counted.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;

use access::engine::Calendar;
use access::path::{Body, Recorder};
use detect::key::Key;
use detect::{Actor, Employment, Kind, Local, Observation, Seen, Source};
use model::feed::ForeignEvent;
use model::{
    Action, Channel, Decision, DepartmentId, Directory, Disclosure, EventId, Explanation, ObjectName, ObjectType,
    RecordId, Sensitivity, SessionId, UnixMs, UserId, UserKind, UserStatus,
};
use serde_json::Value;

use super::Whose;
use crate::audit::line::{EventRow, TouchRow};
use crate::company::{Loaded, SYSTEM};

/// Days for which looking at what somebody has means that they leave.
const NOTICE_DAYS: i64 = 60;
/// Records of one event that are looked at one by one.
const MOST_SEEN: usize = 2_000;

/// What became of an event's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    Whole,
    /// Its retention has ended.
    Dropped,
    /// It is not what was recorded.
    Altered,
}

/// Who is about to leave or has left, as events told it: the directory of today does not say when.
#[derive(Debug, Clone, Default)]
pub(super) struct Leavers {
    told: HashMap<UserId, (Employment, UnixMs)>,
    /// On record as leaving: until that is closed or taken back, however long it takes.
    recorded: HashSet<UserId>,
}

impl Leavers {
    /// Learns from an event that was carried out.
    pub(super) fn learn(&mut self, row: &EventRow, body: &Body) {
        if row.decision() != Some(Decision::Allowed) {
            return;
        }
        let Some(detail) = body.actor.get("detail") else { return };
        let Some(user) = text(detail, "user").and_then(|u| u.parse::<UserId>().ok()) else { return };
        let now = match (text(detail, "act"), text(detail, "status")) {
            (Some("leaver.begin"), _) => {
                self.recorded.insert(user);
                return;
            }
            (Some("leaver.close" | "leaver.withdraw"), _) => {
                self.recorded.remove(&user);
                // Whoever looked at what they have did so because they were to leave.
                if matches!(self.told.get(&user), Some((Employment::Notice, _))) {
                    self.told.remove(&user);
                }
                return;
            }
            (Some("user.status"), Some("disabled")) | (Some("handover.begin"), _) => Employment::Left,
            (Some("user.status"), Some("active")) => Employment::Active,
            // Before somebody is handed over, it is looked at what they have.
            (Some("handover.show" | "handover.look_back"), _) => match self.told.get(&user) {
                Some((Employment::Left, _)) => return,
                _ => Employment::Notice,
            },
            _ => return,
        };
        self.told.insert(user, (now, row.at));
    }

    fn of(&self, user: &model::User, at: UnixMs) -> Employment {
        match self.told.get(&user.id) {
            Some((Employment::Active | Employment::Notice, _)) if self.recorded.contains(&user.id) => {
                Employment::Notice
            }
            Some((Employment::Notice, since)) if at > since.plus_days(NOTICE_DAYS) => Employment::Active,
            Some((known, _)) => *known,
            None if user.status == UserStatus::Disabled => Employment::Left,
            None if self.recorded.contains(&user.id) => Employment::Notice,
            None => Employment::Active,
        }
    }
}

/// What surrounds the events of a stretch.
pub(super) struct Surroundings<'a> {
    pub(super) company: &'a Loaded,
    pub(super) directory: &'a Directory,
    pub(super) calendar: &'a Calendar,
    pub(super) recorder: &'a Recorder,
    /// Customers of special importance among those of the stretch.
    pub(super) vips: HashSet<RecordId>,
    pub(super) canaries: Arc<HashSet<RecordId>>,
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// A moment on the company's clock.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the remainders before")]
pub(super) fn local(calendar: &Calendar, at: UnixMs) -> Local {
    let (began, day) = calendar.day(at);
    let minute = (at.0.saturating_sub(began.0) / 60_000).clamp(0, 1_439) as u16;
    Local {
        day: i32::try_from(day).unwrap_or(0),
        minute,
        // The first of 1970 was a Thursday.
        weekday: (day + 3).rem_euclid(7) as u8,
        workday: calendar.is_workday(at),
        working_hours: calendar.is_open(at),
    }
}

/// The network of an address: IPv4 /24, IPv6 /48.
fn network(address: &str) -> Option<String> {
    match address.parse::<IpAddr>().ok()?.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            Some(format!("{a}.{b}.{c}.0/24"))
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            Some(format!("{a:x}:{b:x}:{c:x}::/48"))
        }
    }
}

fn channel(word: &str) -> Channel {
    Channel::ALL.into_iter().find(|c| c.as_str() == word).unwrap_or(Channel::Job)
}

/// The observation of an event that is not there, or that nothing is to be learnt from.
pub(super) fn nothing(seq: u64, at: UnixMs, local: Local) -> Observation {
    Observation {
        seq,
        event: EventId(uuid::Uuid::nil()),
        at,
        local,
        actor: Actor {
            user: SYSTEM,
            kind: Kind::Service,
            department: None,
            department_path: vec![],
            roles: vec![],
            employment: Employment::Active,
            manager: None,
        },
        source: Source { channel: Channel::Job, session: None, mfa: false, network: None, device: None, foreign: None },
        action: Action::NodeStart,
        decision: Decision::Unknown,
        object: None,
        seen: vec![],
        rows: 0,
        page: None,
        exact: false,
        purpose: false,
        target: None,
    }
}

/// An id of somebody or something in another system: the same for the same name, and nobody else's.
fn foreign_id(recorder: &Recorder, kind: &str, source: &str, names: &[&str]) -> [u8; 16] {
    let mut params: Vec<access::path::Param> = vec![source.into()];
    params.extend(names.iter().map(|name| (*name).into()));
    let seal = recorder.seals().row(kind, &params);
    let mut id = [0; 16];
    id.iter_mut().zip(seal.iter()).for_each(|(to, from)| *to = *from);
    id
}

/// The kind of record, as rules name one.
fn foreign_object(text: Option<&str>) -> Option<ObjectName> {
    let word: String = text
        .unwrap_or("record")
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .take(40)
        .collect();
    word.trim_matches('_').parse().ok().or_else(|| "record".parse().ok())
}

impl Surroundings<'_> {
    /// What a line of another system's log says, and of whom. What it does not say is held against nobody: no reason is asked for,
    /// and nobody is said to have come without a second factor.
    pub(super) fn foreign(&self, row: &EventRow, body: &Body, leavers: &Leavers) -> Option<(Observation, Whose)> {
        if row.action() != Some(Action::Foreign) {
            return None;
        }
        let detail = body.actor.get("detail")?;
        let source = text(detail, "source")?;
        let event: ForeignEvent = serde_json::from_value(detail.get("foreign")?.clone()).ok()?;
        let login = self.company.feeds.find(source).zip(event.user.as_deref());
        let login = login.and_then(|(kept, user)| kept.source.login_of(user));
        let person = login.and_then(|login| self.directory.user_by_login(&login));
        let at = local(self.calendar, event.at);
        let mut of = nothing(u64::try_from(row.seq).unwrap_or(0), event.at, at);
        of.event = row.id;
        of.actor = match person {
            Some(user) => self.person(user, None, event.at, leavers),
            None => {
                let name = event.user.as_deref().unwrap_or("");
                let id = foreign_id(self.recorder, "feed.user", source, &[name]);
                Actor { user: UserId::from_bytes(id), kind: Kind::Human, ..of.actor }
            }
        };
        if event.automatic {
            of.actor.kind = Kind::Service;
        }
        of.source = Source {
            channel: if event.automatic { Channel::Api } else { Channel::Web },
            session: None,
            mfa: true,
            network: event.address.as_deref().and_then(network),
            device: None,
            foreign: Some(source.to_owned()),
        };
        (of.action, of.decision) = (event.action, event.decision);
        let on_records = event.action.on() == model::action::On::Record;
        of.object = if on_records { foreign_object(event.object.as_deref()) } else { None };
        let kind = event.object.as_deref().unwrap_or("");
        let id = |name: &str| RecordId::from_bytes(foreign_id(self.recorder, "feed.record", source, &[kind, name]));
        let customer = event
            .customer
            .as_deref()
            .map(|name| RecordId::from_bytes(foreign_id(self.recorder, "feed.record", source, &["customer", name])));
        let records = event.records.iter().take(MOST_SEEN).map(|name| {
            let record = id(name);
            Seen {
                record,
                customer: customer.unwrap_or(record),
                owner: None,
                department: None,
                personal: 0,
                sensitive: 0,
                masked: 0,
                explanation: Explanation::Job,
                canary: false,
                vip: false,
            }
        });
        of.seen = records.collect();
        let named = event.records.len() as u64 + event.further;
        of.rows = match event.action {
            Action::Export | Action::Download | Action::Print => event.rows.max(named),
            _ => 0,
        };
        let whose = Whose { source: source.to_owned(), user: event.user, person: person.is_some() };
        Some((of, whose))
    }

    /// Opens an event's body and holds its columns against it.
    pub(super) fn open(&self, row: &EventRow) -> (Read, Option<Body>) {
        let Some(sealed) = row.body.as_deref().filter(|sealed| self.recorder.has_key(Some(sealed))) else {
            return (Read::Dropped, None);
        };
        match self.recorder.open_body(row.id, sealed).ok().filter(|body| row.agrees(body)) {
            Some(body) => (Read::Whole, Some(body)),
            None => (Read::Altered, None),
        }
    }

    pub(super) fn observe(
        &self,
        row: &EventRow,
        body: Option<&Body>,
        touches: &[TouchRow],
        leavers: &Leavers,
    ) -> Observation {
        let seq = u64::try_from(row.seq).unwrap_or(0);
        let mut of = nothing(seq, row.at, local(self.calendar, row.at));
        of.event = row.id;
        of.actor = self.actor(row, leavers);
        of.source.channel = channel(&row.channel);
        of.source.network = row.source.as_deref().and_then(network);
        of.action = row.action().unwrap_or(Action::NodeStart);
        of.decision = row.decision().unwrap_or(Decision::Unknown);
        of.object = row.object.as_deref().and_then(|name| name.parse().ok());
        let empty = Value::Null;
        let (meta, actor) = body.map_or((&empty, &empty), |b| (&b.meta, &b.actor));
        let detail = actor.get("detail").unwrap_or(&empty);
        of.source.session = text(actor, "session").and_then(|s| s.parse::<SessionId>().ok());
        of.source.mfa = actor.get("mfa").and_then(Value::as_bool).unwrap_or(false);
        of.source.device = text(actor, "user_agent").map(|agent| Key::of_bytes(agent.as_bytes()).0);
        let disclosures: Vec<Disclosure> =
            meta.get("disclosures").and_then(|d| serde_json::from_value(d.clone()).ok()).unwrap_or_default();
        of.seen = self.seen(&of, touches, &disclosures);
        of.rows = rows(of.action, detail, touches.len());
        let flag = |name: &str| {
            let asked = detail.get(name).or_else(|| detail.get("question")?.get(name));
            asked.and_then(Value::as_bool).unwrap_or(false)
        };
        // Lists go on behind a row, not by numbers: each step further counts as a page of its own.
        of.page =
            (of.action == Action::List && flag("page")).then(|| u32::try_from(seq % 0x7fff_ffff).unwrap_or(0) + 1);
        of.exact = of.action == Action::List && flag("exact");
        let said = |value: Option<&str>| value.is_some_and(|text| !text.trim().is_empty());
        of.purpose = said(text(actor, "purpose")) || said(text(detail, "reason"));
        of.target = ["user", "target", "role", "key", "object"].iter().find_map(|n| text(detail, n)).map(str::to_owned);
        of
    }

    fn actor(&self, row: &EventRow, leavers: &Leavers) -> Actor {
        let Some(user) = self.directory.user(row.actor) else {
            let unknown = nothing(0, row.at, local(self.calendar, row.at)).actor;
            return Actor { user: row.actor, department: row.department, ..unknown };
        };
        self.person(user, row.department, row.at, leavers)
    }

    fn person(&self, user: &model::User, department: Option<DepartmentId>, at: UnixMs, leavers: &Leavers) -> Actor {
        let department = department.unwrap_or(user.department);
        let mut path = self.directory.ancestors(department);
        path.reverse();
        Actor {
            user: user.id,
            kind: match user.kind {
                UserKind::Person => Kind::Human,
                UserKind::Service => Kind::Service,
                UserKind::Agent => Kind::Agent,
            },
            department: Some(department),
            department_path: path,
            roles: user.roles.iter().map(ToString::to_string).collect(),
            employment: leavers.of(user, at),
            manager: user.manager,
        }
    }

    fn seen(&self, of: &Observation, touches: &[TouchRow], disclosures: &[Disclosure]) -> Vec<Seen> {
        let object = of.object.as_ref().and_then(|name| self.object(name));
        // One count for each disclosure, however many records share it.
        let classes: Vec<(u16, u16, u16)> = disclosures.iter().map(|d| classes(d, object)).collect();
        let administrative = of.action.on() != model::action::On::Record;
        touches
            .iter()
            .take(MOST_SEEN)
            .map(|touch| {
                let n = usize::try_from(touch.disclosure).ok();
                let disclosure = n.and_then(|n| disclosures.get(n));
                let (personal, sensitive, masked) = n.and_then(|n| classes.get(n)).copied().unwrap_or_default();
                let owner = disclosure.and_then(|d| d.owner);
                let department: Option<DepartmentId> = disclosure.and_then(|d| d.department);
                Seen {
                    record: touch.record,
                    customer: touch.customer,
                    owner,
                    department,
                    personal,
                    sensitive,
                    masked,
                    // What was not asked is not held against anybody; a refusal explains nothing.
                    explanation: match disclosure.and_then(|d| d.reason) {
                        Some(reason) => reason,
                        None if owner.is_some_and(|o| o == of.actor.user) => Explanation::Owner,
                        None if of.decision == Decision::Refused && !administrative => Explanation::None,
                        None => Explanation::Job,
                    },
                    canary: self.canaries.contains(&touch.customer) || self.canaries.contains(&touch.record),
                    vip: self.vips.contains(&touch.customer),
                }
            })
            .collect()
    }

    fn object(&self, name: &ObjectName) -> Option<&ObjectType> {
        self.company.objects.get(name).map(|(_, object)| &**object)
    }
}

/// Fields shown in the clear that are personal, that are sensitive, and fields shown masked.
fn classes(of: &Disclosure, object: Option<&ObjectType>) -> (u16, u16, u16) {
    let class = |name: &model::FieldName| object.and_then(|o| o.field(name.as_str())).map(|f| f.class);
    let count = |wanted: Sensitivity| of.shown.iter().filter(|f| class(f) == Some(wanted)).count();
    let small = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    (small(count(Sensitivity::Personal)), small(count(Sensitivity::Sensitive)), small(of.masked.len()))
}

/// Rows that left the house with the event: a stream tells them at its end, a file when it is taken.
fn rows(action: Action, detail: &Value, touches: usize) -> u64 {
    let told = detail.get("rows").and_then(Value::as_u64).unwrap_or(0);
    match action {
        Action::Export if detail.get("chunk").is_some() || text(detail, "act").is_some() => 0,
        Action::Export | Action::Download => told,
        Action::Print => touches as u64,
        _ => 0,
    }
}

/// The field that says which customers are of special importance, and the word for it: a choice named `level`, its first option.
pub(super) fn importance(customer: &ObjectType) -> Option<(String, String)> {
    let field = customer.field("level")?;
    let model::FieldKind::Choice { options, .. } = &field.kind else { return None };
    Some((field.slot?.column(), options.first()?.value.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_as_wide_as_a_company_s() {
        assert_eq!(network("192.0.2.77").as_deref(), Some("192.0.2.0/24"));
        assert_eq!(network("::ffff:192.0.2.77").as_deref(), Some("192.0.2.0/24"));
        assert_eq!(network("2001:db8:1:2::3").as_deref(), Some("2001:db8:1::/48"));
        assert_eq!(network("nonsense"), None);
    }

    #[test]
    fn a_moment_is_read_off_the_company_s_own_clock() {
        let calendar = Calendar::default();
        let at = |text| UnixMs::parse_rfc3339(text).unwrap();
        let monday = local(&calendar, at("2026-11-23T23:30:00+08:00"));
        assert_eq!((monday.minute, monday.weekday, monday.workday, monday.working_hours), (1_410, 0, true, false));
        let sunday = local(&calendar, at("2026-11-22T10:00:00+08:00"));
        assert_eq!((sunday.weekday, sunday.workday, sunday.working_hours), (6, false, false));
        assert_eq!(monday.day - sunday.day, 1);
    }

    #[test]
    fn rows_leave_once() {
        let rows = |action, detail| rows(action, &detail, 3);
        let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(rows(Action::Export, json(r#"{"job":"j","chunk":1}"#)), 0);
        assert_eq!(rows(Action::Export, json(r#"{"job":"j","rows":70}"#)), 70);
        assert_eq!(rows(Action::Export, json(r#"{"act":"export.ready","rows":70}"#)), 0);
        assert_eq!(rows(Action::Download, json(r#"{"act":"export.download","rows":70}"#)), 70);
        assert_eq!(rows(Action::Print, Value::Null), 3);
    }
}
