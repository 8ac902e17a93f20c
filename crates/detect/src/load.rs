//! Reading rules. What is broken, hostile or slow is refused here, with a code and a sentence, so that nothing that
//! was accepted can stall the stream: after this every rule costs a bounded time an event and a bounded memory.

use std::collections::{BTreeSet, HashMap};

use rsigma_eval::Engine;
use rsigma_parser::{
    ConditionExpr, ConditionOperator, CorrelationCondition, CorrelationRule, CorrelationType, Detection, DetectionItem,
    Detections, FilterRule, FilterRuleTarget, Level, Modifier, SigmaCollection, SigmaRule, WindowMode,
    parse_sigma_yaml,
};

use crate::baseline::Measure;
use crate::engine::Sigma;
use crate::field::{Field, Type};
use crate::problem::Problem;
use crate::rule::{Body, Both, Correlation, Family, Rule, Severity};
use crate::window::Shape;

/// Bounds of a pack.
pub mod bounds {
    /// Bytes of one file of rules.
    pub const FILE_BYTES: usize = 64 * 1024;
    /// Documents in a pack.
    pub const DOCUMENTS: usize = 1_000;
    /// Values in one rule.
    pub const VALUES: usize = 2_000;
    /// Characters of one value.
    pub const VALUE_CHARS: usize = 512;
    /// Wildcards in one value.
    pub const WILDCARDS: usize = 6;
    /// Bytes of a regular expression, and the most it may repeat something.
    pub const REGEX_BYTES: usize = 256;
    pub const REGEX_REPEAT: u32 = 64;
    pub const REGEXES: usize = 20;
    /// Seconds of the longest window.
    pub const SPAN: u64 = 35 * 86_400;
    /// Fields a correlation may group by.
    pub const GROUP_BY: usize = 3;
    /// Rules a correlation may be fed by.
    pub const FED_BY: usize = 20;
    /// Largest number of distinct values a rule may wait for: so many are held for each group.
    pub const DISTINCT: u64 = 50_000;
    /// Depth of a detection and of a condition.
    pub const DEPTH: usize = 12;
}

/// Rules, compiled.
pub struct Pack {
    pub rules: Vec<Rule>,
    pub(crate) engine: Sigma,
    /// Changes when any text of it does.
    pub(crate) fingerprint: u64,
    /// The parsed documents, for checks against other engines.
    pub(crate) collection: SigmaCollection,
}

impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pack").field("rules", &self.rules.len()).field("fingerprint", &self.fingerprint).finish()
    }
}

type Problems = Vec<Problem>;

impl Pack {
    /// Reads files of rules: pairs of a name (for messages) and YAML in the Sigma format, several documents to a file.
    /// Tells all that is wrong, not only the first.
    ///
    /// # Errors
    /// One [`Problem`] for everything that is wrong.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Pack, Problems> {
        let mut problems = Problems::new();
        let mut all = SigmaCollection::new();
        let mut fingerprint = crate::key::Key(0, 0);
        for (file, text) in files {
            fingerprint = fingerprint.with(crate::key::Key::of_bytes(text.as_bytes()));
            if let Some(problem) = too_much(file, text) {
                problems.push(problem);
                continue;
            }
            if text.trim().is_empty() {
                problems.push(Problem::new("rule.empty", file, "文件中没有规则", "the file holds no rule"));
                continue;
            }
            match parse_sigma_yaml(text) {
                Ok(read) => {
                    problems.extend(read.errors.iter().map(|e| unreadable(file, e)));
                    if read.is_empty() && read.errors.is_empty() {
                        problems.push(Problem::new("rule.empty", file, "文件中没有规则", "the file holds no rule"));
                    }
                    all.rules.extend(read.rules);
                    all.correlations.extend(read.correlations);
                    all.filters.extend(read.filters);
                }
                Err(e) => problems.push(unreadable(file, &e.to_string())),
            }
        }
        if all.len() > bounds::DOCUMENTS {
            problems.push(Problem::new(
                "rule.too_many",
                "pack",
                format!("规则共 {} 条,最多 {} 条", all.len(), bounds::DOCUMENTS),
                format!("{} rules, at most {}", all.len(), bounds::DOCUMENTS),
            ));
            return Err(problems);
        }
        let pack = assemble(all, fingerprint.0, &mut problems);
        match pack {
            Some(pack) if problems.is_empty() => Ok(pack),
            _ => Err(problems),
        }
    }

    /// The rule of this name.
    pub fn rule(&self, name: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.name == name)
    }
    /// The documents as rsigma reads them.
    pub fn collection(&self) -> &SigmaCollection {
        &self.collection
    }
}

