//! An instance: its folder, keys, database and store, opened as one.
//!
//! ```text
//! DIR/whosaw.toml       configuration
//! DIR/whosaw.db         the embedded database (with -wal, -shm and .lock beside it)
//! DIR/keys/whosaw.key   root secret and key-encryption keys, mode 0600
//! DIR/keys/ledger.key   the ledger's signing key, mode 0600
//! DIR/ledger/           the published ledger: checkpoint, log.vkey, tiles
//! ```

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use access::path::{Grant, OnSystem, Refusal};
use anyhow::{Context, anyhow, bail};
use api::problem::{Problem, ProblemItem, help_of};
use ledger::SigningKey;
use model::{Caller, Channel, Clock, Origin, UserId};
use store::publish::Publisher;
use store::{Database, Store};
use store_postgres::PostgresDatabase;
use store_sqlite::SqliteDatabase;
use vault::{KeyFile, KeyProvider, Pkcs11Provider, Vault};

use crate::clock::SystemClock;
use crate::config::{COMMANDS, Config, Keys};
use crate::say::Told;

/// Opened data keys kept in memory: some 300 bytes each.
const CACHED_KEYS: usize = 50_000;

/// The database of either kind.
#[derive(Clone)]
pub enum Db {
    Sqlite(Arc<SqliteDatabase>),
    Postgres(Arc<PostgresDatabase>),
}

impl Db {
    pub fn database(&self) -> Arc<dyn Database> {
        match self {
            Db::Sqlite(db) => db.clone(),
            Db::Postgres(db) => db.clone(),
        }
    }
    fn has_started(&self) -> bool {
        match self {
            Db::Sqlite(db) => db.has_started(),
            Db::Postgres(db) => db.has_started(),
        }
    }
}

impl api::Health for Db {
    fn is_poisoned(&self) -> bool {
        match self {
            Db::Sqlite(db) => db.is_poisoned(),
            Db::Postgres(db) => db.is_poisoned(),
        }
    }
}

/// An open instance.
pub struct Instance {
    pub db: Db,
    pub vault: Arc<Vault>,
    pub store: Store,
    pub publisher: Arc<Publisher>,
    /// Held as long as this is open.
    _lock: Option<File>,
}

pub fn key_path(data: &Path) -> PathBuf {
    data.join("keys/whosaw.key")
}
pub fn ledger_key_path(data: &Path) -> PathBuf {
    data.join("keys/ledger.key")
}
pub fn database_path(data: &Path) -> PathBuf {
    data.join("whosaw.db")
}
pub fn ledger_folder(data: &Path) -> PathBuf {
    data.join("ledger")
}

/// Makes a folder, or takes an empty one, that only its owner may enter.
pub fn own_folder(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(path)
        .and_then(|()| std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)))
        .with_context(|| format!("`{}`", path.display()))
}

/// Writes a new file only its owner may read.
pub fn write_secret(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("`{}` cannot be made", path.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

pub fn open_vault(data: &Path, config: &Config) -> anyhow::Result<Arc<Vault>> {
    let provider: Arc<dyn KeyProvider> = match &config.keys {
        Keys::File => Arc::new(KeyFile::open(&key_path(data))?),
        Keys::Pkcs11 { module, token, pin_file } => {
            let pin = std::fs::read_to_string(pin_file)
                .with_context(|| format!("the PIN file `{}` cannot be read", pin_file.display()))?;
            Arc::new(Pkcs11Provider::open(module, token, pin.trim(), SystemClock.now())?)
        }
    };
    Ok(Arc::new(Vault::new(provider, CACHED_KEYS)))
}

pub fn open_signing_key(data: &Path) -> anyhow::Result<SigningKey> {
    let path = ledger_key_path(data);
    let text = std::fs::read_to_string(&path).with_context(|| format!("`{}` cannot be read", path.display()))?;
    SigningKey::from_text(text.trim()).map_err(|e| anyhow!("`{}`: {e}", path.display()))
}

/// Who opens an instance. On a shared database each writes a stream of its own, so that none silences another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    Server,
    Command,
}

impl Opener {
    fn node(self, config: &Config) -> u32 {
        match self {
            Opener::Server => config.node,
            Opener::Command if config.database.is_some() => config.node + COMMANDS,
            Opener::Command => config.node,
        }
    }

    /// On a shared database: one server and one command at a time for each folder. A command waits for the other.
    fn alone(self, data: &Path, config: &Config) -> anyhow::Result<Option<File>> {
        if config.database.is_none() {
            return Ok(None);
        }
        let path = data.join(if self == Opener::Server { "serve.lock" } else { "command.lock" });
        let failed = || format!("`{}`", path.display());
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).mode(0o600).open(&path).with_context(failed)?;
        match self {
            Opener::Server => file
                .try_lock()
                .map_err(|_| anyhow!("`{}` is being served by another process already", data.display()))?,
            Opener::Command => file.lock().with_context(failed)?,
        }
        Ok(Some(file))
    }
}

