//! Automation rules 自动化规则: when something happens to a record, and it passes a condition, something is done.
//!
//! One story. "When a deal is won, make a task for its owner: hand over to service, due in three days." Wang wins a deal; in one
//! unit with that there is the task, and the event says that the rule made it.
//!
//! Rule: a rule does what it says whoever acts, within the record that the act is on: it shows nobody anything, takes nothing from one
//! field into another, and sends out names and ids alone. What a rule does sets off no rule.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::{FieldName, ObjectName, RoleName, UserId};
use crate::text::Text;

/// Most rules of a company, effects of a rule, endpoints of a company.
pub const MOST_RULES: usize = 50;
const MOST_EFFECTS: usize = 10;
pub const MOST_HOOKS: usize = 20;
/// Longest title of a task, in characters.
const MOST_TITLE: usize = 200;
/// Receivers that a notice names, and its longest text in characters.
const MOST_RECEIVERS: usize = 20;
const MOST_NOTICE: usize = 200;
/// Days before or after that a rule can name.
const MOST_DAYS: i16 = 3650;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Automation {
    /// 1 to 40 of `a-z`, `0-9`, `_`; never changed: the log names it.
    pub name: String,
    pub label: Text,
    pub object: ObjectName,
    /// Whether it is in force.
    #[serde(default = "yes")]
    pub on: bool,
    pub when: Trigger,
    /// Only records that pass, as they are after the act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Condition>,
    pub then: Vec<Effect>,
}

const fn yes() -> bool {
    true
}

/// What sets a rule off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    Created {},
    /// One of these fields was changed; with none named, any.
    Edited {
        #[serde(default)]
        fields: Vec<FieldName>,
    },
    /// A choice has become one of these values: a stage, a status.
    Became {
        field: FieldName,
        values: Vec<String>,
    },
    /// A date is so many days away; below zero, so many days past. Once a day of the company's calendar.
    Due {
        field: FieldName,
        days: i16,
    },
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// A field of the record.
    Set { field: FieldName, to: To },
    /// A record of a type that has something to do: a task.
    Task {
        object: ObjectName,
        title: String,
        owner: Who,
        /// Days from today.
        #[serde(default)]
        due_in: u16,
    },
    /// Tells a system outside, by the endpoint's name.
    Webhook { to: String },
    /// Tells people, in words that stand here: none of the record.
    Notify { to: Vec<Told>, text: Text },
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Told {
    /// The record's owner.
    Owner,
    /// The owner's manager.
    Manager,
    User(UserId),
    /// Everybody who has the role.
    Role(RoleName),
}

/// What a field is set to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum To {
    Value {
        value: serde_json::Value,
    },
    /// Of a date: today, or so many days later.
    Today {
        #[serde(default)]
        days: i16,
    },
    /// Of a user: whoever acts.
    Actor {},
    /// No value.
    Nothing {},
}

/// Whose a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Who {
    Owner,
    /// The owner's manager.
    Manager,
    Actor,
    User(UserId),
}

/// A system outside that is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// As of a rule.
    pub name: String,
    pub label: Text,
    /// `https://…`; `http://` to a host that the company lists.
    pub url: String,
    #[serde(default = "yes")]
    pub on: bool,
}

/// What is wrong with a rule, as far as it can be told without the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAutomation {
    #[error("a name is 1 to 40 of `a-z`, `0-9` and `_`")]
    Name,
    #[error("a label in Chinese and in English is needed")]
    Label,
    #[error("1 to 10 effects")]
    Effects,
    #[error("a rule sets a field once, tells one endpoint and gives one notice")]
    Twice,
    #[error("a title of 1 to 200 characters")]
    Title,
    #[error("at most 3650 days")]
    Days,
    #[error("1 to 40 fields or values")]
    Many,
    #[error("1 to 20 receivers, and a text of 1 to 200 characters in Chinese and in English")]
    Notice,
}

/// Whether a name can be kept by the log.
pub fn is_name(name: &str) -> bool {
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=40).contains(&name.len()) && name.bytes().all(word)
}

fn is_label(label: &Text) -> bool {
    let good = |text: &str| !text.trim().is_empty() && text.chars().count() <= 80;
    good(&label.zh) && good(&label.en)
}

