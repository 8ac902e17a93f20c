//! The object types of contracts and money that ship: product 产品, contract 合同, line 合同明细, payment plan 回款计划, payment 回款;
//! and those of steering: target 业绩目标 and dashboard 仪表盘.
//!
//! Rule: amounts, dates and states are internal and clear, so that they can be filtered and summed by whoever may read them;
//! what names a person or a deal (a contract's name, a bank's reference, notes) is personal and sealed.

use super::objects::{choice, customer_reference, field, name};
use crate::aggregate::{Work, Worked};
use crate::condition::{Comparison, Condition};
use crate::mask::Mask;
use crate::object::Sensitivity::{Internal, Open, Personal};
use crate::object::{FieldDef, FieldKind, ObjectType, Search};
use crate::process::{Becomes, Dashboard, Done, Measure, Process, Target};
use crate::rules::{Check, Must};
use crate::text::Text;

pub(super) fn objects() -> Vec<ObjectType> {
    vec![product(), contract(), contract_line(), payment_plan(), payment(), target(), dashboard()]
}

/// What is often made after a record, and what is offered for it.
pub(super) fn after(object: &str, offer: &[(&str, &str)]) -> Becomes {
    let offer = offer.iter().map(|(to, from)| (name(to), name(from))).collect();
    Becomes { object: name(object), always: false, offer }
}

fn reference(n: &str, zh: &str, en: &str, object: &str) -> FieldDef {
    field(n, zh, en, FieldKind::Reference { object: name(object) }, Internal)
}

fn money(n: &str, zh: &str, en: &str) -> FieldDef {
    field(n, zh, en, FieldKind::Money { scale: 2 }, Internal)
}

fn date(n: &str, zh: &str, en: &str) -> FieldDef {
    field(n, zh, en, FieldKind::Date, Internal)
}

fn text(n: &str, zh: &str, en: &str, max: u16) -> FieldDef {
    field(n, zh, en, FieldKind::Text { max }, Internal)
}

fn looked_up(through: &str, field: &str) -> FieldKind {
    FieldKind::Lookup { through: name(through), field: name(field) }
}

fn sum_of(object: &str, by: &str, field: &str) -> FieldKind {
    let value = Some(Worked { field: name(field), work: Work::Sum });
    FieldKind::RollUp { object: name(object), by: name(by), value, when: None }
}

fn notes() -> FieldDef {
    field("notes", "备注", "Notes", FieldKind::LongText, Personal)
}

fn object(n: &str, zh: &str, en: &str, title: &str, process: Option<Process>, fields: Vec<FieldDef>) -> ObjectType {
    let customer_field = fields.iter().find(|f| f.name.as_str() == "customer").map(|f| f.name.clone());
    ObjectType {
        name: name(n),
        label: Text::new(zh, en),
        title_field: name(title),
        customer_field,
        has_pool: false,
        process: process.map(Box::new),
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields,
    }
}

/// 产品. Open: a price list is shown to anyone who sells.
pub fn product() -> ObjectType {
    let plain = |n, zh, en, max| field(n, zh, en, FieldKind::Text { max }, Open);
    let status = choice(&[("active", "在售", "On sale"), ("retired", "停售", "Retired")]);
    object(
        "product",
        "产品",
        "Product",
        "name",
        None,
        vec![
            plain("name", "产品名称", "Name", 120).required(),
            FieldDef { unique: true, ..plain("code", "产品编码", "Code", 60).required() },
            plain("category", "分类", "Category", 60),
            plain("unit", "单位", "Unit", 20),
            field("list_price", "标准价", "List price", FieldKind::Money { scale: 2 }, Open).sorted(),
            field("status", "状态", "Status", status, Open).required(),
            plain("description", "说明", "Description", 500),
        ],
    )
}

