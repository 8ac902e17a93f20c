//! What was decided is done: a role taken, a share or token ended, once, by the acts that always do so, each told by an event of its own.

use access::path::{Change, JournalError, Refusal, tell};
use govern::review::{Item, Verdict};
use model::{Action, Channel, Decision, RoleName, ShareId, UnixMs, UserId};
use serde_json::{Value, json};

use super::begin::made;
use super::row::{Applied, Line, told_lines};
use crate::Store;
use crate::company::{Draft, barred, check_holders};
use crate::identity::{Forget, moved};
use crate::proof::tables::MEMBER;
use crate::records::broken;

/// How often a change of the company is drafted anew because another came first.
const ATTEMPTS: usize = 5;

/// Why a unit was not made.
enum Refused {
    Journal(JournalError),
    Draft(Refusal),
}

fn is_duty(role: &RoleName) -> bool {
    crate::company::DUTIES.contains(&role.as_str())
}

fn result(what: &str, code: Option<&str>, at: UnixMs) -> Applied {
    Applied { at, what: what.to_owned(), code: code.map(str::to_owned), ended_at: None }
}

impl Store {
    /// Does what was decided about a line; whether it was done now. A crash before leaves it to the next round; after, it is done.
    pub(super) async fn apply_line(&self, mut line: Line, now: UnixMs) -> Result<bool, Refusal> {
        let Some(decided) = line.body.decided.clone() else { return Ok(false) };
        line.state = "done";
        match decided.verdict {
            Verdict::Keep => {
                line.body.applied = Some(result("kept", None, now));
                self.settle_line(line, now).await
            }
            Verdict::Revoke => self.take_away(line, decided.by.is_some(), now).await,
            Verdict::Narrow { until, read_only } => {
                line.ends_at = until;
                if let (true, Item::Share { share, record, .. }) = (read_only, &line.body.item) {
                    let (share, record) = (*share, *record);
                    return self.narrow_share(line, share, record, now).await;
                }
                line.body.applied = Some(result("applied", None, now));
                self.settle_line(line, now).await
            }
        }
    }

    /// What was narrowed to a moment that has come ends.
    pub(super) async fn end_line(&self, mut line: Line, now: UnixMs) -> Result<bool, Refusal> {
        line.ends_at = None;
        let by_person = line.body.decided.as_ref().is_some_and(|d| d.by.is_some());
        let before = line.body.applied.clone();
        if let Some(before) = &mut line.body.applied {
            before.ended_at = Some(now);
        }
        let keeps = line.body.applied.clone();
        self.take_away_keeping(line, by_person, keeps.or(before), now).await
    }

    /// The row alone, with an event that says what came of it.
    async fn settle_line(&self, mut line: Line, now: UnixMs) -> Result<bool, Refusal> {
        let change = self.put_line(&mut line)?;
        let detail = json!({
            "act": "review.apply", "review": line.review, "line": line.id, "result": line.body.applied,
        });
        self.review_step(detail, vec![told_lines([&line])], vec![change], now).await
    }

    async fn take_away(&self, line: Line, by_person: bool, now: UnixMs) -> Result<bool, Refusal> {
        self.take_away_keeping(line, by_person, None, now).await
    }

    async fn take_away_keeping(
        &self,
        mut line: Line,
        by_person: bool,
        keeps: Option<Applied>,
        now: UnixMs,
    ) -> Result<bool, Refusal> {
        let done = |what: &str, code: Option<&str>| keeps.clone().unwrap_or_else(|| result(what, code, now));
        match line.body.item.clone() {
            Item::Role { role, .. } => {
                let Some(user) = line.subject else { return Err(Refusal::Damaged) };
                if !self.company().users.get(&user).is_some_and(|u| u.roles.contains(&role)) {
                    line.body.applied = Some(done("gone", None));
                    return self.settle_line(line, now).await;
                }
                line.body.applied = Some(done("applied", None));
                match self.take_role_by_review(&line, (user, role), by_person, now).await {
                    Ok(done) => Ok(done),
                    Err(Refusal::Barred { code, .. }) => {
                        line.body.applied = Some(result("failed", Some(code), now));
                        self.settle_line(line, now).await
                    }
                    Err(refusal) => Err(refusal),
                }
            }
            Item::Share { share, record, .. } => {
                let there = "SELECT 1 FROM member WHERE id = ?1 AND record = ?2";
                let there = crate::Query::point(there, vec![share.into(), record.into()]);
                if self.read(there).await?.is_empty() {
                    line.body.applied = Some(done("gone", None));
                    return self.settle_line(line, now).await;
                }
                line.body.applied = Some(done("applied", None));
                let end = "DELETE FROM member WHERE id = ?1 AND record = ?2";
                let end = Change::new(end, vec![share.into(), record.into()]).expecting(1);
                let changes = vec![self.put_line(&mut line)?, end];
                let detail = json!({ "act": "share.end", "review": line.review, "line": line.id });
                let detail = tell(detail, [told_lines([&line]), ("end_share", json!(share))]);
                let caller = Self::system_caller(Channel::Job, "reviews", now);
                let noted = self.gate.note_about(&caller, Action::GrantRevoke, record, detail, changes).await;
                made(noted.map(|_| ()))
            }
            Item::Token { token, .. } => {
                let there = "SELECT 1 FROM token WHERE id = ?1 AND ended_at IS NULL";
                if self.read(crate::Query::point(there, vec![token.into()])).await?.is_empty() {
                    line.body.applied = Some(done("gone", None));
                    return self.settle_line(line, now).await;
                }
                line.body.applied = Some(done("applied", None));
                let end = Change::new(
                    "UPDATE token SET ended_at = ?2, live = NULL WHERE id = ?1 AND ended_at IS NULL",
                    vec![token.into(), now.into()],
                );
                let changes = vec![self.put_line(&mut line)?, end.expecting(1), moved()];
                let detail = json!({ "act": "token.revoke", "token": token, "review": line.review, "line": line.id });
                let detail = tell(detail, [told_lines([&line])]);
                let caller = Self::system_caller(Channel::Job, "reviews", now);
                let noted = self.gate.note(&caller, Action::UserManage, Decision::Allowed, detail, changes).await;
                self.identity.forget(&[Forget::Token(token)]);
                made(noted.map(|_| ()))
            }
        }
    }

