//! What the house does by itself: whoever is handed over is on record as leaving, and officers are told when a last day is near.
//!
//! Rule: each step is one unit of the row that it is about, so that of two nodes one does it, and a crash repeats nothing.

use access::path::{Change, JournalError, Refusal};
use model::{Action, Channel, Decision, LeaverId, UnixMs, UserId, UserKind};
use serde_json::{Value, json};

use super::begin::day_of;
use super::row::{Leaver, LeaverState, told};
use crate::Store;
use crate::handover::HandoverState;
use crate::identity::Told;
use crate::notices::{News, NoticeKind};

const DAY_MS: i64 = 86_400_000;
/// Days within which a handover that began puts its leaver on record.
const HANDOVER_DAYS: i64 = 7;
/// A reminder comes so many days before the last day is over; the last when it is over for a day.
const REMINDED_BEFORE: [i64; 3] = [7, 1, -1];
/// Why it is known, where nobody said so.
const BY_HANDOVER: &str = "已开始离职交接 / a handover was begun";

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeaverRound {
    /// Put on record because a handover began.
    pub begun: u64,
    pub reminded: u64,
}

impl Store {
    /// Does what is due. Whatever happens in between, nothing is done twice.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: what was done until then is; the rest is by the next round.
    pub async fn leaver_round(&self, now: UnixMs) -> Result<LeaverRound, Refusal> {
        let mut round = LeaverRound::default();
        for (subject, handover) in self.handovers_since(now.plus_days(-HANDOVER_DAYS)).await? {
            round.begun += u64::from(self.begin_by_handover(subject, &handover, now).await?);
        }
        for leaver in self.leavers_where("state IN ('open', 'judged') ORDER BY id", vec![]).await? {
            let passed = REMINDED_BEFORE.iter().filter(|days| now.0 >= leaver.last_at.0 - **days * DAY_MS).count();
            let reached = u8::try_from(passed).unwrap_or(u8::MAX);
            // With a verdict nothing is late before the last day is over.
            let late = leaver.state == LeaverState::Open || passed == REMINDED_BEFORE.len();
            if late && reached > leaver.body.reminded {
                round.reminded += u64::from(self.remind_of_leaver(leaver, reached, now).await?);
            }
        }
        Ok(round)
    }

    /// Whether it was put on record now. Whoever is on record, or was since, is not put there again.
    async fn begin_by_handover(&self, subject: UserId, of: &HandoverState, now: UnixMs) -> Result<bool, Refusal> {
        let company = self.company();
        if company.users.get(&subject).is_none_or(|u| u.kind != UserKind::Person) {
            return Ok(false);
        }
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] =
            self.seals().row("leaver.handover", &[of.id.into(), subject.into()]);
        let id = LeaverId::from_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]);
        let all = self.leavers_where("subject = ?1", vec![subject.into()]).await?;
        let known = |l: &Leaver| {
            l.id == id || l.state.is_watched() || l.body.ended.as_ref().is_some_and(|e| e.at >= of.began_at)
        };
        if all.iter().any(known) {
            return Ok(false);
        }
        let (zone, _) = self.time_zone();
        let day = day_of(of.began_at, &zone).ok_or(Refusal::Damaged)?;
        let by = (None, BY_HANDOVER.to_owned());
        let (told, changes) = self.new_leaver((id, subject), (day, day), by, now)?;
        let detail = json!({ "act": "leaver.begin", "leaver": id, "user": subject, "handover": of.id });
        self.leaver_step(detail, told, changes, now).await
    }

    async fn remind_of_leaver(&self, mut leaver: Leaver, reached: u8, now: UnixMs) -> Result<bool, Refusal> {
        leaver.body.reminded = reached;
        let mut changes = vec![self.put_leaver(&mut leaver)?];
        let mut tells = vec![told(&leaver)];
        let mut officers = self.holders_of(Action::LeaverManage, now);
        officers.retain(|id| *id != leaver.subject);
        let news = News::of(NoticeKind::LeaverDue, now).about(leaver.id.as_bytes()).until(leaver.last_at);
        self.tell(&news.once_for(i64::from(reached)), officers).into_parts(&mut tells, &mut changes);
        let detail = json!({ "act": "leaver.remind", "leaver": leaver.id, "step": reached });
        self.leaver_step(detail, tells, changes, now).await
    }

    /// One unit of the house's; whether it was made, and nobody came first.
    async fn leaver_step(
        &self,
        detail: Value,
        told: Vec<Told>,
        changes: Vec<Change>,
        now: UnixMs,
    ) -> Result<bool, Refusal> {
        let caller = Self::system_caller(Channel::Job, "leavers", now);
        let detail = access::path::tell(detail, told);
        match self.gate.note(&caller, Action::LeaverManage, Decision::Allowed, detail, changes).await {
            Ok(_) => Ok(true),
            Err(JournalError::Conflict { .. } | JournalError::Taken { .. }) => Ok(false),
            Err(JournalError::Failed { reason, .. }) => Err(Refusal::StoreUnavailable(reason)),
            Err(JournalError::Unavailable) => Err(Refusal::AuditUnavailable),
        }
    }
}
