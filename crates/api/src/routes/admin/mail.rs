//! `/admin/mail`: the mail server 邮件服务器, a test of it, and the outbox.

use axum::extract::State;
use model::MailId;
use serde::{Deserialize, Serialize};
use store::company::Note;
use store::mail::{
    ChangeMailServer, ListMails, MailPassword, MailSecurity, MailServer, MailView, ReadMailServer, RetryMail,
    ShownMailServer, TestMail,
};
use utoipa::{IntoParams, ToSchema};
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// `tls` from the first byte, `starttls`, or `none` for a server on this machine.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurityForm {
    Tls,
    Starttls,
    None,
}

impl From<MailSecurityForm> for MailSecurity {
    fn from(form: MailSecurityForm) -> Self {
        match form {
            MailSecurityForm::Tls => MailSecurity::Tls,
            MailSecurityForm::Starttls => MailSecurity::Starttls,
            MailSecurityForm::None => MailSecurity::None,
        }
    }
}
impl From<MailSecurity> for MailSecurityForm {
    fn from(security: MailSecurity) -> Self {
        match security {
            MailSecurity::Tls => MailSecurityForm::Tls,
            MailSecurity::Starttls => MailSecurityForm::Starttls,
            MailSecurity::None => MailSecurityForm::None,
        }
    }
}

/// A mail server as it is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailServerForm {
    #[schema(max_length = 253, example = "smtp.example.com")]
    pub host: String,
    #[schema(example = 465)]
    pub port: u16,
    pub security: MailSecurityForm,
    /// Left out where the server wants no account.
    #[serde(default)]
    #[schema(max_length = 254)]
    pub account: Option<String>,
    /// Left out, the one that is kept stays. A change of host, port, security or account needs it again.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub password: Option<String>,
    /// The address that mail comes from.
    #[schema(max_length = 254, example = "crm@example.com")]
    pub from: String,
    /// Domains that receivers may have; any if there is none.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub domains: Vec<String>,
}

/// The mail server, or `null` to send no mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailServerRequest {
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub server: Option<MailServerForm>,
}

/// A mail server without its password.
#[derive(Serialize, ToSchema)]
pub struct MailServerView {
    pub host: String,
    pub port: u16,
    pub security: MailSecurityForm,
    #[schema(required = true)]
    pub account: Option<String>,
    /// Whether a password is kept; it is answered to nobody.
    pub has_password: bool,
    pub from: String,
    pub domains: Vec<String>,
}

/// The mail server, `null` where none is set.
#[derive(Serialize, ToSchema)]
pub struct MailServerAnswer {
    #[schema(required = true)]
    pub server: Option<MailServerView>,
}

impl From<ShownMailServer> for MailServerAnswer {
    fn from(shown: ShownMailServer) -> Self {
        let has_password = shown.has_password;
        let server = shown.server.map(|s| MailServerView {
            host: s.host,
            port: s.port,
            security: s.security.into(),
            account: s.account,
            has_password,
            from: s.from,
            domains: s.domains,
        });
        Self { server }
    }
}

/// To whom a test goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestMailRequest {
    #[schema(max_length = 254, example = "li.wei@example.com")]
    pub to: String,
}

/// The server took it.
#[derive(Serialize, ToSchema)]
pub struct TestMailAnswer {
    /// The server's own words.
    pub answer: String,
}

/// A mail in the outbox.
#[derive(Serialize, ToSchema)]
pub struct MailItem {
    pub id: uuid::Uuid,
    pub to: uuid::Uuid,
    pub to_name: String,
    /// What comes once a day, or at once.
    pub daily: bool,
    /// How many notices it tells of.
    pub notices: u64,
    pub at: i64,
    /// `waiting`, `sent` or `dead`.
    #[schema(example = "waiting")]
    pub state: &'static str,
    #[schema(required = true)]
    pub next_at: Option<i64>,
    pub attempts: u32,
    /// What the server answered last: SMTP's three digits.
    #[schema(required = true)]
    pub code: Option<u16>,
    /// `unreachable`, `tls`, `auth`, `refused`; `off` where it was not wanted any more.
    #[schema(required = true)]
    pub error: Option<String>,
    #[schema(required = true)]
    pub last_at: Option<i64>,
}

impl From<MailView> for MailItem {
    fn from(m: MailView) -> Self {
        Self {
            id: m.id.0,
            to: m.to.0,
            to_name: m.to_name,
            daily: m.daily,
            notices: m.notices,
            at: m.at.0,
            state: m.state,
            next_at: m.next_at.map(|t| t.0),
            attempts: m.attempts,
            code: m.code,
            error: m.error,
            last_at: m.last_at.map(|t| t.0),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct OutboxQuery {
    /// Only what could not be sent.
    #[serde(default)]
    pub dead: bool,
}

/// The mail server
#[utoipa::path(
    get, path = "/admin/mail", tag = "admin",
    responses((status = 200, description = "the server, without its password", body = MailServerAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_mail_server(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<MailServerAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadMailServer).await?;
    Ok(Answer::with(state.store.read_mail_server(grant).await?, MailServerAnswer::from))
}

/// Set the mail server
#[utoipa::path(
    put, path = "/admin/mail", tag = "admin",
    request_body = MailServerRequest,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_mail_server(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<MailServerRequest>,
) -> Outcome<Answer<()>> {
    let (server, password) = b.server.map_or((None, None), |s| {
        let server = MailServer {
            host: s.host,
            port: s.port,
            security: s.security.into(),
            account: s.account,
            from: s.from,
            domains: s.domains,
        };
        (Some(server), s.password)
    });
    let password = password.map_or(MailPassword::Keep, |p| MailPassword::Set(Zeroizing::new(p)));
    let op = ChangeMailServer { server, password, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_mail_server(grant).await?))
}

/// Send a test mail
///
/// By the settings that are saved. What the server says against it is in the problem's `detail`.
#[utoipa::path(
    post, path = "/admin/mail/test", tag = "admin",
    request_body = TestMailRequest,
    responses((status = 200, description = "the server took it", body = TestMailAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn test_mail(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<TestMailRequest>,
) -> Outcome<Answer<TestMailAnswer>> {
    let op = TestMail { to: b.to, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.test_mail(grant, &*state.mail).await?, |answer| TestMailAnswer { answer }))
}

/// The outbox of mail
///
/// Newest first, at most 200; what is over is kept for thirty days.
#[utoipa::path(
    get, path = "/admin/mail/outbox", tag = "admin",
    params(OutboxQuery),
    responses((status = 200, description = "mails without what they say", body = Items<MailItem>)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_mails(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<OutboxQuery>,
) -> Outcome<Answer<Items<MailItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListMails { dead: q.dead }).await?;
    let form = |all: Vec<MailView>| Items { items: all.into_iter().map(MailItem::from).collect() };
    Ok(Answer::with(state.store.list_mails(grant).await?, form))
}

/// Send a mail once more
///
/// One that is `dead`: it is tried anew from the beginning.
#[utoipa::path(
    post, path = "/admin/mail/outbox/{id}/retry", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "it will be tried")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn retry_mail(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<MailId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RetryMail { id }).await?;
    Ok(Answer::done(&state.store.retry_mail(grant).await?))
}
