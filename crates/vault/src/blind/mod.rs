//! Blind indexes: finding sealed values without storing them.
//!
//! A token is a keyed hash of a normalized value (or of each pair of neighbouring characters of a name), cut short. Equal
//! values have equal tokens, and by the cut some different ones too, so what is found is a candidate. Rule: a candidate
//! MUST be opened and compared before anything is said of it.
//!
//! Each field and each purpose has its own key: HKDF-Expand-SHA-256 (RFC 5869) of the provider's root secret, so a phone
//! number has different tokens as a customer's and as a contact's.
//!
//! # How many bits
//! Among R values, a token of b bits is shared by about C = R / 2^b by chance. CipherSweet's rule is 2 ≤ C < √R: fewer bits
//! hide better whether two records hold the same value, more bits leave fewer candidates to open. For R = 1,000,000 that
//! is 10 to 18 bits over all indexes of a field; hence [`EXACT_BITS`]. Parts of names cannot keep to it: ten pairs per name
//! and a limit of 500 candidates ask for [`PART_BITS`]. docs/encryption.md tells what each shows to a thief.
//!
//! ```
//! # use std::sync::Arc;
//! # let dir = tempfile::tempdir().unwrap();
//! # let keys = vault::KeyFile::create(&dir.path().join("k"), [1; 32], [2; 32], model::UnixMs(0)).unwrap();
//! # let vault = vault::Vault::new(Arc::new(keys), 1);
//! use vault::blind::{EXACT_BITS, normalize_phone};
//! let stored = vault.blind().exact("customer.phone", &normalize_phone("138 0013 8000").unwrap(), EXACT_BITS);
//! let asked = vault.blind().exact("customer.phone", &normalize_phone("+86-13800138000").unwrap(), EXACT_BITS);
//! assert_eq!(stored, asked);
//! ```

mod normalize;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use aws_lc_rs::hmac;
use parking_lot::RwLock;

pub use normalize::{normalize_email, normalize_id_number, normalize_name, normalize_phone};

/// Bits kept of the token of a whole value: about 15 candidates among 1,000,000 values.
pub const EXACT_BITS: u8 = 16;

/// Bits kept of the token of one pair of characters: about 10 chance candidates among 1,000,000 names of ten pairs.
pub const PART_BITS: u8 = 20;

/// Makes tokens, with a key of its own for each field and purpose.
pub struct BlindIndex {
    root: hmac::Key,
    keys: RwLock<HashMap<(Purpose, String), Arc<hmac::Key>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Purpose {
    Exact,
    Part,
}

impl std::fmt::Debug for BlindIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BlindIndex(…)")
    }
}

impl BlindIndex {
    pub(crate) fn new(root: &[u8; 32]) -> Self {
        // The root is a pseudorandom key already, so HKDF's first step (extract) adds nothing.
        Self { root: hmac::Key::new(hmac::HMAC_SHA256, root), keys: RwLock::default() }
    }

    fn key(&self, purpose: Purpose, field_key: &str) -> Arc<hmac::Key> {
        let name = (purpose, field_key.to_owned());
        if let Some(key) = self.keys.read().get(&name) {
            return key.clone();
        }
        let label: &[u8] = match purpose {
            Purpose::Exact => b"whosaw/blind/v1/exact/",
            Purpose::Part => b"whosaw/blind/v1/part/",
        };
        // HKDF-Expand for one block of output is one HMAC over `info | 1`: written so, nothing here can fail.
        let okm = hmac::sign(&self.root, &[label, field_key.as_bytes(), &[1]].concat());
        let key = Arc::new(hmac::Key::new(hmac::HMAC_SHA256, okm.as_ref()));
        self.keys.write().insert(name, key.clone());
        key
    }

    /// The token of a whole normalized value. `field_key` is `object.field`; `bits` from 1 to 63.
    pub fn exact(&self, field_key: &str, normalized: &str, bits: u8) -> u64 {
        token(&self.key(Purpose::Exact, field_key), normalized, bits)
    }

    /// The tokens of all pairs of neighbouring characters; of a value of one character, that character's. Each once, in
    /// order of the tokens, so that their order tells nothing of the value.
    pub fn bigrams(&self, field_key: &str, normalized: &str) -> Vec<u64> {
        let key = self.key(Purpose::Part, field_key);
        let tokens: BTreeSet<u64> = pairs(normalized).iter().map(|p| token(&key, p, PART_BITS)).collect();
        tokens.into_iter().collect()
    }

