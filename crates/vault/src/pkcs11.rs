//! Key-encryption keys in a PKCS#11 token (HSM): they are made inside, marked non-extractable, and never leave it.
//!
//! Objects in the token: `whosaw-root`, a generic secret for HMAC-SHA-256 from which system keys and index keys are derived
//! inside the token (HMAC, because every token has it: SoftHSM lacks HKDF; and inside, so that there is no wrapped root
//! beside the database to lose or to steal); `whosaw-kek`, AES-256 keys, one per version, whose id is the version (u32) and
//! the time it was made (i64, ms), both big-endian. Data keys are wrapped by CKM_AES_GCM with associated data. (GCM, not
//! GCM-SIV: tokens do not have the latter. Its nonces are drawn from the key being wrapped, so one repeats for the same key
//! and customer alone.)
//!
//! Rule: a token with half of our keys, or with one that could be read out, is refused. One session is shared behind a
//! lock; when it is lost (the token was unplugged, its service restarted) it is opened anew, once per call.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::aead::GcmParams;
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::{AuthPin, Ulong};
use model::UnixMs;
use parking_lot::Mutex;
use zeroize::Zeroizing;

use crate::{KeyProvider, KeyVersion, ProviderInfo, VaultError, WrappedKey};

const ROOT: &str = "whosaw-root";
const KEK: &str = "whosaw-kek";

/// Which token, and how to sign in to it.
struct Token {
    module: PathBuf,
    label: String,
    pin: Zeroizing<String>,
}

/// A token as key provider.
pub struct Pkcs11Provider {
    token: Token,
    state: Mutex<State>,
}

struct State {
    /// Nothing while the token is away.
    opened: Option<Opened>,
    /// As they were when the token was last there, oldest first.
    versions: Vec<KeyVersion>,
}

impl State {
    /// Opens a new session after closing the old one: a restarted library may give the same number to both, and closing
    /// the old one later would close the new.
    fn reopen(&mut self, token: &Token) -> Result<&Opened, VaultError> {
        self.opened = None;
        let opened = Opened::open(token)?;
        self.versions = opened.versions();
        Ok(self.opened.insert(opened))
    }

    fn current(&self) -> u32 {
        self.versions.last().map_or(0, |v| v.version)
    }
}

struct Opened {
    session: Session,
    root: ObjectHandle,
    /// By version. More than one key of a version exists only if two processes rotated in the same instant; then each of
    /// them may have wrapped something, and both are tried.
    keks: BTreeMap<u32, Vec<Kek>>,
}

#[derive(Clone, Copy)]
struct Kek {
    handle: ObjectHandle,
    created_at: UnixMs,
}

impl std::fmt::Debug for Pkcs11Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pkcs11Provider({})", self.token.label)
    }
}

fn refused(error: &Error) -> VaultError {
    VaultError::Provider(match error {
        Error::LibraryLoading(e) => format!("the PKCS#11 library cannot be loaded: {e}"),
        Error::Pkcs11(code, function) => format!("the token refused {function}: {code}"),
        other => format!("the token cannot be used: {other}"),
    })
}

fn is_lost(error: &Error) -> bool {
    use RvError::{
        CryptokiNotInitialized, DeviceError, DeviceRemoved, KeyHandleInvalid, ObjectHandleInvalid, SessionClosed,
        SessionHandleInvalid, TokenNotPresent, UserNotLoggedIn,
    };
    matches!(
        error,
        Error::Pkcs11(
            CryptokiNotInitialized
                | DeviceError
                | DeviceRemoved
                | KeyHandleInvalid
                | ObjectHandleInvalid
                | SessionClosed
                | SessionHandleInvalid
                | TokenNotPresent
                | UserNotLoggedIn,
            _
        )
    )
}

