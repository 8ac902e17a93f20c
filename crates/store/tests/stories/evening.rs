//! Somebody is asked on the same evening why they opened what they had no reason to open, once, and answers in their own words.

use access::path::{Disclosed, Refusal};
use model::case::Severity;
use model::{Action, Explanation, InquiryId, RecordId, UserId};
use store::audit::{ShowEvent, WhoSaw};
use store::cases::{
    AnswerInquiry, AskedView, ChangeEveningRules, EveningRules, ListOwnInquiries, Said, ShowOwnInquiry, Why,
};
use store::company::Note;
use store::notices::NoticeKind;

use super::cases::{events_of, open, show};
use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::world::World;

const RULES: EveningRules = EveningRules { on: true, hour: 19, customers: 2, lists: false, answer_days: 3 };

async fn rules(w: &World, rules: EveningRules) -> Result<(), Refusal> {
    let op = ChangeEveningRules { rules, note: Note::default() };
    w.store.change_evening_rules(w.system(w.security, op).await?).await.map(|_| ())
}
async fn ask(w: &World) -> u64 {
    w.store.ask_this_evening(None, w.now()).await.unwrap().asked
}
/// The question that the newest notice is about.
async fn asked(w: &World, who: UserId) -> InquiryId {
    let news = notices(w, who).await;
    assert_eq!((news[0].kind, news[0].by), (NoticeKind::EveningNote, None), "{news:?}");
    InquiryId(news[0].about.unwrap())
}
async fn read(w: &World, who: UserId, id: InquiryId) -> Result<AskedView, Refusal> {
    w.store.show_own_inquiry(w.system(who, ShowOwnInquiry { id }).await?).await.map(Disclosed::into_inner)
}
async fn answer(w: &World, who: UserId, id: InquiryId, text: &str, said: Vec<Said>) -> Result<(), Refusal> {
    let op = AnswerInquiry { id, text: text.into(), said };
    w.store.answer_inquiry(w.system(who, op).await?).await.map(|_| ())
}
fn said(why: Why, text: &str) -> Said {
    Said { why, text: text.into() }
}
async fn reason(w: &World, customer: RecordId, who: UserId) -> Option<Explanation> {
    let page = w.store.who_saw(w.system(w.auditor, WhoSaw::new(customer)).await.unwrap()).await.unwrap().into_inner();
    page.page.items.into_iter().find(|l| l.event.user == who && l.event.action == "view").unwrap().reason
}

