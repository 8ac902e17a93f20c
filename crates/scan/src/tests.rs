use std::collections::HashSet;

use model::Severity;
use proptest::prelude::*;

use super::*;

const SARIF: &str = include_str!("../fixtures/web.sarif");
const TRIVY: &str = include_str!("../fixtures/image.trivy.json");
const CDX: &str = include_str!("../fixtures/bom.cdx.json");
const CDX_XML: &str = include_str!("../fixtures/bom.cdx.xml");
const OSV: &str = include_str!("../fixtures/lock.osv.json");
const ZAP: &str = include_str!("../fixtures/site.zap.json");
const ZAP_XML: &str = include_str!("../fixtures/site.zap.xml");
const NUCLEI: &str = include_str!("../fixtures/hosts.nuclei.jsonl");
const GREENBONE: &str = include_str!("../fixtures/net.greenbone.xml");
const ALL: [&str; 9] = [SARIF, TRIVY, CDX, CDX_XML, OSV, ZAP, ZAP_XML, NUCLEI, GREENBONE];

fn of(text: &str) -> Scan {
    read(text.as_bytes(), None).unwrap()
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, None).map_or_else(|e| e.code(), |_| "ok")
}

fn prints(scan: &Scan) -> Vec<&str> {
    scan.findings.iter().map(|f| f.fingerprint.as_str()).collect()
}

#[test]
fn sarif_is_graded_by_rank_then_score_then_level_and_what_is_suppressed_is_counted() {
    let s = of(SARIF);
    assert_eq!((s.format, s.tool.as_str(), s.version.as_deref()), (Format::Sarif, "ShopLint", Some("3.2.0")));
    assert!(s.complete && s.made_at.is_some());
    assert_eq!(s.tally, Tally { results: 7, set_aside: 2, repeated: 0 });
    let got: Vec<(&str, Severity, &str)> =
        s.findings.iter().map(|f| (f.rule.as_str(), f.severity, f.location.as_str())).collect();
    assert_eq!(
        got,
        [
            ("SL001", Severity::Critical, "shop/search.rs:40"),
            ("SL002", Severity::Low, "shop/session.rs:12"),
            ("SL002", Severity::Low, "shop/session.rs:80"),
            ("SL003", Severity::Critical, "shop/mail.rs:3"),
            ("SL003", Severity::Medium, ""),
        ]
    );
    assert_eq!(s.findings[0].cwes, [89]);
    assert_eq!(
        (s.findings[0].title.as_str(), s.findings[0].fix.as_str()),
        ("A query is put together from text", "Bind the value as a parameter.")
    );
    assert_eq!(s.findings[3].description, "The key `mail` stands in the code");
}

#[test]
fn a_finding_is_known_again_when_its_line_moves_and_one_of_several_is_mended() {
    let before = of(SARIF);
    let moved =
        of(&SARIF.replace("\"startLine\": 40", "\"startLine\": 44").replace("\"startLine\": 80", "\"startLine\": 91"));
    assert_eq!(prints(&before), prints(&moved));
    let mut one_less: serde_json::Value = serde_json::from_str(SARIF).unwrap();
    one_less["runs"][0]["results"].as_array_mut().unwrap().remove(1);
    let after = of(&one_less.to_string());
    let gone: Vec<&str> = prints(&before).into_iter().filter(|p| !prints(&after).contains(p)).collect();
    assert_eq!((gone.len(), after.findings.len()), (1, 4));
}

