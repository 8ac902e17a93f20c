//! Certificates 证书: that somebody passed a course, as a document whose digest the log holds.

use access::path::{Disclosed, Grant, Refusal};
use ledger::evidence::Evidence;
use model::{Action, EventId, RecordId, StatementId, Text, UnixMs};

use crate::Store;
use crate::company::barred;
use crate::documents::{self, Given, MadeFrom, NotPrinted, Printed};
use crate::publish::Publisher;

/// Take the certificate of a course that one passed.
#[derive(Debug)]
pub struct TakeCertificate {
    pub course: String,
    /// `zh` or `en`.
    pub language: &'static str,
}

/// Take the proof of a certificate that was taken: its event, as an evidence file.
#[derive(Debug)]
pub struct ProveCertificate {
    pub course: String,
    pub event: EventId,
}

/// Where a course outside was passed, and by what it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOutside {
    pub host: String,
    pub statement: StatementId,
    pub percent: Option<u32>,
}

/// All that a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The same however often it is taken.
    pub number: RecordId,
    pub company: String,
    pub name: String,
    pub department: String,
    pub course: Text,
    pub version: u32,
    pub passed_at: UnixMs,
    pub valid_until: UnixMs,
    pub right: usize,
    pub of: usize,
    /// Of a course outside, which has no quiz here.
    pub outside: Option<PassedOutside>,
    /// The digest of the text that was acknowledged.
    pub pledge: Option<String>,
    pub head: MadeFrom,
    pub made_at: UnixMs,
    /// Of the company.
    pub zone: String,
}

impl Store {
    /// Has the certificate printed and records the digest of what came of it, before it leaves.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for no such course; [`Refusal::Barred`] `not_passed`; [`Refusal::Damaged`]; recorded.
    pub async fn take_certificate(
        &self,
        grant: Grant<TakeCertificate>,
        publisher: &Publisher,
        print: impl FnOnce(&Certificate) -> Result<Printed, NotPrinted> + Send + 'static,
    ) -> Result<Disclosed<Printed>, Refusal> {
        let made = async {
            let certificate = self.certificate(&grant, publisher).await?;
            let (number, head) = (certificate.number.to_string(), certificate.head.clone());
            Ok((number, head, documents::printed(move || print(&certificate)).await?))
        };
        let (id, head, file) = match made.await {
            Ok(made) => made,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let language = grant.operation().language;
        let told = documents::told(Given { of: "certificate", id: &id, format: "pdf", language, head: &head }, &file);
        self.end_telling(grant, vec![told], vec![], vec![], file).await
    }

    async fn certificate(&self, grant: &Grant<TakeCertificate>, publisher: &Publisher) -> Result<Certificate, Refusal> {
        let (me, now) = (grant.caller().user, grant.now());
        let course = self.known_course(&grant.operation().course)?;
        let (user, taken) = (self.learner(me)?, self.own_taken(me, &course.id).await?);
        let company = self.company();
        let not_passed = || barred("not_passed", "the course was not passed, or it has run out");
        let taken = taken.ok_or_else(not_passed)?;
        let passed = taken.body.attempts.iter().rev().find(|a| a.passed).ok_or_else(not_passed)?;
        let (Some(passed_at), Some(valid_until)) = (taken.body.passed_at, taken.valid_until.filter(|t| now < *t))
        else {
            return Err(not_passed());
        };
        Ok(Certificate {
            number: RecordId::from_bytes(taken.id),
            company: self.gate().settings().company.clone(),
            name: user.name.clone(),
            department: company.departments.get(&user.department).map(|d| d.name.clone()).unwrap_or_default(),
            course: course.title,
            version: taken.body.passed_version.unwrap_or(course.version),
            passed_at,
            valid_until,
            right: passed.right,
            of: passed.of,
            outside: taken.body.statement.map(|s| PassedOutside { host: s.from, statement: s.id, percent: s.percent }),
            pledge: taken.body.pledge.clone(),
            head: self.signed_now(publisher, now).await?,
            made_at: now,
            zone: self.time_zone().1,
        })
    }

    /// # Errors
    /// [`Refusal::NotFound`] when no such event tells of the caller's certificate of this course; recorded.
    pub async fn prove_certificate(
        &self,
        grant: Grant<ProveCertificate>,
        publisher: &Publisher,
    ) -> Result<Disclosed<(Evidence, usize)>, Refusal> {
        let proved = async {
            let ProveCertificate { course, event } = grant.operation();
            let taken =
                self.own_taken(grant.caller().user, &self.known_course(course)?.id).await?.ok_or(Refusal::NotFound)?;
            let number = RecordId::from_bytes(taken.id).to_string();
            self.proof_of_giving(&grant, (Action::TrainingTake, &number, *event), publisher).await
        };
        match proved.await {
            Ok(proved) => grant.carry_out(vec![], proved).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
