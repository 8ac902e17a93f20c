//! The rows of the matrix for what is asked of the company itself: training, access reviews, right-sizing.

use super::roles::Rows;
use crate::action::Action::{ReviewManage, ReviewRead, RightsRead, TrainingManage, TrainingRead};
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

/// Who has reviews made and reads them, and who sees unused rights.
pub fn policy_of_reviews() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let officer = &[ReviewManage, ReviewRead];
    r.may("security_admin", "reviews", &[], officer, Scope::All, "权限复核管理", "access reviews");
    r.may("audit_admin", "reviews", &[], &[ReviewRead], Scope::All, "查看权限复核", "read access reviews");
    r.may("company_owner", "reviews", &[], &[ReviewRead], Scope::All, "查看权限复核", "read access reviews");
    r.may("security_admin", "rights", &[], &[RightsRead], Scope::All, "查看权限收敛", "read right-sizing");
    r.may("audit_admin", "rights", &[], &[RightsRead], Scope::All, "查看权限收敛", "read right-sizing");
    r.0
}