fn too_much(file: &str, text: &str) -> Option<Problem> {
    if text.len() > bounds::FILE_BYTES {
        let zh = format!("文件 {} 字节,最多 {}", text.len(), bounds::FILE_BYTES);
        return Some(Problem::new(
            "rule.file_too_large",
            file,
            zh,
            format!("{} bytes, at most {}", text.len(), bounds::FILE_BYTES),
        ));
    }
    // Aliases can make a small file a huge one, and rules have no use for them.
    let alias = text.lines().any(|line| {
        let line = line.trim_start().trim_start_matches("- ");
        let value = line.split_once(": ").map_or(line, |(_, value)| value).trim_start();
        let mut chars = value.chars();
        matches!(chars.next(), Some('&' | '*'))
            && chars.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
            && !value.contains(['"', '\''])
    });
    alias.then(|| {
        Problem::new(
            "rule.alias",
            file,
            "规则中不可使用 YAML 锚点与别名;含 * 的值请加引号",
            "anchors and aliases of YAML are not taken; put a value with * in quotes",
        )
    })
}

fn unreadable(file: &str, error: &str) -> Problem {
    if error.contains("nknown modifier") {
        return Problem::new("rule.modifier", file, format!("不支持的修饰符:{error}"), error);
    }
    Problem::new(
        "rule.unreadable",
        file,
        format!("无法读取规则:{error}"),
        format!("not a rule in the Sigma format: {error}"),
    )
}

/// What a rule calls itself.
fn name_of(name: Option<&String>, id: Option<&String>, title: &str) -> String {
    name.or(id).cloned().unwrap_or_else(|| title.to_string())
}

fn assemble(mut all: SigmaCollection, fingerprint: u64, problems: &mut Problems) -> Option<Pack> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut names = BTreeSet::new();
    for (i, rule) in all.rules.iter_mut().enumerate() {
        let name = name_of(rule.name.as_ref(), rule.id.as_ref(), &rule.title);
        if !names.insert(name.clone()) {
            problems.push(Problem::new("rule.twice", &name, "规则名重复", "another rule has this name"));
        }
        check_rule(&name, rule, problems);
        for known in [rule.name.as_ref(), rule.id.as_ref(), Some(&rule.title)].into_iter().flatten() {
            places.insert(known.clone(), i);
        }
        // rsigma's filters know rules by id or title: ours go by name.
        rule.id.get_or_insert_with(|| name.clone());
    }
    let mut referenced = BTreeSet::new();
    let mut rules = Vec::new();
    for rule in &all.correlations {
        let name = name_of(rule.name.as_ref(), rule.id.as_ref(), &rule.title);
        if !names.insert(name.clone()) {
            problems.push(Problem::new("rule.twice", &name, "规则名重复", "another rule has this name"));
        }
        if let Some(body) = correlation(&name, rule, &places, problems) {
            let fed_by = || body.detections.iter().filter_map(|i| all.rules.get(*i));
            if !body.group_by.contains(&Field::ActorUser) && fed_by().any(asks_of_person) {
                problems.push(Problem::new(
                    "rule.group_by",
                    &name,
                    "使用个人基线字段(score.*、session.*_new、ctx.dormant_days、ctx.known_days)的关联须按 actor.user_id 分组",
                    "a correlation over what is usual for a person (score.*, session.*_new, ctx.dormant_days, ctx.known_days) must group by actor.user_id",
                ));
            }
            if !rule.generate {
                referenced.extend(body.detections.iter().copied());
            }
            let mut measures: Vec<Measure> =
                body.detections.iter().filter_map(|i| all.rules.get(*i)).flat_map(measures).collect();
            measures.dedup();
            let custom = |key: &str| rule.custom_attributes.get(key).and_then(|value| value.as_str());
            let says = Says::read(&name, &rule.title, rule.level, rule.description.as_deref(), &custom, problems);
            rules.push(says.rule(name, measures, Body::Correlation(body)));
        }
    }
    let mut engine = Engine::new();
    let failed = engine.add_rules(all.rules.iter());
    for (i, error) in &failed {
        let name = all.rules.get(*i).map_or("?", |r| r.title.as_str());
        let code = if error.to_string().to_lowercase().contains("regex") { "rule.regex" } else { "rule.uncompilable" };
        problems.push(Problem::new(
            code,
            name,
            format!("规则无法编译:{error}"),
            format!("the rule does not compile: {error}"),
        ));
    }
    if !failed.is_empty() {
        return None;
    }
    for filter in &all.filters {
        apply(filter, &all, &places, &mut engine, problems);
    }
    let mut alone = Vec::new();
    for (i, rule) in all.rules.iter().enumerate().filter(|(i, _)| !referenced.contains(i)) {
        let name = name_of(rule.name.as_ref(), rule.id.as_ref(), &rule.title);
        let custom = |key: &str| rule.custom_attributes.get(key).and_then(|value| value.as_str());
        let says = Says::read(&name, &rule.title, rule.level, rule.description.as_deref(), &custom, problems);
        alone.push(says.rule(name, measures(rule), Body::Detection { detection: i }));
    }
    alone.append(&mut rules);
    if alone.is_empty() && problems.is_empty() {
        problems.push(Problem::new("rule.empty", "pack", "没有规则", "there is no rule"));
    }
    let actions: Vec<Option<Vec<String>>> = all.rules.iter().map(actions_of).collect();
    Some(Pack { rules: alone, engine: Sigma::new(engine.rules().to_vec(), &actions), fingerprint, collection: all })
}

