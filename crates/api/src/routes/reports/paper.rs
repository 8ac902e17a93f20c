//! What a report's document says, in Chinese or in English. Everything in it comes from the kept report: nothing is counted anew.

use govern::posture::Measure;
use govern::{Control, Finding, Kind, Level, Report, Section, SectionId, Standing, State, Table, Value, moment};
use model::{Text, UnixMs};
use report::{Block, Column, Document, Fact, Figure, Head, Section as Part, Signature};

use super::looks;
use crate::language::Language;
use crate::routes::cases::parts;

pub(super) fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: text.into() }
}

pub(super) fn pick(l: Language, text: &Text) -> String {
    l.pick(text).to_owned()
}

/// A number with its thousands apart.
pub(super) fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (k, c) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if n < 0 { format!("-{out}") } else { out }
}

fn shown(value: i64, is: Value) -> String {
    match is {
        Value::PerMille => format!("{}.{}%", value / 10, value % 10),
        _ => number(value),
    }
}

/// What it was before, and by how much it changed.
fn compared(value: i64, before: Option<i64>, is: Value, l: Language) -> String {
    let Some(before) = before else { return String::new() };
    let was = shown(before, is);
    let by = match (is, before) {
        (Value::PerMille, _) | (_, 0) => String::new(),
        _ => {
            let change = (value.saturating_sub(before)).saturating_mul(100) / before.max(1);
            format!("（{}{change}%）", if change >= 0 { "+" } else { "" })
        }
    };
    match l {
        Language::Zh => format!("上期 {was}{by}"),
        Language::En => format!("before: {was}{}", by.replace('（', " (").replace('）', ")")),
    }
}

fn stands(value: Option<i64>, is: Measure, l: Language) -> String {
    match (value, is) {
        (None, _) => "—".to_owned(),
        (Some(n), Measure::Percent) => format!("{n}%"),
        (Some(n), Measure::Hours) => format!("{} {}", number(n), l.say("小时", "h")),
        (Some(n), _) => number(n),
    }
}

/// Management's numbers of the moment it was made.
fn standing(section: &Section, report: &Report, l: Language) -> Vec<Block> {
    let at = moment(report.made.at, &report.zone);
    let said = match l {
        Language::Zh => format!("以下为编制时（{at}）的情况，不限于本期；依据见控制台所列页面。"),
        Language::En => format!("As it was when this was made ({at}), not of the period alone; the page proves it."),
    };
    let columns = vec![
        Column::new(l.say("事项", "What"), 34),
        Column::new(l.say("数值", "Figure"), 14).numbers(),
        Column::new(l.say("此前三十天", "30 days before"), 16).numbers(),
        Column::new(l.say("状态", "State"), 14),
        Column::new(l.say("页面", "Page"), 22),
    ];
    let line = |s: &Standing| {
        let state = match s.good {
            Some(true) => l.say("达标", "as it should be"),
            Some(false) => l.say("未达标", "not as it should be"),
            None => "",
        };
        // The page without its filter, which the console has.
        let page = s.page.split('?').next().unwrap_or_default().to_owned();
        let before = s.before.map(|n| stands(Some(n), s.is, l)).unwrap_or_default();
        vec![pick(l, &s.title), stands(s.value, s.is, l), before, state.to_owned(), page]
    };
    vec![paragraph(said), Block::Table { columns, rows: section.standing.iter().map(line).collect() }]
}

fn severity(of: &str, l: Language) -> &'static str {
    match of {
        "high" => l.say("高", "high"),
        "medium" => l.say("中", "medium"),
        _ => l.say("低", "low"),
    }
}

