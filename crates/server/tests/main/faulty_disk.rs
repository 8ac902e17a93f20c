//! A disk that fails under a running server: writes and syncs of the log's file, each way they can fail.

use std::collections::BTreeSet;
use std::fs;

use testkit::faults::{Fault, How, Shim, read_trace};

use super::outage::Outage;
use super::support::{Instance, Server};

/// What is done to the log's file when a record is made durable.
fn calls(i: &Instance, shim: &Shim) -> BTreeSet<String> {
    let (armed, trace) = (i.beside("armed"), i.beside("calls"));
    let server = Server::start_with(&i.path(), &["--listen", "127.0.0.1:0"], |program| {
        shim.load(program, &i.path(), &trace);
        Shim::armed_by(program, &armed);
    });
    let mut outage = Outage::before(i, &server);
    fs::write(&armed, "").unwrap();
    outage.well();
    server.kill();
    let to_the_log = read_trace(&trace).into_iter().filter(|c| c.path == "/whosaw.db-wal");
    to_the_log.map(|c| c.name).collect()
}

#[test]
fn a_disk_that_fails_closes_the_server_until_the_next_start_and_costs_nothing_acknowledged() {
    let shim = Shim::build();
    let i = Instance::demo(10);
    let calls = calls(&i, &shim);
    assert!(calls.contains("pwrite") && calls.iter().any(|c| c.ends_with("sync")), "{calls:?}");
    let mut met = 0;
    for call in calls {
        for (how, lasting) in [(How::Error, true), (How::Error, false), (How::Full, true), (How::Kept, false)] {
            let writing = how != How::Error || lasting;
            let (armed, trace) = (i.beside("armed"), i.beside("trace"));
            let _ = (fs::remove_file(&armed), fs::remove_file(&trace));
            let server = Server::start_with(&i.path(), &["--listen", "127.0.0.1:0"], |program| {
                shim.load(program, &i.path(), &trace);
                Shim::armed_by(program, &armed);
                Fault { call: call.clone(), nth: 1, lasting, how }.set(program);
            });
            let mut outage = Outage::before(&i, &server);
            fs::write(&armed, "").unwrap();
            outage.meets(writing);
            // Of a fault that does not last nothing is left to see, and still nobody knows what is on disk.
            outage.stays_closed(&i, &server);
            let hit = read_trace(&trace).into_iter().filter(|c| c.hit).collect::<Vec<_>>();
            assert!(hit.iter().any(|c| c.path == "/whosaw.db-wal"), "{call} {how:?}: {hit:?}");
            let (code, log) = server.end();
            assert_ne!(code, 0, "it could not write its own end, and says so");
            assert!(log.contains("nothing will be disclosed until a restart"), "{log}");
            let there = outage.after(&i);
            assert!(there <= met + usize::from(writing), "{call} {how:?}");
            met = there;
        }
    }
}
