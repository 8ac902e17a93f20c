//! Retention 留存期限: how long bodies of events are kept, and how long customers must be.
//!
//! Rule: leaves and tiles are never dropped. A retention is recorded before it drops anything, and what a legal hold protects it
//! passes over. It drops by destroying the keys of the days that are over, which is one act however much they sealed; the rows
//! themselves are swept away afterwards, in steps so small that nobody who writes waits for them. In between, questions are
//! answered as if they were gone.

use access::path::{Change, Disclosed, Grant, JournalError, OnSystem, Operation, Param, Refusal, log_day};
use model::{Action, UnixMs};
use serde::{Deserialize, Serialize};
use vault::LogKeyId;

use crate::Store;
use crate::company::{AUDIT_DAYS, barred, push_longer};
use crate::database::Query;
use crate::erase::scrub_due;
use crate::records::broken;
use crate::sql::Sql;

pub use model::audit_policy::{MAX_DAYS, MIN_AUDIT_DAYS};
/// Events dropped in one transaction: some milliseconds of the writer.
const STEP: i64 = 500;
/// What is noted to be cleaned away once keys were destroyed.
pub(crate) const LOG_KEYS: &str = "log_keys";
/// Bodies sealed anew in one transaction.
const RESEALED: usize = 200;

/// How long things are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionRules {
    /// Bodies of events are dropped after so many days; `None` keeps them.
    pub audit_days: Option<u32>,
    /// A customer may not be erased before this many days after it was made.
    pub duty_days: u32,
}

/// Change the rules. Stored as settings `audit_retention_days` and `retention_duty_days`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRetention {
    pub rules: RetentionRules,
}

/// Drop what the rule in force no longer keeps. `days` must be that rule's: what is recorded is what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplyRetention {
    pub days: u32,
    /// Events before this moment lose their bodies. The beginning of a day in UTC, as keys are for whole days.
    pub before: UnixMs,
}

impl ApplyRetention {
    /// What a rule of `days` means at `now`: what is older than it by a part of a day stays until the day is over.
    pub fn at(now: UnixMs, days: u32) -> Self {
        Self { days, before: begins(log_day(now.plus_days(-i64::from(days)))) }
    }
}

/// The first moment of a day of the log's keys.
fn begins(day: u32) -> UnixMs {
    UnixMs(0).plus_days(i64::from(day))
}

/// Ask for the rules in force.
#[derive(Debug, Clone, Copy)]
pub struct ReadRetention;

impl Operation for ReadRetention {
    const ACTION: Action = Action::SettingManage;
}
impl OnSystem for ReadRetention {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "retention.read" })
    }
}

impl Operation for ChangeRetention {
    const ACTION: Action = Action::SettingManage;
}
impl OnSystem for ChangeRetention {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "retention.change", "new": self.rules })
    }
}
impl Operation for ApplyRetention {
    const ACTION: Action = Action::Retain;
}
impl OnSystem for ApplyRetention {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "retention.apply", "rule": "audit_retention_days", "days": self.days, "before": self.before })
    }
}

/// What a retention dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Retained {
    /// Keys that were destroyed. What they sealed is gone with them.
    pub keys: u64,
    /// Events that stay readable because a hold stands on a customer they touched, or the policy keeps their kind longer.
    pub held: u64,
}

/// What a sweep cleared away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Swept {
    /// Events whose bodies and touches were removed.
    pub events: u64,
    /// Events passed over because of a hold, or because the policy keeps their kind longer.
    pub held: u64,
}

fn bad_days(field: &str, reason: String) -> Refusal {
    Refusal::invalid(field, "invalid_value", reason)
}

impl RetentionRules {
    fn check(self) -> Result<(), Refusal> {
        if self.audit_days.is_some_and(|days| !(MIN_AUDIT_DAYS..=MAX_DAYS).contains(&days)) {
            return Err(bad_days("audit_days", format!("{MIN_AUDIT_DAYS} to {MAX_DAYS} days, as the law wants")));
        }
        if self.duty_days > MAX_DAYS {
            return Err(bad_days("duty_days", format!("at most {MAX_DAYS} days")));
        }
        Ok(())
    }
}

