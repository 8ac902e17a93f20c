//! Signing in and staying signed in, on a real database.

use access::path::Refusal;
use model::{Action, Caller, Decision, UnixMs, UserKind, UserStatus};
use store::company::{Note, SYSTEM, SetUserStatus, UpdateUser, UserChange};
use store::identity::*;

use super::house::{House, PASSWORDS, code};

const HOME: &str = "10.0.0.1";

impl House {
    async fn sign_in(&self, login: &str, password: &str, code: Option<&str>) -> Result<SignedIn, SignInError> {
        self.sign_in_from(HOME, login, password, code).await
    }
    async fn sign_in_from(
        &self,
        from: &str,
        login: &str,
        password: &str,
        code: Option<&str>,
    ) -> Result<SignedIn, SignInError> {
        let origin = self.origin(from);
        let s = SignIn { login, password, code, previous: None, origin: &origin, request_id: "r", at: self.now() };
        self.store.sign_in(s).await
    }
    async fn who(&self, secret: &Secret) -> Option<Authenticated> {
        self.store.authenticate(secret.expose(), self.now()).await.unwrap()
    }
    async fn as_caller(&self, secret: &Secret) -> Caller {
        self.who(secret).await.unwrap().caller(self.origin(HOME), None, "r".into(), self.now())
    }
    async fn reset(&self, login: &str) -> Result<Secret, Refusal> {
        let grant = self.admit("admin", ResetPassword { user: self.id(login) }).await?;
        Ok(self.store.reset_password(grant, None).await?.into_inner().unwrap())
    }
    /// Someone who has signed in and chosen `a cat on the warm roof`.
    async fn member(&self, login: &str) -> Secret {
        self.person(login, Some("sales_rep")).await;
        let first = self.reset(login).await.unwrap();
        let signed_in = self.sign_in(login, first.expose(), None).await.unwrap();
        let caller = self.as_caller(&signed_in.secret).await;
        let grant = self.store.gate().admit_system(&caller, ChangePassword).await.unwrap();
        self.store.change_password(grant, first.expose(), OWN).await.unwrap();
        signed_in.secret
    }
}

const OWN: &str = "a cat on the warm roof";

#[tokio::test]
async fn a_person_signs_in_is_known_and_signs_out() {
    let house = House::new().await;
    let signed_in = house.sign_in(" Admin ", PASSWORDS[0], None).await.unwrap();
    let who = house.who(&signed_in.secret).await.unwrap();
    assert_eq!(
        (who.user, who.session, who.mfa, who.must_change),
        (house.id("admin"), Some(signed_in.session), false, false)
    );
    let told = house.last_event().await;
    assert_eq!((told.action, told.decision, told.actor), (Action::SignIn, Decision::Allowed, house.id("admin")));

    let caller = house.as_caller(&signed_in.secret).await;
    house.store.sign_out(&caller).await.unwrap();
    assert_eq!(house.who(&signed_in.secret).await, None);
    assert_eq!(house.last_event().await.action, Action::SignOut);
    let house = house.restart().await;
    assert_eq!(house.who(&signed_in.secret).await, None);
}

#[tokio::test]
async fn who_may_not_sign_in_learns_nothing_and_the_log_learns_why() {
    let house = House::new().await;
    house.person("li.wei", None).await;
    for (login, password, reason) in [
        ("admin", "wrong wrong wrong", "wrong_password"),
        ("my secret password", "x", "unknown_login"),
        ("li.wei", "x", "no_password"),
        ("importer", "x", "not_a_person"),
        ("system", "x", "not_a_person"),
    ] {
        assert_eq!(house.sign_in(login, password, None).await.unwrap_err(), SignInError::Wrong, "{login}");
        let told = house.last_event().await;
        assert_eq!((told.decision, told.detail["reason"].as_str().unwrap()), (Decision::Refused, reason), "{login}");
        assert!(!told.detail.to_string().contains("my secret"));
    }
    let unknown = house.events().await.into_iter().find(|e| e.detail["login_hash"].is_string()).unwrap();
    assert_eq!(unknown.actor, SYSTEM);
}

