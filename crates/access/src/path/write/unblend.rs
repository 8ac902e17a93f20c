//! What a merge keeps so that it can be taken back 撤销合并, and the taking back.
//!
//! Rule: what is kept lies sealed under the data key of the customer it is of, at a place of its merge and record: an erasure
//! destroys it with them. Values are opened in here, compared with what stands now, and shown to nobody. A field that was
//! changed since the merge keeps what it has.
//!
//! ```text
//! let (write, replaced) = grant.blend(&survivor, &others, &choose).await?;
//! let kept = replaced.seal(write.grant(), &survivor, "…/2")?;       // stored with the merge
//! …
//! let parting = grant.parting(&survivor, "…/2", &kept)?;             // which fields go back, which stay
//! let write = grant.unblend(&survivor, &others, parting).await?;
//! ```

use model::{Disclosure, FieldLevel, FieldName, ObjectType, RecordId, StoredRow, Value};
use serde::{Deserialize, Serialize};
use vault::{DataKey, Place, WrappedKey};
use zeroize::Zeroizing;

use super::super::gate::random;
use super::super::grant::Grant;
use super::super::operation::OnRecords;
use super::super::refusal::Refusal;
use super::super::sealed::{key_of, open_field};
use super::{Values, Write};

const OBJECT: &str = "merge_kept";

fn shut(error: vault::VaultError) -> Refusal {
    tracing::error!(%error, "what a merge kept does not open, or could not be sealed");
    Refusal::Damaged
}

/// One field that a merge changed. No `Debug`: it is customer data.
#[derive(Serialize, Deserialize)]
struct Field {
    name: FieldName,
    was: Option<Value>,
    became: Option<Value>,
}

/// What a merge changed of the record that stays.
pub struct Replaced(Vec<Field>);

impl Replaced {
    /// What `written` changes of a row. What is worked out is worked out again, and not kept.
    pub(super) fn of<O: OnRecords>(
        grant: &Grant<O>,
        object: &ObjectType,
        row: &StoredRow,
        written: &Values,
    ) -> Result<Self, Refusal> {
        let key = key_of(grant, row)?;
        let mut fields = vec![];
        for (name, became) in written {
            let Some(def) = object.field(name.as_str()).filter(|f| f.formula.is_none()) else { continue };
            let was = match def.slot {
                Some(_) => row.clear.get(name).cloned(),
                None => open_field(object, row, key.as_ref(), name)?,
            };
            fields.push(Field { name: name.clone(), was, became: became.clone() });
        }
        Ok(Self(fields))
    }

    /// As it is kept.
    ///
    /// # Errors
    /// As [`Grant::seal_kept`].
    pub fn seal<O: OnRecords>(&self, grant: &Grant<O>, row: &StoredRow, merge: &str) -> Result<Vec<u8>, Refusal> {
        let plain = serde_json::to_vec(&self.0).map(Zeroizing::new).map_err(|_| Refusal::Damaged)?;
        grant.seal_kept(row, merge, &plain)
    }
}

/// Which fields go back to what they were before a merge. No `Debug`: it holds values.
pub struct Parting {
    values: Values,
    /// In the order of their names.
    pub back: Vec<FieldName>,
    /// Those that were changed since, and stay.
    pub stays: Vec<FieldName>,
}

impl<O: OnRecords> Grant<O> {
    /// Seals what a merge keeps of a row, under its customer's key. `merge` names the merge.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] once the customer is erased; [`Refusal::Damaged`]. To be recorded by the caller.
    pub fn seal_kept(&self, row: &StoredRow, merge: &str, plain: &[u8]) -> Result<Vec<u8>, Refusal> {
        let key = key_of(self, row)?.ok_or(Refusal::NotFound)?;
        key.seal(&Place { object: OBJECT, record: row.id, field: merge }, random(), plain).map_err(shut)
    }

    /// Opens what a merge kept of a record: what a stored row holds, with its sealed fields sealed as they were, so that no personal
    /// value comes out here. MUST NOT be shown: it leaves no record. What it is of is disclosed as any row is.
    ///
    /// # Errors
    /// [`Refusal::Damaged`]. To be recorded by the caller.
    pub fn open_kept(
        &self,
        (record, customer): (RecordId, RecordId),
        (kek_version, wrapped): &(u32, Vec<u8>),
        merge: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        let wrapped = WrappedKey { kek_version: *kek_version, bytes: wrapped.clone() };
        let key: DataKey = self.core.recorder.vault().open_data_key(customer, &wrapped).map_err(shut)?;
        key.open(&Place { object: OBJECT, record, field: merge }, sealed).map_err(shut)
    }

