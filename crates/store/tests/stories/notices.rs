//! Who is told of what, and who is not.

use model::{NoticeId, RecordId, UserId};
use serde_json::json;
use store::notices::{
    CountNotices, Due, ListNotices, MuteNotices, NOTICE_DAYS, NoticeKind, NoticeView, ReadNotices, ShowNoticeSettings,
};
use store::records::{TransferRecord, TransferTo};

use super::house::code;
use super::requests::{ask, clean, decide, inbox};
use super::world::World;

pub async fn notices(w: &World, who: UserId) -> Vec<NoticeView> {
    let op = ListNotices { unread: false, after: None, limit: 100 };
    w.store.list_notices(w.system(who, op).await.unwrap()).await.unwrap().into_inner().notices
}
async fn kinds(w: &World, who: UserId) -> Vec<NoticeKind> {
    notices(w, who).await.into_iter().filter(|n| n.read_at.is_none()).map(|n| n.kind).collect()
}
async fn unread(w: &World, who: UserId) -> u64 {
    w.store.count_notices(w.system(who, CountNotices).await.unwrap()).await.unwrap().into_inner().unread
}
pub async fn read(w: &World, who: UserId, id: Option<NoticeId>) -> Result<u64, access::path::Refusal> {
    let grant = w.system(who, ReadNotices { id }).await.unwrap();
    w.store.read_notices(grant).await.map(access::path::Disclosed::into_inner)
}
async fn transfer(w: &World, who: UserId, id: RecordId, version: i64, to: UserId) {
    let op = TransferRecord {
        object: "customer".parse().unwrap(),
        id,
        version,
        to: TransferTo::User(to),
        with_related: false,
    };
    w.store.transfer(w.records(who, op).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn whoever_is_given_a_record_is_told_once_and_reads_it() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    assert_eq!(notices(&w, w.rep).await, vec![], "nobody is told of what they do themselves");
    transfer(&w, w.rep, customer, 1, w.other_rep).await;
    let told = notices(&w, w.other_rep).await;
    assert_eq!((told.len(), told[0].kind, told[0].record), (1, NoticeKind::Assigned, Some(customer)));
    assert_eq!((told[0].by, told[0].by_name.as_deref()), (Some(w.rep), Some("WANG")));
    assert_eq!(code(read(&w, w.rep, Some(told[0].id)).await), "not found", "another's is not there");
    assert_eq!(read(&w, w.other_rep, Some(told[0].id)).await.unwrap(), 1);
    assert_eq!(read(&w, w.other_rep, Some(told[0].id)).await.unwrap(), 0);
    assert_eq!(unread(&w, w.other_rep).await, 0);
    // Given away and back again: the same news, unread again.
    transfer(&w, w.other_rep, customer, 2, w.rep).await;
    transfer(&w, w.rep, customer, 3, w.other_rep).await;
    assert_eq!((unread(&w, w.other_rep).await, notices(&w, w.other_rep).await.len()), (1, 1));
    // A kind that is off is neither shown nor counted, and there again once it is on.
    for (off, n) in [(vec![NoticeKind::Assigned], 0), (vec![], 1)] {
        let op = MuteNotices { off: off.iter().copied().collect() };
        w.store.mute_notices(w.system(w.other_rep, op).await.unwrap()).await.unwrap();
        let kept = w.store.show_notice_settings(w.system(w.other_rep, ShowNoticeSettings).await.unwrap());
        assert_eq!(kept.await.unwrap().into_inner(), off.into_iter().collect());
        assert_eq!((unread(&w, w.other_rep).await, notices(&w, w.other_rep).await.len()), (n, n as usize));
    }
    clean(&w).await;
    // Erased with the customer, and swept when nobody read it for long.
    Box::pin(super::erase::erase(&w, customer)).await.unwrap();
    assert_eq!(notices(&w, w.other_rep).await, vec![]);
    assert_eq!(unread(&w, w.rep).await, 0);
    clean(&w).await;
    let another = w.customer("乙", "13800138001").await;
    transfer(&w, w.rep, another, 1, w.other_rep).await;
    w.pass_days(NOTICE_DAYS - 1);
    assert_eq!(w.store.sweep_notices(w.now()).await.unwrap(), 0);
    w.pass_days(2);
    assert_eq!(w.store.sweep_notices(w.now()).await.unwrap(), 1);
    clean(&w).await;
}

#[tokio::test]
async fn a_request_tells_who_decides_and_its_maker_what_they_may_learn() {
    let w = World::new().await;
    let there = w.customer("甲", "13800138000").await;
    let nothing = RecordId::from_bytes([9; 16]);
    for record in [there, nothing] {
        ask(&w, w.other_rep, record, false).await.unwrap();
    }
    assert_eq!(unread(&w, w.rep).await, 0, "apart from the asking, which would take longer where something is there");
    assert_eq!(w.store.tell_due(Due::Requests, w.now()).await.unwrap(), 1);
    assert_eq!(w.store.tell_due(Due::Requests, w.now()).await.unwrap(), 0, "once");
    assert_eq!(kinds(&w, w.rep).await, vec![NoticeKind::RequestWaits]);
    let waiting = inbox(&w, w.rep).await;
    decide(&w, w.rep, waiting[0].id, 1, false).await.unwrap();
    assert_eq!(notices(&w, w.other_rep).await, vec![], "a refusal would tell that the record is there");
    let refused = w.customer("乙", "13800138001").await;
    let id = ask(&w, w.other_rep, refused, false).await.unwrap();
    decide(&w, w.rep, id, 1, true).await.unwrap();
    assert_eq!(kinds(&w, w.other_rep).await, vec![NoticeKind::RequestDecided]);
    clean(&w).await;
}

#[tokio::test]
async fn what_is_due_today_is_told_on_its_day_and_once() {
    let w = World::new().await;
    let due = |day: &str, done: bool| json!({ "subject": "回访", "due_on": day, "done": done });
    // The company's Monday, already begun in China.
    let today = w.create("task", due("2026-11-23", false)).await;
    w.create("task", due("2026-11-23", true)).await;
    let tomorrow = w.create("task", due("2026-11-24", false)).await;
    for (day, task) in [(0, today), (1, tomorrow)] {
        w.pass_days(day);
        assert_eq!(w.store.tell_due(Due::Today, w.now()).await.unwrap(), 1);
        assert_eq!(w.store.tell_due(Due::Today, w.now()).await.unwrap(), 0);
        let told = notices(&w, w.rep).await;
        assert_eq!((told[0].kind, told[0].record, told[0].by), (NoticeKind::DueToday, Some(task), None));
    }
    assert_eq!(read(&w, w.rep, None).await.unwrap(), 2);
    let pages = ListNotices { unread: false, after: None, limit: 1 };
    let page = w.store.list_notices(w.system(w.rep, pages).await.unwrap()).await.unwrap().into_inner();
    let pages = ListNotices { unread: false, after: page.next, limit: 1 };
    let page = w.store.list_notices(w.system(w.rep, pages).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((page.notices[0].record, page.next), (Some(today), None));
    let pages = ListNotices { unread: false, after: Some("x".into()), limit: 1 };
    assert_eq!(code(w.store.list_notices(w.system(w.rep, pages).await.unwrap()).await), "invalid_value");
    clean(&w).await;
}
