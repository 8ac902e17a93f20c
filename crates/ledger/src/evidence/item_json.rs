//! The JSON form of an item: one flat object, either `salt` and `body`, or `erased`, `commitment` and `erasure`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Content, Item, Opening};
use crate::hash::{Hash, b64};

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Base64Hash(#[serde(with = "b64::hash")] Hash);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemJson {
    index: u64,
    count: u64,
    #[serde(with = "b64::hashes")]
    proof: Vec<Hash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<Base64Hash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    erased: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commitment: Option<Base64Hash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    erasure: Option<u64>,
}

impl TryFrom<ItemJson> for Item {
    type Error = &'static str;

    fn try_from(json: ItemJson) -> Result<Self, Self::Error> {
        let ItemJson { index, count, proof, salt, body, erased, commitment, erasure } = json;
        let content = match (erased, salt, body, commitment, erasure) {
            (false, Some(Base64Hash(salt)), Some(body), None, None) => Content::Shown(Opening { salt, body }),
            (true, None, None, Some(Base64Hash(commitment)), Some(erasure)) => Content::Erased { commitment, erasure },
            _ => return Err("an item has either `salt` and `body`, or `erased`, `commitment` and `erasure`"),
        };
        Ok(Self { index, count, proof, content })
    }
}

impl From<Item> for ItemJson {
    fn from(item: Item) -> Self {
        let Item { index, count, proof, content } = item;
        let blank =
            Self { index, count, proof, salt: None, body: None, erased: false, commitment: None, erasure: None };
        match content {
            Content::Shown(Opening { salt, body }) => Self { salt: Some(Base64Hash(salt)), body: Some(body), ..blank },
            Content::Erased { commitment, erasure } => {
                Self { erased: true, commitment: Some(Base64Hash(commitment)), erasure: Some(erasure), ..blank }
            }
        }
    }
}
