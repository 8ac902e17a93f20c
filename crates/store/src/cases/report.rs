//! A case as a document 案件报告: what is printed of it, and the event that holds the document's digest.
//!
//! Rule: the document is made before its event and leaves after it, so that the event tells the digest of the very bytes that were
//! given out, and the head of the log that they were made from. Who it is about stands in it under the pseudonym, unless whoever
//! takes it has had the name shown.

use access::path::{Disclosed, Grant, Refusal};
use ledger::evidence::Evidence;
use model::case::FromAlert;
use model::{CaseId, EventId, Text, UnixMs};
use sha2::{Digest, Sha256};

use super::history::HistoryLine;
use super::read::CaseView;
use crate::Store;
use crate::audit::unpublished;
use crate::documents::{self, Given, MadeFrom, NotPrinted, Printed};
use crate::publish::Publisher;

/// Take a case as a document.
#[derive(Debug)]
pub struct ReportCase {
    pub id: CaseId,
    pub reason: String,
    /// `zh` or `en`.
    pub language: &'static str,
}

/// Take the proof of a document that was taken of a case: its event, as an evidence file.
#[derive(Debug)]
pub struct ProveReport {
    pub id: CaseId,
    pub event: EventId,
}

/// An alert of the case and why it fired.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertOfCase {
    pub from: FromAlert,
    /// As it was said then; `None` when the alert's row is not there any more.
    pub said: Option<(Text, Text)>,
}

/// All that a document says of a case.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseReport {
    pub view: CaseView,
    pub alerts: Vec<AlertOfCase>,
    /// What the log says of the case, in its order.
    pub history: Vec<HistoryLine>,
    /// The SHA-256 of what the case says, as its newest event tells it.
    pub digest: String,
    pub head: MadeFrom,
    pub made_at: UnixMs,
}

impl Store {
    /// Has the case printed by `print` and records the digest of what came of it, before it leaves. Printing takes processor time, on a
    /// thread of its own.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`] for the reason; [`Refusal::Barred`] `report_too_long`; [`Refusal::Damaged`]; recorded.
    pub async fn report_case(
        &self,
        grant: Grant<ReportCase>,
        publisher: &Publisher,
        print: impl FnOnce(&CaseReport) -> Result<Printed, NotPrinted> + Send + 'static,
    ) -> Result<Disclosed<Printed>, Refusal> {
        let made = async {
            let report = self.report_of(&grant, publisher).await?;
            let head = report.head.clone();
            Ok((head, documents::printed(move || print(&report)).await?))
        };
        let (head, file) = match made.await {
            Ok(made) => made,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let (id, language) = (grant.operation().id.to_string(), grant.operation().language);
        let told = documents::told(Given { of: "case", id: &id, format: "pdf", language, head: &head }, &file);
        self.end_telling(grant, vec![told], vec![], vec![], file).await
    }

    /// # Errors
    /// [`Refusal::NotFound`] when no such event of this case tells of a document; recorded.
    pub async fn prove_report(
        &self,
        grant: Grant<ProveReport>,
        publisher: &Publisher,
    ) -> Result<Disclosed<(Evidence, usize)>, Refusal> {
        let proved = async {
            let stored = self.case_for(grant.operation().id, grant.caller()).await?;
            let wanted = grant.operation().event;
            let about = self.events_about(stored.id, stored.case.opened_at).await?;
            let found = about.iter().find(|f| f.row.id == wanted && f.detail.get("report").is_some());
            let seq = found.ok_or(Refusal::NotFound)?.row.seq;
            self.proved_file(&grant, publisher, &stored, &[seq]).await
        };
        match proved.await {
            Ok(proved) => grant.carry_out(vec![], proved).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn report_of(&self, grant: &Grant<ReportCase>, publisher: &Publisher) -> Result<CaseReport, Refusal> {
        let (op, caller, now) = (grant.operation(), grant.caller(), grant.now());
        let stored = self.case_for(op.id, caller).await?;
        crate::hold::check_reason(&op.reason)?;
        let directory = grant.engine().directory();
        let history = self.history_lines(&stored, caller, directory).await?;
        let view = self.view_of_case(&stored, (caller, now), directory).await?;
        let last = history.iter().map(|l| l.index).chain(view.evidence.iter().map(|e| e.index)).max();
        let needs = last.and_then(|seq| u64::try_from(seq).ok()).map_or(1, |seq| seq.saturating_add(1));
        let signed = publisher.covering(needs, now).await.map_err(unpublished)?.checkpoint;
        let ids: Vec<_> = stored.case.alerts.iter().map(|a| a.alert).collect();
        let known = if ids.is_empty() { vec![] } else { self.alerts_of(&ids).await? };
        let alert = |from: &FromAlert| AlertOfCase {
            said: known.iter().find(|a| a.id == from.alert).map(|a| {
                let b = &a.body;
                let both = |zh: &str, en: &str| Text { zh: zh.to_owned(), en: en.to_owned() };
                (both(&b.title_zh, &b.title_en), both(&b.why_zh, &b.why_en))
            }),
            from: from.clone(),
        };
        Ok(CaseReport {
            alerts: stored.case.alerts.iter().map(alert).collect(),
            digest: hex::encode(Sha256::digest(stored.body()?)),
            head: MadeFrom { origin: signed.origin, size: signed.size, root: hex::encode(signed.root) },
            made_at: now,
            view,
            history,
        })
    }
}
