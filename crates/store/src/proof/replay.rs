//! What the events of the log say there is: every change to rows that stand beside the ledger is told by an event.
//!
//! Rule: events may be fed in any order in which each one's causes come first; where two nodes write at once, what is told
//! later about the same row has the greater version.

use std::collections::{HashMap, HashSet};

use ledger::Leaf;
use model::{Action, Decision, RecordId, UnixMs, UserId};
use serde_json::Value;

use super::anchor;
use crate::audit::examine::Loaded;
use crate::company::Anchor;

pub(super) type Id = [u8; 16];
/// The version of what is gone, and does not come back.
pub(super) const GONE: i64 = i64::MIN;

/// A record as the log tells it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) customer: RecordId,
    /// 0: it was there before versions were told.
    pub(super) version: i64,
    pub(super) imported: bool,
}

/// A session or token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pass {
    pub(super) user: UserId,
    pub(super) made: UnixMs,
    pub(super) ended: Option<UnixMs>,
}

/// An export as the log tells it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldFile {
    pub(super) version: i64,
    /// Whether a key of its file may stand; a stream has none.
    pub(super) has_key: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Replay {
    pub(super) anchor: Option<Anchor>,
    /// When rows of before were sealed.
    pub(super) adopted: Option<UnixMs>,
    adoptions: u32,
    /// More anchors than one of an epoch.
    pub(super) contradictions: Vec<String>,
    pub(super) records: HashMap<RecordId, Told>,
    pub(super) deleted: HashSet<RecordId>,
    pub(super) erased: HashMap<RecordId, UnixMs>,
    pub(super) sessions: HashMap<Id, Pass>,
    pub(super) tokens: HashMap<Id, Pass>,
    pub(super) credentials: HashMap<UserId, i64>,
    /// What people keep for themselves, by user and name.
    pub(super) own: HashMap<(UserId, String), i64>,
    /// How far numbers were given, by object type, field and series.
    pub(super) counters: HashMap<[String; 3], i64>,
    /// Shares with their record and who gave them.
    pub(super) members: HashMap<Id, (RecordId, UserId, bool)>,
    /// Holds, and when they were released.
    pub(super) holds: HashMap<Id, (RecordId, Option<UnixMs>)>,
    /// Requests with their version and the record they are about.
    pub(super) requests: HashMap<Id, (i64, Option<RecordId>)>,
    /// Notices with their version and the record they are about.
    pub(super) notices: HashMap<Id, (i64, Option<RecordId>)>,
    /// Comments with the version they have, [`GONE`] once they are, and their record.
    pub(super) comments: HashMap<Id, (i64, Option<RecordId>)>,
    /// What rules did, with its version and the record.
    pub(super) runs: HashMap<Id, (i64, Option<RecordId>)>,
    /// Mails with their version. They are about no record.
    pub(super) mails: HashMap<Id, (i64, Option<RecordId>)>,
    /// Alerts with their version. They are about no record.
    pub(super) alerts: HashMap<Id, (i64, Option<RecordId>)>,
    /// Messages of channels with their version. They are about no record.
    pub(super) messages: HashMap<Id, (i64, Option<RecordId>)>,
    /// Files of other systems' logs with their version, and lines with the event that took each in. They are about no record.
    pub(super) feed_loads: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) feed_lines: HashMap<Id, Id>,
    /// Audit reports with their version, which never changes. They are about no record.
    pub(super) reports: HashMap<Id, (i64, Option<RecordId>)>,
    /// What the house saw of itself, and who sees to what of it, by version. They are about no record.
    pub(super) posture_runs: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) posture_checks: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) exports: HashMap<Id, UserId>,
    /// Exports past and under way, by their newest version.
    pub(super) files: HashMap<Id, ToldFile>,
    /// Files of records, with the record and whose data it is.
    pub(super) attached: HashMap<Id, (RecordId, RecordId)>,
    /// Handovers, and when they ended.
    pub(super) handovers: HashMap<Id, Option<UnixMs>>,
    /// Customers that were merged: looks at them stay provable by their keys.
    pub(super) merged_customers: HashSet<RecordId>,
    /// Records that were merged, what each became, and when.
    pub(super) merged: HashMap<RecordId, (RecordId, UnixMs)>,
    /// What merges keep: by the record that stays, its version and the record it is of; whose it is, and when it was merged.
    pub(super) kept: HashMap<(RecordId, i64, RecordId), (RecordId, UnixMs)>,
    /// Merges that were taken back, by record and merge; what the record had become, and when it came back.
    pub(super) parted: HashMap<(RecordId, UnixMs), (RecordId, UnixMs)>,
    /// Pairs of records that are not the same, and who said so.
    pub(super) apart: HashMap<(RecordId, RecordId), UserId>,
    /// Cases and questions with their version. They are about no record.
    pub(super) cases: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) inquiries: HashMap<Id, (i64, Option<RecordId>)>,
    /// How people stand with their courses, by version. It is about no record.
    pub(super) training: HashMap<Id, (i64, Option<RecordId>)>,
    /// Texts of courses, and statements, likewise.
    pub(super) course_texts: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) statements: HashMap<Id, (i64, Option<RecordId>)>,
    /// Vulnerabilities by version, and scans. They are about no record.
    pub(super) findings: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) scans: HashMap<Id, (i64, Option<RecordId>)>,
    /// Campaigns of access reviews and their lines, likewise.
    pub(super) reviews: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) review_lines: HashMap<Id, (i64, Option<RecordId>)>,
    /// People who leave, likewise.
    pub(super) leavers: HashMap<Id, (i64, Option<RecordId>)>,
    /// Assessments by third parties and their questions, likewise.
    pub(super) assessments: HashMap<Id, (i64, Option<RecordId>)>,
    pub(super) assessment_questions: HashMap<Id, (i64, Option<RecordId>)>,
    /// Events with the case that cites them.
    pub(super) cited: HashSet<(Id, Id)>,
    /// Jobs with their version, and when they ended.
    pub(super) jobs: HashMap<Id, (i64, Option<UnixMs>)>,
    /// The last leaf of each node, and how many it has.
    pub(super) nodes: HashMap<u32, (Vec<u8>, u64)>,
}

