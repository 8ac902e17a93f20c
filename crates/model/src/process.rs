//! What the records of an object type go through: lead to customer, task to done, stage to stage, pool to owner and back.
//!
//! Rule: nothing in the house knows an object type by its name. An act asks the definition whether the type has such a
//! process and which of its fields serve it; a type that an administrator makes can have the same.

mod approval;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::{FieldName, ObjectName};
use crate::object::{BadDefinition, FieldKind, ObjectType};

pub use approval::{Approval, Before, Standing};

/// What records go through. Each part is there or not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Process {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub convert: Option<Convert>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discard: Option<Discard>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<Done>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pipeline: Option<Pipeline>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool: Option<PoolFields>,
    /// What is often made after it, with values to begin with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Becomes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dashboard: Option<Dashboard>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
}

/// 业绩目标: how much of what is to be reached in a period, by whom: the record's owner, or their department with those below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// A choice of `month`, `quarter` and `year`.
    pub period: FieldName,
    /// A date: the period's first day.
    pub starts: FieldName,
    /// A choice of `person` and `team`.
    pub reach: FieldName,
    /// A choice of what is measured.
    pub measure: FieldName,
    /// An amount.
    pub amount: FieldName,
    /// What each measure sums.
    pub measures: Vec<Measure>,
}

/// What counts towards a target: the sum of an amount over the records of a type that are dated within the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// An option of the measure field.
    pub value: String,
    pub object: ObjectName,
    pub amount: FieldName,
    pub on: FieldName,
    /// Only records that pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Condition>,
}

/// 仪表盘: the record is a board of charts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dashboard {
    /// A long text: the cards as JSON (`model::aggregate`).
    pub cards: FieldName,
}

/// 转化: the record becomes records of other types, in one act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Convert {
    /// A choice that says where the record stands.
    pub status: FieldName,
    /// Its value from then on; only the act gives it, and nothing takes it away.
    pub to: String,
    /// A kept reference to the first record made.
    pub made: FieldName,
    /// What it becomes; the first owns the data of the others.
    pub into: Vec<Becomes>,
}

/// One record that comes of a conversion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Becomes {
    pub object: ObjectName,
    /// Whether a conversion always makes it.
    #[serde(default)]
    pub always: bool,
    /// What to offer: field of the new record, and the field here whose value is offered for it.
    #[serde(default)]
    pub offer: BTreeMap<FieldName, FieldName>,
}

/// 丢弃, with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discard {
    pub status: FieldName,
    /// The status' value from then on; only the act gives it.
    pub to: String,
    pub reason: FieldName,
}

/// Something to do: done or not, and due on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    pub done: FieldName,
    pub due: FieldName,
    /// What is due is money: this much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<FieldName>,
}

/// 销售阶段: what each stage is worth and asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// A choice.
    pub stage: FieldName,
    /// An amount.
    pub amount: FieldName,
    /// A date.
    pub closes: FieldName,
    pub stages: Vec<Stage>,
}

/// One stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// An option of the stage field.
    pub value: String,
    /// 赢率, in hundredths.
    pub probability: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Fields without which no record enters the stage.
    #[serde(default)]
    pub required: Vec<FieldName>,
}

/// How a closed deal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Won,
    Lost,
}

/// 公海: the kept fields that tell where a record was and is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolFields {
    /// Text: the pool it waits in, or was claimed from.
    pub name: FieldName,
    /// Time: since when it waits.
    pub since: FieldName,
    /// User: who had it before.
    pub former: FieldName,
    /// Time: since when its owner has it.
    pub owned: FieldName,
    /// User: who claimed it last.
    pub claimed_by: FieldName,
    /// Text: why it was returned.
    pub reason: FieldName,
}

impl PoolFields {
    fn all(&self) -> [(&FieldName, Needed<'_>); 6] {
        [
            (&self.name, Needed::Text),
            (&self.since, Needed::Time),
            (&self.former, Needed::User),
            (&self.owned, Needed::Time),
            (&self.claimed_by, Needed::User),
            (&self.reason, Needed::Text),
        ]
    }
}

impl Pipeline {
    pub fn stage(&self, value: &str) -> Option<&Stage> {
        self.stages.iter().find(|s| s.value == value)
    }
}

impl Process {
    /// Values of a field that acts alone give: they close the record.
    pub fn closing(&self) -> impl Iterator<Item = (&FieldName, &str)> {
        let convert = self.convert.as_ref().map(|c| (&c.status, c.to.as_str()));
        let discard = self.discard.as_ref().map(|d| (&d.status, d.to.as_str()));
        convert.into_iter().chain(discard)
    }
    /// Every field of the object's own that the process names.
    pub fn fields(&self) -> Vec<&FieldName> {
        let mut all = vec![];
        if let Some(c) = &self.convert {
            all.extend([&c.status, &c.made]);
            all.extend(c.into.iter().flat_map(|b| b.offer.values()));
        }
        if let Some(d) = &self.discard {
            all.extend([&d.status, &d.reason]);
        }
        if let Some(d) = &self.done {
            all.extend([&d.done, &d.due]);
            all.extend(&d.amount);
        }
        if let Some(p) = &self.pipeline {
            all.extend([&p.stage, &p.amount, &p.closes]);
            all.extend(p.stages.iter().flat_map(|s| &s.required));
        }
        if let Some(p) = &self.pool {
            all.extend(p.all().into_iter().map(|(name, _)| name));
        }
        all.extend(self.next.iter().flat_map(|b| b.offer.values()));
        if let Some(t) = &self.target {
            all.extend([&t.period, &t.starts, &t.reach, &t.measure, &t.amount]);
        }
        if let Some(d) = &self.dashboard {
            all.push(&d.cards);
        }
        all.extend(self.approval.iter().flat_map(Approval::fields));
        all
    }

