//! The company, credentials, sessions, tokens, shares, holds, kept answers and exports under way.

use std::collections::HashMap;

use access::path::{Param, Refusal};
use model::{RecordId, UnixMs, UserId};

use super::check::{Against, StateReport};
use super::replay::Pass;
use super::tables::{
    COUNTER, CREDENTIAL, EXPORT_JOB, HANDOVER, IDEMPOTENCY, LEGAL_HOLD, MEMBER, OWN_SETTING, SESSION, TOKEN, Table,
    live, strong,
};
use crate::company::{OpenError, policy_hash};
use crate::database::Query;
use crate::exports::EXPORT_KEYS;
use crate::records::broken;
use crate::retention::LOG_KEYS;
use crate::{Row, Store};

/// Rows of which the company is one.
const COMPANY: &str = "department, app_user, user_role, role, policy, object_type, object_version, membership, detection_rule, setting, response, canary, meta";
/// Sessions are swept 30 days after they ended, tokens a year after: later none is missed.
const SESSION_KEPT_DAYS: i64 = 30;
const TOKEN_KEPT_DAYS: i64 = 365;
/// Keys of `meta` that there are.
const META: [&str; 5] = ["epoch", "session_epoch", "company_seal", "retained_to", "demo"];

fn key(id: [u8; 16]) -> [Param; 1] {
    [Param::Bytes(id.to_vec())]
}

impl Store {
    pub(super) async fn check_company(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        for problem in &against.told.contradictions {
            report.add("event", &[problem.as_str().into()], "contradiction");
        }
        match self.load_sealed().await {
            Ok(company) if against.told.anchor.as_ref() == Some(&company.anchor()) => {
                report.rows += u64::try_from(company.rows.len()).unwrap_or(0);
            }
            Ok(_) => report.add(COMPANY, &[], "not_on_record"),
            Err(OpenError::Database(e @ crate::DatabaseError::Unavailable(_))) => {
                return Err(Refusal::StoreUnavailable(e.to_string()));
            }
            Err(error) => {
                tracing::error!(%error, "the company is not what was written");
                report.add(COMPANY, &[], "seal");
            }
        }
        for row in self.read(Query::new("SELECT version, hash, body FROM policy", vec![])).await? {
            let hash = policy_hash(row.text(2).map_err(broken)?);
            if row.bytes(1).map_err(broken)? != hash {
                report.add("policy", &[Param::Int(row.int(0).map_err(broken)?)], "hash");
            }
        }
        for key in self.altered_versions().await? {
            report.add("object_version", &key, "hash");
        }
        for key in self.altered_memberships().await? {
            report.add("membership", &key, "hash");
        }
        for key in self.altered_rules().await? {
            report.add("detection_rule", &key, "hash");
        }
        let mut session_epoch = false;
        for row in self.read(Query::new("SELECT key, value FROM meta", vec![])).await? {
            let (name, value) = (row.text(0).map_err(broken)?, row.text(1).map_err(broken)?);
            session_epoch |= name == "session_epoch" && value.parse::<i64>().is_ok_and(|n| n > 0);
            let due = name.strip_prefix("scrub_due/").filter(|_| value.is_empty());
            let told = |what: &str| match what.parse::<RecordId>() {
                Ok(id) => against.told.erased.contains_key(&id),
                Err(_) if what == EXPORT_KEYS => against.told.files.values().any(|file| !file.has_key),
                Err(_) => what == LOG_KEYS && against.retained.0 != i64::MIN,
            };
            let known = META.contains(&name) || due.is_some_and(told);
            if !known {
                report.add("meta", &[name.into()], "not_on_record");
            }
        }
        if !session_epoch {
            report.add("meta", &["session_epoch".into()], "missing");
        }
        Ok(())
    }

    pub(super) async fn check_credentials(
        &self,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let mut there = HashMap::new();
        for row in self.sealed_rows(&CREDENTIAL, "", report).await? {
            let (user, version) = (row.user(0).map_err(broken)?, row.int(7).map_err(broken)?);
            there.insert(user, version);
            let told = against.told.credentials.get(&user).copied();
            // A version is the time of its event.
            let dropped = version > told.unwrap_or(0) && UnixMs(version) < against.retained;
            if told != Some(version) && !dropped {
                report.add(CREDENTIAL.name, CREDENTIAL.key(&row), "version");
            }
        }
        for user in against.told.credentials.keys().filter(|user| !there.contains_key(user)) {
            report.add(CREDENTIAL.name, &[(*user).into()], "missing");
        }
        Ok(())
    }

