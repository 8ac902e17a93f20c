//! The decoys.

use std::collections::HashSet;

use model::RecordId;

use crate::Store;

impl Store {
    /// Decoys 诱饵 among the customers: none are planted.
    pub fn canaries(&self) -> HashSet<RecordId> {
        HashSet::new()
    }
}
