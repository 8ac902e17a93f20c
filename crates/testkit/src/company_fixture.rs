//! A small company on any database: a department tree, the people of the stories, a few customers.
//!
//! ```text
//! 明灯公司 ─ director (sales_director), service, finance, nobody (no role), admin, security, auditor
//!  ├ 华东大区 ─ lead (sales_manager)
//!  │   └ 上海一组 ─ rep, colleague (sales_rep, both report to lead)
//!  └ 华北大区 ─ outsider (sales_rep): sees nothing of the others
//! ```
//!
//! Everybody acts through the recorded path, so the log of a new fixture already tells how it was made.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;

use model::{Caller, Channel, Clock as _, DepartmentId, Origin, RecordId, SessionId, UserId, UserKind};
use store::company::{AssignRole, Bootstrap, CreateDepartment, CreateUser, NewUser, Note, bootstrap};
use store::identity::{CreateToken, NewToken};
use store::records::CreateRecord;
use store::{Database, Store};
use vault::Vault;

use crate::SteppedClock;

/// Passwords of `admin`, `security` and `auditor`.
pub const PASSWORDS: [&str; 3] = ["blue tram to the sea", "seven quiet lanterns", "paper boats in rain"];
/// A Monday, ten o'clock in China.
pub const START: &str = "2026-11-23T10:00:00+08:00";

/// Login, name, department (by its place in the tree), manager, role.
type Person = (&'static str, &'static str, usize, Option<&'static str>, Option<&'static str>);
const PEOPLE: [Person; 8] = [
    ("director", "赵总", 0, None, Some("sales_director")),
    ("lead", "钱经理", 1, Some("director"), Some("sales_manager")),
    ("rep", "孙销售", 2, Some("lead"), Some("sales_rep")),
    ("colleague", "李销售", 2, Some("lead"), Some("sales_rep")),
    ("outsider", "周销售", 3, Some("director"), Some("sales_rep")),
    ("service", "吴客服", 0, None, Some("service")),
    ("finance", "郑财务", 0, None, Some("finance")),
    ("nobody", "王新人", 0, None, None),
];

type Failure = Box<dyn Error + Send + Sync>;

/// The company.
pub struct CompanyFixture {
    pub store: Store,
    pub clock: Arc<SteppedClock>,
    /// 明灯公司, 华东大区, 上海一组, 华北大区.
    pub departments: Vec<DepartmentId>,
    people: BTreeMap<String, UserId>,
}

impl CompanyFixture {
    /// Makes the company in an empty database.
    ///
    /// # Errors
    /// What stood against it.
    pub async fn build(
        db: Arc<dyn Database>,
        vault: Arc<Vault>,
        clock: Arc<SteppedClock>,
    ) -> Result<CompanyFixture, Failure> {
        let mut first = Bootstrap::new("明灯公司", PASSWORDS, clock.now());
        first.keep_passwords = true;
        let store = bootstrap(db, vault, first).await?;
        let known = store.company();
        let people = known.users.values().map(|u| (u.login.clone(), u.id)).collect();
        let root = known.departments.keys().next().copied().ok_or("a company has a department")?;
        let mut fixture = CompanyFixture { store, clock, departments: vec![root], people };
        for (name, parent) in [("华东大区", 0), ("上海一组", 1), ("华北大区", 0)] {
            let parent = fixture.departments.get(parent).copied();
            let op = CreateDepartment { name: name.to_owned(), parent, note: Note::default() };
            let grant = fixture.store.gate().admit_system(&fixture.caller("admin"), op).await?;
            let id = fixture.store.create_department(grant).await?.into_inner();
            fixture.departments.push(id);
        }
        for (login, name, department, manager, role) in PEOPLE {
            let department = fixture.departments.get(department).copied().ok_or("no such department")?;
            let user = NewUser {
                login: login.to_owned(),
                name: name.to_owned(),
                kind: UserKind::Person,
                department,
                manager: manager.map(|m| fixture.id(m)),
                trained_until: None,
            };
            let op = CreateUser { user, note: Note::default() };
            let grant = fixture.store.gate().admit_system(&fixture.caller("admin"), op).await?;
            let id = fixture.store.create_user(grant).await?.into_inner();
            fixture.people.insert(login.to_owned(), id);
            if let Some(role) = role {
                let op = AssignRole { user: id, role: role.parse()? };
                let grant = fixture.store.gate().admit_system(&fixture.caller("security"), op).await?;
                fixture.store.assign_role(grant).await?;
            }
        }
        Ok(fixture)
    }

    /// The id of a login; nobody's for one that is not there.
    pub fn id(&self, login: &str) -> UserId {
        self.people.get(login).copied().unwrap_or(UserId::from_bytes([0xff; 16]))
    }

    /// A caller as a browser session would have it, a second later than the last.
    pub fn caller(&self, login: &str) -> Caller {
        self.clock.advance_ms(1000);
        Caller {
            user: self.id(login),
            on_behalf_of: None,
            session: Some(SessionId::from_bytes([9; 16])),
            token: None,
            token_actions: None,
            mfa: true,
            origin: Origin {
                address: Some(std::net::IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7))),
                user_agent: Some("fixture".to_owned()),
                channel: Channel::Web,
            },
            purpose: Some("fixture".to_owned()),
            request_id: "fixture".to_owned(),
            at: self.clock.now(),
        }
    }

    /// A new API token of someone, good for 30 days.
    ///
    /// # Errors
    /// What stood against it.
    pub async fn token(&self, login: &str) -> Result<String, Failure> {
        let expires_at = self.clock.now().plus_days(30);
        let token = NewToken { name: "fixture".to_owned(), actions: None, expires_at, service: None };
        let op = CreateToken { token, note: Note::default() };
        let grant = self.store.gate().admit_system(&self.caller(login), op).await?;
        Ok(self.store.create_token(grant).await?.into_inner().1.expose().to_owned())
    }

    /// Makes a record as someone.
    ///
    /// # Errors
    /// What stood against it.
    pub async fn record(&self, by: &str, object: &str, values: serde_json::Value) -> Result<RecordId, Failure> {
        let serde_json::Value::Object(values) = values else { return Err("values are an object".into()) };
        let op = CreateRecord { object: object.parse()?, values, owner: None, pool: false };
        let grant = self.store.gate().admit(&self.caller(by), op).await?;
        Ok(self.store.create(grant).await?.into_inner())
    }
}
