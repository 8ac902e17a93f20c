//! The first unit of an empty database: shipped roles, policy version 1, object types, the root department and the first
//! accounts, durable together with the event that tells of them.

use std::sync::Arc;

use access::engine::{Compiled, Engine};
use access::path::{Change, Gate, Journal, JournalError, Parts, Recorder, Seals, Settings};
use model::{
    Action, Caller, Channel, Decision, Department, DepartmentId, Directory, ObjectType, Origin, RoleName, UnixMs, User,
    UserId, UserKind, UserStatus, defaults,
};
use serde_json::json;
use vault::Vault;

use super::SYSTEM;
use super::load::{Loaded, OpenError, PolicyVersion, policy_hash};
use super::policy::{Diff, insert_policy};
use super::rows::Rows;
use super::settings::{SessionRules, put_setting};
use crate::identity::Credential;
use crate::identity::password::{self, BadPassword, PasswordHasher};
use crate::ids::random;
use crate::{Database, Query, Store};

/// What a first account is called and signs in with.
pub struct FirstAccount {
    pub login: String,
    pub name: String,
    /// Must be changed at the first sign-in.
    pub password: zeroize::Zeroizing<String>,
}

/// What a new company is made of.
pub struct Bootstrap {
    pub company: String,
    pub settings: Settings,
    /// Name of the root department, usually the company's.
    pub department: String,
    pub system_admin: FirstAccount,
    pub security_admin: FirstAccount,
    pub audit_admin: FirstAccount,
    pub at: UnixMs,
    /// Let the first passwords stand, for demos and tests whose accounts are published anyway.
    pub keep_passwords: bool,
    /// What it begins with: what this program ships, unless another edition is wanted for a trial.
    pub shipped: defaults::Shipped,
}

impl Bootstrap {
    /// `admin`, `security` and `auditor` with these passwords.
    pub fn new(company: &str, passwords: [&str; 3], at: UnixMs) -> Self {
        let [system, security, audit] = passwords;
        let account = |login: &str, name: &str, password: &str| FirstAccount {
            login: login.to_owned(),
            name: name.to_owned(),
            password: zeroize::Zeroizing::new(password.to_owned()),
        };
        Self {
            company: company.to_owned(),
            settings: Settings { company: company.to_owned(), ..Settings::default() },
            department: company.to_owned(),
            system_admin: account("admin", "系统管理员", system),
            security_admin: account("security", "安全管理员", security),
            audit_admin: account("auditor", "审计管理员", audit),
            at,
            keep_passwords: false,
            shipped: defaults::Shipped::default(),
        }
    }
}

/// Why no company was made.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    #[error("this database already holds a company")]
    NotEmpty,
    #[error("the password of `{login}`: {reason}")]
    Password { login: String, reason: BadPassword },
    #[error("`{0}` cannot be a login")]
    Login(String),
    #[error("the shipped policy does not compile")]
    Policy,
    #[error("the passwords could not be hashed")]
    Hashing,
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Open(#[from] OpenError),
}

struct Accounts {
    users: Vec<User>,
    changes: Vec<Change>,
    /// Who can sign in.
    credentials: Vec<UserId>,
}

