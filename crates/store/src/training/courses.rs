//! Making courses: a company's own from a ZIP, those outside by their address, and withdrawing them.

use access::path::{Disclosed, FieldProblem, Grant, Refusal};
use model::{Text, UnixMs};
use serde_json::json;
use sha2::{Digest, Sha256};
use training::{Course, Files, MOST_PACKED_BYTES};

use super::catalogue::{COURSES, CompanyCourse, CourseHead, CourseKind, CourseVersion, Outside, offered};
use super::current::current;
use super::row::{Given, Taken, told};
use crate::Store;
use crate::arrived::Arrived;
use crate::audit::name_of;
use crate::automation::host_of;
use crate::company::{Draft, Note, barred};
use crate::ids::random;

/// Courses of a company's own and outside.
const MOST_COURSES: usize = 100;
/// Texts of one course.
const MOST_VERSIONS: usize = 50;
const MOST_MONTHS: u32 = 36;
const LONGEST_TITLE: usize = 120;
const LONGEST_ABOUT: usize = 600;
const LONGEST_ADDRESS: usize = 2_000;

/// Makes a course of the company's own, or gives one another text.
#[derive(Debug)]
pub struct PutOwnCourse {
    /// Which gets another text; `None` for a new one.
    pub course: Option<String>,
    pub body: Arrived,
    pub note: Note,
}

/// Makes a course outside known, or changes what is known of it.
#[derive(Debug)]
pub struct PutOutsideCourse {
    pub course: Option<String>,
    pub title: Text,
    pub about: Text,
    pub outside: Outside,
    pub note: Note,
}

/// Withdraws a course, or offers it again.
#[derive(Debug)]
pub struct WithdrawCourse {
    pub course: String,
    pub withdrawn: bool,
}

#[derive(Debug)]
pub struct ListCourses;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoursePut {
    pub course: String,
    pub version: u32,
    /// It was so before: nothing was changed.
    pub known: bool,
}

/// A text of an own course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView {
    pub of: CourseVersion,
    pub by_name: String,
}

/// A course as officers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseCard {
    pub head: CourseHead,
    /// By the company's rules.
    pub required: bool,
    /// Newest first.
    pub versions: Vec<VersionView>,
}

fn wrong(field: &str, reason: impl Into<String>) -> Refusal {
    Refusal::invalid(field, "invalid_value", reason)
}

fn digest_of(files: &Files) -> Result<String, Refusal> {
    Ok(hex::encode(Sha256::digest(serde_json::to_vec(files).map_err(|_| Refusal::Damaged)?)))
}

/// What is wrong with a course, by file and line.
fn faults(of: Vec<training::Fault>) -> Refusal {
    let item = |f: training::Fault| FieldProblem {
        own: Some(f.text.clone()),
        ..FieldProblem::new(f.place, "course_file", f.text.en)
    };
    Refusal::Invalid(of.into_iter().map(item).collect())
}

/// An IRI, as far as it can name an activity or a page: absolute, without blanks.
fn is_iri(text: &str) -> bool {
    let named = text.split_once(':').is_some_and(|(scheme, rest)| {
        let letter = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letter) && !rest.is_empty()
    });
    named
        && text.len() <= LONGEST_ADDRESS
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

fn check_outside(op: &PutOutsideCourse) -> Result<(), Refusal> {
    let said = |text: &str, most: usize| text.chars().count() <= most && !text.chars().any(char::is_control);
    for (field, text) in [("title/zh", &op.title.zh), ("title/en", &op.title.en)] {
        if text.trim().is_empty() || !said(text, LONGEST_TITLE) {
            return Err(wrong(field, format!("1 to {LONGEST_TITLE} characters on one line")));
        }
    }
    for (field, text) in [("about/zh", &op.about.zh), ("about/en", &op.about.en)] {
        if !said(text, LONGEST_ABOUT) {
            return Err(wrong(field, format!("at most {LONGEST_ABOUT} characters")));
        }
    }
    let o = &op.outside;
    if !is_iri(&o.activity) {
        return Err(wrong("activity", "an IRI, as `https://lms.example.com/courses/7`"));
    }
    if host_of(&o.launch).is_none_or(|(scheme, _)| scheme != "https") {
        return Err(wrong("launch", "an address that begins with https://"));
    }
    if !(1..=MOST_MONTHS).contains(&o.months) {
        return Err(wrong("months", format!("1 to {MOST_MONTHS}")));
    }
    if o.rule.least_percent.is_some_and(|p| !(1..=100).contains(&p)) {
        return Err(wrong("least_percent", "1 to 100"));
    }
    if o.home_page.as_deref().is_some_and(|page| !is_iri(page)) {
        return Err(wrong("home_page", "an IRI, as `https://lms.example.com/courses/7`"));
    }
    if o.mail_domain.as_deref().is_some_and(|domain| !crate::automation::is_host(domain)) {
        return Err(wrong("mail_domain", "a domain in lower case, as `example.com`"));
    }
    if o.home_page.is_none() && o.mail_domain.is_none() {
        return Err(Refusal::invalid("home_page", "required", "the page of accounts, or the domain of addresses"));
    }
    Ok(())
}

