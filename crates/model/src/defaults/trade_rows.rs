//! The rows of the matrix about contracts, money, targets and boards.

use super::roles::{Rows, role_name};
use crate::action::Action::{self, *};
use crate::object::Sensitivity::{self, *};
use crate::policy::{FieldLevel, FieldSelect, MatrixRow, Principals, What};
use crate::scope::Scope;

/// The rows of the matrix about contracts, money, targets and boards, which edition 3 brought.
pub fn policy_of_trade() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    trade_of_sales(&mut r);
    trade_of_others(&mut r);
    targets_and_boards(&mut r);
    r.0
}

/// What a contract holds, and what is agreed to be paid.
const AGREED: [&str; 3] = ["contract", "contract_line", "payment_plan"];
const TRADE: [&str; 4] = ["contract", "contract_line", "payment_plan", "payment"];
const PLAIN: [Sensitivity; 3] = [Open, Internal, Personal];

/// Sales report payments; that one has come in is confirmed by finance alone.
fn trade_of_sales(r: &mut Rows) {
    const OWN: [Action; 10] = [List, View, Reveal, Create, Edit, Share, Transfer, Export, Print, WhoLooked];
    const LED: [Action; 12] =
        [List, View, Reveal, Create, Edit, Delete, Share, Transfer, Export, Print, Approve, WhoLooked];
    let reported =
        ["customer", "contract", "plan", "number", "received_on", "amount", "method", "bank_reference", "notes"];
    let (own, subtree) = ("本人的合同与回款", "本部门及下级部门的合同与回款");
    for (role, key, actions, scope, zh, en) in [
        ("sales_rep", "trade.own", &OWN[..], Scope::Own, own, "contracts and payments of their own"),
        (
            "sales_manager",
            "trade.subtree",
            &LED[..],
            Scope::Subtree,
            subtree,
            "contracts and payments of the department and those below",
        ),
        (
            "sales_director",
            "trade.subtree",
            &LED[..],
            Scope::Subtree,
            subtree,
            "contracts and payments of the department and those below",
        ),
    ] {
        r.may(role, key, &TRADE, actions, scope.clone(), zh, en);
        r.sees(role, key, &AGREED, &PLAIN, FieldLevel::Editable, scope.clone());
        r.sees(role, &format!("{key}.payment"), &["payment"], &[Open, Internal], FieldLevel::ReadOnly, scope.clone());
        let fields = FieldSelect::Named(reported.iter().filter_map(|n| n.parse().ok()).collect());
        let what = What::Fields { fields, level: FieldLevel::Editable };
        let id = format!("{role}.{key}.reported");
        r.add(
            &id,
            Principals::Role(role_name(role)),
            &["payment"],
            what,
            scope,
            "登记回款的字段",
            "what is reported of a payment",
        );
    }
    let delete = ["contract_line", "payment_plan"];
    r.may(
        "sales_rep",
        "trade.delete",
        &delete,
        &[Delete],
        Scope::Own,
        "删除本人的明细与回款计划",
        "delete lines and plans of their own",
    );
    r.may(
        "sales_rep",
        "trade.participant",
        &TRADE,
        &[List, View],
        Scope::Participant,
        "参与的合同与回款",
        "contracts and payments they take part in",
    );
    r.sees("sales_rep", "trade.participant", &TRADE, &[Open, Internal], FieldLevel::ReadOnly, Scope::Participant);
}

