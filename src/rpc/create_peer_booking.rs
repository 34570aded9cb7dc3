//! `create_peer_booking`: session, payment and notifications in one call.

use super::booking::{self, Decided, Proposal};
use super::refusing::{self, Call};
use crate::argument::{
    MAX_IDEMPOTENCY_KEY_CHARACTERS, MAX_NOTES_CHARACTERS, MAX_SESSION_TYPE_CHARACTERS, TimeOfDay,
    calendar_date, limited_text, optional_text, person_id,
};
use crate::caller::Caller;
use crate::domain::booking::{Booking, Refused, Target, Wish};
use crate::domain::notification::Occasion;
use crate::domain::refusal::Refusal;
use crate::domain::terms::Terms;
use crate::fault::Fault;
use crate::reply::{self, Reply};
use crate::settings;
use crate::store::bookings::LocalStart;
use crate::store::own_writes::OwnWrites;
use crate::store::sessions::{self, Particulars};
use crate::store::{Connection, people};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use uuid::Uuid;

/// Books a peer session and pays for it, wholly or not at all; `docs/reference.md` describes
/// arguments, reply and refusals.
#[pg_extern(volatile, security_definer)]
#[search_path(pg_catalog, pg_temp)]
#[allow(clippy::too_many_arguments)]
fn create_peer_booking(
    p_client_id: Option<pgrx::Uuid>,
    p_practitioner_id: Option<pgrx::Uuid>,
    p_session_date: Option<pgrx::datum::Date>,
    p_start_time: Option<TimeOfDay>,
    p_duration_minutes: Option<i32>,
    p_session_type: Option<&str>,
    p_notes: Option<&str>,
    p_product_id: Option<pgrx::Uuid>,
    p_idempotency_key: Option<&str>,
) -> Result<Reply, ErrorReport> {
    let arguments = Arguments {
        client_id: person_id(p_client_id),
        practitioner_id: person_id(p_practitioner_id),
        session_date: p_session_date,
        start_time: p_start_time,
        duration_minutes: p_duration_minutes,
        session_type: p_session_type,
        notes: p_notes,
        product_id: person_id(p_product_id),
        idempotency_key: p_idempotency_key,
    };
    let call = Call {
        rpc: "create_peer_booking",
        client_id: arguments.client_id,
        practitioner_id: arguments.practitioner_id,
        session_id: None,
    };
    Ok(refusing::remember(&call, answer(&arguments)?)?)
}

/// The arguments as they came.
struct Arguments<'a> {
    client_id: Option<Uuid>,
    practitioner_id: Option<Uuid>,
    session_date: Option<pgrx::datum::Date>,
    start_time: Option<TimeOfDay>,
    duration_minutes: Option<i32>,
    session_type: Option<&'a str>,
    notes: Option<&'a str>,
    product_id: Option<Uuid>,
    idempotency_key: Option<&'a str>,
}

/// A request that has everything it needs.
struct Request<'a> {
    wish: Wish,
    start: LocalStart,
    particulars: Particulars<'a>,
}

fn answer(arguments: &Arguments<'_>) -> Result<Reply, Fault> {
    let caller = Caller::current()?;
    let terms = settings::terms()?;
    let request = match arguments.checked(&terms)? {
        Ok(request) => request,
        Err(refusal) => return refused(refusal),
    };
    caller.require_may_act_for(request.wish.client_id)?;
    Spi::connect_mut(|connection| book(connection, &terms, &request))
}

fn book(connection: &mut Connection<'_>, terms: &Terms, request: &Request<'_>) -> Result<Reply, Fault> {
    let own_writes = OwnWrites::begin();
    let people = people::lock(
        connection,
        &[request.wish.client_id, request.wish.practitioner_id],
    )?;
    if let Some(reply) = replay(connection, request)? {
        return Ok(reply);
    }
    let proposal = Proposal {
        terms,
        wish: request.wish,
        target: Target::NewSession,
        start: Some(request.start),
        own_session_id: None,
        people,
    };
    let Decided { booking, period } = match booking::decide(connection, &proposal)? {
        Ok(decided) => decided,
        Err(refused) => return reply::booking_refused(&refused),
    };
    let occasion = Occasion {
        session_id: Uuid::now_v7(),
        session_date: request.start.session_date,
        start_time: request.start.start_time,
        duration_minutes: booking.duration_minutes,
    };
    if !booking.expired_holds.is_empty() {
        sessions::release_holds(connection, &booking.expired_holds)?;
    }
    if !sessions::insert(connection, &occasion, &period, &request.particulars, &booking)? {
        return slot_taken(&booking);
    }
    booking::apply(connection, &occasion, &booking)?;
    drop(own_writes);
    reply::booked(occasion.session_id, "scheduled", &booking.receipt(), false)
}

