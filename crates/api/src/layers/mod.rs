//! What happens around every request: its id, limits, error documents, headers, measurements.

mod headers;
mod outer;

pub use outer::outer;
