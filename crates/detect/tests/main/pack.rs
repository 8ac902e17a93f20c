//! Every shipped rule fires on its fixtures, and is quiet where it must be.
//!
//! A fixture (`pack/fixtures/<rule>.json`) is a list of steps: what is different from a rep's ordinary view of an own
//! customer, how often it is repeated, every how many seconds, and what varies from one to the next.

use std::sync::Arc;

use detect::baseline::{Measure, Reading, Scores};
use detect::{Detector, Explanation, Lang, Observation, Pack, Settings};
use serde_json::Value;

use crate::world::{MONDAY, department, record, user, view};

fn word<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{value}: {e}"))
}

/// One step of a fixture, laid out in time.
fn lay_out(steps: &Value) -> Vec<(Observation, Scores)> {
    let mut all = Vec::new();
    let mut at = MONDAY;
    for step in steps.as_array().unwrap() {
        let n = |key: &str| step.get(key).and_then(Value::as_i64);
        at += n("after").unwrap_or(0);
        let vary: Vec<String> = step.get("vary").map(word).unwrap_or_default();
        let varies = |what: &str| vary.iter().any(|v| v == what);
        for i in 0..n("repeat").unwrap_or(1) {
            if i > 0 {
                at += n("every").unwrap_or(1);
            }
            let k = i as u64;
            let who = n("user").map_or(1, |u| u as u64) + if varies("user") { k } else { 0 };
            let customer = 100 + if varies("customer") { k } else { 0 };
            let mut of = view(all.len() as u64 + 1, at, who, customer);
            let mut scores = Scores::default();
            for (key, value) in step.as_object().unwrap() {
                match key.as_str() {
                    "action" => of.action = word(value),
                    "decision" => of.decision = word(value),
                    "kind" => of.actor.kind = word(value),
                    "employment" => of.actor.employment = word(value),
                    "channel" => of.source.channel = word(value),
                    "mfa" => of.source.mfa = word(value),
                    "explanation" => of.seen.iter_mut().for_each(|s| s.explanation = word(value)),
                    "sensitive" => of.seen.iter_mut().for_each(|s| s.sensitive = word(value)),
                    "canary" => of.seen.iter_mut().for_each(|s| s.canary = word(value)),
                    "vip" => of.seen.iter_mut().for_each(|s| s.vip = word(value)),
                    "rows" => of.rows = word(value),
                    "exact" => of.exact = word(value),
                    "purpose" => of.purpose = word(value),
                    "off_hours" => of.local.working_hours = !word::<bool>(value),
                    "hour" => of.local.minute = 60 * word::<u16>(value),
                    "target" => of.target = Some(if value == "self" { of.actor.user } else { user(77) }.to_string()),
                    "device_new" => scores.device_new = word(value),
                    "network_new" => scores.network_new = word(value),
                    "dormant_days" => scores.dormant_days = word(value),
                    "known_days" => scores.known_days = word(value),
                    "scores" => {
                        for (measure, parts) in value.as_object().unwrap() {
                            let [score, observed, expected, peers] = word::<[f64; 4]>(parts);
                            let measure = Measure::named(measure).unwrap();
                            scores.set(measure, Reading { score, observed, expected, peers });
                        }
                    }
                    "seen" | "user" | "repeat" | "every" | "after" | "vary" => {}
                    other => panic!("a fixture says `{other}`"),
                }
            }
            match n("seen") {
                Some(0) => {
                    of.seen.clear();
                    of.object = None;
                }
                Some(more) => {
                    let one = of.seen[0].clone();
                    of.seen = (0..more as u64)
                        .map(|j| detect::Seen { customer: record(500 + j), record: record(500 + j), ..one.clone() })
                        .collect();
                }
                None => {}
            }
            if varies("page") {
                of.page = Some(i as u32 + 1);
            }
            if varies("network") {
                of.source.network = Some(format!("10.{i}.0.0/24"));
            }
            if varies("department") {
                of.seen.iter_mut().for_each(|s| s.department = Some(department(20 + k)));
            }
            if varies("hour") {
                of.local.minute = (i % 24) as u16 * 60;
            }
            all.push((of, scores));
        }
    }
    all
}

