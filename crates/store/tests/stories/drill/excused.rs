//! What the drill does not have to find.

/// What a mutation of it does not have to be found for, and why. `*` is any.
const EXCUSED: &[(&str, &str, &str, &str)] = &[
    ("ledger_state", "id", "*", "its CHECK lets no other number be written"),
    (
        "migration",
        "*",
        "*",
        "held against the program's own at every start, which refuses (schema tests of both databases)",
    ),
    (
        "session",
        "seen_at",
        "*",
        "a last use: written down without an event; a session ends at its `expires_at` whatever it says",
    ),
    ("token", "used_at", "*", "a last use: shown, never decided by"),
    ("record", "seq", "*", "a number by age: the segment that follows from it is checked with the blind index"),
    ("ledger_checkpoint", "at", "*", "says which older checkpoints may be replaced; signed content is in `note`"),
    (
        "ledger_checkpoint",
        "*",
        "delete",
        "a copy: what counts are the published ones, and the newest is in the folder too",
    ),
    ("ledger_checkpoint", "*", "older", "a signed checkpoint of this log is true for ever"),
    (
        "idempotency",
        "*",
        "delete",
        "kept a day by no event: a request sent twice would be carried out twice, each recorded",
    ),
    ("idempotency", "*", "older", "as its deletion: the key is open, and a repetition is told so"),
    (
        "ledger_lease",
        "*",
        "*",
        "who sequences until when: only saves work; compare-and-swap on the state keeps the log one",
    ),
    (
        "ledger_inbox",
        "*",
        "*",
        "empty once events have their positions; until then held by the leader: a gap is an alarm, \
      a changed leaf breaks the stream, changed columns are found beside the leaf",
    ),
    (
        "ledger_batch",
        "*",
        "*",
        "empty once events have their rows; until then filed from the memory of the process that wrote it; what a killed one left \
      must follow the log and its streams, or the next start refuses (faults of the embedded database)",
    ),
    (
        "ledger_writer",
        "boot",
        "*",
        "fences an older process off: another number stops this one, and nothing is disclosed",
    ),
];

pub fn excused(table: &str, column: &str, kind: &str) -> bool {
    let is = |a: &str, b: &str| a == "*" || a == b;
    EXCUSED.iter().any(|(t, c, k, _)| *t == table && (is(c, column)) && is(k, kind))
}
