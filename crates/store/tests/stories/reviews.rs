//! Access reviews: lines are frozen and answered, nobody reviews themselves, the unanswered fall to what the campaign says, two nodes do each
//! step once, and the list that is signed says what was done.

use std::collections::{BTreeMap, BTreeSet};

use access::path::{Disclosed, Refusal};
use govern::review::{Campaign, Holding, Plan, ReviewerRule, Rhythm, Unanswered, Verdict};
use model::case::{Severity, Verdict as CaseVerdict};
use model::record::Grantee;
use model::{ReviewId, ReviewLineId, UnixMs, UserId};
use store::company::{AssignRole, Note, UpdateUser, UserChange};
use store::identity::{CreateToken, ListTokens, NewToken};
use store::notices::NoticeKind;
use store::records::{MemberKind, ShareRecord};
use store::reviews::{
    BeginReview, ChangeReviewPlans, Choice, DecideReview, EndReview, LineFilter, ListOwnReviews, ListReviewLines,
    ListReviews, ReviewLineView, ReviewPlans, ReviewRound, ReviewView, ShowReview, TakeReview,
};

use super::house::code;
use super::notices::notices;
use super::requests::clean;
use super::world::World;
use crate::base::literal;

fn campaign(what: &[Holding], person: Option<UserId>) -> Campaign {
    Campaign {
        name: "季度复核".into(),
        what: what.iter().copied().collect(),
        department: None,
        role: None,
        of: None,
        reviewer: if person.is_some() { ReviewerRule::Person } else { ReviewerRule::Manager },
        person,
        owners: BTreeMap::new(),
        deputy: None,
        due_days: 14,
        grace_days: 3,
        unanswered: Unanswered::Keep,
    }
}
async fn begin(w: &World, campaign: Campaign) -> Result<ReviewId, Refusal> {
    let op = BeginReview::new(campaign, w.now());
    w.store.begin_review(w.system(w.security, op).await?).await.map(Disclosed::into_inner)
}
async fn lines(w: &World, id: ReviewId) -> Vec<ReviewLineView> {
    let op = ListReviewLines { id, filter: LineFilter::default() };
    w.store.list_review_lines(w.system(w.security, op).await.unwrap()).await.unwrap().into_inner().0
}
async fn show(w: &World, id: ReviewId) -> ReviewView {
    w.store.show_review(w.system(w.auditor, ShowReview { id }).await.unwrap()).await.unwrap().into_inner()
}
async fn own(w: &World, who: UserId) -> Vec<ReviewLineView> {
    let all = w.store.list_own_reviews(w.system(who, ListOwnReviews).await.unwrap()).await.unwrap().into_inner();
    all.reviews.into_iter().flat_map(|r| r.lines).collect()
}
async fn decide(
    w: &World,
    who: UserId,
    lines: &[ReviewLineId],
    choice: Choice,
    reason: &str,
) -> Result<usize, Refusal> {
    let lines: BTreeSet<ReviewLineId> = lines.iter().copied().collect();
    let op = DecideReview { lines, choice, reason: reason.into() };
    w.store.decide_review(w.system(who, op).await?).await.map(Disclosed::into_inner)
}
async fn round(w: &World) -> ReviewRound {
    w.store.review_round(w.now()).await.unwrap()
}
async fn report_to(w: &World, who: UserId, manager: UserId) {
    let change = UserChange { manager: Some(Some(manager)), ..UserChange::default() };
    let op = UpdateUser { user: who, change, note: Note::default() };
    w.store.update_user(w.system(w.admin, op).await.unwrap()).await.unwrap();
}
fn holds(w: &World, who: UserId, role: &str) -> bool {
    w.store.company().users[&who].roles.iter().any(|r| r.as_str() == role)
}
fn of(lines: &[ReviewLineView], who: UserId) -> ReviewLineView {
    lines.iter().find(|l| l.user == Some(who)).unwrap().clone()
}

/// What the tamper drill has of reviews: one that is closed with its list, one that goes on, a line that ends.
pub async fn work(w: &World) {
    let closed = begin(w, campaign(&[Holding::Roles], Some(w.security))).await.unwrap();
    let lines = own(w, w.security).await;
    let line = lines.iter().find(|l| l.user == Some(w.other_rep)).unwrap().id;
    let until = Choice::Narrow { until: Some(w.now().plus_days(200)), read_only: false };
    decide(w, w.security, &[line], until, "到夏天").await.unwrap();
    let op = EndReview { id: closed, cancel: false };
    w.store.end_review(w.system(w.security, op).await.unwrap()).await.unwrap();
    for _ in 0..3 {
        round(w).await;
    }
    begin(w, campaign(&[Holding::Roles], Some(w.security))).await.unwrap();
}

