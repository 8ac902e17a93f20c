//! Samples: medians, percentiles, loads of many tasks for a time, and a small repeatable source of random numbers.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Many measurements of one thing.
#[derive(Debug, Default, Clone)]
pub struct Samples(Vec<f64>);

impl Samples {
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
    }
    pub fn extend(&mut self, other: &Samples) {
        self.0.extend_from_slice(&other.0);
    }
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// The value below which `p` of 1 lie; 0 without samples.
    pub fn percentile(&self, p: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index"
        )]
        let at = ((sorted.len() as f64 * p) as usize).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or(0.0)
    }
    pub fn median(&self) -> f64 {
        self.percentile(0.5)
    }
}

/// What a load did: answers per second, and how long each took in milliseconds.
#[derive(Debug, Default, Clone)]
pub struct Load {
    pub per_second: f64,
    pub latency_ms: Samples,
}

/// Turns of one load.
#[derive(Debug, Default)]
pub struct Turns(Vec<Load>);

impl Turns {
    pub fn push(&mut self, load: Load) {
        self.0.push(load);
    }
    pub fn per_second(&self) -> f64 {
        let mut all = Samples::default();
        self.0.iter().for_each(|l| all.push(l.per_second));
        all.median()
    }
    /// The median over the turns of each turn's percentile.
    pub fn latency(&self, p: f64) -> f64 {
        let mut all = Samples::default();
        self.0.iter().for_each(|l| all.push(l.latency_ms.percentile(p)));
        all.median()
    }
}

/// Runs `tasks` clients for a time, each asking again as soon as it is answered. A client is made by `client` with its
/// number; it gives one future for each request.
///
/// # Errors
/// The first error of any client.
pub async fn load<C, F>(tasks: usize, seconds: f64, client: impl Fn(usize) -> C) -> anyhow::Result<Load>
where
    C: FnMut() -> F + Send + 'static,
    F: Future<Output = anyhow::Result<()>> + Send + 'static,
{
    let stop = Arc::new(AtomicBool::new(false));
    let mut running = tokio::task::JoinSet::new();
    let began = Instant::now();
    for n in 0..tasks {
        let (stop, mut ask) = (stop.clone(), client(n));
        running.spawn(async move {
            let mut mine = Samples::default();
            while !stop.load(Ordering::Relaxed) {
                let asked = Instant::now();
                ask().await?;
                mine.push(asked.elapsed().as_secs_f64() * 1000.0);
            }
            anyhow::Ok(mine)
        });
    }
    tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    let mut all = Load::default();
    while let Some(done) = running.join_next().await {
        all.latency_ms.extend(&done??);
    }
    all.per_second = per_second(all.latency_ms.0.len(), began);
    Ok(all)
}

#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
pub fn per_second(count: usize, since: Instant) -> f64 {
    count as f64 / since.elapsed().as_secs_f64()
}

/// SplitMix64: repeatable, and good enough to choose what to ask for.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(usize::try_from(self.below(of.len() as u64)).unwrap_or(0))
    }
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        for part in out.chunks_mut(8) {
            for (to, from) in part.iter_mut().zip(self.next().to_le_bytes()) {
                *to = from;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_samples() {
        let mut s = Samples::default();
        for n in (1..=100).rev() {
            s.push(f64::from(n));
        }
        assert_eq!((s.median(), s.percentile(0.95), s.percentile(1.0)), (51.0, 96.0, 100.0));
        assert_eq!(Samples::default().median(), 0.0);
    }
}
