//! Asking: for access to a record, for an export. And taking it back.

use access::engine::BoundFilter;
use access::path::{Change, Disclosed, Grant, OnSystem, Operation, Refusal};
use model::approval::Wanted;
use model::process::Standing;
use model::{Action, ObjectName, RecordId, RequestId};
use serde_json::{Value, json};

use super::for_record::Stood;
use super::row::{check_words, new_request};
use super::{MOST_DAYS, MOST_WAITING, Request, State};
use crate::Store;
use crate::company::{barred, operations};
use crate::identity::Told;

/// Ask for access to one record, which may be there or not.
#[derive(Debug)]
pub struct AskAccess {
    pub object: ObjectName,
    pub record: RecordId,
    /// To edit as well.
    pub edit: bool,
    /// 1 to [`MOST_DAYS`], from the consent on.
    pub days: u16,
    pub reason: String,
}

impl Operation for AskAccess {
    const ACTION: Action = Action::RequestMake;
}
impl OnSystem for AskAccess {
    fn detail(&self) -> Value {
        json!({ "act": "request.make", "wanted": self.wanted() })
    }
    fn about(&self) -> Option<RecordId> {
        Some(self.record)
    }
}
impl AskAccess {
    fn wanted(&self) -> Wanted {
        Wanted::Access { object: self.object.clone(), record: self.record, edit: self.edit, days: self.days }
    }
}

/// Ask to export what one question finds. The asker's right to export is asked when it is made.
#[derive(Debug)]
pub struct AskExport {
    pub object: ObjectName,
    pub rows: u64,
    /// A keyed hash of the question.
    pub question: String,
    /// The question in words for who decides; sealed with the reason.
    pub shown: Value,
    pub reason: String,
}

/// Take back what one has asked for, while nobody has consented.
#[derive(Debug)]
pub struct WithdrawRequest {
    pub id: RequestId,
}

operations! {
    AskExport: RequestMake, |op| json!({
        "act": "request.make",
        "wanted": Wanted::Export { object: op.object.clone(), rows: op.rows, question: op.question.clone() },
    });
    WithdrawRequest: RequestMake, |op| json!({ "act": "request.withdraw", "of": op.id });
}

