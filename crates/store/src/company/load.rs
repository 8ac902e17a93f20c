//! Reading the company from the database, and putting it in force.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::engine::{Compiled, Engine, Problem};
use access::path::{Gate, Journal, Param, Parts, Recorder, Refusal, Restrictions, Seals, Settings};
use model::response::{Response, ResponseRules};
use model::{
    CanaryId, Department, DepartmentId, Directory, ObjectName, ObjectType, Policy, ResponseId, Role, RoleName, UnixMs,
    User, UserId,
};
use parking_lot::RwLock;
use sha2::{Digest, Sha256};
use vault::{Vault, VaultError};

use super::approvals::Approvals;
use super::rows::{self, Anchor, Rows};
use super::settings::{SessionRules, read_settings};
use crate::identity::Identity;
use crate::{Database, DatabaseError, Dialect, Query, Row, Store};

/// One version of the policy as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    pub version: u64,
    pub at: UnixMs,
    pub author: UserId,
    pub reason: String,
    /// SHA-256 of the policy's JSON as stored.
    pub hash: [u8; 32],
    pub policy: Policy,
}

/// One consistent picture of the company.
#[derive(Clone)]
pub struct Loaded {
    /// Counts changes of anything in here.
    pub epoch: i64,
    pub users: BTreeMap<UserId, User>,
    pub departments: BTreeMap<DepartmentId, Department>,
    pub roles: BTreeMap<RoleName, Role>,
    pub policy: Arc<PolicyVersion>,
    /// Object types with the version of their definition, counted from 1.
    pub objects: BTreeMap<ObjectName, (i64, Arc<ObjectType>)>,
    pub settings: Settings,
    pub session_rules: SessionRules,
    /// Flows of approval, and who stands in for whom.
    pub approvals: Approvals,
    /// Public pools, in order.
    pub pools: Vec<model::Pool>,
    pub export_rules: crate::exports::ExportRules,
    pub reveal_rules: crate::records::RevealRules,
    /// Versions of the audit policy, and what waits. The one in force is among the settings.
    pub audit: super::AuditPolicies,
    pub file_rules: crate::attachments::FileRules,
    /// Rules of automation, in order.
    pub automations: Vec<model::automation::Automation>,
    /// Systems outside that they tell.
    pub hooks: crate::automation::Hooks,
    pub(crate) mail: Option<crate::mail::KeptMail>,
    /// What was taken from people for a time, past ones too.
    pub responses: BTreeMap<ResponseId, Response>,
    /// What the house takes by itself.
    pub response_rules: ResponseRules,
    /// When people are asked about what they opened.
    pub evening: crate::cases::EveningRules,
    /// Who must take which course.
    pub training: Arc<crate::training::TrainingRules>,
    /// Courses of the company's own and outside, in the order they were made.
    pub courses: Arc<[crate::training::CompanyCourse]>,
    /// How long vulnerabilities may stay open.
    pub findings: Arc<crate::findings::FindingRules>,
    /// Reports that the house makes by itself.
    pub reports: crate::reports::ReportPlans,
    /// What is done how often, by whom and how.
    pub programme: Arc<crate::programme::Programme>,
    /// Campaigns of access reviews that the house begins by itself.
    pub reviews: crate::reviews::ReviewPlans,
    /// Accounts of people from outside, and until when.
    pub guests: Arc<super::Guests>,
    /// Decoys as they are stored: sealed.
    pub(crate) canaries: BTreeMap<CanaryId, Vec<u8>>,
    /// Where alerts go out.
    pub(crate) channels: crate::channels::Channels,
    /// Other systems whose logs are taken in.
    pub(crate) feeds: Arc<crate::feeds::Feeds>,
    pub branding: Arc<super::Branding>,
    pub(crate) detection: Arc<crate::detection::Detection>,
    /// What of the shipped definitions the company was given.
    pub(crate) edition: u32,
    /// When each account was made.
    pub(crate) created: BTreeMap<UserId, UnixMs>,
    pub(crate) rows: Rows,
    pub(crate) compiled: Arc<Compiled>,
}

