//! Somebody leaves: what they had is handed over in one recorded act, and whoever does it sees none of it.

use access::path::{OnSystem, Refusal};
use model::record::Grantee;
use model::{Action, Clock, Decision, EventId, RecordId, UserId, UserStatus};
use serde_json::{Value, json};
use store::Query;
use store::audit::LookBack;
use store::company::{Note, SetUserStatus, UpdateUser, UserChange};
use store::handover::{BeginHandover, Estate, Receiver, Rule, SharesAfter, ShowEstate, Wanted};
use store::records::{MemberKind, ShareRecord, TransferRecord, TransferTo};
use testkit::FixedClock;

use super::house::code;
use super::world::World;

fn to(users: &[UserId]) -> Wanted {
    Wanted { rules: vec![], others: Receiver::Users(users.to_vec()), shares: SharesAfter::End, reports_to: None }
}

async fn estate(w: &World, user: UserId) -> Estate {
    let grant = w.system(w.admin, ShowEstate { user }).await.unwrap();
    w.store.show_estate(grant).await.unwrap().into_inner()
}

async fn begin(w: &World, by: UserId, user: UserId, wanted: Wanted) -> Result<model::JobId, Refusal> {
    let grant = w.system(by, BeginHandover { user, wanted, note: Note::default() }).await?;
    w.store.begin_handover(grant).await.map(|d| d.into_inner())
}

async fn carry(w: &World, id: model::JobId) -> Result<(), Refusal> {
    let caller = w.caller(w.admin);
    let clock = FixedClock(caller.at);
    w.store.carry_out_handover(&caller, id, &clock).await
}

async fn owner(w: &World, id: RecordId) -> Option<UserId> {
    let rows = w.base.database().read(Query::new("SELECT owner FROM record WHERE id = ?1", vec![id.into()])).await;
    rows.unwrap()[0].opt_id(0).unwrap().map(UserId::from_bytes)
}

/// Details of the acts of handovers, in order.
async fn told(w: &World) -> Vec<(Decision, Value, i64)> {
    let sql = format!(
        "SELECT id, decision, body, touches FROM event WHERE action = {} ORDER BY seq",
        Action::Handover.code()
    );
    let rows = w.base.database().read(Query::new(sql, vec![])).await.unwrap();
    rows.iter()
        .map(|row| {
            let id = EventId::from_bytes(row.id(0).unwrap());
            let body = w.store.gate().recorder().open_body(id, row.bytes(2).unwrap()).unwrap();
            let decision = Decision::from_code(u8::try_from(row.int(1).unwrap()).unwrap()).unwrap();
            (decision, body.actor["detail"].clone(), row.int(3).unwrap())
        })
        .collect()
}

async fn clean(w: &World) {
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    assert_eq!(state.findings, vec![], "{state:?}");
}