fn table(table: &Table, l: Language) -> Vec<Block> {
    let first = Column::new(l.say("项目", "what"), 30);
    let share = u8::try_from(70_usize.checked_div(table.columns.len()).unwrap_or(10)).unwrap_or(10).max(1);
    let columns = table.columns.iter().map(|c| Column::new(pick(l, &govern::column_words(c)), share).numbers());
    let columns: Vec<Column> = std::iter::once(first).chain(columns).collect();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| std::iter::once(pick(l, &row.label)).chain(row.cells.iter().map(|c| number(c.value))).collect())
        .collect();
    let mut blocks = vec![];
    if let Some(bars) = bars(table, l) {
        blocks.push(bars);
    }
    blocks.push(Block::Table { columns, rows });
    if table.more > 0 {
        blocks.push(paragraph(match l {
            Language::Zh => format!("另有 {} 行未列出。", table.more),
            Language::En => format!("{} more rows are not shown.", table.more),
        }));
    }
    blocks
}

/// The first number of each row, drawn. Of a longer table the largest.
fn bars(table: &Table, l: Language) -> Option<Block> {
    const MOST: usize = 31;
    let first = table.columns.first()?;
    let caption = format!("{} · {}", pick(l, &govern::table_words(&table.id)), pick(l, &govern::column_words(first)));
    let bar = |row: &govern::TableRow| {
        let value = row.cells.first().map_or(0, |c| c.value);
        #[allow(clippy::cast_precision_loss, reason = "the length of a bar")]
        let length = value as f64;
        report::Bar { name: pick(l, &row.label), value: length, shown: number(value) }
    };
    let most = if table.id == "days" { MOST } else { 12 };
    (table.rows.len() > 1).then(|| Block::Bars { caption, bars: table.rows.iter().take(most).map(bar).collect() })
}

fn finding(n: usize, f: &Finding, l: Language) -> Vec<Block> {
    let fact = |zh, en, text: &Text| Fact::new(l.say(zh, en), pick(l, text));
    let head = format!("{}. {} [{}]", n + 1, l.pick(&f.title), severity(&f.severity, l));
    vec![
        paragraph(head),
        Block::Facts {
            facts: vec![
                fact("现状", "What is", &f.condition),
                fact("准则", "What should be", &f.criteria),
                fact("原因", "Why", &f.cause),
                fact("影响", "Effect", &f.effect),
                fact("处理建议", "What to do", &f.recommendation),
                Fact::new(l.say("控制台页面", "Page of the console"), f.page.clone()),
                Fact::new(l.say("规则", "Rule"), f.rule.clone()),
            ],
        },
    ]
}

fn findings(section: &Section, l: Language) -> Vec<Block> {
    if section.findings.is_empty() {
        let text = l.say(
            "按本报告的规则，本期未发现需要处理的问题。规则未覆盖的问题不在此列。",
            "By the rules of this report there is nothing to act on. What no rule looks for is not among them.",
        );
        return vec![paragraph(text)];
    }
    section.findings.iter().enumerate().flat_map(|(n, f)| finding(n, f, l)).collect()
}

fn state(of: State, l: Language) -> &'static str {
    match of {
        State::Met => l.say("有证据", "met"),
        State::NotMet => l.say("未达到", "not met"),
        State::Shown => l.say("供判断", "to be judged"),
    }
}

fn measured(c: &Control, l: Language) -> String {
    match c.is {
        Level::PerMille => shown(c.value, Value::PerMille),
        Level::Days => format!("{} {}", number(c.value), l.say("天", "days")),
        _ => number(c.value),
    }
}

