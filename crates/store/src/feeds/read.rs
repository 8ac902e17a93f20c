//! The sources, what was read of them, and what could not be.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, EventId, FeedLoadId};
use serde::Serialize;
use serde_json::{Value, json};

use super::row::{LoadCounts, LoadView};
use super::settings::KeptSource;
use crate::Store;
use crate::audit::line::{EVENT, EventRow};
use crate::audit::name_of;
use crate::company::operations;
use crate::records::broken;
use crate::sql::Sql;

/// Files shown of each source.
const SHOWN: usize = 20;
/// Events of parts that one page opens.
const PARTS: usize = 10;

/// All sources, with the files read last.
#[derive(Debug)]
pub struct ListFeeds;

/// Lines of a file that could not be read.
#[derive(Debug)]
pub struct ListRejected {
    pub load: FeedLoadId,
    /// Parts that were seen: `next` of the page before.
    pub after: u64,
}

operations! {
    ListFeeds: FeedManage, |_op| json!({ "act": "feed.list" });
    ListRejected: FeedManage, |op| json!({ "act": "feed.rejected", "load": op.load, "after": op.after });
}

/// A source, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    pub kept: KeptSource,
    pub by_name: String,
    /// Over all its files.
    pub counts: LoadCounts,
    /// Events that detection met when what came before them was judged already: their time had passed.
    pub late: u64,
    /// Events of it that detection has judged.
    pub judged: u64,
    /// Files in all, and those read last.
    pub files: usize,
    pub loads: Vec<LoadView>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RejectedLine {
    pub line: u64,
    pub code: String,
    pub text: String,
    /// The event that holds it.
    pub event: EventId,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedPage {
    pub load: LoadView,
    pub items: Vec<RejectedLine>,
    /// Lines whose event's retention has ended are not shown any more.
    pub dropped: u64,
    pub next: Option<u64>,
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_feeds(&self, grant: Grant<ListFeeds>) -> Result<Disclosed<Vec<FeedView>>, Refusal> {
        match self.feed_views().await {
            Ok(views) => grant.carry_out(vec![], views).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn feed_views(&self) -> Result<Vec<FeedView>, Refusal> {
        let (company, directory) = (self.company(), self.directory());
        let judged = self.detector_head().await?.map(|head| head.foreign).unwrap_or_default();
        let mut views = vec![];
        for kept in &company.feeds.sources {
            let loads = self.feed_loads(&kept.source.name).await?;
            let mut counts = LoadCounts::default();
            for load in &loads {
                counts.lines += load.body.counts.lines;
                counts.taken += load.body.counts.taken;
                counts.known += load.body.counts.known;
                counts.skipped += load.body.counts.skipped;
                counts.rejected += load.body.counts.rejected;
            }
            let of = judged.get(&kept.source.name).copied().unwrap_or_default();
            views.push(FeedView {
                by_name: name_of(&directory, kept.by),
                counts,
                late: of.late,
                judged: of.judged,
                files: loads.len(),
                loads: loads.iter().take(SHOWN).map(|l| l.view(name_of(&directory, l.body.by))).collect(),
                kept: kept.clone(),
            });
        }
        Ok(views)
    }

    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_rejected(&self, grant: Grant<ListRejected>) -> Result<Disclosed<RejectedPage>, Refusal> {
        match self.rejected_page(grant.operation()).await {
            Ok(page) => grant.carry_out(vec![], page).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn rejected_page(&self, op: &ListRejected) -> Result<RejectedPage, Refusal> {
        let load = self.feed_load(op.load).await?.ok_or(Refusal::NotFound)?;
        self.ready_to_ask().await?;
        let from = usize::try_from(op.after).unwrap_or(usize::MAX);
        let parts: Vec<EventId> = load.body.rejected_in.iter().skip(from).take(PARTS).copied().collect();
        let seen = from.saturating_add(parts.len());
        let mut page = RejectedPage {
            next: (seen < load.body.rejected_in.len()).then_some(seen as u64),
            load: load.view(name_of(&self.directory(), load.body.by)),
            items: vec![],
            dropped: 0,
        };
        if parts.is_empty() {
            return Ok(page);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(EVENT).push(" FROM event e WHERE e.id IN ").bind_list(parts).push(" ORDER BY e.seq");
        for row in self.read(sql.finish()).await? {
            let row = EventRow::read(&row).map_err(broken)?;
            let body = row.body.as_deref().and_then(|b| self.gate().recorder().open_body(row.id, b).ok());
            let Some(body) = body.filter(|body| row.agrees(body)) else {
                page.dropped += 1;
                continue;
            };
            let all = body.actor.get("detail").and_then(|d| d.get("rejected")).and_then(Value::as_array);
            for no in all.into_iter().flatten() {
                let text = |name: &str| no.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
                let line = no.get("line").and_then(Value::as_u64).unwrap_or(0);
                page.items.push(RejectedLine { line, code: text("code"), text: text("text"), event: row.id });
            }
        }
        Ok(page)
    }
}
