//! What holds for every operation of the OpenAPI document. An endpoint that was forgotten here is found here.

use std::collections::{BTreeMap, BTreeSet};

use model::Action;
use serde_json::{Value, json};

use crate::actors::Office;

/// Operations of the document: method, path, declaration.
fn operations() -> Vec<(String, String, Value)> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let mut all = vec![];
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    assert!(all.len() > 60, "{}", all.len());
    all
}

const ID: &str = "0190c8f4-0000-7000-8000-000000000000";

fn filled(path: &str) -> String {
    path.replace("{object}", "customer")
        .replace("{role}", "sales_rep")
        .replace("{version}", "1")
        .replace("{rule}", "volume-customers-day")
        .replace("{field}", "level")
        .replace("{course}", "misuse")
        .replace("{check}", "detection.decoys")
        .replace("{question}", ID)
        .replace("{user}", ID)
        .replace("{item}", "programme")
        .replace("{path}", "0/000")
        .replace("{id}", ID)
        .replace("{merge}", "2")
        .replace("{share}", ID)
        .replace("{file}", ID)
        .replace("{event}", ID)
        .replace("{comment}", ID)
        .replace("{session}", ID)
}

/// A body that an operation can read, by its path.
fn body(path: &str) -> Value {
    let end = path.rsplit('/').next().unwrap();
    let text = json!({ "zh": "甲", "en": "a" });
    match (path, end) {
        ("/api/v1/cases", _) => json!({ "subject": ID, "title": "甲", "severity": "low" }),
        // Of a day to come: what is begun would go on beside the next operations.
        ("/api/v1/reports", _) => {
            json!({ "definition": { "kind": "management" }, "unit": "day", "day": "2999-01-01" })
        }
        ("/api/v1/reports/plans", _) => json!({ "plans": [] }),
        ("/api/v1/cases/{id}/reveal", _) => json!({ "reason": "r" }),
        ("/api/v1/cases/{id}/export" | "/api/v1/cases/{id}/report", _) => json!({ "reason": "r" }),
        ("/api/v1/cases/{id}/evidence", _) => json!({ "events": [ID] }),
        ("/api/v1/cases/{id}/measures", _) => json!({ "kind": "talk", "text": "甲" }),
        ("/api/v1/cases/{id}/severity", _) => json!({ "severity": "high", "reason": "r" }),
        ("/api/v1/cases/{id}/owner", _) => json!({ "user": ID }),
        ("/api/v1/cases/{id}/tasks/done", _) => json!({ "task": 0, "done": true }),
        ("/api/v1/cases/{id}/watch", _) => json!({ "on": true }),
        ("/api/v1/cases/{id}/closing", _) => json!({ "verdict": "expected", "root_cause": "r", "action": "a" }),
        ("/api/v1/assessments" | "/api/v1/assessments/{id}", _) => json!({
            "name": "a", "organisation": "b", "starts_at": 4_000_000_000_000_i64, "ends_at": 4_000_000_100_000_i64,
            "due_at": 4_000_000_000_000_i64,
        }),
        ("/api/v1/assessments/{id}/questions", _) => json!({ "form": "csv", "text": "id,question\n1,q\n" }),
        ("/api/v1/assessments/{id}/questions/{question}/answerer", _) => json!({ "user": null }),
        ("/api/v1/assessments/{id}/questions/{question}/return", _) => json!({ "reason": "r" }),
        ("/api/v1/assessments/{id}/questions/{question}/answer", _) => json!({ "standing": "met", "text": "甲" }),
        ("/api/v1/assessments/{id}/questions/{question}/words", _) => json!({ "text": "甲" }),
        (_, "notes" | "tasks" | "questions" | "answer") => json!({ "text": "甲" }),
        (_, "contain" | "reopen") => json!({ "reason": "r" }),
        (_, "reveal") => json!({ "fields": ["phone"], "purpose": "test" }),
        (_, "apart") => json!({ "one": ID, "other": "0190c8f4-0000-7000-8000-000000000001" }),
        ("/api/v1/records/{object}/import/begin", _) => {
            json!({ "source": "s", "columns": ["name"], "rows": [{ "number": 1, "key": "k", "values": ["甲"] }] })
        }
        (_, "bulk") => json!({ "delete": true }),
        (_, "duplicates") => json!({ "fields": { "name": "甲" } }),
        (_, "lookup") => json!({ "ids": [ID] }),
        (_, "transfer") => json!({ "pool": true }),
        ("/api/v1/alerts/{id}/triage", _) => json!({ "act": "reopen" }),
        ("/api/v1/alerts/triage", _) => json!({ "act": "reopen", "ids": [ID] }),
        ("/api/v1/admin/mail", _) => json!({ "server": {
            "host": "127.0.0.1", "port": 1, "security": "none", "from": "crm@example.com" } }),
        ("/api/v1/admin/mail/test", _) => json!({ "to": "li@example.com" }),
        ("/api/v1/me/deputy", _) => json!({ "user": null, "until": null }),
        ("/api/v1/me/mail", _) => json!({ "address": null, "at_once": [], "daily": [] }),
        ("/api/v1/admin/channels", _) => json!({ "channels": [], "routes": [] }),
        ("/api/v1/admin/feeds", _) => feed(),
        ("/api/v1/admin/feeds/try", _) => json!({ "source": feed(), "data": "dCx1LGE=" }),
        ("/api/v1/admin/channels/test", _) => json!({ "name": "nowhere" }),
        (_, "branding") => json!({ "accent": null }),
        (_, "automations") => json!({ "rules": [] }),
        (_, "webhooks") => json!({ "hooks": [] }),
        (_, "submit") => json!({ "reason": "r" }),
        (_, "discard") => json!({ "reason": "other" }),
        (_, "convert") => json!({ "make": [{ "object": "customer", "fields": { "name": "甲" } }] }),
        ("/api/v1/requests", _) => json!({ "object": "customer", "record": ID, "days": 7, "reason": "r" }),
        ("/api/v1/admin/audit-policy/preview", _) => json!({ "policy": audit_policy() }),
        (_, "proposals") => json!({ "base": 1, "policy": audit_policy(), "reason": "r" }),
        ("/api/v1/admin/audit-policy/proposals/{id}/decide", _) => json!({ "consent": true }),
        (_, "decide") => json!({ "consent": true, "version": 1 }),
        (_, "flows") => json!({ "flows": [] }),
        (_, "who-decides") => json!({ "subject": "export", "requester": ID }),
        (_, "break-glass") => json!({ "reason": "an emergency at the site" }),
        (_, "aggregate") => json!({ "by": [{ "field": "level" }] }),
        (_, "pools") => json!({ "pools": [] }),
        ("/api/v1/me/notices", _) => json!({ "off": ["commented"] }),
        (_, "comments" | "{comment}") => json!({ "text": "甲" }),
        (_, "shares") => json!({ "kind": "viewer", "to": { "user": ID } }),
        (_, "views") | ("/api/v1/records/{object}/views/{id}", _) => json!({ "name": "甲" }),
        (_, "default") => json!({ "view": null }),
        (_, "mappings") => {
            json!({ "headings": ["a"], "mapping": {
                "source": "s", "key": ["a"], "columns": { "a": "name" }, "owner": null, "customer": null,
                "customer_source": null } })
        }
        ("/api/v1/records/{object}/{id}/merges/{merge}/undo", _) => json!({ "version": 2, "reason": "r" }),
        (_, "undo") => json!({ "job": ID }),
        (_, "trace") => json!({ "ids": [ID] }),
        (_, "reasons") => json!({ "counted": [], "links": [], "weak_minutes": 10, "ask_purpose": false }),
        (_, "evening-note") => {
            json!({ "on": true, "hour": 19, "customers": 5, "lists": false, "answer_days": 3 })
        }
        ("/api/v1/findings/{id}/owner", _) => json!({ "user": null }),
        ("/api/v1/findings/{id}/fixed", _) => json!({ "note": "甲" }),
        ("/api/v1/findings/{id}/acceptance", _) => json!({ "reason": "甲", "until": 1 }),
        ("/api/v1/findings/{id}/false-positive", _) => json!({ "reason": "甲" }),
        ("/api/v1/findings/{id}/consent", _) => json!({ "agree": true }),
        ("/api/v1/admin/findings", _) => json!({
            "critical_days": 7, "high_days": 30, "medium_days": 90, "low_days": 180, "informational_days": 365,
            "accept_days": 180, "second_from": "high",
        }),
        ("/api/v1/admin/training", _) => json!({
            "on": true, "required": [], "due_days": 14, "valid_months": 12, "wait_minutes": 5, "pledge": { "zh": "", "en": "" },
        }),
        ("/api/v1/findings/{id}/verified", _) => json!({ "note": "甲" }),
        ("/api/v1/posture/checks/{check}", _) => json!({ "owner": null, "due_at": null }),
        ("/api/v1/posture/checks/{check}/waiver", _) => json!({ "reason": "r", "until": 1 }),
        ("/api/v1/programme", _) => json!({ "entries": [] }),
        ("/api/v1/programme/skips", _) => json!({ "activity": "ledger", "first": "2026-01-01", "reason": "r" }),
        ("/api/v1/reviews", _) => json!({
            "name": "a", "what": ["roles"], "reviewer": "manager", "due_days": 7, "grace_days": 3, "unanswered": "keep",
        }),
        ("/api/v1/leavers", _) => json!({
            "user": ID, "notice_on": "2026-11-23", "last_on": "2026-12-22", "reason": "r",
        }),
        ("/api/v1/leavers/{id}/verdict", _) => json!({ "verdict": "explained", "reason": "r", "days": 30 }),
        ("/api/v1/leavers/{id}/withdraw", _) => json!({ "reason": "r" }),
        ("/api/v1/admin/review-plans", _) => json!({ "plans": [] }),
        ("/api/v1/me/reviews/decisions", _) => json!({ "lines": [ID], "choice": "keep" }),
        ("/api/v1/training/courses/{course}/withdrawal", _) => json!({ "withdrawn": true }),
        ("/api/v1/training/outside" | "/api/v1/training/outside/{course}", _) => json!({
            "title": text, "about": text, "activity": "https://lms.example.com/7", "launch": "https://lms.example.com/7",
            "months": 12, "least_percent": null, "home_page": "https://lms.example.com", "mail_domain": null,
        }),
        ("/api/v1/training/assignments", _) => json!({ "user": ID, "course": "misuse", "days": 7 }),
        ("/api/v1/me/training/{course}/answers", _) => json!({ "answers": [] }),
        (_, "reveal-rules") => json!({ "per_day": null }),
        (_, "export-rules") => json!({
            "rows_per_day": null, "approve_above": null, "approve_sensitive": false, "lasts_hours": 24, "downloads": 10,
        }),
        (_, "file-rules") => json!({ "most_mb": 20, "per_record": 50, "total_mb": 20000, "refused": ["exe"] }),
        (_, "export" | "exports") => json!({ "format": "csv", "purpose": "test" }),
        (_, "import") => json!({ "source": "s", "rows": [{ "key": "k", "fields": { "name": "甲" } }] }),
        ("/api/v1/records/{object}" | "/api/v1/records/{object}/{id}", _) => json!({ "fields": { "name": "甲" } }),
        ("/api/v1/session", _) => json!({ "login": "nobody", "password": "no" }),
        (_, "step-up" | "confirm" | "totp") => json!({ "code": "123456" }),
        ("/api/v1/me/password", _) => json!({ "old_password": "a", "password": "b" }),
        ("/api/v1/tokens", _) => json!({ "name": "a", "expires_at": 1 }),
        (_, "evidence") => json!({ "customer": ID }),
        (_, "why") => json!({ "user": ID, "action": "view", "object": "customer", "record": ID }),
        (_, "who-can") => json!({ "action": "view", "object": "customer", "record": ID }),
        (_, "who-could") => json!({ "action": "view", "object": "customer", "record": ID, "at": 1 }),
        (_, "what-could") => json!({ "user": ID, "object": "customer", "at": 1 }),
        (_, "what-can") => json!({ "user": ID, "object": "customer" }),
        ("/api/v1/admin/users", _) => json!({ "login": "new", "name": "n", "kind": "person", "department": ID }),
        (_, "handover") => json!({ "others": { "manager": true } }),
        (_, "status") => json!({ "status": "disabled" }),
        ("/api/v1/admin/departments", _) => json!({ "name": "a", "parent": ID }),
        (_, "name") => json!({ "name": "a" }),
        (_, "parent") => json!({ "parent": null }),
        ("/api/v1/admin/roles/{role}", _) => json!({ "label": text }),
        (_, "compare") => json!({ "into": ID, "from": ["0190c8f4-0000-7000-8000-000000000001"] }),
        (_, "merge") => json!({
            "into": ID, "version": 1, "from": [{ "id": "0190c8f4-0000-7000-8000-000000000001", "version": 1 }], "reason": "r",
        }),
        ("/api/v1/detection/check", _) => json!({ "text": "title: a" }),
        ("/api/v1/detection/rules/{rule}", _) => json!({
            "base": 0, "state": "off", "severity": null, "filters": [], "text": null, "reason": "r" }),
        ("/api/v1/detection/try", _) => json!({ "rule": "volume-customers-day", "filters": [], "days": 7 }),
        ("/api/v1/admin/policy/replay", _) => json!({ "policy": { "rows": [] }, "days": 7 }),
        ("/api/v1/detection/explain", _) => json!({ "rule": "volume-customers-day", "event": ID }),
        (_, "check" | "preview") => json!({ "policy": { "rows": [] } }),
        ("/api/v1/admin/policy", _) => json!({ "base": 0, "policy": { "rows": [] }, "reason": "r" }),
        (_, "roll-back") => json!({ "base": 0, "to": 1, "reason": "r" }),
        (_, "temporary-grants") => json!({ "reason": "r", "grant": {
            "user": ID, "objects": "any", "what": { "operations": ["view"] }, "scope": { "kind": "all" },
            "valid_until": 1, "title": text } }),
        ("/api/v1/admin/objects", _) => json!({ "name": "thing", "label": text, "title_field": "name", "fields": [] }),
        (_, "fields") => json!({ "name": "extra", "label": text, "type": { "kind": "bool" }, "class": "internal" }),
        (_, "misfits") => json!({ "max": 1 }),
        (_, "restore") => json!({ "version": 1, "current": 1 }),
        (_, "retention") => json!({ "duty_days": 1, "audit_days": null }),
        (_, "apply") => json!({ "days": 365 }),
        ("/api/v1/admin/responses", _) => json!({ "user": ID, "kind": "no_export", "minutes": 60, "reason": "r" }),
        (_, "end" | "last" | "lift") => json!({ "reason": "r" }),
        (_, "second") => json!({ "consent": true }),
        (_, "response-rules") => json!({ "automatic": [] }),
        (_, "canaries") => json!({ "count": 1, "label": "a" }),
        (_, "holds" | "release") => json!({ "customer": ID, "reason": "r" }),
        (_, "erasures") => json!({ "object": "customer", "customer": ID, "reason": "r" }),
        _ => json!({}),
    }
}

