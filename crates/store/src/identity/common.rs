//! Passwords that are tried first: a small list of stems with what people add to them, and plain patterns.

/// Stems, lower-case. Digits and signs around them are ignored, and `@ 0 1 3 5 $` count as the letters they stand for.
const STEMS: &[&str] = &[
    "password", "passwort", "passw", "passwd", "pass", "admin", "administrator", "root", "welcome", "letmein", "login",
    "qwerty", "qwertyuiop", "qwertz", "azerty", "asdf", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc",
    "qweasd", "qweasdzxc", "asdfqwer", "qwer", "qwerasdf", "abc", "abcd", "abcde", "abcdef", "abcdefg", "aaa", "iloveyou",
    "iloveu", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "superman", "batman", "master", "shadow",
    "michael", "jordan", "changeme", "changeit", "default", "secret", "test", "testtest", "tester", "testing", "guest",
    "user", "username", "temp", "temporary", "company", "whosaw", "crm", "sales", "customer", "trustno", "starwars",
    "freedom", "whatever", "computer", "internet", "samsung", "google", "facebook", "microsoft", "office", "server",
    "summer", "winter", "spring", "autumn", "january", "february", "october", "november", "december", "monday", "friday",
    "woaini", "woaiwojia", "wodemima", "mima", "nihao", "nihaoma", "beijing", "shanghai", "shenzhen", "guangzhou",
    "zhongguo", "china", "huawei", "alibaba", "taobao", "tencent", "qq", "wang", "zhang", "li", "a", "aa", "p", "pw",
    "hello", "helloworld", "passwordpassword", "adminadmin", "letmeinnow", "mynameis", "qwertyqwerty", "asdfasdf",
    "iloveyouforever", "yuanwei", "gongsi", "kehu", "xiaoshou", "guanliyuan", "mimamima", "woaininiaiwo",
];

/// Orders in which keys and characters follow each other.
const RUNS: &[&str] = &[
    "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "147258369", "159357",
];

/// Whether a lower-case password is one of those tried first.
pub(super) fn is_common(lower: &str) -> bool {
    let chars: Vec<char> = lower.chars().collect();
    let distinct: std::collections::BTreeSet<char> = chars.iter().copied().collect();
    // Few different characters: `aaaaaaaaaa`, `1212121212`, `abababab12`.
    if distinct.len() <= 3 {
        return true;
    }
    if RUNS.iter().any(|run| run.contains(lower) || run.chars().rev().collect::<String>().contains(lower)) {
        return true;
    }
    // Digits alone are dates, phone numbers and sequences.
    if chars.iter().all(char::is_ascii_digit) && chars.len() < 16 {
        return true;
    }
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    let plain: String = core
        .chars()
        .map(|c| match c {
            '@' => 'a',
            '0' => 'o',
            '1' | '!' => 'i',
            '3' => 'e',
            '5' | '$' => 's',
            c => c,
        })
        .collect();
    STEMS.contains(&core) || STEMS.contains(&plain.as_str())
}
