//! The log of a bank (BPI Challenge 2012): a real input for the feed and the detectors, and what is odd in it.
//!
//! The log says who worked on which loan application, not why. The reason that can be seen is the bank's own queue: work is scheduled for an
//! application, somebody takes it (`START`) and lays it down (`COMPLETE`). Taking scheduled work, and what one does meanwhile, is an open task; coming back to
//! an application one worked on in the last fortnight is a follow-up; everything else is without a visible reason.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use detect::{Actor, Employment, Explanation, Kind, Observation, Seen, Source};
use flate2::read::MultiGzDecoder;
use model::{Action, Channel, Decision, DepartmentId, EventId, ObjectName, RecordId, UserId};

use crate::calendar::day_of;
use crate::feed::{Feed, Line, Mapping, Rejected, Row};

/// The name of the source.
pub const SOURCE: &str = "bpi2012";
/// Days for which work on an application is a reason to come back to it.
const FOLLOW_UP_DAYS: i32 = 14;

/// How the bank's file is read. Hours are those in which the call centre telephones.
pub fn mapping() -> Mapping {
    let some = |a: Action| Some(a);
    Mapping {
        source: SOURCE.to_owned(),
        time: "timestamp".into(),
        user: "user".into(),
        action: vec!["activity".into(), "transition".into()],
        record: "application_id".into(),
        customer: None,
        actions: [
            ("A_*", some(Action::Edit)),
            ("O_*", some(Action::Edit)),
            ("A_APPROVED:COMPLETE", some(Action::Approve)),
            ("W_*", some(Action::View)),
        ]
        .map(|(said, action)| (said.to_owned(), action))
        .into(),
        automatic: ["112".to_owned()].into(),
        holidays: [day_of(2011, 12, 25), day_of(2011, 12, 26), day_of(2012, 1, 1)].into(),
        hours: [
            Some((480, 1_260)),
            Some((480, 1_260)),
            Some((480, 1_260)),
            Some((480, 1_260)),
            Some((480, 1_260)),
            Some((540, 1_020)),
            None,
        ],
    }
}

/// What was read.
#[derive(Default)]
pub struct Log {
    pub rows: Vec<(Row, Explanation)>,
    pub rejected: Vec<Rejected>,
    pub skipped: u64,
}

/// Reads the file.
///
/// # Errors
/// It cannot be read, or is not the file the mapping is for.
pub fn read(path: &Path) -> anyhow::Result<Log> {
    let input = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(File::open(path)?));
    let mut log = Log::default();
    let mut work = Work::default();
    for line in Feed::new(input, mapping())? {
        match line? {
            Line::Event(row) => {
                let why = work.explain(&row);
                log.rows.push((row, why));
            }
            Line::Skipped(_) => log.skipped += 1,
            Line::Rejected(no) => log.rejected.push(no),
        }
    }
    Ok(log)
}

/// The queue, and who works on what.
#[derive(Default)]
struct Work {
    /// Scheduled and not taken yet, by application and kind of work.
    waiting: HashMap<(String, String), u32>,
    /// Taken and not laid down, by application and person.
    taken: HashMap<(String, Option<String>), i32>,
    last: HashMap<(String, String), i32>,
}

impl Work {
    fn explain(&mut self, row: &Row) -> Explanation {
        if row.automatic {
            self.schedules(row);
            return Explanation::Job;
        }
        let mine = (row.record.clone(), row.user.clone());
        let holds = self.taken.get(&mine).is_some_and(|n| *n > 0);
        let follows = row.user.as_ref().is_some_and(|user| {
            let last = self.last.get(&(row.record.clone(), user.clone()));
            last.is_some_and(|day| row.local.day - day <= FOLLOW_UP_DAYS)
        });
        let mut takes = false;
        match row.said.rsplit_once(':') {
            Some((what, "START")) if what.starts_with("W_") => {
                // Work that was scheduled once is taken again and again until it is done: calls that nobody answered.
                takes = self.waiting.contains_key(&(row.record.clone(), what.to_owned()));
                *self.taken.entry(mine).or_default() += 1;
            }
            Some((what, "COMPLETE")) if what.starts_with("W_") => {
                if let Some(n) = self.taken.get_mut(&mine) {
                    *n -= 1;
                }
            }
            _ => self.schedules(row),
        }
        if let Some(user) = &row.user {
            self.last.insert((row.record.clone(), user.clone()), row.local.day);
        }
        if holds || takes {
            Explanation::OpenTask
        } else if follows {
            Explanation::FollowUp
        } else {
            Explanation::None
        }
    }

