//! What the signed list's document says, in Chinese or in English. Everything in it comes from the kept list.

use govern::review::{Item, Risk, Unanswered, Verdict, Why};
use govern::{Finding, moment};
use model::{Text, UnixMs};
use report::{Block, Column, Document, Fact, Figure, Head, Section, Signature};
use store::reviews::{ResultLine, ReviewResult};

use crate::language::Language;
use crate::routes::cases::parts;

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: text.into() }
}

fn item(of: &Item, l: Language) -> String {
    match of {
        Item::Role { label, role } => format!("{} {} ({role})", l.say("角色", "role"), l.pick(label)),
        Item::Share { object, record, edit, .. } => {
            let level = if *edit { l.say("可编辑", "to edit") } else { l.say("只读", "to read") };
            format!("{} {object} {record} {level}", l.say("共享", "share"))
        }
        Item::Token { name, all, .. } => {
            let all = if *all { l.say("（全部操作）", " (all operations)") } else { "" };
            format!("{} {name}{all}", l.say("令牌", "token"))
        }
    }
}

fn why(of: Why, l: Language) -> &'static str {
    match of {
        Why::Left => l.say("已离职", "has left"),
        Why::Toxic => l.say("职责冲突", "toxic combination"),
        Why::Unused => l.say("90 天未使用", "not used in 90 days"),
        Why::Outlier => l.say("同部门少有", "hardly any colleague has it"),
        Why::NeverEdited => l.say("从未编辑", "never edited"),
        Why::Young => l.say("授予不足 30 天", "given within 30 days"),
        Why::Duty => l.say("管理职责", "administrative duty"),
        Why::Used => l.say("有使用", "used"),
    }
}

fn verdict(of: &str, l: Language) -> &'static str {
    match of {
        "keep" => l.say("保留", "keep"),
        "narrow" => l.say("收窄", "narrow"),
        _ => l.say("收回", "revoke"),
    }
}

fn risk(of: Risk, l: Language) -> &'static str {
    match of {
        Risk::High => l.say("高", "high"),
        Risk::Medium => l.say("中", "medium"),
        Risk::Low => l.say("低", "low"),
    }
}

fn decided(line: &ResultLine, zone: &str, l: Language) -> String {
    let Some(d) = &line.decided else { return String::new() };
    let by =
        line.decided_by.clone().unwrap_or_else(|| l.say("无人答复，按活动设置", "unanswered: by the campaign").into());
    let detail = match d.verdict {
        Verdict::Narrow { until: Some(at), .. } => format!(" → {}", moment(at, zone)),
        Verdict::Narrow { read_only: true, .. } => format!(" → {}", l.say("只读", "to read")),
        _ => String::new(),
    };
    let reason = if d.reason.is_empty() { String::new() } else { format!("\n{}", d.reason) };
    format!("{}{detail}\n{by} · {}{reason}", verdict(d.verdict.as_str(), l), moment(d.at, zone))
}

fn applied(line: &ResultLine, l: Language) -> String {
    let Some(a) = &line.applied else { return String::new() };
    match a.what.as_str() {
        "kept" => l.say("未改动", "unchanged").to_owned(),
        "applied" => l.say("已执行", "done").to_owned(),
        "gone" => l.say("此前已失效", "had ended already").to_owned(),
        _ => format!("{} {}", l.say("未能执行：", "could not be done:"), a.code.as_deref().unwrap_or_default()),
    }
}

