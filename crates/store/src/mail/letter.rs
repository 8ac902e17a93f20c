//! What a mail says, in both languages, the company's first: its reader's own is known to their browser alone.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use access::path::Language;

use crate::notices::NoticeKind;

/// A mail without its receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    pub body: String,
}

/// The kind in Chinese and in English.
const fn words(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::Assigned => ("分配给您的记录", "records given to you"),
        NoticeKind::HandedOver => ("交接给您的记录", "records handed over to you"),
        NoticeKind::Returned => ("退回公海的记录", "records that went back to a pool"),
        NoticeKind::Mentioned => ("提到您的评论", "comments that mention you"),
        NoticeKind::Commented => ("您的记录上的评论", "comments on your records"),
        NoticeKind::RequestWaits => ("待您审批的申请", "requests that wait for your word"),
        NoticeKind::RequestDecided => ("已有结果的申请", "decisions about your requests"),
        NoticeKind::DueToday => ("今天到期的事项", "things due today"),
        NoticeKind::Returning => ("即将退回公海的记录", "records that go back to a pool soon"),
        NoticeKind::ExportReady => ("可下载的导出文件", "exports ready to take"),
        NoticeKind::EmergencyAccess => ("您的记录被紧急访问", "emergency accesses to your records"),
        NoticeKind::ReportMade => ("新的审计报告", "new audit reports"),
        NoticeKind::ProgrammeDue => ("将到期的审计活动", "audit activities due soon"),
        NoticeKind::ProgrammeSkipped => ("未按期进行的审计活动", "audit activities that were skipped"),
        NoticeKind::JobEnded => ("已结束的后台任务", "background jobs that ended"),
        NoticeKind::Restricted => ("对您的访问限制", "limits on your access"),
        NoticeKind::ResponseWaits => ("待您复核的处置", "responses that wait for a second word"),
        NoticeKind::BreakerOpen => ("自动响应已熔断", "automatic responses held back"),
        NoticeKind::Rule => ("规则通知", "notices of rules"),
        NoticeKind::Alert => ("待处置的安全告警", "security alerts to look at"),
        NoticeKind::CaseQuestion => ("请您说明的访问", "questions about your accesses"),
        NoticeKind::EveningNote => ("今天的访问，请您说明", "questions about what you opened today"),
        NoticeKind::CaseAssigned => ("分配给您的案件", "cases given to you"),
        NoticeKind::CaseAnswered => ("案件的答复", "answers in your cases"),
        NoticeKind::CaseConsent => ("待您复核的结案", "closings that wait for a second word"),
        NoticeKind::FindingAssigned => ("交给您的漏洞", "vulnerabilities that are yours now"),
        NoticeKind::FindingOverdue => ("已逾期的漏洞", "overdue vulnerabilities"),
        NoticeKind::FindingBack => ("重新打开的漏洞", "vulnerabilities that are open again"),
        NoticeKind::FindingRaised => ("评估方提出的问题", "findings that an assessor raised"),
        NoticeKind::AssessmentQuestion => {
            ("待您答复的评估问题", "questions of an assessment that wait for your answer")
        }
        NoticeKind::FindingConsent => ("待您复核的漏洞", "vulnerabilities that wait for a second word"),
        NoticeKind::CaseOverdue => ("已逾期的案件", "overdue cases"),
        NoticeKind::Posture => ("安全态势中的新问题", "new findings of the security posture"),
        NoticeKind::Training => ("待完成的安全培训", "courses that wait for you"),
        NoticeKind::ReviewWaits => ("等您复核的权限", "access reviews that wait for you"),
        NoticeKind::LeaverDue => ("即将或已到最后工作日的离职人员", "people whose last day is near or over"),
        NoticeKind::ReviewEnded => ("权限复核的进展", "news of access reviews"),
    }
}

impl Letter {
    /// How many notices of which kinds wait, and where.
    pub(super) fn of(
        kinds: &BTreeMap<NoticeKind, u64>,
        daily: bool,
        public_url: &str,
        language: Option<Language>,
    ) -> Self {
        let total: u64 = kinds.values().sum();
        let subject = match daily {
            true => (format!("谁看过：今日汇总，{total} 条通知"), format!("Whosaw: {total} notices today")),
            false => (format!("谁看过：{total} 条新通知"), format!("Whosaw: {total} new notices")),
        };
        let (mut zh, mut en) = (String::new(), String::new());
        for (kind, n) in kinds {
            let (chinese, english) = words(*kind);
            // Writing into a string does not fail.
            let _ = writeln!(zh, "· {chinese}：{n}");
            let _ = writeln!(en, "- {english}: {n}");
        }
        let link = format!("{}/notices", public_url.trim_end_matches('/'));
        let body = (
            format!(
                "您有 {total} 条未读通知：\n{zh}\n请登录查看：{link}\n邮件不含任何客户信息；不想再收到，请在“通知 · 邮件”中关闭。\n"
            ),
            format!(
                "You have {total} unread notices:\n{en}\nRead them here: {link}\n\
                 Mail holds nothing about customers. To get no more of it, switch it off under Notices, Mail.\n"
            ),
        );
        Self::in_both(subject, body, language)
    }

    /// The company's language stands first; where it has none set, Chinese.
    fn in_both(subject: (String, String), body: (String, String), language: Option<Language>) -> Self {
        let order = |(zh, en): (String, String)| if language == Some(Language::English) { (en, zh) } else { (zh, en) };
        let (subject, body) = (order(subject), order(body));
        Self { subject: format!("{} / {}", subject.0, subject.1), body: format!("{}\n{}", body.0, body.1) }
    }

    /// To see whether mail arrives.
    pub(super) fn of_test(company: &str, language: Option<Language>) -> Self {
        let subject = ("谁看过：测试邮件".to_owned(), "Whosaw: a test mail".to_owned());
        let body = (
            format!("这是“{company}”的谁看过系统发出的测试邮件。收到即说明邮件服务器设置正确。\n"),
            format!(
                "This is a test mail of Whosaw at {company}. That it arrived shows that the mail server is set up.\n"
            ),
        );
        Self::in_both(subject, body, language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_tells_numbers_and_a_link() {
        let kinds = [(NoticeKind::Mentioned, 2), (NoticeKind::DueToday, 1)].into();
        let letter = Letter::of(&kinds, false, "https://crm.example.com/", None);
        assert_eq!(letter.subject, "谁看过：3 条新通知 / Whosaw: 3 new notices");
        assert!(letter.body.contains("· 提到您的评论：2\n"), "{}", letter.body);
        assert!(letter.body.contains("- things due today: 1\n"));
        assert!(letter.body.contains("https://crm.example.com/notices\n"));
        let letter = Letter::of(&kinds, false, "https://crm.example.com/", Some(Language::English));
        assert_eq!(letter.subject, "Whosaw: 3 new notices / 谁看过：3 条新通知");
        assert!(letter.body.starts_with("You have 3 unread"), "{}", letter.body);
    }
}
