//! From facts to a state: figures, each with its bound.

use model::{Text, UnixMs};
use serde::{Deserialize, Serialize};

use super::facts::{Fact, Source};

/// How a check stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Good,
    Bad,
    /// It could not be looked at.
    Unknown,
    /// There is nothing here that it could be about.
    NotApplicable,
}

impl State {
    pub const ALL: [State; 4] = [State::Good, State::Bad, State::Unknown, State::NotApplicable];
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Good => "good",
            State::Bad => "bad",
            State::Unknown => "unknown",
            State::NotApplicable => "not_applicable",
        }
    }
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    Count,
    Days,
    Hours,
    Minutes,
    Seconds,
    Milliseconds,
    Mebibytes,
    Percent,
    /// 1 or 0.
    YesNo,
}

impl Measure {
    pub const fn as_str(self) -> &'static str {
        match self {
            Measure::Count => "count",
            Measure::Days => "days",
            Measure::Hours => "hours",
            Measure::Minutes => "minutes",
            Measure::Seconds => "seconds",
            Measure::Milliseconds => "milliseconds",
            Measure::Mebibytes => "mebibytes",
            Measure::Percent => "percent",
            Measure::YesNo => "yes_no",
        }
    }

    /// So many of it, as people read it.
    pub fn told(self, n: i64) -> Text {
        let same = |unit: &str| Text::new(format!("{n}{unit}"), format!("{n}{unit}"));
        match self {
            Measure::Count => same(""),
            Measure::Days => Text::new(format!("{n} 天"), format!("{n} d")),
            Measure::Hours => Text::new(format!("{n} 小时"), format!("{n} h")),
            Measure::Minutes => Text::new(format!("{n} 分钟"), format!("{n} min")),
            Measure::Seconds => Text::new(format!("{n} 秒"), format!("{n} s")),
            Measure::Milliseconds => Text::new(format!("{n} 毫秒"), format!("{n} ms")),
            Measure::Mebibytes => same(" MiB"),
            Measure::Percent => same("%"),
            Measure::YesNo if n == 0 => Text::new("否", "no"),
            Measure::YesNo => Text::new("是", "yes"),
        }
    }
}

/// Within what a figure must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    AtMost(i64),
    AtLeast(i64),
}

/// A number, and within what it must be. `None` of the number: it never happened, or there is no end to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub label: Text,
    pub value: Option<i64>,
    pub is: Measure,
    pub bound: Bound,
    pub met: bool,
}

/// What a check saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub state: State,
    /// Why nothing could be said.
    pub why: Option<Text>,
    pub figures: Vec<Figure>,
    pub at: Option<UnixMs>,
    pub from: Source,
}

/// A number as figures have it.
pub(super) fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn figure((zh, en): (&str, &str), value: i64, is: Measure, bound: Bound) -> Figure {
    let met = match bound {
        Bound::AtMost(most) => value <= most,
        Bound::AtLeast(least) => value >= least,
    };
    Figure { label: Text::new(zh, en), value: Some(value), is, bound, met }
}

pub(super) fn most(label: (&str, &str), value: i64, most: i64, is: Measure) -> Figure {
    figure(label, value, is, Bound::AtMost(most))
}
pub(super) fn least(label: (&str, &str), value: i64, least: i64, is: Measure) -> Figure {
    figure(label, value, is, Bound::AtLeast(least))
}
/// None of them may be there.
pub(super) fn none(label: (&str, &str), value: u64) -> Figure {
    most(label, whole(value), 0, Measure::Count)
}
pub(super) fn yes(label: (&str, &str), value: bool) -> Figure {
    least(label, i64::from(value), 1, Measure::YesNo)
}
pub(super) fn no(label: (&str, &str), value: bool) -> Figure {
    most(label, i64::from(value), 0, Measure::YesNo)
}
/// How long ago: never is not met.
pub(super) fn since(label: (&str, &str), value: Option<i64>, limit: i64, is: Measure) -> Figure {
    match value {
        Some(value) => most(label, value, limit, is),
        None => Figure { value: None, met: false, ..most(label, 0, limit, is) },
    }
}
/// For how long: no end is met.
pub(super) fn kept(label: (&str, &str), value: Option<i64>, limit: i64, is: Measure) -> Figure {
    match value {
        Some(value) => least(label, value, limit, is),
        None => Figure { value: None, met: true, ..least(label, 0, limit, is) },
    }
}
/// A limit that may not have been set: none is not met.
pub(super) fn limit(label: (&str, &str), value: Option<u64>, highest: i64, is: Measure) -> Figure {
    since(label, value.map(whole), highest, is)
}

/// Holds figures of a fact against their bounds.
pub(super) fn on<T, const N: usize>(fact: &Fact<T>, figures: impl FnOnce(&T) -> [Figure; N]) -> Seen {
    match fact {
        Fact::Known { value, at, from } => {
            let figures: Vec<Figure> = figures(value).into();
            let state = if figures.iter().all(|f| f.met) { State::Good } else { State::Bad };
            Seen { state, why: None, figures, at: Some(*at), from: *from }
        }
        Fact::Unknown => unknown(("无法取得所需的信息", "what it needs could not be had")),
        Fact::None => not_here(("本系统没有这一项", "there is no such thing here")),
    }
}

pub(super) fn unknown((zh, en): (&str, &str)) -> Seen {
    Seen { state: State::Unknown, why: Some(Text::new(zh, en)), figures: vec![], at: None, from: Source::Nowhere }
}
pub(super) fn not_here(why: (&str, &str)) -> Seen {
    Seen { state: State::NotApplicable, ..unknown(why) }
}

/// Only where a condition of the fact holds; elsewhere it is not applicable.
pub(super) fn where_<T, const N: usize>(
    fact: &Fact<T>,
    applies: impl FnOnce(&T) -> bool,
    why: (&str, &str),
    figures: impl FnOnce(&T) -> [Figure; N],
) -> Seen {
    match fact {
        Fact::Known { value, .. } if !applies(value) => not_here(why),
        _ => on(fact, figures),
    }
}
