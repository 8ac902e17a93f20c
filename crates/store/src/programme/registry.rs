//! What can be in the programme: one line for each activity, with what proves that it was done. A new room adds its line here.

use govern::programme::Cycle;
use model::Action;

/// Who does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer {
    /// The house by itself; the page says where its own schedule is set.
    House,
    /// People of the three duties.
    Officers,
}

/// What proves that something was done.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Evidence {
    /// Rows beside the log: `SELECT moment, id … WHERE moment >= ?1 AND moment < ?2`, newest first; `page` shows one, `{id}` for its id.
    Rows { sql: &'static str, page: &'static str },
    /// Events of the log that were allowed or came out badly; of these acts, where some are named.
    Events { actions: &'static [Action], acts: &'static [&'static str], by: Doer },
}

/// Something that a company does again and again.
#[derive(Debug, Clone, Copy)]
pub struct Activity {
    pub id: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
    /// How often, where the company has not said.
    pub cycle: Cycle,
    pub doer: Doer,
    /// Where it is done, or its own schedule is set.
    pub page: &'static str,
    pub(crate) evidence: Evidence,
}

const fn events(actions: &'static [Action], acts: &'static [&'static str], by: Doer) -> Evidence {
    Evidence::Events { actions, acts, by }
}

/// All of them.
pub static ACTIVITIES: &[Activity] = &[
    Activity {
        id: "ledger",
        zh: "账本重新校验",
        en: "The log is computed anew",
        cycle: Cycle::Day,
        doer: Doer::House,
        page: "/audit/policy",
        evidence: events(&[Action::LedgerVerify], &[], Doer::House),
    },
    Activity {
        id: "posture",
        zh: "安全态势自查",
        en: "The house looks at itself",
        cycle: Cycle::Day,
        doer: Doer::House,
        page: "/posture",
        evidence: Evidence::Rows {
            sql: "SELECT at, id FROM posture_run WHERE at >= ?1 AND at < ?2 ORDER BY at DESC LIMIT 2000",
            page: "/posture",
        },
    },
    Activity {
        id: "log_review",
        zh: "查阅审计日志",
        en: "The log is looked through",
        cycle: Cycle::Week,
        doer: Doer::Officers,
        page: "/audit/log",
        evidence: events(&[Action::AuditRead], &[], Doer::Officers),
    },
    Activity {
        id: "alerts",
        zh: "处置告警",
        en: "Alerts are triaged",
        cycle: Cycle::Week,
        doer: Doer::Officers,
        page: "/alerts",
        evidence: events(&[Action::AlertRead, Action::AlertHandle], &[], Doer::Officers),
    },
    Activity {
        id: "cases",
        zh: "检视案件",
        en: "Cases are looked over",
        cycle: Cycle::Month,
        doer: Doer::Officers,
        page: "/cases",
        evidence: events(&[Action::CaseRead, Action::CaseHandle], &[], Doer::Officers),
    },
    Activity {
        id: "reports",
        zh: "编制审计报告",
        en: "An audit report is made",
        cycle: Cycle::Month,
        doer: Doer::House,
        page: "/reports?tab=plans",
        evidence: Evidence::Rows {
            sql: "SELECT made_at, id FROM report_file WHERE made_at >= ?1 AND made_at < ?2 ORDER BY made_at DESC LIMIT 2000",
            page: "/reports/{id}",
        },
    },
    Activity {
        id: "training",
        zh: "检视培训进度",
        en: "Progress of training is looked over",
        cycle: Cycle::Month,
        doer: Doer::Officers,
        page: "/training?tab=progress",
        evidence: events(&[Action::TrainingRead], &[], Doer::Officers),
    },
    Activity {
        id: "reviews",
        zh: "权限复核",
        en: "Access is reviewed",
        cycle: Cycle::Quarter,
        doer: Doer::Officers,
        page: "/reviews",
        evidence: Evidence::Rows {
            sql: "SELECT began_at, id FROM review WHERE state = 'closed' AND began_at >= ?1 AND began_at < ?2 ORDER BY began_at DESC LIMIT 2000",
            page: "/reviews/{id}",
        },
    },
    Activity {
        id: "leavers",
        zh: "检视离职人员",
        en: "Leavers are looked over",
        cycle: Cycle::Month,
        doer: Doer::Officers,
        page: "/leavers",
        evidence: events(&[Action::LeaverRead, Action::LeaverManage], &[], Doer::Officers),
    },
    Activity {
        id: "scan",
        zh: "漏洞扫描",
        en: "A scan for vulnerabilities is taken in",
        cycle: Cycle::Month,
        doer: Doer::Officers,
        page: "/findings?tab=scans",
        evidence: Evidence::Rows {
            sql: "SELECT at, id FROM finding_scan WHERE at >= ?1 AND at < ?2 ORDER BY at DESC LIMIT 2000",
            page: "/findings?tab=scans",
        },
    },
    Activity {
        id: "backup",
        zh: "备份",
        en: "A copy is taken",
        cycle: Cycle::Week,
        doer: Doer::Officers,
        page: "/keys",
        evidence: events(&[Action::Backup], &["backup.take"], Doer::Officers),
    },
    Activity {
        id: "drill",
        zh: "恢复演练",
        en: "A restore is tried",
        cycle: Cycle::Quarter,
        doer: Doer::Officers,
        page: "/keys",
        evidence: events(&[Action::Backup], &["backup.drill"], Doer::Officers),
    },
    Activity {
        id: "replay",
        zh: "权限回放：核对权限是否过宽",
        en: "A policy is replayed against what people did",
        cycle: Cycle::Quarter,
        doer: Doer::Officers,
        page: "/roles",
        evidence: events(&[Action::PolicyManage], &["policy.replay"], Doer::Officers),
    },
    Activity {
        id: "keys",
        zh: "轮换主密钥",
        en: "The key is rotated",
        cycle: Cycle::Year,
        doer: Doer::Officers,
        page: "/keys",
        evidence: events(&[Action::KeyManage], &["key.rotate"], Doer::Officers),
    },
];

/// One of them by its name.
pub fn activity(id: &str) -> Option<&'static Activity> {
    ACTIVITIES.iter().find(|a| a.id == id)
}
