//! Who sees to a check until when, and what is put up with.

use access::path::{Disclosed, Grant, OnSystem, Refusal};
use govern::posture::{Check, Risk, check};
use model::{UnixMs, UserStatus};
use serde_json::json;

use super::row::Care;
use super::{AssignCheck, ConfirmWaiver, LiftWaiver, MOST_REASON, MOST_WAIVER_DAYS, WaiveCheck, Waiver};
use crate::Store;
use crate::company::{Note, barred};

/// The check of a name.
fn known(id: &str) -> Result<&'static Check, Refusal> {
    check(id).ok_or(Refusal::NotFound)
}

fn checked_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    let long = reason.chars().count();
    if !(1..=MOST_REASON).contains(&long) || reason.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::invalid("reason", "invalid_value", format!("1 to {MOST_REASON} characters")));
    }
    Ok(reason.to_owned())
}

/// What stood there before, for the event.
fn note_old(note: &Note, care: &Care) {
    let waiver = care.kept.waiver.as_ref().map(|w| json!({ "until": w.until, "by": w.by, "second": w.second }));
    note.set(json!({ "owner": care.kept.owner, "due": care.kept.due_at, "waiver": waiver }));
}

impl Store {
    async fn keep_care<O: OnSystem>(
        &self,
        grant: Grant<O>,
        drafted: Result<Care, Refusal>,
    ) -> Result<Disclosed<()>, Refusal> {
        let drafted = drafted.and_then(|mut care| Ok((self.put_care(&mut care)?, care.told())));
        match drafted {
            Ok((change, told)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// # Errors
    /// [`Refusal::NotFound`] for no such check; [`Refusal::Invalid`] for an owner who is not active, or a date that is past;
    /// [`Refusal::Conflict`] when somebody else was first; recorded.
    pub async fn assign_check(&self, grant: Grant<AssignCheck>) -> Result<Disclosed<()>, Refusal> {
        let drafted = async {
            let (op, now) = (grant.operation(), grant.now());
            let mut care = self.care_of(known(&op.check)?, now).await?;
            let company = self.company();
            let active = |id| company.users.get(&id).is_some_and(|u| u.status == UserStatus::Active);
            if op.owner.is_some_and(|id| !active(id)) {
                return Err(Refusal::invalid("owner", "unknown_user", "somebody with an active account"));
            }
            if let Some(due) = op.due_at
                && Some(due) != care.kept.due_at
                && (due <= now || due > now.plus_days(3660))
            {
                return Err(Refusal::invalid("due_at", "invalid_value", "a moment to come, within ten years"));
            }
            note_old(&op.note, &care);
            (care.kept.owner, care.kept.due_at) = (op.owner, op.due_at);
            Ok(care)
        };
        let drafted = drafted.await;
        self.keep_care(grant, drafted).await
    }

    /// # Errors
    /// As [`Store::assign_check`]; [`Refusal::Invalid`] for the reason or the end.
    pub async fn waive_check(&self, grant: Grant<WaiveCheck>) -> Result<Disclosed<()>, Refusal> {
        let drafted = async {
            let (op, now) = (grant.operation(), grant.now());
            let check = known(&op.check)?;
            let reason = checked_reason(&op.reason)?;
            if op.until <= now || op.until > now.plus_days(MOST_WAIVER_DAYS) {
                let reason = format!("a moment to come, within {MOST_WAIVER_DAYS} days");
                return Err(Refusal::invalid("until", "invalid_value", reason));
            }
            let mut care = self.care_of(check, now).await?;
            note_old(&op.note, &care);
            let (by, until) = (grant.caller().user, op.until);
            care.kept.waiver = Some(Waiver { by, at: now, until, reason, second: None, two: check.risk == Risk::High });
            Ok(care)
        };
        let drafted = drafted.await;
        self.keep_care(grant, drafted).await
    }

    /// The waiver there is, with the row it stands in.
    async fn waived(&self, id: &str, now: UnixMs) -> Result<(Care, Waiver), Refusal> {
        let care = self.care_of(known(id)?, now).await?;
        let waiver = care.kept.waiver.clone().filter(|w| w.until > now);
        let none = || barred("posture_no_waiver", "there is no waiver of this check");
        waiver.map(|w| (care, w)).ok_or_else(none)
    }

    /// # Errors
    /// [`Refusal::Barred`] `posture_no_waiver`, and `posture_second_person` for who asked for it; as [`Store::assign_check`].
    pub async fn confirm_waiver(&self, grant: Grant<ConfirmWaiver>) -> Result<Disclosed<()>, Refusal> {
        let drafted = async {
            let (mut care, waiver) = self.waived(&grant.operation().check, grant.now()).await?;
            if waiver.state(grant.now()) != "waiting" {
                return Err(barred("posture_no_waiver", "no waiver of this check waits for a second person"));
            }
            let mut own = std::iter::once(grant.caller().user).chain(grant.caller().on_behalf_of);
            if own.any(|user| user == waiver.by) {
                return Err(barred("posture_second_person", "somebody else has to agree"));
            }
            care.kept.waiver = Some(Waiver { second: Some(grant.caller().user), ..waiver });
            Ok(care)
        };
        let drafted = drafted.await;
        self.keep_care(grant, drafted).await
    }

    /// # Errors
    /// [`Refusal::Barred`] `posture_no_waiver`; as [`Store::assign_check`].
    pub async fn lift_waiver(&self, grant: Grant<LiftWaiver>) -> Result<Disclosed<()>, Refusal> {
        let drafted = async {
            let (mut care, _) = self.waived(&grant.operation().check, grant.now()).await?;
            care.kept.waiver = None;
            Ok(care)
        };
        let drafted = drafted.await;
        self.keep_care(grant, drafted).await
    }
}
