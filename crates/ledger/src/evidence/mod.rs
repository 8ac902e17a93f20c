//! The evidence file 存证: some events of a log, with what is needed to check them without the server.
//!
//! One JSON file (`docs/ledger.md` has the format). It proves that each event it shows was recorded as shown, under the
//! signed checkpoint it carries. It cannot prove that it shows all events there are: that question is answered by the
//! whole log, which commits to what it hides.
//!
//! ```no_run
//! # fn run(text: &str, key: ledger::VerifierKey) -> Result<(), serde_json::Error> {
//! let evidence: ledger::Evidence = serde_json::from_str(text)?;
//! let report = ledger::check_evidence(&evidence, &[key]);
//! # Ok(()) }
//! ```

mod check;
mod item_json;

pub use check::{Check, Fault, Outcome, Report, Subject as CheckSubject, check_evidence};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::hash::{Hash, b64};
use item_json::ItemJson;

/// The only format there is.
pub const FORMAT: &str = "whosaw-evidence/v1";
/// Key of a meta body: how many records the event touched.
pub const META_ITEM_COUNT: &str = "touches";
/// Key of an item body: whose data it is.
pub const ITEM_CUSTOMER: &str = "customer";
/// Keys of an actor body: who acted, and for whom.
pub const ACTOR_USERS: [&str; 2] = ["user", "on_behalf_of"];

/// An evidence file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// [`FORMAT`].
    pub format: String,
    pub subject: Subject,
    /// Who asked for it, in words.
    pub asked_by: String,
    /// When, in milliseconds since 1970-01-01T00:00:00Z.
    pub asked_at_ms: u64,
    /// The log's verifier key, for convenience; trust comes from elsewhere.
    pub log: String,
    /// The signed note, verbatim.
    pub checkpoint: String,
    /// In the order of the log.
    pub events: Vec<Event>,
    /// The erasures that items of `events` refer to, in the order of the log.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erasures: Vec<Event>,
}

/// What the evidence is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    pub kind: SubjectKind,
    /// Id of the customer, user or case; none for a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// First millisecond covered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_ms: Option<u64>,
    /// First millisecond no longer covered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_ms: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    Customer,
    User,
    Period,
    /// Events that a case cites, or that are about it.
    Case,
}

/// One event: its leaf, the proof that it is in the log, and those parts that are shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Place in the log, from 0.
    pub index: u64,
    /// The encoded leaf.
    #[serde(with = "b64::bytes")]
    pub leaf: Vec<u8>,
    /// Inclusion proof up to the checkpoint's root.
    #[serde(with = "b64::hashes")]
    pub proof: Vec<Hash>,
    /// `None`: withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meta: Option<Opening>,
    /// `None`: withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Opening>,
    /// The records touched, as far as they are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<Item>,
}

/// What a commitment hides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    #[serde(with = "b64::hash")]
    pub salt: [u8; 32],
    pub body: Value,
}

/// One record that the event touched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ItemJson", into = "ItemJson")]
pub struct Item {
    /// Place among the event's records, from 0.
    pub index: u64,
    /// How many records the event touched.
    pub count: u64,
    /// Inclusion proof up to the leaf's `c_object`.
    pub proof: Vec<Hash>,
    pub content: Content,
}

/// An item is shown, or its customer was erased.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Shown(Opening),
    /// The customer's key, and with it the salt, was destroyed: body and salt cannot be shown any more.
    Erased {
        /// The item's commitment as it was made.
        commitment: Hash,
        /// Index of the erasure's leaf, which stands in [`Evidence::erasures`].
        erasure: u64,
    },
}
