//! Notifications, written beside what they tell of.

use super::assignment::Value;
use super::convert::sql_uuid;
use super::insertion::{Table, insert};
use super::statement::{Connection, run, statements};
use crate::domain::notification::{BookingNotifications, Notification};
use crate::fault::Fault;
use crate::settings::{self, Delivery};
use pgrx::datum::{TimestampWithTimeZone, transaction_timestamp};
use uuid::Uuid;

statements! {
    WAKE_WORKERS = Writes include_str!("../../sql/query/wake_workers.sql");
}

const NOTIFICATIONS: Table = Table {
    name: c"notifications",
    columns: &[
        "id",
        "recipient_id",
        "type",
        "title",
        "body",
        "payload",
        "delivery_due_at",
    ],
    own_guards: &[],
    locked_people: &[],
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

/// Reminds both parties of a session.
pub fn notify_reminder(connection: &mut Connection<'_>, notices: &[Notification; 2]) -> Result<(), Fault> {
    let rows = notices.each_ref().map(|notice| ("peer_booking_reminder", notice));
    notify(connection, &rows)
}

/// Writes notifications, and has them delivered where that is wanted.
fn notify(
    connection: &mut Connection<'_>,
    notifications: &[(&'static str, &Notification)],
) -> Result<(), Fault> {
    let delivery = settings::delivery();
    let due_at = (delivery != Delivery::Off).then(transaction_timestamp);
    let rows = notifications
        .iter()
        .map(|(kind, notification)| row(kind, notification, due_at))
        .collect::<Result<_, Fault>>()?;
    insert(connection, &NOTIFICATIONS, rows)?;
    if delivery == Delivery::Wake {
        run(connection, &WAKE_WORKERS, &[])?;
    }
    Ok(())
}

/// Tells both parties of a session that was moved.
pub fn notify_move(connection: &mut Connection<'_>, notices: &[Notification; 2]) -> Result<(), Fault> {
    let rows = notices
        .each_ref()
        .map(|notice| ("peer_booking_rescheduled", notice));
    notify(connection, &rows)
}

fn row<'a>(
    kind: &'a str,
    notification: &'a Notification,
    due_at: Option<TimestampWithTimeZone>,
) -> Result<[Value<'a>; 7], Fault> {
    let payload = serde_json::to_string(&notification.payload)
        .map_err(|error| Fault::broken_promise(format!("a payload can't be written: {error}")))?;
    Ok([
        sql_uuid(Uuid::now_v7()).into(),
        sql_uuid(notification.recipient_id).into(),
        Value::Literal(kind),
        notification.title.as_str().into(),
        notification.body.as_str().into(),
        Value::Json(payload),
        due_at.into(),
    ])
}
