//! `whosaw backup` and `restore`.
//!
//! A backup is one file (tar, zstd): the database as of one moment, the published ledger, the configuration, and the key
//! files only if asked for. A PostgreSQL database is copied by `pg_dump`, into the same file.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use model::{Clock as _, EventId};
use serde_json::json;
use store::Query;
use store::custody::Trial;

use crate::args::{BackupArgs, RestoreArgs};
use crate::asked::{self, Act, TakeBackup};
use crate::clock::{SystemClock, random};
use crate::config::Config;
use crate::instance::{self, Instance};
use crate::say::Say;

/// The database of a PostgreSQL backup.
const DUMP: &str = "whosaw.dump";

pub async fn backup(args: BackupArgs, say: Say) -> anyhow::Result<ExitCode> {
    let data = &args.data.data;
    let config = Config::load(data)?;
    if args.out.exists() {
        bail!("`{}` exists already; a backup overwrites nothing", args.out.display());
    }
    let act =
        TakeBackup { login: args.login.clone(), file: std::path::absolute(&args.out)?, with_keys: args.with_keys };
    let event = recorded(data, &config, Act::Backup(act)).await?;
    let beside = args.out.with_extension("part");
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)
        .with_context(|| format!("`{}`", beside.display()))?;
    let mut tar = tar::Builder::new(zstd::Encoder::new(file, 3)?);
    tar.append_path_with_name(Config::path(data), "whosaw.toml")?;
    // The ledger first: a database copied later is at least as new as the checkpoint beside it.
    if instance::ledger_folder(data).is_dir() {
        append_ledger(&mut tar, &instance::ledger_folder(data))?;
    }
    let copy = args.out.with_extension("db.part");
    let _ = std::fs::remove_file(&copy);
    let name = match &config.database {
        None => {
            store_sqlite::copy(&instance::database_path(data), &copy)?;
            "whosaw.db"
        }
        Some(url) => {
            // Made by us first, so that nobody else can read what is written into it.
            std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&copy)?;
            store_postgres::dump::dump(url, config.database_ca.as_deref(), &copy)?;
            DUMP
        }
    };
    tar.append_path_with_name(&copy, name)?;
    std::fs::remove_file(&copy)?;
    if args.with_keys {
        tar.append_dir_all("keys", data.join("keys"))?;
    }
    let file = tar.into_inner()?.finish()?;
    file.sync_all()?;
    std::fs::rename(&beside, &args.out)?;
    let bytes = args.out.metadata()?.len();
    let out = args.out.display();
    let (kz, ke) = if args.with_keys {
        ("（含密钥，请如密钥一样保管）", " (with keys: keep it like them)")
    } else {
        ("（不含密钥：没有 keys/ 下的文件无法打开）", " (without keys: it opens only with the files of keys/)")
    };
    say.answer(
        &format!("已备份到 {out},{bytes} 字节{kz}。"),
        &format!("Backed up to {out}, {bytes} bytes{ke}."),
        &json!({ "file": args.out, "bytes": bytes, "event": event, "with_keys": args.with_keys }),
    );
    Ok(ExitCode::SUCCESS)
}

/// The published ledger, while a server may publish more of it: a tile that is not full goes when a fuller one is there. The
/// checkpoint comes first, so that the tiles beside it are at least as new.
fn append_ledger<W: std::io::Write>(tar: &mut tar::Builder<W>, folder: &Path) -> anyhow::Result<()> {
    let mut done = BTreeSet::new();
    for _ in 0..20 {
        let mut gone = false;
        for path in files_below(folder)? {
            if done.contains(&path) {
                continue;
            }
            match File::open(&path) {
                Ok(mut file) => tar.append_file(Path::new("ledger").join(path.strip_prefix(folder)?), &mut file)?,
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    gone = true;
                    continue;
                }
                Err(error) => return Err(error).with_context(|| format!("`{}`", path.display())),
            }
            done.insert(path);
        }
        if !gone {
            return Ok(());
        }
    }
    bail!("the published ledger changed again and again while it was copied; try again")
}

/// All files below a folder, in order. A folder that goes meanwhile had none.
fn files_below(folder: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let (mut files, mut folders) = (BTreeSet::new(), vec![folder.to_owned()]);
    while let Some(one) = folders.pop() {
        let entries = match std::fs::read_dir(&one) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| format!("`{}`", one.display())),
        };
        for entry in entries {
            let entry = entry?;
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) => {
                    files.insert(entry.path());
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(files)
}

/// The copy is recorded before it is made, by us or by the server that has the instance open.
async fn recorded(data: &Path, config: &Config, act: Act) -> anyhow::Result<EventId> {
    match Instance::open(data, config.clone()).await {
        Ok(instance) => {
            let event = asked::record(&instance.store, act).await;
            instance.close().await?;
            event
        }
        Err(error) if instance::in_use(&error) => asked::ask(data, &act).await,
        Err(error) => Err(error),
    }
}

/// What a restored instance holds.
struct Restored {
    /// Entries of the log.
    size: u64,
    records: u64,
}

