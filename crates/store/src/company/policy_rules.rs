//! What a new policy must not do, whoever publishes it. Pure: two policies, the company, the author, the moment.
//!
//! Rules: nobody widens their own rights; a permission for one person ends within 90 days; no administrative duty gets
//! customer data; someone can still publish the next policy. "Widen" is decided row by row and errs towards refusing: a
//! row that reaches the author must stand as it was, or be narrower in every respect that is compared here.

use std::collections::{BTreeMap, BTreeSet};

use access::path::{FieldProblem, Refusal};
use model::action::On;
use model::{
    Action, DepartmentId, Effect, MatrixRow, Policy, Principals, RoleName, UnixMs, User, UserId, UserStatus, What,
};
use serde::{Deserialize, Serialize};

use super::duties::{barred, holds_duty, is_duty};
use super::load::Loaded;

/// Longest validity of a permission for one person, in days from its publication.
pub const TEMPORARY_DAYS: i64 = 90;

/// One row before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedRow {
    pub from: MatrixRow,
    pub to: MatrixRow,
}

/// What a new version changes, row by row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    pub added: Vec<MatrixRow>,
    pub removed: Vec<MatrixRow>,
    pub changed: Vec<ChangedRow>,
}

impl Diff {
    pub fn between(from: &Policy, to: &Policy) -> Self {
        let old: BTreeMap<&str, &MatrixRow> = from.rows.iter().map(|r| (r.id.as_str(), r)).collect();
        let new: BTreeSet<&str> = to.rows.iter().map(|r| r.id.as_str()).collect();
        let mut diff = Diff::default();
        for row in &to.rows {
            match old.get(row.id.as_str()) {
                None => diff.added.push(row.clone()),
                Some(was) if *was != row => {
                    diff.changed.push(ChangedRow { from: MatrixRow::clone(was), to: row.clone() });
                }
                Some(_) => {}
            }
        }
        diff.removed.extend(from.rows.iter().filter(|r| !new.contains(r.id.as_str())).cloned());
        diff
    }
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
    /// Every row that comes, goes or changes, as it was and as it will be.
    pub(crate) fn every(&self) -> Vec<&MatrixRow> {
        let changed = self.changed.iter().flat_map(|c| [&c.from, &c.to]);
        self.added.iter().chain(&self.removed).chain(changed).collect()
    }
    /// Rows as they will be, with what they were.
    fn touched(&self) -> impl Iterator<Item = (Option<&MatrixRow>, &MatrixRow)> {
        self.added.iter().map(|r| (None, r)).chain(self.changed.iter().map(|c| (Some(&c.from), &c.to)))
    }
    /// Rows that will no longer be as they were.
    fn gone(&self) -> impl Iterator<Item = &MatrixRow> {
        self.removed.iter().chain(self.changed.iter().map(|c| &c.from))
    }
}

/// Checks a new policy against the rules of this module.
///
/// # Errors
/// [`Refusal::Barred`] with `self_grant`, `separate_duty` or `last_policy_manager`, [`Refusal::Invalid`] with
/// `valid_until` where a permission for one person has no near end.
pub fn check(company: &Loaded, author: UserId, to: &Policy, now: UnixMs) -> Result<Diff, Refusal> {
    let diff = Diff::between(&company.policy.policy, to);
    let Some(author) = company.users.get(&author) else { return Err(Refusal::NotFound) };
    let above = company.directory().ancestors(author.department);
    for (was, row) in diff.touched() {
        if row.effect == Effect::Permit && reaches(&row.who, author, &above) && !was.is_some_and(|w| narrower(w, row)) {
            return Err(barred(
                "self_grant",
                format!("row `{}` would give rights to the person who publishes it", row.id),
            ));
        }
        check_temporary(row, now)?;
        check_duty(company, row)?;
    }
    for row in diff.gone() {
        let against_author = row.effect == Effect::Forbid && row.who == Principals::User(author.id);
        if against_author && row.valid_until.is_none_or(|t| now < t) {
            return Err(barred("self_grant", format!("row `{}` holds back the person who publishes", row.id)));
        }
    }
    if !to.rows.iter().any(|row| lets_someone_publish(company, row)) {
        return Err(barred("last_policy_manager", "nobody could publish the next policy"));
    }
    Ok(diff)
}