#[tokio::test]
async fn lines_are_answered_the_rest_falls_to_the_campaign_and_all_is_applied_once() {
    let w = World::new().await;
    let boss = w.sales_rep("boss").await;
    let idle = w.sales_rep("idle").await;
    for who in [w.rep, w.other_rep, idle] {
        report_to(&w, who, boss).await;
    }
    let customer = w.customer("长江电气", "13900000001").await;
    w.pass_days(40);
    w.view(w.rep, customer).await.unwrap();

    let mut asked = campaign(&[Holding::Roles], None);
    asked.unanswered = Unanswered::Revoke;
    asked.role = Some("sales_rep".parse().unwrap());
    let id = begin(&w, asked).await.unwrap();
    // Everybody's lines went to their manager, the manager's own to an officer.
    let all = lines(&w, id).await;
    assert_eq!(all.len(), 4);
    assert_eq!(of(&all, boss).reviewer, Some(w.security));
    assert!(all.iter().filter(|l| l.user != Some(boss)).all(|l| l.reviewer == Some(boss)));
    let (used, unused) = (of(&all, w.rep), of(&all, idle));
    assert!(used.evidence.used > 0 && used.evidence.last_used.is_some(), "{:?}", used.evidence);
    assert_eq!((used.advice.verdict.as_str(), unused.advice.verdict.as_str()), ("keep", "revoke"));
    assert!(unused.evidence.since.is_some() && unused.evidence.unused == unused.evidence.rights);
    assert_eq!(notices(&w, boss).await[0].kind, NoticeKind::ReviewWaits);

    // One's own lines alone; against the advice with a reason alone; several of low risk alone.
    assert_eq!(own(&w, boss).await.len(), 3);
    assert_eq!(code(decide(&w, w.rep, &[used.id], Choice::Keep, "").await), "not found");
    assert_eq!(code(decide(&w, boss, &[unused.id], Choice::Keep, " ").await), "required");
    assert_eq!(code(decide(&w, boss, &[used.id, unused.id], Choice::Revoke, "x").await), "bulk_risky");
    assert_eq!(code(decide(&w, boss, &[used.id], Choice::Delegate { to: w.rep }, "x").await), "unknown_user");
    let late = Choice::Narrow { until: Some(w.now()), read_only: false };
    assert_eq!(code(decide(&w, boss, &[used.id], late, "x").await), "invalid_value");
    decide(&w, boss, &[used.id], Choice::Revoke, "手误").await.unwrap();
    decide(&w, boss, &[used.id], Choice::Keep, "在用").await.unwrap();

    // Reminded before the date, once for each step though two nodes ask.
    assert_eq!(round(&w).await, ReviewRound::default());
    w.pass_days(8);
    let (one, two) = tokio::join!(w.store.review_round(w.now()), w.store.review_round(w.now()));
    assert_eq!(one.unwrap().reminded + two.unwrap().reminded, 1);
    // Past it the rest is for whoever stands above the reviewer: here an officer.
    w.pass_days(7);
    assert_eq!(round(&w).await.escalated, 1);
    assert_eq!(round(&w).await, ReviewRound::default());
    let moved = lines(&w, id).await;
    assert_eq!(of(&moved, idle).reviewer, Some(w.security));
    assert_eq!(of(&moved, idle).passed[0].0.by, None);

    // The date after that: what nobody answered is revoked, once over two nodes, and no used right is.
    w.pass_days(3);
    let (one, two) = tokio::join!(w.store.review_round(w.now()), w.store.review_round(w.now()));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!((one.applied + two.applied, one.closed + two.closed), (3, 1), "{one:?} {two:?}");
    assert!(holds(&w, w.rep, "sales_rep"));
    for who in [idle, w.other_rep, boss] {
        assert!(!holds(&w, who, "sales_rep"));
    }
    let shown = show(&w, id).await;
    let f = shown.card.figures;
    assert_eq!((shown.card.state, f.lines, f.answered, f.automatic, f.keep, f.revoke), ("closed", 4, 1, 3, 1, 3));
    assert!(f.unused_after < f.unused_before);
    assert_eq!(code(decide(&w, boss, &[used.id], Choice::Keep, "x").await), "review_over");
    assert_eq!(round(&w).await, ReviewRound::default());
    clean(&w).await;
}

