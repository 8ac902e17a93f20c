//! Baselines on streams whose truth is known.

use std::sync::Arc;

use detect::baseline::{Baselines, Measure, surprise};
use detect::{Detector, Explanation, Observation, Pack, Settings};

use crate::world::{Dice, MONDAY, department, view};

/// One person's day: so many customers, so many of them without a reason.
fn day(all: &mut Vec<Observation>, day: i64, who: u64, customers: u32, unexplained: u32) {
    for i in 0..customers {
        let at = MONDAY + day * 86_400 + i64::from(i) * 25_000 / i64::from(customers.max(1));
        let mut of = view(0, at, who, 1_000 * who + u64::from(i));
        of.actor.department = Some(department(1 + who / 20));
        if i < unexplained {
            of.seen[0].explanation = Explanation::None;
        }
        all.push(of);
    }
}

fn measure(all: &mut [Observation]) -> Vec<Vec<(u64, i32, Measure, f64)>> {
    all.sort_by_key(|of| of.at);
    let mut baselines = Baselines::default();
    let mut highest: std::collections::BTreeMap<(model::UserId, i32), [f64; 12]> = Default::default();
    for of in all.iter() {
        if baselines.turns(of) {
            if let Some(day) = baselines.close() {
                baselines.apply(&day);
            }
            baselines.open(of);
        }
        let scores = baselines.observe(of);
        let most = highest.entry((of.actor.user, of.local.day)).or_default();
        for m in Measure::ALL {
            if let Some(reading) = scores.get(m) {
                most[m.index()] = most[m.index()].max(reading.score);
            }
        }
    }
    let mut by_day: std::collections::BTreeMap<i32, Vec<(u64, i32, Measure, f64)>> = Default::default();
    for ((user, day), most) in highest {
        let who = u64::from_be_bytes(user.as_bytes()[8..].try_into().unwrap());
        for m in Measure::ALL {
            by_day.entry(day).or_default().push((who, day, m, most[m.index()]));
        }
    }
    by_day.into_values().collect()
}

/// 80 honest people with rates and overdispersion of their own, 70 working days: once in a thousand user-days, about.
#[test]
fn scores_are_calibrated_on_a_stream_without_insiders() {
    let mut dice = Dice(20_260_302);
    let rates: Vec<f64> = (0..80).map(|_| 18.0 * dice.gamma(4.0) / 4.0).collect();
    let mut all = Vec::new();
    for d in (0..98).filter(|d| d % 7 < 5) {
        for (who, rate) in rates.iter().enumerate() {
            let n = dice.count(*rate, 0.15);
            let strangers = dice.count(1.5, 0.4).min(n);
            day(&mut all, d, who as u64, n, strangers);
        }
    }
    let days = measure(&mut all);
    for m in [Measure::Customers, Measure::Unexplained] {
        // The first two weeks are learnt.
        let scores: Vec<f64> =
            days.iter().skip(10).flatten().filter(|(_, _, of, _)| *of == m).map(|(.., s)| *s).collect();
        // A day of somebody with no act at all is a day too, without a score.
        let n = 60.0 * 80.0;
        for (level, low, high) in [(2.0, 0.5, 2.0), (3.0, 0.5, 2.0)] {
            let found = scores.iter().filter(|s| **s >= level).count() as f64;
            let expected = n * 10_f64.powf(-level);
            assert!(found >= low * expected && found <= high * expected, "{m:?} at {level}: {found} of {expected}");
        }
    }
}

#[test]
fn somebody_curious_stands_out_and_a_trickle_does_in_time() {
    let mut dice = Dice(3);
    let mut all = Vec::new();
    for d in (0..70).filter(|d| d % 7 < 5) {
        for who in 0..40 {
            let n = dice.count(20.0, 0.2);
            let mut strangers = dice.count(0.4, 0.3).min(n);
            // From day 42 on: one in a burst, one who takes three a day, hoping not to be seen.
            if who == 7 && d == 50 {
                strangers = 25;
            }
            if who == 8 && d >= 42 {
                strangers += 3;
            }
            day(&mut all, d, who, n.max(strangers), strangers);
        }
    }
    let days = measure(&mut all);
    let best = |who: u64, m: Measure| {
        days.iter().flatten().filter(|(w, _, of, _)| *w == who && *of == m).map(|(.., s)| *s).fold(0.0, f64::max)
    };
    assert!(best(7, Measure::Unexplained) > 6.0, "{}", best(7, Measure::Unexplained));
    assert!(best(8, Measure::Slow) > 3.0, "{}", best(8, Measure::Slow));
    let others = (9..40).map(|who| best(who, Measure::Slow)).fold(0.0, f64::max);
    assert!(others < best(8, Measure::Slow), "{others}");
}

