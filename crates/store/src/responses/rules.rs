//! What the house takes by itself, as a setting of the company.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::response::{ResponseRules, most_an_hour};
use model::{Action, UserKind, UserStatus};
use serde_json::{Value, json};

use crate::Store;
use crate::company::{Note, operations};

/// Key of the setting.
pub(crate) const RESPONSES: &str = "responses";

#[derive(Debug)]
pub struct ChangeResponseRules {
    pub rules: ResponseRules,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadResponseRules;

operations! {
    ChangeResponseRules: ResponseTake, |op| json!({ "act": "response_rules.change", "old": op.note.get(), "new": op.rules });
    ReadResponseRules: ResponseTake, |_op| json!({ "act": "response_rules.read" });
}

/// The rules, and what bounds them today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseRulesView {
    pub rules: ResponseRules,
    /// People who may sign in.
    pub people: usize,
    /// Of whom so many may be restricted by the house within an hour.
    pub most_an_hour: usize,
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_response_rules(
        &self,
        grant: Grant<ReadResponseRules>,
    ) -> Result<Disclosed<ResponseRulesView>, Refusal> {
        let company = self.company();
        let active = |u: &&model::User| u.status == UserStatus::Active && u.kind == UserKind::Person;
        let people = company.users.values().filter(active).count();
        let rules = company.response_rules.clone();
        grant.carry_out(vec![], ResponseRulesView { rules, people, most_an_hour: most_an_hour(people) }).await
    }

    /// # Errors
    /// [`Refusal::Invalid`] with the rule's place; as every change of the company.
    pub async fn change_response_rules(&self, grant: Grant<ChangeResponseRules>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeResponseRules { rules, note } = grant.operation();
            if let Some((n, field, reason)) = rules.wrong() {
                return Err(Refusal::invalid(&format!("automatic.{n}.{field}"), "invalid_value", reason));
            }
            note.set(json!(draft.from.response_rules));
            draft.next.response_rules = rules.clone();
            draft.set(RESPONSES, rules)
        })
        .await
    }
}