#[test]
fn a_run_that_failed_or_did_not_look_is_not_complete() {
    assert!(!of(&SARIF.replace("\"executionSuccessful\": true", "\"executionSuccessful\": false")).complete);
    assert!(!of(r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}"#).complete);
    assert!(!of(r#"{"bomFormat":"CycloneDX","specVersion":"1.5","components":[]}"#).complete);
    assert!(!of(&GREENBONE.replace(">Done<", ">Stopped<")).complete);
    assert!(of(r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[]}]}"#).complete);
}

#[test]
fn trivy_tells_packages_settings_and_secrets_without_the_secret() {
    let s = of(TRIVY);
    assert_eq!(s.tally, Tally { results: 5, set_aside: 2, repeated: 0 });
    let f = &s.findings[0];
    assert_eq!(
        (f.part.as_str(), f.fix.as_str(), f.severity),
        ("libexample1@2.3-1", "libexample1 2.3-2", Severity::High)
    );
    assert_eq!((f.cvss.as_ref().unwrap().tenths, f.ids.as_slice()), (75, &["CVE-2026-10001".to_owned()][..]));
    assert_eq!((s.findings[2].rule.as_str(), s.findings[2].location.as_str()), ("private-key", "app/.env:4"));
    // Another image of the same, still with it, in another version of the package.
    let next = of(&TRIVY.replace("shop:1.4", "shop:1.5").replace("2.3-1", "2.3-1+b1"));
    assert_eq!(prints(&s), prints(&next));
}

#[test]
fn cyclonedx_gives_one_finding_for_each_component_and_sets_aside_what_is_not_affected() {
    let s = of(CDX);
    assert_eq!(s.tally, Tally { results: 3, set_aside: 1, repeated: 0 });
    let parts: Vec<&str> = s.findings.iter().map(|f| f.part.as_str()).collect();
    assert_eq!((parts, s.tool.as_str()), (vec!["parse-example@1.2.0", "@shop/ui@4.0.0"], "bomwatch"));
    assert_eq!((s.findings[0].severity, s.findings[0].cwes.as_slice()), (Severity::Critical, &[502][..]));
    // As XML, in a later version: the same finding.
    let xml = of(CDX_XML);
    assert_eq!(prints(&xml), prints(&s)[..1]);
    assert_eq!(xml.findings[0].description, "What is parsed & run.");
}

#[test]
fn osv_zap_nuclei_and_greenbone() {
    let s = of(OSV);
    let f = &s.findings[0];
    assert_eq!(
        (f.severity, f.cvss.as_ref().unwrap().tenths, f.fix.as_str()),
        (Severity::High, 75, "date-example 2.0.1")
    );
    assert_eq!(
        (f.ids.as_slice(), f.cwes.as_slice()),
        (&["GHSA-aaaa-bbbb-cccc".to_owned(), "CVE-2026-10005".to_owned()][..], &[1333][..])
    );
    assert_eq!(s.tally.set_aside, 1);

    let (json, xml) = (of(ZAP), of(ZAP_XML));
    let f = &json.findings[0];
    assert_eq!(
        (f.severity, f.description.as_str(), f.location.as_str()),
        (Severity::Medium, "No header & no policy.", "https://shop.example/ (+1)")
    );
    assert_eq!((json.tally.set_aside, prints(&json)), (1, prints(&xml)));

    let s = of(NUCLEI);
    let got: Vec<(&str, Severity)> = s.findings.iter().map(|f| (f.title.as_str(), f.severity)).collect();
    assert_eq!(got, [("Admin panel (login)", Severity::High), ("Server version", Severity::Informational)]);
    assert_eq!(read(b"", Some(Format::Nuclei)).unwrap().findings, vec![]);

    let s = of(GREENBONE);
    let f = &s.findings[0];
    assert_eq!(
        (f.severity, f.part.as_str(), f.location.as_str()),
        (Severity::Medium, "192.0.2.7 (shop)", "192.0.2.7 443/tcp")
    );
    assert_eq!((f.ids.as_slice(), f.fix.as_str()), (&["CVE-2026-10006".to_owned()][..], "Turn TLS 1.0 off."));
    assert_eq!((s.findings[1].severity, s.tally.set_aside), (Severity::Informational, 1));
}

#[test]
fn what_is_hostile_is_refused_within_bounds() {
    assert_eq!(code(b"PK\x03\x04rest"), "scan_packed");
    assert_eq!(code(b"\x1f\x8b\x08rest"), "scan_packed");
    assert_eq!(code(&vec![b' '; MOST_BYTES + 1]), "scan_too_large");
    assert_eq!(code(b"  \n "), "scan_empty");
    assert_eq!(code(b"\xff\xfe{\0}\0"), "scan_not_text");
    assert_eq!(code(b"hello"), "scan_unreadable");
    assert_eq!(code(b"{\"runs\": [}"), "scan_unreadable");
    assert_eq!(code(br#"{"runs": [], "runs": []}"#), "scan_unreadable");
    assert_eq!(code(b"{}"), "scan_unknown_format");
    assert_eq!(code(b"<html/>"), "scan_unknown_format");
    assert_eq!(code(b"<report><results>"), "scan_unreadable");
    let bomb = r#"<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><report><results>&b;</results></report>"#;
    assert_eq!(code(bomb.as_bytes()), "scan_entities");
    assert_eq!(code(br#"<!DOCTYPE r SYSTEM "file:///etc/passwd"><report/>"#), "scan_entities");
    assert_eq!(code(b"<report><results>&undefined;</results></report>"), "scan_entities");
    assert_eq!(code(br#"<report a="&undefined;"/>"#), "scan_entities");
    let deep = |open: &str, n: usize| open.repeat(n);
    assert_eq!(code(deep("[", 200_000).as_bytes()), "scan_unreadable");
    let closed = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(code(closed.as_bytes()), "scan_too_complex");
    assert_eq!(code(deep("<a>", 100).as_bytes()), "scan_too_complex");
    let attributes: String = (0..100).map(|n| format!(" a{n}=\"\"")).collect();
    assert_eq!(code(format!("<bom{attributes}/>").as_bytes()), "scan_too_complex");
    let wide = format!("[{}0]", "[],".repeat(3_000_001));
    assert_eq!(code(wide.as_bytes()), "scan_too_complex");
    let nodes = format!("<bom>{}</bom>", "<a/>".repeat(1_000_001));
    assert_eq!(code(nodes.as_bytes()), "scan_too_complex");
    let many: Vec<String> =
        (0..=MOST_FINDINGS).map(|n| format!(r#"{{"ruleId":"r{n}","message":{{"text":"t"}}}}"#)).collect();
    let many = format!(
        r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"x"}}}},"results":[{}]}}]}}"#,
        many.join(",")
    );
    assert_eq!(code(many.as_bytes()), "scan_too_many");
}

#[test]
fn a_report_that_is_not_what_it_is_said_to_be_is_refused_with_the_place() {
    for (text, format, at) in [
        (SARIF, Format::Trivy, "/SchemaVersion"),
        (TRIVY, Format::Sarif, "/runs"),
        (GREENBONE, Format::Zap, "/"),
        (ZAP, Format::Cyclonedx, "/bomFormat"),
        (CDX, Format::Greenbone, "/"),
        (r#"{"version": "2.1.0", "runs": [{}]}"#, Format::Sarif, "/runs/0/tool"),
        (
            r#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [1]}]}"#,
            Format::Sarif,
            "/runs/0/results/0",
        ),
        (r#"[{"template-id": "a", "info": {}}, {}]"#, Format::Nuclei, "/1/template-id"),
    ] {
        let error = read(text.as_bytes(), Some(format)).unwrap_err();
        assert_eq!(error, ScanError::Shape { format, at: at.to_owned() });
    }
}

#[test]
fn texts_are_bounded_and_hide_nothing() {
    let long = "x".repeat(50_000);
    let text = SARIF.replace("session_id", &format!("a\\u202eb\\u0007c {long}"));
    let s = of(&text);
    let f = s.findings.iter().find(|f| f.rule == "SL002").unwrap();
    assert!(f.description.starts_with("ab c x") && f.description.chars().count() <= 4_001);
}

fn whole(scan: &Scan) {
    let distinct: HashSet<&str> = prints(scan).into_iter().collect();
    assert_eq!(distinct.len(), scan.findings.len(), "two findings of one report have one fingerprint");
    let t = scan.tally;
    assert_eq!(t.results, scan.findings.len() as u64 + t.set_aside + t.repeated, "every result is accounted for");
}

proptest! {
    #[test]
    fn bytes_of_any_kind_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000), format in 0..8_usize) {
        if let Ok(scan) = read(&bytes, Format::ALL.get(format).copied()) {
            whole(&scan);
        }
    }

    #[test]
    fn a_report_that_was_changed_anywhere_is_read_whole_or_refused(
        which in 0..9_usize,
        cuts in proptest::collection::vec((any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), any::<u8>(), 0..4_u8), 1..8),
        said in proptest::option::of(0..7_usize),
    ) {
        let mut bytes = ALL[which].as_bytes().to_vec();
        for (a, b, byte, how) in cuts {
            if bytes.is_empty() {
                break;
            }
            let (a, b) = (a.index(bytes.len()), b.index(bytes.len()));
            match how {
                0 => bytes[a] = byte,
                1 => { bytes.drain(a.min(b)..a.max(b)); }
                2 => { let part = bytes[a.min(b)..a.max(b)].to_vec(); bytes.splice(a..a, part); }
                _ => bytes.swap(a, b),
            }
        }
        if let Ok(scan) = read(&bytes, said.map(|n| Format::ALL[n])) {
            whole(&scan);
        }
    }

    #[test]
    fn the_order_of_results_changes_no_fingerprint(order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let mut report: serde_json::Value = serde_json::from_str(SARIF).unwrap();
        let results = report["runs"][0]["results"].as_array().unwrap().clone();
        report["runs"][0]["results"] = order.iter().map(|n| results[*n].clone()).collect();
        let (one, other) = (of(SARIF), of(&report.to_string()));
        let sorted = |s: &Scan| { let mut all: Vec<(String, String)> = s.findings.iter().map(|f| (f.fingerprint.clone(), f.location.clone())).collect(); all.sort(); all };
        prop_assert_eq!(sorted(&one), sorted(&other));
    }
}
