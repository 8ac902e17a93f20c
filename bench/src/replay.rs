//! Policy replay: ten million past decisions under another policy, against deciding each of them anew.

use std::sync::Arc;
use std::time::Instant;

use access::engine::replay::{PastEvent, PastRequest, PastTouch, Replay};
use access::engine::{Compiled, Context, Engine};
use model::policy::Counter;
use model::record::Members;
use model::{
    Action, Channel, Decision, Department, DepartmentId, Directory, Disclosure, EventId, Explanation, ObjectName,
    Policy, RecordId, Relation, Scope, StoredRow, User, UserId, UserKind, UserStatus, What,
};

use crate::Sizes;
use crate::decide::{OBJECTS, ROLES, object, policy, role};
use crate::figure::{Figure, Target};
use crate::house::start;
use crate::sample::Samples;

const PEOPLE: u16 = 500;
const DEPARTMENTS: u8 = 50;
/// Records of a page.
const PAGE: usize = 50;
/// Every so many-th access opens one record; the rest are pages.
const PAGES_ONE_IN: u64 = 4;
/// Events that are decided at once.
const STEP: usize = 4000;

fn user_id(n: u16) -> UserId {
    let mut id = [7; 16];
    id.iter_mut().zip(n.to_be_bytes()).for_each(|(to, from)| *to = from);
    UserId::from_bytes(id)
}

fn department_id(n: u8) -> DepartmentId {
    DepartmentId::from_bytes([n + 1; 16])
}

/// Numbers in a row from one seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
    fn small(&mut self, sides: u64) -> u8 {
        u8::try_from(self.roll(sides)).unwrap_or(0)
    }
}

struct History {
    dice: Dice,
    names: Vec<ObjectName>,
    directory: Arc<Directory>,
    event: u64,
}

impl History {
    /// The next event: a page of records or a look at one, of somebody's own, of their department or beyond; with an address and
    /// counters of its own.
    fn next(&mut self) -> Option<PastEvent> {
        let d = &mut self.dice;
        let who = user_id(u16::try_from(d.roll(u64::from(PEOPLE))).ok()?);
        let home = self.directory.user(who)?.department;
        let object = usize::try_from(d.roll(OBJECTS as u64)).ok().and_then(|n| self.names.get(n))?.clone();
        let is_page = d.roll(PAGES_ONE_IN) == 0;
        let of = |owner: Option<UserId>, department| Disclosure {
            rules: vec![format!("role0.{object}.operations")],
            reason: Some(Explanation::None),
            owner,
            department: Some(department),
            relation: Some(Relation::default()),
            ..Disclosure::default()
        };
        let other = user_id(u16::try_from(d.roll(u64::from(PEOPLE))).ok()?);
        let disclosures = vec![of(Some(who), home), of(Some(other), home), of(None, department_id(d.small(50)))];
        let records = if is_page { PAGE } else { 1 };
        let touches = (0..records)
            .map(|_| PastTouch {
                customer: Some(RecordId::from_bytes([d.small(200); 16])),
                disclosure: usize::from(d.small(3)),
                row: None,
            })
            .collect();
        self.event += 1;
        let mut id = [0; 16];
        id.iter_mut().zip(self.event.to_be_bytes()).for_each(|(to, from)| *to = from);
        let ms = i64::try_from(self.event).ok()?;
        Some(PastEvent {
            id: EventId::from_bytes(id),
            users: vec![who],
            department: Some(home),
            picture: Some(0),
            action: if is_page { Action::List } else { Action::View },
            object: Some(object),
            decision: Decision::Allowed,
            version: 1,
            rules: vec![],
            request: PastRequest {
                at: start().plus_ms(ms),
                mfa: d.roll(3) > 0,
                office_hours: Some(d.roll(5) > 0),
                address: Some(std::net::IpAddr::from([10, 0, d.small(200), d.small(200)])),
                channel: Channel::Web,
                purpose: false,
                counters: Some([d.roll(100); Counter::ALL.len()]),
            },
            disclosures,
            touches,
            counted: false,
        })
    }
}

fn company() -> anyhow::Result<Directory> {
    let departments = (0..DEPARTMENTS)
        .map(|n| Department {
            id: department_id(n),
            parent: (n > 0).then(|| department_id(n / 5)),
            name: String::new(),
        })
        .collect();
    let user = |n: u16| {
        anyhow::Ok(User {
            id: user_id(n),
            login: String::new(),
            name: String::new(),
            kind: UserKind::Person,
            department: department_id(u8::try_from(n % u16::from(DEPARTMENTS))?),
            manager: None,
            roles: [role(usize::from(n) % ROLES)?, role(usize::from(n / 7) % ROLES)?].into(),
            status: UserStatus::Active,
            trained_until: None,
        })
    };
    Ok(Directory::new((0..PEOPLE).map(user).collect::<anyhow::Result<_>>()?, departments, vec![]))
}

