//! Key-encryption keys in a PKCS#11 token (HSM): they are made inside, marked non-extractable, and never leave it.
//!
//! Objects in the token: `whosaw-root`, a generic secret for HMAC-SHA-256 from which system keys and index keys are derived
//! inside the token; `whosaw-kek`, AES-256 keys, one per version, whose id is the version (u32) and the time it was made
//! (i64, ms), both big-endian. Data keys are wrapped by CKM_AES_GCM with associated data. (GCM, not GCM-SIV: tokens do not
//! have the latter. Its nonces are drawn from the key being wrapped, so one repeats for the same key and customer alone.)

use std::path::Path;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::{AuthPin, Ulong};
use model::UnixMs;
use parking_lot::{Mutex, RwLock};
use zeroize::Zeroizing;

use crate::{KeyProvider, KeyVersion, ProviderInfo, VaultError, WrappedKey};

const ROOT: &[u8] = b"whosaw-root";
const KEK: &[u8] = b"whosaw-kek";

#[derive(Clone, Copy)]
struct Kek {
    version: u32,
    created_at: UnixMs,
    handle: ObjectHandle,
}

/// A token as key provider.
pub struct Pkcs11Provider {
    session: Mutex<Session>,
    root: ObjectHandle,
    keks: RwLock<Vec<Kek>>,
    // Dropped after the session, which needs it.
    _module: Pkcs11,
}

fn failed(error: impl std::fmt::Display) -> VaultError {
    VaultError::Provider(error.to_string())
}

impl Pkcs11Provider {
    /// Signs in to the token called `label` through the module (a shared library) and finds its keys; makes the first
    /// ones in a token that has none.
    ///
    /// # Errors
    /// [`VaultError::Provider`] when the module, the token or the PIN is not there or not right.
    pub fn open(module: &Path, label: &str, pin: &str, now: UnixMs) -> Result<Self, VaultError> {
        let pkcs11 = Pkcs11::new(module).map_err(failed)?;
        pkcs11.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(failed)?;
        let mut slot = None;
        for s in pkcs11.get_slots_with_token().map_err(failed)? {
            if pkcs11.get_token_info(s).map_err(failed)?.label() == label {
                slot = Some(s);
            }
        }
        let slot = slot.ok_or_else(|| failed(format!("there is no token `{label}`")))?;
        let session = pkcs11.open_rw_session(slot).map_err(failed)?;
        session.login(UserType::User, Some(&AuthPin::new(pin.to_owned().into()))).map_err(failed)?;
        let root = match find(&session, ROOT)?.first() {
            Some(root) => *root,
            None => session
                .generate_key(
                    &Mechanism::GenericSecretKeyGen,
                    &[
                        Attribute::Class(ObjectClass::SECRET_KEY),
                        Attribute::KeyType(KeyType::GENERIC_SECRET),
                        Attribute::ValueLen(Ulong::new(32)),
                        Attribute::Token(true),
                        Attribute::Private(true),
                        Attribute::Sensitive(true),
                        Attribute::Extractable(false),
                        Attribute::Sign(true),
                        Attribute::Label(ROOT.to_vec()),
                    ],
                )
                .map_err(failed)?,
        };
        let mut keks = Vec::new();
        for handle in find(&session, KEK)? {
            keks.push(read_kek(&session, handle)?);
        }
        keks.sort_by_key(|k| k.version);
        if keks.is_empty() {
            keks.push(make_kek(&session, 1, now)?);
        }
        Ok(Self { session: Mutex::new(session), root, keks: RwLock::new(keks), _module: pkcs11 })
    }
}

fn find(session: &Session, label: &[u8]) -> Result<Vec<ObjectHandle>, VaultError> {
    session.find_objects(&[Attribute::Class(ObjectClass::SECRET_KEY), Attribute::Label(label.to_vec())]).map_err(failed)
}

fn read_kek(session: &Session, handle: ObjectHandle) -> Result<Kek, VaultError> {
    let attributes = session.get_attributes(handle, &[AttributeType::Id]).map_err(failed)?;
    let id = attributes.into_iter().find_map(|a| match a {
        Attribute::Id(id) => Some(id),
        _ => None,
    });
    let odd = || failed("a key-encryption key of the token has an odd id");
    let id: [u8; 12] = id.unwrap_or_default().try_into().map_err(|_| odd())?;
    let (version, created_at) = id.split_first_chunk::<4>().ok_or_else(odd)?;
    let created_at = created_at.first_chunk::<8>().ok_or_else(odd)?;
    Ok(Kek { version: u32::from_be_bytes(*version), created_at: UnixMs(i64::from_be_bytes(*created_at)), handle })
}

