//! The rows of the matrix for what is asked of the company itself: training.

use super::roles::Rows;
use crate::action::Action::{TrainingManage, TrainingRead};
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