    pub(super) async fn check_own_settings(
        &self,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let mut there = std::collections::HashSet::new();
        for row in self.sealed_rows(&OWN_SETTING, "", report).await? {
            let place = (row.user(0).map_err(broken)?, row.text(1).map_err(broken)?.to_owned());
            let version = row.int(3).map_err(broken)?;
            let told = against.told.own.get(&place).copied();
            let dropped = version > told.unwrap_or(0) && UnixMs(version) < against.retained;
            if told != Some(version) && !dropped {
                report.add(OWN_SETTING.name, OWN_SETTING.key(&row), "version");
            }
            there.insert(place);
        }
        for (user, name) in against.told.own.keys().filter(|place| !there.contains(*place)) {
            report.add(OWN_SETTING.name, &[(*user).into(), name.as_str().into()], "missing");
        }
        Ok(())
    }

    /// Counters stand where the last event that gave a number of the series left them.
    pub(super) async fn check_counters(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        let mut there = std::collections::HashSet::new();
        for row in self.sealed_rows(&COUNTER, "", report).await? {
            let text = |n| row.text(n).map(str::to_owned).map_err(broken);
            let place = [text(0)?, text(1)?, text(2)?];
            let (value, changed) = (row.int(3).map_err(broken)?, row.time(4).map_err(broken)?);
            let told = against.told.counters.get(&place).copied();
            let dropped = value > told.unwrap_or(0) && changed < against.retained;
            if told != Some(value) && !dropped {
                report.add(COUNTER.name, COUNTER.key(&row), "version");
            }
            there.insert(place);
        }
        for place in against.told.counters.keys().filter(|place| !there.contains(*place)) {
            report.add(COUNTER.name, &place.each_ref().map(|part| part.as_str().into()), "missing");
        }
        Ok(())
    }

    pub(super) async fn check_passes(&self, against: &Against<'_>, report: &mut StateReport) -> Result<(), Refusal> {
        for row in &self.sealed_rows(&SESSION, ", live, ended_at, strong, mfa, seen_at", report).await? {
            let proof = strong(self.seals(), row.0.first().unwrap_or(&Param::Null));
            let has = row.opt_bytes(10).map_err(broken)?;
            let mfa = row.int(11).map_err(broken)?;
            if has.is_some_and(|has| has != proof) || i64::from(has.is_some()) != mfa {
                report.add(SESSION.name, SESSION.key(row), "second_factor");
            }
        }
        self.check_pass(&SESSION, &against.told.sessions, SESSION_KEPT_DAYS, against, report).await?;
        self.sealed_rows(&TOKEN, "", report).await?;
        self.check_pass(&TOKEN, &against.told.tokens, TOKEN_KEPT_DAYS, against, report).await
    }

