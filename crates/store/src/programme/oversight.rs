//! Management's numbers: each is asked of rows and events when it is wanted, and leads to the page that proves it.

use access::path::{Disclosed, Grant, Refusal};
use govern::posture::{Measure, State};
use govern::programme::{SlotState, Span};
use model::{Action, Decision, Directory, Text, UnixMs};

use super::registry::Doer;
use crate::Store;
use crate::records::broken;
use crate::sql::Sql;

/// Days that numbers of a time are about.
const DAYS: i64 = 30;

/// Ask for management's numbers.
#[derive(Debug)]
pub struct ReadOversight;

/// One number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OversightNumber {
    pub id: &'static str,
    pub title: Text,
    /// `None` where there is nothing to count.
    pub value: Option<i64>,
    /// The same of the thirty days before, where it is of thirty days.
    pub before: Option<i64>,
    pub is: Measure,
    /// Whether less is better.
    pub less: bool,
    /// Whether it is as it should be; `None` where that is the reader's to judge.
    pub good: Option<bool>,
    /// The page that proves it.
    pub proof: String,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OversightView {
    pub from: UnixMs,
    pub until: UnixMs,
    pub numbers: Vec<OversightNumber>,
}

/// What was opened in a span.
#[derive(Default, Clone, Copy)]
struct Opened {
    touches: i64,
    asked: i64,
    without: i64,
}

/// Operations that show what is a customer's.
const SHOWS: [Action; 6] =
    [Action::List, Action::View, Action::Reveal, Action::Export, Action::Print, Action::BreakGlass];

fn number(id: &'static str, (zh, en): (&str, &str), value: Option<i64>, is: Measure, proof: String) -> OversightNumber {
    OversightNumber { id, title: Text::new(zh, en), value, before: None, is, less: true, good: None, proof }
}

fn named(actions: &[Action]) -> String {
    let names: Vec<String> = actions.iter().map(|a| format!("\"{}\"", a.as_str())).collect();
    format!("[{}]", names.join(","))
}

impl Store {
    /// # Errors
    /// [`Refusal::StoreUnavailable`], [`Refusal::AuditUnavailable`]; recorded.
    pub async fn read_oversight(&self, grant: Grant<ReadOversight>) -> Result<Disclosed<OversightView>, Refusal> {
        let engine = grant.engine().clone();
        match self.oversight(engine.directory(), grant.now()).await {
            Ok(view) => grant.carry_out(vec![], view).await,
            Err(refusal) => Err(grant.refuse_system(refusal).await),
        }
    }

    /// The numbers. A new room adds its line here.
    pub(crate) async fn oversight(&self, directory: &Directory, now: UnixMs) -> Result<OversightView, Refusal> {
        self.ready_to_ask().await?;
        let from = now.plus_days(-DAYS);
        let span = (from, now);
        let mut numbers = vec![];
        numbers.extend(self.exposure(span).await?);
        numbers.extend(self.alerts_and_cases(now).await?);
        numbers.push(self.rights_narrowed(span).await?);
        numbers.extend(self.programme_kept(directory, now).await?);
        numbers.extend(self.posture_numbers(directory, now).await?);
        numbers.extend(self.vulnerabilities_and_reviews(now).await?);
        numbers.push(self.trained(now));
        numbers.extend(self.verified(now).await?);
        Ok(OversightView { from, until: now, numbers })
    }

    async fn opened(&self, (from, until): Span) -> Result<Opened, Refusal> {
        let mut sql = Sql::new(
            self.db.dialect(),
            "SELECT CAST(COALESCE(SUM(e.touches), 0) AS BIGINT), COUNT(e.unexplained), \
             CAST(COALESCE(SUM(CASE WHEN e.unexplained > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM event e WHERE e.at >= ",
        );
        sql.bind(from).push(" AND e.at < ").bind(until);
        sql.push(" AND e.decision = ").bind(i64::from(Decision::Allowed.code()));
        sql.push(" AND e.action IN ").bind_list(SHOWS.map(|a| i64::from(a.code())));
        let rows = self.read(sql.finish()).await?;
        let Some(row) = rows.first() else { return Ok(Opened::default()) };
        let read = || Ok(Opened { touches: row.int(0)?, asked: row.int(1)?, without: row.int(2)? });
        read().map_err(broken)
    }

