//! Recording that somebody leaves: the watch begins with its event.

use access::path::{Change, Disclosed, Grant, Refusal};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use model::{LeaverId, UnixMs, UserId, UserKind};

use super::row::{Body, Leaver, LeaverState, told};
use super::{is_oneself, words};
use crate::Store;
use crate::company::{SYSTEM, barred};
use crate::identity::Told;
use crate::ids::random;

/// Days that the notice may lie back, and that may pass between it and the last day.
const MOST_BACK: i64 = 366;
const MOST_AHEAD: i64 = 731;

/// Record that somebody leaves.
#[derive(Debug)]
pub struct BeginLeaver {
    pub id: LeaverId,
    pub user: UserId,
    /// The day of the company's calendar on which notice was given, `YYYY-MM-DD`.
    pub notice_on: String,
    /// The last day that they work.
    pub last_on: String,
    /// Why it is known.
    pub reason: String,
}

impl BeginLeaver {
    pub fn new(user: UserId, (notice_on, last_on): (String, String), reason: String, at: UnixMs) -> Self {
        Self { id: LeaverId::new(at, random()), user, notice_on, last_on, reason }
    }
    /// The days, as far as they are days: nothing else is told.
    pub(super) fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.notice_on.parse().ok(), self.last_on.parse().ok())
    }
}

/// When a day begins.
pub(super) fn began(day: Date, zone: &TimeZone) -> Option<UnixMs> {
    zone.to_timestamp(day.at(0, 0, 0, 0)).ok().map(|moment| UnixMs(moment.as_millisecond()))
}

/// The day of a moment.
pub(super) fn day_of(at: UnixMs, zone: &TimeZone) -> Option<Date> {
    jiff::Timestamp::from_millisecond(at.0).ok().map(|moment| zone.to_datetime(moment).date())
}

/// How many days lie between.
fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

impl Store {
    /// Records it; gives its id.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for no such account; [`Refusal::Invalid`] for one that is no person's, the days and the reason, with
    /// `last_before_notice` where they are the wrong way round; [`Refusal::Barred`] `own_account` for oneself, `already_leaving`;
    /// [`Refusal::Conflict`]; recorded.
    pub async fn begin_leaver(&self, grant: Grant<BeginLeaver>) -> Result<Disclosed<LeaverId>, Refusal> {
        match self.draft_leaver(&grant).await {
            Ok((told, changes)) => {
                let id = grant.operation().id;
                grant.carry_out_telling(told, changes, id).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_leaver(&self, grant: &Grant<BeginLeaver>) -> Result<(Vec<Told>, Vec<Change>), Refusal> {
        let (op, now) = (grant.operation(), grant.now());
        if is_oneself(grant.caller(), op.user) {
            return Err(barred("own_account", "nobody records that they leave themselves"));
        }
        let company = self.company();
        let user = company.users.get(&op.user).filter(|u| u.id != SYSTEM).ok_or(Refusal::NotFound)?;
        if user.kind != UserKind::Person {
            return Err(Refusal::invalid("user", "unknown_user", "a person; a program does not leave"));
        }
        let reason = words("reason", &op.reason)?;
        let (zone, _) = self.time_zone();
        let today = day_of(now, &zone).ok_or(Refusal::Damaged)?;
        let no_day = |field: &str| Refusal::invalid(field, "invalid_value", "a date as YYYY-MM-DD");
        let (notice_on, last_on) = op.days();
        let notice_on = notice_on.ok_or_else(|| no_day("notice_on"))?;
        let last_on = last_on.ok_or_else(|| no_day("last_on"))?;
        if notice_on > today || days(notice_on, today) > MOST_BACK {
            return Err(Refusal::invalid("notice_on", "invalid_value", "a day of the last year, today at the latest"));
        }
        if last_on < notice_on {
            return Err(Refusal::invalid("last_on", "last_before_notice", "the last day is not before the notice"));
        }
        if days(notice_on, last_on) > MOST_AHEAD {
            return Err(Refusal::invalid("last_on", "invalid_value", "within two years of the notice"));
        }
        let open = "subject = ?1 AND state IN ('open', 'judged')";
        if !self.leavers_where(open, vec![op.user.into()]).await?.is_empty() {
            return Err(barred("already_leaving", "it is on record already that this person leaves"));
        }
        let by = grant.caller().user;
        self.new_leaver((op.id, op.user), (notice_on, last_on), (Some(by), reason), now)
    }

    /// The statements of somebody who leaves from now on, and what their event MUST tell.
    pub(super) fn new_leaver(
        &self,
        (id, subject): (LeaverId, UserId),
        (notice_on, last_on): (Date, Date),
        (by, reason): (Option<UserId>, String),
        now: UnixMs,
    ) -> Result<(Vec<Told>, Vec<Change>), Refusal> {
        let (zone, _) = self.time_zone();
        let over = last_on.tomorrow().ok().and_then(|day| began(day, &zone)).ok_or(Refusal::Damaged)?;
        let mut leaver = Leaver {
            id,
            subject,
            state: LeaverState::Open,
            notice_at: began(notice_on, &zone).ok_or(Refusal::Damaged)?,
            last_at: over,
            began_at: now,
            body: Body {
                by,
                reason,
                notice_on: notice_on.to_string(),
                last_on: last_on.to_string(),
                reminded: 0,
                judged: None,
                ended: None,
            },
            version: 0,
        };
        let change = self.put_leaver(&mut leaver)?;
        Ok((vec![told(&leaver)], vec![change]))
    }
}
