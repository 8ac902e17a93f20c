//! The four commands. Each gathers its inputs, asks `ledger`, and puts the answer into words.

mod evidence;
mod log;
mod proof;
mod report;

use std::path::Path;

use ledger::SourceError;

use crate::args::Command;
use crate::files::read_file;
use crate::outcome::Outcome;
use crate::text::Text;

pub fn run(command: &Command) -> Outcome {
    let result = match command {
        Command::Log { log, key, since } => log::run(log, key.as_deref(), since),
        Command::Proof { file, entry, key } => proof::run(file, entry, key.as_deref()),
        Command::Evidence { file, key, log } => evidence::run(file, key.as_deref(), log.as_deref()),
        Command::Report { file, evidence, key, log } => report::run(file, evidence, key.as_deref(), log.as_deref()),
    };
    result.unwrap_or_else(Outcome::usage)
}

/// A file named on the command line; that it cannot be read is a mistake in the command.
fn input(path: &Path, max_bytes: usize) -> Result<Vec<u8>, Text> {
    let shown = path.display();
    read_file(path, max_bytes).map_err(|error| match error {
        SourceError::Missing => Text::new(format!("没有文件 `{shown}`"), format!("there is no file `{shown}`")),
        SourceError::TooLong(limit) => Text::new(
            format!("文件 `{shown}` 超过 {limit} 字节"),
            format!("the file `{shown}` is longer than {limit} bytes"),
        ),
        SourceError::Unreadable(why) => {
            Text::new(format!("无法读取 `{shown}`:{why}"), format!("cannot read `{shown}`: {why}"))
        }
    })
}
