//! The `whosaw` program: configuration, wiring, command line.
//!
//! Rule: it decides nothing. Commands that touch people, rules or records go through the gate as a named user, on the
//! channel `cli`, and are recorded like any request.

mod admin;
mod args;
mod asked;
mod backup;
mod channels;
mod clock;
mod config;
mod demo;
mod doctor;
mod evening;
mod feed;
mod findings;
mod import;
mod init;
mod instance;
mod keys;
mod leavers;
mod mail;
mod outbox;
mod outside;
mod policy;
mod posture;
mod reports;
mod reviews;
mod say;
mod sbom;
mod serve;
mod setup;
mod training;
mod watch;
mod webhooks;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let say = say::Say::new(args.json, args.lang);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return say.failed(&error.into()),
    };
    match runtime.block_on(run(args, say)) {
        Ok(code) => code,
        Err(error) => say.failed(&error),
    }
}

async fn run(args: args::Args, say: say::Say) -> anyhow::Result<ExitCode> {
    use args::Command as C;
    match args.command {
        C::Init(a) => init::init(a, say).await,
        C::Serve(a) => serve::serve(a, say).await,
        C::Demo(a) => demo::demo(a, say).await,
        C::Feed(a) => feed::feed(a, say).await,
        C::Import(a) => import::import(a, say).await,
        C::Policy(a) => policy::policy(a, say).await,
        C::Posture(a) => posture::posture(a, say).await,
        C::Backup(a) => backup::backup(a, say).await,
        C::Restore(a) => backup::restore(a, say).await,
        C::Doctor(a) if a.vulnerabilities => doctor::vulnerabilities(&a, say),
        C::Doctor(a) => doctor::doctor(a.data, say).await,
        C::Finding(a) => findings::finding(a, say).await,
        C::Version { sbom } => doctor::version(sbom, say),
        C::Key(a) => keys::key(a, say).await,
        C::User(a) => admin::user(a, say).await,
        C::Role(a) => admin::role(a, say).await,
        C::Token(a) => admin::token(a, say).await,
        C::Ledger(a) => admin::ledger(a, say).await,
        C::Config(a) => config::command(a, say),
        C::Completions { shell } => {
            let mut command = <args::Args as clap::CommandFactory>::command();
            let mut script = vec![];
            clap_complete::generate(shell, &mut command, "whosaw", &mut script);
            say::out(String::from_utf8_lossy(&script).trim_end());
            Ok(ExitCode::SUCCESS)
        }
    }
}
