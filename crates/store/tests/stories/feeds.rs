//! Another system's log is taken in, once, and judged; and nobody takes it for what happened here.

use std::sync::Arc;

use access::path::Refusal;
use model::feed::FeedSource;
use model::{Action, UnixMs};
use serde_json::json;
use store::audit::{EventFilter, EventLine, Feed as AuditFeed, Paging, Span};
use store::company::Note;
use store::feeds::{
    BeginFeedLoad, DropFeed, Feed, FeedView, ListFeeds, ListRejected, LoadCounts, LoadState, LoadView, PreviewFeed,
    PutFeed, Unpacked, file_digest,
};
use store::watch::{Follower, ListAlerts};

use super::house::code;
use super::world::World;

fn source(name: &str) -> FeedSource {
    serde_json::from_value(json!({
        "name": name, "label": { "zh": "旧系统", "en": "Old CRM" }, "format": "csv", "zone": "Asia/Shanghai",
        "csv": { "time": "t", "user": "u", "action": ["a"], "record": "r", "rows": "n", "address": "ip" },
        "actions": { "OPEN": "view", "EXPORT": "export", "PING": null }, "people": { "mail_of": "old.example" },
        "logins": { "W1": "wang" },
    }))
    .unwrap()
}

async fn put(w: &World, source: FeedSource) -> Result<u64, Refusal> {
    let grant = w.system(w.security, PutFeed { source, note: Note::default() }).await?;
    w.store.put_feed(grant).await.map(|d| d.into_inner())
}

/// A line of the log: the minute of the 5th of January, who, what and which record.
fn line(minute: u32, user: &str, act: &str, record: u32) -> String {
    format!("2026-01-05 {:02}:{:02}:00,{user},{act},{record},,192.0.2.9\n", 9 + minute / 60, minute % 60)
}

fn log(lines: &[String]) -> Vec<u8> {
    format!("t,u,a,r,n,ip\n{}", lines.concat()).into_bytes()
}

async fn load(w: &World, name: &str, bytes: &[u8]) -> Result<LoadView, Refusal> {
    let (digest, length) = file_digest(bytes).unwrap();
    let op = BeginFeedLoad { source: name.into(), file: "log.csv".into(), bytes: length, digest };
    let mut load = w.store.begin_feed_load(w.system(w.security, op).await?).await?.into_inner();
    let open = |source: Arc<FeedSource>, _: UnixMs| Feed::new(Unpacked::of(bytes)?, source, w.now());
    w.store.run_feed_load(&mut load, open, || w.now(), |_| {}).await
}

async fn sources(w: &World) -> Vec<FeedView> {
    w.store.list_feeds(w.system(w.security, ListFeeds).await.unwrap()).await.unwrap().into_inner()
}

async fn events(w: &World, filter: EventFilter) -> Vec<EventLine> {
    let op = AuditFeed { filter, span: Span::default(), paging: Paging { limit: 200, cursor: None } };
    w.store.feed(w.system(w.auditor, op).await.unwrap()).await.unwrap().into_inner().items
}

async fn follow(w: &World) {
    let mut follower = Follower::new(w.store.clone());
    while follower.round(w.now()).await.unwrap().more {}
    follower.stop().await.unwrap();
}

async fn lines_kept(w: &World) -> i64 {
    w.number("SELECT COUNT(*) FROM feed_line").await
}

fn counts(lines: u64, taken: u64, known: u64, skipped: u64, rejected: u64) -> LoadCounts {
    LoadCounts { lines, taken, known, skipped, rejected }
}

/// For the drill.
pub async fn work(w: &World, round: u8) {
    put(w, source("drilled")).await.unwrap();
    let bytes =
        log(&[line(u32::from(round), "W1", "OPEN", 1), "nonsense\n".into(), line(30, "x", "OPEN", u32::from(round))]);
    let view = load(w, "drilled", &bytes).await.unwrap();
    assert_eq!((view.counts.taken, view.counts.rejected), (2, 1));
}

