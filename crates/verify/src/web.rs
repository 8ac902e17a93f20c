//! A log on a web server. Every answer is read up to a limit and within a time.

use std::time::Duration;

use ledger::{LogSource, SourceError};

const TIMEOUT: Duration = Duration::from_secs(30);

/// A log under an address.
pub struct WebLog {
    base: String,
    agent: ureq::Agent,
}

impl WebLog {
    pub fn new(address: &str) -> Self {
        let config = ureq::Agent::config_builder().timeout_global(Some(TIMEOUT)).max_redirects(3);
        Self { base: address.trim_end_matches('/').to_owned(), agent: config.build().into() }
    }
}

impl LogSource for WebLog {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Vec<u8>, SourceError> {
        let address = format!("{}/{path}", self.base);
        let mut answer = self.agent.get(&address).call().map_err(|error| match error {
            ureq::Error::StatusCode(404 | 410) => SourceError::Missing,
            error => SourceError::Unreadable(error.to_string()),
        })?;
        // One more than allowed, so that exactly as much as allowed can be told from too much.
        let body = answer.body_mut().with_config().limit(max_bytes as u64 + 1).read_to_vec();
        match body {
            Ok(bytes) if bytes.len() <= max_bytes => Ok(bytes),
            Ok(_) | Err(ureq::Error::BodyExceedsLimit(_)) => Err(SourceError::TooLong(max_bytes)),
            Err(error) => Err(SourceError::Unreadable(error.to_string())),
        }
    }
}
