//! Decoys 诱饵: customers that nobody is, planted among the others. Whoever touches one had no reason to.
//!
//! One story. Li, a security officer, plants three decoys into the pool and one among Wang's customers. To everybody else they are
//! customers like any other: in lists, in counts, in files, in the record's own timeline, where they came with an import of the house.
//! A week later somebody opens one of them, and an alert opens: the follower of the log knows them by [`Store::canaries`].
//!
//! Rules.
//! - Which records are decoys stands nowhere in the clear: a row of `canary` is sealed whole, and the event of planting names the decoy
//!   and not the record. Who holds the database learns how many there are.
//! - A decoy takes every path that a customer takes: it is recycled, handed over, merged and erased as they are. What the house works
//!   out for nobody's question leaves them out; what a person can ask with a filter of their own counts them, for a difference between
//!   two answers would tell which they are (docs/decisions/0065).
//! - First the mark, then the record: after a crash in between there is a decoy without a record, and no made-up customer unmarked.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use access::path::{Change, Changed, Disclosed, Grant, NewRecord, OnSystem, Operation, Refusal};
use model::decoy::decoy;
use model::{Action, CanaryId, Channel, FieldKind, ObjectType, RecordId, UnixMs, UserId};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use vault::Place;

use crate::Store;
use crate::audit::name_of;
use crate::company::{Draft, Note, barred, operations};
use crate::ids::random;
use crate::records::{Numbering, parse_values, statements};

/// Decoys planted at once, and in all.
pub const MOST_AT_ONCE: u32 = 20;
pub const MOST: usize = 500;
/// The object type that decoys are of.
const CUSTOMER: &str = "customer";
/// What their making is called in the log: what every import of the house is called.
const RULE: &str = "import";

/// Plants decoys.
#[derive(Debug)]
pub struct PlantCanaries {
    pub count: u32,
    /// Whose customers they seem to be; `None` for the public pool.
    pub owner: Option<UserId>,
    /// What the officers call the lot.
    pub label: String,
    pub note: Note,
}

/// A record is no decoy any more. It stays where it is.
#[derive(Debug)]
pub struct LiftCanary {
    pub id: CanaryId,
    pub reason: String,
}

#[derive(Debug)]
pub struct ListCanaries;

operations! {
    PlantCanaries: CanaryManage, |op| json!({
        "act": "canary.plant", "count": op.count, "owner": op.owner, "label": op.label, "canaries": op.note.get(),
    });
    LiftCanary: CanaryManage, |op| json!({ "act": "canary.lift", "canary": op.id, "reason": op.reason });
    ListCanaries: CanaryManage, |_op| json!({ "act": "canary.list" });
}

/// What is sealed of a decoy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    record: RecordId,
    name: String,
    label: String,
    by: UserId,
    at: UnixMs,
    #[serde(default)]
    lifted: Option<(UnixMs, UserId)>,
}

/// A decoy, as officers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanaryView {
    pub id: CanaryId,
    pub record: RecordId,
    pub name: String,
    pub label: String,
    pub by: UserId,
    pub by_name: String,
    pub at: UnixMs,
    pub lifted_at: Option<UnixMs>,
    /// Whether its record is there: it may have been merged, erased or deleted like any other.
    pub there: bool,
    pub owner_name: Option<String>,
}

/// Decoys as opened, of one epoch of the company.
#[derive(Debug, Default)]
pub(crate) struct OpenedCanaries(Mutex<Option<(i64, Arc<HashSet<RecordId>>)>>);

impl Store {
    fn seal_canary(&self, id: CanaryId, kept: &Kept) -> Result<Vec<u8>, Refusal> {
        let text = serde_json::to_vec(kept).map_err(|_| Refusal::Damaged)?;
        self.identity.request_key.seal(&place(id), random(), &text).map_err(|error| {
            tracing::error!(%error, "a decoy could not be sealed");
            Refusal::Damaged
        })
    }

    fn open_canary(&self, id: CanaryId, body: &[u8]) -> Result<Kept, Refusal> {
        let opened = self.identity.request_key.open(&place(id), body).map_err(|error| {
            tracing::error!(%error, "a decoy does not open");
            Refusal::Damaged
        })?;
        serde_json::from_slice(&opened).map_err(|_| Refusal::Damaged)
    }

    /// Records that are decoys now: for who follows the log. Opened once for each change of the company.
    pub fn canaries(&self) -> Arc<HashSet<RecordId>> {
        let company = self.company();
        let mut opened = self.company.canaries.0.lock();
        if let Some((epoch, found)) = &*opened
            && *epoch == company.epoch
        {
            return found.clone();
        }
        let all = company.canaries.iter().filter_map(|(id, body)| self.open_canary(*id, body).ok());
        let found: Arc<HashSet<RecordId>> = Arc::new(all.filter(|k| k.lifted.is_none()).map(|k| k.record).collect());
        *opened = Some((company.epoch, found.clone()));
        found
    }

