//! A company to measure: a department tree, sales people of three ranks, and as many customers as wanted.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use access::path::{Grant, OnSystem, Refusal, Values};
use model::{Caller, Channel, DepartmentId, FieldName, JobId, Origin, RecordId, UnixMs, UserId, UserKind, Value};
use store::Store;
use store::company::{AssignRole, Bootstrap, CreateDepartment, CreateUser, NewUser, Note, bootstrap};
use store::identity::{ChangePassword, ResetPassword, SignIn};
use store::records::{ImportChunk, ImportRow};
use store_sqlite::{Options, SqliteDatabase};
use tempfile::TempDir;
use testkit::SteppedClock;
use vault::{KeyFile, Vault};

use crate::sample::Random;

/// A Monday, ten o'clock in China.
const START: UnixMs = UnixMs(1_795_399_200_000);
/// Divisions of the company, and teams of each.
const DIVISIONS: usize = 10;
const TEAMS: usize = 5;
const PASSWORDS: [&str; 3] = ["blue tram to the sea", "seven quiet lanterns", "paper boats in rain"];
/// Data keys kept open in memory, as the server keeps them by default.
const KEYS: usize = 10_000;

/// A sales representative and where they work.
#[derive(Debug, Clone, Copy)]
pub struct Rep {
    pub user: UserId,
    pub team: DepartmentId,
}

pub struct House {
    pub store: Store,
    pub db: Arc<SqliteDatabase>,
    pub vault: Arc<Vault>,
    pub clock: Arc<SteppedClock>,
    pub director: UserId,
    /// Manager of the first division: a tenth of the customers lies below.
    pub manager: UserId,
    pub auditor: UserId,
    pub reps: Vec<Rep>,
    pub admin: UserId,
    pub security: UserId,
    dir: TempDir,
}

pub fn start() -> UnixMs {
    START
}

pub fn open_vault(dir: &Path) -> anyhow::Result<Arc<Vault>> {
    Ok(Arc::new(Vault::new(Arc::new(KeyFile::open(&dir.join("whosaw.key"))?), KEYS)))
}

impl House {
    /// # Errors
    /// Whatever the store refuses.
    pub async fn new(folder: &Path) -> anyhow::Result<Self> {
        let dir = tempfile::tempdir_in(folder)?;
        KeyFile::create(&dir.path().join("whosaw.key"), [1; 32], [2; 32], START)?;
        let vault = open_vault(dir.path())?;
        let db = Arc::new(SqliteDatabase::open(&dir.path().join("whosaw.db"), &Options::default())?);
        let mut first = Bootstrap::new("示例公司", PASSWORDS, START);
        first.keep_passwords = true;
        let store = bootstrap(db.clone(), vault.clone(), first).await?;
        let id = |login: &str| {
            let users = &store.company().users;
            users.values().find(|u| u.login == login).map(|u| u.id).ok_or_else(|| anyhow::anyhow!("no {login}"))
        };
        let (admin, security, auditor) = (id("admin")?, id("security")?, id("auditor")?);
        let clock = Arc::new(SteppedClock::at(START));
        let mut house = Self {
            store,
            db,
            vault,
            clock,
            director: admin,
            manager: admin,
            auditor,
            reps: vec![],
            admin,
            security,
            dir,
        };
        house.people().await?;
        Ok(house)
    }

    async fn people(&mut self) -> anyhow::Result<()> {
        let company = self.store.company();
        let root = *company.departments.keys().next().ok_or_else(|| anyhow::anyhow!("no department"))?;
        self.director = self.person("director", "sales_director", root).await?;
        for d in 0..DIVISIONS {
            let division = self.department(&format!("事业部{d}"), root).await?;
            if d == 0 {
                self.manager = self.person("manager", "sales_manager", division).await?;
            }
            for t in 0..TEAMS {
                let team = self.department(&format!("销售{d}-{t}组"), division).await?;
                let user = self.person(&format!("rep{d}.{t}"), "sales_rep", team).await?;
                self.reps.push(Rep { user, team });
            }
        }
        Ok(())
    }

    async fn department(&self, name: &str, parent: DepartmentId) -> anyhow::Result<DepartmentId> {
        let op = CreateDepartment { name: name.to_owned(), parent: Some(parent), note: Note::default() };
        let grant = self.admit(self.admin, op).await?;
        Ok(self.store.create_department(grant).await?.into_inner())
    }

