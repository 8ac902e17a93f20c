//! What the programme tells its owners: that an activity is due soon, and that it was skipped.

use access::path::Refusal;
use govern::programme::{Cycle, SlotState};
use model::{UnixMs, UserId};
use sha2::{Digest, Sha256};

use crate::Store;
use crate::notices::{News, NoticeKind};

const DAY_MS: i64 = 86_400_000;

/// Days before a cycle ends from which on its owner is told; who does something daily is told only when it was not done.
const fn ahead(cycle: Cycle) -> i64 {
    match cycle {
        Cycle::Day => 0,
        Cycle::Week => 2,
        Cycle::Month | Cycle::Quarter | Cycle::Year => 7,
    }
}

/// A notice is about an id, and an activity has a name.
fn id_of(activity: &str) -> [u8; 16] {
    let digest = Sha256::digest(activity.as_bytes());
    let mut id = [0; 16];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    id
}

impl Store {
    /// Of each activity that is somebody's: its cycle, where it ends soon and nothing was done; and the one before, where it was skipped
    /// and nobody said why.
    pub(crate) async fn programme_news(&self, now: UnixMs) -> Result<Vec<(News, Vec<UserId>)>, Refusal> {
        let engine = self.gate().engine();
        let mut news = vec![];
        for view in self.programme(engine.directory(), now).await?.activities {
            let Some(owner) = view.entry.owner else { continue };
            let of = |kind, from: UnixMs| News::of(kind, now).about(&id_of(view.activity.id)).once_for(from.0 / DAY_MS);
            let soon = now.plus_days(ahead(view.entry.cycle));
            for slot in view.slots.iter().take(2) {
                let excused = view.excuses.iter().any(|e| e.first == slot.first);
                match slot.state {
                    SlotState::Due if slot.until <= soon => {
                        news.push((of(NoticeKind::ProgrammeDue, slot.from).until(slot.until), vec![owner]));
                    }
                    SlotState::Skipped if !excused => {
                        news.push((of(NoticeKind::ProgrammeSkipped, slot.from), vec![owner]));
                    }
                    _ => {}
                }
            }
        }
        Ok(news)
    }
}
