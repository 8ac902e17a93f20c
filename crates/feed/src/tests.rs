use super::*;

fn now() -> UnixMs {
    UnixMs::parse_rfc3339("2026-11-26T00:00:00Z").unwrap()
}

fn source(format: &str, more: &str) -> Arc<FeedSource> {
    let text = format!(r#"{{"name":"other","label":{{"zh":"甲","en":"a"}},"format":"{format}"{more}}}"#);
    Arc::new(serde_json::from_str(&text).unwrap())
}

fn csv() -> Arc<FeedSource> {
    source(
        "csv",
        r#","zone":"Asia/Shanghai","csv":{"time":"t","user":"u","action":["a","b"],"record":"r"},
            "actions":{"X:*":"view","X:NO":null},"automatic":["robot"]"#,
    )
}

fn read(source: &Arc<FeedSource>, log: &[u8]) -> Vec<Line> {
    Feed::new(log, source.clone(), now()).unwrap().map(Result::unwrap).collect()
}

fn told(lines: &[Line]) -> Vec<String> {
    let one = |l: &Line| match &l.what {
        What::Event(e) => format!("{} {} {}", l.number, e.action, e.records.join("+")),
        What::Skipped => format!("{} skipped", l.number),
        What::Rejected(r) => format!("{} {}", l.number, r.code),
    };
    lines.iter().map(one).collect()
}

fn events(lines: &[Line]) -> Vec<&ForeignEvent> {
    lines
        .iter()
        .filter_map(|l| match &l.what {
            What::Event(e) => Some(&**e),
            _ => None,
        })
        .collect()
}

#[test]
fn every_line_is_accounted_for() {
    let mut log = b"\xef\xbb\xbft,u,a,b,r\r\n2026-01-05T23:30:00-02:00,ann,X,1,7\r\n,ann,X,1,7\n\
        2026-01-05T10:00:00Z,,X,NO,7\n2026-01-05T10:00:00Z,,Y,1,7\n2026-01-05T10:00:00Z,a,X,1,\n\
        2026-01-05T10:00:00Z,a,X,1,7,8\n\n2026-01-05T10:00:00Z,\"a\nb\",X,1,7\n"
        .to_vec();
    log.extend(b"2026-01-05T10:00:00Z,\xff,X,1,7\n2026-01-05T10:00:00Z,a\0,X,1,7\n9999-12-31 00:00:00,a,X,1,7\n");
    log.extend(b"2026-01-05 10:00:00,robot,X,2,9");
    let lines = read(&csv(), &log);
    assert_eq!(
        told(&lines),
        [
            "2 view 7",
            "3 bad_time",
            "4 skipped",
            "5 unknown_action",
            "6 view ",
            "7 bad_columns",
            "9 view 7",
            "11 bad_text",
            "12 nul",
            "13 time_out_of_range",
            "14 view 9"
        ]
    );
    let found = events(&lines);
    assert_eq!((found[2].user.as_deref(), lines[6].end), (Some("a\nb"), 10));
    assert!(found[3].automatic && found[3].at.to_rfc3339() == "2026-01-05T02:00:00.000Z", "its own clock");
    let codes: Vec<&str> =
        lines.iter().filter_map(|l| if let What::Rejected(r) = &l.what { Some(&*r.code) } else { None }).collect();
    assert!(codes.iter().all(|c| CODES.contains(c)));
}

#[test]
fn a_quote_left_open_loses_its_line_and_no_other() {
    let mut log = b"t,u,a,b,r\n2026-01-05T10:00:00Z,\"ann,X,1,7\n".to_vec();
    for n in 0..3_000 {
        log.extend(format!("2026-01-05T10:00:00Z,ann,X,1,{n}\n").bytes());
    }
    let lines = read(&csv(), &log);
    assert!(matches!(&lines[0].what, What::Rejected(r) if r.code == "too_long"));
    assert_eq!((lines.len(), events(&lines).len()), (3_001, 3_000));
}

#[test]
fn a_line_without_an_end_is_bounded_and_the_next_one_is_read() {
    let mut log = b"t,u,a,b,r\n2026-01-05T10:00:00Z,".to_vec();
    log.extend(std::iter::repeat_n(b'x', 100 << 20));
    log.extend(b",X,1,7\n2026-01-05T10:00:00Z,ann,X,1,8\n");
    let lines = read(&csv(), &log);
    assert_eq!(told(&lines), ["2 too_long", "3 view 8"]);
    assert!(matches!(&lines[0].what, What::Rejected(r) if r.text.len() <= LONGEST_KEPT));
    let bounded = Feed::new(&*log, csv(), now()).unwrap().at_most(1 << 20);
    assert!(bounded.map(|l| l.unwrap_err().code()).next() == Some("feed_too_large"));
}

#[test]
fn reading_is_taken_up_behind_any_line_and_gives_the_same() {
    let log = b"t,u,a,b,r\n2026-01-05T10:00:00Z,\"a\nb\",X,1,1\n2026-01-05T10:00:00Z,\"c,X,1,2\n2026-01-05T10:00:00Z,d,X,1,3\n";
    let all = read(&csv(), log);
    for (n, line) in all.iter().enumerate() {
        let feed = Feed::new(&log[..], csv(), now()).unwrap().after(line.end);
        let rest: Vec<Line> = feed.map(Result::unwrap).collect();
        assert_eq!(rest, all[n + 1..]);
    }
}

#[test]
fn gb18030_and_gzip_are_read() {
    use std::io::Write as _;
    let text = "时间;用户;操作;动作;客户\n2026-01-05 10:00:00;王芳;X;1;海贝科技\n";
    let (bytes, _, bad) = encoding_rs::GB18030.encode(text);
    assert!(!bad);
    let of = source(
        "csv",
        r#","encoding":"gb18030","csv":{"time":"时间","user":"用户","action":["操作","动作"],"record":"客户","delimiter":";"},"actions":{"*":"view"}"#,
    );
    let mut packed = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    packed.write_all(&bytes).unwrap();
    let packed = packed.finish().unwrap();
    for input in [&bytes[..], &packed[..]] {
        let lines: Vec<Line> =
            Feed::new(Unpacked::of(input).unwrap(), of.clone(), now()).unwrap().map(Result::unwrap).collect();
        let found = events(&lines);
        assert_eq!((found[0].user.as_deref(), &*found[0].records[0]), (Some("王芳"), "海贝科技"));
    }
    let cut = Feed::new(Unpacked::of(&packed[..packed.len() - 9]).unwrap(), of, now());
    let broken = match cut {
        Err(error) => error.code(),
        Ok(feed) => feed.filter_map(Result::err).next().unwrap().code(),
    };
    assert_eq!(broken, "feed_unreadable");
}

#[test]
fn a_file_of_another_kind_is_refused_as_a_whole() {
    let code = |log: &[u8], of: &Arc<FeedSource>| Feed::new(log, of.clone(), now()).err().map(|e| e.code());
    assert_eq!(code(b"", &csv()), Some("feed_empty"));
    assert_eq!(code(b"when,who\n", &csv()), Some("feed_no_column"));
    assert_eq!(code(b"\xff\xfe\n", &csv()), Some("feed_bad_header"));
    assert_eq!(code(b"a,b\n", &source("salesforce", "")), Some("feed_no_column"));
}

#[test]
fn salesforce_s_kinds_are_found_by_the_names_of_their_columns() {
    let log = b"\"EVENT_TYPE\",\"TIMESTAMP\",\"USER_ID\",\"CLIENT_IP\",\"REPORT_ID\",\"ROW_COUNT\",\"TIMESTAMP_DERIVED\",\"USER_ID_DERIVED\",\"URI\"\n\
        \"Report\",\"20260105100000.125\",\"0055g\",\"203.0.113.9\",\"00O5g\",\"1200\",\"2026-01-05T10:00:00.125Z\",\"0055gAAA\",\"/00O\"\n\
        \"EVENT_TYPE\",\"TIMESTAMP\",\"USER_ID\",\"CLIENT_IP\",\"REPORT_ID\",\"ROW_COUNT\",\"TIMESTAMP_DERIVED\",\"USER_ID_DERIVED\",\"URI\"\n\
        \"ReportExport\",\"20260105100100.000\",\"0055g\",\"Salesforce.com IP\",\"\",\"\",\"\",\"\",\"/00O?export=1&note=\"\"x\"\",y\"\n\
        \"ApexExecution\",\"20260105100100.000\",\"0055g\",\"\",\"\",\"\",\"\",\"\",\"\"\n\
        \"Report\",\"20260105100000.125\",\"0055g\",\"\",\"\",\"many\",\"\",\"\",\"\"\n";
    let lines = read(&source("salesforce", ""), log);
    assert_eq!(told(&lines), ["2 list 00O5g", "3 skipped", "4 export ", "5 skipped", "6 bad_number"]);
    let found = events(&lines);
    assert_eq!(
        (found[0].rows, found[0].user.as_deref(), found[0].address.as_deref()),
        (1_200, Some("0055gAAA"), Some("203.0.113.9"))
    );
    assert_eq!((found[1].address.as_deref(), found[1].at.to_rfc3339()), (None, "2026-01-05T10:01:00.000Z".to_owned()));
}

const RETRIEVE: &str = r#"{"Id":"a1","CreationTime":"2026-01-05T10:00:00","RecordType":21,"Operation":"CrmDefaultActivity","UserId":"wang@contoso.com",
    "ClientIP":"203.0.113.9:51344","EntityName":"account","EntityId":"00000000-0000-0000-0000-000000000000","Message":"RetrieveMultiple",
    "QueryResults":"r1,r2 , r3","Fields":[{"Name":"telephone1"},{"Name":"emailaddress1"}]}"#;

