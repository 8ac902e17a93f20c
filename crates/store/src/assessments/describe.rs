//! Evidence in words: what it is called, how it stands now, and what there is to read of it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use access::path::{Grant, Operation, Refusal};
use govern::programme::SlotState;
use govern::{Kind, Report, State as ControlState, kind_words, moment};
use model::{Action, Directory, FileId, ReportId, Text, UnixMs};

use super::evidence::Evidence;
use super::files::EvidenceFile;
use super::row::Assessment;
use crate::Store;
use crate::posture::{CheckView, PostureView};
use crate::reports::{Reader, ReportCard};

/// Evidence as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceItem {
    pub item: Evidence,
    pub title: Text,
    /// How it stands.
    pub note: Text,
    /// Whether it can be taken as a file.
    pub file: bool,
    /// Whether it is still there.
    pub there: bool,
}

/// One line of what there is to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: Text,
    pub value: Text,
}

/// Evidence as somebody looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceDetail {
    pub item: EvidenceItem,
    pub facts: Vec<Fact>,
}

fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}
fn same(value: impl Into<String>) -> Text {
    let value = value.into();
    Text::new(value.clone(), value)
}
fn fact(zh: &str, en: &str, value: Text) -> Fact {
    Fact { label: Text::new(zh, en), value }
}

/// What was read once while a list is described.
#[derive(Debug, Default)]
pub(super) struct Seen {
    reports: BTreeMap<ReportId, Option<(ReportCard, Report)>>,
    posture: Option<PostureView>,
    /// Of the assessments that it is about.
    files: BTreeMap<FileId, EvidenceFile>,
}

impl Seen {
    pub(super) fn of(a: &Assessment) -> Self {
        Self { files: a.body.files.clone(), ..Self::default() }
    }
    /// Also what this one has.
    pub(super) fn also(&mut self, a: &Assessment) {
        self.files.extend(a.body.files.iter().map(|(id, file)| (*id, file.clone())));
    }
}

fn report_title(card: &ReportCard) -> Text {
    let kind = kind_words(card.kind);
    let period = card.period.label();
    text(format!("{} {period}", kind.zh), format!("{}, {period}", kind.en))
}

fn control_state(state: ControlState) -> Text {
    match state {
        ControlState::Met => text("符合", "met"),
        ControlState::NotMet => text("不符合", "not met"),
        ControlState::Shown => text("已列出", "shown"),
    }
}

fn posture_state(view: Option<&CheckView>) -> Text {
    match view.and_then(|v| v.seen.as_ref()).map(|s| s.state) {
        Some(govern::posture::State::Good) => text("正常", "good"),
        Some(govern::posture::State::Bad) => text("不正常", "not as it should be"),
        Some(govern::posture::State::Unknown) => text("无法判断", "could not be told"),
        Some(govern::posture::State::NotApplicable) => text("不适用", "not applicable"),
        None => text("尚未检查", "not looked at yet"),
    }
}

impl Store {
    /// Whether the caller can read it themselves, and people from outside may be shown it.
    pub(super) async fn may_link<O: Operation>(&self, grant: &Grant<O>, item: &Evidence) -> Result<bool, Refusal> {
        match item {
            Evidence::Report(id) => {
                let reads = grant.has_duty(Action::ReportRead);
                Ok(reads && self.may_give_report(*id, Reader::of(grant), grant.engine().directory()).await?)
            }
            Evidence::Control(report, control) => {
                let reads = grant.has_duty(Action::ReportRead);
                if !reads || !self.may_give_report(*report, Reader::of(grant), grant.engine().directory()).await? {
                    return Ok(false);
                }
                let found = self.report_given(*report).await?;
                Ok(found.is_some_and(|(_, _, r)| controls_of(&r).any(|c| c.id == *control)))
            }
            Evidence::Review(id) => Ok(grant.has_duty(Action::ReviewRead) && self.review_given(*id).await?.is_some()),
            Evidence::Posture(check) => {
                Ok(grant.has_duty(Action::PostureRead) && govern::posture::checks().any(|c| c.id == check))
            }
            Evidence::Programme => Ok(grant.has_duty(Action::ProgrammeRead)),
            // Of the assessment alone that it was put into.
            Evidence::File(_) => Ok(false),
        }
    }

