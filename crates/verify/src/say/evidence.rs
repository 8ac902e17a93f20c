//! Words for the check of an evidence file.

use std::collections::BTreeMap;

use ledger::evidence::{Check, CheckSubject, Fault, Outcome, Report, SubjectKind};
use ledger::leaf::LeafKind;
use ledger::{Evidence, Leaf};

use super::verdict;
use crate::text::Text;

pub fn not_evidence(error: &str) -> Text {
    Text::new(
        format!("被篡改：文件已损坏，或不是存证文件：{error}"),
        format!("tampered: the file is damaged, or is no evidence file: {error}"),
    )
}

pub fn no_key_in_evidence() -> Text {
    Text::new(
        "没有给出 --key，文件中也没有可用的公钥：无从验证签名",
        "no --key was given and the file holds no usable key: the signature cannot be checked",
    )
}

/// The report: what it is about, what did not end well, how many ended how, the verdict last.
pub fn evidence(evidence: &Evidence, report: &Report) -> Vec<Text> {
    let mut lines = vec![about(evidence)];
    if let (Some(origin), Some(size), Some(root)) = (&report.origin, report.size, &report.root) {
        lines.push(Text::new(
            format!("日志 {origin}：签名时 {size} 条，根 {root}"),
            format!("log {origin}: signed at {size} entries, root {root}"),
        ));
    }
    lines.extend(report.checks.iter().filter_map(fault));
    let count = |outcome| report.count(outcome);
    let (ok, withheld, erased) = (count(Outcome::Ok), count(Outcome::Withheld), count(Outcome::ErasedWithRecord));
    let bad = report.checks.len().saturating_sub(ok).saturating_sub(withheld).saturating_sub(erased);
    let events = evidence.events.len();
    lines.push(Text::new(
        format!(
            "{events} 个事件；检查：{ok} 项通过，{withheld} 项未出示，{erased} 项已依法删除并有记录，{bad} 项有问题"
        ),
        format!(
            "{events} events; checks: {ok} ok, {withheld} withheld, {erased} erased with record, {bad} not in order"
        ),
    ));
    lines.extend(foreign(evidence));
    lines.push(Text::new(
        "所示事件确如记录；文件无法证明没有其他事件",
        "what is shown was recorded as shown; a file cannot prove that there is nothing else",
    ));
    if report.verdict != ledger::log_check::Verdict::Ok {
        lines.pop();
    }
    lines.push(verdict(report.verdict));
    lines
}

/// What other systems told, by source: that it was told so is proved, that it happened is not.
fn foreign(evidence: &Evidence) -> Vec<Text> {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for event in &evidence.events {
        if Leaf::decode(&event.leaf).is_ok_and(|leaf| leaf.kind == LeafKind::Foreign) {
            let source = event.actor.as_ref().and_then(|actor| actor.body.pointer("/detail/source")?.as_str());
            *told.entry(source.unwrap_or("?")).or_default() += 1;
        }
    }
    let text = |(source, n): (&str, usize)| {
        Text::new(
            format!("{n} 个事件由其他系统“{source}”所述：文件证明收到的内容如此，不证明其确实发生"),
            format!(
                "{n} events are what another system, {source}, told: that it was told so is proved, that it happened is not"
            ),
        )
    };
    told.into_iter().map(text).collect()
}

fn about(evidence: &Evidence) -> Text {
    let id = evidence.subject.id.as_deref().unwrap_or("-");
    let by = &evidence.asked_by;
    match evidence.subject.kind {
        SubjectKind::Customer => Text::new(
            format!("存证：客户 {id}（申请人 {by}）"),
            format!("evidence about customer {id} (asked for by {by})"),
        ),
        SubjectKind::User => Text::new(
            format!("存证：用户 {id}（申请人 {by}）"),
            format!("evidence about user {id} (asked for by {by})"),
        ),
        SubjectKind::Case => Text::new(
            format!("存证：案件 {id} 的事件（申请人 {by}）"),
            format!("evidence of case {id} (asked for by {by})"),
        ),
        SubjectKind::Period => {
            Text::new(format!("存证：一段时间（申请人 {by}）"), format!("evidence about a period (asked for by {by})"))
        }
    }
}

fn fault(check: &Check) -> Option<Text> {
    let what = match check.subject {
        CheckSubject::Format => Text::new("文件格式", "format"),
        CheckSubject::Checkpoint => Text::new("检查点", "checkpoint"),
        CheckSubject::Order => Text::new("事件顺序", "order of events"),
        CheckSubject::Leaf => Text::new("记录", "leaf"),
        CheckSubject::Meta => Text::new("操作内容", "operation"),
        CheckSubject::Actor => Text::new("访问用户", "actor"),
        CheckSubject::Item => Text::new("数据对象", "record"),
        CheckSubject::Belongs => Text::new("存证范围", "subject"),
        CheckSubject::Erasure => Text::new("删除记录", "erasure"),
    };
    let why = reason(check.fault.as_ref()?);
    let place = match (check.event, check.item) {
        (Some(event), Some(item)) => {
            Text::new(format!("第 {event} 条第 {item} 项 "), format!("event {event} item {item} "))
        }
        (Some(event), None) => Text::new(format!("第 {event} 条 "), format!("event {event} ")),
        _ => Text::new("", ""),
    };
    Some(Text::new(format!("{}{}:{}", place.zh, what.zh, why.zh), format!("{}{}: {}", place.en, what.en, why.en)))
}

fn reason(fault: &Fault) -> Text {
    match fault {
        Fault::UnknownFormat => Text::new("未知的格式版本", "unknown format or version"),
        Fault::Untrusted(why) => Text::new(format!("不可信：{why}"), format!("cannot be trusted: {why}")),
        Fault::OutOfOrder => {
            Text::new("事件重复或未按日志顺序排列", "events are listed twice or not in the order of the log")
        }
        Fault::NotALeaf(why) => Text::new(format!("不是有效记录：{why}"), format!("not a leaf: {why}")),
        Fault::NotInLog => {
            Text::new("不在所签名日志的该位置（被篡改）", "not at this place in the signed log (tampered)")
        }
        Fault::OtherBody => {
            Text::new("内容与记录的承诺不符（被篡改）", "the body is not the one committed to (tampered)")
        }
        Fault::OtherItem => {
            Text::new("该项与记录的承诺不符（被篡改）", "the item is not the one committed to at this place (tampered)")
        }
        Fault::ItemOutOfOrder => Text::new("数据对象重复或未按顺序", "records are listed twice or out of order"),
        Fault::OtherCount => Text::new("涉及的数据对象数目与记录不符", "the event touched another number of records"),
        Fault::OutsidePeriod => Text::new("不在存证所述时间段内", "lies outside the period of the evidence"),
        Fault::OtherSubject => Text::new("与存证主体无关", "is about somebody else"),
        Fault::SubjectUnnamed => Text::new("内容未指明主体", "the body does not say whom it is about"),
        Fault::NoSubjectId => Text::new("存证未指明主体", "the file does not say whom it is about"),
        Fault::ErasureMissing => Text::new("文件中没有所引用的删除记录", "the erasure it refers to is not in the file"),
        Fault::NotAnErasure => {
            Text::new("所引用的不是删除记录，或早于该事件", "what it refers to is no erasure, or came before the event")
        }
    }
}
