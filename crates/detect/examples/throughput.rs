//! Events a second through the shipped rules and the baselines together, on one core.
//!
//! `cargo run --release -p whosaw-detect --example throughput -- [events] [people]`: an ordinary company, then the same
//! with one account that reads 100,000 records an hour.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Instant;

use detect::{Actor, Detector, Employment, Explanation, Kind, Local, Observation, Pack, Seen, Settings, Source};
use model::{Action, Channel, Decision, DepartmentId, EventId, RecordId, SessionId, UnixMs, UserId};

fn bytes(kind: u8, n: u64) -> [u8; 16] {
    let mut bytes = [kind; 16];
    for (slot, byte) in bytes.iter_mut().skip(8).zip(n.to_be_bytes()) {
        *slot = byte;
    }
    bytes
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        detect::key::mix(self.0) % n.max(1)
    }
}

/// `n` events of `people`; with a robot, its reads come at 100,000 an hour beside the others.
fn stream(n: u64, people: u64, robot: bool) -> Vec<Observation> {
    let mut dice = Dice(42);
    let begin = 1_772_416_800_000_i64;
    let mut ms = begin;
    (1..=n)
        .map(|seq| {
            // With the robot: 36 ms from read to read, and a person's act beside every third.
            let hot = robot && seq % 4 != 0;
            ms += if robot { 27 } else { (8 * 3_600_000 / (people * 60)) as i64 };
            // Eight hours of work, then the next day.
            let worked = (ms - begin) / 28_800_000;
            let at = ms + worked * (86_400_000 - 28_800_000);
            let day = (at / 1_000 + 28_800).div_euclid(86_400);
            let weekday = (day + 3).rem_euclid(7) as u8;
            let who = if hot { 1_000_000 } else { dice.below(people) };
            let action = match if hot { 0 } else { dice.below(100) } {
                0..=54 => Action::View,
                55..=84 => Action::List,
                85..=92 => Action::Edit,
                93..=96 => Action::Reveal,
                97 => Action::Export,
                _ => Action::SignIn,
            };
            let department = DepartmentId::from_bytes(bytes(3, who / 12));
            let records = match action {
                Action::List => dice.below(20),
                Action::SignIn => 0,
                _ => 1,
            };
            let seen = (0..records)
                .map(|_| {
                    let stranger = dice.below(40) == 0;
                    let n = if hot { seq } else { who * 200 + dice.below(200) };
                    let record = RecordId::from_bytes(bytes(2, n));
                    Seen {
                        record,
                        customer: record,
                        owner: Some(UserId::from_bytes(bytes(1, if stranger { who + 1 } else { who }))),
                        department: Some(if stranger {
                            DepartmentId::from_bytes(bytes(3, who / 12 + 1))
                        } else {
                            department
                        }),
                        personal: 3,
                        sensitive: u16::from(action == Action::Reveal),
                        masked: 1,
                        explanation: if stranger { Explanation::None } else { Explanation::Owner },
                        canary: false,
                        vip: dice.below(500) == 0,
                    }
                })
                .collect();
            Observation {
                seq,
                event: EventId::from_bytes(bytes(4, seq)),
                at: UnixMs(at),
                local: Local {
                    day: day as i32,
                    minute: ((at / 60_000 + 480) % 1_440) as u16,
                    weekday,
                    workday: weekday < 5,
                    working_hours: weekday < 5,
                },
                actor: Actor {
                    user: UserId::from_bytes(bytes(1, who)),
                    kind: if hot { Kind::Service } else { Kind::Human },
                    department: Some(department),
                    department_path: vec![DepartmentId::from_bytes(bytes(3, 9_999)), department],
                    roles: vec![if hot { "service" } else { "rep" }.into()],
                    employment: Employment::Active,
                    manager: None,
                },
                source: Source {
                    channel: if hot { Channel::Api } else { Channel::Web },
                    session: Some(SessionId::from_bytes(bytes(5, who))),
                    mfa: true,
                    network: Some("10.1.2.0/24".into()),
                    device: Some(who % 50),
                    foreign: None,
                },
                action,
                decision: if dice.below(200) == 0 { Decision::Refused } else { Decision::Allowed },
                object: "customer".parse().ok(),
                seen,
                rows: if action == Action::Export { dice.below(200) } else { 0 },
                page: (action == Action::List).then(|| dice.below(5) as u32),
                exact: action == Action::List && dice.below(20) == 0,
                purpose: false,
                target: None,
            }
        })
        .collect()
}

/// Seconds this thread was on a core, where Linux says so: on a machine that others use, the clock says something else.
fn busy() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_ascii_whitespace().next()?.parse::<f64>().ok().map(|ns| ns / 1e9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).filter_map(|a| a.parse::<u64>().ok());
    let n = arguments.next().unwrap_or(400_000);
    let people = arguments.next().unwrap_or(2_000);
    let pack = Arc::new(Pack::shipped().map_err(|p| format!("{p:?}"))?);
    let mut out = std::io::stdout().lock();
    for (name, robot) in [("a company", false), ("with an account at 100,000 reads an hour", true)] {
        let events = stream(n, people, robot);
        let records: usize = events.iter().map(|of| of.seen.len()).sum();
        for round in 1..=3 {
            let mut detector = Detector::new(Arc::clone(&pack), Settings::default());
            let (began, busy) = (Instant::now(), busy());
            let mut findings = 0;
            for of in &events {
                findings += detector.step(of)?.len();
            }
            let took = began.elapsed();
            let rate = events.len() as f64 / took.as_secs_f64();
            let core = match (busy, self::busy()) {
                (Some(before), Some(after)) => {
                    format!("{:.0} events/s of a core, ", events.len() as f64 / (after - before))
                }
                _ => String::new(),
            };
            let mb = detector.bytes() as f64 / 1e6;
            writeln!(
                out,
                "{name}, round {round}: {core}{rate:.0} events/s by the clock ({} events, {records} records, {people} people, {} rules), {findings} findings, state {mb:.1} MB",
                events.len(),
                pack.rules.len(),
            )?;
            if round == 3 {
                let began = Instant::now();
                let bytes = detector.snapshot();
                let put = began.elapsed();
                let began = Instant::now();
                Detector::restore(Arc::clone(&pack), Settings::default(), &bytes)?;
                writeln!(
                    out,
                    "  snapshot of {:.1} MB in {put:.1?}, taken up in {:.1?}",
                    bytes.len() as f64 / 1e6,
                    began.elapsed()
                )?;
            }
        }
    }
    Ok(())
}
