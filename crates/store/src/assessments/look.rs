//! Looking at evidence, and taking it as a file, in the room that it was chosen for. Each look is an event.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, OnSystem, Refusal};
use govern::Report;
use model::{AssessmentId, ReportId};
use serde_json::json;

use super::describe::EvidenceDetail;
use super::evidence::Evidence;
use super::files::EvidenceFile;
use super::row::{Assessment, Question};
use super::stand::Stand;
use crate::Store;
use crate::audit::unpublished;
use crate::documents::{self, Given, MadeFrom, NotPrinted, Printed};
use crate::publish::Publisher;
use crate::reviews::ReviewResult;

#[derive(Debug)]
pub struct LookAtEvidence {
    pub id: AssessmentId,
    pub item: Evidence,
}

#[derive(Debug)]
pub struct TakeEvidence {
    pub id: AssessmentId,
    pub item: Evidence,
    /// `pdf`, `xlsx`, `html`, `csv`, `json`.
    pub format: &'static str,
    /// `zh` or `en`.
    pub language: &'static str,
}

/// A file of evidence.
#[derive(Debug, Clone)]
pub enum FileOfEvidence {
    /// In the format that was asked for.
    Printed(Evidence, Printed),
    /// As it was put there.
    Given(EvidenceFile, Vec<u8>),
}

/// What the room shows to somebody: what was chosen for it, and what the answers link to that they see.
pub(super) fn room(a: &Assessment, questions: &[Question], stand: &Stand) -> BTreeSet<Evidence> {
    let seen = questions.iter().filter(|q| stand.sees_answer(q)).filter_map(|q| q.body.answer.as_ref());
    let linked = seen.flat_map(|answer| answer.evidence.iter().cloned());
    a.body.plan.evidence.iter().cloned().chain(linked).collect()
}

impl Store {
    /// Whether the room has it for the caller; what it has not is not there, whatever it is elsewhere.
    async fn in_room<O: OnSystem>(
        &self,
        grant: &Grant<O>,
        id: AssessmentId,
        item: &Evidence,
    ) -> Result<Assessment, Refusal> {
        let stand = self.stand_of(grant);
        let a = self.assessment_for(id, &stand).await?;
        let questions = self.questions_of(id).await?;
        if room(&a, &questions, &stand).contains(item) { Ok(a) } else { Err(Refusal::NotFound) }
    }

    /// # Errors
    /// [`Refusal::NotFound`] for what the room does not have for the caller, or is gone; recorded.
    pub async fn look_at_evidence(&self, grant: Grant<LookAtEvidence>) -> Result<Disclosed<EvidenceDetail>, Refusal> {
        let engine = grant.engine().clone();
        let looked = async {
            let LookAtEvidence { id, item } = grant.operation();
            let a = self.in_room(&grant, *id, item).await?;
            self.evidence_detail(&a, item, engine.directory(), grant.now()).await
        };
        match looked.await {
            Ok(detail) => grant.carry_out(vec![], detail).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Has a report or the list of a review printed, or opens a file of the room, and records the digest of what it is before it leaves.
    ///
    /// # Errors
    /// As [`Store::look_at_evidence`]; [`Refusal::NotFound`] for what has no file; [`Refusal::Barred`] `report_too_long`; recorded.
    pub async fn take_assessment_evidence(
        &self,
        grant: Grant<TakeEvidence>,
        publisher: &Publisher,
        print_report: impl FnOnce(ReportId, &Report, Vec<u8>) -> Result<Printed, NotPrinted> + Send + 'static,
        print_review: impl FnOnce(&ReviewResult, govern::Head, Vec<u8>) -> Result<Printed, NotPrinted> + Send + 'static,
    ) -> Result<Disclosed<FileOfEvidence>, Refusal> {
        let now = grant.now();
        let made = async {
            let TakeEvidence { id, item, .. } = grant.operation();
            let a = self.in_room(&grant, *id, item).await?;
            let TakeEvidence { format, language, .. } = *grant.operation();
            let leaves = |of, id: &str, head: &MadeFrom, file: Printed| {
                let told = documents::told(Given { of, id, format, language, head }, &file);
                Ok((told, FileOfEvidence::Printed(item.clone(), file)))
            };
            match item {
                Evidence::Report(id) => {
                    let (id, (card, body, report)) = (*id, self.report_given(*id).await?.ok_or(Refusal::NotFound)?);
                    let file = documents::printed(move || print_report(id, &report, body)).await?;
                    let govern::Head { origin, size, root } = card.head;
                    leaves("report", &id.to_string(), &MadeFrom { origin, size, root }, file)
                }
                Evidence::Review(id) => {
                    let (result, body) = self.review_list_given(*id).await?;
                    publisher.covering(1, now).await.map_err(unpublished)?;
                    let head = self.signed_head().await?;
                    let given = head.clone();
                    let file = documents::printed(move || print_review(&result, given, body)).await?;
                    let govern::Head { origin, size, root } = head;
                    leaves("review", &id.to_string(), &MadeFrom { origin, size, root }, file)
                }
                Evidence::File(file) => {
                    let (what, bytes) = self.evidence_file(&a, *file).await?;
                    let told = json!({ "id": file, "bytes": what.bytes, "sha256": what.sha256 });
                    Ok((("assessment_file", told), FileOfEvidence::Given(what, bytes)))
                }
                _ => Err(Refusal::NotFound),
            }
        };
        let (told, taken) = match made.await {
            Ok(made) => made,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.end_telling(grant, vec![told], vec![], vec![], taken).await
    }
}
