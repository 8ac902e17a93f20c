//! Imports: one event for each chunk whatever becomes of it, and a wrong row harms no other.

use access::path::{Refusal, Values};
use model::object::Search;
use model::{Action, Decision, FieldDef, FieldKind, JobId, Sensitivity, Text, Value};
use store::Query;
use store::company::AddField;
use store::records::{ImportChunk, ImportOutcome, ImportRow};

use super::house::House;

/// A row of the outside key `key` with text fields.
fn row(number: u64, key: &str, fields: &[(&str, &str)]) -> ImportRow {
    let values = fields.iter().map(|(name, text)| (name.parse().unwrap(), Some(Value::Text((*text).into()))));
    ImportRow {
        number,
        key: key.into(),
        values: values.collect::<Values>(),
        owner: None,
        department: None,
        pool: true,
        customer_key: None,
    }
}

struct Office(House);

impl Office {
    async fn import(&self, login: &str, rows: Vec<ImportRow>, dry_run: bool) -> Result<ImportOutcome, Refusal> {
        let object = "customer".parse().unwrap();
        let (source, customer_source) = ("erp".into(), "erp".into());
        let job = JobId::from_bytes([1; 16]);
        let op = ImportChunk { job, object, source, customer_source, rows, dry_run };
        self.0.store.import(self.0.store.gate().admit(&self.0.caller(login), op).await?).await
    }
    async fn count(&self, sql: &str) -> i64 {
        self.0.database().read(Query::new(sql.to_owned(), vec![])).await.unwrap()[0].int(0).unwrap()
    }
    /// Imports as the program `importer`: what came of it, and how many records the one new event touches.
    async fn chunk(&self, rows: Vec<ImportRow>, dry_run: bool) -> (ImportOutcome, i64) {
        let events = self.0.events().await.len();
        let touches = self.count("SELECT COUNT(*) FROM touch").await;
        let outcome = self.import("importer", rows, dry_run).await.unwrap();
        assert_eq!(self.0.events().await.len(), events + 1, "a chunk is one event");
        let event = self.0.last_event().await;
        assert_eq!((event.action, event.decision), (Action::Import, Decision::Allowed));
        assert_eq!(event.detail["dry_run"], dry_run);
        (outcome, self.count("SELECT COUNT(*) FROM touch").await - touches)
    }
    async fn customers(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM record").await
    }
}

fn counts(o: &ImportOutcome) -> (u64, u64, u64, usize) {
    (o.created, o.changed, o.unchanged, o.rejected.len())
}

#[tokio::test]
async fn whatever_becomes_of_a_chunk_it_is_one_event_that_names_what_the_answer_tells_of() {
    let office = Office(House::new().await);
    let rows = || vec![row(1, "K1", &[("name", "甲公司")]), row(2, "K2", &[("name", "乙公司")])];
    let (dry, touched) = office.chunk(rows(), true).await;
    assert_eq!((counts(&dry), touched, office.customers().await), ((2, 0, 0, 0), 0, 0));
    let (first, touched) = office.chunk(rows(), false).await;
    assert_eq!((counts(&first), touched, office.customers().await), ((2, 0, 0, 0), 2, 2));
    let (again, touched) = office.chunk(rows(), false).await;
    assert_eq!((counts(&again), touched), ((0, 0, 2, 0), 2), "who is told `unchanged` knows what is there");
    let changed = || vec![row(1, "K1", &[("name", "甲公司新")]), row(2, "K2", &[("name", "乙公司")])];
    let version = "SELECT SUM(version) FROM record";
    let (dry, touched) = office.chunk(changed(), true).await;
    assert_eq!((counts(&dry), touched, office.count(version).await), ((0, 1, 1, 0), 2, 2));
    let (real, touched) = office.chunk(changed(), false).await;
    assert_eq!((counts(&real), touched, office.count(version).await), ((0, 1, 1, 0), 2, 3));
    let (wrong, touched) = office.chunk(vec![row(1, "K9", &[("level", "A")])], false).await;
    assert_eq!((counts(&wrong), touched), ((0, 0, 0, 1), 0));
    assert_eq!(wrong.rejected[0].1[0].code, "required");
    let (twice, _) = office.chunk(vec![row(1, "K5", &[("name", "丙")]), row(2, "K5", &[("name", "丁")])], false).await;
    assert_eq!((counts(&twice), twice.rejected[0].1[0].field.as_str()), ((1, 0, 0, 1), "key"));
}

