//! Giving courses to people, and how far everybody is.

use std::collections::{BTreeMap, HashMap};

use access::path::{Disclosed, Grant, Refusal};
use model::{DepartmentId, Text, UnixMs, User, UserId};

use super::catalogue::{known, offered};
use super::row::{Given, Taken, told};
use super::rules::learns;
use crate::Store;
use crate::notices::{News, NoticeKind};

const MOST_DAYS: u32 = 365;
/// Lines of people that are shown at most.
const MOST_LINES: usize = 1_000;

/// Gives somebody a course to take, whatever they passed before.
#[derive(Debug)]
pub struct AssignTraining {
    pub user: UserId,
    pub course: String,
    /// After a case that was confirmed, or because an officer wants it.
    pub after_case: bool,
    pub why: &'static str,
    pub days: u32,
}

impl AssignTraining {
    pub fn new(user: UserId, course: String, after_case: bool, days: u32) -> Self {
        let given = if after_case { Given::Case } else { Given::Asked };
        Self { user, course, after_case, why: given.as_str(), days }
    }
}

/// Whose courses are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrainingFilter {
    /// With the departments below it.
    pub department: Option<DepartmentId>,
    /// `open`, `due`, `overdue` or `passed`: of any of the courses that somebody must take.
    pub state: Option<String>,
}

#[derive(Debug)]
pub struct TrainingProgress {
    pub filter: TrainingFilter,
}

/// Somebody and a course they must take, or were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnerLine {
    pub user: UserId,
    pub name: String,
    pub department: String,
    pub course: String,
    pub title: Text,
    pub state: &'static str,
    pub why: Option<&'static str>,
    pub due_at: Option<UnixMs>,
    pub passed_at: Option<UnixMs>,
    pub valid_until: Option<UnixMs>,
    pub attempts: usize,
}