impl Store {
    /// The rules in force. A setting that cannot be read keeps everything.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`]; [`Refusal::Damaged`] when a setting is not a number.
    pub async fn retention_rules(&self) -> Result<RetentionRules, Refusal> {
        let sql = "SELECT key, value FROM setting WHERE key IN ('audit_retention_days', 'retention_duty_days')";
        let mut rules = RetentionRules { audit_days: None, duty_days: 0 };
        for row in self.read(Query::point(sql, vec![])).await? {
            let value: Option<u32> =
                serde_json::from_str(row.text(1).map_err(broken)?).map_err(|_| Refusal::Damaged)?;
            match row.text(0).map_err(broken)? {
                "audit_retention_days" => rules.audit_days = value,
                _ => rules.duty_days = value.unwrap_or(0),
            }
        }
        Ok(rules)
    }

    /// Discloses the rules in force.
    ///
    /// # Errors
    /// As [`Store::retention_rules`]; [`Refusal::AuditUnavailable`].
    pub async fn read_retention(&self, grant: Grant<ReadRetention>) -> Result<Disclosed<RetentionRules>, Refusal> {
        match self.retention_rules().await {
            Ok(rules) => grant.carry_out(vec![], rules).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Changes the rules.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] below [`MIN_AUDIT_DAYS`] or beyond [`MAX_DAYS`]; [`Refusal::Barred`] `four_eyes` for contents that would
    /// be kept for less time: that takes two people ([`crate::company::ProposeAuditPolicy`]); [`Refusal::AuditUnavailable`].
    pub async fn change_retention(&self, grant: Grant<ChangeRetention>) -> Result<Disclosed<()>, Refusal> {
        let rules = grant.operation().rules;
        self.change_company(grant, |_, draft| {
            rules.check()?;
            let have = draft.from.settings.audit.retention.days;
            if have != rules.audit_days {
                // Whoever could shorten it alone could have the traces of a deed go early.
                if rules.audit_days.is_some_and(|days| have.is_none_or(|have| days < have)) {
                    return Err(barred("four_eyes", "a shorter retention is a change of the audit policy"));
                }
                let kept = &mut draft.next.settings.audit.retention;
                kept.days = rules.audit_days;
                if kept.longer.values().any(|longer| rules.audit_days.is_none_or(|days| *longer <= days)) {
                    return Err(barred("four_eyes", "kinds of events are kept by the audit policy; change it there"));
                }
            }
            draft.set(AUDIT_DAYS, &rules.audit_days)?;
            draft.set("retention_duty_days", &rules.duty_days)
        })
        .await
    }

    /// Records the retention, then destroys the keys of all days before [`ApplyRetention::before`]. What a hold protects is sealed
    /// anew first. The rows are for [`Store::sweep_retained`] to clear away.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `retention_minimum` or `retention_rule` when the operation is not what the rule in force says
    /// (recorded; nothing dropped); [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`] on the way: then no key was
    /// destroyed, and the next retention does it.
    pub async fn apply_retention(&self, grant: Grant<ApplyRetention>) -> Result<Disclosed<Retained>, Refusal> {
        let op = *grant.operation();
        let now = grant.now();
        let allowed = self.retention_rules().await.and_then(|rules| allowed(op, rules, now));
        if let Err(refusal) = allowed {
            return Err(grant.refuse_system(refusal).await);
        }
        let longer = self.company().settings.audit.retention.longer.clone();
        // What was kept for longer than the rest and is over by now lies before where the last sweep stood.
        let again = Change::new("DELETE FROM meta WHERE key = 'retained_to'", vec![]);
        let again = if longer.is_empty() { vec![] } else { vec![again] };
        let recorded = grant.carry_out_telling(vec![("longer", serde_json::json!(longer))], again, ()).await?;
        let done = self.drop_keys(op.before, now).await?;
        Ok(recorded.map(|()| done))
    }

    async fn drop_keys(&self, before: UnixMs, now: UnixMs) -> Result<Retained, Refusal> {
        let first = LogKeyId::new(log_day(before), [0; 12]).as_bytes().to_vec();
        let count = Query::point("SELECT COUNT(*) FROM log_key WHERE id < ?1", vec![first.clone().into()]);
        let keys = self.read(count).await?.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
        if keys == 0 {
            return Ok(Retained::default());
        }
        let held = self.keep_held(before, now).await?;
        let due = scrub_due(LOG_KEYS);
        self.maintained(vec![
            Change::new("DELETE FROM log_key WHERE id < ?1", vec![first.into()]),
            Change::new(
                "INSERT INTO meta (key, value) VALUES (?1, '') ON CONFLICT (key) DO NOTHING",
                vec![due.clone().into()],
            ),
        ])
        .await?;
        self.gate().recorder().log_keys().forget_before(log_day(before));
        if let Err(error) = self.scrub(vec![due]).await {
            tracing::error!(error, "the database's files could not be cleaned after a retention; it is tried again");
        }
        Ok(Retained { keys: u64::try_from(keys).unwrap_or(0), held })
    }

    /// Bodies that a hold protects or the policy keeps longer, sealed anew under a key of today; how many there are.
    async fn keep_held(&self, before: UnixMs, now: UnixMs) -> Result<u64, Refusal> {
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT DISTINCT e.seq FROM legal_hold h CROSS JOIN touch t ");
        sql.push("CROSS JOIN event e WHERE h.released_at IS NULL AND t.customer = h.customer AND e.seq = t.seq");
        sql.push(&self.touched_segments().await?).push(" AND e.body IS NOT NULL AND e.at < ").bind(before);
        let rows = self.read(sql.finish()).await?;
        let mut seqs = rows.iter().map(|row| row.int(0)).collect::<Result<Vec<_>, _>>().map_err(broken)?;
        let policy = &self.company().settings.audit;
        if !policy.retention.longer.is_empty() {
            let mut sql = Sql::new(self.db.dialect(), "SELECT e.seq FROM event e WHERE e.body IS NOT NULL AND e.at < ");
            sql.bind(before).push(" AND (FALSE");
            push_longer(&mut sql, policy, before);
            sql.push(")");
            for row in self.read(sql.finish()).await? {
                seqs.push(row.int(0).map_err(broken)?);
            }
            seqs.sort_unstable();
            seqs.dedup();
        }
        let recorder = self.gate().recorder();
        for part in seqs.chunks(RESEALED) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT seq, id, body FROM event WHERE seq IN ");
            sql.bind_list(part.iter().copied());
            let mut changes = Vec::new();
            for row in self.read(sql.finish()).await? {
                let (seq, id, body) =
                    (row.int(0).map_err(broken)?, row.event(1).map_err(broken)?, row.bytes(2).map_err(broken)?);
                if recorder.log_keys().day_of(body).is_none_or(|day| day >= log_day(before)) {
                    continue;
                }
                // One that does not open was altered; there is nothing of it to keep, and `doctor` says so.
                let Ok((again, store)) = recorder.reseal_body(id, body, now) else { continue };
                changes.extend(store);
                changes.push(Change::new(
                    "UPDATE event SET body = ?2 WHERE seq = ?1 AND body = ?3",
                    vec![seq.into(), again.into(), body.to_vec().into()],
                ));
            }
            self.maintained(changes).await?;
        }
        Ok(seqs.len() as u64)
    }