#[tokio::test]
async fn a_session_ends_when_idle_and_when_old_and_its_use_survives_a_restart() {
    let house = House::new().await;
    let signed_in = house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    for _ in 0..4 {
        house.pass(50 * 60);
        assert!(house.who(&signed_in.secret).await.is_some());
    }
    house.store.write_uses().await;
    let house = house.restart().await;
    house.pass(59 * 60);
    assert!(house.who(&signed_in.secret).await.is_some());
    house.pass(60 * 60);
    assert_eq!(house.who(&signed_in.secret).await, None);

    let signed_in = house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    for _ in 0..14 {
        house.pass(50 * 60);
        assert!(house.who(&signed_in.secret).await.is_some());
    }
    house.pass(20 * 60);
    assert_eq!(house.who(&signed_in.secret).await, None);
}

#[tokio::test]
async fn a_first_password_is_only_good_for_choosing_another() {
    let house = House::new().await;
    house.person("li.wei", Some("sales_rep")).await;
    let first = house.reset("li.wei").await.unwrap();
    let signed_in = house.sign_in("li.wei", first.expose(), None).await.unwrap();
    assert!(signed_in.must_change);
    let caller = house.as_caller(&signed_in.secret).await;
    let gate = house.store.gate();
    assert!(matches!(gate.admit_system(&caller, ListSessions).await, Err(Refusal::Forbidden { .. })));

    let change = async |old: &str, new: &str| {
        let grant = gate.admit_system(&caller, ChangePassword).await.unwrap();
        code(house.store.change_password(grant, old, new).await)
    };
    assert_eq!(change("not the old one", OWN).await, "wrong_password");
    assert_eq!(change(first.expose(), "short").await, "password_short");
    assert_eq!(change(first.expose(), "Password12345").await, "password_common");
    assert_eq!(change(first.expose(), first.expose()).await, "same_password");
    assert_eq!(change(first.expose(), OWN).await, "ok");
    let who = house.who(&signed_in.secret).await.unwrap();
    assert_eq!((who.must_change, who.actions), (false, None));
    assert_eq!(house.sign_in("li.wei", first.expose(), None).await.unwrap_err(), SignInError::Wrong);
    assert!(house.sign_in("li.wei", OWN, None).await.is_ok());
}

#[tokio::test]
async fn who_manages_accounts_cannot_become_another_administrator() {
    let house = House::new().await;
    assert_eq!(code(house.reset("security").await), "separate_duty");
    assert_eq!(code(house.reset("importer").await), "not_a_person");
    assert_eq!(code(house.reset("system").await), "system_account");
    // The way back is the server's own command line, and it is recorded.
    let secret = house.store.recover_account("security", house.now()).await.unwrap();
    assert_eq!(house.last_event().await.detail["act"], "account.recover");
    assert!(house.sign_in("security", secret.expose(), None).await.unwrap().must_change);
    assert!(house.store.recover_account("importer", house.now()).await.is_err());
}

