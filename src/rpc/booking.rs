//! Booking: what it would cost, whether it would be accepted, and the two flows that make one.

pub mod charge_session;
pub mod create_peer_booking;
pub mod get_practitioner_credit_cost;
pub mod process_peer_booking_credits;
pub mod quote_peer_booking;

pub(super) mod arguments;
pub(super) mod making;

mod charging;
mod decision;
