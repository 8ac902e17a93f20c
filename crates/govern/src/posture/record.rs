//! Checks of the access log and its ledger.

use super::catalogue::{Area, Check, Risk, hand, page, run};
use super::facts::Fact;
use super::judge::{Measure, kept, most, none, on, since, whole, yes};

pub(super) static CHECKS: &[Check] = &[
    Check {
        id: "log.kept",
        area: Area::Log,
        risk: Risk::High,
        zh: "审计日志留存不少于 190 天（法定六个月）",
        en: "The log is kept for 190 days or more (six months by law)",
        fix: page("/audit/policy", "在审计策略中延长留存。", "Keep it longer by the audit policy."),
        laws: &["CSL 23(3)", "GB/T 22239-2019 8.1.4.3"],
        proof: Some("/audit/policy"),
        look: |f| on(&f.log, |l| [kept(("留存天数", "days it is kept"), l.kept_days.map(whole), 190, Measure::Days)]),
    },
    Check {
        id: "log.verified",
        area: Area::Log,
        risk: Risk::High,
        zh: "账本按策略定期重新校验",
        en: "The log was computed anew in time",
        fix: run(
            "whosaw doctor --data DIR",
            "重新校验账本；服务器按审计策略自行校验，超期说明它没有做成。",
            "Compute it anew; the server does so by the audit policy, and late means that it could not.",
        ),
        laws: &["GB/T 22239-2019 8.1.4.3", "ISO/IEC 27001:2022 A.8.15"],
        proof: Some("/audit/ledger"),
        look: |f| {
            on(&f.log, |l| {
                [since(
                    ("距上次校验小时数", "hours since it was"),
                    l.verified_hours,
                    l.verify_hours.saturating_add(2),
                    Measure::Hours,
                )]
            })
        },
    },
    Check {
        id: "log.intact",
        area: Area::Log,
        risk: Risk::High,
        zh: "最近一次校验未发现改动",
        en: "Nothing was found altered",
        fix: run(
            "whosaw doctor --data DIR",
            "保全现场，联系审计，比对备份。",
            "Keep everything as it is, call the auditor, compare a copy.",
        ),
        laws: &["GB/T 22239-2019 8.1.4.3", "ISO/IEC 27001:2022 A.8.15"],
        proof: Some("/audit/ledger"),
        look: |f| match &f.log {
            Fact::Known { value, .. } if value.verified_hours.is_none() => {
                super::judge::unknown(("还没有校验过", "it was never computed anew"))
            }
            log => on(log, |l| [none(("校验发现", "findings"), l.findings)]),
        },
    },
    Check {
        id: "log.signed",
        area: Area::Log,
        risk: Risk::High,
        zh: "新事件及时进入已签名的检查点",
        en: "New events are soon under a signature",
        fix: hand(
            "查看服务器日志中“the ledger was not published”的原因。",
            "See in the server's log why the ledger was not published.",
        ),
        laws: &["ISO/IEC 27001:2022 A.8.15"],
        proof: Some("/audit/ledger"),
        look: |f| {
            on(&f.log, |l| {
                [most(
                    ("未签名的最早事件已等待分钟", "minutes the oldest unsigned event waits"),
                    l.unsigned_minutes,
                    10,
                    Measure::Minutes,
                )]
            })
        },
    },
    Check {
        id: "log.witness",
        area: Area::Log,
        risk: Risk::Medium,
        zh: "外部能取得检查点作见证",
        en: "Somebody outside can hold its checkpoints",
        fix: hand(
            "把 ledger.public 设为 true，并由另一台机器定期取 /ledger/checkpoint。",
            "Set ledger.public to true, and let another machine take /ledger/checkpoint.",
        ),
        laws: &["ISO/IEC 27001:2022 A.8.15"],
        proof: Some("/audit/ledger"),
        look: |f| on(&f.web, |w| [yes(("公开发布", "served to everybody"), w.ledger_public)]),
    },
    Check {
        id: "log.time",
        area: Area::Log,
        risk: Risk::Medium,
        zh: "日志中没有来自未来的事件",
        en: "No event is ahead of the clock",
        fix: hand("有节点的时钟走快或被拨动：校准时间。", "A node's clock was ahead, or put back: set it right."),
        laws: &["ISO/IEC 27001:2022 A.8.17"],
        proof: Some("/audit/log"),
        look: |f| {
            on(&f.log, |l| {
                [most(("最新事件超前秒数", "seconds the newest event is ahead"), l.ahead_seconds, 60, Measure::Seconds)]
            })
        },
    },
    Check {
        id: "log.whole",
        area: Area::Log,
        risk: Risk::Low,
        zh: "各类对象的访问都完整记录",
        en: "Looks at all object types are told in full",
        fix: page("/audit/policy", "确认缩减记录仍有必要。", "See whether less is still needed."),
        laws: &["GB/T 22239-2019 8.1.4.3"],
        proof: Some("/audit/policy"),
        look: |f| on(&f.log, |l| [none(("缩减记录的对象类型", "object types told of in less"), l.thinned)]),
    },
    Check {
        id: "log.reviewed",
        area: Area::Log,
        risk: Risk::Medium,
        zh: "按策略定期查阅日志",
        en: "Somebody looks through the log in time",
        fix: page("/audit/log", "由审计管理员查阅日志。", "Let the auditor look through it."),
        laws: &["PIPL 54", "ISO/IEC 27001:2022 A.8.15"],
        proof: Some("/audit/log"),
        look: |f| {
            on(&f.log, |l| {
                [since(("距上次查阅天数", "days since somebody did"), l.reviewed_days, l.review_days, Measure::Days)]
            })
        },
    },
];
