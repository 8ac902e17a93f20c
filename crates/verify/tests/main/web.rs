//! Logs at an address: served, missing, and hostile.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

use super::command::Bench;
use super::published::{Published, key, publish, story};

/// Serves the files below `/audit/` until the test ends; answers by `hostile` where that says something.
fn serve(log: Published, hostile: fn(&str, &mut TcpStream) -> bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/audit/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let request = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let path = request.split(' ').nth(1).and_then(|p| p.strip_prefix("/audit/")).unwrap_or_default().to_owned();
            if hostile(&path, &mut stream) {
                continue;
            }
            let (status, body) = match log.0.get(&path) {
                Some(bytes) => ("200 OK", bytes.as_slice()),
                None => ("404 Not Found", b"".as_slice()),
            };
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            // The verifier may hang up as soon as it has read enough.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    address
}

#[test]
fn a_log_is_checked_at_its_address() {
    let log = publish(&story(600), &key(1));
    let bench = Bench::new(&log);
    let address = serve(log, |_, _| false);
    let answer = bench.run(&["log", &address]);
    assert_eq!(answer.code, 0, "{}", answer.text);
    assert!(answer.text.contains("self-consistency"));
    assert_eq!(bench.run_with_key(&["log", &format!("{address}elsewhere")]).code, 12);
    assert_eq!(bench.run_with_key(&["log", "http://127.0.0.1:1/"]).code, 12);
}

#[test]
fn an_answer_without_end_is_cut_off() {
    let log = publish(&story(600), &key(1));
    let bench = Bench::new(&log);
    let address = serve(log, |path, stream| {
        let endless = path == "tile/0/001";
        if endless {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            while stream.write_all(&[0; 65_536]).is_ok() {}
        }
        endless
    });
    let answer = bench.run_with_key(&["log", &address]);
    assert_eq!(answer.code, 10, "{}", answer.text);
    assert!(answer.text.contains("tile/0/001 is not as long as it must be"), "{}", answer.text);
}

#[test]
fn a_server_in_trouble_is_not_called_a_forger() {
    let log = publish(&story(600), &key(1));
    let bench = Bench::new(&log);
    let address = serve(log, |path, stream| {
        let broken = path == "tile/0/001";
        if broken {
            let _ = stream.write_all(b"HTTP/1.1 500 Oops\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        }
        broken
    });
    assert_eq!(bench.run_with_key(&["log", &address]).code, 12);
}
