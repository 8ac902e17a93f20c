//! What each kind of channel wants: form, signature, size.
//!
//! Sources: Standard Webhooks 1.0.0; the vendors' pages on group robots (企业微信 群机器人配置说明, 钉钉 自定义机器人安全设置, 飞书 自定义
//! 机器人使用指南). Limits and codes that were not at hand there are marked in `heard.rs`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::UnixMs;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::Post;
use super::words::Message;
use crate::automation::signature;

/// Where messages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A system outside, signed as Standard Webhooks has it.
    Webhook,
    /// 企业微信群机器人
    Wecom,
    /// 钉钉自定义机器人
    Dingtalk,
    /// 飞书自定义机器人
    Feishu,
    /// A mailbox, by the company's mail server.
    Mail,
}

/// What a channel's messages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Zh,
    En,
}

impl ChannelKind {
    pub const ALL: [ChannelKind; 5] = [Self::Webhook, Self::Wecom, Self::Dingtalk, Self::Feishu, Self::Mail];
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Wecom => "wecom",
            Self::Dingtalk => "dingtalk",
            Self::Feishu => "feishu",
            Self::Mail => "mail",
        }
    }
    /// Messages of a minute at most: what the vendor takes from one robot.
    pub const fn most_per_minute(self) -> u16 {
        match self {
            Self::Wecom | Self::Dingtalk => 20,
            Self::Feishu => 100,
            Self::Webhook | Self::Mail => 600,
        }
    }
    /// The vendors' own hosts. Another one is a relay of the company, which lists it.
    pub(super) const fn hosts(self) -> &'static [&'static str] {
        match self {
            Self::Wecom => &["qyapi.weixin.qq.com"],
            Self::Dingtalk => &["oapi.dingtalk.com"],
            Self::Feishu => &["open.feishu.cn", "open.larksuite.com"],
            Self::Webhook | Self::Mail => &[],
        }
    }
    /// Whether its messages are signed with a secret that the vendor gives.
    pub(super) const fn takes_secret(self) -> bool {
        matches!(self, Self::Dingtalk | Self::Feishu)
    }
    /// Bytes of a body at most, and alerts that one message names.
    const fn limits(self) -> (usize, usize) {
        match self {
            // The text of markdown; the envelope around it is not counted.
            Self::Wecom => (4_096, 5),
            Self::Dingtalk | Self::Feishu => (20_000, 10),
            Self::Webhook => (200_000, 100),
            Self::Mail => (200_000, 50),
        }
    }
}

