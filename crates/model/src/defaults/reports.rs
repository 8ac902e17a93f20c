//! The rows of the matrix for audit reports.

use super::roles::Rows;
use crate::action::Action::{ReportMake, ReportRead};
use crate::policy::MatrixRow;
use crate::scope::Scope;

/// The rows of the matrix that edition 6 brought for audit reports: two duties have them made; management and managers read those that
/// are addressed to them or are about a department they lead.
pub fn policy_of_reports() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    for duty in ["security_admin", "audit_admin"] {
        r.may(
            duty,
            "reports",
            &[],
            &[ReportMake, ReportRead],
            Scope::All,
            "编制与查看审计报告",
            "make and read audit reports",
        );
    }
    for reader in ["company_owner", "sales_director", "sales_manager"] {
        r.may(
            reader,
            "reports",
            &[],
            &[ReportRead],
            Scope::All,
            "查看收到的审计报告",
            "read audit reports they are given",
        );
    }
    r.0
}
