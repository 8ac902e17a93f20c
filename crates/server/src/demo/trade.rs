//! The demo's products, contracts, payment plans, payments, targets and a dashboard. From a number sequence of its own: the rest
//! stays as its seed makes it.

use std::collections::BTreeMap;

use anyhow::Context;
use model::record::Grantee;
use model::{ObjectType, RecordId};
use serde_json::json;
use store::records::{ImportRow, ListRecords, MemberKind, ShareRecord};

use super::people::{Rep, Staff};
use super::records::{Writer, pick, values};
use super::rng::Rng;
use super::{failed, names};

/// Name, code, category, unit, list price.
const PRODUCTS: [(&str, &str, &str, &str, u64); 6] = [
    ("标准版", "P-STD", "软件", "套", 12_000),
    ("专业版", "P-PRO", "软件", "套", 36_000),
    ("企业版", "P-ENT", "软件", "套", 98_000),
    ("实施服务", "S-IMP", "服务", "人天", 2_400),
    ("年度维护", "S-CARE", "服务", "年", 9_600),
    ("培训", "S-TRAIN", "服务", "次", 3_000),
];

/// Of the contracts, three in ten customers have one.
const SHARE: u64 = 30;

/// A contract as its lines and payments need it.
struct Made {
    number: String,
    customer_key: String,
    rep: Rep,
    amount: u64,
    signed: i64,
    draft: bool,
    lines: Vec<(usize, u64, u64)>,
}

fn row(key: String, values: access::path::Values, rep: Option<Rep>, customer_key: Option<String>) -> ImportRow {
    ImportRow {
        number: 1,
        key,
        values,
        pool: false,
        owner: rep.map(|r| r.user),
        department: rep.map(|r| r.department),
        customer_key,
    }
}

fn date(days: i64) -> String {
    model::value::format_date(days).unwrap_or_default()
}

fn below(rng: &mut Rng, most: u64) -> i64 {
    i64::try_from(rng.below(most)).unwrap_or(0)
}

pub async fn make(w: &mut Writer<'_>, staff: &Staff, owned: &[(u64, Rep)]) -> anyhow::Result<()> {
    let mut rng = Rng::new(w.demo.seed, 6);
    let today = w.demo.start.0.div_euclid(86_400_000) + i64::from(w.demo.days);
    let directory = w.demo.store.directory();
    let director = directory.user_by_login("director").context("`director`")?;
    let director = Rep { user: director.id, department: director.department, office: 1 };
    let product = w.object("product")?;
    let mut rows = vec![];
    for (name, code, category, unit, price) in PRODUCTS {
        let fields = [
            ("name", name.to_owned()),
            ("code", code.to_owned()),
            ("category", category.to_owned()),
            ("unit", unit.to_owned()),
            ("list_price", price.to_string()),
            ("status", "active".to_owned()),
        ];
        rows.push(row(format!("product-{code}"), values(&product, &fields)?, Some(director), None));
    }
    w.write("product", rows).await?;
    let mut made = vec![];
    for (n, rep) in owned {
        if rng.percent(SHARE) {
            made.push(contract(&mut rng, *n, *rep, today));
        }
    }
    contracts(w, &mut rng, &made, today).await?;
    parts(w, &mut rng, &made, director, today).await?;
    targets(w, staff, director, &made, today).await?;
    board(w, director).await
}

fn contract(rng: &mut Rng, n: u64, rep: Rep, today: i64) -> Made {
    let lines: Vec<(usize, u64, u64)> = (0..=rng.below(3))
        .map(|_| {
            let at = usize::try_from(rng.below(PRODUCTS.len() as u64)).unwrap_or(0);
            (
                at,
                1 + rng.below(8),
                [0, 0, 5, 10, 15].get(usize::try_from(rng.below(5)).unwrap_or(0)).copied().unwrap_or(0),
            )
        })
        .collect();
    let of = |(at, quantity, discount): &(usize, u64, u64)| {
        PRODUCTS.get(*at).map_or(0, |p| p.4 * quantity * (100 - discount) / 100)
    };
    let amount = lines.iter().map(of).sum();
    let signed = today - 5 - below(rng, 320);
    Made {
        number: format!("HT{}-{n:04}", date(signed).get(..4).unwrap_or_default()),
        customer_key: format!("c{n}"),
        rep,
        amount,
        signed,
        draft: rng.percent(8),
        lines,
    }
}

