//! The system's clock: the one place that takes the time.

use model::{Clock, UnixMs};

/// The time of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixMs {
        #[allow(clippy::disallowed_methods, reason = "the clock that everything else is given")]
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        UnixMs(since.ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or(0))
    }
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the operating system gives no randomness: {e}"))?;
    Ok(bytes)
}
