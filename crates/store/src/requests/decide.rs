//! Deciding about requests. What a consent lets happen is carried out in the same unit, with the rights of who consents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use access::engine::BoundFilter;
use access::path::{Change, Changed, Disclosed, Grant, OnSystem, Operation, Param, Refusal};
use model::approval::{Approver, Asked, Mode, Seat, Step, Subject, Wanted, is_complete, seats, seats_of};
use model::process::Standing;
use model::{Action, Directory, ObjectType, RecordId, RequestId, ShareId, StoredRow, UnixMs, UserId, UserStatus};
use serde_json::{Value, json};

use super::row::check_words;
use super::{Decided, LAPSE_DAYS, Request, State};
use crate::company::{Loaded, barred, operations};
use crate::identity::Told;
use crate::ids::random;
use crate::notices::{News, NoticeKind, Telling};
use crate::proof::tables::MEMBER;
use crate::records::{broken, unless_exceeding};
use crate::sql::Sql;
use crate::{Store, row};

/// Give one's word about a request, if it still has this version.
#[derive(Debug)]
pub struct DecideRequest {
    pub id: RequestId,
    pub version: i64,
    pub consent: bool,
    /// Needed for a refusal, and for a review.
    pub comment: String,
}

operations! {
    DecideRequest: RequestDecide, |op| json!({ "act": "request.decide", "of": op.id, "consent": op.consent });
}

/// Where the request stands afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Others are asked too.
    Waiting,
    Approved,
    Refused,
}

/// A record with its type.
type Found = (Arc<ObjectType>, StoredRow);

/// A decision, ready to be written.
struct Drafted {
    about: Option<(Found, Vec<String>)>,
    told: Vec<Told>,
    changes: Vec<Change>,
    /// Records that rules make of it.
    made: Vec<(Changed, String)>,
    outcome: Outcome,
}

/// The statement that gives a share for a request.
pub(super) struct NewShare {
    pub(super) id: ShareId,
    pub(super) record: RecordId,
    pub(super) to: UserId,
    pub(super) edit: bool,
    pub(super) until: UnixMs,
    pub(super) by: UserId,
    pub(super) at: UnixMs,
}

impl NewShare {
    pub(super) fn insert(&self, store: &Store) -> Change {
        let mut params: Vec<Param> = vec![
            self.id.into(),
            self.record.into(),
            "share".into(),
            "user".into(),
            self.to.to_string().into(),
            (if self.edit { "edit" } else { "read" }).into(),
            self.until.into(),
            self.by.into(),
            self.at.into(),
        ];
        params.push(store.seals().row(MEMBER.name, &params).to_vec().into());
        Change::new(
            "INSERT INTO member (id, record, kind, grantee_kind, grantee, level, expires_at, granted_by, created_at, seal) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params,
        )
    }
    /// As every share is told.
    pub(super) fn told(&self) -> Vec<Told> {
        let to = model::record::Grantee::User(self.to);
        vec![
            ("member", json!(self.id)),
            ("share", json!("share")),
            ("to", json!(to)),
            ("edit", json!(self.edit)),
            ("until", json!(self.until)),
        ]
    }
}

/// Whose word the request's present step asks for.
pub(crate) fn present_seats(
    company: &Loaded,
    directory: &Directory,
    request: &Request,
    row: Option<&StoredRow>,
    now: UnixMs,
) -> Vec<Seat> {
    // Of one that is decided, whose word it asked for last: they are told that another came first, nobody else is.
    let at = request.body.step.min(request.body.steps.len().saturating_sub(1));
    seats_at(company, directory, request, (at, row), now)
}

/// The same of any step.
pub(super) fn seats_at(
    company: &Loaded,
    directory: &Directory,
    request: &Request,
    (at, row): (usize, Option<&StoredRow>),
    now: UnixMs,
) -> Vec<Seat> {
    let Some(step) = request.body.steps.get(at) else { return vec![] };
    let asked = Asked { requester: request.requester, owner: row.and_then(|r| r.owner), began: request.body.began };
    let deputies = &company.approvals.deputies;
    let found = seats(directory, deputies, step, &asked, now);
    let other = match request.body.wanted.subject() {
        _ if !found.is_empty() => return found,
        // Nobody is above who asks: the security administrators, rather than nobody.
        Subject::Export => model::defaults::security_admin().map(Approver::Role),
        // Nobody is what the step names, besides who asks: whoever is above them.
        Subject::Record => Some(Approver::Manager(1)),
        Subject::Access | Subject::BreakGlass => None,
    };
    let Some(other) = other else { return found };
    let approvers = vec![other];
    seats(directory, deputies, &Step { approvers, mode: Mode::Any, hours: None }, &asked, now)
}

