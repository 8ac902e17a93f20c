//! The first setup 首次设置: what is served while there is no company yet, to whoever has the link that the server printed.
//!
//! Rule: the link holds a secret that is made anew at each start and dies with the company's making; without it every question is
//! answered alike. Nothing is made until all of it is given: then the company, its three administrators, departments and mail server
//! are one unit of the log. What was typed before is kept as a draft, without any password.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use access::engine::Calendar;
use access::path::{Language, Refusal, Settings};
use async_trait::async_trait;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, put};
use model::{Channel, Clock, Origin, UnixMs};
use serde::{Deserialize, Serialize, Serializer};
use sha2::{Digest, Sha256};
use store::company::{Bootstrap, FirstAccount, FirstDepartment};
use store::mail::MailServer;
use zeroize::Zeroizing;

use crate::extract::{json, random};
use crate::layers::{as_problem, secure};
use crate::problem::{Code, Outcome, Problem};

/// The header that carries the link's secret.
const TOKEN: &str = "x-setup-token";
const BODY_LIMIT: usize = 256 * 1024;
/// Wrong secrets in a minute, of all callers together.
const WRONG_AT_MOST: u32 = 10;

/// An administrator to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Administrator {
    pub login: String,
    pub name: String,
}

/// A department to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftDepartment {
    pub name: String,
    /// The place of one before it in the list.
    pub parent: Option<usize>,
}

/// What was decided so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SetupDraft {
    pub company: Option<String>,
    /// In which it is set up: the company's from then on.
    pub language: Option<Language>,
    pub calendar: Option<Calendar>,
    /// System, security and audit administrator.
    pub administrators: Option<Vec<Administrator>>,
    pub departments: Vec<DraftDepartment>,
    /// Without its password.
    pub mail: Option<MailServer>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Finish {
    mail_password: Option<String>,
}

/// A first account and its password, told once.
#[derive(Serialize)]
pub struct MadeAccount {
    pub login: String,
    pub name: String,
    /// `system_admin`, `security_admin`, `audit_admin`.
    pub duty: &'static str,
    /// Must be changed at the first sign-in.
    #[serde(serialize_with = "told")]
    pub password: Zeroizing<String>,
}

fn told<S: Serializer>(password: &Zeroizing<String>, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(password)
}

/// A company that was made.
#[derive(Serialize)]
pub struct Founded {
    pub accounts: Vec<MadeAccount>,
    /// With it the published log is checked.
    pub log_key: String,
}

/// Keeps the draft and makes the company.
#[async_trait]
pub trait Founder: Send + Sync + 'static {
    fn draft(&self) -> SetupDraft;
    /// # Errors
    /// What was not written down.
    fn keep(&self, draft: &SetupDraft) -> std::io::Result<()>;
    /// Makes the company, with first passwords of its own making. Nothing is left of one that could not be made.
    ///
    /// # Errors
    /// Why not: logged already.
    async fn found(&self, plan: Bootstrap) -> Result<Founded, ()>;
}

struct SetupState {
    token: [u8; 32],
    clock: Arc<dyn Clock>,
    founder: Arc<dyn Founder>,
    /// When counting began, and how many were wrong since.
    wrong: Mutex<(UnixMs, u32)>,
    /// Held while the company is made.
    making: tokio::sync::Mutex<()>,
    done: AtomicBool,
}

type Shared = Arc<SetupState>;

/// Everything that is served until there is a company.
pub fn router(token: &str, clock: Arc<dyn Clock>, founder: Arc<dyn Founder>) -> Router {
    let state: Shared = Arc::new(SetupState {
        token: Sha256::digest(token.as_bytes()).into(),
        clock,
        founder,
        wrong: Mutex::new((UnixMs(0), 0)),
        making: tokio::sync::Mutex::default(),
        done: AtomicBool::new(false),
    });
    Router::new()
        .route("/api/v1/setup", get(show).post(finish))
        .route("/api/v1/setup/draft", put(keep))
        .route("/healthz", get(async || axum::Json(serde_json::json!({ "status": "ok" }))))
        .fallback(page)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(state.clone(), around))
        .with_state(state)
}

async fn around(State(_): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = as_problem(next.run(request).await, &hex::encode(random::<16>()));
    secure(response.headers_mut(), &path, false);
    response
}

/// The console, whose only page is the setup.
async fn page(request: Request) -> Outcome<Response> {
    let wants =
        request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("text/html"));
    let path = request.uri().path();
    let elsewhere = path != "/setup" && !path.starts_with("/assets/") && !path.starts_with("/api");
    if wants && elsewhere && request.method() == Method::GET {
        return Ok(Redirect::to("/setup").into_response());
    }
    crate::console::fallback(request).await
}