/// What [`check`] has against a policy, as problems to show.
///
/// # Errors
/// What is no matter of the policy.
pub(crate) fn problems(
    company: &Loaded,
    author: UserId,
    to: &Policy,
    now: UnixMs,
) -> Result<Vec<FieldProblem>, Refusal> {
    match check(company, author, to, now) {
        Ok(_) => Ok(vec![]),
        Err(Refusal::Invalid(problems)) => Ok(problems),
        Err(Refusal::Barred { code, reason }) => Ok(vec![FieldProblem::new("policy", code, reason)]),
        Err(other) => Err(other),
    }
}

fn reaches(who: &Principals, user: &User, above: &[DepartmentId]) -> bool {
    match who {
        Principals::Everyone => true,
        Principals::Role(role) => user.roles.contains(role),
        Principals::Department(department) => above.contains(department),
        Principals::User(id) => *id == user.id,
    }
}

/// Whether `new` permits nothing that `old` did not, as far as the rows alone tell.
fn narrower(old: &MatrixRow, new: &MatrixRow) -> bool {
    let same_reach =
        old.effect == new.effect && old.who == new.who && old.objects == new.objects && old.scope == new.scope;
    let less = match (&old.what, &new.what) {
        (What::Operations(old), What::Operations(new)) => new.is_subset(old),
        (What::Fields { fields: a, level: from }, What::Fields { fields: b, level: to }) => a == b && to <= from,
        _ => false,
    };
    let conditions_stay = old.when.iter().all(|w| new.when.contains(w));
    let not_sooner = new.valid_from.unwrap_or(UnixMs(i64::MIN)) >= old.valid_from.unwrap_or(UnixMs(i64::MIN));
    let not_longer = new.valid_until.unwrap_or(UnixMs(i64::MAX)) <= old.valid_until.unwrap_or(UnixMs(i64::MAX));
    same_reach && less && conditions_stay && not_sooner && not_longer
}

fn check_temporary(row: &MatrixRow, now: UnixMs) -> Result<(), Refusal> {
    if row.effect != Effect::Permit || !matches!(row.who, Principals::User(_)) {
        return Ok(());
    }
    if row.valid_until.is_some_and(|t| t <= now.plus_days(TEMPORARY_DAYS)) {
        return Ok(());
    }
    Err(Refusal::invalid(
        &format!("rows.{}.valid_until", row.id),
        "valid_until",
        format!("a permission for one person ends, at most {TEMPORARY_DAYS} days from now"),
    ))
}

/// Administrative duties and their holders get no customer data. Erasing is a duty, and shows nothing.
fn check_duty(company: &Loaded, row: &MatrixRow) -> Result<(), Refusal> {
    if row.effect != Effect::Permit {
        return Ok(());
    }
    let duty = match &row.who {
        Principals::Role(role) => is_duty(role),
        Principals::User(id) => company.users.get(id).is_some_and(holds_duty),
        Principals::Everyone | Principals::Department(_) => false,
    };
    let data = match &row.what {
        What::Fields { .. } => true,
        What::Operations(actions) => actions.iter().any(|a| a.on() == On::Record && *a != Action::Erase),
    };
    if duty && data {
        return Err(barred(
            "separate_duty",
            format!("row `{}` would give customer data to an administrative duty", row.id),
        ));
    }
    Ok(())
}

