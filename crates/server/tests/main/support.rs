//! Starting the program, and talking to it over HTTP.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::base::Base;

pub const DEMO_PASSWORD: &str = "Shui-kan-guo-2026";

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whosaw"));
    // Nothing of the surroundings of the tests reaches the program.
    command.env_clear().env("PATH", "/usr/bin:/bin").env("USER", "tester").env("LANG", "C");
    command
}

/// What a command said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Said {
    fn from(o: Output) -> Self {
        let text = |b| String::from_utf8(b).expect("the program speaks UTF-8");
        Said { code: o.status.code().expect("no signal ended it"), out: text(o.stdout), err: text(o.stderr) }
    }
}

impl Said {
    pub fn is(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }
    /// With `--json`: one document on standard output, whatever happened.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}\n{}", self.out, self.err))
    }
}

/// An instance in a folder of its own.
pub struct Instance {
    dir: tempfile::TempDir,
    pub base: Base,
    /// First passwords of `admin`, `security`, `auditor`; the demo's for a demo.
    pub passwords: Vec<String>,
}

impl Instance {
    pub fn init() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let base = Base::new();
        let args = with(&["--json", "init", "--data", "i", "--company", "明灯公司"], &base);
        let made = run_in(dir.path(), &args).is(0).json();
        let accounts = made["accounts"].as_array().unwrap();
        let passwords = accounts.iter().map(|a| a["password"].as_str().unwrap().to_owned()).collect();
        Instance { dir, base, passwords }
    }
    /// A small demo company: 60 people, `customers` customers, five days of history.
    pub fn demo(customers: u32) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let customers = customers.to_string();
        let base = Base::new();
        let args = ["--json", "demo", "--data", "i", "--seed", "7", "--customers", &customers, "--days", "5"];
        let args = with(&args, &base);
        run_in(dir.path(), &args).is(0);
        Instance { dir, base, passwords: vec![DEMO_PASSWORD.to_owned(); 3] }
    }
    pub fn path(&self) -> PathBuf {
        self.dir.path().join("i")
    }
    /// A place beside the instance.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
    /// Runs a command on this instance, with `--json`.
    pub fn run(&self, args: &[&str]) -> Said {
        let mut all = vec!["--json"];
        all.extend(args);
        all.extend(["--data", "i"]);
        run_in(self.dir.path(), &all)
    }
    /// Runs a command on this instance as people do, in `lang`.
    pub fn say(&self, lang: &str, args: &[&str]) -> Said {
        let mut all = vec!["--lang", lang];
        all.extend(args);
        all.extend(["--data", "i"]);
        run_in(self.dir.path(), &all)
    }
    /// Restores a backup beside it, into a database of its own.
    pub fn restore(&self, args: &[&str]) -> (Said, Base) {
        let base = Base::new();
        let mut all = vec!["--json", "restore"];
        all.extend(args);
        (run_in(self.dir.path(), &with(&all, &base)), base)
    }
    /// Every byte of the instance.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        let mut bytes = self.base.bytes_on_disk();
        for file in walk(&self.path()) {
            bytes.extend(std::fs::read(file).unwrap());
        }
        bytes
    }
    pub fn serve(&self) -> Server {
        Server::start(&self.path(), &["--listen", "127.0.0.1:0"])
    }
}

fn with(args: &[&str], base: &Base) -> Vec<String> {
    args.iter().map(|&a| a.to_owned()).chain(base.args()).collect()
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
}

pub fn run_in<A: AsRef<std::ffi::OsStr>>(dir: &Path, args: &[A]) -> Said {
    program().args(args).current_dir(dir).output().expect("the program starts").into()
}

/// A served instance; killed with the test if not ended before.
pub struct Server {
    child: Child,
    pub url: String,
}

impl Server {
    pub fn start(data: &Path, args: &[&str]) -> Self {
        Self::start_with(data, args, |_| {})
    }
    /// As [`Self::start`], in surroundings of a test's own.
    pub fn start_with(data: &Path, args: &[&str], surroundings: impl FnOnce(&mut Command)) -> Self {
        let mut program = program();
        program.args(["--json", "serve", "--data"]).arg(data).args(args);
        surroundings(&mut program);
        let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            let mut why = String::new();
            child.stderr.as_mut().unwrap().read_to_string(&mut why).unwrap();
            panic!("the server did not start: {why}");
        }
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let url = told["serving"].as_str().or(told["setup"].as_str());
        Server { child, url: url.unwrap_or_else(|| panic!("{line}")).to_owned() }
    }
    /// In a folder that is empty: the server, and the secret of its link.
    #[allow(dead_code, reason = "the setup is the same on both databases")]
    pub fn start_fresh(data: &Path) -> (Self, String) {
        let mut server = Self::start(data, &["--listen", "127.0.0.1:0"]);
        let link = server.url.clone();
        let (url, token) = link.split_once("/setup#").unwrap_or_else(|| panic!("{link}"));
        server.url = url.to_owned();
        (server, token.to_owned())
    }
    /// Asks it to end, as a service manager does; what it logged, and its exit code.
    pub fn end(mut self) -> (i32, String) {
        self.signal("TERM");
        let code = self.child.wait().unwrap().code().expect("it ended by itself");
        let mut log = String::new();
        self.child.stderr.as_mut().unwrap().read_to_string(&mut log).unwrap();
        (code, log)
    }
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &pid]).status().unwrap().success());
    }
    /// Ends it as a power cut does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
    pub fn sign_in(&self, login: &str, password: &str) -> Browser {
        let mut browser = Browser { url: self.url.clone(), agent: agent(), cookie: None };
        let body = serde_json::json!({ "login": login, "password": password });
        browser.send("POST", "/api/v1/session", Some(&body), &[]).is(200);
        browser
    }
    pub fn anonymous(&self) -> Browser {
        Browser { url: self.url.clone(), agent: agent(), cookie: None }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// Somebody at a browser.
pub struct Browser {
    url: String,
    agent: ureq::Agent,
    cookie: Option<String>,
}

/// An answer over HTTP.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Browser {
    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, None, &[])
    }
    pub fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(&body), &[])
    }
    pub fn send(&mut self, method: &str, path: &str, body: Option<&Value>, headers: &[(&str, &str)]) -> Answer {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("origin", &self.url)
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let bytes = body.map(|b| serde_json::to_vec(b).unwrap()).unwrap_or_default();
        let mut answer = self.agent.run(request.body(bytes).unwrap()).unwrap();
        if let Some(set) = answer.headers().get("set-cookie") {
            self.cookie = set.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Answer { status, headers, bytes: answer.body_mut().read_to_vec().unwrap() }
    }
}

impl Answer {
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
    pub fn problem(self, status: u16, code: &str) -> Self {
        let this = self.is(status);
        assert_eq!(this.json()["code"], code, "{}", this.text());
        this
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}