fn trade_of_others(r: &mut Rows) {
    // Whoever sells, or is given a payment to edit, does not say that the money came in.
    for role in
        ["company_owner", "sales_director", "sales_manager", "sales_rep", "service", "marketing", "pool_manager"]
    {
        let fields = FieldSelect::Named("confirmed".parse().into_iter().collect());
        let what = What::Fields { fields, level: FieldLevel::Editable };
        let id = format!("{role}.trade.not_confirm");
        let who = Principals::Role(role_name(role));
        r.add(&id, who, &["payment"], what, Scope::All, "不能确认回款", "does not confirm payments");
        r.last_forbids(vec![]);
    }
    // 财务: every contract, plan and payment; no lead.
    r.may(
        "finance",
        "trade.all",
        &TRADE,
        &[List, View, Reveal, Export, Print],
        Scope::All,
        "全部合同与回款",
        "all contracts and payments",
    );
    r.may(
        "finance",
        "trade.settle",
        &["payment_plan", "payment"],
        &[Create, Edit, Delete, Transfer],
        Scope::All,
        "维护回款计划与回款",
        "keep payment plans and payments",
    );
    r.sees("finance", "trade.all", &["contract", "contract_line"], &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.sees("finance", "trade.all", &["contract", "contract_line"], &[Personal], FieldLevel::Masked, Scope::All);
    r.sees("finance", "trade.settle", &["payment_plan", "payment"], &PLAIN, FieldLevel::Editable, Scope::All);
    r.may(
        "company_owner",
        "trade.all",
        &TRADE,
        &[List, View, Reveal, WhoLooked],
        Scope::All,
        "全部合同与回款(只读)",
        "all contracts and payments, read-only",
    );
    r.sees("company_owner", "trade.all", &TRADE, &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.sees("company_owner", "trade.all", &TRADE, &[Personal], FieldLevel::Masked, Scope::All);
    // 客服: what was bought and until when it is served, not what is still owed.
    r.may(
        "service",
        "trade.all",
        &["contract", "contract_line"],
        &[List, View],
        Scope::All,
        "全部合同",
        "all contracts",
    );
    r.sees("service", "trade.all", &["contract", "contract_line"], &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.sees("service", "trade.all", &["contract", "contract_line"], &[Personal], FieldLevel::Masked, Scope::All);

    for role in ["company_owner", "sales_director", "sales_manager", "sales_rep", "service", "finance", "marketing"] {
        r.may(role, "products", &["product"], &[List, View], Scope::All, "产品目录", "the product catalogue");
        r.sees(role, "products", &["product"], &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    }
    for role in ["sales_director", "marketing"] {
        r.may(
            role,
            "products.keep",
            &["product"],
            &[Create, Edit, Delete, Import],
            Scope::All,
            "维护产品目录",
            "keep the product catalogue",
        );
        r.sees(role, "products.keep", &["product"], &[Open, Internal], FieldLevel::Editable, Scope::All);
    }
}

fn targets_and_boards(r: &mut Rows) {
    r.may("sales_rep", "targets.own", &["target"], &[List, View], Scope::Own, "本人的业绩目标", "targets of their own");
    r.sees("sales_rep", "targets.own", &["target"], &[Open, Internal], FieldLevel::ReadOnly, Scope::Own);
    for role in ["sales_manager", "sales_director"] {
        r.may(
            role,
            "targets.subtree",
            &["target"],
            &[List, View, Create, Edit, Delete, Transfer],
            Scope::Subtree,
            "本部门及下级部门的业绩目标",
            "targets of the department and those below",
        );
        r.sees(role, "targets.subtree", &["target"], &[Open, Internal], FieldLevel::Editable, Scope::Subtree);
    }
    for role in ["company_owner", "finance"] {
        r.may(role, "targets.all", &["target"], &[List, View], Scope::All, "全部业绩目标", "all targets");
        r.sees(role, "targets.all", &["target"], &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    }
    // A board holds questions and no answers: whoever sees one asks them with their own rights.
    let business = [
        "company_owner",
        "sales_director",
        "sales_manager",
        "sales_rep",
        "service",
        "finance",
        "marketing",
        "pool_manager",
    ];
    for role in business {
        r.may(
            role,
            "boards.own",
            &["dashboard"],
            &[List, View, Create, Edit, Delete, Share, Transfer],
            Scope::Own,
            "本人的仪表盘",
            "dashboards of their own",
        );
        r.sees(role, "boards.own", &["dashboard"], &PLAIN, FieldLevel::Editable, Scope::Own);
    }
}
