//! A course, and what ships: `courses/<name>/{zh,en}.md`, in pages by their second headings, and `questions.json`.

use std::sync::LazyLock;

use model::Text;
use serde::Deserialize;

/// A page of a course: Markdown as in the guide (paragraphs, lists, code words).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub title: Text,
    pub text: Text,
}

/// One answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub right: bool,
}

/// A question. Where several answers are right, all of them and no other make it right.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub id: String,
    pub text: Text,
    pub options: Vec<Choice>,
    /// Why, told once it was answered.
    pub why: Text,
}

impl Question {
    /// Whether more than one answer is right.
    pub fn many(&self) -> bool {
        self.options.iter().filter(|o| o.right).count() > 1
    }
}

/// A course: one that ships, or a company's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub id: String,
    /// Grows when what is taught changes.
    pub version: u32,
    pub title: Text,
    /// What it is about, in a sentence or two.
    pub about: Text,
    pub pages: Vec<Page>,
    pub questions: Vec<Question>,
}

/// A text in parts: title, first words, and pages.
pub(crate) struct Parts {
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) pages: Vec<(String, String)>,
}

pub(crate) fn parts(text: &str) -> Parts {
    let (head, pages) = text.split_once("\n## ").unwrap_or((text, ""));
    let (title, about) = head.split_once('\n').unwrap_or((head, ""));
    let page = |page: &str| {
        let (title, text) = page.split_once('\n').unwrap_or((page, ""));
        (title.trim().to_owned(), text.trim().to_owned())
    };
    Parts {
        title: title.trim_start_matches("# ").trim().to_owned(),
        about: about.trim().to_owned(),
        pages: pages.split("\n## ").filter(|p| !p.is_empty()).map(page).collect(),
    }
}

/// Puts the parts of both languages together.
pub(crate) fn joined(id: &str, version: u32, zh: Parts, en: Parts, questions: Vec<Question>) -> Course {
    let page = |((zh_title, zh), (en_title, en)): ((String, String), (String, String))| Page {
        title: Text::new(zh_title, en_title),
        text: Text::new(zh, en),
    };
    Course {
        id: id.to_owned(),
        version,
        title: Text::new(zh.title, en.title),
        about: Text::new(zh.about, en.about),
        pages: zh.pages.into_iter().zip(en.pages).map(page).collect(),
        questions,
    }
}

fn read(id: &str, version: u32, zh: &str, en: &str, questions: &str) -> Course {
    // A test holds that they are read.
    joined(id, version, parts(zh), parts(en), serde_json::from_str(questions).unwrap_or_default())
}

macro_rules! ship {
    ($($id:literal = $version:literal,)*) => {
        static COURSES: LazyLock<Vec<Course>> = LazyLock::new(|| vec![$(read(
            $id,
            $version,
            include_str!(concat!("../courses/", $id, "/zh.md")),
            include_str!(concat!("../courses/", $id, "/en.md")),
            include_str!(concat!("../courses/", $id, "/questions.json")),
        ),)*]);
    };
}

ship! {
    "personal-data" = 1,
    "exporting" = 1,
    "misuse" = 1,
}

/// All courses, in the order they are best taken in.
pub fn courses() -> &'static [Course] {
    &COURSES
}

pub fn course(id: &str) -> Option<&'static Course> {
    COURSES.iter().find(|c| c.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ASKED;

    #[test]
    fn each_course_is_whole_in_both_languages() {
        assert_eq!(courses().len(), 3);
        for course in courses() {
            let (zh, en) = (&course.title.zh, &course.title.en);
            assert!(!zh.is_empty() && !en.is_empty() && !course.about.zh.is_empty() && !course.about.en.is_empty());
            assert_eq!(course.pages.len(), 5, "{en}");
            for page in &course.pages {
                assert!(page.text.zh.chars().count() > 60 && page.text.en.len() > 200, "{en}: {}", page.title.en);
                assert_eq!(
                    page.text.zh.matches("\n- ").count(),
                    page.text.en.matches("\n- ").count(),
                    "{}",
                    page.title.en
                );
            }
        }
    }

    #[test]
    fn each_question_can_be_answered_and_missed() {
        for course in courses() {
            assert!(course.questions.len() > ASKED, "{}", course.id);
            let ids: BTreeSet<&str> = course.questions.iter().map(|q| q.id.as_str()).collect();
            assert_eq!(ids.len(), course.questions.len(), "{}", course.id);
            for q in &course.questions {
                let right = q.options.iter().filter(|o| o.right).count();
                assert!(right >= 1 && right < q.options.len(), "{}/{}", course.id, q.id);
                assert!(!q.why.zh.is_empty() && !q.why.en.is_empty() && q.options.len() <= 6);
            }
        }
    }
}
