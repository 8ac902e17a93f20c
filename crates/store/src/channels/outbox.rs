//! The outbox: messages that wait, were sent, or could not be.
//!
//! Rule: a row says of which alert, by which channel; what it says goes out in the form and with the address that the channel has when
//! it goes. Each change of a row is told by an event with its version.

use std::collections::BTreeMap;

use access::path::{Change, Disclosed, Grant, JournalError, OnSystem, Operation, Param, Refusal, tell};
use model::{Action, AlertId, Decision, MessageId, Severity, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::pace::{Go, HOLD_SECONDS};
use super::settings::KeptChannel;
use super::words::{About, Entry, Message};
use super::{ChannelKind, Heard, Outcome, Pace, Post};
use crate::automation::{Fate, wait_after};
use crate::company::{SYSTEM, barred, operations};
use crate::mail::{Carried, Letter, OpenServer};
use crate::proof::tables::CHANNEL_MESSAGE;
use crate::records::broken;
use crate::{Query, Store};

/// Rows shown.
const SHOWN: usize = 200;
/// Alerts of one message: what fits into one unit.
const ROUND: usize = 200;
/// Days that rows stay which are over.
const KEPT_DAYS: i64 = 30;

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum MessageState {
    Waiting,
    Sent,
    /// It could not be sent, and is not tried any more.
    Dead,
}

impl MessageState {
    const fn as_str(self) -> &'static str {
        match self {
            MessageState::Waiting => "waiting",
            MessageState::Sent => "sent",
            MessageState::Dead => "dead",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) rule: String,
    pub(super) title_zh: String,
    pub(super) title_en: String,
    pub(super) severity: Severity,
    pub(super) subject: UserId,
    pub(super) count: u64,
    pub(super) alert_at: UnixMs,
    /// Together with others of the day.
    pub(super) daily: bool,
    pub(super) attempts: u32,
    pub(super) last: Option<Last>,
}

/// The last attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Last {
    at: UnixMs,
    status: Option<u16>,
    code: Option<i64>,
    /// Why it was not taken, by one word.
    error: Option<String>,
    /// How many alerts went in one message with this one, itself counted.
    together: usize,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: MessageId,
    pub(super) channel: String,
    pub(super) alert: AlertId,
    pub(super) at: UnixMs,
    pub(super) state: MessageState,
    pub(super) next_at: Option<UnixMs>,
    pub(super) body: Body,
    pub(super) version: i64,
}

impl Row {
    /// What an event tells of it.
    pub(super) fn told(&self) -> Value {
        json!({ "id": self.id, "version": self.version })
    }
}

/// The outbox, newest first. It says nothing of the alerts: who sets channels need not be who reads alerts.
#[derive(Debug)]
pub struct ListMessages {
    /// Only what could not be sent.
    pub dead: bool,
}

/// Try once more to send what could not be sent.
#[derive(Debug)]
pub struct RetryMessage {
    pub id: MessageId,
}

operations! {
    ListMessages: SettingManage, |op| json!({ "act": "channel.list", "dead": op.dead });
    RetryMessage: SettingManage, |op| json!({ "act": "channel.retry", "message": op.id });
}

/// A row as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageView {
    pub id: MessageId,
    pub channel: String,
    pub at: UnixMs,
    pub daily: bool,
    /// `waiting`, `sent`, `dead`.
    pub state: &'static str,
    pub next_at: Option<UnixMs>,
    pub attempts: u32,
    pub status: Option<u16>,
    pub code: Option<i64>,
    pub error: Option<String>,
    pub last_at: Option<UnixMs>,
    /// How many alerts its message told of.
    pub together: usize,
}

/// A message as it goes out.
pub enum Outgoing {
    Post(Post),
    Mail { server: OpenServer, to: String, letter: Letter },
}

/// A message that is due: of one alert or of several.
pub struct DueMessage {
    pub channel: String,
    pub kind: ChannelKind,
    /// The rows it is about.
    pub rows: Vec<MessageId>,
    pub what: Outgoing,
}

impl Heard {
    /// What a mail server said.
    pub fn carried(carried: &Carried) -> Self {
        let outcome = match carried.error {
            None => Outcome::Taken,
            Some(_) if carried.is_final() => Outcome::Never,
            Some(_) => Outcome::Later,
        };
        Heard {
            outcome,
            status: None,
            code: carried.code.map(i64::from),
            error: carried.error.map(crate::mail::MailError::as_str),
            words: carried.answer.clone(),
        }
    }
}

