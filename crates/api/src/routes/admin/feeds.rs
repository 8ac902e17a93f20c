//! `/admin/feeds`: other systems' access logs 外部访问日志: the sources, trying a mapping, taking a file in, and what could not be read.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use access::path::Refusal;
use axum::body::Body as HttpBody;
use axum::extract::State;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use model::feed::{CsvMapping, FeedEncoding, FeedFormat, FeedPeople, FeedSource};
use model::{Action, FeedLoadId};
use serde::{Deserialize, Serialize};
use store::arrived::Arrived;
use store::company::Note;
use store::feeds::{
    BeginFeedLoad, DropFeed, Feed, FeedPreview, FeedView, ListFeeds, ListRejected, LoadCounts, LoadView, PreviewFeed,
    PutFeed, RejectedPage, Unpacked, What, file_digest,
};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::extract::{Body, IdPath, ImportBody, Query, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::routes::arrive::read_up_to;
use crate::schema::Items;
use crate::state::ApiState;

/// Bytes of a file that is sent here; larger ones are taken in by `whosaw feed load`.
const MOST_FILE: usize = 64 << 20;
/// Bytes that such a file may unpack to.
const MOST_UNPACKED: u64 = 4 << 30;

/// A name for each of the model's.
macro_rules! words {
    ($(#[$doc:meta])* $form:ident = $of:ident { $($word:ident),* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $form { $($word),* }
        impl From<$form> for $of {
            fn from(form: $form) -> Self {
                match form { $($form::$word => $of::$word),* }
            }
        }
        impl From<$of> for $form {
            fn from(of: $of) -> Self {
                match of { $($of::$word => $form::$word),* }
            }
        }
    };
}
words! {
    /// `csv`: by a mapping of columns. `salesforce`: EventLogFile. `microsoft365`: unified audit log with Dataverse. `pgaudit`: PostgreSQL's csvlog.
    FeedFormatForm = FeedFormat { Csv, Salesforce, Microsoft365, Pgaudit, Ocsf }
}
words! {
    /// Of CSV; JSON is UTF-8.
    FeedEncodingForm = FeedEncoding { Utf8, Gb18030 }
}

/// Which column says what.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CsvForm {
    pub time: String,
    pub user: String,
    /// Columns whose texts, joined by `:`, say what was done.
    pub action: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What names a line in the other system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// One character; a comma if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 1)]
    pub delimiter: Option<char>,
}

impl From<CsvForm> for CsvMapping {
    fn from(f: CsvForm) -> Self {
        let CsvForm { time, user, action, object, record, customer, fields, rows, address, id, delimiter } = f;
        Self { time, user, action, object, record, customer, fields, rows, address, id, delimiter }
    }
}
impl From<CsvMapping> for CsvForm {
    fn from(f: CsvMapping) -> Self {
        let CsvMapping { time, user, action, object, record, customer, fields, rows, address, id, delimiter } = f;
        Self { time, user, action, object, record, customer, fields, rows, address, id, delimiter }
    }
}

/// How a log is read.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedForm {
    /// Never changed: rules ask for it as `source.system`.
    #[schema(max_length = 40, example = "old_crm")]
    pub name: String,
    #[schema(value_type = crate::schema::Label)]
    pub label: model::Text,
    pub format: FeedFormatForm,
    pub encoding: FeedEncodingForm,
    /// The clock of times without an offset.
    #[schema(example = "Asia/Shanghai")]
    pub zone: String,
    /// Of `csv`.
    #[serde(default)]
    pub csv: Option<CsvForm>,
    /// By what was done, as the other system calls it (`*` at the end stands for any rest): the operation here, or `null`, which leaves the
    /// line out.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    pub actions: BTreeMap<String, Option<Action>>,
    /// Users that are programs.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub automatic: BTreeSet<String>,
    /// Users' names there are logins here.
    #[serde(default)]
    pub same_logins: bool,
    /// Users' names there are addresses of this domain, and what stands before the `@` the login here.
    #[serde(default)]
    pub mail_domain: Option<String>,
    /// By name there, the login here.
    #[serde(default)]
    pub logins: BTreeMap<String, String>,
}

