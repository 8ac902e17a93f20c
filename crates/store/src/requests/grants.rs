//! Access for a time 临时授权: what requests and emergencies gave that has not ended, and the rules made for one person.
//!
//! Rule: who looks after them sees people and ids, never a customer's value. Ending one is told like every end of a share.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Refusal};
use model::approval::{Subject, Wanted};
use model::{Action, ObjectName, Principals, RecordId, RequestId, ShareId, Text, UnixMs, UserId};
use serde_json::{Value, json};

use super::Request;
use crate::Store;
use crate::audit::name_of;
use crate::company::operations;
use crate::proof::tables::MEMBER;
use crate::sql::Sql;

/// Most in one answer.
const LISTED: usize = 500;

/// What the caller has for a time.
#[derive(Debug)]
pub struct ListOwnGrants;

/// What anybody has.
#[derive(Debug)]
pub struct ListGrants;

/// End what a request gave, at once.
#[derive(Debug)]
pub struct RevokeGrant {
    pub id: RequestId,
    record: OnceLock<RecordId>,
}

impl RevokeGrant {
    pub fn new(id: RequestId) -> Self {
        Self { id, record: OnceLock::new() }
    }
}

operations! {
    ListOwnGrants: SelfRead, |_op| json!({ "act": "grant.own" });
    ListGrants: AccessExplain, |_op| json!({ "act": "grant.list" });
}

impl Operation for RevokeGrant {
    const ACTION: Action = Action::GrantRevoke;
}
impl OnSystem for RevokeGrant {
    fn detail(&self) -> Value {
        json!({ "act": "grant.revoke", "of": self.id })
    }
    fn about(&self) -> Option<RecordId> {
        self.record.get().copied()
    }
}

/// An access that a request or an emergency gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveGrant {
    pub request: RequestId,
    pub user: UserId,
    pub user_name: String,
    pub object: ObjectName,
    pub record: RecordId,
    pub edit: bool,
    pub emergency: bool,
    /// Whether an emergency access still waits for its review.
    pub reviewed: bool,
    /// Who gave it; of an emergency, who took it.
    pub given_by: UserId,
    pub given_by_name: String,
    pub since: UnixMs,
    pub until: UnixMs,
}

/// A rule of the matrix made for one person, with an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleGrant {
    pub rule: String,
    pub title: Text,
    pub user: UserId,
    pub user_name: String,
    pub until: UnixMs,
}

impl Store {
    async fn live(
        &self,
        user: Option<UserId>,
        now: UnixMs,
        directory: &model::Directory,
    ) -> Result<Vec<LiveGrant>, Refusal> {
        let mut params = vec![now.into()];
        let mut condition = "share IS NOT NULL AND until > ?1".to_owned();
        if let Some(user) = user {
            params.push(user.into());
            condition.push_str(" AND requester = ?2");
        }
        condition.push_str(&format!(" ORDER BY until, id LIMIT {LISTED}"));
        let requests = self.requests(&condition, params).await?;
        let shares: Vec<ShareId> = requests.iter().filter_map(|r| r.share).collect();
        if shares.is_empty() {
            return Ok(vec![]);
        }
        // The share itself may have been ended by who may share the record.
        let mut sql = Sql::new(self.db.dialect(), &MEMBER.select("id IN "));
        sql.bind_list(shares);
        let rows = self.read(sql.finish()).await?;
        let mut stand = std::collections::BTreeMap::new();
        for row in rows.iter().filter(|row| MEMBER.is_sealed(self.seals(), row)) {
            let read =
                || Ok::<_, crate::DatabaseError>((ShareId::from_bytes(row.id(0)?), (row.user(7)?, row.time(8)?)));
            let (id, given) = read().map_err(crate::records::broken)?;
            stand.insert(id, given);
        }
        let one = |request: Request| {
            let (by, since) = *stand.get(&request.share?)?;
            let (object, record, edit) = match &request.body.wanted {
                Wanted::Access { object, record, edit, .. } => (object.clone(), *record, *edit),
                Wanted::BreakGlass { object, record, .. } => (object.clone(), *record, false),
                _ => return None,
            };
            Some(LiveGrant {
                request: request.id,
                user: request.requester,
                user_name: name_of(directory, request.requester),
                object,
                record,
                edit,
                emergency: request.body.wanted.subject() == Subject::BreakGlass,
                reviewed: request.state != super::State::Waiting,
                given_by: by,
                given_by_name: name_of(directory, by),
                since,
                until: request.until?,
            })
        };
        Ok(requests.into_iter().filter_map(one).collect())
    }

    /// What the caller has for a time, soonest to end first.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_own_grants(&self, grant: Grant<ListOwnGrants>) -> Result<Disclosed<Vec<LiveGrant>>, Refusal> {
        let (user, now, directory) = (grant.caller().user, grant.now(), grant.engine().directory().clone());
        match self.live(Some(user), now, &directory).await {
            Ok(own) => grant.carry_out(vec![], own).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// What anybody has for a time: by requests and emergencies, and by rules made for one person.
    ///
    /// # Errors
    /// As [`Store::list_own_grants`].
    pub async fn list_grants(
        &self,
        grant: Grant<ListGrants>,
    ) -> Result<Disclosed<(Vec<LiveGrant>, Vec<RuleGrant>)>, Refusal> {
        let (now, directory) = (grant.now(), grant.engine().directory().clone());
        let live = match self.live(None, now, &directory).await {
            Ok(live) => live,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let company = self.company();
        let rules = company.policy.policy.rows.iter().filter_map(|row| match (&row.who, row.valid_until) {
            (Principals::User(user), Some(until)) if now < until => Some(RuleGrant {
                rule: row.id.clone(),
                title: row.title.clone(),
                user: *user,
                user_name: name_of(&directory, *user),
                until,
            }),
            _ => None,
        });
        let answer = (live, rules.collect::<Vec<_>>());
        let about: BTreeSet<RecordId> = answer.0.iter().map(|g| g.record).collect();
        grant.tell(about.into_iter().collect(), answer).await
    }

    /// Ends what a request gave.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is nothing to end; [`Refusal::Conflict`] when it has ended meanwhile; recorded.
    pub async fn revoke_grant(&self, grant: Grant<RevokeGrant>) -> Result<Disclosed<()>, Refusal> {
        let now = grant.now();
        let drafted = async {
            let mut request = self.request(grant.operation().id).await?.ok_or(Refusal::NotFound)?;
            let given = request.share.zip(request.record()).filter(|_| request.until.is_some_and(|t| now < t));
            let (share, record) = given.ok_or(Refusal::NotFound)?;
            // Told once: the record that the event touches.
            let _ = grant.operation().record.set(record);
            request.until = Some(now);
            let end = "DELETE FROM member WHERE id = ?1 AND record = ?2";
            let end = Change::new(end, vec![share.into(), record.into()]).expecting(1);
            let change = self.update_request(&mut request)?;
            Ok((vec![request.told(), ("end_share", json!(share))], vec![end, change]))
        };
        let drafted = drafted.await;
        match drafted {
            Ok((told, changes)) => grant.carry_out_telling(told, changes, ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
