//! Alerts as rows, sealed whole; what they say is sealed once more, and opens only under the house's own key.

use access::path::{Change, Param, Refusal};
use detect::Family;
use model::{AlertId, AlertState, CaseId, RecordId, Severity};
use serde_json::{Value, json};
use vault::Place;

use super::{Alert, AlertBody};
use crate::ids::random;
use crate::proof::tables::ALERT;
use crate::records::broken;
use crate::sql::Sql;
use crate::{Query, Row, Store};

fn place(id: AlertId) -> Place<'static> {
    Place { object: "alert", record: RecordId(id.0), field: "body" }
}

/// A score as its column holds it.
#[allow(clippy::cast_possible_truncation, reason = "a float that is too large saturates")]
fn thousandths(score: f64) -> i64 {
    (score * 1000.0).round() as i64
}

impl Alert {
    /// What an event tells of it. MUST be told, in a list under `alerts`, by the event of each unit that writes the row.
    pub(crate) fn told(&self) -> Value {
        json!({ "id": self.id, "version": self.version })
    }
}

impl Store {
    fn alert_params(&self, alert: &Alert) -> Result<Vec<Param>, Refusal> {
        let body = serde_json::to_vec(&alert.body).map_err(|_| Refusal::Damaged)?;
        let body = self.identity.watch_key.seal(&place(alert.id), random(), &body).map_err(|error| {
            tracing::error!(%error, "an alert could not be sealed");
            Refusal::Damaged
        })?;
        let mut params: Vec<Param> = vec![
            alert.id.into(),
            alert.subject.into(),
            alert.rule.as_str().into(),
            alert.family.as_str().into(),
            alert.fingerprint.as_str().into(),
            alert.severity.rank().into(),
            alert.state.as_str().into(),
            thousandths(alert.score).into(),
            alert.first_at.into(),
            alert.last_at.into(),
            alert.last_seq.into(),
            alert.case.into(),
            body.into(),
            alert.version.into(),
        ];
        params.push(self.seals().row(ALERT.name, &params).to_vec().into());
        Ok(params)
    }

    pub(super) fn insert_alert(&self, alert: &Alert) -> Result<Change, Refusal> {
        let sql = "INSERT INTO alert (id, subject, rule, family, fingerprint, severity, state, score, first_at, last_at, last_seq, \
                   case_id, body, version, seal) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        Ok(Change::new(sql, self.alert_params(alert)?).expecting(1))
    }

    /// The statement that keeps a changed alert, if nobody changed it meanwhile. The event of its unit MUST tell [`Alert::told`].
    pub(crate) fn update_alert(&self, alert: &mut Alert) -> Result<Change, Refusal> {
        alert.version = alert.version.saturating_add(1);
        let mut params = self.alert_params(alert)?;
        params.push(alert.version.saturating_sub(1).into());
        let sql = "UPDATE alert SET subject = ?2, rule = ?3, family = ?4, fingerprint = ?5, severity = ?6, state = ?7, score = ?8, \
                   first_at = ?9, last_at = ?10, last_seq = ?11, case_id = ?12, body = ?13, version = ?14, seal = ?15 \
                   WHERE id = ?1 AND version = ?16";
        Ok(Change::new(sql, params).expecting(1))
    }

    pub(super) fn read_alert(&self, row: &Row) -> Result<Alert, Refusal> {
        if !ALERT.is_sealed(self.seals(), row) {
            tracing::error!("an alert was altered beside the program; it is as if it were not there");
            return Err(Refusal::Damaged);
        }
        let id = AlertId::from_bytes(row.id(0).map_err(broken)?);
        let body = row.bytes(12).map_err(broken)?;
        let body = self.identity.watch_key.open(&place(id), body).map_err(|error| {
            tracing::error!(alert.id = %id, %error, "an alert does not open");
            Refusal::Damaged
        })?;
        let body: AlertBody = serde_json::from_slice(&body).map_err(|_| Refusal::Damaged)?;
        let text = |n: usize| row.text(n).map(str::to_owned).map_err(broken);
        let time = |n: usize| row.time(n).map_err(broken);
        #[allow(clippy::cast_precision_loss, reason = "thousandths, far below 2^52")]
        let score = row.int(7).map_err(broken)? as f64 / 1000.0;
        Ok(Alert {
            id,
            subject: row.user(1).map_err(broken)?,
            rule: text(2)?,
            family: Family::named(&text(3)?).ok_or(Refusal::Damaged)?,
            fingerprint: text(4)?,
            severity: Severity::of_rank(row.int(5).map_err(broken)?).ok_or(Refusal::Damaged)?,
            state: AlertState::read(&text(6)?).ok_or(Refusal::Damaged)?,
            score,
            first_at: time(8)?,
            last_at: time(9)?,
            last_seq: row.int(10).map_err(broken)?,
            case: row.opt_id(11).map_err(broken)?.map(CaseId::from_bytes),
            version: row.int(13).map_err(broken)?,
            body,
        })
    }

    /// Alerts by a query of `ALERT.select`; one that was altered beside the program is left out.
    pub(crate) async fn alerts(&self, query: Query) -> Result<Vec<Alert>, Refusal> {
        let rows = self.read(query).await?;
        Ok(rows.iter().filter_map(|row| self.read_alert(row).ok()).collect())
    }

    /// Alerts by their ids, for the house itself: what is shown to somebody of them is recorded by whoever shows it.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`].
    pub async fn alerts_of(&self, ids: &[AlertId]) -> Result<Vec<Alert>, Refusal> {
        let mut sql = Sql::new(self.db.dialect(), &ALERT.select("id IN "));
        sql.bind_list(ids.iter().copied()).push(" ORDER BY id");
        self.alerts(sql.finish()).await
    }

    /// Puts an alert into a case, or takes it out. Gives the statement and what its event MUST tell under `alerts`.
    ///
    /// # Errors
    /// [`Refusal::Damaged`].
    pub fn link_alert(&self, alert: &mut Alert, case: Option<CaseId>) -> Result<(Change, Value), Refusal> {
        alert.case = case;
        let change = self.update_alert(alert)?;
        Ok((change, alert.told()))
    }
}
