//! Speaking HTTP to systems outside: webhooks of rules, channels of alerts.
//!
//! Rule: an address is looked up here and held to what may be reached before anything connects to it, so that no name leads inside;
//! nothing follows a redirect; and what went wrong is told by one word, for an error's own words may hold the address.

use std::io::Read as _;
use std::time::Duration;

use store::automation::is_public;
use store::channels::{Answered, Post, Sender};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// One attempt, from the name to the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes of an answer that are read.
const MOST_ANSWER: u64 = 4096;

/// Looks names up, and gives addresses of the world alone, unless the company lists the host.
#[derive(Debug)]
struct Outside {
    inside: bool,
}

impl Resolver for Outside {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        if self.inside {
            return Ok(found);
        }
        // One address inside among several is a name that leads inside.
        if found.iter().all(|address| is_public(address.ip())) {
            return Ok(found);
        }
        Err(ureq::Error::Other(Box::new(Inside)))
    }
}

#[derive(Debug)]
struct Inside;

impl std::fmt::Display for Inside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name leads inside")
    }
}
impl std::error::Error for Inside {}

/// Sends one message; blocks.
pub fn post(url: &str, headers: &[(&'static str, String)], body: &str, inside: bool) -> Answered {
    let config = Config::builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        .proxy(None)
        .user_agent("Whosaw")
        .build();
    let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), Outside { inside });
    let request = headers.iter().fold(agent.post(url), |request, (name, value)| request.header(*name, value));
    match request.send(body.as_bytes()) {
        Ok(mut answer) => {
            let status = Some(answer.status().as_u16());
            let mut bytes = vec![];
            // What does not come is not there: the status stands.
            let _ = answer.body_mut().as_reader().take(MOST_ANSWER).read_to_end(&mut bytes);
            Answered { status, body: String::from_utf8_lossy(&bytes).into_owned(), error: None }
        }
        Err(error) => {
            let word = match &error {
                ureq::Error::Other(inner) if inner.is::<Inside>() => "inside",
                ureq::Error::HostNotFound => "resolve",
                ureq::Error::Timeout(_) => "timeout",
                ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "tls",
                ureq::Error::Io(_) | ureq::Error::ConnectionFailed => "connect",
                _ => "protocol",
            };
            Answered { status: None, body: String::new(), error: Some(word) }
        }
    }
}

/// Sends messages of channels.
pub struct Http;

#[async_trait::async_trait]
impl Sender for Http {
    async fn send(&self, message: Post) -> Answered {
        let sending =
            tokio::task::spawn_blocking(move || post(&message.url, &message.headers, &message.body, message.inside));
        // A look-up of a name takes as long as the operating system lets it.
        let given_up = Answered { error: Some("timeout"), ..Answered::default() };
        match tokio::time::timeout(PATIENCE + Duration::from_secs(2), sending).await {
            Ok(Ok(answered)) => answered,
            Ok(Err(_)) => Answered { error: Some("protocol"), ..Answered::default() },
            Err(_) => given_up,
        }
    }
}
