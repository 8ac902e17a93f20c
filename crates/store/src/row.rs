//! Reading rows of the record table. What is read stays inside this crate until it is sealed to a grant.

use std::collections::BTreeMap;

use access::path::{Param, Seal, Seals};
use model::object::ColumnKind;
use model::record::{Grantee, Members};
use model::{FieldDef, FieldKind, FieldName, ObjectType, RecordId, Slot, StoredRow, UnixMs, Value};

use crate::database::{DatabaseError, Row};
use crate::proof::tables::{MEMBER, RECORD};

/// Columns before the clear ones, in order.
const FIXED: &str = "r.id, r.customer, r.owner, r.department, r.pool, r.version, r.created_at, r.updated_at, r.created_by, r.sealed, k.kek_version, k.wrapped, r.object, r.seal";
const FIRST_CLEAR: usize = 14;

/// The SELECT list for rows of the object: fixed columns, then those of its clear fields.
pub fn select(object: &ObjectType) -> String {
    let mut columns = FIXED.to_owned();
    for f in object.fields.iter().filter_map(|f| f.slot) {
        columns.push_str(", r.");
        columns.push_str(&f.column());
    }
    columns
}

/// The FROM clause that goes with [`select`].
pub const FROM: &str = " FROM record r LEFT JOIN data_key k ON k.customer = r.customer";

/// Reads one row of [`select`], without members.
///
/// # Errors
/// [`DatabaseError::Unexpected`] when a column does not hold what the schema says.
pub fn read(row: &Row, object: &ObjectType, seals: &Seals) -> Result<StoredRow, DatabaseError> {
    // The program wrote it as it is, or nothing of it is believed: neither values nor who owns it.
    if row.bytes(13)? != seal_of(row, object, seals) {
        return Err(DatabaseError::Unexpected { column: 13, expected: "the row's seal" });
    }
    let mut clear = BTreeMap::new();
    let slotted = object.fields.iter().filter(|f| f.slot.is_some());
    for (at, field) in slotted.enumerate() {
        if let Some(value) = clear_value(row, FIRST_CLEAR + at, field)? {
            clear.insert(field.name.clone(), value);
        }
    }
    let key = match (row.opt_int(10)?, row.opt_bytes(11)?) {
        (Some(version), Some(bytes)) => Some((u32::try_from(version).unwrap_or(0), bytes.to_vec())),
        _ => None,
    };
    Ok(StoredRow {
        id: row.record(0)?,
        customer: row.record(1)?,
        owner: row.opt_id(2)?.map(model::UserId::from_bytes),
        department: row.opt_id(3)?.map(model::DepartmentId::from_bytes),
        pool: row.bool(4)?,
        version: row.int(5)?,
        created_at: row.time(6)?,
        updated_at: row.time(7)?,
        created_by: row.user(8)?,
        sealed: unpack(row.bytes(9)?).ok_or(DatabaseError::Unexpected { column: 9, expected: "sealed fields" })?,
        key,
        clear,
        members: Members::default(),
    })
}

/// The seal of a row of [`select`]: clear columns that the object does not have are empty.
fn seal_of(row: &Row, object: &ObjectType, seals: &Seals) -> Seal {
    let fixed = [(0, 0), (1, 12), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5), (7, 6), (8, 7), (9, 8), (10, 9)];
    let fixed = fixed.into_iter().filter_map(|(number, at)| Some((number, row.0.get(at)?)));
    let clear = row.0.get(FIRST_CLEAR..).unwrap_or_default();
    let slots = object.fields.iter().filter_map(|f| f.slot);
    let mut slots: Vec<(u8, &Param)> = slots.zip(clear).map(|(slot, value)| (number_of(slot), value)).collect();
    slots.sort_by_key(|(number, _)| *number);
    seals.of(RECORD.name, fixed.chain(slots))
}

/// The number of a slot's column in `RECORD`.
pub fn number_of(slot: Slot) -> u8 {
    match slot.kind {
        ColumnKind::Text => 11 + slot.index,
        ColumnKind::Number => 11 + Slot::PER_KIND + slot.index,
    }
}

fn clear_value(row: &Row, column: usize, field: &FieldDef) -> Result<Option<Value>, DatabaseError> {
    let kind = field.slot.map_or(ColumnKind::Text, |s| s.kind);
    match kind {
        ColumnKind::Number => Ok(row.opt_int(column)?.map(|n| match field.kind {
            FieldKind::Bool => Value::Bool(n != 0),
            _ => Value::Int(n),
        })),
        ColumnKind::Text => {
            let Some(text) = row.opt_text(column)? else { return Ok(None) };
            let bad = DatabaseError::Unexpected { column, expected: "a value of its field" };
            Value::from_column(text, &field.kind).map(Some).ok_or(bad)
        }
    }
}

