//! Evidence 存证: events with everything needed to check them offline, for a customer, a user or a period.
//!
//! Rule: a file shows what it is about and nothing else. Of a page that fifty customers stood on, evidence for one of them
//! opens that one's item; the others stay commitments. Taking evidence is itself recorded.
//!
//! ```text
//! let grant = gate.admit_system(caller, TakeEvidence { subject: Subject::Customer { id }, span }).await?;
//! let taken = store.take_evidence(grant, &publisher).await?;
//! // serde_json::to_string(&taken.get().evidence) is the file that `whosaw-verify evidence` checks
//! ```

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use ledger::commitment::prove_item;
pub use ledger::evidence::Evidence;
use ledger::evidence::{Content, Event, FORMAT, Item, Opening, Subject as FileSubject, SubjectKind};
use model::{Action, RecordId, UserId};
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::audit::Span;
use crate::audit::examine::{Alteration, Examined, Known, Loaded};
use crate::audit::line::ERASED;
use crate::audit::settle;
use crate::audit::unpublished;
use crate::publish::{Publisher, Tiles};
use crate::records::broken;
use crate::sql::Sql;

/// Most events in one file: some 15 MB.
pub const MAX_EVENTS: usize = 5000;
/// A leaf's time never goes back within a node, so it may be later than its event's by as much as a clock was set back.
const CLOCK_SLACK_MS: i64 = 86_400_000;

/// What evidence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Subject {
    /// Every event that touched the customer.
    Customer { id: RecordId },
    /// Every event of the user, or done for them.
    User { id: UserId },
    /// Every event of the span, which then must have both ends.
    Period,
}

/// Take evidence. The span is by the leaves' times, which is what the file can prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeEvidence {
    pub subject: Subject,
    #[serde(default)]
    pub span: Span,
}

impl Operation for TakeEvidence {
    const ACTION: Action = Action::AuditEvidence;
}
impl OnSystem for TakeEvidence {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "evidence", "asked": self })
    }
    fn about(&self) -> Option<RecordId> {
        match self.subject {
            Subject::Customer { id } => Some(id),
            Subject::User { .. } | Subject::Period => None,
        }
    }
}

/// An altered event: its position and what is not as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlteredEvent {
    pub index: i64,
    pub alterations: Vec<Alteration>,
}

/// The file, and what was found while it was made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TakenEvidence {
    pub evidence: Evidence,
    /// Events whose rows were altered in the database: their leaves and proofs are in the file, the altered parts are not.
    pub altered: Vec<AlteredEvent>,
}

/// Events with their proofs.
pub(crate) struct Proved {
    pub(crate) checkpoint: String,
    pub(crate) events: Vec<Event>,
    pub(crate) erasures: Vec<Event>,
    pub(crate) altered: Vec<AlteredEvent>,
}

