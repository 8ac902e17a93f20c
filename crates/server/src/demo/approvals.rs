//! The demo's approvals: contracts that reps have submitted, some of which their managers have decided about.

use anyhow::Context;
use model::{RecordId, UnixMs, UserId};
use serde_json::json;
use store::records::CreateRecord;
use store::requests::{DecideRequest, ListInbox, SubmitRecord};

use super::people::Staff;
use super::records::Customer;
use super::{Demo, failed};

/// Name, amount, discount, why, and what the rep's manager says of it.
type Asked = (&'static str, u32, u32, &'static str, Option<(bool, &'static str)>);
const ASKED: [Asked; 5] = [
    ("三年期设备采购框架", 860_000, 8, "客户一次签三年，付款条件为预付三成。", None),
    ("智能仓储改造", 2_350_000, 12, "竞争对手报价低一成，客户希望本季度签约。", Some((true, "同意，交付期请再确认。"))),
    ("产线传感器升级", 180_000, 18, "老客户续签，折扣参照去年。", Some((false, "折扣过高，请先谈到 12%。"))),
    ("区域维保服务", 640_000, 5, "含两年维保，毛利符合要求。", Some((true, "同意。"))),
    ("试点项目扩容", 520_000, 15, "试点效果良好，客户要求按试点价扩容。", None),
];

/// Each by another rep, within the last days.
pub async fn make(demo: &Demo, staff: &Staff, customers: &[Customer], now: UnixMs) -> anyhow::Result<()> {
    let owners = staff.reps.iter().filter_map(|rep| {
        let customer = customers.iter().find(|c| c.owner == Some(rep.user))?;
        Some((rep.user, customer.id))
    });
    let mut at = now.plus_ms(-3 * 3_600_000);
    for ((rep, customer), asked) in owners.zip(ASKED) {
        at = at.plus_ms(60_000);
        one(demo, (rep, customer), asked, at).await?;
    }
    Ok(())
}

async fn one(
    demo: &Demo,
    (rep, customer): (UserId, RecordId),
    (name, amount, discount, why, said): Asked,
    at: UnixMs,
) -> anyhow::Result<()> {
    let object: model::ObjectName = "contract".parse()?;
    let values = json!({
        "customer": customer, "name": name, "status": "draft",
        "amount": amount, "discount": discount,
    });
    let values = values.as_object().cloned().unwrap_or_default();
    let caller = demo.caller(rep, at, 1);
    let op = CreateRecord { object: object.clone(), values, owner: None, pool: false };
    let grant = demo.admit(&caller, op).await.map_err(failed)?;
    let id = demo.store.create(grant).await.map_err(failed)?.into_inner();
    let caller = demo.caller(rep, at.plus_ms(20_000), 1);
    let op = SubmitRecord { object, id, version: 1, reason: why.to_owned() };
    let grant = demo.admit(&caller, op).await.map_err(failed)?;
    demo.store.submit_record(grant).await.map_err(failed)?;
    let Some((consent, comment)) = said else { return Ok(()) };
    let manager = demo.store.directory().user(rep).and_then(|u| u.manager).context("a rep without a manager")?;
    let grant = demo.system(manager, at.plus_ms(30_000), ListInbox).await.map_err(failed)?;
    let inbox = demo.store.list_inbox(grant).await.map_err(failed)?.into_inner();
    let asked = inbox.into_iter().find(|r| r.wanted.record() == Some(id)).context("a manager is not asked")?;
    let op = DecideRequest { id: asked.id, version: asked.version.unwrap_or(1), consent, comment: comment.to_owned() };
    let grant = demo.system(manager, at.plus_ms(40_000), op).await.map_err(failed)?;
    demo.store.decide_request(grant).await.map_err(failed)?;
    Ok(())
}
