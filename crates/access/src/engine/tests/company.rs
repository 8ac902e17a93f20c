//! A small company: a head office with sales east and west, and east has a team below it.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::org::{Department, User, UserKind, UserStatus};
use model::policy::{Effect, FieldSelect, MatrixRow, ObjectSelect, Policy, Principals, What};
use model::record::Members;
use model::{
    Action, Channel, DepartmentId, Directory, FieldLevel, ObjectName, RecordId, Scope, Sensitivity, StoredRow, Text,
    UnixMs, UserId, Value, defaults,
};

use crate::engine::{Compiled, Context, Engine};

pub const NOW: UnixMs = UnixMs(1_795_000_000_000);

pub fn user(n: u8) -> UserId {
    UserId::from_bytes([n; 16])
}
pub fn department(n: u8) -> DepartmentId {
    DepartmentId::from_bytes([n; 16])
}
pub fn customer() -> ObjectName {
    "customer".parse().unwrap()
}

pub const HEAD: u8 = 100;
pub const EAST: u8 = 101;
pub const WEST: u8 = 102;
pub const EAST_TEAM: u8 = 103;

pub const REP: u8 = 1;
pub const COLLEAGUE: u8 = 2;
pub const MANAGER: u8 = 3;
pub const SYSTEM_ADMIN: u8 = 4;
pub const SECURITY_ADMIN: u8 = 5;
pub const AUDITOR: u8 = 6;
pub const LEFT: u8 = 7;
pub const OUTSIDER: u8 = 8;
pub const SERVICE: u8 = 9;

pub fn person(n: u8, dep: u8, manager: Option<u8>, roles: &[&str]) -> User {
    User {
        id: user(n),
        login: format!("user{n}"),
        name: format!("User {n}"),
        kind: UserKind::Person,
        department: department(dep),
        manager: manager.map(user),
        roles: roles.iter().map(|r| r.parse().unwrap()).collect(),
        status: if n == LEFT { UserStatus::Disabled } else { UserStatus::Active },
        trained_until: None,
    }
}

pub fn directory() -> Directory {
    let dep = |n, parent: Option<u8>| Department {
        id: department(n),
        parent: parent.map(department),
        name: format!("Department {n}"),
    };
    Directory::new(
        vec![
            person(REP, EAST_TEAM, Some(MANAGER), &["sales_rep"]),
            person(COLLEAGUE, WEST, None, &["sales_rep"]),
            person(MANAGER, EAST, None, &["sales_manager"]),
            person(SYSTEM_ADMIN, HEAD, None, &["system_admin"]),
            person(SECURITY_ADMIN, HEAD, None, &["security_admin"]),
            person(AUDITOR, HEAD, None, &["audit_admin"]),
            person(LEFT, EAST, None, &["sales_manager"]),
            person(OUTSIDER, WEST, None, &[]),
            person(SERVICE, WEST, None, &["service"]),
        ],
        vec![dep(HEAD, None), dep(EAST, Some(HEAD)), dep(WEST, Some(HEAD)), dep(EAST_TEAM, Some(EAST))],
        defaults::roles(),
    )
}

pub fn engine_with(change: impl FnOnce(&mut Policy)) -> Engine {
    let mut policy = defaults::policy();
    change(&mut policy);
    let compiled = Compiled::compile(1, &policy, &defaults::objects()).unwrap();
    Engine::new(Arc::new(compiled), Arc::new(directory()))
}

pub fn engine() -> Engine {
    engine_with(|_| {})
}

pub fn context() -> Context {
    Context {
        now: NOW,
        mfa: true,
        office_hours: true,
        address: Some("10.0.0.7".parse().unwrap()),
        channel: Channel::Web,
        purpose: true,
        trained: true,
        counters: [0; model::policy::Counter::ALL.len()],
    }
}

/// A customer of the rep's, in the east team.
pub fn record() -> StoredRow {
    StoredRow {
        id: RecordId::from_bytes([50; 16]),
        customer: RecordId::from_bytes([50; 16]),
        owner: Some(user(REP)),
        department: Some(department(EAST_TEAM)),
        pool: false,
        version: 1,
        created_at: UnixMs(1_700_000_000_000),
        updated_at: UnixMs(1_700_000_000_000),
        created_by: user(REP),
        clear: [("level".parse().unwrap(), Value::Text("A".into()))].into(),
        sealed: Default::default(),
        key: None,
        members: Members::default(),
    }
}

pub fn row(id: &str, effect: Effect, who: Principals, what: What, scope: Scope) -> MatrixRow {
    MatrixRow {
        id: id.to_owned(),
        effect,
        who,
        objects: ObjectSelect::one(&customer()),
        what,
        scope,
        when: vec![],
        valid_from: None,
        valid_until: None,
        title: Text::new("规则", "a rule"),
    }
}

pub fn operations(actions: &[Action]) -> What {
    What::Operations(actions.iter().copied().collect())
}

pub fn classes(classes: &[Sensitivity], level: FieldLevel) -> What {
    What::Fields { fields: FieldSelect::Classes(classes.iter().copied().collect::<BTreeSet<_>>()), level }
}
