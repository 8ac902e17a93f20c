use proptest::prelude::*;

use super::*;

const T0: UnixMs = UnixMs(1_800_000_000_000);

fn user(n: u8) -> Who {
    Who { user: UserId::from_bytes([n; 16]), acts_for: None }
}
fn scan(n: u8) -> ScanId {
    ScanId::from_bytes([n; 16])
}
fn finding(severity: Severity) -> Finding {
    Finding {
        tool: "lint".into(),
        rule: "R1".into(),
        ids: vec![],
        cwes: vec![],
        severity,
        cvss: None,
        part: "web".into(),
        location: "a.rs:1".into(),
        title: "t".into(),
        description: String::new(),
        fix: String::new(),
        fingerprint: "00".into(),
    }
}
fn new(severity: Severity) -> Tracked {
    Tracked::found("crm", "lint", finding(severity), scan(1), T0, &Rules::default())
}
fn day(n: i64) -> UnixMs {
    T0.plus_days(n)
}
fn accept(until: i64) -> Act {
    Act::Accept { reason: "behind a wall".into(), until: day(until) }
}

#[test]
fn found_claimed_shown_again_and_then_verified_by_a_scan() {
    let rules = Rules::default();
    let mut t = new(Severity::Critical);
    assert_eq!((t.state, t.due_at), (State::Open, Some(day(7))));
    t.act(&user(1), &Act::Fixed { note: String::new() }, day(1), &rules).unwrap();
    assert_eq!((t.state, t.due_at), (State::Fixed, Some(day(7))), "a claim closes nothing");
    assert_eq!(t.shown("lint", finding(Severity::Critical), scan(2), day(2), &rules), Shown::Reopened);
    assert_eq!((t.state, t.opened_at, t.due_at), (State::Open, T0, Some(day(7))), "it was open all the time");
    t.act(&user(1), &Act::Fixed { note: "again".into() }, day(3), &rules).unwrap();
    assert!(t.gone(scan(3), day(4)) && !t.gone(scan(4), day(5)));
    assert_eq!(
        (t.state, t.due_at, t.spans.clone()),
        (State::Verified, None, vec![Span { from: T0, to: Some(day(4)), verified: true }])
    );
    assert_eq!(t.shown("lint", finding(Severity::Critical), scan(5), day(30), &rules), Shown::Reopened);
    assert_eq!((t.state, t.opened_at, t.due_at, t.found_at), (State::Open, day(30), Some(day(37)), T0));
    let kinds: Vec<StepKind> = t.history.iter().map(|s| s.kind).collect();
    use StepKind as K;
    assert_eq!(kinds, [K::Found, K::Fixed, K::NotFixed, K::Fixed, K::Verified, K::ShownAgain]);
}

#[test]
fn grave_ones_are_set_aside_by_two_and_never_by_one_twice() {
    let rules = Rules::default();
    let mut t = new(Severity::High);
    t.act(&user(1), &accept(30), T0, &rules).unwrap();
    assert_eq!((t.state, t.waits()), (State::Open, true));
    assert_eq!(t.act(&user(1), &Act::Consent { agree: true }, T0, &rules), Err(Barred::OwnWord));
    let agent = Who { user: UserId::from_bytes([9; 16]), acts_for: Some(UserId::from_bytes([1; 16])) };
    assert_eq!(
        t.act(&agent, &Act::Consent { agree: true }, T0, &rules),
        Err(Barred::OwnWord),
        "who acts for them is no other"
    );
    assert_eq!(t.act(&user(2), &accept(30), T0, &rules), Err(Barred::Waits));
    t.act(&user(2), &Act::Consent { agree: false }, T0, &rules).unwrap();
    assert_eq!(t.act(&user(2), &Act::Consent { agree: true }, T0, &rules), Err(Barred::NothingWaits));
    t.act(&user(1), &Act::FalsePositive { reason: "test code".into() }, T0, &rules).unwrap();
    t.act(&user(2), &Act::Consent { agree: true }, day(1), &rules).unwrap();
    assert_eq!(t.state, State::FalsePositive);
    assert_eq!(t.shown("lint", finding(Severity::High), scan(2), day(2), &rules), Shown::Still);
    assert!(!t.gone(scan(3), day(3)), "a false positive stays known as one");
    t.act(&user(3), &Act::Reopen { reason: "it is real".into() }, day(4), &rules).unwrap();
    assert_eq!((t.state, t.due_at), (State::Open, Some(day(34))));
}

