//! Advisories of the OSV schema held against a list of packages: which of them are affected, in which version it is mended.
//!
//! Only ranges of semantic versions and lists of versions are read; a range of commits says nothing about a package.

use std::collections::{BTreeMap, HashMap};

use model::Severity;
use semver::Version;
use serde::Serialize;
use serde_json::Value;

use crate::json::{list, text};

/// Packages of one ecosystem, by name, with their versions.
#[derive(Debug, Default)]
pub struct Packages {
    ecosystem: String,
    versions: HashMap<String, Vec<Version>>,
}

impl Packages {
    pub fn of<'a>(ecosystem: &str, all: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut versions: HashMap<String, Vec<Version>> = HashMap::new();
        for (name, version) in all {
            if let Ok(version) = Version::parse(version) {
                versions.entry(name.to_owned()).or_default().push(version);
            }
        }
        Self { ecosystem: ecosystem.to_owned(), versions }
    }
    pub fn count(&self) -> usize {
        self.versions.values().map(Vec::len).sum()
    }
}

/// A package that an advisory is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    pub id: String,
    pub aliases: Vec<String>,
    pub package: String,
    pub version: String,
    pub severity: Option<Severity>,
    pub summary: String,
    /// Versions in which it is mended.
    pub fixed: Vec<String>,
    /// No hole, but something to know: `unmaintained`, `unsound`, `notice`.
    pub informational: Option<String>,
}

/// Whether a version lies in a range: events in the order of their versions; the last one at or before the version says (OSV schema, "Evaluation").
fn within(range: &Value, version: &Version) -> bool {
    let mut events: BTreeMap<(Version, u8), bool> = BTreeMap::new();
    for event in list(range, "events") {
        let at = |name: &str| match text(event, name) {
            "0" => Some(Version::new(0, 0, 0)),
            said => Version::parse(said).ok(),
        };
        // A pre-release of 0.0.0 comes before it; nothing comes before `0`.
        if text(event, "introduced") == "0" {
            if let Ok(first) = Version::parse("0.0.0-0") {
                events.insert((first, 0), true);
            }
        } else if let Some(version) = at("introduced") {
            events.insert((version, 0), true);
        }
        if let Some(version) = at("fixed") {
            events.insert((version, 1), false);
        }
        // The last that is affected: what comes behind it is not.
        if let Some(version) = at("last_affected") {
            events.insert((version, 2), false);
        }
    }
    let mut is = false;
    for ((at, kind), affected) in events {
        let reached = match kind {
            2 => at < *version,
            _ => at <= *version,
        };
        if reached {
            is = affected;
        }
    }
    is
}

/// The packages a record is about. What is no record, or was withdrawn, is about none.
pub fn judge(record: &Value, packages: &Packages) -> Vec<Hit> {
    let mut hits: Vec<Hit> = vec![];
    if text(record, "id").is_empty() || !text(record, "withdrawn").is_empty() {
        return hits;
    }
    for affected in list(record, "affected") {
        let Some(package) = affected.get("package") else { continue };
        let name = text(package, "name");
        if text(package, "ecosystem") != packages.ecosystem {
            continue;
        }
        for version in packages.versions.get(name).into_iter().flatten() {
            let said = version.to_string();
            let listed = list(affected, "versions").any(|v| v.as_str() == Some(&said));
            let ranged = list(affected, "ranges").any(|r| text(r, "type") == "SEMVER" && within(r, version));
            if !(listed || ranged) || hits.iter().any(|h| h.package == name && h.version == said) {
                continue;
            }
            let events = list(affected, "ranges").flat_map(|r| list(r, "events"));
            let informational = affected.get("database_specific").map_or("", |d| text(d, "informational"));
            hits.push(Hit {
                id: text(record, "id").chars().take(60).collect(),
                aliases: list(record, "aliases").filter_map(Value::as_str).take(10).map(str::to_owned).collect(),
                package: name.to_owned(),
                version: said,
                severity: crate::osv::graded(record).0,
                summary: text(record, "summary").chars().filter(|c| !c.is_control()).take(200).collect(),
                fixed: events.map(|e| text(e, "fixed")).filter(|f| !f.is_empty()).take(10).map(str::to_owned).collect(),
                informational: (!informational.is_empty()).then(|| informational.to_owned()),
            });
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn record(events: &Value) -> Value {
        json!({
            "id": "RUSTSEC-2026-0001", "aliases": ["CVE-2026-10010"], "summary": "reads behind the end",
            "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
            "affected": [{ "package": { "ecosystem": "crates.io", "name": "parse" }, "ranges": [{ "type": "SEMVER", "events": events }] }],
        })
    }
    fn hit(events: Value, version: &str) -> bool {
        !judge(&record(&events), &Packages::of("crates.io", [("parse", version)])).is_empty()
    }

    #[test]
    fn ranges_begin_end_and_begin_again() {
        let events = json!([{ "introduced": "0" }, { "fixed": "1.2.3" }, { "introduced": "2.0.0" }, { "last_affected": "2.1.0" }]);
        for (version, is) in [
            ("0.1.0", true),
            ("1.2.2", true),
            ("1.2.3", false),
            ("1.9.0", false),
            ("2.0.0", true),
            ("2.1.0", true),
            ("2.1.1", false),
        ] {
            assert_eq!(hit(events.clone(), version), is, "{version}");
        }
        assert!(hit(json!([{ "introduced": "0.0.0-0" }, { "fixed": "0.3.0" }]), "0.2.0"));
        assert!(!hit(json!([{ "fixed": "0.3.0" }]), "0.2.0"));
    }

    #[test]
    fn another_ecosystem_a_withdrawn_record_and_commits_are_about_nothing() {
        let mine = Packages::of("crates.io", [("parse", "1.0.0"), ("parse", "3.0.0"), ("other", "1.0.0")]);
        let mut of = record(&json!([{ "introduced": "0" }, { "fixed": "2.0.0" }]));
        let hits = judge(&of, &mine);
        assert_eq!(
            (hits.len(), hits[0].version.as_str(), hits[0].fixed.as_slice()),
            (1, "1.0.0", &["2.0.0".to_owned()][..])
        );
        assert_eq!(hits[0].severity, Some(Severity::Critical));
        of["affected"][0]["ranges"][0]["type"] = json!("GIT");
        assert_eq!(judge(&of, &mine), vec![]);
        of["affected"][0]["versions"] = json!(["3.0.0"]);
        assert_eq!(judge(&of, &mine)[0].version, "3.0.0");
        of["withdrawn"] = json!("2026-01-01T00:00:00Z");
        assert_eq!(judge(&of, &mine), vec![]);
        assert_eq!(judge(&json!([1]), &mine), vec![]);
    }

    proptest! {
        /// Against the plain reading of one interval.
        #[test]
        fn one_interval_is_what_it_says(from in 0..20_u64, to in 0..20_u64, at in 0..20_u64) {
            prop_assume!(from < to);
            let v = |n: u64| format!("{}.{}.0", n / 5, n % 5);
            let events = json!([{ "introduced": v(from) }, { "fixed": v(to) }]);
            prop_assert_eq!(hit(events, &v(at)), from <= at && at < to);
        }
    }
}