/// Makes a company in an empty database and opens it.
///
/// The unit's event is the node's first (`node.start`): [`Store::node_start`] MUST NOT be called again for this opening of
/// the database.
///
/// # Errors
/// [`BootstrapError::NotEmpty`] when there is a policy or an account; otherwise nothing was made.
pub async fn bootstrap(db: Arc<dyn Database>, vault: Arc<Vault>, b: Bootstrap) -> Result<Store, BootstrapError> {
    let query = Query::new("SELECT (SELECT COUNT(*) FROM policy) + (SELECT COUNT(*) FROM app_user)", vec![]);
    let rows = db.read(query).await.map_err(OpenError::Database)?;
    let found = rows.first().map_or(Ok(0), |r| r.int(0)).map_err(OpenError::Database)?;
    if found != 0 {
        return Err(BootstrapError::NotEmpty);
    }
    let root = Department { id: DepartmentId::new(b.at, random()), parent: None, name: b.department.clone() };
    let journal: Arc<dyn Journal> = db.clone();
    let recorder = Recorder::new(journal, vault.clone()).map_err(OpenError::Vault)?;
    let seals = &recorder.seals().clone();
    let Accounts { users, mut changes, credentials } = accounts(&b, root.id, seals).await?;
    changes.push(Change::new(
        "INSERT INTO department (id, parent, name) VALUES (?1, NULL, ?2)",
        vec![root.id.into(), root.name.as_str().into()],
    ));
    let defaults::Shipped { edition, objects, policy, roles, flows } = b.shipped.clone();
    let (version, insert) = first_policy(&policy, b.at)?;
    changes.extend(rules(&objects, &roles)?);
    let mut rows = Rows::default();
    rows.put_policy(seals, &insert.params);
    changes.push(insert);
    for set in [
        put_setting("company", &b.settings.company),
        put_setting("calendar", &b.settings.calendar),
        put_setting(super::edition::EDITION, &edition),
        put_setting(super::approvals::FLOWS, &flows),
    ] {
        let set = set.map_err(|_| BootstrapError::Policy)?;
        rows.put(seals, "setting", 1, &set.params);
        changes.push(set);
    }
    // First to fail if two processes make a company at once.
    changes
        .insert(0, Change::new("UPDATE meta SET value = '2' WHERE key = 'epoch' AND value = '1'", vec![]).expecting(1));
    changes.push(Change::new("INSERT INTO meta (key, value) VALUES ('session_epoch', '1')", vec![]));

    let compiled = Arc::new(Compiled::compile(1, &policy, &objects).map_err(|_| BootstrapError::Policy)?);
    let directory = Arc::new(Directory::new(users.clone(), vec![root.clone()], roles.clone()));
    let mut made = Loaded {
        epoch: 2,
        created: users.iter().map(|u| (u.id, b.at)).collect(),
        users: users.iter().map(|u| (u.id, u.clone())).collect(),
        departments: [(root.id, root)].into(),
        roles: roles.into_iter().map(|r| (r.name.clone(), r)).collect(),
        policy: Arc::new(version),
        objects: objects.iter().map(|o| (o.name.clone(), (1, Arc::new(o.clone())))).collect(),
        settings: b.settings.clone(),
        session_rules: SessionRules::default(),
        approvals: super::Approvals { flows, ..super::Approvals::default() },
        pools: vec![],
        export_rules: crate::exports::ExportRules::default(),
        reveal_rules: crate::records::RevealRules::default(),
        audit: super::AuditPolicies::default(),
        file_rules: crate::attachments::FileRules::default(),
        automations: vec![],
        hooks: crate::automation::Hooks::default(),
        edition,
        rows: Rows::default(),
        compiled: compiled.clone(),
    };
    rows.follow(seals, None, &made);
    made.rows = rows;
    let anchor = made.anchor();
    changes.push(Change::new(
        "INSERT INTO meta (key, value) VALUES (?1, ?2)",
        vec![super::rows::SEAL.into(), anchor.seal(seals).into()],
    ));
    let detail = json!({
        "act": "bootstrap", "policy_version": 1,
        "users": users.iter().map(|u| json!({ "user": u.id, "login": u.login, "roles": u.roles })).collect::<Vec<_>>(),
        "objects": objects.iter().map(|o| &o.name).collect::<Vec<_>>(),
        "company": anchor,
        "credentials": credentials,
    });
    let engine = Arc::new(Engine::new(compiled, directory));
    let gate = Gate::new(Parts { engine, settings: b.settings, recorder });
    let caller = Store::system_caller(Channel::Cli, "bootstrap", b.at);
    gate.note(&caller, Action::NodeStart, Decision::Allowed, detail, changes).await?;
    Ok(Store::open_after(db, vault, Some(&made)).await?)
}