/// Tries a restore, and records what was found. The copy lies below the instance's folder as long as it is looked at.
async fn drill(args: RestoreArgs, say: Say) -> anyhow::Result<ExitCode> {
    let data = &args.data.data;
    let config = Config::load(data)?;
    if config.database.is_some() && (args.database.is_none() || args.database == config.database) {
        // A trial must not touch the database that is served.
        bail!("name another, empty PostgreSQL database with --database; the trial is restored into it");
    }
    let began = SystemClock.now();
    let folder = data.join(format!("drill-{:08x}", u32::from_be_bytes(random()?)));
    instance::own_folder(&folder)?;
    let tried = unpack(&args, &folder, Some(&data.join("keys"))).await;
    let (restored, failed) = match tried {
        Ok(restored) => {
            let checks = crate::doctor::look(&folder).await;
            // Free space is this machine's, and no matter of the backup.
            let wrong = checks.into_iter().filter(|c| !c.ok && c.name != "disk").map(|c| c.name.to_owned());
            (restored, wrong.collect::<Vec<String>>())
        }
        Err(error) => {
            say.line(&format!("恢复失败：{error:#}"), &format!("it could not be restored: {error:#}"));
            (Restored { size: 0, records: 0 }, vec!["restore".to_owned()])
        }
    };
    std::fs::remove_dir_all(&folder).with_context(|| format!("`{}` could not be taken away", folder.display()))?;
    let trial = Trial {
        file: args.file.file_name().map(|f| f.to_string_lossy().into_owned()).unwrap_or_default(),
        failed,
        records: restored.records,
        ledger_size: restored.size,
        seconds: u64::try_from((SystemClock.now().0 - began.0) / 1000).unwrap_or(0),
    };
    let event = recorded(data, &config, Act::Drill(args.login.clone(), trial.clone())).await?;
    let Trial { failed, records, ledger_size, seconds, .. } = &trial;
    let wrong = failed.join(", ");
    let (zh, en) = match failed.is_empty() {
        true => ("全部检查通过".to_owned(), "all in order".to_owned()),
        false => (format!("有问题：{wrong}"), format!("not in order: {wrong}")),
    };
    say.answer(
        &format!("恢复演练完成，用时 {seconds} 秒：{records} 条记录，日志 {ledger_size} 条，{zh}。已记录。"),
        &format!(
            "Tried a restore in {seconds} s: {records} records, {ledger_size} entries of the log, {en}. It is recorded."
        ),
        &json!({ "event": event, "ok": failed.is_empty(), "trial": trial }),
    );
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

pub async fn restore(args: RestoreArgs, say: Say) -> anyhow::Result<ExitCode> {
    if args.drill {
        return drill(args, say).await;
    }
    let data = &args.data.data;
    instance::must_be_empty(data)?;
    instance::own_folder(data)?;
    let done = unpack(&args, data, None).await;
    if done.is_err() {
        // Half an instance would be taken for a whole one.
        let _ = std::fs::remove_dir_all(data);
    }
    let size = done?.size;
    say.answer(
        &format!("已恢复到 {}，日志 {size} 条，与已知最新检查点一致。", data.display()),
        &format!(
            "Restored to {}; the log has {size} entries and agrees with the newest known checkpoint.",
            data.display()
        ),
        &json!({ "data": data, "ledger_size": size }),
    );
    Ok(ExitCode::SUCCESS)
}

async fn unpack(args: &RestoreArgs, data: &Path, own_keys: Option<&Path>) -> anyhow::Result<Restored> {
    let file = File::open(&args.file).with_context(|| format!("`{}`", args.file.display()))?;
    let mut tar = tar::Archive::new(zstd::Decoder::new(file)?);
    tar.set_preserve_permissions(true);
    for entry in tar.entries().context("this is no backup of ours")? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let known = ["whosaw.toml", "whosaw.db", DUMP, "ledger", "keys"];
        let first = path.components().next().map(|c| c.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
        // `unpack_in` refuses paths that lead out; this refuses everything that is not a backup's.
        if !known.contains(&first.as_str()) || !entry.unpack_in(data)? {
            bail!("the backup holds `{}`, which does not belong there", path.display());
        }
    }
    // A backup keeps the modes of where it was made.
    instance::own_folder(&data.join("keys"))?;
    instance::own_folder(&instance::ledger_folder(data))?;
    let none = !instance::ledger_key_path(data).exists();
    if let Some(keys) = args.keys.as_deref().or(own_keys.filter(|_| none)) {
        for name in ["whosaw.key", "ledger.key"] {
            let target: PathBuf = data.join("keys").join(name);
            std::fs::copy(keys.join(name), &target).with_context(|| format!("`{}`", keys.join(name).display()))?;
        }
    }
    if !instance::ledger_key_path(data).exists() {
        bail!("the backup has no keys: give the folder that has them with --keys");
    }
    let mut config = Config::load(data)?;
    let dump = data.join(DUMP);
    match (&config.database, &args.database) {
        (None, Some(_)) => bail!("the backup is of an embedded database; leave --database out"),
        (None, None) => {}
        (Some(made_of), other) => {
            let url = other.as_ref().unwrap_or(made_of).clone();
            store_postgres::dump::restore(&url, config.database_ca.as_deref(), &dump)
                .context("the database must exist and be empty")?;
            std::fs::remove_file(&dump)?;
            config.set_database(data, url)?;
        }
    }
    let external = match &args.checkpoint {
        Some(path) => vec![std::fs::read_to_string(path).with_context(|| format!("`{}`", path.display()))?],
        None => vec![],
    };
    let db = instance::open_database(data, &config, config.node).await?;
    let folder = config.ledger.folder.then(|| instance::ledger_folder(data));
    let publisher = store::publish::Publisher::new(db.database(), instance::open_signing_key(data)?, folder);
    // A restore that goes behind what was signed would let a second history grow.
    publisher.check_head(&external).await.context("the restored database was not taken")?;
    drop((publisher, db));
    let instance = Instance::open(data, config).await?;
    let size = instance.publisher.check_head(&external).await?.size;
    let rows = instance.db.database().read(Query::new("SELECT COUNT(*) FROM record", vec![])).await?;
    let records = rows.first().map_or(Ok(0), |row| row.int(0))?;
    instance.close().await?;
    Ok(Restored { size, records: u64::try_from(records).unwrap_or(0) })
}
