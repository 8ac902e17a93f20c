//! Words for the check of a document.

use crate::text::Text;

/// It is the one; of what, which and in which language.
pub fn recorded(digest: &str, index: u64, (of, id, language): (&str, Option<&str>, &str)) -> Text {
    let id = id.unwrap_or("-");
    Text::new(
        format!("文件 SHA-256 {digest} 与日志第 {index} 条所记一致（{of} {id}，{language}）"),
        format!("the file's SHA-256 {digest} is the one that entry {index} of the log tells ({of} {id}, {language})"),
    )
}

pub fn made_from(origin: &str, size: u64, root: &str, fits: bool) -> Text {
    if fits {
        return Text::new(
            format!("制作所依据的账本：{origin}，{size} 条，根 {root}"),
            format!("it was made from the log {origin} at {size} entries, root {root}"),
        );
    }
    Text::new(
        format!("被篡改：所记的账本状态（{origin}，{size} 条）不可能是此日志在该事件之前的状态"),
        format!(
            "tampered: the state it tells of ({origin}, {size} entries) cannot be one this log had before the event"
        ),
    )
}

pub fn no_report_told() -> Text {
    Text::new(
        "存证文件中没有领取文件的事件：无法核对，请取得该文件的存证",
        "no event in the evidence tells of a document: get the proof that belongs to this one",
    )
}

pub fn other_report(digest: &str) -> Text {
    Text::new(
        format!("被篡改：文件的 SHA-256 为 {digest}，与存证所记的任何文件都不同"),
        format!("tampered: the file's SHA-256 is {digest}, which is that of no document the evidence tells of"),
    )
}
