//! People from a file: departments, managers and members, found again by their logins.
//!
//! Only what the file says is changed: without a column for managers nobody's manager is touched, and roles are given to
//! who has none, so that a rerun takes back nothing that was decided since.

use std::collections::BTreeMap;

use access::path::Refusal;
use anyhow::Context;
use model::{DepartmentId, RoleName, UserId, UserKind};
use store::company::{AssignRole, CreateDepartment, CreateUser, NewUser, Note, UpdateUser, UserChange};

use super::Totals;
use super::cells::Cells;
use super::mapping::{Mapping, People, list};
use super::rejects::{Problem, Rejects};
use crate::args::ImportArgs;
use crate::instance::{Instance, refused};
use crate::say::told;

struct Person {
    row: u64,
    login: String,
    manager: Option<String>,
    department: Option<String>,
    role: RoleName,
    /// Named as somebody's manager only: the file says nothing else of them.
    as_manager: bool,
}

/// A login made of a name: `Dustin Brinkmann` becomes `dustin.brinkmann`, other letters their code points.
fn login_of(name: &str) -> String {
    let mut login = String::new();
    for c in name.trim().chars() {
        match c {
            'a'..='z' | '0'..='9' => login.push(c),
            'A'..='Z' => login.push(c.to_ascii_lowercase()),
            ' ' | '.' | '-' | '_' => login.push('.'),
            other => login.push_str(&format!("u{:x}", u32::from(other))),
        }
    }
    login.chars().take(60).collect()
}

pub async fn import(
    instance: &Instance,
    args: &ImportArgs,
    mapping: &Mapping,
    mut cells: Cells,
    rejects: &mut Rejects,
) -> anyhow::Result<Totals> {
    let how = mapping.people.as_ref().context("[people]")?;
    let role = known_role(instance, &how.role)?;
    let manager_role = known_role(instance, how.manager_role.as_deref().unwrap_or(&how.role))?;
    let mut totals = Totals { departments: Some(0), ..Totals::default() };
    let people = read(how, &mut cells, (&role, &manager_role), &mut totals, rejects)?;
    let mut work = Work { instance, args, how, totals, departments: BTreeMap::new(), done: BTreeMap::new() };
    // Managers before those who name them; who is left in the end manages themselves in a circle.
    let mut waiting: Vec<(&String, &Person)> = people.iter().collect();
    loop {
        let (ready, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, p)| {
            p.manager.as_ref().is_none_or(|m| work.done.contains_key(m) || !people.contains_key(m))
        });
        if ready.is_empty() {
            for (name, person) in later {
                let reason = "the managers name each other in a circle";
                rejects.row(person.row, &[Problem::new(&how.name, name, "invalid_manager", reason)])?;
            }
            break;
        }
        for (name, person) in ready {
            let id = match work.person(name, person).await? {
                Ok(id) => id,
                Err(problem) => {
                    rejects.row(person.row, &[problem])?;
                    None
                }
            };
            work.done.insert(name.clone(), id);
        }
        waiting = later;
    }
    Ok(work.totals)
}

fn known_role(instance: &Instance, name: &str) -> anyhow::Result<RoleName> {
    let directory = instance.store.directory();
    match name.parse::<RoleName>() {
        Ok(role) if directory.roles.contains_key(&role) => Ok(role),
        _ => {
            let has = list(directory.roles.keys().map(RoleName::as_str));
            Err(told(
                format!("映射文件：没有角色 `{name}`；有 {has}"),
                format!("the mapping: there is no role `{name}`; there are {has}"),
            ))
        }
    }
}