/// The answer to a key that this client has used before.
fn replay(connection: &mut Connection<'_>, request: &Request<'_>) -> Result<Option<Reply>, Fault> {
    let Some(key) = request.particulars.idempotency_key else {
        return Ok(None);
    };
    let Some((session_id, digest)) = sessions::find_by_key(connection, request.wish.client_id, key)? else {
        return Ok(None);
    };
    if digest != request.particulars.idempotency_digest {
        return refused(Refusal::IdempotencyKeyReused).map(Some);
    }
    let receipt = sessions::receipt(connection, session_id)?
        .ok_or_else(|| Fault::broken_promise(format!("session {session_id} was booked but never charged")))?;
    reply::booked(session_id, "scheduled", &receipt, true).map(Some)
}

/// An index of the application's own, or a hold that is being changed right now, has the slot.
fn slot_taken(booking: &Booking) -> Result<Reply, Fault> {
    if !booking.expired_holds.is_empty() {
        // Other holds have been released already, and a refusal writes nothing.
        return Err(Fault::new(
            PgSqlErrorCode::ERRCODE_EXCLUSION_VIOLATION,
            "the slot was taken while an expired hold on it was being released",
        ));
    }
    reply::booking_refused(&Refused {
        refusal: Refusal::SlotConflict,
        credit_cost: Some(booking.credit_cost),
    })
}

fn refused(refusal: Refusal) -> Result<Reply, Fault> {
    reply::booking_refused(&Refused {
        refusal,
        credit_cost: None,
    })
}

impl<'a> Arguments<'a> {
    fn checked(&self, terms: &Terms) -> Result<Result<Request<'a>, Refusal>, Fault> {
        let complete = match self.complete(terms) {
            Ok(complete) => complete,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (wish, session_date, start_time, session_type) = complete;
        let start = LocalStart {
            session_date: calendar_date(session_date),
            start_time: start_time.checked("p_start_time")?,
        };
        let mut particulars = Particulars {
            session_type: limited_text("p_session_type", session_type, MAX_SESSION_TYPE_CHARACTERS)?,
            notes: self
                .notes
                .map(|notes| limited_text("p_notes", notes, MAX_NOTES_CHARACTERS))
                .transpose()?,
            product_id: self.product_id,
            idempotency_key: optional_text(
                "p_idempotency_key",
                self.idempotency_key,
                MAX_IDEMPOTENCY_KEY_CHARACTERS,
            )?,
            idempotency_digest: None,
        };
        particulars.idempotency_digest = particulars
            .idempotency_key
            .map(|_| digest(&wish, start, &particulars));
        Ok(Ok(Request {
            wish,
            start,
            particulars,
        }))
    }

    /// Everything that a booking can't do without, in the order of the arguments.
    fn complete(&self, terms: &Terms) -> Result<(Wish, pgrx::datum::Date, TimeOfDay, &'a str), Refusal> {
        let client_id = booking::required("p_client_id", self.client_id)?;
        let practitioner_id = booking::required("p_practitioner_id", self.practitioner_id)?;
        let session_date = booking::required("p_session_date", self.session_date)?;
        let start_time = booking::required("p_start_time", self.start_time)?;
        let duration_minutes = booking::required("p_duration_minutes", self.duration_minutes)?;
        let says_something = |text: &&str| !text.trim().is_empty();
        let session_type = booking::required("p_session_type", self.session_type.filter(says_something))?;
        booking::check_duration(terms, duration_minutes)?;
        let wish = Wish {
            client_id,
            practitioner_id,
            duration_minutes,
            product_id: self.product_id,
        };
        Ok((wish, session_date, start_time, session_type))
    }
}

/// Tells whether two requests under one key ask for the same; an id of version 5 is a SHA-1 of
/// its text, and this needs no more than that.
fn digest(wish: &Wish, start: LocalStart, particulars: &Particulars<'_>) -> Uuid {
    let asked_for = serde_json::json!([
        wish.practitioner_id,
        start.session_date,
        start.start_time,
        wish.duration_minutes,
        particulars.session_type,
        particulars.notes,
        wish.product_id,
    ]);
    Uuid::new_v5(&wish.client_id, asked_for.to_string().as_bytes())
}