#[test]
fn dataverse_says_which_records_came_back() {
    let one = RETRIEVE.replace('\n', " ");
    let file = r#"{"Id":"a2","CreationTime":"2026-01-05T10:00:01Z","Operation":"FileDownloaded","UserId":"li@contoso.com","ObjectId":"https://x/y.xlsx","ClientIP":"[2001:db8::1]:443"}"#;
    let saved = serde_json::json!({ "RecordId": "s", "AuditData": one }).to_string();
    for log in [format!("{one}\n{file}\n{saved}\n"), format!(" [\n{one},\n{file} ,{saved}]\n")] {
        let lines = read(&source("microsoft365", ""), log.as_bytes());
        assert_eq!(told(&lines), ["1 list r1+r2+r3", "2 export https://x/y.xlsx", "3 list r1+r2+r3"]);
        let found = events(&lines);
        assert_eq!(found[0].fields, ["telephone1", "emailaddress1"]);
        assert_eq!(
            (found[0].address.as_deref(), found[1].address.as_deref()),
            (Some("203.0.113.9"), Some("2001:db8::1"))
        );
        assert_eq!(found[0].at.to_rfc3339(), "2026-01-05T10:00:00.000Z");
        assert_eq!(lines[0].identity, lines[2].identity, "the same event, saved otherwise");
    }
}

