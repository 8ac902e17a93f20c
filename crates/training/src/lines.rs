//! Where in a text something stands, for telling people.

/// The lines, from 1, on which the objects of a JSON array begin.
pub(crate) fn of_objects(text: &str) -> Vec<usize> {
    let (mut depth, mut line) = (0_usize, 1_usize);
    let (mut quoted, mut escaped) = (false, false);
    let mut found = vec![];
    for c in text.chars() {
        match c {
            '\n' => line += 1,
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' | '[' => {
                if depth == 1 && c == '{' {
                    found.push(line);
                }
                depth += 1;
            }
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}

/// The line, from 1, of each second heading of a Markdown text: where its pages begin.
pub(crate) fn of_pages(text: &str) -> Vec<usize> {
    let heads = text.lines().enumerate().skip(1).filter(|(_, line)| line.starts_with("## "));
    heads.map(|(n, _)| n + 1).collect()
}

/// Whether a line has what looks like markup, outside of code words.
pub(crate) fn has_html(line: &str) -> bool {
    let mut code = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '`' {
            code = !code;
        }
        let tag = |next: &char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?');
        if c == '<' && !code && chars.peek().is_some_and(tag) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_by_line_whatever_stands_in_their_texts() {
        let text = "[\n {\"a\": \"}{ \\\" [\"},\n\n {\"b\": [{\"c\": 1}]}\n]";
        assert_eq!(of_objects(text), [2, 4]);
    }

    #[test]
    fn markup_is_told_from_less_than_and_code() {
        for (line, is) in [("<b>a", true), ("</p>", true), ("<!-- -->", true), ("a < b, 3 <4", false), ("`<b>`", false)]
        {
            assert_eq!(has_html(line), is, "{line}");
        }
    }
}
