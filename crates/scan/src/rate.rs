//! How grave something is: by a word, by a score, by a vector of CVSS.

use model::Severity;
use serde::{Deserialize, Serialize};

/// A score of CVSS, in tenths, with its vector where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cvss {
    /// 0 to 100.
    pub tenths: u16,
    pub vector: Option<String>,
}

impl Cvss {
    /// A score that is said, with the vector it is said to come of. What lies outside 0 to 10 is none.
    pub(crate) fn said(score: Option<f64>, vector: &str) -> Option<Self> {
        let vector = vector.trim();
        let kept = (!vector.is_empty() && vector.len() <= 200 && vector.is_ascii()).then(|| vector.to_owned());
        match score.filter(|s| (0.0..=10.0).contains(s)) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
            Some(score) => Some(Self { tenths: (score * 10.0).round() as u16, vector: kept }),
            None => Self::of_vector(vector),
        }
    }

    /// The base score of a vector of CVSS 3.0, 3.1 or 4.0 (FIRST). One without its version is of 3.1.
    pub(crate) fn of_vector(vector: &str) -> Option<Self> {
        let vector = vector.trim();
        if vector.is_empty() || vector.len() > 200 || !vector.is_ascii() {
            return None;
        }
        let whole = match vector.starts_with("CVSS:") {
            true => vector.to_owned(),
            false => format!("CVSS:3.1/{vector}"),
        };
        let score = whole.parse::<cvss::Cvss>().ok()?.score();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let tenths = (score * 10.0).round() as u16;
        (tenths <= 100).then_some(Self { tenths, vector: Some(whole) })
    }

    pub(crate) fn severity(&self) -> Severity {
        of_tenths(self.tenths)
    }
}

/// The qualitative scale of CVSS 3.1 and 4.0 (specification, section 5 and 6).
const fn of_tenths(tenths: u16) -> Severity {
    match tenths {
        0 => Severity::Informational,
        1..=39 => Severity::Low,
        40..=69 => Severity::Medium,
        70..=89 => Severity::High,
        _ => Severity::Critical,
    }
}

/// As `of_tenths`, for a score of 0 to 10.
pub fn severity_of_score(score: f64) -> Option<Severity> {
    Cvss::said(Some(score), "").map(|c| c.severity())
}

/// A word that scanners use.
pub(crate) fn word(text: &str) -> Option<Severity> {
    match text.trim().to_ascii_lowercase().as_str() {
        "critical" | "very-high" | "very high" => Some(Severity::Critical),
        "high" | "important" | "error" => Some(Severity::High),
        "medium" | "moderate" | "warning" => Some(Severity::Medium),
        "low" | "minor" | "note" | "negligible" => Some(Severity::Low),
        "info" | "informational" | "none" | "log" | "debug" => Some(Severity::Informational),
        _ => None,
    }
}
