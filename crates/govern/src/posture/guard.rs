//! Checks of what watches: detection, alerts, the matrix, training, mail, other systems.

use super::catalogue::{Area, Check, Risk, page};
use super::judge::{Measure, least, most, none, on, since, where_, whole, yes};

const WATCH: &[&str] = &["PIPL 51", "GB/T 22239-2019 8.1.4.3", "ISO/IEC 27001:2022 A.8.16"];
const TAUGHT: &[&str] = &["PIPL 51", "ISO/IEC 27001:2022 A.6.3"];
const MATRIX: &[&str] = &["PIPL 51", "GB/T 22239-2019 8.1.4.2", "ISO/IEC 27001:2022 A.8.3"];

pub(super) static CHECKS: &[Check] = &[
    Check {
        id: "detection.decoys",
        area: Area::Detection,
        risk: Risk::Medium,
        zh: "已设置诱饵客户",
        en: "Decoys are planted",
        fix: page(
            "/responses?tab=canaries",
            "设置诱饵：正常工作碰不到它，碰到即告警。",
            "Plant decoys: work does not lead to them, so whoever opens one is worth a look.",
        ),
        laws: WATCH,
        proof: Some("/responses?tab=canaries"),
        look: |f| on(&f.detection, |d| [least(("诱饵", "decoys"), whole(d.decoys), 1, Measure::Count)]),
    },
    Check {
        id: "detection.off",
        area: Area::Detection,
        risk: Risk::High,
        zh: "没有停用的检测规则",
        en: "No rule of detection is off",
        fix: page(
            "/detection/rules",
            "恢复规则；误报多时用条件收窄，而不是停用。",
            "Switch it on; narrow what says too much instead.",
        ),
        laws: WATCH,
        proof: Some("/detection/rules"),
        look: |f| {
            on(&f.detection, |d| {
                [
                    none(("停用的规则", "rules that are off"), d.off),
                    least(("生效的规则", "rules in force"), whole(d.rules), 1, Measure::Count),
                ]
            })
        },
    },
    Check {
        id: "detection.read",
        area: Area::Detection,
        risk: Risk::High,
        zh: "检测规则全部可以读取",
        en: "All rules of detection can be read",
        fix: page("/detection/rules", "修正或退回读不了的规则。", "Mend the rule, or roll it back."),
        laws: WATCH,
        proof: Some("/detection/rules"),
        look: |f| on(&f.detection, |d| [none(("读不了的规则", "rules that cannot be read"), d.left_out)]),
    },
    Check {
        id: "detection.channels",
        area: Area::Detection,
        risk: Risk::Medium,
        zh: "告警会发送到系统之外",
        en: "Alerts go out of the house",
        fix: page("/settings?tab=channels", "设置通知渠道，并发一条测试消息。", "Set a channel, and send a test."),
        laws: WATCH,
        proof: Some("/settings?tab=channels"),
        look: |f| on(&f.detection, |d| [least(("通知渠道", "channels"), whole(d.channels), 1, Measure::Count)]),
    },
    Check {
        id: "detection.delivered",
        area: Area::Detection,
        risk: Risk::High,
        zh: "一周内告警消息全部送达",
        en: "All messages of the week arrived",
        fix: page("/settings?tab=channels", "查看失败原因，修正地址后重发。", "See why, mend the address, send again."),
        laws: WATCH,
        proof: Some("/settings?tab=channels"),
        look: |f| {
            where_(
                &f.detection,
                |d| d.channels > 0,
                ("没有通知渠道", "there are no channels"),
                |d| [none(("未送达的消息", "messages that nobody got"), d.undelivered)],
            )
        },
    },
    Check {
        id: "detection.responses",
        area: Area::Detection,
        risk: Risk::Low,
        zh: "已设定自动响应",
        en: "The house responds by itself",
        fix: page("/responses?tab=rules", "至少为严重告警设定自动响应。", "Let it, for what is critical at least."),
        laws: WATCH,
        proof: Some("/responses"),
        look: |f| {
            on(&f.detection, |d| [least(("自动响应规则", "rules of response"), whole(d.automatic), 1, Measure::Count)])
        },
    },
    Check {
        id: "detection.evening",
        area: Area::Detection,
        risk: Risk::Low,
        zh: "晚间询问已打开",
        en: "People are asked in the evening",
        fix: page(
            "/responses?tab=evening",
            "打开晚间询问，让当事人当天说明。",
            "Switch it on: people say on the same day why they looked.",
        ),
        laws: WATCH,
        proof: Some("/responses"),
        look: |f| on(&f.detection, |d| [yes(("已打开", "it is on"), d.evening)]),
    },
    Check {
        id: "alerts.waiting",
        area: Area::Detection,
        risk: Risk::High,
        zh: "高危告警三天内有人处理",
        en: "Grave alerts were looked at within three days",
        fix: page("/alerts", "处理这些告警。", "Look at them."),
        laws: WATCH,
        proof: Some("/alerts"),
        look: |f| on(&f.alerts, |a| [none(("超过三天未处理的高危告警", "grave alerts that wait longer"), a.waiting)]),
    },
    Check {
        id: "alerts.cases",
        area: Area::Detection,
        risk: Risk::Medium,
        zh: "没有逾期的案件",
        en: "No case is past its date",
        fix: page("/cases", "推进或结案。", "Go on with it, or close it."),
        laws: WATCH,
        proof: Some("/cases"),
        look: |f| on(&f.alerts, |a| [none(("逾期的案件", "cases past their date"), a.cases_overdue)]),
    },
    Check {
        id: "alerts.questions",
        area: Area::Detection,
        risk: Risk::Low,
        zh: "没有等待超过一周的询问",
        en: "No question to people waits for more than a week",
        fix: page("/cases", "催促答复，或撤回询问。", "Ask again, or take it back."),
        laws: WATCH,
        proof: Some("/cases"),
        look: |f| on(&f.alerts, |a| [none(("超过一周未答复的询问", "questions without an answer"), a.unanswered)]),
    },
    Check {
        id: "matrix.purpose",
        area: Area::Accounts,
        risk: Risk::High,
        zh: "查看明文须说明用途",
        en: "A value in the clear needs a purpose",
        fix: page(
            "/roles",
            "在权限矩阵中恢复“须说明用途”。",
            "Put the rule that asks for a purpose back into the matrix.",
        ),
        laws: MATRIX,
        proof: Some("/roles"),
        look: |f| {
            on(&f.policy, |p| [least(("要求用途的规则", "rules that ask for it"), whole(p.purpose), 1, Measure::Count)])
        },
    },
    Check {
        id: "matrix.second_factor",
        area: Area::Accounts,
        risk: Risk::Medium,
        zh: "重要操作须多因素认证",
        en: "Some operations need a second factor",
        fix: page(
            "/roles",
            "为导出或管理操作加上条件“已用多因素认证”。",
            "Ask for it before exports or duties, on a row of the matrix.",
        ),
        laws: MATRIX,
        proof: Some("/roles"),
        look: |f| {
            on(&f.policy, |p| {
                [least(("要求多因素认证的规则", "rules that ask for it"), whole(p.second_factor), 1, Measure::Count)]
            })
        },
    },
    Check {
        id: "matrix.everybody",
        area: Area::Accounts,
        risk: Risk::High,
        zh: "没有对全体人员开放全部记录的规则",
        en: "No rule opens all records to everybody",
        fix: page("/roles", "把规则收窄到角色与范围。", "Narrow it to roles, and to what they need."),
        laws: MATRIX,
        proof: Some("/roles"),
        look: |f| on(&f.policy, |p| [none(("对全体开放全部的规则", "rules that do"), p.everybody)]),
    },
    Check {
        id: "people.trained",
        area: Area::People,
        risk: Risk::Medium,
        zh: "九成以上人员的安全培训在有效期内",
        en: "Nine people in ten have current training",
        fix: page("/training?tab=rules", "由系统分配课程并提醒。", "Let the house give courses out and remind."),
        laws: TAUGHT,
        proof: Some("/training?tab=progress"),
        look: |f| {
            where_(
                &f.training,
                |t| t.people > 0,
                ("没有在职人员", "nobody works here"),
                |t| {
                    [least(
                        ("有效比例", "share of people"),
                        whole(t.current.saturating_mul(100) / t.people.max(1)),
                        90,
                        Measure::Percent,
                    )]
                },
            )
        },
    },
    Check {
        id: "people.training_late",
        area: Area::People,
        risk: Risk::Low,
        zh: "没有逾期未完成的课程",
        en: "No course is overdue",
        fix: page("/training?tab=progress", "提醒本人与其上级。", "Remind them, and who they report to."),
        laws: TAUGHT,
        proof: Some("/training?tab=progress"),
        look: |f| on(&f.training, |t| [none(("逾期的课程", "courses overdue"), t.overdue)]),
    },
    Check {
        id: "people.training_gate",
        area: Area::People,
        risk: Risk::Low,
        zh: "未培训不得导出或查看明文",
        en: "Exports and values in the clear need training",
        fix: page(
            "/roles",
            "在权限行上加上条件“安全培训在有效期内”。",
            "Ask for current training on a row of the matrix.",
        ),
        laws: TAUGHT,
        proof: Some("/roles"),
        look: |f| {
            on(&f.policy, |p| [least(("要求培训的规则", "rules that ask for it"), whole(p.trained), 1, Measure::Count)])
        },
    },
    Check {
        id: "people.reports",
        area: Area::Log,
        risk: Risk::Medium,
        zh: "定期编制审计报告",
        en: "Reports are made on a plan",
        fix: page("/reports?tab=plans", "建立月报计划。", "Make a plan of monthly reports."),
        laws: &["PIPL 54"],
        proof: Some("/reports"),
        look: |f| on(&f.reports, |r| [least(("启用的计划", "plans that are on"), whole(r.plans), 1, Measure::Count)]),
    },
    Check {
        id: "people.reported",
        area: Area::Log,
        risk: Risk::Low,
        zh: "三十五天内有审计报告",
        en: "A report was made within 35 days",
        fix: page("/reports", "编制一份审计报告。", "Have one made."),
        laws: &["PIPL 54"],
        proof: Some("/reports"),
        look: |f| {
            on(&f.reports, |r| [since(("距最近一份报告天数", "days since the newest"), r.last_days, 35, Measure::Days)])
        },
    },
    Check {
        id: "mail.configured",
        area: Area::People,
        risk: Risk::Low,
        zh: "已配置邮件服务器",
        en: "There is a mail server",
        fix: page(
            "/settings?tab=mail",
            "配置邮件服务器，通知才能送到系统之外。",
            "Set it, so that notices reach people elsewhere.",
        ),
        laws: WATCH,
        proof: Some("/settings?tab=mail"),
        look: |f| on(&f.mail, |m| [yes(("已配置", "it is set"), m.configured)]),
    },
    Check {
        id: "mail.encrypted",
        area: Area::People,
        risk: Risk::Medium,
        zh: "邮件经加密连接发送",
        en: "Mail leaves by TLS",
        fix: page("/settings?tab=mail", "把邮件服务器的加密方式改为 TLS。", "Choose TLS for the mail server."),
        laws: &["GB/T 22239-2019 8.1.4.8"],
        proof: Some("/settings?tab=mail"),
        look: |f| {
            where_(
                &f.mail,
                |m| m.configured,
                ("没有邮件服务器", "there is no mail server"),
                |m| [yes(("已加密", "encrypted"), m.encrypted)],
            )
        },
    },
    Check {
        id: "mail.delivered",
        area: Area::People,
        risk: Risk::Low,
        zh: "一周内邮件全部送出",
        en: "All mail of the week was taken",
        fix: page("/settings?tab=mail", "查看失败原因，修正后重发。", "See why, mend it, send again."),
        laws: WATCH,
        proof: Some("/settings?tab=mail"),
        look: |f| {
            where_(
                &f.mail,
                |m| m.configured,
                ("没有邮件服务器", "there is no mail server"),
                |m| [none(("未送出的邮件", "mails that were not taken"), m.undelivered)],
            )
        },
    },
    Check {
        id: "feeds.silent",
        area: Area::Detection,
        risk: Risk::Medium,
        zh: "外部系统的日志没有中断",
        en: "Other systems' logs still come in",
        fix: page("/feeds", "查看来源为何没有新日志。", "See why nothing comes."),
        laws: WATCH,
        proof: Some("/feeds"),
        look: |f| {
            where_(
                &f.feeds,
                |x| x.sources > 0,
                ("没有接入外部系统", "no other system is read"),
                |x| [none(("一周没有日志的来源", "sources that are silent"), x.silent)],
            )
        },
    },
    Check {
        id: "log.explained",
        area: Area::Log,
        risk: Risk::Medium,
        zh: "一周内无业务理由的访问不超过一成",
        en: "Nine accesses in ten of the week have a reason",
        fix: page(
            "/audit/reasons",
            "逐人查看无理由访问，补登负责人与任务。",
            "Look at them by person; enter owners and tasks that are missing.",
        ),
        laws: WATCH,
        proof: Some("/audit/log?explained=no"),
        look: |f| {
            where_(
                &f.log,
                |l| l.unexplained.is_some(),
                ("一周内没有访问", "nobody opened anything this week"),
                |l| {
                    [most(
                        ("无理由访问比例", "share without a reason"),
                        l.unexplained.unwrap_or(0) / 10,
                        10,
                        Measure::Percent,
                    )]
                },
            )
        },
    },
];
