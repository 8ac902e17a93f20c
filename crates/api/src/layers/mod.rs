//! What happens around every request: its id, limits, error documents, headers, measurements.

mod headers;
mod outer;

pub(crate) use headers::secure;
pub(crate) use outer::as_problem;
pub use outer::outer;
