//! Reading connections. A point look-up runs where it is; anything longer moves to a thread that may block.

use std::path::Path;
use std::sync::Arc;

use parking_lot::Mutex;
use rusqlite::{Connection, params_from_iter};
use store::{DatabaseError, Query, Row};
use tokio::sync::Semaphore;

use crate::values::{Bound, param};
use crate::{OpenError, Options, connect};

/// A pool of read-only connections.
pub struct Readers {
    free: Arc<Mutex<Vec<Connection>>>,
    permits: Arc<Semaphore>,
}

fn unavailable(e: impl ToString) -> DatabaseError {
    DatabaseError::Unavailable(e.to_string())
}

impl Readers {
    pub fn open(path: &Path, options: &Options) -> Result<Self, OpenError> {
        let mut free = Vec::new();
        for _ in 0..options.readers.max(1) {
            let c = connect(path, options)?;
            c.pragma_update(None, "query_only", "ON")?;
            free.push(c);
        }
        let permits = Arc::new(Semaphore::new(free.len()));
        Ok(Self { free: Arc::new(Mutex::new(free)), permits })
    }

    pub async fn read(&self, query: Query) -> Result<Vec<Row>, DatabaseError> {
        let permit = self.permits.clone().acquire_owned().await.map_err(unavailable)?;
        // A permit is held for every connection taken, so there is one.
        let connection = self.free.lock().pop().ok_or_else(|| unavailable("no connection"))?;
        let back = Return { free: self.free.clone(), connection: Some(connection), _permit: permit };
        if query.point {
            return run(&back, &query);
        }
        tokio::task::spawn_blocking(move || run(&back, &query)).await.map_err(unavailable)?
    }
}

/// Puts the connection back also when the request was dropped in between.
struct Return {
    free: Arc<Mutex<Vec<Connection>>>,
    connection: Option<Connection>,
    _permit: tokio::sync::OwnedSemaphorePermit,
}

impl Drop for Return {
    fn drop(&mut self) {
        if let Some(c) = self.connection.take() {
            self.free.lock().push(c);
        }
    }
}

fn run(back: &Return, query: &Query) -> Result<Vec<Row>, DatabaseError> {
    let Some(connection) = &back.connection else { return Err(unavailable("no connection")) };
    let mut statement = connection.prepare_cached(&query.sql).map_err(unavailable)?;
    let columns = statement.column_count();
    let mut rows = statement.query(params_from_iter(query.params.iter().map(Bound))).map_err(unavailable)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next().map_err(unavailable)? {
        let mut values = Vec::with_capacity(columns);
        for n in 0..columns {
            values.push(param(row.get_ref(n).map_err(unavailable)?));
        }
        out.push(Row(values));
    }
    Ok(out)
}
