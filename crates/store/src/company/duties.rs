//! Separation of duties 三员分立: what holds for the three administrators whatever the matrix says.

use access::path::Refusal;
use model::{RoleName, User, UserId, UserKind, UserStatus};

use super::SYSTEM;
use super::load::Loaded;

/// The three administrative duties. Each always has at least one active person.
pub const DUTIES: [&str; 3] = ["system_admin", "security_admin", "audit_admin"];

pub(crate) fn is_duty(role: &RoleName) -> bool {
    DUTIES.contains(&role.as_str())
}

pub(crate) fn holds_duty(user: &User) -> bool {
    user.roles.iter().any(is_duty)
}

pub(crate) fn barred(code: &'static str, reason: impl Into<String>) -> Refusal {
    Refusal::Barred { code, reason: reason.into() }
}

fn holders<'a>(company: &'a Loaded, duty: &'a str) -> impl Iterator<Item = &'a User> {
    company.users.values().filter(move |u| {
        u.status == UserStatus::Active && u.kind == UserKind::Person && u.roles.iter().any(|r| r.as_str() == duty)
    })
}

/// Every duty that had an active holder still has one.
pub(crate) fn check_holders(from: &Loaded, next: &Loaded) -> Result<(), Refusal> {
    for duty in DUTIES {
        if holders(from, duty).next().is_some() && holders(next, duty).next().is_none() {
            return Err(barred(
                "last_holder",
                format!("this is the last active holder of `{duty}`; give the duty to someone else first"),
            ));
        }
    }
    Ok(())
}

/// Whether `actor` may decide about the account of `user`: sign-in, status, duties. A program never may about a holder of
/// a duty; nobody may about the system's own account.
pub(crate) fn check_about(company: &Loaded, actor: UserId, user: &User) -> Result<(), Refusal> {
    if user.id == SYSTEM {
        return Err(barred("system_account", "the system account cannot be changed"));
    }
    let program = company.users.get(&actor).is_none_or(|a| a.kind != UserKind::Person);
    if program && holds_duty(user) {
        return Err(barred("separate_duty", "only a person may decide about the holder of an administrative duty"));
    }
    Ok(())
}

/// Two roles of the set that exclude each other, either way round.
pub(crate) fn exclusion<'a>(
    company: &Loaded,
    roles: impl IntoIterator<Item = &'a RoleName> + Clone,
) -> Option<(RoleName, RoleName)> {
    for a in roles.clone() {
        let Some(role) = company.roles.get(a) else { continue };
        if let Some(b) = roles.clone().into_iter().find(|b| *b != a && role.excludes.contains(*b)) {
            return Some((a.clone(), b.clone()));
        }
    }
    None
}

/// Whether `actor` may make it possible to sign in as `user`: not if that would hand them a duty they do not hold.
pub(crate) fn check_reset(company: &Loaded, actor: UserId, user: UserId) -> Result<(), Refusal> {
    let account = company.users.get(&user).ok_or(Refusal::NotFound)?;
    check_about(company, actor, account)?;
    if account.kind != UserKind::Person {
        return Err(barred("not_a_person", "a program does not sign in with a password"));
    }
    let own = company.users.get(&actor).map(|a| &a.roles);
    let foreign = account.roles.iter().any(|r| is_duty(r) && !own.is_some_and(|own| own.contains(r)));
    if foreign {
        let reason = "this person holds another administrative duty; recover the account on the server's machine";
        return Err(barred("separate_duty", reason));
    }
    Ok(())
}
