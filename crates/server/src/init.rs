//! `whosaw init`: an empty instance with its keys and first administrators.

use std::path::Path;
use std::process::ExitCode;

use ledger::SigningKey;
use model::Clock;
use serde_json::json;
use store::company::{Bootstrap, bootstrap};
use vault::KeyFile;

use crate::args::InitArgs;
use crate::clock::{SystemClock, random};
use crate::config::Config;
use crate::instance::{self, Instance};
use crate::say::Say;

/// Makes folder, keys and configuration. The database is made by the bootstrap that follows.
pub fn lay_out(data: &Path, origin: Option<&str>, database: Option<&str>, at: model::UnixMs) -> anyhow::Result<Config> {
    instance::must_be_empty(data)?;
    instance::own_folder(data)?;
    instance::own_folder(&data.join("keys"))?;
    instance::own_folder(&data.join("ledger"))?;
    KeyFile::create(&instance::key_path(data), random()?, random()?, at)?;
    let tail: [u8; 4] = random()?;
    let named = origin.map_or_else(|| format!("whosaw.local/{:08x}", u32::from_be_bytes(tail)), str::to_owned);
    let key = SigningKey::from_seed(&named, random()?)?;
    instance::write_secret(&instance::ledger_key_path(data), &key.to_secret_text())?;
    let mut config: Config = toml::from_str("")?;
    config.database = database.map(str::to_owned);
    let text = format!(
        "# Whosaw. Every key is explained in docs/configuration.md; `whosaw config check` reads this file.\n{}",
        toml::to_string(&config)?
    );
    // The address of a database may hold its password.
    instance::write_secret(&Config::path(data), &text)?;
    Ok(config)
}

/// A password of 100 random bits to be typed once.
pub fn first_password() -> anyhow::Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes: [u8; 20] = random()?;
    let letters: Vec<char> =
        bytes.iter().filter_map(|b| LETTERS.get(usize::from(b & 31)).copied().map(char::from)).collect();
    let groups: Vec<String> = letters.chunks(5).map(|c| c.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// Makes the company of a folder that was laid out; gives the log's public key.
pub async fn make(data: &Path, config: &Config, company: Bootstrap) -> anyhow::Result<String> {
    let vault = instance::open_vault(data, config)?;
    let db = instance::open_database(data, config, config.node).await?;
    bootstrap(db.database(), vault, company).await?;
    if let instance::Db::Postgres(db) = &db {
        db.sequenced().await?;
        db.resign().await?;
    }
    drop(db);
    // Opened as every start does, so that what was made is known to open; the log's first checkpoint is published.
    let instance = Instance::open(data, Config::load(data)?).await?;
    let key = instance.publisher.verifier().to_string();
    instance.close().await?;
    Ok(key)
}

pub async fn init(args: InitArgs, say: Say) -> anyhow::Result<ExitCode> {
    let data = &args.data.data;
    let at = SystemClock.now();
    let config = lay_out(data, args.origin.as_deref(), args.database.as_deref(), at)?;
    let passwords = [first_password()?, first_password()?, first_password()?];
    let [a, b, c] = &passwords;
    let key = make(data, &config, Bootstrap::new(&args.company, [a, b, c], at)).await?;
    let json = json!({
        "data": data, "log_key": key,
        "accounts": [
            { "login": "admin", "duty": "system_admin", "password": a },
            { "login": "security", "duty": "security_admin", "password": b },
            { "login": "auditor", "duty": "audit_admin", "password": c },
        ],
    });
    let table = format!("  admin     {a}\n  security  {b}\n  auditor   {c}");
    let (d, k) = (data.display(), key);
    say.answer(
        &format!(
            "已在 {d} 建立实例。\n\n三位管理员(三员分立)的初始密码,首次登录须修改:\n{table}\n\n\
             admin 管理人员与设置,security 授予角色与策略,auditor 查询与取证;任何一位都看不到客户数据。\n\
             日志公钥(请交审计保存):{k}\n\n下一步:whosaw serve --data {d}"
        ),
        &format!(
            "Made an instance in {d}.\n\nFirst passwords of the three separated administrators, to be changed at the first sign-in:\n{table}\n\n\
             admin keeps people and settings, security gives roles and rules, auditor asks and takes evidence; none of them \
             sees customers.\nThe log's key, for the auditor to keep: {k}\n\nNext: whosaw serve --data {d}"
        ),
        &json,
    );
    Ok(ExitCode::SUCCESS)
}
