//! The published folder: C2SP tlog-tiles as plain files, for a web server, a backup or a person with a USB stick.
//!
//! Rule: a tile once written never changes; each file appears whole or not at all; `checkpoint` is replaced only after
//! everything it commits to is on disk.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::PublishError;

/// Where the log is published to.
#[derive(Debug, Clone)]
pub(crate) struct Folder(pub(crate) PathBuf);

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> PublishError {
    let path = path.to_owned();
    move |error| PublishError::Folder { path, error }
}

impl Folder {
    /// A file's content; `None` where there is none.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let path = self.0.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&path)(error)),
        }
    }

    /// Writes files that must not change once written. What is there already must be the same.
    pub(crate) fn write_all(&self, files: &[(String, Vec<u8>)]) -> Result<(), PublishError> {
        let mut touched = BTreeSet::new();
        for (name, bytes) in files {
            match self.read(name)? {
                Some(have) if have == *bytes => continue,
                Some(_) => return Err(PublishError::FolderDiffers(self.0.join(name))),
                None => self.put(name, bytes, &mut touched)?,
            }
        }
        sync_all(&touched)
    }

    /// The names of all tiles there, unfinished ones of before among them.
    pub(crate) fn tiles(&self) -> Result<Vec<String>, PublishError> {
        let mut found = vec![];
        let mut folders = vec![self.0.join("tile")];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(failed(&folder)(error)),
            };
            for entry in entries {
                let path = entry.map_err(failed(&folder))?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(name) = path.strip_prefix(&self.0).ok().and_then(Path::to_str) {
                    found.push(name.to_owned());
                }
            }
        }
        Ok(found)
    }

    /// Replaces a file.
    pub(crate) fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), PublishError> {
        if self.read(name)?.as_deref() == Some(bytes) {
            return Ok(());
        }
        let mut touched = BTreeSet::new();
        self.put(name, bytes, &mut touched)?;
        sync_all(&touched)
    }

    /// Drops the partial forms of tiles that are full now (C2SP tlog-tiles lets a log do so).
    pub(crate) fn drop_partial(&self, full: &[String]) -> Result<(), PublishError> {
        for name in full {
            let path = self.0.join(format!("{name}.p"));
            match fs::remove_dir_all(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(failed(&path)(error)),
            }
        }
        Ok(())
    }

    fn put(&self, name: &str, bytes: &[u8], touched: &mut BTreeSet<PathBuf>) -> Result<(), PublishError> {
        let path = self.0.join(name);
        let folder = path.parent().unwrap_or(&self.0).to_owned();
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        // Beside its place, so that the rename stays within one file system; one publisher writes, so one name does.
        let part = folder.join(".part");
        let mut file = File::create(&part).map_err(failed(&part))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed(&part))?;
        // A crash before the rename leaves `.part`, which the next write replaces; after it, the whole file.
        fs::rename(&part, &path).map_err(failed(&path))?;
        // New folders up to the root must survive too.
        let mut at = Some(folder.as_path());
        while let Some(folder) = at.filter(|f| f.starts_with(&self.0)) {
            if !touched.insert(folder.to_owned()) {
                break;
            }
            at = folder.parent();
        }
        Ok(())
    }
}

fn sync_all(folders: &BTreeSet<PathBuf>) -> Result<(), PublishError> {
    for folder in folders {
        File::open(folder).and_then(|f| f.sync_all()).map_err(failed(folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_written_once_and_never_changed() {
        let root = std::env::temp_dir().join(format!("whosaw-folder-{}", std::process::id()));
        let folder = Folder(root.clone());
        let tile = ("tile/0/x001/000".to_owned(), vec![1; 32]);
        folder.write_all(std::slice::from_ref(&tile)).unwrap();
        folder.write_all(std::slice::from_ref(&tile)).unwrap();
        assert_eq!(folder.read(&tile.0).unwrap(), Some(vec![1; 32]));
        let other = (tile.0.clone(), vec![2; 32]);
        assert!(matches!(folder.write_all(&[other]), Err(PublishError::FolderDiffers(_))));

        folder.replace("checkpoint", b"one").unwrap();
        folder.replace("checkpoint", b"two").unwrap();
        assert_eq!(folder.read("checkpoint").unwrap().as_deref(), Some(b"two".as_slice()));

        folder.write_all(&[("tile/0/001.p/7".into(), vec![3; 224])]).unwrap();
        folder.drop_partial(&["tile/0/001".into(), "tile/0/002".into()]).unwrap();
        assert_eq!(folder.read("tile/0/001.p/7").unwrap(), None);
        fs::remove_dir_all(root).unwrap();
    }
}
