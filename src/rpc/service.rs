//! What the application or an administrator calls, and the jobs.

pub mod adjust_credits;
pub mod allocate_credits;
pub mod grant_credits;
pub mod purge_refusals;
pub mod send_due_reminders;
pub mod settings;

mod credit_change;
