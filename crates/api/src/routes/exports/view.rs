//! An export as its owner and auditors see it.

use model::UnixMs;
use serde::Serialize;
use store::Store;
use store::exports::{ExportFile, ExportPage, ExportState};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::schema::AnyObject;

/// One time that a file was taken.
#[derive(Serialize, ToSchema)]
pub struct TakenView {
    pub at: i64,
    /// From where.
    #[schema(required = true)]
    pub address: Option<String>,
}

/// An export, past or under way.
#[derive(Serialize, ToSchema)]
pub struct ExportView {
    pub id: Uuid,
    /// Who asked for it.
    pub user: Uuid,
    pub user_name: String,
    #[schema(example = "customer")]
    pub object: String,
    #[schema(example = "xlsx")]
    pub format: String,
    /// The fields in it.
    pub fields: Vec<String>,
    /// Whether a sensitive field is in it in the clear.
    pub sensitive: bool,
    /// What was asked, as the log tells it: never a searched text.
    #[schema(value_type = AnyObject)]
    pub question: serde_json::Value,
    #[schema(required = true)]
    pub purpose: Option<String>,
    /// `waiting`, `approved`, `rejected`, `running`, `ready`, `sent` (as it was made, without a file), `cancelled`, `failed`, `expired`,
    /// `withdrawn` (a customer in it was erased), `unknown`.
    pub state: String,
    /// Rows it may have.
    pub at_most: u64,
    pub rows: u64,
    pub bytes: u64,
    pub asked_at: i64,
    #[schema(required = true)]
    pub ended_at: Option<i64>,
    /// The file is destroyed then.
    #[schema(required = true)]
    pub expires_at: Option<i64>,
    pub downloads: Vec<TakenView>,
    /// How often it may be taken in all.
    pub most_downloads: u32,
}

/// A page of exports, newest first.
#[derive(Serialize, ToSchema)]
pub struct ExportViews {
    pub items: Vec<ExportView>,
    /// `before` of the next page.
    #[schema(required = true)]
    pub next: Option<Uuid>,
}

impl ExportView {
    pub(crate) fn of(store: &Store, file: ExportFile, now: UnixMs) -> Self {
        let engine = store.gate().engine();
        let user = engine.directory().user(file.actor);
        // Its time may be over before the sweeper comes by.
        let over = file.state == ExportState::Ready && file.expires_at.is_some_and(|at| at <= now);
        let state = if over { ExportState::Expired } else { file.state };
        Self {
            id: file.id.0,
            user: file.actor.0,
            user_name: user.map_or_else(|| file.actor.to_string(), |u| u.name.clone()),
            object: file.object.to_string(),
            question: file.asked.described(),
            format: file.asked.format,
            fields: file.asked.fields.iter().map(ToString::to_string).collect(),
            sensitive: file.asked.sensitive,
            purpose: file.asked.purpose,
            state: state.as_str().to_owned(),
            at_most: file.at_most,
            rows: file.rows,
            bytes: file.bytes,
            asked_at: file.asked_at.0,
            ended_at: file.ended_at.map(|t| t.0),
            expires_at: file.expires_at.map(|t| t.0),
            downloads: file.taken.into_iter().map(|t| TakenView { at: t.at.0, address: t.address }).collect(),
            most_downloads: store.export_rules().downloads,
        }
    }
}

pub(super) fn page(store: &Store, page: ExportPage, now: UnixMs) -> ExportViews {
    let next = if page.more { page.items.last().map(|f| f.id.0) } else { None };
    ExportViews { items: page.items.into_iter().map(|f| ExportView::of(store, f, now)).collect(), next }
}
