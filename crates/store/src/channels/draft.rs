//! Which alerts are to be told, and by which channels.
//!
//! Rule: each alert is told to a channel once for each severity it has had. A row's id is made of the three, so that whoever drafts
//! anew, after a crash or on another node, writes nothing twice; and what follows the alerts is their rows, not a call that
//! could be lost.

use std::collections::BTreeMap;

use access::path::{JournalError, Param, Refusal, tell};
use model::{Action, AlertState, Channel, Decision, MessageId, UnixMs};
use serde_json::json;

use super::outbox::{Body, Row};
use super::route::Told;
use crate::Store;
use crate::company::SYSTEM;
use crate::proof::tables::ALERT;
use crate::records::broken;
use crate::sql::Sql;
use crate::watch::Alert;

/// Alerts older than that are not told any more by a house that begins.
const OLDEST_DAYS: i64 = 2;
/// Alerts of one look.
const MOST: i64 = 500;

impl Store {
    /// Writes what is to be told of alerts that opened or grew since a place in the ledger, `None` to begin. Gives the place to look
    /// from the next time, and how many messages were written.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: it is looked from the same place again.
    pub async fn draft_messages(&self, from: Option<i64>, now: UnixMs) -> Result<(Option<i64>, u64), Refusal> {
        if self.company().channels.routes.is_empty() {
            return Ok((from, 0));
        }
        let mut sql = Sql::new(self.db.dialect(), &ALERT.select("state = 'open' AND "));
        match from {
            Some(from) => sql.push("last_seq >= ").bind(from),
            None => sql.push("last_at >= ").bind(now.plus_days(-OLDEST_DAYS)),
        };
        sql.push(" ORDER BY last_seq, id LIMIT ").bind(MOST);
        let alerts = self.alerts(sql.finish()).await?;
        let full = i64::try_from(alerts.len()).is_ok_and(|n| n >= MOST);
        let last = alerts.last().map(|a| a.last_seq);
        let written = self.tell_alerts(&alerts, now).await?;
        // The place itself is looked at again: several alerts may stand there. Were they more than one look, it goes on behind them.
        let next = match (last, from) {
            (Some(last), Some(from)) if full && last == from => Some(last.saturating_add(1)),
            (Some(last), _) => Some(last),
            (None, from) => from,
        };
        Ok((next, written))
    }

    /// Writes what is to be told of these alerts; gives how many messages. What was told already is not told again.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn tell_alerts(&self, alerts: &[Alert], now: UnixMs) -> Result<u64, Refusal> {
        let mut rows: Vec<Row> = alerts.iter().flat_map(|alert| self.routed(alert, now)).collect();
        if rows.is_empty() {
            return Ok(0);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT id FROM channel_message WHERE id IN ");
        sql.bind_list(rows.iter().map(|r| r.id.as_bytes().to_vec()));
        let mut there = vec![];
        for row in self.read(sql.finish()).await? {
            there.push(MessageId::from_bytes(row.id(0).map_err(broken)?));
        }
        rows.retain(|row| !there.contains(&row.id));
        if rows.is_empty() {
            return Ok(0);
        }
        let changes = rows.iter().map(|r| self.insert_message(r)).collect::<Result<_, _>>()?;
        let told = ("messages", rows.iter().map(Row::told).collect());
        let caller = Self::system_caller(Channel::Job, "channels", now);
        let detail = tell(json!({ "act": "channel.draft" }), [told]);
        match self.gate.note(&caller, Action::Notice, Decision::Allowed, detail, changes).await {
            Ok(_) => Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX)),
            // Another node was first; the next look finds what it left out.
            Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Ok(0),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
        }
    }

    /// The messages of one alert: one for each channel that a route names, at the earliest of its routes' times.
    fn routed(&self, alert: &Alert, now: UnixMs) -> Vec<Row> {
        let company = self.company();
        let settings = self.gate.settings();
        if alert.state != AlertState::Open {
            return vec![];
        }
        let department = company.users.get(&alert.subject).filter(|u| u.id != SYSTEM).map(|u| u.department);
        let told = Told { severity: alert.severity, family: alert.family, department };
        let mut due: BTreeMap<&str, (UnixMs, bool)> = BTreeMap::new();
        for route in &company.channels.routes {
            let Some(when) = route.when(told, &company.departments, &settings.calendar, now) else { continue };
            for to in &route.to {
                let since = company.channels.find(to).filter(|c| c.channel.on).map(|c| c.since);
                // What came before the channel is not told by it.
                if since.is_some_and(|since| alert.last_at.max(alert.body.opened_at) >= since) {
                    let earliest = due.entry(to).or_insert(when);
                    *earliest = (*earliest).min(when);
                }
            }
        }
        let row = |(channel, (next_at, daily)): (&str, (UnixMs, bool))| Row {
            id: self.message_id(alert, channel),
            channel: channel.to_owned(),
            alert: alert.id,
            at: now,
            state: super::outbox::MessageState::Waiting,
            next_at: Some(next_at),
            body: Body {
                rule: alert.rule.clone(),
                title_zh: alert.body.title_zh.clone(),
                title_en: alert.body.title_en.clone(),
                severity: alert.severity,
                subject: alert.subject,
                count: alert.body.finding.count,
                alert_at: alert.last_at,
                daily,
                attempts: 0,
                last: None,
            },
            version: 1,
        };
        due.into_iter().map(row).collect()
    }

    fn message_id(&self, alert: &Alert, channel: &str) -> MessageId {
        let same: [Param; 3] = [alert.id.into(), channel.into(), alert.severity.rank().into()];
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.seals().row("channel_message.id", &same);
        MessageId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }
}
