//! A report: what was counted, put into parts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use model::action::On;
use model::{Action, Decision, DepartmentId, EventId, Text, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::controls::{Control, Facts, controls};
use crate::definition::{Definition, Kind, SectionId};
use crate::figure::{Cell, Figure, Query, Table, TableRow, Value};
use crate::fold::{Fold, Tally};
use crate::period::Period;
use crate::posture::Measure;
use crate::rules;

/// Most rows of a table of people; the rest is told as a number.
const MOST_PEOPLE: usize = 1000;
/// Changes and looks that are told one by one.
pub const MOST_LINES: usize = 1000;

/// The signed state of the log that it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub origin: String,
    pub size: u64,
    /// In hexadecimal.
    pub root: String,
}

/// By whom and when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    pub at: UnixMs,
    /// `None` where the house made it by a plan.
    pub by: Option<UserId>,
    pub by_name: Option<String>,
    /// The plan it was made by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
}

/// One access to a customer's data, or one act of an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// `None` in what is told to the person concerned.
    pub event: Option<EventId>,
    pub at: UnixMs,
    pub user: Option<UserId>,
    pub user_name: Option<String>,
    pub action: Action,
    pub decision: Decision,
    /// What was shown of the customer, or what was changed.
    pub what: Text,
    /// Why, as far as the system could see.
    pub why: Option<Text>,
}

/// What is not as it should be, and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The rule that said so.
    pub rule: String,
    /// `low`, `medium`, `high`.
    pub severity: String,
    pub title: Text,
    /// What is.
    pub condition: Text,
    /// What should be.
    pub criteria: Text,
    pub cause: Text,
    pub effect: Text,
    pub recommendation: Text,
    /// The page of the console that does it.
    pub page: String,
    pub query: Option<Query>,
}

/// What is so at the moment a report is made, and not counted from its period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    pub id: String,
    pub title: Text,
    /// `None` where there is nothing to count.
    pub value: Option<i64>,
    /// The same a span earlier, where it is of a span.
    pub before: Option<i64>,
    pub is: Measure,
    /// Whether it is as it should be; `None` where that is the reader's to judge.
    pub good: Option<bool>,
    /// The page of the console that proves it.
    pub page: String,
}

/// A part of a report. What a part has not is left empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub id: SectionId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Figure>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks: Vec<Look>,
    /// Looks that are not told one by one.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub standing: Vec<Standing>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Section {
    fn new(id: SectionId) -> Self {
        Self {
            id,
            figures: vec![],
            tables: vec![],
            findings: vec![],
            looks: vec![],
            more: 0,
            controls: vec![],
            standing: vec![],
        }
    }
}

/// A report as it is kept. Its JSON is what the log holds the SHA-256 of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// 1.
    pub format: u32,
    pub definition: Definition,
    /// Whom it is about, as they were called then.
    pub about_name: Option<String>,
    pub company: String,
    pub period: Period,
    pub zone: String,
    pub from: UnixMs,
    /// Up to which moment it was counted: the period's end, or an earlier one where it was not over.
    pub until: UnixMs,
    /// Whether the period was over.
    pub whole: bool,
    /// Whether there was a whole period before to compare with.
    pub compared: bool,
    pub made: Made,
    pub head: Head,
    /// Events of the period that other systems' logs say, or that this version does not know: they are in no number.
    pub left_out: u64,
    pub sections: Vec<Section>,
}

/// Names as they were then.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub departments: BTreeMap<DepartmentId, String>,
    pub people: BTreeMap<UserId, String>,
}

impl Names {
    fn person(&self, id: UserId) -> Text {
        let name = self.people.get(&id).cloned().unwrap_or_else(|| id.to_string());
        Text::new(name.clone(), name)
    }
    fn department(&self, id: Option<DepartmentId>) -> Text {
        match id {
            None => Text::new("（无部门）", "(no department)"),
            Some(id) => {
                let name = self.departments.get(&id).cloned().unwrap_or_else(|| id.to_string());
                Text::new(name.clone(), name)
            }
        }
    }
}

/// All that was gathered for one.
#[derive(Debug, Clone, Default)]
pub struct Counted {
    pub now: Fold,
    pub before: Option<Fold>,
    /// The days of the period, each with its first moment; the last ends at `base.until`.
    pub days: Vec<(Date, UnixMs)>,
    /// The question whose answers all numbers are parts of: the period, and whom it is about.
    pub base: Query,
    pub names: Names,
    pub looks: Vec<Look>,
    pub more_looks: u64,
    pub facts: Facts,
    /// Where things stand, for a report that says so.
    pub standing: Vec<Standing>,
}

fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Operations on records.
pub(crate) fn on_records() -> Vec<Action> {
    Action::ALL.iter().copied().filter(|a| a.on() == On::Record).collect()
}

/// Acts of administrators.
pub const DUTIES: [Action; 8] = [
    Action::UserManage,
    Action::RoleAssign,
    Action::PolicyManage,
    Action::ObjectManage,
    Action::SettingManage,
    Action::KeyManage,
    Action::AuditPolicyManage,
    Action::AuditPolicyConsent,
];