/// 合同
pub fn contract() -> ObjectType {
    let process = Process {
        next: vec![after("contract_line", &[]), after("payment_plan", &[("amount", "amount")]), after("payment", &[])],
        approval: Some(super::approvals::of_contract()),
        ..Process::default()
    };
    let status = choice(&[
        ("draft", "草拟", "Draft"),
        ("signed", "已签订", "Signed"),
        ("running", "履行中", "In performance"),
        ("completed", "已完成", "Completed"),
        ("terminated", "已终止", "Terminated"),
    ]);
    let contract = object(
        "contract",
        "合同",
        "Contract",
        "number",
        Some(process),
        vec![
            customer_reference(),
            FieldDef {
                unique: true,
                numbered: Some("HT-{yyyy}{mm}-{0000}".to_owned()),
                ..text("number", "合同编号", "Number", 60)
            },
            field("name", "合同名称", "Name", FieldKind::Text { max: 120 }, Personal)
                .masked(Mask::Custom { head: 2, tail: 0 })
                .search(Search::Part),
            reference("opportunity", "商机", "Opportunity", "opportunity"),
            field("status", "状态", "Status", status, Internal).required(),
            money("amount", "合同金额", "Amount").required().sorted(),
            date("signed_on", "签订日期", "Signed on").sorted(),
            date("starts_on", "开始日期", "Starts on"),
            date("ends_on", "结束日期", "Ends on").sorted(),
            text("external_id", "外部编号", "External id", 120),
            notes(),
            field("discount", "折扣(%)", "Discount (%)", FieldKind::Number { scale: 2 }, Internal),
            super::approvals::status(),
            field("industry", "客户行业", "Customer's industry", looked_up("customer", "industry"), Internal),
            field("paid", "已回款", "Paid", sum_of("payment", "contract", "amount"), Internal),
        ],
    );
    let ends = Check {
        field: name("ends_on"),
        must: Must::Compare { left: name("ends_on"), op: Comparison::Ge, right: name("starts_on") },
        message: Text::new("结束日期不能早于开始日期。", "A contract does not end before it starts."),
    };
    let card = ["name", "status", "amount", "ends_on"].map(name).to_vec();
    ObjectType { checks: vec![ends], card, ..contract }
}

/// 合同明细
pub fn contract_line() -> ObjectType {
    object(
        "contract_line",
        "合同明细",
        "Contract line",
        "item",
        None,
        vec![
            customer_reference(),
            reference("contract", "合同", "Contract", "contract").required(),
            text("item", "项目", "Item", 120).required(),
            reference("product", "产品", "Product", "product"),
            field("quantity", "数量", "Quantity", FieldKind::Number { scale: 3 }, Internal),
            money("unit_price", "单价", "Unit price"),
            field("discount", "折扣(%)", "Discount (%)", FieldKind::Number { scale: 2 }, Internal),
            FieldDef {
                formula: Some("quantity * unit_price * (1 - discount / 100)".to_owned()),
                ..money("amount", "金额", "Amount").sorted()
            },
        ],
    )
}

/// 回款计划. Done when it is paid; until then it is due.
pub fn payment_plan() -> ObjectType {
    let done = Done { done: name("done"), due: name("due_on"), amount: Some(name("amount")) };
    let process = Process {
        done: Some(done),
        next: vec![after("payment", &[("contract", "contract"), ("amount", "amount")])],
        ..Process::default()
    };
    object(
        "payment_plan",
        "回款计划",
        "Payment plan",
        "name",
        Some(process),
        vec![
            customer_reference(),
            reference("contract", "合同", "Contract", "contract").required(),
            text("name", "期次", "Instalment", 60).required(),
            date("due_on", "计划回款日期", "Due on").required().sorted(),
            money("amount", "计划金额", "Amount").required().sorted(),
            field("done", "已回款", "Paid", FieldKind::Bool, Internal),
            notes(),
        ],
    )
}

