//! People from a file: departments, managers and members, found again by their names.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use model::{DepartmentId, RoleName, UserId, UserKind};
use store::company::{AssignRole, CreateDepartment, CreateUser, NewUser, Note, UpdateUser, UserChange};

use super::Totals;
use super::cells::Cells;
use super::mapping::Mapping;
use super::rejects::{Problem, Rejects};
use crate::args::ImportArgs;
use crate::instance::{Instance, refused};

struct Person {
    row: u64,
    manager: Option<String>,
    department: Option<String>,
    role: RoleName,
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
    let role: RoleName = how.role.parse()?;
    let manager_role: RoleName = how.manager_role.as_deref().unwrap_or(&how.role).parse()?;
    let at: BTreeMap<String, usize> = cells.headings().iter().cloned().enumerate().map(|(n, h)| (h, n)).collect();
    let cell = |row: &[String], column: &Option<String>| {
        let n = column.as_ref().and_then(|c| at.get(c))?;
        row.get(*n).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
    };
    let mut totals = Totals::default();
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    while let Some((number, row)) = cells.next()? {
        totals.rows += 1;
        let row = match row {
            Ok(row) => row,
            Err(bad) => {
                rejects.cell(number, &bad)?;
                continue;
            }
        };
        let Some(name) = cell(&row, &Some(how.name.clone())) else {
            rejects.row(number, &[Problem::new(&how.name, "", "required", "the row names nobody")])?;
            continue;
        };
        let (manager, department) = (cell(&row, &how.manager), cell(&row, &how.department));
        if let Some(manager) = &manager {
            let as_manager =
                Person { row: number, manager: None, department: department.clone(), role: manager_role.clone() };
            people.entry(manager.clone()).or_insert(as_manager);
        }
        people.insert(name, Person { row: number, manager, department, role: role.clone() });
    }
    let mut work = Work { instance, args, totals };
    let departments = work.departments(&people).await?;
    // Managers first, so that members can name them.
    let mut ids: BTreeMap<String, UserId> = BTreeMap::new();
    for with_manager in [false, true] {
        for (name, person) in people.iter().filter(|(_, p)| p.manager.is_some() == with_manager) {
            match work.person(name, person, &departments, &ids).await? {
                Ok(id) => {
                    ids.extend(id.map(|id| (name.clone(), id)));
                }
                Err(problem) => rejects.row(person.row, &[problem])?,
            }
        }
    }
    work.totals.rejected = rejects.count();
    Ok(work.totals)
}

struct Work<'a> {
    instance: &'a Instance,
    args: &'a ImportArgs,
    totals: Totals,
}

impl Work<'_> {
    async fn departments(
        &mut self,
        people: &BTreeMap<String, Person>,
    ) -> anyhow::Result<BTreeMap<String, DepartmentId>> {
        let directory = self.instance.store.directory();
        let root = directory.departments.values().find(|d| d.parent.is_none()).context("there is no department")?.id;
        let mut known: BTreeMap<String, DepartmentId> =
            directory.departments.values().map(|d| (d.name.clone(), d.id)).collect();
        let wanted: std::collections::BTreeSet<&String> =
            people.values().filter_map(|p| p.department.as_ref()).collect();
        for name in wanted {
            if known.contains_key(name) || self.args.dry_run {
                continue;
            }
            let op = CreateDepartment { name: name.clone(), parent: Some(root), note: Note::default() };
            let grant = self.instance.admit(&self.args.login, op).await?;
            let made = self.instance.store.create_department(grant).await.map_err(|r| refused(&self.args.login, r))?;
            known.insert(name.clone(), made.into_inner());
        }
        Ok(known)
    }

    async fn person(
        &mut self,
        name: &str,
        p: &Person,
        departments: &BTreeMap<String, DepartmentId>,
        ids: &BTreeMap<String, UserId>,
    ) -> anyhow::Result<Result<Option<UserId>, Problem>> {
        let by = &self.args.login;
        let store = &self.instance.store;
        let login = login_of(name);
        let directory = store.directory();
        let known = directory.user_by_login(&login).cloned();
        let root = directory.departments.values().find(|d| d.parent.is_none()).map(|d| d.id);
        let department = p
            .department
            .as_ref()
            .and_then(|d| departments.get(d).copied())
            .or(root)
            .context("there is no department")?;
        let manager = p.manager.as_ref().and_then(|m| ids.get(m).copied());
        if self.args.dry_run {
            match known {
                None => self.totals.created += 1,
                Some(_) => self.totals.unchanged += 1,
            }
            return Ok(Ok(None));
        }
        if let Some(known) = known {
            if known.department == department && known.manager == manager && known.name == name {
                self.totals.unchanged += 1;
            } else {
                let change = UserChange {
                    name: Some(name.to_owned()),
                    department: Some(department),
                    manager: Some(manager),
                    ..UserChange::default()
                };
                let grant =
                    self.instance.admit(by, UpdateUser { user: known.id, change, note: Note::default() }).await?;
                store.update_user(grant).await.map_err(|r| refused(by, r))?;
                self.totals.changed += 1;
            }
            return Ok(Ok(Some(known.id)));
        }
        let user =
            NewUser { login, name: name.to_owned(), kind: UserKind::Person, department, manager, trained_until: None };
        let grant = self.instance.admit(by, CreateUser { user, note: Note::default() }).await?;
        let id = match store.create_user(grant).await {
            Ok(made) => made.into_inner(),
            Err(access::path::Refusal::Invalid(problems)) => {
                let first = problems.first().map(|p| p.reason.clone()).unwrap_or_default();
                return Ok(Err(Problem::new("name", name, "invalid_value", &first)));
            }
            Err(refusal) => return Err(refused(by, refusal)),
        };
        let grant = self.instance.admit(by, AssignRole { user: id, role: p.role.clone() }).await?;
        store.assign_role(grant).await.map_err(|r| anyhow!("{name}: {}", refused(by, r)))?;
        self.totals.created += 1;
        Ok(Ok(Some(id)))
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
