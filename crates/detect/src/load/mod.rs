//! Reading rules. What is broken, hostile or slow is refused here, with a code and a sentence, so that nothing that
//! was accepted can stall the stream: after this every rule costs a bounded time an event and a bounded memory.

mod check;
mod correlate;
mod names;
mod regexes;
mod unequal;

use std::collections::BTreeSet;

use rsigma_eval::Engine;
use rsigma_parser::{
    ConditionExpr, Detection, DetectionItem, Detections, FilterRule, FilterRuleTarget, Level, SigmaCollection,
    SigmaRule, parse_sigma_yaml,
};

use self::check::{check_detections, check_rule};
use self::correlate::correlation;
use self::names::{Places, places};
use self::regexes::Room;
use crate::baseline::Measure;
use crate::engine::Sigma;
use crate::field::Field;
use crate::problem::Problem;
use crate::rule::{Body, Both, Family, Rule, Severity};

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
    /// Bytes that the regular expressions of all rules and filters together may take, compiled.
    pub const REGEX_MEMORY: usize = 32 << 20;
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
    /// Brackets within brackets in a file, and `not`s in a row: more would cost the parsers their stack.
    pub const NESTED: usize = 40;
    /// Values one rule may look for in one event, by all that its condition names: a selection that is named twice counts twice.
    pub const WORK: usize = 4_000;
}

/// Rules, compiled.
pub struct Pack {
    pub rules: Vec<Rule>,
    pub(crate) engine: Sigma,
    /// Names of the compiled detections, by place.
    pub(crate) detections: Vec<String>,
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
    /// Which rules each filter names; `None` for one that names all.
    pub fn filters(&self) -> Vec<Option<&[String]>> {
        self.collection
            .filters
            .iter()
            .map(|filter| match &filter.rules {
                FilterRuleTarget::Specific(names) => Some(names.as_slice()),
                FilterRuleTarget::Any => None,
            })
            .collect()
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
    if nested(text) > bounds::NESTED {
        return Some(Problem::new("rule.too_deep", file, "嵌套过深", "brackets are nested too deeply"));
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

/// How deep a parser would have to go: the most brackets open at once, `not`s in a row, or sequences begun in one line.
fn nested(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(open);
    }
    let mut row = 0;
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).filter(|word| !word.is_empty()) {
        row = if matches!(word, "not" | "NOT" | "Not" | "-" | "?") { row + 1 } else { 0 };
        deepest = deepest.max(row);
    }
    deepest
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
    let places = places(&all, problems);
    let mut room = Room::default();
    for rule in &mut all.rules {
        let name = name_of(rule.name.as_ref(), rule.id.as_ref(), &rule.title);
        check_rule(&name, rule, &mut room, problems);
        unequal::absent_too(&mut rule.detection);
        // rsigma's filters know rules by id or title: ours go by name.
        rule.id.get_or_insert_with(|| name.clone());
    }
    let mut referenced = BTreeSet::new();
    let mut rules = Vec::new();
    for rule in &all.correlations {
        let name = name_of(rule.name.as_ref(), rule.id.as_ref(), &rule.title);
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
    for filter in &all.filters {
        let name = name_of(filter.name.as_ref(), filter.id.as_ref(), &filter.title);
        check_detections(&name, &filter.detection, &mut room, problems);
    }
    // Compiling it is what must not be done.
    if room.is_full() {
        return None;
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
    let detections = all.rules.iter().map(|r| name_of(r.name.as_ref(), r.id.as_ref(), &r.title)).collect();
    let engine = Sigma::new(engine.rules().to_vec(), &actions);
    Some(Pack { rules: alone, engine, detections, fingerprint, collection: all })
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
    of.named.values().for_each(|d| walk(d, each));
}

fn walk(detection: &Detection, each: &mut dyn FnMut(&DetectionItem)) {
    match detection {
        Detection::AllOf(items) => items.iter().for_each(each),
        Detection::AnyOf(all) | Detection::And(all) => all.iter().for_each(|d| walk(d, each)),
        Detection::Keywords(_) | Detection::ArrayMatch { .. } | Detection::Conditional { .. } => {}
    }
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
    // Each of these must match: a mapping's lines, those beside a rewritten `neq` too.
    fn lines(of: &Detection) -> Vec<&DetectionItem> {
        match of {
            Detection::AllOf(items) => items.iter().collect(),
            Detection::And(all) => all.iter().flat_map(lines).collect(),
            _ => vec![],
        }
    }
    let items = selections.into_iter().filter_map(|name| rule.detection.named.get(name)).flat_map(lines);
    for item in items {
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

/// A filter narrows the detections it names; named a correlation, those that feed it.
fn apply(filter: &FilterRule, all: &SigmaCollection, places: &Places, engine: &mut Engine, problems: &mut Problems) {
    let at = name_of(filter.name.as_ref(), filter.id.as_ref(), &filter.title);
    let mut filter = filter.clone();
    filter.logsource = None;
    unequal::absent_too(&mut filter.detection);
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
