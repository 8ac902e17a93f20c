//! Statements of systems outside, as xAPI 1.0.3 and 2.0 have them: who did what, when, with what outcome.
//!
//! Only what counts for a course is read; the whole is known again by its digest. See <https://opensource.ieee.org/xapi> for the format.

use model::UnixMs;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Statements of one request.
pub const MOST_STATEMENTS: usize = 1_000;
/// Bytes of one request.
pub const MOST_STATEMENT_BYTES: usize = 4 << 20;
/// Characters of an address or name in a statement.
const LONGEST: usize = 2_000;

const VERB: &str = "http://adlnet.gov/expapi/verbs/";

/// What a statement says that somebody did, as far as it counts here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    Passed,
    Completed,
    Failed,
    /// It takes another statement back.
    Voided,
    Other,
}

impl Verb {
    pub const fn as_str(self) -> &'static str {
        match self {
            Verb::Passed => "passed",
            Verb::Completed => "completed",
            Verb::Failed => "failed",
            Verb::Voided => "voided",
            Verb::Other => "other",
        }
    }
}

/// Of whom a statement is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// An account of a system: its page, and the name there.
    Account { home: String, name: String },
    /// A mail address.
    Mail(String),
    /// Something that names nobody here: a group, a digest of an address, an OpenID.
    Other,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub actor: Actor,
    pub verb: Verb,
    /// The IRI of the activity; empty of one that voids.
    pub activity: String,
    pub success: Option<bool>,
    /// From -1 to 1.
    pub scaled: Option<f64>,
    /// `None` where it does not say: then it is of now.
    pub at: Option<UnixMs>,
    /// The statement that it takes back.
    pub voids: Option<[u8; 16]>,
}

/// A statement as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Its own, or made from what it says.
    pub id: [u8; 16],
    /// SHA-256 of what it says, without what a store of statements adds.
    pub digest: [u8; 32],
    /// `Err`: what is wrong with it, as a stable code.
    pub statement: Result<Statement, &'static str>,
}

/// Why nothing of a request is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementsFault {
    /// Not JSON of statements, by line.
    Unreadable(usize),
    TooMany,
    Empty,
}

/// What passes a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassRule {
    /// Whether `completed` may pass too, with success or marks.
    pub completed: bool,
    /// Marks in a hundred that are needed.
    pub least_percent: Option<u32>,
}

impl PassRule {
    /// Whether it is passed by a statement: with the verb `passed`, or `completed` with success, or with marks; never against its own word.
    pub fn is_met(self, s: &Statement) -> bool {
        let enough = |least: u32| s.scaled.is_some_and(|scaled| scaled * 100.0 + 1e-9 >= f64::from(least));
        let marks = self.least_percent.map(enough);
        if s.success == Some(false) {
            return false;
        }
        match s.verb {
            Verb::Passed => marks.unwrap_or(true),
            Verb::Completed if self.completed => marks.unwrap_or(s.success == Some(true)),
            _ => false,
        }
    }
}

/// Reads one statement, an array of them, or `{"statements": […]}` as stores of statements give them out.
///
/// # Errors
/// Why nothing of it is read.
pub fn read_statements(bytes: &[u8]) -> Result<Vec<Stated>, StatementsFault> {
    let value: Value = serde_json::from_slice(bytes).map_err(|e| StatementsFault::Unreadable(e.line().max(1)))?;
    let all = match value {
        Value::Array(all) => all,
        Value::Object(mut object) => match object.remove("statements") {
            Some(Value::Array(all)) => all,
            Some(_) => return Err(StatementsFault::Unreadable(1)),
            None => vec![Value::Object(object)],
        },
        _ => return Err(StatementsFault::Unreadable(1)),
    };
    match all.len() {
        0 => Err(StatementsFault::Empty),
        n if n > MOST_STATEMENTS => Err(StatementsFault::TooMany),
        _ => Ok(all.into_iter().map(stated).collect()),
    }
}

