//! The gate: who may do what with which record and field, and the one path from a decision to a disclosure.
//!
//! Two halves. [`engine`] is pure: it compiles the role matrix to Cedar policies, partially evaluates them into filters,
//! and decides, with reasons. [`path`] is the recorded path: a `Grant` is made by the gate alone, a `Sealed` row binds
//! ciphertext to the grant it was read under, and a `Disclosed` value exists only once its record is durable.

pub mod engine;
pub mod path;
