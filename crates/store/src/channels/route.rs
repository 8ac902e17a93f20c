//! Which alerts go to which channels, and when: pure.

use std::collections::BTreeMap;

use access::engine::Calendar;
use detect::Family;
use model::{Department, DepartmentId, Severity, UnixMs};
use serde::{Deserialize, Serialize};

/// When a route is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    Always,
    /// In working hours; what comes outside of them waits for the next ones.
    Working,
    /// Outside of working hours alone; what comes within them is for other routes.
    Nights,
}

/// At once, or what came together in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Digest {
    AtOnce {},
    /// At an hour of the company's day, 0 to 23.
    Daily {
        hour: u8,
    },
}

/// Alerts that pass all of it go to these channels. Each alert goes by every route it passes, and to each channel once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// At least so grave.
    pub severity: Severity,
    /// Any if there is none.
    pub families: Vec<Family>,
    /// Whom it is about: people of this department and of those below; anybody without one.
    pub department: Option<DepartmentId>,
    pub hours: Hours,
    pub digest: Digest,
    /// Names of channels.
    pub to: Vec<String>,
}

/// What a route looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) severity: Severity,
    pub(super) family: Family,
    /// Of the person it is about; the house itself has none.
    pub(super) department: Option<DepartmentId>,
}

const QUARTER_MS: i64 = 15 * 60 * 1000;
/// Quarters of an hour looked ahead for the next working hours: three weeks, for long holidays.
const AHEAD: i64 = 4 * 24 * 21;
const DAY_SECONDS: i64 = 86_400;

/// Whether a department is another or lies below it.
fn is_below(departments: &BTreeMap<DepartmentId, Department>, mut id: DepartmentId, top: DepartmentId) -> bool {
    // A tree is never deeper than it has departments.
    for _ in 0..=departments.len() {
        if id == top {
            return true;
        }
        match departments.get(&id).and_then(|d| d.parent) {
            Some(parent) => id = parent,
            None => return false,
        }
    }
    false
}

fn next_working(calendar: &Calendar, now: UnixMs) -> UnixMs {
    let first = now.0.div_euclid(QUARTER_MS).saturating_add(1);
    (first..first + AHEAD)
        .map(|n| UnixMs(n.saturating_mul(QUARTER_MS)))
        .find(|at| calendar.is_open(*at))
        // A calendar without working hours holds nothing up.
        .unwrap_or(now)
}

/// The next time that it is this hour of the company's day.
fn next_hour(calendar: &Calendar, hour: u8, now: UnixMs) -> UnixMs {
    let of = |at: UnixMs| calendar.day(at).0.plus_seconds(i64::from(hour) * 3600);
    let today = of(now);
    // Noon of tomorrow is in tomorrow also where the clock is put forward or back.
    if today > now { today } else { of(calendar.day(now).0.plus_seconds(DAY_SECONDS + DAY_SECONDS / 2)) }
}

impl Route {
    /// When an alert goes by this route, and whether together with others of the day; `None` where it does not.
    pub(super) fn when(
        &self,
        told: Told,
        departments: &BTreeMap<DepartmentId, Department>,
        calendar: &Calendar,
        now: UnixMs,
    ) -> Option<(UnixMs, bool)> {
        let family = self.families.is_empty() || self.families.contains(&told.family);
        let department = match self.department {
            None => true,
            Some(top) => told.department.is_some_and(|id| is_below(departments, id, top)),
        };
        if told.severity < self.severity || !family || !department {
            return None;
        }
        let open = calendar.is_open(now);
        let at = match self.hours {
            Hours::Nights if open => return None,
            Hours::Working if !open => next_working(calendar, now),
            Hours::Always | Hours::Working | Hours::Nights => now,
        };
        match self.digest {
            Digest::AtOnce {} => Some((at, false)),
            Digest::Daily { hour } => Some((next_hour(calendar, hour, at), true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixMs {
        UnixMs::parse_rfc3339(text).unwrap()
    }
    fn route() -> Route {
        Route {
            severity: Severity::Medium,
            families: vec![],
            department: None,
            hours: Hours::Always,
            digest: Digest::AtOnce {},
            to: vec!["a".into()],
        }
    }
    const TOLD: Told = Told { severity: Severity::High, family: Family::Volume, department: None };
    const MONDAY: &str = "2026-11-23T10:00:00+08:00";

    fn when(route: &Route, told: Told, now: &str) -> Option<(UnixMs, bool)> {
        let id = |n| DepartmentId::from_bytes([n; 16]);
        let of = |n, parent: Option<u8>| (id(n), Department { id: id(n), parent: parent.map(id), name: "x".into() });
        let tree = BTreeMap::from([of(1, None), of(2, Some(1)), of(3, Some(2)), of(4, Some(1))]);
        route.when(told, &tree, &Calendar::default(), at(now))
    }

    #[test]
    fn an_alert_goes_where_it_is_grave_enough_and_of_the_kind() {
        assert_eq!(when(&route(), TOLD, MONDAY), Some((at(MONDAY), false)));
        assert_eq!(when(&route(), Told { severity: Severity::Low, ..TOLD }, MONDAY), None);
        let duty = Route { families: vec![Family::Duty], ..route() };
        assert_eq!(when(&duty, TOLD, MONDAY), None);
        assert!(when(&duty, Told { family: Family::Duty, ..TOLD }, MONDAY).is_some());
    }

    #[test]
    fn a_department_has_those_below_and_not_those_beside() {
        let id = |n| Some(DepartmentId::from_bytes([n; 16]));
        let east = Route { department: id(2), ..route() };
        for (of, goes) in [(id(2), true), (id(3), true), (id(1), false), (id(4), false), (None, false), (id(9), false)]
        {
            assert_eq!(when(&east, Told { department: of, ..TOLD }, MONDAY).is_some(), goes, "{of:?}");
        }
    }

    #[test]
    fn what_comes_at_night_waits_for_the_morning_or_goes_to_the_night_watch() {
        let working = Route { hours: Hours::Working, ..route() };
        assert_eq!(when(&working, TOLD, "2026-11-23T22:10:30+08:00"), Some((at("2026-11-24T09:00:00+08:00"), false)));
        // Over a weekend.
        assert_eq!(when(&working, TOLD, "2026-11-27T18:00:00+08:00"), Some((at("2026-11-30T09:00:00+08:00"), false)));
        let nights = Route { hours: Hours::Nights, ..route() };
        assert_eq!(when(&nights, TOLD, MONDAY), None);
        assert!(when(&nights, TOLD, "2026-11-23T22:10:00+08:00").is_some());
    }

    #[test]
    fn a_digest_comes_at_its_hour() {
        let daily = Route { digest: Digest::Daily { hour: 9 }, ..route() };
        assert_eq!(when(&daily, TOLD, MONDAY), Some((at("2026-11-24T09:00:00+08:00"), true)));
        assert_eq!(when(&daily, TOLD, "2026-11-23T08:59:00+08:00"), Some((at("2026-11-23T09:00:00+08:00"), true)));
    }
}
