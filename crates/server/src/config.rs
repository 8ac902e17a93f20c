//! Configuration: one TOML file in the instance's folder, and the environment over it. Unknown keys are refused.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::args::{ConfigArgs, ConfigCommand};
use crate::say::Say;

/// What must stand in `insecure_http` to serve plain HTTP beyond loopback.
pub const INSECURE: &str = "I know that customer data will travel unencrypted";

/// Added to the server's number, gives that of the commands run beside it on a shared database: two processes never write one
/// stream.
pub const COMMANDS: u32 = 1_000_000;

/// `whosaw.toml`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    #[serde(default = "default_listen")]
    pub listen: SocketAddr,
    /// Under which address people reach the server; by default where it listens.
    #[serde(default)]
    pub public_url: Option<String>,
    /// A PostgreSQL address; without one, the embedded database in the folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// Certificates (PEM) that may have signed the database server's; without it, those the operating system trusts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_ca: Option<PathBuf>,
    /// This server's number among the nodes that share a database.
    #[serde(default = "one")]
    pub node: u32,
    #[serde(default)]
    pub log: LogFormat,
    /// PEM files; both or none.
    #[serde(default)]
    pub tls: Option<Tls>,
    /// Must be exactly the sentence of docs/configuration.md to serve plain HTTP beyond loopback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub insecure_http: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub trusted_proxies: Vec<IpNet>,
    #[serde(default)]
    pub keys: Keys,
    #[serde(default)]
    pub ledger: Ledger,
    #[serde(default, skip_serializing_if = "Reports::is_none")]
    pub reports: Reports,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// Where the key-encryption keys live.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, tag = "provider", rename_all = "lowercase")]
pub enum Keys {
    /// `keys/whosaw.key` in the instance's folder.
    #[default]
    File,
    /// A token; its PIN stands in a file of mode 0600.
    Pkcs11 { module: PathBuf, token: String, pin_file: PathBuf },
}

/// Files of planned reports.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    /// Where plans put their files; without one, no plan can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
}

impl Reports {
    fn is_none(&self) -> bool {
        self.folder.is_none()
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Serve `/ledger/…` to everyone: it holds no personal data, and evidence is checked against it.
    #[serde(default = "yes")]
    pub public: bool,
    /// Also write the published ledger into `ledger/` of the instance's folder.
    #[serde(default = "yes")]
    pub folder: bool,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { public: true, folder: true }
    }
}

fn default_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8700))
}
fn one() -> u32 {
    1
}
fn yes() -> bool {
    true
}

fn environment(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    std::env::var(name).ok().filter(|v| !v.is_empty())
}

/// Whether the terminal's language is Chinese.
pub fn terminal_is_chinese() -> bool {
    ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|n| environment(n)).is_some_and(|l| l.starts_with("zh"))
}

/// Who runs the command, as the operating system's login says: a hint for the reader of the log, not a proof.
pub fn operating_system_user() -> String {
    let of = |name| environment(name).filter(|v| v.len() <= 64 && !v.chars().any(char::is_control));
    let user = of("USER").or_else(|| of("LOGNAME")).unwrap_or_else(|| "unknown".to_owned());
    of("SUDO_USER").map_or(user.clone(), |who| format!("{user} (sudo by {who})"))
}

impl Config {
    pub fn path(data: &Path) -> PathBuf {
        data.join("whosaw.toml")
    }

    /// Reads the file and puts `WHOSAW_LISTEN`, `WHOSAW_PUBLIC_URL`, `WHOSAW_DATABASE`, `WHOSAW_NODE` and `WHOSAW_LOG` over it.
    pub fn load(data: &Path) -> anyhow::Result<Self> {
        let path = Self::path(data);
        let text = std::fs::read_to_string(&path).with_context(|| {
            format!("`{}` cannot be read; `whosaw init --data {}` makes an instance", path.display(), data.display())
        })?;
        let config: Config = toml::from_str(&text).with_context(|| format!("`{}` is wrong", path.display()))?;
        config.with_environment()
    }

    /// What holds where no file is yet.
    pub fn of_environment() -> anyhow::Result<Self> {
        toml::from_str::<Config>("")?.with_environment()
    }

