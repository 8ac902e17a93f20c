//! `/findings/scans`: reports of scanners, taken in once each.

use axum::body::Body as HttpBody;
use axum::extract::State;
use model::Action;
use serde::{Deserialize, Serialize};
use store::findings::{Format, ListScans, MOST_BYTES, ScanTaken, TakeScan, TakenLine};
use utoipa::{IntoParams, ToSchema};

use super::form::ScanItem;
use crate::answer::Answer;
use crate::extract::{Query, SignedInCaller};
use crate::forms;
use crate::problem::{Code, Outcome, Problem};
use crate::routes::arrive::arrive;
use crate::routes::cases::refused;
use crate::state::ApiState;

const DEFAULT_LIMIT: usize = 50;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TakeScanQuery {
    /// What was scanned, as the company calls it. A scan closes what it shows no more only of this asset and of its own tool.
    #[param(min_length = 1, max_length = 120)]
    pub asset: String,
    /// What the file is called.
    #[param(min_length = 1, max_length = 200)]
    pub file: String,
    /// Whose form the report has; the one it shows if left out.
    #[param(schema_with = forms::scan_format)]
    pub format: Option<String>,
    /// Only say what would become of it.
    pub dry: Option<bool>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ScansQuery {
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// 1 to 200; 50 if left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
}

/// A page of scans.
#[derive(Serialize, ToSchema)]
pub struct ScanPage {
    pub items: Vec<ScanItem>,
    /// The cursor of the next page; `null` at the end.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// A finding that a scan changed.
#[derive(Serialize, ToSchema)]
pub struct ScanLine {
    pub id: uuid::Uuid,
    /// `found`, `shown_again` or `verified`.
    pub what: &'static str,
    pub severity: &'static str,
    pub title: String,
}

/// What became of a scan.
#[derive(Serialize, ToSchema)]
pub struct ScanAnswer {
    pub scan: ScanItem,
    /// The same file was taken in before: nothing was added.
    pub known: bool,
    /// It was only tried.
    pub dry: bool,
    /// What changed, the gravest first; at most 100 lines.
    pub lines: Vec<ScanLine>,
}

impl From<ScanTaken> for ScanAnswer {
    fn from(t: ScanTaken) -> Self {
        let line = |l: TakenLine| ScanLine {
            id: l.id.0,
            what: l.what.as_str(),
            severity: l.severity.as_str(),
            title: l.title,
        };
        Self { scan: t.scan.into(), known: t.known, dry: t.dry, lines: t.lines.into_iter().map(line).collect() }
    }
}

/// Take the report of a scanner in
///
/// SARIF, CycloneDX, OSV, Trivy, ZAP, Nuclei or Greenbone, of at most 32 MiB, not packed. The same file of the same asset is taken in once. What
/// a report that ran to its end shows no more is verified as mended, if a scan of the same tool showed it on the same asset.
#[utoipa::path(
    post, path = "/findings/scans", tag = "findings",
    params(TakeScanQuery),
    request_body(content = String, description = "the file", content_type = "application/octet-stream"),
    responses((status = 200, description = "what became of it", body = ScanAnswer)),
    extensions(("x-whosaw-action" = json!("finding.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn take_scan(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(query): Query<TakeScanQuery>,
    body: HttpBody,
) -> Outcome<Answer<ScanAnswer>> {
    let format = match query.format.as_deref() {
        None => None,
        Some(name) => Some(Format::read(name).ok_or_else(|| {
            Problem::new(Code::MalformedQuery).item("/query/format", "invalid_value", "an unknown value")
        })?),
    };
    // A report takes many times its bytes while it is read: only some at once.
    let (body, permit) = arrive(&state, &who, Action::FindingManage, body, MOST_BYTES).await?;
    let op = TakeScan::new(query.asset, query.file, format, body, query.dry.unwrap_or(false));
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let store = state.store.clone();
    // In a task of its own: when the client goes away, what it had begun is ended and recorded all the same.
    let whole = tokio::spawn(async move {
        let _permit = permit;
        store.take_scan(grant).await
    });
    match whole.await {
        Ok(done) => Ok(Answer::with(done.map_err(refused)?, ScanAnswer::from)),
        Err(error) => {
            tracing::error!(panicked = error.is_panic(), "a scan ended in the middle");
            Err(Problem::new(Code::Internal))
        }
    }
}

/// Scans that were taken in, newest first
#[utoipa::path(
    get, path = "/findings/scans", tag = "findings",
    params(ScansQuery),
    responses((status = 200, description = "a page of scans", body = ScanPage)),
    extensions(("x-whosaw-action" = json!("finding.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn list_scans(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Query(q): Query<ScansQuery>,
) -> Outcome<Answer<ScanPage>> {
    let op = ListScans { limit: q.limit.unwrap_or(DEFAULT_LIMIT), after: q.cursor };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let page = state.store.list_scans(grant).await.map_err(refused)?;
    Ok(Answer::with(page, |p| ScanPage { items: p.items.into_iter().map(Into::into).collect(), next: p.next }))
}
