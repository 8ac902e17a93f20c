//! The tamper drill: in a company that has every kind of row, every table of the schema and every column of it is changed
//! beside the program, one at a time, and each is found; nothing is found where nothing was changed.
//!
//! The tables come from the schema itself. One that is added later without anything that covers it fails here; what is
//! excused is named below, with its reason.

use std::collections::BTreeMap;

use access::path::OnSystem;
use model::record::Grantee;
use model::{Channel, FieldDef, FieldKind, JobId, Origin, RecordId, Sensitivity, Text, Value};
use serde_json::json;
use store::Query;
use store::company::{
    AddField, ChangeSettings, CreateDepartment, GrantTemporarily, Note, SessionRules, SettingsChange, TemporaryGrant,
};
use store::hold::{PlaceHold, ReleaseHold};
use store::identity::{CreateToken, NewToken, RevokeToken, SignIn};
use store::records::{
    EditRecord, ExportStep, ImportChunk, ImportRow, MemberKind, ShareRecord, TransferRecord, TransferTo,
};

use super::world::World;
use crate::base::{COLUMNS, last_byte_changed};

/// What a mutation of it does not have to be found for, and why. `*` is any.
const EXCUSED: &[(&str, &str, &str, &str)] = &[
    ("ledger_state", "id", "*", "its CHECK lets no other number be written"),
    (
        "migration",
        "*",
        "*",
        "held against the program's own at every start, which refuses (schema tests of both databases)",
    ),
    (
        "session",
        "seen_at",
        "*",
        "a last use: written down without an event; a session ends at its `expires_at` whatever it says",
    ),
    ("token", "used_at", "*", "a last use: shown, never decided by"),
    ("record", "seq", "*", "a number by age: the segment that follows from it is checked with the blind index"),
    ("ledger_checkpoint", "at", "*", "says which older checkpoints may be replaced; signed content is in `note`"),
    (
        "ledger_checkpoint",
        "*",
        "delete",
        "a copy: what counts are the published ones, and the newest is in the folder too",
    ),
    ("ledger_checkpoint", "*", "older", "a signed checkpoint of this log is true for ever"),
    (
        "idempotency",
        "*",
        "delete",
        "kept a day by no event: a request sent twice would be carried out twice, each recorded",
    ),
    ("idempotency", "*", "older", "as its deletion: the key is open, and a repetition is told so"),
    (
        "ledger_lease",
        "*",
        "*",
        "who sequences until when: only saves work; compare-and-swap on the state keeps the log one",
    ),
    (
        "ledger_inbox",
        "*",
        "*",
        "empty once events have their positions; until then held by the leader: a gap is an alarm, \
      a changed leaf breaks the stream, changed columns are found beside the leaf",
    ),
    (
        "ledger_batch",
        "*",
        "*",
        "empty once events have their rows; until then filed from the memory of the process that wrote it; what a killed one left \
      must follow the log and its streams, or the next start refuses (faults of the embedded database)",
    ),
    (
        "ledger_writer",
        "boot",
        "*",
        "fences an older process off: another number stops this one, and nothing is disclosed",
    ),
];

fn excused(table: &str, column: &str, kind: &str) -> bool {
    let is = |a: &str, b: &str| a == "*" || a == b;
    EXCUSED.iter().any(|(t, c, k, _)| *t == table && (is(c, column)) && is(k, kind))
}

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
            "TEXT" => ["viewer", "role", "edit", "read"].iter().map(|v| format!("'{v}'")).collect(),
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

async fn system<O: OnSystem>(w: &World, user: model::UserId, op: O) -> access::path::Grant<O> {
    w.system(user, op).await.unwrap()
}

async fn sign_in(w: &World, previous: Option<&str>) -> store::identity::SignedIn {
    let origin =
        Origin { address: Some("192.0.2.7".parse().unwrap()), user_agent: Some("b".into()), channel: Channel::Web };
    let at = w.caller(w.admin).at;
    w.store
        .sign_in(SignIn {
            login: "admin",
            password: "correct horse 1 battery",
            code: None,
            previous,
            origin: &origin,
            request_id: "r",
            at,
        })
        .await
        .unwrap()
}

