//! An observation as a rule sees it: flat names, answered one by one. Nothing is built for a field nobody asks for.

use std::borrow::Cow;

use model::{Action, Decision, UserId};
use uuid::Uuid;

use crate::baseline::Scores;
use crate::field::Field;
use crate::key::Key;
use crate::observation::{Employment, Explanation, Kind, Observation, Seen};

/// A value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    Id(Uuid),
    Whole(i64),
    Real(f64),
    Flag(bool),
    Ids(Vec<Uuid>),
    Texts(Vec<Cow<'a, str>>),
}

impl Value<'_> {
    /// The value as a key; `None` for several values.
    pub fn key(&self) -> Option<Key> {
        Some(match self {
            Value::Text(text) => Key::of_bytes(text.as_bytes()),
            Value::Id(id) => id_key(*id),
            Value::Whole(n) => Key(2, 0).and(n.cast_unsigned()),
            Value::Real(x) => Key(3, 0).and(x.to_bits()),
            Value::Flag(flag) => Key(4, u64::from(*flag)),
            Value::Ids(_) | Value::Texts(_) => return None,
        })
    }
    /// For people, and for the key of a finding.
    pub fn text(&self) -> String {
        match self {
            Value::Text(text) => text.to_string(),
            Value::Id(id) => id.to_string(),
            Value::Whole(n) => n.to_string(),
            Value::Real(x) => format!("{x:.2}"),
            Value::Flag(flag) => flag.to_string(),
            Value::Ids(ids) => ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(", "),
            Value::Texts(texts) => texts.join(", "),
        }
    }
}

pub fn id_key(id: Uuid) -> Key {
    let (a, b) = id.as_u64_pair();
    Key(1, 0).and(a).and(b)
}

/// What an operation is, coarsely.
pub const fn class(action: Action) -> &'static str {
    match action {
        Action::List | Action::View | Action::Reveal | Action::WhoLooked | Action::BreakGlass => "read",
        Action::Export | Action::Print | Action::Download | Action::DownloadFile => "out",
        _ => match action.on() {
            model::action::On::Record => "write",
            model::action::On::System => "administration",
            model::action::On::Session => "session",
        },
    }
}

/// The event with the sums over its records.
pub struct Flat<'a> {
    pub of: &'a Observation,
    pub scores: &'a Scores,
    unexplained: u32,
    others: u32,
    foreign: u32,
    personal: u32,
    sensitive: u32,
    masked: u32,
    canary: u32,
    vip: u32,
    vip_unexplained: u32,
}

impl<'a> Flat<'a> {
    pub fn new(of: &'a Observation, scores: &'a Scores) -> Self {
        let mut flat = Flat {
            of,
            scores,
            unexplained: 0,
            others: 0,
            foreign: 0,
            personal: 0,
            sensitive: 0,
            masked: 0,
            canary: 0,
            vip: 0,
            vip_unexplained: 0,
        };
        for seen in &of.seen {
            let unexplained = !seen.explanation.is_explained();
            flat.unexplained += u32::from(unexplained);
            flat.others += u32::from(seen.owner != Some(of.actor.user));
            flat.foreign += u32::from(is_foreign(of, seen));
            flat.personal += u32::from(seen.personal);
            flat.sensitive += u32::from(seen.sensitive);
            flat.masked += u32::from(seen.masked);
            flat.canary += u32::from(seen.canary);
            flat.vip += u32::from(seen.vip);
            flat.vip_unexplained += u32::from(seen.vip && unexplained);
        }
        flat
    }