#[test]
fn every_shipped_rule_fires_where_it_must_and_only_there() {
    let mut counted = 0;
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/pack/fixtures/");
    let mut wrong = Vec::new();
    for (name, text) in Pack::shipped_files() {
        let pack = Arc::new(Pack::read([(*name, *text)]).unwrap_or_else(|e| panic!("{name}: {e:#?}")));
        let rule = pack.rule(name).unwrap_or_else(|| panic!("{name}.yml has no rule of that name"));
        let fixtures: Value =
            serde_json::from_str(&std::fs::read_to_string(format!("{dir}{name}.json")).unwrap()).unwrap();
        for (key, expected) in [("fires", true), ("quiet", false)] {
            let cases = fixtures[key].as_array().unwrap();
            assert!(cases.len() >= 3, "{name}: {key} needs three cases");
            for (i, case) in cases.iter().enumerate() {
                let mut detector = Detector::new(Arc::clone(&pack), Settings::default());
                let mut findings = Vec::new();
                for (of, scores) in lay_out(case) {
                    findings.extend(detector.step_scored(&of, scores).unwrap());
                }
                findings.retain(|f| f.rule == *name);
                if findings.is_empty() == expected {
                    wrong.push(format!("{name}: {key}[{i}]: {}", case));
                }
                for finding in &findings {
                    assert!(!finding.evidence.is_empty() && finding.evidence.len() <= detect::EVIDENCE);
                    for lang in [Lang::Zh, Lang::En] {
                        let why = rule.why(finding, lang);
                        assert!(!why.contains('{') && !why.contains('?'), "{name}: {why}");
                    }
                }
                counted += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(counted >= 6 * 30);
}

#[test]
fn the_shipped_pack_is_said_in_both_languages_and_has_all_families() {
    let pack = Pack::shipped().unwrap();
    assert!(pack.rules.len() >= 30, "{}", pack.rules.len());
    let mut families: Vec<_> = pack.rules.iter().map(|r| r.family).collect();
    families.sort_unstable();
    families.dedup();
    assert_eq!(families.len(), 8, "{families:?}");
    for rule in &pack.rules {
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(han(&rule.title.zh) && han(&rule.why.zh), "{}", rule.name);
        assert!(!han(&rule.title.en) && !han(&rule.why.en), "{}", rule.name);
    }
}

#[test]
fn a_rule_says_why_it_did_not_match() {
    let pack = Pack::shipped().unwrap();
    let mut of = view(1, MONDAY, 1, 7);
    of.seen[0].vip = true;
    of.seen[0].explanation = Explanation::OpenTask;
    let trace = pack.explain(pack.rule("duty-vip-unexplained").unwrap(), &of, &Scores::default());
    assert!(!trace.matched);
    let told = serde_json::to_string(&trace).unwrap();
    assert!(told.contains("seen.vip_unexplained") && told.contains("value_mismatch"), "{told}");
    of.seen[0].explanation = Explanation::None;
    assert!(pack.explain(pack.rule("duty-vip-unexplained").unwrap(), &of, &Scores::default()).matched);
}

/// The table of fields in the documentation is the table the loader knows.
#[test]
fn the_documentation_lists_every_field_and_every_rule() {
    let doc = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/detection.md")).unwrap();
    for (name, _, kind, meaning) in detect::field::FIELDS {
        let line = format!("| `{name}` | {} | {meaning} |", kind.as_str());
        assert!(doc.contains(&line), "docs/detection.md lacks: {line}");
    }
    for measure in Measure::ALL {
        assert!(doc.contains(&format!("| `score.{}` |", measure.as_str())), "{measure:?}");
    }
    for rule in Pack::shipped().unwrap().rules {
        assert!(doc.contains(&format!("| `{}` |", rule.name)), "docs/detection.md lacks {}", rule.name);
    }
}
