//! Channels 通知渠道: alerts that go out to where people are: group robots of 企业微信, 钉钉 and 飞书, systems outside, a mailbox.
//!
//! Rules.
//! - A message tells of a rule, how grave it is, how much, and where to look: nothing of a customer, and of the person a pseudonym
//!   unless the channel says otherwise. It is read by whoever carries it.
//! - An address is a secret: whoever has a robot's may speak in its name. It is sealed, shown by its host alone, and in no log.
//! - Nobody who acts waits for a channel. What could not be sent is tried again, then is dead and shown; a channel that is stuck holds
//!   up itself alone; many alerts at once become one message.
//!
//! ```text
//! alert -> draft (routes) -> rows of `channel_message` -> due (pace, folds) -> Sender -> attempted
//! ```

mod draft;
mod heard;
mod kind;
mod outbox;
mod pace;
mod route;
mod settings;
mod trial;
mod words;

use async_trait::async_trait;
use zeroize::Zeroizing;

pub use detect::Family;
pub use heard::{Answered, Heard, Outcome};
pub use kind::{ChannelKind, Language};
pub use outbox::{DueMessage, ListMessages, MessageView, Outgoing, RetryMessage};
pub use pace::Pace;
pub use route::{Digest, Hours, Route};
pub(crate) use settings::{CHANNELS, Channels};
pub use settings::{ChangeChannels, Channel, ChannelChange, ChannelSecret, ReadChannels, ShownChannel, ShownChannels};
pub use trial::{TestAnswer, TestChannel};

/// A message as it goes out. Its address is a secret.
pub struct Post {
    pub url: Zeroizing<String>,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// Whether its host may lie inside.
    pub inside: bool,
}

/// Hands messages to systems outside. This crate talks to no network.
#[async_trait]
pub trait Sender: Send + Sync + 'static {
    /// MUST answer within some ten seconds, whatever the system does; MUST follow no redirect, and go inside only where the message
    /// says so.
    async fn send(&self, post: Post) -> Answered;
}
