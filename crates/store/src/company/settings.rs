//! Company settings: calendar, name, session limits. Each is one row of JSON; changing them is an act with an event.

use access::engine::Calendar;
use access::path::{Disclosed, Grant, Language, OnSystem, Operation, Refusal, Settings};
use model::Action;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::draft::Note;
use super::load::OpenError;
use super::people::operations;
use crate::{Row, Store};

/// Key of the setting.
pub(super) const LANGUAGE: &str = "language";

/// How long sessions live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionRules {
    /// A session without requests for this long has ended. 5 to 1440.
    pub idle_minutes: u32,
    /// A session ends this long after sign-in, whatever happens. 1 to 168.
    pub absolute_hours: u32,
}

impl Default for SessionRules {
    fn default() -> Self {
        Self { idle_minutes: 60, absolute_hours: 12 }
    }
}

impl SessionRules {
    pub(crate) fn idle_ms(self) -> i64 {
        i64::from(self.idle_minutes) * 60_000
    }
    pub(crate) fn absolute_ms(self) -> i64 {
        i64::from(self.absolute_hours) * 3_600_000
    }
    fn check(self) -> Result<(), Refusal> {
        if !(5..=1440).contains(&self.idle_minutes) || !(1..=168).contains(&self.absolute_hours) {
            return Err(Refusal::invalid("session", "invalid_value", "5 to 1440 idle minutes, 1 to 168 hours in all"));
        }
        Ok(())
    }
}

/// Wanted settings; what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SettingsChange {
    pub calendar: Option<Calendar>,
    pub company: Option<String>,
    /// Spoken to whoever chose none themselves.
    pub language: Option<Language>,
    pub session: Option<SessionRules>,
}

#[derive(Debug)]
pub struct ChangeSettings {
    pub change: SettingsChange,
    pub note: Note,
}

#[derive(Debug)]
pub struct ReadSettings;

operations! {
    ChangeSettings: SettingManage, |op| json!({ "act": "setting.change", "old": op.note.get(), "new": op.change });
    ReadSettings: SettingManage, |_op| json!({ "act": "setting.read" });
}

/// What the rows of settings say.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) settings: Settings,
    pub(crate) session: SessionRules,
    pub(crate) pools: Vec<model::Pool>,
    pub(crate) approvals: super::Approvals,
    pub(crate) edition: u32,
    pub(crate) exports: crate::exports::ExportRules,
    pub(crate) reveals: crate::records::RevealRules,
    pub(crate) audit: super::AuditPolicies,
    pub(crate) files: crate::attachments::FileRules,
    pub(crate) automations: Vec<model::automation::Automation>,
    pub(crate) hooks: crate::automation::Hooks,
    pub(crate) mail: Option<crate::mail::KeptMail>,
    pub(crate) channels: crate::channels::Channels,
    pub(crate) feeds: crate::feeds::Feeds,
    pub(crate) branding: super::Branding,
    pub(crate) responses: model::response::ResponseRules,
    pub(crate) evening: crate::cases::EveningRules,
    pub(crate) training: crate::training::TrainingRules,
    pub(crate) courses: Vec<crate::training::CompanyCourse>,
    pub(crate) findings: crate::findings::FindingRules,
    pub(crate) reports: crate::reports::ReportPlans,
    pub(crate) programme: crate::programme::Programme,
    pub(crate) reviews: crate::reviews::ReviewPlans,
    pub(crate) guests: super::Guests,
}

