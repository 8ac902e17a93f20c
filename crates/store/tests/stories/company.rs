//! People, rules, objects and settings: who may change what, and what every change leaves behind.

use access::path::Refusal;
use model::object::{Search, Slot};
use model::{
    Action, Decision, Effect, FieldDef, FieldKind, Mask, MatrixRow, ObjectSelect, Principals, Scope, Sensitivity, Text,
    UserKind, UserStatus, What,
};
use store::company::*;

use super::house::{House, PASSWORDS, code};

#[tokio::test]
async fn a_new_company_has_three_administrators_and_its_first_event_says_so() {
    let house = House::new().await;
    let company = house.store.company();
    assert_eq!(company.policy.version, 1);
    assert_eq!(company.policy.author, SYSTEM);
    let events = house.events().await;
    assert_eq!((events.len(), events[0].action), (1, Action::NodeStart));
    assert_eq!(events[0].detail["act"], "bootstrap");

    let again = bootstrap(house.database(), house.vault(), Bootstrap::new("x", PASSWORDS, house.now())).await;
    assert!(matches!(again, Err(BootstrapError::NotEmpty)));
}

#[tokio::test]
async fn what_was_changed_is_there_after_a_restart() {
    let house = House::new().await;
    let rep = house.person("li.wei", Some("sales_rep")).await;
    let house = house.restart().await;
    let company = house.store.company();
    assert!(company.users[&rep].roles.contains("sales_rep"));
    assert_eq!(company.epoch, 4);
    assert!(house.store.gate().engine().directory().user(rep).is_some());
}

#[tokio::test]
async fn accounts_are_one_duty_and_their_roles_another() {
    let house = House::new().await;
    let rep = house.person("li.wei", None).await;
    let role = || "sales_rep".parse().unwrap();
    let by_admin = house.admit("admin", AssignRole { user: rep, role: role() }).await;
    assert!(matches!(by_admin, Err(Refusal::Forbidden { .. })));
    let department = *house.store.company().departments.keys().next().unwrap();
    let user = NewUser {
        login: "x1".into(),
        name: "x".into(),
        kind: UserKind::Person,
        department,
        manager: None,
        trained_until: None,
    };
    let by_security = house.admit("security", CreateUser { user, note: Note::default() }).await;
    assert!(matches!(by_security, Err(Refusal::Forbidden { .. })));
    let last = house.last_event().await;
    assert_eq!((last.action, last.decision), (Action::UserManage, Decision::Refused));
}

#[tokio::test]
async fn roles_that_exclude_each_other_do_not_meet() {
    let house = House::new().await;
    let rep = house.person("li.wei", Some("sales_rep")).await;
    assert_eq!(code(house.give(rep, "audit_admin").await), "excluded_roles");
    assert_eq!(code(house.give(rep, "service").await), "ok");
    assert_eq!(code(house.give(house.id("security"), "sales_rep").await), "own_roles");
    assert_eq!(code(house.give(house.id("system"), "sales_rep").await), "system_account");
    assert_eq!(code(house.give(rep, "no_such").await), "unknown_role");
    assert_eq!(house.store.company().users[&rep].roles.len(), 2);
    assert_eq!(house.last_event().await.decision, Decision::Refused);
}

#[tokio::test]
async fn each_duty_keeps_an_active_holder() {
    let house = House::new().await;
    let disable = async |login: &str| {
        let op = SetUserStatus { user: house.id(login), status: UserStatus::Disabled };
        code(house.store.set_user_status(house.admit("admin", op).await.unwrap()).await)
    };
    assert_eq!(disable("auditor").await, "last_holder");
    assert_eq!(disable("admin").await, "own_account");
    let take = TakeRole { user: house.id("auditor"), role: "audit_admin".parse().unwrap() };
    assert_eq!(code(house.store.take_role(house.admit("security", take).await.unwrap()).await), "last_holder");

    // A program cannot stand in for the last person.
    house.account("robot", UserKind::Service, Some("audit_admin")).await;
    assert_eq!(disable("auditor").await, "last_holder");
    house.person("second", Some("audit_admin")).await;
    assert_eq!(disable("auditor").await, "ok");
}

#[tokio::test]
async fn a_program_decides_nothing_about_administrators() {
    let house = House::new().await;
    let user = house.person("li.wei", None).await;
    let by_importer = async |user, role: &str| {
        let op = AssignRole { user, role: role.parse().unwrap() };
        code(house.store.assign_role(house.admit("importer", op).await.unwrap()).await)
    };
    assert_eq!(by_importer(user, "sales_rep").await, "ok");
    assert_eq!(by_importer(house.id("auditor"), "sales_rep").await, "separate_duty");
    let other = house.person("wang.fang", None).await;
    assert_eq!(by_importer(other, "system_admin").await, "separate_duty");
}

