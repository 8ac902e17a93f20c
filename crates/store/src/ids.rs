//! Randomness for new identifiers.

/// Bytes from the operating system. Without them nothing can be made, so the process ends.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[allow(clippy::expect_used, reason = "a system without randomness cannot make ids; carrying on would be worse")]
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}