#[tokio::test]
async fn disabling_and_resetting_end_sessions_and_tokens_for_good() {
    let house = House::new().await;
    let secret = house.member("li.wei").await;
    let caller = house.as_caller(&secret).await;
    let token = house.token(&caller, None, 30).await.unwrap();
    assert!(house.who(&token).await.is_some());

    let set = async |status| {
        let op = SetUserStatus { user: house.id("li.wei"), status };
        house.store.set_user_status(house.admit("admin", op).await.unwrap()).await.unwrap();
    };
    set(UserStatus::Disabled).await;
    assert_eq!((house.who(&secret).await, house.who(&token).await), (None, None));
    assert_eq!(house.sign_in("li.wei", OWN, None).await.unwrap_err(), SignInError::Wrong);
    set(UserStatus::Active).await;
    assert_eq!((house.who(&secret).await, house.who(&token).await), (None, None));

    let again = house.sign_in("li.wei", OWN, None).await.unwrap();
    house.reset("li.wei").await.unwrap();
    assert_eq!(house.who(&again.secret).await, None);
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_and_no_others() {
    let house = House::new().await;
    let (here, there) = (
        house.sign_in("admin", PASSWORDS[0], None).await.unwrap(),
        house.sign_in("admin", PASSWORDS[0], None).await.unwrap(),
    );
    let other = house.sign_in("auditor", PASSWORDS[2], None).await.unwrap();
    let caller = house.as_caller(&here.secret).await;
    let gate = house.store.gate();
    let list = house.store.list_sessions(gate.admit_system(&caller, ListSessions).await.unwrap()).await.unwrap();
    assert_eq!(list.get().iter().filter(|s| s.current).map(|s| s.id).collect::<Vec<_>>(), vec![here.session]);
    assert_eq!(list.get().len(), 2);

    let revoke = async |sessions| {
        let grant = gate.admit_system(&caller, RevokeSession { sessions }).await.unwrap();
        code(house.store.revoke_session(grant).await)
    };
    assert_eq!(revoke(OwnSessions::One(other.session)).await, "not found");
    assert!(house.who(&there.secret).await.is_some());
    assert_eq!(revoke(OwnSessions::Others).await, "ok");
    assert_eq!(house.who(&there.secret).await, None);
    assert!(house.who(&here.secret).await.is_some() && house.who(&other.secret).await.is_some());

    let op = RevokeUserSessions { user: house.id("auditor"), session: None };
    house.store.revoke_user_sessions(house.admit("admin", op).await.unwrap()).await.unwrap();
    assert_eq!(house.who(&other.secret).await, None);
}

#[tokio::test]
async fn signing_in_again_ends_the_session_the_browser_came_with() {
    let house = House::new().await;
    let before = house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    assert!(house.who(&before.secret).await.is_some());
    let origin = house.origin(HOME);
    let s = SignIn {
        login: "admin",
        password: PASSWORDS[0],
        code: None,
        previous: Some(before.secret.expose()),
        origin: &origin,
        request_id: "r",
        at: house.now(),
    };
    let after = house.store.sign_in(s).await.unwrap();
    assert_eq!(house.who(&before.secret).await, None);
    assert!(house.who(&after.secret).await.is_some());
}

fn totp_code(enrolment: &TotpEnrolment, at: UnixMs) -> String {
    totp_rs::Totp::from_url(enrolment.url.expose()).unwrap().generate(u64::try_from(at.0 / 1000).unwrap()).to_string()
}

impl House {
    async fn enrol(&self, secret: &Secret) -> (TotpEnrolment, SignedIn) {
        let caller = self.as_caller(secret).await;
        let gate = self.store.gate();
        let enrolment =
            self.store.enrol_totp(gate.admit_system(&caller, EnrolTotp).await.unwrap()).await.unwrap().into_inner();
        let grant = gate.admit_system(&caller, ConfirmTotp).await.unwrap();
        let signed_in = self.store.confirm_totp(grant, &totp_code(&enrolment, self.now())).await.unwrap().into_inner();
        (enrolment, signed_in)
    }
}

#[tokio::test]
async fn a_second_factor_is_asked_for_and_its_codes_work_once() {
    let house = House::new().await;
    let signed_in = house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    let (enrolment, stepped) = house.enrol(&signed_in.secret).await;
    assert_eq!(house.who(&signed_in.secret).await, None, "the session without a second factor has ended");
    assert!(house.who(&stepped.secret).await.unwrap().mfa);

    let sign_in = |code| house.sign_in("admin", PASSWORDS[0], code);
    assert_eq!(sign_in(None).await.unwrap_err(), SignInError::CodeNeeded);
    let used = totp_code(&enrolment, house.now());
    assert_eq!(sign_in(Some(&used)).await.unwrap_err(), SignInError::WrongCode);
    house.pass(30);
    let fresh = totp_code(&enrolment, house.now());
    // Two at once with one code: one of them wins.
    let (a, b) = tokio::join!(sign_in(Some(&fresh)), sign_in(Some(&fresh)));
    assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1);
    house.pass(30);
    let next = totp_code(&enrolment, house.now());
    assert!(sign_in(Some(&next)).await.unwrap().mfa);
}

#[tokio::test]
async fn stepping_up_gives_a_new_secret_and_the_same_end() {
    let house = House::new().await;
    let signed_in = house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    let (enrolment, first) = house.enrol(&signed_in.secret).await;
    assert_eq!(first.expires_at, signed_in.expires_at);
    house.pass(600);
    let caller = house.as_caller(&first.secret).await;
    assert_eq!(house.store.step_up(&caller, "000000").await.unwrap_err(), SignInError::WrongCode);
    let second = house.store.step_up(&caller, &totp_code(&enrolment, house.now())).await.unwrap();
    assert_eq!((house.who(&first.secret).await, second.expires_at), (None, first.expires_at));
    assert!(house.who(&second.secret).await.unwrap().mfa);
}

