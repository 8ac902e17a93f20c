//! Security posture 安全态势: what only the running server knows of itself, the look of each day, and `whosaw posture`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use govern::posture::{Certificate, ClockState, Disk, Fact, Files, Program, Source, Web};
use model::{Channel, Clock as _, UnixMs};
use serde_json::json;
use store::posture::{ListPostureRuns, Machine, ReadPosture, RunPosture};
use tokio::sync::watch;

use crate::args::{PostureArgs, PostureCommand};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::instance::{self, Instance, refused};
use crate::outbox::Outbox;
use crate::say::Say;

/// What a server was started with, and where its files are.
#[derive(Debug, Clone)]
pub struct Looker {
    data: PathBuf,
    config: Config,
    public_url: String,
    /// Whether it answers people: a command on the side does not.
    serving: bool,
}

impl Looker {
    pub const fn new(data: PathBuf, config: Config, public_url: String, serving: bool) -> Self {
        Self { data, config, public_url, serving }
    }

    fn web(&self, now: UnixMs) -> Fact<Web> {
        let c = &self.config;
        // A range of 2^bits addresses; of several the widest counts.
        let bits = c.trusted_proxies.iter().map(|net| net.max_prefix_len().saturating_sub(net.prefix_len())).max();
        let web = Web {
            tls: c.tls.is_some(),
            loopback: c.listen.ip().is_loopback(),
            https: self.public_url.starts_with("https://"),
            insecure: c.insecure_http.is_some(),
            believed_bits: bits.map_or(0, u32::from),
            ledger_public: c.ledger.public,
            ledger_folder: c.ledger.folder,
        };
        Fact::known(web, now, Source::Configuration)
    }

    fn certificate(&self, now: UnixMs) -> Fact<Certificate> {
        let Some(tls) = &self.config.tls else { return Fact::None };
        let Some(until) = std::fs::read(&tls.certificate).ok().and_then(|pem| ends(&pem)) else {
            tracing::warn!("when the certificate ends could not be read");
            return Fact::Unknown;
        };
        match open_to_others(&tls.key) {
            Some(key_open) => Fact::known(Certificate { until, key_open }, now, Source::Files),
            None => Fact::Unknown,
        }
    }

    fn files(&self, now: UnixMs) -> Fact<Files> {
        let open = |name: &str| open_to_others(&self.data.join(name)).unwrap_or(false);
        if open_to_others(&self.data).is_none() {
            return Fact::Unknown;
        }
        let count = |names: &[&str]| u64::try_from(names.iter().filter(|n| open(n)).count()).unwrap_or(u64::MAX);
        let files = Files {
            open: count(&["", "whosaw.db", "whosaw.db-wal", "asked"]),
            keys_open: count(&["keys", "keys/whosaw.key", "keys/ledger.key"]),
            config_open: open("whosaw.toml"),
        };
        Fact::known(files, now, Source::Files)
    }

    fn disk(&self, now: UnixMs) -> Fact<Disk> {
        let out = std::process::Command::new("df").args(["-Pk", "--"]).arg(&self.data).output();
        out.ok()
            .and_then(|o| free(&String::from_utf8_lossy(&o.stdout)))
            .map_or(Fact::Unknown, |disk| Fact::known(disk, now, Source::Machine))
    }
}

/// Whether others than its owner can do anything with it; `None` where it cannot be asked.
fn open_to_others(path: &Path) -> Option<bool> {
    path.metadata().ok().map(|m| m.permissions().mode() & 0o077 != 0)
}

/// When the first certificate of a file ends.
fn ends(pem: &[u8]) -> Option<UnixMs> {
    use rustls::pki_types::pem::PemObject as _;
    use x509_cert::der::Decode as _;
    let der = rustls::pki_types::CertificateDer::from_pem_slice(pem).ok()?;
    let certificate = x509_cert::Certificate::from_der(&der).ok()?;
    let end = certificate.tbs_certificate.validity.not_after.to_unix_duration();
    i64::try_from(end.as_millis()).ok().map(UnixMs)
}

