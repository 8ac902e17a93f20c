//! What tests need and the product does not: a clock that moves when told to, and a real PostgreSQL of their own.
//!
//! Rule: nothing here sleeps, reads the wall clock for an answer, or pretends. A database is a real one, with `fsync` on;
//! where it cannot be started, the test fails and says which package is missing.
//!
//! ```
//! use model::{Clock, UnixMs};
//! let clock = testkit::SteppedClock::at(UnixMs(1_000));
//! clock.advance_ms(500);
//! assert_eq!(clock.now(), UnixMs(1_500));
//! ```

pub mod base;
pub mod clock;
pub mod company_fixture;
pub mod faults;
pub mod postgres;

pub use clock::{FixedClock, SteppedClock};
pub use company_fixture::CompanyFixture;
