//! After an erasure or a retention: the wrapped keys' old rows are written out of the database's files.
//!
//! PostgreSQL keeps an old row's bytes in its page until something is written over them, and VACUUM only marks the place as
//! free. VACUUM FULL writes a table anew without them, as soon as no transaction can see them any more.

use std::time::Duration;

use tokio_postgres::Error;

use crate::session::Session;

/// Parts of `data_key` (migration 1).
const PARTS: u8 = 16;
/// A part that is in use is not waited for longer: those who wait behind us wait as long.
const LOCK_TIMEOUT: &str = "SET lock_timeout = '2s'";
/// How often, and how many times, to look whether those who still see the old rows have ended.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: u32 = 100;

/// Whether the rows are gone from the files; false while an older transaction still sees them.
pub async fn data_keys(session: &Session) -> Result<bool, Error> {
    let client = &session.client;
    client.batch_execute(LOCK_TIMEOUT).await?;
    let row = client.query_one("SELECT CAST(CAST(pg_current_xact_id() AS xid) AS TEXT)", &[]).await?;
    let now: String = row.try_get(0)?;
    // `age` counts transactions: who began before us has the greater one.
    let older = format!(
        "SELECT COUNT(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_xmin IS NOT NULL \
         AND age(backend_xmin) > age(CAST('{now}' AS xid))"
    );
    let mut looks = 0;
    while client.query_one(&older, &[]).await?.try_get::<_, i64>(0)? > 0 {
        looks += 1;
        if looks == LOOKS {
            return Ok(false);
        }
        tokio::time::sleep(LOOK).await;
    }
    for part in 0..PARTS {
        client.batch_execute(&format!("VACUUM (FULL) data_key_{part:02}")).await?;
    }
    client.batch_execute("VACUUM (FULL) log_key").await?;
    client.batch_execute("VACUUM (FULL) export_key").await?;
    Ok(true)
}
