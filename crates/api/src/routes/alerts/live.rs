//! `GET /alerts/live`: alerts as they come, as server-sent events.
//!
//! ```text
//! event: alert
//! data: {"id":"…","severity":"high",…}
//! ```
//!
//! `start` and `counts` tell how many are open, `alert` one that opened, grew or was handled, `end` why it is over. Nothing is kept for a
//! reader: one that comes back asks the list for what it missed.

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
use store::audit::WATCH_MINUTES;
use store::watch::{AlertWatcher, WatchAlerts};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use utoipa::IntoParams;
use zeroize::Zeroizing;

use super::form::{Alert, AlertCount};
use crate::answer::{AUDIT_EVENT, event_value};
use crate::extract::{Query, SignedInCaller, secret_of};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

const LOOK_EVERY: Duration = Duration::from_millis(700);
/// A line without meaning, so that nobody between takes the silence for an end. In looks.
const LOOKS_OF_A_SIGN: u32 = 20;
/// How long a reader may take for what was sent.
const PATIENCE: Duration = Duration::from_secs(20);
const LONGEST_SECONDS: u32 = 3600;
/// Parts under way to a reader.
const UNDER_WAY: usize = 16;

/// How long.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct AlertLiveQuery {
    /// It ends by itself after so long; 3600 if left out.
    #[param(maximum = 3600)]
    pub seconds: Option<u32>,
}

/// Alerts, live
///
/// Server-sent events: `start` and `counts` with how many are open, `alert` with one that opened, grew or was handled, as the list has
/// it, `end` with the reason (`session_ended`, `not_permitted`, `too_slow`, `time_over`, `stopping`, `unavailable`). Watching is recorded
/// when it begins, and again every ten minutes.
#[utoipa::path(
    get, path = "/alerts/live", tag = "alerts",
    params(AlertLiveQuery),
    responses((status = 200, description = "alerts as they come", content_type = "text/event-stream", body = String)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn watch_alerts(
    State(state): State<ApiState>,
    who: SignedInCaller,
    headers: HeaderMap,
    Query(query): Query<AlertLiveQuery>,
) -> Outcome<Response> {
    let seconds = query.seconds.unwrap_or(LONGEST_SECONDS).min(LONGEST_SECONDS);
    let secret = secret_of(&headers, state.config.cookie_name())?;
    let room = state.watchers.clone().try_acquire_owned();
    let room = room.map_err(|_| Problem::new(Code::Overloaded).retry_after(30))?;
    let grant = state.store.gate().admit_system(&who.caller, WatchAlerts { seen: None }).await?;
    let begun = state.store.watch_alerts(grant).await?;
    let event = begun.event();
    let (parts, taken) = mpsc::channel(UNDER_WAY);
    let (last, ended) = oneshot::channel();
    let watching = Watching { state, caller: who.caller, secret, watcher: begun.into_inner(), parts, seen: 0 };
    tokio::spawn(async move {
        let reason = watching.run(seconds).await;
        // Who is gone takes nothing any more.
        let _ = last.send(part("end", &json!({ "code": reason })));
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

fn part(name: &str, data: &impl serde::Serialize) -> Bytes {
    // JSON has no line breaks of its own, so one `data` line holds it.
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("event: {name}\ndata: {data}\n\n").into()
}

/// One reader.
struct Watching {
    state: ApiState,
    caller: Caller,
    secret: Zeroizing<String>,
    watcher: AlertWatcher,
    parts: mpsc::Sender<Bytes>,
    seen: u64,
}

impl Watching {
    /// Sends what comes until it is over; gives why.
    async fn run(mut self, seconds: u32) -> &'static str {
        let over = tokio::time::Instant::now() + Duration::from_secs(seconds.into());
        let mut tick = tokio::time::interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut recorded = self.state.clock.now();
        let mut silent = 0;
        let mut first = true;
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
            if !self.state.store.gate().would_admit_system(&self.caller, model::Action::AlertRead) {
                return "not_permitted";
            }
            if now >= recorded.plus_seconds(WATCH_MINUTES * 60) {
                if let Err(reason) = self.record().await {
                    return reason;
                }
                recorded = now;
            }
            let news = match self.watcher.next().await {
                Ok(news) => news,
                Err(_) => return "unavailable",
            };
            silent += 1;
            if let Some(news) = news {
                silent = 0;
                for line in news.changed {
                    if let Err(reason) = self.send(part("alert", &Alert::from(line))).await {
                        return reason;
                    }
                    self.seen += 1;
                }
                let name = if first { "start" } else { "counts" };
                if let Err(reason) = self.send(part(name, &AlertCount::from(news.counts))).await {
                    return reason;
                }
                first = false;
            }
            if silent >= LOOKS_OF_A_SIGN {
                silent = 0;
                if let Err(reason) = self.send(Bytes::from_static(b": still here\n\n")).await {
                    return reason;
                }
            }
            if tokio::time::Instant::now() >= over {
                return "time_over";
            }
        }
    }

    async fn record(&self) -> Result<(), &'static str> {
        let gate = self.state.store.gate();
        let op = WatchAlerts { seen: Some(self.seen) };
        let grant = gate.admit_system(&self.caller, op).await.map_err(|_| "not_permitted")?;
        self.state.store.watch_alerts_on(grant).await.map(|_| ()).map_err(|_| "unavailable")
    }

    async fn send(&self, part: Bytes) -> Result<(), &'static str> {
        match timeout(PATIENCE, self.parts.send(part)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err("gone"),
            Err(_) => Err("too_slow"),
        }
    }
}
