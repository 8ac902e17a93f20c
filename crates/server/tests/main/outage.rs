//! What people meet when the log can no longer take a record, told over HTTP, and what they find after the next start.

use serde_json::{Value, json};

use super::support::{Answer, Browser, Instance, Server};

/// A customer whose name is looked for in every answer, and one whose making meets the fault.
const NAME: &str = "全景照明公司";
const MET: &str = "断电有限公司";

/// A rep at work while all is well.
pub struct Outage {
    rep: Browser,
    customer: String,
    /// Events and records that were acknowledged.
    events: Vec<String>,
    made: Vec<String>,
}

impl Outage {
    pub fn before(i: &Instance, server: &Server) -> Self {
        let mut rep = server.sign_in("rep1", &i.passwords[0]);
        let made = rep.post("/api/v1/records/customer", json!({ "fields": { "name": NAME } })).is(201);
        let customer = id(&made.json());
        let mut outage = Outage { rep, customer: customer.clone(), events: vec![], made: vec![customer] };
        outage.acknowledged(&made);
        for n in 1..=2 {
            let made = outage.make(&format!("来电第{n}公司")).is(201);
            outage.acknowledged(&made);
            outage.made.push(id(&made.json()));
        }
        let shown = outage.view().is(200);
        assert_eq!(shown.json()["fields"]["name"], NAME);
        outage.acknowledged(&shown);
        server.anonymous().get("/readyz").is(200);
        outage
    }

    fn acknowledged(&mut self, answer: &Answer) {
        self.events.push(answer.header("x-audit-event").to_owned());
    }
    fn view(&mut self) -> Answer {
        self.rep.get(&format!("/api/v1/records/customer/{}", self.customer))
    }
    fn make(&mut self, name: &str) -> Answer {
        self.rep.post("/api/v1/records/customer", json!({ "fields": { "name": name } }))
    }

    /// The request that meets the fault: a look, or the making of [`MET`].
    pub fn meets(&mut self, writing: bool) {
        let answer = if writing { self.make(MET) } else { self.view() };
        self.nothing_told(answer);
    }

    /// A look while nothing is wrong.
    #[allow(dead_code, reason = "asked for where the calls of a healthy server are counted")]
    pub fn well(&mut self) {
        self.view().is(200);
    }

    fn nothing_told(&self, answer: Answer) {
        let answer = answer.problem(503, "audit_unavailable");
        assert_eq!(answer.header("x-audit-event"), "", "there is no record of it");
        let text = answer.text();
        assert!(!text.contains(NAME) && !text.contains(MET), "{text}");
    }

    /// From now on nothing is disclosed, whoever asks and by whatever way; the server says that it cannot serve.
    pub fn stays_closed(&mut self, i: &Instance, server: &Server) {
        let look = self.view();
        self.nothing_told(look);
        for path in ["/api/v1/records/customer", "/api/v1/records/customer/count", "/api/v1/records/contact?limit=5"] {
            let answer = self.rep.get(path);
            self.nothing_told(answer);
        }
        let written = self.make("再试一次公司");
        self.nothing_told(written);
        let export = json!({ "format": "csv", "question": {}, "purpose": "备份" });
        let taken = self.rep.post("/api/v1/records/customer/export", export);
        self.nothing_told(taken);
        // Nobody new comes in either: a sign-in is an event.
        let mut other = server.anonymous();
        let login = json!({ "login": "rep6", "password": i.passwords[0] });
        other.post("/api/v1/session", login).problem(503, "audit_unavailable");
        other.get("/readyz").problem(503, "audit_unavailable");
        other.get("/healthz").is(200);
    }

    /// After the cause is gone: served as before, the ledger is whole, nothing acknowledged is missing. How often [`MET`] is
    /// there: what was refused may have been done all the same, once and with its event, where the fault kept it.
    pub fn after(self, i: &Instance) -> usize {
        let server = i.serve();
        server.anonymous().get("/readyz").is(200);
        let mut auditor = server.sign_in("auditor", &i.passwords[2]);
        for event in &self.events {
            auditor.get(&format!("/api/v1/audit/events/{event}")).is(200);
        }
        let mut rep = server.sign_in("rep1", &i.passwords[0]);
        for made in &self.made {
            rep.get(&format!("/api/v1/records/customer/{made}")).is(200);
        }
        let shown = rep.get(&format!("/api/v1/records/customer/{}", self.customer)).is(200).json();
        assert_eq!(shown["fields"]["name"], NAME);
        let found = rep.get("/api/v1/records/customer?search=%E6%96%AD%E7%94%B5").is(200).json();
        let found: Vec<String> = found["items"].as_array().unwrap().iter().map(id).collect();
        for record in &found {
            let seen = auditor.get(&format!("/api/v1/audit/records/{record}")).is(200).json();
            let creates = seen["page"]["items"].as_array().unwrap_or_else(|| panic!("{seen}")).iter();
            assert_eq!(creates.filter(|l| l["action"] == "create").count(), 1, "a record without its event");
        }
        let (code, log) = server.end();
        assert_eq!(code, 0, "{log}");
        i.run(&["doctor"]).is(0);
        found.len()
    }
}

fn id(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}