impl Store {
    /// Asks for access. What it answers and what it does are the same whether the record is there or not.
    ///
    /// # Errors
    /// [`Refusal::Invalid`]; [`Refusal::Barred`] with `request_waiting` or `too_many_requests`; all recorded.
    pub async fn ask_access(&self, grant: Grant<AskAccess>) -> Result<Disclosed<RequestId>, Refusal> {
        match self.draft_access(&grant).await {
            Ok((request, insert)) => {
                let (id, told) = (request.id, request.told());
                grant.carry_out_telling(vec![told], vec![insert], id).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    async fn draft_access(&self, grant: &Grant<AskAccess>) -> Result<(Request, Change), Refusal> {
        let (op, now, user) = (grant.operation(), grant.now(), grant.caller().user);
        let reason = check_words("reason", &op.reason, 1)?;
        if !(1..=MOST_DAYS).contains(&op.days) {
            return Err(Refusal::invalid("days", "invalid_value", format!("1 to {MOST_DAYS} days")));
        }
        let company = self.company();
        let Some((_, object)) = company.objects.get(&op.object) else {
            return Err(Refusal::invalid("object", "invalid_value", "there is no such object"));
        };
        self.may_ask_more(grant.caller().user, now, |w| w.record() == Some(op.record)).await?;
        // Looked for as a view would: a record that is not open to who asks is not found, like one that is not there. Nothing
        // else is asked of the database about it, so that neither the answer nor its time tells.
        let filters: Vec<BoundFilter> = grant.filters_for(Action::View, &op.object);
        let known = self.fetch(object, op.record, &filters, now).await?.is_some();
        let request = new_request(&company, user, op.wanted(), (reason, known), None, now);
        let insert = self.insert_request(&request)?;
        Ok((request, insert))
    }

    async fn may_ask_more(
        &self,
        user: model::UserId,
        now: model::UnixMs,
        same: impl Fn(&Wanted) -> bool,
    ) -> Result<(), Refusal> {
        let own = self.requests_of(user).await?;
        let waiting: Vec<&Request> = own.iter().filter(|r| r.seems_to_wait(now)).collect();
        if waiting.iter().any(|r| same(&r.body.wanted)) {
            return Err(barred("request_waiting", "a request for the same is waiting already"));
        }
        if waiting.len() >= MOST_WAITING {
            return Err(barred("too_many_requests", format!("{MOST_WAITING} requests are waiting already")));
        }
        Ok(())
    }

    /// Asks to export. Consent is good for one export of the same question, within the days after which requests lapse.
    ///
    /// # Errors
    /// As [`Store::ask_access`].
    pub async fn ask_export(&self, grant: Grant<AskExport>) -> Result<Disclosed<RequestId>, Refusal> {
        let drafted = async {
            let (op, now, user) = (grant.operation(), grant.now(), grant.caller().user);
            let reason = check_words("reason", &op.reason, 1)?;
            let same = |w: &Wanted| matches!(w, Wanted::Export { question, .. } if *question == op.question);
            self.may_ask_more(user, now, same).await?;
            let wanted = Wanted::Export { object: op.object.clone(), rows: op.rows, question: op.question.clone() };
            let mut request = new_request(&self.company(), user, wanted, (reason, true), None, now);
            request.words.more = Some(op.shown.clone());
            let insert = self.insert_request(&request)?;
            Ok((request, insert))
        };
        match drafted.await {
            Ok((request, insert)) => {
                let (id, told) = (request.id, request.told());
                grant.carry_out_telling(vec![told], vec![insert], id).await
            }
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// Uses up a consent to an export, in the unit of the export: the statement, and what its event MUST tell.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's; [`Refusal::Barred`] with `approval_missing` when it is not approved,
    /// was used, has lapsed, or was given for another question or fewer rows.
    pub(crate) async fn use_export_approval(
        &self,
        user: model::UserId,
        id: RequestId,
        wanted: (&ObjectName, &str, u64),
        now: model::UnixMs,
    ) -> Result<(Change, Told), Refusal> {
        let found = self.request(id).await?.filter(|r| r.requester == user);
        let mut request = found.ok_or(Refusal::NotFound)?;
        let (object, question, rows) = wanted;
        let fits = matches!(&request.body.wanted, Wanted::Export { object: o, question: q, rows: r }
            if o == object && q == question && rows <= *r);
        if !fits || request.state != State::Approved || request.has_lapsed(now) {
            return Err(barred("approval_missing", "no consent to this stands"));
        }
        request.state = State::Used;
        let change = self.update_request(&mut request)?;
        Ok((change, request.told()))
    }

    /// # Errors
    /// [`Refusal::NotFound`] when it is not the caller's; [`Refusal::Barred`] `request_decided` when it does not wait any more;
    /// recorded.
    pub async fn withdraw_request(&self, grant: Grant<WithdrawRequest>) -> Result<Disclosed<()>, Refusal> {
        let (id, user, now) = (grant.operation().id, grant.caller().user, grant.now());
        let drafted = async {
            let found = self.request(id).await?.filter(|r| r.requester == user);
            let mut request = found.ok_or(Refusal::NotFound)?;
            if !request.seems_to_wait(now) || matches!(request.body.wanted, Wanted::BreakGlass { .. }) {
                return Err(barred("request_decided", "it does not wait any more"));
            }
            request.state = State::Withdrawn;
            let change = self.update_request(&mut request)?;
            let mut stood = None;
            if matches!(request.body.wanted, Wanted::Record { .. })
                && let Some((object, row)) = self.record_of(&request, now).await?
                && let Some(back) = self.stand_record(&object, &row, Standing::Draft, grant.caller()).await?
            {
                stood = Some((object, row, back));
            }
            Ok((request.told(), change, stood))
        };
        match drafted.await {
            Ok((told, change, Some((object, row, Stood { mut changes, told: mut more, made, numbering: _turn })))) => {
                more.push(told);
                changes.push(change);
                grant.carry_out_on_with((&object.name, &row), vec![], more, (changes, made), ()).await
            }
            Ok((told, change, None)) => grant.carry_out_telling(vec![told], vec![change], ()).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }
}
