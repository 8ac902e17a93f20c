//! Who has what, and what is known of its use: the population of a campaign.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use access::path::Refusal;
use govern::review::{
    Advice, Campaign, Evidence, Holding, Item, LOOKED_BACK_DAYS, ReviewerRule, Risk, Seat, advise, risk, toxic,
};
use model::action::On;
use model::policy::{Effect, Principals, What};
use model::{
    Action, Decision, ObjectName, RecordId, RoleName, Scope, ShareId, TokenId, UnixMs, User, UserId, UserKind,
    UserStatus,
};

use super::begin::MOST_LINES;
use crate::Store;
use crate::company::{DUTIES, Loaded, SYSTEM, barred};
use crate::proof::tables::{MEMBER, TOKEN};
use crate::records::broken;
use crate::sql::Sql;

/// Records asked about in one statement.
const PART: usize = 400;
/// What reaches far, where it is of all records.
const FAR: [Action; 5] = [Action::Export, Action::Reveal, Action::Erase, Action::BreakGlass, Action::Transfer];

/// How often something was done, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    pub count: u64,
    pub last: UnixMs,
    /// Of accesses of which it is known: with a reason that the system saw, and without.
    pub explained: u64,
    pub unexplained: u64,
}

/// By whom, and with which operation on which object type; duties have none.
pub type UsedBy = HashMap<UserId, BTreeMap<(Action, Option<ObjectName>), Used>>;

/// What a role gives: operations on object types, duties, and which are of all records.
pub(crate) type Gives = BTreeMap<(Action, Option<ObjectName>), bool>;

/// A line as it is gathered.
pub(super) struct Gathered {
    pub(super) subject: Option<UserId>,
    pub(super) reviewer: Option<UserId>,
    pub(super) item: Item,
    pub(super) evidence: Evidence,
    pub(super) advice: Advice,
    pub(super) risk: Risk,
}

/// What each role gives by the matrix, conditions left aside.
pub(crate) fn gives_of_roles(company: &Loaded) -> BTreeMap<RoleName, Gives> {
    let mut found: BTreeMap<RoleName, Gives> = BTreeMap::new();
    let objects: Vec<&ObjectName> = company.objects.keys().collect();
    for row in &company.policy.policy.rows {
        let (Principals::Role(role), Effect::Permit, What::Operations(actions)) = (&row.who, row.effect, &row.what)
        else {
            continue;
        };
        let gives = found.entry(role.clone()).or_default();
        for action in actions {
            let all = matches!(row.scope, Scope::All);
            match action.on() {
                On::Record => {
                    for object in objects.iter().filter(|o| row.objects.has(o)) {
                        let whole = gives.entry((*action, Some((*object).clone()))).or_insert(false);
                        *whole |= all;
                    }
                }
                On::System => drop(gives.insert((*action, None), true)),
                On::Session => {}
            }
        }
    }
    found
}

/// Each operation of these rights, and whether it is of all records of some object type.
pub(crate) fn widths<'a>(gives: impl IntoIterator<Item = &'a Gives>) -> BTreeMap<Action, bool> {
    let mut all: BTreeMap<Action, bool> = BTreeMap::new();
    for ((action, _), whole) in gives.into_iter().flatten() {
        let have = all.entry(*action).or_insert(false);
        *have |= *whole;
    }
    all
}

fn powerful(gives: &Gives) -> bool {
    gives.iter().any(|((action, _), whole)| action.on() == On::System || (*whole && FAR.contains(action)))
}

/// The use of what a role gives by somebody.
fn use_of(gives: &Gives, used: Option<&BTreeMap<(Action, Option<ObjectName>), Used>>) -> (Used, u32) {
    let (mut sum, mut unused) = (Used::default(), 0_u32);
    for (action, object) in gives.keys() {
        let mut here = Used::default();
        for ((_, what), one) in used.into_iter().flatten().filter(|((a, _), _)| a == action) {
            if object.is_none() || what == object {
                here.count += one.count;
                here.last = here.last.max(one.last);
                here.explained += one.explained;
                here.unexplained += one.unexplained;
            }
        }
        if here.count == 0 {
            unused += 1;
        }
        sum.count += here.count;
        sum.last = sum.last.max(here.last);
        sum.explained += here.explained;
        sum.unexplained += here.unexplained;
    }
    (sum, unused)
}

