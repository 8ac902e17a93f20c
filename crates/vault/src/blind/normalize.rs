//! The one form in which equal values are equal, whatever spelling people used. Pure functions; each is idempotent.

use unicode_normalization::UnicodeNormalization;

/// The digits of the longest number that E.164 allows, country code included.
const E164_DIGITS: usize = 15;

/// Applies a folding until it changes nothing. Dropping a character can let its neighbours compose (two Hangul letters
/// with a hyphen between them), so one round is not always enough.
fn settle(text: &str, fold: impl Fn(&str) -> String) -> String {
    let mut text = fold(text);
    // Two rounds are the most that was seen; the limit only bounds what a strange input can cost.
    for _ in 0..8 {
        let next = fold(&text);
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Full-width to half-width and other compatibility forms (NFKC), lower case, letters and digits only.
pub fn normalize_name(text: &str) -> String {
    settle(text, |t| t.nfkc().flat_map(char::to_lowercase).nfkc().filter(|c| c.is_alphanumeric()).collect())
}

/// E.164, with +86 for numbers without a country. `None` when it is no phone number.
///
/// `138 0013 8000`, `+86-138-0013-8000`, `008613800138000` and `１３８００１３８０００` are one number. A landline's area code loses
/// its leading 0 (`010-8888 9999` is `+861088889999`); an extension (`ext`, `x`, `#`, `转`, `分机`) is dropped.
pub fn normalize_phone(text: &str) -> Option<String> {
    let folded = text.nfkc().collect::<String>().to_lowercase();
    let main = ["ext", "分机", "x", "#", "转", ",", ";"]
        .iter()
        .fold(folded.as_str(), |main, mark| main.split_once(mark).map_or(main, |(number, _)| number));
    let main = main.trim();
    let (plus, main) = match main.trim_start_matches(['(', ' ']).strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, main),
    };
    let between = |c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')' | '.' | '/' | '‐' | '–' | '—' | '−');
    if main.chars().any(|c| !c.is_ascii_digit() && !between(c)) {
        return None;
    }
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let number = if plus || digits.starts_with("00") {
        // No country code begins with 0, so `+0086…` can mean only one thing.
        digits.trim_start_matches('0').to_owned()
    } else if (12..=13).contains(&digits.len()) && digits.starts_with("86") {
        // Within China no number of this length begins otherwise than with 0: 86 is the country.
        digits
    } else {
        format!("86{digits}")
    };
    let number = match number.strip_prefix("86") {
        Some(national) => format!("86{}", national.trim_start_matches('0')),
        None => number,
    };
    // Three digits for the shortest service number without a country (`110`), two for 86.
    let least = if number.starts_with("86") { 5 } else { 3 };
    (least..=E164_DIGITS).contains(&number.len()).then(|| format!("+{number}"))
}

/// Trimmed, full-width to half-width, lower case; a domain's own letters stay (no punycode). `None` when it is no address.
pub fn normalize_email(text: &str) -> Option<String> {
    let folded = settle(text, |t| t.nfkc().flat_map(char::to_lowercase).nfkc().collect::<String>().trim().to_owned());
    let (local, domain) = folded.split_once('@')?;
    let fine = !local.is_empty() && !domain.is_empty() && !domain.contains('@');
    (fine && !folded.contains(char::is_whitespace)).then_some(folded)
}

