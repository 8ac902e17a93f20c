//! `whosaw doctor`: what is in order, what is not, and what to do.

use std::process::ExitCode;

use anyhow::Context as _;
use api::Health;
use model::Clock;
use serde::Serialize;
use serde_json::json;
use store::Query;
use store::company::OpenError;
use store::proof::StateReport;

use crate::args::{DataArgs, DoctorArgs};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::instance::{self, Db, Instance};
use crate::say::{Say, out};
use crate::sbom::{Made, look_up};

#[derive(Debug, Serialize)]
pub struct Check {
    pub name: &'static str,
    pub ok: bool,
    zh: String,
    en: String,
}

#[derive(Default)]
struct Report(Vec<Check>);

impl Report {
    fn good(&mut self, name: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(Check { name, ok: true, zh: zh.into(), en: en.into() });
    }
    fn bad(&mut self, name: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(Check { name, ok: false, zh: zh.into(), en: en.into() });
    }
}

/// What is found in a folder, for who tries a restore.
pub async fn look(data: &std::path::Path) -> Vec<Check> {
    let mut r = Report::default();
    examine(&DataArgs { data: data.to_owned() }, &mut r).await;
    r.0
}

pub async fn doctor(args: DataArgs, say: Say) -> anyhow::Result<ExitCode> {
    let mut r = Report::default();
    examine(&args, &mut r).await;
    Ok(tell(&r, say))
}

fn tell(r: &Report, say: Say) -> ExitCode {
    let ok = r.0.iter().all(|c| c.ok);
    let text = |zh: bool| {
        let lines: Vec<String> =
            r.0.iter()
                .map(|c| format!("{} {:<14} {}", if c.ok { "✓" } else { "✗" }, c.name, if zh { &c.zh } else { &c.en }))
                .collect();
        lines.join("\n")
    };
    say.answer(&text(true), &text(false), &json!({ "ok": ok, "checks": r.0 }));
    if ok { ExitCode::SUCCESS } else { ExitCode::from(3) }
}

/// Known holes in the program itself, by advisories that are there. Nothing is fetched.
///
/// # Errors
/// When they cannot be read, or the report cannot be written.
pub fn vulnerabilities(args: &DoctorArgs, say: Say) -> anyhow::Result<ExitCode> {
    let made = Made::of_this_program()?;
    let path = args.advisories.clone().unwrap_or_else(|| args.data.data.join("advisories"));
    if !path.exists() {
        let at = path.display();
        return Err(crate::say::told(
            format!("没有漏洞公告库 {at}；请把 OSV 格式的公告（解压后）放到此处，或用 --advisories 指定"),
            format!(
                "there are no advisories at `{at}`; put some of the OSV schema there, unpacked, or name them by --advisories"
            ),
        ));
    }
    let found = look_up(&made, &path)?;
    if let Some(file) = &args.report {
        let text = serde_json::to_string_pretty(&made.report(&found.hits))?;
        std::fs::write(file, text).with_context(|| format!("`{}`", file.display()))?;
    }
    let mut r = Report::default();
    let (parts, records) = (made.count(), found.records);
    if let Some(first) = &found.first_unread {
        r.bad(
            "advisories",
            format!("{} 份公告无法读取，首个 {first}；其中可能有未发现的漏洞", found.unread),
            format!(
                "{} advisories could not be read, first {first}; one of them may be about this program",
                found.unread
            ),
        );
    } else {
        r.good("advisories", format!("已读 {records} 份公告"), format!("{records} advisories read"));
    }
    for hit in &found.hits {
        let severity = hit.severity.map_or("?", |s| s.as_str());
        let line = format!("{} {} {} {severity}: {}", hit.package, hit.version, hit.id, hit.summary);
        match &hit.informational {
            Some(kind) => r.good("notice", format!("{kind}：{line}"), format!("{kind}: {line}")),
            None => {
                let fixed = hit.fixed.join(", ");
                r.bad(
                    "vulnerability",
                    format!("{line}；修复版本 {}", if fixed.is_empty() { "尚无" } else { fixed.as_str() }),
                    format!("{line}; mended in {}", if fixed.is_empty() { "none yet" } else { fixed.as_str() }),
                );
            }
        }
    }
    if found.hits.iter().all(|hit| hit.informational.is_some()) {
        r.good(
            "dependencies",
            format!("{parts} 个组件，未发现已知漏洞"),
            format!("{parts} packages, none with a known hole"),
        );
    }
    Ok(tell(&r, say))
}