impl Used {
    fn explained_per_mille(self) -> Option<u32> {
        let of = self.explained + self.unexplained;
        (of > 0).then(|| u32::try_from(self.explained * 1000 / of).unwrap_or(0))
    }
    fn last(self) -> Option<UnixMs> {
        (self.count > 0).then_some(self.last)
    }
}

impl Store {
    /// What was done since a moment, allowed, by each person themselves or on their behalf.
    pub(crate) async fn used_since(&self, from: UnixMs) -> Result<UsedBy, Refusal> {
        self.ready_to_ask().await?;
        let mut found = UsedBy::new();
        for column in ["actor", "on_behalf_of"] {
            let mut sql = Sql::new(self.db.dialect(), "SELECT e.");
            sql.push(column).push(
                ", e.action, e.object, COUNT(*), MAX(e.at), CAST(SUM(CASE WHEN e.unexplained = 0 THEN 1 ELSE 0 END) AS BIGINT), \
                 CAST(SUM(CASE WHEN e.unexplained > 0 THEN 1 ELSE 0 END) AS BIGINT) FROM event e WHERE e.at >= ",
            );
            sql.bind(from).push(" AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
            sql.push(" AND e.").push(column).push(" IS NOT NULL AND e.action < 200 GROUP BY e.").push(column);
            sql.push(", e.action, e.object");
            for row in self.read(sql.finish()).await? {
                let number = |n: usize| row.int(n).map(|v| u64::try_from(v).unwrap_or(0)).map_err(broken);
                let action = u16::try_from(row.int(1).map_err(broken)?).ok().and_then(Action::from_code);
                let Some(action) = action else { continue };
                let object = row.opt_text(2).map_err(broken)?.and_then(|o| o.parse().ok());
                let (count, last) = (number(3)?, row.time(4).map_err(broken)?);
                let by = found.entry(row.user(0).map_err(broken)?).or_default();
                let have = by.entry((action, object)).or_default();
                have.count += count;
                have.last = have.last.max(last);
                have.explained += number(5)?;
                have.unexplained += number(6)?;
            }
        }
        Ok(found)
    }

    /// Alerts about each person since a moment.
    pub(crate) async fn alerts_since(&self, from: UnixMs) -> Result<HashMap<UserId, u32>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT subject, COUNT(*) FROM alert WHERE last_at >= ");
        sql.bind(from).push(" GROUP BY subject");
        let mut found = HashMap::new();
        for row in self.read(sql.finish()).await? {
            let count = u32::try_from(row.int(1).map_err(broken)?).unwrap_or(u32::MAX);
            found.insert(row.user(0).map_err(broken)?, count);
        }
        Ok(found)
    }

