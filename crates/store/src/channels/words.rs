//! What a message says. Nothing in it is of a customer.

use std::fmt::Write as _;

use model::{AlertId, Severity, UnixMs};
use serde_json::{Value, json};

use super::Language;
use crate::mail::Letter;

/// Characters of a rule's title at most.
const LONGEST_TITLE: usize = 80;

/// One alert, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) alert: AlertId,
    pub(super) rule: String,
    pub(super) title_zh: String,
    pub(super) title_en: String,
    pub(super) severity: Severity,
    /// A pseudonym, or a name where the channel says so; `None` of the house itself.
    pub(super) who: Option<String>,
    pub(super) count: u64,
    /// By the company's clock.
    pub(super) at: String,
    pub(super) moment: UnixMs,
    pub(super) url: String,
}

/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    Alerts,
    /// What came together in a day.
    Digest,
    /// To see whether it arrives.
    Test,
}

/// One message: the gravest first.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) about: About,
    pub(super) entries: Vec<Entry>,
    pub(super) company: String,
    /// Where the list of alerts is.
    pub(super) all: String,
    pub(super) at: UnixMs,
}

const fn severity(of: Severity) -> (&'static str, &'static str) {
    match of {
        Severity::Informational => ("提示", "Info"),
        Severity::Low => ("低", "Low"),
        Severity::Medium => ("中", "Medium"),
        Severity::High => ("高", "High"),
        Severity::Critical => ("严重", "Critical"),
    }
}

/// Text that no robot reads as a mark, a link or a call to everybody.
fn plain(text: &str) -> String {
    let full = |c: char| match c {
        '[' => '［',
        ']' => '］',
        '<' => '＜',
        '>' => '＞',
        '*' => '＊',
        '`' => '｀',
        '#' => '＃',
        '_' => '＿',
        '~' => '～',
        '|' => '｜',
        '\\' => '＼',
        '@' => '＠',
        c if c.is_control() => ' ',
        c => c,
    };
    let mut short: String = text.chars().take(LONGEST_TITLE).map(full).collect();
    if text.chars().nth(LONGEST_TITLE).is_some() {
        short.push('…');
    }
    short
}

impl Entry {
    fn head(&self, language: Language) -> String {
        let (zh, en) = severity(self.severity);
        match language {
            Language::Zh => format!("【{zh}】{}", plain(&self.title_zh)),
            Language::En => format!("[{en}] {}", plain(&self.title_en)),
        }
    }
    /// Who, how much, when.
    fn facts(&self, language: Language) -> Vec<String> {
        let who = self.who.as_deref().map(plain);
        match language {
            Language::Zh => vec![
                format!("对象：{}", who.as_deref().unwrap_or("系统")),
                format!("计数：{}", self.count),
                format!("时间：{}", self.at),
            ],
            Language::En => vec![
                format!("Who: {}", who.as_deref().unwrap_or("the system")),
                format!("Count: {}", self.count),
                format!("When: {}", self.at),
            ],
        }
    }
}

impl Message {
    /// One line.
    pub(super) fn title(&self, language: Language) -> String {
        let n = self.entries.len();
        match (self.about, language, self.entries.as_slice()) {
            (About::Test, Language::Zh, _) => "谁看过：测试消息".to_owned(),
            (About::Test, Language::En, _) => "Whosaw: a test message".to_owned(),
            (About::Digest, Language::Zh, _) => format!("谁看过：告警汇总，共 {n} 条"),
            (About::Digest, Language::En, _) => format!("Whosaw: {n} alerts of the day"),
            (About::Alerts, _, [one]) => one.head(language),
            (About::Alerts, Language::Zh, _) => format!("谁看过：{n} 条新告警"),
            (About::Alerts, Language::En, _) => format!("Whosaw: {n} new alerts"),
        }
    }

    fn test(&self, language: Language) -> String {
        let company = plain(&self.company);
        match language {
            Language::Zh => format!("“{company}”的谁看过系统发出的测试消息。收到即说明渠道设置正确。"),
            Language::En => {
                format!("A test message of Whosaw at {company}. That it arrived shows that the channel is set up.")
            }
        }
    }

