//! What was changed beside the program is not believed by it: neither at a start nor by the one that runs.

use access::path::Refusal;
use model::{Channel, Origin};
use store::Store;
use store::company::{CreateDepartment, Note, OpenError};
use store::identity::{SignIn, SignInError};
use store::records::list::{CountRecords, ListRecords};

use super::world::{World, blob};
use crate::base::literal;

async fn open(w: &World) -> Result<Store, OpenError> {
    Store::open(w.base.database(), w.vault.clone()).await
}

async fn department(w: &World) {
    let op = CreateDepartment { name: "新部门".into(), parent: None, note: Note::default() };
    w.store.create_department(w.system(w.admin, op).await.unwrap()).await.unwrap();
}

#[tokio::test]
async fn who_gives_themselves_a_role_in_the_database_stops_the_next_start() {
    let w = World::new().await;
    let role =
        format!("INSERT INTO user_role (user_id, role) VALUES ({}, 'sales_director')", literal(w.rep.as_bytes()));
    w.tamper(&role);
    assert!(matches!(open(&w).await, Err(OpenError::Altered)));
    w.tamper("DELETE FROM user_role WHERE role = 'sales_director'");
    open(&w).await.unwrap();
    // Nor is it taken up by raising the epoch, which tells other nodes to read anew.
    w.tamper(&role);
    w.tamper("UPDATE meta SET value = '99' WHERE key = 'epoch'");
    assert!(matches!(w.store.refresh().await, Err(OpenError::Altered)));
    assert!(!w.store.directory().user(w.rep).unwrap().roles.iter().any(|r| r.as_str() == "sales_director"));
}

#[tokio::test]
async fn a_company_put_back_from_before_stops_the_next_start() {
    let w = World::new().await;
    for table in ["meta", "department", "membership"] {
        w.base.execute(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"));
    }
    department(&w).await;
    open(&w).await.unwrap();
    for table in ["meta", "department", "membership"] {
        w.base.execute(&format!("DELETE FROM {table}"));
        w.base.execute(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"));
    }
    assert!(matches!(open(&w).await, Err(OpenError::RolledBack { .. })));
    assert!(matches!(w.store.refresh().await, Err(OpenError::RolledBack { .. })));
}

#[tokio::test]
async fn an_ended_session_does_not_come_back_and_an_altered_credential_signs_nobody_in() {
    let w = World::new().await;
    let origin = Origin { address: None, user_agent: None, channel: Channel::Web };
    let sign_in = async || {
        let at = w.caller(w.admin).at;
        let (login, password) = ("admin", "correct horse 1 battery");
        let s = SignIn { login, password, code: None, previous: None, origin: &origin, request_id: "r", at };
        w.store.sign_in(s).await
    };
    let session = sign_in().await.unwrap();
    let mut caller = w.caller(w.admin);
    caller.session = Some(session.session);
    w.store.sign_out(&caller).await.unwrap();
    w.tamper("UPDATE session SET ended_at = NULL");
    let again = open(&w).await.unwrap();
    assert_eq!(again.authenticate(session.secret.expose(), w.now()).await.unwrap(), None);

    let session = sign_in().await.unwrap();
    assert!(w.store.authenticate(session.secret.expose(), w.now()).await.unwrap().is_some());
    // Must change the password no more, says the row.
    w.tamper(&format!("UPDATE credential SET must_change = 0 WHERE user_id = {}", literal(w.admin.as_bytes())));
    assert_eq!(sign_in().await.unwrap_err(), SignInError::Wrong);
    let again = open(&w).await.unwrap();
    assert_eq!(again.authenticate(session.secret.expose(), w.now()).await.unwrap(), None);
}

#[tokio::test]
async fn a_record_that_was_altered_is_not_shown_and_a_share_that_was_made_up_gives_nothing() {
    let w = World::new().await;
    let customer = w.customer("甲乙公司", "13800138000").await;
    assert!(matches!(w.view(w.other_rep, customer).await, Err(Refusal::NotFound)));
    let share = format!(
        "INSERT INTO member (id, record, kind, grantee_kind, grantee, level, granted_by, created_at, seal) \
         VALUES ({0}, {0}, 'share', 'user', '{1}', 'edit', {2}, 0, {3})",
        blob(customer),
        w.other_rep,
        literal(w.rep.as_bytes()),
        literal(&[7; 32])
    );
    w.tamper(&share);
    assert!(w.view(w.other_rep, customer).await.is_err());
    // Nor does it tell by a number whether a sealed value is what somebody guesses.
    for search in ["13800138000", "甲乙"] {
        let q = || ListRecords {
            object: "customer".parse().unwrap(),
            filter: None,
            search: Some(search.to_owned()),
            sort: None,
            fields: None,
            customer: None,
            limit: 50,
            cursor: None,
        };
        let count = async |user| {
            let grant = w.records(user, CountRecords(q())).await.unwrap();
            w.store.count(grant).await.unwrap().into_inner()
        };
        assert_eq!((count(w.rep).await, count(w.other_rep).await), (1, 0), "{search}");
        let grant = w.records(w.other_rep, q()).await.unwrap();
        assert_eq!(w.store.list(grant).await.unwrap().sealed.disclose().await.unwrap().get().len(), 0);
    }
    // To whom it belongs decides who sees it.
    w.tamper(&format!("UPDATE record SET owner = {}", literal(w.other_rep.as_bytes())));
    assert!(matches!(w.view(w.other_rep, customer).await, Err(Refusal::Damaged)));
}

#[tokio::test]
async fn rows_of_before_are_sealed_once_and_not_again() {
    let w = World::new().await;
    let customer = w.customer("甲", "13800138000").await;
    let unseal = || {
        for table in ["credential", "record", "session", "token", "member", "legal_hold", "imported"] {
            w.base.execute(&format!("UPDATE {table} SET seal = NULL"));
        }
        w.tamper("DELETE FROM meta WHERE key = 'company_seal'");
    };
    unseal();
    assert!(matches!(open(&w).await, Err(OpenError::Altered)), "the log tells of a sealed company");
    // As if no event had told of it: a database of before.
    w.tamper("UPDATE event SET body = NULL WHERE action >= 100");
    let World { dir: _dir, base, store, vault, publisher, .. } = w;
    drop((store, publisher));
    let base = base.reopen().await;
    let store = Store::open(base.database(), vault.clone()).await.unwrap();
    let unsealed = "SELECT (SELECT COUNT(*) FROM record WHERE seal IS NULL) + (SELECT COUNT(*) FROM credential WHERE seal IS NULL)";
    let rows = base.database().read(store::Query::new(unsealed, vec![])).await.unwrap();
    assert_eq!(rows[0].int(0).unwrap(), 0);
    let newest = "SELECT id, body FROM event ORDER BY seq DESC LIMIT 1";
    let last = base.database().read(store::Query::new(newest, vec![])).await.unwrap();
    let body = store.gate().recorder().open_body(last[0].event(0).unwrap(), last[0].bytes(1).unwrap()).unwrap();
    assert_eq!(body.actor["detail"]["act"], "rows.seal");
    assert_eq!(body.actor["detail"]["rows"]["record"], 1);
    // Whoever took those events away to have it done again is found by them.
    let (events, state) = store.examine(model::UnixMs(i64::MAX / 2)).await.unwrap();
    assert!(!events.is_clean());
    assert!(state.is_clean(), "{state:?}");
    let _ = customer;
}
