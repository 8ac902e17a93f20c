//! Files that records carry: sealed, given back as they came, gone with their record and their customer.

use access::path::{Disclosed, Refusal};
use model::policy::{Effect, FieldSelect, MatrixRow, ObjectSelect, Principals, What};
use model::{FieldDef, FieldKind, FieldLevel, FileId, RecordId, Scope, Sensitivity, Text};
use serde_json::json;
use store::Dialect;
use store::attachments::{AttachFile, CountMisfits, FileView, ListFiles, Misfits, RemoveFile, TakeFile};
use store::company::{AddField, ChangeField, FieldChange, FileLimits, Note, PublishPolicy};
use store::hold::PlaceHold;
use store::records::{DeleteRecord, EditRecord};

use super::erase::erase;
use super::fields::plain;
use super::world::World;

/// Never found in the database's own files.
const CANARY: &str = "蓝色的鲸鱼在唱歌";

pub fn file(n: u8) -> FileId {
    // Of the year 2023, so that a sweep takes it for old.
    FileId::new(model::UnixMs(1_700_000_000_000), [n; 10])
}

/// More than a part, and its end differs from its beginning.
pub fn content(n: u8) -> Vec<u8> {
    let mut bytes = CANARY.as_bytes().to_vec();
    bytes.resize(300_000, n);
    bytes.extend_from_slice(CANARY.as_bytes());
    bytes
}

pub async fn add(w: &World, object: &str, id: RecordId, n: u8) -> Result<Disclosed<FileView>, Refusal> {
    add_to(w, object, id, n, None).await
}

pub async fn add_to(
    w: &World,
    object: &str,
    id: RecordId,
    n: u8,
    field: Option<&str>,
) -> Result<Disclosed<FileView>, Refusal> {
    let name = format!("{CANARY}{n}.bin");
    let field = field.map(|f| f.parse().unwrap());
    let op = AttachFile { object: object.parse().unwrap(), id, file: file(n), name, length: None, field };
    let mut upload = Box::pin(w.store.attach(w.records(w.rep, op).await?)).await?;
    for piece in content(n).chunks(70_000) {
        upload.put(piece).await.unwrap();
    }
    Box::pin(upload.finish()).await
}

