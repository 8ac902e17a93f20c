//! Notices by mail: who is mailed what and when, and what becomes of it when the mail server does not take it.

use std::sync::Mutex;

use access::path::Refusal;
use model::{RecordId, UserId};
use store::automation::Fate;
use store::company::Note;
use store::mail::{
    Carried, Carrier, ChangeMailServer, Letter, ListMails, MailError, MailPassword, MailSecurity, MailServer, MailView,
    OpenServer, OwnMail, RetryMail, SetOwnMail, ShowOwnMail, TestMail,
};
use store::notices::{MuteNotices, NoticeKind};
use store::records::{TransferRecord, TransferTo};

use super::house::code;
use super::requests::clean;
use super::world::World;

pub const URL: &str = "https://crm.example.com";
const MINUTE: i64 = 60;

fn server() -> MailServer {
    MailServer {
        host: "smtp.example.com".into(),
        port: 465,
        security: MailSecurity::Tls,
        account: Some("crm".into()),
        from: "crm@example.com".into(),
        domains: vec!["example.com".into()],
    }
}

async fn set(w: &World, server: Option<MailServer>, password: Option<&str>) -> Result<(), Refusal> {
    let password = password.map_or(MailPassword::Keep, |p| MailPassword::Set(p.to_owned().into()));
    let op = ChangeMailServer { server, password, note: Note::default() };
    w.store.change_mail_server(w.system(w.admin, op).await?).await.map(|_| ())
}

pub async fn want(w: &World, who: UserId, wanted: OwnMail) -> Result<(), Refusal> {
    w.store.set_own_mail(w.system(who, SetOwnMail { wanted }).await?).await.map(|_| ())
}

pub fn at_once(address: &str) -> OwnMail {
    OwnMail { address: Some(address.into()), at_once: NoticeKind::ALL.iter().copied().collect(), daily: [].into() }
}

/// A mail server, and somebody who wants all by mail.
pub async fn begin(w: &World, who: UserId) {
    set(w, Some(server()), Some("hunter2 hunter2")).await.unwrap();
    want(w, who, at_once("li@example.com")).await.unwrap();
}

async fn give(w: &World, id: RecordId, version: i64, from: UserId, to: UserId) {
    let (object, to) = ("customer".parse().unwrap(), TransferTo::User(to));
    let op = TransferRecord { object, id, version, to, with_related: false };
    w.store.transfer(w.records(from, op).await.unwrap()).await.unwrap();
}

async fn outbox(w: &World) -> Vec<MailView> {
    w.store.list_mails(w.system(w.admin, ListMails { dead: false }).await.unwrap()).await.unwrap().into_inner()
}

fn taken() -> Carried {
    Carried { error: None, code: Some(250), answer: "250 ok".into() }
}
fn not_taken(error: MailError, code: Option<u16>) -> Carried {
    Carried { error: Some(error), code, answer: "no".into() }
}

#[tokio::test]
async fn whoever_wants_it_is_mailed_once_and_reads_of_no_customer() {
    let w = World::new().await;
    let customer = w.customer("海阔天空公司", "13800138000").await;
    give(&w, customer, 1, w.rep, w.other_rep).await;
    begin(&w, w.other_rep).await;
    let soon = |minutes: i64| w.now().plus_seconds(minutes * MINUTE);
    assert_eq!(w.store.draft_mails(soon(3)).await.unwrap(), 0, "what was told before one wanted mail is not mailed");
    give(&w, customer, 2, w.other_rep, w.rep).await;
    give(&w, customer, 3, w.rep, w.other_rep).await;
    assert_eq!(w.store.draft_mails(w.now()).await.unwrap(), 0, "not before it is surely durable");
    assert_eq!(w.store.draft_mails(soon(2)).await.unwrap(), 1);
    assert_eq!(w.store.draft_mails(soon(3)).await.unwrap(), 0, "once");
    let mut due = w.store.due_mails(URL, soon(3)).await.unwrap();
    let mail = due.pop().unwrap();
    assert_eq!((due.len(), mail.to.as_str()), (0, "li@example.com"));
    assert_eq!(mail.server.password.as_ref().unwrap().as_str(), "hunter2 hunter2");
    assert!(mail.letter.body.contains("https://crm.example.com/notices"), "{}", mail.letter.body);
    assert!(!mail.letter.body.contains("海阔") && !mail.letter.subject.contains("海阔"));
    assert_eq!(w.store.attempted_mail(mail.id, &taken(), soon(3)).await.unwrap(), Fate::Delivered);
    let sent = outbox(&w).await;
    assert_eq!((sent[0].state, sent[0].notices, sent[0].code), ("sent", 1, Some(250)));
    clean(&w).await;
    w.pass_days(31);
    assert_eq!(w.store.sweep_mails(w.now()).await.unwrap(), 1);
    assert_eq!(outbox(&w).await, vec![]);
    clean(&w).await;
}

