//! What a case gathers and what is given out of it: its files, and the document whose digest the log holds.

use access::path::{Disclosed, Refusal};
use ledger::check_evidence;
use ledger::log_check::Verdict as Checked;
use model::case::{Act, Severity, Verdict};
use model::{Action, CaseId, EventId, FileId, FileKind, UnixMs, UserId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::cases::{AttachToCase, CaseReport, ExportCase, HistoryOfCase, ProveReport, ReportCase, TakeCaseFile};
use store::documents::{NotPrinted, Printed};

use super::cases::{act, close, events_of, officer, open, show};
use super::house::code;
use super::requests::clean;
use super::world::{World, key};

/// Never found in the database's own files.
const CANARY: &str = "红色的狐狸在看书";

/// Of the year 2023, so that a sweep takes it for old.
fn file(n: u8) -> FileId {
    FileId::new(UnixMs(1_700_000_000_000), [n; 10])
}

pub async fn attach(w: &World, who: UserId, id: CaseId, (n, name): (u8, &str), bytes: &[u8]) -> Result<i64, Refusal> {
    let version = show(w, w.auditor, id).await?.version;
    // The drill's are of now.
    let file = if n >= 100 { FileId::new(w.now(), [n; 10]) } else { file(n) };
    let op = AttachToCase { id, version, file, name: name.into(), length: None };
    let mut upload = w.store.attach_to_case(w.system(who, op).await?).await?;
    for piece in bytes.chunks(70_000) {
        if let Err(refusal) = upload.put(piece).await {
            return Err(upload.refuse(refusal).await);
        }
    }
    upload.finish().await.map(Disclosed::into_inner)
}

async fn take(w: &World, who: UserId, id: CaseId, n: u8) -> Result<Vec<u8>, Refusal> {
    let op = TakeCaseFile { id, file: file(n) };
    let mut stream = w.store.take_case_file(w.system(who, op).await?).await?.into_inner();
    let mut bytes = vec![];
    while let Some(part) = stream.next().await? {
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

fn content() -> Vec<u8> {
    let mut bytes = CANARY.as_bytes().to_vec();
    bytes.resize(600_000, 7);
    bytes.extend_from_slice(CANARY.as_bytes());
    bytes
}

#[tokio::test]
async fn a_file_of_a_case_is_sealed_taken_on_record_and_stays() {
    let w = World::new().await;
    let zhao = officer(&w, "zhao", None).await;
    let id = open(&w, w.security, w.rep, Severity::Low, vec![]).await.unwrap();
    let name = format!("../{CANARY}.pdf");
    attach(&w, w.security, id, (1, &name), &content()).await.unwrap();
    let view = show(&w, zhao, id).await.unwrap();
    let (entry, _) = view.timeline.last().unwrap();
    let Act::Attach { file: note } = &entry.act else { panic!("{entry:?}") };
    assert_eq!((note.name.as_str(), note.kind, note.bytes), (&*format!("{CANARY}.pdf"), FileKind::Other, 600_024));
    assert_eq!(note.sha256, hex(&Sha256::digest(content())));

    // By who handles or reads the case, on record each time; for others it is not there.
    assert_eq!(take(&w, zhao, id, 1).await.unwrap(), content());
    assert_eq!(take(&w, w.auditor, id, 1).await.unwrap(), content());
    assert_eq!(code(take(&w, zhao, id, 2).await), "not found");
    assert!(take(&w, w.rep, id, 1).await.is_err() && take(&w, w.admin, id, 1).await.is_err());
    assert_eq!(code(attach(&w, w.auditor, id, (2, "a.txt"), b"x").await), "not permitted");
    let lines = w.store.history_of_case(w.system(w.auditor, HistoryOfCase { id }).await.unwrap()).await.unwrap();
    let of = |act: &str| lines.get().iter().filter(|l| l.act == act).count();
    assert_eq!((of("case.file"), of("case.attach")), (5, 2), "refused ones are on record as well");

    // What is not taken leaves nothing behind.
    for (name, bytes, expected) in [
        ("a.exe", &b"x"[..], "file_type_refused"),
        ("a.txt", b"\x7fELF\x02", "file_type_refused"),
        ("a.txt", b"", "file_empty"),
        (" .. ", b"x", "invalid_value"),
    ] {
        assert_eq!(code(attach(&w, w.security, id, (3, name), bytes).await), expected, "{name}");
    }
    let large = vec![1; (20 << 20) + 1];
    assert_eq!(code(attach(&w, w.security, id, (3, "a.bin"), &large).await), "file_too_large");
    let parts = async || w.number("SELECT COUNT(*) FROM case_attachment_part").await;
    assert_eq!(parts().await, 3);
    let stale = AttachToCase { id, version: 1, file: file(4), name: "a".into(), length: None };
    assert!(matches!(
        w.store.attach_to_case(w.system(w.security, stale).await.unwrap()).await.err(),
        Some(Refusal::Conflict)
    ));

    // An upload that broke off is swept, the file that is there is not.
    let version = show(&w, zhao, id).await.unwrap().version;
    let op = AttachToCase { id, version, file: file(5), name: "a".into(), length: None };
    let mut broken = w.store.attach_to_case(w.system(w.security, op).await.unwrap()).await.unwrap();
    broken.put(&content()).await.unwrap();
    assert_eq!(parts().await, 5);
    assert_eq!(w.store.sweep_case_files(w.now()).await.unwrap(), 1);
    drop(broken);
    assert_eq!((parts().await, w.store.sweep_case_files(w.now()).await.unwrap()), (3, 0));

    // It is in the case file, whole; the case's digest in the log covers its own.
    let grant = w.system(w.auditor, ExportCase { id, reason: "r".into() }).await.unwrap();
    let taken = w.store.export_case(grant, &w.publisher).await.unwrap().into_inner();
    assert_eq!(taken.files.len(), 1);
    assert_eq!(taken.files[0].1, content());
    assert!(String::from_utf8_lossy(&taken.body).contains(&hex(&Sha256::digest(content()))));
    let sealed = w.bytes("SELECT body FROM case_attachment_part").await;
    assert!(sealed.iter().all(|b| !b.windows(CANARY.len()).any(|part| part == CANARY.as_bytes())));
    clean(&w).await;

    // A closed case takes no more, and gives what it has.
    act(&w, w.security, id, close(Verdict::Expected)).await.unwrap();
    assert_eq!(code(attach(&w, w.security, id, (6, "a.txt"), b"x").await), "case_closed");
    assert_eq!(take(&w, zhao, id, 1).await.unwrap(), content());

    // What an administrator of the database does to it is found.
    w.tamper("UPDATE case_attachment_part SET n = n + 10 WHERE n = 1");
    assert!(take(&w, zhao, id, 1).await.is_err(), "half a file is none");
    let (_, state) = w.store.examine(w.now()).await.unwrap();
    let found: Vec<_> = state.findings.iter().map(|f| (f.table, f.problem)).collect();
    let table = "case_attachment_part";
    assert_eq!(found, [(table, "missing"), (table, "not_on_record")]);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The report as the printer got it.
async fn print(w: &World, who: UserId, id: CaseId) -> Result<(EventId, Printed, Value), Refusal> {
    let op = ReportCase { id, reason: "年度审计".into(), language: "zh" };
    let said = std::sync::Arc::new(std::sync::Mutex::new(Value::Null));
    let heard = said.clone();
    let printer = move |report: &CaseReport| {
        *heard.lock().unwrap() = json!({
            "text": format!("{report:?}"), "size": report.head.size, "root": report.head.root, "digest": report.digest,
            "history": report.history.iter().map(|h| h.index).collect::<Vec<_>>(),
        });
        Ok(Printed { bytes: format!("%PDF {report:?}").into_bytes(), pages: 2 })
    };
    let done = w.store.report_case(w.system(who, op).await?, &w.publisher, printer).await?;
    let event = done.event();
    let said = said.lock().unwrap().clone();
    Ok((event, done.into_inner(), said))
}

#[tokio::test]
async fn a_document_is_held_by_the_event_that_it_was_given_out_with() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    w.view(w.rep, customer).await.unwrap();
    let seen = events_of(&w, w.rep, Action::View).await;
    let id = open(&w, w.security, w.rep, Severity::High, seen).await.unwrap();

    // Who it is about is told only to those who had it shown.
    let (event, printed, said) = print(&w, w.auditor, id).await.unwrap();
    let text = said["text"].as_str().unwrap();
    assert!(text.contains("K-") && !text.contains("WANG") && !text.contains(&w.rep.to_string()), "{text}");
    act(&w, w.security, id, Act::Reveal { reason: "须与其主管谈话".into() }).await.unwrap();
    let (_, _, shown) = print(&w, w.security, id).await.unwrap();
    assert!(shown["text"].as_str().unwrap().contains("WANG"));

    // Its proof stands by itself, tells the digest of these very bytes, and a head that covers all the document says.
    let op = ProveReport { id, event };
    let grant = w.system(w.security, op).await.unwrap();
    let (evidence, altered) = w.store.prove_report(grant, &w.publisher).await.unwrap().into_inner();
    assert_eq!(altered, 0);
    assert_eq!(check_evidence(&evidence, &[key().verifier().clone()]).verdict, Checked::Ok);
    assert_eq!(evidence.events.len(), 1);
    let told = &evidence.events[0].actor.as_ref().unwrap().body["detail"]["report"];
    assert_eq!(told["sha256"], json!(hex(&Sha256::digest(&printed.bytes))));
    assert_eq!((&told["of"], &told["id"], &told["pages"]), (&json!("case"), &json!(id), &json!(2)));
    assert_eq!((&told["head"]["size"], &told["head"]["root"]), (&said["size"], &said["root"]));
    let newest = said["history"].as_array().unwrap().iter().filter_map(Value::as_i64).max().unwrap();
    assert!(told["head"]["size"].as_i64().unwrap() > newest);
    assert!(told["head"]["size"].as_u64().unwrap() <= evidence.events[0].index);

    // Only of a document of this case, and only to who may take one.
    let other = open(&w, w.security, w.other_rep, Severity::Low, vec![]).await.unwrap();
    let op = ProveReport { id: other, event };
    assert_eq!(code(w.store.prove_report(w.system(w.auditor, op).await.unwrap(), &w.publisher).await), "not found");
    assert!(print(&w, w.rep, id).await.is_err() && print(&w, w.admin, id).await.is_err());
    let lines = w.store.history_of_case(w.system(w.auditor, HistoryOfCase { id }).await.unwrap()).await.unwrap();
    assert_eq!(lines.get().iter().filter(|l| l.act == "case.report" && l.decision == "allowed").count(), 2);

    // What cannot be printed is refused and recorded, and nothing is told of a document.
    for (error, expected) in
        [(NotPrinted::TooLong, "report_too_long"), (NotPrinted::Broken("ink".into()), "stored data cannot be opened")]
    {
        let op = ReportCase { id, reason: "r".into(), language: "en" };
        let grant = w.system(w.auditor, op).await.unwrap();
        let done = w.store.report_case(grant, &w.publisher, move |_| Err(error)).await;
        assert_eq!(code(done), expected);
    }
    let op = ReportCase { id, reason: " ".into(), language: "en" };
    let grant = w.system(w.auditor, op).await.unwrap();
    let done = w.store.report_case(grant, &w.publisher, |_| Err(NotPrinted::TooLong)).await;
    assert!(matches!(done, Err(Refusal::Invalid(_))));
    clean(&w).await;
}
