//! What the house itself tells: that a request waits, that something is due today, that a record goes back to its pool soon.
//!
//! Rule: whether somebody is told of a request is worked out apart from the act that made it, so that neither the answer nor its
//! time tells who asked whether a record is there. What was told is not told again: a notice's id says what it is about, and
//! what has one is passed over.

use std::collections::HashSet;

use access::engine::Engine;
use access::path::{Change, Refusal};
use model::approval::Wanted;
use model::{Action, Channel, Decision, ObjectType, RecordId, StoredRow, UnixMs, UserId};
use serde_json::json;

use super::{NOTICE_DAYS, News, NoticeKind, Telling};
use crate::explain::Circumstances;
use crate::records::broken;
use crate::requests::Request;
use crate::sql::Sql;
use crate::{Query, Store, row};

/// Notices of one unit, and rows looked at at once.
const PART: usize = 500;

/// What to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Requests that wait.
    Requests,
    /// What is due today, what goes back soon, and what of the audit programme is due or was skipped.
    Today,
}

type Drafted = (News, Vec<UserId>);

impl Store {
    /// Tells what is due and was not told yet; gives how many notices.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: what was told until then is.
    pub async fn tell_due(&self, due: Due, now: UnixMs) -> Result<u64, Refusal> {
        let drafted = match due {
            Due::Requests => self.waiting_requests(now).await?,
            Due::Today => {
                let mut drafted = self.due_today(now).await?;
                drafted.extend(self.returning_news(now).await?);
                drafted.extend(self.programme_news(now).await?);
                drafted
            }
        };
        let mut n = 0;
        for part in drafted.chunks(PART) {
            n += self.tell_new(part, now).await?;
        }
        Ok(n)
    }

