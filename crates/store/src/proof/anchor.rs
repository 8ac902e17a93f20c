//! The company as the ledger tells it.

use model::action::On;
use model::{Action, Decision};

use crate::Store;
use crate::company::{Anchor, OpenError};
use crate::database::Query;

/// How far back a start looks for the newest anchor, in positions. Every start tells one itself; beyond is `doctor`'s.
const WINDOW: i64 = 20_000;
/// Events opened at most.
const MOST: i64 = 500;

impl Store {
    /// Holds the company in force against the newest event that tells of one.
    ///
    /// # Errors
    /// [`OpenError::RolledBack`], [`OpenError::Altered`].
    pub(crate) async fn check_anchor(&self) -> Result<(), OpenError> {
        self.log_ready().await?;
        for _ in 0..3 {
            let Some(told) = self.newest_anchor(Some(WINDOW)).await? else { return Ok(()) };
            let have = self.company().anchor();
            if told.epoch < have.epoch || told == have {
                return Ok(());
            }
            if told.epoch == have.epoch {
                return Err(OpenError::Altered);
            }
            // Another process may have changed it since it was read; a picture that stays older was put back.
            let next = self.load_sealed().await?;
            if next.epoch < told.epoch {
                return Err(OpenError::RolledBack { have: next.epoch, told: told.epoch });
            }
            self.install(next);
        }
        Err(OpenError::Unsteady)
    }

    /// The anchor of the greatest epoch among the newest positions, all of them without a window.
    pub(crate) async fn newest_anchor(&self, window: Option<i64>) -> Result<Option<Anchor>, OpenError> {
        let rows = self.db.read(Query::point("SELECT COALESCE(MAX(seq), -1) FROM event", vec![])).await?;
        let newest = rows.first().map_or(Ok(-1), |row| row.int(0))?;
        let from = window.map_or(-1, |window| newest.saturating_sub(window));
        let system: Vec<Action> = Action::ALL.iter().copied().filter(|a| a.on() == On::System).collect();
        let mut found: Option<Anchor> = None;
        // Deputies are part of the company, and named by anybody for themselves: looked for on its own, so that many decisions do
        // not hide what the administrators did.
        for actions in [system.as_slice(), &[Action::RequestDecide]] {
            let codes: Vec<String> = actions.iter().map(|a| a.code().to_string()).collect();
            let sql = format!(
                "SELECT id, body FROM event WHERE seq > ?1 AND decision = {} AND body IS NOT NULL AND action IN ({}) \
                 ORDER BY seq DESC LIMIT {MOST}",
                Decision::Allowed.code(),
                codes.join(", ")
            );
            for row in self.db.read(Query::new(sql, vec![from.into()])).await? {
                let Some(sealed) = row.opt_bytes(1)? else { continue };
                // One that does not open was altered: `doctor` says so, and it tells nothing.
                let Ok(body) = self.gate.recorder().open_body(row.event(0)?, sealed) else { continue };
                let Some(told) = told(&body.actor) else { continue };
                if found.as_ref().is_none_or(|f| f.epoch < told.epoch) {
                    found = Some(told);
                }
            }
        }
        Ok(found)
    }
}

/// What an event's actor part tells of the company.
pub(crate) fn told(actor: &serde_json::Value) -> Option<Anchor> {
    serde_json::from_value(actor.get("detail")?.get("company")?.clone()).ok()
}
