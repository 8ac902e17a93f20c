//! Key-encryption keys in a file only its owner may read: the default provider.
//!
//! Rule: the file is replaced as a whole (written beside, synced, renamed), so a crash leaves the old or the new one; a
//! file that others can read, or that is a link, is refused.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{digest, hmac};
use model::UnixMs;
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use crate::{KeyProvider, KeyVersion, ProviderInfo, VaultError, WrappedKey};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    format: String,
    /// Hex of 32 bytes.
    root: String,
    keys: Vec<Kek>,
    /// Hex of SHA-256 over everything above: a cut or edited file is found.
    checksum: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kek {
    version: u32,
    created_at: UnixMs,
    /// Hex of 32 bytes.
    key: String,
}

impl Drop for Content {
    fn drop(&mut self) {
        self.root.zeroize();
        for k in &mut self.keys {
            k.key.zeroize();
        }
    }
}

const FORMAT: &str = "whosaw-keys/v1";

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
    VaultError::KeyFile(format!("{}: {what}", path.display()))
}

impl Content {
    fn sum(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(self.format.as_bytes());
        context.update(self.root.as_bytes());
        for k in &self.keys {
            context.update(format!("|{}|{}|", k.version, k.created_at.0).as_bytes());
            context.update(k.key.as_bytes());
        }
        hex::encode(context.finish())
    }
    fn kek(&self, version: u32) -> Result<LessSafeKey, VaultError> {
        let kek = self.keys.iter().find(|k| k.version == version).ok_or(VaultError::NoSuchKey(version))?;
        let bytes = Zeroizing::new(hex::decode(&kek.key).map_err(|_| VaultError::Damaged)?);
        Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM_SIV, &bytes).map_err(|_| VaultError::Damaged)?))
    }
}

impl KeyFile {
    /// Makes a new file with a root secret and version 1 of the key-encryption key.
    ///
    /// # Errors
    /// [`VaultError::KeyFile`], also when the file is there already: keys are never overwritten.
    pub fn create(path: &Path, root: [u8; 32], kek: [u8; 32], now: UnixMs) -> Result<Self, VaultError> {
        if path.symlink_metadata().is_ok() {
            return Err(bad(path, "exists already"));
        }
        let mut content = Content {
            format: FORMAT.into(),
            root: hex::encode(root),
            keys: vec![Kek { version: 1, created_at: now, key: hex::encode(kek) }],
            checksum: String::new(),
        };
        content.checksum = content.sum();
        write(path, &content)?;
        Self::open(path)
    }

    /// Opens a key file.
    ///
    /// # Errors
    /// [`VaultError::KeyFile`] when it is a link, readable by others, cut short, edited, or of another format.
    pub fn open(path: &Path) -> Result<Self, VaultError> {
        let meta = path.symlink_metadata().map_err(|e| bad(path, e))?;
        if !meta.file_type().is_file() {
            return Err(bad(path, "is not a plain file"));
        }
        if meta.permissions().mode() & 0o077 != 0 {
            return Err(bad(path, format!("can be read by others (mode {:o}); run chmod 600", meta.mode() & 0o777)));
        }
        let mut text = Zeroizing::new(String::new());
        File::open(path).and_then(|mut f| f.read_to_string(&mut text)).map_err(|e| bad(path, e))?;
        // Parser messages may quote the text, and the text is keys.
        let content: Content = serde_json::from_str(&text).map_err(|_| bad(path, "is damaged or of another format"))?;
        if content.format != FORMAT {
            return Err(bad(path, "is of another format"));
        }
        if content.sum() != content.checksum || content.keys.is_empty() {
            return Err(bad(path, "is damaged: its checksum does not match"));
        }
        for k in &content.keys {
            content.kek(k.version).map_err(|_| bad(path, "holds a key of the wrong length"))?;
        }
        Ok(Self { path: path.to_owned(), content: RwLock::new(content) })
    }
}

fn write(path: &Path, content: &Content) -> Result<(), VaultError> {
    let text = Zeroizing::new(serde_json::to_vec_pretty(content).map_err(|e| bad(path, e))?);
    let beside = path.with_extension("key.new");
    let _ = std::fs::remove_file(&beside);
    let save = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        file.write_all(&text)?;
        file.sync_all()?;
        // A crash before the rename leaves the old file; after it, the new one.
        std::fs::rename(&beside, path)?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()
    };
    save().map_err(|e| bad(path, e))
}

impl KeyProvider for KeyFile {
    fn current(&self) -> u32 {
        self.content.read().keys.iter().map(|k| k.version).max().unwrap_or(0)
    }

    fn wrap(&self, key: &[u8; 32], nonce: [u8; 12], aad: &[u8]) -> Result<WrappedKey, VaultError> {
        let kek_version = self.current();
        let kek = self.content.read().kek(kek_version)?;
        let mut text = Zeroizing::new(key.to_vec());
        let tag = kek
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), text.as_mut_slice())
            .map_err(|_| VaultError::Damaged)?;
        Ok(WrappedKey { kek_version, bytes: [nonce.as_slice(), &text, tag.as_ref()].concat() })
    }

    fn unwrap(&self, wrapped: &WrappedKey, aad: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let kek = self.content.read().kek(wrapped.kek_version)?;
        let (nonce, text) = wrapped.bytes.split_first_chunk::<12>().ok_or(VaultError::Damaged)?;
        let mut text = Zeroizing::new(text.to_vec());
        let plain = kek
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(aad), text.as_mut_slice())
            .map_err(|_| VaultError::Damaged)?;
        Ok(Zeroizing::new(<[u8; 32]>::try_from(&*plain).map_err(|_| VaultError::Damaged)?))
    }

    fn derive(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let root = Zeroizing::new(hex::decode(&self.content.read().root).map_err(|_| VaultError::Damaged)?);
        let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &root), &[b"whosaw/root/v1/", purpose].concat());
        Ok(Zeroizing::new(<[u8; 32]>::try_from(mac.as_ref()).map_err(|_| VaultError::Damaged)?))
    }

    fn rotate(&self, random: [u8; 32], now: UnixMs) -> Result<u32, VaultError> {
        let mut content = self.content.write();
        let version = content.keys.iter().map(|k| k.version).max().unwrap_or(0).saturating_add(1);
        let mut next = Content {
            format: content.format.clone(),
            root: content.root.clone(),
            keys: content.keys.clone(),
            checksum: String::new(),
        };
        next.keys.push(Kek { version, created_at: now, key: hex::encode(random) });
        next.checksum = next.sum();
        write(&self.path, &next)?;
        *content = next;
        Ok(version)
    }

    fn describe(&self) -> ProviderInfo {
        let content = self.content.read();
        let versions =
            content.keys.iter().map(|k| KeyVersion { version: k.version, created_at: k.created_at }).collect();
        ProviderInfo { kind: "file", versions, current: content.keys.iter().map(|k| k.version).max().unwrap_or(0) }
    }
}
