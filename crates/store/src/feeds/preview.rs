//! Trying a mapping on the first lines of a file: nothing is taken in.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use feed::{Feed, Unpacked, What};
use model::feed::{FeedSource, ForeignEvent};
use model::{Action, UnixMs};
use serde_json::{Value, json};

use super::row::LoadCounts;
use crate::Store;
use crate::company::{barred, operations};

/// Lines that are shown.
const SHOWN: usize = 20;
/// Lines that are counted.
const COUNTED: u64 = 100_000;
/// Different acts that are told apart.
const MOST_SAID: usize = 200;

/// Tries how a file would be read.
#[derive(Debug)]
pub struct PreviewFeed {
    pub source: FeedSource,
    /// The file, or its beginning.
    pub bytes: Vec<u8>,
    /// Whether the bytes end in the middle: then the last line is not asked about.
    pub cut: bool,
}

operations! {
    PreviewFeed: FeedManage, |op| json!({
        "act": "feed.preview", "source": op.source.name.chars().take(64).collect::<String>(), "bytes": op.bytes.len(),
    });
}

/// One line as it would be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    pub number: u64,
    pub what: What,
    /// Who of the people here it would be held to be.
    pub person: Option<String>,
}

/// An act, as the other system calls it, and what it would be here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewSaid {
    pub said: String,
    pub action: Action,
    pub count: u64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedPreview {
    pub counts: LoadCounts,
    pub codes: BTreeMap<String, u64>,
    /// The most frequent first.
    pub said: Vec<PreviewSaid>,
    /// Users there, and how many of them are somebody here.
    pub users: u64,
    pub people: u64,
    pub first_at: Option<UnixMs>,
    pub last_at: Option<UnixMs>,
    /// Lines that are earlier than one before them.
    pub backwards: u64,
    pub first: Vec<PreviewLine>,
    /// There are more lines than were counted.
    pub more: bool,
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`] for the source; [`Refusal::Barred`] with the code of a [`feed::FeedError`]; recorded.
    pub async fn preview_feed(&self, grant: Grant<PreviewFeed>) -> Result<Disclosed<FeedPreview>, Refusal> {
        match self.previewed(grant.operation(), grant.now()) {
            Ok(preview) => grant.carry_out(vec![], preview).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    fn previewed(&self, op: &PreviewFeed, now: UnixMs) -> Result<FeedPreview, Refusal> {
        op.source.check().map_err(|w| Refusal::invalid(w.field, "invalid_value", w.reason))?;
        let directory = self.directory();
        let wrong = |error: &feed::FeedError| barred(error.code(), error.to_string());
        let input = Unpacked::of(&*op.bytes).map_err(|e| wrong(&e.into()))?;
        let feed = Feed::new(input, Arc::new(op.source.clone()), now).map_err(|e| wrong(&e))?.at_most(1 << 30);
        let person = |event: &ForeignEvent| {
            let login = op.source.login_of(event.user.as_deref()?)?;
            directory.user_by_login(&login).map(|u| u.name.clone())
        };
        let mut preview = FeedPreview::default();
        let mut said: BTreeMap<(String, Action), u64> = BTreeMap::new();
        let mut users: BTreeMap<String, bool> = BTreeMap::new();
        let mut feed = feed.peekable();
        while let Some(line) = feed.next() {
            let line = match line {
                Ok(line) => line,
                // What was cut off by whoever sent it is not the file's fault.
                Err(_) if op.cut => break,
                Err(error) => return Err(wrong(&error)),
            };
            if op.cut && feed.peek().is_none() {
                break;
            }
            if preview.counts.lines == COUNTED {
                preview.more = true;
                break;
            }
            preview.counts.lines += 1;
            let mut whom = None;
            match &line.what {
                What::Skipped => preview.counts.skipped += 1,
                What::Rejected(no) => {
                    preview.counts.rejected += 1;
                    *preview.codes.entry(no.code.clone()).or_default() += 1;
                }
                What::Event(event) => {
                    preview.counts.taken += 1;
                    whom = person(event);
                    if let Some(user) = &event.user
                        && (users.len() < 10_000 || users.contains_key(user))
                    {
                        users.insert(user.clone(), whom.is_some());
                    }
                    let name = (event.said.clone(), event.action);
                    if said.len() < MOST_SAID || said.contains_key(&name) {
                        *said.entry(name).or_default() += 1;
                    }
                    preview.backwards += u64::from(preview.last_at.is_some_and(|last| event.at < last));
                    preview.first_at = Some(preview.first_at.map_or(event.at, |first| first.min(event.at)));
                    preview.last_at = Some(preview.last_at.map_or(event.at, |last| last.max(event.at)));
                }
            }
            if preview.first.len() < SHOWN {
                preview.first.push(PreviewLine { number: line.number, what: line.what, person: whom });
            }
        }
        preview.more |= op.cut;
        preview.users = users.len() as u64;
        preview.people = users.values().filter(|is| **is).count() as u64;
        preview.said = said.into_iter().map(|((said, action), count)| PreviewSaid { said, action, count }).collect();
        preview.said.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.said.cmp(&b.said)));
        Ok(preview)
    }
}