impl From<FeedForm> for FeedSource {
    fn from(f: FeedForm) -> Self {
        Self {
            name: f.name,
            label: f.label,
            format: f.format.into(),
            encoding: f.encoding.into(),
            zone: f.zone,
            csv: f.csv.map(Into::into),
            actions: f.actions,
            automatic: f.automatic,
            people: match f.mail_domain.filter(|d| !d.is_empty()) {
                Some(domain) => FeedPeople::MailOf(domain),
                None if f.same_logins => FeedPeople::Login,
                None => FeedPeople::Named,
            },
            logins: f.logins,
        }
    }
}
impl From<FeedSource> for FeedForm {
    fn from(s: FeedSource) -> Self {
        Self {
            name: s.name,
            label: s.label,
            format: s.format.into(),
            encoding: s.encoding.into(),
            zone: s.zone,
            csv: s.csv.map(Into::into),
            actions: s.actions,
            automatic: s.automatic,
            same_logins: s.people == FeedPeople::Login,
            mail_domain: match s.people {
                FeedPeople::MailOf(domain) => Some(domain),
                _ => None,
            },
            logins: s.logins,
        }
    }
}

/// What became of lines.
#[derive(Serialize, ToSchema)]
pub struct FeedCounts {
    pub lines: u64,
    /// Became events.
    pub taken: u64,
    /// Were there already.
    pub known: u64,
    /// Left out by the mapping or the format.
    pub skipped: u64,
    pub rejected: u64,
}

impl From<LoadCounts> for FeedCounts {
    fn from(c: LoadCounts) -> Self {
        let LoadCounts { lines, taken, known, skipped, rejected } = c;
        Self { lines, taken, known, skipped, rejected }
    }
}

/// A file that was taken in, or is.
#[derive(Serialize, ToSchema)]
pub struct FeedFile {
    pub id: uuid::Uuid,
    pub source: String,
    pub file: String,
    pub bytes: u64,
    pub by_name: String,
    /// `running` (or broken off: sent again, it goes on), `done`, `failed`.
    pub state: String,
    pub began_at: i64,
    /// When its last part was taken in.
    pub moved_at: i64,
    pub counts: FeedCounts,
    /// Rejected lines by their reason.
    pub codes: BTreeMap<String, u64>,
    /// When the first of its events happened there.
    #[schema(required = true)]
    pub first_at: Option<i64>,
    #[schema(required = true)]
    pub last_at: Option<i64>,
    /// The code of why it could not be read to its end.
    #[schema(required = true)]
    pub failure: Option<String>,
}

impl From<LoadView> for FeedFile {
    fn from(l: LoadView) -> Self {
        Self {
            id: l.id.0,
            source: l.source,
            file: l.file,
            bytes: l.bytes,
            by_name: l.by_name,
            state: l.state.as_str().to_owned(),
            began_at: l.began_at.0,
            moved_at: l.moved_at.0,
            counts: l.counts.into(),
            codes: l.codes,
            first_at: l.first_at.map(|t| t.0),
            last_at: l.last_at.map(|t| t.0),
            failure: l.failure,
        }
    }
}

/// A source, and what was taken in of it.
#[derive(Serialize, ToSchema)]
pub struct FeedItem {
    pub source: FeedForm,
    /// Grows with each change.
    pub version: u64,
    pub by_name: String,
    pub changed_at: i64,
    pub counts: FeedCounts,
    /// Events that detection has judged.
    pub judged: u64,
    /// Of those, events that came when newer ones were judged already: no window and no baseline learnt of them.
    pub late: u64,
    /// Files in all.
    pub files: u64,
    /// Those that began last.
    pub loads: Vec<FeedFile>,
}

impl From<FeedView> for FeedItem {
    fn from(v: FeedView) -> Self {
        Self {
            source: FeedSource::clone(&v.kept.source).into(),
            version: v.kept.version,
            by_name: v.by_name,
            changed_at: v.kept.at.0,
            counts: v.counts.into(),
            judged: v.judged,
            late: v.late,
            files: v.files as u64,
            loads: v.loads.into_iter().map(Into::into).collect(),
        }
    }
}

/// A source's version.
#[derive(Serialize, ToSchema)]
pub struct FeedVersion {
    pub version: u64,
}

/// A source, kept or not, and the beginning of a file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeedTrial {
    pub source: FeedForm,
    /// The file's bytes in base64, or its first ones; packed by gzip or not.
    pub data: String,
    /// Whether there is more of the file.
    #[serde(default)]
    pub cut: bool,
}