fn feed() -> Value {
    json!({
        "name": "other", "label": { "zh": "甲", "en": "a" }, "format": "csv", "encoding": "utf8", "zone": "UTC",
        "csv": { "time": "t", "user": "u", "action": ["a"] }, "actions": { "*": "view" },
    })
}

fn audit_policy() -> Value {
    json!({
        "scope": {}, "frequency": { "checkpoint_seconds": 2, "verify_hours": 24, "review_days": 7 },
        "method": { "fields": "names", "question": "values" }, "retention": { "days": null },
    })
}

/// Who may do it, so that it is not refused for lack of a right.
fn allowed(action: &str) -> &'static str {
    match action {
        "user.manage" | "backup" | "handover" | "object.manage" | "setting.manage" | "directory.read" => "admin",
        "key.manage"
        | "role.assign"
        | "policy.manage"
        | "hold.manage"
        | "retention.apply"
        | "grant.revoke"
        | "erase"
        | "alert.read"
        | "alert.handle"
        | "audit_policy.manage"
        | "audit_policy.consent"
        | "case.handle"
        | "case.read"
        | "case.report"
        | "report.make"
        | "report.read"
        | "detection.manage"
        | "response.take"
        | "canary.manage"
        | "feed.manage"
        | "finding.manage"
        | "finding.read"
        | "posture.manage"
        | "posture.read"
        | "programme.manage"
        | "programme.read"
        | "training.manage"
        | "training.read"
        | "leaver.manage"
        | "leaver.read"
        | "review.manage"
        | "review.read"
        | "assessment.manage"
        | "assessment.read"
        | "assessment.answer"
        | "rights.read" => "security",
        "audit.read" | "audit.evidence" | "access.explain" => "auditor",
        _ => "director",
    }
}

