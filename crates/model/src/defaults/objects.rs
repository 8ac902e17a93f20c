//! The object types that ship: customer 客户, contact 联系人, opportunity 商机, follow-up 跟进记录, lead 线索, task 任务;
//! those of contracts and money are in [`super::trade`].

use crate::ids::FieldName;
use crate::mask::Mask;
use crate::object::{ChoiceOption, FieldDef, FieldKind, ObjectType, Search, Sensitivity};
use crate::process::{Becomes, Convert, Discard, Done, Outcome, Pipeline, PoolFields, Process, Stage};
use crate::text::Text;

/// All shipped object types, with their columns assigned.
pub fn objects() -> Vec<ObjectType> {
    let mut all = vec![customer(), contact(), opportunity(), follow_up(), lead(), task()];
    all.extend(super::trade::objects());
    for o in &mut all {
        // The shipped definitions keep every limit (test below), so this cannot fail.
        let assigned = o.assign_slots();
        debug_assert!(assigned.is_ok(), "{assigned:?}");
    }
    all
}

pub(super) fn name<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    #[allow(clippy::expect_used, reason = "shipped names are literals, checked by the tests of this module")]
    text.parse().expect("shipped names are valid")
}

pub(super) fn field(n: &str, zh: &str, en: &str, kind: FieldKind, class: Sensitivity) -> FieldDef {
    FieldDef {
        name: name::<FieldName>(n),
        label: Text::new(zh, en),
        kind,
        required: false,
        unique: false,
        class,
        mask: Mask::default(),
        search: Search::None,
        sorted: false,
        kept: false,
        formula: None,
        numbered: None,
        slot: None,
    }
}

impl FieldDef {
    pub(super) fn required(mut self) -> Self {
        self.required = true;
        self
    }
    pub(super) fn masked(mut self, mask: Mask) -> Self {
        self.mask = mask;
        self
    }
    pub(super) fn sorted(mut self) -> Self {
        self.sorted = true;
        self
    }
    pub(super) fn search(mut self, search: Search) -> Self {
        self.search = search;
        self
    }
    pub(super) fn kept(mut self) -> Self {
        self.kept = true;
        self
    }
}

/// What the house keeps of a record that can wait in a pool.
fn pool_fields() -> [FieldDef; 6] {
    [
        field("pool_name", "所属公海", "Pool", FieldKind::Text { max: 40 }, Internal).kept(),
        field("pooled_at", "进入公海时间", "In the pool since", FieldKind::DateTime, Internal).kept(),
        field("former_owner", "前负责人", "Former owner", FieldKind::User, Internal).kept(),
        field("owned_since", "负责开始时间", "Owned since", FieldKind::DateTime, Internal).kept(),
        field("claimed_by", "领取人", "Claimed by", FieldKind::User, Internal).kept(),
        field("return_reason", "退回原因", "Reason of return", FieldKind::Text { max: 60 }, Internal).kept(),
    ]
}

fn pool() -> PoolFields {
    PoolFields {
        name: name("pool_name"),
        since: name("pooled_at"),
        former: name("former_owner"),
        owned: name("owned_since"),
        claimed_by: name("claimed_by"),
        reason: name("return_reason"),
    }
}

/// The object type with these fields at its end.
fn with(mut object: ObjectType, more: impl IntoIterator<Item = FieldDef>) -> ObjectType {
    object.fields.extend(more);
    object
}

pub(super) fn choice(options: &[(&str, &str, &str)]) -> FieldKind {
    let options =
        options.iter().map(|(v, zh, en)| ChoiceOption { value: (*v).into(), label: Text::new(*zh, *en) }).collect();
    FieldKind::Choice { options }
}

use Sensitivity::{Internal, Personal, Sensitive};

