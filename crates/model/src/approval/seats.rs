//! Whose word is asked for at a moment, and who may give it. Pure: people, deputies and the time are handed in.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Approver, Mode, Step};
use crate::ids::{RoleName, UserId};
use crate::org::{Directory, User, UserKind, UserStatus};
use crate::time::UnixMs;

const HOUR_MS: i64 = 3_600_000;

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
}
