//! Whatever is sent: a problem document that repeats none of it, and never a 500.

use axum::body::Body;
use serde_json::json;

use crate::actors::Office;

const LIST: &str = "/api/v1/records/customer";

#[tokio::test]
async fn bad_bodies() {
    let office = Office::new().await;
    let rep = office.actor("rep").await;
    let deep = format!("{{\"fields\":{}1{}}}", "[".repeat(5000), "]".repeat(5000));
    let huge = format!("{{\"fields\":{{\"name\":\"{}\"}}}}", "x".repeat(2 << 20));
    let table: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        ("empty", b"".to_vec(), 400, "malformed_json"),
        ("cut", b"{\"fields\":".to_vec(), 400, "malformed_json"),
        ("two", b"{\"fields\":{}} {}".to_vec(), 400, "malformed_json"),
        ("duplicate", b"{\"fields\":{},\"fields\":{\"name\":\"a\"}}".to_vec(), 400, "malformed_json"),
        ("duplicate inside", b"{\"fields\":{\"name\":\"a\",\"name\":\"b\"}}".to_vec(), 400, "malformed_json"),
        ("NUL", b"{\"fields\":{\"name\":\"a\\u0000b\"}}".to_vec(), 400, "malformed_json"),
        ("control", b"{\"fields\":{\"name\":\"a\\u001bb\"}}".to_vec(), 400, "malformed_json"),
        ("lone surrogate", b"{\"fields\":{\"name\":\"\\ud83d\"}}".to_vec(), 400, "malformed_json"),
        ("not UTF-8", b"{\"fields\":{\"name\":\"\xb9\xab\xcb\xbe\"}}".to_vec(), 400, "malformed_json"),
        ("deep", deep.into_bytes(), 400, "malformed_json"),
        ("huge", huge.into_bytes(), 413, "body_too_large"),
        ("huge number", b"{\"fields\":{\"name\":\"a\",\"revenue\":1e308}}".to_vec(), 422, "invalid_values"),
        ("infinite", b"{\"fields\":{\"revenue\":1e999}}".to_vec(), 400, "malformed_json"),
        ("not an object", b"[]".to_vec(), 422, "invalid_values"),
        ("wrong type", b"{\"fields\":\"name\"}".to_vec(), 422, "invalid_values"),
        ("wrong value type", b"{\"fields\":{\"name\":{\"a\":1}}}".to_vec(), 422, "invalid_values"),
        ("unknown key", b"{\"fields\":{},\"admin\":true}".to_vec(), 422, "invalid_values"),
        ("unknown field", b"{\"fields\":{\"name\":\"a\",\"__proto__\":1}}".to_vec(), 422, "invalid_values"),
        ("missing", b"{}".to_vec(), 422, "invalid_values"),
        ("injection", b"{\"fields\":{\"name\":\"a\",\"level\":\"A' OR 1=1 --\"}}".to_vec(), 422, "invalid_values"),
        ("odd owner", b"{\"fields\":{\"name\":\"a\"},\"owner\":\"me\"}".to_vec(), 422, "invalid_values"),
    ];
    for (what, body, status, code) in table {
        let reply = rep.send("POST", LIST, &[], Body::from(body)).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (status, code), "{what}: {}", reply.text());
        assert!(!reply.text().contains("OR 1=1"), "{what}");
    }
    // Sealed values are no place for tricks either: they are stored and come back as they are.
    let odd = "Robert'); DROP TABLE record;-- \u{202e}";
    let made = rep.post(LIST, json!({ "fields": { "name": odd } })).await.is(201);
    assert_eq!(rep.get(made.header("location")).await.is(200).json()["fields"]["name"], odd);
}

#[tokio::test]
async fn bad_content_types() {
    let office = Office::new().await;
    let rep = office.actor("rep").await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=gb18030",
    ] {
        let request = rep.request("POST", LIST).header("content-type", kind).body(Body::from("{}")).unwrap();
        office.send(request).await.problem(415, "unsupported_media_type");
    }
    rep.send("POST", LIST, &[("content-encoding", "gzip")], "{}").await.problem(415, "unsupported_media_type");
    office.send(rep.request("POST", LIST).body(Body::from("{}")).unwrap()).await.problem(415, "unsupported_media_type");
}

