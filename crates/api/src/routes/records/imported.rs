//! What goes with an import: how columns were mapped, past imports, and undoing one.

use std::collections::BTreeMap;

use axum::extract::State;
use model::{Channel, FieldName, JobId, RecordId};
use serde::{Deserialize, Serialize};
use store::own::{ImportMapping, KeepMapping, KeptMapping, ShowMappings};
use store::records::{ListImports, PastImport, UndoImport, Undone};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, ObjectPath, SignedInCaller};
use crate::problem::Outcome;
use crate::schema::Items;
use crate::state::ApiState;

/// Which column of a file becomes what.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MappingForm {
    #[schema(max_length = 80)]
    pub source: String,
    /// Columns that together name a row outside.
    pub key: Vec<String>,
    /// Fields by column.
    #[schema(value_type = BTreeMap<String, String>)]
    pub columns: BTreeMap<String, FieldName>,
    /// The column with the owner's login or name.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub owner: Option<String>,
    /// The column with the customer's outside key.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub customer: Option<String>,
    /// Under which source customers were imported.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub customer_source: Option<String>,
}

/// A mapping and the columns it is for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeptMappingForm {
    #[schema(max_items = 200)]
    pub headings: Vec<String>,
    pub mapping: MappingForm,
}

impl From<KeptMappingForm> for KeptMapping {
    fn from(form: KeptMappingForm) -> Self {
        let MappingForm { source, key, columns, owner, customer, customer_source } = form.mapping;
        let mapping = ImportMapping { source, key, columns, owner, customer, customer_source };
        Self { headings: form.headings, mapping }
    }
}
impl From<KeptMapping> for KeptMappingForm {
    fn from(kept: KeptMapping) -> Self {
        let ImportMapping { source, key, columns, owner, customer, customer_source } = kept.mapping;
        let mapping = MappingForm { source, key, columns, owner, customer, customer_source };
        Self { headings: kept.headings, mapping }
    }
}

/// How the caller mapped files before
///
/// Newest first. Names of columns and fields, no cell of any file.
#[utoipa::path(
    get, path = "/records/{object}/import/mappings", tag = "records",
    params(("object" = String, Path, example = "customer")),
    responses((status = 200, description = "mappings", body = Items<KeptMappingForm>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_mappings(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
) -> Outcome<Answer<Items<KeptMappingForm>>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowMappings { object }).await?;
    let form = |all: Vec<KeptMapping>| Items { items: all.into_iter().map(KeptMappingForm::from).collect() };
    Ok(Answer::with(state.store.show_mappings(grant).await?, form))
}

/// Keep how a file was mapped
///
/// For the next file of the same columns; one of the same columns is replaced.
#[utoipa::path(
    put, path = "/records/{object}/import/mappings", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = KeptMappingForm,
    responses((status = 204, description = "kept")),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn keep_mapping(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<KeptMappingForm>,
) -> Outcome<Answer<()>> {
    let grant = state.store.gate().admit_system(&who.caller, KeepMapping { object, kept: body.into() }).await?;
    Ok(Answer::done(&state.store.keep_mapping(grant).await?))
}

/// One of the caller's imports.
#[derive(Serialize, ToSchema)]
pub struct PastImportForm {
    #[schema(value_type = uuid::Uuid)]
    pub job: JobId,
    pub object: String,
    pub source: String,
    pub began_at: i64,
    pub ended_at: i64,
    pub rows: u64,
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    /// Records taken away again.
    pub removed: u64,
    /// Until when it can be undone.
    pub undo_until: i64,
}

impl From<PastImport> for PastImportForm {
    fn from(past: PastImport) -> Self {
        Self {
            job: past.job,
            object: past.object,
            source: past.source,
            began_at: past.began_at.0,
            ended_at: past.ended_at.0,
            rows: past.rows,
            created: past.created,
            changed: past.changed,
            unchanged: past.unchanged,
            removed: past.removed,
            undo_until: past.undo_until.0,
        }
    }
}

/// The caller's imports of the last 30 days
///
/// As the log tells them, newest first; dry runs are none.
#[utoipa::path(
    get, path = "/me/imports", tag = "records",
    responses((status = 200, description = "imports", body = Items<PastImportForm>)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_imports(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<Items<PastImportForm>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListImports).await?;
    let form = |all: Vec<PastImport>| Items { items: all.into_iter().map(PastImportForm::from).collect() };
    Ok(Answer::with(state.store.list_imports(grant).await?, form))
}

/// Which import, and from where on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoRequest {
    #[schema(value_type = uuid::Uuid)]
    pub job: JobId,
    /// `next` of the chunk before.
    #[schema(value_type = Option<uuid::Uuid>)]
    #[serde(default)]
    pub after: Option<RecordId>,
}

/// A record that stays.
#[derive(Serialize, ToSchema)]
pub struct KeptRecord {
    #[schema(value_type = uuid::Uuid)]
    pub id: RecordId,
    /// `changed`, `has_related`, `shared`, `legal_hold`, `not_permitted`.
    pub why: String,
}

/// What became of a chunk.
#[derive(Serialize, ToSchema)]
pub struct UndoAnswer {
    pub removed: u64,
    /// Those of the kept that the caller may view.
    pub kept: Vec<KeptRecord>,
    pub kept_count: u64,
    /// Where the next chunk begins; `null` when this was the last.
    #[schema(required = true, value_type = Option<uuid::Uuid>)]
    pub next: Option<RecordId>,
}

impl From<Undone> for UndoAnswer {
    fn from(undone: Undone) -> Self {
        let why = |why| serde_json::to_value(why).ok().and_then(|w| w.as_str().map(str::to_owned)).unwrap_or_default();
        Self {
            removed: undone.removed,
            kept: undone.kept.into_iter().map(|k| KeptRecord { id: k.id, why: why(k.why) }).collect(),
            kept_count: undone.kept_count,
            next: undone.next,
        }
    }
}

/// Undo a chunk of an import
///
/// Takes away what the caller's import of the last 7 days made and nobody has touched since, 500 records at a time. Needs the
/// right to import. What the import changed of records that were there before stays changed.
#[utoipa::path(
    post, path = "/records/{object}/import/undo", tag = "records",
    params(("object" = String, Path, example = "customer")),
    request_body = UndoRequest,
    responses((status = 200, description = "what became of the chunk", body = UndoAnswer)),
    extensions(("x-whosaw-action" = json!("import")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn undo_import(
    State(state): State<ApiState>,
    who: SignedInCaller,
    ObjectPath(object): ObjectPath,
    Body(body): Body<UndoRequest>,
) -> Outcome<Answer<UndoAnswer>> {
    let caller = who.by(Channel::Import).caller;
    let grant = state.store.gate().admit(&caller, UndoImport { object, job: body.job, after: body.after }).await?;
    Ok(Answer::with(state.store.undo_import(grant).await?, UndoAnswer::from))
}
