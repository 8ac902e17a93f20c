//! The rows of the matrix for what is asked of the company itself: training, vulnerabilities.

use super::roles::Rows;
use crate::action::Action::{FindingManage, FindingRead, TrainingManage, TrainingRead};
use crate::policy::MatrixRow;
use crate::scope::Scope;

/// Who says which courses are to be taken, and who sees how far people are.
pub fn policy_of_training() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let both = &[TrainingManage, TrainingRead];
    r.may("security_admin", "training", &[], both, Scope::All, "安全培训管理", "security training");
    r.may("audit_admin", "training", &[], &[TrainingRead], Scope::All, "查看培训进度", "read how far training is");
    r.0
}

/// Who takes scans in and follows what they found, and who reads it: the audit duty and management.
pub fn policy_of_findings() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let both = &[FindingManage, FindingRead];
    r.may("security_admin", "findings", &[], both, Scope::All, "漏洞管理", "vulnerabilities");
    for reader in ["audit_admin", "company_owner"] {
        r.may(reader, "findings", &[], &[FindingRead], Scope::All, "查看漏洞", "read vulnerabilities");
    }
    r.0
}