#[test]
fn every_operation_says_what_it_is_recorded_as() {
    let mut ids = BTreeSet::new();
    for (method, path, op) in operations() {
        let at = format!("{method} {path}");
        assert!(ids.insert(op["operationId"].as_str().unwrap().to_owned()), "{at}: its operationId is taken");
        match op["x-whosaw-recorded"].as_bool().unwrap_or_else(|| panic!("{at}: say x-whosaw-recorded")) {
            true => {
                op["x-whosaw-action"]
                    .as_str()
                    .unwrap_or_default()
                    .parse::<Action>()
                    .unwrap_or_else(|e| panic!("{at}: {e}"));
            }
            false => assert!(op["x-whosaw-reason"].is_string(), "{at}: say why it is not recorded (x-whosaw-reason)"),
        }
        if method != "GET" {
            assert_eq!(op["x-whosaw-recorded"], true, "{at}: whatever changes something is recorded");
        }
        assert!(op["summary"].as_str().is_some_and(|s| !s.is_empty()), "{at}: has no summary");
        for (status, response) in op["responses"].as_object().unwrap() {
            if status.starts_with(['4', '5']) {
                assert!(
                    response["content"]["application/problem+json"].is_object(),
                    "{at} {status}: is no problem document"
                );
            }
        }
    }
}

