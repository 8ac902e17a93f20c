//! What the answered questionnaire's document says, in Chinese or in English. Everything in it comes from the kept result.

use std::collections::BTreeMap;

use govern::assessment::Standing;
use govern::moment;
use model::{Severity, UnixMs};
use report::{Block, Column, Document, Fact, Figure, Head, Section, Signature};
use store::assessments::{AssessmentResult, ResultFinding, ResultQuestion, State};
use store::documents::MadeFrom;

use crate::language::Language;
use crate::routes::cases::parts;

fn standing(of: Standing, l: Language) -> &'static str {
    match of {
        Standing::Met => l.say("符合", "met"),
        Standing::Partly => l.say("部分符合", "partly met"),
        Standing::NotMet => l.say("不符合", "not met"),
        Standing::NotApplicable => l.say("不适用", "not applicable"),
    }
}

fn severity(of: Severity, l: Language) -> &'static str {
    match of {
        Severity::Critical => l.say("严重", "critical"),
        Severity::High => l.say("高", "high"),
        Severity::Medium => l.say("中", "medium"),
        Severity::Low => l.say("低", "low"),
        Severity::Informational => l.say("提示", "informational"),
    }
}

fn finding_state(of: &str, l: Language) -> &'static str {
    match of {
        "open" => l.say("未处理", "open"),
        "fixed" => l.say("声称已修复", "claimed fixed"),
        "verified" => l.say("已验证", "verified"),
        "accepted" => l.say("已接受", "accepted"),
        _ => l.say("误报", "false positive"),
    }
}

fn text(q: &ResultQuestion, l: Language) -> &str {
    let (first, second) = match l {
        Language::Zh => (&q.zh, &q.en),
        Language::En => (&q.en, &q.zh),
    };
    [first, &q.question, second].into_iter().find(|t| !t.is_empty()).map_or("", |t| t)
}

fn questions(all: &[&ResultQuestion], zone: &str, l: Language) -> Vec<Block> {
    let columns = vec![
        Column::new(l.say("编号", "Id"), 8),
        Column::new(l.say("问题", "Question"), 26),
        Column::new(l.say("状态", "State"), 10),
        Column::new(l.say("答复", "Answer"), 32),
        Column::new(l.say("证据", "Evidence"), 24),
    ];
    let row = |q: &&ResultQuestion| {
        let Some(answer) = &q.answer else {
            let none = l.say("未答复", "not answered").to_owned();
            return vec![q.code.clone(), text(q, l).to_owned(), none, String::new(), String::new()];
        };
        let evidence: Vec<String> =
            answer.evidence.iter().map(|(_, title, note)| format!("{}：{}", l.pick(title), l.pick(note))).collect();
        let approved = answer.approved_at.map_or_else(
            || l.say("尚未复核", "not approved").to_owned(),
            |at| {
                let by = answer.approved_by.as_deref().unwrap_or_default();
                format!("{} {} {by}", l.say("复核于", "approved"), moment(at, zone))
            },
        );
        let said = format!("{}\n{}", answer.text, approved.trim());
        vec![q.code.clone(), text(q, l).to_owned(), standing(answer.standing, l).to_owned(), said, evidence.join("\n")]
    };
    vec![Block::Table { columns, rows: all.iter().map(row).collect() }]
}

fn words(result: &AssessmentResult, l: Language) -> Vec<Block> {
    let columns = vec![
        Column::new(l.say("编号", "Id"), 12),
        Column::new(l.say("评估人", "Assessor"), 22),
        Column::new(l.say("时间", "When"), 20),
        Column::new(l.say("意见", "What was said"), 46),
    ];
    let rows: Vec<Vec<String>> = result
        .questions
        .iter()
        .flat_map(|q| {
            let line = |(by, at, said): &(String, UnixMs, String)| {
                vec![q.code.clone(), by.clone(), moment(*at, &result.zone), said.clone()]
            };
            q.words.iter().map(line).collect::<Vec<_>>()
        })
        .collect();
    if rows.is_empty() {
        return vec![Block::Paragraph {
            text: l.say("评估人没有提出意见。", "Assessors said nothing.").to_owned()
        }];
    }
    vec![Block::Table { columns, rows }]
}

