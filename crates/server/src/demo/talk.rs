//! What the demo's people say to each other: comments that mention a colleague, files, shares, and requests for access in each
//! state; the notices come of it. A handful for a company of any size, on the customers that stand first in a list.

use anyhow::Context;
use model::record::Grantee;
use model::{Comparison, Condition, FileId, ObjectName, RecordId, RequestId, UnixMs, UserId};
use store::attachments::AttachFile;
use store::comments::AddComment;
use store::records::{Direction, ListRecords, MemberKind, ShareRecord, Sort};
use store::requests::{AskAccess, DecideRequest, ListInbox};

use super::people::Staff;
use super::records::Customer;
use super::{Demo, failed};

/// Who says it: the owner or their manager. The other one is mentioned where there is `@`.
type Said = (bool, &'static str);
const TALKS: [&[Said]; 3] = [
    &[
        (true, "@ 客户希望质保延到三年，折扣维持 8%，您看是否可以？"),
        (false, "@ 质保可以延到三年，折扣先按 5% 谈，周五前给我答复。"),
        (true, "已和采购负责人通过电话，周四下午上门演示。"),
    ],
    &[
        (false, "@ 这家上季度的回款晚了两周，签新单之前请先对一次账。"),
        (true, "@ 对过了，尾款本周到账，对账单已上传附件。"),
    ],
    &[(true, "技术负责人换了人，下次拜访先约信息部。")],
];
const FILES: [(&str, &str); 3] = [
    ("会议纪要.txt", "时间：周二上午\n议题：质保年限、交付周期\n结论：质保按三年报价，交付期六周。\n"),
    ("对账单.csv", "\u{feff}日期,摘要,金额\n06-02,设备款,180000.00\n06-18,维保费,26000.00\n"),
    ("报价单.csv", "\u{feff}产品,数量,单价,金额\n专业版,20,3600.00,72000.00\n实施服务,1,15000.00,15000.00\n"),
];

/// Within the last hours.
pub async fn make(demo: &Demo, staff: &Staff, customers: &[Customer], now: UnixMs) -> anyhow::Result<()> {
    let mut t = Talk { demo, at: now.plus_ms(-2 * 3_600_000) };
    let of = |user: UserId| customers.iter().filter(move |c| c.owner == Some(user)).map(|c| c.id);
    let [first, second, third, ..] = staff.reps.as_slice() else { return Ok(()) };
    let manager = staff.managers.first().context("a manager")?.user;
    let director = demo.store.directory().user_by_login("director").context("a director")?.id;
    let mut told: Vec<(RecordId, UserId)> = vec![];
    for reader in [first.user, manager, director] {
        let newest = t.newest(reader).await?;
        told.extend(newest.filter(|(id, _)| told.iter().all(|(one, _)| one != id)));
    }
    for (((customer, owner), talk), (name, text)) in told.into_iter().zip(TALKS).zip(FILES) {
        let above = demo.store.directory().user(owner).and_then(|u| u.manager).unwrap_or(manager);
        t.file(owner, customer, name, text).await?;
        for (by_owner, text) in talk {
            let (who, other) = if *by_owner { (owner, above) } else { (above, owner) };
            t.say(who, customer, &text.replace('@', &format!("@[{other}]"))).await?;
        }
    }
    let theirs: Vec<RecordId> = of(second.user).take(4).collect();
    let [shared, given, refused, waits] = theirs.as_slice() else { return Ok(()) };
    t.share(second.user, *shared, first.user).await?;
    for (record, reason, decided) in [
        (given, "客户来电咨询报价，原负责人出差。", Some(true)),
        (refused, "想参考同行业客户的报价。", Some(false)),
        (waits, "两家客户是同一集团，需要核对联系人。", None),
    ] {
        let id = t.ask(third.user, *record, reason).await?;
        if let Some(consent) = decided {
            t.decide(second.user, id, consent).await?;
        }
    }
    Ok(())
}

struct Talk<'a> {
    demo: &'a Demo,
    at: UnixMs,
}

