//! Which business reasons count 业务理由, what a template looks at, and whether a look without one needs a purpose.

use access::engine::predicate_of;
use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, ReasonRules};
use serde_json::{Value, json};

use super::draft::Note;
use super::people::operations;
use crate::Store;

/// Key of the setting.
pub(crate) const REASONS: &str = "reasons";

#[derive(Debug)]
pub struct ChangeReasons {
    pub rules: ReasonRules,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadReasons;

operations! {
    ChangeReasons: PolicyManage, |op| json!({ "act": "reasons.change", "old": op.note.get(), "new": op.rules });
    ReadReasons: PolicyManage, |_op| json!({ "act": "reasons.read" });
}

impl Store {
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_reasons(&self, grant: Grant<ReadReasons>) -> Result<Disclosed<ReasonRules>, Refusal> {
        let rules = self.company().settings.reasons.clone();
        grant.carry_out(vec![], rules).await
    }

    /// They hold for what happens from then on: what was recorded before stays explained as it was.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_reasons(&self, grant: Grant<ChangeReasons>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeReasons { rules, note } = grant.operation();
            rules.check().map_err(|bad| Refusal::invalid(field_of(bad), "invalid_value", bad.to_string()))?;
            for (n, link) in rules.links.iter().enumerate() {
                let (of, only_of) = (format!("links/{n}/object"), format!("links/{n}/only"));
                let Some(object) = draft.from.compiled.object(&link.object) else {
                    return Err(Refusal::invalid(&of, "unknown_object", "there is no such object type"));
                };
                if object.customer_field.is_none() {
                    return Err(Refusal::invalid(&of, "no_customer", "its records are about no customer"));
                }
                if let Some(only) = &link.only
                    && predicate_of(only, object).is_err()
                {
                    let reason = "only open and internal fields of the object type can be asked";
                    return Err(Refusal::invalid(&only_of, "not_filterable", reason));
                }
            }
            note.set(json!(draft.from.settings.reasons));
            draft.next.settings.reasons.clone_from(rules);
            draft.set(REASONS, rules)
        })
        .await
    }
}

const fn field_of(bad: model::reason::BadReasons) -> &'static str {
    use model::reason::BadReasons;
    match bad {
        BadReasons::None => "counted",
        BadReasons::TooMany | BadReasons::NotLinked | BadReasons::Days => "links",
        BadReasons::Minutes => "weak_minutes",
    }
}
