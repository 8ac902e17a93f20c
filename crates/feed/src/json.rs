//! One object of JSON, in which no name is said twice: of two readers, one would believe the first and one the last.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::Code;

const TWICE: &str = "a name is said twice";

struct Once(Value);

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
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
                while let Some(Once(one)) = seq.next_element()? {
                    all.push(one);
                }
                Ok(Value::Array(all))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
                let mut all = Map::new();
                while let Some(name) = map.next_key::<String>()? {
                    let Once(value) = map.next_value()?;
                    if all.insert(name, value).is_some() {
                        return Err(A::Error::custom(TWICE));
                    }
                }
                Ok(Value::Object(all))
            }
        }
        deserializer.deserialize_any(Any).map(Once)
    }
}

/// # Errors
/// `bad_json`, also for what is nested beyond 128; `duplicate_key`.
pub(crate) fn object(text: &str) -> Result<Map<String, Value>, Code> {
    match serde_json::from_str::<Once>(text) {
        Ok(Once(Value::Object(map))) => Ok(map),
        Ok(_) => Err(Code("bad_json")),
        Err(error) if error.to_string().starts_with(TWICE) => Err(Code("duplicate_key")),
        Err(_) => Err(Code("bad_json")),
    }
}

/// A text, or a number as one; empty where there is neither.
pub(crate) fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(n)) => n.to_string(),
        _ => String::new(),
    }
}