pub async fn take(w: &World, user: model::UserId, object: &str, id: RecordId, n: u8) -> Result<Vec<u8>, Refusal> {
    let op = TakeFile { object: object.parse().unwrap(), id, file: file(n) };
    let mut stream = w.store.take_file(w.records(user, op).await?).await?.into_inner();
    let mut bytes = vec![];
    while let Some(part) = stream.next().await? {
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

pub async fn remove(w: &World, object: &str, id: RecordId, n: u8) -> Result<(), Refusal> {
    let op = RemoveFile { object: object.parse().unwrap(), id, file: file(n) };
    Box::pin(w.store.remove_file(w.records(w.rep, op).await?)).await.map(|_| ())
}

async fn parts(w: &World) -> i64 {
    w.number("SELECT COUNT(*) FROM attachment_part").await
}

async fn clean(w: &World) {
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    assert!(state.is_clean(), "{:?}", state.findings);
}

#[tokio::test]
async fn a_file_is_sealed_given_back_whole_and_gone_with_its_record_or_its_customer() {
    let w = World::new().await;
    let customer = w.customer("甲公司", "13800138000").await;
    let contact = w.create("contact", serde_json::json!({ "customer": customer, "name": "张三" })).await;
    let added = add(&w, "customer", customer, 1).await.unwrap().into_inner();
    assert_eq!(added.bytes, content(1).len() as u64);
    for n in [2, 3] {
        add(&w, "contact", contact, n).await.unwrap();
    }
    assert_eq!(parts(&w).await, 6);
    assert_eq!(take(&w, w.rep, "customer", customer, 1).await.unwrap(), content(1));
    assert!(!w.on_disk(CANARY.as_bytes()), "neither the name nor the content lies in the clear");
    // A file of another record is not there, nor is one of somebody else's.
    assert!(matches!(take(&w, w.rep, "customer", customer, 2).await, Err(Refusal::NotFound)));
    assert!(matches!(take(&w, w.other_rep, "customer", customer, 1).await, Err(Refusal::NotFound)));
    clean(&w).await;

    remove(&w, "contact", contact, 2).await.unwrap();
    assert_eq!(parts(&w).await, 4);
    assert!(matches!(remove(&w, "contact", contact, 2).await, Err(Refusal::NotFound)));
    let op = DeleteRecord { object: "contact".parse().unwrap(), id: contact, version: 1 };
    Box::pin(w.store.delete(w.records(w.rep, op).await.unwrap())).await.unwrap();
    assert_eq!(parts(&w).await, 2, "of the deleted record nothing is left");
    clean(&w).await;

    let hold = PlaceHold { customer, reason: "case".into() };
    let hold = w.store.place_hold(w.system(w.security, hold).await.unwrap()).await.unwrap().into_inner();
    let held = remove(&w, "customer", customer, 1).await.unwrap_err();
    assert!(matches!(held, Refusal::Barred { code: "legal_hold", .. }), "{held}");
    let release = store::hold::ReleaseHold { id: hold, customer, reason: "over".into() };
    w.store.release_hold(w.system(w.security, release).await.unwrap()).await.unwrap();

    let needles = w.bytes("SELECT body FROM attachment_part").await;
    assert!(needles.iter().all(|n| w.on_disk(&n[..64])), "on disk before");
    Box::pin(erase(&w, customer)).await.unwrap();
    assert_eq!((parts(&w).await, w.number("SELECT COUNT(*) FROM attachment").await), (0, 0));
    if w.base.database().dialect() == Dialect::Sqlite {
        assert!(needles.iter().all(|n| !w.on_disk(&n[..64])), "and not after");
    }
    clean(&w).await;
}

#[tokio::test]
async fn a_broken_upload_leaves_nothing() {
    let w = World::new().await;
    let customer = w.customer("甲公司", "13800138000").await;
    let begin = async |n: u8| {
        let op = AttachFile {
            object: "customer".parse().unwrap(),
            id: customer,
            file: file(n),
            name: "a".into(),
            length: None,
            field: None,
        };
        let mut upload = Box::pin(w.store.attach(w.records(w.rep, op).await.unwrap())).await.unwrap();
        upload.put(&content(n)).await.unwrap();
        upload
    };
    // The process died: nobody ended it.
    drop(begin(1).await);
    assert_eq!(parts(&w).await, 1);
    clean(&w).await;
    assert_eq!(w.store.sweep_files(w.now()).await.unwrap(), 1);
    // The client went away.
    begin(2).await.refuse(Refusal::invalid("body", "broken", "broken")).await;
    // The customer was erased before the file was whole.
    let late = begin(3).await;
    Box::pin(erase(&w, customer)).await.unwrap();
    assert!(matches!(Box::pin(late.finish()).await, Err(Refusal::Conflict)));
    assert_eq!((parts(&w).await, w.store.sweep_files(w.now()).await.unwrap()), (0, 0));
    clean(&w).await;
}

#[tokio::test]
async fn who_may_not_take_a_file_is_told_that_it_is_there_and_not_its_name() {
    let w = World::new().await;
    let customer = w.customer("甲公司", "13800138000").await;
    add(&w, "customer", customer, 1).await.unwrap();
    let list = async |user| {
        let op = ListFiles { object: "customer".parse().unwrap(), id: customer };
        Ok::<_, Refusal>(w.store.list_files(w.records(user, op).await?).await?.into_inner())
    };
    let own = list(w.rep).await.unwrap();
    assert!(own.may_add && own.files[0].takeable && own.files[0].removable);
    assert_eq!(own.files[0].note.as_ref().unwrap().name, format!("{CANARY}1.bin"));
    assert!(matches!(list(w.other_rep).await, Err(Refusal::NotFound)));
    for duty in [w.admin, w.security, w.auditor] {
        assert!(matches!(list(duty).await, Err(Refusal::Forbidden { .. } | Refusal::NotFound)));
    }
    // A row that was altered beside the program is as if it were not there, and doctor names it.
    w.tamper("UPDATE attachment SET added_at = added_at + 1");
    assert!(list(w.rep).await.unwrap().files.is_empty());
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    assert!(state.findings.iter().any(|f| f.table == "attachment" && f.problem == "seal"), "{:?}", state.findings);
}

async fn define(w: &World, object: &str, field: FieldDef) {
    let op = AddField { object: object.parse().unwrap(), field };
    w.store.add_field(w.system(w.admin, op).await.unwrap()).await.unwrap();
}

/// The files as somebody is shown them: of which field, whether with a name, whether to be taken and taken away.
async fn listed(w: &World, object: &str, id: RecordId) -> Vec<(Option<String>, bool, bool, bool)> {
    let op = ListFiles { object: object.parse().unwrap(), id };
    let list = w.store.list_files(w.records(w.rep, op).await.unwrap()).await.unwrap().into_inner();
    let told = |f: &FileView| (f.field.as_ref().map(|n| n.to_string()), f.note.is_some(), f.takeable, f.removable);
    list.files.iter().map(told).collect()
}

#[tokio::test]
async fn a_file_of_a_field_is_there_for_whom_the_field_is() {
    let w = World::new().await;
    let customer = w.customer("甲公司", "13800138000").await;
    let kind = FieldKind::Attachment { max: 2, types: vec!["bin".into()] };
    define(&w, "customer", FieldDef { kind, ..plain("scan") }).await;
    add(&w, "customer", customer, 1).await.unwrap();
    add_to(&w, "customer", customer, 2, Some("scan")).await.unwrap();
    add_to(&w, "customer", customer, 3, Some("scan")).await.unwrap();
    let of_scan = |name, takeable, removable| (Some("scan".to_owned()), name, takeable, removable);
    let all = vec![(None, true, true, true), of_scan(true, true, true), of_scan(true, true, true)];
    assert_eq!(listed(&w, "customer", customer).await, all);
    assert_eq!(take(&w, w.rep, "customer", customer, 2).await.unwrap(), content(2));
    let full = add_to(&w, "customer", customer, 4, Some("scan")).await.map(|_| ()).unwrap_err();
    assert!(matches!(full, Refusal::Barred { code: "too_many_files", .. }), "{full:?}");
    for (field, code) in [("name", "unknown_field"), ("none", "unknown_field")] {
        let refused = add_to(&w, "customer", customer, 5, Some(field)).await.map(|_| ()).unwrap_err();
        assert!(matches!(&refused, Refusal::Invalid(p) if p[0].code == code), "{refused:?}");
    }
    // It is no value: nobody writes one.
    let values = json!({ "scan": ["x"] }).as_object().unwrap().clone();
    let op = EditRecord { object: "customer".parse().unwrap(), id: customer, version: 1, values };
    let refused = w.store.edit(w.records(w.rep, op).await.unwrap()).await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, Refusal::Invalid(p) if p[0].code == "invalid_value"), "{refused:?}");

    // The field becomes a sensitive one, which the rep has masked: there are files, and no more is told or given.
    let change = FieldChange { class: Some(Sensitivity::Sensitive), ..FieldChange::default() };
    let note = Note::default();
    let op = ChangeField { object: "customer".parse().unwrap(), field: "scan".parse().unwrap(), change, note };
    w.store.change_field(w.system(w.admin, op).await.unwrap()).await.unwrap();
    let masked = vec![(None, true, true, true), of_scan(false, false, false), of_scan(false, false, false)];
    assert_eq!(listed(&w, "customer", customer).await, masked);
    let refused = take(&w, w.rep, "customer", customer, 2).await.unwrap_err();
    assert!(matches!(refused, Refusal::ForbiddenOnRecord { .. }), "{refused:?}");
    let refused = remove(&w, "customer", customer, 2).await.unwrap_err();
    assert!(matches!(refused, Refusal::ForbiddenOnRecord { .. }), "{refused:?}");
    let refused = add_to(&w, "customer", customer, 6, Some("scan")).await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, Refusal::Invalid(p) if p[0].code == "not_editable"), "{refused:?}");

    // Nobody may know of it any more: it is as if there were no such files.
    let mut policy = w.store.company().policy.policy.clone();
    let base = w.store.company().policy.version;
    policy.rows.push(MatrixRow {
        id: "no.scans".into(),
        effect: Effect::Forbid,
        who: Principals::Role("sales_rep".parse().unwrap()),
        objects: ObjectSelect::one(&"customer".parse().unwrap()),
        what: What::Fields { fields: FieldSelect::Named(["scan".parse().unwrap()].into()), level: FieldLevel::Masked },
        scope: Scope::All,
        when: vec![],
        valid_from: None,
        valid_until: None,
        title: Text::new("不看扫描件", "No scans"),
    });
    let op = PublishPolicy { base, policy, reason: "扫描件只由法务看".into(), note: Note::default() };
    w.store.publish_policy(w.system(w.security, op).await.unwrap()).await.unwrap();
    assert_eq!(listed(&w, "customer", customer).await, [(None, true, true, true)]);
    assert!(matches!(take(&w, w.rep, "customer", customer, 2).await, Err(Refusal::NotFound)));
    assert!(matches!(remove(&w, "customer", customer, 2).await, Err(Refusal::NotFound)));
    let refused = add_to(&w, "customer", customer, 7, Some("scan")).await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, Refusal::Invalid(p) if p[0].code == "unknown_field"), "{refused:?}");
    clean(&w).await;
}