/// The version, or the bill of materials.
///
/// # Errors
/// When the lock file is none.
pub fn version(sbom: bool, say: Say) -> anyhow::Result<ExitCode> {
    let version = env!("CARGO_PKG_VERSION");
    if sbom {
        out(&serde_json::to_string_pretty(&Made::of_this_program()?.cyclonedx())?);
    } else {
        let line = format!("whosaw {version}");
        say.answer(&line, &line, &json!({ "version": version }));
    }
    Ok(ExitCode::SUCCESS)
}

async fn examine(args: &DataArgs, r: &mut Report) {
    let data = &args.data;
    let config = match Config::load(data) {
        Ok(config) => {
            r.good("config", "配置正确", "the configuration is right");
            config
        }
        Err(e) => return r.bad("config", format!("{e:#}；修正后再试"), format!("{e:#}; correct it and try again")),
    };
    match instance::open_vault(data, &config) {
        Ok(vault) => {
            let info = vault.provider().describe();
            r.good(
                "keys",
                format!("密钥可用，{} 个版本，当前 {}", info.versions.len(), info.current),
                format!("keys open, {} versions, current {}", info.versions.len(), info.current),
            );
        }
        Err(e) => return r.bad("keys", format!("{e:#}"), format!("{e:#}")),
    }
    permissions(data, r);
    disk(data, r);
    let opened = match Instance::open(data, config.clone()).await {
        Err(e) if instance::in_use(&e) => {
            r.good("server", "服务正在运行，只读检查", "a server has it open; examined without writing");
            Instance::open_for_reading(data, &config).await
        }
        other => other,
    };
    let instance = match opened {
        Ok(i) => i,
        Err(e) => {
            if let Some(zh) = e.chain().find_map(|e| altered(e.downcast_ref::<OpenError>()?)) {
                return r.bad("company", zh, format!("{e:#}"));
            }
            // Opening compares schema, state, tiles and the newest known checkpoint.
            return r.bad(
                "open",
                format!("{e:#}；若日志落后于检查点，请恢复更新的备份"),
                format!("{e:#}; if the log is behind its checkpoint, restore a newer backup"),
            );
        }
    };
    let kind = match &instance.db {
        Db::Sqlite(_) => "SQLite",
        Db::Postgres(_) => "PostgreSQL",
    };
    r.good("database", format!("{kind} 已打开，结构为当前版本"), format!("{kind} opens, its schema is current"));
    if matches!(&instance.db, Db::Sqlite(_)) {
        file(&instance, r).await;
    }
    ledger(&instance, r).await;
    keys_in_use(&instance, r).await;
    if instance.db.is_poisoned() {
        // Open for reading only: there is no end to record.
        return;
    }
    if let Err(e) = instance.close().await {
        r.bad("close", format!("{e:#}"), format!("{e:#}"));
    }
}

/// Why the company is not believed, in Chinese.
fn altered(error: &OpenError) -> Option<String> {
    match error {
        OpenError::Altered => Some(
            "company_altered：人员、角色、策略、对象或设置（department、app_user、user_role、role、policy、object_type、setting、meta）\
             在程序之外被改动，不据此作任何判定；请恢复备份并联系审计"
                .into(),
        ),
        OpenError::RolledBack { have, told } => Some(format!(
            "company_rolled_back：人员、角色、策略、对象或设置是第 {have} 期的，而日志记有第 {told} 期：旧数据被放回；请恢复更新的备份并联系审计"
        )),
        _ => None,
    }
}