/// A line, as it would be taken in.
#[derive(Serialize, ToSchema)]
pub struct FeedTrialLine {
    pub line: u64,
    /// `null` if it is left out or rejected.
    #[schema(required = true, value_type = Option<crate::schema::ForeignSaid>)]
    pub event: Option<model::feed::ForeignEvent>,
    /// Who of the people here it would be held to be.
    #[schema(required = true)]
    pub person: Option<String>,
    /// Why it would be rejected.
    #[schema(required = true)]
    pub code: Option<String>,
    /// The beginning of a rejected line.
    #[schema(required = true)]
    pub text: Option<String>,
}

/// An act, as the other system calls it, and what it would be here.
#[derive(Serialize, ToSchema)]
pub struct FeedSaid {
    pub said: String,
    pub action: String,
    pub count: u64,
}

/// How a file would be read. Nothing was taken in.
#[derive(Serialize, ToSchema)]
pub struct FeedTrialAnswer {
    pub counts: FeedCounts,
    pub codes: BTreeMap<String, u64>,
    pub said: Vec<FeedSaid>,
    pub users: u64,
    /// Users that are somebody here.
    pub people: u64,
    #[schema(required = true)]
    pub first_at: Option<i64>,
    #[schema(required = true)]
    pub last_at: Option<i64>,
    /// Lines that are earlier than one before them.
    pub backwards: u64,
    pub lines: Vec<FeedTrialLine>,
    pub more: bool,
}

impl From<FeedPreview> for FeedTrialAnswer {
    fn from(p: FeedPreview) -> Self {
        let said =
            |s: store::feeds::PreviewSaid| FeedSaid { said: s.said, action: s.action.to_string(), count: s.count };
        let line = |l: store::feeds::PreviewLine| {
            let (event, code, text) = match l.what {
                What::Event(event) => (Some(*event), None, None),
                What::Skipped => (None, None, None),
                What::Rejected(no) => (None, Some(no.code), Some(no.text)),
            };
            FeedTrialLine { line: l.number, event, person: l.person, code, text }
        };
        Self {
            counts: p.counts.into(),
            codes: p.codes,
            said: p.said.into_iter().map(said).collect(),
            users: p.users,
            people: p.people,
            first_at: p.first_at.map(|t| t.0),
            last_at: p.last_at.map(|t| t.0),
            backwards: p.backwards,
            lines: p.first.into_iter().map(line).collect(),
            more: p.more,
        }
    }
}

/// A line that could not be read.
#[derive(Serialize, ToSchema)]
pub struct FeedRejected {
    pub line: u64,
    pub code: String,
    /// The beginning of the line.
    pub text: String,
    /// The event that holds it.
    pub event: uuid::Uuid,
}

/// Lines of a file that could not be read.
#[derive(Serialize, ToSchema)]
pub struct FeedRejectedPage {
    pub load: FeedFile,
    pub items: Vec<FeedRejected>,
    /// Parts whose events' retention has ended.
    pub dropped: u64,
    /// `after` of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<u64>,
}

