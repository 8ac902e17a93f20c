//! What the database server says of itself and of the role we are there. An embedded database has neither.

use govern::posture::{Database, Fact, Source};
use model::UnixMs;

use crate::records::broken;
use crate::{Dialect, Query, Store};

/// One row: whether we are a superuser, may make roles, the way is private, pages are checked, changes are on disk, and its clock.
/// A connection by a socket has no client address; one within the machine does not leave it.
const ABOUT: &str = "SELECT CAST(r.rolsuper AS INT)::BIGINT, CAST(r.rolcreaterole OR r.rolcreatedb AS INT)::BIGINT, \
    CAST(COALESCE(s.ssl, FALSE) OR inet_client_addr() IS NULL OR inet_client_addr() <<= '127.0.0.0/8'::inet \
         OR inet_client_addr() = '::1'::inet AS INT)::BIGINT, \
    CAST(current_setting('data_checksums') = 'on' AS INT)::BIGINT, \
    CAST(current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS INT)::BIGINT, \
    CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) \
    FROM pg_roles r LEFT JOIN pg_stat_ssl s ON s.pid = pg_backend_pid() WHERE r.rolname = current_user";

impl Store {
    pub(super) async fn database_facts(&self, now: UnixMs) -> Fact<Database> {
        if self.db.dialect() == Dialect::Sqlite {
            return Fact::None;
        }
        let rows = match self.read(Query::new(ABOUT, vec![])).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "the database did not say what it is");
                return Fact::Unknown;
            }
        };
        let Some(row) = rows.first() else { return Fact::Unknown };
        let read = || {
            Ok(Database {
                superuser: row.bool(0)?,
                makes_roles: row.bool(1)?,
                private: row.bool(2)?,
                checksums: row.bool(3)?,
                durable: row.bool(4)?,
                apart_ms: row.int(5)?.saturating_sub(now.0),
            })
        };
        match read().map_err(broken) {
            Ok(value) => Fact::known(value, now, Source::Database),
            Err(_) => Fact::Unknown,
        }
    }
}
