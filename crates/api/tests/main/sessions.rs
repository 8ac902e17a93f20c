//! Signing in with a browser, and what a cookie is good for.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use testkit::company_fixture::PASSWORDS;

use crate::actors::{Office, Reply};

async fn sign_in(office: &Office, login: &str, password: &str) -> Reply {
    office.anonymous().post("/api/v1/session", json!({ "login": login, "password": password })).await
}

fn secret(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn with_cookie(office: &Office, method: &str, path: &str, cookie: &str, site: Option<&str>, body: &str) -> Reply {
    let mut builder = Request::builder().method(method).uri(path).header("cookie", cookie);
    builder = builder.header("content-type", "application/json");
    if let Some(site) = site {
        builder = builder.header("sec-fetch-site", site);
    }
    office.send(builder.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn a_session_lives_in_a_cookie_and_ends_with_signing_out() {
    let office = Office::new().await;
    let reply = sign_in(&office, "auditor", PASSWORDS[2]).await.is(200);
    let cookie = reply.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("whosaw=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let cookie = secret(&reply);
    let value = cookie.split_once('=').unwrap().1.to_owned();
    assert!(!reply.text().contains(&value));

    let me = with_cookie(&office, "GET", "/api/v1/me", &cookie, None, "").await.is(200);
    assert_eq!(me.json()["user"]["login"], "auditor");
    let sessions = with_cookie(&office, "GET", "/api/v1/sessions", &cookie, None, "").await.is(200);
    assert_eq!(sessions.json()["items"].as_array().unwrap().len(), 1);
    with_cookie(&office, "DELETE", "/api/v1/session", &cookie, Some("same-origin"), "").await.is(204);
    let gone = with_cookie(&office, "GET", "/api/v1/me", &cookie, None, "").await.problem(401, "unauthenticated");
    assert!(gone.header("www-authenticate").starts_with("Bearer"));
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_login_are_one_answer() {
    let office = Office::new().await;
    let wrong = sign_in(&office, "auditor", "not the password").await.problem(401, "wrong_credentials");
    let ghost = sign_in(&office, "ghost", "not the password").await.problem(401, "wrong_credentials");
    let strip = |r: &Reply| {
        let mut body = r.json();
        body.as_object_mut().unwrap().remove("trace_id");
        body
    };
    assert_eq!(strip(&wrong), strip(&ghost));
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let office = Office::new().await;
    let mut attempts = 0;
    let wait = loop {
        let reply = sign_in(&office, "auditor", "not the password").await;
        attempts += 1;
        assert!(attempts < 100, "guessing goes on for ever");
        if reply.status.as_u16() == 429 {
            break reply.problem(429, "too_many_attempts");
        }
        reply.problem(401, "wrong_credentials");
    };
    assert!(attempts > 3 && wait.header("retry-after").parse::<u32>().unwrap() > 0, "{attempts}");
}

#[tokio::test]
async fn another_site_cannot_use_the_cookie() {
    let office = Office::new().await;
    let cookie = secret(&sign_in(&office, "auditor", PASSWORDS[2]).await.is(200));
    let token = json!({ "name": "x", "expires_at": 1 }).to_string();
    for site in [None, Some("cross-site"), Some("same-site")] {
        with_cookie(&office, "POST", "/api/v1/tokens", &cookie, site, &token).await.problem(403, "cross_site");
    }
    with_cookie(&office, "POST", "/api/v1/tokens", &cookie, Some("same-origin"), &token)
        .await
        .problem(422, "invalid_values");
    // A session's secret is no token, and a token no cookie.
    let value = cookie.split_once('=').unwrap().1.to_owned();
    let mut actor = office.anonymous();
    actor.token = Some(value);
    actor.get("/api/v1/me").await.problem(401, "unauthenticated");
    let pat = office.company.token("rep").await.unwrap();
    with_cookie(&office, "GET", "/api/v1/me", &format!("whosaw={pat}"), None, "").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_first_password_can_only_be_changed() {
    let office = Office::new().await;
    let admin = office.actor("admin").await;
    let rep = office.company.id("rep");
    let made = admin.post(&format!("/api/v1/admin/users/{rep}/password"), json!({})).await.is(200).json();
    let first = made["password"].as_str().unwrap().to_owned();
    let reply = sign_in(&office, "rep", &first).await.is(200);
    assert_eq!(reply.json()["must_change"], true);
    let cookie = secret(&reply);
    with_cookie(&office, "GET", "/api/v1/records/customer", &cookie, None, "").await.problem(403, "outside_token");
    let change = |new: &str| json!({ "old_password": first, "password": new }).to_string();
    let short =
        with_cookie(&office, "PUT", "/api/v1/me/password", &cookie, Some("same-origin"), &change("short")).await;
    assert_eq!(short.problem(422, "invalid_values").json()["errors"][0]["code"], "password_short");
    with_cookie(
        &office,
        "PUT",
        "/api/v1/me/password",
        &cookie,
        Some("same-origin"),
        &change("green kites over the lake"),
    )
    .await
    .is(204);
    with_cookie(&office, "GET", "/api/v1/records/customer", &cookie, None, "").await.is(200);
}

#[tokio::test]
async fn a_token_admits_what_it_was_made_for() {
    let office = Office::new().await;
    let cookie = {
        let rep = office.company.id("rep");
        let admin = office.actor("admin").await;
        let made = admin.post(&format!("/api/v1/admin/users/{rep}/password"), json!({})).await.is(200).json();
        let first = made["password"].as_str().unwrap().to_owned();
        let cookie = secret(&sign_in(&office, "rep", &first).await.is(200));
        let change = json!({ "old_password": first, "password": "green kites over the lake" }).to_string();
        with_cookie(&office, "PUT", "/api/v1/me/password", &cookie, Some("same-origin"), &change).await.is(204);
        cookie
    };
    let expires_at = model::Clock::now(&*office.company.clock).plus_days(1).0;
    let body = json!({ "name": "read", "actions": ["list"], "expires_at": expires_at }).to_string();
    let made = with_cookie(&office, "POST", "/api/v1/tokens", &cookie, Some("same-origin"), &body).await.is(201).json();
    let mut actor = office.anonymous();
    actor.token = Some(made["secret"].as_str().unwrap().to_owned());
    actor.get("/api/v1/records/customer").await.is(200);
    actor.post("/api/v1/records/customer", json!({ "fields": { "name": "甲" } })).await.problem(403, "outside_token");
    let path = format!("/api/v1/tokens/{}", made["id"].as_str().unwrap());
    with_cookie(&office, "DELETE", &path, &cookie, Some("same-origin"), "").await.is(204);
    actor.get("/api/v1/records/customer").await.problem(401, "unauthenticated");
}
