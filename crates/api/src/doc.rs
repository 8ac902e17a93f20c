//! The OpenAPI document around the endpoints: who it is, how one signs in, and the errors every operation can answer.

use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder,
    SecurityRequirement,
};
use utoipa::{PartialSchema, ToSchema};

use crate::forms;
use crate::problem::{HelpText, ProblemBody, ProblemItem};

const DESCRIPTION: &str = "The HTTP API of Whosaw 谁看过. Conventions: docs/api.md. Every operation tells which operation it is \
recorded as (`x-whosaw-action`) and whether it is recorded (`x-whosaw-recorded`). Times are milliseconds since 1970 (UTC).";

/// The document without its endpoints.
pub(crate) fn base() -> OpenApi {
    let tag = |name: &str, text: &str| TagBuilder::new().name(name).description(Some(text)).build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Whosaw")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(DESCRIPTION))
                .license(Some(LicenseBuilder::new().name("Apache-2.0").identifier(Some("Apache-2.0")).build()))
                .build(),
        )
        .tags(Some(vec![
            tag("records", "Customers 客户 and every other object type"),
            tag("session", "Signing in 登录, and one's own account"),
            tag("tokens", "API tokens 令牌"),
            tag("requests", "Requests 申请, approvals 审批, access for a time 临时授权"),
            tag("notices", "Notices 通知"),
            tag(
                "posture",
                "Security posture 安全态势: what of the instance is as it should be, and who sees to the rest",
            ),
            tag("programme", "The audit programme 审计计划 and management's numbers 管理层看板"),
            tag("training", "Security training 安全培训: courses, quizzes, and how far everybody is"),
            tag("findings", "Vulnerabilities 漏洞: scans, findings, and what became of them"),
            tag("reviews", "Access reviews 权限复核: campaigns, lines to answer, and the signed list"),
            tag("leavers", "Leavers 离职: a closer watch, a look-back, what is still theirs, and a verdict"),
            tag(
                "assessments",
                "Assessments by third parties 第三方评估: questionnaire, evidence room, assessors and what they say",
            ),
            tag("cases", "Cases 案件, and questions to people about their own accesses 问询"),
            tag("reports", "Audit reports 审计报告"),
            tag("audit", "Questions to the access log 审计日志"),
            tag("access", "Questions about rights 权限查询"),
            tag("admin", "Administrative duties 三员分立"),
            tag("exports", "Exports as files"),
            tag("alerts", "What rules found about people 告警"),
            tag("jobs", "Work in the background 后台任务"),
            tag("ledger", "The published log 存证"),
            tag("system", "Health, metrics, this document"),
        ]))
        .security(Some(vec![
            SecurityRequirement::new("session", Vec::<String>::new()),
            SecurityRequirement::new("token", Vec::<String>::new()),
        ]))
        .build()
}

/// What an operation can go wrong with, by what it takes.
fn problems(path: &str, operation: &Operation, open: bool) -> Vec<(u16, &'static str)> {
    let mut all = vec![
        (429, "too much of this lately"),
        (500, "something went wrong here"),
        (503, "not now; nothing was shown or changed"),
    ];
    let in_query = |p: &utoipa::openapi::path::Parameter| matches!(p.parameter_in, ParameterIn::Query);
    let has_query = operation.parameters.iter().flatten().any(|p| matches!(p, RefOr::T(p) if in_query(p)));
    let needs_version = operation.parameters.iter().flatten().any(|p| matches!(p, RefOr::T(p) if p.name == "If-Match"));
    all.push((400, "the request cannot be read"));
    if !open {
        all.push((401, "not signed in"));
        all.push((403, "not permitted"));
        all.push((409, "it stands against what is there"));
    }
    if operation.request_body.is_some() {
        all.extend([(413, "the body is too large"), (415, "the body is not JSON")]);
    }
    if operation.request_body.is_some() || has_query {
        all.push((422, "values are wrong"));
    }
    if !open || path.starts_with("/ledger/") || path.ends_with("/logo") {
        all.push((404, "it does not exist, or the caller may not know whether it does"));
    }
    if needs_version {
        all.extend([(412, "the record has changed"), (428, "If-Match is needed")]);
    }
    if path == "/api/v1/exports/{id}/file" {
        all.push((410, "the file has expired"));
    }
    if matches!(operation.operation_id.as_deref(), Some("view_record" | "compare_undo" | "undo_merge")) {
        all.push((410, "it was merged into another record"));
    }
    if path == "/api/v1/session" {
        all.extend([(401, "login, password or code is wrong"), (403, "cross-site request")]);
    }
    if path.starts_with("/api/v1/audit/events/") || path == "/api/v1/audit/evidence" {
        all.push((404, "there is none, or this node does not serve it"));
    }
    all
}

fn problem_response(text: &str) -> utoipa::openapi::Response {
    let schema = Ref::from_schema_name(<ProblemBody as ToSchema>::name());
    ResponseBuilder::new()
        .description(text)
        .content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build())
        .build()
}

fn header_parameter(name: &str, text: &str) -> RefOr<utoipa::openapi::path::Parameter> {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(text))
        .schema(Some(String::schema()))
        .build()
        .into()
}

/// Adds what all endpoints have in common.
pub(crate) fn complete(mut document: OpenApi) -> OpenApi {
    // The router's `{*rest}` is a parameter like any other to the document.
    let paths = std::mem::take(&mut document.paths.paths);
    document.paths.paths = paths.into_iter().map(|(path, item)| (path.replace("{*", "{"), item)).collect();
    let components = document.components.get_or_insert_default();
    for (name, schema) in [
        (<ProblemBody as ToSchema>::name(), ProblemBody::schema()),
        (<ProblemItem as ToSchema>::name(), ProblemItem::schema()),
        (<HelpText as ToSchema>::name(), HelpText::schema()),
    ] {
        components.schemas.insert(name.into_owned(), schema);
    }
    components.add_security_scheme(
        "session",
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
            "whosaw",
            "The cookie of POST /api/v1/session; over TLS its name is `__Host-whosaw`.",
        ))),
    );
    components.add_security_scheme(
        "token",
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("whosaw_pat_…").build()),
    );
    for (path, item) in &mut document.paths.paths {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            let open = operation.security.is_some();
            for (status, text) in problems(path, operation, open) {
                let status = status.to_string();
                operation.responses.responses.entry(status).or_insert_with(|| problem_response(text).into());
            }
            let recorded = operation
                .extensions
                .as_ref()
                .and_then(|e| e.get("x-whosaw-recorded"))
                .is_some_and(|v| *v == json!(true));
            let parameters = operation.parameters.get_or_insert_default();
            parameters.push(header_parameter("X-Request-ID", "1 to 64 of A-Z a-z 0-9 _ -; echoed, else one is made"));
            if recorded && !open {
                parameters
                    .push(header_parameter("X-Purpose", "why 用途; percent-encoded UTF-8, at most 500 characters"));
                let event = HeaderBuilder::new()
                    .schema(Some(String::schema()))
                    .description(Some("the event that recorded this answer"))
                    .build();
                for (status, response) in &mut operation.responses.responses {
                    if let (true, RefOr::T(response)) = (status.starts_with('2'), response) {
                        response.headers.insert("X-Audit-Event".to_owned(), event.clone().into());
                    }
                }
            }
            operation.parameters.iter_mut().flatten().for_each(forms::add);
            if operation.extensions.is_none() {
                operation.extensions = Some(ExtensionsBuilder::new().add("x-whosaw-recorded", json!(false)).build());
            }
        }
    }
    document
}
