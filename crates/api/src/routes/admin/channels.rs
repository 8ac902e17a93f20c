//! `/admin/channels`: where alerts go out 通知渠道, which of them and when, a test of each, and the outbox.

use std::collections::BTreeMap;

use axum::extract::State;
use model::{DepartmentId, MessageId};
use serde::{Deserialize, Serialize};
use store::channels::{
    ChangeChannels, Channel, ChannelChange, ChannelKind, ChannelSecret, Digest, Family, Hours, Language, ListMessages,
    MessageView, ReadChannels, RetryMessage, Route, ShownChannel, ShownChannels, TestAnswer, TestChannel,
};
use store::company::Note;
use utoipa::{IntoParams, ToSchema};
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, Query, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// A word of the API for each of the store's.
macro_rules! words {
    ($(#[$doc:meta])* $form:ident = $of:path { $($word:ident = $inner:path),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $form { $($word),* }
        impl From<$form> for $of {
            fn from(form: $form) -> Self {
                match form { $($form::$word => $inner),* }
            }
        }
        impl From<$of> for $form {
            fn from(of: $of) -> Self {
                match of { $($inner => $form::$word),* }
            }
        }
    };
}

words! {
    /// `wecom` 企业微信, `dingtalk` 钉钉, `feishu` 飞书: a group's robot. `webhook`: signed as Standard Webhooks has it. `mail`: a mailbox.
    ChannelKindForm = ChannelKind {
        Webhook = ChannelKind::Webhook, Wecom = ChannelKind::Wecom, Dingtalk = ChannelKind::Dingtalk,
        Feishu = ChannelKind::Feishu, Mail = ChannelKind::Mail,
    }
}
words! {
    /// What messages are written in.
    ChannelLanguage = Language { Zh = Language::Zh, En = Language::En }
}
words! {
    /// `working`: what comes outside of working hours waits for them. `nights`: outside of working hours alone.
    RouteHours = Hours { Always = Hours::Always, Working = Hours::Working, Nights = Hours::Nights }
}
words! {
    /// How grave at least.
    RouteSeverity = model::Severity {
        Informational = model::Severity::Informational, Low = model::Severity::Low, Medium = model::Severity::Medium,
        High = model::Severity::High, Critical = model::Severity::Critical,
    }
}
words! {
    /// Kinds of rules.
    RouteFamily = Family {
        Volume = Family::Volume, Duty = Family::Duty, TimeAndPlace = Family::TimeAndPlace,
        Probing = Family::Probing, Privilege = Family::Privilege, Leaver = Family::Leaver,
        Scraping = Family::Scraping, Canary = Family::Canary, Other = Family::Other,
    }
}

/// A channel as it is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelForm {
    /// Never changed: routes name it.
    #[schema(max_length = 40, example = "security_group")]
    pub name: String,
    #[schema(value_type = crate::schema::Label)]
    pub label: model::Text,
    pub kind: ChannelKindForm,
    pub on: bool,
    pub language: ChannelLanguage,
    /// Messages of a minute at most; a robot of 企业微信 or 钉钉 takes 20.
    #[schema(example = 20)]
    pub per_minute: u16,
    /// Whether messages name the person; else they have a pseudonym.
    #[serde(default)]
    pub names: bool,
    /// The robot's or system's address, or the mailbox. Left out, the one that is kept stays.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub address: Option<String>,
    /// The robot's secret, of 钉钉 and 飞书. Left out, the one that is kept stays; empty, it signs nothing.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub secret: Option<String>,
    /// Of a `webhook`: makes a new secret.
    #[serde(default)]
    pub renew: bool,
}

/// Alerts that pass all of it go to these channels.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteForm {
    pub severity: RouteSeverity,
    /// Any if there is none.
    #[serde(default)]
    #[schema(max_items = 9)]
    pub families: Vec<RouteFamily>,
    /// Whom it is about: people of this department and of those below.
    #[serde(default)]
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub department: Option<uuid::Uuid>,
    pub hours: RouteHours,
    /// Once a day at this hour, 0 to 23, what came together; at once without one.
    #[serde(default)]
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub daily: Option<u8>,
    /// Names of channels.
    #[schema(max_items = 20)]
    pub to: Vec<String>,
}

