//! What happened to somebody, that a plan waits for.

use access::path::Refusal;
use govern::review::{ABSENT_DAYS, Rhythm};
use model::{Action, UnixMs, UserId, UserKind, UserStatus};

use crate::proof::tables::CASE_FILE;
use crate::{Query, Store};

/// Cases of one look.
const MOST_CASES: i64 = 500;

impl Store {
    /// To whom what a plan waits for happened after a moment, each with what names the happening for good.
    pub(super) async fn happened(
        &self,
        what: Rhythm,
        after: UnixMs,
        now: UnixMs,
    ) -> Result<Vec<(String, UserId)>, Refusal> {
        match what {
            Rhythm::Once | Rhythm::Quarterly | Rhythm::HalfYearly => Ok(vec![]),
            Rhythm::RoleChange | Rhythm::Transfer => {
                let found = self.past().await?.changed(after, what == Rhythm::RoleChange);
                Ok(found.into_iter().map(|(epoch, user)| (format!("{epoch}.{user}"), user)).collect())
            }
            Rhythm::Absence => self.absent(after, now).await,
            Rhythm::Case => self.confirmed(after, now).await,
        }
    }

    /// Who has done nothing for so long since a moment. An absence is named by the last thing done before it.
    async fn absent(&self, after: UnixMs, now: UnixMs) -> Result<Vec<(String, UserId)>, Refusal> {
        let company = self.company();
        let mut found = vec![];
        for (id, last) in self.quiet_since().await? {
            let works = |u: &model::User| u.kind == UserKind::Person && u.status == UserStatus::Active;
            let absent = last.plus_days(ABSENT_DAYS);
            if absent > after && absent <= now && company.users.get(&id).is_some_and(works) {
                found.push((format!("absent.{}.{id}", last.0), id));
            }
        }
        Ok(found)
    }

    /// About whom a case was closed after a moment, and it was true; but for who reads reviews: the campaign would tell them of the case.
    async fn confirmed(&self, after: UnixMs, now: UnixMs) -> Result<Vec<(String, UserId)>, Refusal> {
        let condition = format!("closed_at > ?1 ORDER BY closed_at, id LIMIT {MOST_CASES}");
        let rows = self.read(Query::new(CASE_FILE.select(&condition), vec![after.into()])).await?;
        // One that was altered beside the program is told by doctor; it stops no other.
        let cases = rows.iter().filter_map(|row| self.read_case(row).ok());
        let true_ones = cases.filter(|c| c.case.closing.as_ref().is_some_and(|c| c.verdict.is_true()));
        let reads =
            |user| [Action::ReviewRead, Action::ReviewManage].iter().any(|duty| self.has_duty(user, *duty, now));
        let true_ones = true_ones.filter(|c| !reads(c.case.subject));
        Ok(true_ones.map(|c| (format!("case.{}", c.id), c.case.subject)).collect())
    }
}
