//! Notifications, written beside what they tell of.

use super::convert::sql_uuid;
use super::insertion::{Table, Value, insert};
use super::statement::Connection;
use crate::domain::notification::{BookingNotifications, Notification};
use crate::fault::Fault;
use uuid::Uuid;

const NOTIFICATIONS: Table = Table {
    name: c"notifications",
    columns: &["id", "recipient_id", "type", "title", "body", "payload"],
    own_guards: &[],
    own_rules: &[],
};

/// Tells both parties of a booking.
pub fn notify_booking(
    connection: &mut Connection<'_>,
    notifications: &BookingNotifications,
) -> Result<(), Fault> {
    let rows = [
        ("peer_booking_confirmed_client", &notifications.confirmed_client),
        ("peer_credits_deducted", &notifications.credits_deducted),
        (
            "peer_booking_confirmed_practitioner",
            &notifications.confirmed_practitioner,
        ),
        ("peer_credits_earned", &notifications.credits_earned),
    ];
    notify(connection, &rows)
}

/// Tells the parties of a cancellation.
pub fn notify_cancellation(
    connection: &mut Connection<'_>,
    notifications: &[Notification],
) -> Result<(), Fault> {
    let rows: Vec<_> = notifications
        .iter()
        .map(|notification| ("peer_booking_cancelled_refunded", notification))
        .collect();
    notify(connection, &rows)
}

fn notify(
    connection: &mut Connection<'_>,
    notifications: &[(&'static str, &Notification)],
) -> Result<(), Fault> {
    let rows = notifications
        .iter()
        .map(|(kind, notification)| row(kind, notification))
        .collect::<Result<_, Fault>>()?;
    insert(connection, &NOTIFICATIONS, rows)
}

fn row<'a>(kind: &'a str, notification: &'a Notification) -> Result<[Value<'a>; 6], Fault> {
    let payload = serde_json::to_string(&notification.payload)
        .map_err(|error| Fault::broken_promise(format!("a payload can't be written: {error}")))?;
    Ok([
        sql_uuid(Uuid::now_v7()).into(),
        sql_uuid(notification.recipient_id).into(),
        Value::Literal(kind),
        notification.title.as_str().into(),
        notification.body.as_str().into(),
        Value::Json(payload),
    ])
}
