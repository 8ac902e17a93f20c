//! Rules about dates: once a day of the company's calendar, what they name is done to the records whose date is that far away.
//!
//! Rule: nobody acts, so the event is the system's, and names the rule. A rule is done to a record once for each day: a row of that
//! day stands in the way of a second, on whichever node.

use access::path::{Change, Changed, JournalError, Refusal, keeps_rules};
use model::automation::{Automation, Trigger};
use model::{Action, Channel, ObjectType, StoredRow, UnixMs};
use serde_json::json;

use super::apply::Left;
use super::trigger::passes;
use crate::records::{Numbering, broken, check_stages, statements};
use crate::sql::Sql;
use crate::{Store, row};

/// Records of one rule in a round; the rest follow in the next.
const ROUND: usize = 200;

impl Store {
    /// Does what rules about dates say for today; gives to how many records.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`], [`Refusal::StoreUnavailable`]: what was done until then is.
    pub async fn run_due_automations(&self, now: UnixMs) -> Result<u64, Refusal> {
        let company = self.company();
        let mut done = 0;
        for rule in company.automations.iter().filter(|r| r.on) {
            let Trigger::Due { field, days } = &rule.when else { continue };
            let Some((_, object)) = company.objects.get(&rule.object) else { continue };
            let Some(slot) = object.field(field.as_str()).and_then(|f| f.slot) else { continue };
            let today = self.today(now);
            let wanted = today.saturating_add(i64::from(*days));
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
            sql.push(" AND r.").push(&slot.column()).push(" = ").bind(wanted);
            sql.push(" AND NOT EXISTS (SELECT 1 FROM automation_run a WHERE a.rule = ").bind(rule.name.as_str());
            sql.push(" AND a.record = r.id AND a.day = ").bind(today).push(") ORDER BY r.id LIMIT ");
            sql.bind(i64::try_from(ROUND).unwrap_or(i64::MAX));
            for found in self.read(sql.finish()).await? {
                let row = row::read(&found, object, self.seals()).map_err(broken)?;
                if !passes(rule, object, &row) {
                    continue;
                }
                match self.run_due(rule, object, &row, today, now).await {
                    Ok(()) => done += 1,
                    Err(e @ (Refusal::AuditUnavailable | Refusal::StoreUnavailable(_))) => return Err(e),
                    Err(error) => {
                        tracing::warn!(record.id = %row.id, rule = rule.name, %error, "a rule was not carried out");
                    }
                }
            }
        }
        Ok(done)
    }

    async fn run_due(
        &self,
        rule: &Automation,
        object: &ObjectType,
        row: &StoredRow,
        today: i64,
        now: UnixMs,
    ) -> Result<(), Refusal> {
        let caller = Self::system_caller(Channel::Job, "automation", now);
        let mut sets = self.sets_of(rule, object, &caller);
        let mut beside = access::path::Values::new();
        let mut left_out = false;
        if !sets.is_empty() {
            let kept = match check_stages(object, Some(row), &sets, &std::collections::BTreeSet::new()) {
                Ok(()) if !keeps_rules(object, row, &sets, false) => Err(Refusal::Conflict),
                Ok(()) => self.approval_of_change(object, row, &sets, now).await,
                Err(refusal) => Err(refusal),
            };
            match kept {
                Ok(kept) => beside = kept,
                Err(_) => {
                    left_out = true;
                    sets.clear();
                }
            }
        }
        let changed: Vec<_> = sets.keys().cloned().collect();
        let left = Left { object, row, new: false };
        let mut numbering = Numbering::default();
        let how = (changed.as_slice(), left_out, Some(today));
        let mut done = self.carry_out_rule(rule, &left, &caller, how, &mut numbering).await?;
        let mut records = vec![Changed { record: row.id, customer: row.customer, version: 0 }];
        let mut changes: Vec<Change> = std::mem::take(&mut numbering.changes);
        if !sets.is_empty() {
            sets.extend(beside);
            let places = self.gate.seal_change(object, row, &sets)?;
            changes.extend(statements::update(object, row, &places, now));
            records = vec![Changed { version: row.version.saturating_add(1), ..records.remove(0) }];
        }
        changes.append(&mut done.changes);
        records.extend(done.made.into_iter().map(|(record, _)| record));
        let mut told: Vec<_> = numbering.told().into_iter().collect();
        done.telling.into_parts(&mut told, &mut changes);
        let detail = json!({ "act": "automation.run", "automations": [done.told], "runs": [done.run] });
        let detail = access::path::tell(detail, told);
        let name = format!("automation.{}", rule.name);
        let noted = self
            .gate
            .note_on_all(&caller, (Action::AutomationRun, &object.name), detail, (&name, &records), changes)
            .await;
        noted.map_err(|error| match error {
            // Another node did it, or the record was changed meanwhile: then it is done in the next round.
            JournalError::Conflict { .. } | JournalError::Taken { .. } => Refusal::Conflict,
            JournalError::Failed { reason, .. } => Refusal::StoreUnavailable(reason),
            JournalError::Unavailable => Refusal::AuditUnavailable,
        })
    }
}
