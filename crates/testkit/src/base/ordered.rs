//! Stories look into the tables at once: here an answer waits until its event has its rows, some milliseconds more.

use std::sync::Arc;

use access::path::{Change, Journal, JournalError, Position, Unit};
use store::{Database, DatabaseError, Dialect, Query, Row};

/// A database whose `append` also waits for what follows it.
pub struct Ordered<D>(pub Arc<D>);

#[async_trait::async_trait]
impl<D: Database> Journal for Ordered<D> {
    async fn append(&self, unit: Unit) -> Result<Position, JournalError> {
        let position = self.0.append(unit).await?;
        self.0.caught_up().await;
        Ok(position)
    }
}
#[async_trait::async_trait]
impl<D: Database> Database for Ordered<D> {
    fn stream(&self) -> Option<(u32, u32)> {
        self.0.stream()
    }
    fn dialect(&self) -> Dialect {
        self.0.dialect()
    }
    async fn read(&self, query: Query) -> Result<Vec<Row>, DatabaseError> {
        self.0.read(query).await
    }
    async fn maintain(&self, changes: Vec<Change>) -> Result<(), JournalError> {
        self.0.maintain(changes).await
    }
    async fn caught_up(&self) -> bool {
        self.0.caught_up().await
    }
    async fn scrub_freed(&self) -> Result<(), DatabaseError> {
        self.0.scrub_freed().await
    }
}
