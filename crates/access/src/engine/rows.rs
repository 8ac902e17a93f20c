//! Matrix rows as the compiler sees them: checked one by one, with the rules that are always there added.

use std::collections::BTreeSet;

use model::action::On;
use model::policy::{Beyond, Effect, FieldSelect, MatrixRow, ObjectSelect, Principals, What, When};
use model::{Action, FieldLevel, ObjectType, Scope, Sensitivity, Text, UnixMs};

use super::condition::predicate_of;
use super::predicate::Predicate;
use super::problem::Problem;

/// Which records a rule reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reach {
    Scope(Scope),
    /// Shared to the principal, to read or to edit.
    SharedRead,
    SharedEdit,
}

/// A checked row.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub id: String,
    pub effect: Effect,
    pub who: Principals,
    pub objects: ObjectSelect,
    pub what: What,
    pub reach: Reach,
    /// A condition scope, as the predicate it is over every object of the row.
    pub condition: Option<Predicate>,
    pub when: Vec<When>,
    pub valid_from: Option<UnixMs>,
    pub valid_until: Option<UnixMs>,
    pub title: Text,
}

/// Ids that begin so belong to the rules that are always there.
const BUILT_IN: &str = "share.";

/// Shares are data, not policies: these rules are what a share means, for everyone.
pub(crate) fn built_in() -> Vec<Source> {
    let rule = |id: &str, what, reach, zh, en| Source {
        id: id.to_owned(),
        effect: Effect::Permit,
        who: Principals::Everyone,
        objects: ObjectSelect::Any,
        what,
        reach,
        condition: None,
        when: vec![],
        valid_from: None,
        valid_until: None,
        title: Text::new(zh, en),
    };
    let operations = |actions: &[Action]| What::Operations(actions.iter().copied().collect());
    let fields = |classes: &[Sensitivity], level| What::Fields {
        fields: FieldSelect::Classes(classes.iter().copied().collect()),
        level,
    };
    let plain = [Sensitivity::Open, Sensitivity::Internal, Sensitivity::Personal];
    vec![
        rule(
            "share.read",
            operations(&[Action::List, Action::View]),
            Reach::SharedRead,
            "共享给本人、所在部门或角色的记录",
            "records shared to them, their department or a role of theirs",
        ),
        rule(
            "share.edit",
            operations(&[Action::List, Action::View, Action::Edit]),
            Reach::SharedEdit,
            "共享编辑的记录",
            "records shared to edit",
        ),
        rule(
            "share.fields.read",
            fields(&plain, FieldLevel::ReadOnly),
            Reach::SharedRead,
            "共享记录中可查看的字段",
            "fields of shared records that may be read",
        ),
        rule(
            "share.fields.masked",
            fields(&[Sensitivity::Sensitive], FieldLevel::Masked),
            Reach::SharedRead,
            "共享记录中脱敏显示的字段",
            "fields of shared records shown masked",
        ),
        rule(
            "share.fields.edit",
            fields(&plain, FieldLevel::Editable),
            Reach::SharedEdit,
            "共享编辑记录中可编辑的字段",
            "fields of records shared to edit that may be edited",
        ),
    ]
}

/// Checks the rows one by one.
pub(crate) fn check(rows: &[MatrixRow], objects: &[&ObjectType], problems: &mut Vec<Problem>) -> Vec<Source> {
    let mut seen = BTreeSet::new();
    let mut sources = vec![];
    for row in rows {
        let before = problems.len();
        let mut found = |code, zh: String, en: String| problems.push(Problem::new(&row.id, code, zh, en));
        if row.id.is_empty()
            || row.id.len() > 80
            || !row.id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
        {
            found(
                "bad_id",
                "规则编号只能包含字母、数字、`_`、`.`、`-`,最多 80 个".into(),
                "a row id has 1 to 80 letters, digits, `_`, `.` and `-`".into(),
            );
        }
        if !seen.insert(&row.id) {
            found("duplicate_id", "规则编号重复".into(), "another row has the same id".into());
        }
        if row.id.starts_with(BUILT_IN) {
            found(
                "reserved_id",
                "以 `share.` 开头的编号留给内置规则".into(),
                "ids beginning with `share.` belong to built-in rules".into(),
            );
        }
        if row.title.zh.trim().is_empty() || row.title.en.trim().is_empty() {
            found("no_title", "缺少中文或英文标题".into(), "a title in Chinese and in English is needed".into());
        }
        if let (Some(from), Some(until)) = (row.valid_from, row.valid_until)
            && from >= until
        {
            found("never_valid", "有效期的结束不晚于开始".into(), "the row ends before it begins".into());
        }
        let selected: Vec<&ObjectType> = objects.iter().copied().filter(|o| row.objects.has(&o.name)).collect();
        if let ObjectSelect::Only(names) = &row.objects {
            if names.is_empty() {
                found("no_objects", "没有选择对象".into(), "no object is chosen".into());
            }
            for name in names.iter().filter(|n| !objects.iter().any(|o| o.name == **n)) {
                found("unknown_object", format!("没有对象 `{name}`"), format!("there is no object `{name}`"));
            }
        }
        check_what(row, &selected, &mut found);
        check_when(row, &mut found);
        let condition = check_scope(row, &selected, &mut found);
        if problems.len() == before {
            sources.push(Source {
                id: row.id.clone(),
                effect: row.effect,
                who: row.who.clone(),
                objects: row.objects.clone(),
                what: row.what.clone(),
                reach: Reach::Scope(row.scope.clone()),
                condition,
                when: row.when.clone(),
                valid_from: row.valid_from,
                valid_until: row.valid_until,
                title: row.title.clone(),
            });
        }
    }
    sources
}

