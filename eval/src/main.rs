//! `make eval`: how good detection is (docs/detection.md).
//!
//! ```text
//! whosaw-eval quality --seeds tuning      # while working on a detector
//! whosaw-eval quality --seeds reporting   # what is reported
//! whosaw-eval bank --log events.csv.gz --figures bank.json
//! whosaw-eval simulate --seed 1 --out events.ndjson --truth truth.json
//! ```

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Parser, Subcommand};
use eval::baseline::{Unexplained, Volume, ZScore};
use eval::calibration::{self, calibrate};
use eval::engine::Engine;
use eval::score::{REPORTING, Run, Scorer, TUNING, run};
use eval::table;
use eval::world::Settings;
use eval::{bpi, calendar, oracle};

/// Measures detection.
#[derive(Debug, Parser)]
#[command(name = "whosaw-eval")]
struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Insiders found at budgets of alerts, beside simple methods.
    Quality {
        /// `tuning`, `reporting`, or numbers with commas.
        #[arg(long, default_value = "reporting")]
        seeds: String,
        #[arg(long, default_value_t = 1_000)]
        people: u32,
        #[arg(long, default_value_t = 90)]
        days: u32,
        #[arg(long, default_value_t = 30)]
        insiders: u32,
        /// Also the patterns and the insiders that were missed.
        #[arg(long)]
        detail: bool,
    },
    /// Reads the bank's log, runs the detectors over it and writes its figures for the recount in SQL.
    Bank {
        #[arg(long)]
        log: PathBuf,
        #[arg(long)]
        figures: PathBuf,
    },
    /// Whether scores mean what they say, in companies without insiders.
    Calibrate {
        #[arg(long, default_value = "reporting")]
        seeds: String,
        #[arg(long, default_value_t = 1_000)]
        people: u32,
    },
    /// Judges rules over random accesses, for the comparison with another engine (`eval/oracle/compare.py`).
    Oracle {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 20_000)]
        events: u64,
        /// A list of `{name, text}` in JSON.
        #[arg(long)]
        rules: PathBuf,
        /// Where the accesses go, a line of JSON each.
        #[arg(long)]
        accesses: PathBuf,
        /// Where the verdicts go.
        #[arg(long)]
        out: PathBuf,
    },
    /// Writes a company's accesses and the truth about them.
    Simulate {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 1_000)]
        people: u32,
        #[arg(long, default_value_t = 90)]
        days: u32,
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        truth: PathBuf,
    },
}

#[allow(clippy::print_stdout, reason = "a program for the terminal: the table is its answer")]
fn say(text: &str) {
    println!("{text}");
}

#[allow(clippy::print_stderr, reason = "a program for the terminal: progress goes there")]
fn progress(text: &str) {
    eprintln!("{text}");
}

fn seeds(text: &str) -> anyhow::Result<Vec<u64>> {
    Ok(match text {
        "tuning" => TUNING.to_vec(),
        "reporting" => REPORTING.to_vec(),
        numbers => numbers.split(',').map(str::parse).collect::<Result<_, _>>()?,
    })
}

fn methods() -> anyhow::Result<Vec<Box<dyn Scorer>>> {
    Ok(vec![
        Box::new(Engine::new()?),
        Box::new(ZScore::new(Volume::Events)),
        Box::new(ZScore::new(Volume::Customers)),
        Box::new(Unexplained),
    ])
}

fn main() -> anyhow::Result<()> {
    match Args::parse().what {
        What::Quality { seeds: of, people, days, insiders, detail } => {
            let mut runs: Vec<Run> = vec![];
            for seed in seeds(&of)? {
                let one = run(Settings { people, days, insiders, ..Settings::of(seed) }, methods()?);
                progress(&format!(
                    "seed {seed}: {} people, {} events, undocumented {:.3}",
                    one.people, one.events, one.undocumented
                ));
                runs.push(one);
            }
            say(&table::quality(&runs));
            for m in runs.first().map(|r| r.results.iter().map(|m| m.method).collect::<Vec<_>>()).unwrap_or_default() {
                say(&format!("\n{m}\n"));
                say(&table::kinds(&runs, m, "z-score of customers"));
                if detail {
                    say(&table::patterns(&runs, m, 10));
                }
            }
        }
        What::Bank { log, figures } => {
            if !log.exists() {
                say("The log of the bank is not here: its findings are not counted again.");
                return Ok(());
            }
            let begun = Instant::now();
            let read = bpi::read(&log)?;
            say(&format!(
                "{} lines in {:.1} s, {} rejected",
                read.rows.len(),
                begun.elapsed().as_secs_f64(),
                read.rejected.len()
            ));
            let (rules, alerts) = bpi::detect(&read, 1)?;
            say("\n| rule | days of a person | persons |\n|---|---|---|");
            for (rule, (n, users)) in rules {
                say(&format!("| {rule} | {n} | {users} |"));
            }
            say("\none alert a day:\n\n| day | who | rule | observed | usual |\n|---|---|---|---|---|");
            for a in alerts.iter().filter(|a| !a.joins) {
                let usual = a.expected.map_or_else(|| "–".to_owned(), |e| format!("{e:.1}"));
                say(&format!("| {} | {} | {} | {} | {usual} |", calendar::date_of(a.day), a.who, a.rule, a.observed));
            }
            std::fs::write(figures, serde_json::to_vec_pretty(&bpi::figures(&read))?)?;
        }
        What::Calibrate { seeds: of, people } => {
            let all: Vec<_> =
                seeds(&of)?.into_iter().map(|seed| calibrate(Settings { people, ..Settings::of(seed) })).collect();
            say(&calibration::table(&all));
        }
        What::Oracle { seed, events, rules, accesses, out } => {
            let asked: Vec<oracle::Asked> = serde_json::from_slice(&std::fs::read(rules)?)?;
            let all = oracle::accesses(seed, events)?;
            let mut lines = std::io::BufWriter::new(std::fs::File::create(accesses)?);
            for (of, scores) in &all {
                serde_json::to_writer(&mut lines, &oracle::line(of, scores))?;
                lines.write_all(b"\n")?;
            }
            lines.flush()?;
            let verdicts: Vec<_> = asked.iter().map(|one| oracle::judge(one, &all)).collect();
            std::fs::write(out, serde_json::to_vec(&verdicts)?)?;
        }
        What::Simulate { seed, people, days, out, truth } => {
            eval::files::write(Settings { people, days, ..Settings::of(seed) }, &out, &truth)?
        }
    }
    Ok(())
}