impl Automation {
    /// # Errors
    /// [`BadAutomation`], the first thing found wrong.
    pub fn check(&self) -> Result<(), BadAutomation> {
        if !is_name(&self.name) {
            return Err(BadAutomation::Name);
        }
        if !is_label(&self.label) {
            return Err(BadAutomation::Label);
        }
        match &self.when {
            Trigger::Edited { fields } if fields.len() > 40 => return Err(BadAutomation::Many),
            Trigger::Became { values, .. } if !(1..=40).contains(&values.len()) => return Err(BadAutomation::Many),
            Trigger::Due { days, .. } if days.abs() > MOST_DAYS => return Err(BadAutomation::Days),
            _ => {}
        }
        if !(1..=MOST_EFFECTS).contains(&self.then.len()) {
            return Err(BadAutomation::Effects);
        }
        let mut fields = std::collections::BTreeSet::new();
        let (mut told, mut noticed) = (false, false);
        for effect in &self.then {
            match effect {
                Effect::Set { field, to } => {
                    if matches!(to, To::Today { days } if days.abs() > MOST_DAYS) {
                        return Err(BadAutomation::Days);
                    }
                    if !fields.insert(field) {
                        return Err(BadAutomation::Twice);
                    }
                }
                Effect::Task { title, due_in, .. } => {
                    let long = title.chars().count() > MOST_TITLE || title.chars().any(char::is_control);
                    if title.trim().is_empty() || long {
                        return Err(BadAutomation::Title);
                    }
                    if i32::from(*due_in) > i32::from(MOST_DAYS) {
                        return Err(BadAutomation::Days);
                    }
                }
                Effect::Webhook { .. } if told => return Err(BadAutomation::Twice),
                Effect::Webhook { .. } => told = true,
                Effect::Notify { .. } if noticed => return Err(BadAutomation::Twice),
                Effect::Notify { to, text } => {
                    let bad = |t: &str| {
                        t.trim().is_empty() || t.chars().count() > MOST_NOTICE || t.chars().any(char::is_control)
                    };
                    if !(1..=MOST_RECEIVERS).contains(&to.len()) || bad(&text.zh) || bad(&text.en) {
                        return Err(BadAutomation::Notice);
                    }
                    noticed = true;
                }
            }
        }
        Ok(())
    }
    /// Whom it tells, and what.
    pub fn notice(&self) -> Option<(&[Told], &Text)> {
        self.then.iter().find_map(|e| match e {
            Effect::Notify { to, text } => Some((to.as_slice(), text)),
            _ => None,
        })
    }
    /// The endpoint it tells.
    pub fn hook(&self) -> Option<&str> {
        self.then.iter().find_map(|e| match e {
            Effect::Webhook { to } => Some(to.as_str()),
            _ => None,
        })
    }
}

impl Hook {
    /// # Errors
    /// [`BadAutomation`] for its name or label.
    pub fn check(&self) -> Result<(), BadAutomation> {
        if !is_name(&self.name) {
            return Err(BadAutomation::Name);
        }
        if !is_label(&self.label) {
            return Err(BadAutomation::Label);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_rule_is_told() {
        let good = Automation {
            name: "won".into(),
            label: Text::new("赢单", "Won"),
            object: "opportunity".parse().unwrap(),
            on: true,
            when: Trigger::Became { field: "stage".parse().unwrap(), values: vec!["won".into()] },
            only: None,
            then: vec![Effect::Task {
                object: "task".parse().unwrap(),
                title: "交接给服务".into(),
                owner: Who::Owner,
                due_in: 3,
            }],
        };
        assert_eq!(good.check(), Ok(()));
        let with = |change: fn(&mut Automation)| {
            let mut rule = good.clone();
            change(&mut rule);
            rule.check()
        };
        assert_eq!(with(|r| r.name = "Won".into()), Err(BadAutomation::Name));
        assert_eq!(with(|r| r.label.zh.clear()), Err(BadAutomation::Label));
        assert_eq!(with(|r| r.then.clear()), Err(BadAutomation::Effects));
        let notice = |r: &mut Automation| {
            r.then = vec![Effect::Notify { to: vec![Told::Owner], text: Text::new("赢单了", " ") }];
        };
        assert_eq!(with(notice), Err(BadAutomation::Notice));
        let twice = |r: &mut Automation| r.then = vec![Effect::Webhook { to: "a".into() }; 2];
        assert_eq!(with(twice), Err(BadAutomation::Twice));
        let none = |r: &mut Automation| r.when = Trigger::Became { field: "stage".parse().unwrap(), values: vec![] };
        assert_eq!(with(none), Err(BadAutomation::Many));
    }
}