impl Store {
    fn message_params(&self, row: &Row) -> Result<Vec<Param>, Refusal> {
        let mut params: Vec<Param> = vec![
            row.id.as_bytes().to_vec().into(),
            row.channel.as_str().into(),
            row.alert.into(),
            row.at.into(),
            row.state.as_str().into(),
            row.next_at.into(),
            serde_json::to_string(&row.body).map_err(|_| Refusal::Damaged)?.into(),
            row.version.into(),
        ];
        params.push(self.seals().row(CHANNEL_MESSAGE.name, &params).to_vec().into());
        Ok(params)
    }

    pub(super) fn insert_message(&self, row: &Row) -> Result<Change, Refusal> {
        let sql = "INSERT INTO channel_message (id, channel, alert, at, state, next_at, body, version, seal) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        Ok(Change::new(sql, self.message_params(row)?))
    }

    /// The statement that keeps a changed row, if nobody changed it meanwhile.
    fn update_message(&self, row: &mut Row) -> Result<Change, Refusal> {
        row.version = row.version.saturating_add(1);
        let mut params = self.message_params(row)?;
        params.push(row.version.saturating_sub(1).into());
        let sql = "UPDATE channel_message SET channel = ?2, alert = ?3, at = ?4, state = ?5, next_at = ?6, body = ?7, \
                   version = ?8, seal = ?9 WHERE id = ?1 AND version = ?10";
        Ok(Change::new(sql, params).expecting(1))
    }

    fn read_message(&self, row: &crate::Row) -> Result<Row, Refusal> {
        if !CHANNEL_MESSAGE.is_sealed(self.seals(), row) {
            tracing::error!("a message was altered beside the program; it is not sent");
            return Err(Refusal::Damaged);
        }
        let read = || {
            Ok::<_, crate::DatabaseError>((
                MessageId::from_bytes(row.id(0)?),
                row.text(1)?.to_owned(),
                AlertId::from_bytes(row.id(2)?),
                row.time(3)?,
                row.text(4)?,
                row.opt_time(5)?,
                row.text(6)?,
                row.int(7)?,
            ))
        };
        let (id, channel, alert, at, state, next_at, body, version) = read().map_err(broken)?;
        Ok(Row {
            id,
            channel,
            alert,
            at,
            state: serde_json::from_value(state.into()).map_err(|_| Refusal::Damaged)?,
            next_at,
            body: serde_json::from_str(body).map_err(|_| Refusal::Damaged)?,
            version,
        })
    }

