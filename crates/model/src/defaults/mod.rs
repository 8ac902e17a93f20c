//! What ships: object types, roles and the matrix of a new company. All of it is data that an administrator may change.

mod objects;
mod roles;

pub use objects::{contact, customer, follow_up, objects, opportunity};
pub use roles::{policy, roles};
