//! `whosaw feed`: other systems' access logs, from files of this machine into the same ledger, through the gate.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use model::feed::FeedSource;
use model::{Clock, FeedLoadId};
use serde_json::{Value, json};
use store::company::Note;
use store::feeds::{
    BeginFeedLoad, DropFeed, Feed, FeedPreview, ListFeeds, ListRejected, LoadView, PreviewFeed, PutFeed, Unpacked,
    What, file_digest,
};

use crate::args::{FeedArgs, FeedCommand};
use crate::clock::SystemClock;
use crate::config::Config;
use crate::instance::{Instance, refused};
use crate::say::Say;

/// Bytes of a file that a trial looks at.
const TRIED: u64 = 8 << 20;

pub async fn feed(args: FeedArgs, say: Say) -> anyhow::Result<ExitCode> {
    let instance = Instance::open(&args.data.data, Config::load(&args.data.data)?).await?;
    let done = Work { i: &instance, by: &args.login, say }.run(args.command).await;
    instance.close().await?;
    done
}

struct Work<'a> {
    i: &'a Instance,
    by: &'a str,
    say: Say,
}

fn source_of(file: &Path) -> anyhow::Result<FeedSource> {
    let text = std::fs::read_to_string(file).with_context(|| format!("`{}`", file.display()))?;
    let source: FeedSource = match file.extension().is_some_and(|e| e == "json") {
        true => serde_json::from_str(&text).with_context(|| format!("`{}`", file.display()))?,
        false => toml::from_str(&text).with_context(|| format!("`{}`", file.display()))?,
    };
    Ok(source)
}

/// The file itself, or those in a folder by their names: logs are named by their days.
fn files_of(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let meta = std::fs::metadata(path).with_context(|| format!("`{}`", path.display()))?;
    if !meta.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut all = vec![];
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type()?.is_file() && !hidden {
            all.push(entry.path());
        }
    }
    all.sort();
    match all.is_empty() {
        true => Err(anyhow!("there is no file in `{}`", path.display())),
        false => Ok(all),
    }
}

fn told(view: &LoadView) -> Value {
    json!({ "id": view.id, "file": view.file, "state": view.state, "counts": view.counts, "codes": view.codes,
            "first_at": view.first_at, "last_at": view.last_at, "failure": view.failure })
}

