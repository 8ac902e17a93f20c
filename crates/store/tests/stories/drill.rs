//! The tamper drill: in a company that has every kind of row, every table of the schema and every column of it is changed
//! beside the program, one at a time, and each is found; nothing is found where nothing was changed.
//!
//! The tables come from the schema itself. One that is added later without anything that covers it fails here; what is
//! excused is named below, with its reason.

mod excused;
mod work;

use std::collections::BTreeMap;

use model::{FieldDef, FieldKind, Sensitivity, Text};
use store::company::AddField;
use store::{Dialect, Query};

use self::excused::excused;
use self::work::{go_on, system, work};
use super::world::World;
use crate::base::{COLUMNS, last_byte_changed};

struct Column {
    name: String,
    kind: String,
    nullable: bool,
    key: bool,
}

struct Drill {
    w: World,
    tables: BTreeMap<String, Vec<Column>>,
}

impl Drill {
    async fn new() -> Drill {
        let w = World::new().await;
        let rows = w.base.database().read(Query::new(COLUMNS, vec![])).await.unwrap();
        let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
        for row in rows {
            let text = |n| row.text(n).unwrap().to_owned();
            let column = Column {
                name: text(1),
                kind: text(2).to_uppercase(),
                nullable: row.int(3).unwrap() == 1 && row.int(4).unwrap() == 0,
                key: row.int(4).unwrap() > 0,
            };
            tables.entry(text(0)).or_default().push(column);
        }
        Drill { w, tables }
    }

    async fn number(&self, sql: String) -> i64 {
        self.w.base.database().read(Query::new(sql, vec![])).await.unwrap()[0].int(0).unwrap()
    }

    /// What doctor looks at; where something was found.
    async fn found(&self) -> Vec<String> {
        let mut found = vec![];
        match self.w.publisher.check_head(&[]).await {
            Err(error) => found.push(format!("ledger_ {error}")),
            Ok(head) => {
                match self.w.publisher.scrub(0..head.size).await {
                    Ok(scrub) => found.extend(scrub.findings.iter().map(|f| format!("ledger_ {f:?}"))),
                    Err(error) => found.push(format!("ledger_ {error}")),
                }
                match self.w.publisher.check_checkpoints().await {
                    Ok(wrong) => found.extend(wrong.iter().map(|n| format!("ledger_checkpoint {n}"))),
                    Err(error) => found.push(format!("ledger_ {error}")),
                }
            }
        }
        match self.w.store.examine(self.w.now()).await {
            Ok((events, state)) => {
                found.extend(events.altered.iter().map(|a| format!("event touch ledger_leaf {a:?}")));
                found.extend(state.findings.iter().map(|f| format!("{} {} {}", f.table, f.key, f.problem)));
            }
            Err(refusal) => found.push(format!("refused {refusal}")),
        }
        found
    }

    fn keep(&self, name: &str) {
        for table in self.tables.keys() {
            let _ = self.w.base.try_execute(&format!("DROP TABLE {name}_{table}"));
            self.w.base.execute(&format!("CREATE TABLE {name}_{table} AS SELECT * FROM {table}"));
        }
    }

    fn put_back(&self, table: &str) {
        let columns: Vec<&str> = self.tables[table].iter().map(|c| c.name.as_str()).collect();
        let columns = columns.join(", ");
        self.w.base.execute(&format!("DELETE FROM {table}"));
        self.w.base.execute(&format!("INSERT INTO {table} ({columns}) SELECT {columns} FROM now_{table}"));
    }

    /// Does it, if the schema lets it be done and it changes something; tells whether it was found.
    async fn tried(&self, table: &str, sql: &[String]) -> Option<bool> {
        let mut changed = false;
        for one in sql {
            match self.w.base.try_execute(one) {
                Ok(n) => changed |= n > 0,
                Err(_) => {
                    self.put_back(table);
                    return None;
                }
            }
        }
        let found = if changed { Some(!self.found().await.is_empty()) } else { None };
        self.put_back(table);
        found
    }

    /// A row by its key.
    fn at(&self, table: &str, offset: u32) -> String {
        let keys: Vec<&str> = self.tables[table].iter().filter(|c| c.key).map(|c| c.name.as_str()).collect();
        let keys = keys.join(", ");
        format!("({keys}) IN (SELECT {keys} FROM now_{table} ORDER BY {keys} LIMIT 1 OFFSET {offset})")
    }

    /// A value of a column that is not the one there, whatever that is.
    fn another(column: &Column) -> String {
        match (column.name.as_str(), Self::others(column).as_slice()) {
            (name, [one, other, ..]) => format!("CASE WHEN {one} = {name} THEN {other} ELSE {one} END"),
            (_, others) => others[0].clone(),
        }
    }

