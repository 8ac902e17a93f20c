//! A million random steps, each outcome counted anew by what the rules say, and not by how the machine keeps them.

use super::*;

/// A small generator, so that a run can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

const PEOPLE: usize = 6;

fn user(n: usize) -> UserId {
    UserId::from_bytes([u8::try_from(n).unwrap() + 1; 16])
}

/// Two report to one who reports to a third; the others to nobody.
fn manager_of(of: UserId) -> Option<UserId> {
    match of.as_bytes()[0] {
        2 | 3 => Some(user(0)),
        1 => Some(user(3)),
        _ => None,
    }
}

fn due(now: UnixMs) -> impl Fn(Severity) -> UnixMs {
    move |severity| now.plus_days(i64::from(severity.days()))
}

fn some_act(dice: &mut Dice, case: &Case, n: u64) -> Act {
    let text = || ["", "说明", "a longer account of it"];
    let words = |dice: &mut Dice| text()[dice.roll(3)].to_owned();
    match dice.roll(18) {
        0 => Act::Note { text: words(dice) },
        1 => Act::AddTask { text: words(dice) },
        2 => Act::SetTask { n: dice.roll(4), done: dice.roll(2) == 0 },
        3 => Act::Assign { to: user(dice.roll(PEOPLE)) },
        4 => Act::Watch { on: dice.roll(2) == 0 },
        5 => Act::Grade { to: Severity::ALL[dice.roll(4)], reason: words(dice) },
        6 => Act::Cite { events: vec![EventId::from_bytes(u128::from(n).to_be_bytes())] },
        7 => Act::Ask { question: InquiryId::from_bytes(u128::from(n).to_be_bytes()), text: words(dice) },
        8 => Act::Unask { question: case.question.unwrap_or(InquiryId::from_bytes([0; 16])) },
        9 => Act::Reveal { reason: words(dice) },
        10 => Act::Measure { kind: MeasureKind::ALL[dice.roll(9)], text: words(dice), until: None, response: None },
        11 => Act::Contain { reason: words(dice) },
        12 | 13 => {
            let verdict = Verdict::ALL[dice.roll(4)];
            Act::Propose { verdict, root_cause: words(dice), action: words(dice) }
        }
        14 => Act::Consent { comment: words(dice) },
        15 => Act::Refuse { comment: words(dice) },
        16 => {
            let id = crate::ids::FileId::from_bytes(u128::from(n).to_be_bytes());
            let (name, kind) = ("合同.pdf".to_owned(), crate::FileKind::Pdf);
            Act::Attach { file: CaseAttachment { id, name, kind, bytes: 9, parts: 1, sha256: "00".repeat(32) } }
        }
        _ => Act::Reopen { reason: words(dice) },
    }
}

/// What a watcher outside remembers of the case.
#[derive(Default)]
struct Seen {
    ever_high: bool,
    proposal: Option<(UserId, String, String)>,
}