    /// Plants decoys; gives their ids.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for numbers, words, an owner who is not active, or an object type that asks for more than a decoy says;
    /// [`Refusal::Barred`] `too_many_canaries`; as every change of the company. Of several, those before a failure are planted.
    pub async fn plant_canaries(&self, grant: Grant<PlantCanaries>) -> Result<Disclosed<Vec<CanaryId>>, Refusal> {
        let (store, now) = (self.clone(), grant.now());
        let by = grant.caller().user;
        let made = match self.drafted(grant.operation(), now, by) {
            Ok(made) => made,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let ids: Vec<CanaryId> = made.iter().map(|(id, _, _)| *id).collect();
        let marks: Vec<(CanaryId, Kept)> = made.iter().map(|(id, kept, _)| (*id, kept.clone())).collect();
        let done = self
            .change_company(grant, move |grant, draft| {
                if draft.from.canaries.len().saturating_add(marks.len()) > MOST {
                    return Err(barred("too_many_canaries", format!("{MOST} decoys are kept at most")));
                }
                grant.operation().note.set(json!(ids));
                for (id, kept) in &marks {
                    draft.put_canary(*id, store.seal_canary(*id, kept)?);
                }
                Ok(ids)
            })
            .await?;
        for (_, _, new) in made {
            self.make_decoy(new, now).await?;
        }
        Ok(done)
    }

    /// What is planted: checked before anything is made.
    fn drafted(
        &self,
        op: &PlantCanaries,
        now: UnixMs,
        by: UserId,
    ) -> Result<Vec<(CanaryId, Kept, NewRecord)>, Refusal> {
        if !(1..=MOST_AT_ONCE).contains(&op.count) {
            return Err(Refusal::invalid("count", "invalid_value", "1 to 20 at once"));
        }
        let label = op.label.trim();
        if label.is_empty() {
            return Err(Refusal::invalid("label", "required", "words are needed"));
        }
        if label.chars().count() > 80 || label.chars().any(char::is_control) {
            return Err(Refusal::invalid("label", "invalid_value", "1 to 80 characters on one line"));
        }
        let object = self.decoy_type()?;
        let company = self.company();
        let department = match op.owner {
            None if !object.has_pool => {
                return Err(Refusal::invalid("owner", "required", "this object has no pool"));
            }
            None => None,
            Some(owner) => match company.users.get(&owner) {
                Some(u) if u.status == model::UserStatus::Active && u.kind == model::UserKind::Person => {
                    Some(u.department)
                }
                _ => return Err(Refusal::invalid("owner", "no_such_user", "there is no such active user")),
            },
        };
        let mut below = |n: u64| u64::from_le_bytes(random()) % n.max(1);
        let caller = Self::system_caller(Channel::Import, RULE, now);
        (0..op.count)
            .map(|_| {
                let decoy = decoy(&mut below);
                let values =
                    parse_values(&object, &values_of(&object, &decoy, &mut below)).map_err(Refusal::Invalid)?;
                let record = RecordId::new(now, random());
                let new = NewRecord {
                    id: record,
                    customer: None,
                    owner: op.owner,
                    department,
                    pool: op.owner.is_none(),
                    values,
                    given: access::path::Values::new(),
                };
                // An object type that asks for more than a decoy says is found before anything is marked.
                self.gate.seal_new(&caller, &object, &new)?;
                let kept = Kept { record, name: decoy.name, label: label.to_owned(), by, at: now, lifted: None };
                Ok((CanaryId::new(now, random()), kept, new))
            })
            .collect()
    }

    fn decoy_type(&self) -> Result<Arc<ObjectType>, Refusal> {
        let company = self.company();
        let found = company.objects.iter().find(|(name, _)| name.as_str() == CUSTOMER);
        found.map(|(_, (_, object))| object.clone()).ok_or(Refusal::NotFound)
    }

    /// Makes the record, as an import of the house makes one.
    async fn make_decoy(&self, mut new: NewRecord, now: UnixMs) -> Result<(), Refusal> {
        let object = self.decoy_type()?;
        let caller = Self::system_caller(Channel::Import, RULE, now);
        let mut numbering = Numbering::default();
        new.given = self.number_made(now, &object, &mut numbering).await?;
        let places = self.gate.seal_new(&caller, &object, &new)?;
        let mut changes = std::mem::take(&mut numbering.changes);
        changes.extend(statements::insert(&object.name, &new, &places, caller.user, now));
        let made = [Changed { record: new.id, customer: statements::customer_of(&new), version: 1 }];
        let detail = access::path::tell(json!({ "act": "import" }), numbering.told());
        let noted = self.gate.note_on_all(&caller, (Action::Import, &object.name), detail, (RULE, &made), changes);
        noted.await.map_err(|_| Refusal::AuditUnavailable)
    }

    /// A record is no decoy any more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`] without a reason; [`Refusal::Barred`] `canary_lifted`; as every change of the company.
    pub async fn lift_canary(&self, grant: Grant<LiftCanary>) -> Result<Disclosed<()>, Refusal> {
        let store = self.clone();
        self.change_company(grant, move |grant, draft| {
            let (op, now) = (grant.operation(), grant.now());
            crate::hold::check_reason(&op.reason)?;
            let body = draft.from.canaries.get(&op.id).ok_or(Refusal::NotFound)?;
            let mut kept = store.open_canary(op.id, body)?;
            if kept.lifted.is_some() {
                return Err(barred("canary_lifted", "it is no decoy any more"));
            }
            kept.lifted = Some((now, grant.caller().user));
            let sealed = store.seal_canary(op.id, &kept)?;
            draft.put_canary(op.id, sealed);
            Ok(())
        })
        .await
    }

    /// All decoys, the newest first. It shows nothing of their records but whether they are there and whose they are.
    ///
    /// # Errors
    /// [`Refusal::Damaged`], [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_canaries(&self, grant: Grant<ListCanaries>) -> Result<Disclosed<Vec<CanaryView>>, Refusal> {
        match self.canary_views(&grant).await {
            Ok(views) => grant.carry_out(vec![], views).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn canary_views(&self, grant: &Grant<ListCanaries>) -> Result<Vec<CanaryView>, Refusal> {
        let company = self.company();
        let directory = grant.engine().directory();
        let mut all = vec![];
        for (id, body) in company.canaries.iter().rev() {
            all.push((*id, self.open_canary(*id, body)?));
        }
        let mut owners: HashMap<RecordId, Option<UserId>> = HashMap::new();
        for part in all.chunks(200) {
            let mut sql = crate::sql::Sql::new(self.db.dialect(), "SELECT id, owner FROM record WHERE id IN ");
            sql.bind_list(part.iter().map(|(_, kept)| kept.record.as_bytes().to_vec()));
            for row in self.read(sql.finish()).await? {
                let read = || Ok::<_, crate::DatabaseError>((row.record(0)?, row.opt_id(1)?.map(UserId::from_bytes)));
                let (record, owner) = read().map_err(crate::records::broken)?;
                owners.insert(record, owner);
            }
        }
        let view = |(id, kept): (CanaryId, Kept)| CanaryView {
            id,
            record: kept.record,
            name: kept.name,
            label: kept.label,
            by: kept.by,
            by_name: name_of(directory, kept.by),
            at: kept.at,
            lifted_at: kept.lifted.map(|l| l.0),
            there: owners.contains_key(&kept.record),
            owner_name: owners.get(&kept.record).copied().flatten().map(|o| name_of(directory, o)),
        };
        Ok(all.into_iter().map(view).collect())
    }
}

impl Draft {
    fn put_canary(&mut self, id: CanaryId, body: Vec<u8>) {
        let params = vec![id.into(), body.clone().into()];
        self.changes.push(match self.next.canaries.contains_key(&id) {
            true => Change::new("UPDATE canary SET body = ?2 WHERE id = ?1", params).expecting(1),
            false => Change::new("INSERT INTO canary (id, body) VALUES (?1, ?2)", params),
        });
        self.next.canaries.insert(id, body);
    }
}

fn place(id: CanaryId) -> Place<'static> {
    Place { object: "canary", record: RecordId(id.0), field: "body" }
}

/// What the object type has a field for.
fn values_of(
    object: &ObjectType,
    decoy: &model::decoy::Decoy,
    below: &mut impl FnMut(u64) -> u64,
) -> Map<String, Value> {
    let mut values = Map::new();
    for field in object.fields.iter().filter(|f| !f.kept && !f.is_given()) {
        let name = field.name.as_str();
        let value = match (&field.kind, name) {
            _ if field.name == object.title_field => json!(decoy.name),
            (FieldKind::Phone, _) => json!(decoy.phone),
            (FieldKind::Text { .. }, "region") => json!(decoy.region),
            (FieldKind::Text { .. }, "industry") => json!(decoy.industry),
            (FieldKind::Text { .. }, "source") => json!(decoy.source),
            (FieldKind::Number { .. }, "employees") => json!(decoy.employees),
            (FieldKind::Choice { options }, "level" | "status") => {
                let at = usize::try_from(below(options.len() as u64)).unwrap_or(0);
                match options.get(at) {
                    Some(option) => json!(option.value),
                    None => continue,
                }
            }
            _ => continue,
        };
        values.insert(name.to_owned(), value);
    }
    values
}
