//! What the database finds by a filter is what Cedar permits row by row: random matrices, over records with values that SQL and
//! LIKE read differently from people, and with none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access::engine::reference::{Question, authorize};
use access::engine::{Context, Engine};
use access::path::{RecordView, Refusal};
use model::aggregate::{Group, Work, Worked};
use model::object::ChoiceOption;
use model::policy::{Effect, FieldSelect, MatrixRow, ObjectSelect, Principals, What};
use model::record::Members;
use model::{
    Action, Channel, Clock as _, Comparison, Condition, DepartmentId, FieldDef, FieldKind, FieldLevel, JobId,
    ObjectName, RecordId, Scope, Sensitivity, StoredRow, Text, UnixMs, Value,
};
use serde_json::json;
use store::company::{AddField, Note, PublishPolicy};
use store::records::list::{Direction, ListRecords, Sort};
use store::records::{Aggregate, AggregateLine, ImportChunk, ImportRow};
use testkit::{CompanyFixture, SteppedClock};
use vault::{KeyFile, Vault};

use crate::base::Base;

const TEXTS: [&str; 8] = ["A%E_1", "A*E?1", "a%e_1", "A[1]", "北京甲公司", "北京", "east", "\\\"'"];
/// Options that begin alike, and what LIKE and quoting would read.
const TAGS: [&str; 4] = ["a", "a%", "重点", "重点客户'"];
const PEOPLE: [&str; 6] = ["director", "lead", "rep", "colleague", "outsider", "service"];
const ROLES: [&str; 4] = ["sales_director", "sales_manager", "sales_rep", "service"];
const RECORDS: i64 = 40;
const MATRICES: u64 = 16;

/// Numbers in a row from one seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
    fn condition(&mut self, depth: usize) -> Condition {
        use Comparison::*;
        match self.roll(if depth == 0 { 7 } else { 10 }) {
            0 => Condition::test("region", self.pick(&[Eq, Ne, StartsWith, Contains]), json!(self.pick(&TEXTS))),
            1 => Condition::test(
                "region",
                self.pick(&[StartsWith, Contains]),
                json!(self.pick(&["*", "%", "_", "北", "E", "?"])),
            ),
            2 => Condition::test("level", self.pick(&[Eq, Ne]), json!(self.pick(&["A", "B"]))),
            3 => Condition::test("level", In, json!(["A", "C"])),
            4 => Condition::test("revenue", self.pick(&[Eq, Ne, Lt, Le, Gt, Ge]), json!(self.roll(4))),
            5 => Condition::test(
                self.pick(&["region", "level", "revenue", "tags"]),
                self.pick(&[IsEmpty, IsNotEmpty]),
                json!(null),
            ),
            6 => {
                let options = (0..=self.roll(3)).map(|_| self.pick(&TAGS)).collect::<Vec<_>>();
                Condition::test("tags", self.pick(&[HasAny, HasAll, HasNone]), json!(options))
            }
            7 => Condition::All(vec![self.condition(depth - 1), self.condition(depth - 1)]),
            8 => Condition::Any(vec![self.condition(depth - 1), self.condition(depth - 1)]),
            _ => Condition::Not(Box::new(self.condition(depth - 1))),
        }
    }
    fn scope(&mut self, departments: &[DepartmentId]) -> Scope {
        match self.roll(9) {
            0 => Scope::Own,
            1 => Scope::Reports,
            2 => Scope::Department,
            3 => Scope::Subtree,
            4 => Scope::Pool,
            5 => Scope::Chosen { departments: vec![self.pick(departments)], with_children: self.roll(2) == 0 },
            6 => Scope::All,
            _ => Scope::Condition { condition: self.condition(2) },
        }
    }
    fn row(&mut self, id: String, departments: &[DepartmentId]) -> MatrixRow {
        MatrixRow {
            id,
            effect: if self.roll(4) == 0 { Effect::Forbid } else { Effect::Permit },
            who: Principals::Role(self.pick(&ROLES).parse().unwrap()),
            objects: ObjectSelect::Only(["customer".parse().unwrap()].into()),
            what: What::Operations([Action::List, Action::View].into()),
            scope: self.scope(departments),
            when: vec![],
            valid_from: None,
            valid_until: None,
            title: Text::new("测试", "test"),
        }
    }
}

/// A sort key as a reader of the list would know it: none, a number or a text.
type Key = (Option<i64>, Option<String>);

