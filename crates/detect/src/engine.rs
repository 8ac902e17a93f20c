//! The rule engine: detections by rsigma, windows by us.
//!
//! This is the only module that knows how rsigma evaluates; the loader (`crate::load`) is the only one that knows how it
//! parses. rsigma compiles detections and answers whether one matches an event; which detections to ask at all is
//! narrowed by the operation, and what follows in time is done by `crate::window`.

use std::borrow::Cow;

use rsigma_eval::event::{Event, EventValue};
use rsigma_eval::{CompiledRule, RuleExplanation};

use crate::field::{FIELDS, Field};
use crate::flat::{Flat, Value};

/// What detections do: rules in, matches out. Thin, so that another engine can take rsigma's place.
pub trait RuleEngine {
    /// Calls back with the place of every detection that matches.
    fn matches(&self, event: &Flat<'_>, each: &mut dyn FnMut(usize));
    /// Why a detection did or did not match.
    fn explain(&self, detection: usize, event: &Flat<'_>) -> Option<RuleExplanation>;
}

/// Detections compiled by rsigma.
pub struct Sigma {
    rules: Vec<CompiledRule>,
    /// For each operation, by its code: the detections that could match.
    by_action: std::collections::HashMap<u16, Vec<usize>>,
    /// Those that name no operation.
    any: Vec<usize>,
}

impl Sigma {
    /// `actions` names the operations a detection asks for, where it asks for some.
    pub(crate) fn new(rules: Vec<CompiledRule>, actions: &[Option<Vec<String>>]) -> Sigma {
        let wants = |i: usize, action: &str| match actions.get(i) {
            Some(Some(wanted)) => wanted.iter().any(|w| w.eq_ignore_ascii_case(action)),
            _ => true,
        };
        let by_action = model::Action::ALL
            .iter()
            .map(|action| (action.code(), (0..rules.len()).filter(|i| wants(*i, action.as_str())).collect()))
            .collect();
        let any = (0..rules.len()).collect();
        Sigma { rules, by_action, any }
    }
}

impl RuleEngine for Sigma {
    fn matches(&self, event: &Flat<'_>, each: &mut dyn FnMut(usize)) {
        let view = View(event);
        let candidates = self.by_action.get(&event.of.action.code()).unwrap_or(&self.any);
        let mut selections = Vec::new();
        for i in candidates {
            let Some(rule) = self.rules.get(*i) else { continue };
            selections.clear();
            let matched = rule
                .conditions
                .iter()
                .any(|c| rsigma_eval::compiler::eval_condition(c, &rule.detections, &view, &mut selections));
            if matched {
                each(*i);
            }
        }
    }

    fn explain(&self, detection: usize, event: &Flat<'_>) -> Option<RuleExplanation> {
        self.rules.get(detection).map(|rule| rsigma_eval::explain_rule(rule, &View(event)))
    }
}

/// The flat event in rsigma's eyes.
struct View<'e, 'a>(&'e Flat<'a>);

impl Event for View<'_, '_> {
    fn get_field(&self, path: &str) -> Option<EventValue<'_>> {
        let field = Field::named(path)?;
        Some(match self.0.value(field)? {
            // A network is told as `10.1.2.0/24`; `cidr` asks for an address, and its first stands for it. Prefixes longer
            // than a network's own, which that could not answer, are refused by the loader.
            Value::Text(text) if field == Field::SessionNetwork => {
                let first = text.split_once('/').map(|(address, _)| address.to_owned());
                let first = first.map(|address| EventValue::Str(Cow::Owned(address)));
                EventValue::Array(std::iter::once(EventValue::Str(text)).chain(first).collect())
            }
            Value::Text(text) => EventValue::Str(text),
            Value::Id(id) => EventValue::Str(Cow::Owned(id.to_string())),
            Value::Whole(n) => EventValue::Int(n),
            Value::Real(x) => EventValue::Float(x),
            Value::Flag(flag) => EventValue::Bool(flag),
            Value::Ids(ids) => {
                EventValue::Array(ids.iter().map(|id| EventValue::Str(Cow::Owned(id.to_string()))).collect())
            }
            Value::Texts(texts) => EventValue::Array(texts.into_iter().map(EventValue::Str).collect()),
        })
    }

    // Keywords are refused by the loader: a rule names the field it means.
    fn any_string_value(&self, _: &dyn Fn(&str) -> bool) -> bool {
        false
    }
    fn all_string_values(&self) -> Vec<Cow<'_, str>> {
        Vec::new()
    }
    fn to_json(&self) -> serde_json::Value {
        self.0.to_json()
    }
}

impl Flat<'_> {
    /// Every field the event has, by name: what a trial shows and what other engines are checked with.
    pub fn to_json(&self) -> serde_json::Value {
        let scores = crate::baseline::Measure::ALL
            .into_iter()
            .flat_map(|m| crate::baseline::Part::ALL.map(|p| (p.name(m), Field::Score(m, p))));
        let plain = FIELDS.iter().map(|(name, field, ..)| ((*name).to_string(), *field));
        let json = |value: Value<'_>| match value {
            Value::Text(text) => serde_json::Value::from(text.into_owned()),
            Value::Id(id) => id.to_string().into(),
            Value::Whole(n) => n.into(),
            Value::Real(x) => x.into(),
            Value::Flag(flag) => flag.into(),
            Value::Ids(ids) => ids.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
            Value::Texts(texts) => texts.into_iter().map(Cow::into_owned).collect::<Vec<_>>().into(),
        };
        plain
            .chain(scores)
            .filter_map(|(name, field)| Some((name, json(self.value(field)?))))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}
