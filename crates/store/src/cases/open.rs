//! Opening a case: by hand from events and a subject, or from alerts about one person.

use std::collections::{BTreeSet, HashMap};

use access::path::{Change, Disclosed, Grant, Refusal};
use model::case::{Case, FromAlert, MOST_EVENTS, Severity};
use model::{AlertId, CaseId, EventId, UnixMs, UserId};
use serde_json::Value;

use super::row::Also;
use super::{Stored, refusal_of};
use crate::Store;
use crate::identity::Told;
use crate::ids::random;
use crate::records::broken;
use crate::sql::Sql;
use crate::watch::Alert;

/// Alerts that one case is opened from.
pub const MOST_ALERTS: usize = 50;

/// Open a case.
#[derive(Debug)]
pub struct OpenCase {
    /// Whom it is about; may be left out where alerts say so.
    pub subject: Option<UserId>,
    /// What it is about, without a name.
    pub title: String,
    pub severity: Severity,
    /// Events by the subject or done for them. What alerts name is cited besides.
    pub events: Vec<EventId>,
    /// Alerts it comes of, all about one person and in no case yet.
    pub alerts: Vec<AlertId>,
}

/// An event that can be cited.
pub(super) struct Citable {
    pub(super) id: EventId,
    pub(super) at: UnixMs,
}

/// What a new case is made durable with.
struct Drafted {
    id: CaseId,
    told: Vec<Told>,
    changes: Vec<Change>,
}