/// Members of the records, as of `now`: what has expired is left out here, so no job is needed for a share to end.
pub fn members_query(dialect: crate::Dialect, records: &[RecordId], now: UnixMs) -> crate::Query {
    let mut sql = crate::sql::Sql::new(
        dialect,
        "SELECT m.id, m.record, m.kind, m.grantee_kind, m.grantee, m.level, m.expires_at, m.granted_by, m.created_at, m.seal \
         FROM member m WHERE m.record IN ",
    );
    sql.bind_list(records.iter().copied());
    sql.push(" AND (m.expires_at IS NULL OR m.expires_at > ").bind(now).push(")");
    sql.finish_point()
}

/// Adds what [`members_query`] found to the rows.
///
/// # Errors
/// As [`read`].
pub fn add_members(rows: &mut [StoredRow], found: &[Row], seals: &Seals) -> Result<(), DatabaseError> {
    for m in found {
        if !MEMBER.is_sealed(seals, m) {
            tracing::error!("a share was altered beside the program; it is as if it were not there");
            continue;
        }
        let id = m.record(1)?;
        let Some(row) = rows.iter_mut().find(|r| r.id == id) else { continue };
        let bad = |_| DatabaseError::Unexpected { column: 4, expected: "a grantee" };
        let grantee = match m.text(3)? {
            "user" => Grantee::User(m.text(4)?.parse().map_err(bad)?),
            "department" => Grantee::Department(m.text(4)?.parse().map_err(bad)?),
            _ => Grantee::Role(m.text(4)?.parse().map_err(bad)?),
        };
        let collaborator = m.text(2)? == "collaborator";
        row.members.given.push(model::record::Given { to: grantee.clone(), by: m.user(7)?, collaborator });
        match (m.text(2)?, m.text(5)?, grantee) {
            ("collaborator", _, Grantee::User(u)) => row.members.collaborators.push(u),
            ("viewer", _, Grantee::User(u)) => row.members.viewers.push(u),
            ("share", "edit", g) => {
                row.members.shared_read.push(g.clone());
                row.members.shared_edit.push(g);
            }
            ("share", _, g) => row.members.shared_read.push(g),
            _ => {}
        }
    }
    Ok(())
}

/// Ciphertexts by field in one column: for each, length of the name (u8), name, length (u32, big-endian), ciphertext.
pub fn pack(sealed: &BTreeMap<FieldName, Vec<u8>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(sealed.values().map(|v| v.len() + 24).sum());
    for (name, bytes) in sealed {
        out.push(u8::try_from(name.as_str().len()).unwrap_or(0));
        out.extend_from_slice(name.as_str().as_bytes());
        out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(0).to_be_bytes());
        out.extend_from_slice(bytes);
    }
    out
}

/// The inverse of [`pack`]; `None` when the column is damaged.
pub fn unpack(mut bytes: &[u8]) -> Option<BTreeMap<FieldName, Vec<u8>>> {
    let mut out = BTreeMap::new();
    while let Some((&length, rest)) = bytes.split_first() {
        let (name, rest) = rest.split_at_checked(usize::from(length))?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (value, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        out.insert(std::str::from_utf8(name).ok()?.parse().ok()?, value.to_vec());
        bytes = rest;
    }
    Some(out)
}

/// `column = value` for a clear slot.
pub fn slot_param(value: Option<&Value>) -> Param {
    value.map_or(Param::Null, crate::sql::param)
}

/// The column of a slot, for writing.
pub fn slot_column(slot: Slot) -> String {
    slot.column()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_fields_survive_packing_and_damage_is_seen() {
        let sealed: BTreeMap<FieldName, Vec<u8>> =
            [("name".parse().unwrap(), vec![1, 2, 3]), ("phone".parse().unwrap(), vec![])].into();
        let packed = pack(&sealed);
        assert_eq!(unpack(&packed), Some(sealed));
        for cut in 1..packed.len() {
            // A cut between two fields is well formed and shows as a missing field; any other is damage.
            if let Some(part) = unpack(&packed[..cut]) {
                assert_eq!(part.len(), 1);
            }
        }
        assert_eq!(unpack(&[5, b'a']), None);
    }
}
