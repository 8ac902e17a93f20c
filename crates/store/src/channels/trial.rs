//! A channel is tried: a message really goes out, and what was answered is shown.

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::Action;
use serde_json::{Value, json};

use super::{ChannelKind, Heard, Outcome, Sender};
use crate::Store;
use crate::company::{Note, barred, operations};
use crate::ids::random;
use crate::mail::Carrier;

/// Sends a message by a channel, also by one that is off.
#[derive(Debug)]
pub struct TestChannel {
    pub name: String,
    pub note: Note,
}

operations! {
    TestChannel: SettingManage, |op| json!({
        "act": "channel.test", "channel": op.name, "outcome": op.note.get(),
    });
}

/// The channel took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestAnswer {
    pub status: Option<u16>,
    pub code: Option<i64>,
    /// The other side's own words.
    pub words: String,
}

/// The words of an answer, or why there was none, for who tries a channel.
fn said(heard: &Heard) -> String {
    let mut parts: Vec<String> = vec![];
    parts.extend(heard.status.map(|s| format!("HTTP {s}")));
    parts.extend(heard.error.map(str::to_owned));
    parts.extend(Some(heard.words.clone()).filter(|w| !w.is_empty()));
    parts.join(": ")
}

impl Store {
    /// Sends a test message; gives what was answered.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Barred`] `mail_off`, `channel_unreachable`, `channel_refused` with the answer as its reason;
    /// recorded.
    pub async fn test_channel(
        &self,
        grant: Grant<TestChannel>,
        sender: &dyn Sender,
        carrier: &dyn Carrier,
    ) -> Result<Disclosed<TestAnswer>, Refusal> {
        let tried = async {
            let company = self.company();
            let kept = company.channels.find(&grant.operation().name).ok_or(Refusal::NotFound)?;
            let (opened, now) = (self.open_channel(kept)?, grant.now());
            let message = self.test_message(now);
            let heard = if kept.channel.kind == ChannelKind::Mail {
                let server = self.open_mail_server()?.ok_or_else(|| barred("mail_off", "no mail server is set"))?;
                if !server.server.sends_to(&opened.url) {
                    let reason = "one address, of a domain that mail is sent to";
                    return Err(Refusal::invalid("address", "invalid_value", reason));
                }
                let letter = message.letter(kept.channel.language);
                Heard::carried(&carrier.carry(server, opened.url.to_string(), letter).await)
            } else {
                let id = model::MessageId::new(now, random()).to_string();
                Heard::read(kept.channel.kind, &sender.send(opened.post(&message, &id, now)).await)
            };
            grant.operation().note.set(json!({
                "taken": heard.outcome == Outcome::Taken, "status": heard.status, "code": heard.code,
                "error": heard.error,
            }));
            match (heard.outcome, heard.status.is_some() || heard.code.is_some()) {
                (Outcome::Taken, _) => Ok(TestAnswer { status: heard.status, code: heard.code, words: heard.words }),
                (_, true) => Err(barred("channel_refused", said(&heard))),
                (_, false) => Err(barred("channel_unreachable", said(&heard))),
            }
        };
        match tried.await {
            Ok(answer) => grant.carry_out(vec![], answer).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