    /// The value of a field; `None` if the event has none.
    pub fn value(&self, field: Field) -> Option<Value<'a>> {
        let of = self.of;
        let text = |text: &'a str| Value::Text(Cow::Borrowed(text));
        let count = |n: u32| Value::Whole(i64::from(n));
        Some(match field {
            Field::ActorUser => Value::Id(of.actor.user.0),
            Field::ActorKind => text(match of.actor.kind {
                Kind::Human => "human",
                Kind::Service => "service",
                Kind::Agent => "agent",
            }),
            Field::ActorDepartment => Value::Id(of.actor.department?.0),
            Field::ActorPath => Value::Ids(of.actor.department_path.iter().map(|d| d.0).collect()),
            Field::ActorRoles => Value::Texts(of.actor.roles.iter().map(|r| Cow::Borrowed(r.as_str())).collect()),
            Field::ActorEmployment => text(match of.actor.employment {
                Employment::Active => "active",
                Employment::Notice => "notice",
                Employment::Left => "left",
            }),
            Field::ActorManager => Value::Id(of.actor.manager?.0),
            Field::SessionId => Value::Id(of.source.session?.0),
            Field::SessionMfa => Value::Flag(of.source.mfa),
            Field::SessionChannel => text(of.source.channel.as_str()),
            Field::SessionNetwork => text(of.source.network.as_deref()?),
            Field::SessionNetworkNew => Value::Flag(self.scores.network_new),
            Field::SessionDevice => Value::Text(Cow::Owned(format!("{:016x}", of.source.device?))),
            Field::SessionDeviceNew => Value::Flag(self.scores.device_new),
            Field::Foreign => text(of.source.foreign.as_deref()?),
            Field::Action => text(of.action.as_str()),
            Field::ActionClass => text(class(of.action)),
            Field::Decision => text(of.decision.as_str()),
            Field::ObjectType => text(of.object.as_ref()?.as_str()),
            Field::ObjectId => Value::Id(self.only()?.record.0),
            Field::ObjectCustomer => Value::Id(self.only()?.customer.0),
            Field::ObjectIds => self.ids(|s| Some(s.record.0)),
            Field::ObjectCustomers => self.ids(|s| Some(s.customer.0)),
            Field::ObjectUnexplained => self.ids(|s| (!s.explanation.is_explained()).then_some(s.customer.0)),
            Field::ObjectOwners => self.ids(|s| s.owner.map(|o: UserId| o.0)),
            Field::ObjectDepartments => self.ids(|s| s.department.map(|d| d.0)),
            Field::ObjectForeign => self.ids(|s| if is_foreign(of, s) { s.department.map(|d| d.0) } else { None }),
            Field::ObjectExplanations => {
                let mut all: Vec<Cow<'a, str>> = Vec::new();
                for seen in &of.seen {
                    let word = seen.explanation.as_str();
                    if !all.iter().any(|known| known == word) {
                        all.push(Cow::Borrowed(word));
                    }
                }
                Value::Texts(all)
            }
            Field::SeenCount => count(u32::try_from(of.seen.len()).unwrap_or(u32::MAX)),
            Field::SeenUnexplained => count(self.unexplained),
            Field::SeenOthers => count(self.others),
            Field::SeenForeign => count(self.foreign),
            Field::SeenPersonal => count(self.personal),
            Field::SeenSensitive => count(self.sensitive),
            Field::SeenMasked => count(self.masked),
            Field::SeenCanary => count(self.canary),
            Field::SeenVip => count(self.vip),
            Field::SeenVipUnexplained => count(self.vip_unexplained),
            Field::RowCount => Value::Whole(i64::try_from(of.rows).unwrap_or(i64::MAX)),
            Field::QueryPage => Value::Whole(i64::from(of.page?)),
            Field::QueryExact => Value::Flag(of.exact),
            Field::Purpose => Value::Flag(of.purpose),
            Field::Explained => Value::Flag(self.unexplained == 0),
            Field::OffHours => Value::Flag(!of.local.working_hours),
            Field::Workday => Value::Flag(of.local.workday),
            Field::Night => Value::Flag(of.local.minute >= 22 * 60 || of.local.minute < 6 * 60),
            Field::Hour => Value::Whole(i64::from(of.local.minute / 60)),
            Field::Weekday => Value::Whole(i64::from(of.local.weekday)),
            Field::DormantDays => Value::Whole(i64::from(self.scores.dormant_days)),
            Field::KnownDays => Value::Whole(i64::from(self.scores.known_days)),
            Field::Target => text(of.target.as_deref()?),
            Field::TargetSelf => Value::Flag(match &of.target {
                Some(target) => *target == of.actor.user.to_string(),
                None => return None,
            }),
            Field::Score(measure, part) => self.scores.value(measure, part)?,
        })
    }

    fn only(&self) -> Option<&'a Seen> {
        match self.of.seen.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    fn ids(&self, id: impl Fn(&Seen) -> Option<Uuid>) -> Value<'a> {
        Value::Ids(self.of.seen.iter().filter_map(id).collect())
    }

    /// The keys of a field's values, one by one.
    pub fn keys(&self, field: Field, mut each: impl FnMut(Key)) {
        match self.value(field) {
            None => {}
            Some(Value::Ids(ids)) => ids.into_iter().for_each(|id| each(id_key(id))),
            Some(Value::Texts(texts)) => texts.iter().for_each(|text| each(Key::of_bytes(text.as_bytes()))),
            Some(one) => one.key().into_iter().for_each(each),
        }
    }

    /// Whether it was done: a refusal shows nothing.
    pub fn allowed(&self) -> bool {
        self.of.decision == Decision::Allowed
    }
}

pub fn is_foreign(of: &Observation, seen: &Seen) -> bool {
    match seen.department {
        // A department below the actor's own is the actor's too: they answer for it.
        Some(department) => Some(department) != of.actor.department && seen.explanation != Explanation::TeamDuty,
        None => false,
    }
}
