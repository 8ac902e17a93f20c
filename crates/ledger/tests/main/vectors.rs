//! The transparency-dev inclusion and consistency vectors.

use std::path::{Path, PathBuf};

use ledger::Hash;
use ledger::hash::b64;
use ledger::proof::{check_consistency, check_inclusion};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inclusion {
    leaf_idx: u64,
    tree_size: u64,
    root: Option<String>,
    leaf_hash: Option<String>,
    proof: Option<Vec<String>>,
    want_err: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consistency {
    size1: u64,
    size2: u64,
    root1: Option<String>,
    root2: Option<String>,
    proof: Option<Vec<String>>,
    want_err: bool,
}

/// Calls `each` with every vector below `kind`; says so where the folder is absent.
fn vectors<T: for<'de> Deserialize<'de>>(kind: &str, mut each: impl FnMut(&Path, T)) -> Option<usize> {
    #[expect(clippy::disallowed_methods, reason = "a test's way to its data, not configuration of the program")]
    let shared = std::env::var("WHOSAW_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let folder = shared.join("vectors/merkle").join(kind);
    if !folder.is_dir() {
        println!("no vectors at {}: skipped", folder.display());
        return None;
    }
    let mut count = 0;
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                each(&path, serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap());
                count += 1;
            }
        }
    }
    Some(count)
}

fn hash(text: &Option<String>) -> Option<Hash> {
    b64::decode_hash(text.as_deref()?)
}

fn hashes(texts: &Option<Vec<String>>) -> Option<Vec<Hash>> {
    texts.iter().flatten().map(|text| b64::decode_hash(text)).collect()
}

#[test]
fn we_agree_with_every_inclusion_vector() {
    let count = vectors("inclusion", |path, v: Inclusion| {
        // What does not parse as 32-byte hashes is a rejection: our types cannot carry it further.
        let parsed = hash(&v.root).zip(hash(&v.leaf_hash)).zip(hashes(&v.proof));
        let accepted = parsed.is_some_and(|((root, leaf), proof)| {
            check_inclusion(&leaf, v.leaf_idx, v.tree_size, &proof, &root).is_ok()
        });
        assert_eq!(accepted, !v.want_err, "{}", path.display());
    });
    if let Some(count) = count {
        assert_eq!(count, 98);
    }
}

#[test]
fn we_agree_with_every_consistency_vector() {
    let count = vectors("consistency", |path, v: Consistency| {
        // This one wants two equal "roots" of 12 bytes accepted. Ours are 32 bytes by type, so it cannot be asked.
        if path.ends_with("additional/sizes-are-equal-one-and-proof-is-empty.json") {
            assert!(hash(&v.root1).is_none() && !v.want_err);
            return;
        }
        let parsed = hash(&v.root1).zip(hash(&v.root2)).zip(hashes(&v.proof));
        let accepted = parsed
            .is_some_and(|((root1, root2), proof)| check_consistency(v.size1, &root1, v.size2, &root2, &proof).is_ok());
        assert_eq!(accepted, !v.want_err, "{}", path.display());
    });
    if let Some(count) = count {
        assert_eq!(count, 98);
    }
}
