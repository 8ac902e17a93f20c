//! What the new records of a chunk put into indexes and key tables, all together and in the order of those tables.
//!
//! Tokens and outside keys are as good as random. One by one, each would go its own way through an index; sorted, neighbours
//! share the way, and one statement carries hundreds.

use std::collections::BTreeMap;

use access::path::{Change, NewRecord, Param, Places, Seal};
use model::{FieldName, JobId, ObjectName, RecordId, UnixMs};

use crate::proof::tables::IMPORTED;
use crate::records::statements;

/// Rows of one statement. A rest is made of the smaller sizes, so that few statements serve all chunks.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

/// One new record's part.
pub(super) struct Part {
    record: RecordId,
    mac: [u8; 32],
    /// Of its row among the imported.
    seal: Seal,
    key: Option<(RecordId, i64, Vec<u8>)>,
    tokens: Vec<(FieldName, Vec<u64>)>,
}

impl Part {
    pub(super) fn new(
        object: &ObjectName,
        new: &NewRecord,
        places: &Places,
        (source, mac, job): (&str, [u8; 32], JobId),
    ) -> Self {
        let key = places.new_key.as_ref();
        let row: [Param; 5] =
            [object.as_str().into(), source.into(), mac.to_vec().into(), new.id.into(), job.as_bytes().to_vec().into()];
        Self {
            record: new.id,
            mac,
            seal: places.seals.row(IMPORTED.name, &row),
            key: key.map(|(version, wrapped)| (statements::customer_of(new), i64::from(*version), wrapped.clone())),
            tokens: places.tokens.iter().map(|t| (t.field.clone(), t.tokens.clone())).collect(),
        }
    }
}

/// The statements of all parts. `segment` is that of the blind index to which records of this age belong.
pub(super) fn statements(
    object: &ObjectName,
    (source, job): (&str, JobId),
    segment: i64,
    at: UnixMs,
    parts: Vec<Part>,
) -> Vec<Change> {
    let (mut keys, mut imported) = (vec![], vec![]);
    let mut tokens: BTreeMap<FieldName, Vec<(i64, RecordId)>> = BTreeMap::new();
    for part in parts {
        keys.extend(part.key);
        imported.push((part.mac, part.record, part.seal));
        for (field, made) in part.tokens {
            let of_field = tokens.entry(field).or_default();
            // Tokens are at most 63 bits wide.
            of_field.extend(made.into_iter().map(|t| (i64::try_from(t).unwrap_or(i64::MAX), part.record)));
        }
    }
    keys.sort_unstable_by_key(|(customer, _, _)| *customer);
    imported.sort_unstable();
    let keys =
        keys.into_iter().map(|(customer, version, wrapped)| vec![customer.into(), version.into(), wrapped.into()]);
    let mut changes = many("data_key (created_at, customer, kek_version, wrapped)", &[at.into()], keys.collect());
    for (field, mut made) in tokens {
        made.sort_unstable();
        let shared = [object.as_str().into(), field.as_str().into(), segment.into()];
        let rows = made.into_iter().map(|(token, record)| vec![token.into(), record.into()]);
        changes.extend(many("blind (object, field, segment, token, record)", &shared, rows.collect()));
    }
    let rows =
        imported.into_iter().map(|(mac, record, seal)| vec![mac.to_vec().into(), record.into(), seal.to_vec().into()]);
    changes.extend(many(
        "imported (object, source, job, mac, record, seal)",
        &[object.as_str().into(), source.into(), job.as_bytes().to_vec().into()],
        rows.collect(),
    ));
    changes
}

/// `INSERT INTO … VALUES` of all rows; the first columns have the same value in each.
fn many(into: &str, shared: &[Param], rows: Vec<Vec<Param>>) -> Vec<Change> {
    let mut changes = vec![];
    let mut rows = rows.into_iter().peekable();
    for size in SIZES {
        while rows.len() >= size {
            let mut params = shared.to_vec();
            let tuples: Vec<String> = rows
                .by_ref()
                .take(size)
                .map(|row| {
                    let own = params.len() + 1..=params.len() + row.len();
                    let marks: Vec<String> = (1..=shared.len()).chain(own).map(|n| format!("?{n}")).collect();
                    params.extend(row);
                    format!("({})", marks.join(", "))
                })
                .collect();
            changes.push(Change::new(format!("INSERT INTO {into} VALUES {}", tuples.join(", ")), params));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_statement_of_a_known_size() {
        for count in [0, 1, 3, 4, 63, 300, 1_000] {
            let rows: Vec<Vec<Param>> = (0..count).map(|n| vec![Param::Int(n), Param::Null]).collect();
            let made = many("t (a, b, c)", &[Param::Int(-1)], rows);
            let own = made.iter().flat_map(|c| c.params.iter().skip(1).step_by(2).cloned()).collect::<Vec<_>>();
            assert_eq!(own, (0..count).map(Param::Int).collect::<Vec<_>>());
            assert!(made.iter().all(|c| SIZES.contains(&((c.params.len() - 1) / 2)) && c.params[0] == Param::Int(-1)));
        }
        let two = many("t (a, b, c)", &[Param::Int(-1)], vec![vec![Param::Int(1), Param::Int(2)]; 4]);
        assert_eq!(two[0].sql, "INSERT INTO t (a, b, c) VALUES (?1, ?2, ?3), (?1, ?4, ?5), (?1, ?6, ?7), (?1, ?8, ?9)");
    }
}
