//! One's own notices: how many wait, which they are, and that they were read.

use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, NoticeId, RecordId, Text, UnixMs, UserId};
use serde_json::{Value, json};

use super::{Notice, NoticeKind, Telling, told};
use crate::Store;
use crate::audit::name_of;
use crate::company::operations;
use crate::proof::tables::NOTICE;
use crate::records::broken;
use crate::sql::Sql;

/// Notices of one page at most.
pub const MOST_NOTICES: usize = 100;
/// Read in one act at most.
const MOST_READ: i64 = 1000;

/// The caller's notices: those not read first, then the newest first.
#[derive(Debug)]
pub struct ListNotices {
    /// Those not read alone.
    pub unread: bool,
    /// What a page before gave.
    pub after: Option<String>,
    pub limit: usize,
}

/// What waits for the caller: notices, and requests for their word.
#[derive(Debug)]
pub struct CountNotices;

/// Marks one of the caller's notices read, or all.
#[derive(Debug)]
pub struct ReadNotices {
    pub id: Option<NoticeId>,
}

operations! {
    ListNotices: SelfRead, |_op| json!({ "act": "notice.list" });
    CountNotices: SelfRead, |_op| json!({ "act": "notice.count" });
    ReadNotices: OwnSave, |op| json!({ "act": "notice.read", "notice": op.id });
}

/// Answer of [`CountNotices`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub unread: u64,
    /// Requests that wait for the caller's word.
    pub requests: u64,
}

/// A notice as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeView {
    pub id: NoticeId,
    pub kind: NoticeKind,
    pub object: Option<String>,
    pub record: Option<RecordId>,
    /// A comment, request, export or handover.
    pub about: Option<uuid::Uuid>,
    pub by: Option<UserId>,
    pub by_name: Option<String>,
    /// What the company's rule says, in its own fixed words, as they are now.
    pub said: Option<Text>,
    pub at: UnixMs,
    /// When what it announces happens.
    pub until: Option<UnixMs>,
    pub read_at: Option<UnixMs>,
}

/// A page of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticesPage {
    pub notices: Vec<NoticeView>,
    pub next: Option<String>,
}

