//! What people keep for themselves: views of lists, and how they mapped the columns of their files.
//!
//! Rule: one row for each user and kind, sealed, its version told by the event that wrote it; so a row that was edited, taken
//! away or put back is found. It holds names of fields and open values to filter by, never a searched text, which may be a
//! customer's name or number. A row that is not believed is as if it were not there, and may be written anew.

mod look;
pub mod mappings;
pub mod views;

use std::collections::BTreeMap;

use access::path::{Change, Param, Refusal};
use model::{UnixMs, UserId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::database::Query;
use crate::proof::tables::OWN_SETTING;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Row, Store};

pub use look::{Density, LeftOut, Look, Mode, Scope};
pub use mappings::{ImportMapping, KeepMapping, KeptMapping, ShowMappings};
pub use views::{DeleteView, NewView, OwnedView, PreferView, SaveView, ShowViews, ShownViews, View};

/// Longest row, in bytes of its JSON.
const MOST_BYTES: usize = 512 * 1024;

/// One row: what was read, to be written again.
pub(crate) struct Own<T> {
    user: UserId,
    name: &'static str,
    pub(crate) value: T,
    version: i64,
    /// Of the row that is replaced; `None` where there is none.
    seal: Option<Vec<u8>>,
}

impl<T: Serialize> Own<T> {
    /// The statement that writes this in place of what was read, and what the event tells of it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] `invalid_value` when it is too much to keep.
    pub(crate) fn write(self, store: &Store, at: UnixMs) -> Result<(Change, (&'static str, Value)), Refusal> {
        let version = at.0.max(self.version.saturating_add(1));
        let body = serde_json::to_string(&self.value).map_err(|_| Refusal::Damaged)?;
        if body.len() > MOST_BYTES {
            return Err(Refusal::invalid("name", "invalid_value", "this is too much to keep; delete some first"));
        }
        let mut params: Vec<Param> = vec![self.user.into(), self.name.into(), body.into(), version.into()];
        params.push(store.seals().row(OWN_SETTING.name, &params).to_vec().into());
        let told = ("own", json!({ "user": self.user, "name": self.name, "version": version }));
        let change = match self.seal {
            None => Change::new(
                "INSERT INTO own_setting (user_id, name, body, version, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
                params,
            ),
            Some(before) => {
                params.push(before.into());
                let sql = "UPDATE own_setting SET body = ?3, version = ?4, seal = ?5 \
                           WHERE user_id = ?1 AND name = ?2 AND seal = ?6";
                Change::new(sql, params).expecting(1)
            }
        };
        Ok((change, told))
    }
}

impl Store {
    /// What one person keeps under a name.
    pub(crate) async fn own<T: DeserializeOwned + Default>(
        &self,
        user: UserId,
        name: &'static str,
    ) -> Result<Own<T>, Refusal> {
        let query = Query::point(OWN_SETTING.select("user_id = ?1 AND name = ?2"), vec![user.into(), name.into()]);
        let rows = self.read(query).await?;
        let Some(row) = rows.first() else {
            return Ok(Own { user, name, value: T::default(), version: 0, seal: None });
        };
        let version = row.int(3).map_err(broken)?;
        let seal = Some(row.bytes(4).map_err(broken)?.to_vec());
        Ok(Own { user, name, value: self.own_value(row)?.unwrap_or_default(), version, seal })
    }

    /// The same of several people.
    async fn own_of<T: DeserializeOwned>(
        &self,
        users: &[UserId],
        name: &'static str,
    ) -> Result<BTreeMap<UserId, T>, Refusal> {
        if users.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut condition = Sql::new(self.db.dialect(), "");
        condition.push(&OWN_SETTING.select("")).push("name = ").bind(name).push(" AND user_id IN ");
        condition.bind_list(users.iter().copied());
        let mut found = BTreeMap::new();
        for row in self.read(condition.finish()).await? {
            if let Some(value) = self.own_value(&row)? {
                found.insert(row.user(0).map_err(broken)?, value);
            }
        }
        Ok(found)
    }

    /// What everybody keeps under a name.
    pub(crate) async fn own_of_all<T: DeserializeOwned>(
        &self,
        name: &'static str,
    ) -> Result<Vec<(UserId, T)>, Refusal> {
        let mut found = vec![];
        for row in self.read(Query::new(OWN_SETTING.select("name = ?1"), vec![name.into()])).await? {
            if let Some(value) = self.own_value(&row)? {
                found.push((row.user(0).map_err(broken)?, value));
            }
        }
        Ok(found)
    }

    fn own_value<T: DeserializeOwned>(&self, row: &Row) -> Result<Option<T>, Refusal> {
        if !OWN_SETTING.is_sealed(self.seals(), row) {
            tracing::error!("what a person keeps was altered beside the program; it is as if it were not there");
            return Ok(None);
        }
        let read = serde_json::from_str(row.text(2).map_err(broken)?);
        Ok(read.inspect_err(|error| tracing::error!(%error, "what a person keeps does not read")).ok())
    }
}
