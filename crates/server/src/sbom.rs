//! What this program is made of 软件物料清单, as the lock file says it was built, and which advisories are about it.
//!
//! One story. An auditor wants to know whether the server has known holes. The server has no way out, so she brings a copy of the advisory
//! database on a stick: `whosaw doctor --vulnerabilities --advisories DIR`. What is found is written as a report, and taken in like that of
//! any scanner: `whosaw finding import --asset whosaw report.json`.
//!
//! Rule: nothing is fetched. What is read from outside is bounded: files, bytes, values; what could not be read is said, for it may hide one.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use scan::advisory::{Hit, Packages, judge};
use serde::Deserialize;
use serde_json::{Value, json};

/// The lock file by which the program was built.
const LOCK: &str = include_str!("../../../Cargo.lock");
const OWN: &str = "whosaw";
/// As advisories name where these packages come from.
const ECOSYSTEM: &str = "crates.io";

/// Bytes of a file that is one document.
const MOST_DOCUMENT: u64 = 64 << 20;
/// Bytes of a line.
const MOST_LINE: u64 = 4 << 20;
const MOST_VALUES: u64 = 3_000_000;
const MOST_FILES: usize = 200_000;
/// Bytes in all.
const MOST_BYTES: u64 = 1 << 30;
const DEEPEST: usize = 6;

#[derive(Deserialize)]
struct LockFile {
    package: Vec<Package>,
}

/// A package of the lock file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
    #[serde(default)]
    pub checksum: Option<String>,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    dependencies: Vec<String>,
}

impl Package {
    fn purl(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version.replace('+', "%2B"))
    }
    fn is_own(&self) -> bool {
        self.source.is_none()
    }
}

/// What the program is made of: its package, and all that it needs. What only tests need is in it too, for a lock file does not tell them
/// apart.
pub struct Made {
    packages: Vec<Package>,
    /// By place: the places of what it needs.
    needs: Vec<Vec<usize>>,
}

impl Made {
    /// # Errors
    /// When the lock file is none.
    pub fn of_this_program() -> anyhow::Result<Self> {
        Self::of(LOCK)
    }

    fn of(lock: &str) -> anyhow::Result<Self> {
        let all = toml::from_str::<LockFile>(lock).context("the lock file")?.package;
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, package) in all.iter().enumerate() {
            by_name.entry(&package.name).or_default().push(at);
        }
        // `name`, or `name version` where there are several, or with the source behind it.
        let find = |said: &str| {
            let mut words = said.split(' ');
            let (name, version) = (words.next()?, words.next());
            let of_name = by_name.get(name)?;
            let is = |at: &&usize| version.is_none_or(|v| all.get(**at).is_some_and(|p| p.version == v));
            of_name.iter().find(is).copied()
        };
        let root = find(OWN).ok_or_else(|| anyhow!("the lock file does not name `{OWN}`"))?;
        let (mut reached, mut open) = (BTreeSet::from([root]), vec![root]);
        while let Some(at) = open.pop() {
            for said in all.get(at).into_iter().flat_map(|p| &p.dependencies) {
                if let Some(next) = find(said).filter(|next| reached.insert(*next)) {
                    open.push(next);
                }
            }
        }
        let places: BTreeMap<usize, usize> = reached.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let packages: Vec<Package> = reached.iter().filter_map(|at| all.get(*at).cloned()).collect();
        let need = |p: &Package| p.dependencies.iter().filter_map(|d| places.get(&find(d)?).copied()).collect();
        let needs = packages.iter().map(need).collect();
        Ok(Self { packages, needs })
    }

    /// Packages of others that are in it.
    pub fn count(&self) -> usize {
        self.packages.iter().filter(|p| !p.is_own()).count()
    }

    fn others(&self) -> Packages {
        let of = self.packages.iter().filter(|p| !p.is_own());
        Packages::of(ECOSYSTEM, of.map(|p| (p.name.as_str(), p.version.as_str())))
    }

    /// As CycloneDX 1.6. The same program gives the same bytes.
    pub fn cyclonedx(&self) -> Value {
        let component = |p: &Package| {
            let mut one = json!({ "type": "library", "bom-ref": p.purl(), "name": p.name, "version": p.version, "purl": p.purl() });
            if let (Some(checksum), Some(fields)) = (&p.checksum, one.as_object_mut()) {
                fields.insert("hashes".into(), json!([{ "alg": "SHA-256", "content": checksum }]));
            }
            one
        };
        let purl = |at: &usize| self.packages.get(*at).map(Package::purl);
        let depends = |(p, needs): (&Package, &Vec<usize>)| json!({ "ref": p.purl(), "dependsOn": needs.iter().filter_map(purl).collect::<Vec<_>>() });
        let version = env!("CARGO_PKG_VERSION");
        let own = self.packages.iter().find(|p| p.name == OWN).map(Package::purl);
        json!({
            "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
            "metadata": {
                "tools": { "components": [{ "type": "application", "name": OWN, "version": version }] },
                "component": { "type": "application", "bom-ref": own, "name": OWN, "version": version, "purl": own },
            },
            "components": self.packages.iter().filter(|p| p.name != OWN).map(component).collect::<Vec<_>>(),
            "dependencies": self.packages.iter().zip(&self.needs).map(depends).collect::<Vec<_>>(),
        })
    }

    /// The same with what is known of it, as it is taken in by `whosaw finding import`.
    pub fn report(&self, hits: &[Hit]) -> Value {
        let vulnerability = |hit: &Hit| {
            let of = self.packages.iter().find(|p| p.name == hit.package && p.version == hit.version);
            let fixed = hit.fixed.join(", ");
            let mut one = json!({
                "id": hit.id,
                "references": hit.aliases.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
                "description": hit.summary,
                "recommendation": if fixed.is_empty() { String::new() } else { format!("{} {fixed}", hit.package) },
                "affects": [{ "ref": of.map(Package::purl) }],
            });
            let severity = match (&hit.informational, hit.severity) {
                (Some(_), _) => Some("info"),
                (None, Some(model::Severity::Informational)) => Some("info"),
                (None, severity) => severity.map(|s| s.as_str()),
            };
            if let (Some(severity), Some(fields)) = (severity, one.as_object_mut()) {
                fields.insert("ratings".into(), json!([{ "severity": severity }]));
            }
            one
        };
        let mut bom = self.cyclonedx();
        if let Some(fields) = bom.as_object_mut() {
            fields.insert("vulnerabilities".into(), hits.iter().map(vulnerability).collect());
        }
        bom
    }
}