    /// Lines of a campaign: who has what at this moment, what is known of it, and who answers for it.
    pub(super) async fn gather_lines(&self, campaign: &Campaign, now: UnixMs) -> Result<Vec<Gathered>, Refusal> {
        let company = self.company();
        let directory = company.directory();
        let from = now.plus_days(-i64::from(LOOKED_BACK_DAYS));
        let used = self.used_since(from).await?;
        let alerts = self.alerts_since(from).await?;
        let gives = gives_of_roles(&company);
        let within: Option<BTreeSet<_>> = campaign.department.map(|id| directory.subtree(id).into_iter().collect());
        let meant = |u: &User| {
            u.id != SYSTEM
                && campaign.of.is_none_or(|id| id == u.id)
                && within.as_ref().is_none_or(|all| all.contains(&u.department))
                && campaign.role.as_ref().is_none_or(|role| u.roles.contains(role))
        };
        let mut people: Vec<&User> = company.users.values().filter(|u| meant(u)).collect();
        people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let officers = officers(&company);
        let deputies = &company.approvals.deputies;
        let deputy_of = |id: UserId| deputies.get(&id).map(|d| (d.user, d.until));
        let seat =
            Seat { directory: &directory, deputy_of: &deputy_of, deputy: campaign.deputy, officers: &officers, now };
        let manager = |id: UserId| company.users.get(&id).and_then(|u| u.manager);
        let named = |subject: Option<UserId>, role: Option<&RoleName>| match campaign.reviewer {
            ReviewerRule::Person => campaign.person,
            ReviewerRule::RoleOwner => {
                let owner = role.and_then(|r| campaign.owners.get(r)).copied();
                owner.or_else(|| subject.and_then(manager))
            }
            ReviewerRule::Manager => subject.and_then(manager),
        };
        let mut lines: Vec<Gathered> = vec![];
        let mut line = |subject: Option<UserId>, named: Option<UserId>, item: Item, evidence: Evidence| {
            let advice = advise(&item, &evidence, now);
            let risk = risk(&item, &evidence, &advice);
            lines.push(Gathered { subject, reviewer: seat.find(named, subject), item, evidence, advice, risk });
            if lines.len() > MOST_LINES {
                return Err(barred("review_too_large", format!("a campaign has at most {MOST_LINES} lines")));
            }
            Ok(())
        };
        let about = |u: &User| Evidence {
            alerts: Some(alerts.get(&u.id).copied().unwrap_or(0)),
            left: u.status != UserStatus::Active,
            ..Evidence::default()
        };
        if campaign.what.contains(&Holding::Roles) {
            let since = self.past().await?.roles_since();
            for user in &people {
                let own: Vec<&Gives> = user.roles.iter().filter_map(|r| gives.get(r)).collect();
                let clashes = toxic(&widths(own));
                for role in user.roles.iter().filter(|r| campaign.role.as_ref().is_none_or(|only| only == *r)) {
                    let label = company.roles.get(role).map(|r| r.label.clone());
                    let label = label.unwrap_or_else(|| model::Text::new(role.to_string(), role.to_string()));
                    let none = Gives::new();
                    let given = gives.get(role).unwrap_or(&none);
                    let (sum, unused) = use_of(given, used.get(&user.id));
                    let is_peer = |u: &&User| {
                        u.id != user.id
                            && u.department == user.department
                            && u.status == UserStatus::Active
                            && u.kind == UserKind::Person
                    };
                    let peers: Vec<&User> = company.users.values().filter(is_peer).collect();
                    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                    let given_actions: BTreeSet<Action> = given.keys().map(|(a, _)| *a).collect();
                    let part = |rule: &&govern::review::ToxicRule| {
                        rule.all_of.iter().any(|need| given_actions.contains(&need.action))
                    };
                    let evidence = Evidence {
                        since: since.get(&(user.id, role.clone())).copied().flatten(),
                        last_used: sum.last(),
                        used: sum.count,
                        rights: count(given.len()),
                        unused,
                        peers: count(peers.len()),
                        peers_with: count(peers.iter().filter(|u| u.roles.contains(role)).count()),
                        explained: sum.explained_per_mille(),
                        toxic: clashes.iter().copied().filter(part).map(|r| r.id.to_owned()).collect(),
                        powerful: powerful(given),
                        duty: DUTIES.contains(&role.as_str()),
                        ..about(user)
                    };
                    line(
                        Some(user.id),
                        named(Some(user.id), Some(role)),
                        Item::Role { role: role.clone(), label },
                        evidence,
                    )?;
                }
            }
        }
        if campaign.what.contains(&Holding::Shares) {
            let by_id: HashMap<String, &User> = people.iter().map(|u| (u.id.to_string(), *u)).collect();
            let shares = self.shares_of(&by_id, campaign, now).await?;
            let touched = self.touched_by_shares(&shares, from).await?;
            for share in shares {
                let Some(object) = share.object else { continue };
                let user = by_id.get(&share.grantee);
                let subject = user.map(|u| u.id);
                let mine = |actor: &UserId| subject.is_none_or(|id| id == *actor);
                let touches = touched.get(&share.record).into_iter().flatten().filter(|(actor, _)| mine(actor));
                let (mut used, mut last, mut edited) = (0, None, false);
                for (_, (count, at, wrote)) in touches {
                    used += count;
                    last = last.max(Some(*at));
                    edited |= wrote;
                }
                let base = user.map_or_else(Evidence::default, |u| about(u));
                let evidence = Evidence { since: Some(share.since), last_used: last, used, edited, ..base };
                // A share with a department or role is its giver's to answer for, by the eyes of whoever stands above them.
                let whose = subject.or(Some(share.given_by));
                let named = named(whose, None);
                let item = Item::Share {
                    share: share.id,
                    object,
                    record: share.record,
                    edit: share.edit,
                    until: share.until,
                    given_by: share.given_by,
                };
                line(subject, named, item, evidence)?;
            }
        }
        if campaign.what.contains(&Holding::Tokens) {
            for token in self.live_tokens(now).await? {
                let Some(user) = people.iter().find(|u| u.id == token.user) else { continue };
                let evidence = Evidence {
                    since: Some(token.since),
                    last_used: token.used_at.filter(|at| *at >= from),
                    used: u64::from(token.used_at.is_some_and(|at| at >= from)),
                    powerful: token.all && user.kind == UserKind::Service,
                    ..about(user)
                };
                let item =
                    Item::Token { token: token.id, name: token.name, all: token.all, expires_at: token.expires_at };
                line(Some(user.id), named(Some(user.id), None), item, evidence)?;
            }
        }
        Ok(lines)
    }

