//! A detector is a fold over the ledger: stopped, taken up or split, it says the same.

use std::sync::Arc;

use detect::{Detector, Explanation, Finding, Observation, Pack, Settings, Shards, SnapshotError, StepError};
use model::{Action, Decision};
use proptest::prelude::*;

use crate::world::{Dice, MONDAY, department, seen, view};

/// Some days of a small company with somebody curious in it.
pub fn company(seed: u64, events: u64) -> Vec<Observation> {
    let mut dice = Dice(seed);
    let mut at = MONDAY;
    (1..=events)
        .map(|seq| {
            at += match dice.below(200) {
                0 => 30_000,
                1..=20 => dice.below(900) as i64,
                _ => dice.below(5) as i64,
            };
            let who = dice.below(12);
            let mut of = view(seq, at, who, dice.below(300));
            of.actor.department = Some(department(1 + who % 2));
            of.action =
                [Action::View, Action::List, Action::Reveal, Action::Export, Action::View][dice.below(5) as usize];
            if of.action == Action::List {
                of.seen = (0..dice.below(20)).map(|i| seen(who * 100 + i, who)).collect();
                of.page = Some(dice.below(30) as u32);
            }
            if of.action == Action::Export {
                of.rows = dice.below(400);
            }
            if who == 3 || dice.below(12) == 0 {
                of.seen.iter_mut().for_each(|s| s.explanation = Explanation::None);
            }
            if dice.below(9) == 0 {
                of.decision = Decision::Refused;
            }
            of.source.device = Some(dice.below(30) / 10 + who);
            of.exact = dice.below(10) == 0;
            of
        })
        .collect()
}

fn shipped() -> Arc<Pack> {
    Arc::new(Pack::shipped().unwrap())
}

