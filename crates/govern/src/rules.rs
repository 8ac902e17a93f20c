//! Findings 问题: readable rules over the numbers of a report.
//!
//! Each says what is, what should be, why it may be so, what follows, and which page of the console does something about it. The
//! thresholds stand in the rule's own words, so that whoever reads a finding can say whether they agree.

use model::{Decision, Text};

use crate::controls::{Control, State};
use crate::definition::Kind;
use crate::figure::{Figure, Query};
use crate::report::{Counted, Finding};

/// Accesses without a reason, in thousandths of those that were asked, from which a rule speaks; and the least of them.
const UNEXPLAINED_SHARE: i64 = 100;
const UNEXPLAINED_LEAST: i64 = 20;
/// Refusals from which a rise of one half is worth a word.
const REFUSED_LEAST: i64 = 20;
/// Exports from which twice as many as before are worth a word.
const EXPORTS_LEAST: i64 = 5;
/// Reveals from which it matters that one person has a third of them.
const REVEALS_LEAST: i64 = 20;
const SIGN_INS_LEAST: i64 = 20;

fn named<'a>(figures: &'a [Figure], id: &str) -> Option<&'a Figure> {
    figures.iter().find(|f| f.id == id)
}

fn percent(per_mille: i64) -> String {
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

/// What the rules say of it, the gravest first.
pub(crate) fn findings(kind: Kind, figures: &[Figure], counted: &Counted, held: &[Control]) -> Vec<Finding> {
    let mut all: Vec<Finding> = if kind == Kind::Compliance {
        held.iter().filter(|c| c.state == State::NotMet).map(of_control).collect()
    } else {
        [
            unexplained(figures),
            refused(figures),
            exports(figures),
            reveals(figures, counted),
            sign_ins(figures),
            denied_duties(figures, counted),
        ]
        .into_iter()
        .flatten()
        .collect()
    };
    let rank = |f: &Finding| ["high", "medium", "low"].iter().position(|s| *s == f.severity);
    all.sort_by_key(rank);
    all
}

fn unexplained(figures: &[Figure]) -> Option<Finding> {
    let without = named(figures, "unexplained")?;
    let share = 1000 - named(figures, "explained_share")?.value;
    if without.value < UNEXPLAINED_LEAST || share < UNEXPLAINED_SHARE {
        return None;
    }
    Some(Finding {
        rule: "unexplained_share".into(),
        severity: if share >= 3 * UNEXPLAINED_SHARE { "high" } else { "medium" }.into(),
        title: Text::new("无关客户访问偏多", "Many accesses without a business reason"),
        condition: Text::new(
            format!("{} 次访问中至少有一条记录看不到业务理由，占可判断访问的 {}。", without.value, percent(share)),
            format!(
                "{} accesses opened at least one record without a business reason that the system could see: {} of those asked.",
                without.value,
                percent(share)
            ),
        ),
        criteria: Text::new(
            "访问客户信息应与本职工作相关；无理由访问占比应低于 10%。",
            "Customers are opened for work; less than 10% should be without a reason.",
        ),
        cause: Text::new(
            "可能是负责人、协作人或任务未登记，也可能是与工作无关的查看。",
            "Owners, participants or tasks may not be entered; or people look at what is not theirs.",
        ),
        effect: Text::new(
            "异常访问被淹没在无理由访问之中，个人信息被不当知悉的风险上升。",
            "What is really wrong hides among them, and customers' data reaches people who have no need of it.",
        ),
        recommendation: Text::new(
            "逐人查看无理由访问；开启晚间询问，让当事人当天说明。",
            "Look at them person by person, and switch on the evening note, which asks people on the same day.",
        ),
        page: "/audit/log".into(),
        query: without.query.clone(),
    })
}

fn refused(figures: &[Figure]) -> Option<Finding> {
    let f = named(figures, "refused")?;
    let before = f.before?;
    if f.value < REFUSED_LEAST || f.value.saturating_mul(2) < before.saturating_mul(3) {
        return None;
    }
    Some(Finding {
        rule: "refusals_rose".into(),
        severity: "medium".into(),
        title: Text::new("被拒绝的操作明显增多", "Refusals rose"),
        condition: Text::new(
            format!("本期被拒绝 {} 次，上期 {before} 次。", f.value),
            format!("{} refusals; {before} in the period before.", f.value),
        ),
        criteria: Text::new("较上期增加不超过一半。", "No more than half as many again as before."),
        cause: Text::new(
            "可能是权限调整后人员不适应，也可能是有人在试探越权访问。",
            "A policy may have changed, or somebody tries what is not theirs.",
        ),
        effect: Text::new(
            "正常工作受阻，或存在越权企图。",
            "Work is held up, or somebody means to go beyond their rights.",
        ),
        recommendation: Text::new(
            "按人员查看被拒绝的操作；确属工作需要的，按最小权限调整策略。",
            "Look at the refusals by person; where the work needs it, change the policy by the least that is needed.",
        ),
        page: "/audit/log".into(),
        query: f.query.clone(),
    })
}

fn exports(figures: &[Figure]) -> Option<Finding> {
    let f = named(figures, "exports")?;
    let before = f.before?;
    if f.value < EXPORTS_LEAST || f.value < before.saturating_mul(2) {
        return None;
    }
    Some(Finding {
        rule: "exports_doubled".into(),
        severity: "medium".into(),
        title: Text::new("导出成倍增加", "Exports doubled"),
        condition: Text::new(
            format!("本期导出事件 {} 次，上期 {before} 次。", f.value),
            format!("{} events of export; {before} in the period before.", f.value),
        ),
        criteria: Text::new(
            "批量导出应经审批，且不应成倍增加。",
            "Exports are approved, and do not double from one period to the next.",
        ),
        cause: Text::new(
            "可能有集中的业务需要，也可能是离职前带走数据。",
            "There may be work that needs it; or somebody takes data along.",
        ),
        effect: Text::new("离开系统的数据不再受控。", "Data that has left is out of reach."),
        recommendation: Text::new(
            "核对每次导出的用途，收紧导出规则与行数上限。",
            "Check the purpose of each, and tighten the rules and limits of exports.",
        ),
        page: "/exports".into(),
        query: f.query.clone(),
    })
}

fn reveals(figures: &[Figure], counted: &Counted) -> Option<Finding> {
    let f = named(figures, "reveals")?;
    if f.value < REVEALS_LEAST || counted.now.people.len() < 2 {
        return None;
    }
    let (who, most) = counted.now.people.iter().max_by_key(|(id, t)| (t.reveals, std::cmp::Reverse(**id)))?;
    let most = i64::try_from(most.reveals).unwrap_or(i64::MAX);
    if most.saturating_mul(3) < f.value {
        return None;
    }
    let name = counted.names.people.get(who).cloned().unwrap_or_else(|| who.to_string());
    Some(Finding {
        rule: "reveals_of_one".into(),
        severity: "medium".into(),
        title: Text::new("查看明文集中于一人", "One person has a third of all reveals"),
        condition: Text::new(
            format!("{name} 查看明文 {most} 次，占全部 {} 次的三分之一以上。", f.value),
            format!("{name} revealed masked values {most} times, more than a third of all {}.", f.value),
        ),
        criteria: Text::new(
            "敏感字段按需查看明文，不应集中于个别人员。",
            "Masked values are revealed where the work needs it, and not by few.",
        ),
        cause: Text::new(
            "岗位职责可能需要，也可能是收集联系方式。",
            "The job may need it; or somebody gathers contact data.",
        ),
        effect: Text::new("个人信息可能被成批收集。", "Personal data may be gathered in bulk."),
        recommendation: Text::new(
            "查看其明文查看的用途；必要时限速或立案。",
            "Look at the purposes given; throttle, or open a case.",
        ),
        page: format!("/audit/users/{who}"),
        query: f.query.clone().map(|q| Query { users: vec![*who], ..q }),
    })
}

fn sign_ins(figures: &[Figure]) -> Option<Finding> {
    let f = named(figures, "failed_sign_ins")?;
    if f.value < SIGN_INS_LEAST {
        return None;
    }
    Some(Finding {
        rule: "failed_sign_ins".into(),
        severity: "low".into(),
        title: Text::new("登录失败较多", "Many sign-ins failed"),
        condition: Text::new(format!("登录失败 {} 次。", f.value), format!("{} sign-ins failed.", f.value)),
        criteria: Text::new("一个期间内少于 20 次。", "Fewer than 20 in a period."),
        cause: Text::new("忘记口令，或有人猜测口令。", "Passwords are forgotten, or guessed."),
        effect: Text::new("账号可能被他人使用。", "An account may come into other hands."),
        recommendation: Text::new(
            "查看来源地址；为相关账号开启多因素认证。",
            "Look at where they came from; have the accounts use a second factor.",
        ),
        page: "/audit/log".into(),
        query: f.query.clone(),
    })
}

fn denied_duties(figures: &[Figure], counted: &Counted) -> Option<Finding> {
    let value = counted.now.count(&crate::report::DUTIES, Decision::Refused);
    let f = named(figures, "administrative_refused")?;
    if value == 0 {
        return None;
    }
    Some(Finding {
        rule: "duties_refused".into(),
        severity: "medium".into(),
        title: Text::new("有人尝试他人的管理职责", "Somebody tried a duty that is not theirs"),
        condition: Text::new(
            format!("管理操作被拒绝 {value} 次。"),
            format!("{value} administrative operations were refused."),
        ),
        criteria: Text::new(
            "系统、安全、审计三员分立，各司其职。",
            "System, security and audit administration are three duties, none does another's.",
        ),
        cause: Text::new("职责不清，或有意越权。", "Duties are unclear, or somebody goes beyond them."),
        effect: Text::new("三员分立被架空的风险。", "The separation of duties may be hollowed out."),
        recommendation: Text::new(
            "查看是谁、想做什么；核对角色授予。",
            "See who tried what, and check who has which role.",
        ),
        page: "/audit/log".into(),
        query: f.query.clone(),
    })
}

fn of_control(control: &Control) -> Finding {
    let clause = format!("{} {}", control.law, control.clause);
    Finding {
        rule: format!("control.{}", control.id),
        severity: "medium".into(),
        title: control.title.clone(),
        condition: control.found.clone(),
        criteria: Text::new(clause.clone(), clause),
        cause: Text::new(
            "设置或运行情况未达到所要求的证据。",
            "What is set or what happened does not show what is asked for.",
        ),
        effect: Text::new("审计时无法出示该条款的证据。", "There is no evidence to show for this clause."),
        recommendation: control.missing.clone(),
        page: control.page.clone(),
        query: control.query.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Value;

    fn figure(id: &str, value: i64, before: Option<i64>) -> Figure {
        Figure { id: id.into(), value, is: Value::Events, before, query: None }
    }

    #[test]
    fn a_rule_speaks_from_its_threshold_on() {
        let said = |without, share| {
            unexplained(&[figure("unexplained", without, None), figure("explained_share", share, None)])
        };
        assert!(said(19, 0).is_none() && said(20, 901).is_none());
        assert_eq!(said(20, 900).unwrap().severity, "medium");
        assert_eq!(said(20, 700).unwrap().severity, "high");
        let rose = |value, before| refused(&[figure("refused", value, before)]).is_some();
        assert!(rose(30, Some(20)) && !rose(29, Some(20)) && !rose(19, Some(0)) && !rose(100, None));
        let doubled = |value, before| exports(&[figure("exports", value, before)]).is_some();
        assert!(doubled(10, Some(5)) && !doubled(9, Some(5)) && !doubled(4, Some(0)) && !doubled(10, None));
    }
}