#[tokio::test]
async fn a_log_is_taken_in_once_and_says_whose_word_it_is() {
    let w = World::new().await;
    assert_eq!(put(&w, source("old_crm")).await.unwrap(), 1);
    let day = [
        line(0, "W1", "OPEN", 1),
        line(1, "LI@old.example", "OPEN", 2),
        line(1, "LI@old.example", "OPEN", 2),
        line(2, "somebody", "PING", 3),
        line(3, "somebody", "TELEPATHY", 3),
        line(4, "somebody", "EXPORT", 3),
    ];
    let view = load(&w, "old_crm", &log(&day)).await.unwrap();
    assert_eq!((view.state, view.counts), (LoadState::Done, counts(6, 3, 1, 1, 1)));
    assert_eq!(view.codes, [("unknown_action".to_owned(), 1)].into());

    // The same file, and one that overlaps it.
    let again = load(&w, "old_crm", &log(&day)).await.unwrap();
    assert_eq!((again.counts, lines_kept(&w).await), (view.counts, 3));
    let next = [day[5].clone(), line(9, "W1", "OPEN", 4)];
    assert_eq!(load(&w, "old_crm", &log(&next)).await.unwrap().counts, counts(2, 1, 1, 0, 0));
    assert_eq!(lines_kept(&w).await, 4);
    // The same words of another system are another event.
    put(&w, source("other_crm")).await.unwrap();
    assert_eq!(load(&w, "other_crm", &log(&next)).await.unwrap().counts, counts(2, 2, 0, 0, 0));

    // Every event of them says so, and none says that somebody here did it.
    let of = |names: &[&str]| EventFilter {
        sources: names.iter().map(|n| (*n).to_owned()).collect(),
        ..EventFilter::default()
    };
    let found = events(&w, of(&["old_crm"])).await;
    assert_eq!(found.len(), 4);
    for event in &found {
        let foreign = event.foreign.as_ref().unwrap();
        assert_eq!((foreign.source.as_str(), event.action.as_str()), ("old_crm", "foreign.event"));
        assert_eq!((event.policy_version, event.touches, event.department), (0, 0, None));
        assert!(event.user != w.rep && event.at >= foreign.said.at && event.object.is_none());
    }
    let said: Vec<_> = found.iter().rev().map(|e| e.foreign.as_ref().unwrap().said.clone()).collect();
    assert_eq!((said[0].user.as_deref(), said[0].said.as_str(), said[0].action), (Some("W1"), "OPEN", Action::View));
    assert_eq!(said[0].at.to_rfc3339(), "2026-01-05T01:00:00.000Z", "by its own clock");
    assert_eq!(events(&w, of(&["old_crm", "other_crm"])).await.len(), 6);
    let ours = EventFilter { foreign: Some(false), ..EventFilter::default() };
    assert!(events(&w, ours).await.iter().all(|e| e.foreign.is_none()));
    let views = EventFilter { actions: vec![Action::View], ..EventFilter::default() };
    assert!(events(&w, views).await.is_empty(), "a look there is no look here");
    let leaf = w.number("SELECT COUNT(*) FROM event WHERE action = 215 AND touches = 0").await;
    assert_eq!(leaf, 6);

    // What could not be read is there with its reason.
    let op = ListRejected { load: view.id, after: 0 };
    let page = w.store.list_rejected(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((page.items.len(), page.items[0].line, page.items[0].code.as_str()), (1, 6, "unknown_action"));
    assert!(page.items[0].text.contains("TELEPATHY") && page.next.is_none());

    // A better mapping: the file is read anew, and what was known stays as it was.
    let mut better = source("old_crm");
    better.actions.insert("TELEPATHY".into(), Some(Action::View));
    assert_eq!(put(&w, better).await.unwrap(), 2);
    assert_eq!(load(&w, "old_crm", &log(&day)).await.unwrap().counts, counts(6, 1, 4, 1, 0));
    let listed = sources(&w).await;
    assert_eq!((listed.len(), listed[0].files, listed[0].kept.version), (2, 2, 2));

    let (events, state) = w.store.examine(w.now()).await.unwrap();
    assert!(events.is_clean() && state.is_clean(), "{events:?} {state:?}");
}

#[tokio::test]
async fn who_may_not_cannot_and_what_is_wrong_is_refused() {
    let w = World::new().await;
    for who in [w.rep, w.admin, w.auditor] {
        assert!(matches!(w.system(who, ListFeeds).await, Err(Refusal::Forbidden { .. })));
    }
    let mut bad = source("old_crm");
    bad.logins.insert("x".into(), "nobody".into());
    assert!(matches!(put(&w, bad).await, Err(Refusal::Invalid(_))));
    let mut bad = source("old_crm");
    bad.zone = "Mars".into();
    assert!(matches!(put(&w, bad).await, Err(Refusal::Invalid(_))));
    assert!(matches!(load(&w, "old_crm", b"t\n").await, Err(Refusal::NotFound)));
    put(&w, source("old_crm")).await.unwrap();
    assert_eq!(code(load(&w, "old_crm", b"").await), "feed_empty");
    assert_eq!(code(load(&w, "old_crm", b"t,u\n").await), "feed_no_column");
    // A packed file that was cut: what could be read is in, and the whole one adds the rest.
    let mut other: FeedSource = source("old_crm");
    other.format = model::feed::FeedFormat::Ocsf;
    other.csv = None;
    assert_eq!(code(put(&w, other).await), "feed_format_stays");
    let op =
        PreviewFeed { source: source("old_crm"), bytes: log(&[line(0, "W1", "OPEN", 1), "x\n".into()]), cut: false };
    let tried = w.store.preview_feed(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((tried.counts.taken, tried.counts.rejected, tried.people), (1, 1, 1));
    assert_eq!(tried.first[0].person.as_deref(), Some("WANG"));
    assert_eq!(lines_kept(&w).await, 0, "nothing was taken in");
    w.store.drop_feed(w.system(w.security, DropFeed { name: "old_crm".into() }).await.unwrap()).await.unwrap();
    assert!(matches!(load(&w, "old_crm", b"t\n").await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn a_file_that_was_broken_off_goes_on_and_counts_right() {
    let w = World::new().await;
    put(&w, source("old_crm")).await.unwrap();
    let all: Vec<String> = (0..1_200).map(|n| line(n % 600, &format!("u{}", n % 7), "OPEN", n)).collect();
    let whole = log(&all);
    let (digest, length) = file_digest(&*whole).unwrap();
    let begin = || BeginFeedLoad { source: "old_crm".into(), file: "log.csv".into(), bytes: length, digest };
    {
        let grant = w.system(w.security, begin()).await.unwrap();
        let mut load = w.store.begin_feed_load(grant).await.unwrap().into_inner();
        let open = |source: Arc<FeedSource>, _: UnixMs| Feed::new(Unpacked::of(&*whole)?, source, w.now());
        // Killed after the first part.
        let run = w.store.run_feed_load(&mut load, open, || w.now(), |counts| assert!(counts.lines < 1_000, "stop"));
        let killed = futures_util::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(run)).await;
        assert!(killed.is_err());
    }
    // As if it had been killed before it could say how far it was: a part is taken in and not counted.
    let before = lines_kept(&w).await;
    assert_eq!(before, 1_000);
    let grant = w.system(w.security, begin()).await.unwrap();
    let resumed = w.store.begin_feed_load(grant).await.unwrap().into_inner();
    assert_eq!((resumed.position(), resumed.is_over()), (1_001, false));
    let view = load(&w, "old_crm", &whole).await.unwrap();
    assert_eq!((view.state, view.counts), (LoadState::Done, counts(1_200, 1_200, 0, 0, 0)));
    assert_eq!(lines_kept(&w).await, 1_200);
    let (events, state) = w.store.examine(w.now()).await.unwrap();
    assert!(events.is_clean() && state.is_clean(), "{events:?} {state:?}");
}

#[tokio::test]
async fn what_happened_there_is_judged_there_and_by_its_own_clock() {
    let w = World::new().await;
    put(&w, source("old_crm")).await.unwrap();
    // Wang looked at 400 records within an hour there, half a year ago, and a stranger exported a lot.
    let mut all: Vec<String> = (0..400).map(|n| line(n / 8, "W1", "OPEN", n)).collect();
    all.push("2026-01-05 23:30:00,stranger,EXPORT,9,80000,192.0.2.9\n".into());
    load(&w, "old_crm", &log(&all)).await.unwrap();
    follow(&w).await;
    let op = ListAlerts::default();
    let found = w.store.list_alerts(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner().items;
    let of = |rule: &str| found.iter().filter(|a| a.rule == rule).collect::<Vec<_>>();
    let hour = of("volume-customers-hour");
    assert_eq!(hour.len(), 1, "{found:?}");
    assert_eq!((hour[0].subject, hour[0].source.as_deref()), (w.rep, Some("old_crm")));
    assert!(hour[0].why_zh.starts_with("外部系统 old_crm") && hour[0].why_en.contains("another system, old_crm"));
    assert_eq!(hour[0].last_at.to_rfc3339().get(..10), Some("2026-01-05"));
    let night = of("time-export-night");
    assert_eq!((night.len(), night[0].subject_name.as_str()), (1, "stranger @ old_crm"));
    assert!(found.iter().all(|a| a.source.is_some()), "nothing was found about our own log: {found:?}");
    // Nothing is taken from anybody on another system's word.
    assert_eq!(w.positions(Action::ResponseRun).await.len(), 0);

    // What comes after its time fills no window.
    let late: Vec<String> = (0..400).map(|n| line(n / 8, "late", "OPEN", n)).collect();
    load(&w, "old_crm", &log(&late)).await.unwrap();
    follow(&w).await;
    let again =
        w.store.list_alerts(w.system(w.security, ListAlerts::default()).await.unwrap()).await.unwrap().into_inner();
    assert!(again.items.iter().all(|a| !a.subject_name.starts_with("late")), "{again:?}");
    let listed = sources(&w).await;
    assert_eq!((listed[0].judged, listed[0].late), (801, 400));
    let (events, state) = w.store.examine(w.now()).await.unwrap();
    assert!(events.is_clean() && state.is_clean(), "{events:?} {state:?}");
}
