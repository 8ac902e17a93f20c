//! Where somebody wants mail, and of which notices: at once, or once a day.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, UnixMs, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::settings::is_address;
use crate::Store;
use crate::company::operations;
use crate::notices::NoticeKind;

pub(super) const NAME: &str = "mail";

/// What the caller wants by mail.
#[derive(Debug)]
pub struct ShowOwnMail;

/// Sets it, all of it.
#[derive(Debug)]
pub struct SetOwnMail {
    pub wanted: OwnMail,
}

operations! {
    ShowOwnMail: SelfRead, |_op| json!({ "act": "mail.settings" });
    // The address is the person's: whether there is one is enough.
    SetOwnMail: OwnSave, |op| json!({
        "act": "mail.want", "address": op.wanted.address.is_some(),
        "at_once": words(&op.wanted.at_once), "daily": words(&op.wanted.daily),
    });
}

/// What one person wants by mail. A kind in neither set is not mailed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnMail {
    /// Without one nothing is sent.
    pub address: Option<String>,
    pub at_once: BTreeSet<NoticeKind>,
    /// At half past eight of the company's day.
    pub daily: BTreeSet<NoticeKind>,
}

/// It, and what the company lets be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownOwnMail {
    pub wanted: OwnMail,
    /// Whether the company has a mail server.
    pub available: bool,
    /// Domains that an address may have; any if there is none.
    pub domains: Vec<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    address: Option<String>,
    #[serde(default)]
    at_once: BTreeSet<String>,
    #[serde(default)]
    daily: BTreeSet<String>,
    /// When it was set: what was told before is not mailed.
    #[serde(default)]
    pub(super) since: i64,
}

fn words(kinds: &BTreeSet<NoticeKind>) -> BTreeSet<String> {
    kinds.iter().map(|k| k.as_str().to_owned()).collect()
}

impl Kept {
    pub(super) fn wanted(&self) -> OwnMail {
        let kinds = |words: &BTreeSet<String>| words.iter().filter_map(|k| NoticeKind::read(k)).collect();
        OwnMail { address: self.address.clone(), at_once: kinds(&self.at_once), daily: kinds(&self.daily) }
    }
    pub(super) fn since(&self) -> UnixMs {
        UnixMs(self.since)
    }
}

impl Store {
    pub(crate) async fn own_mail(&self, user: UserId) -> Result<OwnMail, Refusal> {
        Ok(self.own::<Kept>(user, NAME).await?.value.wanted())
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn show_own_mail(&self, grant: Grant<ShowOwnMail>) -> Result<Disclosed<ShownOwnMail>, Refusal> {
        match self.own_mail(grant.caller().user).await {
            Ok(wanted) => {
                let company = self.company();
                let server = company.mail.as_ref().map(|m| &m.server);
                let domains = server.map(|s| s.domains.clone()).unwrap_or_default();
                grant.carry_out(vec![], ShownOwnMail { wanted, available: server.is_some(), domains }).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::Invalid`] for the address or a kind in both sets; [`Refusal::Conflict`] when they saved something else in the same
    /// moment; recorded.
    pub async fn set_own_mail(&self, grant: Grant<SetOwnMail>) -> Result<Disclosed<()>, Refusal> {
        let drafted = async {
            let OwnMail { address, at_once, daily } = &grant.operation().wanted;
            if let Some(address) = address {
                let company = self.company();
                let taken = match &company.mail {
                    Some(mail) => mail.server.sends_to(address),
                    None => is_address(address),
                };
                if !taken {
                    let reason = "one address, of a domain that mail is sent to";
                    return Err(Refusal::invalid("mail.address", "invalid_value", reason));
                }
            }
            if at_once.intersection(daily).next().is_some() {
                return Err(Refusal::invalid("mail.daily", "invalid_value", "a kind comes at once or once a day"));
            }
            let mut own = self.own::<Kept>(grant.caller().user, NAME).await?;
            own.value =
                Kept { address: address.clone(), at_once: words(at_once), daily: words(daily), since: grant.now().0 };
            own.write(self, grant.now())
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