/// Free space, by what `df -Pk` says.
fn free(text: &str) -> Option<Disk> {
    let mut columns = text.lines().nth(1)?.split_whitespace().skip(1).map(|n| n.parse::<u64>().ok());
    let (all, _, free) = (columns.next()??, columns.next()??, columns.next()??);
    Some(Disk { free_mib: free >> 10, free_percent: free.saturating_mul(100).checked_div(all)? })
}

/// Whether the machine says that its clock follows a time server.
fn clock(now: UnixMs) -> Fact<ClockState> {
    let out = std::process::Command::new("timedatectl").args(["show", "-p", "NTPSynchronized", "--value"]).output();
    let said = out.ok().filter(|o| o.status.success()).map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned());
    match said.as_deref() {
        Some("yes") => Fact::known(ClockState { synchronised: true }, now, Source::Machine),
        Some("no") => Fact::known(ClockState { synchronised: false }, now, Source::Machine),
        _ => Fact::Unknown,
    }
}

fn program(now: UnixMs) -> Fact<Program> {
    let written = std::env::current_exe().and_then(|path| path.metadata()?.modified()).ok();
    let since = written.and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    let Some(at) = since.and_then(|d| i64::try_from(d.as_millis()).ok()) else { return Fact::Unknown };
    let days = (now.0.saturating_sub(at)).div_euclid(86_400_000).max(0);
    Fact::known(Program { days, debug: cfg!(debug_assertions) }, now, Source::Machine)
}

#[async_trait::async_trait]
impl api::Look for Looker {
    async fn look(&self, now: UnixMs) -> Machine {
        let own = self.clone();
        // Files and two small programs of the system: not on a thread that serves.
        let looked = tokio::task::spawn_blocking(move || Machine {
            web: if own.serving { own.web(now) } else { Fact::Unknown },
            certificate: own.certificate(now),
            files: own.files(now),
            disk: own.disk(now),
            clock: clock(now),
            program: program(now),
        });
        looked.await.unwrap_or_default()
    }
}

/// Looks once a day.
pub struct Postures {
    store: store::Store,
    looker: Arc<dyn api::Look>,
}

impl Postures {
    pub const fn new(store: store::Store, looker: Arc<dyn api::Look>) -> Self {
        Self { store, looker }
    }
}

#[async_trait::async_trait]
impl Outbox for Postures {
    const EVERY: Duration = Duration::from_secs(60);

    async fn round(&mut self, n: u64, _stopped: &mut watch::Receiver<bool>) {
        // Not while the server is still starting: what is late then is so for a moment.
        if n == 0 {
            return;
        }
        let now = SystemClock.now();
        match self.store.posture_due(now).await {
            Ok(false) => return,
            Ok(true) => {}
            Err(error) => return tracing::error!(%error, "the security posture could not be asked for"),
        }
        let machine = self.looker.look(now).await;
        match self.store.posture_of_day(machine, now).await {
            Ok(round) if round.looked => tracing::info!(round.worse, "the house looked at itself"),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the house could not look at itself; it is tried again"),
        }
    }
}

/// `whosaw posture run|show`, while no server has the embedded database open.
pub async fn posture(args: PostureArgs, say: Say) -> anyhow::Result<ExitCode> {
    let data = &args.data.data;
    let config = Config::load(data)?;
    let instance = Instance::open(data, config.clone()).await?;
    let result = posture_in(&instance, &args, config, say).await;
    instance.close().await?;
    result
}