    async fn report_seen<'s>(
        &self,
        seen: &'s mut Seen,
        id: ReportId,
    ) -> Result<Option<&'s (ReportCard, Report)>, Refusal> {
        if let Entry::Vacant(place) = seen.reports.entry(id) {
            place.insert(self.report_given(id).await?.map(|(card, _, report)| (card, report)));
        }
        Ok(seen.reports.get(&id).and_then(Option::as_ref))
    }

    async fn check_seen<'s>(
        &self,
        seen: &'s mut Seen,
        check: &str,
        directory: &Directory,
        now: UnixMs,
    ) -> Result<Option<&'s CheckView>, Refusal> {
        if seen.posture.is_none() {
            seen.posture = Some(self.posture(directory, now).await?);
        }
        Ok(seen.posture.as_ref().and_then(|p| p.checks.iter().find(|c| c.check.id == check)))
    }

    /// What it is called, and how it stands.
    pub(super) async fn describe(
        &self,
        item: &Evidence,
        seen: &mut Seen,
        directory: &Directory,
        now: UnixMs,
    ) -> Result<EvidenceItem, Refusal> {
        let zone = self.time_zone().1;
        let found = match item {
            Evidence::Report(id) => self.report_seen(seen, *id).await?.map(|(card, _)| {
                let made = moment(card.made_at, &zone);
                let note = text(
                    format!("编制于 {made}，问题 {} 项", card.findings),
                    format!("made {made}, {} findings", card.findings),
                );
                (report_title(card), note)
            }),
            Evidence::Control(report, control) => self.report_seen(seen, *report).await?.and_then(|(card, report)| {
                let c = controls_of(report).find(|c| c.id == *control)?;
                let (state, period) = (control_state(c.state), card.period.label());
                let title = text(
                    format!("{} {} {}", c.law, c.clause, c.title.zh),
                    format!("{} {} {}", c.law_en, c.clause, c.title.en),
                );
                let note = text(
                    format!("{}：{}（{period}）", state.zh, c.found.zh),
                    format!("{}: {} ({period})", state.en, c.found.en),
                );
                Some((title, note))
            }),
            Evidence::Review(id) => self.review_given(*id).await?.map(|r| {
                let closed = r.closed_at.map_or_else(|| "—".to_owned(), |at| moment(at, &zone));
                let title = text(format!("权限复核 {}", r.name), format!("Access review {}", r.name));
                (title, text(format!("结束于 {closed}"), format!("closed {closed}")))
            }),
            Evidence::Posture(check) => self
                .check_seen(seen, check, directory, now)
                .await?
                .map(|view| (text(view.check.zh, view.check.en), posture_state(Some(view)))),
            Evidence::Programme => {
                Some((text("审计计划", "The audit programme"), text("各周期的执行情况", "how each cycle went")))
            }
            Evidence::File(id) => seen.files.get(id).map(|file| {
                let (size, sha256) = (size(file.bytes), &file.sha256);
                (
                    same(file.name.clone()),
                    text(format!("文件，{size}，SHA-256 {sha256}"), format!("a file, {size}, SHA-256 {sha256}")),
                )
            }),
        };
        let there = found.is_some();
        let (title, note) = found.unwrap_or_else(|| (same(item.to_string()), text("已不存在", "not there any more")));
        Ok(EvidenceItem { item: item.clone(), title, note, file: there && item.has_file(), there })
    }

    /// What there is to read of it now.
    pub(super) async fn evidence_detail(
        &self,
        a: &Assessment,
        item: &Evidence,
        directory: &Directory,
        now: UnixMs,
    ) -> Result<EvidenceDetail, Refusal> {
        let zone = self.time_zone().1;
        let at = |t: UnixMs| same(moment(t, &zone));
        let mut seen = Seen::of(a);
        let described = self.describe(item, &mut seen, directory, now).await?;
        if !described.there {
            return Err(Refusal::NotFound);
        }
        let facts = match item {
            Evidence::Report(id) => self.report_seen(&mut seen, *id).await?.map(|(card, report)| {
                vec![
                    fact("期间", "Period", same(card.period.label())),
                    fact("期间是否完整", "Whether the period was over", yes_no(card.whole)),
                    fact("编制时间", "Made", at(card.made_at)),
                    fact("问题", "Findings", same(card.findings.to_string())),
                    fact("账本条数", "Entries of the log", same(report.head.size.to_string())),
                    fact("SHA-256", "SHA-256", same(card.sha256.clone())),
                ]
            }),
            Evidence::Control(report, control) => self.report_seen(&mut seen, *report).await?.and_then(|(card, r)| {
                let c = controls_of(r).find(|c| c.id == *control)?;
                Some(vec![
                    fact(
                        "依据",
                        "Text",
                        text(format!("{} {}", c.law, c.version), format!("{} {}", c.law_en, c.version)),
                    ),
                    fact("条款", "Clause", same(c.clause.clone())),
                    fact("期间", "Period", same(card.period.label())),
                    fact("状态", "State", control_state(c.state)),
                    fact("发现", "Found", c.found.clone()),
                    fact("报告 SHA-256", "SHA-256 of the report", same(card.sha256.clone())),
                ])
            }),
            Evidence::Review(id) => self.review_given(*id).await?.map(|r| {
                vec![
                    fact("开始", "Begun", at(r.began_at)),
                    fact("结束", "Closed", r.closed_at.map_or_else(|| same("—"), at)),
                    fact("SHA-256", "SHA-256", same(r.sha256.unwrap_or_default())),
                ]
            }),
            Evidence::Posture(check) => {
                let run = seen.posture.as_ref().and_then(|p| p.run.as_ref()).map(|run| run.at);
                self.check_seen(&mut seen, check, directory, now).await?.map(|view| posture_facts(view, run, &zone))
            }
            Evidence::Programme => Some(self.programme_facts(directory, now).await?),
            Evidence::File(id) => seen.files.get(id).map(|file| {
                vec![
                    fact("大小", "Size", same(size(file.bytes))),
                    fact("上传时间", "Put there", at(file.at)),
                    fact("SHA-256", "SHA-256", same(file.sha256.clone())),
                ]
            }),
        };
        Ok(EvidenceDetail { item: described, facts: facts.unwrap_or_default() })
    }

    async fn programme_facts(&self, directory: &Directory, now: UnixMs) -> Result<Vec<Fact>, Refusal> {
        let view = self.programme(directory, now).await?;
        let line = |a: &crate::programme::ActivityView| {
            let count = |state: SlotState| a.slots.iter().filter(|s| s.state == state).count();
            let (ran, skipped) = (count(SlotState::Ran), count(SlotState::Skipped));
            let all = a.slots.len();
            let value = text(
                format!("近 {all} 个周期：完成 {ran}，未做 {skipped}"),
                format!("of {all} cycles: {ran} ran, {skipped} skipped"),
            );
            Fact { label: text(a.activity.zh, a.activity.en), value }
        };
        Ok(view.activities.iter().filter(|a| a.entry.on).map(line).collect())
    }
}