/// A campaign that all take part in is not thirty alerts.
#[test]
fn a_surge_of_all_peers_is_expected_the_next_day() {
    let mut dice = Dice(4);
    let mut all = Vec::new();
    for d in (0..42).filter(|d| d % 7 < 5) {
        for who in 0..20 {
            let times = if d >= 35 { 4.0 } else { 1.0 };
            day(&mut all, d, who, dice.count(20.0 * times, 0.05), 0);
        }
    }
    let days = measure(&mut all);
    let over = |day: &[(u64, i32, Measure, f64)]| {
        day.iter().filter(|(_, _, m, s)| *m == Measure::Customers && *s >= 4.0).count()
    };
    let last = days.last().unwrap();
    assert!(over(&days[25]) > 10, "{}", over(&days[25]));
    assert!(over(last) <= 1, "{}", over(last));
}

#[test]
fn somebody_new_is_measured_by_their_peers() {
    let mut dice = Dice(5);
    let mut all = Vec::new();
    for d in (0..30).filter(|d| d % 7 < 5) {
        for who in 0..15 {
            day(&mut all, d, who, dice.count(30.0, 0.1), 0);
        }
    }
    day(&mut all, 30, 16, 32, 0);
    day(&mut all, 30, 17, 400, 0);
    let days = measure(&mut all);
    let first =
        |who: u64| days.last().unwrap().iter().find(|(w, _, m, _)| *w == who && *m == Measure::Customers).unwrap().3;
    assert!(first(16) < 1.0, "{}", first(16));
    assert!(first(17) > 3.0, "{}", first(17));
}

/// Memory of one person has a bound however much they read, and of ten thousand the issue's.
#[test]
fn state_is_bounded() {
    let mut detector = Detector::new(Arc::new(Pack::shipped().unwrap()), Settings::default());
    for seq in 1..=20_000_u64 {
        let mut of = view(seq, MONDAY + seq as i64 / 8, 1, seq);
        of.seen[0].explanation = Explanation::None;
        of.seen[0].department = Some(department(seq % 500));
        of.source.network = Some(format!("net {seq}"));
        of.source.device = Some(seq);
        detector.step(&of).unwrap();
    }
    assert!(detector.baselines().most_bytes() <= 50 * 1024, "{}", detector.baselines().most_bytes());
    let counted = detector.baselines().evidence(crate::world::user(1), Measure::Customers);
    assert!(!counted.is_empty());
    for who in 0..10_000_u64 {
        for i in 0..3 {
            let seq = 20_001 + who * 3 + i;
            detector.step(&view(seq, MONDAY + 3_000 + seq as i64 / 30, who, seq)).unwrap();
        }
    }
    assert!(detector.bytes() <= 500 * 1024 * 1024, "{}", detector.bytes());
}

#[test]
fn the_sketch_beyond_the_exact_count_is_close() {
    let mut baselines = Baselines::default();
    let first = view(1, MONDAY, 1, 1);
    baselines.open(&first);
    let mut last = 0.0;
    for n in 1..=60_000_u64 {
        let scores = baselines.observe(&view(n, MONDAY, 1, n));
        if let Some(reading) = scores.get(Measure::Customers) {
            last = reading.observed;
        }
        if [500, 2_000, 20_000, 60_000].contains(&n) {
            let n = n as f64;
            assert!((last - n).abs() <= 0.03 * n, "{last} of {n}");
        }
    }
    assert!(surprise(last, 15.0, 1.0) > 10.0);
}
