//! `whosaw doctor`: what is in order, what is not, and what to do.

use std::process::ExitCode;

use api::Health;
use serde::Serialize;
use serde_json::json;

use crate::args::DataArgs;
use crate::config::Config;
use crate::instance::{self, Db, Instance};
use crate::say::Say;

#[derive(Debug, Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
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

pub async fn doctor(args: DataArgs, say: Say) -> anyhow::Result<ExitCode> {
    let mut r = Report::default();
    examine(&args, &mut r).await;
    let ok = r.0.iter().all(|c| c.ok);
    let text = |zh: bool| {
        let lines: Vec<String> =
            r.0.iter()
                .map(|c| format!("{} {:<14} {}", if c.ok { "✓" } else { "✗" }, c.name, if zh { &c.zh } else { &c.en }))
                .collect();
        lines.join("\n")
    };
    say.answer(&text(true), &text(false), &json!({ "ok": ok, "checks": r.0 }));
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::from(3) })
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
            match instance.store.scrub_events(0..head.size).await {
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
                Err(e) => r.bad("events", e.to_string(), e.to_string()),
            }
        }
        Err(e) => r.bad("ledger head", e.to_string(), e.to_string()),
    }
}

async fn keys_in_use(instance: &Instance, r: &mut Report) {
    let info = instance.vault.provider().describe();
    match instance.store.data_keys_by_version().await {
        Ok(counts) => {
            let missing: Vec<&u32> =
                counts.keys().filter(|v| !info.versions.iter().any(|k| k.version == **v)).collect();
            if missing.is_empty() {
                r.good("data keys", format!("{counts:?}（版本： 数量）"), format!("{counts:?} (version: count)"));
            } else {
                r.bad(
                    "data keys",
                    format!("缺少密钥版本 {missing:?}，相应客户无法读取；请找回旧密钥文件"),
                    format!(
                        "key versions {missing:?} are missing, their customers cannot be read; find the older key file"
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
