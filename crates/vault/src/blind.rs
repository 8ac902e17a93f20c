//! Blind indexes: finding sealed values without storing them.
//!
//! A token is a truncated keyed hash of a normalized value (or of each pair of neighbouring characters of a name). Equal
//! values have equal tokens, and by the truncation some different ones too, so what is found is a candidate: it MUST be
//! opened and compared. What a stolen database shows through tokens is told in docs/encryption.md.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use aws_lc_rs::hmac;
use parking_lot::RwLock;
use unicode_normalization::UnicodeNormalization;

use crate::KeyProvider;

/// Bits kept of the token of one pair of characters.
pub const PART_BITS: u8 = 20;

/// Makes tokens, with a key of its own for each field.
pub struct BlindIndex {
    provider: Arc<dyn KeyProvider>,
    keys: RwLock<HashMap<String, Arc<hmac::Key>>>,
}

impl BlindIndex {
    pub fn new(provider: Arc<dyn KeyProvider>) -> Self {
        Self { provider, keys: RwLock::default() }
    }

    fn token(&self, index: &str, text: &str, bits: u8) -> u64 {
        let known = self.keys.read().get(index).cloned();
        let key = known.unwrap_or_else(|| {
            // Without the root secret no data key opens either, so nothing can be searched: a token of an empty key
            // finds nothing that was stored.
            let secret = self.provider.derive(&[b"blind/", index.as_bytes()].concat()).unwrap_or_default();
            let key = Arc::new(hmac::Key::new(hmac::HMAC_SHA256, secret.as_slice()));
            self.keys.write().insert(index.to_owned(), key.clone());
            key
        });
        let tag = hmac::sign(&key, text.as_bytes());
        let head = tag.as_ref().first_chunk::<8>().copied().unwrap_or_default();
        u64::from_be_bytes(head) >> (64 - u32::from(bits.clamp(1, 63)))
    }

    /// The token of a whole normalized value. `field_key` is `object.field`.
    pub fn exact(&self, field_key: &str, normalized: &str, bits: u8) -> u64 {
        self.token(&format!("exact/{field_key}"), normalized, bits)
    }

    /// The tokens of all pairs of neighbouring characters, and of each single character that stands alone as a value.
    pub fn bigrams(&self, field_key: &str, normalized: &str) -> Vec<u64> {
        let index = format!("part/{field_key}");
        let tokens: BTreeSet<u64> = pairs(normalized).into_iter().map(|p| self.token(&index, &p, PART_BITS)).collect();
        tokens.into_iter().collect()
    }

    /// The tokens that a record must all have to contain the term.
    pub fn query_bigrams(&self, field_key: &str, normalized: &str) -> Vec<u64> {
        self.bigrams(field_key, normalized)
    }
}

fn pairs(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < 2 {
        return chars.iter().map(ToString::to_string).collect();
    }
    chars.windows(2).map(|w| w.iter().collect()).collect()
}

/// NFKC (full-width becomes half-width), lower case, letters and digits only.
pub fn normalize_name(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    // Lower-casing can leave a composition undone, so a second round makes the form stable.
    folded.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// E.164 with +86 for numbers without a country. `None` when it is no phone number.
///
/// `138 0013 8000`, `+86-138-0013-8000` and `０１３８００１３８０００`-like full-width forms are one number; an extension is dropped.
pub fn normalize_phone(text: &str) -> Option<String> {
    let folded: String = text.nfkc().collect::<String>().to_lowercase();
    let main = folded.split("ext").next().unwrap_or_default();
    let main = main.split(['x', '#', '转']).next().unwrap_or_default();
    let plus = main.trim_start().starts_with('+');
    if main.chars().any(|c| {
        !(c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '-' | '(' | ')' | '.' | '/' | '‐' | '–'))
    }) {
        return None;
    }
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    if !(3..=17).contains(&digits.len()) {
        return None;
    }
    let international = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    Some(match international {
        Some(number) => format!("+{number}"),
        // 86 before a mobile number is the country; a landline's leading 0 is not dialled from abroad.
        None if digits.len() == 13 && digits.starts_with("861") => format!("+{digits}"),
        None => format!("+86{}", digits.strip_prefix('0').unwrap_or(&digits)),
    })
}

/// Trimmed, lower case. `None` when it is no address.
pub fn normalize_email(text: &str) -> Option<String> {
    let folded: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    match folded.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() && !domain.contains('@') => Some(folded),
        _ => None,
    }
}

/// Letters and digits, upper case. `None` when nothing is left.
pub fn normalize_id_number(text: &str) -> Option<String> {
    let folded: String = text.nfkc().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
    if folded.is_empty() { None } else { Some(folded) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_number_has_one_form() {
        for text in [
            "138 0013 8000",
            "+86-138-0013-8000",
            "8613800138000",
            "１３８００１３８０００",
            "008613800138000",
            "138-0013-8000 转 12",
            "13800138000 ext. 5",
        ] {
            assert_eq!(normalize_phone(text).as_deref(), Some("+8613800138000"), "{text}");
        }
        assert_eq!(normalize_phone("010-8888 9999").as_deref(), Some("+861088889999"));
        assert_eq!(normalize_phone("+1 (415) 555-0100").as_deref(), Some("+14155550100"));
        assert_eq!(normalize_phone("call me"), None);
    }

    #[test]
    fn names_ignore_what_people_ignore() {
        assert_eq!(normalize_name("北京 甲（科技）公司"), "北京甲科技公司");
        assert_eq!(normalize_name("ＡＣＭＥ Co., Ltd."), "acmecoltd");
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = normalize_name(&text);
            prop_assert_eq!(normalize_name(&once), once.clone());
            if let Some(p) = normalize_phone(&text) {
                prop_assert_eq!(normalize_phone(&p), Some(p.clone()));
            }
            if let Some(e) = normalize_email(&text) {
                prop_assert_eq!(normalize_email(&e), Some(e.clone()));
            }
        }
    }
}
