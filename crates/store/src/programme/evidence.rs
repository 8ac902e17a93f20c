//! What was done, from rows and events: when, by whom, whether well, and the page that shows it.

use access::path::Refusal;
use govern::programme::{Done, Span};
use model::{Action, Decision, Directory, EventId, RecordId, UnixMs, UserId};
use serde_json::Value;

use super::registry::{Activity, Doer, Evidence};
use crate::audit::name_of;
use crate::company::SYSTEM;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Store};

/// Events of one activity that are read.
const MOST: i64 = 2_000;
const DUTIES: [&str; 3] = ["system_admin", "security_admin", "audit_admin"];

impl Store {
    /// People of the three duties.
    fn duty_holders(&self) -> Vec<UserId> {
        let company = self.company();
        let holds = |u: &&model::User| u.roles.iter().any(|role| DUTIES.contains(&role.as_str()));
        company.users.values().filter(holds).map(|u| u.id).collect()
    }

    /// What was done of an activity in a span, newest first.
    pub(super) async fn done_of(
        &self,
        activity: &Activity,
        span: Span,
        directory: &Directory,
    ) -> Result<Vec<Done>, Refusal> {
        match activity.evidence {
            Evidence::Rows { sql, page } => {
                let rows = self.read(Query::new(sql, vec![span.0.into(), span.1.into()])).await?;
                let done = |row: &crate::Row| {
                    let id = RecordId::from_bytes(row.id(1)?).to_string();
                    Ok(Done { at: row.time(0)?, well: true, by: None, proof: Some(page.replace("{id}", &id)) })
                };
                rows.iter().map(done).collect::<Result<_, _>>().map_err(broken)
            }
            Evidence::Events { actions, acts, by } => {
                let events = self.acts_of(actions, acts, by, span).await?;
                let done = |e: Acted| Done {
                    at: e.at,
                    well: e.well,
                    by: (e.by != SYSTEM).then(|| name_of(directory, e.by)),
                    proof: Some(format!("/audit/log/{}", e.id)),
                };
                Ok(events.into_iter().map(done).collect())
            }
        }
    }

    /// Events of these operations by officers or the house; of these acts, where some are named.
    pub(super) async fn acts_of(
        &self,
        actions: &[Action],
        acts: &[&str],
        by: Doer,
        (from, until): Span,
    ) -> Result<Vec<Acted>, Refusal> {
        let actors = match by {
            Doer::House => vec![SYSTEM],
            Doer::Officers => self.duty_holders(),
        };
        if actors.is_empty() {
            return Ok(vec![]);
        }
        // By who acted: few people, whose events an index finds.
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT e.id, e.at, e.actor, e.decision, e.body FROM event e WHERE e.actor IN ",
        );
        sql.bind_list(actors).push(" AND e.at >= ").bind(from).push(" AND e.at < ").bind(until);
        sql.push(" AND e.action IN ").bind_list(actions.iter().map(|a| i64::from(a.code())));
        let told = [Decision::Allowed, Decision::Failed].map(|d| i64::from(d.code()));
        sql.push(" AND e.decision IN ").bind_list(told).push(" ORDER BY e.at DESC, e.seq DESC LIMIT ").bind(MOST);
        let mut found = vec![];
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.event(0)?, row.time(1)?, row.user(2)?, row.int(3)?, row.opt_bytes(4)?));
            let (id, at, by, decision, body) = read().map_err(broken)?;
            let mut well = decision == i64::from(Decision::Allowed.code());
            if !acts.is_empty() {
                // What its retention has dropped says no more what it was.
                let Some(body) = body.and_then(|b| self.gate().recorder().open_body(id, b).ok()) else { continue };
                let detail = body.actor.get("detail").cloned().unwrap_or_default();
                if !detail.get("act").and_then(Value::as_str).is_some_and(|act| acts.contains(&act)) {
                    continue;
                }
                let failed = detail.get("trial").and_then(|t| t.get("failed")).and_then(Value::as_array);
                well &= failed.is_none_or(Vec::is_empty);
            }
            found.push(Acted { id, at, by, well });
        }
        Ok(found)
    }

    /// Whether anything was recorded in a span: whether a server was at work.
    pub(super) async fn was_at_work(&self, (from, until): Span) -> Result<bool, Refusal> {
        let sql = "SELECT 1 FROM event e WHERE e.at >= ?1 AND e.at < ?2 LIMIT 1";
        Ok(!self.read(Query::point(sql, vec![from.into(), until.into()])).await?.is_empty())
    }

    /// When the first event was recorded.
    pub(super) async fn log_began_at(&self, now: UnixMs) -> Result<UnixMs, Refusal> {
        let rows = self.read(Query::point("SELECT MIN(at) FROM event WHERE seq = 0", vec![])).await?;
        let at = rows.first().map(|row| row.opt_time(0)).transpose().map_err(broken)?.flatten();
        Ok(at.unwrap_or(now))
    }
}

/// An event that proves something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Acted {
    pub(super) id: EventId,
    pub(super) at: UnixMs,
    pub(super) by: UserId,
    pub(super) well: bool,
}
