//! Operations 操作: what a caller can ask to do. Their numbers stand in ledger leaves, so they never change meaning.

use serde::{Deserialize, Serialize};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal $text:literal $zh:literal $on:ident),* $(,)?) => {
        /// One operation. `code` is what the ledger leaf holds, `as_str` what the API and the policies say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Action {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }
        impl Action {
            pub const ALL: &'static [Action] = &[$(Action::$name,)*];
            pub const fn code(self) -> u16 {
                match self { $(Action::$name => $code,)* }
            }
            pub const fn as_str(self) -> &'static str {
                match self { $(Action::$name => $text,)* }
            }
            /// The word in Chinese.
            pub const fn zh(self) -> &'static str {
                match self { $(Action::$name => $zh,)* }
            }
            pub const fn on(self) -> On {
                match self { $(Action::$name => On::$on,)* }
            }
            pub fn from_code(code: u16) -> Option<Action> {
                match code { $($code => Some(Action::$name),)* _ => None }
            }
        }
    };
}

/// What an operation is done on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A record of an object type: has a scope and fields.
    Record,
    /// The system itself: an administrative duty, without scope.
    System,
    /// The caller's own session: needs no permission, only to have happened.
    Session,
}

actions! {
    List = 1 "list" "列表" Record,
    View = 2 "view" "查看" Record,
    /// Show one masked field in the clear, with a reason.
    Reveal = 3 "reveal" "查看明文" Record,
    Create = 4 "create" "新建" Record,
    Edit = 5 "edit" "编辑" Record,
    Delete = 6 "delete" "删除" Record,
    Export = 7 "export" "导出" Record,
    Import = 8 "import" "导入" Record,
    Transfer = 9 "transfer" "转移" Record,
    Share = 10 "share" "共享" Record,
    Merge = 11 "merge" "合并" Record,
    Print = 12 "print" "打印" Record,
    Approve = 13 "approve" "审批" Record,
    /// Destroy a customer's data key: 删除权.
    Erase = 14 "erase" "销毁" Record,
    /// Ask who looked at a record, as its owner or their manager. The auditor's question is `audit.read`.
    WhoLooked = 15 "who_looked" "查看访问记录" Record,

    /// Open a record for a short time without being asked first 紧急访问: told at once, and reviewed.
    BreakGlass = 16 "break_glass" "紧急访问" Record,

    /// Take a record out of the public pool. Giving it back is a transfer.
    Claim = 20 "claim" "领取" Record,
    /// Say something about a record that one may see 评论.
    Comment = 25 "comment" "评论" Record,
    /// Take a file that an own export made. Needs no permission of its own: the right to export is asked again.
    Download = 21 "download" "下载导出文件" Session,
    /// Give a record a file, or take one away from it.
    Attach = 26 "attach" "上传附件" Record,
    /// Take a file that a record carries.
    DownloadFile = 27 "download_file" "下载附件" Record,

    UserManage = 100 "user.manage" "用户与部门管理" System,
    /// Give roles to people. A security duty, so that who makes accounts cannot give them rights.
    RoleAssign = 101 "role.assign" "角色授予" System,
    PolicyManage = 102 "policy.manage" "权限策略管理" System,
    ObjectManage = 103 "object.manage" "对象与字段管理" System,
    SettingManage = 104 "setting.manage" "系统设置" System,
    KeyManage = 105 "key.manage" "密钥管理" System,
    HoldManage = 106 "hold.manage" "依法保全" System,
    Backup = 107 "backup" "备份" System,
    /// End what a request gave: a share that was approved, an emergency access.
    GrantRevoke = 108 "grant.revoke" "撤销临时授权" System,
    /// Hand over everything that somebody who leaves has, without seeing any of it.
    Handover = 109 "handover" "离职交接" System,
    /// Read the access log, ask who saw, who can.
    AuditRead = 110 "audit.read" "审计日志查询" System,
    /// Take evidence files.
    AuditEvidence = 111 "audit.evidence" "存证导出" System,
    /// Ask why, who can and what can.
    AccessExplain = 112 "access.explain" "权限查询" System,
    /// Read users, roles and the policy.
    DirectoryRead = 113 "directory.read" "组织与权限查看" System,
    /// Drop events whose retention has ended.
    Retain = 114 "retention.apply" "留存期限执行" System,
    /// Propose a change of the audit policy, take it back.
    AuditPolicyManage = 116 "audit_policy.manage" "审计策略提议" System,
    /// Consent to somebody else's proposal, or refuse it.
    AuditPolicyConsent = 117 "audit_policy.consent" "审计策略复核" System,
    /// The house computes its log anew.
    LedgerVerify = 118 "ledger.verify" "账本校验" System,
    /// See what rules found about people.
    AlertRead = 119 "alert.read" "告警查看" System,
    /// Put an alert off, or close it with a word on what it was. What the house does with alerts has this name too.
    AlertHandle = 120 "alert.handle" "告警处置" System,
    /// Write, switch, narrow and try rules of detection.
    DetectionManage = 121 "detection.manage" "检测规则管理" System,

    /// Act on a case: assign, ask, seal evidence, decide.
    CaseHandle = 122 "case.handle" "案件处置" System,
    /// Read cases and what became of them.
    CaseRead = 123 "case.read" "案件查看" System,

    /// Take something from somebody for a time, and end it.
    ResponseTake = 124 "response.take" "响应处置" System,
    /// Plant decoys and lift them.
    CanaryManage = 125 "canary.manage" "诱饵管理" System,
    /// Say which other systems' access logs are taken in, take them in, and see what could not be read.
    FeedManage = 126 "feed.manage" "外部日志管理" System,

    /// Have an audit report made, and plan those of periods to come.
    ReportMake = 127 "report.make" "报告编制" System,
    /// Take a case as a document: a PDF whose digest the log holds.
    CaseReport = 128 "case.report" "案件报告" System,
    /// Read audit reports and take them as files.
    ReportRead = 129 "report.read" "报告查看" System,

    /// Read vulnerabilities that scans and assessments found, and what became of them.
    FindingRead = 130 "finding.read" "漏洞查看" System,
    /// Take scans in; assign, set aside and reopen what they found.
    FindingManage = 131 "finding.manage" "漏洞管理" System,

    /// See what of the instance is as it should be, and how that went.
    PostureRead = 132 "posture.read" "安全态势查看" System,
    /// Have the instance looked at; say who sees to what until when, and what is put up with.
    PostureManage = 133 "posture.manage" "安全态势管理" System,
    /// Who must take which course, and giving one to somebody.
    TrainingManage = 134 "training.manage" "培训管理" System,
    /// How far people are with their courses.
    TrainingRead = 135 "training.read" "培训进度查看" System,

    /// Say what of the audit programme is done how often, by whom and how.
    ProgrammeManage = 140 "programme.manage" "审计计划管理" System,
    /// See the audit programme, what ran and what is due, and management's numbers.
    ProgrammeRead = 141 "programme.read" "审计计划查看" System,
    /// Record that somebody leaves, give the verdict on their look-back, close it or take it back.
    LeaverManage = 142 "leaver.manage" "离职管理" System,
    /// Read who leaves, what they did before, and what is still open.
    LeaverRead = 143 "leaver.read" "离职查看" System,
    /// Begin, plan, close and call off campaigns of access reviews.
    ReviewManage = 136 "review.manage" "复核管理" System,
    /// Read campaigns, how far they are, and what came of them.
    ReviewRead = 137 "review.read" "复核查看" System,
    /// Begin assessments by third parties, name assessors, approve answers and close.
    AssessmentManage = 144 "assessment.manage" "第三方评估管理" System,
    /// Read assessments. Whoever comes from outside reads those they are named in, and of them what is for them.
    AssessmentRead = 145 "assessment.read" "第三方评估查看" System,
    /// Answer the questions of an assessment that one was given.
    AssessmentAnswer = 146 "assessment.answer" "评估问题答复" System,
    /// Say something to a question, and raise a finding, as a named assessor.
    AssessmentAssess = 148 "assessment.assess" "评估意见" System,
    /// Read which rights are not used, wider than needed, or should not meet in one person.
    RightsRead = 138 "rights.read" "权限收敛查看" System,

    SignIn = 200 "sign_in" "登录" Session,
    SignOut = 201 "sign_out" "退出" Session,
    SessionRevoke = 202 "session.revoke" "会话撤销" Session,
    TokenManage = 203 "token.manage" "令牌管理" Session,
    PasswordChange = 204 "password.change" "修改密码" Session,
    MfaChange = 205 "mfa.change" "多因素认证变更" Session,
    SelfRead = 206 "self.read" "查看本人资料" Session,
    /// Ask for something that somebody else decides about.
    RequestMake = 207 "request.make" "申请" Session,
    /// Decide about a request. Whether it is one's to decide, its flow says.
    RequestDecide = 208 "request.decide" "审批" Session,
    /// An automation rule does what it says by itself, or a system outside is told.
    AutomationRun = 210 "automation.run" "自动化" System,
    /// Keep something of one's own: a view of a list, how a file's columns were mapped.
    OwnSave = 209 "own.save" "个人设置保存" Session,
    /// The house tells people that something waits, is due or goes back.
    Notice = 212 "notice.tell" "通知发送" Session,
    /// Read and answer what one is asked about one's own accesses.
    CaseAnswer = 213 "case.answer" "案件答复" Session,
    /// Have something done in the background, or take it back. What is done is asked for by its own operations.
    JobRun = 211 "job.run" "后台任务" Session,

    /// The house takes something from somebody for a time, by the company's rule.
    ResponseRun = 214 "response.run" "自动响应" System,
    /// One's own courses and quizzes.
    TrainingTake = 216 "training.take" "安全培训" Session,
    /// Answer the lines of an access review that are one's own to answer.
    ReviewDecide = 217 "review.decide" "复核" Session,
    /// A line of another system's access log was taken in. Nothing happened here, and nobody here decided it.
    Foreign = 215 "foreign.event" "外部系统记录" Session,

    /// A server process begins or ends its stream of events.
    NodeStart = 300 "node.start" "节点启动" System,
    NodeStop = 301 "node.stop" "节点停止" System,
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not the name of an operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an operation")]
pub struct UnknownAction(pub String);

impl std::str::FromStr for Action {
    type Err = UnknownAction;
    fn from_str(text: &str) -> Result<Self, UnknownAction> {
        Action::ALL
            .iter()
            .copied()
            .find(|a| a.as_str() == text)
            .ok_or_else(|| UnknownAction(text.chars().take(64).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_name_one_operation_each() {
        for a in Action::ALL {
            assert_eq!(Action::from_code(a.code()), Some(*a));
            assert_eq!(a.as_str().parse(), Ok(*a));
        }
    }
}
