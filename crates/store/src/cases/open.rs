//! Opening a case: by hand, from events and a subject.

use std::collections::BTreeSet;

use access::path::{Change, Disclosed, Grant, Refusal};
use model::case::{Case, FromAlert, MOST_EVENTS, Severity};
use model::{CaseId, EventId, UnixMs, UserId};

use super::row::Also;
use super::{Stored, refusal_of};
use crate::Store;
use crate::ids::random;
use crate::records::broken;
use crate::sql::Sql;

/// Open a case.
#[derive(Debug)]
pub struct OpenCase {
    pub subject: UserId,
    /// What it is about, without a name.
    pub title: String,
    pub severity: Severity,
    /// Events by the subject or done for them.
    pub events: Vec<EventId>,
    /// Alerts it comes of; the house fills them in.
    pub alerts: Vec<FromAlert>,
}

/// An event that can be cited.
pub(super) struct Citable {
    pub(super) id: EventId,
    pub(super) at: UnixMs,
}

impl Store {
    /// Opens a case. What it cites is held from then on.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the subject, the title or an event that is not the subject's; [`Refusal::AuditUnavailable`]; recorded.
    pub async fn open_case(&self, grant: Grant<OpenCase>) -> Result<Disclosed<CaseId>, Refusal> {
        match self.draft_open(&grant).await {
            Ok((id, told, changes)) => grant.carry_out_telling(vec![told], changes, id).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_open(
        &self,
        grant: &Grant<OpenCase>,
    ) -> Result<(CaseId, crate::identity::Told, Vec<Change>), Refusal> {
        let (op, now) = (grant.operation(), grant.now());
        let known = self.company().users.get(&op.subject).is_some_and(|u| u.id != crate::company::SYSTEM);
        // A case about oneself or one's manager cannot be opened, and is told as an account that is not there.
        if !known || self.strangers_to(grant.caller()).contains(&op.subject) {
            return Err(Refusal::invalid("subject", "cannot_be_subject", "a case by you cannot be about this person"));
        }
        let cited = self.citable(op.subject, &op.events).await?;
        let title = op.title.trim().to_owned();
        let opened =
            self.on_ground(now, |ground| Case::open(op.subject, title, op.severity, grant.caller().user, ground));
        let mut case = opened.map_err(|error| match error {
            model::case::Barred::Words(field) => Refusal::invalid(field, "invalid_value", "1 to 120 characters"),
            other => refusal_of(other, "subject"),
        })?;
        case.evidence = cited.iter().map(|c| c.id).collect();
        case.first_event_at = cited.iter().map(|c| c.at).min();
        case.alerts.clone_from(&op.alerts);
        let stored = Stored { id: CaseId::new(now, random()), case, version: 1 };
        let mut changes = vec![self.insert_case(&stored)?];
        changes.extend(cited.iter().map(|c| self.hold_event(stored.id, c.id, now)));
        let told = stored.told(&Also { cited: &stored.case.evidence, ..Also::default() })?;
        Ok((stored.id, told, changes))
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
        if events.is_empty() {
            return Ok(vec![]);
        }
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.id, e.at, e.body FROM event e WHERE (e.actor = ");
        sql.bind(subject).push(" OR e.on_behalf_of = ").bind(subject).push(") AND e.body IS NOT NULL AND e.id IN ");
        sql.bind_list(events.iter().copied());
        let mut found = std::collections::HashMap::new();
        for row in self.read(sql.finish()).await? {
            // What a retention has dropped is there in name only, until it is swept.
            if self.gate().recorder().has_key(row.opt_bytes(2).map_err(broken)?) {
                found.insert(row.event(0).map_err(broken)?, row.time(1).map_err(broken)?);
            }
        }
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