/// How tokens say that an AES-GCM tag does not match. SoftHSM 2.6 says `CKR_GENERAL_ERROR`.
fn is_damage(error: &Error) -> bool {
    use RvError::{ArgumentsBad, DataInvalid, DataLenRange, EncryptedDataInvalid, EncryptedDataLenRange, GeneralError};
    matches!(
        error,
        Error::Pkcs11(
            ArgumentsBad | DataInvalid | DataLenRange | EncryptedDataInvalid | EncryptedDataLenRange | GeneralError,
            _
        )
    )
}

impl Token {
    fn new(module: &Path, label: &str, pin: &str) -> Self {
        Self { module: module.to_owned(), label: label.to_owned(), pin: Zeroizing::new(pin.to_owned()) }
    }

    /// The library, initialized, and the slot with this token.
    fn find(&self) -> Result<(Pkcs11, Slot), VaultError> {
        let library = Pkcs11::new(&self.module).map_err(|e| refused(&e))?;
        match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(e) => return Err(refused(&e)),
        }
        let mut found = vec![];
        for slot in library.get_slots_with_initialized_token().map_err(|e| refused(&e))? {
            if library.get_token_info(slot).map_err(|e| refused(&e))?.label().trim_end() == self.label {
                found.push(slot);
            }
        }
        match found.as_slice() {
            [slot] => Ok((library, *slot)),
            [] => Err(VaultError::Provider(format!("there is no token labelled `{}`", self.label))),
            _ => Err(VaultError::Provider(format!("several tokens are labelled `{}`", self.label))),
        }
    }

    /// A session, logged in. Writing ones are for making keys alone.
    fn session(&self, writing: bool) -> Result<Session, VaultError> {
        let (library, slot) = self.find()?;
        let session = if writing { library.open_rw_session(slot) } else { library.open_ro_session(slot) };
        let session = session.map_err(|e| refused(&e))?;
        match session.login(UserType::User, Some(&AuthPin::new(self.pin.as_str().into()))) {
            // Login belongs to the process, not to the session.
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(e) => Err(refused(&e)),
        }
    }
}

/// The versions of key-encryption keys in the token, and the root secrets.
type Found = (BTreeMap<u32, Vec<Kek>>, Vec<ObjectHandle>);

fn look(session: &Session) -> Result<Found, VaultError> {
    let (mut keks, mut roots) = (BTreeMap::<u32, Vec<Kek>>::new(), vec![]);
    let handles = session.find_objects(&[Attribute::Class(ObjectClass::SECRET_KEY), Attribute::Token(true)]);
    for handle in handles.map_err(|e| refused(&e))? {
        let wanted = [AttributeType::Label, AttributeType::Id, AttributeType::Sensitive, AttributeType::Extractable];
        let (mut label, mut id, mut guarded) = (String::new(), vec![], (false, true));
        for attribute in session.get_attributes(handle, &wanted).map_err(|e| refused(&e))? {
            match attribute {
                Attribute::Label(bytes) => label = String::from_utf8_lossy(&bytes).into_owned(),
                Attribute::Id(bytes) => id = bytes,
                Attribute::Sensitive(yes) => guarded.0 = yes,
                Attribute::Extractable(yes) => guarded.1 = yes,
                _ => {}
            }
        }
        if label != ROOT && label != KEK {
            continue;
        }
        if guarded != (true, false) {
            return Err(VaultError::Provider(format!(
                "the key `{label}` can be read out of the token; it is not used"
            )));
        }
        if label == ROOT {
            roots.push(handle);
            continue;
        }
        let (version, created_at) =
            read_id(&id).ok_or_else(|| VaultError::Provider(format!("a key `{KEK}` of the token has an odd id")))?;
        keks.entry(version).or_default().push(Kek { handle, created_at });
    }
    for same in keks.values_mut() {
        // The token's own order is not the same in each process; that of their making is.
        same.sort_by_key(|k| k.created_at);
    }
    Ok((keks, roots))
}

fn read_id(id: &[u8]) -> Option<(u32, UnixMs)> {
    let (version, ms) = id.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*version), UnixMs(i64::from_be_bytes(ms.try_into().ok()?))))
}

