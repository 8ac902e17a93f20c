//! Each check against a house that fails it, one that passes, and one of which nothing is known.

use std::collections::BTreeSet;

use model::UnixMs;
use proptest::prelude::*;

use super::*;

const NOW: UnixMs = UnixMs(1_795_000_000_000);

fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, NOW, Source::Rows)
}

/// A house in which all is as it should be.
fn good() -> Facts {
    Facts {
        now: NOW,
        web: known(Web {
            tls: true,
            loopback: false,
            https: true,
            insecure: false,
            believed_bits: 0,
            ledger_public: true,
            ledger_folder: true,
        }),
        certificate: known(Certificate { until: NOW.plus_days(60), key_open: false }),
        files: known(Files { open: 0, keys_open: 0, config_open: false }),
        disk: known(Disk { free_mib: 50_000, free_percent: 40 }),
        clock: known(ClockState { synchronised: true }),
        program: known(Program { days: 10, debug: false }),
        database: known(Database {
            superuser: false,
            makes_roles: false,
            private: true,
            checksums: true,
            apart_ms: -20,
            durable: true,
        }),
        keys: known(Keys { token: true, days: 30, under_older: 0 }),
        backups: known(Backups { days: Some(1), with_keys: false, drill_days: Some(20), drill_failed: Some(0) }),
        accounts: known(Accounts {
            people: 50,
            administrators: 4,
            clashes: 0,
            duties_vacant: 0,
            officers: 2,
            services_alone: 0,
            dormant: 0,
            leavers_owning: 0,
            roleless: 0,
        }),
        credentials: known(Credentials {
            people: 50,
            with_code: 50,
            administrators_bare: 0,
            old: 0,
            first: 0,
            weak_hashes: 0,
            unconfirmed: 0,
        }),
        sessions: known(Sessions {
            idle_minutes: 30,
            absolute_hours: 12,
            administrators_bare: 0,
            refused: 3,
            emergencies: 0,
        }),
        tokens: known(Tokens { live: 2, idle: 0, long: 0, whole: 0 }),
        shares: known(Shares { endless: 0, wide: 0, old: 0, requests_late: 0 }),
        exports: known(Exports {
            approve_above: Some(500),
            approve_sensitive: true,
            lasts_hours: 24,
            downloads: 3,
            rows_per_day: Some(5_000),
            overdue: 0,
        }),
        detection: known(Detection {
            rules: 30,
            off: 0,
            left_out: 0,
            decoys: 3,
            channels: 1,
            undelivered: 0,
            automatic: 1,
            evening: true,
        }),
        alerts: known(Alerts { waiting: 0, cases_overdue: 0, unanswered: 0 }),
        log: known(Log {
            kept_days: None,
            verified_hours: Some(3),
            verify_hours: 24,
            findings: 0,
            unsigned_minutes: 0,
            reviewed_days: Some(1),
            review_days: 7,
            thinned: 0,
            ahead_seconds: 0,
            unexplained: Some(20),
        }),
        reports: known(Reports { plans: 1, last_days: Some(5) }),
        training: known(Training { people: 50, current: 49, overdue: 0 }),
        mail: known(Mail { configured: true, encrypted: true, undelivered: 0 }),
        feeds: known(Feeds { sources: 1, silent: 0 }),
        policy: known(Policy { purpose: 1, second_factor: 1, trained: 1, everybody: 0 }),
    }
}

/// Changes what is known.
fn with<T>(fact: &mut Fact<T>, change: impl FnOnce(&mut T)) {
    if let Fact::Known { value, .. } = fact {
        change(value);
    }
}

type Break = fn(&mut Facts);

