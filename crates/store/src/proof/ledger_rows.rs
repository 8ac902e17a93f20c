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
        self.check_beyond(report).await?;
        if self.db.dialect() == Dialect::Postgres {
            self.check_writers(against, report).await?;
        }
        Ok(())
    }

    /// Every key of the log opens as what it says it is. That none is missing is for the bodies of events to say.
    pub(super) async fn check_log_keys(&self, report: &mut StateReport) -> Result<(), Refusal> {
        for row in self.read(Query::new("SELECT id, kek_version, wrapped FROM log_key", vec![])).await? {
            report.rows += 1;
            let opens = crate::log_keys::read(&row)
                .is_ok_and(|(id, wrapped)| self.gate().recorder().log_keys().opens(id, &wrapped));
            if !opens {
                report.add("log_key", row.0.get(..1).unwrap_or_default(), "key");
            }
        }
        Ok(())
    }

    /// Rows of events and tiles that lie beyond the log or between its positions.
    async fn check_beyond(&self, report: &mut StateReport) -> Result<(), Refusal> {
        let stray = [
            (
                "event",
                "SELECT e.seq FROM event e LEFT JOIN ledger_leaf l ON l.idx = e.seq WHERE l.idx IS NULL LIMIT 100",
            ),
            (
                "touch",
                "SELECT DISTINCT t.seq FROM touch t LEFT JOIN event e ON e.seq = t.seq WHERE e.seq IS NULL LIMIT 100",
            ),
            // One of level 0 for each 256 leaves, of level 1 for each 65,536, and so on.
            (
                "ledger_tile",
                "SELECT t.level, t.n FROM ledger_tile t, ledger_state s WHERE t.level > 6 OR t.level < 0 OR t.n < 0 \
                 OR t.n >= s.size / (CASE t.level WHEN 0 THEN 256 WHEN 1 THEN 65536 WHEN 2 THEN 16777216 \
                 WHEN 3 THEN 4294967296 WHEN 4 THEN 1099511627776 WHEN 5 THEN 281474976710656 \
                 ELSE 72057594037927936 END) LIMIT 100",
            ),
        ];
        for (table, sql) in stray {
            for row in self.read(Query::new(sql, vec![])).await? {
                report.add(table, &row.0, "stray");
            }
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
