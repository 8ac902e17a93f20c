//! The embedded database, in the instance's folder.

pub struct Base;

impl Base {
    pub fn new() -> Base {
        Base
    }
    /// What `init`, `demo` and `restore` are told besides.
    pub fn args(&self) -> Vec<String> {
        vec![]
    }
    /// Every byte of the database that is not in the folder.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        vec![]
    }
}