    /// Rows by a condition; one that was altered beside the program is left out.
    async fn messages(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Row>, Refusal> {
        let rows = self.read(Query::new(CHANNEL_MESSAGE.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_message(row).ok()).collect())
    }

    /// What is due, at each channel's pace. One that does not answer holds up no other; what waits for one that is gone or off is given
    /// up. MUST be followed by [`Store::attempted_messages`] and [`Pace::done`].
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn due_messages(
        &self,
        pace: &mut Pace,
        public_url: &str,
        now: UnixMs,
    ) -> Result<Vec<DueMessage>, Refusal> {
        let sql =
            "SELECT DISTINCT channel FROM channel_message WHERE state = 'waiting' AND next_at <= ?1 ORDER BY channel";
        let mut names = vec![];
        for row in self.read(Query::new(sql, vec![now.into()])).await? {
            names.push(row.text(0).map_err(broken)?.to_owned());
        }
        let company = self.company();
        let mut due = vec![];
        for name in names {
            if pace.is_busy(&name) {
                continue;
            }
            let condition =
                format!("channel = ?1 AND state = 'waiting' AND next_at <= ?2 ORDER BY next_at, id LIMIT {ROUND}");
            let rows = self.messages(&condition, vec![name.as_str().into(), now.into()]).await?;
            let Some(kept) = company.channels.find(&name).filter(|c| c.channel.on) else {
                self.give_up_messages(rows, "off", now).await?;
                continue;
            };
            if self.channel_is_held(&name, now).await? {
                continue;
            }
            // Told where it is opened: one channel's damage holds up no other.
            match self.due_of(kept, rows, pace, public_url, now).await {
                Ok(found) => due.extend(found),
                Err(Refusal::Damaged) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(due)
    }

    /// Whether a channel failed a moment ago: what else there is waits for its next attempt, ten minutes at most.
    async fn channel_is_held(&self, channel: &str, now: UnixMs) -> Result<bool, Refusal> {
        let condition = "channel = ?1 AND state = 'waiting' AND next_at > ?2 ORDER BY next_at, id LIMIT 50";
        let waiting = self.messages(condition, vec![channel.into(), now.into()]).await?;
        let failed = |r: &Row| {
            r.body.attempts > 0 && r.body.last.as_ref().is_some_and(|l| l.at.plus_seconds(HOLD_SECONDS) > now)
        };
        Ok(waiting.iter().any(failed))
    }

    async fn due_of(
        &self,
        kept: &KeptChannel,
        rows: Vec<Row>,
        pace: &mut Pace,
        public_url: &str,
        now: UnixMs,
    ) -> Result<Vec<DueMessage>, Refusal> {
        let channel = &kept.channel;
        let go = pace.go(&channel.name, channel.per_minute, rows.len(), now);
        if go == Go::Wait {
            return Ok(vec![]);
        }
        let opened = self.open_channel(kept)?;
        let server = if channel.kind == ChannelKind::Mail { self.open_mail_server()? } else { None };
        if channel.kind == ChannelKind::Mail {
            let takes = server.as_ref().is_some_and(|s| s.server.sends_to(&opened.url));
            if !takes {
                self.give_up_messages(rows, "off", now).await?;
                return Ok(vec![]);
            }
        }
        // Nobody is told about themselves.
        let (mut told, mut own) = (vec![], vec![]);
        for row in rows {
            let of = (channel.kind == ChannelKind::Mail && row.body.subject != SYSTEM).then_some(row.body.subject);
            let same = match of {
                Some(user) => self.own_mail(user).await?.address.is_some_and(|a| a.eq_ignore_ascii_case(&opened.url)),
                None => false,
            };
            if same { own.push(row) } else { told.push(row) }
        }
        self.give_up_messages(own, "own", now).await?;
        let (daily, at_once): (Vec<Row>, Vec<Row>) = told.into_iter().partition(|r| r.body.daily);
        let mut lots: Vec<(About, Vec<Row>)> = match go {
            Go::Each => at_once.into_iter().map(|row| (About::Alerts, vec![row])).collect(),
            _ if at_once.is_empty() => vec![],
            _ => vec![(About::Alerts, at_once)],
        };
        if !daily.is_empty() {
            lots.push((About::Digest, daily));
        }
        let mut due = vec![];
        for (about, lot) in lots {
            let rows: Vec<MessageId> = lot.iter().map(|r| r.id).collect();
            let message = self.message(about, &lot, channel.names, public_url, now);
            let what = match &server {
                Some(_) => {
                    let letter = message.letter(channel.language);
                    // Opened for each: a password is not copied about.
                    let Some(server) = self.open_mail_server()? else { continue };
                    Outgoing::Mail { server, to: opened.url.to_string(), letter }
                }
                None => Outgoing::Post(opened.post(&message, &self.lot_id(&rows), now)),
            };
            due.push(DueMessage { channel: channel.name.clone(), kind: channel.kind, rows, what });
        }
        if !due.is_empty() {
            pace.take(&channel.name, due.len(), now);
        }
        Ok(due)
    }

    /// The same for every attempt at the same alerts.
    fn lot_id(&self, rows: &[MessageId]) -> String {
        match rows {
            [one] => one.to_string(),
            many => {
                let params: Vec<Param> = many.iter().map(|id| id.as_bytes().to_vec().into()).collect();
                let seal = self.seals().row("channel_message.lot", &params);
                format!("lot_{}", hex::encode(seal.get(..16).unwrap_or(&seal)))
            }
        }
    }

    fn message(&self, about: About, rows: &[Row], names: bool, public_url: &str, now: UnixMs) -> Message {
        let company = self.company();
        let all = format!("{}/alerts", public_url.trim_end_matches('/'));
        let entry = |row: &Row| {
            let b = &row.body;
            let name = company.users.get(&b.subject).filter(|_| names).map(|u| u.name.clone());
            Entry {
                alert: row.alert,
                rule: b.rule.clone(),
                title_zh: b.title_zh.clone(),
                title_en: b.title_en.clone(),
                severity: b.severity,
                who: (b.subject != SYSTEM).then(|| name.unwrap_or_else(|| self.channel_pseudonym(b.subject))),
                count: b.count,
                at: self.told_time(b.alert_at),
                moment: b.alert_at,
                url: format!("{all}/{}", row.alert),
            }
        };
        let mut entries: Vec<Entry> = rows.iter().map(entry).collect();
        entries.sort_by(|a, b| b.severity.cmp(&a.severity).then(b.moment.cmp(&a.moment)));
        let company = self.gate.settings().company.clone();
        Message { about, entries, company, all, at: now }
    }

    /// The same for every message about somebody, and told by nobody who has not this house's keys.
    fn channel_pseudonym(&self, user: UserId) -> String {
        let seal = self.seals().row("channel.pseudonym", &[user.into()]);
        format!("U-{}", hex::encode_upper(seal.get(..2).unwrap_or(&seal)))
    }

    fn told_time(&self, at: UnixMs) -> String {
        let (began, day) = self.gate.settings().calendar.day(at);
        let minutes = at.0.saturating_sub(began.0).div_euclid(60_000);
        let date = model::value::format_date(day).unwrap_or_default();
        format!("{date} {:02}:{:02}", minutes / 60, minutes % 60)
    }

    async fn give_up_messages(&self, rows: Vec<Row>, why: &'static str, now: UnixMs) -> Result<(), Refusal> {
        let heard = Heard { outcome: Outcome::Never, status: None, code: None, error: Some(why), words: String::new() };
        self.close_messages(rows, &heard, now).await.map(|_| ())
    }

    /// Records an attempt at a message.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: the attempt is not kept, and will be made again.
    pub async fn attempted_messages(&self, ids: &[MessageId], heard: &Heard, now: UnixMs) -> Result<Fate, Refusal> {
        let mut sql = crate::sql::Sql::new(self.db.dialect(), &CHANNEL_MESSAGE.select("state = 'waiting' AND id IN "));
        sql.bind_list(ids.iter().map(|id| id.as_bytes().to_vec()));
        let found = self.read(sql.finish()).await?;
        let rows: Vec<Row> = found.iter().filter_map(|row| self.read_message(row).ok()).collect();
        self.close_messages(rows, heard, now).await
    }

    async fn close_messages(&self, mut rows: Vec<Row>, heard: &Heard, now: UnixMs) -> Result<Fate, Refusal> {
        let Some(channel) = rows.first().map(|r| r.channel.clone()) else { return Ok(Fate::Delivered) };
        let together = rows.len();
        let (mut fate, mut states) = (Fate::Dead, BTreeMap::<&str, usize>::new());
        for row in &mut rows {
            let wait = wait_after(row.body.attempts).filter(|_| heard.outcome == Outcome::Later);
            let one = match (heard.outcome, wait) {
                (Outcome::Taken, _) => Fate::Delivered,
                (_, Some(_)) => Fate::Later,
                (_, None) => Fate::Dead,
            };
            if one != Fate::Dead {
                fate = one;
            }
            row.body.attempts = row.body.attempts.saturating_add(1);
            row.body.last = Some(Last {
                at: now,
                status: heard.status,
                code: heard.code,
                error: heard.error.map(str::to_owned),
                together,
            });
            (row.state, row.next_at) = match one {
                Fate::Delivered => (MessageState::Sent, None),
                Fate::Later => (MessageState::Waiting, wait.map(|seconds| now.plus_seconds(seconds))),
                Fate::Dead => (MessageState::Dead, None),
            };
            *states.entry(row.state.as_str()).or_default() += 1;
        }
        if heard.outcome == Outcome::Taken {
            // It answers again: what failed before is tried at once.
            let condition = "channel = ?1 AND state = 'waiting' AND next_at > ?2 ORDER BY next_at, id LIMIT 200";
            let waiting = self.messages(condition, vec![channel.as_str().into(), now.into()]).await?;
            for mut row in waiting {
                if row.body.attempts > 0 && rows.iter().all(|r| r.id != row.id) {
                    row.next_at = Some(now);
                    rows.push(row);
                }
            }
        }
        let changes = rows.iter_mut().map(|row| self.update_message(row)).collect::<Result<_, _>>()?;
        let detail = json!({
            "act": "channel.attempt", "channel": channel, "states": states, "status": heard.status, "code": heard.code,
            "error": heard.error,
        });
        let told = ("messages", rows.iter().map(Row::told).collect());
        let caller = Self::system_caller(model::Channel::Job, "channels", now);
        match self.gate.note(&caller, Action::Notice, Decision::Allowed, tell(detail, [told]), changes).await {
            Ok(_) => Ok(fate),
            // Another node was first, or somebody has one of them sent once more.
            Err(JournalError::Conflict { .. }) => Ok(Fate::Delivered),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(_) => Err(Refusal::AuditUnavailable),
        }
    }

    /// Newest first, at most 200.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_messages(&self, grant: Grant<ListMessages>) -> Result<Disclosed<Vec<MessageView>>, Refusal> {
        let condition = match grant.operation().dead {
            true => format!("state = 'dead' ORDER BY at DESC, id LIMIT {SHOWN}"),
            false => format!("TRUE ORDER BY at DESC, id LIMIT {SHOWN}"),
        };
        match self.messages(&condition, vec![]).await {
            Ok(rows) => {
                let view = |r: Row| MessageView {
                    id: r.id,
                    channel: r.channel,
                    at: r.at,
                    daily: r.body.daily,
                    state: r.state.as_str(),
                    next_at: r.next_at,
                    attempts: r.body.attempts,
                    status: r.body.last.as_ref().and_then(|l| l.status),
                    code: r.body.last.as_ref().and_then(|l| l.code),
                    error: r.body.last.as_ref().and_then(|l| l.error.clone()),
                    last_at: r.body.last.as_ref().map(|l| l.at),
                    together: r.body.last.map_or(1, |l| l.together),
                };
                grant.carry_out(vec![], rows.into_iter().map(view).collect()).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Has a message sent once more that could not be.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Barred`] `not_dead`; recorded.
    pub async fn retry_message(&self, grant: Grant<RetryMessage>) -> Result<Disclosed<()>, Refusal> {
        let (id, now) = (grant.operation().id, grant.now());
        let drafted = async {
            let found = self.messages("id = ?1", vec![id.as_bytes().to_vec().into()]).await?.pop();
            let mut row = found.ok_or(Refusal::NotFound)?;
            if row.state != MessageState::Dead {
                return Err(barred("not_dead", "it is tried still, or was sent"));
            }
            row.state = MessageState::Waiting;
            row.next_at = Some(now);
            row.body.attempts = 0;
            let change = self.update_message(&mut row)?;
            Ok((change, row.told()))
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![("messages", json!([told]))], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Rows that were sent or given up more than thirty days ago go; gives how many.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn sweep_messages(&self, now: UnixMs) -> Result<u64, Refusal> {
        let before = now.plus_days(-KEPT_DAYS);
        let sql = "SELECT id FROM channel_message WHERE state <> 'waiting' AND at < ?1 ORDER BY at, id LIMIT 1000";
        let mut gone = vec![];
        for row in self.read(Query::new(sql, vec![before.into()])).await? {
            gone.push(MessageId::from_bytes(row.id(0).map_err(broken)?));
        }
        if gone.is_empty() {
            return Ok(0);
        }
        let remove = |id: &MessageId| {
            Change::new("DELETE FROM channel_message WHERE id = ?1", vec![id.as_bytes().to_vec().into()])
        };
        let changes = gone.iter().map(remove).collect();
        let detail = json!({ "act": "channel.sweep", "messages_gone": gone });
        let caller = Self::system_caller(model::Channel::Job, "sweep", now);
        let noted = self.gate.note(&caller, Action::Notice, Decision::Allowed, detail, changes).await;
        noted.map_err(|_| Refusal::AuditUnavailable)?;
        Ok(u64::try_from(gone.len()).unwrap_or(u64::MAX))
    }

    /// A message to see whether a channel takes any.
    pub(super) fn test_message(&self, now: UnixMs) -> Message {
        self.message(About::Test, &[], false, "", now)
    }
}
