//! Nuclei's results: one object a line, or one array; the names of before version 2.6 too.

use serde_json::Value;

use crate::finding::{Draft, Drafts, cwe};
use crate::json::{first_text, number, text};
use crate::rate::{Cvss, word};
use crate::{Format, Scan, ScanError, moment, shape};

/// A list of texts, one text, or texts parted by commas.
fn texts(of: Option<&Value>) -> Vec<&str> {
    match of {
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(text)) => text.split(',').map(str::trim).filter(|t| !t.is_empty()).collect(),
        _ => vec![],
    }
}

pub(crate) fn read(all: &[Value]) -> Result<Scan, ScanError> {
    let mut drafts = Drafts::default();
    let mut made_at = None;
    for (n, one) in all.iter().enumerate() {
        let rule = first_text(one, &["template-id", "templateID"]);
        let info = one.get("info").filter(|i| i.is_object());
        let (false, Some(info)) = (rule.is_empty(), info) else {
            return Err(shape(Format::Nuclei, &format!("/{n}/template-id")));
        };
        made_at = made_at.max(moment(text(one, "timestamp")));
        drafts.tally.results += 1;
        if one.get("matcher-status") == Some(&Value::Bool(false)) {
            drafts.tally.set_aside += 1;
            continue;
        }
        let class = info.get("classification").unwrap_or(&Value::Null);
        let cves = texts(class.get("cve-id"));
        let matcher = first_text(one, &["matcher-name", "matcher_name"]);
        let at = first_text(one, &["matched-at", "matched", "url", "host"]);
        let title = match matcher {
            "" => text(info, "name").to_owned(),
            matcher => format!("{} ({matcher})", text(info, "name")),
        };
        let ids: Vec<String> = cves.iter().map(|c| c.to_ascii_uppercase()).collect();
        let draft = Draft {
            rule,
            ids: ids.iter().map(String::as_str).collect(),
            cwes: texts(class.get("cwe-id")).into_iter().filter_map(cwe).collect(),
            severity: word(text(info, "severity")),
            cvss: Cvss::said(number(class.get("cvss-score")), text(class, "cvss-metrics")),
            part: text(one, "host").to_owned(),
            location: at.to_owned(),
            title: &title,
            description: text(info, "description"),
            fix: text(info, "remediation").to_owned(),
            same: vec![matcher, text(one, "type"), at],
            line: (0, 0),
        };
        drafts.push("nuclei", draft)?;
    }
    let (findings, tally) = drafts.finish();
    Ok(Scan {
        format: Format::Nuclei,
        tool: "nuclei".to_owned(),
        version: None,
        made_at,
        complete: true,
        findings,
        tally,
    })
}