    async fn person(&self, login: &str, role: &str, department: DepartmentId) -> anyhow::Result<UserId> {
        let user = NewUser {
            login: login.to_owned(),
            name: login.to_owned(),
            kind: UserKind::Person,
            department,
            manager: None,
            trained_until: None,
        };
        let grant = self.admit(self.admin, CreateUser { user, note: Note::default() }).await?;
        let id = self.store.create_user(grant).await?.into_inner();
        let grant = self.admit(self.security, AssignRole { user: id, role: role.parse()? }).await?;
        self.store.assign_role(grant).await?;
        Ok(id)
    }

    /// Somebody who may see every customer and has to do with none.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub async fn clerk(&self) -> anyhow::Result<UserId> {
        let root = self.store.company().departments.keys().next().copied();
        self.person("clerk", "service", root.ok_or_else(|| anyhow::anyhow!("no department"))?).await
    }

    pub fn file(&self) -> PathBuf {
        self.dir.path().join("whosaw.db")
    }
    /// Closes store and database; the files stay until the folder that comes back is dropped.
    pub fn close(self) -> TempDir {
        self.dir
    }

    /// Lets the company's clock go on until what comes back is dropped: ids of events are ordered by time, as they are in
    /// a server.
    pub fn run_clock(&self) -> tokio::task::JoinSet<()> {
        let (clock, began, from) = (self.clock.clone(), Instant::now(), self.now());
        let mut running = tokio::task::JoinSet::new();
        running.spawn(async move {
            loop {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                clock.set(UnixMs(from.0 + i64::try_from(began.elapsed().as_millis()).unwrap_or(0)));
            }
        });
        running
    }
    pub fn now(&self) -> UnixMs {
        model::Clock::now(&*self.clock)
    }

    pub fn caller(&self, user: UserId) -> Caller {
        Caller { at: self.now(), ..caller(user) }
    }
    pub async fn admit<O: OnSystem>(&self, user: UserId, op: O) -> Result<Grant<O>, Refusal> {
        self.store.gate().admit_system(&self.caller(user), op).await
    }

    /// The cookie of a representative who has signed in and chosen a password.
    ///
    /// # Errors
    /// Whatever the store refuses.
    pub async fn session(&self, rep: Rep) -> anyhow::Result<String> {
        const OWN: &str = "a cat on the warm roof";
        let login = self.store.company().users.get(&rep.user).map(|u| u.login.clone()).unwrap_or_default();
        let grant = self.admit(self.admin, ResetPassword { user: rep.user }).await?;
        let first = self.store.reset_password(grant, None).await?.into_inner();
        let first = first.ok_or_else(|| anyhow::anyhow!("no first password"))?;
        let origin = caller(rep.user).origin;
        let sign_in = |password| SignIn {
            login: &login,
            password,
            code: None,
            previous: None,
            origin: &origin,
            request_id: "bench",
            at: START,
        };
        let signed_in = self.store.sign_in(sign_in(first.expose())).await?;
        let who = self.store.authenticate(signed_in.secret.expose(), START).await?;
        let who = who.ok_or_else(|| anyhow::anyhow!("not signed in"))?;
        let as_caller = who.caller(origin.clone(), None, "bench".into(), START);
        let grant = self.store.gate().admit_system(&as_caller, ChangePassword).await?;
        self.store.change_password(grant, first.expose(), OWN).await?;
        Ok(signed_in.secret.expose().to_owned())
    }

    /// Imports customers through the recorded path, spread over the representatives, and gives how many a second.
    ///
    /// # Errors
    /// A refusal, or rejected rows.
    pub async fn import(&self, count: u64, mut progress: impl FnMut(u64)) -> anyhow::Result<f64> {
        const CHUNK: u64 = 1000;
        let job = JobId::new(START, [9; 10]);
        let mut random = Random::new(7);
        let mut busy = std::time::Duration::ZERO;
        let mut done = 0;
        while done < count {
            let rows = (done..count.min(done + CHUNK))
                .map(|n| self.row(n, &mut random))
                .collect::<anyhow::Result<Vec<_>>>()?;
            let wanted = rows.len() as u64;
            let chunk = ImportChunk {
                job,
                object: "customer".parse()?,
                source: "bench".into(),
                customer_source: "bench".into(),
                rows,
                dry_run: false,
            };
            // Making the rows is the bench's work, not the store's.
            let began = Instant::now();
            let grant = self.store.gate().admit(&self.caller(self.director), chunk).await?;
            let outcome = self.store.import(grant).await?;
            let took = began.elapsed();
            busy += took;
            // Ids begin with the time: if it stood still, they would fall all over the indexes, as they never do.
            self.clock.advance_ms(1 + i64::try_from(took.as_millis()).unwrap_or(0));
            anyhow::ensure!(outcome.created == wanted, "rejected rows: {:?}", outcome.rejected.first());
            done += wanted;
            progress(done);
        }
        #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
        Ok(count as f64 / busy.as_secs_f64())
    }

    fn row(&self, n: u64, random: &mut Random) -> anyhow::Result<ImportRow> {
        let rep = random.pick(&self.reps).copied().ok_or_else(|| anyhow::anyhow!("no representatives"))?;
        Ok(ImportRow {
            number: n + 1,
            key: format!("K{n}"),
            values: values(n, random)?,
            owner: Some(rep.user),
            department: Some(rep.team),
            pool: false,
            customer_key: None,
        })
    }

    /// The customers and whose they are, oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn owned(&self) -> anyhow::Result<Vec<(RecordId, UserId)>> {
        let query = store::Query::new("SELECT id, owner FROM record WHERE object = 'customer' ORDER BY seq", vec![]);
        let rows = store::Database::read(&*self.db, query).await?;
        rows.iter().map(|r| Ok((r.record(0)?, r.user(1)?))).collect()
    }
}