/// 客户. A customer's name is personal: a sole trader's company is a person, and a list of customers is what leavers take.
pub fn customer() -> ObjectType {
    let customer = ObjectType {
        name: name("customer"),
        label: Text::new("客户", "Customer"),
        title_field: name("name"),
        customer_field: None,
        has_pool: true,
        process: Some(Box::new(Process { pool: Some(pool()), ..Process::default() })),
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields: vec![
            field("name", "客户名称", "Name", FieldKind::Text { max: 120 }, Personal)
                .required()
                .masked(Mask::Name)
                .search(Search::Part),
            field("phone", "电话", "Phone", FieldKind::Phone, Personal).masked(Mask::Phone).search(Search::Exact),
            field("email", "邮箱", "E-mail", FieldKind::Email, Personal).masked(Mask::Email).search(Search::Exact),
            field("address", "地址", "Address", FieldKind::Address, Personal).masked(Mask::Address),
            field("id_number", "证件号码", "Identity number", FieldKind::IdNumber, Sensitive)
                .masked(Mask::IdNumber)
                .search(Search::Exact),
            field("bank_account", "银行账号", "Bank account", FieldKind::Text { max: 40 }, Sensitive)
                .masked(Mask::Custom { head: 0, tail: 4 }),
            field(
                "level",
                "客户级别",
                "Level",
                choice(&[("A", "A 重点", "A key"), ("B", "B 普通", "B normal"), ("C", "C 一般", "C minor")]),
                Internal,
            ),
            field(
                "status",
                "状态",
                "Status",
                choice(&[
                    ("potential", "潜在", "Potential"),
                    ("active", "成交", "Active"),
                    ("dormant", "沉睡", "Dormant"),
                    ("lost", "流失", "Lost"),
                ]),
                Internal,
            ),
            field("industry", "行业", "Industry", FieldKind::Text { max: 60 }, Internal),
            field("region", "地区", "Region", FieldKind::Text { max: 60 }, Internal),
            field("source", "来源", "Source", FieldKind::Text { max: 60 }, Internal),
            field("revenue", "年收入", "Annual revenue", FieldKind::Money { scale: 2 }, Internal).sorted(),
            field("employees", "员工数", "Employees", FieldKind::Number { scale: 0 }, Internal),
            field("founded", "成立年份", "Founded", FieldKind::Number { scale: 0 }, Internal),
            field("external_id", "外部编号", "External id", FieldKind::Text { max: 120 }, Internal),
            field("notes", "备注", "Notes", FieldKind::LongText, Personal),
        ],
    };
    with(customer, pool_fields())
}

pub(super) fn customer_reference() -> FieldDef {
    field("customer", "客户", "Customer", FieldKind::Reference { object: name("customer") }, Internal).required()
}

/// 联系人
pub fn contact() -> ObjectType {
    ObjectType {
        name: name("contact"),
        label: Text::new("联系人", "Contact"),
        title_field: name("name"),
        customer_field: Some(name("customer")),
        has_pool: false,
        process: None,
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields: vec![
            customer_reference(),
            field("name", "姓名", "Name", FieldKind::Text { max: 80 }, Personal)
                .required()
                .masked(Mask::Name)
                .search(Search::Part),
            field("mobile", "手机", "Mobile", FieldKind::Phone, Personal).masked(Mask::Phone).search(Search::Exact),
            field("email", "邮箱", "E-mail", FieldKind::Email, Personal).masked(Mask::Email).search(Search::Exact),
            field("wechat", "微信", "WeChat", FieldKind::Text { max: 60 }, Personal)
                .masked(Mask::Custom { head: 1, tail: 1 }),
            field("id_number", "身份证号", "Identity number", FieldKind::IdNumber, Sensitive)
                .masked(Mask::IdNumber)
                .search(Search::Exact),
            field("title", "职务", "Title", FieldKind::Text { max: 60 }, Internal),
            field(
                "decision_role",
                "决策角色",
                "Part in the decision",
                choice(&[
                    ("decider", "决策人", "Decider"),
                    ("influencer", "影响人", "Influencer"),
                    ("user", "使用人", "User"),
                    ("gatekeeper", "把关人", "Gatekeeper"),
                ]),
                Internal,
            ),
            field("external_id", "外部编号", "External id", FieldKind::Text { max: 120 }, Internal),
            field("notes", "备注", "Notes", FieldKind::LongText, Personal),
        ],
    }
}

