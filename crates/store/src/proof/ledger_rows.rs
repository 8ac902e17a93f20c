//! Rows of the ledger that its own scrub does not rebuild: node streams, checkpoints, and what several nodes share.

use access::path::{Param, Refusal};

use super::check::{Against, StateReport};
use crate::database::Query;
use crate::records::broken;
use crate::{Dialect, Store};

impl Store {
    pub(super) async fn check_ledger_rows(
        &self,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let mut there = std::collections::HashSet::new();
        for row in self.read(Query::new("SELECT node, leaf FROM ledger_node", vec![])).await? {
            let node = row.int(0).map_err(broken)?;
            there.insert(node);
            let told = u32::try_from(node).ok().and_then(|node| against.told.nodes.get(&node));
            if told.is_none_or(|(leaf, _)| row.bytes(1).is_ok_and(|have| have != leaf)) {
                report.add("ledger_node", &[Param::Int(node)], "leaf");
            }
        }
        for node in against.told.nodes.keys().filter(|node| !there.contains(&i64::from(**node))) {
            report.add("ledger_node", &[Param::Int(i64::from(*node))], "missing");
        }
        if self.db.dialect() == Dialect::Postgres {
            self.check_writers(against, report).await?;
        }
        Ok(())
    }

    /// What each node has written, sequenced or not, is what stands in the log when nothing waits.
    async fn check_writers(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let sql = "SELECT w.node, w.appended, w.leaf, (SELECT COUNT(*) FROM ledger_inbox i WHERE i.node = w.node) \
                   FROM ledger_writer w";
        let mut there = std::collections::HashSet::new();
        for row in self.read(Query::new(sql, vec![])).await? {
            let (node, appended, waiting) =
                (row.int(0).map_err(broken)?, row.int(1).map_err(broken)?, row.int(3).map_err(broken)?);
            there.insert(node);
            let told = u32::try_from(node).ok().and_then(|node| against.told.nodes.get(&node));
            let sequenced = told.map_or(0, |(_, n)| i64::try_from(*n).unwrap_or(i64::MAX));
            let leaf = row.opt_bytes(2).map_err(broken)?;
            let same = waiting > 0 || leaf == told.map(|(leaf, _)| leaf.as_slice());
            if appended != sequenced.saturating_add(waiting) || !same {
                report.add("ledger_writer", &[Param::Int(node)], "leaf");
            }
        }
        for node in against.told.nodes.keys().filter(|node| !there.contains(&i64::from(**node))) {
            report.add("ledger_writer", &[Param::Int(i64::from(*node))], "missing");
        }
        Ok(())
    }
}