impl Store {
    /// Opens a case. What it cites is held from then on.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the subject, the title, an alert or an event that is not the subject's; [`Refusal::Conflict`] when an
    /// alert went into another case meanwhile; [`Refusal::AuditUnavailable`]; recorded.
    pub async fn open_case(&self, grant: Grant<OpenCase>) -> Result<Disclosed<CaseId>, Refusal> {
        match self.draft_open(&grant).await {
            Ok(d) => grant.carry_out_telling(d.told, d.changes, d.id).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_open(&self, grant: &Grant<OpenCase>) -> Result<Drafted, Refusal> {
        let (op, now) = (grant.operation(), grant.now());
        let strangers = self.strangers_to(grant.caller());
        let mut alerts = self.alerts_for(&op.alerts, &strangers).await?;
        let subject = subject_of(op, &alerts)?;
        let known = self.company().users.get(&subject).is_some_and(|u| u.id != crate::company::SYSTEM);
        // A case about oneself or one's manager cannot be opened, and is told as an account that is not there.
        if !known || strangers.contains(&subject) {
            return Err(Refusal::invalid("subject", "cannot_be_subject", "a case by you cannot be about this person"));
        }
        let mut cited = self.citable(subject, &op.events).await?;
        // Of what alerts name, what can be cited: an alert about several people names events of others too.
        let more: Vec<EventId> = alerts.iter().flat_map(|a| a.body.evidence.iter().copied()).collect();
        let found = self.own_events(subject, &more).await?;
        for (id, at) in found {
            if cited.iter().all(|c| c.id != id) && cited.len() < MOST_EVENTS {
                cited.push(Citable { id, at });
            }
        }
        cited.sort_by_key(|c| (c.at, c.id));
        let title = op.title.trim().to_owned();
        let opened = self.on_ground(now, |ground| Case::open(subject, title, op.severity, grant.caller().user, ground));
        let mut case = opened.map_err(|error| match error {
            model::case::Barred::Words(field) => Refusal::invalid(field, "invalid_value", "1 to 120 characters"),
            other => refusal_of(other, "subject"),
        })?;
        case.evidence = cited.iter().map(|c| c.id).collect();
        case.first_event_at = cited.iter().map(|c| c.at).chain(alerts.iter().map(|a| a.first_at)).min();
        case.alerts = alerts.iter().map(of_alert).collect();
        let stored = Stored { id: CaseId::new(now, random()), case, version: 1 };
        let mut changes = vec![self.insert_case(&stored)?];
        changes.extend(cited.iter().map(|c| self.hold_event(stored.id, c.id, now)));
        let mut told = vec![stored.told(&Also { cited: &stored.case.evidence, ..Also::default() })?];
        let mut linked: Vec<Value> = vec![];
        for alert in &mut alerts {
            let (change, says) = self.link_alert(alert, Some(stored.id))?;
            changes.push(change);
            linked.push(says);
        }
        if !linked.is_empty() {
            told.push(("alerts", linked.into()));
        }
        Ok(Drafted { id: stored.id, told, changes })
    }

    /// The alerts, none of which is about somebody of whom the caller must know no case.
    async fn alerts_for(&self, ids: &[AlertId], strangers: &[UserId]) -> Result<Vec<Alert>, Refusal> {
        if ids.len() > MOST_ALERTS {
            return Err(Refusal::invalid("alerts", "too_many", format!("at most {MOST_ALERTS} ids")));
        }
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let mut alerts = self.alerts_of(ids).await?;
        alerts.retain(|a| !strangers.contains(&a.subject));
        for (n, id) in ids.iter().enumerate() {
            match alerts.iter().find(|a| a.id == *id) {
                None => {
                    return Err(Refusal::invalid(&format!("alerts.{n}"), "no_such_alert", "there is no such alert"));
                }
                Some(alert) if alert.case.is_some() => {
                    return Err(Refusal::invalid(&format!("alerts.{n}"), "alert_in_case", "this alert is in a case"));
                }
                Some(_) => {}
            }
        }
        Ok(alerts)
    }

    /// Which of the events are the subject's own or done for them and can still be read, with their moments.
    async fn own_events(&self, subject: UserId, events: &[EventId]) -> Result<HashMap<EventId, UnixMs>, Refusal> {
        let mut found = HashMap::new();
        if events.is_empty() {
            return Ok(found);
        }
        self.ready_to_ask().await?;
        for part in events.chunks(500) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT e.id, e.at, e.body FROM event e WHERE (e.actor = ");
            sql.bind(subject).push(" OR e.on_behalf_of = ").bind(subject).push(") AND e.body IS NOT NULL AND e.id IN ");
            sql.bind_list(part.iter().copied());
            for row in self.read(sql.finish()).await? {
                // What a retention has dropped is there in name only, until it is swept.
                if self.gate().recorder().has_key(row.opt_bytes(2).map_err(broken)?) {
                    found.insert(row.event(0).map_err(broken)?, row.time(1).map_err(broken)?);
                }
            }
        }
        Ok(found)
    }

    /// The events, each the subject's own or done for them, and with its body.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] at `events.N`. Somebody else's event is told like one that is not there: who did what is not to be
    /// learnt here.
    pub(super) async fn citable(&self, subject: UserId, events: &[EventId]) -> Result<Vec<Citable>, Refusal> {
        if events.len() > MOST_EVENTS {
            return Err(Refusal::invalid("events", "too_many", format!("at most {MOST_EVENTS} ids")));
        }
        let found = self.own_events(subject, events).await?;
        let mut named = BTreeSet::new();
        let mut cited = vec![];
        for (n, id) in events.iter().enumerate() {
            let Some(at) = found.get(id) else {
                let reason = "no event of the subject's has this id";
                return Err(Refusal::invalid(&format!("events.{n}"), "no_such_event", reason));
            };
            if named.insert(*id) {
                cited.push(Citable { id: *id, at: *at });
            }
        }
        Ok(cited)
    }
}

/// Whom the case is about: as it is said, or as all the alerts say.
fn subject_of(op: &OpenCase, alerts: &[Alert]) -> Result<UserId, Refusal> {
    let named = op.subject.or_else(|| alerts.first().map(|a| a.subject));
    let Some(subject) = named else {
        return Err(Refusal::invalid("subject", "required", "name whom it is about, or alerts"));
    };
    if alerts.iter().any(|a| a.subject != subject) {
        return Err(Refusal::invalid("alerts", "invalid_value", "a case is about one person"));
    }
    Ok(subject)
}

fn of_alert(alert: &Alert) -> FromAlert {
    FromAlert { alert: alert.id, rule: alert.rule.clone(), raised_at: alert.body.opened_at }
}
