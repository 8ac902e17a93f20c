//! Reports of vulnerability scanners 漏洞扫描报告: bytes in, findings out.
//!
//! One story. The nightly scan of the web server comes as SARIF. [`read`] says which tool made it, that it ran to its end, and what it found: each
//! finding with how grave it is, where it is, and a fingerprint by which the scan of tomorrow is known to speak of the same thing, also when lines
//! have moved meanwhile.
//!
//! Rules.
//! - No I/O, no clock, no randomness. What comes from outside is bounded before it is believed: bytes, depth, values, findings, lengths of texts.
//! - XML has no DTD and no entities of its own; nothing that is packed is unpacked.
//! - What is not of the form it says is refused as a whole. A report that was half understood would say that the other half is mended.
//! - What a report itself sets aside (a suppression that was accepted, "not affected") is no finding, and is counted.
//!
//! ```
//! let report = br#"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "lint"}}, "results": [
//!     {"ruleId": "R1", "level": "error", "message": {"text": "a password in the code"}}]}]}"#;
//! let scan = scan::read(report, None).unwrap();
//! assert_eq!((scan.tool.as_str(), scan.findings.len()), ("lint", 1));
//! assert_eq!(scan.findings[0].severity, model::Severity::High);
//! ```

pub mod advisory;
mod cyclonedx;
mod finding;
mod greenbone;
mod json;
mod nuclei;
mod osv;
mod rate;
mod sarif;
pub mod track;
mod trend;
mod trivy;
mod xml;
mod zap;

use model::UnixMs;
use serde::{Deserialize, Serialize};

pub use finding::{Finding, Tally};
pub use json::{Broken, bounded as bounded_json};
pub use rate::{Cvss, severity_of_score};
pub use trend::{Figures, Span, Week, measure};

/// Bytes of a report.
pub const MOST_BYTES: usize = 32 << 20;
/// Findings of one report.
pub const MOST_FINDINGS: usize = 20_000;

/// Whose form a report has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Static Analysis Results Interchange Format 2.1.0.
    Sarif,
    /// CycloneDX with vulnerabilities, JSON or XML.
    Cyclonedx,
    /// The output of OSV-Scanner, or records of the OSV schema.
    Osv,
    Trivy,
    /// ZAP's report, JSON or XML.
    Zap,
    /// Nuclei, one object a line or one array.
    Nuclei,
    /// Greenbone's report (OpenVAS), XML.
    Greenbone,
}

impl Format {
    pub const ALL: [Format; 7] =
        [Format::Sarif, Format::Cyclonedx, Format::Osv, Format::Trivy, Format::Zap, Format::Nuclei, Format::Greenbone];
    pub const fn as_str(self) -> &'static str {
        match self {
            Format::Sarif => "sarif",
            Format::Cyclonedx => "cyclonedx",
            Format::Osv => "osv",
            Format::Trivy => "trivy",
            Format::Zap => "zap",
            Format::Nuclei => "nuclei",
            Format::Greenbone => "greenbone",
        }
    }
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == text)
    }
}

/// Why a report is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    #[error("the report has more than {MOST_BYTES} bytes")]
    TooLarge,
    #[error("the report is empty")]
    Empty,
    #[error("the report is packed; unpack it first")]
    Packed,
    #[error("the report is not text in UTF-8")]
    NotText,
    #[error("the report is neither JSON nor XML: {0}")]
    Unreadable(String),
    #[error("the report has a document type or an entity of its own, which is not read")]
    Entities,
    #[error("the report is nested too deep, or has too many parts")]
    TooComplex,
    #[error("the report has more than {MOST_FINDINGS} findings")]
    TooMany,
    #[error("it is not known which scanner made the report")]
    UnknownFormat,
    #[error("the report is not `{}` at `{at}`", format.as_str())]
    Shape { format: Format, at: String },
}

impl ScanError {
    /// Stable.
    pub fn code(&self) -> &'static str {
        match self {
            ScanError::TooLarge => "scan_too_large",
            ScanError::Empty => "scan_empty",
            ScanError::Packed => "scan_packed",
            ScanError::NotText => "scan_not_text",
            ScanError::Unreadable(_) => "scan_unreadable",
            ScanError::Entities => "scan_entities",
            ScanError::TooComplex => "scan_too_complex",
            ScanError::TooMany => "scan_too_many",
            ScanError::UnknownFormat => "scan_unknown_format",
            ScanError::Shape { .. } => "scan_bad_shape",
        }
    }
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    pub format: Format,
    /// As it calls itself; several are joined.
    pub tool: String,
    pub version: Option<String>,
    /// When it was made, where the report says so with a zone.
    pub made_at: Option<UnixMs>,
    /// Whether it ran to its end. What another shows no more is not mended.
    pub complete: bool,
    pub findings: Vec<Finding>,
    pub tally: Tally,
}

