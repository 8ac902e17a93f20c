//! Chance, from a seed: each person has a stream of their own for each day, so that an insider added to a company changes nobody else's day.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, LogNormal, Poisson};

/// One stream of chance.
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of one purpose: equal arguments, equal streams.
    pub fn of(seed: u64, purpose: u64, number: u64) -> Self {
        // SplitMix64 over the three, so that neighbouring numbers share nothing.
        let mut z = seed;
        for part in [purpose, number] {
            z = z.wrapping_add(part.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(0x9E37_79B9_7F4A_7C15);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^= z >> 31;
        }
        Self(ChaCha8Rng::seed_from_u64(z))
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.0.random::<f64>() < p
    }

    pub fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// A whole number in `from..to`; `from` where there is none.
    pub fn int(&mut self, from: u32, to: u32) -> u32 {
        if to <= from { from } else { self.0.random_range(from..to) }
    }

    pub fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.unit()
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let n = u32::try_from(of.len()).unwrap_or(u32::MAX);
        if n == 0 { None } else { of.get(self.int(0, n) as usize) }
    }

    /// A count with this mean, over-dispersed: its variance is `mean + mean²/k` (negative binomial).
    pub fn count(&mut self, mean: f64, k: f64) -> u32 {
        let rate = self.gamma(k, mean);
        if rate <= 0.0 {
            return 0;
        }
        let drawn: f64 = Poisson::new(rate).map_or(0.0, |p| p.sample(&mut self.0));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count, bounded here")]
        let count = drawn.min(100_000.0) as u32;
        count
    }

    /// Gamma of shape `k` with this mean.
    pub fn gamma(&mut self, k: f64, mean: f64) -> f64 {
        Gamma::new(k, mean / k).map_or(0.0, |g| g.sample(&mut self.0))
    }

    /// Around 1, by a log-normal of this spread.
    pub fn around_one(&mut self, spread: f64) -> f64 {
        LogNormal::new(0.0, spread).map_or(1.0, |g| g.sample(&mut self.0))
    }

    /// 10 bytes for an id.
    pub fn bytes(&mut self) -> [u8; 10] {
        self.0.random()
    }
}
