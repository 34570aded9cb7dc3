//! The functions that SQL calls, by subject, one file each.
//!
//! All of them live in schema `peer_exchange`, and read who calls before they act as the owner of the tables
//! (`error::as_owner`). Clients reach theirs through wrappers of the same names in `public`
//! (`sql/schema/rpc.sql`), guard triggers and `setup()` call those of `guards`.

pub mod booking;
pub mod calendar;
pub mod cancellation;
pub mod finding;
pub mod guards;
pub mod moving;
pub mod own;
pub mod practice;
pub mod requests;
pub mod service;
pub mod settlement;

mod error;
mod job;
mod refusal_log;
