//! How long what may stay open.

use access::path::{Disclosed, Grant, Refusal};
pub use scan::track::Rules as FindingRules;
use serde_json::json;

use crate::Store;
use crate::company::Note;

/// Key of the setting.
pub(crate) const FINDINGS: &str = "findings";

#[derive(Debug)]
pub struct ReadFindingRules;

#[derive(Debug)]
pub struct ChangeFindingRules {
    pub rules: FindingRules,
    pub note: Note,
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_finding_rules(&self, grant: Grant<ReadFindingRules>) -> Result<Disclosed<FindingRules>, Refusal> {
        let rules = FindingRules::clone(&self.company().findings);
        grant.carry_out(vec![], rules).await
    }

    /// What is open keeps the date it has; the rules hold for what is opened from now on.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with the field, and as every change.
    pub async fn change_finding_rules(&self, grant: Grant<ChangeFindingRules>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeFindingRules { rules, note } = grant.operation();
            rules.check().map_err(|(field, reason)| Refusal::invalid(field, "invalid_value", reason))?;
            note.set(json!(*draft.from.findings));
            draft.next.findings = rules.clone().into();
            draft.set(FINDINGS, rules)
        })
        .await
    }
}
