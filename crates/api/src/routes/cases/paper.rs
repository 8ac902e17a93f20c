//! What a case's document says, in Chinese or in English.

use model::UnixMs;
use model::case::{Act, Entry, Severity};
use report::{Block, Column, Document, Fact, Figure, Head, Section, Signature};
use store::cases::{CaseReport, HistoryLine, MeasureLine, Person, Taken};

use super::words::{kind, severity, state, verdict};
use crate::language::Language;

/// Lines of the log's history that are printed: the newest.
const MOST_LINES: usize = 1000;

/// A moment as it is printed.
fn at(t: UnixMs) -> String {
    let text = t.to_rfc3339();
    let day = text.get(..10).unwrap_or_default();
    format!("{day} {} UTC", text.get(11..19).unwrap_or_default())
}

/// The same in a column that says so of all.
fn short(t: UnixMs) -> String {
    at(t).trim_end_matches(" UTC").to_owned()
}

/// The same in parts, for the file's own date.
pub(crate) fn parts(t: UnixMs) -> (i32, u8, u8, u8, u8, u8) {
    let text = t.to_rfc3339();
    let two = |from: usize| text.get(from..from.saturating_add(2)).and_then(|s| s.parse().ok()).unwrap_or(0);
    (text.get(..4).and_then(|s| s.parse().ok()).unwrap_or(1970), two(5), two(8), two(11), two(14), two(17))
}

/// Who, what and in which words: a line of the timeline.
fn entry(e: &Entry, named: &[Person], l: Language) -> (String, String) {
    let name = |id| named.iter().find(|p| p.id == Some(id)).map_or_else(|| id.to_string(), |p| p.name.clone());
    let what = |zh, en| l.say(zh, en).to_owned();
    match &e.act {
        Act::Open { severity: s } => (format!("{} · {}", l.say("立案", "opened"), severity(*s, l)), String::new()),
        Act::Note { text } => (what("备注", "note"), text.clone()),
        Act::AddTask { text } => (what("新任务", "task"), text.clone()),
        Act::SetTask { n, done } => {
            let what = if *done {
                l.say("任务完成", "task done")
            } else {
                l.say("任务重开", "task not done after all")
            };
            (format!("{what} #{}", n.saturating_add(1)), String::new())
        }
        Act::Assign { to } => (format!("{} {}", l.say("分配给", "given to"), name(*to)), String::new()),
        Act::Watch { .. } => (String::new(), String::new()),
        Act::Grade { to, reason } => {
            (format!("{} {}", l.say("级别改为", "severity"), severity(*to, l)), reason.clone())
        }
        Act::Cite { events } => (format!("{} · {}", l.say("固定证据", "evidence sealed"), events.len()), String::new()),
        Act::Ask { text, .. } => (what("询问当事人", "asked the subject"), text.clone()),
        Act::Unask { .. } => (what("撤回问询", "question taken back"), String::new()),
        Act::Answer { text, .. } => (what("当事人答复", "the subject's answer"), text.clone()),
        Act::Reveal { reason } => (what("查看当事人姓名", "was shown the name"), reason.clone()),
        Act::Measure { kind: k, text, until, .. } => {
            let until = until.map(|t| format!(" → {}", at(t))).unwrap_or_default();
            (format!("{} · {}{until}", l.say("处置", "action"), kind(*k, l)), text.clone())
        }
        Act::Contain { reason } => (what("已遏制", "contained"), reason.clone()),
        Act::Propose { verdict: v, root_cause, action } => (
            format!("{} · {}", l.say("提议结案", "proposed to close"), verdict(*v, l)),
            format!("{root_cause}\n{action}"),
        ),
        Act::Consent { comment } => (what("同意结案", "consented"), comment.clone()),
        Act::Refuse { comment } => (what("退回结案", "closing refused"), comment.clone()),
        Act::Reopen { reason } => (what("重新打开", "reopened"), reason.clone()),
        Act::Escalate => (what("已逾期", "past its date"), String::new()),
        Act::Attach { file } => {
            (what("附件", "file"), format!("{}\n{} B · SHA-256 {}", file.name, file.bytes, file.sha256))
        }
    }
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: text.into() }
}

fn alerts(report: &CaseReport, l: Language) -> Section {
    let lead = l.say(
        "触发本案的告警，以及当时所述的触发原因。",
        "The alerts the case came of, and why each fired, as it was said then.",
    );
    let mut blocks = vec![paragraph(if report.alerts.is_empty() {
        l.say("本案不是由告警立案。", "The case did not come of an alert.")
    } else {
        lead
    })];
    for alert in &report.alerts {
        let (title, why) = alert.said.as_ref().map_or_else(
            || (alert.from.rule.clone(), l.say("告警已不在", "the alert is not there any more").to_owned()),
            |(title, why)| (l.pick(title).to_owned(), l.pick(why).to_owned()),
        );
        let by = format!("{} · {title} · {} · {}", at(alert.from.raised_at), alert.from.rule, alert.from.alert);
        blocks.push(Block::Quote { by, text: why });
    }
    Section { title: l.say("告警", "Alerts").to_owned(), blocks }
}

