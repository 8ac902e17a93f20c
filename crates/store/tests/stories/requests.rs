//! Requests, consents and emergency access, as people use them.

use access::path::{Disclosed, Refusal};
use model::approval::{Approver, By, Deputy, Flow, Mode, Step, Subject};
use model::{Action, RecordId, RequestId, Text, UserId};
use serde_json::json;
use store::company::{AssignRole, ChangeFlows, Note, PreviewFlow, SetDeputy, TakeRole, UpdateUser, UserChange};
use store::requests::{
    AskAccess, AskExport, BreakGlass, CountInbox, DecideRequest, ListGrants, ListInbox, ListOwnGrants, ListOwnRequests,
    Outcome, RequestView, RevokeGrant, Shown, WithdrawRequest,
};

use super::house::code;
use super::world::World;

const WHY: &str = "客户王先生来电咨询报价";

pub async fn ask(w: &World, who: UserId, record: RecordId, edit: bool) -> Result<RequestId, Refusal> {
    let op = AskAccess { object: "customer".parse().unwrap(), record, edit, days: 7, reason: WHY.into() };
    w.store.ask_access(w.system(who, op).await.unwrap()).await.map(Disclosed::into_inner)
}
pub async fn own(w: &World, who: UserId) -> Vec<RequestView> {
    w.store.list_own_requests(w.system(who, ListOwnRequests).await.unwrap()).await.unwrap().into_inner()
}
pub async fn inbox(w: &World, who: UserId) -> Vec<RequestView> {
    let waiting = w.store.list_inbox(w.system(who, ListInbox).await.unwrap()).await.unwrap().into_inner();
    let count = w.store.count_inbox(w.system(who, CountInbox).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(count as usize, waiting.len());
    waiting
}
pub async fn decide(w: &World, who: UserId, id: RequestId, version: i64, consent: bool) -> Result<Outcome, Refusal> {
    let op = DecideRequest { id, version, consent, comment: "看过了".into() };
    w.store.decide_request(w.system(who, op).await.unwrap()).await.map(Disclosed::into_inner)
}
pub async fn manages(w: &World, manager: UserId, user: UserId) {
    let change = UserChange { manager: Some(Some(manager)), ..UserChange::default() };
    let op = UpdateUser { user, change, note: Note::default() };
    w.store.update_user(w.system(w.admin, op).await.unwrap()).await.unwrap();
}
async fn becomes(w: &World, user: UserId, from: &str, to: &str) {
    let op = TakeRole { user, role: from.parse().unwrap() };
    w.store.take_role(w.system(w.security, op).await.unwrap()).await.unwrap();
    let op = AssignRole { user, role: to.parse().unwrap() };
    w.store.assign_role(w.system(w.security, op).await.unwrap()).await.unwrap();
}
async fn flows(w: &World, flows: Vec<Flow>) -> Result<(), Refusal> {
    let op = ChangeFlows { flows, note: Note::default() };
    w.store.change_flows(w.system(w.admin, op).await.unwrap()).await.map(|_| ())
}
pub async fn clean(w: &World) {
    let (events, state) = w.store.examine(w.now()).await.unwrap();
    assert_eq!((events.altered.len(), state.findings), (0, vec![]));
}

#[tokio::test]
async fn a_consent_gives_a_share_that_ends_by_itself() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    assert!(w.view(w.other_rep, customer).await.is_err());
    let id = ask(&w, w.other_rep, customer, false).await.unwrap();
    assert_eq!(inbox(&w, w.other_rep).await, vec![], "nobody's own request waits for them");
    let waiting = inbox(&w, w.rep).await;
    assert_eq!((waiting.len(), waiting[0].id, waiting[0].reason.as_str()), (1, id, WHY));
    assert_eq!((waiting[0].may, waiting[0].requester), (Some(By::Named), w.other_rep));
    assert_eq!(decide(&w, w.rep, id, 1, true).await.unwrap(), Outcome::Approved);
    assert_eq!(w.view(w.other_rep, customer).await.unwrap(), 1);
    let seen = own(&w, w.other_rep).await;
    assert_eq!((seen[0].state, seen[0].decisions.len()), (Shown::Approved, 1));
    let live = w.store.list_own_grants(w.system(w.other_rep, ListOwnGrants).await.unwrap()).await.unwrap().into_inner();
    assert_eq!((live.len(), live[0].record, live[0].given_by), (1, customer, w.rep));
    assert!(matches!(decide(&w, w.rep, id, 2, true).await, Err(Refusal::Conflict)), "decided already");
    clean(&w).await;
    w.pass_days(7);
    assert!(w.view(w.other_rep, customer).await.is_err());
    let live = w.store.list_own_grants(w.system(w.other_rep, ListOwnGrants).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(live, vec![]);
    // What people wrote stands nowhere in the clear.
    assert!(!w.on_disk(WHY.as_bytes()) && !w.on_disk("看过了".as_bytes()));
}

#[tokio::test]
async fn a_request_tells_its_maker_nothing_of_what_is_not_theirs() {
    let w = World::new().await;
    let there = w.customer("甲", "13800138000").await;
    let refused = w.customer("乙", "13800138001").await;
    let nothing = RecordId::from_bytes([9; 16]);
    for record in [there, refused, nothing] {
        ask(&w, w.other_rep, record, false).await.unwrap();
        assert_eq!(code(ask(&w, w.other_rep, record, true).await), "request_waiting");
    }
    let of = |views: Vec<RequestView>, record| views.into_iter().find(|v| v.wanted.record() == Some(record)).unwrap();
    let id = of(own(&w, w.other_rep).await, refused).id;
    assert_eq!(decide(&w, w.rep, id, 1, false).await.unwrap(), Outcome::Refused);
    assert_eq!(inbox(&w, w.rep).await.len(), 1);
    let shown = async |record| {
        let v = of(own(&w, w.other_rep).await, record);
        (v.state, v.step, v.steps, v.decisions, v.until, v.version, v.lapses_at.map(|t| t.0 - v.made_at.0))
    };
    for state in [Shown::Waiting, Shown::Lapsed] {
        let first = shown(there).await;
        assert_eq!(first.0, state);
        assert_eq!((shown(refused).await, shown(nothing).await), (first.clone(), first));
        w.pass_days(14);
    }
    // It may be asked anew, and taken back in the same way.
    let mut made = vec![];
    for record in [there, refused, nothing] {
        made.push(ask(&w, w.other_rep, record, false).await.unwrap());
    }
    decide(&w, w.rep, made[1], 1, false).await.unwrap();
    for id in made {
        let grant = w.system(w.other_rep, WithdrawRequest { id }).await.unwrap();
        w.store.withdraw_request(grant).await.unwrap();
        let grant = w.system(w.other_rep, WithdrawRequest { id }).await.unwrap();
        assert_eq!(code(w.store.withdraw_request(grant).await), "request_decided");
        let grant = w.system(w.rep, WithdrawRequest { id }).await.unwrap();
        assert_eq!(code(w.store.withdraw_request(grant).await), "not found");
    }
    assert_eq!(inbox(&w, w.rep).await, vec![]);
    // Who may see the record and asks to edit it is told of a refusal.
    let id = ask(&w, w.other_rep, there, false).await.unwrap();
    decide(&w, w.rep, id, 1, true).await.unwrap();
    let id = ask(&w, w.other_rep, there, true).await.unwrap();
    decide(&w, w.rep, id, 1, false).await.unwrap();
    assert_eq!(own(&w, w.other_rep).await[0].state, Shown::Refused);
    clean(&w).await;
}

#[tokio::test]
async fn only_who_may_share_decides_and_nobody_gives_more_than_they_have() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    manages(&w, w.other_rep, w.rep).await;
    let third = w.sales_rep("zhao").await;
    let id = ask(&w, third, customer, true).await.unwrap();
    // The manager of the owner is named, but a rep's rights do not reach the record.
    assert_eq!(inbox(&w, w.other_rep).await, vec![]);
    assert!(matches!(decide(&w, w.other_rep, id, 1, true).await, Err(Refusal::NotFound)));
    assert!(matches!(decide(&w, third, id, 1, true).await, Err(Refusal::NotFound)));
    assert!(matches!(decide(&w, w.security, id, 1, true).await, Err(Refusal::NotFound)));
    becomes(&w, w.other_rep, "sales_rep", "sales_manager").await;
    assert_eq!(inbox(&w, w.other_rep).await.len(), 1);
    assert!(matches!(decide(&w, w.other_rep, id, 7, true).await, Err(Refusal::Conflict)), "another version");
    assert_eq!(decide(&w, w.other_rep, id, 1, true).await.unwrap(), Outcome::Approved);
    // By now the right is another's: what was asked is asked again at the consent.
    let id = ask(&w, third, w.customer("乙", "13800138001").await, true).await.unwrap();
    becomes(&w, w.other_rep, "sales_manager", "finance").await;
    assert!(matches!(decide(&w, w.other_rep, id, 1, true).await, Err(Refusal::NotFound)));
    let op = DecideRequest { id, version: 1, consent: false, comment: " ".into() };
    assert_eq!(code(w.store.decide_request(w.system(w.rep, op).await.unwrap()).await), "required");
    clean(&w).await;
}

