//! `GET /oversight`: management's numbers, each with the page that proves it.

use axum::extract::State;
use model::Text;
use serde::Serialize;
use store::programme::{OversightNumber, OversightView, ReadOversight};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::schema::Label;
use crate::state::ApiState;

/// One number.
#[derive(Serialize, ToSchema)]
pub struct OversightItem {
    #[schema(example = "unexplained")]
    pub id: &'static str,
    #[schema(value_type = Label)]
    pub title: Text,
    /// `null` where there is nothing to count.
    #[schema(required = true)]
    pub value: Option<i64>,
    /// The same of the thirty days before, where it is of thirty days.
    #[schema(required = true)]
    pub before: Option<i64>,
    /// `count`, `hours` or `percent`.
    pub is: &'static str,
    /// Whether less is better.
    pub less: bool,
    /// Whether it is as it should be; `null` where that is the reader's to judge.
    #[schema(required = true)]
    pub good: Option<bool>,
    /// The page that proves it.
    pub proof: String,
}

impl From<OversightNumber> for OversightItem {
    fn from(n: OversightNumber) -> Self {
        let OversightNumber { id, title, value, before, is, less, good, proof } = n;
        Self { id, title, value, before, is: is.as_str(), less, good, proof }
    }
}

/// Management's numbers.
#[derive(Serialize, ToSchema)]
pub struct Oversight {
    /// The thirty days that numbers of a time are about.
    pub from: i64,
    pub until: i64,
    pub items: Vec<OversightItem>,
}

/// Management's numbers, each with the page that proves it
#[utoipa::path(
    get, path = "/oversight", tag = "programme",
    responses((status = 200, description = "as they are now", body = Oversight)),
    extensions(("x-whosaw-action" = json!("programme.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_oversight(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<Oversight>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadOversight).await?;
    Ok(Answer::with(state.store.read_oversight(grant).await?, |OversightView { from, until, numbers }| Oversight {
        from: from.0,
        until: until.0,
        items: numbers.into_iter().map(Into::into).collect(),
    }))
}