async fn share(w: &World, id: RecordId, to: UserId) {
    let until = Some(w.now().plus_days(30));
    let op = ShareRecord {
        object: "customer".parse().unwrap(),
        id,
        kind: MemberKind::Share,
        to: Grantee::User(to),
        edit: false,
        until,
    };
    w.store.share(w.records(w.rep, op).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn everything_a_leaver_has_goes_to_those_named_and_each_record_is_on_record() {
    let w = World::new().await;
    let third = w.sales_rep("zhao").await;
    let report = w.sales_rep("xiao").await;
    let change = UserChange { manager: Some(Some(w.rep)), ..UserChange::default() };
    let grant = w.system(w.admin, UpdateUser { user: report, change, note: Note::default() }).await.unwrap();
    w.store.update_user(grant).await.unwrap();
    let mut customers = vec![];
    for n in 0..5 {
        let id = w.customer(&format!("客户{n}"), &format!("1380013800{n}")).await;
        let contact = w.create("contact", json!({ "customer": id, "name": "张三" })).await;
        customers.push((id, contact));
    }
    let lead = w.create("lead", json!({ "name": "线索", "status": "new" })).await;
    let task = w.create("task", json!({ "subject": "周报", "due_on": "2026-11-30" })).await;
    share(&w, customers[0].0, w.other_rep).await;

    let before = estate(&w, w.rep).await;
    let owned: Vec<(&str, i64)> = before.owned.iter().map(|(o, n)| (o.as_str(), *n)).collect();
    assert_eq!(owned, [("customer", 5), ("lead", 1), ("contact", 5), ("task", 1)]);
    assert_eq!((before.shares_given, &before.reports[..]), (1, &[report][..]));

    let mut wanted = to(&[third]);
    let pair = vec![w.other_rep, third];
    wanted.rules.push(Rule { object: "customer".parse().unwrap(), to: Receiver::Users(pair) });
    wanted.reports_to = Some(third);
    let id = begin(&w, w.admin, w.rep, wanted.clone()).await.unwrap();
    // From here on nobody acts as them, and nothing new comes to them.
    let company = w.store.company();
    assert_eq!(company.users[&w.rep].status, UserStatus::Disabled);
    assert_eq!(company.users[&report].manager, Some(third));
    assert_eq!(code(begin(&w, w.admin, w.rep, wanted).await), "handover_open");
    carry(&w, id).await.unwrap();

    let mut by_owner = std::collections::HashMap::new();
    for (customer, contact) in &customers {
        let new = owner(&w, *customer).await.unwrap();
        assert_eq!(owner(&w, *contact).await, Some(new), "it goes with its customer");
        *by_owner.entry(new).or_insert(0) += 1;
        assert_eq!(w.view(new, *customer).await.unwrap(), 1);
    }
    let mut counts: Vec<i32> = by_owner.into_values().collect();
    counts.sort();
    assert_eq!(counts, [2, 3], "by turns");
    assert_eq!((owner(&w, lead).await, owner(&w, task).await), (Some(third), Some(third)));
    assert_eq!(w.number("SELECT COUNT(*) FROM member").await, 0, "shares end");

    let after = estate(&w, w.rep).await;
    assert_eq!((after.owned.len(), after.reports.len()), (0, 0));
    assert_eq!((after.handovers[0].total, after.handovers[0].left), (12, Some(0)));
    let told = told(&w).await;
    let act = |name: &str| told.iter().filter(|(_, d, _)| d["act"] == name).collect::<Vec<_>>();
    assert_eq!((act("handover.begin").len(), act("handover.end").len()), (2, 1), "one is a refusal");
    let moves = act("handover.move");
    assert_eq!(moves.iter().map(|(_, _, touches)| touches).sum::<i64>(), 12, "every record is named");
    let text = serde_json::to_string(&moves.iter().map(|(_, d, _)| d).collect::<Vec<_>>()).unwrap();
    assert!(text.contains(&customers[0].0.to_string()) && text.contains("shares_ended") && !text.contains("客户"));
    clean(&w).await;

    // Nothing is left for a second time, and nothing can be given to who left.
    let again = begin(&w, w.admin, w.rep, to(&[third])).await.unwrap();
    carry(&w, again).await.unwrap();
    let op = TransferRecord {
        object: "lead".parse().unwrap(),
        id: lead,
        version: 2,
        to: TransferTo::User(w.rep),
        with_related: false,
    };
    assert_eq!(code(w.store.transfer(w.records(third, op).await.unwrap()).await), "invalid_value");
    clean(&w).await;
}

#[tokio::test]
async fn customers_go_to_a_pool_and_shares_can_be_kept() {
    let w = World::new().await;
    let third = w.sales_rep("zhao").await;
    let pool = serde_json::from_value(json!({
        "name": "main", "label": { "zh": "公海", "en": "Pool" }, "object": "lead",
        "reasons": [{ "value": "no_answer", "label": { "zh": "无法联系", "en": "No answer" } }],
    }));
    let op = store::company::ChangePools { pools: vec![pool.unwrap()], note: Note::default() };
    w.store.change_pools(w.system(w.admin, op).await.unwrap()).await.unwrap();
    let lead = w.create("lead", json!({ "name": "线索", "status": "new" })).await;
    let customer = w.customer("客户", "13800138000").await;
    share(&w, customer, w.other_rep).await;
    let mut wanted = to(&[third]);
    wanted.rules.push(Rule { object: "lead".parse().unwrap(), to: Receiver::Pool("main".into()) });
    wanted.shares = SharesAfter::Keep;
    let id = begin(&w, w.admin, w.rep, wanted).await.unwrap();
    carry(&w, id).await.unwrap();
    assert_eq!((owner(&w, lead).await, owner(&w, customer).await), (None, Some(third)));
    assert_eq!(w.number("SELECT pool FROM record WHERE object = 'lead'").await, 1);
    assert_eq!(estate(&w, third).await.shares_given, 1, "the receiver's now");
    assert_eq!(w.view(w.other_rep, customer).await.unwrap(), 1);
    clean(&w).await;
    // It ends with the new giver like any other.
    let op = TransferRecord {
        object: "customer".parse().unwrap(),
        id: customer,
        version: 2,
        to: TransferTo::User(w.other_rep),
        with_related: true,
    };
    w.store.transfer(w.records(third, op).await.unwrap()).await.unwrap();
    assert_eq!(w.number("SELECT COUNT(*) FROM member").await, 0);
    clean(&w).await;
}

#[tokio::test]
async fn only_the_duty_hands_over_and_only_to_people_who_may_receive() {
    let w = World::new().await;
    for who in [w.rep, w.security, w.auditor] {
        assert!(matches!(begin(&w, who, w.other_rep, to(&[w.rep])).await, Err(Refusal::Forbidden { .. })));
        assert!(matches!(w.system(who, ShowEstate { user: w.rep }).await, Err(Refusal::Forbidden { .. })));
        let look = LookBack { user: w.rep, days: 30 };
        assert!(matches!(w.system(who, look).await, Err(Refusal::Forbidden { .. })));
    }
    let nobody = UserId::from_bytes([9; 16]);
    assert!(matches!(begin(&w, w.admin, nobody, to(&[w.rep])).await, Err(Refusal::NotFound)));
    assert_eq!(code(begin(&w, w.admin, w.admin, to(&[w.rep])).await), "own_account");
    assert_eq!(code(begin(&w, w.admin, w.security, to(&[w.rep])).await), "last_holder");
    for users in [vec![], vec![w.rep], vec![nobody], vec![w.security], vec![w.other_rep, w.other_rep]] {
        assert_eq!(code(begin(&w, w.admin, w.rep, to(&users)).await), "invalid_receiver", "{users:?}");
    }
    let mut wanted = to(&[w.other_rep]);
    wanted.others = Receiver::Manager;
    assert_eq!(code(begin(&w, w.admin, w.rep, wanted.clone()).await), "invalid_receiver", "there is none");
    wanted.others = Receiver::Pool("main".into());
    assert_eq!(code(begin(&w, w.admin, w.rep, wanted).await), "invalid_receiver");
    let mut wanted = to(&[w.other_rep]);
    wanted.rules.push(Rule { object: "lead".parse().unwrap(), to: Receiver::Pool("no_such".into()) });
    assert_eq!(code(begin(&w, w.admin, w.rep, wanted).await), "invalid_value");
    let mut wanted = to(&[w.other_rep]);
    wanted.reports_to = Some(w.rep);
    assert_eq!(code(begin(&w, w.admin, w.rep, wanted).await), "invalid_manager");
    assert_eq!(w.store.company().users[&w.rep].status, UserStatus::Active, "nothing was changed");
    assert_eq!(w.number("SELECT COUNT(*) FROM handover").await, 0);
    clean(&w).await;
}

#[tokio::test]
async fn what_was_interrupted_goes_on_or_is_closed_as_unknown() {
    let w = World::new().await;
    let third = w.sales_rep("zhao").await;
    for n in 0..60 {
        w.customer(&format!("客户{n}"), &format!("138001380{n:02}")).await;
    }
    begin(&w, w.admin, w.rep, to(&[w.other_rep, third])).await.unwrap();
    // The process died here. The next one goes on in the author's name.
    let clock = FixedClock(w.caller(w.admin).at);
    assert_eq!(w.store.resume_handovers(&clock).await.unwrap(), 1);
    assert_eq!(w.store.resume_handovers(&clock).await.unwrap(), 0);
    let each = estate(&w, third).await.owned;
    assert_eq!(each.iter().map(|(_, n)| n).sum::<i64>(), 30, "by turns, over units");
    let moves = told(&w).await.into_iter().filter(|(_, d, _)| d["act"] == "handover.move").count();
    assert_eq!(moves, 2);

    // Its author leaves meanwhile: nobody is found who decides it, so it ends as unknown, with what is left.
    let second = w.sales_rep("admin2").await;
    let grant = w.system(w.security, store::company::TakeRole { user: second, role: "sales_rep".parse().unwrap() });
    w.store.take_role(grant.await.unwrap()).await.unwrap();
    let role = "system_admin".parse().unwrap();
    let grant = w.system(w.security, store::company::AssignRole { user: second, role }).await.unwrap();
    w.store.assign_role(grant).await.unwrap();
    begin(&w, second, third, to(&[w.other_rep])).await.unwrap();
    let op = SetUserStatus { user: second, status: UserStatus::Disabled };
    w.store.set_user_status(w.system(w.admin, op).await.unwrap()).await.unwrap();
    let clock = FixedClock(w.caller(w.admin).at);
    assert_eq!(w.store.resume_handovers(&clock).await.unwrap(), 1);
    let state = estate(&w, third).await;
    assert_eq!((state.handovers[0].ended_at, state.handovers[0].left), (Some(clock.now()), None));
    assert_eq!(state.owned.iter().map(|(_, n)| n).sum::<i64>(), 30);
    assert_eq!(told(&w).await.iter().filter(|(d, ..)| *d == Decision::Unknown).count(), 1);
    clean(&w).await;
    // Somebody else hands over the rest.
    let id = begin(&w, w.admin, third, to(&[w.other_rep])).await.unwrap();
    carry(&w, id).await.unwrap();
    assert!(estate(&w, third).await.owned.is_empty());
    clean(&w).await;
}

#[tokio::test]
async fn a_leaver_s_last_days_are_told_in_numbers() {
    let w = World::new().await;
    let id = w.customer("客户", "13800138000").await;
    w.pass_days(40);
    for _ in 0..3 {
        w.view(w.rep, id).await.unwrap();
    }
    let asked = async |days| {
        let op = LookBack { user: w.rep, days };
        assert!(op.detail()["user"].is_string());
        w.store.look_back(w.system(w.admin, op).await.unwrap()).await
    };
    let found = asked(30).await.unwrap().into_inner();
    assert_eq!(found.rows.len(), 1, "{found:?}");
    assert_eq!((found.rows[0].action.as_str(), found.rows[0].events, found.rows[0].records), ("view", 3, 3));
    assert_eq!((found.customers, found.exports, found.days.len()), (1, 0, 1));
    let longer = asked(90).await.unwrap().into_inner();
    assert!(longer.rows.iter().any(|r| r.action == "create" && r.events == 1));
    assert_eq!(code(asked(0).await), "invalid_value");
    assert_eq!(code(asked(400).await), "invalid_value");
}
