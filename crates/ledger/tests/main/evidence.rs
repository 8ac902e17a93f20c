//! Evidence about a customer: shown, withheld, erased, and changed.

use ledger::commitment::{check_item, prove_item};
use ledger::evidence::{Content, Event, Fault, Item, Opening, Outcome, Report, Subject, SubjectKind};
use ledger::log_check::Verdict;
use ledger::{Evidence, Group, Hash, Leaf, LeafKind, NodeStream, check_evidence, commit, object_root};
use serde_json::{Value, json};

use super::published::{key, publish};

fn opening(n: u8, body: Value) -> Opening {
    Opening { salt: [n; 32], body }
}

/// A rep lists 50 customers, c-7 and c-8 among them; later c-8 is erased. The evidence is about c-7, and shows c-8's
/// erased item as well.
fn evidence() -> Evidence {
    let meta = opening(1, json!({"action": "list", "touches": 50}));
    let actor = opening(2, json!({"user": "u-1"}));
    let bodies: Vec<Opening> = (0..50).map(|n| opening(100 + n, json!({"customer": format!("c-{n}")}))).collect();
    let items: Vec<Hash> = bodies.iter().map(|o| commit(Group::Object, &o.salt, &o.body).unwrap()).collect();

    let mut stream = NodeStream::first(1);
    let mut leaves = vec![stream.next(Leaf::new(LeafKind::NodeStart, [0; 16], 1000))];
    let mut list = Leaf::new(LeafKind::Access, [1; 16], 1001);
    list.c_meta = commit(Group::Meta, &meta.salt, &meta.body).unwrap();
    list.c_actor = commit(Group::Actor, &actor.salt, &actor.body).unwrap();
    list.c_object = object_root(&items);
    leaves.push(stream.next(list));
    leaves.push(stream.next(Leaf::new(LeafKind::Access, [2; 16], 1002)));
    leaves.push(stream.next(Leaf::new(LeafKind::Erasure, [3; 16], 1003)));

    let log = publish(&leaves, &key(1));
    let event = |index: usize| Event {
        index: index as u64,
        leaf: leaves[index].encode().to_vec(),
        proof: log.inclusion(index as u64, 4),
        meta: None,
        actor: None,
        objects: vec![],
    };
    let item =
        |n: usize, content| Item { index: n as u64, count: 50, proof: prove_item(&items, n as u64).unwrap(), content };
    let mut seen = event(1);
    seen.meta = Some(meta);
    seen.actor = Some(actor);
    seen.objects =
        vec![item(7, Content::Shown(bodies[7].clone())), item(8, Content::Erased { commitment: items[8], erasure: 3 })];
    Evidence {
        format: "whosaw-evidence/v1".into(),
        subject: Subject {
            kind: SubjectKind::Customer,
            id: Some("c-7".into()),
            from_ms: Some(1000),
            until_ms: Some(1003),
        },
        asked_by: "auditor".into(),
        asked_at_ms: 2000,
        log: key(1).verifier().to_string(),
        checkpoint: log.note(),
        events: vec![seen],
        erasures: vec![event(3)],
    }
}

fn check(evidence: &Evidence) -> Report {
    check_evidence(evidence, &[key(1).verifier().clone()])
}

fn faults(report: &Report) -> Vec<Fault> {
    report.checks.iter().filter_map(|check| check.fault.clone()).collect()
}

#[test]
fn an_honest_file_passes_through_json_and_back() {
    let evidence = evidence();
    let text = serde_json::to_string(&evidence).unwrap();
    let read: Evidence = serde_json::from_str(&text).unwrap();
    assert_eq!(read, evidence);
    let report = check(&read);
    assert_eq!((report.verdict, faults(&report)), (Verdict::Ok, vec![]));
    assert_eq!(report.count(Outcome::ErasedWithRecord), 1);
}

#[test]
fn parts_may_be_withheld() {
    let mut evidence = evidence();
    evidence.events[0].actor = None;
    evidence.events[0].objects.pop();
    evidence.erasures.clear();
    let report = check(&evidence);
    assert_eq!(report.verdict, Verdict::Ok);
    assert_eq!(report.count(Outcome::Withheld), 1);
}

/// Changes the honest evidence and tells what is found first.
fn found(change: impl FnOnce(&mut Evidence)) -> (Verdict, Option<Fault>) {
    let mut evidence = evidence();
    change(&mut evidence);
    let report = check(&evidence);
    (report.verdict, faults(&report).into_iter().next())
}

