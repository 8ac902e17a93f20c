//! A small company with one sales representative, another one, and the three administrators.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use access::path::{OnRecords, OnSystem, Refusal};
use ledger::SigningKey;
use model::{Action, Caller, Channel, Origin, RecordId, UnixMs, UserId, UserKind};
use serde_json::json;
use store::Store;
use store::company::{AssignRole, Bootstrap, CreateUser, NewUser, Note, bootstrap};
use store::publish::Publisher;
use store::records::list::ListRecords;
use store::records::{CreateRecord, ViewRecord};
use tempfile::TempDir;
use vault::{KeyFile, Vault};

use crate::base::{Base, literal};

pub const ORIGIN: &str = "whosaw.example/audit";
/// A Monday, ten o'clock in China.
pub const START: &str = "2026-11-23T10:00:00+08:00";

pub struct World {
    pub dir: TempDir,
    pub base: Base,
    pub store: Store,
    pub publisher: Publisher,
    pub vault: Arc<Vault>,
    pub admin: UserId,
    pub security: UserId,
    pub auditor: UserId,
    pub rep: UserId,
    pub other_rep: UserId,
    now: AtomicI64,
}

pub fn key() -> SigningKey {
    SigningKey::from_seed(ORIGIN, [7; 32]).unwrap()
}