fn stated(value: Value) -> Stated {
    let mut value = value;
    let own = value.get("id").and_then(Value::as_str).map(str::to_owned);
    if let Value::Object(object) = &mut value {
        // A store of statements adds these; the same statement is the same without them. So is one whose id it gave.
        for added in ["stored", "authority", "version", "id"] {
            object.remove(added);
        }
    }
    // In the canonical form of RFC 8785, so that neither the order of keys nor white space makes another statement of it.
    let canonical = serde_json_canonicalizer::to_vec(&value).unwrap_or_default();
    let digest: [u8; 32] = Sha256::digest(canonical).into();
    let made = || {
        let mut id = [0; 16];
        id.iter_mut().zip(digest).for_each(|(a, b)| *a = b);
        id
    };
    match own.as_deref().map(uuid) {
        Some(None) => Stated { id: made(), digest, statement: Err("bad_id") },
        Some(Some(id)) => Stated { id, digest, statement: read(&value) },
        None => Stated { id: made(), digest, statement: read(&value) },
    }
}

fn uuid(text: &str) -> Option<[u8; 16]> {
    let canonical = text.to_ascii_lowercase();
    let id: model::RecordId = canonical.parse().ok()?;
    Some(*id.as_bytes())
}

fn read(value: &Value) -> Result<Statement, &'static str> {
    let object = value.as_object().ok_or("no_statement")?;
    let text = |of: Option<&Value>| of.and_then(Value::as_str).filter(|t| t.len() <= LONGEST).map(str::to_owned);
    let verb = text(object.get("verb").and_then(|v| v.get("id"))).ok_or("no_verb")?;
    let verb = match verb.strip_prefix(VERB) {
        Some("passed") => Verb::Passed,
        Some("completed") => Verb::Completed,
        Some("failed") => Verb::Failed,
        Some("voided") => Verb::Voided,
        _ => Verb::Other,
    };
    let actor = actor(object.get("actor").and_then(Value::as_object).ok_or("no_actor")?);
    let about = object.get("object").and_then(Value::as_object).ok_or("no_object")?;
    let id = text(about.get("id")).ok_or("no_activity")?;
    let kind = about.get("objectType").and_then(Value::as_str).unwrap_or("Activity");
    let at = match object.get("timestamp") {
        None => None,
        Some(at) => Some(at.as_str().and_then(UnixMs::parse_rfc3339).ok_or("bad_timestamp")?),
    };
    let (activity, voids) = match (verb, kind) {
        (Verb::Voided, "StatementRef") => (String::new(), Some(uuid(&id).ok_or("bad_voided")?)),
        (Verb::Voided, _) => return Err("bad_voided"),
        (_, "Activity") => (id, None),
        _ => return Err("no_activity"),
    };
    let none = Map::new();
    let result = match object.get("result") {
        None => &none,
        Some(result) => result.as_object().ok_or("bad_result")?,
    };
    let success = match result.get("success") {
        None => None,
        Some(success) => Some(success.as_bool().ok_or("bad_result")?),
    };
    let scaled = match result.get("score").and_then(|s| s.get("scaled")) {
        None => None,
        Some(scaled) => {
            let within = |n: &f64| (-1.0..=1.0).contains(n);
            Some(scaled.as_f64().filter(within).ok_or("bad_score")?)
        }
    };
    Ok(Statement { actor, verb, activity, success, scaled, at, voids })
}

