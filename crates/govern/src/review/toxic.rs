//! Toxic combinations 职责冲突: rights that one person should not have together. Rules are data.

use std::collections::BTreeMap;

use model::Action;

/// One right of a combination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    pub action: Action,
    /// Whether it is meant of all records, not of some.
    pub whole: bool,
}

const fn duty(action: Action) -> Need {
    Need { action, whole: false }
}
const fn of_all(action: Action) -> Need {
    Need { action, whole: true }
}

/// A combination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToxicRule {
    pub id: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// `medium` or `high`.
    pub severity: &'static str,
    pub all_of: &'static [Need],
}

/// What the house looks for.
pub const TOXIC: &[ToxicRule] = &[
    ToxicRule {
        id: "export_all",
        zh: "可导出全部客户，并可查看敏感信息明文",
        en: "may export all records and reveal what is masked of all",
        severity: "high",
        all_of: &[of_all(Action::Export), of_all(Action::Reveal)],
    },
    ToxicRule {
        id: "people_and_roles",
        zh: "可建账号，又可授予角色：一人即可造出有权限的账号",
        en: "may make accounts and give roles: alone, makes an account with rights",
        severity: "high",
        all_of: &[duty(Action::UserManage), duty(Action::RoleAssign)],
    },
    ToxicRule {
        id: "policy_and_log",
        zh: "可改权限策略，又可复核审计策略",
        en: "may change the policy and consent to changes of the audit policy",
        severity: "high",
        all_of: &[duty(Action::PolicyManage), duty(Action::AuditPolicyConsent)],
    },
    ToxicRule {
        id: "policy_and_alerts",
        zh: "可改权限策略，又可关闭告警：须由他人复核其告警处置",
        en: "may change the policy and close alerts: another person looks over what they closed",
        severity: "medium",
        all_of: &[duty(Action::PolicyManage), duty(Action::AlertHandle)],
    },
    ToxicRule {
        id: "duty_and_data",
        zh: "有管理职责，又可查看全部客户",
        en: "has an administrative duty and sees all records",
        severity: "high",
        all_of: &[duty(Action::PolicyManage), of_all(Action::View)],
    },
    ToxicRule {
        id: "erase_and_export",
        zh: "可导出全部客户，又可销毁客户",
        en: "may export all records and erase them",
        severity: "high",
        all_of: &[of_all(Action::Export), of_all(Action::Erase)],
    },
    ToxicRule {
        id: "keys_and_people",
        zh: "可管密钥，又可授予角色",
        en: "looks after keys and gives roles",
        severity: "medium",
        all_of: &[duty(Action::KeyManage), duty(Action::RoleAssign)],
    },
];

/// The combinations that somebody has. `rights`: each operation, and whether it is of all records of some object type.
pub fn toxic(rights: &BTreeMap<Action, bool>) -> Vec<&'static ToxicRule> {
    let has = |need: &Need| rights.get(&need.action).is_some_and(|whole| *whole || !need.whole);
    TOXIC.iter().filter(|rule| rule.all_of.iter().all(has)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_combination_needs_all_its_parts_and_their_width() {
        let some = BTreeMap::from([(Action::Export, false), (Action::Reveal, true)]);
        assert!(toxic(&some).is_empty());
        let all = BTreeMap::from([(Action::Export, true), (Action::Reveal, true)]);
        assert_eq!(toxic(&all).iter().map(|r| r.id).collect::<Vec<_>>(), ["export_all"]);
        let mut ids: Vec<_> = TOXIC.iter().map(|r| r.id).collect();
        ids.dedup();
        assert_eq!(ids.len(), TOXIC.len());
    }
}