/// The file's people by name, and those they name as managers.
fn read(
    how: &People,
    cells: &mut Cells,
    (role, manager_role): (&RoleName, &RoleName),
    totals: &mut Totals,
    rejects: &mut Rejects,
) -> anyhow::Result<BTreeMap<String, Person>> {
    let at: BTreeMap<String, usize> = cells.headings().iter().cloned().enumerate().map(|(n, h)| (h, n)).collect();
    let cell = |row: &[String], column: Option<&String>| {
        let n = column.and_then(|c| at.get(c))?;
        row.get(*n).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
    };
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    let mut logins: BTreeMap<String, String> = BTreeMap::new();
    let mut managers: BTreeMap<String, (u64, Option<String>)> = BTreeMap::new();
    while let Some((number, row)) = cells.next()? {
        totals.rows += 1;
        let row = match row {
            Ok(row) => row,
            Err(bad) => {
                rejects.cell(number, &bad)?;
                continue;
            }
        };
        let Some(name) = cell(&row, Some(&how.name)) else {
            rejects.row(number, &[Problem::new(&how.name, "", "required", "the row names nobody")])?;
            continue;
        };
        let login = match &how.login {
            None => login_of(&name),
            Some(column) => match cell(&row, Some(column)) {
                Some(login) => login.to_lowercase(),
                None => {
                    rejects.row(number, &[Problem::new(column, "", "required", "the row has no login")])?;
                    continue;
                }
            },
        };
        if people.contains_key(&name) {
            rejects.row(number, &[Problem::new(&how.name, &name, "duplicate", "an earlier row has this name")])?;
            continue;
        }
        if let Some(other) = logins.insert(login.clone(), name.clone()) {
            let reason = format!("`{other}` has the same login `{login}`");
            rejects.row(number, &[Problem::new(&how.name, &name, "duplicate", &reason)])?;
            continue;
        }
        let (manager, department) = (cell(&row, how.manager.as_ref()), cell(&row, how.department.as_ref()));
        if let Some(manager) = &manager {
            managers.entry(manager.clone()).or_insert_with(|| (number, department.clone()));
        }
        let person = Person { row: number, login, manager, department, role: role.clone(), as_manager: false };
        people.insert(name, person);
    }
    for (name, (row, department)) in managers {
        match people.get_mut(&name) {
            Some(person) => person.role = manager_role.clone(),
            None => {
                let login = login_of(&name);
                if let Some(other) = logins.insert(login.clone(), name.clone()) {
                    let reason = format!("the login `{login}` made of this name is that of `{other}`");
                    let column = how.manager.as_deref().unwrap_or_default();
                    rejects.row(row, &[Problem::new(column, &name, "duplicate", &reason)])?;
                    continue;
                }
                let role = manager_role.clone();
                people.insert(name, Person { row, login, manager: None, department, role, as_manager: true });
            }
        }
    }
    Ok(people)
}

struct Work<'a> {
    instance: &'a Instance,
    args: &'a ImportArgs,
    how: &'a People,
    totals: Totals,
    /// By name; `None` for one that a dry run would make.
    departments: BTreeMap<String, Option<DepartmentId>>,
    /// By name; `None` for one who was not made.
    done: BTreeMap<String, Option<UserId>>,
}

/// An id, or what is wrong with the row. No id where a dry run would make one.
type Made<T> = Result<Option<T>, Problem>;

