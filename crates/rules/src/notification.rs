//! What people are told of a booking or a cancellation, as words and as data.

use crate::account::Account;
use crate::booking::Booking;
use crate::person::Person;
use crate::place::Place;
use crate::refund::{Cancellation, CancelledBy, DEFAULT_REASON};
use crate::session_time::{SessionTime, Start, clock, instant};
use crate::settlement::{Event, Settlement};
use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

pub mod rating;
pub mod request;

/// A message to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub recipient_id: Uuid,
    pub title: String,
    pub body: String,
    pub payload: Payload,
}

impl Notification {
    /// Says where the session takes place.
    fn at(mut self, place: Option<&Place>) -> Self {
        self.payload.place = place.map(Place::in_one_line);
        self
    }
}

/// The same as data, for programs that render a message of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payload {
    pub session_id: Uuid,
    pub credits: i64,
    pub balance_after: i64,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub start: Option<ToldStart>,
    pub timezone: String,
    pub duration_minutes: i32,
    pub other_party_name: String,
    /// Where the session takes place, where that is known and still matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Which of the two is told, where one type tells both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled_by: Option<&'static str>,
    /// What a cancellation leaves with the practitioner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_credits: Option<i32>,
    /// What has become of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_credits: Option<i32>,
    /// Said where the credits of a booking are held until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settles: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes_before: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_at: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub previous: Option<PreviousStart>,
    /// Until when a request waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// What the client gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// When a session begins on the clock that title and body speak of, and from which instant to which it lasts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToldStart {
    pub session_date: NaiveDate,
    pub start_time: String,
    pub starts_at: String,
    pub ends_at: String,
}

/// When a session that was moved was to begin before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviousStart {
    pub previous_session_date: NaiveDate,
    pub previous_start_time: String,
    pub previous_starts_at: String,
    pub previous_timezone: String,
}

/// What a booking tells its two parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingNotifications {
    pub confirmed_client: Notification,
    pub confirmed_practitioner: Notification,
    /// `None` where the credits are held until the session is settled.
    pub payment: Option<PaymentNotifications>,
}

/// What a payment tells the two who make it and who get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentNotifications {
    pub credits_deducted: Notification,
    pub credits_earned: Notification,
}

impl BookingNotifications {
    pub fn of(session_time: &SessionTime, place: Option<&Place>, booking: &Booking) -> Self {
        let Booking {
            client,
            practitioner,
            credit_cost,
            ..
        } = booking;
        let when = session_time.when();
        let takes_place = takes_place(place);
        let minutes = session_time.duration_minutes;
        let client_balance = booking.charge.of_client().after.balance;
        let practitioner_balance = booking.charge.practitioner().1.balance;
        let is_held = booking.charge.is_held();
        let held = match is_held {
            true => format!(
                " {} held for it until it has taken place. Your balance is {client_balance}.",
                are(*credit_cost)
            ),
            false => String::new(),
        };
        let to_client = |title: String, body: String| {
            session_time.notify(
                client.id,
                title,
                body,
                *credit_cost,
                client_balance,
                &practitioner.name,
            )
        };
        let to_practitioner = |title: String, body: String| {
            session_time.notify(
                practitioner.id,
                title,
                body,
                *credit_cost,
                practitioner_balance,
                &client.name,
            )
        };
        let confirm = |mut notice: Notification| {
            notice.payload.settles = is_held.then_some("on_completion");
            notice.at(place)
        };
        BookingNotifications {
            confirmed_client: confirm(to_client(
                "Session booked".into(),
                format!(
                    "Your {minutes}-minute session with {}{when} is booked.{takes_place}{held}",
                    practitioner.name
                ),
            )),
            confirmed_practitioner: confirm(to_practitioner(
                "New peer booking".into(),
                format!(
                    "{} has booked a {minutes}-minute session with you{when}.{takes_place}",
                    at_the_beginning(&client.name)
                ),
            )),
            payment: (!is_held).then(|| PaymentNotifications {
                credits_deducted: to_client(
                    format!("{} spent", credits(*credit_cost)),
                    format!(
                        "{} paid for your session with {}{when}. Your balance is {client_balance}.",
                        credits(*credit_cost),
                        practitioner.name
                    ),
                ),
                credits_earned: to_practitioner(
                    format!("{} earned", credits(*credit_cost)),
                    format!(
                        "{} earned from the session with {}{when}. Your balance is {practitioner_balance}.",
                        credits(*credit_cost),
                        client.name
                    ),
                ),
            }),
        }
    }
}

