//! The rows of the matrix for what is asked of the company itself: training, vulnerabilities, posture, the audit
//! programme, access reviews, right-sizing, leavers, assessments by third parties.

use super::roles::Rows;
use crate::action::Action::{
    AssessmentAnswer, AssessmentAssess, AssessmentManage, AssessmentRead, FindingManage, FindingRead, LeaverManage,
    LeaverRead, PostureManage, PostureRead, ProgrammeManage, ProgrammeRead, ReviewManage, ReviewRead, RightsRead,
    TrainingManage, TrainingRead,
};
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

/// Who looks after the instance's posture, and who sees it.
pub fn policy_of_posture() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let both = &[PostureManage, PostureRead];
    r.may("security_admin", "posture", &[], both, Scope::All, "安全态势管理", "security posture");
    for reader in ["audit_admin", "system_admin", "company_owner"] {
        r.may(reader, "posture", &[], &[PostureRead], Scope::All, "查看安全态势", "read the security posture");
    }
    r.0
}

/// Who sets the audit programme, and who sees it and management's numbers.
pub fn policy_of_programme() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let both = &[ProgrammeManage, ProgrammeRead];
    r.may("security_admin", "programme", &[], both, Scope::All, "审计计划管理", "the audit programme");
    for reader in ["audit_admin", "company_owner"] {
        r.may(reader, "programme", &[], &[ProgrammeRead], Scope::All, "查看审计计划", "read the audit programme");
    }
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

/// Who records leavers and gives the verdict, and who reads of it.
pub fn policy_of_leavers() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let officer = &[LeaverManage, LeaverRead];
    r.may("security_admin", "leavers", &[], officer, Scope::All, "离职管理", "leavers");
    r.may("audit_admin", "leavers", &[], &[LeaverRead], Scope::All, "查看离职人员", "read leavers");
    r.0
}

/// Who runs assessments by third parties, who reads them, who may be given a question, and what an assessor does.
pub fn policy_of_assessments() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let officer = &[AssessmentManage, AssessmentRead, AssessmentAnswer];
    r.may("security_admin", "assessments", &[], officer, Scope::All, "第三方评估管理", "assessments by third parties");
    let reader = &[AssessmentRead];
    r.may("audit_admin", "assessments", &[], reader, Scope::All, "查看第三方评估", "read assessments");
    let answers = &[AssessmentAnswer];
    r.may("system_admin", "assessments", &[], answers, Scope::All, "答复评估问题", "answer questions given to them");
    let assessor = &[AssessmentRead, AssessmentAssess];
    r.may(
        "assessor",
        "assessments",
        &[],
        assessor,
        Scope::All,
        "查看被指定的评估",
        "read assessments they are named in",
    );
    r.0
}
