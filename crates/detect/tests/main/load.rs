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
        (rule("session.network|cidr: 10.0.0.0/28"), "rule.cidr"),
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

/// What would cost a parser its stack, and the whole process with it.
#[test]
fn what_is_nested_without_end_is_refused_before_it_is_parsed() {
    let deep = 20_000;
    let condition = |text: String| rule("action: view").replace("condition: selection", &format!("condition: {text}"));
    for (text, code) in [
        (condition(format!("{}selection{}", "(".repeat(deep), ")".repeat(deep))), "rule.too_deep"),
        (condition(format!("{}selection", "not ".repeat(10_000))), "rule.too_deep"),
        (rule(&format!("object.type: {}x{}", "[".repeat(deep), "]".repeat(deep))), "rule.too_deep"),
        (rule(&format!("object.type: {}1{}", "{a: ".repeat(9_000), "}".repeat(9_000))), "rule.too_deep"),
        (format!("{}1", "- ".repeat(deep)), "rule.too_deep"),
        (format!("{}1", "? ".repeat(deep)), "rule.too_deep"),
    ] {
        assert!(codes(&text).contains(&code), "{:?}", codes(&text));
    }
    // Blocks in blocks, as deep as a file of 64 KiB allows.
    let blocks: String = (0..340).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    assert!(!codes(&blocks).is_empty());
}

/// A rule's work for one event is bounded whatever its condition says: the same selection named again and again counts each time.
#[test]
fn a_condition_that_asks_the_same_again_and_again_is_refused() {
    let values: Vec<String> = (0..1_000).map(|n| format!("a{n}")).collect();
    let selection = format!("object.type: [{}]", values.join(", "));
    let times = |n: usize| {
        let condition = vec!["selection"; n].join(" or ");
        rule(&selection).replace("condition: selection", &format!("condition: {condition}"))
    };
    assert_eq!(codes(&times(4)), Vec::<&str>::new());
    for n in [5, 3_000] {
        assert!(codes(&times(n)).contains(&"rule.too_much_work"), "{n}");
    }
}

#[test]
fn windows_without_end_are_refused() {
    let with = |span: &str| {
        codes(&correlated(&format!(
            "  type: event_count\n  rules: [mine]\n  group-by: [actor.user_id]\n  timespan: {span}\n  condition: {{gte: 3}}"
        )))
    };
    for span in ["0s", "36d", "6w", "1y", "999999999999999999d", "99999999999999999999999999d", "-1d", "d", "''"] {
        assert!(!with(span).is_empty(), "{span}");
    }
    assert_eq!(with("35d"), Vec::<&str>::new());
}

/// A group for each customer: what is held is bounded by the cap, and what went is counted.
#[test]
fn a_million_groups_cost_no_more_than_the_cap() {
    let count = "  type: event_count\n  rules: [mine]\n  group-by: [object.customer_id]\n  timespan: 30d\n  condition: {gte: 3}";
    let text = correlated(count);
    let pack = Arc::new(Pack::read([("file", text.as_str())]).unwrap());
    let mut detector = Detector::new(pack, Settings { groups: 100, ..Settings::default() });
    let mut held = 0;
    for seq in 1..=2_000 {
        detector.step_scored(&view(seq, MONDAY, 1, seq), detect::baseline::Scores::default()).unwrap();
        if seq == 1_000 {
            held = detector.bytes();
        }
    }
    assert_eq!(detector.counters().evicted_groups, 1_900);
    assert!(detector.bytes() <= held + held / 10, "{} after 1,000 groups, {} after 2,000", held, detector.bytes());
}

/// `cidr` is about networks as they are kept, and asks no more than they say.
#[test]
fn networks_are_asked_by_their_prefix() {
    let matches = |of: &str| {
        let text = rule(&format!("session.network|cidr: {of}"));
        let pack = Pack::read([("file", text.as_str())]).unwrap();
        // The world's network is 10.0.0.0/24.
        !pack.matching(&view(1, MONDAY, 1, 1), &detect::baseline::Scores::default()).is_empty()
    };
    assert!(matches("10.0.0.0/8") && matches("10.0.0.0/24") && !matches("10.1.0.0/16"));
    assert_eq!(codes(&rule("session.network|cidr: 10.0.0.0/25")), ["rule.cidr"]);
    assert_eq!(codes(&rule("session.network|cidr: '2001:db8::/64'")), ["rule.cidr"]);
    assert_eq!(codes(&rule("object.type|cidr: 10.0.0.0/8")), ["rule.field_type"]);
    assert_eq!(codes(&rule("session.network|cidr: somewhere")), ["rule.cidr", "rule.uncompilable"]);
}

