//! Reading rules and their versions. Who reads alerts reads what makes them; nobody else does, for a rule tells how not to be found.

use std::collections::BTreeMap;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use detect::{Both, Family, Pack, Problem};
use model::{Action, Feedback, Severity, UnixMs, UserId};
use serde_json::{Value, json};

use super::kept::{RuleItem, RuleState, hash, shipped_text};
use crate::audit::name_of;
use crate::company::operations;
use crate::proof::tables::ALERT;
use crate::records::broken;
use crate::watch::Alert;
use crate::{Query, Store};

/// Days whose alerts are counted.
const COUNTED_DAYS: i64 = 30;
/// Most alerts that are counted.
const MOST_COUNTED: i64 = 5_000;
/// Versions that are shown.
const MOST_VERSIONS: i64 = 100;

/// Every rule with its state and what came of it.
#[derive(Debug)]
pub struct ListRules;

/// One rule.
#[derive(Debug)]
pub struct ShowRule {
    pub name: String,
}

/// Its versions.
#[derive(Debug)]
pub struct ListVersions {
    pub name: String,
}

operations! {
    ListRules: AlertRead, |_op| json!({ "act": "detection.list" });
    ShowRule: AlertRead, |op| json!({ "act": "detection.read", "rule": op.name });
    ListVersions: AlertRead, |op| json!({ "act": "detection.versions", "rule": op.name });
}

/// What came of a rule within the last thirty days. Alerts about who asks are not among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleFigures {
    pub alerts: u64,
    /// Of those closed with a word: how many were malicious or suspicious, and how many expected.
    pub wanted: u64,
    pub expected: u64,
}

/// A rule as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleView {
    pub name: String,
    pub version: i64,
    pub item: RuleItem,
    /// The text in force: of a rule that ships, its file.
    pub text: String,
    pub ships: bool,
    pub title: Both,
    pub why: Both,
    pub family: Family,
    /// The one in force.
    pub severity: Severity,
    /// It counts over time, and does not judge one event.
    pub correlates: bool,
    /// It asks for scores of baselines.
    pub scored: bool,
    pub figures: RuleFigures,
    /// Why it is not asked although it is on.
    pub problems: Vec<Problem>,
}

/// One version of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleVersion {
    pub version: i64,
    /// `None` of a rule as it ships.
    pub made: Option<(UnixMs, UserId, String)>,
    pub author: Option<String>,
    pub item: RuleItem,
}

fn figures(alerts: &[Alert], asks: &[UserId]) -> BTreeMap<String, RuleFigures> {
    let mut all: BTreeMap<String, RuleFigures> = BTreeMap::new();
    for alert in alerts.iter().filter(|a| !asks.contains(&a.subject)) {
        let one = all.entry(alert.rule.clone()).or_default();
        one.alerts += 1;
        match alert.body.feedback {
            Some(Feedback::Malicious | Feedback::Suspicious) => one.wanted += 1,
            Some(Feedback::Expected) => one.expected += 1,
            Some(Feedback::Unknown) | None => {}
        }
    }
    all
}

impl Store {
    fn rule_view(&self, name: &str, figures: RuleFigures) -> Result<RuleView, Refusal> {
        let company = self.company();
        let kept = company.detection.items.get(name);
        let shipped = shipped_text(name);
        let (version, item) = match (kept, shipped) {
            (Some((version, item)), _) => (*version, item.clone()),
            (None, Some(_)) => (0, RuleItem::shipped()),
            (None, None) => return Err(Refusal::NotFound),
        };
        let text = item.text.as_deref().or(shipped).ok_or(Refusal::Damaged)?.to_owned();
        let built = company.detection.built();
        // One that is off, or not readable any more, is not in the pack: what it says is read for itself.
        let alone = Pack::read([(name, text.as_str())]).ok();
        let in_force = built.pack.as_ref().and_then(|pack| pack.rule(name));
        let rule = in_force.or_else(|| alone.as_ref().and_then(|pack| pack.rule(name)));
        let both = || Both { zh: name.to_owned(), en: name.to_owned() };
        Ok(RuleView {
            name: name.to_owned(),
            version,
            ships: shipped.is_some(),
            title: rule.map_or_else(both, |r| r.title.clone()),
            why: rule.map_or_else(both, |r| r.why.clone()),
            family: rule.map_or(Family::Other, |r| r.family),
            severity: item.severity.or(rule.map(|r| r.severity)).unwrap_or(Severity::Medium),
            correlates: rule.is_some_and(|r| matches!(r.body, detect::Body::Correlation(_))),
            scored: rule.is_some_and(|r| !r.measures.is_empty()),
            figures,
            problems: built.left_out.get(name).cloned().unwrap_or_default(),
            item,
            text,
        })
    }

