//! The end: closed when nothing is theirs any more, or taken back with the notice. The watch ends with the event.

use access::path::{Change, Disclosed, Grant, Refusal};
use model::{LeaverId, UnixMs, UserId};
use serde_json::json;

use super::row::{Ended, Leaver, LeaverState, told};
use super::standing::unmet;
use super::words;
use crate::Store;
use crate::company::{Note, barred};
use crate::identity::Told;

/// Close it.
#[derive(Debug)]
pub struct CloseLeaver {
    pub id: LeaverId,
    pub note: Note,
}

/// The notice was taken back: the person stays. What was recorded stays too.
#[derive(Debug)]
pub struct WithdrawLeaver {
    pub id: LeaverId,
    pub reason: String,
    pub note: Note,
}

fn still(leaver: &Leaver) -> Result<(), Refusal> {
    if leaver.state.is_watched() { Ok(()) } else { Err(barred("leaver_over", "it is over")) }
}

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`], also about oneself; [`Refusal::Barred`] `leaver_over`, or with the first [`super::Unmet`]'s code;
    /// [`Refusal::Conflict`]; recorded.
    pub async fn close_leaver(&self, grant: Grant<CloseLeaver>) -> Result<Disclosed<()>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let op = grant.operation();
            let leaver = self.leaver_for(op.id, grant.caller()).await?;
            still(&leaver)?;
            let standing = self.standing_of(&leaver, now).await?;
            if let Some(first) = unmet(&leaver, &standing).first() {
                return Err(barred(first.code(), first.reason()));
            }
            op.note.set(json!(leaver.subject));
            self.end_leaver(leaver, LeaverState::Closed, (grant.caller().user, String::new()), now)
        };
        match drafted.await {
            Ok((told, changes)) => grant.carry_out_telling(told, changes, ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`], also about oneself; [`Refusal::Invalid`] for the reason; [`Refusal::Barred`] `leaver_over`;
    /// [`Refusal::Conflict`]; recorded.
    pub async fn withdraw_leaver(&self, grant: Grant<WithdrawLeaver>) -> Result<Disclosed<()>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let op = grant.operation();
            let leaver = self.leaver_for(op.id, grant.caller()).await?;
            still(&leaver)?;
            let reason = words("reason", &op.reason)?;
            op.note.set(json!(leaver.subject));
            self.end_leaver(leaver, LeaverState::Withdrawn, (grant.caller().user, reason), now)
        };
        match drafted.await {
            Ok((told, changes)) => grant.carry_out_telling(told, changes, ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    fn end_leaver(
        &self,
        mut leaver: Leaver,
        to: LeaverState,
        (by, reason): (UserId, String),
        at: UnixMs,
    ) -> Result<(Vec<Told>, Vec<Change>), Refusal> {
        leaver.state = to;
        leaver.body.ended = Some(Ended { by, at, reason });
        let change = self.put_leaver(&mut leaver)?;
        Ok((vec![told(&leaver)], vec![change]))
    }
}