/// What a cancellation tells one of the two; `account` is the recipient's.
pub fn cancellation_notice(
    session_time: &SessionTime,
    cancellation: &Cancellation,
    recipient: &Person,
    other: &Person,
    recipient_is_client: bool,
    cancelled_by: CancelledBy,
    reason: &str,
) -> Notification {
    let account = if recipient_is_client {
        cancellation.credits.accounts_after.client
    } else {
        cancellation.credits.accounts_after.practitioner
    };
    let refunded_credits = cancellation.terms.refunded_credits();
    let moved = match (refunded_credits, recipient_is_client) {
        (0, _) => "No credits were returned.".to_owned(),
        (amount, true) => format!("{} returned to you.", credits(amount)),
        (amount, false) => format!("{} returned to {}.", credits(amount), other.name),
    };
    let owed = owed(account);
    let why = why(reason);
    let body = format!(
        "The session with {}{} was cancelled{why}. {moved} Your balance is {}.{owed}",
        other.name,
        session_time.when(),
        account.balance
    );
    let mut notice = session_time.notify(
        recipient.id,
        "Session cancelled".into(),
        body,
        refunded_credits,
        account.balance,
        &other.name,
    );
    notice.payload.reason = Some(reason.to_owned());
    notice.payload.recipient_role = Some(role(recipient_is_client));
    notice.payload.cancelled_by = Some(cancelled_by.name());
    notice.payload.kept_credits = Some(cancellation.terms.kept_credits);
    notice
}

/// What a settlement tells one of the two, or a step towards it. `credits` of its data is what is paid in the end.
pub fn settlement_notice(
    session_time: &SessionTime,
    settlement: &Settlement,
    recipient: &Person,
    other: &Person,
    recipient_is_client: bool,
    reason: Option<&str>,
) -> Notification {
    let accounts = settlement.credits.accounts_after;
    let (account, client_name) = match recipient_is_client {
        true => (accounts.client, "you"),
        false => (accounts.practitioner, other.name.as_str()),
    };
    let session = format!("the session with {}{}", other.name, session_time.when());
    let why = reason.map(because).unwrap_or_default();
    let (title, said) = match (settlement.outcome.event, recipient_is_client) {
        (Event::Completed, _) => (
            "Session completed",
            format!("{} is completed.", at_the_beginning(&session)),
        ),
        (Event::NoShow, true) => (
            "Missed session",
            format!("You have been reported not to have come to {session}{why}."),
        ),
        (Event::NoShow, false) => (
            "Missed session",
            format!(
                "{} did not come to the session{}{why}.",
                at_the_beginning(&other.name),
                session_time.when()
            ),
        ),
        (Event::Reported, true) => (
            "Missed session",
            format!(
                "You have reported that {} did not come to the session{}{why}.",
                other.name,
                session_time.when()
            ),
        ),
        (Event::Reported, false) => (
            "Missed session",
            format!("You have been reported not to have come to {session}{why}."),
        ),
        (Event::ReportStood, _) => (
            "Session settled",
            format!("{} counts as missed.", at_the_beginning(&session)),
        ),
        (Event::Disputed, _) => (
            "Session disputed",
            format!(
                "Whether {session} took place is disputed{why}. It will be decided who gets its credits."
            ),
        ),
        (Event::Resolved, _) => (
            "Dispute settled",
            format!("The dispute about {session} is settled{why}."),
        ),
    };
    let body = format!("{said}{}", consequence(settlement, client_name, account));
    let mut notice = session_time.notify(
        recipient.id,
        title.into(),
        body,
        settlement.kept_credits,
        account.balance,
        &other.name,
    );
    notice.payload.reason = reason.map(str::to_owned);
    notice.payload.recipient_role = Some(role(recipient_is_client));
    notice.payload.event = Some(settlement.outcome.event.name());
    notice.payload.returned_credits =
        (settlement.outcome.is_final()).then_some(settlement.outcome.division.returned_credits);
    notice.payload.final_at = settlement.final_at.map(instant);
    notice
}

/// What becomes of the credits, or may.
fn consequence(settlement: &Settlement, client_name: &str, account: Account) -> String {
    match settlement.outcome.event {
        Event::Disputed => String::new(),
        Event::Reported => {
            format!(" Unless this is contradicted in time, all credits return to {client_name}.")
        }
        _ => {
            let returned = settlement.outcome.division.returned_credits;
            let paid = match settlement.kept_credits {
                0 => String::new(),
                paid => format!(" {} paid for it.", credits(paid)),
            };
            let returned = match returned {
                0 => String::new(),
                returned => format!(" {} returned to {client_name}.", credits(returned)),
            };
            format!(
                "{paid}{returned} Your balance is {}.{}",
                account.balance,
                owed(account)
            )
        }
    }
}

fn owed(account: Account) -> String {
    match account.owed {
        0 => String::new(),
        owed => format!(" {} will be taken from what you earn next.", credits(owed)),
    }
}

fn because(reason: &str) -> String {
    format!(": {}", reason.trim_end_matches('.'))
}

/// A reminder that is due, and what its two notifications say besides the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    pub minutes_before: i32,
    pub credits: i32,
    pub client_balance: i64,
    pub practitioner_balance: i64,
}

