//! Key-encryption keys in a file only its owner may read: the default provider.
//!
//! Rule: the file is replaced as a whole (written beside, synced, renamed), so a crash leaves the old or the new one; a
//! version once written is never lost, also when two processes rotate at once; a file that others can read, or that is a
//! link, is refused. The format is told in docs/encryption.md.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac};
use model::UnixMs;
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::secret::Secret32;
use crate::{KeyProvider, KeyVersion, ProviderInfo, VaultError, WrappedKey};

const FORMAT: &str = "whosaw-keys/v1";

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    format: String,
    root: Secret32,
    /// Ascending, each version once.
    keys: Vec<Kek>,
    /// Hex of SHA-256 over everything above: a cut or edited file is found.
    checksum: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kek {
    version: u32,
    created_at: UnixMs,
    key: Secret32,
}

/// Read before the rest, so that a newer program's file is named as such.
#[derive(Deserialize)]
struct FormatOnly {
    format: String,
}

/// A key file.
pub struct KeyFile {
    path: PathBuf,
    content: RwLock<Content>,
}

impl std::fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyFile({})", self.path.display())
    }
}

fn bad(path: &Path, what: impl std::fmt::Display) -> VaultError {
    VaultError::KeyFile(format!("`{}` {what}", path.display()))
}

fn unusable(path: &Path) -> impl Fn(std::io::Error) -> VaultError + '_ {
    move |error| bad(path, format_args!("cannot be used: {error}"))
}

impl Content {
    fn new(root: Secret32, keys: Vec<Kek>) -> Self {
        let mut content = Self { format: FORMAT.into(), root, keys, checksum: String::new() };
        content.checksum = content.sum();
        content
    }

    fn sum(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(self.format.as_bytes());
        context.update(self.root.hex().as_bytes());
        for k in &self.keys {
            context.update(format!("|{}|{}|", k.version, k.created_at.0).as_bytes());
            context.update(k.key.hex().as_bytes());
        }
        hex::encode(context.finish())
    }

    fn parse(path: &Path, text: &str) -> Result<Self, VaultError> {
        // A parser's message may quote the text, and the text is keys: none is passed on.
        let cut = |_| bad(path, "is damaged or cut short: it is not a key file any more");
        let FormatOnly { format } = serde_json::from_str(text).map_err(cut)?;
        if format != FORMAT {
            let format: String = format.chars().take(40).collect();
            return Err(bad(path, format_args!("is of format `{format}`; this program reads `{FORMAT}`")));
        }
        let content: Self = serde_json::from_str(text).map_err(|_| bad(path, "is damaged or was edited by hand"))?;
        // Ascending, not without gaps: an owner may have destroyed an old version.
        let ascending = content.keys.is_sorted_by(|a, b| a.version < b.version);
        if content.sum() != content.checksum || content.keys.is_empty() || !ascending {
            return Err(bad(path, "is damaged: its checksum does not match"));
        }
        Ok(content)
    }

    fn current(&self) -> u32 {
        self.keys.last().map_or(0, |k| k.version)
    }

    fn kek(&self, version: u32) -> Result<LessSafeKey, VaultError> {
        let kek = self.keys.iter().find(|k| k.version == version).ok_or(VaultError::NoSuchKey(version))?;
        Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM_SIV, kek.key.bytes()).map_err(|_| VaultError::Damaged)?))
    }
}

impl KeyFile {
    /// Makes a new file with a root secret and version 1 of the key-encryption key.
    ///
    /// # Errors
    /// [`VaultError::KeyFile`], also when something is there already: keys are never overwritten.
    pub fn create(path: &Path, root: [u8; 32], kek: [u8; 32], now: UnixMs) -> Result<Self, VaultError> {
        let keys = vec![Kek { version: 1, created_at: now, key: Secret32::new(kek) }];
        let content = Content::new(Secret32::new(root), keys);
        let beside = write_beside(path, &content).map_err(unusable(path))?;
        // A hard link, not a rename: it fails when the name is taken, in one step.
        let linked = std::fs::hard_link(&beside, path);
        let removed = std::fs::remove_file(&beside);
        match linked {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => return Err(bad(path, "exists already")),
            other => other.and(removed).and_then(|()| sync_folder(path)).map_err(unusable(path))?,
        }
        Ok(Self { path: path.to_owned(), content: RwLock::new(content) })
    }

    /// Opens a key file.
    ///
    /// # Errors
    /// [`VaultError::KeyFile`] when it is a link, readable by others, cut short, edited, or of another format.
    pub fn open(path: &Path) -> Result<Self, VaultError> {
        let (_, content) = read(path)?;
        Ok(Self { path: path.to_owned(), content: RwLock::new(content) })
    }

    /// Takes up what another process has added to the file.
    fn refresh(&self) -> Result<(), VaultError> {
        let (_, content) = read(&self.path)?;
        *self.content.write() = content;
        Ok(())
    }
}

/// How often a rotation elsewhere may replace the file under a reader before it gives up: many more than ever happen.
const REPLACED: usize = 1000;

