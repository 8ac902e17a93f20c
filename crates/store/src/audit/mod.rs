//! Questions about the access log: who saw this customer, what did this user do, what happened, how much.
//!
//! Rules: asking is an access too, and is recorded with the customers it names. Answers show ids, field names and rules,
//! never a customer's value. What the database cannot show any more, or what was altered in it, is shown as such and never
//! left out; nothing is joined to people, so an account that is gone hides no row.
//!
//! ```text
//! let grant = gate.admit_system(caller, WhoSaw { id: customer, ..WhoSaw::default() }).await?;
//! let page = store.who_saw(grant).await?;                 // newest first; page.next is the next page's cursor
//! ```

mod counts;
mod event;
pub(crate) mod examine;
mod explained;
mod feed;
mod filter;
pub(crate) mod line;
mod live;
mod look_back;
mod looks;
mod scrub;
mod segments;
mod user;
mod who_saw;

pub use counts::{CountBy, CountEvents, CountRow, Counts, Zone};
pub(crate) use event::unpublished;
pub use event::{EventDetail, InclusionProof, ShowEvent, TouchDetail};
pub use examine::Alteration;
pub use explained::{Explained, ExplainedRow, HowExplained, HowExplainedAnswer};
pub use feed::Feed;
pub use filter::EventFilter;
pub(crate) use line::name as name_of;
pub use line::{EventLine, State, TouchLine};
pub use live::{MOST_BEHIND, WATCH_EVENTS, WATCH_MINUTES, Watch, Watcher};
pub use look_back::{LookBack, LookBackDay, LookBackRow, LookedBack};
pub use looks::{Look, WhoLooked};
pub use scrub::EventScrub;
pub use user::{CustomerCount, Did, UserActivity};
pub use who_saw::{Seen, WhoSaw};

use access::path::{Disclosed, Grant, OnSystem, Refusal};
use model::{RecordId, UnixMs};
use serde::{Deserialize, Serialize};

use crate::sql::Sql;

/// Most rows of a page of the log.
pub const MAX_PAGE: u32 = 200;

/// A part of an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// The cursor of the next page; `None` at the end.
    pub next: Option<String>,
}

/// Which part of the answer is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Paging {
    /// 1 to [`MAX_PAGE`].
    pub limit: u32,
    /// From the page before.
    pub cursor: Option<String>,
}

impl Default for Paging {
    fn default() -> Self {
        Self { limit: 50, cursor: None }
    }
}

/// A span of time: from the first moment, up to but not including the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Span {
    pub from: Option<UnixMs>,
    pub to: Option<UnixMs>,
}

impl Span {
    /// ` AND e.at >= … AND e.at < …`
    pub(crate) fn push(self, sql: &mut Sql) {
        if let Some(from) = self.from {
            sql.push(" AND e.at >= ").bind(from);
        }
        if let Some(to) = self.to {
            sql.push(" AND e.at < ").bind(to);
        }
    }
}

/// Where a page ends: time, position in the log and number within the event of its last row. Not secret and not signed:
/// whoever may ask may ask from anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) at: i64,
    pub(crate) seq: i64,
    pub(crate) n: i64,
}

impl Cursor {
    pub(crate) fn to_text(self) -> String {
        format!("{}.{}.{}", self.at, self.seq, self.n)
    }
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.').map(|part| part.parse::<i64>().ok());
        Some(Self { at: parts.next()??, seq: parts.next()??, n: parts.next()?? })
    }
}

impl Paging {
    /// # Errors
    /// [`Refusal::Invalid`].
    pub(crate) fn read(&self) -> Result<(i64, Option<Cursor>), Refusal> {
        if !(1..=MAX_PAGE).contains(&self.limit) {
            return Err(Refusal::invalid("limit", "invalid_value", format!("a page has 1 to {MAX_PAGE} rows")));
        }
        let cursor = match &self.cursor {
            None => None,
            Some(text) => Some(
                Cursor::parse(text)
                    .ok_or_else(|| Refusal::invalid("cursor", "invalid_value", "this cursor comes from no page"))?,
            ),
        };
        Ok((i64::from(self.limit), cursor))
    }
}

/// Makes a page of what was read with one row more than wanted.
pub(crate) fn page<R, T>(
    mut rows: Vec<R>,
    limit: i64,
    cursor: impl Fn(&R) -> Cursor,
    item: impl Fn(R) -> T,
) -> Page<T> {
    let limit = usize::try_from(limit).unwrap_or(0);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| cursor(row).to_text());
    Page { items: rows.into_iter().map(item).collect(), next }
}

/// Releases an answer together with the record that it was asked for; or records that it could not be given.
pub(crate) async fn settle<O: OnSystem, T>(
    grant: Grant<O>,
    answer: Result<(Vec<RecordId>, T), Refusal>,
) -> Result<Disclosed<T>, Refusal> {
    match answer {
        Ok((mut about, answer)) => {
            about.sort();
            about.dedup();
            grant.tell(about, answer).await
        }
        Err(refusal) => Err(grant.refuse_system(refusal).await),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_nonsense_is_refused() {
        let cursor = Cursor { at: 1_700_000_000_000, seq: 12, n: 3 };
        assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
        for bad in ["", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.", "99999999999999999999.1.1"] {
            assert_eq!(Cursor::parse(bad), None, "{bad}");
        }
        let asked = |limit, cursor: Option<&str>| Paging { limit, cursor: cursor.map(str::to_owned) }.read().is_ok();
        assert!(asked(1, None) && asked(MAX_PAGE, Some("1.2.3")));
        assert!(!asked(0, None) && !asked(MAX_PAGE + 1, None) && !asked(5, Some("x")));
    }

    #[test]
    fn a_page_names_its_last_row_only_if_more_follow() {
        let cut = |n: i64| page((0..n).collect(), 3, |at| Cursor { at: *at, seq: 0, n: 0 }, |x| x);
        assert_eq!(cut(4), Page { items: vec![0, 1, 2], next: Some("2.0.0".into()) });
        assert_eq!(cut(3).next, None);
        assert_eq!(cut(0), Page { items: vec![], next: None });
    }
}
