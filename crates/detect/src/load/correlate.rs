//! Correlations: bounded in time, in groups and in values, or refused.

use rsigma_parser::{ConditionOperator, CorrelationCondition, CorrelationRule, CorrelationType, WindowMode};

use super::check::unknown_field;
use super::names::Places;
use super::{Problems, bounds};
use crate::field::{Field, Type};
use crate::problem::Problem;
use crate::rule::Correlation;
use crate::window::Shape;

pub(super) fn correlation(
    at: &str,
    rule: &CorrelationRule,
    places: &Places,
    problems: &mut Problems,
) -> Option<Correlation> {
    let before = problems.len();
    let mut wrong = |code, zh: String, en: String| problems.push(Problem::new(code, at, zh, en));
    if rule.timespan.seconds == 0 || rule.timespan.seconds > bounds::SPAN {
        wrong(
            "rule.window",
            "时间窗须在 1 秒到 35 天之间".into(),
            "the window must be between 1 second and 35 days".into(),
        );
    }
    if rule.window != WindowMode::Sliding || rule.gap.is_some() {
        wrong("rule.window", "仅支持滑动窗口".into(), "only sliding windows are taken".into());
    }
    if !rule.aliases.is_empty() {
        wrong(
            "rule.correlation",
            "不支持字段别名:所有事件使用同一套字段".into(),
            "aliases are not taken: all events have the same fields".into(),
        );
    }
    if rule.group_by.is_empty() || rule.group_by.len() > bounds::GROUP_BY {
        wrong(
            "rule.group_by",
            format!("group-by 须有 1 到 {} 个字段", bounds::GROUP_BY),
            format!("group-by must have 1 to {} fields", bounds::GROUP_BY),
        );
    }
    if rule.rules.is_empty() || rule.rules.len() > bounds::FED_BY {
        wrong(
            "rule.correlation",
            format!("引用的规则须有 1 到 {} 条", bounds::FED_BY),
            format!("it must refer to 1 to {} rules", bounds::FED_BY),
        );
    }
    let mut detections = Vec::new();
    for known in &rule.rules {
        match places.get(known) {
            Some(place) => detections.push(*place),
            None => wrong(
                "rule.reference",
                format!("引用的规则不存在或为关联规则:{known}"),
                format!("`{known}` is not a detection rule"),
            ),
        }
    }
    let mut group_by = Vec::new();
    for name in &rule.group_by {
        match Field::named(name) {
            None => problems.push(unknown_field(at, name)),
            Some(field) if field.kind().is_many() || field.kind() == Type::Real => {
                problems.push(Problem::new(
                    "rule.group_by",
                    at,
                    format!("不能按 {name} 分组"),
                    format!("`{name}` cannot be grouped by ({})", field.kind().as_str()),
                ));
            }
            Some(field) => group_by.push(field),
        }
    }
    let mut wrong = |code, zh: String, en: String| problems.push(Problem::new(code, at, zh, en));
    let (least, field) = match &rule.condition {
        CorrelationCondition::Threshold { predicates, field, .. } => {
            let least = match predicates.as_slice() {
                [(ConditionOperator::Gte, n)] => *n,
                [(ConditionOperator::Gt, n)] => n.saturating_add(1),
                _ => {
                    wrong(
                        "rule.correlation",
                        "阈值条件须为单个 gt 或 gte".into(),
                        "the condition must be one gt or gte".into(),
                    );
                    0
                }
            };
            (least, field.clone())
        }
        CorrelationCondition::Extended(_) => {
            wrong(
                "rule.correlation",
                "不支持关联规则的布尔条件".into(),
                "conditions in words are not taken in correlations".into(),
            );
            (0, None)
        }
    };
    let field = match field.as_deref() {
        None => None,
        Some([name]) => match Field::named(name) {
            None => {
                problems.push(unknown_field(at, name));
                None
            }
            some => some,
        },
        Some(_) => {
            wrong("rule.correlation", "只能统计一个字段".into(), "only one field can be counted".into());
            None
        }
    };
    let mut wrong = |code, zh: String, en: String| problems.push(Problem::new(code, at, zh, en));
    if least == 0 || least > i64::MAX as u64 {
        wrong("rule.threshold", "阈值须大于 0".into(), "the threshold must be above 0".into());
    }
    let n = detections.len();
    let shape = match rule.correlation_type {
        CorrelationType::EventCount => Shape::Count,
        CorrelationType::ValueCount => {
            if field.is_none() {
                wrong("rule.correlation", "value_count 须写明 field".into(), "value_count needs a field".into());
            }
            if least > bounds::DISTINCT {
                wrong(
                    "rule.threshold",
                    format!("不同值的阈值最多 {}", bounds::DISTINCT),
                    format!("at most {} distinct values can be waited for", bounds::DISTINCT),
                );
            }
            Shape::Distinct(
                usize::try_from(least.saturating_mul(2))
                    .unwrap_or(usize::MAX)
                    .clamp(1_024, 2 * bounds::DISTINCT as usize),
            )
        }
        CorrelationType::ValueSum => {
            if field.is_none_or(|f| f.kind() != Type::Whole) {
                wrong(
                    "rule.correlation",
                    "value_sum 的 field 须为整数字段".into(),
                    "value_sum needs a field of whole numbers".into(),
                );
            }
            Shape::Sum
        }
        CorrelationType::Temporal => Shape::Temporal(n),
        CorrelationType::TemporalOrdered => Shape::Ordered(n),
        _ => {
            let word = rule.correlation_type.as_str();
            wrong(
                "rule.correlation",
                format!("不支持关联类型 {word}"),
                format!("the correlation type `{word}` is not taken"),
            );
            Shape::Count
        }
    };
    let most = i64::try_from(n).unwrap_or(i64::MAX);
    let asked = i64::try_from(least).unwrap_or(i64::MAX);
    let some = matches!(shape, Shape::Temporal(_)) && asked < most;
    if matches!(shape, Shape::Temporal(_) | Shape::Ordered(_)) && asked > 1 && asked != most && !some {
        problems.push(Problem::new(
            "rule.threshold",
            at,
            format!("共 {n} 条规则:temporal 的阈值最多为此数,temporal_ordered 须为全部"),
            format!("there are {n} rules: a temporal correlation asks for at most so many, an ordered one for all"),
        ));
    }
    let least = match shape {
        // All of them, as the format has it when no number is given; the parser reads that as 1.
        Shape::Temporal(_) if asked > 1 => asked,
        Shape::Temporal(_) | Shape::Ordered(_) => most,
        _ => i64::try_from(least).unwrap_or(i64::MAX),
    };
    let span = i64::try_from(rule.timespan.seconds).unwrap_or(i64::MAX);
    (problems.len() == before).then_some(Correlation { shape, detections, group_by, field, span, least })
}
