//! Aggregates 汇总 and the boards made of them: what to group by, what to work out, how to draw it.
//!
//! Rule: a board holds questions, never answers. Whoever opens it asks them with their own rights.
//!
//! ```
//! let board = model::aggregate::Board::read(r#"{"cards":[{"title":"按月签约","chart":"bar","object":"contract","by":[{"field":"signed_on","step":"month"}]}]}"#);
//! assert_eq!(board.map(|b| b.cards.len()), Ok(1));
//! ```

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::{FieldName, ObjectName};

/// Fields that an aggregate groups by.
pub const MOST_GROUPED: usize = 2;
/// Sums that one aggregate works out.
pub const MOST_MEASURES: usize = 4;
/// Cards of one board.
pub const MOST_CARDS: usize = 24;

/// How finely dates and times are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Day,
    Month,
    Quarter,
    Year,
}

impl Step {
    /// The name of the step that a day (`YYYY-MM-DD`) is in: `2026-11-26`, `2026-11`, `2026-Q4`, `2026`.
    pub fn of(self, day: &str) -> String {
        let part = |n: usize| day.get(..n).unwrap_or(day).to_owned();
        match self {
            Step::Day => day.to_owned(),
            Step::Month => part(7),
            Step::Year => part(4),
            Step::Quarter => {
                let month: u8 = day.get(5..7).and_then(|m| m.parse().ok()).unwrap_or(1);
                format!("{}-Q{}", part(4), month.saturating_sub(1) / 3 + 1)
            }
        }
    }
}

/// What records are told apart by: a clear field, or `owner`, `department`, `created_at`, `updated_at`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub field: String,
    /// Of a date or a time; a month if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
}

/// What is worked out of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    Sum,
    Avg,
    Min,
    Max,
}

/// What is worked out of which clear number or amount.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Worked {
    pub field: FieldName,
    pub work: Work,
}

/// How a card is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chart {
    Bar,
    Line,
    Funnel,
    Number,
    Table,
}

/// A stretch of days that moves with today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    ThisMonth,
    LastMonth,
    ThisQuarter,
    ThisYear,
    Last30Days,
    Last90Days,
    Next30Days,
    Next90Days,
    Past,
}

/// Only records whose date or time lies in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub field: String,
    pub span: Span,
}

/// One chart of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// 1 to 80 characters.
    pub title: String,
    pub chart: Chart,
    pub object: ObjectName,
    #[serde(default)]
    pub by: Vec<Group>,
    /// The number of records if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Worked>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Condition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Over the whole width.
    #[serde(default)]
    pub wide: bool,
}

/// A board as its record keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    pub cards: Vec<Card>,
}

/// Why a text is no board.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadBoard {
    #[error("expected the cards of a board as JSON")]
    Malformed,
    #[error("a board has at most {MOST_CARDS} cards")]
    TooMany,
    #[error("a card has a title of 1 to 80 characters")]
    Title,
    #[error("a card is grouped by at most {MOST_GROUPED} fields")]
    Grouped,
    #[error("a card's filter has at most 8 levels and 100 tests")]
    Filter,
}

impl Board {
    /// Reads a board. Whether its object types and fields are there, and for whom, is asked when it is opened.
    ///
    /// # Errors
    /// [`BadBoard`].
    pub fn read(text: &str) -> Result<Board, BadBoard> {
        let board: Board = serde_json::from_str(text).map_err(|_| BadBoard::Malformed)?;
        if board.cards.len() > MOST_CARDS {
            return Err(BadBoard::TooMany);
        }
        for card in &board.cards {
            if card.title.trim().is_empty() || card.title.chars().count() > 80 {
                return Err(BadBoard::Title);
            }
            if card.by.len() > MOST_GROUPED {
                return Err(BadBoard::Grouped);
            }
            if card.filter.as_ref().is_some_and(|f| f.depth() > 8 || f.size() > 100) {
                return Err(BadBoard::Filter);
            }
        }
        Ok(board)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_is_in_its_month_quarter_and_year() {
        let of = |step: Step| step.of("2026-11-26");
        assert_eq!(
            [Step::Day, Step::Month, Step::Quarter, Step::Year].map(of),
            ["2026-11-26", "2026-11", "2026-Q4", "2026"]
        );
        assert_eq!(Step::Quarter.of("2026-03-31"), "2026-Q1");
    }

    #[test]
    fn a_board_is_read_or_refused_with_its_reason() {
        let card = |more: &str| format!(r#"{{"cards":[{{"title":"a","chart":"bar","object":"contract"{more}}}]}}"#);
        assert!(Board::read(&card("")).is_ok());
        assert_eq!(Board::read(&card(r#","script":"alert(1)""#)), Err(BadBoard::Malformed));
        let three = r#","by":[{"field":"a"},{"field":"b"},{"field":"c"}]"#;
        assert_eq!(Board::read(&card(three)), Err(BadBoard::Grouped));
        assert_eq!(Board::read(&card("").replace(r#""title":"a""#, r#""title":" ""#)), Err(BadBoard::Title));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,80}") {
            let _ = Board::read(&text);
        }
        #[test]
        fn any_day_has_its_steps(text in "\\PC{0,12}") {
            for step in [Step::Day, Step::Month, Step::Quarter, Step::Year] {
                let _ = step.of(&text);
            }
        }
    }
}
