//! From an access to its alert, and to what the house takes because of it: recorded accesses, the follower beside them as the server
//! runs it, SQLite.
//!
//! What is timed are single accesses with a purpose, which a rule of the bench's own tells of, each as an alert of its own. They come among
//! a load of ordinary views, so many a second.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use access::path::Refusal;
use model::response::{AutoRule, ResponseKind, ResponseRules};
use model::{AlertId, Caller, Clock, RecordId, Severity, UserId};
use store::company::Note;
use store::detection::{ChangeRule, RuleItem, RuleState};
use store::records::ViewRecord;
use store::responses::ChangeResponseRules;
use store::watch::{EVERY, Follower};
use store::{Database, Query, Store};
use testkit::SteppedClock;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::Sizes;
use crate::figure::{Figure, Target, say};
use crate::house::{House, caller};
use crate::sample::{Load, Random, Samples, Turns, load, per_second};

const CLIENTS: usize = 64;
/// Ordinary views a second.
const LOAD: u64 = 2_000;
/// Between two timed accesses.
const PROBE: Duration = Duration::from_millis(150);
const RULE: &str = "bench-purpose";
const TEXT: &str = "\
name: bench-looks
title: A look with a purpose
logsource: {product: crm, service: access}
detection:
  selection:
    action: view
    ctx.purpose: true
  condition: selection
---
name: bench-purpose
title: A customer was looked at with a purpose
level: high
correlation:
  type: event_count
  rules: [bench-looks]
  group-by: [object.customer_id]
  timespan: 1h
  condition: {gte: 1}
";

struct Setting {
    house: House,
    owned: Arc<Vec<(RecordId, UserId)>>,
    /// Customers that no load touches: each is looked at once, and timed.
    probes: Vec<(RecordId, UserId)>,
    _clock: JoinSet<()>,
}

impl Setting {
    async fn new(sizes: &Sizes) -> anyhow::Result<Self> {
        let house = House::new(&sizes.dir).await?;
        house.import(sizes.view_customers, |_| {}).await?;
        let mut owned = house.owned().await?;
        let probes = owned.split_off(owned.len() - owned.len() / 4);
        let item = RuleItem { text: Some(TEXT.to_owned()), state: RuleState::On, severity: None, filters: vec![] };
        let note = Note::default();
        let op = ChangeRule { name: RULE.to_owned(), base: 0, item, reason: "to be timed".to_owned(), note };
        house.store.change_rule(house.admit(house.security, op).await?).await?;
        // Unlike the house's own this clock can be put on by an hour while it runs.
        let (clock, mut last) = (house.clock.clone(), Instant::now());
        let mut ticking = JoinSet::new();
        ticking.spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(1)).await;
                let passed = last.elapsed().as_millis();
                clock.advance_ms(i64::try_from(passed).unwrap_or(0));
                last += Duration::from_millis(u64::try_from(passed).unwrap_or(0));
            }
        });
        Ok(Self { house, owned: Arc::new(owned), probes, _clock: ticking })
    }

    /// Views as fast as they go.
    async fn unbounded(&self, seconds: f64, seed: u64) -> anyhow::Result<Load> {
        load(CLIENTS, seconds, |n| {
            let (store, owned, clock) = (self.house.store.clone(), self.owned.clone(), self.house.clock.clone());
            let mut random = Random::new(seed ^ ((n as u64) << 32));
            move || {
                let picked = random.pick(&owned).copied();
                let (store, clock) = (store.clone(), clock.clone());
                async move {
                    let (id, owner) = picked.ok_or_else(|| anyhow::anyhow!("no customers"))?;
                    Ok(view(&store, &clock, (id, owner), None).await?)
                }
            }
        })
        .await
    }
}

async fn view(
    store: &Store,
    clock: &SteppedClock,
    (id, user): (RecordId, UserId),
    purpose: Option<&str>,
) -> Result<(), Refusal> {
    let object = "customer".parse().map_err(|_| Refusal::NotFound)?;
    let asks = Caller { at: clock.now(), purpose: purpose.map(str::to_owned), ..caller(user) };
    let grant = store.gate().admit(&asks, ViewRecord { object, id }).await?;
    let shown = store.view(grant).await?.disclose().await?;
    std::hint::black_box(serde_json::to_vec(shown.get()).map_err(|_| Refusal::Damaged)?);
    Ok(())
}

