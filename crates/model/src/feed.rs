//! Access logs of other systems 外部访问日志: how a log is read, and what one of its lines says.
//!
//! Rule: what another system says is its word. It is kept as a kind of its own ([`crate::Action::Foreign`]), names its source, and is
//! never an access made here. It holds who, when, what and which record, and no value of a customer.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::action::{Action, On};
use crate::event::Decision;
use crate::text::Text;
use crate::time::UnixMs;

/// Sources of one company.
pub const MOST_SOURCES: usize = 50;
/// Entries of one map or list of a source.
pub const MOST_ENTRIES: usize = 2_000;
/// Characters of one text of a line, and of a mapping's.
pub const LONGEST_TEXT: usize = 256;
/// Records that one line names.
pub const MOST_RECORDS: usize = 1_000;

/// In which form the other system writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedFormat {
    /// CSV with names of columns, by a mapping.
    Csv,
    /// Salesforce EventLogFile (CSV).
    Salesforce,
    /// Microsoft 365 unified audit log, with Dataverse activity (JSON, one array or one object a line).
    Microsoft365,
    /// PostgreSQL's csvlog with pgaudit's lines in it.
    Pgaudit,
    /// OCSF events (JSON, one array or one object a line).
    Ocsf,
}

impl FeedFormat {
    pub const ALL: [FeedFormat; 5] =
        [FeedFormat::Csv, FeedFormat::Salesforce, FeedFormat::Microsoft365, FeedFormat::Pgaudit, FeedFormat::Ocsf];

    pub const fn as_str(self) -> &'static str {
        match self {
            FeedFormat::Csv => "csv",
            FeedFormat::Salesforce => "salesforce",
            FeedFormat::Microsoft365 => "microsoft365",
            FeedFormat::Pgaudit => "pgaudit",
            FeedFormat::Ocsf => "ocsf",
        }
    }
}

/// How its texts are written. JSON is UTF-8 whatever this says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedEncoding {
    #[default]
    Utf8,
    Gb18030,
}

/// Which column of a CSV file says what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CsvMapping {
    /// A moment: RFC 3339, or a date and time on the source's clock, or seconds or milliseconds since 1970.
    pub time: String,
    /// Empty in the file: nobody knows who it was.
    pub user: String,
    /// Columns whose texts, joined by `:`, say what was done.
    pub action: Vec<String>,
    /// The kind of record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The record. A line without one is of no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The customer, where the record is not one itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// Names of fields, separated by commas, semicolons or bars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<String>,
    /// A number of rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    /// The address it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What names the line in the other system. Without it, a line is what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// One character of ASCII; a comma where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
}

/// How users of the other system are found among the people here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedPeople {
    /// They are not, but for those that are named one by one.
    #[default]
    Named,
    /// Their name there is their login here.
    Login,
    /// Their name there is an e-mail address of this domain, and what stands before the `@` their login here.
    MailOf(String),
}

/// Another system whose access log is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedSource {
    /// 1 to 40 of `a-z`, `0-9`, `_`, beginning with a letter: rules ask for it as `source.system`. It never changes.
    pub name: String,
    pub label: Text,
    pub format: FeedFormat,
    #[serde(default)]
    pub encoding: FeedEncoding,
    /// The clock of times without an offset: `Asia/Shanghai`.
    #[serde(default = "utc")]
    pub zone: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csv: Option<CsvMapping>,
    /// By what was done, as the other system calls it; `*` at the end stands for any rest, and the longest match wins. `null` leaves
    /// the line out. They come before what the format itself knows.
    #[serde(default)]
    pub actions: BTreeMap<String, Option<Action>>,
    /// Names of users that are programs.
    #[serde(default)]
    pub automatic: BTreeSet<String>,
    #[serde(default)]
    pub people: FeedPeople,
    /// By name there, the login here.
    #[serde(default)]
    pub logins: BTreeMap<String, String>,
}