fn evidence(report: &CaseReport, l: Language) -> Section {
    let lead = match l {
        Language::Zh => format!(
            "本案引用 {} 条审计事件，均已固定、不受留存期限清理。事件编号与账本序号即其证明的标识：案卷压缩包中的 evidence.json 载有各条的包含证明。",
            report.view.evidence.len()
        ),
        Language::En => format!(
            "The case cites {} events of the log. Each is held: retention passes it over. Its id and its entry name its proof, which \
             evidence.json in the case file (zip) has.",
            report.view.evidence.len()
        ),
    };
    let columns = vec![
        Column::new(l.say("账本序号", "Entry"), 9).numbers(),
        Column::new(l.say("时间 (UTC)", "Time (UTC)"), 18),
        Column::new(l.say("操作", "Operation"), 14),
        Column::new(l.say("对象", "Object"), 10),
        Column::new(l.say("判定", "Decision"), 9),
        Column::new(l.say("记录数", "Records"), 8).numbers(),
        Column::new(l.say("事件编号", "Event"), 36),
    ];
    let line = |e: &store::cases::EvidenceLine| {
        vec![
            e.index.to_string(),
            short(e.at),
            format!("{} ({})", e.action, e.channel),
            e.object.clone().unwrap_or_else(|| "-".to_owned()),
            e.decision.clone(),
            e.touches.to_string(),
            e.event.to_string(),
        ]
    };
    let rows = report.view.evidence.iter().map(line).collect();
    Section {
        title: l.say("证据", "Evidence").to_owned(),
        blocks: vec![paragraph(lead), Block::Table { columns, rows }],
    }
}

fn questions(report: &CaseReport, l: Language) -> Section {
    let words = |(e, by): &(Entry, Person)| match &e.act {
        Act::Ask { text, .. } => Some(Block::Quote {
            by: format!("{} · {} · {}", at(e.at), by.name, l.say("问", "asked")),
            text: text.clone(),
        }),
        Act::Answer { text, .. } => Some(Block::Quote {
            by: format!("{} · {} · {}", at(e.at), by.name, l.say("答", "answered")),
            text: text.clone(),
        }),
        Act::Unask { .. } => Some(Block::Quote {
            by: format!("{} · {}", at(e.at), by.name),
            text: l.say("撤回问询", "the question was taken back").to_owned(),
        }),
        _ => None,
    };
    let mut blocks: Vec<Block> = report.view.timeline.iter().filter_map(words).collect();
    if blocks.is_empty() {
        blocks.push(paragraph(l.say("没有向当事人提问。", "The subject was asked nothing.")));
    }
    Section { title: l.say("问询与答复", "Questions and answers").to_owned(), blocks }
}

fn measures(report: &CaseReport, l: Language) -> Section {
    let columns = vec![
        Column::new(l.say("时间 (UTC)", "Time (UTC)"), 20),
        Column::new(l.say("措施", "Action"), 16),
        Column::new(l.say("由", "By"), 14),
        Column::new(l.say("有效至 (UTC)", "Until (UTC)"), 20),
        Column::new(l.say("说明与结果", "What was done, and what came of it"), 30),
    ];
    let line = |of: &MeasureLine| {
        let m = &of.measure;
        // What was taken ends by its own record: it may have been ended, or made to last, since.
        let until = match &of.taken {
            Some(Taken { ended: Some((when, by, reason)), .. }) => {
                format!("{} {} · {reason}", l.say("已结束", "ended"), [short(*when), by.name.clone()].join(" "))
            }
            Some(taken) => taken.until.map_or_else(|| l.say("直至解除", "until it is ended").to_owned(), short),
            None => m.until.map_or_else(|| "-".to_owned(), short),
        };
        vec![short(m.at), kind(m.kind, l).to_owned(), of.by.name.clone(), until, m.text.clone()]
    };
    let mut blocks = vec![Block::Table { columns, rows: report.view.measures.iter().map(line).collect() }];
    if !report.view.tasks.is_empty() {
        let columns = vec![
            Column::new("#", 6).numbers(),
            Column::new(l.say("任务", "Task"), 74),
            Column::new(l.say("状态", "State"), 20),
        ];
        let rows = report.view.tasks.iter().zip(1_usize..).map(|(task, n)| {
            let done = if task.done { l.say("完成", "done") } else { l.say("未完成", "open") };
            vec![n.to_string(), task.text.clone(), done.to_owned()]
        });
        blocks.push(Block::Table { columns, rows: rows.collect() });
    }
    Section { title: l.say("处置措施", "Actions").to_owned(), blocks }
}