#[tokio::test]
async fn who_opened_without_a_reason_is_asked_once_and_answers_for_themselves() {
    let w = World::new().await;
    let clerk = w.person("clerk", "service").await;
    let (first, second) = (w.customer("甲", "13800138000").await, w.customer("乙", "13800138001").await);
    for customer in [first, second, first] {
        w.view(clerk, customer).await.unwrap();
        w.view(w.rep, customer).await.unwrap();
    }
    // Nobody is asked until the company says so, nor before its hour.
    w.pass_minutes(9 * 60);
    assert_eq!(ask(&w).await, 0);
    w.pass_minutes(-9 * 60);
    for bad in [EveningRules { hour: 24, ..RULES }, EveningRules { customers: 0, ..RULES }] {
        assert_eq!(code(rules(&w, bad).await), "invalid_value");
    }
    assert_eq!(code(rules(&w, EveningRules { answer_days: 31, ..RULES }).await), "invalid_value");
    rules(&w, RULES).await.unwrap();
    assert_eq!(ask(&w).await, 0);
    w.pass_minutes(9 * 60);

    // Two nodes at the same moment, and one that has just started: once.
    let (one, two) = tokio::join!(ask(&w), ask(&w));
    assert_eq!((one + two, ask(&w).await), (1, 0));
    let id = asked(&w, clerk).await;
    assert!(notices(&w, w.rep).await.is_empty(), "to the owner it is their work");

    let view = read(&w, clerk, id).await.unwrap();
    let evening = view.inquiry.evening.clone().unwrap();
    assert_eq!((evening.customers, evening.groups.len(), view.opened.len()), (2, 1, 3));
    let mut both = vec![first, second];
    both.sort();
    assert_eq!(view.customers.iter().map(|(_, c)| c.clone()).collect::<Vec<_>>(), [both]);
    assert_eq!(code(read(&w, w.rep, id).await), "not found");

    // One answer for all, or one for each group; what no choice says needs words.
    assert_eq!(code(answer(&w, clerk, id, "代班", vec![]).await), "invalid_value");
    assert_eq!(code(answer(&w, clerk, id, "", vec![]).await), "invalid_value");
    assert_eq!(code(answer(&w, clerk, id, "", vec![said(Why::Other, " ")]).await), "required");
    assert_eq!(code(answer(&w, clerk, id, "", vec![said(Why::Mistake, &"长".repeat(2_001))]).await), "invalid_value");
    assert_eq!(code(answer(&w, w.rep, id, "", vec![said(Why::Mistake, "")]).await), "not found");
    answer(&w, clerk, id, "", vec![said(Why::Covering, " 王芳休假 ")]).await.unwrap();
    assert_eq!(code(answer(&w, clerk, id, "", vec![said(Why::Mistake, "")]).await), "no_question");

    // It stands with the access as their own words, and explains nothing to the house.
    let event = events_of(&w, clerk, Action::View).await[0];
    let grant = w.system(w.auditor, ShowEvent { id: event }).await.unwrap();
    let shown = w.store.event(grant, &w.publisher).await.unwrap().into_inner();
    let words = &shown.own_words[0];
    assert_eq!((words.state, words.groups[0].why), ("answered", Some(Why::Covering)));
    assert_eq!((words.groups[0].text.as_deref(), words.groups[0].events.as_slice()), (Some("王芳休假"), &[event][..]));
    assert_eq!((shown.line.unexplained, reason(&w, first, clerk).await), (Some(1), Some(Explanation::None)));
    let case = open(&w, w.security, clerk, Severity::Low, vec![event]).await.unwrap();
    assert_eq!(show(&w, w.security, case).await.unwrap().own_words, shown.own_words);
    assert!(!w.on_disk("王芳休假".as_bytes()), "sealed at rest");
    clean(&w).await;
}

#[tokio::test]
async fn each_evening_asks_about_its_own_day_and_silence_is_shown() {
    let w = World::new().await;
    let clerk = w.person("clerk", "service").await;
    let (first, second) = (w.customer("甲", "13800138000").await, w.customer("乙", "13800138001").await);
    rules(&w, RULES).await.unwrap();
    // What a list showed was not opened.
    w.list(clerk, "customer").await;
    w.view(clerk, first).await.unwrap();
    w.pass_minutes(9 * 60);
    assert_eq!(ask(&w).await, 0, "one customer, and two are asked about");
    // After the hour it is the next evening's; a house that was down until the morning does not ask about the evening before.
    w.view(clerk, first).await.unwrap();
    w.view(clerk, second).await.unwrap();
    assert_eq!(ask(&w).await, 0);
    w.pass_minutes(24 * 60 + 7 * 60);
    assert_eq!(ask(&w).await, 0);
    w.pass_minutes(-6 * 60);
    assert_eq!(ask(&w).await, 1);
    let id = asked(&w, clerk).await;
    // Lists count where the company says so: of the day after.
    rules(&w, EveningRules { lists: true, ..RULES }).await.unwrap();
    w.list(clerk, "customer").await;
    w.pass_days(1);
    assert_eq!(ask(&w).await, 1);
    assert_ne!(asked(&w, clerk).await, id);
    let own = w.store.list_own_inquiries(w.system(clerk, ListOwnInquiries).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((own.len(), own[1].id), (2, id));

    let event = *events_of(&w, clerk, Action::View).await.last().unwrap();
    let case = open(&w, w.security, clerk, Severity::Low, vec![event]).await.unwrap();
    let state = async || show(&w, w.security, case).await.unwrap().own_words[0].state;
    assert_eq!(state().await, "waiting");
    w.pass_days(3);
    assert_eq!(state().await, "late");
    answer(&w, clerk, id, "", vec![said(Why::Mistake, "")]).await.unwrap();
    assert_eq!(state().await, "answered");
    // Somebody who left is asked nothing; what was erased is in no question any more.
    super::erase::erase(&w, second).await.unwrap();
    let view = read(&w, clerk, id).await.unwrap();
    assert_eq!((view.customers[0].1.as_slice(), view.inquiry.evening.unwrap().customers), (&[first][..], 2));
    clean(&w).await;
}
