//! CycloneDX 1.4 to 1.6 with vulnerabilities, JSON and XML; in XML also the extension of vulnerabilities that came before.
//!
//! What a vulnerability does not affect, by the state of its analysis (VEX), is set aside.

use std::collections::HashMap;

use model::Severity;
use serde_json::Value;

use crate::finding::{Draft, Drafts, cwe};
use crate::json::{list, number, text};
use crate::rate::{Cvss, word};
use crate::xml::Node;
use crate::{Format, Scan, ScanError, moment, shape};

/// Nested components looked at.
const DEEPEST: usize = 40;

#[derive(Default, Clone)]
struct Component {
    name: String,
    version: String,
    purl: String,
}

impl Component {
    fn written(&self) -> String {
        match self.version.as_str() {
            "" => self.name.clone(),
            version => format!("{}@{version}", self.name),
        }
    }
    /// What it is, whichever version: without it, and without qualifiers, of a package URL.
    fn same(&self) -> &str {
        match self.purl.is_empty() {
            true => &self.name,
            false => without_version(&self.purl),
        }
    }
}

/// A package URL up to its version.
fn without_version(purl: &str) -> &str {
    let end = purl.find(['?', '#']).unwrap_or(purl.len());
    let purl = purl.get(..end).unwrap_or(purl);
    // The `@` of a scope stands behind a `/`, or is written as `%40`.
    match purl.rfind('@') {
        Some(at) if at > 0 && !purl.get(..at).unwrap_or_default().ends_with('/') => purl.get(..at).unwrap_or(purl),
        _ => purl,
    }
}

struct Rating<'v> {
    score: Option<f64>,
    severity: &'v str,
    method: &'v str,
    vector: &'v str,
}

#[derive(Default)]
struct Vulnerability<'v> {
    id: &'v str,
    other_ids: Vec<&'v str>,
    ratings: Vec<Rating<'v>>,
    cwes: Vec<u32>,
    description: &'v str,
    detail: &'v str,
    fix: String,
    state: &'v str,
    affects: Vec<&'v str>,
}

/// Newer methods before older ones; of one method the gravest. A word without a score comes last.
fn graded(ratings: &[Rating<'_>]) -> (Option<Severity>, Option<Cvss>) {
    const METHODS: [&str; 4] = ["CVSSv4", "CVSSv31", "CVSSv3", "CVSSv2"];
    for method in METHODS {
        let of = ratings.iter().filter(|r| r.method == method);
        if let Some(best) = of.filter_map(|r| Cvss::said(r.score, r.vector)).max_by_key(|c| c.tenths) {
            return (Some(best.severity()), Some(best));
        }
    }
    let words = ratings.iter().filter_map(|r| word(r.severity)).max();
    let scores = ratings.iter().filter(|r| r.method.is_empty()).filter_map(|r| Cvss::said(r.score, r.vector));
    match scores.max_by_key(|c| c.tenths) {
        Some(best) => (Some(best.severity()), Some(best)),
        None => (words, None),
    }
}

fn push(
    drafts: &mut Drafts,
    tool: &str,
    components: &HashMap<&str, Component>,
    v: &Vulnerability<'_>,
) -> Result<(), ScanError> {
    let affects = if v.affects.is_empty() { &[""][..] } else { &v.affects };
    for target in affects {
        drafts.tally.results += 1;
        if matches!(v.state, "resolved" | "resolved_with_pedigree" | "false_positive" | "not_affected") {
            drafts.tally.set_aside += 1;
            continue;
        }
        // A link to another BOM ends with the component's own name there (BOM-Link).
        let own = target.rsplit_once('#').map_or(*target, |(_, own)| own);
        let named = components.get(target).or_else(|| components.get(own)).filter(|_| !target.is_empty());
        let component = named.cloned();
        let component = component.unwrap_or_else(|| Component { name: (*target).to_owned(), ..Component::default() });
        let (severity, cvss) = graded(&v.ratings);
        let draft = Draft {
            rule: v.id,
            ids: std::iter::once(v.id).chain(v.other_ids.iter().copied()).collect(),
            cwes: v.cwes.clone(),
            severity,
            cvss,
            part: component.written(),
            location: component.purl.clone(),
            title: "",
            description: if v.description.is_empty() { v.detail } else { v.description },
            fix: v.fix.clone(),
            same: vec![component.same()],
            line: (0, 0),
        };
        drafts.push(tool, draft)?;
    }
    Ok(())
}

fn components_of_json<'v>(of: &'v Value, into: &mut HashMap<&'v str, Component>, depth: usize) {
    for one in list(of, "components") {
        let group = text(one, "group");
        let name = match group {
            "" => text(one, "name").to_owned(),
            group => format!("{group}/{}", text(one, "name")),
        };
        let component = Component { name, version: text(one, "version").into(), purl: text(one, "purl").into() };
        into.insert(text(one, "bom-ref"), component);
        if depth < DEEPEST {
            components_of_json(one, into, depth + 1);
        }
    }
}

