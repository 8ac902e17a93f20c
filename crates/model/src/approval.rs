//! Approvals 审批: who decides what, under which condition, in which order; who stands in for whom.
//!
//! One story. Wang asks to export 3,000 customers. The first flow that fits (exports above 1,000 rows) has two steps: her
//! manager, within 24 hours, then anyone of finance. Her manager is away until Friday and named a deputy 代理人, so both may
//! decide; after 24 hours the manager's own manager may too.
//!
//! Rule: nobody decides about their own request, whatever a flow says, not as deputy and not by escalation either. Who
//! decides is worked out from the people of that moment, never kept: who leaves decides nothing any more.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{ObjectName, RecordId, RoleName, UserId};
use crate::org::{Directory, User, UserKind, UserStatus};
use crate::text::Text;
use crate::time::UnixMs;

/// Most flows of a company, steps of a flow, approvers of a step.
pub const MOST_FLOWS: usize = 50;
const MOST_STEPS: usize = 10;
const MOST_APPROVERS: usize = 50;
/// Longest deadline of a step: ninety days.
const MOST_HOURS: u32 = 2160;
const HOUR_MS: i64 = 3_600_000;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// 申请访问: a record that is not open to who asks.
    Access,
    /// 导出
    Export,
    /// 紧急访问: it has happened already; what is decided is whether it was right.
    BreakGlass,
}

impl Subject {
    pub const ALL: [Subject; 3] = [Subject::Access, Subject::Export, Subject::BreakGlass];
    pub const fn as_str(self) -> &'static str {
        match self {
            Subject::Access => "access",
            Subject::Export => "export",
            Subject::BreakGlass => "break_glass",
        }
    }
}

/// What a request wants, as kept in it: ids and numbers, never a value of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wanted {
    Access {
        object: ObjectName,
        record: RecordId,
        edit: bool,
        days: u16,
    },
    /// One export of what one question finds.
    Export {
        object: ObjectName,
        rows: u64,
        /// A keyed hash of the question: what is approved is this one and no other.
        question: String,
    },
    BreakGlass {
        object: ObjectName,
        record: RecordId,
        hours: u16,
    },
}

impl Wanted {
    pub const fn subject(&self) -> Subject {
        match self {
            Wanted::Access { .. } => Subject::Access,
            Wanted::Export { .. } => Subject::Export,
            Wanted::BreakGlass { .. } => Subject::BreakGlass,
        }
    }
    pub const fn object(&self) -> &ObjectName {
        match self {
            Wanted::Access { object, .. } | Wanted::Export { object, .. } | Wanted::BreakGlass { object, .. } => object,
        }
    }
    pub const fn record(&self) -> Option<RecordId> {
        match self {
            Wanted::Access { record, .. } | Wanted::BreakGlass { record, .. } => Some(*record),
            Wanted::Export { .. } => None,
        }
    }
}

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Approver {
    User(UserId),
    /// Everyone with the role.
    Role(RoleName),
    /// The manager of who asks: 1 the direct one, 2 that one's manager, to 9.
    Manager(u8),
    /// Holders of the role in the department of who asks, else in the nearest one above that has any: the department's lead.
    DepartmentRole(RoleName),
    /// The owner of the record.
    Owner,
    /// Everyone above the owner of the record.
    OwnerLine,
}

/// Whose word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 或签: one of them.
    #[default]
    Any,
    /// 会签: each of them.
    All,
}

/// One step; steps come one after the other. A refusal ends the request in either mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub approvers: Vec<Approver>,
    #[serde(default)]
    pub mode: Mode,
    /// After so many hours the approvers' managers may decide too.
    #[serde(default)]
    pub hours: Option<u32>,
}

/// A flow: of the flows of its subject, the first that fits a request decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// 1 to 40 of `a-z`, `0-9`, `_`.
    pub name: String,
    pub label: Text,
    pub subject: Subject,
    /// Records of which type; without one, of any.
    #[serde(default)]
    pub object: Option<ObjectName>,
    /// Exports of more rows than this.
    #[serde(default)]
    pub above_rows: Option<u64>,
    pub steps: Vec<Step>,
}

/// What is wrong with a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFlow {
    #[error("a name is 1 to 40 of `a-z`, `0-9` and `_`")]
    Name,
    #[error("a label in Chinese and in English is needed")]
    Label,
    #[error("1 to 10 steps with 1 to 50 approvers each")]
    Steps,
    #[error("a deadline is 1 to 2160 hours")]
    Hours,
    #[error("a manager's level is 1 to 9")]
    Level,
    #[error("only a request about one record has an owner to ask")]
    NoOwner,
    #[error("only exports have a number of rows")]
    Rows,
    #[error("emergency accesses are reviewed by the security administrators")]
    BreakGlass,
}

