//! 记录审批: a record stands still while others decide about it, and does not go on without their consent.
//!
//! One story. Wang gives 15 % on a deal. The definition says that a discount above ten needs an approval before the deal is
//! won: she submits it, amount and discount stand still, her manager consents, the deal may be won. Were she to change the
//! discount afterwards, the consent would be gone with what it was given for.
//!
//! Rule: where a record stands is written by the house alone, in one unit with the act that puts it there.

use serde::{Deserialize, Serialize};

use super::{Needed, bad, needs};
use crate::condition::Condition;
use crate::ids::FieldName;
use crate::object::{BadDefinition, ChoiceOption, FieldDef, FieldKind, ObjectType, Search, Sensitivity};
use crate::text::Text;

/// Most guarded fields, and values that wait for an approval.
const MOST: usize = 40;

/// Which records need an approval, what it holds still, and what it comes before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// A kept choice of every [`Standing`]; a record without a value is a draft.
    pub status: FieldName,
    /// What is approved: it stands still while the record waits, and a change of it takes the approval away. With none named,
    /// every field but the one that the approval comes before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<FieldName>,
    /// Records that need one; without a condition, all. Over fields of the type alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needed: Option<Condition>,
    /// What no record becomes that needs an approval and has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
}

/// Values of a choice: a stage that is won, a contract that is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    pub field: FieldName,
    pub values: Vec<String>,
}

/// Where a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    #[default]
    Draft,
    Waiting,
    Approved,
    Refused,
}

impl Standing {
    pub const ALL: [Standing; 4] = [Standing::Draft, Standing::Waiting, Standing::Approved, Standing::Refused];
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Draft => "draft",
            Standing::Waiting => "waiting",
            Standing::Approved => "approved",
            Standing::Refused => "refused",
        }
    }
    /// What a status field says; whatever it does not say is a draft.
    pub fn of(text: &str) -> Standing {
        Standing::ALL.into_iter().find(|s| s.as_str() == text).unwrap_or_default()
    }
}

impl Approval {
    /// The name of the status field where none is named.
    pub const STATUS: &str = "approval_status";

    /// A field that keeps where a record stands.
    pub fn status_field(name: FieldName) -> FieldDef {
        let option =
            |s: Standing, zh: &str, en: &str| ChoiceOption { value: s.as_str().to_owned(), label: Text::new(zh, en) };
        FieldDef {
            name,
            label: Text::new("审批状态", "Approval"),
            kind: FieldKind::Choice {
                options: vec![
                    option(Standing::Draft, "未提交", "Not submitted"),
                    option(Standing::Waiting, "审批中", "Waiting"),
                    option(Standing::Approved, "已通过", "Approved"),
                    option(Standing::Refused, "未通过", "Refused"),
                ],
            },
            required: false,
            unique: false,
            class: Sensitivity::Internal,
            mask: crate::mask::Mask::default(),
            search: Search::None,
            sorted: false,
            kept: true,
            formula: None,
            numbered: None,
            slot: None,
        }
    }

    /// Whether a change of the field is a change of what is approved.
    pub fn guards(&self, name: &FieldName) -> bool {
        let before = self.before.as_ref().is_some_and(|b| b.field == *name);
        *name != self.status && if self.guards.is_empty() { !before } else { self.guards.contains(name) }
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = &FieldName> {
        std::iter::once(&self.status).chain(&self.guards).chain(self.before.iter().map(|b| &b.field))
    }

    pub(super) fn check(&self, object: &ObjectType) -> Result<(), BadDefinition> {
        for standing in Standing::ALL {
            needs(object, &self.status, Needed::Option(standing.as_str()), true)?;
        }
        if self.guards.len() > MOST {
            return Err(bad(&self.status, "an approval guards at most 40 fields"));
        }
        for name in &self.guards {
            if object.field(name.as_str()).is_some_and(|f| f.kept) {
                return Err(bad(name, "what the server keeps is not approved"));
            }
        }
        if let Some(before) = &self.before {
            if before.values.is_empty() || before.values.len() > MOST {
                return Err(bad(&before.field, "an approval comes before 1 to 40 values"));
            }
            for value in &before.values {
                needs(object, &before.field, Needed::Option(value), false)?;
            }
            if self.guards.contains(&before.field) {
                return Err(bad(&before.field, "what an approval comes before is not what is approved"));
            }
        }
        let named = self.needed.iter().flat_map(Condition::fields);
        for name in named {
            if object.field(name).is_none_or(|f| f.class.is_sealed() || f.name == self.status) {
                return Err(bad(&self.status, "whether an approval is needed is asked of the record's open fields"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_serve_an_approval_is_refused() {
        let mut deal = crate::defaults::opportunity();
        assert_eq!(deal.assign_slots(), Ok(()));
        let with = |change: fn(&mut Approval)| {
            let mut object = deal.clone();
            let approval = object.process.as_mut().and_then(|p| p.approval.as_mut()).unwrap();
            change(approval);
            object.check()
        };
        assert_eq!(with(|_| ()), Ok(()));
        assert!(with(|a| a.status = "stage".parse().unwrap()).is_err());
        assert!(with(|a| a.guards = vec!["stage".parse().unwrap()]).is_err());
        assert!(with(|a| a.before.as_mut().unwrap().values = vec!["sold".into()]).is_err());
        assert!(with(|a| a.guards = vec!["nothing".parse().unwrap()]).is_err());
        let sealed = |a: &mut Approval| {
            a.needed = Some(Condition::test("notes", crate::Comparison::IsNotEmpty, serde_json::Value::Null));
        };
        assert!(with(sealed).is_err());
        // Without guards everything is approved but what comes after.
        let mut approval = deal.process().unwrap().approval.clone().unwrap();
        approval.guards.clear();
        assert!(approval.guards(&"notes".parse().unwrap()) && !approval.guards(&"stage".parse().unwrap()));
    }
}
