//! The first unit of an empty database: shipped roles, policy version 1, object types, the root department and the first
//! accounts, durable together with the event that tells of them.

use std::sync::Arc;

use access::engine::{Compiled, Engine};
use access::path::{Change, Gate, Journal, JournalError, Parts, Recorder, Refusal, Seals, Settings};
use model::{
    Action, Caller, Channel, Decision, Department, DepartmentId, Directory, ObjectType, Origin, RoleName, UnixMs, User,
    UserId, UserKind, UserStatus, defaults,
};
use serde_json::json;
use vault::Vault;

use super::SYSTEM;
use super::load::{Loaded, OpenError, PolicyVersion, policy_hash};
use super::membership;
use super::policy::{Diff, insert_policy};
use super::rows::Rows;
use super::settings::{SessionRules, put_setting};
use crate::identity::Credential;
use crate::identity::password::{self, BadPassword, PasswordHasher};
use crate::ids::random;
use crate::mail::{KeptMail, MAIL_SERVER, MailServer};
use crate::{Database, Query, Store};

/// What a first account is called and signs in with.
pub struct FirstAccount {
    pub login: String,
    pub name: String,
    /// Must be changed at the first sign-in.
    pub password: zeroize::Zeroizing<String>,
}

/// A department below the root one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstDepartment {
    pub name: String,
    /// One before it in the list, by its place there; `None` for the root.
    pub parent: Option<usize>,
}

/// A mail server, and the password of its account.
pub type FirstMail = (MailServer, Option<zeroize::Zeroizing<String>>);

/// Departments of a new company at most.
const MOST_DEPARTMENTS: usize = 200;

/// What a new company is made of.
pub struct Bootstrap {
    pub company: String,
    pub settings: Settings,
    /// Name of the root department, usually the company's.
    pub department: String,
    pub system_admin: FirstAccount,
    pub security_admin: FirstAccount,
    pub audit_admin: FirstAccount,
    /// Below the root, in an order in which each stands after its parent.
    pub departments: Vec<FirstDepartment>,
    pub mail: Option<FirstMail>,
    pub at: UnixMs,
    /// From where it is made.
    pub origin: Origin,
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
            departments: vec![],
            mail: None,
            at,
            origin: Origin { address: None, user_agent: None, channel: Channel::Cli },
            keep_passwords: false,
            shipped: defaults::Shipped::default(),
        }
    }
}

impl Bootstrap {
    /// Whether a company can be made of it; passwords are looked at when it is made.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], with the place: `company`, `administrators.0.login`, `departments.2.name`, `server.host`, `server.password`.
    pub fn check(&self) -> Result<(), Refusal> {
        let text = |field: String, text: &str, most: usize| {
            let n = text.trim().chars().count();
            if n == 0 || n > most || text.chars().any(char::is_control) {
                return Err(Refusal::invalid(&field, "invalid_value", format!("1 to {most} characters")));
            }
            Ok(())
        };
        text("company".to_owned(), &self.company, 80)?;
        let people = [&self.system_admin, &self.security_admin, &self.audit_admin];
        for (n, account) in people.iter().enumerate() {
            let field = format!("administrators.{n}.login");
            if super::people::check_login(&account.login).is_err() {
                let reason = "2 to 64 of a-z, 0-9 and .-_@, beginning with a letter or digit";
                return Err(Refusal::invalid(&field, "invalid_value", reason));
            }
            let programs = ["system", "importer", defaults::RECYCLER];
            let taken = people.iter().take(n).any(|other| other.login == account.login);
            if taken || programs.contains(&account.login.as_str()) {
                return Err(Refusal::invalid(&field, "duplicate", "each of the three is an account of its own"));
            }
            text(format!("administrators.{n}.name"), &account.name, 80)?;
        }
        if self.departments.len() > MOST_DEPARTMENTS {
            let reason = format!("at most {MOST_DEPARTMENTS} departments");
            return Err(Refusal::invalid("departments.0", "too_many", reason));
        }
        for (n, department) in self.departments.iter().enumerate() {
            text(format!("departments.{n}.name"), &department.name, 80)?;
            let field = format!("departments.{n}.parent");
            if department.parent.is_some_and(|parent| parent >= n) {
                return Err(Refusal::invalid(&field, "invalid_value", "a department stands after its parent"));
            }
            let before = self.departments.iter().take(n);
            if before.into_iter().any(|d| d.parent == department.parent && d.name.trim() == department.name.trim()) {
                let field = format!("departments.{n}.name");
                return Err(Refusal::invalid(&field, "duplicate", "a department beside it has this name"));
            }
        }
        if let Some((server, password)) = &self.mail {
            KeptMail::check(server, password.as_deref().map(String::as_str))?;
        }
        Ok(())
    }

    /// The root, and what lies below.
    fn units(&self) -> Vec<Department> {
        let new = |parent: Option<DepartmentId>, name: &str| Department {
            id: DepartmentId::new(self.at, random()),
            parent,
            name: name.trim().to_owned(),
        };
        let root = new(None, &self.department);
        let mut units = vec![root.clone()];
        for department in &self.departments {
            let parent = match department.parent {
                Some(parent) => units.get(parent + 1).map_or(root.id, |d| d.id),
                None => root.id,
            };
            units.push(new(Some(parent), &department.name));
        }
        units
    }
}

