//! XML from outside as a small tree. No document type, no entity but the five of XML, bounded.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::ScanError;

const DEEPEST: usize = 64;
const MOST_NODES: usize = 1_000_000;
const MOST_ATTRIBUTES: usize = 64;

/// An element: its name without a prefix, its text without that of the elements within.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
    pub(crate) fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.children.iter().filter(move |c| c.name == name)
    }
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|c| c.name == name)
    }
    /// The text of the element of this name; empty where there is none.
    pub(crate) fn said(&self, name: &str) -> &str {
        self.child(name).map_or("", |c| c.text.trim())
    }
    /// The elements of a list: `<a><b/><b/></a>` is asked for `a`, `b`.
    pub(crate) fn listed<'n>(&'n self, list: &'n str, name: &'n str) -> impl Iterator<Item = &'n Node> {
        self.all(list).flat_map(move |l| l.all(name))
    }
}

// An element within an element is dropped by recursion: the depth is bounded.

/// The place alone: what the report says there is not repeated.
fn unreadable(byte: u64) -> ScanError {
    ScanError::Unreadable(format!("byte {byte}"))
}

fn opened(tag: &BytesStart<'_>, nodes: &mut usize, at: u64) -> Result<Node, ScanError> {
    *nodes += 1;
    if *nodes > MOST_NODES {
        return Err(ScanError::TooComplex);
    }
    let mut attributes = vec![];
    // Without the parser's own look for what is said twice, whose time grows with the square of their number.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| unreadable(at))?;
        if attributes.len() >= MOST_ATTRIBUTES {
            return Err(ScanError::TooComplex);
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| ScanError::Entities)?;
        attributes.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    let name = tag.local_name().into_inner().to_owned();
    Ok(Node { name, attributes, ..Node::default() })
}

/// # Errors
/// [`ScanError::Entities`], [`ScanError::TooComplex`], [`ScanError::Unreadable`].
pub(crate) fn tree(text: &str) -> Result<Node, ScanError> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Node> = vec![];
    let mut root = None;
    let mut nodes = 0;
    let mut close = |node: Node, open: &mut Vec<Node>| match open.last_mut() {
        Some(parent) => {
            parent.children.push(node);
            Ok(())
        }
        None if root.is_none() => {
            root = Some(node);
            Ok(())
        }
        // More than one root.
        None => Err(unreadable(0)),
    };
    loop {
        let Ok(event) = reader.read_event() else { return Err(unreadable(reader.error_position())) };
        let at = reader.buffer_position();
        match event {
            Event::Start(tag) => {
                if open.len() >= DEEPEST {
                    return Err(ScanError::TooComplex);
                }
                open.push(opened(&tag, &mut nodes, at)?);
            }
            Event::Empty(tag) => {
                let node = opened(&tag, &mut nodes, at)?;
                close(node, &mut open)?;
            }
            Event::End(_) => {
                let node = open.pop().ok_or_else(|| unreadable(at))?;
                close(node, &mut open)?;
            }
            Event::Text(said) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&said.xml10_content());
                }
            }
            Event::CData(said) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&said.xml10_content());
                }
            }
            Event::GeneralRef(named) => {
                let c = match named.resolve_char_ref() {
                    Ok(Some(c)) => c,
                    Ok(None) => match &*named {
                        "lt" => '<',
                        "gt" => '>',
                        "amp" => '&',
                        "apos" => '\'',
                        "quot" => '"',
                        _ => return Err(ScanError::Entities),
                    },
                    Err(_) => return Err(ScanError::Entities),
                };
                if let Some(node) = open.last_mut() {
                    node.text.push(c);
                }
            }
            Event::DocType(_) => return Err(ScanError::Entities),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::Eof => break,
        }
    }
    if !open.is_empty() {
        return Err(unreadable(text.len() as u64));
    }
    root.ok_or_else(|| unreadable(0))
}