impl Loaded {
    pub(crate) fn anchor(&self) -> Anchor {
        Anchor { epoch: self.epoch, digest: self.rows.digest() }
    }
    pub fn directory(&self) -> Directory {
        Directory::new(
            self.users.values().cloned().collect(),
            self.departments.values().cloned().collect(),
            self.roles.values().cloned().collect(),
        )
        .with_pools(self.pools.clone())
        .of_epoch(self.epoch)
    }
    /// The responses in force, as the gate holds them. Those that have ended by themselves it tells by the moment.
    pub(crate) fn restrictions(&self) -> Restrictions {
        let live = self.responses.values().filter(|r| r.ended.is_none());
        Restrictions::of(live.map(|r| (r.subject, r.restriction())))
    }
    /// Whether an engine made for the other decides alike.
    fn decides_as(&self, other: &Loaded) -> bool {
        Arc::ptr_eq(&self.compiled, &other.compiled)
            && self.users == other.users
            && self.departments == other.departments
            && self.roles == other.roles
            && self.pools == other.pools
    }
    pub fn object_types(&self) -> Vec<ObjectType> {
        self.objects.values().map(|(_, o)| ObjectType::clone(o)).collect()
    }
    pub(crate) fn engine(&self) -> Engine {
        Engine::new(self.compiled.clone(), Arc::new(self.directory()))
    }
    /// Compiles the policy against the object types anew.
    pub(crate) fn compile(&mut self) -> Result<(), Vec<Problem>> {
        self.compiled = Arc::new(Compiled::compile(self.policy.version, &self.policy.policy, &self.object_types())?);
        Ok(())
    }
}

/// Why a store cannot be opened: nothing is served then.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("this database has no company yet; create one with `whosaw init`")]
    Empty,
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error("{table} holds a row that cannot be read: {reason}")]
    Damaged { table: &'static str, reason: String },
    #[error("policy version {0} does not have its recorded hash")]
    AlteredPolicy(u64),
    #[error("the policy in force does not compile: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Policy(Vec<Problem>),
    #[error(
        "company_altered: people, roles, rules, object types or settings were changed beside the program; nothing is \
         decided by them. Restore a backup, and call the auditor"
    )]
    Altered,
    #[error(
        "company_rolled_back: people, roles, rules, object types or settings are those of epoch {have}, but epoch {told} is \
         on record: older rows were put back. Restore a newer backup, and call the auditor"
    )]
    RolledBack { have: i64, told: i64 },
    #[error("the rows of before could not be sealed: {0}")]
    Sealing(String),
    #[error("the company was changed again and again while it was read")]
    Unsteady,
    #[error(transparent)]
    Vault(#[from] VaultError),
}

/// What a store keeps of the company between requests.
pub(crate) struct Company {
    loaded: RwLock<Arc<Loaded>>,
    /// Held from reading the picture until the change is in force: one administrative change at a time per process.
    pub(crate) admin: Arc<tokio::sync::Mutex<()>>,
    /// Held while records are handed over: one handover at a time per process.
    pub(crate) handover: Arc<tokio::sync::Mutex<()>>,
    /// Held while numbers are given: one unit at a time per process counts on.
    pub(crate) numbers: Arc<tokio::sync::Mutex<()>>,
    /// Questions for duplicates, by person.
    pub(crate) duplicates: crate::records::Asked,
    /// Reveals, by person.
    pub(crate) reveals: crate::records::LetThrough,
    /// Decoys, opened.
    pub(crate) canaries: crate::canaries::OpenedCanaries,
}

impl Company {
    pub(crate) fn loaded(&self) -> Arc<Loaded> {
        self.loaded.read().clone()
    }
}

impl Store {
    /// Reads the company and builds the gate that decides by it.
    ///
    /// The node's first event is the caller's to write ([`Store::node_start`]), unless [`super::bootstrap()`] ran in this
    /// process: its unit is that event.
    ///
    /// # Errors
    /// [`OpenError`]: nothing may be served.
    pub async fn open(db: Arc<dyn Database>, vault: Arc<Vault>) -> Result<Store, OpenError> {
        Store::open_after(db, vault, None).await
    }

