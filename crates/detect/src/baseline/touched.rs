//! Whom somebody looked at today: exact for the first few hundred customers, a sketch beyond, in constant memory.

use serde::{Deserialize, Serialize};

use crate::key::{Map, mix};

/// Kinds of looking that are counted apart, as bits.
pub const KINDS: usize = 5;
/// Customers held exactly.
const EXACT: usize = 896;
/// Words of a sketch: 32,768 bits. At 100,000 customers it errs by 1 in 100.
const WORDS: usize = 512;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Touched {
    #[serde(with = "crate::window::pairs")]
    exact: Map<u64, u8>,
    /// One for each kind, once there are too many to hold.
    sketches: Vec<Sketch>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Sketch {
    bits: Vec<u64>,
    ones: u32,
}

impl Sketch {
    fn set(&mut self, value: u64) {
        let place = mix(value ^ 0x5bf0_3635) % (WORDS as u64 * 64);
        let (word, bit) = ((place / 64) as usize, 1_u64 << (place % 64));
        if let Some(word) = self.bits.get_mut(word)
            && *word & bit == 0
        {
            *word |= bit;
            self.ones += 1;
        }
    }
    /// Linear counting.
    fn count(&self) -> u32 {
        let size = (WORDS * 64) as f64;
        let zeros = (size - f64::from(self.ones)).max(0.5);
        (size * (size / zeros).ln()).round() as u32
    }
}

impl Touched {
    /// Marks a customer; returns the kinds that are new for them, while that is known exactly.
    pub fn mark(&mut self, customer: u64, kinds: u8, counts: &mut [u32; KINDS]) {
        if self.sketches.is_empty() {
            let held = self.exact.entry(customer).or_insert(0);
            let new = kinds & !*held;
            *held |= kinds;
            for (kind, count) in counts.iter_mut().enumerate() {
                *count += u32::from(new >> kind & 1);
            }
            if self.exact.len() > EXACT {
                self.sketches = vec![Sketch { bits: vec![0; WORDS], ones: 0 }; KINDS];
                let held = std::mem::take(&mut self.exact);
                for (customer, kinds) in held {
                    self.sketch(customer, kinds);
                }
            }
        } else {
            self.sketch(customer, kinds);
            for (count, sketch) in counts.iter_mut().zip(&self.sketches) {
                *count = (*count).max(sketch.count());
            }
        }
    }
    fn sketch(&mut self, customer: u64, kinds: u8) {
        for (kind, sketch) in self.sketches.iter_mut().enumerate() {
            if kinds >> kind & 1 == 1 {
                sketch.set(customer);
            }
        }
    }
    pub fn bytes(&self) -> usize {
        self.exact.capacity() * 17 + self.sketches.len() * (WORDS * 8 + 32)
    }
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
