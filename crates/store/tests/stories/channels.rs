//! Alerts by channels: which go where and when, what becomes of them when a robot does not take them, and what is seen of whom.

use access::path::Refusal;
use detect::{Family, Finding};
use model::{AlertId, AlertState, EventId, Severity, Text, UnixMs, UserId};
use store::automation::{ChangeHooks, Fate};
use store::channels::{
    Answered, ChangeChannels, Channel, ChannelChange, ChannelKind, ChannelSecret, Digest, DueMessage, Heard, Hours,
    Language, ListMessages, MessageView, Outgoing, Pace, Post, ReadChannels, RetryMessage, Route, Sender, TestChannel,
};
use store::company::Note;
use store::mail::{Carried, Carrier, Letter, OpenServer};
use store::watch::{Alert, AlertBody};

use super::house::code;
use super::requests::clean;
use super::world::World;

const URL: &str = "https://crm.example.com";
const ROBOT: &str = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=VERY-SECRET";

pub fn channel(name: &str, kind: ChannelKind, address: &str) -> ChannelChange {
    ChannelChange {
        channel: Channel {
            name: name.into(),
            label: Text::new("安全群", "Security"),
            kind,
            on: true,
            language: Language::Zh,
            per_minute: 20,
            names: false,
        },
        address: Some(address.to_owned().into()),
        secret: ChannelSecret::Keep,
        renew: false,
    }
}

pub fn route(severity: Severity, to: &str) -> Route {
    Route {
        severity,
        families: vec![],
        department: None,
        hours: Hours::Always,
        digest: Digest::AtOnce {},
        to: vec![to.into()],
    }
}

pub async fn set(w: &World, channels: Vec<ChannelChange>, routes: Vec<Route>) -> Result<usize, Refusal> {
    let op = ChangeChannels { channels, routes, note: Note::default() };
    Ok(w.store.change_channels(w.system(w.admin, op).await?).await?.into_inner().len())
}

/// A robot that is told of what is grave.
pub async fn begin(w: &World) {
    set(w, vec![channel("wecom", ChannelKind::Wecom, ROBOT)], vec![route(Severity::Medium, "wecom")]).await.unwrap();
}

pub fn alert(w: &World, n: u8, subject: UserId, severity: Severity) -> Alert {
    let at = w.now();
    Alert {
        id: AlertId::from_bytes([n; 16]),
        subject,
        rule: "volume_hour".into(),
        family: Family::Volume,
        fingerprint: format!("f{n}"),
        severity,
        state: AlertState::Open,
        score: 4.0,
        first_at: at,
        last_at: at,
        last_seq: i64::from(n),
        case: None,
        version: 1,
        body: AlertBody {
            finding: Finding {
                rule: "volume_hour".into(),
                family: Family::Volume,
                severity,
                user: subject,
                group: vec![],
                evidence: vec![EventId::from_bytes([n; 16])],
                count: 120,
                threshold: 100,
                score: 4.0,
                parts: vec![],
                first: at,
                last: at,
                day: 1,
                fingerprint: format!("f{n}"),
                seq: u64::from(n),
            },
            findings: 1,
            evidence: vec![],
            earlier: 0,
            why_zh: "一小时内查看 120 个客户".into(),
            why_en: "120 customers in an hour".into(),
            title_zh: "一小时内查看大量客户".into(),
            title_en: "Many customers in an hour".into(),
            opened_at: at,
            foreign: None,
            snoozed_until: None,
            feedback: None,
            handled: vec![],
        },
    }
}

