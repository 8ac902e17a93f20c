//! Windows against a recount that keeps everything, and against rsigma without a cap.

use detect::key::Key;
use detect::window::{Groups, Shape, Window, width};
use proptest::prelude::*;

/// Times that only grow, with bursts and silences, and small values.
fn stream(most: i64) -> impl Strategy<Value = Vec<(i64, u64)>> {
    prop::collection::vec((prop_oneof![4 => 0..3_i64, 2 => 0..most / 4 + 2, 1 => 0..most * 2], 0..12_u64), 1..300)
        .prop_map(|gaps| {
            let mut at = 1_000_000;
            gaps.into_iter()
                .map(|(gap, value)| {
                    at += gap;
                    (at, value)
                })
                .collect()
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_and_sums_are_a_recount_to_the_second(events in stream(600), span in 1..3_600_i64) {
        let (mut count, mut sum) = (Window::new(Shape::Count), Window::new(Shape::Sum));
        for (i, (now, value)) in events.iter().enumerate() {
            count.add(*now, span, 1);
            sum.add(*now, span, *value as i64);
            let held = events[..=i].iter().filter(|(at, _)| *at >= now - span);
            prop_assert_eq!(count.value(), held.clone().count() as i64);
            prop_assert_eq!(sum.value(), held.map(|(_, v)| *v as i64).sum::<i64>());
        }
    }

    #[test]
    fn long_windows_count_nothing_too_short_and_at_most_a_bucket_too_long(events in stream(100_000), span in 3_601..3_000_000_i64) {
        let mut count = Window::new(Shape::Count);
        for (i, (now, _)) in events.iter().enumerate() {
            count.add(*now, span, 1);
            let within = |span: i64| events[..=i].iter().filter(|(at, _)| *at >= now - span).count() as i64;
            prop_assert!(within(span) <= count.value() && count.value() <= within(span + width(span)));
        }
    }

    #[test]
    fn distinct_values_are_a_recount(events in stream(50_000), span in 1..400_000_i64) {
        let mut window = Window::new(Shape::Distinct(1_000));
        for (i, (now, value)) in events.iter().enumerate() {
            window.see(*now, span, Key(*value, 0), 1_000);
            let held: std::collections::HashSet<u64> =
                events[..=i].iter().filter(|(at, _)| *at >= now - span).map(|(_, v)| *v).collect();
            prop_assert_eq!(window.value(), held.len() as i64);
        }
    }

    #[test]
    fn a_capped_window_is_right_up_to_its_cap(events in stream(5_000), span in 1..40_000_i64, cap in 1..8_usize) {
        let (mut capped, mut whole) = (Window::new(Shape::Distinct(cap)), Window::new(Shape::Distinct(1_000)));
        for (now, value) in events {
            capped.see(now, span, Key(value, 0), cap);
            whole.see(now, span, Key(value, 0), 1_000);
            prop_assert_eq!(capped.value(), whole.value().min(cap as i64));
        }
    }

    #[test]
    fn orders_are_found_as_a_search_over_all_hits_finds_them(events in stream(300), span in 1..2_000_i64) {
        let n = 3;
        let (mut all, mut ordered) = (Window::new(Shape::Temporal(n)), Window::new(Shape::Ordered(n)));
        for (i, (now, value)) in events.iter().enumerate() {
            let rule = (*value % 3) as usize;
            all.hit(*now, span, rule);
            ordered.hit(*now, span, rule);
            let hits = |rule: u64| events[..=i].iter().filter(move |(at, v)| *at >= now - span && v % 3 == rule);
            prop_assert_eq!(all.value() == n as i64, (0..3).all(|r| hits(r).next().is_some()));
            // In the order of the ledger: also within one second the first must come first.
            let place = |rule: u64, after: usize| {
                (after..=i).find(|j| events[*j].1 % 3 == rule && events[*j].0 >= now - span)
            };
            let found = place(0, 0).and_then(|a| place(1, a)).and_then(|b| place(2, b)).is_some();
            prop_assert_eq!(ordered.value() == n as i64, found);
        }
    }

    #[test]
    fn groups_out_of_their_window_cost_nothing(events in stream(5_000), span in 1..2_000_i64) {
        let mut groups = Groups::default();
        for (now, value) in events {
            groups.touch(Key(value, 1), now, span, Shape::Count, 5).window.add(now, span, 1);
            prop_assert!(groups.len() <= 5);
        }
    }
}

/// The same rules and events through rsigma with nothing capped.
#[test]
fn rsigma_without_a_cap_says_the_same() {
    use crate::world::{Dice, MONDAY, view};
    use detect::baseline::Scores;
    use detect::flat::Flat;
    use detect::{Detector, Pack, Settings};
    use rsigma_eval::event::JsonEvent;
    use rsigma_eval::{CorrelationConfig, CorrelationEngine};
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    let text = include_str!("differential.yml");
    let pack = Arc::new(Pack::read([("differential", text)]).unwrap());
    let mut theirs =
        CorrelationEngine::new(CorrelationConfig { max_state_entries: 10_000_000, ..CorrelationConfig::default() });
    theirs.add_collection(pack.collection()).unwrap();
    let mut ours = Detector::new(Arc::clone(&pack), Settings::default());
    let mut dice = Dice(7);
    let mut at = MONDAY;
    let (mut a, mut b) = (BTreeMap::<String, BTreeSet<String>>::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for seq in 1..=4_000 {
        at += 1 + dice.below(20) as i64;
        let mut of = view(seq, at, dice.below(6), dice.below(40));
        of.action = [model::Action::View, model::Action::Export, model::Action::Reveal][dice.below(3) as usize];
        of.rows = if of.action == model::Action::Export { dice.below(60) } else { 0 };
        if dice.below(5) == 0 {
            of.decision = model::Decision::Refused;
        }
        let scores = Scores::default();
        let mut json = Flat::new(&of, &scores).to_json();
        // rsigma counts a list as one value: one record an event makes the two comparable.
        json["object.customers"] = json["object.customers"][0].clone();
        for result in theirs.process_event_at(&JsonEvent::borrow(&json), at) {
            if let Some(body) = result.as_correlation() {
                a.entry(result.header.rule_title.clone()).or_default().insert(body.group_key[0].1.clone());
            }
        }
        for finding in ours.step_scored(&of, scores).unwrap() {
            let rule = pack.rule(&finding.rule).unwrap();
            b.entry(rule.title.en.clone()).or_default().insert(finding.group[0].1.clone());
        }
    }
    assert!(a.len() >= 5, "{:?}", a.keys());
    assert_eq!(a, b);
}
