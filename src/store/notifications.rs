//! Notifications, written beside what they tell of.

use crate::fault::Fault;
use crate::postgres::convert::sql_uuid;
use crate::postgres::statement::{Connection, Statement, run, statements};
use crate::settings::{self, Delivery};
use peer_exchange_rules::notification::{BookingNotifications, Notification, PaymentNotifications};
use peer_exchange_rules::refund::Ending;
use peer_exchange_rules::settlement::Event;
use pgrx::datum::{DatumWithOid, JsonString, transaction_timestamp};
use std::thread::LocalKey;
use uuid::Uuid;

/// One notification of a type, which is a literal so that it fits a text column and an enum alike.
macro_rules! notification {
    ($kind:literal, $values:literal) => {
        concat!("('", $kind, "', ", $values, ")")
    };
}

macro_rules! notifications {
    ($($notification:expr),+) => {
        concat!(include_str!("../../sql/query/notify.sql"), "values ", joined!($($notification),+))
    };
}

macro_rules! joined {
    ($first:expr $(, $other:expr)*) => { concat!($first $(, ", ", $other)*) };
}

/// As many of one type as are listed.
macro_rules! listed_notifications {
    ($kind:literal) => {
        concat!(
            include_str!("../../sql/query/notify.sql"),
            "select '",
            $kind,
            "', $1, ",
            include_str!("../../sql/query/listed_notifications.sql")
        )
    };
}