fn decision(report: &CaseReport, l: Language) -> Section {
    let blocks = match &report.view.closing {
        None => vec![paragraph(l.say("本案尚未作出结论。", "The case has not been decided."))],
        Some((closing, by, consented)) => {
            let waits = l.say("（待复核）", " (waits for the second person)");
            let shown = verdict(closing.verdict, l);
            vec![Block::Facts {
                facts: vec![
                    Fact::new(
                        l.say("结论", "Verdict"),
                        if closing.closed_at.is_some() { shown.to_owned() } else { format!("{shown}{waits}") },
                    ),
                    Fact::new(l.say("根本原因", "Root cause"), closing.root_cause.clone()),
                    Fact::new(l.say("措施", "Action"), closing.action.clone()),
                    Fact::new(l.say("提议人", "Proposed by"), format!("{} · {}", by.name, at(closing.at))),
                    Fact::new(
                        l.say("复核人", "Second person"),
                        consented.as_ref().map_or_else(|| "-".to_owned(), |p| p.name.clone()),
                    ),
                    Fact::new(l.say("结案时间", "Closed at"), closing.closed_at.map_or_else(|| "-".to_owned(), at)),
                ],
            }]
        }
    };
    Section { title: l.say("结论与根本原因", "Decision and root cause").to_owned(), blocks }
}

fn files(report: &CaseReport, l: Language) -> Option<Section> {
    let columns = vec![
        Column::new(l.say("名称", "Name"), 36),
        Column::new(l.say("字节", "Bytes"), 12).numbers(),
        Column::new("SHA-256", 52),
    ];
    let rows: Vec<Vec<String>> = report
        .view
        .timeline
        .iter()
        .filter_map(|(e, _)| match &e.act {
            Act::Attach { file } => Some(vec![file.name.clone(), file.bytes.to_string(), file.sha256.clone()]),
            _ => None,
        })
        .collect();
    (!rows.is_empty())
        .then(|| Section { title: l.say("附件", "Files").to_owned(), blocks: vec![Block::Table { columns, rows }] })
}

fn timeline(report: &CaseReport, l: Language) -> Section {
    let columns = vec![
        Column::new(l.say("时间 (UTC)", "Time (UTC)"), 19),
        Column::new(l.say("由", "By"), 14),
        Column::new(l.say("做了什么", "What"), 22),
        Column::new(l.say("内容", "Words"), 45),
    ];
    let line = |(e, by): &(Entry, Person)| {
        let (what, words) = entry(e, &report.view.named, l);
        vec![short(e.at), by.name.clone(), what, words]
    };
    let rows = report.view.timeline.iter().map(line).collect();
    Section { title: l.say("经过", "Timeline").to_owned(), blocks: vec![Block::Table { columns, rows }] }
}

fn history(report: &CaseReport, l: Language) -> Section {
    let left = report.history.len().saturating_sub(MOST_LINES);
    let mut lead = l
        .say(
            "以下取自审计账本本身：关于本案的每一次操作、查看与拒绝。摘要是案件内容当时的 SHA-256（前 16 位）。",
            "Taken from the log itself: every act on the case, every look and every refusal. The digest is the SHA-256 of what the case \
             said then (its first 16 digits).",
        )
        .to_owned();
    if left > 0 {
        lead.push_str(&match l {
            Language::Zh => format!(" 更早的 {left} 条未印出，见案卷压缩包。"),
            Language::En => format!(" {left} earlier ones are not printed; the case file (zip) has them."),
        });
    }
    let columns = vec![
        Column::new(l.say("账本序号", "Entry"), 10).numbers(),
        Column::new(l.say("时间 (UTC)", "Time (UTC)"), 22),
        Column::new(l.say("由", "By"), 16),
        Column::new(l.say("操作", "Act"), 20),
        Column::new(l.say("判定", "Decision"), 12),
        Column::new(l.say("摘要", "Digest"), 20),
    ];
    let line = |h: &HistoryLine| {
        let digest = h.sha256.as_deref().and_then(|d| d.get(..16)).unwrap_or("-").to_owned();
        vec![h.index.to_string(), short(h.at), h.by.name.clone(), h.act.clone(), h.decision.clone(), digest]
    };
    let rows = report.history.iter().skip(left).map(line).collect();
    Section {
        title: l.say("账本中的记载", "What the log says").to_owned(),
        blocks: vec![
            paragraph(lead),
            Block::Table { columns, rows },
            Block::Facts {
                facts: vec![Fact::new(
                    l.say(
                        "案件内容现在的 SHA-256（压缩包中的 case.json）",
                        "SHA-256 of what the case says now (case.json in the zip)",
                    ),
                    report.digest.clone(),
                )],
            },
        ],
    }
}