    /// Shares in force with these people; with departments and roles where everybody is meant.
    async fn shares_of(
        &self,
        people: &HashMap<String, &User>,
        campaign: &Campaign,
        now: UnixMs,
    ) -> Result<Vec<Shared>, Refusal> {
        let everybody = campaign.department.is_none() && campaign.role.is_none() && campaign.of.is_none();
        let mut sql = Sql::new(self.db.dialect(), &MEMBER.select("(expires_at IS NULL OR expires_at > "));
        sql.bind(now).push(") ORDER BY id");
        let mut found = vec![];
        for row in self.read(sql.finish()).await? {
            // What was altered beside the program gives nothing.
            if !MEMBER.is_sealed(self.seals(), &row) {
                continue;
            }
            let read = || {
                let kind = row.text(3)?.to_owned();
                let shared = Shared {
                    id: ShareId::from_bytes(row.id(0)?),
                    record: RecordId::from_bytes(row.id(1)?),
                    object: None,
                    grantee: row.text(4)?.to_owned(),
                    edit: row.text(5)? == "edit",
                    until: row.opt_time(6)?,
                    given_by: row.user(7)?,
                    since: row.time(8)?,
                };
                Ok::<_, crate::DatabaseError>((kind, shared))
            };
            let (kind, shared) = read().map_err(broken)?;
            let meant = if kind == "user" { people.contains_key(&shared.grantee) } else { everybody };
            if meant {
                found.push(shared);
            }
            if found.len() > MOST_LINES {
                return Err(barred("review_too_large", format!("a campaign has at most {MOST_LINES} lines")));
            }
        }
        // Of which object type they are: nothing else of the records is read.
        let mut objects: HashMap<RecordId, ObjectName> = HashMap::new();
        for part in found.chunks(PART) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT id, object FROM record WHERE id IN ");
            sql.bind_list(part.iter().map(|s| s.record));
            for row in self.read(sql.finish()).await? {
                if let Ok(object) = row.text(1).map_err(broken)?.parse() {
                    objects.insert(row.record(0).map_err(broken)?, object);
                }
            }
        }
        let known = |mut s: Shared| {
            s.object = Some(objects.get(&s.record)?.clone());
            Some(s)
        };
        Ok(found.into_iter().filter_map(known).collect())
    }

    /// By record: who touched it since a moment, how often, when last, and whether they wrote.
    async fn touched_by_shares(
        &self,
        shares: &[Shared],
        from: UnixMs,
    ) -> Result<HashMap<RecordId, BTreeMap<UserId, (u64, UnixMs, bool)>>, Refusal> {
        let mut found: HashMap<RecordId, BTreeMap<UserId, (u64, UnixMs, bool)>> = HashMap::new();
        for part in shares.chunks(PART) {
            let mut sql =
                Sql::new(self.db.dialect(), "SELECT t.record, e.actor, COUNT(*), MAX(e.at), MAX(CASE WHEN e.action = ");
            sql.bind(i64::from(Action::Edit.code()))
                .push(" THEN 1 ELSE 0 END) FROM touch t JOIN event e ON e.seq = t.seq ");
            sql.push("WHERE t.customer IN (SELECT customer FROM record WHERE id IN ");
            sql.bind_list(part.iter().map(|s| s.record)).push(") AND t.record IN ");
            sql.bind_list(part.iter().map(|s| s.record)).push(" AND e.at >= ").bind(from).push(" AND e.decision = ");
            sql.bind(i64::from(Decision::Allowed.code())).push(" AND e.action < 100 GROUP BY t.record, e.actor");
            for row in self.read(sql.finish()).await? {
                let count = u64::try_from(row.int(2).map_err(broken)?).unwrap_or(0);
                let one = (count, row.time(3).map_err(broken)?, row.int(4).map_err(broken)? > 0);
                let by = found.entry(row.record(0).map_err(broken)?).or_default();
                by.insert(row.user(1).map_err(broken)?, one);
            }
        }
        Ok(found)
    }

    /// Tokens that have not ended.
    async fn live_tokens(&self, now: UnixMs) -> Result<Vec<Live>, Refusal> {
        let mut sql = Sql::new(
            self.db.dialect(),
            &format!(
                "SELECT {}, seal, used_at FROM token WHERE ended_at IS NULL AND expires_at > ",
                TOKEN.columns.join(", ")
            ),
        );
        sql.bind(now).push(" ORDER BY id");
        let mut found = vec![];
        for row in self.read(sql.finish()).await? {
            if !TOKEN.is_sealed(self.seals(), &row) {
                continue;
            }
            let read = || {
                Ok::<_, crate::DatabaseError>(Live {
                    id: TokenId::from_bytes(row.id(0)?),
                    user: row.user(1)?,
                    name: row.text(2)?.to_owned(),
                    all: row.opt_text(4)?.is_none(),
                    since: row.time(5)?,
                    expires_at: row.time(6)?,
                    used_at: row.opt_time(8)?,
                })
            };
            found.push(read().map_err(broken)?);
        }
        Ok(found)
    }
}

/// People with the security duty, then those with the audit duty.
pub(super) fn officers(company: &Loaded) -> Vec<UserId> {
    let mut found: Vec<(usize, UserId)> = vec![];
    for user in company.users.values().filter(|u| u.status == UserStatus::Active && u.kind == UserKind::Person) {
        let rank = ["security_admin", "audit_admin"].iter().position(|d| user.roles.iter().any(|r| r.as_str() == *d));
        found.extend(rank.map(|rank| (rank, user.id)));
    }
    found.sort();
    found.into_iter().map(|(_, id)| id).collect()
}

struct Shared {
    id: ShareId,
    record: RecordId,
    /// `None` until it was looked up.
    object: Option<ObjectName>,
    grantee: String,
    edit: bool,
    until: Option<UnixMs>,
    given_by: UserId,
    since: UnixMs,
}

struct Live {
    id: TokenId,
    user: UserId,
    name: String,
    all: bool,
    since: UnixMs,
    expires_at: UnixMs,
    used_at: Option<UnixMs>,
}