/// An identity card's or passport's number: letters and digits, half-width, upper case. `None` when nothing is left.
pub fn normalize_id_number(text: &str) -> Option<String> {
    let folded: String = text.nfkc().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    (!folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_number_has_one_form() {
        for text in [
            "13800138000",
            "138 0013 8000",
            "+86-138-0013-8000",
            "+86 138 0013 8000",
            "(+86) 13800138000",
            "（+86）13800138000",
            "8613800138000",
            "86 138-0013-8000",
            "１３８００１３８０００",
            "008613800138000",
            "+008613800138000",
            "138.0013.8000",
            "138-0013-8000 转 12",
            "13800138000 ext. 5",
            "13800138000x5",
            "13800138000 分机 12",
            "13800138000#7",
        ] {
            assert_eq!(normalize_phone(text).as_deref(), Some("+8613800138000"), "{text}");
        }
    }

    #[test]
    fn a_landline_is_one_number_with_and_without_its_country() {
        for text in [
            "010-8888 9999",
            "(010)88889999",
            "+86 10 8888 9999",
            "+86 (010) 8888-9999",
            "861088889999",
            "0086-010-88889999",
        ] {
            assert_eq!(normalize_phone(text).as_deref(), Some("+861088889999"), "{text}");
        }
        assert_eq!(normalize_phone("0755-8888999").as_deref(), Some("+867558888999"));
        assert_eq!(normalize_phone("400-800-8000").as_deref(), Some("+864008008000"));
        assert_eq!(normalize_phone("110").as_deref(), Some("+86110"));
    }

    #[test]
    fn other_countries_keep_their_code() {
        assert_eq!(normalize_phone("+1 (415) 555-0100").as_deref(), Some("+14155550100"));
        assert_eq!(normalize_phone("00 852 2345 6789").as_deref(), Some("+85223456789"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", "call me", "12", "+", "+0", "0000000", "138+0013", "13800138000a", "1234567890123456", "ext 5", "e"]
        {
            assert_eq!(normalize_phone(text), None, "{text}");
        }
    }

    #[test]
    fn names_ignore_what_people_ignore() {
        assert_eq!(normalize_name("北京 甲（科技）公司"), "北京甲科技公司");
        assert_eq!(normalize_name("ＡＣＭＥ Co., Ltd."), "acmecoltd");
        assert_eq!(normalize_name("阿卜杜拉·买买提"), "阿卜杜拉买买提");
        assert_eq!(normalize_name("。。。"), "");
    }

    #[test]
    fn letters_that_meet_when_a_hyphen_goes_are_composed() {
        assert_eq!(normalize_name("\u{1100}-\u{1161}"), "\u{ac00}");
    }

    #[test]
    fn addresses_are_compared_in_lower_case() {
        assert_eq!(normalize_email("  Zhang.San@Example.COM ").as_deref(), Some("zhang.san@example.com"));
        assert_eq!(normalize_email("li@例子.中国").as_deref(), Some("li@例子.中国"));
        assert_eq!(normalize_email("ｌｉ＠ｅｘａｍｐｌｅ.com").as_deref(), Some("li@example.com"));
        for text in ["", "zhang", "@example.com", "zhang@", "a@b@c", "a b@c.d"] {
            assert_eq!(normalize_email(text), None, "{text}");
        }
    }

    #[test]
    fn identity_numbers_end_in_one_kind_of_x() {
        for text in ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X"]
        {
            assert_eq!(normalize_id_number(text).as_deref(), Some("11010519491231002X"), "{text}");
        }
        assert_eq!(normalize_id_number("——"), None);
    }

    proptest! {
        #[test]
        fn normalizing_twice_changes_nothing(text in prop_oneof!["\\PC{0,40}", "[+0-9０-９ ()x#./-]{0,24}", "[a-zＡ-Ｚ@. İ가-힣ᄀ-ᇿ-]{0,24}"]) {
            let once = normalize_name(&text);
            prop_assert_eq!(normalize_name(&once), once.clone());
            if let Some(p) = normalize_phone(&text) {
                prop_assert_eq!(normalize_phone(&p), Some(p.clone()));
            }
            if let Some(e) = normalize_email(&text) {
                prop_assert_eq!(normalize_email(&e), Some(e.clone()));
            }
            if let Some(n) = normalize_id_number(&text) {
                prop_assert_eq!(normalize_id_number(&n), Some(n.clone()));
            }
        }

        #[test]
        fn a_mobile_number_is_found_however_it_is_written(tail in 0u64..10_000_000_000, style in 0usize..6) {
            let n = format!("1{tail:010}");
            let (a, rest) = n.split_at(3);
            let (b, c) = rest.split_at(4);
            let text = match style {
                0 => n.clone(),
                1 => format!("{a} {b} {c}"),
                2 => format!("+86 {a}-{b}-{c}"),
                3 => format!("0086{n}"),
                4 => format!("86{n}"),
                _ => format!("（+86）{n} 转 8"),
            };
            prop_assert_eq!(normalize_phone(&text), Some(format!("+86{n}")));
        }
    }
}
