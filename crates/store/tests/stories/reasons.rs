//! Why somebody had to do with a customer, and how much is explained.

use access::path::Refusal;
use model::record::Grantee;
use model::{Explanation, RecordId, UserId};
use serde_json::json;
use store::audit::{EventFilter, EventLine, Feed, HowExplained, Paging, Span, WhoSaw};
use store::company::{AssignRole, ChangeReasons, Note, UpdateUser, UserChange};
use store::records::{CreateRecord, MemberKind, ShareRecord, ViewRecord};

use super::world::World;

impl World {
    pub async fn person(&self, login: &str, role: &str) -> UserId {
        let id = self.sales_rep(login).await;
        let op = store::company::TakeRole { user: id, role: "sales_rep".parse().unwrap() };
        let grant = self.system(self.security, op).await.unwrap();
        self.store.take_role(grant).await.unwrap();
        let grant = self.system(self.security, AssignRole { user: id, role: role.parse().unwrap() }).await.unwrap();
        self.store.assign_role(grant).await.unwrap();
        id
    }
    async fn reports_to(&self, user: UserId, manager: UserId) {
        let change = UserChange { manager: Some(Some(manager)), ..UserChange::default() };
        let grant = self.system(self.admin, UpdateUser { user, change, note: Note::default() }).await.unwrap();
        self.store.update_user(grant).await.unwrap();
    }
    /// The reason of the newest look of somebody at a record of the customer.
    async fn reason(&self, customer: RecordId, user: UserId) -> Option<Explanation> {
        let grant = self.system(self.auditor, WhoSaw::new(customer)).await.unwrap();
        let lines = self.store.who_saw(grant).await.unwrap().into_inner().page.items;
        lines.into_iter().find(|l| l.event.user == user && l.event.action != "audit.read").unwrap().reason
    }
    async fn look(&self, user: UserId, customer: RecordId) -> Option<Explanation> {
        self.view(user, customer).await.unwrap();
        self.reason(customer, user).await
    }
    async fn task(&self, maker: UserId, owner: UserId, customer: RecordId) -> RecordId {
        let serde_json::Value::Object(values) = json!({ "subject": "回电", "customer": customer }) else { panic!() };
        let op = CreateRecord { object: "task".parse().unwrap(), values, owner: Some(owner), pool: false };
        let grant = self.records(maker, op).await.unwrap();
        self.store.create(grant).await.unwrap().into_inner()
    }
    async fn feed(&self, explained: Option<bool>) -> Vec<EventLine> {
        let filter = EventFilter { explained, ..EventFilter::default() };
        let op = Feed { filter, span: Span::default(), paging: Paging { limit: 200, cursor: None } };
        let grant = self.system(self.auditor, op).await.unwrap();
        self.store.feed(grant).await.unwrap().into_inner().items
    }
    async fn ask_purpose(&self, ask_purpose: bool) {
        let rules = model::ReasonRules { ask_purpose, ..model::ReasonRules::default() };
        let grant = self.system(self.security, ChangeReasons { rules, note: Note::default() }).await.unwrap();
        self.store.change_reasons(grant).await.unwrap();
    }
}

#[tokio::test]
async fn a_look_carries_the_strongest_reason_that_was_seen_then() {
    let w = World::new().await;
    let (clerk, other) = (w.person("clerk", "service").await, w.person("other", "service").await);
    let id = w.customer("北京甲公司", "13800138000").await;
    assert_eq!(w.reason(id, w.rep).await, Some(Explanation::Owner), "of its making");
    assert_eq!(w.look(w.rep, id).await, Some(Explanation::Owner));
    // Whoever may see all customers has no reason by that.
    assert_eq!(w.look(clerk, id).await, Some(Explanation::None));
    // A task one makes for oneself explains nothing yet; one that has stood for a while does.
    w.task(clerk, clerk, id).await;
    assert_eq!(w.look(clerk, id).await, Some(Explanation::None));
    w.pass_days(1);
    assert_eq!(w.look(clerk, id).await, Some(Explanation::OpenTask));
    assert_eq!(w.look(other, id).await, Some(Explanation::None), "it is somebody else's task");
    // Where the owner reports to somebody, they answer for it.
    let lead = w.person("lead", "sales_manager").await;
    w.reports_to(w.rep, lead).await;
    assert_eq!(w.look(lead, id).await, Some(Explanation::TeamDuty));
    // A record that belongs to the customer is explained by the customer's owner, whoever made it.
    let contact = w.create("contact", json!({ "name": "张三", "customer": id })).await;
    let op = ViewRecord { object: "contact".parse().unwrap(), id: contact };
    let grant = w.records(lead, op).await.unwrap();
    w.store.view(grant).await.unwrap().disclose().await.unwrap();
    assert_eq!(w.reason(id, lead).await, Some(Explanation::TeamDuty));
    // What was refused is not asked for a reason.
    assert!(matches!(w.view(w.other_rep, id).await, Err(Refusal::NotFound)));
    assert_eq!(w.reason(id, w.other_rep).await, None);
    // Rules that no longer count a reason hold for what comes.
    let mut rules = model::ReasonRules::default();
    rules.counted.remove(&Explanation::OpenTask);
    let grant = w.system(w.security, ChangeReasons { rules, note: Note::default() }).await.unwrap();
    w.store.change_reasons(grant).await.unwrap();
    assert_eq!(w.look(clerk, id).await, Some(Explanation::None));
}