async fn contracts(w: &mut Writer<'_>, rng: &mut Rng, made: &[Made], today: i64) -> anyhow::Result<()> {
    let contract = w.object("contract")?;
    let mut rows = vec![];
    for c in made {
        let product = c.lines.first().and_then(|l| PRODUCTS.get(l.0)).map_or("", |p| p.0);
        let status = match (c.draft, c.signed) {
            (true, _) => "draft".to_owned(),
            (_, on) if on < today - 250 => pick(rng, &["completed", "completed", "running", "terminated"]),
            _ => pick(rng, &["signed", "running", "running"]),
        };
        let mut fields = vec![
            ("number", c.number.clone()),
            ("name", format!("{product}采购合同")),
            ("status", status),
            ("amount", c.amount.to_string()),
        ];
        if !c.draft {
            fields.push(("signed_on", date(c.signed)));
            fields.push(("starts_on", date(c.signed + 7)));
            fields.push(("ends_on", date(c.signed + 372)));
        }
        rows.push(row(c.number.clone(), values(&contract, &fields)?, Some(c.rep), Some(c.customer_key.clone())));
    }
    w.write("contract", rows).await
}

/// Ids by a clear text field, as the director lists them.
async fn known(w: &mut Writer<'_>, object: &str, field: &str, by: Rep) -> anyhow::Result<BTreeMap<String, RecordId>> {
    let mut found = BTreeMap::new();
    let mut cursor = None;
    loop {
        w.at = w.at.plus_ms(20);
        let question = ListRecords {
            object: object.parse()?,
            filter: None,
            search: None,
            sort: None,
            fields: Some(vec![field.parse()?]),
            customer: None,
            limit: store::records::list::MAX_PAGE,
            cursor,
        };
        let grant = w.demo.admit(&w.demo.caller(by.user, w.at, by.office), question).await.map_err(failed)?;
        let page = w.demo.store.list(grant).await.map_err(failed)?;
        let shown = page.sealed.disclose().await.map_err(failed)?;
        for view in shown.get() {
            if let Some(text) = view.fields.get(field).and_then(|v| v.as_str()) {
                found.insert(text.to_owned(), view.id);
            }
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok(found);
        }
    }
}

/// Lines, plans in one to three instalments, and payments: some late, some still owed.
async fn parts(w: &mut Writer<'_>, rng: &mut Rng, made: &[Made], director: Rep, today: i64) -> anyhow::Result<()> {
    let (line, plan, payment) = (w.object("contract_line")?, w.object("payment_plan")?, w.object("payment")?);
    let contracts = known(w, "contract", "number", director).await?;
    let products = known(w, "product", "code", director).await?;
    let (mut lines, mut plans, mut payments) = (vec![], vec![], vec![]);
    for c in made {
        let id = contracts.get(&c.number).with_context(|| format!("contract {}", c.number))?.to_string();
        let add = |rows: &mut Vec<ImportRow>, object: &ObjectType, key: String, fields: &[(&str, String)]| {
            let fields: Vec<_> = [("contract", id.clone())].into_iter().chain(fields.iter().cloned()).collect();
            rows.push(row(key, values(object, &fields)?, Some(c.rep), Some(c.customer_key.clone())));
            anyhow::Ok(())
        };
        for (n, (at, quantity, discount)) in c.lines.iter().enumerate() {
            let Some((name, code, _, _, price)) = PRODUCTS.get(*at) else { continue };
            let mut fields = vec![
                ("item", (*name).to_owned()),
                ("quantity", quantity.to_string()),
                ("unit_price", price.to_string()),
                ("discount", discount.to_string()),
            ];
            fields.extend(products.get(*code).map(|id| ("product", id.to_string())));
            add(&mut lines, &line, format!("{}-l{n}", c.number), &fields)?;
        }
        if c.draft {
            continue;
        }
        let parts: &[u64] = match rng.below(3) {
            0 => &[100],
            1 => &[50, 50],
            _ => &[30, 60, 10],
        };
        for (n, part) in (0_i64..).zip(parts) {
            let (due, amount) = (c.signed + 15 + n * 75, c.amount * part / 100);
            // What was due long ago is mostly paid, some days late or early; what is due later is not.
            let paid = due < today - 3 && rng.percent(if due < today - 60 { 93 } else { 70 });
            let fields = [
                ("name", format!("第{}期", n + 1)),
                ("due_on", date(due)),
                ("amount", amount.to_string()),
                ("done", paid.to_string()),
            ];
            add(&mut plans, &plan, format!("{}-p{n}", c.number), &fields)?;
            if paid {
                let received = (due - 6 + below(rng, 20)).min(today);
                let fields = [
                    ("number", format!("HK-{}-{}", c.number.trim_start_matches("HT"), n + 1)),
                    ("received_on", date(received)),
                    ("amount", amount.to_string()),
                    ("method", pick(rng, &["transfer", "transfer", "transfer", "acceptance", "cheque"])),
                    ("bank_reference", names::mobile(rng)),
                    ("confirmed", (received < today - 7).to_string()),
                ];
                add(&mut payments, &payment, format!("{}-r{n}", c.number), &fields)?;
            }
        }
    }
    w.write("contract_line", lines).await?;
    w.write("payment_plan", plans).await?;
    w.write("payment", payments).await
}

