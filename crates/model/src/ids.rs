//! Typed identifiers. Two ids of different things do not compare, and none is made without a clock and randomness.
//!
//! ```
//! use model::{UnixMs, UserId};
//! let id = UserId::new(UnixMs(1_700_000_000_000), [7; 10]);
//! assert_eq!(id.to_string().parse::<UserId>().unwrap(), id);
//! ```

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::UnixMs;

/// The text is not an identifier of this kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct BadId {
    pub text: String,
    pub expected: &'static str,
}

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A version 7 identifier: sortable by the millisecond it was made in.
            pub fn new(at: UnixMs, random: [u8; 10]) -> Self {
                let ms = u64::try_from(at.0).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
            }
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }
            /// The moment it was made in, if it is of version 7.
            pub fn made_at(&self) -> Option<UnixMs> {
                if self.0.get_version_num() != 7 {
                    return None;
                }
                let ms = self.0.as_bytes().iter().take(6).fold(0_i64, |ms, byte| (ms << 8) | i64::from(*byte));
                Some(UnixMs(ms))
            }
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.hyphenated())
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                // Only the canonical form: two spellings of one id would be two cache keys and two audit searches.
                match Uuid::try_parse(text) {
                    Ok(id) if text.len() == 36 => Ok(Self(id)),
                    _ => Err(BadId { text: text.chars().take(64).collect(), expected: "an identifier (36 characters, with hyphens)" }),
                }
            }
        }
    )*};
}

uuid_ids! {
    /// A user, a service account or an agent.
    UserId,
    /// A department 部门.
    DepartmentId,
    /// A record of any object type. A customer's id also names its data key.
    RecordId,
    /// One access event.
    EventId,
    /// A signed-in session.
    SessionId,
    /// An API token.
    TokenId,
    /// A share or collaboration on one record.
    ShareId,
    /// A legal hold or a temporary grant.
    GrantId,
    /// One import or export.
    JobId,
    /// A request 申请 that somebody decides about.
    RequestId,
    /// A saved view of a list.
    ViewId,
    /// What somebody says about a record 评论.
    CommentId,
    /// What somebody is told 通知. Made from what it is about, not from a moment.
    NoticeId,
    /// A file that a record carries 附件.
    FileId,
    /// What an automation rule did once.
    RunId,
    /// A mail to somebody 邮件. Made from what it tells of, not from a moment.
    MailId,
    /// A message of a channel. Made from what it tells of, not from a moment.
    MessageId,
    /// What a rule found about somebody 告警.
    AlertId,
    /// A case 案件.
    CaseId,
    /// A question to somebody about their own accesses 问询.
    InquiryId,
    /// What was taken from somebody for a time 处置.
    ResponseId,
    /// A file of another system's log. Made from what it is, not from a moment.
    FeedLoadId,
    /// A vulnerability 漏洞 that scans found somewhere. Made from what it is, not from a moment.
    FindingId,
    /// A report of a scanner that was taken in. Made from what it is, not from a moment.
    ScanId,
    /// An audit report 审计报告.
    ReportId,
    /// Somebody who leaves 离职.
    LeaverId,
    /// A campaign of access reviews 权限复核.
    ReviewId,
    /// One line of it.
    ReviewLineId,
    /// A statement of another system about somebody's training.
    StatementId,
    /// An assessment by a third party 第三方评估.
    AssessmentId,
    /// One question of it.
    AssessmentQuestionId,
    /// A decoy 诱饵, which is not the record that it marks.
    CanaryId,
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        ///
        /// Lower-case letters, digits and `_`, beginning with a letter, at most 40 characters.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0.to_string()
            }
        }
        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                if is_name(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(BadId {
                        text: text.chars().take(64).collect(),
                        expected: "a name (lower-case letters, digits and `_`, beginning with a letter, at most 40)",
                    })
                }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

names! {
    /// The name of an object type: `customer`, `contact`, …
    ObjectName,
    /// The name of a field of an object type.
    FieldName,
    /// The name of a role: `sales_rep`, `audit_admin`, …
    RoleName,
}

fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= 40
        && bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_one_spelling_only() {
        let id = RecordId::new(UnixMs(1_700_000_000_000), [1; 10]);
        let text = id.to_string();
        assert_eq!(text.parse::<RecordId>(), Ok(id));
        assert!(text.replace('-', "").parse::<RecordId>().is_err());
        assert!(format!("{{{text}}}").parse::<RecordId>().is_err());
        assert!("".parse::<RecordId>().is_err());
    }

    #[test]
    fn names_refuse_what_could_be_taken_for_code() {
        for bad in ["", "Customer", "1a", "a-b", "a b", "a\"b", "客户", "a.b", &"a".repeat(41)] {
            assert!(bad.parse::<ObjectName>().is_err(), "{bad}");
        }
        assert_eq!("follow_up".parse::<ObjectName>().unwrap().as_str(), "follow_up");
    }
}
