//! The company at work, so that every table has rows, and older ones differ from those of now.

use access::path::OnSystem;
use model::automation::{Automation, Effect, Hook, Trigger};
use model::record::Grantee;
use model::{Channel, JobId, Origin, RecordId, Text, Value};
use serde_json::json;
use store::Query;
use store::automation::{Attempt, ChangeAutomations, ChangeHooks, HookChange};
use store::company::{
    ChangeObject, ChangeSettings, CreateDepartment, GrantTemporarily, Note, SessionRules, SettingsChange,
    TemporaryGrant,
};
use store::detection::{ChangeRule, RuleItem, RuleState};
use store::exports::{AskFile, DownloadExport};
use store::handover::{BeginHandover, Receiver, SharesAfter, Wanted};
use store::hold::{PlaceHold, ReleaseHold};
use store::identity::{CreateToken, NewToken, RevokeToken, SignIn};
use store::own::{Look, NewView, SaveView};
use store::records::{
    EditRecord, ExportStep, ImportChunk, ImportRow, MemberKind, MergeRecords, ShareRecord, TransferRecord, TransferTo,
};

use super::super::attachments;
use super::super::world::World;

pub async fn system<O: OnSystem>(w: &World, user: model::UserId, op: O) -> access::path::Grant<O> {
    w.system(user, op).await.unwrap()
}

async fn sign_in(w: &World, previous: Option<&str>) -> store::identity::SignedIn {
    let origin =
        Origin { address: Some("192.0.2.7".parse().unwrap()), user_agent: Some("b".into()), channel: Channel::Web };
    let at = w.caller(w.admin).at;
    w.store
        .sign_in(SignIn {
            login: "admin",
            password: "correct horse 1 battery",
            code: None,
            previous,
            origin: &origin,
            request_id: "r",
            at,
        })
        .await
        .unwrap()
}

async fn share(w: &World, id: RecordId) {
    let until = Some(w.now().plus_days(30));
    let to = Grantee::User(w.other_rep);
    let op = ShareRecord { object: "customer".parse().unwrap(), id, kind: MemberKind::Share, to, edit: false, until };
    w.store.share(w.records(w.rep, op).await.unwrap()).await.unwrap();
}

async fn import(w: &World, names: &[&str]) {
    let importer = w.store.directory().user_by_login("importer").unwrap().id;
    let row = |(number, name): (usize, &&str)| ImportRow {
        number: number as u64,
        key: (*name).into(),
        values: [("name".parse().unwrap(), Some(Value::Text((*name).into())))].into(),
        owner: None,
        department: None,
        pool: true,
        customer_key: None,
    };
    let op = ImportChunk {
        job: JobId::from_bytes([1; 16]),
        object: "customer".parse().unwrap(),
        source: "erp".into(),
        customer_source: "erp".into(),
        rows: names.iter().enumerate().map(row).collect(),
        dry_run: false,
    };
    let outcome = w.store.import(w.records(importer, op).await.unwrap()).await.unwrap();
    assert_eq!(outcome.rejected.len(), 0, "{outcome:?}");
}

fn export(n: u8) -> ExportStep {
    let question = store::records::list::ListRecords {
        object: "customer".parse().unwrap(),
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 50,
        cursor: None,
    };
    ExportStep { job: JobId::from_bytes([n; 16]), question, format: "csv", rows: None }
}

/// A file of an export, whole, taken once; and one that was cancelled.
async fn files(w: &World, round: u8) {
    let ask = |id: u8| AskFile {
        id: JobId::from_bytes([id; 16]),
        question: export(id).question,
        format: "csv".into(),
        language: "zh".into(),
        note: Note::default(),
    };
    for (id, cancelled) in [(40 + round, false), (60 + round, true)] {
        let grant = w.records(w.rep, ask(id)).await.unwrap();
        let asked = Box::pin(w.store.ask_file(grant)).await.unwrap();
        let mut writer = asked.into_inner().1.unwrap();
        writer.beat(2, w.now()).await.unwrap();
        // More than a part.
        writer.put(&[round; 300_000]).await.unwrap();
        if cancelled {
            Box::pin(w.store.cancel_export(&w.caller(w.rep), JobId::from_bytes([id; 16]))).await.unwrap();
            assert!(writer.finish(&w.caller(w.rep)).await.is_err(), "nothing comes to a file that was given up");
        } else {
            writer.finish(&w.caller(w.rep)).await.unwrap();
            Box::pin(take(w, id)).await;
        }
    }
    Box::pin(w.store.sweep_exports(w.now())).await.unwrap();
}