impl Work<'_> {
    /// What is wrong with one person rejects their row; anything else ends the import.
    fn problem(&self, refusal: Refusal, column: &str, value: &str) -> anyhow::Result<Problem> {
        match refusal {
            Refusal::Invalid(problems) => {
                let code = problems.first().map_or("invalid_value", |p| p.code);
                let reasons: Vec<String> = problems.into_iter().map(|p| format!("{}: {}", p.field, p.reason)).collect();
                Ok(Problem::new(column, value, code, &reasons.join("; ")))
            }
            Refusal::Barred { code, reason } => Ok(Problem::new(column, value, code, &reason)),
            other => Err(refused(&self.args.login, other)),
        }
    }

    async fn department(&mut self, name: &str) -> anyhow::Result<Made<DepartmentId>> {
        if let Some(known) = self.departments.get(name) {
            return Ok(Ok(*known));
        }
        let column = self.how.department.as_deref().unwrap_or_default();
        let directory = self.instance.store.directory();
        let root = directory.departments.values().find(|d| d.parent.is_none()).context("there is no department")?.id;
        let all: Vec<_> = directory.departments.values().filter(|d| d.name == name).collect();
        let below: Vec<_> = all.iter().filter(|d| d.parent == Some(root)).collect();
        let id = match (below.as_slice(), all.as_slice()) {
            ([one], _) => Some(one.id),
            ([], [one]) => Some(one.id),
            ([], []) if self.args.dry_run => None,
            ([], []) => {
                let op = CreateDepartment { name: name.to_owned(), parent: Some(root), note: Note::default() };
                let grant = self.instance.admit(&self.args.login, op).await?;
                match self.instance.store.create_department(grant).await {
                    Ok(made) => Some(made.into_inner()),
                    Err(refusal) => return self.problem(refusal, column, name).map(Err),
                }
            }
            _ => {
                let reason = "several departments have this name";
                return Ok(Err(Problem::new(column, name, "ambiguous_department", reason)));
            }
        };
        if all.is_empty() {
            self.totals.departments = self.totals.departments.map(|n| n + 1);
        }
        self.departments.insert(name.to_owned(), id);
        Ok(Ok(id))
    }

    async fn person(&mut self, name: &str, p: &Person) -> anyhow::Result<Made<UserId>> {
        let directory = self.instance.store.directory();
        let known = directory.user_by_login(&p.login);
        if let Some(known) = known
            && known.name != name
            && (self.how.login.is_none() || p.as_manager)
        {
            let reason = format!("the login `{}` made of this name is another person's", p.login);
            return Ok(Err(Problem::new(&self.how.name, name, "duplicate", &reason)));
        }
        let department = match &p.department {
            None => None,
            Some(name) => match self.department(name).await? {
                Ok(id) => Some(id),
                Err(problem) => return Ok(Err(problem)),
            },
        };
        let manager = match &p.manager {
            None => None,
            Some(m) => match self.done.get(m) {
                Some(Some(id)) => Some(Some(*id)),
                Some(None) if self.args.dry_run => Some(None),
                _ => {
                    let column = self.how.manager.as_deref().unwrap_or_default();
                    let reason = "the manager's own row was rejected";
                    return Ok(Err(Problem::new(column, m, "invalid_manager", reason)));
                }
            },
        };
        match known {
            Some(known) => self.update(known.id, name, p, department, manager).await,
            None => self.create(name, p, department.flatten(), manager.flatten()).await,
        }
    }

    async fn update(
        &mut self,
        id: UserId,
        name: &str,
        p: &Person,
        department: Option<Option<DepartmentId>>,
        manager: Option<Option<UserId>>,
    ) -> anyhow::Result<Made<UserId>> {
        let directory = self.instance.store.directory();
        let known = directory.user(id).context("the user is gone")?;
        let mut changes = known.name != name;
        if !p.as_manager {
            changes |= department.is_some_and(|d| d != Some(known.department));
            changes |= self.how.manager.is_some() && manager.flatten() != known.manager;
        }
        let lacks_role = known.roles.is_empty();
        if !changes && !lacks_role {
            self.totals.unchanged += 1;
            return Ok(Ok(Some(id)));
        }
        if changes && !self.args.dry_run {
            let change = UserChange {
                name: Some(name.to_owned()),
                department: department.flatten().filter(|_| !p.as_manager),
                manager: (self.how.manager.is_some() && !p.as_manager).then(|| manager.flatten()),
                ..UserChange::default()
            };
            let op = UpdateUser { user: id, change, note: Note::default() };
            let grant = self.instance.admit(&self.args.login, op).await?;
            if let Err(refusal) = self.instance.store.update_user(grant).await {
                return self.problem(refusal, &self.how.name, name).map(Err);
            }
        }
        if lacks_role && let Err(problem) = self.assign(id, name, &p.role).await? {
            return Ok(Err(problem));
        }
        self.totals.changed += 1;
        Ok(Ok(Some(id)))
    }

    async fn create(
        &mut self,
        name: &str,
        p: &Person,
        department: Option<DepartmentId>,
        manager: Option<UserId>,
    ) -> anyhow::Result<Made<UserId>> {
        if self.args.dry_run {
            self.totals.created += 1;
            return Ok(Ok(None));
        }
        let directory = self.instance.store.directory();
        let root = directory.departments.values().find(|d| d.parent.is_none()).map(|d| d.id);
        let department = department.or(root).context("there is no department")?;
        let (login, name_text) = (p.login.clone(), name.to_owned());
        let user = NewUser { login, name: name_text, kind: UserKind::Person, department, manager, trained_until: None };
        let grant = self.instance.admit(&self.args.login, CreateUser { user, note: Note::default() }).await?;
        let id = match self.instance.store.create_user(grant).await {
            Ok(made) => made.into_inner(),
            Err(refusal) => return self.problem(refusal, &self.how.name, name).map(Err),
        };
        // A crash here leaves a person without a role; a rerun gives it.
        if let Err(problem) = self.assign(id, name, &p.role).await? {
            return Ok(Err(problem));
        }
        self.totals.created += 1;
        Ok(Ok(Some(id)))
    }

    async fn assign(&self, user: UserId, name: &str, role: &RoleName) -> anyhow::Result<Result<(), Problem>> {
        if self.args.dry_run {
            return Ok(Ok(()));
        }
        let grant = self.instance.admit(&self.args.login, AssignRole { user, role: role.clone() }).await?;
        match self.instance.store.assign_role(grant).await {
            Ok(_) => Ok(Ok(())),
            Err(refusal) => self.problem(refusal, &self.how.name, name).map(Err),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_made_of_names() {
        assert_eq!(login_of("Dustin Brinkmann"), "dustin.brinkmann");
        assert_eq!(login_of("王芳"), "u738bu82b3");
    }
}