fn utc() -> String {
    "UTC".to_owned()
}

/// What is wrong with a source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct WrongSource {
    pub field: &'static str,
    pub reason: &'static str,
}

/// Whether a foreign act may be called so here.
pub fn is_mappable(action: Action) -> bool {
    let session = matches!(action, Action::SignIn | Action::SignOut | Action::Download | Action::PasswordChange);
    let system = matches!(
        action,
        Action::UserManage
            | Action::RoleAssign
            | Action::PolicyManage
            | Action::ObjectManage
            | Action::SettingManage
            | Action::KeyManage
            | Action::Backup
            | Action::AuditRead
            | Action::DirectoryRead
    );
    action.on() == On::Record || session || system
}

fn good(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST_TEXT && !text.chars().any(char::is_control)
}

impl FeedSource {
    /// What is wrong with it, if anything is.
    ///
    /// # Errors
    /// [`WrongSource`] names the field.
    pub fn check(&self) -> Result<(), WrongSource> {
        let wrong = |field, reason| Err(WrongSource { field, reason });
        if self.name.parse::<crate::ids::ObjectName>().is_err() {
            return wrong("name", "1 to 40 of a-z, 0-9 and _, beginning with a letter");
        }
        if !good(&self.label.zh) || !good(&self.label.en) {
            return wrong("label", "a label in Chinese and in English is needed");
        }
        if jiff::tz::TimeZone::get(&self.zone).is_err() {
            return wrong("zone", "not a time zone, as Asia/Shanghai");
        }
        match (self.format, &self.csv) {
            (FeedFormat::Csv, None) => return wrong("csv", "CSV needs a mapping of its columns"),
            (FeedFormat::Csv, Some(csv)) => csv.check()?,
            (_, Some(_)) => return wrong("csv", "this format names its columns itself"),
            (_, None) => {}
        }
        if self.format == FeedFormat::Csv && self.actions.is_empty() {
            return wrong("actions", "say what at least one act there is called here");
        }
        if self.actions.len() > MOST_ENTRIES || self.actions.keys().any(|k| !good(k)) {
            return wrong("actions", "up to 2,000 acts, each of up to 256 characters");
        }
        if self.actions.values().flatten().any(|a| !is_mappable(*a)) {
            return wrong("actions", "no act of another system is called so");
        }
        if self.automatic.len() > MOST_ENTRIES || self.automatic.iter().any(|k| !good(k)) {
            return wrong("automatic", "up to 2,000 names, each of up to 256 characters");
        }
        if self.logins.len() > MOST_ENTRIES || self.logins.iter().any(|(k, v)| !good(k) || !good(v)) {
            return wrong("logins", "up to 2,000 names, each of up to 256 characters");
        }
        if matches!(&self.people, FeedPeople::MailOf(domain) if !good(domain) || domain.contains(['@', ' '])) {
            return wrong("people", "a domain, as example.com");
        }
        Ok(())
    }

    /// What was done, as it is called here; the inner `None` leaves the line out, the outer one does not know it.
    pub fn action_of(&self, said: &str) -> Option<Option<Action>> {
        if let Some(action) = self.actions.get(said) {
            return Some(*action);
        }
        let prefix = |key: &&String| key.strip_suffix('*').is_some_and(|p| said.starts_with(p));
        let best = self.actions.keys().filter(prefix).max_by_key(|k| k.len())?;
        self.actions.get(best).copied()
    }

    /// The login here of somebody there, as the source's mapping says; whether there is such an account is another question.
    pub fn login_of(&self, user: &str) -> Option<String> {
        if let Some(login) = self.logins.get(user) {
            return Some(login.clone());
        }
        match &self.people {
            FeedPeople::Named => None,
            FeedPeople::Login => Some(user.to_lowercase()),
            FeedPeople::MailOf(domain) => {
                let (name, of) = user.rsplit_once('@')?;
                of.eq_ignore_ascii_case(domain).then(|| name.to_lowercase())
            }
        }
    }
}

