//! What one rule may say: fields that are known, modifiers that mean something here, values and expressions of a size that
//! costs little to look for.

use rsigma_parser::{ConditionExpr, Detection, DetectionItem, Detections, Modifier, SigmaRule};

use super::regexes::Room;
use super::{Problems, bounds};
use crate::field::{Field, Type};
use crate::problem::Problem;

const MODIFIERS: &[Modifier] = &[
    Modifier::Contains,
    Modifier::StartsWith,
    Modifier::EndsWith,
    Modifier::All,
    Modifier::Re,
    Modifier::IgnoreCase,
    Modifier::Multiline,
    Modifier::DotAll,
    Modifier::Cased,
    Modifier::Exists,
    Modifier::FieldRef,
    Modifier::Gt,
    Modifier::Gte,
    Modifier::Lt,
    Modifier::Lte,
    Modifier::Neq,
    Modifier::Cidr,
];

pub(super) fn check_rule(at: &str, rule: &SigmaRule, room: &mut Room, problems: &mut Problems) {
    let source = &rule.logsource;
    if source.product.as_deref() != Some("crm") || source.service.as_deref().is_some_and(|s| s != "access") {
        problems.push(Problem::new(
            "rule.logsource",
            at,
            "logsource 须为 product: crm、service: access",
            "the logsource must be product: crm, service: access",
        ));
    }
    if rule.detection.timeframe.is_some() {
        problems.push(Problem::new(
            "rule.timeframe",
            at,
            "timeframe 已废弃,请使用 correlation",
            "timeframe is not taken: write a correlation",
        ));
    }
    check_detections(at, &rule.detection, room, problems);
}

pub(super) fn check_detections(at: &str, of: &Detections, room: &mut Room, problems: &mut Problems) {
    for condition in &of.conditions {
        if depth(condition) > bounds::DEPTH {
            problems.push(Problem::new("rule.too_deep", at, "条件嵌套过深", "the condition is nested too deeply"));
        }
    }
    let work = of.conditions.iter().map(|condition| work(condition, of)).fold(0, usize::saturating_add);
    if work > bounds::WORK {
        problems.push(Problem::new(
            "rule.too_much_work",
            at,
            format!("条件每次须比较 {work} 个值,最多 {}", bounds::WORK),
            format!("its condition looks for {work} values in each event, at most {}", bounds::WORK),
        ));
    }
    let mut values = 0;
    let mut regexes = 0;
    for (name, detection) in &of.named {
        let place = format!("{at} / {name}");
        check_detection(&place, detection, 0, &mut values, &mut regexes, problems);
    }
    // Of a rule that is refused as it is nothing is built.
    if values <= bounds::VALUES && regexes <= bounds::REGEXES {
        let mut names: Vec<&String> = of.named.keys().collect();
        names.sort_unstable();
        for name in names {
            of.named
                .get(name)
                .into_iter()
                .for_each(|detection| super::walk(detection, &mut |item| room.take(at, item, problems)));
        }
    }
    if values > bounds::VALUES {
        problems.push(Problem::new(
            "rule.too_many_values",
            at,
            format!("规则中的值过多({values}),最多 {}", bounds::VALUES),
            format!("{values} values, at most {}", bounds::VALUES),
        ));
    }
    if regexes > bounds::REGEXES {
        problems.push(Problem::new(
            "rule.regex",
            at,
            format!("正则表达式过多({regexes}),最多 {}", bounds::REGEXES),
            format!("{regexes} regular expressions, at most {}", bounds::REGEXES),
        ));
    }
}

/// Values a condition looks for in one event at most: those of each selection as often as it is named.
fn work(of: &ConditionExpr, all: &Detections) -> usize {
    fn values(of: &Detection) -> usize {
        match of {
            Detection::AllOf(items) => items.iter().map(|item| item.values.len().max(1)).sum(),
            Detection::AnyOf(all) | Detection::And(all) => all.iter().map(values).sum(),
            _ => 1,
        }
    }
    match of {
        ConditionExpr::And(parts) | ConditionExpr::Or(parts) => {
            parts.iter().map(|part| work(part, all)).fold(0, usize::saturating_add)
        }
        ConditionExpr::Not(one) => work(one, all),
        ConditionExpr::Identifier(name) => all.named.get(name).map_or(1, values),
        // By a pattern: all of them, at most.
        _ => all.named.values().map(values).sum(),
    }
}

fn depth(of: &ConditionExpr) -> usize {
    1 + match of {
        ConditionExpr::And(all) | ConditionExpr::Or(all) => all.iter().map(depth).max().unwrap_or(0),
        ConditionExpr::Not(one) => depth(one),
        _ => 0,
    }
}

fn check_detection(
    at: &str,
    of: &Detection,
    level: usize,
    values: &mut usize,
    regexes: &mut usize,
    problems: &mut Problems,
) {
    if level > bounds::DEPTH {
        problems.push(Problem::new("rule.too_deep", at, "条件嵌套过深", "the selection is nested too deeply"));
        return;
    }
    match of {
        Detection::AllOf(items) => {
            for item in items {
                *values += item.values.len();
                check_item(at, item, regexes, problems);
            }
        }
        Detection::AnyOf(all) | Detection::And(all) => {
            all.iter().for_each(|d| check_detection(at, d, level + 1, values, regexes, problems));
        }
        Detection::Keywords(_) => {
            problems.push(Problem::new(
                "rule.keywords",
                at,
                "不支持无字段的关键字,请写明字段",
                "keywords without a field are not taken: name the field",
            ));
        }
        Detection::ArrayMatch { .. } | Detection::Conditional { .. } => {
            problems.push(Problem::new(
                "rule.array",
                at,
                "不支持数组块;多值字段有一个值满足即可",
                "array blocks are not taken: a field of several values matches if one of them does",
            ));
        }
    }
}