/// What makes each check bad.
const BROKEN: &[(&str, Break)] = &[
    ("transport.https", |f| with(&mut f.web, |w| w.https = false)),
    ("transport.plain", |f| with(&mut f.web, |w| w.insecure = true)),
    ("transport.certificate", |f| with(&mut f.certificate, |c| c.until = NOW.plus_days(20))),
    ("transport.certificate_key", |f| with(&mut f.certificate, |c| c.key_open = true)),
    ("transport.proxies", |f| with(&mut f.web, |w| w.believed_bits = 9)),
    ("keys.age", |f| with(&mut f.keys, |k| k.days = 366)),
    ("keys.older", |f| with(&mut f.keys, |k| k.under_older = 1)),
    ("keys.token", |f| with(&mut f.keys, |k| k.token = false)),
    ("keys.files", |f| with(&mut f.files, |x| x.keys_open = 1)),
    ("backups.recent", |f| with(&mut f.backups, |b| b.days = None)),
    ("backups.keys_apart", |f| with(&mut f.backups, |b| b.with_keys = true)),
    ("backups.drill", |f| with(&mut f.backups, |b| b.drill_days = Some(91))),
    ("backups.drill_passed", |f| with(&mut f.backups, |b| b.drill_failed = Some(1))),
    ("machine.folder", |f| with(&mut f.files, |x| x.open = 1)),
    ("machine.configuration", |f| with(&mut f.files, |x| x.config_open = true)),
    ("machine.disk", |f| with(&mut f.disk, |d| d.free_mib = 100)),
    ("machine.clock", |f| with(&mut f.clock, |c| c.synchronised = false)),
    ("machine.release", |f| with(&mut f.program, |p| p.days = 400)),
    ("machine.build", |f| with(&mut f.program, |p| p.debug = true)),
    ("database.superuser", |f| with(&mut f.database, |d| d.superuser = true)),
    ("database.private", |f| with(&mut f.database, |d| d.private = false)),
    ("database.checksums", |f| with(&mut f.database, |d| d.checksums = false)),
    ("database.durable", |f| with(&mut f.database, |d| d.durable = false)),
    ("database.clock", |f| with(&mut f.database, |d| d.apart_ms = -6_000)),
    ("log.kept", |f| with(&mut f.log, |l| l.kept_days = Some(189))),
    ("log.verified", |f| with(&mut f.log, |l| l.verified_hours = Some(27))),
    ("log.intact", |f| with(&mut f.log, |l| l.findings = 1)),
    ("log.signed", |f| with(&mut f.log, |l| l.unsigned_minutes = 11)),
    ("log.witness", |f| with(&mut f.web, |w| w.ledger_public = false)),
    ("log.time", |f| with(&mut f.log, |l| l.ahead_seconds = 61)),
    ("log.whole", |f| with(&mut f.log, |l| l.thinned = 1)),
    ("log.reviewed", |f| with(&mut f.log, |l| l.reviewed_days = None)),
    ("log.explained", |f| with(&mut f.log, |l| l.unexplained = Some(110))),
    ("accounts.administrators", |f| with(&mut f.accounts, |a| a.administrators = 7)),
    ("accounts.clashes", |f| with(&mut f.accounts, |a| a.clashes = 1)),
    ("accounts.duties", |f| with(&mut f.accounts, |a| a.duties_vacant = 1)),
    ("accounts.second_officer", |f| with(&mut f.accounts, |a| a.officers = 1)),
    ("accounts.services", |f| with(&mut f.accounts, |a| a.services_alone = 1)),
    ("accounts.dormant", |f| with(&mut f.accounts, |a| a.dormant = 1)),
    ("accounts.leavers", |f| with(&mut f.accounts, |a| a.leavers_owning = 1)),
    ("accounts.roleless", |f| with(&mut f.accounts, |a| a.roleless = 1)),
    ("sign_in.second_factor", |f| with(&mut f.credentials, |c| c.with_code = 44)),
    ("sign_in.administrators_factor", |f| with(&mut f.credentials, |c| c.administrators_bare = 1)),
    ("sign_in.unconfirmed", |f| with(&mut f.credentials, |c| c.unconfirmed = 1)),
    ("sign_in.password_age", |f| with(&mut f.credentials, |c| c.old = 1)),
    ("sign_in.first_password", |f| with(&mut f.credentials, |c| c.first = 1)),
    ("sign_in.hashes", |f| with(&mut f.credentials, |c| c.weak_hashes = 1)),
    ("sign_in.guessing", |f| with(&mut f.sessions, |s| s.refused = 51)),
    ("sign_in.idle", |f| with(&mut f.sessions, |s| s.idle_minutes = 61)),
    ("sign_in.length", |f| with(&mut f.sessions, |s| s.absolute_hours = 25)),
    ("sign_in.administrators_now", |f| with(&mut f.sessions, |s| s.administrators_bare = 1)),
    ("sign_in.emergency", |f| with(&mut f.sessions, |s| s.emergencies = 1)),
    ("tokens.idle", |f| with(&mut f.tokens, |t| t.idle = 1)),
    ("tokens.long", |f| with(&mut f.tokens, |t| t.long = 1)),
    ("tokens.whole", |f| with(&mut f.tokens, |t| t.whole = 1)),
    ("sharing.endless", |f| with(&mut f.shares, |s| s.endless = 1)),
    ("sharing.wide", |f| with(&mut f.shares, |s| s.wide = 1)),
    ("sharing.old", |f| with(&mut f.shares, |s| s.old = 1)),
    ("sharing.requests", |f| with(&mut f.shares, |s| s.requests_late = 1)),
    ("exports.approval", |f| with(&mut f.exports, |e| e.approve_above = None)),
    ("exports.sensitive", |f| with(&mut f.exports, |e| e.approve_sensitive = false)),
    ("exports.per_day", |f| with(&mut f.exports, |e| e.rows_per_day = None)),
    ("exports.files", |f| with(&mut f.exports, |e| e.lasts_hours = 73)),
    ("exports.destroyed", |f| with(&mut f.exports, |e| e.overdue = 1)),
    ("detection.decoys", |f| with(&mut f.detection, |d| d.decoys = 0)),
    ("detection.off", |f| with(&mut f.detection, |d| d.off = 1)),
    ("detection.read", |f| with(&mut f.detection, |d| d.left_out = 1)),
    ("detection.channels", |f| with(&mut f.detection, |d| d.channels = 0)),
    ("detection.delivered", |f| with(&mut f.detection, |d| d.undelivered = 1)),
    ("detection.responses", |f| with(&mut f.detection, |d| d.automatic = 0)),
    ("detection.evening", |f| with(&mut f.detection, |d| d.evening = false)),
    ("alerts.waiting", |f| with(&mut f.alerts, |a| a.waiting = 1)),
    ("alerts.cases", |f| with(&mut f.alerts, |a| a.cases_overdue = 1)),
    ("alerts.questions", |f| with(&mut f.alerts, |a| a.unanswered = 1)),
    ("matrix.purpose", |f| with(&mut f.policy, |p| p.purpose = 0)),
    ("matrix.second_factor", |f| with(&mut f.policy, |p| p.second_factor = 0)),
    ("matrix.everybody", |f| with(&mut f.policy, |p| p.everybody = 1)),
    ("people.trained", |f| with(&mut f.training, |t| t.current = 44)),
    ("people.training_late", |f| with(&mut f.training, |t| t.overdue = 1)),
    ("people.training_gate", |f| with(&mut f.policy, |p| p.trained = 0)),
    ("people.reports", |f| with(&mut f.reports, |r| r.plans = 0)),
    ("people.reported", |f| with(&mut f.reports, |r| r.last_days = Some(36))),
    ("mail.configured", |f| with(&mut f.mail, |m| m.configured = false)),
    ("mail.encrypted", |f| with(&mut f.mail, |m| m.encrypted = false)),
    ("mail.delivered", |f| with(&mut f.mail, |m| m.undelivered = 1)),
    ("feeds.silent", |f| with(&mut f.feeds, |x| x.silent = 1)),
];