/// 商机
pub fn opportunity() -> ObjectType {
    ObjectType {
        name: name("opportunity"),
        label: Text::new("商机", "Opportunity"),
        title_field: name("name"),
        customer_field: Some(name("customer")),
        has_pool: false,
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        process: Some(Box::new(Process {
            pipeline: Some(pipeline()),
            next: vec![super::trade::after("contract", &[("name", "name"), ("amount", "amount")])],
            approval: Some(super::approvals::of_opportunity()),
            ..Process::default()
        })),
        fields: vec![
            customer_reference(),
            field("name", "商机名称", "Name", FieldKind::Text { max: 120 }, Personal)
                .required()
                .masked(Mask::Custom { head: 2, tail: 0 })
                .search(Search::Part),
            field(
                "stage",
                "销售阶段",
                "Stage",
                choice(&[
                    ("prospecting", "初步接洽", "Prospecting"),
                    ("engaging", "需求沟通", "Engaging"),
                    ("proposal", "方案报价", "Proposal"),
                    ("negotiation", "谈判", "Negotiation"),
                    ("won", "赢单", "Won"),
                    ("lost", "输单", "Lost"),
                ]),
                Internal,
            )
            .required(),
            field("amount", "金额", "Amount", FieldKind::Money { scale: 2 }, Internal).sorted(),
            field("product", "产品", "Product", FieldKind::Text { max: 80 }, Internal),
            field("engaged_on", "接洽日期", "Engaged on", FieldKind::Date, Internal),
            field("closes_on", "预计成交日期", "Closes on", FieldKind::Date, Internal).sorted(),
            field("external_id", "外部编号", "External id", FieldKind::Text { max: 120 }, Internal),
            field("notes", "备注", "Notes", FieldKind::LongText, Personal),
            field(
                "outcome_reason",
                "赢输原因",
                "Reason of the outcome",
                choice(&[
                    ("product", "产品符合需求", "Product fits"),
                    ("price", "价格", "Price"),
                    ("relation", "客户关系", "Relationship"),
                    ("delivery", "交付与服务", "Delivery and service"),
                    ("competitor", "竞争对手", "Competitor"),
                    ("budget", "预算取消", "Budget cut"),
                    ("no_decision", "客户搁置", "No decision"),
                    ("other", "其他", "Other"),
                ]),
                Internal,
            ),
            field("discount", "折扣(%)", "Discount (%)", FieldKind::Number { scale: 2 }, Internal),
            super::approvals::status(),
        ],
    }
}

fn pipeline() -> Pipeline {
    let stage = |value: &str, probability, outcome, required: &[&str]| Stage {
        value: value.to_owned(),
        probability,
        outcome,
        required: required.iter().map(|f| name(f)).collect(),
    };
    Pipeline {
        stage: name("stage"),
        amount: name("amount"),
        closes: name("closes_on"),
        stages: vec![
            stage("prospecting", 10, None, &[]),
            stage("engaging", 30, None, &[]),
            stage("proposal", 50, None, &["amount"]),
            stage("negotiation", 80, None, &["amount", "closes_on"]),
            stage("won", 100, Some(Outcome::Won), &["amount", "closes_on", "outcome_reason"]),
            stage("lost", 0, Some(Outcome::Lost), &["outcome_reason"]),
        ],
    }
}

/// 跟进记录
pub fn follow_up() -> ObjectType {
    ObjectType {
        name: name("follow_up"),
        label: Text::new("跟进记录", "Follow-up"),
        title_field: name("summary"),
        customer_field: Some(name("customer")),
        has_pool: false,
        process: None,
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields: vec![
            customer_reference(),
            field("summary", "摘要", "Summary", FieldKind::Text { max: 200 }, Personal)
                .required()
                .masked(Mask::Custom { head: 2, tail: 0 }),
            field("content", "内容", "Content", FieldKind::LongText, Personal),
            field(
                "type",
                "方式",
                "Type",
                choice(&[
                    ("call", "电话", "Call"),
                    ("visit", "拜访", "Visit"),
                    ("wechat", "微信", "WeChat"),
                    ("email", "邮件", "E-mail"),
                    ("other", "其他", "Other"),
                ]),
                Internal,
            )
            .required(),
            field("happened_at", "跟进时间", "Happened at", FieldKind::DateTime, Internal),
            field("next_on", "下次跟进", "Next on", FieldKind::Date, Internal).sorted(),
            field("opportunity", "商机", "Opportunity", FieldKind::Reference { object: name("opportunity") }, Internal),
        ],
    }
}

