//! The house looks for cases that are past their date, and tells who has to see to them.

use access::path::Refusal;
use model::{Action, CaseId, Channel, Decision, UnixMs, UserId};
use serde_json::json;

use super::Stored;
use super::row::Also;
use crate::company::SYSTEM;
use crate::notices::{News, NoticeKind, Telling};
use crate::proof::tables::CASE_FILE;
use crate::records::broken;
use crate::{Query, Store};

/// Cases looked at in one round.
const PART: i64 = 200;

impl Store {
    /// Notes and tells, once for each date, what has passed it: the owner, who watches, and everybody who handles cases. Gives how
    /// many.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]: what was told until then is.
    pub async fn escalate_cases(&self, now: UnixMs) -> Result<u64, Refusal> {
        let mut escalated = 0;
        let mut after = (UnixMs(i64::MIN), CaseId::from_bytes([0; 16]));
        loop {
            let condition = format!(
                "closed_at IS NULL AND due_at < ?1 AND (due_at, id) > (?2, ?3) ORDER BY due_at, id LIMIT {PART}"
            );
            let params = vec![now.into(), after.0.into(), after.1.into()];
            let rows = self.read(Query::new(CASE_FILE.select(&condition), params)).await?;
            if let Some(last) = rows.last() {
                after = (last.time(6).map_err(broken)?, CaseId::from_bytes(last.id(0).map_err(broken)?));
            }
            let full = i64::try_from(rows.len()).unwrap_or(0) == PART;
            // One that was altered beside the program is told by doctor; it stops no other.
            for mut stored in rows.iter().filter_map(|row| self.read_case(row).ok()) {
                if self.on_ground(now, |ground| stored.case.escalate(SYSTEM, ground)) {
                    self.tell_overdue(&mut stored, now).await?;
                    escalated += 1;
                }
            }
            if !full {
                return Ok(escalated);
            }
        }
    }

    async fn tell_overdue(&self, stored: &mut Stored, now: UnixMs) -> Result<(), Refusal> {
        let mut changes = vec![self.update_case(stored)?];
        let mut told = vec![stored.told(&Also::default())?];
        let to = self.case_handlers(now);
        self.tell_case_from_house(NoticeKind::CaseOverdue, stored, now, to).into_parts(&mut told, &mut changes);
        let detail = access::path::tell(json!({ "act": "case.escalate", "case": stored.id }), told);
        let caller = Self::system_caller(Channel::Job, "cases", now);
        let noted = self.gate.note(&caller, Action::CaseHandle, Decision::Allowed, detail, changes).await;
        noted.map(|_| ()).map_err(|error| match error {
            access::path::JournalError::Conflict { .. } => Refusal::Conflict,
            _ => Refusal::AuditUnavailable,
        })
    }

    /// News of a case that nobody made: its readers are those who may know of it.
    pub(super) fn tell_case_from_house(
        &self,
        kind: NoticeKind,
        stored: &Stored,
        now: UnixMs,
        to: impl IntoIterator<Item = UserId>,
    ) -> Telling {
        let may = self.told_of_case(stored, now);
        let news = News::of(kind, now).about(stored.id.as_bytes()).once_for(stored.version);
        self.tell(&news, to.into_iter().filter(|u| may.contains(u)))
    }
}