/// The server's task: it looks five times a second, and at once while there is more. Tells of each alert that opens, when it is durable
/// and everybody who follows alerts was told.
struct Follows {
    stop: watch::Sender<bool>,
    opened: mpsc::UnboundedReceiver<(RecordId, Instant)>,
    events: Arc<AtomicU64>,
    /// Microseconds of rounds in which there was something to follow.
    busy: Arc<AtomicU64>,
    behind: Arc<AtomicU64>,
    task: JoinSet<anyhow::Result<()>>,
}

fn follow(house: &House) -> Follows {
    let (stop, mut stopped) = watch::channel(false);
    let (told, opened) = mpsc::unbounded_channel();
    let [events, busy, behind] = [(); 3].map(|()| Arc::new(AtomicU64::new(0)));
    let (store, db, clock) = (house.store.clone(), house.db.clone(), house.clock.clone());
    let (counts, took, far) = (events.clone(), busy.clone(), behind.clone());
    let mut task = JoinSet::new();
    task.spawn(async move {
        let mut follower = Follower::new(store.clone());
        let mut known: HashSet<AlertId> = HashSet::new();
        while !*stopped.borrow() {
            let began = Instant::now();
            let done = follower.round(clock.now()).await?;
            let now = Instant::now();
            if done.events > 0 {
                took.fetch_add(u64::try_from((now - began).as_micros()).unwrap_or(0), Ordering::Relaxed);
            }
            counts.fetch_add(done.events, Ordering::Relaxed);
            far.fetch_max(done.behind, Ordering::Relaxed);
            if done.opened > 0 {
                let rows = db.read(Query::new("SELECT id FROM alert", vec![])).await?;
                let ids = rows.iter().map(|row| row.id(0).map(AlertId::from_bytes)).collect::<Result<Vec<_>, _>>()?;
                let new: Vec<AlertId> = ids.into_iter().filter(|id| known.insert(*id)).collect();
                for part in new.chunks(500) {
                    for alert in store.alerts_of(part).await? {
                        let of = alert.body.finding.group.iter().find(|(name, _)| name == "object.customer_id");
                        if let Some(id) =
                            of.and_then(|(_, id)| id.parse::<RecordId>().ok()).filter(|_| alert.rule == RULE)
                        {
                            let _ = told.send((id, now));
                        }
                    }
                }
            }
            if !done.more {
                tokio::select! {
                    _ = stopped.changed() => {}
                    () = tokio::time::sleep(EVERY) => {}
                }
            }
        }
        follower.stop().await?;
        Ok(())
    });
    Follows { stop, opened, events, busy, behind, task }
}

impl Follows {
    async fn end(mut self) -> anyhow::Result<()> {
        let _ = self.stop.send(true);
        while let Some(done) = self.task.join_next().await {
            done??;
        }
        Ok(())
    }
}

/// So many views a second, whatever each takes, until it is dropped.
struct Paced {
    done: Arc<AtomicU64>,
    began: Instant,
    _tasks: JoinSet<()>,
}

fn pace(setting: &Setting, each_second: u64, failed: &Arc<AtomicU64>) -> Paced {
    let done = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for n in 0..CLIENTS as u64 {
        let (store, owned, clock) = (setting.house.store.clone(), setting.owned.clone(), setting.house.clock.clone());
        let (done, failed) = (done.clone(), failed.clone());
        tasks.spawn(async move {
            let mut random = Random::new(77 ^ (n << 32));
            for turn in 0_u64.. {
                let due = (turn * CLIENTS as u64 + n) * 1_000_000 / each_second;
                tokio::time::sleep_until((began + Duration::from_micros(due)).into()).await;
                let Some(of) = random.pick(&owned).copied() else { return };
                match view(&store, &clock, of, None).await {
                    Ok(()) => done.fetch_add(1, Ordering::Relaxed),
                    Err(_) => failed.fetch_add(1, Ordering::Relaxed),
                };
            }
        });
    }
    Paced { done, began, _tasks: tasks }
}