/// Who else can read what is in the folder.
fn permissions(data: &std::path::Path, r: &mut Report) {
    use std::os::unix::fs::PermissionsExt;
    let open: Vec<String> = ["", "whosaw.toml", "whosaw.db", "keys", "keys/whosaw.key", "keys/ledger.key"]
        .into_iter()
        .map(|name| data.join(name))
        .filter(|p| p.metadata().is_ok_and(|m| m.permissions().mode() & 0o077 != 0))
        .map(|p| p.display().to_string())
        .collect();
    let list = open.join(" ");
    if open.is_empty() {
        r.good("permissions", "只有所有者可读", "only its owner can read the instance");
    } else {
        r.bad(
            "permissions",
            format!("其他用户可读：{list}；请执行 chmod -R go-rwx {}", data.display()),
            format!("others can read {list}; run chmod -R go-rwx {}", data.display()),
        );
    }
}

/// Whether the file's pages and indexes are sound: bytes changed in it may hide a row from one index and not from another.
async fn file(instance: &Instance, r: &mut Report) {
    let found = instance.db.database().read(Query::new("PRAGMA integrity_check(20)", vec![])).await;
    match found {
        Ok(rows) if rows.len() == 1 && rows.iter().all(|row| row.text(0).is_ok_and(|said| said == "ok")) => {
            r.good("file", "数据库文件完整", "the database's file is sound");
        }
        Ok(rows) => {
            let said: Vec<&str> = rows.iter().filter_map(|row| row.text(0).ok()).collect();
            r.bad(
                "file",
                format!("whosaw.db 损坏或被改动：{said:?}；请恢复备份"),
                format!("whosaw.db is damaged or was altered: {said:?}; restore a backup"),
            );
        }
        Err(e) => r.bad("file", format!("whosaw.db：{e}"), format!("whosaw.db: {e}")),
    }
}

