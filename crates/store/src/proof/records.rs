//! Records, their keys, and the indexes over them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use access::path::{Param, Refusal};
use model::{ObjectType, RecordId, UnixMs};
use vault::WrappedKey;

use super::check::{Against, PAGE, StateReport};
use super::tables::{IMPORTED, RECORD};
use crate::database::Query;
use crate::records::{SEGMENT, broken};
use crate::sql::Sql;
use crate::{Dialect, Row, Store, row};

/// A row of an index: object, field, segment (0 where there is none), token or keyed hash.
type Entry = (String, String, i64, Vec<u8>);

impl Store {
    pub(super) async fn check_records(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let told = against.told;
        let mut there: HashSet<RecordId> = HashSet::new();
        let mut customers: HashSet<RecordId> = HashSet::new();
        let mut after = vec![];
        loop {
            let rows = self.page_of(&RECORD, ", seq", &mut after).await?;
            if rows.is_empty() {
                break;
            }
            let mut good = vec![];
            for found in &rows {
                report.rows += 1;
                let id = found.record(0).map_err(broken)?;
                let customer = found.record(2).map_err(broken)?;
                there.insert(id);
                customers.insert(customer);
                if !RECORD.is_sealed(self.seals(), found) {
                    report.add(RECORD.name, RECORD.key(found), "seal");
                    continue;
                }
                if self.db.dialect() == Dialect::Postgres && found.int(RECORD.columns.len() + 1).map_err(broken)? != 0 {
                    report.add(RECORD.name, RECORD.key(found), "seq");
                }
                let version = found.int(6).map_err(broken)?;
                let changed = found.time(8).map_err(broken)?;
                let problem = match told.records.get(&id) {
                    _ if told.deleted.contains(&id) => Some("deleted"),
                    _ if told.erased.contains_key(&customer) => Some("erased"),
                    Some(record) if record.version == version => None,
                    Some(record) if record.version < version && against.excused(changed) => None,
                    None if against.excused(changed) => None,
                    Some(_) => Some("version"),
                    None => Some("not_on_record"),
                };
                match problem {
                    Some(problem) => report.add(RECORD.name, RECORD.key(found), problem),
                    None => good.push(found),
                }
            }
            self.check_indexes(&good, report).await?;
        }
        for (id, record) in &told.records {
            if !there.contains(id) && !told.erased.contains_key(&record.customer) {
                report.add(RECORD.name, &[(*id).into()], "missing");
            }
        }
        self.check_strays(report).await?;
        self.check_imported(against, &there, report).await?;
        self.check_data_keys(against, &customers, report).await
    }

