//! Many customers: import, a page of a list, searches, and the memory it takes.

use std::time::Instant;

use model::{Condition, UserId};
use serde_json::json;
use store::records::list::{Direction, ListRecords, Sort};
use store::{Database, Query};

use crate::Sizes;
use crate::figure::{Figure, Target, say};
use crate::house::{House, name, phone};
use crate::sample::{Random, Samples};

fn question() -> anyhow::Result<ListRecords> {
    Ok(ListRecords {
        object: "customer".parse()?,
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 50,
        cursor: None,
    })
}

/// Milliseconds from admission to disclosure, and how many rows were shown.
async fn ask(house: &House, user: UserId, question: ListRecords) -> anyhow::Result<(f64, usize)> {
    let began = Instant::now();
    let grant = house.store.gate().admit(&house.caller(user), question).await?;
    let shown = house.store.list(grant).await?.sealed.disclose().await?;
    let json = serde_json::to_vec(shown.get())?;
    std::hint::black_box(json);
    Ok((began.elapsed().as_secs_f64() * 1000.0, shown.get().len()))
}

/// A line of `/proc/self/status`, in MB.
fn memory_mb(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with(key)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

struct Answers {
    ms: Samples,
    rows: usize,
}

async fn repeat(
    house: &House,
    user: UserId,
    times: usize,
    mut make: impl FnMut(&mut Random) -> anyhow::Result<ListRecords>,
) -> anyhow::Result<Answers> {
    let mut random = Random::new(11);
    let mut answers = Answers { ms: Samples::default(), rows: 0 };
    for _ in 0..times {
        let (ms, rows) = ask(house, user, make(&mut random)?).await?;
        answers.ms.push(ms);
        answers.rows += rows;
    }
    Ok(answers)
}

/// The page as SQLite gives it to anyone: no scope, no keys, no record.
async fn bare_page(house: &House, times: usize, order: &str) -> anyhow::Result<Samples> {
    let object = house.store.company().objects.get("customer").map(|(_, o)| o.clone());
    let object = object.ok_or_else(|| anyhow::anyhow!("no customers"))?;
    let column = |field: &str| object.field(field).and_then(|f| f.slot).map(|s| s.column()).unwrap_or_default();
    let order = if order == "updated_at" { order.to_owned() } else { column(order) };
    let sql = format!(
        "SELECT * FROM record r WHERE r.object = 'customer' AND r.{} = ?1 ORDER BY r.{order} DESC, r.id DESC LIMIT 51",
        column("status")
    );
    let mut all = Samples::default();
    for _ in 0..times {
        let began = Instant::now();
        let rows = house.db.read(Query::new(sql.clone(), vec!["active".into()])).await?;
        anyhow::ensure!(!rows.is_empty(), "an empty page");
        all.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(all)
}

pub async fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let house = House::new(&sizes.dir).await?;
    let step = (sizes.customers / 10).max(1);
    let began = Instant::now();
    let per_second = house
        .import(sizes.customers, |done| {
            if done % step == 0 {
                say(&format!("  {done} customers after {:.0} s", began.elapsed().as_secs_f64()));
            }
        })
        .await?;
    let after_import = memory_mb("VmRSS");
    let times = if sizes.customers < 100_000 { 20 } else { 200 };
    let n = sizes.customers;
    let filtered = |sort: Option<Vec<Sort>>| {
        move |random: &mut Random| -> anyhow::Result<ListRecords> {
            let status = random.pick(&["potential", "active", "dormant", "lost"]).copied().unwrap_or("active");
            let filter = Condition::test("status", model::Comparison::Eq, json!(status));
            Ok(ListRecords { filter: Some(filter), sort: sort.clone(), ..question()? })
        }
    };
    let by = |field: &str| Some(vec![Sort { by: field.to_owned(), direction: Direction::Desc }]);
    let newest = repeat(&house, house.manager, times, filtered(None)).await?;
    let newest_bare = bare_page(&house, times, "updated_at").await?;
    say("  pages by time done");
    let revenue = repeat(&house, house.manager, times / 4, filtered(by("revenue"))).await?;
    let revenue_bare = bare_page(&house, times / 4, "revenue").await?;
    say("  pages by revenue done");
    let phones = repeat(&house, house.director, times, |random| {
        Ok(ListRecords { search: Some(phone(random.below(n))), ..question()? })
    })
    .await?;
    anyhow::ensure!(phones.rows >= times, "a phone number was not found");
    let names = repeat(&house, house.director, times, |random| {
        // Four characters behind the city: about one customer in fifty thousand has them.
        let part: String = name(random.below(n)).chars().skip(2).take(4).collect();
        Ok(ListRecords { search: Some(part), ..question()? })
    })
    .await?;
    anyhow::ensure!(names.rows >= times, "a name was not found");
    let (rss, peak) = (memory_mb("VmRSS"), memory_mb("VmHWM"));
    let of = format!("{n} customers");
    let p95 = |name, answers: &Answers, target| {
        Figure::new(name, answers.ms.percentile(0.95), "ms").target(Target::AtMost(target))
    };
    Ok(vec![
        Figure::new("import of sealed customers", per_second, "customers/s")
            .target(Target::AtLeast(5_000.0))
            .note(format!("{of}, chunks of 1000, one after the other; 13 fields, 5 of them sealed, 3 searchable")),
        Figure::new("list page of 50, scope subtree, filtered, newest first, p95", newest.ms.percentile(0.95), "ms")
            .against("the bare SELECT, no scope, keys or record", newest_bare.percentile(0.95))
            .target(Target::AtMost(30.0))
            .note(format!("{of}, a tenth in scope; p50 {:.1} ms, {} rows shown", newest.ms.median(), newest.rows)),
        Figure::new("list page of 50, scope subtree, filtered, by revenue, p95", revenue.ms.percentile(0.95), "ms")
            .against("the bare SELECT, no scope, keys or record", revenue_bare.percentile(0.95))
            .target(Target::AtMost(30.0))
            .note(format!("{of}, a tenth in scope; p50 {:.1} ms, {} rows shown", revenue.ms.median(), revenue.rows)),
        p95("search by phone, p95", &phones, 10.0).note(format!(
            "{of}, all in scope; p50 {:.1} ms, {} rows shown",
            phones.ms.median(),
            phones.rows
        )),
        p95("search by part of a name, p95", &names, 50.0).note(format!(
            "{of}, all in scope, four characters; p50 {:.1} ms, {} rows shown",
            names.ms.median(),
            names.rows
        )),
        Figure::new("memory with lists and searches (VmRSS)", rss, "MB").target(Target::AtMost(300.0)).note(format!(
            "{of}; the whole process, bench included; after the import {after_import:.0} MB, peak {peak:.0} MB"
        )),
    ])
}
