//! `GET /me/workspace`: what is open to the caller, for a client that shows only what can be done.

use axum::extract::State;
use model::process::{PoolFields, Target};
use model::rules::{Check, RequiredIf};
use model::{FieldKind, FieldName, FormLayout, ObjectName, Process, Text};
use serde::Serialize;
use store::company::{FieldForm, ObjectForm, ShowWorkspace, Workspace};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::routes::admin::departments::DepartmentView;
use crate::schema::{AnyObject, Label};
use crate::state::ApiState;

/// One option of a choice.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::object::ChoiceOption`, for the document")]
pub struct FieldOption {
    pub value: String,
    pub label: Label,
}

/// The type of a field's values. What a kind needs stands beside it.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::FieldKind`, for the document")]
pub struct FieldType {
    /// `text`, `long_text`, `number`, `money`, `bool`, `date`, `date_time`, `choice`, `multi_choice`, `phone`, `email`,
    /// `id_number`, `address`, `url`, `reference`, `user`, `attachment`, `lookup`, `roll_up`.
    pub kind: String,
    /// Most characters of a text; most files of an attachment field.
    #[schema(nullable = false)]
    pub max: Option<u16>,
    /// Of an attachment field: endings of names that are taken; any without.
    #[schema(nullable = false)]
    pub types: Option<Vec<String>>,
    /// Decimal places of a number or an amount.
    #[schema(nullable = false)]
    pub scale: Option<u8>,
    /// Of a choice.
    #[schema(nullable = false)]
    pub options: Option<Vec<FieldOption>>,
    /// What a reference names; whose records a roll-up is over.
    #[schema(nullable = false)]
    pub object: Option<String>,
    /// Of a lookup: the reference here through which it looks.
    #[schema(nullable = false)]
    pub through: Option<String>,
    /// Of a lookup: the field there.
    #[schema(nullable = false)]
    pub field: Option<String>,
    /// Of a roll-up: the reference there that names a record here.
    #[schema(nullable = false)]
    pub by: Option<String>,
    /// Of a roll-up: what is worked out; their number if left out.
    #[schema(nullable = false)]
    pub value: Option<RollUpValue>,
    /// Of a roll-up: only records that pass.
    #[schema(nullable = false)]
    pub when: Option<crate::schema::Condition>,
}

/// What a roll-up works out.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::aggregate::Worked`, for the document")]
pub struct RollUpValue {
    pub field: String,
    /// `sum`, `avg`, `min`, `max`.
    pub work: String,
}

/// A field that must have a value while a condition holds.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::rules::RequiredIf`, for the document")]
pub struct RequiredIfForm {
    pub field: String,
    pub when: crate::schema::Condition,
}

/// Two fields in this order.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::rules::Must`, for the document")]
pub struct CompareForm {
    pub left: String,
    /// `eq`, `ne`, `lt`, `le`, `gt`, `ge`.
    pub op: String,
    pub right: String,
}

/// What must hold: one of the two.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::rules::Must`, for the document")]
pub struct MustForm {
    #[schema(nullable = false)]
    pub hold: Option<crate::schema::Condition>,
    #[schema(nullable = false)]
    pub compare: Option<CompareForm>,
}

/// What must hold of a record, and what is said at which field where it does not.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::rules::Check`, for the document")]
pub struct CheckForm {
    pub field: String,
    pub must: MustForm,
    pub message: Label,
}

/// One record that comes of a conversion.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Becomes`, for the document")]
pub struct BecomesForm {
    pub object: String,
    /// Whether a conversion always makes it.
    pub always: bool,
    /// What to offer: field of the new record, and the field here whose value is offered for it.
    pub offer: std::collections::BTreeMap<String, String>,
}

/// 转化
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Convert`, for the document")]
pub struct ConvertForm {
    pub status: String,
    pub to: String,
    pub made: String,
    pub into: Vec<BecomesForm>,
}

/// 丢弃
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Discard`, for the document")]
pub struct DiscardForm {
    pub status: String,
    pub to: String,
    pub reason: String,
}

/// Something to do, due on a day.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Done`, for the document")]
pub struct DoneForm {
    pub done: String,
    pub due: String,
    /// What is due is money: the field that says how much.
    #[schema(nullable = false)]
    pub amount: Option<String>,
}

/// What counts towards a target.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Measure`, for the document")]
pub struct MeasureForm {
    /// An option of the measure field.
    pub value: String,
    pub object: String,
    pub amount: String,
    pub on: String,
    /// Only records that pass.
    #[schema(nullable = false)]
    pub only: Option<crate::schema::Condition>,
}

