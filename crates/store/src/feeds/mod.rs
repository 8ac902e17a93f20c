//! Access logs of other systems 外部访问日志: taken into the same ledger, judged by the same detectors, and never taken for our own records.
//!
//! One story. The old CRM is still used by a branch. Li, a security officer, names it as a source, says which column means what, tries it on
//! the first lines, and loads last month's file. Each line becomes an event of its own kind, [`Action::Foreign`](model::Action::Foreign), whose leaf says so too; it names
//! the source, and what that system says happened there. She loads the file of the next week, which begins two days before the last one ended: what was
//! there is there once.
//!
//! Rules.
//! - A line is the other system's word: nobody acted here, no policy of ours decided, no record of ours was touched.
//! - A line is taken in once: by the other system's name for it, or by what it says. Its event, and that it was taken in, are one unit.
//! - How far a file was read is written behind the lines: begun anew, it goes on from there, and what was taken in meanwhile is known.
//! - What could not be read stands in the event of its part, with number and reason, as long as events do.
//!
//! ```text
//! bytes -> feed::Feed -> Line -> (is it known?) -> event + feed_line, one unit each -> event of the part + feed_load
//! ```

mod load;
mod preview;
mod read;
mod row;
mod settings;

pub use feed::{CODES, Feed, FeedError, LONGEST_KEPT, Line, Rejected, Unpacked, What};
pub use load::{BeginFeedLoad, FeedLoad, file_digest};
pub use preview::{FeedPreview, PreviewFeed, PreviewLine, PreviewSaid};
pub use read::{FeedView, ListFeeds, ListRejected, RejectedLine, RejectedPage};
pub use row::{LoadCounts, LoadState, LoadView};
pub use settings::{DropFeed, KeptSource, PutFeed};
pub(crate) use settings::{FEEDS, Feeds};
