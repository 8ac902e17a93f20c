//! `whosaw import`: a real company's files, dry runs, reruns, and the file that says what was wrong.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::support::{Instance, Said};

/// A folder beside or above the repository that holds the real files, if there is one.
fn real_files() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    #[allow(clippy::disallowed_methods, reason = "where the real files are is the machine's matter")]
    let told = std::env::var_os("WHOSAW_SHARED").map(PathBuf::from);
    let dir = told.unwrap_or(beside).join("data/maven-crm");
    let found = dir.join("accounts.csv").is_file().then_some(dir);
    if found.is_none() {
        #[allow(clippy::print_stderr, reason = "a test that was not made says so")]
        {
            eprintln!(
                "skipped: no maven-crm beside the repository; WHOSAW_SHARED names the folder that has data/maven-crm"
            );
        }
    }
    found
}

fn example(name: &str) -> String {
    format!("{}/../../examples/maven-crm/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

/// Created, changed, unchanged, rejected.
pub fn counts(said: &Said) -> [u64; 4] {
    let told = said.json();
    let all =
        ["created", "changed", "unchanged", "rejected"].map(|n| told[n].as_u64().unwrap_or_else(|| panic!("{told}")));
    if told["departments_created"].is_null() {
        assert_eq!(told["rows"].as_u64().unwrap(), all.iter().sum::<u64>(), "every row is accounted for: {told}");
    }
    all
}

impl Instance {
    /// Writes a file beside the instance and imports it.
    pub fn import(&self, mapping: &str, file: &str, more: &[&str]) -> Said {
        let mapping_file = self.beside("mapping.toml");
        std::fs::write(&mapping_file, mapping).unwrap();
        let object: toml::Table = toml::from_str(mapping).unwrap();
        let object = object["object"].as_str().unwrap().to_owned();
        let args = ["import", "--object", &object, "--mapping", "mapping.toml", file];
        self.run(&[&args, more].concat())
    }
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.beside(name), bytes).unwrap();
        name.to_owned()
    }
    /// The error file's lines, split into cells, without the heading.
    pub fn errors(&self, name: &str) -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(self.beside(name)).unwrap();
        let text = text.strip_prefix('\u{feff}').expect("a spreadsheet knows it for UTF-8");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["row", "column", "value", "code", "原因", "reason"]);
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    }
    fn entries(&self) -> u64 {
        let checkpoint = std::fs::read_to_string(self.path().join("ledger/checkpoint")).unwrap();
        checkpoint.lines().nth(1).unwrap().parse().unwrap()
    }
}

#[test]
fn a_real_company_moves_in_and_a_second_time_nothing_changes() {
    let Some(dir) = real_files() else { return };
    let i = Instance::init();
    let import = |object: &str, mapping: &str, file: &str, more: &[&str]| {
        let (mapping, file) = (example(mapping), dir.join(file).display().to_string());
        i.run(&[&["import", "--object", object, "--mapping", &mapping, &file], more].concat())
    };
    let people = |more: &[&str]| import("user", "users", "sales_teams.csv", more).is(0);
    let customers = |more: &[&str]| import("customer", "customers", "accounts.csv", more).is(0);
    let pipeline = |more: &[&str]| import("opportunity", "opportunities", "sales_pipeline.csv", more).is(3);

    let dry = people(&["--dry-run"]);
    assert_eq!((counts(&dry), &dry.json()["departments_created"]), ([41, 0, 0, 0], &json!(3)));
    assert_eq!(counts(&customers(&["--dry-run"])), [85, 0, 0, 0]);
    let users = || i.run(&["user", "list"]).is(0).json()["users"].as_array().unwrap().clone();
    assert!(users().iter().all(|u| u["login"] != "moses.frase"), "a dry run makes nobody");

    let made = people(&[]);
    assert_eq!((counts(&made), &made.json()["departments_created"]), ([41, 0, 0, 0], &json!(3)));
    let all = users();
    let with = |role: &str| all.iter().filter(|u| u["roles"] == json!([role])).count();
    assert_eq!((with("sales_rep"), with("sales_manager")), (35, 6));
    let find = |login: &str| all.iter().find(|u| u["login"] == login).unwrap_or_else(|| panic!("no {login}")).clone();
    let (moses, dustin) = (find("moses.frase"), find("dustin.brinkmann"));
    assert_eq!((&moses["manager"], &moses["department"]), (&dustin["id"], &dustin["department"]));
    assert_eq!(dustin["manager"], Value::Null);

    assert_eq!(counts(&customers(&[])), [85, 0, 0, 0]);
    assert_eq!(counts(&pipeline(&["--dry-run"])), [7375, 0, 0, 1425]);
    assert_eq!(counts(&pipeline(&["--errors", "wrong.csv"])), [7375, 0, 0, 1425]);
    let wrong = i.errors("wrong.csv");
    assert_eq!(wrong.len(), 1425);
    assert!(wrong.iter().all(|w| (&*w[1], &*w[3]) == ("account", "no_such_customer")), "{:?}", wrong[0]);
    assert_eq!(wrong[0][0], "10", "the tenth row is the first without an account");

    assert_eq!(counts(&people(&[])), [0, 0, 41, 0]);
    assert_eq!(counts(&customers(&[])), [0, 0, 85, 0]);
    assert_eq!(counts(&pipeline(&[])), [0, 0, 7375, 1425]);
    i.run(&["doctor"]).is(0);

    // What the map made of the file's own words.
    let first = i.run(&["user", "reset-password", "dustin.brinkmann"]).is(0).json();
    let server = i.serve();
    let mut dustin = server.sign_in("dustin.brinkmann", first["password"].as_str().unwrap());
    let change = json!({ "old_password": first["password"], "password": "seven quiet lanterns 9" });
    let changed = dustin.send("PUT", "/api/v1/me/password", Some(&change), &[]);
    assert!(changed.status < 300, "{}", changed.text());
    let mut dustin = server.sign_in("dustin.brinkmann", "seven quiet lanterns 9");
    let page = dustin.get("/api/v1/records/opportunity?limit=100").is(200).json();
    let deals = page["items"].as_array().unwrap();
    assert!(!deals.is_empty());
    for deal in deals {
        assert_ne!(deal["fields"]["product"], "GTXPro");
        assert!(["won", "lost", "engaging", "prospecting"].contains(&deal["fields"]["stage"].as_str().unwrap()));
        let day = deal["fields"]["engaged_on"].as_str().unwrap_or("2016-");
        assert!(day.starts_with("2016-") || day.starts_with("2017-"), "{day}");
    }
}