/// Reads rows of `key, value`; a setting without a row has its default.
pub(crate) fn read_settings(rows: &[Row]) -> Result<Found, OpenError> {
    fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, OpenError> {
        serde_json::from_str(text).map_err(|e| OpenError::Damaged { table: "setting", reason: e.to_string() })
    }
    let mut found = Found { edition: 1, ..Found::default() };
    let mut days: Option<u32> = None;
    for row in rows {
        let value = row.text(1)?;
        match row.text(0)? {
            "calendar" => found.settings.calendar = parse(value)?,
            "company" => found.settings.company = parse(value)?,
            LANGUAGE => found.settings.language = parse(value)?,
            "session" => found.session = parse(value)?,
            "pools" => found.pools = super::pools::read_pools(value)?,
            super::approvals::FLOWS => found.approvals.flows = parse(value)?,
            super::approvals::DEPUTIES => found.approvals.deputies = parse(value)?,
            super::edition::EDITION => found.edition = parse(value)?,
            crate::exports::EXPORTS => found.exports = parse(value)?,
            crate::records::REVEALS => found.reveals = parse(value)?,
            super::audit_policy::AUDIT_POLICY => found.audit = parse(value)?,
            super::AUDIT_DAYS => days = parse(value)?,
            crate::attachments::FILES => found.files = parse(value)?,
            crate::automation::AUTOMATIONS => found.automations = parse(value)?,
            crate::automation::HOOKS => found.hooks = parse(value)?,
            crate::mail::MAIL_SERVER => found.mail = parse(value)?,
            super::reasons::REASONS => found.settings.reasons = parse(value)?,
            crate::channels::CHANNELS => found.channels = parse(value)?,
            crate::feeds::FEEDS => found.feeds = parse(value)?,
            super::branding::BRANDING => found.branding = parse(value)?,
            crate::responses::RESPONSES => found.responses = parse(value)?,
            crate::cases::EVENING => found.evening = parse(value)?,
            crate::training::TRAINING => found.training = parse(value)?,
            crate::training::COURSES => found.courses = parse(value)?,
            crate::findings::FINDINGS => found.findings = parse(value)?,
            crate::reports::PLANS => found.reports = parse(value)?,
            crate::programme::PROGRAMME => found.programme = parse(value)?,
            crate::reviews::PLANS => found.reviews = parse(value)?,
            super::guests::GUESTS => found.guests = parse(value)?,
            // Other rooms keep settings of their own here.
            _ => {}
        }
    }
    found.settings.audit = found.audit.in_force();
    found.settings.audit.retention.days = days;
    Ok(found)
}

/// The statement that keeps a setting.
pub(crate) fn put_setting(key: &str, value: &impl Serialize) -> Result<access::path::Change, Refusal> {
    let value = serde_json::to_string(value).map_err(|_| Refusal::Damaged)?;
    Ok(access::path::Change::new(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        vec![key.into(), value.into()],
    ))
}

impl Store {
    /// # Errors
    /// [`Refusal::Invalid`], and as every change.
    pub async fn change_settings(&self, grant: Grant<ChangeSettings>) -> Result<Disclosed<()>, Refusal> {
        self.change_company(grant, |grant, draft| {
            let ChangeSettings { change, note } = grant.operation();
            let from = draft.from.clone();
            let mut old = SettingsChange::default();
            if let Some(calendar) = &change.calendar {
                old.calendar = Some(from.settings.calendar.clone());
                draft.next.settings.calendar = calendar.clone();
                draft.set("calendar", calendar)?;
            }
            if let Some(company) = &change.company {
                if company.trim().is_empty() || company.chars().count() > 120 || company.chars().any(char::is_control) {
                    return Err(Refusal::invalid("company", "invalid_value", "1 to 120 characters"));
                }
                old.company = Some(from.settings.company.clone());
                draft.next.settings.company.clone_from(company);
                draft.set("company", company)?;
            }
            if let Some(language) = change.language {
                old.language = from.settings.language;
                draft.next.settings.language = Some(language);
                draft.set(LANGUAGE, &language)?;
            }
            if let Some(session) = change.session {
                session.check()?;
                old.session = Some(from.session_rules);
                draft.next.session_rules = session;
                draft.set("session", &session)?;
            }
            note.set(json!(old));
            Ok(())
        })
        .await
    }

    /// # Errors
    /// [`Refusal::AuditUnavailable`].
    pub async fn read_settings(&self, grant: Grant<ReadSettings>) -> Result<Disclosed<SettingsChange>, Refusal> {
        let company = self.company();
        let settings = SettingsChange {
            calendar: Some(company.settings.calendar.clone()),
            company: Some(company.settings.company.clone()),
            language: company.settings.language,
            session: Some(company.session_rules),
        };
        grant.carry_out(vec![], settings).await
    }
}
