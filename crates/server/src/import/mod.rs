//! `whosaw import`: CSV and XLSX files into people and records, by a mapping, through the recorded path.

mod cells;
mod mapping;
mod people;
mod rejects;
mod rows;

use std::process::ExitCode;

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use model::{Channel, Clock, JobId, ObjectName};
use serde_json::json;
use store::records::{ImportChunk, ImportRow};

use crate::args::ImportArgs;
use crate::clock::{SystemClock, random};
use crate::config::Config;
use crate::instance::{Instance, refused};
use crate::say::Say;
use cells::Cells;
use mapping::Mapping;
use rejects::Rejects;

/// Rows of one transaction and one event.
const CHUNK: usize = 500;

/// What became of a file.
#[derive(Debug, Default, Clone, Copy)]
pub struct Totals {
    pub rows: u64,
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub rejected: u64,
}

pub async fn import(args: ImportArgs, say: Say) -> anyhow::Result<ExitCode> {
    let mapping = Mapping::load(&args.mapping)?;
    if mapping.object != args.object {
        bail!("the mapping is for `{}`, not for `{}`", mapping.object, args.object);
    }
    let cells = Cells::open(&args.file, mapping.delimiter)?;
    mapping.check_columns(cells.headings())?;
    let instance = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let mut rejects = Rejects::new(args.errors.as_deref())?;
    let done = if args.object == "user" {
        people::import(&instance, &args, &mapping, cells, &mut rejects).await
    } else {
        records(&instance, &args, &mapping, cells, &mut rejects).await
    };
    instance.close().await?;
    let totals = done?;
    rejects.finish()?;
    let what = if args.dry_run { ("试运行", "Dry run") } else { ("导入完成", "Imported") };
    let t = totals;
    let mut zh = format!(
        "{}：共 {} 行，新建 {}，更改 {}，不变 {}，拒绝 {}。",
        what.0, t.rows, t.created, t.changed, t.unchanged, t.rejected
    );
    let mut en = format!(
        "{}: {} rows, {} created, {} changed, {} unchanged, {} rejected.",
        what.1, t.rows, t.created, t.changed, t.unchanged, t.rejected
    );
    for (line_zh, line_en) in rejects.shown() {
        zh.push_str(&format!("\n  {line_zh}"));
        en.push_str(&format!("\n  {line_en}"));
    }
    say.answer(
        &zh,
        &en,
        &json!({ "dry_run": args.dry_run, "rows": t.rows, "created": t.created, "changed": t.changed,
                 "unchanged": t.unchanged, "rejected": t.rejected, "errors": args.errors }),
    );
    Ok(if t.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn progress(cells: &Cells) -> ProgressBar {
    let bar = ProgressBar::new(cells.length());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent}% {msg} {elapsed} → {eta}") {
        bar.set_style(style);
    }
    bar
}

async fn records(
    instance: &Instance,
    args: &ImportArgs,
    mapping: &Mapping,
    mut cells: Cells,
    rejects: &mut Rejects,
) -> anyhow::Result<Totals> {
    let name: ObjectName = args.object.parse().context("--object")?;
    let engine = instance.store.gate().engine();
    let object = engine.compiled().object(&name).cloned().with_context(|| format!("there is no object `{name}`"))?;
    let directory = instance.store.directory();
    let headings = cells.headings().to_vec();
    let reader = rows::Reader::new(mapping, &object, &directory, &headings)?;
    let job = JobId::new(SystemClock.now(), random()?);
    let bar = progress(&cells);
    let mut totals = Totals::default();
    let mut chunk: Vec<ImportRow> = Vec::with_capacity(CHUNK);
    loop {
        let next = cells.next()?;
        let at_end = next.is_none();
        if let Some((number, row)) = next {
            totals.rows += 1;
            match row {
                Err(problem) => rejects.cell(number, &problem)?,
                Ok(row) => match reader.read(number, &row) {
                    Ok(row) => chunk.push(row),
                    Err(problems) => rejects.row(number, &problems)?,
                },
            }
        }
        if chunk.len() >= CHUNK || (at_end && !chunk.is_empty()) {
            write(instance, args, mapping, &name, job, std::mem::take(&mut chunk), &mut totals, &reader, rejects)
                .await?;
            bar.set_position(cells.position());
            bar.set_message(format!("{} rows", totals.rows));
        }
        if at_end {
            break;
        }
    }
    bar.finish_and_clear();
    totals.rejected = rejects.count();
    Ok(totals)
}

#[allow(clippy::too_many_arguments, reason = "one private call; a struct for it would only rename the list")]
async fn write(
    instance: &Instance,
    args: &ImportArgs,
    mapping: &Mapping,
    object: &ObjectName,
    job: JobId,
    rows: Vec<ImportRow>,
    totals: &mut Totals,
    reader: &rows::Reader<'_>,
    rejects: &mut Rejects,
) -> anyhow::Result<()> {
    // If a unique value is taken, the database refuses the chunk as a whole; then the rows go one by one, so that only
    // the wrong one is rejected.
    let mut parts = vec![rows];
    while let Some(part) = parts.pop() {
        let op = ImportChunk {
            job,
            object: object.clone(),
            source: mapping.source.clone(),
            customer_source: mapping.customer.as_ref().map(|c| c.source.clone()).unwrap_or_default(),
            rows: part.clone(),
            dry_run: args.dry_run,
        };
        let caller = crate::instance::caller(instance.user(&args.login)?, Channel::Import);
        let grant = instance.store.gate().admit(&caller, op).await.map_err(|r| refused(&args.login, r))?;
        match instance.store.import(grant).await {
            Ok(outcome) => {
                totals.created += outcome.created;
                totals.changed += outcome.changed;
                totals.unchanged += outcome.unchanged;
                for (number, problems) in &outcome.rejected {
                    rejects.row(*number, &reader.in_columns(problems))?;
                }
            }
            Err(access::path::Refusal::Taken { .. }) if part.len() > 1 => {
                parts.extend(part.into_iter().map(|row| vec![row]));
            }
            Err(access::path::Refusal::Taken { .. }) => {
                for row in part {
                    rejects
                        .row(row.number, &[rejects::Problem::new("", "", "duplicate", "a unique value is taken")])?;
                }
            }
            Err(refusal) => return Err(refused(&args.login, refusal)),
        }
    }
    Ok(())
}