fn key(view: &RecordView, by: &str) -> Key {
    match by {
        "updated_at" => (Some(view.updated_at.0), None),
        "created_at" => (Some(view.created_at.0), None),
        _ if view.masked.iter().any(|f| f.as_str() == by) => (None, None),
        _ => match view.fields.get(by) {
            Some(serde_json::Value::String(text)) if by == "revenue" => {
                (Some((text.parse::<f64>().unwrap() * 100.0) as i64), None)
            }
            Some(serde_json::Value::String(text)) => (None, Some(text.clone())),
            Some(value) if value.is_number() => (Some((value.as_f64().unwrap() * 100.0) as i64), None),
            _ => (None, None),
        },
    }
}

struct Company {
    fixture: CompanyFixture,
    rows: BTreeMap<RecordId, StoredRow>,
    _dir: tempfile::TempDir,
    _base: Base,
}

fn customer() -> ObjectName {
    "customer".parse().unwrap()
}

impl Company {
    async fn new(d: &mut Dice) -> Company {
        let dir = tempfile::tempdir().unwrap();
        let start = UnixMs::parse_rfc3339(testkit::company_fixture::START).unwrap();
        let keys = KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], start).unwrap();
        let base = Base::new(dir.path()).await;
        let vault = Arc::new(Vault::new(Arc::new(keys), 1000));
        let fixture = CompanyFixture::build(base.database(), vault, Arc::new(SteppedClock::at(start))).await.unwrap();
        let options = TAGS.map(|t| ChoiceOption { value: t.into(), label: Text::new(t, t) }).to_vec();
        let field = FieldDef { kind: FieldKind::MultiChoice { options }, ..super::fields::plain("tags") };
        let op = AddField { object: customer(), field };
        let grant = fixture.store.gate().admit_system(&fixture.caller("admin"), op).await.unwrap();
        fixture.store.add_field(grant).await.unwrap();
        let mut company = Company { fixture, rows: BTreeMap::new(), _dir: dir, _base: base };
        company.fill(d).await;
        company
    }

    /// Records of everybody and nobody, each with a number by which it is known again.
    async fn fill(&mut self, d: &mut Dice) {
        let fixture = &self.fixture;
        let mut made = BTreeMap::new();
        let mut rows = vec![];
        for n in 0..RECORDS {
            let mut values: BTreeMap<model::FieldName, Option<Value>> = BTreeMap::new();
            let mut put = |name: &str, value| values.insert(name.parse().unwrap(), Some(value));
            put("name", Value::Text(format!("客户{n}")));
            put("employees", Value::Int(n));
            if d.roll(3) > 0 {
                put("region", Value::Text(d.pick(&TEXTS).into()));
            }
            if d.roll(3) > 0 {
                put("level", Value::Text(d.pick(&["A", "B", "C"]).into()));
            }
            if d.roll(3) > 0 {
                put("revenue", Value::Int(i64::try_from(d.roll(4)).unwrap() * 100));
            }
            if d.roll(3) > 0 {
                let some: BTreeSet<_> = (0..=d.roll(3)).map(|_| d.pick(&TAGS).to_owned()).collect();
                put("tags", Value::List(some.into_iter().collect()));
            }
            let pool = d.roll(4) == 0;
            let owner = (!pool).then(|| fixture.id(d.pick(&PEOPLE)));
            let department = (!pool).then(|| d.pick(&fixture.departments));
            let clear = values.iter().filter(|(f, _)| f.as_str() != "name");
            let clear = clear.map(|(f, v)| (f.clone(), v.clone().unwrap())).collect();
            made.insert(n, (owner, department, pool, clear));
            rows.push(ImportRow {
                number: n.unsigned_abs() + 1,
                key: n.to_string(),
                values,
                owner,
                department,
                pool,
                customer_key: None,
            });
        }
        let (source, customer_source) = ("test".into(), "test".into());
        let job = JobId::from_bytes([1; 16]);
        let op = ImportChunk { job, object: customer(), source, customer_source, rows, dry_run: false };
        let grant = fixture.store.gate().admit(&fixture.caller("importer"), op).await.unwrap();
        let done = fixture.store.import(grant).await.unwrap();
        assert_eq!(done.created, RECORDS.unsigned_abs(), "{:?}", done.rejected);
        for view in self.seen("service").await.unwrap() {
            let (owner, department, pool, clear) = made.remove(&view.fields["employees"].as_i64().unwrap()).unwrap();
            let row = StoredRow {
                id: view.id,
                customer: view.id,
                owner,
                department,
                pool,
                version: 1,
                created_at: view.created_at,
                updated_at: view.updated_at,
                created_by: self.fixture.id("importer"),
                clear,
                sealed: BTreeMap::new(),
                key: None,
                members: Members::default(),
            };
            self.rows.insert(view.id, row);
        }
        assert!(made.is_empty(), "customer service sees every customer");
        self.share(d).await;
    }

    /// Some records take part of somebody: what is shared is reached by another way than what is owned.
    async fn share(&mut self, d: &mut Dice) {
        let mut changes = vec![];
        let seals = self.fixture.store.gate().recorder().seals().clone();
        for (n, (id, row)) in self.rows.iter_mut().enumerate() {
            let user = self.fixture.id(d.pick(&PEOPLE));
            let (kind, level) = match d.roll(6) {
                0 => ("share", "read"),
                1 => ("share", "edit"),
                2 => ("collaborator", "edit"),
                3 => ("viewer", "read"),
                _ => continue,
            };
            let grantee = model::record::Grantee::User(user);
            match (kind, level) {
                ("collaborator", _) => row.members.collaborators.push(user),
                ("viewer", _) => row.members.viewers.push(user),
                (_, "edit") => {
                    row.members.shared_read.push(grantee.clone());
                    row.members.shared_edit.push(grantee);
                }
                _ => row.members.shared_read.push(grantee),
            }
            let mut params: Vec<access::path::Param> = vec![
                RecordId::from_bytes([u8::try_from(n).unwrap(); 16]).into(),
                (*id).into(),
                kind.into(),
                "user".into(),
                user.to_string().into(),
                level.into(),
                access::path::Param::Null,
                user.into(),
                0_i64.into(),
            ];
            params.push(seals.row("member", &params).to_vec().into());
            changes.push(access::path::Change::new(
                "INSERT INTO member (id, record, kind, grantee_kind, grantee, level, expires_at, granted_by, created_at, \
                 seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params,
            ));
        }
        self._base.database().maintain(changes).await.unwrap();
    }

    async fn seen(&self, login: &str) -> Result<Vec<RecordView>, Refusal> {
        self.pages(login, None, None, 500).await
    }

    /// All pages of a list.
    async fn pages(
        &self,
        login: &str,
        filter: Option<Condition>,
        sort: Option<Vec<Sort>>,
        limit: u32,
    ) -> Result<Vec<RecordView>, Refusal> {
        let mut op = ListRecords {
            object: customer(),
            filter,
            search: None,
            sort,
            fields: None,
            customer: None,
            limit,
            cursor: None,
        };
        let mut all = vec![];
        loop {
            let grant = self.fixture.store.gate().admit(&self.fixture.caller(login), op.clone()).await?;
            let page = self.fixture.store.list(grant).await?;
            all.extend(page.sealed.disclose().await?.into_inner());
            match page.next {
                Some(next) => op.cursor = Some(next),
                None => return Ok(all),
            }
        }
    }

    /// Every order shows what no order shows, and stands by what the caller may read of the field: a row where they may not
    /// is a row without a value. Gives how many orders were shown.
    async fn orders(&self, d: &mut Dice, login: &str, found: &BTreeSet<RecordId>) -> usize {
        let mut shown = 0;
        // One with an index and one without, and a time.
        let fields = ["revenue", d.pick(&["level", "region", "employees"]), d.pick(&["updated_at", "created_at"])];
        for by in fields {
            for direction in [Direction::Asc, Direction::Desc] {
                let sort = Some(vec![Sort { by: by.into(), direction }]);
                let views = match self.pages(login, None, sort.clone(), 11).await {
                    Ok(views) => views,
                    Err(Refusal::Invalid(problems)) if problems[0].code == "unknown_field" => continue,
                    Err(Refusal::Forbidden { .. }) => continue,
                    Err(other) => panic!("{other}"),
                };
                assert_eq!(views.iter().map(|v| v.id).collect::<BTreeSet<_>>(), *found, "{login} by {by}");
                let keys: Vec<_> = views.iter().map(|v| (key(v, by), v.id)).collect();
                let in_order = |pair: &[(Key, RecordId)]| match direction {
                    Direction::Asc => pair[0] < pair[1],
                    Direction::Desc => pair[0] > pair[1],
                };
                assert!(keys.windows(2).all(in_order), "{login} by {by}: {keys:?}");
                shown += 1;
                // With a filter beside it, of the rows where its fields may be read.
                let condition = d.condition(1);
                let Ok(filtered) = self.pages(login, Some(condition.clone()), sort, 5).await else { continue };
                let plain = self.pages(login, Some(condition), None, 500).await.unwrap();
                let ids = |views: &[RecordView]| views.iter().map(|v| v.id).collect::<BTreeSet<_>>();
                assert_eq!(ids(&filtered), ids(&plain), "{login} by {by}, filtered");
                let keys: Vec<_> = filtered.iter().map(|v| (key(v, by), v.id)).collect();
                assert!(keys.windows(2).all(in_order), "{login} by {by}, filtered: {keys:?}");
            }
        }
        for _ in 0..3 {
            shown += usize::from(self.several(d, login, found).await);
        }
        shown
    }

    /// Groups count and sum what a list shows whose every field in use may be read: no more, and no less. Gives how many
    /// aggregates were answered.
    async fn aggregates(&self, d: &mut Dice, login: &str) -> usize {
        let mut answered = 0;
        let group = |field: &str| Group { field: field.into(), step: None };
        for by in [vec!["level"], vec!["owner", "region"], vec![d.pick(&["region", "department"])], vec![]] {
            let condition = (d.roll(2) == 0).then(|| d.condition(1));
            let question = ListRecords {
                object: customer(),
                filter: condition.clone(),
                search: None,
                sort: None,
                fields: None,
                customer: None,
                limit: 1,
                cursor: None,
            };
            let values = [Work::Sum, Work::Min, Work::Max, Work::Avg]
                .map(|work| Worked { field: "revenue".parse().unwrap(), work })
                .to_vec();
            let op = Aggregate { question, by: by.iter().copied().map(group).collect(), values };
            let Ok(grant) = self.fixture.store.gate().admit(&self.fixture.caller(login), op).await else { continue };
            let found = match self.fixture.store.aggregate(grant).await {
                Ok(found) => found.into_inner(),
                Err(Refusal::Invalid(problems)) if problems[0].code == "unknown_field" => continue,
                Err(other) => panic!("{other}"),
            };
            assert_eq!(found.scales, [2; 4]);
            // The list of the rows on which each of them may be read.
            let fields = by.iter().filter(|f| !["owner", "department"].contains(f)).chain(&["revenue"]);
            let any = |f: &&str| {
                Condition::Any(vec![
                    Condition::test(f, Comparison::IsEmpty, json!(null)),
                    Condition::test(f, Comparison::IsNotEmpty, json!(null)),
                ])
            };
            let readable = Condition::All(fields.map(any).chain(condition).collect());
            let views = self.pages(login, Some(readable), None, 500).await.unwrap();
            let mut expected: BTreeMap<Vec<Option<String>>, (u64, Vec<i128>)> = BTreeMap::new();
            for view in &views {
                let row = &self.rows[&view.id];
                let key = |f: &&str| match *f {
                    "owner" => row.owner.map(|u| u.to_string()),
                    "department" => row.department.map(|d| d.to_string()),
                    other => key(view, other).1,
                };
                let sum = expected.entry(by.iter().map(key).collect()).or_default();
                sum.0 += 1;
                sum.1.extend(self::key(view, "revenue").0.map(i128::from));
            }
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(keys, (count, all))| {
                    let (total, n) = (all.iter().sum::<i128>(), all.len() as i128);
                    let worked = [
                        (n > 0).then_some(total),
                        all.iter().min().copied(),
                        all.iter().max().copied(),
                        (n > 0).then(|| (total * 2 + n) / (n * 2)),
                    ];
                    AggregateLine { keys, count, values: worked.to_vec() }
                })
                .collect();
            assert_eq!(found.lines, expected, "{login} by {by:?}");
            answered += usize::from(!expected.is_empty());
        }
        answered
    }

    /// Two or three keys at once, each in its own direction, page by page: as sorted in memory.
    async fn several(&self, d: &mut Dice, login: &str, found: &BTreeSet<RecordId>) -> bool {
        let mut fields = vec!["revenue", "level", "region", "employees", "updated_at"];
        let sort: Vec<Sort> = (0..2 + d.roll(2))
            .map(|_| {
                let by = fields.remove(d.roll(fields.len())).to_owned();
                Sort { by, direction: d.pick(&[Direction::Asc, Direction::Desc]) }
            })
            .collect();
        let limit = d.pick(&[3, 7]);
        let views = match self.pages(login, None, Some(sort.clone()), limit).await {
            Ok(views) => views,
            Err(Refusal::Invalid(problems)) if problems[0].code == "unknown_field" => return false,
            Err(Refusal::Forbidden { .. }) => return false,
            Err(other) => panic!("{other}"),
        };
        assert_eq!(views.iter().map(|v| v.id).collect::<BTreeSet<_>>(), *found, "{login} by {sort:?}");
        let turned = |order: std::cmp::Ordering, direction| match direction {
            Direction::Asc => order,
            Direction::Desc => order.reverse(),
        };
        let mut sorted = views.clone();
        sorted.sort_by(|a, b| {
            let keys = sort.iter().map(|s| turned(key(a, &s.by).cmp(&key(b, &s.by)), s.direction));
            keys.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
                .then(turned(a.id.cmp(&b.id), sort.last().unwrap().direction))
        });
        let ids = |views: &[RecordView]| views.iter().map(|v| v.id).collect::<Vec<_>>();
        assert_eq!(ids(&views), ids(&sorted), "{login} by {sort:?}");
        true
    }

    fn permitted(&self, engine: &Engine, login: &str) -> BTreeSet<RecordId> {
        let ctx = Context {
            now: self.fixture.clock.now(),
            mfa: true,
            office_hours: true,
            address: None,
            channel: Channel::Web,
            purpose: true,
            trained: true,
            counters: [0; model::policy::Counter::ALL.len()],
        };
        let ask = |row: &StoredRow| {
            authorize(engine, self.fixture.id(login), Question::Operation(&customer(), Action::List, row), &ctx)
                .unwrap()
        };
        self.rows.values().filter(|row| ask(row).allowed).map(|row| row.id).collect()
    }
}

