//! What people say about a record: who reads it, who is told, and what becomes of it.

use access::path::{Disclosed, Refusal};
use model::{Action, CommentId, RecordId, UserId};
use serde_json::json;
use store::comments::{AddComment, CommentView, DeleteComment, EditComment, ListComments, ListReaders, StrikeComment};
use store::hold::PlaceHold;
use store::notices::NoticeKind;

use super::house::code;
use super::notices::notices;
use super::requests::{ask, clean, decide};
use super::world::World;

pub async fn say(w: &World, who: UserId, record: RecordId, text: &str) -> Result<CommentId, Refusal> {
    let op = AddComment { object: "customer".parse().unwrap(), record, text: text.into() };
    w.store.add_comment(w.records(who, op).await?).await.map(Disclosed::into_inner)
}
async fn said(w: &World, who: UserId, record: RecordId) -> Result<Vec<CommentView>, Refusal> {
    let op = ListComments { object: "customer".parse().unwrap(), record, after: None, limit: 50 };
    Ok(w.store.list_comments(w.records(who, op).await?).await?.into_inner().comments)
}
pub async fn texts(w: &World, who: UserId, record: RecordId) -> Vec<String> {
    said(w, who, record).await.unwrap().into_iter().map(|c| c.text).collect()
}
async fn readers(w: &World, who: UserId, record: RecordId) -> Vec<UserId> {
    let op = ListReaders { object: "customer".parse().unwrap(), record, like: String::new() };
    let found = w.store.list_readers(w.records(who, op).await.unwrap()).await.unwrap().into_inner();
    found.into_iter().map(|r| r.user).collect()
}
pub async fn edit(w: &World, who: UserId, record: RecordId, comment: CommentId, text: &str) -> Result<(), Refusal> {
    let op = EditComment { object: "customer".parse().unwrap(), record, comment, version: 1, text: text.into() };
    w.store.edit_comment(w.records(who, op).await.unwrap()).await.map(|_| ())
}
pub async fn strike(w: &World, who: UserId, record: RecordId, comment: CommentId, version: i64) -> Result<(), Refusal> {
    let op = StrikeComment { object: "customer".parse().unwrap(), record, comment, version };
    w.store.strike_comment(w.records(who, op).await.unwrap()).await.map(|_| ())
}
pub async fn delete(w: &World, who: UserId, record: RecordId, comment: CommentId) -> Result<(), Refusal> {
    let op = DeleteComment { object: "customer".parse().unwrap(), record, comment, version: 1 };
    w.store.delete_comment(w.records(who, op).await.unwrap()).await.map(|_| ())
}

#[tokio::test]
async fn a_colleague_who_may_read_it_is_mentioned_told_and_answers() {
    const SECRET: &str = "王总手机换成 13911112222，下周再谈折扣";
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    // Nobody else may see it, so nobody else can be mentioned: somebody and nobody are answered alike.
    assert_eq!(readers(&w, w.rep, customer).await, vec![]);
    for nobody in [w.other_rep, w.auditor, UserId::from_bytes([9; 16])] {
        assert_eq!(code(say(&w, w.rep, customer, &format!("@[{nobody}] 看")).await), "cannot_mention");
    }
    assert_eq!(code(say(&w, w.other_rep, customer, "x").await), "not found");
    assert_eq!(notices(&w, w.other_rep).await, vec![]);
    let id = ask(&w, w.other_rep, customer, false).await.unwrap();
    decide(&w, w.rep, id, 1, true).await.unwrap();
    assert_eq!(readers(&w, w.rep, customer).await, vec![w.other_rep]);
    say(&w, w.rep, customer, &format!("@[{}] {SECRET}", w.other_rep)).await.unwrap();
    let told = notices(&w, w.other_rep).await;
    assert_eq!((told[0].kind, told[0].record, told[0].by), (NoticeKind::Mentioned, Some(customer), Some(w.rep)));
    let read = said(&w, w.other_rep, customer).await.unwrap();
    assert!(read[0].text.ends_with(SECRET) && read[0].mentions == [(w.other_rep, "LI".to_owned())]);
    assert!(read[0].open_until.is_none() && !read[0].may_strike, "another's");
    // Who may read and has no right to say anything says nothing; whoever leads does, and the owner is told.
    assert_eq!(code(say(&w, w.other_rep, customer, "好").await), "not permitted on this record");
    let role = "sales_manager".parse().unwrap();
    let assign = store::company::AssignRole { user: w.other_rep, role };
    w.store.assign_role(w.system(w.security, assign).await.unwrap()).await.unwrap();
    say(&w, w.other_rep, customer, "好").await.unwrap();
    say(&w, w.other_rep, customer, "已约").await.unwrap();
    let told: Vec<NoticeKind> = notices(&w, w.rep).await.into_iter().map(|n| n.kind).collect();
    assert_eq!(told, vec![NoticeKind::Commented], "once a day");
    assert_eq!(texts(&w, w.rep, customer).await[..2], ["已约", "好"]);
    // The reading is a view that names what was read; the words are in no log and nowhere in the clear.
    let seen = w.store.who_saw(w.system(w.auditor, store::audit::WhoSaw::new(customer)).await.unwrap()).await.unwrap();
    let lines = seen.into_inner().page.items;
    let views = lines.iter().filter(|l| l.event.action == Action::View.as_str());
    assert!(views.into_iter().any(|l| l.shown == ["comments".parse().unwrap()]));
    assert!(!w.on_disk(SECRET.as_bytes()) && !w.on_disk("13911112222".as_bytes()));
    clean(&w).await;
    // They vanish with the customer.
    Box::pin(super::erase::erase(&w, customer)).await.unwrap();
    assert!(said(&w, w.rep, customer).await.is_err());
    let rows = w.base.database().read(store::Query::new("SELECT COUNT(*) FROM comment", vec![])).await.unwrap();
    assert_eq!(rows[0].int(0).unwrap(), 0);
    clean(&w).await;
}