#[test]
fn hostile_json_is_rejected_by_itself() {
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let log = [
        r#"{"class_uid":6001,"activity_id":2,"time":1767607200000,"class_uid":6003}"#.to_owned(),
        format!(r#"{{"class_uid":6001,"a":{deep}}}"#),
        r#"{"class_uid":6001,"#.to_owned(),
        "\"text\"".to_owned(),
        format!(r#"{{"class_uid":6001,"activity_id":2,"time":1767607200000,"actor":{{"user":{{"name":"{}"}}}}}}"#, "x".repeat(300)),
        r#"{"class_uid":6001,"activity_id":7,"time":1767607200000,"status_id":2,"actor":{"user":{"email_addr":"a@b.c"}},"web_resources":[{"uid":"7","type":"customer"}],"src_endpoint":{"ip":"192.0.2.1"},"metadata":{"uid":"u-1"}}"#.to_owned(),
        r#"{"class_uid":4001,"activity_id":1,"time":1767607200000}"#.to_owned(),
    ];
    let lines = read(&source("ocsf", ""), log.join("\n").as_bytes());
    assert_eq!(
        told(&lines),
        ["1 duplicate_key", "2 bad_json", "3 bad_json", "4 bad_json", "5 value_too_long", "6 export 7", "7 skipped"]
    );
    assert_eq!(events(&lines)[0].decision, Decision::Refused);
    let array = format!("[{}]", [&log[0], &log[1], &log[5]].map(String::as_str).join(","));
    let lines = read(&source("ocsf", ""), array.as_bytes());
    assert_eq!(told(&lines), ["1 duplicate_key", "2 bad_json", "3 export 7"]);
    // An element without an end.
    let endless = format!("[{},{{\"a\":\"{}", log[5], "x".repeat(3 << 20));
    assert_eq!(told(&read(&source("ocsf", ""), endless.as_bytes())), ["1 export 7", "2 too_long"]);
}

fn postgres(message: &str, context: &str) -> String {
    let quoted = |t: &str| if t.is_empty() { String::new() } else { format!("\"{}\"", t.replace('"', "\"\"")) };
    format!(
        "2026-01-05 10:00:00.123 CST,\"crm\",\"sales\",42,\"192.0.2.7:5000\",695b1.2a,9,\"SELECT\",2026-01-05 09:00:00 CST,3/1,0,LOG,00000,{},,,,,{},,,,\"psql\",\"client backend\",,0\n",
        quoted(message),
        quoted(context)
    )
}

#[test]
fn pgaudit_says_the_table_and_not_the_statement() {
    let read_one = "AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.customer,\"select *\n from customer where name = 'Haibei, Ltd'\",<none>";
    let copy = "AUDIT: SESSION,2,1,READ,COPY,TABLE,public.customer,copy customer to stdout,<none>,4000";
    let log = [
        postgres(read_one, ""),
        postgres("connection authorized", ""),
        postgres(copy, ""),
        postgres(read_one, "PL/pgSQL function f()"),
        postgres("AUDIT: SESSION,1", ""),
        "a,b\n".to_owned(),
    ]
    .concat();
    let of = source("pgaudit", r#","zone":"Asia/Shanghai""#);
    let lines = read(&of, log.as_bytes());
    assert_eq!(told(&lines), ["1 list ", "3 skipped", "4 export ", "5 untrusted", "7 bad_columns", "8 bad_columns"]);
    let found = events(&lines);
    assert_eq!((found[0].object.as_deref(), found[1].rows), (Some("public.customer"), 4_000));
    assert_eq!(found[0].at.to_rfc3339(), "2026-01-05T02:00:00.123Z");
    assert!(!serde_json::to_string(&found).unwrap().contains("Haibei"), "a statement may hold a customer's values");
    assert!(lines[0].identity != lines[2].identity && lines[0].identity.starts_with(b"id\0"));
}

proptest::proptest! {
    #[test]
    fn whatever_comes_is_read_to_its_end(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400), format in 0..5_usize) {
        let of = match format {
            0 => csv(),
            n => source(["salesforce", "microsoft365", "pgaudit", "ocsf"][n - 1], ""),
        };
        if let Ok(feed) = Feed::new(&bytes[..], of, now()) {
            let lines: Vec<Line> = feed.map(Result::unwrap).collect();
            proptest::prop_assert!(lines.windows(2).all(|w| w[0].end < w[1].number));
        }
    }
}