#[tokio::test]
async fn a_flow_asks_in_its_order_and_a_deputy_speaks_for_who_is_away() {
    let w = World::new().await;
    let boss = w.sales_rep("qian").await;
    let (f1, f2) = (w.sales_rep("f1").await, w.sales_rep("f2").await);
    manages(&w, boss, w.rep).await;
    for f in [f1, f2] {
        becomes(&w, f, "sales_rep", "finance").await;
    }
    let step = |approvers, mode| Step { approvers, mode, hours: Some(24) };
    let flow = Flow {
        name: "large".into(),
        label: Text::new("大量导出", "Large exports"),
        subject: Subject::Export,
        object: Some("customer".parse().unwrap()),
        above_rows: Some(100),
        when: None,
        steps: vec![
            step(vec![Approver::Manager(1)], Mode::Any),
            step(vec![Approver::Role("finance".parse().unwrap())], Mode::All),
        ],
    };
    assert_eq!(code(flows(&w, vec![flow.clone(), flow.clone()]).await), "invalid_value", "one name each");
    let unknown = Flow { object: Some("ship".parse().unwrap()), ..flow.clone() };
    assert_eq!(code(flows(&w, vec![unknown]).await), "invalid_value");
    flows(&w, vec![flow.clone()]).await.unwrap();
    let export = async |rows, question: &str| {
        let op = AskExport {
            object: "customer".parse().unwrap(),
            rows,
            question: question.into(),
            shown: json!({ "level": "A" }),
            reason: "年会名单".into(),
        };
        w.store.ask_export(w.system(w.rep, op).await.unwrap()).await.map(Disclosed::into_inner)
    };
    let id = export(3000, "q1").await.unwrap();
    assert_eq!(code(export(3000, "q1").await), "request_waiting");
    let op = SetDeputy { deputy: Some(Deputy { user: w.other_rep, until: w.now().plus_days(3) }) };
    w.store.set_deputy(w.system(boss, op).await.unwrap()).await.unwrap();
    let bad = SetDeputy { deputy: Some(Deputy { user: boss, until: w.now().plus_days(3) }) };
    assert_eq!(code(w.store.set_deputy(w.system(boss, bad).await.unwrap()).await), "invalid_value");
    let deputy = inbox(&w, w.other_rep).await;
    assert_eq!((deputy.len(), deputy[0].may, deputy[0].steps), (1, Some(By::Deputy), 2));
    assert_eq!(deputy[0].more, Some(json!({ "level": "A" })));
    assert_eq!(inbox(&w, f1).await, vec![], "not their turn");
    assert_eq!(decide(&w, w.other_rep, id, 1, true).await.unwrap(), Outcome::Waiting);
    assert_eq!(decide(&w, f1, id, 2, true).await.unwrap(), Outcome::Waiting, "each of finance");
    assert_eq!((inbox(&w, f1).await.len(), inbox(&w, f2).await.len()), (0, 1));
    assert_eq!(decide(&w, f2, id, 3, true).await.unwrap(), Outcome::Approved);
    assert_eq!(own(&w, w.rep).await[0].decisions.len(), 3);
    // A small one is not the flow's: by default the manager decides.
    let small = export(5, "q2").await.unwrap();
    assert_eq!(decide(&w, boss, small, 1, true).await.unwrap(), Outcome::Approved);
    let op = PreviewFlow { steps: Some(flow.steps), subject: Subject::Export, requester: w.rep, owner: None };
    let seats = w.store.preview_flow(w.system(w.admin, op).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(seats.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(seats[0][0].may, vec![(boss, By::Named), (w.other_rep, By::Deputy)]);
    clean(&w).await;
}

#[tokio::test]
async fn an_emergency_access_is_told_and_reviewed_before_the_next() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let other = w.customer("乙", "13800138001").await;
    becomes(&w, w.other_rep, "sales_rep", "service").await;
    let open = async |record, reason: &str, mfa| {
        let op = BreakGlass { object: "customer".parse().unwrap(), id: record, hours: 2, reason: reason.into() };
        let mut caller = w.caller(w.other_rep);
        caller.mfa = mfa;
        let grant = w.store.gate().admit(&caller, op).await?;
        w.store.break_glass(grant).await.map(Disclosed::into_inner)
    };
    let why = "客户现场设备停机，需联系到人";
    assert!(matches!(open(customer, why, false).await, Err(Refusal::Forbidden { obligation: Some(_), .. })));
    assert_eq!(code(open(customer, "太短", true).await), "invalid_value");
    let (id, _) = open(customer, why, true).await.unwrap();
    assert_eq!(w.view(w.other_rep, customer).await.unwrap(), 1);
    assert_eq!(code(open(customer, why, true).await), "already_open");
    assert_eq!(code(open(other, why, true).await), "review_pending");
    let waiting = inbox(&w, w.security).await;
    assert_eq!((waiting.len(), waiting[0].id, waiting[0].reason.as_str()), (1, id, why));
    let grants = w.store.list_grants(w.system(w.security, ListGrants).await.unwrap()).await.unwrap().into_inner();
    assert!(grants.0[0].emergency && !grants.0[0].reviewed);
    clean(&w).await;
    // Ended before its time, and reviewed: two acts.
    let grant = w.system(w.security, RevokeGrant::new(id)).await.unwrap();
    w.store.revoke_grant(grant).await.unwrap();
    let grant = w.system(w.security, RevokeGrant::new(id)).await.unwrap();
    assert_eq!(code(w.store.revoke_grant(grant).await), "not found");
    assert_eq!(w.number("SELECT COUNT(*) FROM member").await, 0);
    assert_eq!(code(open(other, why, true).await), "review_pending");
    let silent = DecideRequest { id, version: 2, consent: true, comment: String::new() };
    assert_eq!(code(w.store.decide_request(w.system(w.security, silent).await.unwrap()).await), "required");
    assert_eq!(decide(&w, w.security, id, 2, true).await.unwrap(), Outcome::Approved);
    open(other, why, true).await.unwrap();
    assert_eq!(w.positions(Action::BreakGlass).await.len(), 7);
    clean(&w).await;
}

#[tokio::test]
async fn what_was_asked_about_a_customer_goes_with_them() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    ask(&w, w.other_rep, customer, false).await.unwrap();
    super::erase::erase(&w, customer).await.unwrap();
    assert_eq!(own(&w, w.other_rep).await, vec![]);
    clean(&w).await;
}
