//! Acts that a command asks of the server that has the instance open, so that they are recorded before they are done.
//!
//! The embedded database has one writer. A command beside it puts a question into `asked/` of the instance's folder, the
//! server records the act as the named user and puts the answer beside it. Whoever can write into the folder can also read the
//! key files, so the folder gives nobody a right they did not have.

use std::path::{Path, PathBuf};
use std::time::Duration;

use access::path::{OnSystem, Operation};
use anyhow::{Context, bail};
use model::{Action, Channel, EventId};
use serde::{Deserialize, Serialize};
use store::Store;
use store::custody::{RecordDrill, Trial};

use crate::clock::random;
use crate::instance::{self, refused, unknown_user};

/// How long a command waits for the server's answer.
const PATIENCE: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A copy of the whole instance is taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TakeBackup {
    pub login: String,
    pub file: PathBuf,
    pub with_keys: bool,
}

impl Operation for TakeBackup {
    const ACTION: Action = Action::Backup;
}
impl OnSystem for TakeBackup {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "backup.take", "file": self.file, "with_keys": self.with_keys })
    }
}

/// An act that is asked of the server.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Act {
    Backup(TakeBackup),
    /// A trial of a restore, and whose it was.
    Drill(String, Trial),
}

#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Recorded(EventId),
    Refused(String),
}

fn folder(data: &Path) -> PathBuf {
    data.join("asked")
}

/// Records the act as its user, on the channel of the command line.
pub async fn record(store: &Store, act: Act) -> anyhow::Result<EventId> {
    let login = match &act {
        Act::Backup(taken) => taken.login.clone(),
        Act::Drill(login, _) => login.clone(),
    };
    let directory = store.directory();
    let user = directory.user_by_login(&login).map(|u| u.id).ok_or_else(|| unknown_user(&login))?;
    let caller = instance::caller(user, Channel::Cli);
    let no = |r| refused(&login, r);
    match act {
        Act::Backup(taken) => {
            let grant = store.gate().admit_system(&caller, taken).await.map_err(no)?;
            Ok(grant.carry_out(vec![], ()).await.map_err(no)?.event())
        }
        Act::Drill(_, trial) => {
            let grant = store.gate().admit_system(&caller, RecordDrill { trial }).await.map_err(no)?;
            Ok(store.record_drill(grant).await.map_err(no)?.event())
        }
    }
}

/// Asks the running server to record the act, and waits for its answer.
pub async fn ask(data: &Path, act: &Act) -> anyhow::Result<EventId> {
    instance::own_folder(&folder(data))?;
    let id = format!("{:032x}", u128::from_be_bytes(random()?));
    let (question, answer) = (folder(data).join(format!("{id}.ask")), folder(data).join(format!("{id}.answer")));
    put(&question, &serde_json::to_vec(act)?)?;
    let waited = tokio::time::timeout(PATIENCE, async {
        loop {
            match std::fs::read(&answer) {
                Ok(bytes) => return anyhow::Ok(bytes),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => tokio::time::sleep(LOOK_EVERY).await,
                Err(e) => return Err(e.into()),
            }
        }
    })
    .await;
    let _ = std::fs::remove_file(&question);
    let bytes = waited.context("the server that has this instance open did not answer; is it stopping?")??;
    let _ = std::fs::remove_file(&answer);
    match serde_json::from_slice(&bytes)? {
        Answer::Recorded(event) => Ok(event),
        Answer::Refused(reason) => bail!("{reason}"),
    }
}

/// The server's side: answers what was asked.
pub async fn answer_all(data: &Path, store: &Store) -> anyhow::Result<()> {
    let entries = match std::fs::read_dir(folder(data)) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e.into()),
    };
    for entry in entries {
        let question = entry?.path();
        if question.extension().is_none_or(|e| e != "ask") {
            continue;
        }
        let answer =
            match std::fs::read(&question).map_err(anyhow::Error::from).and_then(|b| Ok(serde_json::from_slice(&b)?)) {
                Ok(act) => match record(store, act).await {
                    Ok(event) => Answer::Recorded(event),
                    Err(error) => Answer::Refused(format!("{error:#}")),
                },
                Err(error) => Answer::Refused(format!("the question cannot be read: {error:#}")),
            };
        std::fs::remove_file(&question)?;
        put(&question.with_extension("answer"), &serde_json::to_vec(&answer)?)?;
    }
    Ok(())
}

/// Whole or not at all.
fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let beside = path.with_extension("part");
    std::fs::write(&beside, bytes)?;
    Ok(std::fs::rename(&beside, path)?)
}
