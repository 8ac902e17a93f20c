//! Honest work: what each duty does on a day, and how it looks when somebody forgets to write down why.

use detect::Explanation;
use model::{Action, Channel};

use crate::calendar::{is_month_end, is_workday};
use crate::day::{Hand, On};
use crate::dice::Dice;
use crate::world::Duty;

/// Milliseconds of a minute, spread over it.
fn ms(minute: f64, hand: &mut Hand<'_>) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a day")]
    let whole = (minute * 60_000.0).clamp(0.0, 86_300_000.0) as u32;
    whole + hand.dice.int(0, 59_000)
}

impl Hand<'_> {
    /// A moment of this person's working time.
    pub fn when(&mut self) -> u32 {
        let habits = self.world.people[self.who as usize].habits.clone();
        let late = if habits.owl { 0.18 } else { 0.015 };
        if self.dice.chance(late) {
            let minute = self.dice.between(1_110.0, if habits.owl { 1_420.0 } else { 1_300.0 });
            return ms(minute, self);
        }
        let (mut from, mut to) = (habits.starts, habits.ends);
        if habits.evening_shifts {
            // Early, normal and late shifts by the week.
            match (u32::try_from(self.day / 7).unwrap_or(0) + self.who) % 3 {
                0 => (from, to) = (from - 40.0, to - 120.0),
                1 => (from, to) = (from + 260.0, to + 220.0),
                _ => {}
            }
        }
        let mut minute = self.dice.between(from, to);
        if (725.0..800.0).contains(&minute) && self.dice.chance(0.8) {
            minute = self.dice.between(from, 725.0);
        }
        ms(minute, self)
    }

    fn documented(&mut self) -> bool {
        let missing = self.world.people[self.who as usize].habits.undocumented;
        !self.dice.chance(missing)
    }

    /// A customer somebody has a reason to open; the reason is on record unless it was forgotten.
    fn with_reason(&mut self, customer: u32, why: Explanation, days: i32, looks: u32) {
        if self.documented() {
            self.facts.link(self.who, customer, why, self.day + days);
        }
        let first = self.when();
        for look in 0..looks {
            let on = if look % 3 == 1 { On::Contact } else { On::Customer };
            if !self.view(first + look * 70_000, customer, on) {
                return;
            }
        }
        if self.dice.chance(0.25) {
            self.reveal(first + 30_000, customer);
        }
    }

    /// One of those worked on these weeks, or any other of one's own.
    pub fn own_customer(&mut self) -> Option<u32> {
        let own = &self.world.people[self.who as usize].own;
        let n = u32::try_from(own.len()).unwrap_or(0);
        if n == 0 {
            return None;
        }
        let week = u32::try_from(self.day / 7).unwrap_or(0);
        let index = if self.dice.chance(0.7) { (week * 5 + self.dice.int(0, 18)) % n } else { self.dice.int(0, n) };
        self.world.people[self.who as usize].own.get(index as usize).copied()
    }

    /// Somebody else's customer that the role may read.
    pub fn neighbour_customer(&mut self) -> Option<u32> {
        let branch = self.world.departments[self.world.people[self.who as usize].department].branch;
        let all = self.world.of_branch.get(branch)?;
        let picked = *self.dice.pick(all)?;
        (!self.why(picked).is_explained()).then_some(picked)
    }

    pub fn any_customer(&mut self) -> u32 {
        let n = u32::try_from(self.world.customers.len()).unwrap_or(1);
        loop {
            let picked = self.dice.int(0, n);
            // Nobody calls for a decoy, and no report counts it.
            if !self.world.customers[picked as usize].canary {
                return picked;
            }
        }
    }

    fn run_of(&self, from: u32, n: u32) -> Vec<u32> {
        (from..from + n).filter(|c| self.world.customers.get(*c as usize).is_some_and(|c| !c.canary)).collect()
    }

    fn region_customer(&mut self) -> Option<u32> {
        let department = self.world.people[self.who as usize].department;
        let region = *self.world.departments[department].line.get(1)?;
        for _ in 0..40 {
            let picked = self.any_customer();
            let lies = self.world.customers[picked as usize].department;
            if self.world.departments[lies].line.contains(&region) {
                return Some(picked);
            }
        }
        None
    }

    /// Whatever this person does on this day.
    pub fn live(&mut self) {
        let person = &self.world.people[self.who as usize];
        let (duty, activity, weekends) = (person.duty, person.habits.activity, person.habits.weekends);
        if duty == Duty::Machine {
            return self.machine();
        }
        let works = is_workday(self.day)
            || self.dice.chance(match duty {
                Duty::ServiceDesk => 0.45,
                _ if weekends => 0.4,
                _ => 0.015,
            });
        if !works {
            return;
        }
        let full = if is_workday(self.day) { 1.0 } else { 0.35 };
        let season =
            if is_month_end(self.day) && matches!(duty, Duty::Rep | Duty::Manager | Duty::Finance) { 1.7 } else { 1.0 };
        let mood = self.dice.around_one(0.25);
        let load = activity * full * season * mood;
        let start = self.when();
        self.sign_in(start);
        match duty {
            Duty::Rep => self.rep(load),
            Duty::Manager => self.manages(load),
            Duty::ServiceDesk => self.answers(load),
            Duty::Finance => self.counts(load),
            Duty::Analyst => self.analyses(load),
            Duty::Admin | Duty::Security => self.administers(load, duty),
            Duty::Machine => {}
        }
    }

    fn rep(&mut self, load: f64) {
        let mut views = 22.0;
        let department = self.world.people[self.who as usize].department;
        let branch = self.world.departments[department].branch;
        let campaign = self
            .world
            .campaigns
            .iter()
            .find(|c| c.branch == branch && (c.from..=c.to).contains(&self.day))
            .map(|c| c.documented);
        if let Some(documented) = campaign {
            views *= 3.0;
            // Two in five looks of the campaign go to customers of others, by an assignment.
            for _ in 0..self.dice.count(views * 0.65 * load.min(2.0), 6.0) {
                if let Some(customer) = self.neighbour_customer() {
                    if self.dice.chance(documented) {
                        self.facts.link(self.who, customer, Explanation::OpenTask, self.day + 10);
                    }
                    let t = self.when();
                    self.view(t, customer, On::Customer);
                }
            }
        }
        for _ in 0..self.dice.count(views * load, 5.0) {
            let Some(customer) = self.own_customer() else { break };
            let t = self.when();
            self.view(t, customer, On::Customer);
            let next = self.dice.unit();
            if next < 0.14 {
                self.reveal(t + 25_000, customer);
            } else if next < 0.40 {
                self.view(t + 20_000, customer, On::Contact);
            } else if next < 0.55 {
                self.view(t + 40_000, customer, On::Opportunity);
            }
            if self.dice.chance(0.3) {
                self.write(t + 200_000, customer, Action::Create, On::FollowUp);
            }
        }
        for _ in 0..self.dice.count(4.0 * load, 4.0) {
            self.lists_own();
        }
        self.beyond_own(load);
    }

    fn lists_own(&mut self) {
        let own = self.world.people[self.who as usize].own.clone();
        let t = self.when();
        for (page, chunk) in own.chunks(20).take(if self.dice.chance(0.15) { 3 } else { 1 }).enumerate() {
            let page = u32::try_from(page).unwrap_or(0);
            self.list(t + page * 15_000, chunk, Some(page + 1), false);
        }
    }

    /// What takes a sales person to customers who are not theirs.
    fn beyond_own(&mut self, load: f64) {
        let around = self.world.people[self.who as usize].habits.looks_around;
        // Is this company known already? A search by name shows colleagues' customers, and now and then one is opened.
        for _ in 0..self.dice.count(around * load, 2.0) {
            let found: Vec<u32> = (0..self.dice.int(1, 4)).filter_map(|_| self.neighbour_customer()).collect();
            let t = self.when();
            self.list(t, &found, Some(1), false);
            if self.dice.chance(0.25)
                && let Some(first) = found.first()
            {
                self.view(t + 30_000, *first, On::Customer);
            }
        }
        // Somebody calls: who is it?
        for _ in 0..self.dice.count(0.5 * load, 2.0) {
            let found = if self.dice.chance(0.8) { self.own_customer() } else { self.neighbour_customer() };
            let t = self.when();
            self.list(t, &found.into_iter().collect::<Vec<_>>(), None, true);
        }
        if self.dice.chance(0.15)
            && let Some(customer) = self.neighbour_customer()
        {
            let looks = self.dice.int(2, 6);
            let why = if self.dice.chance(0.5) { Explanation::OpenTask } else { Explanation::OpenOpportunity };
            self.with_reason(customer, why, 14, looks);
        }
        // Out of the pool: some are looked at, one is taken.
        if self.dice.chance(0.3) {
            self.claims();
        }
        // A link somebody sent: not theirs to see. Sometimes they ask for it.
        if self.dice.chance(0.06) {
            let customer = self.any_customer();
            let t = self.when();
            if !self.view(t, customer, On::Customer) && self.dice.chance(0.3) {
                self.facts.link(self.who, customer, Explanation::ApprovedRequest, self.day + 10);
                self.view(t + 3_600_000, customer, On::Customer);
            }
        }
        if self.dice.chance(0.02) {
            let mut own = self.world.people[self.who as usize].own.clone();
            own.truncate(self.dice.int(8, 45) as usize);
            let t = self.when();
            self.export(t, &own, false);
        }
        self.covers(load);
    }

    fn claims(&mut self) {
        let department = self.world.people[self.who as usize].department;
        let branch = self.world.departments[department].branch;
        let t = self.when();
        let pool = self.world.pool.get(branch).cloned().unwrap_or_default();
        // Nobody takes a decoy: it looks as if somebody else were at it.
        let some: Vec<u32> = (0..self.dice.int(3, 12)).filter_map(|_| self.dice.pick(&pool).copied()).collect();
        self.list(t, &some, Some(1), false);
        let some: Vec<u32> = some.into_iter().filter(|c| !self.world.customers[*c as usize].canary).collect();
        for (n, customer) in some.iter().take(3).enumerate() {
            self.view(t + 20_000 * (u32::try_from(n).unwrap_or(0) + 1), *customer, On::Customer);
        }
        if let Some(taken) = some.first().copied()
            && self.dice.chance(0.4)
        {
            self.write(t + 90_000, taken, Action::Claim, On::Customer);
            self.world.customers[taken as usize].owner = Some(self.who);
            if let Some(pool) = self.world.pool.get_mut(branch) {
                pool.retain(|c| *c != taken);
            }
            self.world.people[self.who as usize].own.push(taken);
        }
    }

    /// A colleague beside them is away: their customers call all the same. Long cover is put on record less often than one thinks.
    fn covers(&mut self, load: f64) {
        let Some(beside) = self.who.checked_add(1) else { return };
        let me = self.world.people[self.who as usize].department;
        let Some(colleague) = self.world.people.get(beside as usize) else { return };
        if colleague.duty != Duty::Rep
            || colleague.department != me
            || !colleague.is_away(self.day)
            || colleague.own.is_empty()
        {
            return;
        }
        let theirs = colleague.own.clone();
        // One decision for the whole absence: it was said in the system, or only in the corridor.
        // Who is away for longer has somebody in their place.
        let Some((spell, _)) =
            colleague.away.iter().copied().find(|(f, t)| (*f..=*t).contains(&self.day) && self.day < f + 10)
        else {
            return;
        };
        let mut of_spell =
            Dice::of(self.world.settings.seed, 1_000 + u64::from(beside), u64::try_from(spell).unwrap_or(0));
        let on_record = of_spell.chance(0.75);
        let by_me = of_spell.chance(0.7);
        if !by_me {
            return;
        }
        for _ in 0..self.dice.count(4.0 * load, 3.0) {
            let Some(customer) = self.dice.pick(&theirs).copied() else { break };
            if on_record {
                self.facts.link(self.who, customer, Explanation::Share, self.day + 5);
            }
            let t = self.when();
            self.view(t, customer, On::Customer);
            if self.dice.chance(0.3) {
                self.reveal(t + 20_000, customer);
            }
        }
    }

    fn manages(&mut self, load: f64) {
        let department = self.world.people[self.who as usize].department;
        let below: Vec<u32> = self
            .world
            .customers
            .iter()
            .enumerate()
            .filter(|(_, c)| self.world.departments[c.department].line.contains(&department))
            .filter_map(|(i, _)| u32::try_from(i).ok())
            .collect();
        let review = if crate::calendar::weekday(self.day) == 0 { 2.2 } else { 1.0 };
        for _ in 0..self.dice.count(14.0 * load * review, 4.0) {
            let Some(customer) = self.dice.pick(&below).copied() else { break };
            let t = self.when();
            self.view(t, customer, On::Opportunity);
            if self.dice.chance(0.05) {
                self.reveal(t + 20_000, customer);
            }
        }
        for _ in 0..self.dice.count(5.0 * load, 4.0) {
            let from = self.dice.int(0, u32::try_from(below.len()).unwrap_or(0).saturating_sub(40)) as usize;
            let t = self.when();
            for (n, chunk) in below.iter().skip(from).take(40).copied().collect::<Vec<_>>().chunks(20).enumerate() {
                let page = u32::try_from(n).unwrap_or(0);
                self.list(t + page * 12_000, chunk, Some(page + 1), false);
            }
        }
        if self.dice.chance(if is_month_end(self.day) { 0.25 } else { 0.02 }) {
            let mut rows = below;
            rows.truncate(self.dice.int(60, 600) as usize);
            let t = self.when();
            self.export(t, &rows, false);
        }
    }

    fn answers(&mut self, load: f64) {
        for _ in 0..self.dice.count(20.0 * load.min(2.5), 6.0) {
            let Some(customer) = self.region_customer() else { continue };
            let t = self.when();
            // The telephone system opens a ticket with the call; who answers past it leaves none.
            if self.documented() {
                self.facts.link(self.who, customer, Explanation::OpenTask, self.day + 3);
            }
            self.list(t, &[customer], None, true);
            self.view(t + 8_000, customer, On::Customer);
            if self.dice.chance(0.3) {
                self.reveal(t + 20_000, customer);
            }
            if self.dice.chance(0.4) {
                self.write(t + 240_000, customer, Action::Create, On::FollowUp);
            }
        }
    }

    fn counts(&mut self, load: f64) {
        for _ in 0..self.dice.count(14.0 * load, 5.0) {
            let customer = self.any_customer();
            let looks = self.dice.int(1, 3);
            self.with_reason(customer, Explanation::OpenTask, 20, looks);
        }
        if self.dice.chance(0.05) {
            let rows: Vec<u32> = (0..self.dice.int(30, 200)).map(|_| self.any_customer()).collect();
            let t = self.when();
            self.export(t, &rows, true);
        }
    }

    fn analyses(&mut self, load: f64) {
        for _ in 0..self.dice.count(8.0 * load, 3.0) {
            let from = self.any_customer();
            let rows: Vec<u32> = self.run_of(from, 50);
            let t = self.when();
            for (n, chunk) in rows.chunks(25).enumerate() {
                let page = u32::try_from(n).unwrap_or(0);
                self.list(t + page * 9_000, chunk, Some(page + 1), false);
            }
        }
        if self.dice.chance(0.15) {
            let from = self.any_customer();
            let n = self.dice.int(300, 2_500);
            let rows: Vec<u32> = self.run_of(from, n);
            let t = self.when();
            self.export(t, &rows, true);
        }
    }

    fn administers(&mut self, load: f64, duty: Duty) {
        let acts: &[Action] = if duty == Duty::Admin {
            &[Action::UserManage, Action::UserManage, Action::ObjectManage, Action::SettingManage]
        } else {
            &[Action::RoleAssign, Action::PolicyManage, Action::AccessExplain]
        };
        for _ in 0..self.dice.count(5.0 * load, 3.0) {
            let Some(act) = self.dice.pick(acts).copied() else { break };
            let n = u32::try_from(self.world.people.len()).unwrap_or(1);
            let mut whom = self.dice.int(0, n);
            if whom == self.who {
                whom = (whom + 1) % n;
            }
            let target = self.world.people[whom as usize].id.to_string();
            let t = self.when();
            self.administer(t, act, target);
        }
        if self.dice.chance(0.03) {
            let customer = self.any_customer();
            let t = self.when();
            self.view(t, customer, On::Customer);
        }
    }

    /// Synchronisation every hour, day and night, as its owner's job.
    fn machine(&mut self) {
        self.seat.channel = Channel::Api;
        for hour in 0..24 {
            let n = self.dice.count(6.0, 20.0);
            for page in 0..n {
                let from = self.any_customer();
                let rows: Vec<u32> = self.run_of(from, 20);
                self.list(hour * 3_600_000 + page * 4_000, &rows, None, false);
            }
        }
    }
}