/// 业绩目标
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Target`, for the document")]
pub struct TargetForm {
    pub period: String,
    pub starts: String,
    pub reach: String,
    pub measure: String,
    pub amount: String,
    pub measures: Vec<MeasureForm>,
}

/// 仪表盘
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Dashboard`, for the document")]
pub struct DashboardForm {
    /// The field that holds the cards.
    pub cards: String,
}

/// A stage of a pipeline.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Stage`, for the document")]
pub struct StageForm {
    pub value: String,
    /// In hundredths.
    pub probability: u8,
    /// `won` or `lost`.
    #[schema(nullable = false)]
    pub outcome: Option<String>,
    pub required: Vec<String>,
}

/// 销售阶段
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Pipeline`, for the document")]
pub struct PipelineForm {
    pub stage: String,
    pub amount: String,
    pub closes: String,
    pub stages: Vec<StageForm>,
}

/// Fields that the server keeps of a record's way through pools.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::PoolFields`, for the document")]
pub struct PoolFieldsForm {
    pub name: String,
    pub since: String,
    pub former: String,
    pub owned: String,
    pub claimed_by: String,
    pub reason: String,
}

/// Values of a choice that an approval comes before.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Before`, for the document")]
pub struct BeforeForm {
    pub field: String,
    pub values: Vec<String>,
}

/// 记录审批
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::process::Approval`, for the document")]
pub struct ApprovalForm {
    /// A choice of `draft`, `waiting`, `approved` and `refused`; a record without a value is a draft.
    pub status: String,
    /// What stands still while a record waits; left out: every field.
    #[schema(nullable = false)]
    pub guards: Option<Vec<String>>,
    /// Records that need one, as a filter, where the caller sees every field of it.
    #[schema(value_type = Option<crate::schema::AnyObject>, nullable = false)]
    pub needed: Option<model::Condition>,
    #[schema(nullable = false)]
    pub before: Option<BeforeForm>,
}

/// What records go through. A part is there if the caller ever sees the fields it needs.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::Process`, for the document")]
pub struct ProcessForm {
    #[schema(nullable = false)]
    pub convert: Option<ConvertForm>,
    #[schema(nullable = false)]
    pub discard: Option<DiscardForm>,
    #[schema(nullable = false)]
    pub done: Option<DoneForm>,
    #[schema(nullable = false)]
    pub pipeline: Option<PipelineForm>,
    #[schema(nullable = false)]
    pub pool: Option<PoolFieldsForm>,
    /// What is often made after a record.
    #[schema(nullable = false)]
    pub next: Option<Vec<BecomesForm>>,
    #[schema(nullable = false)]
    pub target: Option<TargetForm>,
    #[schema(nullable = false)]
    pub dashboard: Option<DashboardForm>,
    #[schema(nullable = false)]
    pub approval: Option<ApprovalForm>,
}

/// The parts of a process whose fields are all among those seen, naming no other.
fn seen_process(form: &ObjectForm) -> Process {
    let seen = |name: &FieldName| form.fields.iter().any(|f| f.def.name == *name);
    let mut process = form.object.process().cloned().unwrap_or_default();
    process.convert = process.convert.filter(|c| seen(&c.status) && seen(&c.made)).map(|mut c| {
        c.into.iter_mut().for_each(|b| b.offer.retain(|_, from| seen(from)));
        c
    });
    process.discard = process.discard.filter(|d| seen(&d.status) && seen(&d.reason));
    process.done = process.done.filter(|d| seen(&d.done) && seen(&d.due)).map(|mut d| {
        d.amount = d.amount.filter(&seen);
        d
    });
    process.next.iter_mut().for_each(|b| b.offer.retain(|_, from| seen(from)));
    let target = |t: &Target| [&t.period, &t.starts, &t.reach, &t.measure, &t.amount].into_iter().all(seen);
    process.target = process.target.filter(target);
    process.dashboard = process.dashboard.filter(|d| seen(&d.cards));
    process.approval = process.approval.filter(|a| seen(&a.status)).map(|mut a| {
        a.guards.retain(&seen);
        a.needed =
            a.needed.filter(|c| c.fields().iter().all(|f| form.fields.iter().any(|have| have.def.name.as_str() == *f)));
        a.before = a.before.filter(|b| seen(&b.field));
        a
    });
    process.pipeline =
        process.pipeline.filter(|p| seen(&p.stage) && seen(&p.amount) && seen(&p.closes)).map(|mut p| {
            p.stages.iter_mut().for_each(|s| s.required.retain(seen));
            p
        });
    let fields =
        |p: &PoolFields| [&p.name, &p.since, &p.former, &p.owned, &p.claimed_by, &p.reason].into_iter().all(seen);
    process.pool = process.pool.filter(fields);
    process
}

