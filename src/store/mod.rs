//! All access to tables: typed facts in, decisions out.
//!
//! Locks are always taken in this order, and those of one kind in the order of their ids: people
//! (`lock_people`, booking only), sessions (`sessions::lock`), balance rows (`accounts::lock`).
//! Facts are loaded by a statement of its own after the locks, so that its snapshot is younger than
//! whatever the locks waited for.

pub mod accounts;
pub mod bookings;
mod convert;
pub mod grants;
pub mod notifications;
pub mod own_writes;
pub mod people;
pub mod prospects;
pub mod quotes;
pub mod reminders;
pub mod sessions;
mod statement;

pub use statement::Connection;
