//! Compliance self-audit 合规自查: what laws and standards ask for, and what there is to show for it.
//!
//! Rules. The mapping is data (`data/controls.json`), with the text's version and date. No state is typed in by anybody: each control
//! names a query, and its state is what the query answers. Whether a figure suffices is the reader's to judge where the text gives no
//! number; and which texts a lawyer must still hold against the mapping, the data says.

use std::sync::LazyLock;

use model::{Action, Decision, Text};
use serde::{Deserialize, Serialize};

use crate::figure::Query;
use crate::fold::Fold;
use crate::report::DUTIES;

/// How a control stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The figure reaches what is asked for.
    Met,
    /// It does not.
    NotMet,
    /// There is a figure and no number to hold it against.
    Shown,
}

/// What a state is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Events,
    Days,
    People,
    PerMille,
    Rules,
}

/// What is not in the events of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// For how many days the log is kept; `None` for ever.
    pub kept_days: Option<u32>,
    /// Active people.
    pub people: u64,
    /// Of those, whose training is current.
    pub trained: u64,
    /// People who have two roles that exclude each other.
    pub clashes: u64,
    /// Active people without any event in the period.
    pub idle: u64,
    /// Rules that ask for a purpose before a masked value is shown.
    pub purpose_rules: u64,
    /// Rules of the policy in force.
    pub rules: u64,
}

/// One line of the mapping.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    id: String,
    framework: String,
    law: Text,
    version: String,
    date: String,
    clause: String,
    title: Text,
    evidence: String,
    least: i64,
    missing: Text,
    page: String,
    lawyer: bool,
}

/// A control, and what there is to show for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    pub id: String,
    pub framework: String,
    pub law: String,
    pub law_en: String,
    pub version: String,
    /// Since when this text is in force, `YYYY-MM-DD`.
    pub date: String,
    pub clause: String,
    pub title: Text,
    /// The query that answers.
    pub evidence: String,
    pub value: i64,
    pub is: Level,
    pub state: State,
    /// What was found, in words.
    pub found: Text,
    /// What to do where it is not met.
    pub missing: Text,
    pub page: String,
    /// Whether a lawyer must still hold the text against this line.
    pub lawyer: bool,
    pub query: Option<Query>,
}

static MAPPING: LazyLock<Vec<Asked>> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "data of the program, read by the tests of this module")]
    serde_json::from_str(include_str!("../data/controls.json")).expect("the mapping is readable")
});

