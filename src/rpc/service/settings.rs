//! Settings, as SQL asks for them: the one way in which it does.

use crate::postgres::configuration;
use crate::settings::{self, Delivery};
use peer_exchange_rules::terms::Settlement;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// For how many days, today included, refused calls are remembered.
#[pg_extern(stable)]
fn refusal_retention_days() -> i32 {
    settings::refusal_retention_days()
}

/// The values of `users.user_role` that may book and be booked.
#[pg_extern(stable)]
fn practitioner_roles() -> Result<Vec<String>, ErrorReport> {
    Ok(settings::practitioner_roles()?)
}

/// Whether Postgres lists a time zone of this name; not its abbreviations.
#[pg_extern(stable, parallel_safe)]
fn is_time_zone(p_name: Option<&str>) -> bool {
    p_name.is_some_and(configuration::is_time_zone)
}

/// The time zone of practitioners who have published none.
#[pg_extern(stable, parallel_safe)]
fn default_time_zone() -> Result<String, ErrorReport> {
    Ok(settings::default_time_zone()?)
}

/// Whether a booking made now holds its credits until the session has taken place.
#[pg_extern(stable)]
fn settles_on_completion() -> Result<bool, ErrorReport> {
    Ok(settings::terms()?.settlement == Settlement::Completion)
}

/// How often the delivery of a notification is tried before it is given up.
#[pg_extern(stable)]
fn max_delivery_attempts() -> i32 {
    settings::max_delivery_attempts()
}

/// Whether notifications are due for a worker once they are written.
#[pg_extern(stable)]
fn is_delivery_on() -> bool {
    settings::delivery() != Delivery::Off
}

/// How long before its start a session may be set to `in_progress`.
#[pg_extern(stable)]
fn early_start_minutes() -> i32 {
    settings::early_start_minutes()
}

/// The cancellation policy of practitioners who have none of their own.
#[pg_extern(stable)]
#[allow(clippy::type_complexity)]
fn default_policy() -> TableIterator<
    'static,
    (
        name!(full_refund_hours, i32),
        name!(partial_refund_hours, i32),
        name!(partial_refund_percent, f64),
    ),
> {
    TableIterator::once(settings::default_policy())
}

/// The column of `users` that says who takes part; blank where everybody does.
#[pg_extern(stable)]
fn opt_in_column() -> Result<String, ErrorReport> {
    Ok(settings::opt_in_column()?)
}

/// The function of the application that says when else a person is taken; blank where there is none.
#[pg_extern(stable)]
fn busy_function() -> Result<String, ErrorReport> {
    Ok(settings::busy_function()?)
}
