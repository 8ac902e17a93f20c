//! `GET /audit/live`: the log as it grows, as server-sent events (WHATWG HTML, section 9.2).
//!
//! ```text
//! id: 4711
//! event: event
//! data: {"event":"…","index":4711,…}
//! ```
//!
//! `start` tells where it begins, `end` why it is over. Nothing is kept for a reader: what has come is read from the log when the one
//! before was taken, so who is slow lags, and who does not read for [`PATIENCE`] is told `too_slow` and let go.

use std::io;
use std::time::Duration;

use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use model::Caller;
use serde::Deserialize;
use serde_json::json;
use store::audit::{EventFilter, WATCH_EVENTS, WATCH_MINUTES, Watch, Watcher};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use utoipa::IntoParams;
use zeroize::Zeroizing;

use super::span::{EventQuery, YesNo};
use crate::answer::{AUDIT_EVENT, event_value};
use crate::extract::{Query, SignedInCaller, secret_of};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// How often it is looked whether something has come.
const LOOK_EVERY: Duration = Duration::from_millis(700);
/// A line without meaning, so that nobody between takes the silence for an end. In looks.
const LOOKS_OF_A_SIGN: u32 = 20;
/// How long a reader may take for what was sent.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest life of one answer: then the reader comes back with where it was.
const LONGEST_SECONDS: u32 = 3600;
/// Parts under way to a reader.
const UNDER_WAY: usize = 16;

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
    responses((status = 200, description = "events as they come", content_type = "text/event-stream", body = String)),
    extensions(("x-whosaw-action" = json!("audit.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn watch_events(
    State(state): State<ApiState>,
    who: SignedInCaller,
    headers: HeaderMap,
    Query(query): Query<LiveQuery>,
) -> Outcome<Response> {
    let seconds = query.seconds.unwrap_or(LONGEST_SECONDS).min(LONGEST_SECONDS);
    let after = last_seen(&headers)?.or(query.after);
    let op = Watch { filter: query.filter()?, after, seen: None };
    let secret = secret_of(&headers, state.config.cookie_name())?;
    let room = state.watchers.clone().try_acquire_owned();
    let room = room.map_err(|_| Problem::new(Code::Overloaded).retry_after(30))?;
    let grant = state.store.gate().admit_system(&who.caller, op.clone()).await?;
    let begun = state.store.watch(grant).await?;
    let event = begun.event();
    let (parts, taken) = mpsc::channel(UNDER_WAY);
    let (last, ended) = oneshot::channel();
    let watching =
        Watching { state, caller: who.caller, secret, op, watcher: begun.into_inner(), parts, seen: 0, told: 0 };
    tokio::spawn(async move {
        let reason = watching.run(seconds).await;
        // Who is gone takes nothing any more.
        let _ = last.send(part("end", None, &json!({ "code": reason })));
        drop(room);
    });
    let stream = futures_util::stream::unfold((taken, Some(ended)), |(mut taken, ended)| async move {
        if let Some(part) = taken.recv().await {
            return Some((io::Result::Ok(part), (taken, ended)));
        }
        let last = ended?.await.ok()?;
        Some((Ok(last), (taken, None)))
    });
    let mut response = HttpBody::from_stream(stream).into_response();
    let h = response.headers_mut();
    h.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    h.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies that keep answers back until they have more of them are asked not to.
    h.insert("x-accel-buffering", HeaderValue::from_static("no"));
    h.insert(AUDIT_EVENT, event_value(event));
    Ok(response)
}

fn part(name: &str, id: Option<i64>, data: &impl serde::Serialize) -> Bytes {
    // JSON has no line breaks of its own, so one `data` line holds it.
    let data = serde_json::to_string(data).unwrap_or_default();
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    format!("{id}event: {name}\ndata: {data}\n\n").into()
}

/// One reader.
struct Watching {
    state: ApiState,
    caller: Caller,
    secret: Zeroizing<String>,
    op: Watch,
    watcher: Watcher,
    parts: mpsc::Sender<Bytes>,
    /// Events sent, and how many of them the log was told of.
    seen: u64,
    told: u64,
}

impl Watching {
    /// Sends what comes until it is over; gives why.
    async fn run(mut self, seconds: u32) -> &'static str {
        let over = tokio::time::Instant::now() + Duration::from_secs(seconds.into());
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut recorded = self.state.clock.now();
        let mut silent = 0;
        let at = self.watcher.position();
        if let Err(reason) = self.send(part("start", Some(at), &json!({ "index": at }))).await {
            return reason;
        }
        loop {
            tokio::select! {
                () = self.state.stopping.cancelled() => return "stopping",
                () = self.parts.closed() => return "gone",
                _ = tick.tick() => {}
            }
            let now = self.state.clock.now();
            self.caller.at = now;
            // The right to see is asked again each time, before what is seen.
            match self.state.store.is_alive(&self.secret, now).await {
                Ok(true) => {}
                Ok(false) => return "session_ended",
                Err(_) => return "unavailable",
            }
            if !self.state.store.gate().would_admit_system(&self.caller, model::Action::AuditRead) {
                return "not_permitted";
            }
            if now >= recorded.plus_seconds(WATCH_MINUTES * 60) || self.seen - self.told >= WATCH_EVENTS {
                if let Err(reason) = self.record().await {
                    return reason;
                }
                recorded = now;
            }
            let lines = match self.watcher.next().await {
                Ok(lines) => lines,
                Err(_) => return "unavailable",
            };
            silent = if lines.is_empty() { silent + 1 } else { 0 };
            let more = !lines.is_empty();
            for line in &lines {
                if let Err(reason) = self.send(part("event", Some(line.index), line)).await {
                    return reason;
                }
                self.seen += 1;
            }
            if silent >= LOOKS_OF_A_SIGN {
                silent = 0;
                if let Err(reason) = self.send(Bytes::from_static(b": still here\n\n")).await {
                    return reason;
                }
            }
            if more {
                tick.reset_immediately();
            } else if tokio::time::Instant::now() >= over {
                return "time_over";
            }
        }
    }

    async fn record(&mut self) -> Result<(), &'static str> {
        let op = Watch { after: Some(self.watcher.position()), seen: Some(self.seen), ..self.op.clone() };
        let gate = self.state.store.gate();
        let grant = gate.admit_system(&self.caller, op).await.map_err(|_| "not_permitted")?;
        self.state.store.watch_on(grant).await.map_err(|_| "unavailable")?;
        self.told = self.seen;
        Ok(())
    }

    async fn send(&self, part: Bytes) -> Result<(), &'static str> {
        match timeout(PATIENCE, self.parts.send(part)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err("gone"),
            Err(_) => Err("too_slow"),
        }
    }
}
