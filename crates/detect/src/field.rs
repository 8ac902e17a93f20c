//! The names a rule can use: one table. `docs/detection.md` prints it, the loader knows no other, and an event answers
//! each of them without building anything it is not asked for.

use crate::baseline::{Measure, Part};

/// What kind of value a field has: decides where a rule may use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    /// An opaque id: can be grouped by and compared with another id.
    Id,
    Whole,
    Real,
    Flag,
    /// Several texts: a condition holds if one of them satisfies it; distinct values are counted one by one.
    Texts,
    Ids,
}

impl Type {
    pub const fn is_many(self) -> bool {
        matches!(self, Type::Texts | Type::Ids)
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Id => "id",
            Type::Whole => "whole number",
            Type::Real => "number",
            Type::Flag => "true/false",
            Type::Texts => "texts",
            Type::Ids => "ids",
        }
    }
}

macro_rules! fields {
    ($($name:ident = $text:literal $type:ident $doc:literal,)*) => {
        /// A field of the event a rule sees.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $(#[doc = $doc] $name,)*
            /// A score of a baseline, or what it is made of.
            Score(Measure, Part),
        }

        /// Name, type and meaning of every field but the scores.
        pub const FIELDS: &[(&str, Field, Type, &str)] = &[$(($text, Field::$name, Type::$type, $doc),)*];

        impl Field {
            /// The field of this name.
            pub fn named(text: &str) -> Option<Field> {
                match text {
                    $($text => Some(Field::$name),)*
                    _ => Field::score_named(text),
                }
            }
            pub const fn kind(self) -> Type {
                match self {
                    $(Field::$name => Type::$type,)*
                    Field::Score(_, Part::Observed) => Type::Whole,
                    Field::Score(..) => Type::Real,
                }
            }
        }
    };
}

fields! {
    ActorUser = "actor.user_id" Id "Who acted.",
    ActorKind = "actor.account_kind" Text "human, service, agent.",
    ActorDepartment = "actor.department_id" Id "The actor's department.",
    ActorPath = "actor.department_path" Ids "Departments from the root to the actor's own.",
    ActorRoles = "actor.roles" Texts "Names of the actor's roles.",
    ActorEmployment = "actor.employment" Text "active, notice (leaving is known), left.",
    ActorManager = "actor.manager_id" Id "The actor's direct manager.",
    SessionId = "session.id" Id "The session, where there was one.",
    SessionMfa = "session.mfa" Flag "Signed in with a second factor.",
    SessionChannel = "session.channel" Text "web, api, cli, import, export, job, agent, demo.",
    SessionNetwork = "session.network" Text "Network of the caller (IPv4 /24, IPv6 /48).",
    SessionNetworkNew = "session.network_new" Flag "This person was not seen in this network before.",
    SessionDevice = "session.device" Text "Digest of the user agent.",
    SessionDeviceNew = "session.device_new" Flag "This person was not seen with this device before.",
    Foreign = "source.system" Text "The other system whose log the event is from; absent for our own.",
    Action = "action" Text "The operation, as the access log names it.",
    ActionClass = "action.class" Text "read, out (export, print, files), write, administration, session.",
    Decision = "decision" Text "allowed, refused, conflict, intent, unknown, failed.",
    ObjectType = "object.type" Text "The object type; absent for administrative acts.",
    ObjectId = "object.id" Id "The record, where the event is about one.",
    ObjectCustomer = "object.customer_id" Id "Its customer, where the event is about one record.",
    ObjectIds = "object.ids" Ids "Records disclosed or refused.",
    ObjectCustomers = "object.customers" Ids "Their customers.",
    ObjectUnexplained = "object.unexplained" Ids "Customers among them without a business reason.",
    ObjectOwners = "object.owners" Ids "Owners of the records.",
    ObjectDepartments = "object.departments" Ids "Departments of the records.",
    ObjectForeign = "object.foreign_departments" Ids "Departments of records outside the actor's own.",
    ObjectExplanations = "object.explanations" Texts "Business reasons seen, e.g. owner, share, none.",
    SeenCount = "seen.count" Whole "Number of records.",
    SeenUnexplained = "seen.unexplained" Whole "Records without a business reason.",
    SeenOthers = "seen.others" Whole "Records that belong to somebody else.",
    SeenForeign = "seen.foreign" Whole "Records of other departments.",
    SeenPersonal = "seen.personal" Whole "Personal fields shown in the clear, over all records.",
    SeenSensitive = "seen.sensitive" Whole "Sensitive fields shown in the clear, over all records.",
    SeenMasked = "seen.masked" Whole "Fields shown masked, over all records.",
    SeenCanary = "seen.canary" Whole "Decoys touched.",
    SeenVip = "seen.vip" Whole "Records of customers of special importance.",
    SeenVipUnexplained = "seen.vip_unexplained" Whole "Those without a business reason.",
    RowCount = "row_count" Whole "Rows that left the house.",
    QueryPage = "query.page" Whole "Page of a list; absent otherwise.",
    QueryExact = "query.exact" Flag "A search for one exact number.",
    Purpose = "ctx.purpose" Flag "A purpose or reason was given.",
    Explained = "ctx.explained" Flag "All records of the event have a business reason.",
    OffHours = "ctx.off_hours" Flag "Outside working hours or on a day off.",
    Workday = "ctx.workday" Flag "By the working calendar.",
    Night = "ctx.night" Flag "From 22:00 to 06:00.",
    Hour = "ctx.hour" Whole "Hour of the company's clock, 0 to 23.",
    Weekday = "ctx.weekday" Whole "Monday 0 to Sunday 6.",
    MonthDay = "ctx.month_day" Whole "Day of the month, 1 to 31.",
    MonthLeft = "ctx.month_left" Whole "Days left in the month: 0 on its last.",
    DormantDays = "ctx.dormant_days" Whole "Days since the person's last act before today; 0 for somebody new.",
    KnownDays = "ctx.known_days" Whole "Days since the person was first seen.",
    Target = "target.id" Text "The person, role or setting an administrative act was done to.",
    TargetSelf = "target.self" Flag "It was done to the actor.",
}

impl Field {
    fn score_named(text: &str) -> Option<Field> {
        let rest = text.strip_prefix("score.")?;
        let (measure, part) = match rest.split_once('.') {
            None => (rest, Part::Score),
            Some((measure, part)) => (measure, Part::named(part)?),
        };
        Some(Field::Score(Measure::named(measure)?, part))
    }

    /// Every name, scores too.
    pub fn names() -> Vec<String> {
        let scores = Measure::ALL.iter().flat_map(|m| Part::ALL.iter().map(move |p| p.name(*m)));
        FIELDS.iter().map(|(name, ..)| (*name).to_string()).chain(scores).collect()
    }

    /// The known name that looks most like this one, if one does.
    pub fn nearest(text: &str) -> Option<String> {
        let best = Field::names().into_iter().map(|name| (distance(text, &name), name)).min()?;
        (best.0 <= 2 + text.chars().count() / 3).then_some(best.1)
    }
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(100).enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (above, y) in row.iter().skip(1).zip(&b) {
            left = (diagonal + usize::from(x != *y)).min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}
