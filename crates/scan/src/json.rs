//! JSON from outside, bounded before it is believed.
//!
//! Rule: the memory a document takes is bounded by the number of its values, not by its bytes alone: `[[],[],…]` is small as text. Depth is bounded
//! by the parser (128). A name that is said twice is refused: of two readers, one would believe the first and one the last.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::ScanError;

/// Values of one document.
const MOST_VALUES: u64 = 3_000_000;
const TOO_MANY: &str = "too many values";
const TWICE: &str = "a name is said twice";

/// What is wrong with JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Too many values, or nested too deep.
    TooComplex,
    /// Where and why it is none.
    Not(String),
}

struct Any<'a>(&'a Cell<u64>);

impl<'a> Any<'a> {
    fn spend<E: serde::de::Error>(&self) -> Result<(), E> {
        let left = self.0.get().checked_sub(1).ok_or_else(|| E::custom(TOO_MANY))?;
        self.0.set(left);
        Ok(())
    }
    fn again(&self) -> Any<'a> {
        Any(self.0)
    }
}

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.spend::<D::Error>()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = Value;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, b: bool) -> Result<Value, E> {
        Ok(Value::Bool(b))
    }
    fn visit_i64<E>(self, n: i64) -> Result<Value, E> {
        Ok(Value::Number(n.into()))
    }
    fn visit_u64<E>(self, n: u64) -> Result<Value, E> {
        Ok(Value::Number(n.into()))
    }
    fn visit_f64<E>(self, n: f64) -> Result<Value, E> {
        Ok(Number::from_f64(n).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut all = vec![];
        while let Some(one) = seq.next_element_seed(self.again())? {
            all.push(one);
        }
        Ok(Value::Array(all))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(self.again())?;
            if all.insert(name, value).is_some() {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(Value::Object(all))
    }
}

fn broken(error: &serde_json::Error) -> Broken {
    let says = error.to_string();
    if says.starts_with(TOO_MANY) || says.starts_with("recursion limit") {
        return Broken::TooComplex;
    }
    Broken::Not(says.chars().take(160).collect())
}

/// One document of JSON, or several behind one another, at most so many values in all.
///
/// # Errors
/// [`Broken`].
pub fn bounded(text: &str, most: u64) -> Result<Vec<Value>, Broken> {
    let left = Cell::new(most);
    let mut reader = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    // The parser finds where each document ends; it is then read for its values.
    let (mut all, mut from) = (vec![], 0);
    while let Some(next) = reader.next() {
        next.map_err(|e| broken(&e))?;
        let to = reader.byte_offset();
        let part = text.get(from..to).unwrap_or_default();
        let mut one = serde_json::Deserializer::from_str(part);
        all.push(Any(&left).deserialize(&mut one).map_err(|e| broken(&e))?);
        from = to;
    }
    Ok(all)
}

pub(crate) fn documents(text: &str) -> Result<Vec<Value>, ScanError> {
    bounded(text, MOST_VALUES).map_err(|broken| match broken {
        Broken::TooComplex => ScanError::TooComplex,
        Broken::Not(why) => ScanError::Unreadable(why),
    })
}

/// A text under a name; empty where there is none.
pub(crate) fn text<'v>(of: &'v Value, name: &str) -> &'v str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The first of several names under which there is a text.
pub(crate) fn first_text<'v>(of: &'v Value, names: &[&str]) -> &'v str {
    names.iter().map(|name| text(of, name)).find(|t| !t.is_empty()).unwrap_or_default()
}

/// The elements of a list under a name; none where there is none.
pub(crate) fn list<'v>(of: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    of.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// A number, also one that is written as a text.
pub(crate) fn number(of: Option<&Value>) -> Option<f64> {
    let found = match of? {
        Value::Number(n) => n.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    found.filter(|n: &f64| n.is_finite())
}