    async fn maintained(&self, changes: Vec<Change>) -> Result<(), Refusal> {
        if changes.is_empty() {
            return Ok(());
        }
        self.db.maintain(changes).await.map_err(|error| match error {
            JournalError::Unavailable => Refusal::AuditUnavailable,
            error => Refusal::StoreUnavailable(error.to_string()),
        })
    }

    /// The condition on `event` as `e` that passes over what the newest retention on record has dropped, swept or not.
    pub(crate) fn push_kept(&self, sql: &mut Sql, retained_before: UnixMs) {
        if retained_before.0 == i64::MIN {
            return;
        }
        sql.push(" AND (e.at >= ").bind(retained_before);
        sql.push(" OR EXISTS (SELECT 1 FROM touch k JOIN legal_hold h ON h.customer = k.customer ");
        sql.push("WHERE k.seq = e.seq AND h.released_at IS NULL)");
        push_longer(sql, &self.company().settings.audit, retained_before);
        sql.push(")");
    }

    /// Clears away, in small steps, what the newest retention on record has dropped and no hold protects; destroys its keys first
    /// where that was interrupted. One that was interrupted itself is finished by the next.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`], with what was swept until then swept.
    pub async fn sweep_retained(&self, now: UnixMs) -> Result<Swept, Refusal> {
        self.ready_to_ask().await?;
        let before = self.retained_before().await?;
        self.drop_keys(before, now).await?;
        let sql = "SELECT value FROM meta WHERE key = 'retained_to'";
        let rows = self.read(Query::point(sql, vec![])).await?;
        let done = rows.first().map(|row| row.text(0)).transpose().map_err(broken)?;
        let mut at: (i64, i64) = done
            .and_then(|text| text.split_once('.'))
            .and_then(|(at, seq)| Some((at.parse().ok()?, seq.parse().ok()?)))
            .unwrap_or((i64::MIN, -1));
        let mut swept = Swept::default();
        let policy = self.company().settings.audit.clone();
        loop {
            let mut sql = Sql::new(self.db.dialect(), "SELECT e.at, e.seq, ");
            sql.push("CAST(CASE WHEN e.body IS NULL THEN 1 ELSE 0 END AS BIGINT), ");
            sql.push("(SELECT COUNT(*) FROM touch t JOIN legal_hold h ON h.customer = t.customer ");
            sql.push("WHERE t.seq = e.seq AND h.released_at IS NULL) + CAST(CASE WHEN FALSE");
            push_longer(&mut sql, &policy, before);
            sql.push(" THEN 1 ELSE 0 END AS BIGINT) FROM event e WHERE (e.at, e.seq) > (");
            sql.bind(at.0).push(", ").bind(at.1).push(") AND e.at < ").bind(before);
            sql.push(" ORDER BY e.at, e.seq LIMIT ").bind(STEP);
            let rows = self.read(sql.finish()).await?;
            let mut seqs = Vec::new();
            for row in &rows {
                at = (row.int(0).map_err(broken)?, row.int(1).map_err(broken)?);
                match (row.bool(2).map_err(broken)?, row.bool(3).map_err(broken)?) {
                    (_, true) => swept.held += 1,
                    (true, false) => {}
                    (false, false) => seqs.push(at.1),
                }
            }
            if rows.is_empty() {
                return Ok(swept);
            }
            let mut changes = Vec::new();
            if !seqs.is_empty() {
                changes.push(over("UPDATE event SET body = NULL, source = NULL WHERE seq IN ", &seqs, self));
                changes.push(over("DELETE FROM touch WHERE seq IN ", &seqs, self));
                changes.push(over("DELETE FROM observation WHERE seq IN ", &seqs, self));
                swept.events += seqs.len() as u64;
            }
            changes.push(Change::new(
                "INSERT INTO meta (key, value) VALUES ('retained_to', ?1) ON CONFLICT (key) DO UPDATE SET value = ?1",
                vec![format!("{}.{}", at.0, at.1).into()],
            ));
            self.maintained(changes).await?;
        }
    }
}