impl From<RouteForm> for Route {
    fn from(f: RouteForm) -> Self {
        Self {
            severity: f.severity.into(),
            families: f.families.into_iter().map(Into::into).collect(),
            department: f.department.map(DepartmentId),
            hours: f.hours.into(),
            digest: f.daily.map_or(Digest::AtOnce {}, |hour| Digest::Daily { hour }),
            to: f.to,
        }
    }
}
impl From<Route> for RouteForm {
    fn from(r: Route) -> Self {
        Self {
            severity: r.severity.into(),
            families: r.families.into_iter().map(Into::into).collect(),
            department: r.department.map(|d| d.0),
            hours: r.hours.into(),
            daily: match r.digest {
                Digest::AtOnce {} => None,
                Digest::Daily { hour } => Some(hour),
            },
            to: r.to,
        }
    }
}

/// All channels and routes, in order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelsRequest {
    #[schema(max_items = 20)]
    pub channels: Vec<ChannelForm>,
    #[schema(max_items = 50)]
    pub routes: Vec<RouteForm>,
}

/// A channel without what is secret about it.
#[derive(Serialize, ToSchema)]
pub struct ChannelItem {
    pub name: String,
    #[schema(value_type = crate::schema::Label)]
    pub label: model::Text,
    pub kind: ChannelKindForm,
    pub on: bool,
    pub language: ChannelLanguage,
    pub per_minute: u16,
    pub names: bool,
    /// The host of its address, or the mailbox.
    pub shown: String,
    pub has_secret: bool,
}

/// All channels and routes.
#[derive(Serialize, ToSchema)]
pub struct ChannelsAnswer {
    pub channels: Vec<ChannelItem>,
    pub routes: Vec<RouteForm>,
    /// Hosts that may lie inside: they are set with the systems outside that automation rules tell.
    pub hosts: Vec<String>,
    /// Whether a mail server is set.
    pub mail: bool,
}

impl From<ShownChannels> for ChannelsAnswer {
    fn from(shown: ShownChannels) -> Self {
        let item = |ShownChannel { channel: c, shown, has_secret }: ShownChannel| ChannelItem {
            name: c.name,
            label: c.label,
            kind: c.kind.into(),
            on: c.on,
            language: c.language.into(),
            per_minute: c.per_minute,
            names: c.names,
            shown,
            has_secret,
        };
        Self {
            channels: shown.channels.into_iter().map(item).collect(),
            routes: shown.routes.into_iter().map(Into::into).collect(),
            hosts: shown.hosts,
            mail: shown.mail,
        }
    }
}

/// Secrets that were made for systems outside, by their channels' names. They are shown never again.
#[derive(Serialize, ToSchema)]
pub struct ChannelSecretsAnswer {
    pub secrets: BTreeMap<String, String>,
}

/// Which channel is tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestChannelRequest {
    #[schema(max_length = 40)]
    pub name: String,
}

/// The channel took it.
#[derive(Serialize, ToSchema)]
pub struct TestChannelAnswer {
    /// HTTP's.
    #[schema(required = true)]
    pub status: Option<u16>,
    /// The vendor's own, or SMTP's.
    #[schema(required = true)]
    pub code: Option<i64>,
    /// What was answered.
    pub words: String,
}

impl From<TestAnswer> for TestChannelAnswer {
    fn from(a: TestAnswer) -> Self {
        Self { status: a.status, code: a.code, words: a.words }
    }
}

/// A message in the outbox: of one alert, without what it says.
#[derive(Serialize, ToSchema)]
pub struct ChannelMessageItem {
    pub id: uuid::Uuid,
    pub channel: String,
    pub at: i64,
    /// What comes once a day, or at once.
    pub daily: bool,
    /// `waiting`, `sent` or `dead`.
    #[schema(example = "waiting")]
    pub state: &'static str,
    #[schema(required = true)]
    pub next_at: Option<i64>,
    pub attempts: u32,
    #[schema(required = true)]
    pub status: Option<u16>,
    #[schema(required = true)]
    pub code: Option<i64>,
    /// `inside`, `resolve`, `connect`, `tls`, `timeout`, `protocol`; `status`, `answer`, `busy`, `refused`; those of mail; `off` where it was
    /// not wanted any more, `own` where it was about the mailbox's owner.
    #[schema(required = true)]
    pub error: Option<String>,
    #[schema(required = true)]
    pub last_at: Option<i64>,
    /// Alerts that went with it in one message, itself counted.
    pub together: usize,
}

