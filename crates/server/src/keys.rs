//! `whosaw key`: versions of the key-encryption key, and moving data keys to a new one.

use std::collections::BTreeMap;
use std::process::ExitCode;

use access::path::{OnSystem, Operation};
use model::{Action, Clock};
use serde_json::json;

use crate::args::{KeyArgs, KeyCommand};
use crate::clock::{SystemClock, random};
use crate::config::Config;
use crate::instance::{Instance, refused};
use crate::say::Say;

/// A key-encryption key was added, or data keys were wrapped anew.
struct RotateKey {
    version: u32,
}
impl Operation for RotateKey {
    const ACTION: Action = Action::KeyManage;
}
impl OnSystem for RotateKey {
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "key.rotate", "version": self.version })
    }
}

pub async fn key(args: KeyArgs, say: Say) -> anyhow::Result<ExitCode> {
    let instance = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let result = match args.command {
        KeyCommand::List => list(&instance, say).await,
        KeyCommand::Rotate => rotate(&instance, say).await,
    };
    instance.close().await?;
    result
}

async fn list(instance: &Instance, say: Say) -> anyhow::Result<ExitCode> {
    let info = instance.vault.provider().describe();
    let counts = instance.store.keys_by_version().await?;
    let mut text = String::new();
    for v in &info.versions {
        let of = |counts: &BTreeMap<u32, u64>| counts.get(&v.version).copied().unwrap_or(0);
        let mark = if v.version == info.current { "*" } else { " " };
        let (customers, log) = (of(&counts.customers), of(&counts.log));
        text.push_str(&format!("{mark} {:>3}  {}  {customers}  {log}\n", v.version, v.created_at));
    }
    say.answer(
        &format!("版本、建立时间、所包裹的客户密钥数与日志密钥数（* 为当前）：\n{text}"),
        &format!("version, made at, customers' keys and keys of the log under it (* current):\n{text}"),
        &json!({ "provider": info, "data_keys": counts.customers, "log_keys": counts.log }),
    );
    Ok(ExitCode::SUCCESS)
}

async fn rotate(instance: &Instance, say: Say) -> anyhow::Result<ExitCode> {
    // An interrupted rotation is finished first: a new key each time would leave data keys under ever more of them.
    let info = instance.vault.provider().describe();
    let unfinished = instance.store.keys_by_version().await?.versions().iter().any(|version| *version != info.current);
    let next = if unfinished { info.current } else { info.current.saturating_add(1) };
    let grant = instance.admit("security", RotateKey { version: next }).await?;
    let told = grant.carry_out(vec![], ()).await.map_err(|r| refused("security", r))?;
    let version =
        if unfinished { info.current } else { instance.vault.provider().rotate(random()?, SystemClock.now())? };
    let (moved, of_the_log) = instance.store.rewrap_keys(&instance.vault).await?;
    say.answer(
        &format!("当前密钥版本 {version}，已重新包裹 {moved} 把客户密钥、{of_the_log} 把日志密钥。旧版本保留在密钥文件中，直到不再需要旧备份。"),
        &format!("Key version {version} is current; {moved} customers' keys and {of_the_log} keys of the log were wrapped anew. Older versions stay in the key file as long as older backups need them."),
        &json!({ "version": version, "rewrapped": moved, "rewrapped_log_keys": of_the_log, "event": told.event() }),
    );
    Ok(ExitCode::SUCCESS)
}
