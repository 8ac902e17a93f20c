//! The lease row: who sequences, and until when by the database's clock.

use tokio_postgres::Error;

use crate::session::Session;

/// Whose lease: a node's boot.
#[derive(Debug, Clone, Copy)]
pub struct Holder {
    pub node: i64,
    pub boot: i64,
}

const TAKE: &str = "UPDATE ledger_lease SET node = $1, boot = $2, \
    until = CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + $3 \
    WHERE id = 1 AND (until < CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) OR (node = $1 AND boot = $2))";
const RELEASE: &str = "UPDATE ledger_lease SET until = 0 WHERE id = 1 AND node = $1 AND boot = $2";

impl Holder {
    /// Takes or renews the lease; `false` while another one holds it.
    pub async fn take(self, session: &Session, lease_ms: i64) -> Result<bool, Error> {
        let statement = session.own(TAKE).await?;
        Ok(session.client.execute(&statement, &[&self.node, &self.boot, &lease_ms]).await? == 1)
    }

    /// Gives it back, so that another one need not wait until it ends.
    pub async fn release(self, session: &Session) -> Result<(), Error> {
        session.client.execute(RELEASE, &[&self.node, &self.boot]).await.map(|_| ())
    }
}
