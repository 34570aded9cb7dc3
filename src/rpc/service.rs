//! What the application or an administrator calls, and the jobs.

pub mod allocate_credits;
pub mod grant_credits;
pub mod purge_refusals;
pub mod send_due_reminders;
pub mod settings;