impl From<RejectedPage> for FeedRejectedPage {
    fn from(p: RejectedPage) -> Self {
        let item =
            |r: store::feeds::RejectedLine| FeedRejected { line: r.line, code: r.code, text: r.text, event: r.event.0 };
        Self { load: p.load.into(), items: p.items.into_iter().map(item).collect(), dropped: p.dropped, next: p.next }
    }
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct LoadQuery {
    /// The source.
    pub source: String,
    /// What the file is called.
    #[param(max_length = 200)]
    pub file: String,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct FeedNameQuery {
    /// The source.
    pub source: String,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct RejectedQuery {
    /// `next` of the page before.
    pub after: Option<u64>,
}

/// Other systems whose access logs are taken in
#[utoipa::path(
    get, path = "/admin/feeds", tag = "admin",
    responses((status = 200, description = "sources with the files taken in last", body = Items<FeedItem>)),
    extensions(("x-whosaw-action" = json!("feed.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_feeds(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<FeedItem>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListFeeds).await?;
    let all = state.store.list_feeds(grant).await?;
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(FeedItem::from).collect() }))
}

/// Add a source, or change how it is read
#[utoipa::path(
    put, path = "/admin/feeds", tag = "admin",
    request_body = FeedForm,
    responses((status = 200, description = "its version", body = FeedVersion)),
    extensions(("x-whosaw-action" = json!("feed.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn put_feed(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(form): Body<FeedForm>,
) -> Outcome<Answer<FeedVersion>> {
    let op = PutFeed { source: form.into(), note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.put_feed(grant).await?, |version| FeedVersion { version }))
}

/// Take no more of a source in. What was taken in stays
#[utoipa::path(
    delete, path = "/admin/feeds", tag = "admin",
    params(FeedNameQuery),
    responses((status = 204, description = "removed")),
    extensions(("x-whosaw-action" = json!("feed.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn drop_feed(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<FeedNameQuery>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, DropFeed { name: query.source }).await?;
    Ok(Answer::done(&state.store.drop_feed(grant).await?))
}

/// Try how a file would be read. Nothing is taken in
#[utoipa::path(
    post, path = "/admin/feeds/try", tag = "admin",
    request_body = FeedTrial,
    responses((status = 200, description = "the first lines, and counts", body = FeedTrialAnswer)),
    extensions(("x-whosaw-action" = json!("feed.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn try_feed(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ImportBody(form): ImportBody<FeedTrial>,
) -> Outcome<Answer<FeedTrialAnswer>> {
    let bytes = BASE64_STANDARD
        .decode(form.data.as_bytes())
        .map_err(|_| Problem::new(Code::InvalidValues).item("/data", "invalid_value", "bytes in base64"))?;
    let op = PreviewFeed { source: form.source.into(), bytes, cut: form.cut };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.preview_feed(grant).await?, FeedTrialAnswer::from))
}

/// Take a file in. It goes on when the answer is there: see the list
#[utoipa::path(
    post, path = "/admin/feeds/loads", tag = "admin",
    params(LoadQuery),
    request_body(content = String, description = "the file", content_type = "application/octet-stream"),
    responses((status = 200, description = "the file, as far as it is", body = FeedFile)),
    extensions(("x-whosaw-action" = json!("feed.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn load_feed(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<LoadQuery>,
    body: HttpBody,
) -> Outcome<Answer<FeedFile>> {
    let gate = state.store.gate();
    let bytes = match gate.would_admit_system(&who.caller, Action::FeedManage) {
        // Whoever may not is refused before anything is read.
        false => vec![],
        true => match read_up_to(MOST_FILE, body, state.config.timeout).await {
            Arrived::Whole(bytes) => bytes,
            Arrived::TooLarge => {
                let told = format!("at most {MOST_FILE} bytes; `whosaw feed load` takes larger files");
                return Err(Problem::new(Code::BodyTooLarge).detail(told));
            }
            Arrived::Broken => {
                return Err(Problem::new(Code::MalformedRequest).detail("the body did not arrive whole"));
            }
        },
    };
    let (digest, length) = file_digest(&*bytes).map_err(|e| Refusal::StoreUnavailable(e.to_string()))?;
    let op = BeginFeedLoad { source: query.source, file: query.file, bytes: length, digest };
    let grant = gate.admit_system(&who.caller, op).await?;
    let begun = state.store.begin_feed_load(grant).await?;
    let (store, clock) = (state.store.clone(), state.clock.clone());
    Ok(Answer::with(begun, |mut load| {
        let view = store.feed_load_view(&load);
        if !load.is_over() {
            tokio::spawn(async move {
                let open =
                    |source, now| Ok(Feed::new(Unpacked::of(Cursor::new(bytes))?, source, now)?.at_most(MOST_UNPACKED));
                if let Err(refusal) = store.run_feed_load(&mut load, open, || clock.now(), |_| {}).await {
                    tracing::warn!(%refusal, "a log of another system was not taken in to its end");
                }
            });
        }
        view.into()
    }))
}

/// Lines of a file that could not be read
#[utoipa::path(
    get, path = "/admin/feeds/loads/{id}/rejected", tag = "admin",
    params(("id" = uuid::Uuid, Path), RejectedQuery),
    responses((status = 200, description = "in the order of the file", body = FeedRejectedPage)),
    extensions(("x-whosaw-action" = json!("feed.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_rejected(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(load): IdPath<FeedLoadId>,
    Query(query): Query<RejectedQuery>,
) -> Outcome<Answer<FeedRejectedPage>> {
    let op = ListRejected { load, after: query.after.unwrap_or(0) };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::with(state.store.list_rejected(grant).await?, FeedRejectedPage::from))
}
