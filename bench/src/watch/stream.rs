//! A company's accesses as the detector sees them, made one after the other: none of it is kept.

use detect::{Actor, Employment, Explanation, Kind, Local, Observation, Seen, Source};
use model::{Action, Channel, Decision, DepartmentId, EventId, RecordId, SessionId, UnixMs, UserId};

use crate::sample::Random;

/// Accesses of a person and working day.
pub const A_DAY: u64 = 60;
/// Eight hours.
const WORK_MS: i64 = 28_800_000;
const DAY_MS: i64 = 86_400_000;

fn bytes(kind: u8, n: u64) -> [u8; 16] {
    let mut bytes = [kind; 16];
    for (slot, byte) in bytes.iter_mut().skip(8).zip(n.to_be_bytes()) {
        *slot = byte;
    }
    bytes
}

/// `n` accesses of so many people; with a robot, its reads come at 100,000 an hour beside the others'.
pub fn stream(n: u64, people: u64, robot: bool) -> impl Iterator<Item = Observation> {
    let mut dice = Random::new(42);
    let begin = 1_772_416_800_000_i64;
    let mut ms = begin;
    (1..=n).map(move |seq| {
        // With the robot: 36 ms from read to read, and a person's act beside every third.
        let hot = robot && seq % 4 != 0;
        ms += if robot { 27 } else { WORK_MS / i64::try_from(people * A_DAY).unwrap_or(1).max(1) };
        // Eight hours of work, then the next day.
        let worked = (ms - begin) / WORK_MS;
        let at = ms + worked * (DAY_MS - WORK_MS);
        let day = (at / 1_000 + 28_800).div_euclid(86_400);
        let weekday = u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
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
                day: i32::try_from(day).unwrap_or(0),
                minute: u16::try_from((at / 60_000 + 480) % 1_440).unwrap_or(0),
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
            page: (action == Action::List).then(|| u32::try_from(dice.below(5)).unwrap_or(0)),
            exact: action == Action::List && dice.below(20) == 0,
            purpose: false,
            target: None,
        }
    })
}