/// The right that whoever decides must have on the record, if the request is about one.
pub(super) const fn right_needed(wanted: &Wanted) -> Option<Action> {
    match wanted {
        Wanted::Access { .. } => Some(Action::Share),
        Wanted::Record { .. } => Some(Action::Approve),
        // Who reviews sees ids, never the customer.
        Wanted::Export { .. } | Wanted::BreakGlass { .. } => None,
    }
}

impl Store {
    /// The records that requests are about, as far as the caller may do to them what a consent takes.
    pub(super) async fn records_asked_about<O: Operation>(
        &self,
        grant: &Grant<O>,
        requests: &[&Request],
    ) -> Result<BTreeMap<RecordId, Found>, Refusal> {
        let company = self.company();
        let mut by: BTreeMap<(model::ObjectName, Action), BTreeSet<RecordId>> = BTreeMap::new();
        for request in requests {
            let wanted = &request.body.wanted;
            if let (Some(action), Some(record)) = (right_needed(wanted), wanted.record()) {
                by.entry((wanted.object().clone(), action)).or_default().insert(record);
            }
        }
        let mut found = BTreeMap::new();
        for ((name, action), ids) in by {
            let Some((_, object)) = company.objects.get(&name) else { continue };
            let filters: Vec<BoundFilter> = grant.filters_for(action, &name);
            if filters.iter().any(BoundFilter::is_never) {
                continue;
            }
            let ids: Vec<RecordId> = ids.into_iter().collect();
            for part in ids.chunks(500) {
                let mut sql = Sql::new(self.db.dialect(), "SELECT ");
                sql.push(&row::select(object)).push(row::FROM).push(" WHERE r.object = ").bind(name.as_str());
                sql.and_filters(&filters, object, grant.now());
                sql.push(" AND r.id IN ").bind_list(part.iter().copied());
                let mut rows = vec![];
                for r in &self.read(sql.finish()).await? {
                    rows.push(row::read(r, object, self.seals()).map_err(broken)?);
                }
                self.add_members(&mut rows, grant.now()).await?;
                found.extend(rows.into_iter().map(|row| (row.id, (object.clone(), row))));
            }
        }
        Ok(found)
    }

