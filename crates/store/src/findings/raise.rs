//! Findings that people raise: kept among those that scans find, and followed like them.

use access::path::{Change, Refusal};
use model::{FindingId, UnixMs};
use scan::track::{Raised, Tracked, Who};

use super::row::{Stored, told};
use crate::Store;
use crate::identity::Told;

impl Store {
    /// A new finding of an assessment: its id and the statement that keeps it; what the event tells of it is added to `told`.
    pub(crate) fn draft_raised(
        &self,
        asset: &str,
        finding: scan::Finding,
        who: &Who,
        from: Raised,
        now: UnixMs,
        told_so_far: &mut Vec<Told>,
    ) -> Result<(FindingId, Change), Refusal> {
        let rules = self.company().findings.clone();
        let id = self.finding_id(asset, &finding.fingerprint);
        let tracked = Tracked::raised(asset, finding, who, from, now, &rules);
        let mut stored = Stored { id, tracked, version: 0 };
        let change = self.put_finding(&mut stored)?;
        told_so_far.push(told([&stored]));
        Ok((id, change))
    }

    /// Those of these ids that are there, with how they stand.
    pub(crate) async fn raised_findings(&self, ids: &[FindingId]) -> Result<Vec<(FindingId, Tracked)>, Refusal> {
        let mut found = vec![];
        for id in ids {
            match self.finding(*id).await {
                Ok(stored) => found.extend(stored.map(|s| (s.id, s.tracked))),
                // One that was altered beside the program is left out: doctor tells of it.
                Err(Refusal::Damaged) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(found)
    }
}
