//! Vulnerabilities 漏洞: what scans find, followed from the day it is found to the day a scan finds it no more.
//!
//! One story. Li takes the nightly scan of `crm-web` in: three findings, each due by how grave it is. She takes the same file in once more:
//! it is known, nothing happens. She gives one to Zhao, who says that it is fixed. The scan of the next night does not show it: it is
//! verified. Another is accepted for a while; it is grave, so somebody else has to agree.
//!
//! Rules.
//! - What becomes of a finding is the pure word of [`scan::track`]; this room keeps, tells and seals what it says.
//! - A finding is known again by its asset and fingerprint: one row for each, whichever scan shows it.
//! - A scan closes what it shows no more only of its own tool and asset, and only if it ran to its end. One that is older than what was
//!   taken in of the same is refused.
//! - A scan's row is written in the unit of its last part. Broken off in between, the same file is taken in again, and goes on.
//! - What scanners and people write is sealed at rest and in no log; ids, assets and settings are.

mod act;
mod raise;
mod read;
mod round;
mod row;
mod rules;
mod take;

use access::path::{OnSystem, Operation};
use model::{Action, UserId};
use serde_json::{Value, json};

use crate::Store;
use crate::company::operations;

pub use act::ActOnFinding;
pub use read::{
    AssetLine, FindingCard, FindingPerson, FindingView, FindingsFigures, FindingsPage, ListFindingPeople, ListFindings,
    ListScans, MeasureFindings, ScansPage, ShowFinding, StepLine,
};
pub use round::FindingRound;
pub use row::{ScanCounts, ScanView};
pub(crate) use rules::FINDINGS;
pub use rules::{ChangeFindingRules, FindingRules, ReadFindingRules};
pub use scan::track::{Act, Aside, AsideKind, Raised, State, Step, StepKind};
pub use scan::{Cvss, Finding, Format, MOST_BYTES, Week};
pub use take::{ScanTaken, TakeScan, TakenLine};

/// Longest page.
pub const MOST_LISTED: usize = 200;

operations! {
    TakeScan: FindingManage, |op| json!({
        "act": "finding.scan", "asset": op.asset.chars().take(take::LONGEST_ASSET).collect::<String>(),
        "file": op.file.chars().take(take::LONGEST_FILE).collect::<String>(), "bytes": op.body.len(), "dry": op.dry,
        "outcome": op.note.get(),
    });
    // What was written is not told: it stands sealed in the finding.
    ActOnFinding: FindingManage, |op| json!({
        "act": format!("finding.{}", op.act.as_str()), "finding": op.id, "to": op.to(), "until": op.until(),
        "agree": op.agrees(),
    });
    ListFindings: FindingRead, |op| json!({
        "act": "finding.list", "states": op.states.iter().map(|s| s.as_str()).collect::<Vec<_>>(), "severity": op.severity,
        "asset": op.asset.as_ref().map(|a| a.chars().take(take::LONGEST_ASSET).collect::<String>()), "owner": op.owner,
        "overdue": op.overdue, "waits": op.waits,
    });
    ShowFinding: FindingRead, |op| json!({ "act": "finding.show", "finding": op.id });
    ListScans: FindingRead, |_op| json!({ "act": "finding.scans" });
    ListFindingPeople: FindingRead, |_op| json!({ "act": "finding.people" });
    MeasureFindings: FindingRead, |op| json!({ "act": "finding.measure", "weeks": op.weeks });
    ReadFindingRules: FindingManage, |_op| json!({ "act": "finding.rules" });
    ChangeFindingRules: FindingManage, |op| json!({ "act": "finding.change", "old": op.note.get(), "new": op.rules });
}

impl Store {
    /// Active people who manage findings.
    fn finding_people(&self, now: model::UnixMs) -> Vec<UserId> {
        self.holders_of(Action::FindingManage, now)
    }
}
