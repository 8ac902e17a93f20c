//! What the company rules about files: a setting, sealed and anchored like every other.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Store;
use crate::company::{Note, operations};

/// Key of the setting.
pub(crate) const FILES: &str = "files";

/// Rules of the files that records carry, for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRules {
    /// Most megabytes of one file. 1 to 100.
    pub most_mb: u32,
    /// Most files of one record. 1 to 200.
    pub per_record: u32,
    /// Most megabytes of all files of the company together. 1 to 10,000,000.
    pub total_mb: u32,
    /// Endings of names that are not taken, in small letters and without the dot. A program is also known by its content.
    pub refused: Vec<String>,
}

impl Default for FileRules {
    fn default() -> Self {
        // What runs, or is drawn with scripts in it, when somebody opens it on their own machine.
        let refused = [
            "apk", "app", "bat", "cmd", "com", "cpl", "dll", "elf", "exe", "hta", "htm", "html", "jar", "js", "jse",
            "lnk", "msi", "msp", "pif", "ps1", "reg", "scr", "sh", "svg", "vbe", "vbs", "wsf", "wsh", "xhtml",
        ];
        Self {
            most_mb: 20,
            per_record: 50,
            total_mb: 20_000,
            refused: refused.into_iter().map(str::to_owned).collect(),
        }
    }
}

const MB: u64 = 1 << 20;
/// Longest ending, and most of them.
const LONGEST_ENDING: usize = 10;
const MOST_ENDINGS: usize = 200;

impl FileRules {
    pub fn most_bytes(&self) -> u64 {
        u64::from(self.most_mb).saturating_mul(MB)
    }
    pub fn total_bytes(&self) -> u64 {
        u64::from(self.total_mb).saturating_mul(MB)
    }
    pub fn refuses(&self, ending: &str) -> bool {
        self.refused.iter().any(|r| r == ending)
    }
    fn check(&self) -> Result<(), Refusal> {
        let wrong = |field: &str, reason: &str| Err(Refusal::invalid(field, "invalid_value", reason));
        if !(1..=100).contains(&self.most_mb) {
            return wrong("most_mb", "1 to 100 megabytes");
        }
        if !(1..=200).contains(&self.per_record) {
            return wrong("per_record", "1 to 200 files");
        }
        if !(1..=10_000_000).contains(&self.total_mb) {
            return wrong("total_mb", "1 to 10,000,000 megabytes");
        }
        let good = |e: &String| {
            (1..=LONGEST_ENDING).contains(&e.chars().count())
                && e.chars().all(char::is_alphanumeric)
                && *e == e.to_lowercase()
        };
        if self.refused.len() > MOST_ENDINGS || !self.refused.iter().all(good) {
            return wrong("refused", "at most 200 endings of 1 to 10 small letters and digits, without the dot");
        }
        Ok(())
    }
}

#[derive(Debug)]
pub struct ChangeFileRules {
    pub rules: FileRules,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadFileRules;

operations! {
    ChangeFileRules: SettingManage, |op| json!({ "act": "file_rules.change", "old": op.note.get(), "new": op.rules });
    ReadFileRules: SettingManage, |_op| json!({ "act": "file_rules.read" });
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_file_rules(&self, grant: Grant<ReadFileRules>) -> Result<Disclosed<FileRules>, Refusal> {
        let rules = self.company().file_rules.clone();
        grant.carry_out(vec![], rules).await
    }

    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_file_rules(&self, grant: Grant<ChangeFileRules>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeFileRules { rules, note } = grant.operation();
            rules.check()?;
            note.set(json!(draft.from.file_rules));
            draft.next.file_rules = rules.clone();
            draft.set(FILES, rules)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_within_their_own_bounds() {
        let rules = FileRules::default();
        assert!(rules.check().is_ok() && rules.refuses("exe") && rules.refuses("svg") && !rules.refuses("pdf"));
        for refused in [vec!["EXE".to_owned()], vec![".exe".to_owned()], vec![String::new()], vec!["a".repeat(11)]] {
            assert!(FileRules { refused, ..FileRules::default() }.check().is_err());
        }
    }
}
