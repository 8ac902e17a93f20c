//! Seals of rows: keyed hashes by which the program knows what it wrote itself.
//!
//! Rule: the key comes from the vault and is not in the database, so that whoever can write the database alone cannot make
//! a row, or change one, that the program believes. A row that was true once can still be put back: that is for the
//! ledger to tell (`doctor`).

use vault::{DataKey, Vault, VaultError};

use super::journal::Param;

/// Makes and checks seals.
#[derive(Clone, Debug)]
pub struct Seals(DataKey);

/// A seal, HMAC-SHA-256.
pub type Seal = [u8; 32];

impl Seals {
    /// # Errors
    /// When the vault cannot derive the key.
    pub fn new(vault: &Vault) -> Result<Self, VaultError> {
        vault.system_key("rows").map(Self)
    }

    /// The seal of a row of `table`: over every column by its number. A NULL is as if its column were not there, so that a
    /// column added later does not unseal rows of before.
    pub fn of<'a>(&self, table: &str, columns: impl IntoIterator<Item = (u8, &'a Param)>) -> Seal {
        let mut bytes = Vec::with_capacity(512);
        for (number, param) in columns {
            let (kind, value): (u8, &[u8]) = match param {
                Param::Null => continue,
                Param::Int(n) => {
                    bytes.extend_from_slice(&[number, 1]);
                    bytes.extend_from_slice(&n.to_be_bytes());
                    continue;
                }
                Param::Text(text) => (2, text.as_bytes()),
                Param::Bytes(b) => (3, b),
            };
            bytes.extend_from_slice(&[number, kind]);
            bytes.extend_from_slice(&u64::try_from(value.len()).unwrap_or(u64::MAX).to_be_bytes());
            bytes.extend_from_slice(value);
        }
        self.0.mac(table.as_bytes(), &bytes)
    }

    /// The seal of a row whose columns are all given, in order.
    pub fn row(&self, table: &str, columns: &[Param]) -> Seal {
        self.of(table, (0..).zip(columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seals() -> Seals {
        let dir = tempfile::tempdir().unwrap();
        let keys = vault::KeyFile::create(&dir.path().join("k"), [1; 32], [2; 32], model::UnixMs(0)).unwrap();
        Seals::new(&Vault::new(std::sync::Arc::new(keys), 1)).unwrap()
    }

    #[test]
    fn no_two_rows_have_the_same_seal() {
        let seals = seals();
        let rows: [&[Param]; 8] = [
            &[],
            &[Param::Int(1)],
            &[Param::Null, Param::Int(1)],
            &[Param::Text("1".into())],
            &[Param::Bytes(b"1".to_vec())],
            &[Param::Text("a".into()), Param::Text("b".into())],
            &[Param::Text("ab".into())],
            &[Param::Text("ab".into()), Param::Text(String::new())],
        ];
        let all: std::collections::HashSet<Seal> = rows.iter().map(|r| seals.row("session", r)).collect();
        assert_eq!(all.len(), rows.len());
        assert_ne!(seals.row("session", rows[1]), seals.row("token", rows[1]));
        assert_eq!(seals.row("session", &[Param::Int(1), Param::Null]), seals.row("session", rows[1]));
    }
}
