//! Masks 脱敏: what is left of a value for those who may know that it is there but not what it is.
//!
//! Rule: a mask never shows a whole value, is idempotent, and hides the length where the length tells something.

use serde::{Deserialize, Serialize};

/// How a value is masked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Mask {
    /// Nothing but `******`.
    #[default]
    Full,
    /// `138****8000`: first three and last four digits of a number of 11 or more, else the last two.
    Phone,
    /// `z***@example.com`
    Email,
    /// `110***********123X`: first three and last four of an 18-character number, else the last two.
    IdNumber,
    /// `张**`, `A*** C*** L***`
    Name,
    /// The part up to the district 区/县/市, or the last part after a comma.
    Address,
    /// The first `head` and last `tail` characters, at most half of the value in all.
    Custom { head: u8, tail: u8 },
}

/// The fixed filling: its length says nothing about the value's.
const FILL: &str = "****";

impl Mask {
    pub fn apply(&self, value: &str) -> String {
        let chars: Vec<char> = value.chars().collect();
        match self {
            Mask::Full => "******".to_owned(),
            Mask::Phone => {
                let digits: Vec<char> = chars.iter().copied().filter(char::is_ascii_digit).collect();
                if digits.len() >= 11 {
                    ends(&digits, 3, 4)
                } else {
                    ends(&digits, 0, if digits.len() >= 6 { 2 } else { 0 })
                }
            }
            Mask::Email => match value.split_once('@') {
                Some((local, domain)) => {
                    let first: String = local.chars().take(usize::from(local.chars().count() > 1)).collect();
                    format!("{first}***@{domain}")
                }
                None => "******".to_owned(),
            },
            Mask::IdNumber => {
                if chars.len() >= 15 {
                    ends(&chars, 3, 4)
                } else {
                    ends(&chars, 0, if chars.len() >= 6 { 2 } else { 0 })
                }
            }
            Mask::Name => value
                .split_whitespace()
                .map(|word| {
                    let first = word.chars().next().unwrap_or('*');
                    let fill = if first.is_ascii() { "***" } else { "**" };
                    if word.chars().count() < 2 { "*".to_owned() } else { format!("{first}{fill}") }
                })
                .collect::<Vec<_>>()
                .join(" "),
            Mask::Address => {
                let end = chars.iter().take(20).rposition(|c| matches!(c, '区' | '县' | '市' | '省' | '州'));
                match (end, value.rsplit_once(", ")) {
                    (Some(end), _) if end + 1 < chars.len() => {
                        let head: String = chars.iter().take(end + 1).collect();
                        format!("{head}{FILL}")
                    }
                    (None, Some((_, last))) => format!("{FILL}, {last}"),
                    _ => "******".to_owned(),
                }
            }
            Mask::Custom { head, tail } => {
                let (head, tail) = (usize::from(*head), usize::from(*tail));
                if (head + tail) * 2 > chars.len() { "******".to_owned() } else { ends(&chars, head, tail) }
            }
        }
    }
}

fn ends(chars: &[char], head: usize, tail: usize) -> String {
    let first: String = chars.iter().take(head).collect();
    let last: String = chars.iter().skip(chars.len().saturating_sub(tail)).collect();
    format!("{first}{FILL}{last}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn masks_read_as_people_know_them() {
        assert_eq!(Mask::Phone.apply("13800138000"), "138****8000");
        assert_eq!(Mask::Phone.apply("12345"), "****");
        assert_eq!(Mask::Email.apply("zhang.san@example.com"), "z***@example.com");
        assert_eq!(Mask::Email.apply("z@example.com"), "***@example.com");
        assert_eq!(Mask::IdNumber.apply("11010519491231002X"), "110****002X");
        assert_eq!(Mask::Name.apply("张三丰"), "张**");
        assert_eq!(Mask::Name.apply("Ada Lovelace"), "A*** L***");
        assert_eq!(Mask::Address.apply("北京市朝阳区建国路1号"), "北京市朝阳区****");
        assert_eq!(Mask::Custom { head: 2, tail: 0 }.apply("abc"), "******");
    }

    proptest! {
        #[test]
        fn no_mask_shows_the_whole_value(value in "[a-z0-9\u{4e00}-\u{4eff}]{1,30}") {
            for mask in [Mask::Full, Mask::Phone, Mask::Email, Mask::IdNumber, Mask::Name, Mask::Address, Mask::Custom { head: 3, tail: 4 }] {
                prop_assert_ne!(mask.apply(&value), value.clone());
            }
        }
    }
}