    async fn check_pass(
        &self,
        table: &'static Table,
        told: &HashMap<[u8; 16], Pass>,
        kept_days: i64,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let mut there = std::collections::HashSet::new();
        let made = table.columns.iter().position(|c| *c == "created_at").unwrap_or(0);
        let next = table.columns.len();
        let mut after = vec![];
        loop {
            let rows = self.page_of(table, ", live, ended_at", &mut after).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                let id = row.id(0).map_err(broken)?;
                there.insert(id);
                let ended = row.opt_time(next + 2).map_err(broken)?;
                let proof = live(self.seals(), table, row.0.first().unwrap_or(&Param::Null));
                let alive = row.opt_bytes(next + 1).map_err(broken)?;
                if ended.is_some() != alive.is_none() || alive.is_some_and(|alive| alive != proof) {
                    report.add(table.name, table.key(row), "revived");
                }
                match told.get(&id) {
                    Some(pass) if pass.ended == ended => {}
                    Some(_) => report.add(table.name, table.key(row), "ended"),
                    None if against.excused(row.time(made).map_err(broken)?) => {}
                    None => report.add(table.name, table.key(row), "not_on_record"),
                }
            }
        }
        for (id, _) in told.iter().filter(|(id, pass)| {
            !there.contains(*id) && pass.made.plus_days(kept_days) > against.now && {
                let ended = pass.ended.unwrap_or(against.now);
                ended.plus_days(kept_days) > against.now
            }
        }) {
            report.add(table.name, &key(*id), "missing");
        }
        Ok(())
    }

    pub(super) async fn check_shares_and_holds(
        &self,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        let told = against.told;
        let mut there = std::collections::HashSet::new();
        for row in &self.sealed_rows(&MEMBER, "", report).await? {
            let (id, record) = (row.id(0).map_err(broken)?, row.record(1).map_err(broken)?);
            there.insert(id);
            let on_record = told.members.get(&id).is_some_and(|m| m.0 == record);
            let gone = told.deleted.contains(&record)
                || told.records.get(&record).is_some_and(|r| told.erased.contains_key(&r.customer));
            if gone || (!on_record && !against.excused(row.time(8).map_err(broken)?)) {
                report.add(MEMBER.name, MEMBER.key(row), "not_on_record");
            }
        }
        for (id, (record, ..)) in &told.members {
            let erased = told.records.get(record).is_some_and(|r| told.erased.contains_key(&r.customer));
            if !there.contains(id) && !erased {
                report.add(MEMBER.name, &key(*id), "missing");
            }
        }
        let mut there = std::collections::HashSet::new();
        for row in &self.sealed_rows(&LEGAL_HOLD, "", report).await? {
            let id = row.id(0).map_err(broken)?;
            there.insert(id);
            let released = row.opt_time(5).map_err(broken)?;
            match told.holds.get(&id) {
                Some((_, told)) if *told == released => {}
                Some(_) => report.add(LEGAL_HOLD.name, LEGAL_HOLD.key(row), "released"),
                None if against.excused(row.time(4).map_err(broken)?) => {}
                None => report.add(LEGAL_HOLD.name, LEGAL_HOLD.key(row), "not_on_record"),
            }
        }
        for id in told.holds.keys().filter(|id| !there.contains(*id)) {
            report.add(LEGAL_HOLD.name, &key(*id), "missing");
        }
        Ok(())
    }

    pub(super) async fn check_kept_answers_and_exports(
        &self,
        against: &Against<'_>,
        report: &mut StateReport,
    ) -> Result<(), Refusal> {
        self.sealed_rows(&IDEMPOTENCY, "", report).await?;
        let mut there: HashMap<[u8; 16], UserId> = HashMap::new();
        for row in &self.sealed_rows(&EXPORT_JOB, "", report).await? {
            there.insert(row.id(0).map_err(broken)?, row.user(1).map_err(broken)?);
        }
        let told = &against.told.exports;
        for (id, _) in there.iter().filter(|(id, actor)| told.get(*id) != Some(actor)) {
            report.add(EXPORT_JOB.name, &key(*id), "not_on_record");
        }
        for id in told.keys().filter(|id| !there.contains_key(*id)) {
            report.add(EXPORT_JOB.name, &key(*id), "missing");
        }
        let mut there = std::collections::HashSet::new();
        for row in &self.sealed_rows(&HANDOVER, "", report).await? {
            let id = row.id(0).map_err(broken)?;
            there.insert(id);
            let ended = row.opt_time(6).map_err(broken)?;
            match against.told.handovers.get(&id) {
                Some(told) if *told == ended => {}
                Some(_) => report.add(HANDOVER.name, HANDOVER.key(row), "ended"),
                None if against.excused(row.time(5).map_err(broken)?) => {}
                None => report.add(HANDOVER.name, HANDOVER.key(row), "not_on_record"),
            }
        }
        for id in against.told.handovers.keys().filter(|id| !there.contains(*id)) {
            report.add(HANDOVER.name, &key(*id), "missing");
        }
        Ok(())
    }
}

/// Used by the record checks for a row's own key.
pub(super) fn first(row: &Row) -> &Param {
    row.0.first().unwrap_or(&Param::Null)
}