    /// Opens it for who has just made this company.
    pub(crate) async fn open_after(
        db: Arc<dyn Database>,
        vault: Arc<Vault>,
        made: Option<&Loaded>,
    ) -> Result<Store, OpenError> {
        let journal: Arc<dyn Journal> = db.clone();
        let recorder = Recorder::new(journal, vault.clone())?;
        let found = load(&*db, recorder.seals(), made).await?;
        let loaded = Arc::new(found.loaded);
        let ties = Arc::new(crate::ties::StoredTies(db.clone()));
        let (engine, settings) = (Arc::new(loaded.engine()), loaded.settings.clone());
        let gate = Gate::new(Parts { engine, settings, recorder, ties });
        gate.install_restrictions(loaded.restrictions());
        let identity = Identity::new(&vault)?;
        let company = Company {
            loaded: RwLock::new(loaded),
            admin: Arc::default(),
            handover: Arc::default(),
            numbers: Arc::default(),
            duplicates: crate::records::Asked::default(),
            reveals: crate::records::LetThrough::default(),
            canaries: crate::canaries::OpenedCanaries::default(),
        };
        let store = Store { db, gate, company: Arc::new(company), identity: Arc::new(identity) };
        if !found.sealed {
            store.adopt().await?;
        }
        store.check_anchor().await?;
        Ok(store)
    }

    /// The picture in force.
    pub fn company(&self) -> Arc<Loaded> {
        self.company.loaded()
    }

    /// Puts a picture in force, unless a newer one is.
    pub(crate) fn install(&self, next: Loaded) {
        let mut loaded = self.company.loaded.write();
        if next.epoch > loaded.epoch {
            // What people may is worked out once for an engine: it stays where it would be the same.
            if !loaded.decides_as(&next) {
                self.gate.install(Arc::new(next.engine()));
            }
            self.gate.install_restrictions(next.restrictions());
            self.gate.install_settings(next.settings.clone());
            *loaded = Arc::new(next);
        }
    }

    /// Reads the company again if its epoch has moved on.
    ///
    /// # Errors
    /// [`OpenError`]: the old picture stays in force; the caller should answer 503 rather than decide by it.
    pub async fn refresh(&self) -> Result<(), OpenError> {
        let rows = self.db.read(Query::point("SELECT value FROM meta WHERE key = 'epoch'", vec![])).await?;
        let epoch = counter(rows.first(), 0)?;
        if epoch == self.company.loaded().epoch {
            return Ok(());
        }
        let next = self.load_sealed().await?;
        let have = self.company.loaded().epoch;
        if next.epoch < have {
            return Err(OpenError::RolledBack { have: next.epoch, told: have });
        }
        self.install(next);
        Ok(())
    }

    pub(crate) async fn load_sealed(&self) -> Result<Loaded, OpenError> {
        let now = self.company.loaded();
        let found = load(&*self.db, self.gate.recorder().seals(), Some(&now)).await?;
        if found.sealed { Ok(found.loaded) } else { Err(OpenError::Altered) }
    }

    /// To be run before each request. On SQLite this process alone writes, so there is nothing to look at; on PostgreSQL
    /// two numbers are read with one index look-up, so that a change or a revocation made through another node counts at
    /// once.
    ///
    /// # Errors
    /// As [`Store::refresh`].
    pub async fn refresh_if_changed(&self) -> Result<(), OpenError> {
        if self.db.dialect() == Dialect::Sqlite {
            return Ok(());
        }
        let query = "SELECT key, value FROM meta WHERE key IN ('epoch', 'session_epoch')";
        for row in self.db.read(Query::point(query, vec![])).await? {
            let value = counter(Some(&row), 1)?;
            if row.text(0)? == "session_epoch" {
                self.identity.seen_epoch(value);
            } else if value != self.company.loaded().epoch {
                self.refresh().await?;
            }
        }
        Ok(())
    }
}

fn damaged(table: &'static str, reason: impl ToString) -> OpenError {
    OpenError::Damaged { table, reason: reason.to_string() }
}

fn counter(row: Option<&Row>, column: usize) -> Result<i64, OpenError> {
    let row = row.ok_or(OpenError::Empty)?;
    row.text(column)?.parse().map_err(|e| damaged("meta", e))
}