async fn share(w: &World, id: RecordId) {
    let until = Some(w.now().plus_days(30));
    let to = Grantee::User(w.other_rep);
    let op = ShareRecord { object: "customer".parse().unwrap(), id, kind: MemberKind::Share, to, edit: false, until };
    w.store.share(w.records(w.rep, op).await.unwrap()).await.unwrap();
}

async fn import(w: &World, names: &[&str]) {
    let importer = w.store.directory().user_by_login("importer").unwrap().id;
    let row = |(number, name): (usize, &&str)| ImportRow {
        number: number as u64,
        key: (*name).into(),
        values: [("name".parse().unwrap(), Some(Value::Text((*name).into())))].into(),
        owner: None,
        department: None,
        pool: true,
        customer_key: None,
    };
    let op = ImportChunk {
        job: JobId::from_bytes([1; 16]),
        object: "customer".parse().unwrap(),
        source: "erp".into(),
        customer_source: "erp".into(),
        rows: names.iter().enumerate().map(row).collect(),
        dry_run: false,
    };
    let outcome = w.store.import(w.records(importer, op).await.unwrap()).await.unwrap();
    assert_eq!(outcome.rejected.len(), 0, "{outcome:?}");
}

fn export(n: u8) -> ExportStep {
    let question = store::records::list::ListRecords {
        object: "customer".parse().unwrap(),
        filter: None,
        search: None,
        sort: None,
        fields: None,
        customer: None,
        limit: 50,
        cursor: None,
    };
    ExportStep { job: JobId::from_bytes([n; 16]), question, format: "csv", rows: None }
}

/// Some of everything. Twice, so that rows have a before.
async fn work(w: &World, round: u8) {
    let department = CreateDepartment { name: format!("部门{round}"), parent: None, note: Note::default() };
    w.store.create_department(system(w, w.admin, department).await).await.unwrap();
    let rules = SessionRules { idle_minutes: 30 + u32::from(round), absolute_hours: 12 };
    let change = SettingsChange { session: Some(rules), ..SettingsChange::default() };
    w.store.change_settings(system(w, w.admin, ChangeSettings { change, note: Note::default() }).await).await.unwrap();
    let grant = TemporaryGrant {
        user: w.rep,
        objects: model::ObjectSelect::Any,
        what: model::What::Operations([model::Action::Print].into()),
        scope: model::Scope::All,
        when: vec![],
        valid_until: w.now().plus_days(10),
        title: Text::new("临时", "temporary"),
    };
    let op = GrantTemporarily { grant, reason: "drill".into(), note: Note::default() };
    w.store.grant_temporarily(system(w, w.security, op).await).await.unwrap();

    let first = sign_in(w, None).await;
    let second = sign_in(w, Some(first.secret.expose())).await;
    for ends in [false, true] {
        let mut caller = w.caller(w.admin);
        caller.session = Some(second.session);
        let token = NewToken {
            name: format!("t{round}"),
            actions: Some([model::Action::AuditRead].into()),
            expires_at: caller.at.plus_days(30),
            service: None,
        };
        let op = CreateToken { token, note: Note::default() };
        let grant = w.store.gate().admit_system(&caller, op).await.unwrap();
        let (token, _) = w.store.create_token(grant).await.unwrap().into_inner();
        if ends {
            let grant = w.store.gate().admit_system(&caller, RevokeToken { token }).await.unwrap();
            w.store.revoke_token(grant).await.unwrap();
        }
    }
    for n in 0..2 {
        let key = format!("k{round}{n}");
        let begun = w.store.idempotency_begin(w.rep, &key, b"request", w.now()).await.unwrap();
        if let (0, store::idempotency::Begun::New(attempt)) = (n, begun) {
            w.store.idempotency_end(attempt, 201, b"{}".to_vec()).await.unwrap();
        }
    }
    let mut made = vec![];
    for n in 0..3 {
        let number = format!("{round}{n}");
        let values =
            json!({ "name": format!("客户{number}"), "phone": format!("138001380{number}"), "tax_no": number });
        made.push(w.create("customer", values).await);
    }
    w.create("contact", json!({ "customer": made[0], "name": "张三" })).await;
    let edit = |id, version| EditRecord {
        object: "customer".parse().unwrap(),
        id,
        version,
        values: json!({ "notes": format!("n{round}") }).as_object().unwrap().clone(),
    };
    w.store.edit(w.records(w.rep, edit(made[0], 1)).await.unwrap()).await.unwrap();
    share(w, made[0]).await;
    share(w, made[1]).await;
    import(w, &[&format!("甲{round}"), &format!("乙{round}")]).await;
    // A rerun that changes nothing.
    import(w, &[&format!("甲{round}")]).await;
    let hold = PlaceHold { customer: made[1], reason: "case".into() };
    w.store.place_hold(system(w, w.security, hold).await).await.unwrap();
    let hold = PlaceHold { customer: made[0], reason: "case".into() };
    let hold = w.store.place_hold(system(w, w.security, hold).await).await.unwrap().into_inner();
    let release = ReleaseHold { id: hold, customer: made[0], reason: "over".into() };
    w.store.release_hold(system(w, w.security, release).await).await.unwrap();
    super::erase::erase(w, made[2]).await.unwrap();
    w.store.export_begin(w.records(w.rep, export(10 + round)).await.unwrap()).await.unwrap();
    w.publisher.publish_once(w.now()).await.unwrap();
}

