//! Requests as rows: sealed whole, their words besides under a key of the vault.

use access::engine::predicate_of;
use access::path::{Change, Param, Refusal};
use model::approval::{Subject, Wanted, default_steps};
use model::{Condition, ObjectType, RecordId, RequestId, ShareId, StoredRow, UnixMs, UserId};
use vault::Place;

use super::{Body, LAPSE_DAYS, MOST_WORDS, Request, State, Words};
use crate::company::Loaded;
use crate::ids::random;
use crate::proof::tables::REQUEST;
use crate::records::broken;
use crate::{Query, Row, Store};

fn place(id: RequestId) -> Place<'static> {
    Place { object: "request", record: RecordId(id.0), field: "words" }
}

/// What somebody writes: a few lines.
///
/// # Errors
/// [`Refusal::Invalid`].
pub(crate) fn check_words(field: &str, text: &str, least: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let bad = |c: char| c.is_control() && c != '\n';
    let length = text.chars().count();
    if length < least && length == 0 {
        return Err(Refusal::invalid(field, "required", "words are needed"));
    }
    if length < least || length > MOST_WORDS || text.chars().any(bad) {
        return Err(Refusal::invalid(field, "invalid_value", format!("{least} to {MOST_WORDS} characters")));
    }
    Ok(text.to_owned())
}

/// A new request, by the flow that fits it. `about`: the record, where a flow may ask for a condition on it.
pub(crate) fn new_request(
    company: &Loaded,
    requester: UserId,
    wanted: Wanted,
    (reason, known): (String, bool),
    about: Option<(&ObjectType, &StoredRow)>,
    now: UnixMs,
) -> Request {
    let subject = wanted.subject();
    let rows = match &wanted {
        Wanted::Export { rows, .. } => *rows,
        _ => 0,
    };
    // A condition that cannot be asked any more asks for the flow's approval.
    let fits = |condition: &Condition| {
        about.is_some_and(|(object, row)| predicate_of(condition, object).map_or(true, |p| p.eval(row)))
    };
    let flow = company.approvals.flow(subject, wanted.object(), rows, fits);
    let steps = flow.map_or_else(|| default_steps(subject), |f| f.steps.clone());
    let body =
        Body { wanted, flow: flow.map(|f| f.name.clone()), steps, step: 0, began: now, decisions: vec![], known };
    Request {
        id: RequestId::new(now, random()),
        requester,
        state: State::Waiting,
        body,
        words: Words { reason, ..Words::default() },
        share: None,
        until: None,
        made_at: now,
        // A review is never forgotten.
        lapses_at: (subject != Subject::BreakGlass).then(|| now.plus_days(LAPSE_DAYS)),
        version: 1,
    }
}

impl Store {
    fn request_params(&self, request: &Request) -> Result<Vec<Param>, Refusal> {
        let words = zeroize::Zeroizing::new(serde_json::to_vec(&request.words).map_err(|_| Refusal::Damaged)?);
        let words = self.identity.request_key.seal(&place(request.id), random(), &words);
        let words = words.map_err(|error| {
            tracing::error!(%error, "the words of a request could not be sealed");
            Refusal::Damaged
        })?;
        let mut params: Vec<Param> = vec![
            request.id.into(),
            request.requester.into(),
            request.body.wanted.subject().as_str().into(),
            request.record().into(),
            request.state.as_str().into(),
            serde_json::to_string(&request.body).map_err(|_| Refusal::Damaged)?.into(),
            words.into(),
            request.share.into(),
            request.until.into(),
            request.made_at.into(),
            request.lapses_at.into(),
            request.version.into(),
        ];
        params.push(self.seals().row(REQUEST.name, &params).to_vec().into());
        Ok(params)
    }

    /// The statement that keeps a new request.
    pub(crate) fn insert_request(&self, request: &Request) -> Result<Change, Refusal> {
        let sql = "INSERT INTO request (id, requester, subject, record, state, body, words, share, until, created_at, \
                   lapses_at, version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        Ok(Change::new(sql, self.request_params(request)?))
    }

    /// The statement that keeps a changed one, if nobody changed it meanwhile. `request` has its old version, and the next
    /// one afterwards.
    pub(crate) fn update_request(&self, request: &mut Request) -> Result<Change, Refusal> {
        request.version = request.version.saturating_add(1);
        let mut params = self.request_params(request)?;
        params.push(request.version.saturating_sub(1).into());
        let sql = "UPDATE request SET requester = ?2, subject = ?3, record = ?4, state = ?5, body = ?6, words = ?7, \
                   share = ?8, until = ?9, created_at = ?10, lapses_at = ?11, version = ?12, seal = ?13 \
                   WHERE id = ?1 AND version = ?14";
        Ok(Change::new(sql, params).expecting(1))
    }

    /// Reads a row of `REQUEST.select`.
    pub(crate) fn read_request(&self, row: &Row) -> Result<Request, Refusal> {
        if !REQUEST.is_sealed(self.seals(), row) {
            tracing::error!("a request was altered beside the program; nothing is decided by it");
            return Err(Refusal::Damaged);
        }
        let id = RequestId::from_bytes(row.id(0).map_err(broken)?);
        let words = self.identity.request_key.open(&place(id), row.bytes(6).map_err(broken)?).map_err(|error| {
            tracing::error!(%error, "the words of a request do not open");
            Refusal::Damaged
        })?;
        let read = || {
            Ok::<_, crate::DatabaseError>((
                row.user(1)?,
                row.text(4)?,
                row.text(5)?,
                row.opt_id(7)?.map(ShareId::from_bytes),
                row.opt_time(8)?,
                row.time(9)?,
                row.opt_time(10)?,
                row.int(11)?,
            ))
        };
        let (requester, state, body, share, until, made_at, lapses_at, version) = read().map_err(broken)?;
        let json = |text: &[u8]| serde_json::from_slice(text).map_err(|_| Refusal::Damaged);
        Ok(Request {
            id,
            requester,
            state: serde_json::from_value(state.into()).map_err(|_| Refusal::Damaged)?,
            body: serde_json::from_str(body).map_err(|_| Refusal::Damaged)?,
            words: json(&words)?,
            share,
            until,
            made_at,
            lapses_at,
            version,
        })
    }

    pub(crate) async fn request(&self, id: RequestId) -> Result<Option<Request>, Refusal> {
        let rows = self.read(Query::point(REQUEST.select("id = ?1"), vec![id.into()])).await?;
        rows.first().map(|row| self.read_request(row)).transpose()
    }

    /// Requests by a condition. One that was altered beside the program is left out: it asks for nothing.
    pub(crate) async fn requests(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Request>, Refusal> {
        let rows = self.read(Query::new(REQUEST.select(condition), params)).await?;
        Ok(rows.iter().filter_map(|row| self.read_request(row).ok()).collect())
    }

    /// The newest requests of one person.
    pub(crate) async fn requests_of(&self, user: UserId) -> Result<Vec<Request>, Refusal> {
        self.requests("requester = ?1 ORDER BY created_at DESC, id LIMIT 200", vec![user.into()]).await
    }
}
