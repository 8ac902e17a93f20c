//! A case file's readable page, in Chinese or in English.

use model::case::Act;
use model::{UnixMs, UserId};
use sha2::{Digest, Sha256};
use store::cases::CaseFile;

use super::words::{kind, severity, state, verdict};
use crate::language::Language;

/// Words people wrote, as a quotation: nothing in them is read as Markdown of ours.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        out.push_str("\n  > ");
        for c in line.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '&') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

fn line(act: &Act, l: Language, name: &impl Fn(UserId) -> String) -> String {
    match act {
        Act::Open { severity: s } => format!("{} ({})", l.say("立案", "opened"), severity(*s, l)),
        Act::Note { text } => format!("{}{}", l.say("备注", "note"), quoted(text)),
        Act::AddTask { text } => format!("{}{}", l.say("新任务", "task"), quoted(text)),
        Act::SetTask { n, done } => {
            let what = if *done {
                l.say("任务完成", "task done")
            } else {
                l.say("任务重开", "task not done after all")
            };
            format!("{what} #{}", n.saturating_add(1))
        }
        Act::Assign { to } => format!("{} {}", l.say("分配给", "given to"), name(*to)),
        Act::Watch { .. } => String::new(),
        Act::Grade { to, reason } => {
            format!("{} {}{}", l.say("级别改为", "severity"), severity(*to, l), quoted(reason))
        }
        Act::Cite { events } => format!("{} ({})", l.say("固定证据", "evidence sealed"), events.len()),
        Act::Ask { text, .. } => format!("{}{}", l.say("询问当事人", "asked the subject"), quoted(text)),
        Act::Unask { .. } => l.say("撤回问询", "question taken back").to_owned(),
        Act::Answer { text, .. } => format!("{}{}", l.say("当事人答复", "the subject's answer"), quoted(text)),
        Act::Reveal { reason } => format!("{}{}", l.say("查看当事人姓名", "was shown the name"), quoted(reason)),
        Act::Measure { kind: k, text, until, .. } => {
            let until = until.map(|t| format!(" → {}", t.to_rfc3339())).unwrap_or_default();
            format!("{}: {}{until}{}", l.say("处置", "action"), kind(*k, l), quoted(text))
        }
        Act::Contain { reason } => format!("{}{}", l.say("已遏制", "contained"), quoted(reason)),
        Act::Propose { verdict: v, root_cause, action } => format!(
            "{}: {}{}{}",
            l.say("提议结案", "proposed to close"),
            verdict(*v, l),
            quoted(root_cause),
            quoted(action)
        ),
        Act::Consent { comment } => format!("{}{}", l.say("同意结案", "consented"), quoted(comment)),
        Act::Refuse { comment } => format!("{}{}", l.say("退回结案", "closing refused"), quoted(comment)),
        Act::Reopen { reason } => format!("{}{}", l.say("重新打开", "reopened"), quoted(reason)),
        Act::Escalate => l.say("已逾期", "past its date").to_owned(),
        Act::Attach { file } => format!("{}{}", l.say("附件", "file"), quoted(&file.name)),
    }
}

/// The page.
pub(super) fn summary(file: &CaseFile, l: Language) -> String {
    let case = &file.case;
    let at = |t: UnixMs| t.to_rfc3339();
    let name = |user: UserId| {
        let known = file.people.iter().find(|p| p.id == Some(user));
        known.map_or_else(|| user.to_string(), |p| p.name.clone())
    };
    let mut out = vec![];
    let title = case.title.replace(['#', '<', '>', '[', ']', '`', '*', '_', '\\'], " ");
    out.push(format!("# {}: {title}", l.say("案卷", "Case file")));
    let head = [
        (l.say("案件", "case"), file.id.to_string()),
        (l.say("当事人", "subject"), format!("{} ({})", file.subject.name, case.subject)),
        (l.say("状态", "state"), state(case.state, l).to_owned()),
        (l.say("级别", "severity"), severity(case.severity, l).to_owned()),
        (l.say("立案", "opened"), format!("{}, {}", at(case.opened_at), name(case.opened_by))),
        (l.say("负责人", "owner"), case.owner.map_or_else(|| "-".to_owned(), name)),
        (l.say("期限", "due"), at(case.due_at)),
        (l.say("版本", "version"), file.version.to_string()),
    ];
    out.push(head.iter().map(|(k, v)| format!("- {k}: {v}")).collect::<Vec<_>>().join("\n"));
    if let Some(closing) = &case.closing {
        let heading = match closing.closed_at {
            Some(_) => l.say("结论", "Decision"),
            None => l.say("结论（待复核）", "Decision (waits for the second person)"),
        };
        out.push(format!("## {heading}: {}", verdict(closing.verdict, l)));
        let consented = closing.consented.map_or_else(|| "-".to_owned(), name);
        let lines = [
            format!("- {}:{}", l.say("根本原因", "root cause"), quoted(&closing.root_cause)),
            format!("- {}:{}", l.say("措施", "action"), quoted(&closing.action)),
            format!("- {}: {}", l.say("提议人", "proposed by"), name(closing.by)),
            format!("- {}: {consented}", l.say("复核人", "second person")),
        ];
        out.push(lines.join("\n"));
    }
    out.push(format!("## {}", l.say("经过", "Timeline")));
    let entry = |e: &model::case::Entry| {
        let by = if e.by == case.subject { file.subject.name.clone() } else { name(e.by) };
        format!("- {} {by}: {}", at(e.at), line(&e.act, l, &name))
    };
    out.push(case.timeline.iter().map(entry).collect::<Vec<_>>().join("\n"));
    out.push(format!("## {}", l.say("如何核验", "How to check it")));
    let digest = hex::encode(Sha256::digest(&file.body));
    out.push(match l {
        Language::Zh => format!(
            "- `whosaw-verify evidence evidence.json --key <公布的公钥>`：所引用的 {} 条事件确如记录。\n\
             - `whosaw-verify evidence history.json --key <公布的公钥>`：关于本案的 {} 条事件确如记录。\n\
             - `sha256sum case.json` 应为 `{digest}`，并与 history.json 中最后一条带有 `case_row` 的事件所记一致。\n\
             - `log.vkey` 仅为方便；请以另行公布的公钥为准。",
            file.evidence.events.len(),
            file.history.events.len(),
        ),
        Language::En => format!(
            "- `whosaw-verify evidence evidence.json --key <the published key>`: the {} cited events were recorded as shown.\n\
             - `whosaw-verify evidence history.json --key <the published key>`: so were the {} events about this case.\n\
             - `sha256sum case.json` gives `{digest}`, as the last event with a `case_row` in history.json says.\n\
             - `log.vkey` is for convenience; rely on the key that was published elsewhere.",
            file.evidence.events.len(),
            file.history.events.len(),
        ),
    });
    out.join("\n\n") + "\n"
}
