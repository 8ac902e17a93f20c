//! JSON values read into types as the document tells them: an object is an object. Serde's own reading also takes a list for
//! a structure, its fields by their order, which no document says and no reader of a request would guess.

use serde::Deserializer;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// A value, read so.
pub(super) struct Typed(pub Value);

/// What stands where an object must; never the value itself.
fn instead(value: &Value) -> Unexpected<'static> {
    match value {
        Value::Null => Unexpected::Unit,
        Value::Bool(_) => Unexpected::Other("boolean"),
        Value::Number(_) => Unexpected::Other("number"),
        Value::String(_) => Unexpected::Other("string"),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    }
}

impl<'de> Deserializer<'de> for Typed {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let count = items.len();
                let mut items = Items(items.into_iter());
                let read = visitor.visit_seq(&mut items)?;
                let left = items.0.len();
                if left == 0 { Ok(read) } else { Err(Error::invalid_length(count, &"fewer elements in array")) }
            }
            Value::Object(fields) => visitor.visit_map(Fields { rest: fields.into_iter(), value: None }),
            plain => plain.deserialize_any(visitor),
        }
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.0 {
            Value::Object(_) => self.deserialize_any(visitor),
            other => Err(Error::invalid_type(instead(other), &"an object")),
        }
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(fields) => {
                let mut fields = fields.into_iter();
                match (fields.next(), fields.next()) {
                    (Some((variant, value)), None) => visitor.visit_enum(Variant { variant, value }),
                    _ => Err(Error::invalid_value(Unexpected::Map, &"an object with one key")),
                }
            }
            plain => plain.deserialize_enum(name, variants, visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

struct Items(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for &mut Items {
    type Error = Error;
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.0.next().map(|value| seed.deserialize(Typed(value))).transpose()
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Fields {
    rest: serde_json::map::IntoIter,
    value: Option<Value>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Error;
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        // A key is a text, also where its type is a name of ours.
        seed.deserialize(Typed(Value::String(key))).map(Some)
    }
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Typed(self.value.take().unwrap_or_default()))
    }
}

struct Variant {
    variant: String,
    value: Value,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Error;
    type Variant = Content;
    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content), Error> {
        let name: StringDeserializer<Error> = self.variant.into_deserializer();
        Ok((seed.deserialize(name)?, Content(self.value)))
    }
}

/// What a variant holds.
struct Content(Value);

impl<'de> VariantAccess<'de> for Content {
    type Error = Error;
    fn unit_variant(self) -> Result<(), Error> {
        if self.0.is_null() { Ok(()) } else { Err(Error::invalid_type(instead(&self.0), &"null")) }
    }
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Typed(self.0))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        Typed(self.0).deserialize_any(visitor)
    }
    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        Typed(self.0).deserialize_struct("", fields, visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Inner {
        a: Option<u32>,
        b: Vec<i64>,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Choice {
        None,
        One(Inner),
        Two { inner: Box<Choice> },
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        inner: Inner,
        choice: Choice,
        by_name: BTreeMap<model::FieldName, Inner>,
        pair: (u8, f64),
    }

    fn outer(inner: &Value, choice: &Value, by_name: &Value) -> Result<Outer, Error> {
        Outer::deserialize(Typed(json!({ "inner": inner, "choice": choice, "by_name": by_name, "pair": [1, 2.5] })))
    }

    #[test]
    fn what_serde_reads_of_objects_is_read_alike() {
        for choice in [json!("none"), json!({ "one": { "a": 1 } }), json!({ "two": { "inner": { "one": {} } } })] {
            let whole = json!({
                "inner": { "a": null, "b": [1, -2] }, "choice": choice, "by_name": { "x": { "b": [3] } }, "pair": [1, 2.5]
            });
            let read = Outer::deserialize(Typed(whole.clone())).unwrap();
            assert_eq!(read, serde_json::from_value(whole).unwrap());
        }
        assert!(Outer::deserialize(Typed(json!({ "inner": {} }))).is_err());
        assert!(outer(&json!({ "c": 1 }), &json!("none"), &json!({})).is_err());
        assert!(outer(&json!({}), &json!("three"), &json!({})).is_err());
        assert!(outer(&json!({}), &json!({ "one": {}, "two": {} }), &json!({})).is_err());
        assert!(outer(&json!({}), &json!("none"), &json!({ "No name": {} })).is_err());
        assert!(<(u8, u8)>::deserialize(Typed(json!([1, 2, 3]))).is_err());
    }

    #[test]
    fn a_list_is_no_structure_at_any_depth() {
        let good = || (json!({}), json!("none"), json!({}));
        let (inner, choice, by_name) = good();
        assert!(outer(&inner, &choice, &by_name).is_ok());
        assert!(outer(&json!([]), &choice, &by_name).is_err());
        assert!(outer(&json!([null, []]), &choice, &by_name).is_err());
        assert!(outer(&inner, &json!({ "one": [1, []] }), &by_name).is_err());
        assert!(outer(&inner, &json!({ "two": ["none"] }), &by_name).is_err());
        assert!(outer(&inner, &choice, &json!({ "x": [1, []] })).is_err());
        assert!(Outer::deserialize(Typed(json!([{}, "none", {}, [1, 2.5]]))).is_err());
    }
}
