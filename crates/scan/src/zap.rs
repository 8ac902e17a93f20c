//! ZAP's report, as JSON or as XML: one finding for each alert of a site, whichever and however many pages show it.

use model::Severity;
use serde_json::Value;

use crate::finding::{Draft, Drafts};
use crate::json::{list, text};
use crate::xml::Node;
use crate::{Format, Scan, ScanError, moment, shape};

struct Alert<'v> {
    site: &'v str,
    rule: &'v str,
    name: &'v str,
    risk: &'v str,
    confidence: &'v str,
    description: &'v str,
    solution: &'v str,
    cwe: &'v str,
    first: &'v str,
    instances: usize,
}

/// Texts are HTML: its tags are left out.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut within = false;
    for c in html.chars() {
        match c {
            '<' => within = true,
            '>' if within => {
                within = false;
                out.push(' ');
            }
            c if !within => out.push(c),
            _ => {}
        }
    }
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    let out = named.iter().fold(out, |text, (from, to)| text.replace(from, to));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push(drafts: &mut Drafts, alert: &Alert<'_>) -> Result<(), ScanError> {
    drafts.tally.results += 1;
    // Held to be false by whoever looked at it there.
    if alert.confidence.trim() == "0" {
        drafts.tally.set_aside += 1;
        return Ok(());
    }
    let severity = match alert.risk.trim() {
        "0" => Severity::Informational,
        "1" => Severity::Low,
        "2" => Severity::Medium,
        "3" => Severity::High,
        _ => return Err(shape(Format::Zap, "/site/alerts/riskcode")),
    };
    let (description, solution) = (plain(alert.description), plain(alert.solution));
    let location = match alert.instances {
        0 | 1 => alert.first.to_owned(),
        n => format!("{} (+{})", alert.first, n - 1),
    };
    let draft = Draft {
        rule: alert.rule,
        cwes: alert.cwe.trim().parse().ok().filter(|n| *n > 0).into_iter().collect(),
        severity: Some(severity),
        part: alert.site.to_owned(),
        location,
        title: alert.name,
        description: &description,
        fix: solution,
        same: vec![alert.site, alert.name],
        ..Draft::default()
    };
    drafts.push("ZAP", draft)
}

fn scan(version: &str, made_at: Option<model::UnixMs>, complete: bool, drafts: Drafts) -> Scan {
    let (findings, tally) = drafts.finish();
    let version = (!version.is_empty()).then(|| version.chars().take(60).collect());
    Scan { format: Format::Zap, tool: "ZAP".to_owned(), version, made_at, complete, findings, tally }
}

pub(crate) fn of_json(of: &Value) -> Result<Scan, ScanError> {
    let sites = of.get("site").and_then(Value::as_array).ok_or_else(|| shape(Format::Zap, "/site"))?;
    let mut drafts = Drafts::default();
    for (n, site) in sites.iter().enumerate() {
        let bad = || shape(Format::Zap, &format!("/site/{n}/alerts"));
        let alerts = site.get("alerts").and_then(Value::as_array).ok_or_else(bad)?;
        for one in alerts {
            let mut instances = list(one, "instances");
            let first = instances.next().map_or("", |i| text(i, "uri"));
            let alert = Alert {
                site: text(site, "@name"),
                rule: crate::json::first_text(one, &["alertRef", "pluginid"]),
                name: crate::json::first_text(one, &["name", "alert"]),
                risk: text(one, "riskcode"),
                confidence: text(one, "confidence"),
                description: text(one, "desc"),
                solution: text(one, "solution"),
                cwe: text(one, "cweid"),
                first,
                instances: instances.count() + 1,
            };
            push(&mut drafts, &alert)?;
        }
    }
    // A scan that reached no site says nothing about any.
    Ok(scan(text(of, "@version"), moment(text(of, "created")), !sites.is_empty(), drafts))
}

pub(crate) fn of_xml(root: &Node) -> Result<Scan, ScanError> {
    let mut drafts = Drafts::default();
    let mut sites = 0;
    for site in root.all("site") {
        sites += 1;
        for one in site.listed("alerts", "alertitem") {
            let mut instances = one.listed("instances", "instance");
            let first = instances.next().map_or("", |i| i.said("uri"));
            let or = |a: &'static str, b: &'static str| if one.said(a).is_empty() { one.said(b) } else { one.said(a) };
            let alert = Alert {
                site: site.attribute("name"),
                rule: or("alertRef", "pluginid"),
                name: or("name", "alert"),
                risk: one.said("riskcode"),
                confidence: one.said("confidence"),
                description: one.said("desc"),
                solution: one.said("solution"),
                cwe: one.said("cweid"),
                first,
                instances: instances.count() + 1,
            };
            push(&mut drafts, &alert)?;
        }
    }
    Ok(scan(root.attribute("version"), moment(root.attribute("created")), sites > 0, drafts))
}
