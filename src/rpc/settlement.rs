//! What becomes of sessions that have had their time, whoever or whatever says so.

pub mod complete_peer_session;
pub mod rate_peer_session;
pub mod report_peer_no_show;
pub mod resolve_dispute;
pub mod settle_changed_sessions;
pub mod settle_due_sessions;

pub mod decision;
pub mod departure;
