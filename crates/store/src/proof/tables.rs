//! The tables whose rows carry a seal, and over which columns.
//!
//! The columns' order here is part of the seal: columns are added at the end and never moved. What is left out changes
//! without a new seal: last uses (`seen_at`, `used_at`) for they decide nothing longer than they say, ends (`ended_at`)
//! and second factors (`mfa`) because `live` and `strong` hold them.

use access::path::{Param, Seal, Seals};

use crate::Row;

/// A table of sealed rows.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// The key's columns stand first.
    pub(crate) keys: usize,
    pub(crate) columns: &'static [&'static str],
}

pub(crate) const CREDENTIAL: Table = Table {
    name: "credential",
    keys: 1,
    columns: &[
        "user_id",
        "password",
        "password_changed_at",
        "must_change",
        "totp",
        "totp_confirmed",
        "totp_step",
        "version",
    ],
};
pub(crate) const SESSION: Table = Table {
    name: "session",
    keys: 1,
    columns: &["id", "user_id", "secret", "created_at", "expires_at", "address", "user_agent"],
};
pub(crate) const TOKEN: Table = Table {
    name: "token",
    keys: 1,
    columns: &["id", "user_id", "name", "secret", "actions", "created_at", "expires_at"],
};
pub(crate) const MEMBER: Table = Table {
    name: "member",
    keys: 1,
    columns: &["id", "record", "kind", "grantee_kind", "grantee", "level", "expires_at", "granted_by", "created_at"],
};
pub(crate) const LEGAL_HOLD: Table = Table {
    name: "legal_hold",
    keys: 1,
    columns: &["id", "customer", "reason", "author", "created_at", "released_at", "released_by"],
};
pub(crate) const REQUEST: Table = Table {
    name: "request",
    keys: 1,
    columns: &[
        "id",
        "requester",
        "subject",
        "record",
        "state",
        "body",
        "words",
        "share",
        "until",
        "created_at",
        "lapses_at",
        "version",
    ],
};
pub(crate) const IDEMPOTENCY: Table =
    Table { name: "idempotency", keys: 1, columns: &["key", "request", "state", "status", "body", "at"] };
pub(crate) const EXPORT_JOB: Table =
    Table { name: "export_job", keys: 1, columns: &["id", "actor", "object", "began_at"] };
pub(crate) const EXPORT_FILE: Table = Table {
    name: "export_file",
    keys: 1,
    columns: &[
        "id",
        "actor",
        "object",
        "asked_at",
        "asked",
        "streamed",
        "state",
        "version",
        "at_most",
        "row_count",
        "parts",
        "bytes",
        "ended_at",
        "expires_at",
        "beat_at",
        "taken",
    ],
};
pub(crate) const ATTACHMENT: Table = Table {
    name: "attachment",
    keys: 1,
    columns: &["id", "object", "record", "customer", "added_by", "added_at", "parts", "bytes", "note"],
};
pub(crate) const AUTOMATION_RUN: Table = Table {
    name: "automation_run",
    keys: 1,
    columns: &["id", "rule", "object", "record", "at", "day", "state", "next_at", "body", "version"],
};
/// What is told by mail.
pub(crate) const MAIL: Table = Table {
    name: "mail",
    keys: 1,
    columns: &["id", "user_id", "daily", "at", "until", "state", "next_at", "body", "version"],
};
/// What is told of alerts by channels.
pub(crate) const CHANNEL_MESSAGE: Table = Table {
    name: "channel_message",
    keys: 1,
    columns: &["id", "channel", "alert", "at", "state", "next_at", "body", "version"],
};
/// Lines of other systems' logs that were taken in.
pub(crate) const FEED_LINE: Table =
    Table { name: "feed_line", keys: 1, columns: &["key", "source", "event", "load", "at"] };
/// Files of such logs. What was read of them opens under a key of the vault.
pub(crate) const FEED_LOAD: Table =
    Table { name: "feed_load", keys: 1, columns: &["id", "source", "state", "began_at", "body", "version"] };
/// Audit reports. What each says opens under a key of the vault.
pub(crate) const REPORT_FILE: Table = Table {
    name: "report_file",
    keys: 1,
    columns: &["id", "kind", "from_at", "until_at", "made_at", "head", "version"],
};
/// What the house saw of itself. It opens under a key of the vault.
pub(crate) const POSTURE_RUN: Table =
    Table { name: "posture_run", keys: 1, columns: &["id", "at", "head", "body", "version"] };
/// Who sees to what of it, and what is put up with.
pub(crate) const POSTURE_CHECK: Table =
    Table { name: "posture_check", keys: 1, columns: &["id", "name", "at", "body", "version"] };
