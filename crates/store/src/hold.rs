//! Legal holds 依法保全: while one stands, nothing of the customer is destroyed, neither by erasure nor by retention.

use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use model::{Action, GrantId, RecordId, UnixMs, UserId};
use serde::{Deserialize, Serialize};

use crate::Store;
use crate::audit::{name_of, settle};
use crate::database::Query;
use crate::ids::random;
use crate::proof::tables::LEGAL_HOLD;
use crate::records::broken;
use crate::sql::Sql;

/// Longest reason, in characters.
pub(crate) const MAX_REASON: usize = 500;
/// Most holds in one answer.
const LISTED: i64 = 1000;

/// Place a hold on a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceHold {
    pub customer: RecordId,
    /// Which proceeding or order; no customer's data.
    pub reason: String,
}

/// Release a hold. The customer is named too, so that a slip of an id releases nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseHold {
    pub id: GrantId,
    pub customer: RecordId,
    pub reason: String,
}

/// List holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ListHolds {
    /// Released ones too.
    pub all: bool,
    pub customer: Option<RecordId>,
}

impl Operation for PlaceHold {
    const ACTION: Action = Action::HoldManage;
}
impl OnSystem for PlaceHold {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "hold.place", "customer": self.customer, "reason": self.reason })
    }
    fn about(&self) -> Option<RecordId> {
        Some(self.customer)
    }
}
impl Operation for ReleaseHold {
    const ACTION: Action = Action::HoldManage;
}
impl OnSystem for ReleaseHold {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "hold.release", "hold": self.id, "customer": self.customer, "reason": self.reason })
    }
    fn about(&self) -> Option<RecordId> {
        Some(self.customer)
    }
}
impl Operation for ListHolds {
    const ACTION: Action = Action::HoldManage;
}
impl OnSystem for ListHolds {
    fn detail(&self) -> serde_json::Value {
        serde_json::json!({ "act": "hold.list", "asked": self })
    }
    fn about(&self) -> Option<RecordId> {
        self.customer
    }
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hold {
    pub id: GrantId,
    pub customer: RecordId,
    pub reason: String,
    pub author: UserId,
    pub author_name: String,
    pub created_at: UnixMs,
    pub released_at: Option<UnixMs>,
    pub released_by: Option<UserId>,
}

/// # Errors
/// [`Refusal::Invalid`] for an empty or overlong reason.
pub(crate) fn check_reason(reason: &str) -> Result<(), Refusal> {
    let length = reason.trim().chars().count();
    if (1..=MAX_REASON).contains(&length) && !reason.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Refusal::invalid("reason", "invalid_value", format!("a reason has 1 to {MAX_REASON} characters on one line")))
}

/// Takes the customer's row for this transaction, so that a hold and an erasure of one customer come one after the other.
pub(crate) fn lock_customer(customer: RecordId) -> Change {
    Change::new("UPDATE data_key SET created_at = created_at WHERE customer = ?1", vec![customer.into()])
}

impl Store {
    /// Places a hold.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the reason, [`Refusal::NotFound`] for an id that is no customer's or of one already
    /// erased, [`Refusal::AuditUnavailable`].
    pub async fn place_hold(&self, grant: Grant<PlaceHold>) -> Result<Disclosed<GrantId>, Refusal> {
        let op = grant.operation().clone();
        let checked = match check_reason(&op.reason) {
            Ok(()) => self.is_customer(op.customer).await,
            Err(refusal) => Err(refusal),
        };
        match checked {
            Ok(true) => {}
            Ok(false) => return Err(grant.refuse_system(Refusal::NotFound).await),
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        }
        let id = GrantId::new(grant.now(), random());
        let mut params: Vec<Param> = vec![
            id.into(),
            op.customer.into(),
            op.reason.trim().into(),
            grant.caller().user.into(),
            grant.now().into(),
        ];
        params.push(self.seals().row(LEGAL_HOLD.name, &params).to_vec().into());
        let insert = Change::new(
            "INSERT INTO legal_hold (id, customer, reason, author, created_at, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params,
        );
        // One row or a conflict: an erasure that came first leaves nothing to hold.
        let held = Change::new(
            "UPDATE data_key SET created_at = created_at WHERE customer = ?1 AND erased_at IS NULL",
            vec![op.customer.into()],
        );
        grant.carry_out_telling(vec![("hold", serde_json::json!(id))], vec![held.expecting(1), insert], id).await
    }