/// Whether the retention is what the rule in force says.
fn allowed(op: ApplyRetention, rules: RetentionRules, now: UnixMs) -> Result<(), Refusal> {
    if op.days < MIN_AUDIT_DAYS || op.before > now.plus_days(-i64::from(MIN_AUDIT_DAYS)) {
        let reason = format!("access logs are kept for {MIN_AUDIT_DAYS} days at least");
        return Err(Refusal::Barred { code: "retention_minimum", reason });
    }
    if rules.audit_days != Some(op.days) || op.before > now.plus_days(-i64::from(op.days)) {
        let reason = "the rule in force says otherwise".to_owned();
        return Err(Refusal::Barred { code: "retention_rule", reason });
    }
    Ok(())
}

fn over(statement: &str, seqs: &[i64], store: &Store) -> Change {
    let mut sql = Sql::new(store.db.dialect(), statement);
    sql.bind_list(seqs.iter().map(|seq| Param::Int(*seq)));
    let query = sql.finish();
    Change::new(query.sql, query.params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rule_drops_earlier_than_the_law_or_than_itself() {
        let now = UnixMs(1_800_000_000_000);
        let rules = |days| RetentionRules { audit_days: days, duty_days: 0 };
        let code = |op, rules| match allowed(op, rules, now) {
            Err(Refusal::Barred { code, .. }) => code,
            Ok(()) => "allowed",
            Err(_) => "other",
        };
        assert_eq!(code(ApplyRetention::at(now, 400), rules(Some(400))), "allowed");
        assert_eq!(code(ApplyRetention::at(now, 179), rules(Some(179))), "retention_minimum");
        assert_eq!(code(ApplyRetention { days: 400, before: now }, rules(Some(400))), "retention_minimum");
        assert_eq!(code(ApplyRetention { days: 400, before: now.plus_days(-200) }, rules(Some(400))), "retention_rule");
        assert_eq!(code(ApplyRetention::at(now, 300), rules(Some(400))), "retention_rule");
        assert_eq!(code(ApplyRetention::at(now, 400), rules(None)), "retention_rule");
        assert!(rules(Some(179)).check().is_err() && rules(Some(180)).check().is_ok() && rules(None).check().is_ok());
    }
}
