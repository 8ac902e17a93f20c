//! Keys and copies 密钥与备份: how old the keys are, how many there are of each, when the instance was last copied and a copy last tried.
//!
//! Rule: numbers and moments only. No secret, no key's bytes, and of a copy's place its file name alone.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, Decision, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::audit::name_of;
use crate::company::operations;
use crate::records::broken;
use crate::{Query, Store};

/// Key of the setting: when somebody last said that a copy was restored for a trial.
const DRILL: &str = "restore_drill";

/// Ask for the keys.
#[derive(Debug)]
pub struct ReadKeys;

/// Ask for the copies.
#[derive(Debug)]
pub struct ReadBackups;

/// What was found when a copy was restored for a trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// The copy's file name, without its folder.
    pub file: String,
    /// What was not in order, by `doctor`'s names; `restore` where it could not be restored at all.
    pub failed: Vec<String>,
    pub records: u64,
    /// Entries of the log.
    pub ledger_size: u64,
    pub seconds: u64,
}

/// Keep what a trial found.
#[derive(Debug)]
pub struct RecordDrill {
    pub trial: Trial,
}

/// Say that a copy was restored elsewhere for a trial, and opened.
#[derive(Debug)]
pub struct ConfirmDrill;

operations! {
    ReadKeys: KeyManage, |_op| json!({ "act": "key.read" });
    ReadBackups: Backup, |_op| json!({ "act": "backup.read" });
    ConfirmDrill: Backup, |_op| json!({ "act": "backup.drill" });
    RecordDrill: Backup, |op| json!({ "act": "backup.drill", "trial": op.trial });
}

/// One version of the key-encryption key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyAge {
    pub version: u32,
    pub created_at: UnixMs,
    /// Keys wrapped under it: of customers, of the log, of files.
    pub customers: u64,
    pub log: u64,
    pub exports: u64,
}

/// The keys of the instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// `file` or `pkcs11`.
    pub kind: &'static str,
    pub current: u32,
    /// Oldest first.
    pub versions: Vec<KeyAge>,
    /// Since when the log is signed: its signing key is as old.
    pub signed_since: Option<UnixMs>,
}

/// A copy that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupTaken {
    pub at: UnixMs,
    pub by: String,
    /// Without its folder.
    pub file: String,
    pub with_keys: bool,
}

/// The copies of the instance, and the last trial.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backups {
    /// Newest first, the last ten.
    pub taken: Vec<BackupTaken>,
    pub drill: Option<DrillDone>,
}

/// The last trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillDone {
    pub at: UnixMs,
    pub by: String,
    /// `None` where somebody looked for themselves.
    pub trial: Option<Trial>,
}

#[derive(Serialize, Deserialize)]
struct Drill {
    at: UnixMs,
    by: UserId,
    #[serde(default)]
    trial: Option<Trial>,
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn read_keys(&self, grant: Grant<ReadKeys>) -> Result<Disclosed<Keys>, Refusal> {
        match self.keys_and_ages().await {
            Ok(keys) => grant.carry_out(vec![], keys).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(crate) async fn keys_and_ages(&self) -> Result<Keys, Refusal> {
        let info = self.gate().recorder().key_info();
        let counts = self.keys_by_version().await.map_err(broken)?;
        let of = |counts: &std::collections::BTreeMap<u32, u64>, v: u32| counts.get(&v).copied().unwrap_or(0);
        let rows = self.read(Query::point("SELECT MIN(at) FROM event WHERE seq = 0", vec![])).await?;
        Ok(Keys {
            kind: info.kind,
            current: info.current,
            versions: info
                .versions
                .iter()
                .map(|v| KeyAge {
                    version: v.version,
                    created_at: v.created_at,
                    customers: of(&counts.customers, v.version),
                    log: of(&counts.log, v.version),
                    exports: of(&counts.exports, v.version),
                })
                .collect(),
            signed_since: rows.first().map(|row| row.opt_time(0)).transpose().map_err(broken)?.flatten(),
        })
    }

    /// # Errors
    /// As [`Store::read_keys`].
    pub async fn read_backups(&self, grant: Grant<ReadBackups>) -> Result<Disclosed<Backups>, Refusal> {
        match self.backups(grant.engine().directory()).await {
            Ok(backups) => grant.carry_out(vec![], backups).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    pub(crate) async fn backups(&self, directory: &model::Directory) -> Result<Backups, Refusal> {
        self.ready_to_ask().await?;
        // Written out, so that both databases find their partial index over these few rows. Asking for copies is one of them too.
        let sql = "SELECT e.id, e.at, e.actor, e.decision, e.body FROM event e WHERE e.action = 107 \
                   ORDER BY e.seq DESC LIMIT 500";
        let mut taken = vec![];
        for row in self.read(Query::new(sql, vec![])).await? {
            let read = || Ok((row.event(0)?, row.time(1)?, row.user(2)?, row.int(3)?, row.opt_bytes(4)?));
            let (id, at, by, decision, body) = read().map_err(broken)?;
            if decision != i64::from(Decision::Allowed.code()) || taken.len() >= 10 {
                continue;
            }
            let Some(body) = body.and_then(|b| self.gate().recorder().open_body(id, b).ok()) else { continue };
            let detail = body.actor.get("detail").cloned().unwrap_or_default();
            if detail.get("act").is_none_or(|act| act != "backup.take") {
                continue;
            }
            let file = detail.get("file").and_then(Value::as_str).unwrap_or_default();
            taken.push(BackupTaken {
                at,
                by: name_of(directory, by),
                file: file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
                with_keys: detail.get("with_keys").and_then(Value::as_bool).unwrap_or(false),
            });
        }
        let rows = self.read(Query::point("SELECT value FROM setting WHERE key = ?1", vec![DRILL.into()])).await?;
        let drill = match rows.first() {
            None => None,
            Some(row) => {
                let drill: Drill = serde_json::from_str(row.text(0).map_err(broken)?).map_err(|_| Refusal::Damaged)?;
                Some(DrillDone { at: drill.at, by: name_of(directory, drill.by), trial: drill.trial })
            }
        };
        Ok(Backups { taken, drill })
    }

    /// # Errors
    /// As every change.
    pub async fn confirm_drill(&self, grant: Grant<ConfirmDrill>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            draft.set(DRILL, &Drill { at: grant.now(), by: grant.caller().user, trial: None })
        })
        .await
    }

    /// # Errors
    /// As every change.
    pub async fn record_drill(&self, grant: Grant<RecordDrill>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let trial = Some(grant.operation().trial.clone());
            draft.set(DRILL, &Drill { at: grant.now(), by: grant.caller().user, trial })
        })
        .await
    }
}
