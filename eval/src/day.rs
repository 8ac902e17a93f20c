//! One person's day in the making: accesses are drafted here with what was disclosed and why.

use detect::{Actor, Employment, Explanation, Kind, Observation, Seen, Source};
use model::{Action, Channel, Decision, EventId, ObjectName, RecordId, SessionId};

use crate::calendar::{at, local};
use crate::dice::Dice;
use crate::facts::Facts;
use crate::world::{Duty, World};

/// An observation with its truth.
#[derive(Debug, Clone)]
pub struct Labelled {
    pub seen: Observation,
    /// The insider whose malicious act it is.
    pub insider: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Nothing,
    Customer,
    Contact,
    Opportunity,
    FollowUp,
}

#[derive(Debug, Clone)]
pub struct Draft {
    pub ms: u32,
    pub who: u32,
    pub action: Action,
    pub decision: Decision,
    pub on: On,
    pub shown: Vec<Shown>,
    pub rows: u64,
    pub page: Option<u32>,
    pub exact: bool,
    pub purpose: bool,
    pub target: Option<String>,
    pub channel: Channel,
    pub device: u64,
    pub network: String,
    pub insider: Option<u16>,
}

#[derive(Debug, Clone, Copy)]
pub struct Shown {
    pub customer: u32,
    pub personal: u16,
    pub sensitive: u16,
    pub masked: u16,
    pub why: Explanation,
}

/// Where somebody sits while they do something.
#[derive(Debug, Clone)]
pub struct Seat {
    pub channel: Channel,
    pub device: u64,
    pub network: String,
}

/// The day of one person.
pub struct Hand<'a> {
    pub world: &'a mut World,
    pub facts: &'a mut Facts,
    pub drafts: &'a mut Vec<Draft>,
    pub dice: Dice,
    pub who: u32,
    pub day: i32,
    pub seat: Seat,
    pub insider: Option<u16>,
}

impl Hand<'_> {
    fn push(&mut self, ms: u32, action: Action, on: On, decision: Decision) -> &mut Draft {
        self.drafts.push(Draft {
            ms,
            who: self.who,
            action,
            decision,
            on,
            shown: vec![],
            rows: 0,
            page: None,
            exact: false,
            purpose: false,
            target: None,
            channel: self.seat.channel,
            device: self.seat.device,
            network: self.seat.network.clone(),
            insider: self.insider,
        });
        let last = self.drafts.len() - 1;
        &mut self.drafts[last]
    }

    pub fn why(&self, customer: u32) -> Explanation {
        self.facts.explain(self.world, self.who, customer, self.day)
    }

    /// Signing in, and what one does without records.
    pub fn sign_in(&mut self, ms: u32) {
        self.push(ms, Action::SignIn, On::Nothing, Decision::Allowed);
    }

    /// Opens a customer; refused where the role does not reach it. Says whether it was shown.
    pub fn view(&mut self, ms: u32, customer: u32, on: On) -> bool {
        let allowed = self.facts.may_read(self.world, self.who, customer, self.day);
        let why = self.why(customer);
        let decision = if allowed { Decision::Allowed } else { Decision::Refused };
        let own = matches!(why, Explanation::Owner | Explanation::CoOwner);
        let shown = Shown {
            customer,
            personal: if allowed { 3 } else { 0 },
            sensitive: 0,
            masked: if own { 1 } else { 2 },
            why,
        };
        self.push(ms, Action::View, on, decision).shown.push(shown);
        allowed
    }

    pub fn reveal(&mut self, ms: u32, customer: u32) {
        if !self.facts.may_read(self.world, self.who, customer, self.day) {
            return;
        }
        let why = self.why(customer);
        let sensitive = u16::from(self.dice.chance(0.2));
        let draft = self.push(ms, Action::Reveal, On::Contact, Decision::Allowed);
        draft.purpose = true;
        draft.shown.push(Shown { customer, personal: 1 - sensitive, sensitive, masked: 0, why });
    }

    /// One page of a list: names in the clear, numbers masked.
    pub fn list(&mut self, ms: u32, customers: &[u32], page: Option<u32>, exact: bool) {
        let shown: Vec<Shown> = customers
            .iter()
            .map(|c| Shown { customer: *c, personal: u16::from(exact), sensitive: 0, masked: 2, why: self.why(*c) })
            .collect();
        let draft = self.push(ms, Action::List, On::Customer, Decision::Allowed);
        draft.shown = shown;
        draft.page = page;
        draft.exact = exact;
    }

    /// Writes about a customer. A follow-up is a reason to look for a month.
    pub fn write(&mut self, ms: u32, customer: u32, action: Action, on: On) {
        let why = self.why(customer);
        self.push(ms, action, on, Decision::Allowed).shown.push(Shown {
            customer,
            personal: 0,
            sensitive: 0,
            masked: 0,
            why,
        });
        if on == On::FollowUp {
            self.facts.link(self.who, customer, Explanation::FollowUp, self.day + 30);
        }
    }

    /// Takes customers out of the house, in events of at most 500 records.
    pub fn export(&mut self, ms: u32, customers: &[u32], job: bool) {
        for (part, chunk) in customers.chunks(500).enumerate() {
            let shown: Vec<Shown> = chunk
                .iter()
                .map(|c| {
                    let why = if job { Explanation::Job.min(self.why(*c)) } else { self.why(*c) };
                    Shown { customer: *c, personal: 3, sensitive: 0, masked: 0, why }
                })
                .collect();
            let rows = shown.len() as u64;
            let draft = self.push(
                ms + u32::try_from(part).unwrap_or(0) * 1_500,
                Action::Export,
                On::Customer,
                Decision::Allowed,
            );
            draft.channel = Channel::Export;
            draft.rows = rows;
            draft.shown = shown;
            draft.purpose = true;
        }
    }

    /// An act about people, roles or settings.
    pub fn administer(&mut self, ms: u32, action: Action, target: String) {
        self.push(ms, action, On::Nothing, Decision::Allowed).target = Some(target);
    }
}

