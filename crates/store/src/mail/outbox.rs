//! The outbox: mails that wait, were sent, or could not be.
//!
//! Rule: a row says how many notices of which kinds, and to whom; the address is the person's own setting and is looked up when the
//! mail goes. Each change of a row is told by an event with its version.

use std::collections::BTreeMap;

use access::path::{Change, Disclosed, Grant, JournalError, OnSystem, Operation, Param, Refusal, tell};
use model::{Action, Channel, Decision, MailId, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Carried, Letter, OpenServer};
use crate::audit::name_of;
use crate::automation::{Fate, wait_after};
use crate::company::{barred, operations};
use crate::notices::NoticeKind;
use crate::proof::tables::MAIL;
use crate::records::broken;
use crate::{Query, Row, Store};

/// Rows shown.
const SHOWN: usize = 200;
/// Mails of one round.
const ROUND: usize = 50;
/// Days that rows stay which are over.
pub(super) const KEPT_DAYS: i64 = 30;

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MailState {
    Waiting,
    Sent,
    /// It could not be sent, and is not tried any more.
    Dead,
}

impl MailState {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            MailState::Waiting => "waiting",
            MailState::Sent => "sent",
            MailState::Dead => "dead",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    /// How many notices, by kind.
    pub(super) kinds: BTreeMap<String, u64>,
    pub(super) attempts: u32,
    pub(super) last: Option<Last>,
}

/// The last attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Last {
    at: UnixMs,
    code: Option<u16>,
    /// Why it was not taken, by one word.
    error: Option<String>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mail {
    id: MailId,
    user: UserId,
    daily: bool,
    at: UnixMs,
    /// Notices up to this moment are counted.
    until: UnixMs,
    state: MailState,
    next_at: Option<UnixMs>,
    body: Body,
    version: i64,
}

impl Mail {
    /// One that waits, made of the notices up to `until`.
    pub(super) fn new(store: &Store, (user, daily): (UserId, bool), (at, until): (UnixMs, UnixMs), body: Body) -> Self {
        let same: [Param; 3] = [user.into(), i64::from(daily).into(), until.into()];
        // Of two houses that write it at once, one does.
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = store.seals().row("mail.id", &same);
        Self {
            id: MailId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]),
            user,
            daily,
            at,
            until,
            state: MailState::Waiting,
            next_at: Some(at),
            body,
            version: 1,
        }
    }
    /// What an event tells of it.
    pub(super) fn told(&self) -> Value {
        json!({ "id": self.id, "version": self.version })
    }
    fn kinds(&self) -> BTreeMap<NoticeKind, u64> {
        self.body.kinds.iter().filter_map(|(k, n)| Some((NoticeKind::read(k)?, *n))).collect()
    }
}

/// The outbox, newest first.
#[derive(Debug)]
pub struct ListMails {
    /// Only what could not be sent.
    pub dead: bool,
}

/// Try once more to send a mail.
#[derive(Debug)]
pub struct RetryMail {
    pub id: MailId,
}

operations! {
    ListMails: SettingManage, |op| json!({ "act": "mail.list", "dead": op.dead });
    RetryMail: SettingManage, |op| json!({ "act": "mail.retry", "mail": op.id });
}

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailView {
    pub id: MailId,
    pub to: UserId,
    pub to_name: String,
    pub daily: bool,
    /// How many notices it tells of.
    pub notices: u64,
    pub at: UnixMs,
    /// `waiting`, `sent`, `dead`.
    pub state: &'static str,
    pub next_at: Option<UnixMs>,
    pub attempts: u32,
    /// What the server answered last: SMTP's three digits.
    pub code: Option<u16>,
    pub error: Option<String>,
    pub last_at: Option<UnixMs>,
}

/// A mail that is due, with its server.
pub struct DueMail {
    pub id: MailId,
    pub to: String,
    pub letter: Letter,
    pub server: OpenServer,
}

impl Store {
    fn mail_params(&self, mail: &Mail) -> Result<Vec<Param>, Refusal> {
        let mut params: Vec<Param> = vec![
            mail.id.as_bytes().to_vec().into(),
            mail.user.into(),
            i64::from(mail.daily).into(),
            mail.at.into(),
            mail.until.into(),
            mail.state.as_str().into(),
            mail.next_at.into(),
            serde_json::to_string(&mail.body).map_err(|_| Refusal::Damaged)?.into(),
            mail.version.into(),
        ];
        params.push(self.seals().row(MAIL.name, &params).to_vec().into());
        Ok(params)
    }

    pub(super) fn insert_mail(&self, mail: &Mail) -> Result<Change, Refusal> {
        let sql = "INSERT INTO mail (id, user_id, daily, at, until, state, next_at, body, version, seal) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        Ok(Change::new(sql, self.mail_params(mail)?))
    }

