//! What happened to somebody, that a plan waits for.

use access::path::Refusal;
use govern::review::{ABSENT_DAYS, Rhythm};
use model::{UnixMs, UserId, UserKind, UserStatus};

use crate::proof::tables::CASE_FILE;
use crate::records::broken;
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
            Rhythm::Case => self.confirmed(after).await,
        }
    }

    /// Who has done nothing for so long since a moment. An absence is named by the last thing done before it.
    async fn absent(&self, after: UnixMs, now: UnixMs) -> Result<Vec<(String, UserId)>, Refusal> {
        let sql = "SELECT u.id, u.created_at, (SELECT MAX(e.at) FROM event e WHERE e.actor = u.id) FROM app_user u";
        let company = self.company();
        let mut found = vec![];
        for row in self.read(Query::new(sql, vec![])).await? {
            let read = || Ok((row.user(0)?, row.time(1)?, row.opt_time(2)?));
            let (id, made, last) = read().map_err(broken)?;
            let works = |u: &model::User| u.kind == UserKind::Person && u.status == UserStatus::Active;
            let last = last.unwrap_or(made).max(made);
            let absent = last.plus_days(ABSENT_DAYS);
            if absent > after && absent <= now && company.users.get(&id).is_some_and(works) {
                found.push((format!("absent.{}.{id}", last.0), id));
            }
        }
        Ok(found)
    }

    /// About whom a case was closed after a moment, and it was true.
    async fn confirmed(&self, after: UnixMs) -> Result<Vec<(String, UserId)>, Refusal> {
        let condition = format!("closed_at > ?1 ORDER BY closed_at, id LIMIT {MOST_CASES}");
        let rows = self.read(Query::new(CASE_FILE.select(&condition), vec![after.into()])).await?;
        // One that was altered beside the program is told by doctor; it stops no other.
        let cases = rows.iter().filter_map(|row| self.read_case(row).ok());
        let true_ones = cases.filter(|c| c.case.closing.as_ref().is_some_and(|c| c.verdict.is_true()));
        Ok(true_ones.map(|c| (format!("case.{}", c.id), c.case.subject)).collect())
    }
}
