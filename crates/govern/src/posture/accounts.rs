//! Checks of people: accounts, signing in, what is given to whom.

use super::catalogue::{Area, Check, Risk, hand, page};
use super::judge::{Measure, least, limit, most, none, on, where_, whole, yes};

const LEAST: &[&str] = &["PIPL 51", "GB/T 22239-2019 8.1.4.2", "ISO/IEC 27001:2022 A.8.2"];
const IDENTITY: &[&str] = &["GB/T 22239-2019 8.1.4.1", "ISO/IEC 27001:2022 A.8.5"];
const SHARING: &[&str] = &["PIPL 51", "GB/T 35273-2020 7.1", "ISO/IEC 27001:2022 A.5.15"];

pub(super) static CHECKS: &[Check] = &[
    Check {
        id: "accounts.administrators",
        area: Area::Accounts,
        risk: Risk::Medium,
        zh: "管理员数量少：不超过六人或一成",
        en: "Administrators are few: six, or one in ten",
        fix: page("/people", "收回不需要的管理角色。", "Take back what is not needed."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| {
            on(&f.accounts, |a| {
                [most(
                    ("管理员", "administrators"),
                    whole(a.administrators),
                    whole(a.people / 10).max(6),
                    Measure::Count,
                )]
            })
        },
    },
    Check {
        id: "accounts.clashes",
        area: Area::Accounts,
        risk: Risk::High,
        zh: "没有人同时持有互斥角色",
        en: "Nobody holds roles that exclude each other",
        fix: page("/people", "收回其中一个角色。", "Take one of the roles back."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| on(&f.accounts, |a| [none(("持有互斥角色的人", "people who do"), a.clashes)]),
    },
    Check {
        id: "accounts.duties",
        area: Area::Accounts,
        risk: Risk::High,
        zh: "系统、安全、审计三类管理员均有人担任",
        en: "Each of the three duties has somebody",
        fix: page("/people", "为空缺的职责指定人员。", "Give the duty that is vacant to somebody."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| on(&f.accounts, |a| [none(("空缺的管理职责", "duties that nobody has"), a.duties_vacant)]),
    },
    Check {
        id: "accounts.second_officer",
        area: Area::Accounts,
        risk: Risk::Medium,
        zh: "安全管理员至少两人，可以互相复核",
        en: "Two people have the security duty, so that one can look over the other",
        fix: page("/people", "再指定一名安全管理员。", "Give the duty to a second person."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| {
            on(&f.accounts, |a| {
                [least(("安全管理员", "security administrators"), whole(a.officers), 2, Measure::Count)]
            })
        },
    },
    Check {
        id: "accounts.services",
        area: Area::Accounts,
        risk: Risk::Medium,
        zh: "每个服务账户都有人负责",
        en: "Somebody answers for each program's account",
        fix: page("/people", "为服务账户指定上级。", "Name who answers for it as its manager."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| on(&f.accounts, |a| [none(("无人负责的服务账户", "accounts without one"), a.services_alone)]),
    },
    Check {
        id: "accounts.dormant",
        area: Area::Accounts,
        risk: Risk::Medium,
        zh: "没有九十天未使用的账户",
        en: "No account was idle for 90 days",
        fix: page("/people", "停用不再使用的账户。", "Switch off accounts that nobody uses."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| on(&f.accounts, |a| [none(("九十天未使用的账户", "idle accounts"), a.dormant)]),
    },
    Check {
        id: "accounts.leavers",
        area: Area::Accounts,
        risk: Risk::Medium,
        zh: "已停用的账户名下没有记录",
        en: "Accounts that are off own nothing",
        fix: page("/people", "办理离职交接。", "Hand over what they own."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| {
            on(&f.accounts, |a| [none(("名下仍有记录的停用账户", "accounts that still own records"), a.leavers_owning)])
        },
    },
    Check {
        id: "accounts.roleless",
        area: Area::Accounts,
        risk: Risk::Low,
        zh: "启用的账户都有角色",
        en: "Each account that is on has a role",
        fix: page("/people", "授予角色，或停用账户。", "Give a role, or switch it off."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| on(&f.accounts, |a| [none(("没有角色的启用账户", "accounts without a role"), a.roleless)]),
    },
    Check {
        id: "sign_in.second_factor",
        area: Area::SignIn,
        risk: Risk::High,
        zh: "九成以上人员启用多因素认证",
        en: "Nine people in ten have a second factor",
        fix: page(
            "/people",
            "请未启用的人员在“我的账户”中启用多因素认证。",
            "Ask those who have none to enrol on the page of their account.",
        ),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| {
            where_(
                &f.credentials,
                |c| c.people > 0,
                ("还没有人设置密码", "nobody has a password yet"),
                |c| {
                    [least(
                        ("已启用比例", "share of people"),
                        whole(c.with_code.saturating_mul(100) / c.people.max(1)),
                        90,
                        Measure::Percent,
                    )]
                },
            )
        },
    },
    Check {
        id: "sign_in.administrators_factor",
        area: Area::SignIn,
        risk: Risk::High,
        zh: "管理员全部启用多因素认证",
        en: "Each administrator has a second factor",
        fix: page("/people", "请管理员立即启用多因素认证。", "Ask administrators to enrol at once."),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| {
            on(&f.credentials, |c| [none(("未启用的管理员", "administrators without one"), c.administrators_bare)])
        },
    },
    Check {
        id: "sign_in.unconfirmed",
        area: Area::SignIn,
        risk: Risk::Low,
        zh: "没有登记了一半的多因素认证",
        en: "No second factor was left half enrolled",
        fix: page("/people", "请本人完成确认，或重置。", "Ask them to confirm it, or reset it."),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| on(&f.credentials, |c| [none(("未确认的登记", "enrolled and not confirmed"), c.unconfirmed)]),
    },
    Check {
        id: "sign_in.password_age",
        area: Area::SignIn,
        risk: Risk::Low,
        zh: "没有超过一年未改的密码",
        en: "No password is older than a year",
        fix: page("/people", "请本人修改密码。", "Ask them to change it."),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| on(&f.credentials, |c| [none(("超过一年未改的密码", "passwords older than a year"), c.old)]),
    },
    Check {
        id: "sign_in.first_password",
        area: Area::SignIn,
        risk: Risk::Medium,
        zh: "初始密码在两周内已更换",
        en: "First passwords were changed within two weeks",
        fix: page(
            "/people",
            "停用没有人用的账户，或请本人登录修改。",
            "Switch off accounts nobody uses, or ask them to sign in.",
        ),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| on(&f.credentials, |c| [none(("两周未换的初始密码", "first passwords still in use"), c.first)]),
    },
    Check {
        id: "sign_in.hashes",
        area: Area::SignIn,
        risk: Risk::Medium,
        zh: "密码均以现行参数的 Argon2id 保存",
        en: "Passwords are kept by today's Argon2id",
        fix: hand(
            "本人下次登录时自动更新；长期不登录的账户应停用。",
            "Each is kept anew when its owner signs in; switch off accounts that never do.",
        ),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| on(&f.credentials, |c| [none(("参数过旧的密码", "kept by older parameters"), c.weak_hashes)]),
    },
    Check {
        id: "sign_in.guessing",
        area: Area::SignIn,
        risk: Risk::Medium,
        zh: "一天内被拒绝的登录不超过 50 次",
        en: "Fewer than 50 sign-ins were refused in a day",
        fix: page(
            "/audit/log?actions=[\"sign_in\"]",
            "查看是谁在试探，必要时采取响应措施。",
            "See who is guessing, and take a response where needed.",
        ),
        laws: IDENTITY,
        proof: Some("/audit/log?actions=[\"sign_in\"]"),
        look: |f| {
            on(&f.sessions, |s| [most(("被拒绝的登录", "sign-ins refused"), whole(s.refused), 50, Measure::Count)])
        },
    },
    Check {
        id: "sign_in.idle",
        area: Area::SignIn,
        risk: Risk::Low,
        zh: "会话闲置一小时内自动结束",
        en: "A session ends after an hour without use",
        fix: page("/settings", "缩短会话的闲置时限。", "Let sessions end sooner."),
        laws: IDENTITY,
        proof: Some("/settings"),
        look: |f| {
            on(&f.sessions, |s| {
                [most(("闲置时限", "minutes without use"), whole(s.idle_minutes), 60, Measure::Minutes)]
            })
        },
    },
    Check {
        id: "sign_in.length",
        area: Area::SignIn,
        risk: Risk::Low,
        zh: "会话最长不超过一天",
        en: "A session lasts a day at most",
        fix: page("/settings", "缩短会话的总时限。", "Let sessions end sooner."),
        laws: IDENTITY,
        proof: Some("/settings"),
        look: |f| on(&f.sessions, |s| [most(("总时限", "hours in all"), whole(s.absolute_hours), 24, Measure::Hours)]),
    },
    Check {
        id: "sign_in.administrators_now",
        area: Area::SignIn,
        risk: Risk::Medium,
        zh: "管理员当前的会话都经过多因素认证",
        en: "Administrators who are signed in used a second factor",
        fix: page("/people", "请管理员启用并使用多因素认证。", "Ask administrators to enrol, and to use it."),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| {
            on(&f.sessions, |s| {
                [none(("未经多因素认证的管理员会话", "administrators' sessions without one"), s.administrators_bare)]
            })
        },
    },
    Check {
        id: "sign_in.emergency",
        area: Area::SignIn,
        risk: Risk::Medium,
        zh: "三十天内没有使用应急访问",
        en: "Emergency access was not used for 30 days",
        fix: page("/audit/log?actions=[\"break_glass\"]", "逐次复核应急访问的理由。", "Look at the reason of each."),
        laws: LEAST,
        proof: Some("/audit/log?actions=[\"break_glass\"]"),
        look: |f| on(&f.sessions, |s| [none(("应急访问", "emergency accesses"), s.emergencies)]),
    },
    Check {
        id: "tokens.idle",
        area: Area::SignIn,
        risk: Risk::Medium,
        zh: "没有九十天未使用的接口令牌",
        en: "No token was idle for 90 days",
        fix: page("/people", "撤销不再使用的令牌。", "Revoke tokens that nobody uses."),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| {
            where_(
                &f.tokens,
                |t| t.live > 0,
                ("没有接口令牌", "there are no tokens"),
                |t| [none(("九十天未使用的令牌", "idle tokens"), t.idle)],
            )
        },
    },
    Check {
        id: "tokens.long",
        area: Area::SignIn,
        risk: Risk::Low,
        zh: "接口令牌的剩余有效期不超过半年",
        en: "No token is good for more than half a year",
        fix: page("/people", "换成有效期较短的令牌。", "Make one that ends sooner."),
        laws: IDENTITY,
        proof: Some("/people"),
        look: |f| {
            where_(
                &f.tokens,
                |t| t.live > 0,
                ("没有接口令牌", "there are no tokens"),
                |t| [none(("有效期过长的令牌", "tokens that last longer"), t.long)],
            )
        },
    },
    Check {
        id: "tokens.whole",
        area: Area::SignIn,
        risk: Risk::Medium,
        zh: "接口令牌都限定了操作",
        en: "Each token names what it is for",
        fix: page("/people", "换成只含所需操作的令牌。", "Make one for the operations that are needed."),
        laws: LEAST,
        proof: Some("/people"),
        look: |f| {
            where_(
                &f.tokens,
                |t| t.live > 0,
                ("没有接口令牌", "there are no tokens"),
                |t| [none(("未限定操作的令牌", "tokens for everything"), t.whole)],
            )
        },
    },
    Check {
        id: "sharing.endless",
        area: Area::Sharing,
        risk: Risk::Medium,
        zh: "共享都有期限",
        en: "Each share has an end",
        fix: page("/access/grants", "为共享设定期限，或收回。", "Give it an end, or take it back."),
        laws: SHARING,
        proof: Some("/access/grants"),
        look: |f| on(&f.shares, |s| [none(("没有期限的共享", "shares without an end"), s.endless)]),
    },
    Check {
        id: "sharing.wide",
        area: Area::Sharing,
        risk: Risk::Medium,
        zh: "没有共享给整个部门或角色的记录",
        en: "Nothing is shared with a whole department or role",
        fix: page("/access/grants", "改为共享给需要的人。", "Share with those who need it."),
        laws: SHARING,
        proof: Some("/access/grants"),
        look: |f| on(&f.shares, |s| [none(("共享给部门或角色的", "shares with many"), s.wide)]),
    },
    Check {
        id: "sharing.old",
        area: Area::Sharing,
        risk: Risk::Low,
        zh: "没有超过半年的共享",
        en: "No share is older than half a year",
        fix: page("/access/grants", "确认仍需要，否则收回。", "See whether it is needed, and take it back if not."),
        laws: SHARING,
        proof: Some("/access/grants"),
        look: |f| on(&f.shares, |s| [none(("超过半年的共享", "older shares"), s.old)]),
    },
    Check {
        id: "sharing.requests",
        area: Area::Sharing,
        risk: Risk::Low,
        zh: "没有等待超过一周的申请",
        en: "No request waits for more than a week",
        fix: page("/requests", "尽快审批，否则人们会另找途径。", "Decide: people who wait find other ways."),
        laws: SHARING,
        proof: Some("/requests"),
        look: |f| on(&f.shares, |s| [none(("等待超过一周的申请", "requests that wait"), s.requests_late)]),
    },
    Check {
        id: "exports.approval",
        area: Area::Sharing,
        risk: Risk::High,
        zh: "超过一千行的导出须审批",
        en: "Exports of more than a thousand rows are approved",
        fix: page("/settings?tab=exports", "设定导出审批的行数。", "Set from how many rows an export is approved."),
        laws: &["GB/T 35273-2020 7.1", "PIPL 51"],
        proof: Some("/settings?tab=exports"),
        look: |f| {
            on(&f.exports, |e| {
                [limit(("须审批的行数", "rows from which it is asked"), e.approve_above, 1_000, Measure::Count)]
            })
        },
    },
    Check {
        id: "exports.sensitive",
        area: Area::Sharing,
        risk: Risk::High,
        zh: "导出敏感字段明文须审批",
        en: "Exports with sensitive values are approved",
        fix: page("/settings?tab=exports", "打开敏感字段的导出审批。", "Switch that approval on."),
        laws: &["PIPL 29", "GB/T 45574-2025"],
        proof: Some("/settings?tab=exports"),
        look: |f| on(&f.exports, |e| [yes(("须审批", "approved"), e.approve_sensitive)]),
    },
    Check {
        id: "exports.per_day",
        area: Area::Sharing,
        risk: Risk::Medium,
        zh: "每人每天的导出行数有上限",
        en: "There is a limit to what one exports in a day",
        fix: page(
            "/settings?tab=exports",
            "设定每人每天的导出上限。",
            "Set how many rows one person exports in a day.",
        ),
        laws: SHARING,
        proof: Some("/settings?tab=exports"),
        look: |f| {
            on(&f.exports, |e| [limit(("每人每天行数", "rows in a day"), e.rows_per_day, 50_000, Measure::Count)])
        },
    },
    Check {
        id: "exports.files",
        area: Area::Sharing,
        risk: Risk::Low,
        zh: "导出文件保存不超过三天，下载不超过十次",
        en: "Files of exports last three days and ten downloads at most",
        fix: page(
            "/settings?tab=exports",
            "缩短文件的保存时间，减少下载次数。",
            "Let files end sooner, and be taken less often.",
        ),
        laws: SHARING,
        proof: Some("/settings?tab=exports"),
        look: |f| {
            on(&f.exports, |e| {
                [
                    most(("保存小时数", "hours a file lasts"), whole(e.lasts_hours), 72, Measure::Hours),
                    most(("下载次数", "downloads"), whole(e.downloads), 10, Measure::Count),
                ]
            })
        },
    },
    Check {
        id: "exports.destroyed",
        area: Area::Sharing,
        risk: Risk::Medium,
        zh: "过期的导出文件已销毁",
        en: "Files that are over were destroyed",
        fix: hand(
            "服务器每分钟清理；仍有残留说明清理失败，请看服务器日志。",
            "The server does it every minute; see in its log why it could not.",
        ),
        laws: SHARING,
        proof: Some("/exports"),
        look: |f| on(&f.exports, |e| [none(("过期未销毁的文件", "files that are past their time"), e.overdue)]),
    },
];
