//! `whosaw-verify report`.

use ledger::evidence::{Event, Opening, Subject, SubjectKind};
use ledger::{Evidence, Group, Leaf, commit};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::command::Bench;
use super::published::{Published, key, publish, story};

const DOCUMENT: &[u8] = b"%PDF-1.7 a case";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// What the event of the document tells: made from the first 300 entries.
fn told(before: &Published) -> Value {
    let note = ledger::Checkpoint::read_unverified(&before.note()).unwrap();
    json!({ "user": "u-1", "detail": { "act": "case.report", "report": {
        "of": "case", "id": "c-1", "language": "zh", "sha256": hex(&Sha256::digest(DOCUMENT)), "bytes": 15, "pages": 2,
        "head": { "origin": note.origin, "size": note.size, "root": hex(&note.root) },
    } } })
}

fn leaves(actor: &Value) -> Vec<Leaf> {
    let mut leaves = story(400);
    leaves[399].c_actor = commit(Group::Actor, &[2; 32], actor).unwrap();
    leaves
}

fn evidence(actor: Value) -> Evidence {
    let log = publish(&leaves(&actor), &key(1));
    Evidence {
        format: ledger::evidence::FORMAT.into(),
        subject: Subject { kind: SubjectKind::Case, id: Some("c-1".into()), from_ms: None, until_ms: None },
        asked_by: "审计员".into(),
        asked_at_ms: 1,
        log: key(1).verifier().to_string(),
        checkpoint: log.note(),
        events: vec![Event {
            index: 399,
            leaf: leaves(&actor)[399].encode().to_vec(),
            proof: log.inclusion(399, 400),
            meta: None,
            actor: Some(Opening { salt: [2; 32], body: actor }),
            objects: vec![],
        }],
        erasures: vec![],
    }
}

fn before() -> Published {
    publish(&story(400)[..300], &key(1))
}

fn bench(actor: Value) -> Bench {
    let bench = Bench::new(&publish(&leaves(&actor), &key(1)));
    bench.put("case.pdf", DOCUMENT);
    bench.put("proof.json", &serde_json::to_vec(&evidence(actor)).unwrap());
    bench
}

const COMMAND: [&str; 4] = ["report", "case.pdf", "--evidence", "proof.json"];

#[test]
fn the_document_that_was_given_out_passes_and_says_what_it_was_made_from() {
    let bench = bench(told(&before()));
    let answer = bench.run_with_key(&COMMAND);
    assert_eq!(answer.code, 0, "{}", answer.text);
    assert!(answer.text.contains("entry 399 of the log") && answer.text.contains("at 300 entries"), "{}", answer.text);
    let log = [&COMMAND[..], &["--log", "log"]].concat();
    let answer = bench.run_with_key(&log);
    assert_eq!(answer.code, 0, "{}", answer.text);
    assert!(answer.text.contains("the log goes on"), "{}", answer.text);
    // Without a key, or with another's, it is worth what that says.
    assert!(bench.run(&COMMAND).text.contains("proves only self-consistency"));
    let stranger = key(2).verifier().to_string();
    assert_eq!(bench.run(&[&COMMAND[..], &["--key", &stranger]].concat()).code, 13);
}

#[test]
fn another_document_a_forged_event_and_an_impossible_head_do_not_pass() {
    let good = told(&before());
    let tampered = bench(good.clone());
    tampered.put("case.pdf", b"%PDF-1.7 a case.");
    assert_eq!(tampered.run_with_key(&COMMAND).code, 10);
    // An event that tells of no document; one whose words were changed after it was recorded.
    assert_eq!(bench(json!({ "user": "u-1" })).run_with_key(&COMMAND).code, 12);
    let forged = bench(good.clone());
    let mut file = evidence(good.clone());
    file.events[0].actor.as_mut().unwrap().body["detail"]["report"]["id"] = json!("c-2");
    forged.put("proof.json", &serde_json::to_vec(&file).unwrap());
    assert_eq!(forged.run_with_key(&COMMAND).code, 10);
    // Made from a state that came after it, of another log, or that is none.
    for (field, value) in [("size", json!(400)), ("origin", json!("other.example/log")), ("root", json!("zz"))] {
        let mut actor = good.clone();
        actor["detail"]["report"]["head"][field] = value;
        assert_eq!(bench(actor).run_with_key(&COMMAND).code, 10, "{field}");
    }
    // A state that this log never had.
    let mut actor = good;
    actor["detail"]["report"]["head"]["root"] = json!("ab".repeat(32));
    let bench = bench(actor);
    assert_eq!(bench.run_with_key(&[&COMMAND[..], &["--log", "log"]].concat()).code, 11);
    bench.put("proof.json", b"{}");
    assert_eq!(bench.run_with_key(&COMMAND).code, 10);
    assert_eq!(bench.run(&["report", "none.pdf", "--evidence", "proof.json"]).code, 20);
}
