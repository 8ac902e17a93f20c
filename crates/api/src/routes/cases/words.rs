//! What people call the things of a case, for its readable pages.

use model::case::{CaseState, MeasureKind, Severity, Verdict};

use crate::language::Language;

pub(super) fn state(of: CaseState, l: Language) -> &'static str {
    match of {
        CaseState::New => l.say("新建", "new"),
        CaseState::Investigating => l.say("调查中", "investigating"),
        CaseState::AwaitingAnswer => l.say("等待答复", "awaiting an answer"),
        CaseState::Contained => l.say("已遏制", "contained"),
        CaseState::Closed => l.say("已结案", "closed"),
    }
}
pub(super) fn severity(of: Severity, l: Language) -> &'static str {
    match of {
        Severity::Low => l.say("低", "low"),
        Severity::Medium => l.say("中", "medium"),
        Severity::High => l.say("高", "high"),
        Severity::Critical => l.say("严重", "critical"),
    }
}
pub(super) fn verdict(of: Verdict, l: Language) -> &'static str {
    match of {
        Verdict::Malicious => l.say("恶意", "malicious"),
        Verdict::Careless => l.say("疏忽", "careless"),
        Verdict::Expected => l.say("符合预期", "expected"),
        Verdict::Unfounded => l.say("不成立", "unfounded"),
    }
}
pub(super) fn kind(of: MeasureKind, l: Language) -> &'static str {
    match of {
        MeasureKind::NarrowRole => l.say("收窄角色", "role narrowed"),
        MeasureKind::RevokeGrant => l.say("撤销授权", "grant revoked"),
        MeasureKind::EndSessions => l.say("结束会话", "sessions ended"),
        MeasureKind::Suspend => l.say("停用登录", "suspended"),
        MeasureKind::Throttle => l.say("限速", "throttled"),
        MeasureKind::StepUp => l.say("二次验证", "second factor asked anew"),
        MeasureKind::NoExport => l.say("停用导出", "export taken away"),
        MeasureKind::Talk => l.say("谈话", "talked to"),
        MeasureKind::Other => l.say("其他", "other"),
    }
}
