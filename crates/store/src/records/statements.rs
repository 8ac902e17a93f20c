//! The statements of a written record, for both databases.

use std::collections::BTreeMap;

use access::path::{Change, Index, NewRecord, Param, Places, Seals};
use model::{DepartmentId, FieldName, ObjectName, ObjectType, RecordId, Slot, StoredRow, UnixMs, UserId, Value};

use crate::proof::tables::RECORD;
use crate::row;

/// Statements that make a new record.
pub fn insert(object: &ObjectName, new: &NewRecord, places: &Places, by: UserId, at: UnixMs) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some((kek_version, wrapped)) = &places.new_key {
        changes.push(Change::new(
            "INSERT INTO data_key (customer, kek_version, wrapped, created_at) VALUES (?1, ?2, ?3, ?4)",
            vec![customer_of(new).into(), i64::from(*kek_version).into(), wrapped.clone().into(), at.into()],
        ));
    }
    changes.push(record(object, new, places, by, at));
    changes.extend(index_statements(object, new.id, places, true));
    changes
}

/// Whose data a new record is.
pub fn customer_of(new: &NewRecord) -> RecordId {
    new.customer.as_ref().map_or(new.id, |c| c.0)
}

/// The statement of a new record alone, without its key and indexes.
pub fn record(object: &ObjectName, new: &NewRecord, places: &Places, by: UserId, at: UnixMs) -> Change {
    let customer = customer_of(new);
    let sealed: BTreeMap<FieldName, Vec<u8>> =
        places.sealed.iter().filter_map(|(n, v)| Some((n.clone(), v.clone()?))).collect();
    let mut columns =
        "id, object, customer, owner, department, pool, version, created_at, updated_at, created_by, sealed".to_owned();
    let mut params: Vec<Param> = vec![
        new.id.into(),
        object.as_str().into(),
        customer.into(),
        new.owner.into(),
        new.department.into(),
        new.pool.into(),
        1_i64.into(),
        at.into(),
        at.into(),
        by.into(),
        row::pack(&sealed).into(),
    ];
    let mut sealing: BTreeMap<u8, Param> = (0..).zip(params.iter().cloned()).collect();
    for (slot, value) in places.clear.iter().filter(|(_, v)| v.is_some()) {
        columns.push_str(", ");
        columns.push_str(&slot.column());
        params.push(row::slot_param(value.as_ref()));
        sealing.insert(row::number_of(*slot), row::slot_param(value.as_ref()));
    }
    columns.push_str(", seal");
    params.push(seal(&places.seals, &sealing));
    let marks: Vec<String> = (1..=params.len()).map(|n| format!("?{n}")).collect();
    Change::new(format!("INSERT INTO record ({columns}) VALUES ({})", marks.join(", ")), params)
}

fn seal(seals: &Seals, columns: &BTreeMap<u8, Param>) -> Param {
    seals.of(RECORD.name, columns.iter().map(|(number, value)| (*number, value))).to_vec().into()
}

/// The columns of a stored row by their number in its seal.
fn columns_of(object: &ObjectType, row: &StoredRow) -> BTreeMap<u8, Param> {
    let fixed: [Param; 11] = [
        row.id.into(),
        object.name.as_str().into(),
        row.customer.into(),
        row.owner.into(),
        row.department.into(),
        row.pool.into(),
        row.version.into(),
        row.created_at.into(),
        row.updated_at.into(),
        row.created_by.into(),
        row::pack(&row.sealed).into(),
    ];
    let slots = object.fields.iter().filter_map(|f| Some((f.slot?, row.clear.get(&f.name))));
    (0..).zip(fixed).chain(slots.map(|(slot, value)| (row::number_of(slot), row::slot_param(value)))).collect()
}

