//! Connections for reading and for bookkeeping: taken, used, put back. One that was left in the middle is thrown away.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_postgres::Error;

use crate::session::Session;
use crate::target::Target;

/// At most so many connections; those not taken wait here.
pub struct Pool {
    target: Target,
    setup: String,
    free: Arc<Mutex<Vec<Session>>>,
    permits: Arc<Semaphore>,
}

/// A connection taken from the pool.
pub struct Taken {
    pub session: Session,
    free: Arc<Mutex<Vec<Session>>>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Taken {
    /// Puts the connection back. A request dropped half way never comes here: its connection closes.
    pub fn put_back(self) {
        if !self.session.client.is_closed() {
            self.free.lock().push(self.session);
        }
    }
}

impl Pool {
    pub fn new(target: Target, setup: String, connections: usize) -> Self {
        let connections = connections.max(1);
        Self { target, setup, free: Arc::default(), permits: Arc::new(Semaphore::new(connections)) }
    }

    pub async fn take(&self) -> Result<Taken, Error> {
        // The semaphore is never closed; without its permit there would be one connection more, and nothing worse.
        let permit = self.permits.clone().acquire_owned().await.ok();
        let waiting = loop {
            let next = self.free.lock().pop();
            match next {
                Some(session) if session.client.is_closed() => {}
                other => break other,
            }
        };
        let session = match waiting {
            Some(session) => session,
            None => {
                let session = Session::connect(&self.target).await?;
                session.client.batch_execute(&self.setup).await?;
                session
            }
        };
        Ok(Taken { session, free: self.free.clone(), _permit: permit })
    }
}