/// What reading advisories came to.
#[derive(Debug, Default)]
pub struct Judged {
    pub hits: Vec<Hit>,
    /// Records that were looked at.
    pub records: u64,
    /// Files or lines that could not be read, the first of them with why.
    pub unread: u64,
    pub first_unread: Option<String>,
}

impl Judged {
    fn unread(&mut self, at: &Path, why: impl std::fmt::Display) {
        self.unread += 1;
        if self.first_unread.is_none() {
            self.first_unread = Some(format!("`{}`: {why}", at.display()));
        }
    }

    fn take(&mut self, at: &Path, text: &str, packages: &Packages) {
        if text.trim().is_empty() {
            return;
        }
        let all = match scan::bounded_json(text, MOST_VALUES) {
            Ok(all) => all,
            Err(scan::Broken::TooComplex) => return self.unread(at, "nested too deep, or too many values"),
            Err(scan::Broken::Not(why)) => return self.unread(at, why),
        };
        for one in &all {
            let records = one.as_array().map_or(std::slice::from_ref(one), Vec::as_slice);
            for record in records {
                if record.get("id").and_then(Value::as_str).is_none() {
                    self.unread(at, "a record has no `id`");
                    continue;
                }
                self.records += 1;
                self.hits.extend(judge(record, packages));
            }
        }
    }
}

/// The files of a folder, with those in folders below it. Links are not followed.
fn files_of(path: &Path, depth: usize, into: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let meta = std::fs::symlink_metadata(path).with_context(|| format!("`{}`", path.display()))?;
    if meta.is_dir() && depth <= DEEPEST {
        let mut entries: Vec<PathBuf> =
            std::fs::read_dir(path)?.map(|e| e.map(|e| e.path())).collect::<std::io::Result<_>>()?;
        entries.sort();
        for entry in entries {
            files_of(&entry, depth + 1, into)?;
        }
        return Ok(());
    }
    let known = path.extension().is_some_and(|e| ["json", "jsonl", "ndjson"].iter().any(|k| e == *k));
    // What somebody names themselves is read whatever it is called, and through a link.
    if depth == 0 || (meta.is_file() && known) {
        if into.len() >= MOST_FILES {
            return Err(anyhow!("there are more than {MOST_FILES} files"));
        }
        into.push(path.to_owned());
    }
    Ok(())
}

