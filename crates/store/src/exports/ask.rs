//! Asking for an export: what it may have is counted and held against the role's limit, the day's quota and the rule of approvals
//! before anything is read for it.

use access::path::{Change, Disclosed, Grant, OnRecords, Operation, Param, Refusal};
use model::{Action, Caller, Decision, EventId, FieldLevel, FieldName, JobId, ObjectName, Sensitivity, UnixMs, UserId};
use serde_json::json;

use super::file::{Asked, ExportFile, ExportState, shut};
use super::write::FileWriter;
use crate::Store;
use crate::company::Note;
use crate::database::Query;
use crate::ids::random;
use crate::records::{ListRecords, broken, refused_detail};

/// Asks for a file.
pub struct AskFile {
    pub id: JobId,
    pub question: ListRecords,
    pub format: String,
    pub language: String,
    /// What was decided about it.
    pub note: Note,
}

impl Operation for AskFile {
    const ACTION: Action = Action::Export;
}
impl OnRecords for AskFile {
    fn object(&self) -> &ObjectName {
        &self.question.object
    }
    fn wanted(&self) -> Option<&[FieldName]> {
        self.question.fields.as_deref()
    }
    fn detail(&self) -> serde_json::Value {
        // What was decided: the file, and the request it waits for.
        match (self.refused_detail(), self.note.get()) {
            (serde_json::Value::Object(mut detail), serde_json::Value::Object(decided)) => {
                detail.extend(decided);
                detail.into()
            }
            (detail, _) => detail,
        }
    }
    fn refused_detail(&self) -> serde_json::Value {
        json!({ "act": "export.ask", "format": self.format, "question": refused_detail(&self.question) })
    }
}

/// Begins one that was approved.
pub struct BeginExport {
    pub file: ExportFile,
}

impl Operation for BeginExport {
    const ACTION: Action = Action::Export;
}
impl OnRecords for BeginExport {
    fn object(&self) -> &ObjectName {
        &self.file.object
    }
    fn wanted(&self) -> Option<&[FieldName]> {
        self.file.asked.question.fields.as_deref()
    }
    fn detail(&self) -> serde_json::Value {
        json!({ "act": "export.begin", "export": self.file.id })
    }
}

/// What an export may have.
pub(crate) struct Allowance {
    pub(crate) at_most: u64,
    pub(crate) fields: Vec<FieldName>,
    pub(crate) sensitive: bool,
    pub(crate) approval: bool,
    /// What keeps the day's quota in the unit that begins it.
    quota: Vec<Change>,
}

impl Allowance {
    /// Takes what keeps the quota: the first of the unit's changes.
    pub(crate) fn take_quota(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.quota)
    }
    /// Nothing else of the unit that begins an export depends on what is there: a conflict is that another export took the rows.
    pub(crate) fn told(kept: bool, refusal: Refusal) -> Refusal {
        match refusal {
            Refusal::Conflict if kept => {
                let reason = "another export that began at the same time took the rows that were left".to_owned();
                Refusal::Barred { code: "export_quota", reason }
            }
            other => other,
        }
    }
}

/// A number of rows, as a part of a statement with its parameters: the first is whose they are.
struct Counted {
    sql: String,
    params: Vec<Param>,
}

impl Counted {
    /// Statements that fail the unit if these rows and `more` are more than `most`. The row of the person is taken first, so that of
    /// two units, through whichever node, the second counts what the first began.
    fn keep(self, more: u64, most: u32) -> Vec<Change> {
        let Counted { sql, mut params } = self;
        let user: Vec<Param> = params.iter().take(1).cloned().collect();
        params.push(i64::try_from(more).unwrap_or(i64::MAX).into());
        params.push(i64::from(most).into());
        let (more, most) = (params.len().saturating_sub(1), params.len());
        vec![
            Change::new("UPDATE app_user SET status = status WHERE id = ?1", user).expecting(1),
            Change::new(
                format!("UPDATE app_user SET status = status WHERE id = ?1 AND {sql} + ?{more} <= ?{most}"),
                params,
            )
            .expecting(1),
        ]
    }
}