#[tokio::test]
async fn a_lost_second_factor_is_reset_by_another_and_a_kept_one_is_given_up_with_a_code() {
    let house = House::new().await;
    let secret = house.member("li.wei").await;
    let (enrolment, signed_in) = house.enrol(&secret).await;
    house.pass(60);
    let caller = house.as_caller(&signed_in.secret).await;
    let gate = house.store.gate();
    let disable = async |with: &str| {
        let grant = gate.admit_system(&caller, DisableTotp).await.unwrap();
        code(house.store.disable_totp(grant, with).await)
    };
    assert_eq!(disable("000000").await, "wrong_code");
    assert_eq!(disable(&totp_code(&enrolment, house.now())).await, "ok");
    assert!(!house.who(&signed_in.secret).await.unwrap().mfa);

    let (_, signed_in) = house.enrol(&signed_in.secret).await;
    let op = ResetTotp { user: house.id("li.wei") };
    house.store.reset_totp(house.admit("admin", op).await.unwrap()).await.unwrap();
    assert_eq!(house.who(&signed_in.secret).await, None);
    assert!(!house.sign_in("li.wei", OWN, None).await.unwrap().mfa);
    let op = ResetTotp { user: house.id("auditor") };
    assert_eq!(code(house.store.reset_totp(house.admit("admin", op).await.unwrap()).await), "separate_duty");
}

#[tokio::test]
async fn guessing_waits_longer_and_longer_and_the_owner_still_gets_in() {
    let house = House::new().await;
    house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    for n in 0..20 {
        let from = format!("198.51.100.{n}");
        assert_eq!(
            house.sign_in_from(&from, "admin", "guess guess guess", None).await.unwrap_err(),
            SignInError::Wrong
        );
    }
    let stranger = house.sign_in_from("203.0.113.7", "admin", "guess guess guess", None).await.unwrap_err();
    assert!(matches!(stranger, SignInError::Wait { .. }));
    assert_eq!(house.last_event().await.detail["reason"], "wait");
    let events = house.events().await.len();
    house.sign_in_from("203.0.113.8", "admin", "guess guess guess", None).await.unwrap_err();
    assert_eq!(house.events().await.len(), events, "one record of each wait is enough");
    assert!(house.sign_in("admin", PASSWORDS[0], None).await.is_ok());
}

impl House {
    async fn token(&self, caller: &Caller, actions: Option<&[Action]>, days: i64) -> Result<Secret, Refusal> {
        self.token_for(caller, actions, days, None).await
    }
    async fn token_for(
        &self,
        caller: &Caller,
        actions: Option<&[Action]>,
        days: i64,
        service: Option<model::UserId>,
    ) -> Result<Secret, Refusal> {
        let token = NewToken {
            name: "nightly".into(),
            actions: actions.map(|a| a.iter().copied().collect()),
            expires_at: self.now().plus_days(days),
            service,
        };
        let grant = self.store.gate().admit_system(caller, CreateToken { token, note: Note::default() }).await?;
        Ok(self.store.create_token(grant).await?.into_inner().1)
    }
}

#[tokio::test]
async fn a_token_does_what_it_names_until_it_ends_and_nothing_about_sign_in() {
    let house = House::new().await;
    let secret = house.member("li.wei").await;
    let caller = house.as_caller(&secret).await;
    assert_eq!(code(house.token(&caller, None, 366).await), "invalid_value");
    assert_eq!(code(house.token(&caller, None, 0).await), "invalid_value");
    assert_eq!(code(house.token(&caller, Some(&[]), 10).await), "required");
    assert_eq!(code(house.token(&caller, Some(&[Action::PasswordChange]), 10).await), "invalid_value");

    let token = house.token(&caller, Some(&[Action::List, Action::SelfRead]), 10).await.unwrap();
    let who = house.who(&token).await.unwrap();
    assert_eq!((who.user, who.session, who.mfa), (house.id("li.wei"), None, false));
    let with_token = house.as_caller(&token).await;
    let gate = house.store.gate();
    assert!(gate.admit_system(&with_token, ListTokens).await.is_ok());
    assert!(matches!(gate.admit_system(&with_token, ChangePassword).await, Err(Refusal::Forbidden { .. })));

    // A token for everything still makes no token and changes no password.
    let broad = house.token(&caller, None, 10).await.unwrap();
    let with_broad = house.as_caller(&broad).await;
    assert_eq!(code(house.token(&with_broad, None, 10).await), "session_needed");
    let grant = gate.admit_system(&with_broad, ChangePassword).await.unwrap();
    assert_eq!(code(house.store.change_password(grant, OWN, "another good phrase").await), "session_needed");

    let list =
        house.store.list_tokens(gate.admit_system(&caller, ListTokens).await.unwrap()).await.unwrap().into_inner();
    assert_eq!(list.len(), 2);
    let narrow = list.iter().find(|t| t.actions.is_some()).unwrap().id;
    let grant = gate.admit_system(&caller, RevokeToken { token: narrow }).await.unwrap();
    house.store.revoke_token(grant).await.unwrap();
    assert_eq!(house.who(&token).await, None);
    house.pass(10 * 86_400);
    assert_eq!(house.who(&broad).await, None);
}