fn id(value: Option<&Value>) -> Option<Id> {
    let text = value?.as_str()?;
    text.parse::<UserId>().ok().map(|u| *u.as_bytes())
}
fn takes_sign_in(detail: &Value) -> bool {
    let kinds = detail.get("kinds").and_then(Value::as_array);
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "suspend"))
}
fn user(value: Option<&Value>) -> Option<UserId> {
    value?.as_str()?.parse().ok()
}

impl Replay {
    /// Takes the next event; `actor` is its opened body's, if it has one that is what was recorded.
    pub(crate) fn feed(&mut self, event: &Loaded, leaf: Option<&Leaf>, actor: Option<&Value>) {
        if let (Some(leaf), Some(bytes)) = (leaf, &event.leaf) {
            let node = self.nodes.entry(leaf.node).or_default();
            *node = (bytes.clone(), node.1 + 1);
        }
        let detail = actor.and_then(|a| a.get("detail")).unwrap_or(&Value::Null);
        let (Some(action), Some(decision)) = (event.row.action(), event.row.decision()) else { return };
        if action == Action::Export {
            self.export(event, decision, detail);
        }
        if matches!(action, Action::Export | Action::Download) {
            self.file(action, decision, detail);
        }
        if action == Action::Handover {
            self.handover(event, decision, detail);
        }
        if decision != Decision::Allowed {
            return;
        }
        if let Some(told) = actor.and_then(anchor::told) {
            self.anchored(told);
        }
        self.request(detail);
        self.notices(detail);
        self.comment(detail);
        self.numbers(detail);
        self.job(event, detail);
        self.run(detail);
        self.mail(detail);
        self.alert(detail);
        self.case(detail, event.row.at);
        self.message(detail);
        self.foreign(event, action, detail);
        let at = event.row.at;
        match action {
            // What a decision or a withdrawal makes of the record it is about.
            Action::RequestDecide | Action::RequestMake | Action::AutomationRun if detail.get("versions").is_some() => {
                self.written(event, action, detail);
            }
            Action::BreakGlass | Action::RequestDecide | Action::GrantRevoke => self.member(event, detail),
            // An import that was undone.
            Action::Import if detail.get("undo").is_some() => self.removed(event),
            Action::Create
            | Action::Edit
            | Action::Transfer
            | Action::Claim
            | Action::Import
            | Action::Share
            | Action::Handover => {
                self.written(event, action, detail);
            }
            Action::Delete => self.removed(event),
            Action::Merge => self.merge(event, detail),
            Action::Attach => self.attach(event, detail),
            Action::OwnSave => {
                if let Some(written) = detail.get("own")
                    && let Some(user) = user(written.get("user"))
                    && let Some(name) = written.get("name").and_then(Value::as_str)
                    && let Some(version) = written.get("version").and_then(Value::as_i64)
                {
                    let told = self.own.entry((user, name.to_owned())).or_insert(0);
                    *told = (*told).max(version);
                }
            }
            Action::Erase => {
                for touch in &event.touches {
                    self.erased.insert(touch.customer, at);
                    self.attached.retain(|_, (_, customer)| *customer != touch.customer);
                    self.kept.retain(|_, (customer, _)| *customer != touch.customer);
                }
            }
            Action::HoldManage => match detail.get("act").and_then(Value::as_str) {
                Some("hold.place") => {
                    if let (Some(hold), Some(touch)) = (id(detail.get("hold")), event.touches.first()) {
                        self.holds.insert(hold, (touch.customer, None));
                    }
                }
                Some("hold.release") => {
                    if let Some(hold) = id(detail.get("hold")).and_then(|hold| self.holds.get_mut(&hold)) {
                        hold.1 = Some(at);
                    }
                }
                _ => {}
            },
            _ => self.identity(event, actor, detail),
        }
    }