pub(super) fn unknown_field(at: &str, name: &str) -> Problem {
    let (zh, en) = match Field::nearest(name) {
        Some(near) => {
            (format!("没有字段 {name},是否为 {near}?"), format!("there is no field `{name}`; did you mean `{near}`?"))
        }
        None => (format!("没有字段 {name}"), format!("there is no field `{name}`")),
    };
    Problem::new("rule.field_unknown", at, zh, en)
}

fn check_item(at: &str, item: &DetectionItem, regexes: &mut usize, problems: &mut Problems) {
    let Some(name) = item.field.name.as_deref() else {
        problems.push(Problem::new(
            "rule.keywords",
            at,
            "不支持无字段的关键字,请写明字段",
            "keywords without a field are not taken: name the field",
        ));
        return;
    };
    let Some(field) = Field::named(name) else {
        problems.push(unknown_field(at, name));
        return;
    };
    for modifier in &item.field.modifiers {
        if !MODIFIERS.contains(modifier) {
            let word = format!("{modifier:?}").to_lowercase();
            problems.push(Problem::new(
                "rule.modifier",
                at,
                format!("不支持修饰符 {word}({name})"),
                format!("the modifier `{word}` is not taken (`{name}`)"),
            ));
        }
    }
    if item.field.has_modifier(Modifier::FieldRef) {
        for value in &item.values {
            let other = match value {
                rsigma_parser::SigmaValue::String(s) => s.original.as_str(),
                _ => "",
            };
            if Field::named(other).is_none() {
                problems.push(unknown_field(at, other));
            }
        }
        return;
    }
    let compares =
        [Modifier::Gt, Modifier::Gte, Modifier::Lt, Modifier::Lte].iter().any(|m| item.field.has_modifier(*m));
    if compares && !matches!(field.kind(), Type::Whole | Type::Real) {
        problems.push(Problem::new(
            "rule.field_type",
            at,
            format!("字段 {name} 不是数值,不能比较大小"),
            format!("`{name}` is not a number ({}): it cannot be compared", field.kind().as_str()),
        ));
    }
    if item.field.has_modifier(Modifier::Cidr) {
        check_networks(at, name, field, item, problems);
    }
    for value in &item.values {
        let rsigma_parser::SigmaValue::String(text) = value else { continue };
        check_text(at, name, &text.original, item.field.has_modifier(Modifier::Re), regexes, problems);
        if compares && text.original.parse::<f64>().is_err() {
            problems.push(Problem::new(
                "rule.field_type",
                at,
                format!("{name} 的比较值不是数"),
                format!("`{name}` is compared with something that is not a number"),
            ));
        }
    }
}

/// `cidr` is about the caller's network, which is known as /24 (IPv6 /48): nothing narrower can be told apart.
fn check_networks(at: &str, name: &str, field: Field, item: &DetectionItem, problems: &mut Problems) {
    if field != Field::SessionNetwork {
        problems.push(Problem::new(
            "rule.field_type",
            at,
            format!("字段 {name} 不是网络,不能使用 cidr"),
            format!("`{name}` is not a network: `cidr` cannot be asked of it"),
        ));
    }
    for value in &item.values {
        let rsigma_parser::SigmaValue::String(text) = value else { continue };
        let (address, prefix) = text.original.split_once('/').unwrap_or((&text.original, "999"));
        let widest = if address.contains(':') { 48 } else { 24 };
        // What is no prefix at all is refused by the compiler.
        if prefix.parse::<u32>().is_ok_and(|prefix| prefix > widest) {
            problems.push(Problem::new(
                "rule.cidr",
                at,
                "来源网络只记录到 /24(IPv6 为 /48),cidr 不能更窄",
                "networks are known as /24 (IPv6 /48): `cidr` can be no narrower",
            ));
        }
    }
}

fn check_text(at: &str, name: &str, text: &str, regex: bool, regexes: &mut usize, problems: &mut Problems) {
    if regex {
        *regexes += 1;
        if text.len() > bounds::REGEX_BYTES || repeats(text) > bounds::REGEX_REPEAT {
            problems.push(Problem::new(
                "rule.regex",
                at,
                format!(
                    "{name} 的正则表达式过长或重复次数过多(最多 {} 字节、重复 {} 次)",
                    bounds::REGEX_BYTES,
                    bounds::REGEX_REPEAT
                ),
                format!(
                    "the regular expression of `{name}` is too long or repeats too much (at most {} bytes, {} times)",
                    bounds::REGEX_BYTES,
                    bounds::REGEX_REPEAT
                ),
            ));
        }
    } else if text.chars().count() > bounds::VALUE_CHARS || text.matches('*').count() > bounds::WILDCARDS {
        problems.push(Problem::new(
            "rule.value_too_long",
            at,
            format!("{name} 的值过长或通配符过多(最多 {} 字、{} 个通配符)", bounds::VALUE_CHARS, bounds::WILDCARDS),
            format!(
                "a value of `{name}` is too long or has too many wildcards (at most {} characters, {} wildcards)",
                bounds::VALUE_CHARS,
                bounds::WILDCARDS
            ),
        ));
    }
}

/// What all counted repetitions of an expression multiply to: `(a{9}){9}` is 81.
pub(super) fn repeats(regex: &str) -> u32 {
    regex.split('{').skip(1).fold(1_u32, |product, rest| {
        let digits = rest.split('}').next().unwrap_or("");
        let most = digits.split(',').filter_map(|n| n.trim().parse::<u32>().ok()).max().unwrap_or(1);
        product.saturating_mul(most.max(1))
    })
}