fn customer() -> anyhow::Result<ObjectName> {
    Ok("customer".parse()?)
}

impl Talk<'_> {
    fn tick(&mut self) -> UnixMs {
        self.at = self.at.plus_ms(97_000);
        self.at
    }

    /// What stands first in the person's list of customers, with whose it is.
    async fn newest(&mut self, who: UserId) -> anyhow::Result<Option<(RecordId, UserId)>> {
        let caller = self.demo.caller(who, self.tick(), 1);
        let op = ListRecords {
            object: customer()?,
            filter: Some(Condition::test("pool", Comparison::Eq, false.into())),
            search: None,
            sort: Some(vec![Sort { by: "updated_at".into(), direction: Direction::Desc }]),
            fields: None,
            customer: None,
            limit: 1,
            cursor: None,
        };
        let grant = self.demo.admit(&caller, op).await.map_err(failed)?;
        let shown = self.demo.store.list(grant).await.map_err(failed)?.sealed.disclose().await.map_err(failed)?;
        Ok(shown.get().first().and_then(|record| Some((record.id, record.owner?))))
    }

    async fn say(&mut self, who: UserId, record: RecordId, text: &str) -> anyhow::Result<()> {
        let caller = self.demo.caller(who, self.tick(), 1);
        let op = AddComment { object: customer()?, record, text: text.to_owned() };
        let grant = self.demo.admit(&caller, op).await.map_err(failed)?;
        self.demo.store.add_comment(grant).await.map_err(failed)?;
        Ok(())
    }

    async fn file(&mut self, who: UserId, id: RecordId, name: &str, text: &str) -> anyhow::Result<()> {
        let caller = self.demo.caller(who, self.tick(), 1);
        let file = FileId::new(caller.at, crate::clock::random()?);
        let length = Some(text.len() as u64);
        let op = AttachFile { object: customer()?, id, file, name: name.to_owned(), length, field: None };
        let grant = self.demo.admit(&caller, op).await.map_err(failed)?;
        let mut upload = self.demo.store.attach(grant).await.map_err(failed)?;
        if let Err(refusal) = upload.put(text.as_bytes()).await {
            return Err(failed(upload.refuse(refusal).await));
        }
        upload.finish().await.map_err(failed)?;
        Ok(())
    }

    async fn share(&mut self, who: UserId, id: RecordId, with: UserId) -> anyhow::Result<()> {
        let caller = self.demo.caller(who, self.tick(), 1);
        let op = ShareRecord {
            object: customer()?,
            id,
            kind: MemberKind::Share,
            to: Grantee::User(with),
            edit: false,
            until: Some(caller.at.plus_days(30)),
        };
        let grant = self.demo.admit(&caller, op).await.map_err(failed)?;
        self.demo.store.share(grant).await.map_err(failed)?;
        Ok(())
    }

    async fn ask(&mut self, who: UserId, record: RecordId, reason: &str) -> anyhow::Result<RequestId> {
        let at = self.tick();
        let op = AskAccess { object: customer()?, record, edit: false, days: 14, reason: reason.to_owned() };
        let grant = self.demo.system(who, at, op).await.map_err(failed)?;
        Ok(self.demo.store.ask_access(grant).await.map_err(failed)?.into_inner())
    }

    async fn decide(&mut self, who: UserId, id: RequestId, consent: bool) -> anyhow::Result<()> {
        let grant = self.demo.system(who, self.tick(), ListInbox).await.map_err(failed)?;
        let inbox = self.demo.store.list_inbox(grant).await.map_err(failed)?.into_inner();
        let asked = inbox.into_iter().find(|r| r.id == id).context("an owner is not asked")?;
        let comment =
            if consent { "请在回访记录里写明结果。" } else { "报价涉及保密条款，不便共享。" };
        let op = DecideRequest { id, version: asked.version.unwrap_or(1), consent, comment: comment.to_owned() };
        let grant = self.demo.system(who, self.tick(), op).await.map_err(failed)?;
        self.demo.store.decide_request(grant).await.map_err(failed)?;
        Ok(())
    }
}
