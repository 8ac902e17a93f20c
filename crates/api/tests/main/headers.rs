//! Pages, files and headers that go with every answer.

use api::ApiConfig;
use serde_json::json;

use crate::actors::Office;

#[tokio::test]
async fn every_answer_carries_its_id_and_the_browser_s_limits() {
    let office = Office::with(ApiConfig { secure_cookies: true, ..ApiConfig::default() }).await;
    let rep = office.actor("rep").await;
    for path in ["/api/v1/records/customer", "/api/v1/nothing", "/", "/healthz", "/api/explorer/"] {
        let reply = rep.get(path).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(reply.header("strict-transport-security").starts_with("max-age="), "{path}");
        assert_eq!(reply.header("x-request-id").len(), 32, "{path}");
    }
    assert_eq!(rep.get("/api/v1/records/customer").await.header("cache-control"), "no-store");
    let own = rep.send("GET", "/api/v1/me", &[("x-request-id", "my-id_1")], "").await.is(200);
    assert_eq!(own.header("x-request-id"), "my-id_1");
    let odd = rep.send("GET", "/api/v1/me", &[("x-request-id", "<script>")], "").await.is(200);
    assert_ne!(odd.header("x-request-id"), "<script>");
}

#[tokio::test]
async fn what_is_missing_or_not_allowed_is_a_problem_too() {
    let office = Office::new().await;
    let rep = office.actor("rep").await;
    rep.get("/api/v1/nothing").await.problem(404, "unknown_route");
    let reply = rep.send("PUT", "/api/v1/records/customer", &[], "{}").await.problem(405, "method_not_allowed");
    let allow = reply.header("allow").to_owned();
    assert!(allow.contains("GET") && allow.contains("POST"), "{allow}");
    rep.send("TRACE", "/api/v1/me", &[], "").await.problem(405, "method_not_allowed");
    office.anonymous().get("/api/v1/me").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn not_there_and_not_visible_are_the_same_bytes() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    let outsider = office.actor("outsider").await;
    let never = "0190c8f4-0000-7000-8000-000000000000";
    let body = json!({ "fields": { "level": "B" } }).to_string();
    let version = [("if-match", "\"1\"")];
    let to = json!({ "user": office.company.id("outsider") }).to_string();
    let reveal = json!({ "fields": ["phone"], "purpose": "x" }).to_string();
    for (method, tail, body) in [
        ("GET", "", ""),
        ("PATCH", "", body.as_str()),
        ("DELETE", "", ""),
        ("GET", "/shares", ""),
        ("POST", "/transfer", to.as_str()),
        ("POST", "/reveal", reveal.as_str()),
    ] {
        let ask = |id: &str| {
            let (outsider, path) = (outsider.clone(), format!("/api/v1/records/customer/{id}{tail}"));
            async move { outsider.send(method, &path, &version, body.to_owned()).await }
        };
        let (hidden, absent, odd) = (ask(&id).await, ask(never).await, ask("not-an-id").await);
        let whole = |mut r: crate::actors::Reply| {
            r.headers.remove("x-request-id");
            r.headers.remove("x-audit-event");
            (r.status, r.headers, r.bytes)
        };
        let hidden = whole(hidden);
        if hidden.0 == 403 {
            // Sales reps delete no customer at all, whichever it is.
            assert_eq!(method, "DELETE");
            let (mut a, mut b) = (serde_json::from_slice::<serde_json::Value>(&hidden.2).unwrap(), absent.json());
            a["trace_id"].take();
            b["trace_id"].take();
            assert_eq!(a, b);
            continue;
        }
        assert_eq!(hidden.0, 404, "{method} {tail}");
        assert_eq!(hidden, whole(absent), "{method} {tail}");
        assert_eq!(hidden, whole(odd), "{method} {tail}");
    }
}

#[tokio::test]
async fn the_ledger_is_public_and_metrics_are_not() {
    let office = Office::new().await;
    let anyone = office.anonymous();
    let checkpoint = anyone.get("/ledger/checkpoint").await.is(200);
    assert!(checkpoint.text().starts_with("whosaw.example/audit\n"));
    assert_eq!(checkpoint.header("cache-control"), "no-cache");
    assert!(anyone.get("/ledger/log.vkey").await.is(200).text().starts_with("whosaw.example/audit+"));
    let size: u64 = checkpoint.text().lines().nth(1).unwrap().parse().unwrap();
    let tile = anyone.get(&format!("/ledger/tile/0/000.p/{size}")).await.is(200);
    assert_eq!(tile.bytes.len() as u64, size * 32);
    anyone.get("/ledger/tile/0/999").await.problem(404, "not_found");
    anyone.get("/ledger/tile/../../etc/passwd").await.problem(404, "not_found");
    anyone.get("/metrics").await.problem(401, "unauthenticated");
    office.actor("rep").await.get("/metrics").await.problem(403, "forbidden");
    office.actor("auditor").await.get("/metrics").await.is(200);

    let closed = Office::with(ApiConfig { public_ledger: false, ..ApiConfig::default() }).await;
    closed.anonymous().get("/ledger/checkpoint").await.problem(404, "not_served");
}

#[tokio::test]
async fn pages_for_people_are_served_whole_and_without_inline_scripts() {
    let office = Office::new().await;
    let anyone = office.anonymous();
    let page = anyone.get("/status").await.is(200).text();
    assert!(page.contains("谁看过") && page.contains("whosaw.example/audit") && !page.contains("<script"));
    anyone.get("/healthz").await.is(200);
    anyone.get("/readyz").await.is(200);
    let explorer = anyone.get("/api/explorer/").await.is(200).text();
    for part in explorer.split("<script").skip(1) {
        assert!(part.trim_start().starts_with("src=") || part.contains("src=\""), "{part}");
    }
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-initializer.js"] {
        anyone.get(&format!("/api/explorer/{file}")).await.is(200);
    }
    anyone.get("/api/explorer/nothing.js").await.problem(404, "unknown_route");
}

#[tokio::test]
async fn more_requests_than_the_server_takes_are_refused_and_not_queued() {
    let office = Office::with(ApiConfig { concurrency: 0, ..ApiConfig::default() }).await;
    office.anonymous().get("/healthz").await.problem(503, "overloaded");
}