    /// The tokens that a record must all have to contain the term. A term of one character finds values that are that
    /// character alone: an index of single characters would show their frequencies.
    pub fn query_bigrams(&self, field_key: &str, normalized: &str) -> Vec<u64> {
        self.bigrams(field_key, normalized)
    }
}

fn token(key: &hmac::Key, text: &str, bits: u8) -> u64 {
    let tag = hmac::sign(key, text.as_bytes());
    let head = tag.as_ref().first_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(head) >> (64 - u32::from(bits.clamp(1, 63)))
}

fn pairs(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < 2 {
        return chars.iter().map(ToString::to_string).collect();
    }
    chars.windows(2).map(|w| w.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hkdf;
    use proptest::prelude::*;

    use super::*;

    fn index(n: u8) -> BlindIndex {
        BlindIndex::new(&[n; 32])
    }

    #[test]
    fn the_key_of_an_index_is_what_hkdf_makes() {
        let info: [&[u8]; 1] = [b"whosaw/blind/v1/exact/customer.phone"];
        let prk = hkdf::Prk::new_less_safe(hkdf::HKDF_SHA256, &[7; 32]);
        let key = hmac::Key::from(prk.expand(&info, hmac::HMAC_SHA256).unwrap());
        assert_eq!(index(7).exact("customer.phone", "+8613800138000", 63), token(&key, "+8613800138000", 63));
    }

    #[test]
    fn each_field_purpose_and_company_has_its_own_tokens() {
        let one = index(1).exact("customer.phone", "甲", 63);
        assert_ne!(one, index(1).exact("contact.phone", "甲", 63));
        assert_ne!(one, index(2).exact("customer.phone", "甲", 63));
        assert_ne!(vec![one >> (63 - PART_BITS)], index(1).bigrams("customer.phone", "甲"));
    }

    #[test]
    fn a_name_is_found_by_any_two_characters_of_it() {
        let index = index(1);
        let stored = index.bigrams("customer.name", "北京甲科技公司");
        assert_eq!(stored.len(), 6);
        for part in ["北京", "甲科技", "科技公司", "北京甲科技公司"] {
            assert!(index.query_bigrams("customer.name", part).iter().all(|t| stored.contains(t)), "{part}");
        }
        assert!(index.query_bigrams("customer.name", "京北").iter().any(|t| !stored.contains(t)));
        assert_eq!(index.bigrams("customer.name", "哈哈哈哈").len(), 1, "a repeated pair counts once");
        assert_eq!(index.bigrams("customer.name", "王").len(), 1);
        assert!(index.bigrams("customer.name", "").is_empty());
    }

    #[test]
    fn sixteen_bits_leave_several_candidates_for_each_value_of_a_large_company() {
        let index = index(1);
        let tokens: BTreeSet<u64> =
            (0..100_000).map(|n| index.exact("customer.phone", &format!("+861380{n:07}"), EXACT_BITS)).collect();
        // Of 2^16 = 65,536 classes, 100,000 values leave about e^-1.53 empty: some 51,300 are taken.
        assert!((50_800..51_800).contains(&tokens.len()), "{}", tokens.len());
    }

    #[test]
    fn printing_an_index_shows_nothing() {
        assert_eq!(format!("{:?}", index(1)), "BlindIndex(…)");
    }

    proptest! {
        #[test]
        fn tokens_are_stable_and_fit_their_bits(text in "\\PC{0,20}", bits in 1u8..=63) {
            let token = index(1).exact("customer.name", &text, bits);
            prop_assert_eq!(token, index(1).exact("customer.name", &text, bits));
            prop_assert_eq!(token >> bits, 0);
            for t in index(1).bigrams("customer.name", &text) {
                prop_assert_eq!(t >> PART_BITS, 0);
            }
        }

        #[test]
        fn every_part_of_a_name_finds_it(name in "[\u{4e00}-\u{4e40}a-f]{2,12}", from in 0usize..10, len in 2usize..6) {
            let part: String = name.chars().skip(from).take(len).collect();
            if part.chars().count() >= 2 {
                let stored = index(1).bigrams("customer.name", &name);
                prop_assert!(index(1).query_bigrams("customer.name", &part).iter().all(|t| stored.contains(t)));
            }
        }
    }
}