/// A picture, and whether its seal stands: a database of before has none yet.
pub(crate) struct Found {
    pub(crate) loaded: Loaded,
    pub(crate) sealed: bool,
}

/// Reads one consistent picture: the tables between two equal readings of the epoch. It is what the program wrote, or an
/// error. What `now` compiled is taken over where it is of the same policy and object types.
pub(crate) async fn load(db: &dyn Database, seals: &Seals, now: Option<&Loaded>) -> Result<Found, OpenError> {
    const EPOCH: &str = "SELECT value FROM meta WHERE key = 'epoch'";
    for _ in 0..8 {
        let before = counter(db.read(Query::point(EPOCH, vec![])).await?.first(), 0)?;
        let loaded = load_once(db, seals, before, now).await;
        let query = Query::point("SELECT value FROM meta WHERE key = ?1", vec![rows::SEAL.into()]);
        let seal = db.read(query).await?.first().map(|row| row.text(0).map(str::to_owned)).transpose()?;
        let after = counter(db.read(Query::point(EPOCH, vec![])).await?.first(), 0)?;
        if before == after {
            let loaded = loaded?;
            return match seal {
                Some(seal) if seal == loaded.anchor().seal(seals) => Ok(Found { loaded, sealed: true }),
                Some(_) => Err(OpenError::Altered),
                None => Ok(Found { loaded, sealed: false }),
            };
        }
    }
    Err(OpenError::Unsteady)
}