impl Store {
    /// The limits that stand between a question and its export.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] when the roles allow no row; [`Refusal::Barred`] `export_quota`; as a list's for the question.
    pub(crate) async fn allowance<O: OnRecords>(
        &self,
        grant: &Grant<O>,
        question: &ListRecords,
    ) -> Result<Allowance, Refusal> {
        let limit = self.export_limit(grant);
        if limit == 0 {
            return Err(Refusal::TooMany { limit });
        }
        let object = grant.object_type()?.clone();
        let wanted = |name: &FieldName| question.fields.as_ref().is_none_or(|f| f.contains(name));
        let best = |name: &FieldName| grant.best_level(&object.name, name);
        let open = object
            .fields
            .iter()
            .filter(|f| wanted(&f.name) && best(&f.name) > FieldLevel::Hidden && !f.kind.is_beside());
        let fields: Vec<FieldName> = open.clone().map(|f| f.name.clone()).collect();
        let sensitive =
            open.clone().any(|f| f.class == Sensitivity::Sensitive && best(&f.name) >= FieldLevel::ReadOnly);
        let rules = self.company().export_rules;
        let found = self.count_of(grant, question).await?;
        let at_most = found.min(u64::from(limit));
        let mut quota = vec![];
        if let Some(day) = rules.rows_per_day {
            let (user, since) = (grant.caller().user, grant.now().plus_days(-1));
            let counted = self.exports_counted(user, since, grant.now()).await?;
            let rows = self.read(Query::new(format!("SELECT {}", counted.sql), counted.params.clone())).await?;
            let used = rows.first().map_or(Ok(0), |row| row.int(0)).map_err(broken)?;
            let left = u64::from(day).saturating_sub(u64::try_from(used).unwrap_or(0));
            if at_most > left {
                let reason = format!("{at_most} rows are asked for, and {left} of {day} in 24 hours are left");
                return Err(Refusal::Barred { code: "export_quota", reason });
            }
            quota = counted.keep(at_most, day);
        }
        let approval = rules.asks_for_approval(at_most, sensitive);
        Ok(Allowance { at_most, fields, sensitive, approval, quota })
    }

    /// Which of somebody's exports count against the rows of a day: those under way as they may become, but none that waits for a
    /// consent that will not come.
    async fn exports_counted(&self, user: UserId, since: UnixMs, now: UnixMs) -> Result<Counted, Refusal> {
        let mut params: Vec<Param> = vec![user.into(), since.into()];
        let mut but = String::new();
        for file in self.files("actor = ?1 AND asked_at > ?2 AND state = 'waiting'", params.clone()).await? {
            if matches!(self.as_decided(file.clone(), now).await?.state, ExportState::Rejected | ExportState::Expired) {
                params.push(file.id.into());
                but.push_str(&format!(" AND id <> ?{}", params.len()));
            }
        }
        let sql = format!(
            "(SELECT CAST(COALESCE(SUM(CASE WHEN state IN ('waiting', 'running') THEN at_most ELSE row_count END), 0) \
             AS BIGINT) FROM export_file WHERE actor = ?1 AND asked_at > ?2{but})"
        );
        Ok(Counted { sql, params })
    }

    /// The row of a new export.
    pub(crate) fn new_file(
        &self,
        id: JobId,
        actor: UserId,
        at: UnixMs,
        asked: Asked,
        allowed: &Allowance,
        streamed: bool,
    ) -> Result<ExportFile, Refusal> {
        let sealed = self.seal_asked(id, &asked)?;
        let waits = allowed.approval && !streamed;
        Ok(ExportFile {
            id,
            actor,
            object: asked.question.object.clone(),
            asked_at: at,
            asked,
            streamed,
            state: if waits { ExportState::Waiting } else { ExportState::Running },
            version: 1,
            at_most: allowed.at_most,
            rows: 0,
            parts: 0,
            bytes: 0,
            ended_at: None,
            expires_at: None,
            beat_at: at,
            taken: vec![],
            sealed,
        })
    }