    const fn open(language: Language) -> &'static str {
        match language {
            Language::Zh => "查看告警",
            Language::En => "Open the alert",
        }
    }

    fn more(&self, language: Language, named: usize) -> Option<String> {
        let more = self.entries.len().saturating_sub(named);
        (more > 0 && !self.entries.is_empty()).then(|| match language {
            Language::Zh => format!("另有 {more} 条"),
            Language::En => format!("and {more} more"),
        })
    }

    pub(super) fn markdown(&self, language: Language, named: usize) -> String {
        let mut text = format!("**{}**\n", self.title(language));
        if self.about == About::Test {
            let _ = write!(text, "\n{}", self.test(language));
            return text;
        }
        let single = self.entries.len() == 1;
        for entry in self.entries.iter().take(named) {
            if !single {
                let _ = write!(text, "\n**{}**\n", entry.head(language));
            }
            for fact in entry.facts(language) {
                // A line of its own in each vendor's markdown.
                let _ = write!(text, "\n> {fact}\n");
            }
            let _ = write!(text, "\n[{}]({})\n", Self::open(language), entry.url);
        }
        if let Some(more) = self.more(language, named) {
            let _ = write!(text, "\n[{more}]({})\n", self.all);
        }
        text
    }

    /// Paragraphs of 飞书's `post`.
    pub(super) fn post(&self, language: Language, named: usize) -> Value {
        let text = |text: String| json!([{ "tag": "text", "text": text }]);
        if self.about == About::Test {
            return json!([text(self.test(language))]);
        }
        let single = self.entries.len() == 1;
        let mut lines = vec![];
        for entry in self.entries.iter().take(named) {
            if !single {
                lines.push(text(entry.head(language)));
            }
            lines.push(text(entry.facts(language).join("  ")));
            lines.push(json!([{ "tag": "a", "text": Self::open(language), "href": entry.url }]));
        }
        if let Some(more) = self.more(language, named) {
            lines.push(json!([{ "tag": "a", "text": more, "href": self.all }]));
        }
        Value::Array(lines)
    }

    /// For programs: both languages.
    pub(super) fn json(&self, named: usize) -> Value {
        let kind = match self.about {
            About::Alerts => "alert.opened",
            About::Digest => "alert.digest",
            About::Test => "channel.test",
        };
        let alerts: Vec<Value> = self
            .entries
            .iter()
            .take(named)
            .map(|e| {
                json!({
                    "id": e.alert, "rule": e.rule, "title": { "zh": e.title_zh, "en": e.title_en },
                    "severity": e.severity, "who": e.who, "count": e.count, "at": e.moment.to_rfc3339(), "url": e.url,
                })
            })
            .collect();
        let more = self.entries.len().saturating_sub(named);
        json!({ "type": kind, "timestamp": self.at.to_rfc3339(), "data": { "alerts": alerts, "more": more } })
    }

    pub(super) fn letter(&self, language: Language) -> Letter {
        const MOST: usize = 50;
        if self.about == About::Test {
            return Letter { subject: self.title(language), body: format!("{}\n", self.test(language)) };
        }
        let mut body = String::new();
        for entry in self.entries.iter().take(MOST) {
            let _ = writeln!(body, "{}\n{}\n{}\n", entry.head(language), entry.facts(language).join("\n"), entry.url);
        }
        if let Some(more) = self.more(language, MOST) {
            let _ = writeln!(body, "{more}\n{}\n", self.all);
        }
        body.push_str(match language {
            Language::Zh => "邮件不含任何客户信息；详情请登录查看。\n",
            Language::En => "Mail holds nothing about customers: sign in to see more.\n",
        });
        let title = self.title(language);
        // A subject has no use for what is full width for robots' sake alone, but it ends no line either.
        Letter { subject: title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(), body }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::channels) fn entry(title: &str) -> Entry {
        let alert = AlertId::from_bytes([7; 16]);
        Entry {
            alert,
            rule: "volume_hour".into(),
            title_zh: title.into(),
            title_en: title.into(),
            severity: Severity::High,
            who: Some("U-4F2A".into()),
            count: 120,
            at: "2026-11-23 22:10".into(),
            moment: UnixMs(1_732_600_000_000),
            url: format!("https://crm.example.com/alerts/{alert}"),
        }
    }
    pub(in crate::channels) fn many(n: usize, title: &str) -> Message {
        Message {
            about: About::Alerts,
            entries: vec![entry(title); n],
            company: "示例公司".into(),
            all: "https://crm.example.com/alerts".into(),
            at: UnixMs(1_732_600_000_000),
        }
    }
    pub(in crate::channels) fn one() -> Message {
        many(1, "一小时内查看大量客户")
    }

    #[test]
    fn a_message_says_what_how_grave_who_and_where() {
        let text = one().markdown(Language::Zh, 5);
        assert_eq!(
            text,
            "**【高】一小时内查看大量客户**\n\n> 对象：U-4F2A\n\n> 计数：120\n\n> 时间：2026-11-23 22:10\n\n\
             [查看告警](https://crm.example.com/alerts/07070707-0707-0707-0707-070707070707)\n"
        );
        let letter = one().letter(Language::En);
        assert_eq!(letter.subject, "[High] 一小时内查看大量客户");
        assert!(letter.body.contains("Who: U-4F2A\nCount: 120\n"), "{}", letter.body);
    }

    #[test]
    fn many_become_one_that_says_how_many_more() {
        let text = many(42, "x").markdown(Language::En, 5);
        assert!(text.starts_with("**Whosaw: 42 new alerts**") && text.contains("[and 37 more](https://crm"), "{text}");
        assert_eq!(text.matches("Open the alert").count(), 5);
    }

    #[test]
    fn a_title_calls_nobody_and_makes_no_link() {
        let text = many(1, "x](https://evil.example) <at user_id=\"all\"> @all\n# y **z**").markdown(Language::En, 5);
        assert!(!text.contains("](https://evil") && !text.contains("<at") && !text.contains("@all"), "{text}");
        assert!(!text.contains("\n# y"));
        let letter = many(1, "x\r\nBcc: a@b.cn").letter(Language::En);
        assert!(!letter.subject.contains(['\r', '\n']), "{}", letter.subject);
    }
}
