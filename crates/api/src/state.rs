//! What every handler is given: the store, the clock, the configuration. Never a database handle.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use metrics_exporter_prometheus::PrometheusHandle;
use model::Clock;
use store::Store;
use store::channels::{Answered, Post, Sender};
use store::mail::{Carried, Carrier, Letter, MailError, OpenServer};
use store::publish::Publisher;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// How the API answers. Session lifetimes are not here: they are a company setting ([`store::company::SessionRules`]).
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Under which address people reach the server, without a final slash: `https://crm.example.com`. Unsafe requests
    /// that carry a cookie must come from there, if the browser says where they come from.
    pub public_url: String,
    /// Most bytes of a request's body.
    pub body_limit: usize,
    /// Most bytes of an import's body.
    pub import_limit: usize,
    /// Served over TLS: cookies are `Secure` and named `__Host-…`, and answers carry HSTS.
    pub secure_cookies: bool,
    /// Proxies whose `X-Forwarded-For` is believed. By default none.
    pub trusted_proxies: Vec<IpNet>,
    /// Longest time until an answer begins.
    pub timeout: Duration,
    /// Longest time until a file that is sent in has come whole; `timeout` holds between any two pieces of it.
    pub upload_timeout: Duration,
    /// Files that may be sent in at once, all callers together.
    pub uploads_at_once: usize,
    /// Requests under way at once; more are refused with 503.
    pub concurrency: usize,
    /// Whether `/ledger/…` is served to everyone: it holds no personal data, and evidence is checked against it.
    pub public_ledger: bool,
    /// How many exports may be under way at once, all callers together.
    pub exports_at_once: usize,
    /// How many may watch the log at once, all callers together.
    pub watchers: usize,
    /// Everything in it is made up, and the status page says so.
    pub demo: bool,
    /// Where planned reports are put as files, if anywhere.
    pub reports_folder: Option<PathBuf>,
}

impl Default for ApiConfig {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8700".to_owned(),
            body_limit: 1 << 20,
            import_limit: 32 << 20,
            secure_cookies: false,
            trusted_proxies: vec![],
            timeout: Duration::from_secs(30),
            upload_timeout: Duration::from_secs(900),
            uploads_at_once: 32,
            concurrency: 1024,
            public_ledger: true,
            exports_at_once: 8,
            watchers: 64,
            demo: false,
            reports_folder: None,
        }
    }
}

impl ApiConfig {
    /// The session cookie's name: `__Host-` binds it to this host, but browsers take it over TLS only.
    pub fn cookie_name(&self) -> &'static str {
        if self.secure_cookies { "__Host-whosaw" } else { "whosaw" }
    }
}

/// Whether the access log takes records: what `/readyz` asks besides the database.
pub trait Health: Send + Sync + 'static {
    /// A commit has failed: nothing is recorded, so nothing is disclosed, until a restart.
    fn is_poisoned(&self) -> bool;
}

/// Where nothing carries mail.
struct NoMail;

#[async_trait::async_trait]
impl Carrier for NoMail {
    async fn carry(&self, _: OpenServer, _: String, _: Letter) -> Carried {
        Carried { error: Some(MailError::Unreachable), code: None, answer: "this process sends no mail".to_owned() }
    }
}

/// Where nothing sends messages.
struct NoSender;

#[async_trait::async_trait]
impl Sender for NoSender {
    async fn send(&self, _: Post) -> Answered {
        Answered { status: None, body: "this process sends no messages".to_owned(), error: Some("connect") }
    }
}

/// What only the running server knows of itself: its configuration, files and machine.
#[async_trait::async_trait]
pub trait Look: Send + Sync + 'static {
    async fn look(&self, now: model::UnixMs) -> store::posture::Machine;
}

/// Where nothing of that is known.
struct NoLook;

#[async_trait::async_trait]
impl Look for NoLook {
    async fn look(&self, _: model::UnixMs) -> store::posture::Machine {
        store::posture::Machine::default()
    }
}

/// What [`crate::router`] is made of.
#[derive(Clone)]
pub struct ApiState {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub config: Arc<ApiConfig>,
    /// `None` where this node does not publish the ledger.
    pub publisher: Option<Arc<Publisher>>,
    pub health: Arc<dyn Health>,
    /// `None` where no metrics are collected.
    pub metrics: Option<PrometheusHandle>,
    /// Hands test mails to the mail server.
    pub mail: Arc<dyn Carrier>,
    /// Hands test messages to channels.
    pub channels: Arc<dyn Sender>,
    /// Says what the server knows of itself.
    pub machine: Arc<dyn Look>,
    pub(crate) running: Arc<Semaphore>,
    pub(crate) exports: Arc<Semaphore>,
    /// Room for those who watch the log.
    pub(crate) watchers: Arc<Semaphore>,
    /// Cancelled when the server ends, so that answers without an end of their own find one.
    pub stopping: CancellationToken,
    pub(crate) uploads: Arc<Semaphore>,
}

impl ApiState {
    pub fn new(store: Store, clock: Arc<dyn Clock>, health: Arc<dyn Health>, config: ApiConfig) -> Self {
        let running = Arc::new(Semaphore::new(config.concurrency));
        let exports = Arc::new(Semaphore::new(config.exports_at_once));
        let (watchers, uploads) =
            (Arc::new(Semaphore::new(config.watchers)), Arc::new(Semaphore::new(config.uploads_at_once)));
        Self {
            store,
            clock,
            config: Arc::new(config),
            publisher: None,
            health,
            metrics: None,
            mail: Arc::new(NoMail),
            channels: Arc::new(NoSender),
            machine: Arc::new(NoLook),
            running,
            exports,
            watchers,
            uploads,
            stopping: CancellationToken::new(),
        }
    }
    #[must_use]
    pub fn with_publisher(mut self, publisher: Arc<Publisher>) -> Self {
        self.publisher = Some(publisher);
        self
    }
    #[must_use]
    pub fn with_mail(mut self, mail: Arc<dyn Carrier>) -> Self {
        self.mail = mail;
        self
    }
    #[must_use]
    pub fn with_channels(mut self, channels: Arc<dyn Sender>) -> Self {
        self.channels = channels;
        self
    }
    #[must_use]
    pub fn with_machine(mut self, machine: Arc<dyn Look>) -> Self {
        self.machine = machine;
        self
    }
    #[must_use]
    pub fn with_metrics(mut self, metrics: PrometheusHandle) -> Self {
        self.metrics = Some(metrics);
        self
    }
}
