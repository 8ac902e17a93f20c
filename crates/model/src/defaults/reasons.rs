//! Which business reasons count in a new company.

use super::objects::name;
use crate::condition::{Comparison, Condition};
use crate::reason::{Explanation, Link, ReasonRules};

/// All of them; a follow-up for thirty days.
pub fn reasons() -> ReasonRules {
    let open = ["prospecting", "engaging", "proposal", "negotiation"];
    let done = Condition::test("done", Comparison::Eq, true.into());
    ReasonRules {
        counted: Explanation::ALL.into_iter().filter(|reason| reason.is_explained()).collect(),
        links: vec![
            Link {
                reason: Explanation::OpenOpportunity,
                object: name("opportunity"),
                only: Some(Condition::test("stage", Comparison::In, serde_json::json!(open))),
                days: None,
            },
            Link {
                reason: Explanation::OpenTask,
                object: name("task"),
                only: Some(Condition::Not(Box::new(done))),
                days: None,
            },
            Link { reason: Explanation::FollowUp, object: name("follow_up"), only: None, days: Some(30) },
        ],
        weak_minutes: 10,
        ask_purpose: false,
    }
}