fn actor(of: &Map<String, Value>) -> Actor {
    if of.get("objectType").and_then(Value::as_str).is_some_and(|kind| kind != "Agent") {
        return Actor::Other;
    }
    let text = |of: Option<&Value>| of.and_then(Value::as_str).filter(|t| t.len() <= LONGEST).map(str::to_owned);
    if let Some(account) = of.get("account") {
        return match (text(account.get("homePage")), text(account.get("name"))) {
            (Some(home), Some(name)) => Actor::Account { home, name },
            _ => Actor::Other,
        };
    }
    let mail = text(of.get("mbox"));
    mail.and_then(|m| m.strip_prefix("mailto:").map(str::to_owned)).map_or(Actor::Other, Actor::Mail)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(value: &Value) -> Stated {
        read_statements(value.to_string().as_bytes()).unwrap().remove(0)
    }
    fn of(verb: &str, result: Value) -> Statement {
        let value = json!({
            "actor": { "mbox": "mailto:li@example.com" }, "verb": { "id": format!("{VERB}{verb}") },
            "object": { "id": "https://lms.example.com/c/1" }, "result": result, "timestamp": "2026-11-01T08:00:00Z",
        });
        one(&value).statement.unwrap()
    }

    #[test]
    fn a_rule_is_met_by_the_verb_and_the_marks_and_never_against_the_statement_s_own_word() {
        let (only, done) =
            (PassRule { completed: false, least_percent: None }, PassRule { completed: true, least_percent: None });
        let marks = PassRule { completed: true, least_percent: Some(80) };
        for (verb, result, met) in [
            ("passed", json!({}), [true, true, false]),
            ("passed", json!({ "success": false }), [false, false, false]),
            ("passed", json!({ "score": { "scaled": 0.8 } }), [true, true, true]),
            ("completed", json!({}), [false, false, false]),
            ("completed", json!({ "success": true }), [false, true, false]),
            ("completed", json!({ "score": { "scaled": 0.79 } }), [false, false, false]),
            ("completed", json!({ "score": { "scaled": 0.95 } }), [false, false, true]),
            ("failed", json!({ "success": true, "score": { "scaled": 1 } }), [false, false, false]),
            ("attempted", json!({ "success": true }), [false, false, false]),
        ] {
            let s = of(verb, result.clone());
            assert_eq!([only, done, marks].map(|r| r.is_met(&s)), met, "{verb} {result}");
        }
    }

    #[test]
    fn the_same_statement_is_known_whatever_a_store_adds_and_in_whichever_order() {
        let a = one(
            &json!({ "id": "A0B1C2D3-0000-4000-8000-000000000001", "verb": { "id": "x" }, "actor": {}, "object": { "id": "o" } }),
        );
        let text = r#"{"object":{"id":"o"}, "stored":"2026-01-01T00:00:00Z","authority":{}, "actor":{},"verb":{"id":"x"},
                       "id":"a0b1c2d3-0000-4000-8000-000000000001"}"#;
        let b = read_statements(text.as_bytes()).unwrap().remove(0);
        assert_eq!((a.id, a.digest), (b.id, b.digest));
        let c = one(&json!({ "verb": { "id": "x" }, "actor": {}, "object": { "id": "o" } }));
        assert_eq!((&c.id[..], c.digest), (&c.digest[..16], a.digest));
    }

    #[test]
    fn what_is_wrong_is_told_of_each_and_what_is_no_statements_of_all() {
        for (value, why) in [
            (json!({ "actor": {}, "object": { "id": "o" } }), "no_verb"),
            (json!({ "verb": { "id": "x" }, "object": { "id": "o" } }), "no_actor"),
            (json!({ "verb": { "id": "x" }, "actor": {} }), "no_object"),
            (json!({ "id": "7", "verb": { "id": "x" }, "actor": {}, "object": { "id": "o" } }), "bad_id"),
            (
                json!({ "verb": { "id": "x" }, "actor": {}, "object": { "id": "o" }, "timestamp": "soon" }),
                "bad_timestamp",
            ),
            (
                json!({ "verb": { "id": "x" }, "actor": {}, "object": { "id": "o" }, "result": { "score": { "scaled": 7 } } }),
                "bad_score",
            ),
            (json!({ "verb": { "id": format!("{VERB}voided") }, "actor": {}, "object": { "id": "o" } }), "bad_voided"),
        ] {
            assert_eq!(one(&value).statement, Err(why), "{value}");
        }
        let many = json!(vec![json!({}); MOST_STATEMENTS + 1]).to_string();
        for (text, fault) in [
            ("[]", StatementsFault::Empty),
            ("7", StatementsFault::Unreadable(1)),
            ("[\n{", StatementsFault::Unreadable(2)),
            (many.as_str(), StatementsFault::TooMany),
        ] {
            assert_eq!(read_statements(text.as_bytes()), Err(fault));
        }
        let exported = json!({ "statements": [{}, {}], "more": "" }).to_string();
        assert_eq!(read_statements(exported.as_bytes()).unwrap().len(), 2);
    }
}