async fn ledger(instance: &Instance, r: &mut Report) {
    match instance.publisher.check_head(&[]).await {
        Ok(head) => {
            let signed = head.signed.map_or(0, |c| c.size);
            r.good(
                "ledger head",
                format!("日志 {} 条，与最新检查点（{signed} 条）一致", head.size),
                format!("{} entries, consistent with the newest checkpoint ({signed})", head.size),
            );
            match instance.publisher.scrub(0..head.size).await {
                Ok(s) if s.is_clean() => {
                    r.good("ledger tree", "全部叶与瓦片重算一致", "all leaves and tiles recompute")
                }
                Ok(s) => r.bad(
                    "ledger tree",
                    format!("发现篡改或损坏：{s:?}；请保全现场并联系审计"),
                    format!("tampering or damage: {s:?}; keep everything as it is and call the auditor"),
                ),
                Err(e) => r.bad("ledger tree", e.to_string(), e.to_string()),
            }
            match instance.publisher.check_checkpoints().await {
                Ok(wrong) if wrong.is_empty() => {}
                Ok(wrong) => r.bad(
                    "checkpoints",
                    format!("ledger_checkpoint 中 {wrong:?} 与日志不符；请保全现场并联系审计"),
                    format!(
                        "ledger_checkpoint: {wrong:?} are not the log's; keep everything as it is and call the auditor"
                    ),
                ),
                Err(e) => r.bad("checkpoints", e.to_string(), e.to_string()),
            }
            match instance.publisher.check_folder().await {
                Ok(wrong) if wrong.is_empty() => {
                    r.good("published", "发布文件夹与日志一致", "the published folder is the log's")
                }
                Ok(wrong) => {
                    let first: Vec<&String> = wrong.iter().take(20).collect();
                    r.bad(
                        "published",
                        format!("ledger/ 中 {} 个文件缺失或被改动，首批 {first:?}；请保全现场并联系审计", wrong.len()),
                        format!(
                            "{} files in ledger/ are missing or were altered, first {first:?}; keep everything as it is and call \
                             the auditor",
                            wrong.len()
                        ),
                    );
                }
                Err(e) => r.bad("published", e.to_string(), e.to_string()),
            }
            let (events, tables) = match instance.store.examine(SystemClock.now()).await {
                Ok((events, tables)) => (Ok(events), Ok(tables)),
                Err(e) => (Err(e.to_string()), Err(e.to_string())),
            };
            match events {
                Ok(s) if s.is_clean() => {
                    r.good(
                        "events",
                        format!("{} 条事件与叶一致", s.events),
                        format!("{} events match their leaves", s.events),
                    );
                }
                Ok(s) => r.bad(
                    "events",
                    format!("{} 条事件被改动，首批位置 {:?}；请保全现场并联系审计", s.altered_count, s.altered),
                    format!(
                        "{} events were altered, first {:?}; keep everything as it is and call the auditor",
                        s.altered_count, s.altered
                    ),
                ),
                Err(e) => r.bad("events", e.clone(), e),
            }
            match tables {
                Ok(s) if s.is_clean() => r.good(
                    "tables",
                    format!("{} 行与封印及日志一致", s.rows),
                    format!("{} rows match their seals and what the log tells of them", s.rows),
                ),
                Ok(s) => r.bad(
                    "tables",
                    format!("{} 处与封印或日志不符，首批 {:?}；请保全现场并联系审计", s.finding_count, listed(&s)),
                    format!(
                        "{} findings where rows are not what the program wrote, first {:?}; keep everything as it is and call \
                         the auditor",
                        s.finding_count,
                        listed(&s)
                    ),
                ),
                Err(e) => r.bad("tables", e.clone(), e),
            }
        }
        Err(e) => r.bad("ledger head", e.to_string(), e.to_string()),
    }
}

/// Table, key and problem of each finding.
fn listed(report: &StateReport) -> Vec<String> {
    report.findings.iter().map(|f| format!("{} {} {}", f.table, f.key, f.problem)).collect()
}

async fn keys_in_use(instance: &Instance, r: &mut Report) {
    let info = instance.vault.provider().describe();
    match instance.store.keys_by_version().await {
        Ok(counts) => {
            let mut missing = counts.versions();
            missing.retain(|v| !info.versions.iter().any(|k| k.version == *v));
            if missing.is_empty() {
                let (customers, log) = (counts.customers, counts.log);
                r.good(
                    "data keys",
                    format!("客户 {customers:?}，日志 {log:?}（版本： 数量）"),
                    format!("customers {customers:?}, log {log:?} (version: count)"),
                );
            } else {
                r.bad(
                    "data keys",
                    format!("缺少密钥版本 {missing:?}，相应客户或日志无法读取；请找回旧密钥文件"),
                    format!(
                        "key versions {missing:?} are missing, what is under them cannot be read; find the older key file"
                    ),
                );
            }
        }
        Err(e) => r.bad("data keys", e.to_string(), e.to_string()),
    }
}

fn disk(data: &std::path::Path, r: &mut Report) {
    let out = std::process::Command::new("df").args(["-Pk", "--"]).arg(data).output();
    let free_kib = out.ok().and_then(|o| {
        let text = String::from_utf8_lossy(&o.stdout).into_owned();
        text.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()
    });
    match free_kib {
        Some(kib) if kib < 1 << 20 => r.bad(
            "disk",
            format!("仅剩 {} MiB；磁盘写满时一切访问都会停止", kib >> 10),
            format!("{} MiB free; when the disk is full, all access stops", kib >> 10),
        ),
        Some(kib) => r.good("disk", format!("剩余 {} MiB", kib >> 10), format!("{} MiB free", kib >> 10)),
        None => r.bad("disk", "无法得知剩余空间", "free space cannot be told"),
    }
}
