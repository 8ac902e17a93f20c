//! The network between a server and PostgreSQL breaks in a commit: before it arrives, or after it was done and before its
//! answer.

use testkit::postgres::{Cut, Lost, Wire};

use super::outage::Outage;
use super::support::{Instance, Server};

#[test]
fn a_commit_lost_on_the_way_closes_the_server_until_the_next_start_and_costs_nothing_acknowledged() {
    let i = Instance::demo(10);
    let mut there = 0;
    for (lost, writing) in
        [(Lost::Statement, false), (Lost::Statement, true), (Lost::Answer, false), (Lost::Answer, true)]
    {
        let wire = Wire::to(i.base.database());
        let server = Server::start_with(&i.path(), &["--listen", "127.0.0.1:0"], |program| {
            program.env("WHOSAW_DATABASE", wire.url());
        });
        let mut outage = Outage::before(&i, &server);
        wire.cut(Cut::Commit { of: "INSERT INTO ledger_inbox" }, lost);
        outage.meets(writing);
        assert!(!wire.waits());
        outage.stays_closed(&i, &server);
        let (code, log) = server.end();
        assert_ne!(code, 0, "it could not write its own end, and says so");
        assert!(log.contains("nothing will be disclosed until a restart"), "{log}");
        let now = outage.after(&i);
        assert_eq!(now - there, usize::from(writing && lost == Lost::Answer), "{lost:?}");
        there = now;
    }
}
