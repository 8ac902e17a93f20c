//! The rules as they are kept, and the pack they make.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use access::path::Refusal;
use detect::{Pack, Problem};
use model::Severity;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::company::OpenError;
use crate::{DatabaseError, Row, Store};

/// Name of the table. Its rows count for the company's seal by the hash of their body.
pub(crate) const TABLE: &str = "detection_rule";

/// Whether a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleState {
    On,
    Off,
    /// A rule of the company's own that it took away; its versions stay.
    Removed,
}

/// A version of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleItem {
    /// YAML in the Sigma format; `None` for one that ships.
    pub text: Option<String>,
    pub state: RuleState,
    /// Instead of the rule's own.
    pub severity: Option<Severity>,
    /// YAML of filters, each naming the rule.
    pub filters: Vec<String>,
}

impl RuleItem {
    /// A shipped rule that nobody touched.
    pub(crate) fn shipped() -> Self {
        Self { text: None, state: RuleState::On, severity: None, filters: vec![] }
    }
}

pub(crate) type Items = BTreeMap<String, (i64, RuleItem)>;

/// What the company's rows say of detection, and the pack they make.
#[derive(Debug, Default)]
pub(crate) struct Detection {
    /// Rules that were touched, by name, with the number of their version.
    pub(crate) items: Items,
    built: OnceLock<Built>,
}

#[derive(Debug, Clone)]
pub(crate) struct Built {
    pub(crate) pack: Option<Arc<Pack>>,
    /// What had to be left out, and why.
    pub(crate) left_out: BTreeMap<String, Vec<Problem>>,
}

pub(crate) fn shipped_text(name: &str) -> Option<&'static str> {
    Pack::shipped_files().iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Files of the rules that are on: a name for messages, and the text.
pub(crate) fn files(items: &Items) -> Vec<(String, &str)> {
    let mut files = Vec::new();
    for (name, text) in Pack::shipped_files() {
        match items.get(*name) {
            Some((_, item)) => put(&mut files, name, text, item),
            None => files.push(((*name).to_owned(), *text)),
        }
    }
    for (name, (_, item)) in items {
        if let Some(text) = &item.text {
            put(&mut files, name, text, item);
        }
    }
    files
}

fn put<'a>(files: &mut Vec<(String, &'a str)>, name: &str, text: &'a str, item: &'a RuleItem) {
    if item.state == RuleState::On {
        files.push((name.to_owned(), text));
        files.extend(item.filters.iter().enumerate().map(|(n, f)| (format!("{name} / filter {}", n + 1), f.as_str())));
    }
}

pub(crate) fn read_pack(files: &[(String, &str)], items: &Items) -> Result<Pack, Vec<Problem>> {
    let mut pack = Pack::read(files.iter().map(|(name, text)| (name.as_str(), *text)))?;
    for rule in &mut pack.rules {
        if let Some(severity) = items.get(&rule.name).and_then(|(_, item)| item.severity) {
            rule.severity = severity;
        }
    }
    Ok(pack)
}

impl Detection {
    pub(crate) fn new(items: Items) -> Self {
        Self { items, built: OnceLock::new() }
    }

    /// One that was read already.
    pub(crate) fn with_pack(items: Items, pack: Pack) -> Self {
        let built = OnceLock::new();
        let _ = built.set(Built { pack: Some(Arc::new(pack)), left_out: BTreeMap::new() });
        Self { items, built }
    }

    /// The pack, read when it is first asked for. Rules that cannot be read any more are left out one by one.
    pub(crate) fn built(&self) -> &Built {
        self.built.get_or_init(|| {
            let all = files(&self.items);
            match read_pack(&all, &self.items) {
                Ok(pack) => Built { pack: Some(Arc::new(pack)), left_out: BTreeMap::new() },
                Err(problems) => {
                    tracing::error!(?problems, "the rules in force cannot all be read");
                    self.what_can_be_read()
                }
            }
        })
    }

    fn what_can_be_read(&self) -> Built {
        let mut left_out = BTreeMap::new();
        let mut good: Items = self.items.clone();
        // Filters that do not read go before rules that do not: a rule without its filter says too much, not too little.
        for name in self.items.keys() {
            let only: Items =
                self.items.iter().filter(|(known, _)| *known == name).map(|(n, i)| (n.clone(), i.clone())).collect();
            let Err(problems) = read_pack(&files(&only), &only) else { continue };
            left_out.insert(name.clone(), problems);
            if let Some((_, item)) = good.get_mut(name) {
                item.filters.clear();
                let mut bare = only;
                bare.values_mut().for_each(|(_, item)| item.filters.clear());
                if read_pack(&files(&bare), &bare).is_err() {
                    item.state = RuleState::Off;
                }
            }
        }
        if let Err(problems) = read_pack(&files(&good), &good) {
            crowded(&mut good, &problems, &mut left_out);
        }
        let pack = read_pack(&files(&good), &good).or_else(|_| Pack::shipped());
        Built { pack: pack.ok().map(Arc::new), left_out }
    }
}