fn generate(session: &Session, mechanism: &Mechanism<'_>, of_its_kind: Vec<Attribute>) -> Result<(), VaultError> {
    let guarded = [
        Attribute::Class(ObjectClass::SECRET_KEY),
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::ValueLen(Ulong::new(32)),
    ];
    let template: Vec<_> = guarded.into_iter().chain(of_its_kind).collect();
    session.generate_key(mechanism, &template).map(drop).map_err(|e| refused(&e))
}

fn make_root(session: &Session) -> Result<(), VaultError> {
    let kind = vec![Attribute::Label(ROOT.into()), Attribute::KeyType(KeyType::GENERIC_SECRET), Attribute::Sign(true)];
    generate(session, &Mechanism::GenericSecretKeyGen, kind)
}

fn make_kek(session: &Session, version: u32, now: UnixMs) -> Result<(), VaultError> {
    let kind = vec![
        Attribute::Label(KEK.into()),
        Attribute::Id([version.to_be_bytes().as_slice(), &now.0.to_be_bytes()].concat()),
        Attribute::KeyType(KeyType::AES),
        Attribute::Encrypt(true),
        Attribute::Decrypt(true),
    ];
    generate(session, &Mechanism::AesKeyGen, kind)
}

impl Opened {
    fn open(token: &Token) -> Result<Self, VaultError> {
        let session = token.session(false)?;
        let (keks, roots) = look(&session)?;
        let [root] = roots.as_slice() else {
            let n = roots.len();
            return Err(VaultError::Provider(format!("the token holds {n} keys `{ROOT}`, and one is needed")));
        };
        if keks.is_empty() {
            return Err(VaultError::Provider(format!("the token holds no key `{KEK}`, and one is needed")));
        }
        Ok(Self { root: *root, session, keks })
    }

    fn current(&self) -> Option<(u32, Kek)> {
        let (version, keys) = self.keks.last_key_value()?;
        keys.first().map(|key| (*version, *key))
    }

    fn versions(&self) -> Vec<KeyVersion> {
        let first = self.keks.iter().filter_map(|(version, keys)| Some((*version, keys.first()?.created_at)));
        first.map(|(version, created_at)| KeyVersion { version, created_at }).collect()
    }
}

impl Pkcs11Provider {
    /// Signs in to the token called `label` through the module (a shared library) and finds its keys; makes the first
    /// ones in a token that has none of them.
    ///
    /// # Errors
    /// [`VaultError::Provider`] when the module, the token or the PIN is not there or not right; when the token has some of
    /// our keys and lacks others, because a new root would make what is indexed and derived unreachable; when one of them
    /// could be read out of the token.
    pub fn open(module: &Path, label: &str, pin: &str, now: UnixMs) -> Result<Self, VaultError> {
        let token = Token::new(module, label, pin);
        {
            let session = token.session(true)?;
            let (keks, roots) = look(&session)?;
            if keks.is_empty() && roots.is_empty() {
                make_root(&session)?;
                // A crash here leaves a root alone, which is refused later: nothing was sealed yet, so it can be deleted.
                make_kek(&session, 1, now)?;
            }
        }
        Self::of(token)
    }

    /// As [`Pkcs11Provider::open`], and refuses a token without keys: for an instance that has data already, where a token
    /// without keys is the wrong one.
    ///
    /// # Errors
    /// As [`Pkcs11Provider::open`].
    pub fn open_existing(module: &Path, label: &str, pin: &str) -> Result<Self, VaultError> {
        Self::of(Token::new(module, label, pin))
    }

    fn of(token: Token) -> Result<Self, VaultError> {
        let mut state = State { opened: None, versions: vec![] };
        state.reopen(&token)?;
        Ok(Self { token, state: Mutex::new(state) })
    }