    /// Other values of a column, the first that the schema takes counts.
    fn others(column: &Column) -> Vec<String> {
        let name = &column.name;
        let mut others: Vec<String> = match column.kind.as_str() {
            // Beyond all others where numbers must differ.
            "INTEGER" | "BIGINT" if column.key => vec![format!("{name} + 1000000"), format!("{name} + 1")],
            "INTEGER" | "BIGINT" => vec![format!("COALESCE({name} + 1, 1)"), format!("COALESCE(1 - {name}, 1)")],
            "TEXT" => ["viewer", "role", "edit", "read", "done", "failed"].iter().map(|v| format!("'{v}'")).collect(),
            _ => vec![],
        };
        match column.kind.as_str() {
            "TEXT" => others.insert(0, format!("COALESCE({name} || ' ', 'x')")),
            "INTEGER" | "BIGINT" => {}
            _ => {
                others.push(format!("COALESCE({}, {})", last_byte_changed(name, "5a"), crate::base::ZEROES));
                others.push(format!("COALESCE({}, {})", last_byte_changed(name, "a5"), crate::base::ZEROES));
            }
        }
        if column.nullable {
            others.push("NULL".to_owned());
        }
        others
    }
}

async fn ready() -> Drill {
    let drill = Drill::new().await;
    let w = &drill.w;
    let field = FieldDef {
        name: "tax_no".parse().unwrap(),
        label: Text::new("税号", "tax number"),
        kind: FieldKind::Text { max: 40 },
        required: false,
        unique: true,
        class: Sensitivity::Internal,
        mask: model::Mask::default(),
        search: model::object::Search::None,
        sorted: true,
        kept: false,
        formula: None,
        numbered: None,
        slot: None,
    };
    let op = AddField { object: "customer".parse().unwrap(), field };
    w.store.add_field(system(w, w.admin, op).await).await.unwrap();
    for (name, pattern) in [("code", "K{000}"), ("serial", "S{yyyy}-{0000}")] {
        let field = super::fields::numbered(name, pattern);
        let op = AddField { object: "customer".parse().unwrap(), field };
        w.store.add_field(system(w, w.admin, op).await).await.unwrap();
    }
    Box::pin(work(w, 1)).await;
    // A tile is full at 256 leaves.
    let customer = w.customer("满", "13900139000").await;
    for _ in 0..200 {
        w.view(w.rep, customer).await.unwrap();
    }
    drill.keep("old");
    Box::pin(work(w, 2)).await;
    Box::pin(go_on(w)).await;
    drill.keep("now");
    drill
}

#[tokio::test]
async fn nothing_is_found_where_nothing_was_changed() {
    let drill = ready().await;
    assert_eq!(drill.found().await, Vec::<String>::new());
    Box::pin(work(&drill.w, 3)).await;
    assert_eq!(drill.found().await, Vec::<String>::new());
}

/// Each mutation takes an examination of everything, so the drill is shared out among tests that run side by side.
const PARTS: usize = 4;

/// What finds alterations asks both databases alike: the slower one is asked about one part, about all in a soak.
fn whole() -> bool {
    crate::base::DIALECT == Dialect::Sqlite || std::env::var_os("WHOSAW_SOAK_ROUNDS").is_some()
}

macro_rules! in_parts {
    ($($name:ident: $run:ident($part:literal),)*) => {$(
        #[tokio::test]
        async fn $name() {
            if whole() || $part == 0 {
                $run($part).await;
            } else {
                eprintln!("note: the slower database is asked about one part of {PARTS}; a soak asks about all");
            }
        }
    )*};
}

in_parts! {
    every_column_of_every_table_is_found_when_changed_emptied_or_swapped_part_1: columns_are_found(0),
    every_column_of_every_table_is_found_when_changed_emptied_or_swapped_part_2: columns_are_found(1),
    every_column_of_every_table_is_found_when_changed_emptied_or_swapped_part_3: columns_are_found(2),
    every_column_of_every_table_is_found_when_changed_emptied_or_swapped_part_4: columns_are_found(3),
    rows_taken_added_or_put_back_from_before_are_found_in_every_table_part_1: rows_are_found(0),
    rows_taken_added_or_put_back_from_before_are_found_in_every_table_part_2: rows_are_found(1),
    rows_taken_added_or_put_back_from_before_are_found_in_every_table_part_3: rows_are_found(2),
    rows_taken_added_or_put_back_from_before_are_found_in_every_table_part_4: rows_are_found(3),
}