fn lines(result: &ReviewResult, l: Language) -> Vec<Block> {
    let columns = vec![
        Column::new(l.say("人员", "Who"), 14),
        Column::new(l.say("权限", "What"), 20),
        Column::new(l.say("使用证据", "Evidence"), 22),
        Column::new(l.say("建议 / 风险", "Advice / risk"), 14),
        Column::new(l.say("决定", "Decision"), 20),
        Column::new(l.say("执行", "Done"), 10),
    ];
    let zone = &result.zone;
    let row = |line: &ResultLine| {
        let e = &line.evidence;
        let who = line.user_name.clone().unwrap_or_else(|| l.say("部门或角色", "department or role").into());
        let last = e.last_used.map_or_else(|| l.say("无", "none").to_owned(), |t| moment(t, zone));
        let since = e.since.map_or_else(|| "—".to_owned(), |t| moment(t, zone));
        let used = match l {
            Language::Zh => {
                format!("授予 {since}\n90 天使用 {} 次，最近 {last}\n同部门 {}/{}", e.used, e.peers_with, e.peers)
            }
            Language::En => {
                format!(
                    "since {since}\nused {} times in 90 days, last {last}\npeers {}/{}",
                    e.used, e.peers_with, e.peers
                )
            }
        };
        let reasons: Vec<&str> = line.advice.why.iter().map(|w| why(*w, l)).collect();
        let advice = format!("{} / {}\n{}", verdict(&line.advice.verdict, l), risk(line.risk, l), reasons.join(", "));
        let department = line.department.clone().unwrap_or_default();
        vec![
            format!("{who}\n{department}"),
            item(&line.item, l),
            used,
            advice,
            decided(line, zone, l),
            applied(line, l),
        ]
    };
    vec![Block::Table { columns, rows: result.lines.iter().map(row).collect() }]
}

fn findings(all: &[Finding], l: Language) -> Vec<Block> {
    if all.is_empty() {
        let text = l.say("复核人的节奏未见异常。", "Nothing about how reviewers decided stands out.");
        return vec![paragraph(text)];
    }
    let one = |f: &Finding| {
        let fact = |zh, en, text: &Text| Fact::new(l.say(zh, en), l.pick(text).to_owned());
        [
            paragraph(l.pick(&f.title).to_owned()),
            Block::Facts {
                facts: vec![
                    fact("现状", "What is", &f.condition),
                    fact("准则", "What should be", &f.criteria),
                    fact("影响", "Effect", &f.effect),
                    fact("处理建议", "What to do", &f.recommendation),
                ],
            },
        ]
    };
    all.iter().flat_map(one).collect()
}

fn figures(result: &ReviewResult, l: Language) -> Vec<Block> {
    let f = &result.figures;
    let figure = |value: String, zh, en, note: String| Figure { value, name: l.say(zh, en).to_owned(), note };
    let share = |part: usize| part.saturating_mul(100).checked_div(f.lines).unwrap_or(0);
    vec![Block::Figures {
        figures: vec![
            figure(f.lines.to_string(), "复核项", "lines", String::new()),
            figure(format!("{}%", share(f.answered)), "由人答复", "answered by people", f.answered.to_string()),
            figure(f.keep.to_string(), "保留", "kept", String::new()),
            figure(f.narrow.to_string(), "收窄", "narrowed", String::new()),
            figure(f.revoke.to_string(), "收回", "revoked", String::new()),
            figure(f.failed.to_string(), "未能执行", "not done", String::new()),
            figure(
                f.unused_after.to_string(),
                "未使用的权限",
                "unused rights",
                format!("{} {}", l.say("开始时", "before:"), f.unused_before),
            ),
        ],
    }]
}

fn reviewers(result: &ReviewResult, l: Language) -> Vec<Block> {
    let columns = vec![
        Column::new(l.say("复核人", "Reviewer"), 30),
        Column::new(l.say("决定数", "Decisions"), 15).numbers(),
        Column::new(l.say("中位间隔（秒）", "Median seconds"), 20).numbers(),
        Column::new(l.say("保留", "Kept"), 15).numbers(),
        Column::new(l.say("批量", "In bulk"), 20).numbers(),
    ];
    let row = |r: &store::reviews::ReviewerResult| {
        let median = r.pace.median_ms.map_or_else(|| "—".to_owned(), |ms| format!("{}.{}", ms / 1000, ms % 1000 / 100));
        vec![
            r.name.clone(),
            r.pace.decisions.to_string(),
            median,
            format!("{}%", r.pace.kept / 10),
            format!("{}%", r.pace.bulk / 10),
        ]
    };
    vec![Block::Table { columns, rows: result.reviewers.iter().map(row).collect() }]
}

