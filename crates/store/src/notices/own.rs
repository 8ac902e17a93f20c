//! Which kinds of notices somebody wants: kept with what people keep for themselves.
//!
//! Rule: a kind that is off is not shown and not counted; it is written all the same, so that it is there when it is on again.

use std::collections::BTreeSet;

use access::path::{Disclosed, Grant, OnSystem, Operation, Refusal};
use model::{Action, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::NoticeKind;
use crate::Store;
use crate::company::operations;

const NAME: &str = "notices";

/// The kinds that the caller has off.
#[derive(Debug)]
pub struct ShowNoticeSettings;

/// Sets them, all of them.
#[derive(Debug)]
pub struct MuteNotices {
    pub off: BTreeSet<NoticeKind>,
}

operations! {
    ShowNoticeSettings: SelfRead, |_op| json!({ "act": "notice.settings" });
    MuteNotices: OwnSave, |op| json!({ "act": "notice.mute", "off": words(&op.off) });
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    off: BTreeSet<String>,
}

fn words(kinds: &BTreeSet<NoticeKind>) -> BTreeSet<String> {
    kinds.iter().map(|k| k.as_str().to_owned()).collect()
}

impl Store {
    pub(crate) async fn muted(&self, user: UserId) -> Result<BTreeSet<NoticeKind>, Refusal> {
        let kept = self.own::<Kept>(user, NAME).await?;
        // Whoever is asked about their own accesses is always told.
        let mutable = |kind: &NoticeKind| {
            !matches!(
                kind,
                NoticeKind::CaseQuestion | NoticeKind::EveningNote | NoticeKind::Training | NoticeKind::ReviewWaits
            )
        };
        Ok(kept.value.off.iter().filter_map(|k| NoticeKind::read(k)).filter(mutable).collect())
    }

    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn show_notice_settings(
        &self,
        grant: Grant<ShowNoticeSettings>,
    ) -> Result<Disclosed<BTreeSet<NoticeKind>>, Refusal> {
        match self.muted(grant.caller().user).await {
            Ok(off) => grant.carry_out(vec![], off).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::Conflict`], [`Refusal::Taken`] when they saved something else in the same moment; recorded.
    pub async fn mute_notices(&self, grant: Grant<MuteNotices>) -> Result<Disclosed<()>, Refusal> {
        let drafted = async {
            let mut own = self.own::<Kept>(grant.caller().user, NAME).await?;
            own.value.off = words(&grant.operation().off);
            own.write(self, grant.now())
        };
        match drafted.await {
            Ok((change, told)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