#[tokio::test]
async fn what_comes_once_a_day_comes_at_half_past_eight_and_what_is_off_never() {
    let w = World::new().await;
    set(&w, Some(server()), Some("p")).await.unwrap();
    let daily =
        OwnMail { address: Some("li@example.com".into()), at_once: [].into(), daily: [NoticeKind::Assigned].into() };
    want(&w, w.other_rep, daily.clone()).await.unwrap();
    let customer = w.customer("甲", "13800138000").await;
    give(&w, customer, 1, w.rep, w.other_rep).await;
    // Ten in the morning of Monday: the next is on Tuesday.
    let tuesday = |hour: i64, minute: i64| {
        let midnight = model::UnixMs::parse_rfc3339("2026-11-24T00:00:00+08:00").unwrap();
        midnight.plus_seconds(hour * 3600 + minute * MINUTE)
    };
    assert_eq!(w.store.draft_mails(w.now().plus_seconds(3600)).await.unwrap(), 0);
    assert_eq!(w.store.draft_mails(tuesday(8, 29)).await.unwrap(), 0);
    let op = MuteNotices { off: [NoticeKind::Assigned].into() };
    w.store.mute_notices(w.system(w.other_rep, op).await.unwrap()).await.unwrap();
    assert_eq!(w.store.draft_mails(tuesday(8, 32)).await.unwrap(), 0, "a kind that is off is not mailed either");
    let op = MuteNotices { off: [].into() };
    w.store.mute_notices(w.system(w.other_rep, op).await.unwrap()).await.unwrap();
    assert_eq!(w.store.draft_mails(tuesday(8, 32)).await.unwrap(), 1);
    assert_eq!(w.store.draft_mails(tuesday(12, 0)).await.unwrap(), 0);
    // Who wants no mail any more gets none that waits.
    want(&w, w.other_rep, OwnMail { address: None, ..daily }).await.unwrap();
    assert_eq!(w.store.due_mails(URL, tuesday(12, 0)).await.unwrap().len(), 0);
    let given_up = outbox(&w).await;
    assert_eq!((given_up[0].state, given_up[0].error.as_deref()), ("dead", Some("off")));
    clean(&w).await;
}

#[tokio::test]
async fn a_server_that_takes_nothing_is_tried_again_for_a_day_and_then_by_hand() {
    let w = World::new().await;
    begin(&w, w.other_rep).await;
    let customer = w.customer("甲", "13800138000").await;
    give(&w, customer, 1, w.rep, w.other_rep).await;
    let mut now = w.now().plus_seconds(2 * MINUTE);
    assert_eq!(w.store.draft_mails(now).await.unwrap(), 1);
    let down = not_taken(MailError::Unreachable, None);
    let mut tries = 0;
    loop {
        let due = w.store.due_mails(URL, now).await.unwrap();
        let fate = w.store.attempted_mail(due[0].id, &down, now).await.unwrap();
        tries += 1;
        if fate == Fate::Dead {
            break;
        }
        assert_eq!(w.store.due_mails(URL, now).await.unwrap().len(), 0, "later");
        now = now.plus_days(2);
    }
    let dead = outbox(&w).await;
    assert_eq!((tries, dead[0].state, dead[0].attempts, dead[0].error.as_deref()), (9, "dead", 9, Some("unreachable")));
    let retry = |id| RetryMail { id };
    w.store.retry_mail(w.system(w.admin, retry(dead[0].id)).await.unwrap()).await.unwrap();
    assert_eq!(code(w.store.retry_mail(w.system(w.admin, retry(dead[0].id)).await.unwrap()).await), "not_dead");
    let due = w.store.due_mails(URL, w.now()).await.unwrap();
    // A receiver who is not there is not asked for again.
    let refused = not_taken(MailError::Refused, Some(550));
    assert_eq!(w.store.attempted_mail(due[0].id, &refused, w.now()).await.unwrap(), Fate::Dead);
    let rep = w.system(w.rep, ListMails { dead: true }).await;
    assert!(matches!(rep, Err(Refusal::Forbidden { .. })), "the outbox names people");
    clean(&w).await;
}

