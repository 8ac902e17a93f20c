//! The access matrix as text an auditor can read: every role × object × operation × scope × field class.
//!
//! Rule: made from the compiled rules, so it shows what is in force; whatever is not written there is refused.

use std::fmt::Write as _;

use model::policy::{Effect, FieldSelect, Principals, What};
use model::{Action, FieldLevel, ObjectType, Role, Sensitivity};

use super::compiled::{Compiled, Rule};
use super::explain::{principal_words, scope_words};
use super::schema;

/// Renders the matrix, roles in the given order. Temporary grants to single users are listed at the end.
pub fn render(compiled: &Compiled, roles: &[Role]) -> String {
    let mut out = String::from(
        "Access matrix 权限矩阵\n\n\
         What a role may do to which records, and how far it sees each class of fields. What is not written is refused;\n\
         the guard rails at the end hold for everyone and beat whatever permits.\n",
    );
    let everyone = |r: &&Rule| r.source.who == Principals::Everyone && r.source.effect == Effect::Permit;
    section(&mut out, "Everyone 所有人", compiled, &compiled.rules().iter().filter(everyone).collect::<Vec<_>>());
    for role in roles {
        let heading = format!("{} {} ({})", role.name, role.label.zh, role.label.en);
        let mine: Vec<&Rule> = compiled
            .rules()
            .iter()
            .filter(|r| r.source.effect == Effect::Permit)
            .filter(|r| matches!(&r.source.who, Principals::Role(n) if *n == role.name))
            .collect();
        section(&mut out, &heading, compiled, &mine);
        if !role.excludes.is_empty() {
            let names: Vec<&str> = role.excludes.iter().map(model::RoleName::as_str).collect();
            line(&mut out, format_args!("  never together with: {}", names.join(", ")));
        }
    }
    let others: Vec<&Rule> = compiled
        .rules()
        .iter()
        .filter(|r| r.source.effect == Effect::Permit)
        .filter(|r| match &r.source.who {
            Principals::Everyone => false,
            Principals::Role(n) => !roles.iter().any(|role| role.name == *n),
            Principals::Department(_) | Principals::User(_) => true,
        })
        .collect();
    if !others.is_empty() {
        line(&mut out, format_args!("\nDepartments and single users 部门与个人"));
        for r in others {
            rule_line(&mut out, r);
        }
    }
    line(&mut out, format_args!("\nGuard rails 禁止规则"));
    for r in compiled.rules().iter().filter(|r| r.source.effect == Effect::Forbid) {
        rule_line(&mut out, r);
    }
    out
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}

fn rule_line(out: &mut String, r: &Rule) {
    let who = principal_words(&r.source.who);
    let reach = scope_words(&r.source.reach);
    let what = match &r.source.what {
        What::Operations(actions) => actions.iter().map(|a| a.as_str()).collect::<Vec<_>>().join(", "),
        What::Fields { fields: FieldSelect::Classes(c), level } => {
            let classes = c.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(", ");
            format!("{classes} fields {}", level.as_str())
        }
        What::Fields { fields: FieldSelect::Named(n), level } => {
            let names = n.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(", ");
            format!("fields {names} {}", level.as_str())
        }
    };
    let title = &r.source.title;
    line(out, format_args!("  {:<24} {what}; {}; {} {} ({})", r.id, who.en, reach.en, title.zh, title.en));
}

fn section(out: &mut String, heading: &str, compiled: &Compiled, rules: &[&Rule]) {
    line(out, format_args!("\n{heading}"));
    let duties: Vec<&str> =
        schema::duties().filter(|a| rules.iter().any(|r| r.covers_duty(*a))).map(Action::as_str).collect();
    if !duties.is_empty() {
        line(out, format_args!("  duties 管理职责: {}", duties.join(", ")));
    }
    let mut empty = duties.is_empty();
    for object in compiled.objects() {
        let mut lines = vec![];
        for action in schema::record_actions() {
            let scopes = scopes(rules.iter().filter(|r| r.covers_operation(&object.name, action)));
            if !scopes.is_empty() {
                lines.push(format!("    {:<10} {scopes}", action.as_str()));
            }
        }
        for class in Sensitivity::ALL {
            let levels = class_levels(rules, object, class);
            if !levels.is_empty() {
                lines.push(format!("    fields {:<10} {levels}", class.as_str()));
            }
        }
        lines.extend(named_fields(rules, object));
        if !lines.is_empty() {
            empty = false;
            line(out, format_args!("  {} {}", object.name, object.label.zh));
            for l in lines {
                line(out, format_args!("{l}"));
            }
        }
    }
    if empty {
        line(out, format_args!("  nothing 无"));
    }
}

fn scopes<'a>(rules: impl Iterator<Item = &'a &'a Rule>) -> String {
    let mut words: Vec<String> = rules.map(|r| with_conditions(r)).collect();
    words.dedup();
    words.join("; ")
}

fn with_conditions(r: &Rule) -> String {
    let reach = scope_words(&r.source.reach);
    let mut text = format!("{} ({})", reach.zh, reach.en);
    if !r.source.when.is_empty() || r.source.valid_from.is_some() || r.source.valid_until.is_some() {
        text.push_str(" under conditions");
    }
    text
}

fn class_levels(rules: &[&Rule], object: &ObjectType, class: Sensitivity) -> String {
    let mut parts = vec![];
    for level in [FieldLevel::Editable, FieldLevel::ReadOnly, FieldLevel::Masked] {
        let at = scopes(rules.iter().filter(|r| {
            r.source.objects.has(&object.name)
                && matches!(&r.source.what, What::Fields { fields: FieldSelect::Classes(c), level: l }
                    if *l == level && c.contains(&class))
        }));
        if !at.is_empty() {
            parts.push(format!("{}: {at}", level.as_str()));
        }
    }
    parts.join(" | ")
}

fn named_fields(rules: &[&Rule], object: &ObjectType) -> Vec<String> {
    let mut lines = vec![];
    for r in rules.iter().filter(|r| r.source.objects.has(&object.name)) {
        if let What::Fields { fields: FieldSelect::Named(names), level } = &r.source.what {
            let names: Vec<&str> =
                names.iter().filter(|n| object.field(n.as_str()).is_some()).map(model::FieldName::as_str).collect();
            if !names.is_empty() {
                lines.push(format!("    fields {} {}: {}", names.join(", "), level.as_str(), with_conditions(r)));
            }
        }
    }
    lines
}
