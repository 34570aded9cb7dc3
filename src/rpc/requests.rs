//! Requests: made by a client, accepted by the practitioner, or brought to their end. Declining and withdrawing are
//! cancellations (`cancellation`).

pub mod accept_peer_booking;
pub mod charge_accepted_requests;
pub mod expire_requests;
pub mod request_peer_booking;

pub(super) mod expiry;

mod acceptance;
