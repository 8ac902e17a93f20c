//! The demo's customers, contacts, opportunities and follow-ups, written through the import of the recorded path.

use std::collections::BTreeMap;

use access::path::Values;
use anyhow::Context;
use model::{DepartmentId, JobId, ObjectName, RecordId, UserId, Value};
use serde_json::json;
use store::records::{ImportChunk, ImportRow, ListRecords};

use super::people::Staff;
use super::rng::Rng;
use super::{Demo, failed, names};
use crate::clock::random;

const SOURCE: &str = "demo";
const CHUNK: usize = 500;

/// A customer, as the history needs it.
#[derive(Debug, Clone, Copy)]
pub struct Customer {
    pub id: RecordId,
    pub owner: Option<UserId>,
    /// Its number in the generator.
    pub n: u64,
}

pub struct Writer<'a> {
    pub demo: &'a Demo,
    staff: &'a Staff,
    job: JobId,
    pub at: model::UnixMs,
}

impl Writer<'_> {
    pub fn object(&self, name: &str) -> anyhow::Result<std::sync::Arc<model::ObjectType>> {
        let name: ObjectName = name.parse()?;
        let engine = self.demo.store.gate().engine();
        engine.compiled().object(&name).cloned().with_context(|| format!("there is no object `{name}`"))
    }
    pub async fn write(&mut self, object: &str, rows: Vec<ImportRow>) -> anyhow::Result<()> {
        for part in rows.chunks(CHUNK) {
            self.at = self.at.plus_ms(20);
            let op = ImportChunk {
                job: self.job,
                object: object.parse()?,
                source: SOURCE.into(),
                customer_source: SOURCE.into(),
                rows: part.to_vec(),
                dry_run: false,
            };
            let caller = self.demo.caller(self.staff.importer, self.at, 1);
            let grant = self.demo.admit(&caller, op).await.map_err(failed)?;
            let outcome = self.demo.store.import(grant).await.map_err(failed)?;
            if let Some((row, problems)) = outcome.rejected.first() {
                anyhow::bail!("the demo's {object} {row} was rejected: {problems:?}");
            }
        }
        Ok(())
    }
}

/// One of these words.
pub fn pick(rng: &mut Rng, from: &[&str]) -> String {
    rng.pick(from).copied().unwrap_or_default().to_owned()
}

pub fn values(object: &model::ObjectType, fields: &[(&str, String)]) -> anyhow::Result<Values> {
    let mut values = BTreeMap::new();
    for (name, text) in fields {
        let def = object.field(name).with_context(|| format!("there is no field `{name}`"))?;
        values.insert(def.name.clone(), Value::from_text(text, &def.kind)?);
    }
    Ok(values)
}

