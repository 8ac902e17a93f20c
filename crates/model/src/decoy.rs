//! Decoys 诱饵: customers that nobody is, made to look like any other.
//!
//! Rule: believable and nobody's. Names are put together from word lists; a telephone number begins with 154, which no operator was
//! given, so that nobody is rung up by whoever falls for it; no address for mail is made up, for its domain would be somebody's.
//! Randomness is a parameter.
//!
//! ```
//! let one = model::decoy::decoy(&mut |n| n / 2);
//! assert!(one.name.ends_with("有限公司") && one.phone.starts_with("154") && one.phone.len() == 11);
//! ```

/// What a decoy says of itself. An object type without such a field leaves it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoy {
    pub name: String,
    pub phone: String,
    pub region: &'static str,
    pub industry: &'static str,
    pub source: &'static str,
    pub employees: u64,
}

const PLACES: [(&str, &str); 14] = [
    ("上海", "华东"),
    ("杭州", "华东"),
    ("苏州", "华东"),
    ("宁波", "华东"),
    ("合肥", "华东"),
    ("广州", "华南"),
    ("佛山", "华南"),
    ("厦门", "华南"),
    ("北京", "华北"),
    ("天津", "华北"),
    ("石家庄", "华北"),
    ("成都", "西南"),
    ("重庆", "西南"),
    ("武汉", "华中"),
];
const FIRST: [&str; 20] = [
    "鼎", "旭", "诚", "睿", "泓", "嘉", "铭", "润", "衡", "越", "禾", "朗", "晟", "皓", "源", "拓", "骏", "佰", "辰",
    "汇",
];
const SECOND: [&str; 20] = [
    "泰", "达", "通", "联", "和", "信", "博", "川", "盛", "维", "科", "创", "邦", "航", "华", "景", "宜", "康", "凡",
    "隆",
];
const TRADES: [(&str, &str); 12] = [
    ("精密机械", "制造"),
    ("自动化设备", "制造"),
    ("新材料", "制造"),
    ("信息技术", "软件"),
    ("网络科技", "软件"),
    ("供应链管理", "运输"),
    ("国际贸易", "批发零售"),
    ("医疗器械", "医疗"),
    ("建筑工程", "建筑"),
    ("包装制品", "制造"),
    ("电子商务", "批发零售"),
    ("环保科技", "能源"),
];
const SOURCES: [&str; 4] = ["展会", "官网", "转介绍", "电话营销"];

/// A decoy; `below(n)` gives a number less than `n`.
pub fn decoy(below: &mut impl FnMut(u64) -> u64) -> Decoy {
    fn pick<T: Copy + Default>(from: &[T], below: &mut impl FnMut(u64) -> u64) -> T {
        let at = usize::try_from(below(from.len() as u64)).unwrap_or(0);
        from.get(at).or_else(|| from.first()).copied().unwrap_or_default()
    }
    let (city, region) = pick(&PLACES, below);
    let (trade, industry) = pick(&TRADES, below);
    let (first, second) = (pick(&FIRST, below), pick(&SECOND, below));
    // Few are large.
    let most = below(900) + 1;
    Decoy {
        name: format!("{city}{first}{second}{trade}有限公司"),
        phone: format!("154{:08}", below(100_000_000)),
        region,
        industry,
        source: pick(&SOURCES, below),
        employees: 8 + below(most),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_decoys_are_different_and_all_of_the_same_form() {
        let mut state = 7_u64;
        let mut below = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n.max(1)
        };
        let all: Vec<Decoy> = (0..100).map(|_| decoy(&mut below)).collect();
        let names: std::collections::BTreeSet<_> = all.iter().map(|d| &d.name).collect();
        assert!(names.len() > 95, "{}", names.len());
        assert!(all.iter().all(|d| d.phone.len() == 11 && d.phone.bytes().all(|b| b.is_ascii_digit())));
    }
}