/// A field shown only while a condition holds.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::layout::ShownIf`, for the document")]
pub struct ShownIfForm {
    pub field: String,
    pub when: AnyObject,
}

/// Fields under one heading.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::layout::LayoutSection`, for the document")]
pub struct LayoutSectionForm {
    pub label: Label,
    /// Fields beside each other.
    #[schema(minimum = 1, maximum = 3)]
    pub columns: u8,
    pub fields: Vec<String>,
}

/// Sections on one tab.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::layout::LayoutTab`, for the document")]
pub struct LayoutTabForm {
    pub label: Label,
    pub sections: Vec<LayoutSectionForm>,
}

/// How forms and pages are laid out. A field that no section names stands after the others.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::FormLayout`, for the document")]
pub struct LayoutForm {
    pub tabs: Vec<LayoutTabForm>,
    #[schema(nullable = false)]
    pub shown_if: Option<Vec<ShownIfForm>>,
}

/// A field the caller sees on some record.
#[derive(Serialize, ToSchema)]
pub struct FieldFormView {
    pub name: String,
    #[schema(value_type = Label)]
    pub label: Text,
    #[serde(rename = "type")]
    #[schema(value_type = FieldType)]
    pub kind: FieldKind,
    pub required: bool,
    pub unique: bool,
    /// `open`, `internal`, `personal`, `sensitive`.
    pub class: String,
    /// The highest level the caller has it at: `masked`, `read_only`, `editable`.
    pub level: String,
    /// Lists can be filtered by it, and sorted but for `multi_choice`.
    pub filterable: bool,
    /// A search looks into it: `none`, `exact`, `part`.
    pub search: String,
    /// Written by the server alone.
    pub kept: bool,
    /// Worked out from other fields of the record, or looked up elsewhere.
    pub computed: bool,
    /// Given by the server when a record is made. An import may bring one.
    pub numbered: bool,
}

impl From<FieldForm> for FieldFormView {
    fn from(form: FieldForm) -> Self {
        let search = match form.def.search {
            model::object::Search::None => "none",
            model::object::Search::Exact => "exact",
            model::object::Search::Part => "part",
        };
        let readable = form.level >= model::FieldLevel::ReadOnly;
        let (kept, computed) = (form.def.is_given(), form.def.formula.is_some() || form.def.kind.is_looked_up());
        let numbered = form.def.numbered.is_some();
        Self {
            name: form.def.name.to_string(),
            label: form.def.label,
            kind: form.def.kind,
            required: form.def.required,
            unique: form.def.unique,
            class: form.def.class.as_str().to_owned(),
            level: form.level.as_str().to_owned(),
            filterable: readable && form.def.slot.is_some(),
            search: if readable { search } else { "none" }.to_owned(),
            kept,
            computed,
            numbered,
        }
    }
}

/// An object type whose records the caller may list.
#[derive(Serialize, ToSchema)]
pub struct ObjectFormView {
    #[schema(example = "customer")]
    pub name: String,
    #[schema(value_type = Label)]
    pub label: Text,
    /// The field that stands for a record; `null` where the caller never sees it.
    #[schema(required = true)]
    pub title_field: Option<String>,
    /// The field that says whose data a record is.
    #[schema(required = true)]
    pub customer_field: Option<String>,
    pub has_pool: bool,
    /// Operations that are open on some record: `list`, `view`, `create`, …
    pub actions: Vec<String>,
    pub fields: Vec<FieldFormView>,
    #[schema(value_type = ProcessForm)]
    pub process: Process,
    /// Of the fields the caller sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<LayoutForm>, nullable = false)]
    pub layout: Option<FormLayout>,
    /// What is required under a condition, as far as the caller sees every field in it.
    #[schema(value_type = Vec<RequiredIfForm>)]
    pub required_if: Vec<RequiredIf>,
    /// What must hold, as far as the caller sees every field in it.
    #[schema(value_type = Vec<CheckForm>)]
    pub checks: Vec<Check>,
    /// The fields of a card below its title; where there are none, the first columns.
    pub card: Vec<String>,
}

