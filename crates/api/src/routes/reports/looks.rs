//! Single accesses and changes on paper: one by one for those who audit, by the day for the person whose data they were.

use govern::{Look, Report, Section, SectionId, moment};
use model::Decision;
use report::{Block, Column};

use super::paper::{number, paragraph, pick};
use crate::language::Language;

fn decision(of: Decision, l: Language) -> &'static str {
    match of {
        Decision::Allowed => l.say("允许", "allowed"),
        Decision::Refused => l.say("拒绝", "refused"),
        Decision::Conflict => l.say("冲突", "conflict"),
        Decision::Intent => l.say("开始", "begun"),
        Decision::Unknown => l.say("结果未知", "unknown"),
        Decision::Failed => l.say("失败", "failed"),
    }
}

fn why(look: &Look, l: Language) -> String {
    look.why.as_ref().map(|w| pick(l, w)).unwrap_or_default()
}

/// How many are not listed.
fn more(section: &Section, l: Language) -> Option<Block> {
    (section.more > 0).then(|| {
        paragraph(match l {
            Language::Zh => format!("另有 {} 条未列出。", section.more),
            Language::En => format!("{} more are not listed.", section.more),
        })
    })
}

/// Each access or change, one by one.
pub(super) fn listed(section: &Section, report: &Report, l: Language) -> Vec<Block> {
    let policy = section.id == SectionId::Changes;
    let lead = if policy {
        l.say(
            "管理员在本期内的变更，最近的在前；仅查看的操作不列出。",
            "What administrators changed, newest first. What they only read is not listed.",
        )
    } else {
        l.say("接触过该客户信息的每一次操作，最近的在前。", "Each access to this customer's data, newest first.")
    };
    let mut columns = vec![
        Column::new(l.say("时间", "Time"), 18),
        Column::new(l.say("人员", "Who"), 14),
        Column::new(l.say("操作", "Operation"), 14),
        Column::new(l.say("判定", "Decision"), 8),
        Column::new(l.say("内容", "What"), 28),
    ];
    if !policy {
        columns.push(Column::new(l.say("理由", "Why"), 16));
    }
    let line = |k: &Look| {
        let mut row = vec![
            moment(k.at, &report.zone),
            k.user_name.clone().unwrap_or_default(),
            l.say(k.action.zh(), k.action.as_str()).to_owned(),
            decision(k.decision, l).to_owned(),
            pick(l, &k.what),
        ];
        if !policy {
            row.push(why(k, l));
        }
        row
    };
    let rows = section.looks.iter().map(line).collect();
    let mut blocks = vec![paragraph(lead), Block::Table { columns, rows }];
    blocks.extend(more(section, l));
    blocks
}

/// What was alike on one day, for the person whose data it was: who reads a letter does not count the lines of a list.
struct Alike<'a> {
    day: String,
    /// From and to, by the clock.
    from: String,
    to: String,
    look: &'a Look,
    times: i64,
}

/// The accesses of each day, those alike together, the newest day first.
pub(super) fn told(section: &Section, report: &Report, l: Language) -> Vec<Block> {
    let lead = l.say(
        "下列为本期内我公司人员处理您信息的情况：何时、因何、涉及哪类信息。同一天内相同的处理合并为一行。",
        "When, why and which kinds of your data our staff had before them in this period. What was alike on one day is one line.",
    );
    let mut days: Vec<Alike<'_>> = vec![];
    for look in &section.looks {
        let at = moment(look.at, &report.zone);
        let (day, clock) = at.split_once(' ').unwrap_or((&at, ""));
        let same =
            |k: &&mut Alike<'_>| (k.look.action, &k.look.what, &k.look.why) == (look.action, &look.what, &look.why);
        // The newest come first: those of this day are the last that were added.
        match days.iter_mut().rev().take_while(|k| k.day == day).find(same) {
            Some(alike) => {
                alike.from = clock.to_owned();
                alike.times = alike.times.saturating_add(1);
            }
            None => {
                days.push(Alike { day: day.to_owned(), from: clock.to_owned(), to: clock.to_owned(), look, times: 1 })
            }
        }
    }
    let columns = vec![
        Column::new(l.say("日期", "Day"), 12),
        Column::new(l.say("时间", "Time"), 20),
        Column::new(l.say("次数", "Times"), 8).numbers(),
        Column::new(l.say("操作", "Operation"), 14),
        Column::new(l.say("信息种类", "Kinds of data"), 28),
        Column::new(l.say("理由", "Why"), 18),
    ];
    let line = |k: &Alike<'_>| {
        let clock = if k.from == k.to { k.to.clone() } else { format!("{} – {}", k.from, k.to) };
        let action = l.say(k.look.action.zh(), k.look.action.as_str()).to_owned();
        vec![k.day.clone(), clock, number(k.times), action, pick(l, &k.look.what), why(k.look, l)]
    };
    let mut blocks = vec![paragraph(lead), Block::Table { columns, rows: days.iter().map(line).collect() }];
    blocks.extend(more(section, l));
    blocks
}
