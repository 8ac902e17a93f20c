//! The same rows in every encoding and format; and files that are broken, each with a reason and nothing half done.

use std::io::Write;

use encoding_rs::GB18030;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use super::import::{CUSTOMERS, HEADING, counts};
use super::support::Instance;

const ROWS: [[&str; 5]; 4] = [
    ["1", "甲公司", "13800138000", "重点", "1200.5"],
    ["2", "云南联通", "", "普通", ""],
    ["3", "“丙”,公司", "+86 138-0013-8001", "", "7"],
    ["4", "丁\u{20000}公司", "", "特级", ""],
];

fn csv() -> String {
    let mut text = HEADING.to_owned();
    for row in ROWS {
        let cells: Vec<String> = row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn xlsx(name: &str, i: &Instance) -> String {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(HEADING.trim().split(',')) {
        sheet.write(0, column, heading).unwrap();
    }
    for (n, row) in (1..).zip(ROWS) {
        for (column, text) in (0..).zip(row) {
            match text.parse::<f64>() {
                // As people type them: short numbers as numbers, a phone number as text.
                Ok(number) if text.len() < 8 => sheet.write(n, column, number).unwrap(),
                _ if text.is_empty() => sheet,
                _ => sheet.write(n, column, text).unwrap(),
            };
        }
    }
    book.save(i.beside(name)).unwrap();
    name.to_owned()
}

#[test]
fn the_same_rows_are_the_same_in_every_encoding_and_format() {
    let i = Instance::init();
    let plain = i.write("plain.csv", csv());
    assert_eq!(counts(&i.import(CUSTOMERS, &plain, &["--errors", "first.csv"]).is(3)), [3, 0, 0, 1]);
    let text = csv();
    let (gb, _, lossy) = GB18030.encode(&text);
    assert!(!lossy);
    let variants = [
        i.write("mark.csv", format!("\u{feff}{}", csv())),
        i.write("gb18030.csv", &gb),
        i.write("crlf.csv", csv().replace('\n', "\r\n")),
        i.write(
            "tab.txt",
            csv().replace("\",\"", "\"\t\"").replace("编号,名称,电话,级别,收入", "编号\t名称\t电话\t级别\t收入"),
        ),
        i.write(
            "semicolon.csv",
            csv().replace("\",\"", "\";\"").replace("编号,名称,电话,级别,收入", "编号;名称;电话;级别;收入"),
        ),
        i.write("blank-lines.csv", csv().replace("\n\"3\"", "\n\n,,,,\n\"3\"")),
        xlsx("sheet.xlsx", &i),
        xlsx("named-otherwise.csv", &i),
    ];
    for file in variants {
        let said = i.import(CUSTOMERS, &file, &["--errors", "wrong.csv"]).is(3);
        assert_eq!(counts(&said), [0, 0, 3, 1], "{file}");
        assert_eq!(i.errors("wrong.csv")[0][1..], i.errors("first.csv")[0][1..], "{file}");
    }
    let told = format!("encoding = \"gb18030\"\n{CUSTOMERS}");
    assert_eq!(counts(&i.import(&told, "gb18030.csv", &[])), [0, 0, 3, 1]);
    let told = format!("encoding = \"utf-8\"\n{CUSTOMERS}");
    let said = i.import(&told, "gb18030.csv", &[]).is(1);
    assert!(said.out.contains("heading of column 1 is not UTF-8"), "{}", said.out);
}

const DATED: &str = "source = \"s\"\nobject = \"customer\"\nkey = [\"k\"]\n[columns]\nk = \"external_id\"\nname = \"name\"\n\
                     id = \"id_number\"\nnote = \"notes\"\n";

#[test]
fn a_sheet_that_lost_digits_or_holds_an_error_rejects_the_cell_and_dates_are_dates() {
    let i = Instance::init();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["k", "name", "id", "note"]) {
        sheet.write(0, column, heading).unwrap();
    }
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(1, 0, 1).unwrap().write(1, 1, "甲").unwrap().write(1, 2, 110_105_194_912_310_038_f64).unwrap();
    sheet.write(2, 0, 2).unwrap().write(2, 1, "乙").unwrap();
    sheet.write_formula(2, 3, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let day = ExcelDateTime::from_ymd(2026, 11, 23).unwrap();
    sheet.write(3, 0, 3).unwrap().write(3, 1, "丙").unwrap().write_with_format(3, 3, &day, &date).unwrap();
    sheet.write(5, 0, 5).unwrap().write(5, 9, "右边").unwrap();
    book.save(i.beside("s.xlsx")).unwrap();
    let said = i.import(DATED, "s.xlsx", &["--errors", "wrong.csv"]).is(3);
    let wrong = i.errors("wrong.csv");
    let short: Vec<_> = wrong.iter().map(|w| [&*w[0], &*w[1], &*w[3]]).collect();
    assert!(short.contains(&["1", "id", "sheet_number"]), "{short:?}");
    assert!(short.contains(&["5", "", "too_many_cells"]), "a row's number is its place in the sheet: {short:?}");
    assert_eq!(said.json()["rows"], 4);
    let again = i.write("s.csv", "k,name,id,note\n3,丙,,2026-11-23\n");
    assert_eq!(counts(&i.import(DATED, &again, &[]).is(0)), [0, 0, 1, 0]);
}

#[test]
fn a_broken_cell_rejects_its_row_and_names_its_column() {
    let i = Instance::init();
    let mut bytes = csv().into_bytes();
    bytes.extend(b"5,\xe7\x94,,,\n");
    bytes.extend(format!("6,{},,,\n", "长".repeat(400_000)).as_bytes());
    bytes.extend("7,\"两\n行\",,,\n".as_bytes());
    bytes.extend("8,庚公司\n".as_bytes());
    let file = i.write("a.csv", bytes);
    let said = i.import(CUSTOMERS, &file, &["--errors", "wrong.csv"]).is(3);
    assert_eq!(counts(&said), [4, 0, 0, 4]);
    let wrong = i.errors("wrong.csv");
    let short: Vec<_> = wrong.iter().map(|w| [&*w[0], &*w[1], &*w[3]]).collect();
    for want in [["5", "名称", "encoding"], ["6", "名称", "invalid_value"], ["7", "名称", "invalid_value"]] {
        assert!(short.contains(&want), "{want:?} in {short:?}");
    }
    assert!(std::fs::metadata(i.beside("wrong.csv")).unwrap().len() < 10_000, "a long value is not written out");
}

fn zip(i: &Instance, name: &str, parts: &[(&str, &[u8])]) -> String {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(i.beside(name)).unwrap());
    for (part, bytes) in parts {
        zip.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    name.to_owned()
}

#[test]
fn a_broken_file_is_told_in_both_languages() {
    let i = Instance::init();
    let whole = std::fs::read(i.beside(&xlsx("whole.xlsx", &i))).unwrap();
    let mut bent = whole.clone();
    let middle = bent.len() / 3;
    bent[middle..middle + 40].fill(0x55);
    let bomb = vec![b' '; 300 << 20];
    let cases = [
        (i.write("half.xlsx", &whole[..whole.len() / 2]), "已损坏或不是 XLSX 文件", "is damaged, or not an XLSX file"),
        (i.write("bent.xlsx", bent), "XLSX", "XLSX"),
        (i.write("text.xlsx", csv()), "不是 XLSX 文件", "is not an XLSX file"),
        (
            zip(&i, "bomb.xlsx", &[("xl/sharedStrings.xml", &bomb)]),
            "解压后大得不像工作表",
            "unpacks to more than a sheet can need",
        ),
        (zip(&i, "other.xlsx", &[("readme.txt", b"hello")]), "XLSX 文件无法读取", "the XLSX file cannot be read"),
        (i.write("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "另存为 XLSX", "save it as XLSX"),
        (i.write("binary.csv", b"\x7fELF\x02\x01\x01\0\0\0"), "不是文本文件", "is not a text file: byte 8 is zero"),
        (i.write("utf16.csv", b"\xff\xfe1\x002\x00"), "UTF-16", "is UTF-16; save it as UTF-8"),
        (i.write("empty.csv", b""), "没有表头行", "has no heading row"),
        (i.write("twice.csv", "编号,编号\n"), "有两列都叫 `编号`", "two columns are called `编号`"),
        (i.write("nameless.csv", "编号,,名称\n"), "第 2 列没有表头", "column 2 has no heading"),
        (
            i.write("quote.csv", format!("{HEADING}1,\"{}", "x,\n".repeat(4 << 20))),
            "引号（\"）没有配对",
            "row 1 is longer than 8 MiB",
        ),
        ("nowhere.csv".to_owned(), "无法读取文件", "the file `nowhere.csv` cannot be read"),
        (".".to_owned(), "无法读取文件", "the file `.` cannot be read"),
    ];
    std::fs::write(i.beside("m.toml"), CUSTOMERS).unwrap();
    for (file, zh, en) in cases {
        let say = |lang| i.say(lang, &["import", "--object", "customer", "--mapping", "m.toml", &file]).is(1).err;
        let (in_zh, in_en) = (say("zh"), say("en"));
        assert!(in_zh.starts_with("错误：") && in_zh.contains(zh), "{file}: {in_zh}");
        assert!(in_en.starts_with("error: ") && in_en.contains(en), "{file}: {in_en}");
    }
    assert!(i.run(&["doctor"]).is(0).out.contains("customers {}"), "nothing was imported");
}

#[test]
fn two_cells_far_apart_do_not_make_a_sheet_of_the_space_between() {
    let i = Instance::init();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["k", "name", "id", "note"]) {
        sheet.write(0, column, heading).unwrap();
    }
    sheet.write(1, 0, "1").unwrap().write(1, 1, "甲").unwrap();
    sheet.write(1_048_575, 0, "2").unwrap().write(1_048_575, 1, "乙").unwrap();
    sheet.write(1_048_575, 16_383, "x").unwrap();
    book.save(i.beside("far.xlsx")).unwrap();
    let said = i.import(DATED, "far.xlsx", &["--errors", "wrong.csv"]).is(3);
    assert_eq!(counts(&said), [1, 0, 0, 1]);
    assert_eq!(i.errors("wrong.csv")[0][0], "1048575");
}