    fn schedules(&mut self, row: &Row) {
        if let Some((what, "SCHEDULE")) = row.said.rsplit_once(':') {
            *self.waiting.entry((row.record.clone(), what.to_owned())).or_default() += 1;
        }
    }
}

/// 16 bytes from texts: the same for the same texts, on every machine.
fn digest(kind: u8, text: &str) -> [u8; 16] {
    let mut out = [0_u8; 16];
    for (half, bytes) in out.chunks_mut(8).enumerate() {
        let mut h =
            0xcbf2_9ce4_8422_2325_u64 ^ (u64::from(kind) << 8 | half as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        for b in SOURCE.bytes().chain([0]).chain(text.bytes()) {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
        }
        h ^= h >> 29;
        bytes.copy_from_slice(&h.wrapping_mul(0xBF58_476D_1CE4_E5B9).to_be_bytes());
    }
    out
}

/// The id under which a person of the log is known. Who has no name is nobody: one account for all of them.
pub fn user_id(name: Option<&str>) -> UserId {
    UserId::from_bytes(digest(1, name.unwrap_or("")))
}

/// The line as the detectors see it.
pub fn observe(row: &Row, why: Explanation, seq: u64, object: Option<&ObjectName>) -> Observation {
    let customer = RecordId::from_bytes(digest(2, &row.customer));
    // One department: the log knows none.
    let bank = DepartmentId::from_bytes(digest(3, "bank"));
    let mut id = [0_u8; 10];
    id[..8].copy_from_slice(&digest(4, &row.line.to_string())[..8]);
    Observation {
        seq,
        event: EventId::new(row.at, id),
        at: row.at,
        local: row.local,
        actor: Actor {
            user: user_id(row.user.as_deref()),
            kind: if row.automatic { Kind::Service } else { Kind::Human },
            department: Some(bank),
            department_path: vec![bank],
            roles: vec![if row.automatic { "automatic" } else { "clerk" }.to_owned()],
            employment: Employment::Active,
            manager: None,
        },
        source: Source {
            channel: Channel::Import,
            session: None,
            mfa: false,
            network: None,
            device: None,
            foreign: Some(SOURCE.to_owned()),
        },
        action: row.action,
        decision: Decision::Allowed,
        object: object.cloned(),
        seen: vec![Seen {
            record: RecordId::from_bytes(digest(5, &row.record)),
            customer,
            owner: None,
            department: Some(bank),
            personal: 1,
            sensitive: 0,
            masked: 0,
            explanation: why,
            canary: false,
            vip: false,
        }],
        rows: 0,
        page: None,
        exact: false,
        purpose: false,
        target: None,
    }
}

/// Figures about the log, by name: `eval/recount/bpi2012.py` counts each again in SQL.
pub fn figures(log: &Log) -> BTreeMap<&'static str, u64> {
    let mut f: BTreeMap<&'static str, u64> = BTreeMap::new();
    let mut add = |name: &'static str, n: u64| *f.entry(name).or_default() += n;
    let mut persons: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    let mut applications: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for (row, why) in &log.rows {
        add("lines", 1);
        applications.entry(&row.record).or_default().push(row);
        let hour = row.local.minute / 60;
        let night = !(7..21).contains(&hour);
        match row.user.as_deref() {
            None => {
                add("lines without a name", 1);
                add("of them at night", u64::from(night));
                let day = row.local.day;
                add("of them in 2011-10", u64::from((day_of(2011, 10, 1)..day_of(2011, 11, 1)).contains(&day)));
                add("of them in 2012-02", u64::from((day_of(2012, 2, 1)..day_of(2012, 3, 1)).contains(&day)));
                add("of them in 2012-03", u64::from(day >= day_of(2012, 3, 1)));
                add("of them decisions", u64::from(!row.said.starts_with("W_")));
            }
            Some("112") => {
                add("lines of the program", 1);
                add("of the program at night", u64::from(night));
                add("approved by the program", u64::from(row.action == Action::Approve));
            }
            Some(name) => {
                persons.entry(name).or_default().push(row);
                add("lines of persons", 1);
                add("of persons at night", u64::from(night));
                let closes = row.said.starts_with("W_") && row.said.ends_with(":COMPLETE");
                add("of persons from 6 to 7", u64::from(hour == 6));
                add("of persons from 6 to 7, closing work", u64::from(hour == 6 && closes));
                add("of persons at 06:15, closing work", u64::from(row.local.minute == 375 && closes));
                add("of persons from 21:00 to 21:10", u64::from((1_260..1_270).contains(&row.local.minute)));
                let known = row.local.minute == 555 || matches!(name, "10138" | "10779");
                add("of other persons on Sundays at other times", u64::from(row.local.weekday == 6 && !known));
                add("of persons on Sundays at 09:15", u64::from(row.local.minute == 555 && row.local.weekday == 6));
                add("of persons on Saturdays", u64::from(row.local.weekday == 5));
                add("of persons on Sundays", u64::from(row.local.weekday == 6));
                add("of persons on holidays", u64::from(mapping().holidays.contains(&row.local.day)));
                add("of persons from 18 to 21", u64::from((18..21).contains(&hour)));
                add("without a visible reason", u64::from(!why.is_explained()));
            }
        }
    }
    add("persons", persons.len() as u64);
    add("applications", applications.len() as u64);
    add("lines rejected", log.rejected.len() as u64);
    for rows in persons.values() {
        let mut days: Vec<i32> = rows.iter().map(|r| r.local.day).collect();
        days.dedup();
        let gap = days.windows(2).map(|w| w[1] - w[0]).max().unwrap_or(0);
        add("persons away for more than 30 days", u64::from(gap > 30));
        add("persons on three days or fewer", u64::from(days.len() <= 3));
        let approvals = rows.iter().filter(|r| r.action == Action::Approve).count() as u64;
        add("persons who approve", u64::from(approvals > 0));
    }
    for rows in applications.values() {
        let names: std::collections::BTreeSet<&str> =
            rows.iter().filter_map(|r| r.user.as_deref()).filter(|u| *u != "112").collect();
        add("applications seen by more than 20 persons", u64::from(names.len() > 20));
        let of = |what: &str| rows.iter().find(|r| r.said == what).map(|r| r.user.as_deref());
        if let Some(approver) = of("A_APPROVED:COMPLETE") {
            add("approved", 1);
            add("approved by who finalized it", u64::from(of("A_FINALIZED:COMPLETE") == Some(approver)));
            let validated =
                rows.iter().any(|r| r.said == "W_Valideren aanvraag:START" && r.user.as_deref() == approver);
            add("approved by who validated it", u64::from(validated));
        }
    }
    let of = |name: &str| persons.get(name).cloned().unwrap_or_default();
    let on = |name: &str, day: i32| of(name).iter().filter(|r| r.local.day == day).count() as u64;
    let woken = of("11339");
    add("11339: lines", woken.len() as u64);
    add("11339: lines on 2012-03-14", on("11339", day_of(2012, 3, 14)));
    add("11339: days asleep", {
        let days: Vec<i32> = woken.iter().map(|r| r.local.day).collect();
        u64::try_from(days.windows(2).map(|w| w[1] - w[0]).max().unwrap_or(0)).unwrap_or(0)
    });
    add(
        "11339: approvals on 2012-03-14",
        woken.iter().filter(|r| r.action == Action::Approve && r.local.day == day_of(2012, 3, 14)).count() as u64,
    );
    let sunday: Vec<&Row> = of("10138").into_iter().filter(|r| r.local.weekday == 6).collect();
    add("10138: lines on Sundays", sunday.len() as u64);
    add("10138: approvals on Sundays", sunday.iter().filter(|r| r.action == Action::Approve).count() as u64);
    let aside = of("10779");
    add("10779: lines", aside.len() as u64);
    add("10779: lines on Sundays", aside.iter().filter(|r| r.local.weekday == 6).count() as u64);
    add("10779: lines at night", aside.iter().filter(|r| !(7..21).contains(&(r.local.minute / 60))).count() as u64);
    f
}

