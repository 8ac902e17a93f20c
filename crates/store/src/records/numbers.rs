//! Numbers that records are given when they are made (`model::numbering`).
//!
//! Rule: a number is given by the unit that writes its record, which moves the counter from what was read: of two nodes that count at
//! once one meets a conflict, and within a process one waits for the other. What is taken already, because an import brought
//! it, is passed over. The event tells how far the counter went, so that one put back is found.

use std::collections::{HashMap, HashSet};

use access::path::{Change, Grant, NewRecord, OnRecords, Operation, Param, Refusal, Values, Write};
use model::numbering::{LAST, Pattern, number};
use model::{FieldDef, ObjectType, StoredRow, UnixMs, Value};
use serde_json::json;

use super::broken;
use crate::company::barred;
use crate::proof::tables::COUNTER;
use crate::sql::Sql;
use crate::{Query, Store};

/// Numbers looked at in one step, and steps: beyond, an administrator has to choose another pattern.
const MOST_AT_ONCE: usize = 2_048;
const STEPS: usize = 200;

/// The numbers of one unit. Kept until the unit has ended: others of this process wait for it.
#[derive(Default)]
pub(crate) struct Numbering {
    turn: Option<tokio::sync::OwnedMutexGuard<()>>,
    /// What moves the counters.
    pub changes: Vec<Change>,
    told: Vec<serde_json::Value>,
    /// Where the counters stand that the unit moved already: a second number of a series goes on from there.
    ahead: HashMap<[String; 3], i64>,
}

impl Numbering {
    /// Adds both to a change of records, the counters first: who counts at the same moment meets a conflict there, and no taken value.
    pub fn add_to<O: OnRecords>(&mut self, write: &mut Write<O>, changes: &mut Vec<Change>) {
        changes.splice(0..0, std::mem::take(&mut self.changes));
        self.told().into_iter().for_each(|(name, told)| write.tells(name, told));
    }

    /// What the unit's event says of it.
    pub fn told(&self) -> Option<(&'static str, serde_json::Value)> {
        (!self.told.is_empty()).then(|| ("numbers", json!(self.told)))
    }
}

