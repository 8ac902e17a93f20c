//! What is measured, and what a score says.

use serde::{Deserialize, Serialize};

use crate::flat::Value;

macro_rules! measures {
    ($($name:ident = $text:literal $mean:literal $zh:literal $en:literal,)*) => {
        /// What is counted of a person in a day.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Measure { $(#[doc = $en] $name,)* }

        impl Measure {
            pub const ALL: [Measure; COUNT] = [$(Measure::$name,)*];
            pub const fn as_str(self) -> &'static str {
                match self { $(Measure::$name => $text,)* }
            }
            pub fn named(text: &str) -> Option<Measure> {
                match text { $($text => Some(Measure::$name),)* _ => None }
            }
            /// What a person is expected to do in a day before anybody was seen.
            pub const fn prior(self) -> f64 {
                match self { $(Measure::$name => $mean,)* }
            }
            pub const fn zh(self) -> &'static str {
                match self { $(Measure::$name => $zh,)* }
            }
            pub const fn en(self) -> &'static str {
                match self { $(Measure::$name => $en,)* }
            }
        }
    };
}

/// Number of measures.
pub const COUNT: usize = 12;

measures! {
    Customers = "customers" 15.0 "查看的不同客户数" "distinct customers",
    Unexplained = "unexplained" 0.5 "无业务理由查看的不同客户数" "distinct customers without a business reason",
    Reveals = "reveals" 2.0 "查看明文次数" "reveals of masked fields",
    Export = "export" 0.5 "导出量(每 50 行为一份)" "rows exported, in fifties",
    Exact = "exact" 1.0 "按精确号码查询次数" "searches for an exact number",
    Departments = "departments" 0.2 "首次接触的其他部门数" "other departments touched for the first time",
    Refused = "refused" 0.3 "被拒绝的次数" "refusals",
    OffHours = "off_hours" 0.5 "非工作时间查看的不同客户数" "distinct customers outside working hours",
    Vip = "vip" 0.03 "无业务理由查看的重要客户数" "customers of special importance without a business reason",
    Slow = "slow" 6.0 "近 14 个活跃日无业务理由查看的客户数" "customers without a business reason within the last 14 active days",
    Hour = "hour" 0.0 "少见的时段" "an hour in which the person is hardly ever active",
    Source = "source" 0.0 "新的网络或设备" "a network or device that is new for the person",
}

impl Measure {
    pub const fn index(self) -> usize {
        self as usize
    }
    /// Counted, with a tail of its own; the others are habits.
    pub const fn is_count(self) -> bool {
        !matches!(self, Measure::Hour | Measure::Source)
    }
}

/// What a score is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// −log10 of how often somebody like this would be at or beyond what was observed.
    Score,
    Observed,
    /// What this person does on such a day.
    Expected,
    /// What the peers (department and role) do.
    Peers,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Score, Part::Observed, Part::Expected, Part::Peers];
    pub fn named(text: &str) -> Option<Part> {
        match text {
            "observed" => Some(Part::Observed),
            "expected" => Some(Part::Expected),
            "peers" => Some(Part::Peers),
            _ => None,
        }
    }
    pub fn name(self, measure: Measure) -> String {
        let measure = measure.as_str();
        match self {
            Part::Score => format!("score.{measure}"),
            Part::Observed => format!("score.{measure}.observed"),
            Part::Expected => format!("score.{measure}.expected"),
            Part::Peers => format!("score.{measure}.peers"),
        }
    }
}

/// A score with what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    pub score: f64,
    pub observed: f64,
    pub expected: f64,
    pub peers: f64,
}

/// What the baselines say of one event.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores {
    pub(super) readings: [Option<Reading>; COUNT],
    pub network_new: bool,
    pub device_new: bool,
    pub dormant_days: u32,
    pub known_days: u32,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    readings: Vec<(u8, Reading)>,
    new: [bool; 2],
    days: [u32; 2],
}

impl Scores {
    /// The reading of a measure this event added to; `None` for the others, so that a rule about a score matches the
    /// events that made it and not whatever the person does next.
    pub fn get(&self, measure: Measure) -> Option<Reading> {
        self.readings.get(measure.index()).copied().flatten()
    }
    pub fn set(&mut self, measure: Measure, reading: Reading) {
        if let Some(slot) = self.readings.get_mut(measure.index()) {
            *slot = Some(reading);
        }
    }
    /// Those that there are, in the order of the measures.
    pub fn iter(&self) -> impl Iterator<Item = (Measure, Reading)> {
        Measure::ALL.into_iter().filter_map(|measure| Some((measure, self.get(measure)?)))
    }

    /// As they are kept beside what was seen, exact to the bit. Measures stand there by their place: a new one is added at the end.
    pub fn to_bytes(&self) -> Vec<u8> {
        let readings = self.iter().map(|(m, r)| (m.index() as u8, r)).collect();
        let kept =
            Kept { readings, new: [self.network_new, self.device_new], days: [self.dormant_days, self.known_days] };
        // Numbers into memory: that cannot fail.
        postcard::to_stdvec(&kept).unwrap_or_default()
    }
    /// `None` for what is not scores.
    pub fn from_bytes(bytes: &[u8]) -> Option<Scores> {
        let Kept { readings, new: [network_new, device_new], days: [dormant_days, known_days] } =
            postcard::from_bytes(bytes).ok()?;
        let mut scores = Scores { network_new, device_new, dormant_days, known_days, ..Scores::default() };
        for (place, reading) in readings {
            scores.set(*Measure::ALL.get(usize::from(place))?, reading);
        }
        Some(scores)
    }

    pub(crate) fn value(&self, measure: Measure, part: Part) -> Option<Value<'static>> {
        let reading = self.get(measure)?;
        Some(match part {
            Part::Score => Value::Real(reading.score),
            Part::Observed => Value::Whole(reading.observed as i64),
            Part::Expected => Value::Real(reading.expected),
            Part::Peers => Value::Real(reading.peers),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_scores_is_what_they_were() {
        let mut scores = Scores { network_new: true, dormant_days: 40, known_days: 1_000, ..Scores::default() };
        assert_eq!(Scores::from_bytes(&scores.to_bytes()), Some(scores.clone()));
        for (n, measure) in Measure::ALL.into_iter().enumerate() {
            let score = 1.0 / (n + 3) as f64;
            scores.set(measure, Reading { score, observed: n as f64, expected: score * 7.1, peers: 1e-9 });
        }
        assert_eq!(Scores::from_bytes(&scores.to_bytes()), Some(scores));
        assert_eq!(Scores::from_bytes(b"nonsense, and longer than that"), None);
        assert_eq!(Scores::from_bytes(b""), None);
    }
}