/// An alert about the log, as it would stand on somebody's desk.
#[derive(Debug, Clone)]
pub struct Odd {
    pub day: i32,
    /// As the log calls them; empty for those without a name.
    pub who: String,
    pub rule: String,
    pub observed: u64,
    pub expected: Option<f64>,
    pub joins: bool,
}

/// By rule: days of a person it spoke of, and persons.
pub type ByRule = BTreeMap<String, (u64, usize)>;

/// Runs the shipped rules over the log, with time for `budget` alerts on each day of it.
///
/// # Errors
/// The shipped rules do not load, or the log is not followed in order.
pub fn detect(log: &Log, budget: usize) -> anyhow::Result<(ByRule, Vec<Odd>)> {
    let pack =
        detect::Pack::shipped().map_err(|problems| anyhow::anyhow!("the shipped rules do not load: {problems:?}"))?;
    let mut detector = detect::Detector::new(std::sync::Arc::new(pack), detect::Settings::default());
    let object: Option<ObjectName> = "application".parse().ok();
    let names: HashMap<UserId, &str> =
        log.rows.iter().map(|(r, _)| (user_id(r.user.as_deref()), r.user.as_deref().unwrap_or(""))).collect();
    let mut desk = detect::rank::Desk::default();
    let mut by_rule: BTreeMap<String, (u64, std::collections::BTreeSet<UserId>)> = BTreeMap::new();
    let mut odd = vec![];
    let mut today: BTreeMap<(UserId, String), detect::Finding> = BTreeMap::new();
    let mut day = log.rows.first().map_or(0, |(r, _)| r.local.day);
    let mut end = |day: i32, today: &mut BTreeMap<(UserId, String), detect::Finding>| {
        let findings: Vec<detect::Finding> = std::mem::take(today).into_values().collect();
        for f in &findings {
            let rule = by_rule.entry(f.rule.clone()).or_default();
            rule.0 += 1;
            rule.1.insert(f.user);
        }
        let candidates: Vec<_> = findings.iter().map(crate::engine::candidate).collect();
        for shown in desk.day(day, &candidates, budget) {
            let Some(f) = findings.get(shown.index) else { continue };
            let part = f.parts.first().map(|(_, reading)| reading);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
            let observed = part.map_or(f.count, |r| r.observed as u64);
            odd.push(Odd {
                day,
                who: names.get(&f.user).map_or_else(String::new, |n| (*n).to_owned()),
                rule: f.rule.clone(),
                observed,
                expected: part.map(|r| r.expected),
                joins: shown.joins,
            });
        }
    };
    for (seq, (row, why)) in (1_u64..).zip(&log.rows) {
        if row.local.day != day {
            end(day, &mut today);
            day = row.local.day;
        }
        for f in detector.step(&observe(row, *why, seq, object.as_ref()))? {
            today.insert((f.user, f.rule.clone()), f);
        }
    }
    end(day, &mut today);
    Ok((by_rule.into_iter().map(|(rule, (n, users))| (rule, (n, users.len()))).collect(), odd))
}
