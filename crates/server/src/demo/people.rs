//! The demo's people: a tree of departments, sixty employees, the preset roles.

use anyhow::Context;
use model::{DepartmentId, UserId, UserKind};
use store::company::{AssignRole, CreateDepartment, CreateUser, NewUser, Note};
use store::identity::{ChangePassword, ResetPassword};

use super::rng::Rng;
use super::{Demo, PASSWORD, failed, names};

/// A sales rep and where they work.
#[derive(Debug, Clone, Copy)]
pub struct Rep {
    pub user: UserId,
    pub department: DepartmentId,
    /// Number of their office, for addresses.
    pub office: u8,
}

/// Everyone.
pub struct Staff {
    pub all: Vec<UserId>,
    pub reps: Vec<Rep>,
    pub managers: Vec<Rep>,
    pub service: Vec<UserId>,
    pub importer: UserId,
    accounts: Vec<(String, String)>,
}

impl Staff {
    /// Logins to try and what they are.
    pub fn accounts(&self) -> Vec<(String, String)> {
        self.accounts.clone()
    }
}

struct Maker<'a> {
    demo: &'a Demo,
    admin: UserId,
    security: UserId,
    at: model::UnixMs,
    rng: Rng,
}

impl Maker<'_> {
    fn tick(&mut self) -> model::UnixMs {
        self.at = self.at.plus_ms(50);
        self.at
    }
    async fn department(&mut self, name: &str, parent: DepartmentId) -> anyhow::Result<DepartmentId> {
        let at = self.tick();
        let op = CreateDepartment { name: name.to_owned(), parent: Some(parent), note: Note::default() };
        let grant = self.demo.system(self.admin, at, op).await.map_err(failed)?;
        Ok(self.demo.store.create_department(grant).await.map_err(failed)?.into_inner())
    }
    async fn user(
        &mut self,
        login: &str,
        department: DepartmentId,
        manager: Option<UserId>,
        role: &str,
    ) -> anyhow::Result<UserId> {
        let (name, at) = (names::person(&mut self.rng), self.tick());
        let user =
            NewUser { login: login.to_owned(), name, kind: UserKind::Person, department, manager, trained_until: None };
        let grant =
            self.demo.system(self.admin, at, CreateUser { user, note: Note::default() }).await.map_err(failed)?;
        let id = self.demo.store.create_user(grant).await.map_err(failed)?.into_inner();
        let op = AssignRole { user: id, role: role.parse()? };
        let grant = self.demo.system(self.security, self.tick(), op).await.map_err(failed)?;
        self.demo.store.assign_role(grant).await.map_err(failed)?;
        Ok(id)
    }
    /// A reset makes a password that must be changed; so the person changes it.
    async fn password(&mut self, user: UserId) -> anyhow::Result<()> {
        let at = self.tick();
        let grant = self.demo.system(self.admin, at, ResetPassword { user }).await.map_err(failed)?;
        let first = self.demo.store.reset_password(grant, None).await.map_err(failed)?.into_inner();
        let first = first.context("no password was made")?;
        let mut caller = self.demo.caller(user, self.tick(), 1);
        caller.session = Some(model::SessionId::from_bytes([0; 16]));
        let grant = self.demo.store.gate().admit_system(&caller, ChangePassword).await.map_err(failed)?;
        self.demo.store.change_password(grant, first.expose(), PASSWORD).await.map_err(failed)?;
        Ok(())
    }
}

pub async fn make(demo: &Demo) -> anyhow::Result<Staff> {
    let directory = demo.store.directory();
    let id = |login: &str| directory.user_by_login(login).map(|u| u.id).with_context(|| format!("`{login}`"));
    let (admin, security, auditor, importer) = (id("admin")?, id("security")?, id("auditor")?, id("importer")?);
    let root = directory.departments.values().find(|d| d.parent.is_none()).context("a root department")?.id;
    let mut m = Maker { demo, admin, security, at: demo.start, rng: Rng::new(demo.seed, 1) };
    let mut accounts = vec![
        ("admin".to_owned(), "系统管理员 system administrator".to_owned()),
        ("security".to_owned(), "安全管理员 security administrator".to_owned()),
        ("auditor".to_owned(), "审计管理员 audit administrator".to_owned()),
    ];
    let mut all = vec![admin, security, auditor];
    let sales = m.department("销售中心", root).await?;
    let support = m.department("客户服务部", root).await?;
    let finance = m.department("财务部", root).await?;
    let market = m.department("市场部", root).await?;
    let owner = m.user("boss", root, None, "company_owner").await?;
    let director = m.user("director", sales, Some(owner), "sales_director").await?;
    all.extend([owner, director]);
    accounts.push(("boss".to_owned(), "企业负责人（只读） company owner, read-only".to_owned()));
    accounts.push(("director".to_owned(), "销售总监 sales director".to_owned()));
    let (mut reps, mut managers) = (vec![], vec![]);
    for (n, region) in ["华北大区", "华东大区", "华南大区", "西部大区"].into_iter().enumerate() {
        let office = u8::try_from(n + 1).unwrap_or(1);
        let region_id = m.department(region, sales).await?;
        let manager = m.user(&format!("manager{}", n + 1), region_id, Some(director), "sales_manager").await?;
        managers.push(Rep { user: manager, department: region_id, office });
        all.push(manager);
        for team in 1..=2_u32 {
            let team_id = m.department(&format!("{region}{team}组"), region_id).await?;
            for k in 1..=5_u32 {
                let number = u32::from(office - 1) * 10 + (team - 1) * 5 + k;
                let rep = m.user(&format!("rep{number}"), team_id, Some(manager), "sales_rep").await?;
                reps.push(Rep { user: rep, department: team_id, office });
                all.push(rep);
            }
        }
    }
    let mut service = vec![];
    for (prefix, count, department, role, zh) in [
        ("service", 5, support, "service", "客服 service"),
        ("finance", 3, finance, "finance", "财务 finance"),
        ("market", 2, market, "marketing", "市场 marketing"),
        ("pool", 1, sales, "pool_manager", "公海管理员 pool manager"),
    ] {
        for n in 1..=count {
            let login = if count == 1 { prefix.to_owned() } else { format!("{prefix}{n}") };
            let user = m.user(&login, department, Some(owner), role).await?;
            all.push(user);
            if prefix == "service" {
                service.push(user);
            }
            if n == 1 {
                accounts.push((login, zh.to_owned()));
                m.password(user).await?;
            }
        }
    }
    for (login, zh) in [
        ("manager1", "销售经理 sales manager"),
        ("rep1", "销售专员 sales rep"),
        ("rep6", "另一组的销售专员 sales rep of another team"),
    ] {
        accounts.push((login.to_owned(), zh.to_owned()));
    }
    let directory = demo.store.directory();
    for login in ["boss", "director", "manager1", "rep1", "rep6"] {
        let user = directory.user_by_login(login).map(|u| u.id).with_context(|| format!("`{login}`"))?;
        m.password(user).await?;
    }
    Ok(Staff { all, reps, managers, service, importer, accounts })
}
