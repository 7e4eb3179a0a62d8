//! The outbox: what becomes of messages between the moment something happens and the collector's
//! word that it has them. What is kept when there is too much, what travels together, and how often a
//! host may call.
//!
//! Nothing here holds a message: all is decided by the names that messages are kept under, which
//! are their [`Label`]s.

mod batch;
mod bounds;
mod bucket;
mod label;

pub use self::batch::{Limit, batch};
pub use self::bounds::{Bounds, LONGEST_WAIT, excess, expired};
pub use self::bucket::{BURST, Bucket, PER_SECOND};
pub use self::label::{Kind, Label, replaces};