impl Store {
    /// Numbers for a new record, or for one that has none yet: of before a field was numbered.
    ///
    /// # Errors
    /// [`Refusal::Barred`] with `numbers_used_up`, [`Refusal::Damaged`] for a counter that was altered,
    /// [`Refusal::StoreUnavailable`]; not yet recorded.
    pub(crate) async fn number_one<O: Operation>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        stored: Option<&StoredRow>,
        numbering: &mut Numbering,
    ) -> Result<Values, Refusal> {
        let mut given = Values::new();
        for (field, pattern) in object.numbered() {
            if stored.is_none_or(|row| !row.clear.contains_key(&field.name)) {
                let found =
                    self.count_on(grant.now(), object, (field, &pattern), 1, &HashSet::new(), numbering).await?;
                given.extend(found.into_iter().map(|value| (field.name.clone(), Some(value))));
            }
        }
        Ok(given)
    }

    /// Numbers for new records that bring none of their own.
    ///
    /// # Errors
    /// As [`Store::number_one`].
    pub(crate) async fn number_all<O: Operation>(
        &self,
        grant: &Grant<O>,
        object: &ObjectType,
        new: &mut [NewRecord],
        numbering: &mut Numbering,
    ) -> Result<(), Refusal> {
        for (field, pattern) in object.numbered() {
            let brought = |record: &NewRecord| record.values.get(&field.name).cloned().flatten();
            let avoid: HashSet<Value> = new.iter().filter_map(brought).collect();
            let without: Vec<&mut NewRecord> = new.iter_mut().filter(|record| brought(record).is_none()).collect();
            let found = self.count_on(grant.now(), object, (field, &pattern), without.len(), &avoid, numbering).await?;
            for (record, value) in without.into_iter().zip(found) {
                // Brought without a value is not brought.
                record.values.remove(&field.name);
                record.given.insert(field.name.clone(), Some(value));
            }
        }
        Ok(())
    }

    /// Numbers for a record that the house makes.
    ///
    /// # Errors
    /// As [`Store::number_one`].
    pub(crate) async fn number_made(
        &self,
        at: UnixMs,
        object: &ObjectType,
        numbering: &mut Numbering,
    ) -> Result<Values, Refusal> {
        let mut given = Values::new();
        for (field, pattern) in object.numbered() {
            let found = self.count_on(at, object, (field, &pattern), 1, &HashSet::new(), numbering).await?;
            given.extend(found.into_iter().map(|value| (field.name.clone(), Some(value))));
        }
        Ok(given)
    }

    async fn count_on(
        &self,
        at: UnixMs,
        object: &ObjectType,
        (field, pattern): (&FieldDef, &Pattern),
        wanted: usize,
        avoid: &HashSet<Value>,
        numbering: &mut Numbering,
    ) -> Result<Vec<Value>, Refusal> {
        if wanted == 0 {
            return Ok(vec![]);
        }
        if numbering.turn.is_none() {
            numbering.turn = Some(self.company.numbers.clone().lock_owned().await);
        }
        let (_, day) = self.gate.settings().calendar.day(at);
        let series = pattern.series(day);
        let place: [Param; 3] = [object.name.as_str().into(), field.name.as_str().into(), series.as_str().into()];
        let query = Query::point(COUNTER.select("object = ?1 AND field = ?2 AND series = ?3"), place.to_vec());
        let series_of = [object.name.to_string(), field.name.to_string(), series.clone()];
        let before = match self.read(query).await?.first() {
            _ if numbering.ahead.contains_key(&series_of) => numbering.ahead.get(&series_of).copied(),
            None => None,
            Some(row) if COUNTER.is_sealed(self.seals(), row) => Some(row.int(3).map_err(broken)?),
            Some(_) => {
                tracing::error!(object = %object.name, field = %field.name, "a counter was altered beside the program");
                return Err(Refusal::Damaged);
            }
        };
        let (mut count, mut found, mut step) = (before.unwrap_or(0), vec![], 0);
        while found.len() < wanted {
            if step == STEPS || count >= LAST {
                return Err(barred("numbers_used_up", format!("field `{}` needs another pattern", field.name)));
            }
            // What is taken lies together: one looks further each time.
            let ahead = (wanted - found.len()).max(1 << step.min(11)).min(MOST_AT_ONCE);
            step += 1;
            let mut next = vec![];
            for n in (count + 1..=LAST).take(ahead) {
                let value = Value::Text(number(&series, n).ok_or(Refusal::Damaged)?);
                next.push((n, self.gate.unique_mac(object, field, &value)?, value));
            }
            let taken = self.taken_of(object, field, next.iter().map(|(_, mac, _)| mac.to_vec()).collect()).await?;
            for (n, mac, value) in next {
                if found.len() == wanted {
                    break;
                }
                count = n;
                if !taken.contains(mac.as_slice()) && !avoid.contains(&value) {
                    found.push(value);
                }
            }
        }
        numbering.changes.push(self.moved(place, before, count, at));
        numbering.ahead.insert(series_of, count);
        numbering.told.push(json!({
            "object": object.name, "field": field.name, "series": series, "value": count, "at": at.0,
        }));
        Ok(found)
    }

    async fn taken_of(
        &self,
        object: &ObjectType,
        field: &FieldDef,
        macs: Vec<Vec<u8>>,
    ) -> Result<HashSet<Vec<u8>>, Refusal> {
        let mut taken = HashSet::new();
        for part in macs.chunks(500) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT mac FROM taken WHERE object = ");
            sql.bind(object.name.as_str()).push(" AND field = ").bind(field.name.as_str()).push(" AND mac IN ");
            sql.bind_list(part.iter().cloned());
            for row in self.read(sql.finish()).await? {
                taken.insert(row.bytes(0).map_err(broken)?.to_vec());
            }
        }
        Ok(taken)
    }

    /// Moves a counter, if it still stands where it was read.
    fn moved(&self, place: [Param; 3], before: Option<i64>, value: i64, at: model::UnixMs) -> Change {
        let mut params = place.to_vec();
        params.extend([value.into(), at.into()]);
        params.push(self.seals().row(COUNTER.name, &params).to_vec().into());
        let sql = match before {
            None => {
                "INSERT INTO counter (object, field, series, value, changed_at, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT DO NOTHING"
            }
            Some(before) => {
                params.push(before.into());
                "UPDATE counter SET value = ?4, changed_at = ?5, seal = ?6 \
                 WHERE object = ?1 AND field = ?2 AND series = ?3 AND value = ?7"
            }
        };
        Change::new(sql, params).expecting(1)
    }
}