    fn removed(&mut self, event: &Loaded) {
        for touch in &event.touches {
            self.records.remove(&touch.record);
            self.deleted.insert(touch.record);
            self.members.retain(|_, m| m.0 != touch.record);
            self.attached.retain(|_, (record, _)| *record != touch.record);
            self.kept.retain(|(survivor, ..), _| *survivor != touch.record);
        }
    }

    /// A file that came to a record, or was taken away from it.
    fn attach(&mut self, event: &Loaded, detail: &Value) {
        let Some(told) = detail.get("attachment") else { return };
        let (Some(file), Some(touch)) = (id(told.get("id")), event.touches.first()) else { return };
        if told.get("removed").is_some() {
            self.attached.remove(&file);
        } else {
            self.attached.insert(file, (touch.record, touch.customer));
        }
    }

    /// The first touch is the survivor's.
    fn merge(&mut self, event: &Loaded, detail: &Value) {
        let Some(into) = event.touches.first().map(|t| t.record) else { return };
        let record = |value: &Value| value.as_str().and_then(|text| text.parse::<RecordId>().ok());
        match detail.get("act").and_then(Value::as_str) {
            Some("merge") => {}
            Some("merge.undo") => return self.part(event, into, detail),
            Some("merge.apart") => {
                if let Some(other) = detail.get("other").and_then(record) {
                    let pair = if into < other { (into, other) } else { (other, into) };
                    // A second time changes nothing.
                    self.apart.entry(pair).or_insert(event.row.actor);
                }
                return;
            }
            _ => return,
        }
        let from: Vec<RecordId> =
            detail.get("from").and_then(Value::as_array).into_iter().flatten().filter_map(record).collect();
        self.written(event, Action::Merge, detail);
        // Merges of before kept nothing.
        if let Some(version) = detail.get("kept").and_then(Value::as_i64) {
            for touch in event.touches.iter().filter(|t| t.record == into || from.contains(&t.record)) {
                self.kept.insert((into, version, touch.record), (touch.customer, event.row.at));
            }
        }
        for touch in &event.touches {
            if let Some(told) = self.records.get_mut(&touch.record) {
                told.customer = touch.customer;
            }
        }
        for one in from.iter().copied() {
            let told = self.records.remove(&one);
            if told.as_ref().is_some_and(|told| told.customer == one) {
                self.merged_customers.insert(one);
            }
            let imported = told.is_some_and(|told| told.imported);
            if let Some(survivor) = self.records.get_mut(&into) {
                survivor.imported |= imported;
            }
            self.deleted.insert(one);
            self.merged.insert(one, (into, event.row.at));
        }
        for (record, customer) in self.attached.values_mut() {
            if from.contains(record) {
                *record = into;
            }
            if from.contains(customer) {
                *customer = into;
            }
        }
        if let Some(moved) = detail.get("shares_moved") {
            let giver = user(moved.get("giver"));
            for member in moved.get("shares").and_then(Value::as_array).into_iter().flatten() {
                if let Some(member) = id(Some(member)).and_then(|member| self.members.get_mut(&member)) {
                    member.0 = into;
                    member.1 = giver.unwrap_or(member.1);
                }
            }
        }
        for (request, version) in detail.get("requests_moved").and_then(Value::as_object).into_iter().flatten() {
            if let (Some(request), Some(version)) = (id(Some(&request.as_str().into())), version.as_i64()) {
                let have = self.requests.entry(request).or_insert((0, None));
                *have = (have.0.max(version), Some(into));
            }
        }
    }