/// 线索: somebody who may become a customer. Its own subject until it is converted.
pub fn lead() -> ObjectType {
    let lead = ObjectType {
        name: name("lead"),
        label: Text::new("线索", "Lead"),
        title_field: name("name"),
        customer_field: None,
        has_pool: true,
        process: Some(Box::new(Process {
            convert: Some(conversion()),
            discard: Some(Discard { status: name("status"), to: "discarded".into(), reason: name("discard_reason") }),
            pool: Some(pool()),
            ..Process::default()
        })),
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields: vec![
            field("name", "姓名", "Name", FieldKind::Text { max: 80 }, Personal)
                .required()
                .masked(Mask::Name)
                .search(Search::Part),
            field("company", "公司", "Company", FieldKind::Text { max: 120 }, Personal)
                .masked(Mask::Name)
                .search(Search::Part),
            field("phone", "电话", "Phone", FieldKind::Phone, Personal).masked(Mask::Phone).search(Search::Exact),
            field("email", "邮箱", "E-mail", FieldKind::Email, Personal).masked(Mask::Email).search(Search::Exact),
            field("title", "职务", "Title", FieldKind::Text { max: 60 }, Internal),
            field(
                "status",
                "状态",
                "Status",
                choice(&[
                    ("new", "新线索", "New"),
                    ("contacted", "已联系", "Contacted"),
                    ("qualified", "已确认需求", "Qualified"),
                    ("converted", "已转化", "Converted"),
                    ("discarded", "已丢弃", "Discarded"),
                ]),
                Internal,
            )
            .required(),
            field("source", "来源", "Source", FieldKind::Text { max: 60 }, Internal),
            field("region", "地区", "Region", FieldKind::Text { max: 60 }, Internal),
            field("product", "意向产品", "Product of interest", FieldKind::Text { max: 80 }, Internal),
            field("budget", "预算", "Budget", FieldKind::Money { scale: 2 }, Internal).sorted(),
            field(
                "discard_reason",
                "丢弃原因",
                "Reason of discarding",
                choice(&[
                    ("no_need", "没有需求", "No need"),
                    ("unreachable", "联系不上", "Cannot be reached"),
                    ("no_budget", "没有预算", "No budget"),
                    ("duplicate", "重复", "Duplicate"),
                    ("competitor", "已选竞品", "Chose a competitor"),
                    ("other", "其他", "Other"),
                ]),
                Internal,
            ),
            field("external_id", "外部编号", "External id", FieldKind::Text { max: 120 }, Internal),
            field("notes", "备注", "Notes", FieldKind::LongText, Personal),
            field("made", "转化为", "Became", FieldKind::Reference { object: name("customer") }, Internal).kept(),
        ],
    };
    with(lead, pool_fields())
}

fn conversion() -> Convert {
    let becomes = |object: &str, always, offer: &[(&str, &str)]| Becomes {
        object: name(object),
        always,
        offer: offer.iter().map(|(to, from)| (name(to), name(from))).collect(),
    };
    Convert {
        status: name("status"),
        to: "converted".into(),
        made: name("made"),
        into: vec![
            becomes(
                "customer",
                true,
                &[
                    ("name", "company"),
                    ("phone", "phone"),
                    ("email", "email"),
                    ("region", "region"),
                    ("source", "source"),
                    ("notes", "notes"),
                ],
            ),
            becomes("contact", false, &[("name", "name"), ("mobile", "phone"), ("email", "email"), ("title", "title")]),
            becomes("opportunity", false, &[("name", "product"), ("product", "product"), ("amount", "budget")]),
        ],
    }
}

/// 任务. One about a customer is the customer's data, and goes with them when they are erased.
pub fn task() -> ObjectType {
    let mut about = customer_reference();
    about.required = false;
    ObjectType {
        name: name("task"),
        label: Text::new("任务", "Task"),
        title_field: name("subject"),
        customer_field: Some(name("customer")),
        has_pool: false,
        process: Some(Box::new(Process {
            done: Some(Done { done: name("done"), due: name("due_on"), amount: None }),
            ..Process::default()
        })),
        layout: None,
        required_if: vec![],
        checks: vec![],
        card: vec![],
        fields: vec![
            field("subject", "任务", "Subject", FieldKind::Text { max: 200 }, Personal)
                .required()
                .masked(Mask::Custom { head: 2, tail: 0 })
                .search(Search::Part),
            field("due_on", "截止日期", "Due on", FieldKind::Date, Internal).sorted(),
            field(
                "priority",
                "优先级",
                "Priority",
                choice(&[("high", "高", "High"), ("normal", "中", "Normal"), ("low", "低", "Low")]),
                Internal,
            ),
            field("done", "已完成", "Done", FieldKind::Bool, Internal),
            about,
            field("opportunity", "商机", "Opportunity", FieldKind::Reference { object: name("opportunity") }, Internal),
            field("lead", "线索", "Lead", FieldKind::Reference { object: name("lead") }, Internal),
            field("notes", "备注", "Notes", FieldKind::LongText, Personal),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_definitions_keep_the_limits_and_seal_what_is_personal() {
        for o in objects() {
            o.check().unwrap();
            // What is looked up elsewhere lies nowhere.
            for f in o.fields.iter().filter(|f| !f.kind.is_looked_up()) {
                assert_eq!(f.class.is_sealed(), f.slot.is_none(), "{}.{}", o.name, f.name);
            }
        }
    }
}