/// Holds advisories of the OSV schema against what the program is made of: a file with one or many, a file with one a line, or a folder.
///
/// # Errors
/// When there is nothing to read, or too much.
pub fn look_up(made: &Made, path: &Path) -> anyhow::Result<Judged> {
    let (packages, mut judged) = (made.others(), Judged::default());
    let mut files = vec![];
    let path = std::fs::canonicalize(path).with_context(|| format!("`{}`", path.display()))?;
    files_of(&path, 0, &mut files)?;
    let mut left = MOST_BYTES;
    for file in &files {
        let at = || format!("`{}`", file.display());
        let length = std::fs::metadata(file).with_context(at)?.len();
        left = left.checked_sub(length).ok_or_else(|| anyhow!("there are more than {MOST_BYTES} bytes"))?;
        let input = std::fs::File::open(file).with_context(at)?.take(length);
        if file.extension().is_some_and(|e| e == "jsonl" || e == "ndjson") {
            let mut input = std::io::BufReader::new(input);
            let mut line = vec![];
            loop {
                line.clear();
                let read = input.by_ref().take(MOST_LINE).read_until(b'\n', &mut line).with_context(at)?;
                if read == 0 {
                    break;
                }
                if u64::try_from(read)? >= MOST_LINE {
                    judged.unread(file, "a line is too long");
                    break;
                }
                match std::str::from_utf8(&line) {
                    Ok(text) => judged.take(file, text, &packages),
                    Err(_) => judged.unread(file, "not UTF-8"),
                }
            }
            continue;
        }
        if length > MOST_DOCUMENT {
            judged.unread(file, format!("more than {MOST_DOCUMENT} bytes"));
            continue;
        }
        let mut text = vec![];
        std::io::BufReader::new(input).read_to_end(&mut text).with_context(at)?;
        match std::str::from_utf8(&text) {
            Ok(_) if text.starts_with(b"PK") => judged.unread(file, "packed; unpack it first"),
            Ok(text) => judged.take(file, text, &packages),
            Err(_) => judged.unread(file, "not UTF-8; unpack it first"),
        }
    }
    if judged.records == 0 && judged.unread == 0 {
        return Err(anyhow!("there is no advisory in `{}`", path.display()));
    }
    let known = |hit: &Hit| (hit.informational.is_some(), std::cmp::Reverse(hit.severity), hit.id.clone());
    judged.hits.sort_by_key(known);
    judged.hits.dedup();
    Ok(judged)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        version = 4
        [[package]]
        name = "whosaw"
        version = "0.1.0"
        dependencies = ["parse 1.0.0", "own"]
        [[package]]
        name = "own"
        version = "0.1.0"
        dependencies = ["deep"]
        [[package]]
        name = "parse"
        version = "1.0.0"
        source = "registry+x"
        checksum = "aa"
        [[package]]
        name = "parse"
        version = "2.0.0"
        source = "registry+x"
        [[package]]
        name = "deep"
        version = "0.2.0+1.2"
        source = "registry+x"
        checksum = "bb"
    "#;

    fn advisory(package: &str, fixed: &str) -> Value {
        json!({
            "id": format!("RUSTSEC-2026-{package}"), "summary": "reads behind the end",
            "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
            "affected": [{ "package": { "ecosystem": "crates.io", "name": package },
                           "ranges": [{ "type": "SEMVER", "events": [{ "introduced": "0" }, { "fixed": fixed }] }] }],
        })
    }

    #[test]
    fn only_what_the_program_needs_is_in_it() {
        let made = Made::of(SMALL).unwrap();
        let names: Vec<String> = made.packages.iter().map(Package::purl).collect();
        let all =
            ["pkg:cargo/whosaw@0.1.0", "pkg:cargo/own@0.1.0", "pkg:cargo/parse@1.0.0", "pkg:cargo/deep@0.2.0%2B1.2"];
        assert_eq!((names.as_slice(), made.count()), (&all.map(str::to_owned)[..], 2));
        let bom = made.cyclonedx();
        assert_eq!(bom["dependencies"][0]["dependsOn"], json!([all[2], all[1]]));
        assert_eq!(bom["components"][1]["hashes"][0]["content"], "aa");
    }

    #[test]
    fn this_program_names_its_parts() {
        let made = Made::of_this_program().unwrap();
        assert!(made.count() > 100, "{}", made.count());
        assert!(made.packages.iter().any(|p| p.name == "serde_json"));
    }

    #[test]
    fn advisories_are_read_from_files_and_folders_and_what_is_found_is_a_report_that_is_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let made = Made::of(SMALL).unwrap();
        assert!(look_up(&made, dir.path()).is_err(), "an empty folder says nothing");
        std::fs::create_dir(dir.path().join("a")).unwrap();
        let lines = format!("{}\n{}\n", advisory("parse", "1.0.1"), advisory("parse", "0.9.0"));
        std::fs::write(dir.path().join("a/many.jsonl"), lines).unwrap();
        std::fs::write(dir.path().join("one.json"), advisory("deep", "0.3.0").to_string()).unwrap();
        std::fs::write(dir.path().join("other.txt"), "not read").unwrap();
        let found = look_up(&made, dir.path()).unwrap();
        assert_eq!((found.records, found.unread, found.hits.len()), (3, 0, 2));
        let report = made.report(&found.hits).to_string();
        let read = scan::read(report.as_bytes(), None).unwrap();
        assert_eq!((read.tool.as_str(), read.complete, read.findings.len()), ("whosaw", true, 2));
        let parts: Vec<&str> = read.findings.iter().map(|f| f.part.as_str()).collect();
        assert_eq!(parts, ["deep@0.2.0+1.2", "parse@1.0.0"]);
        assert!(read.findings.iter().all(|f| f.severity == model::Severity::Critical));
        // None found: complete as well, so that what was found before is verified.
        assert!(scan::read(made.report(&[]).to_string().as_bytes(), None).unwrap().complete);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let made = Made::of(SMALL).unwrap();
        for (name, text) in [("a.json", "{"), ("b.json", "[[]]"), ("c.json", "PK\u{3}\u{4}"), ("d.jsonl", "\"x")] {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        std::fs::write(dir.path().join("deep.json"), "[".repeat(100_000)).unwrap();
        let found = look_up(&made, dir.path()).unwrap();
        assert_eq!((found.records, found.unread), (0, 5));
        assert!(found.first_unread.unwrap().contains("a.json"));
        assert!(look_up(&made, &dir.path().join("nowhere")).is_err());
    }
}
