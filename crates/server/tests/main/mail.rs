//! Mail by SMTP: a small server that speaks it, and what people are told when it takes a mail or does not.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::support::{Browser, Instance};

/// Takes mail for everybody but `nobody@…`, from `crm` with the password `open sesame`.
struct Smtp {
    port: u16,
    mails: Arc<Mutex<Vec<String>>>,
}

impl Smtp {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mails: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = mails.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let _ = converse(stream, &kept);
            }
        });
        Self { port, mails }
    }
}

fn converse(mut stream: TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    stream.write_all(b"220 mail.test ESMTP\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let answer = match line.split_whitespace().next().unwrap_or_default() {
            "EHLO" => "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN",
            // base64 of NUL crm NUL open sesame.
            "AUTH" if line.ends_with("AGNybQBvcGVuIHNlc2FtZQ==") => "235 welcome",
            "AUTH" => "535 5.7.8 bad credentials",
            "RCPT" if line.contains("nobody@") => "550 5.1.1 no such mailbox here",
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut mail = String::new();
                while let Some(line) = lines.next().transpose()? {
                    if line == "." {
                        break;
                    }
                    mail += &line;
                    mail.push('\n');
                }
                kept.lock().unwrap().push(mail);
                "250 2.0.0 queued as 4711"
            }
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

fn set(admin: &mut Browser, port: u16, more: Value) {
    let mut server = json!({ "host": "127.0.0.1", "port": port, "security": "none", "from": "crm@example.com" });
    server.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    admin.send("PUT", "/api/v1/admin/mail", Some(&json!({ "server": server })), &[]).is(204);
}

#[test]
fn a_test_mail_arrives_and_what_the_server_says_against_one_is_told() {
    let i = Instance::demo(5);
    let server = i.serve();
    let smtp = Smtp::start();
    let mut admin = server.sign_in("admin", &i.passwords[0]);
    let test = |admin: &mut Browser, to: &str| admin.post("/api/v1/admin/mail/test", json!({ "to": to }));
    test(&mut admin, "li@example.com").problem(409, "mail_off");

    set(&mut admin, smtp.port, json!({}));
    let answer = test(&mut admin, "li@example.com").is(200).json();
    assert_eq!(answer["answer"], "250 2.0.0 queued as 4711");
    let mail = smtp.mails.lock().unwrap().pop().unwrap();
    for line in ["To: li@example.com", "Auto-Submitted: auto-generated", "Subject: =?utf-8?b?"] {
        assert!(mail.contains(line), "{mail}");
    }
    let refused = test(&mut admin, "nobody@example.com").problem(409, "mail_refused").json();
    assert_eq!(refused["detail"], "550 5.1.1 no such mailbox here");

    set(&mut admin, smtp.port, json!({ "account": "crm", "password": "open sesame" }));
    test(&mut admin, "li@example.com").is(200);
    set(&mut admin, smtp.port, json!({ "account": "crm", "password": "wrong" }));
    let refused = test(&mut admin, "li@example.com").problem(409, "mail_auth").json();
    assert_eq!(refused["detail"], "535 5.7.8 bad credentials");
    let shown = admin.get("/api/v1/admin/mail").is(200).text();
    assert!(shown.contains("\"has_password\":true") && !shown.contains("wrong"), "{shown}");

    // No encryption on offer: what is asked for is not done without.
    set(&mut admin, smtp.port, json!({ "security": "starttls" }));
    test(&mut admin, "li@example.com").problem(409, "mail_tls");
    set(&mut admin, smtp.port, json!({ "security": "tls" }));
    test(&mut admin, "li@example.com").problem(409, "mail_tls");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    set(&mut admin, closed, json!({}));
    test(&mut admin, "li@example.com").problem(409, "mail_unreachable");
    set(&mut admin, 25, json!({ "host": "no-such-host.invalid", "security": "tls" }));
    test(&mut admin, "li@example.com").problem(409, "mail_unreachable");
}
