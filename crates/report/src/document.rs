//! What a document says.

use serde::Serialize;

use crate::press::ReportError;
use crate::text::{Budget, Room, print};

/// Rows of all tables, bars and facts together.
const MOST_ROWS: usize = 10_000;
/// Characters of all values together.
const MOST_CHARS: usize = 4_000_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    Zh,
    En,
}

/// A document: cover, contents, sections, signatures, and the head of the log it was made from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    pub language: Language,
    /// What kind of document it is: "案卷", "Case file".
    pub kind: String,
    pub title: String,
    /// Stands at the foot of each page: whose it is, and how it may be used.
    pub notice: String,
    /// On the cover.
    pub facts: Vec<Fact>,
    pub sections: Vec<Section>,
    pub signatures: Vec<Signature>,
    pub head: Head,
    /// When it was made, UTC: year, month, day, hour, minute, second.
    pub made_at: (i32, u8, u8, u8, u8, u8),
    /// The same as people read it.
    pub made: String,
}

/// A name and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

impl Fact {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    pub title: String,
    pub blocks: Vec<Block>,
}

/// One thing after the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    Paragraph {
        text: String,
    },
    /// Somebody's words.
    Quote {
        /// Who said it, and when.
        by: String,
        text: String,
    },
    Facts {
        facts: Vec<Fact>,
    },
    /// Numbers that matter, side by side.
    Figures {
        figures: Vec<Figure>,
    },
    Table {
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
    /// A simple chart.
    Bars {
        caption: String,
        bars: Vec<Bar>,
    },
    /// To be typed or compared as it is: commands, hashes.
    Code {
        text: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    pub value: String,
    pub name: String,
    /// What it is compared with, or where it comes from.
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub name: String,
    /// Its share of the width.
    pub share: u8,
    pub align: Align,
}

impl Column {
    pub fn new(name: impl Into<String>, share: u8) -> Self {
        Self { name: name.into(), share, align: Align::Start }
    }
    #[must_use]
    pub fn numbers(self) -> Self {
        Self { align: Align::End, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    Start,
    End,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    pub name: String,
    pub value: f64,
    /// The value as it is printed.
    pub shown: String,
}

/// Somebody who stands for it. A name and a moment where the log has their word; else a line to sign on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// As what they sign: "复核人".
    pub role: String,
    pub name: Option<String>,
    pub at: Option<String>,
    /// Where the log has it.
    pub proof: Option<String>,
}

/// The signed state of the log that the document was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    pub origin: String,
    pub size: u64,
    /// In hexadecimal.
    pub root: String,
}

impl Document {
    /// The document as it is printed: every value of characters that the font has, within the bounds.
    ///
    /// # Errors
    /// [`ReportError::TooLong`], [`ReportError::BadTable`].
    pub(crate) fn printable(&self) -> Result<Self, ReportError> {
        let mut rows = self.facts.len().saturating_add(self.signatures.len()).saturating_add(self.sections.len());
        for block in self.sections.iter().flat_map(|s| &s.blocks) {
            rows = rows.saturating_add(1).saturating_add(match block {
                Block::Paragraph { .. } | Block::Quote { .. } | Block::Code { .. } => 0,
                Block::Facts { facts } => facts.len(),
                Block::Figures { figures } => figures.len(),
                Block::Bars { bars, .. } => bars.len(),
                Block::Table { columns, rows } => {
                    let fits = |row: &Vec<String>| row.len() == columns.len();
                    if columns.is_empty() || columns.iter().any(|c| c.share == 0) || !rows.iter().all(fits) {
                        return Err(ReportError::BadTable);
                    }
                    rows.len()
                }
            });
        }
        if rows > MOST_ROWS {
            return Err(ReportError::TooLong);
        }
        let mut budget = Budget(MOST_CHARS);
        let mut whole = self.clone();
        let facts = |facts: &mut Vec<Fact>, budget: &mut Budget| {
            for fact in facts {
                budget.each(Room::PART, [&mut fact.name]);
                budget.each(Room::LINE, [&mut fact.value]);
            }
        };
        budget.each(Room::HEADING, [&mut whole.kind, &mut whole.title, &mut whole.notice, &mut whole.made]);
        budget.each(Room::LINE, [&mut whole.head.origin, &mut whole.head.root]);
        facts(&mut whole.facts, &mut budget);
        for signature in &mut whole.signatures {
            budget.each(Room::PART, [&mut signature.role]);
            let said = [&mut signature.name, &mut signature.at, &mut signature.proof];
            budget.each(Room::PART, said.into_iter().flatten());
        }
        for section in &mut whole.sections {
            budget.each(Room::HEADING, [&mut section.title]);
            for block in &mut section.blocks {
                match block {
                    Block::Paragraph { text } | Block::Code { text } => budget.each(Room::LINE, [text]),
                    Block::Quote { by, text } => budget.each(Room::LINE, [by, text]),
                    Block::Facts { facts: all } => facts(all, &mut budget),
                    Block::Figures { figures } => {
                        for f in figures {
                            budget.each(Room::PART, [&mut f.value, &mut f.name, &mut f.note]);
                        }
                    }
                    Block::Table { columns, rows } => {
                        let all = columns.iter().map(|c| usize::from(c.share)).sum();
                        for (n, column) in columns.iter_mut().enumerate() {
                            budget.each(Room::head(column.share, all), [&mut column.name]);
                            let cell = Room::cell(column.share, all);
                            budget.each(cell, rows.iter_mut().filter_map(|row| row.get_mut(n)));
                        }
                    }
                    Block::Bars { caption, bars } => {
                        budget.each(Room::LINE, [caption]);
                        for bar in bars {
                            budget.each(Room::PART, [&mut bar.name, &mut bar.shown]);
                            bar.value = if bar.value.is_finite() { bar.value.max(0.0) } else { 0.0 };
                        }
                    }
                }
            }
        }
        if budget.0 == 0 { Err(ReportError::TooLong) } else { Ok(whole) }
    }
}

impl Budget {
    fn each<'a>(&mut self, room: Room, values: impl IntoIterator<Item = &'a mut String>) {
        for value in values {
            *value = print(value, room);
            self.0 = self.0.saturating_sub(value.len());
        }
    }
}
