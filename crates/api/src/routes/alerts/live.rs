//! `GET /alerts/live`: alerts as they come, as server-sent events.
//!
//! ```text
//! event: alert
//! data: {"id":"…","severity":"high",…}
//! ```
//!
//! `start` and `counts` tell how many are open, `alert` one that opened, grew or was handled, `end` why it is over. Nothing is kept for a
//! reader: one that comes back asks the list for what it missed.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use model::Action;
use serde::Deserialize;
use store::audit::WATCH_MINUTES;
use store::watch::{AlertWatcher, WatchAlerts};
use utoipa::IntoParams;

use super::form::{Alert, AlertCount};
use crate::extract::{Query, SignedInCaller};
use crate::feed::{self, FeedEvent, Place, Reader, part};
use crate::problem::Outcome;
use crate::state::ApiState;

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
    responses((status = 200, description = "alerts as they come", content_type = "text/event-stream", body = FeedEvent)),
    extensions(("x-whosaw-action" = json!("alert.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn watch_alerts(
    State(state): State<ApiState>,
    who: SignedInCaller,
    headers: HeaderMap,
    Query(query): Query<AlertLiveQuery>,
) -> Outcome<Response> {
    let place = Place::take(&state, &headers)?;
    let grant = state.store.gate().admit_system(&who.caller, WatchAlerts { seen: None }).await?;
    let begun = state.store.watch_alerts(grant).await?;
    let event = begun.event();
    let watcher = begun.into_inner();
    let reader = (state, who.caller, Action::AlertRead);
    Ok(feed::answer(reader, place, query.seconds, event, |reader| async move {
        let ended = Watching { reader, watcher, seen: 0 }.run().await;
        ended.err().unwrap_or("time_over")
    }))
}

/// One reader.
struct Watching {
    reader: Reader,
    watcher: AlertWatcher,
    seen: u64,
}

impl Watching {
    /// Sends what comes until it is over, which is said as an error.
    async fn run(mut self) -> Result<(), &'static str> {
        let mut recorded = self.reader.state.clock.now();
        let mut name = "start";
        loop {
            let now = self.reader.look().await?;
            if now >= recorded.plus_seconds(WATCH_MINUTES * 60) {
                self.record().await?;
                recorded = now;
            }
            let news = self.watcher.next().await.map_err(|_| "unavailable")?;
            let found = news.is_some();
            if let Some(news) = news {
                for line in news.changed {
                    self.reader.send(part("alert", None, &Alert::from(line))).await?;
                    self.seen += 1;
                }
                self.reader.send(part(name, None, &AlertCount::from(news.counts))).await?;
                name = "counts";
            }
            self.reader.looked(found, false).await?;
        }
    }

    async fn record(&self) -> Result<(), &'static str> {
        let op = WatchAlerts { seen: Some(self.seen) };
        let store = &self.reader.state.store;
        let grant = store.gate().admit_system(&self.reader.caller, op).await.map_err(|_| "not_permitted")?;
        store.watch_alerts_on(grant).await.map(|_| ()).map_err(|_| "unavailable")
    }
}