fn follow(detector: &mut Detector, all: &[Observation]) -> Vec<Finding> {
    all.iter().flat_map(|of| detector.step(of).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn taken_up_from_a_snapshot_it_says_what_it_would_have_said(seed in 0..1_000_u64, cut in 0..1_500_usize) {
        let pack = shipped();
        let all = company(seed, 1_500);
        let mut straight = Detector::new(Arc::clone(&pack), Settings::default());
        let expected = follow(&mut straight, &all);
        prop_assert!(expected.len() > 5);
        let mut first = Detector::new(Arc::clone(&pack), Settings::default());
        let mut found = follow(&mut first, &all[..cut]);
        let bytes = first.snapshot();
        drop(first);
        let mut second = Detector::restore(Arc::clone(&pack), Settings::default(), &bytes).unwrap();
        prop_assert_eq!(&second.snapshot(), &bytes);
        found.extend(follow(&mut second, &all[cut..]));
        prop_assert_eq!(found, expected);
        prop_assert_eq!(second.snapshot(), straight.snapshot());
    }

    #[test]
    fn on_any_number_of_threads_it_says_the_same(seed in 0..1_000_u64, threads in 1..=4_u32) {
        let pack = shipped();
        let all = company(seed, 2_000);
        let mut expected = follow(&mut Detector::new(Arc::clone(&pack), Settings::default()), &all);
        let mut shards = Shards::new(&pack, Settings::default(), threads);
        let mut found = Vec::new();
        for stretch in all.chunks(700) {
            found.extend(shards.run(stretch).unwrap());
        }
        let order = |f: &Finding| (f.seq, f.rule.clone());
        expected.sort_by_key(order);
        found.sort_by_key(order);
        let differs = found.iter().zip(&expected).find(|(a, b)| a != b);
        prop_assert!(differs.is_none(), "{differs:#?}");
        prop_assert_eq!(found.len(), expected.len());
    }
}

#[test]
fn gaps_and_repeats_are_refused_and_change_nothing() {
    let all = company(5, 20);
    let mut detector = Detector::new(shipped(), Settings::default());
    follow(&mut detector, &all[..10]);
    let before = detector.snapshot();
    assert_eq!(detector.step(&all[9]), Err(StepError::Repeat { expected: 11, found: 10 }));
    assert_eq!(detector.step(&all[12]), Err(StepError::Gap { expected: 11, last_missing: 12 }));
    // Not even a new day makes it forget where it is.
    let mut tomorrow = all[15].clone();
    tomorrow.local.day += 1;
    assert!(detector.step(&tomorrow).is_err());
    assert_eq!(detector.snapshot(), before);
    assert!(detector.step(&all[10]).is_ok());
    let mut shards = Shards::new(&shipped(), Settings::default(), 2);
    shards.run(&all[..10]).unwrap();
    assert_eq!(shards.run(&all[12..]), Err(StepError::Gap { expected: 11, last_missing: 12 }));
    assert_eq!(shards.next(), Some(11));
}

#[test]
fn a_snapshot_that_is_not_whole_or_of_other_rules_is_refused() {
    let pack = shipped();
    let mut detector = Detector::new(Arc::clone(&pack), Settings::default());
    follow(&mut detector, &company(9, 300));
    let bytes = detector.snapshot();
    let restore = |bytes: &[u8]| Detector::restore(Arc::clone(&pack), Settings::default(), bytes).err();
    assert_eq!(restore(&bytes), None);
    assert_eq!(restore(b""), Some(SnapshotError::NotOne));
    assert_eq!(restore(b"PK\x03\x04 something else\n"), Some(SnapshotError::NotOne));
    assert_eq!(restore(&bytes[..bytes.len() - 1]), Some(SnapshotError::Damaged));
    for place in (100..bytes.len()).step_by(bytes.len() / 40) {
        let mut broken = bytes.clone();
        broken[place] ^= 1;
        assert_eq!(restore(&broken), Some(SnapshotError::Damaged), "at {place}");
    }
    let newer = [b"whosaw-detect 3 ".as_slice(), &bytes[16..]].concat();
    assert_eq!(restore(&newer), Some(SnapshotError::Version(3)));
    let other = Arc::new(
        Pack::read([(
            "one",
            "name: n\ntitle: t\nlogsource: {product: crm}\ndetection:\n  s: {action: view}\n  condition: s\n",
        )])
        .unwrap(),
    );
    assert_eq!(Detector::restore(other, Settings::default(), &bytes).err(), Some(SnapshotError::Pack));
    let halves = Settings { shards: 2, ..Settings::default() };
    assert_eq!(Detector::restore(pack, halves, &bytes).err(), Some(SnapshotError::Pack));
}

/// Clocks step and foreign events come late: they count at the newest moment seen, and it is said.
#[test]
fn late_events_are_counted_and_said() {
    let mut detector = Detector::new(shipped(), Settings::default());
    let mut all = company(2, 50);
    all[30].at.0 -= 86_400_000 * 3;
    all[30].local.day -= 3;
    follow(&mut detector, &all);
    assert_eq!(detector.counters().late, 1);
    assert_eq!(detector.counters().observations, 50);
    // A clock far ahead, and back: nothing panics, nothing is lost but old windows.
    let mut far = view(51, 40_000_000_000, 1, 1);
    far.local.day = i32::MAX;
    detector.step(&far).unwrap();
    let mut back = view(52, MONDAY, 1, 1);
    back.local.day = i32::MIN;
    detector.step(&back).unwrap();
    assert_eq!(detector.counters().late, 2);
}

/// One storm is one finding that grows, not ten thousand.
#[test]
fn a_storm_is_told_when_it_doubles() {
    let mut detector = Detector::new(shipped(), Settings::default());
    let mut told = Vec::new();
    for seq in 1..=5_000 {
        let mut of = view(seq, MONDAY + seq as i64 / 10, 1, seq);
        of.seen[0].canary = true;
        told.extend(detector.step(&of).unwrap());
    }
    let canary: Vec<_> = told.iter().filter(|f| f.rule == "canary-touched").collect();
    assert!(canary.len() <= 14, "{}", canary.len());
    assert!(canary.iter().all(|f| f.fingerprint == canary[0].fingerprint));
    assert!(canary.windows(2).all(|w| w[1].count >= 2 * w[0].count));
    assert!(told.iter().all(|f| f.evidence.len() <= detect::EVIDENCE));
}