#[tokio::test]
async fn events_without_a_reason_are_found_and_counted() {
    let w = World::new().await;
    let clerk = w.person("clerk", "service").await;
    let (first, second) = (w.customer("甲", "13800138000").await, w.customer("乙", "13800138001").await);
    w.view(w.rep, first).await.unwrap();
    w.task(w.rep, w.rep, first).await;
    w.view(clerk, first).await.unwrap();
    w.view(clerk, first).await.unwrap();
    assert_eq!(w.list(clerk, "customer").await, 2);
    assert_eq!(w.list(w.rep, "customer").await, 2);
    let without = w.feed(Some(false)).await;
    let told: Vec<(&str, Option<i64>)> = without.iter().map(|l| (l.action.as_str(), l.unexplained)).collect();
    assert_eq!(told, [("list", Some(2)), ("view", Some(1)), ("view", Some(1))]);
    assert!(without.iter().all(|l| l.user == clerk));
    let with = w.feed(Some(true)).await;
    assert!(with.len() >= 5 && with.iter().all(|l| l.unexplained == Some(0)));
    assert!(w.feed(None).await.iter().any(|l| l.unexplained.is_none()), "administrative acts are asked for none");

    let grant = w.system(w.security, HowExplained::default()).await.unwrap();
    let all = w.store.how_explained(grant).await.unwrap().into_inner();
    // By the representative: two made, one seen, a task made, two listed. By the clerk: two views and a list of two.
    assert_eq!((all.all.accesses, all.all.explained), (10, 6));
    // First ones: two by the one, two by the other.
    assert_eq!((all.all.first, all.all.first_explained), (4, 2));
    assert_eq!(all.rows.len(), 1);
    assert_eq!((all.rows[0].month.as_str(), all.rows[0].explained), ("2026-11", all.all));
    assert!(matches!(w.system(w.rep, HowExplained::default()).await, Err(Refusal::Forbidden { .. })));

    // A mixed page: one customer is shared with the clerk.
    let third = w.customer("丙", "13800138002").await;
    let op = ShareRecord {
        object: "customer".parse().unwrap(),
        id: third,
        kind: MemberKind::Share,
        to: Grantee::User(clerk),
        edit: false,
        until: Some(w.now().plus_days(7)),
    };
    let grant = w.records(w.rep, op).await.unwrap();
    w.store.share(grant).await.unwrap();
    assert_eq!(w.list(clerk, "customer").await, 3);
    let newest = &w.feed(Some(false)).await[0];
    assert_eq!((newest.touches, newest.unexplained), (3, Some(2)));
    let grant = w.system(w.auditor, HowExplained::default()).await.unwrap();
    let all = w.store.how_explained(grant).await.unwrap().into_inner().all;
    assert_eq!(
        (all.first, all.first_explained),
        (6, 4),
        "the third customer: by its owner, and by whom it is shared with"
    );
    let _ = second;

    // The number stands beside the body, and is held against it.
    w.tamper_within("UPDATE event SET unexplained = 0 WHERE unexplained = 2", async || {
        let lines = w.feed(None).await;
        assert!(lines.iter().any(|l| l.state == store::audit::State::Altered));
    })
    .await;
}

#[tokio::test]
async fn who_has_no_reason_says_why_where_the_company_wants_it() {
    let w = World::new().await;
    let clerk = w.person("clerk", "service").await;
    let id = w.customer("甲", "13800138000").await;
    let look = async |user, purpose: Option<&str>| {
        let mut caller = w.caller(user);
        caller.purpose = purpose.map(str::to_owned);
        let op = ViewRecord { object: "customer".parse().unwrap(), id };
        let grant = w.store.gate().admit(&caller, op).await?;
        w.store.view(grant).await?.disclose().await.map(|_| ())
    };
    look(clerk, None).await.unwrap();
    w.ask_purpose(true).await;
    let refused = look(clerk, None).await;
    assert!(
        matches!(
            &refused,
            Err(Refusal::ForbiddenOnRecord { obligation: Some(access::engine::Obligation::SayWhy), .. })
        ),
        "{refused:?}"
    );
    let lines = w.feed(None).await;
    assert_eq!((lines[0].decision.as_str(), lines[0].rules.clone()), ("refused", vec!["reasons.purpose".to_owned()]));
    // With one it is shown, recorded as unexplained all the same; whoever has a reason is not asked.
    look(clerk, Some("客户来电")).await.unwrap();
    assert_eq!(w.reason(id, clerk).await, Some(Explanation::None));
    look(w.rep, None).await.unwrap();
    w.ask_purpose(false).await;
    look(clerk, None).await.unwrap();

    let bad = async |edit: fn(&mut model::ReasonRules)| {
        let mut rules = model::ReasonRules::default();
        edit(&mut rules);
        let grant = w.system(w.security, ChangeReasons { rules, note: Note::default() }).await.unwrap();
        let Err(Refusal::Invalid(problems)) = w.store.change_reasons(grant).await else { panic!() };
        (problems[0].field.clone(), problems[0].code)
    };
    assert_eq!(bad(|r| r.weak_minutes = 1441).await, ("weak_minutes".into(), "invalid_value"));
    assert_eq!(
        bad(|r| r.links[0].object = "nothing".parse().unwrap()).await,
        ("links/0/object".into(), "unknown_object")
    );
    assert_eq!(bad(|r| r.links[0].object = "lead".parse().unwrap()).await, ("links/0/object".into(), "no_customer"));
    let personal = |r: &mut model::ReasonRules| {
        r.links[1].only = Some(model::Condition::test("subject", model::Comparison::Eq, "x".into()));
    };
    assert_eq!(bad(personal).await, ("links/1/only".into(), "not_filterable"));
    let grant = w.system(w.rep, store::company::ReadReasons).await;
    assert!(matches!(grant, Err(Refusal::Forbidden { .. })));
}
