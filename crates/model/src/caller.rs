//! Who asks, from where, by which means: the principal of a request and its surroundings.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::ids::{SessionId, TokenId, UserId};
use crate::time::UnixMs;

/// Access channel 访问方式.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Web,
    Api,
    /// The command line on the server's machine.
    Cli,
    Import,
    Export,
    Job,
    Agent,
    /// Made by the demo generator: never a person's act.
    Demo,
}

impl Channel {
    pub const ALL: [Channel; 8] = [
        Channel::Web,
        Channel::Api,
        Channel::Cli,
        Channel::Import,
        Channel::Export,
        Channel::Job,
        Channel::Agent,
        Channel::Demo,
    ];
    pub const fn as_str(self) -> &'static str {
        match self {
            Channel::Web => "web",
            Channel::Api => "api",
            Channel::Cli => "cli",
            Channel::Import => "import",
            Channel::Export => "export",
            Channel::Job => "job",
            Channel::Agent => "agent",
            Channel::Demo => "demo",
        }
    }
}

/// Access source 访问来源.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `None` for the command line and jobs.
    pub address: Option<IpAddr>,
    pub user_agent: Option<String>,
    pub channel: Channel,
}

/// An authenticated caller. Knowing who it is gives no right: only the gate does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub user: UserId,
    /// The person an agent or a job acts for; both are recorded, and rights are the intersection.
    pub on_behalf_of: Option<UserId>,
    pub session: Option<SessionId>,
    pub token: Option<TokenId>,
    /// What an API token is limited to; `None` means all that its owner may.
    pub token_actions: Option<Vec<Action>>,
    /// Signed in with a second factor.
    pub mfa: bool,
    pub origin: Origin,
    /// Why the caller says it asks 用途.
    pub purpose: Option<String>,
    pub request_id: String,
    /// When the request arrived. Decisions are made at this moment.
    pub at: UnixMs,
}
