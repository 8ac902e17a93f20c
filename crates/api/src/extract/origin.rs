//! From where a request comes: the peer's address, or what a trusted proxy says of it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use ipnet::IpNet;
use model::{Channel, Origin};

const LONGEST_AGENT: usize = 300;

/// The client's address: walks `X-Forwarded-For` from the right, past proxies that are trusted, to the first that is not.
/// What stands further left was written by that one and proves nothing.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |a: IpAddr| trusted.iter().any(|n| n.contains(&a));
    let mut at = peer.to_canonical();
    let values: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
    let mut hops = values.iter().flat_map(|v| v.split(',')).map(str::trim).rev();
    while is_trusted(at) {
        match hops.next().and_then(|hop| hop.parse::<IpAddr>().ok()) {
            Some(next) => at = next.to_canonical(),
            None => break,
        }
    }
    at
}

/// The peer's own address, whatever proxies say.
pub(crate) fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip())
}

/// The origin of a request.
pub(crate) fn of(parts: &Parts, trusted: &[IpNet], channel: Channel) -> Origin {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
    Origin {
        address: peer(parts).map(|p| client(p, &parts.headers, trusted)),
        user_agent: agent.map(|a| a.chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect()),
        channel,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let from = |peer: &str, header: &str, trusted: &[&str]| {
            let mut h = HeaderMap::new();
            h.insert("x-forwarded-for", header.parse().unwrap());
            let trusted: Vec<IpNet> = trusted.iter().map(|n| n.parse().unwrap()).collect();
            client(peer.parse().unwrap(), &h, &trusted).to_string()
        };
        assert_eq!(from("203.0.113.9", "10.1.1.1", &[]), "203.0.113.9");
        assert_eq!(from("10.0.0.1", "203.0.113.9", &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(from("10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(from("10.0.0.1", "rubbish", &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(from("::ffff:10.0.0.1", "203.0.113.9", &["10.0.0.0/8"]), "203.0.113.9");
    }
}