fn lets_someone_publish(company: &Loaded, row: &MatrixRow) -> bool {
    let names_it = matches!(&row.what, What::Operations(actions) if actions.contains(&Action::PolicyManage));
    let held =
        |role: &RoleName| company.users.values().any(|u| u.status == UserStatus::Active && u.roles.contains(role));
    // A row with an end or a condition may hold for nobody when it is needed.
    names_it
        && row.effect == Effect::Permit
        && row.when.is_empty()
        && row.valid_from.is_none()
        && row.valid_until.is_none()
        && matches!(&row.who, Principals::Role(role) if held(role))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::company::load::tests::company;
    use model::{FieldLevel, FieldSelect, ObjectSelect, Scope, Sensitivity, Text};

    const NOW: UnixMs = UnixMs(1_800_000_000_000);

    fn row(id: &str, who: Principals, actions: &[Action]) -> MatrixRow {
        MatrixRow {
            id: id.to_owned(),
            effect: Effect::Permit,
            who,
            objects: ObjectSelect::Any,
            what: What::Operations(actions.iter().copied().collect()),
            scope: Scope::All,
            when: vec![],
            valid_from: None,
            valid_until: None,
            title: Text::new("试", "trial"),
        }
    }

    fn with(company: &Loaded, row: MatrixRow) -> Policy {
        let mut policy = company.policy.policy.clone();
        policy.rows.push(row);
        policy
    }

    fn code(result: Result<Diff, Refusal>) -> &'static str {
        match result {
            Ok(_) => "ok",
            Err(Refusal::Barred { code, .. }) => code,
            Err(Refusal::Invalid(problems)) => problems[0].code,
            Err(_) => "other",
        }
    }

    #[test]
    fn the_security_administrator_writes_rules_for_others_and_none_for_themselves() {
        let c = company();
        let security = c.users.values().find(|u| u.login == "security").unwrap().clone();
        let rep = Principals::Role("sales_rep".parse().unwrap());
        let publish = |row| code(check(&c, security.id, &with(&c, row), NOW));

        assert_eq!(publish(row("rep.print", rep, &[Action::Print])), "ok");
        for who in [
            Principals::Role("security_admin".parse().unwrap()),
            Principals::User(security.id),
            Principals::Department(security.department),
            Principals::Everyone,
        ] {
            assert_eq!(publish(row("mine", who, &[Action::View])), "self_grant");
        }
    }

    #[test]
    fn a_row_that_reaches_its_author_may_shrink_but_not_grow() {
        let c = company();
        let security = c.users.values().find(|u| u.login == "security").unwrap().id;
        let duty = c.policy.policy.rows.iter().position(|r| r.id == "security_admin.duty").unwrap();
        let mut less = c.policy.policy.clone();
        let mut more = c.policy.policy.clone();
        if let What::Operations(actions) = &mut less.rows[duty].what {
            actions.remove(&Action::Retain);
        }
        if let What::Operations(actions) = &mut more.rows[duty].what {
            actions.insert(Action::AuditRead);
        }
        assert_eq!(code(check(&c, security, &less, NOW)), "ok");
        assert_eq!(code(check(&c, security, &more, NOW)), "self_grant");
    }

    #[test]
    fn a_permission_for_one_person_ends_within_ninety_days() {
        let c = company();
        let security = c.users.values().find(|u| u.login == "security").unwrap().id;
        let rep = c.users.values().find(|u| u.login == "rep").unwrap().id;
        let mut temporary = row("temp.1", Principals::User(rep), &[Action::View]);
        assert_eq!(code(check(&c, security, &with(&c, temporary.clone()), NOW)), "valid_until");
        temporary.valid_until = Some(NOW.plus_days(90).plus_ms(1));
        assert_eq!(code(check(&c, security, &with(&c, temporary.clone()), NOW)), "valid_until");
        temporary.valid_until = Some(NOW.plus_days(90));
        assert_eq!(code(check(&c, security, &with(&c, temporary), NOW)), "ok");
    }

    #[test]
    fn no_duty_and_no_holder_of_one_gets_customer_data() {
        let c = company();
        let security = c.users.values().find(|u| u.login == "security").unwrap().id;
        let auditor = c.users.values().find(|u| u.login == "auditor").unwrap().id;
        let role = Principals::Role("audit_admin".parse().unwrap());
        assert_eq!(code(check(&c, security, &with(&c, row("x", role.clone(), &[Action::View])), NOW)), "separate_duty");
        let mut fields = row("x", role, &[]);
        fields.what =
            What::Fields { fields: FieldSelect::Classes([Sensitivity::Open].into()), level: FieldLevel::Masked };
        assert_eq!(code(check(&c, security, &with(&c, fields), NOW)), "separate_duty");
        let mut temporary = row("x", Principals::User(auditor), &[Action::View]);
        temporary.valid_until = Some(NOW.plus_days(1));
        assert_eq!(code(check(&c, security, &with(&c, temporary), NOW)), "separate_duty");
    }

    #[test]
    fn a_policy_that_nobody_could_follow_is_refused() {
        let c = company();
        let security = c.users.values().find(|u| u.login == "security").unwrap().id;
        let mut policy = c.policy.policy.clone();
        policy.rows.retain(|r| r.id != "security_admin.duty");
        assert_eq!(code(check(&c, security, &policy, NOW)), "last_policy_manager");
    }

    #[test]
    fn a_diff_names_each_row_once() {
        let c = company();
        let mut policy = c.policy.policy.clone();
        let removed = policy.rows.remove(0);
        policy.rows[0].title = Text::new("改", "changed");
        policy.rows.push(row("new", Principals::Role("sales_rep".parse().unwrap()), &[Action::Print]));
        let diff = Diff::between(&c.policy.policy, &policy);
        assert_eq!(diff.removed, vec![removed]);
        assert_eq!((diff.added.len(), diff.changed.len()), (1, 1));
        assert_eq!(diff.changed[0].to.title.en, "changed");
    }
}
