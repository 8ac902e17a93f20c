//! What a filter would have hidden. An alert that somebody called malicious is the last thing that tuning may make silent.

use access::path::Refusal;
use detect::Pack;
use detect::baseline::Scores;
use model::{AlertState, EventId, Feedback};

use crate::company::barred;
use crate::proof::tables::ALERT;
use crate::records::broken;
use crate::sql::Sql;
use crate::watch::{Alert, Judged};
use crate::{Query, Store};

/// Alerts of a rule that are looked at, the newest.
const LOOKED_AT: i64 = 500;

/// A rule of this name that matches everything: beside filters it says what passes them.
pub(super) fn everything(name: &str) -> String {
    format!(
        "name: {name}\ntitle: everything ({name})\nlogsource: {{product: crm, service: access}}\ndetection:\n  anything:\n    \
         seen.count|gte: 0\n  condition: anything\n"
    )
}

/// What passes the filters of a rule.
pub(super) struct Passes {
    name: String,
    pack: Pack,
}

impl Passes {
    /// `None` where a filter does not read; it is refused elsewhere.
    pub(super) fn new(name: &str, filters: &[String]) -> Option<Passes> {
        let beside = everything(name);
        let files = std::iter::once(("rule", beside.as_str())).chain(filters.iter().map(|f| ("filter", f.as_str())));
        Pack::read(files).ok().map(|pack| Passes { name: name.to_owned(), pack })
    }
    fn any(&self, all: &[Judged]) -> bool {
        let none = Scores::default();
        let passes = |judged: &Judged| {
            let scores = judged.scores.as_ref().unwrap_or(&none);
            self.pack.matching(&judged.of, scores).contains(&self.name.as_str())
        };
        all.iter().any(passes)
    }
}

impl Store {
    /// What was seen of these events, as far as it is still there.
    pub(super) async fn seen_of(&self, events: &[EventId]) -> Result<Vec<Judged>, Refusal> {
        if events.is_empty() {
            return Ok(vec![]);
        }
        self.ready_to_ask().await?;
        let mut sql = Sql::new(self.db.dialect(), "SELECT seq FROM event WHERE id IN ");
        sql.bind_list(events.iter().copied());
        let rows = self.read(sql.finish()).await?;
        let places: Vec<i64> = rows.iter().map(|row| row.int(0)).collect::<Result<_, _>>().map_err(broken)?;
        if places.is_empty() { Ok(vec![]) } else { self.observations_at(&places).await }
    }

    /// The newest alerts of a rule.
    pub(super) async fn alerts_of_rule(&self, name: &str) -> Result<Vec<Alert>, Refusal> {
        let sql = ALERT.select("rule = ?1 ORDER BY last_at DESC LIMIT ?2");
        self.alerts(Query::new(sql, vec![name.into(), LOOKED_AT.into()])).await
    }

    /// Which alerts that were called malicious have nothing left that passes the filters.
    pub(super) async fn hides(
        &self,
        name: &str,
        filters: &[String],
        alerts: &[Alert],
    ) -> Result<Vec<model::AlertId>, Refusal> {
        let company = self.company();
        let now = company.detection.items.get(name).map(|(_, item)| item.filters.as_slice()).unwrap_or_default();
        let (Some(then), Some(now)) = (Passes::new(name, filters), Passes::new(name, now)) else { return Ok(vec![]) };
        let mut hidden = vec![];
        for alert in alerts {
            if alert.state != AlertState::Closed || alert.body.feedback != Some(Feedback::Malicious) {
                continue;
            }
            let seen = self.seen_of(&alert.body.evidence).await?;
            if now.any(&seen) && !then.any(&seen) {
                hidden.push(alert.id);
            }
        }
        Ok(hidden)
    }

    /// # Errors
    /// [`Refusal::Barred`] with `filter_hides_malicious`; [`Refusal::StoreUnavailable`].
    pub(super) async fn check_hidden(&self, name: &str, filters: &[String]) -> Result<(), Refusal> {
        if filters.is_empty() {
            return Ok(());
        }
        let alerts = self.alerts_of_rule(name).await?;
        match self.hides(name, filters, &alerts).await?.len() {
            0 => Ok(()),
            n => Err(barred(
                "filter_hides_malicious",
                format!("{n} alerts that were called malicious would not have been told"),
            )),
        }
    }
}
