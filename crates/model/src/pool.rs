//! Public pools 公海: who may claim from one, how much, and when a record goes back.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::{DepartmentId, ObjectName};
use crate::object::ChoiceOption;
use crate::org::User;
use crate::record::Grantee;
use crate::text::Text;

/// A pool of records of one object type. Its first pool also holds what waits without a pool's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// 1 to 40 of `a-z`, `0-9`, `_`; never changed.
    pub name: String,
    pub label: Text,
    pub object: ObjectName,
    /// Who may claim from it; with nobody named, whoever has the operation.
    #[serde(default)]
    pub members: Vec<Grantee>,
    /// Its records are seen by its members alone, as far as they are seen for waiting in a pool.
    #[serde(default, skip_serializing_if = "is_false")]
    pub members_only: bool,
    /// Claims of one person in a day of the company's calendar.
    #[serde(default)]
    pub daily_claims: Option<u32>,
    /// 库容: records of the object type that one person may own when they claim.
    #[serde(default)]
    pub holding: Option<u32>,
    /// The holding limit also stands against what its members would be given: by transfer, creation, conversion and import.
    #[serde(default, skip_serializing_if = "is_false")]
    pub holding_always: bool,
    /// Records that do not count for the holding limit.
    #[serde(default)]
    pub not_counted: Option<Condition>,
    /// Days before the former owner may claim a record again.
    #[serde(default)]
    pub former_owner_days: u32,
    /// Hours before anybody may claim what came in.
    #[serde(default)]
    pub new_hours: u32,
    #[serde(default)]
    pub recycle: Option<Recycle>,
    /// Why a record may be returned: one must be given. Without any, none is asked.
    #[serde(default)]
    pub reasons: Vec<ChoiceOption>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_false(b: &bool) -> bool {
    !b
}

/// 回收: what nobody works on goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recycle {
    /// The object type whose new records count as work: follow-ups. Without one, any change of the record does.
    #[serde(default)]
    pub activity: Option<ObjectName>,
    /// Days without any.
    pub days: u32,
    /// Days before, the owner is reminded.
    #[serde(default)]
    pub remind_days: u32,
    /// Records that never go back by themselves.
    #[serde(default)]
    pub spared: Option<Condition>,
    /// Also what its members own that never came from a pool.
    #[serde(default)]
    pub own_too: bool,
}

/// What is wrong with a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPool {
    #[error("a name is 1 to 40 of `a-z`, `0-9` and `_`")]
    Name,
    #[error("a label in Chinese and in English is needed")]
    Label,
    #[error("at most 200 members and 30 reasons")]
    TooMany,
    #[error("a recycling waits 1 to 3650 days, and reminds before it ends")]
    Days,
}

impl Pool {
    /// Whether somebody is a member; with nobody named, everybody is. `above` is their department and those above it.
    pub fn has_member(&self, user: &User, above: &[DepartmentId]) -> bool {
        self.members.is_empty()
            || self.members.iter().any(|member| match member {
                Grantee::User(id) => *id == user.id,
                Grantee::Role(role) => user.roles.contains(role),
                Grantee::Department(id) => above.contains(id),
            })
    }
    /// # Errors
    /// [`BadPool`], the first thing found wrong.
    pub fn check(&self) -> Result<(), BadPool> {
        let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=40).contains(&self.name.len()) || !self.name.bytes().all(word) {
            return Err(BadPool::Name);
        }
        if self.label.zh.trim().is_empty() || self.label.en.trim().is_empty() {
            return Err(BadPool::Label);
        }
        if self.members.len() > 200 || self.reasons.len() > 30 {
            return Err(BadPool::TooMany);
        }
        match &self.recycle {
            Some(r) if !(1..=3650).contains(&r.days) || r.remind_days >= r.days => Err(BadPool::Days),
            _ => Ok(()),
        }
    }
}
