//! Watch: what its engine, its path from the ledger to an alert, and its state cost.

mod engine;
mod live;
mod state;
mod stream;

pub use state::{Of, child};

use crate::Sizes;
use crate::figure::{Figure, say};

/// # Errors
/// The store's, or that a child process could not be made.
pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let mut figures = engine::measure(sizes)?;
    say("  the engine done");
    figures.extend(live::measure(sizes).await?);
    say("  from access to alert done");
    figures.extend(state::measure(sizes)?);
    Ok(figures)
}
