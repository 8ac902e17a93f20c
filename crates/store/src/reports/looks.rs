//! What is told line by line: who had to do with a customer, what the customer may be told of it, and what administrators did.

use std::collections::BTreeSet;

use access::path::Refusal;
use govern::{Kind, Look, MOST_LINES};
use model::{Action, Decision, Explanation, FieldName, ObjectName, RecordId, Sensitivity, Text, UserId};

use super::gather::Counting;
use crate::Store;
use crate::audit::line::{EVENT, EventRow, TouchLine};
use crate::audit::{MAX_PAGE, Paging, Span, WhoSaw, name_of};
use crate::records::broken;
use crate::sql::Sql;

/// Events read at once.
const PART: i64 = 500;
/// Lines looked through at most.
const MOST_READ: u64 = 200_000;

/// A reason as it was seen then, in words.
fn why(reason: Explanation) -> Text {
    let (zh, en) = match reason {
        Explanation::Owner => ("负责人", "their customer"),
        Explanation::CoOwner => ("协作人", "taking part"),
        Explanation::TeamDuty => ("管理职责", "answers for the team"),
        Explanation::Share => ("共享", "shared with them"),
        Explanation::OpenOpportunity => ("进行中的商机", "an open opportunity"),
        Explanation::OpenTask => ("待办任务", "an open task"),
        Explanation::FollowUp => ("近期跟进", "a recent follow-up"),
        Explanation::ApprovedRequest => ("经批准的申请", "an approved request"),
        Explanation::Handover => ("离职交接", "a handover"),
        Explanation::Job => ("导入或后台任务", "an import or job"),
        Explanation::CaseWork => ("案件处置", "work on a case"),
        Explanation::Pool => ("公海", "the public pool"),
        Explanation::None => ("系统未见业务理由", "no reason that the system saw"),
    };
    Text::new(zh, en)
}

fn class(of: Sensitivity) -> Text {
    let (zh, en) = match of {
        Sensitivity::Open => ("公开信息", "open data"),
        Sensitivity::Internal => ("业务信息", "business data"),
        Sensitivity::Personal => ("个人信息", "personal data"),
        Sensitivity::Sensitive => ("敏感个人信息", "sensitive personal data"),
    };
    Text::new(zh, en)
}

fn join(parts: Vec<Text>, zh: &str, en: &str) -> Text {
    let of = |pick: fn(&Text) -> &String, by: &str| parts.iter().map(|t| pick(t).as_str()).collect::<Vec<_>>().join(by);
    Text::new(of(|t| &t.zh, zh), of(|t| &t.en, en))
}

impl Store {
    /// Fills in what is told line by line.
    pub(super) async fn look_into(&self, under: &mut Counting) -> Result<(), Refusal> {
        match (under.what.definition.kind, under.what.definition.about.customer) {
            (kind @ (Kind::Customer | Kind::Subject), Some(customer)) => self.looks_at(customer, kind, under).await,
            (Kind::Policy, _) => self.policy_acts_of(under).await,
            _ => Ok(()),
        }
    }

    async fn looks_at(&self, customer: RecordId, kind: Kind, under: &mut Counting) -> Result<(), Refusal> {
        let engine = self.gate().engine();
        let span = Span { from: Some(under.from), to: Some(under.counted.base.until) };
        let mut asked = WhoSaw { span, paging: Paging { limit: MAX_PAGE, cursor: None }, ..WhoSaw::new(customer) };
        let mut read = 0;
        loop {
            let (_, seen) = self.touches_of(&asked, engine.directory()).await?;
            for line in seen.page.items {
                read += 1;
                if u64::try_from(line.event.index).is_ok_and(|index| index >= under.head.size) {
                    continue;
                }
                let Some(look) = self.look(&line, kind) else { continue };
                if under.counted.looks.len() < MOST_LINES {
                    under.counted.looks.push(look);
                } else {
                    under.counted.more_looks = under.counted.more_looks.saturating_add(1);
                }
            }
            match seen.page.next {
                Some(next) if read < MOST_READ => asked.paging.cursor = Some(next),
                Some(_) => return Err(crate::company::barred("report_too_long", "more than 200,000 accesses")),
                None => return Ok(()),
            }
        }
    }

