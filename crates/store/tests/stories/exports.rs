//! The rows that one person may export in a day.

use access::path::{Disclosed, Refusal};
use model::JobId;
use store::company::Note;
use store::exports::{AskFile, ChangeExportRules, ExportFile, ExportRules, ExportState};
use store::records::ListRecords;

use super::house::code;
use super::requests::{clean, decide, inbox, manages};
use super::world::World;

async fn rules(w: &World, rules: ExportRules) {
    let op = ChangeExportRules { rules, note: Note::default() };
    w.store.change_export_rules(w.system(w.admin, op).await.unwrap()).await.unwrap();
}

async fn ask(w: &World, n: u8) -> Result<ExportFile, Refusal> {
    let question = ListRecords {
        object: "customer".parse().unwrap(),
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 100,
        cursor: None,
    };
    let id = JobId::from_bytes([n; 16]);
    let op = AskFile { id, question, format: "csv".into(), language: "zh".into(), note: Note::default() };
    let asked = w.store.ask_file(w.records(w.rep, op).await?).await.map(Disclosed::into_inner)?;
    Ok(asked.0)
}

#[tokio::test]
async fn exports_that_begin_at_once_share_the_rows_of_the_day() {
    let w = World::new().await;
    w.customer("甲", "13800138000").await;
    w.customer("乙", "13800138001").await;
    rules(&w, ExportRules { rows_per_day: Some(5), ..ExportRules::default() }).await;
    // Two rows each: two of the four find room, whichever they are.
    let (a, b, c, d) = tokio::join!(ask(&w, 1), ask(&w, 2), ask(&w, 3), ask(&w, 4));
    let all = [a, b, c, d].map(code);
    assert_eq!(all.iter().filter(|c| *c == "ok").count(), 2, "{all:?}");
    assert_eq!(all.iter().filter(|c| *c == "export_quota").count(), 2, "{all:?}");
    assert_eq!(code(ask(&w, 5).await), "export_quota");
    clean(&w).await;
}

#[tokio::test]
async fn a_refused_export_takes_no_rows_of_the_day() {
    let w = World::new().await;
    w.customer("甲", "13800138000").await;
    manages(&w, w.other_rep, w.rep).await;
    rules(&w, ExportRules { rows_per_day: Some(1), approve_above: Some(0), ..ExportRules::default() }).await;
    assert_eq!(ask(&w, 1).await.unwrap().state, ExportState::Waiting);
    assert_eq!(code(ask(&w, 2).await), "export_quota", "one that waits has its rows reserved");
    let asked = inbox(&w, w.other_rep).await.remove(0);
    decide(&w, w.other_rep, asked.id, asked.version.unwrap(), false).await.unwrap();
    assert_eq!(ask(&w, 3).await.unwrap().state, ExportState::Waiting);
    // Nor does one that nobody decided about in time.
    w.pass_days(15);
    assert_eq!(ask(&w, 4).await.unwrap().state, ExportState::Waiting);
    clean(&w).await;
}