/// Each reads alone, and all together do not: as many of the company's own as have room, by name, and the others are left out and said.
fn crowded(good: &mut Items, problems: &[Problem], left_out: &mut BTreeMap<String, Vec<Problem>>) {
    let own: Vec<String> = good
        .iter()
        .filter(|(_, (_, item))| item.state == RuleState::On && (item.text.is_some() || !item.filters.is_empty()))
        .map(|(name, _)| name.clone())
        .collect();
    let with = |n: usize| {
        let mut some = good.clone();
        for name in own.iter().skip(n) {
            if let Some((_, item)) = some.get_mut(name) {
                // What ships stays on, without its filters: it says too much rather than too little.
                item.filters.clear();
                if item.text.is_some() {
                    item.state = RuleState::Off;
                }
            }
        }
        some
    };
    // What has room with some has room with fewer.
    let (mut fits, mut over) = (0, own.len());
    while over.saturating_sub(fits) > 1 {
        let middle = fits + (over - fits) / 2;
        let some = with(middle);
        if read_pack(&files(&some), &some).is_ok() { fits = middle } else { over = middle }
    }
    for name in own.iter().skip(fits) {
        left_out.entry(name.clone()).or_insert_with(|| problems.to_vec());
    }
    *good = with(fits);
}

pub(crate) fn hash(body: &str) -> Vec<u8> {
    Sha256::digest(body.as_bytes()).to_vec()
}

/// Reads rows of `name, version, hash, body`.
pub(crate) fn read_items(rows: &[Row]) -> Result<Items, OpenError> {
    let mut items = Items::new();
    for row in rows {
        let body = row.text(3)?;
        if row.bytes(2)? != hash(body) {
            return Err(OpenError::Altered);
        }
        let bad = |e: serde_json::Error| OpenError::Damaged { table: TABLE, reason: e.to_string() };
        items.insert(row.text(0)?.to_owned(), (row.int(1)?, serde_json::from_str(body).map_err(bad)?));
    }
    Ok(items)
}

impl Store {
    /// The rules in force: those that ship, as they are switched and narrowed, and the company's own. The same until they change,
    /// here or through another node. `None` only if what ships cannot be read.
    pub fn pack(&self) -> Option<Arc<Pack>> {
        self.company().detection.built().pack.clone()
    }

    /// Counts the versions of all rules: it grows with each change of what is detected.
    pub fn pack_version(&self) -> i64 {
        self.company().detection.items.values().map(|(version, _)| *version).fold(0, i64::saturating_add)
    }

    /// Kept rules that do not have their hash: for `doctor`.
    pub(crate) async fn altered_rules(&self) -> Result<Vec<[access::path::Param; 2]>, Refusal> {
        let broken = |error: DatabaseError| crate::records::broken(error);
        let sql = "SELECT name, version, hash, body FROM detection_rule";
        let mut altered = vec![];
        for row in self.read(crate::Query::new(sql, vec![])).await? {
            if row.bytes(2).map_err(broken)? != hash(row.text(3).map_err(broken)?) {
                altered.push([row.text(0).map_err(broken)?.into(), row.int(1).map_err(broken)?.into()]);
            }
        }
        Ok(altered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, expression: &str) -> (String, (i64, RuleItem)) {
        let values: Vec<String> = (0..20).map(|n| format!("'{expression}{n}'")).collect();
        let text = format!(
            "name: {name}\ntitle: {name}\nlogsource: {{product: crm, service: access}}\ndetection:\n  selection:\n    object.type|re: [{}]\n  \
             condition: selection\n",
            values.join(", ")
        );
        (name.to_owned(), (1, RuleItem { text: Some(text), ..RuleItem::shipped() }))
    }

    /// A bound that came with a new version of the program: rules that were accepted before must not take the others with them.
    #[test]
    fn rules_that_have_no_room_together_are_left_out_by_name_and_the_others_are_asked() {
        let mut items: Items = (0..9).map(|n| own(&format!("own-{n}"), r"\p{L}{20}")).collect();
        items.insert("canary-touched".into(), (1, RuleItem { state: RuleState::Off, ..RuleItem::shipped() }));
        let built = Detection::new(items).built().clone();
        let pack = built.pack.unwrap();
        let kept: Vec<bool> = (0..9).map(|n| pack.rule(&format!("own-{n}")).is_some()).collect();
        assert!(kept[0] && !kept[8] && kept.is_sorted_by(|a, b| a >= b), "{kept:?}");
        assert!(pack.rule("volume-customers-hour").is_some() && pack.rule("canary-touched").is_none());
        let out: Vec<&String> = built.left_out.keys().collect();
        assert_eq!(out.len(), kept.iter().filter(|k| !**k).count());
        assert!(built.left_out["own-8"].iter().any(|p| p.code == "rule.regex_memory"));
    }
}
