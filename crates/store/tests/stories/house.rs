//! A small company in a new database file, and the people who act in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use access::path::{Grant, OnSystem, Refusal};
use model::{Action, Caller, Channel, Decision, EventId, Origin, RoleName, UnixMs, UserId, UserKind};
use store::company::{AssignRole, Bootstrap, CreateUser, NewUser, Note, bootstrap};
use store::{Database, Query, Store};
use vault::{KeyFile, Vault};

use crate::base::Base;

pub const PASSWORDS: [&str; 3] = ["blue tram to the sea", "seven quiet lanterns", "paper boats in rain"];

pub struct House {
    pub store: Store,
    base: Base,
    vault: Arc<Vault>,
    dir: tempfile::TempDir,
    now: AtomicI64,
}

/// An event with its sealed detail opened.
pub struct Told {
    pub action: Action,
    pub decision: Decision,
    pub actor: UserId,
    pub detail: serde_json::Value,
}

impl House {
    /// With `admin`, `security`, `auditor`, whose passwords need no change, and the program `importer`.
    pub async fn new() -> House {
        Self::shipping(model::defaults::Shipped::default()).await
    }

    /// A company that was given something else than what ships now.
    pub async fn shipping(shipped: model::defaults::Shipped) -> House {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], UnixMs(0)).unwrap();
        let vault = Arc::new(Vault::new(Arc::new(keys), 100));
        let base = Base::new(dir.path()).await;
        let now = UnixMs(1_800_000_000_000);
        let mut first = Bootstrap::new("明灯公司", PASSWORDS, now);
        first.keep_passwords = true;
        first.shipped = shipped;
        let store = bootstrap(base.database(), vault.clone(), first).await.unwrap();
        House { store, base, vault, dir, now: AtomicI64::new(now.0) }
    }

    /// The same files, opened by a new process.
    pub async fn restart(self) -> House {
        let House { store, base, vault, dir, now } = self;
        drop(store);
        let base = base.reopen().await;
        let store = Store::open(base.database(), vault.clone()).await.unwrap();
        store.node_start(UnixMs(now.load(Ordering::Relaxed)), serde_json::json!({})).await.unwrap();
        House { store, base, vault, dir, now }
    }

    pub fn database(&self) -> Arc<dyn Database> {
        self.base.database()
    }
    pub fn vault(&self) -> Arc<Vault> {
        self.vault.clone()
    }
    pub fn now(&self) -> UnixMs {
        UnixMs(self.now.load(Ordering::Relaxed))
    }
    pub fn pass(&self, seconds: i64) -> UnixMs {
        self.now.fetch_add(seconds * 1000, Ordering::Relaxed);
        self.now()
    }

    pub fn id(&self, login: &str) -> UserId {
        self.store.company().users.values().find(|u| u.login == login).unwrap_or_else(|| panic!("no {login}")).id
    }
    pub fn origin(&self, address: &str) -> Origin {
        Origin { address: Some(address.parse().unwrap()), user_agent: Some("test".into()), channel: Channel::Web }
    }
    pub fn caller(&self, login: &str) -> Caller {
        Caller {
            user: self.id(login),
            origin: self.origin("10.0.0.1"),
            ..Store::system_caller(Channel::Web, "r1", self.now())
        }
    }
    pub async fn admit<O: OnSystem>(&self, login: &str, op: O) -> Result<Grant<O>, Refusal> {
        self.store.gate().admit_system(&self.caller(login), op).await
    }

    /// A person in the root department, made by `admin`, with a role given by `security`.
    pub async fn person(&self, login: &str, role: Option<&str>) -> UserId {
        self.account(login, UserKind::Person, role).await
    }
    pub async fn account(&self, login: &str, kind: UserKind, role: Option<&str>) -> UserId {
        let department = *self.store.company().departments.keys().next().unwrap();
        let user =
            NewUser { login: login.into(), name: login.into(), kind, department, manager: None, trained_until: None };
        let grant = self.admit("admin", CreateUser { user, note: Note::default() }).await.unwrap();
        let user = self.store.create_user(grant).await.unwrap().into_inner();
        if let Some(role) = role {
            self.give(user, role).await.unwrap();
        }
        user
    }
    pub async fn give(&self, user: UserId, role: &str) -> Result<(), Refusal> {
        let role: RoleName = role.parse().unwrap();
        let grant = self.admit("security", AssignRole { user, role }).await?;
        self.store.assign_role(grant).await.map(|_| ())
    }

    pub async fn events(&self) -> Vec<Told> {
        let query = Query::new("SELECT id, action, decision, actor, body FROM event ORDER BY seq", vec![]);
        let rows = self.base.database().read(query).await.unwrap();
        rows.iter()
            .map(|row| {
                let id = EventId::from_bytes(row.id(0).unwrap());
                let body = self.store.gate().recorder().open_body(id, row.bytes(4).unwrap()).unwrap();
                Told {
                    action: Action::from_code(u16::try_from(row.int(1).unwrap()).unwrap()).unwrap(),
                    decision: Decision::from_code(u8::try_from(row.int(2).unwrap()).unwrap()).unwrap(),
                    actor: row.user(3).unwrap(),
                    detail: body.actor["detail"].clone(),
                }
            })
            .collect()
    }
    pub async fn last_event(&self) -> Told {
        self.events().await.pop().unwrap()
    }

    /// Every byte of the database's files.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        self.base.bytes_on_disk()
    }
}

/// The stable code of a refusal.
pub fn code<T>(result: Result<T, Refusal>) -> String {
    match result {
        Ok(_) => "ok".into(),
        Err(Refusal::Barred { code, .. }) => code.into(),
        Err(Refusal::Invalid(problems)) => problems.iter().map(|p| p.code).collect::<Vec<_>>().join(","),
        Err(other) => other.to_string(),
    }
}
