//! The look-back: figures of the days before the notice and since, beside the person's own days before those, and beside peers.

use access::path::Refusal;
use model::{Action, Channel, Decision, UnixMs, User, UserId, UserKind, UserStatus};
use serde::{Deserialize, Serialize};

use super::count::CountsBy;
use super::row::Leaver;
use crate::Store;
use crate::audit::Span;
use crate::company::{Loaded, SYSTEM};
use crate::sql::Sql;

/// Fewer colleagues than this are no measure; then those of the whole company with the same role are.
const FEWEST_PEERS: usize = 3;
/// Colleagues that are counted.
const MOST_PEERS: usize = 30;
/// How far is looked back, in days.
pub(super) const BACK: [u32; 2] = [30, 90];

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What is counted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Figure { $($(#[$doc])* $name,)* }
        impl Figure {
            pub const fn as_str(self) -> &'static str {
                match self { $(Figure::$name => $text,)* }
            }
        }
    };
}

figures! {
    /// Distinct customers seen.
    Customers = "customers",
    Views = "views",
    Reveals = "reveals",
    /// Exports begun.
    Exports = "exports",
    /// Records that left with them.
    Exported = "exported",
    Prints = "prints",
    /// Files and finished exports taken.
    Files = "files",
    /// Accesses by programs.
    Api = "api",
    /// At night or at a weekend.
    OffHours = "off_hours",
    /// Accesses without a business reason that the system saw.
    Unexplained = "unexplained",
    /// Records shared with somebody.
    Shares = "shares",
    /// Emergency accesses.
    Emergency = "emergency",
    Refused = "refused",
    /// Alerts about the person.
    Alerts = "alerts",
    /// Cases about the person.
    Cases = "cases",
}

/// What is counted from events, for peers too.
pub(super) const COUNTED: [Figure; 13] = [
    Figure::Customers,
    Figure::Views,
    Figure::Reveals,
    Figure::Exports,
    Figure::Exported,
    Figure::Prints,
    Figure::Files,
    Figure::Api,
    Figure::OffHours,
    Figure::Unexplained,
    Figure::Shares,
    Figure::Emergency,
    Figure::Refused,
];

/// The question whose answer a figure's events are; the person and the span are asked for besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub actions: &'static [Action],
    pub decision: Option<Decision>,
    pub channel: Option<Channel>,
    pub explained: Option<bool>,
}

/// Of what is no figure of events there is no such question.
pub fn asked(figure: Figure) -> Option<Asked> {
    const SEEN: &[Action] = &[
        Action::List,
        Action::View,
        Action::Reveal,
        Action::Export,
        Action::Print,
        Action::DownloadFile,
        Action::WhoLooked,
    ];
    let of = |actions| Asked { actions, decision: Some(Decision::Allowed), channel: None, explained: None };
    Some(match figure {
        Figure::Customers | Figure::OffHours => of(SEEN),
        Figure::Views => of(&[Action::View]),
        Figure::Reveals => of(&[Action::Reveal]),
        Figure::Exports => Asked { decision: Some(Decision::Intent), ..of(&[Action::Export]) },
        Figure::Exported => of(&[Action::Export]),
        Figure::Prints => of(&[Action::Print]),
        Figure::Files => of(&[Action::Download, Action::DownloadFile]),
        Figure::Api => Asked { channel: Some(Channel::Api), ..of(SEEN) },
        Figure::Unexplained => Asked { explained: Some(false), ..of(SEEN) },
        Figure::Shares => of(&[Action::Share]),
        Figure::Emergency => of(&[Action::BreakGlass]),
        Figure::Refused => Asked { decision: Some(Decision::Refused), ..of(SEEN) },
        Figure::Alerts | Figure::Cases => return None,
    })
}