#[test]
fn every_change_is_named() {
    let tampered = |fault| (Verdict::Tampered, Some(fault));
    let shown = |e: &mut Evidence, change: fn(&mut Opening)| match &mut e.events[0].objects[0].content {
        Content::Shown(opening) => change(opening),
        Content::Erased { .. } => panic!("item 7 is shown"),
    };
    assert_eq!(
        found(|e| e.events[0].meta.as_mut().unwrap().body["action"] = json!("view")),
        tampered(Fault::OtherBody)
    );
    assert_eq!(found(|e| e.events[0].actor.as_mut().unwrap().salt[0] ^= 1), tampered(Fault::OtherBody));
    assert_eq!(found(|e| shown(e, |o| o.body["customer"] = json!("c-9"))), tampered(Fault::OtherItem));
    assert_eq!(found(|e| shown(e, |o| o.salt[31] ^= 1)), tampered(Fault::OtherItem));
    assert_eq!(found(|e| e.events[0].objects[0].index = 6), tampered(Fault::OtherItem));
    assert_eq!(found(|e| e.events[0].objects[0].count = 49), tampered(Fault::OtherCount));
    assert_eq!(found(|e| e.events[0].objects.swap(0, 1)), tampered(Fault::ItemOutOfOrder));
    assert_eq!(found(|e| e.events[0].index = 2), tampered(Fault::NotInLog));
    assert_eq!(found(|e| e.events[0].leaf[75] ^= 1), tampered(Fault::NotInLog));
    assert_eq!(found(|e| e.events[0].proof[1][0] ^= 1), tampered(Fault::NotInLog));
    assert!(matches!(
        found(|e| {
            e.events[0].leaf.pop();
        }),
        (Verdict::Tampered, Some(Fault::NotALeaf(_)))
    ));
    assert_eq!(found(|e| e.events.push(e.events[0].clone())), tampered(Fault::OutOfOrder));
    assert_eq!(found(|e| e.subject.id = Some("c-9".into())), tampered(Fault::OtherSubject));
    assert_eq!(found(|e| e.subject.until_ms = Some(1001)), tampered(Fault::OutsidePeriod));
    assert_eq!(found(|e| e.subject.id = None), (Verdict::Incomplete, Some(Fault::NoSubjectId)));
    assert_eq!(found(|e| e.erasures.clear()), (Verdict::Incomplete, Some(Fault::ErasureMissing)));
    assert_eq!(found(|e| e.format = "whosaw-evidence/v2".into()), (Verdict::Policy, Some(Fault::UnknownFormat)));
    assert!(matches!(
        found(|e| e.checkpoint = e.checkpoint.replace("\n4\n", "\n5\n")),
        (Verdict::Policy, Some(Fault::Untrusted(_)))
    ));
}

#[test]
fn an_item_cannot_be_hidden_behind_an_erasure_that_is_none() {
    let not_an_erasure = found(|e| {
        let mut other = e.events[0].clone();
        other.objects.clear();
        e.erasures = vec![other];
        if let Content::Erased { erasure, .. } = &mut e.events[0].objects[1].content {
            *erasure = 1;
        }
    });
    assert_eq!(not_an_erasure, (Verdict::Tampered, Some(Fault::NotAnErasure)));
    let other_commitment = found(|e| {
        if let Content::Erased { commitment, .. } = &mut e.events[0].objects[1].content {
            commitment[0] ^= 1;
        }
    });
    assert_eq!(other_commitment, (Verdict::Tampered, Some(Fault::OtherItem)));
}

#[test]
fn half_an_item_or_an_unknown_field_is_not_read() {
    let good = serde_json::to_value(evidence()).unwrap();
    for (pointer, field) in
        [("/events/0/objects/0", "commitment"), ("/events/0/objects/0", "x"), ("/events/0", "x"), ("", "x")]
    {
        let mut bad = good.clone();
        bad.pointer_mut(pointer).unwrap()[field] = json!("AAAA");
        assert!(serde_json::from_value::<Evidence>(bad).is_err(), "{pointer} {field}");
    }
    for field in ["salt", "body", "proof", "index", "count"] {
        let mut bad = good.clone();
        bad.pointer_mut("/events/0/objects/0").unwrap().as_object_mut().unwrap().remove(field);
        assert!(serde_json::from_value::<Evidence>(bad).is_err(), "{field}");
    }
}

#[test]
fn the_documented_object_root_is_a_tree_over_commitments() {
    let items = [[1; 32], [2; 32], [3; 32]];
    let proof = prove_item(&items, 2).unwrap();
    assert!(check_item(&object_root(&items), &items[2], 2, 3, &proof).is_ok());
    assert!(check_item(&object_root(&items), &items[1], 2, 3, &proof).is_err());
}
