//! Feeds that last, as server-sent events (WHATWG HTML, section 9.2): what all of them share.
//!
//! Rule: whoever reads one has the right to it asked again at each look, before anything is read for them. Nothing is kept for a
//! reader: who is slow lags, and who takes nothing for [`PATIENCE`] is told `too_slow` and let go. A feed records for itself that it is
//! read; it holds one of the server's places for readers as long as it lasts.

use std::future::Future;
use std::io;
use std::time::Duration;

use axum::body::Body as HttpBody;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use model::{Action, Caller, EventId, UnixMs};
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, timeout};
use zeroize::Zeroizing;

use crate::answer::{AUDIT_EVENT, event_value};
use crate::extract::secret_of;
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// How often it is looked whether something has come.
const LOOK_EVERY: Duration = Duration::from_millis(700);
/// A line without meaning, so that nobody between takes the silence for an end. In looks.
const LOOKS_OF_A_SIGN: u32 = 20;
/// How long a reader may take for what was sent.
const PATIENCE: Duration = Duration::from_secs(20);
/// Longest life of one answer: then the reader comes back.
const LONGEST_SECONDS: u32 = 3600;
/// Parts under way to a reader.
const UNDER_WAY: usize = 16;

/// One event as it stands in a feed: lines of `name: value`, and an empty one.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "the shape of a part, for the document")]
pub struct FeedEvent {
    pub event: String,
    /// JSON.
    pub data: String,
    pub id: Option<String>,
}

/// One event of a feed.
pub fn part(name: &str, id: Option<i64>, data: &impl serde::Serialize) -> Bytes {
    // JSON has no line breaks of its own, so one `data` line holds it.
    let data = serde_json::to_string(data).unwrap_or_default();
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    format!("{id}event: {name}\ndata: {data}\n\n").into()
}

/// A place for a reader, who is known by a secret that may end.
pub struct Place {
    room: OwnedSemaphorePermit,
    secret: Zeroizing<String>,
}

impl Place {
    /// # Errors
    /// [`Code::Overloaded`] when all places are taken.
    pub fn take(state: &ApiState, headers: &HeaderMap) -> Outcome<Self> {
        let secret = secret_of(headers, state.config.cookie_name())?;
        let room = state.watchers.clone().try_acquire_owned();
        let room = room.map_err(|_| Problem::new(Code::Overloaded).retry_after(30))?;
        Ok(Self { room, secret })
    }
}

/// Who reads.
pub struct Reader {
    pub state: ApiState,
    pub caller: Caller,
    action: Action,
    secret: Zeroizing<String>,
    parts: mpsc::Sender<Bytes>,
    tick: Interval,
    over: Instant,
    silent: u32,
}

impl Reader {
    /// Waits for the next look; gives its moment, if they still may.
    ///
    /// # Errors
    /// Why it is over, in one word.
    pub async fn look(&mut self) -> Result<UnixMs, &'static str> {
        tokio::select! {
            () = self.state.stopping.cancelled() => return Err("stopping"),
            () = self.parts.closed() => return Err("gone"),
            _ = self.tick.tick() => {}
        }
        let now = self.state.clock.now();
        self.caller.at = now;
        match self.state.store.is_alive(&self.secret, now).await {
            Ok(true) => {}
            Ok(false) => return Err("session_ended"),
            Err(_) => return Err("unavailable"),
        }
        if !self.state.store.gate().would_admit_system(&self.caller, self.action) {
            return Err("not_permitted");
        }
        Ok(now)
    }

    /// # Errors
    /// Why it is over, in one word.
    pub async fn send(&self, part: Bytes) -> Result<(), &'static str> {
        match timeout(PATIENCE, self.parts.send(part)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err("gone"),
            Err(_) => Err("too_slow"),
        }
    }

    /// The end of a look that found something, or nothing. What is left is looked for at once.
    ///
    /// # Errors
    /// Why it is over, in one word.
    pub async fn looked(&mut self, found: bool, more: bool) -> Result<(), &'static str> {
        self.silent = if found { 0 } else { self.silent + 1 };
        if self.silent >= LOOKS_OF_A_SIGN {
            self.silent = 0;
            self.send(Bytes::from_static(b": still here\n\n")).await?;
        }
        if more {
            self.tick.reset_immediately();
        } else if Instant::now() >= self.over {
            return Err("time_over");
        }
        Ok(())
    }
}

/// Begins to send what `run` finds for the reader until it says why it is over. `event` recorded that it began.
pub fn answer<F, R>(
    (state, caller, action): (ApiState, Caller, Action),
    place: Place,
    seconds: Option<u32>,
    event: EventId,
    run: F,
) -> Response
where
    F: FnOnce(Reader) -> R + Send + 'static,
    R: Future<Output = &'static str> + Send + 'static,
{
    let Place { room, secret } = place;
    let (parts, taken) = mpsc::channel(UNDER_WAY);
    let (last, ended) = oneshot::channel();
    tokio::spawn(async move {
        let mut tick = interval(LOOK_EVERY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let seconds = seconds.unwrap_or(LONGEST_SECONDS).min(LONGEST_SECONDS);
        let over = Instant::now() + Duration::from_secs(seconds.into());
        let reason = run(Reader { state, caller, action, secret, parts, tick, over, silent: 0 }).await;
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
    response
}