    /// A merge that was taken back. The first touch is the record that stayed, those of the others follow.
    fn part(&mut self, event: &Loaded, into: RecordId, detail: &Value) {
        let record = |value: &Value| value.as_str().and_then(|text| text.parse::<RecordId>().ok());
        let list = |name: &str| detail.get(name).and_then(Value::as_array).into_iter().flatten();
        let from: Vec<RecordId> = list("from").filter_map(record).collect();
        let merged_at = detail.get("merged_at").and_then(Value::as_i64).map_or(event.row.at, UnixMs);
        for one in &from {
            self.deleted.remove(one);
            self.merged.remove(one);
            self.parted.insert((*one, merged_at), (into, event.row.at));
        }
        if let Some(merge) = detail.get("merge").and_then(Value::as_i64) {
            self.kept.retain(|(survivor, version, _), _| !(*survivor == into && *version == merge));
        }
        self.written(event, Action::Merge, detail);
        let imported: HashSet<RecordId> = list("imported").filter_map(record).collect();
        for touch in &event.touches {
            if let Some(told) = self.records.get_mut(&touch.record) {
                told.customer = touch.customer;
                if touch.record == into || from.contains(&touch.record) {
                    told.imported = imported.contains(&touch.record);
                }
            }
        }
        for told in list("files_back") {
            let to = (told.get(1).and_then(record), told.get(2).and_then(record));
            if let (Some(file), (Some(record), Some(customer))) = (id(told.get(0)), to) {
                self.attached.insert(file, (record, customer));
            }
        }
        for told in list("shares_back") {
            let of = (told.get(1).and_then(record), user(told.get(2)));
            if let (Some(member), (Some(record), Some(giver))) = (id(told.get(0)), of) {
                let share = told.get(3).and_then(Value::as_bool).unwrap_or(false);
                self.members.insert(member, (record, giver, share));
            }
        }
        for (request, told) in detail.get("requests_back").and_then(Value::as_object).into_iter().flatten() {
            let to = (told.get(0).and_then(Value::as_i64), told.get(1).and_then(record));
            if let (Some(request), (Some(version), Some(record))) = (id(Some(&request.as_str().into())), to) {
                let have = self.requests.entry(request).or_insert((0, None));
                *have = (have.0.max(version), Some(record));
            }
        }
    }

    fn anchored(&mut self, told: Anchor) {
        match &self.anchor {
            Some(have) if have.epoch == told.epoch && have.digest != told.digest => {
                self.contradictions.push(format!("epoch {} is on record with two contents", told.epoch));
            }
            Some(have) if have.epoch >= told.epoch => {}
            _ => self.anchor = Some(told),
        }
    }

    fn export(&mut self, event: &Loaded, decision: Decision, detail: &Value) {
        let Some(job) = id(detail.get("job")) else { return };
        match decision {
            Decision::Intent => drop(self.exports.insert(job, event.row.actor)),
            // Chunks are told with their number; the end without.
            _ if detail.get("chunk").is_none() => drop(self.exports.remove(&job)),
            _ => {}
        }
    }

