//! From the log to past accesses, some thousand events at a time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use access::engine::replay::{PastEvent, PastRequest, PastTouch};
use access::path::{Body, Refusal};
use model::action::On;
use model::{Action, Asked, Channel, Decision, Disclosure, ObjectName, RecordId, StoredRow, UserId};
use serde_json::Value;

use super::UnderWay;
use crate::audit::line::{ERASED, EVENT, EventRow, TOUCH, TouchRow};
use crate::company::SYSTEM;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Store, row};

/// Events of one step, between which others are let through and it is asked whether to go on.
const STEP: i64 = 4_000;

/// An event, read.
enum Read {
    Whole(Box<PastEvent>),
    /// Its body is not there any more, or is not what was recorded: so many accesses.
    Dropped(u64),
    /// No policy decided it.
    Passed,
}

/// What is asked of a body.
fn list<T: serde::de::DeserializeOwned + Default>(part: &Value, name: &str) -> T {
    part.get(name).cloned().and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default()
}

/// What the house did, or needed no policy.
fn passes_by(row: &EventRow, action: Action) -> bool {
    row.actor == SYSTEM
        || action.on() == On::Session
        || matches!(action, Action::AutomationRun | Action::ResponseRun | Action::NodeStart | Action::NodeStop)
}

fn event(row: &EventRow, body: Option<Body>, touches: &[TouchRow]) -> Read {
    let (Some(action), Some(decision)) = (row.action(), row.decision()) else { return Read::Passed };
    if passes_by(row, action) || !matches!(decision, Decision::Allowed | Decision::Intent | Decision::Refused) {
        return Read::Passed;
    }
    let on_record = action.on() == On::Record;
    let Some(body) = body else {
        let accesses = if on_record { row.touches.max(1) } else { 1 };
        return Read::Dropped(u64::try_from(accesses).unwrap_or(1));
    };
    let asked: Option<Asked> = body.actor.get("asked").cloned().and_then(|v| serde_json::from_value(v).ok());
    let detail = body.actor.get("detail");
    let text = |name: &str| body.actor.get(name).and_then(Value::as_str);
    let object: Option<ObjectName> = row.object.as_deref().and_then(|o| o.parse().ok()).filter(|_| on_record);
    let users: Vec<UserId> = std::iter::once(row.actor).chain(row.on_behalf_of).collect();
    let touches = touches.iter().filter(|_| on_record).map(|t| PastTouch {
        customer: (t.keyed != ERASED).then_some(t.customer),
        disclosure: usize::try_from(t.disclosure).unwrap_or(usize::MAX),
        row: None,
    });
    Read::Whole(Box::new(PastEvent {
        id: row.id,
        users,
        department: row.department,
        picture: None,
        action,
        object,
        decision,
        version: u64::try_from(row.policy_version).unwrap_or(0),
        rules: list(&body.meta, "rules"),
        request: PastRequest {
            at: row.at,
            mfa: body.actor.get("mfa").and_then(Value::as_bool).unwrap_or(false),
            office_hours: asked.as_ref().map(|a| a.office_hours),
            address: row.source.as_deref().and_then(|a| a.parse().ok()),
            channel: Channel::ALL.into_iter().find(|c| c.as_str() == row.channel).unwrap_or(Channel::Job),
            purpose: text("purpose").is_some_and(|p| !p.trim().is_empty()),
            counters: asked.as_ref().map(Asked::counters),
        },
        disclosures: list::<Vec<Disclosure>>(&body.meta, "disclosures"),
        touches: touches.collect(),
        counted: detail.and_then(|d| d.get("counted")).and_then(Value::as_u64).is_some_and(|n| n > 0),
    }))
}

/// The epoch that decided; `None` for an event of before it was kept, or that no gate decided.
fn epoch(body: &Body) -> Option<i64> {
    body.actor.get("asked")?.get("epoch")?.as_i64()
}

/// Off the threads that answer others: somebody's rights under a policy take milliseconds to work out.
#[allow(clippy::vec_box, reason = "an event is large, and boxed where it is read: it moves by its pointer")]
async fn decide(under: &mut UnderWay, events: Vec<Box<PastEvent>>) -> Result<(), Refusal> {
    if events.is_empty() {
        return Ok(());
    }
    let replay = Arc::clone(&under.replay);
    let decided = tokio::task::spawn_blocking(move || {
        replay.lock().steps(&events);
    });
    decided.await.map_err(|error| {
        tracing::error!(%error, "a replay broke off");
        Refusal::Damaged
    })
}

