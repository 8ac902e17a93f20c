//! Measures what the project promises, each figure beside its baseline of the same run (docs/benchmarks.md).
//!
//! Rule: a figure that was not measured is not printed; nothing here asserts a time. Subject and baseline take turns within
//! one run, and the median of the turns counts, so that a busy machine slows both.
//!
//! ```text
//! whosaw-bench --out target/bench/summary.json      # everything
//! whosaw-bench --quick                              # small sizes, under a minute
//! whosaw-bench --only append --only view
//! ```

mod append;
mod customers;
mod decide;
mod events;
mod figure;
mod house;
mod http;
mod papers;
mod plain;
mod postgres;
mod reasons;
mod replay;
mod sample;
mod verify;
mod view;
mod watch;

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

use figure::{Figure, print_table};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Append,
    Decide,
    Replay,
    Verify,
    View,
    Postgres,
    Customers,
    Events,
    Papers,
    Reasons,
    Watch,
}

/// Measures Whosaw and writes the figures with their baselines.
#[derive(Debug, Parser)]
#[command(name = "whosaw-bench")]
pub struct Args {
    /// Where the figures are written as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Small sizes: says that it works, not how fast it is.
    #[arg(long)]
    quick: bool,
    /// Only these parts.
    #[arg(long)]
    only: Vec<Part>,
    /// Folder for databases; it must be on the disk that is to be measured.
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Customers imported for lists and searches.
    #[arg(long, default_value_t = 1_000_000)]
    customers: u64,
    /// Events for questions about the log.
    #[arg(long, default_value_t = 10_000_000)]
    events: u64,
    /// Seconds of each turn of a load.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Turns of subject and baseline.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Repeats one load without its baseline for so many seconds, for a profiler to look at.
    #[arg(long)]
    profile: Option<u64>,
    /// Only holds the state of so many people, and says what it takes: what the bench has a process of its own for.
    #[arg(long, hide = true)]
    state_of: Option<u64>,
}

/// Sizes of this run.
pub struct Sizes {
    pub dir: PathBuf,
    pub customers: u64,
    pub events: u64,
    pub view_customers: u64,
    pub seconds: f64,
    pub rounds: usize,
    pub leaves: u64,
    pub profile: Option<u64>,
    quick: bool,
}

impl Sizes {
    /// It is to be seen that it works, not how fast it is.
    pub fn is_quick(&self) -> bool {
        self.quick
    }
}

impl Args {
    fn sizes(&self) -> Sizes {
        let (customers, events, seconds, rounds) = if self.quick {
            (self.customers.min(5_000), self.events.min(50_000), 0.5, self.rounds.min(2))
        } else {
            (self.customers, self.events, f64::from(u32::try_from(self.seconds).unwrap_or(5)), self.rounds.max(1))
        };
        Sizes {
            dir: self.dir.clone().unwrap_or_else(std::env::temp_dir),
            customers,
            events,
            view_customers: if self.quick { 2_000 } else { 20_000 },
            seconds,
            rounds,
            leaves: if self.quick { 50_000 } else { 1_000_000 },
            profile: self.profile,
            quick: self.quick,
        }
    }
}

/// As in the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[allow(clippy::print_stdout, reason = "the answer of a process to the one that began it")]
fn say_json(of: &watch::Of) -> anyhow::Result<()> {
    println!("{}", serde_json::to_string(of)?);
    Ok(())
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let sizes = args.sizes();
    let wanted = |part| args.only.is_empty() || args.only.contains(&part);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    if let Some(people) = args.state_of {
        return say_json(&runtime.block_on(watch::child(people, &sizes.dir))?);
    }
    let mut figures: Vec<Figure> = vec![];
    let mut failed = vec![];
    for part in Part::value_variants().iter().copied().filter(|p| wanted(*p)) {
        figure::say(&format!("measuring: {part:?}"));
        let measured = match part {
            Part::Append => runtime.block_on(append::measure(&sizes)),
            Part::Decide => decide::measure(&sizes),
            Part::Replay => replay::measure(&sizes),
            Part::Verify => verify::measure(&sizes),
            Part::View => runtime.block_on(view::measure(&sizes)),
            Part::Postgres => runtime.block_on(postgres::measure(&sizes)),
            Part::Customers => runtime.block_on(customers::measure(&sizes)),
            Part::Events => runtime.block_on(events::measure(&sizes)),
            Part::Papers => papers::measure(&sizes),
            Part::Reasons => runtime.block_on(reasons::measure(&sizes)),
            Part::Watch => runtime.block_on(watch::measure(&sizes)),
        };
        match measured {
            Ok(more) => figures.extend(more),
            Err(error) => failed.push(format!("{part:?} was not measured: {error:#}")),
        }
    }
    print_table(&figures);
    for line in &failed {
        figure::say(line);
    }
    if let Some(out) = &args.out {
        if let Some(folder) = out.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(out, serde_json::to_vec_pretty(&figures)?)?;
    }
    if failed.is_empty() { Ok(()) } else { anyhow::bail!("{} parts were not measured", failed.len()) }
}
