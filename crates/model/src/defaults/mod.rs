//! What ships: object types, roles and the matrix of a new company. All of it is data that an administrator may change.

mod approvals;
mod cases;
mod comments;
mod files;
mod governance;
mod merge;
mod objects;
mod reasons;
mod reports;
mod requests;
mod roles;
mod trade;
mod trade_rows;

pub use approvals::flows;
pub use objects::{contact, customer, follow_up, lead, objects, opportunity, task};
pub use reasons::reasons;
pub use requests::{policy_of_requests, security_admin};
pub use roles::{ASSESSOR, RECYCLER, policy, policy_of_handover, policy_of_sales_process, roles};
pub use trade::{contract, contract_line, dashboard, payment, payment_plan, product, target};
pub use trade_rows::policy_of_trade;

/// The edition of what ships. An instance of an earlier one is given what was added since when it starts.
pub const EDITION: u32 = 6;

/// The rows of the matrix that edition 4 brought: comments, approval of records, merging, files, the audit policy.
pub fn policy_of_fourth_edition() -> Vec<crate::MatrixRow> {
    let mut rows = requests::policy_of_audit_policy();
    rows.extend(comments::policy_of_comments());
    rows.extend(approvals::policy_of_flows());
    rows.extend(merge::policy_of_merge());
    rows.extend(files::policy_of_files());
    rows
}

/// The rows of the matrix that edition 5 brought: alerts, cases, rules of detection, responses, decoys and other systems' logs.
pub fn policy_of_fifth_edition() -> Vec<crate::MatrixRow> {
    let mut rows = requests::policy_of_alerts();
    rows.extend(cases::policy_of_cases());
    rows.extend(requests::policy_of_detection());
    rows.extend(requests::policy_of_responses());
    rows.extend(requests::policy_of_feeds());
    rows
}

/// The rows of the matrix that edition 6 brought: training, audit reports, vulnerabilities.
pub fn policy_of_sixth_edition() -> Vec<crate::MatrixRow> {
    let mut rows = governance::policy_of_training();
    rows.extend(reports::policy_of_reports());
    rows.extend(governance::policy_of_findings());
    rows.extend(governance::policy_of_posture());
    rows.extend(governance::policy_of_programme());
    rows.extend(governance::policy_of_reviews());
    rows.extend(governance::policy_of_leavers());
    rows.extend(governance::policy_of_assessments());
    rows
}

/// What a new company is given.
#[derive(Debug, Clone)]
pub struct Shipped {
    pub edition: u32,
    pub objects: Vec<crate::ObjectType>,
    pub policy: crate::Policy,
    pub roles: Vec<crate::Role>,
    pub flows: Vec<crate::approval::Flow>,
}

impl Default for Shipped {
    fn default() -> Self {
        Self { edition: EDITION, objects: objects(), policy: policy(), roles: roles(), flows: flows() }
    }
}