/// Two of three rules are enough where that is what is written; an order is of all or nothing.
#[test]
fn a_number_in_a_temporal_correlation_is_read() {
    let three = |kind: &str, least: u32| {
        let one = |name: &str, action: &str| {
            rule(&format!("action: {action}"))
                .replace("name: mine", &format!("name: {name}"))
                .replace("title: Mine", &format!("title: {name}"))
        };
        format!(
            "{}---\n{}---\n{}---\nname: all\ntitle: All\ncorrelation:\n  type: {kind}\n  rules: [a, b, c]\n  group-by: [actor.user_id]\n  \
             timespan: 1h\n  condition: {{gte: {least}}}\n",
            one("a", "view"),
            one("b", "export"),
            one("c", "print")
        )
    };
    assert_eq!(codes(&three("temporal", 4)), ["rule.threshold"]);
    assert_eq!(codes(&three("temporal_ordered", 2)), ["rule.threshold"]);
    for (least, expected) in [(2, 1), (3, 0)] {
        let text = three("temporal", least);
        let mut detector = Detector::new(Arc::new(Pack::read([("file", text.as_str())]).unwrap()), Settings::default());
        let mut found = 0;
        for (seq, action) in [(1, model::Action::View), (2, model::Action::Export)] {
            let mut of = view(seq, MONDAY, 1, 1);
            of.action = action;
            found += detector.step(&of).unwrap().len();
        }
        assert_eq!(found, expected, "{least}");
    }
}

/// An event is one event: it counts once, and comes before none but later ones.
#[test]
fn an_event_that_matches_two_rules_is_one_event() {
    let two = |kind: &str, least: u32| {
        let one = |name: &str| {
            rule("action: view")
                .replace("name: mine", &format!("name: {name}"))
                .replace("title: Mine", &format!("title: {name}"))
        };
        format!(
            "{}---\n{}---\nname: all\ntitle: All\ncorrelation:\n  type: {kind}\n  rules: [a, b]\n  group-by: [actor.user_id]\n  \
             timespan: 1h\n  condition: {{gte: {least}}}\n",
            one("a"),
            one("b")
        )
    };
    for (kind, least, first) in [("event_count", 3, 3), ("temporal_ordered", 2, 2), ("temporal", 2, 1)] {
        let text = two(kind, least);
        let mut detector = Detector::new(Arc::new(Pack::read([("file", text.as_str())]).unwrap()), Settings::default());
        let fired = (1..=4).find(|seq| !detector.step(&view(*seq, MONDAY, 1, 1)).unwrap().is_empty());
        assert_eq!(fired, Some(first), "{kind}");
    }
}

/// What expressions take together is bounded over the whole pack, and asked before any of them is compiled: each of these rules is accepted alone.
#[test]
fn a_pack_whose_expressions_together_take_too_much_is_refused() {
    let hostile = [
        // Classes of all the world's letters, repeated.
        ("re", r"^\p{L}{64}$".to_owned()),
        ("re|i", r"(\w|\PN){60}x".to_owned()),
        ("re", r"[^a-z]{8}.{8}".to_owned()),
        // No expression is written here: a wildcard for one character makes one.
        ("", "?".repeat(500)),
    ];
    for (modifier, value) in hostile {
        let field = if modifier.is_empty() { "object.type".to_owned() } else { format!("object.type|{modifier}") };
        let one = |n: usize, values: usize| {
            let values: Vec<String> = (0..values).map(|v| format!("'{value}{n}-{v}'")).collect();
            rule(&format!("{field}: [{}]", values.join(", ")))
                .replace("name: mine", &format!("name: r{n}"))
                .replace("title: Mine", &format!("title: R {n}"))
        };
        assert_eq!(codes(&one(0, 1)), Vec::<&str>::new(), "{value}");
        let files: Vec<String> = (0..400).map(|n| one(n, 20)).collect();
        let began = std::time::Instant::now();
        let problems = Pack::read(files.iter().map(|text| ("file", text.as_str()))).expect_err(&value);
        let told: Vec<_> = problems.iter().filter(|p| p.code == "rule.regex_memory").collect();
        assert_eq!(told.len(), 1, "{value}: {problems:?}");
        // It says where the room ended, in words for either reader.
        assert!(
            told[0].at.starts_with('r') && told[0].en.contains("32 MB") && told[0].zh.contains("32 MB"),
            "{told:?}"
        );
        assert!(began.elapsed() < Duration::from_secs(60), "{value}: {:?}", began.elapsed());
    }
    // A filter's expressions count like a rule's.
    let filter: String = (0..20)
        .map(|n| {
            let values: Vec<String> = (0..20).map(|v| format!(r"'\p{{L}}{{64}}{n}-{v}'")).collect();
            format!(
                "---\nname: f{n}\ntitle: F {n}\nlogsource: {{product: crm, service: access}}\nfilter:\n  rules: [mine]\n  selection:\n    object.type|re: [{}]\n  condition: not selection\n",
                values.join(", ")
            )
        })
        .collect();
    assert!(codes(&format!("{}{filter}", rule("action: view"))).contains(&"rule.regex_memory"));
    // What ships takes next to nothing of it.
    let own: Vec<String> = (0..200)
        .map(|n| {
            rule("object.type|re: '^(customer|contact)[0-9]{1,8}$'")
                .replace("name: mine", &format!("name: r{n}"))
                .replace("title: Mine", &format!("title: R {n}"))
        })
        .collect();
    let all = Pack::shipped_files().iter().map(|(_, text)| *text).chain(own.iter().map(String::as_str));
    Pack::read(all.map(|text| ("file", text))).unwrap();
}