    /// One access, as it is told to an auditor, or to the person concerned: then without who it was and without what nobody saw.
    fn look(&self, line: &TouchLine, kind: Kind) -> Option<Look> {
        let action = line.event.action.parse::<Action>().ok()?;
        let decision = Decision::ALL.into_iter().find(|d| d.as_str() == line.event.decision)?;
        let object = line.event.object.as_deref().and_then(|o| o.parse::<ObjectName>().ok());
        let to_subject = kind == Kind::Subject;
        if to_subject && (decision != Decision::Allowed || action.on() != model::action::On::Record) {
            return None;
        }
        let what = match (&object, to_subject) {
            (Some(object), true) => self.kinds_of(object, &line.shown, &line.masked),
            (Some(object), false) => self.labels_of(object, &line.shown, &line.masked),
            (None, _) => Text::new("", ""),
        };
        let told = |at_all: bool| (!at_all).then_some(line.event.user);
        Some(Look {
            event: (!to_subject).then_some(line.event.event),
            at: line.event.at,
            user: told(to_subject),
            user_name: told(to_subject).map(|_| line.event.user_name.clone()),
            action,
            decision,
            what,
            why: line.reason.filter(|r| !to_subject || r.is_explained()).map(why),
        })
    }

    /// Which fields were shown, and which masked.
    fn labels_of(&self, object: &ObjectName, shown: &[FieldName], masked: &[FieldName]) -> Text {
        let company = self.company();
        let object = company.objects.get(object).map(|o| &o.1);
        let label = |name: &FieldName| {
            let known = object.and_then(|o| o.field(name.as_str())).map(|f| f.label.clone());
            known.unwrap_or_else(|| Text::new(name.as_str(), name.as_str()))
        };
        let of = |names: &[FieldName]| join(names.iter().map(label).collect(), "、", ", ");
        let (shown, masked) = (of(shown), of(masked));
        let mut parts = vec![];
        if !shown.zh.is_empty() {
            parts.push(Text::new(format!("明文：{}", shown.zh), format!("shown: {}", shown.en)));
        }
        if !masked.zh.is_empty() {
            parts.push(Text::new(format!("脱敏：{}", masked.zh), format!("masked: {}", masked.en)));
        }
        join(parts, "；", "; ")
    }

    /// Which kinds of data were shown or told of.
    fn kinds_of(&self, object: &ObjectName, shown: &[FieldName], masked: &[FieldName]) -> Text {
        let company = self.company();
        let object = company.objects.get(object).map(|o| &o.1);
        let of = |names: &[FieldName]| -> BTreeSet<Sensitivity> {
            names.iter().filter_map(|n| object.and_then(|o| o.field(n.as_str())).map(|f| f.class)).collect()
        };
        let plain = of(shown);
        let mut parts: Vec<Text> = plain.iter().map(|c| class(*c)).collect();
        for only in of(masked).difference(&plain) {
            let Text { zh, en } = class(*only);
            parts.push(Text::new(format!("{zh}（脱敏）"), format!("{en} (masked)")));
        }
        join(parts, "、", ", ")
    }

    /// What administrators changed or tried to, newest first; what they only read is counted and not told.
    async fn policy_acts_of(&self, under: &mut Counting) -> Result<(), Refusal> {
        let engine = self.gate().engine();
        let recorder = self.gate().recorder();
        let mut before = i64::try_from(under.head.size).unwrap_or(i64::MAX);
        let mut read = 0;
        loop {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(EVENT).push(" FROM event e WHERE e.seq < ").bind(before);
            sql.push(" AND e.action IN ").bind_list(govern::DUTIES.iter().map(|a| i64::from(a.code())));
            Span { from: Some(under.from), to: Some(under.counted.base.until) }.push(&mut sql);
            sql.push(" ORDER BY e.seq DESC LIMIT ").bind(PART);
            let rows = self.read(sql.finish()).await?;
            let full = i64::try_from(rows.len()).unwrap_or(0) == PART;
            for row in &rows {
                let row = EventRow::read(row).map_err(broken)?;
                (before, read) = (row.seq, read + 1);
                let (Some(action), Some(decision)) = (row.action(), row.decision()) else { continue };
                let body =
                    row.body.as_deref().and_then(|b| recorder.open_body(row.id, b).ok()).filter(|b| row.agrees(b));
                let act = body.as_ref().and_then(|b| b.actor.get("detail")?.get("act")?.as_str());
                let act = act.unwrap_or_default().to_owned();
                if [".read", ".list", ".show"].iter().any(|end| act.ends_with(end)) {
                    continue;
                }
                if under.counted.looks.len() >= MOST_LINES {
                    under.counted.more_looks = under.counted.more_looks.saturating_add(1);
                    continue;
                }
                let user: UserId = row.actor;
                under.counted.looks.push(Look {
                    event: Some(row.id),
                    at: row.at,
                    user: Some(user),
                    user_name: Some(name_of(engine.directory(), user)),
                    action,
                    decision,
                    what: Text::new(act.clone(), act),
                    why: None,
                });
            }
            if !full || read >= MOST_READ {
                return Ok(());
            }
        }
    }
}
