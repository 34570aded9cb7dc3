//! What both booking flows share: facts under locks, a decision, and its ledger and notifications.

use crate::fault::Fault;
use crate::store::accounts::{self, Accounts, Purpose};
use crate::store::bookings::{self, LocalStart, Question};
use crate::store::people::People;
use crate::store::{Connection, notifications};
use peer_exchange_rules::account::{Movement, OutOfRange};
use peer_exchange_rules::booking::{self, Booking, BookingRequest, NoBooking, Refused, Target};
use peer_exchange_rules::notification::BookingNotifications;
use peer_exchange_rules::refusal::Refusal;
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::session_time::SessionTime;
use peer_exchange_rules::terms::Terms;
use uuid::Uuid;

/// A booking that the rules admit, and the time that it takes.
pub struct Decided {
    pub booking: Booking,
    pub period: Period,
}

/// What is to be booked: for a new session, or for one that its client has inserted, if there is
/// such a session.
pub struct Proposal<'a> {
    pub terms: &'a Terms,
    pub booking_request: BookingRequest,
    pub target: Target,
    pub start: Option<LocalStart>,
    pub own_session_id: Option<Uuid>,
    pub people: People,
    /// Locked, too.
    pub accounts: Accounts,
}

/// Loads the facts and decides.
pub fn decide(
    connection: &mut Connection<'_>,
    proposal: &Proposal<'_>,
) -> Result<Result<Decided, Refused>, Fault> {
    let parties = proposal.booking_request.parties();
    let decision = decide_on(connection, proposal, &proposal.accounts)?;
    if decision.is_ok()
        && let Some(opened) = accounts::open_missing(connection, &proposal.accounts, &parties)?
    {
        return decide_on(connection, proposal, &opened);
    }
    Ok(decision)
}

fn decide_on(
    connection: &mut Connection<'_>,
    proposal: &Proposal<'_>,
    accounts: &Accounts,
) -> Result<Result<Decided, Refused>, Fault> {
    let question = Question {
        terms: proposal.terms,
        request: &proposal.booking_request,
        start: proposal.start,
        own_session_id: proposal.own_session_id,
        people: &proposal.people,
        accounts,
    };
    let facts = bookings::load(connection, &question)?;
    let decision = booking::decide(
        proposal.terms,
        &proposal.booking_request,
        &proposal.target,
        &facts,
    );
    match (or_fault(decision)?, facts.slot) {
        (Ok(booking), Some(slot)) => Ok(Ok(Decided {
            booking,
            period: slot.period,
        })),
        (Ok(_), None) => Err(Fault::broken_promise("a booking at no time")),
        (Err(refused), _) => Ok(Err(refused)),
    }
}

/// Tells a refusal, which is an answer, from a fault, which is raised.
pub fn or_fault<T>(decision: Result<T, NoBooking>) -> Result<Result<T, Refused>, Fault> {
    match decision {
        Ok(decided) => Ok(Ok(decided)),
        Err(NoBooking::Refused(refused)) => Ok(Err(refused)),
        Err(NoBooking::OutOfRange) => Err(OutOfRange.into()),
        Err(NoBooking::UnreadableHours(hours)) => Err(hours.into()),
    }
}

/// Moves the credits and tells both parties; returns the booking with the balances that came of it.
pub fn apply(
    connection: &mut Connection<'_>,
    session_time: &SessionTime,
    booking: Booking,
) -> Result<Booking, Fault> {
    let movements = vec![
        (booking.client.id, booking.payment),
        (booking.practitioner.id, booking.earning),
    ];
    let purpose = Purpose {
        description: "Peer session",
        session_id: Some(session_time.session_id),
        idempotency_key: None,
    };
    let [payment, earning] = pair(accounts::record(connection, movements, purpose)?)?;
    let booking = Booking {
        payment,
        earning,
        ..booking
    };
    notifications::notify_booking(connection, &BookingNotifications::of(session_time, &booking))?;
    Ok(booking)
}

/// The two sides of what was recorded.
pub fn pair(recorded: Vec<(Uuid, Movement)>) -> Result<[Movement; 2], Fault> {
    match recorded[..] {
        [(_, one), (_, other)] => Ok([one, other]),
        _ => Err(Fault::broken_promise("a movement of other than two sides")),
    }
}

/// The duration rule, which comes before everything that needs the database.
pub fn check_duration(terms: &Terms, duration_minutes: i32) -> Result<(), Refusal> {
    match terms.admits_duration(duration_minutes) {
        true => Ok(()),
        false => Err(Refusal::InvalidDuration {
            duration_minutes,
            max_duration_minutes: terms.max_duration_minutes,
        }),
    }
}

/// A required argument, or the refusal that names it.
pub fn required<T>(parameter: &'static str, argument: Option<T>) -> Result<T, Refusal> {
    argument.ok_or(Refusal::MissingParameter { parameter })
}
