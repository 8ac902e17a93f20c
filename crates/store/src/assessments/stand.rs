//! Who stands how to assessments: runs them, reads them all, or comes from outside and sees one.

use access::path::{Grant, Operation, Refusal};
use model::defaults::ASSESSOR;
use model::{Action, AssessmentId, UnixMs, UserId};

use super::row::{Assessment, Question, State};
use crate::Store;

/// How the caller stands.
#[derive(Debug, Clone)]
pub(super) struct Stand {
    /// The caller, and whom it acts for.
    pub(super) own: Vec<UserId>,
    pub(super) manages: bool,
    /// From outside: sees what they are named in, and of that what is for them.
    pub(super) outside: bool,
    pub(super) assesses: bool,
    now: UnixMs,
}

impl Stand {
    /// Whether an assessment is there for them.
    fn sees(&self, a: &Assessment) -> bool {
        let plan = &a.body.plan;
        let within = a.state == State::Open && plan.starts_at <= self.now && self.now < plan.ends_at;
        !self.outside || (within && self.own.iter().all(|user| a.body.assessors.contains_key(user)))
    }
    pub(super) fn is_named(&self, a: &Assessment) -> bool {
        self.outside && self.sees(a)
    }
    /// Whether the answer to a question is there for them.
    pub(super) fn sees_answer(&self, q: &Question) -> bool {
        !self.outside || q.body.approved.is_some()
    }
}

impl Store {
    /// From outside is whoever has a guest's account or holds the role: either is enough, so that neither alone opens more.
    pub(super) fn is_outside(&self, user: UserId) -> bool {
        let company = self.company();
        let holds = |u: &model::User| u.roles.iter().any(|r| r.as_str() == ASSESSOR);
        company.guests.contains_key(&user) || company.users.get(&user).is_some_and(holds)
    }

    pub(super) fn stand_of<O: Operation>(&self, grant: &Grant<O>) -> Stand {
        let own: Vec<UserId> = std::iter::once(grant.caller().user).chain(grant.caller().on_behalf_of).collect();
        let outside = own.iter().any(|user| self.is_outside(*user));
        Stand {
            manages: !outside && grant.has_duty(Action::AssessmentManage),
            assesses: outside && grant.has_duty(Action::AssessmentAssess),
            own,
            outside,
            now: grant.now(),
        }
    }

    /// One that is there for the caller; to all others it is not.
    pub(super) async fn assessment_for(&self, id: AssessmentId, stand: &Stand) -> Result<Assessment, Refusal> {
        self.assessment(id).await?.filter(|a| stand.sees(a)).ok_or(Refusal::NotFound)
    }

    pub(super) async fn assessments_for(&self, stand: &Stand, most: usize) -> Result<Vec<Assessment>, Refusal> {
        let condition = format!("1 = 1 ORDER BY made_at DESC, id DESC LIMIT {most}");
        let mut all = self.assessments_where(&condition, vec![]).await?;
        all.retain(|a| stand.sees(a));
        Ok(all)
    }
}
