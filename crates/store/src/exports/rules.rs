//! What the company rules about exports: a setting, sealed and anchored like every other.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Store;
use crate::company::Note;
use crate::company::operations;

/// Key of the setting.
pub(crate) const EXPORTS: &str = "exports";

/// Rules of exports, for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportRules {
    /// Rows that one person may export in 24 hours; `None` leaves it to the roles. 1 to 10,000,000.
    pub rows_per_day: Option<u32>,
    /// More rows than this need an approval; `None` asks for none. 0 to 10,000,000.
    pub approve_above: Option<u32>,
    /// An approval is needed when sensitive fields are shown in the clear.
    pub approve_sensitive: bool,
    /// A file lasts so long. 1 to 168.
    pub lasts_hours: u32,
    /// A file is taken at most so often. 1 to 100.
    pub downloads: u32,
}

impl Default for ExportRules {
    fn default() -> Self {
        Self { rows_per_day: None, approve_above: None, approve_sensitive: false, lasts_hours: 24, downloads: 10 }
    }
}

const MOST_ROWS: u32 = 10_000_000;

impl ExportRules {
    fn check(self) -> Result<(), Refusal> {
        let wrong = |field: &str, reason: &str| Err(Refusal::invalid(field, "invalid_value", reason));
        if self.rows_per_day.is_some_and(|n| !(1..=MOST_ROWS).contains(&n)) {
            return wrong("rows_per_day", "1 to 10,000,000 rows");
        }
        if self.approve_above.is_some_and(|n| n > MOST_ROWS) {
            return wrong("approve_above", "at most 10,000,000 rows");
        }
        if !(1..=168).contains(&self.lasts_hours) {
            return wrong("lasts_hours", "1 to 168 hours");
        }
        if !(1..=100).contains(&self.downloads) {
            return wrong("downloads", "1 to 100 downloads");
        }
        Ok(())
    }
    /// Whether an export of so many rows, with or without sensitive values in the clear, needs an approval.
    pub fn asks_for_approval(self, rows: u64, sensitive: bool) -> bool {
        (self.approve_sensitive && sensitive) || self.approve_above.is_some_and(|most| rows > u64::from(most))
    }
}

#[derive(Debug)]
pub struct ChangeExportRules {
    pub rules: ExportRules,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadExportRules;

operations! {
    ChangeExportRules: SettingManage, |op| json!({ "act": "export_rules.change", "old": op.note.get(), "new": op.rules });
    ReadExportRules: SettingManage, |_op| json!({ "act": "export_rules.read" });
}

impl Store {
    /// The rules in force. They are no secret: who exports is told of them when they stand in the way.
    pub fn export_rules(&self) -> ExportRules {
        self.company().export_rules
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_export_rules(&self, grant: Grant<ReadExportRules>) -> Result<Disclosed<ExportRules>, Refusal> {
        let rules = self.company().export_rules;
        grant.carry_out(vec![], rules).await
    }

    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_export_rules(&self, grant: Grant<ChangeExportRules>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeExportRules { rules, note } = grant.operation();
            rules.check()?;
            note.set(json!(draft.from.export_rules));
            draft.next.export_rules = *rules;
            draft.set(EXPORTS, rules)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_is_asked_for_above_the_limit_and_for_sensitive_fields() {
        let none = ExportRules::default();
        assert!(!none.asks_for_approval(1_000_000, true));
        let rules = ExportRules { approve_above: Some(100), approve_sensitive: true, ..none };
        assert!(!rules.asks_for_approval(100, false) && rules.asks_for_approval(101, false));
        assert!(rules.asks_for_approval(1, true));
    }
}