/// A department: its people, and how many of them stand how with all they must take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DepartmentProgress {
    pub department: String,
    pub people: usize,
    /// All passed and current.
    pub current: usize,
    pub overdue: usize,
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitProgress {
    pub departments: Vec<DepartmentProgress>,
    pub lines: Vec<LearnerLine>,
    /// Whether all lines are shown.
    pub complete: bool,
}

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`] for no such person or course; [`Refusal::Invalid`] for the days, or somebody who takes no courses.
    pub async fn assign_training(&self, grant: Grant<AssignTraining>) -> Result<Disclosed<()>, Refusal> {
        let given = async {
            let (op, now) = (grant.operation(), grant.now());
            let course = known(&self.company().courses, &op.course)
                .filter(|c| !c.withdrawn)
                .ok_or_else(|| Refusal::invalid("course", "unknown_course", "there is no such course"))?;
            if !(1..=MOST_DAYS).contains(&op.days) {
                return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
            }
            let company = self.company();
            if !company.users.get(&op.user).is_some_and(learns) {
                return Err(Refusal::invalid("user", "unknown_user", "somebody who works here"));
            }
            let why = if op.after_case { Given::Case } else { Given::Asked };
            let kept = self.taken_by(op.user).await?.into_iter().find(|t| t.course == course.id);
            let mut taken = kept.unwrap_or_else(|| self.new_taken(op.user, &course.id, why, now));
            taken.body.why = why;
            taken.body.reminded = 0;
            taken.body.given_at = Some(now);
            taken.due_at = Some(now.plus_days(i64::from(op.days)));
            Ok(taken)
        };
        let mut taken = match given.await {
            Ok(taken) => taken,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, |grant, draft| {
            let id = grant.operation().user;
            let mut user = draft.from.users.get(&id).ok_or(Refusal::NotFound)?.clone();
            // What is asked for is asked for by its date: until then what was passed counts.
            if user.trained_until > taken.due_at {
                user.trained_until = taken.due_at;
                let params = vec![id.into(), user.trained_until.into()];
                draft.push_expecting("UPDATE app_user SET trained_until = ?2 WHERE id = ?1", params, 1);
                draft.next.users.insert(id, user);
            }
            let change = self.put_taken(&mut taken)?;
            draft.changes.push(change);
            draft.told.push(told([&taken]));
            draft.tell(self.remind(&taken, grant.now(), [id]));
            Ok(())
        })
        .await
    }

    /// The notice that a course waits; for each due date and step it is another one.
    pub(super) fn remind(
        &self,
        taken: &Taken,
        now: UnixMs,
        to: impl IntoIterator<Item = UserId>,
    ) -> crate::notices::Telling {
        let step = taken.due_at.map_or(0, |due| due.0) ^ i64::from(taken.body.reminded);
        let news = News::of(NoticeKind::Training, now).about(&taken.id).once_for(step);
        self.tell(&news, to)
    }

    /// # Errors
    /// [`Refusal::NotFound`] for no such department; [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`].
    pub async fn training_progress(&self, grant: Grant<TrainingProgress>) -> Result<Disclosed<UnitProgress>, Refusal> {
        match self.progress(&grant.operation().filter, grant.now()).await {
            Ok(progress) => grant.carry_out(vec![], progress).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn progress(&self, filter: &TrainingFilter, now: UnixMs) -> Result<UnitProgress, Refusal> {
        let company = self.company();
        if filter.department.is_some_and(|id| !company.departments.contains_key(&id)) {
            return Err(Refusal::NotFound);
        }
        let below = |mut at: DepartmentId| {
            let Some(wanted) = filter.department else { return true };
            // A tree is never deeper than it has nodes.
            for _ in 0..=company.departments.len() {
                if at == wanted {
                    return true;
                }
                match company.departments.get(&at).and_then(|d| d.parent) {
                    Some(parent) => at = parent,
                    None => return false,
                }
            }
            false
        };
        let mut by_user: HashMap<UserId, Vec<Taken>> = HashMap::new();
        for taken in self.taken_by_all().await? {
            by_user.entry(taken.user).or_default().push(taken);
        }
        let none = vec![];
        let heads = offered(&company.courses);
        let mut people: Vec<&User> = company.users.values().filter(|u| learns(u) && below(u.department)).collect();
        people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let (mut departments, mut lines): (BTreeMap<DepartmentId, DepartmentProgress>, Vec<LearnerLine>) =
            Default::default();
        let name = |id: DepartmentId| company.departments.get(&id).map_or_else(String::new, |d| d.name.clone());
        for user in people {
            let taken = by_user.get(&user.id).unwrap_or(&none);
            let required: Vec<&str> = company.training.of(user, &heads).map(|c| c.id.as_str()).collect();
            let mine = heads.iter().filter_map(|course| {
                let kept = taken.iter().find(|t| t.course == course.id);
                let asked = required.contains(&course.id.as_str()) || kept.is_some_and(|t| t.due_at.is_some());
                asked.then(|| LearnerLine {
                    user: user.id,
                    name: user.name.clone(),
                    department: name(user.department),
                    course: course.id.clone(),
                    title: course.title.clone(),
                    state: kept.map_or("open", |t| t.state(now)),
                    why: kept.map(|t| t.body.why.as_str()),
                    due_at: kept.and_then(|t| t.due_at),
                    passed_at: kept.and_then(|t| t.body.passed_at),
                    valid_until: kept.and_then(|t| t.valid_until),
                    attempts: kept.map_or(0, |t| t.body.attempts.len()),
                })
            });
            let mine: Vec<LearnerLine> = mine.collect();
            let unit = departments.entry(user.department).or_default();
            unit.department = name(user.department);
            unit.people += 1;
            unit.current += usize::from(mine.iter().all(|l| l.state == "passed"));
            unit.overdue += usize::from(mine.iter().any(|l| l.state == "overdue"));
            lines.extend(mine.into_iter().filter(|l| filter.state.as_deref().is_none_or(|s| s == l.state)));
        }
        let complete = lines.len() <= MOST_LINES;
        lines.truncate(MOST_LINES);
        Ok(UnitProgress { departments: departments.into_values().collect(), lines, complete })
    }
}