    async fn tell_new(&self, drafted: &[Drafted], now: UnixMs) -> Result<u64, Refusal> {
        let all: Vec<Telling> =
            drafted.iter().flat_map(|(news, to)| to.iter().map(|u| self.tell(news, [*u]))).collect();
        let mut known = HashSet::new();
        let ids: Vec<[u8; 16]> = all.iter().flat_map(|t| t.ids.iter().map(|(id, _)| *id.as_bytes())).collect();
        for part in ids.chunks(PART) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT id FROM notice WHERE id IN ");
            sql.bind_list(part.iter().map(|id| id.to_vec()));
            for row in self.read(sql.finish()).await? {
                known.insert(row.id(0).map_err(broken)?);
            }
        }
        let new = all.into_iter().filter(|t| t.ids.iter().all(|(id, _)| !known.contains(id.as_bytes())));
        let new = new.fold(Telling::default(), Telling::and);
        let n = new.ids.len() as u64;
        let Some(told) = new.told() else { return Ok(0) };
        let caller = Self::system_caller(Channel::Job, "notices", now);
        let detail = access::path::tell(json!({ "act": "notice.tell" }), [told]);
        let noted = self.gate.note(&caller, Action::Notice, Decision::Allowed, detail, new.changes).await;
        noted.map(|_| n).map_err(|error| {
            tracing::error!(%error, "notices could not be told");
            Refusal::AuditUnavailable
        })
    }

    /// Whether somebody may do something to a row now, apart from any request of theirs: whether they may be told of it.
    pub(crate) fn could(
        &self,
        engine: &Engine,
        user: UserId,
        action: Action,
        object: &ObjectType,
        row: &StoredRow,
        now: UnixMs,
    ) -> bool {
        let ctx = self.hypothetical(engine, user, &Circumstances::default(), now);
        engine.rights(user, &object.name).is_ok_and(|rights| rights.filter(action).decide(&ctx, row).allowed)
    }

    async fn waiting_requests(&self, now: UnixMs) -> Result<Vec<Drafted>, Refusal> {
        let condition =
            "state = 'waiting' AND (lapses_at IS NULL OR lapses_at > ?1) ORDER BY created_at, id LIMIT 2000";
        let waiting = self.requests(condition, vec![now.into()]).await?;
        let (company, engine) = (self.company(), self.gate.engine());
        let mut drafted = vec![];
        for request in &waiting {
            let (row, object) = match (&request.body.wanted, company.objects.get(request.body.wanted.object())) {
                (Wanted::Access { record, .. }, Some((_, object))) => match self.fetch(object, *record, [], now).await?
                {
                    Some(row) => (Some(row), Some(object)),
                    // Nothing is there: nobody to ask.
                    None => continue,
                },
                (Wanted::Access { .. }, None) => continue,
                _ => (None, None),
            };
            let seats = crate::requests::present_seats(&company, engine.directory(), request, row.as_ref(), now);
            let said =
                |user: UserId| request.body.decisions.iter().any(|d| d.step == request.body.step && d.by == user);
            let mut to: Vec<UserId> = seats.iter().flat_map(|seat| seat.may.iter().map(|(user, _)| *user)).collect();
            to.retain(|user| *user != request.requester && !said(*user));
            if let (Some(row), Some(object)) = (&row, object) {
                to.retain(|user| self.could(&engine, *user, Action::Share, object, row, now));
            }
            drafted.push((waits(request, now), to));
        }
        Ok(drafted)
    }

    async fn due_today(&self, now: UnixMs) -> Result<Vec<Drafted>, Refusal> {
        let (_, today) = self.gate.settings().calendar.day(now);
        let (company, engine) = (self.company(), self.gate.engine());
        let mut drafted = vec![];
        for (_, object) in company.objects.values() {
            let Some(done) = object.process().and_then(|p| p.done.as_ref()) else { continue };
            let column = |name: &model::FieldName| object.field(name.as_str()).and_then(|f| f.slot);
            let (Some(is_done), Some(due)) = (column(&done.done), column(&done.due)) else { continue };
            let mut after: Option<RecordId> = None;
            loop {
                let mut sql = Sql::new(self.db.dialect(), "SELECT ");
                sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
                sql.push(" AND r.owner IS NOT NULL AND r.").push(&due.column()).push(" = ").bind(today);
                sql.push(" AND COALESCE(r.").push(&is_done.column()).push(", 0) = 0");
                if let Some(after) = after {
                    sql.push(" AND r.id > ").bind(after);
                }
                sql.push(" ORDER BY r.id LIMIT ").bind(i64::try_from(PART).unwrap_or(500));
                let rows = self.rows_told_of(object, sql, now).await?;
                for stored in &rows {
                    let Some(owner) = stored.owner else { continue };
                    if self.could(&engine, owner, Action::View, object, stored, now) {
                        let news = News::of(NoticeKind::DueToday, now).on(&object.name, stored.id).once_for(today);
                        drafted.push((news, vec![owner]));
                    }
                }
                after = rows.last().map(|r| r.id);
                if rows.len() < PART {
                    break;
                }
            }
        }
        Ok(drafted)
    }

    async fn rows_told_of(&self, object: &ObjectType, sql: Sql, now: UnixMs) -> Result<Vec<StoredRow>, Refusal> {
        let mut rows = vec![];
        for found in self.read(sql.finish()).await? {
            rows.push(row::read(&found, object, self.seals()).map_err(broken)?);
        }
        self.add_members(&mut rows, now).await?;
        Ok(rows)
    }

    async fn returning_news(&self, now: UnixMs) -> Result<Vec<Drafted>, Refusal> {
        let (company, engine) = (self.company(), self.gate.engine());
        let mut drafted = vec![];
        for (object, rows) in self.returning_soon(&company, now).await? {
            for (stored, at) in rows {
                let Some(owner) = stored.owner else { continue };
                if self.could(&engine, owner, Action::View, &object, &stored, now) {
                    let (_, day) = self.gate.settings().calendar.day(at);
                    let news = News::of(NoticeKind::Returning, now).on(&object.name, stored.id).until(at).once_for(day);
                    drafted.push((news, vec![owner]));
                }
            }
        }
        Ok(drafted)
    }

    /// Clears away what was neither told nor read for [`NOTICE_DAYS`]. It decides nothing, and what it told of stands in the log.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn sweep_notices(&self, now: UnixMs) -> Result<u64, Refusal> {
        let before = now.plus_days(-NOTICE_DAYS);
        let mut swept = 0;
        loop {
            let sql = "SELECT id FROM notice WHERE version < ?1 LIMIT 500";
            let rows = self.read(Query::new(sql, vec![before.into()])).await?;
            if rows.is_empty() {
                return Ok(swept);
            }
            swept += rows.len() as u64;
            let remove = |row: &crate::Row| {
                let params = row.0.iter().take(1).cloned().chain([before.into()]).collect();
                Change::new("DELETE FROM notice WHERE id = ?1 AND version < ?2", params)
            };
            let done = self.db.maintain(rows.iter().map(remove).collect()).await;
            done.map_err(|error| Refusal::StoreUnavailable(error.to_string()))?;
        }
    }
}

fn waits(request: &Request, now: UnixMs) -> News {
    let step = i64::try_from(request.body.step).unwrap_or(0);
    let news = News::of(NoticeKind::RequestWaits, now).about(request.id.as_bytes()).once_for(step);
    let news = news.in_object(request.body.wanted.object()).by(request.requester);
    // So that it goes with the record, as the request does; who may decide may know of it.
    match request.body.wanted {
        Wanted::Access { record, .. } => News { record: Some(record), ..news },
        _ => news,
    }
}