impl World {
    pub async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let start = UnixMs::parse_rfc3339(START).unwrap();
        let keys = KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], start).unwrap();
        let vault = Arc::new(Vault::new(Arc::new(keys), 1000));
        let base = Base::new(dir.path()).await;
        let passwords = ["correct horse 1 battery", "correct horse 2 battery", "correct horse 3 battery"];
        let made =
            bootstrap(base.database(), vault.clone(), Bootstrap::new("示例公司", passwords, start)).await.unwrap();
        let user = |login| made.directory().user_by_login(login).unwrap().id;
        let publisher = Publisher::new(base.database(), key(), Some(dir.path().join("ledger")));
        let (admin, security, auditor) = (user("admin"), user("security"), user("auditor"));
        let mut world = World {
            dir,
            base,
            store: made,
            publisher,
            vault,
            admin,
            security,
            auditor,
            rep: admin,
            other_rep: admin,
            now: AtomicI64::new(start.0),
        };
        world.rep = world.sales_rep("wang").await;
        world.other_rep = world.sales_rep("li").await;
        world
    }

    pub async fn sales_rep(&self, login: &str) -> UserId {
        let department = self.store.directory().user(self.admin).unwrap().department;
        let user = NewUser {
            login: login.to_owned(),
            name: login.to_uppercase(),
            kind: UserKind::Person,
            department,
            manager: None,
            trained_until: None,
        };
        let grant = self.system(self.admin, CreateUser { user, note: Note::default() }).await.unwrap();
        let id = self.store.create_user(grant).await.unwrap().into_inner();
        let role = "sales_rep".parse().unwrap();
        let grant = self.system(self.security, AssignRole { user: id, role }).await.unwrap();
        self.store.assign_role(grant).await.unwrap();
        id
    }

    /// The moment of the last request.
    pub fn now(&self) -> UnixMs {
        UnixMs(self.now.load(Ordering::Relaxed))
    }
    pub fn pass_minutes(&self, minutes: i64) {
        self.now.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }
    pub fn pass_days(&self, days: i64) {
        self.now.fetch_add(days * 86_400_000, Ordering::Relaxed);
    }

    pub fn caller(&self, user: UserId) -> Caller {
        let at = UnixMs(self.now.fetch_add(1000, Ordering::Relaxed) + 1000);
        Caller {
            user,
            on_behalf_of: None,
            session: None,
            token: None,
            token_actions: None,
            mfa: true,
            origin: Origin {
                address: Some("192.0.2.7".parse().unwrap()),
                user_agent: Some("test".into()),
                channel: Channel::Web,
            },
            purpose: Some("test".into()),
            request_id: "r-1".into(),
            at,
        }
    }

    pub async fn system<O: OnSystem>(&self, user: UserId, op: O) -> Result<access::path::Grant<O>, Refusal> {
        self.store.gate().admit_system(&self.caller(user), op).await
    }
    pub async fn records<O: OnRecords>(&self, user: UserId, op: O) -> Result<access::path::Grant<O>, Refusal> {
        self.store.gate().admit(&self.caller(user), op).await
    }

    pub async fn customer(&self, name: &str, phone: &str) -> RecordId {
        self.create("customer", json!({ "name": name, "phone": phone, "notes": format!("{name}-notes") })).await
    }
    pub async fn create(&self, object: &str, values: serde_json::Value) -> RecordId {
        let serde_json::Value::Object(values) = values else { panic!("values are an object") };
        let op = CreateRecord { object: object.parse().unwrap(), values, owner: None, pool: false };
        let grant = self.records(self.rep, op).await.unwrap();
        self.store.create(grant).await.unwrap().into_inner()
    }
    pub async fn view(&self, user: UserId, id: RecordId) -> Result<usize, Refusal> {
        let op = ViewRecord { object: "customer".parse().unwrap(), id };
        let grant = self.records(user, op).await?;
        let sealed = self.store.view(grant).await?;
        sealed.disclose().await.map(|d| d.get().len())
    }
    pub async fn list(&self, user: UserId, object: &str) -> usize {
        let op = ListRecords {
            object: object.parse().unwrap(),
            filter: None,
            search: None,
            sort: None,
            fields: None,
            customer: None,
            limit: 50,
            cursor: None,
        };
        let grant = self.records(user, op).await.unwrap();
        self.store.list(grant).await.unwrap().sealed.disclose().await.unwrap().get().len()
    }

    /// What an administrator of the database does behind the server's back.
    pub fn tamper(&self, sql: &str) {
        assert!(self.base.execute(sql) > 0, "{sql}");
    }
    /// Does it, lets something look, and puts events and touches back as they were.
    pub async fn tamper_within(&self, sql: &str, look: impl AsyncFnOnce()) {
        const TABLES: [&str; 2] = ["event", "touch"];
        for table in TABLES {
            self.base.execute(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"));
        }
        self.tamper(sql);
        look().await;
        for table in TABLES {
            self.base.execute(&format!(
                "DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}; DROP TABLE kept_{table}"
            ));
        }
    }
    /// A number from the database, counted without the store.
    pub async fn number(&self, sql: &str) -> i64 {
        self.base.database().read(store::Query::new(sql, vec![])).await.unwrap()[0].int(0).unwrap()
    }
    /// The bytes of a column.
    pub async fn bytes(&self, sql: &str) -> Vec<Vec<u8>> {
        let rows = self.base.database().read(store::Query::new(sql, vec![])).await.unwrap();
        rows.iter().map(|row| row.bytes(0).unwrap().to_vec()).collect()
    }
    /// Whether any file of the database holds these bytes.
    pub fn on_disk(&self, needle: &[u8]) -> bool {
        // The first bytes of a long value: the rest may stand on another page.
        let head = &needle[..needle.len().min(48)];
        self.base.bytes_on_disk().windows(head.len()).any(|w| w == head)
    }
    /// What the last event of one operation tells.
    pub async fn detail_of_last(&self, action: Action) -> serde_json::Value {
        let sql = format!("SELECT id, body FROM event WHERE action = {} ORDER BY seq DESC LIMIT 1", action.code());
        let rows = self.base.database().read(store::Query::new(sql, vec![])).await.unwrap();
        let (id, body) = (rows[0].event(0).unwrap(), rows[0].bytes(1).unwrap());
        self.store.gate().recorder().open_body(id, body).unwrap().actor["detail"].clone()
    }
    /// Positions of the events of one operation, in order.
    pub async fn positions(&self, action: Action) -> Vec<i64> {
        let sql = format!("SELECT seq FROM event WHERE action = {} ORDER BY seq", action.code());
        let rows = self.base.database().read(store::Query::new(sql, vec![])).await.unwrap();
        rows.iter().map(|row| row.int(0).unwrap()).collect()
    }
}

/// An id as the database writes bytes.
pub fn blob(id: RecordId) -> String {
    literal(id.as_bytes())
}
