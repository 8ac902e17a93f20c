//! The case file 案卷: what a case says, and two evidence files that `whosaw-verify` checks offline.
//!
//! Rule: the body is byte for byte what the newest act's event tells the SHA-256 of, so that the file is held by the log and not by us.
//! Whoever takes a case file takes evidence, and names who it is about; that is the same duty, and recorded with its reason.

use access::path::{Disclosed, Grant, Operation, Refusal};
use ledger::evidence::{Evidence, FORMAT, Subject as FileSubject, SubjectKind};
use model::CaseId;
use model::case::CaseAttachment;

use super::Stored;
use super::read::Person;
use crate::Store;
use crate::audit::{Span, name_of};
use crate::publish::Publisher;

/// Take the case file.
#[derive(Debug)]
pub struct ExportCase {
    pub id: CaseId,
    pub reason: String,
}

/// Everything of it.
#[derive(Debug, Clone)]
pub struct CaseFile {
    pub id: CaseId,
    pub case: model::case::Case,
    pub version: i64,
    /// What the log holds the digest of.
    pub body: Vec<u8>,
    pub subject: Person,
    /// Everybody whom the case names.
    pub people: Vec<Person>,
    /// The cited events.
    pub evidence: Evidence,
    /// The events about the case.
    pub history: Evidence,
    /// The files of the case, whole.
    pub files: Vec<(CaseAttachment, Vec<u8>)>,
    /// Events whose rows were altered in the database.
    pub altered: usize,
}

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`] for the reason; [`Refusal::Damaged`] when the log itself is not sound; recorded.
    pub async fn export_case(
        &self,
        grant: Grant<ExportCase>,
        publisher: &Publisher,
    ) -> Result<Disclosed<CaseFile>, Refusal> {
        match self.file_of_case(&grant, publisher).await {
            Ok(file) => grant.carry_out(vec![], file).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn file_of_case(&self, grant: &Grant<ExportCase>, publisher: &Publisher) -> Result<CaseFile, Refusal> {
        let op = grant.operation();
        let stored = self.case_for(op.id, grant.caller()).await?;
        crate::hold::check_reason(&op.reason)?;
        let cited = self.positions_of(&stored.case.evidence).await?;
        let about: Vec<i64> =
            self.events_about(stored.id, stored.case.opened_at).await?.iter().map(|f| f.row.seq).collect();
        let (evidence, altered) = self.proved_file(grant, publisher, &stored, &cited).await?;
        let (history, more) = self.proved_file(grant, publisher, &stored, &about).await?;
        let mut files = vec![];
        for file in stored.case.files() {
            files.push((file.clone(), self.whole_case_file(file.clone()).await?));
        }
        let directory = grant.engine().directory();
        let person = |id: model::UserId| Person { id: Some(id), name: name_of(directory, id) };
        let case = &stored.case;
        let mut people: Vec<model::UserId> = case.timeline.iter().map(|e| e.by).collect();
        people.extend(case.watchers.iter().copied().chain(case.owner));
        people.extend(case.timeline.iter().filter_map(|e| match e.act {
            model::case::Act::Assign { to } => Some(to),
            _ => None,
        }));
        people.sort();
        people.dedup();
        Ok(CaseFile {
            id: stored.id,
            version: stored.version,
            body: stored.body()?,
            subject: person(case.subject),
            people: people.into_iter().map(person).collect(),
            evidence,
            history,
            files,
            altered: altered + more,
            case: stored.case,
        })
    }

    pub(super) async fn proved_file<O: Operation>(
        &self,
        grant: &Grant<O>,
        publisher: &Publisher,
        stored: &Stored,
        seqs: &[i64],
    ) -> Result<(Evidence, usize), Refusal> {
        let proved = self.prove_events(seqs, None, Span::default(), publisher, grant.now()).await?;
        let evidence = Evidence {
            format: FORMAT.to_owned(),
            subject: FileSubject {
                kind: SubjectKind::Case,
                id: Some(stored.id.to_string()),
                from_ms: None,
                until_ms: None,
            },
            asked_by: grant.caller().user.to_string(),
            asked_at_ms: u64::try_from(grant.now().0).unwrap_or(0),
            log: publisher.verifier().to_string(),
            checkpoint: proved.checkpoint,
            events: proved.events,
            erasures: proved.erasures,
        };
        Ok((evidence, proved.altered.len()))
    }
}
