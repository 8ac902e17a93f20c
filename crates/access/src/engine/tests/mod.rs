//! Stories of the engine, told on a small company, and the property that holds the filters equal to Cedar itself.

pub(in crate::engine) mod company;
pub(in crate::engine) mod differential;
mod explained;
mod problems;
mod stories;