    /// The statement that keeps a changed row, if nobody changed it meanwhile.
    fn update_mail(&self, mail: &mut Mail) -> Result<Change, Refusal> {
        mail.version = mail.version.saturating_add(1);
        let mut params = self.mail_params(mail)?;
        params.push(mail.version.saturating_sub(1).into());
        let sql = "UPDATE mail SET user_id = ?2, daily = ?3, at = ?4, until = ?5, state = ?6, next_at = ?7, body = ?8, \
                   version = ?9, seal = ?10 WHERE id = ?1 AND version = ?11";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_mail(&self, row: &Row) -> Result<Mail, Refusal> {
        if !MAIL.is_sealed(self.seals(), row) {
            tracing::error!("a mail was altered beside the program; it is not sent");
            return Err(Refusal::Damaged);
        }
        let read = || {
            Ok((
                MailId::from_bytes(row.id(0)?),
                row.user(1)?,
                row.int(2)?,
                row.time(3)?,
                row.time(4)?,
                row.text(5)?,
                row.opt_time(6)?,
                row.text(7)?,
                row.int(8)?,
            ))
        };
        let (id, user, daily, at, until, state, next_at, body, version) = read().map_err(broken)?;
        Ok(Mail {
            id,
            user,
            daily: daily != 0,
            at,
            until,
            state: serde_json::from_value(state.into()).map_err(|_| Refusal::Damaged)?,
            next_at,
            body: serde_json::from_str(body).map_err(|_| Refusal::Damaged)?,
            version,
        })
    }

    /// Rows by a condition; one that was altered beside the program is left out.
    async fn mails(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Mail>, Refusal> {
        let rows = self.read(Query::new(MAIL.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_mail(row).ok()).collect())
    }

    /// What is due, oldest first. Mails to somebody who wants none any more, or without a server, are given up.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn due_mails(&self, public_url: &str, now: UnixMs) -> Result<Vec<DueMail>, Refusal> {
        let condition = format!("state = 'waiting' AND next_at <= ?1 ORDER BY next_at, id LIMIT {ROUND}");
        let mut due = vec![];
        for mail in self.mails(&condition, vec![now.into()]).await? {
            let server = self.open_mail_server()?;
            let address = self.own_mail(mail.user).await?.address;
            match (server, address) {
                (Some(server), Some(to)) if server.server.sends_to(&to) => {
                    let letter = Letter::of(&mail.kinds(), mail.daily, public_url, self.company().settings.language);
                    due.push(DueMail { id: mail.id, to, letter, server });
                }
                _ => {
                    let off = Carried { error: None, code: None, answer: String::new() };
                    self.close_mail(mail, &off, true, now).await?;
                }
            }
        }
        Ok(due)
    }

    /// Records an attempt.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the attempt is not kept, and will be made again.
    pub async fn attempted_mail(&self, id: MailId, carried: &Carried, now: UnixMs) -> Result<Fate, Refusal> {
        let found = self.mails("id = ?1", vec![id.as_bytes().to_vec().into()]).await?.pop();
        match found {
            Some(mail) if mail.state == MailState::Waiting => self.close_mail(mail, carried, false, now).await,
            _ => Ok(Fate::Delivered),
        }
    }

    async fn close_mail(&self, mut mail: Mail, carried: &Carried, off: bool, now: UnixMs) -> Result<Fate, Refusal> {
        let wait = wait_after(mail.body.attempts).filter(|_| !off && !carried.is_final());
        let fate = match (carried.error.is_none() && !off, wait) {
            (true, _) => Fate::Delivered,
            (false, Some(_)) => Fate::Later,
            (false, None) => Fate::Dead,
        };
        mail.body.attempts = mail.body.attempts.saturating_add(1);
        let error = if off { Some("off") } else { carried.error.map(super::MailError::as_str) };
        mail.body.last = Some(Last { at: now, code: carried.code, error: error.map(str::to_owned) });
        (mail.state, mail.next_at) = match fate {
            Fate::Delivered => (MailState::Sent, None),
            Fate::Later => (MailState::Waiting, wait.map(|seconds| now.plus_seconds(seconds))),
            Fate::Dead => (MailState::Dead, None),
        };
        let change = self.update_mail(&mut mail)?;
        let detail = json!({
            "act": "mail.attempt", "to": mail.user, "state": mail.state, "code": carried.code, "error": error,
        });
        let told = ("mails", json!([mail.told()]));
        let caller = Self::system_caller(Channel::Job, "mail", now);
        let noted =
            self.gate.note(&caller, Action::Notice, Decision::Allowed, tell(detail, [told]), vec![change]).await;
        match noted {
            Ok(_) => Ok(fate),
            // Another node was first.
            Err(JournalError::Conflict { .. }) => Ok(Fate::Delivered),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(_) => Err(Refusal::AuditUnavailable),
        }
    }

    /// Newest first, at most 200.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_mails(&self, grant: Grant<ListMails>) -> Result<Disclosed<Vec<MailView>>, Refusal> {
        let condition = match grant.operation().dead {
            true => format!("state = 'dead' ORDER BY at DESC, id LIMIT {SHOWN}"),
            false => format!("TRUE ORDER BY at DESC, id LIMIT {SHOWN}"),
        };
        match self.mails(&condition, vec![]).await {
            Ok(mails) => {
                let directory = self.directory();
                let view = |m: Mail| MailView {
                    id: m.id,
                    to: m.user,
                    to_name: name_of(&directory, m.user),
                    daily: m.daily,
                    notices: m.body.kinds.values().sum(),
                    at: m.at,
                    state: m.state.as_str(),
                    next_at: m.next_at,
                    attempts: m.body.attempts,
                    code: m.body.last.as_ref().and_then(|l| l.code),
                    error: m.body.last.as_ref().and_then(|l| l.error.clone()),
                    last_at: m.body.last.map(|l| l.at),
                };
                grant.carry_out(vec![], mails.into_iter().map(view).collect()).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Has a mail sent once more that could not be.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Barred`] `not_dead`; recorded.
    pub async fn retry_mail(&self, grant: Grant<RetryMail>) -> Result<Disclosed<()>, Refusal> {
        let (id, now) = (grant.operation().id, grant.now());
        let drafted = async {
            let found = self.mails("id = ?1", vec![id.as_bytes().to_vec().into()]).await?.pop();
            let mut mail = found.ok_or(Refusal::NotFound)?;
            if mail.state != MailState::Dead {
                return Err(barred("not_dead", "it is tried still, or was sent"));
            }
            mail.state = MailState::Waiting;
            mail.next_at = Some(now);
            mail.body.attempts = 0;
            let change = self.update_mail(&mut mail)?;
            Ok((change, mail.told()))
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![("mails", json!([told]))], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