#[tokio::test]
async fn what_was_said_is_changed_for_a_while_and_then_stands() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let other = w.customer("乙", "13800138001").await;
    for (text, problem) in [(" \n", "required"), ("\u{7}", "invalid_value"), (&"长".repeat(2001), "invalid_value")] {
        assert_eq!(code(say(&w, w.rep, customer, text).await), problem);
    }
    let id = say(&w, w.rep, customer, "明天联系").await.unwrap();
    assert_eq!(code(edit(&w, w.rep, other, id, "x").await), "not found", "of another record");
    edit(&w, w.rep, customer, id, "后天联系\n带样品").await.unwrap();
    assert_eq!(code(edit(&w, w.rep, customer, id, "x").await), "the record has changed", "it has another version now");
    let gone = say(&w, w.rep, customer, "打错了").await.unwrap();
    delete(&w, w.rep, customer, gone).await.unwrap();
    let stays = say(&w, w.rep, customer, "报价已发").await.unwrap();
    assert_eq!(texts(&w, w.rep, customer).await, vec!["报价已发", "后天联系\n带样品"]);
    let hold = PlaceHold { customer, reason: "case".into() };
    w.store.place_hold(w.system(w.security, hold).await.unwrap()).await.unwrap();
    assert_eq!(code(delete(&w, w.rep, customer, stays).await), "legal_hold");
    w.pass_days(1);
    assert_eq!(code(delete(&w, w.rep, customer, stays).await), "comment_stands");
    strike(&w, w.rep, customer, stays, 1).await.unwrap();
    let read = said(&w, w.rep, customer).await.unwrap();
    assert!(read[0].struck_at.is_some() && read[0].text == "报价已发" && !read[0].may_strike);
    assert_eq!(code(strike(&w, w.rep, customer, stays, 2).await), "comment_stands");
    clean(&w).await;
    // A manager of a subtree answers for it; whoever sees the notes masked reads nothing, and is not told how much there is.
    let boss = w.sales_rep("boss").await;
    let change = |role: &str| (boss, role.parse::<model::RoleName>().unwrap());
    let (user, role) = change("sales_rep");
    let take = store::company::TakeRole { user, role };
    w.store.take_role(w.system(w.security, take).await.unwrap()).await.unwrap();
    let (user, role) = change("company_owner");
    let assign = store::company::AssignRole { user, role };
    w.store.assign_role(w.system(w.security, assign).await.unwrap()).await.unwrap();
    let op = ListComments { object: "customer".parse().unwrap(), record: customer, after: None, limit: 50 };
    let page = w.store.list_comments(w.records(boss, op).await.unwrap()).await.unwrap().into_inner();
    assert!(!page.readable && page.comments.is_empty());
    assert_eq!(code(say(&w, w.rep, customer, &format!("@[{boss}]")).await), "cannot_mention");
    // Deleted with its record.
    let contact = w.create("contact", json!({ "customer": other, "name": "张三" })).await;
    let op = AddComment { object: "contact".parse().unwrap(), record: contact, text: "x".into() };
    w.store.add_comment(w.records(w.rep, op).await.unwrap()).await.unwrap();
    let op = store::records::DeleteRecord { object: "contact".parse().unwrap(), id: contact, version: 1 };
    w.store.delete(w.records(w.rep, op).await.unwrap()).await.unwrap();
    clean(&w).await;
}