    /// Gives a word.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's to decide; [`Refusal::Conflict`] when it has changed meanwhile;
    /// [`Refusal::ForbiddenOnRecord`], [`Refusal::Barred`] `share_exceeds_own` or `requester_left` when the consent would let
    /// happen what may not; [`Refusal::Invalid`]; all recorded.
    pub async fn decide_request(&self, grant: Grant<DecideRequest>) -> Result<Disclosed<Outcome>, Refusal> {
        match self.draft_decision(&grant).await {
            Ok(Drafted { about: Some(((object, row), rules)), told, changes, made, outcome }) => {
                grant.carry_out_on_with((&object.name, &row), rules, told, (changes, made), outcome).await
            }
            Ok(Drafted { about: None, told, changes, outcome, .. }) => {
                grant.carry_out_telling(told, changes, outcome).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_decision(&self, grant: &Grant<DecideRequest>) -> Result<Drafted, Refusal> {
        let op = grant.operation();
        let (user, now, company) = (grant.caller().user, grant.now(), self.company());
        let mut request = self.request(op.id).await?.ok_or(Refusal::NotFound)?;
        let about = self.records_asked_about(grant, &[&request]).await?;
        let found = request.record().and_then(|id| about.into_iter().find(|(have, _)| *have == id)).map(|(_, f)| f);
        let needs_row = right_needed(&request.body.wanted).is_some();
        if needs_row && found.is_none() {
            return Err(Refusal::NotFound);
        }
        let seats = present_seats(&company, grant.engine().directory(), &request, found.as_ref().map(|f| &f.1), now);
        let own = seats_of(&seats, user);
        if own.is_empty() {
            return Err(Refusal::NotFound);
        }
        if !request.waits(now) || request.version != op.version {
            return Err(Refusal::Conflict);
        }
        let review = request.body.wanted.subject() == Subject::BreakGlass;
        let comment = check_words("comment", &op.comment, usize::from(review || !op.consent))?;
        let step = request.body.step;
        request.body.decisions.push(Decided { step, by: user, seats: own, consent: op.consent, at: now });
        request.words.comments.push(comment);
        let outcome = self.stand(&mut request, &seats, op.consent, now);
        let mut told = vec![];
        let mut changes = vec![];
        let mut rules = vec![];
        let mut made = vec![];
        if outcome == Outcome::Approved
            && let Some(share) = self.effect(grant, &mut request, found.as_ref(), &mut rules)?
        {
            told.extend(share.told());
            changes.push(share.insert(self));
        }
        if let (Wanted::Record { .. }, Some((object, row))) = (&request.body.wanted, &found) {
            rules = grant.right_on(Action::Approve, &object.name, row)?;
            let standing = match outcome {
                Outcome::Waiting => None,
                Outcome::Approved => Some(Standing::Approved),
                Outcome::Refused => Some(Standing::Refused),
            };
            if let Some(standing) = standing
                && let Some(stood) = self.stand_record(object, row, standing, grant.caller()).await?
            {
                changes.extend(stood.changes);
                told.extend(stood.told);
                made.extend(stood.made);
            }
        }
        changes.push(self.update_request(&mut request)?);
        told.push(request.told());
        self.tell_decision(&request, outcome, user, now).into_parts(&mut told, &mut changes);
        Ok(Drafted { about: found.map(|f| (f, rules)), told, changes, made, outcome })
    }

    /// Who asked is told of the end, where they may learn it.
    fn tell_decision(&self, request: &Request, outcome: Outcome, by: UserId, now: UnixMs) -> Telling {
        let silent = outcome == Outcome::Refused && request.is_silent();
        if outcome == Outcome::Waiting || silent {
            return Telling::default();
        }
        let news = News::of(NoticeKind::RequestDecided, now).about(request.id.as_bytes()).by(by);
        let object = request.body.wanted.object();
        let news = match request.record() {
            Some(record) => news.on(object, record),
            None => news.in_object(object),
        };
        self.tell(&news, [request.requester])
    }

    /// Where the request stands with the word that was just given.
    fn stand(&self, request: &mut Request, seats: &[Seat], consent: bool, now: UnixMs) -> Outcome {
        if !consent {
            request.state = State::Refused;
            return Outcome::Refused;
        }
        let step = request.body.step;
        let of = request.body.decisions.iter().filter(|d| d.step == step && d.consent).flat_map(|d| &d.seats);
        let given: BTreeSet<UserId> = of.map(|(of, _)| *of).collect();
        let mode = request.body.steps.get(step).map(|s| s.mode).unwrap_or_default();
        if !is_complete(mode, seats, &given) {
            return Outcome::Waiting;
        }
        request.body.step += 1;
        request.body.began = now;
        if request.body.step < request.body.steps.len() {
            return Outcome::Waiting;
        }
        request.state = State::Approved;
        if request.body.wanted.subject() == Subject::Export {
            request.lapses_at = Some(now.plus_days(LAPSE_DAYS));
        }
        Outcome::Approved
    }

    /// What the last consent lets happen.
    fn effect(
        &self,
        grant: &Grant<DecideRequest>,
        request: &mut Request,
        found: Option<&Found>,
        rules: &mut Vec<String>,
    ) -> Result<Option<NewShare>, Refusal> {
        let (Some((object, row)), Wanted::Access { record, edit, days, .. }) = (found, &request.body.wanted) else {
            return Ok(None);
        };
        let asker = grant.engine().directory().user(request.requester);
        if asker.is_none_or(|u| u.status != UserStatus::Active) {
            return Err(barred("requester_left", "who asked is not active any more"));
        }
        *rules = grant.right_on(Action::Share, &object.name, row)?;
        // As for every share: nobody gives more than they have.
        unless_exceeding(object, &grant.levels_of(object, row), *edit)?;
        let (now, by) = (grant.now(), grant.caller().user);
        let share = NewShare {
            id: ShareId::new(now, random()),
            record: *record,
            to: request.requester,
            edit: *edit,
            until: now.plus_days(i64::from(*days)),
            by,
            at: now,
        };
        request.share = Some(share.id);
        request.until = Some(share.until);
        Ok(Some(share))
    }
}

impl Outcome {
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Waiting => "waiting",
            Outcome::Approved => "approved",
            Outcome::Refused => "refused",
        }
    }
}