fn controls(section: &Section, l: Language) -> Vec<Block> {
    let count = |s: State| section.controls.iter().filter(|c| c.state == s).count().to_string();
    let figure = |s: State, note: &str| Figure { value: count(s), name: state(s, l).to_owned(), note: note.to_owned() };
    let columns = vec![
        Column::new(l.say("依据", "Text"), 22),
        Column::new(l.say("条款", "Clause"), 10),
        Column::new(l.say("要求", "What is asked for"), 24),
        Column::new(l.say("数值", "Figure"), 9).numbers(),
        Column::new(l.say("状态", "State"), 9),
        Column::new(l.say("证据与缺口", "Evidence, and what is missing"), 26),
    ];
    let line = |c: &Control| {
        let star = if c.lawyer { "*" } else { "" };
        let text = match l {
            Language::Zh => format!("{}（{}，{}）{star}", c.law, c.version, c.date),
            Language::En => format!("{} ({}, {}){star}", c.law_en, c.version, c.date),
        };
        let mut found = pick(l, &c.found);
        if c.state == State::NotMet {
            found = format!("{found}\n{}", l.pick(&c.missing));
        }
        vec![text, c.clause.clone(), pick(l, &c.title), measured(c, l), state(c.state, l).to_owned(), found]
    };
    let note = l.say(
        "带 * 的条款须由律师核对原文与本表的对应关系。状态由证据查询得出，不由人填写；“供判断”表示条文未给出数值。本表不是法律意见。",
        "Of texts with * a lawyer must still check that this line says what the text asks for. No state is typed in: each is the answer of a \
         query. \"To be judged\" where the text gives no number. This is no legal advice.",
    );
    vec![
        Block::Figures { figures: vec![figure(State::Met, ""), figure(State::NotMet, ""), figure(State::Shown, "")] },
        paragraph(note),
        Block::Table { columns, rows: section.controls.iter().map(line).collect() },
    ]
}

fn method(report: &Report, l: Language) -> Vec<Block> {
    let mut all = vec![
        l.say(
            "数据来源为本系统审计账本。除“治理现状”外，每个数字都是对期间内审计事件的计数，在控制台的报告页上点开即为其事件；编制时以最近一次签名的账本状态为界。",
            "All numbers, but for those of where things stand, count events of this system's access log within the period, up to the newest signed state of the log. On the report's page \
             in the console each opens its events.",
        )
        .to_owned(),
        l.say(
            "“访问操作”指对记录的操作中被允许的；“涉及记录”为其触及的记录次数；“无业务理由”指至少触及一条系统看不到业务理由的记录的事件；“被拒绝”指判定为拒绝的事件；代他人操作的事件对双方各计一次。",
            "Accesses are allowed operations on records; records touched are those they touched, each as often as it was. Without a reason: events \
             that touched a record for which the system saw no business reason. What one did for another is counted with both.",
        )
        .to_owned(),
        l.say(
            "局限：系统之外的查看（拍照、口头转述）不在账本中；业务理由以系统内登记的关系判断；计数所用的列由校验与 doctor 对照账本叶子核对。",
            "Limits: what happens outside of the system is not in its log; reasons are those that the system knows; the columns that were counted are \
             held against the log's leaves by each verification and by `doctor`.",
        )
        .to_owned(),
    ];
    if !report.whole {
        all.push(match l {
            Language::Zh => format!("期间未结束：仅统计至 {}，不与上期比较。", moment(report.until, &report.zone)),
            Language::En => format!(
                "The period was not over: it was counted up to {} and is compared with nothing.",
                moment(report.until, &report.zone)
            ),
        });
    } else if !report.compared && !matches!(report.definition.kind, Kind::Customer | Kind::Subject) {
        all.push(
            l.say(
                "账本中没有完整的上一期间，未作比较。",
                "The log has no whole period before this one to compare with.",
            )
            .to_owned(),
        );
    }
    if report.left_out > 0 {
        all.push(match l {
            Language::Zh => format!("期间内另有 {} 条外部系统记录或本版本不识别的事件，未计入。", report.left_out),
            Language::En => format!(
                "{} events of the period are other systems' or unknown to this version, and in no number.",
                report.left_out
            ),
        });
    }
    all.into_iter().map(paragraph).collect()
}

