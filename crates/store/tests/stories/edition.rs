//! A company of the first edition is started by a program that ships more.

use access::path::{Change, Refusal};
use model::defaults::{self, Shipped};
use model::{Action, FieldName};
use store::company::{AssignRole, OpenError};

use super::house::{House, code};

/// What shipped before leads, tasks and pools with rules.
fn first_edition() -> Shipped {
    let mut shipped = Shipped { edition: 1, ..Shipped::default() };
    shipped.objects.retain(|o| ["customer", "contact", "opportunity", "follow_up"].contains(&o.name.as_str()));
    for object in &mut shipped.objects {
        object.process = None;
        object.fields.retain(|f| !f.kept && !["outcome_reason", "discount"].contains(&f.name.as_str()));
    }
    let later = defaults::policy_of_sales_process().into_iter().chain(defaults::policy_of_requests());
    let later = later.chain(defaults::policy_of_trade()).chain(defaults::policy_of_handover());
    let later = later.chain(defaults::policy_of_fourth_edition()).chain(defaults::policy_of_fifth_edition());
    let later = later.chain(defaults::policy_of_sixth_edition());
    shipped.flows.clear();
    let later: Vec<String> = later.map(|r| r.id).collect();
    shipped.policy.rows.retain(|r| !later.contains(&r.id));
    shipped.roles.retain(|r| ![defaults::RECYCLER, defaults::ASSESSOR].contains(&r.name.as_str()));
    shipped
}

#[tokio::test]
async fn an_instance_of_before_is_given_what_was_added_since_in_one_recorded_unit() {
    let house = House::shipping(first_edition()).await;
    let rep = house.person("rep", Some("sales_rep")).await;
    assert!(house.store.company().objects.keys().all(|name| name.as_str() != "lead"));
    let house = house.restart().await;
    assert!(house.store.add_edition(house.now()).await.unwrap());
    let told = house.last_event().await;
    assert_eq!((told.action, told.detail["act"].as_str()), (Action::ObjectManage, Some("edition.add")));
    let added: Vec<&str> = told.detail["added"].as_array().unwrap().iter().filter_map(|a| a.as_str()).collect();
    for wanted in [
        "object lead",
        "object task",
        "process of customer",
        "role recycler",
        "role assessor",
        "rule assessor.assessments",
        "account recycler",
        "rule sales_rep.claim",
        "rule service.break_glass",
        "object contract",
        "object dashboard",
        "rule finance.trade.all",
        "rule system_admin.handover",
        "rule finance.approve",
        "flow contract_large",
        "rule security_admin.audit_policy",
        "rule sales_rep.files.own",
        "rule audit_admin.no_files",
        "rule sales_manager.merge",
        "rule security_admin.cases",
    ] {
        assert!(added.contains(&wanted), "{wanted}: {added:?}");
    }
    assert!(!house.store.add_edition(house.now()).await.unwrap(), "once");
    let deal = &house.store.company().objects[&defaults::opportunity().name].1;
    assert_eq!(deal.process().unwrap().next[0].object.as_str(), "contract");
    assert!(deal.process().unwrap().approval.is_some() && deal.field("discount").is_some());

    let company = house.store.company();
    let customer = &company.objects.iter().find(|(name, _)| name.as_str() == "customer").unwrap().1;
    assert_eq!(customer.0, 2, "a new version of the definition");
    let fresh = defaults::customer();
    for field in &fresh.fields {
        assert!(customer.1.field(field.name.as_str()).is_some(), "{}", field.name);
    }
    let name: FieldName = "name".parse().unwrap();
    let engine = house.store.gate().engine();
    let rights = engine.rights(rep, &"lead".parse().unwrap()).unwrap();
    assert!(
        !rights.filter(Action::Create).never() && !rights.field(name.as_str(), model::FieldLevel::Editable).never()
    );

    // It is the company's as any other: sealed, on record, and read again by the next process.
    let (_, state) = house.store.examine(house.now()).await.unwrap();
    assert_eq!(state.findings, vec![]);
    let house = house.restart().await;
    assert!(!house.store.add_edition(house.now()).await.unwrap());
    let grant = house.admit("security", AssignRole { user: rep, role: "recycler".parse().unwrap() }).await.unwrap();
    assert_eq!(code::<access::path::Disclosed<()>>(house.store.assign_role(grant).await.map_err(|e: Refusal| e)), "ok");
}

#[tokio::test]
async fn what_the_second_edition_brought_and_the_company_took_away_stays_away() {
    let mut shipped = Shipped { edition: 2, ..Shipped::default() };
    shipped.flows.clear();
    let later = defaults::policy_of_trade().into_iter().chain(defaults::policy_of_fourth_edition());
    let later = later.chain(defaults::policy_of_fifth_edition()).chain(defaults::policy_of_sixth_edition());
    let later: Vec<String> = later.map(|r| r.id).collect();
    shipped.policy.rows.retain(|r| !later.contains(&r.id) && r.id != "sales_rep.claim");
    shipped.objects.retain(|o| defaults::contract().name != o.name);
    let house = House::shipping(shipped).await.restart().await;
    assert!(house.store.add_edition(house.now()).await.unwrap());
    let rows = &house.store.company().policy.policy.rows;
    assert!(rows.iter().any(|r| r.id == "finance.trade.all") && rows.iter().all(|r| r.id != "sales_rep.claim"));
    assert!(house.store.company().objects.keys().any(|name| name.as_str() == "contract"));
}

#[tokio::test]
async fn the_third_edition_is_given_approvals_where_the_company_has_none_of_its_own() {
    let mut shipped = Shipped { edition: 3, flows: vec![], ..Shipped::default() };
    let later = defaults::policy_of_fourth_edition().into_iter().chain(defaults::policy_of_fifth_edition());
    let later = later.chain(defaults::policy_of_sixth_edition());
    let later: Vec<String> = later.map(|r| r.id).collect();
    // Taken away by the company from what edition 3 brought: it stays away.
    shipped.policy.rows.retain(|r| !later.contains(&r.id) && r.id != "finance.trade.all");
    for object in &mut shipped.objects {
        if let Some(process) = &mut object.process {
            process.approval = None;
        }
        object.fields.retain(|f| !["approval_status"].contains(&f.name.as_str()));
    }
    let house = House::shipping(shipped).await.restart().await;
    assert!(house.store.add_edition(house.now()).await.unwrap());
    let company = house.store.company();
    let rows = &company.policy.policy.rows;
    assert!(rows.iter().any(|r| r.id == "finance.approve") && rows.iter().all(|r| r.id != "finance.trade.all"));
    let contract = &company.objects[&defaults::contract().name].1;
    assert!(contract.process().unwrap().approval.is_some() && contract.field("approval_status").unwrap().kept);
    assert_eq!(company.approvals.flows, defaults::flows());
}

#[tokio::test]
async fn an_edition_set_back_beside_the_program_is_seen() {
    let house = House::new().await;
    let change = Change::new("UPDATE setting SET value = '1' WHERE key = 'edition'", vec![]);
    house.database().maintain(vec![change]).await.unwrap();
    let opened = store::Store::open(house.database(), house.vault()).await;
    assert!(matches!(opened, Err(OpenError::Altered)));
}
