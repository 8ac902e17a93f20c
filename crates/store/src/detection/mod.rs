//! The company's rules of detection 检测规则: what ships, switched and narrowed, and what the company wrote.
//!
//! One story. The security administrator writes a rule with a mistake; it is told, with the line. She mends it, and tries it on the last
//! thirty days: eleven alerts about four people. It is switched on. A week later an alert turns out to be the month's closing run, so she
//! narrows the rule by a filter; what would not have been told is shown before, and a filter that hides what somebody called malicious is
//! refused.
//!
//! Rules.
//! - Each rule has versions. A version is never changed; taking one back makes another. Every change has a reason and is told by an event,
//!   switching a shipped rule off like any other, and whoever reads alerts reads rules and versions.
//! - The rows count for the company's seal: what is not as it was written is not detected by, and the start is refused.
//! - The rules in force are one [`detect::Pack`]. One of them that a newer program refuses is left out and said, and never keeps the others
//!   from being asked.
//! - Trying a rule changes nothing. It is recorded, for it reads what people did.

mod change;
mod examine;
mod hidden;
mod kept;
mod read;
mod trial;

pub use change::{ChangeRule, RollBackRule};
pub use detect::Problem as RuleProblem;
pub use examine::{CheckRule, Checked, ExplainRule, Explained, Found};
pub use kept::{RuleItem, RuleState};
pub use read::{ListRules, ListVersions, RuleFigures, RuleVersion, RuleView, ShowRule};
pub use trial::{Example, MOST_DAYS, MOST_TRIED, Past, ToTry, Trial, Tried};

pub(crate) use kept::{Detection, TABLE, read_items};

/// Filters of one rule.
pub const MOST_FILTERS: usize = 20;
/// Rules a company writes.
pub const MOST_RULES: usize = 200;
/// Longest name of a rule.
const MOST_NAME: usize = 64;
