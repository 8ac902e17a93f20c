//! `whosaw import`: CSV and XLSX files into people and records, by a mapping, through the recorded path.
//!
//! Rule: memory does not grow with the file, but for a few bytes per row that tell which keys were seen.

mod cells;
mod mapping;
mod people;
mod rejects;
mod rows;

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;
use std::process::ExitCode;

use access::path::Refusal;
use indicatif::{ProgressBar, ProgressStyle};
use model::{Channel, Clock, JobId, Mask, ObjectName};
use serde_json::json;
use store::records::{ImportChunk, ImportRow};

use crate::args::ImportArgs;
use crate::clock::{SystemClock, random};
use crate::config::Config;
use crate::instance::{Instance, refused};
use crate::say::{Say, told};
use cells::{Cells, Reading};
use mapping::{FileEncoding, Mapping, list};
use rejects::{Problem, Rejects};

/// Rows of one transaction and one event.
const CHUNK: usize = 1000;

/// What became of a file.
#[derive(Debug, Default, Clone, Copy)]
pub struct Totals {
    pub rows: u64,
    pub created: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub rejected: u64,
    /// Departments made; `None` when records are imported.
    pub departments: Option<u64>,
}

pub async fn import(args: ImportArgs, say: Say) -> anyhow::Result<ExitCode> {
    let mapping = Mapping::load(&args.mapping)?;
    if mapping.object != args.object {
        return Err(told(
            format!("该映射用于 `{}`，不是 `{}`", mapping.object, args.object),
            format!("the mapping is for `{}`, not for `{}`", mapping.object, args.object),
        ));
    }
    let gb18030 = mapping.encoding.map(|e| e == FileEncoding::Gb18030);
    let cells = Cells::open(&args.file, Reading { delimiter: mapping.delimiter, gb18030 })?;
    mapping.check_columns(cells.headings())?;
    let instance = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let done = run(&instance, &args, &mapping, cells).await;
    instance.close().await?;
    let (totals, rejects) = done?;
    report(&args, say, totals, &rejects);
    Ok(if totals.rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

async fn run(
    instance: &Instance,
    args: &ImportArgs,
    mapping: &Mapping,
    cells: Cells,
) -> anyhow::Result<(Totals, Rejects)> {
    let mut rejects = Rejects::new(args.errors.as_deref(), [&args.file, &args.mapping])?;
    let totals = if args.object == "user" {
        people::import(instance, args, mapping, cells, &mut rejects).await
    } else {
        records(instance, args, mapping, cells, &mut rejects).await
    };
    // What was found wrong until then is worth reading also when the import broke off.
    rejects.finish()?;
    let mut totals = totals?;
    totals.rejected = rejects.count();
    Ok((totals, rejects))
}

fn report(args: &ImportArgs, say: Say, t: Totals, rejects: &Rejects) {
    let what = if args.dry_run { ("试运行", "Dry run") } else { ("导入完成", "Imported") };
    let mut zh = format!(
        "{}：共 {} 行，新建 {}，更改 {}，不变 {}，拒绝 {}。",
        what.0, t.rows, t.created, t.changed, t.unchanged, t.rejected
    );
    let mut en = format!(
        "{}: {} rows, {} created, {} changed, {} unchanged, {} rejected.",
        what.1, t.rows, t.created, t.changed, t.unchanged, t.rejected
    );
    if let Some(departments) = t.departments {
        zh.push_str(&format!("新建部门 {departments} 个。"));
        en.push_str(&format!(" {departments} departments created."));
    }
    for (line_zh, line_en) in rejects.shown() {
        zh.push_str(&format!("\n  {line_zh}"));
        en.push_str(&format!("\n  {line_en}"));
    }
    if t.rejected > 0 {
        match &args.errors {
            Some(path) => {
                zh.push_str(&format!("\n全部原因见 `{}`。", path.display()));
                en.push_str(&format!("\nAll reasons are in `{}`.", path.display()));
            }
            None => {
                zh.push_str("\n加 --errors FILE 可得到全部原因。");
                en.push_str("\nWith --errors FILE all reasons are written to a file.");
            }
        }
    }
    say.answer(
        &zh,
        &en,
        &json!({ "dry_run": args.dry_run, "rows": t.rows, "created": t.created, "changed": t.changed,
                 "unchanged": t.unchanged, "rejected": t.rejected, "departments_created": t.departments,
                 "errors": args.errors }),
    );
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
    let engine = instance.store.gate().engine();
    let name: Option<ObjectName> = args.object.parse().ok();
    let Some(object) = name.as_ref().and_then(|n| engine.compiled().object(n)).cloned() else {
        let has = list(engine.compiled().objects().map(|o| o.name.as_str()));
        return Err(told(
            format!("没有对象 `{}`；有 {has} 和 `user`", args.object),
            format!("there is no object `{}`; there are {has} and `user`", args.object),
        ));
    };
    let directory = instance.store.directory();
    let headings = cells.headings().to_vec();
    let customer_mask = match object.customer_field.as_ref().and_then(|f| Some(&object.field(f.as_str())?.kind)) {
        Some(model::FieldKind::Reference { object }) => engine
            .compiled()
            .object(object)
            .and_then(|o| o.field(o.title_field.as_str()).map(|f| f.mask.clone()))
            .unwrap_or_default(),
        _ => Mask::Full,
    };
    let reader = rows::Reader::new(mapping, &object, customer_mask, &directory, &headings)?;
    let job = JobId::new(SystemClock.now(), random()?);
    let work = Work { instance, args, mapping, object: &object.name, job, reader: &reader };
    let bar = progress(&cells);
    let mut totals = Totals::default();
    let mut seen = Seen::default();
    let mut chunk: Vec<ImportRow> = Vec::with_capacity(CHUNK);
    loop {
        let next = cells.next()?;
        let at_end = next.is_none();
        if let Some((number, row)) = next {
            totals.rows += 1;
            match row {
                Err(problem) => rejects.cell(number, &problem)?,
                Ok(row) => match reader.read(number, &row) {
                    Ok(row) => match seen.earlier(&row) {
                        None => chunk.push(row),
                        Some(first) => rejects.row(number, &[reader.same_key(&row, first)])?,
                    },
                    Err(problems) => rejects.row(number, &problems)?,
                },
            }
        }
        if chunk.len() >= CHUNK || (at_end && !chunk.is_empty()) {
            work.write(std::mem::take(&mut chunk), &mut totals, rejects).await?;
            bar.set_position(cells.position());
            bar.set_message(totals.rows.to_string());
        }
        if at_end {
            break;
        }
    }
    bar.finish_and_clear();
    Ok(totals)
}

/// Which keys the file has had, as hashes: some 35 bytes a row.
#[derive(Default)]
struct Seen {
    rows: HashMap<u64, u64>,
    hash: RandomState,
}

impl Seen {
    /// The row that had this key before.
    fn earlier(&mut self, row: &ImportRow) -> Option<u64> {
        match self.rows.entry(self.hash.hash_one(&row.key)) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(row.number);
                None
            }
        }
    }
}