    /// Runs a step; with a new session once more when the session was lost.
    fn ask<T>(&self, step: impl Fn(&Opened) -> Result<T, Error>) -> Result<Result<T, Error>, VaultError> {
        let mut state = self.state.lock();
        match state.opened.as_ref().map(&step) {
            Some(Err(e)) if !is_lost(&e) => Ok(Err(e)),
            Some(Ok(answer)) => Ok(Ok(answer)),
            _ => Ok(step(state.reopen(&self.token)?)),
        }
    }
}

impl KeyProvider for Pkcs11Provider {
    fn current(&self) -> u32 {
        self.state.lock().current()
    }

    fn wrap(&self, key: &[u8; 32], nonce: [u8; 12], aad: &[u8]) -> Result<WrappedKey, VaultError> {
        let (kek_version, iv, text) = self
            .ask(|opened| {
                let (version, kek) = opened.current().ok_or(Error::InvalidValue)?;
                let mut iv = nonce;
                let gcm = Mechanism::AesGcm(GcmParams::new(&mut iv, aad, Ulong::new(128))?);
                let text = opened.session.encrypt(&gcm, kek.handle, key)?;
                // Some tokens insist on drawing the nonce, and write it here.
                Ok((version, iv, text))
            })?
            .map_err(|e| refused(&e))?;
        Ok(WrappedKey { kek_version, bytes: [iv.as_slice(), &text].concat() })
    }

    fn unwrap(&self, wrapped: &WrappedKey, aad: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let (nonce, text) = wrapped.bytes.split_first_chunk::<12>().ok_or(VaultError::Damaged)?;
        if self.current() < wrapped.kek_version {
            // `whosaw key rotate` ran beside this process.
            self.state.lock().reopen(&self.token)?;
        }
        let answer = self.ask(|opened| {
            let mut last = None;
            for kek in opened.keks.get(&wrapped.kek_version).into_iter().flatten() {
                let mut iv = *nonce;
                let gcm = GcmParams::new(&mut iv, aad, Ulong::new(128))?;
                match opened.session.decrypt(&Mechanism::AesGcm(gcm), kek.handle, text) {
                    Ok(key) => return Ok(Some(Zeroizing::new(key))),
                    Err(e) if is_damage(&e) => last = Some(e),
                    Err(e) => return Err(e),
                }
            }
            last.map_or(Ok(None), Err)
        })?;
        match answer {
            Ok(Some(key)) => Ok(Zeroizing::new(<[u8; 32]>::try_from(key.as_slice()).map_err(|_| VaultError::Damaged)?)),
            Ok(None) => Err(VaultError::NoSuchKey(wrapped.kek_version)),
            Err(e) if is_damage(&e) => Err(VaultError::Damaged),
            Err(e) => Err(refused(&e)),
        }
    }

    fn derive(&self, purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let text = [b"whosaw/root/v1/", purpose].concat();
        let mac = self
            .ask(|opened| opened.session.sign(&Mechanism::Sha256Hmac, opened.root, &text).map(Zeroizing::new))?
            .map_err(|e| refused(&e))?;
        let short = || VaultError::Provider("the token's answer has the wrong length".into());
        Ok(Zeroizing::new(<[u8; 32]>::try_from(mac.as_slice()).map_err(|_| short())?))
    }

    fn rotate(&self, _random: [u8; 32], now: UnixMs) -> Result<u32, VaultError> {
        let mut state = self.state.lock();
        let version = {
            let session = self.token.session(true)?;
            // From the token, not from memory: another process may have added a version.
            let (keks, _) = look(&session)?;
            let version = keks.last_key_value().map_or(0, |(v, _)| *v).saturating_add(1);
            make_kek(&session, version, now)?;
            version
        };
        state.reopen(&self.token)?;
        Ok(version)
    }

    fn describe(&self) -> ProviderInfo {
        let state = self.state.lock();
        ProviderInfo { kind: "pkcs11", versions: state.versions.clone(), current: state.current() }
    }
}
