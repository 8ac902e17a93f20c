//! The tamper drill on files, and what the program itself does with an altered database. Every table and column is the
//! store's drill (`stories::drill`).

use std::fs;
use std::path::{Path, PathBuf};

use super::support::Instance;

/// Which files may be changed without being found, and why.
const EXCUSED: &[(&str, &str)] = &[
    ("whosaw.toml", "what it says is its owner's to change; one that does not read is refused"),
    (".lock", "empty, held while the program runs"),
];

fn files(at: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Puts a file back as it was, with its mode.
struct Kept(PathBuf, Vec<u8>, fs::Permissions);

impl Kept {
    fn of(path: &Path) -> Kept {
        Kept(path.to_owned(), fs::read(path).unwrap(), path.metadata().unwrap().permissions())
    }
    fn put_back(&self) {
        fs::write(&self.0, &self.1).unwrap();
        fs::set_permissions(&self.0, self.2.clone()).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::set_permissions(to, from.metadata().unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

#[test]
fn every_file_of_an_instance_is_found_when_changed_cut_or_gone() {
    let i = Instance::demo(3);
    i.run(&["doctor"]).is(0);
    // What still stands in the write-ahead log takes the place of what the file holds.
    let db = rusqlite::Connection::open(i.path().join("whosaw.db")).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(db);
    // Doctor itself writes: each case has a copy of its own.
    let clean = i.beside("clean");
    copy(&i.path(), &clean);
    let mut missed = vec![];
    for file in files(&clean) {
        let name = file.strip_prefix(&clean).unwrap().to_string_lossy().into_owned();
        if EXCUSED.iter().any(|(excused, _)| name.ends_with(excused))
            || name.ends_with("-wal")
            || name.ends_with("-shm")
        {
            continue;
        }
        let kept = Kept::of(&file);
        let half = kept.1.len() / 2;
        // Between two rows of a page there may be bytes that mean nothing: not one of those.
        let middle = half + kept.1[half..].windows(16).position(|w| w.iter().all(|b| *b != 0)).unwrap_or(0) + 8;
        let middle = middle.min(kept.1.len() - 1);
        for how in ["flip", "cut", "gone"] {
            fs::remove_dir_all(i.path()).unwrap();
            copy(&clean, &i.path());
            let target = i.path().join(&name);
            match how {
                "flip" => {
                    let mut bytes = kept.1.clone();
                    bytes[middle] ^= 1;
                    fs::write(&target, bytes).unwrap();
                }
                "cut" => fs::write(&target, &kept.1[..half]).unwrap(),
                _ => fs::remove_file(&target).unwrap(),
            }
            // An unfinished tile that a wider one has replaced need not be kept (C2SP tlog-tiles).
            let wider = || fs::read_dir(file.parent().unwrap()).unwrap().count() > 1;
            if how == "gone" && name.contains(".p/") && wider() {
                continue;
            }
            let said = i.run(&["doctor"]);
            if said.code != 3 {
                missed.push(format!("{name} {how}: {}", said.code));
            }
        }
        kept.put_back();
    }
    assert!(missed.is_empty(), "{missed:#?}");
    fs::remove_dir_all(i.path()).unwrap();
    copy(&clean, &i.path());
    i.run(&["doctor"]).is(0);
}
