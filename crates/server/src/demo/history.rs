//! Ninety days of looking: mostly one's own customers in office hours, some searches, reveals and exports, and three stories
//! for the auditor to find: a rep who looks at strangers' customers by night, a leaver who takes lists, refused attempts.

use std::sync::Arc;

use access::path::Refusal;
use model::{Caller, JobId, ObjectName, RecordId, UnixMs, UserId};
use store::records::{ExportChunk, ExportStep, ListRecords, RevealFields, ViewRecord};

use super::people::Staff;
use super::records::Customer;
use super::rng::Rng;
use super::{Demo, failed};

/// Requests under way at once: they share commits.
const AT_ONCE: usize = 64;
const DAY_MS: i64 = 86_400_000;
/// China is eight hours ahead.
const ZONE_MS: i64 = 8 * 3_600_000;

enum What {
    View(RecordId),
    List(Option<&'static str>),
    Reveal(RecordId),
    Export,
    /// Something the person may not do: an audit question.
    Forbidden,
}

struct Step {
    user: UserId,
    at: UnixMs,
    office: u8,
    what: What,
}

pub async fn make(demo: &Arc<Demo>, staff: &Staff, customers: &[Customer]) -> anyhow::Result<u64> {
    let mut rng = Rng::new(demo.seed, 3);
    let mut own: std::collections::HashMap<UserId, Vec<RecordId>> = std::collections::HashMap::new();
    for c in customers {
        if let Some(owner) = c.owner {
            own.entry(owner).or_default().push(c.id);
        }
    }
    for c in customers {
        if let Some(clerk) = super::process::answers(staff, c) {
            own.entry(clerk).or_default().push(c.id);
        }
    }
    let ids: Vec<RecordId> = customers.iter().map(|c| c.id).collect();
    let mut events = 0;
    for day in 1..i64::from(demo.days) {
        let midnight = UnixMs((demo.start.0.div_euclid(DAY_MS) + day) * DAY_MS - ZONE_MS);
        let mut steps = plan(&mut rng, staff, &own, &ids, day, i64::from(demo.days), midnight);
        // The first day began with the making of the company; nothing may come before it.
        steps.retain(|s| s.at > demo.start.plus_days(1));
        steps.sort_by_key(|s| s.at);
        events += steps.len() as u64;
        for part in chunks(steps, AT_ONCE) {
            let tasks: Vec<_> = part
                .into_iter()
                .map(|step| {
                    let demo = demo.clone();
                    tokio::spawn(async move { act(&demo, step).await })
                })
                .collect();
            for t in tasks {
                t.await??;
            }
        }
    }
    Ok(events)
}

fn chunks(steps: Vec<Step>, size: usize) -> Vec<Vec<Step>> {
    let mut out: Vec<Vec<Step>> = vec![];
    for step in steps {
        match out.last_mut() {
            Some(last) if last.len() < size => last.push(step),
            _ => out.push(vec![step]),
        }
    }
    out
}

/// A moment of an office day: two humps around a lunch dip.
fn office_time(rng: &mut Rng, midnight: UnixMs) -> UnixMs {
    let minute = |n: u64| i64::try_from(n).unwrap_or(0) * 60_000;
    let (from, span) = if rng.percent(52) { (9 * 60, 170) } else { (13 * 60 + 30, 270) };
    midnight.plus_ms(minute(from) + minute(rng.below(span)) + i64::try_from(rng.below(60_000)).unwrap_or(0))
}

fn plan(
    rng: &mut Rng,
    staff: &Staff,
    own: &std::collections::HashMap<UserId, Vec<RecordId>>,
    all: &[RecordId],
    day: i64,
    days: i64,
    midnight: UnixMs,
) -> Vec<Step> {
    let weekday = (midnight.0 + ZONE_MS).div_euclid(DAY_MS).rem_euclid(7);
    // 1970-01-01 was a Thursday: 2 and 3 are Saturday and Sunday.
    let weekend = weekday == 2 || weekday == 3;
    let mut steps = vec![];
    for (n, rep) in staff.reps.iter().enumerate() {
        let mine = own.get(&rep.user).map_or(&[][..], Vec::as_slice);
        let count = if weekend { u64::from(rng.percent(10)) * 3 } else { 8 + rng.below(14) };
        for _ in 0..count {
            let what = match rng.below(100) {
                0..60 => rng.pick(mine).map(|id| What::View(*id)),
                60..88 => Some(What::List(rng.pick(&[None, Some("A"), Some("B")]).copied().flatten())),
                88..94 => rng.pick(mine).map(|id| What::Reveal(*id)),
                94..98 => rng.pick(all).map(|id| What::View(*id)),
                98 => Some(What::Forbidden),
                _ => (day % 7 == 1).then_some(What::Export),
            };
            let at = office_time(rng, midnight);
            steps.extend(what.map(|what| Step { user: rep.user, at, office: rep.office, what }));
        }
        // The night owl: from the middle of the period on, strangers' customers after eleven.
        if n == 3 && day > days / 2 && rng.percent(40) {
            for k in 0..15 {
                let at = midnight.plus_ms(23 * 3_600_000 + k * 60_000);
                steps.extend(rng.pick(all).map(|id| Step {
                    user: rep.user,
                    at,
                    office: rep.office,
                    what: What::View(*id),
                }));
            }
        }
        // The leaver: in the last two weeks, page after page and an export every day.
        if n == 7 && day > days - 14 && !weekend {
            for k in 0..25 {
                let at = midnight.plus_ms(18 * 3_600_000 + k * 45_000);
                steps.push(Step { user: rep.user, at, office: rep.office, what: What::List(None) });
            }
            let at = midnight.plus_ms(18 * 3_600_000 + 30 * 60_000);
            steps.push(Step { user: rep.user, at, office: rep.office, what: What::Export });
        }
    }
    if !weekend {
        for m in &staff.managers {
            for _ in 0..6 + rng.below(6) {
                let at = office_time(rng, midnight);
                steps.push(Step { user: m.user, at, office: m.office, what: What::List(None) });
            }
        }
        for user in &staff.service {
            let calls = own.get(user).map_or(&[][..], Vec::as_slice);
            for _ in 0..10 + rng.below(10) {
                // Mostly whoever called, and now and then somebody whose call nobody wrote down.
                let whose = if rng.percent(95) { calls } else { all };
                let what = if rng.percent(70) {
                    rng.pick(whose).map(|id| What::View(*id))
                } else {
                    rng.pick(whose).map(|id| What::Reveal(*id))
                };
                let at = office_time(rng, midnight);
                steps.extend(what.map(|what| Step { user: *user, at, office: 9, what }));
            }
        }
    }
    steps
}

/// A refusal is part of the history; anything else that fails is a fault of the generator.
fn history(refusal: Refusal) -> anyhow::Result<()> {
    match refusal {
        Refusal::Forbidden { .. } | Refusal::NotFound | Refusal::ForbiddenOnRecord { .. } | Refusal::TooMany { .. } => {
            Ok(())
        }
        other => Err(failed(other)),
    }
}

async fn act(demo: &Demo, step: Step) -> anyhow::Result<()> {
    let mut caller = demo.caller(step.user, step.at, step.office);
    let object: ObjectName = "customer".parse()?;
    match step.what {
        What::View(id) => {
            let done = match demo.admit(&caller, ViewRecord { object, id }).await {
                Ok(grant) => match demo.store.view(grant).await {
                    Ok(sealed) => sealed.disclose().await.map(|_| ()),
                    Err(refusal) => Err(refusal),
                },
                Err(refusal) => Err(refusal),
            };
            done.or_else(history)
        }
        What::List(level) => {
            let grant = demo.admit(&caller, question(object, level, 20)).await.map_err(failed)?;
            let page = demo.store.list(grant).await.map_err(failed)?;
            page.sealed.disclose().await.map_err(failed)?;
            Ok(())
        }
        What::Reveal(id) => {
            caller.purpose = Some("回访".into());
            let fields = vec!["phone".parse()?, "id_number".parse()?];
            let done = match demo.admit(&caller, RevealFields { object, id, fields }).await {
                Ok(grant) => match demo.store.reveal(grant).await {
                    Ok(sealed) => sealed.disclose().await.map(|_| ()),
                    Err(refusal) => Err(refusal),
                },
                Err(refusal) => Err(refusal),
            };
            done.or_else(history)
        }
        What::Export => export(demo, caller, object).await,
        What::Forbidden => match demo.store.gate().admit_system(&caller, store::company::ListUsers::default()).await {
            Ok(_) => Ok(()),
            Err(refusal) => history(refusal),
        },
    }
}

fn question(object: ObjectName, level: Option<&str>, limit: u32) -> ListRecords {
    ListRecords {
        object,
        filter: level.map(|l| model::Condition::test("level", model::Comparison::Eq, l.into())),
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit,
        cursor: None,
    }
}

async fn export(demo: &Demo, mut caller: Caller, object: ObjectName) -> anyhow::Result<()> {
    caller.purpose = Some("周报".into());
    let job = JobId::new(caller.at, crate::clock::random()?);
    let q = question(object, None, 200);
    let step = |rows| ExportStep { job, question: q.clone(), format: "csv", rows };
    let grant = match demo.admit(&caller, step(None)).await {
        Ok(grant) => grant,
        Err(refusal) => return history(refusal),
    };
    demo.store.export_begin(grant).await.map_err(failed)?;
    let grant = demo.admit(&caller, ExportChunk { job, number: 0, question: q.clone() }).await.map_err(failed)?;
    let page = demo.store.export_chunk(grant).await.map_err(failed)?;
    let shown = page.sealed.disclose().await.map_err(failed)?;
    let rows = shown.get().len() as u64;
    demo.store.export_end(&caller, step(Some(rows)), true).await.map_err(failed)?;
    Ok(())
}