#[tokio::test]
async fn shares_end_or_become_read_only_and_tokens_end_when_their_time_is_over() {
    let w = World::new().await;
    let boss = w.sales_rep("boss").await;
    for who in [w.rep, w.other_rep] {
        report_to(&w, who, boss).await;
    }
    let (one, two) = (w.customer("甲公司", "13900000001").await, w.customer("乙公司", "13900000002").await);
    let until = w.now().plus_days(200);
    for id in [one, two] {
        let to = Grantee::User(w.other_rep);
        let op = ShareRecord {
            object: "customer".parse().unwrap(),
            id,
            kind: MemberKind::Share,
            to,
            edit: true,
            until: Some(until),
        };
        w.store.share(w.records(w.rep, op).await.unwrap()).await.unwrap();
    }
    let token = NewToken { name: "夜间同步".into(), actions: None, expires_at: until, service: None };
    let op = CreateToken { token, note: Note::default() };
    w.store.create_token(w.system(w.other_rep, op).await.unwrap()).await.unwrap();
    w.pass_days(35);
    w.view(w.other_rep, one).await.unwrap();

    let id = begin(&w, campaign(&[Holding::Shares, Holding::Tokens], Some(w.security))).await.unwrap();
    let all = own(&w, w.security).await;
    assert_eq!(all.len(), 3);
    let share = |record| {
        let is = |l: &&ReviewLineView| matches!(&l.item, govern::review::Item::Share { record: r, .. } if *r == record);
        all.iter().find(is).unwrap().clone()
    };
    let (read, unread) = (share(one), share(two));
    assert_eq!((read.advice.verdict.as_str(), unread.advice.verdict.as_str()), ("narrow", "revoke"));
    assert_eq!((read.evidence.used, unread.evidence.used), (1, 0));
    let token = all.iter().find(|l| matches!(l.item, govern::review::Item::Token { .. })).unwrap();
    decide(&w, w.security, &[read.id], Choice::Narrow { until: None, read_only: true }, "").await.unwrap();
    decide(&w, w.security, &[unread.id], Choice::Revoke, "").await.unwrap();
    let end = w.now().plus_days(5);
    decide(&w, w.security, &[token.id], Choice::Narrow { until: Some(end), read_only: false }, "换成服务账号")
        .await
        .unwrap();

    // Everything is answered: it closes by itself.
    let done = round(&w).await;
    assert_eq!((done.applied, done.closed), (3, 1), "{done:?}");
    assert!(w.view(w.other_rep, two).await.is_err());
    assert_eq!(w.number("SELECT COUNT(*) FROM member WHERE level = 'read'").await, 1);
    w.view(w.other_rep, one).await.unwrap();
    let live = async || {
        let all = w.store.list_tokens(w.system(w.other_rep, ListTokens).await.unwrap()).await.unwrap().into_inner();
        all.iter().filter(|t| t.ended_at.is_none()).count()
    };
    assert_eq!((live().await, round(&w).await.ended), (1, 0));
    w.pass_days(6);
    let (a, b) = tokio::join!(w.store.review_round(w.now()), w.store.review_round(w.now()));
    assert_eq!((a.unwrap().ended + b.unwrap().ended, live().await), (1, 0));
    let after = lines(&w, id).await;
    assert!(after.iter().all(|l| l.applied.as_ref().is_some_and(|a| a.what == "applied")));
    clean(&w).await;
}

#[tokio::test]
async fn a_duty_keeps_its_last_holder_and_nobody_reviews_themselves() {
    let w = World::new().await;
    // The named reviewer holds a line themselves: it goes to another officer, never to them.
    let id = begin(&w, campaign(&[Holding::Roles], Some(w.security))).await.unwrap();
    let all = lines(&w, id).await;
    assert!(all.iter().all(|l| l.reviewer.is_some() && l.reviewer != l.user), "{all:?}");
    assert_eq!(of(&all, w.security).reviewer, Some(w.auditor));
    let mine = own(&w, w.auditor).await;
    decide(&w, w.auditor, &[mine[0].id], Choice::Revoke, "试试").await.unwrap();
    for line in own(&w, w.security).await {
        let choice = if line.user == Some(w.rep) { Choice::Revoke } else { Choice::Keep };
        decide(&w, w.security, &[line.id], choice, "已核对").await.unwrap();
    }
    round(&w).await;
    assert!(holds(&w, w.security, "security_admin"));
    let done = lines(&w, id).await;
    let own_line = of(&done, w.security).applied.unwrap();
    assert_eq!((own_line.what.as_str(), own_line.code.as_deref()), ("failed", Some("last_holder")));
    assert!(!holds(&w, w.rep, "sales_rep"));
    assert_eq!(show(&w, id).await.card.figures.failed, 1);
    clean(&w).await;
}