pub(crate) fn of_json(of: &Value) -> Result<Scan, ScanError> {
    if text(of, "bomFormat") != "CycloneDX" {
        return Err(shape(Format::Cyclonedx, "/bomFormat"));
    }
    let mut components = HashMap::new();
    components_of_json(of, &mut components, 0);
    let metadata = of.get("metadata");
    if let Some(one) = metadata.and_then(|m| m.get("component")) {
        let component = Component {
            name: text(one, "name").into(),
            version: text(one, "version").into(),
            purl: text(one, "purl").into(),
        };
        components.insert(text(one, "bom-ref"), component);
    }
    let tools = metadata.and_then(|m| m.get("tools"));
    let named = tools.and_then(|t| t.as_array().or_else(|| t.get("components")?.as_array())).and_then(|t| t.first());
    let tool = named.map_or("", |t| text(t, "name"));
    let tool = if tool.is_empty() { "cyclonedx" } else { tool };
    let mut drafts = Drafts::default();
    let all = match of.get("vulnerabilities") {
        Some(Value::Array(all)) => Some(all),
        Some(Value::Null) | None => None,
        Some(_) => return Err(shape(Format::Cyclonedx, "/vulnerabilities")),
    };
    for (n, one) in all.into_iter().flatten().enumerate() {
        let id = text(one, "id");
        if !one.is_object() {
            return Err(shape(Format::Cyclonedx, &format!("/vulnerabilities/{n}")));
        }
        let rating = |r| Rating {
            score: number(Value::get(r, "score")),
            severity: text(r, "severity"),
            method: text(r, "method"),
            vector: text(r, "vector"),
        };
        let v = Vulnerability {
            id,
            other_ids: list(one, "references").map(|r| text(r, "id")).collect(),
            ratings: list(one, "ratings").map(rating).collect(),
            cwes: list(one, "cwes").filter_map(|c| u32::try_from(c.as_u64()?).ok()).collect(),
            description: text(one, "description"),
            detail: text(one, "detail"),
            fix: text(one, "recommendation").to_owned(),
            state: one.get("analysis").map_or("", |a| text(a, "state")),
            affects: list(one, "affects").map(|a| text(a, "ref")).collect(),
        };
        push(&mut drafts, tool, &components, &v)?;
    }
    let version = named.map(|t| text(t, "version")).filter(|v| !v.is_empty());
    let made_at = metadata.and_then(|m| moment(text(m, "timestamp")));
    Ok(scan(tool, version, made_at, all.is_some(), drafts))
}

/// What lists no vulnerabilities, not even none, did not look for any: nothing is mended by it.
fn scan(tool: &str, version: Option<&str>, made_at: Option<model::UnixMs>, looked: bool, drafts: Drafts) -> Scan {
    let (findings, tally) = drafts.finish();
    Scan {
        format: Format::Cyclonedx,
        tool: tool.chars().take(200).collect(),
        version: version.map(|v| v.chars().take(60).collect()),
        made_at,
        complete: looked,
        findings,
        tally,
    }
}

fn component_of_xml(of: &Node) -> Component {
    let name = match of.said("group") {
        "" => of.said("name").to_owned(),
        group => format!("{group}/{}", of.said("name")),
    };
    Component { name, version: of.said("version").to_owned(), purl: of.said("purl").to_owned() }
}

fn components_of_xml<'n>(of: &'n Node, into: &mut HashMap<&'n str, Component>, inner: &mut Vec<&'n Node>) {
    for one in of.listed("components", "component") {
        into.insert(one.attribute("bom-ref"), component_of_xml(one));
        // The extension of before puts them into their component.
        inner.extend(one.listed("vulnerabilities", "vulnerability"));
        components_of_xml(one, into, inner);
    }
}

fn of_node(one: &Node) -> Vulnerability<'_> {
    let rating = |r| {
        let score: Option<&Node> = Node::child(r, "score");
        let base = score.map_or("", |s| s.said("base"));
        let said = if base.is_empty() { score.map_or("", |s| s.text.trim()) } else { base };
        Rating {
            score: said.parse().ok(),
            severity: Node::said(r, "severity"),
            method: Node::said(r, "method"),
            vector: Node::said(r, "vector"),
        }
    };
    let fixes: Vec<&str> = one
        .listed("recommendations", "recommendation")
        .map(|r| r.text.trim())
        .chain([one.said("recommendation")])
        .collect();
    let own = one.attribute("ref");
    let mut affects: Vec<&str> = one.listed("affects", "target").map(|t| t.said("ref")).collect();
    if affects.is_empty() && !own.is_empty() {
        affects.push(own);
    }
    Vulnerability {
        id: one.said("id"),
        other_ids: one.listed("references", "reference").map(|r| r.said("id")).collect(),
        ratings: one.listed("ratings", "rating").map(rating).collect(),
        cwes: one.listed("cwes", "cwe").filter_map(|c| cwe(&c.text)).collect(),
        description: one.said("description"),
        detail: one.said("detail"),
        fix: fixes.join("\n").trim().to_owned(),
        state: one.child("analysis").map_or("", |a| a.said("state")),
        affects,
    }
}

pub(crate) fn of_xml(root: &Node) -> Result<Scan, ScanError> {
    let mut components = HashMap::new();
    let mut inner = vec![];
    components_of_xml(root, &mut components, &mut inner);
    let metadata = root.child("metadata");
    if let Some(one) = metadata.and_then(|m| m.child("component")) {
        components.insert(one.attribute("bom-ref"), component_of_xml(one));
    }
    let tools = metadata.and_then(|m| m.child("tools"));
    let named = tools.and_then(|t| t.child("tool").or_else(|| t.child("components")?.child("component")));
    let tool = named.map_or("", |t| t.said("name"));
    let tool = if tool.is_empty() { "cyclonedx" } else { tool };
    let mut drafts = Drafts::default();
    let looked = root.child("vulnerabilities").is_some() || !inner.is_empty();
    for one in root.listed("vulnerabilities", "vulnerability").chain(inner) {
        push(&mut drafts, tool, &components, &of_node(one))?;
    }
    let version = named.map(|t| t.said("version")).filter(|v| !v.is_empty());
    let made_at = metadata.and_then(|m| moment(m.said("timestamp")));
    Ok(scan(tool, version, made_at, looked, drafts))
}
