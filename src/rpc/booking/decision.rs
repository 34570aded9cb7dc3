//! What both booking flows share: facts under locks, a decision, and its ledger and notifications.

use crate::fault::Fault;
use crate::rpc::error::Error;
use crate::rpc::requests::expiry;
use crate::store::accounts::{self, Accounts, Purpose};
use crate::store::bookings::{self, Question, SlotStart};
use crate::store::people::People;
use crate::store::{Connection, notifications, requests, sessions};
use peer_exchange_rules::booking::{self, Booking, BookingRequest, Target};
use peer_exchange_rules::notification::BookingNotifications;
use peer_exchange_rules::notification::request::requested_notice;
use peer_exchange_rules::place::Place;
use peer_exchange_rules::request::{self, ExpiredRequest};
use peer_exchange_rules::schedule::Period;
use peer_exchange_rules::session_time::{SessionTime, Start};
use peer_exchange_rules::terms::Terms;
use uuid::Uuid;

/// A booking that the rules admit, and the time that it takes.
pub struct Decided {
    pub booking: Booking,
    pub period: Period,
    /// In which the start is told.
    pub timezone: String,
    pub start: Start,
}

/// What is to be booked: for a new session, or for one that its client has inserted, if there is
/// such a session.
pub struct Proposal<'a> {
    pub terms: &'a Terms,
    pub request: BookingRequest,
    pub target: Target,
    pub start: Option<SlotStart<'a>>,
    pub own_session_id: Option<Uuid>,
    pub people: People,
    /// Locked, too.
    pub accounts: Accounts,
}

/// Loads the facts and decides. What holds the slot though nobody paid for it or accepted it in time is released; what is held
/// of the client's own credits for such requests counts as hers, and is released when the booking is written.
pub fn decide(connection: &mut Connection<'_>, proposal: &Proposal<'_>) -> Result<Decided, Error> {
    let client_id = proposal.request.client_id;
    let expired = requests::lock_of_client(connection, client_id, proposal.accounts.of(client_id))?;
    let mut decided = decide_on(connection, proposal, &proposal.accounts, &expired)?;
    let parties = proposal.request.parties();
    if let Some(opened) = accounts::open_missing(connection, &proposal.accounts, &parties)? {
        decided = decide_on(connection, proposal, &opened, &expired)?;
    }
    sessions::release_holds(connection, &decided.booking.expired_holds)?;
    decided.booking.expired_requests = expired;
    Ok(decided)
}

fn decide_on(
    connection: &mut Connection<'_>,
    proposal: &Proposal<'_>,
    accounts: &Accounts,
    expired: &[ExpiredRequest],
) -> Result<Decided, Error> {
    let request = &proposal.request;
    let question = Question {
        terms: proposal.terms,
        request,
        start: proposal.start,
        own_session_id: proposal.own_session_id,
        people: &proposal.people,
    };
    let bookings::Answer {
        facts,
        timezone,
        start,
    } = bookings::load(connection, &question)?;
    let mut accounts = accounts.pair(request.client_id, request.practitioner_id);
    accounts.client = request::released(accounts.client, expired)?;
    let booking = booking::decide(proposal.terms, request, &proposal.target, &facts, &accounts)?;
    let (slot, start) = (facts.slot.zip(start))
        .ok_or_else(|| Fault::invalid_argument("a session without a date or a start can't be charged"))?;
    Ok(Decided {
        booking,
        period: slot.period,
        timezone,
        start,
    })
}

/// Moves the credits and tells both parties; returns the booking with the balances that came of it.
pub fn apply(
    connection: &mut Connection<'_>,
    session_time: &SessionTime,
    written_place: Option<Place>,
    booking: Booking,
) -> Result<Booking, Fault> {
    let purpose = Purpose {
        description: "Peer session",
        session_id: Some(session_time.session_id),
        idempotency_key: None,
    };
    for request in &booking.expired_requests {
        expiry::expire(connection, request, None)?;
    }
    let (client_id, practitioner_id) = (booking.client.id, booking.practitioner.id);
    let charge = accounts::record_charge(connection, (client_id, practitioner_id), booking.charge, purpose)?;
    let booking = Booking { charge, ..booking };
    let place = Place::of_session(written_place, Some(&booking.practitioner));
    let place = place.as_ref();
    match booking.wait {
        Some(wait) => {
            let notice = requested_notice(session_time, place, &booking, wait);
            notifications::notify_request(connection, &notice)?;
        }
        None => {
            let notices = BookingNotifications::of(session_time, place, &booking);
            notifications::notify_booking(connection, &notices)?;
        }
    }
    Ok(booking)
}