#[test]
fn what_is_accepted_opens_again_when_it_runs_out_or_grows() {
    let rules = Rules::default();
    let mut t = new(Severity::Medium);
    for bad in [0, 181] {
        assert!(matches!(t.act(&user(1), &accept(bad), T0, &rules), Err(Barred::Field("until", _))));
    }
    t.act(&user(1), &accept(10), T0, &rules).unwrap();
    assert_eq!((t.state, t.next_at()), (State::Accepted, Some(day(10))));
    assert_eq!(t.act(&user(1), &Act::Fixed { note: String::new() }, T0, &rules), Err(Barred::NotOpen));
    assert_eq!(t.shown("lint", finding(Severity::Low), scan(2), day(1), &rules), Shown::Still);
    assert_eq!(t.pass(day(9), &rules), None);
    let mut grown = t.clone();
    assert_eq!(grown.shown("lint", finding(Severity::Critical), scan(3), day(2), &rules), Shown::Reopened);
    assert_eq!((grown.state, grown.due_at, grown.aside), (State::Open, Some(day(9)), None));
    assert_eq!(t.pass(day(10), &rules), Some(Passed::Expired));
    assert_eq!((t.state, t.opened_at, t.pass(day(11), &rules)), (State::Open, day(10), None));
}

#[test]
fn overdue_is_told_once_for_each_date_and_a_day_by_hand_stays() {
    let rules = Rules::default();
    let mut t = new(Severity::Critical);
    assert_eq!((t.pass(day(7), &rules), t.pass(day(8), &rules)), (Some(Passed::Overdue), None));
    let zhao = UserId::from_bytes([5; 16]);
    t.act(&user(1), &Act::Assign { to: Some(zhao), due: Some(day(20)) }, day(8), &rules).unwrap();
    assert_eq!((t.owner, t.is_overdue(day(19)), t.is_overdue(day(21))), (Some(zhao), false, true));
    t.shown("lint", finding(Severity::High), scan(2), day(9), &rules);
    assert_eq!(t.due_at, Some(day(20)));
    assert_eq!(t.pass(day(21), &rules), Some(Passed::Overdue));
    assert!(matches!(
        t.act(&user(1), &Act::Assign { to: None, due: Some(T0) }, day(22), &rules),
        Err(Barred::Field("due_at", _))
    ));
}

#[test]
fn rules_are_ordered_by_severity() {
    assert_eq!(Rules::default().check(), Ok(()));
    assert_eq!(Rules { high_days: 5, ..Rules::default() }.check().unwrap_err().0, "high_days");
    assert_eq!(Rules { accept_days: 0, ..Rules::default() }.check().unwrap_err().0, "accept_days");
}

#[derive(Debug, Clone)]
enum Move {
    Act(u8, u8),
    Shown(u8),
    Gone,
    Pass,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        (1..4_u8, 0..7_u8).prop_map(|(who, act)| Move::Act(who, act)),
        (0..5_u8).prop_map(Move::Shown),
        Just(Move::Gone),
        Just(Move::Pass),
    ];
    proptest::collection::vec(one, 0..60)
}

proptest! {
    /// Whatever happens: what is open is due and has one open span, what is closed has none; spans follow one another; grave ones are
    /// set aside by two different people.
    #[test]
    fn a_finding_is_always_of_one_piece(all in moves()) {
        let rules = Rules::default();
        let mut t = new(Severity::High);
        for (n, one) in all.into_iter().enumerate() {
            let now = day(i64::try_from(n).unwrap() * 3);
            match one {
                Move::Act(who, act) => {
                    let act = match act {
                        0 => Act::Assign { to: Some(user(who).user), due: Some(now.plus_days(4)) },
                        1 => Act::Fixed { note: String::new() },
                        2 => Act::Accept { reason: "r".into(), until: now.plus_days(9) },
                        3 => Act::FalsePositive { reason: "r".into() },
                        4 => Act::Consent { agree: true },
                        5 => Act::Consent { agree: false },
                        _ => Act::Reopen { reason: "r".into() },
                    };
                    let before = t.clone();
                    if t.act(&user(who), &act, now, &rules).is_err() {
                        prop_assert_eq!(&before, &t);
                    }
                }
                Move::Shown(severity) => {
                    let severity = Severity::of_rank(i64::from(severity)).unwrap();
                    t.shown("lint", finding(severity), scan(2), now, &rules);
                }
                Move::Gone => drop(t.gone(scan(3), now)),
                Move::Pass => drop(t.pass(now, &rules)),
            }
            prop_assert_eq!(t.due_at.is_some(), t.state.is_open());
            let open = t.spans.iter().filter(|s| s.to.is_none()).count();
            prop_assert_eq!(open, usize::from(t.state.is_open()));
            prop_assert!(t.spans.windows(2).all(|w| w[0].to.is_some_and(|to| to <= w[1].from)));
            if matches!(t.state, State::Accepted | State::FalsePositive) {
                let aside = t.aside.as_ref().unwrap();
                prop_assert!(aside.in_force);
                prop_assert!(aside.severity < rules.second_from || aside.consented.is_some_and(|by| by != aside.by));
            } else {
                prop_assert!(t.aside.as_ref().is_none_or(|a| !a.in_force));
            }
            prop_assert!(t.history.len() <= 200 && t.spans.len() <= 50);
        }
    }
}