    /// Which fields of the record that stayed go back. `untouched`: nobody has written it since the merge; only then does an
    /// approval stand again, for what was approved is what stands there.
    ///
    /// # Errors
    /// [`Refusal::Damaged`]. To be recorded by the caller.
    pub fn parting(&self, row: &StoredRow, merge: &str, sealed: &[u8], untouched: bool) -> Result<Parting, Refusal> {
        let object = self.object_type()?.clone();
        let wrapped = row.key.clone().ok_or(Refusal::NotFound)?;
        let plain = self.open_kept((row.id, row.customer), &wrapped, merge, sealed)?;
        let kept: Vec<Field> = serde_json::from_slice(&plain).map_err(|_| Refusal::Damaged)?;
        let key = key_of(self, row)?;
        let approval = object.process().and_then(|p| p.approval.as_ref());
        let mut parting = Parting { values: Values::new(), back: vec![], stays: vec![] };
        for Field { name, was, became } in kept {
            // A field that the definition has no more is nobody's.
            let Some(def) = object.field(name.as_str()).filter(|f| f.formula.is_none()) else { continue };
            let now = match def.slot {
                Some(_) => row.clear.get(&name).cloned(),
                None => open_field(&object, row, key.as_ref(), &name)?,
            };
            let stands = approval.is_some_and(|a| a.status == name) && !untouched;
            if now == became && !stands {
                if now != was {
                    parting.values.insert(name.clone(), was);
                    parting.back.push(name);
                }
            } else if now != was {
                parting.stays.push(name);
            }
        }
        parting.back.sort();
        parting.stays.sort();
        Ok(parting)
    }

    /// Checks that the caller may do the act on every one of the records, and seals what goes back.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`], [`Refusal::Damaged`]; recorded.
    pub async fn unblend(self, row: &StoredRow, others: &[StoredRow], parting: Parting) -> Result<Write<O>, Refusal> {
        match self.unblended(row, others, &parting) {
            Ok((places, disclosure)) => {
                let mut write = Write {
                    record: row.id,
                    customer: row.customer,
                    disclosure,
                    versions: vec![(row.id, row.version.saturating_add(1))],
                    told: vec![],
                    more: vec![],
                    places,
                    grant: self,
                };
                write.tells("back", serde_json::json!(parting.back));
                write.tells("stays", serde_json::json!(parting.stays));
                for other in others {
                    let disclosure = write.grant.touched(write.grant.op.object(), other, vec![]);
                    write.versions.push((other.id, other.version));
                    write.more.push((other.id, other.customer, disclosure));
                }
                Ok(write)
            }
            Err(refusal) => Err(self.refuse(refusal).await),
        }
    }

    fn unblended(
        &self,
        row: &StoredRow,
        others: &[StoredRow],
        parting: &Parting,
    ) -> Result<(super::Places, Disclosure), Refusal> {
        for one in std::iter::once(row).chain(others) {
            self.check_row(one)?;
        }
        let object = self.object_type()?.clone();
        let mut written = parting.values.clone();
        let worked = object.worked_out(|name| written.get(name).map_or_else(|| row.clear.get(name), Option::as_ref));
        written.extend(worked);
        if let Some(approval) = object.process().and_then(|p| p.approval.as_ref())
            && written.keys().any(|name| approval.guards(name))
            && !written.contains_key(&approval.status)
            && row.clear.contains_key(&approval.status)
        {
            let draft = Value::Text(model::process::Standing::Draft.as_str().to_owned());
            written.insert(approval.status.clone(), Some(draft));
        }
        let places = super::seal_values(&self.core.recorder, &object, row, &written)?;
        let readable = |name: &&FieldName| {
            let at = object.fields.iter().position(|f| f.name == **name);
            at.and_then(|at| self.levels(row).get(at).copied()).is_some_and(|l| l >= FieldLevel::ReadOnly)
        };
        let shown = parting.back.iter().filter(readable).cloned().collect();
        Ok((places, self.touched(&object.name, row, shown)))
    }
}
