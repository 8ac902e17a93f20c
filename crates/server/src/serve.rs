//! `whosaw serve`: HTTP, the publisher, and an end that finishes what is under way.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use api::{ApiConfig, ApiState};
use model::Clock;
use store::notices::Due;
use tokio::sync::watch;

use crate::args::ServeArgs;
use crate::clock::SystemClock;
use crate::config::{Config, LogFormat, Tls};
use crate::instance::{Instance, Opener};
use crate::say::Say;

/// How often the publisher looks: a checkpoint is at most about a second behind.
const PUBLISH_EVERY: Duration = Duration::from_millis(800);
/// How often it is looked whether the log is to be computed anew, in rounds: some minutes.
const ROUNDS_OF_A_LOOK: u64 = 375;
/// Rounds of the background work in a minute, about.
const ROUNDS_OF_A_MINUTE: u64 = 75;
/// How soon what other nodes let through counts here.
const COUNT_EVERY: Duration = Duration::from_millis(500);
/// How long requests under way may take to end.
const GRACE: Duration = Duration::from_secs(20);

fn start_log(format: LogFormat) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::new("info,tokio_postgres=warn,hyper=warn,rustls=warn");
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first log.
    let _ = match format {
        LogFormat::Json => subscriber.json().try_init(),
        LogFormat::Text => subscriber.try_init(),
    };
}

