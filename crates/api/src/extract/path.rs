//! Names and ids in paths. One that cannot be a name or id is answered like one that is not there.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use model::{CommentId, FileId, ObjectName, RecordId, ShareId};

use crate::problem::{Code, Outcome, Problem};

/// `{object}`
pub struct ObjectPath(pub ObjectName);
/// `{object}/{id}`
pub struct RecordPath {
    pub object: ObjectName,
    pub id: RecordId,
}
/// `{object}/{id}/shares/{share}`
pub struct SharePath {
    pub record: RecordPath,
    pub share: ShareId,
}
/// `{object}/{id}/comments/{comment}`
pub struct CommentPath {
    pub record: RecordPath,
    pub comment: CommentId,
}

/// `{object}/{id}/merges/{merge}`
pub struct MergePath {
    pub record: RecordPath,
    /// The version that the merge gave the record.
    pub merge: i64,
}

/// `{object}/{id}/attachments/{file}`
pub struct FilePath {
    pub record: RecordPath,
    pub file: FileId,
}
/// One id or name.
pub struct IdPath<T>(pub T);
/// Two ids or names.
pub struct PairPath<A, B>(pub A, pub B);

async fn params<S: Send + Sync>(parts: &mut Parts, state: &S) -> Outcome<Vec<String>> {
    let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::new(Code::NotFound))?;
    Ok(params.iter().map(|(_, value)| value.to_owned()).collect())
}

fn at<T: FromStr>(params: &[String], n: usize) -> Outcome<T> {
    params.get(n).and_then(|text| text.parse().ok()).ok_or_else(|| Problem::new(Code::NotFound))
}

impl<S: Send + Sync> FromRequestParts<S> for ObjectPath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        at(&params(parts, state).await?, 0).map(ObjectPath)
    }
}
impl<S: Send + Sync> FromRequestParts<S> for RecordPath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let p = params(parts, state).await?;
        Ok(RecordPath { object: at(&p, 0)?, id: at(&p, 1)? })
    }
}
impl<S: Send + Sync> FromRequestParts<S> for SharePath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let p = params(parts, state).await?;
        Ok(SharePath { record: RecordPath { object: at(&p, 0)?, id: at(&p, 1)? }, share: at(&p, 2)? })
    }
}
impl<S: Send + Sync> FromRequestParts<S> for CommentPath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let p = params(parts, state).await?;
        Ok(CommentPath { record: RecordPath { object: at(&p, 0)?, id: at(&p, 1)? }, comment: at(&p, 2)? })
    }
}
impl<S: Send + Sync> FromRequestParts<S> for MergePath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let p = params(parts, state).await?;
        Ok(MergePath { record: RecordPath { object: at(&p, 0)?, id: at(&p, 1)? }, merge: at(&p, 2)? })
    }
}
impl<S: Send + Sync> FromRequestParts<S> for FilePath {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let p = params(parts, state).await?;
        Ok(FilePath { record: RecordPath { object: at(&p, 0)?, id: at(&p, 1)? }, file: at(&p, 2)? })
    }
}
impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for IdPath<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        at(&params(parts, state).await?, 0).map(IdPath)
    }
}
impl<S: Send + Sync, A: FromStr, B: FromStr> FromRequestParts<S> for PairPath<A, B> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Outcome<Self> {
        let p = params(parts, state).await?;
        Ok(PairPath(at(&p, 0)?, at(&p, 1)?))
    }
}