async fn load_once(db: &dyn Database, seals: &Seals, epoch: i64, now: Option<&Loaded>) -> Result<Loaded, OpenError> {
    let all = |sql: &'static str| db.read(Query::new(sql, vec![]));
    let newest =
        all("SELECT version, at, author, reason, hash, body FROM policy ORDER BY version DESC LIMIT 1").await?;
    let policy = Arc::new(policy_version(newest.first().ok_or(OpenError::Empty)?)?);
    let mut rows = Rows::default();
    for row in all("SELECT version, at, author, reason, hash, diff FROM policy").await? {
        let mut columns = row.0;
        columns.insert(5.min(columns.len()), Param::Null);
        rows.put_policy(seals, &columns);
    }

    let mut departments = BTreeMap::new();
    for row in all("SELECT id, parent, name FROM department").await? {
        rows.read(seals, "department", 1, &row);
        let id = row.department(0)?;
        let parent = row.opt_id(1)?.map(DepartmentId::from_bytes);
        departments.insert(id, Department { id, parent, name: row.text(2)?.to_owned() });
    }
    let mut users = BTreeMap::new();
    let mut created = BTreeMap::new();
    let sql = "SELECT id, login, name, kind, department, manager, status, trained_until, created_at FROM app_user";
    for row in all(sql).await? {
        rows.read(seals, "app_user", 1, &row);
        let user = read_user(&row)?;
        created.insert(user.id, row.time(8)?);
        users.insert(user.id, user);
    }
    for row in all("SELECT user_id, role FROM user_role").await? {
        rows.read(seals, "user_role", 2, &row);
        let role: RoleName = row.text(1)?.parse().map_err(|e| damaged("user_role", e))?;
        if let Some(user) = users.get_mut(&row.user(0)?) {
            user.roles.insert(role);
        }
    }
    let mut roles = BTreeMap::new();
    for row in all("SELECT name, body FROM role").await? {
        rows.read(seals, "role", 1, &row);
        let role: Role = serde_json::from_str(row.text(1)?).map_err(|e| damaged("role", e))?;
        roles.insert(role.name.clone(), role);
    }
    let mut objects = BTreeMap::new();
    for row in all("SELECT name, version, body FROM object_type").await? {
        rows.read(seals, "object_type", 1, &row);
        let object: ObjectType = serde_json::from_str(row.text(2)?).map_err(|e| damaged("object_type", e))?;
        objects.insert(object.name.clone(), (row.int(1)?, Arc::new(object)));
    }
    for row in all("SELECT name, version, at, author, hash FROM object_version").await? {
        rows.read(seals, super::versions::TABLE, 2, &row);
    }
    for row in all("SELECT epoch, at, hash FROM membership").await? {
        rows.read(seals, super::membership::TABLE, 1, &row);
    }
    for row in all("SELECT name, version, at, author, reason, hash FROM detection_rule").await? {
        rows.read(seals, crate::detection::TABLE, 2, &row);
    }
    let newest = "SELECT name, version, hash, body FROM detection_rule d \
                  WHERE version = (SELECT MAX(version) FROM detection_rule m WHERE m.name = d.name)";
    let items = crate::detection::read_items(&all(newest).await?)?;
    let detection = match now {
        Some(now) if now.detection.items == items => now.detection.clone(),
        _ => Arc::new(crate::detection::Detection::new(items)),
    };
    let mut responses = BTreeMap::new();
    for row in all("SELECT id, body FROM response").await? {
        rows.read(seals, "response", 1, &row);
        let response: Response = serde_json::from_str(row.text(1)?).map_err(|e| damaged("response", e))?;
        responses.insert(response.id, response);
    }
    let mut canaries = BTreeMap::new();
    for row in all("SELECT id, body FROM canary").await? {
        rows.read(seals, "canary", 1, &row);
        canaries.insert(CanaryId::from_bytes(row.id(0)?), row.bytes(1)?.to_vec());
    }
    let found = all("SELECT key, value FROM setting").await?;
    found.iter().for_each(|row| rows.read(seals, "setting", 1, row));
    let super::settings::Found {
        settings,
        session: session_rules,
        pools,
        approvals,
        edition,
        exports: export_rules,
        reveals: reveal_rules,
        audit,
        files: file_rules,
        automations,
        hooks,
        mail,
        channels,
        feeds,
        branding,
        responses: response_rules,
        evening,
        training,
        courses,
        findings,
        reports,
        programme,
        reviews,
        guests,
    } = read_settings(&found)?;
    let compiled = match now {
        Some(now) if now.policy == policy && now.objects == objects => now.compiled.clone(),
        _ => {
            let types: Vec<ObjectType> = objects.values().map(|(_, o)| ObjectType::clone(o)).collect();
            Arc::new(Compiled::compile(policy.version, &policy.policy, &types).map_err(OpenError::Policy)?)
        }
    };
    Ok(Loaded {
        epoch,
        users,
        departments,
        roles,
        policy,
        objects,
        settings,
        session_rules,
        approvals,
        pools,
        export_rules,
        reveal_rules,
        audit,
        file_rules,
        automations,
        hooks,
        mail,
        responses,
        response_rules,
        evening,
        training: Arc::new(training),
        courses: courses.into(),
        findings: Arc::new(findings),
        reports,
        programme: Arc::new(programme),
        reviews,
        guests: Arc::new(guests),
        canaries,
        channels,
        feeds: Arc::new(feeds),
        branding: Arc::new(branding),
        detection,
        edition,
        created,
        rows,
        compiled,
    })
}

fn read_user(row: &Row) -> Result<User, OpenError> {
    // Kind and status are stored as their JSON words.
    fn word<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, OpenError> {
        serde_json::from_value(text.into()).map_err(|e| damaged("app_user", e))
    }
    Ok(User {
        id: row.user(0)?,
        login: row.text(1)?.to_owned(),
        name: row.text(2)?.to_owned(),
        kind: word(row.text(3)?)?,
        department: row.department(4)?,
        manager: row.opt_id(5)?.map(UserId::from_bytes),
        roles: std::collections::BTreeSet::new(),
        status: word(row.text(6)?)?,
        trained_until: row.opt_time(7)?,
    })
}

/// Reads a row of `version, at, author, reason, hash, body` and checks the hash: a policy edited in the database is seen.
pub(crate) fn policy_version(row: &Row) -> Result<PolicyVersion, OpenError> {
    let version = u64::try_from(row.int(0)?).map_err(|e| damaged("policy", e))?;
    let body = row.text(5)?;
    let hash = policy_hash(body);
    if row.bytes(4)? != hash.as_slice() {
        return Err(OpenError::AlteredPolicy(version));
    }
    Ok(PolicyVersion {
        version,
        at: row.time(1)?,
        author: row.user(2)?,
        reason: row.text(3)?.to_owned(),
        hash,
        policy: serde_json::from_str(body).map_err(|e| damaged("policy", e))?,
    })
}