#[tokio::test]
async fn bad_queries() {
    let office = Office::new().await;
    office.customer("rep", "上海明光贸易").await;
    let rep = office.actor("rep").await;
    let long = "a".repeat(20_000);
    let table = [
        ("limit=abc", 400),
        ("limit=-1", 400),
        ("limit=99999999999", 400),
        ("limit=0", 422),
        ("limit=501", 422),
        ("limit=1&limit=2", 400),
        ("nothing=1", 400),
        ("cursor=abc", 422),
        ("cursor=%F0%9F%92%A9", 422),
        ("search=%ff%fe", 400),
        ("search=%00%00", 400),
        ("search=a", 422),
        ("search=%25%25%25", 200),
        ("search=' OR '1'='1", 400),
        ("search=%27%20OR%20%271%27=%271", 200),
        ("sort=password", 422),
        ("sort=name", 422),
        ("sort=--name", 422),
        ("sort=level;drop", 422),
        ("fields=", 422),
        ("fields=nothing", 422),
        ("fields=name,../x", 422),
        ("filter=x", 400),
        ("filter={}", 400),
        (
            "filter=%7B%22test%22%3A%7B%22field%22%3A%22phone%22%2C%22op%22%3A%22eq%22%2C%22value%22%3A%221%22%7D%7D",
            422,
        ),
        ("customer=abc", 422),
        (long.as_str(), 400),
    ];
    for (query, status) in table {
        let Ok(uri) = format!("{LIST}?{query}").parse::<axum::http::Uri>() else {
            // Not even an address: the HTTP library answers 400 before us.
            assert_eq!(status, 400, "{query}");
            continue;
        };
        let reply = rep.get(&uri.to_string()).await;
        assert_eq!(reply.status.as_u16(), status, "{query}: {}", reply.text());
    }
    // Deep and wide conditions.
    let deep = format!(
        "{}{}{}",
        "{\"not\":".repeat(40),
        "{\"test\":{\"field\":\"level\",\"op\":\"is_empty\"}}",
        "}".repeat(40)
    );
    let wide = format!(
        "{{\"any\":[{}]}}",
        vec!["{\"test\":{\"field\":\"level\",\"op\":\"eq\",\"value\":\"A\"}}"; 200].join(",")
    );
    for filter in [deep, wide] {
        let encoded: String = filter
            .bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect();
        let status = rep.get(&format!("{LIST}?filter={encoded}")).await.status.as_u16();
        assert!(matches!(status, 400 | 422), "{status}");
    }
}

#[tokio::test]
async fn bad_headers_and_paths() {
    let office = Office::new().await;
    let id = office.customer("rep", "上海明光贸易").await;
    let rep = office.actor("rep").await;
    let place = format!("{LIST}/{id}");
    for tag in ["1", "*", "W/\"1\"", "\"\"", "\"1\", \"2\"", "\"-1\"", "\"9999999999999999999999\""] {
        rep.send("PATCH", &place, &[("if-match", tag)], "{\"fields\":{\"level\":\"B\"}}")
            .await
            .problem(400, "malformed_header");
    }
    rep.send("PATCH", &place, &[("if-match", "\"1\""), ("if-match", "\"2\"")], "{\"fields\":{\"level\":\"B\"}}")
        .await
        .problem(400, "malformed_header");
    for key in ["short", "with space", &"x".repeat(129)] {
        rep.send("POST", LIST, &[("idempotency-key", key)], "{\"fields\":{\"name\":\"a\"}}")
            .await
            .problem(400, "malformed_header");
    }
    for purpose in ["%ff", "%00", "%zz", &"a".repeat(501)] {
        rep.send("GET", &place, &[("x-purpose", purpose)], "").await.problem(400, "malformed_header");
    }
    for path in [
        "/api/v1/records/Customer/x",
        "/api/v1/records/customer/%00",
        "/api/v1/records/customer/..%2f..%2fetc",
        "/api/v1/records/customer/%ff",
        "/api/v1/records/customer/0190c8f400007000800000000000000",
        "/api/v1/records/%E5%AE%A2%E6%88%B7",
        "/api/v1/records/a%22b",
    ] {
        rep.get(path).await.problem(404, "not_found");
    }
    rep.get("/api/v1/records/nothing").await.problem(403, "forbidden");
    for value in
        ["Bearer", "Basic YTpi", "Bearer x", "Bearer whosaw_pat_", "bearer whosaw_pat_00_00_00000000", "\u{7f}"]
    {
        let Ok(value) = axum::http::HeaderValue::from_bytes(value.as_bytes()) else { continue };
        let request =
            axum::http::Request::builder().uri(LIST).header("authorization", value).body(Body::empty()).unwrap();
        office.send(request).await.problem(401, "unauthenticated");
    }
}