#[tokio::test]
async fn departments_form_a_tree_and_moving_one_tells_from_where() {
    let house = House::new().await;
    let root = *house.store.company().departments.keys().next().unwrap();
    let make = async |name: &str, parent| {
        let op = CreateDepartment { name: name.into(), parent: Some(parent), note: Note::default() };
        house.store.create_department(house.admit("admin", op).await.unwrap()).await.unwrap().into_inner()
    };
    let east = make("华东", root).await;
    let shanghai = make("上海", east).await;
    let shift = async |department, parent| {
        let op = MoveDepartment { department, parent: Some(parent), note: Note::default() };
        code(house.store.move_department(house.admit("admin", op).await.unwrap()).await)
    };
    assert_eq!(shift(east, shanghai).await, "department_cycle");
    assert_eq!(shift(east, east).await, "department_cycle");
    assert_eq!(shift(shanghai, root).await, "ok");
    let told = house.last_event().await.detail;
    assert_eq!((told["old"].clone(), told["new"].clone()), (serde_json::json!(east), serde_json::json!(root)));
    assert_eq!(house.store.gate().engine().directory().ancestors(shanghai), vec![shanghai, root]);
}

#[tokio::test]
async fn a_change_of_department_and_manager_names_old_and_new_but_no_persons_name() {
    let house = House::new().await;
    let (boss, rep) = (house.person("boss", None).await, house.person("li.wei", None).await);
    let update = async |user, change| {
        let op = UpdateUser { user, change, note: Note::default() };
        code(house.store.update_user(house.admit("admin", op).await.unwrap()).await)
    };
    let change =
        UserChange { name: Some("李伟的真名".into()), manager: Some(Some(boss)), ..UserChange::default() };
    assert_eq!(update(rep, change).await, "ok");
    let told = house.last_event().await.detail;
    assert_eq!(told["new"]["manager"], serde_json::json!(boss));
    assert_eq!(told["old"]["manager"], serde_json::Value::Null);
    assert!(!told.to_string().contains("李伟"));
    let circle = UserChange { manager: Some(Some(rep)), ..UserChange::default() };
    assert_eq!(update(boss, circle).await, "invalid_manager");
    assert_eq!(house.store.gate().engine().directory().reports(boss), vec![rep]);
}

#[tokio::test]
async fn a_login_is_given_once() {
    let house = House::new().await;
    house.person("li.wei", None).await;
    let department = *house.store.company().departments.keys().next().unwrap();
    let user = NewUser {
        login: "li.wei".into(),
        name: "x".into(),
        kind: UserKind::Person,
        department,
        manager: None,
        trained_until: None,
    };
    let grant = house.admit("admin", CreateUser { user, note: Note::default() }).await.unwrap();
    assert_eq!(code(house.store.create_user(grant).await), "duplicate");
}

#[tokio::test]
async fn of_two_changes_at_once_both_are_made_one_after_the_other() {
    let house = House::new().await;
    let rep = house.person("li.wei", None).await;
    let give = |role: &'static str| house.give(rep, role);
    let (a, b, c) = tokio::join!(give("sales_rep"), give("service"), give("finance"));
    assert_eq!((code(a), code(b), code(c)), ("ok".into(), "ok".into(), "ok".into()));
    assert_eq!(house.store.company().users[&rep].roles.len(), 3);
}

fn print_row(id: &str, who: Principals) -> MatrixRow {
    MatrixRow {
        id: id.into(),
        effect: Effect::Permit,
        who,
        objects: ObjectSelect::Any,
        what: What::Operations([Action::Print].into()),
        scope: Scope::Own,
        when: vec![],
        valid_from: None,
        valid_until: None,
        title: Text::new("打印", "print"),
    }
}

impl House {
    async fn publish(&self, base: u64, row: MatrixRow, reason: &str) -> Result<u64, Refusal> {
        let mut policy = self.store.company().policy.policy.clone();
        policy.rows.push(row);
        let op = PublishPolicy { base, policy, reason: reason.into(), note: Note::default() };
        self.store.publish_policy(self.admit("security", op).await?).await.map(|v| v.into_inner())
    }
}

