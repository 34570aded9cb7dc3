//! The rules of peer bookings, in plain Rust.
//!
//! Nothing in here knows of Postgres: facts come in as values, the clock included, and decisions go
//! out as values. That is what lets every rule be tested without a server.

#![forbid(unsafe_code)]

pub mod account;
pub mod availability;
pub mod balance_history;
pub mod booking;
pub mod calendar;
pub mod cost;
pub mod credit_statement;
pub mod division;
pub mod notification;
pub mod peer_session;
pub mod person;
pub mod place;
pub mod rating;
pub mod refund;
pub mod refusal;
pub mod reminder;
pub mod request;
pub mod reschedule;
#[cfg(test)]
mod samples;
pub mod schedule;
pub mod seen_agendas;
pub mod session_history;
pub mod session_page;
pub mod session_time;
pub mod settlement;
pub mod share;
pub mod status;
pub mod terms;
pub mod width;
pub mod written_json;
