use eval::{sim::Simulation, world::Settings};
use std::collections::BTreeMap;
use std::time::Instant;
fn main() {
    let seed: u64 = std::env::args().nth(1).and_then(|s| s.parse().ok()).unwrap_or(1);
    let t = Instant::now();
    let mut s = Simulation::new(Settings::of(seed));
    println!("people {} customers {} undoc {:.3}", s.world.people.len(), s.world.customers.len(), s.world.undocumented);
    let mut n = 0;
    let mut seen = 0usize;
    let mut by: BTreeMap<String, (u64, u64, u64, u64, u64)> = BTreeMap::new();
    let mut why: BTreeMap<String, u64> = BTreeMap::new();
    let mut unex: Vec<u32> = vec![];
    while let Some((day, ev)) = s.day() {
        n += ev.len();
        let mut per = std::collections::HashMap::new();
        for e in &ev {
            seen += e.seen.seen.len();
            let r = by.entry(e.seen.actor.roles[0].clone()).or_default();
            r.0 += 1;
            if e.seen.decision == model::Decision::Refused {
                r.4 += 1;
            }
            if e.insider.is_some() {
                r.3 += 1;
            }
            for x in &e.seen.seen {
                if x.personal > 0 && e.seen.decision == model::Decision::Allowed {
                    r.1 += 1;
                    if !x.explanation.is_explained() {
                        r.2 += 1;
                        if e.insider.is_none() {
                            *per.entry(e.seen.actor.user).or_insert(0u32) += 1;
                        }
                    }
                    *why.entry(format!("{:?}", x.explanation)).or_default() += 1;
                }
            }
        }
        unex.extend(per.values());
        if day % 10 == 0 {
            eprintln!("{day} {}", ev.len());
        }
    }
    println!("{n} events {seen} seen {:?}", t.elapsed());
    for (k, v) in by {
        println!(
            "{k}: events {} shown {} unexplained {} ({:.3}) malicious {} refused {}",
            v.0,
            v.1,
            v.2,
            v.2 as f64 / v.1.max(1) as f64,
            v.3,
            v.4
        );
    }
    println!("{why:?}");
    unex.sort();
    unex.reverse();
    println!("{:?}", unex.iter().step_by(50).take(40).collect::<Vec<_>>());
    for t in s.truth() {
        println!(
            "{:?} {} users {} events first {:?}",
            t.scheme,
            t.number,
            t.users.len(),
            (t.events.len(), t.first.map(|f| f.1))
        );
    }
}
