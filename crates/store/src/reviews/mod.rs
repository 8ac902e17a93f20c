//! Access reviews 权限复核: campaigns over who has what, their lines, the answers, and the list that is signed at the end.
//!
//! One story. An officer begins *Quarterly review*. Who holds which role, share and token is frozen as lines, each with its evidence and with
//! what the house would do, and given to whoever answers for it. Reviewers keep, narrow, revoke or pass on. Who forgets is reminded; past
//! the date the lines are their manager's. At the end what nobody answered falls to what the campaign says, everything is applied, and a
//! list of who had what on the first day, what was decided and what was done is kept by the event that closes the campaign.
//!
//! Rules.
//! - Each step of a campaign is one unit of its row, and each line is applied in one unit with its row: of two nodes one does it.
//! - What is decided is applied when the campaign closes; until then it can be decided otherwise.
//! - Whoever reviews sees people, roles and ids of records, and no record. Alerts about somebody are told to those alone who may read alerts.

mod apply;
mod begin;
mod close;
mod file;
mod gather;
mod happened;
mod own;
mod plan;
mod read;
mod result;
mod round;
mod row;

use access::path::{OnSystem, Operation};
use model::Action;
use serde_json::{Value, json};

use crate::company::operations;

pub use begin::{BeginReview, MOST_LINES};
pub use close::EndReview;
pub use file::{FileOfReview, ProveReviewFile, TakeReview};
pub use gather::{Used, UsedBy};
pub use own::{Choice, DecideReview, ListOwnReviews, MOST_AT_ONCE, OwnReview, OwnReviews};
pub(crate) use plan::PLANS;
pub use plan::{ChangeReviewPlans, MOST_PLANS, ReadReviewPlans, ReviewPlans};
pub use read::{
    Figures, LineFilter, ListReviewLines, ListReviews, ReviewCard, ReviewLineView, ReviewView, ReviewerProgress,
    ShowReview,
};
pub use result::{ResultLine, ReviewResult, ReviewerResult};
pub use round::ReviewRound;
pub use row::{Applied, Decided, Passed, State};

operations! {
    BeginReview: ReviewManage, |op| json!({ "act": "review.begin", "review": op.id, "campaign": op.campaign });
    EndReview: ReviewManage, |op| json!({ "act": if op.cancel { "review.cancel" } else { "review.close" }, "review": op.id });
    ReadReviewPlans: ReviewManage, |_op| json!({ "act": "review_plan.read" });
    ChangeReviewPlans: ReviewManage, |op| json!({ "act": "review_plan.change", "old": op.note.get(), "new": op.plans });
    ListReviews: ReviewRead, |_op| json!({ "act": "review.list" });
    ShowReview: ReviewRead, |op| json!({ "act": "review.show", "review": op.id });
    ListReviewLines: ReviewRead, |op| json!({ "act": "review.lines", "review": op.id, "filter": op.filter });
    TakeReview: ReviewRead, |op| json!({
        "act": "review.take", "review": op.id, "format": op.format, "language": op.language,
    });
    ProveReviewFile: ReviewRead, |op| json!({ "act": "review.proof", "review": op.id, "event": op.event });
    ListOwnReviews: ReviewDecide, |_op| json!({ "act": "review.own" });
    // Which reason was given stands with the line.
    DecideReview: ReviewDecide, |op| json!({ "act": "review.decide", "lines": op.lines, "choice": op.choice });
}