/// What a query answers: the figure, what it is counted in, how it stands, and in words.
struct Answer {
    value: i64,
    is: Level,
    state: State,
    found: Text,
    actions: Option<(Vec<Action>, Decision)>,
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The queries. Each is a function of the facts and of the period's events alone.
fn answer(evidence: &str, least: i64, facts: &Facts, fold: &Fold) -> Option<Answer> {
    let events = |actions: &[Action], decision: Decision, zh: &str, en: &str| {
        let value = number(fold.count(actions, decision));
        let state = match (least, value) {
            (0, _) => State::Shown,
            (least, value) if value >= least => State::Met,
            _ => State::NotMet,
        };
        let found = Text::new(format!("本期{zh} {value} 次"), format!("{en}: {value} in the period"));
        Answer { value, is: Level::Events, state, found, actions: Some((actions.to_vec(), decision)) }
    };
    let told = |value: i64, is: Level, met: bool, zh: String, en: String| Answer {
        value,
        is,
        state: if met { State::Met } else { State::NotMet },
        found: Text::new(zh, en),
        actions: None,
    };
    let allowed = Decision::Allowed;
    Some(match evidence {
        "accesses_recorded" => events(&crate::report::on_records(), allowed, "记录在案的访问", "accesses on record"),
        "refusals" => events(&crate::report::on_records(), Decision::Refused, "拒绝的访问", "accesses refused"),
        "failed_sign_ins" => events(&[Action::SignIn], Decision::Refused, "拒绝的登录", "sign-ins refused"),
        "verified" => events(&[Action::LedgerVerify], allowed, "账本重新校验", "times the log was computed anew"),
        "backups" => events(&[Action::Backup], allowed, "备份", "backups"),
        "alerts_handled" => events(&[Action::AlertHandle], allowed, "告警产生与处置", "acts on alerts"),
        "role_changes" => events(&[Action::RoleAssign], allowed, "角色授予操作", "acts on roles"),
        "administrative" => events(&DUTIES, allowed, "管理操作", "administrative acts"),
        "erasures" => events(&[Action::Erase], allowed, "销毁客户数据", "customers erased"),
        "reports_made" => events(&[Action::ReportMake], allowed, "编制审计报告", "acts on audit reports"),
        "log_kept" => {
            let days = facts.kept_days.map(i64::from);
            let met = days.is_none_or(|d| d >= least);
            let zh = days.map_or_else(
                || "审计日志永久留存".to_owned(),
                |d| format!("审计日志留存 {d} 天，要求不少于 {least} 天"),
            );
            let en = days.map_or_else(
                || "the log is kept for ever".to_owned(),
                |d| format!("the log is kept for {d} days; {least} are asked for"),
            );
            told(days.unwrap_or(0), Level::Days, met, zh, en)
        }
        "trained" => {
            let share = facts.trained.saturating_mul(1000).checked_div(facts.people).map_or(1000, number);
            let (trained, people) = (facts.trained, facts.people);
            let zh = format!("{people} 名在职人员中 {trained} 名培训在有效期内");
            let en = format!("the training of {trained} of {people} people is current");
            told(share, Level::PerMille, share >= least, zh, en)
        }
        "duties_separate" => {
            let n = facts.clashes;
            let zh = format!("{n} 人同时持有互斥角色");
            let en = format!("{n} people hold roles that exclude each other");
            told(number(n), Level::People, n == 0, zh, en)
        }
        "idle_accounts" => {
            let n = facts.idle;
            let zh = format!("{n} 个启用的账户本期没有任何操作");
            let en = format!("{n} active accounts did nothing in the period");
            told(number(n), Level::People, n == 0, zh, en)
        }
        "purpose_asked" => {
            let n = facts.purpose_rules;
            let zh = format!("{n} 条规则要求查看明文前说明用途");
            let en = format!("{n} rules ask for a purpose before a masked value is shown");
            told(number(n), Level::Rules, number(n) >= least, zh, en)
        }
        "permissions_decided" => {
            let n = facts.rules;
            let zh = format!("现行权限矩阵共 {n} 条规则，未授权即拒绝");
            let en = format!("the policy in force has {n} rules; what none permits is refused");
            told(number(n), Level::Rules, number(n) >= least, zh, en)
        }
        _ => return None,
    })
}

/// The controls, each with what its query answers.
pub fn controls(facts: &Facts, counted: &Fold, base: &Query) -> Vec<Control> {
    MAPPING.iter().filter_map(|asked| control(asked, facts, counted, base)).collect()
}

fn control(asked: &Asked, facts: &Facts, fold: &Fold, base: &Query) -> Option<Control> {
    let Answer { value, is, state, found, actions } = answer(&asked.evidence, asked.least, facts, fold)?;
    Some(Control {
        id: asked.id.clone(),
        framework: asked.framework.clone(),
        law: asked.law.zh.clone(),
        law_en: asked.law.en.clone(),
        version: asked.version.clone(),
        date: asked.date.clone(),
        clause: asked.clause.clone(),
        title: asked.title.clone(),
        evidence: asked.evidence.clone(),
        value,
        is,
        state,
        found,
        missing: asked.missing.clone(),
        page: asked.page.clone(),
        lawyer: asked.lawyer,
        query: actions.map(|(actions, decision)| Query { actions, decisions: vec![decision], ..base.clone() }),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_line_of_the_mapping_has_a_query_a_version_and_a_date() {
        let ids: BTreeSet<_> = MAPPING.iter().map(|a| a.id.as_str()).collect();
        assert_eq!(ids.len(), MAPPING.len(), "each id once");
        let laws: BTreeSet<_> = MAPPING.iter().map(|a| a.framework.as_str()).collect();
        assert_eq!(laws.len(), 8);
        for asked in MAPPING.iter() {
            assert!(
                answer(&asked.evidence, asked.least, &Facts::default(), &Fold::default()).is_some(),
                "{}",
                asked.id
            );
            assert!(asked.date.parse::<jiff::civil::Date>().is_ok() && !asked.version.is_empty(), "{}", asked.id);
            assert!(asked.page.starts_with('/') && !asked.missing.zh.is_empty(), "{}", asked.id);
        }
    }

    #[test]
    fn a_state_is_what_the_query_answers_and_nothing_else() {
        let all = |facts: Facts| controls(&facts, &Fold::default(), &Query::default());
        let of = |facts, id: &str| all(facts).into_iter().find(|c| c.id == id).unwrap().state;
        let kept = |days| Facts { kept_days: days, ..Facts::default() };
        assert_eq!(of(kept(Some(189)), "csl.23(3).log_kept"), State::NotMet);
        assert_eq!(of(kept(Some(190)), "csl.23(3).log_kept"), State::Met);
        assert_eq!(of(kept(None), "pci.10.5.1.log_kept"), State::Met);
        assert_eq!(of(Facts { clashes: 1, ..Facts::default() }, "gbt22239.8.1.4.2.duties_separate"), State::NotMet);
        assert_eq!(of(Facts::default(), "gbt22239.8.1.4.3.verified"), State::NotMet, "nobody verified anything");
        assert_eq!(of(Facts::default(), "pipl.47.erasures"), State::Shown);
    }
}
