//! What a policy would leave out of the log, in numbers; and when the log was last computed anew, as the policy in force wants it.

use access::path::{JournalError, Refusal};
use model::audit_policy::{Depth, EventClass};
use model::{Action, AuditPolicy, Channel, Decision, ObjectName, UnixMs};
use serde_json::{Value, json};

use super::{AuditEffect, EFFECT_DAYS, Verified};
use crate::company::SYSTEM;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Store};

impl Store {
    /// Counts over the columns of the log; nothing is opened.
    pub(super) async fn audit_effect(&self, policy: &AuditPolicy, now: UnixMs) -> Result<AuditEffect, Refusal> {
        self.ready_to_ask().await?;
        let company = self.company();
        let have = &company.settings.audit;
        let since = now.plus_days(-EFFECT_DAYS);
        let allowed = i64::from(Decision::Allowed.code());
        let looks = [i64::from(Action::List.code()), i64::from(Action::View.code())];
        let mut effect = AuditEffect::default();
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.action, e.object, COUNT(*), ");
        sql.push("CAST(COALESCE(SUM(e.touches), 0) AS BIGINT) FROM event e WHERE e.at >= ").bind(since);
        sql.push(" AND e.decision = ").bind(allowed).push(" AND e.action IN ").bind_list(looks);
        sql.push(" GROUP BY e.action, e.object");
        let mut looked = 0_u64;
        let mut listed = 0_u64;
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.int(0)?, row.opt_text(1)?.map(str::to_owned), row.int(2)?, row.int(3)?));
            let (action, object, events, touches) = read().map_err(broken)?;
            let (events, touches) = (u64::try_from(events).unwrap_or(0), u64::try_from(touches).unwrap_or(0));
            looked += events;
            let action = u16::try_from(action).ok().and_then(Action::from_code).unwrap_or(Action::View);
            listed += if action == Action::List { events } else { 0 };
            let object = object.and_then(|o| o.parse::<ObjectName>().ok()).and_then(|o| company.objects.get(&o));
            let Some((_, object)) = object else { continue };
            let less = share(policy.depth(action, object)).saturating_sub(share(have.depth(action, object)));
            effect.thinned += events * less / 100;
            effect.records += touches * less / 100;
        }
        if policy.method.fields > have.method.fields {
            effect.shortened = looked;
        } else if policy.method.question > have.method.question {
            effect.shortened = listed;
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM event e WHERE e.at >= ");
        sql.bind(since);
        effect.events = self.count_rows(sql).await?;
        let (old, new) = (self.would_drop(have, now).await?, self.would_drop(policy, now).await?);
        effect.dropped = new.saturating_sub(old);
        Ok(effect)
    }

    /// Events with contents that a retention by the policy would drop now.
    async fn would_drop(&self, policy: &AuditPolicy, now: UnixMs) -> Result<u64, Refusal> {
        let Some(days) = policy.retention.days else { return Ok(0) };
        let before = now.plus_days(-i64::from(days));
        let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM event e WHERE e.body IS NOT NULL AND e.at < ");
        sql.bind(before).push(" AND NOT (FALSE");
        push_longer(&mut sql, policy, before);
        sql.push(")");
        self.count_rows(sql).await
    }

    async fn count_rows(&self, sql: Sql) -> Result<u64, Refusal> {
        let rows = self.read(sql.finish()).await?;
        let n = rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    /// What the server found when it last computed its log anew.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn last_verified(&self) -> Result<Option<Verified>, Refusal> {
        let code = i64::from(Action::LedgerVerify.code());
        // By the account in whose name it is done: it does little else.
        let sql = "SELECT e.id, e.at, e.body FROM event e WHERE e.actor = ?1 AND e.action = ?2 \
                   ORDER BY e.at DESC, e.seq DESC LIMIT 1";
        let rows = self.read(Query::point(sql, vec![SYSTEM.into(), code.into()])).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let read = || Ok((row.event(0)?, row.time(1)?, row.opt_bytes(2)?));
        let (id, at, body) = read().map_err(broken)?;
        let body = body.and_then(|b| self.gate().recorder().open_body(id, b).ok());
        let number = |key: &str| {
            let detail = body.as_ref().and_then(|b| b.actor.get("detail"));
            detail.and_then(|d| d.get(key)).and_then(Value::as_u64).unwrap_or(0)
        };
        Ok(Some(Verified { at, entries: number("entries"), findings: number("findings") }))
    }

    /// Whether the log is to be computed anew by the policy in force.
    ///
    /// # Errors
    /// As [`Store::last_verified`].
    pub async fn verification_due(&self, now: UnixMs) -> Result<bool, Refusal> {
        let hours = i64::from(self.gate().settings().audit.frequency.verify_hours);
        Ok(self.last_verified().await?.is_none_or(|v| now >= v.at.plus_seconds(hours * 3600)))
    }

    /// Records that the log was computed anew, and what was found.
    ///
    /// # Errors
    /// [`JournalError`].
    pub async fn note_verification(&self, now: UnixMs, entries: u64, findings: u64) -> Result<(), JournalError> {
        let decision = if findings == 0 { Decision::Allowed } else { Decision::Failed };
        let detail = json!({ "act": "ledger.verify", "entries": entries, "findings": findings });
        let caller = Self::system_caller(Channel::Job, "verify", now);
        self.gate.note(&caller, Action::LedgerVerify, decision, detail, vec![]).await?;
        Ok(())
    }
}

/// Of a hundred events, how many say less.
fn share(depth: Depth) -> u64 {
    match depth {
        Depth::Full => 0,
        Depth::Counted => 100,
        Depth::Sampled { one_in } => 100_u64.saturating_sub(100 / u64::from(one_in.max(1))),
    }
}

/// ` OR …` over the event table as `e`: what the policy keeps longer than the rest, of which `before` is the end.
pub(crate) fn push_longer(sql: &mut Sql, policy: &AuditPolicy, before: UnixMs) {
    let Some(days) = policy.retention.days else { return };
    for (class, kept) in &policy.retention.longer {
        let end = before.plus_days(-i64::from(kept.saturating_sub(days)));
        sql.push(" OR (e.at >= ").bind(end).push(" AND ");
        match class.actions() {
            Some(actions) => sql.push("e.action IN ").bind_list(actions.iter().map(|a| i64::from(a.code()))),
            None => {
                let told = [Decision::Allowed, Decision::Intent].map(|d| i64::from(d.code()));
                debug_assert_eq!(*class, EventClass::Refusals);
                sql.push("e.decision NOT IN ").bind_list(told)
            }
        };
        sql.push(")");
    }
}