    fn with_environment(self) -> anyhow::Result<Self> {
        let mut config = self;
        if let Some(v) = environment("WHOSAW_LISTEN") {
            config.listen =
                v.parse().with_context(|| format!("WHOSAW_LISTEN: `{v}` is no address such as 127.0.0.1:8700"))?;
        }
        if let Some(v) = environment("WHOSAW_PUBLIC_URL") {
            config.public_url = Some(v);
        }
        if let Some(v) = environment("WHOSAW_DATABASE") {
            config.database = Some(v);
        }
        if let Some(v) = environment("WHOSAW_NODE") {
            config.node = v.parse().with_context(|| format!("WHOSAW_NODE: `{v}` is no number"))?;
        }
        match environment("WHOSAW_LOG").as_deref() {
            None => {}
            Some("json") => config.log = LogFormat::Json,
            Some("text") => config.log = LogFormat::Text,
            Some(other) => bail!("WHOSAW_LOG: `{other}` is neither `text` nor `json`"),
        }
        config.check()?;
        Ok(config)
    }

    /// Names another database in the file.
    pub fn set_database(&mut self, data: &Path, url: String) -> anyhow::Result<()> {
        let path = Self::path(data);
        let mut file: Config = toml::from_str(&std::fs::read_to_string(&path)?)?;
        file.database = Some(url.clone());
        std::fs::write(&path, toml::to_string(&file)?)?;
        self.database = Some(url);
        Ok(())
    }

    /// What cannot be meant.
    pub fn check(&self) -> anyhow::Result<()> {
        if self.tls.is_none() && !self.listen.ip().is_loopback() && self.insecure_http.as_deref() != Some(INSECURE) {
            bail!(
                "listening on {} without TLS would send customer data in the clear. Set [tls], listen on a loopback address, \
                 or write insecure_http = \"{INSECURE}\"",
                self.listen
            );
        }
        if self.insecure_http.as_deref().is_some_and(|s| s != INSECURE) {
            bail!("insecure_http must be exactly \"{INSECURE}\", or left out");
        }
        if let Some(url) = self.public_url.as_deref()
            && (!(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/'))
        {
            bail!("public_url: `{url}` must begin with http:// or https:// and not end with /");
        }
        if !(1..COMMANDS).contains(&self.node) {
            bail!("node: {} is not between 1 and {}; numbers above are those of commands", self.node, COMMANDS - 1);
        }
        if let Some(folder) = &self.reports.folder
            && !(folder.is_absolute() && folder.is_dir())
        {
            bail!("reports: `{}` is not the whole path of a folder that is there", folder.display());
        }
        if let Some(tls) = &self.tls {
            for file in [&tls.certificate, &tls.key] {
                if !file.is_file() {
                    bail!("tls: there is no file `{}`", file.display());
                }
            }
        }
        Ok(())
    }

    /// For showing: a password in the database address is left out.
    fn shown(&self) -> Self {
        let mut shown = self.clone();
        shown.database = shown.database.as_deref().map(store_postgres::shown);
        shown
    }
}

pub fn command(args: ConfigArgs, say: Say) -> anyhow::Result<ExitCode> {
    let config = Config::load(&args.data.data)?;
    let json = serde_json::to_value(config.shown())?;
    match args.command {
        ConfigCommand::Check => {
            say.answer("配置正确。", "The configuration is right.", &serde_json::json!({ "ok": true }))
        }
        ConfigCommand::Show => {
            let text = toml::to_string(&config.shown())?;
            say.answer(text.trim_end(), text.trim_end(), &json);
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_and_open_doors_are_refused() {
        assert!(toml::from_str::<Config>("lisen = \"127.0.0.1:1\"").is_err());
        let open: Config = toml::from_str("listen = \"0.0.0.0:8700\"").unwrap();
        assert!(open.check().unwrap_err().to_string().contains("without TLS"));
        let said: Config =
            toml::from_str(&format!("listen = \"0.0.0.0:8700\"\ninsecure_http = \"{INSECURE}\"")).unwrap();
        said.check().unwrap();
    }

    #[test]
    fn a_password_is_never_shown() {
        for url in ["postgres://u:hunter2@db/whosaw", "host=db user=a@b password=hunter2"] {
            let c: Config = toml::from_str(&format!("database = \"{url}\"")).unwrap();
            assert!(!toml::to_string(&c.shown()).unwrap().contains("hunter2"), "{url}");
        }
    }
}