async fn with_unique_code() -> Office {
    let house = House::new().await;
    let field = FieldDef {
        name: "code".parse().unwrap(),
        label: Text::new("编码", "Code"),
        kind: FieldKind::Text { max: 40 },
        required: false,
        unique: true,
        class: Sensitivity::Internal,
        mask: model::Mask::default(),
        search: Search::None,
        sorted: false,
        kept: false,
        formula: None,
        numbered: None,
        slot: None,
    };
    let op = AddField { object: "customer".parse().unwrap(), field };
    house.store.add_field(house.admit("admin", op).await.unwrap()).await.unwrap();
    Office(house)
}

#[tokio::test]
async fn a_unique_value_that_is_taken_rejects_its_row_alone() {
    let office = with_unique_code().await;
    let row = |n, key, code| row(n, key, &[("name", "甲"), ("code", code)]);
    let (first, _) = office.chunk(vec![row(1, "A", "1"), row(2, "B", "2"), row(3, "C", "1")], false).await;
    assert_eq!(counts(&first), (2, 0, 0, 1));
    let (number, problems) = &first.rejected[0];
    assert_eq!((*number, problems[0].field.as_str(), problems[0].code), (3, "code", "duplicate"));
    assert_eq!(problems[0].reason, "the same value as row 1");
    let rows = || vec![row(1, "D", "2"), row(2, "E", "3"), row(3, "B", "1")];
    for dry_run in [true, false] {
        let (later, touched) = office.chunk(rows(), dry_run).await;
        let wrong: Vec<u64> = later.rejected.iter().map(|r| r.0).collect();
        assert_eq!((counts(&later), wrong), ((1, 0, 0, 2), vec![1, 3]));
        assert_eq!(touched, i64::from(!dry_run), "rejected rows are not touched");
    }
    // A value that an earlier row gives up is free.
    let (moved, _) = office.chunk(vec![row(1, "A", "9"), row(2, "F", "1")], false).await;
    assert_eq!(counts(&moved), (1, 1, 0, 0));
    assert_eq!(office.count("SELECT COUNT(*) FROM taken").await, 4);
}

#[tokio::test]
async fn an_import_does_not_tell_whether_a_guess_at_a_masked_value_is_right() {
    let office = Office(House::new().await);
    let director = office.0.person("director", Some("sales_director")).await;
    let department = office.0.store.directory().user(director).unwrap().department;
    let customer = |id_number: &str| ImportRow {
        owner: Some(director),
        department: Some(department),
        pool: false,
        ..row(1, "K1", &[("name", "甲"), ("id_number", id_number)])
    };
    assert_eq!(office.import("importer", vec![customer("11010519491231002X")], false).await.unwrap().created, 1);
    for guess in ["11010519491231002X", "110105194912310038"] {
        let told = office.import("director", vec![customer(guess)], true).await.unwrap();
        assert_eq!(counts(&told), (0, 0, 0, 1));
        assert_eq!(told.rejected[0].1[0].code, "not_editable");
    }
    let name_alone = ImportRow { values: row(1, "", &[("name", "甲")]).values, ..customer("") };
    assert_eq!(office.import("director", vec![name_alone], true).await.unwrap().unchanged, 1);
}

#[tokio::test]
async fn a_key_of_a_record_that_one_may_not_write_rejects_its_row_alone() {
    let office = Office(House::new().await);
    office.0.person("director", Some("sales_director")).await;
    let owned = |n, key| {
        let director = office.0.id("director");
        let department = office.0.store.directory().user(director).map(|u| u.department);
        ImportRow { owner: Some(director), department, pool: false, ..row(n, key, &[("name", "乙")]) }
    };
    // In the pool: outside the director's reach for imports.
    assert_eq!(office.import("importer", vec![row(1, "K1", &[("name", "甲")])], false).await.unwrap().created, 1);
    let told = office.import("director", vec![owned(1, "K1"), owned(2, "K2")], false).await.unwrap();
    assert_eq!((counts(&told), told.rejected[0].1[0].code), ((1, 0, 0, 1), "duplicate"));
    let gone = ImportRow { owner: Some(model::UserId::from_bytes([9; 16])), ..owned(3, "K3") };
    let told = office.import("director", vec![gone], false).await.unwrap();
    assert_eq!(told.rejected[0].1[0].code, "no_such_user");
}
