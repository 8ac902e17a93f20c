//! What systems outside state: taken in once each, and a pass sets training as the quiz does.
//!
//! Rules.
//! - A request is one unit: all of it is taken in, or nothing. The same statement again is known; the same id with other words refuses all.
//! - None is dropped without a word: what is refused is kept with its reason, and read again when it is sent again.
//! - People are known by their login alone, by an account of the page or an address of the domain that an officer named with the course. A
//!   mail address that somebody set for themselves proves nothing.
//! - Nobody hands in what is stated of themselves.

use std::collections::{BTreeMap, HashMap, HashSet};

use access::path::{Change, Disclosed, Grant, Refusal};
use model::{StatementId, UnixMs, UserId, UserKind};
use serde_json::json;
use training::{Actor, MOST_STATEMENT_BYTES, Stated, Statement, StatementsFault, Verb};

use super::catalogue::{CourseHead, Outside, offered};
use super::current::current;
use super::row::{Attempt, ByStatement, Given, Taken, told as told_taken};
use super::rules::learns;
use super::statement_row::{Kept, StatementBody, StatementOutcome as Outcome, told};
use crate::Store;
use crate::arrived::Arrived;
use crate::automation::host_of;
use crate::company::{Loaded, Note, barred};

/// How far another system's clock may be ahead.
const AHEAD_MS: i64 = 5 * 60_000;
/// Lines that are answered.
const MOST_LINES: usize = 200;
const LONGEST_FILE: usize = 200;
/// People whose courses are read one by one; of more all are read at once.
const FEW: usize = 50;

/// Takes statements in.
#[derive(Debug)]
pub struct TakeStatements {
    pub body: Arrived,
    /// What a file of them is called.
    pub file: Option<String>,
    pub note: Note,
}

/// A statement that did not do what it was sent for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    pub id: StatementId,
    pub outcome: Outcome,
    pub reason: Option<String>,
}

/// What became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatementsTaken {
    /// By outcome; what was taken in before is `known`.
    pub counts: BTreeMap<&'static str, usize>,
    /// All but those that passed or were noted, in their order; at most 200.
    pub lines: Vec<StatementLine>,
}

/// What is to be kept of a request.
struct Plan {
    rows: Vec<Kept>,
    /// Courses of people, as the request leaves them; those that it changed, by course.
    people: HashMap<UserId, Vec<Taken>>,
    changed: HashSet<(UserId, String)>,
    /// People of whom a pass was taken back.
    lost: HashSet<(UserId, String)>,
    taken: StatementsTaken,
}

/// Whom and what a statement is of.
struct Of<'a> {
    head: &'a CourseHead,
    outside: &'a Outside,
    user: UserId,
}

fn unread(fault: StatementsFault) -> Refusal {
    match fault {
        StatementsFault::Unreadable(line) => barred("statements_unreadable", format!("line {line}")),
        StatementsFault::Empty => barred("statements_empty", "there is no statement in it"),
        StatementsFault::TooMany => {
            barred("statements_too_many", format!("at most {} at once", training::MOST_STATEMENTS))
        }
    }
}

fn percent(s: &Statement) -> Option<u32> {
    // Within -1 and 1, as it was read: what is below nothing is nothing.
    let hundred = (s.scaled? * 100.0).round().clamp(0.0, 100.0);
    (0..=100_u32).find(|n| f64::from(*n) >= hundred)
}

fn named(actor: &Actor) -> Option<String> {
    let short = |text: String| text.chars().filter(|c| !c.is_control()).take(200).collect();
    match actor {
        Actor::Account { home, name } => Some(short(format!("{name} ({home})"))),
        Actor::Mail(mail) => Some(short(mail.clone())),
        Actor::Other => None,
    }
}

/// The login that an actor has by what an officer said of the course.
fn login_of(actor: &Actor, outside: &Outside) -> Option<String> {
    match actor {
        Actor::Account { home, name } => {
            outside.home_page.as_ref().filter(|page| *page == home).map(|_| name.to_lowercase())
        }
        Actor::Mail(mail) => {
            let (login, domain) = mail.rsplit_once('@')?;
            let ours = outside.mail_domain.as_ref().is_some_and(|d| d.eq_ignore_ascii_case(domain));
            ours.then(|| login.to_lowercase())
        }
        Actor::Other => None,
    }
}