    /// The tokens and unique values of some records, computed anew from what is sealed in them.
    async fn check_indexes(&self, rows: &[&Row], report: &mut StateReport) -> Result<(), Refusal> {
        let company = self.company();
        let mut by_object: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
        for found in rows {
            by_object.entry(found.text(1).map_err(broken)?).or_default().push(found);
        }
        for (name, rows) in by_object {
            let object: Option<Arc<ObjectType>> =
                company.objects.values().find(|(_, o)| o.name.as_str() == name).map(|(_, o)| o.clone());
            let Some(object) = object else {
                rows.iter().for_each(|found| report.add(RECORD.name, RECORD.key(found), "object"));
                continue;
            };
            let ids: Vec<RecordId> = rows.iter().map(|r| r.record(0)).collect::<Result<_, _>>().map_err(broken)?;
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(&object)).push(row::FROM).push(" WHERE r.id IN ").bind_list(ids.iter().copied());
            let mut wanted: BTreeMap<RecordId, (BTreeSet<Entry>, BTreeSet<Entry>)> = BTreeMap::new();
            let segment = |id: RecordId| {
                let of = rows.iter().find(|r| r.record(0).is_ok_and(|have| have == id));
                of.and_then(|r| r.int(RECORD.columns.len() + 1).ok()).unwrap_or(0) / SEGMENT
            };
            for found in self.read(sql.finish()).await? {
                let id = found.record(0).map_err(broken)?;
                let stored = match row::read(&found, &object, self.seals()) {
                    Ok(stored) => stored,
                    // Changed since the page was read, or a customer's key is gone from under it.
                    Err(_) => continue,
                };
                let index = match self.gate.recorder().index_of(&object, &stored) {
                    Ok(index) => index,
                    Err(_) => {
                        report.add(RECORD.name, &[id.into()], "sealed");
                        continue;
                    }
                };
                let of = segment(id);
                let entry = |field: &model::FieldName, segment, bytes: Vec<u8>| {
                    (object.name.to_string(), field.to_string(), segment, bytes)
                };
                let tokens = index.tokens.iter().flat_map(|t| t.tokens.iter().map(move |n| (&t.field, n)));
                let tokens =
                    tokens.map(|(f, n)| entry(f, of, i64::try_from(*n).unwrap_or(i64::MAX).to_be_bytes().to_vec()));
                let unique = index.unique.iter().filter_map(|(f, mac)| Some(entry(f, 0, (*mac)?.to_vec())));
                wanted.insert(id, (tokens.collect(), unique.collect()));
            }
            let mut found: BTreeMap<RecordId, (BTreeSet<Entry>, BTreeSet<Entry>)> = BTreeMap::new();
            let mut sql =
                Sql::new(self.db.dialect(), "SELECT object, field, segment, token, record FROM blind WHERE record IN ");
            sql.bind_list(ids.iter().copied());
            for b in self.read(sql.finish()).await? {
                let read = || {
                    let entry =
                        (b.text(0)?.to_owned(), b.text(1)?.to_owned(), b.int(2)?, b.int(3)?.to_be_bytes().to_vec());
                    Ok((b.record(4)?, entry))
                };
                let (id, entry) = read().map_err(broken)?;
                found.entry(id).or_default().0.insert(entry);
            }
            let mut sql = Sql::new(self.db.dialect(), "SELECT object, field, mac, record FROM taken WHERE record IN ");
            sql.bind_list(ids.iter().copied());
            for t in self.read(sql.finish()).await? {
                let read =
                    || Ok((t.record(3)?, (t.text(0)?.to_owned(), t.text(1)?.to_owned(), 0, t.bytes(2)?.to_vec())));
                let (id, entry) = read().map_err(broken)?;
                found.entry(id).or_default().1.insert(entry);
            }
            for (id, wanted) in &wanted {
                let have = found.remove(id).unwrap_or_default();
                if have.0 != wanted.0 {
                    report.add("blind", &[(*id).into()], "index");
                }
                if have.1 != wanted.1 {
                    report.add("taken", &[(*id).into()], "index");
                }
            }
        }
        Ok(())
    }

    /// Entries of indexes that no record has.
    async fn check_strays(&self, report: &mut StateReport) -> Result<(), Refusal> {
        for table in ["blind", "taken"] {
            let sql = format!(
                "SELECT DISTINCT record FROM {table} i WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.id = i.record) LIMIT {PAGE}"
            );
            for found in self.read(Query::new(sql, vec![])).await? {
                report.add(if table == "blind" { "blind" } else { "taken" }, &found.0, "stray");
            }
        }
        Ok(())
    }

    async fn check_imported(
        &self,
        against: &Against<'_>,
        there: &HashSet<RecordId>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let mut named: HashSet<RecordId> = HashSet::new();
        for found in &self.sealed_rows(&IMPORTED, "", report).await? {
            let record = found.record(3).map_err(broken)?;
            named.insert(record);
            let told = against.told.records.get(&record);
            let known = told.is_some_and(|r| r.imported || r.version == 0 || against.told.adopted.is_some());
            // What was imported before the oldest event that is kept is told by none.
            if !there.contains(&record) || (!known && against.retained == UnixMs(i64::MIN)) {
                report.add(IMPORTED.name, IMPORTED.key(found), "not_on_record");
            }
        }
        for (id, _) in against.told.records.iter().filter(|(id, r)| r.imported && there.contains(*id)) {
            if !named.contains(id) {
                report.add(IMPORTED.name, &[(*id).into()], "missing");
            }
        }
        Ok(())
    }

    async fn check_data_keys(
        &self,
        against: &Against<'_>,
        customers: &HashSet<RecordId>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        const TABLE: &str = "data_key";
        let mut there = HashSet::new();
        let mut after = Param::Bytes(vec![]);
        loop {
            let sql = format!(
                "SELECT customer, kek_version, wrapped, created_at, erased_at FROM data_key WHERE customer > ?1 \
                 ORDER BY customer LIMIT {PAGE}"
            );
            let rows = self.read(Query::new(sql, vec![after.clone()])).await?;
            let Some(last) = rows.last() else { break };
            after = super::people::first(last).clone();
            for found in &rows {
                report.rows += 1;
                let customer = found.record(0).map_err(broken)?;
                there.insert(customer);
                let (version, wrapped) = (found.opt_int(1).map_err(broken)?, found.opt_bytes(2).map_err(broken)?);
                let made = found.time(3).map_err(broken)?;
                let erased = found.opt_time(4).map_err(broken)?;
                let told = against.told.erased.get(&customer).copied();
                let key = &[Param::from(customer)];
                if erased != told && !(told.is_none() && erased.is_some_and(|at| at < against.retained)) {
                    report.add(TABLE, key, "erased");
                }
                match (version, wrapped) {
                    (None, None) if erased.is_some() => {}
                    (Some(version), Some(bytes)) if erased.is_none() => {
                        let wrapped =
                            WrappedKey { kek_version: u32::try_from(version).unwrap_or(0), bytes: bytes.to_vec() };
                        if self.gate.recorder().item_salts(customer, Some(&wrapped)).is_err() {
                            report.add(TABLE, key, "key");
                        }
                    }
                    _ => report.add(TABLE, key, "key"),
                }
                // A customer's id holds the moment it was made.
                if customer.made_at() != Some(made) {
                    report.add(TABLE, key, "created_at");
                }
                let on_record = customers.contains(&customer)
                    || told.is_some()
                    || against.told.deleted.contains(&customer)
                    || against.excused(made);
                if !on_record {
                    report.add(TABLE, key, "not_on_record");
                }
            }
        }
        let told = against.told.erased.keys().chain(&against.told.merged_customers);
        for customer in customers.iter().chain(told).filter(|c| !there.contains(*c)) {
            report.add(TABLE, &[(*customer).into()], "missing");
        }
        Ok(())
    }
}