impl Store {
    /// Decides the next events again; whether there are more.
    pub(crate) async fn replay_next(&self, under: &mut UnderWay) -> Result<bool, Refusal> {
        if under.next >= under.end {
            return Ok(false);
        }
        let (from, to) = (under.next, under.end.min(under.next.saturating_add(STEP)));
        let (rows, mut touches) = self.past_events(from, to).await?;
        under.next = to;
        under.events = under.events.saturating_add(rows.len() as u64).min(under.total);
        let mut read: Vec<(Read, Vec<TouchRow>)> = Vec::with_capacity(rows.len());
        let begins = under.past.begins();
        for row in rows {
            if row.at < under.from || row.at > under.until {
                continue;
            }
            let touched = touches.remove(&row.seq).unwrap_or_default();
            let sealed = row.body.as_deref().filter(|sealed| self.gate.recorder().has_key(Some(sealed)));
            let body = sealed.and_then(|sealed| self.gate.recorder().open_body(row.id, sealed).ok());
            let body = body.filter(|body| row.agrees(body));
            let epoch = body.as_ref().and_then(epoch);
            // From when pictures are kept on, an event without one was noted by the house: nobody was asked.
            under.kept |= epoch.is_some() || begins.is_some_and(|begins| row.at >= begins);
            let noted = epoch.is_none() && body.is_some() && under.kept;
            let mut one = if noted { Read::Passed } else { event(&row, body, &touched) };
            if let (Read::Whole(event), Some(epoch)) = (&mut one, epoch) {
                let (number, directory) = under.past.picture(epoch);
                let replay = &under.replay;
                let add = || replay.lock().add_picture(directory);
                event.picture = Some(*under.pictures.entry(number).or_insert_with(add));
            }
            read.push((one, touched));
        }
        self.add_rows(under, &mut read).await?;
        let mut waiting = vec![];
        for (one, _) in read {
            match one {
                Read::Passed => {}
                Read::Dropped(accesses) => under.replay.lock().skip(accesses),
                Read::Whole(event) => {
                    if under.replay.lock().needs_version(event.version) {
                        decide(under, std::mem::take(&mut waiting)).await?;
                        let compiled = self.policy_then(under, event.version).await?;
                        under.replay.lock().add_version(event.version, compiled);
                    }
                    waiting.push(event);
                }
            }
        }
        decide(under, waiting).await?;
        Ok(under.next < under.end)
    }

    async fn past_events(&self, from: i64, to: i64) -> Result<(Vec<EventRow>, HashMap<i64, Vec<TouchRow>>), Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE e.seq >= ").bind(from).push(" AND e.seq < ").bind(to);
        sql.push(" ORDER BY e.seq");
        let mut rows = vec![];
        for row in self.read(sql.finish()).await? {
            rows.push(EventRow::read(&row).map_err(broken)?);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(TOUCH).push(", t.seq FROM touch t WHERE t.seq >= ").bind(from).push(" AND t.seq < ").bind(to);
        sql.push(" ORDER BY t.seq, t.n");
        let mut touches: HashMap<i64, Vec<TouchRow>> = HashMap::new();
        for row in self.read(sql.finish()).await? {
            let touch = TouchRow::read(&row, 0).map_err(broken)?;
            touches.entry(row.int(6).map_err(broken)?).or_default().push(touch);
        }
        Ok((rows, touches))
    }

    /// Gives touches their records where those have not changed since: of what was refused always, of the rest where the proposed policy
    /// asks what records hold.
    async fn add_rows(&self, under: &UnderWay, read: &mut [(Read, Vec<TouchRow>)]) -> Result<(), Refusal> {
        let all = under.replay.lock().asks_fields();
        let wants = |e: &PastEvent| all || e.decision == Decision::Refused;
        let mut wanted: BTreeMap<ObjectName, Vec<RecordId>> = BTreeMap::new();
        for (one, touched) in &*read {
            let Read::Whole(event) = one else { continue };
            let Some(object) = event.object.as_ref().filter(|_| wants(event)) else { continue };
            let ids = touched.iter().filter(|t| t.keyed != ERASED).map(|t| t.record);
            wanted.entry(object.clone()).or_default().extend(ids);
        }
        let mut found: HashMap<RecordId, Arc<StoredRow>> = HashMap::new();
        for (object, mut ids) in wanted {
            let Some((_, object)) = under.company.objects.get(&object) else { continue };
            ids.sort();
            ids.dedup();
            for part in ids.chunks(500) {
                let mut sql = Sql::new(self.db.dialect(), "SELECT ");
                sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
                sql.push(" AND r.id IN ").bind_list(part.iter().copied());
                for one in self.read(sql.finish()).await? {
                    let row = row::read(&one, object, self.seals()).map_err(broken)?;
                    found.insert(row.id, Arc::new(row));
                }
            }
        }
        for (one, touched) in read {
            let Read::Whole(event) = one else { continue };
            if !wants(event) {
                continue;
            }
            let at = event.at();
            for (touch, row) in event.touches.iter_mut().zip(touched) {
                touch.row = found.get(&row.record).filter(|row| row.updated_at < at).cloned();
            }
        }
        Ok(())
    }
}