    /// Releases a hold.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when there is no such hold on this customer, or it was released already; else as
    /// [`Store::place_hold`].
    pub async fn release_hold(&self, grant: Grant<ReleaseHold>) -> Result<Disclosed<()>, Refusal> {
        let op = grant.operation().clone();
        if let Err(refusal) = check_reason(&op.reason) {
            return Err(grant.refuse_system(refusal).await);
        }
        let query = Query::point(LEGAL_HOLD.select("id = ?1"), vec![op.id.into()]);
        let seal = match self.read(query).await {
            Ok(rows) => match rows.first() {
                Some(row) if !LEGAL_HOLD.is_sealed(self.seals(), row) => Err(Refusal::Damaged),
                Some(row) => {
                    let mut columns: Vec<Param> = row.0.iter().take(5).cloned().collect();
                    columns.extend([grant.now().into(), grant.caller().user.into()]);
                    Ok(self.seals().row(LEGAL_HOLD.name, &columns).to_vec())
                }
                // Answered by the statement, as a conflict.
                None => Ok(vec![]),
            },
            Err(refusal) => Err(refusal),
        };
        let seal = match seal {
            Ok(seal) => seal,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let release = Change::new(
            "UPDATE legal_hold SET released_at = ?3, released_by = ?4, seal = ?5 \
             WHERE id = ?1 AND customer = ?2 AND released_at IS NULL",
            vec![op.id.into(), op.customer.into(), grant.now().into(), grant.caller().user.into(), seal.into()],
        );
        // What a retention passed over because of this hold is looked at again by the next one.
        let again = Change::new("DELETE FROM meta WHERE key = 'retained_to'", vec![]);
        grant.carry_out(vec![release.expecting(1), again], ()).await
    }

    /// Lists holds, newest first, at most a thousand.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_holds(&self, grant: Grant<ListHolds>) -> Result<Disclosed<Vec<Hold>>, Refusal> {
        let answer = self.holds(&grant).await;
        settle(grant, answer).await
    }

    async fn holds(&self, grant: &Grant<ListHolds>) -> Result<(Vec<RecordId>, Vec<Hold>), Refusal> {
        let op = grant.operation();
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT id, customer, reason, author, created_at, released_at, released_by FROM legal_hold WHERE TRUE",
        );
        if !op.all {
            sql.push(" AND released_at IS NULL");
        }
        if let Some(customer) = op.customer {
            sql.push(" AND customer = ").bind(customer);
        }
        sql.push(" ORDER BY created_at DESC, id LIMIT ").bind(LISTED);
        let directory = grant.engine().directory();
        let mut holds = Vec::new();
        for row in self.read(sql.finish()).await? {
            let read = || {
                let author = row.user(3)?;
                Ok(Hold {
                    id: GrantId::from_bytes(row.id(0)?),
                    customer: row.record(1)?,
                    reason: row.text(2)?.to_owned(),
                    author,
                    author_name: name_of(directory, author),
                    created_at: row.time(4)?,
                    released_at: row.opt_time(5)?,
                    released_by: row.opt_id(6)?.map(UserId::from_bytes),
                })
            };
            holds.push(read().map_err(broken)?);
        }
        Ok((holds.iter().map(|h| h.customer).collect(), holds))
    }

    /// Whether a hold stands on the customer.
    pub(crate) async fn is_held(&self, customer: RecordId) -> Result<bool, Refusal> {
        let rows = self.read(Query::point(LEGAL_HOLD.select("customer = ?1"), vec![customer.into()])).await?;
        let mut held = false;
        for row in &rows {
            if !LEGAL_HOLD.is_sealed(self.seals(), row) {
                // Whether it stands is not known, so nothing is destroyed.
                tracing::error!(customer.id = %customer, "a legal hold was altered beside the program");
                return Err(Refusal::Damaged);
            }
            held |= row.opt_int(5).map_err(broken)?.is_none();
        }
        Ok(held)
    }

    async fn is_customer(&self, customer: RecordId) -> Result<bool, Refusal> {
        let sql = "SELECT COUNT(*) FROM data_key WHERE customer = ?1 AND erased_at IS NULL";
        let rows = self.read(Query::point(sql, vec![customer.into()])).await?;
        rows.first().map_or(Ok(false), |row| row.bool(0).map_err(broken))
    }
}
