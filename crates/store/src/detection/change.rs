//! Changing a rule: writing, switching, narrowing, taking back. One act, because each makes one version of one rule.

use std::sync::Arc;

use access::path::{Disclosed, FieldProblem, Grant, OnSystem, Operation, Param, Refusal};
use detect::{Pack, Problem};
use model::{Action, Text, UnixMs, UserId};
use serde_json::{Value, json};

use super::kept::{Detection, Items, RuleItem, RuleState, files, hash, read_pack, shipped_text};
use super::{MOST_FILTERS, MOST_NAME, MOST_RULES, TABLE};
use crate::Store;
use crate::company::{Draft, Note, barred, operations};

/// Makes a version of a rule.
#[derive(Debug)]
pub struct ChangeRule {
    pub name: String,
    /// The version its author started from; 0 where there is none.
    pub base: i64,
    pub item: RuleItem,
    pub reason: String,
    pub note: Note,
}

/// Makes a version of an earlier one.
#[derive(Debug)]
pub struct RollBackRule {
    pub name: String,
    pub base: i64,
    /// 0 for a rule as it ships.
    pub to: i64,
    pub reason: String,
    pub note: Note,
}

operations! {
    ChangeRule: DetectionManage, |op| json!({
        "act": "detection.change", "rule": op.name, "base": op.base, "reason": op.reason, "made": op.note.get(),
    });
    RollBackRule: DetectionManage, |op| json!({
        "act": "detection.roll_back", "rule": op.name, "base": op.base, "to": op.to, "reason": op.reason, "made": op.note.get(),
    });
}

/// A problem of a rule's text as a refusal tells it, with the line in front.
pub(super) fn told(field: &str, text: &str, problem: &Problem) -> FieldProblem {
    let (zh, en) = match problem.line(text) {
        Some(line) => (format!("第 {line} 行:{}", problem.zh), format!("line {line}: {}", problem.en)),
        None => (problem.zh.clone(), problem.en.clone()),
    };
    FieldProblem { own: Some(Text::new(zh, en.clone())), ..FieldProblem::new(field, problem.code, en) }
}

fn is_name(name: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=MOST_NAME).contains(&name.len()) && name.bytes().all(letter) && !name.starts_with('-')
}

/// What the text of a company's own rule must be besides readable: one rule, and no filters.
pub(super) fn check_own(name: Option<&str>, text: &str) -> Result<(Pack, String), Vec<Problem>> {
    let pack = Pack::read([("rule", text)])?;
    let wrong = |code, zh: &str, en: &str| vec![Problem { code, at: "rule".into(), zh: zh.into(), en: en.into() }];
    if !pack.filters().is_empty() {
        return Err(wrong(
            "rule.filter_here",
            "筛选器请在规则的筛选器处填写",
            "a filter has a place of its own beside its rule",
        ));
    }
    let [rule] = pack.rules.as_slice() else {
        return Err(wrong(
            "rule.one",
            "一份规则须恰有一条告警规则(其余为被引用的检测)",
            "a text holds one rule that alerts; the others feed it",
        ));
    };
    let found = rule.name.clone();
    if !is_name(&found) {
        return Err(wrong(
            "rule.name",
            "规则名(name)由小写字母、数字与连字符组成,最多 64 个字符",
            "the name of a rule is of lower-case letters, digits and hyphens, at most 64",
        ));
    }
    if name.is_some_and(|wanted| wanted != found) {
        return Err(wrong("rule.name", "规则名不能更改", "the name of a rule does not change"));
    }
    Ok((pack, found))
}

/// A filter narrows its own rule, and no other.
pub(super) fn check_filter(name: &str, text: &str) -> Result<(), Vec<Problem>> {
    let wrong = |code, zh: String, en: String| vec![Problem { code, at: "filter".into(), zh, en }];
    // Beside a rule of this name that matches everything: whether the filter reads does not depend on the rule.
    let beside = super::hidden::everything(name);
    let pack = Pack::read([("rule", beside.as_str()), ("filter", text)])?;
    let filters = pack.filters();
    let [targets] = filters.as_slice() else {
        return Err(wrong("rule.filter", "须恰有一个筛选器".into(), "there must be one filter".into()));
    };
    let own = targets.is_some_and(|targets| targets.len() == 1 && targets.iter().all(|target| target == name));
    if pack.rules.len() != 1 || !own {
        return Err(wrong(
            "rule.filter",
            format!("筛选器只能针对本规则:rules: [{name}]"),
            format!("a filter narrows its own rule: rules: [{name}]"),
        ));
    }
    Ok(())
}

fn check_reason(reason: &str) -> Result<&str, Refusal> {
    let reason = reason.trim();
    let bad = |c: char| c.is_control() && c != '\n';
    if (1..=500).contains(&reason.chars().count()) && !reason.chars().any(bad) {
        return Ok(reason);
    }
    Err(Refusal::invalid("reason", "required", "a reason of 1 to 500 characters"))
}

fn refuse(field: &str, text: &str, problems: &[Problem]) -> Refusal {
    Refusal::Invalid(problems.iter().map(|p| told(field, text, p)).collect())
}