impl Paced {
    fn per_second(&self) -> f64 {
        per_second(usize::try_from(self.done.load(Ordering::Relaxed)).unwrap_or(0), self.began)
    }
}

/// Milliseconds from each timed access's beginning to its alert.
async fn timed(setting: &mut Setting, follows: &mut Follows, seconds: f64) -> anyhow::Result<Samples> {
    let mut waiting: HashMap<RecordId, Instant> = HashMap::new();
    let mut took = Samples::default();
    let began = Instant::now();
    let mut take = |waiting: &mut HashMap<RecordId, Instant>, (id, at): (RecordId, Instant)| {
        if let Some(asked) = waiting.remove(&id) {
            took.push((at - asked).as_secs_f64() * 1000.0);
        }
    };
    while began.elapsed().as_secs_f64() < seconds {
        let probe =
            setting.probes.pop().ok_or_else(|| anyhow::anyhow!("too few customers for so many timed accesses"))?;
        waiting.insert(probe.0, Instant::now());
        view(&setting.house.store, &setting.house.clock, probe, Some("to be timed")).await?;
        let until = tokio::time::Instant::now() + PROBE;
        while let Ok(Some(one)) = tokio::time::timeout_at(until, follows.opened.recv()).await {
            take(&mut waiting, one);
        }
    }
    let until = tokio::time::Instant::now() + Duration::from_secs(30);
    while !waiting.is_empty() {
        match tokio::time::timeout_at(until, follows.opened.recv()).await {
            Ok(Some(one)) => take(&mut waiting, one),
            _ => anyhow::bail!("{} timed accesses had no alert after half a minute", waiting.len()),
        }
    }
    Ok(took)
}

/// Milliseconds from an access that sets off a response to the first refusal that names it.
async fn restricted(setting: &mut Setting, times: usize) -> anyhow::Result<Samples> {
    let auto = AutoRule {
        rules: BTreeSet::from([RULE.to_owned()]),
        families: BTreeSet::new(),
        severity: Severity::High,
        response: ResponseKind::StepUp,
        minutes: 1,
        per_minute: None,
    };
    let rules = |automatic| ChangeResponseRules { rules: ResponseRules { automatic }, note: Note::default() };
    let house = &setting.house;
    house.store.change_response_rules(house.admit(house.security, rules(vec![auto])).await?).await?;
    let mut took = Samples::default();
    let mut done = 0;
    while done < times {
        // The breaker lets the house restrict one person an hour here.
        house.clock.advance_ms(3_700_000);
        // A round that began before the clock was put on would count from then: what it takes would be over already.
        tokio::time::sleep(2 * EVERY).await;
        let probe = setting.probes.pop().ok_or_else(|| anyhow::anyhow!("too few customers to be restricted by"))?;
        let other = setting.owned.iter().find(|(_, owner)| *owner == probe.1).copied();
        let other = other.ok_or_else(|| anyhow::anyhow!("somebody with one customer"))?;
        let began = Instant::now();
        view(&house.store, &house.clock, probe, Some("to be restricted")).await?;
        loop {
            match view(&house.store, &house.clock, other, None).await {
                Ok(()) if began.elapsed() < Duration::from_secs(30) => {
                    tokio::time::sleep(Duration::from_millis(2)).await
                }
                Ok(()) => anyhow::bail!("half a minute after the access nothing was taken"),
                Err(_) => break,
            }
        }
        took.push(began.elapsed().as_secs_f64() * 1000.0);
        done += 1;
    }
    house.store.change_response_rules(house.admit(house.security, rules(vec![])).await?).await?;
    Ok(took)
}

pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let mut setting = Setting::new(sizes).await?;
    // What the recorded path reaches, alone and with the follower beside it.
    let (mut alone, mut beside) = (Turns::default(), Turns::default());
    let mut caught_up = Samples::default();
    for round in 0..sizes.rounds {
        let seed = round as u64 + 1;
        alone.push(setting.unbounded(sizes.seconds, seed).await?);
        // It begins behind: by all that was recorded without it.
        let follows = follow(&setting.house);
        drained(&setting.house, &follows).await?;
        #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
        let [followed, busy] = [&follows.events, &follows.busy].map(|n| n.load(Ordering::Relaxed) as f64);
        caught_up.push(followed / (busy / 1e6).max(1e-6));
        beside.push(setting.unbounded(sizes.seconds, seed).await?);
        drained(&setting.house, &follows).await?;
        follows.end().await?;
    }
    say("  loads with and without the follower done");
    let failed = Arc::new(AtomicU64::new(0));
    let (mut p50, mut p99, mut most, mut rates, mut count) =
        (Samples::default(), Samples::default(), Samples::default(), Samples::default(), 0);
    let (mut quiet, mut behind) = (Samples::default(), 0);
    for _ in 0..sizes.rounds {
        let mut follows = follow(&setting.house);
        drained(&setting.house, &follows).await?;
        quiet.extend(&timed(&mut setting, &mut follows, sizes.seconds).await?);
        follows.behind.store(0, Ordering::Relaxed);
        let paced = pace(&setting, LOAD, &failed);
        let took = timed(&mut setting, &mut follows, sizes.seconds * 4.0).await?;
        rates.push(paced.per_second());
        drop(paced);
        behind = behind.max(follows.behind.load(Ordering::Relaxed));
        p50.push(took.median());
        p99.push(took.percentile(0.99));
        most.push(took.percentile(1.0));
        count += took.len();
        follows.end().await?;
    }
    say("  from access to alert done");
    let refused = failed.load(Ordering::Relaxed);
    anyhow::ensure!(refused == 0, "{refused} ordinary views were refused");
    // From here on whoever is restricted is refused among the ordinary ones too.
    let follows = follow(&setting.house);
    drained(&setting.house, &follows).await?;
    let paced = pace(&setting, LOAD, &failed);
    let took = restricted(&mut setting, if sizes.is_quick() { 5 } else { 60 }).await?;
    let rate = paced.per_second();
    drop(paced);
    follows.end().await?;
    let note = format!(
        "{} timed accesses among {:.0} views a second (wanted: {LOAD}); p50 {:.0} ms, at most {:.0} ms; at most {behind} events behind",
        count,
        rates.median(),
        p50.median(),
        most.median()
    );
    Ok(vec![
        Figure::new("recorded views beside detection, 64 tasks", beside.per_second(), "requests/s")
            .against("without it", alone.per_second())
            .target(Target::AtLeast(f64::from(u32::try_from(LOAD)?)))
            .note("two cores, and the load is made on them too"),
        Figure::new("events followed: read, opened, seen, judged, sealed, kept", caught_up.median(), "events/s")
            .against("views recorded without it", alone.per_second())
            .note("while nothing else is done"),
        Figure::new("from an access to its alert at 2,000 a second, p99", p99.median(), "ms")
            .against("with nobody else there", quiet.percentile(0.99))
            .target(Target::AtMost(1_000.0))
            .note(note),
        Figure::new("from an access to its alert at 2,000 a second, median", p50.median(), "ms")
            .against("with nobody else there", quiet.median()),
        Figure::new("from an access to the restriction it sets off, p99", took.percentile(0.99), "ms")
            .target(Target::AtMost(2_000.0))
            .note(format!(
                "{} times at {rate:.0} views a second; to the first refusal of somebody who asks every 2 ms; median {:.0} ms, at most {:.0} ms",
                took.len(),
                took.median(),
                took.percentile(1.0)
            )),
    ])
}

/// Waits until the follower has come to the end of the log.
async fn drained(house: &House, follows: &Follows) -> anyhow::Result<()> {
    loop {
        let before = follows.events.load(Ordering::Relaxed);
        tokio::time::sleep(2 * EVERY).await;
        house.db.caught_up().await;
        anyhow::ensure!(follows.task.len() == 1 && !follows.task.is_empty(), "the follower ended");
        if follows.events.load(Ordering::Relaxed) == before {
            return Ok(());
        }
    }
}