struct Work<'a> {
    instance: &'a Instance,
    args: &'a ImportArgs,
    mapping: &'a Mapping,
    object: &'a ObjectName,
    job: JobId,
    reader: &'a rows::Reader<'a>,
}

impl Work<'_> {
    async fn write(&self, rows: Vec<ImportRow>, totals: &mut Totals, rejects: &mut Rejects) -> anyhow::Result<()> {
        let (instance, login) = (self.instance, &self.args.login);
        // If somebody else takes a key or a unique value at the same moment, the database refuses the chunk as a whole;
        // then the rows go one by one, so that only the wrong one is rejected.
        let mut parts = vec![rows];
        while let Some(part) = parts.pop() {
            let op = ImportChunk {
                job: self.job,
                object: self.object.clone(),
                source: self.mapping.source.clone(),
                customer_source: self.mapping.customer.as_ref().map(|c| c.source.clone()).unwrap_or_default(),
                rows: part.clone(),
                dry_run: self.args.dry_run,
            };
            let caller = crate::instance::caller(instance.user(login)?, Channel::Import);
            let grant = instance.store.gate().admit(&caller, op).await.map_err(|r| refused(login, r))?;
            match instance.store.import(grant).await {
                Ok(outcome) => {
                    totals.created += outcome.created;
                    totals.changed += outcome.changed;
                    totals.unchanged += outcome.unchanged;
                    for (number, problems) in &outcome.rejected {
                        let row = part.iter().find(|r| r.number == *number);
                        rejects.row(*number, &self.reader.in_columns(row, problems))?;
                    }
                }
                Err(Refusal::Taken { .. }) if part.len() > 1 => {
                    parts.extend(part.into_iter().rev().map(|row| vec![row]));
                }
                Err(Refusal::Taken { .. }) => {
                    for row in part {
                        let problem = Problem::new("", "", "duplicate", "a value that must be unique is taken");
                        rejects.row(row.number, &[problem])?;
                    }
                }
                Err(refusal) => return Err(refused(login, refusal)),
            }
        }
        Ok(())
    }
}