/// Every operation of the document, with nonsense in every place it takes something: no 500, always a problem document.
#[tokio::test]
async fn nonsense_everywhere_is_never_a_500() {
    let office = Office::new().await;
    let document = serde_json::to_value(api::openapi()).unwrap();
    for login in ["director", "admin", "security", "auditor"] {
        let actor = office.actor(login).await;
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, _) in item.as_object().unwrap() {
                for (segment, body) in [
                    ("x", "{}"),
                    ("%F0%9F%92%A9", "[]"),
                    ("0190c8f4-0000-7000-8000-000000000000", "{\"a\":[{}]}"),
                    ("customer", "null"),
                ] {
                    let mut at = String::new();
                    for part in path.split('/').skip(1) {
                        at.push('/');
                        at.push_str(if part.starts_with('{') { segment } else { part });
                    }
                    if at.ends_with("/live") {
                        // Otherwise it has no end.
                        at.push_str("?seconds=0");
                    }
                    let reply = actor.send(&method.to_uppercase(), &at, &[("if-match", "\"1\"")], body).await;
                    assert_ne!(reply.status.as_u16(), 500, "{method} {at} {body}: {}", reply.text());
                    if !reply.status.is_success() {
                        assert_eq!(reply.header("content-type"), "application/problem+json", "{method} {at}");
                    }
                }
            }
        }
    }
}

/// Numbers that JSON can hold and the canonical form of a recorded event cannot.
#[tokio::test]
async fn numbers_beyond_the_exact_ones_are_recorded_and_not_a_503() {
    let office = Office::new().await;
    let (auditor, security) = (office.actor("auditor").await, office.actor("security").await);
    let most = i64::MAX;
    for path in [
        format!("/api/v1/audit/events?from={}&to={}", i64::MIN, i64::MIN),
        format!("/api/v1/audit/counts?by=day&from={}&to={most}", i64::MIN),
        "/api/v1/admin/policy/versions/9223372036854775808".to_owned(),
        "/api/v1/admin/policy/versions?before=18446744073709551615".to_owned(),
        "/api/v1/admin/policy/versions?limit=0".to_owned(),
    ] {
        for who in [&auditor, &security] {
            let status = who.get(&path).await.status.as_u16();
            assert!(status < 500, "{path}: {status}");
        }
    }
    for (path, body) in [
        ("/api/v1/admin/policy/roll-back", json!({ "base": 0, "reason": "x", "to": u64::MAX })),
        ("/api/v1/admin/retention/apply", json!({ "days": i32::MAX })),
        (
            "/api/v1/access/what-can",
            json!({ "object": "customer", "user": office.company.id("rep"),
                "circumstances": { "at": most - 1, "channel": "web", "mfa": true, "purpose": true } }),
        ),
    ] {
        let reply = security.post(path, body).await;
        assert!(reply.status.as_u16() < 500, "{path}: {}", reply.text());
    }
}
