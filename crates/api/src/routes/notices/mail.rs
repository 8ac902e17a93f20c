//! `/me/mail`: where somebody wants mail, and of which notices.

use std::collections::BTreeSet;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::mail::{OwnMail, SetOwnMail, ShowOwnMail, ShownOwnMail};
use store::notices::NoticeKind;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// What one wants by mail. A kind in neither list is not mailed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnMailForm {
    /// `null` for no mail.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true, max_length = 254, example = "li.wei@example.com")]
    pub address: Option<String>,
    /// Kinds of notices that are mailed within some minutes.
    #[schema(value_type = Vec<String>, example = json!(["mentioned"]))]
    pub at_once: BTreeSet<String>,
    /// Kinds that come together, at half past eight in the morning.
    #[schema(value_type = Vec<String>, example = json!(["commented"]))]
    pub daily: BTreeSet<String>,
}

/// What one wants by mail, and what the company lets be.
#[derive(Serialize, ToSchema)]
pub struct OwnMailAnswer {
    #[schema(required = true)]
    pub address: Option<String>,
    pub at_once: Vec<&'static str>,
    pub daily: Vec<&'static str>,
    /// Whether the company has a mail server.
    pub available: bool,
    /// Domains that an address may have; any if there is none.
    pub domains: Vec<String>,
}

impl From<ShownOwnMail> for OwnMailAnswer {
    fn from(shown: ShownOwnMail) -> Self {
        let words = |kinds: BTreeSet<NoticeKind>| kinds.into_iter().map(NoticeKind::as_str).collect();
        let OwnMail { address, at_once, daily } = shown.wanted;
        let (available, domains) = (shown.available, shown.domains);
        Self { address, at_once: words(at_once), daily: words(daily), available, domains }
    }
}

/// What one wants by mail
#[utoipa::path(
    get, path = "/me/mail", tag = "notices",
    responses((status = 200, description = "address and kinds", body = OwnMailAnswer)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_own_mail(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<OwnMailAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowOwnMail).await?;
    Ok(Answer::with(state.store.show_own_mail(grant).await?, OwnMailAnswer::from))
}

/// Set what one wants by mail
///
/// Mail tells how many notices of which kinds wait, and nothing of what they are about.
#[utoipa::path(
    put, path = "/me/mail", tag = "notices",
    request_body = OwnMailForm,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn set_own_mail(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<OwnMailForm>,
) -> Outcome<Answer<()>> {
    let kinds = |field: &str, words: &BTreeSet<String>| {
        let known = |text: &String| {
            let bad =
                || Problem::new(Code::InvalidValues).item(field, "invalid_value", "there is no such kind of notice");
            NoticeKind::read(text).ok_or_else(bad)
        };
        words.iter().map(known).collect::<Outcome<BTreeSet<NoticeKind>>>()
    };
    let wanted =
        OwnMail { at_once: kinds("/at_once", &b.at_once)?, daily: kinds("/daily", &b.daily)?, address: b.address };
    let grant = state.store.gate().admit_system(&who.caller, SetOwnMail { wanted }).await?;
    Ok(Answer::done(&state.store.set_own_mail(grant).await?))
}
