//! Trivy's report as JSON: of an image or a folder, of a cluster, and the older list of results.

use serde_json::Value;

use crate::finding::{Draft, Drafts, cwe};
use crate::json::{list, number, text};
use crate::rate::{Cvss, word};
use crate::{Format, Scan, ScanError, moment, shape};

const TOOL: &str = "trivy";

/// The score of the source that the report took its word from, else the gravest: CVSS 4 before 3.
fn score(of: &Value) -> Option<Cvss> {
    let sources = of.get("CVSS").and_then(Value::as_object)?;
    for (score, vector) in [("V40Score", "V40Vector"), ("V3Score", "V3Vector")] {
        let read = |v: &Value| Cvss::said(number(v.get(score)), text(v, vector));
        if let Some(own) = sources.get(text(of, "SeveritySource")).and_then(read) {
            return Some(own);
        }
        if let Some(most) = sources.values().filter_map(read).max_by_key(|c| c.tenths) {
            return Some(most);
        }
    }
    None
}

/// What a result is about, whichever version of it was looked at: `redis:7 (debian 12)` is called otherwise tomorrow.
fn same_target<'v>(result: &'v Value, target: &'v str) -> &'v str {
    match text(result, "Class") {
        "os-pkgs" => text(result, "Type"),
        _ => target,
    }
}

fn vulnerability(d: &mut Drafts, result: &Value, target: &str, owner: &str, of: &Value) -> Result<(), ScanError> {
    d.tally.results += 1;
    if text(of, "Status") == "not_affected" {
        d.tally.set_aside += 1;
        return Ok(());
    }
    let (id, package) = (text(of, "VulnerabilityID"), text(of, "PkgName"));
    let path = text(of, "PkgPath");
    let mended = text(of, "FixedVersion");
    let draft = Draft {
        rule: id,
        ids: vec![id],
        cwes: list(of, "CweIDs").filter_map(|c| cwe(c.as_str()?)).collect(),
        severity: word(text(of, "Severity")),
        cvss: score(of),
        part: format!("{package}@{}", text(of, "InstalledVersion")),
        location: [owner, target, path].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · "),
        title: text(of, "Title"),
        description: text(of, "Description"),
        fix: if mended.is_empty() { String::new() } else { format!("{package} {mended}") },
        same: vec!["vulnerability", owner, same_target(result, target), path, package],
        line: (0, 0),
    };
    d.push(TOOL, draft)
}

fn misconfiguration(d: &mut Drafts, target: &str, owner: &str, of: &Value) -> Result<(), ScanError> {
    d.tally.results += 1;
    if !matches!(text(of, "Status"), "" | "FAIL") {
        d.tally.set_aside += 1;
        return Ok(());
    }
    let line = of.get("CauseMetadata").and_then(|c| c.get("StartLine")).and_then(Value::as_u64).unwrap_or(0);
    let place = [owner, target].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" · ");
    let draft = Draft {
        rule: text(of, "ID"),
        severity: word(text(of, "Severity")),
        part: owner.to_owned(),
        location: if line == 0 { place } else { format!("{place}:{line}") },
        title: text(of, "Title"),
        description: crate::json::first_text(of, &["Message", "Description"]),
        fix: text(of, "Resolution").to_owned(),
        same: vec!["misconfiguration", owner, target, text(of, "Message")],
        line: (line, 0),
        ..Draft::default()
    };
    d.push(TOOL, draft)
}

/// Of a secret the place is kept, and never what stands there.
fn secret(d: &mut Drafts, target: &str, owner: &str, of: &Value) -> Result<(), ScanError> {
    d.tally.results += 1;
    let line = of.get("StartLine").and_then(Value::as_u64).unwrap_or(0);
    let draft = Draft {
        rule: text(of, "RuleID"),
        cwes: vec![798],
        severity: word(text(of, "Severity")),
        part: owner.to_owned(),
        location: format!("{target}:{line}"),
        title: text(of, "Title"),
        description: text(of, "Category"),
        same: vec!["secret", owner, target],
        line: (line, 0),
        ..Draft::default()
    };
    d.push(TOOL, draft)
}

fn license(d: &mut Drafts, target: &str, owner: &str, of: &Value) -> Result<(), ScanError> {
    d.tally.results += 1;
    let (name, package, path) = (text(of, "Name"), text(of, "PkgName"), text(of, "FilePath"));
    let title = format!("{name}: {package}{path}");
    let draft = Draft {
        rule: name,
        severity: word(text(of, "Severity")),
        part: package.to_owned(),
        location: if path.is_empty() { target.to_owned() } else { path.to_owned() },
        title: &title,
        description: text(of, "Category"),
        same: vec!["license", owner, target, package, path],
        ..Draft::default()
    };
    d.push(TOOL, draft)
}

fn results<'v>(d: &mut Drafts, all: impl Iterator<Item = &'v Value>, owner: &str) -> Result<(), ScanError> {
    for result in all {
        let target = text(result, "Target");
        for one in list(result, "Vulnerabilities") {
            vulnerability(d, result, target, owner, one)?;
        }
        for one in list(result, "Misconfigurations") {
            misconfiguration(d, target, owner, one)?;
        }
        for one in list(result, "Secrets") {
            secret(d, target, owner, one)?;
        }
        for one in list(result, "Licenses") {
            license(d, target, owner, one)?;
        }
    }
    Ok(())
}

pub(crate) fn read(of: &Value) -> Result<Scan, ScanError> {
    let mut drafts = Drafts::default();
    match of {
        Value::Array(all) => {
            if all.iter().any(|r| r.get("Target").is_none()) {
                return Err(shape(Format::Trivy, "/Target"));
            }
            results(&mut drafts, all.iter(), "")?;
        }
        of if of.get("ClusterName").is_some() => {
            for kind in ["Vulnerabilities", "Misconfigurations", "Resources"] {
                for one in list(of, kind) {
                    let owner = format!("{}/{}/{}", text(one, "Namespace"), text(one, "Kind"), text(one, "Name"));
                    results(&mut drafts, list(one, "Results"), &owner)?;
                }
            }
        }
        of if of.get("SchemaVersion").is_some() => match of.get("Results") {
            Some(Value::Array(all)) => results(&mut drafts, all.iter(), "")?,
            // Of what has nothing in it, it says nothing.
            None | Some(Value::Null) => {}
            Some(_) => return Err(shape(Format::Trivy, "/Results")),
        },
        _ => return Err(shape(Format::Trivy, "/SchemaVersion")),
    }
    let (findings, tally) = drafts.finish();
    let made_at = moment(text(of, "CreatedAt"));
    let version = of.get("Trivy").map(|t| text(t, "Version")).filter(|v| !v.is_empty());
    let version = version.map(|v| v.chars().take(60).collect());
    Ok(Scan { format: Format::Trivy, tool: TOOL.to_owned(), version, made_at, complete: true, findings, tally })
}
