//! What speaks the server's own language: the one place that needs `unsafe`.
//!
//! It knows nothing of bookings. Above it stand plain Rust and SQL; Postgres decides by itself what is
//! locked, visible, cast, fired and allowed, since everything goes through its statements.

#![allow(unsafe_code)]

mod acting_owner;
mod acting_settings;
pub mod apart;
mod as_owner;
pub mod column_types;
pub mod configuration;
pub mod convert;
pub mod exclusion;
pub mod firing;
mod guards;
pub mod isolation;
pub mod json;
pub mod own_writes;
pub mod roles;
pub mod setting;
pub mod statement;
pub mod time_of_day;
pub mod unique_rules;

pub use acting_owner::{as_guarded_owner, as_owner, effective_role, plan_by_index};
pub use statement::Connection;
