//! Alerts 告警: what a rule found about somebody, until a person has looked at it.
//!
//! One alert is open per person and pattern. It grows while it is open; once it is closed, what comes later opens another.

use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    pub const ALL: [Severity; 5] =
        [Severity::Informational, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Informational => "informational",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }
    /// 0 for the least, 4 for the gravest: how the database orders them.
    pub const fn rank(self) -> i64 {
        self as i64
    }
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
    pub fn of_rank(rank: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.rank() == rank)
    }
}

/// Where an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    /// Somebody has to look at it.
    Open,
    /// Looked at, and put off until a moment; what comes until then joins it in silence.
    Snoozed,
    /// Looked at, with a word on what it was.
    Closed,
}

impl AlertState {
    pub const ALL: [AlertState; 3] = [AlertState::Open, AlertState::Snoozed, AlertState::Closed];
    pub const fn as_str(self) -> &'static str {
        match self {
            AlertState::Open => "open",
            AlertState::Snoozed => "snoozed",
            AlertState::Closed => "closed",
        }
    }
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// What an alert turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feedback {
    /// 恶意
    Malicious,
    /// 可疑
    Suspicious,
    /// 符合预期
    Expected,
    /// 无法判断
    Unknown,
}

impl Feedback {
    pub const ALL: [Feedback; 4] = [Feedback::Malicious, Feedback::Suspicious, Feedback::Expected, Feedback::Unknown];
    pub const fn as_str(self) -> &'static str {
        match self {
            Feedback::Malicious => "malicious",
            Feedback::Suspicious => "suspicious",
            Feedback::Expected => "expected",
            Feedback::Unknown => "unknown",
        }
    }
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_written() {
        for s in Severity::ALL {
            assert_eq!((Severity::read(s.as_str()), Severity::of_rank(s.rank())), (Some(s), Some(s)));
            assert_eq!(serde_json::to_value(s).unwrap(), s.as_str());
        }
        for s in AlertState::ALL {
            assert_eq!(AlertState::read(s.as_str()), Some(s));
            assert_eq!(serde_json::to_value(s).unwrap(), s.as_str());
        }
        for f in Feedback::ALL {
            assert_eq!(Feedback::read(f.as_str()), Some(f));
            assert_eq!(serde_json::to_value(f).unwrap(), f.as_str());
        }
    }
}