fn method(result: &ReviewResult, l: Language) -> Vec<Block> {
    let fallback = match result.campaign.unanswered {
        Unanswered::Keep => l.say("保留", "is kept"),
        Unanswered::Revoke => l.say("收回", "is revoked"),
        Unanswered::Recommended => l.say("按系统建议处理", "follows the recommendation"),
    };
    let head = result.head.as_ref().map_or_else(|| "—".to_owned(), |h| format!("{} · {}", h.size, h.root));
    let text = match l {
        Language::Zh => vec![
            format!("名单在活动开始时冻结，当时已签名的账本为：{head}。使用情况取自审计账本此前 90 天。"),
            format!(
                "任何人不得复核本人的权限。到期仍无人答复的，{fallback}。决定在活动关闭时执行，每项有单独的审计事件。"
            ),
            "角色的使用次数指其授予的操作被执行的次数；同一操作可能也由其他角色授予。".to_owned(),
        ],
        Language::En => vec![
            format!(
                "The list was frozen when the campaign began; the signed log was then: {head}. Use is of the 90 days before, by the access log."
            ),
            format!(
                "Nobody reviews what they have themselves. What stays unanswered {fallback}. Decisions are applied when the campaign closes, each with an event of its own."
            ),
            "A role's use counts the operations that it gives; another role may give the same.".to_owned(),
        ],
    };
    text.into_iter().map(paragraph).collect()
}

/// The document of a campaign.
pub(in crate::routes) fn document(result: &ReviewResult, head: govern::Head, l: Language) -> Document {
    let at = |t: UnixMs| moment(t, &result.zone);
    let by = match (&result.began_by, &result.plan) {
        (Some(name), _) => name.clone(),
        (None, Some(plan)) => format!("{} {plan}", l.say("按计划自动开始：", "by plan:")),
        (None, None) => result.company.clone(),
    };
    let facts = vec![
        Fact::new(l.say("单位", "Company"), result.company.clone()),
        Fact::new(l.say("开始", "Begun"), format!("{} · {by}", at(result.began_at))),
        Fact::new(l.say("到期", "Due"), at(result.due_at)),
        Fact::new(l.say("关闭", "Closed"), format!("{} ({})", at(result.closed_at), result.zone)),
        Fact::new(l.say("编号", "Id"), result.id.to_string()),
    ];
    let section = |zh, en, blocks| Section { title: l.say(zh, en).to_owned(), blocks };
    let role = |zh, en| Signature { role: l.say(zh, en).to_owned(), name: None, at: None, proof: None };
    Document {
        language: match l {
            Language::Zh => report::Language::Zh,
            Language::En => report::Language::En,
        },
        kind: l.say("权限复核结果", "Result of an access review").to_owned(),
        title: format!("{} · {}", result.company, result.campaign.name),
        notice: l.say("内部文件，未经许可不得外传", "Internal. Not to be passed on without permission.").to_owned(),
        facts,
        sections: vec![
            section("结果", "Result", figures(result, l)),
            section("复核人", "Reviewers", reviewers(result, l)),
            section("复核质量", "How they decided", findings(&result.findings, l)),
            section("名单与决定", "Who had what, and what was decided", lines(result, l)),
            section("方法", "Method", method(result, l)),
        ],
        signatures: vec![
            role("安全管理员", "Security officer"),
            role("审计管理员", "Auditor"),
            role("管理层", "Management"),
        ],
        head: Head { origin: head.origin, size: head.size, root: head.root },
        made_at: parts(result.closed_at),
        made: format!("{} ({})", at(result.closed_at), result.zone),
    }
}
