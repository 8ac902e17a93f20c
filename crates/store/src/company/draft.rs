//! A change under way: the picture it was made from, the picture it makes, and the statements between them.

use std::sync::{Arc, OnceLock};

use access::path::{Change, Disclosed, Grant, OnSystem, Refusal, Seals};
use model::UnixMs;
use serde_json::Value;

use super::load::Loaded;
use super::membership;
use super::settings::put_setting;
use crate::Store;
use crate::identity::Forget;

/// What an operation's event tells besides what was asked for: the values before the change, new ids. Set once by the
/// store, after admission, so that the event of a change names old and new.
#[derive(Debug, Default, Clone)]
pub struct Note(OnceLock<Value>);

impl Note {
    pub(crate) fn set(&self, value: Value) {
        // A second setting is ignored: an operation is carried out once.
        let _ = self.0.set(value);
    }
    pub(crate) fn get(&self) -> Value {
        self.0.get().cloned().unwrap_or(Value::Null)
    }
}

/// A change to the company.
pub(crate) struct Draft {
    pub(crate) from: Arc<Loaded>,
    /// The picture the change makes; checks that hold for the whole company look at it.
    pub(crate) next: Loaded,
    pub(crate) changes: Vec<Change>,
    /// Sessions and tokens that the change ends.
    pub(crate) forget: Vec<Forget>,
    /// What the event tells besides.
    pub(crate) told: Vec<crate::identity::Told>,
    seals: Seals,
}

impl Draft {
    pub(crate) fn new(from: Arc<Loaded>, seals: Seals) -> Self {
        let mut next = Loaded::clone(&from);
        next.epoch = from.epoch.saturating_add(1);
        // First of all statements, so that a change that came first is answered as such and not as a broken rule.
        let moved = Change::new(
            "UPDATE meta SET value = ?2 WHERE key = 'epoch' AND value = ?1",
            vec![from.epoch.to_string().into(), next.epoch.to_string().into()],
        );
        Draft { from, next, changes: vec![moved.expecting(1)], forget: vec![], told: vec![], seals }
    }
    /// A setting's new value.
    pub(crate) fn set(&mut self, key: &str, value: &impl serde::Serialize) -> Result<(), Refusal> {
        let change = put_setting(key, value)?;
        self.next.rows.put(&self.seals, "setting", 1, &change.params);
        self.changes.push(change);
        Ok(())
    }
    /// A row that counts for the company's seal; its first `keys` columns are its key.
    pub(crate) fn put_row(&mut self, table: &'static str, keys: usize, columns: &[access::path::Param]) {
        self.next.rows.put(&self.seals, table, keys, columns);
    }
    /// Whether there is such a row, as the change leaves it.
    pub(crate) fn has_row(&self, table: &'static str, key: &[access::path::Param]) -> bool {
        self.next.rows.has(table, key)
    }
    /// Tells people, in the unit of the change.
    pub(crate) fn tell(&mut self, telling: crate::notices::Telling) {
        telling.into_parts(&mut self.told, &mut self.changes);
    }
    /// A new version of the policy.
    pub(crate) fn publish(&mut self, insert: Change) {
        self.next.rows.put_policy(&self.seals, &insert.params);
        self.changes.push(insert);
    }
    /// Seals the picture the change makes: the last of its statements, and what the event tells of it.
    pub(crate) fn seal(&mut self, at: UnixMs) -> (&'static str, Value) {
        self.keep_membership(at);
        let mut rows = std::mem::take(&mut self.next.rows);
        rows.follow(&self.seals, Some(&self.from), &self.next);
        self.next.rows = rows;
        let anchor = self.next.anchor();
        let sealed = "UPDATE meta SET value = ?2 WHERE key = ?1";
        let params = vec![super::rows::SEAL.into(), anchor.seal(&self.seals).into()];
        self.changes.push(Change::new(sealed, params).expecting(1));
        anchor.told()
    }
    /// Keeps who is whom from now on, where that changes; the first time, also who was whom before.
    fn keep_membership(&mut self, at: UnixMs) {
        let (before, after) = (membership::Whole::of(&self.from), membership::Whole::of(&self.next));
        if before == after {
            return;
        }
        let first = (!self.from.rows.has_any(membership::TABLE)).then(|| (self.from.epoch, before.step_from(None)));
        let next = (self.next.epoch, after.step_from(Some(&before)));
        for (epoch, step) in first.into_iter().chain([next]) {
            // What cannot be written never gets this far.
            let body = serde_json::to_string(&step).unwrap_or_default();
            let mut row = membership::row(epoch, at, &body);
            self.put_row(membership::TABLE, 1, &row);
            row.push(body.into());
            self.push(membership::INSERT, row);
        }
    }
    pub(crate) fn push(&mut self, sql: &'static str, params: Vec<access::path::Param>) {
        self.changes.push(Change::new(sql, params));
    }
    pub(crate) fn push_expecting(&mut self, sql: &'static str, params: Vec<access::path::Param>, rows: u64) {
        self.changes.push(Change::new(sql, params).expecting(rows));
    }
}

impl Store {
    /// Makes one change: `edit` checks it against the picture in force and drafts it; then it is made durable with its
    /// event and put in force. Once drafted it runs to its end, also when the request that asked for it is dropped:
    /// what is durable must be in force.
    ///
    /// # Errors
    /// What `edit` refuses (recorded), [`Refusal::Conflict`] when another change came first, [`Refusal::AuditUnavailable`].
    pub(crate) async fn change_company<O: OnSystem, T: Send + 'static>(
        &self,
        grant: Grant<O>,
        edit: impl FnOnce(&Grant<O>, &mut Draft) -> Result<T, Refusal>,
    ) -> Result<Disclosed<T>, Refusal> {
        let one_at_a_time = self.company.admin.clone().lock_owned().await;
        let mut draft = Draft::new(self.company.loaded(), self.gate.recorder().seals().clone());
        let answer = match edit(&grant, &mut draft) {
            Ok(answer) => answer,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let store = self.clone();
        let made = tokio::spawn(async move {
            let made = store.make(grant, draft, answer).await;
            drop(one_at_a_time);
            made
        });
        made.await.unwrap_or(Err(Refusal::AuditUnavailable))
    }

    async fn make<O: OnSystem, T>(
        &self,
        grant: Grant<O>,
        mut draft: Draft,
        answer: T,
    ) -> Result<Disclosed<T>, Refusal> {
        let mut told = vec![draft.seal(grant.now())];
        told.append(&mut draft.told);
        match grant.carry_out_telling(told, draft.changes, answer).await {
            Ok(done) => {
                self.install(draft.next);
                self.identity.forget(&draft.forget);
                Ok(done)
            }
            Err(refusal) => {
                // A conflict means that another node's change is not in force here yet.
                if let Err(error) = self.refresh().await {
                    tracing::error!(%error, "the company could not be read again");
                }
                Err(refusal)
            }
        }
    }
}