/// The house's own words of a rule: `custom_attributes: {family, title_zh, why_zh, why_en}`.
struct Says {
    title: Both,
    why: Both,
    severity: Severity,
    family: Family,
}

impl Says {
    fn read<'r>(
        at: &str,
        title: &str,
        level: Option<Level>,
        description: Option<&str>,
        custom: &dyn Fn(&str) -> Option<&'r str>,
        problems: &mut Problems,
    ) -> Says {
        let text = |key: &str| custom(key).map(str::to_string);
        let family = match text("family") {
            None => Family::Other,
            Some(word) => Family::named(&word).unwrap_or_else(|| {
                problems.push(Problem::new(
                    "rule.family",
                    at,
                    format!("未知的类别:{word}"),
                    format!("`{word}` is not a family of rules"),
                ));
                Family::Other
            }),
        };
        let severity = match level {
            Some(Level::Informational) => Severity::Informational,
            Some(Level::Low) => Severity::Low,
            Some(Level::High) => Severity::High,
            Some(Level::Critical) => Severity::Critical,
            Some(Level::Medium) | None => Severity::Medium,
        };
        let en = text("why_en").or_else(|| description.map(str::to_string)).unwrap_or_else(|| title.to_string());
        let title = Both { zh: text("title_zh").unwrap_or_else(|| title.to_string()), en: title.to_string() };
        let why = Both { zh: text("why_zh").unwrap_or_else(|| title.zh.clone()), en };
        Says { title, why, severity, family }
    }
    fn rule(self, name: String, measures: Vec<Measure>, body: Body) -> Rule {
        let Says { title, why, severity, family } = self;
        Rule { name, title, why, severity, family, measures, body }
    }
}

fn measures(rule: &SigmaRule) -> Vec<Measure> {
    let mut found = BTreeSet::new();
    each_item(&rule.detection, &mut |item| {
        if let Some(Field::Score(measure, _)) = item.field.name.as_deref().and_then(Field::named) {
            found.insert(measure);
        }
    });
    found.into_iter().collect()
}

/// Asks for what only the person's own baseline knows: a shard that does not count them cannot answer.
fn asks_of_person(rule: &SigmaRule) -> bool {
    let mut asks = false;
    each_item(&rule.detection, &mut |item| {
        asks |= matches!(
            item.field.name.as_deref().and_then(Field::named),
            Some(
                Field::Score(..)
                    | Field::SessionNetworkNew
                    | Field::SessionDeviceNew
                    | Field::DormantDays
                    | Field::KnownDays
            )
        );
    });
    asks
}

fn each_item(of: &Detections, each: &mut dyn FnMut(&DetectionItem)) {
    fn walk(detection: &Detection, each: &mut dyn FnMut(&DetectionItem)) {
        match detection {
            Detection::AllOf(items) => items.iter().for_each(each),
            Detection::AnyOf(all) | Detection::And(all) => all.iter().for_each(|d| walk(d, each)),
            Detection::Keywords(_) | Detection::ArrayMatch { .. } | Detection::Conditional { .. } => {}
        }
    }
    of.named.values().for_each(|d| walk(d, each));
}

