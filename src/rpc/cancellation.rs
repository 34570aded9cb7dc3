//! Cancellation and its refund, whoever or whatever sets it off.

pub mod cancel_orphaned_sessions;
pub mod cancel_session;
pub mod cancel_sessions_of_departing_person;
pub mod process_peer_booking_refund;
pub mod refund_cancelled_sessions;

mod decision;
mod many;
