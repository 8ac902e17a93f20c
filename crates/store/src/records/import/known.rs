//! What of a chunk's rows is there already: records by outside key, customers, unique values. One query for each kind of
//! question and 500 values, never one for each row.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use access::path::{Grant, Refusal, Values};
use model::{Action, FieldKind, FieldName, ObjectName, ObjectType, RecordId, StoredRow, Value};

use super::{ImportChunk, Prepared};
use crate::records::fetch::broken;
use crate::sql::Sql;
use crate::{Store, row};

/// Values in one list of a query.
const PART: usize = 500;

type Mac = [u8; 32];
/// A customer and its wrapped data key: version of the wrapping key, bytes.
type CustomerKey = (RecordId, (u32, Vec<u8>));

/// What of a chunk is there already.
#[derive(Default)]
pub(super) struct Known {
    /// The keyed hash of each row's outside key, in the rows' order. Outside keys may be names: only the hash is kept.
    pub macs: Vec<Mac>,
    pub by_key: HashMap<Mac, StoredRow>,
    /// Keys whose records the caller may not write.
    pub of_others: HashSet<Mac>,
    /// By outside key.
    pub customers: BTreeMap<String, CustomerKey>,
    references: HashSet<(ObjectName, RecordId)>,
}

impl Known {
    /// References lead to records that the caller may write, or an import would tell which ids exist.
    pub(super) fn check_references(&self, object: &ObjectType, values: &Values) -> Result<(), Refusal> {
        for (field, target, id) in references(object, values) {
            if !self.references.contains(&(target.clone(), id)) {
                return Err(Refusal::invalid(field.as_str(), "invalid_value", "there is no such record"));
            }
        }
        Ok(())
    }
}

/// References of a row other than that to its customer: field, object, record.
fn references<'a>(
    object: &'a ObjectType,
    values: &'a Values,
) -> impl Iterator<Item = (&'a FieldName, &'a ObjectName, RecordId)> {
    values.iter().filter(|(name, _)| object.customer_field.as_ref() != Some(name)).filter_map(|(name, value)| {
        match (&object.field(name.as_str())?.kind, value) {
            (FieldKind::Reference { object }, Some(Value::Record(id))) => Some((name, object, *id)),
            _ => None,
        }
    })
}

impl Store {
    fn import_mac(&self, key: &str) -> Result<Mac, Refusal> {
        self.gate.mac("import", key.as_bytes()).map_err(|_| Refusal::Damaged)
    }

    pub(super) async fn look_up(&self, grant: &Grant<ImportChunk>, object: &ObjectType) -> Result<Known, Refusal> {
        let rows = &grant.operation().rows;
        let mut known =
            Known { macs: rows.iter().map(|r| self.import_mac(&r.key)).collect::<Result<_, _>>()?, ..Known::default() };
        self.known_records(grant, object, &mut known).await?;
        if object.customer_field.is_some() {
            self.known_customers(grant, object, &mut known).await?;
        }
        let mut wanted: BTreeMap<&ObjectName, BTreeSet<RecordId>> = BTreeMap::new();
        for (_, target, id) in rows.iter().flat_map(|r| references(object, &r.values)) {
            wanted.entry(target).or_default().insert(id);
        }
        for (target, ids) in wanted {
            self.known_references(grant, target, ids, &mut known).await?;
        }
        Ok(known)
    }