    /// Records that an export is asked for. It begins at once, with the writer of its file, unless it needs an approval first.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] when the roles allow no row; [`Refusal::Barred`] `export_quota`; as a list's for the question.
    pub async fn ask_file(
        &self,
        grant: Grant<AskFile>,
    ) -> Result<Disclosed<(ExportFile, Option<FileWriter>)>, Refusal> {
        let op = grant.operation();
        let (id, question) = (op.id, op.question.clone());
        let mut allowed = match Box::pin(self.allowance(&grant, &question)).await {
            Ok(allowed) => allowed,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut asked = Asked {
            question,
            format: op.format.clone(),
            language: op.language.clone(),
            purpose: grant.caller().purpose.clone(),
            fields: allowed.fields.clone(),
            sensitive: allowed.sensitive,
            request: None,
        };
        let (user, now) = (grant.caller().user, grant.now());
        let drafted = async {
            let mut request = None;
            if allowed.approval {
                // Fields, condition and number: never a row.
                let shown = json!({
                    "export": id, "format": asked.format, "fields": asked.fields, "sensitive": asked.sensitive,
                    "question": asked.described(),
                });
                let wanted = (&asked.question.object, allowed.at_most, id.to_string());
                let purpose = asked.purpose.clone().unwrap_or_default();
                let (made, insert, told) = self.draft_export_request(user, wanted, &purpose, shown, now).await?;
                asked.request = Some(made);
                request = Some((insert, told));
            }
            Ok((self.new_file(id, user, now, asked, &allowed, false)?, request))
        };
        let (file, request) = match Box::pin(drafted).await {
            Ok(drafted) => drafted,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let mut changes = allowed.take_quota();
        let kept = !changes.is_empty();
        changes.push(self.insert_file(&file));
        let mut writer = None;
        if file.state == ExportState::Running {
            match self.new_writer(&file) {
                Ok((made, key)) => {
                    changes.push(key);
                    writer = Some(made);
                }
                Err(refusal) => return Err(grant.refuse(refusal).await),
            }
        }
        let mut told = file.told();
        if let Some(fields) = told.as_object_mut() {
            fields.insert("rows".to_owned(), file.at_most.into());
            fields.insert("fields".to_owned(), json!(file.asked.fields));
        }
        let mut decided = json!({ "file": told });
        // An intent is what an outcome follows; one that waits has not begun.
        let mut decision = Decision::Intent;
        if let Some((insert, told)) = request {
            changes.push(insert);
            decided = access::path::tell(decided, [told]);
            decision = Decision::Allowed;
        }
        grant.operation().note.set(decided);
        let begun = grant.step(decision, changes).await.map_err(|refusal| Allowance::told(kept, refusal))?;
        Ok(begun.map(|()| (file, writer)))
    }

    /// An export of the caller's that was approved and may begin.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs; [`Refusal::Barred`] `export_not_approved`. Recorded.
    pub async fn approved_export(&self, caller: &Caller, id: JobId) -> Result<ExportFile, Refusal> {
        let found = async {
            let file = self.own_file(caller.user, id).await?;
            let shown = self.as_decided(file.clone(), caller.at).await?.state;
            Ok((file, shown))
        };
        let refusal = match found.await {
            Ok((file, ExportState::Approved)) => return Ok(file),
            Ok((_, shown)) => {
                Refusal::Barred { code: "export_not_approved", reason: format!("it is {}", shown.as_str()) }
            }
            Err(refusal) => refusal,
        };
        let detail = json!({ "act": "export.begin", "export": id });
        let noted = self.gate.note(caller, Action::Export, Decision::Refused, detail, vec![]).await;
        noted.map_err(|_| Refusal::AuditUnavailable)?;
        Err(refusal)
    }

    /// Begins an export that was approved.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when it was begun or cancelled meanwhile.
    pub async fn begin_export(&self, grant: Grant<BeginExport>) -> Result<(ExportFile, FileWriter, EventId), Refusal> {
        let mut file = grant.operation().file.clone();
        let from = file.version;
        file.version += 1;
        file.state = ExportState::Running;
        file.beat_at = grant.now();
        let (writer, key) = match self.new_writer(&file) {
            Ok(made) => made,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let object = file.object.clone();
        let used = match file.asked.request {
            Some(request) => {
                let wanted = (&object, file.id.to_string());
                let rows = file.at_most;
                self.use_export_approval(file.actor, request, (wanted.0, &wanted.1, rows), grant.now()).await
            }
            None => {
                Err(Refusal::Barred { code: "export_not_approved", reason: "no approval was asked for".to_owned() })
            }
        };
        let (used, told) = match used {
            Ok(used) => used,
            Err(refusal) => return Err(grant.refuse(refusal).await),
        };
        let changes = vec![self.update_file(&file, from), used, key];
        let detail = json!({ "act": "export.begin", "file": file.told() });
        let detail = access::path::tell(detail, [told]);
        let caller = grant.caller().clone();
        match self.gate.note_on(&caller, Action::Export, &object, Decision::Allowed, detail, changes).await {
            Ok(event) => Ok((file, writer, event)),
            Err(error) => Err(grant.refuse(super::write::not_noted(error)).await),
        }
    }

    fn new_writer(&self, file: &ExportFile) -> Result<(FileWriter, Change), Refusal> {
        let (key, wrapped) = self.gate.recorder().export_keys().create(file.id, random()).map_err(shut)?;
        let insert = Change::new(
            "INSERT INTO export_key (id, kek_version, wrapped) VALUES (?1, ?2, ?3)",
            vec![file.id.into(), i64::from(wrapped.kek_version).into(), wrapped.bytes.into()],
        );
        Ok((FileWriter::new(self.clone(), file.clone(), key), insert))
    }
}