/// Where a page ends: whether it was read, when it was told, which.
fn place(text: &str) -> Option<(i64, i64, NoticeId)> {
    let mut parts = text.splitn(3, '.');
    let read = parts.next()?.parse().ok()?;
    Some((read, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// PostgreSQL takes a small number for 32 bits, and every bound one has 64.
const IS_READ: &str = "CAST(CASE WHEN read_at IS NULL THEN 0 ELSE 1 END AS BIGINT)";

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] for the cursor; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_notices(&self, grant: Grant<ListNotices>) -> Result<Disclosed<NoticesPage>, Refusal> {
        match self.page_of_notices(&grant).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn page_of_notices(&self, grant: &Grant<ListNotices>) -> Result<NoticesPage, Refusal> {
        let (op, user) = (grant.operation(), grant.caller().user);
        let limit = op.limit;
        if !(1..=MOST_NOTICES).contains(&limit) {
            return Err(Refusal::invalid("limit", "invalid_value", format!("a page has 1 to {MOST_NOTICES} notices")));
        }
        let mut sql = Sql::new(self.db.dialect(), &NOTICE.select("user_id = "));
        sql.bind(user);
        self.push_wanted(&mut sql, user).await?;
        if op.unread {
            sql.push(" AND read_at IS NULL");
        }
        if let Some(after) = &op.after {
            let bad = || Refusal::invalid("cursor", "invalid_value", "not a place in this list");
            let (read, at, id) = place(after).ok_or_else(bad)?;
            sql.push(" AND (").push(IS_READ).push(" > ").bind(read).push(" OR (").push(IS_READ).push(" = ").bind(read);
            sql.push(" AND (at < ").bind(at).push(" OR (at = ").bind(at).push(" AND id > ");
            sql.bind(id.as_bytes().to_vec()).push("))))");
        }
        sql.push(" ORDER BY ").push(IS_READ).push(", at DESC, id LIMIT ");
        sql.bind(i64::try_from(limit).unwrap_or(50).saturating_add(1));
        let mut found = self.notices(sql.finish()).await?;
        let next = (found.len() > limit).then(|| {
            found.truncate(limit);
            found.last().map(|n| format!("{}.{}.{}", i64::from(n.read_at.is_some()), n.at.0, n.id))
        });
        let directory = grant.engine().directory();
        let company = self.company();
        let said = |n: &Notice| {
            let rule = company.automations.iter().find(|r| Some(crate::automation::about(&r.name)) == n.about)?;
            rule.notice().map(|(_, text)| text.clone())
        };
        let view = |n: Notice| {
            Some(NoticeView {
                said: (n.kind == NoticeKind::Rule.as_str()).then(|| said(&n)).flatten(),
                id: n.id,
                kind: NoticeKind::read(&n.kind)?,
                object: n.object,
                record: n.record,
                about: n.about.map(uuid::Uuid::from_bytes),
                by: n.author,
                by_name: n.author.map(|by| name_of(directory, by)),
                at: n.at,
                until: n.until,
                read_at: n.read_at,
            })
        };
        Ok(NoticesPage { notices: found.into_iter().filter_map(view).collect(), next: next.flatten() })
    }

    /// The condition that leaves out the kinds that somebody has off.
    async fn push_wanted(&self, sql: &mut Sql, user: UserId) -> Result<(), Refusal> {
        let off = self.muted(user).await?;
        if !off.is_empty() {
            sql.push(" AND kind NOT IN ").bind_list(off.into_iter().map(NoticeKind::as_str));
        }
        Ok(())
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn count_notices(&self, grant: Grant<CountNotices>) -> Result<Disclosed<Waiting>, Refusal> {
        let counted = async {
            let user = grant.caller().user;
            let mut sql =
                Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM notice WHERE read_at IS NULL AND user_id = ");
            sql.bind(user);
            self.push_wanted(&mut sql, user).await?;
            let rows = self.read(sql.finish()).await?;
            let unread = rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
            let requests = self.inbox(&grant).await?.len();
            Ok(Waiting { unread: u64::try_from(unread).unwrap_or(0), requests: requests as u64 })
        };
        match counted.await {
            Ok(waiting) => grant.carry_out(vec![], waiting).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Marks read; gives how many were not.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for one that is not the caller's; [`Refusal::Conflict`] when it was told again in the same moment.
    /// Recorded.
    pub async fn read_notices(&self, grant: Grant<ReadNotices>) -> Result<Disclosed<u64>, Refusal> {
        match self.draft_read(&grant).await {
            Ok((telling, n)) => {
                let (mut told, mut changes) = (vec![], vec![]);
                telling.into_parts(&mut told, &mut changes);
                grant.carry_out_telling(told, changes, n).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_read(&self, grant: &Grant<ReadNotices>) -> Result<(Telling, u64), Refusal> {
        let user = grant.caller().user;
        let mut sql = Sql::new(self.db.dialect(), &NOTICE.select("user_id = "));
        sql.bind(user);
        match grant.operation().id {
            Some(id) => sql.push(" AND id = ").bind(id.as_bytes().to_vec()),
            None => {
                self.push_wanted(&mut sql, user).await?;
                sql.push(" AND read_at IS NULL ORDER BY at DESC LIMIT ").bind(MOST_READ)
            }
        };
        let found = self.notices(sql.finish()).await?;
        if grant.operation().id.is_some() && found.is_empty() {
            return Err(Refusal::NotFound);
        }
        let mut unread: Vec<Notice> = found.into_iter().filter(|n| n.read_at.is_none()).collect();
        let n = unread.len() as u64;
        // One version for all, later than any of them had.
        let version = unread.iter().map(|n| n.version.saturating_add(1)).max().unwrap_or(0).max(grant.now().0);
        let mut telling = Telling { version, ..Telling::default() };
        for notice in &mut unread {
            let before = notice.version;
            (notice.read_at, notice.version) = (Some(grant.now()), version);
            let mut params = notice.params(self);
            params.push(before.into());
            let sql = "UPDATE notice SET user_id = ?2, kind = ?3, object = ?4, record = ?5, about = ?6, author = ?7, at = ?8, \
                       until = ?9, read_at = ?10, version = ?11, seal = ?12 WHERE id = ?1 AND version = ?13";
            telling.changes.push(Change::new(sql, params).expecting(1));
            telling.ids.push((notice.id, notice.record));
        }
        debug_assert_eq!(told(version, &telling.ids).is_some(), n > 0);
        Ok((telling, n))
    }
}
