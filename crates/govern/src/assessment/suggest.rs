//! Which control of a compliance report speaks of what a question asks: by the clause it names, else by one word of a short list.

use super::{Asked, Standing};
use crate::controls::{Control, State};

/// A control that may answer a question, and by what it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion<'c> {
    pub control: &'c Control,
    /// The clause or word that both have.
    pub by: &'static str,
    pub clause: bool,
    /// `None` where the control has a figure and no number to hold it against.
    pub standing: Option<Standing>,
}

/// Words of questions, and the evidence that speaks of them. The first that a question has counts.
const WORDS: &[(&str, &str)] = &[
    ("backup", "backups"),
    ("备份", "backups"),
    ("awareness", "trained"),
    ("training", "trained"),
    ("培训", "trained"),
    ("segregation", "duties_separate"),
    ("separation of dut", "duties_separate"),
    ("least privilege", "duties_separate"),
    ("职责分离", "duties_separate"),
    ("三员分立", "duties_separate"),
    ("最小权限", "duties_separate"),
    ("tamper", "verified"),
    ("篡改", "verified"),
    ("retention of log", "log_kept"),
    ("log retention", "log_kept"),
    ("日志留存", "log_kept"),
    ("monitor", "alerts_handled"),
    ("anomal", "alerts_handled"),
    ("监测", "alerts_handled"),
    ("监视", "alerts_handled"),
    ("erasure", "erasures"),
    ("删除权", "erasures"),
    ("failed sign-in", "failed_sign_ins"),
    ("failed log", "failed_sign_ins"),
    ("brute force", "failed_sign_ins"),
    ("登录失败", "failed_sign_ins"),
    ("masking", "purpose_asked"),
    ("脱敏", "purpose_asked"),
    ("access rights", "role_changes"),
    ("访问权", "role_changes"),
];

/// Whether a text names a clause, as a whole: `A.8.1` is not named by `A.8.13`, nor by `A.8.1.2`.
fn names(text: &str, clause: &str) -> bool {
    text.match_indices(clause).any(|(at, found)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let mut after = text.get(at + found.len()..).unwrap_or_default().chars();
        let goes_on = match after.next() {
            // A sentence may end here.
            Some('.') => after.next().is_some_and(char::is_alphanumeric),
            next => next.is_some_and(|c| c.is_alphanumeric() || c == '('),
        };
        !goes_on && !before.is_some_and(|c| c.is_alphanumeric() || c == '.')
    })
}

/// The control that a question is about. Clauses of digits alone name nothing: `32` may be anything.
pub fn suggest<'c>(asked: &Asked, controls: &'c [Control]) -> Option<Suggestion<'c>> {
    let text = format!("{}\n{}\n{}\n{}", asked.code, asked.question, asked.zh, asked.en);
    let telling = |clause: &str| clause.contains('.') || clause.contains('(');
    let by_clause = controls.iter().find(|c| telling(&c.clause) && names(&text, &c.clause));
    let found = by_clause.map(|c| (c, "", true)).or_else(|| {
        let lower = text.to_lowercase();
        let said = WORDS.iter().filter(|(word, _)| lower.contains(word));
        said.flat_map(|(word, evidence)| controls.iter().find(|c| c.evidence == *evidence).map(|c| (c, *word, false)))
            .next()
    });
    let (control, by, clause) = found?;
    let standing = match control.state {
        State::Met => Some(Standing::Met),
        State::NotMet => Some(Standing::NotMet),
        State::Shown => None,
    };
    Some(Suggestion { control, by, clause, standing })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Facts, Fold, Query, controls};

    #[test]
    fn a_clause_counts_before_a_word_and_a_number_alone_names_nothing() {
        let all = controls(&Facts::default(), &Fold::default(), &Query::default());
        let of = |code: &str, question: &str| {
            let asked = Asked {
                code: code.into(),
                section: String::new(),
                question: question.into(),
                zh: String::new(),
                en: String::new(),
            };
            suggest(&asked, &all).map(|s| (s.control.id.clone(), s.by))
        };
        assert_eq!(of("A.8.13", "monitoring").unwrap().0, "iso27001.A.8.13.backups");
        assert_eq!(of("q1", "Does ISO 27001 A.8.15 hold?").unwrap().0, "iso27001.A.8.15.verified");
        assert_eq!(of("q1", "Are Backups tested?").unwrap().1, "backup");
        assert_eq!(of("32", "What is 54?"), None);
        assert_eq!(of("A.8.1", "devices"), None);
        assert!(names("(A.8.13)", "A.8.13") && names("A.8.13.", "A.8.13"));
        assert!(!names("A.8.131", "A.8.13") && !names("A.8.13.2", "A.8.13") && !names("B.A.8.13", "A.8.13"));
    }
}
