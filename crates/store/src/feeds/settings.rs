//! The sources: one setting, sealed and anchored like every other.

use std::sync::Arc;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::feed::{FeedSource, MOST_SOURCES};
use model::{Action, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::Store;
use crate::company::{Note, barred, operations};

/// Key of the setting.
pub(crate) const FEEDS: &str = "feeds";

/// A source, and since when it reads so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptSource {
    pub source: Arc<FeedSource>,
    /// Grows with each change: a file that was read with another mapping is read anew.
    pub version: u64,
    pub by: UserId,
    pub at: UnixMs,
}

/// The setting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Feeds {
    pub(super) sources: Vec<KeptSource>,
}

impl Feeds {
    /// Names of the sources.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.iter().map(|k| k.source.name.as_str())
    }
    pub(crate) fn find(&self, name: &str) -> Option<&KeptSource> {
        self.sources.iter().find(|k| k.source.name == name)
    }
}

/// Adds a source, or changes how it is read.
#[derive(Debug)]
pub struct PutFeed {
    pub source: FeedSource,
    pub note: Note,
}

/// A source is read no more. What was taken in stays.
#[derive(Debug)]
pub struct DropFeed {
    pub name: String,
}

operations! {
    PutFeed: FeedManage, |op| json!({
        "act": "feed.put", "source": op.source.name, "format": op.source.format, "old": op.note.get(),
        "people": op.source.people, "logins": op.source.logins.len(), "actions": op.source.actions.len(),
    });
    DropFeed: FeedManage, |op| json!({ "act": "feed.drop", "source": op.name.chars().take(64).collect::<String>() });
}

impl Store {
    /// Adds a source, or changes it; gives its version.
    ///
    /// # Errors
    /// [`Refusal::Invalid`]; [`Refusal::Barred`] `too_many_feeds`, `feed_format_stays`; as every change of the company.
    pub async fn put_feed(&self, grant: Grant<PutFeed>) -> Result<Disclosed<u64>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            op.source.check().map_err(|w| Refusal::invalid(w.field, "invalid_value", w.reason))?;
            let has = |login: &String| draft.from.users.values().any(|u| u.login == *login);
            if let Some(login) = op.source.logins.values().find(|login| !has(login)) {
                return Err(Refusal::invalid("logins", "no_such_user", format!("there is no account `{login}`")));
            }
            let mut next = Feeds::clone(&draft.from.feeds);
            let (by, at) = (grant.caller().user, grant.now());
            let source = Arc::new(op.source.clone());
            let version = match next.sources.iter_mut().find(|k| k.source.name == op.source.name) {
                Some(kept) => {
                    if kept.source.format != op.source.format {
                        return Err(barred(
                            "feed_format_stays",
                            "a system's log does not change its form; name another source",
                        ));
                    }
                    op.note.set(json!({ "version": kept.version }));
                    *kept = KeptSource { source, version: kept.version.saturating_add(1), by, at };
                    kept.version
                }
                None => {
                    if next.sources.len() >= MOST_SOURCES {
                        return Err(barred("too_many_feeds", format!("{MOST_SOURCES} sources are kept at most")));
                    }
                    next.sources.push(KeptSource { source, version: 1, by, at });
                    1
                }
            };
            draft.set(FEEDS, &next)?;
            draft.next.feeds = Arc::new(next);
            Ok(version)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::NotFound`], and as every change of the company.
    pub async fn drop_feed(&self, grant: Grant<DropFeed>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let mut next = Feeds::clone(&draft.from.feeds);
            next.sources.retain(|k| k.source.name != grant.operation().name);
            if next == *draft.from.feeds {
                return Err(Refusal::NotFound);
            }
            draft.set(FEEDS, &next)?;
            draft.next.feeds = Arc::new(next);
            Ok(())
        })
        .await
    }
}
