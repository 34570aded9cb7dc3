//! All access to tables: typed facts in, decisions out.
//!
//! Locks are always taken in this order, and those of one kind in the order of their ids: people
//! (`people::lock`: bookings, charges, moves), sessions (`sessions::lock`), balance rows (`accounts::lock`).
//! Facts are loaded after the locks, with a snapshot that is younger than whatever the locks waited
//! for. What a booking does is done without statements (`locked_row`, `scan`, `insertion`), since to
//! start one takes longer than what it does; everything else by statements that are kept.

pub mod accounts;
mod assignment;
pub mod bookings;
mod columns;
mod convert;
pub mod credit_statements;
mod foregone;
pub mod grants;
pub mod inbox;
mod insertion;
mod locked_row;
pub mod moves;
pub mod notifications;
pub mod own_writes;
pub mod peer_sessions;
pub mod people;
pub mod practitioners;
pub mod prospects;
pub mod quotes;
mod record;
pub mod refusals;
mod relation;
pub mod reminders;
mod scan;
pub mod sessions;
mod statement;

pub use statement::Connection;
