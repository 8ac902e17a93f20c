//! Responses 处置 as the gate meets them: before any rule is asked, for the person and whoever an agent acts for.
//!
//! Rule: what is taken from somebody is taken whatever their roles permit, at the next request and through every channel. An end
//! needs no job: each request asks the moment.

use std::collections::HashMap;

use model::response::{ResponseKind, Restriction};
use model::{Action, Caller, UnixMs, UserId, action::On};

use crate::engine::{Obligation, Verdict};

/// Who is restricted by what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restrictions(HashMap<UserId, Vec<Restriction>>);

/// Whether it shows something of records, or hands out a file of them.
pub(super) const fn shows(action: Action) -> bool {
    matches!(
        action,
        Action::List
            | Action::View
            | Action::Reveal
            | Action::Export
            | Action::Print
            | Action::WhoLooked
            | Action::Download
            | Action::DownloadFile
    )
}

const fn leaves_as_a_file(action: Action) -> bool {
    matches!(action, Action::Export | Action::Print | Action::Download | Action::DownloadFile)
}

impl Restrictions {
    pub fn of(all: impl IntoIterator<Item = (UserId, Restriction)>) -> Self {
        let mut by_user: HashMap<UserId, Vec<Restriction>> = HashMap::new();
        for (user, restriction) in all {
            by_user.entry(user).or_default().push(restriction);
        }
        Self(by_user)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn in_force(&self, user: UserId, at: UnixMs) -> impl Iterator<Item = &Restriction> {
        self.0.get(&user).into_iter().flatten().filter(move |r| r.in_force(at))
    }

    /// Until when somebody may not sign in: `None` where they may, `Some(None)` where it has no end.
    pub fn suspended(&self, user: UserId, at: UnixMs) -> Option<Option<UnixMs>> {
        // Without an end is the last.
        let ends = self.in_force(user, at).filter(|r| r.kind == ResponseKind::Suspend).map(|r| r.until);
        ends.max_by_key(|until| until.map_or(i64::MAX, |t| t.0))
    }

    /// # Errors
    /// The refusal, which names the response.
    pub(super) fn check(
        &self,
        user: UserId,
        caller: &Caller,
        action: Action,
        take: impl FnOnce(u32) -> Result<(), i64>,
    ) -> Result<(), Verdict> {
        let at = caller.at;
        // The strictest throttle counts.
        let mut throttle: Option<&Restriction> = None;
        for r in self.in_force(user, at) {
            let stands = match r.kind {
                ResponseKind::Suspend => action != Action::SignOut,
                ResponseKind::NoExport => leaves_as_a_file(action),
                // A session begins anew when its second factor is proved: of one that began before, it was proved before.
                ResponseKind::StepUp => {
                    let proved = caller.mfa && caller.session.and_then(|s| s.made_at()).is_some_and(|t| t >= r.since);
                    (action.on() == On::Record || shows(action)) && !proved
                }
                ResponseKind::Throttle => {
                    if throttle.is_none_or(|have| r.per_minute < have.per_minute) {
                        throttle = Some(r);
                    }
                    false
                }
            };
            if stands {
                return Err(refusal(r, 0));
            }
        }
        match throttle.filter(|_| shows(action)) {
            Some(r) => take(r.per_minute).map_err(|wait_ms| refusal(r, wait_ms)),
            None => Ok(()),
        }
    }
}

fn refusal(r: &Restriction, wait_ms: i64) -> Verdict {
    let obligation = Obligation::Restricted { response: r.kind, until: r.until, wait_ms };
    Verdict { allowed: false, rules: vec![r.kind.rule().into()], obligation: Some(obligation) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Channel, Origin, SessionId};

    fn caller(at: i64, mfa: bool, session: Option<i64>) -> Caller {
        Caller {
            user: UserId::from_bytes([1; 16]),
            on_behalf_of: None,
            session: session.map(|t| SessionId::new(UnixMs(t), [0; 10])),
            token: None,
            token_actions: None,
            mfa,
            origin: Origin { address: None, user_agent: None, channel: Channel::Web },
            purpose: None,
            request_id: String::new(),
            at: UnixMs(at),
        }
    }
    fn one(kind: ResponseKind, until: Option<i64>) -> Restrictions {
        let r = Restriction { kind, since: UnixMs(1_000), until: until.map(UnixMs), per_minute: 2 };
        Restrictions::of([(UserId::from_bytes([1; 16]), r)])
    }
    fn stands(all: &Restrictions, c: &Caller, action: Action) -> bool {
        all.check(c.user, c, action, |_| Ok(())).is_err()
    }

    #[test]
    fn an_export_is_refused_until_the_moment_it_ends() {
        let all = one(ResponseKind::NoExport, Some(5_000));
        for action in [Action::Export, Action::Print, Action::Download, Action::DownloadFile] {
            assert!(stands(&all, &caller(4_999, true, None), action), "{action}");
            assert!(!stands(&all, &caller(5_000, false, None), action), "{action}");
        }
        assert!(!stands(&all, &caller(4_999, false, None), Action::View));
        let mut other = caller(2_000, false, None);
        other.on_behalf_of = Some(other.user);
        other.user = UserId::from_bytes([2; 16]);
        assert!(!stands(&all, &other, Action::Export), "asked of each principal by itself");
    }

    #[test]
    fn a_second_factor_counts_that_was_proved_since() {
        let all = one(ResponseKind::StepUp, None);
        assert!(stands(&all, &caller(2_000, true, Some(999)), Action::View), "proved before");
        assert!(!stands(&all, &caller(2_000, true, Some(1_000)), Action::View));
        assert!(stands(&all, &caller(2_000, false, Some(1_500)), Action::Edit));
        assert!(stands(&all, &caller(2_000, true, None), Action::Export), "a token proves nothing");
        assert!(!stands(&all, &caller(2_000, false, None), Action::SelfRead));
    }

    #[test]
    fn who_is_suspended_may_nothing_but_leave_and_the_longest_end_counts() {
        let all = one(ResponseKind::Suspend, Some(5_000));
        assert!(stands(&all, &caller(2_000, true, Some(1_500)), Action::SelfRead));
        assert!(!stands(&all, &caller(2_000, true, Some(1_500)), Action::SignOut));
        let user = UserId::from_bytes([1; 16]);
        let r = |until| Restriction { kind: ResponseKind::Suspend, since: UnixMs(0), until, per_minute: 1 };
        let two = Restrictions::of([(user, r(None)), (user, r(Some(UnixMs(9))))]);
        assert_eq!(two.suspended(user, UnixMs(1)), Some(None));
        assert_eq!(all.suspended(user, UnixMs(4_999)), Some(Some(UnixMs(5_000))));
        assert_eq!(all.suspended(user, UnixMs(5_000)), None);
    }

    #[test]
    fn a_throttle_counts_reads_alone_and_says_how_long_to_wait() {
        let all = one(ResponseKind::Throttle, None);
        let c = caller(2_000, false, None);
        assert!(all.check(c.user, &c, Action::Edit, |_| Err(1)).is_ok());
        let refused = all.check(c.user, &c, Action::List, |most| Err(i64::from(most) * 100)).unwrap_err();
        assert_eq!(
            (refused.rules, refused.obligation),
            (
                vec!["response.throttle".into()],
                Some(Obligation::Restricted { response: ResponseKind::Throttle, until: None, wait_ms: 200 })
            )
        );
    }
}
