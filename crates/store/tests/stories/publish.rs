//! The published ledger: what is signed, what is refused, what an outsider finds in the folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::log_check::Verdict;
use ledger::{LogSource, SourceError, check_log};
use model::Action;
use store::publish::{PublishError, Published, Publisher, ScrubFinding};

use super::world::{World, key};
use crate::base::last_byte_changed;

struct Folder(PathBuf);

impl LogSource for Folder {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
        match fs::read(self.0.join(path)) {
            Ok(bytes) if bytes.len() > max_bytes => Err(SourceError::TooLong(max_bytes)),
            Ok(bytes) => Ok(bytes),
            Err(_) => Err(SourceError::Missing),
        }
    }
}

async fn grow(w: &World, events: usize) {
    for _ in 0..events {
        w.list(w.rep, "customer").await;
    }
}

#[tokio::test]
async fn an_outsider_checks_the_folder_and_every_file_is_served_alike() {
    let w = World::new().await;
    let first = w.publisher.publish_once(w.now()).await.unwrap();
    assert!(first.changed && first.size > 0);
    assert_eq!(w.publisher.publish_once(w.now()).await.unwrap(), Published { changed: false, ..first });
    let older = w.publisher.checkpoint().await.unwrap().unwrap();

    // Beyond one whole tile, in steps that leave partial ones behind.
    for step in [200, 100, 250] {
        grow(&w, step).await;
        assert!(w.publisher.publish_once(w.now()).await.unwrap().changed);
    }
    let folder = w.dir.path().join("ledger");
    let report = check_log(&Folder(folder.clone()), &[key().verifier().clone()], std::slice::from_ref(&older));
    assert_eq!((report.verdict, report.older_ok), (Verdict::Ok, 1), "{report:?}");
    assert_eq!(report.entries, 550 + first.size);

    let mut files = Vec::new();
    collect(&folder, &folder, &mut files);
    assert!(files.iter().any(|f| f == "tile/0/001") && !files.iter().any(|f| f.starts_with("tile/0/000.p/")));
    for name in files {
        let served = w.publisher.file(&name).await.unwrap();
        assert_eq!(served, Some(fs::read(folder.join(&name)).unwrap()), "{name}");
    }
    for nothing in ["", "tile/0/999", "tile/0/001.p/300", "tile/1/000", "../whosaw.db", "tile/entries/002.p/200"] {
        assert_eq!(w.publisher.file(nothing).await.unwrap(), None, "{nothing}");
    }
}

fn collect(root: &Path, at: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
        }
    }
}

#[tokio::test]
async fn a_lost_folder_is_filled_again_and_a_changed_one_is_refused() {
    let w = World::new().await;
    grow(&w, 300).await;
    w.publisher.publish_once(w.now()).await.unwrap();
    let folder = w.dir.path().join("other");
    let again = Publisher::new(w.base.database(), key(), Some(folder.clone()));
    assert!(!again.publish_once(w.now()).await.unwrap().changed);
    let report = check_log(&Folder(folder.clone()), &[key().verifier().clone()], &[]);
    assert_eq!(report.verdict, Verdict::Ok, "{report:?}");

    fs::remove_file(folder.join("checkpoint")).unwrap();
    fs::write(folder.join("tile/0/000"), vec![0; 8192]).unwrap();
    let again = Publisher::new(w.base.database(), key(), Some(folder));
    assert!(matches!(again.publish_once(w.now()).await, Err(PublishError::FolderDiffers(_))));
}