/// The numbers that a line of a table has, with the question of each.
const COLUMNS: [&str; 6] = ["events", "touches", "reveals", "exports", "refused", "unexplained"];

fn cells(t: &Tally, base: &Query) -> Vec<Cell> {
    COLUMNS.iter().filter_map(|c| Some(Cell { value: value(t, c)?, query: asked(c, base) })).collect()
}

fn value(t: &Tally, id: &str) -> Option<i64> {
    Some(whole(match id {
        "events" => t.events,
        "accesses" => t.accesses,
        "touches" => t.touches,
        "reveals" => t.reveals,
        "exports" => t.exports,
        "refused" => t.refused,
        "unexplained" => t.unexplained,
        _ => return None,
    }))
}

/// The question for events of these operations that were decided so; `None` where `base` is of other operations alone.
fn within(actions: &[Action], decision: Decision, base: &Query) -> Option<Query> {
    let own = |a: &&Action| base.actions.is_empty() || base.actions.contains(a);
    let actions: Vec<Action> = actions.iter().filter(own).copied().collect();
    (!actions.is_empty()).then(|| Query { actions, decisions: vec![decision], ..base.clone() })
}

/// The question whose answer such a number is, within `base`.
fn asked(id: &str, base: &Query) -> Option<Query> {
    match id {
        "events" => Some(base.clone()),
        "accesses" | "touches" => within(&on_records(), Decision::Allowed, base),
        "reveals" => within(&[Action::Reveal], Decision::Allowed, base),
        "exports" => within(&[Action::Export], Decision::Allowed, base),
        "refused" => Some(Query { decisions: vec![Decision::Refused], ..base.clone() }),
        "unexplained" => Some(Query { explained: Some(false), ..base.clone() }),
        _ => None,
    }
}

fn figures(counted: &Counted, kind: Kind) -> Vec<Figure> {
    let (now, before) = (&counted.now, counted.before.as_ref());
    let tallied = |id: &str| {
        Some(Figure {
            id: id.to_owned(),
            value: value(&now.all, id)?,
            is: if id == "touches" { Value::Records } else { Value::Events },
            before: before.and_then(|b| value(&b.all, id)),
            // What was not asked for is no number, rather than 0.
            query: Some(asked(id, &counted.base)?),
        })
    };
    let counted_by = |id: &str, actions: &[Action], decision: Decision| {
        Some(Figure {
            id: id.to_owned(),
            value: whole(now.count(actions, decision)),
            is: Value::Events,
            before: before.map(|b| whole(b.count(actions, decision))),
            query: Some(within(actions, decision, &counted.base)?),
        })
    };
    let share = |f: &Fold| {
        let asked = f.all.explained.saturating_add(f.all.unexplained);
        f.all.explained.saturating_mul(1000).checked_div(asked).map(whole)
    };
    if kind == Kind::Policy {
        let of = |id: &str, actions: &[Action]| counted_by(id, actions, Decision::Allowed);
        let all = [
            of("administrative", &DUTIES),
            of("people_changes", &[Action::UserManage]),
            of("role_changes", &[Action::RoleAssign]),
            of("policy_changes", &[Action::PolicyManage]),
            of("setting_changes", &[Action::SettingManage, Action::ObjectManage]),
            of("audit_policy_changes", &[Action::AuditPolicyManage, Action::AuditPolicyConsent]),
            counted_by("administrative_refused", &DUTIES, Decision::Refused),
        ];
        return all.into_iter().flatten().collect();
    }
    let mut all: Vec<Figure> = ["events", "accesses", "touches", "reveals", "exports", "refused", "unexplained"]
        .into_iter()
        .filter_map(tallied)
        .collect();
    if let Some(value) = share(now) {
        all.push(Figure {
            id: "explained_share".into(),
            value,
            is: Value::PerMille,
            before: before.and_then(share),
            query: Some(Query { explained: Some(true), ..counted.base.clone() }),
        });
    }
    all.extend(counted_by("failed_sign_ins", &[Action::SignIn], Decision::Refused));
    all.extend(counted_by("administrative", &DUTIES, Decision::Allowed));
    if kind != Kind::Person {
        all.push(Figure {
            id: "people".into(),
            value: whole(now.people.len() as u64),
            is: Value::Count,
            before: before.map(|b| whole(b.people.len() as u64)),
            query: Some(counted.base.clone()),
        });
    }
    all
}

fn table(id: &str, mut rows: Vec<TableRow>, most: usize) -> Table {
    let more = rows.len().saturating_sub(most) as u64;
    rows.truncate(most);
    Table { id: id.to_owned(), columns: COLUMNS.iter().map(|c| (*c).to_owned()).collect(), rows, more }
}

/// The most events first, then by the key.
fn by_events(rows: &mut [TableRow]) {
    let events = |r: &TableRow| r.cells.first().map_or(0, |c| c.value);
    rows.sort_by(|a, b| events(b).cmp(&events(a)).then_with(|| a.key.cmp(&b.key)));
}

