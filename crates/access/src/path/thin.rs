//! What the audit policy leaves out of the event of an allowed look. The event itself is made all the same, before anything is shown.

use std::collections::BTreeMap;

use model::audit_policy::{Depth, FieldsTold, QuestionTold};
use model::{AccessEvent, Action, ObjectType};
use serde_json::{Value, json};
use vault::DataKey;

use super::gate::Core;
use super::grant::tell;
use super::operation::OnRecords;

/// The detail of an allowed question. By the policy's wish without the values that were asked by, and with a keyed hash of them.
pub(crate) fn question<O: OnRecords>(core: &Core, op: &O) -> Value {
    let told = op.detail();
    if O::ACTION != Action::List || core.settings.load().audit.method.question == QuestionTold::Values {
        return told;
    }
    let without = op.refused_detail();
    if without == told {
        return told;
    }
    let Ok(key) = core.recorder.vault().system_key("tokens") else { return told };
    let digest = key.mac(b"question", told.to_string().as_bytes());
    tell(without, [("question_digest", digest.iter().take(16).map(|b| format!("{b:02x}")).collect::<String>().into())])
}

/// Leaves out what the policy in force does not want told. Counts how many records there were and how many fields of each class,
/// where it does not name them.
pub(crate) fn thin(core: &Core, object: &ObjectType, event: &mut AccessEvent, keys: &mut Vec<Option<DataKey>>) {
    let settings = core.settings.load();
    let policy = &settings.audit;
    if matches!(event.action, Action::List | Action::View) && policy.method.fields == FieldsTold::Classes {
        classes_of(object, event);
    }
    let depth = policy.depth(event.action, object);
    if event.touches.is_empty() || !leaves_out(depth, event) {
        return;
    }
    let records = event.touches.len();
    event.rules.extend(event.disclosures.iter().flat_map(|d| d.rules.iter().cloned()));
    event.rules.sort();
    event.rules.dedup();
    event.touches.clear();
    event.disclosures.clear();
    keys.clear();
    event.detail = tell(std::mem::take(&mut event.detail), [("counted", json!(records)), ("depth", json!(depth))]);
}

/// By the random part of the event's id, which nobody can choose or foresee.
fn leaves_out(depth: Depth, event: &AccessEvent) -> bool {
    match depth {
        Depth::Full => false,
        Depth::Counted => true,
        Depth::Sampled { one_in } => {
            let random = event.id.as_bytes().last_chunk::<4>().map_or(0, |b| u32::from_be_bytes(*b));
            random % one_in.max(1) != 0
        }
    }
}

/// Takes the names of open and internal fields out of what was shown, and counts them.
fn classes_of(object: &ObjectType, event: &mut AccessEvent) {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for class in [model::Sensitivity::Open, model::Sensitivity::Internal] {
        let of = |names: &[model::FieldName]| {
            names.iter().filter(|n| object.field(n.as_str()).is_some_and(|f| f.class == class)).count()
        };
        let most = event.disclosures.iter().map(|d| of(&d.shown) + of(&d.masked)).max().unwrap_or(0);
        if most > 0 {
            counted.insert(if class == model::Sensitivity::Open { "open" } else { "internal" }, most);
        }
    }
    for d in &mut event.disclosures {
        let personal = |n: &model::FieldName| object.field(n.as_str()).is_none_or(|f| f.class.is_sealed());
        d.shown.retain(personal);
        d.masked.retain(personal);
    }
    if !counted.is_empty() {
        event.detail = tell(std::mem::take(&mut event.detail), [("classes", json!(counted))]);
    }
}
