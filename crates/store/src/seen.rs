//! When somebody did something last.

use std::collections::HashMap;

use access::path::Refusal;
use model::{UnixMs, UserId};

use crate::records::broken;
use crate::{Query, Store};

impl Store {
    /// The last act on record of everybody who did anything. One look into an index for each account, not at each event.
    pub(crate) async fn last_acts(&self) -> Result<HashMap<UserId, UnixMs>, Refusal> {
        let sql = "SELECT u.id, (SELECT MAX(e.at) FROM event e WHERE e.actor = u.id) FROM app_user u";
        let mut found = HashMap::new();
        for row in self.read(Query::new(sql, vec![])).await? {
            let read = || Ok((row.user(0)?, row.opt_time(1)?));
            if let (user, Some(at)) = read().map_err(broken)? {
                found.insert(user, at);
            }
        }
        Ok(found)
    }

    /// Since when everybody has done nothing: their last act on record or, when there is none after it, the day of their account.
    pub(crate) async fn quiet_since(&self) -> Result<HashMap<UserId, UnixMs>, Refusal> {
        let acts = self.last_acts().await?;
        let since = |(user, made): (&UserId, &UnixMs)| (*user, acts.get(user).map_or(*made, |at| *made.max(at)));
        Ok(self.company().created.iter().map(since).collect())
    }
}