pub async fn open_database(data: &Path, config: &Config, node: u32) -> anyhow::Result<Db> {
    match &config.database {
        Some(url) => {
            let ca = config.database_ca.clone();
            let options = store_postgres::Options { node, ca, ..store_postgres::Options::default() };
            Ok(Db::Postgres(Arc::new(PostgresDatabase::connect(url, &options).await?)))
        }
        None => {
            let options = store_sqlite::Options { node, ..store_sqlite::Options::default() };
            Ok(Db::Sqlite(Arc::new(SqliteDatabase::open(&database_path(data), &options)?)))
        }
    }
}

impl Instance {
    /// Opens an instance for a command and says so in the ledger: the first event of this opening.
    pub async fn open(data: &Path, config: Config) -> anyhow::Result<Self> {
        Self::open_as(Opener::Command, data, config).await
    }

    pub async fn open_as(opener: Opener, data: &Path, config: Config) -> anyhow::Result<Self> {
        let lock = opener.alone(data, &config)?;
        let vault = open_vault(data, &config)?;
        let db = open_database(data, &config, opener.node(&config)).await?;
        let publisher = publisher(data, &config, &db)?;
        // Before anything is written: an older copy of the database must not grow another history.
        publisher.check_head(&[]).await.context("the ledger was not opened")?;
        let store = Store::open(db.database(), vault.clone()).await?;
        if !db.has_started() {
            let detail = serde_json::json!({ "version": env!("CARGO_PKG_VERSION") });
            store.node_start(SystemClock.now(), detail).await?;
        }
        match store.add_edition(SystemClock.now()).await {
            Ok(true) => tracing::info!("object types, roles and rules of this edition were added"),
            Ok(false) => {}
            // What was there is in force and sealed; the instance works as it did.
            Err(error) => tracing::error!(%error, "what this edition brings could not be added"),
        }
        Ok(Self { db, vault, store, publisher: Arc::new(publisher), _lock: lock })
    }

    /// The embedded database for examining it while a server has it open. Nothing can be recorded.
    pub async fn open_for_reading(data: &Path, config: &Config) -> anyhow::Result<Self> {
        let vault = open_vault(data, config)?;
        let path = database_path(data);
        let db = Db::Sqlite(Arc::new(SqliteDatabase::open_for_reading(&path, &store_sqlite::Options::default())?));
        let publisher = Arc::new(publisher(data, config, &db)?);
        let store = Store::open(db.database(), vault.clone()).await?;
        Ok(Self { db, vault, store, publisher, _lock: None })
    }

    /// Publishes what was written and ends this node's stream in order.
    pub async fn close(self) -> anyhow::Result<()> {
        let _ = self.store.write_uses().await;
        self.store.node_stop(SystemClock.now(), serde_json::Value::Null).await?;
        self.settle().await?;
        self.publisher.publish_once(SystemClock.now()).await?;
        if let Db::Postgres(db) = &self.db {
            // Another node need not wait until our lease has run out.
            db.resign().await?;
        }
        Ok(())
    }

