//! Detection 异常监控: rules and baselines over the stream of access events. Events in, findings out; no clock, no
//! randomness, no I/O, so that a replay of the same events gives the same findings.

mod observation;
pub mod rank;

pub use observation::{Actor, Employment, Explanation, Kind, Local, Observation, Seen, Source};
