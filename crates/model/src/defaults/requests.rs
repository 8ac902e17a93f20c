//! The rows of the matrix for requests and emergency access.

use std::collections::BTreeSet;

use super::roles::{Rows, role_name};
use crate::action::Action::{
    AlertHandle, AlertRead, AuditPolicyConsent, AuditPolicyManage, BreakGlass, CanaryManage, DetectionManage,
    FeedManage, GrantRevoke, ResponseTake,
};
use crate::ids::RoleName;
use crate::policy::{MatrixRow, Principals, What, When};
use crate::scope::Scope;

/// The role whose holders review emergency accesses.
pub fn security_admin() -> Option<RoleName> {
    "security_admin".parse().ok()
}

/// The rows of the matrix that edition 4 brought for the audit policy: who proposes and who checks are two duties.
pub fn policy_of_audit_policy() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let both = &[AuditPolicyManage, AuditPolicyConsent];
    r.may("security_admin", "audit_policy", &[], both, Scope::All, "审计策略", "audit policy");
    let consent = &[AuditPolicyConsent];
    r.may("audit_admin", "audit_policy", &[], consent, Scope::All, "审计策略复核", "second word on the audit policy");
    r.0
}

/// The rows of the matrix that edition 5 brought for alerts: who handles them, and who sees that it was done.
pub fn policy_of_alerts() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let both = &[AlertRead, AlertHandle];
    r.may("security_admin", "alerts", &[], both, Scope::All, "告警处置", "alerts");
    r.may("audit_admin", "alerts", &[], &[AlertRead], Scope::All, "查看告警", "see alerts");
    r.0
}

/// The row of the matrix that edition 5 brought for rules of detection. Who reads alerts reads the rules.
pub fn policy_of_detection() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    r.may("security_admin", "detection", &[], &[DetectionManage], Scope::All, "检测规则", "rules of detection");
    r.0
}

/// The rows of the matrix that edition 5 brought for responses and decoys.
pub fn policy_of_responses() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    r.may("security_admin", "responses", &[], &[ResponseTake], Scope::All, "响应处置", "responses");
    r.may("security_admin", "canaries", &[], &[CanaryManage], Scope::All, "诱饵管理", "decoys");
    r.0
}

/// The row of the matrix that edition 5 brought for other systems' access logs: what is taken in is material for detection.
pub fn policy_of_feeds() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    r.may("security_admin", "feeds", &[], &[FeedManage], Scope::All, "外部日志", "other systems' logs");
    r.0
}

/// The rows of the matrix that edition 3 brought for requests and emergency access.
pub fn policy_of_requests() -> Vec<MatrixRow> {
    const ON: [&str; 5] = ["customer", "contact", "opportunity", "follow_up", "lead"];
    let mut r = Rows(vec![]);
    for role in ["sales_manager", "service"] {
        r.may(role, "break_glass", &ON, &[BreakGlass], Scope::All, "紧急访问", "emergency access");
        if let Some(row) = r.0.last_mut() {
            row.when = vec![When::Mfa];
        }
    }
    let revoke = &[GrantRevoke];
    r.may("security_admin", "grants", &[], revoke, Scope::All, "撤销临时授权", "end temporary access");
    // Rows of before name the operations on records there were; this is one more that opens customers.
    for duty in ["system_admin", "security_admin", "audit_admin"] {
        let what = What::Operations(BTreeSet::from([BreakGlass]));
        let id = format!("{duty}.no_break_glass");
        r.add(&id, Principals::Role(role_name(duty)), &[], what, Scope::All, "不得紧急访问", "no emergency access");
        r.last_forbids(vec![]);
    }
    r.0
}