fn make_kek(session: &Session, version: u32, now: UnixMs) -> Result<Kek, VaultError> {
    let id = [version.to_be_bytes().as_slice(), &now.0.to_be_bytes()].concat();
    let handle = session
        .generate_key(
            &Mechanism::AesKeyGen,
            &[
                Attribute::Class(ObjectClass::SECRET_KEY),
                Attribute::KeyType(KeyType::AES),
                Attribute::ValueLen(Ulong::new(32)),
                Attribute::Token(true),
                Attribute::Private(true),
                Attribute::Sensitive(true),
                Attribute::Extractable(false),
                Attribute::Encrypt(true),
                Attribute::Decrypt(true),
                Attribute::Label(KEK.to_vec()),
                Attribute::Id(id),
            ],
        )
        .map_err(failed)?;
    Ok(Kek { version, created_at: now, handle })
}

impl KeyProvider for Pkcs11Provider {
    fn current(&self) -> u32 {
        self.keks.read().last().map_or(0, |k| k.version)
    }

    fn wrap(&self, key: &[u8; 32], mut nonce: [u8; 12], aad: &[u8]) -> Result<WrappedKey, VaultError> {
        let kek = self.keks.read().last().copied().ok_or(VaultError::NoSuchKey(0))?;
        let before = nonce;
        let mechanism = Mechanism::AesGcm(GcmParams::new(&mut nonce, aad, Ulong::new(128)).map_err(failed)?);
        let text = self.session.lock().encrypt(&mechanism, kek.handle, key).map_err(failed)?;
        drop(mechanism);
        // A token may draw its own nonce; then it wrote it here.
        debug_assert_eq!(before.len(), nonce.len());
        Ok(WrappedKey { kek_version: kek.version, bytes: [nonce.as_slice(), &text].concat() })
    }

    fn unwrap(&self, wrapped: &WrappedKey, aad: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let known = self.keks.read().iter().find(|k| k.version == wrapped.kek_version).copied();
        let kek = known.ok_or(VaultError::NoSuchKey(wrapped.kek_version))?;
        let (nonce, text) = wrapped.bytes.split_first_chunk::<12>().ok_or(VaultError::Damaged)?;
        let mut nonce = *nonce;
        let mechanism = Mechanism::AesGcm(GcmParams::new(&mut nonce, aad, Ulong::new(128)).map_err(failed)?);
        // SoftHSM answers a wrong tag with CKR_GENERAL_ERROR, so a failure here cannot be told from damage.
        let plain = self.session.lock().decrypt(&mechanism, kek.handle, text).map_err(|_| VaultError::Damaged)?;
        let plain = Zeroizing::new(plain);
        Ok(Zeroizing::new(<[u8; 32]>::try_from(plain.as_slice()).map_err(|_| VaultError::Damaged)?))
    }

    fn derive(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let text = [b"whosaw/root/v1/", purpose].concat();
        let mac = Zeroizing::new(self.session.lock().sign(&Mechanism::Sha256Hmac, self.root, &text).map_err(failed)?);
        Ok(Zeroizing::new(<[u8; 32]>::try_from(mac.as_slice()).map_err(|_| VaultError::Damaged)?))
    }

    /// The token draws the key itself; the bytes given are not used.
    fn rotate(&self, _random: [u8; 32], now: UnixMs) -> Result<u32, VaultError> {
        let mut keks = self.keks.write();
        let version = keks.last().map_or(0, |k| k.version).saturating_add(1);
        keks.push(make_kek(&self.session.lock(), version, now)?);
        Ok(version)
    }

    fn describe(&self) -> ProviderInfo {
        let keks = self.keks.read();
        ProviderInfo {
            kind: "pkcs11",
            versions: keks.iter().map(|k| KeyVersion { version: k.version, created_at: k.created_at }).collect(),
            current: keks.last().map_or(0, |k| k.version),
        }
    }
}
