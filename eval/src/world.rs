//! The company: a tree of departments, its people with their duties and habits, its customers with their owners.

use model::{DepartmentId, RecordId, UserId};

use crate::calendar::{at, day_of, is_workday};
use crate::dice::Dice;

/// What a company is made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub seed: u64,
    /// About so many people; at least 60.
    pub people: u32,
    pub days: u32,
    /// Share of honest work whose record is missing, 0 to 0.05. `None`: by the seed.
    pub undocumented: Option<f64>,
    /// 0 for a company without any.
    pub insiders: u32,
}

impl Settings {
    pub fn of(seed: u64) -> Self {
        Self { seed, people: 1_000, days: 90, undocumented: None, insiders: 30 }
    }
}

/// What somebody is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duty {
    Rep,
    /// Of a team, a branch or a region.
    Manager,
    ServiceDesk,
    Finance,
    Analyst,
    Admin,
    Security,
    /// A service account.
    Machine,
}

impl Duty {
    pub const fn role(self) -> &'static str {
        match self {
            Duty::Rep => "sales_rep",
            Duty::Manager => "sales_manager",
            Duty::ServiceDesk => "service",
            Duty::Finance => "finance",
            Duty::Analyst => "marketing",
            Duty::Admin => "system_admin",
            Duty::Security => "security_admin",
            Duty::Machine => "integration",
        }
    }
}

pub struct Department {
    pub id: DepartmentId,
    pub path: Vec<DepartmentId>,
    /// Of this and of all above, as indices.
    pub line: Vec<usize>,
    pub head: Option<u32>,
    /// The office in which it sits.
    pub office: u32,
    /// Of the sales teams: the department whose customers their members may read.
    pub branch: usize,
}

/// How somebody works, as nobody wrote it down.
#[derive(Debug, Clone)]
pub struct Habits {
    pub activity: f64,
    pub starts: f64,
    pub ends: f64,
    pub owl: bool,
    pub weekends: bool,
    pub at_home: f64,
    /// How often the reason of a look was not recorded.
    pub undocumented: f64,
    /// Searches among colleagues' customers, per day.
    pub looks_around: f64,
    pub evening_shifts: bool,
}

pub struct Person {
    pub id: UserId,
    pub duty: Duty,
    pub department: usize,
    pub manager: Option<u32>,
    pub habits: Habits,
    /// Customers whose owner they are.
    pub own: Vec<u32>,
    /// Days of the company on which they are employed.
    pub first: i32,
    pub last: i32,
    /// From when it is known that they leave.
    pub notice: Option<i32>,
    /// First and last days of absence.
    pub away: Vec<(i32, i32)>,
    /// The day on which they move, and where to.
    pub transfer: Option<(i32, usize)>,
    /// The device of the day, changed when it is replaced.
    pub device: u64,
}

impl Person {
    pub fn is_away(&self, day: i32) -> bool {
        day < self.first || day > self.last || self.away.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }
}

pub struct Customer {
    pub id: RecordId,
    pub owner: Option<u32>,
    pub co_owner: Option<u32>,
    pub department: usize,
    pub vip: bool,
    pub canary: bool,
}

/// A time in which a branch works on a list of customers beyond its own.
#[derive(Debug, Clone)]
pub struct Campaign {
    pub branch: usize,
    pub from: i32,
    pub to: i32,
    /// How often the task of an assigned customer was recorded.
    pub documented: f64,
}

pub struct World {
    pub settings: Settings,
    pub start: i32,
    pub undocumented: f64,
    pub departments: Vec<Department>,
    pub people: Vec<Person>,
    pub customers: Vec<Customer>,
    /// By branch: customers without an owner.
    pub pool: Vec<Vec<u32>>,
    /// By branch: everything that lies there.
    pub of_branch: Vec<Vec<u32>>,
    pub campaigns: Vec<Campaign>,
}

impl World {
    pub fn end(&self) -> i32 {
        self.start + i32::try_from(self.settings.days).unwrap_or(90) - 1
    }

