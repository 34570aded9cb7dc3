//! Moving a session that is paid for.

pub mod reschedule_peer_booking;

mod decision;
mod refused;
pub mod targets;