/// What rules found about people. The finding itself opens under a key of the vault.
pub(crate) const ALERT: Table = Table {
    name: "alert",
    keys: 1,
    columns: &[
        "id",
        "subject",
        "rule",
        "family",
        "fingerprint",
        "severity",
        "state",
        "score",
        "first_at",
        "last_at",
        "last_seq",
        "case_id",
        "body",
        "version",
    ],
};
/// Cases. What they say opens under a key of the vault.
pub(crate) const CASE_FILE: Table = Table {
    name: "case_file",
    keys: 1,
    columns: &["id", "state", "severity", "subject", "owner", "opened_at", "due_at", "closed_at", "body", "version"],
};
/// Questions to people about their own accesses.
pub(crate) const INQUIRY: Table = Table {
    name: "inquiry",
    keys: 1,
    columns: &["id", "subject", "case_file", "state", "asked_at", "answered_at", "body", "version"],
};
/// How people stand with their courses.
pub(crate) const TRAINING: Table = Table {
    name: "training",
    keys: 1,
    columns: &["id", "user_id", "course", "state", "at", "due_at", "valid_until", "body", "version"],
};
/// Texts of own courses. They are written once.
pub(crate) const COURSE_TEXT: Table =
    Table { name: "course_text", keys: 1, columns: &["id", "course", "number", "at", "body", "version"] };
/// What systems outside stated of people's training.
pub(crate) const TRAINING_STATEMENT: Table = Table {
    name: "training_statement",
    keys: 1,
    columns: &["id", "user_id", "course", "outcome", "at", "voids", "body", "version"],
};
/// Vulnerabilities. What is known of them opens under a key of the vault.
pub(crate) const FINDING: Table = Table {
    name: "finding",
    keys: 1,
    columns: &[
        "id", "asset", "tool", "severity", "state", "owner", "waits", "found_at", "due_at", "next_at", "body",
        "version",
    ],
};
/// Reports of scanners that were taken in. They are written once.
pub(crate) const FINDING_SCAN: Table =
    Table { name: "finding_scan", keys: 1, columns: &["id", "asset", "tool", "at", "body", "version"] };
/// Campaigns of access reviews, and their lines. What they say opens under a key of the vault.
pub(crate) const REVIEW: Table =
    Table { name: "review", keys: 1, columns: &["id", "state", "began_at", "due_at", "body", "version"] };
pub(crate) const REVIEW_LINE: Table = Table {
    name: "review_line",
    keys: 1,
    columns: &["id", "review", "subject", "reviewer", "state", "at", "ends_at", "body", "version"],
};
/// People who leave. What is known of it opens under a key of the vault.
pub(crate) const LEAVER: Table = Table {
    name: "leaver",
    keys: 1,
    columns: &["id", "subject", "state", "notice_at", "last_at", "began_at", "body", "version"],
};
/// Assessments by third parties, and their questions. What they say opens under a key of the vault.
pub(crate) const ASSESSMENT: Table = Table {
    name: "assessment",
    keys: 1,
    columns: &["id", "state", "made_at", "starts_at", "ends_at", "body", "version"],
};
pub(crate) const ASSESSMENT_QUESTION: Table = Table {
    name: "assessment_question",
    keys: 1,
    columns: &["id", "assessment", "place", "answerer", "state", "at", "body", "version"],
};
/// Events that a case cites.
pub(crate) const EVIDENCE_HOLD: Table =
    Table { name: "evidence_hold", keys: 2, columns: &["event", "case_file", "at"] };
/// Files of cases that are there.
pub(crate) const CASE_ATTACHMENT: Table =
    Table { name: "case_attachment", keys: 1, columns: &["id", "case_file", "at"] };
pub(crate) const HANDOVER: Table = Table {
    name: "handover",
    keys: 1,
    columns: &["id", "leaver", "actor", "plan", "total", "began_at", "ended_at", "left_over"],
};
/// Records that were merged into others.
pub(crate) const MERGED: Table =
    Table { name: "merged", keys: 1, columns: &["record", "object", "survivor", "merged_at"] };
/// What merges keep, so that they can be taken back.
pub(crate) const MERGE_KEPT: Table = Table {
    name: "merge_kept",
    keys: 3,
    columns: &["survivor", "version", "record", "object", "customer", "merged_at", "actor", "body"],
};
/// Merges that were taken back.
pub(crate) const PARTED: Table =
    Table { name: "parted", keys: 2, columns: &["record", "merged_at", "object", "survivor", "version", "parted_at"] };
/// Records that are not the same, though they look alike.
pub(crate) const APART: Table = Table { name: "apart", keys: 2, columns: &["one", "other", "author", "at"] };
/// Long work in the background.
pub(crate) const JOB: Table = Table {
    name: "job",
    keys: 1,
    columns: &[
        "id", "owner", "kind", "object", "asked", "state", "done", "total", "found", "began_at", "ended_at", "beat_at",
        "version",
    ],
};
/// What people keep for themselves. A version is the time of its event.
pub(crate) const OWN_SETTING: Table =
    Table { name: "own_setting", keys: 2, columns: &["user_id", "name", "body", "version"] };