/// What a test mail was to be sent with.
#[derive(Default)]
struct Seen(Mutex<Vec<(String, Option<String>)>>);

#[async_trait::async_trait]
impl Carrier for Seen {
    async fn carry(&self, server: OpenServer, to: String, _: Letter) -> Carried {
        self.0.lock().unwrap().push((to.clone(), server.password.map(|p| p.to_string())));
        if to.starts_with("no") { not_taken(MailError::Auth, Some(535)) } else { taken() }
    }
}

#[tokio::test]
async fn a_password_stays_with_its_server_and_addresses_with_their_domains() {
    let w = World::new().await;
    let carrier = Seen::default();
    let test = async |to: &str| {
        let op = TestMail { to: to.into(), note: Note::default() };
        w.store.test_mail(w.system(w.admin, op).await.unwrap(), &carrier).await.map(access::path::Disclosed::into_inner)
    };
    assert_eq!(code(test("li@example.com").await), "mail_off");
    assert_eq!(code(set(&w, Some(server()), None).await), "invalid_value", "an account takes a password");
    set(&w, Some(server()), Some("secret")).await.unwrap();
    // Other things may change without it; where it goes to may not.
    set(&w, Some(MailServer { from: "whosaw@example.com".into(), ..server() }), None).await.unwrap();
    for elsewhere in [
        MailServer { host: "smtp.evil.example".into(), ..server() },
        MailServer { port: 2525, ..server() },
        MailServer { security: MailSecurity::Starttls, ..server() },
        MailServer { account: Some("other".into()), ..server() },
    ] {
        assert_eq!(code(set(&w, Some(elsewhere), None).await), "invalid_value");
    }
    for wrong in [
        MailServer { security: MailSecurity::None, ..server() },
        MailServer { host: "https://smtp.example.com".into(), ..server() },
        MailServer { host: "169.254.169.254".into(), ..server() },
        MailServer { from: "crm@example.com\r\nBcc: x@y.z".into(), ..server() },
        MailServer { domains: vec!["Example.com".into()], ..server() },
    ] {
        assert_eq!(code(set(&w, Some(wrong.clone()), Some("secret")).await), "invalid_value", "{wrong:?}");
    }
    assert_eq!(test("li@example.com").await.unwrap(), "250 ok");
    assert_eq!(code(test("no@example.com").await), "mail_auth");
    assert_eq!(code(test("li@elsewhere.example").await), "invalid_value");
    let sent = carrier.0.lock().unwrap().clone();
    let secret = Some("secret".to_owned());
    assert_eq!(sent, [("li@example.com".to_owned(), secret.clone()), ("no@example.com".to_owned(), secret)]);
    assert_eq!(code(want(&w, w.rep, at_once("wang@elsewhere.example")).await), "invalid_value");
    let shown = w.store.show_own_mail(w.system(w.rep, ShowOwnMail).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(
        (shown.available, shown.domains, shown.wanted),
        (true, vec!["example.com".to_owned()], OwnMail::default())
    );
    set(&w, None, None).await.unwrap();
    assert_eq!(code(test("li@example.com").await), "mail_off");
    clean(&w).await;
}
