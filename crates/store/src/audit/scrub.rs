//! The scrub of the rows beside the ledger: every event of a range held against its leaf.

use std::ops::Range;

use access::path::Refusal;
use model::RecordId;
use serde::Serialize;

use super::examine::Alteration;
use crate::Store;
use crate::database::Query;
use crate::proof::Replay;
use crate::records::broken;

/// Events examined at once.
const PART: i64 = 200;
/// At most so many altered events are listed; further ones are counted.
const MAX_LISTED: usize = 100;

/// What a scrub of event rows found. It names positions and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EventScrub {
    pub events: u64,
    /// Events whose bodies a retention dropped.
    pub dropped: u64,
    /// Position and what is wrong, the first hundred.
    pub altered: Vec<(i64, Vec<Alteration>)>,
    pub altered_count: u64,
}

impl EventScrub {
    pub fn is_clean(&self) -> bool {
        self.altered_count == 0
    }
    pub(crate) fn join(&mut self, other: EventScrub) {
        self.events += other.events;
        self.dropped += other.dropped;
        self.altered_count += other.altered_count;
        let room = MAX_LISTED.saturating_sub(self.altered.len());
        self.altered.extend(other.altered.into_iter().take(room));
    }
    fn add(&mut self, seq: i64, alterations: Vec<Alteration>) {
        self.altered_count = self.altered_count.saturating_add(1);
        if self.altered.len() < MAX_LISTED {
            self.altered.push((seq, alterations));
        }
    }
}

impl Store {
    /// Holds the rows of events `range` against their leaves, each touch against its commitment. For `doctor`: it shows
    /// nothing of any customer and needs no grant. Whether the leaves themselves are sound is
    /// [`crate::publish::Publisher::scrub`]'s to say.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::Damaged`] when a customer's key does not open.
    pub async fn scrub_events(&self, range: Range<u64>) -> Result<EventScrub, Refusal> {
        self.scrub_feeding(range, None).await
    }

    /// The same, and tells each event to a replay of the log.
    pub(crate) async fn scrub_feeding(
        &self,
        range: Range<u64>,
        mut replay: Option<&mut Replay>,
    ) -> Result<EventScrub, Refusal> {
        let int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.ready_to_ask().await?;
        let query = Query::new("SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf", vec![]);
        let end = self.read(query).await?.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?.min(int(range.end));
        let mut report = EventScrub::default();
        let mut at = int(range.start);
        while at < end {
            let to = at.saturating_add(PART).min(end);
            let seqs: Vec<i64> = (at..to).collect();
            let events = self.load_events(&seqs).await?;
            let mut customers: Vec<RecordId> =
                events.iter().flat_map(|e| &e.touches).filter(|t| t.keyed == 1).map(|t| t.customer).collect();
            customers.sort();
            customers.dedup();
            let known = self.known(&events, &customers).await?;
            let mut expected = seqs.into_iter();
            for event in &events {
                for seq in expected.by_ref().take_while(|seq| *seq < event.row.seq) {
                    report.add(seq, vec![Alteration::RowMissing]);
                }
                report.events += 1;
                report.dropped += u64::from(known.dropped(&event.row));
                let examined = known.examine(event);
                if let Some(replay) = &mut replay {
                    replay.feed(event, examined.leaf.as_ref(), examined.body.as_ref().map(|body| &body.actor));
                }
                let alterations = examined.alterations;
                if !alterations.is_empty() {
                    report.add(event.row.seq, alterations);
                }
            }
            for seq in expected {
                report.add(seq, vec![Alteration::RowMissing]);
            }
            at = to;
        }
        Ok(report)
    }
}