fn days(counted: &Counted) -> Table {
    let ends = counted.days.iter().skip(1).map(|d| d.1).chain([counted.base.until]);
    let rows = counted.days.iter().zip(ends).filter(|((_, from), _)| *from < counted.base.until);
    let rows = rows.map(|((day, from), until)| {
        let base = Query { from: *from, until: until.min(counted.base.until), ..counted.base.clone() };
        let t = counted.now.days.get(from).copied().unwrap_or_default();
        TableRow { key: day.to_string(), label: Text::new(day.to_string(), day.to_string()), cells: cells(&t, &base) }
    });
    table("days", rows.collect(), usize::MAX)
}

fn departments(counted: &Counted) -> Table {
    let rows = counted.now.departments.iter().map(|(id, t)| {
        let mut cells = match id {
            Some(id) => cells(t, &Query { departments: vec![*id], ..counted.base.clone() }),
            None => cells(t, &counted.base),
        };
        if id.is_none() {
            // "Of no department" is no question that the log is asked.
            cells.iter_mut().for_each(|c| c.query = None);
        }
        TableRow { key: id.map(|d| d.to_string()).unwrap_or_default(), label: counted.names.department(*id), cells }
    });
    let mut rows: Vec<TableRow> = rows.collect();
    by_events(&mut rows);
    table("departments", rows, MOST_PEOPLE)
}

fn people(counted: &Counted) -> Table {
    let rows = counted.now.people.iter().map(|(id, t)| TableRow {
        key: id.to_string(),
        label: counted.names.person(*id),
        cells: cells(t, &Query { users: vec![*id], ..counted.base.clone() }),
    });
    let mut rows: Vec<TableRow> = rows.collect();
    by_events(&mut rows);
    table("people", rows, MOST_PEOPLE)
}

/// Of an operation: its events and how many of them were refused. What they touched stands for operations on records alone.
fn operations(counted: &Counted) -> Table {
    let rows = counted.now.actions.iter().map(|(action, t)| {
        let base = Query { actions: vec![*action], ..counted.base.clone() };
        let cell = |id: &str, shown: bool| Cell {
            value: if shown { value(t, id).unwrap_or(0) } else { 0 },
            query: asked(id, &base).filter(|_| shown),
        };
        let record = action.on() == On::Record;
        let label = Text::new(action.zh(), action.as_str());
        let cells =
            vec![cell("events", true), cell("touches", record), cell("refused", true), cell("unexplained", true)];
        TableRow { key: action.as_str().to_owned(), label, cells }
    });
    let mut rows: Vec<TableRow> = rows.collect();
    by_events(&mut rows);
    let columns = ["events", "touches", "refused", "unexplained"].map(str::to_owned).to_vec();
    Table { id: "operations".into(), columns, rows, more: 0 }
}

fn channels(counted: &Counted) -> Table {
    let rows = counted.now.channels.iter().map(|(name, (channel, t))| TableRow {
        key: (*name).to_owned(),
        label: crate::words::channel(*channel),
        cells: cells(t, &Query { channels: vec![*channel], ..counted.base.clone() }),
    });
    let mut rows: Vec<TableRow> = rows.collect();
    by_events(&mut rows);
    table("channels", rows, MOST_PEOPLE)
}

/// The parts of a report, as its definition wants them.
pub fn sections(definition: &Definition, counted: &Counted) -> Vec<Section> {
    let kind = definition.kind;
    let figures = figures(counted, kind);
    let held = if kind == Kind::Compliance { controls(&counted.facts, &counted.now, &counted.base) } else { vec![] };
    let of = |id: SectionId| {
        let mut section = Section::new(id);
        match id {
            SectionId::Summary => section.figures = figures.clone(),
            SectionId::Standing => section.standing = counted.standing.clone(),
            SectionId::Findings => section.findings = rules::findings(kind, &figures, counted, &held),
            SectionId::Days => section.tables = vec![days(counted)],
            SectionId::Departments => section.tables = vec![departments(counted)],
            SectionId::People => section.tables = vec![people(counted)],
            SectionId::Operations => section.tables = vec![operations(counted)],
            SectionId::Channels => section.tables = vec![channels(counted)],
            SectionId::Looks | SectionId::Changes => {
                section.looks = counted.looks.clone();
                section.more = counted.more_looks;
            }
            SectionId::Controls => section.controls = held.clone(),
            SectionId::Method => {}
        }
        section
    };
    definition.parts().into_iter().map(of).collect()
}

impl Report {
    /// Every number of it that has a question, with what the report says.
    pub fn asked(&self) -> Vec<(Query, Value, i64)> {
        let mut all = vec![];
        for section in &self.sections {
            for f in &section.figures {
                all.extend(f.query.clone().map(|q| (q, f.is, f.value)));
            }
            for table in &section.tables {
                for row in &table.rows {
                    for (column, cell) in table.columns.iter().zip(&row.cells) {
                        let is = if column == "touches" { Value::Records } else { Value::Events };
                        all.extend(cell.query.clone().map(|q| (q, is, cell.value)));
                    }
                }
            }
            for control in &section.controls {
                all.extend(control.query.clone().map(|q| (q, Value::Events, control.value)));
            }
        }
        all
    }
}
