//! `/admin/objects`: object types and their fields 对象与字段, edited without code.

use std::sync::Arc;

use axum::extract::State;
use model::rules::{Check, RequiredIf};
use model::{FieldDef, FieldName, FormLayout, ObjectName, ObjectType, Text};
use serde::{Deserialize, Serialize};
use store::attachments::{CountMisfits, Misfits};
use store::company::{
    AddField, ApprovalRules, ChangeField, ChangeObject, DefineObject, FieldChange, FileLimits, ListObjects, Note,
};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, MergeBody, PairPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::session::{BeforeForm, CheckForm, LayoutForm, RequiredIfForm};
use crate::schema::{AnyObject, Items, Label};
use crate::state::ApiState;

/// An object type and its version.
#[derive(Serialize, ToSchema)]
pub struct ObjectView {
    pub version: i64,
    #[schema(value_type = AnyObject)]
    pub object: Arc<ObjectType>,
}

/// Changes of an object type; what is left out stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ObjectPatch {
    #[schema(value_type = Option<Label>)]
    pub label: Option<Text>,
    #[schema(value_type = Option<String>)]
    pub title_field: Option<FieldName>,
    pub has_pool: Option<bool>,
    /// The fields in the order wanted, each once.
    #[schema(value_type = Option<Vec<String>>)]
    pub order: Option<Vec<FieldName>>,
    /// Tabs of sections of fields; `null` for the fields in their order.
    #[serde(deserialize_with = "store::company::double")]
    #[schema(value_type = Option<LayoutForm>)]
    pub layout: Option<Option<FormLayout>>,
    /// How records are approved; `null` for not at all.
    #[serde(deserialize_with = "store::company::double")]
    #[schema(value_type = Option<ApprovalRulesForm>)]
    pub approval: Option<Option<ApprovalRules>>,
    /// All fields that are required under a condition.
    #[schema(value_type = Option<Vec<RequiredIfForm>>)]
    pub required_if: Option<Vec<RequiredIf>>,
    /// All rules of what must hold.
    #[schema(value_type = Option<Vec<CheckForm>>)]
    pub checks: Option<Vec<Check>>,
    /// The fields that a card shows below its title, at most 6.
    #[schema(value_type = Option<Vec<String>>, max_items = 6)]
    pub card: Option<Vec<FieldName>>,
}

/// How records are approved. Where they stand is kept in a field that is made if there is none.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::company::ApprovalRules`, for the document")]
pub struct ApprovalRulesForm {
    /// What stands still while a record waits, and takes the approval away when it is changed; none: every field.
    pub guards: Option<Vec<String>>,
    /// Records that need an approval, as a filter; without it, all.
    pub needed: Option<AnyObject>,
    /// What no record becomes without it.
    pub before: Option<BeforeForm>,
}

/// Object types
#[utoipa::path(
    get, path = "/admin/objects", tag = "admin",
    responses((status = 200, description = "object types", body = Items<ObjectView>)),
    extensions(("x-whosaw-action" = json!("directory.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_objects(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Items<ObjectView>>> {
    let grant = state.store.gate().admit_system(&who.caller, ListObjects).await?;
    let all = state.store.list_objects(grant).await?;
    let form = |(version, object)| ObjectView { version, object };
    Ok(Answer::with(all, |all| Items { items: all.into_iter().map(form).collect() }))
}

/// Make an object type
#[utoipa::path(
    post, path = "/admin/objects", tag = "admin",
    request_body = AnyObject,
    responses((status = 201, description = "as it was defined", body = AnyObject)),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn define_object(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(object): Body<ObjectType>,
) -> Outcome<Answer<Arc<ObjectType>>> {
    let grant = state.store.gate().admit_system(&who.caller, DefineObject { object }).await?;
    Ok(Answer::of(state.store.define_object(grant).await?).created("/api/v1/admin/objects"))
}

/// Change an object type
#[utoipa::path(
    patch, path = "/admin/objects/{object}", tag = "admin",
    params(("object" = String, Path)),
    request_body = ObjectPatch,
    responses((status = 200, description = "as it is now", body = AnyObject)),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_object(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(object): IdPath<ObjectName>,
    MergeBody(b): MergeBody<ObjectPatch>,
) -> Outcome<Answer<Arc<ObjectType>>> {
    let note = Note::default();
    let grant = state
        .store
        .gate()
        .admit_system(
            &who.caller,
            ChangeObject {
                object,
                label: b.label,
                title_field: b.title_field,
                has_pool: b.has_pool,
                order: b.order,
                layout: b.layout,
                approval: b.approval,
                required_if: b.required_if,
                checks: b.checks,
                card: b.card,
                note,
            },
        )
        .await?;
    Ok(Answer::of(state.store.change_object(grant).await?))
}

/// Add a field
#[utoipa::path(
    post, path = "/admin/objects/{object}/fields", tag = "admin",
    params(("object" = String, Path)),
    request_body = AnyObject,
    responses((status = 201, description = "the object type as it is now", body = AnyObject)),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn add_field(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(object): IdPath<ObjectName>,
    Body(field): Body<FieldDef>,
) -> Outcome<Answer<Arc<ObjectType>>> {
    let grant = state.store.gate().admit_system(&who.caller, AddField { object, field }).await?;
    Ok(Answer::of(state.store.add_field(grant).await?).created("/api/v1/admin/objects"))
}

/// Limits that a field of files is to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileLimitsRequest {
    /// Most files, 1 to 50.
    pub max: u8,
    /// Endings of names without the dot; any that the company's rules take where there are none.
    #[serde(default)]
    pub types: Vec<String>,
}

/// How many files would not be taken by them. They stay all the same.
#[derive(Serialize, ToSchema)]
pub struct MisfitsAnswer {
    /// Files of the field.
    pub files: u64,
    /// Of them, those of another type.
    pub other_types: u64,
    /// Records with more files in the field.
    pub too_many: u64,
}

/// How many files of a field other limits would not take
///
/// Numbers alone. Narrower limits keep what is there and hold for what is added.
#[utoipa::path(
    post, path = "/admin/objects/{object}/fields/{field}/misfits", tag = "admin",
    params(("object" = String, Path), ("field" = String, Path)),
    request_body = FileLimitsRequest,
    responses((status = 200, description = "how many", body = MisfitsAnswer)),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn count_misfits(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(object, field): PairPath<ObjectName, FieldName>,
    Body(b): Body<FileLimitsRequest>,
) -> Outcome<Answer<MisfitsAnswer>> {
    let op = CountMisfits { object, field, limits: FileLimits { max: b.max, types: b.types } };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let form = |m: Misfits| MisfitsAnswer { files: m.files, other_types: m.other_types, too_many: m.too_many };
    Ok(Answer::with(state.store.count_misfits(grant).await?, form))
}

/// Change a field
#[utoipa::path(
    patch, path = "/admin/objects/{object}/fields/{field}", tag = "admin",
    params(("object" = String, Path), ("field" = String, Path)),
    request_body = AnyObject,
    responses((status = 200, description = "the object type as it is now", body = AnyObject)),
    extensions(("x-whosaw-action" = json!("object.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_field(
    State(state): State<ApiState>,
    who: SignedInCaller,
    PairPath(object, field): PairPath<ObjectName, FieldName>,
    MergeBody(change): MergeBody<FieldChange>,
) -> Outcome<Answer<Arc<ObjectType>>> {
    let grant = state
        .store
        .gate()
        .admit_system(&who.caller, ChangeField { object, field, change, note: Note::default() })
        .await?;
    Ok(Answer::of(state.store.change_field(grant).await?))
}
