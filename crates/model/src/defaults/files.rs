//! The rows of the matrix for files that records carry 附件.

use std::collections::BTreeSet;

use super::roles::{Rows, role_name};
use crate::action::Action::{Attach, DownloadFile};
use crate::policy::{MatrixRow, Principals, What};
use crate::scope::Scope;

/// The rows of the matrix that edition 4 brought for files. Who edits a record adds files to it and takes them; a file may hold
/// anything, so nobody who sees personal data masked takes one.
pub fn policy_of_files() -> Vec<MatrixRow> {
    const ON: [&str; 10] = [
        "customer",
        "contact",
        "opportunity",
        "follow_up",
        "lead",
        "task",
        "contract",
        "contract_line",
        "payment_plan",
        "payment",
    ];
    const BOTH: [crate::Action; 2] = [Attach, DownloadFile];
    let mut r = Rows(vec![]);
    r.may("sales_rep", "files.own", &ON, &BOTH, Scope::Own, "本人记录的附件", "files of records they own");
    r.may(
        "sales_rep",
        "files.participant",
        &ON,
        &BOTH,
        Scope::Participant,
        "参与的记录的附件",
        "files of records they take part in",
    );
    for role in ["sales_manager", "sales_director"] {
        let (zh, en) = ("本部门及下级部门记录的附件", "files of records of the department and those below");
        r.may(role, "files.subtree", &ON, &BOTH, Scope::Subtree, zh, en);
    }
    let money = ["contract", "payment_plan", "payment"];
    r.may(
        "finance",
        "files.trade",
        &money,
        &[DownloadFile],
        Scope::All,
        "合同与回款的附件",
        "files of contracts and payments",
    );
    let settled = ["payment_plan", "payment"];
    r.may("finance", "files.settle", &settled, &[Attach], Scope::All, "回款的附件", "files of plans and payments");
    r.may(
        "service",
        "files.follow_up",
        &["follow_up"],
        &BOTH,
        Scope::Own,
        "本人跟进的附件",
        "files of their own follow-ups",
    );
    for role in ["service", "finance", "marketing", "pool_manager"] {
        r.may(role, "files.tasks", &["task"], &BOTH, Scope::Own, "本人任务的附件", "files of their own tasks");
    }
    for duty in ["system_admin", "security_admin", "audit_admin"] {
        let what = What::Operations(BTreeSet::from(BOTH));
        let id = format!("{duty}.no_files");
        r.add(&id, Principals::Role(role_name(duty)), &[], what, Scope::All, "不接触附件", "no files of records");
        r.last_forbids(vec![]);
    }
    r.0
}