    /// A change of an export's row is told by what was allowed, by an intent, or by an end that nobody asked for. A unit that failed
    /// tells of its attempt, which changed nothing: of a beginning, or of a download.
    fn file(&mut self, action: Action, decision: Decision, detail: &Value) {
        let Some(file) = detail.get("file") else { return };
        let (Some(id), Some(version)) = (id(file.get("id")), file.get("version").and_then(Value::as_i64)) else {
            return;
        };
        let counts = match decision {
            Decision::Intent | Decision::Allowed => true,
            Decision::Failed | Decision::Unknown => action == Action::Export && version > 1,
            _ => false,
        };
        let told = self.files.get(&id).map_or(0, |file| file.version);
        if counts && version > told {
            let streamed = detail.get("job").is_some();
            let stands = matches!(file.get("state").and_then(Value::as_str), Some("running" | "ready"));
            self.files.insert(id, ToldFile { version, has_key: stands && !streamed });
        }
    }

    fn handover(&mut self, event: &Loaded, decision: Decision, detail: &Value) {
        // The beginning learns its id when it is made.
        let named = detail.get("handover").or_else(|| detail.get("begun")?.get("handover"));
        let Some(handover) = id(named) else { return };
        match (detail.get("act").and_then(Value::as_str), decision) {
            (Some("handover.begin"), Decision::Allowed) => {
                self.handovers.insert(handover, None);
                if let Some(leaver) = user(detail.get("user")) {
                    self.end_all(leaver, event.row.at);
                }
            }
            (Some("handover.end"), Decision::Allowed | Decision::Unknown) => {
                self.handovers.insert(handover, Some(event.row.at));
            }
            _ => {}
        }
    }

    fn written(&mut self, event: &Loaded, action: Action, detail: &Value) {
        let of: HashMap<RecordId, RecordId> = event.touches.iter().map(|t| (t.record, t.customer)).collect();
        match detail.get("versions") {
            // By record.
            Some(Value::Object(versions)) => {
                let home = event.touches.first().map(|t| t.customer);
                for (record, version) in versions {
                    let (Ok(record), Some(version)) = (record.parse::<RecordId>(), version.as_i64()) else { continue };
                    // What was handed over with a record is its customer's too.
                    let Some(customer) = of.get(&record).copied().or(home) else { continue };
                    self.version(record, customer, version, false);
                }
            }
            // By touch, in runs.
            Some(Value::Array(runs)) => {
                let number = |run: &Value, n: usize| run.get(n).and_then(Value::as_i64).unwrap_or(0);
                let versions = runs.iter().flat_map(|run| {
                    let often = usize::try_from(number(run, 1)).unwrap_or(0).min(1 << 20);
                    std::iter::repeat_n(number(run, 0), often)
                });
                for (touch, version) in event.touches.iter().zip(versions).filter(|(_, version)| *version > 0) {
                    self.version(touch.record, touch.customer, version, action == Action::Import);
                }
            }
            _ => {
                // Before versions were told, every change named records that are there from then on.
                if self.anchor.is_none() {
                    for touch in event.touches.iter().filter(|_| action != Action::Share) {
                        self.version(touch.record, touch.customer, 0, false);
                    }
                }
            }
        }
        self.member(event, detail);
    }

    /// Shares that came to be or ended.
    fn member(&mut self, event: &Loaded, detail: &Value) {
        if let (Some(member), Some(touch)) = (id(detail.get("member")), event.touches.first()) {
            let share = detail.get("share").is_some_and(|kind| kind == "share");
            self.members.insert(member, (touch.record, event.row.actor, share));
        }
        if let Some(member) = id(detail.get("end_share")) {
            self.members.remove(&member);
        }
        for member in detail.get("shares_ended").and_then(Value::as_array).into_iter().flatten() {
            if let Some(member) = id(Some(member)) {
                self.members.remove(&member);
            }
        }
        for (member, giver) in detail.get("shares_kept").and_then(Value::as_object).into_iter().flatten() {
            let member = member.parse::<UserId>().ok().and_then(|m| self.members.get_mut(m.as_bytes()));
            if let (Some(member), Some(giver)) = (member, user(Some(giver))) {
                member.1 = giver;
            }
        }
        if let (Some(former), Some(touch)) = (user(detail.get("shares_of")), event.touches.first()) {
            self.members.retain(|_, m| !(m.0 == touch.record && m.1 == former && m.2));
        }
    }