impl From<MessageView> for ChannelMessageItem {
    fn from(m: MessageView) -> Self {
        Self {
            id: m.id.0,
            channel: m.channel,
            at: m.at.0,
            daily: m.daily,
            state: m.state,
            next_at: m.next_at.map(|t| t.0),
            attempts: m.attempts,
            status: m.status,
            code: m.code,
            error: m.error,
            last_at: m.last_at.map(|t| t.0),
            together: m.together,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MessagesQuery {
    /// Only what could not be sent.
    #[serde(default)]
    pub dead: bool,
}

/// Channels and routes of alerts
#[utoipa::path(
    get, path = "/admin/channels", tag = "admin",
    responses((status = 200, description = "channels without addresses and secrets", body = ChannelsAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_channels(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ChannelsAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadChannels).await?;
    Ok(Answer::with(state.store.read_channels(grant).await?, ChannelsAnswer::from))
}

/// Set channels and routes of alerts
///
/// The whole lists. The secrets that are made for systems outside are in the answer, and never again.
#[utoipa::path(
    put, path = "/admin/channels", tag = "admin",
    request_body = ChannelsRequest,
    responses((status = 200, description = "set; the secrets that were made", body = ChannelSecretsAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_channels(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<ChannelsRequest>,
) -> Outcome<Answer<ChannelSecretsAnswer>> {
    let change = |f: ChannelForm| ChannelChange {
        channel: Channel {
            name: f.name,
            label: f.label,
            kind: f.kind.into(),
            on: f.on,
            language: f.language.into(),
            per_minute: f.per_minute,
            names: f.names,
        },
        address: f.address.map(Zeroizing::new),
        secret: match f.secret {
            None => ChannelSecret::Keep,
            Some(text) if text.is_empty() => ChannelSecret::None,
            Some(text) => ChannelSecret::Set(Zeroizing::new(text)),
        },
        renew: f.renew,
    };
    let op = ChangeChannels {
        channels: b.channels.into_iter().map(change).collect(),
        routes: b.routes.into_iter().map(Into::into).collect(),
        note: Note::default(),
    };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.change_channels(grant).await?, |secrets| ChannelSecretsAnswer { secrets }))
}

/// Send a test message
///
/// By the settings that are saved, also by a channel that is off. What is answered against it is in the problem's `detail`.
#[utoipa::path(
    post, path = "/admin/channels/test", tag = "admin",
    request_body = TestChannelRequest,
    responses((status = 200, description = "the channel took it", body = TestChannelAnswer)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn test_channel(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<TestChannelRequest>,
) -> Outcome<Answer<TestChannelAnswer>> {
    let op = TestChannel { name: b.name, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let tried = state.store.test_channel(grant, &*state.channels, &*state.mail).await?;
    Ok(Answer::with(tried, TestChannelAnswer::from))
}

/// The outbox of channels
///
/// Newest first, at most 200; what is over is kept for thirty days. It says nothing of the alerts.
#[utoipa::path(
    get, path = "/admin/channels/outbox", tag = "admin",
    params(MessagesQuery),
    responses((status = 200, description = "messages without what they say", body = Items<ChannelMessageItem>)),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_messages(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<MessagesQuery>,
) -> Outcome<Answer<Items<ChannelMessageItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListMessages { dead: q.dead }).await?;
    let form = |all: Vec<MessageView>| Items { items: all.into_iter().map(ChannelMessageItem::from).collect() };
    Ok(Answer::with(state.store.list_messages(grant).await?, form))
}

/// Send a message once more
///
/// One that is `dead`: it is tried anew from the beginning.
#[utoipa::path(
    post, path = "/admin/channels/outbox/{id}/retry", tag = "admin",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 204, description = "it will be tried")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn retry_message(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(id): IdPath<MessageId>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, RetryMessage { id }).await?;
    Ok(Answer::done(&state.store.retry_message(grant).await?))
}