    /// Every rule, those that ship first, in their order; those taken away are not among them.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn list_rules(&self, grant: Grant<ListRules>) -> Result<Disclosed<Vec<RuleView>>, Refusal> {
        let asks: Vec<UserId> = std::iter::once(grant.caller().user).chain(grant.caller().on_behalf_of).collect();
        match self.all_rules(grant.now(), &asks).await {
            Ok(all) => grant.carry_out(vec![], all).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn all_rules(&self, now: UnixMs, asks: &[UserId]) -> Result<Vec<RuleView>, Refusal> {
        let sql = ALERT.select("last_at >= ?1 ORDER BY last_at DESC LIMIT ?2");
        let since = now.plus_days(-COUNTED_DAYS);
        let alerts = self.alerts(Query::new(sql, vec![since.into(), MOST_COUNTED.into()])).await?;
        let figures = figures(&alerts, asks);
        let company = self.company();
        let own =
            company.detection.items.iter().filter(|(_, (_, i))| i.text.is_some() && i.state != RuleState::Removed);
        let names = Pack::shipped_files().iter().map(|(name, _)| *name).chain(own.map(|(name, _)| name.as_str()));
        names.map(|name| self.rule_view(name, figures.get(name).copied().unwrap_or_default())).collect()
    }

    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn show_rule(&self, grant: Grant<ShowRule>) -> Result<Disclosed<RuleView>, Refusal> {
        let asks: Vec<UserId> = std::iter::once(grant.caller().user).chain(grant.caller().on_behalf_of).collect();
        let name = grant.operation().name.clone();
        let since = grant.now().plus_days(-COUNTED_DAYS);
        let found = async {
            let alerts = self.alerts_of_rule(&name).await?;
            let recent: Vec<Alert> = alerts.into_iter().filter(|a| a.last_at >= since).collect();
            let figures = figures(&recent, &asks).get(&name).copied().unwrap_or_default();
            self.rule_view(&name, figures)
        };
        match found.await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Newest first; the last is the rule as it ships, of one that does.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Damaged`] for a row that was altered, and as [`Store::show_rule`].
    pub async fn rule_versions(&self, grant: Grant<ListVersions>) -> Result<Disclosed<Vec<RuleVersion>>, Refusal> {
        match self.versions_of_rule(&grant.operation().name).await {
            Ok(mut all) => {
                let directory = grant.engine().directory().clone();
                for one in &mut all {
                    one.author = one.made.as_ref().map(|(_, by, _)| name_of(&directory, *by));
                }
                grant.carry_out(vec![], all).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn versions_of_rule(&self, name: &str) -> Result<Vec<RuleVersion>, Refusal> {
        let sql = "SELECT version, at, author, reason, hash, body FROM detection_rule WHERE name = ?1 ORDER BY version DESC LIMIT ?2";
        let mut all = vec![];
        for row in self.read(Query::new(sql, vec![name.into(), MOST_VERSIONS.into()])).await? {
            let item = item_of(name, row.bytes(4).map_err(broken)?, row.text(5).map_err(broken)?)?;
            let made =
                (row.time(1).map_err(broken)?, row.user(2).map_err(broken)?, row.text(3).map_err(broken)?.to_owned());
            all.push(RuleVersion { version: row.int(0).map_err(broken)?, made: Some(made), author: None, item });
        }
        if shipped_text(name).is_some() {
            all.push(RuleVersion { version: 0, made: None, author: None, item: RuleItem::shipped() });
        }
        if all.is_empty() { Err(Refusal::NotFound) } else { Ok(all) }
    }

    /// A version of a rule; 0 is the rule as it ships.
    pub(super) async fn rule_item(&self, name: &str, version: i64) -> Result<RuleItem, Refusal> {
        if version == 0 && shipped_text(name).is_some() {
            return Ok(RuleItem::shipped());
        }
        let sql = "SELECT hash, body FROM detection_rule WHERE name = ?1 AND version = ?2";
        let rows = self.read(Query::point(sql, vec![name.into(), version.into()])).await?;
        let row = rows.first().ok_or(Refusal::NotFound)?;
        item_of(name, row.bytes(0).map_err(broken)?, row.text(1).map_err(broken)?)
    }
}

fn item_of(name: &str, told: &[u8], body: &str) -> Result<RuleItem, Refusal> {
    if told != hash(body) {
        tracing::error!(rule = name, "a kept version of a rule was altered");
        return Err(Refusal::Damaged);
    }
    serde_json::from_str(body).map_err(|_| Refusal::Damaged)
}