pub async fn serve(args: ServeArgs, say: Say) -> anyhow::Result<ExitCode> {
    let fresh = crate::setup::is_wanted(&args.data.data);
    let mut config = if fresh { Config::of_environment()? } else { Config::load(&args.data.data)? };
    if let Some(listen) = args.listen {
        config.listen = listen;
    }
    if args.database.is_some() {
        config.database = args.database;
    }
    config.check()?;
    start_log(config.log);
    // Before anything is opened: an address in use is told without a start and stop in the ledger.
    let listener =
        std::net::TcpListener::bind(config.listen).with_context(|| format!("cannot listen on {}", config.listen))?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    if fresh {
        if !crate::setup::lead(&args.data.data, config.database.clone(), &listener, say).await? {
            return Ok(ExitCode::SUCCESS);
        }
        let (listen, database) = (address, config.database);
        config = Config { listen, database, ..Config::load(&args.data.data)? };
    }
    let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().install_recorder()?;
    let instance = Instance::open_as(Opener::Server, &args.data.data, config.clone()).await?;
    close_lost_exports(&instance).await?;
    instance.settle().await?;
    instance.publisher.publish_once(SystemClock.now()).await?;

    let secure = config.tls.is_some();
    let own = format!("{}://{}", if secure { "https" } else { "http" }, address);
    let public_url = config.public_url.clone().unwrap_or(own);
    let demo = crate::demo::accounts(&instance.db).await?;
    let api = ApiConfig {
        secure_cookies: public_url.starts_with("https://"),
        public_url: public_url.clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        public_ledger: config.ledger.public,
        demo: demo.is_some(),
        reports_folder: config.reports.folder.clone(),
        ..ApiConfig::default()
    };
    let looker: Arc<dyn api::Look> =
        Arc::new(crate::posture::Looker::new(args.data.data.clone(), config.clone(), public_url.clone(), true));
    let state = ApiState::new(instance.store.clone(), Arc::new(SystemClock), Arc::new(instance.db.clone()), api)
        .with_publisher(instance.publisher.clone())
        .with_mail(Arc::new(crate::mail::Smtp))
        .with_channels(Arc::new(crate::outside::Http))
        .with_machine(looker.clone())
        .with_metrics(metrics);
    let stopping = state.stopping.clone();
    let router = api::router(state);

    let (stop, stopped) = watch::channel(false);
    // Before anything is answered: what was before is counted from the log.
    let usage = store::usage::Usage::begin(instance.store.clone()).await?;
    let usage = tokio::spawn(count(usage, stopped.clone()));
    let background = tokio::spawn(background(
        args.data.data.clone(),
        instance.store.clone(),
        instance.publisher.clone(),
        stopped.clone(),
    ));
    let webhooks = crate::webhooks::Webhooks::new(instance.store.clone());
    let webhooks = tokio::spawn(crate::outbox::work(webhooks, instance.db.clone(), stopped.clone()));
    let mail = crate::mail::Mails {
        store: instance.store.clone(),
        carrier: Arc::new(crate::mail::Smtp),
        public_url: public_url.clone(),
    };
    let mail = tokio::spawn(crate::outbox::work(mail, instance.db.clone(), stopped.clone()));
    let watching = tokio::spawn(crate::watch::work(instance.store.clone(), instance.db.clone(), stopped.clone()));
    let channels = crate::channels::Channels::new(
        instance.store.clone(),
        Arc::new(crate::outside::Http),
        Arc::new(crate::mail::Smtp),
        public_url.clone(),
    );
    let channels = tokio::spawn(crate::outbox::work(channels, instance.db.clone(), stopped.clone()));
    let evenings = crate::evening::Evenings::new(instance.store.clone());
    let evenings = tokio::spawn(crate::outbox::work(evenings, instance.db.clone(), stopped.clone()));
    let trainings = crate::training::Trainings::new(instance.store.clone());
    let trainings = tokio::spawn(crate::outbox::work(trainings, instance.db.clone(), stopped.clone()));
    let findings = crate::findings::Findings(instance.store.clone());
    let findings = tokio::spawn(crate::outbox::work(findings, instance.db.clone(), stopped.clone()));
    let reviews = crate::reviews::Reviews::new(instance.store.clone());
    let reviews = tokio::spawn(crate::outbox::work(reviews, instance.db.clone(), stopped.clone()));
    let reports = crate::reports::Reports::new(instance.store.clone(), config.reports.folder.clone());
    let leavers = crate::leavers::Leavers(instance.store.clone());
    let leavers = tokio::spawn(crate::outbox::work(leavers, instance.db.clone(), stopped.clone()));
    let reports = tokio::spawn(crate::outbox::work(reports, instance.db.clone(), stopped.clone()));
    let postures = crate::posture::Postures::new(instance.store.clone(), looker);
    let postures = tokio::spawn(crate::outbox::work(postures, instance.db.clone(), stopped.clone()));
    let handle = axum_server::Handle::new();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = match &config.tls {
        None => tokio::spawn(axum_server::from_tcp(listener)?.handle(handle.clone()).serve(service)),
        Some(tls) => {
            let rustls = rustls_config(tls).await?;
            tokio::spawn(reload(rustls.clone(), tls.clone(), stopped));
            tokio::spawn(axum_server::from_tcp_rustls(listener, rustls)?.handle(handle.clone()).serve(service))
        }
    };
    if let Some(table) = &demo {
        let password = crate::demo::PASSWORD;
        say.line(
            &format!("演示账号（密码均为 {password}）：\n{table}"),
            &format!("Demo accounts (password of all: {password}):\n{table}"),
        );
    }
    say.answer(
        &format!("正在提供服务：{public_url}（接口文档 {public_url}/api/explorer）。Ctrl-C 结束。"),
        &format!("Serving {public_url} (API explorer at {public_url}/api/explorer). Ctrl-C ends it."),
        &serde_json::json!({ "serving": public_url, "listen": address }),
    );
    end_wanted().await?;
    tracing::info!("ending: requests under way are finished");
    stopping.cancel();
    handle.graceful_shutdown(Some(GRACE));
    server.await??;
    stop.send_replace(true);
    background.await?;
    webhooks.await?;
    mail.await?;
    watching.await?;
    channels.await?;
    evenings.await?;
    trainings.await?;
    reviews.await?;
    leavers.await?;
    reports.await?;
    findings.await?;
    postures.await?;
    usage.await?;
    instance.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Exports whose server died get their outcome. Nobody but us has the embedded database open, so none can be under way; other
/// nodes of a shared one may be at theirs, but never for a day.
async fn close_lost_exports(instance: &Instance) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let before = match instance.db {
        crate::instance::Db::Sqlite(_) => now,
        crate::instance::Db::Postgres(_) => now.plus_days(-1),
    };
    let lost = instance.store.close_lost_exports(now, before).await?;
    if lost > 0 {
        tracing::warn!(lost, "exports had no outcome; they were closed as unknown");
    }
    Ok(())
}

pub async fn end_wanted() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done?,
        _ = term.recv() => {}
    }
    Ok(())
}

