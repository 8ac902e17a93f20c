//! Until when somebody's training is current, by all courses that they took.

use model::{UnixMs, User};

use super::catalogue::CourseHead;
use super::row::{Given, Taken};
use super::rules::TrainingRules;
use crate::company::Draft;

/// The first of the courses that they must take runs out, or one that was asked of them is due. `None` where one that they must take is
/// missing: it stays what it was.
pub(super) fn current(
    all: &[&Taken],
    rules: &TrainingRules,
    user: &User,
    heads: &[CourseHead],
    now: UnixMs,
) -> Option<UnixMs> {
    let of = |course: &CourseHead| all.iter().find(|t| t.course == course.id)?.valid_until.filter(|until| now < *until);
    let passed: Vec<UnixMs> = rules.of(user, heads).map(of).collect::<Option<_>>()?;
    let offered = |t: &&&Taken| heads.iter().any(|h| h.id == t.course);
    let asked = all.iter().filter(|t| matches!(t.body.why, Given::Asked | Given::Case)).filter(offered);
    passed.into_iter().chain(asked.filter_map(|t| t.due_at)).min()
}

impl Draft {
    /// Somebody's training is current until another moment.
    pub(super) fn set_trained(&mut self, user: User) {
        let params = vec![user.id.into(), user.trained_until.into()];
        self.push_expecting("UPDATE app_user SET trained_until = ?2 WHERE id = ?1", params, 1);
        self.next.users.insert(user.id, user);
    }
}