impl Work<'_> {
    async fn run(&self, command: FeedCommand) -> anyhow::Result<ExitCode> {
        let no = |r| refused(self.by, r);
        match command {
            FeedCommand::Add { file } => {
                let source = source_of(&file)?;
                let name = source.name.clone();
                let grant = self.i.admit(self.by, PutFeed { source, note: Note::default() }).await?;
                let version = self.i.store.put_feed(grant).await.map_err(no)?.into_inner();
                self.say.answer(
                    &format!("来源 {name} 已保存，第 {version} 版。"),
                    &format!("Source {name} is kept, version {version}."),
                    &json!({ "source": name, "version": version }),
                );
            }
            FeedCommand::Remove { source } => {
                let grant = self.i.admit(self.by, DropFeed { name: source.clone() }).await?;
                self.i.store.drop_feed(grant).await.map_err(no)?;
                self.say.answer(
                    &format!("来源 {source} 已移除；已载入的记录保留。"),
                    &format!("Source {source} is removed; what was taken in stays."),
                    &json!({ "source": source }),
                );
            }
            FeedCommand::List => self.list().await?,
            FeedCommand::Load { source, files, dry_run, mapping } => {
                if dry_run {
                    return self.try_out(source.as_deref(), mapping.as_deref(), &files).await;
                }
                let source = source.ok_or_else(|| anyhow!("name a source: --source NAME"))?;
                return self.load(&source, &files).await;
            }
            FeedCommand::Rejected { load } => self.rejected(&load).await?,
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn list(&self) -> anyhow::Result<()> {
        let grant = self.i.admit(self.by, ListFeeds).await?;
        let all = self.i.store.list_feeds(grant).await.map_err(|r| refused(self.by, r))?.into_inner();
        let (mut zh, mut en, mut doc) = (vec![], vec![], vec![]);
        for view in &all {
            let s = &view.kept.source;
            let c = view.counts;
            zh.push(format!(
                "{:<20} {:<12} 记录 {}，已知 {}，略过 {}，拒绝 {}；已检测 {}，其中迟到 {}",
                s.name,
                s.format.as_str(),
                c.taken,
                c.known,
                c.skipped,
                c.rejected,
                view.judged,
                view.late
            ));
            en.push(format!(
                "{:<20} {:<12} {} events, {} known, {} left out, {} rejected; {} judged, {} of them late",
                s.name,
                s.format.as_str(),
                c.taken,
                c.known,
                c.skipped,
                c.rejected,
                view.judged,
                view.late
            ));
            for load in &view.loads {
                let line =
                    format!("    {}  {:<8} {:>9}  {}", load.id, load.state.as_str(), load.counts.lines, load.file);
                zh.push(line.clone());
                en.push(line);
            }
            doc.push(json!({
                "source": **s, "version": view.kept.version, "counts": c, "judged": view.judged, "late": view.late,
                "loads": view.loads.iter().map(told).collect::<Vec<_>>(),
            }));
        }
        if all.is_empty() {
            zh.push("没有来源。用 `whosaw feed add FILE` 添加。".to_owned());
            en.push("There is no source; add one with `whosaw feed add FILE`.".to_owned());
        }
        self.say.answer(&zh.join("\n"), &en.join("\n"), &json!({ "sources": doc }));
        Ok(())
    }

    async fn load(&self, source: &str, paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
        let no = |r| refused(self.by, r);
        let (mut zh, mut en, mut doc) = (vec![], vec![], vec![]);
        let mut rejected = 0;
        for path in paths.iter().map(|p| files_of(p)).collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten() {
            let at = || format!("`{}`", path.display());
            let (digest, bytes) = file_digest(File::open(&path).with_context(at)?).with_context(at)?;
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let op = BeginFeedLoad { source: source.to_owned(), file: name.clone(), bytes, digest };
            let grant = self.i.admit(self.by, op).await?;
            let mut load = self.i.store.begin_feed_load(grant).await.map_err(no)?.into_inner();
            let (over, from) = (load.is_over(), load.position());
            if from > 0 && !over {
                self.say.line(
                    &format!("{name}：从第 {from} 行之后继续。"),
                    &format!("{name}: goes on behind line {from}."),
                );
            }
            let input = File::open(&path).with_context(at)?;
            let bar = indicatif::ProgressBar::new_spinner();
            let view = self
                .i
                .store
                .run_feed_load(
                    &mut load,
                    |source, now| Feed::new(Unpacked::of(input)?, source, now),
                    || SystemClock.now(),
                    |counts| {
                        bar.set_message(counts.lines.to_string());
                        bar.tick();
                    },
                )
                .await
                .map_err(no);
            bar.finish_and_clear();
            let view = view.with_context(at)?;
            let c = view.counts;
            rejected += c.rejected;
            let (again_zh, again_en) = if over { ("（此前已载入）", " (taken in before)") } else { ("", "") };
            zh.push(format!(
                "{name}{again_zh}：{} 行，新增 {}，已知 {}，略过 {}，拒绝 {}",
                c.lines, c.taken, c.known, c.skipped, c.rejected
            ));
            en.push(format!(
                "{name}{again_en}: {} lines, {} taken in, {} known, {} left out, {} rejected",
                c.lines, c.taken, c.known, c.skipped, c.rejected
            ));
            if c.rejected > 0 {
                let codes: Vec<String> = view.codes.iter().map(|(code, n)| format!("{code} {n}")).collect();
                let line = format!("    {}  whosaw feed rejected {}", codes.join(", "), view.id);
                zh.push(line.clone());
                en.push(line);
            }
            doc.push(told(&view));
        }
        self.say.answer(&zh.join("\n"), &en.join("\n"), &json!({ "source": source, "files": doc }));
        Ok(if rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
    }

    async fn try_out(
        &self,
        source: Option<&str>,
        mapping: Option<&Path>,
        files: &[PathBuf],
    ) -> anyhow::Result<ExitCode> {
        let no = |r| refused(self.by, r);
        let source = match (mapping, source) {
            (Some(file), _) => source_of(file)?,
            (None, Some(name)) => {
                let grant = self.i.admit(self.by, ListFeeds).await?;
                let all = self.i.store.list_feeds(grant).await.map_err(no)?.into_inner();
                let found = all.iter().find(|v| v.kept.source.name == name);
                FeedSource::clone(&found.ok_or_else(|| anyhow!("there is no source `{name}`"))?.kept.source)
            }
            (None, None) => return Err(anyhow!("name a source: --source NAME, or --mapping FILE")),
        };
        let mut found = false;
        for path in files.iter().map(|p| files_of(p)).collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten() {
            let at = || format!("`{}`", path.display());
            let mut bytes = vec![];
            let length = std::fs::metadata(&path).with_context(at)?.len();
            File::open(&path).with_context(at)?.take(TRIED).read_to_end(&mut bytes).with_context(at)?;
            let op = PreviewFeed { source: source.clone(), cut: length > TRIED, bytes };
            let grant = self.i.admit(self.by, op).await?;
            let preview = self.i.store.preview_feed(grant).await.map_err(no).with_context(at)?.into_inner();
            found |= preview.counts.rejected > 0;
            self.show_preview(&path, &preview);
        }
        Ok(if found { ExitCode::from(3) } else { ExitCode::SUCCESS })
    }

    fn show_preview(&self, path: &Path, p: &FeedPreview) {
        let name = path.display();
        let c = p.counts;
        let mut zh = vec![format!(
            "{name}：试读 {} 行{}，可载入 {}，略过 {}，拒绝 {}；用户 {}，其中对应到本系统人员 {}",
            c.lines,
            if p.more { "（还有更多）" } else { "" },
            c.taken,
            c.skipped,
            c.rejected,
            p.users,
            p.people
        )];
        let mut en = vec![format!(
            "{name}: {} lines tried{}, {} would be taken in, {} left out, {} rejected; {} users, {} of them somebody here",
            c.lines,
            if p.more { " (there are more)" } else { "" },
            c.taken,
            c.skipped,
            c.rejected,
            p.users,
            p.people
        )];
        let mut both = |line: String| {
            zh.push(line.clone());
            en.push(line);
        };
        for said in p.said.iter().take(20) {
            both(format!("    {:>8}  {:<40} -> {}", said.count, said.said, said.action));
        }
        for (code, n) in &p.codes {
            both(format!("    {n:>8}  rejected: {code}"));
        }
        for line in &p.first {
            let what = match &line.what {
                What::Event(e) => {
                    let person = line.person.as_ref().map(|p| format!(" = {p}")).unwrap_or_default();
                    format!(
                        "{}  {}{person}  {} ({})  {} {}",
                        e.at,
                        e.user.as_deref().unwrap_or("?"),
                        e.action,
                        e.said,
                        e.object.as_deref().unwrap_or(""),
                        e.records.join(",")
                    )
                }
                What::Skipped => "-".to_owned(),
                What::Rejected(no) => format!("! {}  {}", no.code, no.text),
            };
            both(format!("  {:>6}  {what}", line.number));
        }
        let doc = json!({
            "file": name.to_string(), "counts": c, "codes": p.codes, "users": p.users, "people": p.people, "more": p.more,
            "said": p.said.iter().map(|s| json!({ "said": s.said, "action": s.action, "count": s.count })).collect::<Vec<_>>(),
        });
        self.say.answer(&zh.join("\n"), &en.join("\n"), &doc);
    }

    async fn rejected(&self, load: &str) -> anyhow::Result<()> {
        let load: FeedLoadId =
            load.parse().map_err(|_| anyhow!("`{load}` is not the id of a load; see `whosaw feed list`"))?;
        let (mut lines, mut doc) = (vec![], vec![]);
        let mut after = 0;
        loop {
            let grant = self.i.admit(self.by, ListRejected { load, after }).await?;
            let page = self.i.store.list_rejected(grant).await.map_err(|r| refused(self.by, r))?.into_inner();
            for no in page.items {
                lines.push(format!("{:>8}  {:<18} {}", no.line, no.code, no.text));
                doc.push(json!(no));
            }
            match page.next {
                Some(next) => after = next,
                None => break,
            }
        }
        self.say.answer(&lines.join("\n"), &lines.join("\n"), &json!({ "rejected": doc }));
        Ok(())
    }
}
