//! `whosaw-verify`: checks ledgers, proofs and evidence files. It needs no database, no server and, unless given a URL,
//! no network; it trusts the key it is handed and nothing else.
//!
//! ```text
//! whosaw-verify log /srv/ledger --key whosaw.example/audit+1a2b3c4d+AT… --since checkpoint-of-last-month
//! ```

mod args;
mod files;
mod key;
mod outcome;
mod run;
mod say;
mod text;
mod web;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let shown = error.print();
            // `--help` and `--version` are answers, not errors.
            let code = if error.use_stderr() || shown.is_err() { outcome::USAGE } else { 0 };
            return ExitCode::from(code);
        }
    };
    let language = args.language();
    let outcome = run::run(&args.command);
    let text = if args.json { outcome.to_json() } else { outcome.to_text(language) };
    let mut out = std::io::stdout().lock();
    // An answer that nobody could read must not pass for a good one.
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::from(outcome.code),
        Err(_) => ExitCode::from(outcome.code.max(outcome::INCOMPLETE)),
    }
}
