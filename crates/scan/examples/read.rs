//! Says what reports hold: `cargo run -p whosaw-scan --example read FILE…`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line's answer")]

use std::collections::HashSet;

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        match scan::read(&bytes, None) {
            Ok(s) => {
                let distinct: HashSet<&str> = s.findings.iter().map(|f| f.fingerprint.as_str()).collect();
                let (f, t) = (s.findings.len(), s.tally);
                assert_eq!(distinct.len(), f, "two findings of {path} have one fingerprint");
                println!(
                    "{path}\t{}\t{}\tresults {}\tfindings {f}\tset aside {}\trepeated {}\tcomplete {}",
                    s.format.as_str(),
                    s.tool,
                    t.results,
                    t.set_aside,
                    t.repeated,
                    s.complete
                );
            }
            Err(error) => println!("{path}\t{}\t{error}", error.code()),
        }
    }
}
