//! `whosaw-verify evidence`.

use ledger::evidence::{Event, Opening, Subject, SubjectKind};
use ledger::leaf::LeafKind;
use ledger::{Evidence, Group, Leaf, commit};
use serde_json::json;

use super::command::Bench;
use super::published::{Published, key, publish, story};

/// User u-1 did something at index 300 of a log that had 400 leaves then.
fn leaves() -> Vec<Leaf> {
    let mut leaves = story(400);
    let actor = json!({"user": "u-1"});
    leaves[399].c_actor = commit(Group::Actor, &[2; 32], &actor).unwrap();
    leaves
}

fn evidence(log: &Published) -> Evidence {
    Evidence {
        format: ledger::evidence::FORMAT.into(),
        subject: Subject { kind: SubjectKind::User, id: Some("u-1".into()), from_ms: None, until_ms: None },
        asked_by: "审计员".into(),
        asked_at_ms: 1,
        log: key(1).verifier().to_string(),
        checkpoint: log.note(),
        events: vec![Event {
            index: 399,
            leaf: leaves()[399].encode().to_vec(),
            proof: log.inclusion(399, 400),
            meta: None,
            actor: Some(Opening { salt: [2; 32], body: json!({"user": "u-1"}) }),
            objects: vec![],
        }],
        erasures: vec![],
    }
}

fn bench(published_now: &Published) -> Bench {
    let bench = Bench::new(published_now);
    let text = serde_json::to_vec(&evidence(&publish(&leaves(), &key(1)))).unwrap();
    bench.put("case.json", &text);
    bench
}

#[test]
fn an_honest_file_passes_and_says_what_it_cannot_prove() {
    let bench = bench(&publish(&leaves(), &key(1)));
    let answer = bench.run_with_key(&["evidence", "case.json"]);
    assert_eq!(answer.code, 0, "{}", answer.text);
    assert!(answer.text.contains("evidence about user u-1"));
    assert!(answer.text.contains("cannot prove that there is nothing else"));
    let answer = bench.run(&["evidence", "case.json"]);
    assert_eq!(answer.code, 0);
    assert!(answer.text.contains("proves only self-consistency"));
    let stranger = key(2).verifier().to_string();
    assert_eq!(bench.run(&["evidence", "case.json", "--key", &stranger]).code, 13);
}

#[test]
fn what_another_system_told_is_said_to_be_so() {
    let mut all = leaves();
    let actor = json!({"user": "u-1", "detail": {"source": "bank"}});
    all[399].kind = LeafKind::Foreign;
    all[399].c_actor = commit(Group::Actor, &[2; 32], &actor).unwrap();
    let log = publish(&all, &key(1));
    let mut file = evidence(&log);
    file.events[0].leaf = all[399].encode().to_vec();
    file.events[0].actor = Some(Opening { salt: [2; 32], body: actor });
    let with = Bench::new(&log);
    with.put("case.json", &serde_json::to_vec(&file).unwrap());
    let answer = with.run_with_key(&["evidence", "case.json"]);
    assert_eq!(answer.code, 0, "{}", answer.text);
    assert!(answer.text.contains("1 events are what another system, bank, told"), "{}", answer.text);
    let without = bench(&publish(&leaves(), &key(1))).run_with_key(&["evidence", "case.json"]);
    assert!(!without.text.contains("another system"));
}

#[test]
fn no_change_to_the_events_or_the_checkpoint_passes() {
    let bench = bench(&publish(&leaves(), &key(1)));
    let text = std::fs::read_to_string(bench.path("case.json")).unwrap();
    for part in ["\"checkpoint\"", "\"events\""] {
        let from = text.find(part).unwrap();
        for at in (from..text.len()).step_by(23) {
            let mut changed = text.clone().into_bytes();
            changed[at] ^= 1;
            bench.put("changed.json", &changed);
            let code = bench.run_with_key(&["evidence", "changed.json"]).code;
            assert!([10, 13].contains(&code), "byte {at}: {code}");
        }
    }
    for end in (0..text.len()).step_by(101) {
        bench.put("changed.json", &text.as_bytes()[..end]);
        assert_eq!(bench.run_with_key(&["evidence", "changed.json"]).code, 10, "cut at {end}");
    }
    bench.put("deep.json", "[".repeat(100_000).as_bytes());
    assert_eq!(bench.run_with_key(&["evidence", "deep.json"]).code, 10);
}

#[test]
fn with_the_log_it_must_still_be_part_of_it() {
    let answer = |now: &Published| {
        let answer = bench(now).run_with_key(&["evidence", "case.json", "--log", "log"]);
        (answer.code, answer.text)
    };
    let grown = |change: fn(&mut Vec<Leaf>)| {
        let mut now = leaves();
        now.extend(story(600).split_off(400));
        change(&mut now);
        publish(&now, &key(1))
    };
    let (code, text) = answer(&grown(|_| ()));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("the log goes on"));
    assert_eq!(answer(&grown(|now| now[100].action = 9)).0, 11);
    assert_eq!(answer(&grown(|now| now.truncate(399))).0, 11);
    assert_eq!(answer(&publish(&leaves(), &key(2))).0, 13);
    let mut damaged = grown(|_| ());
    damaged.0.get_mut("tile/0/001").unwrap()[3] ^= 1;
    assert_eq!(answer(&damaged).0, 10);
    damaged.0.remove("tile/0/001");
    assert_eq!(answer(&damaged).0, 12);
    damaged.0.remove("checkpoint");
    assert_eq!(answer(&damaged).0, 12);
}
