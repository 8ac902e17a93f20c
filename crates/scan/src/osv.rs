//! The output of OSV-Scanner, and records of the OSV schema.

use model::Severity;
use serde_json::Value;

use crate::finding::{Draft, Drafts, cwe};
use crate::json::{list, text};
use crate::rate::{Cvss, word};
use crate::{Format, Scan, ScanError, shape};

/// How grave a record says it is: the vector of the newest CVSS, else the word of the database it comes from.
pub(crate) fn graded(record: &Value) -> (Option<Severity>, Option<Cvss>) {
    for kind in ["CVSS_V4", "CVSS_V3"] {
        let of = list(record, "severity").filter(|s| text(s, "type") == kind);
        if let Some(best) = of.filter_map(|s| Cvss::of_vector(text(s, "score"))).max_by_key(|c| c.tenths) {
            return (Some(best.severity()), Some(best));
        }
    }
    (record.get("database_specific").and_then(|d| word(text(d, "severity"))), None)
}

fn cwes(record: &Value) -> Vec<u32> {
    let own = record.get("database_specific").into_iter().flat_map(|d| list(d, "cwe_ids"));
    let affected = list(record, "affected").filter_map(|a| a.get("database_specific"));
    let theirs = affected.flat_map(|d| list(d, "cwes")).filter_map(|c| c.get("cweId"));
    own.chain(theirs).filter_map(|c| cwe(c.as_str()?)).collect()
}

/// The versions in which it is mended, of this package.
fn mended(record: &Value, package: &str) -> String {
    let mut all: Vec<&str> = vec![];
    for affected in list(record, "affected") {
        if affected.get("package").is_some_and(|p| text(p, "name") == package) {
            let events = list(affected, "ranges").flat_map(|r| list(r, "events"));
            all.extend(events.map(|e| text(e, "fixed")).filter(|f| !f.is_empty()));
        }
    }
    all.truncate(20);
    match all.is_empty() {
        true => String::new(),
        false => format!("{package} {}", all.join(", ")),
    }
}

struct Package<'v> {
    ecosystem: &'v str,
    name: &'v str,
    version: &'v str,
    source: &'v str,
}

fn push(drafts: &mut Drafts, record: &Value, package: &Package<'_>) -> Result<(), ScanError> {
    drafts.tally.results += 1;
    if !text(record, "withdrawn").is_empty() {
        drafts.tally.set_aside += 1;
        return Ok(());
    }
    let (severity, cvss) = graded(record);
    let id = text(record, "id");
    let aliases = list(record, "aliases").filter_map(Value::as_str);
    let draft = Draft {
        rule: id,
        ids: std::iter::once(id).chain(aliases).collect(),
        cwes: cwes(record),
        severity,
        cvss,
        part: match package.version {
            "" => package.name.to_owned(),
            version => format!("{}@{version}", package.name),
        },
        location: package.source.to_owned(),
        title: text(record, "summary"),
        description: text(record, "details"),
        fix: mended(record, package.name),
        same: vec![package.ecosystem, package.name, package.source],
        line: (0, 0),
    };
    drafts.push("osv-scanner", draft)
}

fn scan(drafts: Drafts) -> Scan {
    let (findings, tally) = drafts.finish();
    Scan {
        format: Format::Osv,
        tool: "osv-scanner".to_owned(),
        version: None,
        made_at: None,
        complete: true,
        findings,
        tally,
    }
}

pub(crate) fn read(of: &Value) -> Result<Scan, ScanError> {
    if of.get("affected").is_some() {
        return records(std::slice::from_ref(of));
    }
    if let Some(all) = of.as_array() {
        return records(all);
    }
    let results = of.get("results").and_then(Value::as_array).ok_or_else(|| shape(Format::Osv, "/results"))?;
    let mut drafts = Drafts::default();
    for (n, result) in results.iter().enumerate() {
        let source = result.get("source").map_or("", |s| text(s, "path"));
        let bad = |at: &str| shape(Format::Osv, &format!("/results/{n}/{at}"));
        let packages = result.get("packages").and_then(Value::as_array).ok_or_else(|| bad("packages"))?;
        for one in packages {
            let of = one.get("package").ok_or_else(|| bad("packages/package"))?;
            let package = Package {
                ecosystem: text(of, "ecosystem"),
                name: text(of, "name"),
                version: text(of, "version"),
                source,
            };
            for record in list(one, "vulnerabilities") {
                push(&mut drafts, record, &package)?;
            }
        }
    }
    Ok(scan(drafts))
}

/// Records as they stand: one finding for each package they name.
pub(crate) fn records(all: &[Value]) -> Result<Scan, ScanError> {
    let mut drafts = Drafts::default();
    for (n, record) in all.iter().enumerate() {
        if text(record, "id").is_empty() {
            return Err(shape(Format::Osv, &format!("/{n}/id")));
        }
        for affected in list(record, "affected") {
            let of = affected.get("package").unwrap_or(&Value::Null);
            let package = Package { ecosystem: text(of, "ecosystem"), name: text(of, "name"), version: "", source: "" };
            push(&mut drafts, record, &package)?;
        }
    }
    Ok(scan(drafts))
}