impl CsvMapping {
    fn check(&self) -> Result<(), WrongSource> {
        let wrong = |field, reason| Err(WrongSource { field, reason });
        if self.action.is_empty() || self.action.len() > 5 || self.action.iter().any(|a| !good(a)) {
            return wrong("csv.action", "one to five names of columns");
        }
        let optional = [&self.object, &self.record, &self.customer, &self.fields, &self.rows, &self.address, &self.id];
        if !good(&self.time) || !good(&self.user) || optional.into_iter().flatten().any(|c| !good(c)) {
            return wrong("csv", "names of columns of up to 256 characters");
        }
        if self.delimiter.is_some_and(|d| !d.is_ascii() || matches!(d, '"' | '\n' | '\r' | '\0')) {
            return wrong("csv.delimiter", "one character of ASCII, not a quote or the end of a line");
        }
        Ok(())
    }
}

/// What one line of another system's log says. Texts are as the other system writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignEvent {
    /// When it happened there.
    pub at: UnixMs,
    /// `None` where it does not say.
    pub user: Option<String>,
    /// Whether the user is a program.
    #[serde(default)]
    pub automatic: bool,
    /// What was done, as the other system calls it.
    pub said: String,
    /// The same, as it is called here.
    pub action: Action,
    /// How it ended there, by that system's own word.
    pub decision: Decision,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<String>,
    /// Records beyond [`MOST_RECORDS`].
    #[serde(default)]
    pub further: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    #[serde(default)]
    pub rows: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> FeedSource {
        serde_json::from_str(
            r#"{"name":"bank","label":{"zh":"银行","en":"Bank"},"format":"csv","csv":{"time":"t","user":"u","action":["a"]},
                "actions":{"X*":"view","X_NO*":null,"X_YES":"edit"},"people":{"mail_of":"bank.example"},"logins":{"z":"zhang"}}"#,
        )
        .unwrap()
    }

    #[test]
    fn the_longest_match_says_what_was_done() {
        let of = source();
        assert_eq!(of.check(), Ok(()));
        assert_eq!(of.action_of("X1"), Some(Some(Action::View)));
        assert_eq!(of.action_of("X_YES"), Some(Some(Action::Edit)));
        assert_eq!(of.action_of("X_NO_1"), Some(None));
        assert_eq!(of.action_of("Y"), None);
    }

    #[test]
    fn people_are_found_as_the_mapping_says_and_not_otherwise() {
        let mut of = source();
        assert_eq!(of.login_of("Wang.Fang@Bank.example").as_deref(), Some("wang.fang"));
        assert_eq!(of.login_of("wang.fang@evil.example"), None);
        assert_eq!(of.login_of("z").as_deref(), Some("zhang"));
        of.people = FeedPeople::Named;
        assert_eq!(of.login_of("wang.fang@bank.example"), None);
    }

    #[test]
    fn what_is_wrong_with_a_source_is_named() {
        let field = |change: fn(&mut FeedSource)| {
            let mut of = source();
            change(&mut of);
            of.check().unwrap_err().field
        };
        assert_eq!(field(|s| s.name = "Bank".into()), "name");
        assert_eq!(field(|s| s.zone = "Mars/Olympus".into()), "zone");
        assert_eq!(field(|s| s.csv = None), "csv");
        assert_eq!(field(|s| s.format = FeedFormat::Ocsf), "csv");
        assert_eq!(field(|s| s.actions.clear()), "actions");
        assert_eq!(field(|s| s.actions = [("Q".to_owned(), Some(Action::NodeStart))].into()), "actions");
        assert_eq!(field(|s| s.people = FeedPeople::MailOf("a@b".into())), "people");
        assert_eq!(field(|s| s.csv.as_mut().unwrap().delimiter = Some('"')), "csv.delimiter");
    }
}
