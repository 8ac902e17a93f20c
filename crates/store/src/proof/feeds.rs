//! Lines of other systems' logs, held against the events that took them in.

use std::collections::HashSet;

use access::path::{Param, Refusal};

use super::check::{Against, StateReport};
use super::tables::FEED_LINE;
use crate::Store;
use crate::records::broken;

impl Store {
    pub(super) async fn check_feed_lines(
        &self,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let told = &against.told.feed_lines;
        let mut there = HashSet::new();
        let mut after = vec![];
        loop {
            let rows = self.page_of(&FEED_LINE, "", &mut after).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                report.rows += 1;
                if !FEED_LINE.is_sealed(self.seals(), row) {
                    report.add(FEED_LINE.name, FEED_LINE.key(row), "seal");
                }
                let (key, event) = (row.id(0).map_err(broken)?, row.id(2).map_err(broken)?);
                there.insert(key);
                match told.get(&key) {
                    Some(by) if *by == event => {}
                    None if against.excused(row.time(4).map_err(broken)?) => {}
                    _ => report.add(FEED_LINE.name, FEED_LINE.key(row), "not_on_record"),
                }
            }
        }
        for key in told.keys().filter(|key| !there.contains(*key)) {
            report.add(FEED_LINE.name, &[Param::Bytes(key.to_vec())], "missing");
        }
        Ok(())
    }
}
