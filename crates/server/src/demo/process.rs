//! The demo's leads, tasks and public pools. From a number sequence of its own: the customers stay as their seed makes them.

use model::object::ChoiceOption;
use model::pool::Recycle;
use model::record::Grantee;
use model::{Pool, Text, UserId};
use store::company::{ChangePools, Note};
use store::records::ImportRow;

use super::people::Staff;
use super::records::{Customer, Writer, pick, values};
use super::rng::Rng;
use super::{Demo, failed, names};

/// Sets up a pool of customers and one of leads, as `admin` would.
pub async fn pools(demo: &Demo) -> anyhow::Result<()> {
    let reason = |value: &str, zh: &str, en: &str| ChoiceOption { value: value.to_owned(), label: Text::new(zh, en) };
    let pool = |name: &str, zh: &str, en: &str, object: &str| -> anyhow::Result<Pool> {
        Ok(Pool {
            name: name.to_owned(),
            label: Text::new(zh, en),
            object: object.parse()?,
            members: vec![Grantee::Role("sales_rep".parse()?), Grantee::Role("sales_manager".parse()?)],
            members_only: false,
            daily_claims: Some(10),
            holding: Some(2000),
            holding_always: false,
            not_counted: None,
            former_owner_days: 7,
            new_hours: 0,
            recycle: Some(Recycle {
                activity: (object == "customer").then(|| "follow_up".parse()).transpose()?,
                days: 30,
                remind_days: 7,
                spared: None,
                own_too: false,
            }),
            reasons: vec![
                reason("no_need", "暂无需求", "No need for now"),
                reason("unreachable", "联系不上", "Cannot be reached"),
                reason("not_mine", "不属于我的区域", "Not in my region"),
            ],
        })
    };
    let pools = vec![
        pool("customers", "客户公海", "Customer pool", "customer")?,
        pool("leads", "线索公海", "Lead pool", "lead")?,
    ];
    let at = demo.start.plus_seconds(300);
    let admin = demo.store.directory().user_by_login("admin").map(|u| u.id);
    let admin = admin.ok_or_else(|| anyhow::anyhow!("there is no user `admin`"))?;
    let grant = demo.system(admin, at, ChangePools { pools, note: Note::default() }).await.map_err(failed)?;
    demo.store.change_pools(grant).await.map_err(failed)?;
    Ok(())
}

/// One lead for each four customers and a task for each two.
pub async fn make(w: &mut Writer<'_>, staff: &Staff, count: u32) -> anyhow::Result<()> {
    let mut rng = Rng::new(w.demo.seed, 5);
    let (lead, task) = (w.object("lead")?, w.object("task")?);
    let today = w.demo.start.0.div_euclid(86_400_000) + i64::from(w.demo.days);
    let date = |days: i64| model::value::format_date(days).unwrap_or_default();
    let (mut leads, mut tasks) = (vec![], vec![]);
    for n in 0..u64::from(count) {
        let rep = rng.pick(&staff.reps).copied();
        let row = |key: String, values, pool: bool| {
            let rep = rep.filter(|_| !pool);
            ImportRow {
                number: n + 1,
                key,
                values,
                pool,
                owner: rep.map(|r| r.user),
                department: rep.map(|r| r.department),
                customer_key: None,
            }
        };
        if n % 4 == 0 {
            let (city, _, region) = names::place(&mut rng);
            let (company, _) = names::company(&mut rng, city);
            let fields = [
                ("name", names::person(&mut rng)),
                ("company", company),
                ("phone", names::mobile(&mut rng)),
                ("email", names::email(&mut rng)),
                ("status", pick(&mut rng, &["new", "new", "contacted", "qualified"])),
                ("source", pick(&mut rng, &["展会", "官网", "转介绍", "电话营销"])),
                ("region", region.to_owned()),
                ("product", pick(&mut rng, &["标准版", "专业版", "企业版"])),
                ("budget", (1000 + rng.below(200_000)).to_string()),
            ];
            leads.push(row(format!("l{n}"), values(&lead, &fields)?, n % 20 == 0));
        }
        if n % 2 == 0 {
            let due = today - 2 + i64::try_from(rng.below(6)).unwrap_or(0);
            let fields = [
                ("subject", pick(&mut rng, &["准备报价", "回电确认需求", "寄送样品", "更新合同草案", "约定拜访时间"])),
                ("due_on", date(due)),
                ("priority", pick(&mut rng, &["high", "normal", "normal", "low"])),
            ];
            tasks.push(row(format!("t{n}"), values(&task, &fields)?, false));
        }
    }
    w.write("lead", leads).await?;
    w.write("task", tasks).await
}

/// Which of the service staff answers when a customer calls: for every second customer, somebody.
pub fn answers(staff: &Staff, customer: &Customer) -> Option<UserId> {
    let nth = usize::try_from(customer.n / 2).unwrap_or(0) % staff.service.len().max(1);
    (customer.n.is_multiple_of(2) && customer.n < MOST_TICKETS).then(|| staff.service.get(nth).copied()).flatten()
}

/// Customers beyond do not call.
const MOST_TICKETS: u64 = 2000;

/// What customers called about, as the call centre brings it in: open tasks of the service staff.
pub async fn tickets(w: &mut Writer<'_>, staff: &Staff, customers: &[Customer]) -> anyhow::Result<()> {
    let mut rng = Rng::new(w.demo.seed, 7);
    let task = w.object("task")?;
    let mut rows = vec![];
    for customer in customers {
        let Some(owner) = answers(staff, customer) else { continue };
        let fields =
            [("subject", pick(&mut rng, &["来电：发票问题", "来电：使用咨询", "来电：投诉跟进", "来电：续费咨询"]))];
        let number = u64::try_from(rows.len()).unwrap_or(0) + 1;
        rows.push(ImportRow {
            number,
            key: format!("call{}", customer.n),
            values: values(&task, &fields)?,
            pool: false,
            owner: Some(owner),
            department: None,
            customer_key: Some(format!("c{}", customer.n)),
        });
    }
    w.write("task", rows).await
}
