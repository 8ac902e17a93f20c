//! The answered questionnaire as a file, whose digest the log holds.

use access::path::{Disclosed, Grant, Refusal};
use model::AssessmentId;

use super::result::AssessmentResult;
use crate::Store;
use crate::documents::{self, Given, MadeFrom, NotPrinted, Printed};
use crate::publish::Publisher;

/// One as a file: what it said when it was closed, else what it says now.
#[derive(Debug)]
pub struct TakeAssessment {
    pub id: AssessmentId,
    /// `pdf`, `xlsx`, `html`, `csv`, `json`.
    pub format: &'static str,
    /// `zh` or `en`.
    pub language: &'static str,
}

/// A file of an assessment.
#[derive(Debug, Clone)]
pub struct FileOfAssessment {
    pub made_at: model::UnixMs,
    pub file: Printed,
}

impl Store {
    /// Has it printed, and records the digest of what came of it before it leaves. People from outside are given what they see.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `report_too_long`; [`Refusal::Damaged`]; recorded.
    pub async fn take_assessment(
        &self,
        grant: Grant<TakeAssessment>,
        publisher: &Publisher,
        print: impl FnOnce(&AssessmentResult, MadeFrom, Vec<u8>) -> Result<Printed, NotPrinted> + Send + 'static,
    ) -> Result<Disclosed<FileOfAssessment>, Refusal> {
        let (id, now) = (grant.operation().id, grant.now());
        let made = async {
            let stand = self.stand_of(&grant);
            let a = self.assessment_for(id, &stand).await?;
            let body = match self.kept_result(&a).await? {
                Some(kept) => kept,
                None => {
                    let questions = self.questions_of(id).await?;
                    let result = self.assessment_result(&a, &questions, &stand, now).await?;
                    serde_json::to_vec(&result).map_err(|_| Refusal::Damaged)?
                }
            };
            let result: AssessmentResult = serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?;
            let made_at = result.made_at;
            let head = self.signed_now(publisher, now).await?;
            let given = head.clone();
            let file = documents::printed(move || print(&result, given, body)).await?;
            Ok((FileOfAssessment { made_at, file }, head))
        };
        let (taken, head) = match made.await {
            Ok(made) => made,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let TakeAssessment { format, language, .. } = *grant.operation();
        let given = Given { of: "assessment", id: &id.to_string(), format, language, head: &head };
        let told = documents::told(given, &taken.file);
        self.end_telling(grant, vec![told], vec![], vec![], taken).await
    }
}
