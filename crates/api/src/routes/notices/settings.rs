//! `/me/notices`: which kinds of notices somebody does not want.

use std::collections::BTreeSet;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::notices::{MuteNotices, NoticeKind, ShowNoticeSettings};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// Kinds of notices that are neither shown nor counted.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeSettingsForm {
    #[schema(value_type = Vec<String>, example = json!(["commented"]))]
    pub off: BTreeSet<String>,
}

/// Which kinds of notices one has off
#[utoipa::path(
    get, path = "/me/notices", tag = "notices",
    responses((status = 200, description = "kinds", body = NoticeSettingsForm)),
    extensions(("x-whosaw-action" = json!("self.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_notice_settings(
    State(state): State<ApiState>,
    who: SignedInCaller,
) -> Outcome<Answer<NoticeSettingsForm>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowNoticeSettings).await?;
    let form = |off: BTreeSet<NoticeKind>| NoticeSettingsForm {
        off: off.into_iter().map(|k| k.as_str().to_owned()).collect(),
    };
    Ok(Answer::with(state.store.show_notice_settings(grant).await?, form))
}

/// Set which kinds of notices one has off
#[utoipa::path(
    put, path = "/me/notices", tag = "notices",
    request_body = NoticeSettingsForm,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("own.save")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn set_notice_settings(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<NoticeSettingsForm>,
) -> Outcome<Answer<()>> {
    let known = |text: &String| {
        let bad = || Problem::new(Code::InvalidValues).item("/off", "invalid_value", "there is no such kind of notice");
        NoticeKind::read(text).ok_or_else(bad)
    };
    let off = b.off.iter().map(known).collect::<Outcome<BTreeSet<NoticeKind>>>()?;
    let grant = state.store.gate().admit_system(&who.caller, MuteNotices { off }).await?;
    Ok(Answer::done(&state.store.mute_notices(grant).await?))
}
