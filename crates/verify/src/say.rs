//! The catalogue: every finding and answer in both languages. A finding without words does not compile.

mod evidence;
mod log;
mod report;

pub use evidence::{evidence, no_key_in_evidence, not_evidence};
pub use log::{finding, log};
pub use report::{made_from, no_report_told, other_report, recorded};

use ledger::Checkpoint;
use ledger::log_check::{Continuity, Verdict};

use crate::text::Text;

/// The one line that matters.
pub fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Ok => Text::new("结论：通过", "verdict: ok"),
        Verdict::Incomplete => Text::new("结论：不完整", "verdict: incomplete"),
        Verdict::Fork => Text::new("结论：分叉或回滚", "verdict: fork or rollback"),
        Verdict::Tampered => Text::new("结论：被篡改", "verdict: tampered"),
        Verdict::Policy => Text::new("结论：无可信签名", "verdict: not signed by a trusted key"),
    }
}

pub fn proved(index: u64, checkpoint: &Checkpoint) -> Text {
    let Checkpoint { origin, size, .. } = checkpoint;
    Text::new(
        format!("通过：该记录是日志 {origin} 的第 {index} 条（签名时共 {size} 条）"),
        format!("ok: this entry is number {index} of the log {origin} (signed at {size} entries)"),
    )
}

pub fn not_proved(index: u64) -> Text {
    Text::new(
        format!("被篡改：该记录不是所签名日志的第 {index} 条"),
        format!("tampered: this entry is not number {index} of the signed log"),
    )
}

pub fn not_a_proof() -> Text {
    Text::new("被篡改：文件已损坏，或不是 tlog-proof 文件", "tampered: the file is damaged, or is no tlog-proof")
}

pub fn untrusted(reason: &str) -> Text {
    Text::new(format!("检查点不可信：{reason}"), format!("the checkpoint cannot be trusted: {reason}"))
}

pub fn no_key(hangs_together: bool) -> Text {
    if hangs_together {
        Text::new(
            "没有给出 --key，未验证签名；证明与其检查点自相一致",
            "no --key was given, so the signature was not checked; proof and checkpoint agree with each other",
        )
    } else {
        Text::new(
            "没有给出 --key，未验证签名；并且证明与其检查点不一致",
            "no --key was given, so the signature was not checked; and the proof does not lead to its own checkpoint",
        )
    }
}

pub fn continuity(continuity: Continuity, older: &Checkpoint, newer: &Checkpoint) -> Text {
    let (old, new) = (older.size, newer.size);
    match continuity {
        Continuity::Continues => Text::new(
            format!("日志连续：存证所依据的前 {old} 条仍是现有 {new} 条的开头"),
            format!("the log goes on: the {old} entries the evidence was taken from begin the {new} of today"),
        ),
        Continuity::Forked => Text::new(
            format!("分叉：现有日志（{new} 条）的前 {old} 条与存证时签名的不同"),
            format!(
                "fork: the first {old} of the log's {new} entries are not those signed when the evidence was taken"
            ),
        ),
        Continuity::RolledBack => Text::new(
            format!("回滚：现有日志只有 {new} 条，存证时已有 {old} 条"),
            format!("rollback: the log has {new} entries now, and had {old} when the evidence was taken"),
        ),
        Continuity::BadHashes => Text::new(
            "现有日志的哈希块与其检查点不符（被篡改），无法比较",
            "the log's tiles do not give its own checkpoint (tampered), so it cannot be compared",
        ),
    }
}

pub fn tiles_missing() -> Text {
    Text::new("现有日志缺少哈希块，无法比较", "tiles of the log are missing, so it cannot be compared")
}

pub fn tiles_unreadable(why: &str) -> Text {
    Text::new(format!("无法读取现有日志的哈希块：{why}"), format!("tiles of the log cannot be read: {why}"))
}