#[tokio::test]
async fn whoever_clicks_through_is_named_and_the_list_is_what_the_event_says() {
    let w = World::new().await;
    let boss = w.sales_rep("boss").await;
    for n in 0..12 {
        let rep = w.sales_rep(&format!("rep{n}")).await;
        report_to(&w, rep, boss).await;
    }
    let mut asked = campaign(&[Holding::Roles], None);
    asked.role = Some("sales_rep".parse().unwrap());
    let id = begin(&w, asked).await.unwrap();
    for line in own(&w, boss).await {
        decide(&w, boss, &[line.id], Choice::Keep, "").await.unwrap();
    }
    let op = EndReview { id, cancel: false };
    w.store.end_review(w.system(w.security, op).await.unwrap()).await.unwrap();
    round(&w).await;
    let shown = show(&w, id).await;
    let pace = shown.reviewers.iter().find(|r| r.user == Some(boss)).unwrap().pace;
    assert!(pace.hasty && pace.decisions == 12, "{pace:?}");
    assert_eq!(shown.card.hasty, 1);
    w.store.review_round(w.now()).await.unwrap();
    let op = TakeReview { id, format: "json", language: "zh" };
    let grant = w.system(w.auditor, op).await.unwrap();
    let print = |result: &store::reviews::ReviewResult, _: govern::Head, body: Vec<u8>| {
        assert_eq!((result.lines.len(), result.findings.len()), (15, 1));
        Ok(store::documents::Printed { bytes: body, pages: 1 })
    };
    let taken = w.store.take_review(grant, &w.publisher, print).await.unwrap().into_inner();
    let text = String::from_utf8(taken.file.bytes.clone()).unwrap();
    assert!(!text.contains("\"alerts\""), "the list goes to people who may not read alerts");
    let digest = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&taken.file.bytes));
    assert_eq!(Some(digest), shown.sha256);
    clean(&w).await;
    // A list altered beside the program is found, and given to nobody.
    w.tamper(&format!("UPDATE review_result SET body = {}", literal(&[0])));
    let op = TakeReview { id, format: "json", language: "zh" };
    let grant = w.system(w.auditor, op).await.unwrap();
    let print = |_: &store::reviews::ReviewResult, _: govern::Head, body: Vec<u8>| {
        Ok(store::documents::Printed { bytes: body, pages: 1 })
    };
    assert!(w.store.take_review(grant, &w.publisher, print).await.is_err());
}