impl Flow {
    /// # Errors
    /// [`BadFlow`], the first thing found wrong.
    pub fn check(&self) -> Result<(), BadFlow> {
        let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=40).contains(&self.name.len()) || !self.name.bytes().all(word) {
            return Err(BadFlow::Name);
        }
        let long = |text: &str| text.trim().is_empty() || text.chars().count() > 80;
        if long(&self.label.zh) || long(&self.label.en) {
            return Err(BadFlow::Label);
        }
        if self.subject == Subject::BreakGlass {
            return Err(BadFlow::BreakGlass);
        }
        if self.above_rows.is_some() && self.subject != Subject::Export {
            return Err(BadFlow::Rows);
        }
        let counted = |n: usize, most: usize| (1..=most).contains(&n);
        if !counted(self.steps.len(), MOST_STEPS)
            || self.steps.iter().any(|s| !counted(s.approvers.len(), MOST_APPROVERS))
        {
            return Err(BadFlow::Steps);
        }
        for step in &self.steps {
            if step.hours.is_some_and(|h| !(1..=MOST_HOURS).contains(&h)) {
                return Err(BadFlow::Hours);
            }
            for approver in &step.approvers {
                match approver {
                    Approver::Manager(level) if !(1..=9).contains(level) => return Err(BadFlow::Level),
                    Approver::Owner | Approver::OwnerLine if self.subject == Subject::Export => {
                        return Err(BadFlow::NoOwner);
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// The steps where no flow fits.
pub fn default_steps(subject: Subject) -> Vec<Step> {
    let approvers = match subject {
        // Those who answer for the record.
        Subject::Access => vec![Approver::Owner, Approver::OwnerLine],
        Subject::Export => vec![Approver::Manager(1)],
        Subject::BreakGlass => crate::defaults::security_admin().map(Approver::Role).into_iter().collect(),
    };
    vec![Step { approvers, mode: Mode::Any, hours: None }]
}

/// 代理人: who decides in somebody's place, until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deputy {
    pub user: UserId,
    pub until: UnixMs,
}

/// Deputies by whom they stand in for.
pub type Deputies = BTreeMap<UserId, Deputy>;

/// A request as far as it matters for who decides.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub requester: UserId,
    /// The owner of the record it is about.
    pub owner: Option<UserId>,
    /// When its present step began.
    pub began: UnixMs,
}

/// By what somebody may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The flow names them.
    Named,
    /// Who is named asks themselves, or has left: the next above.
    StandIn,
    Deputy,
    /// The deadline has passed.
    Escalated,
}

/// One whose word is asked for, and who may give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seat {
    pub of: UserId,
    pub may: Vec<(UserId, By)>,
}

fn active(directory: &Directory, user: UserId) -> Option<&User> {
    directory.user(user).filter(|u| u.status == UserStatus::Active && u.kind == UserKind::Person)
}

/// Those above somebody, nearest first.
fn above(directory: &Directory, user: UserId) -> Vec<UserId> {
    let mut line = vec![];
    let mut at = user;
    while let Some(manager) = directory.user(at).and_then(|u| u.manager) {
        // A cycle cannot be saved; a damaged table must not hang who asks.
        if manager == user || line.contains(&manager) {
            break;
        }
        line.push(manager);
        at = manager;
    }
    line
}

fn named(directory: &Directory, approver: &Approver, asked: &Asked) -> Vec<UserId> {
    let holders = |role: &RoleName, within: &dyn Fn(&User) -> bool| -> Vec<UserId> {
        let all = directory.users.values().filter(|u| u.roles.contains(role) && within(u));
        all.filter(|u| active(directory, u.id).is_some()).map(|u| u.id).collect()
    };
    match approver {
        Approver::User(user) => vec![*user],
        Approver::Role(role) => holders(role, &|_| true),
        Approver::Manager(level) => {
            let line = above(directory, asked.requester);
            // Where the line ends earlier, its last decides.
            line.get(usize::from(*level).saturating_sub(1)).or(line.last()).copied().into_iter().collect()
        }
        Approver::DepartmentRole(role) => {
            let home = directory.user(asked.requester).map(|u| u.department);
            let departments = home.map(|d| directory.ancestors(d)).unwrap_or_default();
            let nearest = departments.into_iter().map(|d| {
                let mut some = holders(role, &|u| u.department == d);
                some.retain(|u| *u != asked.requester);
                some
            });
            nearest.into_iter().find(|some| !some.is_empty()).unwrap_or_default()
        }
        Approver::Owner => asked.owner.into_iter().collect(),
        Approver::OwnerLine => asked.owner.map(|owner| above(directory, owner)).unwrap_or_default(),
    }
}

/// Whose word a step asks for at this moment, and who may give it: sorted by whose it is, each once.
pub fn seats(directory: &Directory, deputies: &Deputies, step: &Step, asked: &Asked, now: UnixMs) -> Vec<Seat> {
    let fit = |user: &UserId| *user != asked.requester && active(directory, *user).is_some();
    let overdue = step.hours.is_some_and(|h| now >= asked.began.plus_ms(i64::from(h).saturating_mul(HOUR_MS)));
    let mut of: BTreeMap<UserId, By> = BTreeMap::new();
    for approver in &step.approvers {
        for user in named(directory, approver, asked) {
            let seat = if fit(&user) {
                Some((user, By::Named))
            } else if *approver == Approver::OwnerLine {
                // The line goes on above anyway.
                None
            } else {
                above(directory, user).into_iter().find(fit).map(|user| (user, By::StandIn))
            };
            if let Some((user, by)) = seat {
                of.entry(user).and_modify(|have| *have = (*have).min(by)).or_insert(by);
            }
        }
    }
    let seat = |(user, by): (UserId, By)| {
        let mut may = vec![(user, by)];
        let deputy = deputies.get(&user).filter(|d| now < d.until).map(|d| (d.user, By::Deputy));
        let boss = above(directory, user).into_iter().find(fit).filter(|_| overdue).map(|user| (user, By::Escalated));
        for (other, by) in deputy.into_iter().chain(boss) {
            if fit(&other) && may.iter().all(|(have, _)| *have != other) {
                may.push((other, by));
            }
        }
        Seat { of: user, may }
    };
    of.into_iter().map(seat).collect()
}

/// The seats for which somebody may speak, and by what they may.
pub fn seats_of(seats: &[Seat], user: UserId) -> Vec<(UserId, By)> {
    let own = |s: &Seat| s.may.iter().find(|(who, _)| *who == user).map(|(_, by)| (s.of, *by));
    seats.iter().filter_map(own).collect()
}

/// Whether a step has all the words it asks for; `given` are the seats that have consented.
pub fn is_complete(mode: Mode, seats: &[Seat], given: &BTreeSet<UserId>) -> bool {
    match mode {
        Mode::Any => !given.is_empty(),
        Mode::All => !given.is_empty() && seats.iter().all(|s| given.contains(&s.of)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::DepartmentId;
    use crate::org::Department;

    const T: UnixMs = UnixMs(1_800_000_000_000);

    fn id(n: u8) -> UserId {
        UserId::from_bytes([n; 16])
    }
    fn user(n: u8, manager: Option<u8>, department: u8, role: &str) -> User {
        User {
            id: id(n),
            login: format!("u{n}"),
            name: format!("U{n}"),
            kind: UserKind::Person,
            department: DepartmentId::from_bytes([department; 16]),
            manager: manager.map(id),
            roles: [role.parse().unwrap()].into(),
            status: UserStatus::Active,
            trained_until: None,
        }
    }
    /// 1 leads 2, who leads 3 and 4; 5 is of finance, 6 another one, in the top department.
    fn people(change: impl Fn(&mut User)) -> Directory {
        let mut all = vec![
            user(1, None, 1, "boss"),
            user(2, Some(1), 2, "lead"),
            user(3, Some(2), 2, "rep"),
            user(4, Some(2), 2, "rep"),
            user(5, None, 1, "finance"),
            user(6, None, 1, "finance"),
        ];
        all.iter_mut().for_each(change);
        let department = |n: u8, parent: Option<u8>| Department {
            id: DepartmentId::from_bytes([n; 16]),
            parent: parent.map(|p| DepartmentId::from_bytes([p; 16])),
            name: n.to_string(),
        };
        Directory::new(all, vec![department(1, None), department(2, Some(1))], vec![])
    }
    fn step(approvers: Vec<Approver>) -> Step {
        Step { approvers, mode: Mode::Any, hours: Some(24) }
    }
    fn asked(requester: u8, owner: Option<u8>) -> Asked {
        Asked { requester: id(requester), owner: owner.map(id), began: T }
    }
    fn who(seats: &[Seat]) -> BTreeSet<(u8, By)> {
        seats.iter().flat_map(|s| &s.may).map(|(u, by)| (u.as_bytes()[0], *by)).collect()
    }

    #[test]
    fn nobody_decides_about_their_own_request_in_any_way() {
        let d = people(|_| {});
        // The owner's deputy is who asks; the owner's manager asks.
        let deputies = Deputies::from([(id(3), Deputy { user: id(4), until: T.plus_days(1) })]);
        let line = step(vec![Approver::Owner, Approver::OwnerLine]);
        for (requester, wanted) in [
            (4, vec![(1, By::Named), (2, By::Named), (3, By::Named)]),
            (2, vec![(1, By::Named), (3, By::Named), (4, By::Deputy)]),
        ] {
            let seats = seats(&d, &deputies, &line, &asked(requester, Some(3)), T);
            assert_eq!(who(&seats), wanted.into_iter().collect(), "{requester}");
        }
        // Named by the flow: the next above stands in; nobody above, nobody.
        let own = step(vec![Approver::User(id(2))]);
        assert_eq!(who(&seats(&d, &deputies, &own, &asked(2, None), T)), [(1, By::StandIn)].into());
        let top = step(vec![Approver::User(id(1)), Approver::Manager(1)]);
        assert_eq!(seats(&d, &deputies, &top, &asked(1, None), T), vec![]);
        // After the deadline too: 2 would escalate to 1, who asks.
        let later = seats(&d, &deputies, &own, &asked(1, None), T.plus_days(9));
        assert_eq!(who(&later), [(2, By::Named)].into());
    }

    #[test]
    fn a_deadline_lets_the_next_above_decide_and_a_deputy_ends_with_his_date() {
        let d = people(|_| {});
        let deputies = Deputies::from([(id(2), Deputy { user: id(5), until: T.plus_days(2) })]);
        let step = step(vec![Approver::Manager(1)]);
        let at = |t: UnixMs| who(&seats(&d, &deputies, &step, &asked(3, None), t));
        assert_eq!(at(T), [(2, By::Named), (5, By::Deputy)].into());
        assert_eq!(at(T.plus_days(1)), [(2, By::Named), (5, By::Deputy), (1, By::Escalated)].into());
        assert_eq!(at(T.plus_days(2)), [(2, By::Named), (1, By::Escalated)].into());
    }

    #[test]
    fn who_has_left_decides_nothing_and_programs_never_do() {
        let gone = people(|u| {
            if u.id == id(2) {
                u.status = UserStatus::Disabled;
            }
            if u.id == id(5) {
                u.kind = UserKind::Service;
            }
        });
        let both = step(vec![Approver::Manager(1), Approver::Role("finance".parse().unwrap())]);
        let seats = seats(&gone, &Deputies::new(), &both, &asked(3, None), T);
        assert_eq!(who(&seats), [(1, By::StandIn), (6, By::Named)].into());
    }

    #[test]
    fn the_lead_is_found_in_the_department_or_the_nearest_above() {
        let d = people(|_| {});
        let lead = |role: &str| step(vec![Approver::DepartmentRole(role.parse().unwrap())]);
        let of = |role, requester| who(&seats(&d, &Deputies::new(), &lead(role), &asked(requester, None), T));
        assert_eq!(of("lead", 3), [(2, By::Named)].into());
        assert_eq!(of("finance", 3), [(5, By::Named), (6, By::Named)].into());
        assert_eq!(of("lead", 2), BTreeSet::new());
        // A higher level than the line has is its last.
        let far = step(vec![Approver::Manager(9)]);
        assert_eq!(who(&seats(&d, &Deputies::new(), &far, &asked(3, None), T)), [(1, By::Named)].into());
    }

    #[test]
    fn one_word_or_every_word() {
        let d = people(|_| {});
        let both = step(vec![Approver::Role("finance".parse().unwrap())]);
        let seats = seats(&d, &Deputies::new(), &both, &asked(3, None), T);
        let one: BTreeSet<UserId> = [id(5)].into();
        assert!(is_complete(Mode::Any, &seats, &one) && !is_complete(Mode::All, &seats, &one));
        assert!(is_complete(Mode::All, &seats, &[id(5), id(6)].into()));
        for mode in [Mode::Any, Mode::All] {
            assert!(!is_complete(mode, &[], &BTreeSet::new()), "nobody's silence is consent");
        }
    }

    #[test]
    fn what_is_wrong_with_a_flow_is_told() {
        let good = Flow {
            name: "export_large".into(),
            label: Text::new("大量导出", "Large exports"),
            subject: Subject::Export,
            object: None,
            above_rows: Some(1000),
            steps: vec![step(vec![Approver::Manager(1)])],
        };
        assert_eq!(good.check(), Ok(()));
        let with = |change: fn(&mut Flow)| {
            let mut flow = good.clone();
            change(&mut flow);
            flow.check()
        };
        assert_eq!(with(|f| f.name = "A".into()), Err(BadFlow::Name));
        assert_eq!(with(|f| f.label.en = " ".into()), Err(BadFlow::Label));
        assert_eq!(with(|f| f.subject = Subject::Access), Err(BadFlow::Rows));
        assert_eq!(with(|f| f.subject = Subject::BreakGlass), Err(BadFlow::BreakGlass));
        assert_eq!(with(|f| f.steps[0].approvers = vec![Approver::Owner]), Err(BadFlow::NoOwner));
        assert_eq!(with(|f| f.steps[0].approvers = vec![Approver::Manager(0)]), Err(BadFlow::Level));
        assert_eq!(with(|f| f.steps[0].hours = Some(0)), Err(BadFlow::Hours));
        assert_eq!(with(|f| f.steps.clear()), Err(BadFlow::Steps));
    }
}
