//! The beginning: checked against the company in force; the account ends with it.

use access::path::{Disclosed, Grant, Refusal};
use model::{JobId, ObjectName, User, UserId, UserKind, UserStatus};
use serde_json::json;

use super::rows::{self, Begun};
use super::{BeginHandover, HandoverState, MOST_RECEIVERS, Plan, Receiver, Target, Wanted};
use crate::Store;
use crate::company::{Draft, Loaded, barred, check_about, check_holders, check_manager, holds_duty, word};
use crate::identity::Forget;
use crate::ids::random;

impl Store {
    /// Begins a handover and disables the account; gives the handover's id. [`Store::carry_out_handover`] does the rest.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Invalid`] for receivers; [`Refusal::Barred`] with `own_account`,
    /// `system_account`, `separate_duty`, `last_holder` or `handover_open`; [`Refusal::Conflict`] when another change came
    /// first; all recorded.
    pub async fn begin_handover(&self, grant: Grant<BeginHandover>) -> Result<Disclosed<JobId>, Refusal> {
        let user = grant.operation().user;
        let found = async {
            let open = self.handovers("leaver = ?1 AND ended_at IS NULL", vec![user.into()]).await?;
            if !open.is_empty() {
                return Err(barred("handover_open", "a handover of this person is under way"));
            }
            Ok(self.owned_by(user).await?.iter().map(|(_, count)| count).sum())
        };
        let total: i64 = match found.await {
            Ok(total) => total,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let seals = self.seals().clone();
        self.change_company(grant, move |grant, draft| {
            let op = grant.operation();
            let leaver = draft.from.users.get(&op.user).ok_or(Refusal::NotFound)?.clone();
            check_about(&draft.from, grant.caller().user, &leaver)?;
            if leaver.id == grant.caller().user {
                return Err(barred("own_account", "nobody hands over their own account"));
            }
            let plan = settle(&draft.from, &leaver, &op.wanted)?;
            let id = JobId::new(grant.now(), random());
            let reports = move_reports(draft, &leaver, op.wanted.reports_to)?;
            disable(draft, leaver.clone(), grant.now())?;
            op.note.set(json!({ "handover": id, "plan": plan, "total": total, "reports": reports }));
            let state = HandoverState {
                id,
                actor: grant.caller().user,
                total,
                began_at: grant.now(),
                ended_at: None,
                left: None,
            };
            draft.changes.push(rows::insert(&Begun { state, leaver: leaver.id, plan }, &seals)?);
            Ok(id)
        })
        .await
    }
}

fn disable(draft: &mut Draft, mut leaver: User, at: model::UnixMs) -> Result<(), Refusal> {
    let id = leaver.id;
    leaver.status = UserStatus::Disabled;
    draft.next.users.insert(id, leaver);
    check_holders(&draft.from, &draft.next)?;
    let status = vec![id.into(), word(UserStatus::Disabled)];
    draft.push_expecting("UPDATE app_user SET status = ?2 WHERE id = ?1", status, 1);
    draft.changes.extend(crate::identity::end_all(id, at));
    draft.forget.push(Forget::User(id));
    Ok(())
}

/// Gives those who reported to the leaver another manager; tells which, with whom they have now.
fn move_reports(draft: &mut Draft, leaver: &User, to: Option<UserId>) -> Result<serde_json::Value, Refusal> {
    let invalid = |reason: &str| Refusal::invalid("reports_to", "invalid_manager", reason);
    if to == Some(leaver.id) {
        return Err(invalid("the leaver is nobody's manager any more"));
    }
    let reports: Vec<User> = draft.from.users.values().filter(|u| u.manager == Some(leaver.id)).cloned().collect();
    let mut told = serde_json::Map::new();
    for mut report in reports {
        // The new manager, if they reported to the leaver too, goes up to the leaver's own.
        let manager = to.filter(|m| *m != report.id).or(leaver.manager);
        report.manager = manager;
        draft.next.users.insert(report.id, report.clone());
        told.insert(report.id.to_string(), json!(manager));
        let params = vec![report.id.into(), manager.into()];
        draft.push_expecting("UPDATE app_user SET manager = ?2 WHERE id = ?1", params, 1);
    }
    // Held against the whole as it will be, so that no circle is closed by any two of them.
    for (report, _) in &told {
        let report: UserId = report.parse().map_err(|_| Refusal::Damaged)?;
        if let Some(manager) = draft.next.users.get(&report).and_then(|u| u.manager) {
            check_manager(&draft.next, Some(report), manager).map_err(|refusal| match refusal {
                Refusal::Invalid(mut problems) => {
                    problems.iter_mut().for_each(|p| p.field = "reports_to".to_owned());
                    Refusal::Invalid(problems)
                }
                other => other,
            })?;
        }
    }
    Ok(told.into())
}

fn settle(company: &Loaded, leaver: &User, wanted: &Wanted) -> Result<Plan, Refusal> {
    let mut rules: Vec<(ObjectName, Target)> = vec![];
    for (n, rule) in wanted.rules.iter().enumerate() {
        let at = format!("rules.{n}");
        if !company.objects.contains_key(&rule.object) {
            return Err(Refusal::invalid(&format!("{at}.object"), "invalid_value", "there is no such object"));
        }
        if rules.iter().any(|(object, _)| *object == rule.object) {
            return Err(Refusal::invalid(&format!("{at}.object"), "invalid_value", "this object has a rule already"));
        }
        let target = match &rule.to {
            Receiver::Pool(name) => {
                let pool = company.pool(&rule.object, name);
                let no_such = || Refusal::invalid(&format!("{at}.to"), "invalid_value", "this object has no such pool");
                Target::Pool(pool.ok_or_else(no_such)?.name.clone())
            }
            to => Target::Users(receivers(company, leaver, &format!("{at}.to"), to)?),
        };
        rules.push((rule.object.clone(), target));
    }
    let others = Target::Users(receivers(company, leaver, "others", &wanted.others)?);
    Ok(Plan { rules, others, shares: wanted.shares })
}

/// Active people without an administrative duty: whoever has one sees no customer.
fn receivers(company: &Loaded, leaver: &User, at: &str, to: &Receiver) -> Result<Vec<UserId>, Refusal> {
    let wrong = |reason: &str| Refusal::invalid(at, "invalid_receiver", reason);
    let users = match to {
        Receiver::Users(users) => users.clone(),
        Receiver::Manager => vec![leaver.manager.ok_or_else(|| wrong("the leaver has no manager"))?],
        Receiver::Pool(_) => return Err(wrong("not everything can wait in a pool; name people")),
    };
    if users.is_empty() || users.len() > MOST_RECEIVERS {
        return Err(wrong("name 1 to 50 people"));
    }
    for (n, id) in users.iter().enumerate() {
        let user = company.users.get(id).filter(|u| u.kind == UserKind::Person && u.status == UserStatus::Active);
        match user {
            None => return Err(wrong("a receiver must be an active person")),
            Some(user) if user.id == leaver.id => return Err(wrong("the leaver cannot receive")),
            Some(user) if holds_duty(user) => {
                return Err(wrong("the holder of an administrative duty cannot receive records"));
            }
            Some(_) if users.iter().take(n).any(|other| other == id) => {
                return Err(wrong("a receiver is named once"));
            }
            Some(_) => {}
        }
    }
    Ok(users)
}