/// One figure over the three spans, and what colleagues have in the middle of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureLine {
    pub figure: Figure,
    /// In as many days before those looked back at; `None` where the log does not reach so far.
    pub earlier: Option<u64>,
    /// In the days before the notice.
    pub before: u64,
    /// Since.
    pub since: u64,
    pub peers_before: Option<u64>,
    pub peers_since: Option<u64>,
    /// Whether it stands out: at least 5, and more than twice both what the person did before and what colleagues did in the same days.
    pub loud: bool,
}

/// The figures. Their JSON is what the event of a verdict has the SHA-256 of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaverFigures {
    /// 1.
    pub format: u32,
    /// Days looked back.
    pub days: u32,
    /// Where the earlier days begin, the days before the notice, the notice itself, and where the figures end.
    pub earlier_from: UnixMs,
    pub before_from: UnixMs,
    pub notice_at: UnixMs,
    pub until: UnixMs,
    /// Colleagues that are counted, and whether they are of the whole company: in the department too few have the same role.
    pub peers: usize,
    pub company_wide: bool,
    pub lines: Vec<FigureLine>,
}

/// From so many on a figure can stand out.
const LOUD: u64 = 5;

fn median(mut all: Vec<u64>) -> Option<u64> {
    all.sort_unstable();
    let upper = *all.get(all.len() / 2)?;
    let lower = *all.get(all.len().saturating_sub(1) / 2)?;
    Some(lower.midpoint(upper))
}

/// Whether a number is more than twice another that was counted over other days.
fn doubled(value: u64, days: u64, other: u64, other_days: u64) -> bool {
    u128::from(value) * u128::from(other_days) > 2 * u128::from(other) * u128::from(days)
}

/// People who do the same work: the same role in the same department, or in the company where those are too few.
fn peers(company: &Loaded, of: &User) -> (Vec<UserId>, bool) {
    let alike = |u: &&User| {
        let works = u.kind == UserKind::Person && u.status == UserStatus::Active && u.id != SYSTEM && u.id != of.id;
        works && u.roles.iter().any(|r| of.roles.contains(r))
    };
    let near: Vec<UserId> =
        company.users.values().filter(alike).filter(|u| u.department == of.department).map(|u| u.id).collect();
    let wide = near.len() < FEWEST_PEERS;
    let mut all = if wide { company.users.values().filter(alike).map(|u| u.id).collect() } else { near };
    // The same ones each time, whoever comes first.
    all.sort_unstable();
    all.truncate(MOST_PEERS);
    if all.len() < FEWEST_PEERS { (vec![], wide) } else { (all, wide) }
}

impl Store {
    /// The figures of a leaver, without alerts and cases.
    pub(super) async fn figures_of(&self, leaver: &Leaver, days: u32, now: UnixMs) -> Result<LeaverFigures, Refusal> {
        self.ready_to_ask().await?;
        let company = self.company();
        let back = i64::from(days);
        let (before_from, earlier_from) = (leaver.notice_at.plus_days(-back), leaver.notice_at.plus_days(-2 * back));
        let ended = leaver.body.ended.as_ref().map_or(now, |e| e.at);
        let until = now.min(ended.max(leaver.notice_at));
        let none = (vec![], false);
        let (peers, company_wide) = company.users.get(&leaver.subject).map_or(none, |user| peers(&company, user));
        let span = |from, to| Span { from: Some(from), to: Some(to) };
        let own = [leaver.subject];
        let everybody: Vec<UserId> = own.iter().chain(&peers).copied().collect();
        let known = self.log_reaches(earlier_from).await?;
        let earlier = match known {
            true => Some(self.counts_of_people(&own, span(earlier_from, before_from)).await?),
            false => None,
        };
        let before = self.counts_of_people(&everybody, span(before_from, leaver.notice_at)).await?;
        let since = self.counts_of_people(&everybody, span(leaver.notice_at, until)).await?;
        let days_since = u64::try_from((until.0 - leaver.notice_at.0).max(0)).unwrap_or(0).div_ceil(86_400_000).max(1);
        let of = |counts: &CountsBy, user: &UserId, at: usize| {
            counts.get(user).and_then(|c| c.get(at)).copied().unwrap_or(0)
        };
        let middle = |counts: &CountsBy, at: usize| median(peers.iter().map(|p| of(counts, p, at)).collect());
        let line = |(at, figure): (usize, &Figure)| {
            let days = u64::from(days);
            let (is_before, is_since) = (of(&before, &leaver.subject, at), of(&since, &leaver.subject, at));
            let was = earlier.as_ref().map(|counts| of(counts, &leaver.subject, at));
            let (peers_before, peers_since) = (middle(&before, at), middle(&since, at));
            let louder = |value: u64, over: u64, peers: Option<u64>| {
                let measured = was.is_some() || peers.is_some();
                measured
                    && value >= LOUD
                    && was.is_none_or(|was| doubled(value, over, was, days))
                    && peers.is_none_or(|p| doubled(value, 1, p, 1))
            };
            FigureLine {
                figure: *figure,
                earlier: was,
                before: is_before,
                since: is_since,
                peers_before,
                peers_since,
                loud: louder(is_before, days, peers_before) || louder(is_since, days_since, peers_since),
            }
        };
        Ok(LeaverFigures {
            format: 1,
            days,
            earlier_from,
            before_from,
            notice_at: leaver.notice_at,
            until,
            peers: peers.len(),
            company_wide,
            lines: COUNTED.iter().enumerate().map(line).collect(),
        })
    }

