//! A database of a real PostgreSQL.

pub struct Base(testkit::postgres::Database);

impl Base {
    pub fn new() -> Base {
        Base(testkit::postgres::Database::fresh())
    }
    pub fn database(&self) -> &testkit::postgres::Database {
        &self.0
    }
    /// What `init`, `demo` and `restore` are told besides.
    pub fn args(&self) -> Vec<String> {
        vec!["--database".into(), self.0.url()]
    }
    /// Every byte of the database that is not in the folder.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        self.0.bytes_on_disk().unwrap()
    }
}