/// Of this quarter and its months: for each region, and for each rep.
async fn targets(w: &mut Writer<'_>, staff: &Staff, director: Rep, made: &[Made], today: i64) -> anyhow::Result<()> {
    let target = w.object("target")?;
    let day = date(today);
    let (year, month): (&str, u32) =
        (day.get(..4).unwrap_or("2026"), day.get(5..7).and_then(|m| m.parse().ok()).unwrap_or(1));
    let first = (month - 1) / 3 * 3 + 1;
    let mut rows = vec![];
    let mut add = |key: String, rep: Rep, name: String, what: [&str; 4], amount: u64| {
        let [period, starts, reach, measure] = what;
        let fields = [
            ("name", name),
            ("period", period.to_owned()),
            ("starts_on", starts.to_owned()),
            ("reach", reach.to_owned()),
            ("measure", measure.to_owned()),
            ("amount", amount.to_string()),
        ];
        rows.push(row(key, values(&target, &fields)?, Some(rep), None));
        anyhow::Ok(())
    };
    let quarter = format!("{year}-{first:02}-01");
    let signed = |since: &str, by: Option<Rep>| -> u64 {
        let of =
            |c: &&Made| !c.draft && date(c.signed).as_str() >= since && by.is_none_or(|rep| rep.user == c.rep.user);
        made.iter().filter(of).map(|c| c.amount).sum()
    };
    // Somewhat more or less than what is reached, however large the company: some are ahead and some behind.
    let about = |reached: u64, n: usize| -> u64 {
        let share = [112, 96, 135, 85, 104].get(n % 5).copied().unwrap_or(100);
        (reached * share / 100 / 10_000 * 10_000).max(60_000)
    };
    let q = (first - 1) / 3 + 1;
    for (n, lead) in [director].iter().chain(&staff.managers).enumerate() {
        let regions = staff.managers.len().max(1) as u64;
        let amount = about(signed(&quarter, None) / if n == 0 { 1 } else { regions }, n);
        for (measure, zh) in [("signed", "签约"), ("received", "回款")] {
            let name = format!("{year}年第{q}季度{zh}目标");
            add(format!("team-{n}-{measure}"), *lead, name, ["quarter", &quarter, "team", measure], amount)?;
        }
    }
    let this = format!("{year}-{month:02}-01");
    for (n, rep) in staff.reps.iter().enumerate() {
        let name = format!("{year}年{month}月签约目标");
        add(format!("rep-{n}"), *rep, name, ["month", &this, "person", "signed"], about(signed(&this, Some(*rep)), n))?;
    }
    w.write("target", rows).await
}

/// The director's board, shared with the managers and the owner for a year.
async fn board(w: &mut Writer<'_>, director: Rep) -> anyhow::Result<()> {
    let dashboard = w.object("dashboard")?;
    let sum = json!({ "field": "amount", "work": "sum" });
    let open = |field: &str, values: &[&str]| json!({ "test": { "field": field, "op": "in", "value": values } });
    let cards = json!({ "cards": [
        { "title": "本年签约金额", "chart": "number", "object": "contract", "value": sum,
          "period": { "field": "signed_on", "span": "this_year" } },
        { "title": "逾期回款", "chart": "number", "object": "payment_plan", "value": sum,
          "filter": { "not": { "test": { "field": "done", "op": "eq", "value": true } } },
          "period": { "field": "due_on", "span": "past" } },
        { "title": "销售漏斗", "chart": "funnel", "object": "opportunity", "by": [{ "field": "stage" }], "value": sum,
          "filter": open("stage", &["prospecting", "engaging", "proposal", "negotiation"]) },
        { "title": "按月签约", "chart": "bar", "object": "contract", "by": [{ "field": "signed_on", "step": "month" }],
          "value": sum, "period": { "field": "signed_on", "span": "this_year" } },
        { "title": "按月回款", "chart": "line", "object": "payment", "by": [{ "field": "received_on", "step": "month" }],
          "value": sum, "period": { "field": "received_on", "span": "this_year" } },
        { "title": "各部门合同", "chart": "table", "object": "contract",
          "by": [{ "field": "department" }, { "field": "status" }], "value": sum },
    ] });
    let fields = [("name", "销售总览".to_owned()), ("cards", cards.to_string())];
    let rows = vec![row("board".to_owned(), values(&dashboard, &fields)?, Some(director), None)];
    w.write("dashboard", rows).await?;
    let found = known(w, "dashboard", "name", director).await?;
    let id = found.get("销售总览").copied().context("the board")?;
    w.at = w.at.plus_ms(20);
    for role in ["sales_manager", "company_owner"] {
        let op = ShareRecord {
            object: "dashboard".parse()?,
            id,
            kind: MemberKind::Share,
            to: Grantee::Role(role.parse()?),
            edit: false,
            until: Some(w.at.plus_days(365)),
        };
        let grant = w.demo.admit(&w.demo.caller(director.user, w.at, 1), op).await.map_err(failed)?;
        w.demo.store.share(grant).await.map_err(failed)?;
        w.at = w.at.plus_ms(20);
    }
    Ok(())
}