    /// Whether the log has all that happened from a moment on.
    async fn log_reaches(&self, from: UnixMs) -> Result<bool, Refusal> {
        if from < self.retained_before().await? {
            return Ok(false);
        }
        let mut sql = Sql::new(self.db.dialect(), "SELECT 1 FROM event e WHERE e.at <= ");
        sql.bind(from).push(" LIMIT 1");
        Ok(!self.read(sql.finish_point()).await?.is_empty())
    }

    /// How often a table says something of the person in each span.
    pub(super) async fn about_leaver(
        &self,
        figures: &LeaverFigures,
        subject: UserId,
        figure: Figure,
    ) -> Result<FigureLine, Refusal> {
        let (table, at) = match figure {
            Figure::Cases => ("case_file", "opened_at"),
            _ => ("alert", "first_at"),
        };
        let count = async |from: UnixMs, to: UnixMs| {
            let mut sql = Sql::new(self.db.dialect(), "SELECT COUNT(*) FROM ");
            sql.push(table).push(" WHERE subject = ").bind(subject).push(" AND ").push(at).push(" >= ").bind(from);
            sql.push(" AND ").push(at).push(" < ").bind(to);
            self.one_number(sql).await.map(|n| u64::try_from(n).unwrap_or(0))
        };
        let before = count(figures.before_from, figures.notice_at).await?;
        let since = count(figures.notice_at, figures.until).await?;
        Ok(FigureLine {
            figure,
            earlier: Some(count(figures.earlier_from, figures.before_from).await?),
            before,
            since,
            peers_before: None,
            peers_since: None,
            loud: before > 0 || since > 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_colleagues_is_one_of_them_or_between_two() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![9, 1, 4]), Some(4));
        assert_eq!(median(vec![9, 1, 4, 6]), Some(5));
    }

    #[test]
    fn what_is_counted_over_fewer_days_is_held_against_as_many() {
        assert!(doubled(10, 10, 12, 30), "one a day against 0.4");
        assert!(!doubled(10, 30, 12, 30));
        assert!(doubled(1, 1, 0, 30) && !doubled(0, 1, 0, 30));
    }

    #[test]
    fn each_figure_of_events_has_a_question_that_asks_for_them() {
        for figure in COUNTED {
            let asked = asked(figure).unwrap();
            assert!(!asked.actions.is_empty() && asked.decision.is_some(), "{figure:?}");
        }
        assert_eq!(asked(Figure::Alerts), None);
    }
}
