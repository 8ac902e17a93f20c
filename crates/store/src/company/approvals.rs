//! Flows of approval 审批流程, and deputies 代理人: settings, so that they are sealed, anchored and told like every other.
//!
//! Rule: a request keeps the steps it began with; a flow that is changed changes what is asked from then on.

use access::engine::predicate_of;
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::approval::{Approver, Asked, By, Deputies, Deputy, Flow, MOST_FLOWS, Step, Subject, default_steps, seats};
use model::{Action, Condition, ObjectName, UnixMs, UserId, UserKind, UserStatus};
use serde_json::{Value, json};

use super::draft::Note;
use super::load::Loaded;
use super::people::operations;
use crate::Store;

/// Keys of the settings.
pub(crate) const FLOWS: &str = "flows";
pub(crate) const DEPUTIES: &str = "deputies";
/// Longest time somebody stands in for another, at once.
const LONGEST_DAYS: i64 = 366;

/// What a company has decided about deciding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Approvals {
    /// In order: the first that fits.
    pub flows: Vec<Flow>,
    pub deputies: Deputies,
}

impl Approvals {
    /// The flow of a request, if one fits. By the record it is about, as `fits` says of a condition, only of an approval of the
    /// record itself: any other may not be there.
    pub fn flow(
        &self,
        subject: Subject,
        object: &ObjectName,
        rows: u64,
        fits: impl Fn(&Condition) -> bool,
    ) -> Option<&Flow> {
        self.flows.iter().find(|flow| {
            flow.subject == subject
                && flow.object.as_ref().is_none_or(|o| o == object)
                && flow.above_rows.is_none_or(|most| rows > most)
                && flow.when.as_ref().is_none_or(&fits)
        })
    }
}

/// Sets all flows. The whole list, in order.
#[derive(Debug)]
pub struct ChangeFlows {
    pub flows: Vec<Flow>,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadFlows;

/// Who would decide for somebody, step by step.
#[derive(Debug)]
pub struct PreviewFlow {
    /// `None`: those of a subject without a flow.
    pub steps: Option<Vec<Step>>,
    pub subject: Subject,
    pub requester: UserId,
    pub owner: Option<UserId>,
}

/// Names who decides in the caller's place, or nobody.
#[derive(Debug)]
pub struct SetDeputy {
    pub deputy: Option<Deputy>,
}

#[derive(Debug)]
pub struct ShowDeputy;

operations! {
    ChangeFlows: SettingManage, |op| json!({ "act": "flow.change", "old": op.note.get(), "new": op.flows });
    ReadFlows: SettingManage, |_op| json!({ "act": "flow.read" });
    PreviewFlow: SettingManage, |op| json!({ "act": "flow.preview", "user": op.requester, "owner": op.owner });
    SetDeputy: RequestDecide, |op| json!({ "act": "deputy.set", "deputy": op.deputy });
    ShowDeputy: SelfRead, |_op| json!({ "act": "deputy.show" });
}

/// Somebody who would decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewedSeat {
    pub of: UserId,
    pub may: Vec<(UserId, By)>,
}

fn check(from: &Loaded, flows: &[Flow]) -> Result<(), Refusal> {
    let wrong = |n: usize, field: &str, reason: String| {
        Refusal::invalid(&format!("flows.{n}.{field}"), "invalid_value", reason)
    };
    if flows.len() > MOST_FLOWS {
        return Err(Refusal::invalid("flows", "invalid_value", format!("a company has at most {MOST_FLOWS} flows")));
    }
    for (n, flow) in flows.iter().enumerate() {
        flow.check().map_err(|e| wrong(n, "steps", e.to_string()))?;
        if flows.iter().take(n).any(|f| f.name == flow.name) {
            return Err(wrong(n, "name", "another flow has the name".to_owned()));
        }
        if flow.object.as_ref().is_some_and(|name| !from.objects.contains_key(name)) {
            return Err(wrong(n, "object", "there is no such object".to_owned()));
        }
        let object = flow.object.as_ref().and_then(|name| from.objects.get(name));
        if let (Some(condition), Some((_, object))) = (&flow.when, object) {
            predicate_of(condition, object).map_err(|e| wrong(n, "when", e.to_string()))?;
        }
        check_steps(from, &flow.steps).map_err(|reason| wrong(n, "steps", reason))?;
    }
    Ok(())
}

