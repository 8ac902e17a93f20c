//! Ours, the definition, and two other implementations agree; no change to a proof is accepted.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ledger::hash::{EMPTY_ROOT, leaf_hash, node_hash};
use ledger::proof::{HashReader, check_consistency, check_inclusion, prove_consistency, prove_inclusion};
use ledger::tile::{TileLevel, TilePath};
use ledger::{Hash, TreeState};
use proptest::prelude::*;
use sha2::Sha256;
use sigstore_merkle::{verify_consistency_proof, verify_inclusion_proof};

/// MTH of RFC 6962 section 2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&mth(left), &mth(right))
        }
    }
}

struct Leaves(Vec<Hash>);

impl HashReader for Leaves {
    type Error = ();
    fn read_hash(&self, height: u8, index: u64) -> Result<Hash, ()> {
        let start = usize::try_from(index).unwrap() << height;
        self.0.get(start..start + (1 << height)).map(mth).ok_or(())
    }
}

fn leaves(size: usize) -> Vec<Hash> {
    (0..size).map(|i| leaf_hash(&i.to_be_bytes())).collect()
}

fn their_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    let proof: Vec<_> = proof.iter().map(|hash| (*hash).into()).collect();
    verify_inclusion_proof(&(*leaf).into(), index, size, &proof, &(*root).into()).is_ok()
}

fn their_consistency(old: u64, new: u64, proof: &[Hash], old_root: &Hash, root: &Hash) -> bool {
    let proof: Vec<_> = proof.iter().map(|hash| (*hash).into()).collect();
    verify_consistency_proof(old, new, &proof, &(*old_root).into(), &(*root).into()).is_ok()
}

