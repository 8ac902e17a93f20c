//! One event in full: what was recorded, its leaf, and the proof that the leaf is in the signed log.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use ledger::hash::b64;
use ledger::{Leaf, TlogProof};
use model::{Action, DepartmentId, EventId, Explanation, FieldName, RecordId, UserId};
use serde::{Deserialize, Serialize};

use super::examine::Alteration;
use super::line::{EventLine, State, open};
use super::settle;
use crate::Store;
use crate::cases::OwnWords;
use crate::database::Query;
use crate::publish::{PublishError, Publisher, Tiles};
use crate::records::broken;

/// Touches shown of one event.
const LISTED_TOUCHES: usize = 1000;

/// Show one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShowEvent {
    pub id: EventId,
}

impl Operation for ShowEvent {
    const ACTION: Action = Action::AuditRead;
}
impl OnSystem for ShowEvent {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "question": "event", "asked": self })
    }
}

/// One record an event touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TouchDetail {
    /// Its number in the event, from 0.
    pub n: i64,
    pub customer: RecordId,
    /// `None` once erased.
    pub record: Option<RecordId>,
    pub shown: Vec<FieldName>,
    pub masked: Vec<FieldName>,
    pub rules: Vec<String>,
    /// Why the actor had to do with it, the strongest that was seen then; `None` where it was not asked.
    pub reason: Option<Explanation>,
    /// Whose the record was then, and its department.
    pub owner: Option<UserId>,
    pub owner_name: Option<String>,
    pub department: Option<DepartmentId>,
    pub state: State,
}

/// That the event's leaf stands in the signed log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InclusionProof {
    /// Entries under the checkpoint.
    pub size: u64,
    /// A whole `.tlog-proof` file (c2sp.org/tlog-proof@v1).
    pub tlog_proof: String,
}

/// The answer to [`ShowEvent`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventDetail {
    #[serde(flatten)]
    pub line: EventLine,
    /// What was done, as committed to; `None` where it was dropped or altered.
    pub meta: Option<serde_json::Value>,
    /// Who did it, as committed to.
    pub actor: Option<serde_json::Value>,
    /// The first thousand; `line.touches` says how many there were.
    pub touched: Vec<TouchDetail>,
    /// Base64 of the encoded leaf (docs/ledger.md).
    pub leaf: Option<String>,
    /// Which server wrote it, in which of its boots, as which of the boot's leaves.
    pub node: Option<(u32, u32, u64)>,
    pub proof: Option<InclusionProof>,
    /// What the person said of it themselves when they were asked on that evening: no reason that the system saw.
    pub own_words: Vec<OwnWords>,
    /// What is not as it was recorded; empty for an honest row.
    pub alterations: Vec<Alteration>,
}

/// What a publisher's failure means for a request.
pub(crate) fn unpublished(error: PublishError) -> Refusal {
    tracing::error!(%error, "the ledger cannot be proved");
    match error {
        PublishError::Database(e) => Refusal::StoreUnavailable(e.to_string()),
        PublishError::Journal(_) => Refusal::AuditUnavailable,
        _ => Refusal::Damaged,
    }
}

impl Store {
    /// Answers [`ShowEvent`]; publishes a checkpoint first where none covers the event yet.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Damaged`] when the log itself is not sound, and as [`Store::who_saw`].
    pub async fn event(
        &self,
        grant: Grant<ShowEvent>,
        publisher: &Publisher,
    ) -> Result<Disclosed<EventDetail>, Refusal> {
        let answer = self.one_event(&grant, publisher).await;
        settle(grant, answer).await
    }

    async fn one_event(
        &self,
        grant: &Grant<ShowEvent>,
        publisher: &Publisher,
    ) -> Result<(Vec<RecordId>, EventDetail), Refusal> {
        self.ready_to_ask().await?;
        let query = Query::point("SELECT seq FROM event WHERE id = ?1", vec![grant.operation().id.into()]);
        let rows = self.read(query).await?;
        let seq = rows.first().ok_or(Refusal::NotFound)?.int(0).map_err(broken)?;
        let events = self.load_events(&[seq]).await?;
        let customers = {
            let mut all: Vec<RecordId> =
                events.iter().flat_map(|e| &e.touches).take(LISTED_TOUCHES).map(|t| t.customer).collect();
            all.sort();
            all.dedup();
            all
        };
        let known = self.known(&events, &customers).await?;
        let event = events.into_iter().next().ok_or(Refusal::NotFound)?;
        let examined = known.examine(&event);

        let proof = match (&examined.leaf, u64::try_from(seq)) {
            (Some(_), Ok(index)) => Some(self.proof_of(publisher, index, grant).await?),
            _ => None,
        };
        let directory = grant.engine().directory();
        let subject = event.row.on_behalf_of.unwrap_or(event.row.actor);
        let own_words = self.own_words(subject, &[(event.row.id, event.row.at)], directory, grant.now()).await?;
        let opened = open(event.row.clone(), known.recorder);
        let touched = event.touches.iter().take(LISTED_TOUCHES).map(|t| {
            let line = opened.touch(t, directory);
            let altered = examined
                .alterations
                .iter()
                .any(|a| matches!(a, Alteration::Touch(n) | Alteration::NoErasure(n) if *n == t.n));
            TouchDetail {
                n: t.n,
                customer: line.customer,
                record: line.record,
                shown: line.shown,
                masked: line.masked,
                rules: line.touch_rules,
                reason: line.reason,
                owner: line.owner,
                owner_name: line.owner_name,
                department: line.record_department,
                state: if altered { State::Altered } else { line.touch_state },
            }
        });
        let mut line = opened.line(directory);
        if !examined.alterations.is_empty() {
            line.state = State::Altered;
        }
        let (meta, actor) = examined.body.map(|b| (b.meta, b.actor)).unzip();
        let detail = EventDetail {
            meta,
            actor,
            touched: touched.collect(),
            own_words,
            leaf: event.leaf.as_deref().map(b64::encode),
            node: examined.leaf.as_ref().map(|Leaf { node, boot, ctr, .. }| (*node, *boot, *ctr)),
            proof,
            alterations: examined.alterations,
            line,
        };
        Ok((customers, detail))
    }

    async fn proof_of(
        &self,
        publisher: &Publisher,
        index: u64,
        grant: &Grant<ShowEvent>,
    ) -> Result<InclusionProof, Refusal> {
        let signed = publisher.covering(index.saturating_add(1), grant.now()).await.map_err(unpublished)?;
        let size = signed.checkpoint.size;
        let proof = publisher.prove(&Tiles::default(), index, size).await.map_err(unpublished)?;
        let tlog_proof = TlogProof { extra: None, index, proof, checkpoint: signed.note }.to_string();
        Ok(InclusionProof { size, tlog_proof })
    }
}
