//! The page of past reports, one of them, one as a file, and the proof of such a file.

use access::path::{Disclosed, Grant, Refusal};
use govern::{Kind, Report};
use ledger::evidence::Evidence;
use model::{Action, Directory, EventId, ReportId, UnixMs, UserId, UserKind, UserStatus};

use super::Reader;
use super::row::{Kept, Stored};
use crate::Store;
use crate::documents::{self, Given, MadeFrom, NotPrinted, Printed};
use crate::publish::Publisher;

/// Longest page of reports.
pub const MOST_REPORTS: usize = 200;
/// Rows that are looked through for one page.
const MOST_READ: usize = 5000;

/// Past reports that the caller may read, newest first.
#[derive(Debug, Clone, Default)]
pub struct ListReports {
    pub kind: Option<Kind>,
    /// 1 to [`MOST_REPORTS`].
    pub limit: usize,
    pub cursor: Option<String>,
}

/// Whom reports can be addressed to.
#[derive(Debug)]
pub struct ListReportReaders;

/// One report.
#[derive(Debug)]
pub struct ShowReport {
    pub id: ReportId,
}

/// One report as a file.
#[derive(Debug)]
pub struct TakeReport {
    pub id: ReportId,
    /// `pdf`, `xlsx`, `html`, `csv`, `json`.
    pub format: &'static str,
    /// `zh` or `en`.
    pub language: &'static str,
}

/// The proof of a file that was taken: its event, as an evidence file.
#[derive(Debug)]
pub struct ProveReportFile {
    pub id: ReportId,
    pub event: EventId,
}

/// What a list says of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportCard {
    pub id: ReportId,
    pub kind: Kind,
    pub about_name: Option<String>,
    pub period: govern::Period,
    pub from: UnixMs,
    pub until: UnixMs,
    pub whole: bool,
    pub made_at: UnixMs,
    pub made_by: Option<UserId>,
    pub made_by_name: Option<String>,
    pub plan: Option<String>,
    pub findings: usize,
    /// Of what it says, as the log holds it.
    pub sha256: String,
    pub head: govern::Head,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportsPage {
    pub reports: Vec<ReportCard>,
    pub next: Option<String>,
}

/// A file of a report.
#[derive(Debug, Clone)]
pub struct FileOfReport {
    pub card: ReportCard,
    pub file: Printed,
}

impl ReportCard {
    fn of(stored: Stored) -> Self {
        let Stored { id, from, until, made_at, kept } = stored;
        let Kept { definition, about_name, period, whole, made, made_from, sha256, findings, .. } = kept;
        Self {
            id,
            kind: definition.kind,
            about_name,
            period,
            from,
            until,
            whole,
            made_at,
            made_by: made.by,
            made_by_name: made.by_name,
            plan: made.plan,
            findings,
            sha256,
            head: made_from,
        }
    }
}

fn gives(stored: &Stored, reader: Reader, directory: &Directory) -> bool {
    let definition = &stored.kept.definition;
    !definition.kind.tells_of_one() && reader.may_read(definition, directory)
}

impl Store {
    /// A report that the caller may read; to others it is not there.
    async fn report_for(&self, id: ReportId, reader: Reader, directory: &Directory) -> Result<Stored, Refusal> {
        let stored = self.report_row(id).await?;
        stored.filter(|s| reader.may_read(&s.kept.definition, directory)).ok_or(Refusal::NotFound)
    }

    async fn opened_report(
        &self,
        id: ReportId,
        reader: Reader,
        directory: &Directory,
    ) -> Result<(Stored, Vec<u8>, Report), Refusal> {
        let stored = self.report_for(id, reader, directory).await?;
        let (body, report) = self.kept_report(&stored).await?;
        Ok((stored, body, report))
    }

    /// What a kept report says, as JSON and read.
    pub(super) async fn kept_report(&self, stored: &Stored) -> Result<(Vec<u8>, Report), Refusal> {
        let body = self.report_body(stored).await?;
        let report = serde_json::from_slice(&body).map_err(|error| {
            tracing::error!(report.id = %stored.id, %error, "what a report says is of no form that this program knows");
            Refusal::Damaged
        })?;
        Ok((body, report))
    }

    /// What a report says, without asking who reads it: for a room that was given it as evidence. `None` where it is not there.
    pub(crate) async fn report_given(&self, id: ReportId) -> Result<Option<(ReportCard, Vec<u8>, Report)>, Refusal> {
        let Some(stored) = self.report_row(id).await? else { return Ok(None) };
        let body = self.report_body(&stored).await?;
        let report = serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?;
        Ok(Some((ReportCard::of(stored), body, report)))
    }

    /// Whether a reader may give a report to people from outside: one that they may read, and that does not tell of one person or customer.
    pub(crate) async fn may_give_report(
        &self,
        id: ReportId,
        reader: Reader,
        directory: &Directory,
    ) -> Result<bool, Refusal> {
        let stored = self.report_row(id).await?;
        Ok(stored.is_some_and(|s| gives(&s, reader, directory)))
    }

    /// The newest of those, for somebody to choose from.
    pub(crate) async fn reports_to_give(
        &self,
        reader: Reader,
        directory: &Directory,
        most: usize,
    ) -> Result<Vec<ReportCard>, Refusal> {
        let part = self.report_rows("1 = 1 ORDER BY made_at DESC, id DESC LIMIT 500", vec![]).await?;
        let fit = part.into_iter().filter(|s| gives(s, reader, directory));
        Ok(fit.take(most).map(ReportCard::of).collect())
    }

