//! What people call the things of a report, in both languages.

use model::{Channel, Text};

use crate::definition::{Kind, SectionId};
use crate::period::Unit;

pub fn kind(of: Kind) -> Text {
    let (zh, en) = match of {
        Kind::Management => ("管理层审计报告", "Audit report for management"),
        Kind::Officer => ("安全管理员审计报告", "Security officer's audit report"),
        Kind::Department => ("部门审计报告", "Audit report on a department"),
        Kind::Person => ("人员审计报告", "Audit report on a person"),
        Kind::Customer => ("客户访问报告", "Report on accesses to a customer"),
        Kind::Subject => ("个人信息访问告知", "Notice of accesses to personal data"),
        Kind::Policy => ("权限与策略变更报告", "Report on changes of policy"),
        Kind::Compliance => ("合规自查报告", "Compliance self-audit"),
    };
    Text::new(zh, en)
}

pub fn unit(of: Unit) -> Text {
    let (zh, en) = match of {
        Unit::Day => ("日报", "daily"),
        Unit::Week => ("周报", "weekly"),
        Unit::Month => ("月报", "monthly"),
    };
    Text::new(zh, en)
}

pub fn section(of: SectionId) -> Text {
    let (zh, en) = match of {
        SectionId::Summary => ("分析结果", "Results"),
        SectionId::Standing => ("治理现状", "Where things stand"),
        SectionId::Findings => ("发现的问题与处理建议", "Problems found, and what to do"),
        SectionId::Days => ("按日", "By day"),
        SectionId::Departments => ("按部门", "By department"),
        SectionId::People => ("按人员", "By person"),
        SectionId::Operations => ("按操作", "By operation"),
        SectionId::Channels => ("按访问方式", "By channel"),
        SectionId::Looks => ("访问记录", "Accesses"),
        SectionId::Changes => ("变更明细", "Changes"),
        SectionId::Controls => ("条款与证据", "Clauses and evidence"),
        SectionId::Method => ("方法与局限", "Method and limits"),
    };
    Text::new(zh, en)
}

pub fn table(id: &str) -> Text {
    match id {
        "days" => section(SectionId::Days),
        "departments" => section(SectionId::Departments),
        "people" => section(SectionId::People),
        "operations" => section(SectionId::Operations),
        _ => section(SectionId::Channels),
    }
}

/// The name of a number.
pub fn figure(id: &str) -> Text {
    let (zh, en) = match id {
        "events" => ("审计事件", "events"),
        "accesses" => ("访问操作", "accesses"),
        "touches" => ("涉及记录（次）", "records touched"),
        "reveals" => ("查看明文", "reveals"),
        "exports" => ("导出", "exports"),
        "refused" => ("被拒绝", "refused"),
        "unexplained" => ("无业务理由", "without a reason"),
        "explained_share" => ("有业务理由占比", "with a reason"),
        "failed_sign_ins" => ("登录失败", "failed sign-ins"),
        "administrative" => ("管理操作", "administrative acts"),
        "administrative_refused" => ("被拒绝的管理操作", "administrative acts refused"),
        "people" => ("有操作的人员", "people who acted"),
        "people_changes" => ("人员与部门", "people and departments"),
        "role_changes" => ("角色授予", "roles"),
        "policy_changes" => ("权限策略", "policy"),
        "setting_changes" => ("设置与对象", "settings and objects"),
        "audit_policy_changes" => ("审计策略", "audit policy"),
        other => (other, other),
    };
    Text::new(zh, en)
}

/// The name of a column.
pub fn column(id: &str) -> Text {
    match id {
        "events" => Text::new("事件", "events"),
        "touches" => Text::new("记录", "records"),
        "unexplained" => Text::new("无理由", "no reason"),
        other => figure(other),
    }
}

pub fn channel(of: Channel) -> Text {
    let (zh, en) = match of {
        Channel::Web => ("网页", "web"),
        Channel::Api => ("接口", "API"),
        Channel::Cli => ("命令行", "command line"),
        Channel::Import => ("导入", "import"),
        Channel::Export => ("导出", "export"),
        Channel::Job => ("后台任务", "job"),
        Channel::Agent => ("代理程序", "agent"),
        Channel::Demo => ("演示数据", "demo"),
    };
    Text::new(zh, en)
}