    /// Requests tell the version they have from then on.
    fn request(&mut self, detail: &Value) {
        let Some(told) = detail.get("request") else { return };
        if let (Some(request), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
            let record = told.get("record").and_then(Value::as_str).and_then(|r| r.parse().ok());
            let have = self.requests.entry(request).or_insert((0, record));
            have.0 = have.0.max(version);
        }
    }

    /// Comments tell the version they have from then on, and the record they are about. One that is gone does not come back.
    fn comment(&mut self, detail: &Value) {
        let Some(told) = detail.get("comment") else { return };
        for told in told.as_array().map_or(std::slice::from_ref(told), Vec::as_slice) {
            let Some(comment) = id(told.get("id")) else { continue };
            let record = told.get("record").and_then(Value::as_str).and_then(|r| r.parse().ok());
            let version = told.get("version").and_then(Value::as_i64);
            let have = self.comments.entry(comment).or_insert((0, record));
            match version {
                None => have.0 = GONE,
                Some(version) if have.0 != GONE && version >= have.0 => *have = (version, record),
                Some(_) => {}
            }
        }
    }

    /// Notices that were told or read have one version from then on.
    fn notices(&mut self, detail: &Value) {
        let Some(told) = detail.get("notices") else { return };
        let Some(version) = told.get("version").and_then(Value::as_i64) else { return };
        for one in told.get("of").and_then(Value::as_array).into_iter().flatten() {
            let Some(notice) = id(one.get(0)) else { continue };
            let record = one.get(1).and_then(Value::as_str).and_then(|r| r.parse().ok());
            let have = self.notices.entry(notice).or_insert((0, record));
            have.0 = have.0.max(version);
        }
    }

    /// Numbers that records were given: counters only grow.
    fn numbers(&mut self, detail: &Value) {
        for told in detail.get("numbers").and_then(Value::as_array).into_iter().flatten() {
            let text = |name: &str| told.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            let Some(value) = told.get("value").and_then(Value::as_i64) else { continue };
            let have = self.counters.entry([text("object"), text("field"), text("series")]).or_insert(0);
            *have = (*have).max(value);
        }
    }

    fn job(&mut self, event: &Loaded, detail: &Value) {
        let Some(told) = detail.get("job_row") else { return };
        if let (Some(job), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
            let ended = told.get("ended").and_then(Value::as_bool).unwrap_or(false).then_some(event.row.at);
            let have = self.jobs.entry(job).or_insert((0, None));
            if version > have.0 {
                *have = (version, ended);
            }
        }
    }

    /// What rules did is told by the act that set them off, and by each attempt to tell of it.
    fn run(&mut self, detail: &Value) {
        for told in detail.get("runs").and_then(Value::as_array).into_iter().flatten() {
            if let (Some(run), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
                let record = told.get("record").and_then(Value::as_str).and_then(|r| r.parse().ok());
                let have = self.runs.entry(run).or_insert((0, record));
                have.0 = have.0.max(version);
            }
        }
        for gone in detail.get("runs_gone").and_then(Value::as_array).into_iter().flatten() {
            if let Some(run) = id(Some(gone)) {
                self.runs.remove(&run);
            }
        }
    }

    /// Mails are told when they are written, by each attempt, and when they are swept away.
    fn mail(&mut self, detail: &Value) {
        for told in detail.get("mails").and_then(Value::as_array).into_iter().flatten() {
            if let (Some(mail), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
                let have = self.mails.entry(mail).or_insert((0, None));
                have.0 = have.0.max(version);
            }
        }
        for gone in detail.get("mails_gone").and_then(Value::as_array).into_iter().flatten() {
            if let Some(mail) = id(Some(gone)) {
                self.mails.remove(&mail);
            }
        }
    }