pub const CUSTOMERS: &str = r#"
source = "erp"
object = "customer"
key = ["编号"]
[columns]
"编号" = "external_id"
"名称" = "name"
"电话" = "phone"
"级别" = { field = "level", map = { "重点" = "A", "普通" = "B" } }
"收入" = { field = "revenue", drop = ",¥" }
"#;

pub const HEADING: &str = "编号,名称,电话,级别,收入\n";

#[test]
fn a_dry_run_says_the_same_and_writes_nothing_but_its_record() {
    let i = Instance::init();
    let rows = "1,甲公司,13800138000,重点,\"¥1,200.50\"\n2,乙公司,,,\n3,,13800138001,,\n4,丁公司,13800138003,特级,\n";
    let file = i.write("a.csv", format!("{HEADING}{rows}"));
    let dry = i.import(CUSTOMERS, &file, &["--dry-run", "--errors", "dry.csv"]).is(3);
    assert_eq!(counts(&dry), [2, 0, 0, 2]);
    let doctor = i.run(&["doctor"]).is(0);
    assert!(doctor.out.contains("customers {}"), "no customer's key was made: {}", doctor.out);
    let real = i.import(CUSTOMERS, &file, &["--errors", "real.csv"]).is(3);
    assert_eq!(counts(&real), counts(&dry));
    assert_eq!(i.errors("dry.csv"), i.errors("real.csv"));

    let before = i.entries();
    assert_eq!(counts(&i.import(CUSTOMERS, &file, &[])), [0, 0, 2, 2]);
    assert_eq!(i.entries() - before, 3, "start, one chunk, stop");
    let changed = rows.replace("乙公司,,,", "乙公司,,普通,");
    let file = i.write("b.csv", format!("{HEADING}{changed}"));
    assert_eq!(counts(&i.import(CUSTOMERS, &file, &["--dry-run"])), [0, 1, 1, 2]);
    assert_eq!(counts(&i.import(CUSTOMERS, &file, &[])), [0, 1, 1, 2]);
    assert_eq!(counts(&i.import(CUSTOMERS, &file, &[])), [0, 0, 2, 2]);
}

#[test]
fn the_error_file_names_row_column_value_and_reason_and_no_personal_value() {
    let i = Instance::init();
    let rows = "1,甲公司,13800138000,特级,\n2,乙公司,打不通的电话138001380011234567890123456789012345,,=1+1\n\
                3,,13800138001,,\n1,丙公司,,,\n,丁公司,,,\n6,戊公司,,,,,多了一格\n";
    let file = i.write("a.csv", format!("{HEADING}{rows}"));
    assert_eq!(counts(&i.import(CUSTOMERS, &file, &["--errors", "wrong.csv"]).is(3)), [1, 0, 0, 5]);
    let wrong = i.errors("wrong.csv");
    let short: Vec<[&str; 4]> = wrong.iter().map(|w| [&*w[0], &*w[1], &*w[2], &*w[3]]).collect();
    assert_eq!(
        short,
        [
            ["1", "级别", "特级", "invalid_value"],
            ["2", "收入", "'=1+1", "invalid_value"],
            ["2", "电话", "138****2345", "invalid_value"],
            ["5", "编号", "", "required"],
            ["6", "", "", "too_many_cells"],
            ["3", "名称", "", "required"],
        ]
    );
    assert!(wrong.iter().all(|w| !w[4].is_empty() && !w[5].is_empty()));
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(i.beside("wrong.csv")).unwrap().permissions().mode() & 0o777, 0o600);

    // The row that was rejected before has not used up its key; a second one with it has.
    let file = i.write("b.csv", format!("{HEADING}9,甲,,,\n9,乙,,,\n"));
    assert_eq!(counts(&i.import(CUSTOMERS, &file, &["--errors", "wrong.csv"]).is(3)), [1, 0, 0, 1]);
    assert_eq!(i.errors("wrong.csv")[0][1..4], ["编号", "9", "duplicate"]);

    let said = i.import(CUSTOMERS, &file, &["--errors", &file]).is(1);
    assert!(said.json()["error"].as_str().unwrap().contains("will not be overwritten"), "{}", said.out);
    assert!(std::fs::read_to_string(i.beside("b.csv")).unwrap().starts_with(HEADING));
}

