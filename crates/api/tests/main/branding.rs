//! The company's face: what an administrator may set, and what everybody sees of it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::actors::{Actor, Office, Reply};

async fn put(actor: &Actor<'_>, body: Value) -> Reply {
    actor.send("PUT", "/api/v1/admin/branding", &[], body.to_string()).await
}

fn png(width: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(40_u32.to_be_bytes());
    bytes
}

#[tokio::test]
async fn everybody_sees_name_logo_and_colours_and_only_pictures_and_readable_colours_are_taken() {
    let office = Office::new().await;
    let (admin, rep, anyone) = (office.actor("admin").await, office.actor("rep").await, office.anonymous());
    let seen = anyone.get("/api/v1/branding").await.is(200).json();
    assert_eq!((&seen["accent"], &seen["logo"], seen.as_object().unwrap().len()), (&Value::Null, &Value::Null, 4));
    anyone.get("/api/v1/branding/logo").await.problem(404, "not_found");
    put(&rep, json!({ "accent": null })).await.problem(403, "forbidden");

    let accent = json!({ "light": "#7a0019", "dark": "#e8a0ac" });
    let logo = BASE64_STANDARD.encode(png(120));
    put(&admin, json!({ "accent": accent, "logo": logo })).await.is(204);
    let seen = anyone.get("/api/v1/branding").await.is(200).json();
    assert_eq!(seen["accent"], accent);
    let picture = anyone.get(&format!("/api/v1/branding/logo?v={}", seen["logo"].as_str().unwrap())).await.is(200);
    assert_eq!((picture.header("content-type"), &picture.bytes), ("image/png", &png(120)));
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    assert!(picture.header("content-security-policy").contains("sandbox"));

    // A logo that is not named stays; `null` takes it away.
    put(&admin, json!({ "accent": null })).await.is(204);
    anyone.get("/api/v1/branding/logo").await.is(200);
    put(&admin, json!({ "accent": null, "logo": null })).await.is(204);
    anyone.get("/api/v1/branding/logo").await.problem(404, "not_found");

    let pale = put(&admin, json!({ "accent": { "light": "#f0a020", "dark": "#f0a020" } })).await;
    let told = pale.problem(422, "invalid_values").json();
    assert_eq!(
        (&told["errors"][0]["code"], &told["errors"][0]["pointer"]),
        (&json!("low_contrast"), &json!("/branding/light"))
    );
    assert!(told["errors"][0]["help"]["zh"].as_str().unwrap().contains("对比度"), "{told}");
    for (name, bytes) in [
        ("a script", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".to_vec()),
        ("too wide", png(5000)),
        ("too large", [png(120), vec![0; 300 * 1024]].concat()),
        ("nothing", vec![]),
    ] {
        let reply = put(&admin, json!({ "accent": null, "logo": BASE64_STANDARD.encode(bytes) })).await;
        assert_eq!(reply.problem(422, "invalid_values").json()["errors"][0]["pointer"], "/branding/logo", "{name}");
    }
    put(&admin, json!({ "accent": null, "logo": "no base64" })).await.problem(422, "invalid_values");
}

#[tokio::test]
async fn the_company_s_language_is_set_and_known_before_sign_in() {
    let office = Office::new().await;
    let (anyone, admin, rep) = (office.anonymous(), office.actor("admin").await, office.actor("rep").await);
    assert_eq!(anyone.get("/api/v1/branding").await.is(200).json()["language"], json!(null));
    let set = |language: &str| json!({ "language": language }).to_string();
    rep.send("PATCH", "/api/v1/admin/settings", &[], set("en")).await.problem(403, "forbidden");
    admin.send("PATCH", "/api/v1/admin/settings", &[], set("fr")).await.problem(422, "invalid_values");
    admin.send("PATCH", "/api/v1/admin/settings", &[], set("en")).await.is(204);
    assert_eq!(anyone.get("/api/v1/branding").await.is(200).json()["language"], "en");
    assert_eq!(admin.get("/api/v1/admin/settings").await.is(200).json()["language"], "en");
    // The name alone is changed: the language stays.
    let name = json!({ "company": "某公司" }).to_string();
    admin.send("PATCH", "/api/v1/admin/settings", &[], name).await.is(204);
    assert_eq!(anyone.get("/api/v1/branding").await.is(200).json()["language"], "en");
}