#[test]
fn the_document_is_openapi_3_1_and_its_references_lead_somewhere() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let text = document.to_string();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn nobody_unknown_gets_in_anywhere() {
    let office = Office::new().await;
    let anyone = office.anonymous();
    let before = office.all_events().await;
    for (method, path, op) in operations() {
        let reply = anyone.send(&method, &filled(&path), &[("if-match", "\"1\"")], body(&path).to_string()).await;
        let open = op["security"] == json!([{}]) || op["security"] == json!([]);
        if !open {
            reply.problem(401, "unauthenticated");
        } else {
            assert_ne!(reply.code_if_json(), "unauthenticated", "{method} {path}");
        }
    }
    // The one refused sign-in.
    assert_eq!(office.all_events().await, before + 1);
}

/// Somebody without a role, and somebody who may: each leaves exactly what the operation declares.
#[tokio::test]
async fn every_operation_is_recorded_as_it_declares() {
    for (who, only) in [("nobody", None), ("allowed", Some(()))] {
        let office = Office::new().await;
        let mut actors = BTreeMap::new();
        for login in ["nobody", "admin", "security", "auditor", "director"] {
            actors.insert(login, office.actor(login).await);
        }
        for (method, path, op) in operations() {
            let at = format!("{who} {method} {path}");
            let action = op["x-whosaw-action"].as_str().unwrap_or_default();
            let login = if only.is_some() { allowed(action) } else { "nobody" };
            let actor = &actors[login];
            let before = office.all_events().await;
            let query = match path.rsplit('/').next() {
                Some("counts") => "?by=day",
                // Without an end of its own otherwise.
                Some("live") => "?seconds=0",
                _ => "",
            };
            let place = format!("{}{query}", filled(&path));
            let reply = actor.send(&method, &place, &[("if-match", "\"1\"")], body(&path).to_string()).await;
            let status = reply.status.as_u16();
            assert!(status < 500 || status == 503, "{at}: {status} {}", reply.text());
            assert_ne!(status, 401 * u16::from(path != "/api/v1/session"), "{at}: {}", reply.text());
            assert!(
                op["responses"].get(status.to_string()).is_some(),
                "{at}: answers {status}, which its document does not say: {}",
                reply.text()
            );
            let left = office.all_events().await - before;
            let needs_session = reply.code_if_json() == "session_needed";
            if op["x-whosaw-recorded"] == true && !needs_session {
                assert!(left >= 1, "{at}: declared as recorded, but left nothing: {status} {}", reply.text());
                if only.is_none() && !action.parse::<Action>().is_ok_and(|a| a.on() == model::action::On::Session) {
                    // Anybody may be given a share, so anybody may list: what is shared with them, here nothing.
                    let nothing = action == "list"
                        && (reply.json() == json!({ "items": [], "next": null })
                            || reply.json() == json!({ "items": [] })
                            || reply.json() == json!({ "count": 0 }));
                    assert!(nothing || matches!(status, 403 | 404), "{at}: {status} for somebody without a role");
                }
            } else if !needs_session {
                assert_eq!(left, 0, "{at}: declared as not recorded, but left an event");
            }
            if reply.status.is_success()
                && op["x-whosaw-recorded"] == true
                && !matches!(path.as_str(), "/api/v1/session" | "/api/v1/records/{object}/import")
            {
                assert_eq!(reply.header("x-audit-event").len(), 36, "{at}");
            }
        }
    }
}
