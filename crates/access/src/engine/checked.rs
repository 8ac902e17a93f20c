//! Which policies were found right already. Checking one costs a hundred times what putting it together does, and it is put together
//! at every start, command and test.
//!
//! Rule: only what passed every check is known here, by the hash of the whole of it: policies and schema. The one that ships is known
//! by a file, which a test of this room holds to what the checks say.

use std::collections::VecDeque;

use parking_lot::Mutex;

/// The hash of what ships, as text.
const SHIPPED: &str = include_str!("shipped.hash");

/// As many as a process is likely to go back to: versions beside each other, what a preview proposes.
const KEPT: usize = 32;

static PASSED: Mutex<VecDeque<[u8; 32]>> = Mutex::new(VecDeque::new());

/// Whether a policy of this hash passed every check.
pub(super) fn passed(hash: &[u8; 32]) -> bool {
    is_shipped(hash) || PASSED.lock().contains(hash)
}

/// Whether this is the hash of what ships.
pub(super) fn is_shipped(hash: &[u8; 32]) -> bool {
    hex::encode(hash) == SHIPPED.trim()
}

/// It passed.
pub(super) fn remember(hash: [u8; 32]) {
    let mut passed = PASSED.lock();
    if !passed.contains(&hash) {
        passed.push_back(hash);
        while passed.len() > KEPT {
            passed.pop_front();
        }
    }
}