    async fn narrow_share(
        &self,
        mut line: Line,
        share: ShareId,
        record: model::RecordId,
        now: UnixMs,
    ) -> Result<bool, Refusal> {
        let query = crate::Query::point(MEMBER.select("id = ?1 AND record = ?2"), vec![share.into(), record.into()]);
        let rows = self.read(query).await?;
        let Some(row) = rows.first().filter(|row| MEMBER.is_sealed(self.seals(), row)) else {
            line.ends_at = None;
            line.body.applied = Some(result("gone", None, now));
            return self.settle_line(line, now).await;
        };
        let mut params: Vec<access::path::Param> = row.0.get(..MEMBER.columns.len()).unwrap_or_default().to_vec();
        // The level is the sixth of its columns.
        if let Some(level) = params.get_mut(5) {
            *level = "read".into();
        }
        let seal = self.seals().row(MEMBER.name, &params).to_vec();
        let old = row.bytes(MEMBER.columns.len()).map_err(broken)?.to_vec();
        let narrowed = Change::new(
            "UPDATE member SET level = 'read', seal = ?2 WHERE id = ?1 AND seal = ?3",
            vec![share.into(), seal.into(), old.into()],
        );
        line.body.applied = Some(result("applied", None, now));
        let changes = vec![self.put_line(&mut line)?, narrowed.expecting(1)];
        let detail =
            json!({ "act": "share.narrow", "share": share, "level": "read", "review": line.review, "line": line.id });
        let detail = tell(detail, [told_lines([&line])]);
        let caller = Self::system_caller(Channel::Job, "reviews", now);
        made(self.gate.note_about(&caller, Action::GrantRevoke, record, detail, changes).await.map(|_| ()))
    }

    /// As an officer takes a role: the same rules hold, and a duty is taken by a person's word alone.
    async fn take_role_by_review(
        &self,
        line: &Line,
        (user, role): (UserId, RoleName),
        by_person: bool,
        now: UnixMs,
    ) -> Result<bool, Refusal> {
        if is_duty(&role) && !by_person {
            return Err(barred("separate_duty", "only a person gives or takes an administrative duty"));
        }
        let (store, line) = (self.clone(), line.clone());
        // What is durable must be in force, also when whoever asked has gone.
        let work = async move { store.take_role_now(line, user, &role, now).await };
        tokio::spawn(work).await.unwrap_or(Err(Refusal::AuditUnavailable))
    }

    async fn take_role_now(&self, line: Line, user: UserId, role: &RoleName, now: UnixMs) -> Result<bool, Refusal> {
        let _one_at_a_time = self.company.admin.clone().lock_owned().await;
        for _ in 0..ATTEMPTS {
            self.refresh().await.map_err(|e| Refusal::StoreUnavailable(e.to_string()))?;
            match self.draft_taking(line.clone(), user, role, now).await {
                Ok(()) => return Ok(true),
                Err(Refused::Draft(refusal)) => return Err(refusal),
                Err(Refused::Journal(JournalError::Unavailable)) => return Err(Refusal::AuditUnavailable),
                Err(Refused::Journal(JournalError::Failed { reason, .. })) => {
                    return Err(Refusal::StoreUnavailable(reason));
                }
                // The line's row, or the company's: whichever it was, the picture of now says.
                Err(Refused::Journal(_)) => {
                    let found = self.lines_where("id = ?1", vec![line.id.into()]).await?;
                    if found.first().is_none_or(|l| l.version != line.version) {
                        return Ok(false);
                    }
                }
            }
        }
        Err(Refusal::Conflict)
    }

    async fn draft_taking(&self, mut line: Line, user: UserId, role: &RoleName, now: UnixMs) -> Result<(), Refused> {
        let mut draft = Draft::new(self.company(), self.seals().clone());
        let account = draft.next.users.get_mut(&user).ok_or(Refused::Draft(Refusal::NotFound))?;
        account.roles.remove(role);
        check_holders(&draft.from, &draft.next).map_err(Refused::Draft)?;
        draft.push_expecting(
            "DELETE FROM user_role WHERE user_id = ?1 AND role = ?2",
            vec![user.into(), role.as_str().into()],
            1,
        );
        let change = self.put_line(&mut line).map_err(Refused::Draft)?;
        draft.changes.push(change);
        draft.told.push(told_lines([&line]));
        let by = line.body.decided.as_ref().and_then(|d| d.by);
        let detail: Value = json!({
            "act": "role.take", "user": user, "role": role, "review": line.review, "line": line.id, "decided_by": by,
        });
        let told = draft.seal(now);
        let detail = tell(detail, [told].into_iter().chain(std::mem::take(&mut draft.told)));
        let caller = Self::system_caller(Channel::Job, "reviews", now);
        let noted = self.gate.note(&caller, Action::RoleAssign, Decision::Allowed, detail, draft.changes).await;
        noted.map_err(Refused::Journal)?;
        self.install(draft.next);
        Ok(())
    }
}
