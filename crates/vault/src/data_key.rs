//! Data keys: one per customer, used for that customer's values alone.
//!
//! Ciphertext: `version u8 = 1 | algorithm u8 = 1 (AES-256-GCM-SIV, RFC 8452) | nonce 12 | ciphertext | tag 16`. Rule: a
//! value opens under its own key and at its own [`Place`] only. GCM-SIV does not commit to its key, so the key's
//! fingerprint stands in the associated data beside the place: a value sealed under one key is never even offered to
//! another with the same associated data.

use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use model::{EventId, RecordId};
use zeroize::{Zeroize, Zeroizing};

use crate::VaultError;

const VERSION: u8 = 1;
const AES_256_GCM_SIV_ID: u8 = 1;
const HEADER: usize = 2 + 12;
const TAG: usize = 16;

/// Where a value stands. A ciphertext moved to another record, field or object does not open there.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub object: &'a str,
    pub record: RecordId,
    pub field: &'a str,
}

impl Place<'_> {
    /// Canonical bytes: each part behind its length, so that no two places have the same.
    fn aad(&self, fingerprint: &[u8; 16]) -> Vec<u8> {
        let mut out = Vec::with_capacity(64);
        for part in [
            b"whosaw/field/v1".as_slice(),
            fingerprint,
            self.object.as_bytes(),
            self.record.as_bytes(),
            self.field.as_bytes(),
        ] {
            out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            out.extend_from_slice(part);
        }
        out
    }
}

struct Secret {
    aead: LessSafeKey,
    salts: hmac::Key,
    macs: hmac::Key,
    /// Names the key without telling anything of it.
    fingerprint: [u8; 16],
}

/// A data key ready for use. Cheap to clone; printing one shows nothing.
#[derive(Clone)]
pub struct DataKey(Arc<Secret>);

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// HMAC-SHA-256 of parts, each behind its length as u32 big-endian, so that no two lists of parts read the same.
pub(crate) fn hmac32(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        context.update(part);
    }
    bytes_of(&context.sign())
}

/// HMAC-SHA-256 (RFC 2104) of these parts as one message, for protocols that others define; the house's own are of parts with their lengths.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    parts.iter().for_each(|part| context.update(part));
    bytes_of(&context.sign())
}

fn bytes_of(tag: &hmac::Tag) -> [u8; 32] {
    let mut out = [0; 32];
    for (to, from) in out.iter_mut().zip(tag.as_ref()) {
        *to = *from;
    }
    out
}

impl DataKey {
    /// The key of a file that a record carries: its secret lies sealed under the customer's data key.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] only if the library refuses, which no secret makes it do.
    pub fn of_file(secret: &[u8; 32]) -> Result<Self, VaultError> {
        Self::new(secret)
    }

    pub(crate) fn new(secret: &[u8; 32]) -> Result<Self, VaultError> {
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let sub = |purpose: &[u8]| Zeroizing::new(hmac32(&root, &[b"whosaw/data-key/v1", purpose]));
        let unbound = UnboundKey::new(&AES_256_GCM_SIV, sub(b"seal").as_slice()).map_err(|_| VaultError::Damaged)?;
        let print = sub(b"fingerprint");
        let mut fingerprint = [0; 16];
        for (to, from) in fingerprint.iter_mut().zip(print.iter()) {
            *to = *from;
        }
        Ok(Self(Arc::new(Secret {
            aead: LessSafeKey::new(unbound),
            salts: hmac::Key::new(hmac::HMAC_SHA256, sub(b"salt").as_slice()),
            macs: hmac::Key::new(hmac::HMAC_SHA256, sub(b"mac").as_slice()),
            fingerprint,
        })))
    }

    /// Seals a value for its place. `nonce` is random; a repeated one shows equality of equal values and no more.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] only if the library refuses, which no input of ours makes it do.
    pub fn seal(&self, place: &Place<'_>, nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut out = Vec::with_capacity(HEADER + plain.len() + TAG);
        out.push(VERSION);
        out.push(AES_256_GCM_SIV_ID);
        out.extend_from_slice(&nonce);
        // The room for the tag is there already, so the plain text is never left behind by a buffer that grew.
        out.extend_from_slice(plain);
        let (_, text) = out.split_at_mut(HEADER);
        let aad = Aad::from(place.aad(&self.0.fingerprint));
        match self.0.aead.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), aad, text) {
            Ok(tag) => {
                out.extend_from_slice(tag.as_ref());
                Ok(out)
            }
            Err(_) => {
                out.zeroize();
                Err(VaultError::Damaged)
            }
        }
    }

    /// Opens a value at its place.
    ///
    /// # Errors
    /// [`VaultError::Damaged`].
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (header, text) = sealed.split_first_chunk::<HEADER>().ok_or(VaultError::Damaged)?;
        let [VERSION, AES_256_GCM_SIV_ID, nonce @ ..] = *header else { return Err(VaultError::Damaged) };
        let mut text = Zeroizing::new(text.to_vec());
        let length = self
            .0
            .aead
            .open_in_place(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.aad(&self.0.fingerprint)),
                text.as_mut_slice(),
            )
            .map_err(|_| VaultError::Damaged)?
            .len();
        text.truncate(length);
        Ok(text)
    }

    /// The salt of one item of a ledger event: HMAC-SHA-256 under a subkey. Destroying the key destroys the salt, and with
    /// it the last way to guess what the commitment hides.
    pub fn salt(&self, event: EventId, item: u32) -> [u8; 32] {
        hmac32(&self.0.salts, &[event.as_bytes(), &item.to_be_bytes()])
    }

    /// HMAC-SHA-256 under a subkey, kept apart by purpose.
    pub fn mac(&self, purpose: &[u8], bytes: &[u8]) -> [u8; 32] {
        hmac32(&self.0.macs, &[purpose, bytes])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> DataKey {
        DataKey::new(&[n; 32]).unwrap()
    }
    const PLACE: Place<'static> = Place { object: "customer", record: RecordId(model_uuid()), field: "phone" };
    const fn model_uuid() -> uuid::Uuid {
        uuid::Uuid::nil()
    }

    #[test]
    fn a_value_opens_at_its_place_only() {
        let sealed = key(1).seal(&PLACE, [7; 12], b"13800138000").unwrap();
        assert_eq!(&*key(1).open(&PLACE, &sealed).unwrap(), b"13800138000");
        assert!(key(1).open(&Place { field: "email", ..PLACE }, &sealed).is_err());
        assert!(key(1).open(&Place { object: "contact", ..PLACE }, &sealed).is_err());
        assert!(key(1).open(&Place { record: RecordId::from_bytes([1; 16]), ..PLACE }, &sealed).is_err());
        assert!(key(2).open(&PLACE, &sealed).is_err());
    }

    #[test]
    fn every_changed_byte_is_found() {
        let sealed = key(1).seal(&PLACE, [7; 12], b"abc").unwrap();
        for at in 0..sealed.len() {
            let mut other = sealed.clone();
            other[at] ^= 1;
            assert!(key(1).open(&PLACE, &other).is_err(), "byte {at}");
            assert!(key(1).open(&PLACE, &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn empty_and_large_values_pass() {
        for n in [0, 1, 1 << 20] {
            let plain = vec![5; n];
            let sealed = key(1).seal(&PLACE, [7; 12], &plain).unwrap();
            assert_eq!(*key(1).open(&PLACE, &sealed).unwrap(), plain);
        }
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", key(1)), "DataKey(…)");
    }
}