statements! {
    NOTIFY_BOOKING = Writes notifications!(
        notification!("peer_booking_confirmed_client", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_credits_deducted", "$1, $7, $8, $9, $10, $11"),
        notification!("peer_booking_confirmed_practitioner", "$1, $12, $13, $14, $15, $16"),
        notification!("peer_credits_earned", "$1, $17, $18, $19, $20, $21"));
    NOTIFY_HELD_BOOKING = Writes notifications!(
        notification!("peer_booking_confirmed_client", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_booking_confirmed_practitioner", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_REQUEST = Writes notifications!(notification!("peer_booking_requested", "$1, $2, $3, $4, $5, $6"));
    NOTIFY_REQUEST_REMINDER = Writes notifications!(
        notification!("peer_booking_request_reminder", "$1, $2, $3, $4, $5, $6"));
    NOTIFY_DECLINES = Writes listed_notifications!("peer_booking_declined");
    NOTIFY_WITHDRAWALS = Writes listed_notifications!("peer_booking_withdrawn");
    NOTIFY_EXPIRY = Writes notifications!(
        notification!("peer_booking_expired", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_booking_expired", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_EXPIRY_TO_ONE = Writes notifications!(
        notification!("peer_booking_expired", "$1, $2, $3, $4, $5, $6"));
    NOTIFY_CANCELLATION = Writes notifications!(
        notification!("peer_booking_cancelled_refunded", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_booking_cancelled_refunded", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_CANCELLATIONS = Writes listed_notifications!("peer_booking_cancelled_refunded");
    NOTIFY_REMINDER = Writes notifications!(
        notification!("peer_booking_reminder", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_booking_reminder", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_MOVE = Writes notifications!(
        notification!("peer_booking_rescheduled", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_booking_rescheduled", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_SETTLED = Writes notifications!(
        notification!("peer_session_settled", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_session_settled", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_SETTLED_TO_ONE = Writes notifications!(
        notification!("peer_session_settled", "$1, $2, $3, $4, $5, $6"));
    NOTIFY_NO_SHOW = Writes notifications!(
        notification!("peer_session_no_show", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_session_no_show", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_DISPUTED = Writes notifications!(
        notification!("peer_session_disputed", "$1, $2, $3, $4, $5, $6"),
        notification!("peer_session_disputed", "$1, $7, $8, $9, $10, $11"));
    NOTIFY_RATING = Writes notifications!(notification!("peer_session_rated", "$1, $2, $3, $4, $5, $6"));
    WAKE_WORKERS = Writes include_str!("../../sql/query/wake_workers.sql");
}

/// Tells both parties of a booking.
pub fn notify_booking(
    connection: &mut Connection<'_>,
    notifications: &BookingNotifications,
) -> Result<(), Fault> {
    let BookingNotifications {
        confirmed_client,
        confirmed_practitioner,
        payment,
    } = notifications;
    match payment {
        Some(PaymentNotifications {
            credits_deducted,
            credits_earned,
        }) => {
            let all = [
                confirmed_client,
                credits_deducted,
                confirmed_practitioner,
                credits_earned,
            ];
            notify(connection, &NOTIFY_BOOKING, &all)
        }
        None => notify(
            connection,
            &NOTIFY_HELD_BOOKING,
            &[confirmed_client, confirmed_practitioner],
        ),
    }
}

/// Tells a practitioner of a request.
pub fn notify_request(connection: &mut Connection<'_>, notice: &Notification) -> Result<(), Fault> {
    notify(connection, &NOTIFY_REQUEST, &[notice])
}

/// Reminds a practitioner to answer a request.
pub fn notify_request_reminder(connection: &mut Connection<'_>, notice: &Notification) -> Result<(), Fault> {
    notify(connection, &NOTIFY_REQUEST_REMINDER, &[notice])
}

/// Tells the parties of a request that has expired.
pub fn notify_expiry(connection: &mut Connection<'_>, notices: &[Notification]) -> Result<(), Fault> {
    match notices {
        [] => Ok(()),
        [one] => notify(connection, &NOTIFY_EXPIRY_TO_ONE, &[one]),
        [one, other] => notify(connection, &NOTIFY_EXPIRY, &[one, other]),
        _ => Err(Fault::invariant_violated("a request of more than two people")),
    }
}

/// Tells the parties of cancellations of one kind that are still to be told of them, in this order.
pub fn notify_cancellations(
    connection: &mut Connection<'_>,
    ending: Ending,
    notifications: &[Notification],
) -> Result<(), Fault> {
    match (ending, notifications) {
        (_, []) => Ok(()),
        (Ending::Cancelled, [one, other]) => notify(connection, &NOTIFY_CANCELLATION, &[one, other]),
        (Ending::Cancelled, many) => tell(connection, &NOTIFY_CANCELLATIONS, listed(many)?),
        (Ending::Declined, many) => tell(connection, &NOTIFY_DECLINES, listed(many)?),
        (Ending::Withdrawn, many) => tell(connection, &NOTIFY_WITHDRAWALS, listed(many)?),
    }
}

/// Reminds both parties of a session.
pub fn notify_reminder(connection: &mut Connection<'_>, notices: &[Notification; 2]) -> Result<(), Fault> {
    notify(connection, &NOTIFY_REMINDER, &notices.each_ref())
}

/// Tells both parties of a session that was moved.
pub fn notify_move(connection: &mut Connection<'_>, notices: &[Notification; 2]) -> Result<(), Fault> {
    notify(connection, &NOTIFY_MOVE, &notices.each_ref())
}

/// Tells the parties of a settlement, or of a step towards it, that are still to be told.
pub fn notify_settlement(
    connection: &mut Connection<'_>,
    event: Event,
    notices: &[Notification],
) -> Result<(), Fault> {
    let statement = match (event, notices.len()) {
        (_, 0) => return Ok(()),
        (Event::NoShow | Event::Reported, 2) => &NOTIFY_NO_SHOW,
        (Event::Disputed, 2) => &NOTIFY_DISPUTED,
        (_, 2) => &NOTIFY_SETTLED,
        // The other one is no more.
        (_, 1) => &NOTIFY_SETTLED_TO_ONE,
        _ => return Err(Fault::invariant_violated("a session of more than two people")),
    };
    notify(connection, statement, &notices.iter().collect::<Vec<_>>())
}

/// Tells a practitioner how her session was.
pub fn notify_rating(connection: &mut Connection<'_>, notice: &Notification) -> Result<(), Fault> {
    notify(connection, &NOTIFY_RATING, &[notice])
}

/// Writes notifications, and has them delivered where that is wanted. An application may have triggers that
/// change or suppress them: what people are told is its business.
fn notify(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    notifications: &[&Notification],
) -> Result<(), Fault> {
    let mut arguments = Vec::new();
    for notification in notifications {
        arguments.extend(values(notification)?);
    }
    tell(connection, statement, arguments)
}

fn tell(
    connection: &mut Connection<'_>,
    statement: &'static LocalKey<Statement>,
    told: Vec<DatumWithOid<'_>>,
) -> Result<(), Fault> {
    let delivery = settings::delivery();
    let due_at = (delivery != Delivery::Off).then(transaction_timestamp);
    let mut arguments: Vec<DatumWithOid<'_>> = vec![due_at.into()];
    arguments.extend(told);
    run(connection, statement, &arguments)?;
    if delivery == Delivery::Wake {
        run(connection, &WAKE_WORKERS, &[])?;
    }
    Ok(())
}

fn values(notification: &Notification) -> Result<[DatumWithOid<'_>; 5], Fault> {
    Ok([
        sql_uuid(Uuid::now_v7()).into(),
        sql_uuid(notification.recipient_id).into(),
        notification.title.as_str().into(),
        notification.body.as_str().into(),
        JsonString(payload(notification)?).into(),
    ])
}

/// The same five of many, a list each.
fn listed(notifications: &[Notification]) -> Result<Vec<DatumWithOid<'_>>, Fault> {
    let texts = |text: fn(&Notification) -> &str| -> Vec<&str> { notifications.iter().map(text).collect() };
    let ids = |id: fn(&Notification) -> Uuid| -> Vec<pgrx::Uuid> {
        (notifications.iter())
            .map(|notification| sql_uuid(id(notification)))
            .collect()
    };
    let payloads: Vec<String> = notifications.iter().map(payload).collect::<Result<_, _>>()?;
    Ok(vec![
        ids(|_| Uuid::now_v7()).into(),
        ids(|notification| notification.recipient_id).into(),
        texts(|notification| &notification.title).into(),
        texts(|notification| &notification.body).into(),
        payloads.into(),
    ])
}

fn payload(notification: &Notification) -> Result<String, Fault> {
    serde_json::to_string(&notification.payload)
        .map_err(|error| Fault::invariant_violated(format!("a payload can't be written: {error}")))
}
