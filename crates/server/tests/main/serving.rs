//! Serving: addresses, TLS, the end of a server, and the death of one.

use std::fs;

use serde_json::json;

use super::support::{Instance, Server};

#[test]
fn an_ended_server_has_finished_published_and_said_so() {
    let i = Instance::demo(10);
    let server = i.serve();
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    rep.get("/api/v1/records/customer").is(200);
    let (code, log) = server.end();
    assert_eq!(code, 0, "{log}");
    // The last checkpoint holds the node's end: a verifier sees that the stream was closed in order.
    let said = i.run(&["doctor"]).is(0).json();
    let head = said["checks"].as_array().unwrap().iter().find(|c| c["name"] == "ledger head").unwrap().clone();
    assert_eq!(head["ok"], true, "{head}");
}

#[test]
fn a_killed_server_starts_again_with_everything_it_answered() {
    let i = Instance::demo(10);
    let server = i.serve();
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    let made = rep.post("/api/v1/records/customer", json!({ "fields": { "name": "断电有限公司" } })).is(201).json();
    let event = rep.get(&format!("/api/v1/records/customer/{}", made["id"].as_str().unwrap())).is(200);
    let event = event.header("x-audit-event").to_owned();
    server.kill();
    let server = i.serve();
    let mut auditor = server.sign_in("auditor", &i.passwords[2]);
    auditor.get(&format!("/api/v1/audit/events/{event}")).is(200);
    let mut rep = server.sign_in("rep1", &i.passwords[0]);
    rep.get(&format!("/api/v1/records/customer/{}", made["id"].as_str().unwrap())).is(200);
}

#[test]
fn an_address_in_use_and_an_instance_in_use_are_told() {
    let i = Instance::init();
    let server = i.serve();
    let other = Instance::init();
    let address = server.url.strip_prefix("http://").unwrap();
    let said = other.run(&["serve", "--listen", address]).is(1).json();
    assert!(said["error"].as_str().unwrap().contains("cannot listen on"), "{said}");
    let said = i.run(&["serve", "--listen", "127.0.0.1:0"]).is(1).json();
    assert!(said["error"].as_str().unwrap().contains("another process"), "{said}");
}

#[test]
fn tls_serves_and_takes_a_renewed_certificate() {
    let i = Instance::init();
    let certificate = || {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
        fs::write(i.path().join("tls.pem"), made.cert.pem()).unwrap();
        fs::write(i.path().join("tls.key"), made.signing_key.serialize_pem()).unwrap();
        made.cert.der().to_vec()
    };
    let first = certificate();
    let path = |name: &str| i.path().join(name).display().to_string();
    let toml = fs::read_to_string(i.path().join("whosaw.toml")).unwrap();
    let tls = format!("\n[tls]\ncertificate = \"{}\"\nkey = \"{}\"\n", path("tls.pem"), path("tls.key"));
    fs::write(i.path().join("whosaw.toml"), toml + &tls).unwrap();
    let server = i.serve();
    assert!(server.url.starts_with("https://"), "{}", server.url);

    let get = |trusted: &[u8]| {
        let root = ureq::tls::Certificate::from_der(trusted).to_owned();
        let tls = ureq::tls::TlsConfig::builder()
            .root_certs(ureq::tls::RootCerts::Specific(std::sync::Arc::new(vec![root])))
            .build();
        let agent: ureq::Agent =
            ureq::Agent::config_builder().tls_config(tls).http_status_as_error(false).build().into();
        agent.get(format!("{}/readyz", server.url)).call()
    };
    let answer = get(&first).unwrap();
    assert!(answer.headers().contains_key("strict-transport-security"));
    let second = certificate();
    server.signal("HUP");
    // The new certificate is taken a moment after the signal; each try is a new connection.
    let taken = (0..2000).any(|_| get(&second).is_ok());
    assert!(taken, "the renewed certificate was not taken");
    assert!(get(&first).is_err());
    drop::<Server>(server);
}
