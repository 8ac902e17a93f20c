//! `GET /programme`: what is done how often, and how its cycles went.

use axum::extract::State;
use govern::programme::{Done, Moment, Slot};
use model::Text;
use serde::Serialize;
use store::programme::registry::Doer;
use store::programme::{ActivityView, ExcuseView, ProgrammeView, ReadProgramme};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::extract::SignedInCaller;
use crate::problem::Outcome;
use crate::schema::Label;
use crate::state::ApiState;

/// Something that was done.
#[derive(Serialize, ToSchema)]
pub struct ProgrammeDone {
    pub at: i64,
    /// Who did it; `null` for the house.
    #[schema(required = true)]
    pub by: Option<String>,
    /// The page that shows it.
    #[schema(required = true)]
    pub proof: Option<String>,
}

/// One cycle.
#[derive(Serialize, ToSchema)]
pub struct ProgrammeSlot {
    /// Its first day, `YYYY-MM-DD`.
    pub first: String,
    pub from: i64,
    pub until: i64,
    /// `ran`, `failed`, `due` or `skipped`.
    pub state: &'static str,
    pub times: u32,
    /// The last that was done in it.
    #[schema(required = true)]
    pub done: Option<ProgrammeDone>,
    /// Of what was skipped: `no_server` where nothing at all was recorded, `not_done` where nobody did it.
    #[schema(required = true)]
    pub why: Option<&'static str>,
    /// What an officer said of it.
    #[schema(required = true)]
    pub excuse: Option<String>,
    #[schema(required = true)]
    pub excused_by: Option<String>,
}

/// An activity, and how its cycles went.
#[derive(Serialize, ToSchema)]
pub struct ProgrammeActivity {
    #[schema(example = "log_review")]
    pub activity: &'static str,
    #[schema(value_type = Label)]
    pub title: Text,
    /// `house` where the server does it by its own schedule, `officers` where people do.
    pub doer: &'static str,
    /// Where it is done, or its own schedule is set.
    pub page: &'static str,
    pub on: bool,
    /// `day`, `week`, `month`, `quarter` or `year`.
    pub cycle: &'static str,
    #[schema(required = true)]
    pub owner: Option<uuid::Uuid>,
    #[schema(required = true)]
    pub owner_name: Option<String>,
    pub scope: String,
    pub method: String,
    /// Since when it is asked for like this.
    pub since: i64,
    /// Newest first.
    pub slots: Vec<ProgrammeSlot>,
}

/// Somebody who can be named.
#[derive(Serialize, ToSchema)]
pub struct ProgrammePerson {
    pub id: uuid::Uuid,
    pub name: String,
}

/// The programme.
#[derive(Serialize, ToSchema)]
pub struct ProgrammeAnswer {
    pub activities: Vec<ProgrammeActivity>,
    pub people: Vec<ProgrammePerson>,
}

fn slot(s: Slot, excuses: &[ExcuseView]) -> ProgrammeSlot {
    let excuse = excuses.iter().find(|e| e.first == s.first);
    let done = |Done { at, by, proof, .. }: Done| ProgrammeDone { at: at.0, by, proof };
    ProgrammeSlot {
        from: s.from.0,
        until: s.until.0,
        state: s.state.as_str(),
        times: s.times,
        done: s.done.map(done),
        why: s.why.map(|w| match w {
            Moment::NoServer => "no_server",
            Moment::NotDone => "not_done",
        }),
        excuse: excuse.map(|e| e.reason.clone()),
        excused_by: excuse.map(|e| e.by_name.clone()),
        first: s.first,
    }
}

fn form(view: ActivityView) -> ProgrammeActivity {
    let ActivityView { activity, entry, since, owner_name, slots, excuses } = view;
    ProgrammeActivity {
        activity: activity.id,
        title: Text::new(activity.zh, activity.en),
        doer: match activity.doer {
            Doer::House => "house",
            Doer::Officers => "officers",
        },
        page: activity.page,
        on: entry.on,
        cycle: entry.cycle.as_str(),
        owner: entry.owner.map(|id| id.0),
        owner_name,
        scope: entry.scope,
        method: entry.method,
        since: since.0,
        slots: slots.into_iter().map(|s| slot(s, &excuses)).collect(),
    }
}

/// The audit programme, and its calendar
///
/// The calendar is computed from what ran: nothing in it is ticked off by hand.
#[utoipa::path(
    get, path = "/programme", tag = "programme",
    responses((status = 200, description = "each activity with its cycles", body = ProgrammeAnswer)),
    extensions(("x-whosaw-action" = json!("programme.read")), ("x-whosaw-recorded" = json!(true))),
)]
pub async fn read_programme(State(state): State<ApiState>, who: SignedInCaller) -> Outcome<Answer<ProgrammeAnswer>> {
    let grant = state.store.gate().admit_system(&who.caller, ReadProgramme).await?;
    let person = |(id, name): (model::UserId, String)| ProgrammePerson { id: id.0, name };
    Ok(Answer::with(state.store.read_programme(grant).await?, |ProgrammeView { activities, people }| ProgrammeAnswer {
        activities: activities.into_iter().map(form).collect(),
        people: people.into_iter().map(person).collect(),
    }))
}
