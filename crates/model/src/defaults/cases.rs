//! The rows of the matrix for cases.

use super::roles::Rows;
use crate::action::Action::{CaseHandle, CaseRead, CaseReport};
use crate::policy::MatrixRow;
use crate::scope::Scope;

/// The rows of the matrix that edition 5 brought for cases: who handles them, and who reads what was decided.
pub fn policy_of_cases() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    r.may("security_admin", "cases", &[], &[CaseRead, CaseHandle, CaseReport], Scope::All, "案件处置", "cases");
    r.may("audit_admin", "cases", &[], &[CaseRead, CaseReport], Scope::All, "查看案件", "read cases");
    r.0
}
