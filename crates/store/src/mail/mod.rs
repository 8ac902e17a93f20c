//! Mail 邮件: notices that also go out by mail, by the company's own mail server.
//!
//! Rule: a mail says how many notices of which kinds wait, and where to read them: nothing of what they are about, for mail is read
//! by whoever carries it. Who wants none gets none. Nobody who acts waits for a mail server; what could not be sent is tried
//! again, for a day, then it is dead and shown.
//!
//! ```text
//! notices -> draft (each minute, by the house) -> rows of `mail` -> due -> Carrier -> attempted
//! ```

mod draft;
mod letter;
mod outbox;
mod own;
mod settings;

use async_trait::async_trait;

pub use letter::Letter;
pub use outbox::{DueMail, ListMails, MailView, RetryMail};
pub use own::{OwnMail, SetOwnMail, ShowOwnMail, ShownOwnMail};
pub use settings::{
    ChangeMailServer, MailPassword, MailSecurity, MailServer, OpenServer, ReadMailServer, ShownMailServer, TestMail,
    may_carry,
};
pub(crate) use settings::{KeptMail, MAIL_SERVER, is_address};

/// Why a mail was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailError {
    /// The name is not known, nothing listens there, or it does not answer in time.
    Unreachable,
    /// No encrypted connection came about.
    Tls,
    /// Account or password were not taken.
    Auth,
    /// The server said no to the mail itself.
    Refused,
}

impl MailError {
    pub const fn as_str(self) -> &'static str {
        match self {
            MailError::Unreachable => "unreachable",
            MailError::Tls => "tls",
            MailError::Auth => "auth",
            MailError::Refused => "refused",
        }
    }
    const fn code(self) -> &'static str {
        match self {
            MailError::Unreachable => "mail_unreachable",
            MailError::Tls => "mail_tls",
            MailError::Auth => "mail_auth",
            MailError::Refused => "mail_refused",
        }
    }
}

/// What became of handing a mail over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    pub error: Option<MailError>,
    /// SMTP's three digits, if the server answered.
    pub code: Option<u16>,
    /// The server's own words, or why there were none: shown to who tests, kept nowhere.
    pub answer: String,
}

impl Carried {
    /// Whether trying again is of no use: the server said so (5yz), and not about who asks.
    pub(crate) fn is_final(&self) -> bool {
        self.error == Some(MailError::Refused) && self.code.is_some_and(|c| c >= 500)
    }
}

/// Hands mail to a mail server. This crate talks to no network.
#[async_trait]
pub trait Carrier: Send + Sync + 'static {
    /// MUST answer within some ten seconds, whatever the server does.
    async fn carry(&self, server: OpenServer, to: String, letter: Letter) -> Carried;
}