async fn posture_in(i: &Instance, args: &PostureArgs, config: Config, say: Say) -> anyhow::Result<ExitCode> {
    let login = args.login.as_str();
    let no = |r| refused(login, r);
    let gate = i.store.gate();
    if matches!(args.command, PostureCommand::Run) {
        let caller = instance::caller(i.user(login)?, Channel::Cli);
        let grant = gate.admit_system(&caller, RunPosture).await.map_err(no)?;
        let url = config.public_url.clone().unwrap_or_default();
        let looker = Looker::new(args.data.data.clone(), config, url, false);
        let machine = api::Look::look(&looker, caller.at).await;
        i.store.run_posture(grant, machine).await.map_err(no)?;
        i.settle().await?;
    }
    let view = i.store.read_posture(i.admit(login, ReadPosture).await?).await.map_err(no)?.into_inner();
    let runs = i.store.list_posture_runs(i.admit(login, ListPostureRuns { limit: 1 }).await?).await.map_err(no)?;
    let Some(run) = runs.into_inner().into_iter().next() else {
        say.answer("还没有自查过。", "Nobody has looked yet.", &json!({ "run": null }));
        return Ok(ExitCode::SUCCESS);
    };
    let share = run.score.share.map_or_else(|| "—".to_owned(), |s| format!("{}.{}", s / 10, s % 10));
    let wrong = |zh: bool| {
        let lines = view.checks.iter().filter_map(|c| {
            let seen = c.seen.as_ref()?;
            let mark = match seen.state {
                govern::posture::State::Bad => "✗",
                govern::posture::State::Unknown => "?",
                _ => return None,
            };
            let title = c.check.title();
            Some(format!("{mark} {:<32} {}", c.check.id, if zh { title.zh } else { title.en }))
        });
        lines.collect::<Vec<String>>().join("\n")
    };
    let checks: Vec<serde_json::Value> = view
        .checks
        .iter()
        .map(|c| json!({ "id": c.check.id, "state": c.seen.as_ref().map(|s| s.state), "figures": c.seen.as_ref().map(|s| &s.figures) }))
        .collect();
    let score = &run.score;
    say.answer(
        &format!(
            "得分 {share}（满分 100）：良好 {}，不符合 {}，未知 {}，不适用 {}。\n{}",
            score.good,
            score.bad,
            score.unknown,
            score.not_applicable,
            wrong(true)
        ),
        &format!(
            "Score {share} of 100: {} good, {} bad, {} unknown, {} not applicable.\n{}",
            score.good,
            score.bad,
            score.unknown,
            score.not_applicable,
            wrong(false)
        ),
        &json!({ "run": { "id": run.id, "at": run.at, "score": score }, "checks": checks }),
    );
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_space_is_what_df_says() {
        let text = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 1000000 400000 204800 60% /\n";
        assert_eq!(free(text), Some(Disk { free_mib: 200, free_percent: 20 }));
        assert_eq!((free(""), free("a\nb c"), free("x\n/dev 0 0 0 0 /")), (None, None, None));
    }

    #[test]
    fn a_certificate_s_end_is_read_from_its_file() {
        let mut params = rcgen::CertificateParams::new(vec!["crm.example.com".to_owned()]).unwrap();
        params.not_after = rcgen::date_time_ymd(2031, 5, 6);
        let key = rcgen::KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        assert_eq!(ends(pem.as_bytes()), UnixMs::parse_rfc3339("2031-05-06T00:00:00Z"));
        assert_eq!(ends(b"no certificate"), None);
    }

    #[test]
    fn what_others_can_read_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("keys");
        std::fs::create_dir(&own).unwrap();
        let set = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        set(folder.path(), 0o700);
        set(&own, 0o700);
        let looker = |config| Looker::new(folder.path().to_owned(), config, "http://127.0.0.1:8700".to_owned(), true);
        let config: Config = toml::from_str("").unwrap();
        let good = Fact::known(Files { open: 0, keys_open: 0, config_open: false }, UnixMs(1), Source::Files);
        assert_eq!(looker(config.clone()).files(UnixMs(1)), good);
        set(&own, 0o750);
        std::fs::write(folder.path().join("whosaw.toml"), "").unwrap();
        set(&folder.path().join("whosaw.toml"), 0o644);
        let bad = Fact::known(Files { open: 0, keys_open: 1, config_open: true }, UnixMs(1), Source::Files);
        assert_eq!(looker(config.clone()).files(UnixMs(1)), bad);
        assert_eq!(looker(config).certificate(UnixMs(1)), Fact::None);
        let wide: Config = toml::from_str("trusted_proxies = [\"10.0.0.1/32\", \"10.0.0.0/8\"]").unwrap();
        assert!(matches!(looker(wide).web(UnixMs(1)), Fact::Known { value: Web { believed_bits: 24, .. }, .. }));
    }
}
