//! SARIF 2.1.0 (OASIS). How grave: `rank`, then `security-severity`, then `level`, as section 3.27 and the code-scanning practice have it.

use model::Severity;
use serde_json::Value;

use crate::finding::{Draft, Drafts, cwe};
use crate::json::{list, number, text};
use crate::rate::{Cvss, severity_of_score};
use crate::{Format, Scan, ScanError, moment, shape};

fn bad(at: &str) -> ScanError {
    shape(Format::Sarif, at)
}

/// What a run says about its rules.
struct Rules<'v> {
    driver: &'v [Value],
    extensions: Vec<&'v [Value]>,
}

fn rules_of(component: &Value) -> &[Value] {
    component.get("rules").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn place_in(value: Option<&Value>) -> Option<usize> {
    value.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok())
}

impl<'v> Rules<'v> {
    fn of(tool: &'v Value) -> Self {
        let driver = tool.get("driver").map_or(&[][..], rules_of);
        Self { driver, extensions: list(tool, "extensions").map(rules_of).collect() }
    }

    /// The rule of a result: by place in the driver or an extension, else by its id, also by the part of it before a `/`.
    fn find(&self, result: &Value, id: &str) -> Option<&'v Value> {
        let named = result.get("rule");
        let within = named.and_then(|r| r.get("toolComponent")).and_then(|c| place_in(c.get("index")));
        let rules = within.map_or(Some(self.driver), |n| self.extensions.get(n).copied());
        let n = place_in(result.get("ruleIndex")).or(place_in(named.and_then(|r| r.get("index"))));
        if let Some(rule) = n.and_then(|n| rules?.get(n)) {
            return Some(rule);
        }
        let all = || self.driver.iter().chain(self.extensions.iter().copied().flatten());
        let by = |id: &str| all().find(|r| text(r, "id") == id);
        by(id).or_else(|| by(id.split('/').next()?))
    }
}

/// `{0}` and so on are filled in; the text itself, or one of the rule's by its id.
fn message(of: &Value, rule: Option<&Value>) -> String {
    let Some(message) = of.get("message") else { return String::new() };
    let own = crate::json::first_text(message, &["text", "markdown"]);
    let kept = rule.and_then(|r| r.get("messageStrings")).and_then(|m| m.get(text(message, "id")));
    let mut said = match own {
        "" => kept.map_or("", |k| text(k, "text")).to_owned(),
        own => own.to_owned(),
    };
    for (n, argument) in list(message, "arguments").enumerate().take(20) {
        if said.len() < 16_000 {
            said = said.replace(&format!("{{{n}}}"), argument.as_str().unwrap_or_default());
        }
    }
    said
}

/// Suppressed, if there are suppressions and each of them stands (section 3.27.23).
fn is_suppressed(result: &Value) -> bool {
    let mut all = list(result, "suppressions").peekable();
    all.peek().is_some() && all.all(|s| matches!(text(s, "status"), "" | "accepted"))
}

fn security_severity(of: &Value) -> Option<f64> {
    number(of.get("properties").and_then(|p| p.get("security-severity")))
}

fn severity(result: &Value, rule: Option<&Value>) -> (Severity, Option<Cvss>) {
    let rank = number(result.get("rank")).filter(|r| (0.0..=100.0).contains(r));
    if let Some(severity) = rank.and_then(|r| severity_of_score(r / 10.0)) {
        return (severity, None);
    }
    let score = security_severity(result).or_else(|| rule.and_then(security_severity));
    if let Some(cvss) = Cvss::said(score, "") {
        return (cvss.severity(), Some(cvss));
    }
    let kept = rule.and_then(|r| r.get("defaultConfiguration")).map_or("", |c| text(c, "level"));
    let level = [text(result, "level"), kept].into_iter().find(|l| !l.is_empty()).unwrap_or("warning");
    let severity = match level {
        "error" => Severity::High,
        "note" => Severity::Low,
        "none" => Severity::Informational,
        _ => Severity::Medium,
    };
    (severity, None)
}

/// Where a result is: the file, line and column, what stands there, and the name of what it is in.
#[derive(Default)]
struct Spot<'v> {
    uri: &'v str,
    line: u64,
    column: u64,
    snippet: &'v str,
    logical: &'v str,
}

