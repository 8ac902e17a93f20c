//! Addresses in parts 地址: country, province, city, district, street and postcode.
//!
//! Rule: an address is entered in parts where they are known and as one text where they are not; both are read as one line. Only
//! province and city are left by its mask.
//!
//! ```
//! let a = model::Address { province: "广东省".into(), city: "深圳市".into(), street: "科技路1号".into(), ..Default::default() };
//! assert_eq!(a.line(), "广东省深圳市科技路1号");
//! assert_eq!(a.masked(), "广东省深圳市****");
//! assert_eq!(model::Address::from_column(&a.to_column()), Some(a));
//! ```

use serde::{Deserialize, Serialize};

use crate::value::BadValue;

/// Characters of a part other than the street.
const LONGEST_PART: usize = 60;
/// Characters of the street, and of what has no parts.
const LONGEST_STREET: usize = 400;
/// Between the parts in a clear column: no value holds a control character.
const BETWEEN: char = '\u{1f}';

/// An address in parts; a part that is not known is empty.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Empty where it is the company's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub province: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub city: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub district: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub street: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub postcode: String,
}

/// An address is customer data: printing one for debugging shows which parts there are.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let there = Self::PARTS.iter().zip(self.parts()).filter(|(_, part)| !part.is_empty());
        f.debug_tuple("Address").field(&there.map(|(name, _)| *name).collect::<Vec<_>>()).finish()
    }
}

impl Address {
    /// The names of the parts, in the order in which columns of files and databases hold them.
    pub const PARTS: [&'static str; 6] = ["country", "province", "city", "district", "street", "postcode"];

    /// The parts, as [`Self::PARTS`] names them.
    pub fn parts(&self) -> [&str; 6] {
        [&self.country, &self.province, &self.city, &self.district, &self.street, &self.postcode]
    }
    fn from_parts(parts: [String; 6]) -> Self {
        let [country, province, city, district, street, postcode] = parts;
        Self { country, province, city, district, street, postcode }
    }
    /// Whether nothing but a street is known: as good as one text.
    pub fn is_plain(&self) -> bool {
        self.parts().iter().zip(Self::PARTS).all(|(part, name)| part.is_empty() || name == "street")
    }
    /// Trimmed and checked.
    ///
    /// # Errors
    /// [`BadValue`] when a part is too long or holds a control character.
    pub fn checked(self) -> Result<Self, BadValue> {
        let mut parts = self.parts().map(|part| part.trim().to_owned());
        for (part, name) in parts.iter_mut().zip(Self::PARTS) {
            let most = if name == "street" { LONGEST_STREET } else { LONGEST_PART };
            if part.chars().count() > most {
                return Err(BadValue::TooLong(most));
            }
            if part.chars().any(char::is_control) {
                return Err(BadValue::ControlCharacter);
            }
        }
        Ok(Self::from_parts(parts))
    }
    /// In one line: from the whole to the part where it is written so, as in China, and from the part to the whole elsewhere.
    pub fn line(&self) -> String {
        let wide = |text: &str| text.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c));
        let [country, province, city, district, street, postcode] = self.parts();
        // A municipality is its own province.
        let city_once = if city == province { "" } else { city };
        if self.parts().iter().any(|part| wide(part)) {
            let line = [country, province, city_once, district, street].concat();
            return if postcode.is_empty() || line.is_empty() { line + postcode } else { format!("{line} {postcode}") };
        }
        let region = [province, postcode].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ");
        let parts = [street, district, city_once, &region, country];
        parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(", ")
    }
    /// What its mask leaves: province and city. Where nothing else is known, less than there is.
    pub fn masked(&self) -> String {
        let city = if self.city == self.province { "" } else { &self.city };
        let more = [&self.country, &self.district, &self.street, &self.postcode].iter().any(|p| !p.is_empty());
        match (self.province.as_str(), city) {
            (province, city) if more && !(province.is_empty() && city.is_empty()) => {
                let shown = Self { province: province.into(), city: city.into(), ..Self::default() };
                let between = if shown.line().is_ascii() { " " } else { "" };
                format!("{}{between}****", shown.line())
            }
            (province, city) if !province.is_empty() && !city.is_empty() => format!("{province}****"),
            _ => "******".to_owned(),
        }
    }
    /// As a clear column holds it: the line, so that it is found by how it begins and what it contains, then the parts. A single
    /// text stands as it is.
    pub fn to_column(&self) -> String {
        if self.is_plain() {
            return self.street.clone();
        }
        let mut column = self.line();
        for part in self.parts() {
            column.push(BETWEEN);
            column.push_str(part);
        }
        column
    }
    /// What [`Self::to_column`] gave; `None` of one text.
    pub fn from_column(column: &str) -> Option<Self> {
        let parts: Vec<String> = column.split(BETWEEN).skip(1).map(str::to_owned).collect();
        parts.try_into().ok().map(Self::from_parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: [&str; 6]) -> Address {
        Address::from_parts(parts.map(str::to_owned))
    }

    #[test]
    fn an_address_is_read_as_it_is_written_where_it_is() {
        assert_eq!(
            of(["", "北京市", "北京市", "海淀区", "中关村大街1号", "100080"]).line(),
            "北京市海淀区中关村大街1号 100080"
        );
        assert_eq!(of(["France", "", "Paris", "", "1 rue X", "75001"]).line(), "1 rue X, Paris, 75001, France");
    }

    #[test]
    fn a_mask_leaves_province_and_city_and_never_the_whole() {
        assert_eq!(of(["", "北京市", "北京市", "海淀区", "", ""]).masked(), "北京市****");
        assert_eq!(of(["", "广东省", "深圳市", "", "", ""]).masked(), "广东省****");
        assert_eq!(of(["", "广东省", "", "", "", ""]).masked(), "******");
        assert_eq!(of(["", "", "", "", "某街1号", ""]).masked(), "******");
        assert_eq!(of(["US", "CA", "Napa", "", "1 Oak", ""]).masked(), "Napa, CA ****");
    }

    #[test]
    fn one_text_stands_in_its_column_as_before() {
        assert_eq!(of(["", "", "", "", "某街1号", ""]).to_column(), "某街1号");
        assert_eq!(Address::from_column("某街1号"), None);
        assert!(!format!("{:?}", of(["", "北京市", "", "", "", ""])).contains("北京"));
        assert!(of(["", &"长".repeat(61), "", "", "", ""]).checked().is_err());
        assert!(of(["", "a\u{1f}b", "", "", "", ""]).checked().is_err());
    }
}