#[tokio::test]
async fn a_quarter_and_a_new_role_each_begin_one_campaign_whatever_the_clock_does() {
    let w = World::new().await;
    let plan = |id: &str, when| Plan {
        id: id.into(),
        campaign: campaign(&[Holding::Roles], Some(w.auditor)),
        when,
        on: true,
        since: UnixMs(0),
    };
    let plans = ReviewPlans { plans: vec![plan("quarterly", Rhythm::Quarterly), plan("joiners", Rhythm::RoleChange)] };
    let op = ChangeReviewPlans { plans, note: Note::default() };
    w.store.change_review_plans(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert_eq!(round(&w).await, ReviewRound::default());
    let before = w.now();
    w.pass_days(45);
    let (one, two) = tokio::join!(w.store.review_round(w.now()), w.store.review_round(w.now()));
    assert_eq!(one.unwrap().begun + two.unwrap().begun, 1);
    // Put back by a month, and on again: the quarter has begun once.
    for at in [before, before.plus_days(40), before.plus_days(80)] {
        assert_eq!(w.store.review_round(at).await.unwrap().begun, 0);
    }
    // Somebody new is given a role: what they have is looked at, once.
    let rep = w.sales_rep("new").await;
    assert_eq!((round(&w).await.begun, round(&w).await.begun), (1, 0));
    let role = "marketing".parse().unwrap();
    w.store.assign_role(w.system(w.security, AssignRole { user: rep, role }).await.unwrap()).await.unwrap();
    assert_eq!((round(&w).await.begun, round(&w).await.begun), (1, 0));
    let cards = w.store.list_reviews(w.system(w.auditor, ListReviews).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(cards.len(), 3);
    let about: Vec<ReviewLineView> = lines(&w, cards[0].id).await;
    assert!(about.len() == 2 && about.iter().all(|l| l.user == Some(rep)));
    assert!(about.iter().all(|l| l.decided.as_ref().is_none_or(|d| d.verdict == Verdict::Keep)));
    clean(&w).await;
}

#[tokio::test]
async fn an_absence_and_a_case_that_was_true_each_begin_one_campaign_about_that_person() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let plan = |id: &str, when| Plan {
        id: id.into(),
        campaign: campaign(&[Holding::Roles], None),
        when,
        on: true,
        since: UnixMs(0),
    };
    let plans = ReviewPlans { plans: vec![plan("away", Rhythm::Absence), plan("after_case", Rhythm::Case)] };
    let op = ChangeReviewPlans { plans, note: Note::default() };
    w.store.change_review_plans(w.system(w.security, op).await.unwrap()).await.unwrap();
    let subjects = async || {
        let cards = w.store.list_reviews(w.system(w.auditor, ListReviews).await.unwrap()).await.unwrap().into_inner();
        let mut all = vec![];
        for card in cards {
            let of: BTreeSet<UserId> = lines(&w, card.id).await.into_iter().filter_map(|l| l.user).collect();
            assert!(of.len() <= 1, "a campaign is about one person");
            all.extend(of);
        }
        all
    };
    // One looks in between, the other does not.
    w.pass_days(20);
    w.view(w.rep, customer).await.unwrap();
    assert_eq!(round(&w).await, ReviewRound::default());
    w.pass_days(15);
    assert!(round(&w).await.begun > 0);
    assert_eq!(round(&w).await.begun, 0);
    let absent = subjects().await;
    assert!(absent.contains(&w.other_rep) && !absent.contains(&w.rep), "{absent:?}");

    // What was harmless begins nothing.
    let end = async |of, verdict| {
        let did = if of == w.rep { model::Action::View } else { model::Action::ReviewRead };
        let seen = super::cases::events_of(&w, of, did).await;
        let id = super::cases::open(&w, w.security, of, Severity::Low, seen).await.unwrap();
        super::cases::act(&w, w.security, id, super::cases::close(verdict)).await.unwrap();
    };
    end(w.rep, CaseVerdict::Expected).await;
    assert_eq!(round(&w).await.begun, 0);
    // Who reads reviews would learn of the case from the campaign.
    end(w.auditor, CaseVerdict::Careless).await;
    assert_eq!(round(&w).await.begun, 0);
    end(w.rep, CaseVerdict::Careless).await;
    assert_eq!((round(&w).await.begun, round(&w).await.begun), (1, 0));
    assert!(subjects().await.contains(&w.rep));
    clean(&w).await;
}

#[tokio::test]
async fn what_only_reached_own_is_proposed_as_own_and_who_sleeps_is_told() {
    use govern::rights::Width;
    use store::rights::RightSize;
    let w = World::new().await;
    let customer = w.customer("长江电气", "13900000001").await;
    w.pass_days(100);
    w.view(w.rep, customer).await.unwrap();
    let size = async |days| {
        let grant = w.system(w.security, RightSize { days }).await.unwrap();
        w.store.right_size(grant).await.map(Disclosed::into_inner)
    };
    let found = size(30).await.unwrap();
    let rep = found.sized.roles.iter().find(|r| r.role.as_str() == "sales_rep").unwrap();
    assert_eq!(rep.holders, 2);
    let unused = |action: &str, object: &str| {
        let is = |((a, o), _): &(govern::rights::Right, Vec<String>)| {
            a.as_str() == action && o.as_ref().is_some_and(|o| o.as_str() == object)
        };
        rep.unused.iter().any(is)
    };
    assert!(!unused("view", "customer") && unused("export", "customer"));
    assert!(found.sized.wide.iter().all(|wide| wide.to < wide.from && wide.to == Width::Own));
    assert!(found.sized.dormant.iter().any(|(user, _)| *user == w.other_rep));
    assert!(found.sized.dormant.iter().all(|(user, _)| *user != w.rep));
    assert_eq!(code(size(0).await), "invalid_value");
}