fn findings(result: &AssessmentResult, l: Language) -> Vec<Block> {
    if result.findings.is_empty() {
        return vec![Block::Paragraph { text: l.say("没有提出问题。", "No finding was raised.").to_owned() }];
    }
    let columns = vec![
        Column::new(l.say("编号", "Id"), 12),
        Column::new(l.say("问题", "Finding"), 42),
        Column::new(l.say("严重程度", "Severity"), 14),
        Column::new(l.say("状态", "State"), 14),
        Column::new(l.say("提出时间", "Raised"), 18),
    ];
    let row = |f: &ResultFinding| {
        vec![
            f.question.clone(),
            f.title.clone(),
            severity(f.severity, l).to_owned(),
            finding_state(&f.state, l).to_owned(),
            moment(f.found_at, &result.zone),
        ]
    };
    vec![Block::Table { columns, rows: result.findings.iter().map(row).collect() }]
}

fn figures(result: &AssessmentResult, l: Language) -> Vec<Block> {
    let count = |s: Standing| {
        let of = result.questions.iter().filter_map(|q| q.answer.as_ref());
        of.filter(|a| a.standing == s).count().to_string()
    };
    let figure = |value: String, name: &str| Figure { value, name: name.to_owned(), note: String::new() };
    let mut figures = vec![figure(result.questions.len().to_string(), l.say("问题数", "questions"))];
    figures.extend(Standing::ALL.map(|s| figure(count(s), standing(s, l))));
    figures.push(figure(result.findings.len().to_string(), l.say("评估发现", "findings")));
    vec![Block::Figures { figures }]
}

/// The document of an assessment.
pub(super) fn document(result: &AssessmentResult, head: MadeFrom, l: Language) -> Document {
    let at = |t: UnixMs| moment(t, &result.zone);
    let plan = &result.plan;
    let mut facts = vec![
        Fact::new(l.say("单位", "Company"), result.company.clone()),
        Fact::new(l.say("评估方", "Assessed by"), plan.organisation.clone()),
        Fact::new(l.say("依据", "By"), plan.standard.clone()),
        Fact::new(l.say("范围", "Scope"), plan.scope.clone()),
        Fact::new(l.say("期间", "Period"), format!("{} – {} ({})", at(plan.starts_at), at(plan.ends_at), result.zone)),
    ];
    let state = match result.state {
        State::Draft => l.say("草稿", "draft").to_owned(),
        State::Open => l.say("进行中", "open").to_owned(),
        State::Closed => {
            format!("{} {}", l.say("已关闭", "closed"), result.closed_at.map(at).unwrap_or_default())
        }
    };
    facts.push(Fact::new(l.say("状态", "State"), state));
    facts.push(Fact::new(l.say("编号", "Id"), result.id.to_string()));
    facts.retain(|f| !f.value.is_empty());
    let section = |title: String, blocks| Section { title, blocks };
    let named = |zh, en, blocks| section(l.say(zh, en).to_owned(), blocks);
    let mut sections = vec![named("概览", "Overview", figures(result, l))];
    let mut order: Vec<&str> = vec![];
    let mut by: BTreeMap<&str, Vec<&ResultQuestion>> = BTreeMap::new();
    for q in &result.questions {
        if !by.contains_key(q.section.as_str()) {
            order.push(&q.section);
        }
        by.entry(&q.section).or_default().push(q);
    }
    for name in order {
        let title = if name.is_empty() {
            l.say("问题与答复", "Questions and answers").to_owned()
        } else {
            name.to_owned()
        };
        sections.push(section(title, questions(by.get(name).map(Vec::as_slice).unwrap_or_default(), &result.zone, l)));
    }
    sections.push(named("评估发现", "Findings", findings(result, l)));
    sections.push(named("评估人意见", "What assessors said", words(result, l)));
    let role = |zh, en| Signature { role: l.say(zh, en).to_owned(), name: None, at: None, proof: None };
    Document {
        language: match l {
            Language::Zh => report::Language::Zh,
            Language::En => report::Language::En,
        },
        kind: l.say("第三方评估", "Assessment by a third party").to_owned(),
        title: format!("{} · {}", result.company, plan.name),
        notice: l
            .say("仅供评估方使用，未经许可不得外传", "For the assessor. Not to be passed on without permission.")
            .to_owned(),
        facts,
        sections,
        signatures: vec![role("安全管理员", "Security officer"), role("评估方", "Assessor")],
        head: Head { origin: head.origin, size: head.size, root: head.root },
        made_at: parts(result.made_at),
        made: format!("{} ({})", at(result.made_at), result.zone),
    }
}
