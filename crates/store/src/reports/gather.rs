//! Counting a period: one question to the database for each day, folded.

use std::collections::VecDeque;

use access::engine::CalendarSpec;
use access::path::Refusal;
use govern::{Counted, Facts, Fold, Head, Kind, Line, Names, Query as Asked};
use jiff::tz::TimeZone;
use model::{Action, Channel, Decision, DepartmentId, UnixMs, UserId, UserKind, UserStatus};

use super::ToMake;
use crate::audit::{EventFilter, Span};
use crate::company::barred;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Row, Store};

/// Days that are counted at once: the database answers them on threads of their own.
const AT_ONCE: usize = 2;
/// Departments of one question.
const MOST_DEPARTMENTS: usize = 200;
/// Within so long before an event's moment its number was given: nodes' clocks differ.
const SLACK_MS: i64 = 2 * 86_400_000;

/// A report in the making.
pub struct Counting {
    pub(super) what: ToMake,
    pub(super) counted: Counted,
    pub(super) head: Head,
    pub(super) zone: String,
    pub(super) from: UnixMs,
    pub(super) whole: bool,
    pub(super) left_out: u64,
    /// Days that are still to be counted: whether of the period before, from, until.
    left: VecDeque<(bool, UnixMs, UnixMs)>,
    days: usize,
}

impl Counting {
    /// Days in all, and those that are counted.
    pub fn days(&self) -> (usize, usize) {
        (self.days, self.days.saturating_sub(self.left.len()))
    }
}

/// The question as the access log is asked it. What other systems say is in no number.
pub(crate) fn asked(query: &Asked) -> (EventFilter, Span) {
    let filter = EventFilter {
        users: query.users.clone(),
        departments: query.departments.clone(),
        actions: query.actions.clone(),
        decisions: query.decisions.clone(),
        channels: query.channels.clone(),
        explained: query.explained,
        foreign: Some(false),
        ..EventFilter::default()
    };
    (filter, Span { from: Some(query.from), to: Some(query.until) })
}

impl Store {
    /// The company's time zone.
    pub fn time_zone(&self) -> (TimeZone, String) {
        let name = CalendarSpec::from(self.gate().settings().calendar.clone()).time_zone;
        // A calendar's zone was looked up when it was made.
        (TimeZone::get(&name).unwrap_or(TimeZone::UTC), name)
    }

    /// The newest signed state of the log.
    pub(crate) async fn signed_head(&self) -> Result<Head, Refusal> {
        let sql = "SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1";
        let rows = self.read(Query::point(sql, vec![])).await?;
        let unsigned = || barred("report_unsigned", "the log is not signed that far yet");
        let note = rows.first().ok_or_else(unsigned)?.text(0).map_err(broken)?;
        let signed = ledger::Checkpoint::read_unverified(note).map_err(|_| Refusal::Damaged)?;
        Ok(Head { origin: signed.origin, size: signed.size, root: hex::encode(signed.root) })
    }

    /// How many entries a signed state must have to cover all events before a moment.
    pub(super) async fn entries_before(&self, until: UnixMs) -> Result<u64, Refusal> {
        self.ready_to_ask().await?;
        let sql = "SELECT COALESCE(MAX(e.seq) + 1, 0) FROM event e WHERE e.at >= ?1 AND e.at < ?2";
        let rows = self.read(Query::new(sql, vec![until.plus_ms(-SLACK_MS).into(), until.into()])).await?;
        let size = rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
        Ok(u64::try_from(size).unwrap_or(0))
    }

