//! The console's addresses: the page for browsers, and never in place of the server's own answers.

use crate::actors::Office;

const BROWSER: (&str, &str) = ("accept", "text/html,application/xhtml+xml");

#[tokio::test]
async fn an_address_of_the_server_is_never_answered_by_the_console() {
    let office = Office::new().await;
    let anyone = office.anonymous();
    for path in [
        "/api/v1/nothing",
        "/api/nothing",
        "/ledger/nothing",
        "/healthz/x",
        "/status/x",
        "/metrics/x",
        "/assets/nothing.js",
    ] {
        anyone.send("GET", path, &[BROWSER], String::new()).await.problem(404, "unknown_route");
    }
    anyone.send("POST", "/records/customer", &[BROWSER], String::new()).await.problem(404, "unknown_route");
    // A program that mistyped an address is told so, not given a page.
    anyone.send("GET", "/records/customer", &[], String::new()).await.problem(404, "unknown_route");
}

#[tokio::test]
async fn a_browser_gets_a_page_with_a_policy_without_inline_scripts() {
    let office = Office::new().await;
    let anyone = office.anonymous();
    for path in ["/", "/status"] {
        let reply = anyone.send("GET", path, &[BROWSER], String::new()).await;
        assert_eq!(reply.status.as_u16(), 200, "{path}");
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    }
    if api::console::is_built() {
        let first = anyone.send("GET", "/records/customer", &[BROWSER], String::new()).await;
        let second = anyone.send("GET", "/records/customer", &[BROWSER], String::new()).await;
        let (a, b) = (first.header("content-security-policy"), second.header("content-security-policy"));
        assert_ne!(a, b, "each answer has a nonce of its own");
        let nonce = a.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap();
        assert!(first.text().contains(nonce) && !first.text().contains("__STYLE_NONCE__"));
        assert_eq!(first.header("cache-control"), "no-store");
    }
}