async fn take(w: &World, id: u8) {
    let op = DownloadExport { id: JobId::from_bytes([id; 16]) };
    let mut reader = w.store.download_export(system(w, w.rep, op).await).await.unwrap().into_inner();
    let mut bytes = 0;
    while let Some(part) = reader.next().await.unwrap() {
        bytes += part.len();
    }
    assert_eq!(bytes, 300_000);
}

/// A rule that tells a system outside of every new customer.
async fn automation(w: &World) {
    let label = || Text::new("系统", "ERP");
    let hook = Hook { name: "erp".into(), label: label(), url: "https://erp.example.com/".into(), on: true };
    let hooks = vec![HookChange { hook, renew: false }];
    let op = ChangeHooks { hosts: vec![], hooks, note: Note::default() };
    w.store.change_hooks(system(w, w.admin, op).await).await.unwrap();
    let rule = Automation {
        name: "tell".into(),
        label: label(),
        object: "customer".parse().unwrap(),
        on: true,
        when: Trigger::Created {},
        only: None,
        then: vec![Effect::Webhook { to: "erp".into() }],
    };
    let op = ChangeAutomations { rules: vec![rule], note: Note::default() };
    w.store.change_automations(system(w, w.admin, op).await).await.unwrap();
}

/// A shipped rule that is switched and switched back.
async fn rule(w: &World, round: u8) {
    let name = "volume-prints-hour".to_owned();
    let base = i64::from(round) - 1;
    let state = if round % 2 == 1 { RuleState::Off } else { RuleState::On };
    let item = RuleItem { text: None, state, severity: Some(model::Severity::Low), filters: vec![] };
    let op = ChangeRule { name, base, item, reason: format!("{round}"), note: Note::default() };
    w.store.change_rule(system(w, w.security, op).await).await.unwrap();
}