    pub fn new(settings: Settings) -> Self {
        let mut d = Dice::of(settings.seed, 1, 0);
        let starts = [day_of(2026, 1, 5), day_of(2026, 3, 2), day_of(2026, 4, 6), day_of(2026, 9, 1)];
        let start = *d.pick(&starts).unwrap_or(&starts[0]);
        let drawn = d.between(0.0, 0.05);
        let mut world = Self {
            start,
            undocumented: settings.undocumented.unwrap_or(drawn).clamp(0.0, 0.5),
            settings,
            departments: vec![],
            people: vec![],
            customers: vec![],
            pool: vec![],
            of_branch: vec![],
            campaigns: vec![],
        };
        world.found(&mut d);
        world.turnover(&mut d);
        world.campaign(&mut d);
        world
    }

    fn department(&mut self, d: &mut Dice, above: Option<usize>, office: u32) -> usize {
        let id = DepartmentId::new(at(self.start - 2_000, 0), d.bytes());
        let index = self.departments.len();
        let (mut path, mut line) = above
            .map_or_else(|| (vec![], vec![]), |a| (self.departments[a].path.clone(), self.departments[a].line.clone()));
        path.push(id);
        line.push(index);
        self.departments.push(Department { id, path, line, head: None, office, branch: index });
        index
    }

    fn person(&mut self, d: &mut Dice, duty: Duty, department: usize, manager: Option<u32>) -> u32 {
        let index = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let owl = d.chance(0.05);
        let habits = Habits {
            activity: d.around_one(0.35),
            starts: 515.0 + 25.0 * d.between(-1.0, 1.0),
            ends: 1_080.0 + 40.0 * d.between(-1.0, 1.0),
            owl,
            weekends: d.chance(0.05),
            at_home: if d.chance(0.3) { d.between(0.05, 0.4) } else { 0.02 },
            undocumented: (self.undocumented * d.gamma(1.5, 1.0)).min(0.3),
            looks_around: d.gamma(1.0, 0.35),
            evening_shifts: duty == Duty::ServiceDesk,
        };
        self.people.push(Person {
            id: UserId::new(at(self.start - 400, index), d.bytes()),
            duty,
            department,
            manager,
            habits,
            own: vec![],
            first: i32::MIN,
            last: i32::MAX,
            notice: None,
            away: vec![],
            transfer: None,
            device: u64::from(d.int(1, u32::MAX)),
        });
        index
    }

    fn found(&mut self, d: &mut Dice) {
        let n = self.settings.people.max(60);
        let head_office = self.department(d, None, 0);
        let boss = self.person(d, Duty::Manager, head_office, None);
        self.departments[head_office].head = Some(boss);
        let branches = (n / 50).max(1);
        let regions = branches.div_ceil(5);
        let mut above = vec![];
        for region in 0..regions {
            let r = self.department(d, Some(head_office), 1 + region);
            let head = self.person(d, Duty::Manager, r, Some(boss));
            self.departments[r].head = Some(head);
            above.push((r, head));
        }
        for branch in 0..branches {
            let (region, director) = above[(branch % regions) as usize];
            let b = self.department(d, Some(region), 100 + branch);
            let head = self.person(d, Duty::Manager, b, Some(director));
            self.departments[b].head = Some(head);
            for _ in 0..4 {
                let team = self.department(d, Some(b), 100 + branch);
                self.departments[team].branch = b;
                let lead = self.person(d, Duty::Manager, team, Some(head));
                self.departments[team].head = Some(lead);
                for _ in 0..d.int(7, 13) {
                    let rep = self.person(d, Duty::Rep, team, Some(lead));
                    self.own_customers(d, rep, team);
                }
            }
        }
        for (region, director) in above {
            let desk = self.department(d, Some(region), self.departments[region].office);
            for _ in 0..n / 10 / regions {
                self.person(d, Duty::ServiceDesk, desk, Some(director));
            }
        }
        for (duty, share, least) in [
            (Duty::Finance, 33, 3),
            (Duty::Analyst, 70, 2),
            (Duty::Admin, 120, 3),
            (Duty::Security, 250, 2),
            (Duty::Machine, 200, 3),
        ] {
            let room = self.department(d, Some(head_office), 0);
            for _ in 0..(n / share).max(least) {
                self.person(d, duty, room, Some(boss));
            }
        }
        self.pool = vec![vec![]; self.departments.len()];
        self.of_branch = vec![vec![]; self.departments.len()];
        for b in 0..self.departments.len() {
            if self.departments[b].line.len() == 3 && self.departments[b].head.is_some() {
                for _ in 0..300 {
                    let c = self.customer(d, None, b);
                    self.pool[b].push(c);
                }
            }
        }
        for (index, c) in self.customers.iter().enumerate() {
            let branch = self.departments[c.department].branch;
            self.of_branch[branch].push(u32::try_from(index).unwrap_or(0));
        }
    }

