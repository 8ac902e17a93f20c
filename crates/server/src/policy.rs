//! `whosaw policy`: the policy in force, and what another would have done with what people did.

use std::fmt::Write as _;
use std::process::ExitCode;

use access::engine::replay::{Counts, Totals};
use anyhow::{Context, anyhow};
use model::{Action, Clock, Policy};
use serde_json::{Value, json};
use store::company::GetPolicy;
use store::jobs::{BeginReplay, ShowReplay};
use store::replay::{Replayed, ToReplay, Told};

use crate::args::{PolicyArgs, PolicyCommand};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::instance::{Instance, refused};
use crate::say::Say;

/// Lines of each list that are printed for people; the document has all.
const PRINTED: usize = 10;

pub async fn policy(args: PolicyArgs, say: Say) -> anyhow::Result<ExitCode> {
    let instance = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let by = args.login.as_str();
    let done = match args.command {
        PolicyCommand::Show => show(&instance, by).await,
        PolicyCommand::Replay { file, days } => replay(&instance, by, &file, days, say).await,
    };
    instance.close().await?;
    done
}

async fn show(i: &Instance, by: &str) -> anyhow::Result<ExitCode> {
    let grant = i.admit(by, GetPolicy { version: None }).await?;
    let found = i.store.get_policy(grant).await.map_err(|r| refused(by, r))?.into_inner();
    crate::say::out(&serde_json::to_string_pretty(&found.policy)?);
    Ok(ExitCode::SUCCESS)
}

async fn replay(i: &Instance, by: &str, file: &std::path::Path, days: u32, say: Say) -> anyhow::Result<ExitCode> {
    let text = std::fs::read_to_string(file).with_context(|| format!("`{}`", file.display()))?;
    let policy: Policy = serde_json::from_str(&text).with_context(|| format!("`{}`", file.display()))?;
    let no = |r| refused(by, r);
    let op = BeginReplay::new(ToReplay { policy, days }, SystemClock.now());
    let job = op.id;
    let grant = i.admit(by, op).await?;
    let begun = i.store.begin_replay(grant).await.map_err(no)?.into_inner();
    say.line(&format!("正在回放 {} 条事件……", begun.total), &format!("Replaying {} events…", begun.total));
    i.store.run_job(job, &SystemClock).await.map_err(no)?;
    let grant = i.admit(by, ShowReplay { job }).await?;
    let (job, found) = i.store.show_replay(grant).await.map_err(no)?.into_inner();
    let found = found.ok_or_else(|| anyhow!("the replay came to nothing: {}", job.why.unwrap_or_default()))?;
    say.answer(&in_chinese(&found), &in_english(&found), &document(&found));
    Ok(ExitCode::SUCCESS)
}

fn untold(t: &Totals) -> u64 {
    t.untold.values().sum()
}

fn in_chinese(r: &Replayed) -> String {
    let t = &r.totals;
    let mut text = format!(
        "{} 条事件，{} 次访问（{} 种情形），其中 {} 次结果不变，{} 次无法判断。\n将被拒绝 {}，将脱敏 {}，将隐藏 {}，将放行 {}，将多显示 {}；涉及 {} 人、{} 个客户。",
        r.events,
        t.decisions,
        t.situations,
        t.same,
        untold(t),
        t.counts.refused,
        t.counts.masked,
        t.counts.hidden,
        t.counts.allowed,
        t.counts.shown,
        r.people,
        t.customers
    );
    let line = |c: &Counts| {
        format!("拒绝 {} 脱敏 {} 隐藏 {} 放行 {} 多显示 {}", c.refused, c.masked, c.hidden, c.allowed, c.shown)
    };
    for (why, n) in &t.untold {
        let _ = write!(text, "\n  无法判断（{why}）：{n}");
    }
    lists(&mut text, r, ["人员", "操作", "规则"], |a| a.zh().to_owned(), line);
    text
}

fn in_english(r: &Replayed) -> String {
    let t = &r.totals;
    let mut text = format!(
        "{} events, {} accesses ({} situations): {} as before, {} cannot be told.\nWould be refused {}, masked {}, hidden {}, \
         allowed {}, shown further {}; {} people, {} customers.",
        r.events,
        t.decisions,
        t.situations,
        t.same,
        untold(t),
        t.counts.refused,
        t.counts.masked,
        t.counts.hidden,
        t.counts.allowed,
        t.counts.shown,
        r.people,
        t.customers
    );
    let line = |c: &Counts| {
        format!("refused {} masked {} hidden {} allowed {} shown {}", c.refused, c.masked, c.hidden, c.allowed, c.shown)
    };
    for (why, n) in &t.untold {
        let _ = write!(text, "\n  cannot be told ({why}): {n}");
    }
    lists(&mut text, r, ["People", "Operations", "Rules"], |a| a.as_str().to_owned(), line);
    text
}

fn lists(
    text: &mut String,
    r: &Replayed,
    [people, operations, rules]: [&str; 3],
    word: impl Fn(Action) -> String,
    line: impl Fn(&Counts) -> String,
) {
    let mut one = |head: &str, all: Vec<(String, &Counts)>| {
        if all.is_empty() {
            return;
        }
        let _ = write!(text, "\n{head}");
        for (name, counts) in all.into_iter().take(PRINTED) {
            let _ = write!(text, "\n  {name}  {}", line(counts));
        }
    };
    one(people, r.by_user.iter().map(|t| (t.name.clone(), &t.counts)).collect());
    let action = |t: &Told<String>| t.of.parse::<Action>().map_or_else(|_| t.of.clone(), &word);
    one(operations, r.by_action.iter().map(|t| (action(t), &t.counts)).collect());
    one(rules, r.by_rule.iter().map(|t| (t.of.clone(), &t.counts)).collect());
}

fn document(r: &Replayed) -> Value {
    let people: Vec<Value> =
        r.by_user.iter().map(|t| json!({ "of": t.of, "name": t.name, "counts": t.counts })).collect();
    json!({
        "base": r.base, "from": r.from, "until": r.until, "events": r.events, "totals": r.totals, "people": r.people,
        "by_user": people, "by_department": r.by_department, "by_rule": r.by_rule, "by_action": r.by_action,
    })
}
