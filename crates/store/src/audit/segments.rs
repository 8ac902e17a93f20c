//! Where a customer's touches are found: SQLite's index by customer is cut into segments of so many events, so that new entries
//! fall on few of its pages; PostgreSQL's is whole.

use access::path::Refusal;

use crate::database::Query;
use crate::records::broken;
use crate::{Dialect, Store};

/// Events of one segment are 2 to the power of this. Stands in the index's expression too (migration 0004 of SQLite).
const SEGMENT_BITS: u32 = 14;

impl Store {
    /// The condition on `touch` as `t` that names every segment there is, so that each is looked into at the customer's place.
    /// Rounded up, so that the statement stays the same for a while, and holds for events that are recorded meanwhile.
    pub(crate) async fn touched_segments(&self) -> Result<String, Refusal> {
        if self.db.dialect() == Dialect::Postgres {
            return Ok(String::new());
        }
        let ends = "SELECT COALESCE((SELECT MIN(seq) FROM touch), 0), COALESCE((SELECT MAX(seq) FROM event), 0)";
        let rows = self.read(Query::point(ends, vec![])).await?;
        let (first, last) = match rows.first() {
            Some(row) => (row.int(0).map_err(broken)?, row.int(1).map_err(broken)?),
            None => (0, 0),
        };
        let all: Vec<String> =
            (first >> SEGMENT_BITS..=((last >> SEGMENT_BITS) + 1) | 15).map(|n| n.to_string()).collect();
        Ok(format!(" AND (t.seq >> {SEGMENT_BITS}) IN ({})", all.join(", ")))
    }
}