fn state(facts: &Facts, id: &str) -> State {
    look(facts).into_iter().find(|(check, _)| check.id == id).unwrap().1.state
}

fn score(facts: &Facts) -> Score {
    let seen = look(facts);
    Score::of(seen.iter().map(|(check, seen)| (check.id, seen.state)))
}

#[test]
fn a_house_in_order_passes_each_check_and_each_check_fails_by_what_breaks_it() {
    let ids: BTreeSet<&str> = checks().map(|c| c.id).collect();
    assert_eq!(ids.len(), checks().count(), "each name once");
    assert!(ids.len() >= 40, "{}", ids.len());
    let broken: BTreeSet<&str> = BROKEN.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, broken, "each check has a house that fails it");
    for (check, seen) in look(&good()) {
        assert_eq!(seen.state, State::Good, "{}: {:?}", check.id, seen.figures);
        assert!(!seen.figures.is_empty() && seen.at == Some(NOW), "{}", check.id);
    }
    assert_eq!(score(&good()).share, Some(1000));
    for (id, breaks) in BROKEN {
        let mut facts = good();
        breaks(&mut facts);
        assert_eq!(state(&facts, id), State::Bad, "{id}");
        assert!(score(&facts).share < Some(1000), "{id}: the score sees it");
    }
}