async fn accounts(b: &Bootstrap, department: DepartmentId, seals: &Seals) -> Result<Accounts, BootstrapError> {
    let user = |id: UserId, login: &str, name: &str, kind, status, role: Option<&str>, manager| User {
        id,
        login: login.to_owned(),
        name: name.to_owned(),
        kind,
        department,
        manager,
        roles: role.into_iter().filter_map(|r| r.parse::<RoleName>().ok()).collect(),
        status,
        trained_until: None,
    };
    let mut users = vec![user(SYSTEM, "system", "系统", UserKind::Service, UserStatus::Disabled, None, None)];
    let (mut changes, mut credentials) = (vec![], vec![]);
    let hasher = PasswordHasher::new(1);
    let people =
        [(&b.system_admin, "system_admin"), (&b.security_admin, "security_admin"), (&b.audit_admin, "audit_admin")];
    for (account, role) in people {
        super::people::check_login(&account.login).map_err(|_| BootstrapError::Login(account.login.clone()))?;
        password::check(&account.password, &account.login)
            .map_err(|reason| BootstrapError::Password { login: account.login.clone(), reason })?;
        let hash = hasher.hash(&account.password).await.map_err(|_| BootstrapError::Hashing)?;
        let id = UserId::new(b.at, random());
        users.push(user(id, &account.login, &account.name, UserKind::Person, UserStatus::Active, Some(role), None));
        changes.push(Credential::first(id, hash, b.at, !b.keep_passwords).insert(seals));
        credentials.push(id);
    }
    let programs = [("importer", "数据导入"), (defaults::RECYCLER, "公海回收")];
    for (login, name) in
        programs.into_iter().filter(|(role, _)| b.shipped.roles.iter().any(|r| r.name.as_str() == *role))
    {
        let id = UserId::new(b.at, random());
        users.push(user(id, login, name, UserKind::Service, UserStatus::Active, Some(login), None));
    }
    for u in &users {
        changes.push(Change::new(
            "INSERT INTO app_user (id, login, name, kind, department, manager, status, trained_until, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6, NULL, ?7)",
            vec![
                u.id.into(),
                u.login.as_str().into(),
                u.name.as_str().into(),
                super::load::word(u.kind),
                u.department.into(),
                super::load::word(u.status),
                b.at.into(),
            ],
        ));
        for role in &u.roles {
            changes.push(Change::new(
                "INSERT INTO user_role (user_id, role) VALUES (?1, ?2)",
                vec![u.id.into(), role.as_str().into()],
            ));
        }
    }
    Ok(Accounts { users, changes, credentials })
}

fn rules(objects: &[ObjectType], roles: &[model::Role]) -> Result<Vec<Change>, BootstrapError> {
    let json = |value: Result<String, serde_json::Error>| value.map_err(|_| BootstrapError::Policy);
    let mut changes = vec![];
    for role in roles {
        changes.push(Change::new(
            "INSERT INTO role (name, body) VALUES (?1, ?2)",
            vec![role.name.as_str().into(), json(serde_json::to_string(role))?.into()],
        ));
    }
    for object in objects {
        changes.push(Change::new(
            "INSERT INTO object_type (name, version, body) VALUES (?1, 1, ?2)",
            vec![object.name.as_str().into(), json(serde_json::to_string(object))?.into()],
        ));
        changes.extend(crate::records::sorted::indexes(None, object));
    }
    Ok(changes)
}

fn first_policy(policy: &model::Policy, at: UnixMs) -> Result<(PolicyVersion, Change), BootstrapError> {
    let body = serde_json::to_string(policy).map_err(|_| BootstrapError::Policy)?;
    let version = PolicyVersion {
        version: 1,
        at,
        author: SYSTEM,
        reason: "初始策略 / initial policy".to_owned(),
        hash: policy_hash(&body),
        policy: policy.clone(),
    };
    let diff = Diff { added: policy.rows.clone(), ..Diff::default() };
    let insert = insert_policy(&version, body, &diff).map_err(|_| BootstrapError::Policy)?;
    Ok((version, insert))
}

impl Store {
    /// A caller for what the house itself does. It holds no role, so the gate admits it to nothing.
    pub fn system_caller(channel: Channel, request_id: &str, at: UnixMs) -> Caller {
        Caller {
            user: SYSTEM,
            on_behalf_of: None,
            session: None,
            token: None,
            token_actions: None,
            mfa: false,
            origin: Origin { address: None, user_agent: None, channel },
            purpose: None,
            request_id: request_id.to_owned(),
            at,
        }
    }

    /// Records that this process begins to write: the first event of each opening of the database.
    ///
    /// # Errors
    /// [`JournalError`]: nothing may be served.
    pub async fn node_start(&self, at: UnixMs, detail: serde_json::Value) -> Result<(), JournalError> {
        let detail = access::path::tell(detail, [self.company().anchor().told()]);
        self.gate
            .note(&Self::system_caller(Channel::Job, "start", at), Action::NodeStart, Decision::Allowed, detail, vec![])
            .await?;
        Ok(())
    }

    /// Records that this process has ended its work: nothing may be recorded after it.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn node_stop(&self, at: UnixMs, detail: serde_json::Value) -> Result<(), JournalError> {
        self.gate
            .note(&Self::system_caller(Channel::Job, "stop", at), Action::NodeStop, Decision::Allowed, detail, vec![])
            .await?;
        Ok(())
    }
}