#[tokio::test]
async fn a_database_that_was_rolled_back_is_not_signed() {
    let w = World::new().await;
    grow(&w, 5).await;
    w.publisher.publish_once(w.now()).await.unwrap();
    let copy = w.base.copy().await;
    grow(&w, 5).await;
    let signed = w.publisher.publish_once(w.now()).await.unwrap().size;

    let old: Arc<dyn store::Database> = copy.database();
    let folder = w.dir.path().join("ledger");
    let restored = Publisher::new(old.clone(), key(), Some(folder.clone()));
    let refused = |result| match result {
        Err(PublishError::Behind { have, known }) => have < known && known == signed,
        _ => false,
    };
    assert!(refused(restored.check_head(&[]).await.map(|_| ())));
    assert!(refused(restored.publish_once(w.now()).await.map(|_| ())));
    // Also without the folder, by whoever kept a checkpoint.
    let note = w.publisher.checkpoint().await.unwrap().unwrap();
    assert!(refused(Publisher::new(old.clone(), key(), None).check_head(&[note]).await.map(|_| ())));

    // Grown past the signed size on another history, it contradicts what was signed.
    let other = regrow(old, &w, signed).await;
    assert!(matches!(other.check_head(&[]).await, Err(PublishError::Forked { size }) if size == signed));
    assert!(matches!(other.publish_once(w.now()).await, Err(PublishError::Forked { .. })));
}

/// Writes another history into the copy until it is longer than what was signed.
async fn regrow(db: Arc<dyn store::Database>, w: &World, signed: u64) -> Publisher {
    let store = store::Store::open(db.clone(), w.vault.clone()).await.unwrap();
    store.node_start(w.now(), serde_json::json!({})).await.unwrap();
    for _ in 0..signed {
        let grant = store.gate().admit_system(&w.caller(w.auditor), store::audit::Feed::default()).await.unwrap();
        store.feed(grant).await.unwrap();
    }
    Publisher::new(db, key(), Some(w.dir.path().join("ledger")))
}

#[tokio::test]
async fn an_edited_ledger_is_not_signed_and_the_scrub_says_where() {
    let w = World::new().await;
    grow(&w, 300).await;
    w.publisher.publish_once(w.now()).await.unwrap();
    assert!(w.publisher.scrub(0..u64::MAX).await.unwrap().is_clean());

    // A leaf of a full tile: the tile above no longer follows from it.
    let seq = w.positions(Action::List).await[3];
    let changed = last_byte_changed("leaf", "ff");
    w.tamper(&format!("UPDATE ledger_leaf SET leaf = {changed} WHERE idx = {seq}"));
    let scrub = w.publisher.scrub(0..u64::MAX).await.unwrap();
    assert!(scrub.findings.contains(&ScrubFinding::Tile { path: "tile/0/000".into() }), "{scrub:?}");
    w.tamper(&format!("DELETE FROM ledger_leaf WHERE idx = {seq}"));
    let scrub = w.publisher.scrub(0..u64::MAX).await.unwrap();
    assert!(scrub.findings.contains(&ScrubFinding::Missing { index: seq.unsigned_abs() }), "{scrub:?}");

    // A leaf written since: its change would be signed if the publisher believed the state.
    grow(&w, 3).await;
    w.tamper(&format!("UPDATE ledger_leaf SET leaf = {changed} WHERE idx = (SELECT MAX(idx) FROM ledger_leaf)"));
    assert!(matches!(w.publisher.publish_once(w.now()).await, Err(PublishError::Damaged(_))));
    assert!(matches!(w.publisher.publish_once(w.now()).await, Err(PublishError::Damaged(_))));
}

#[tokio::test]
async fn a_signed_checkpoint_of_another_key_is_not_believed() {
    let w = World::new().await;
    w.publisher.publish_once(w.now()).await.unwrap();
    let other = ledger::SigningKey::from_seed(super::world::ORIGIN, [8; 32]).unwrap();
    let publisher = Publisher::new(w.base.database(), other.clone(), None);
    assert!(matches!(publisher.publish_once(w.now()).await, Err(PublishError::Checkpoint(_))));
    // Unless it is known as a former one.
    let publisher = Publisher::new(w.base.database(), other, None).with_former_keys([key().verifier().clone()]);
    grow(&w, 1).await;
    assert!(publisher.publish_once(w.now()).await.unwrap().changed);
}
