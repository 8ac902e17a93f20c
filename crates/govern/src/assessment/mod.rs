//! Assessments by third parties 第三方评估: the questionnaire that comes from outside, and what the house can say to a question.
//!
//! One story. A customer sends its yearly questionnaire as a table. [`read`] takes it whole or says of each line what is wrong with it. To the
//! question on backups [`suggest`] names the control of the newest compliance report that speaks of backups, and by which word it was found.
//! Somebody reads it, writes the answer, and somebody else approves it: a suggestion is never an answer.
//!
//! Rules. No I/O and no clock. What comes from outside is bounded before it is believed, and refused as a whole.

mod questionnaire;
mod suggest;

use serde::{Deserialize, Serialize};

pub use questionnaire::{Asked, BadEntry, Form, MOST_BYTES, MOST_QUESTIONS, read};
pub use suggest::{Suggestion, suggest};

/// How the company stands to what a question asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Met,
    Partly,
    NotMet,
    NotApplicable,
}

impl Standing {
    pub const ALL: [Standing; 4] = [Standing::Met, Standing::Partly, Standing::NotMet, Standing::NotApplicable];
    pub const fn as_str(self) -> &'static str {
        match self {
            Standing::Met => "met",
            Standing::Partly => "partly",
            Standing::NotMet => "not_met",
            Standing::NotApplicable => "not_applicable",
        }
    }
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}