    /// Begins to count.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `report_not_kept` where events of the period were dropped, `report_unsigned` where the log is not signed
    /// that far, `report_too_long` for a department with too many below it; [`Refusal::Invalid`] for a day outside of the calendar.
    pub(crate) async fn begin_counting(&self, what: &ToMake) -> Result<Counting, Refusal> {
        self.ready_to_ask().await?;
        let (zone, name) = self.time_zone();
        let outside = || Refusal::invalid("period", "invalid_value", "a day of the years 1970 to 9999");
        let (days, end) = what.period.days(&zone).ok_or_else(outside)?;
        let from = days.first().map(|d| d.1).ok_or_else(outside)?;
        let until = what.until.min(end);
        if from.0 < 0 || until <= from {
            return Err(outside());
        }
        let kept = self.retained_before().await?;
        if from < kept {
            return Err(barred("report_not_kept", "events of this period were dropped when their retention ended"));
        }
        let head = self.signed_head().await?;
        if head.size < self.entries_before(until).await? {
            return Err(barred("report_unsigned", "the log is not signed that far yet"));
        }
        let engine = self.gate().engine();
        let directory = engine.directory();
        let mut base = Asked { from, until, ..Asked::default() };
        if let Some(root) = what.definition.about.department {
            base.departments = directory.subtree(root);
            if base.departments.len() > MOST_DEPARTMENTS {
                return Err(barred("report_too_long", "more than 200 departments below it"));
            }
        }
        base.users.extend(what.definition.about.user);
        base.channels.extend(&what.definition.channels);
        base.actions.extend(&what.definition.operations);
        let whole = until == end;
        let mut left = VecDeque::new();
        let ends = days.iter().skip(1).map(|d| d.1).chain([end]);
        let shown: Vec<_> = days.iter().copied().zip(ends).filter(|((_, at), _)| *at < until).collect();
        let mut counted = Counted {
            days: shown.iter().map(|(day, _)| *day).collect(),
            names: Names {
                departments: directory.departments.values().map(|d| (d.id, d.name.clone())).collect(),
                people: directory.users.values().map(|u| (u.id, u.name.clone())).collect(),
            },
            base,
            ..Counted::default()
        };
        for ((_, at), end) in &shown {
            counted.now.begin_day(*at);
            left.push_back((false, *at, (*end).min(until)));
        }
        // Half a period is compared with nothing, and nothing with half a period.
        if whole
            && !matches!(what.definition.kind, Kind::Customer | Kind::Subject)
            && let Some((before, end)) = what.period.before().and_then(|p| p.days(&zone))
            && let Some((_, first)) = before.first()
            && *first >= kept
            && self.log_began(*first).await?
        {
            counted.before = Some(Fold::default());
            let ends = before.iter().skip(1).map(|d| d.1).chain([end]);
            left.extend(before.iter().zip(ends).map(|((_, at), end)| (true, *at, end)));
        }
        if matches!(what.definition.kind, Kind::Customer | Kind::Subject) {
            left.clear();
        }
        let days = left.len();
        Ok(Counting { what: what.clone(), counted, head, zone: name, from, whole, left_out: 0, left, days })
    }

    /// Whether something was recorded before a moment.
    async fn log_began(&self, before: UnixMs) -> Result<bool, Refusal> {
        let sql = "SELECT 1 FROM event e WHERE e.at < ?1 LIMIT 1";
        Ok(!self.read(Query::point(sql, vec![before.into()])).await?.is_empty())
    }

    /// Counts the next days; whether there are more.
    pub(crate) async fn count_days(&self, under: &mut Counting) -> Result<bool, Refusal> {
        let days: Vec<_> = under.left.drain(..under.left.len().min(AT_ONCE)).collect();
        let asked = days.iter().map(|(_, from, until)| self.events_of_day(under, (*from, *until)));
        let answers = futures_util::future::try_join_all(asked).await?;
        for ((before, from, _), rows) in days.into_iter().zip(answers) {
            for row in &rows {
                fold_line(under, (before, from), row)?;
            }
        }
        Ok(!under.left.is_empty())
    }