#[tokio::test]
async fn a_required_file_is_asked_for_when_the_record_moves_on() {
    let w = World::new().await;
    let kind = FieldKind::Attachment { max: 1, types: vec![] };
    define(&w, "opportunity", FieldDef { kind, required: true, ..plain("brief") }).await;
    let customer = w.customer("甲公司", "13800138000").await;
    // There is nothing it could be added to before.
    let deal = json!({ "customer": customer, "name": "续约", "stage": "prospecting", "amount": 100 });
    let deal = w.create("opportunity", deal).await;
    let moves = async || {
        let values = json!({ "stage": "engaging" }).as_object().unwrap().clone();
        let op = EditRecord { object: "opportunity".parse().unwrap(), id: deal, version: 1, values };
        w.store.edit(w.records(w.rep, op).await.unwrap()).await.map(|_| ())
    };
    let refused = moves().await.unwrap_err();
    assert!(
        matches!(&refused, Refusal::Invalid(p) if p[0].code == "required_in_stage" && p[0].field == "brief"),
        "{refused:?}"
    );
    add_to(&w, "opportunity", deal, 1, Some("brief")).await.unwrap();
    moves().await.unwrap();
    clean(&w).await;
}

#[tokio::test]
async fn a_field_s_limits_are_narrowed_and_what_is_there_stays() {
    let w = World::new().await;
    let customer = w.customer("甲公司", "13800138000").await;
    let kind = FieldKind::Attachment { max: 3, types: vec![] };
    define(&w, "customer", FieldDef { kind, ..plain("scan") }).await;
    for n in 1..=2 {
        add_to(&w, "customer", customer, n, Some("scan")).await.unwrap();
    }
    add(&w, "customer", customer, 3).await.unwrap();
    let limits = |max, types: &[&str]| FileLimits { max, types: types.iter().map(|t| (*t).to_owned()).collect() };
    let count = async |field: &str, limits| {
        let op = CountMisfits { object: "customer".parse().unwrap(), field: field.parse().unwrap(), limits };
        w.store.count_misfits(w.system(w.admin, op).await.unwrap()).await.map(|m| m.into_inner())
    };
    let fits = Misfits { files: 2, other_types: 0, too_many: 0 };
    assert_eq!(count("scan", limits(2, &["bin"])).await.unwrap(), fits);
    assert_eq!(count("scan", limits(1, &["pdf"])).await.unwrap(), Misfits { other_types: 2, too_many: 1, ..fits });
    assert!(matches!(count("name", limits(1, &[])).await, Err(Refusal::Invalid(_))));
    assert!(matches!(count("none", limits(1, &[])).await, Err(Refusal::NotFound)));

    let narrow = async |field: &str, limits| {
        let change = FieldChange { files: Some(limits), ..FieldChange::default() };
        let (object, field) = ("customer".parse().unwrap(), field.parse().unwrap());
        let op = ChangeField { object, field, change, note: Note::default() };
        w.store.change_field(w.system(w.admin, op).await.unwrap()).await.map(|_| ())
    };
    assert!(matches!(narrow("scan", limits(0, &[])).await, Err(Refusal::Invalid(_))));
    assert!(matches!(narrow("name", limits(1, &[])).await, Err(Refusal::Invalid(_))));
    narrow("scan", limits(1, &["pdf"])).await.unwrap();
    assert_eq!(take(&w, w.rep, "customer", customer, 2).await.unwrap(), content(2));
    let refused = add_to(&w, "customer", customer, 4, Some("scan")).await.map(|_| ()).unwrap_err();
    assert!(matches!(refused, Refusal::Barred { code: "file_type_refused", .. }), "{refused:?}");
    narrow("scan", limits(3, &[])).await.unwrap();
    add_to(&w, "customer", customer, 4, Some("scan")).await.unwrap();
    clean(&w).await;
}
