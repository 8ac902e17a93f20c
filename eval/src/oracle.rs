//! Random accesses, and what our engine says of rules about them: one side of the comparison with an engine of other people's
//! making (`eval/oracle/compare.py`, docs/detection.md).
//!
//! The accesses are no company's life: every field takes every kind of value, absent ones included, and values repeat often
//! enough for groups to fill.

use std::collections::BTreeMap;
use std::sync::Arc;

use detect::baseline::{Measure, Reading, Scores};
use detect::flat::Flat;
use detect::{
    Actor, Body, Detector, Employment, Explanation, Kind, Local, Observation, Pack, Problem, Seen, Settings, Source,
};
use model::{Action, Channel, Decision, DepartmentId, EventId, ObjectName, RecordId, SessionId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::dice::Dice;

/// Monday 2026-03-02, 10:00 in Shanghai, in seconds.
const BEGIN: i64 = 1_772_416_800;

/// A rule to be judged: its name and its text, with the rules and filters it needs.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    pub name: String,
    pub text: String,
}

/// What our engine says of one rule.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    pub name: String,
    /// It was refused, and why.
    pub problems: Vec<Problem>,
    /// Places of the accesses a detection matches.
    pub events: Vec<u64>,
    /// Groups for which a correlation fires: their values, and the second in which each did so first.
    pub groups: Vec<(Vec<String>, i64)>,
}

fn id(kind: u8, n: u32) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[0] = kind;
    bytes[12..].copy_from_slice(&n.to_be_bytes());
    bytes
}

fn pick<T: Copy>(dice: &mut Dice, of: &[T]) -> T {
    of[dice.int(0, u32::try_from(of.len()).unwrap_or(u32::MAX)) as usize]
}

fn local(at: i64) -> Local {
    let here = at + 8 * 3_600;
    let day = here.div_euclid(86_400);
    let minute = u16::try_from(here.rem_euclid(86_400) / 60).unwrap_or(0);
    let weekday = u8::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
    let workday = weekday < 5;
    Local {
        day: i32::try_from(day).unwrap_or(i32::MAX),
        minute,
        weekday,
        workday,
        working_hours: workday && (9 * 60..18 * 60).contains(&minute),
    }
}

fn one_seen(dice: &mut Dice) -> Seen {
    const REASONS: &[Explanation] = &[
        Explanation::Owner,
        Explanation::None,
        Explanation::Share,
        Explanation::OpenTask,
        Explanation::TeamDuty,
        Explanation::None,
        Explanation::Pool,
    ];
    Seen {
        record: RecordId::from_bytes(id(2, dice.int(0, 400))),
        customer: RecordId::from_bytes(id(2, dice.int(0, 60))),
        owner: dice.chance(0.8).then(|| UserId::from_bytes(id(1, dice.int(0, 12)))),
        department: dice.chance(0.8).then(|| DepartmentId::from_bytes(id(3, dice.int(0, 6)))),
        personal: u16::try_from(dice.int(0, 4)).unwrap_or(0),
        sensitive: u16::try_from(dice.int(0, 3)).unwrap_or(0),
        masked: u16::try_from(dice.int(0, 3)).unwrap_or(0),
        explanation: pick(dice, REASONS),
        canary: dice.chance(0.03),
        vip: dice.chance(0.1),
    }
}