    /// Events of a day, those that are alike as one row.
    async fn events_of_day(&self, under: &Counting, (from, until): (UnixMs, UnixMs)) -> Result<Vec<Row>, Refusal> {
        let base = Asked { from, until, ..under.counted.base.clone() };
        let (filter, span) = asked(&base);
        filter.check()?;
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT e.actor, e.on_behalf_of, e.department, e.channel, e.action, e.decision, COUNT(*), \
             CAST(SUM(e.touches) AS BIGINT), CAST(SUM(CASE WHEN e.unexplained = 0 THEN 1 ELSE 0 END) AS BIGINT), \
             CAST(SUM(CASE WHEN e.unexplained > 0 THEN 1 ELSE 0 END) AS BIGINT) FROM event e WHERE e.seq < ",
        );
        sql.bind(i64::try_from(under.head.size).unwrap_or(i64::MAX));
        EventFilter { foreign: None, ..filter }.push(&mut sql);
        span.push(&mut sql);
        sql.push(" GROUP BY e.actor, e.on_behalf_of, e.department, e.channel, e.action, e.decision");
        self.read(sql.finish()).await
    }

    /// What is not in the events.
    pub(super) fn facts_of(&self, under: &Counting, now: UnixMs) -> Facts {
        let company = self.company();
        let at_work = |u: &&model::User| u.kind == UserKind::Person && u.status == UserStatus::Active;
        let people: Vec<&model::User> = company.users.values().filter(at_work).collect();
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let clash = |u: &&&model::User| {
            let excluded = |r: &model::RoleName| {
                company.roles.get(r).is_some_and(|role| role.excludes.iter().any(|e| u.roles.contains(e)))
            };
            u.roles.iter().any(excluded)
        };
        let purpose = |row: &&model::MatrixRow| {
            row.effect == model::Effect::Forbid
                && row.when.iter().any(|w| matches!(w, model::When::Purpose))
                && matches!(&row.what, model::What::Operations(all) if all.contains(&Action::Reveal))
        };
        let rows = &company.policy.policy.rows;
        Facts {
            kept_days: self.gate().settings().audit.retention.days,
            people: count(people.len()),
            trained: count(people.iter().filter(|u| u.trained_until.is_some_and(|t| t > now)).count()),
            clashes: count(people.iter().filter(clash).count()),
            idle: count(people.iter().filter(|u| !under.counted.now.people.contains_key(&u.id)).count()),
            purpose_rules: count(rows.iter().filter(purpose).count()),
            rules: count(rows.len()),
        }
    }
}

/// Adds a row of [`Store::events_of_day`] to what it is of: whether of the period before, and the day.
fn fold_line(under: &mut Counting, (before, day): (bool, UnixMs), row: &Row) -> Result<(), Refusal> {
    let count = |column| row.int(column).map(|n| u64::try_from(n).unwrap_or(0)).map_err(broken);
    let action = u16::try_from(row.int(4).map_err(broken)?).ok().and_then(Action::from_code);
    let decision = u8::try_from(row.int(5).map_err(broken)?).ok().and_then(Decision::from_code);
    let name = row.text(3).map_err(broken)?;
    let channel = Channel::ALL.into_iter().find(|c| c.as_str() == name);
    let known = action.filter(|a| *a != Action::Foreign).zip(decision).zip(channel);
    let Some(((action, decision), channel)) = known else {
        under.left_out = under.left_out.saturating_add(if before { 0 } else { count(6)? });
        return Ok(());
    };
    let line = Line {
        actor: row.user(0).map_err(broken)?,
        on_behalf_of: row.opt_id(1).map_err(broken)?.map(UserId::from_bytes),
        department: row.opt_id(2).map_err(broken)?.map(DepartmentId::from_bytes),
        channel,
        action,
        decision,
        events: count(6)?,
        touches: count(7)?,
        explained: count(8)?,
        unexplained: count(9)?,
    };
    match (before, &mut under.counted.before) {
        (true, Some(fold)) => fold.take(day, &line),
        _ => under.counted.now.take(day, &line),
    }
    Ok(())
}
