//! The rest of a handover, in units of bounded size: customers with what belongs to them, other records, then shares.
//!
//! Rule: what is left to do is what the leaver still has, so nothing needs to be remembered between two units, and what was
//! interrupted goes on where it stood. Each unit is decided anew, asks the versions it read again, and names in its event
//! every record with who has it now.

use std::collections::HashMap;
use std::sync::Arc;

use access::path::{Change, Changed, Grant, Param, Refusal};
use model::{
    Action, Caller, Channel, Clock, Decision, DepartmentId, JobId, ObjectName, ObjectType, RecordId, StoredRow, UnixMs,
    UserId, UserStatus,
};
use serde_json::{Value, json};

use super::rows::{self, Begun};
use super::{EndHandover, MoveSome, REASON, SharesAfter, Target};
use crate::notices::{News, NoticeKind, Telling};
use crate::proof::tables::MEMBER;
use crate::records::{Kept, NewOwner, broken, hand_over};
use crate::sql::Sql;
use crate::{Query, Row, Store, row};

/// Customers of one unit at most, and records beyond which no further customer is taken in.
const ROOTS: i64 = 50;
const RECORDS: i64 = 500;
/// Shares of one unit.
const SHARES: i64 = 500;
/// How often a unit is tried again that something else came before.
const ATTEMPTS: u32 = 5;

/// What one unit is about.
enum Next {
    Records(Arc<ObjectType>, Vec<RecordId>),
    Shares,
    Nothing,
}

/// Whose turn it is, by object type.
type Turns = HashMap<ObjectName, usize>;

/// Statements, what the event names, and what it tells.
#[derive(Default)]
struct Made {
    changes: Vec<Change>,
    changed: Vec<Changed>,
    to: Vec<Value>,
    ended: Vec<String>,
    kept: serde_json::Map<String, Value>,
    /// Who has records now that they had not.
    given: Vec<UserId>,
}

