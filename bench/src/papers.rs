//! Documents: a table of 1,000 rows in Chinese as PDF, and one of 100,000 as a workbook.

use std::time::Instant;

use report::{Block, Column, Document, Head, Language, Section};

use crate::Sizes;
use crate::figure::{Figure, Target};
use crate::sample::Samples;

fn document(rows: usize) -> Document {
    let columns = vec![
        Column::new("人员", 20),
        Column::new("部门", 20),
        Column::new("事件编号", 40),
        Column::new("事件", 10).numbers(),
        Column::new("记录", 10).numbers(),
    ];
    let row = |n: usize| {
        vec![
            format!("王芳{n}"),
            format!("华东销售{}部", n % 40),
            format!("01890a5d-ac96-774b-bcce-{n:012x}"),
            (n * 7).to_string(),
            (n * 31).to_string(),
        ]
    };
    let block = Block::Table { columns, rows: (0..rows).map(row).collect() };
    Document {
        language: Language::Zh,
        kind: "安全管理员审计报告".into(),
        title: "2026-11".into(),
        notice: "内部文件".into(),
        facts: vec![],
        sections: vec![Section { title: "按人员".into(), blocks: vec![block] }],
        signatures: vec![],
        head: Head { origin: "bench.example/log".into(), size: 1, root: "ab".repeat(32) },
        made_at: (2026, 11, 26, 8, 0, 0),
        made: "2026-11-26 08:00:00".into(),
    }
}

pub fn measure(sizes: &Sizes) -> anyhow::Result<Vec<Figure>> {
    let (rows, many) = (1000, if sizes.is_quick() { 10_000 } else { 100_000 });
    let (mut pdf, mut xlsx, mut bare) = (Samples::default(), Samples::default(), Samples::default());
    let (paper, book) = (document(rows), document(many));
    let (mut pages, mut bytes) = (0, 0);
    for _ in 0..sizes.rounds {
        let began = Instant::now();
        pages = report::pdf(&paper)?.pages;
        pdf.push(began.elapsed().as_secs_f64());
        let began = Instant::now();
        bytes = report::workbook(&book)?.len();
        xlsx.push(began.elapsed().as_secs_f64());
        let began = Instant::now();
        std::hint::black_box(report::table(&book).len());
        bare.push(began.elapsed().as_secs_f64());
    }
    Ok(vec![
        Figure::new("a PDF of 1,000 rows in Chinese", pdf.median(), "s")
            .target(Target::AtMost(3.0))
            .note(format!("{pages} pages; the first also unpacks the font")),
        Figure::new("a workbook of many rows", xlsx.median(), "s")
            .against("the same as CSV", bare.median())
            .target(Target::AtMost(10.0))
            .note(format!("{many} rows, {bytes} bytes")),
    ])
}