#[tokio::test]
async fn a_service_accounts_token_goes_to_the_person_who_answers_for_it() {
    let house = House::new().await;
    let secret = house.member("li.wei").await;
    let robot = house.account("robot", UserKind::Service, Some("marketing")).await;
    let caller = house.as_caller(&secret).await;
    assert_eq!(code(house.token_for(&caller, None, 30, Some(robot)).await), "not found");
    let answers_for = async |manager| {
        let change = UserChange { manager: Some(Some(manager)), ..UserChange::default() };
        let op = UpdateUser { user: robot, change, note: Note::default() };
        house.store.update_user(house.admit("admin", op).await.unwrap()).await.unwrap();
    };
    answers_for(house.id("li.wei")).await;
    let token = house.token_for(&caller, None, 30, Some(robot)).await.unwrap();
    assert_eq!(house.who(&token).await.unwrap().user, robot);

    // The administrator cannot come by business rights that way.
    answers_for(house.id("admin")).await;
    let admin = house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    let admin = house.as_caller(&admin.secret).await;
    assert_eq!(code(house.token_for(&admin, None, 30, Some(robot)).await), "excluded_roles");
}

#[tokio::test]
async fn nothing_one_could_sign_in_with_is_on_disk_or_in_the_log() {
    let house = House::new().await;
    let secret = house.member("li.wei").await;
    let (enrolment, signed_in) = house.enrol(&secret).await;
    let caller = house.as_caller(&signed_in.secret).await;
    let token = house.token(&caller, None, 30).await.unwrap();
    house.sign_in("li.wei", "guess: purple-canary-77", None).await.unwrap_err();
    house.sign_in("typed-into-login-canary", OWN, None).await.unwrap_err();
    let disk = house.bytes_on_disk();
    let log: String = house.events().await.iter().map(|e| e.detail.to_string()).collect();
    let hex_part = token.expose().rsplit('_').nth(1).unwrap();
    for canary in [
        OWN,
        PASSWORDS[0],
        "purple-canary-77",
        "typed-into-login-canary",
        secret.expose(),
        signed_in.secret.expose(),
        enrolment.secret.expose(),
        token.expose(),
        hex_part,
    ] {
        assert!(!disk.windows(canary.len()).any(|w| w == canary.as_bytes()), "on disk: {canary}");
        assert!(!log.contains(canary), "in the log: {canary}");
    }
}

#[tokio::test]
async fn what_is_nobodys_secret_is_nobody() {
    let house = House::new().await;
    for text in ["", "x", &"A".repeat(43), "whosaw_pat_", "whosaw_pat_00_11_22", "\u{0}", &"é".repeat(10_000)] {
        assert_eq!(house.store.authenticate(text, house.now()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn old_sessions_are_swept_and_live_ones_stay() {
    let house = House::new().await;
    house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    house.pass(31 * 86_400);
    let live = house.sign_in("admin", PASSWORDS[0], None).await.unwrap();
    house.store.sweep_sessions(house.now()).await.unwrap();
    let rows = store::Database::read(&*house.database(), store::Query::new("SELECT COUNT(*) FROM session", vec![]))
        .await
        .unwrap();
    assert_eq!(rows[0].int(0).unwrap(), 1);
    assert!(house.who(&live.secret).await.is_some());
}