fn add(courses: &mut Vec<CompanyCourse>, course: CompanyCourse) -> Result<(), Refusal> {
    if courses.len() >= MOST_COURSES {
        return Err(barred("too_many_courses", format!("a company has at most {MOST_COURSES} courses")));
    }
    courses.push(course);
    Ok(())
}

fn new_course(title: Text, about: Text, at: UnixMs, kind: CourseKind) -> CompanyCourse {
    let bytes: [u8; 5] = random();
    let id = format!("{}-{}", kind.as_str(), hex::encode(bytes));
    CompanyCourse { id, title, about, version: 0, at, withdrawn: false, versions: vec![], outside: None }
}

fn keep(draft: &mut Draft, courses: Vec<CompanyCourse>) -> Result<(), Refusal> {
    draft.set(COURSES, &courses)?;
    draft.next.courses = courses.into();
    Ok(())
}

impl Store {
    /// # Errors
    /// [`Refusal::NotFound`] for no such own course; [`Refusal::Barred`] `course_too_large`, `too_many_courses`, `too_many_versions`;
    /// [`Refusal::Invalid`] with each fault by file and line; [`Refusal::Conflict`]; recorded.
    pub async fn put_own_course(&self, grant: Grant<PutOwnCourse>) -> Result<Disclosed<CoursePut>, Refusal> {
        let read = match self.own_course_of(grant.operation()) {
            Ok(read) => read,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        let (files, whole, digest, version) = read;
        if let Some(course) = grant.operation().course.clone().filter(|_| version.is_none()) {
            let version = whole.version;
            grant
                .operation()
                .note
                .set(json!({ "course": course, "version": version, "sha256": digest, "known": true }));
            return grant.carry_out(vec![], CoursePut { course, version, known: true }).await;
        }
        self.change_company(grant, |grant, draft| {
            let (now, by) = (grant.now(), grant.caller().user);
            let op = grant.operation();
            let mut courses = draft.from.courses.to_vec();
            if op.course.is_none() {
                add(&mut courses, new_course(whole.title.clone(), whole.about.clone(), now, CourseKind::Own))?;
            }
            let one = match &op.course {
                Some(id) => courses.iter_mut().find(|c| c.id == *id),
                None => courses.last_mut(),
            };
            let one = one.ok_or(Refusal::NotFound)?;
            // What was read of is what is followed.
            if Some(one.version.saturating_add(1)) != version {
                return Err(Refusal::Conflict);
            }
            if one.versions.len() >= MOST_VERSIONS {
                return Err(barred("too_many_versions", format!("a course has at most {MOST_VERSIONS} texts")));
            }
            one.version = one.version.saturating_add(1);
            (one.title, one.about) = (whole.title.clone(), whole.about.clone());
            one.versions.push(CourseVersion {
                version: one.version,
                at: now,
                by,
                digest: digest.clone(),
                pages: whole.pages.len(),
                questions: whole.questions.len(),
            });
            let put = CoursePut { course: one.id.clone(), version: one.version, known: false };
            let (change, told) = self.put_text(&put.course, put.version, &files, &digest, now)?;
            op.note.set(json!({ "course": put.course, "version": put.version, "sha256": digest, "known": false }));
            keep(draft, courses)?;
            draft.changes.push(change);
            draft.told.push(told);
            Ok(put)
        })
        .await
    }

    /// The files, the course, its digest, and the version that it becomes; `None` where it is the same as now.
    fn own_course_of(&self, op: &PutOwnCourse) -> Result<(Files, Course, String, Option<u32>), Refusal> {
        let company = self.company();
        let before = match &op.course {
            None => None,
            Some(id) => {
                let found = company.courses.iter().find(|c| c.id == *id && c.outside.is_none());
                Some(found.ok_or(Refusal::NotFound)?)
            }
        };
        let bytes = op.body.bytes("course_too_large", MOST_PACKED_BYTES)?;
        let files = training::unpack(bytes).map_err(|fault| faults(vec![fault]))?;
        let digest = digest_of(&files)?;
        let version = before.map_or(0, |c| c.version);
        let same = before.and_then(|c| c.versions.last()).is_some_and(|v| v.digest == digest);
        let becomes = if same { version } else { version.saturating_add(1) };
        let id = op.course.as_deref().unwrap_or_default();
        let whole = training::read_own(id, becomes, &files).map_err(faults)?;
        Ok((files, whole, digest, (!same).then_some(becomes)))
    }

    /// # Errors
    /// [`Refusal::NotFound`] for no such course outside; [`Refusal::Invalid`] with the field; [`Refusal::Barred`] `too_many_courses`.
    pub async fn put_outside_course(&self, grant: Grant<PutOutsideCourse>) -> Result<Disclosed<CoursePut>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let op = grant.operation();
            check_outside(op)?;
            let mut courses = draft.from.courses.to_vec();
            let other = |c: &CompanyCourse| op.course.as_ref() != Some(&c.id);
            let named = |c: &CompanyCourse| c.outside.as_ref().is_some_and(|o| o.activity == op.outside.activity);
            if courses.iter().any(|c| other(c) && named(c)) {
                return Err(Refusal::invalid("activity", "duplicate", "another course has this activity"));
            }
            if op.course.is_none() {
                let made = new_course(op.title.clone(), op.about.clone(), grant.now(), CourseKind::Outside);
                add(&mut courses, CompanyCourse { outside: Some(op.outside.clone()), ..made })?;
            }
            let one = match &op.course {
                Some(id) => courses.iter_mut().find(|c| c.id == *id && c.outside.is_some()),
                None => courses.last_mut(),
            };
            let one = one.ok_or(Refusal::NotFound)?;
            op.note.set(json!({ "course": one.id, "old": op.course.as_ref().and(one.outside.as_ref()) }));
            one.version = one.version.saturating_add(1);
            (one.title, one.about) = (op.title.clone(), op.about.clone());
            one.outside = Some(op.outside.clone());
            let put = CoursePut { course: one.id.clone(), version: one.version, known: false };
            keep(draft, courses)?;
            Ok(put)
        })
        .await
    }

    /// Whoever was asked for it by an officer need not take it any more; of the others the house takes the date away.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for no such course of the company's; [`Refusal::Barred`] `course_required` while the rules require it.
    pub async fn withdraw_course(&self, grant: Grant<WithdrawCourse>) -> Result<Disclosed<()>, Refusal> {
        let now = grant.now();
        let all = match self.taken_by_all().await {
            Ok(all) => all,
            Err(refusal) => return Err(grant.refuse_system(refusal).await),
        };
        self.change_company(grant, |grant, draft| {
            let WithdrawCourse { course, withdrawn } = grant.operation();
            let mut courses = draft.from.courses.to_vec();
            let one = courses.iter_mut().find(|c| c.id == *course).ok_or(Refusal::NotFound)?;
            if *withdrawn && draft.from.training.required.iter().any(|r| r.course == *course) {
                return Err(barred("course_required", "the rules require this course"));
            }
            one.withdrawn = *withdrawn;
            keep(draft, courses)?;
            if !withdrawn {
                return Ok(());
            }
            let heads = offered(&draft.next.courses);
            let mut rows = vec![];
            let officers = |t: &&Taken| matches!(t.body.why, Given::Asked | Given::Case);
            for taken in all.iter().filter(|t| t.course == *course && t.due_at.is_some()).filter(officers) {
                let mut row = taken.clone();
                row.due_at = None;
                row.body.reminded = 0;
                let change = self.put_taken(&mut row)?;
                draft.changes.push(change);
                let theirs: Vec<&Taken> = all.iter().filter(|t| t.user == row.user && t.course != row.course).collect();
                let user = draft.from.users.get(&row.user).cloned();
                if let Some(mut user) = user
                    && let Some(until) = current(&theirs, &draft.from.training, &user, &heads, now)
                {
                    user.trained_until = Some(until);
                    draft.set_trained(user);
                }
                rows.push(row);
            }
            if !rows.is_empty() {
                draft.told.push(told(&rows));
            }
            Ok(())
        })
        .await
    }

    /// All courses, those that were withdrawn too.
    ///
    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn list_courses(&self, grant: Grant<ListCourses>) -> Result<Disclosed<Vec<CourseCard>>, Refusal> {
        let (company, directory) = (self.company(), self.directory());
        let required = |id: &str| company.training.required.iter().any(|r| r.course == id);
        let shipped = training::courses().iter().map(|c| {
            let head = CourseHead::from(c);
            CourseCard { required: required(&head.id), head, versions: vec![] }
        });
        let own = company.courses.iter().map(|c| {
            let view = |v: &CourseVersion| VersionView { of: v.clone(), by_name: name_of(&directory, v.by) };
            let head = CourseHead::from(c);
            CourseCard { required: required(&head.id), head, versions: c.versions.iter().rev().map(view).collect() }
        });
        let all = shipped.chain(own).collect();
        grant.carry_out(vec![], all).await
    }
}
