//! All access to tables: typed facts in, decisions out.
//!
//! Locks are always taken in this order, and those of one kind in the order of their ids: people
//! (`people::lock`: bookings, charges, moves), sessions (`sessions::lock`), balance rows (`accounts::lock`).
//! Facts are loaded after the locks, with a snapshot that is younger than whatever the locks waited
//! for. Everything is done by statements of `sql/query/`, which are prepared once and kept; what they return is
//! compared with what was decided.

pub mod accounts;
mod as_decided;
pub mod balance_histories;
pub mod bookings;
pub mod calendar_feeds;
pub mod calendars;
mod columns;
pub mod credit_statements;
pub mod departures;
pub mod grants;
pub mod inbox;
pub mod moves;
pub mod notifications;
pub mod parties;
pub mod peer_sessions;
pub mod people;
pub mod places;
pub mod policies;
pub mod postponed_sessions;
pub mod practices;
pub mod practitioners;
pub mod prospects;
pub mod quotes;
pub mod ratings;
pub mod refunds;
pub mod refusals;
pub mod reminders;
pub mod requests;
pub mod session_histories;
pub mod session_writes;
pub mod sessions;
pub mod settlements;
pub mod written_sessions;

pub use crate::postgres::Connection;