/// Counts what other nodes let through, and what was before the start.
async fn count(mut usage: store::usage::Usage, mut stopped: watch::Receiver<bool>) {
    loop {
        let wait = match usage.round(SystemClock.now()).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => COUNT_EVERY,
            Err(error) => {
                tracing::error!(%error, "what other nodes let through could not be counted; it is tried again");
                COUNT_EVERY
            }
        };
        tokio::select! {
            _ = stopped.changed() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Publishes when the log has grown, notices what other nodes changed, and clears away sessions that have ended.
async fn background(
    data: std::path::PathBuf,
    store: store::Store,
    publisher: Arc<store::publish::Publisher>,
    mut stopped: watch::Receiver<bool>,
) {
    let mut tick = tokio::time::interval(PUBLISH_EVERY);
    let mut rounds: u64 = 0;
    let mut published = std::time::Instant::now();
    let verifying = Arc::new(tokio::sync::Mutex::new(()));
    let resuming = Arc::new(tokio::sync::Mutex::new(()));
    loop {
        tokio::select! {
            _ = stopped.changed() => return,
            _ = tick.tick() => {}
        }
        let wait = Duration::from_secs(store.gate().settings().audit.frequency.checkpoint_seconds.into());
        // The least wish is one second, which the rounds keep as well as they can.
        if wait <= Duration::from_secs(1) || published.elapsed() >= wait {
            published = std::time::Instant::now();
            if let Err(error) = publisher.publish_once(SystemClock.now()).await {
                tracing::error!(%error, tampering = error.is_tampering(), "the ledger was not published");
            }
        }
        if let Err(error) = store.refresh_if_changed().await {
            tracing::error!(%error, "people and rules could not be read again");
        }
        if let Err(error) = crate::asked::answer_all(&data, &store).await {
            tracing::error!(%error, "what a command asked could not be answered");
        }
        rounds = rounds.wrapping_add(1);
        if rounds % ROUNDS_OF_A_LOOK == ROUNDS_OF_A_LOOK - 1
            && let Ok(alone) = verifying.clone().try_lock_owned()
        {
            let (store, publisher) = (store.clone(), publisher.clone());
            // Beside the rounds: a long log takes minutes, and checkpoints do not wait for it.
            tokio::spawn(async move {
                if let Err(error) = verify_if_due(&store, &publisher).await {
                    tracing::error!(%error, "the log could not be computed anew; it is tried again");
                }
                drop(alone);
            });
        }
        if rounds % ROUNDS_OF_A_MINUTE == 2 {
            match store.lapse_audit_proposal(SystemClock.now()).await {
                Ok(false) => {}
                Ok(true) => tracing::info!("a proposal about the audit policy lapsed"),
                Err(error) => tracing::error!(%error, "a proposal that is over was not taken away"),
            }
        }
        if rounds % 75 == 1 {
            match store.sweep_exports(SystemClock.now()).await {
                Ok(0) => {}
                Ok(files) => tracing::info!(files, "exports expired or were closed"),
                Err(error) => tracing::error!(%error, "files of exports that are over were not destroyed"),
            }
        }
        if rounds % ROUNDS_OF_A_MINUTE == 1 {
            match store.resume_handovers(&SystemClock).await {
                Ok(0) => {}
                Ok(handovers) => tracing::info!(handovers, "handovers that had stopped went on"),
                Err(error) => tracing::error!(%error, "handovers that had stopped did not go on"),
            }
            match store.escalate_cases(SystemClock.now()).await {
                Ok(0) => {}
                Ok(cases) => tracing::info!(cases, "cases are past their date; who handles them was told"),
                Err(error) => tracing::error!(%error, "who handles cases was not told what is past its date"),
            }
            if let Err(error) = store.tell_due(Due::Requests, SystemClock.now()).await {
                tracing::error!(%error, "who has to decide about requests was not told");
            }
        }
        if rounds % ROUNDS_OF_A_MINUTE == 1
            && let Ok(alone) = resuming.clone().try_lock_owned()
        {
            let store = store.clone();
            // Beside the rounds: one that acts on many records takes minutes.
            tokio::spawn(async move {
                match Box::pin(store.resume_jobs(&SystemClock)).await {
                    Ok(0) => {}
                    Ok(jobs) => tracing::info!(jobs, "jobs that had stopped went on"),
                    Err(error) => tracing::error!(%error, "jobs that had stopped did not go on"),
                }
                drop(alone);
            });
        }
        if rounds % 4500 == 1 {
            let now = SystemClock.now();
            if let Err(error) = store.sweep_jobs(now).await {
                tracing::warn!(%error, "jobs that ended long ago were not cleared away");
            }
            if let Err(error) = store.sweep_sessions(now).await {
                tracing::warn!(%error, "ended sessions were not cleared away");
            }
            if let Err(error) = store.sweep_merges(now).await {
                tracing::warn!(%error, "what merges of long ago kept was not cleared away");
            }
            match store.sweep_files(now).await {
                Ok(0) => {}
                Ok(files) => tracing::info!(files, "what was left of broken uploads was cleared away"),
                Err(error) => tracing::warn!(%error, "what was left of broken uploads was not cleared away"),
            }
            match store.sweep_case_files(now).await {
                Ok(0) => {}
                Ok(files) => tracing::info!(files, "what was left of broken uploads to cases was cleared away"),
                Err(error) => tracing::warn!(%error, "what was left of broken uploads to cases was not cleared away"),
            }
            match store.recycle_due(now).await {
                Ok(0) => {}
                Ok(records) => tracing::info!(records, "records went back to their public pools"),
                Err(error) => tracing::error!(%error, "records that are due did not go back to their public pools"),
            }
            // After recycling: what went back is not announced any more.
            if let Err(error) = store.tell_due(Due::Today, now).await {
                tracing::error!(%error, "who has something due today was not told");
            }
            if let Err(error) = store.sweep_notices(now).await {
                tracing::warn!(%error, "old notices were not cleared away");
            }
            match store.finish_erasures().await {
                Ok(0) => {}
                Ok(erasures) => tracing::info!(erasures, "the database's files were cleaned after erasures"),
                Err(error) => tracing::error!(error, "the database's files could not be cleaned after erasures"),
            }
            match store.sweep_retained(now).await {
                Ok(swept) if swept.events == 0 => {}
                Ok(swept) => tracing::info!(swept.events, "rows that a retention had dropped were cleared away"),
                Err(_) => tracing::warn!("rows that a retention had dropped were not cleared away"),
            }
            if let Err(error) = store.sweep_idempotency(now).await {
                tracing::warn!(%error, "old idempotency keys were not cleared away");
            }
        }
    }
}

/// Computes the log anew when the audit policy wants it: leaves, tiles and streams, and each event's row against its leaf. What
/// it finds is recorded, and told in the log of the server.
async fn verify_if_due(store: &store::Store, publisher: &store::publish::Publisher) -> anyhow::Result<()> {
    if !store.verification_due(SystemClock.now()).await? {
        return Ok(());
    }
    let tree = publisher.scrub(0..u64::MAX).await?;
    let rows = store.scrub_events(0..u64::MAX).await?;
    let findings = tree.finding_count + rows.altered_count;
    if findings > 0 {
        tracing::error!(findings, "the log is not as it was recorded; run `whosaw doctor` and call the auditor");
    }
    store.note_verification(SystemClock.now(), tree.leaves, findings).await?;
    Ok(())
}

async fn rustls_config(tls: &Tls) -> anyhow::Result<axum_server::tls_rustls::RustlsConfig> {
    // A second start in one process keeps the first provider; there is only this one.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    axum_server::tls_rustls::RustlsConfig::from_pem_file(&tls.certificate, &tls.key)
        .await
        .with_context(|| format!("the certificate `{}` or its key", tls.certificate.display()))
}

/// Takes a renewed certificate without a restart: when one of the files changes, and on SIGHUP.
async fn reload(config: axum_server::tls_rustls::RustlsConfig, tls: Tls, mut stopped: watch::Receiver<bool>) {
    let stamp = |tls: &Tls| {
        let of = |p: &std::path::Path| p.metadata().and_then(|m| m.modified()).ok();
        (of(&tls.certificate), of(&tls.key))
    };
    let Ok(mut hup) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) else { return };
    let mut known = stamp(&tls);
    let mut tick = tokio::time::interval(Duration::from_secs(10));
    loop {
        let asked = tokio::select! {
            _ = stopped.changed() => return,
            _ = hup.recv() => true,
            _ = tick.tick() => false,
        };
        let now = stamp(&tls);
        if asked || now != known {
            match config.reload_from_pem_file(&tls.certificate, &tls.key).await {
                Ok(()) => {
                    known = now;
                    tracing::info!("the certificate was read again");
                }
                Err(error) => tracing::error!(%error, "the new certificate cannot be used; the old one stays"),
            }
        }
    }
}