#[tokio::test]
async fn a_policy_has_author_reason_diff_and_version_and_can_be_rolled_back() {
    let house = House::new().await;
    let rep = || Principals::Role("service".parse().unwrap());
    assert_eq!(code(house.publish(1, print_row("service.print", rep()), " ").await), "required");
    assert_eq!(house.publish(1, print_row("service.print", rep()), "客服需要打印").await.unwrap(), 2);
    assert_eq!(house.store.gate().engine().compiled().version(), 2);
    let told = house.last_event().await.detail;
    assert_eq!(told["made"]["diff"]["added"][0]["id"], "service.print");

    // Someone who started from version 1 comes too late.
    let late = house.publish(1, print_row("service.print2", rep()), "late").await;
    assert!(matches!(late, Err(Refusal::Conflict)));

    let back = RollBackPolicy { base: 2, to: 1, reason: "不需要了".into(), note: Note::default() };
    let version = house.store.roll_back_policy(house.admit("security", back).await.unwrap()).await.unwrap();
    assert_eq!(*version.get(), 3);
    let company = house.store.company();
    assert_eq!(company.policy.policy, model::defaults::policy());

    let list = ListPolicies { before: None, limit: 10 };
    let list = house.store.list_policies(house.admit("auditor", list).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(list.iter().map(|p| p.version).collect::<Vec<_>>(), vec![3, 2, 1]);
    assert_eq!((list[0].author, list[0].diff.removed.len()), (house.id("security"), 1));
    let second = GetPolicy { version: Some(2) };
    let second = house.store.get_policy(house.admit("auditor", second).await.unwrap()).await.unwrap();
    assert_eq!(second.get().reason, "客服需要打印");
}

#[tokio::test]
async fn a_policy_with_mistakes_is_refused_with_all_of_them() {
    let house = House::new().await;
    let mut policy = house.store.company().policy.policy.clone();
    for id in ["bad one", "bad two"] {
        let mut row = print_row(id, Principals::Role("service".parse().unwrap()));
        row.objects = ObjectSelect::one(&"no_such".parse().unwrap());
        policy.rows.push(row);
    }
    let check = house.admit("security", CheckPolicy { policy: policy.clone() }).await.unwrap();
    let check = house.store.check_policy(check).await.unwrap().into_inner();
    assert_eq!(check.diff.added.len(), 2);
    let op = PublishPolicy { base: 1, policy, reason: "x".into(), note: Note::default() };
    let Err(Refusal::Invalid(problems)) = house.store.publish_policy(house.admit("security", op).await.unwrap()).await
    else {
        panic!("it was published")
    };
    assert!(
        problems.iter().any(|p| p.field.contains("bad one")) && problems.iter().any(|p| p.field.contains("bad two"))
    );
    assert_eq!(problems, check.problems);
    assert_eq!(house.store.company().policy.version, 1);
}

#[tokio::test]
async fn nobody_publishes_rights_for_themselves() {
    let house = House::new().await;
    for (n, who) in [
        Principals::User(house.id("security")),
        Principals::Role("security_admin".parse().unwrap()),
        Principals::Everyone,
    ]
    .into_iter()
    .enumerate()
    {
        let refused = house.publish(1, print_row(&format!("mine.{n}"), who), "let me").await;
        assert_eq!(code(refused), "self_grant");
    }
    assert_eq!(house.last_event().await.decision, Decision::Refused);
}

#[tokio::test]
async fn a_temporary_grant_is_a_row_for_one_person_with_a_near_end() {
    let house = House::new().await;
    let rep = house.person("li.wei", Some("sales_rep")).await;
    let grant = |days| GrantTemporarily {
        grant: TemporaryGrant {
            user: rep,
            objects: ObjectSelect::one(&"customer".parse().unwrap()),
            what: What::Operations([Action::Import].into()),
            scope: Scope::All,
            when: vec![],
            valid_until: house.now().plus_days(days),
            title: Text::new("代班", "stand-in"),
        },
        reason: "同事休假".into(),
        note: Note::default(),
    };
    let give = async |days| house.store.grant_temporarily(house.admit("security", grant(days)).await.unwrap()).await;
    assert_eq!(code(give(91).await), "valid_until");
    assert_eq!(code(give(0).await), "valid_until");
    let id = give(7).await.unwrap().into_inner();
    let company = house.store.company();
    assert!(company.policy.policy.rows.iter().any(|r| r.id == id && r.who == Principals::User(rep)));
    assert_eq!(company.policy.version, 2);
}

fn field(name: &str, class: Sensitivity) -> FieldDef {
    FieldDef {
        name: name.parse().unwrap(),
        label: Text::new("新", "new"),
        kind: FieldKind::Text { max: 40 },
        required: false,
        unique: false,
        class,
        mask: Mask::default(),
        search: Search::None,
        sorted: false,
        kept: false,
        formula: None,
        numbered: None,
        slot: Some(Slot { kind: model::object::ColumnKind::Text, index: 0 }),
    }
}

#[tokio::test]
async fn a_field_is_added_by_a_call_and_gets_its_column_from_the_store() {
    let house = House::new().await;
    let op = AddField { object: "customer".parse().unwrap(), field: field("nickname", Sensitivity::Internal) };
    let object = house.store.add_field(house.admit("admin", op).await.unwrap()).await.unwrap().into_inner();
    let slots: Vec<_> = object.fields.iter().filter_map(|f| f.slot).collect();
    assert_eq!(slots.len(), slots.iter().collect::<std::collections::HashSet<_>>().len());
    let engine = house.store.gate().engine();
    assert!(engine.compiled().object(&"customer".parse().unwrap()).unwrap().field("nickname").is_some());
    let again = AddField { object: "customer".parse().unwrap(), field: field("nickname", Sensitivity::Internal) };
    assert_eq!(code(house.store.add_field(house.admit("admin", again).await.unwrap()).await), "bad_definition");

    let by_security = house
        .admit("security", AddField { object: "customer".parse().unwrap(), field: field("x", Sensitivity::Open) })
        .await;
    assert!(matches!(by_security, Err(Refusal::Forbidden { .. })));
}

#[tokio::test]
async fn an_object_type_is_defined_without_code() {
    let house = House::new().await;
    let object = |customer_field: Option<&str>| {
        let mut customer = field("customer", Sensitivity::Internal);
        customer.kind = FieldKind::Reference { object: "customer".parse().unwrap() };
        customer.required = true;
        model::ObjectType {
            name: "ticket".parse().unwrap(),
            label: Text::new("工单", "Ticket"),
            fields: vec![field("title", Sensitivity::Personal), customer],
            customer_field: customer_field.map(|f| f.parse().unwrap()),
            title_field: "title".parse().unwrap(),
            has_pool: false,
            process: None,
            layout: None,
            required_if: vec![],
            checks: vec![],
            card: vec![],
        }
    };
    let define = async |object| {
        code(house.store.define_object(house.admit("admin", DefineObject { object }).await.unwrap()).await)
    };
    assert_eq!(define(object(Some("title"))).await, "bad_definition");
    assert_eq!(define(object(Some("customer"))).await, "ok");
    assert_eq!(define(object(Some("customer"))).await, "duplicate");
    let house = house.restart().await;
    assert!(house.store.company().objects.contains_key("ticket"));
}

#[tokio::test]
async fn once_there_are_records_a_class_does_not_fall_and_storage_does_not_change() {
    let house = House::new().await;
    let change = async |field: &str, class| {
        let change = FieldChange { class: Some(class), ..FieldChange::default() };
        let op = ChangeField {
            object: "customer".parse().unwrap(),
            field: field.parse().unwrap(),
            change,
            note: Note::default(),
        };
        code(house.store.change_field(house.admit("admin", op).await.unwrap()).await)
    };
    assert_eq!(change("industry", Sensitivity::Personal).await, "ok");
    let insert = "INSERT INTO record (id, object, customer, version, created_at, updated_at, created_by, sealed) \
                  VALUES (?1, 'customer', ?1, 1, 0, 0, ?1, ?1)";
    let record = access::path::Change::new(insert, vec![vec![1_u8; 16].into()]);
    store::Database::maintain(&*house.database(), vec![record]).await.unwrap();
    assert_eq!(change("region", Sensitivity::Personal).await, "has_records");
    assert_eq!(change("id_number", Sensitivity::Personal).await, "has_records");
    assert_eq!(change("address", Sensitivity::Sensitive).await, "ok");
    assert_eq!(change("nothing", Sensitivity::Sensitive).await, "not found");
}

/// The names of the indexes that definitions have asked for.
async fn sort_indexes(house: &House) -> Vec<String> {
    let database = house.database();
    let sql = match database.dialect() {
        store::Dialect::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name",
        store::Dialect::Postgres => "SELECT indexname::TEXT COLLATE \"C\" FROM pg_indexes ORDER BY 1",
    };
    let rows = database.read(store::Query::new(sql, vec![])).await.unwrap();
    let names = rows.iter().map(|r| r.text(0).unwrap().to_owned());
    names.filter(|n| n.starts_with("sorted_") || n.starts_with("pool_")).collect()
}

#[tokio::test]
async fn a_field_that_lists_are_sorted_by_has_its_index_from_the_change_on() {
    let house = House::new().await;
    let change = async |field: &str, change: FieldChange| {
        let op = ChangeField {
            object: "customer".parse().unwrap(),
            field: field.parse().unwrap(),
            change,
            note: Note::default(),
        };
        code(house.store.change_field(house.admit("admin", op).await.unwrap()).await)
    };
    let sorted = |on| FieldChange { sorted: Some(on), ..FieldChange::default() };
    let column = |field: &str| {
        let company = house.store.company();
        company.objects["customer"].1.field(field).unwrap().slot.unwrap().column()
    };
    let shipped = sort_indexes(&house).await;
    let revenue = format!("sorted_{}_customer", column("revenue"));
    assert!(shipped.contains(&revenue) && shipped.contains(&"pool_customer".to_owned()), "{shipped:?}");

    let level = [format!("sorted_{}_customer", column("level")), format!("sorted_{}_pool_customer", column("level"))];
    assert_eq!(change("level", sorted(true)).await, "ok");
    assert_eq!(house.last_event().await.detail["new"]["sorted"], true);
    let with_level = sort_indexes(&house).await;
    assert!(level.iter().all(|i| with_level.contains(i)) && with_level.len() == shipped.len() + 2, "{with_level:?}");
    assert_eq!(change("region", sorted(true)).await, "ok");
    assert_eq!(change("employees", sorted(true)).await, "ok");
    assert_eq!(change("founded", sorted(true)).await, "bad_definition", "a fifth one");
    assert_eq!(change("phone", sorted(true)).await, "bad_definition", "a sealed one");
    for field in ["level", "region", "employees"] {
        assert_eq!(change(field, sorted(false)).await, "ok");
    }
    assert_eq!(sort_indexes(&house).await, shipped);
    // A field that becomes sealed has no order any more.
    let seal = FieldChange { class: Some(Sensitivity::Personal), ..FieldChange::default() };
    assert_eq!(change("revenue", seal).await, "ok");
    assert!(!sort_indexes(&house).await.contains(&revenue));
}

#[tokio::test]
async fn settings_are_changed_with_their_old_values_in_the_event() {
    let house = House::new().await;
    let change = SettingsChange {
        company: Some("新名字".into()),
        session: Some(SessionRules { idle_minutes: 15, absolute_hours: 8 }),
        ..SettingsChange::default()
    };
    let op = ChangeSettings { change, note: Note::default() };
    house.store.change_settings(house.admit("admin", op).await.unwrap()).await.unwrap();
    assert_eq!(house.last_event().await.detail["old"]["company"], "明灯公司");
    assert_eq!(house.store.gate().settings().company, "新名字");
    let never = SettingsChange {
        session: Some(SessionRules { idle_minutes: 0, absolute_hours: 8 }),
        ..SettingsChange::default()
    };
    let op = ChangeSettings { change: never, note: Note::default() };
    assert_eq!(code(house.store.change_settings(house.admit("admin", op).await.unwrap()).await), "invalid_value");
    let house = house.restart().await;
    assert_eq!(house.store.company().session_rules.idle_minutes, 15);
}

#[tokio::test]
async fn a_new_role_excludes_the_duties_and_exclusions_hold_both_ways() {
    let house = House::new().await;
    let define = async |name: &str, excludes: &[&str]| {
        let role = model::Role {
            name: name.parse().unwrap(),
            label: Text::new("实习", "Intern"),
            excludes: excludes.iter().map(|r| r.parse().unwrap()).collect(),
            export_rows: None,
        };
        code(
            house
                .store
                .define_role(house.admit("security", DefineRole { role, note: Note::default() }).await.unwrap())
                .await,
        )
    };
    assert_eq!(define("intern", &["finance"]).await, "ok");
    let company = house.store.company();
    assert!(company.roles["intern"].excludes.contains("audit_admin"));
    assert!(company.roles["audit_admin"].excludes.contains("intern"));
    assert!(company.roles["finance"].excludes.contains("intern"));
    assert_eq!(define("audit_admin", &[]).await, "separate_duty");
    let house = house.restart().await;
    assert!(house.store.company().roles["finance"].excludes.contains("intern"));
}

#[tokio::test]
async fn everyone_knows_their_colleagues_and_only_some_the_directory() {
    let house = House::new().await;
    house.person("li.wei", Some("sales_rep")).await;
    let colleagues =
        house.store.colleagues(house.admit("li.wei", Colleagues).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(colleagues.len(), 4);
    assert!(matches!(house.admit("li.wei", ListUsers::default()).await, Err(Refusal::Forbidden { .. })));
    let users = house.store.list_users(house.admit("auditor", ListUsers::default()).await.unwrap()).await.unwrap();
    assert_eq!(users.get().len(), 7);
    assert_eq!(house.store.myself(house.admit("li.wei", Myself).await.unwrap()).await.unwrap().get().login, "li.wei");
}
