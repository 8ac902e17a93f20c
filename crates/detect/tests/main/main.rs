//! Detection, from outside: fixtures of the shipped rules, windows against a recount, baselines on streams with known
//! truth, and a detector that is stopped, taken up and split.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what a test's own world gets wrong shall fail the test, outside its functions too"
)]

mod baselines;
mod detector;
mod load;
mod pack;
mod windows;
mod world;
