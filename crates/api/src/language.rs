//! Chinese or English: the company's, else by `Accept-Language`.

use axum::http::{HeaderMap, header};
use model::Text;

/// A language we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Zh,
    En,
}

impl Language {
    /// The one of ours that the client likes best; Chinese if it likes neither or says nothing.
    pub fn of(headers: &HeaderMap) -> Self {
        let text = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let mut best = (0.0, Language::Zh);
        for part in text.split(',') {
            let mut words = part.split(';').map(str::trim);
            let language = match words.next().unwrap_or_default().to_ascii_lowercase() {
                l if l == "zh" || l.starts_with("zh-") => Language::Zh,
                l if l == "en" || l.starts_with("en-") => Language::En,
                _ => continue,
            };
            let q: f32 = words.find_map(|w| w.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            if q > best.0 {
                best = (q, language);
            }
        }
        best.1
    }
    /// The company's; where it has set none, the client's.
    pub fn of_house(house: Option<access::path::Language>, headers: &HeaderMap) -> Self {
        match house {
            Some(access::path::Language::Chinese) => Language::Zh,
            Some(access::path::Language::English) => Language::En,
            None => Self::of(headers),
        }
    }
    pub fn pick(self, text: &Text) -> &str {
        match self {
            Language::Zh => &text.zh,
            Language::En => &text.en,
        }
    }
    pub fn say(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_is_spoken() {
        let of = |text: &str| {
            let mut h = HeaderMap::new();
            h.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            Language::of(&h)
        };
        assert_eq!(of("en-GB,en;q=0.9,zh;q=0.1"), Language::En);
        assert_eq!(of("de, zh-CN;q=0.8, en;q=0.3"), Language::Zh);
        assert_eq!(of("fr"), Language::Zh);
    }
}
