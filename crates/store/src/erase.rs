//! Erasing a customer 销毁: the data key is destroyed, and with it every value, every change and every link of theirs.
//!
//! What stays: the ledger, whose leaves hold no personal data; commitments of touches, which nobody can open any more; and
//! the erasure's own event, which says that this customer was erased, by whom and why. What was done to the customer by
//! hand (created, edited, shared, asked about) stays provable: those items hold ids and no value.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::{Action, Decision, ObjectName, RecordId};
use serde::Serialize;

use crate::Store;
use crate::database::Query;
use crate::hold::{check_reason, lock_customer};
use crate::records::broken;

/// Erase a customer and all that is theirs.
pub struct EraseCustomer {
    object: ObjectName,
    pub customer: RecordId,
    pub reason: String,
}

impl EraseCustomer {
    /// `object` is the object type of records that have a key of their own: `customer`.
    pub fn new(object: ObjectName, customer: RecordId, reason: impl Into<String>) -> Self {
        Self { object, customer, reason: reason.into() }
    }
}

impl Operation for EraseCustomer {
    const ACTION: Action = Action::Erase;
}
impl OnRecords for EraseCustomer {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.customer)
    }
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "customer": self.customer, "reason": self.reason })
    }
}

/// What an erasure did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ErasedCustomer {
    pub customer: RecordId,
    /// Records deleted, the customer's own among them.
    pub records: i64,
    /// Whether the database's files were cleaned at once. If not, [`Store::finish_erasures`] does it.
    pub scrubbed: bool,
}

impl Store {
    /// Erases a customer. Nothing of theirs is readable afterwards in the database, its log files or later backups. A second
    /// time finds nothing, like an id that never was.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `legal_hold` or `retention_duty`; [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`],
    /// [`Refusal::Invalid`] for the reason; [`Refusal::Conflict`] when a hold was placed or a record added meanwhile. All
    /// recorded; nothing was changed.
    pub async fn erase(&self, grant: Grant<EraseCustomer>) -> Result<Disclosed<ErasedCustomer>, Refusal> {
        if let Err(refusal) = check_reason(&grant.operation().reason) {
            return Err(grant.refuse(refusal).await);
        }
        // The right comes first: who may not erase learns nothing about holds and duties.
        let (grant, row) = self.fetch_for_act(grant).await?;
        let customer = row.id;
        let reached = grant.filters().iter().all(|f| f.allows(&row));
        if reached {
            let barred = if row.customer == row.id {
                self.barred(customer, row.created_at, grant.now()).await
            } else {
                // Only what has a key of its own can be erased; a contact is deleted.
                Err(Refusal::invalid("customer", "not_a_customer", "only a customer can be erased"))
            };
            if let Err(refusal) = barred {
                return Err(grant.refuse(refusal).await);
            }
        }
        let now = grant.now();
        let found = async {
            // What was merged into the customer is theirs: it has a key and looks of its own.
            let all = self.with_merged(customer).await?;
            let (mut counted, mut files) = (vec![], vec![]);
            for one in &all {
                if reached && *one != customer {
                    let made = one.made_at().unwrap_or(row.created_at);
                    self.barred(*one, made, now).await?;
                }
                counted.push((*one, self.records_of(*one).await?));
                files.extend(self.file_ids("customer", *one).await?);
            }
            Ok((counted, self.touched_segments().await?, files))
        };
        let (all, segments, files) = match found.await {
            Ok(found) => found,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let records = all.iter().map(|(_, n)| n).sum();
        // Files that hold the customer go first: if the erasure then fails, they are gone all the same, and can be made again.
        for (one, _) in all.iter().filter(|_| reached) {
            if let Err(refusal) = Box::pin(self.withdraw_exports(*one, now)).await {
                return Err(grant.refuse(refusal).await);
            }
        }
        let mut write = grant.act_on(&row).await?;
        let mut changes = vec![];
        for (one, records) in &all {
            changes.extend(statements(*one, now, *records, &segments));
            if *one != customer {
                write.about(*one, *one);
            }
        }
        let done = write.commit(changes).await?;
        for (one, _) in &all {
            // Durable. From here on the key exists nowhere but in this process's memory.
            self.gate().recorder().forget(*one);
            // An export under way may have read the customer in between.
            if Box::pin(self.withdraw_exports(*one, now)).await.is_err() {
                tracing::error!("exports under way could not be withdrawn after an erasure; they expire by themselves");
            }
        }
        // Nobody can open them any more; the bytes go too.
        self.clear_files(&files).await;
        let scrubbed = match self.scrub(all.iter().map(|(one, _)| due(*one)).collect()).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!(error, "the database's files could not be cleaned after an erasure; it is tried again");
                false
            }
        };
        Ok(done.map(|_| ErasedCustomer { customer, records, scrubbed }))
    }

    /// Cleans the database's files after erasures and retentions that could not do so themselves: the server had stopped, or a long
    /// transaction still saw the keys. How many.
    ///
    /// # Errors
    /// What stood against it; to be tried again.
    pub async fn finish_erasures(&self) -> Result<usize, String> {
        let query = Query::new("SELECT key FROM meta WHERE key LIKE 'scrub_due/%'", vec![]);
        let rows = self.db.read(query).await.map_err(|e| e.to_string())?;
        let keys = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>().map_err(|e| e.to_string())?;
        // A key that names nothing of ours was noted by nobody; doctor tells of it.
        let ours = |what: &str| {
            [crate::retention::LOG_KEYS, crate::exports::EXPORT_KEYS].contains(&what)
                || what.parse::<RecordId>().is_ok()
        };
        let due: Vec<String> =
            keys.iter().filter(|key| key.strip_prefix(DUE).is_some_and(ours)).map(|key| (*key).to_owned()).collect();
        let n = due.len();
        if n > 0 {
            self.scrub(due).await?;
        }
        Ok(n)
    }

    /// `due` was noted before the cleaning began: an erasure meanwhile stays noted.
    pub(crate) async fn scrub(&self, due: Vec<String>) -> Result<(), String> {
        // Events that had no rows yet when the key was destroyed (they waited for the leader) were not met by the erasure: the
        // links they brought along go now, before it counts as done.
        let customers: Vec<RecordId> = due.iter().filter_map(|key| key.strip_prefix(DUE)?.parse().ok()).collect();
        if !customers.is_empty() {
            if !self.db.caught_up().await {
                return Err("events from before the erasure still wait for their place in the log".to_owned());
            }
            let segments = self.touched_segments().await.map_err(|_| "the log cannot be read".to_owned())?;
            let unlink = customers.iter().map(|c| unlink_late(*c, &segments)).collect();
            self.db.maintain(unlink).await.map_err(|e| e.to_string())?;
        }
        self.db.scrub_freed().await.map_err(|e| e.to_string())?;
        let forget = |key: String| Change::new("DELETE FROM meta WHERE key = ?1", vec![key.into()]);
        self.db.maintain(due.into_iter().map(forget).collect()).await.map_err(|e| e.to_string())
    }

    async fn barred(&self, customer: RecordId, created_at: model::UnixMs, now: model::UnixMs) -> Result<(), Refusal> {
        if self.is_held(customer).await? {
            let reason = "a legal hold stands on this customer".to_owned();
            return Err(Refusal::Barred { code: "legal_hold", reason });
        }
        let days = self.retention_rules().await?.duty_days;
        let until = created_at.plus_days(i64::from(days));
        if now < until {
            let reason = format!("the duty to keep this customer's records ends at {until}");
            return Err(Refusal::Barred { code: "retention_duty", reason });
        }
        Ok(())
    }

    async fn records_of(&self, customer: RecordId) -> Result<i64, Refusal> {
        let query = Query::new("SELECT COUNT(*) FROM record WHERE customer = ?1", vec![customer.into()]);
        let rows = self.read(query).await?;
        rows.first().map_or(Ok(0), |row| row.int(0).map_err(broken))
    }
}

