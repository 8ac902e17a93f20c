//! Jobs, and pairs of records that are not the same, held against what the log tells.

use std::collections::HashSet;

use access::path::Refusal;

use super::check::{Against, StateReport};
use super::tables::{APART, JOB};
use crate::Store;
use crate::jobs::KEPT_DAYS;
use crate::records::broken;

impl Store {
    pub(super) async fn check_jobs(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let told = &against.told.jobs;
        let mut there = HashSet::new();
        for row in &self.sealed_rows(&JOB, "", report).await? {
            let id = row.id(0).map_err(broken)?;
            let (ended, version) = (row.opt_time(10).map_err(broken)?, row.int(12).map_err(broken)?);
            there.insert(id);
            match told.get(&id) {
                Some(job) if *job == (version, ended) => {}
                Some(_) => report.add(JOB.name, JOB.key(row), "version"),
                None if against.excused(row.time(9).map_err(broken)?) => {}
                None => report.add(JOB.name, JOB.key(row), "not_on_record"),
            }
        }
        for (id, (_, ended)) in told.iter().filter(|(id, _)| !there.contains(*id)) {
            // Those that ended long ago were cleared away.
            if ended.is_none_or(|at| at.plus_days(KEPT_DAYS) > against.now) {
                report.add(JOB.name, &[access::path::Param::Bytes(id.to_vec())], "missing");
            }
        }
        self.check_job_parts(report).await?;
        let mut there = HashSet::new();
        for row in &self.sealed_rows(&APART, "", report).await? {
            let pair = (row.record(0).map_err(broken)?, row.record(1).map_err(broken)?);
            let author = row.user(2).map_err(broken)?;
            there.insert(pair);
            match against.told.apart.get(&pair) {
                Some(told) if *told == author => {}
                None if against.excused(row.time(3).map_err(broken)?) => {}
                _ => report.add(APART.name, APART.key(row), "not_on_record"),
            }
        }
        for (one, other) in against.told.apart.keys().filter(|pair| !there.contains(*pair)) {
            report.add(APART.name, &[(*one).into(), (*other).into()], "missing");
        }
        Ok(())
    }
}