type Found<'a> = dyn FnMut(&'static str, String, String) + 'a;

fn check_what(row: &MatrixRow, selected: &[&ObjectType], found: &mut Found<'_>) {
    match &row.what {
        What::Operations(actions) => {
            if actions.is_empty() {
                found("no_operations", "没有选择操作".into(), "no operation is chosen".into());
            }
            for a in actions.iter().filter(|a| a.on() == On::Session) {
                found(
                    "needs_no_permission",
                    format!("「{}」无需授权", a.zh()),
                    format!("`{a}` concerns the caller's own session and needs no row"),
                );
            }
            if row.scope != Scope::All
                && let Some(a) = actions.iter().find(|a| a.on() == On::System)
            {
                found(
                    "duty_with_scope",
                    format!("管理职责「{}」没有数据范围,范围应为全部", a.zh()),
                    format!("the duty `{a}` has no records: its scope must be `all`"),
                );
            }
        }
        What::Fields { fields, level } => {
            if *level == FieldLevel::Hidden && row.effect == Effect::Permit {
                found(
                    "grants_nothing",
                    "授予「隐藏」等于什么也没有授予".into(),
                    "a permit of `hidden` grants nothing".into(),
                );
            }
            match fields {
                FieldSelect::Classes(classes) if classes.is_empty() => {
                    found("no_fields", "没有选择字段".into(), "no field is chosen".into());
                }
                FieldSelect::Named(names) if names.is_empty() => {
                    found("no_fields", "没有选择字段".into(), "no field is chosen".into());
                }
                FieldSelect::Named(names) => {
                    for n in names.iter().filter(|n| !selected.iter().any(|o| o.field(n.as_str()).is_some())) {
                        found(
                            "unknown_field",
                            format!("所选对象没有字段 `{n}`"),
                            format!("no chosen object has a field `{n}`"),
                        );
                    }
                }
                FieldSelect::Classes(_) => {}
            }
        }
    }
}

fn check_when(row: &MatrixRow, found: &mut Found<'_>) {
    for when in &row.when {
        match when {
            When::Network(nets) if nets.is_empty() => {
                found("no_network", "没有填写网段".into(), "no network is given".into());
            }
            When::Rate { beyond: Beyond::Approval, .. } if has_duty(&row.what) => {
                found(
                    "duty_without_record",
                    "管理职责没有记录，超出限额时不能申请审批".into(),
                    "a duty has no record whose access could be approved beyond a rate".into(),
                );
            }
            When::Channel(channels) if channels.is_empty() => {
                found("no_channel", "没有选择访问方式".into(), "no channel is chosen".into());
            }
            _ => {}
        }
    }
}

fn has_duty(what: &What) -> bool {
    matches!(what, What::Operations(actions) if actions.iter().any(|a| a.on() == On::System))
}

fn check_scope(row: &MatrixRow, selected: &[&ObjectType], found: &mut Found<'_>) -> Option<Predicate> {
    match &row.scope {
        Scope::Chosen { departments, .. } if departments.is_empty() => {
            found("no_departments", "没有选择部门".into(), "no department is chosen".into());
            None
        }
        Scope::Condition { condition } => {
            let mut first = None;
            for object in selected {
                match predicate_of(condition, object) {
                    Ok(p) => {
                        if first.as_ref().is_some_and(|f| *f != p) {
                            found(
                                "condition_differs",
                                format!("条件在对象 `{}` 上含义不同,请分成两条规则", object.name),
                                format!("the condition means something else for `{}`: make it two rows", object.name),
                            );
                            return None;
                        }
                        first = Some(p);
                    }
                    Err(error) => {
                        found(
                            "bad_condition",
                            format!("条件不适用于对象 `{}`:{error}", object.name),
                            format!("the condition does not fit `{}`: {error}", object.name),
                        );
                        return None;
                    }
                }
            }
            if first.as_ref().is_some_and(Predicate::is_constant) {
                found(
                    "constant_condition",
                    "条件对所有记录结果相同,请改用「全部」或删除该规则".into(),
                    "the condition is the same for every record: use `all` or drop the row".into(),
                );
            }
            first
        }
        _ => None,
    }
}
