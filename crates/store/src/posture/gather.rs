//! What the instance knows of itself: people, rows and the log here; what only the running server knows is handed in.

use std::collections::BTreeSet;

use access::path::{Param, Refusal};
use govern::posture::{
    Accounts, Alerts, Backups, Certificate, ClockState, Credentials, Detection, Disk, Exports, Fact, Facts, Feeds,
    Files, Keys, Log, Mail, Policy, Program, Reports, Sessions, Shares, Source, Tokens, Training, Web,
};
use model::{Action, Decision, UnixMs, User, UserId, UserKind, UserStatus};

use crate::company::Loaded;
use crate::detection::RuleState;
use crate::records::broken;
use crate::{Query, Store};

const DAY_MS: i64 = 86_400_000;
/// The three duties.
const DUTIES: [&str; 3] = ["system_admin", "security_admin", "audit_admin"];

/// What only the running server knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Machine {
    pub web: Fact<Web>,
    pub certificate: Fact<Certificate>,
    pub files: Fact<Files>,
    pub disk: Fact<Disk>,
    pub clock: Fact<ClockState>,
    pub program: Fact<Program>,
}

fn many(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

fn days(from: UnixMs, until: UnixMs) -> i64 {
    (until.0 - from.0).div_euclid(DAY_MS).max(0)
}

fn at_work(user: &&User) -> bool {
    user.kind == UserKind::Person && user.status == UserStatus::Active
}

fn administers(user: &User) -> bool {
    user.roles.iter().any(|role| DUTIES.contains(&role.as_str()))
}

/// A fact, or that it could not be had: one question that is not answered hides no other.
fn fact<T>(found: Result<T, Refusal>, at: UnixMs, from: Source) -> Fact<T> {
    match found {
        Ok(value) => Fact::known(value, at, from),
        Err(refusal) => {
            tracing::warn!(%refusal, "something of the security posture could not be looked at");
            Fact::Unknown
        }
    }
}

impl Store {
    /// All that is known now.
    ///
    /// # Errors
    /// [`Refusal::StoreUnavailable`] where the log is not to be asked at all.
    pub(super) async fn posture_facts(&self, machine: Machine, now: UnixMs) -> Result<Facts, Refusal> {
        self.ready_to_ask().await?;
        let company = self.company();
        let Machine { web, certificate, files, disk, clock, program } = machine;
        Ok(Facts {
            now,
            web,
            certificate,
            files,
            disk,
            clock,
            program,
            database: self.database_facts(now).await,
            keys: fact(self.key_facts(now).await, now, Source::Files),
            backups: fact(self.backup_facts(now).await, now, Source::Log),
            accounts: fact(self.account_facts(&company, now).await, now, Source::Company),
            credentials: fact(self.credential_facts(&company, now).await, now, Source::Rows),
            sessions: fact(self.session_facts(&company, now).await, now, Source::Rows),
            tokens: fact(self.token_facts(now).await, now, Source::Rows),
            shares: fact(self.share_facts(now).await, now, Source::Rows),
            exports: fact(self.export_facts(&company, now).await, now, Source::Company),
            detection: fact(self.detection_facts(&company, now).await, now, Source::Company),
            alerts: fact(self.alert_facts(now).await, now, Source::Rows),
            log: fact(self.log_facts(&company, now).await, now, Source::Log),
            reports: fact(self.report_facts(&company, now).await, now, Source::Rows),
            training: fact(self.training_facts(&company, now).await, now, Source::Company),
            mail: fact(self.mail_facts(&company, now).await, now, Source::Rows),
            feeds: fact(self.feed_facts(&company, now).await, now, Source::Rows),
            policy: Fact::known(policy_facts(&company), now, Source::Company),
        })
    }

    /// One number of one row; nothing is 0.
    pub(crate) async fn posture_number(&self, sql: &str, params: Vec<Param>) -> Result<Option<i64>, Refusal> {
        let rows = self.read(Query::new(sql, params)).await?;
        rows.first().map_or(Ok(None), |row| row.opt_int(0)).map_err(broken)
    }
    async fn posture_count(&self, sql: &str, params: Vec<Param>) -> Result<u64, Refusal> {
        Ok(self.posture_number(sql, params).await?.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
    }

    async fn key_facts(&self, now: UnixMs) -> Result<Keys, Refusal> {
        let keys = self.keys_and_ages().await?;
        let current = keys.versions.iter().find(|v| v.version == keys.current).ok_or(Refusal::Damaged)?;
        let older = keys.versions.iter().filter(|v| v.version != keys.current);
        Ok(Keys {
            token: keys.kind == "pkcs11",
            days: days(current.created_at, now),
            under_older: older.map(|v| v.customers.saturating_add(v.log).saturating_add(v.exports)).sum(),
        })
    }

    async fn backup_facts(&self, now: UnixMs) -> Result<Backups, Refusal> {
        let engine = self.gate().engine();
        let backups = self.backups(engine.directory()).await?;
        let newest = backups.taken.first();
        Ok(Backups {
            days: newest.map(|b| days(b.at, now)),
            with_keys: newest.is_some_and(|b| b.with_keys),
            drill_days: backups.drill.as_ref().map(|d| days(d.at, now)),
            drill_failed: backups.drill.and_then(|d| d.trial).map(|t| many(t.failed.len())),
        })
    }

    async fn account_facts(&self, company: &Loaded, now: UnixMs) -> Result<Accounts, Refusal> {
        let people: Vec<&User> = company.users.values().filter(at_work).collect();
        let clashes = people.iter().filter(|u| {
            let excluded = |r: &model::RoleName| {
                company.roles.get(r).is_some_and(|role| role.excludes.iter().any(|e| u.roles.contains(e)))
            };
            u.roles.iter().any(excluded)
        });
        let holds = |duty: &str| people.iter().filter(|u| u.roles.iter().any(|r| r.as_str() == duty)).count();
        let before = now.plus_days(-90);
        let quiet = self.quiet_since().await?;
        let dormant = people.iter().filter(|u| quiet.get(&u.id).is_some_and(|since| *since < before)).count();
        let owners: BTreeSet<UserId> = {
            let rows =
                self.read(Query::new("SELECT DISTINCT owner FROM record WHERE owner IS NOT NULL", vec![])).await?;
            rows.iter().map(|row| row.user(0)).collect::<Result<_, _>>().map_err(broken)?
        };
        let off = |u: &&User| u.status == UserStatus::Disabled && owners.contains(&u.id);
        let alone = |u: &&User| u.kind == UserKind::Service && u.status == UserStatus::Active && u.manager.is_none();
        // What the house does in its own name answers to nobody but the house.
        let own = |u: &&User| {
            u.id != crate::company::SYSTEM && !u.roles.iter().any(|r| r.as_str() == model::defaults::RECYCLER)
        };
        Ok(Accounts {
            people: many(people.len()),
            administrators: many(people.iter().filter(|u| administers(u)).count()),
            clashes: many(clashes.count()),
            duties_vacant: many(DUTIES.iter().filter(|duty| holds(duty) == 0).count()),
            officers: many(holds("security_admin")),
            services_alone: many(company.users.values().filter(alone).filter(own).count()),
            dormant: many(dormant),
            leavers_owning: many(company.users.values().filter(off).count()),
            roleless: many(people.iter().filter(|u| u.roles.is_empty()).count()),
        })
    }

    async fn credential_facts(&self, company: &Loaded, now: UnixMs) -> Result<Credentials, Refusal> {
        use crate::identity::password::{LANES, MEMORY_KIB, PASSES};
        let strong = format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$%");
        let sql = "SELECT user_id, password_changed_at, must_change, totp_confirmed, \
                   CASE WHEN totp IS NULL THEN 0 ELSE 1 END, CASE WHEN password LIKE ?1 THEN 0 ELSE 1 END \
                   FROM credential WHERE password IS NOT NULL";
        let mut found = Credentials {
            people: 0,
            with_code: 0,
            administrators_bare: 0,
            old: 0,
            first: 0,
            weak_hashes: 0,
            unconfirmed: 0,
        };
        for row in self.read(Query::new(sql, vec![strong.into()])).await? {
            let read = || Ok((row.user(0)?, row.opt_time(1)?, row.bool(2)?, row.bool(3)?, row.bool(4)?, row.bool(5)?));
            let (id, changed, first, confirmed, enrolled, weak) = read().map_err(broken)?;
            let Some(user) = company.users.get(&id).filter(at_work) else { continue };
            let made = company.created.get(&id).copied().unwrap_or(now);
            let since = changed.unwrap_or(made);
            found.people += 1;
            found.with_code += u64::from(confirmed);
            found.administrators_bare += u64::from(administers(user) && !confirmed);
            found.old += u64::from(since < now.plus_days(-365));
            found.first += u64::from(first && since < now.plus_days(-14));
            found.weak_hashes += u64::from(weak);
            found.unconfirmed += u64::from(enrolled && !confirmed);
        }
        Ok(found)
    }

    async fn session_facts(&self, company: &Loaded, now: UnixMs) -> Result<Sessions, Refusal> {
        let sql = "SELECT user_id FROM session WHERE ended_at IS NULL AND expires_at > ?1 AND mfa = 0";
        let rows = self.read(Query::new(sql, vec![now.into()])).await?;
        let bare = rows.iter().filter_map(|row| company.users.get(&row.user(0).ok()?)).filter(|u| administers(u));
        let refused = "SELECT COUNT(*) FROM event e WHERE e.at >= ?1 AND e.action = ?2 AND e.decision = ?3";
        let params = vec![
            now.plus_days(-1).into(),
            i64::from(Action::SignIn.code()).into(),
            i64::from(Decision::Refused.code()).into(),
        ];
        let emergencies = "SELECT COUNT(*) FROM request WHERE subject = 'break_glass' AND created_at >= ?1";
        Ok(Sessions {
            idle_minutes: company.session_rules.idle_minutes.into(),
            absolute_hours: company.session_rules.absolute_hours.into(),
            administrators_bare: many(bare.count()),
            refused: self.posture_count(refused, params).await?,
            emergencies: self.posture_count(emergencies, vec![now.plus_days(-30).into()]).await?,
        })
    }

    async fn token_facts(&self, now: UnixMs) -> Result<Tokens, Refusal> {
        let sql = "SELECT created_at, expires_at, used_at, CASE WHEN actions IS NULL THEN 1 ELSE 0 END FROM token \
                   WHERE ended_at IS NULL AND expires_at > ?1";
        let mut found = Tokens { live: 0, idle: 0, long: 0, whole: 0 };
        for row in self.read(Query::new(sql, vec![now.into()])).await? {
            let read = || Ok((row.time(0)?, row.time(1)?, row.opt_time(2)?, row.bool(3)?));
            let (made, until, used, whole) = read().map_err(broken)?;
            found.live += 1;
            found.idle += u64::from(used.unwrap_or(made).max(made) < now.plus_days(-90));
            found.long += u64::from(until > now.plus_days(180));
            found.whole += u64::from(whole);
        }
        Ok(found)
    }

    async fn share_facts(&self, now: UnixMs) -> Result<Shares, Refusal> {
        // What has ended stands in its row until it is cleared away.
        let live = "SELECT COUNT(*) FROM member WHERE kind = 'share' AND (expires_at IS NULL OR expires_at > ?1)";
        let of = |condition: &str| format!("{live} AND {condition}");
        let late = "SELECT COUNT(*) FROM request WHERE state = 'waiting' AND created_at < ?2 \
                    AND (lapses_at IS NULL OR lapses_at > ?1)";
        let before = now.plus_days(-180);
        Ok(Shares {
            endless: self.posture_count(&of("expires_at IS NULL"), vec![now.into()]).await?,
            wide: self.posture_count(&of("grantee_kind <> 'user'"), vec![now.into()]).await?,
            old: self.posture_count(&of("created_at < ?2"), vec![now.into(), before.into()]).await?,
            requests_late: self.posture_count(late, vec![now.into(), now.plus_days(-7).into()]).await?,
        })
    }

    async fn export_facts(&self, company: &Loaded, now: UnixMs) -> Result<Exports, Refusal> {
        let rules = company.export_rules;
        // The sweep comes every minute.
        let sql = "SELECT COUNT(*) FROM export_file WHERE state = 'ready' AND expires_at < ?1";
        Ok(Exports {
            approve_above: rules.approve_above.map(u64::from),
            approve_sensitive: rules.approve_sensitive,
            lasts_hours: rules.lasts_hours.into(),
            downloads: rules.downloads.into(),
            rows_per_day: rules.rows_per_day.map(u64::from),
            overdue: self.posture_count(sql, vec![now.plus_seconds(-3600).into()]).await?,
        })
    }

    async fn detection_facts(&self, company: &Loaded, now: UnixMs) -> Result<Detection, Refusal> {
        let built = company.detection.built();
        let off = company.detection.items.values().filter(|(_, item)| item.state == RuleState::Off).count();
        let dead = "SELECT COUNT(*) FROM channel_message WHERE state = 'dead' AND at >= ?1";
        Ok(Detection {
            rules: many(built.pack.as_ref().map_or(0, |pack| pack.rules.len())),
            off: many(off),
            left_out: many(built.left_out.len()),
            decoys: many(self.canaries().len()),
            channels: many(company.channels.count()),
            undelivered: self.posture_count(dead, vec![now.plus_days(-7).into()]).await?,
            automatic: many(company.response_rules.automatic.len()),
            evening: company.evening.on,
        })
    }

    async fn alert_facts(&self, now: UnixMs) -> Result<Alerts, Refusal> {
        // High is 3, critical 4.
        let waiting = "SELECT COUNT(*) FROM alert WHERE state = 'open' AND severity >= 3 AND first_at < ?1";
        let overdue = "SELECT COUNT(*) FROM case_file WHERE closed_at IS NULL AND due_at < ?1";
        let asked = "SELECT COUNT(*) FROM inquiry WHERE state = 'waiting' AND asked_at < ?1";
        Ok(Alerts {
            waiting: self.posture_count(waiting, vec![now.plus_days(-3).into()]).await?,
            cases_overdue: self.posture_count(overdue, vec![now.into()]).await?,
            unanswered: self.posture_count(asked, vec![now.plus_days(-7).into()]).await?,
        })
    }

    async fn log_facts(&self, company: &Loaded, now: UnixMs) -> Result<Log, Refusal> {
        let audit = &company.settings.audit;
        let verified = self.last_verified().await?;
        let signed = self.posture_number("SELECT MAX(size) FROM ledger_checkpoint", vec![]).await?.unwrap_or(0);
        let oldest =
            self.posture_number("SELECT MIN(e.at) FROM event e WHERE e.seq >= ?1", vec![signed.into()]).await?;
        let newest = self.posture_number("SELECT MAX(e.at) FROM event e", vec![]).await?;
        let mut reviewed = None;
        for user in company.users.values().filter(|u| u.roles.iter().any(|r| r.as_str() == "audit_admin")) {
            let sql = "SELECT MAX(e.at) FROM event e WHERE e.actor = ?1 AND e.action = ?2 AND e.decision = ?3";
            let (action, allowed) = (i64::from(Action::AuditRead.code()), i64::from(Decision::Allowed.code()));
            reviewed =
                reviewed.max(self.posture_number(sql, vec![user.id.into(), action.into(), allowed.into()]).await?);
        }
        let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN e.unexplained > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) \
                   FROM event e WHERE e.at >= ?1 AND e.unexplained IS NOT NULL";
        let rows = self.read(Query::new(sql, vec![now.plus_days(-7).into()])).await?;
        let (asked, without) = rows.first().map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?))).map_err(broken)?;
        Ok(Log {
            kept_days: audit.retention.days.map(u64::from),
            verified_hours: verified.as_ref().map(|v| (now.0 - v.at.0).div_euclid(3_600_000).max(0)),
            verify_hours: audit.frequency.verify_hours.into(),
            findings: verified.map_or(0, |v| v.findings),
            unsigned_minutes: oldest.map_or(0, |at| (now.0 - at).div_euclid(60_000).max(0)),
            reviewed_days: reviewed.map(|at| days(UnixMs(at), now)),
            review_days: audit.frequency.review_days.into(),
            thinned: many(audit.scope.values().filter(|d| !matches!(d, model::audit_policy::Depth::Full)).count()),
            ahead_seconds: newest.map_or(0, |at| (at - now.0).div_euclid(1000).max(0)),
            unexplained: without.saturating_mul(1000).checked_div(asked),
        })
    }

    async fn report_facts(&self, company: &Loaded, now: UnixMs) -> Result<Reports, Refusal> {
        let last = self.posture_number("SELECT MAX(made_at) FROM report_file", vec![]).await?;
        Ok(Reports {
            plans: many(company.reports.plans.iter().filter(|p| p.on).count()),
            last_days: last.map(|at| days(UnixMs(at), now)),
        })
    }

    async fn training_facts(&self, company: &Loaded, now: UnixMs) -> Result<Training, Refusal> {
        let people = company.users.values().filter(at_work);
        let current = company.users.values().filter(at_work).filter(|u| u.trained_until.is_some_and(|t| t > now));
        let overdue = "SELECT COUNT(*) FROM training WHERE due_at < ?1";
        Ok(Training {
            people: many(people.count()),
            current: many(current.count()),
            overdue: self.posture_count(overdue, vec![now.into()]).await?,
        })
    }

    async fn mail_facts(&self, company: &Loaded, now: UnixMs) -> Result<Mail, Refusal> {
        let dead = "SELECT COUNT(*) FROM mail WHERE state = 'dead' AND at >= ?1";
        let security = company.mail.as_ref().map(|kept| kept.server.security);
        Ok(Mail {
            configured: security.is_some(),
            encrypted: security.is_some_and(|s| s != crate::mail::MailSecurity::None),
            undelivered: self.posture_count(dead, vec![now.plus_days(-7).into()]).await?,
        })
    }

    async fn feed_facts(&self, company: &Loaded, now: UnixMs) -> Result<Feeds, Refusal> {
        let sql = "SELECT DISTINCT source FROM feed_load WHERE began_at >= ?1";
        let rows = self.read(Query::new(sql, vec![now.plus_days(-7).into()])).await?;
        let heard: BTreeSet<&str> = rows.iter().filter_map(|row| row.text(0).ok()).collect();
        let silent = company.feeds.names().filter(|name| !heard.contains(name)).count();
        Ok(Feeds { sources: many(company.feeds.names().count()), silent: many(silent) })
    }
}

fn policy_facts(company: &Loaded) -> Policy {
    use model::{Effect, ObjectSelect, Principals, Scope, What, When};
    let rows = &company.policy.policy.rows;
    let asks = |wanted: fn(&When) -> bool| many(rows.iter().filter(|row| row.when.iter().any(wanted)).count());
    let purpose = |row: &&model::MatrixRow| {
        row.effect == Effect::Forbid
            && row.when.iter().any(|w| matches!(w, When::Purpose))
            && matches!(&row.what, What::Operations(all) if all.contains(&Action::Reveal))
    };
    let everybody = |row: &&model::MatrixRow| {
        let on_records = match &row.what {
            What::Operations(all) => all.iter().any(|a| a.on() == model::action::On::Record),
            _ => true,
        };
        row.effect == Effect::Permit
            && row.who == Principals::Everyone
            && row.scope == Scope::All
            && matches!(row.objects, ObjectSelect::Any)
            && row.when.is_empty()
            && on_records
    };
    Policy {
        purpose: many(rows.iter().filter(purpose).count()),
        second_factor: asks(|w| matches!(w, When::Mfa)),
        trained: asks(|w| matches!(w, When::Trained)),
        everybody: many(rows.iter().filter(everybody).count()),
    }
}