/// Some of everything. Twice, so that rows have a before.
pub async fn work(w: &World, round: u8) {
    Box::pin(automation(w)).await;
    Box::pin(rule(w, round)).await;
    let department = CreateDepartment { name: format!("部门{round}"), parent: None, note: Note::default() };
    w.store.create_department(system(w, w.admin, department).await).await.unwrap();
    let object = ChangeObject {
        object: "contact".parse().unwrap(),
        label: Some(Text::new(format!("联系人{round}"), "Contact")),
        title_field: None,
        has_pool: None,
        order: None,
        layout: None,
        approval: None,
        required_if: None,
        checks: None,
        card: None,
        note: Note::default(),
    };
    w.store.change_object(system(w, w.admin, object).await).await.unwrap();
    let rules = SessionRules { idle_minutes: 30 + u32::from(round), absolute_hours: 12 };
    let change = SettingsChange { session: Some(rules), ..SettingsChange::default() };
    w.store.change_settings(system(w, w.admin, ChangeSettings { change, note: Note::default() }).await).await.unwrap();
    let grant = TemporaryGrant {
        user: w.rep,
        objects: model::ObjectSelect::Any,
        what: model::What::Operations([model::Action::Print].into()),
        scope: model::Scope::All,
        when: vec![],
        valid_until: w.now().plus_days(10),
        title: Text::new("临时", "temporary"),
    };
    let op = GrantTemporarily { grant, reason: "drill".into(), note: Note::default() };
    w.store.grant_temporarily(system(w, w.security, op).await).await.unwrap();

    let first = sign_in(w, None).await;
    let second = sign_in(w, Some(first.secret.expose())).await;
    for ends in [false, true] {
        let mut caller = w.caller(w.admin);
        caller.session = Some(second.session);
        let token = NewToken {
            name: format!("t{round}"),
            actions: Some([model::Action::AuditRead].into()),
            expires_at: caller.at.plus_days(30),
            service: None,
        };
        let op = CreateToken { token, note: Note::default() };
        let grant = w.store.gate().admit_system(&caller, op).await.unwrap();
        let (token, _) = w.store.create_token(grant).await.unwrap().into_inner();
        if ends {
            let grant = w.store.gate().admit_system(&caller, RevokeToken { token }).await.unwrap();
            w.store.revoke_token(grant).await.unwrap();
        }
    }
    for n in 0..2 {
        let key = format!("k{round}{n}");
        let begun = w.store.idempotency_begin(w.rep, &key, b"request", w.now()).await.unwrap();
        if let (0, store::idempotency::Begun::New(attempt)) = (n, begun) {
            w.store.idempotency_end(attempt, 201, b"{}".to_vec()).await.unwrap();
        }
    }
    let mut made = vec![];
    for n in 0..3 {
        let number = format!("{round}{n}");
        let values =
            json!({ "name": format!("客户{number}"), "phone": format!("138001380{number}"), "tax_no": number });
        made.push(w.create("customer", values).await);
    }
    w.create("contact", json!({ "customer": made[0], "name": "张三" })).await;
    let edit = |id, version| EditRecord {
        object: "customer".parse().unwrap(),
        id,
        version,
        values: json!({ "notes": format!("n{round}") }).as_object().unwrap().clone(),
    };
    w.store.edit(w.records(w.rep, edit(made[0], 1)).await.unwrap()).await.unwrap();
    share(w, made[0]).await;
    share(w, made[1]).await;
    import(w, &[&format!("甲{round}"), &format!("乙{round}")]).await;
    // A rerun that changes nothing.
    import(w, &[&format!("甲{round}")]).await;
    for user in [w.rep, w.other_rep] {
        let view = NewView { name: format!("视图{round}"), shared: [].into(), preset: false, look: Look::default() };
        let op = SaveView { object: "customer".parse().unwrap(), id: None, view };
        w.store.save_view(w.system(user, op).await.unwrap()).await.unwrap();
    }
    let hold = PlaceHold { customer: made[1], reason: "case".into() };
    w.store.place_hold(system(w, w.security, hold).await).await.unwrap();
    let hold = PlaceHold { customer: made[0], reason: "case".into() };
    let hold = w.store.place_hold(system(w, w.security, hold).await).await.unwrap().into_inner();
    let release = ReleaseHold { id: hold, customer: made[0], reason: "over".into() };
    w.store.release_hold(system(w, w.security, release).await).await.unwrap();
    // Two that stay, one that is taken away, one that goes with its customer.
    for (n, record) in [made[0], made[1], made[0], made[2]].into_iter().enumerate() {
        let added = Box::pin(attachments::add(w, "customer", record, round * 10 + n as u8)).await;
        added.unwrap();
    }
    Box::pin(attachments::remove(w, "customer", made[0], round * 10 + 2)).await.unwrap();
    Box::pin(super::super::erase::erase(w, made[2])).await.unwrap();
    w.store.export_begin(w.records(w.rep, export(10 + round)).await.unwrap()).await.unwrap();
    Box::pin(files(w, round)).await;
    for record in [made[0], made[1], RecordId::from_bytes([round; 16])] {
        Box::pin(super::super::requests::ask(w, w.other_rep, record, false)).await.unwrap();
    }
    let waiting = super::super::requests::inbox(w, w.rep).await;
    let wanted = waiting.iter().find(|r| r.wanted.record() == Some(made[1])).unwrap();
    Box::pin(super::super::requests::decide(w, w.rep, wanted.id, 1, true)).await.unwrap();
    Box::pin(begin_handover(w, round)).await;
    for record in [made[0], made[1]] {
        let id = super::super::comments::say(w, w.rep, record, &format!("评论{round}")).await.unwrap();
        super::super::comments::edit(w, w.rep, record, id, &format!("改过{round}")).await.unwrap_or_default();
    }
    // What waits for the owner of the records asked for; and one of theirs that was read.
    super::super::mail::begin(w, w.rep).await;
    // Later than the wish for mail.
    w.store.tell_due(store::notices::Due::Requests, w.caller(w.admin).at).await.unwrap();
    let soon = w.now().plus_seconds(90);
    assert_eq!(w.store.draft_mails(soon).await.unwrap(), 1);
    let told = super::super::notices::notices(w, w.rep).await;
    super::super::notices::read(w, w.rep, Some(told[0].id)).await.unwrap();
    // Alerts that go out: one is told later.
    super::super::channels::begin(w).await;
    let alerts = [round * 2, round * 2 + 1].map(|n| super::super::channels::alert(w, n, w.rep, model::Severity::High));
    assert_eq!(w.store.tell_alerts(&alerts, w.now()).await.unwrap(), 2);
    // A file of another system's log, with a line that cannot be read.
    super::super::feeds::work(w, round).await;
    // A look of the house at itself, and something that is put up with.
    super::super::posture::work(w).await;
    // An audit report; courses, vulnerabilities, access reviews.
    super::super::reports::work(w).await;
    super::super::training::work(w, round).await;
    super::super::courses::work(w, round).await;
    super::super::findings::work(w, round).await;
    super::super::reviews::work(w).await;
    super::super::leavers::work(w, round).await;
    super::super::assessments::work(w, round).await;
    // Another of one customer, with what hangs on it; a job that ended and one that runs.
    let boss = Box::pin(super::super::merge::director(w, "boss")).await;
    let again = w.create("customer", json!({ "name": format!("又{round}") })).await;
    w.create("contact", json!({ "customer": again, "name": "李四" })).await;
    let op = MergeRecords {
        object: "customer".parse().unwrap(),
        into: made[0],
        version: 2,
        from: vec![(again, 1)],
        choose: access::path::Choose::new(),
        reason: "drill".into(),
    };
    Box::pin(super::super::merge::merged(w, boss, op)).await.unwrap();
    // One more, that is taken back.
    let other = w.create("customer", json!({ "name": format!("再{round}") })).await;
    let op = MergeRecords {
        object: "customer".parse().unwrap(),
        into: made[0],
        version: 3,
        from: vec![(other, 1)],
        choose: access::path::Choose::new(),
        reason: "drill".into(),
    };
    Box::pin(super::super::merge::merged(w, boss, op)).await.unwrap();
    Box::pin(super::super::merge::undone(w, boss, made[0], 4, 4)).await.unwrap();
    Box::pin(super::super::jobs::work(w, boss, [made[0], made[1]])).await;
    Box::pin(super::super::bulk::work(w, boss)).await;
    // Two who try doors that are not theirs.
    for who in [w.other_rep, w.rep] {
        super::super::watch::probe(w, who, 100).await;
    }
    super::super::watch::follow(w).await;
    Box::pin(super::super::cases::work(w, round)).await;
    // Something taken for a time, and a decoy.
    use model::response::ResponseKind::{NoExport, StepUp, Throttle};
    // Another in each round: the same is not taken twice.
    let kind = [NoExport, StepUp, Throttle][usize::from(round % 3)];
    let wanted = super::super::responses::wanted(w.auditor, kind);
    Box::pin(super::super::responses::take(w, w.security, wanted)).await.unwrap();
    Box::pin(super::super::canaries::plant(w, w.security, 1, None)).await.unwrap();
    w.publisher.publish_once(w.now()).await.unwrap();
}