/// Opens the plain file of this name. Between looking and opening, a rotation elsewhere may have put a newer file there
/// (then look again) or someone a link (then the next look refuses it).
fn open_plain(path: &Path) -> Result<(File, Metadata), VaultError> {
    for _ in 0..REPLACED {
        let named = path.symlink_metadata().map_err(unusable(path))?;
        if !named.file_type().is_file() {
            return Err(bad(path, "is not a plain file"));
        }
        let file = File::open(path).map_err(unusable(path))?;
        let meta = file.metadata().map_err(unusable(path))?;
        if (meta.dev(), meta.ino()) == (named.dev(), named.ino()) {
            return Ok((file, meta));
        }
    }
    Err(bad(path, "is replaced again and again while it is opened"))
}

fn read(path: &Path) -> Result<(File, Content), VaultError> {
    let (mut file, meta) = open_plain(path)?;
    if meta.mode() & 0o077 != 0 {
        return Err(bad(path, format_args!("can be read by others (mode {:o}); run chmod 600", meta.mode() & 0o777)));
    }
    let mut text = Zeroizing::new(String::with_capacity(usize::try_from(meta.len()).unwrap_or(0)));
    file.read_to_string(&mut text).map_err(unusable(path))?;
    let content = Content::parse(path, &text)?;
    Ok((file, content))
}

/// Reads the file and holds its lock. The lock belongs to a file, and rotation replaces the file: so after waiting, look
/// whether the locked one still has the name.
fn read_locked(path: &Path) -> Result<(File, Content), VaultError> {
    loop {
        let (file, content) = read(path)?;
        file.lock().map_err(unusable(path))?;
        let (ours, named) = (file.metadata().map_err(unusable(path))?, path.metadata().map_err(unusable(path))?);
        if (ours.dev(), ours.ino()) == (named.dev(), named.ino()) {
            return Ok((file, content));
        }
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    File::open(folder(path))?.sync_all()
}

/// Writes the content durably under a name of its own beside `path`.
fn write_beside(path: &Path, content: &Content) -> std::io::Result<PathBuf> {
    let text = Zeroizing::new(serde_json::to_vec_pretty(content)?);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    // Left by a process of the same number that died in the middle.
    match std::fs::remove_file(&beside) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(&text)?;
    file.sync_all()?;
    Ok(beside)
}

impl KeyProvider for KeyFile {
    fn current(&self) -> u32 {
        self.content.read().current()
    }

    fn wrap(&self, key: &[u8; 32], nonce: [u8; 12], aad: &[u8]) -> Result<WrappedKey, VaultError> {
        let (kek_version, kek) = {
            let content = self.content.read();
            (content.current(), content.kek(content.current())?)
        };
        let mut text = Zeroizing::new(*key);
        let tag = kek
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), text.as_mut_slice())
            .map_err(|_| VaultError::Damaged)?;
        Ok(WrappedKey { kek_version, bytes: [nonce.as_slice(), text.as_slice(), tag.as_ref()].concat() })
    }

    fn unwrap(&self, wrapped: &WrappedKey, aad: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        if self.current() < wrapped.kek_version {
            // `whosaw key rotate` ran beside this process.
            self.refresh()?;
        }
        let kek = self.content.read().kek(wrapped.kek_version)?;
        let (nonce, text) = wrapped.bytes.split_first_chunk::<12>().ok_or(VaultError::Damaged)?;
        let mut text = Zeroizing::new(text.to_vec());
        let plain = kek
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(aad), text.as_mut_slice())
            .map_err(|_| VaultError::Damaged)?;
        Ok(Zeroizing::new(<[u8; 32]>::try_from(&*plain).map_err(|_| VaultError::Damaged)?))
    }

    fn derive(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let root = hmac::Key::new(hmac::HMAC_SHA256, self.content.read().root.bytes());
        let mac = hmac::sign(&root, &[b"whosaw/root/v1/", purpose].concat());
        Ok(Zeroizing::new(<[u8; 32]>::try_from(mac.as_ref()).map_err(|_| VaultError::Damaged)?))
    }

    fn rotate(&self, random: [u8; 32], now: UnixMs) -> Result<u32, VaultError> {
        let mut content = self.content.write();
        // From the file, not from memory: another process may have added a version, which must not be lost.
        let (_lock, mut next) = read_locked(&self.path)?;
        let version = next.current().saturating_add(1);
        next.keys.push(Kek { version, created_at: now, key: Secret32::new(random) });
        let next = Content::new(next.root.clone(), next.keys.clone());
        let beside = write_beside(&self.path, &next).map_err(unusable(&self.path))?;
        // A crash before the rename leaves the old file; after it, the new one.
        let moved = std::fs::rename(&beside, &self.path).and_then(|()| sync_folder(&self.path));
        moved.map_err(unusable(&self.path))?;
        *content = next;
        Ok(version)
    }

    fn describe(&self) -> ProviderInfo {
        let content = self.content.read();
        let versions =
            content.keys.iter().map(|k| KeyVersion { version: k.version, created_at: k.created_at }).collect();
        ProviderInfo { kind: "file", versions, current: content.current() }
    }
}
