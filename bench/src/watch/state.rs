//! What the state of many people takes, and how soon it is taken up again: in processes of their own, so that what Linux says of
//! their memory is of nothing else.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use detect::{Detector, Finding, Observation, Settings, StepError};
use model::Caller;
use serde::{Deserialize, Serialize};
use store::Database;
use store::records::ViewRecord;
use store::watch::Follower;
use tempfile::TempDir;

use super::engine::pack;
use super::stream::{A_DAY, stream};
use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::house::{House, caller};
use crate::sample::Samples;

/// Working days that the people have behind them.
const DAYS: u64 = 3;

/// What a child found.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Of {
    people: u64,
    events: u64,
    /// Megabytes of the process before there was a detector, with it, and at most while it was put away.
    before: f64,
    with: f64,
    most: f64,
    /// By its own count.
    counted: f64,
    snapshot: f64,
    /// Seconds: writing the state down (the time in which nothing is followed), all of putting it away, taking it up again.
    written: f64,
    put: f64,
    taken_up: f64,
    /// While it was taken up.
    most_then: f64,
}

/// A line of `/proc/self/status`, in MB.
fn memory_mb(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// From here on the peak counts anew.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The detector that the follower goes on with: it learnt elsewhere, for no test company has ten thousand people.
static LEARNT: Mutex<Option<Detector>> = Mutex::new(None);
/// People that the detector knew at the last step.
static KNOWN: AtomicUsize = AtomicUsize::new(0);

fn step(detector: &mut Detector, of: &Observation) -> Result<Vec<Finding>, StepError> {
    if let Some(learnt) = LEARNT.lock().unwrap_or_else(PoisonError::into_inner).take() {
        *detector = learnt.moved_to(of.seq);
    }
    let found = detector.step(of);
    KNOWN.store(detector.baselines().users(), Ordering::Relaxed);
    found
}

/// What a child process does; one line of JSON is its answer.
///
/// # Errors
/// The store's.
pub async fn child(people: u64, dir: &std::path::Path) -> anyhow::Result<Of> {
    let house = House::new(dir).await?;
    house.import(10, |_| {}).await?;
    let clock = house.run_clock();
    look(&house).await?;
    let before = memory_mb("VmRSS");
    let pack = house.store.pack().map_or_else(pack, Ok)?;
    let mut detector = Detector::new(Arc::clone(&pack), Settings::default());
    let events = people * A_DAY * DAYS;
    for of in stream(events, people, false) {
        detector.step(&of)?;
    }
    let (with, counted) = (memory_mb("VmRSS"), detector.bytes());
    forget_peak();
    let began = Instant::now();
    let snapshot = detector.snapshot().len();
    let written = began.elapsed().as_secs_f64();
    *LEARNT.lock().unwrap_or_else(PoisonError::into_inner) = Some(detector);
    let mut follower = Follower::stepping(house.store.clone(), step);
    while follower.round(house.now()).await?.more {}
    let began = Instant::now();
    follower.stop().await?;
    let put = began.elapsed().as_secs_f64();
    let most = memory_mb("VmHWM");
    drop(follower);
    // As a server begins: from what is on disk, to the first event that it has followed.
    look(&house).await?;
    KNOWN.store(0, Ordering::Relaxed);
    forget_peak();
    let began = Instant::now();
    let mut follower = Follower::stepping(house.store.clone(), step);
    let followed = follower.round(house.now()).await?;
    let taken_up = began.elapsed().as_secs_f64();
    let known = KNOWN.load(Ordering::Relaxed) as u64;
    anyhow::ensure!(followed.events > 0 && known >= people, "of {people} people {known} were taken up again");
    drop(clock);
    #[allow(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
    let mb = |bytes: usize| bytes as f64 / 1e6;
    Ok(Of {
        people,
        events,
        before,
        with,
        most,
        counted: mb(counted),
        snapshot: mb(snapshot),
        written,
        put,
        taken_up,
        most_then: memory_mb("VmHWM"),
    })
}

/// One recorded view, so that there is something to follow.
async fn look(house: &House) -> anyhow::Result<()> {
    let owned = house.owned().await?;
    let (id, owner) = owned.first().copied().ok_or_else(|| anyhow::anyhow!("no customer"))?;
    let op = ViewRecord { object: "customer".parse()?, id };
    let grant = house.store.gate().admit(&Caller { at: house.now(), ..caller(owner) }, op).await?;
    house.store.view(grant).await?.disclose().await?;
    house.db.caught_up().await;
    Ok(())
}

pub fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let people = if sizes.is_quick() { 500 } else { 10_000 };
    let mut all = vec![];
    for _ in 0..sizes.rounds.max(1) {
        let dir: TempDir = tempfile::tempdir_in(&sizes.dir)?;
        let ran = Command::new(std::env::current_exe()?)
            .args(["--state-of", &people.to_string(), "--dir"])
            .arg(dir.path())
            .stderr(Stdio::inherit())
            .output()?;
        anyhow::ensure!(ran.status.success(), "the process that holds the state ended with {}", ran.status);
        all.push(serde_json::from_slice::<Of>(&ran.stdout)?);
    }
    let median = |of: fn(&Of) -> f64| {
        let mut samples = Samples::default();
        all.iter().for_each(|one| samples.push(of(one)));
        samples.median()
    };
    let events = people * A_DAY * DAYS;
    Ok(vec![
        Figure::new("memory of detection's state, 10,000 people", median(|of| of.with - of.before), "MB")
            .against("by its own count", median(|of| of.counted))
            .target(Target::AtMost(500.0))
            .note(format!(
                "{people} people with {events} events behind them over {DAYS} working days; what the process grew by (VmRSS); while the state is put \
                 away at most {:.0} MB more than before there was one, while it is taken up again {:.0} MB",
                median(|of| of.most - of.before),
                median(|of| of.most_then - of.before)
            )),
        Figure::new("detection takes up its state again after a restart, 10,000 people", median(|of| of.taken_up), "s")
            .target(Target::AtMost(5.0))
            .note(format!(
                "{:.1} MB before compression; through the store: parts read, opened, unpacked, and one event followed; putting it away took {:.2} s, \
                 writing it down {:.2} s of it",
                median(|of| of.snapshot),
                median(|of| of.put),
                median(|of| of.written)
            )),
    ])
}