/// 回款. Reported by whoever sells, confirmed by finance.
pub fn payment() -> ObjectType {
    let method = choice(&[
        ("transfer", "银行转账", "Bank transfer"),
        ("cheque", "支票", "Cheque"),
        ("acceptance", "承兑汇票", "Acceptance bill"),
        ("card", "刷卡或扫码", "Card or code"),
        ("cash", "现金", "Cash"),
    ]);
    object(
        "payment",
        "回款",
        "Payment",
        "number",
        None,
        vec![
            customer_reference(),
            reference("contract", "合同", "Contract", "contract").required(),
            reference("plan", "回款计划", "Payment plan", "payment_plan"),
            text("number", "回款编号", "Number", 60).required(),
            date("received_on", "到账日期", "Received on").required().sorted(),
            money("amount", "回款金额", "Amount").required().sorted(),
            field("method", "方式", "Method", method, Internal),
            field("bank_reference", "银行流水号", "Bank reference", FieldKind::Text { max: 80 }, Personal)
                .masked(Mask::Custom { head: 0, tail: 4 }),
            field("confirmed", "财务已确认", "Confirmed by finance", FieldKind::Bool, Internal),
            notes(),
        ],
    )
}

/// 业绩目标. Its owner is whose target it is; a team's is its lead's, and reaches their department with those below.
pub fn target() -> ObjectType {
    let measure = |value: &str, object: &str, on: &str, only: Option<Condition>| Measure {
        value: value.to_owned(),
        object: name(object),
        amount: name("amount"),
        on: name(on),
        only,
    };
    let is = |field: &str, op, value| Some(Condition::test(field, op, value));
    let process = Process {
        target: Some(Target {
            period: name("period"),
            starts: name("starts_on"),
            reach: name("reach"),
            measure: name("measure"),
            amount: name("amount"),
            measures: vec![
                measure("signed", "contract", "signed_on", is("status", Comparison::Ne, "draft".into())),
                measure("received", "payment", "received_on", None),
                measure("won", "opportunity", "closes_on", is("stage", Comparison::Eq, "won".into())),
            ],
        }),
        ..Process::default()
    };
    object(
        "target",
        "业绩目标",
        "Target",
        "name",
        Some(process),
        vec![
            text("name", "目标名称", "Name", 80).required(),
            field(
                "period",
                "周期",
                "Period",
                choice(&[("month", "月", "Month"), ("quarter", "季度", "Quarter"), ("year", "年", "Year")]),
                Internal,
            )
            .required(),
            date("starts_on", "起始日期", "Starts on").required().sorted(),
            field(
                "reach",
                "对象",
                "For",
                choice(&[
                    ("person", "个人", "The owner"),
                    ("team", "部门及下级", "The owner's department and those below"),
                ]),
                Internal,
            )
            .required(),
            field(
                "measure",
                "指标",
                "Measure",
                choice(&[
                    ("signed", "签约金额", "Contracts signed"),
                    ("received", "回款金额", "Payments received"),
                    ("won", "赢单金额", "Deals won"),
                ]),
                Internal,
            )
            .required(),
            money("amount", "目标金额", "Amount").required().sorted(),
        ],
    )
}

/// 仪表盘
pub fn dashboard() -> ObjectType {
    let process = Process { dashboard: Some(Dashboard { cards: name("cards") }), ..Process::default() };
    object(
        "dashboard",
        "仪表盘",
        "Dashboard",
        "name",
        Some(process),
        vec![
            text("name", "名称", "Name", 80).required(),
            field("cards", "卡片", "Cards", FieldKind::LongText, Personal).required(),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_target_measures_and_what_comes_after_a_record_is_there() {
        let all = crate::defaults::objects();
        let find = |n: &crate::ObjectName| all.iter().find(|o| o.name == *n).unwrap();
        for o in &all {
            let Some(process) = o.process() else { continue };
            for measure in process.target.iter().flat_map(|t| &t.measures) {
                let of = find(&measure.object);
                let named = measure.only.iter().flat_map(Condition::fields);
                for f in [measure.amount.as_str(), measure.on.as_str()].into_iter().chain(named) {
                    assert!(of.field(f).unwrap().slot.is_some(), "{}.{f}", of.name);
                }
            }
            for next in &process.next {
                for field in next.offer.keys() {
                    assert!(find(&next.object).field(field.as_str()).is_some(), "{}.{field}", next.object);
                }
            }
        }
    }
}
