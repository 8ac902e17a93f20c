//! Who answers for a line.

use std::collections::BTreeSet;

use model::{Directory, UnixMs, User, UserId, UserKind, UserStatus};

/// What is asked to find a reviewer.
pub struct Seat<'a> {
    pub directory: &'a Directory,
    /// Who stands in for whom, and until when.
    pub deputy_of: &'a (dyn Fn(UserId) -> Option<(UserId, UnixMs)> + Send + Sync),
    /// The campaign's deputy.
    pub deputy: Option<UserId>,
    /// People with the security duty, then those with the audit duty, in order.
    pub officers: &'a [UserId],
    pub now: UnixMs,
}

impl Seat<'_> {
    fn works(&self, id: UserId) -> bool {
        let here = |u: &User| u.status == UserStatus::Active && u.kind == UserKind::Person;
        self.directory.user(id).is_some_and(here)
    }

    /// Whether somebody may answer about what `subject` has: not about themselves, nor about a program that they answer for alone.
    pub fn may(&self, reviewer: UserId, subject: Option<UserId>) -> bool {
        Some(reviewer) != subject && self.works(reviewer)
    }

    /// The reviewer: whom the rule names, else who stands in for them, else the campaign's deputy, else whoever stands above them, else an
    /// officer; the first who works here and is not the subject. `None` where nobody is left.
    pub fn find(&self, named: Option<UserId>, subject: Option<UserId>) -> Option<UserId> {
        let mut asked: BTreeSet<UserId> = BTreeSet::new();
        let stands_in =
            |id: UserId| (self.deputy_of)(id).filter(|(_, until)| self.now < *until).map(|(deputy, _)| deputy);
        let mut at = named;
        let mut first = true;
        while let Some(id) = at {
            // A circle cannot be saved; a damaged table must not hang a campaign.
            if !asked.insert(id) {
                break;
            }
            // Who is away has named who stands in for them.
            let (own, other) = (stands_in(id), if first { self.deputy } else { None });
            let order = if own.is_some() { [own, Some(id), other] } else { [Some(id), other, None] };
            if let Some(found) = order.into_iter().flatten().find(|who| self.may(*who, subject)) {
                return Some(found);
            }
            first = false;
            at = self.directory.user(id).and_then(|u| u.manager);
        }
        let rest = self.deputy.into_iter().chain(self.officers.iter().copied());
        rest.into_iter().find(|who| self.may(*who, subject))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Department, DepartmentId, RoleName};
    use proptest::prelude::*;

    fn id(n: u8) -> UserId {
        UserId::from_bytes([n; 16])
    }
    fn company(managers: &[Option<u8>], active: &[bool]) -> Directory {
        let department = DepartmentId::from_bytes([1; 16]);
        let user = |n: usize| User {
            id: id(u8::try_from(n).unwrap()),
            login: n.to_string(),
            name: n.to_string(),
            kind: UserKind::Person,
            department,
            manager: managers[n].map(id),
            roles: BTreeSet::<RoleName>::new(),
            status: if active[n] { UserStatus::Active } else { UserStatus::Disabled },
            trained_until: None,
        };
        let users = (0..managers.len()).map(user).collect();
        Directory::new(users, vec![Department { id: department, parent: None, name: String::new() }], vec![])
    }

    #[test]
    fn a_reviewer_s_own_line_goes_to_their_manager_and_then_to_an_officer() {
        let d = company(&[None, Some(0), Some(1)], &[true; 3]);
        let none = |_: UserId| None;
        let seat = Seat { directory: &d, deputy_of: &none, deputy: None, officers: &[id(2)], now: UnixMs(0) };
        assert_eq!(seat.find(Some(id(1)), Some(id(2))), Some(id(1)));
        assert_eq!(seat.find(Some(id(1)), Some(id(1))), Some(id(0)));
        assert_eq!(seat.find(Some(id(0)), Some(id(0))), Some(id(2)));
        assert_eq!(seat.find(None, Some(id(1))), Some(id(2)));
        // The only officer themselves, with nobody above: nobody.
        assert_eq!(seat.find(None, Some(id(2))), None);
    }

    #[test]
    fn who_is_away_is_stood_in_for() {
        let d = company(&[None, Some(0), Some(1)], &[true; 3]);
        let away = |who: UserId| (who == id(1)).then_some((id(0), UnixMs(10)));
        let seat = |now| Seat { directory: &d, deputy_of: &away, deputy: None, officers: &[], now: UnixMs(now) };
        assert_eq!(seat(5).find(Some(id(1)), Some(id(2))), Some(id(0)));
        assert_eq!(seat(10).find(Some(id(1)), Some(id(2))), Some(id(1)));
    }

    proptest! {
        /// Whatever the company is like, circles and all: nobody reviews themselves, and whoever reviews works here.
        #[test]
        fn nobody_reviews_themselves(
            people in prop::collection::vec((prop::option::of(0_u8..8), any::<bool>()), 8),
            named in prop::option::of(0_u8..8), deputy in prop::option::of(0_u8..8), subject in 0_u8..8, away in 0_u8..8,
        ) {
            let (managers, active): (Vec<_>, Vec<_>) = people.into_iter().unzip();
            let d = company(&managers, &active);
            let stands = |who: UserId| (who == id(away)).then_some((id(subject), UnixMs(9)));
            let officers: Vec<UserId> = (0..8).map(id).collect();
            let seat = Seat { directory: &d, deputy_of: &stands, deputy: deputy.map(id), officers: &officers, now: UnixMs(1) };
            let found = seat.find(named.map(id), Some(id(subject)));
            prop_assert_ne!(found, Some(id(subject)));
            let somebody = (0..8).any(|n| n != usize::from(subject) && active[n]);
            prop_assert_eq!(found.is_some(), somebody);
            prop_assert!(found.is_none_or(|who| d.user(who).unwrap().status == UserStatus::Active));
        }
    }
}
