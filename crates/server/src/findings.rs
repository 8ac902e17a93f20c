//! Vulnerabilities 漏洞: what is past its date is told, and what was accepted until now is open again; `whosaw finding`.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, anyhow};
use model::{Clock as _, Severity};
use serde_json::{Value, json};
use store::arrived::Arrived;
use store::findings::{FindingCard, Format, ListFindings, MOST_BYTES, MOST_LISTED, State, TakeScan};
use tokio::sync::watch;

use crate::args::{FindingArgs, FindingCommand};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::instance::{Instance, refused};
use crate::outbox::Outbox;
use crate::say::Say;

/// Looks after the dates.
pub struct Findings(pub store::Store);

#[async_trait::async_trait]
impl Outbox for Findings {
    const EVERY: Duration = Duration::from_secs(10);

    async fn round(&mut self, _n: u64, _stopped: &mut watch::Receiver<bool>) {
        match self.0.pass_findings(SystemClock.now()).await {
            Ok(round) if round.overdue > 0 || round.expired > 0 => {
                tracing::info!(round.overdue, round.expired, "vulnerabilities are overdue, or open again");
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "dates of vulnerabilities were not looked at; it is tried again"),
        }
    }
}

/// `whosaw finding`: as the console, from the command line.
pub async fn finding(args: FindingArgs, say: Say) -> anyhow::Result<ExitCode> {
    let instance = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let work = Work { i: &instance, by: &args.login, say };
    let done = match args.command {
        FindingCommand::Import { asset, format, dry_run, file } => {
            work.import(&asset, format.as_deref(), dry_run, &file).await
        }
        FindingCommand::List { all, asset, severity } => work.list(all, asset, severity.as_deref()).await,
    };
    instance.close().await?;
    done
}

struct Work<'a> {
    i: &'a Instance,
    by: &'a str,
    say: Say,
}

fn line(card: &FindingCard) -> String {
    let due = card.due_at.map(|t| t.to_string()).unwrap_or_default();
    let late = if card.overdue { "!" } else { " " };
    format!(
        "{:<13} {:<14} {late}{:<24} {:<20} {}  {}",
        card.severity.as_str(),
        card.state.as_str(),
        due,
        card.asset,
        card.title,
        card.location
    )
}

fn told(card: &FindingCard) -> Value {
    json!({
        "id": card.id, "title": card.title, "rule": card.rule, "ids": card.ids, "severity": card.severity,
        "state": card.state.as_str(), "asset": card.asset, "tool": card.tool, "part": card.part, "location": card.location,
        "found_at": card.found_at, "due_at": card.due_at, "overdue": card.overdue,
    })
}

impl Work<'_> {
    async fn import(
        &self,
        asset: &str,
        format: Option<&str>,
        dry: bool,
        file: &std::path::Path,
    ) -> anyhow::Result<ExitCode> {
        let format = match format {
            None => None,
            Some(name) => Some(Format::read(name).ok_or_else(|| anyhow!("`{name}` is not a format that is read"))?),
        };
        let at = || format!("`{}`", file.display());
        let mut bytes = vec![];
        // One byte more than is read: so it is known that there is more.
        let most = u64::try_from(MOST_BYTES)?.saturating_add(1);
        let input = std::fs::File::open(file).with_context(at)?;
        std::io::Read::read_to_end(&mut std::io::Read::take(input, most), &mut bytes).with_context(at)?;
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let op = TakeScan::new(asset.to_owned(), name.clone(), format, Arrived::Whole(bytes), dry);
        let grant = self.i.admit(self.by, op).await?;
        let taken = self.i.store.take_scan(grant).await.map_err(|r| refused(self.by, r)).with_context(at)?.into_inner();
        let (scan, c) = (&taken.scan, taken.scan.counts);
        let (zh, en) = match (taken.known, dry) {
            (true, _) => ("（此前已导入，未作改动）", " (taken in before, nothing was changed)"),
            (false, true) => ("（试读，未导入）", " (only tried)"),
            (false, false) => ("", ""),
        };
        let (whole_zh, whole_en) = match scan.complete {
            true => ("", ""),
            false => ("；扫描未完成，不据此关闭漏洞", "; the scan did not run to its end and closes nothing"),
        };
        self.say.answer(
            &format!(
                "{name}{zh}：{} / {}，新发现 {}，仍存在 {}，重新出现 {}，已验证修复 {}{whole_zh}",
                scan.asset, scan.tool, c.found, c.still, c.reopened, c.verified
            ),
            &format!(
                "{name}{en}: {} / {}, {} found, {} still there, {} open again, {} verified as mended{whole_en}",
                scan.asset, scan.tool, c.found, c.still, c.reopened, c.verified
            ),
            &json!({
                "scan": scan.id, "asset": scan.asset, "tool": scan.tool, "format": scan.format, "sha256": scan.digest,
                "known": taken.known, "dry": dry, "complete": scan.complete, "counts": c, "tally": scan.tally,
            }),
        );
        Ok(ExitCode::SUCCESS)
    }

    async fn list(&self, all: bool, asset: Option<String>, severity: Option<&str>) -> anyhow::Result<ExitCode> {
        let severity = match severity {
            None => None,
            Some(name) => Some(Severity::read(name).ok_or_else(|| anyhow!("`{name}` is not a severity"))?),
        };
        let states = match all {
            true => vec![],
            false => State::ALL.into_iter().filter(|s| s.is_open()).collect(),
        };
        let mut op = ListFindings { states, severity, asset, limit: MOST_LISTED, ..ListFindings::default() };
        let (mut lines, mut doc) = (vec![], vec![]);
        loop {
            let grant = self.i.admit(self.by, op.clone()).await?;
            let page = self.i.store.list_findings(grant).await.map_err(|r| refused(self.by, r))?.into_inner();
            lines.extend(page.items.iter().map(line));
            doc.extend(page.items.iter().map(told));
            match page.next {
                Some(next) => op.after = Some(next),
                None => break,
            }
        }
        let (zh, en) = match lines.is_empty() {
            true => ("没有符合条件的漏洞。".to_owned(), "There is no such vulnerability.".to_owned()),
            false => (lines.join("\n"), lines.join("\n")),
        };
        self.say.answer(&zh, &en, &json!({ "findings": doc }));
        Ok(ExitCode::SUCCESS)
    }
}