/// Sends what is due, and it is taken.
pub async fn send(w: &World) {
    for message in due(w, &mut Pace::default(), w.now()).await {
        w.store.attempted_messages(&message.rows, &heard(r#"{"errcode":0}"#), w.now()).await.unwrap();
    }
}

async fn due(w: &World, pace: &mut Pace, now: UnixMs) -> Vec<DueMessage> {
    w.store.due_messages(pace, URL, now).await.unwrap()
}
fn post(message: &DueMessage) -> &Post {
    match &message.what {
        Outgoing::Post(post) => post,
        Outgoing::Mail { .. } => panic!("no mail"),
    }
}
fn heard(body: &str) -> Heard {
    Heard::read(ChannelKind::Wecom, &Answered { status: Some(200), body: body.into(), error: None })
}
async fn outbox(w: &World) -> Vec<MessageView> {
    w.store.list_messages(w.system(w.admin, ListMessages { dead: false }).await.unwrap()).await.unwrap().into_inner()
}

#[tokio::test]
async fn an_alert_is_told_once_for_each_severity_and_names_nobody() {
    let w = World::new().await;
    begin(&w).await;
    let mut one = alert(&w, 1, w.rep, Severity::High);
    let low = alert(&w, 2, w.rep, Severity::Low);
    assert_eq!(w.store.tell_alerts(&[one.clone(), low], w.now()).await.unwrap(), 1, "only what is grave enough");
    assert_eq!(w.store.tell_alerts(&[one.clone()], w.now()).await.unwrap(), 0, "once");
    let mut pace = Pace::default();
    let found = due(&w, &mut pace, w.now()).await;
    assert_eq!(found.len(), 1);
    assert_eq!(post(&found[0]).url.as_str(), ROBOT);
    let body = &post(&found[0]).body;
    assert!(body.contains("【高】一小时内查看大量客户") && body.contains("计数：120"), "{body}");
    assert!(body.contains(&format!("{URL}/alerts/{}", one.id)) && body.contains("对象：U-"), "{body}");
    assert!(!body.contains("WANG"), "{body}");
    assert_eq!(due(&w, &mut pace, w.now()).await.len(), 0, "one attempt at a time");
    let fate = w.store.attempted_messages(&found[0].rows, &heard(r#"{"errcode":0}"#), w.now()).await.unwrap();
    pace.done("wecom");
    assert_eq!((fate, outbox(&w).await[0].state), (Fate::Delivered, "sent"));
    one.severity = Severity::Critical;
    assert_eq!(w.store.tell_alerts(&[one], w.now()).await.unwrap(), 1, "it has grown");
    clean(&w).await;
    w.pass_days(31);
    assert_eq!(w.store.sweep_messages(w.now()).await.unwrap(), 1, "what waits stays");
    clean(&w).await;
}

#[tokio::test]
async fn a_storm_becomes_one_message_and_a_robot_that_hangs_stalls_no_other() {
    let w = World::new().await;
    let hook = channel("hook", ChannelKind::Webhook, "https://soc.example.com/alerts");
    let both = Route { to: vec!["wecom".into(), "hook".into()], ..route(Severity::Low, "") };
    let made = set(&w, vec![channel("wecom", ChannelKind::Wecom, ROBOT), hook], vec![both]).await.unwrap();
    assert_eq!(made, 1, "a system outside is given a secret");
    let storm: Vec<Alert> = (1..=42).map(|n| alert(&w, n, w.rep, Severity::High)).collect();
    assert_eq!(w.store.tell_alerts(&storm, w.now()).await.unwrap(), 84);
    let mut pace = Pace::default();
    let found = due(&w, &mut pace, w.now()).await;
    assert_eq!(
        found.iter().map(|m| (m.channel.as_str(), m.rows.len())).collect::<Vec<_>>(),
        [("hook", 42), ("wecom", 42)]
    );
    assert!(post(&found[1]).body.contains("另有 37 条"), "{}", post(&found[1]).body);
    assert!(post(&found[0]).headers.iter().any(|(name, _)| *name == "webhook-signature"));
    // The one does not answer; the other goes on.
    let none = Heard::read(ChannelKind::Wecom, &Answered { error: Some("timeout"), ..Answered::default() });
    assert_eq!(w.store.attempted_messages(&found[1].rows, &none, w.now()).await.unwrap(), Fate::Later);
    let good = Heard::read(ChannelKind::Webhook, &Answered { status: Some(204), ..Answered::default() });
    assert_eq!(w.store.attempted_messages(&found[0].rows, &good, w.now()).await.unwrap(), Fate::Delivered);
    pace.done("wecom");
    pace.done("hook");
    w.store.tell_alerts(&[alert(&w, 50, w.rep, Severity::High)], w.now()).await.unwrap();
    let later = w.now().plus_seconds(20);
    let found = due(&w, &mut pace, later).await;
    assert_eq!(
        found.iter().map(|m| m.channel.as_str()).collect::<Vec<_>>(),
        ["hook"],
        "it is held for its next attempt"
    );
    pace.done("hook");
    let later = w.now().plus_seconds(60);
    let found = due(&w, &mut pace, later).await;
    let wecom = found.iter().find(|m| m.channel == "wecom").unwrap();
    assert_eq!(wecom.rows.len(), 43, "what came meanwhile goes along");
    clean(&w).await;
}

#[tokio::test]
async fn what_is_refused_for_good_is_dead_at_once_and_tried_by_hand() {
    let w = World::new().await;
    begin(&w).await;
    w.store.tell_alerts(&[alert(&w, 1, w.rep, Severity::High)], w.now()).await.unwrap();
    let mut pace = Pace::default();
    let found = due(&w, &mut pace, w.now()).await;
    let gone = heard(r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#);
    assert_eq!(w.store.attempted_messages(&found[0].rows, &gone, w.now()).await.unwrap(), Fate::Dead);
    pace.done("wecom");
    let dead = outbox(&w).await;
    assert_eq!((dead[0].state, dead[0].code, dead[0].error.as_deref()), ("dead", Some(93000), Some("refused")));
    let id = dead[0].id;
    let retry = || async { w.store.retry_message(w.system(w.admin, RetryMessage { id }).await?).await.map(|_| ()) };
    retry().await.unwrap();
    assert_eq!(code(retry().await), "not_dead");
    let found = due(&w, &mut pace, w.now()).await;
    assert_eq!(found.len(), 1);
    // Too often: later, and in the end dead.
    let often = heard(r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#);
    let mut now = w.now();
    let mut tries = 0;
    while w.store.attempted_messages(&found[0].rows, &often, now).await.unwrap() == Fate::Later {
        now = now.plus_days(2);
        tries += 1;
    }
    assert_eq!(tries, 8);
    // A channel that is off is told nothing more, and what waited is given up.
    retry().await.unwrap();
    let mut off = channel("wecom", ChannelKind::Wecom, ROBOT);
    off.channel.on = false;
    set(&w, vec![off], vec![route(Severity::Low, "wecom")]).await.unwrap();
    pace.done("wecom");
    assert_eq!(due(&w, &mut pace, w.now()).await.len(), 0);
    assert_eq!(outbox(&w).await[0].error.as_deref(), Some("off"));
    assert_eq!(w.store.tell_alerts(&[alert(&w, 3, w.rep, Severity::High)], w.now()).await.unwrap(), 0);
    clean(&w).await;
}

#[tokio::test]
async fn an_address_is_shown_to_nobody_and_is_one_of_the_vendor_s() {
    let w = World::new().await;
    begin(&w).await;
    let shown = w.store.read_channels(w.system(w.admin, ReadChannels).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((shown.channels[0].shown.as_str(), shown.channels[0].has_secret), ("qyapi.weixin.qq.com", false));
    assert!(!format!("{shown:?}").contains("VERY-SECRET"));
    // Kept, where none is sent.
    let keep = ChannelChange { address: None, ..channel("wecom", ChannelKind::Wecom, "") };
    set(&w, vec![keep.clone()], vec![route(Severity::Medium, "wecom")]).await.unwrap();
    w.store.tell_alerts(&[alert(&w, 1, w.rep, Severity::High)], w.now()).await.unwrap();
    assert_eq!(post(&due(&w, &mut Pace::default(), w.now()).await[0]).url.as_str(), ROBOT);
    let mut other = keep.clone();
    other.channel.kind = ChannelKind::Feishu;
    for (bad, why) in [
        (other, "another kind needs an address of its own"),
        (channel("a", ChannelKind::Wecom, "https://example.com/?key=1"), "not the vendor's"),
        (channel("a", ChannelKind::Webhook, "http://soc.example.com/"), "not encrypted"),
        (channel("a", ChannelKind::Webhook, "https://169.254.169.254/"), "inside"),
        (channel("a", ChannelKind::Webhook, "https://localhost/"), "inside"),
        (channel("a", ChannelKind::Mail, "a@b.cn\r\nBcc: c@d.cn"), "no mailbox"),
        (channel("A b", ChannelKind::Wecom, ROBOT), "a name"),
        (ChannelChange { secret: ChannelSecret::Set("s".to_owned().into()), ..keep.clone() }, "signs nothing"),
    ] {
        assert_eq!(code(set(&w, vec![bad], vec![]).await), "invalid_value", "{why}");
    }
    let nowhere = vec![route(Severity::Low, "nowhere")];
    assert_eq!(code(set(&w, vec![keep.clone()], nowhere).await), "invalid_value");
    let late = Route { digest: Digest::Daily { hour: 24 }, ..route(Severity::Low, "wecom") };
    assert_eq!(code(set(&w, vec![keep], vec![late]).await), "invalid_value");
    let op = ReadChannels;
    assert!(w.system(w.rep, op).await.is_err(), "no business of a sales representative");
    // Listed, a host inside is let be.
    let op = ChangeHooks { hosts: vec!["127.0.0.1".into()], hooks: vec![], note: Note::default() };
    w.store.change_hooks(w.system(w.admin, op).await.unwrap()).await.unwrap();
    set(&w, vec![channel("a", ChannelKind::Webhook, "http://127.0.0.1:9/")], vec![]).await.unwrap();
    clean(&w).await;
}

#[tokio::test]
async fn a_digest_comes_once_a_day_in_one() {
    let w = World::new().await;
    let daily = Route { digest: Digest::Daily { hour: 9 }, ..route(Severity::Low, "wecom") };
    set(&w, vec![channel("wecom", ChannelKind::Wecom, ROBOT)], vec![daily]).await.unwrap();
    let some: Vec<Alert> = (1..=3).map(|n| alert(&w, n, w.rep, Severity::Medium)).collect();
    assert_eq!(w.store.tell_alerts(&some, w.now()).await.unwrap(), 3);
    let mut pace = Pace::default();
    let at = |text: &str| UnixMs::parse_rfc3339(text).unwrap();
    assert_eq!(due(&w, &mut pace, at("2026-11-24T08:59:00+08:00")).await.len(), 0);
    let found = due(&w, &mut pace, at("2026-11-24T09:00:00+08:00")).await;
    assert_eq!((found.len(), found[0].rows.len()), (1, 3));
    assert!(post(&found[0]).body.contains("告警汇总，共 3 条"), "{}", post(&found[0]).body);
    clean(&w).await;
}

struct Says(&'static str);
#[async_trait::async_trait]
impl Sender for Says {
    async fn send(&self, post: Post) -> Answered {
        assert!(post.body.contains("测试消息") && !post.inside, "{}", post.body);
        Answered { status: Some(200), body: self.0.into(), error: None }
    }
}
#[async_trait::async_trait]
impl Carrier for Says {
    async fn carry(&self, _: OpenServer, _: String, _: Letter) -> Carried {
        Carried { error: None, code: Some(250), answer: self.0.into() }
    }
}

#[tokio::test]
async fn a_test_really_goes_out_and_says_what_was_answered() {
    let w = World::new().await;
    begin(&w).await;
    let test = |name: &'static str, says: &'static str| {
        let (w, op) = (&w, TestChannel { name: name.into(), note: Note::default() });
        async move {
            let grant = w.system(w.admin, op).await?;
            w.store.test_channel(grant, &Says(says), &Says(says)).await.map(|a| a.into_inner())
        }
    };
    assert_eq!(test("wecom", r#"{"errcode":0,"errmsg":"ok"}"#).await.unwrap().code, Some(0));
    let refused = test("wecom", r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#).await;
    assert!(format!("{refused:?}").contains("invalid webhook url"));
    assert_eq!(code(refused), "channel_refused");
    assert!(matches!(test("nowhere", "").await, Err(Refusal::NotFound)));
    clean(&w).await;
}
