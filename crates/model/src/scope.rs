//! Data scope 数据权限: which records of an object type a matrix row reaches.

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::DepartmentId;

/// Which records a row reaches, seen from the principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Scope {
    /// 仅本人: the principal owns the record.
    Own,
    /// 本人及下属: the owner is the principal or reports to them, at any depth.
    Reports,
    /// 我参与的: the principal is a collaborator (read and write) or a viewer of the record.
    Participant,
    /// 本部门(不含下级): the record's department is the principal's.
    Department,
    /// 本部门及下级部门: the record's department is the principal's or lies below it.
    Subtree,
    /// 指定部门. `with_children` adds those below each chosen one; choosing all children never means the parent.
    Chosen { departments: Vec<DepartmentId>, with_children: bool },
    /// 公海: the record has no owner and waits in the pool.
    Pool,
    /// 自定义条件 over open fields.
    Condition { condition: Condition },
    /// 全部.
    All,
}
