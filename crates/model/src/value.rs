//! Values of fields, and the reading of outside text and JSON into them.
//!
//! Rule: a value is checked when it enters; inside the house it is well formed. Numbers are exact: an `Int` holds the
//! number times 10^scale of its field, so that a database index, a comparison and a sum agree to the last digit.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::ids::{RecordId, UserId};
use crate::mask::Mask;
use crate::object::FieldKind;

/// A field's value. What an `Int` counts (scaled number, days, milliseconds) is said by the field's kind.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "t", content = "v", rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Int(i64),
    Bool(bool),
    List(Vec<String>),
    Record(RecordId),
    User(UserId),
    /// An address in parts; one that is a single text is a `Text`.
    Address(Box<Address>),
}

/// Values are customer data: printing one for debugging shows its shape only.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(t) => write!(f, "Text(<{} bytes>)", t.len()),
            Value::Int(_) => f.write_str("Int(<hidden>)"),
            Value::Bool(_) => f.write_str("Bool(<hidden>)"),
            Value::List(l) => write!(f, "List(<{} items>)", l.len()),
            Value::Record(_) => f.write_str("Record(<hidden>)"),
            Value::User(_) => f.write_str("User(<hidden>)"),
            Value::Address(_) => f.write_str("Address(<hidden>)"),
        }
    }
}

/// Why a value does not fit its field. Never contains the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadValue {
    #[error("expected {0}")]
    Expected(&'static str),
    #[error("longer than {0} characters")]
    TooLong(usize),
    #[error("more than {0} decimal places")]
    TooPrecise(u8),
    #[error("number out of range")]
    OutOfRange,
    #[error("not one of the field's options")]
    NotAnOption,
    #[error("contains a control character")]
    ControlCharacter,
}

/// Days from 1970-01-01 of a `YYYY-MM-DD` date.
pub fn parse_date(text: &str) -> Option<i64> {
    let date: jiff::civil::Date = text.parse().ok()?;
    if text.len() != 10 {
        return None;
    }
    let epoch = jiff::civil::date(1970, 1, 1);
    Some(i64::from(epoch.until(date).ok()?.get_days()))
}

/// `YYYY-MM-DD` of days from 1970-01-01.
pub fn format_date(days: i64) -> Option<String> {
    let span = jiff::Span::new().try_days(days).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(span).ok().map(|d| d.to_string())
}

