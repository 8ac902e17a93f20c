//! Misuses of the recorded path. Each must not compile. Before it stands the same program put right, which must compile:
//! so it is the marked line that fails, and not something else around it.
//!
//! # A store operation without a grant
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, grant: Grant<ViewRecord>, op: ViewRecord) {
//! let _ = store.view(grant).await;
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, grant: Grant<ViewRecord>, op: ViewRecord) {
//! let _ = store.view(op).await; // an operation is not a grant of it
//! # }
//! ```
//!
//! # A forged grant
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(gate: &Gate, caller: &Caller, op: ViewRecord) -> Option<Grant<ViewRecord>> {
//! gate.admit(caller, op).await.ok()
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(gate: &Gate, caller: &Caller, op: ViewRecord) -> Option<Grant<ViewRecord>> {
//! Some(Grant { op, caller: caller.clone(), ..todo!() }) // its fields are the gate's
//! # }
//! ```
//!
//! # A grant of another operation
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, view: Grant<ViewRecord>, delete: Grant<DeleteRecord>) {
//! let _ = store.delete(delete).await;
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, view: Grant<ViewRecord>, delete: Grant<DeleteRecord>) {
//! let _ = store.delete(view).await;
//! # }
//! ```
//!
//! # Peeking into a sealed row
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(sealed: Sealed<ViewRecord>) {
//! let _ = sealed.disclose().await;
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(sealed: Sealed<ViewRecord>) {
//! let _ = sealed.rows; // private
//! # }
//! ```
//!
//! # A forged disclosure
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(sealed: Sealed<ViewRecord>, view: RecordView) -> Option<Disclosed<Vec<RecordView>>> {
//! sealed.disclose().await.ok()
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(sealed: Sealed<ViewRecord>, view: RecordView) -> Option<Disclosed<Vec<RecordView>>> {
//! Some(Disclosed::new(vec![view], EventId::from_bytes([0; 16]))) // only the path makes one
//! # }
//! ```
//!
//! # A grant used twice
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, a: Grant<ViewRecord>, b: Grant<ViewRecord>) {
//! let _ = (store.view(a).await, store.view(b).await);
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, a: Grant<ViewRecord>, b: Grant<ViewRecord>) {
//! let _ = (store.view(a).await, store.view(a).await); // moved
//! # }
//! ```
//!
//! # A cloned grant
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # fn f(grant: Grant<ViewRecord>) -> Grant<ViewRecord> {
//! grant
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # fn f(grant: Grant<ViewRecord>) -> Grant<ViewRecord> {
//! grant.clone()
//! # }
//! ```
//!
//! # Printing a sealed row
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # fn f(sealed: Sealed<ViewRecord>, refusal: Refusal) -> String {
//! format!("{refusal:?}")
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # fn f(sealed: Sealed<ViewRecord>, refusal: Refusal) -> String {
//! format!("{sealed:?}")
//! # }
//! ```
//!
//! # Printing or serializing what was stored
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # fn f(row: StoredRow, view: RecordView) -> Option<String> {
//! serde_json::to_string(&view).ok()
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # fn f(row: StoredRow, view: RecordView) -> Option<String> {
//! serde_json::to_string(&row).ok()
//! # }
//! ```
//!
//! # Reading rows past the store
//! ```no_run
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, grant: Grant<ViewRecord>) {
//! let _ = store.gate().engine();
//! # }
//! ```
//! ```compile_fail
//! # use access::path::*; use store::{Store, records::*}; use model::*;
//! # async fn f(store: &Store, grant: Grant<ViewRecord>) {
//! let _ = store.db.read(store::Query::new("SELECT 1", vec![])).await; // the database is the store's own
//! # }
//! ```
