//! Shapes of the API's own answers, and of types of other rooms as the document shows them.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A record as disclosed to the caller: only fields they may see, each in the clear or masked.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `access::path::RecordView`, for the document")]
pub struct Record {
    pub id: Uuid,
    #[schema(example = "customer")]
    pub object: String,
    /// Whose data it is.
    pub customer: Uuid,
    #[schema(required = true)]
    pub owner: Option<Uuid>,
    #[schema(required = true)]
    pub department: Option<Uuid>,
    /// In the public pool 公海.
    pub pool: bool,
    /// Counts changes from 1; the ETag.
    pub version: i64,
    /// Milliseconds since 1970 (UTC), as every time of the API.
    pub created_at: i64,
    pub updated_at: i64,
    /// Values by field. A field without a value is `null`; a hidden field is not there.
    #[schema(value_type = std::collections::BTreeMap<String, FieldValue>)]
    pub fields: (),
    /// Which of `fields` are masked.
    pub masked: Vec<String>,
    /// Which fields the caller may change.
    pub editable: Vec<String>,
}

/// A field's value: text, number, true or false, a list of options, an id, or `null`.
pub struct FieldValue;

impl utoipa::PartialSchema for FieldValue {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::SchemaType::AnyValue).into()
    }
}
impl ToSchema for FieldValue {}

/// An object whose keys docs/api.md tells.
pub struct AnyObject;

impl utoipa::PartialSchema for AnyObject {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        crate::extract::body::any_object()
    }
}
impl ToSchema for AnyObject {}