    async fn known_records(
        &self,
        grant: &Grant<ImportChunk>,
        object: &ObjectType,
        known: &mut Known,
    ) -> Result<(), Refusal> {
        let source = grant.operation().source.as_str();
        let filters = grant.filters();
        for part in known.macs.chunks(PART) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT mac FROM imported WHERE object = ");
            sql.bind(object.name.as_str()).push(" AND source = ").bind(source).push(" AND mac IN ");
            sql.bind_list(part.iter().map(|m| m.to_vec()));
            for found in self.read(sql.finish()).await? {
                known.of_others.insert(mac(found.bytes(0).map_err(broken)?)?);
            }
        }
        // A first import finds none, and asks no more.
        let there: Vec<Mac> = known.of_others.iter().copied().collect();
        for part in there.chunks(PART) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT ");
            sql.push(&row::select(object)).push(", i.mac FROM imported i JOIN record r ON r.id = i.record");
            sql.push(" LEFT JOIN data_key k ON k.customer = r.customer WHERE i.object = ").bind(object.name.as_str());
            sql.push(" AND i.source = ").bind(source).push(" AND i.mac IN ");
            sql.bind_list(part.iter().map(|m| m.to_vec()));
            sql.and_filters(filters.iter().copied(), object, grant.now());
            for found in self.read(sql.finish()).await? {
                let mac = mac(found.bytes(found.0.len() - 1).map_err(broken)?)?;
                known.of_others.remove(&mac);
                known.by_key.insert(mac, row::read(&found, object, self.seals()).map_err(broken)?);
            }
        }
        Ok(())
    }

    /// Customers that the caller may import into; others are as if they had not been imported, or an import would tell which
    /// outside keys exist.
    async fn known_customers(
        &self,
        grant: &Grant<ImportChunk>,
        object: &ObjectType,
        known: &mut Known,
    ) -> Result<(), Refusal> {
        let op = grant.operation();
        let field = object.customer_field.as_ref().and_then(|f| object.field(f.as_str()));
        let Some(FieldKind::Reference { object: target }) = field.map(|f| &f.kind) else { return Ok(()) };
        let Some(target) = grant.engine().compiled().object(target).cloned() else { return Ok(()) };
        let filters = grant.filters_for(Action::Import, &target.name);
        let mut wanted: BTreeMap<Mac, &str> = BTreeMap::new();
        let keys: BTreeSet<&str> = op.rows.iter().filter_map(|r| r.customer_key.as_deref()).collect();
        for key in keys {
            wanted.insert(self.import_mac(key)?, key);
        }
        let macs: Vec<&Mac> = wanted.keys().collect();
        for part in macs.chunks(PART) {
            let mut sql = Sql::new(
                self.db.dialect(),
                "SELECT i.mac, k.customer, k.kek_version, k.wrapped FROM imported i JOIN record r ON r.id = i.record \
                 JOIN data_key k ON k.customer = i.record WHERE k.wrapped IS NOT NULL AND i.object = ",
            );
            sql.bind(target.name.as_str()).push(" AND i.source = ").bind(op.customer_source.as_str());
            sql.push(" AND i.mac IN ").bind_list(part.iter().map(|m| m.to_vec()));
            sql.and_filters(&filters, &target, grant.now());
            for found in self.read(sql.finish()).await? {
                let Some(outside) = wanted.get(&mac(found.bytes(0).map_err(broken)?)?) else { continue };
                let version = u32::try_from(found.int(2).map_err(broken)?).map_err(|_| Refusal::Damaged)?;
                let key = (version, found.bytes(3).map_err(broken)?.to_vec());
                known.customers.insert((*outside).to_owned(), (found.record(1).map_err(broken)?, key));
            }
        }
        Ok(())
    }

    async fn known_references(
        &self,
        grant: &Grant<ImportChunk>,
        target: &ObjectName,
        ids: BTreeSet<RecordId>,
        known: &mut Known,
    ) -> Result<(), Refusal> {
        let Some(object) = grant.engine().compiled().object(target).cloned() else { return Ok(()) };
        let filters = grant.filters_for(Action::Import, target);
        let ids: Vec<RecordId> = ids.into_iter().collect();
        for part in ids.chunks(PART) {
            let mut sql = Sql::new(self.db.dialect(), "SELECT r.id FROM record r WHERE r.object = ");
            sql.bind(target.as_str()).push(" AND r.id IN ").bind_list(part.iter().copied());
            sql.and_filters(&filters, &object, grant.now());
            for found in self.read(sql.finish()).await? {
                known.references.insert((target.clone(), found.record(0).map_err(broken)?));
            }
        }
        Ok(())
    }

    /// Which of the rows' unique values stored records hold.
    pub(super) async fn taken(
        &self,
        object: &ObjectType,
        rows: &[Prepared],
    ) -> Result<HashMap<(FieldName, Mac), RecordId>, Refusal> {
        let mut wanted: BTreeMap<&FieldName, Vec<Mac>> = BTreeMap::new();
        for (field, mac) in rows.iter().flat_map(|r| &r.unique) {
            wanted.entry(field).or_default().extend(mac);
        }
        let mut taken = HashMap::new();
        for (field, macs) in wanted {
            for part in macs.chunks(PART) {
                let mut sql = Sql::new(self.db.dialect(), "SELECT mac, record FROM taken WHERE object = ");
                sql.bind(object.name.as_str()).push(" AND field = ").bind(field.as_str()).push(" AND mac IN ");
                sql.bind_list(part.iter().map(|m| m.to_vec()));
                for found in self.read(sql.finish()).await? {
                    let place = (field.clone(), mac(found.bytes(0).map_err(broken)?)?);
                    taken.insert(place, found.record(1).map_err(broken)?);
                }
            }
        }
        Ok(taken)
    }
}

fn mac(bytes: &[u8]) -> Result<Mac, Refusal> {
    bytes.try_into().map_err(|_| Refusal::Damaged)
}
