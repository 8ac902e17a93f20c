//! What the company's records say about who has to do with which customer, and the explanation that follows from it.
//!
//! Rule: an explanation is computed, never chosen. Honest work writes its fact first; where its record is missing, or an insider wrote one to
//! hide behind, the computed explanation is wrong in the same way as it would be in a real company.

use std::collections::HashMap;

use detect::Explanation;

use crate::world::{Duty, World};

/// Links between people and customers, each until a day.
#[derive(Default)]
pub struct Facts {
    links: HashMap<(u32, u32), Vec<(Explanation, i32)>>,
}

impl Facts {
    pub fn link(&mut self, who: u32, customer: u32, why: Explanation, until: i32) {
        let links = self.links.entry((who, customer)).or_default();
        match links.iter_mut().find(|(w, _)| *w == why) {
            Some((_, end)) => *end = until.max(*end),
            None => links.push((why, until)),
        }
    }

    /// Drops what has ended.
    pub fn prune(&mut self, day: i32) {
        self.links.retain(|_, links| {
            links.retain(|(_, until)| *until >= day);
            !links.is_empty()
        });
    }

    /// The strongest reason that holds on this day.
    pub fn explain(&self, world: &World, who: u32, customer: u32, day: i32) -> Explanation {
        let c = &world.customers[customer as usize];
        if c.owner == Some(who) {
            return Explanation::Owner;
        }
        if c.co_owner == Some(who) {
            return Explanation::CoOwner;
        }
        if world.departments[c.department].line.iter().any(|d| world.departments[*d].head == Some(who)) {
            return Explanation::TeamDuty;
        }
        let link = self
            .links
            .get(&(who, customer))
            .and_then(|links| links.iter().filter(|(_, until)| *until >= day).map(|(why, _)| *why).min());
        if let Some(why) = link {
            return why;
        }
        let person = &world.people[who as usize];
        if person.duty == Duty::Machine {
            return Explanation::Job;
        }
        let at_home = world.departments[c.department].branch == world.departments[person.department].branch;
        if c.owner.is_none() && person.duty == Duty::Rep && at_home { Explanation::Pool } else { Explanation::None }
    }

    /// The role reads this customer at all.
    pub fn may_read(&self, world: &World, who: u32, customer: u32, day: i32) -> bool {
        let person = &world.people[who as usize];
        let c = &world.customers[customer as usize];
        let lies = &world.departments[c.department];
        let by_role = match person.duty {
            Duty::Rep => lies.branch == world.departments[person.department].branch,
            Duty::Manager => lies.line.contains(&person.department),
            Duty::ServiceDesk => {
                let region = world.departments[person.department].line.get(1);
                region.is_some_and(|r| lies.line.contains(r))
            }
            Duty::Finance | Duty::Analyst | Duty::Machine => true,
            Duty::Admin | Duty::Security => false,
        };
        by_role || self.explain(world, who, customer, day).is_explained()
    }
}
