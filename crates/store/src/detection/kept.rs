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
        let pack = read_pack(&files(&good), &good).or_else(|_| Pack::shipped());
        Built { pack: pack.ok().map(Arc::new), left_out }
    }
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
