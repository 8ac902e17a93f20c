//! How good detection is, measured (docs/detection.md): a company simulated from a seed, with insiders of whom the truth is known, and the
//! real log of a bank read by the same detectors.
//!
//! Rule: equal seeds, equal events, on every machine. Seeds for tuning and seeds for reporting are different.
//!
//! ```
//! use eval::{sim::Simulation, world::Settings};
//! let mut company = Simulation::new(Settings { people: 60, days: 3, insiders: 0, ..Settings::of(1) });
//! let (_, events) = company.day().unwrap();
//! assert!(events.windows(2).all(|w| w[0].seen.seq + 1 == w[1].seen.seq));
//! ```
#![allow(
    clippy::indexing_slicing,
    reason = "indices are made by the world that holds the vectors; where one is wrong, a measurement must stop"
)]

pub mod baseline;
pub mod bpi;
pub mod calendar;
pub mod calibration;
pub mod day;
pub mod dice;
pub mod engine;
pub mod facts;
pub mod feed;
pub mod files;
pub mod insiders;
mod life;
pub mod oracle;
pub mod score;
pub mod sim;
pub mod table;
pub mod world;
