//! Unused rights: what somebody may do and has not done for a while. What nobody needs is taken away before it is misused.
//!
//! Rule: what they may is worked out as for permission queries, at the best circumstances; what they did is what the log tells,
//! allowed, by themselves or on their behalf. No record is named.

use std::collections::BTreeMap;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::action::On;
use model::{Action, Decision, ObjectName, UnixMs, UserId};
use serde::Serialize;
use serde_json::{Value, json};

use crate::Store;
use crate::company::operations;
use crate::explain::Circumstances;
use crate::records::broken;
use crate::sql::Sql;

/// Longest time looked back at, in days.
const MOST_DAYS: u32 = 366;

/// What a person may do, and when they last did it within so many days.
#[derive(Debug)]
pub struct RightsUse {
    pub user: UserId,
    pub days: u32,
}

operations! {
    RightsUse: AccessExplain, |op| json!({ "question": "rights_use", "user": op.user, "days": op.days });
}

/// One right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RightUse {
    pub action: Action,
    /// `None` for a duty.
    pub object: Option<ObjectName>,
    /// `None`: not used in that time.
    pub last: Option<UnixMs>,
}

/// The answer to [`RightsUse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RightsUsed {
    pub from: UnixMs,
    pub rights: Vec<RightUse>,
}

impl Store {
    /// Answers [`RightsUse`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`] for the days; [`Refusal::StoreUnavailable`],
    /// [`Refusal::AuditUnavailable`].
    pub async fn rights_use(&self, grant: Grant<RightsUse>) -> Result<Disclosed<RightsUsed>, Refusal> {
        match self.rights_used(&grant).await {
            Ok(used) => grant.carry_out(vec![], used).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn rights_used(&self, grant: &Grant<RightsUse>) -> Result<RightsUsed, Refusal> {
        let (user, days, now) = (grant.operation().user, grant.operation().days, grant.now());
        if !self.company().users.contains_key(&user) {
            return Err(Refusal::NotFound);
        }
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
        }
        self.ready_to_ask().await?;
        let from = now.plus_days(-i64::from(days));
        let used = self.last_uses(user, from).await?;
        let engine = grant.engine();
        let best = self.hypothetical(engine, user, &Circumstances::default(), now);
        let mut rights = vec![];
        for object in engine.compiled().objects() {
            let Ok(held) = engine.rights(user, &object.name) else { continue };
            for action in Action::ALL.iter().copied().filter(|a| a.on() == On::Record) {
                if held.filter(action).never() || held.filter(action).bind(&best).is_never() {
                    continue;
                }
                let last = used.get(&(action.code(), Some(object.name.to_string()))).copied();
                rights.push(RightUse { action, object: Some(object.name.clone()), last });
            }
        }
        for action in Action::ALL.iter().copied().filter(|a| a.on() == On::System) {
            if engine.may_system(user, action, &best).allowed {
                let last = used.iter().filter(|((code, _), _)| *code == action.code()).map(|(_, at)| *at).max();
                rights.push(RightUse { action, object: None, last });
            }
        }
        Ok(RightsUsed { from, rights })
    }

    /// When each operation was last done, by object type.
    async fn last_uses(&self, user: UserId, from: UnixMs) -> Result<BTreeMap<(u16, Option<String>), UnixMs>, Refusal> {
        let mut used = BTreeMap::new();
        for column in ["actor", "on_behalf_of"] {
            let mut sql = Sql::new(self.db.dialect(), "SELECT action, object, MAX(at) FROM event WHERE ");
            sql.push(column).push(" = ").bind(user).push(" AND at >= ").bind(from).push(" AND decision = ");
            sql.bind(i64::from(Decision::Allowed.code())).push(" GROUP BY action, object");
            for row in self.read(sql.finish()).await? {
                let read = || Ok((row.int(0)?, row.opt_text(1)?.map(str::to_owned), row.time(2)?));
                let (code, object, at) = read().map_err(broken)?;
                let Ok(code) = u16::try_from(code) else { continue };
                let last = used.entry((code, object)).or_insert(at);
                *last = at.max(*last);
            }
        }
        Ok(used)
    }
}