/// Why no company was made.
#[derive(Debug, thiserror::Error)]
pub enum BootstrapError {
    #[error("this database already holds a company")]
    NotEmpty,
    #[error("the password of `{login}`: {reason}")]
    Password { login: String, reason: BadPassword },
    #[error("no company can be made of this: {0}")]
    Plan(Refusal),
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
    b.check().map_err(BootstrapError::Plan)?;
    let units = b.units();
    let root = units.first().ok_or(BootstrapError::Policy)?.id;
    let journal: Arc<dyn Journal> = db.clone();
    let recorder = Recorder::new(journal, vault.clone()).map_err(OpenError::Vault)?;
    let seals = &recorder.seals().clone();
    let Accounts { users, mut changes, credentials } = accounts(&b, root, seals).await?;
    for unit in &units {
        changes.push(Change::new(
            "INSERT INTO department (id, parent, name) VALUES (?1, ?2, ?3)",
            vec![unit.id.into(), unit.parent.into(), unit.name.as_str().into()],
        ));
    }
    let mail = match &b.mail {
        None => None,
        Some((server, password)) => {
            let key = vault.system_key("mail").map_err(OpenError::Vault)?;
            let kept = KeptMail::seal(server, password.as_deref().map(String::as_str), &key);
            Some(kept.map_err(BootstrapError::Plan)?)
        }
    };
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
    ]
    .into_iter()
    .chain(b.settings.language.iter().map(|language| put_setting(super::settings::LANGUAGE, language)))
    .chain(mail.iter().map(|mail| put_setting(MAIL_SERVER, &Some(mail))))
    {
        let set = set.map_err(|_| BootstrapError::Policy)?;
        rows.put(seals, "setting", 1, &set.params);
        changes.push(set);
    }
    // First to fail if two processes make a company at once.
    changes
        .insert(0, Change::new("UPDATE meta SET value = '2' WHERE key = 'epoch' AND value = '1'", vec![]).expecting(1));
    changes.push(Change::new("INSERT INTO meta (key, value) VALUES ('session_epoch', '1')", vec![]));

    let compiled = Arc::new(Compiled::compile(1, &policy, &objects).map_err(|_| BootstrapError::Policy)?);
    let directory = Arc::new(Directory::new(users.clone(), units.clone(), roles.clone()));
    let mut made = Loaded {
        epoch: 2,
        created: users.iter().map(|u| (u.id, b.at)).collect(),
        users: users.iter().map(|u| (u.id, u.clone())).collect(),
        departments: units.iter().map(|d| (d.id, d.clone())).collect(),
        roles: roles.into_iter().map(|r| (r.name.clone(), r)).collect(),
        policy: Arc::new(version),
        objects: objects.iter().map(|o| (o.name.clone(), (1, Arc::new(o.clone())))).collect(),
        settings: b.settings.clone(),
        session_rules: SessionRules::default(),
        approvals: super::Approvals { flows, ..super::Approvals::default() },
        pools: vec![],
        export_rules: crate::exports::ExportRules::default(),
        reveal_rules: crate::records::RevealRules::default(),
        responses: std::collections::BTreeMap::new(),
        response_rules: model::response::ResponseRules::default(),
        evening: crate::cases::EveningRules::default(),
        training: std::sync::Arc::default(),
        courses: std::sync::Arc::default(),
        findings: std::sync::Arc::default(),
        reports: crate::reports::ReportPlans::default(),
        programme: std::sync::Arc::default(),
        reviews: crate::reviews::ReviewPlans::default(),
        guests: std::sync::Arc::default(),
        canaries: std::collections::BTreeMap::new(),
        audit: super::AuditPolicies::default(),
        file_rules: crate::attachments::FileRules::default(),
        automations: vec![],
        hooks: crate::automation::Hooks::default(),
        mail,
        channels: crate::channels::Channels::default(),
        feeds: std::sync::Arc::default(),
        branding: Arc::default(),
        detection: Arc::default(),
        edition,
        rows: Rows::default(),
        compiled: compiled.clone(),
    };
    rows.follow(seals, None, &made);
    // From the first moment on it is known who was whom.
    let everybody = serde_json::to_string(&membership::Whole::of(&made).step_from(None));
    let everybody = everybody.map_err(|_| BootstrapError::Policy)?;
    let mut who = membership::row(made.epoch, b.at, &everybody);
    rows.put(seals, membership::TABLE, 1, &who);
    who.push(everybody.into());
    changes.push(Change::new(membership::INSERT, who));
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
        "departments": units.len(), "mail": b.mail.is_some(),
        "company": anchor,
        "credentials": credentials,
    });
    let engine = Arc::new(Engine::new(compiled, directory));
    let gate = Gate::new(Parts { engine, settings: b.settings, recorder, ties: Arc::new(access::path::NoTies) });
    let caller = Caller { origin: b.origin, ..Store::system_caller(Channel::Cli, "bootstrap", b.at) };
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