#[test]
fn a_unique_value_rejects_its_row_alone_however_far_apart_the_two_are() {
    let i = Instance::demo(20);
    let server = i.serve();
    let field = json!({ "name": "code", "label": { "zh": "编码", "en": "Code" }, "type": { "kind": "text", "max": 40 },
                        "unique": true, "class": "internal" });
    let mut admin = server.sign_in("admin", &i.passwords[0]);
    let made = admin.post("/api/v1/admin/objects/customer/fields", field);
    assert!(made.status < 300, "{}", made.text());
    server.end();
    let mapping = "source = \"erp\"\nobject = \"customer\"\nkey = [\"k\"]\n[columns]\nk = \"external_id\"\n\
                   name = \"name\"\ncode = \"code\"\n";
    let mut rows = String::from("k,name,code\n");
    for n in 0..1200 {
        // Two clashes: within a chunk, and with a chunk before.
        let code = match n {
            7 => 3,
            1100 => 4,
            n => n,
        };
        rows.push_str(&format!("{n},客户{n},{code}\n"));
    }
    let file = i.write("a.csv", rows);
    assert_eq!(counts(&i.import(mapping, &file, &["--errors", "wrong.csv"]).is(3)), [1198, 0, 0, 2]);
    let wrong = i.errors("wrong.csv");
    assert_eq!([&wrong[0][..4], &wrong[1][..4]], [["8", "code", "3", "duplicate"], ["1101", "code", "4", "duplicate"]]);
    assert_eq!(counts(&i.import(mapping, &file, &[]).is(3)), [0, 0, 1198, 2]);
}

#[test]
fn people_find_their_managers_departments_and_logins_and_keep_what_was_decided_since() {
    let i = Instance::init();
    let mapping = "source = \"hr\"\nobject = \"user\"\n[people]\nname = \"姓名\"\nlogin = \"账号\"\nmanager = \"上级\"\n\
                   department = \"部门\"\nrole = \"sales_rep\"\nmanager_role = \"sales_manager\"\n";
    // Three levels, the lowest first in the alphabet; a circle; a name twice; a login twice; nobody.
    let rows = "姓名,账号,上级,部门\n甲,jia,乙,华东\n乙,yi,丙,华东\n丙,bing,,华东\n丁,ding,戊,华南\n戊,wu,丁,华南\n\
                甲,jia2,,华南\n己,jia,,华南\n庚,,,华南\n";
    let file = i.write("p.csv", rows);
    let dry = i.import(mapping, &file, &["--dry-run", "--errors", "dry.csv"]).is(3);
    let real = i.import(mapping, &file, &["--errors", "real.csv"]).is(3);
    assert_eq!((counts(&dry), counts(&real)), ([3, 0, 0, 5], [3, 0, 0, 5]));
    assert_eq!(i.errors("dry.csv"), i.errors("real.csv"));
    let users = i.run(&["user", "list"]).is(0).json();
    let find = |login: &str| {
        users["users"]
            .as_array()
            .unwrap()
            .iter()
            .find(|u| u["login"] == login)
            .unwrap_or_else(|| panic!("{users}"))
            .clone()
    };
    assert_eq!(find("jia")["manager"], find("yi")["id"]);
    assert_eq!(find("yi")["manager"], find("bing")["id"]);
    assert_eq!((&find("yi")["roles"], &find("jia")["roles"]), (&json!(["sales_manager"]), &json!(["sales_rep"])));

    i.run(&["role", "assign", "jia", "sales_director"]).is(0);
    i.run(&["role", "remove", "jia", "sales_rep"]).is(0);
    assert_eq!(counts(&i.import(mapping, &file, &[])), [0, 0, 3, 5], "a role given since stays");
    let moved = i.write("q.csv", "姓名,账号,上级,部门\n甲某,jia,丙,华北\n丙,bing,,华东\n");
    assert_eq!(counts(&i.import(mapping, &moved, &["--dry-run"])), [0, 1, 1, 0]);
    let real = i.import(mapping, &moved, &[]).is(0);
    assert_eq!((counts(&real), &real.json()["departments_created"]), ([0, 1, 1, 0], &json!(1)));
}
