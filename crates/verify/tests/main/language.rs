//! The answer in Chinese, English and JSON.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::command::{Bench, run_in};
use super::published::{key, publish, story};

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn the_language_is_that_asked_for_else_that_of_the_system() {
    let mut log = publish(&story(300), &key(1));
    log.0.get_mut("tile/0/000").unwrap()[0] ^= 1;
    log.0.remove("tile/entries/001.p/44");
    let bench = Bench::new(&log);
    let answer = |args: &[&str], locale| run_in(&bench.path(""), args, locale);
    for (args, locale, chinese) in [
        (vec!["log", "log"], "zh_CN.UTF-8", true),
        (vec!["log", "log"], "C", false),
        (vec!["log", "log"], "", false),
        (vec!["log", "log", "--lang", "zh"], "C", true),
        (vec!["--lang", "en", "log", "log"], "zh_CN.UTF-8", false),
    ] {
        let answer = answer(&args, locale);
        assert_eq!(answer.code, 10, "{args:?}");
        assert_eq!(has_chinese(&answer.text), chinese, "{args:?} {locale}: {}", answer.text);
    }
    assert_eq!(answer(&["log", "log", "--lang", "fr"], "C").code, 20);
    let not_text = OsStr::from_bytes(b"\xff\xfe");
    assert_eq!(run_in(&bench.path(""), &["log", "log"], not_text).code, 10);
}

#[test]
fn programs_read_json_with_both_languages() {
    let bench = Bench::new(&publish(&story(3), &key(1)));
    let answer = bench.run_with_key(&["log", "log", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!((json["exit_code"].as_u64(), json["report"]["verdict"].as_str()), (Some(0), Some("ok")));
    assert_eq!(json["report"]["entries"], 3);
    for message in json["messages"].as_array().unwrap() {
        assert!(has_chinese(message["zh"].as_str().unwrap()) && !has_chinese(message["en"].as_str().unwrap()));
    }
}