impl SetupState {
    /// Whether the caller has the link. The hashes are compared, so how long it takes tells nothing of the secret.
    fn admit(&self, headers: &HeaderMap) -> Outcome<()> {
        if self.done.load(Ordering::Acquire) {
            return Err(Problem::new(Code::UnknownRoute));
        }
        let given = headers.get(TOKEN).map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
        let given: [u8; 32] = Sha256::digest(given).into();
        if given == self.token {
            return Ok(());
        }
        let now = self.clock.now();
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        if now.0 - wrong.0.0 >= 60_000 {
            *wrong = (now, 0);
        }
        wrong.1 = wrong.1.saturating_add(1);
        if wrong.1 > WRONG_AT_MOST {
            return Err(Problem::new(Code::TooManyAttempts).retry_after(60));
        }
        tracing::warn!("somebody asked for the setup without its link");
        Err(Problem::new(Code::SetupToken))
    }
}

fn read<T: serde::de::DeserializeOwned>(body: &Bytes) -> Outcome<T> {
    json::shape(json::parse(body)?)
}

impl SetupDraft {
    /// The company it makes. Of what is left out stands what passes every check.
    fn plan(&self, password: Option<&str>, at: UnixMs) -> Outcome<Bootstrap> {
        let mut plan = Bootstrap::new(self.company.as_deref().map_or("-", str::trim), ["", "", ""], at);
        plan.settings = Settings { company: plan.company.clone(), language: self.language, ..Settings::default() };
        if let Some(calendar) = &self.calendar {
            plan.settings.calendar = calendar.clone();
        }
        if let Some(people) = &self.administrators {
            let account = |a: &Administrator| FirstAccount {
                login: a.login.trim().to_owned(),
                name: a.name.trim().to_owned(),
                password: Zeroizing::new(String::new()),
            };
            let [system, security, audit] = people.as_slice() else {
                let reason = "three administrators, one of each duty";
                return Err(Problem::new(Code::InvalidValues).item("/administrators", "invalid_value", reason));
            };
            plan.system_admin = account(system);
            plan.security_admin = account(security);
            plan.audit_admin = account(audit);
        }
        let department = |d: &DraftDepartment| FirstDepartment { name: d.name.clone(), parent: d.parent };
        plan.departments = self.departments.iter().map(department).collect();
        plan.mail = self.mail.clone().map(|server| (server, password.map(|p| Zeroizing::new(p.to_owned()))));
        plan.check().map_err(|refusal: Refusal| Problem::from(refusal))?;
        Ok(plan)
    }
}

async fn show(State(state): State<Shared>, headers: HeaderMap) -> Outcome<Response> {
    state.admit(&headers)?;
    Ok(axum::Json(state.founder.draft()).into_response())
}

async fn keep(State(state): State<Shared>, headers: HeaderMap, body: Bytes) -> Outcome<Response> {
    state.admit(&headers)?;
    let draft: SetupDraft = read(&body)?;
    // The password comes with the last step.
    let account = draft.mail.as_ref().is_some_and(|m| m.account.is_some());
    draft.plan(account.then_some("-"), state.clock.now())?;
    state.founder.keep(&draft).map_err(|error| {
        tracing::error!(%error, "the draft of the setup could not be written");
        Problem::new(Code::StoreUnavailable)
    })?;
    Ok(axum::Json(draft).into_response())
}

async fn finish(
    State(state): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Outcome<Response> {
    state.admit(&headers)?;
    let Finish { mail_password } = read(&body)?;
    let _one = state.making.lock().await;
    // Another was first.
    state.admit(&headers)?;
    let draft = state.founder.draft();
    let missing = [
        ("/company", draft.company.is_none()),
        ("/calendar", draft.calendar.is_none()),
        ("/administrators", draft.administrators.is_none()),
    ];
    if let Some((place, _)) = missing.into_iter().find(|(_, missing)| *missing) {
        let reason = "this part of the setup is missing";
        return Err(Problem::new(Code::InvalidValues).item(place, "missing_field", reason));
    }
    let mut plan = draft.plan(mail_password.as_deref(), state.clock.now())?;
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
    plan.origin = Origin {
        address: Some(peer.ip()),
        user_agent: agent.map(|a| a.chars().take(256).collect()),
        channel: Channel::Web,
    };
    let founded = state.founder.found(plan).await.map_err(|()| Problem::new(Code::Internal))?;
    state.done.store(true, Ordering::Release);
    Ok(axum::Json(founded).into_response())
}