#[tokio::test]
async fn the_database_finds_what_cedar_permits() {
    let mut d = Dice(2026);
    let company = Company::new(&mut d).await;
    let store = &company.fixture.store;
    let shipped: Vec<MatrixRow> = {
        let of_test = |r: &MatrixRow| matches!(&r.who, Principals::Role(role) if ROLES.contains(&role.as_str()));
        store.company().policy.policy.rows.iter().filter(|r| !of_test(r)).cloned().collect()
    };
    let (mut published, mut some, mut none, mut orders, mut aggregates) = (0, 0, 0, 0, 0);
    for matrix in 0..MATRICES {
        let mut policy = store.company().policy.policy.clone();
        policy.rows.clone_from(&shipped);
        for role in ROLES {
            let what = What::Fields {
                fields: FieldSelect::Classes([Sensitivity::Open, Sensitivity::Internal, Sensitivity::Personal].into()),
                level: FieldLevel::ReadOnly,
            };
            let row = d.row(format!("t{matrix}.{role}.fields"), &company.fixture.departments);
            let who = Principals::Role(role.parse().unwrap());
            // In half of the matrices a field may be read on some rows only.
            let scope = if matrix % 2 == 0 { Scope::All } else { row.scope.clone() };
            policy.rows.push(MatrixRow { effect: Effect::Permit, what, scope, who, ..row });
        }
        for n in 0..8 {
            policy.rows.push(d.row(format!("t{matrix}.{n}"), &company.fixture.departments));
        }
        let base = store.company().policy.version;
        let op = PublishPolicy { base, policy, reason: "test".into(), note: Note::default() };
        let grant = store.gate().admit_system(&company.fixture.caller("security"), op).await.unwrap();
        match store.publish_policy(grant).await {
            Ok(_) => published += 1,
            // A condition that is always or never true is no rule.
            Err(Refusal::Invalid(problems)) => {
                assert!(problems.iter().all(|p| p.code == "constant_condition"), "{problems:?}");
                continue;
            }
            Err(other) => panic!("{other}"),
        }
        let engine = store.gate().engine();
        for login in PEOPLE {
            let permitted = company.permitted(&engine, login);
            let found: BTreeSet<RecordId> = match company.seen(login).await {
                Ok(views) => views.iter().map(|v| v.id).collect(),
                Err(Refusal::Forbidden { .. }) => BTreeSet::new(),
                Err(other) => panic!("{other}"),
            };
            assert_eq!(found, permitted, "{login} by {}", engine.compiled().cedar_text());
            orders += company.orders(&mut d, login, &found).await;
            aggregates += company.aggregates(&mut d, login).await;
            if (1..company.rows.len()).contains(&found.len()) {
                some += 1;
            } else {
                none += 1;
            }
        }
    }
    assert!(orders > 100, "{orders} orders");
    assert!(aggregates > 50, "{aggregates} aggregates");
    assert!(published >= 8 && some > none, "{published} matrices, {some} partial views, {none} whole or empty");
}