/// So many accesses from a seed, in order; no two in the same second, because what comes first within one is the ledger's
/// to say and no column of a table.
///
/// # Errors
/// None but a name of an object type that does not read.
pub fn accesses(seed: u64, number: u64) -> anyhow::Result<Vec<(Observation, Scores)>> {
    const ACTIONS: &[Action] = &[
        Action::View,
        Action::View,
        Action::List,
        Action::Export,
        Action::Reveal,
        Action::Print,
        Action::Download,
        Action::Edit,
        Action::SignIn,
        Action::RoleAssign,
    ];
    const ROLES: &[&str] = &["rep", "Rep", "manager", "finance", "service desk", "客服", "a_b", "a%b"];
    let objects: Vec<ObjectName> =
        ["customer", "contact", "opportunity", "contract"].iter().map(|o| o.parse()).collect::<Result<_, _>>()?;
    let mut at = BEGIN;
    let mut all = Vec::new();
    for seq in 1..=number {
        let mut dice = Dice::of(seed, 77, seq);
        let dice = &mut dice;
        at += i64::from(if dice.chance(0.02) { dice.int(1, 900) } else { dice.int(1, 25) });
        let action = pick(dice, ACTIONS);
        let administrative = matches!(action, Action::SignIn | Action::RoleAssign);
        let who = UserId::from_bytes(id(1, dice.int(0, 12)));
        let few = if dice.chance(0.7) { 1 } else { dice.int(0, 9) };
        let seen = if administrative { vec![] } else { (0..few).map(|_| one_seen(dice)).collect() };
        let target = administrative.then(|| {
            if dice.chance(0.2) { who.to_string() } else { UserId::from_bytes(id(1, dice.int(0, 12))).to_string() }
        });
        let department = dice.chance(0.9).then(|| DepartmentId::from_bytes(id(3, dice.int(0, 6))));
        let of = Observation {
            seq,
            event: EventId::from_bytes(id(4, u32::try_from(seq).unwrap_or(u32::MAX))),
            at: UnixMs(at * 1_000 + i64::from(dice.int(0, 1_000))),
            local: local(at),
            actor: Actor {
                user: who,
                kind: pick(dice, &[Kind::Human, Kind::Human, Kind::Human, Kind::Service, Kind::Agent]),
                department,
                department_path: std::iter::once(DepartmentId::from_bytes(id(3, 0))).chain(department).collect(),
                roles: (0..dice.int(0, 3)).map(|_| pick(dice, ROLES).to_owned()).collect(),
                employment: pick(dice, &[Employment::Active, Employment::Active, Employment::Notice, Employment::Left]),
                manager: dice.chance(0.7).then(|| UserId::from_bytes(id(1, dice.int(0, 4)))),
            },
            source: Source {
                channel: pick(dice, &[Channel::Web, Channel::Web, Channel::Api, Channel::Export, Channel::Job]),
                session: dice.chance(0.9).then(|| SessionId::from_bytes(id(5, dice.int(0, 40)))),
                mfa: dice.chance(0.5),
                network: dice.chance(0.9).then(|| format!("10.{}.{}.0/24", dice.int(0, 3), dice.int(0, 20))),
                device: dice.chance(0.9).then(|| u64::from(dice.int(0, 20)) * 0x1111_1111_1111),
                foreign: dice.chance(0.1).then(|| pick(dice, &["bpi2012", "Salesforce"]).to_owned()),
            },
            action,
            decision: pick(dice, &[Decision::Allowed, Decision::Allowed, Decision::Allowed, Decision::Refused]),
            object: (!administrative).then(|| objects[dice.int(0, 4) as usize].clone()),
            seen,
            rows: if matches!(action, Action::Export | Action::Download) { u64::from(dice.int(0, 90)) } else { 0 },
            page: (action == Action::List).then(|| dice.int(1, 9)),
            exact: dice.chance(0.2),
            purpose: dice.chance(0.3),
            target,
        };
        let mut scores = Scores::default();
        scores.network_new = dice.chance(0.1);
        scores.device_new = dice.chance(0.1);
        scores.dormant_days = dice.int(0, 60);
        scores.known_days = dice.int(0, 400);
        for measure in [Measure::Unexplained, Measure::Customers, Measure::Export] {
            if dice.chance(0.4) {
                // Quarters: a number that reads the same in both languages.
                let quarter = |n: u32| f64::from(n) / 4.0;
                let reading = Reading {
                    score: quarter(dice.int(0, 24)),
                    observed: f64::from(dice.int(0, 30)),
                    expected: quarter(dice.int(0, 40)),
                    peers: quarter(dice.int(0, 40)),
                };
                scores.set(measure, reading);
            }
        }
        all.push((of, scores));
    }
    Ok(all)
}

/// An access as a line of JSON for the other engine: fields by name, its place and its second.
pub fn line(of: &Observation, scores: &Scores) -> serde_json::Value {
    let mut fields = Flat::new(of, scores).to_json();
    fields["seq"] = of.seq.into();
    fields["ts"] = of.at.0.div_euclid(1_000).into();
    fields
}

/// What our engine says of a rule, by the way the detector goes.
pub fn judge(asked: &Asked, accesses: &[(Observation, Scores)]) -> Verdict {
    let mut verdict = Verdict { name: asked.name.clone(), problems: vec![], events: vec![], groups: vec![] };
    let pack = match Pack::read([(asked.name.as_str(), asked.text.as_str())]) {
        Ok(pack) => Arc::new(pack),
        Err(problems) => return Verdict { problems, ..verdict },
    };
    if pack.rules.iter().any(|r| r.name == asked.name && matches!(r.body, Body::Detection { .. })) {
        for (of, scores) in accesses {
            if pack.matching(of, scores).contains(&asked.name.as_str()) {
                verdict.events.push(of.seq);
            }
        }
        return verdict;
    }
    let mut detector = Detector::new(pack, Settings::default());
    let mut groups: BTreeMap<Vec<String>, i64> = BTreeMap::new();
    for (of, scores) in accesses {
        let findings = detector.step_scored(of, scores.clone()).unwrap_or_default();
        for finding in findings.into_iter().filter(|f| f.rule == asked.name) {
            let values = finding.group.into_iter().map(|(_, value)| value).collect();
            groups.entry(values).or_insert_with(|| of.at.0.div_euclid(1_000));
        }
    }
    verdict.groups = groups.into_iter().collect();
    verdict
}
