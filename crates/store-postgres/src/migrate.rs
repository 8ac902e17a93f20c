//! The schema: numbered SQL, forward only, each step in one transaction with its own record.
//!
//! Several nodes may start at once: the record is written first, so that the second waits for the first and finds the
//! step done. No advisory lock is needed, which PostgreSQL's distributed kin do not have.

use sha2::{Digest, Sha256};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::OpenError;
use crate::session::{Session, is_retryable};

const MIGRATIONS: [(i64, &str); 36] = [
    (1, include_str!("../migrations/0001_foundation.sql")),
    (2, include_str!("../migrations/0002_seals.sql")),
    (3, include_str!("../migrations/0003_log_by_day.sql")),
    (4, include_str!("../migrations/0004_requests.sql")),
    (5, include_str!("../migrations/0005_exports.sql")),
    (6, include_str!("../migrations/0006_own_settings.sql")),
    (7, include_str!("../migrations/0007_handover.sql")),
    (8, include_str!("../migrations/0008_object_versions.sql")),
    (9, include_str!("../migrations/0009_notices_and_comments.sql")),
    (10, include_str!("../migrations/0010_counters.sql")),
    (11, include_str!("../migrations/0011_merged.sql")),
    (12, include_str!("../migrations/0012_attachments.sql")),
    (13, include_str!("../migrations/0013_backups.sql")),
    (14, include_str!("../migrations/0014_automations.sql")),
    (15, include_str!("../migrations/0015_mail.sql")),
    (16, include_str!("../migrations/0016_job_parts.sql")),
    (17, include_str!("../migrations/0017_merge_kept.sql")),
    (18, include_str!("../migrations/0018_reasons.sql")),
    (19, include_str!("../migrations/0019_alerts.sql")),
    (20, include_str!("../migrations/0020_cases.sql")),
    (21, include_str!("../migrations/0021_responses.sql")),
    (22, include_str!("../migrations/0022_detection_rules.sql")),
    (23, include_str!("../migrations/0023_channels.sql")),
    (24, include_str!("../migrations/0024_feeds.sql")),
    (25, include_str!("../migrations/0025_case_attachments.sql")),
    (26, include_str!("../migrations/0026_training.sql")),
    (27, include_str!("../migrations/0027_reports.sql")),
    (28, include_str!("../migrations/0028_memberships.sql")),
    (29, include_str!("../migrations/0029_findings.sql")),
    (30, include_str!("../migrations/0030_posture.sql")),
    (31, include_str!("../migrations/0031_reviews.sql")),
    (32, include_str!("../migrations/0032_leavers.sql")),
    (33, include_str!("../migrations/0033_courses.sql")),
    (34, include_str!("../migrations/0034_assessments.sql")),
    (35, include_str!("../migrations/0035_counted.sql")),
    (36, include_str!("../migrations/0036_assessment_files.sql")),
];

/// How often it is begun anew because another node was making a step at the same time: each of them may meet one more than once.
const ATTEMPTS: usize = 2 * MIGRATIONS.len();

/// Applies what is missing.
pub async fn migrate(session: &Session) -> Result<(), OpenError> {
    let mut attempt = 0;
    loop {
        match apply_all(session).await {
            Err(OpenError::Database(error)) if made_meanwhile(&error) && attempt < ATTEMPTS => {
                attempt += 1;
                session.client.batch_execute("ROLLBACK").await?;
            }
            done => return done,
        }
    }
}

/// Two nodes making the same table at once collide in PostgreSQL's catalogue, whatever IF NOT EXISTS says.
fn made_meanwhile(error: &Error) -> bool {
    let same = [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT];
    is_retryable(error) || error.code().is_some_and(|code| same.contains(code))
}

async fn apply_all(session: &Session) -> Result<(), OpenError> {
    let client = &session.client;
    client
        .batch_execute("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, checksum BYTEA NOT NULL)")
        .await?;
    let known = MIGRATIONS.iter().map(|m| m.0).max().unwrap_or(0);
    let found: i64 = client.query_one("SELECT COALESCE(MAX(number), 0) FROM migration", &[]).await?.try_get(0)?;
    if found > known {
        return Err(OpenError::NewerSchema { found, known });
    }
    for (number, sql) in MIGRATIONS {
        let checksum = Sha256::digest(sql.as_bytes()).to_vec();
        if number <= found {
            let row = client.query_one("SELECT checksum FROM migration WHERE number = $1", &[&number]).await?;
            if row.try_get::<_, Vec<u8>>(0)? != checksum {
                return Err(OpenError::ChangedMigration(number));
            }
            continue;
        }
        client.batch_execute("BEGIN").await?;
        client.execute("INSERT INTO migration (number, checksum) VALUES ($1, $2)", &[&number, &checksum]).await?;
        client.batch_execute(sql).await?;
        client.batch_execute("COMMIT").await?;
    }
    Ok(())
}
