//! Greenbone's report (OpenVAS) as XML.

use model::Severity;

use crate::finding::{Draft, Drafts};
use crate::rate::{Cvss, word};
use crate::xml::Node;
use crate::{Format, Scan, ScanError, moment, shape};

/// The report itself lies in one that names who had it made, and that in an answer.
fn inner(root: &Node) -> &Node {
    let mut at = root;
    for _ in 0..3 {
        match at.child("report") {
            Some(deeper) => at = deeper,
            None => break,
        }
    }
    at
}

/// `summary=…|insight=…`, of the field of this name.
fn tag<'n>(tags: &'n str, name: &str) -> &'n str {
    let mut of = tags.split('|').filter_map(|t| t.split_once('='));
    of.find(|(n, _)| *n == name).map_or("", |(_, value)| value.trim())
}

fn result(drafts: &mut Drafts, of: &Node) -> Result<(), ScanError> {
    drafts.tally.results += 1;
    let nvt = of.child("nvt");
    let said: Option<f64> = of.said("severity").parse().ok();
    let threat = of.said("threat");
    // An override there holds it to be false; errors of the scan have a score below zero.
    if threat == "False Positive" || said.is_some_and(|s| s < 0.0) {
        drafts.tally.set_aside += 1;
        return Ok(());
    }
    let tags = nvt.map_or("", |n| n.said("tags"));
    let base = nvt.and_then(|n| n.said("cvss_base").parse().ok());
    let severities = nvt.and_then(|n| n.child("severities")).and_then(|s| s.child("severity"));
    let vector = severities.map_or("", |s| s.said("value"));
    let vector = if vector.is_empty() { tag(tags, "cvss_base_vector") } else { vector };
    let cvss = Cvss::said(said.or(base), vector);
    let severity = match threat {
        "Log" | "Debug" => Some(Severity::Informational),
        _ => cvss.as_ref().map(Cvss::severity).or_else(|| word(threat)),
    };
    let refs = nvt.into_iter().flat_map(|n| n.listed("refs", "ref")).filter(|r| r.attribute("type") == "cve");
    let mut ids: Vec<&str> = refs.map(|r| r.attribute("id")).collect();
    ids.extend(nvt.map_or("", |n| n.said("cve")).split([',', ' ']).filter(|c| c.starts_with("CVE-")));
    let host = of.said("host");
    let name = of.child("host").map_or("", |h| h.said("hostname"));
    let port = of.said("port");
    let solution = nvt.map_or("", |n| n.said("solution"));
    let summary = tag(tags, "summary");
    let description = of.said("description");
    let oid = nvt.map_or("", |n| n.attribute("oid"));
    let draft = Draft {
        rule: oid,
        ids,
        severity,
        cvss,
        part: if name.is_empty() { host.to_owned() } else { format!("{host} ({name})") },
        location: format!("{host} {port}"),
        title: of.said("name"),
        description: if description.is_empty() { summary } else { description },
        fix: if solution.is_empty() { tag(tags, "solution") } else { solution }.to_owned(),
        same: vec![host, port, if oid.is_empty() { of.said("name") } else { "" }],
        ..Draft::default()
    };
    drafts.push("greenbone", draft)
}

pub(crate) fn read(root: &Node) -> Result<Scan, ScanError> {
    let report = inner(root);
    let results = report.child("results").ok_or_else(|| shape(Format::Greenbone, "/report/results"))?;
    let mut drafts = Drafts::default();
    for one in results.all("result") {
        result(&mut drafts, one)?;
    }
    let status = report.said("scan_run_status");
    let made_at = moment(report.said("scan_end")).or_else(|| moment(report.said("timestamp")));
    let (findings, tally) = drafts.finish();
    Ok(Scan {
        format: Format::Greenbone,
        tool: "greenbone".to_owned(),
        version: None,
        made_at,
        complete: status.is_empty() || status == "Done",
        findings,
        tally,
    })
}
