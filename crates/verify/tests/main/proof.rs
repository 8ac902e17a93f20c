//! `whosaw-verify proof`.

use ledger::TlogProof;

use super::command::Bench;
use super::published::{key, publish, story};

fn bench() -> Bench {
    let leaves = story(300);
    let log = publish(&leaves, &key(1));
    let proof = TlogProof { extra: None, index: 258, proof: log.inclusion(258, 300), checkpoint: log.note() };
    let bench = Bench::new(&log);
    bench.put("entry", &leaves[258].encode());
    bench.put("other", &leaves[259].encode());
    bench.put("p.tlog-proof", proof.to_string().as_bytes());
    bench
}

#[test]
fn an_entry_is_proved_and_no_other() {
    let bench = bench();
    let answer = bench.run_with_key(&["proof", "p.tlog-proof", "--entry", "entry"]);
    assert_eq!(answer.code, 0, "{}", answer.text);
    assert!(answer.text.contains("number 258 of the log whosaw.example/audit"));
    assert_eq!(bench.run_with_key(&["proof", "p.tlog-proof", "--entry", "other"]).code, 10);
    assert_eq!(bench.run_with_key(&["proof", "entry", "--entry", "entry"]).code, 10);
}

#[test]
fn without_the_key_nothing_is_vouched_for() {
    let bench = bench();
    let answer = bench.run(&["proof", "p.tlog-proof", "--entry", "entry"]);
    assert_eq!(answer.code, 13);
    assert!(answer.text.contains("agree with each other"), "{}", answer.text);
    let answer = bench.run(&["proof", "p.tlog-proof", "--entry", "other"]);
    assert_eq!(answer.code, 13);
    assert!(answer.text.contains("does not lead to its own checkpoint"));
    let stranger = key(2).verifier().to_string();
    assert_eq!(bench.run(&["proof", "p.tlog-proof", "--entry", "entry", "--key", &stranger]).code, 13);
}

#[test]
fn no_flipped_bit_passes() {
    let bench = bench();
    let proof = std::fs::read(bench.path("p.tlog-proof")).unwrap();
    for at in (0..proof.len()).step_by(5) {
        let mut changed = proof.clone();
        changed[at] ^= 1;
        bench.put("changed", &changed);
        let code = bench.run_with_key(&["proof", "changed", "--entry", "entry"]).code;
        assert!([10, 13].contains(&code), "byte {at}: {code}");
    }
}
