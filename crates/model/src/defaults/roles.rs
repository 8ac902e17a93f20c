//! The roles and the matrix that ship. Each row reads as a sentence; the access matrix golden file shows what they add up to.

use std::collections::BTreeSet;

use crate::action::Action::{self, *};
use crate::action::On;
use crate::caller::Channel;
use crate::ids::{ObjectName, RoleName};
use crate::object::Sensitivity::{self, *};
use crate::org::Role;
use crate::policy::{
    Beyond, Counter, Effect, FieldLevel, FieldSelect, MatrixRow, ObjectSelect, Policy, Principals, What, When,
};
use crate::scope::Scope;
use crate::text::Text;

pub(super) fn role_name(text: &str) -> RoleName {
    #[allow(clippy::expect_used, reason = "shipped names are literals, checked by the tests of this module")]
    text.parse().expect("shipped names are valid")
}

fn objects(names: &[&str]) -> ObjectSelect {
    if names.is_empty() {
        return ObjectSelect::Any;
    }
    #[allow(clippy::expect_used, reason = "shipped names are literals, checked by the tests of this module")]
    let names: BTreeSet<ObjectName> = names.iter().map(|n| n.parse().expect("shipped names are valid")).collect();
    ObjectSelect::Only(names)
}

/// The role, and the service account, in whose name records go back to a pool by themselves.
pub const RECYCLER: &str = "recycler";

/// The role of whoever assesses the company from outside. It gives nothing of the CRM, and meets no other role.
pub const ASSESSOR: &str = "assessor";

/// The preset roles. The three administrators exclude each other, and each excludes every role that reads customers.
pub fn roles() -> Vec<Role> {
    let duties = ["system_admin", "security_admin", "audit_admin"];
    let business = [
        ("company_owner", "企业负责人", "Company owner", None),
        ("sales_director", "销售总监", "Sales director", Some(10_000)),
        ("sales_manager", "销售经理", "Sales manager", Some(2_000)),
        ("sales_rep", "销售专员", "Sales rep", Some(200)),
        ("service", "客服", "Service", None),
        ("finance", "财务", "Finance", Some(1_000)),
        ("marketing", "市场", "Marketing", Some(1_000)),
        ("pool_manager", "公海管理员", "Pool manager", None),
        ("importer", "数据导入", "Importer", None),
        (RECYCLER, "公海回收", "Pool recycling", None),
        (ASSESSOR, "外部评估", "External assessor", None),
    ];
    let role = |name: &str, zh: &str, en: &str, excludes: Vec<&str>, export_rows| Role {
        name: role_name(name),
        label: Text::new(zh, en),
        excludes: excludes.into_iter().map(role_name).collect(),
        export_rows,
    };
    let mut all: Vec<Role> = [
        ("system_admin", "系统管理员", "System administrator"),
        ("security_admin", "安全管理员", "Security administrator"),
        ("audit_admin", "审计管理员", "Audit administrator"),
    ]
    .into_iter()
    .map(|(name, zh, en)| {
        let others = duties.iter().copied().filter(|d| *d != name).chain(business.iter().map(|b| b.0)).collect();
        role(name, zh, en, others, None)
    })
    .collect();
    let inside: Vec<&str> = business.iter().map(|b| b.0).filter(|b| *b != ASSESSOR).collect();
    all.extend(business.iter().map(|(name, zh, en, rows)| {
        let apart = if *name == ASSESSOR { inside.as_slice() } else { &[ASSESSOR][..] };
        role(name, zh, en, duties.iter().chain(apart).copied().collect(), *rows)
    }));
    all
}

pub(super) struct Rows(pub(super) Vec<MatrixRow>);

