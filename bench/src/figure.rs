//! A figure: what was measured, beside what it is measured against.

use serde::Serialize;

/// What is to be reached.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Of subject to baseline.
    RatioAtLeast(f64),
    RatioAtMost(f64),
}

/// One line of the summary.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    pub name: &'static str,
    /// The median of the turns.
    pub value: f64,
    pub unit: &'static str,
    pub baseline: Option<f64>,
    /// What the baseline is.
    pub against: &'static str,
    /// `value / baseline`.
    pub ratio: Option<f64>,
    pub target: Option<String>,
    pub reached: Option<bool>,
    /// Sizes, and what must be known to read the figure.
    pub note: String,
}

impl Figure {
    pub fn new(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self {
            name,
            value,
            unit,
            baseline: None,
            against: "",
            ratio: None,
            target: None,
            reached: None,
            note: String::new(),
        }
    }
    pub fn against(mut self, what: &'static str, baseline: f64) -> Self {
        self.against = what;
        self.baseline = Some(baseline);
        self.ratio = (baseline > 0.0).then(|| self.value / baseline);
        self
    }
    /// To be called after [`Self::against`] where the target is one of the ratio.
    pub fn target(mut self, target: Target) -> Self {
        let (text, reached) = match target {
            Target::AtLeast(t) => (format!(">= {t}"), Some(self.value >= t)),
            Target::AtMost(t) => (format!("<= {t}"), Some(self.value <= t)),
            Target::RatioAtLeast(t) => (format!("ratio >= {t}"), self.ratio.map(|r| r >= t)),
            Target::RatioAtMost(t) => (format!("ratio <= {t}"), self.ratio.map(|r| r <= t)),
        };
        self.target = Some(text);
        self.reached = reached;
        self
    }
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

#[allow(clippy::print_stderr, reason = "a program for the terminal: progress goes there")]
pub fn say(line: &str) {
    eprintln!("{line}");
}

fn number(n: f64) -> String {
    match n.abs() {
        a if a >= 1000.0 => format!("{n:.0}"),
        a if a >= 10.0 => format!("{n:.1}"),
        _ => format!("{n:.3}"),
    }
}

#[allow(clippy::print_stdout, reason = "a program for the terminal: the table is its answer")]
pub fn print_table(figures: &[Figure]) {
    println!("| figure | value | unit | baseline | ratio | target | reached |");
    println!("|---|---:|---|---:|---:|---|---|");
    for f in figures {
        let opt = |n: Option<f64>| n.map_or_else(String::new, number);
        let reached = f.reached.map_or("", |r| if r { "yes" } else { "NO" });
        println!(
            "| {} | {} | {} | {} | {} | {} | {reached} |",
            f.name,
            number(f.value),
            f.unit,
            f.baseline.map_or_else(String::new, |b| format!("{} ({})", number(b), f.against)),
            opt(f.ratio),
            f.target.as_deref().unwrap_or(""),
        );
    }
    for f in figures.iter().filter(|f| !f.note.is_empty()) {
        println!("{}: {}", f.name, f.note);
    }
}