pub fn caller(user: UserId) -> Caller {
    Caller {
        user,
        on_behalf_of: None,
        session: None,
        token: None,
        token_actions: None,
        mfa: true,
        origin: Origin {
            address: Some(std::net::IpAddr::from([192, 0, 2, 7])),
            user_agent: Some("whosaw-bench".into()),
            channel: Channel::Web,
        },
        purpose: None,
        request_id: "0123456789abcdef0123456789abcdef".into(),
        at: START,
    }
}

const CITIES: [&str; 8] = ["北京", "上海", "广州", "深圳", "杭州", "成都", "武汉", "西安"];
const FIRST: [&str; 16] =
    ["华", "中", "新", "东", "金", "天", "恒", "瑞", "博", "宏", "盛", "鑫", "嘉", "永", "泰", "国"];
const SECOND: [&str; 16] =
    ["达", "科", "源", "盛", "通", "信", "宇", "德", "创", "联", "丰", "成", "海", "安", "诚", "兴"];
const THIRD: [&str; 12] = ["光", "辰", "岳", "渝", "硕", "睿", "灿", "翰", "凯", "颖", "晟", "骏"];
const TRADES: [&str; 8] = ["科技", "贸易", "医疗", "机械", "食品", "物流", "建材", "教育"];

/// The name of the customer `n`: city, three syllables, trade.
pub fn name(n: u64) -> String {
    let at = |list: &[&'static str], n: u64| {
        list.get(usize::try_from(n % list.len().max(1) as u64).unwrap_or(0)).copied().unwrap_or_default()
    };
    let mut r = Random::new(n);
    let (a, b, c) = (at(&FIRST, r.next()), at(&SECOND, r.next()), at(&THIRD, r.next()));
    let (city, trade) = (at(&CITIES, r.next()), at(&TRADES, r.next()));
    format!("{city}{a}{b}{c}{}{trade}有限公司", at(&SECOND, r.next()))
}

pub fn phone(n: u64) -> String {
    format!("138{:08}", n % 100_000_000)
}

fn values(n: u64, random: &mut Random) -> anyhow::Result<Values> {
    let text = |list: &[&str], random: &mut Random| Value::Text(random.pick(list).copied().unwrap_or("").to_owned());
    let int = |n: u64| Value::Int(i64::try_from(n).unwrap_or(0));
    let pairs = [
        ("name", Value::Text(name(n))),
        ("phone", Value::Text(phone(n))),
        ("email", Value::Text(format!("c{n}@customer.example"))),
        ("address", Value::Text(format!("{}人民路{}号", random.pick(&CITIES).unwrap_or(&""), n % 999))),
        ("level", text(&["A", "B", "C"], random)),
        ("status", text(&["potential", "active", "dormant", "lost"], random)),
        ("industry", text(&TRADES, random)),
        ("region", text(&CITIES, random)),
        ("revenue", int(random.below(1_000_000_000))),
        ("employees", int(random.below(5_000))),
        ("founded", int(1980 + random.below(45))),
        ("external_id", Value::Text(format!("K{n}"))),
        ("notes", Value::Text("老客户介绍,重视交付时间;决策人为总经理。".to_owned())),
    ];
    pairs.into_iter().map(|(name, value)| Ok((name.parse::<FieldName>()?, Some(value)))).collect()
}
