//! Taking a scan in: what it shows, and what it shows no more.
//!
//! Rule: parts are units of their own; the scan's row is written with the last one. A finding that a part has dealt with names the scan, so
//! that a file that is taken in again after a crash goes on where it broke off and counts what was done then.

use std::collections::{HashMap, HashSet};

use access::path::{Change, Disclosed, Grant, JournalError, Refusal, tell};
use model::{Action, Caller, Decision, FindingId, ScanId, Severity, UnixMs};
use scan::track::{Shown, State, StepKind, Tracked};
use scan::{Format, MOST_BYTES, ScanError};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::row::{ScanBody as Body, ScanCounts, ScanView, Stored, StoredScan, told, told_scan};
use crate::arrived::Arrived;
use crate::audit::name_of;
use crate::company::{Note, barred};
use crate::identity::Told;
use crate::notices::{News, NoticeKind, Telling};
use crate::proof::tables::FINDING;
use crate::records::broken;
use crate::{Query, Store};

pub(super) const LONGEST_ASSET: usize = 120;
pub(super) const LONGEST_FILE: usize = 200;
/// Findings of one unit.
const PART: usize = 500;
/// Findings that are kept in all.
const MOST_KEPT: i64 = 100_000;
/// Lines of what changed that are answered.
const MOST_LINES: usize = 100;
/// A clock may go wrong by as much; a report from further ahead says nothing of when it was made.
const AHEAD_MS: i64 = 86_400_000;

/// Takes a report of a scanner in.
#[derive(Debug)]
pub struct TakeScan {
    /// What was scanned, as the company calls it.
    pub asset: String,
    /// What the file is called; not where it lies.
    pub file: String,
    /// Or the one it shows.
    pub format: Option<Format>,
    pub body: Arrived,
    /// Only say what would become of it.
    pub dry: bool,
    pub note: Note,
}

impl TakeScan {
    pub fn new(asset: String, file: String, format: Option<Format>, body: Arrived, dry: bool) -> Self {
        Self { asset, file, format, body, dry, note: Note::default() }
    }
}

/// A finding that a scan changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenLine {
    pub id: FindingId,
    /// [`StepKind::Found`], [`StepKind::ShownAgain`] or [`StepKind::Verified`].
    pub what: StepKind,
    pub severity: Severity,
    pub title: String,
}

/// What became of a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanTaken {
    pub scan: ScanView,
    /// The same file was taken in before: nothing was added.
    pub known: bool,
    pub dry: bool,
    /// What changed, the gravest first; at most 100 lines.
    pub lines: Vec<TakenLine>,
}

/// What a scan will do.
struct Plan {
    scan: StoredScan,
    known: bool,
    rows: Vec<Stored>,
    /// Of owners whose findings are open again.
    telling: Vec<(FindingId, model::UserId)>,
    lines: Vec<TakenLine>,
}

fn line(id: FindingId, what: StepKind, tracked: &Tracked) -> TakenLine {
    TakenLine { id, what, severity: tracked.finding.severity, title: tracked.finding.title.clone() }
}

fn unread(error: &ScanError) -> Refusal {
    barred(error.code(), error.to_string())
}

fn named(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    let long = text.chars().count() > most;
    if text.trim().is_empty() || text.trim() != text || long || text.chars().any(char::is_control) {
        let reason = format!("1 to {most} characters on one line");
        return Err(Refusal::invalid(field, "invalid_value", reason));
    }
    Ok(())
}

fn journal(error: JournalError) -> Refusal {
    match error {
        JournalError::Unavailable => Refusal::AuditUnavailable,
        JournalError::Conflict { .. } | JournalError::Taken { .. } => Refusal::Conflict,
        JournalError::Failed { reason, .. } => Refusal::StoreUnavailable(reason),
    }
}