/// Words that every observation repeats.
pub struct Names {
    customer: Option<ObjectName>,
    contact: Option<ObjectName>,
    opportunity: Option<ObjectName>,
    follow_up: Option<ObjectName>,
}

impl Default for Names {
    fn default() -> Self {
        let name = |text: &str| text.parse().ok();
        Self {
            customer: name("customer"),
            contact: name("contact"),
            opportunity: name("opportunity"),
            follow_up: name("follow_up"),
        }
    }
}

impl Names {
    fn of(&self, on: On) -> Option<ObjectName> {
        match on {
            On::Nothing => None,
            On::Customer => self.customer.clone(),
            On::Contact => self.contact.clone(),
            On::Opportunity => self.opportunity.clone(),
            On::FollowUp => self.follow_up.clone(),
        }
    }

    /// A record of a customer: one of each kind.
    fn record(customer: RecordId, on: On) -> RecordId {
        let mut bytes = *customer.as_bytes();
        let turn = match on {
            On::Nothing | On::Customer => 0,
            On::Contact => 1,
            On::Opportunity => 2,
            On::FollowUp => 3,
        };
        bytes[15] ^= turn;
        RecordId::from_bytes(bytes)
    }

    /// The draft as the ledger would tell it.
    pub fn observe(&self, world: &World, draft: Draft, day: i32, seq: u64) -> Labelled {
        let person = &world.people[draft.who as usize];
        let moment = at(day, draft.ms);
        let department = &world.departments[person.department];
        let mut session = Dice::of(u64::from(draft.who) ^ (draft.device << 20), 9, u64::try_from(day).unwrap_or(0));
        let [s0, s1, s2, s3, s4, s5, s6, s7] = seq.to_be_bytes();
        let seen = draft
            .shown
            .iter()
            .map(|s| {
                let c = &world.customers[s.customer as usize];
                Seen {
                    record: Self::record(c.id, draft.on),
                    customer: c.id,
                    owner: c.owner.map(|o| world.people[o as usize].id),
                    department: Some(world.departments[c.department].id),
                    personal: s.personal,
                    sensitive: s.sensitive,
                    masked: s.masked,
                    explanation: s.why,
                    canary: c.canary,
                    vip: c.vip,
                }
            })
            .collect();
        let employment = match person.notice {
            _ if day > person.last => Employment::Left,
            Some(notice) if day >= notice => Employment::Notice,
            _ => Employment::Active,
        };
        let machine = person.duty == Duty::Machine;
        let observation = Observation {
            seq,
            event: EventId::new(moment, [0, 0, s0, s1, s2, s3, s4, s5, s6, s7]),
            at: moment,
            local: local(moment),
            actor: Actor {
                user: person.id,
                kind: if machine { Kind::Service } else { Kind::Human },
                department: Some(department.id),
                department_path: department.path.clone(),
                roles: vec![person.duty.role().to_owned()],
                employment,
                manager: person.manager.map(|m| world.people[m as usize].id),
            },
            source: Source {
                channel: draft.channel,
                session: (!machine).then(|| SessionId::new(at(day, 0), session.bytes())),
                mfa: !machine,
                network: Some(draft.network),
                device: (!machine).then_some(draft.device),
                foreign: None,
            },
            action: draft.action,
            decision: draft.decision,
            object: self.of(draft.on),
            seen,
            rows: draft.rows,
            page: draft.page,
            exact: draft.exact,
            purpose: draft.purpose,
            target: draft.target,
        };
        Labelled { seen: observation, insider: draft.insider }
    }
}
