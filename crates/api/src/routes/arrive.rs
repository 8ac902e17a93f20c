//! Bytes that come as they are: read up to a bound, piece by piece, and not at all of whoever may not send them.

use std::time::Duration;

use axum::body::Body as HttpBody;
use futures_util::StreamExt;
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
    Ok((read_up_to(most, body, state.config.timeout).await, Some(permit)))
}

/// At most so many bytes, of which no piece is waited for longer than `patience`. How long all of them may take is the route's limit.
pub(super) async fn read_up_to(most: usize, body: HttpBody, patience: Duration) -> Arrived {
    let mut pieces = body.into_data_stream();
    let mut whole = Vec::new();
    loop {
        match tokio::time::timeout(patience, pieces.next()).await {
            Ok(None) => return Arrived::Whole(whole),
            Ok(Some(Ok(piece))) if piece.len() > most - whole.len() => return Arrived::TooLarge,
            Ok(Some(Ok(piece))) => whole.extend_from_slice(&piece),
            Ok(Some(Err(_))) | Err(_) => return Arrived::Broken,
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    async fn read(most: usize, pieces: Vec<Result<&'static str, std::io::Error>>) -> Arrived {
        read_up_to(most, HttpBody::from_stream(stream::iter(pieces)), Duration::from_secs(5)).await
    }

    #[tokio::test]
    async fn what_is_longer_than_the_bound_or_breaks_off_is_told_apart() {
        assert!(matches!(read(5, vec![]).await, Arrived::Whole(all) if all.is_empty()));
        assert!(matches!(read(5, vec![Ok("ab"), Ok("cde")]).await, Arrived::Whole(all) if all == b"abcde"));
        assert!(matches!(read(5, vec![Ok("abc"), Ok("def")]).await, Arrived::TooLarge));
        let cut = Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
        assert!(matches!(read(5, vec![Ok("abc"), cut]).await, Arrived::Broken));
    }

    #[tokio::test]
    async fn a_piece_that_does_not_come_is_not_waited_for() {
        let silent = stream::once(async { Ok::<_, std::io::Error>("a") }).chain(stream::pending());
        assert!(matches!(read_up_to(5, HttpBody::from_stream(silent), Duration::ZERO).await, Arrived::Broken));
    }
}