/// The operations a rule asks for, if it cannot match any other.
fn actions_of(rule: &SigmaRule) -> Option<Vec<String>> {
    let [condition] = rule.detection.conditions.as_slice() else { return None };
    let mut selections = Vec::new();
    match condition {
        ConditionExpr::Identifier(name) => selections.push(name),
        ConditionExpr::And(all) => selections.extend(all.iter().filter_map(|c| match c {
            ConditionExpr::Identifier(name) => Some(name),
            _ => None,
        })),
        _ => {}
    }
    let items = selections.into_iter().filter_map(|name| match rule.detection.named.get(name) {
        Some(Detection::AllOf(items)) => Some(items),
        _ => None,
    });
    for item in items.flatten() {
        if item.field.name.as_deref() == Some("action") && item.field.modifiers.is_empty() {
            let plain = |v: &rsigma_parser::SigmaValue| match v {
                rsigma_parser::SigmaValue::String(s) => s.as_plain(),
                _ => None,
            };
            return item.values.iter().map(plain).collect();
        }
    }
    None
}

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

fn check_rule(at: &str, rule: &SigmaRule, problems: &mut Problems) {
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
    check_detections(at, &rule.detection, problems);
}

fn check_detections(at: &str, of: &Detections, problems: &mut Problems) {
    for condition in &of.conditions {
        if depth(condition) > bounds::DEPTH {
            problems.push(Problem::new("rule.too_deep", at, "条件嵌套过深", "the condition is nested too deeply"));
        }
    }
    let mut values = 0;
    let mut regexes = 0;
    for (name, detection) in &of.named {
        let place = format!("{at} / {name}");
        check_detection(&place, detection, 0, &mut values, &mut regexes, problems);
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

fn unknown_field(at: &str, name: &str) -> Problem {
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
fn repeats(regex: &str) -> u32 {
    regex.split('{').skip(1).fold(1_u32, |product, rest| {
        let digits = rest.split('}').next().unwrap_or("");
        let most = digits.split(',').filter_map(|n| n.trim().parse::<u32>().ok()).max().unwrap_or(1);
        product.saturating_mul(most.max(1))
    })
}

fn correlation(
    at: &str,
    rule: &CorrelationRule,
    places: &HashMap<String, usize>,
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
    let least = match shape {
        // All of them, as the format has it when no number is given.
        Shape::Temporal(_) | Shape::Ordered(_) => i64::try_from(n).unwrap_or(i64::MAX),
        _ => i64::try_from(least).unwrap_or(i64::MAX),
    };
    let span = i64::try_from(rule.timespan.seconds).unwrap_or(i64::MAX);
    (problems.len() == before).then_some(Correlation { shape, detections, group_by, field, span, least })
}

/// A filter narrows the detections it names; named a correlation, those that feed it.
fn apply(
    filter: &FilterRule,
    all: &SigmaCollection,
    places: &HashMap<String, usize>,
    engine: &mut Engine,
    problems: &mut Problems,
) {
    let at = name_of(filter.name.as_ref(), filter.id.as_ref(), &filter.title);
    check_detections(&at, &filter.detection, problems);
    let mut filter = filter.clone();
    filter.logsource = None;
    if let FilterRuleTarget::Specific(targets) = &filter.rules {
        let mut ids = BTreeSet::new();
        for target in targets {
            let correlated = all
                .correlations
                .iter()
                .find(|c| c.name.as_ref() == Some(target) || c.id.as_ref() == Some(target) || c.title == *target);
            let names: Vec<&String> = correlated.map_or_else(|| vec![target], |c| c.rules.iter().collect());
            for name in names {
                match places.get(name).and_then(|i| all.rules.get(*i)).and_then(|r| r.id.clone()) {
                    Some(id) => {
                        ids.insert(id);
                    }
                    None => problems.push(Problem::new(
                        "rule.reference",
                        &at,
                        format!("筛选器引用的规则不存在:{name}"),
                        format!("the filter names `{name}`, which is no rule"),
                    )),
                }
            }
        }
        filter.rules = FilterRuleTarget::Specific(ids.into_iter().collect());
    }
    if let Err(error) = engine.apply_filter(&filter) {
        problems.push(Problem::new(
            "rule.uncompilable",
            &at,
            format!("筛选器无法编译:{error}"),
            format!("the filter does not compile: {error}"),
        ));
    }
}