/// Every proof made of `proof` by one flipped bit, one hash dropped, doubled or added, or two swapped.
fn changed(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut out = Vec::new();
    for at in 0..proof.len() {
        for bit in 0..256 {
            let mut p = proof.to_vec();
            p[at][bit / 8] ^= 1 << (bit % 8);
            out.push(p);
        }
        let mut dropped = proof.to_vec();
        dropped.remove(at);
        let mut doubled = proof.to_vec();
        doubled.insert(at, proof[at]);
        out.extend([dropped, doubled]);
        for other in at + 1..proof.len() {
            let mut swapped = proof.to_vec();
            swapped.swap(at, other);
            out.push(swapped);
        }
    }
    out.push([proof, &[[0; 32]]].concat());
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn inclusion_proofs_are_those_of_other_implementations(size in 1..600_usize, at in any::<prop::sample::Index>()) {
        let index = at.index(size);
        let tree = Leaves(leaves(size));
        let root = mth(&tree.0);
        let (index64, size64) = (index as u64, size as u64);
        let proof = prove_inclusion(&tree, index64, size64).unwrap();

        prop_assert_eq!(check_inclusion(&tree.0[index], index64, size64, &proof, &root), Ok(()));
        prop_assert!(their_inclusion(&tree.0[index], index64, size64, &proof, &root));
        let mut other = MemoryBackedTree::<Sha256, [u8; 8]>::new();
        (0..size).for_each(|i| other.push(i.to_be_bytes()));
        let other_root = other.root();
        prop_assert_eq!(other_root.as_bytes().as_slice(), root.as_slice());
        let other_proof = other.prove_inclusion(index);
        prop_assert_eq!(other_proof.as_bytes().to_vec(), proof.concat());

        for bad in changed(&proof) {
            prop_assert!(check_inclusion(&tree.0[index], index64, size64, &bad, &root).is_err());
        }
        if size > 1 {
            prop_assert!(check_inclusion(&tree.0[index], (index64 + 1) % size64, size64, &proof, &root).is_err());
        }
        prop_assert!(prove_inclusion(&tree, size64, size64).is_err());
    }

    #[test]
    fn consistency_proofs_are_those_of_other_implementations(new in 1..600_usize, at in any::<prop::sample::Index>()) {
        let old = at.index(new) + 1;
        let tree = Leaves(leaves(new));
        let (old_root, root) = (mth(&tree.0[..old]), mth(&tree.0));
        let (old64, new64) = (old as u64, new as u64);
        let proof = prove_consistency(&tree, old64, new64).unwrap();

        prop_assert_eq!(check_consistency(old64, &old_root, new64, &root, &proof), Ok(()));
        prop_assert!(their_consistency(old64, new64, &proof, &old_root, &root));
        if old < new {
            let mut other = MemoryBackedTree::<Sha256, [u8; 8]>::new();
            (0..new).for_each(|i| other.push(i.to_be_bytes()));
            let other_proof = other.prove_consistency(new - old);
            prop_assert_eq!(other_proof.as_bytes().to_vec(), proof.concat());
        }
        for bad in changed(&proof) {
            prop_assert!(check_consistency(old64, &old_root, new64, &root, &bad).is_err());
        }
        prop_assert!(check_consistency(old64, &[1; 32], new64, &root, &proof).is_err());
    }

    #[test]
    fn the_state_is_the_same_however_the_leaves_came(size in 0..700_usize, cut in any::<prop::sample::Index>()) {
        let all = leaves(size);
        let mut tree = TreeState::default();
        all.iter().for_each(|leaf| tree.append(*leaf));
        prop_assert_eq!(tree.root(), mth(&all));

        let cut = cut.index(size + 1) as u64;
        let reader = Leaves(all);
        let mut read = TreeState::read(&reader, cut).unwrap();
        prop_assert_eq!(read.root(), mth(&reader.0[..usize::try_from(cut).unwrap()]));
        read.read_up_to(&reader, size as u64).unwrap();
        prop_assert_eq!(&read, &tree);
        prop_assert_eq!(TreeState::from_bytes(&tree.to_bytes()), Ok(tree));
    }

    #[test]
    fn any_bytes_are_a_state_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(state) = TreeState::from_bytes(&bytes) {
            prop_assert_eq!(state.to_bytes(), bytes);
        }
    }

    #[test]
    fn a_tile_has_one_path_and_a_path_one_tile(level in 0..=64_u8, index in 0..=(1_u64 << 62), shrink in 0..62_u32, width in 1..=256_u16) {
        let level = if level == 64 { TileLevel::Entries } else { TileLevel::Hashes(level) };
        let path = TilePath::new(level, index >> shrink, width).unwrap();
        prop_assert_eq!(path.to_string().parse(), Ok(path));
    }

    #[test]
    fn what_parses_as_a_path_is_written_the_same(text in "tile/(entries|[0-9]{1,2})(/x?[0-9]{1,3}){1,4}(\\.p/[0-9]{1,3})?") {
        if let Ok(path) = text.parse::<TilePath>() {
            prop_assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn hostile_numbers_and_proofs_are_refused_not_feared(
        index in any::<u64>(), size in any::<u64>(), old in any::<u64>(),
        proof in prop::collection::vec(any::<[u8; 32]>(), 0..80), root in any::<[u8; 32]>(),
    ) {
        prop_assert!(check_inclusion(&[0; 32], index, size, &proof, &root).is_err());
        prop_assert!(check_consistency(old, &[0; 32], size, &root, &proof).is_err());
    }

    #[test]
    fn hostile_texts_are_refused_not_feared(text in "(c2sp.org/tlog-proof@v1\n)?(extra .{0,5}\n)?(index [0-9]{0,21}\n)?.{0,60}(\n\n.{0,50}\n)?", bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = text.parse::<ledger::TlogProof>();
        prop_assert!(ledger::Checkpoint::open(&text, &[]).is_err());
        let _ = ledger::Leaf::decode(&bytes).map(|leaf| assert_eq!(leaf.encode().as_slice(), bytes));
        for count in [0, 1, 3, 256] {
            if let Ok(entries) = ledger::bundle::decode(&bytes, count) {
                prop_assert_eq!(ledger::bundle::encode(&entries).unwrap(), bytes.clone());
            }
        }
    }
}
