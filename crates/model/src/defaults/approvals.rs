//! The approvals that ship: a discount before a deal is won, a large or discounted contract before it is signed; their flows, and
//! the rows of the matrix that let the company's owner and finance decide where a flow names them.

use super::objects::name;
use super::roles::{Rows, role_name};
use crate::action::Action::Approve;
use crate::approval::{Approver, Flow, Mode, Step, Subject};
use crate::condition::{Comparison, Condition};
use crate::object::FieldDef;
use crate::policy::MatrixRow;
use crate::process::{Approval, Before};
use crate::scope::Scope;
use crate::text::Text;

/// Hundredths of the price above which somebody is asked, and above which the director is too.
const DISCOUNT: u32 = 10;
const LARGE_DISCOUNT: u32 = 12;
/// Amounts likewise.
const AMOUNT: u32 = 500_000;
const LARGE_AMOUNT: u32 = 2_000_000;

/// The kept field that says where a record stands.
pub(super) fn status() -> FieldDef {
    Approval::status_field(name(Approval::STATUS))
}

fn above(field: &str, most: u32) -> Condition {
    Condition::test(field, Comparison::Gt, most.into())
}

fn approval(guards: &[&str], needed: Condition, field: &str, values: &[&str]) -> Approval {
    Approval {
        status: name(Approval::STATUS),
        guards: guards.iter().map(|g| name(g)).collect(),
        needed: Some(needed),
        before: Some(Before { field: name(field), values: values.iter().map(|v| (*v).to_owned()).collect() }),
    }
}

pub(super) fn of_opportunity() -> Approval {
    approval(&["amount", "discount"], above("discount", DISCOUNT), "stage", &["won"])
}

pub(super) fn of_contract() -> Approval {
    let needed = Condition::Any(vec![above("amount", AMOUNT), above("discount", DISCOUNT)]);
    let guards = ["amount", "discount", "starts_on", "ends_on"];
    approval(&guards, needed, "status", &["signed", "running", "completed"])
}

/// The flows that ship: the manager, and above a larger discount or amount the director after them.
pub fn flows() -> Vec<Flow> {
    let flow = |key: &str, zh: &str, en: &str, object: &str, when: Condition| Flow {
        name: key.to_owned(),
        label: Text::new(zh, en),
        subject: Subject::Record,
        object: Some(name(object)),
        above_rows: None,
        when: Some(when),
        steps: [Approver::Manager(1), Approver::DepartmentRole(role_name("sales_director"))]
            .map(|who| Step { approvers: vec![who], mode: Mode::Any, hours: Some(48) })
            .into(),
    };
    let contract = Condition::Any(vec![above("amount", LARGE_AMOUNT), above("discount", LARGE_DISCOUNT)]);
    vec![
        flow("discount_large", "较大折扣", "Larger discounts", "opportunity", above("discount", LARGE_DISCOUNT)),
        flow("contract_large", "大额或折扣合同", "Large or discounted contracts", "contract", contract),
    ]
}

/// The rows of the matrix that edition 4 brought for approvals.
pub fn policy_of_flows() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    let on = ["contract", "opportunity"];
    r.may("company_owner", "approve", &on, &[Approve], Scope::All, "审批合同与商机", "approve contracts and deals");
    r.may("finance", "approve", &["contract"], &[Approve], Scope::All, "审批合同", "approve contracts");
    r.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_flows_are_sound() {
        for flow in flows() {
            assert_eq!(flow.check(), Ok(()), "{}", flow.name);
        }
    }
}
