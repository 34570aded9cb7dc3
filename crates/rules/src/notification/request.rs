//! What people are told of a request until it is a booking, or is none.

use super::{Notification, are, at_the_beginning, role, why};
use crate::booking::Booking;
use crate::person::Person;
use crate::place::Place;
use crate::refund::Cancellation;
use crate::request::Wait;
use crate::session_time::{SessionTime, instant};
use uuid::Uuid;

/// What a request tells the practitioner who is to accept it.
pub fn requested_notice(
    session_time: &SessionTime,
    place: Option<&Place>,
    booking: &Booking,
    wait: Wait,
) -> Notification {
    let client = &booking.client;
    let body = format!(
        "{} asks for a {}-minute session with you{}. {} held for it until you accept or decline.",
        at_the_beginning(&client.name),
        session_time.duration_minutes,
        session_time.when(),
        are(booking.credit_cost)
    );
    let (_, practitioner) = booking.charge.practitioner();
    let mut notice = session_time.notify(
        booking.practitioner.id,
        "New request".into(),
        body,
        booking.credit_cost,
        practitioner.balance,
        &client.name,
    );
    notice.payload.expires_at = Some(instant(wait.expires_at));
    notice.at(place)
}

/// A request that waits still, and what its practitioner's reminder says besides the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestReminder {
    pub credits: i32,
    pub practitioner_balance: i64,
    pub wait: Wait,
}

/// What reminds the practitioner to answer.
pub fn request_reminder_notice(
    session_time: &SessionTime,
    reminder: &RequestReminder,
    client: &Person,
    practitioner_id: Uuid,
) -> Notification {
    let body = format!(
        "{} still waits for your answer about a {}-minute session{}.",
        at_the_beginning(&client.name),
        session_time.duration_minutes,
        session_time.when()
    );
    let mut notice = session_time.notify(
        practitioner_id,
        "Request waiting".into(),
        body,
        reminder.credits,
        reminder.practitioner_balance,
        &client.name,
    );
    notice.payload.expires_at = Some(instant(reminder.wait.expires_at));
    notice
}

/// What the client is told of a request that the practitioner declines.
pub fn declined_notice(
    session_time: &SessionTime,
    cancellation: &Cancellation,
    client_id: Uuid,
    practitioner: &Person,
    reason: &str,
) -> Notification {
    let balance = cancellation.credits.accounts_after.client.balance;
    let amount = cancellation.terms.refunded_credits();
    let body = format!(
        "{} has declined your request for a session{}{}. {} free again. Your balance is {balance}.",
        at_the_beginning(&practitioner.name),
        session_time.when(),
        why(reason),
        are(amount)
    );
    let title = "Request declined".into();
    let mut notice = session_time.notify(client_id, title, body, amount, balance, &practitioner.name);
    notice.payload.reason = Some(reason.to_owned());
    notice
}

/// What the practitioner is told of a request that the client withdraws.
pub fn withdrawn_notice(
    session_time: &SessionTime,
    cancellation: &Cancellation,
    practitioner_id: Uuid,
    client: &Person,
    reason: &str,
) -> Notification {
    let body = format!(
        "{} has withdrawn the request for a session with you{}{}.",
        at_the_beginning(&client.name),
        session_time.when(),
        why(reason)
    );
    let balance = cancellation.credits.accounts_after.practitioner.balance;
    let amount = cancellation.terms.refunded_credits();
    let title = "Request withdrawn".into();
    let mut notice = session_time.notify(practitioner_id, title, body, amount, balance, &client.name);
    notice.payload.reason = Some(reason.to_owned());
    notice
}

/// What the client is told of a request that nobody accepted in time.
pub fn expired_notice_to_client(
    session_time: &SessionTime,
    client_id: Uuid,
    practitioner: &Person,
    amount: i64,
    balance: i64,
) -> Notification {
    let body = format!(
        "Your request for a session with {}{} has expired. {} free again. Your balance is {balance}.",
        practitioner.name,
        session_time.when(),
        are(amount)
    );
    expired(
        session_time,
        client_id,
        body,
        amount,
        balance,
        practitioner,
        role(true),
    )
}

/// The same, as the practitioner is told it.
pub fn expired_notice_to_practitioner(
    session_time: &SessionTime,
    practitioner_id: Uuid,
    client: &Person,
    amount: i64,
    balance: i64,
) -> Notification {
    let body = format!(
        "The request of {} for a session with you{} has expired.",
        client.name,
        session_time.when()
    );
    expired(
        session_time,
        practitioner_id,
        body,
        amount,
        balance,
        client,
        role(false),
    )
}

fn expired(
    session_time: &SessionTime,
    recipient_id: Uuid,
    body: String,
    amount: i64,
    balance: i64,
    other: &Person,
    recipient_role: &'static str,
) -> Notification {
    let title = "Request expired".into();
    let mut notice = session_time.notify(recipient_id, title, body, amount, balance, &other.name);
    notice.payload.recipient_role = Some(recipient_role);
    notice
}