impl Rows {
    pub(super) fn add(&mut self, id: &str, who: Principals, on: &[&str], what: What, scope: Scope, zh: &str, en: &str) {
        self.0.push(MatrixRow {
            id: id.to_owned(),
            effect: Effect::Permit,
            who,
            objects: objects(on),
            what,
            scope,
            when: vec![],
            valid_from: None,
            valid_until: None,
            title: Text::new(zh, en),
        });
    }
    /// `role` may do `actions` on `on` within `scope`.
    pub(super) fn may(
        &mut self,
        role: &str,
        key: &str,
        on: &[&str],
        actions: &[Action],
        scope: Scope,
        zh: &str,
        en: &str,
    ) {
        let what = What::Operations(actions.iter().copied().collect());
        self.add(&format!("{role}.{key}"), Principals::Role(role_name(role)), on, what, scope, zh, en);
    }
    /// `role` has fields of `classes` up to `level` within `scope`.
    pub(super) fn sees(
        &mut self,
        role: &str,
        key: &str,
        on: &[&str],
        classes: &[Sensitivity],
        level: FieldLevel,
        scope: Scope,
    ) {
        let what = What::Fields { fields: FieldSelect::Classes(classes.iter().copied().collect()), level };
        let id = format!("{role}.{key}.{}", level.as_str());
        let (zh, en) = match level {
            FieldLevel::Editable => ("可编辑的字段", "fields that may be edited"),
            FieldLevel::ReadOnly => ("可查看的字段", "fields that may be read"),
            _ => ("脱敏显示的字段", "fields shown masked"),
        };
        self.add(&id, Principals::Role(role_name(role)), on, what, scope, zh, en);
    }
    fn forbid_unless(&mut self, id: &str, actions: &[Action], when: When, zh: &str, en: &str) {
        let what = What::Operations(actions.iter().copied().collect());
        self.add(id, Principals::Everyone, &[], what, Scope::All, zh, en);
        self.last_forbids(vec![when]);
    }
    /// The last row forbids, unless `when` holds.
    pub(super) fn last_forbids(&mut self, when: Vec<When>) {
        if let Some(row) = self.0.last_mut() {
            row.effect = Effect::Forbid;
            row.when = when;
        }
    }
}

