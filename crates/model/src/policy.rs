//! The role matrix 权限矩阵: access rules as data. Each row compiles to one policy with a stable id.
//!
//! Default deny: what no row permits is refused; a `forbid` row beats every `permit`.

use std::collections::BTreeSet;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::caller::Channel;
use crate::ids::{DepartmentId, FieldName, ObjectName, RoleName, UserId};
use crate::object::Sensitivity;
use crate::scope::Scope;
use crate::text::Text;
use crate::time::UnixMs;

/// What a principal may do with a field's value. Ordered: a higher level includes the lower ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldLevel {
    /// 隐藏: not even that there is a value.
    Hidden,
    /// 脱敏: the masked value.
    Masked,
    /// 只读: the value.
    ReadOnly,
    /// 可编辑.
    Editable,
}

impl FieldLevel {
    pub const fn as_str(self) -> &'static str {
        match self {
            FieldLevel::Hidden => "hidden",
            FieldLevel::Masked => "masked",
            FieldLevel::ReadOnly => "read_only",
            FieldLevel::Editable => "editable",
        }
    }
}

/// Whom a row is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Principals {
    Everyone,
    Role(RoleName),
    Department(DepartmentId),
    /// A temporary grant 临时权限 to one person.
    User(UserId),
}

/// Which object types a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectSelect {
    Any,
    Only(BTreeSet<ObjectName>),
}

impl ObjectSelect {
    pub fn one(name: &ObjectName) -> Self {
        ObjectSelect::Only([name.clone()].into())
    }
    pub fn has(&self, name: &ObjectName) -> bool {
        match self {
            ObjectSelect::Any => true,
            ObjectSelect::Only(names) => names.contains(name),
        }
    }
}

/// Which fields a row is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldSelect {
    /// Every field of these classes, also those added later.
    Classes(BTreeSet<Sensitivity>),
    Named(BTreeSet<FieldName>),
}

impl FieldSelect {
    pub fn has(&self, name: &FieldName, class: Sensitivity) -> bool {
        match self {
            FieldSelect::Classes(classes) => classes.contains(&class),
            FieldSelect::Named(names) => names.contains(name),
        }
    }
}

/// What a row permits or forbids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum What {
    /// Operations on the objects.
    Operations(BTreeSet<Action>),
    /// Fields of the objects, up to a level. A `forbid` row takes away this level and those above it.
    Fields { fields: FieldSelect, level: FieldLevel },
}

/// A condition on the request. All of a permit row's must hold; of a forbid row's, it applies unless all hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum When {
    /// Within the company's working calendar, in its time zone.
    OfficeHours,
    /// From one of these networks.
    Network(Vec<IpNet>),
    /// Signed in with a second factor.
    Mfa,
    /// A purpose was given with the request.
    Purpose,
    /// Security training is current.
    Trained,
    Channel(BTreeSet<Channel>),
    /// Fewer than `below` of this kind so far; from then on, what `beyond` asks for.
    Rate {
        counter: Counter,
        below: u32,
        #[serde(default, skip_serializing_if = "Beyond::is_refuse")]
        beyond: Beyond,
    },
}

/// What lets a request pass although a rate is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beyond {
    /// Nothing: wait until less was done.
    #[default]
    Refuse,
    /// A second factor.
    StepUp,
    /// That somebody who answers for the record gave it to this person by name: an approved request, a share.
    Approval,
}

impl Beyond {
    pub const ALL: [Beyond; 3] = [Beyond::Refuse, Beyond::StepUp, Beyond::Approval];
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "what serde asks for")]
    fn is_refuse(&self) -> bool {
        *self == Beyond::Refuse
    }
}

/// What the gate counts per user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counter {
    RevealsPerHour,
    /// Distinct customers disclosed.
    CustomersPerHour,
    ExportedRowsPerDay,
    // In ten minutes.
    RevealsPerTenMinutes,
    CustomersPerTenMinutes,
    RevealsPerDay,
    CustomersPerDay,
    ExportedRowsPerHour,
}

/// What is counted, over whatever time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Reveals,
    Customers,
    ExportedRows,
}

impl Counter {
    pub const ALL: [Counter; 8] = [
        Counter::RevealsPerHour,
        Counter::CustomersPerHour,
        Counter::ExportedRowsPerDay,
        Counter::RevealsPerTenMinutes,
        Counter::CustomersPerTenMinutes,
        Counter::RevealsPerDay,
        Counter::CustomersPerDay,
        Counter::ExportedRowsPerHour,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Counter::RevealsPerHour => "reveals_per_hour",
            Counter::CustomersPerHour => "customers_per_hour",
            Counter::ExportedRowsPerDay => "exported_rows_per_day",
            Counter::RevealsPerTenMinutes => "reveals_per_ten_minutes",
            Counter::CustomersPerTenMinutes => "customers_per_ten_minutes",
            Counter::RevealsPerDay => "reveals_per_day",
            Counter::CustomersPerDay => "customers_per_day",
            Counter::ExportedRowsPerHour => "exported_rows_per_hour",
        }
    }
    pub const fn counted(self) -> Counted {
        match self {
            Counter::RevealsPerHour | Counter::RevealsPerTenMinutes | Counter::RevealsPerDay => Counted::Reveals,
            Counter::CustomersPerHour | Counter::CustomersPerTenMinutes | Counter::CustomersPerDay => {
                Counted::Customers
            }
            Counter::ExportedRowsPerDay | Counter::ExportedRowsPerHour => Counted::ExportedRows,
        }
    }
    /// The time it is counted over.
    pub const fn minutes(self) -> u32 {
        match self {
            Counter::RevealsPerTenMinutes | Counter::CustomersPerTenMinutes => 10,
            Counter::RevealsPerHour | Counter::CustomersPerHour | Counter::ExportedRowsPerHour => 60,
            Counter::ExportedRowsPerDay | Counter::RevealsPerDay | Counter::CustomersPerDay => 1_440,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Permit,
    Forbid,
}

/// One row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatrixRow {
    /// Stable over edits: `sales_rep.customer.view`. Letters, digits, `_`, `.` and `-`, at most 80.
    pub id: String,
    pub effect: Effect,
    pub who: Principals,
    pub objects: ObjectSelect,
    pub what: What,
    pub scope: Scope,
    #[serde(default)]
    pub when: Vec<When>,
    /// In force from this moment on, if given.
    #[serde(default)]
    pub valid_from: Option<UnixMs>,
    /// In force before this moment only, if given: at it, the row is gone.
    #[serde(default)]
    pub valid_until: Option<UnixMs>,
    pub title: Text,
}

/// A whole policy: what is versioned, hashed, compared and replayed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    pub rows: Vec<MatrixRow>,
}