/// Reads a report: of the format that is said, or of the one it shows.
///
/// # Errors
/// [`ScanError`]; nothing is read of a report that cannot be read whole.
pub fn read(bytes: &[u8], format: Option<Format>) -> Result<Scan, ScanError> {
    if bytes.len() > MOST_BYTES {
        return Err(ScanError::TooLarge);
    }
    const PACKED: [&[u8]; 6] = [b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ"];
    if PACKED.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(ScanError::Packed);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| ScanError::NotText)?;
    if text.contains('\0') {
        return Err(ScanError::NotText);
    }
    let text = text.trim();
    if text.is_empty() {
        // Nuclei that found nothing writes nothing. Only who says so is believed.
        return match format {
            Some(Format::Nuclei) => nuclei::read(&[]),
            _ => Err(ScanError::Empty),
        };
    }
    if text.starts_with('<') {
        return of_xml(&xml::tree(text)?, format);
    }
    let values = json::documents(text)?;
    of_json(&values, format)
}

fn of_xml(root: &xml::Node, said: Option<Format>) -> Result<Scan, ScanError> {
    let shows = match root.name.as_str() {
        "bom" => Format::Cyclonedx,
        "OWASPZAPReport" => Format::Zap,
        "report" | "get_reports_response" => Format::Greenbone,
        _ => return Err(said.map_or(ScanError::UnknownFormat, |f| shape(f, "/"))),
    };
    match said.unwrap_or(shows) {
        other if other != shows => Err(shape(other, "/")),
        Format::Cyclonedx => cyclonedx::of_xml(root),
        Format::Zap => zap::of_xml(root),
        _ => greenbone::read(root),
    }
}

fn of_json(values: &[serde_json::Value], said: Option<Format>) -> Result<Scan, ScanError> {
    let shows = shows(values);
    let format = said.or(shows).ok_or(ScanError::UnknownFormat)?;
    let one = match values {
        [one] => one,
        _ if format == Format::Nuclei => return nuclei::read(values),
        _ if format == Format::Osv => return osv::records(values),
        _ => return Err(shape(format, "/")),
    };
    match format {
        Format::Sarif => sarif::read(one),
        Format::Cyclonedx => cyclonedx::of_json(one),
        Format::Osv => osv::read(one),
        Format::Trivy => trivy::read(one),
        Format::Zap => zap::of_json(one),
        Format::Nuclei => nuclei::read(one.as_array().map_or(values, Vec::as_slice)),
        Format::Greenbone => Err(shape(format, "/")),
    }
}

/// Which scanner's form a report shows.
fn shows(values: &[serde_json::Value]) -> Option<Format> {
    let first = values.first()?;
    let first = first.as_array().and_then(|all| all.first()).unwrap_or(first);
    let has = |name: &str| first.get(name).is_some();
    let is = |yes: bool, format: Format| yes.then_some(format);
    is(has("runs"), Format::Sarif)
        .or(is(first.get("bomFormat").is_some_and(|b| b == "CycloneDX"), Format::Cyclonedx))
        .or(is(has("SchemaVersion") && has("ArtifactName"), Format::Trivy))
        .or(is(has("ClusterName") || (has("Target") && has("Vulnerabilities")), Format::Trivy))
        .or(is(has("site") && (has("@version") || has("@programName")), Format::Zap))
        .or(is((has("template-id") || has("templateID")) && has("info"), Format::Nuclei))
        .or(is(has("results") && !has("metrics") && !has("errors"), Format::Osv))
        .or(is(has("affected") && has("id"), Format::Osv))
}

pub(crate) fn shape(format: Format, at: &str) -> ScanError {
    ScanError::Shape { format, at: at.chars().take(120).collect() }
}

/// A moment with its zone.
pub(crate) fn moment(text: &str) -> Option<UnixMs> {
    text.parse::<jiff::Timestamp>().ok().map(|t| UnixMs(t.as_millisecond()))
}

#[cfg(test)]
mod tests;