impl<'v> Spot<'v> {
    fn of(location: &'v Value, run: &'v Value) -> Self {
        let physical = location.get("physicalLocation");
        let artifact = physical.and_then(|p| p.get("artifactLocation"));
        let kept = artifact.and_then(|a| place_in(a.get("index"))).and_then(|n| {
            run.get("artifacts").and_then(|a| a.get(n)).and_then(|a| a.get("location")).map(|l| text(l, "uri"))
        });
        let uri = artifact.map_or("", |a| text(a, "uri"));
        let region = physical.and_then(|p| p.get("region"));
        let count = |name: &str| region.and_then(|r| r.get(name)).and_then(Value::as_u64).unwrap_or(0);
        let logical = list(location, "logicalLocations").next();
        Self {
            uri: if uri.is_empty() { kept.unwrap_or_default() } else { uri },
            line: count("startLine"),
            column: count("startColumn"),
            snippet: region.and_then(|r| r.get("snippet")).map_or("", |s| text(s, "text")),
            logical: logical.map_or("", |l| crate::json::first_text(l, &["fullyQualifiedName", "name"])),
        }
    }

    fn written(&self) -> String {
        let place = if self.uri.is_empty() { self.logical } else { self.uri };
        match self.line {
            0 => place.to_owned(),
            line => format!("{place}:{line}"),
        }
    }
}

/// Fingerprints that the tool made, the whole ones first; of CodeQL's the one of the line, as the place in the line is in no other.
fn fingerprints(result: &Value) -> Vec<String> {
    let of = |name: &str| result.get(name).and_then(Value::as_object).filter(|o| !o.is_empty());
    let Some(all) = of("fingerprints").or_else(|| of("partialFingerprints")) else { return vec![] };
    let line = all.get("primaryLocationLineHash");
    let mut made: Vec<String> = match line.and_then(Value::as_str) {
        Some(line) => vec![format!("primaryLocationLineHash={line}")],
        None => all.iter().map(|(name, value)| format!("{name}={value}")).collect(),
    };
    made.sort_unstable();
    made.truncate(20);
    made
}

/// CWE numbers and CVE numbers of a rule and a result.
fn numbers<'v>(id: &'v str, rule: Option<&'v Value>, result: &'v Value) -> (Vec<&'v str>, Vec<u32>) {
    let tags_of = |of: &'v Value| of.get("properties").map(|p| list(p, "tags")).into_iter().flatten();
    let tags = rule.into_iter().flat_map(tags_of).chain(tags_of(result)).filter_map(Value::as_str);
    let related = rule.into_iter().flat_map(|r| list(r, "relationships")).filter_map(|r| r.get("target"));
    let taxa = related.chain(list(result, "taxa")).filter_map(|target| {
        let of_cwe = target.get("toolComponent").is_some_and(|c| text(c, "name").eq_ignore_ascii_case("cwe"));
        of_cwe.then(|| text(target, "id"))
    });
    let mut ids: Vec<&str> = vec![];
    let mut cwes: Vec<u32> = taxa.filter_map(cwe).collect();
    for word in std::iter::once(id).chain(tags) {
        // Some tools put the package behind the number: `CVE-2021-1-openssl`.
        if word.starts_with("CVE-") || word.starts_with("GHSA-") {
            let parts: usize = if word.starts_with("CVE-") { 3 } else { 4 };
            let end = word.match_indices('-').nth(parts - 1).map_or(word.len(), |(at, _)| at);
            ids.extend(word.get(..end));
        } else if word.to_ascii_lowercase().contains("cwe") {
            cwes.extend(cwe(word));
        }
    }
    (ids, cwes)
}

