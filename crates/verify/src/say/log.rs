//! Words for the check of a whole log.

use ledger::LogReport;
use ledger::log_check::Finding;
use ledger::stream::StreamFault;

use super::verdict;
use crate::text::Text;

/// The report, the verdict last.
pub fn log(report: &LogReport) -> Vec<Text> {
    let mut lines = Vec::new();
    if let (Some(origin), Some(size), Some(root)) = (&report.origin, report.size, &report.root) {
        lines.push(Text::new(
            format!("日志 {origin}:{size} 条，根 {root}"),
            format!("log {origin}: {size} entries, root {root}"),
        ));
    }
    lines.extend(report.findings.iter().map(finding));
    let unlisted = report.finding_count.saturating_sub(report.findings.len() as u64);
    if unlisted > 0 {
        lines.push(Text::new(
            format!("另有 {unlisted} 项发现未列出"),
            format!("{unlisted} further findings not listed"),
        ));
    }
    let (entries, older) = (report.entries, report.older_ok);
    lines.push(Text::new(
        format!("已校验 {entries} 条记录，{older} 个旧检查点一致"),
        format!("{entries} entries checked, {older} older checkpoints agree"),
    ));
    lines.push(verdict(report.verdict));
    lines
}

/// One finding in words.
pub fn finding(finding: &Finding) -> Text {
    match finding {
        Finding::Checkpoint { name, reason } => Text::new(
            format!("检查点 {name} 不可信：{reason}"),
            format!("checkpoint {name} cannot be trusted: {reason}"),
        ),
        Finding::OtherLog { name, origin } => Text::new(
            format!("检查点 {name} 属于另一日志 {origin}"),
            format!("checkpoint {name} is that of another log, {origin}"),
        ),
        Finding::Missing { path } => Text::new(format!("缺少 {path}"), format!("{path} is missing")),
        Finding::Unreadable { path, reason } => {
            Text::new(format!("无法读取 {path}:{reason}"), format!("{path} cannot be read: {reason}"))
        }
        Finding::Length { path } => {
            Text::new(format!("{path} 的长度不符"), format!("{path} is not as long as it must be"))
        }
        Finding::Tile { path } => {
            Text::new(format!("{path} 与记录不符"), format!("{path} does not agree with the entries"))
        }
        Finding::Leaf { index, reason } => {
            Text::new(format!("第 {index} 条不是有效记录：{reason}"), format!("entry {index} is no leaf: {reason}"))
        }
        Finding::Stream { index, node, fault } => {
            let fault = stream_fault(*fault);
            Text::new(
                format!("第 {index} 条：节点 {node} 的记录链中断：{}", fault.zh),
                format!("entry {index}: the stream of node {node} is broken: {}", fault.en),
            )
        }
        Finding::Root => Text::new("由记录算出的根与签名的根不同", "the entries give another root than the one signed"),
        Finding::RootUnknown => {
            Text::new("缺少的文件使根无法重算", "so much is missing that the root cannot be rebuilt")
        }
        Finding::Fork { name, size } => Text::new(
            format!("分叉：旧检查点 {name}（{size} 条）的根不属于本日志"),
            format!("fork: checkpoint {name} at {size} entries has a root that this log never had"),
        ),
        Finding::Rollback { name, size } => Text::new(
            format!("回滚：旧检查点 {name} 已有 {size} 条，多于现在"),
            format!("rollback: checkpoint {name} already had {size} entries, more than now"),
        ),
        Finding::OlderUnknown { name } => Text::new(
            format!("日志有损，无法与旧检查点 {name} 比较"),
            format!("checkpoint {name} cannot be compared, because the log is damaged"),
        ),
    }
}

fn stream_fault(fault: StreamFault) -> Text {
    let zh = match fault {
        StreamFault::NoStart => "启动段的第一条不是节点启动记录",
        StreamFault::StartInside => "节点启动记录出现在启动段中间",
        StreamFault::BootWentBack => "启动序号倒退",
        StreamFault::Counter => "计数不连续",
        StreamFault::Link => "与该节点上一条记录的链接不符",
        StreamFault::AfterStop => "节点停止之后还有记录",
        StreamFault::TimeWentBack => "时间倒退",
    };
    Text::new(zh, fault.to_string())
}
