//! What detection keeps, held against the log: what was seen of each event, where it stands, and the alerts.

use access::path::{Param, Refusal};

use super::check::{Against, PAGE, StateReport};
use crate::database::Query;
use crate::records::broken;
use crate::watch::Kept;
use crate::{Row, Store};

const SEEN: &str = "observation";
const DETECTOR: &str = "detector";

impl Store {
    pub(super) async fn check_watch(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let next = self.check_detector(report).await?;
        self.check_observations(next, against, report).await
    }

    /// Every part opens at its place and is counted by a snapshot, or is of one under way. Gives the event that is followed next.
    async fn check_detector(&self, report: &mut StateReport) -> Result<i64, Refusal> {
        let head = match self.detector_head().await {
            Ok(head) => head,
            Err(Refusal::Damaged) => {
                report.add(DETECTOR, &[0.into()], "seal");
                return self.newest_seen().await;
            }
            Err(refusal) => return Err(refusal),
        };
        let rows = self.read(Query::new("SELECT part, version, body FROM detector ORDER BY part", vec![])).await?;
        let snapshot = head.as_ref().and_then(|h| h.snapshot);
        let counted = snapshot.map_or(0..0, |s| s.from..s.from.saturating_add(s.parts));
        let mut there = 0;
        for row in &rows {
            report.rows += 1;
            let (part, version) = (row.int(0).map_err(broken)?, row.int(1).map_err(broken)?);
            if part == 0 {
                continue;
            }
            let wrong = counted.contains(&part) && snapshot.is_some_and(|s| s.version != version);
            if wrong || !self.is_detector_part(part, version, row.bytes(2).map_err(broken)?) {
                report.add(DETECTOR, &[part.into()], "seal");
            }
            there += i64::from(counted.contains(&part));
        }
        if there != counted.end - counted.start {
            report.add(DETECTOR, &[counted.start.into()], "missing");
        }
        match head {
            Some(head) => Ok(i64::try_from(head.next).unwrap_or(i64::MAX)),
            None => {
                // What was seen says that there was one.
                let newest = self.newest_seen().await?;
                if newest > 0 || !rows.is_empty() {
                    report.add(DETECTOR, &[0.into()], "missing");
                }
                Ok(newest)
            }
        }
    }

    async fn newest_seen(&self) -> Result<i64, Refusal> {
        let rows = self.read(Query::new("SELECT COALESCE(MAX(seq) + 1, 0) FROM observation", vec![])).await?;
        rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)
    }

    /// Each opens at its place, none is missing before the event that is followed next, and none is beyond it.
    async fn check_observations(
        &self,
        next: i64,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let mut after = -1;
        loop {
            let sql = "SELECT seq, at, body FROM observation WHERE seq > ?1 ORDER BY seq LIMIT ?2";
            let page = i64::try_from(PAGE).unwrap_or(i64::MAX);
            let rows: Vec<Row> = self.read(Query::new(sql, vec![after.into(), page.into()])).await?;
            let Some(last) = rows.last() else { break };
            after = last.int(0).map_err(broken)?;
            for row in &rows {
                report.rows += 1;
                let seq = row.int(0).map_err(broken)?;
                let problem = match self.open_observation(row) {
                    Ok((_, Kept::Whole(_))) if seq < next => continue,
                    Ok((_, Kept::Whole(_))) => "not_on_record",
                    Ok((_, Kept::Dropped)) if row.time(1).map_err(broken)? < against.retained => continue,
                    Ok((_, Kept::Dropped | Kept::Altered)) | Err(Refusal::Damaged) => "seal",
                    Err(refusal) => return Err(refusal),
                };
                report.add(SEEN, &[seq.into()], problem);
            }
        }
        let sql = "SELECT e.seq FROM event e WHERE e.seq < ?1 AND e.at >= ?2 AND NOT EXISTS \
                   (SELECT 1 FROM observation o WHERE o.seq = e.seq) ORDER BY e.seq LIMIT 100";
        for row in self.read(Query::new(sql, vec![next.into(), against.retained.into()])).await? {
            report.add(SEEN, &[Param::Int(row.int(0).map_err(broken)?)], "missing");
        }
        Ok(())
    }
}
