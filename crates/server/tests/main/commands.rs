//! Every command: help, JSON, both languages, errors that say what to do.

use super::support::{Instance, run_in};

const COMMANDS: [&[&str]; 22] = [
    &["init"],
    &["serve"],
    &["demo"],
    &["import"],
    &["backup"],
    &["restore"],
    &["doctor"],
    &["key", "list"],
    &["key", "rotate"],
    &["user", "list"],
    &["user", "add"],
    &["user", "disable"],
    &["user", "reset-password"],
    &["role", "list"],
    &["role", "assign"],
    &["role", "remove"],
    &["token", "create"],
    &["token", "revoke"],
    &["ledger", "publish"],
    &["ledger", "key"],
    &["config", "check"],
    &["completions"],
];

#[test]
fn every_command_explains_itself_and_has_json() {
    let dir = tempfile::tempdir().unwrap();
    for command in COMMANDS {
        let said = run_in(dir.path(), &[command, &["--help"]].concat()).is(0);
        assert!(said.out.contains("--json"), "{command:?}");
        let first = said.out.lines().next().unwrap();
        assert!(first.len() > 10 && !first.starts_with("Usage"), "{command:?} does not say what it is for: {first}");
    }
}

#[test]
fn completion_scripts_are_made_for_every_shell() {
    let dir = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(run_in(dir.path(), &["completions", shell]).is(0).out.contains("doctor"), "{shell}");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_a_failure_with_1_and_a_reason() {
    let dir = tempfile::tempdir().unwrap();
    run_in(dir.path(), &["serv"]).is(2);
    run_in(dir.path(), &["init", "--no-such-option"]).is(2);
    let said = run_in(dir.path(), &["--lang", "en", "doctor", "--data", "nowhere"]).is(3);
    assert!(said.out.contains("whosaw init --data nowhere"), "{}", said.out);
    let said = run_in(dir.path(), &["--lang", "en", "serve", "--data", "nowhere"]).is(1);
    assert!(said.err.starts_with("error: `nowhere/whosaw.toml` cannot be read"), "{}", said.err);
    let said = run_in(dir.path(), &["--lang", "zh", "serve", "--data", "nowhere"]).is(1);
    assert!(said.err.starts_with("错误："), "{}", said.err);
    let said = run_in(dir.path(), &["--json", "serve", "--data", "nowhere"]).is(1);
    assert!(said.json()["error"].as_str().unwrap().contains("nowhere"));
}

#[test]
fn an_instance_is_made_in_an_empty_folder_only_and_is_its_owners() {
    use std::os::unix::fs::PermissionsExt;
    let i = Instance::init();
    let again = i.run(&["init"]).is(1).json();
    assert!(again["error"].as_str().unwrap().contains("is an instance already"), "{again}");
    std::fs::write(i.beside("letter.txt"), "dear").unwrap();
    let beside = run_in(i.path().parent().unwrap(), &["--json", "init", "--data", "."]).is(1).json();
    assert!(beside["error"].as_str().unwrap().contains("is not empty"), "{beside}");
    for name in ["", "keys", "keys/whosaw.key", "keys/ledger.key", "whosaw.toml", "whosaw.db"] {
        let mode = i.path().join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others may read `{name}`");
    }
}

#[test]
fn doctor_finds_a_new_instance_in_order_and_says_so_in_both_languages() {
    let i = Instance::init();
    let said = i.run(&["doctor"]).is(0).json();
    let names: Vec<_> = said["checks"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
    let wanted = [
        "config",
        "keys",
        "permissions",
        "disk",
        "database",
        "file",
        "ledger head",
        "ledger tree",
        "published",
        "events",
        "tables",
        "data keys",
    ];
    assert_eq!(names, wanted);
    assert!(i.say("zh", &["doctor"]).is(0).out.contains("配置正确"));
    assert!(i.say("en", &["doctor"]).is(0).out.contains("the configuration is right"));
}

#[test]
fn a_wrong_configuration_is_refused_by_name() {
    let i = Instance::init();
    let file = i.path().join("whosaw.toml");
    let good = std::fs::read_to_string(&file).unwrap();
    for (line, said) in [
        ("lisen = \"127.0.0.1:1\"", "lisen"),
        ("node = \"one\"", "node"),
        ("insecure_http = \"yes\"", "insecure_http must be exactly"),
    ] {
        let key = line.split(' ').next().unwrap();
        let rest: String = good.lines().filter(|l| !l.starts_with(key)).map(|l| format!("{l}\n")).collect();
        std::fs::write(&file, format!("{line}\n{rest}")).unwrap();
        let error = i.run(&["config", "check"]).is(1).json()["error"].as_str().unwrap().to_owned();
        assert!(error.contains(said), "{error}");
    }
    std::fs::write(&file, good.replace("127.0.0.1:8700", "0.0.0.0:8700")).unwrap();
    let error = i.run(&["serve"]).is(1).json()["error"].as_str().unwrap().to_owned();
    assert!(error.contains("would send customer data in the clear"), "{error}");
    std::fs::write(&file, good).unwrap();
    i.run(&["config", "check"]).is(0);
}

#[test]
fn doctor_finds_what_was_altered_in_the_database() {
    let i = Instance::init();
    let db = rusqlite::Connection::open(i.path().join("whosaw.db")).unwrap();
    let changed = db.execute("UPDATE event SET actor = randomblob(16) WHERE seq = 1", []).unwrap();
    assert_eq!(changed, 1);
    drop(db);
    let said = i.run(&["doctor"]).is(3).json();
    let events = said["checks"].as_array().unwrap().iter().find(|c| c["name"] == "events").unwrap().clone();
    assert_eq!(events["ok"], false, "{events}");
    assert!(events["en"].as_str().unwrap().contains("1 events were altered, first [(1, [Columns])]"), "{events}");
}
