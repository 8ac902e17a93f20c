//! Detection 异常监控: rules and baselines over the stream of access events. Events in, findings out; no clock, no
//! randomness, no I/O, so that a replay of the same events gives the same findings.
//!
//! A small story. An [`Observation`] comes from the ledger. The [`baseline`] counts it for its person and says how
//! unusual the day has become; the scores are fields of the event like any other. [`engine`] asks the rules of the
//! [`Pack`] whether they match, and [`window`] counts matches over time. What fires is a [`Finding`]. That a score
//! becomes a finding is always the decision of a rule, which a person can read, try and change.
//!
//! ```
//! use std::sync::Arc;
//! use detect::{Detector, Pack, Settings};
//! let pack = Arc::new(Pack::shipped().unwrap());
//! let detector = Detector::new(pack, Settings::default());
//! assert_eq!(detector.next(), None);
//! ```

pub mod baseline;
mod detector;
pub mod engine;
mod explain;
pub mod field;
mod finding;
pub mod flat;
pub mod key;
mod lanes;
mod load;
mod locate;
mod observation;
mod problem;
pub mod rank;
mod rule;
mod shards;
mod shipped;
mod snapshot;
pub mod window;

pub use detector::{Counters, Detector, Settings, StepError};
pub use explain::Trace;
pub use finding::{EVIDENCE, Finding};
pub use lanes::{Judged, Lanes, Step, TOLERANCE_SECONDS};
pub use load::{Pack, bounds};
pub use observation::{Actor, Employment, Explanation, Kind, Local, Observation, Seen, Source};
pub use problem::Problem;
pub use rule::{Body, Both, Correlation, Family, Lang, Rule, Severity};
pub use shards::Shards;
pub use snapshot::{SnapshotError, VERSION as SNAPSHOT_VERSION};
