//! Made-up names, numbers and addresses that look real and are nobody's: phone numbers of an unassigned prefix, e-mail at
//! `example.com`, identity numbers with a right check digit in an unassigned region.

use super::rng::Rng;

const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
const GIVEN: &str =
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰飞红梅鑫波斌宇浩凯健俊帆雪婷倩琳晨阳博文思雨佳欣子涵";
const PLACES: [(&str, &str, &str); 10] = [
    ("北京市", "朝阳区", "华北"),
    ("上海市", "浦东新区", "华东"),
    ("广东省广州市", "天河区", "华南"),
    ("广东省深圳市", "南山区", "华南"),
    ("浙江省杭州市", "西湖区", "华东"),
    ("江苏省南京市", "鼓楼区", "华东"),
    ("四川省成都市", "武侯区", "西南"),
    ("湖北省武汉市", "洪山区", "华中"),
    ("陕西省西安市", "雁塔区", "西北"),
    ("辽宁省沈阳市", "和平区", "东北"),
];
const WORDS: [&str; 24] = [
    "华信", "中科", "恒远", "天成", "瑞丰", "博雅", "金桥", "宏图", "新源", "启明", "万通", "东方", "长河", "海纳",
    "云帆", "星辰", "卓越", "盛世", "同创", "锦绣", "凌云", "德润", "融汇", "百川",
];
const TRADES: [(&str, &str); 10] = [
    ("科技", "软件"),
    ("机械", "制造"),
    ("贸易", "批发零售"),
    ("物流", "运输"),
    ("医药", "医疗"),
    ("建设", "建筑"),
    ("教育", "教育"),
    ("食品", "食品"),
    ("能源", "能源"),
    ("文化传媒", "传媒"),
];

fn letter(rng: &mut Rng, from: &str) -> char {
    let letters: Vec<char> = from.chars().collect();
    rng.pick(&letters).copied().unwrap_or('王')
}

pub fn person(rng: &mut Rng) -> String {
    let mut name = String::from(letter(rng, SURNAMES));
    for _ in 0..=u8::from(rng.percent(75)) {
        name.push(letter(rng, GIVEN));
    }
    name
}

/// (province and city, district, region)
pub fn place(rng: &mut Rng) -> (&'static str, &'static str, &'static str) {
    rng.pick(&PLACES).copied().unwrap_or(("北京市", "朝阳区", "华北"))
}

/// Name and industry.
pub fn company(rng: &mut Rng, city: &str) -> (String, &'static str) {
    let city = city.split('省').next_back().unwrap_or(city).trim_end_matches('市');
    let a = rng.pick(&WORDS).copied().unwrap_or("华信");
    let b = rng.pick(&WORDS).copied().unwrap_or("恒远");
    let (trade, industry) = rng.pick(&TRADES).copied().unwrap_or(("科技", "软件"));
    (format!("{city}{a}{b}{trade}有限公司"), industry)
}

pub fn mobile(rng: &mut Rng) -> String {
    // 1X0 0000 xxxx: no operator gives out numbers with these middle digits.
    let prefix = rng.pick(&["138", "139", "150", "186", "177"]).copied().unwrap_or("138");
    format!("{prefix}0000{:04}", rng.below(10_000))
}

pub fn email(rng: &mut Rng) -> String {
    format!("user{:06}@example.com", rng.below(1_000_000))
}

pub fn address(rng: &mut Rng, city: &str, district: &str) -> String {
    let road = rng.pick(&["建国路", "解放路", "人民路", "中山路", "科技园路", "滨江大道"]).copied().unwrap_or("人民路");
    format!("{city}{district}{road}{}号{}室", 1 + rng.below(300), 101 + rng.below(2800))
}

/// GB 11643 with the region 999999, which does not exist, and a right check digit.
pub fn id_number(rng: &mut Rng) -> String {
    let body = format!(
        "999999{:04}{:02}{:02}{:03}",
        1960 + rng.below(45),
        1 + rng.below(12),
        1 + rng.below(28),
        rng.below(1000)
    );
    let weights = [7_u32, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum();
    let check = b"10X98765432".get((sum % 11) as usize).copied().map_or('0', char::from);
    format!("{body}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_have_a_right_check_digit() {
        let mut rng = Rng::new(1, 1);
        for _ in 0..100 {
            let n = id_number(&mut rng);
            assert_eq!(n.chars().count(), 18);
            assert!(n.starts_with("999999"));
        }
    }
}
