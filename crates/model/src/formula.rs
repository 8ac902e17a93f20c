//! Formulas 公式: a number, an amount or a date worked out from other clear fields of the same record.
//!
//! Rule: total and exact. A formula is numbers, field names, `+ - * /`, brackets, `min` and `max`, and nothing else; it is
//! worked out in decimals of nine places and rounded once, at the end, half away from zero. Dates count as days. A field
//! without a value adds nothing to a sum, is passed over by `min` and `max`, and leaves a product without a value; so do a
//! division by zero and what is out of range.
//!
//! ```
//! let f = model::formula::Formula::read("quantity * unit_price * (1 - discount / 100)").unwrap();
//! let value = |name: &str| match name { "quantity" => Some((3_000, 3)), "unit_price" => Some((1_999, 2)), _ => None };
//! assert_eq!(f.work_out(&value, 2), Some(5_997)); // 3.000 × 19.99 = 59.97
//! ```

/// Most characters.
pub const MOST: usize = 200;
/// Most levels of brackets.
const DEEPEST: u8 = 16;
const PLACES: u32 = 9;
const ONE: i128 = 1_000_000_000;
/// Fifteen digits: what a field holds.
const LARGEST: i128 = 999_999_999_999_999;

/// A formula as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula(Part);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Number(i128),
    Field(String),
    Negative(Box<Part>),
    Both(Box<Part>, Sign, Box<Part>),
    Least(Vec<Part>),
    Greatest(Vec<Part>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// Why a text is no formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadFormula {
    #[error("a formula has 1 to {MOST} characters")]
    Length,
    #[error("the formula cannot be read: numbers, field names, + - * / ( ) and min, max")]
    Syntax,
    #[error("brackets go at most {DEEPEST} levels deep")]
    Depth,
    #[error("a number of a formula has at most nine decimal places")]
    Number,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(i128),
    Word(String),
    Sign(char),
}

