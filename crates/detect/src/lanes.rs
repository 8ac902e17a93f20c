//! Other systems' logs beside our own: each is followed by a detector of its own, with its own clock, windows and baselines.
//!
//! Rule: a log that is loaded today may be of last year. In one detector its events would count at today's moment and fill windows of today; so
//! a system's events are held against that system's other events alone. What comes later than what was judged already, by more than
//! [`TOLERANCE_SECONDS`], is late: its windows have passed, and it is shown to those rules alone that ask for one event.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::detector::{Detector, Settings, StepError};
use crate::finding::Finding;
use crate::load::Pack;
use crate::observation::Observation;

/// Seconds by which an event may be older than the newest of its source and still count as of now: logs are written by several machines.
pub const TOLERANCE_SECONDS: i64 = 600;
/// How a snapshot with other systems' lanes begins.
const MAGIC: &[u8] = b"whosaw-lanes 1\n";

/// How a detector takes one observation.
pub type Step = fn(&mut Detector, &Observation) -> Result<Vec<Finding>, StepError>;

/// Of a snapshot: our own detector's part, and the lanes' by source.
type Parts<'a> = (&'a [u8], Vec<(&'a str, &'a [u8])>);

/// What became of one event of another system.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Judged {
    pub findings: Vec<Finding>,
    /// It came after its time.
    pub late: bool,
}

/// One detector for each source.
pub struct Lanes {
    pack: Arc<Pack>,
    settings: Settings,
    all: BTreeMap<String, Detector>,
}

impl Lanes {
    pub fn new(pack: Arc<Pack>, settings: Settings) -> Self {
        Self { pack, settings, all: BTreeMap::new() }
    }

    /// Judges an event of another system; `None` for one of our own.
    ///
    /// # Errors
    /// As the step's.
    pub fn step(&mut self, of: &Observation, step: Step) -> Option<Result<Judged, StepError>> {
        let source = of.source.foreign.as_ref()?;
        if !self.all.contains_key(source) {
            self.all.insert(source.clone(), Detector::new(Arc::clone(&self.pack), self.settings));
        }
        let lane = self.all.get_mut(source)?;
        // Its own place in its own log; what it found keeps the place in the ledger.
        let own = Observation { seq: lane.next().unwrap_or(0), ..of.clone() };
        let late = lane.newest_second().is_some_and(|newest| of.at.0.div_euclid(1_000) + TOLERANCE_SECONDS < newest);
        let findings = if late { lane.step_late(&own) } else { step(lane, &own) };
        Some(findings.map(|mut findings| {
            findings.iter_mut().for_each(|finding| finding.seq = of.seq);
            Judged { findings, late }
        }))
    }

    /// The same windows, with what others have learnt of people.
    #[must_use]
    pub fn with_memory_of(mut self, others: &Lanes) -> Self {
        for (source, other) in &others.all {
            let lane = match self.all.remove(source) {
                Some(lane) => lane,
                None => Detector::new(Arc::clone(&self.pack), self.settings),
            };
            self.all.insert(source.clone(), lane.with_memory_of(other));
        }
        self
    }

    /// The snapshot of our own detector and of all lanes.
    pub fn snapshot(&self, own: &Detector) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let mut put = |part: &[u8]| {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part);
        };
        put(&own.snapshot());
        for (source, lane) in &self.all {
            put(source.as_bytes());
            put(&lane.snapshot());
        }
        bytes
    }

    /// The parts of a snapshot: our own detector's, and those of the lanes. One of before there were lanes is our own alone. `None` where
    /// it is not whole.
    pub fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
        let Some(mut rest) = bytes.strip_prefix(MAGIC) else { return Some((bytes, vec![])) };
        let mut take = || {
            let (length, more) = rest.split_first_chunk::<8>()?;
            let (part, more) = more.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
            rest = more;
            Some((part, more.is_empty()))
        };
        let (own, mut end) = take()?;
        let mut lanes = vec![];
        while !end {
            let (name, _) = take()?;
            let (lane, last) = take()?;
            lanes.push((std::str::from_utf8(name).ok()?, lane));
            end = last;
        }
        Some((own, lanes))
    }

    /// Takes a lane up again. One that cannot be begins anew.
    ///
    /// # Errors
    /// As [`Detector::restore`].
    pub fn restore(&mut self, source: &str, bytes: &[u8]) -> Result<(), crate::SnapshotError> {
        let lane = match Detector::restore(Arc::clone(&self.pack), self.settings, bytes) {
            // Of other rules: what was learnt of people stays.
            Err(crate::SnapshotError::Pack) => Detector::restore_learnt(Arc::clone(&self.pack), self.settings, bytes)?,
            other => other?,
        };
        self.all.insert(source.to_owned(), lane);
        Ok(())
    }
}
