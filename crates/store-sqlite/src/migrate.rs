//! The schema: numbered SQL, forward only, each step in one transaction with its own record.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::OpenError;

const MIGRATIONS: [(i64, &str); 37] = [
    (1, include_str!("../migrations/0001_foundation.sql")),
    (2, include_str!("../migrations/0002_inbox.sql")),
    (3, include_str!("../migrations/0003_seals.sql")),
    (4, include_str!("../migrations/0004_log_by_day.sql")),
    (5, include_str!("../migrations/0005_requests.sql")),
    (6, include_str!("../migrations/0006_exports.sql")),
    (7, include_str!("../migrations/0007_own_settings.sql")),
    (8, include_str!("../migrations/0008_handover.sql")),
    (9, include_str!("../migrations/0009_object_versions.sql")),
    (10, include_str!("../migrations/0010_notices_and_comments.sql")),
    (11, include_str!("../migrations/0011_counters.sql")),
    (12, include_str!("../migrations/0012_merged.sql")),
    (13, include_str!("../migrations/0013_attachments.sql")),
    (14, include_str!("../migrations/0014_backups.sql")),
    (15, include_str!("../migrations/0015_automations.sql")),
    (16, include_str!("../migrations/0016_mail.sql")),
    (17, include_str!("../migrations/0017_job_parts.sql")),
    (18, include_str!("../migrations/0018_merge_kept.sql")),
    (19, include_str!("../migrations/0019_reasons.sql")),
    (20, include_str!("../migrations/0020_alerts.sql")),
    (21, include_str!("../migrations/0021_cases.sql")),
    (22, include_str!("../migrations/0022_responses.sql")),
    (23, include_str!("../migrations/0023_detection_rules.sql")),
    (24, include_str!("../migrations/0024_channels.sql")),
    (25, include_str!("../migrations/0025_feeds.sql")),
    (26, include_str!("../migrations/0026_case_attachments.sql")),
    (27, include_str!("../migrations/0027_training.sql")),
    (28, include_str!("../migrations/0028_reports.sql")),
    (29, include_str!("../migrations/0029_memberships.sql")),
    (30, include_str!("../migrations/0030_findings.sql")),
    (31, include_str!("../migrations/0031_posture.sql")),
    (32, include_str!("../migrations/0032_reviews.sql")),
    (33, include_str!("../migrations/0033_leavers.sql")),
    (34, include_str!("../migrations/0034_courses.sql")),
    (35, include_str!("../migrations/0035_assessments.sql")),
    (36, include_str!("../migrations/0036_counted.sql")),
    (37, include_str!("../migrations/0037_assessment_files.sql")),
];

/// Applies what is missing.
pub fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, checksum BLOB NOT NULL) STRICT",
    )?;
    let known = MIGRATIONS.iter().map(|m| m.0).max().unwrap_or(0);
    let found: i64 = connection.query_row("SELECT COALESCE(MAX(number), 0) FROM migration", [], |r| r.get(0))?;
    if found > known {
        return Err(OpenError::NewerSchema { found, known });
    }
    for (number, sql) in MIGRATIONS {
        let checksum = Sha256::digest(sql.as_bytes()).to_vec();
        if number <= found {
            let applied: Vec<u8> =
                connection.query_row("SELECT checksum FROM migration WHERE number = ?1", [number], |r| r.get(0))?;
            if applied != checksum {
                return Err(OpenError::ChangedMigration(number));
            }
            continue;
        }
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.execute("INSERT INTO migration (number, checksum) VALUES (?1, ?2)", (number, checksum))?;
        transaction.commit()?;
    }
    Ok(())
}