/// Somebody who has a part in a record leaves; it goes on later.
async fn begin_handover(w: &World, round: u8) {
    let user = w.sales_rep(&format!("leaver{round}")).await;
    let wanted = Wanted {
        rules: vec![],
        others: Receiver::Users(vec![w.other_rep]),
        shares: SharesAfter::End,
        reports_to: None,
    };
    let op = BeginHandover { user, wanted, note: Note::default() };
    w.store.begin_handover(system(w, w.admin, op).await).await.unwrap();
}

/// What makes older rows of the first round differ from those of now.
pub async fn go_on(w: &World) {
    super::super::watch::close_one(w).await;
    super::super::watch::follow(w).await;
    let due = w.store.due_deliveries(w.now()).await.unwrap();
    let told = Attempt { status: Some(204), error: None };
    w.store.attempted(due[0].id, told, w.now()).await.unwrap();
    let mails = w.store.due_mails(super::super::mail::URL, w.now().plus_days(1)).await.unwrap();
    let taken = store::mail::Carried { error: None, code: Some(250), answer: String::new() };
    for mail in mails {
        w.store.attempted_mail(mail.id, &taken, w.now()).await.unwrap();
    }
    super::super::channels::send(w).await;
    Box::pin(take(w, 41)).await;
    let waiting = super::super::requests::inbox(w, w.rep).await;
    Box::pin(super::super::requests::decide(w, w.rep, waiting[0].id, waiting[0].version.unwrap(), false))
        .await
        .unwrap();
    super::super::notices::read(w, w.rep, None).await.unwrap();
    let sql = "SELECT record, id, version FROM comment ORDER BY id LIMIT 1";
    let row = &w.base.database().read(Query::new(sql, vec![])).await.unwrap()[0];
    let (record, id) = (row.record(0).unwrap(), model::CommentId::from_bytes(row.id(1).unwrap()));
    super::super::comments::strike(w, w.rep, record, id, row.int(2).unwrap()).await.unwrap();
    Box::pin(w.store.resume_handovers(&testkit::FixedClock(w.caller(w.admin).at))).await.unwrap();
    let customers = "SELECT id, version FROM record WHERE object = 'customer' AND owner IS NOT NULL ORDER BY id";
    let rows = w.base.database().read(Query::new(customers, vec![])).await.unwrap();
    for (n, row) in rows.iter().enumerate() {
        let (id, version) = (row.record(0).unwrap(), row.int(1).unwrap());
        let object = || "customer".parse().unwrap();
        if n == 0 {
            // Its shares end with it.
            let op = TransferRecord { object: object(), id, version, to: TransferTo::User(w.rep), with_related: true };
            w.store.transfer(w.records(w.rep, op).await.unwrap()).await.unwrap();
        } else {
            let values = json!({ "notes": "later" }).as_object().unwrap().clone();
            let op = EditRecord { object: object(), id, version, values };
            w.store.edit(w.records(w.rep, op).await.unwrap()).await.unwrap();
        }
    }
}
