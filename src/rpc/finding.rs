//! Whom one could book, and when.

pub mod fold;
pub mod get_available_slots;
pub mod search_peer_practitioners;
