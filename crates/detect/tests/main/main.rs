//! Detection, from outside: fixtures of the shipped rules, windows against a recount, baselines on streams with known
//! truth, and a detector that is stopped, taken up and split.

mod baselines;
mod detector;
mod load;
mod pack;
mod windows;
mod world;
