//! What is one's own: sessions, credits, notifications.

pub mod get_balance_history;
pub mod get_credit_statement;
pub mod get_my_peer_sessions;
pub mod get_peer_session;
pub mod mark_notifications_read;
