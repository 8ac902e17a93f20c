//! The rows of handovers.

use access::path::{Change, Param, Refusal, Seals};
use model::{JobId, UnixMs, UserId};

use super::{HandoverState, Plan};
use crate::proof::tables::HANDOVER;
use crate::records::broken;
use crate::{Query, Row, Store};

/// A handover that has begun, with what is to be done.
#[derive(Clone)]
pub(super) struct Begun {
    pub state: HandoverState,
    pub leaver: UserId,
    pub plan: Plan,
}

/// Fails the unit while another handover of the same person is under way.
pub(super) fn insert(begun: &Begun, seals: &Seals) -> Result<Change, Refusal> {
    let plan = serde_json::to_string(&begun.plan).map_err(|_| Refusal::Damaged)?;
    let state = &begun.state;
    let mut params: Vec<Param> = vec![
        state.id.into(),
        begun.leaver.into(),
        state.actor.into(),
        plan.into(),
        state.total.into(),
        state.began_at.into(),
    ];
    params.push(seals.row(HANDOVER.name, &params).to_vec().into());
    // PostgreSQL takes the types of a SELECT's parameters from nowhere but a cast.
    let sql = "INSERT INTO handover (id, leaver, actor, plan, total, began_at, seal) \
               SELECT ?1, ?2, ?3, ?4, CAST(?5 AS BIGINT), CAST(?6 AS BIGINT), ?7 \
               WHERE NOT EXISTS (SELECT 1 FROM handover WHERE leaver = ?2 AND ended_at IS NULL)";
    Ok(Change::new(sql, params).expecting(1))
}

pub(super) fn end(begun: &Begun, at: UnixMs, left: Option<i64>, seals: &Seals) -> Result<Change, Refusal> {
    let plan = serde_json::to_string(&begun.plan).map_err(|_| Refusal::Damaged)?;
    let state = &begun.state;
    let row: Vec<Param> = vec![
        state.id.into(),
        begun.leaver.into(),
        state.actor.into(),
        plan.into(),
        state.total.into(),
        state.began_at.into(),
        at.into(),
        left.map_or(Param::Null, Param::Int),
    ];
    let seal = seals.row(HANDOVER.name, &row).to_vec();
    let sql = "UPDATE handover SET ended_at = ?2, left_over = ?3, seal = ?4 WHERE id = ?1 AND ended_at IS NULL";
    let params = vec![state.id.into(), at.into(), left.map_or(Param::Null, Param::Int), seal.into()];
    Ok(Change::new(sql, params).expecting(1))
}

fn read(row: &Row) -> Result<Begun, Refusal> {
    let read = || {
        Ok(HandoverState {
            id: JobId::from_bytes(row.id(0)?),
            actor: row.user(2)?,
            total: row.int(4)?,
            began_at: row.time(5)?,
            ended_at: row.opt_time(6)?,
            left: row.opt_int(7)?,
        })
    };
    let plan = serde_json::from_str(row.text(3).map_err(broken)?).map_err(|_| Refusal::Damaged)?;
    Ok(Begun { state: read().map_err(broken)?, leaver: row.user(1).map_err(broken)?, plan })
}

impl Store {
    /// Handovers that pass a condition, newest first. One that was altered beside the program is as if it were not there.
    pub(super) async fn handovers(&self, condition: &str, params: Vec<Param>) -> Result<Vec<Begun>, Refusal> {
        let sql = HANDOVER.select(&format!("{condition} ORDER BY began_at DESC, id LIMIT 100"));
        let rows = self.read(Query::new(sql, params)).await?;
        rows.iter()
            .filter(|row| {
                let good = HANDOVER.is_sealed(self.seals(), row);
                if !good {
                    tracing::error!("a handover was altered beside the program; it is as if it were not there");
                }
                good
            })
            .map(read)
            .collect()
    }
}