/// Every other role reaches less than before.
fn narrowed(policy: &Policy) -> Policy {
    let mut next = policy.clone();
    for (n, row) in next.rows.iter_mut().enumerate() {
        if n % 2 == 0 && matches!(row.what, What::Operations(_)) && row.scope == Scope::Subtree {
            row.scope = Scope::Own;
        }
    }
    next
}

pub fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let objects = (0..OBJECTS).map(object).collect::<anyhow::Result<Vec<_>>>()?;
    let then = policy(&objects)?;
    let compile = |version, policy: &Policy| {
        Compiled::compile(version, policy, &objects)
            .map(Arc::new)
            .map_err(|p| anyhow::anyhow!("the policy does not compile: {:?}", p.first()))
    };
    let (before, after) = (compile(1, &then)?, compile(2, &narrowed(&then))?);
    let directory = Arc::new(company()?);
    let names: Vec<ObjectName> = objects.iter().map(|o| o.name.clone()).collect();
    let wanted: u64 = if sizes.is_quick() { 200_000 } else { 10_000_000 };
    let rounds = if sizes.is_quick() { 1 } else { sizes.rounds };
    let (mut ours, mut anew) = (Samples::default(), Samples::default());
    let (mut share, mut decisions) = (0.0, 0);
    for _ in 0..rounds {
        let history = || History { dice: Dice(7), names: names.clone(), directory: directory.clone(), event: 0 };
        let mut replay = Replay::new(after.clone());
        replay.add_version(1, Some(before.clone()));
        replay.add_picture(directory.clone());
        let mut past = history();
        let mut took = 0.0;
        while replay.totals().decisions < wanted {
            // As many as the server reads at once.
            let events: Option<Vec<PastEvent>> = (0..STEP).map(|_| past.next()).collect();
            let events = events.ok_or_else(|| anyhow::anyhow!("the history ended"))?;
            let began = Instant::now();
            replay.steps(&events);
            took += began.elapsed().as_secs_f64();
        }
        let totals = replay.totals();
        #[allow(clippy::cast_precision_loss, reason = "a share, in percent")]
        {
            share = 100.0 * totals.situations as f64 / totals.decisions as f64;
            ours.push(took * wanted as f64 / totals.decisions as f64);
        }
        decisions = totals.decisions;
        anyhow::ensure!(totals.differ > 0, "a narrowed policy refuses something");
        anew.push(each_anew(&before, &after, &mut history(), wanted / 100)? * 100.0);
    }
    let note = format!(
        "{PEOPLE} people, {ROLES} roles x {OBJECTS} object types, {decisions} decisions, of which {share:.2} % are distinct situations"
    );
    Ok(vec![
        Figure::new("replay 10,000,000 past decisions", ours.median(), "s")
            .against("each decided by both policies anew (of a hundredth)", anew.median())
            .target(Target::AtMost(60.0))
            .note(note.clone()),
        Figure::new("share of distinct situations", share, "%").target(Target::AtMost(5.0)).note(note),
    ])
}

/// Seconds for so many decisions by both policies with their fields, without remembering any.
fn each_anew(before: &Arc<Compiled>, after: &Arc<Compiled>, past: &mut History, wanted: u64) -> anyhow::Result<f64> {
    let engines = [before, after].map(|c| Engine::new(c.clone(), past.directory.clone()));
    let (mut done, mut took) = (0, 0.0);
    while done < wanted {
        let event = past.next().ok_or_else(|| anyhow::anyhow!("the history ended"))?;
        let (Some(who), Some(object)) = (event.users.first().copied(), event.object.clone()) else { continue };
        let began = Instant::now();
        let ctx = Context {
            now: event.request.at,
            mfa: event.request.mfa,
            office_hours: event.request.office_hours.unwrap_or(false),
            address: event.request.address,
            channel: event.request.channel,
            purpose: event.request.purpose,
            trained: false,
            counters: event.request.counters.unwrap_or_default(),
        };
        for touch in &event.touches {
            let Some(disclosure) = event.disclosures.get(touch.disclosure) else { continue };
            let id = touch.customer.unwrap_or(RecordId::from_bytes([0; 16]));
            let row = StoredRow {
                id,
                customer: id,
                owner: disclosure.owner,
                department: disclosure.department,
                pool: false,
                version: 1,
                created_at: start(),
                updated_at: start(),
                created_by: who,
                clear: Default::default(),
                sealed: Default::default(),
                key: None,
                members: Members::default(),
            };
            for engine in &engines {
                let rights = engine.rights(who, &object)?;
                std::hint::black_box(rights.filter(event.action).decide(&ctx, &row));
                std::hint::black_box(rights.levels(&ctx, &row));
            }
            done += 1;
        }
        took += began.elapsed().as_secs_f64();
    }
    Ok(took)
}
