//! A company in files: its accesses, one JSON object a line, and the truth about them.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde::Serialize;

use crate::sim::Simulation;
use crate::world::Settings;

#[derive(Serialize)]
struct Insider<'a> {
    number: u16,
    scheme: &'static str,
    users: &'a [model::UserId],
    first_event: Option<model::EventId>,
    events: Vec<model::EventId>,
}

/// Writes both files.
///
/// # Errors
/// A file cannot be written.
pub fn write(settings: Settings, out: &Path, truth: &Path) -> anyhow::Result<()> {
    let mut company = Simulation::new(settings);
    let mut file = BufWriter::new(File::create(out)?);
    while let Some((_, events)) = company.day() {
        for e in &events {
            serde_json::to_writer(&mut file, &e.seen)?;
            file.write_all(b"\n")?;
        }
    }
    file.flush()?;
    let insiders: Vec<Insider<'_>> = company
        .truth()
        .map(|t| Insider {
            number: t.number,
            scheme: t.scheme.name(),
            users: &t.users,
            first_event: t.first.map(|(event, _)| event),
            events: t.events.iter().copied().collect(),
        })
        .collect();
    let mut file = BufWriter::new(File::create(truth)?);
    serde_json::to_writer_pretty(&mut file, &insiders)?;
    file.flush()?;
    Ok(())
}
