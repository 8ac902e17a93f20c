//! An export that waits for an approval: its request is made in the unit that asks for the export, and used up in the unit that
//! begins it.

use access::path::{Change, Refusal};
use model::approval::Wanted;
use model::{ObjectName, RequestId, UnixMs, UserId};

use super::row::{check_words, new_request};
use super::{MOST_WAITING, Request, State};
use crate::Store;
use crate::company::barred;
use crate::identity::Told;

/// Where the request of an export stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Waits,
    Approved,
    Refused,
    /// Nobody decided in time, or nobody used the consent.
    Lapsed,
}

impl Store {
    /// The request for an export that is asked for: the statement, and what the event MUST tell. `question` names the export, so that
    /// the consent is good for it alone; `shown` is what who decides sees of it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] without a purpose; [`Refusal::Barred`] `too_many_requests`.
    pub(crate) async fn draft_export_request(
        &self,
        user: UserId,
        (object, rows, question): (&ObjectName, u64, String),
        purpose: &str,
        shown: serde_json::Value,
        now: UnixMs,
    ) -> Result<(RequestId, Change, Told), Refusal> {
        let reason = check_words("purpose", purpose, 1)?;
        let own = self.requests_of(user).await?;
        if own.iter().filter(|r| r.seems_to_wait(now)).count() >= MOST_WAITING {
            return Err(barred("too_many_requests", format!("{MOST_WAITING} requests are waiting already")));
        }
        let wanted = Wanted::Export { object: object.clone(), rows, question };
        let mut request = new_request(&self.company(), user, wanted, (reason, true), None, now);
        request.words.more = Some(shown);
        let insert = self.insert_request(&request)?;
        Ok((request.id, insert, request.told()))
    }

    /// Where an export's request stands; one that is not there was refused by whoever took it away.
    pub(crate) async fn export_request(&self, id: RequestId, now: UnixMs) -> Result<Standing, Refusal> {
        let Some(request) = self.request(id).await? else { return Ok(Standing::Refused) };
        Ok(match request.state {
            State::Waiting | State::Approved if request.has_lapsed(now) => Standing::Lapsed,
            State::Waiting => Standing::Waits,
            State::Approved => Standing::Approved,
            State::Refused | State::Withdrawn | State::Used => Standing::Refused,
        })
    }

    /// Takes back the request of an export that is given up, if it still stands.
    pub(crate) async fn drop_export_request(&self, id: RequestId) -> Result<Option<(Change, Told)>, Refusal> {
        let open = |r: &Request| matches!(r.state, State::Waiting | State::Approved);
        let Some(mut request) = self.request(id).await?.filter(open) else { return Ok(None) };
        request.state = State::Withdrawn;
        let change = self.update_request(&mut request)?;
        Ok(Some((change, request.told())))
    }
}
