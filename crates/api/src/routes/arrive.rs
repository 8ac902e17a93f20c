//! Bytes that come as they are: read up to a bound, and not at all of whoever may not send them.

use axum::body::Body as HttpBody;
use model::Action;
use store::arrived::Arrived;
use tokio::sync::OwnedSemaphorePermit;

use crate::extract::SignedInCaller;
use crate::problem::{Code, Outcome, Problem};
use crate::state::ApiState;

/// What arrived of whoever may do this, and the turn that reading and unpacking it takes.
pub(super) async fn arrive(
    state: &ApiState,
    who: &SignedInCaller,
    action: Action,
    body: HttpBody,
    most: usize,
) -> Outcome<(Arrived, Option<OwnedSemaphorePermit>)> {
    if !state.store.gate().would_admit_system(&who.caller, action) {
        // The gate refuses, and records it.
        return Ok((Arrived::Broken, None));
    }
    let permit = state.uploads.clone().try_acquire_owned();
    let permit = permit.map_err(|_| Problem::new(Code::Overloaded).retry_after(5))?;
    let arrived = match axum::body::to_bytes(body, most).await {
        Ok(bytes) => Arrived::Whole(bytes.into()),
        Err(error) => {
            let long = std::error::Error::source(&error).is_some_and(|s| s.to_string().contains("length limit"));
            if long { Arrived::TooLarge } else { Arrived::Broken }
        }
    };
    Ok((arrived, Some(permit)))
}