/// How long a file is, for people.
#[expect(clippy::cast_precision_loss, reason = "files are at most some megabytes")]
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{:.1} KiB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

fn yes_no(yes: bool) -> Text {
    if yes { text("是", "yes") } else { text("否", "no") }
}

fn posture_facts(view: &CheckView, run: Option<UnixMs>, zone: &str) -> Vec<Fact> {
    let mut facts = vec![fact("状态", "State", posture_state(Some(view)))];
    facts.extend(run.map(|at| fact("检查时间", "Looked at", same(moment(at, zone)))));
    for figure in view.seen.iter().flat_map(|s| &s.figures) {
        let value = figure.value.map_or_else(|| same("—"), |v| figure.is.told(v));
        let (sign, bound) = match figure.bound {
            govern::posture::Bound::AtMost(most) => ("≤", most),
            govern::posture::Bound::AtLeast(least) => ("≥", least),
        };
        let bound = figure.is.told(bound);
        let value = match figure.is {
            govern::posture::Measure::YesNo => {
                text(format!("{}（应为{}）", value.zh, bound.zh), format!("{} (should be {})", value.en, bound.en))
            }
            _ => text(
                format!("{}（应 {sign} {}）", value.zh, bound.zh),
                format!("{} (should be {sign} {})", value.en, bound.en),
            ),
        };
        facts.push(Fact { label: figure.label.clone(), value });
    }
    facts.extend(view.seen.as_ref().and_then(|s| s.why.clone()).map(|why| fact("原因", "Why", why)));
    facts
}

/// The lines of a compliance report.
pub(super) fn controls_of(report: &Report) -> impl Iterator<Item = &govern::Control> {
    let compliance = report.definition.kind == Kind::Compliance;
    report.sections.iter().filter(move |_| compliance).flat_map(|s| &s.controls)
}
