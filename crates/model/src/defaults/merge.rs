//! The rows of the matrix for merging 合并, as they were added by the fourth edition.

use super::roles::Rows;
use crate::action::Action::Merge;
use crate::policy::MatrixRow;
use crate::scope::Scope;

/// Who merges what: managers within the department and those below, service any customer, pool managers what waits.
pub fn policy_of_merge() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let on = ["customer", "contact", "opportunity"];
    r.may("sales_manager", "merge", &on, &[Merge], Scope::Subtree, "合并重复记录", "merge duplicates");
    // Directors have it for what they sell since the first edition; these came later.
    r.may(
        "sales_director",
        "merge",
        &["contract"],
        &[Merge],
        Scope::Subtree,
        "合并重复合同",
        "merge duplicate contracts",
    );
    r.may(
        "service",
        "merge",
        &["customer", "contact"],
        &[Merge],
        Scope::All,
        "合并重复客户",
        "merge duplicate customers",
    );
    r.may(
        "pool_manager",
        "merge",
        &["customer", "lead"],
        &[Merge],
        Scope::Pool,
        "合并公海重复",
        "merge duplicates in pools",
    );
    r.0
}
