//! Placeholders: `?1` of the store's statements becomes `$1`, and what is quoted stays as it is.
//!
//! Rule: nothing inside a string, a quoted name, a dollar-quoted body or a comment is touched.

use std::iter::Peekable;
use std::str::Chars;

/// The statement as PostgreSQL's driver takes it. A `?` without a number is not a placeholder and stays.
pub fn to_dollar(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql.chars().peekable();
    // The last character of a name or number: `e'…'` is an escape string, `name'…'` is not, and `a$b` begins no body.
    let mut word = String::new();
    while let Some(c) = rest.next() {
        let before = if c.is_alphanumeric() || c == '_' || (c == '$' && !word.is_empty()) {
            word.push(c);
            String::new()
        } else {
            std::mem::take(&mut word)
        };
        if c == '?' && rest.peek().is_some_and(char::is_ascii_digit) {
            out.push('$');
            continue;
        }
        out.push(c);
        match c {
            '\'' => quoted(&mut rest, &mut out, '\'', before.eq_ignore_ascii_case("e")),
            '"' => quoted(&mut rest, &mut out, '"', false),
            '-' if rest.peek() == Some(&'-') => line_comment(&mut rest, &mut out),
            '/' if rest.peek() == Some(&'*') => block_comment(&mut rest, &mut out),
            '$' if word.is_empty() => dollar_quoted(&mut rest, &mut out),
            _ => {}
        }
    }
    out
}

/// To the closing mark. A doubled one ends this part and begins the next, which comes to the same.
fn quoted(rest: &mut Peekable<Chars<'_>>, out: &mut String, mark: char, escapes: bool) {
    while let Some(c) = rest.next() {
        out.push(c);
        if escapes && c == '\\' {
            out.extend(rest.next());
        } else if c == mark {
            if rest.peek() != Some(&mark) {
                return;
            }
            out.extend(rest.next());
        }
    }
}

fn line_comment(rest: &mut Peekable<Chars<'_>>, out: &mut String) {
    for c in rest.by_ref() {
        out.push(c);
        if c == '\n' {
            return;
        }
    }
}

/// To the end of the outermost comment: they nest.
fn block_comment(rest: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut depth = 1;
    out.extend(rest.next());
    while let Some(c) = rest.next() {
        out.push(c);
        match (c, rest.peek()) {
            ('*', Some('/')) => depth -= 1,
            ('/', Some('*')) => depth += 1,
            _ => continue,
        }
        out.extend(rest.next());
        if depth == 0 {
            return;
        }
    }
}

/// `$$…$$` and `$tag$…$tag$`; a `$1` or a lone `$` is none.
fn dollar_quoted(rest: &mut Peekable<Chars<'_>>, out: &mut String) {
    let mut tag = String::from("$");
    if rest.peek().is_some_and(char::is_ascii_digit) {
        return;
    }
    while let Some(c) = rest.next_if(|c| c.is_alphanumeric() || *c == '_') {
        tag.push(c);
        out.push(c);
    }
    if rest.next_if_eq(&'$').is_none() {
        return;
    }
    out.push('$');
    tag.push('$');
    let body = out.len();
    for c in rest.by_ref() {
        out.push(c);
        if c == '$' && out.get(body..).is_some_and(|b| b.ends_with(&tag)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_dollars_and_keep_their_numbers() {
        for (from, to) in [
            ("SELECT ?1, ?2 WHERE a = ?1", "SELECT $1, $2 WHERE a = $1"),
            ("?12", "$12"),
            ("a ? b", "a ? b"),
            ("substr(r.t1, 1, ?3::int)", "substr(r.t1, 1, $3::int)"),
        ] {
            assert_eq!(to_dollar(from), to);
        }
    }

    #[test]
    fn what_is_quoted_stays() {
        for (from, to) in [
            ("'?1' ?1", "'?1' $1"),
            ("'it''s ?1' ?1", "'it''s ?1' $1"),
            ("'\\' ?1", "'\\' $1"),
            ("E'\\' ?1' ?1", "E'\\' ?1' $1"),
            ("name'\\' ?1", "name'\\' $1"),
            ("\"?1\"\"?1\" ?1", "\"?1\"\"?1\" $1"),
            ("-- ?1\n?1", "-- ?1\n$1"),
            ("/* ?1 /* ?1 */ ?1 */ ?1", "/* ?1 /* ?1 */ ?1 */ $1"),
            ("1 - ?1 / ?2", "1 - $1 / $2"),
            ("$$ ?1 $$ ?1", "$$ ?1 $$ $1"),
            ("$a$ ?1 $$ $b$ $a$ ?1", "$a$ ?1 $$ $b$ $a$ $1"),
            ("a$b$ ?1", "a$b$ $1"),
            ("$1 ?2 $ ?3", "$1 $2 $ $3"),
            ("'no end ?1", "'no end ?1"),
            ("客户 ?1 '客户?1'", "客户 $1 '客户?1'"),
        ] {
            assert_eq!(to_dollar(from), to, "{from}");
        }
    }
}
