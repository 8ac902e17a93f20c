//! The numbers that `docs/ledger.md` gives to writers of other verifiers.

use ledger::{Group, Leaf, LeafKind, NodeStream, commit, object_root};
use serde_json::json;

const DOCUMENT: &str = include_str!("../../../../docs/ledger.md");

#[track_caller]
fn documented(hash: [u8; 32]) {
    assert!(DOCUMENT.contains(&format!("`{}`", hex::encode(hash))), "{} is not in docs/ledger.md", hex::encode(hash));
}

#[test]
fn a_strangers_verifier_can_be_tested_against_the_document() {
    let salt = std::array::from_fn(|i| i as u8);
    documented(commit(Group::Meta, &salt, &json!({"b": 1, "a": "客户"})).unwrap());
    documented(object_root(&[[1; 32], [2; 32], [3; 32]]));
    let start = NodeStream::first(1).next(Leaf::new(LeafKind::NodeStart, [0x11; 16], 1_700_000_000_000));
    documented(start.tree_hash());
    documented(start.chain_hash());
}

#[test]
fn the_documented_byte_table_is_that_of_the_leaf() {
    let rows = DOCUMENT.lines().skip_while(|line| !line.starts_with("|---:|---:|")).skip(1);
    let mut end = 0;
    for row in rows.take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(cells[1].parse::<usize>().unwrap(), end, "{row}");
        end += cells[2].parse::<usize>().unwrap();
    }
    assert_eq!(end, Leaf::BYTES);
    for (name, code) in [("access", LeafKind::Access), ("erasure", LeafKind::Erasure), ("session", LeafKind::Session)] {
        assert!(DOCUMENT.contains(&format!("{} {name}", code.code())), "{name}");
    }
}
