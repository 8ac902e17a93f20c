//! Having a report made: begun on record, counted day by day as a job, kept in one unit with the event that tells its digest.

use access::path::{Disclosed, Grant, Refusal};
use govern::{Definition, Kind, Made, Period, Report, SectionId, Standing, sections};
use model::{JobId, ReportId, UnixMs, UserStatus};

use super::gather::Counting;
use super::{BeginReport, CarryReportOut, Reader, ToMake};
use crate::audit::{name_of, unpublished};
use crate::company::barred;
use crate::jobs::JobView;
use crate::publish::Publisher;
use crate::{Store, ids};

impl BeginReport {
    pub fn new(definition: Definition, period: Period, part: bool, at: UnixMs) -> Self {
        let (id, report) = (JobId::new(at, ids::random()), ReportId::new(at, ids::random()));
        Self { id, report, definition, period, part }
    }
}

impl Store {
    /// Whether a definition is one that can be made now: whom it is about and addressed to is there.
    pub(super) fn check_definition(&self, definition: &Definition) -> Result<(), Refusal> {
        definition.check().map_err(|bad| Refusal::invalid(bad.field, bad.code, bad.reason))?;
        let company = self.company();
        let about = definition.about;
        if about.department.is_some_and(|id| !company.departments.contains_key(&id)) {
            return Err(Refusal::invalid("department", "invalid_value", "there is no such department"));
        }
        if about.user.is_some_and(|id| !company.users.contains_key(&id)) {
            return Err(Refusal::invalid("user", "invalid_value", "there is no such user"));
        }
        let active = |id| company.users.get(id).is_some_and(|u| u.status == UserStatus::Active);
        if !definition.readers.iter().all(active) {
            return Err(Refusal::invalid("readers", "invalid_value", "each is somebody with an active account"));
        }
        if definition.about.user.is_some_and(|user| definition.readers.contains(&user)) {
            return Err(Refusal::invalid("readers", "invalid_value", "nobody reads a report about themselves"));
        }
        Ok(())
    }

    /// Up to which moment a period is counted.
    fn counted_until(&self, period: Period, part: bool, now: UnixMs) -> Result<UnixMs, Refusal> {
        let outside = || Refusal::invalid("period", "invalid_value", "a day of the years 1970 to 9999");
        let (from, end) = period.span(&self.time_zone().0).ok_or_else(outside)?;
        if end <= now {
            return Ok(end);
        }
        if from >= now {
            return Err(Refusal::invalid("period", "invalid_value", "it has not begun yet"));
        }
        if !part {
            return Err(barred("report_period_open", "the period is not over"));
        }
        Ok(now)
    }

    /// Begins a report; [`Store::run_job`] carries it out. The log is signed as far as the period goes.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with the field; [`Refusal::Forbidden`], [`Refusal::Barred`] with `report_about_oneself`,
    /// `report_period_open`, `report_not_kept`, `report_too_long`, `too_many_jobs`; all recorded.
    pub async fn begin_report(
        &self,
        grant: Grant<BeginReport>,
        publisher: &Publisher,
    ) -> Result<Disclosed<JobView>, Refusal> {
        let made = async {
            let (op, now) = (grant.operation(), grant.now());
            self.check_definition(&op.definition)?;
            Reader::of(&grant).may_make(&op.definition)?;
            let until = self.counted_until(op.period, op.part, now)?;
            let needs = self.entries_before(until).await?.max(1);
            publisher.covering(needs, now).await.map_err(unpublished)?;
            let what = ToMake { report: op.report, definition: op.definition.clone(), period: op.period, until };
            let (total, _) = self.begin_counting(&what).await?.days();
            self.job_of_report(op.id, &what, total, grant.caller()).await
        };
        match made.await {
            Ok((insert, told, view)) => grant.carry_out_telling(vec![told], vec![insert], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Keeps what was counted, in one unit with the event of its making.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`], [`Refusal::StoreUnavailable`], [`Refusal::Damaged`]; recorded.
    pub(crate) async fn keep_report(
        &self,
        grant: Grant<CarryReportOut>,
        under: Counting,
        now: UnixMs,
    ) -> Result<(), Refusal> {
        let by = grant.caller().user;
        let name = name_of(grant.engine().directory(), by);
        let made = Made { at: now, by: Some(by), by_name: Some(name), plan: None };
        let kept = async {
            let report = self.finished(under, made).await?;
            self.insert_report(grant.operation().what.report, &report)
        };
        match kept.await {
            Ok((mut changes, told)) => {
                let mut told = vec![told];
                self.tell_readers(&grant.operation().what, now, Some(by)).into_parts(&mut told, &mut changes);
                grant.carry_out_telling(told, changes, ()).await.map(|_| ())
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Management's numbers of this moment.
    async fn where_things_stand(&self, now: UnixMs) -> Result<Vec<Standing>, Refusal> {
        let engine = self.gate().engine();
        let numbers = self.oversight(engine.directory(), now).await?.numbers;
        let standing = numbers.into_iter().map(|n| Standing {
            id: n.id.to_owned(),
            title: n.title,
            value: n.value,
            before: n.before,
            is: n.is,
            good: n.good,
            page: n.proof,
        });
        Ok(standing.collect())
    }

    /// The report that was counted.
    pub(super) async fn finished(&self, mut under: Counting, made: Made) -> Result<Report, Refusal> {
        self.look_into(&mut under).await?;
        let definition = under.what.definition.clone();
        if definition.kind == Kind::Compliance {
            under.counted.facts = self.facts_of(&under, made.at);
        }
        if definition.parts().contains(&SectionId::Standing) {
            under.counted.standing = self.where_things_stand(made.at).await?;
        }
        // Who made it is in the log; the person concerned is told no employee's name.
        let made = match definition.kind {
            Kind::Subject => Made { by: None, by_name: None, ..made },
            _ => made,
        };
        let engine = self.gate().engine();
        let directory = engine.directory();
        let about_name = definition.about.user.map(|id| name_of(directory, id)).or_else(|| {
            definition.about.department.and_then(|id| directory.departments.get(&id).map(|d| d.name.clone()))
        });
        Ok(Report {
            format: 1,
            about_name: about_name.or_else(|| definition.about.customer.map(|id| id.to_string())),
            company: self.gate().settings().company.clone(),
            period: under.what.period,
            zone: under.zone.clone(),
            from: under.from,
            until: under.counted.base.until,
            whole: under.whole,
            compared: under.counted.before.is_some(),
            made,
            head: under.head.clone(),
            left_out: under.left_out,
            sections: sections(&definition, &under.counted),
            definition,
        })
    }
}
