//! Indexes of fields that lists are sorted by: made and dropped with the definition that asks for them, in the same unit.
//!
//! One index gives the records of one department in the field's order; for an object with a pool a second gives those of the
//! pool, and one more those of the pool by the time of their last change. They hold nothing that the columns do not hold, and no answer depends on their being there: only its time.

use std::collections::BTreeMap;

use access::path::Change;
use model::ObjectType;
use model::object::ColumnKind;

/// The key of a record without a value: less than any other.
pub(crate) const fn least(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Number => "-9223372036854775807",
        ColumnKind::Text => "''",
    }
}

/// What is indexed and what is sorted by: an index serves exactly the expression it was made with.
pub(crate) fn key(column: &str, kind: ColumnKind) -> String {
    format!("COALESCE({column}, {})", least(kind))
}

/// Statements that make the indexes of the new definition and drop those that it no longer asks for.
pub(crate) fn indexes(old: Option<&ObjectType>, new: &ObjectType) -> Vec<Change> {
    let before = old.map(wanted).unwrap_or_default();
    let after = wanted(new);
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let drop = gone.map(|name| Change::new(format!("DROP INDEX IF EXISTS {name}"), vec![]));
    // Those of before too: a database older than an index gets it with the next change.
    let make =
        after.iter().map(|(name, on)| Change::new(format!("CREATE INDEX IF NOT EXISTS {name} ON record {on}"), vec![]));
    drop.chain(make).collect()
}

/// By name, the definition of each index. Names of objects hold letters, digits and underscores only, and 40 at most.
fn wanted(object: &ObjectType) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let name = &object.name;
    if object.has_pool {
        all.insert(format!("pool_{name}"), format!("(pool, updated_at, id) WHERE object = '{name}' AND pool = 1"));
    }
    for slot in object.fields.iter().filter(|f| f.sorted).filter_map(|f| f.slot) {
        let column = slot.column();
        let key = key(&column, slot.kind);
        all.insert(format!("sorted_{column}_{name}"), format!("(department, ({key}), id) WHERE object = '{name}'"));
        if object.has_pool {
            all.insert(
                format!("sorted_{column}_pool_{name}"),
                format!("(pool, ({key}), id) WHERE object = '{name}' AND pool = 1"),
            );
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::defaults;

    fn sql(old: Option<&ObjectType>, new: &ObjectType) -> Vec<String> {
        indexes(old, new).into_iter().map(|c| c.sql.into_owned()).collect()
    }

    #[test]
    fn indexes_come_and_go_with_the_definition() {
        let mut object = defaults::objects().remove(0);
        object.fields.iter_mut().for_each(|f| f.sorted = f.name.as_str() == "revenue");
        object.has_pool = true;
        let n = object.field("revenue").unwrap().slot.unwrap().column();
        let make = [
            "CREATE INDEX IF NOT EXISTS pool_customer ON record (pool, updated_at, id) \
             WHERE object = 'customer' AND pool = 1"
                .to_owned(),
            format!(
                "CREATE INDEX IF NOT EXISTS sorted_{n}_customer ON record \
                 (department, (COALESCE({n}, -9223372036854775807)), id) WHERE object = 'customer'"
            ),
            format!(
                "CREATE INDEX IF NOT EXISTS sorted_{n}_pool_customer ON record \
                 (pool, (COALESCE({n}, -9223372036854775807)), id) WHERE object = 'customer' AND pool = 1"
            ),
        ];
        assert_eq!(sql(None, &object), make);
        assert_eq!(sql(Some(&object), &object), make, "what is missing is made up for");
        let mut without = object.clone();
        without.has_pool = false;
        let drop_pool =
            ["DROP INDEX IF EXISTS pool_customer".to_owned(), format!("DROP INDEX IF EXISTS sorted_{n}_pool_customer")];
        assert_eq!(sql(Some(&object), &without), [&drop_pool[..], &make[1..2]].concat());
        without.fields.iter_mut().for_each(|f| f.sorted = false);
        let mut drop_all = drop_pool.to_vec();
        drop_all.insert(1, format!("DROP INDEX IF EXISTS sorted_{n}_customer"));
        assert_eq!(sql(Some(&object), &without), drop_all);
    }
}
