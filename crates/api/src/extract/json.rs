//! JSON as we take it: one value in UTF-8, no duplicate keys, bounded depth, no control characters in strings.
//!
//! Two readers of one document that has a key twice may see two different requests; so there is no such document here.

use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::problem::{Code, Problem};

/// Deepest nesting of objects and lists.
pub const MAX_DEPTH: usize = 32;

struct Strict {
    depth: usize,
}

fn clean<E: serde::de::Error>(text: &str) -> Result<(), E> {
    // Line breaks and tabs are part of long texts; the rest serves only to deceive or to break.
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(E::custom("a control character"));
    }
    Ok(())
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;
    fn deserialize<D: serde::Deserializer<'de>>(self, d: D) -> Result<Value, D::Error> {
        if self.depth > MAX_DEPTH {
            return Err(D::Error::custom("nested too deeply"));
        }
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_bool<E>(self, b: bool) -> Result<Value, E> {
        Ok(b.into())
    }
    fn visit_i64<E>(self, n: i64) -> Result<Value, E> {
        Ok(n.into())
    }
    fn visit_u64<E>(self, n: u64) -> Result<Value, E> {
        Ok(n.into())
    }
    fn visit_f64<E: serde::de::Error>(self, n: f64) -> Result<Value, E> {
        serde_json::Number::from_f64(n).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        clean(text)?;
        Ok(text.into())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = seq.next_element_seed(Strict { depth: self.depth + 1 })? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            clean(&key)?;
            let value = access.next_value_seed(Strict { depth: self.depth + 1 })?;
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom("a key stands twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

/// Reads one strict JSON document.
///
/// # Errors
/// [`Code::MalformedJson`], with the place and never the content.
pub fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    let bad = |text: String| Problem::new(Code::MalformedJson).detail(text);
    let text = std::str::from_utf8(bytes).map_err(|_| bad("the body is not UTF-8".into()))?;
    let mut d = serde_json::Deserializer::from_str(text);
    let read = Strict { depth: 0 }.deserialize(&mut d).and_then(|v| d.end().map(|()| v));
    read.map_err(|e| bad(format!("line {}, column {}: {}", e.line(), e.column(), kind(&e))))
}

/// What is wrong, in words that never repeat the body.
fn kind(e: &serde_json::Error) -> &'static str {
    let text = e.to_string();
    let known = ["a control character", "nested too deeply", "a key stands twice", "not a number"];
    match known.into_iter().find(|k| text.starts_with(k)) {
        Some(known) => known,
        None if e.is_eof() => "it ends too early",
        None if text.starts_with("recursion limit") => "nested too deeply",
        None => "not JSON",
    }
}

/// Reads a document into a type. Unknown keys must be refused by the type.
///
/// # Errors
/// [`Code::InvalidValues`] with a pointer to the first value that does not fit.
pub fn shape<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_path_to_error::deserialize(super::typed::Typed(value)).map_err(|e| {
        let mut pointer = String::new();
        for segment in e.path() {
            use serde_path_to_error::Segment;
            match segment {
                Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
                Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
                Segment::Enum { variant } => pointer.push_str(&format!("/{variant}")),
                Segment::Unknown => {}
            }
        }
        let text = e.inner().to_string();
        let code = if text.starts_with("unknown field") {
            "unknown_field"
        } else if text.starts_with("missing field") {
            "required"
        } else {
            "invalid_value"
        };
        // Values may be a customer's: serde's text repeats them, so only what was expected is told.
        let pointer: String = pointer.chars().take(200).collect();
        Problem::new(Code::InvalidValues).item(pointer, code, reason(&text))
    })
}

fn reason(text: &str) -> String {
    let names_only = ["unknown field `", "missing field `"];
    if names_only.iter().any(|n| text.starts_with(n)) {
        return text.chars().take(200).collect();
    }
    match text.rsplit_once("expected ") {
        Some((_, expected)) => format!("expected {}", expected.chars().take(160).collect::<String>()),
        None => "this value cannot be meant".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    fn code(bytes: &[u8]) -> Option<Code> {
        parse(bytes).err().map(|p| p.code)
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        let deep = format!("{}{}", "[".repeat(MAX_DEPTH + 2), "]".repeat(MAX_DEPTH + 2));
        let bad: [&[u8]; 12] = [
            b"",
            b"{",
            b"{}{}",
            b"{\"a\":1,\"a\":2}",
            b"{\"a\":{\"b\":1,\"b\":1}}",
            b"\"\\u0000\"",
            b"\"a\\u0007\"",
            b"\"\\ud800\"",
            b"\xff",
            b"{\"a\":1e999}",
            b"NaN",
            deep.as_bytes(),
        ];
        for b in bad {
            assert_eq!(code(b), Some(Code::MalformedJson), "{:?}", String::from_utf8_lossy(b));
        }
        assert_eq!(code("{\"备注\":\"一\\n二\",\"n\":[1,2.5,-3,null,true]}".as_bytes()), None);
        assert_eq!(code("[".repeat(100_000).as_bytes()), Some(Code::MalformedJson));
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[allow(dead_code, reason = "only its reading is tested")]
        items: Vec<u8>,
    }

    #[test]
    fn a_wrong_value_is_pointed_at_and_never_repeated() {
        let wrong = |v: Value| shape::<Sample>(v).unwrap_err().errors.remove(0);
        let item = wrong(serde_json::json!({ "items": [1, "13800138000"] }));
        assert_eq!((item.pointer.as_str(), item.code.as_str()), ("/items/1", "invalid_value"));
        assert!(!item.reason.contains("138"), "{}", item.reason);
        assert_eq!(wrong(serde_json::json!({ "items": [], "itms": 1 })).code, "unknown_field");
        assert_eq!(wrong(serde_json::json!({})).code, "required");
    }
}