impl From<ObjectForm> for ObjectFormView {
    fn from(form: ObjectForm) -> Self {
        let process = seen_process(&form);
        let seen = |name: &str| form.fields.iter().any(|f| f.def.name.as_str() == name);
        let layout = form.object.layout.as_ref().map(|l| l.seen(seen)).filter(|l| !l.tabs.is_empty());
        let (mut required_if, mut checks) = (form.object.required_if.clone(), form.object.checks.clone());
        required_if.retain(|r| seen(r.field.as_str()) && r.when.fields().into_iter().all(seen));
        checks.retain(|c| seen(c.field.as_str()) && c.must.fields().into_iter().all(seen));
        let card = form.object.card.iter().map(ToString::to_string).filter(|f| seen(f)).collect();
        Self {
            process,
            layout,
            required_if,
            checks,
            card,
            name: form.object.name.to_string(),
            label: form.object.label.clone(),
            title_field: form.title_field.map(|f| f.to_string()),
            customer_field: form.customer_field.map(|f| f.to_string()),
            has_pool: form.object.has_pool,
            actions: form.actions.iter().map(ToString::to_string).collect(),
            fields: form.fields.into_iter().map(FieldFormView::from).collect(),
        }
    }
}

/// A role by its name.
#[derive(Serialize, ToSchema)]
pub struct RoleName {
    pub name: String,
    #[schema(value_type = Label)]
    pub label: Text,
}

/// What is open to the caller.
#[derive(Serialize, ToSchema)]
pub struct WorkspaceAnswer {
    /// Administrative operations: `audit.read`, `user.manage`, …
    pub duties: Vec<String>,
    pub objects: Vec<ObjectFormView>,
    /// All roles, to share with.
    pub roles: Vec<RoleName>,
    pub departments: Vec<DepartmentView>,
}

/// The object types without fields that are looked up where the caller sees nothing.
pub(crate) fn within_sight(mut objects: Vec<ObjectForm>) -> Vec<ObjectForm> {
    let seen: Vec<(ObjectName, Vec<FieldName>)> = objects
        .iter()
        .map(|o| (o.object.name.clone(), o.fields.iter().map(|f| f.def.name.clone()).collect()))
        .collect();
    let sees = |object: &ObjectName, field: &str| {
        seen.iter().any(|(name, fields)| name == object && fields.iter().any(|f| f.as_str() == field))
    };
    for form in &mut objects {
        let object = form.object.clone();
        form.fields.retain(|f| match &f.def.kind {
            FieldKind::Lookup { through, field } => match object.field(through.as_str()).map(|f| &f.kind) {
                Some(FieldKind::Reference { object: to }) => {
                    sees(&object.name, through.as_str()) && sees(to, field.as_str())
                }
                _ => false,
            },
            FieldKind::RollUp { object: over, by, value, when } => {
                let named = value.iter().map(|v| v.field.as_str()).chain(when.iter().flat_map(|w| w.fields()));
                let own = |name: &str| over_own(name) || sees(over, name);
                sees(over, by.as_str()) && named.into_iter().all(own)
            }
            _ => true,
        });
    }
    objects
}

/// Columns that every record has.
fn over_own(name: &str) -> bool {
    matches!(name, "owner" | "department" | "pool" | "created_at" | "updated_at")
}

impl From<Workspace> for WorkspaceAnswer {
    fn from(mut w: Workspace) -> Self {
        w.objects = within_sight(w.objects);
        let mut objects: Vec<ObjectFormView> = w.objects.into_iter().map(ObjectFormView::from).collect();
        let seen: Vec<(String, Vec<String>)> =
            objects.iter().map(|o| (o.name.clone(), o.fields.iter().map(|f| f.name.clone()).collect())).collect();
        let sees = |object: &str, field: &str| {
            seen.iter().any(|(name, fields)| name == object && fields.iter().any(|f| f == field))
        };
        // Nothing is told of object types and fields that the caller never sees.
        for object in &mut objects {
            object.process.next.retain(|b| seen.iter().any(|(name, _)| *name == b.object.as_str()));
            if let Some(target) = &mut object.process.target {
                target.measures.retain(|m| {
                    let named = m.only.iter().flat_map(|c| c.fields());
                    [m.amount.as_str(), m.on.as_str()].into_iter().chain(named).all(|f| sees(m.object.as_str(), f))
                });
            }
        }
        Self {
            duties: w.duties.iter().map(ToString::to_string).collect(),
            objects,
            roles: w.roles.into_iter().map(|r| RoleName { name: r.name.to_string(), label: r.label }).collect(),
            departments: w.departments.into_iter().map(DepartmentView::from).collect(),
        }
    }
}

/// What is open to the caller
///
/// Object types, fields, operations and duties, as far as the caller can ever use them; each use is decided anew.
#[utoipa::path(
    get, path = "/me/workspace", tag = "session",
    responses((status = 200, description = "what is open", body = WorkspaceAnswer)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn workspace(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<WorkspaceAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowWorkspace).await?;
    Ok(Answer::with(state.store.workspace(grant).await?, WorkspaceAnswer::from))
}