async fn columns_are_found(part: usize) {
    let drill = ready().await;
    let mut turn = 0;
    let mut missed = vec![];
    let mut done = 0;
    for (table, columns) in &drill.tables {
        if excused(table, "", "change") {
            continue;
        }
        let rows = drill.number(format!("SELECT COUNT(*) FROM {table}")).await;
        assert!(rows > 1 || (rows == 1 && table.starts_with("ledger_")), "{table} is not exercised: {rows} rows");
        for column in columns.iter().filter(|c| !excused(table, &c.name, "change")) {
            turn += 1;
            if turn % PARTS != part {
                continue;
            }
            let name = &column.name;
            let mut tried = false;
            for other in Drill::others(column) {
                let sql = format!(
                    "UPDATE {table} SET {name} = {other} WHERE {} AND {name} IS DISTINCT FROM {other}",
                    drill.at(table, 0)
                );
                match drill.tried(table, std::slice::from_ref(&sql)).await {
                    None => continue,
                    Some(found) => {
                        tried = true;
                        done += 1;
                        if !found {
                            missed.push(sql);
                        }
                    }
                }
                break;
            }
            if !tried {
                missed.push(format!("no change of {table}.{name} could be made"));
            }
            if column.key {
                continue;
            }
            let of = |offset| format!("(SELECT {name} FROM now_{table} WHERE {})", drill.at(table, offset));
            let swap: Vec<String> = [(0, 1), (1, 0)]
                .into_iter()
                .map(|(a, b)| {
                    format!(
                        "UPDATE {table} SET {name} = {} WHERE {} AND {name} IS DISTINCT FROM {}",
                        of(b),
                        drill.at(table, a),
                        of(b)
                    )
                })
                .collect();
            if drill.tried(table, &swap).await == Some(false) {
                missed.push(swap.join("; "));
            }
        }
    }
    assert!(missed.is_empty(), "{done} done, {} missed:\n{}", missed.len(), missed.join("\n"));
    assert_eq!(drill.found().await, Vec::<String>::new(), "all was put back");
}

async fn rows_are_found(part: usize) {
    let drill = ready().await;
    let mut missed = vec![];
    for (_, (table, columns)) in drill.tables.iter().enumerate().filter(|(n, _)| n % PARTS == part) {
        let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
        if !excused(table, "", "delete") {
            let count = drill.number(format!("SELECT COUNT(*) FROM now_{table}")).await;
            for offset in [0, count - 1] {
                let sql = format!("DELETE FROM {table} WHERE {}", drill.at(table, u32::try_from(offset).unwrap()));
                if drill.tried(table, std::slice::from_ref(&sql)).await != Some(true) {
                    missed.push(sql);
                }
            }
        }
        if !excused(table, "", "insert") {
            // A twin under another key, with what must be unique changed too where the schema asks for it.
            let mut made = None;
            let unique = ["id", "secret", "login", "seq", "fingerprint", "subject"];
            for wide in [false, true] {
                let last_key = columns.iter().rfind(|c| c.key).map(|c| c.name.as_str());
                let values: Vec<String> = columns
                    .iter()
                    .map(|c| {
                        let changed = Some(c.name.as_str()) == last_key || (wide && unique.contains(&c.name.as_str()));
                        if changed { Drill::another(c) } else { c.name.clone() }
                    })
                    .collect();
                let sql = format!(
                    "INSERT INTO {table} ({}) SELECT {} FROM now_{table} WHERE {}",
                    names.join(", "),
                    values.join(", "),
                    drill.at(table, 0)
                );
                made = drill.tried(table, std::slice::from_ref(&sql)).await.or(made);
                if made.is_some() {
                    if made == Some(false) {
                        missed.push(sql);
                    }
                    break;
                }
            }
            // One row is all that this table may have.
            if made.is_none() && table != "ledger_state" {
                missed.push(format!("no row could be added to {table}"));
            }
        }
        if !excused(table, "", "older") {
            let keys: Vec<&str> = columns.iter().filter(|c| c.key).map(|c| c.name.as_str()).collect();
            let keys = keys.join(", ");
            let differs: Vec<String> = columns
                .iter()
                .filter(|c| !c.key && !excused(table, &c.name, "older"))
                .map(|c| format!("o.{0} IS DISTINCT FROM n.{0}", c.name))
                .collect();
            if differs.is_empty() {
                continue;
            }
            let on: Vec<String> = columns.iter().filter(|c| c.key).map(|c| format!("o.{0} = n.{0}", c.name)).collect();
            let older: Vec<String> = columns.iter().filter(|c| c.key).map(|c| format!("o.{}", c.name)).collect();
            let older = format!(
                "SELECT {} FROM old_{table} o JOIN now_{table} n ON {} WHERE {} ORDER BY {} LIMIT 1",
                older.join(", "),
                on.join(" AND "),
                differs.join(" OR "),
                older.join(", ")
            );
            let names = names.join(", ");
            let sql = vec![
                format!("DELETE FROM {table} WHERE ({keys}) IN ({older})"),
                format!("INSERT INTO {table} ({names}) SELECT {names} FROM old_{table} WHERE ({keys}) IN ({older})"),
            ];
            if drill.tried(table, &sql).await == Some(false) {
                missed.push(sql.join("; "));
            }
        }
    }
    assert!(missed.is_empty(), "{} missed:\n{}", missed.len(), missed.join("\n"));
    assert_eq!(drill.found().await, Vec::<String>::new(), "all was put back");
}