impl Store {
    /// Takes a report in; the same file once.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the names; [`Refusal::Barred`] with the code of a [`ScanError`], `scan_older` behind a newer one of the same tool
    /// and asset, `too_many_findings`; [`Refusal::Conflict`] when another scan of the asset is taken in; recorded.
    pub async fn take_scan(&self, grant: Grant<TakeScan>) -> Result<Disclosed<ScanTaken>, Refusal> {
        let mut plan = match self.plan_of_scan(&grant).await {
            Ok(plan) => plan,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let dry = grant.operation().dry;
        let by_name = name_of(&self.directory(), plan.scan.body.by);
        let taken = ScanTaken {
            scan: plan.scan.clone().view(by_name),
            known: plan.known,
            dry,
            lines: std::mem::take(&mut plan.lines),
        };
        let counts = plan.scan.body.counts;
        grant.operation().note.set(json!({ "scan": plan.scan.id, "known": plan.known, "counts": counts }));
        if dry || plan.known {
            return grant.carry_out(vec![], taken).await;
        }
        match self.put_scan(&grant, plan).await {
            Ok((told, changes)) => grant.carry_out_telling(told, changes, taken).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Keeps all parts but the last, which it gives.
    async fn put_scan(&self, grant: &Grant<TakeScan>, plan: Plan) -> Result<(Vec<Told>, Vec<Change>), Refusal> {
        let Plan { scan, mut rows, telling, .. } = plan;
        let now = grant.now();
        // Read first, so that nothing is begun that a damaged row would end.
        let insert = self.insert_scan(&scan)?;
        let mut left = rows.len();
        for part in rows.chunks_mut(PART) {
            left -= part.len();
            let mut changes = part.iter_mut().map(|row| self.put_finding(row)).collect::<Result<Vec<_>, _>>()?;
            let mut tells: Vec<Told> = vec![told(part.iter())];
            let ids: HashSet<FindingId> = part.iter().map(|row| row.id).collect();
            let mut news = Telling::default();
            for (id, owner) in telling.iter().filter(|(id, _)| ids.contains(id)) {
                let of = News::of(NoticeKind::FindingBack, now).about(id.as_bytes()).by(grant.caller().user);
                news = news.and(self.tell(&of.once_for(now.0), [*owner]));
            }
            news.into_parts(&mut tells, &mut changes);
            if left == 0 {
                changes.push(insert);
                tells.push(told_scan(&scan));
                return Ok((tells, changes));
            }
            self.note_part(grant.caller(), scan.id, tells, changes).await?;
        }
        Ok((vec![told_scan(&scan)], vec![insert]))
    }

    async fn note_part(
        &self,
        caller: &Caller,
        scan: ScanId,
        tells: Vec<Told>,
        changes: Vec<Change>,
    ) -> Result<(), Refusal> {
        if !self.gate().would_admit_system(caller, Action::FindingManage) {
            return Err(Refusal::Forbidden { rules: vec![], obligation: None });
        }
        let detail = tell(json!({ "act": "finding.part", "scan": scan }), tells);
        let noted = self.gate().note(caller, Action::FindingManage, Decision::Allowed, detail, changes).await;
        noted.map(drop).map_err(journal)
    }

    async fn plan_of_scan(&self, grant: &Grant<TakeScan>) -> Result<Plan, Refusal> {
        let (now, by) = (grant.now(), grant.caller().user);
        let op = grant.operation();
        named("asset", &op.asset, LONGEST_ASSET)?;
        named("file", &op.file, LONGEST_FILE)?;
        let bytes = op.body.bytes("scan_too_large", MOST_BYTES)?;
        let digest = hex::encode(Sha256::digest(bytes));
        let id = self.scan_id(&op.asset, &digest);
        if let Some(scan) = self.scans("id = ?1", vec![id.into()]).await?.pop() {
            return Ok(Plan { scan, known: true, rows: vec![], telling: vec![], lines: vec![] });
        }
        let length = bytes.len() as u64;
        let (format, bytes) = (op.format, bytes.to_vec());
        // It takes a while, and other requests do not wait for it.
        let read = tokio::task::spawn_blocking(move || scan::read(&bytes, format)).await;
        let read = read.map_err(|_| Refusal::Damaged)?.map_err(|error| unread(&error))?;
        let made_at = read.made_at.filter(|at| at.0 <= now.0 + AHEAD_MS);
        let mut scan = StoredScan {
            id,
            asset: op.asset.clone(),
            tool: read.tool,
            at: now,
            body: Body {
                file: op.file.clone(),
                digest,
                bytes: length,
                format: read.format,
                tool_version: read.version,
                made_at,
                complete: read.complete,
                tally: read.tally,
                counts: ScanCounts::default(),
                by,
            },
        };
        let newest = self.newest_of(&scan).await?;
        if let (Some(made), Some(newest)) = (made_at, newest)
            && made < newest
        {
            return Err(barred("scan_older", "a newer report of this tool and asset was taken in"));
        }
        let (rows, telling, lines) = self.rows_of_scan(&mut scan, read.findings, now).await?;
        Ok(Plan { scan, known: false, rows, telling, lines })
    }

    /// When the newest report of the same tool and asset was made.
    async fn newest_of(&self, scan: &StoredScan) -> Result<Option<UnixMs>, Refusal> {
        let params = vec![scan.asset.as_str().into(), scan.tool.as_str().into()];
        let before = self.scans("asset = ?1 AND tool = ?2 ORDER BY at DESC LIMIT 50", params).await?;
        Ok(before.iter().filter_map(|s| s.body.made_at).max())
    }

    #[allow(clippy::type_complexity, reason = "three lists of one caller")]
    async fn rows_of_scan(
        &self,
        scan: &mut StoredScan,
        findings: Vec<scan::Finding>,
        now: UnixMs,
    ) -> Result<(Vec<Stored>, Vec<(FindingId, model::UserId)>, Vec<TakenLine>), Refusal> {
        let rules = self.company().findings.clone();
        let query = Query::new(FINDING.select("asset = ?1"), vec![scan.asset.as_str().into()]);
        let mut known: HashMap<FindingId, Stored> = HashMap::new();
        for row in &self.read(query).await? {
            let stored = self.read_finding(row)?;
            known.insert(stored.id, stored);
        }
        let mut counts = ScanCounts::default();
        let (mut rows, mut telling, mut lines) = (vec![], vec![], vec![]);
        let mut seen = HashSet::new();
        for finding in findings {
            let id = self.finding_id(&scan.asset, &finding.fingerprint);
            if !seen.insert(id) {
                continue;
            }
            let Some(mut stored) = known.remove(&id) else {
                let tracked = Tracked::found(&scan.asset, &scan.tool, finding, scan.id, now, &rules);
                counts.found += 1;
                lines.push(line(id, StepKind::Found, &tracked));
                rows.push(Stored { id, tracked, version: 0 });
                continue;
            };
            if stored.tracked.scan == scan.id {
                // A part that was broken off has dealt with it.
                count_again(&stored.tracked, scan.id, &mut counts);
                continue;
            }
            match stored.tracked.shown(&scan.tool, finding, scan.id, now, &rules) {
                Shown::Still => counts.still += 1,
                Shown::Reopened => {
                    counts.reopened += 1;
                    lines.push(line(id, StepKind::ShownAgain, &stored.tracked));
                    telling.extend(stored.tracked.owner.map(|owner| (id, owner)));
                }
            }
            rows.push(stored);
        }
        let mut gone: Vec<Stored> =
            known.into_values().filter(|s| s.tracked.raised.is_none() && s.tracked.tool == scan.tool).collect();
        gone.sort_by_key(|s| s.id);
        for mut stored in gone {
            if stored.tracked.scan == scan.id {
                count_again(&stored.tracked, scan.id, &mut counts);
            } else if scan.body.complete && stored.tracked.gone(scan.id, now) {
                counts.verified += 1;
                lines.push(line(stored.id, StepKind::Verified, &stored.tracked));
                rows.push(stored);
            }
        }
        let kept = self.read(Query::new("SELECT COUNT(*) FROM finding", vec![])).await?;
        let kept = kept.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
        let fresh = rows.iter().filter(|r| r.version == 0).count();
        if kept.saturating_add(i64::try_from(fresh).unwrap_or(i64::MAX)) > MOST_KEPT {
            return Err(barred("too_many_findings", format!("at most {MOST_KEPT} findings are kept")));
        }
        scan.body.counts = counts;
        lines.sort_by_key(|l| std::cmp::Reverse(l.severity));
        lines.truncate(MOST_LINES);
        Ok((rows, telling, lines))
    }
}

/// What a part that was broken off did with a finding.
fn count_again(tracked: &Tracked, scan: ScanId, counts: &mut ScanCounts) {
    let last = tracked.history.iter().rev().find(|s| s.scan == Some(scan) && s.kind != StepKind::Regraded);
    match last.map(|s| s.kind) {
        Some(StepKind::Found) => counts.found += 1,
        Some(StepKind::Verified) => counts.verified += 1,
        Some(_) => counts.reopened += 1,
        None if tracked.state != State::Verified => counts.still += 1,
        None => {}
    }
}