    /// Alerts are told when they open, grow, and are handled.
    fn alert(&mut self, detail: &Value) {
        for told in detail.get("alerts").and_then(Value::as_array).into_iter().flatten() {
            if let (Some(alert), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
                let have = self.alerts.entry(alert).or_insert((0, None));
                have.0 = have.0.max(version);
            }
        }
    }

    /// Cases and questions tell the version they have from then on; a case also what it cites, and whose sessions it ended.
    fn case(&mut self, detail: &Value, at: UnixMs) {
        if let Some(told) = detail.get("case_row")
            && let (Some(case), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64))
        {
            let have = self.cases.entry(case).or_insert((0, None));
            have.0 = have.0.max(version);
            for event in told.get("cited").and_then(Value::as_array).into_iter().flatten() {
                if let Some(event) = id(Some(event)) {
                    self.cited.insert((event, case));
                }
            }
            if let Some(user) = user(told.get("sessions_of")) {
                self.end_sessions(user, None, at);
            }
        }
        let rows = [
            ("posture_runs", &mut self.posture_runs),
            ("posture_checks", &mut self.posture_checks),
            ("training_rows", &mut self.training),
            ("course_texts", &mut self.course_texts),
            ("statement_rows", &mut self.statements),
            ("finding_rows", &mut self.findings),
            ("review_rows", &mut self.reviews),
            ("review_lines", &mut self.review_lines),
            ("leaver_rows", &mut self.leavers),
            ("assessment_rows", &mut self.assessments),
            ("assessment_questions", &mut self.assessment_questions),
        ];
        for (name, rows) in rows {
            for told in detail.get(name).and_then(Value::as_array).into_iter().flatten() {
                if let (Some(row), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
                    let have = rows.entry(row).or_insert((0, None));
                    have.0 = have.0.max(version);
                }
            }
        }
        if let Some(told) = detail.get("scan_row")
            && let (Some(scan), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64))
        {
            self.scans.insert(scan, (version, None));
        }
        if let Some(told) = detail.get("inquiry_row")
            && let (Some(inquiry), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64))
        {
            let have = self.inquiries.entry(inquiry).or_insert((0, None));
            have.0 = have.0.max(version);
        }
    }

    /// A file of another system's log tells the version it has from then on; a line that was taken in, what it is known by.
    fn foreign(&mut self, event: &Loaded, action: Action, detail: &Value) {
        for told in detail.get("feed_loads").and_then(Value::as_array).into_iter().flatten() {
            if let (Some(load), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
                let have = self.feed_loads.entry(load).or_insert((0, None));
                have.0 = have.0.max(version);
            }
        }
        for told in detail.get("report_files").and_then(Value::as_array).into_iter().flatten() {
            if let (Some(report), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
                self.reports.insert(report, (version, None));
            }
        }
        if action == Action::Foreign
            && let Some(key) = id(detail.get("key"))
        {
            self.feed_lines.insert(key, *event.row.id.as_bytes());
        }
    }

    /// Messages of channels are told as mails are.
    fn message(&mut self, detail: &Value) {
        for told in detail.get("messages").and_then(Value::as_array).into_iter().flatten() {
            if let (Some(message), Some(version)) = (id(told.get("id")), told.get("version").and_then(Value::as_i64)) {
                let have = self.messages.entry(message).or_insert((0, None));
                have.0 = have.0.max(version);
            }
        }
        for gone in detail.get("messages_gone").and_then(Value::as_array).into_iter().flatten() {
            if let Some(message) = id(Some(gone)) {
                self.messages.remove(&message);
            }
        }
    }

    fn version(&mut self, record: RecordId, customer: RecordId, version: i64, import: bool) {
        let told = self.records.entry(record).or_insert(Told { customer, version: 0, imported: false });
        told.version = told.version.max(version);
        told.imported |= import && version == 1;
    }

    fn identity(&mut self, event: &Loaded, actor: Option<&Value>, detail: &Value) {
        let (at, who) = (event.row.at, event.row.actor);
        let own = id(actor.and_then(|a| a.get("session")));
        let named = user(detail.get("user"));
        if let Some(written) = detail.get("credential")
            && let Some(user) = user(written.get("user"))
            && let Some(version) = written.get("version").and_then(Value::as_i64)
        {
            let told = self.credentials.entry(user).or_insert(0);
            *told = (*told).max(version);
        }
        match detail.get("act").and_then(Value::as_str) {
            Some("bootstrap") => self.first_credentials(detail),
            Some("rows.seal") => {
                self.adoptions += 1;
                if self.adoptions > 1 {
                    self.contradictions.push("rows of before were sealed more than once".to_owned());
                }
                self.adopted = Some(at);
                self.sessions.clear();
                self.tokens.clear();
                self.first_credentials(detail);
            }
            Some("sign_in") => {
                self.session(detail.get("session"), who, at);
                self.end_session(id(detail.get("ended")), at);
            }
            Some("step_up") => {
                self.session(detail.get("session"), who, at);
                self.end_session(id(detail.get("ended")), at);
            }
            Some("sign_out") => self.end_session(id(detail.get("session")), at),
            Some("totp.confirm") => {
                self.end_sessions(who, None, at);
                self.session(detail.get("session"), who, at);
            }
            Some("session.revoke") => match (named, detail.get("sessions")) {
                (Some(user), _) => match id(detail.get("session")) {
                    Some(session) => self.end_session(Some(session), at),
                    None => self.end_sessions(user, None, at),
                },
                (None, Some(Value::Object(one))) => self.end_session(id(one.get("one")), at),
                (None, _) => self.end_sessions(who, own, at),
            },
            Some("password.change") => self.end_sessions(who, own, at),
            Some("password.reset" | "account.recover" | "totp.reset") => {
                if let Some(user) = named {
                    self.end_all(user, at);
                }
            }
            // Signing in was taken from somebody, by an officer or by the house.
            Some("response.take" | "response.run") if takes_sign_in(detail) => {
                if let Some(user) = named {
                    self.end_all(user, at);
                }
            }
            Some("case.measure") => {
                let taken = detail.get("taken").filter(|t| t.get("kind").and_then(Value::as_str) == Some("suspend"));
                if let Some(user) = taken.and_then(|t| user(t.get("user"))) {
                    self.end_all(user, at);
                }
            }
            Some("user.status") => {
                if let (Some(user), Some("disabled")) = (named, detail.get("status").and_then(Value::as_str)) {
                    self.end_all(user, at);
                }
            }
            Some("token.create") => {
                if let Some(token) = id(detail.get("token")) {
                    let owner = user(detail.get("wanted").and_then(|w| w.get("service"))).unwrap_or(who);
                    self.tokens.insert(token, Pass { user: owner, made: at, ended: None });
                }
            }
            Some("token.revoke") => {
                if let Some(token) = id(detail.get("token")).and_then(|token| self.tokens.get_mut(&token)) {
                    token.ended.get_or_insert(at);
                }
            }
            _ => {}
        }
    }

    fn first_credentials(&mut self, detail: &Value) {
        for who in detail.get("credentials").and_then(Value::as_array).into_iter().flatten() {
            if let Some(user) = user(Some(who)) {
                self.credentials.entry(user).or_insert(0);
            }
        }
    }

    fn session(&mut self, session: Option<&Value>, user: UserId, at: UnixMs) {
        if let Some(session) = id(session) {
            self.sessions.insert(session, Pass { user, made: at, ended: None });
        }
    }

    fn end_session(&mut self, session: Option<Id>, at: UnixMs) {
        if let Some(session) = session.and_then(|session| self.sessions.get_mut(&session)) {
            session.ended.get_or_insert(at);
        }
    }

    fn end_sessions(&mut self, user: UserId, keep: Option<Id>, at: UnixMs) {
        for (session, pass) in &mut self.sessions {
            if pass.user == user && Some(*session) != keep {
                pass.ended.get_or_insert(at);
            }
        }
    }

    fn end_all(&mut self, user: UserId, at: UnixMs) {
        self.end_sessions(user, None, at);
        for token in self.tokens.values_mut().filter(|t| t.user == user) {
            token.ended.get_or_insert(at);
        }
    }
}
