//! Responses 处置: what is taken from somebody for a time, and what the house takes by itself when an alert opens.
//!
//! One story. Wang walks through two hundred customers of strangers at night. An alert opens, and by the company's rule the house
//! slows Wang to ten reads a minute for an hour; the next request meets it, on every node. Li, a security officer, is told, looks, and
//! takes the right to export from him for a day, with her reason. Wang is told in a sentence what was taken, until when, and whom to
//! ask. Should it last, a second officer has to agree.
//!
//! Rules.
//! - Responses are part of the company's picture: one epoch, one seal, one anchor in the log. So a response that was edited, made up
//!   or taken away beside the program is not lived with, and a change counts at the next request on every node.
//! - Nobody takes anything from themselves, ends what was taken from them, or agrees to their own wish.
//! - The last active holder of an administrative duty keeps the way in.
//! - Taking, ending and agreeing are events, by who did it; what the house does is `response.run`, and so is what it holds back.

mod automatic;
mod rules;
mod take;
mod view;

use access::path::{Change, Refusal};
use model::response::{MOST_WORDS, Response};
use model::{ResponseId, UnixMs, UserId, UserKind, UserStatus};

use crate::Store;
use crate::company::{DUTIES, Draft, Loaded};

pub use automatic::Responded;
pub(crate) use rules::RESPONSES;
pub use rules::{ChangeResponseRules, ReadResponseRules, ResponseRulesView};
pub(crate) use take::Wish;
pub use take::{DecideLasting, EndResponse, LastResponse, TakeResponse};
pub use view::{ListResponses, OwnResponse, OwnResponses, ReadOwnResponses, ResponseView};

/// Days that a response is kept after it was over.
const KEPT_DAYS: i64 = 400;

/// Words that somebody writes: a few lines.
///
/// # Errors
/// [`Refusal::Invalid`].
fn check_text(field: &str, text: &str, least: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    if length < least {
        return Err(Refusal::invalid(field, "required", "words are needed"));
    }
    if length > MOST_WORDS || text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::invalid(field, "invalid_value", format!("{least} to {MOST_WORDS} characters")));
    }
    Ok(text.to_owned())
}

/// Whether a duty would be without an active person who can sign in, were it not for this one.
fn is_last_holder(company: &Loaded, subject: UserId, now: UnixMs) -> bool {
    let suspended = company.restrictions();
    let holds = |duty: &str, other: bool| {
        company.users.values().any(|u| {
            (u.id != subject) == other
                && u.status == UserStatus::Active
                && u.kind == UserKind::Person
                && u.roles.iter().any(|r| r.as_str() == duty)
                && suspended.suspended(u.id, now).is_none()
        })
    };
    DUTIES.into_iter().any(|duty| holds(duty, false) && !holds(duty, true))
}

impl Draft {
    /// A new response, or what became of one; what is long over leaves.
    fn put_response(&mut self, response: Response, now: UnixMs) -> Result<(), Refusal> {
        let long_over = |r: &Response| r.over_at(now).is_some_and(|over| over.plus_days(KEPT_DAYS) < now);
        let gone: Vec<ResponseId> =
            self.next.responses.values().filter(|r| long_over(r) && r.id != response.id).map(|r| r.id).collect();
        for id in gone {
            self.next.responses.remove(&id);
            self.changes.push(Change::new("DELETE FROM response WHERE id = ?1", vec![id.into()]).expecting(1));
        }
        let body = serde_json::to_string(&response).map_err(|_| Refusal::Damaged)?;
        let params = vec![response.id.into(), body.into()];
        self.changes.push(match self.next.responses.contains_key(&response.id) {
            true => Change::new("UPDATE response SET body = ?2 WHERE id = ?1", params).expecting(1),
            false => Change::new("INSERT INTO response (id, body) VALUES (?1, ?2)", params),
        });
        self.next.responses.insert(response.id, response);
        Ok(())
    }
}

impl Store {
    /// People who may take responses: whom to ask, and who is told.
    pub(crate) fn officers(&self) -> Vec<UserId> {
        let company = self.company();
        let active = |u: &&model::User| u.status == UserStatus::Active && u.kind == UserKind::Person;
        let duty = |u: &&model::User| u.roles.iter().any(|r| r.as_str() == "security_admin");
        company.users.values().filter(active).filter(duty).map(|u| u.id).collect()
    }
}
