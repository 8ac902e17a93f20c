//! `GET /audit/live`: the log as it grows, as server-sent events (WHATWG HTML, section 9.2).
//!
//! ```text
//! id: 4711
//! event: event
//! data: {"event":"…","index":4711,…}
//! ```
//!
//! `start` tells where it begins, `end` why it is over. What has come is read from the log when the one before was taken.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use model::Action;
use serde::Deserialize;
use serde_json::json;
use store::audit::{EventFilter, WATCH_EVENTS, WATCH_MINUTES, Watch, Watcher};
use utoipa::IntoParams;

use super::span::{EventQuery, YesNo};
use crate::extract::{Query, SignedInCaller};
use crate::feed::{self, FeedEvent, Place, Reader, part};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// What is watched.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct LiveQuery {
    /// Ids of users, with commas between: who acted, or for whom.
    pub users: Option<String>,
    /// Ids of departments the actor was in at that time.
    pub departments: Option<String>,
    /// Operations: `view,export`.
    pub actions: Option<String>,
    /// `allowed`, `refused`, `conflict`, `intent`, `unknown`, `failed`.
    pub decisions: Option<String>,
    /// `web`, `api`, `cli`, `import`, `export`, `job`, `agent`, `demo`.
    pub channels: Option<String>,
    /// Object types.
    pub objects: Option<String>,
    /// `yes`: every record was touched with a business reason; `no`: at least one without.
    #[param(inline)]
    pub explained: Option<YesNo>,
    /// The `index` of the last event one has; without it, what comes next. `Last-Event-ID` goes before it.
    #[param(minimum = -1)]
    pub after: Option<i64>,
    /// It ends by itself after so long; 0 gives what has come since and ends. 3600 if left out.
    #[param(maximum = 3600)]
    pub seconds: Option<u32>,
}

impl LiveQuery {
    fn filter(&self) -> Outcome<EventFilter> {
        let text = Clone::clone;
        EventQuery {
            users: text(&self.users),
            departments: text(&self.departments),
            actions: text(&self.actions),
            decisions: text(&self.decisions),
            channels: text(&self.channels),
            objects: text(&self.objects),
            explained: self.explained,
            ..EventQuery::default()
        }
        .filter()
    }
}

/// Where a reader that comes back was.
fn last_seen(headers: &HeaderMap) -> Outcome<Option<i64>> {
    let Some(value) = headers.get("last-event-id").filter(|v| !v.is_empty()) else { return Ok(None) };
    let index = value.to_str().ok().and_then(|text| text.parse().ok());
    let bad = || Problem::new(Code::MalformedRequest).item("/header/last-event-id", "invalid_value", "no position");
    index.map(Some).ok_or_else(bad)
}

/// The access log, live
///
/// Server-sent events in the order of the ledger: `start`, `event` with an event as the list has it, `end` with the reason
/// (`session_ended`, `not_permitted`, `too_slow`, `time_over`, `stopping`, `unavailable`). `id` is the event's index; sent back as
/// `Last-Event-ID`, nothing is missed and nothing comes twice. Watching is recorded when it begins, and again every ten
/// minutes or thousand events.
#[utoipa::path(
    get, path = "/audit/live", tag = "audit",
    params(LiveQuery),
    responses((status = 200, description = "events as they come", content_type = "text/event-stream", body = FeedEvent)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn watch_events(
    State(state): State<ApiState>,
    who: SignedInCaller,
    headers: HeaderMap,
    Query(query): Query<LiveQuery>,
) -> Outcome<Response> {
    let after = last_seen(&headers)?.or(query.after);
    let op = Watch { filter: query.filter()?, after, seen: None };
    let place = Place::take(&state, &headers)?;
    let grant = state.store.gate().admit_system(&who.caller, op.clone()).await?;
    let begun = state.store.watch(grant).await?;
    let event = begun.event();
    let watcher = begun.into_inner();
    let reader = (state, who.caller, Action::AuditRead);
    Ok(feed::answer(reader, place, query.seconds, event, |reader| async move {
        let ended = Watching { reader, op, watcher, seen: 0, told: 0 }.run().await;
        ended.err().unwrap_or("time_over")
    }))
}

/// One reader.
struct Watching {
    reader: Reader,
    op: Watch,
    watcher: Watcher,
    /// Events sent, and how many of them the log was told of.
    seen: u64,
    told: u64,
}

impl Watching {
    /// Sends what comes until it is over, which is said as an error.
    async fn run(mut self) -> Result<(), &'static str> {
        let mut recorded = self.reader.state.clock.now();
        let at = self.watcher.position();
        self.reader.send(part("start", Some(at), &json!({ "index": at }))).await?;
        loop {
            let now = self.reader.look().await?;
            if now >= recorded.plus_seconds(WATCH_MINUTES * 60) || self.seen - self.told >= WATCH_EVENTS {
                self.record().await?;
                recorded = now;
            }
            let lines = self.watcher.next().await.map_err(|_| "unavailable")?;
            for line in &lines {
                self.reader.send(part("event", Some(line.index), line)).await?;
                self.seen += 1;
            }
            self.reader.looked(!lines.is_empty(), !lines.is_empty()).await?;
        }
    }

    async fn record(&mut self) -> Result<(), &'static str> {
        let op = Watch { after: Some(self.watcher.position()), seen: Some(self.seen), ..self.op.clone() };
        let store = &self.reader.state.store;
        let grant = store.gate().admit_system(&self.reader.caller, op).await.map_err(|_| "not_permitted")?;
        store.watch_on(grant).await.map_err(|_| "unavailable")?;
        self.told = self.seen;
        Ok(())
    }
}
