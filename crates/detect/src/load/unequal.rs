//! `neq` holds for an access that has no such field at all, as it does where rules of this format are turned into SQL. rsigma
//! asks a field that is not there nothing; so `field|neq: x` is read as "`field` is not `x`, or there is none".

use rsigma_parser::{Detection, DetectionItem, Detections, FieldSpec, Modifier, SigmaValue};

/// Rewrites every `neq` of a rule.
pub(super) fn absent_too(of: &mut Detections) {
    of.named.values_mut().for_each(rewrite);
}

fn rewrite(of: &mut Detection) {
    match of {
        Detection::AllOf(items) if items.iter().any(is_unequal) => {
            let (unequal, rest): (Vec<_>, Vec<_>) = std::mem::take(items).into_iter().partition(is_unequal);
            let mut all: Vec<Detection> = unequal.into_iter().map(or_absent).collect();
            if !rest.is_empty() {
                all.insert(0, Detection::AllOf(rest));
            }
            *of = Detection::And(all);
        }
        Detection::AnyOf(all) | Detection::And(all) => all.iter_mut().for_each(rewrite),
        _ => {}
    }
}

fn is_unequal(item: &DetectionItem) -> bool {
    item.field.name.is_some() && item.field.has_modifier(Modifier::Neq)
}

fn or_absent(item: DetectionItem) -> Detection {
    let none = DetectionItem {
        field: FieldSpec::new(item.field.name.clone(), vec![Modifier::Exists]),
        values: vec![SigmaValue::Bool(false)],
    };
    Detection::AnyOf(vec![Detection::AllOf(vec![item]), Detection::AllOf(vec![none])])
}
