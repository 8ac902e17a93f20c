//! Approvals 审批: who decides what, under which condition, in which order; who stands in for whom.
//!
//! One story. Wang asks to export 3,000 customers. The first flow that fits (exports above 1,000 rows) has two steps: her
//! manager, within 24 hours, then anyone of finance. Her manager is away until Friday and named a deputy 代理人, so both may
//! decide; after 24 hours the manager's own manager may too.
//!
//! A discount is approved the same way: its flow may ask for a condition on the record's open fields.
//!
//! Rule: nobody decides about their own request, whatever a flow says, not as deputy and not by escalation either. Who
//! decides is worked out from the people of that moment, never kept: who leaves decides nothing any more.

mod seats;

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::{ObjectName, RecordId, RoleName, UserId};
use crate::text::Text;

pub use seats::{Asked, By, Deputies, Deputy, Seat, is_complete, seats, seats_of};

/// Most flows of a company, steps of a flow, approvers of a step.
pub const MOST_FLOWS: usize = 50;
const MOST_STEPS: usize = 10;
const MOST_APPROVERS: usize = 50;
/// Longest deadline of a step: ninety days.
const MOST_HOURS: u32 = 2160;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// 申请访问: a record that is not open to who asks.
    Access,
    /// 导出
    Export,
    /// 紧急访问: it has happened already; what is decided is whether it was right.
    BreakGlass,
    /// 记录审批: a discount, a contract, before it goes on.
    Record,
}

impl Subject {
    pub const ALL: [Subject; 4] = [Subject::Access, Subject::Export, Subject::BreakGlass, Subject::Record];
    pub const fn as_str(self) -> &'static str {
        match self {
            Subject::Access => "access",
            Subject::Export => "export",
            Subject::BreakGlass => "break_glass",
            Subject::Record => "record",
        }
    }
}

/// What a request wants, as kept in it: ids and numbers, never a value of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wanted {
    Access {
        object: ObjectName,
        record: RecordId,
        edit: bool,
        days: u16,
    },
    /// One export of what one question finds.
    Export {
        object: ObjectName,
        rows: u64,
        /// A keyed hash of the question: what is approved is this one and no other.
        question: String,
    },
    BreakGlass {
        object: ObjectName,
        record: RecordId,
        hours: u16,
    },
    /// That the record goes on as it stands.
    Record {
        object: ObjectName,
        record: RecordId,
    },
}

impl Wanted {
    pub const fn subject(&self) -> Subject {
        match self {
            Wanted::Access { .. } => Subject::Access,
            Wanted::Export { .. } => Subject::Export,
            Wanted::BreakGlass { .. } => Subject::BreakGlass,
            Wanted::Record { .. } => Subject::Record,
        }
    }
    pub const fn object(&self) -> &ObjectName {
        match self {
            Wanted::Access { object, .. }
            | Wanted::Export { object, .. }
            | Wanted::BreakGlass { object, .. }
            | Wanted::Record { object, .. } => object,
        }
    }
    pub const fn record(&self) -> Option<RecordId> {
        match self {
            Wanted::Access { record, .. } | Wanted::BreakGlass { record, .. } | Wanted::Record { record, .. } => {
                Some(*record)
            }
            Wanted::Export { .. } => None,
        }
    }
}

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Approver {
    User(UserId),
    /// Everyone with the role.
    Role(RoleName),
    /// The manager of who asks: 1 the direct one, 2 that one's manager, to 9.
    Manager(u8),
    /// Holders of the role in the department of who asks, else in the nearest one above that has any: the department's lead.
    DepartmentRole(RoleName),
    /// The owner of the record.
    Owner,
    /// Everyone above the owner of the record.
    OwnerLine,
}

/// Whose word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 或签: one of them.
    #[default]
    Any,
    /// 会签: each of them.
    All,
}

/// One step; steps come one after the other. A refusal ends the request in either mode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub approvers: Vec<Approver>,
    #[serde(default)]
    pub mode: Mode,
    /// After so many hours the approvers' managers may decide too.
    #[serde(default)]
    pub hours: Option<u32>,
}

/// A flow: of the flows of its subject, the first that fits a request decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// 1 to 40 of `a-z`, `0-9`, `_`.
    pub name: String,
    pub label: Text,
    pub subject: Subject,
    /// Records of which type; without one, of any.
    #[serde(default)]
    pub object: Option<ObjectName>,
    /// Exports of more rows than this.
    #[serde(default)]
    pub above_rows: Option<u64>,
    /// Records that pass, of the flow's object type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    pub steps: Vec<Step>,
}