pub async fn make(demo: &Demo, staff: &Staff, count: u32) -> anyhow::Result<Vec<Customer>> {
    let mut rng = Rng::new(demo.seed, 2);
    let at = demo.start.plus_seconds(600);
    let mut w = Writer { demo, staff, job: JobId::new(at, random()?), at };
    let (customer, contact, opportunity, follow_up) =
        (w.object("customer")?, w.object("contact")?, w.object("opportunity")?, w.object("follow_up")?);
    let today = demo.start.0.div_euclid(86_400_000) + i64::from(demo.days);
    let date = |days: i64| model::value::format_date(days).unwrap_or_default();
    let row = |number: u64,
               key: String,
               values,
               owner: Option<UserId>,
               department: Option<DepartmentId>,
               parent: Option<String>| ImportRow {
        number,
        key,
        values,
        pool: owner.is_none(),
        owner,
        department,
        customer_key: parent,
    };
    let mut number = 0;
    let mut owned = vec![];
    for first in (0..u64::from(count)).step_by(CHUNK) {
        let (mut customers, mut contacts, mut deals, mut notes) = (vec![], vec![], vec![], vec![]);
        for n in first..(first + CHUNK as u64).min(u64::from(count)) {
            number += 1;
            let (city, district, region) = names::place(&mut rng);
            let (name, industry) = names::company(&mut rng, city);
            let rep = if rng.percent(90) { rng.pick(&staff.reps).copied() } else { None };
            let (owner, department) = (rep.map(|r| r.user), rep.map(|r| r.department));
            owned.extend(rep.map(|rep| (n, rep)));
            let mut fields = vec![
                ("name", name),
                ("phone", names::mobile(&mut rng)),
                ("email", names::email(&mut rng)),
                ("address", names::address(&mut rng, city, district)),
                ("level", pick(&mut rng, &["A", "B", "B", "C", "C", "C"])),
                ("status", pick(&mut rng, &["potential", "potential", "active", "dormant", "lost"])),
                ("industry", industry.to_owned()),
                ("region", region.to_owned()),
                ("source", pick(&mut rng, &["展会", "官网", "转介绍", "电话营销"])),
                ("revenue", (rng.below(900_000) * 100).to_string()),
                ("employees", (5 + rng.below(3000)).to_string()),
                ("external_id", format!("D{n:07}")),
            ];
            if rng.percent(20) {
                fields.push(("id_number", names::id_number(&mut rng)));
                fields.push(("bank_account", format!("6200000000{:09}", rng.below(1_000_000_000))));
            }
            let key = format!("c{n}");
            customers.push(row(number, key.clone(), values(&customer, &fields)?, owner, department, None));
            for k in 0..=rng.below(3) {
                let fields = [
                    ("name", names::person(&mut rng)),
                    ("mobile", names::mobile(&mut rng)),
                    ("email", names::email(&mut rng)),
                    ("title", pick(&mut rng, &["采购经理", "总经理", "财务主管", "技术总监"])),
                    ("decision_role", pick(&mut rng, &["decider", "influencer", "user", "gatekeeper"])),
                ];
                contacts.push(row(
                    number,
                    format!("p{n}-{k}"),
                    values(&contact, &fields)?,
                    owner,
                    department,
                    Some(key.clone()),
                ));
            }
            if rng.percent(50) {
                let product = pick(&mut rng, &["标准版", "专业版", "企业版", "实施服务"]);
                let fields = [
                    ("name", format!("{product}采购")),
                    ("stage", pick(&mut rng, &["prospecting", "engaging", "proposal", "negotiation", "won", "lost"])),
                    ("amount", (1000 + rng.below(500_000)).to_string()),
                    ("product", product),
                    ("closes_on", date(today - 60 + i64::try_from(rng.below(120)).unwrap_or(0))),
                ];
                deals.push(row(
                    number,
                    format!("o{n}"),
                    values(&opportunity, &fields)?,
                    owner,
                    department,
                    Some(key.clone()),
                ));
            }
            if rng.percent(60) {
                let happened = demo.start.plus_days(i64::try_from(rng.below(u64::from(demo.days))).unwrap_or(0));
                let mut fields = vec![
                    ("summary", pick(&mut rng, &["电话沟通需求", "上门拜访", "发送报价", "确认合同条款", "节日问候"])),
                    ("content", "客户对交付周期较关注，约定下周再谈。".to_owned()),
                    ("type", pick(&mut rng, &["call", "visit", "wechat", "email"])),
                    ("happened_at", happened.to_rfc3339()),
                ];
                // Some are due these days: by number, so that the rest of the company stays as its seed makes it.
                if n % 3 == 0 {
                    fields.push(("next_on", date(today - 4 + i64::try_from(n % 10).unwrap_or(0))));
                }
                notes.push(row(number, format!("f{n}"), values(&follow_up, &fields)?, owner, department, Some(key)));
            }
        }
        w.write("customer", customers).await?;
        w.write("contact", contacts).await?;
        w.write("opportunity", deals).await?;
        w.write("follow_up", notes).await?;
    }
    super::process::make(&mut w, staff, count).await?;
    super::trade::make(&mut w, staff, &owned).await?;
    let customers = customers_of(demo, staff, w.at).await?;
    super::process::tickets(&mut w, staff, &customers).await?;
    Ok(customers)
}

/// The customers as the director and each manager list them: the generator has no other way to know their ids.
async fn customers_of(demo: &Demo, staff: &Staff, mut at: model::UnixMs) -> anyhow::Result<Vec<Customer>> {
    let mut found = vec![];
    let directory = demo.store.directory();
    let director = directory.user_by_login("director").map(|u| u.id).context("`director`")?;
    let mut cursor = None;
    loop {
        at = at.plus_ms(20);
        let question = ListRecords {
            object: "customer".parse()?,
            filter: None,
            search: None,
            sort: None,
            fields: Some(vec!["external_id".parse()?]),
            customer: None,
            limit: store::records::list::MAX_PAGE,
            cursor,
        };
        let grant = demo.admit(&demo.caller(director, at, 1), question).await.map_err(failed)?;
        let page = demo.store.list(grant).await.map_err(failed)?;
        let shown = page.sealed.disclose().await.map_err(failed)?;
        for view in shown.get() {
            let external = view.fields.get("external_id").and_then(serde_json::Value::as_str);
            let n = external.and_then(|text| text.strip_prefix('D')?.parse().ok()).context("a customer's number")?;
            found.push(Customer { id: view.id, owner: view.owner, n });
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    debug_assert!(staff.reps.len() == 40, "{}", json!(staff.reps.len()));
    Ok(found)
}
