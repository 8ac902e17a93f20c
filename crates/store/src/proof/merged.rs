//! What became of merged records, what their merges keep, and which were taken back, held against what the log tells.

use std::collections::HashSet;

use access::path::Refusal;
use model::RecordId;

use super::check::{Against, StateReport};
use super::tables::{MERGE_KEPT, MERGED, PARTED};
use crate::Store;
use crate::records::{UNDO_MERGE_DAYS, broken};

impl Store {
    pub(super) async fn check_merged(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let told = &against.told.merged;
        let mut there: HashSet<RecordId> = HashSet::new();
        for row in &self.sealed_rows(&MERGED, "", report).await? {
            let (record, into) = (row.record(0).map_err(broken)?, row.record(2).map_err(broken)?);
            let at = row.time(3).map_err(broken)?;
            there.insert(record);
            match told.get(&record) {
                Some((survivor, when)) if *survivor == into && *when == at => {}
                None if against.excused(at) => {}
                _ => report.add(MERGED.name, MERGED.key(row), "not_on_record"),
            }
        }
        for record in told.keys().filter(|record| !there.contains(*record)) {
            report.add(MERGED.name, &[(*record).into()], "missing");
        }
        self.check_kept(against, report).await?;
        self.check_parted(against, report).await
    }

    async fn check_kept(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let told = &against.told.kept;
        let mut there = HashSet::new();
        for row in &self.sealed_rows(&MERGE_KEPT, "", report).await? {
            let key = (row.record(0).map_err(broken)?, row.int(1).map_err(broken)?, row.record(2).map_err(broken)?);
            let (customer, at) = (row.record(4).map_err(broken)?, row.time(5).map_err(broken)?);
            there.insert(key);
            match told.get(&key) {
                Some((whose, when)) if *whose == customer && *when == at => {}
                None if against.excused(at) => {}
                _ => report.add(MERGE_KEPT.name, MERGE_KEPT.key(row), "not_on_record"),
            }
        }
        for (key, (_, at)) in told.iter().filter(|(key, _)| !there.contains(*key)) {
            // After its days it is swept.
            if against.now < at.plus_days(UNDO_MERGE_DAYS) {
                report.add(MERGE_KEPT.name, &[key.0.into(), key.1.into(), key.2.into()], "missing");
            }
        }
        Ok(())
    }

    async fn check_parted(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let told = &against.told.parted;
        let mut there = HashSet::new();
        for row in &self.sealed_rows(&PARTED, "", report).await? {
            let key = (row.record(0).map_err(broken)?, row.time(1).map_err(broken)?);
            let (survivor, at) = (row.record(3).map_err(broken)?, row.time(5).map_err(broken)?);
            there.insert(key);
            match told.get(&key) {
                Some((of, when)) if *of == survivor && *when == at => {}
                None if against.excused(at) => {}
                _ => report.add(PARTED.name, PARTED.key(row), "not_on_record"),
            }
        }
        for (record, at) in told.keys().filter(|key| !there.contains(*key)) {
            report.add(PARTED.name, &[(*record).into(), (*at).into()], "missing");
        }
        Ok(())
    }
}
