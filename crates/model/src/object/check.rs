//! What a definition must be before anything is stored by it.

use super::kind::{FieldKind, Search, Slot};
use super::{BUILT_IN, FieldDef, ObjectType};
use crate::formula::Formula;
use crate::ids::FieldName;
use crate::numbering::Pattern;

/// Why a definition cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDefinition {
    #[error("field `{0}` is defined twice")]
    Duplicate(FieldName),
    #[error("`{0}` is the name of a built-in column")]
    Reserved(FieldName),
    #[error("there is no field `{0}`")]
    NoSuchField(FieldName),
    #[error("more than {limit} clear {kind} fields", limit = Slot::PER_KIND)]
    TooManyClear { kind: &'static str },
    #[error("an object type has at most 120 fields")]
    TooManyFields,
    #[error("more than {limit} sorted fields", limit = ObjectType::MOST_SORTED)]
    TooManySorted,
    #[error("at most 8 object types are made after a record")]
    TooManyNext,
    #[error("field `{field}`: {reason}")]
    Field { field: FieldName, reason: &'static str },
    #[error(
        "field `{field}`: a number's pattern is text with {{yyyy}}, {{yy}}, {{mm}} or {{dd}} and one counter of at most nine digits, as HT-{{yyyy}}-{{0000}}"
    )]
    Pattern { field: FieldName },
    #[error("layout: {reason}")]
    Layout { reason: &'static str },
    #[error("rules: {reason}")]
    Rule { reason: &'static str },
}

impl ObjectType {
    /// # Errors
    /// `BadDefinition`, the first thing found wrong.
    pub fn check(&self) -> Result<(), BadDefinition> {
        if self.fields.len() > 120 {
            return Err(BadDefinition::TooManyFields);
        }
        let mut seen = std::collections::BTreeSet::new();
        for f in &self.fields {
            let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
            if BUILT_IN.contains(&f.name.as_str()) && self.customer_field.as_ref() != Some(&f.name) {
                return Err(BadDefinition::Reserved(f.name.clone()));
            }
            if !seen.insert(&f.name) {
                return Err(BadDefinition::Duplicate(f.name.clone()));
            }
            if f.label.zh.is_empty() || f.label.en.is_empty() {
                return bad("a label in Chinese and in English is needed");
            }
            match &f.kind {
                FieldKind::Text { max } if !(1..=2000).contains(max) => {
                    return bad("a text holds 1 to 2000 characters");
                }
                FieldKind::Number { scale } if *scale > 6 => return bad("a number has at most 6 decimal places"),
                FieldKind::Money { scale } if *scale > 4 => return bad("an amount has at most 4 decimal places"),
                FieldKind::Choice { options } | FieldKind::MultiChoice { options } => {
                    if options.is_empty() || options.len() > 500 {
                        return bad("a choice has 1 to 500 options");
                    }
                    if options
                        .iter()
                        .any(|o| o.value.is_empty() || o.value.chars().count() > 60 || o.value.contains([';', '；']))
                    {
                        return bad("an option has 1 to 60 characters and no semicolon");
                    }
                    let values: std::collections::BTreeSet<_> = options.iter().map(|o| &o.value).collect();
                    if values.len() != options.len() {
                        return bad("two options have the same value");
                    }
                }
                _ => {}
            }
            if f.search != Search::None && !f.class.is_sealed() {
                return bad("blind search is for personal and sensitive fields; clear fields are filtered as they are");
            }
            if f.sorted && (f.class.is_sealed() || !f.kind.is_single()) {
                return bad("only a clear field with one short value can be sorted");
            }
            if f.kept && (f.class.is_sealed() || !f.kind.is_single() || f.required || f.unique) {
                return bad("what the server keeps is a clear field with one value, neither required nor unique");
            }
            if let Some(text) = &f.formula {
                self.check_formula(f, text)?;
            }
            if let Some(text) = &f.numbered {
                check_numbered(f, text)?;
            }
            if f.kind.is_looked_up() {
                self.check_looked_up(f)?;
            }
            if let FieldKind::Attachment { max, types } = &f.kind {
                self.check_files(f, *max, types)?;
            }
            if f.unique && f.class.is_sealed() && f.search != Search::Exact {
                return bad("a unique sealed field needs exact search");
            }
        }
        if self.fields.iter().filter(|f| f.sorted).count() > Self::MOST_SORTED {
            return Err(BadDefinition::TooManySorted);
        }
        for name in std::iter::once(&self.title_field).chain(&self.customer_field) {
            if self.field(name.as_str()).is_none() {
                return Err(BadDefinition::NoSuchField(name.clone()));
            }
        }
        self.check_card()?;
        crate::rules::check(self)?;
        self.process.as_ref().map_or(Ok(()), |process| process.check(self))?;
        self.layout.as_ref().map_or(Ok(()), |layout| layout.check(self))
    }
    /// A formula is of clear numbers, amounts and dates, and no more open than what it is worked out from.
    fn check_formula(&self, f: &FieldDef, text: &str) -> Result<(), BadDefinition> {
        let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
        let Ok(formula) = Formula::read(text) else {
            return bad("the formula cannot be read: numbers, field names, + - * / ( ) and min, max");
        };
        if f.places().is_none() || f.class.is_sealed() || f.kept || f.required || f.unique {
            return bad("what is worked out is a clear number, amount or date, neither required nor unique");
        }
        for name in formula.fields() {
            let Some(of) = self.field(name) else {
                return bad("the formula names a field that is not there");
            };
            if of.places().is_none() || of.class.is_sealed() || of.formula.is_some() {
                return bad("a formula is worked out from clear numbers, amounts and dates that are entered");
            }
            if of.class > f.class {
                return bad("what is worked out is at least as sensitive as what it is worked out from");
            }
        }
        Ok(())
    }
    /// What can be said of a looked-up field by this definition alone; what it names elsewhere is the store's to check.
    fn check_looked_up(&self, f: &FieldDef) -> Result<(), BadDefinition> {
        let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
        let entered = f.required || f.unique || f.sorted || f.kept || f.formula.is_some() || f.numbered.is_some();
        if entered || f.class.is_sealed() || self.title_field == f.name {
            return bad(
                "what is looked up is an open or internal field, neither required, unique, sorted nor the title",
            );
        }
        if let FieldKind::Lookup { through, .. } = &f.kind {
            let through = self.field(through.as_str()).ok_or_else(|| BadDefinition::NoSuchField(through.clone()))?;
            if !matches!(through.kind, FieldKind::Reference { .. }) {
                return bad("a field is looked up through a reference of the same object type");
            }
        }
        Ok(())
    }
    /// A field of files holds no value: what values can be, it cannot.
    fn check_files(&self, f: &FieldDef, max: u8, types: &[String]) -> Result<(), BadDefinition> {
        let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
        if !(1..=50).contains(&max) {
            return bad("a field holds 1 to 50 files");
        }
        let ending = |e: &String| {
            (1..=10).contains(&e.chars().count()) && e.chars().all(|c| c.is_alphanumeric() && !c.is_uppercase())
        };
        if types.len() > 20 || !types.iter().all(ending) {
            return bad("at most 20 types of files, each the ending of names in lower case, as pdf");
        }
        let value = f.unique || f.sorted || f.kept || f.formula.is_some() || f.numbered.is_some();
        if value || f.search != Search::None || self.title_field == f.name || self.card.contains(&f.name) {
            return bad("a field of files is neither unique, sorted, searched, worked out, the title nor on a card");
        }
        Ok(())
    }
    fn check_card(&self) -> Result<(), BadDefinition> {
        if self.card.len() > Self::MOST_ON_CARD {
            return Err(BadDefinition::Layout { reason: "a card shows at most 6 fields" });
        }
        for (n, name) in self.card.iter().enumerate() {
            if self.field(name.as_str()).is_none() {
                return Err(BadDefinition::NoSuchField(name.clone()));
            }
            if self.card.iter().skip(n + 1).any(|other| other == name) || *name == self.title_field {
                return Err(BadDefinition::Layout { reason: "a card shows its title, and each other field once" });
            }
        }
        Ok(())
    }
}

/// A numbered field is a clear text of its own, long enough for its numbers.
fn check_numbered(f: &FieldDef, text: &str) -> Result<(), BadDefinition> {
    let Ok(pattern) = Pattern::read(text) else {
        return Err(BadDefinition::Pattern { field: f.name.clone() });
    };
    let bad = |reason| Err(BadDefinition::Field { field: f.name.clone(), reason });
    let FieldKind::Text { max } = f.kind else { return bad("what is numbered is a text") };
    if f.class.is_sealed() || f.required || !f.unique || f.kept || f.formula.is_some() {
        return bad("what is numbered is an open or internal text, unique and not required: the house gives it");
    }
    if pattern.longest() > usize::from(max) {
        return bad("the text is too short for its numbers");
    }
    Ok(())
}