impl Store {
    /// Takes statements in, and sets the training of whoever they pass.
    ///
    /// # Errors
    /// [`Refusal::Barred`] `statements_too_large`, `statements_unreadable`, `statements_empty`, `statements_too_many`, and `statement_conflict`
    /// where one that is known says something else now; [`Refusal::Conflict`] when another request came between; recorded.
    pub async fn take_statements(&self, grant: Grant<TakeStatements>) -> Result<Disclosed<StatementsTaken>, Refusal> {
        let now = grant.now();
        let mut plan = match self.plan_of_statements(&grant).await {
            Ok(plan) => plan,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        grant.operation().note.set(json!({ "counts": plan.taken.counts }));
        let (mut changes, rows) = match self.kept_statements(&mut plan) {
            Ok(kept) => kept,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let answer = std::mem::take(&mut plan.taken);
        if plan.changed.is_empty() {
            let tells = if plan.rows.is_empty() { vec![] } else { vec![told(&plan.rows)] };
            return grant.carry_out_telling(tells, changes, answer).await;
        }
        self.change_company(grant, |_, draft| {
            let heads = offered(&draft.from.courses);
            let users: HashSet<UserId> = plan.changed.iter().map(|(user, _)| *user).collect();
            for id in users {
                let Some(before) = draft.from.users.get(&id) else { continue };
                let mut user = before.clone();
                let all: Vec<&Taken> = plan.people.get(&id).into_iter().flatten().collect();
                let lost = |c: &CourseHead| plan.lost.contains(&(id, c.id.clone()));
                match current(&all, &draft.from.training, &user, &heads, now) {
                    Some(until) => user.trained_until = Some(until),
                    // What was passed was taken back: nothing is current any more.
                    None if draft.from.training.of(&user, &heads).any(lost) => {
                        user.trained_until = user.trained_until.map(|until| until.min(now));
                    }
                    None => {}
                }
                if user != *before {
                    draft.set_trained(user);
                }
            }
            draft.changes.append(&mut changes);
            draft.told.push(told(&plan.rows));
            draft.told.push(told_taken(&rows));
            Ok(answer)
        })
        .await
    }

    /// The statements that keep a plan, and the courses that it changed.
    fn kept_statements(&self, plan: &mut Plan) -> Result<(Vec<Change>, Vec<Taken>), Refusal> {
        let mut changes = vec![];
        for row in &mut plan.rows {
            changes.push(self.put_statement(row)?);
        }
        let mut rows = vec![];
        for taken in plan.people.values_mut().flatten() {
            if plan.changed.contains(&(taken.user, taken.course.clone())) {
                changes.push(self.put_taken(taken)?);
                rows.push(taken.clone());
            }
        }
        Ok((changes, rows))
    }

    async fn plan_of_statements(&self, grant: &Grant<TakeStatements>) -> Result<Plan, Refusal> {
        let (op, now, me) = (grant.operation(), grant.now(), grant.caller().user);
        if op.file.as_ref().is_some_and(|f| f.chars().count() > LONGEST_FILE || f.chars().any(char::is_control)) {
            return Err(Refusal::invalid(
                "file",
                "invalid_value",
                format!("1 to {LONGEST_FILE} characters on one line"),
            ));
        }
        let stated =
            training::read_statements(op.body.bytes("statements_too_large", MOST_STATEMENT_BYTES)?).map_err(unread)?;
        let company = self.company();
        let heads = offered(&company.courses);
        // A person sends by hand, also by a token of their own; a system does not.
        let by_hand = company.users.get(&me).is_none_or(|u| u.kind != UserKind::Service);
        let mut taken = StatementsTaken::default();
        let (fresh, stored) = self.fresh(stated, &mut taken).await?;

        let of: Vec<Result<Of<'_>, Outcome>> = fresh.iter().map(|s| resolve(s, &heads, &company)).collect();
        let back = self.taken_back(&fresh, &of, &stored, by_hand.then_some(me)).await?;
        let mut people = self.people(&of, &back, &stored).await?;
        let (mut rows, mut changed, mut lost) = (vec![], HashSet::new(), HashSet::new());

        // First what is taken back, so that a newer pass of the same request stands.
        for id in &back {
            let Some(kept) = stored.get(id).filter(|k| !matches!(k.outcome, Outcome::Voided | Outcome::Voids)) else {
                continue;
            };
            let was = kept.outcome;
            rows.push(Kept { outcome: Outcome::Voided, ..kept.clone() });
            let (Some(user), Some(course), Outcome::Passed) = (kept.user, &kept.course, was) else { continue };
            let others = self.passing(user, course).await?;
            let row = people.get_mut(&user).and_then(|all| all.iter_mut().find(|t| t.course == *course));
            let Some(row) = row.filter(|t| t.body.statement.as_ref().is_some_and(|s| s.id == *id)) else { continue };
            let stands =
                others.iter().filter(|k| !back.contains(&k.id) && k.body.until.is_some_and(|until| now < until));
            let from = heads.iter().find(|h| h.id == *course).and_then(|h| h.outside.as_ref());
            take_back(row, stands.max_by_key(|k| k.body.until), from, now);
            changed.insert((user, course.clone()));
            lost.insert((user, course.clone()));
        }
        for (stated, of) in fresh.iter().zip(of) {
            let mut kept = row_of(stated, &of, &stored, op.file.clone(), me, now);
            let judged = match (&stated.statement, of) {
                (Ok(s), Ok(of)) => {
                    let gone = back.contains(&StatementId::from_bytes(stated.id));
                    let own = by_hand && of.user == me;
                    let theirs = people.entry(of.user).or_default();
                    let outcome = self.judge(s, &of, (own, gone), theirs, &mut kept, now);
                    if outcome == Outcome::Passed {
                        changed.insert((of.user, of.head.id.clone()));
                    }
                    outcome
                }
                (_, Err(outcome)) if outcome == Outcome::Voids && kept.voids.is_some_and(|id| !back.contains(&id)) => {
                    Outcome::Own
                }
                (_, Err(outcome)) => outcome,
                (Err(_), Ok(_)) => Outcome::Malformed,
            };
            kept.outcome = judged;
            *taken.counts.entry(judged.as_str()).or_default() += 1;
            if !matches!(judged, Outcome::Passed | Outcome::Noted) && taken.lines.len() < MOST_LINES {
                let reason = kept.body.reason.clone();
                taken.lines.push(StatementLine { id: kept.id, outcome: judged, reason });
            }
            rows.push(kept);
        }
        // One that was refused before and is taken back now stands once.
        let mut seen = HashSet::new();
        rows.reverse();
        rows.retain(|k| seen.insert(k.id));
        rows.reverse();
        Ok(Plan { rows, people, changed, lost, taken })
    }

    /// Those that are not known yet, and what is stored of them and of what they take back.
    async fn fresh(
        &self,
        stated: Vec<Stated>,
        taken: &mut StatementsTaken,
    ) -> Result<(Vec<Stated>, HashMap<StatementId, Kept>), Refusal> {
        let voids = |s: &Stated| s.statement.as_ref().ok().and_then(|s| s.voids);
        let mut ids: Vec<StatementId> = stated.iter().map(|s| StatementId::from_bytes(s.id)).collect();
        ids.extend(stated.iter().filter_map(voids).map(StatementId::from_bytes));
        ids.sort();
        ids.dedup();
        let stored = self.statements_of(&ids).await?;
        let mut here: HashMap<[u8; 16], [u8; 32]> = HashMap::new();
        let mut fresh = vec![];
        for s in stated {
            let conflict = || {
                let id = StatementId::from_bytes(s.id);
                Err(barred("statement_conflict", format!("statement {id} is known with other words")))
            };
            let before = here.insert(s.id, s.digest);
            if before.is_some_and(|digest| digest != s.digest) {
                return conflict();
            }
            let kept = stored.get(&StatementId::from_bytes(s.id));
            if kept.is_some_and(|k| k.body.digest != hex::encode(s.digest)) {
                return conflict();
            }
            if before.is_some() || kept.is_some_and(|k| !k.outcome.is_refused()) {
                *taken.counts.entry("known").or_default() += 1;
            } else {
                fresh.push(s);
            }
        }
        Ok((fresh, stored))
    }

    /// Ids that are taken back, by this request or before. By hand nobody takes back what is stated of themselves.
    async fn taken_back(
        &self,
        fresh: &[Stated],
        of: &[Result<Of<'_>, Outcome>],
        stored: &HashMap<StatementId, Kept>,
        hand: Option<UserId>,
    ) -> Result<HashSet<StatementId>, Refusal> {
        let ids: Vec<StatementId> = fresh.iter().map(|s| StatementId::from_bytes(s.id)).collect();
        let before = self.voiding(&ids).await?;
        let mut back: HashSet<StatementId> = before.iter().filter_map(|k| k.voids).collect();
        let here = |id: StatementId| {
            let at = ids.iter().position(|one| *one == id)?;
            of.get(at)?.as_ref().ok().map(|of| of.user)
        };
        for s in fresh.iter().filter_map(|s| s.statement.as_ref().ok()) {
            let Some(id) = s.voids.map(StatementId::from_bytes) else { continue };
            let whose = stored.get(&id).and_then(|k| k.user).or_else(|| here(id));
            if hand.is_none() || whose != hand {
                back.insert(id);
            }
        }
        Ok(back)
    }

    async fn people(
        &self,
        of: &[Result<Of<'_>, Outcome>],
        back: &HashSet<StatementId>,
        stored: &HashMap<StatementId, Kept>,
    ) -> Result<HashMap<UserId, Vec<Taken>>, Refusal> {
        let mut ids: HashSet<UserId> = of.iter().filter_map(|of| of.as_ref().ok().map(|of| of.user)).collect();
        ids.extend(back.iter().filter_map(|id| stored.get(id).and_then(|k| k.user)));
        let mut people: HashMap<UserId, Vec<Taken>> = HashMap::new();
        if ids.len() > FEW {
            for taken in self.taken_by_all().await?.into_iter().filter(|t| ids.contains(&t.user)) {
                people.entry(taken.user).or_default().push(taken);
            }
            return Ok(people);
        }
        for id in ids {
            people.insert(id, self.taken_by(id).await?);
        }
        Ok(people)
    }

    /// What becomes of a statement about somebody's course, which it passes where it does.
    fn judge(
        &self,
        s: &Statement,
        of: &Of<'_>,
        (own, gone): (bool, bool),
        theirs: &mut Vec<Taken>,
        kept: &mut Kept,
        now: UnixMs,
    ) -> Outcome {
        let at = s.at.unwrap_or(now);
        if own {
            return Outcome::Own;
        }
        if at > now.plus_ms(AHEAD_MS) {
            return Outcome::Future;
        }
        let at = at.min(now);
        if gone {
            return Outcome::Voided;
        }
        if !of.outside.rule.is_met(s) {
            return Outcome::Noted;
        }
        let until = self.gate.settings().calendar.months_after(at, i64::from(of.outside.months));
        kept.body.until = Some(until);
        if until <= now {
            return Outcome::Outdated;
        }
        let at_row = match theirs.iter().position(|t| t.course == of.head.id) {
            Some(at_row) => at_row,
            None => {
                theirs.push(self.new_taken(of.user, &of.head.id, Given::Own, now));
                theirs.len() - 1
            }
        };
        let Some(row) = theirs.get_mut(at_row) else { return Outcome::Noted };
        let asked = row.due_at.is_some() && matches!(row.body.why, Given::Asked | Given::Case);
        if asked && at < row.body.given_at.unwrap_or(row.at) {
            return Outcome::BeforeAsked;
        }
        if !asked && row.valid_until.is_some_and(|before| until <= before) {
            return Outcome::Older;
        }
        let percent = percent(s);
        let (right, of_all) = percent.map_or((1, 1), |p| (usize::try_from(p).unwrap_or(0), 100));
        row.keep(Attempt { at, right, of: of_all, passed: true });
        let by = ByStatement { id: kept.id, percent, from: host(of.outside) };
        passed(row, by, at, until, of.head.version);
        Outcome::Passed
    }
}

fn host(outside: &Outside) -> String {
    host_of(&outside.launch).map_or_else(String::new, |(_, host)| host)
}

fn passed(row: &mut Taken, by: ByStatement, at: UnixMs, until: UnixMs, version: u32) {
    row.body.passed_at = Some(at);
    row.body.passed_version = Some(version);
    row.body.pledge = None;
    row.body.reminded = 0;
    row.body.statement = Some(by);
    row.due_at = None;
    row.valid_until = Some(until);
}

/// A pass was taken back: the longest of the others stands, or none.
fn take_back(row: &mut Taken, other: Option<&Kept>, outside: Option<&Outside>, now: UnixMs) {
    let was = row.body.passed_at;
    let at = row.body.attempts.iter().rposition(|a| a.passed && Some(a.at) == was);
    if let Some(at) = at {
        row.body.attempts.remove(at);
    }
    if let Some((other, until)) = other.and_then(|k| Some((k, k.body.until?))) {
        let from = outside.map_or_else(String::new, host);
        let by = ByStatement { id: other.id, percent: other.body.percent, from };
        let version = row.body.passed_version.unwrap_or(1);
        passed(row, by, other.body.said_at.unwrap_or(other.at), until, version);
        return;
    }
    row.body.passed_at = None;
    row.body.passed_version = None;
    row.body.statement = None;
    row.valid_until = None;
    // An officer asked for it: that stands again, and its date is over.
    if matches!(row.body.why, Given::Asked | Given::Case) {
        row.due_at = Some(now);
    }
}

/// Whom and what a statement is of, or what becomes of it without that.
fn resolve<'a>(stated: &Stated, heads: &'a [CourseHead], company: &Loaded) -> Result<Of<'a>, Outcome> {
    let s = stated.statement.as_ref().map_err(|_| Outcome::Malformed)?;
    if s.verb == Verb::Voided {
        return Err(Outcome::Voids);
    }
    let found = heads.iter().find_map(|h| Some((h, h.outside.as_ref().filter(|o| o.activity == s.activity)?)));
    let (head, outside) = found.ok_or(Outcome::UnknownCourse)?;
    let login = login_of(&s.actor, outside).ok_or(Outcome::UnknownActor)?;
    let user = company.users.values().find(|u| u.login == login && learns(u)).ok_or(Outcome::UnknownActor)?;
    Ok(Of { head, outside, user: user.id })
}

fn row_of(
    stated: &Stated,
    of: &Result<Of<'_>, Outcome>,
    stored: &HashMap<StatementId, Kept>,
    file: Option<String>,
    by: UserId,
    now: UnixMs,
) -> Kept {
    let id = StatementId::from_bytes(stated.id);
    let s = stated.statement.as_ref().ok();
    let short = |text: &str| text.chars().take(500).collect::<String>();
    let activity = s.map(|s| short(&s.activity)).filter(|a| !a.is_empty());
    let body = StatementBody {
        digest: hex::encode(stated.digest),
        verb: s.map(|s| s.verb.as_str().to_owned()),
        activity,
        actor: s.and_then(|s| named(&s.actor)),
        percent: s.and_then(percent),
        said_at: s.and_then(|s| s.at),
        until: None,
        reason: stated.statement.as_ref().err().map(|e| (*e).to_owned()),
        by,
        file,
    };
    Kept {
        id,
        user: of.as_ref().ok().map(|of| of.user),
        course: of.as_ref().ok().map(|of| of.head.id.clone()),
        outcome: Outcome::Noted,
        at: now,
        voids: s.and_then(|s| s.voids).map(StatementId::from_bytes),
        body,
        version: stored.get(&id).map_or(0, |k| k.version),
    }
}
