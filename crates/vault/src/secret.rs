//! 32 secret bytes, written as hex in a key file, cleared from memory when dropped, never printed.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

#[derive(Clone)]
pub(crate) struct Secret32(Zeroizing<[u8; 32]>);

impl Secret32 {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
    pub fn hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.bytes()))
    }
}

impl Serialize for Secret32 {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.hex())
    }
}

impl<'de> Deserialize<'de> for Secret32 {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(from)?);
        let mut bytes = Zeroizing::new([0; 32]);
        // Not the library's own message: it would quote a character of the secret.
        hex::decode_to_slice(text.as_bytes(), bytes.as_mut_slice())
            .map_err(|_| serde::de::Error::custom("64 hexadecimal digits are expected"))?;
        Ok(Self(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_written_and_read_back() {
        let text = serde_json::to_string(&Secret32::new([0xab; 32])).unwrap();
        assert_eq!(text, format!("\"{}\"", "ab".repeat(32)));
        assert_eq!(serde_json::from_str::<Secret32>(&text).unwrap().bytes(), &[0xab; 32]);
    }

    #[test]
    fn a_refusal_quotes_nothing() {
        for text in ["\"zz\"", "\"\"", "\"5e\"", &format!("\"{}\"", "q".repeat(64))] {
            let error = serde_json::from_str::<Secret32>(text).err().unwrap().to_string();
            assert!(error.starts_with("64 hexadecimal digits are expected"), "{error}");
        }
    }
}