#[test]
fn of_what_is_unknown_nothing_is_good() {
    let nothing = Facts::default();
    for (check, seen) in look(&nothing) {
        assert_eq!(seen.state, State::Unknown, "{}", check.id);
        assert!(seen.why.is_some_and(|w| !w.zh.is_empty() && !w.en.is_empty()), "{}", check.id);
    }
    let score = score(&nothing);
    assert_eq!((score.share, score.good), (Some(0), 0));
    // One fact that is lost takes its checks from good to unknown, and the score with them.
    let blind = Facts { backups: Fact::Unknown, ..good() };
    assert_eq!((state(&blind, "backups.recent"), state(&blind, "keys.age")), (State::Unknown, State::Good));
    assert!(super::tests::score(&blind).share < Some(1000));
}

#[test]
fn what_is_not_there_counts_for_nothing() {
    let mut facts = Facts { database: Fact::None, certificate: Fact::None, ..good() };
    with(&mut facts.web, |w| (w.loopback, w.https, w.tls) = (true, false, false));
    with(&mut facts.tokens, |t| t.live = 0);
    with(&mut facts.feeds, |x| x.sources = 0);
    for id in ["database.superuser", "transport.certificate", "transport.https", "tokens.idle", "feeds.silent"] {
        assert_eq!(state(&facts, id), State::NotApplicable, "{id}");
    }
    assert_eq!(score(&facts).share, Some(1000));
}

#[test]
fn what_mends_a_check_is_said_in_both_languages_and_pages_are_the_console_s() {
    for check in checks() {
        for text in [check.title(), check.fix_text()] {
            assert!(!text.zh.is_empty() && !text.en.is_empty() && text.zh != text.en, "{}", check.id);
        }
        assert!(!check.laws.is_empty(), "{}", check.id);
        for page in [check.fix.page, check.proof].into_iter().flatten() {
            assert!(page.starts_with('/'), "{}: {page}", check.id);
        }
    }
}

proptest! {
    // Whatever the states: the score is the weight that is good over all that applies, area by area and in all; what gets better never
    // lowers it.
    #[test]
    fn the_score_is_the_share_of_the_weight(states in proptest::collection::vec(0_usize..4, BROKEN.len()), better in 0_usize..BROKEN.len()) {
        let all: Vec<&'static Check> = checks().collect();
        let mut states: Vec<State> = states.iter().map(|n| State::ALL[*n]).collect();
        let of = |states: &[State]| Score::of(all.iter().zip(states).map(|(c, s)| (c.id, *s)));
        let score = of(&states);
        let sum = |wanted: &[State], area: Option<Area>| -> u64 {
            all.iter().zip(&states).filter(|(c, s)| wanted.contains(s) && area.is_none_or(|a| a == c.area)).map(|(c, _)| u64::from(c.weight())).sum()
        };
        let applies = [State::Good, State::Bad, State::Unknown];
        prop_assert_eq!(score.share.map(u64::from), (1000 * sum(&[State::Good], None)).checked_div(sum(&applies, None)));
        for area in &score.areas {
            let share = (1000 * sum(&[State::Good], Some(area.area))).checked_div(sum(&applies, Some(area.area)));
            prop_assert_eq!(area.share.map(u64::from), share);
        }
        if states[better] != State::NotApplicable {
            states[better] = State::Good;
            prop_assert!(of(&states).share >= score.share);
        }
    }
}
