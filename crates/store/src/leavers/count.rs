//! Counting what people did in a span, from the log: three questions, whatever the number of people.

use std::collections::HashMap;

use access::path::Refusal;
use model::{Action, Channel, Decision, UnixMs, UserId};

use super::figures::{COUNTED, Figure};
use crate::Store;
use crate::audit::Span;
use crate::records::broken;
use crate::sql::Sql;

/// Every time zone in use today keeps to quarters of an hour.
const QUARTER_MS: i64 = 900_000;

/// What one person did, in the order of [`COUNTED`].
pub(super) type Counts = [u64; COUNTED.len()];
/// By person. Who is not there did nothing.
pub(super) type CountsBy = HashMap<UserId, Counts>;

fn add(found: &mut CountsBy, user: UserId, figure: Figure, count: u64) {
    let at = COUNTED.iter().position(|f| *f == figure);
    let counts = found.entry(user).or_insert([0; COUNTED.len()]);
    if let Some(slot) = at.and_then(|at| counts.get_mut(at)) {
        *slot = slot.saturating_add(count);
    }
}

/// Somebody's events as `e.who`, those they did and those done for them; each once.
fn push_events(sql: &mut Sql, columns: &str, users: &[UserId], span: Span, more: &dyn Fn(&mut Sql)) {
    for (n, column) in ["e.actor", "e.on_behalf_of"].into_iter().enumerate() {
        sql.push(if n == 0 { "SELECT " } else { " UNION ALL SELECT " }).push(column).push(" AS who, ").push(columns);
        sql.push(" FROM event e WHERE ").push(column).push(" IN ").bind_list(users.iter().copied());
        if n > 0 {
            sql.push(" AND e.actor <> e.on_behalf_of");
        }
        // Operations on records; not what another system says.
        sql.push(" AND e.action < 100");
        span.push(sql);
        more(sql);
    }
}

impl Store {
    /// What each of these people did in a span.
    pub(super) async fn counts_of_people(&self, users: &[UserId], span: Span) -> Result<CountsBy, Refusal> {
        let mut found = CountsBy::new();
        self.acts_of_people(users, span, &mut found).await?;
        self.hours_of_people(users, span, &mut found).await?;
        self.customers_of_people(users, span, &mut found).await?;
        Ok(found)
    }

    async fn acts_of_people(&self, users: &[UserId], span: Span, found: &mut CountsBy) -> Result<(), Refusal> {
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT e.who, e.action, e.decision, e.channel, COUNT(*), CAST(SUM(e.touches) AS BIGINT), \
             CAST(SUM(CASE WHEN e.unexplained > 0 THEN 1 ELSE 0 END) AS BIGINT) FROM (",
        );
        let columns = "e.action, e.decision, e.channel, e.touches, e.unexplained";
        push_events(&mut sql, columns, users, span, &|_| ());
        sql.push(") AS e GROUP BY e.who, e.action, e.decision, e.channel");
        for row in self.read(sql.finish()).await? {
            let number = |n: usize| row.opt_int(n).map(|v| u64::try_from(v.unwrap_or(0)).unwrap_or(0)).map_err(broken);
            let user: UserId = row.user(0).map_err(broken)?;
            let action = u16::try_from(row.int(1).map_err(broken)?).ok().and_then(Action::from_code);
            let decision = u8::try_from(row.int(2).map_err(broken)?).ok().and_then(Decision::from_code);
            let (Some(action), Some(decision)) = (action, decision) else { continue };
            let (events, touches, unexplained) = (number(4)?, number(5)?, number(6)?);
            match (decision, action) {
                (Decision::Intent, Action::Export) => add(found, user, Figure::Exports, events),
                (Decision::Refused, _) => add(found, user, Figure::Refused, events),
                (Decision::Allowed, _) => {
                    let figure = match action {
                        Action::View => Some(Figure::Views),
                        Action::Reveal => Some(Figure::Reveals),
                        Action::Print => Some(Figure::Prints),
                        Action::Download | Action::DownloadFile => Some(Figure::Files),
                        Action::Share => Some(Figure::Shares),
                        Action::BreakGlass => Some(Figure::Emergency),
                        _ => None,
                    };
                    if let Some(figure) = figure {
                        add(found, user, figure, events);
                    }
                    if action == Action::Export {
                        add(found, user, Figure::Exported, touches);
                    }
                    if row.text(3).map_err(broken)? == Channel::Api.as_str() {
                        add(found, user, Figure::Api, events);
                    }
                    add(found, user, Figure::Unexplained, unexplained);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Accesses at night and at weekends, by the company's calendar.
    async fn hours_of_people(&self, users: &[UserId], span: Span, found: &mut CountsBy) -> Result<(), Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.who, e.quarter, COUNT(*) FROM (");
        let columns = format!("e.at / {QUARTER_MS} AS quarter");
        push_events(&mut sql, &columns, users, span, &|sql| {
            sql.push(" AND e.touches > 0 AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
        });
        sql.push(") AS e GROUP BY e.who, e.quarter");
        let settings = self.gate().settings();
        let mut open: HashMap<i64, bool> = HashMap::new();
        for row in self.read(sql.finish()).await? {
            let read = || Ok((row.user(0)?, row.int(1)?, row.int(2)?));
            let (user, quarter, events) = read().map_err(broken)?;
            let moment = UnixMs(quarter.saturating_mul(QUARTER_MS));
            if !*open.entry(quarter).or_insert_with(|| settings.calendar.is_open(moment)) {
                add(found, user, Figure::OffHours, u64::try_from(events).unwrap_or(0));
            }
        }
        Ok(())
    }

    async fn customers_of_people(&self, users: &[UserId], span: Span, found: &mut CountsBy) -> Result<(), Refusal> {
        let mut sql = Sql::new(self.db.dialect(), "SELECT e.who, COUNT(DISTINCT t.customer) FROM (");
        push_events(&mut sql, "e.id, e.seq, e.at, e.action, e.decision", users, span, &|sql| {
            sql.push(" AND e.touches > 0 AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
        });
        sql.push(") AS e JOIN touch t ON t.seq = e.seq WHERE TRUE");
        let retained_before = self.retained_before().await?;
        self.push_kept(&mut sql, retained_before);
        sql.push(" GROUP BY e.who");
        for row in self.read(sql.finish()).await? {
            let customers = row.int(1).map_err(broken)?;
            add(found, row.user(0).map_err(broken)?, Figure::Customers, u64::try_from(customers).unwrap_or(0));
        }
        Ok(())
    }
}