/// A page of records.
#[derive(Serialize, ToSchema)]
pub struct RecordPage {
    #[schema(value_type = Vec<Record>)]
    pub items: Vec<access::path::RecordView>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// A count.
#[derive(Serialize, ToSchema)]
pub struct Count {
    pub count: u64,
}

/// What was made.
#[derive(Serialize, ToSchema)]
pub struct Made {
    #[schema(value_type = Uuid)]
    pub id: String,
}

/// A record that was made or changed, and its version now.
#[derive(Serialize, ToSchema)]
pub struct Written {
    #[schema(value_type = Uuid)]
    pub id: String,
    pub version: i64,
}

/// A list that is not paged.
#[derive(Serialize, ToSchema)]
pub struct Items<T> {
    pub items: Vec<T>,
}

/// An event of the access log.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::EventLine`, for the document")]
pub struct Event {
    pub event: Uuid,
    /// Its place in the log.
    pub index: i64,
    pub at: i64,
    pub user: Uuid,
    pub user_name: String,
    #[schema(required = true)]
    pub on_behalf_of: Option<Uuid>,
    #[schema(required = true)]
    pub department: Option<Uuid>,
    pub channel: String,
    #[schema(required = true)]
    pub source: Option<String>,
    pub action: String,
    #[schema(required = true)]
    pub object: Option<String>,
    pub decision: String,
    pub policy_version: i64,
    /// Records it touched.
    pub touches: i64,
    /// How many of them without a business reason; `null` where none was asked for.
    #[schema(required = true)]
    pub unexplained: Option<i64>,
    pub rules: Vec<String>,
    /// What another system says happened there, where the event took in a line of its log; then nobody acted here, and nothing here
    /// decided. `null` for what happened here.
    #[schema(required = true)]
    pub foreign: Option<ForeignEventLine>,
    /// Whether the row is as it was recorded.
    pub state: String,
}

/// A line of another system's log.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::ForeignLine`, for the document")]
pub struct ForeignEventLine {
    /// The source that says so.
    pub source: String,
    #[serde(flatten)]
    pub said: ForeignSaid,
}

/// What another system says.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::feed::ForeignEvent`, for the document")]
pub struct ForeignSaid {
    /// When it happened there.
    pub at: i64,
    /// `null` where it does not say.
    #[schema(required = true)]
    pub user: Option<String>,
    /// Whether the user is a program.
    pub automatic: bool,
    /// What was done, as the other system calls it.
    pub said: String,
    /// The same, as it is called here.
    pub action: String,
    /// How it ended there.
    pub decision: String,
    pub object: Option<String>,
    pub records: Option<Vec<String>>,
    /// Records beyond the first thousand.
    pub further: u64,
    pub customer: Option<String>,
    pub fields: Option<Vec<String>>,
    pub rows: u64,
    pub address: Option<String>,
}

/// A record in an event.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::TouchLine`, for the document")]
pub struct EventTouch {
    #[serde(flatten)]
    pub event: Event,
    pub customer: Uuid,
    /// `null` once the customer was erased.
    #[schema(required = true)]
    pub record: Option<Uuid>,
    /// Fields shown in the clear.
    pub shown: Vec<String>,
    /// Fields shown masked.
    pub masked: Vec<String>,
    pub touch_rules: Vec<String>,
    /// Why the actor had to do with it, the strongest that was seen then; `null` where it was not asked.
    #[schema(required = true)]
    pub reason: Option<Reason>,
    /// Whose the record was then, and its department.
    #[schema(required = true)]
    pub owner: Option<Uuid>,
    #[schema(required = true)]
    pub owner_name: Option<String>,
    #[schema(required = true)]
    pub record_department: Option<Uuid>,
    pub touch_state: String,
}

/// A business reason 业务理由.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the shape of `model::Explanation`, for the document")]
pub enum Reason {
    Owner,
    CoOwner,
    TeamDuty,
    Share,
    OpenOpportunity,
    OpenTask,
    FollowUp,
    ApprovedRequest,
    Handover,
    Job,
    CaseWork,
    Pool,
    None,
}

/// How much was explained, of a department in a month.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::ExplainedRow`, for the document")]
pub struct ExplainedShare {
    /// `2026-11`
    pub month: String,
    #[schema(required = true)]
    pub department: Option<Uuid>,
    pub label: String,
    pub accesses: i64,
    pub explained: i64,
    /// Of them those that were an account's first to a customer.
    pub first: i64,
    pub first_explained: i64,
}

/// The same of everybody in the whole span.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::Explained`, for the document")]
pub struct ExplainedSum {
    pub accesses: i64,
    pub explained: i64,
    pub first: i64,
    pub first_explained: i64,
}

/// How much was explained.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::HowExplainedAnswer`, for the document")]
pub struct ExplainedShares {
    pub zone: String,
    pub rows: Vec<ExplainedShare>,
    pub all: ExplainedSum,
}

/// What somebody said of accesses of theirs when they were asked on that evening: their own words, and no reason that the system saw.
#[derive(Serialize, ToSchema)]
pub struct OwnWords {
    pub inquiry: Uuid,
    /// `waiting`, `late` once the days to answer have passed, `answered`.
    #[schema(example = "answered")]
    pub state: String,
    pub asked_at: i64,
    #[schema(required = true)]
    pub answered_at: Option<i64>,
    pub groups: Vec<OwnWordsGroup>,
}

/// Of one department's customers.
#[derive(Serialize, ToSchema)]
pub struct OwnWordsGroup {
    #[schema(required = true)]
    pub department: Option<String>,
    /// How many it asked about, of all that evening.
    pub customers: u64,
    /// `covering`, `customer`, `asked`, `preparing`, `mistake`, `other`; `null` as long as nobody answered.
    #[schema(required = true)]
    pub why: Option<String>,
    #[schema(required = true)]
    pub text: Option<String>,
    /// Of the accesses that are looked at, those it is about.
    pub events: Vec<Uuid>,
}

/// A page of the log.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::Page`, for the document")]
pub struct EventPage {
    pub items: Vec<Event>,
    #[schema(required = true)]
    pub next: Option<String>,
}

/// A page of touches.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::Page`, for the document")]
pub struct TouchPage {
    pub items: Vec<EventTouch>,
    #[schema(required = true)]
    pub next: Option<String>,
}

/// A time in which a record was part of another.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::records::PartOf`, for the document")]
pub struct WasPartOf {
    pub record: Uuid,
    pub from: i64,
    pub to: i64,
}

/// Who saw a customer.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::Seen`, for the document")]
pub struct SeenAnswer {
    pub customer: Uuid,
    /// Records that were merged into the one asked about; the answer is about them too.
    pub merged: Vec<Uuid>,
    /// Records that it was part of for a time, until a merge was taken back; looks at those then were looks at it.
    pub part_of: Vec<WasPartOf>,
    pub page: TouchPage,
    /// What happened before was dropped when its retention ended.
    #[schema(required = true)]
    pub kept_since: Option<i64>,
}

/// How often a customer was touched.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::CustomerCount`, for the document")]
pub struct TouchedCustomer {
    pub customer: Uuid,
    pub events: i64,
    pub last: i64,
}

/// What a user did.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::Did`, for the document")]
pub struct DidAnswer {
    pub user: Uuid,
    pub user_name: String,
    pub events: i64,
    pub distinct_customers: i64,
    pub customers: Vec<TouchedCustomer>,
    pub page: EventPage,
}

/// One count.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::CountRow`, for the document")]
pub struct EventCount {
    pub key: String,
    pub label: String,
    pub events: i64,
    pub touches: i64,
}

/// Counts of events.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `store::audit::Counts`, for the document")]
pub struct EventCounts {
    pub by: String,
    pub zone: String,
    pub rows: Vec<EventCount>,
    pub events: i64,
    pub touches: i64,
}

/// A label in Chinese and English.
#[derive(ToSchema)]
#[allow(dead_code, reason = "the shape of `model::Text`, for the document")]
pub struct Label {
    pub zh: String,
    pub en: String,
}

/// A condition over the fields of a record, as lists are filtered by.
#[derive(ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "the shape of `model::Condition`, for the document")]
pub enum Condition {
    All(ConditionAll),
    Any(ConditionAny),
    Not(ConditionNot),
    Test(ConditionTest),
}

/// All of them hold.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::Condition`, for the document")]
pub struct ConditionAll {
    #[schema(no_recursion)]
    pub all: Vec<Condition>,
}

/// One of them holds.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::Condition`, for the document")]
pub struct ConditionAny {
    #[schema(no_recursion)]
    pub any: Vec<Condition>,
}

/// It does not hold.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::Condition`, for the document")]
pub struct ConditionNot {
    #[schema(no_recursion)]
    pub not: Box<Condition>,
}

/// What a field's value is to be.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::Condition`, for the document")]
pub struct ConditionTest {
    #[schema(inline)]
    pub test: FieldTest,
}

/// A field, or `owner`, `department`, `created_at`, `updated_at`, `pool`, compared with a value.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::Condition`, for the document")]
pub struct FieldTest {
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$")]
    pub field: String,
    #[schema(inline)]
    pub op: FieldComparison,
    /// Of `is_empty` and `is_not_empty` nothing; of `in`, `has_any`, `has_all` and `has_none` a list.
    #[schema(required = false)]
    pub value: FieldValue,
}

/// How a field is compared.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the shape of `model::Comparison`, for the document")]
pub enum FieldComparison {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    In,
    StartsWith,
    Contains,
    HasAny,
    HasAll,
    HasNone,
    IsEmpty,
    IsNotEmpty,
}

/// The audit policy 审计策略.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::AuditPolicy`, for the document")]
pub struct AuditPolicy {
    /// Object types whose lists and views say less than everything.
    #[schema(value_type = std::collections::BTreeMap<String, AuditDepth>)]
    pub scope: (),
    pub frequency: AuditFrequency,
    pub method: AuditMethod,
    pub retention: AuditRetention,
}

/// How much the event of a look says.
#[derive(ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::audit_policy::Depth`, for the document")]
pub enum AuditDepth {
    Full,
    Sampled {
        #[schema(minimum = 2, maximum = 100)]
        one_in: u32,
    },
    Counted,
}

/// How often the log is watched over.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::audit_policy::Frequency`, for the document")]
pub struct AuditFrequency {
    #[schema(minimum = 1, maximum = 60)]
    pub checkpoint_seconds: u32,
    #[schema(minimum = 1, maximum = 168)]
    pub verify_hours: u32,
    #[schema(minimum = 1, maximum = 90)]
    pub review_days: u32,
}

/// How events are written.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::audit_policy::Method`, for the document")]
pub struct AuditMethod {
    #[schema(inline)]
    pub fields: AuditFieldsTold,
    #[schema(inline)]
    pub question: AuditQuestionTold,
}

/// How open and internal fields are told of.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the shape of `model::audit_policy::FieldsTold`, for the document")]
pub enum AuditFieldsTold {
    Names,
    Classes,
}

/// How the question of a list is told of.
#[derive(ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "the shape of `model::audit_policy::QuestionTold`, for the document")]
pub enum AuditQuestionTold {
    Values,
    Digest,
}

/// How long contents are kept.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "the shape of `model::audit_policy::AuditRetention`, for the document")]
pub struct AuditRetention {
    /// `null` keeps them for good.
    #[schema(required = true, minimum = 180, maximum = 36_500)]
    pub days: Option<u32>,
    /// Kinds of events that are kept longer: `refusals`, `changes`, `exports`, `administration`.
    #[schema(required = false)]
    pub longer: std::collections::BTreeMap<String, u32>,
}