fn result(drafts: &mut Drafts, tool: &str, run: &Value, rules: &Rules<'_>, of: &Value) -> Result<(), ScanError> {
    let kept = of.get("rule").map_or("", |r| text(r, "id"));
    let id = if text(of, "ruleId").is_empty() { kept } else { text(of, "ruleId") };
    let rule = rules.find(of, id);
    let id = if id.is_empty() { rule.map_or("", |r| text(r, "id")) } else { id };
    // What was looked at and is in order, or does not apply here (section 3.27.9).
    let kind = text(of, "kind");
    if matches!(kind, "pass" | "notApplicable") || text(of, "baselineState") == "absent" || is_suppressed(of) {
        drafts.tally.results += 1;
        drafts.tally.set_aside += 1;
        return Ok(());
    }
    let says = message(of, rule);
    let (severity, cvss) = severity(of, rule);
    let (ids, cwes) = numbers(id, rule, of);
    let prints = fingerprints(of);
    let short = rule.and_then(|r| r.get("shortDescription")).map_or("", |d| text(d, "text"));
    let name = rule.map_or("", |r| text(r, "name"));
    let title = [short, name, says.as_str()].into_iter().find(|t| !t.trim().is_empty()).unwrap_or(id);
    let mend = list(of, "fixes").next().and_then(|f| f.get("description")).map_or("", |d| text(d, "text"));
    let help = rule.and_then(|r| r.get("help")).map_or("", |h| text(h, "text"));
    let uri = rule.map_or("", |r| text(r, "helpUri"));
    let fix = [mend, help, uri].into_iter().find(|t| !t.is_empty()).unwrap_or_default();
    let mut spots: Vec<Spot<'_>> = list(of, "locations").map(|l| Spot::of(l, run)).collect();
    if spots.is_empty() {
        spots.push(Spot::default());
    }
    for spot in spots {
        drafts.tally.results += 1;
        let mut same = vec![spot.uri, spot.logical];
        match prints.is_empty() {
            false => same.extend(prints.iter().map(String::as_str)),
            true => same.push(if spot.snippet.trim().is_empty() { &says } else { spot.snippet.trim() }),
        }
        let draft = Draft {
            rule: id,
            ids: ids.clone(),
            cwes: cwes.clone(),
            severity: Some(severity),
            cvss: cvss.clone(),
            part: String::new(),
            location: spot.written(),
            title,
            description: &says,
            fix: fix.to_owned(),
            same,
            line: (spot.line, spot.column),
        };
        drafts.push(tool, draft)?;
    }
    Ok(())
}

pub(crate) fn read(of: &Value) -> Result<Scan, ScanError> {
    let runs = of.get("runs").and_then(Value::as_array).ok_or_else(|| bad("/runs"))?;
    if !text(of, "version").starts_with("2.") {
        return Err(bad("/version"));
    }
    let mut drafts = Drafts::default();
    let mut tools: Vec<&str> = vec![];
    let (mut version, mut made_at, mut complete) = (None, None, !runs.is_empty());
    for (n, run) in runs.iter().enumerate() {
        let tool = run.get("tool").ok_or_else(|| bad(&format!("/runs/{n}/tool")))?;
        let driver = tool.get("driver").ok_or_else(|| bad(&format!("/runs/{n}/tool/driver")))?;
        let name = text(driver, "name").trim();
        if name.is_empty() {
            return Err(bad(&format!("/runs/{n}/tool/driver/name")));
        }
        if !tools.contains(&name) {
            tools.push(name);
        }
        let told = crate::json::first_text(driver, &["semanticVersion", "version"]);
        version = version.or((!told.is_empty()).then_some(told));
        for invocation in list(run, "invocations") {
            complete &= invocation.get("executionSuccessful") != Some(&Value::Bool(false));
            made_at = made_at.max(moment(text(invocation, "endTimeUtc")));
        }
        let rules = Rules::of(tool);
        match run.get("results") {
            Some(Value::Array(all)) => {
                for (m, one) in all.iter().enumerate() {
                    if !one.is_object() {
                        return Err(bad(&format!("/runs/{n}/results/{m}")));
                    }
                    result(&mut drafts, name, run, &rules, one)?;
                }
            }
            // A run without results did not look for any (section 3.14.23).
            None | Some(Value::Null) => complete = false,
            Some(_) => return Err(bad(&format!("/runs/{n}/results"))),
        }
    }
    let (findings, tally) = drafts.finish();
    tools.sort_unstable();
    tools.truncate(20);
    let tool = if tools.is_empty() { "sarif".to_owned() } else { tools.join(" + ") };
    let version = version.map(|v| v.chars().take(60).collect());
    let tool = tool.chars().take(200).collect();
    Ok(Scan { format: Format::Sarif, tool, version, made_at, complete, findings, tally })
}
