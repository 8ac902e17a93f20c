//! A published log, honest and changed in every way.

use ledger::log_check::{Continuity, Finding, Verdict, check_continuity};
use ledger::proof::{TileHashes, check_consistency, prove_consistency};
use ledger::source::SourceTiles;
use ledger::stream::StreamFault;
use ledger::{Checkpoint, LogReport, VerifierKey, check_log};

use super::published::{Published, key, publish, story};

/// 70,000 leaves: three levels of tiles, each with an unfinished one.
const LARGE: usize = 70_000;

fn trusted() -> [VerifierKey; 1] {
    [key(1).verifier().clone()]
}

fn check(log: &Published, older: &[String]) -> LogReport {
    check_log(log, &trusted(), older)
}

#[test]
fn honest_logs_of_every_shape_pass_and_begin_with_their_older_selves() {
    for size in [0, 1, 2, 255, 256, 257, 300, 511, 512, 1000] {
        let leaves = story(size);
        let older: Vec<String> = (0..=size).step_by(97).map(|n| publish(&leaves[..n], &key(1)).note()).collect();
        let report = check(&publish(&leaves, &key(1)), &older);
        assert_eq!((report.verdict, &report.findings), (Verdict::Ok, &vec![]), "size {size}");
        assert_eq!((report.entries, report.older_ok), (size as u64, older.len()));
    }
}

#[test]
fn a_large_log_passes_and_a_changed_tile_of_any_level_does_not() {
    let leaves = story(LARGE);
    let log = publish(&leaves, &key(1));
    assert_eq!(check(&log, &[]).verdict, Verdict::Ok);
    for path in ["tile/0/000", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"] {
        let mut changed = log.clone();
        changed.0.get_mut(path).unwrap()[7] ^= 1;
        let report = check(&changed, &[]);
        assert_eq!(report.findings, [Finding::Tile { path: path.into() }]);
        assert_eq!(report.verdict, Verdict::Tampered);
    }
}

#[test]
fn every_flipped_bit_of_the_entries_is_found() {
    let log = publish(&story(3), &key(1));
    let path = "tile/entries/000.p/3";
    for at in 0..log.0[path].len() {
        for bit in 0..8 {
            let mut changed = log.clone();
            changed.0.get_mut(path).unwrap()[at] ^= 1 << bit;
            assert_eq!(check(&changed, &[]).verdict, Verdict::Tampered, "byte {at} bit {bit}");
        }
    }
}

#[test]
fn a_missing_file_makes_it_incomplete_and_the_rest_is_still_checked() {
    let log = publish(&story(600), &key(1));
    for path in log.0.keys().filter(|path| *path != "log.vkey") {
        let mut changed = log.clone();
        changed.0.remove(path);
        let report = check(&changed, &[]);
        assert_eq!(report.findings, [Finding::Missing { path: path.clone() }], "{path}");
        assert_eq!(report.verdict, Verdict::Incomplete);
    }
    let mut changed = log.clone();
    changed.0.remove("tile/entries/001");
    changed.0.get_mut("tile/entries/002.p/88").unwrap()[100] ^= 1;
    assert_eq!(check(&changed, &[]).verdict, Verdict::Tampered);
    changed.0.remove("tile/0/001");
    assert!(check(&changed, &[]).findings.contains(&Finding::RootUnknown));
}

#[test]
fn a_full_tile_stands_in_for_a_partial_one_that_was_dropped() {
    let leaves = story(512);
    let mut log = publish(&leaves, &key(1));
    log.0.insert("checkpoint".into(), publish(&leaves[..300], &key(1)).0.remove("checkpoint").unwrap());
    log.0.insert("tile/1/000.p/1".into(), log.0["tile/1/000.p/2"][..32].to_vec());
    let report = check(&log, &[]);
    assert_eq!((report.verdict, report.entries), (Verdict::Ok, 300));
}

#[test]
fn a_leaf_taken_out_before_signing_breaks_its_nodes_stream() {
    let mut leaves = story(600);
    leaves.remove(301);
    let report = check(&publish(&leaves, &key(1)), &[]);
    assert_eq!(report.findings, [Finding::Stream { index: 302, node: 2, fault: StreamFault::Counter }]);
    assert_eq!(report.verdict, Verdict::Tampered);
}

#[test]
fn two_histories_and_a_history_taken_back_are_told_from_damage() {
    let leaves = story(600);
    let mut others = story(598);
    others.extend(story(600).split_off(598).into_iter().map(|mut leaf| {
        leaf.action = 9;
        leaf
    }));
    let log = publish(&leaves, &key(1));
    let older = publish(&leaves[..500], &key(1)).note();
    let rewritten = publish(&others, &key(1)).note();
    let longer = publish(&story(601), &key(1)).note();

    let fork = check(&log, &[older.clone(), rewritten]);
    assert_eq!(fork.findings, [Finding::Fork { name: "older 2".into(), size: 600 }]);
    assert_eq!((fork.verdict, fork.older_ok), (Verdict::Fork, 1));

    let rollback = check(&log, &[longer]);
    assert_eq!(rollback.findings, [Finding::Rollback { name: "older 1".into(), size: 601 }]);
    assert_eq!(rollback.verdict, Verdict::Fork);

    let mut damaged = log;
    damaged.0.get_mut("tile/entries/000").unwrap()[50] ^= 1;
    let report = check(&damaged, &[older]);
    assert_eq!(report.verdict, Verdict::Tampered);
    assert!(report.findings.contains(&Finding::OlderUnknown { name: "older 1".into() }));
}

#[test]
fn only_a_trusted_key_speaks_for_the_log() {
    let leaves = story(10);
    let log = publish(&leaves, &key(1));
    assert_eq!(check(&publish(&leaves, &key(2)), &[]).verdict, Verdict::Policy);
    assert_eq!(check(&log, &[publish(&leaves, &key(2)).note()]).verdict, Verdict::Policy);
    assert_eq!(check(&log, &["nonsense".into()]).verdict, Verdict::Policy);
    assert_eq!(check_log(&log, &[], &[]).verdict, Verdict::Policy);
}

#[test]
fn two_checkpoints_are_compared_by_a_few_tiles() {
    let leaves = story(3000);
    let log = publish(&leaves, &key(1));
    let newer = Checkpoint::open(&log.note(), &trusted()).unwrap();
    let tiles = SourceTiles(&log);
    let hashes = TileHashes::new(&tiles, newer.size);
    for size in [0, 1, 255, 256, 1000, 2999, 3000] {
        let older = Checkpoint::open(&publish(&leaves[..size], &key(1)).note(), &trusted()).unwrap();
        assert_eq!(check_continuity(&hashes, &older, &newer), Ok(Continuity::Continues));
        assert_eq!(check_continuity(&hashes, &newer, &older).unwrap() == Continuity::RolledBack, size < 3000);
        if size > 0 {
            let proof = prove_consistency(&hashes, older.size, newer.size).unwrap();
            assert!(check_consistency(older.size, &older.root, newer.size, &newer.root, &proof).is_ok());
            let forked = Checkpoint { root: [1; 32], ..older };
            assert_eq!(check_continuity(&hashes, &forked, &newer), Ok(Continuity::Forked));
        }
    }
    let other = publish(&story(3001)[1..], &key(1));
    let other_tiles = SourceTiles(&other);
    let wrong = TileHashes::new(&other_tiles, newer.size);
    assert_eq!(check_continuity(&wrong, &newer, &newer), Ok(Continuity::BadHashes));
}
