//! pgaudit's lines in PostgreSQL's csvlog (`log_destination = csvlog`), by the positions of its columns.
//!
//! pgaudit says which statement was run on which table, and never which rows came back. The statement itself may hold values: it is not kept. A line
//! that was written from within a function of the database may be forged (`RAISE LOG`), so it is rejected.

use model::Action;

use crate::table::split;
use crate::{Around, Code, Found, Said};

const TIME: usize = 0;
const USER: usize = 1;
const FROM: usize = 4;
const SESSION: usize = 5;
const LINE: usize = 6;
const MESSAGE: usize = 13;
const CONTEXT: usize = 18;
/// Columns of the oldest version whose log is read (9.6); newer ones have more.
const FEWEST: usize = 23;

fn known(class: &str, command: &str) -> Option<Action> {
    Some(match (class, command) {
        ("READ", c) if c.starts_with("COPY") => Action::Export,
        ("READ", _) => Action::List,
        ("WRITE", "INSERT") => Action::Create,
        ("WRITE", "DELETE" | "TRUNCATE" | "TRUNCATE TABLE") => Action::Delete,
        ("WRITE", c) if c.starts_with("COPY") => Action::Import,
        ("WRITE", _) => Action::Edit,
        ("ROLE", _) => Action::RoleAssign,
        ("DDL", _) => Action::ObjectManage,
        _ => return None,
    })
}

pub(crate) fn read(text: &str, around: &Around<'_>) -> Result<Said, Code> {
    let all = split(text, b',').filter(|f| f.len() >= FEWEST).ok_or(Code("bad_columns"))?;
    let at = |i: usize| all.get(i).map_or("", |f| f.trim());
    let Some(message) = at(MESSAGE).strip_prefix("AUDIT: ") else { return Ok(Said::SKIPPED) };
    if !at(CONTEXT).is_empty() {
        return Err(Code("untrusted"));
    }
    // SESSION,statement,substatement,class,command,type,name,statement,parameters[,rows]
    let parts = split(message, b',').filter(|p| p.len() >= 8).ok_or(Code("bad_columns"))?;
    let part = |i: usize| parts.get(i).map_or("", |f| f.trim());
    let (class, command) = (part(3), part(4));
    let said = format!("{class}:{command}");
    let Some(action) = around.action(&said, || Some(known(class, command)))? else { return Ok(Said::SKIPPED) };
    // `2026-11-26 10:00:00.123 CST`: the zone is an abbreviation, which says less than the source's own.
    let time = at(TIME);
    let (moment, zone) = match time.rsplit_once(' ') {
        Some((moment, zone)) if zone.chars().all(|c| c.is_ascii_alphabetic()) => (moment, zone),
        _ => (time, ""),
    };
    let utc = matches!(zone, "UTC" | "GMT").then(|| format!("{}Z", moment.replacen(' ', "T", 1)));
    let id = format!("{}/{}/{}/{}", at(SESSION), at(LINE), part(1), part(2));
    let found = Found {
        time: utc.as_deref().unwrap_or(moment),
        user: at(USER),
        said,
        object: part(6),
        rows: if part(9).bytes().all(|b| b.is_ascii_digit()) { part(9) } else { "" },
        // `192.0.2.1:51234`, `[local]`.
        address: at(FROM),
        id: &id,
        ..Found::default()
    };
    around.event(found, action)
}