    /// # Errors
    /// [`BadDefinition`] when a part names a field that is not there, or one that cannot serve it.
    pub fn check(&self, object: &ObjectType) -> Result<(), BadDefinition> {
        for name in self.fields() {
            if object.field(name.as_str()).is_none() {
                return Err(BadDefinition::NoSuchField(name.clone()));
            }
        }
        let need = |name: &FieldName, needed: Needed| needs(object, name, needed, false);
        for (status, to) in self.closing() {
            need(status, Needed::Option(to))?;
        }
        if let Some(c) = &self.convert {
            needs(object, &c.made, Needed::Reference, true)?;
            if c.into.is_empty() || c.into.len() > 5 || !c.into.first().is_some_and(|b| b.always) {
                return Err(bad(&c.status, "a conversion makes 1 to 5 records, the first of them always"));
            }
        }
        if let Some(d) = &self.done {
            need(&d.done, Needed::Bool)?;
            need(&d.due, Needed::Date)?;
            if let Some(amount) = &d.amount {
                need(amount, Needed::Amount)?;
            }
        }
        if let Some(t) = &self.target {
            need(&t.starts, Needed::Date)?;
            need(&t.amount, Needed::Amount)?;
            for reach in ["person", "team"] {
                need(&t.reach, Needed::Option(reach))?;
            }
            for period in ["month", "quarter", "year"] {
                need(&t.period, Needed::Option(period))?;
            }
            for measure in &t.measures {
                need(&t.measure, Needed::Option(&measure.value))?;
            }
        }
        if let Some(d) = &self.dashboard
            && object.field(d.cards.as_str()).is_none_or(|f| f.kind != FieldKind::LongText || !f.class.is_sealed())
        {
            return Err(bad(&d.cards, "cards are kept in a sealed long text"));
        }
        if self.next.len() > 8 {
            return Err(BadDefinition::TooManyNext);
        }
        if let Some(p) = &self.pipeline {
            need(&p.amount, Needed::Amount)?;
            need(&p.closes, Needed::Date)?;
            for stage in &p.stages {
                need(&p.stage, Needed::Option(&stage.value))?;
                if stage.probability > 100 {
                    return Err(bad(&p.stage, "a probability is 0 to 100"));
                }
            }
        }
        if let Some(a) = &self.approval {
            a.check(object)?;
        }
        if let Some(p) = &self.pool {
            if !object.has_pool {
                return Err(bad(&p.name, "an object type without a pool has no fields for it"));
            }
            for (name, needed) in p.all() {
                needs(object, name, needed, true)?;
            }
        }
        Ok(())
    }
}

/// What a field must be to serve a process: all in clear columns, so that rules can be asked of the database.
#[derive(Clone, Copy)]
enum Needed<'a> {
    Text,
    Time,
    User,
    Bool,
    Date,
    Amount,
    Reference,
    /// A choice with this option.
    Option(&'a str),
}

fn bad(field: &FieldName, reason: &'static str) -> BadDefinition {
    BadDefinition::Field { field: field.clone(), reason }
}

fn needs(object: &ObjectType, name: &FieldName, needed: Needed<'_>, kept: bool) -> Result<(), BadDefinition> {
    let Some(field) = object.field(name.as_str()) else { return Err(BadDefinition::NoSuchField(name.clone())) };
    let fits = match (needed, &field.kind) {
        (Needed::Text, FieldKind::Text { .. })
        | (Needed::Time, FieldKind::DateTime)
        | (Needed::User, FieldKind::User)
        | (Needed::Bool, FieldKind::Bool)
        | (Needed::Date, FieldKind::Date)
        | (Needed::Amount, FieldKind::Money { .. } | FieldKind::Number { .. })
        | (Needed::Reference, FieldKind::Reference { .. }) => true,
        (Needed::Option(value), FieldKind::Choice { options }) => options.iter().any(|o| o.value == value),
        _ => false,
    };
    if !fits || field.class.is_sealed() {
        return Err(bad(name, "a field of this kind cannot serve the process that names it"));
    }
    if kept != field.kept {
        return Err(bad(name, "what the server keeps is marked `kept`, and nothing else"));
    }
    Ok(())
}