    async fn exposure(&self, (from, until): Span) -> Result<[OversightNumber; 2], Refusal> {
        let now = self.opened((from, until)).await?;
        let before = self.opened((from.plus_days(-DAYS), from)).await?;
        let share = |o: Opened| o.without.saturating_mul(100).checked_div(o.asked);
        let log = |more: &str| {
            format!("/audit/log?from={}&to={}&actions={}&decisions=[\"allowed\"]{more}", from.0, until.0, named(&SHOWS))
        };
        let opened = ("三十天内被打开的记录（次）", "Records opened in 30 days");
        let without = ("无业务理由的访问", "Accesses without a reason");
        Ok([
            OversightNumber {
                before: Some(before.touches),
                ..number("exposure", opened, Some(now.touches), Measure::Count, log(""))
            },
            OversightNumber {
                before: share(before),
                good: share(now).map(|s| s <= 10),
                ..number("unexplained", without, share(now), Measure::Percent, log("&explained=no"))
            },
        ])
    }

    async fn alerts_and_cases(&self, now: UnixMs) -> Result<[OversightNumber; 3], Refusal> {
        let open = "SELECT COUNT(*) FROM alert WHERE state = 'open'";
        let cases = "SELECT COUNT(*) FROM case_file WHERE closed_at IS NULL";
        let late = "SELECT COUNT(*) FROM case_file WHERE closed_at IS NULL AND due_at < ?1";
        let late = self.posture_number(late, vec![now.into()]).await?.unwrap_or(0);
        let (alerts, open_cases) = (
            self.posture_number(open, vec![]).await?.unwrap_or(0),
            self.posture_number(cases, vec![]).await?.unwrap_or(0),
        );
        let of = |id, title, value, page: &str| number(id, title, Some(value), Measure::Count, page.to_owned());
        Ok([
            of("alerts", ("未处理的告警", "Alerts that are open"), alerts, "/alerts"),
            of("cases", ("未结案件", "Cases that are open"), open_cases, "/cases"),
            OversightNumber {
                good: Some(late == 0),
                ..of("cases_late", ("逾期案件", "Cases past their date"), late, "/cases")
            },
        ])
    }

    /// Roles that were taken and grants that were ended: rights are fewer since.
    async fn rights_narrowed(&self, (from, until): Span) -> Result<OversightNumber, Refusal> {
        let narrowed = [Action::RoleAssign, Action::GrantRevoke];
        let taken = self.acts_of(&narrowed, &["role.take", "grant.revoke"], Doer::Officers, (from, until)).await?.len();
        let earlier = (from.plus_days(-DAYS), from);
        let before = self.acts_of(&narrowed, &["role.take", "grant.revoke"], Doer::Officers, earlier).await?.len();
        let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let title = ("三十天内收回的权限", "Rights taken back in 30 days");
        let proof = format!("/audit/log?from={}&to={}&actions={}", from.0, until.0, named(&narrowed));
        Ok(OversightNumber {
            before: Some(whole(before)),
            less: false,
            ..number("narrowed", title, Some(whole(taken)), Measure::Count, proof)
        })
    }

    /// Of the cycles of the last ninety days that are over, how many were kept; and those that are due.
    async fn programme_kept(&self, directory: &Directory, now: UnixMs) -> Result<[OversightNumber; 2], Refusal> {
        let view = self.programme(directory, now).await?;
        let slots = || view.activities.iter().flat_map(|a| &a.slots);
        let over = slots().filter(|s| s.until <= now && s.until > now.plus_days(-90));
        let (mut kept, mut all) = (0_i64, 0_i64);
        for slot in over {
            all += 1;
            kept += i64::from(slot.state == SlotState::Ran);
        }
        let share = kept.saturating_mul(100).checked_div(all);
        let due = slots().filter(|s| s.state == SlotState::Due).count();
        let page = || "/programme".to_owned();
        let done = ("审计计划按期完成（九十天）", "Programme kept, 90 days");
        Ok([
            OversightNumber {
                less: false,
                good: share.map(|s| s >= 90),
                ..number("programme", done, share, Measure::Percent, page())
            },
            number("due", ("本期待办", "Due in this cycle"), i64::try_from(due).ok(), Measure::Count, page()),
        ])
    }

