//! What is known of the instance, each with when and where from.

use model::UnixMs;
use serde::{Deserialize, Serialize};

/// Where a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// What the running server was started with.
    Configuration,
    /// Files of the instance, and who may read them.
    Files,
    /// The machine that the server runs on.
    Machine,
    /// The database server, about itself.
    Database,
    /// People, rules and settings in force.
    Company,
    /// Rows beside the log.
    Rows,
    /// The access log.
    Log,
    #[default]
    Nowhere,
}

/// Something that is known, or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Fact<T> {
    Known {
        value: T,
        at: UnixMs,
        from: Source,
    },
    /// It could not be had.
    #[default]
    Unknown,
    /// There is no such thing here.
    None,
}

impl<T> Fact<T> {
    pub const fn known(value: T, at: UnixMs, from: Source) -> Self {
        Fact::Known { value, at, from }
    }
}

/// How people reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Web {
    /// The server itself answers by TLS.
    pub tls: bool,
    /// It listens for its own machine only.
    pub loopback: bool,
    /// The address people use begins with https.
    pub https: bool,
    /// The sentence that allows plain HTTP beyond the machine stands in the configuration.
    pub insecure: bool,
    /// Addresses whose word on who asks is believed, as the power of two of how many they are.
    pub believed_bits: u32,
    /// The published log is served.
    pub ledger_public: bool,
    /// It is written into a folder as well.
    pub ledger_folder: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    pub until: UnixMs,
    /// Others can read its key.
    pub key_open: bool,
}

/// Who else can read what is in the instance's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    pub open: u64,
    pub keys_open: u64,
    pub config_open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    pub free_mib: u64,
    pub free_percent: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockState {
    /// Whether the machine says that its clock follows a time server.
    pub synchronised: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Days since the program's file was written.
    pub days: i64,
    /// It was built for trying things out.
    pub debug: bool,
}

/// What the database server says of itself and of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    pub superuser: bool,
    pub makes_roles: bool,
    /// The connection is encrypted, or does not leave the machine.
    pub private: bool,
    pub checksums: bool,
    /// How far its clock is from ours.
    pub apart_ms: i64,
    /// Its changes are on disk before it says so.
    pub durable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// They are in a token that does not give them out.
    pub token: bool,
    pub days: i64,
    /// What is still wrapped under older versions.
    pub under_older: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    pub days: Option<i64>,
    /// The newest copy has the keys in it.
    pub with_keys: bool,
    pub drill_days: Option<i64>,
    /// What the last trial found wrong; `None` where somebody only said that they had looked.
    pub drill_failed: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accounts {
    pub people: u64,
    pub administrators: u64,
    /// People with two roles that exclude each other.
    pub clashes: u64,
    /// Of the three duties, those that nobody has.
    pub duties_vacant: u64,
    /// People of the security duty: what needs a second person needs two.
    pub officers: u64,
    /// Programs for which nobody answers.
    pub services_alone: u64,
    /// People who did nothing for ninety days.
    pub dormant: u64,
    /// Accounts that are off and still own records.
    pub leavers_owning: u64,
    /// People nobody is above, beyond those who lead.
    pub roleless: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Active people who have a password.
    pub people: u64,
    pub with_code: u64,
    /// Administrators without a second factor.
    pub administrators_bare: u64,
    /// Passwords older than a year.
    pub old: u64,
    /// First passwords that were not changed for two weeks.
    pub first: u64,
    /// Kept by weaker parameters than today's.
    pub weak_hashes: u64,
    /// Enrolled and never confirmed.
    pub unconfirmed: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sessions {
    pub idle_minutes: u64,
    pub absolute_hours: u64,
    /// Administrators' sessions now, without a second factor.
    pub administrators_bare: u64,
    /// Refused sign-ins of the last day.
    pub refused: u64,
    /// Emergency accesses of the last thirty days.
    pub emergencies: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    pub live: u64,
    /// Not used for ninety days.
    pub idle: u64,
    /// Good for more than half a year from now.
    pub long: u64,
    /// For whatever their account may do.
    pub whole: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    pub endless: u64,
    /// Given to a whole department or role.
    pub wide: u64,
    /// Older than half a year.
    pub old: u64,
    /// Requests that wait for more than a week.
    pub requests_late: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exports {
    pub approve_above: Option<u64>,
    pub approve_sensitive: bool,
    pub lasts_hours: u64,
    pub downloads: u64,
    pub rows_per_day: Option<u64>,
    /// Files that are past their time and still there.
    pub overdue: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    pub rules: u64,
    pub off: u64,
    pub left_out: u64,
    pub decoys: u64,
    pub channels: u64,
    /// Messages of the last week that nobody got.
    pub undelivered: u64,
    /// What the house takes by itself.
    pub automatic: u64,
    /// People are asked in the evening about what they opened.
    pub evening: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alerts {
    /// High or critical, open for more than three days.
    pub waiting: u64,
    pub cases_overdue: u64,
    /// Questions to people that wait for more than a week.
    pub unanswered: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// `None` for ever.
    pub kept_days: Option<u64>,
    pub verified_hours: Option<i64>,
    pub verify_hours: i64,
    pub findings: u64,
    /// Since the oldest event that no signed state covers.
    pub unsigned_minutes: i64,
    pub reviewed_days: Option<i64>,
    pub review_days: i64,
    /// Object types of which the log says less.
    pub thinned: u64,
    /// How far the newest event is ahead of now.
    pub ahead_seconds: i64,
    /// Events about records since a week without a reason that the system saw, in thousandths.
    pub unexplained: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reports {
    pub plans: u64,
    pub last_days: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    pub people: u64,
    pub current: u64,
    pub overdue: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub configured: bool,
    pub encrypted: bool,
    /// Mails of the last week that were not taken.
    pub undelivered: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    pub sources: u64,
    /// Of those, from which nothing came for a week.
    pub silent: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Rules that ask for a purpose before a value is shown in the clear.
    pub purpose: u64,
    /// Rules that ask for a second factor.
    pub second_factor: u64,
    /// Rules that ask for current training.
    pub trained: u64,
    /// Rules that permit everybody something about all records.
    pub everybody: u64,
}

/// All that is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub now: UnixMs,
    pub web: Fact<Web>,
    pub certificate: Fact<Certificate>,
    pub files: Fact<Files>,
    pub disk: Fact<Disk>,
    pub clock: Fact<ClockState>,
    pub program: Fact<Program>,
    pub database: Fact<Database>,
    pub keys: Fact<Keys>,
    pub backups: Fact<Backups>,
    pub accounts: Fact<Accounts>,
    pub credentials: Fact<Credentials>,
    pub sessions: Fact<Sessions>,
    pub tokens: Fact<Tokens>,
    pub shares: Fact<Shares>,
    pub exports: Fact<Exports>,
    pub detection: Fact<Detection>,
    pub alerts: Fact<Alerts>,
    pub log: Fact<Log>,
    pub reports: Fact<Reports>,
    pub training: Fact<Training>,
    pub mail: Fact<Mail>,
    pub feeds: Fact<Feeds>,
    pub policy: Fact<Policy>,
}