/// The statement that gives a stored record another owner, if it still is what was read.
pub fn hand_over(object: &ObjectType, row: &StoredRow, to: &NewOwner, seals: &Seals) -> Change {
    let mut clear = row.clear.clone();
    let mut kept = vec![];
    for (name, value) in &to.kept {
        let Some(slot) = object.field(name.as_str()).filter(|f| f.kept).and_then(|f| f.slot) else { continue };
        kept.push((slot, row::slot_param(value.as_ref())));
        match value {
            Some(value) => clear.insert(name.clone(), value.clone()),
            None => clear.remove(name),
        };
    }
    let next = StoredRow {
        clear,
        owner: to.owner,
        department: to.department,
        pool: to.pool,
        updated_at: to.at,
        version: row.version.saturating_add(1),
        ..row.clone()
    };
    let sealed = seal(seals, &columns_of(object, &next));
    let mut set =
        "owner = ?3, department = ?4, pool = ?5, updated_at = ?6, version = version + 1, seal = ?7".to_owned();
    let mut params = vec![
        row.id.into(),
        row.version.into(),
        to.owner.into(),
        to.department.into(),
        to.pool.into(),
        to.at.into(),
        sealed,
    ];
    for (slot, value) in kept {
        params.push(value);
        set.push_str(&format!(", {} = ?{}", slot.column(), params.len()));
    }
    Change::new(format!("UPDATE record SET {set} WHERE id = ?1 AND version = ?2"), params).expecting(1)
}

/// The statement that gives a stored record another customer, ciphertexts and references, if it still is what was read.
pub fn rehome(object: &ObjectType, row: &StoredRow, next: &StoredRow, slots: &[Slot], seals: &Seals) -> Change {
    let columns = columns_of(object, next);
    let mut set = "version = version + 1, customer = ?3, updated_at = ?4, sealed = ?5, seal = ?6".to_owned();
    let mut params: Vec<Param> = vec![
        row.id.into(),
        row.version.into(),
        next.customer.into(),
        next.updated_at.into(),
        row::pack(&next.sealed).into(),
        seal(seals, &columns),
    ];
    for slot in slots {
        params.push(columns.get(&row::number_of(*slot)).cloned().unwrap_or(Param::Null));
        set.push_str(&format!(", {} = ?{}", slot.column(), params.len()));
    }
    Change::new(format!("UPDATE record SET {set} WHERE id = ?1 AND version = ?2"), params).expecting(1)
}

/// Who has a record from now on.
#[derive(Clone)]
pub struct NewOwner {
    pub owner: Option<UserId>,
    pub department: Option<DepartmentId>,
    pub pool: bool,
    pub at: UnixMs,
    /// What the house keeps of it, in fields that the object type may have.
    pub kept: Vec<(FieldName, Option<Value>)>,
}

/// Statements that put a record back as it was, with what its indexes must hold.
pub fn restore(object: &ObjectType, row: &StoredRow, index: Index, seals: &Seals) -> Vec<Change> {
    let values = columns_of(object, row);
    let named = values.keys().filter_map(|number| RECORD.columns.get(usize::from(*number)).copied());
    let columns: Vec<&str> = named.chain(["seal"]).collect();
    let mut params: Vec<Param> = values.values().cloned().collect();
    params.push(seal(seals, &values));
    let marks: Vec<String> = (1..=params.len()).map(|n| format!("?{n}")).collect();
    let sql = format!("INSERT INTO record ({}) VALUES ({})", columns.join(", "), marks.join(", "));
    let places = Places {
        clear: vec![],
        sealed: BTreeMap::new(),
        tokens: index.tokens,
        unique: index.unique,
        new_key: None,
        seals: seals.clone(),
    };
    let mut changes = vec![Change::new(sql, params)];
    changes.extend(index_statements(&object.name, row.id, &places, true));
    changes
}

/// Fails the unit when the caller saw another version than the one that was read: what was read is what is sealed.
pub fn unless_seen(row: &StoredRow, seen: i64) -> Change {
    Change::new(
        "UPDATE record SET version = version WHERE id = ?1 AND version = ?2 AND version = ?3",
        vec![row.id.into(), row.version.into(), seen.into()],
    )
    .expecting(1)
}

