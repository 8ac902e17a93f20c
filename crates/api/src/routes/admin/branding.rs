//! `/admin/branding`: the company's logo and accent 品牌; `/branding`: what everybody sees of it, before they sign in too.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, Serialize};
use store::company::{ChangeBranding, LogoChange, Note};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, SignedInCaller};
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// The accent on light and on dark ground, as `#rrggbb`: each with a contrast of at least 4.5:1 there.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccentForm {
    #[schema(pattern = "^#[0-9a-f]{6}$", example = "#1f5499")]
    pub light: String,
    #[schema(pattern = "^#[0-9a-f]{6}$", example = "#5b96e5")]
    pub dark: String,
}

/// A field that is there as `null` is not one that was left out.
fn there<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(d).map(Some)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BrandingRequest {
    /// `null` for the console's own.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required = true)]
    pub accent: Option<AccentForm>,
    /// A PNG, JPEG or WebP picture of at most 256 kB and 2048 pixels, in base64; `null` takes the logo away, left out it stays.
    #[serde(default, deserialize_with = "there")]
    #[schema(value_type = Option<String>, max_length = 360000)]
    pub logo: Option<Option<String>>,
}

/// What everybody sees of the company.
#[derive(Serialize, ToSchema)]
pub struct BrandingAnswer {
    pub company: String,
    /// `zh-CN` or `en`: what is spoken to whoever chose no language; `null`: what their browser likes best.
    #[schema(required = true, example = "zh-CN")]
    pub language: Option<&'static str>,
    #[schema(required = true)]
    pub accent: Option<AccentForm>,
    /// SHA-256 of the logo, to be asked for as `/branding/logo?v=…`; `null` where there is none.
    #[schema(required = true)]
    pub logo: Option<String>,
}

/// Set logo and accent
#[utoipa::path(
    put, path = "/admin/branding", tag = "admin",
    request_body = BrandingRequest,
    responses((status = 204, description = "set")),
    extensions(("x-whosaw-action" = json!("setting.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn change_branding(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<BrandingRequest>,
) -> Outcome<Answer<()>> {
    let logo = match b.logo {
        None => LogoChange::Keep,
        Some(None) => LogoChange::Remove,
        Some(Some(text)) => {
            let bad = |_| Problem::new(Code::InvalidValues).item("/branding/logo", "malformed", "expected base64");
            LogoChange::Set(BASE64_STANDARD.decode(text).map_err(bad)?)
        }
    };
    let op = ChangeBranding { accent: b.accent.map(|a| (a.light, a.dark)), logo, note: Note::default() };
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    Ok(Answer::done(&state.store.change_branding(grant).await?))
}

/// What everybody sees of the company
#[utoipa::path(
    get, path = "/branding", tag = "system",
    responses((status = 200, description = "name, accent, and whether there is a logo", body = BrandingAnswer)),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("public: the sign-in page shows it; holds no personal data"))),
)]
pub async fn show_branding(State(state): State<ApiState>) -> Response {
    let face = state.store.face();
    let answer = BrandingAnswer {
        company: face.company,
        language: face.language.map(access::path::Language::as_str),
        accent: face.branding.accent.map(|a| AccentForm { light: a.light.into(), dark: a.dark.into() }),
        logo: face.branding.logo.as_ref().map(|l| l.sha256().to_owned()),
    };
    let mut response = axum::Json(answer).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// The company's logo
#[utoipa::path(
    get, path = "/branding/logo", tag = "system",
    responses((status = 200, description = "a PNG, JPEG or WebP picture", body = String, content_type = "image/png")),
    security(()),
    extensions(("x-whosaw-recorded" = json!(false)), ("x-whosaw-reason" = json!("public: the sign-in page shows it; holds no personal data"))),
)]
pub async fn show_logo(State(state): State<ApiState>) -> Outcome<Response> {
    let branding = state.store.face().branding;
    let picture = branding.logo.as_ref().and_then(|l| l.bytes());
    let (kind, bytes) = picture.ok_or_else(|| Problem::new(Code::NotFound))?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'"),
    );
    // Its address names its content.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    Ok(response)
}
