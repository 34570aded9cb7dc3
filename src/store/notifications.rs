//! Notifications, written beside what they tell of.

use super::convert::sql_uuid;
use super::statement::{Connection, Statement, run, statements};
use crate::domain::notification::{BookingNotifications, Notification};
use crate::fault::Fault;
use crate::settings::{self, Delivery};
use pgrx::JsonB;
use pgrx::datum::DatumWithOid;
use std::thread::LocalKey;
use uuid::Uuid;

statements! {
    NOTIFY_BOOKING = Writes include_str!("../../sql/query/notify_booking.sql");
    NOTIFY_CANCELLATION = Writes include_str!("../../sql/query/notify_cancellation.sql");
    NOTIFY_REMINDER = Writes include_str!("../../sql/query/notify_reminder.sql");
    WAKE_WORKERS = Writes include_str!("../../sql/query/wake_workers.sql");
}

/// Tells both parties of a booking.
pub fn notify_booking(
    connection: &mut Connection<'_>,
    notifications: &BookingNotifications,
) -> Result<(), Fault> {
    let in_the_order_of_the_statement = [
        &notifications.confirmed_client,
        &notifications.credits_deducted,
        &notifications.confirmed_practitioner,
        &notifications.credits_earned,
    ];
    write(connection, &NOTIFY_BOOKING, &in_the_order_of_the_statement)
}

/// Tells one of the parties of a cancellation.
pub fn notify_cancellation(
    connection: &mut Connection<'_>,
    notification: &Notification,
) -> Result<(), Fault> {
    write(connection, &NOTIFY_CANCELLATION, &[notification])
}

/// Reminds both parties of a session.
pub fn notify_reminder(connection: &mut Connection<'_>, notices: &[Notification; 2]) -> Result<(), Fault> {
    write(connection, &NOTIFY_REMINDER, &[&notices[0], &notices[1]])
}

/// Writes notifications, and has them delivered where that is wanted: the last argument of every
/// statement says whether they are due.
fn write(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    notifications: &[&Notification],
) -> Result<(), Fault> {
    let delivery = settings::delivery();
    let mut arguments = Vec::with_capacity(5 * notifications.len() + 1);
    for notification in notifications {
        arguments.extend(values(notification)?);
    }
    arguments.push((delivery != Delivery::Off).into());
    run(connection, statement, &arguments)?;
    if delivery == Delivery::Wake {
        run(connection, &WAKE_WORKERS, &[])?;
    }
    Ok(())
}

fn values(notification: &Notification) -> Result<[DatumWithOid<'_>; 5], Fault> {
    let payload = serde_json::to_value(&notification.payload)
        .map_err(|error| Fault::broken_promise(format!("a payload can't be written: {error}")))?;
    Ok([
        sql_uuid(Uuid::now_v7()).into(),
        sql_uuid(notification.recipient_id).into(),
        notification.title.as_str().into(),
        notification.body.as_str().into(),
        JsonB(payload).into(),
    ])
}
