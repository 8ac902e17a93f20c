//! Plans 计划: campaigns that the house begins by itself, by the calendar or by what happened to somebody.
//!
//! Rule: a planned campaign's id follows from the plan and the first day of its period, or the change that set it off. So it is there once,
//! whatever the clock does and however many nodes begin it at the same moment.

use access::path::{Disclosed, Grant, Refusal};
use govern::review::{Campaign, Plan, newest_begun};
use model::{ReviewId, UnixMs, UserId, UserKind, UserStatus};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Store;
use crate::company::{Loaded, Note};

/// The setting.
pub(crate) const PLANS: &str = "review_plans";
/// Most plans of a company.
pub const MOST_PLANS: usize = 50;
/// What happened longer ago sets nothing off.
const LOOKED_BACK_DAYS: i64 = 30;

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewPlans {
    pub plans: Vec<Plan>,
}

#[derive(Debug)]
pub struct ReadReviewPlans;

#[derive(Debug)]
pub struct ChangeReviewPlans {
    pub plans: ReviewPlans,
    pub note: Note,
}

fn is_name(id: &str) -> bool {
    let letter = id.chars().next().is_some_and(|c| c.is_ascii_lowercase());
    letter && id.len() <= 40 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A campaign that is due by a plan.
pub(super) struct Due {
    pub(super) id: ReviewId,
    pub(super) plan: String,
    pub(super) campaign: Campaign,
}

/// Whether people, roles and departments of a campaign are there.
pub(super) fn check_campaign(campaign: &Campaign, company: &Loaded) -> Result<(), Refusal> {
    campaign.check().map_err(|bad| Refusal::invalid(bad.field, bad.code, bad.reason))?;
    if campaign.department.is_some_and(|id| !company.departments.contains_key(&id)) {
        return Err(Refusal::invalid("department", "unknown_department", "there is no such department"));
    }
    if campaign.role.as_ref().is_some_and(|role| !company.roles.contains_key(role)) {
        return Err(Refusal::invalid("role", "unknown_role", "there is no such role"));
    }
    let works = |id: &UserId| {
        let here = |u: &model::User| u.kind == UserKind::Person && u.status == UserStatus::Active;
        company.users.get(id).is_some_and(here)
    };
    for (field, who) in [("person", campaign.person), ("deputy", campaign.deputy)] {
        if who.is_some_and(|id| !works(&id)) {
            return Err(Refusal::invalid(field, "unknown_user", "somebody who works here"));
        }
    }
    for (role, who) in &campaign.owners {
        if !company.roles.contains_key(role) {
            return Err(Refusal::invalid(&format!("owners.{role}"), "unknown_role", "there is no such role"));
        }
        if !works(who) {
            return Err(Refusal::invalid(&format!("owners.{role}"), "unknown_user", "somebody who works here"));
        }
    }
    Ok(())
}

fn check_plans(plans: &ReviewPlans, company: &Loaded) -> Result<(), Refusal> {
    if plans.plans.len() > MOST_PLANS {
        return Err(Refusal::invalid("plans", "too_many", format!("at most {MOST_PLANS} plans")));
    }
    for (n, plan) in plans.plans.iter().enumerate() {
        let at = |field: &str| format!("plans.{n}.{field}");
        let id = at("id");
        if !is_name(&plan.id) {
            let reason = "1 to 40 lower-case letters, digits and _, beginning with a letter";
            return Err(Refusal::invalid(&id, "invalid_value", reason));
        }
        if plans.plans.iter().take(n).any(|other| other.id == plan.id) {
            return Err(Refusal::invalid(&id, "duplicate", "each plan has an id of its own"));
        }
        check_campaign(&plan.campaign, company).map_err(|refusal| match refusal {
            Refusal::Invalid(problems) => {
                let at = |mut p: access::path::FieldProblem| {
                    p.field = at(&p.field);
                    p
                };
                Refusal::Invalid(problems.into_iter().map(at).collect())
            }
            other => other,
        })?;
    }
    Ok(())
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_review_plans(&self, grant: Grant<ReadReviewPlans>) -> Result<Disclosed<ReviewPlans>, Refusal> {
        let plans = self.company().reviews.clone();
        grant.carry_out(vec![], plans).await
    }

    /// # Errors
    /// [`Refusal::Invalid`] with the field; and as every change.
    pub async fn change_review_plans(&self, grant: Grant<ChangeReviewPlans>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeReviewPlans { plans, note } = grant.operation();
            check_plans(plans, &draft.from)?;
            note.set(json!(draft.from.reviews));
            let mut next = plans.clone();
            for plan in &mut next.plans {
                // What was before it was switched on begins nothing.
                let same = |old: &&Plan| old.id == plan.id && old.on && old.when == plan.when;
                let since = draft.from.reviews.plans.iter().find(same).map(|old| old.since);
                plan.since = since.unwrap_or(grant.now());
            }
            draft.next.reviews = next.clone();
            draft.set(PLANS, &next)
        })
        .await
    }

    /// The id that a plan's campaign has, whoever begins it.
    fn planned_review(&self, plan: &str, key: &str) -> ReviewId {
        let params = [plan.into(), key.into()];
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.seals().row("review.planned", &params);
        ReviewId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p])
    }

    /// Campaigns that plans want begun and that are not there.
    pub(super) async fn due_reviews(&self, now: UnixMs) -> Result<Vec<Due>, Refusal> {
        let (zone, _) = self.time_zone();
        let company = self.company();
        let mut wanted: Vec<Due> = vec![];
        for plan in company.reviews.plans.iter().filter(|p| p.on) {
            let due = |key: &str, campaign: Campaign| Due {
                id: self.planned_review(&plan.id, key),
                plan: plan.id.clone(),
                campaign,
            };
            if let Some(first) = newest_begun(plan.when, plan.since, now, &zone) {
                wanted.push(due(&first.to_string(), plan.campaign.clone()));
                continue;
            }
            let from = plan.since.max(now.plus_days(-LOOKED_BACK_DAYS));
            for (key, user) in self.happened(plan.when, from, now).await? {
                let of = company.users.get(&user);
                if of.is_none_or(|u| u.status != UserStatus::Active) {
                    continue;
                }
                wanted.push(due(&key, Campaign { of: Some(user), ..plan.campaign.clone() }));
            }
        }
        let mut missing = vec![];
        for due in wanted {
            let sql = "SELECT 1 FROM review WHERE id = ?1";
            if self.read(crate::Query::point(sql, vec![due.id.into()])).await?.is_empty() {
                missing.push(due);
            }
        }
        Ok(missing)
    }
}
