//! Which mails are to be written: unread notices that somebody wants by mail and that no mail has counted yet.
//!
//! Rule: a mail counts the notices of a span of time, and the next span begins where it ends; so the rows themselves are the
//! place up to which somebody was mailed, and a house that begins anew mails nothing twice.

use std::collections::BTreeMap;

use access::path::{Refusal, tell};
use model::{Action, Channel, Decision, UnixMs, UserId, UserKind, UserStatus};
use serde_json::json;

use super::outbox::{Body, Mail, MailState};
use super::own::{Kept, NAME, OwnMail};
use crate::notices::NoticeKind;
use crate::proof::tables::NOTICE;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Store};

/// Notices older than this are not mailed any more: who was mailed of them long ago, or has no use for it.
const OLDEST_DAYS: i64 = 2;
/// What was told in the last minute may not be durable yet, and waits for the next look.
const SETTLED_SECONDS: i64 = 60;
/// Minutes into the company's day at which what comes once a day is written.
const DAILY_MINUTES: i64 = 8 * 60 + 30;
/// People of one query, and rows of one unit.
const PART: usize = 400;

struct Wants {
    user: UserId,
    mail: OwnMail,
    since: UnixMs,
}

impl Store {
    /// Writes what is to be mailed into the outbox; gives how many mails.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: what was written until then is.
    pub async fn draft_mails(&self, now: UnixMs) -> Result<u64, Refusal> {
        if self.company().mail.is_none() {
            return Ok(0);
        }
        let (began, _) = self.gate.settings().calendar.day(now);
        let half_past_eight = began.plus_seconds(DAILY_MINUTES * 60);
        let settled = now.plus_seconds(-SETTLED_SECONDS);
        let oldest = now.plus_days(-OLDEST_DAYS);
        let wanted = self.who_wants_mail().await?;
        let mut drafted = 0;
        for part in wanted.chunks(PART) {
            let users: Vec<UserId> = part.iter().map(|w| w.user).collect();
            let until = self.mailed_until(&users).await?;
            let told = self.unread_of(&users, oldest).await?;
            let mut mails = vec![];
            for Wants { user, mail, since } in part {
                let Some(mine) = told.get(user) else { continue };
                let off = self.muted(*user).await?;
                for (daily, kinds, to) in [(false, &mail.at_once, settled), (true, &mail.daily, half_past_eight)] {
                    let from = until.get(&(*user, daily)).copied().unwrap_or(oldest).max(*since).max(oldest);
                    if to > settled || from >= to {
                        continue;
                    }
                    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
                    let counts = |kind: &NoticeKind| kinds.contains(kind) && !off.contains(kind);
                    for (kind, _) in mine.iter().filter(|(k, at)| *at > from && *at <= to && counts(k)) {
                        *counted.entry(kind.as_str().to_owned()).or_default() += 1;
                    }
                    if !counted.is_empty() {
                        let body = Body { kinds: counted, attempts: 0, last: None };
                        mails.push(Mail::new(self, (*user, daily), (now, to), body));
                    }
                }
            }
            drafted += self.write_mails(&mails, now).await?;
        }
        Ok(drafted)
    }

    async fn write_mails(&self, mails: &[Mail], now: UnixMs) -> Result<u64, Refusal> {
        if mails.is_empty() {
            return Ok(0);
        }
        let changes = mails.iter().map(|m| self.insert_mail(m)).collect::<Result<_, _>>()?;
        let told = ("mails", mails.iter().map(Mail::told).collect());
        let caller = Self::system_caller(Channel::Job, "mail", now);
        let noted = self
            .gate
            .note(&caller, Action::Notice, Decision::Allowed, tell(json!({ "act": "mail.draft" }), [told]), changes)
            .await;
        noted.map_err(|error| {
            tracing::error!(%error, "mails could not be written into the outbox");
            Refusal::AuditUnavailable
        })?;
        Ok(u64::try_from(mails.len()).unwrap_or(u64::MAX))
    }

    /// Active people with an address.
    async fn who_wants_mail(&self) -> Result<Vec<Wants>, Refusal> {
        let company = self.company();
        let found = self.own_of_all::<Kept>(NAME).await?;
        let mut wants = vec![];
        for (user, kept) in found {
            let active = |u: &model::User| u.kind == UserKind::Person && u.status == UserStatus::Active;
            let mail = kept.wanted();
            if company.users.get(&user).is_some_and(active) && mail.address.is_some() {
                wants.push(Wants { user, mail, since: kept.since() });
            }
        }
        Ok(wants)
    }

    async fn mailed_until(&self, users: &[UserId]) -> Result<BTreeMap<(UserId, bool), UnixMs>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT user_id, daily, MAX(until) FROM mail WHERE user_id IN ");
        sql.bind_list(users.iter().copied());
        sql.push(" GROUP BY user_id, daily");
        let mut found = BTreeMap::new();
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.user(0)?, row.int(1)?, row.time(2)?));
            let (user, daily, until) = read().map_err(broken)?;
            found.insert((user, daily != 0), until);
        }
        Ok(found)
    }

    async fn unread_of(
        &self,
        users: &[UserId],
        oldest: UnixMs,
    ) -> Result<BTreeMap<UserId, Vec<(NoticeKind, UnixMs)>>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &NOTICE.select("read_at IS NULL AND at > "));
        sql.bind(oldest).push(" AND user_id IN ").bind_list(users.iter().copied());
        sql.push(" ORDER BY at DESC LIMIT 20000");
        let mut found: BTreeMap<UserId, Vec<(NoticeKind, UnixMs)>> = BTreeMap::new();
        for (user, kind, at) in self.told_lately(sql.finish()).await? {
            found.entry(user).or_default().push((kind, at));
        }
        Ok(found)
    }

    /// Rows that were sent or given up more than thirty days ago go; gives how many.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn sweep_mails(&self, now: UnixMs) -> Result<u64, Refusal> {
        let before = now.plus_days(-super::outbox::KEPT_DAYS);
        let sql = "SELECT id FROM mail WHERE state <> ?1 AND at < ?2 ORDER BY at, id LIMIT 1000";
        let rows = self.read(Query::new(sql, vec![MailState::Waiting.as_str().into(), before.into()])).await?;
        let mut gone = vec![];
        for row in &rows {
            gone.push(model::MailId::from_bytes(row.id(0).map_err(broken)?));
        }
        if gone.is_empty() {
            return Ok(0);
        }
        let remove = |id: &model::MailId| {
            access::path::Change::new("DELETE FROM mail WHERE id = ?1", vec![id.as_bytes().to_vec().into()])
        };
        let changes = gone.iter().map(remove).collect();
        let detail = json!({ "act": "mail.sweep", "mails_gone": gone });
        let caller = Self::system_caller(Channel::Job, "sweep", now);
        let noted = self.gate.note(&caller, Action::Notice, Decision::Allowed, detail, changes).await;
        noted.map_err(|_| Refusal::AuditUnavailable)?;
        Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
    }
}
