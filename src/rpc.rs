//! The functions that SQL calls, one file each.
//!
//! All of them live in schema `peer_exchange`, and read who calls before they act as the owner of the tables
//! (`postgres::as_owner`). Clients reach theirs through wrappers of the same names in `public`
//! (`sql/schema/rpc.sql`), guard triggers and `setup()` call the ones that are named for what they guard,
//! views call `figures`.

pub mod allocate_credits;
pub mod cancel_orphaned_sessions;
pub mod cancel_sessions_of_leaver;
pub mod create_peer_booking;
pub mod figures;
pub mod get_available_slots;
pub mod get_credit_statement;
pub mod get_my_peer_sessions;
pub mod get_practitioner_credit_cost;
pub mod grant_credits;
pub mod guards;
pub mod mark_notifications_read;
pub mod process_peer_booking_credits;
pub mod process_peer_booking_refund;
pub mod purge_refusals;
pub mod quote_peer_booking;
pub mod refresh_occupancy;
pub mod refund_cancelled_sessions;
pub mod reschedule_peer_booking;
pub mod search_peer_practitioners;
pub mod send_due_reminders;

mod booking;
mod booking_request;
mod cancelling;
mod refusing;
