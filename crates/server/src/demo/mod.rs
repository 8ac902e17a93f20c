//! `whosaw demo`: a made-up Chinese company with 90 days of access history.
//!
//! Rule: everything is done by the recorded path's own operations, by made-up people at past times, on the channel `demo` and
//! under node number 2; nothing is written beside it. The same seed makes the same company.

mod approvals;
#[cfg(test)]
mod explained;
mod history;
mod names;
mod people;
mod process;
mod records;
#[cfg(test)]
mod replayed;
mod rng;
mod talk;
mod trade;

use std::process::ExitCode;
use std::sync::Arc;

use access::path::{Change, OnRecords, OnSystem, Refusal};
use anyhow::anyhow;
use model::{Caller, Channel, Clock, Origin, UnixMs, UserId};
use serde_json::json;
use store::company::{Bootstrap, bootstrap};
use store::{Query, Store};

use crate::args::DemoArgs;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::instance::{self, Db, Instance};
use crate::say::Say;

/// The password of every demo account: printed, so that nobody takes it for a secret.
pub const PASSWORD: &str = "Shui-kan-guo-2026";
/// The node number of the generator, so that its past times stand in a stream of their own.
const NODE: u32 = 2;

/// The demo under way.
pub struct Demo {
    pub store: Store,
    pub start: UnixMs,
    pub days: u32,
    pub seed: u64,
}

impl Demo {
    /// A made-up person's request at a past time.
    pub fn caller(&self, user: UserId, at: UnixMs, office: u8) -> Caller {
        Caller {
            user,
            on_behalf_of: None,
            session: None,
            token: None,
            token_actions: None,
            mfa: false,
            origin: Origin {
                address: Some(std::net::IpAddr::from([
                    10,
                    20,
                    office,
                    1 + u8::try_from(at.0.rem_euclid(200)).unwrap_or(0),
                ])),
                user_agent: Some("demo".into()),
                channel: Channel::Demo,
            },
            purpose: None,
            request_id: format!("demo-{}", at.0),
            at,
        }
    }
    pub async fn system<O: OnSystem>(
        &self,
        user: UserId,
        at: UnixMs,
        op: O,
    ) -> Result<access::path::Grant<O>, Refusal> {
        self.store.gate().admit_system(&self.caller(user, at, 1), op).await
    }
    pub async fn admit<O: OnRecords>(&self, caller: &Caller, op: O) -> Result<access::path::Grant<O>, Refusal> {
        self.store.gate().admit(caller, op).await
    }
}

pub fn failed(refusal: Refusal) -> anyhow::Error {
    match refusal {
        Refusal::Invalid(p) => anyhow!("the demo generator made something wrong: {p:?}"),
        other => anyhow!("the demo generator was refused: {other}"),
    }
}

pub async fn demo(args: DemoArgs, say: Say) -> anyhow::Result<ExitCode> {
    let data = &args.data.data;
    let now = SystemClock.now();
    let start = now.plus_days(-i64::from(args.days.clamp(1, 3650)));
    let config =
        crate::init::lay_out(data, Some(&format!("whosaw.demo/seed-{}", args.seed)), args.database.as_deref(), start)?;
    let vault = instance::open_vault(data, &config)?;
    let db = instance::open_database(data, &config, NODE).await?;
    let mut made = Bootstrap::new("谁看过演示公司（虚构数据）", [PASSWORD; 3], start);
    made.keep_passwords = true;
    let store = bootstrap(db.database(), vault.clone(), made).await?;
    let demo = Arc::new(Demo { store, start, days: args.days, seed: args.seed });
    say.line("正在建立演示公司……", "Making the demo company…");
    let staff = people::make(&demo).await?;
    process::pools(&demo).await?;
    let customers = records::make(&demo, &staff, args.customers).await?;
    say.line("正在生成访问历史……", "Making the access history…");
    let events = history::make(&demo, &staff, &customers).await?;
    approvals::make(&demo, &staff, &customers, now).await?;
    talk::make(&demo, &staff, &customers, now).await?;
    let counts = (staff.all.len(), customers.len());
    let accounts = staff.accounts();
    let marks = json!({ "seed": args.seed, "customers": counts.1, "accounts": accounts }).to_string();
    let marked = Change::new("INSERT INTO meta (key, value) VALUES ('demo', ?1)", vec![marks.into()]);
    db.database().maintain(vec![marked]).await?;
    demo.store.node_stop(now, json!({ "demo": true })).await?;
    if let Db::Postgres(db) = &db {
        db.sequenced().await?;
        db.resign().await?;
    }
    drop(demo);
    drop(db);
    let instance = Instance::open(data, Config::load(data)?).await?;
    // What is odd in the history is found before anybody opens the console.
    crate::watch::to_the_end(instance.store.clone()).await.map_err(failed)?;
    instance.close().await?;
    let (d, p, table) = (data.display(), PASSWORD, table(&accounts));
    say.answer(
        &format!(
            "演示公司已建立：{} 人，{} 位客户，{events} 次访问，均为虚构。\n演示账号（密码均为 {p}）：\n{table}\n下一步：whosaw serve --data {d}",
            counts.0, counts.1
        ),
        &format!(
            "Made a demo company: {} people, {} customers, {events} accesses, all made up.\nDemo accounts (password of all: {p}):\n{table}\nNext: whosaw serve --data {d}",
            counts.0, counts.1
        ),
        &json!({ "people": counts.0, "customers": counts.1, "events": events, "password": p, "seed": args.seed,
                 "accounts": accounts.iter().map(|(l, w)| json!({ "login": l, "who": w })).collect::<Vec<_>>() }),
    );
    Ok(ExitCode::SUCCESS)
}

fn table(accounts: &[(String, String)]) -> String {
    let lines: Vec<String> = accounts.iter().map(|(login, who)| format!("  {login:<16} {who}")).collect();
    lines.join("\n")
}

/// The accounts of a demo instance, for printing; `None` for a real one.
pub async fn accounts(db: &Db) -> anyhow::Result<Option<String>> {
    #[derive(serde::Deserialize)]
    struct Marks {
        accounts: Vec<(String, String)>,
    }
    let found = db.database().read(Query::new("SELECT value FROM meta WHERE key = 'demo'", vec![])).await?;
    let Some(row) = found.first() else { return Ok(None) };
    let marks: Marks = serde_json::from_str(row.text(0)?)?;
    Ok(Some(table(&marks.accounts)))
}
