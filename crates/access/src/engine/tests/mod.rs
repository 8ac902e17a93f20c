//! Stories of the engine, told on a small company, and the property that holds the filters equal to Cedar itself.

mod company;
mod differential;
mod explained;
mod problems;
mod stories;
