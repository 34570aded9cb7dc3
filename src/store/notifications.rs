//! Notifications, written beside what they tell of.

use super::convert::sql_uuid;
use super::statement::{Connection, run, statements};
use crate::domain::notification::{BookingNotifications, Notification};
use crate::fault::Fault;
use pgrx::JsonB;
use pgrx::datum::DatumWithOid;
use uuid::Uuid;

statements! {
    NOTIFY_BOOKING = Writes include_str!("../../sql/query/notify_booking.sql");
    NOTIFY_CANCELLATION = Writes include_str!("../../sql/query/notify_cancellation.sql");
    NOTIFY_REMINDER = Writes include_str!("../../sql/query/notify_reminder.sql");
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
    let mut arguments = Vec::with_capacity(20);
    for notification in in_the_order_of_the_statement {
        arguments.extend(values(notification)?);
    }
    run(connection, &NOTIFY_BOOKING, &arguments)?;
    Ok(())
}

/// Tells one of the parties of a cancellation.
pub fn notify_cancellation(
    connection: &mut Connection<'_>,
    notification: &Notification,
) -> Result<(), Fault> {
    run(connection, &NOTIFY_CANCELLATION, &values(notification)?)?;
    Ok(())
}

/// Reminds both parties of a session.
pub fn notify_reminder(connection: &mut Connection<'_>, notices: &[Notification; 2]) -> Result<(), Fault> {
    let mut arguments = Vec::with_capacity(10);
    for notice in notices {
        arguments.extend(values(notice)?);
    }
    run(connection, &NOTIFY_REMINDER, &arguments)?;
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
