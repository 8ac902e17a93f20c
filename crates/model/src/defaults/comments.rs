//! The rows of the matrix for comments.

use std::collections::BTreeSet;

use super::roles::{Rows, role_name};
use crate::action::Action::Comment;
use crate::policy::{MatrixRow, Principals, What};
use crate::scope::Scope;

/// The rows of the matrix that edition 4 brought for comments: whoever works on a record, where they see what is personal in it.
pub fn policy_of_comments() -> Vec<MatrixRow> {
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
    let mut r = Rows(vec![]);
    for (role, key, on, scope, zh, en) in [
        ("sales_rep", "own", &ON[..], Scope::Own, "评论本人负责的记录", "comment on their own records"),
        (
            "sales_rep",
            "participant",
            &ON[..],
            Scope::Participant,
            "评论参与的记录",
            "comment on records they take part in",
        ),
        (
            "sales_manager",
            "subtree",
            &ON[..],
            Scope::Subtree,
            "评论本部门及下级部门的记录",
            "comment on records of the department and those below",
        ),
        (
            "sales_director",
            "subtree",
            &ON[..],
            Scope::Subtree,
            "评论本部门及下级部门的记录",
            "comment on records of the department and those below",
        ),
        (
            "finance",
            "trade",
            &["payment_plan", "payment"],
            Scope::All,
            "评论回款计划与回款",
            "comment on payment plans and payments",
        ),
    ] {
        r.may(role, &format!("comment.{key}"), on, &[Comment], scope, zh, en);
    }
    // Rows of before name the operations on records there were.
    for duty in ["system_admin", "security_admin", "audit_admin"] {
        let what = What::Operations(BTreeSet::from([Comment]));
        let id = format!("{duty}.no_comment");
        r.add(&id, Principals::Role(role_name(duty)), &[], what, Scope::All, "不得评论", "no comments");
        r.last_forbids(vec![]);
    }
    r.0
}
