//! What an answer means: taken, later, or never.
//!
//! The vendors answer 200 also to what they refuse; what counts is `errcode` (企业微信, 钉钉) or `code` (飞书). Numbers seen in public
//! sources: 0, 45009 (too often), 93000 (no such robot) of 企业微信; 310000 (signature, word or address not as agreed) of 钉钉. From memory,
//! and not relied on for more than how soon to try again: all others. One that is not known is tried again, and then is dead.

use serde_json::Value;

use super::ChannelKind;

/// What came of handing a message over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// An HTTP status.
    pub status: Option<u16>,
    /// The first bytes of what was answered.
    pub body: String,
    /// Why there was no answer, by one word: `inside`, `resolve`, `connect`, `tls`, `timeout`, `protocol`.
    pub error: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    /// It may go better later.
    Later,
    /// It never will, as long as nobody changes the channel.
    Never,
}

/// An answer, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub outcome: Outcome,
    pub status: Option<u16>,
    /// The vendor's own number.
    pub code: Option<i64>,
    /// Why it was not taken, by one word.
    pub error: Option<&'static str>,
    /// The vendor's own words, one line: shown to who tests, kept nowhere.
    pub words: String,
}

const LONGEST: usize = 300;

fn line(text: &str) -> String {
    let one: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    one.trim().to_owned()
}

/// Numbers that say: not so often, or not just now.
const fn is_soon(kind: ChannelKind, code: i64) -> bool {
    match kind {
        ChannelKind::Wecom => matches!(code, -1 | 45_009 | 45_033),
        ChannelKind::Dingtalk => matches!(code, -1 | 130_101 | 130_102 | 410_100),
        ChannelKind::Feishu => matches!(code, 9_499 | 11_232 | 11_233 | 99_991_400),
        ChannelKind::Webhook | ChannelKind::Mail => true,
    }
}

/// Numbers that say: this address, secret or form is wrong.
const fn is_never(kind: ChannelKind, code: i64) -> bool {
    match kind {
        ChannelKind::Wecom => matches!(code, 93_000 | 40_008 | 40_058 | 44_004),
        ChannelKind::Dingtalk => matches!(code, 310_000 | 300_001 | 300_005 | 400_101..=400_106),
        ChannelKind::Feishu => matches!(code, 19_001 | 19_002 | 19_021 | 19_022 | 19_024),
        ChannelKind::Webhook | ChannelKind::Mail => false,
    }
}

impl Heard {
    /// Reads an answer of a kind of channel.
    pub fn read(kind: ChannelKind, answered: &Answered) -> Self {
        let Answered { status, body, error } = answered;
        let heard = |outcome, code, error| Heard { outcome, status: *status, code, error, words: line(body) };
        let Some(number) = *status else {
            // An address inside stays inside.
            let outcome = if *error == Some("inside") { Outcome::Never } else { Outcome::Later };
            return heard(outcome, None, error.or(Some("protocol")));
        };
        let good = (200..300).contains(&number);
        if kind == ChannelKind::Webhook {
            return match number {
                _ if good => heard(Outcome::Taken, None, None),
                // Standard Webhooks: gone, and not to be told any more.
                410 => heard(Outcome::Never, None, Some("status")),
                _ => heard(Outcome::Later, None, Some("status")),
            };
        }
        let json: Option<Value> = serde_json::from_str(body).ok();
        let code = json.as_ref().and_then(|v| {
            ["errcode", "code", "StatusCode"].iter().find_map(|name| v.get(name).and_then(Value::as_i64))
        });
        match code {
            Some(0) if good => heard(Outcome::Taken, code, None),
            Some(n) if is_never(kind, n) => heard(Outcome::Never, code, Some("refused")),
            Some(n) if is_soon(kind, n) => heard(Outcome::Later, code, Some("busy")),
            Some(_) => heard(Outcome::Later, code, Some("refused")),
            // Somebody else answers there: a proxy, a sign-in page.
            None if good => heard(Outcome::Later, None, Some("answer")),
            None => heard(Outcome::Later, None, Some(if number == 429 { "busy" } else { "status" })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(kind: ChannelKind, status: u16, body: &str) -> Heard {
        Heard::read(kind, &Answered { status: Some(status), body: body.to_owned(), error: None })
    }

    #[test]
    fn what_vendors_answer_is_read_for_what_it_means() {
        use ChannelKind::{Dingtalk, Feishu, Webhook, Wecom};
        for (kind, status, body, outcome) in [
            (Wecom, 200, r#"{"errcode":0,"errmsg":"ok"}"#, Outcome::Taken),
            (Wecom, 200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#, Outcome::Later),
            (Wecom, 200, r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#, Outcome::Never),
            (Dingtalk, 200, r#"{"errcode":0,"errmsg":"ok"}"#, Outcome::Taken),
            (Dingtalk, 200, r#"{"errcode":310000,"errmsg":"sign not match"}"#, Outcome::Never),
            (Dingtalk, 200, r#"{"errcode":130101,"errmsg":"send too fast"}"#, Outcome::Later),
            (Feishu, 200, r#"{"code":0,"msg":"success","data":{}}"#, Outcome::Taken),
            (Feishu, 200, r#"{"StatusCode":0,"StatusMessage":"success"}"#, Outcome::Taken),
            (Feishu, 200, r#"{"code":19021,"msg":"sign match fail"}"#, Outcome::Never),
            (Feishu, 400, r#"{"code":11232,"msg":"frequency limited"}"#, Outcome::Later),
            (Feishu, 200, "<html>sign in</html>", Outcome::Later),
            (Feishu, 500, "", Outcome::Later),
            (Wecom, 200, r#"{"errcode":77777}"#, Outcome::Later),
            (Wecom, 500, r#"{"errcode":0}"#, Outcome::Later),
            (Webhook, 204, "", Outcome::Taken),
            (Webhook, 302, "", Outcome::Later),
            (Webhook, 410, "", Outcome::Never),
        ] {
            assert_eq!(heard(kind, status, body).outcome, outcome, "{kind:?} {status} {body}");
        }
    }

    #[test]
    fn what_was_not_answered_is_tried_again_but_inside_stays_inside() {
        let none = |error| Heard::read(ChannelKind::Wecom, &Answered { error: Some(error), ..Answered::default() });
        assert_eq!(none("timeout").outcome, Outcome::Later);
        assert_eq!(none("inside").outcome, Outcome::Never);
    }

    #[test]
    fn words_are_one_short_line() {
        let long = format!("{{\"errcode\":1,\n\"errmsg\":\"{}\"}}", "x".repeat(1000));
        let heard = heard(ChannelKind::Wecom, 200, &long);
        assert!(heard.words.len() <= LONGEST && !heard.words.contains('\n'));
    }
}
