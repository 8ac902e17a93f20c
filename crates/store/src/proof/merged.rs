//! What became of merged records, held against what the log tells.

use std::collections::HashSet;

use access::path::Refusal;
use model::RecordId;

use super::check::{Against, StateReport};
use super::tables::MERGED;
use crate::Store;
use crate::records::broken;

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
        Ok(())
    }
}
