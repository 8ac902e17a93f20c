//! Reports into a folder 报告投递: files of what a plan made, for other systems to take.
//!
//! Rules.
//! - What is given is the kept report, and only as one of the files that a plan wants now: a name in the folder, which others may write
//!   too, gives nobody a report.
//! - The event of its leaving holds the digest of the very bytes, and is durable before the file has its name.

use access::path::Refusal;
use govern::{Period, Report};
use model::{Action, Channel, Decision, ReportId, UnixMs};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ReportPlan;
use super::row::Stored;
use crate::Store;
use crate::documents::{self, Given, MadeFrom, NotPrinted, Printed};
use crate::exports::not_noted;

/// As what a report is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    Pdf,
    Xlsx,
    Html,
    Csv,
    Json,
}

impl FileFormat {
    pub const ALL: [FileFormat; 5] =
        [FileFormat::Pdf, FileFormat::Xlsx, FileFormat::Html, FileFormat::Csv, FileFormat::Json];
    pub const fn as_str(self) -> &'static str {
        match self {
            FileFormat::Pdf => "pdf",
            FileFormat::Xlsx => "xlsx",
            FileFormat::Html => "html",
            FileFormat::Csv => "csv",
            FileFormat::Json => "json",
        }
    }
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == name)
    }
}

/// Is told of each report that a plan is about to make, before it is kept: so what was to be given is known after a crash.
pub type Mark<'a> = &'a (dyn Fn(&ReportPlan, ReportId, Period) + Send + Sync);

impl Store {
    /// Prints a report for the folder and records that it leaves. `print` puts the bytes aside before they are told; they get their name
    /// when this has answered. `false`: no plan that is on made such a report, or wants it as such a file.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `report_too_long`; [`Refusal::Damaged`]; [`Refusal::StoreUnavailable`]; [`Refusal::AuditUnavailable`]: nothing
    /// has left.
    pub async fn print_for_folder(
        &self,
        id: ReportId,
        (format, language): (FileFormat, &'static str),
        print: impl FnOnce(&Report, Vec<u8>) -> Result<Printed, NotPrinted> + Send + 'static,
        now: UnixMs,
    ) -> Result<bool, Refusal> {
        let Some(stored) = self.report_row(id).await?.filter(|s| self.is_wanted(s, format)) else { return Ok(false) };
        let (body, report) = self.kept_report(&stored).await?;
        let file = documents::printed(move || print(&report, body)).await?;
        let govern::Head { origin, size, root } = stored.kept.made_from;
        let (about, head) = (id.to_string(), MadeFrom { origin, size, root });
        let given = Given { of: "report", id: &about, format: format.as_str(), language, head: &head };
        let detail = json!({ "act": "report.folder", "report_id": id, "format": format, "language": language });
        let detail = access::path::tell(detail, vec![documents::told(given, &file)]);
        let caller = Self::system_caller(Channel::Job, "reports", now);
        let noted = self.gate().note(&caller, Action::ReportRead, Decision::Allowed, detail, vec![]).await;
        noted.map(|_| true).map_err(not_noted)
    }

    fn is_wanted(&self, stored: &Stored, format: FileFormat) -> bool {
        let company = self.company();
        let wanted = |p: &&ReportPlan| p.on && p.folder.contains(&format);
        company.reports.plans.iter().filter(wanted).any(|p| self.planned_id(p, stored.kept.period) == stored.id)
    }
}
