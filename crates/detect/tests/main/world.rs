//! Observations for tests: an ordinary one, and what is different about it.

use detect::{Actor, Employment, Explanation, Kind, Local, Observation, Seen, Source};
use model::{Action, Channel, Decision, DepartmentId, EventId, RecordId, SessionId, UnixMs, UserId};

/// Monday 2026-03-02, 10:00 in Shanghai.
pub const MONDAY: i64 = 1_772_416_800;

pub fn user(n: u64) -> UserId {
    UserId::from_bytes(bytes(1, n))
}
pub fn record(n: u64) -> RecordId {
    RecordId::from_bytes(bytes(2, n))
}
pub fn department(n: u64) -> DepartmentId {
    DepartmentId::from_bytes(bytes(3, n))
}
fn bytes(kind: u8, n: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[0] = kind;
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    bytes
}

/// The company's clock at a moment.
pub fn local(at: i64) -> Local {
    let here = at + 8 * 3_600;
    let day = here.div_euclid(86_400);
    let minute = (here.rem_euclid(86_400) / 60) as u16;
    let weekday = (day + 3).rem_euclid(7) as u8;
    let workday = weekday < 5;
    Local { day: day as i32, minute, weekday, workday, working_hours: workday && (9 * 60..18 * 60).contains(&minute) }
}

/// A rep views a customer of their own.
pub fn view(seq: u64, at: i64, who: u64, customer: u64) -> Observation {
    Observation {
        seq,
        event: EventId::from_bytes(bytes(4, seq)),
        at: UnixMs(at * 1_000),
        local: local(at),
        actor: Actor {
            user: user(who),
            kind: Kind::Human,
            department: Some(department(1)),
            department_path: vec![department(0), department(1)],
            roles: vec!["rep".into()],
            employment: Employment::Active,
            manager: Some(user(900)),
        },
        source: Source {
            channel: Channel::Web,
            session: Some(SessionId::from_bytes(bytes(5, who))),
            mfa: true,
            network: Some("10.0.0.0/24".into()),
            device: Some(who),
            foreign: None,
        },
        action: Action::View,
        decision: Decision::Allowed,
        object: Some("customer".parse().unwrap()),
        seen: vec![seen(customer, who)],
        rows: 0,
        page: None,
        exact: false,
        purpose: false,
        target: None,
    }
}

pub fn seen(customer: u64, owner: u64) -> Seen {
    Seen {
        record: record(customer),
        customer: record(customer),
        owner: Some(user(owner)),
        department: Some(department(1)),
        personal: 2,
        sensitive: 0,
        masked: 1,
        explanation: Explanation::Owner,
        canary: false,
        vip: false,
    }
}

/// A small generator of numbers: SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        detect::key::mix(self.0)
    }
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// A count with this mean and overdispersion: a Poisson count of a gamma-distributed rate.
    pub fn count(&mut self, mean: f64, alpha: f64) -> u32 {
        let rate = mean * alpha * self.gamma(1.0 / alpha);
        self.poisson(rate)
    }
    pub fn gamma(&mut self, shape: f64) -> f64 {
        // Marsaglia and Tsang.
        if shape < 1.0 {
            let u = self.unit().max(1e-12);
            return self.gamma(shape + 1.0) * u.powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.unit().max(1e-300).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }
    pub fn normal(&mut self) -> f64 {
        let (u, v) = (self.unit().max(1e-300), self.unit());
        (-2.0 * u.ln()).sqrt() * (2.0 * std::f64::consts::PI * v).cos()
    }
    pub fn poisson(&mut self, rate: f64) -> u32 {
        // Exponential gaps within one unit of time.
        let mut n = 0;
        let mut t = -self.unit().max(1e-300).ln();
        while t < rate {
            n += 1;
            t -= self.unit().max(1e-300).ln();
        }
        n
    }
}
