//! Emergency access 紧急访问: open one record for reading for some hours, without being asked first.
//!
//! Rule: it is told at once to the security administrators, as a request that they must review in words; until they have, the
//! same person opens nothing else this way. The access is a share that ends by itself; its reason stands sealed in the request,
//! and as the purpose in the event.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Refusal};
use model::approval::Wanted;
use model::{Action, FieldLevel, ObjectName, RecordId, RequestId, Sensitivity, ShareId, StoredRow, UnixMs};
use serde_json::json;

use super::decide::NewShare;
use super::row::{check_words, new_request};
use crate::Store;
use crate::company::barred;
use crate::ids::random;
use crate::notices::{News, NoticeKind};
use crate::{Query, records::broken};

/// Longest emergency access.
pub const BREAK_GLASS_HOURS: u16 = 4;
/// Shortest reason.
const LEAST_REASON: usize = 10;

/// Open one record.
pub struct BreakGlass {
    pub object: ObjectName,
    pub id: RecordId,
    /// 1 to [`BREAK_GLASS_HOURS`].
    pub hours: u16,
    /// At least ten characters.
    pub reason: String,
}

impl Operation for BreakGlass {
    const ACTION: Action = Action::BreakGlass;
}
impl OnRecords for BreakGlass {
    fn object(&self) -> &ObjectName {
        &self.object
    }
    fn record(&self) -> Option<RecordId> {
        Some(self.id)
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "break_glass", "hours": self.hours })
    }
}

/// Whether the caller sees by other rights all that an emergency access would show: then it is none.
fn is_open(grant: &Grant<BreakGlass>, row: &StoredRow) -> bool {
    let Ok(object) = grant.object_type() else { return false };
    let levels = grant.levels_of(object, row);
    let all = object
        .fields
        .iter()
        .zip(levels)
        .all(|(f, level)| f.class == Sensitivity::Sensitive || level >= FieldLevel::ReadOnly);
    all && grant.right_on(Action::View, &object.name, row).is_ok()
}

impl Store {
    /// Opens a record; gives the request that will be reviewed and when the access ends.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for the hours or the reason; [`Refusal::Barred`] `already_open` when the caller sees as much
    /// without it, `review_pending` while an earlier one is not reviewed; [`Refusal::NotFound`], [`Refusal::ForbiddenOnRecord`]; all recorded.
    pub async fn break_glass(&self, grant: Grant<BreakGlass>) -> Result<Disclosed<(RequestId, UnixMs)>, Refusal> {
        let op = grant.operation();
        let hours = op.hours;
        let checked = if (1..=BREAK_GLASS_HOURS).contains(&hours) {
            check_words("reason", &op.reason, LEAST_REASON)
        } else {
            Err(Refusal::invalid("hours", "invalid_value", format!("1 to {BREAK_GLASS_HOURS} hours")))
        };
        let reason = match checked {
            Ok(reason) => reason,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let (grant, row) = self.fetch_for_act(grant).await?;
        let grant = grant.permit(&row).await?;
        let (user, now) = (grant.caller().user, grant.now());
        if is_open(&grant, &row) {
            let refusal = barred("already_open", "the record is open to you without it");
            return Err(grant.refuse(refusal).await);
        }
        let pending = self.review_pending(user).await;
        match pending {
            Ok(false) => {}
            Ok(true) => {
                let refusal = barred("review_pending", "your last emergency access has not been reviewed yet");
                return Err(grant.refuse(refusal).await);
            }
            Err(refusal) => return Err(grant.refuse(refusal).await),
        }
        let wanted = Wanted::BreakGlass { object: grant.operation().object.clone(), record: row.id, hours };
        let mut request = new_request(&self.company(), user, wanted, (reason, true), None, now);
        let share = NewShare {
            id: ShareId::new(now, random()),
            record: row.id,
            to: user,
            edit: false,
            until: now.plus_seconds(i64::from(hours) * 3600),
            by: user,
            at: now,
        };
        request.share = Some(share.id);
        request.until = Some(share.until);
        let insert = match self.insert_request(&request) {
            Ok(insert) => insert,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        // Held until the unit ends, so that two at once come one after the other; asked again behind it.
        let lock = Change::new("UPDATE app_user SET login = login WHERE id = ?1", vec![user.into()]).expecting(1);
        let guard = Change::new(
            "UPDATE app_user SET login = login WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM request q \
             WHERE q.requester = ?1 AND q.subject = 'break_glass' AND q.state = 'waiting')",
            vec![user.into()],
        );
        let mut write = grant.act_on(&row).await?;
        for (name, value) in share.told() {
            write.tells(name, value);
        }
        let (name, value) = request.told();
        write.tells(name, value);
        let mut changes = vec![lock, guard.expecting(1), share.insert(self), insert];
        let news = News::of(NoticeKind::EmergencyAccess, now).about(request.id.as_bytes()).by(user);
        let news = news.on(&write.grant().operation().object, row.id);
        self.tell(&news, row.owner).into_write(&mut write, &mut changes);
        Ok(write.commit(changes).await?.map(|_| (request.id, share.until)))
    }

    async fn review_pending(&self, user: model::UserId) -> Result<bool, Refusal> {
        let sql = "SELECT COUNT(*) FROM request WHERE requester = ?1 AND subject = 'break_glass' AND state = 'waiting'";
        let rows = self.read(Query::new(sql, vec![user.into()])).await?;
        rows.first().map_or(Ok(false), |row| row.bool(0).map_err(broken))
    }
}
