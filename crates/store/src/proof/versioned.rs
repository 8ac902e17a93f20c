//! Rows about records whose version an event told: requests, notices, comments, what automation rules did, mails, alerts, cases,
//! messages of channels.

use std::collections::{HashMap, HashSet};

use access::path::{Param, Refusal};
use model::{RecordId, UnixMs};

use super::check::{Against, StateReport};
use super::replay::{GONE, Id};
use super::tables::{
    ALERT, ASSESSMENT, ASSESSMENT_QUESTION, AUTOMATION_RUN, CASE_FILE, CHANNEL_MESSAGE, COMMENT, COURSE_TEXT,
    EVIDENCE_HOLD, FEED_LOAD, FINDING, FINDING_SCAN, INQUIRY, LEAVER, MAIL, NOTICE, POSTURE_CHECK, POSTURE_RUN,
    REPORT_FILE, REQUEST, REVIEW, REVIEW_LINE, TRAINING, TRAINING_STATEMENT, Table,
};
use crate::Store;
use crate::notices::NOTICE_DAYS;
use crate::records::broken;

/// A table of such rows, and what the log tells of them.
struct Versioned<'a> {
    table: &'static Table,
    /// The columns of the version, and of the moment at which the row was made.
    version: usize,
    at: usize,
    /// By id: the version, and the record it is about.
    told: &'a HashMap<Id, (i64, Option<RecordId>)>,
    /// Whether rows go with their record; else with the erasure of its customer alone, and need not.
    with_record: bool,
    /// Versions of which the row has been swept away since.
    swept: &'a dyn Fn(i64) -> bool,
}

impl Store {
    pub(super) async fn check_versioned(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let told = against.told;
        let never = |_: i64| false;
        // The version of a notice is the time of its event.
        let old = |version: i64| UnixMs(version).plus_days(NOTICE_DAYS) <= against.now;
        let stays =
            |table, version, at, told| Versioned { table, version, at, told, with_record: false, swept: &never };
        for rows in [
            stays(&REQUEST, 11, 9, &told.requests),
            stays(&AUTOMATION_RUN, 9, 4, &told.runs),
            stays(&MAIL, 8, 3, &told.mails),
            stays(&ALERT, 13, 9, &told.alerts),
            stays(&CASE_FILE, 9, 5, &told.cases),
            stays(&INQUIRY, 7, 4, &told.inquiries),
            stays(&TRAINING, 8, 4, &told.training),
            stays(&COURSE_TEXT, 5, 3, &told.course_texts),
            stays(&TRAINING_STATEMENT, 7, 4, &told.statements),
            stays(&FINDING, 11, 7, &told.findings),
            stays(&FINDING_SCAN, 5, 3, &told.scans),
            stays(&REVIEW, 5, 2, &told.reviews),
            stays(&REVIEW_LINE, 8, 5, &told.review_lines),
            stays(&LEAVER, 7, 5, &told.leavers),
            stays(&ASSESSMENT, 6, 2, &told.assessments),
            stays(&ASSESSMENT_QUESTION, 7, 5, &told.assessment_questions),
            stays(&CHANNEL_MESSAGE, 7, 3, &told.messages),
            stays(&FEED_LOAD, 5, 3, &told.feed_loads),
            stays(&REPORT_FILE, 6, 4, &told.reports),
            stays(&POSTURE_RUN, 4, 1, &told.posture_runs),
            stays(&POSTURE_CHECK, 4, 2, &told.posture_checks),
            Versioned { with_record: true, ..stays(&COMMENT, 10, 5, &told.comments) },
            Versioned { with_record: true, swept: &old, ..stays(&NOTICE, 10, 7, &told.notices) },
        ] {
            self.check_versions(&rows, against, report).await?;
        }
        self.check_evidence_holds(against, report).await
    }

    /// What a case cites stays as long as the case.
    async fn check_evidence_holds(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let told = &against.told.cited;
        let mut there = HashSet::new();
        for row in &self.sealed_rows(&EVIDENCE_HOLD, "", report).await? {
            let pair = (row.id(0).map_err(broken)?, row.id(1).map_err(broken)?);
            there.insert(pair);
            if !told.contains(&pair) && !against.excused(row.time(2).map_err(broken)?) {
                report.add(EVIDENCE_HOLD.name, EVIDENCE_HOLD.key(row), "not_on_record");
            }
        }
        for (event, case) in told.iter().filter(|pair| !there.contains(*pair)) {
            report.add(EVIDENCE_HOLD.name, &[Param::Bytes(event.to_vec()), Param::Bytes(case.to_vec())], "missing");
        }
        Ok(())
    }

    async fn check_versions(
        &self,
        rows: &Versioned<'_>,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let gone = |record: Option<RecordId>| {
            record.is_some_and(|id| {
                let customer = against.told.records.get(&id).map_or(id, |r| r.customer);
                let deleted = rows.with_record && against.told.deleted.contains(&id);
                deleted || against.told.erased.contains_key(&customer)
            })
        };
        let table = rows.table;
        let mut there = HashSet::new();
        for row in &self.sealed_rows(table, "", report).await? {
            let id = row.id(0).map_err(broken)?;
            there.insert(id);
            match rows.told.get(&id) {
                Some((_, record)) if rows.with_record && gone(*record) => {
                    report.add(table.name, table.key(row), "not_on_record");
                }
                Some((version, _)) if *version == row.int(rows.version).map_err(broken)? => {}
                Some(_) => report.add(table.name, table.key(row), "version"),
                None if against.excused(row.time(rows.at).map_err(broken)?) => {}
                None => report.add(table.name, table.key(row), "not_on_record"),
            }
        }
        for (id, (version, record)) in rows.told {
            if !there.contains(id) && *version != GONE && !gone(*record) && !(rows.swept)(*version) {
                report.add(table.name, &[Param::Bytes(id.to_vec())], "missing");
            }
        }
        Ok(())
    }
}