fn tokens(text: &str) -> Result<Vec<Token>, BadFormula> {
    let mut rest = text.chars().peekable();
    let mut all = vec![];
    while let Some(c) = rest.next() {
        let mut word = |first: char, more: fn(char) -> bool| {
            let mut word = first.to_string();
            while let Some(c) = rest.next_if(|c| more(*c)) {
                word.push(c);
            }
            word
        };
        match c {
            ' ' => {}
            '0'..='9' => {
                let number = word(c, |c| c.is_ascii_digit() || c == '.');
                let places = u8::try_from(PLACES).unwrap_or(0);
                let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
                if whole.len() > 9 || fraction.len() > usize::from(places) {
                    return Err(BadFormula::Number);
                }
                let whole: i128 = whole.parse().map_err(|_| BadFormula::Syntax)?;
                let padded = format!("{fraction:0<9}");
                let fraction: i128 = padded.parse().map_err(|_| BadFormula::Syntax)?;
                if number.ends_with('.') {
                    return Err(BadFormula::Syntax);
                }
                all.push(Token::Number(whole * ONE + fraction));
            }
            'a'..='z' => {
                all.push(Token::Word(word(c, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')));
            }
            '+' | '-' | '*' | '/' | '(' | ')' | ',' => all.push(Token::Sign(c)),
            _ => return Err(BadFormula::Syntax),
        }
    }
    Ok(all)
}

struct Reader {
    /// Turned round: the next is the last.
    rest: Vec<Token>,
}

impl Reader {
    fn takes(&mut self, sign: char) -> bool {
        let next = self.rest.last() == Some(&Token::Sign(sign));
        if next {
            self.rest.pop();
        }
        next
    }
    fn sum(&mut self, depth: u8) -> Result<Part, BadFormula> {
        let mut left = self.product(depth)?;
        loop {
            let sign = if self.takes('+') {
                Sign::Plus
            } else if self.takes('-') {
                Sign::Minus
            } else {
                return Ok(left);
            };
            left = Part::Both(Box::new(left), sign, Box::new(self.product(depth)?));
        }
    }
    fn product(&mut self, depth: u8) -> Result<Part, BadFormula> {
        let mut left = self.single(depth)?;
        loop {
            let sign = if self.takes('*') {
                Sign::Times
            } else if self.takes('/') {
                Sign::Over
            } else {
                return Ok(left);
            };
            left = Part::Both(Box::new(left), sign, Box::new(self.single(depth)?));
        }
    }
    fn single(&mut self, depth: u8) -> Result<Part, BadFormula> {
        let depth = depth.checked_add(1).filter(|d| *d <= DEEPEST).ok_or(BadFormula::Depth)?;
        match self.rest.pop() {
            Some(Token::Number(n)) => Ok(Part::Number(n)),
            Some(Token::Sign('-')) => Ok(Part::Negative(Box::new(self.single(depth)?))),
            Some(Token::Sign('(')) => {
                let inner = self.sum(depth)?;
                if self.takes(')') { Ok(inner) } else { Err(BadFormula::Syntax) }
            }
            Some(Token::Word(word)) => {
                if !matches!(word.as_str(), "min" | "max") || !self.takes('(') {
                    return Ok(Part::Field(word));
                }
                let mut parts = vec![self.sum(depth)?];
                while self.takes(',') {
                    parts.push(self.sum(depth)?);
                }
                if !self.takes(')') {
                    return Err(BadFormula::Syntax);
                }
                Ok(if word == "min" { Part::Least(parts) } else { Part::Greatest(parts) })
            }
            _ => Err(BadFormula::Syntax),
        }
    }
}

impl Formula {
    /// # Errors
    /// [`BadFormula`].
    pub fn read(text: &str) -> Result<Formula, BadFormula> {
        if text.trim().is_empty() || text.chars().count() > MOST {
            return Err(BadFormula::Length);
        }
        let mut rest = tokens(text)?;
        rest.reverse();
        let mut reader = Reader { rest };
        let whole = reader.sum(0)?;
        if reader.rest.is_empty() { Ok(Formula(whole)) } else { Err(BadFormula::Syntax) }
    }

    /// The fields it is worked out from.
    pub fn fields(&self) -> Vec<&str> {
        let mut all = vec![];
        self.0.fields(&mut all);
        all
    }

    /// The result times 10^`scale`; a field's value is given as a number and its decimal places.
    pub fn work_out(&self, value: &impl Fn(&str) -> Option<(i64, u8)>, scale: u8) -> Option<i64> {
        let exact = self.0.work_out(value)?;
        let unit = 10_i128.checked_pow(PLACES.checked_sub(u32::from(scale))?)?;
        let (whole, rest) = (exact.checked_div(unit)?, exact.checked_rem(unit)?);
        let rounded = if rest.abs() * 2 >= unit { whole + rest.signum() } else { whole };
        if rounded.abs() > LARGEST { None } else { i64::try_from(rounded).ok() }
    }
}

impl Part {
    fn fields<'a>(&'a self, all: &mut Vec<&'a str>) {
        match self {
            Part::Number(_) => {}
            Part::Field(name) => all.push(name),
            Part::Negative(inner) => inner.fields(all),
            Part::Both(a, _, b) => {
                a.fields(all);
                b.fields(all);
            }
            Part::Least(parts) | Part::Greatest(parts) => parts.iter().for_each(|p| p.fields(all)),
        }
    }

    fn work_out(&self, value: &impl Fn(&str) -> Option<(i64, u8)>) -> Option<i128> {
        match self {
            Part::Number(n) => Some(*n),
            Part::Field(name) => {
                let (n, scale) = value(name)?;
                i128::from(n).checked_mul(10_i128.checked_pow(PLACES.checked_sub(u32::from(scale))?)?)
            }
            Part::Negative(inner) => inner.work_out(value)?.checked_neg(),
            Part::Least(parts) => parts.iter().filter_map(|p| p.work_out(value)).min(),
            Part::Greatest(parts) => parts.iter().filter_map(|p| p.work_out(value)).max(),
            Part::Both(a, sign, b) => {
                let (a, b) = (a.work_out(value), b.work_out(value));
                match sign {
                    Sign::Plus | Sign::Minus if a.is_none() && b.is_none() => None,
                    Sign::Plus => a.unwrap_or(0).checked_add(b.unwrap_or(0)),
                    Sign::Minus => a.unwrap_or(0).checked_sub(b.unwrap_or(0)),
                    Sign::Times => a?.checked_mul(b?)?.checked_div(ONE),
                    Sign::Over => a?.checked_mul(ONE)?.checked_div(b?),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(text: &str, scale: u8) -> Option<i64> {
        let value = |name: &str| match name {
            "a" => Some((250, 2)),
            "b" => Some((4, 0)),
            "day" => Some((20_000, 0)),
            _ => None,
        };
        Formula::read(text).unwrap().work_out(&value, scale)
    }

    #[test]
    fn signs_bind_as_people_expect() {
        assert_eq!(of("1 + 2 * 3", 0), Some(7));
        assert_eq!(of("(1 + 2) * 3", 0), Some(9));
        assert_eq!(of("10 - 2 - 3", 0), Some(5));
        assert_eq!(of("8 / 2 / 2", 0), Some(2));
        assert_eq!(of("-a * b", 2), Some(-1000));
        assert_eq!(of("min(a, b, 3)", 1), Some(25));
        assert_eq!(of("day + 30", 0), Some(20_030));
        assert_eq!(of("2 / 3", 2), Some(67));
        assert_eq!(of("-2 / 3", 2), Some(-67));
        assert_eq!(of("0.005", 2), Some(1));
    }

    #[test]
    fn what_has_no_value_adds_nothing_and_multiplies_to_nothing() {
        assert_eq!(of("a + none", 2), Some(250));
        assert_eq!(of("a * none", 2), None);
        assert_eq!(of("none - none", 2), None);
        assert_eq!(of("max(none, b)", 0), Some(4));
        assert_eq!(of("a / (b - 4)", 2), None, "no division by zero");
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        for text in ["", "1 +", "(1", "1)", "a b", "min()", "1..2", "2.", "a; b", "a ** b", "A", "1e5", "中"] {
            assert!(Formula::read(text).is_err(), "{text}");
        }
        assert_eq!(Formula::read(&"(".repeat(60)), Err(BadFormula::Depth));
        assert_eq!(Formula::read(&"-".repeat(60)), Err(BadFormula::Depth));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_any_formula_worked_out(
            text in "[-+*/(), a-c0-9.minx]{0,40}", n in any::<i64>(), scale in 0_u8..=6,
        ) {
            if let Ok(f) = Formula::read(&text) {
                let found = f.work_out(&|_| Some((n, scale)), scale);
                prop_assert!(found.is_none_or(|v| v.abs() <= 999_999_999_999_999));
            }
        }
        #[test]
        fn it_agrees_with_plain_arithmetic(a in -99_999_i64..=99_999, b in -99_999_i64..=99_999, c in 1_i64..=999) {
            let value = |name: &str| Some((match name { "a" => a, "b" => b, _ => c }, 0));
            let f = |text| Formula::read(text).unwrap().work_out(&value, 0);
            prop_assert_eq!(f("a + b * c"), Some(a + b * c));
            prop_assert_eq!(f("(a - b) * c"), Some((a - b) * c));
            prop_assert_eq!(f("a * c / c"), Some(a));
            prop_assert_eq!(f("max(a, b)"), Some(a.max(b)));
        }
    }
}