    fn own_customers(&mut self, d: &mut Dice, rep: u32, team: usize) {
        for _ in 0..d.int(35, 90) {
            let customer = self.customer(d, Some(rep), team);
            self.people[rep as usize].own.push(customer);
        }
    }

    /// A customer that was there before the simulation, or is made in it.
    pub fn customer(&mut self, d: &mut Dice, owner: Option<u32>, department: usize) -> u32 {
        let index = u32::try_from(self.customers.len()).unwrap_or(u32::MAX);
        let canary = owner.is_none() && d.chance(0.004);
        // Colleagues of one team stand beside one another.
        let co_owner = owner.filter(|o| *o > 0 && d.chance(0.05)).map(|o| o - 1);
        self.customers.push(Customer {
            id: RecordId::new(at(self.start - 300, index), d.bytes()),
            owner,
            co_owner,
            department,
            vip: d.chance(0.01),
            canary,
        });
        index
    }

    fn turnover(&mut self, d: &mut Dice) {
        let (start, end) = (self.start, self.end());
        let span = u32::try_from(end - start).unwrap_or(90);
        let day = |d: &mut Dice, from: u32, to: u32| start + i32::try_from(d.int(from, to.max(from + 1))).unwrap_or(0);
        let teams: Vec<usize> = (0..self.departments.len()).filter(|t| self.departments[*t].line.len() == 4).collect();
        for person in &mut self.people {
            if person.duty == Duty::Machine {
                continue;
            }
            // Leave: some days now and then, and a few long ones.
            let mut from = day(d, 0, 40);
            while from < end {
                let length = if d.chance(0.3) { d.int(4, 9) } else { d.int(1, 3) };
                person.away.push((from, from + i32::try_from(length).unwrap_or(1)));
                from += 15 + i32::try_from(d.int(0, 60)).unwrap_or(0);
            }
            if d.chance(0.012) {
                let from = day(d, 0, span / 2) - 10;
                person.away.push((from, from + i32::try_from(d.int(32, 60)).unwrap_or(40)));
            }
            if person.duty != Duty::Rep {
                continue;
            }
            let fate = d.unit();
            if fate < 0.05 {
                person.first = day(d, 1, span.saturating_sub(5));
            } else if fate < 0.085 {
                let notice = day(d, 10, span);
                person.notice = Some(notice);
                person.last = notice + i32::try_from(d.int(14, 31)).unwrap_or(20);
            } else if fate < 0.105
                && let Some(team) = d.pick(&teams)
            {
                person.transfer = Some((day(d, 10, span), *team));
            }
        }
    }

    fn campaign(&mut self, d: &mut Dice) {
        let branches: Vec<usize> = (0..self.departments.len()).filter(|b| !self.pool[*b].is_empty()).collect();
        for number in 0..5 {
            let Some(branch) = d.pick(&branches).copied() else { return };
            let mut from = self.start + i32::try_from(d.int(12, self.settings.days.max(13))).unwrap_or(20);
            while !is_workday(from) {
                from += 1;
            }
            let to = from + i32::try_from(d.int(4, 11)).unwrap_or(7);
            // The last one was agreed upon by word of mouth.
            self.campaigns.push(Campaign { branch, from, to, documented: if number == 4 { 0.7 } else { 0.97 } });
        }
    }
}