/// What a version must be, whatever else there is.
fn check(items: &Items, name: &str, item: &RuleItem) -> Result<(), Refusal> {
    let ships = shipped_text(name).is_some();
    match &item.text {
        Some(_) if ships => return Err(Refusal::invalid("text", "shipped_rule", "a rule that ships keeps its text")),
        Some(text) => drop(check_own(Some(name), text).map_err(|p| refuse("text", text, &p))?),
        None if ships && item.state == RuleState::Removed => {
            return Err(Refusal::invalid("state", "shipped_rule", "a rule that ships is switched off, not taken away"));
        }
        None if ships => {}
        None => return Err(Refusal::NotFound),
    }
    if item.filters.len() > MOST_FILTERS {
        return Err(Refusal::invalid("filters", "too_many", format!("at most {MOST_FILTERS} filters")));
    }
    for (n, filter) in item.filters.iter().enumerate() {
        check_filter(name, filter).map_err(|p| refuse(&format!("filters.{n}"), filter, &p))?;
    }
    let own =
        items.iter().filter(|(known, (_, i))| *known != name && i.text.is_some() && i.state != RuleState::Removed);
    if item.text.is_some() && own.count() >= MOST_RULES {
        return Err(barred("too_many_rules", format!("a company has at most {MOST_RULES} rules of its own")));
    }
    Ok(())
}

struct Made<'a> {
    name: &'a str,
    base: i64,
    item: RuleItem,
    reason: &'a str,
    by: UserId,
    at: UnixMs,
    note: &'a Note,
}

/// Drafts the next version. The one place where a rule comes into force.
fn make(draft: &mut Draft, made: Made<'_>) -> Result<i64, Refusal> {
    let reason = check_reason(made.reason)?;
    let from = &draft.from.detection.items;
    let (current, before) = match from.get(made.name) {
        Some((version, item)) => (*version, Some(item.clone())),
        None => (0, shipped_text(made.name).map(|_| RuleItem::shipped())),
    };
    if made.base != current {
        return Err(Refusal::Conflict);
    }
    check(from, made.name, &made.item)?;
    if before.as_ref() == Some(&made.item) {
        return Err(barred("rule_unchanged", "the rule is like this already"));
    }
    let known = |filter: &String| before.as_ref().is_some_and(|b| b.filters.contains(filter));
    let own = made.by.to_string();
    if made.item.filters.iter().any(|f| !known(f) && f.to_ascii_lowercase().contains(&own)) {
        return Err(barred("filter_about_self", "nobody narrows a rule for themselves"));
    }
    let mut items = from.clone();
    let version = current.saturating_add(1);
    let body = serde_json::to_string(&made.item).map_err(|_| Refusal::Damaged)?;
    items.insert(made.name.to_owned(), (version, made.item.clone()));
    let all = files(&items);
    if all.is_empty() {
        return Err(barred("last_rule", "one rule at least is on"));
    }
    // With all others: names must be its own. Of an own text the problems are told with their lines above.
    let pack = read_pack(&all, &items).map_err(|problems| {
        let text = made.item.text.as_deref().unwrap_or_default();
        refuse(if made.item.text.is_some() { "text" } else { "filters" }, text, &problems)
    })?;
    let mut row: Vec<Param> =
        vec![made.name.into(), version.into(), made.at.into(), made.by.into(), reason.into(), hash(&body).into()];
    draft.put_row(TABLE, 2, &row);
    let told = |item: &RuleItem| json!({ "state": item.state, "severity": item.severity, "filters": item.filters.len(), "own": item.text.is_some() });
    made.note.set(json!({
        "version": version, "hash": hex::encode(hash(&body)), "old": before.as_ref().map(told), "new": told(&made.item),
    }));
    row.push(body.into());
    draft.push(
        "INSERT INTO detection_rule (name, version, at, author, reason, hash, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        row,
    );
    draft.next.detection = Arc::new(Detection::with_pack(items, pack));
    Ok(version)
}

impl Store {
    /// Makes a version of a rule; gives its number. In force for what is seen from now on.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] with every problem of text and filters; [`Refusal::Conflict`] when `base` is not the newest;
    /// [`Refusal::Barred`] `rule_unchanged`, `last_rule`, `too_many_rules`, `filter_about_self`, `filter_hides_malicious`; as every change.
    pub async fn change_rule(&self, grant: Grant<ChangeRule>) -> Result<Disclosed<i64>, Refusal> {
        let op = grant.operation();
        if let Err(refusal) = self.check_hidden(&op.name, &op.item.filters).await {
            return Err(grant.refuse_system(refusal).await);
        }
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let made = Made {
                name: &op.name,
                base: op.base,
                item: op.item.clone(),
                reason: &op.reason,
                by: grant.caller().user,
                at: grant.now(),
                note: &op.note,
            };
            make(draft, made)
        })
        .await
    }

    /// Makes a version of an earlier one, under the same rules as any other; gives its number.
    ///
    /// # Errors
    /// As [`Store::change_rule`]; [`Refusal::NotFound`] when there is no such version.
    pub async fn roll_back_rule(&self, grant: Grant<RollBackRule>) -> Result<Disclosed<i64>, Refusal> {
        let op = grant.operation();
        let item = match self.rule_item(&op.name, op.to).await {
            Ok(item) => self.check_hidden(&op.name, &item.filters).await.map(|()| item),
            Err(refusal) => Err(refusal),
        };
        let item = match item {
            Ok(item) => item,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            let made = Made {
                name: &op.name,
                base: op.base,
                item,
                reason: &op.reason,
                by: grant.caller().user,
                at: grant.now(),
                note: &op.note,
            };
            make(draft, made)
        })
        .await
    }
}
