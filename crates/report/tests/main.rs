//! Documents set from hostile words, twice alike, within bounds.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something unexpected is found")]

use report::{Bar, Block, Column, Document, Fact, Figure, Head, Language, ReportError, Section, Signature, pdf};

fn document(language: Language, title: &str, blocks: Vec<Block>) -> Document {
    Document {
        language,
        kind: "案件报告".into(),
        title: title.into(),
        notice: "仅供办案使用".into(),
        facts: vec![Fact::new("当事人", "K-7F3Q"), Fact::new("Owner", "李安")],
        sections: vec![Section { title: "概要 Summary".into(), blocks }],
        signatures: vec![
            Signature {
                role: "复核人".into(),
                name: Some("赵敏".into()),
                at: Some("2026-11-26 08:00:00 UTC".into()),
                proof: Some("账本第 12 条".into()),
            },
            Signature { role: "接收人".into(), name: None, at: None, proof: None },
        ],
        head: Head { origin: "whosaw.example/audit".into(), size: 4096, root: "ab".repeat(32) },
        made_at: (2026, 11, 26, 8, 0, 0),
        made: "2026-11-26 08:00:00 UTC".into(),
    }
}

fn everything(words: &str) -> Vec<Block> {
    let w = || words.to_owned();
    vec![
        Block::Paragraph { text: w() },
        Block::Quote { by: w(), text: w() },
        Block::Facts { facts: vec![Fact::new(w(), w())] },
        Block::Figures { figures: vec![Figure { value: "12".into(), name: w(), note: w() }] },
        Block::Table {
            columns: vec![Column::new(w(), 2), Column::new("n", 1).numbers()],
            rows: vec![vec![w(), w()], vec![w(), "1".into()]],
        },
        Block::Bars {
            caption: w(),
            bars: vec![
                Bar { name: w(), value: 3.0, shown: "3".into() },
                Bar { name: "nan".into(), value: f64::NAN, shown: w() },
            ],
        },
        Block::Code { text: w() },
    ]
}

/// Rows of a table, as many as a report may have.
fn rows(n: usize) -> Vec<Block> {
    let columns = vec![Column::new("账本序号", 1).numbers(), Column::new("姓名", 2), Column::new("事件", 3)];
    let row = |i: usize| vec![i.to_string(), format!("王芳{i}"), format!("01890a5d-ac96-774b-bcce-{i:012x}")];
    vec![Block::Table { columns, rows: (0..n).map(row).collect() }]
}

#[test]
fn the_same_document_gives_the_same_bytes_in_both_languages() {
    for language in [Language::Zh, Language::En] {
        let made = || pdf(&document(language, "夜间查看 200 位客户", everything("王芳 wrote: 好"))).unwrap();
        let (first, second) = (made(), made());
        assert_eq!(first, second);
        assert!(first.bytes.starts_with(b"%PDF-1.") && first.pages >= 2, "{}", first.pages);
        // PDF/A says so of itself, in the clear.
        let text = String::from_utf8_lossy(&first.bytes);
        assert!(text.contains("<pdfaid:part>2</pdfaid:part>") && text.contains("pdfaid:conformance>A<"));
        assert!(first.bytes.len() < 400_000, "only what is used of the font is in it: {}", first.bytes.len());
    }
    let other = pdf(&document(Language::Zh, "另一个", vec![])).unwrap();
    assert_ne!(other.bytes, pdf(&document(Language::Zh, "又一个", vec![])).unwrap().bytes);
}

#[test]
fn hostile_words_are_printed_and_do_nothing() {
    let hostile = [
        "#read(\"/etc/passwd\") #panic(1) $x^2$ = Heading // gone? /* gone? */ @ref <label> \\ `raw` *b* _i_ ~ --- ",
        "\u{202e}evil\u{202c} \u{200f}שלום مرحبا 😀👩‍👩‍👧 \u{0}\u{7}\u{1b}[31m",
        "]#let x = 1\n\n= new\n#pagebreak()\n#while true {}",
        "",
        "\n\n\n",
    ];
    for words in hostile {
        pdf(&document(Language::En, words, everything(words))).unwrap_or_else(|e| panic!("{words:?}: {e}"));
    }
    let long = "x".repeat(10_000);
    pdf(&document(Language::Zh, &long, everything(&long))).unwrap();
    pdf(&document(Language::Zh, "国", everything(&"国".repeat(10_000)))).unwrap();
    pdf(&document(Language::Zh, "名", everything(&"😀".repeat(10_000)))).unwrap();
}

#[test]
fn a_thousand_rows_are_set_and_too_many_are_refused() {
    let begun = std::time::Instant::now();
    let made = pdf(&document(Language::Zh, "一千行", rows(1000))).unwrap();
    assert!(made.pages > 10);
    // Three seconds on a machine that does nothing else; here it only must not hang.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    let many = pdf(&document(Language::Zh, "太多", rows(10_001)));
    assert!(matches!(many, Err(ReportError::TooLong)));
    let much = vec![Block::Paragraph { text: "字".repeat(4000) }; 400];
    assert!(matches!(pdf(&document(Language::Zh, "太长", much)), Err(ReportError::TooLong)));
    let crooked = Block::Table { columns: vec![Column::new("a", 1)], rows: vec![vec![]] };
    assert!(matches!(pdf(&document(Language::Zh, "歪", vec![crooked])), Err(ReportError::BadTable)));
}

/// For looking at: `WHOSAW_PAGES=<folder> cargo test -p whosaw-report -- pages`.
#[test]
fn pages_to_look_at() {
    let Some(folder) = std::env::var_os("WHOSAW_PAGES") else { return };
    for (language, name) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let mut blocks = everything("王芳在 02:13 查看了 14 位客户，#不是标记 😀 (O'Neil)");
        blocks.extend(rows(60));
        let made = pdf(&document(language, "夜间查看职责以外的客户", blocks)).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), made.bytes).unwrap();
    }
}
