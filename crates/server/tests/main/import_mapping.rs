//! Mappings that cannot be meant: found before the first row, told in Chinese and English, and nothing is written.

use super::import::{CUSTOMERS, HEADING};
use super::support::Instance;

/// What the two languages say of a mapping for `--object object`.
fn said(i: &Instance, object: &str, mapping: &str) -> [String; 2] {
    std::fs::write(i.beside("m.toml"), mapping).unwrap();
    ["zh", "en"].map(|lang| i.say(lang, &["import", "--object", object, "--mapping", "m.toml", "a.csv"]).is(1).err)
}

#[test]
fn a_wrong_mapping_is_told_in_both_languages() {
    let i = Instance::init();
    i.write("a.csv", format!("{HEADING}1,甲公司,13800138000,重点,\n"));
    let with = |from: &str, to: &str| {
        assert!(CUSTOMERS.contains(from));
        CUSTOMERS.replace(from, to)
    };
    let opportunity = CUSTOMERS.replace("\"customer\"", "\"opportunity\"");
    let cases: [(&str, String, &str, &str); 16] = [
        ("customer", with("\"name\"", "\"nmae\""), "没有字段 `nmae`", "`customer` has no field `nmae`; it has `name`"),
        ("customer", with("\"名称\" =", "\"名字\" ="), "文件没有映射中的列 `名字`", "the file has no column `名字`"),
        ("customer", with("\"电话\" = \"phone\"\n", ""), "映射没有说明列 `电话`", "says nothing of the column `电话`"),
        ("customer", with("\"phone\"", "\"name\""), "字段 `name` 有两个来源", "`name` is given its value twice"),
        ("customer", with("\"A\"", "\"甲\""), "`甲` 不是字段 `level` 的值", "`甲` is no value of the field `level`"),
        ("contact", CUSTOMERS.into(), "该映射用于 `customer`", "the mapping is for `customer`, not for `contact`"),
        (
            "ghost",
            with("\"customer\"", "\"ghost\""),
            "没有对象 `ghost`",
            "there is no object `ghost`; there are `contact`",
        ),
        ("customer", with("source =", "sauce ="), "映射文件 `m.toml` 有误", "unknown field `sauce`"),
        ("customer", with("drop", "dorp"), "映射文件 `m.toml` 有误", "unknown field `dorp`"),
        ("customer", with("[\"编号\"]", "[\"编号\""), "映射文件 `m.toml` 有误", "TOML parse error"),
        ("customer", with("[\"编号\"]", "[]"), "key 至少需要一列", "key needs at least one column"),
        ("customer", with("\"erp\"", "\" \""), "source 须为 1 至 80 个字符", "source needs 1 to 80 characters"),
        ("opportunity", opportunity, "没有字段", "has no field"),
        (
            "customer",
            format!("{CUSTOMERS}\n[customer]\ncolumn = \"编号\"\nsource = \"erp\"\n"),
            "不属于客户",
            "belongs to no customer",
        ),
        (
            "customer",
            format!("{CUSTOMERS}\n[people]\nname = \"名称\"\nrole = \"sales_rep\"\n"),
            "须同时使用",
            "[people] goes with object = \"user\"",
        ),
        (
            "user",
            "source = \"hr\"\nobject = \"user\"\nignore = [\"编号\", \"电话\", \"级别\", \"收入\"]\n[people]\n\
             name = \"名称\"\nrole = \"boss\"\n"
                .into(),
            "没有角色 `boss`",
            "there is no role `boss`; there are",
        ),
    ];
    for (object, mapping, zh, en) in cases {
        let [in_zh, in_en] = said(&i, object, &mapping);
        assert!(in_zh.starts_with("错误：") && in_zh.contains(zh), "{in_zh}");
        assert!(in_en.starts_with("error: ") && in_en.contains(en), "{in_en}");
        assert!(!in_en.contains("13800138000"));
    }
    let [zh, en] = ["zh", "en"]
        .map(|lang| i.say(lang, &["import", "--object", "customer", "--mapping", "nowhere.toml", "a.csv"]).is(1).err);
    assert!(zh.contains("无法读取") && en.contains("the mapping `nowhere.toml` cannot be read"), "{zh} {en}");
    assert!(i.run(&["doctor"]).is(0).out.contains("customers {}"), "nothing was imported");
}

#[test]
fn an_opportunity_needs_its_customer_and_names_an_owner_who_is_there() {
    let i = Instance::init();
    let file = i.write("c.csv", format!("{HEADING}1,甲公司,,,\n"));
    i.import(CUSTOMERS, &file, &[]).is(0);
    let deals = "source = \"erp\"\nobject = \"opportunity\"\nkey = [\"k\"]\n[columns]\nk = \"external_id\"\nname = \"name\"\n\
                 stage = \"stage\"\nday = { field = \"closes_on\", date = \"%d.%m.%Y\" }\n";
    let file = i.write(
        "d.csv",
        "k,name,stage,day,customer,owner\n1,一,won,24.12.2026,1,\n2,二,won,2026-12-24,2,\n3,三,won,12/24/2026,1,\n\
         4,四,won,,1,ghost\n5,五,won,,1,admin\n6,六,won,,,\n",
    );
    let refused = i.import(&format!("{deals}\n[owner]\ncolumn = \"owner\"\n"), &file, &[]).is(1).json();
    assert!(refused["error"].as_str().unwrap().contains("says nothing of the column `customer`"), "{refused}");
    let mapping =
        format!("{deals}\n[owner]\ncolumn = \"owner\"\n[customer]\ncolumn = \"customer\"\nsource = \"erp\"\n");
    let done = i.import(&mapping, &file, &["--errors", "wrong.csv"]).is(3);
    assert_eq!(super::import::counts(&done), [2, 0, 0, 4]);
    let mut wrong: Vec<[String; 3]> =
        i.errors("wrong.csv").iter().map(|w| [w[0].clone(), w[1].clone(), w[3].clone()]).collect();
    wrong.sort();
    let want = [
        ["2", "customer", "no_such_customer"],
        ["3", "day", "invalid_value"],
        ["4", "owner", "no_such_user"],
        ["6", "customer", "no_such_customer"],
    ];
    assert_eq!(wrong, want.map(|w| w.map(str::to_owned)));
}