/// What makes older rows of the first round differ from those of now.
async fn go_on(w: &World) {
    let customers = "SELECT id, version FROM record WHERE object = 'customer' AND owner IS NOT NULL ORDER BY id";
    let rows = w.base.database().read(Query::new(customers, vec![])).await.unwrap();
    for (n, row) in rows.iter().enumerate() {
        let (id, version) = (row.record(0).unwrap(), row.int(1).unwrap());
        let object = || "customer".parse().unwrap();
        if n == 0 {
            // Its shares end with it.
            let op = TransferRecord { object: object(), id, version, to: TransferTo::User(w.rep), with_related: true };
            w.store.transfer(w.records(w.rep, op).await.unwrap()).await.unwrap();
        } else {
            let values = json!({ "notes": "later" }).as_object().unwrap().clone();
            let op = EditRecord { object: object(), id, version, values };
            w.store.edit(w.records(w.rep, op).await.unwrap()).await.unwrap();
        }
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
        slot: None,
    };
    let op = AddField { object: "customer".parse().unwrap(), field };
    w.store.add_field(system(w, w.admin, op).await).await.unwrap();
    work(w, 1).await;
    // A tile is full at 256 leaves.
    let customer = w.customer("满", "13900139000").await;
    for _ in 0..200 {
        w.view(w.rep, customer).await.unwrap();
    }
    drill.keep("old");
    work(w, 2).await;
    go_on(w).await;
    drill.keep("now");
    drill
}

#[tokio::test]
async fn nothing_is_found_where_nothing_was_changed() {
    let drill = ready().await;
    assert_eq!(drill.found().await, Vec::<String>::new());
    work(&drill.w, 3).await;
    assert_eq!(drill.found().await, Vec::<String>::new());
}

/// Each mutation takes an examination of everything, so the drill is shared out among tests that run side by side.
const PARTS: usize = 4;

macro_rules! in_parts {
    ($($name:ident: $run:ident($part:literal),)*) => {$(
        #[tokio::test]
        async fn $name() {
            $run($part).await;
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
            let unique = ["id", "secret", "login", "seq"];
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
                "SELECT {} FROM old_{table} o JOIN now_{table} n ON {} WHERE {} LIMIT 1",
                older.join(", "),
                on.join(" AND "),
                differs.join(" OR ")
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
