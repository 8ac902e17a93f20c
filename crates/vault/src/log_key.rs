//! Keys of the access log: each seals the bodies of one day's events, written by one process. Destroying a day's keys drops what
//! they sealed, however much it is.

use std::time::Duration;

/// Names a key of the log: `day u32 | random 12`, big-endian, so that keys sort by the day they are for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogKeyId([u8; 16]);

impl LogKeyId {
    /// Length of a day. Days are those of UTC: which moment belongs to which key must not change with a setting.
    pub const DAY: Duration = Duration::from_secs(86_400);

    pub fn new(day: u32, random: [u8; 12]) -> Self {
        let mut id = [0; 16];
        let (head, tail) = id.split_at_mut(4);
        head.copy_from_slice(&day.to_be_bytes());
        tail.copy_from_slice(&random);
        Self(id)
    }
    pub fn from_bytes(id: [u8; 16]) -> Self {
        Self(id)
    }
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
    /// Days since 1970.
    pub fn day(&self) -> u32 {
        let [a, b, c, d, ..] = self.0;
        u32::from_be_bytes([a, b, c, d])
    }
}

impl std::fmt::Debug for LogKeyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogKeyId(day {})", self.day())
    }
}
