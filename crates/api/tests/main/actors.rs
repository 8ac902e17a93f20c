//! A server and the people who use it.

use std::net::SocketAddr;
use std::sync::Arc;

use api::{ApiConfig, ApiState, Health};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use ledger::SigningKey;
use serde_json::Value;
use store::Query;
use store::publish::Publisher;
use testkit::company_fixture::START;
use testkit::{CompanyFixture, SteppedClock};
use tower::ServiceExt as _;
use vault::{KeyFile, Vault};

use crate::base::Base;

pub struct Office {
    pub company: CompanyFixture,
    pub base: Arc<Base>,
    router: Router,
    _dir: tempfile::TempDir,
}

struct Poisoned(Arc<Base>);
impl Health for Poisoned {
    fn is_poisoned(&self) -> bool {
        self.0.is_poisoned()
    }
}

/// Somebody with a token, or nobody.
#[derive(Clone)]
pub struct Actor<'a> {
    office: &'a Office,
    pub token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
    /// An error, and a whole problem document.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Self {
        assert_eq!(
            (self.status.as_u16(), self.header("content-type")),
            (status, "application/problem+json"),
            "{}",
            self.text()
        );
        let body = self.json();
        assert_eq!(body["code"], code, "{body}");
        assert_eq!(body["type"], format!("urn:whosaw:problem:{code}"));
        assert_eq!(body["status"], status);
        assert!(body["help"]["zh"].is_string() && body["help"]["en"].is_string() && body["title"].is_string());
        assert_eq!(body.get("trace_id").is_none(), status == 404, "{body}");
        self
    }
}

impl Office {
    pub async fn new() -> Office {
        Self::with(ApiConfig::default()).await
    }
    pub async fn with(config: ApiConfig) -> Office {
        let dir = tempfile::tempdir().unwrap();
        let start = model::UnixMs::parse_rfc3339(START).unwrap();
        let keys = KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], start).unwrap();
        let vault = Arc::new(Vault::new(Arc::new(keys), 1000));
        let base = Arc::new(Base::new(dir.path()).await);
        let db = base.database();
        let clock = Arc::new(SteppedClock::at(start));
        let company = CompanyFixture::build(db.clone(), vault, clock.clone()).await.unwrap();
        let key = SigningKey::from_seed("whosaw.example/audit", [7; 32]).unwrap();
        let publisher = Arc::new(Publisher::new(db, key, None));
        publisher.publish_once(start).await.unwrap();
        let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder().handle();
        let state = ApiState::new(company.store.clone(), clock, Arc::new(Poisoned(base.clone())), config)
            .with_publisher(publisher)
            .with_metrics(metrics);
        Office { company, base, router: api::router(state), _dir: dir }
    }

    pub async fn actor(&self, login: &str) -> Actor<'_> {
        Actor { office: self, token: Some(self.company.token(login).await.unwrap()) }
    }
    pub fn anonymous(&self) -> Actor<'_> {
        Actor { office: self, token: None }
    }

    /// A customer of somebody.
    pub async fn customer(&self, owner: &str, name: &str) -> String {
        let values = serde_json::json!({
            "name": name, "phone": "13800138000", "level": "A", "revenue": 1200.5,
        });
        self.company.record(owner, "customer", values).await.unwrap().to_string()
    }

    /// An answer whose body is still to come.
    pub async fn open(&self, mut request: Request<Body>) -> axum::response::Response {
        self.company.clock.advance_ms(1000);
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 4711))));
        self.router.clone().oneshot(request).await.unwrap()
    }
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let (parts, body) = self.open(request).await.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.map(|b| b.to_vec()).unwrap_or_default();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }

    /// A number from the database, counted without the API.
    pub async fn number(&self, sql: &str) -> i64 {
        self.base.database().read(Query::new(sql, vec![])).await.unwrap()[0].int(0).unwrap()
    }
    /// How many events of the log have this operation and decision.
    pub async fn events(&self, action: model::Action, decision: model::Decision) -> i64 {
        let sql =
            format!("SELECT COUNT(*) FROM event WHERE action = {} AND decision = {}", action.code(), decision.code());
        self.number(&sql).await
    }
    pub async fn all_events(&self) -> i64 {
        self.number("SELECT COUNT(*) FROM event").await
    }
}

impl Actor<'_> {
    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let builder = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        match &self.token {
            Some(token) => builder.header("authorization", format!("Bearer {token}")),
            None => builder,
        }
    }
    pub async fn get(&self, path: &str) -> Reply {
        self.office.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
        let mut builder = self.request(method, path).header("content-type", "application/json");
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        self.office.send(builder.body(body.into()).unwrap()).await
    }
    pub async fn send_json(&self, method: &str, path: &str, body: Value) -> Reply {
        self.send(method, path, &[], body.to_string()).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send("POST", path, &[], body.to_string()).await
    }
}

impl Reply {
    /// The problem's code, or nothing for an answer that is none.
    pub fn code_if_json(&self) -> String {
        let body: Option<Value> = serde_json::from_slice(&self.bytes).ok();
        body.and_then(|b| b["code"].as_str().map(str::to_owned)).unwrap_or_default()
    }
}