/// What people are told.
pub(crate) const NOTICE: Table = Table {
    name: "notice",
    keys: 1,
    columns: &["id", "user_id", "kind", "object", "record", "about", "author", "at", "until", "read_at", "version"],
};
/// What people say about records. The words themselves open under the customer's key.
pub(crate) const COMMENT: Table = Table {
    name: "comment",
    keys: 1,
    columns: &[
        "id",
        "object",
        "record",
        "customer",
        "author",
        "at",
        "edited_at",
        "struck_at",
        "struck_by",
        "body",
        "version",
    ],
};
/// How far numbers were given. Values only grow.
pub(crate) const COUNTER: Table =
    Table { name: "counter", keys: 3, columns: &["object", "field", "series", "value", "changed_at"] };
pub(crate) const IMPORTED: Table =
    Table { name: "imported", keys: 3, columns: &["object", "source", "mac", "record", "job"] };
/// Clear columns follow: `t0` to `t19`, `n0` to `n19`.
pub(crate) const RECORD: Table = Table {
    name: "record",
    keys: 1,
    columns: &[
        "id",
        "object",
        "customer",
        "owner",
        "department",
        "pool",
        "version",
        "created_at",
        "updated_at",
        "created_by",
        "sealed",
        "t0",
        "t1",
        "t2",
        "t3",
        "t4",
        "t5",
        "t6",
        "t7",
        "t8",
        "t9",
        "t10",
        "t11",
        "t12",
        "t13",
        "t14",
        "t15",
        "t16",
        "t17",
        "t18",
        "t19",
        "n0",
        "n1",
        "n2",
        "n3",
        "n4",
        "n5",
        "n6",
        "n7",
        "n8",
        "n9",
        "n10",
        "n11",
        "n12",
        "n13",
        "n14",
        "n15",
        "n16",
        "n17",
        "n18",
        "n19",
    ],
};

/// All of them.
pub(crate) const SEALED: &[&Table] = &[
    &CREDENTIAL,
    &SESSION,
    &TOKEN,
    &MEMBER,
    &LEGAL_HOLD,
    &REQUEST,
    &IDEMPOTENCY,
    &EXPORT_JOB,
    &EXPORT_FILE,
    &ATTACHMENT,
    &AUTOMATION_RUN,
    &MAIL,
    &CHANNEL_MESSAGE,
    &FEED_LINE,
    &FEED_LOAD,
    &REPORT_FILE,
    &POSTURE_RUN,
    &POSTURE_CHECK,
    &ALERT,
    &CASE_FILE,
    &INQUIRY,
    &TRAINING,
    &COURSE_TEXT,
    &TRAINING_STATEMENT,
    &FINDING,
    &FINDING_SCAN,
    &REVIEW,
    &REVIEW_LINE,
    &LEAVER,
    &ASSESSMENT,
    &ASSESSMENT_QUESTION,
    &EVIDENCE_HOLD,
    &CASE_ATTACHMENT,
    &HANDOVER,
    &MERGED,
    &MERGE_KEPT,
    &PARTED,
    &APART,
    &JOB,
    &OWN_SETTING,
    &NOTICE,
    &COMMENT,
    &COUNTER,
    &IMPORTED,
    &RECORD,
];

/// The proof that a session or token has not ended.
pub(crate) fn live(seals: &Seals, table: &Table, id: &Param) -> Seal {
    seals.of(table.name, [(200, id)])
}
/// The proof that a session was made with a second factor that still stands.
pub(crate) fn strong(seals: &Seals, id: &Param) -> Seal {
    seals.of(SESSION.name, [(201, id)])
}

impl Table {
    /// All sealed columns, then the seal.
    pub(crate) fn select(&self, condition: &str) -> String {
        format!("SELECT {}, seal FROM {} WHERE {condition}", self.columns.join(", "), self.name)
    }
    pub(crate) fn seal(&self, seals: &Seals, row: &Row) -> Seal {
        seals.row(self.name, row.0.get(..self.columns.len()).unwrap_or(&row.0))
    }
    /// Whether a row of [`Self::select`] is one the program wrote.
    pub(crate) fn is_sealed(&self, seals: &Seals, row: &Row) -> bool {
        matches!(row.0.get(self.columns.len()), Some(Param::Bytes(seal)) if *seal == self.seal(seals, row))
    }
    pub(crate) fn key<'r>(&self, row: &'r Row) -> &'r [Param] {
        row.0.get(..self.keys).unwrap_or(&[])
    }
}