fn signatures(report: &CaseReport, l: Language) -> Vec<Signature> {
    let proof = |act: &str, until: UnixMs| {
        let line = report.history.iter().rev().find(|h| h.act == act && h.decision == "allowed" && h.at <= until);
        line.map(|h| format!("{} {} · {}", l.say("账本第", "entry"), h.index, h.event))
    };
    let blank = |role: &str| Signature { role: role.to_owned(), name: None, at: None, proof: None };
    let mut all = vec![];
    let takes_two = report.view.worst >= Severity::High;
    match &report.view.closing {
        Some((closing, by, consented)) => {
            all.push(Signature {
                role: l.say("提议结案", "Proposed to close").to_owned(),
                name: Some(by.name.clone()),
                at: Some(at(closing.at)),
                proof: proof("case.propose", UnixMs(i64::MAX)),
            });
            match (consented, closing.closed_at) {
                (Some(person), Some(closed)) => all.push(Signature {
                    role: l.say("复核同意（第二人）", "Consented (second person)").to_owned(),
                    name: Some(person.name.clone()),
                    at: Some(at(closed)),
                    proof: proof("case.consent", UnixMs(i64::MAX)),
                }),
                _ if takes_two => all.push(blank(l.say("复核同意（第二人）", "Consented (second person)"))),
                _ => {}
            }
        }
        None => all.push(blank(l.say("案件负责人", "Owner of the case"))),
    }
    all.push(blank(l.say("接收人", "Received by")));
    all
}

/// The document.
pub(super) fn document(report: &CaseReport, l: Language) -> Document {
    let card = &report.view.card;
    let person = |p: &Option<Person>| p.as_ref().map_or_else(|| "-".to_owned(), |p| p.name.clone());
    let facts = vec![
        Fact::new(l.say("案件", "Case"), card.id.to_string()),
        Fact::new(
            l.say("当事人", "Subject"),
            match card.subject.id {
                Some(id) => format!("{} ({id})", card.subject.name),
                None => format!("{}{}", card.subject.name, l.say("（代号）", " (pseudonym)")),
            },
        ),
        Fact::new(l.say("状态", "State"), state(card.state, l)),
        Fact::new(l.say("级别", "Severity"), severity(card.severity, l)),
        Fact::new(l.say("立案", "Opened"), format!("{} · {}", at(card.opened_at), report.view.opened_by.name)),
        Fact::new(l.say("负责人", "Owner"), person(&card.owner)),
        Fact::new(l.say("期限", "Due"), at(card.due_at)),
        Fact::new(l.say("版本", "Version"), report.view.version.to_string()),
    ];
    let count = |n: usize, name: &str| Figure { value: n.to_string(), name: name.to_owned(), note: String::new() };
    let touched: i64 = report.view.evidence.iter().map(|e| e.touches).sum();
    let figures = vec![
        count(report.alerts.len(), l.say("告警", "alerts")),
        count(report.view.evidence.len(), l.say("引用的事件", "events cited")),
        Figure {
            value: touched.to_string(),
            name: l.say("其中查看的记录", "records in them").to_owned(),
            note: l.say("同一记录可能多次", "one record may count more than once").to_owned(),
        },
        count(report.view.measures.len(), l.say("处置措施", "actions")),
    ];
    let summary = Section {
        title: l.say("概要", "Summary").to_owned(),
        blocks: vec![Block::Figures { figures }, paragraph(card.title.clone())],
    };
    let mut sections = vec![summary, decision(report, l), alerts(report, l), evidence(report, l), questions(report, l)];
    sections.extend([measures(report, l)]);
    sections.extend(files(report, l));
    sections.extend([timeline(report, l), history(report, l)]);
    Document {
        language: match l {
            Language::Zh => report::Language::Zh,
            Language::En => report::Language::En,
        },
        kind: l.say("案件报告", "Case report").to_owned(),
        title: card.title.clone(),
        notice: l
            .say(
                "含审计与人员信息，仅供办案使用；领取已记入审计账本。",
                "Holds audit and personnel matters, for this case only. That it was taken is recorded.",
            )
            .to_owned(),
        facts,
        sections,
        signatures: signatures(report, l),
        head: Head { origin: report.head.origin.clone(), size: report.head.size, root: report.head.root.clone() },
        made_at: parts(report.made_at),
        made: at(report.made_at),
    }
}