/// What a reminder tells the two parties. It names the time and not how long it is until then, since it
/// may be late.
pub fn reminder_notices(
    session_time: &SessionTime,
    place: Option<&Place>,
    reminder: &Reminder,
    client: &Person,
    practitioner: &Person,
) -> [Notification; 2] {
    let when = session_time.when();
    let takes_place = takes_place(place);
    let minutes = session_time.duration_minutes;
    let notice = |recipient: &Person, other: &Person, balance: i64, body: String| {
        let title = "Session reminder".to_owned();
        let mut notice =
            session_time.notify(recipient.id, title, body, reminder.credits, balance, &other.name);
        notice.payload.minutes_before = Some(reminder.minutes_before);
        notice.at(place)
    };
    [
        notice(
            client,
            practitioner,
            reminder.client_balance,
            format!(
                "Your {minutes}-minute session with {} is{when}.{takes_place}",
                practitioner.name
            ),
        ),
        notice(
            practitioner,
            client,
            reminder.practitioner_balance,
            format!(
                "{} has a {minutes}-minute session with you{when}.{takes_place}",
                at_the_beginning(&client.name)
            ),
        ),
    ]
}

/// What a move tells one of the two, with what was paid for the session and stays so.
pub fn move_notice(
    before: &SessionTime,
    after: &SessionTime,
    place: Option<&Place>,
    recipient_id: Uuid,
    other: &Person,
    credits: i32,
    balance: i64,
) -> Notification {
    let body = format!(
        "The session with {}{} was moved{}.",
        other.name,
        before.when(),
        after.said(" to")
    );
    let title = "Session moved".into();
    let mut notice = after.notify(recipient_id, title, body, credits, balance, &other.name);
    notice.payload.previous = before.start.map(|start| PreviousStart {
        previous_session_date: start.date(),
        previous_start_time: clock(start.time()),
        previous_starts_at: instant(start.at),
        previous_timezone: before.timezone.clone(),
    });
    notice.at(place)
}

/// Where a session is, as a sentence behind others.
fn takes_place(place: Option<&Place>) -> String {
    place.map_or_else(String::new, |place| {
        format!(" It takes place {}.", place.in_words())
    })
}

impl SessionTime {
    fn when(&self) -> String {
        self.said(" on")
    }

    /// Day and time of day behind these words; nothing where there are none.
    fn said(&self, words: &str) -> String {
        let day_and_time = |start: Start| {
            let (day, time) = (start.date().format("%-d %B %Y"), clock(start.time()));
            format!("{words} {day} at {time}")
        };
        self.start.map(day_and_time).unwrap_or_default()
    }

    fn told_start(&self) -> Option<ToldStart> {
        let (start, ends_at) = (self.start?, self.ends_at()?);
        Some(ToldStart {
            session_date: start.date(),
            start_time: clock(start.time()),
            starts_at: instant(start.at),
            ends_at: instant(ends_at),
        })
    }

    fn notify(
        &self,
        recipient_id: Uuid,
        title: String,
        body: String,
        credits: impl Into<i64>,
        balance_after: i64,
        other_party_name: &str,
    ) -> Notification {
        Notification {
            recipient_id,
            title,
            body,
            payload: Payload {
                session_id: self.session_id,
                credits: credits.into(),
                balance_after,
                start: self.told_start(),
                timezone: self.timezone.clone(),
                duration_minutes: self.duration_minutes,
                other_party_name: other_party_name.to_owned(),
                place: None,
                reason: None,
                recipient_role: None,
                cancelled_by: None,
                kept_credits: None,
                event: None,
                returned_credits: None,
                settles: None,
                minutes_before: None,
                final_at: None,
                previous: None,
                expires_at: None,
                stars: None,
                comment: None,
            },
        }
    }
}

/// A reason behind a sentence, where one was given.
fn why(reason: &str) -> String {
    match reason {
        DEFAULT_REASON => String::new(),
        reason => because(reason),
    }
}

/// What the two are to a session.
fn role(is_client: bool) -> &'static str {
    if is_client { "client" } else { "practitioner" }
}

/// A name as a sentence begins with it: who has none is "a colleague".
fn at_the_beginning(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// So many credits at the beginning of a sentence about them.
fn are(amount: impl Into<i64>) -> String {
    match amount.into() {
        1 => "1 credit is".into(),
        many => format!("{many} credits are"),
    }
}

fn credits(amount: impl Into<i64>) -> String {
    match amount.into() {
        1 => "1 credit".into(),
        many => format!("{many} credits"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital_letter_whoever_it_tells_of() {
        assert_eq!(at_the_beginning("a colleague"), "A colleague");
        assert_eq!(at_the_beginning("Ann Archer"), "Ann Archer");
        assert_eq!(at_the_beginning("émile"), "Émile");
        assert_eq!(at_the_beginning(""), "");
    }
}
