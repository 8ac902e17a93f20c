//! The surroundings of a request, the tests rules make of them, and what a decision says.

use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use model::policy::Counter;
use model::response::ResponseKind;
use model::{Channel, UnixMs};
use serde::{Deserialize, Serialize};

/// What a decision knows of the request besides who asks for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    pub now: UnixMs,
    /// Signed in with a second factor.
    pub mfa: bool,
    /// Within the company's working calendar.
    pub office_hours: bool,
    pub address: Option<IpAddr>,
    pub channel: Channel,
    /// A purpose was given.
    pub purpose: bool,
    /// Security training is current.
    pub trained: bool,
    /// In the order of [`Counter::ALL`].
    pub counters: [u64; Counter::ALL.len()],
}

impl Context {
    /// What an event keeps of it, beside what the caller says.
    pub fn asked(&self, engine: &super::Engine) -> model::Asked {
        model::Asked::new(engine.directory().epoch, self.office_hours, &self.counters)
    }

    pub fn count(&self, counter: Counter) -> u64 {
        let at = Counter::ALL.iter().position(|c| *c == counter);
        // There is none without a place; a count that is not known is not below anything.
        at.and_then(|at| self.counters.get(at)).copied().unwrap_or(u64::MAX)
    }
}

/// A test of the request alone. Gone from a predicate once it is bound to a context.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RequestTest {
    OfficeHours,
    Mfa,
    Purpose,
    Trained,
    /// The address is known and in one of the networks. An IPv4 address written as IPv6 counts as IPv4.
    Network(Vec<IpNet>),
    /// The address is known.
    HasAddress,
    Channel(Vec<Channel>),
    Below {
        counter: Counter,
        below: i64,
    },
    /// The moment has come: `now >= t`.
    From(UnixMs),
    /// The moment has not come yet: `now < t`.
    Until(UnixMs),
}

impl RequestTest {
    pub fn holds(&self, ctx: &Context) -> bool {
        match self {
            RequestTest::OfficeHours => ctx.office_hours,
            RequestTest::Mfa => ctx.mfa,
            RequestTest::Purpose => ctx.purpose,
            RequestTest::Trained => ctx.trained,
            RequestTest::Network(nets) => {
                ctx.address.map(|a| a.to_canonical()).is_some_and(|a| nets.iter().any(|n| n.contains(&a)))
            }
            RequestTest::HasAddress => ctx.address.is_some(),
            RequestTest::Channel(channels) => channels.contains(&ctx.channel),
            RequestTest::Below { counter, below } => i64::try_from(ctx.count(*counter)).is_ok_and(|n| n < *below),
            RequestTest::From(t) => ctx.now >= *t,
            RequestTest::Until(t) => ctx.now < *t,
        }
    }

    /// What the caller could do about it; nothing about time.
    pub fn remedy(&self) -> Option<Obligation> {
        Some(match self {
            RequestTest::OfficeHours => Obligation::OfficeHours,
            RequestTest::Mfa => Obligation::StepUp,
            RequestTest::Purpose => Obligation::GivePurpose,
            RequestTest::Trained => Obligation::Training,
            RequestTest::Network(_) | RequestTest::HasAddress => Obligation::Network,
            RequestTest::Channel(_) => Obligation::Channel,
            RequestTest::Below { counter, below } => Obligation::RateLimited { counter: *counter, below: *below },
            RequestTest::From(_) | RequestTest::Until(_) => return None,
        })
    }
}

/// What would turn a refusal into permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Obligation {
    /// Sign in with a second factor.
    StepUp,
    /// Say what it is for.
    GivePurpose,
    /// Say what it is for: no business reason can be seen.
    SayWhy,
    /// Come back within working hours.
    OfficeHours,
    /// Ask from a permitted network.
    Network,
    /// Renew the security training.
    Training,
    /// Use another channel.
    Channel,
    /// Wait until less was done of this kind.
    RateLimited { counter: Counter, below: i64 },
    /// So much was done of this kind that the record must be given by somebody else first.
    AskApproval { counter: Counter, below: i64 },
    /// A response 处置 stands against it.
    Restricted {
        response: ResponseKind,
        until: Option<UnixMs>,
        /// Of a throttle: how long until the next read.
        wait_ms: i64,
    },
}

/// A decision with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    pub allowed: bool,
    /// The rules that decided, sorted: the permits that hold, or the forbids that hold; empty when nothing permits.
    pub rules: Vec<Arc<str>>,
    /// For a refusal: what would help, if the request alone stands in the way.
    pub obligation: Option<Obligation>,
}
