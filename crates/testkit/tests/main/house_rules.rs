//! The rules of the house that no compiler holds: which room may know which, and what may be depended on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

fn metadata() -> Value {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let out = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root)
        .output()
        .expect("cargo runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("cargo metadata is JSON")
}

/// Direct dependencies by package, without those of tests.
fn arrows(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|p| {
            let dependencies = p["dependencies"].as_array().unwrap();
            let direct = dependencies.iter().filter(|d| d["kind"].as_str() != Some("dev"));
            (p["name"].as_str().unwrap().to_owned(), direct.map(|d| d["name"].as_str().unwrap().to_owned()).collect())
        })
        .collect()
}

#[test]
fn arrows_between_rooms_go_one_way() {
    // What each room may know of the others.
    let allowed: BTreeMap<&str, &[&str]> = [
        ("whosaw-model", &[][..]),
        ("whosaw-ledger", &["whosaw-model"]),
        ("whosaw-vault", &["whosaw-model"]),
        ("whosaw-access", &["whosaw-model", "whosaw-ledger", "whosaw-vault"]),
        ("whosaw-feed", &["whosaw-model"]),
        ("whosaw-training", &["whosaw-model"]),
        ("whosaw-govern", &["whosaw-model"]),
        ("whosaw-scan", &["whosaw-model"]),
        (
            "whosaw-store",
            &[
                "whosaw-model",
                "whosaw-ledger",
                "whosaw-vault",
                "whosaw-access",
                "whosaw-detect",
                "whosaw-feed",
                "whosaw-training",
                "whosaw-govern",
                "whosaw-scan",
            ],
        ),
        ("whosaw-store-sqlite", &["whosaw-model", "whosaw-ledger", "whosaw-access", "whosaw-store"]),
        ("whosaw-store-postgres", &["whosaw-model", "whosaw-ledger", "whosaw-access", "whosaw-store"]),
        // Not the databases: a handler holds the gate and the store.
        (
            "whosaw-api",
            &[
                "whosaw-model",
                "whosaw-ledger",
                "whosaw-vault",
                "whosaw-access",
                "whosaw-store",
                "whosaw-report",
                "whosaw-training",
                "whosaw-govern",
            ],
        ),
        // What it prints is handed to it as words: it knows no room.
        ("whosaw-report", &[]),
        ("whosaw-verify", &["whosaw-model", "whosaw-ledger"]),
        ("whosaw-detect", &["whosaw-model"]),
    ]
    .into();
    let arrows = arrows(&metadata());
    for (room, may) in &allowed {
        let Some(knows) = arrows.get(*room) else { panic!("there is no package {room}; was it renamed?") };
        let other: Vec<_> = knows.iter().filter(|d| d.starts_with("whosaw") && !may.contains(&d.as_str())).collect();
        assert!(other.is_empty(), "{room} may not know {other:?}: see docs/architecture.md, the rooms");
    }
    let known: BTreeSet<&str> =
        allowed.keys().copied().chain(["whosaw", "whosaw-testkit", "whosaw-bench", "whosaw-eval"]).collect();
    for room in arrows.keys().filter(|p| p.starts_with("whosaw")) {
        assert!(
            known.contains(room.as_str()),
            "{room} is a new room: say here and in docs/architecture.md what it may know"
        );
    }
}

#[test]
fn only_the_stores_know_a_database_driver_and_only_access_knows_cedar() {
    let rules: [(&str, &[&str]); 6] = [
        ("typst", &["whosaw-report"]),
        ("rusqlite", &["whosaw-store-sqlite", "whosaw-testkit", "whosaw-bench"]),
        ("tokio-postgres", &["whosaw-store-postgres", "whosaw-bench"]),
        ("cedar-policy", &["whosaw-access", "whosaw-bench"]),
        ("aws-lc-rs", &["whosaw-vault"]),
        ("lettre", &["whosaw"]),
    ];
    let arrows = arrows(&metadata());
    for (library, only) in rules {
        let knows: Vec<_> = arrows
            .iter()
            .filter(|(p, d)| p.starts_with("whosaw") && d.contains(library) && !only.contains(&p.as_str()))
            .map(|(p, _)| p)
            .collect();
        assert!(knows.is_empty(), "{knows:?} may not depend on {library}: only {only:?} do");
    }
}

#[test]
fn every_dependency_may_be_shipped_under_apache_2() {
    let fine = [
        "Apache-2.0",
        "MIT",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Zlib",
        "0BSD",
        "CC0-1.0",
        "Unicode-3.0",
        "MIT-0",
        "MPL-2.0",
        "BSL-1.0",
        "Unlicense",
        "OpenSSL",
        "CDLA-Permissive-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "bzip2-1.0.6",
    ];
    let metadata = metadata();
    let mut wrong = vec![];
    for p in metadata["packages"].as_array().unwrap() {
        let name = p["name"].as_str().unwrap();
        let Some(licence) = p["license"].as_str() else {
            wrong.push(format!("{name}: no licence stated"));
            continue;
        };
        // `A OR B`: one suffices. `A AND B`: all must do. Parentheses group; none of ours nests deeper than one level.
        let ok = licence.replace('/', " OR ").split(" AND ").all(|part| {
            let part = part.trim().trim_matches(['(', ')']);
            part.split(" OR ").any(|l| fine.contains(&l.trim().trim_matches(['(', ')'])))
        });
        if !ok {
            wrong.push(format!("{name}: {licence}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