/// A decimal number of at most 15 significant digits, times 10^scale.
pub fn parse_decimal(text: &str, scale: u8) -> Result<i64, BadValue> {
    const EXPECTED: BadValue = BadValue::Expected("a number");
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty()
        || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        || (fraction.is_empty() && digits.contains('.'))
    {
        return Err(EXPECTED);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(scale) {
        return Err(BadValue::TooPrecise(scale));
    }
    let mut n: i64 = 0;
    let padding = std::iter::repeat_n(b'0', usize::from(scale) - fraction.len());
    for b in whole.bytes().chain(fraction.bytes()).chain(padding) {
        n = n.checked_mul(10).and_then(|n| n.checked_add(i64::from(b - b'0'))).ok_or(BadValue::OutOfRange)?;
        if n > 999_999_999_999_999 {
            return Err(BadValue::OutOfRange);
        }
    }
    Ok(if negative { -n } else { n })
}

/// The shortest decimal text of `n / 10^scale`.
pub fn format_decimal(n: i64, scale: u8) -> String {
    if scale == 0 {
        return n.to_string();
    }
    let divisor = 10_u64.saturating_pow(u32::from(scale));
    let (whole, rest) = (n.unsigned_abs() / divisor, n.unsigned_abs() % divisor);
    let sign = if n < 0 { "-" } else { "" };
    let fraction = format!("{rest:0width$}", width = usize::from(scale));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl Value {
    /// Reads a JSON value for a field of this kind. `null` and the empty string are no value (`Ok(None)`).
    ///
    /// # Errors
    /// `BadValue` when the JSON has another type, or breaks a limit of the kind.
    pub fn from_json(json: &serde_json::Value, kind: &FieldKind) -> Result<Option<Value>, BadValue> {
        use serde_json::Value as J;
        match (json, kind) {
            (J::Null, _) => Ok(None),
            (J::Bool(b), FieldKind::Bool) => Ok(Some(Value::Bool(*b))),
            (J::Number(n), FieldKind::Number { .. } | FieldKind::Money { .. }) => Self::from_text(&n.to_string(), kind),
            (J::Array(items), FieldKind::MultiChoice { options }) => {
                let mut list = Vec::new();
                for item in items {
                    let text = item.as_str().ok_or(BadValue::Expected("a list of options"))?;
                    if !options.iter().any(|o| o.value == text) {
                        return Err(BadValue::NotAnOption);
                    }
                    if !list.iter().any(|have| have == text) {
                        list.push(text.to_owned());
                    }
                }
                Ok(if list.is_empty() { None } else { Some(Value::List(list)) })
            }
            (J::Object(parts), FieldKind::Address) => {
                // Only the parts, each a text: whatever else there is, is told of by none of its content.
                let read = serde_json::from_value::<Address>(J::Object(parts.clone()));
                let address = read.map_err(|_| BadValue::Expected(kind.expected()))?.checked()?;
                Ok(Self::of_address(address))
            }
            (J::String(text), kind) if !matches!(kind, FieldKind::Bool | FieldKind::MultiChoice { .. }) => {
                Self::from_text(text, kind)
            }
            (_, kind) => Err(BadValue::Expected(kind.expected())),
        }
    }

    /// Reads text (a CSV cell, a JSON string) for a field of this kind. Empty text is no value.
    ///
    /// # Errors
    /// `BadValue` when the text does not fit the kind.
    pub fn from_text(text: &str, kind: &FieldKind) -> Result<Option<Value>, BadValue> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(None);
        }
        let limited = |max: usize| -> Result<String, BadValue> {
            if trimmed.chars().count() > max {
                return Err(BadValue::TooLong(max));
            }
            let long = matches!(kind, FieldKind::LongText);
            if trimmed.chars().any(|c| c.is_control() && !(long && matches!(c, '\n' | '\t' | '\r'))) {
                return Err(BadValue::ControlCharacter);
            }
            Ok(trimmed.to_owned())
        };
        let expected = BadValue::Expected(kind.expected());
        Ok(Some(match kind {
            FieldKind::Text { max } => Value::Text(limited(usize::from(*max))?),
            FieldKind::LongText => Value::Text(limited(20_000)?),
            FieldKind::Address => Value::Text(limited(400)?),
            FieldKind::Phone => {
                let text = limited(40)?;
                if text.chars().filter(|c| c.is_numeric()).count() < 3 {
                    return Err(expected);
                }
                Value::Text(text)
            }
            FieldKind::Email => {
                let text = limited(254)?;
                match text.split_once('@') {
                    Some((local, domain))
                        if !local.is_empty()
                            && !domain.is_empty()
                            && !domain.contains('@')
                            && !text.contains(char::is_whitespace) =>
                    {
                        Value::Text(text)
                    }
                    _ => return Err(expected),
                }
            }
            FieldKind::IdNumber => {
                let text = limited(40)?;
                if !text.chars().all(|c| c.is_alphanumeric() || c == '-') {
                    return Err(expected);
                }
                Value::Text(text)
            }
            FieldKind::Url => {
                let text = limited(2000)?;
                // Only what a browser opens as a page: a `javascript:` link in a record would run for its reader.
                if !(text.starts_with("https://") || text.starts_with("http://")) {
                    return Err(expected);
                }
                Value::Text(text)
            }
            FieldKind::Number { scale } | FieldKind::Money { scale } => Value::Int(parse_decimal(trimmed, *scale)?),
            FieldKind::Bool => match trimmed {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => return Err(expected),
            },
            FieldKind::Date => Value::Int(parse_date(trimmed).ok_or(expected)?),
            FieldKind::DateTime => Value::Int(crate::time::UnixMs::parse_rfc3339(trimmed).ok_or(expected)?.0),
            FieldKind::Choice { options } => {
                if !options.iter().any(|o| o.value == trimmed) {
                    return Err(BadValue::NotAnOption);
                }
                Value::Text(trimmed.to_owned())
            }
            FieldKind::MultiChoice { options } => {
                let mut list: Vec<String> = Vec::new();
                for part in trimmed.split([';', '；']).map(str::trim).filter(|p| !p.is_empty()) {
                    if !options.iter().any(|o| o.value == part) {
                        return Err(BadValue::NotAnOption);
                    }
                    if !list.iter().any(|have| have == part) {
                        list.push(part.to_owned());
                    }
                }
                if list.is_empty() {
                    return Ok(None);
                }
                Value::List(list)
            }
            FieldKind::Reference { .. } => Value::Record(trimmed.parse().map_err(|_| expected)?),
            FieldKind::User => Value::User(trimmed.parse().map_err(|_| expected)?),
            FieldKind::Attachment { .. } | FieldKind::Lookup { .. } | FieldKind::RollUp { .. } => return Err(expected),
        }))
    }

    /// As people and files see it: the inverse of [`Value::from_text`].
    pub fn to_text(&self, kind: &FieldKind) -> String {
        match (self, kind) {
            (Value::Text(t), _) => t.clone(),
            (Value::Int(n), FieldKind::Number { scale } | FieldKind::Money { scale }) => format_decimal(*n, *scale),
            (Value::Int(n), FieldKind::Date) => format_date(*n).unwrap_or_default(),
            (Value::Int(n), FieldKind::DateTime) => crate::time::UnixMs(*n).to_rfc3339(),
            (Value::Int(n), _) => n.to_string(),
            (Value::Bool(b), _) => b.to_string(),
            (Value::List(l), _) => l.join(";"),
            (Value::Record(id), _) => id.to_string(),
            (Value::User(id), _) => id.to_string(),
            (Value::Address(a), _) => a.line(),
        }
    }

    /// An address as it is kept; `None` of one without any part.
    pub fn of_address(address: Address) -> Option<Value> {
        if !address.is_plain() {
            return Some(Value::Address(Box::new(address)));
        }
        if address.street.is_empty() { None } else { Some(Value::Text(address.street)) }
    }

    /// What a mask leaves of it.
    pub fn masked(&self, kind: &FieldKind, mask: &Mask) -> String {
        match (self, mask) {
            (Value::Address(a), Mask::Address) => a.masked(),
            _ => mask.apply(&self.to_text(kind)),
        }
    }

    /// As a clear text column holds it: several options between semicolons, so that `;a;` is found where `a` is one of them.
    /// `None` of a number.
    pub fn to_column(&self) -> Option<String> {
        Some(match self {
            Value::Text(t) => t.clone(),
            Value::List(l) => format!(";{};", l.join(";")),
            Value::Record(id) => id.to_string(),
            Value::User(id) => id.to_string(),
            Value::Address(a) => a.to_column(),
            Value::Int(_) | Value::Bool(_) => return None,
        })
    }

    /// What a clear text column of this kind holds; `None` when it holds no such value.
    pub fn from_column(text: &str, kind: &FieldKind) -> Option<Value> {
        Some(match kind {
            FieldKind::Reference { .. } => Value::Record(text.parse().ok()?),
            FieldKind::User => Value::User(text.parse().ok()?),
            FieldKind::MultiChoice { .. } => {
                let inner = text.strip_prefix(';')?.strip_suffix(';')?;
                Value::List(inner.split(';').map(str::to_owned).collect())
            }
            FieldKind::Address => {
                Address::from_column(text).map_or_else(|| Value::Text(text.to_owned()), |a| Value::Address(Box::new(a)))
            }
            _ => Value::Text(text.to_owned()),
        })
    }

    /// As the API says it: numbers as JSON numbers, dates as text.
    pub fn to_json(&self, kind: &FieldKind) -> serde_json::Value {
        match (self, kind) {
            (Value::Bool(b), _) => (*b).into(),
            (Value::List(l), _) => l.clone().into(),
            (Value::Address(a), _) => serde_json::to_value(a).unwrap_or_default(),
            // At most 15 significant digits, which a JSON number (a double) keeps exactly.
            (Value::Int(n), FieldKind::Number { scale } | FieldKind::Money { scale }) => {
                let text = format_decimal(*n, *scale);
                serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text))
            }
            _ => self.to_text(kind).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_exact_or_refused() {
        assert_eq!(parse_decimal("1100.04", 2), Ok(110_004));
        assert_eq!(parse_decimal("-0.5", 2), Ok(-50));
        assert_eq!(parse_decimal("1.005", 2), Err(BadValue::TooPrecise(2)));
        assert_eq!(parse_decimal("1.", 2), Err(BadValue::Expected("a number")));
        assert_eq!(parse_decimal("1e5", 2), Err(BadValue::Expected("a number")));
        assert_eq!(parse_decimal("99999999999999999999", 0), Err(BadValue::OutOfRange));
        assert_eq!(format_decimal(-50, 2), "-0.5");
    }

    #[test]
    fn dates_are_days() {
        assert_eq!(parse_date("1970-01-02"), Some(1));
        assert_eq!(format_date(-1).as_deref(), Some("1969-12-31"));
        assert_eq!(parse_date("20-10-16"), None);
        assert_eq!(parse_date("2026-02-30"), None);
    }

    #[test]
    fn a_link_that_would_run_is_refused() {
        assert!(Value::from_text("javascript:alert(1)", &FieldKind::Url).is_err());
    }

    #[test]
    fn what_a_column_holds_is_read_as_it_was_written() {
        let options = vec![];
        let several = FieldKind::MultiChoice { options };
        let list = Value::List(vec!["a b".into(), "c".into()]);
        assert_eq!(list.to_column().as_deref(), Some(";a b;c;"));
        assert_eq!(Value::from_column(";a b;c;", &several), Some(list));
        assert_eq!(Value::from_column("a", &several), None);
    }

    #[test]
    fn an_address_comes_as_one_text_or_in_parts() {
        let read = |json| Value::from_json(&json, &FieldKind::Address);
        let parts = serde_json::json!({ "province": "广东省", "city": " 深圳市 ", "street": "科技路1号" });
        let value = read(parts).unwrap().unwrap();
        assert_eq!(value.to_text(&FieldKind::Address), "广东省深圳市科技路1号");
        assert_eq!(value.masked(&FieldKind::Address, &Mask::Address), "广东省深圳市****");
        assert_eq!(Value::from_column(&value.to_column().unwrap(), &FieldKind::Address), Some(value));
        // What has a street alone is the text it always was.
        let text = Value::Text("科技路1号".into());
        assert_eq!(read(serde_json::json!({ "street": "科技路1号" })), Ok(Some(text.clone())));
        assert_eq!(read(serde_json::json!("科技路1号")), Ok(Some(text)));
        assert_eq!(read(serde_json::json!({ "city": " " })), Ok(None));
        assert!(read(serde_json::json!({ "planet": "earth" })).is_err());
        assert!(read(serde_json::json!({ "city": 7 })).is_err());
    }

    #[test]
    fn debug_shows_no_value() {
        assert!(!format!("{:?}", Value::Text("13800138000".into())).contains("138"));
    }

    proptest! {
        #[test]
        fn numbers_survive_the_round_trip(n in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u8..6) {
            prop_assert_eq!(parse_decimal(&format_decimal(n, scale), scale), Ok(n));
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,60}") {
            for kind in [FieldKind::Date, FieldKind::DateTime, FieldKind::Number { scale: 2 }, FieldKind::Phone, FieldKind::Email, FieldKind::Bool, FieldKind::User] {
                let _ = Value::from_text(&text, &kind);
            }
        }
    }
}
