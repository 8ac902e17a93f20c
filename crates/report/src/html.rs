//! The same document as one HTML page: for reading in a browser and for sending along. No script, no style but its own, nothing fetched.

use std::fmt::Write as _;

use crate::document::{Align, Block, Document, Fact, Language};
use crate::press::ReportError;
use crate::text::{Room, print};

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1f2430;--quiet:#5c6474;--line:#c9ced8;--tint:#f3f5f9;--accent:#1f4fa3;--ground:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9f0;--quiet:#a3abbd;--line:#3a4152;--tint:#1d222d;--accent:#8ab0f5;--ground:#12151c}}
body{font:15px/1.6 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;color:var(--ink);background:var(--ground);
max-width:960px;margin:0 auto;padding:24px 16px}
h1{font-size:1.7em;margin:.1em 0 .6em}h2{font-size:1.25em;margin:1.8em 0 .6em;border-bottom:1px solid var(--line);padding-bottom:.2em}
.kind{color:var(--accent);font-weight:600;margin:0}.notice{border-left:3px solid var(--accent);padding:.3em .8em;color:var(--quiet)}
table{border-collapse:collapse;width:100%;font-size:.9em}th,td{text-align:start;padding:.35em .5em;border-bottom:1px solid var(--line);
vertical-align:top;overflow-wrap:anywhere}th{background:var(--tint)}.end{text-align:end;font-variant-numeric:tabular-nums}.scroll{overflow-x:auto}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:8px}.figure{background:var(--tint);border-radius:6px;padding:.6em .8em}
.value{display:block;font-size:1.6em;color:var(--accent)}.quiet{color:var(--quiet);font-size:.85em;display:block}
.bar{display:inline-block;height:.7em;background:var(--accent);min-width:1px}blockquote{margin:.6em 0;padding:.2em .9em;border-left:2px solid var(--line)}
pre{background:var(--tint);padding:.7em;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
@media print{body{max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}";

/// Text as it stands in a page.
fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in print(value, Room::FREE).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>"),
            c => out.push(c),
        }
    }
    out
}

fn facts(out: &mut String, facts: &[Fact]) {
    out.push_str("<div class=\"scroll\" tabindex=\"0\"><table>");
    for fact in facts {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th><td>{}</td></tr>", escape(&fact.name), escape(&fact.value));
    }
    out.push_str("</table></div>");
}

fn block(out: &mut String, block: &Block, none: &str) {
    // Writing to memory does not fail.
    let _ = match block {
        Block::Paragraph { text } => write!(out, "<p>{}</p>", escape(text)),
        Block::Quote { by, text } => {
            write!(out, "<blockquote><span class=\"quiet\">{}</span>{}</blockquote>", escape(by), escape(text))
        }
        Block::Facts { facts: all } => {
            facts(out, all);
            Ok(())
        }
        Block::Figures { figures } => {
            out.push_str("<div class=\"figures\">");
            for f in figures {
                let (value, name, note) = (escape(&f.value), escape(&f.name), escape(&f.note));
                let _ = write!(
                    out,
                    "<div class=\"figure\"><span class=\"value\">{value}</span>{name}<span class=\"quiet\">{note}</span></div>"
                );
            }
            write!(out, "</div>")
        }
        Block::Table { columns, rows } => {
            let class = |align: Align| if align == Align::End { " class=\"end\"" } else { "" };
            out.push_str("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>");
            for c in columns {
                let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(c.align), escape(&c.name));
            }
            out.push_str("</tr></thead><tbody>");
            for row in rows {
                out.push_str("<tr>");
                for (cell, c) in row.iter().zip(columns) {
                    let _ = write!(out, "<td{}>{}</td>", class(c.align), escape(cell));
                }
                out.push_str("</tr>");
            }
            out.push_str("</tbody></table></div>");
            if rows.is_empty() { write!(out, "<p class=\"quiet\">{none}</p>") } else { Ok(()) }
        }
        Block::Bars { caption, bars } => {
            let top = bars.iter().map(|b| b.value).filter(|v| v.is_finite()).fold(0.0, f64::max);
            let _ = write!(out, "<p>{}</p><div class=\"scroll\" tabindex=\"0\"><table>", escape(caption));
            for bar in bars {
                let share =
                    if top > 0.0 && bar.value.is_finite() { (bar.value.max(0.0) / top * 100.0).round() } else { 0.0 };
                let (name, shown) = (escape(&bar.name), escape(&bar.shown));
                let _ = write!(
                    out,
                    "<tr><th scope=\"row\">{name}</th><td style=\"width:60%\"><span class=\"bar\" style=\"width:{share}%\"></span></td>\
                     <td class=\"end\">{shown}</td></tr>"
                );
            }
            write!(out, "</table></div>")
        }
        Block::Code { text } => write!(out, "<pre>{}</pre>", escape(text)),
    };
}

/// Makes a page of a document. The same document gives the same bytes.
///
/// # Errors
/// [`ReportError::TooLong`], [`ReportError::BadTable`]: the bounds of a printed document hold for this one.
pub fn html(document: &Document) -> Result<String, ReportError> {
    document.printable()?;
    let zh = document.language == Language::Zh;
    let say = |cn, en| if zh { cn } else { en };
    let none = say("（无）", "(none)");
    let (kind, title) = (escape(&document.kind), escape(&document.title));
    let mut out = String::new();
    let lang = say("zh-CN", "en");
    let _ = write!(
        out,
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{kind} · {title}</title><style>{STYLE}</style></head><body><main><p class=\"kind\">{kind}</p><h1>{title}</h1>\
         <p class=\"notice\">{}</p>",
        escape(&document.notice)
    );
    facts(&mut out, &document.facts);
    let _ = write!(out, "<nav aria-label=\"{0}\"><h2>{0}</h2><ol>", say("目录", "Contents"));
    for (n, section) in document.sections.iter().enumerate() {
        let _ = write!(out, "<li><a href=\"#s{n}\">{}</a></li>", escape(&section.title));
    }
    out.push_str("</ol></nav>");
    for (n, section) in document.sections.iter().enumerate() {
        let _ = write!(out, "<section id=\"s{n}\"><h2>{}</h2>", escape(&section.title));
        section.blocks.iter().for_each(|b| block(&mut out, b, none));
        out.push_str("</section>");
    }
    let head = &document.head;
    let _ = write!(
        out,
        "<section><h2>{}</h2><p>{}</p><pre>{} {}\n{}</pre></section></main></body></html>",
        say("本文件的账本状态", "The log this was made from"),
        escape(&document.made),
        escape(&head.origin),
        head.size,
        escape(&head.root)
    );
    Ok(out)
}