/// Statements that change fields of a stored record, if it still has the version that was read.
pub fn update(object: &ObjectType, row: &StoredRow, places: &Places, at: UnixMs) -> Vec<Change> {
    let mut sealed = row.sealed.clone();
    for (name, value) in &places.sealed {
        match value {
            Some(v) => sealed.insert(name.clone(), v.clone()),
            None => sealed.remove(name),
        };
    }
    let packed = row::pack(&sealed);
    let next = StoredRow { sealed, updated_at: at, version: row.version.saturating_add(1), ..row.clone() };
    let mut columns = columns_of(object, &next);
    columns.extend(places.clear.iter().map(|(slot, value)| (row::number_of(*slot), row::slot_param(value.as_ref()))));
    let mut params: Vec<Param> =
        vec![row.id.into(), row.version.into(), at.into(), packed.into(), seal(&places.seals, &columns)];
    let mut set = "version = version + 1, updated_at = ?3, sealed = ?4, seal = ?5".to_owned();
    for (slot, value) in &places.clear {
        params.push(row::slot_param(value.as_ref()));
        set.push_str(&format!(", {} = ?{}", slot.column(), params.len()));
    }
    let mut changes =
        vec![Change::new(format!("UPDATE record SET {set} WHERE id = ?1 AND version = ?2"), params).expecting(1)];
    changes.extend(index_statements(&object.name, row.id, places, false));
    changes
}

/// Records of one segment of the blind index.
pub const SEGMENT: i64 = 16_384;

fn index_statements(object: &ObjectName, record: RecordId, places: &Places, new: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for t in &places.tokens {
        if !new {
            changes.push(Change::new(
                "DELETE FROM blind WHERE record = ?1 AND field = ?2",
                vec![record.into(), t.field.as_str().into()],
            ));
        }
        if t.tokens.is_empty() {
            continue;
        }
        let mut params: Vec<Param> = vec![object.as_str().into(), t.field.as_str().into(), record.into()];
        let mut rows = Vec::new();
        for token in &t.tokens {
            // Tokens are at most 63 bits wide, so the sign does not matter.
            params.push(Param::Int(i64::try_from(*token).unwrap_or(i64::MAX)));
            rows.push(format!("(CAST(?{} AS BIGINT))", params.len()));
        }
        let rows = rows.join(", ");
        changes.push(Change::new(
            format!(
                "INSERT INTO blind (object, field, segment, token, record) \
                 SELECT ?1, ?2, r.seq / {SEGMENT}, t.column1, r.id FROM record r CROSS JOIN (VALUES {rows}) t WHERE r.id = ?3"
            ),
            params,
        ));
    }
    changes.extend(unique_statements(object, record, places, new));
    changes
}

/// The statements of a record's unique values.
pub fn unique_statements(object: &ObjectName, record: RecordId, places: &Places, new: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    for (field, mac) in &places.unique {
        if !new {
            changes.push(Change::new(
                "DELETE FROM taken WHERE record = ?1 AND field = ?2",
                vec![record.into(), field.as_str().into()],
            ));
        }
        if let Some(mac) = mac {
            changes.push(Change::new(
                "INSERT INTO taken (object, field, mac, record) VALUES (?1, ?2, ?3, ?4)",
                vec![object.as_str().into(), field.as_str().into(), mac.to_vec().into(), record.into()],
            ));
        }
    }
    changes
}

/// Statements that remove a record and everything that points to it from indexes.
pub fn remove(record: RecordId) -> Vec<Change> {
    ["blind", "taken", "imported", "member", "notice", "comment", "attachment"]
        .into_iter()
        .map(|table| Change::new(format!("DELETE FROM {table} WHERE record = ?1"), vec![record.into()]))
        // What merges into it kept is theirs who are part of it.
        .chain([Change::new("DELETE FROM merge_kept WHERE survivor = ?1", vec![record.into()])])
        .collect()
}