impl Store {
    /// Answers [`TakeEvidence`] with proofs against the newest signed checkpoint; publishes first if that is behind.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] `too_many` with more than [`MAX_EVENTS`] events (narrow the span), or a period without ends;
    /// [`Refusal::Damaged`] when the log itself is not sound; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn take_evidence(
        &self,
        grant: Grant<TakeEvidence>,
        publisher: &Publisher,
    ) -> Result<Disclosed<TakenEvidence>, Refusal> {
        let answer = self.collect(&grant, publisher).await;
        settle(grant, answer).await
    }

    async fn collect(
        &self,
        grant: &Grant<TakeEvidence>,
        publisher: &Publisher,
    ) -> Result<(Vec<RecordId>, TakenEvidence), Refusal> {
        self.ready_to_ask().await?;
        let op = grant.operation();
        if op.subject == Subject::Period && (op.span.from.is_none() || op.span.to.is_none()) {
            return Err(Refusal::invalid("span", "required", "a period needs its beginning and its end"));
        }
        let customer = op.about();
        let seqs = self.positions(op).await?;
        let proved = self.prove_events(&seqs, customer, op.span, publisher, grant.now()).await?;
        let ms = |t: model::UnixMs| u64::try_from(t.0).ok();
        let (kind, id) = match op.subject {
            Subject::Customer { id } => (SubjectKind::Customer, Some(id.to_string())),
            Subject::User { id } => (SubjectKind::User, Some(id.to_string())),
            Subject::Period => (SubjectKind::Period, None),
        };
        let evidence = Evidence {
            format: FORMAT.to_owned(),
            subject: FileSubject { kind, id, from_ms: op.span.from.and_then(ms), until_ms: op.span.to.and_then(ms) },
            asked_by: grant.caller().user.to_string(),
            asked_at_ms: ms(grant.now()).unwrap_or(0),
            log: publisher.verifier().to_string(),
            checkpoint: proved.checkpoint,
            events: proved.events,
            erasures: proved.erasures,
        };
        Ok((customer.into_iter().collect(), TakenEvidence { evidence, altered: proved.altered }))
    }

    /// Events by position, in order, with proofs against the newest signed checkpoint; of their items, one customer's.
    pub(crate) async fn prove_events(
        &self,
        seqs: &[i64],
        customer: Option<RecordId>,
        span: Span,
        publisher: &Publisher,
        now: model::UnixMs,
    ) -> Result<Proved, Refusal> {
        let last = seqs.last().copied().and_then(|seq| u64::try_from(seq).ok()).map_or(1, |seq| seq.saturating_add(1));
        let signed = publisher.covering(last, now).await.map_err(unpublished)?;
        let size = signed.checkpoint.size;
        let tiles = Tiles::default();

        let mut events = Vec::with_capacity(seqs.len());
        let mut altered = Vec::new();
        let mut erasures = BTreeSet::new();
        let keyed: Vec<RecordId> = customer.into_iter().collect();
        for part in seqs.chunks(500) {
            let loaded = self.load_events(part).await?;
            let known = self.known(&loaded, &keyed).await?;
            for event in &loaded {
                let examined = known.examine(event);
                let Some(leaf) = &examined.leaf else {
                    // A row without a leaf proves nothing; that it is there is told.
                    altered.push(AlteredEvent { index: event.row.seq, alterations: examined.alterations });
                    continue;
                };
                if !within(span, leaf.time_ms) {
                    continue;
                }
                let items = items(&known, event, &examined, customer, &mut erasures);
                if !examined.alterations.is_empty() {
                    let alterations = examined.alterations.clone();
                    altered.push(AlteredEvent { index: event.row.seq, alterations });
                }
                events.push(self.proved(publisher, &tiles, size, event, examined, items).await?);
            }
        }
        let erasures = self.erasure_events(publisher, &tiles, size, erasures).await?;
        Ok(Proved { checkpoint: signed.note, events, erasures, altered })
    }

    /// Positions of the subject's events, ascending.
    async fn positions(&self, op: &TakeEvidence) -> Result<Vec<i64>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT DISTINCT e.seq FROM ");
        match op.subject {
            Subject::Customer { id } => {
                sql.push("touch t CROSS JOIN event e WHERE e.seq = t.seq AND t.customer = ").bind(id);
                sql.push(&self.touched_segments().await?);
                self.push_kept(&mut sql, self.retained_before().await?);
            }
            Subject::User { id } => {
                sql.push("event e WHERE (e.actor = ").bind(id).push(" OR e.on_behalf_of = ").bind(id).push(")");
            }
            Subject::Period => {
                sql.push("event e WHERE TRUE");
            }
        }
        let from = op.span.from.map(|t| t.plus_ms(-CLOCK_SLACK_MS));
        Span { from, to: op.span.to }.push(&mut sql);
        sql.push(" ORDER BY e.seq LIMIT ").bind(MAX_EVENTS as i64 + 1);
        let rows = self.read(sql.finish()).await?;
        if rows.len() > MAX_EVENTS {
            let reason = format!("more than {MAX_EVENTS} events: ask for a shorter time");
            return Err(Refusal::invalid("span", "too_many", reason));
        }
        rows.iter().map(|row| row.int(0)).collect::<Result<_, _>>().map_err(broken)
    }

    async fn proved(
        &self,
        publisher: &Publisher,
        tiles: &Tiles,
        size: u64,
        event: &Loaded,
        examined: Examined,
        objects: Vec<Item>,
    ) -> Result<Event, Refusal> {
        let index = u64::try_from(event.row.seq).map_err(|_| Refusal::Damaged)?;
        let proof = publisher.prove(tiles, index, size).await.map_err(unpublished)?;
        let (meta_salt, actor_salt) = self.gate().recorder().salts(event.row.id);
        let (meta, actor) = examined.body.map(|b| (b.meta, b.actor)).unzip();
        Ok(Event {
            index,
            leaf: event.leaf.clone().unwrap_or_default(),
            proof,
            meta: meta.map(|body| Opening { salt: meta_salt, body }),
            actor: actor.map(|body| Opening { salt: actor_salt, body }),
            objects,
        })
    }

    async fn erasure_events(
        &self,
        publisher: &Publisher,
        tiles: &Tiles,
        size: u64,
        seqs: BTreeSet<i64>,
    ) -> Result<Vec<Event>, Refusal> {
        let seqs: Vec<i64> = seqs.into_iter().collect();
        let loaded = self.load_events(&seqs).await?;
        let known = self.known(&loaded, &[]).await?;
        let mut events = Vec::with_capacity(loaded.len());
        for event in &loaded {
            let examined = known.examine(event);
            // The erasure's own item is salted by the audit key, so it can be shown: whose key was destroyed.
            let customer = event.touches.first().map(|t| t.customer);
            let items = items(&known, event, &examined, customer, &mut BTreeSet::new());
            events.push(self.proved(publisher, tiles, size, event, examined, items).await?);
        }
        Ok(events)
    }
}

fn within(span: Span, time_ms: u64) -> bool {
    let time = i64::try_from(time_ms).unwrap_or(i64::MAX);
    span.from.is_none_or(|from| time >= from.0) && span.to.is_none_or(|to| time < to.0)
}

/// The customer's own items of an event, opened or marked as erased. An altered touch is not shown.
fn items(
    known: &Known<'_>,
    event: &Loaded,
    examined: &Examined,
    customer: Option<RecordId>,
    erasures: &mut BTreeSet<i64>,
) -> Vec<Item> {
    let count = examined.commitments.len() as u64;
    let mut out = Vec::new();
    for (touch, commitment) in event.touches.iter().zip(&examined.commitments) {
        let bad = examined
            .alterations
            .iter()
            .any(|a| matches!(a, Alteration::Touch(n) | Alteration::NoErasure(n) if *n == touch.n));
        if bad || Some(touch.customer) != customer {
            continue;
        }
        let content = if touch.keyed == ERASED {
            let Some(seq) = known.erasures.get(&touch.customer) else { continue };
            erasures.insert(*seq);
            let Ok(erasure) = u64::try_from(*seq) else { continue };
            Content::Erased { commitment: *commitment, erasure }
        } else {
            // A view that ended after the erasure had begun: its salt is gone, and no erasure follows it.
            let Some(salt) = known.salt(&event.row, touch) else { continue };
            Content::Shown(Opening { salt, body: known.item(&event.row, touch) })
        };
        let Ok(index) = u64::try_from(touch.n) else { continue };
        let Some(proof) = prove_item(&examined.commitments, index) else { continue };
        out.push(Item { index, count, proof, content });
    }
    out
}
