//! How a form and a record's page are laid out: tabs of sections of fields, some shown only under a condition.
//!
//! Rule: a layout decides what is looked at, never who may see it. A field that it does not name is shown after those it
//! does, so that no new field is lost; a field that must be filled in is always shown.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::condition::Condition;
use crate::ids::FieldName;
use crate::object::{BadDefinition, ObjectType};
use crate::text::Text;

/// The layout of an object type.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormLayout {
    /// With a single one, no tabs are shown.
    pub tabs: Vec<LayoutTab>,
    /// Fields that are shown only while a condition over other fields holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_if: Vec<ShownIf>,
}

/// Sections on one tab.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutTab {
    pub label: Text,
    pub sections: Vec<LayoutSection>,
}

/// Fields under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutSection {
    pub label: Text,
    /// Fields beside each other, 1 to 3.
    #[serde(default = "two")]
    pub columns: u8,
    /// In order.
    pub fields: Vec<FieldName>,
}

/// A field shown only while a condition holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShownIf {
    pub field: FieldName,
    /// Over clear fields of the same object type.
    pub when: Condition,
}

const fn two() -> u8 {
    2
}

impl FormLayout {
    pub const MOST_TABS: usize = 8;
    pub const MOST_SECTIONS: usize = 24;

    /// What can be said without knowing how conditions are understood.
    ///
    /// # Errors
    /// [`BadDefinition`], the first thing found wrong.
    pub fn check(&self, object: &ObjectType) -> Result<(), BadDefinition> {
        let bad = |reason| Err(BadDefinition::Layout { reason });
        let sections: Vec<&LayoutSection> = self.tabs.iter().flat_map(|t| &t.sections).collect();
        if self.tabs.is_empty() || self.tabs.len() > Self::MOST_TABS {
            return bad("a layout has 1 to 8 tabs");
        }
        if sections.len() > Self::MOST_SECTIONS || self.tabs.iter().any(|t| t.sections.is_empty()) {
            return bad("a tab has at least one section, a layout at most 24");
        }
        let labels = self.tabs.iter().map(|t| &t.label).chain(sections.iter().map(|s| &s.label));
        for label in labels {
            let good = |text: &str| !text.trim().is_empty() && text.chars().count() <= 60;
            if !good(&label.zh) || !good(&label.en) {
                return bad("tabs and sections have a label of 1 to 60 characters, in Chinese and in English");
            }
        }
        if sections.iter().any(|s| !(1..=3).contains(&s.columns)) {
            return bad("a section has 1 to 3 columns");
        }
        let mut seen = BTreeSet::new();
        for name in sections.iter().flat_map(|s| &s.fields) {
            if object.field(name.as_str()).is_none() {
                return Err(BadDefinition::NoSuchField(name.clone()));
            }
            if !seen.insert(name) {
                return bad("a field stands in one section, once");
            }
        }
        let mut ruled = BTreeSet::new();
        for rule in &self.shown_if {
            let Some(field) = object.field(rule.field.as_str()) else {
                return Err(BadDefinition::NoSuchField(rule.field.clone()));
            };
            let reason = if !ruled.insert(&rule.field) {
                "it has two conditions"
            } else if field.required {
                "what must be filled in is always shown"
            } else if field.name == object.title_field || object.customer_field.as_ref() == Some(&field.name) {
                "what a record is known by is always shown"
            } else if rule.when.fields().iter().any(|f| object.field(f).is_none() || *f == field.name.as_str()) {
                "it is shown by what other fields of the object type hold"
            } else {
                continue;
            };
            return Err(BadDefinition::Field { field: rule.field.clone(), reason });
        }
        Ok(())
    }

    /// The layout as far as it names fields that are `seen`; a condition that asks for another is left out, for to show or
    /// not to show would tell its value.
    #[must_use]
    pub fn seen(&self, seen: impl Fn(&str) -> bool) -> Self {
        let mut layout = self.clone();
        for tab in &mut layout.tabs {
            tab.sections.iter_mut().for_each(|s| s.fields.retain(|f| seen(f.as_str())));
            tab.sections.retain(|s| !s.fields.is_empty());
        }
        layout.tabs.retain(|t| !t.sections.is_empty());
        layout.shown_if.retain(|r| seen(r.field.as_str()) && r.when.fields().iter().all(|f| seen(f)));
        layout
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::Comparison;
    use crate::defaults;

    fn name(text: &str) -> FieldName {
        text.parse().unwrap()
    }
    fn layout(fields: &[&str]) -> FormLayout {
        let label = Text::new("基本", "Basics");
        let fields = fields.iter().map(|f| name(f)).collect();
        let section = LayoutSection { label: label.clone(), columns: 2, fields };
        FormLayout { tabs: vec![LayoutTab { label, sections: vec![section] }], shown_if: vec![] }
    }
    fn checked(layout: FormLayout) -> Result<(), BadDefinition> {
        let mut customer = defaults::customer();
        customer.layout = Some(Box::new(layout));
        customer.check()
    }

    #[test]
    fn a_field_stands_once_and_must_be_there() {
        assert_eq!(checked(layout(&["name", "phone"])), Ok(()));
        assert!(checked(layout(&["name", "name"])).is_err());
        assert_eq!(checked(layout(&["nothing"])), Err(BadDefinition::NoSuchField(name("nothing"))));
        assert!(checked(FormLayout::default()).is_err());
    }

    #[test]
    fn what_must_be_filled_in_is_always_shown() {
        let when = Condition::test("level", Comparison::Eq, serde_json::json!("A"));
        let with = |field: &str| FormLayout {
            shown_if: vec![ShownIf { field: name(field), when: when.clone() }],
            ..layout(&["name"])
        };
        assert_eq!(checked(with("region")), Ok(()));
        // Its own condition, and the record's name.
        assert!(checked(with("level")).is_err());
        assert!(checked(with("name")).is_err());
    }

    #[test]
    fn a_layout_tells_nothing_of_what_is_not_seen() {
        let when = Condition::test("level", Comparison::Eq, serde_json::json!("A"));
        let mut whole = layout(&["name", "level", "region"]);
        whole.shown_if.push(ShownIf { field: name("region"), when });
        let seen = whole.seen(|f| f != "level");
        assert_eq!(seen.tabs[0].sections[0].fields, [name("name"), name("region")]);
        assert!(seen.shown_if.is_empty());
        assert!(whole.seen(|_| false).tabs.is_empty());
    }
}