    async fn posture_numbers(&self, directory: &Directory, now: UnixMs) -> Result<[OversightNumber; 2], Refusal> {
        let view = self.posture(directory, now).await?;
        let share = view.run.as_ref().and_then(|r| r.score.share).map(|s| i64::from(s) / 10);
        let bad = |c: &&crate::posture::CheckView| c.seen.as_ref().is_some_and(|s| s.state == State::Bad);
        let late = view.checks.iter().filter(bad).filter(|c| c.due_at.is_some_and(|due| due < now)).count();
        let page = || "/posture".to_owned();
        let overdue = ("逾期未整改的问题", "Findings past due");
        Ok([
            OversightNumber {
                less: false,
                ..number("posture", ("安全态势得分", "Posture score"), share, Measure::Percent, page())
            },
            OversightNumber {
                good: Some(late == 0),
                ..number("findings_late", overdue, i64::try_from(late).ok(), Measure::Count, page())
            },
        ])
    }

    async fn vulnerabilities_and_reviews(&self, now: UnixMs) -> Result<[OversightNumber; 3], Refusal> {
        let late = "SELECT COUNT(*) FROM finding WHERE state IN ('open', 'fixed') AND due_at < ?1";
        let late = self.posture_number(late, vec![now.into()]).await?.unwrap_or(0);
        let closed = "SELECT COUNT(*) FROM review WHERE state = 'closed' AND began_at >= ?1";
        let closed = self.posture_number(closed, vec![now.plus_days(-90).into()]).await?.unwrap_or(0);
        let unanswered = "SELECT COUNT(*) FROM review_line l JOIN review r ON r.id = l.review \
             WHERE l.state = 'open' AND r.state = 'open' AND r.due_at < ?1";
        let unanswered = self.posture_number(unanswered, vec![now.into()]).await?.unwrap_or(0);
        let of = |id, title, value, page: &str| number(id, title, Some(value), Measure::Count, page.to_owned());
        Ok([
            OversightNumber {
                good: Some(late == 0),
                ..of("vulnerabilities_late", ("逾期漏洞", "Vulnerabilities past due"), late, "/findings?overdue=true")
            },
            OversightNumber {
                less: false,
                ..of("reviews", ("九十天内完成的权限复核", "Access reviews closed in 90 days"), closed, "/reviews")
            },
            OversightNumber {
                good: Some(unanswered == 0),
                ..of("reviews_late", ("逾期未答复的复核项", "Review lines past due"), unanswered, "/reviews")
            },
        ])
    }

    fn trained(&self, now: UnixMs) -> OversightNumber {
        let company = self.company();
        let at_work = |u: &&model::User| u.kind == model::UserKind::Person && u.status == model::UserStatus::Active;
        let people = i64::try_from(company.users.values().filter(at_work).count()).unwrap_or(i64::MAX);
        let current = company.users.values().filter(at_work).filter(|u| u.trained_until.is_some_and(|t| t > now));
        let current = i64::try_from(current.count()).unwrap_or(i64::MAX);
        let share = current.saturating_mul(100).checked_div(people);
        let title = ("培训在有效期内", "Training is current");
        let proof = "/training?tab=progress".to_owned();
        OversightNumber { less: false, ..number("training", title, share, Measure::Percent, proof) }
    }

    async fn verified(&self, now: UnixMs) -> Result<[OversightNumber; 2], Refusal> {
        let verified = self.last_verified().await?;
        let hours = verified.as_ref().map(|v| (now.0 - v.at.0).div_euclid(3_600_000).max(0));
        let wanted = i64::from(self.gate().settings().audit.frequency.verify_hours).saturating_add(2);
        let findings = verified.map(|v| i64::try_from(v.findings).unwrap_or(i64::MAX));
        let page = || "/audit/ledger".to_owned();
        let since = ("距上次账本校验", "Since the log was computed anew");
        let found = ("账本校验发现的改动", "Found altered in the log");
        Ok([
            OversightNumber {
                good: Some(hours.is_some_and(|h| h <= wanted)),
                ..number("verified", since, hours, Measure::Hours, page())
            },
            OversightNumber {
                good: findings.map(|n| n == 0),
                ..number("altered", found, findings, Measure::Count, page())
            },
        ])
    }
}
