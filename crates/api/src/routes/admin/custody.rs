//! `/admin/keys`, `/admin/backups`: how old keys and copies are. No secret is told.

use axum::extract::State;
use serde::Serialize;
use store::custody::{Backups, ConfirmDrill, Keys, ReadBackups, ReadKeys};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::state::ApiState;

/// A version of the key-encryption key.
#[derive(Serialize, ToSchema)]
pub struct KeyVersionView {
    pub version: u32,
    pub created_at: i64,
    /// Customers' keys wrapped under it.
    pub customers: u64,
    /// Keys of the log, each of one day and process.
    pub log: u64,
    /// Keys of exported files.
    pub exports: u64,
}

/// The keys of the instance.
#[derive(Serialize, ToSchema)]
pub struct KeysAnswer {
    /// `file` or `pkcs11`.
    pub provider: &'static str,
    pub current: u32,
    /// Oldest first.
    pub versions: Vec<KeyVersionView>,
    /// Since when the log is signed by its key.
    #[schema(required = true)]
    pub signed_since: Option<i64>,
}

impl From<Keys> for KeysAnswer {
    fn from(keys: Keys) -> Self {
        let version = |v: &store::custody::KeyAge| KeyVersionView {
            version: v.version,
            created_at: v.created_at.0,
            customers: v.customers,
            log: v.log,
            exports: v.exports,
        };
        Self {
            provider: keys.kind,
            current: keys.current,
            versions: keys.versions.iter().map(version).collect(),
            signed_since: keys.signed_since.map(|at| at.0),
        }
    }
}

/// A copy that was taken.
#[derive(Serialize, ToSchema)]
pub struct BackupView {
    pub at: i64,
    pub by: String,
    /// Its name, without the folder.
    pub file: String,
    pub with_keys: bool,
}

/// The last copies, and the last trial of one.
#[derive(Serialize, ToSchema)]
pub struct BackupsAnswer {
    /// Newest first.
    pub items: Vec<BackupView>,
    #[schema(required = true)]
    pub drill_at: Option<i64>,
    #[schema(required = true)]
    pub drill_by: Option<String>,
    /// What the trial found; `null` where somebody looked for themselves.
    #[schema(required = true)]
    pub drill: Option<TrialView>,
}

/// What a trial of a restore found.
#[derive(Serialize, ToSchema)]
pub struct TrialView {
    pub file: String,
    /// What was not in order, by `doctor`'s names; empty when all was.
    pub failed: Vec<String>,
    pub records: u64,
    /// Entries of the log.
    pub ledger_size: u64,
    pub seconds: u64,
}

impl From<store::custody::Trial> for TrialView {
    fn from(t: store::custody::Trial) -> Self {
        let store::custody::Trial { file, failed, records, ledger_size, seconds } = t;
        Self { file, failed, records, ledger_size, seconds }
    }
}

impl From<Backups> for BackupsAnswer {
    fn from(b: Backups) -> Self {
        let (drill_at, drill_by, drill) =
            b.drill.map_or((None, None, None), |d| (Some(d.at.0), Some(d.by), d.trial.map(TrialView::from)));
        let item =
            |t: store::custody::BackupTaken| BackupView { at: t.at.0, by: t.by, file: t.file, with_keys: t.with_keys };
        Self { items: b.taken.into_iter().map(item).collect(), drill_at, drill_by, drill }
    }
}

/// The keys and their age
#[utoipa::path(
    get, path = "/admin/keys", tag = "admin",
    responses((status = 200, description = "versions and counts, no secret", body = KeysAnswer)),
    extensions(("x-whosaw-action" = json!("key.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_keys(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<KeysAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadKeys).await?;
    Ok(Answer::with(state.store.read_keys(grant).await?, KeysAnswer::from))
}

/// The last copies of the instance
#[utoipa::path(
    get, path = "/admin/backups", tag = "admin",
    responses((status = 200, description = "as they were recorded", body = BackupsAnswer)),
    extensions(("x-whosaw-action" = json!("backup")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_backups(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<BackupsAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadBackups).await?;
    Ok(Answer::with(state.store.read_backups(grant).await?, BackupsAnswer::from))
}

/// Say that a copy was restored for a trial
#[utoipa::path(
    post, path = "/admin/backups/drill", tag = "admin",
    responses((status = 204, description = "noted")),
    extensions(("x-whosaw-action" = json!("backup")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn confirm_drill(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, ConfirmDrill).await?;
    Ok(Answer::done(&state.store.confirm_drill(grant).await?))
}