impl Store {
    /// Hands over what is left, until nothing is. Does nothing for a handover that has ended.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] when the caller may not any more, [`Refusal::Conflict`] when records kept changing,
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`], [`Refusal::Damaged`]: what was handed over until then
    /// is; the rest goes on with [`Store::resume_handovers`].
    pub async fn carry_out_handover(&self, caller: &Caller, id: JobId, clock: &dyn Clock) -> Result<(), Refusal> {
        let one_at_a_time = self.company.handover.clone().lock_owned().await;
        let done = self.carry_on(caller, id, clock).await;
        drop(one_at_a_time);
        done
    }

    /// Goes on with every handover that has not ended, in the name of who began it; closes as unknown those that their
    /// author may not do any more. How many ended.
    ///
    /// # Errors
    /// As [`Store::carry_out_handover`].
    pub async fn resume_handovers(&self, clock: &dyn Clock) -> Result<usize, Refusal> {
        let Ok(_one_at_a_time) = self.company.handover.clone().try_lock_owned() else { return Ok(0) };
        let open = self.handovers("ended_at IS NULL", vec![]).await?;
        for begun in &open {
            let now = clock.now();
            let caller = Caller { user: begun.state.actor, ..Self::system_caller(Channel::Job, "handover", now) };
            match self.carry_on(&caller, begun.state.id, clock).await {
                // Nobody decides it, or nobody is left who receives.
                Err(Refusal::Forbidden { .. } | Refusal::Invalid(_)) => self.close_unknown(begun, clock.now()).await?,
                other => other?,
            }
        }
        Ok(open.len())
    }

    async fn close_unknown(&self, begun: &Begun, now: UnixMs) -> Result<(), Refusal> {
        let author = Some(begun.state.actor);
        let caller = Caller { on_behalf_of: author, ..Self::system_caller(Channel::Job, "handover", now) };
        let detail = json!({ "act": "handover.end", "handover": begun.state.id, "user": begun.leaver, "left": null });
        let ended = rows::end(begun, now, None, self.seals())?;
        let noted = self.gate.note(&caller, Action::Handover, Decision::Unknown, detail, vec![ended]).await;
        noted.map(|_| ()).map_err(|_| Refusal::AuditUnavailable)
    }

    async fn carry_on(&self, caller: &Caller, id: JobId, clock: &dyn Clock) -> Result<(), Refusal> {
        let begun = self.handovers("id = ?1 AND ended_at IS NULL", vec![id.into()]).await?;
        let Some(begun) = begun.into_iter().next() else { return Ok(()) };
        let mut turns = Turns::new();
        let mut attempts = 0;
        loop {
            let next = self.next_of(&begun).await?;
            let caller = Caller { at: clock.now(), ..caller.clone() };
            let made = match next {
                Next::Nothing => {
                    let op = EndHandover { handover: id, user: begun.leaver, left: 0 };
                    let grant = self.gate.admit_system(&caller, op).await?;
                    let ended = rows::end(&begun, grant.now(), Some(0), self.seals())?;
                    let done = grant.carry_out(vec![ended], ()).await.map(|_| ());
                    // Another node may have been at it too, and ended it.
                    let ended = matches!(done, Err(Refusal::Conflict)) && !self.is_open(id).await?;
                    return if ended { Ok(()) } else { done };
                }
                Next::Records(object, ids) => {
                    let grant = self.admit_some(&caller, &begun).await?;
                    let before = turns.clone();
                    let made = self.records_of_unit(&grant, &begun, &object, &ids, &mut turns).await;
                    let made = made.map(|made| (self.tell_receivers(&grant, &begun, &made), made));
                    let done = self.make_unit(grant, made).await;
                    if done.is_err() {
                        turns = before;
                    }
                    done
                }
                Next::Shares => {
                    let grant = self.admit_some(&caller, &begun).await?;
                    let made = self.shares_of_unit(&begun).await.map(|made| (Telling::default(), made));
                    self.make_unit(grant, made).await
                }
            };
            match made {
                Ok(()) => attempts = 0,
                Err(Refusal::Conflict) if attempts < ATTEMPTS => attempts += 1,
                Err(refusal) => return Err(refusal),
            }
        }
    }

    async fn is_open(&self, id: JobId) -> Result<bool, Refusal> {
        Ok(!self.handovers("id = ?1 AND ended_at IS NULL", vec![id.into()]).await?.is_empty())
    }

    /// Told again with each unit, it is one notice.
    fn tell_receivers(&self, grant: &Grant<MoveSome>, begun: &Begun, made: &Made) -> Telling {
        let news = News::of(NoticeKind::HandedOver, grant.now()).about(begun.state.id.as_bytes());
        self.tell(&news.by(grant.caller().user), made.given.iter().copied())
    }

    async fn admit_some(&self, caller: &Caller, begun: &Begun) -> Result<Grant<MoveSome>, Refusal> {
        self.gate.admit_system(caller, MoveSome { handover: begun.state.id, user: begun.leaver }).await
    }

    async fn make_unit(&self, grant: Grant<MoveSome>, made: Result<(Telling, Made), Refusal>) -> Result<(), Refusal> {
        let (telling, mut made) = match made {
            Ok(made) => made,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let mut told = vec![];
        if !made.to.is_empty() {
            told.push(("to", Value::from(made.to)));
        }
        if !made.ended.is_empty() {
            told.push(("shares_ended", json!(made.ended)));
        }
        if !made.kept.is_empty() {
            told.push(("shares_kept", Value::Object(made.kept)));
        }
        telling.into_parts(&mut told, &mut made.changes);
        grant.carry_out_on_all(&made.changed, told, made.changes, ()).await.map(|_| ())
    }

    /// What the leaver still has: first what others' records belong to, then the rest, then shares.
    async fn next_of(&self, begun: &Begun) -> Result<Next, Refusal> {
        let company = self.company();
        let mut objects: Vec<Arc<ObjectType>> = company.objects.values().map(|(_, o)| o.clone()).collect();
        objects.sort_by_key(|o| (o.customer_field.is_some(), o.name.clone()));
        for object in objects {
            let sql = "SELECT id FROM record WHERE object = ?1 AND owner = ?2 ORDER BY id LIMIT ?3";
            let most = if object.customer_field.is_none() { ROOTS } else { RECORDS };
            let params: Vec<Param> = vec![object.name.as_str().into(), begun.leaver.into(), most.into()];
            let rows = self.read(Query::new(sql, params)).await?;
            let ids = rows.iter().map(|r| r.record(0)).collect::<Result<Vec<_>, _>>().map_err(broken)?;
            if !ids.is_empty() {
                return Ok(Next::Records(object, ids));
            }
        }
        Ok(if self.shares_left(begun).await?.is_empty() { Next::Nothing } else { Next::Shares })
    }

    /// Every part in a record that the leaver has, and every share they gave. What was altered beside the program gives
    /// nothing and stays for doctor.
    async fn shares_left(&self, begun: &Begun) -> Result<Vec<Row>, Refusal> {
        let condition =
            "(grantee_kind = 'user' AND grantee = ?1) OR (kind = 'share' AND granted_by = ?2) ORDER BY id LIMIT ?3";
        let params = vec![begun.leaver.to_string().into(), begun.leaver.into(), SHARES.into()];
        let rows = self.read(Query::new(MEMBER.select(condition), params)).await?;
        Ok(rows.into_iter().filter(|row| MEMBER.is_sealed(self.seals(), row)).collect())
    }

    async fn shares_of_unit(&self, begun: &Begun) -> Result<Made, Refusal> {
        let mut made = Made::default();
        for share in self.shares_left(begun).await? {
            end_share(&mut made, &share)?;
        }
        Ok(made)
    }

    async fn records_of_unit(
        &self,
        grant: &Grant<MoveSome>,
        begun: &Begun,
        object: &Arc<ObjectType>,
        ids: &[RecordId],
        turns: &mut Turns,
    ) -> Result<Made, Refusal> {
        let roots = self.rows_of(object, begun.leaver, "r.id", ids).await?;
        let roots = self.bounded(object, roots, begun.leaver).await?;
        let mut along: Vec<(Arc<ObjectType>, StoredRow)> = vec![];
        if object.customer_field.is_none() && !roots.is_empty() {
            let customers: Vec<RecordId> = roots.iter().map(|r| r.customer).collect();
            let company = self.company();
            for (_, other) in company.objects.values().filter(|(_, o)| o.name != object.name) {
                let found = self.rows_of(other, begun.leaver, "r.customer", &customers).await?;
                along.extend(found.into_iter().map(|row| (other.clone(), row)));
            }
        }
        let mut made = Made::default();
        let mut receivers: HashMap<RecordId, Option<(UserId, Arc<ObjectType>)>> = HashMap::new();
        let at = grant.now();
        for root in &roots {
            let target = begun.plan.target(&object.name);
            let (to, told) = match target {
                Target::Users(users) => {
                    let turn = turns.entry(object.name.clone()).or_insert(0);
                    let (user, department) = self.receiver(grant, users, turn)?;
                    made.given.push(user);
                    let kept = Kept(object.process().and_then(|p| p.pool.as_ref())).given(root.pool, at);
                    let to = NewOwner { owner: Some(user), department: Some(department), pool: false, at, kept };
                    (to, json!({ "user": user }))
                }
                Target::Pool(pool) => {
                    let kept = Kept(object.process().and_then(|p| p.pool.as_ref()));
                    let kept = kept.returned(Some(pool), Some(begun.leaver), Some(REASON), at);
                    let to = NewOwner { owner: None, department: root.department, pool: true, at, kept };
                    (to, json!({ "pool": pool }))
                }
            };
            let mut records = vec![root.id];
            self.pass_on(&mut made, object, root, &to);
            receivers.insert(root.id, to.owner.map(|user| (user, object.clone())));
            let to = NewOwner { pool: false, kept: vec![], ..to };
            for (other, row) in along.iter().filter(|(_, row)| row.customer == root.customer) {
                let department = if to.owner.is_some() { to.department } else { row.department };
                self.pass_on(&mut made, other, row, &NewOwner { department, ..to.clone() });
                receivers.insert(row.id, to.owner.map(|user| (user, other.clone())));
                records.push(row.id);
            }
            made.to.push(json!({ "to": told, "records": records }));
        }
        self.settle_shares(grant, begun, &receivers, &mut made).await?;
        Ok(made)
    }

    fn pass_on(&self, made: &mut Made, object: &ObjectType, row: &StoredRow, to: &NewOwner) {
        made.changes.push(hand_over(object, row, to, self.seals()));
        let version = row.version.saturating_add(1);
        made.changed.push(Changed { record: row.id, customer: row.customer, version });
    }

    /// The next of the receivers who is still active.
    fn receiver(
        &self,
        grant: &Grant<MoveSome>,
        users: &[UserId],
        turn: &mut usize,
    ) -> Result<(UserId, DepartmentId), Refusal> {
        let directory = grant.engine().directory();
        for _ in 0..users.len() {
            let user = users.get(*turn % users.len().max(1));
            *turn = turn.wrapping_add(1);
            let active = user.and_then(|u| directory.user(*u)).filter(|u| u.status == UserStatus::Active);
            if let Some(user) = active {
                return Ok((user.id, user.department));
            }
        }
        Err(Refusal::invalid("others", "invalid_receiver", "no receiver is active any more"))
    }

    /// So many of the roots that the unit stays bounded; one at least.
    async fn bounded(
        &self,
        object: &ObjectType,
        mut roots: Vec<StoredRow>,
        leaver: UserId,
    ) -> Result<Vec<StoredRow>, Refusal> {
        if object.customer_field.is_some() {
            return Ok(roots);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT customer, COUNT(*) FROM record WHERE owner = ");
        sql.bind(leaver).push(" AND customer IN ").bind_list(roots.iter().map(|r| r.customer));
        sql.push(" GROUP BY customer");
        let mut counts: HashMap<RecordId, i64> = HashMap::new();
        for found in self.read(sql.finish()).await? {
            counts.insert(found.record(0).map_err(broken)?, found.int(1).map_err(broken)?);
        }
        let (mut sum, mut taken) = (0, 0);
        for root in &roots {
            sum += counts.get(&root.customer).copied().unwrap_or(1);
            if taken > 0 && sum > RECORDS {
                break;
            }
            taken += 1;
        }
        roots.truncate(taken);
        Ok(roots)
    }

    async fn rows_of(
        &self,
        object: &ObjectType,
        owner: UserId,
        column: &str,
        ids: &[RecordId],
    ) -> Result<Vec<StoredRow>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT ");
        sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.object = ").bind(object.name.as_str());
        sql.push(" AND r.owner = ").bind(owner).push(" AND ").push(column).push(" IN ");
        sql.bind_list(ids.iter().copied()).push(" ORDER BY r.id");
        let rows = self.read(sql.finish()).await?;
        rows.iter().map(|found| row::read(found, object, self.seals()).map_err(broken)).collect()
    }

    /// Shares that the leaver gave on records that go over: they end, or are the receiver's if that one may share.
    async fn settle_shares(
        &self,
        grant: &Grant<MoveSome>,
        begun: &Begun,
        receivers: &HashMap<RecordId, Option<(UserId, Arc<ObjectType>)>>,
        made: &mut Made,
    ) -> Result<(), Refusal> {
        let ids: Vec<RecordId> = receivers.keys().copied().collect();
        for part in ids.chunks(500) {
            let mut sql = Sql::new(self.db.dialect(), &MEMBER.select("kind = 'share' AND granted_by = "));
            sql.bind(begun.leaver).push(" AND record IN ").bind_list(part.iter().copied()).push(" ORDER BY id");
            for share in self.read(sql.finish()).await? {
                if !MEMBER.is_sealed(self.seals(), &share) {
                    continue;
                }
                let record = share.record(1).map_err(broken)?;
                let receiver = receivers.get(&record).and_then(Option::as_ref);
                let keeper = receiver.filter(|(user, object)| {
                    let may = grant.engine().rights(*user, &object.name);
                    begun.plan.shares == SharesAfter::Keep
                        && may.is_ok_and(|rights| !rights.filter(Action::Share).never())
                        && share.text(4).is_ok_and(|grantee| grantee != user.to_string())
                });
                match keeper {
                    Some((user, _)) => self.keep_share(made, &share, begun.leaver, *user)?,
                    None => end_share(made, &share)?,
                }
            }
        }
        Ok(())
    }

    fn keep_share(&self, made: &mut Made, share: &Row, from: UserId, to: UserId) -> Result<(), Refusal> {
        let id = model::ShareId::from_bytes(share.id(0).map_err(broken)?);
        let mut columns: Vec<Param> = share.0.iter().take(MEMBER.columns.len()).cloned().collect();
        if let Some(giver) = columns.get_mut(7) {
            *giver = to.into();
        }
        let seal = self.seals().row(MEMBER.name, &columns).to_vec();
        let sql = "UPDATE member SET granted_by = ?2, seal = ?3 WHERE id = ?1 AND granted_by = ?4";
        let params = vec![id.into(), to.into(), seal.into(), from.into()];
        made.changes.push(Change::new(sql, params).expecting(1));
        made.kept.insert(id.to_string(), json!(to));
        Ok(())
    }
}

fn end_share(made: &mut Made, share: &Row) -> Result<(), Refusal> {
    let id = model::ShareId::from_bytes(share.id(0).map_err(broken)?);
    made.changes.push(Change::new("DELETE FROM member WHERE id = ?1", vec![id.into()]).expecting(1));
    made.ended.push(id.to_string());
    Ok(())
}