#[test]
fn a_million_random_steps_break_no_rule() {
    let steps: u64 = 1_000_000;
    let mut dice = Dice(20_261_126);
    let (mut n, mut taken, mut closed_by_two, mut closed_by_one, mut reopened) = (0, 0_u64, 0, 0, 0);
    while n < steps {
        let mut now = UnixMs(1_800_000_000_000);
        let subject = user(dice.roll(PEOPLE));
        let severity = Severity::ALL[dice.roll(4)];
        let opener = user(dice.roll(PEOPLE));
        let at = due(now);
        let ground = Ground { now, manager_of: &manager_of, due: &at };
        let opened = Case::open(subject, "异常查看".into(), severity, opener, &ground);
        n += 1;
        assert_eq!(opened.is_err(), opener == subject || manager_of(opener) == Some(subject));
        let Ok(mut case) = opened else { continue };
        assert_eq!(case.due_at, now.plus_days(i64::from(severity.days())));
        let mut seen = Seen { ever_high: severity >= Severity::High, proposal: None };
        for _ in 0..120 {
            n += 1;
            now = now.plus_ms(3_600_000);
            let at = due(now);
            let ground = Ground { now, manager_of: &manager_of, due: &at };
            let before = case.clone();
            if dice.roll(12) == 0 {
                // The house looks; it notes a date once.
                let late = !case.is_closed() && case.due_at < now && case.escalated_for != Some(case.due_at);
                assert_eq!(case.escalate(user(9), &ground), late);
                assert!(!case.escalate(user(9), &ground));
                continue;
            }
            if dice.roll(12) == 0 {
                let question = case.question.filter(|_| dice.roll(4) > 0).unwrap_or(InquiryId::from_bytes([7; 16]));
                let waited = before.question == Some(question);
                assert_eq!(case.answer(question, "回答".into(), &ground).is_ok(), waited);
                assert_eq!(case.state, if waited { before.before } else { before.state });
                continue;
            }
            let by = user(dice.roll(PEOPLE));
            let act = some_act(&mut dice, &case, n);
            let Ok(()) = case.act(by, act.clone(), &ground) else {
                assert_eq!(case, before, "what is barred changes nothing");
                continue;
            };
            taken += 1;
            // Nobody acts on a case about themselves or their direct manager, and nobody of that kind owns it.
            for who in std::iter::once(by).chain(case.owner) {
                assert!(who != subject && manager_of(who) != Some(subject), "{act:?}");
            }
            if let Act::Grade { to, .. } = &act {
                seen.ever_high |= *to >= Severity::High;
            }
            match &act {
                Act::Propose { root_cause, action, .. } => {
                    seen.proposal = Some((by, root_cause.clone(), action.clone()));
                    assert!(before.question.is_none());
                }
                Act::Refuse { .. } => seen.proposal = None,
                Act::Reopen { .. } => {
                    assert!(before.is_closed() && case.state == CaseState::Investigating);
                    assert!(case.closing.is_none());
                    seen.proposal = None;
                    reopened += 1;
                }
                Act::Contain { .. } => assert!(!case.measures.is_empty()),
                _ => {}
            }
            assert_eq!(case.state == CaseState::AwaitingAnswer, case.question.is_some());
            if case.is_closed() && !before.is_closed() {
                let (proposer, root_cause, action) = seen.proposal.clone().expect("it was proposed");
                let closing = case.closing.clone().expect("it says how");
                assert!(!root_cause.trim().is_empty() && !action.trim().is_empty());
                assert_eq!((&closing.root_cause, &closing.action), (&root_cause, &action));
                if seen.ever_high {
                    let second = closing.consented.expect("somebody consented");
                    assert_eq!(second, by);
                    assert!(second != proposer && Some(second) != before.owner && second != subject);
                    closed_by_two += 1;
                } else {
                    closed_by_one += 1;
                }
            } else if before.is_closed() && !matches!(act, Act::Reopen { .. }) {
                assert!(matches!(act, Act::Reveal { .. } | Act::Watch { .. }), "a closed case stands still: {act:?}");
            }
            // It is read back as it is.
            if n % 1000 == 0 {
                let text = serde_json::to_string(&case).unwrap();
                assert_eq!(serde_json::from_str::<Case>(&text).unwrap(), case);
            }
        }
    }
    assert!(taken > 100_000, "{taken}");
    assert!(
        closed_by_two > 1000 && closed_by_one > 1000 && reopened > 1000,
        "{closed_by_two} {closed_by_one} {reopened}"
    );
}

#[test]
fn words_are_read_as_they_are_written() {
    for s in CaseState::ALL {
        assert_eq!(CaseState::read(s.as_str()), Some(*s));
    }
    for s in Severity::ALL {
        assert_eq!(Severity::read(s.as_str()), Some(*s));
    }
    assert!(Severity::Critical > Severity::Low && !Severity::Medium.takes_two());
    assert_eq!(Verdict::read("guilty"), None);
}

#[test]
fn a_case_takes_so_much_and_no_more() {
    let at = due(UnixMs(0));
    let ground = Ground { now: UnixMs(0), manager_of: &manager_of, due: &at };
    let mut case = Case::open(user(5), "t".into(), Severity::Low, user(4), &ground).unwrap();
    let note = |case: &mut Case| case.act(user(4), Act::Note { text: "x".into() }, &ground);
    while note(&mut case).is_ok() {}
    assert_eq!((note(&mut case), case.timeline.len()), (Err(Barred::Full), MOST_ENTRIES));
    let close = Act::Propose { verdict: Verdict::Expected, root_cause: "r".into(), action: "a".into() };
    assert_eq!(case.act(user(4), close, &ground), Ok(()), "closing has room of its own");
    assert!(Case::open(user(5), "a\nb".into(), Severity::Low, user(4), &ground).is_err());
    assert!(Case::open(user(5), "x".repeat(MOST_TITLE + 1), Severity::Low, user(4), &ground).is_err());
}
