//! What a person may write by mistake, and what somebody may write on purpose.

use std::sync::Arc;
use std::time::Duration;

use detect::{Detector, Pack, Settings};

use crate::world::{MONDAY, view};

fn rule(selection: &str) -> String {
    format!(
        "name: mine\ntitle: Mine\nlogsource: {{product: crm, service: access}}\ndetection:\n  selection:\n    {selection}\n  condition: selection\n"
    )
}

fn correlated(correlation: &str) -> String {
    format!("{}---\nname: all\ntitle: All\ncorrelation:\n{correlation}\n", rule("action: view"))
}

fn codes(text: &str) -> Vec<&'static str> {
    Pack::read([("file", text)]).err().unwrap_or_default().iter().map(|p| p.code).collect()
}

#[test]
fn a_wrong_rule_is_refused_with_a_code_and_a_sentence_in_both_languages() {
    let count =
        "  type: event_count\n  rules: [mine]\n  group-by: [actor.user_id]\n  timespan: 1h\n  condition: {gte: 3}";
    assert_eq!(codes(&correlated(count)), Vec::<&str>::new());
    let regex = format!("object.type|re: '{}'", "(a{30}){30}");
    let long = format!("object.type: '{}'", "x".repeat(600));
    let many = format!("object.type: [{}]", (0..2_100).map(|i| i.to_string()).collect::<Vec<_>>().join(","));
    let cases = [
        (String::new(), "rule.empty"),
        ("title: [".into(), "rule.unreadable"),
        ("- 1\n- 2".into(), "rule.unreadable"),
        (rule("actor.user: x"), "rule.field_unknown"),
        (rule("seen.unexplaned|gte: 3"), "rule.field_unknown"),
        (rule("actor.user_id|fieldref: object.ownr"), "rule.field_unknown"),
        (rule("object.type|base64: x"), "rule.modifier"),
        (rule("object.type|wide: x"), "rule.modifier"),
        (rule("object.type|nosuch: x"), "rule.modifier"),
        (rule("object.type|gte: 4"), "rule.field_type"),
        (rule(&regex), "rule.regex"),
        (rule("object.type|re: '(unclosed'"), "rule.regex"),
        (rule(&long), "rule.value_too_long"),
        (rule("object.type: 'a*b*c*d*e*f*g*h'"), "rule.value_too_long"),
        (rule(&many), "rule.too_many_values"),
        (rule("action: view").replace("product: crm", "product: windows"), "rule.logsource"),
        (
            rule("action: view").replace("  selection:\n    action: view", "  selection:\n    - anything"),
            "rule.keywords",
        ),
        (format!("{}---\n{}", rule("action: view"), rule("action: list")), "rule.twice"),
        (correlated(&count.replace("1h", "36d")), "rule.window"),
        (correlated(&count.replace("gte: 3", "lte: 3")), "rule.correlation"),
        (correlated(&count.replace("gte: 3", "gte: 0")), "rule.threshold"),
        (correlated(&count.replace("[actor.user_id]", "[object.ids]")), "rule.group_by"),
        (correlated(&count.replace("[actor.user_id]", "[actor.nobody]")), "rule.field_unknown"),
        (correlated(&count.replace("[mine]", "[yours]")), "rule.reference"),
        (correlated(&count.replace("event_count", "value_count")), "rule.correlation"),
        (
            correlated(&count.replace("event_count", "value_percentile").replace("gte: 3", "gte: 3, field: row_count")),
            "rule.correlation",
        ),
        (
            correlated(&count.replace("event_count", "value_count").replace("gte: 3", "gte: 60000, field: object.ids")),
            "rule.threshold",
        ),
        (
            correlated(&count.replace("[actor.user_id]", "[object.customer_id]"))
                .replace("action: view", "score.hour|gte: 2"),
            "rule.group_by",
        ),
        (format!("a: &a [1,2]\nb: *a\n{}", rule("action: view")), "rule.alias"),
        ("x".repeat(70_000), "rule.file_too_large"),
    ];
    for (text, code) in cases {
        let shown: String = text.chars().take(300).collect();
        let problems = Pack::read([("file", text.as_str())]).expect_err(&shown);
        assert!(problems.iter().any(|p| p.code == code), "{code} expected of\n{shown}\nfound {problems:#?}");
        for problem in problems {
            assert!(!problem.en.is_empty() && !problem.zh.is_empty() && !problem.at.is_empty());
            assert!(problem.en.chars().count() <= 400, "a message repeats a whole hostile rule");
        }
    }
}

#[test]
fn an_unknown_field_is_told_with_the_one_that_was_meant() {
    for (wrong, right) in [
        ("seen.unexplaned", "seen.unexplained"),
        ("actor.userid", "actor.user_id"),
        ("score.unexplaind", "score.unexplained"),
    ] {
        let problems = Pack::read([("file", rule(&format!("{wrong}: 1")).as_str())]).unwrap_err();
        assert!(problems[0].en.contains(right), "{problems:?}");
        assert!(problems[0].zh.contains(right), "{problems:?}");
    }
}

#[test]
fn a_filter_quiets_a_rule_and_the_rules_that_feed_a_correlation() {
    let filter = "name: not-the-robot\ntitle: Not the robot\nlogsource: {product: crm, service: access}\nfilter:\n  rules: [all]\n  selection:\n    actor.account_kind: service\n  condition: not selection\n";
    let count =
        "  type: event_count\n  rules: [mine]\n  group-by: [actor.user_id]\n  timespan: 1h\n  condition: {gte: 3}";
    let text = format!("{}---\n{filter}", correlated(count));
    let pack = Arc::new(Pack::read([("file", text.as_str())]).unwrap());
    for (kind, expected) in [(detect::Kind::Human, 1), (detect::Kind::Service, 0)] {
        let mut detector = Detector::new(Arc::clone(&pack), Settings::default());
        let mut found = 0;
        for seq in 1..=4 {
            let mut of = view(seq, MONDAY, 1, 1);
            of.actor.kind = kind;
            found += detector.step(&of).unwrap().len();
        }
        assert_eq!(found, expected, "{kind:?}");
    }
}

/// The slowest rules that are accepted still let the stream pass.
#[test]
fn accepted_rules_cannot_stall_the_stream() {
    let text: String = (0..60)
        .map(|i| {
            let values: Vec<String> = (0..15).map(|j| format!("'.*(x{{1,{}}}|y+)*z{i}-{j}$'", 20)).collect();
            let one = rule(&format!("session.network|re: [{}]", values.join(", ")));
            format!(
                "{}---\n",
                one.replace("name: mine", &format!("name: slow-{i}"))
                    .replace("title: Mine", &format!("title: Slow {i}"))
            )
        })
        .collect();
    let pack = Arc::new(Pack::read([("file", text.trim_end_matches("---\n"))]).unwrap());
    let mut detector = Detector::new(pack, Settings::default());
    let began = std::time::Instant::now();
    for seq in 1..=20 {
        let mut of = view(seq, MONDAY, 1, 1);
        of.source.network = Some("xy".repeat(40));
        detector.step(&of).unwrap();
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
