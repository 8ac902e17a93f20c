//! A sequence of numbers that follows from a seed: enough for choosing questions, not for secrets.

/// Steele, Lea and Flood's SplitMix64, over the words of the seed.
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn new(seed: &[u8; 32]) -> Self {
        let fold = |state: u64, byte: &u8| state.rotate_left(9).wrapping_mul(0x0100_0000_01b3) ^ u64::from(*byte);
        Self(seed.iter().fold(0xcbf2_9ce4_8422_2325, fold))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The first `n` of the numbers below `of`, shuffled.
    pub(crate) fn some(&mut self, of: usize, n: usize) -> Vec<usize> {
        let mut left: Vec<usize> = (0..of).collect();
        let mut drawn = Vec::with_capacity(n.min(of));
        while drawn.len() < n && !left.is_empty() {
            let most = u64::try_from(left.len()).unwrap_or(1).max(1);
            drawn.push(left.swap_remove(usize::try_from(self.next() % most).unwrap_or(0)));
        }
        drawn
    }
}