/// `sign` of 钉钉: HMAC-SHA256 under the secret over `{ms}\n{secret}`, base64, as a part of an address.
fn sign_of_dingtalk(secret: &[u8], ms: i64) -> String {
    let time = ms.to_string();
    let tag = vault::hmac_sha256(secret, &[time.as_bytes(), b"\n", secret]);
    BASE64_STANDARD.encode(tag).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// `sign` of 飞书: HMAC-SHA256 under the key `{seconds}\n{secret}` over nothing, base64. The roles are those of 钉钉 turned round.
fn sign_of_feishu(secret: &[u8], seconds: i64) -> String {
    let mut key = Zeroizing::new(format!("{seconds}\n").into_bytes());
    key.extend_from_slice(secret);
    BASE64_STANDARD.encode(vault::hmac_sha256(&key, &[]))
}

/// What it takes to send to a channel.
pub(super) struct Opened {
    pub(super) kind: ChannelKind,
    pub(super) language: Language,
    pub(super) url: Zeroizing<String>,
    pub(super) secret: Option<Zeroizing<Vec<u8>>>,
    pub(super) inside: bool,
}

impl Opened {
    /// A message in the channel's form; `id` is the same for every attempt at the same message.
    pub(super) fn post(&self, message: &Message, id: &str, now: UnixMs) -> Post {
        let (most_bytes, most) = self.kind.limits();
        // As many alerts as there is room for.
        let mut named = message.entries.len().min(most);
        let mut body = self.body(message, named);
        while self.measure(&body) > most_bytes && named > 0 {
            named -= 1;
            body = self.body(message, named);
        }
        self.sign(body, id, now)
    }

    fn measure(&self, body: &Value) -> usize {
        match self.kind {
            ChannelKind::Wecom => body.pointer("/markdown/content").and_then(Value::as_str).map_or(0, str::len),
            _ => body.to_string().len(),
        }
    }

    fn body(&self, message: &Message, named: usize) -> Value {
        let title = message.title(self.language);
        match self.kind {
            ChannelKind::Wecom => {
                json!({ "msgtype": "markdown", "markdown": { "content": message.markdown(self.language, named) } })
            }
            ChannelKind::Dingtalk => json!({
                "msgtype": "markdown",
                "markdown": { "title": title, "text": message.markdown(self.language, named) },
            }),
            ChannelKind::Feishu => {
                let language = if self.language == Language::Zh { "zh_cn" } else { "en_us" };
                let mut content = serde_json::Map::new();
                content.insert(
                    language.to_owned(),
                    json!({ "title": title, "content": message.post(self.language, named) }),
                );
                json!({ "msg_type": "post", "content": { "post": content } })
            }
            ChannelKind::Webhook | ChannelKind::Mail => message.json(named),
        }
    }

    fn sign(&self, mut body: Value, id: &str, now: UnixMs) -> Post {
        let mut url = self.url.clone();
        let mut headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        let seconds = now.0.div_euclid(1000);
        match (self.kind, &self.secret) {
            (ChannelKind::Dingtalk, Some(secret)) => {
                let sign = sign_of_dingtalk(secret, now.0);
                let join = if url.contains('?') { '&' } else { '?' };
                url = Zeroizing::new(format!("{}{join}timestamp={}&sign={sign}", url.as_str(), now.0));
            }
            (ChannelKind::Feishu, Some(secret)) => {
                if let Some(map) = body.as_object_mut() {
                    map.insert("timestamp".to_owned(), seconds.to_string().into());
                    map.insert("sign".to_owned(), sign_of_feishu(secret, seconds).into());
                }
            }
            _ => {}
        }
        let body = body.to_string();
        if let (ChannelKind::Webhook, Some(secret)) = (self.kind, &self.secret) {
            headers.push(("webhook-id", id.to_owned()));
            headers.push(("webhook-timestamp", seconds.to_string()));
            headers.push(("webhook-signature", signature(secret, id, seconds, &body)));
        }
        Post { url, headers, body, inside: self.inside }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::tests::{many, one};
    use super::*;

    const NOW: UnixMs = UnixMs(1_732_600_000_000);

    fn opened(kind: ChannelKind, secret: Option<&str>) -> Opened {
        Opened {
            kind,
            language: Language::Zh,
            url: Zeroizing::new("https://robot.example.com/send?key=K".into()),
            secret: secret.map(|s| Zeroizing::new(s.as_bytes().to_vec())),
            inside: false,
        }
    }

    // The numbers were made by the snippets the vendors publish in Python (hmac, hashlib, base64, urllib.parse.quote_plus).
    #[test]
    fn dingtalk_is_signed_as_its_vendor_s_snippet_signs() {
        let sign = sign_of_dingtalk(b"SEC000whosaw", 1_732_600_000_000);
        assert_eq!(sign, "c5mWQD%2B6YTrZQtaDPd1OzTIlDm7k43Q4c7bjD70JkCU%3D");
        let sign = sign_of_dingtalk(b"this is secret", 1_573_694_040_123);
        assert_eq!(sign, "1BNoPvq%2FcL8RItjkFZdwR0T6czMNlVQQknKZk94kbmM%3D");
        let post = opened(ChannelKind::Dingtalk, Some("SEC000whosaw")).post(&one(), "id", NOW);
        let url = post.url.as_str();
        assert!(
            url.ends_with("key=K&timestamp=1732600000000&sign=c5mWQD%2B6YTrZQtaDPd1OzTIlDm7k43Q4c7bjD70JkCU%3D"),
            "{url}"
        );
    }

    #[test]
    fn feishu_is_signed_as_its_vendor_s_snippet_signs() {
        assert_eq!(sign_of_feishu(b"demo", 1_599_360_473), "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
        let sign = sign_of_feishu("whosaw+飞书".as_bytes(), 1_732_600_000);
        assert_eq!(sign, "TS/QrooOAjwLaWDCJIoPhVDyuPtruzRMaemBBSS3Aic=");
        let post = opened(ChannelKind::Feishu, Some("whosaw+飞书")).post(&one(), "id", NOW);
        let body: Value = serde_json::from_str(&post.body).unwrap();
        assert_eq!((&body["timestamp"], &body["sign"]), (&json!("1732600000"), &json!(sign)));
        assert_eq!(body["msg_type"], "post");
        assert_eq!(body["content"]["post"]["zh_cn"]["title"], "【高】一小时内查看大量客户");
    }

    #[test]
    fn a_system_outside_is_told_as_standard_webhooks_has_it() {
        let post = opened(ChannelKind::Webhook, Some("secret")).post(&one(), "msg_1", NOW);
        let of = |name: &str| post.headers.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap();
        assert_eq!((of("webhook-id"), of("webhook-timestamp")), ("msg_1".to_owned(), "1732600000".to_owned()));
        assert_eq!(of("webhook-signature"), signature(b"secret", "msg_1", 1_732_600_000, &post.body));
        let body: Value = serde_json::from_str(&post.body).unwrap();
        assert_eq!((&body["type"], &body["data"]["alerts"][0]["severity"]), (&json!("alert.opened"), &json!("high")));
    }

    #[test]
    fn a_message_is_as_long_as_the_vendor_takes_and_says_how_many_more() {
        for kind in ChannelKind::ALL {
            for n in [1, 4, 40, 500] {
                let opened = opened(kind, None);
                let message = many(n, &"长".repeat(300));
                let post = opened.post(&message, "id", NOW);
                let body: Value = serde_json::from_str(&post.body).unwrap();
                let (most, _) = kind.limits();
                assert!(opened.measure(&body) <= most, "{kind:?} {n} {}", opened.measure(&body));
                if n == 500 {
                    assert!(post.body.contains("另有") || post.body.contains("\"more\":"), "{kind:?}");
                }
            }
        }
    }
}