pub(crate) fn policy_hash(body: &str) -> [u8; 32] {
    Sha256::digest(body.as_bytes()).into()
}

/// A failure to read what an answer needs.
pub(crate) fn unreadable(error: &OpenError) -> Refusal {
    tracing::error!(%error, "stored company data cannot be read");
    match error {
        OpenError::Database(e) => Refusal::StoreUnavailable(e.to_string()),
        _ => Refusal::Damaged,
    }
}

/// A JSON word of an enum without content (`active`, `person`), as columns hold it.
pub(crate) fn word<T: serde::Serialize>(value: T) -> Param {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Param::Text(text),
        _ => Param::Null,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use model::{UserKind, UserStatus, defaults};

    /// A company with one department, one holder of each duty (`admin`, `security`, `auditor`) and one `rep`.
    pub(crate) fn company() -> Loaded {
        let root = DepartmentId::from_bytes([1; 16]);
        let user = |n: u8, login: &str, role: &str| User {
            id: UserId::from_bytes([n; 16]),
            login: login.to_owned(),
            name: login.to_owned(),
            kind: UserKind::Person,
            department: root,
            manager: None,
            roles: [role.parse().unwrap()].into(),
            status: UserStatus::Active,
            trained_until: None,
        };
        let users = [
            user(1, "admin", "system_admin"),
            user(2, "security", "security_admin"),
            user(3, "auditor", "audit_admin"),
            user(4, "rep", "sales_rep"),
        ];
        let policy = defaults::policy();
        let objects = defaults::objects();
        let compiled = Arc::new(Compiled::compile(1, &policy, &objects).unwrap());
        Loaded {
            epoch: 1,
            users: users.into_iter().map(|u| (u.id, u)).collect(),
            departments: [(root, Department { id: root, parent: None, name: "root".into() })].into(),
            roles: defaults::roles().into_iter().map(|r| (r.name.clone(), r)).collect(),
            policy: Arc::new(PolicyVersion {
                version: 1,
                at: UnixMs(0),
                author: super::super::SYSTEM,
                reason: "start".into(),
                hash: [0; 32],
                policy,
            }),
            objects: objects.into_iter().map(|o| (o.name.clone(), (1, Arc::new(o)))).collect(),
            settings: Settings::default(),
            session_rules: SessionRules::default(),
            approvals: Approvals::default(),
            pools: vec![],
            export_rules: crate::exports::ExportRules::default(),
            reveal_rules: crate::records::RevealRules::default(),
            file_rules: crate::attachments::FileRules::default(),
            audit: crate::company::AuditPolicies::default(),
            automations: vec![],
            hooks: crate::automation::Hooks::default(),
            mail: None,
            responses: BTreeMap::new(),
            response_rules: ResponseRules::default(),
            evening: crate::cases::EveningRules::default(),
            training: Arc::default(),
            courses: Arc::default(),
            findings: Arc::default(),
            reports: crate::reports::ReportPlans::default(),
            programme: Arc::default(),
            reviews: crate::reviews::ReviewPlans::default(),
            guests: Arc::default(),
            canaries: BTreeMap::new(),
            channels: crate::channels::Channels::default(),
            feeds: Arc::default(),
            branding: Arc::default(),
            detection: Arc::default(),
            edition: model::defaults::EDITION,
            created: BTreeMap::new(),
            rows: Rows::default(),
            compiled,
        }
    }

    #[test]
    fn a_policy_row_that_was_edited_in_the_database_is_seen() {
        let body = serde_json::to_string(&defaults::policy()).unwrap();
        let row = |body: &str, hash: [u8; 32]| {
            Row(vec![
                Param::Int(1),
                Param::Int(0),
                super::super::SYSTEM.into(),
                "start".into(),
                hash.to_vec().into(),
                body.into(),
            ])
        };
        assert!(policy_version(&row(&body, policy_hash(&body))).is_ok());
        let edited = body.replace("sales_rep", "marketing");
        assert!(matches!(policy_version(&row(&edited, policy_hash(&body))), Err(OpenError::AlteredPolicy(1))));
    }
}