fn part(section: &Section, report: &Report, l: Language) -> Part {
    let blocks = match section.id {
        SectionId::Summary => {
            let figure = |f: &govern::Figure| Figure {
                value: shown(f.value, f.is),
                name: pick(l, &govern::figure_words(&f.id)),
                note: compared(f.value, f.before, f.is, l),
            };
            vec![Block::Figures { figures: section.figures.iter().map(figure).collect() }]
        }
        SectionId::Standing => standing(section, report, l),
        SectionId::Findings => findings(section, l),
        SectionId::Looks if report.definition.kind == Kind::Subject => looks::told(section, report, l),
        SectionId::Looks | SectionId::Changes => looks::listed(section, report, l),
        SectionId::Controls => controls(section, l),
        SectionId::Method => method(report, l),
        _ => section.tables.iter().flat_map(|t| table(t, l)).collect(),
    };
    Part { title: pick(l, &govern::section_words(section.id)), blocks }
}

/// The document of a report.
pub(in crate::routes) fn document(report: &Report, l: Language) -> Document {
    let kind = pick(l, &govern::kind_words(report.definition.kind));
    let at = |t: UnixMs| moment(t, &report.zone);
    let about = report.about_name.as_ref().filter(|_| report.definition.kind != Kind::Subject);
    let period = report.period.label();
    let title = match about {
        Some(about) => format!("{about} · {period}"),
        None => format!("{} · {period}", report.company),
    };
    let notice = if report.whole && report.definition.kind == Kind::Subject {
        l.say("仅供个人信息主体本人", "For the person concerned alone.").to_owned()
    } else if report.whole {
        l.say("内部文件，未经许可不得外传", "Internal. Not to be passed on without permission.").to_owned()
    } else {
        match l {
            Language::Zh => format!("截至 {}，期间未结束，不是完整期间的报告", at(report.until)),
            Language::En => {
                format!("Up to {}: the period was not over, this is no report of a whole one", at(report.until))
            }
        }
    };
    let by = match (&report.made.by_name, &report.made.plan) {
        (Some(name), _) => name.clone(),
        (None, Some(plan)) => format!("{} {plan}", l.say("按计划自动编制：", "by plan:")),
        (None, None) => report.company.clone(),
    };
    let unit = pick(l, &govern::unit_words(report.period.unit));
    let mut facts = vec![
        Fact::new(l.say("单位", "Company"), report.company.clone()),
        Fact::new(l.say("类型", "Kind"), format!("{kind} · {unit}")),
        Fact::new(l.say("期间", "Period"), format!("{} – {} ({})", at(report.from), at(report.until), report.zone)),
        Fact::new(l.say("编制", "Made by"), by),
        Fact::new(l.say("编制时间", "Made at"), format!("{} ({})", at(report.made.at), report.zone)),
    ];
    if !report.definition.channels.is_empty() {
        let names: Vec<String> =
            report.definition.channels.iter().map(|c| pick(l, &govern::channel_words(*c))).collect();
        let names = names.join(l.say("、", ", "));
        facts.push(Fact::new(l.say("只统计访问方式", "Of these channels alone"), names));
    }
    if !report.definition.operations.is_empty() {
        let names: Vec<&str> = report.definition.operations.iter().map(|a| l.say(a.zh(), a.as_str())).collect();
        let names = names.join(l.say("、", ", "));
        facts.push(Fact::new(l.say("只统计操作", "Of these operations alone"), names));
    }
    let role = |zh, en| Signature { role: l.say(zh, en).to_owned(), name: None, at: None, proof: None };
    let signatures = if report.definition.kind == Kind::Subject {
        vec![role("告知人", "For the company")]
    } else {
        vec![role("编制人", "Made by"), role("复核人", "Checked by"), role("管理层", "Management")]
    };
    Document {
        language: match l {
            Language::Zh => report::Language::Zh,
            Language::En => report::Language::En,
        },
        kind,
        title,
        notice,
        facts,
        sections: report.sections.iter().map(|s| part(s, report, l)).collect(),
        signatures,
        head: Head { origin: report.head.origin.clone(), size: report.head.size, root: report.head.root.clone() },
        made_at: parts(report.made.at),
        made: format!("{} ({})", at(report.made.at), report.zone),
    }
}