fn check_steps(from: &Loaded, steps: &[Step]) -> Result<(), String> {
    for approver in steps.iter().flat_map(|s| &s.approvers) {
        let known = match approver {
            Approver::User(id) => from.users.get(id).is_some_and(|u| u.kind == UserKind::Person),
            Approver::Role(role) | Approver::DepartmentRole(role) => from.roles.contains_key(role),
            _ => true,
        };
        if !known {
            return Err("there is no such person or role".to_owned());
        }
    }
    Ok(())
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_flows(&self, grant: Grant<ChangeFlows>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeFlows { flows, note } = grant.operation();
            check(&draft.from, flows)?;
            note.set(json!(draft.from.approvals.flows));
            draft.next.approvals.flows.clone_from(flows);
            draft.set(FLOWS, flows)
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_flows(&self, grant: Grant<ReadFlows>) -> Result<Disclosed<Vec<Flow>>, Refusal> {
        let flows = self.company().approvals.flows.clone();
        grant.carry_out(vec![], flows).await
    }

    /// For each step, whose word it asks for and who may give it, now.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for steps that could not be saved, [`Refusal::NotFound`] for somebody who is not there.
    pub async fn preview_flow(&self, grant: Grant<PreviewFlow>) -> Result<Disclosed<Vec<Vec<PreviewedSeat>>>, Refusal> {
        let (company, now) = (self.company(), grant.now());
        let op = grant.operation();
        let people = std::iter::once(op.requester).chain(op.owner);
        if people.into_iter().any(|u| !company.users.contains_key(&u)) {
            return Err(grant.refuse_system(Refusal::NotFound).await);
        }
        let steps = op.steps.clone().unwrap_or_else(|| default_steps(op.subject));
        if let Err(reason) = check_steps(&company, &steps) {
            return Err(grant.refuse_system(Refusal::invalid("steps", "invalid_value", reason)).await);
        }
        let asked = Asked { requester: op.requester, owner: op.owner, began: now };
        let directory = grant.engine().directory().clone();
        let one = |step: &Step| {
            let found = seats(&directory, &company.approvals.deputies, step, &asked, now);
            found.into_iter().map(|s| PreviewedSeat { of: s.of, may: s.may }).collect()
        };
        let previewed = steps.iter().map(one).collect();
        grant.carry_out(vec![], previewed).await
    }

    /// Names a deputy, or takes the one there is away. Whoever stands in decides by name, never about their own request, and
    /// with their own rights only.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for somebody who is not an active colleague, or an end that is past or more than 366 days away.
    pub async fn set_deputy(&self, grant: Grant<SetDeputy>) -> Result<Disclosed<()>, Refusal> {
        let (caller, now) = (grant.caller().user, grant.now());
        self.change_company(grant, |grant, draft| {
            let mut deputies = draft.from.approvals.deputies.clone();
            deputies.retain(|_, d| now < d.until);
            match grant.operation().deputy {
                None => drop(deputies.remove(&caller)),
                Some(deputy) => {
                    check_deputy(&draft.from, caller, deputy, now)?;
                    deputies.insert(caller, deputy);
                }
            }
            draft.next.approvals.deputies.clone_from(&deputies);
            draft.set(DEPUTIES, &deputies)
        })
        .await
    }

    /// The caller's own deputy, if one stands in for them.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn show_deputy(&self, grant: Grant<ShowDeputy>) -> Result<Disclosed<Option<Deputy>>, Refusal> {
        let now = grant.now();
        let own = self.company().approvals.deputies.get(&grant.caller().user).copied().filter(|d| now < d.until);
        grant.carry_out(vec![], own).await
    }
}

fn check_deputy(from: &Loaded, caller: UserId, deputy: Deputy, now: UnixMs) -> Result<(), Refusal> {
    let user = from.users.get(&deputy.user).filter(|u| u.status == UserStatus::Active && u.kind == UserKind::Person);
    if deputy.user == caller || user.is_none() {
        return Err(Refusal::invalid("user", "invalid_value", "name an active colleague"));
    }
    if deputy.until <= now || deputy.until > now.plus_days(LONGEST_DAYS) {
        return Err(Refusal::invalid("until", "invalid_value", format!("an end within {LONGEST_DAYS} days is needed")));
    }
    Ok(())
}
