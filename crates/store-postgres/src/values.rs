//! Parameters and columns between the path's values and PostgreSQL's.

use std::error::Error;

use access::path::Param;
use bytes::BytesMut;
use store::{DatabaseError, Row};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// A parameter as the driver takes it.
#[derive(Debug)]
pub struct Bound<'a>(pub &'a Param);

/// The type a parameter is sent as; `None` for NULL, which takes whatever its place has.
pub const fn sql_type(param: &Param) -> Option<Type> {
    match param {
        Param::Null => None,
        Param::Int(_) => Some(Type::INT8),
        Param::Text(_) => Some(Type::TEXT),
        Param::Bytes(_) => Some(Type::BYTEA),
    }
}

/// Whether a statement prepared with parameters of these types takes these values.
pub fn fits(types: &[Type], params: &[Param]) -> bool {
    types.len() == params.len() && types.iter().zip(params).all(|(t, p)| sql_type(p).is_none_or(|wanted| wanted == *t))
}

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self.0 {
            Param::Null => Ok(IsNull::Yes),
            Param::Int(n) => n.to_sql(ty, out),
            Param::Text(t) => t.to_sql(ty, out),
            Param::Bytes(b) => b.as_slice().to_sql(ty, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        // INVARIANT: a statement is run only with parameters that it `fits`.
        true
    }
    to_sql_checked!();
}

/// Reads a row by the types of its columns.
///
/// # Errors
/// [`DatabaseError::Unexpected`] for a type that no table holds.
pub fn row(row: &tokio_postgres::Row) -> Result<Row, DatabaseError> {
    (0..row.len()).map(|column| param(row, column)).collect::<Result<_, _>>().map(Row)
}

fn param(row: &tokio_postgres::Row, column: usize) -> Result<Param, DatabaseError> {
    let bad = |_| DatabaseError::Unexpected { column, expected: "a number, text or bytes" };
    let ty = row.columns().get(column).map_or(&Type::UNKNOWN, tokio_postgres::Column::type_);
    let int = |n: Option<i64>| n.map_or(Param::Null, Param::Int);
    match *ty {
        Type::INT8 => row.try_get(column).map(int).map_err(bad),
        Type::INT4 => row.try_get::<_, Option<i32>>(column).map(|n| int(n.map(i64::from))).map_err(bad),
        Type::INT2 => row.try_get::<_, Option<i16>>(column).map(|n| int(n.map(i64::from))).map_err(bad),
        Type::BOOL => row.try_get::<_, Option<bool>>(column).map(|b| int(b.map(i64::from))).map_err(bad),
        Type::NUMERIC => row.try_get::<_, Option<Whole>>(column).map(|n| int(n.map(|n| n.0))).map_err(bad),
        Type::BYTEA => {
            row.try_get::<_, Option<Vec<u8>>>(column).map(|b| b.map_or(Param::Null, Param::Bytes)).map_err(bad)
        }
        _ => row.try_get::<_, Option<String>>(column).map(|t| t.map_or(Param::Null, Param::Text)).map_err(bad),
    }
}

/// The whole part of a NUMERIC: what PostgreSQL makes of a sum of BIGINT.
struct Whole(i64);

impl<'a> FromSql<'a> for Whole {
    /// Big-endian i16: number of digits, weight of the first, sign, scale; then digits to the base of 10,000
    /// (PostgreSQL's `numeric_send`).
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let mut words = raw.as_chunks::<2>().0.iter().map(|w| i16::from_be_bytes(*w));
        let mut next = || words.next().ok_or("a short number");
        let (count, weight, sign, _scale) = (next()?, next()?, next()?, next()?);
        let negative = match sign {
            0 => false,
            0x4000 => true,
            _ => return Err("not a number".into()),
        };
        let mut whole: i64 = 0;
        for place in 0..=weight {
            let digit = if place < count { next()? } else { 0 };
            whole =
                whole.checked_mul(10_000).and_then(|n| n.checked_add(i64::from(digit))).ok_or("too large a number")?;
        }
        Ok(Self(if negative { -whole } else { whole }))
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::NUMERIC
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_whole_numbers() {
        let raw = |words: &[i16]| words.iter().flat_map(|w| w.to_be_bytes()).collect::<Vec<u8>>();
        let read = |words: &[i16]| Whole::from_sql(&Type::NUMERIC, &raw(words)).map(|w| w.0).ok();
        assert_eq!(read(&[0, 0, 0, 0]), Some(0));
        assert_eq!(read(&[1, 0, 0x4000, 0, 42]), Some(-42));
        assert_eq!(read(&[3, 2, 0, 0, 1, 2345, 6789]), Some(123_456_789));
        assert_eq!(read(&[1, 1, 0, 0, 5]), Some(50_000));
        assert_eq!(read(&[2, 0, 0, 2, 7, 5000]), Some(7));
        assert_eq!(read(&[1, 9, 0, 0, 9999]), None);
        assert_eq!(read(&[0, 0, -0x4000, 0]), None);
        assert_eq!(read(&[2, 1, 0, 0, 1]), None);
    }

    #[test]
    fn a_null_fits_anywhere_and_nothing_else_does() {
        let types = [Type::INT8, Type::TEXT];
        assert!(fits(&types, &[Param::Int(1), Param::Null]));
        assert!(!fits(&types, &[Param::Text("1".into()), Param::Null]));
        assert!(!fits(&types, &[Param::Int(1)]));
    }
}
