//! Evidence as a link 证据: to a report, a control of one, an access review, a posture check, the audit programme, or a file that was put into the room.

use std::fmt;
use std::str::FromStr;

use model::{FileId, ReportId, ReviewId};
use serde::{Deserialize, Serialize};

const LONGEST: usize = 200;

/// What is linked to. Written `report:<id>`, `control:<report>:<control>`, `review:<id>`, `posture:<check>`, `programme` or `file:<id>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Evidence {
    Report(ReportId),
    /// A line of the compliance self-audit, as that report found it.
    Control(ReportId, String),
    Review(ReviewId),
    Posture(String),
    Programme,
    File(FileId),
}

/// Not such a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a link to evidence")]
pub struct BadEvidence;

impl Evidence {
    /// Whether it can be taken as a file.
    pub const fn has_file(&self) -> bool {
        matches!(self, Evidence::Report(_) | Evidence::Review(_) | Evidence::File(_))
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Evidence::Report(id) => write!(f, "report:{id}"),
            Evidence::Control(report, control) => write!(f, "control:{report}:{control}"),
            Evidence::Review(id) => write!(f, "review:{id}"),
            Evidence::Posture(check) => write!(f, "posture:{check}"),
            Evidence::Programme => f.write_str("programme"),
            Evidence::File(id) => write!(f, "file:{id}"),
        }
    }
}

impl FromStr for Evidence {
    type Err = BadEvidence;
    fn from_str(text: &str) -> Result<Self, BadEvidence> {
        let name = |text: &str| {
            let good = (1..=100).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
            good.then(|| text.to_owned()).ok_or(BadEvidence)
        };
        if text.len() > LONGEST {
            return Err(BadEvidence);
        }
        match text.split_once(':') {
            None if text == "programme" => Ok(Evidence::Programme),
            Some(("report", id)) => id.parse().map(Evidence::Report).map_err(|_| BadEvidence),
            Some(("review", id)) => id.parse().map(Evidence::Review).map_err(|_| BadEvidence),
            Some(("file", id)) => id.parse().map(Evidence::File).map_err(|_| BadEvidence),
            Some(("posture", check)) => name(check).map(Evidence::Posture),
            Some(("control", rest)) => {
                let (report, control) = rest.split_once(':').ok_or(BadEvidence)?;
                Ok(Evidence::Control(report.parse().map_err(|_| BadEvidence)?, name(control)?))
            }
            _ => Err(BadEvidence),
        }
    }
}

impl TryFrom<String> for Evidence {
    type Error = BadEvidence;
    fn try_from(text: String) -> Result<Self, BadEvidence> {
        text.parse()
    }
}

impl From<Evidence> for String {
    fn from(evidence: Evidence) -> Self {
        evidence.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_one_spelling() {
        let id = "0190c8f4-0000-7000-8000-000000000000";
        for text in [
            format!("report:{id}"),
            format!("control:{id}:csl.23(3).log_kept"),
            format!("review:{id}"),
            "posture:detection.decoys".to_owned(),
            "programme".to_owned(),
            format!("file:{id}"),
        ] {
            assert_eq!(text.parse::<Evidence>().unwrap().to_string(), text);
        }
        for bad in ["", "programme:", "report:1", "control:x", "posture:", "posture:a b", "customer:1", "file:x"] {
            assert!(bad.parse::<Evidence>().is_err(), "{bad}");
        }
    }
}