    /// # Errors
    /// [`Refusal::Invalid`] for limit or cursor; recorded.
    pub async fn list_reports(&self, grant: Grant<ListReports>) -> Result<Disclosed<ReportsPage>, Refusal> {
        match self.page_of_reports(&grant).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn page_of_reports(&self, grant: &Grant<ListReports>) -> Result<ReportsPage, Refusal> {
        let (op, reader) = (grant.operation(), Reader::of(grant));
        if !(1..=MOST_REPORTS).contains(&op.limit) {
            return Err(Refusal::invalid("limit", "invalid_value", format!("a page has 1 to {MOST_REPORTS} rows")));
        }
        let bad = || Refusal::invalid("cursor", "invalid_value", "this cursor comes from no page");
        let mut after = match &op.cursor {
            None => (UnixMs(i64::MAX), ReportId::from_bytes([255; 16])),
            Some(text) => {
                let (at, id) = text.split_once('.').ok_or_else(bad)?;
                (UnixMs(at.parse().map_err(|_| bad())?), id.parse().map_err(|_| bad())?)
            }
        };
        let engine = grant.engine();
        let (mut found, mut read) = (vec![], 0);
        loop {
            let kind = op.kind.map_or("kind <> ''".to_owned(), |k| format!("kind = '{}'", k.as_str()));
            let condition = format!("(made_at, id) < (?1, ?2) AND {kind} ORDER BY made_at DESC, id DESC LIMIT 200");
            let part = self.report_rows(&condition, vec![after.0.into(), after.1.into()]).await?;
            let Some(last) = part.last() else { return Ok(ReportsPage { reports: found, next: None }) };
            let end = (last.made_at, last.id);
            for stored in part {
                read += 1;
                if !reader.may_read(&stored.kept.definition, engine.directory()) {
                    continue;
                }
                if found.len() == op.limit {
                    let next = found.last().map(|c: &ReportCard| format!("{}.{}", c.made_at.0, c.id));
                    return Ok(ReportsPage { reports: found, next });
                }
                found.push(ReportCard::of(stored));
            }
            after = end;
            if read >= MOST_READ {
                let next = Some(format!("{}.{}", after.0.0, after.1));
                return Ok(ReportsPage { reports: found, next });
            }
        }
    }

    /// People who may read reports now.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn list_report_readers(
        &self,
        grant: Grant<ListReportReaders>,
    ) -> Result<Disclosed<Vec<(UserId, String)>>, Refusal> {
        let now = grant.now();
        let company = self.company();
        let may = |user: &&model::User| {
            let caller =
                model::Caller { user: user.id, mfa: true, ..Self::system_caller(model::Channel::Web, "reports", now) };
            user.kind == UserKind::Person
                && user.status == UserStatus::Active
                && self.gate.would_admit_system(&caller, Action::ReportRead)
        };
        let mut people: Vec<(UserId, String)> =
            company.users.values().filter(may).map(|u| (u.id, u.name.clone())).collect();
        people.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        grant.carry_out(vec![], people).await
    }

    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Damaged`]; recorded.
    pub async fn show_report(&self, grant: Grant<ShowReport>) -> Result<Disclosed<(ReportCard, Report)>, Refusal> {
        let engine = grant.engine().clone();
        match self.opened_report(grant.operation().id, Reader::of(&grant), engine.directory()).await {
            Ok((stored, _, report)) => {
                let about = report.definition.about.customer.into_iter().collect();
                grant.tell(about, (ReportCard::of(stored), report)).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Has a report printed and records the digest of what came of it, before it leaves. `print` is given what it says, and those bytes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `report_too_long`; [`Refusal::Damaged`]; recorded.
    pub async fn take_report(
        &self,
        grant: Grant<TakeReport>,
        print: impl FnOnce(ReportId, &Report, Vec<u8>) -> Result<Printed, NotPrinted> + Send + 'static,
    ) -> Result<Disclosed<FileOfReport>, Refusal> {
        let engine = grant.engine().clone();
        let id = grant.operation().id;
        let made = async {
            let (stored, body, report) = self.opened_report(id, Reader::of(&grant), engine.directory()).await?;
            let file = documents::printed(move || print(id, &report, body)).await?;
            Ok(FileOfReport { card: ReportCard::of(stored), file })
        };
        let taken = match made.await {
            Ok(taken) => taken,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let govern::Head { origin, size, root } = taken.card.head.clone();
        let (id, head) = (id.to_string(), MadeFrom { origin, size, root });
        let TakeReport { format, language, .. } = *grant.operation();
        let told = documents::told(Given { of: "report", id: &id, format, language, head: &head }, &taken.file);
        self.end_telling(grant, vec![told], vec![], vec![], taken).await
    }

    /// # Errors
    /// [`Refusal::NotFound`] when no such event tells of a file of this report; recorded.
    pub async fn prove_report_file(
        &self,
        grant: Grant<ProveReportFile>,
        publisher: &Publisher,
    ) -> Result<Disclosed<(Evidence, usize)>, Refusal> {
        let engine = grant.engine().clone();
        let proved = async {
            let ProveReportFile { id, event } = *grant.operation();
            self.report_for(id, Reader::of(&grant), engine.directory()).await?;
            self.proof_of_giving(&grant, (Action::ReportRead, &id.to_string(), event), publisher).await
        };
        match proved.await {
            Ok(proved) => grant.carry_out(vec![], proved).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
