//! `POST /detection/try`: what a rule would have told over the last days, in the background; `GET /detection/trials/{id}`: what came of it.

use std::collections::BTreeMap;

use axum::extract::State;
use model::{JobId, UserId};
use serde::{Deserialize, Serialize};
use store::detection::{ToTry, Trial, Tried};
use store::jobs::{BeginTrial, ShowTrial};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::{Body, IdPath, SignedInCaller};
use crate::problem::Outcome;
use crate::routes::jobs::{JobForm, carry_out};
use crate::state::ApiState;

/// What to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialRequest {
    /// A rule there is.
    #[serde(default)]
    pub rule: Option<String>,
    /// Instead of its text; or a rule that is not saved.
    #[serde(default)]
    pub text: Option<String>,
    /// The filters it would have.
    pub filters: Vec<String>,
    #[schema(minimum = 1, maximum = 366)]
    pub days: u32,
}

/// Somebody; without id and name for who does not read alerts.
#[derive(Serialize, ToSchema)]
pub struct TrialPerson {
    #[schema(required = true)]
    pub user: Option<uuid::Uuid>,
    /// `P-1`, `P-2` … where there is no name.
    pub name: String,
}

/// Alerts of one person.
#[derive(Serialize, ToSchema)]
pub struct TrialCount {
    pub person: TrialPerson,
    pub alerts: u64,
}

/// Alerts of one day.
#[derive(Serialize, ToSchema)]
pub struct TrialDay {
    /// In days since 1970-01-01, by the company's clock.
    pub day: i32,
    pub alerts: u64,
}

/// One alert it would have been.
#[derive(Serialize, ToSchema)]
pub struct TrialExample {
    pub person: TrialPerson,
    pub at: i64,
    pub count: u64,
    pub threshold: u64,
    pub why_zh: String,
    pub why_en: String,
    pub events: Vec<uuid::Uuid>,
}

/// What a rule would have told: one alert for a person and day.
#[derive(Serialize, ToSchema)]
pub struct TrialFigures {
    pub alerts: u64,
    pub persons: u64,
    pub days: Vec<TrialDay>,
    /// Most first; a hundred at most.
    pub people: Vec<TrialCount>,
    /// The loudest; twenty at most.
    pub examples: Vec<TrialExample>,
}

/// An alert of before that would not have been told.
#[derive(Serialize, ToSchema)]
pub struct VanishedAlert {
    pub alert: uuid::Uuid,
    pub person: TrialPerson,
    pub last_at: i64,
    /// `malicious`, `suspicious`, `expected`, `unknown`.
    #[schema(required = true)]
    pub feedback: Option<String>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct TrialAnswer {
    /// Events it was asked about.
    pub events: u64,
    /// The first of them.
    #[schema(required = true)]
    pub from: Option<i64>,
    /// There were more within the days than a trial looks at: the newest were taken.
    pub cut: bool,
    /// It asks for scores, and of some events they were not kept: those are of baselines learnt within the span.
    pub scored: bool,
    pub after: TrialFigures,
    /// As it is in force.
    #[schema(required = true)]
    pub before: Option<TrialFigures>,
    pub vanished: u64,
    pub vanish: Vec<VanishedAlert>,
    /// Alerts called malicious that the filters would hide: they cannot be saved then.
    pub hides_malicious: u64,
}

/// Gives people their names, or numbers in the order they come in.
struct Names {
    names: BTreeMap<UserId, String>,
    numbers: BTreeMap<UserId, usize>,
}

impl Names {
    fn of(&mut self, user: UserId) -> TrialPerson {
        match self.names.get(&user) {
            Some(name) => TrialPerson { user: Some(user.0), name: name.clone() },
            None => {
                let next = self.numbers.len() + 1;
                let number = self.numbers.entry(user).or_insert(next);
                TrialPerson { user: None, name: format!("P-{number}") }
            }
        }
    }
    fn figures(&mut self, t: Trial) -> TrialFigures {
        TrialFigures {
            alerts: t.alerts,
            persons: t.persons,
            days: t.days.into_iter().map(|(day, alerts)| TrialDay { day, alerts }).collect(),
            people: t.people.into_iter().map(|(user, alerts)| TrialCount { person: self.of(user), alerts }).collect(),
            examples: t
                .examples
                .into_iter()
                .map(|e| TrialExample {
                    person: self.of(e.user),
                    at: e.at.0,
                    count: e.count,
                    threshold: e.threshold,
                    why_zh: e.why_zh,
                    why_en: e.why_en,
                    events: e.events.into_iter().map(|event| event.0).collect(),
                })
                .collect(),
        }
    }
}

impl From<Tried> for TrialAnswer {
    fn from(t: Tried) -> Self {
        let mut names = Names { names: t.names, numbers: BTreeMap::new() };
        Self {
            events: t.events,
            from: t.from.map(|at| at.0),
            cut: t.cut,
            scored: t.scored,
            after: names.figures(t.after),
            before: t.before.map(|before| names.figures(before)),
            vanished: t.vanished,
            vanish: t
                .vanish
                .into_iter()
                .map(|past| VanishedAlert {
                    alert: past.id.0,
                    person: names.of(past.subject),
                    last_at: past.last_at.0,
                    feedback: past.feedback.map(|feedback| feedback.as_str().to_owned()),
                })
                .collect(),
            hides_malicious: t.hides_malicious,
        }
    }
}

/// A trial, and what came of it.
#[derive(Serialize, ToSchema)]
pub struct TrialState {
    pub job: JobForm,
    /// `null` until it has ended, and for one that did not end well.
    #[schema(required = true)]
    pub result: Option<TrialAnswer>,
}

/// Try a rule on what was seen
///
/// Begins a job that goes over at most 366 days and 2,000,000 events, the newest, by the same engine and with the scores of then; nobody is told.
/// Its numbers are at `/jobs/{id}`, and it is taken back by `/jobs/{id}/cancel`. One whose server stops begins anew by itself.
#[utoipa::path(
    post, path = "/detection/try", tag = "detection",
    request_body = TrialRequest,
    responses((status = 200, description = "the job that has begun", body = JobForm)),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn try_rule(
    State(state): State<ApiState>,
    who: SignedInCaller,
    Body(b): Body<TrialRequest>,
) -> Outcome<Answer<JobForm>> {
    let what = ToTry { name: b.rule, text: b.text, filters: b.filters, days: b.days };
    let op = BeginTrial::new(what, who.caller.at);
    let grant = state.store.gate().admit_system(&who.caller, op).await?;
    let begun = state.store.begin_trial(grant).await?;
    carry_out(&state, begun.get().id);
    Ok(Answer::with(begun, |job| JobForm::from(&job)))
}

/// What came of a trial of one's own
///
/// People are named to who reads alerts, and are numbers to others. Kept for thirty days.
#[utoipa::path(
    get, path = "/detection/trials/{id}", tag = "detection",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, description = "what it would have told", body = TrialState)),
    extensions(("x-whosaw-action" = json!("detection.manage")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn show_trial(
    State(state): State<ApiState>,
    who: SignedInCaller,
    IdPath(job): IdPath<JobId>,
) -> Outcome<Answer<TrialState>> {
    let grant = state.store.gate().admit_system(&who.caller, ShowTrial { job }).await?;
    let shown = state.store.show_trial(grant).await?;
    Ok(Answer::with(shown, |(job, tried)| TrialState {
        job: JobForm::from(&job),
        result: tried.map(TrialAnswer::from),
    }))
}