    /// Waits until all that was written has its position.
    pub async fn settle(&self) -> anyhow::Result<()> {
        if let Db::Postgres(db) = &self.db {
            db.sequenced().await?;
        }
        Ok(())
    }

    pub fn user(&self, login: &str) -> anyhow::Result<UserId> {
        let directory = self.store.directory();
        directory.user_by_login(login).map(|u| u.id).ok_or_else(|| unknown_user(login))
    }

    /// Asks the gate for an administrative act as `login`.
    pub async fn admit<O: OnSystem>(&self, login: &str, op: O) -> anyhow::Result<Grant<O>> {
        let caller = caller(self.user(login)?, Channel::Cli);
        self.store.gate().admit_system(&caller, op).await.map_err(|r| refused(login, r))
    }
}

/// Whether another process has the embedded database open.
pub fn in_use(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(store_sqlite::OpenError::InUse(_)))
}

/// A caller on the command line.
pub fn caller(user: UserId, channel: Channel) -> Caller {
    let at = SystemClock.now();
    Caller {
        user,
        on_behalf_of: None,
        session: None,
        token: None,
        token_actions: None,
        // Whoever may run commands on the server's machine has passed its door; no code was asked for, though.
        mfa: false,
        origin: Origin {
            address: None,
            user_agent: Some(format!("whosaw cli, run by {}", crate::config::operating_system_user())),
            channel,
        },
        purpose: Some("command line".into()),
        request_id: format!("cli-{}", at.0),
        at,
    }
}

fn publisher(data: &Path, config: &Config, db: &Db) -> anyhow::Result<Publisher> {
    let folder = config.ledger.folder.then(|| ledger_folder(data));
    if let Some(folder) = &folder {
        std::fs::create_dir_all(folder)?;
    }
    Ok(Publisher::new(db.database(), open_signing_key(data)?, folder))
}

pub fn unknown_user(login: &str) -> anyhow::Error {
    Told { zh: format!("没有账号 `{login}`"), en: format!("there is no user `{login}`") }.into()
}

/// A refusal in words for the terminal; in Chinese as the API says it.
pub fn refused(login: &str, refusal: Refusal) -> anyhow::Error {
    let (zh, en) = match refusal {
        Refusal::Forbidden { rules, .. } => {
            let rules = rules.join(", ");
            let or = |none: &str| if rules.is_empty() { none.to_owned() } else { rules.clone() };
            (
                format!("`{login}` 无权执行此操作（{}）；请用 --as 指定其他账号。此次尝试已记录", or("没有规则允许")),
                format!(
                    "`{login}` may not do this ({}); name another user with --as. The attempt was recorded",
                    or("no rule permits it")
                ),
            )
        }
        Refusal::Invalid(problems) => {
            let zh = |p: &access::path::FieldProblem| {
                format!("{}：{}（{}）", p.field, ProblemItem::of(&p.field, p).help.zh, p.code)
            };
            let en = |p: &access::path::FieldProblem| format!("{}: {} ({})", p.field, p.reason, p.code);
            let (zh, en): (Vec<String>, Vec<String>) = problems.iter().map(|p| (zh(p), en(p))).unzip();
            (zh.join("；"), en.join("; "))
        }
        Refusal::Barred { code, reason } => (format!("{}（{code}）", help_of(code).zh), format!("{reason} ({code})")),
        other => {
            let en = other.to_string();
            (Problem::from(other).body("").help.zh.into_owned(), en)
        }
    };
    Told { zh, en }.into()
}

/// Refuses to make an instance where something is.
pub fn must_be_empty(data: &Path) -> anyhow::Result<()> {
    match std::fs::read_dir(data) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) if Config::path(data).exists() => bail!("`{}` is an instance already", data.display()),
            Some(_) => bail!("`{}` is not empty", data.display()),
        },
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(e).with_context(|| format!("`{}`", data.display())),
    }
}
