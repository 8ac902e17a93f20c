//! What the command line says: text in the reader's language, or one JSON document.

use std::io::Write;
use std::process::ExitCode;

use crate::args::Lang;

/// How to speak.
#[derive(Debug, Clone, Copy)]
pub struct Say {
    json: bool,
    lang: Lang,
}

impl Say {
    pub fn new(json: bool, lang: Option<Lang>) -> Self {
        let lang = lang.unwrap_or_else(|| if crate::config::terminal_is_chinese() { Lang::Zh } else { Lang::En });
        Self { json, lang }
    }
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        if self.lang == Lang::Zh { zh } else { en }
    }
    /// A line for people; nothing in JSON mode.
    pub fn line(&self, zh: &str, en: &str) {
        if !self.json {
            out(self.pick(zh, en));
        }
    }
    /// The answer: text for people, or the document.
    pub fn answer(&self, zh: &str, en: &str, json: &serde_json::Value) {
        if self.json {
            out(&json.to_string());
        } else {
            out(self.pick(zh, en));
        }
    }
    /// Why nothing was done: the reason in the reader's language where it has one, else the whole chain of reasons.
    pub fn failed(&self, error: &anyhow::Error) -> ExitCode {
        let reason = match error.downcast_ref::<Told>() {
            Some(told) => self.pick(&told.zh, &told.en).to_owned(),
            None => format!("{error:#}"),
        };
        if self.json {
            out(&serde_json::json!({ "error": reason }).to_string());
        } else {
            let _ = writeln!(std::io::stderr(), "{}{reason}", self.pick("错误：", "error: "));
        }
        ExitCode::from(1)
    }
}

/// A reason in both languages.
#[derive(Debug)]
pub struct Told {
    pub zh: String,
    pub en: String,
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}
impl std::error::Error for Told {}

/// An error that says its reason in both languages.
pub fn told(zh: impl Into<String>, en: impl Into<String>) -> anyhow::Error {
    Told { zh: zh.into(), en: en.into() }.into()
}

pub fn out(text: &str) {
    // A reader that has gone away (`whosaw … | head`) is no failure of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
}