/// What is wrong with a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFlow {
    #[error("a name is 1 to 40 of `a-z`, `0-9` and `_`")]
    Name,
    #[error("a label in Chinese and in English is needed")]
    Label,
    #[error("1 to 10 steps with 1 to 50 approvers each")]
    Steps,
    #[error("a deadline is 1 to 2160 hours")]
    Hours,
    #[error("a manager's level is 1 to 9")]
    Level,
    #[error("only a request about one record has an owner to ask")]
    NoOwner,
    #[error("only exports have a number of rows")]
    Rows,
    #[error("only approvals of records of one object type ask for a condition")]
    When,
    #[error("emergency accesses are reviewed by the security administrators")]
    BreakGlass,
}

impl Flow {
    /// # Errors
    /// [`BadFlow`], the first thing found wrong.
    pub fn check(&self) -> Result<(), BadFlow> {
        let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=40).contains(&self.name.len()) || !self.name.bytes().all(word) {
            return Err(BadFlow::Name);
        }
        let long = |text: &str| text.trim().is_empty() || text.chars().count() > 80;
        if long(&self.label.zh) || long(&self.label.en) {
            return Err(BadFlow::Label);
        }
        if self.subject == Subject::BreakGlass {
            return Err(BadFlow::BreakGlass);
        }
        if self.above_rows.is_some() && self.subject != Subject::Export {
            return Err(BadFlow::Rows);
        }
        if self.when.is_some() && (self.subject != Subject::Record || self.object.is_none()) {
            return Err(BadFlow::When);
        }
        let counted = |n: usize, most: usize| (1..=most).contains(&n);
        if !counted(self.steps.len(), MOST_STEPS)
            || self.steps.iter().any(|s| !counted(s.approvers.len(), MOST_APPROVERS))
        {
            return Err(BadFlow::Steps);
        }
        for step in &self.steps {
            if step.hours.is_some_and(|h| !(1..=MOST_HOURS).contains(&h)) {
                return Err(BadFlow::Hours);
            }
            for approver in &step.approvers {
                match approver {
                    Approver::Manager(level) if !(1..=9).contains(level) => return Err(BadFlow::Level),
                    Approver::Owner | Approver::OwnerLine if self.subject == Subject::Export => {
                        return Err(BadFlow::NoOwner);
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// The steps where no flow fits.
pub fn default_steps(subject: Subject) -> Vec<Step> {
    let approvers = match subject {
        // Those who answer for the record.
        Subject::Access => vec![Approver::Owner, Approver::OwnerLine],
        Subject::Export | Subject::Record => vec![Approver::Manager(1)],
        Subject::BreakGlass => crate::defaults::security_admin().map(Approver::Role).into_iter().collect(),
    };
    vec![Step { approvers, mode: Mode::Any, hours: None }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_flow_is_told() {
        let good = Flow {
            name: "export_large".into(),
            label: Text::new("大量导出", "Large exports"),
            subject: Subject::Export,
            object: None,
            above_rows: Some(1000),
            when: None,
            steps: vec![Step { approvers: vec![Approver::Manager(1)], mode: Mode::Any, hours: Some(24) }],
        };
        assert_eq!(good.check(), Ok(()));
        let with = |change: fn(&mut Flow)| {
            let mut flow = good.clone();
            change(&mut flow);
            flow.check()
        };
        assert_eq!(with(|f| f.name = "A".into()), Err(BadFlow::Name));
        assert_eq!(with(|f| f.label.en = " ".into()), Err(BadFlow::Label));
        assert_eq!(with(|f| f.subject = Subject::Access), Err(BadFlow::Rows));
        assert_eq!(with(|f| f.subject = Subject::BreakGlass), Err(BadFlow::BreakGlass));
        let condition = |f: &mut Flow| f.when = Some(Condition::All(vec![]));
        assert_eq!(with(condition), Err(BadFlow::When));
        assert_eq!(with(|f| f.steps[0].approvers = vec![Approver::Owner]), Err(BadFlow::NoOwner));
        assert_eq!(with(|f| f.steps[0].approvers = vec![Approver::Manager(0)]), Err(BadFlow::Level));
        assert_eq!(with(|f| f.steps[0].hours = Some(0)), Err(BadFlow::Hours));
        assert_eq!(with(|f| f.steps.clear()), Err(BadFlow::Steps));
    }
}