/// Before the name of what is still to be cleaned away.
const DUE: &str = "scrub_due/";

/// Under which key it is noted that an erasure's bytes are still to be cleaned away.
fn due(customer: RecordId) -> String {
    scrub_due(&customer.to_string())
}

/// The same for anything else that was destroyed.
pub(crate) fn scrub_due(what: &str) -> String {
    format!("{DUE}{what}")
}

/// The links from events to this customer's records go; the commitments stay, so that the other customers of the same pages can
/// still be proved. 2: erased.
fn unlink(segments: &str) -> String {
    format!(
        "UPDATE touch AS t SET record = customer, disclosure = 0, keyed = 2 WHERE t.customer = ?1 AND t.keyed = 1{segments}"
    )
}

/// Of the events that stand before the erasure in the log: a look that ended after it keeps its link, as an event after it.
fn unlink_late(customer: RecordId, segments: &str) -> Change {
    // The number of the erasure is written out, so that the partial index of the few is found.
    let erasure = "SELECT MIN(e.seq) FROM event e CROSS JOIN touch x WHERE e.action = 14 AND e.decision = ?2 \
                   AND x.seq = e.seq AND x.customer = ?1 AND x.keyed = 0";
    Change::new(
        format!("{} AND t.seq < ({erasure})", unlink(segments)),
        vec![customer.into(), i64::from(Decision::Allowed.code()).into()],
    )
}

fn statements(customer: RecordId, now: model::UnixMs, records: i64, segments: &str) -> Vec<Change> {
    let mut changes = vec![
        lock_customer(customer),
        // A statement of its own after the lock, so that it sees a hold placed while this one waited.
        Change::new(
            "UPDATE data_key SET kek_version = NULL, wrapped = NULL, erased_at = ?2 \
             WHERE customer = ?1 AND erased_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.customer = ?1 AND h.released_at IS NULL)",
            vec![customer.into(), now.into()],
        )
        .expecting(1),
    ];
    // With the erasure itself: a server that dies before the cleaning finds it to do.
    changes.push(Change::new("INSERT INTO meta (key, value) VALUES (?1, '')", vec![due(customer).into()]));
    for table in ["blind", "taken", "imported", "member", "request", "notice", "comment", "automation_run"] {
        changes.push(Change::new(
            format!("DELETE FROM {table} WHERE record IN (SELECT id FROM record WHERE customer = ?1)"),
            vec![customer.into()],
        ));
    }
    changes.push(
        Change::new("DELETE FROM record WHERE customer = ?1", vec![customer.into()])
            .expecting(u64::try_from(records).unwrap_or(0)),
    );
    // What merges kept of the customer, and of records of theirs.
    changes.push(Change::new("DELETE FROM merge_kept WHERE customer = ?1", vec![customer.into()]));
    // After the records, so that it sees a file that was added while this one waited for them.
    changes.push(Change::new("DELETE FROM attachment WHERE customer = ?1", vec![customer.into()]));
    changes.push(Change::new(unlink(segments), vec![customer.into()]));
    changes
}
