//! What rules are known by. Names and ids are one rule's alone; a title may stand for a rule only where it is nobody else's word, so
//! that a rule that calls itself like another neither feeds its correlations nor falls under its filters.

use std::collections::{HashMap, HashSet};

use rsigma_parser::SigmaCollection;

use super::{Problems, name_of};
use crate::problem::Problem;

/// The place of a detection by its name, its id, or its title.
pub(super) type Places = HashMap<String, usize>;

pub(super) fn places(all: &SigmaCollection, problems: &mut Problems) -> Places {
    let mut places = Places::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut twice = |name: &str| {
        problems.push(Problem::new("rule.twice", name, "规则名重复", "another rule has this name"));
    };
    let ours = all.rules.iter().map(|r| (r.name.as_ref(), r.id.as_ref(), &r.title));
    let theirs = all.correlations.iter().map(|r| (r.name.as_ref(), r.id.as_ref(), &r.title));
    for (i, (name, id, title)) in ours.clone().chain(theirs.clone()).enumerate() {
        let called = name_of(name, id, title);
        let mut own: Vec<&String> = [name, id].into_iter().flatten().collect();
        own.dedup();
        if own.is_empty() {
            own.push(title);
        }
        for known in own {
            if !taken.insert(known.clone()) {
                twice(&called);
            }
            if i < all.rules.len() {
                places.insert(known.clone(), i);
            }
        }
    }
    let mut titles: HashMap<&str, usize> = HashMap::new();
    for (i, (name, id, title)) in ours.enumerate() {
        *titles.entry(title.as_str()).or_default() += 1;
        let own = name.is_none() && id.is_none() || name == Some(title) || id == Some(title);
        if !own && taken.contains(title.as_str()) {
            // The filters of rsigma go by titles too.
            twice(&name_of(name, id, title));
        } else if !own && titles.get(title.as_str()) == Some(&1) {
            places.insert(title.clone(), i);
        }
    }
    for (title, _) in titles.into_iter().filter(|(title, n)| *n > 1 && !taken.contains(*title)) {
        places.remove(title);
    }
    places
}