/// The matrix that ships.
pub fn policy() -> Policy {
    const SALES: [&str; 4] = ["customer", "contact", "opportunity", "follow_up"];
    let mut r = Rows(vec![]);

    // 销售专员: their own, what they take part in, and the pool masked.
    r.may(
        "sales_rep",
        "own",
        &SALES,
        &[List, View, Reveal, Create, Edit, Share, Transfer, Export, Print, WhoLooked],
        Scope::Own,
        "本人负责的记录",
        "records they own",
    );
    r.may(
        "sales_rep",
        "own.delete",
        &["contact", "opportunity", "follow_up"],
        &[Delete],
        Scope::Own,
        "删除本人的记录",
        "delete their own",
    );
    r.may(
        "sales_rep",
        "participant",
        &SALES,
        &[List, View, Edit],
        Scope::Participant,
        "参与的记录",
        "records they take part in",
    );
    r.may("sales_rep", "pool", &["customer"], &[List, View], Scope::Pool, "公海客户(脱敏)", "pool customers, masked");
    r.sees("sales_rep", "own", &SALES, &[Open, Internal, Personal], FieldLevel::Editable, Scope::Own);
    r.sees("sales_rep", "own", &SALES, &[Sensitive], FieldLevel::Masked, Scope::Own);
    r.sees("sales_rep", "participant", &SALES, &[Open, Internal], FieldLevel::Editable, Scope::Participant);
    r.sees("sales_rep", "participant.personal", &SALES, &[Personal], FieldLevel::ReadOnly, Scope::Participant);
    r.sees("sales_rep", "pool", &["customer"], &[Open, Internal], FieldLevel::ReadOnly, Scope::Pool);
    r.sees("sales_rep", "pool.personal", &["customer"], &[Personal], FieldLevel::Masked, Scope::Pool);

    // 销售经理: the department and those below.
    r.may(
        "sales_manager",
        "subtree",
        &SALES,
        &[List, View, Reveal, Create, Edit, Delete, Share, Transfer, Export, Print, Approve, WhoLooked],
        Scope::Subtree,
        "本部门及下级部门的记录",
        "records of the department and those below",
    );
    r.may("sales_manager", "pool", &["customer"], &[List, View, Transfer], Scope::Pool, "公海客户", "pool customers");
    r.sees("sales_manager", "subtree", &SALES, &[Open, Internal, Personal], FieldLevel::Editable, Scope::Subtree);
    r.sees("sales_manager", "subtree", &SALES, &[Sensitive], FieldLevel::Masked, Scope::Subtree);
    r.sees("sales_manager", "pool", &["customer"], &[Open, Internal], FieldLevel::ReadOnly, Scope::Pool);
    r.sees("sales_manager", "pool.personal", &["customer"], &[Personal], FieldLevel::Masked, Scope::Pool);

    // 销售总监: the whole subtree, and import and merge.
    r.may(
        "sales_director",
        "subtree",
        &SALES,
        &[List, View, Reveal, Create, Edit, Delete, Share, Transfer, Export, Import, Merge, Print, Approve, WhoLooked],
        Scope::Subtree,
        "本部门及下级部门的记录",
        "records of the department and those below",
    );
    r.may("sales_director", "pool", &["customer"], &[List, View, Transfer], Scope::Pool, "公海客户", "pool customers");
    r.sees("sales_director", "subtree", &SALES, &[Open, Internal, Personal], FieldLevel::Editable, Scope::Subtree);
    r.sees("sales_director", "subtree", &SALES, &[Sensitive], FieldLevel::Masked, Scope::Subtree);
    r.sees("sales_director", "pool", &["customer"], &[Open, Internal, Personal], FieldLevel::ReadOnly, Scope::Pool);

    // 企业负责人: sees everything masked, changes nothing.
    r.may(
        "company_owner",
        "all",
        &SALES,
        &[List, View, Reveal, WhoLooked],
        Scope::All,
        "全部记录(只读)",
        "all records, read-only",
    );
    r.sees("company_owner", "all", &SALES, &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.sees("company_owner", "all", &SALES, &[Personal, Sensitive], FieldLevel::Masked, Scope::All);

    // 客服: any customer, masked until revealed; writes follow-ups of their own.
    r.may("service", "all", &SALES, &[List, View, Reveal], Scope::All, "全部客户(脱敏)", "all customers, masked");
    r.may(
        "service",
        "follow_up",
        &["follow_up"],
        &[Create, Edit],
        Scope::Own,
        "本人的跟进记录",
        "their own follow-ups",
    );
    r.sees("service", "all", &SALES, &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.sees("service", "all", &SALES, &[Personal], FieldLevel::Masked, Scope::All);
    r.sees("service", "follow_up", &["follow_up"], &[Open, Internal, Personal], FieldLevel::Editable, Scope::Own);

    // 财务: customers and opportunities, with bank accounts.
    r.may(
        "finance",
        "all",
        &["customer", "opportunity"],
        &[List, View, Export],
        Scope::All,
        "客户与商机",
        "customers and opportunities",
    );
    r.sees("finance", "all", &["customer", "opportunity"], &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.sees("finance", "all", &["customer", "opportunity"], &[Personal], FieldLevel::Masked, Scope::All);
    r.add(
        "finance.bank_account",
        Principals::Role(role_name("finance")),
        &["customer"],
        What::Fields {
            fields: FieldSelect::Named(["name", "bank_account"].iter().filter_map(|n| n.parse().ok()).collect()),
            level: FieldLevel::ReadOnly,
        },
        Scope::All,
        "名称与银行账号",
        "name and bank account",
    );

    // 市场: what may be counted and grouped, no person.
    r.may(
        "marketing",
        "all",
        &["customer", "contact"],
        &[List, View, Export],
        Scope::All,
        "全部客户(不含个人信息)",
        "all customers without personal data",
    );
    r.may("marketing", "import", &["customer", "contact"], &[Import], Scope::All, "导入客户", "import customers");
    r.sees("marketing", "all", &["customer", "contact"], &[Open, Internal], FieldLevel::ReadOnly, Scope::All);

    // 公海管理员: the pool, and giving its customers to people.
    r.may(
        "pool_manager",
        "pool",
        &["customer"],
        &[List, View, Edit, Transfer, Delete],
        Scope::Pool,
        "公海客户管理",
        "manage pool customers",
    );
    r.sees("pool_manager", "pool", &["customer"], &[Open, Internal], FieldLevel::Editable, Scope::Pool);
    r.sees("pool_manager", "pool.personal", &["customer"], &[Personal], FieldLevel::Masked, Scope::Pool);

    // 数据导入: writes everything, reads nothing.
    r.may("importer", "import", &[], &[Import], Scope::All, "导入数据", "import data");
    r.may(
        "importer",
        "people",
        &[],
        &[UserManage, RoleAssign],
        Scope::All,
        "导入人员与部门",
        "import people and departments",
    );
    r.sees("importer", "all", &[], &[Open, Internal, Personal, Sensitive], FieldLevel::Editable, Scope::All);

    // 三员分立: duties without customer data.
    r.may(
        "system_admin",
        "duty",
        &[],
        &[UserManage, ObjectManage, SettingManage, Backup, DirectoryRead],
        Scope::All,
        "系统管理",
        "system administration",
    );
    r.may(
        "security_admin",
        "duty",
        &[],
        &[RoleAssign, PolicyManage, KeyManage, HoldManage, Retain, AccessExplain, DirectoryRead],
        Scope::All,
        "安全管理",
        "security administration",
    );
    r.may("security_admin", "erase", &["customer"], &[Erase], Scope::All, "销毁客户数据", "erase a customer");
    r.may(
        "audit_admin",
        "duty",
        &[],
        &[AuditRead, AuditEvidence, AccessExplain, DirectoryRead],
        Scope::All,
        "审计",
        "audit",
    );

    // A share or a temporary grant cannot open customer data to a duty either.
    for duty in ["system_admin", "security_admin", "audit_admin"] {
        let erases = |a: Action| a == Erase && duty == "security_admin";
        // Operations that an edition brought have a row of their own, so that an older company gets it too.
        let later = [BreakGlass, Comment, Attach, DownloadFile];
        let on_records =
            Action::ALL.iter().copied().filter(|a| a.on() == On::Record && !erases(*a) && !later.contains(a));
        let what = What::Operations(on_records.collect());
        let id = format!("{duty}.no_customers");
        r.add(&id, Principals::Role(role_name(duty)), &[], what, Scope::All, "不接触客户数据", "no customer data");
        r.last_forbids(vec![]);
    }

    // Guard rails. They hold for everyone and beat every permit.
    r.forbid_unless("guard.purpose", &[Reveal, Export, Erase], When::Purpose, "须说明用途", "a purpose must be given");
    r.forbid_unless(
        "guard.reveal.rate",
        &[Reveal],
        When::Rate { counter: Counter::RevealsPerHour, below: 60, beyond: Beyond::Refuse },
        "每小时最多查看明文 60 次",
        "at most 60 reveals an hour",
    );
    r.0.extend(policy_of_sales_process());
    r.0.extend(super::requests::policy_of_requests());
    r.0.extend(super::trade_rows::policy_of_trade());
    r.0.extend(policy_of_handover());
    r.0.extend(super::policy_of_fourth_edition());
    r.0.extend(super::policy_of_fifth_edition());
    r.0.extend(super::policy_of_sixth_edition());
    Policy { rows: r.0 }
}

/// The rows of the matrix that edition 2 brought.
pub fn policy_of_sales_process() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    sales_process(&mut r);
    r.0
}

/// Leads, tasks, claiming and recycling: rows of their own, so that a company that has edited the others gets these alone.
fn sales_process(r: &mut Rows) {
    const BOTH: [&str; 2] = ["lead", "task"];
    const POOLED: [&str; 2] = ["customer", "lead"];
    r.may(
        "sales_rep",
        "leads.own",
        &BOTH,
        &[List, View, Reveal, Create, Edit, Share, Transfer, Export, Print, WhoLooked],
        Scope::Own,
        "本人的线索与任务",
        "leads and tasks of their own",
    );
    r.may("sales_rep", "tasks.delete", &["task"], &[Delete], Scope::Own, "删除本人的任务", "delete their own tasks");
    r.may(
        "sales_rep",
        "leads.participant",
        &BOTH,
        &[List, View, Edit],
        Scope::Participant,
        "参与的线索与任务",
        "leads and tasks they take part in",
    );
    r.sees("sales_rep", "leads.own", &BOTH, &[Open, Internal, Personal], FieldLevel::Editable, Scope::Own);
    r.sees("sales_rep", "leads.participant", &BOTH, &[Open, Internal], FieldLevel::Editable, Scope::Participant);
    r.sees("sales_rep", "leads.participant.personal", &BOTH, &[Personal], FieldLevel::ReadOnly, Scope::Participant);
    for role in ["sales_manager", "sales_director"] {
        r.may(
            role,
            "leads.subtree",
            &BOTH,
            &[
                List, View, Reveal, Create, Edit, Delete, Share, Transfer, Export, Import, Merge, Print, Approve,
                WhoLooked,
            ],
            Scope::Subtree,
            "本部门及下级部门的线索与任务",
            "leads and tasks of the department and those below",
        );
        r.sees(role, "leads.subtree", &BOTH, &[Open, Internal, Personal], FieldLevel::Editable, Scope::Subtree);
        r.may(role, "leads.assign", &["lead"], &[Transfer], Scope::Pool, "分配公海线索", "assign pool leads");
    }
    for role in ["sales_rep", "sales_manager", "sales_director"] {
        r.may(role, "leads.pool", &["lead"], &[List, View], Scope::Pool, "公海线索(脱敏)", "pool leads, masked");
        r.sees(role, "leads.pool", &["lead"], &[Open, Internal], FieldLevel::ReadOnly, Scope::Pool);
        r.sees(role, "leads.pool.personal", &["lead"], &[Personal], FieldLevel::Masked, Scope::Pool);
        r.may(role, "claim", &POOLED, &[Claim], Scope::Pool, "从公海领取", "claim from a pool");
    }
    r.may(
        "company_owner",
        "leads.all",
        &BOTH,
        &[List, View, Reveal, WhoLooked],
        Scope::All,
        "全部线索与任务(只读)",
        "all leads and tasks, read-only",
    );
    r.sees("company_owner", "leads.all", &BOTH, &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.sees("company_owner", "leads.all", &BOTH, &[Personal, Sensitive], FieldLevel::Masked, Scope::All);
    for role in ["service", "finance", "marketing", "pool_manager"] {
        let actions = &[List, View, Create, Edit, Delete, Transfer];
        r.may(role, "tasks.own", &["task"], actions, Scope::Own, "本人的任务", "tasks of their own");
        r.sees(role, "tasks.own", &["task"], &[Open, Internal, Personal], FieldLevel::Editable, Scope::Own);
    }
    r.may(
        "marketing",
        "leads.own",
        &["lead"],
        &[List, View, Create, Edit, Delete, Transfer, Import],
        Scope::Own,
        "本人录入的线索",
        "leads they enter",
    );
    r.sees("marketing", "leads.own", &["lead"], &[Open, Internal, Personal], FieldLevel::Editable, Scope::Own);
    r.may(
        "marketing",
        "leads.all",
        &["lead"],
        &[List, View],
        Scope::All,
        "全部线索(不含个人信息)",
        "all leads without personal data",
    );
    r.sees("marketing", "leads.all", &["lead"], &[Open, Internal], FieldLevel::ReadOnly, Scope::All);
    r.may(
        "pool_manager",
        "leads.pool",
        &["lead"],
        &[List, View, Edit, Transfer, Delete],
        Scope::Pool,
        "公海线索管理",
        "manage pool leads",
    );
    r.sees("pool_manager", "leads.pool", &["lead"], &[Open, Internal], FieldLevel::Editable, Scope::Pool);
    r.sees("pool_manager", "leads.pool.personal", &["lead"], &[Personal], FieldLevel::Masked, Scope::Pool);
    // Takes from owners who do not work on a record, and shows nothing to anyone. Only as the server's own job: a token made for
    // the account moves nothing.
    r.may(RECYCLER, "return", &[], &[Transfer], Scope::All, "退回公海", "return to the pool");
    if let Some(row) = r.0.last_mut() {
        row.when = vec![When::Channel(BTreeSet::from([Channel::Job]))];
    }
}

/// Handing over what somebody who leaves has, as it was added by the third edition.
pub fn policy_of_handover() -> Vec<MatrixRow> {
    let mut r = Rows(vec![]);
    r.may("system_admin", "handover", &[], &[Handover], Scope::All, "离职交接", "hand over what a leaver has");
    r.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_ids_are_unique_and_roles_exist() {
        let roles: BTreeSet<_> = roles().into_iter().map(|r| r.name).collect();
        let mut ids = BTreeSet::new();
        for row in policy().rows {
            assert!(ids.insert(row.id.clone()), "{}", row.id);
            if let Principals::Role(r) = &row.who {
                assert!(roles.contains(r), "{r}");
            }
        }
    }

    #[test]
    fn separated_duties_exclude_each_other_both_ways() {
        let roles = roles();
        for a in &roles {
            for b in &a.excludes {
                let b = roles.iter().find(|r| r.name == *b).unwrap();
                assert!(b.excludes.contains(&a.name), "{} and {}", a.name, b.name);
            }
        }
    }

    #[test]
    fn no_administrative_duty_reads_customers() {
        for row in policy().rows {
            let Principals::Role(r) = &row.who else { continue };
            if r.as_str().ends_with("_admin") && row.effect == Effect::Permit {
                match &row.what {
                    What::Operations(a) => {
                        assert!(!a.iter().any(|a| a.on() == On::Record && *a != Erase), "{}", row.id);
                    }
                    What::Fields { .. } => panic!("{}", row.id),
                }
            }
        }
    }

    #[test]
    fn no_share_opens_customers_to_an_administrative_duty() {
        for duty in ["system_admin", "security_admin", "audit_admin"] {
            let row = policy().rows.into_iter().find(|r| r.id == format!("{duty}.no_customers")).unwrap();
            let What::Operations(a) = row.what else { panic!("{}", row.id) };
            assert_eq!((row.effect, row.when), (Effect::Forbid, vec![]));
            assert!([List, View, Reveal, Export, Create, Edit, Import, Print].iter().all(|needed| a.contains(needed)));
        }
    }
}
